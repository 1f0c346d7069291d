//! The answers that policies give by themselves: constants, the same in every place.

/// An answer that never reached the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Answer {
    /// A bucket was empty.
    Limited,
    /// The breaker is open.
    Open,
    /// The call took longer than its bound.
    Timeout,
    /// No endpoint has this path, and unlisted requests are rejected.
    NotFound,
    /// An endpoint has this path, but not with this method, and unlisted requests are rejected.
    MethodNotAllowed,
}

impl Answer {
    /// HTTP status.
    pub(crate) const fn status(self) -> u16 {
        match self {
            Answer::Limited => 429,
            Answer::Open => 503,
            Answer::Timeout => 504,
            Answer::NotFound => 404,
            Answer::MethodNotAllowed => 405,
        }
    }

    /// gRPC status code (`google.rpc.Code`).
    pub(crate) const fn grpc_status(self) -> u8 {
        match self {
            Answer::Limited => 8,
            Answer::Open => 14,
            Answer::Timeout => 4,
            Answer::NotFound | Answer::MethodNotAllowed => 12,
        }
    }

    /// The reason phrase of RFC 9110 or RFC 6585 for the status.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Answer::Limited => "Too Many Requests",
            Answer::Open => "Service Unavailable",
            Answer::Timeout => "Gateway Timeout",
            Answer::NotFound => "Not Found",
            Answer::MethodNotAllowed => "Method Not Allowed",
        }
    }

    /// The policy that refuses, as `x-cherry-policy` carries it: the key of the contract.
    pub(crate) const fn policy(self) -> &'static str {
        match self {
            Answer::Limited => "rate_limit",
            Answer::Open => "circuit_breaker",
            Answer::Timeout => "timeout",
            Answer::NotFound | Answer::MethodNotAllowed => "unlisted",
        }
    }

    /// The decision as `simulate` prints it.
    pub(crate) const fn decision(self) -> &'static str {
        match self {
            Answer::Limited => "limited",
            Answer::Open => "open",
            Answer::Timeout => "timeout",
            Answer::NotFound => "not_found",
            Answer::MethodNotAllowed => "method_not_allowed",
        }
    }

    /// The body: a problem document of RFC 9457.
    pub(crate) fn body(self) -> String {
        format!(
            r#"{{"type":"about:blank","title":"{}","status":{}}}"#,
            self.title(),
            self.status()
        )
    }

    /// Headers that every answer carries, in the order in which they are sent.
    pub(crate) const fn headers(self) -> [(&'static str, &'static str); 2] {
        [
            ("x-cherry-policy", self.policy()),
            ("content-type", "application/problem+json"),
        ]
    }
}
