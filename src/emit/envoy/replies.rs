//! The answers that Envoy gives by itself, made to look as the language says.
//!
//! Mappers are asked in order and the first one wins. Envoy writes a gRPC answer's body into
//! `grpc-message`, so gRPC requests get headers only.

use super::proto::{
    BodyFormat, CelFilter, ExtensionFilter, HeaderMatcher, HeaderOption, InlineString,
    LocalReplyConfig, LogFilter, Regex, ResponseMapper, StringMatcher, Typed,
};
use crate::policy::Answer;

/// What Envoy calls an answer of `local_ratelimit`. Its response flag is of no use here: it is set
/// only after the answer was made.
const LIMITED: &str = r#"response.code_details == "local_rate_limited""#;
/// What Envoy calls an answer of a route, which here are those to unlisted requests only.
const DIRECT: &str = r#"response.code_details == "direct_response""#;

/// Which answers Envoy gives in a configuration.
#[derive(Debug, Clone, Copy)]
pub(super) struct Replies {
    /// Native limits refuse.
    pub(super) limits: bool,
    /// Routes have a bound.
    pub(super) timeouts: bool,
    /// Unlisted requests are rejected.
    pub(super) unlisted: bool,
}

impl Replies {
    /// The mappers; `None` when Envoy answers nothing by itself.
    pub(super) fn config(self) -> Option<LocalReplyConfig> {
        let mut mappers = Vec::new();
        if self.limits {
            // The filter adds the headers, and says RESOURCE_EXHAUSTED to gRPC.
            mappers.push(problem(cel(LIMITED), Answer::Limited, Vec::new()));
        }
        if self.timeouts {
            // An upstream's own 504 has no flag. Every bound that there is comes from a contract.
            let flag = || LogFilter::ResponseFlagFilter { flags: vec!["UT"] };
            let policy = || {
                vec![HeaderOption::set(
                    "x-cherry-policy",
                    Answer::Timeout.policy(),
                )]
            };
            mappers.push(problem(flag(), Answer::Timeout, policy()));
            mappers.push(grpc(flag(), Answer::Timeout, policy()));
        }
        if self.unlisted {
            // The route says everything but the status of gRPC: Envoy would make UNKNOWN of 405.
            mappers.push(grpc(cel(DIRECT), Answer::MethodNotAllowed, Vec::new()));
        }
        (!mappers.is_empty()).then_some(LocalReplyConfig { mappers })
    }
}

fn problem(what: LogFilter, answer: Answer, headers_to_add: Vec<HeaderOption>) -> ResponseMapper {
    ResponseMapper {
        filter: LogFilter::AndFilter {
            filters: vec![what, is_grpc(false)],
        },
        headers_to_add,
        body_format_override: Some(BodyFormat {
            content_type: "application/problem+json",
            text_format_source: InlineString {
                // A percent sign would start a command of Envoy's format.
                inline_string: answer.body().replace('%', "%%"),
            },
        }),
    }
}

fn grpc(what: LogFilter, answer: Answer, mut headers_to_add: Vec<HeaderOption>) -> ResponseMapper {
    headers_to_add.push(HeaderOption::set(
        "grpc-status",
        &answer.grpc_status().to_string(),
    ));
    ResponseMapper {
        filter: LogFilter::AndFilter {
            filters: vec![what, is_grpc(true)],
        },
        headers_to_add,
        body_format_override: None,
    }
}

/// What Envoy takes for gRPC: this content type, alone or with a codec after `+`. gRPC-Web is not.
fn is_grpc(wanted: bool) -> LogFilter {
    LogFilter::HeaderFilter {
        header: HeaderMatcher {
            name: "content-type",
            string_match: StringMatcher::SafeRegex(Regex {
                regex: r"application/grpc(?:\+.*)?".to_owned(),
            }),
            invert_match: !wanted,
            // Without it a request that has no content type would match neither way.
            treat_missing_header_as_empty: !wanted,
        },
    }
}

fn cel(expression: &str) -> LogFilter {
    LogFilter::ExtensionFilter(ExtensionFilter {
        name: "cel",
        typed_config: Typed::new(CelFilter {
            expression: expression.to_owned(),
        }),
    })
}
