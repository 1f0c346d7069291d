//! Keys of limits: `client_ip+header(X-App)`.

use std::fmt;
use std::ops::Range;

use super::UnitProblem;
use crate::text::{Likeness, nearest};

/// A part of the key of a limit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum KeyPart {
    /// One bucket for everybody.
    Global,
    /// The address of the client.
    ClientIp,
    /// The tenant, as the contract's `identity` says.
    Tenant,
    /// The subject of the token.
    User,
    /// The client of the token or key.
    ClientId,
    /// A request header, name in lower case.
    Header(Box<str>),
    /// A claim of the token, with dots between the levels.
    Claim(Box<str>),
    /// A cookie.
    Cookie(Box<str>),
    /// A parameter of the path.
    Path(Box<str>),
    /// A parameter of the query.
    Query(Box<str>),
}

impl KeyPart {
    /// Whether `auth` must have identified the caller first.
    pub(crate) fn needs_auth(&self) -> bool {
        matches!(self, KeyPart::User | KeyPart::ClientId | KeyPart::Claim(_))
    }
}

impl fmt::Display for KeyPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KeyPart::Global => f.write_str("global"),
            KeyPart::ClientIp => f.write_str("client_ip"),
            KeyPart::Tenant => f.write_str("tenant"),
            KeyPart::User => f.write_str("user"),
            KeyPart::ClientId => f.write_str("client_id"),
            KeyPart::Header(name) => write!(f, "header({name})"),
            KeyPart::Claim(path) => write!(f, "claim({path})"),
            KeyPart::Cookie(name) => write!(f, "cookie({name})"),
            KeyPart::Path(name) => write!(f, "path({name})"),
            KeyPart::Query(name) => write!(f, "query({name})"),
        }
    }
}

/// Most parts of one key; each one is read and hashed on every request.
pub(crate) const MAX_KEY_PARTS: usize = 8;

/// Key functions with their argument.
const KEY_WORDS: [&str; 10] = [
    "client_ip",
    "global",
    "client_id",
    "user",
    "tenant",
    "header",
    "cookie",
    "query",
    "path",
    "claim",
];

/// Reads `client_ip+header(X-App)`; `at` is where the text stands in the rate.
pub(crate) fn parse_key(text: &str, at: usize) -> Result<Vec<KeyPart>, UnitProblem> {
    let mut parts = Vec::new();
    let mut start = 0;
    for part in split_key(text) {
        let here = at + start..at + start + part.len();
        let parsed = parse_key_part(part, here.clone())?;
        if parts.contains(&parsed) {
            return Err(
                UnitProblem::new(format!("`{parsed}` stands twice in the key"), here)
                    .help("write it once"),
            );
        }
        parts.push(parsed);
        start += part.len() + 1;
    }
    let all = at..at + text.len();
    if parts.len() > 1 && parts.contains(&KeyPart::Global) {
        return Err(
            UnitProblem::new("`global` cannot be combined with other keys", all)
                .help("leave `global` out: the other parts alone decide the bucket"),
        );
    }
    if parts.len() > MAX_KEY_PARTS {
        return Err(UnitProblem::new(
            format!("a key has at most {MAX_KEY_PARTS} parts"),
            all,
        ));
    }
    Ok(parts)
}

/// Splits at `+` outside parentheses, so that a `+` in a header name gets its own message.
fn split_key(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut depth) = (0, 0_u32);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            b'+' if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

fn parse_key_part(part: &str, at: Range<usize>) -> Result<KeyPart, UnitProblem> {
    match part {
        "global" => return Ok(KeyPart::Global),
        "client_ip" => return Ok(KeyPart::ClientIp),
        "tenant" => return Ok(KeyPart::Tenant),
        "user" => return Ok(KeyPart::User),
        "client_id" => return Ok(KeyPart::ClientId),
        _ => {}
    }
    let (word, argument) = match part.split_once('(') {
        Some((word, tail)) => match tail.strip_suffix(')') {
            Some(argument) => (word, Some(argument)),
            None => {
                return Err(UnitProblem::new(format!("`{part}` has no closing `)`"), at)
                    .help(format!("write `{part})`")));
            }
        },
        None => (part, None),
    };
    if !KEY_WORDS.contains(&word) {
        let problem = UnitProblem::new(
            format!("unknown key `{word}`"),
            at.start..at.start + word.len(),
        );
        let near = nearest(word, KEY_WORDS, &Likeness::PIECES);
        return Err(match near {
            Some(near) => {
                let message = format!("unknown key `{word}`; did you mean `{near}`?");
                UnitProblem { message, ..problem }.help(format!("write `{near}`"))
            }
            None => problem.help("keys are `client_ip`, `global`, `tenant`, `header(x)`, `cookie(x)`, `query(x)`, `path(x)`, `claim(x)`, `user` and `client_id`"),
        });
    }
    let takes_argument = matches!(word, "header" | "cookie" | "query" | "path" | "claim");
    let Some(argument) = argument.filter(|_| takes_argument) else {
        return Err(match takes_argument {
            true => UnitProblem::new(format!("key `{word}` needs a name"), at)
                .help(format!("write `{word}(name)`")),
            false => UnitProblem::new(format!("key `{word}` takes no argument"), at)
                .help(format!("write `{word}`")),
        });
    };
    let inner = at.start + word.len() + 1..at.end - 1;
    if argument.is_empty() {
        return Err(UnitProblem::new(format!("{word} name is empty"), at)
            .help(format!("write a name: `{word}(name)`")));
    }
    if word == "header" && argument.contains('+') {
        return Err(
            UnitProblem::new("`+` inside a header name is refused", inner)
                .help("`+` joins keys: `header(a)+header(b)`"),
        );
    }
    let is_token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*-.^_`|~+".contains(&b);
    let is_ident = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
    };
    let fits = match word {
        "header" | "cookie" | "query" => argument.len() <= 128 && argument.bytes().all(is_token),
        "path" => argument
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b)),
        _ => argument.split('.').all(is_ident),
    };
    if !fits {
        return Err(
            UnitProblem::new(format!("`{argument}` is no {word} name"), inner)
                .help("use letters, digits, `-` and `_`"),
        );
    }
    Ok(match word {
        "header" => KeyPart::Header(argument.to_ascii_lowercase().into()),
        "cookie" => KeyPart::Cookie(argument.into()),
        "query" => KeyPart::Query(argument.into()),
        "path" => KeyPart::Path(argument.into()),
        _ => KeyPart::Claim(argument.into()),
    })
}
