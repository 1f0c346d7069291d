//! The little HTTP/1.1 that [`crate::load`] and [`crate::upstream`] share.
//!
//! Messages keep what matters to a proxy test and nothing else: the request target as raw bytes,
//! headers in the order received, names in lower case. Nothing is normalised, because what a
//! proxy does to odd bytes is the very thing under test.

use std::io::{self, BufRead, Read, Write};

/// Longest line of a message head in bytes; a peer that sends more is broken.
const MAX_LINE: u64 = 1 << 20;

/// Largest body in bytes that is read into memory.
const MAX_BODY: usize = 64 << 20;

/// Headers or trailers: names in lower case, in the order of the wire.
pub type Headers = Vec<(String, String)>;

/// A request, as it is sent by a client or was seen by an upstream.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Request {
    /// The method, for example `GET`.
    pub method: String,
    /// The request target, byte for byte: path and query, an absolute URL, or `*`.
    pub target: Vec<u8>,
    /// The headers. A client adds `host` and `content-length` itself when they are missing.
    pub headers: Headers,
    /// The body; empty when there is none.
    pub body: Vec<u8>,
}

impl Request {
    /// A request with any method and raw target.
    #[must_use]
    pub fn new(method: &str, target: impl AsRef<[u8]>) -> Self {
        Self {
            method: method.to_owned(),
            target: target.as_ref().to_vec(),
            ..Self::default()
        }
    }

    /// A `GET` request.
    #[must_use]
    pub fn get(target: impl AsRef<[u8]>) -> Self {
        Self::new("GET", target)
    }

    /// Adds a header; a name may be added several times.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers
            .push((name.to_ascii_lowercase(), value.to_owned()));
        self
    }

    /// Sets the body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// The first value of the header `name` (lower case).
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        value(&self.headers, name)
    }

    /// The target without its query, as text; bytes that are no UTF-8 are replaced.
    #[must_use]
    pub fn path(&self) -> String {
        let end = self
            .target
            .iter()
            .position(|&byte| byte == b'?')
            .unwrap_or(self.target.len());
        String::from_utf8_lossy(&self.target[..end]).into_owned()
    }

    pub(crate) fn write(&self, to: &mut impl Write) -> io::Result<()> {
        let mut bytes = Vec::with_capacity(256 + self.body.len());
        bytes.extend_from_slice(self.method.as_bytes());
        bytes.push(b' ');
        bytes.extend_from_slice(&self.target);
        bytes.extend_from_slice(b" HTTP/1.1\r\n");
        if self.value("host").is_none() {
            bytes.extend_from_slice(b"host: test\r\n");
        }
        write_headers(&mut bytes, &self.headers);
        if !self.body.is_empty() && self.value("content-length").is_none() {
            bytes.extend_from_slice(format!("content-length: {}\r\n", self.body.len()).as_bytes());
        }
        bytes.extend_from_slice(b"\r\n");
        bytes.extend_from_slice(&self.body);
        to.write_all(&bytes)
    }

    /// Reads the next request; `None` when the peer closed the connection between two requests.
    pub(crate) fn read(from: &mut impl BufRead) -> io::Result<Option<Self>> {
        let Some(line) = read_line(from)? else {
            return Ok(None);
        };
        // The target may hold anything but a space; cut at the first and at the last space.
        let first = line.iter().position(|&byte| byte == b' ');
        let last = line.iter().rposition(|&byte| byte == b' ');
        let (Some(first), Some(last)) = (first, last) else {
            return Err(broken("request line without a space"));
        };
        if first == last {
            return Err(broken("request line with one space"));
        }
        let method = String::from_utf8_lossy(&line[..first]).into_owned();
        let target = line[first + 1..last].to_vec();
        let headers = read_headers(from)?;
        let (body, _) = match length(&headers)? {
            Length::Chunked => read_chunked(from)?,
            Length::Bytes(bytes) => (read_exact(from, bytes)?, Headers::new()),
            Length::UntilClose => (Vec::new(), Headers::new()),
        };
        Ok(Some(Self {
            method,
            target,
            headers,
            body,
        }))
    }
}

/// A response, as a client received it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The headers.
    pub headers: Headers,
    /// The body, with the chunked coding removed.
    pub body: Vec<u8>,
    /// The trailers of a chunked body.
    pub trailers: Headers,
}

impl Response {
    /// The first value of the header `name` (lower case).
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        value(&self.headers, name)
    }

    /// The body as text; bytes that are no UTF-8 are replaced.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Whether the connection ends with this response.
    pub(crate) fn closes(&self) -> bool {
        self.value("connection")
            .is_some_and(|value| value.eq_ignore_ascii_case("close"))
    }

    /// Reads the response to a request with `method`, which decides whether there is a body.
    pub(crate) fn read(from: &mut impl BufRead, method: &str) -> io::Result<Self> {
        loop {
            let line = read_line(from)?.ok_or_else(|| {
                io::Error::new(io::ErrorKind::UnexpectedEof, "closed before a response")
            })?;
            let status = line
                .split(|&byte| byte == b' ')
                .nth(1)
                .and_then(|code| std::str::from_utf8(code).ok()?.parse::<u16>().ok())
                .ok_or_else(|| broken("status line without a code"))?;
            let headers = read_headers(from)?;
            if (100..200).contains(&status) && status != 101 {
                continue;
            }
            let mut response = Self {
                status,
                headers,
                ..Self::default()
            };
            if method == "HEAD" || status == 101 || status == 204 || status == 304 {
                return Ok(response);
            }
            match length(&response.headers)? {
                Length::Chunked => (response.body, response.trailers) = read_chunked(from)?,
                Length::Bytes(bytes) => response.body = read_exact(from, bytes)?,
                Length::UntilClose => {
                    from.take(MAX_BODY as u64).read_to_end(&mut response.body)?;
                    response
                        .headers
                        .push(("connection".to_owned(), "close".to_owned()));
                }
            }
            return Ok(response);
        }
    }
}

pub(crate) fn write_headers(to: &mut Vec<u8>, headers: &Headers) {
    for (name, value) in headers {
        to.extend_from_slice(name.as_bytes());
        to.extend_from_slice(b": ");
        to.extend_from_slice(value.as_bytes());
        to.extend_from_slice(b"\r\n");
    }
}

fn value<'a>(headers: &'a Headers, name: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.as_str())
}

enum Length {
    Chunked,
    Bytes(usize),
    UntilClose,
}

fn length(headers: &Headers) -> io::Result<Length> {
    if value(headers, "transfer-encoding").is_some_and(|coding| coding.ends_with("chunked")) {
        return Ok(Length::Chunked);
    }
    match value(headers, "content-length") {
        None => Ok(Length::UntilClose),
        Some(text) => match text.parse() {
            Ok(bytes) if bytes <= MAX_BODY => Ok(Length::Bytes(bytes)),
            _ => Err(broken("content-length is no number, or too large")),
        },
    }
}

/// One line without its end; `None` at the end of the stream.
fn read_line(from: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    if from.take(MAX_LINE).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.pop() != Some(b'\n') {
        return Err(broken("line without an end"));
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Ok(Some(line))
}

fn read_headers(from: &mut impl BufRead) -> io::Result<Headers> {
    let mut headers = Headers::new();
    loop {
        let line = read_line(from)?.ok_or_else(|| broken("closed within the headers"))?;
        if line.is_empty() {
            return Ok(headers);
        }
        let text = String::from_utf8_lossy(&line);
        let (name, value) = text
            .split_once(':')
            .ok_or_else(|| broken("header without a colon"))?;
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
}

fn read_exact(from: &mut impl BufRead, bytes: usize) -> io::Result<Vec<u8>> {
    let mut body = vec![0; bytes];
    from.read_exact(&mut body)?;
    Ok(body)
}

fn read_chunked(from: &mut impl BufRead) -> io::Result<(Vec<u8>, Headers)> {
    let mut body = Vec::new();
    loop {
        let line = read_line(from)?.ok_or_else(|| broken("closed within the body"))?;
        let size = String::from_utf8_lossy(&line);
        let size = size.split(';').next().unwrap_or_default().trim().to_owned();
        let size = usize::from_str_radix(&size, 16).map_err(|_| broken("chunk without a size"))?;
        if size == 0 {
            return Ok((body, read_headers(from)?));
        }
        if body.len().saturating_add(size) > MAX_BODY {
            return Err(broken("body too large"));
        }
        body.extend(read_exact(from, size)?);
        if read_line(from)?.is_none_or(|rest| !rest.is_empty()) {
            return Err(broken("chunk without an end"));
        }
    }
}

fn broken(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}
