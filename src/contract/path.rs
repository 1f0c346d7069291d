//! The one path-template tree: regular expression, Envoy template, matcher of the module and the
//! simulator's matching all come from it.

use std::cmp::Ordering;
use std::fmt;

use super::normalize;

/// Longest template in bytes, as it is written.
pub(crate) const MAX_TEMPLATE_BYTES: usize = 512;
/// Longest expression that a template may become, in characters: what Istio takes. A character
/// outside ASCII arrives as six.
pub(crate) const MAX_REGEX_CHARS: usize = 1024;
/// Most segments of a template; bounds the depth of every matcher that is made from it.
pub(crate) const MAX_SEGMENTS: usize = 32;

/// A segment of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Segment {
    /// Exactly these bytes.
    Literal(Box<str>),
    /// `{name}`: one segment that is not empty, or `{name}:verb`: one that ends in `:verb` and has
    /// something before it.
    Param {
        /// Name of the parameter.
        name: Box<str>,
        /// What follows the colon.
        verb: Option<Box<str>>,
    },
    /// `{name=**}`: one segment or more; only the last one of a template.
    Rest {
        /// Name of the parameter.
        name: Box<str>,
    },
}

impl Segment {
    /// Name of the parameter, if it is one.
    pub(crate) fn param(&self) -> Option<&str> {
        match self {
            Segment::Literal(_) => None,
            Segment::Param { name, .. } | Segment::Rest { name } => Some(name),
        }
    }

    /// Whether one segment of a path fits.
    fn takes(&self, text: &str) -> bool {
        match self {
            Segment::Literal(literal) => **literal == *text,
            Segment::Param { verb: None, .. } | Segment::Rest { .. } => !text.is_empty(),
            Segment::Param {
                verb: Some(verb), ..
            } => verb_stem(text, verb).is_some(),
        }
    }

    /// Order of trial: a literal, then a parameter with a verb, then a parameter, then the rest.
    fn rank(&self) -> u8 {
        match self {
            Segment::Literal(_) => 0,
            Segment::Param { verb: Some(_), .. } => 1,
            Segment::Param { verb: None, .. } => 2,
            Segment::Rest { .. } => 3,
        }
    }

    fn order(&self, other: &Segment) -> Ordering {
        self.rank()
            .cmp(&other.rank())
            .then_with(|| match (self, other) {
                (Segment::Literal(l), Segment::Literal(r)) => l.cmp(r),
                // The longer verb is the more specific one: `{x}:a:b` also ends in `:b`.
                (Segment::Param { verb: Some(l), .. }, Segment::Param { verb: Some(r), .. }) => {
                    r.len().cmp(&l.len()).then_with(|| l.cmp(r))
                }
                _ => Ordering::Equal,
            })
    }
}

/// What stands before `:verb` in a segment, when that is not empty.
fn verb_stem<'t>(text: &'t str, verb: &str) -> Option<&'t str> {
    text.strip_suffix(verb)?
        .strip_suffix(':')
        .filter(|stem| !stem.is_empty())
}

/// A path template: `/` and the segments between slashes. A slash at the end is not kept, because
/// a request that differs by it gets the same policies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PathTemplate {
    segments: Vec<Segment>,
}

/// Why a text is no template: what is wrong, where, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TemplateProblem {
    /// Headline.
    pub(crate) message: String,
    /// Byte range in the text.
    pub(crate) at: (usize, usize),
    /// What to do.
    pub(crate) help: String,
    /// Whether the problem is text around a parameter in one segment, which has a rule of its own.
    pub(crate) is_part_segment: bool,
}

impl PathTemplate {
    /// Reads a template as OpenAPI writes it, with `{x=**}` and `{x}:verb` on top.
    pub(crate) fn parse(text: &str) -> Result<Self, TemplateProblem> {
        let whole = (0, text.len());
        let problem = |message: String, at: (usize, usize), help: &str| TemplateProblem {
            message,
            at,
            help: help.to_owned(),
            is_part_segment: false,
        };
        let Some(rest) = text.strip_prefix('/') else {
            let message = match text {
                "" => "the path is empty".to_owned(),
                text => format!("path `{text}` does not start with `/`"),
            };
            return Err(problem(
                message,
                whole,
                "write the path from the root of the service, such as `/users/{id}`",
            ));
        };
        if text.len() > MAX_TEMPLATE_BYTES {
            let message = format!(
                "path of {} bytes is longer than {MAX_TEMPLATE_BYTES}",
                text.len()
            );
            return Err(problem(message, whole, "shorten the path"));
        }
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let mut segments = Vec::new();
        if rest.is_empty() {
            return Ok(PathTemplate { segments });
        }
        let mut at = 1;
        let count = rest.split('/').count();
        if count > MAX_SEGMENTS {
            let message = format!("path has {count} segments, more than {MAX_SEGMENTS}");
            return Err(problem(message, whole, "shorten the path"));
        }
        for (index, part) in rest.split('/').enumerate() {
            let range = (at, at + part.len());
            let segment = parse_segment(part, range)?;
            if let (Segment::Rest { name }, true) = (&segment, index + 1 < count) {
                return Err(problem(
                    format!(
                        "`{{{name}=**}}` takes the rest of the path and must be the last segment"
                    ),
                    range,
                    "move it to the end, or use one parameter for each segment",
                ));
            }
            if let Some(name) = segment.param()
                && segments
                    .iter()
                    .any(|earlier: &Segment| earlier.param() == Some(name))
            {
                return Err(problem(
                    format!("parameter `{name}` occurs twice in the path"),
                    range,
                    "rename one of them",
                ));
            }
            segments.push(segment);
            at = range.1 + 1;
        }
        let template = PathTemplate { segments };
        let length = template.regex().chars().count();
        if length > MAX_REGEX_CHARS {
            return Err(problem(
                format!(
                    "path becomes an expression of {length} characters, routers take {MAX_REGEX_CHARS}"
                ),
                whole,
                "shorten the path; a letter outside ASCII arrives as six characters",
            ));
        }
        Ok(template)
    }

    /// The segments.
    pub(crate) fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Names of the parameters, in order.
    pub(crate) fn params(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(Segment::param)
    }

    /// The index of the segment that parameter `name` stands in.
    pub(crate) fn segment_of(&self, name: &str) -> Option<usize> {
        self.segments
            .iter()
            .position(|segment| segment.param() == Some(name))
    }

    /// Whether a normalised path (without query) fits; one slash at its end does not count.
    pub(crate) fn matches(&self, path: &str) -> bool {
        let Some(parts) = split_path(path) else {
            return false;
        };
        if let Some(Segment::Rest { .. }) = self.segments.last() {
            let fixed = self.segments.len() - 1;
            return parts.len() > fixed
                && self
                    .segments
                    .iter()
                    .zip(&parts)
                    .all(|(segment, part)| segment.takes(part))
                && parts[fixed..].iter().all(|part| !part.is_empty());
        }
        parts.len() == self.segments.len()
            && self
                .segments
                .iter()
                .zip(&parts)
                .all(|(segment, part)| segment.takes(part))
    }

    /// The value of the parameter in segment `index` of a path that [`matches`](Self::matches).
    pub(crate) fn value<'p>(&self, index: usize, path: &'p str) -> Option<&'p str> {
        let parts = split_path(path)?;
        let part = *parts.get(index)?;
        match &self.segments[index] {
            Segment::Literal(_) => None,
            Segment::Param { verb: None, .. } => Some(part),
            Segment::Param {
                verb: Some(verb), ..
            } => verb_stem(part, verb),
            Segment::Rest { .. } => {
                let body = path.strip_suffix('/').unwrap_or(path);
                Some(&body[part.as_ptr() as usize - path.as_ptr() as usize..])
            }
        }
    }

    /// Order of trial among the routes of a host: at the first segment that differs, the more
    /// specific kind goes first. Total over templates that are not [`same_shape`](Self::same_shape).
    pub(crate) fn order(&self, other: &PathTemplate) -> Ordering {
        for (l, r) in self.segments.iter().zip(&other.segments) {
            let order = l.order(r);
            if order != Ordering::Equal {
                return order;
            }
        }
        self.segments.len().cmp(&other.segments.len())
    }

    /// Whether both take exactly the same paths, whatever the parameters are called.
    pub(crate) fn same_shape(&self, other: &PathTemplate) -> bool {
        self.order(other) == Ordering::Equal
    }

    /// Whether every path that `other` takes is taken by this one too.
    pub(crate) fn covers(&self, other: &PathTemplate) -> bool {
        let covers_segment = |mine: &Segment, theirs: &Segment| match (mine, theirs) {
            (Segment::Literal(l), Segment::Literal(r)) => l == r,
            (Segment::Param { verb: Some(l), .. }, Segment::Param { verb: Some(r), .. }) => {
                l == r || r.strip_suffix(&**l).is_some_and(|stem| stem.ends_with(':'))
            }
            (segment @ Segment::Param { .. }, Segment::Literal(text)) => segment.takes(text),
            (Segment::Param { verb: None, .. }, Segment::Param { .. }) => true,
            _ => false,
        };
        match self.segments.last() {
            Some(Segment::Rest { .. }) => {
                let fixed = self.segments.len() - 1;
                other.segments.len() > fixed
                    && self.segments[..fixed]
                        .iter()
                        .zip(&other.segments)
                        .all(|(l, r)| covers_segment(l, r))
            }
            _ => {
                self.segments.len() == other.segments.len()
                    && self
                        .segments
                        .iter()
                        .zip(&other.segments)
                        .all(|(l, r)| covers_segment(l, r))
            }
        }
    }

    /// The template as an RE2 expression that must match the whole path; one slash at the end is
    /// allowed for.
    pub(crate) fn regex(&self) -> String {
        if self.segments.is_empty() {
            return "/".to_owned();
        }
        let mut out = String::new();
        for segment in &self.segments {
            out.push('/');
            match segment {
                Segment::Literal(text) => escape_regex(text, &mut out),
                Segment::Param { verb, .. } => {
                    out.push_str("[^/]+");
                    if let Some(verb) = verb {
                        out.push(':');
                        escape_regex(verb, &mut out);
                    }
                }
                Segment::Rest { .. } => out.push_str("[^/]+(?:/[^/]+)*"),
            }
        }
        out.push_str("/?");
        out
    }

    /// The whole path when no parameter stands in it.
    pub(crate) fn literal(&self) -> Option<String> {
        self.segments
            .iter()
            .all(|segment| matches!(segment, Segment::Literal(_)))
            .then(|| self.to_string())
    }

    /// The template in Envoy's `uri_template` language, with parameters renamed to `p1`..`p5`;
    /// `None` when it cannot say it. Envoy 1.40 takes five variables at most, its `**` also takes
    /// nothing at all, and its literals are limited to path characters of RFC 3986.
    pub(crate) fn uri_template(&self) -> Option<String> {
        const MAX_VARIABLES: usize = 5;
        let is_pchar = |b: u8| b.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;:@=".contains(&b);
        let mut out = String::new();
        let mut variables = 0;
        for segment in &self.segments {
            out.push('/');
            match segment {
                Segment::Literal(text) if !text.contains('*') && text.bytes().all(is_pchar) => {
                    out.push_str(text)
                }
                Segment::Param { verb, .. } => {
                    variables += 1;
                    out.push_str(&format!("{{p{variables}}}"));
                    if let Some(verb) = verb {
                        if verb.contains('*') || !verb.bytes().all(is_pchar) {
                            return None;
                        }
                        out.push(':');
                        out.push_str(verb);
                    }
                }
                Segment::Literal(_) | Segment::Rest { .. } => return None,
            }
        }
        (1..=MAX_VARIABLES).contains(&variables).then_some(out)
    }
}

impl fmt::Display for PathTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.segments.is_empty() {
            return f.write_str("/");
        }
        for segment in &self.segments {
            match segment {
                Segment::Literal(text) => write!(f, "/{text}")?,
                Segment::Param { name, verb: None } => write!(f, "/{{{name}}}")?,
                Segment::Param {
                    name,
                    verb: Some(verb),
                } => write!(f, "/{{{name}}}:{verb}")?,
                Segment::Rest { name } => write!(f, "/{{{name}=**}}")?,
            }
        }
        Ok(())
    }
}

/// The segments of a path, one slash at the end left out; `None` for what is no path (`*`, empty).
fn split_path(path: &str) -> Option<Vec<&str>> {
    let rest = path.strip_prefix('/')?;
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    Some(if rest.is_empty() && path.len() <= 1 {
        Vec::new()
    } else {
        rest.split('/').collect()
    })
}

fn escape_regex(text: &str, out: &mut String) {
    for c in text.chars() {
        if r"\.+*?()|[]{}^$".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
}

fn parse_segment(part: &str, range: (usize, usize)) -> Result<Segment, TemplateProblem> {
    let problem = |message: String, help: String, is_part_segment: bool| TemplateProblem {
        message,
        at: range,
        help,
        is_part_segment,
    };
    let Some(open) = part.find('{') else {
        return literal(part)
            .map_err(|(m, h)| problem(m, h, false))
            .map(Segment::Literal);
    };
    let Some(close) = part.find('}').filter(|close| *close > open) else {
        return Err(problem(
            format!("`{{` in segment `{part}` is never closed"),
            "close the parameter with `}`".to_owned(),
            false,
        ));
    };
    let (inner, after) = (&part[open + 1..close], &part[close + 1..]);
    let (name, is_rest) = match inner.strip_suffix("=**") {
        Some(name) => (name, true),
        None => (inner, false),
    };
    let verb = after.strip_prefix(':');
    let verb_is_plain = verb.is_none_or(|verb| !verb.is_empty() && !verb.contains(['{', '}', '/']));
    let fits = open == 0 && (after.is_empty() || (verb.is_some() && verb_is_plain && !is_rest));
    if !fits {
        let name = name
            .split(['=', '{', '}'])
            .next()
            .filter(|name| is_param_name(name))
            .unwrap_or("name");
        return Err(problem(
            format!("segment `{part}` mixes text and parameters"),
            format!(
                "make the parameter the whole segment: `/{{{name}}}`; only `{{{name}}}:verb` may follow it"
            ),
            true,
        ));
    }
    if !is_param_name(name) {
        return Err(problem(
            match name {
                "" => "a path parameter has no name".to_owned(),
                name => format!("`{name}` is no name for a path parameter"),
            },
            "use letters, digits, `_`, `-` and `.`, such as `{orderId}`; `{rest=**}` takes the rest of the path".to_owned(),
            false,
        ));
    }
    let name = name.into();
    if is_rest {
        return Ok(Segment::Rest { name });
    }
    let verb = verb
        .map(literal)
        .transpose()
        .map_err(|(m, h)| problem(m, h, false))?;
    Ok(Segment::Param { name, verb })
}

/// Parameter names: what RFC 6570 calls a varname, with `-` as OpenAPI documents use it.
fn is_param_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b))
}

/// A literal in the form in which it arrives after normalisation: unreserved escapes decoded, what
/// cannot stand in a request line percent-encoded. The error is (headline, help).
fn literal(part: &str) -> Result<Box<str>, (String, String)> {
    if part.is_empty() {
        return Err((
            "path has an empty segment".to_owned(),
            "write one slash: paths are normalised before matching".to_owned(),
        ));
    }
    if let Some(c) = part
        .chars()
        .find(|c| "?#{}\\".contains(*c) || c.is_control())
    {
        return Err((
            format!("`{}` cannot stand in a path template", c.escape_default()),
            "write the path alone; a query is never part of it".to_owned(),
        ));
    }
    let mut out = String::new();
    let bytes = part.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        match (byte, hex(bytes.get(at + 1)), hex(bytes.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                let decoded = high * 16 + low;
                if is_unreserved(decoded) {
                    out.push(char::from(decoded));
                } else {
                    out.push_str(&part[at..at + 3]);
                }
                at += 3;
            }
            (0x21..=0x7e, ..) => {
                out.push(char::from(byte));
                at += 1;
            }
            _ => {
                out.push_str(&format!("%{byte:02X}"));
                at += 1;
            }
        }
    }
    // As it arrives: `|` comes as `%7C`, and `..;x` is a step up.
    let arrives =
        normalize(format!("/{out}").as_bytes()).and_then(|path| String::from_utf8(path).ok());
    match arrives.as_deref().and_then(|path| path.strip_prefix('/')) {
        Some(arrives) if !arrives.is_empty() && !arrives.contains('/') => Ok(arrives.into()),
        _ => Err((
            format!("segment `{part}` never arrives as written"),
            "dot segments are resolved before matching; write the path that is meant".to_owned(),
        )),
    }
}

/// RFC 3986, section 2.3.
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

fn hex(byte: Option<&u8>) -> Option<u8> {
    char::from(*byte?).to_digit(16).map(|digit| digit as u8)
}

#[cfg(test)]
mod tests {
    use super::PathTemplate;

    fn problem(text: &str) -> String {
        PathTemplate::parse(text).expect_err(text).message
    }

    #[test]
    fn literals_stand_as_they_arrive() {
        for (written, arrives) in [
            ("/%75sers/{id}", "/users/{id}"),
            ("/a|b", "/a%7Cb"),
            ("/größe", "/gr%C3%B6%C3%9Fe"),
            ("/a%2fb/", "/a%2fb"),
            ("/[x]", "/[x]"),
        ] {
            assert_eq!(
                PathTemplate::parse(written).expect(written).to_string(),
                arrives
            );
        }
        for never in ["/a/../b", "/..;x", "/%2e"] {
            assert!(problem(never).contains("never arrives"), "{never}");
        }
    }

    #[test]
    fn no_expression_is_longer_than_routers_take() {
        for (text, is_fine) in [
            (format!("/{{x}}/{}", "a".repeat(400)), true),
            (format!("/{{x}}/{}", "é".repeat(200)), false),
            (format!("/{}/{{x=**}}", ".".repeat(503)), false),
        ] {
            assert_eq!(
                PathTemplate::parse(&text).is_ok(),
                is_fine,
                "{}",
                text.len()
            );
        }
    }
}
