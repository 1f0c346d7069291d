//! Formats as languages.
//!
//! A format that its specification makes a regular language is exact. Of any other there is a
//! *strict* language, whose texts everybody accepts, and a *lax* one, outside of which nobody accepts
//! a text. A witness is taken where even the less favourable of the two agrees, and an absence is
//! proved where the more favourable one has it, so that neither can be wrong.

use std::sync::{Arc, LazyLock};

use super::language::Language;

/// A format that is known.
#[derive(Debug)]
pub(super) struct Format {
    /// Texts that have the format by every reading.
    pub(super) strict: Arc<Language>,
    /// Texts that have it by some reading; the same as `strict` where there is only one.
    pub(super) lax: Arc<Language>,
}

impl Format {
    pub(super) fn is_exact(&self) -> bool {
        Arc::ptr_eq(&self.strict, &self.lax)
    }
}

/// What a name says about texts.
pub(super) enum Meaning {
    /// It refuses no text: it is about numbers, or only says how to show or store a text.
    Anything,
    Known(&'static Format),
    Unknown,
}

/// Formats that refuse no text.
const ANYTHING: [&str; 16] = [
    "int8",
    "int16",
    "int32",
    "int64",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "double-int",
    "float",
    "double",
    "decimal",
    "password",
    "binary",
    "html",
    "commonmark",
];

/// Looks a name up.
pub(super) fn meaning(name: &str) -> Meaning {
    if ANYTHING.contains(&name) {
        return Meaning::Anything;
    }
    match FORMATS.iter().find(|(known, _)| *known == name) {
        Some((_, format)) => Meaning::Known(format),
        None => Meaning::Unknown,
    }
}

type Row = (&'static str, LazyLock<Format>);

static FORMATS: [Row; 20] = [
    ("date", LazyLock::new(|| exact(&whole(&date())))),
    (
        "time",
        LazyLock::new(|| loose(&whole(&time(false)), &whole(&time(true)))),
    ),
    ("date-time", LazyLock::new(date_time)),
    ("duration", LazyLock::new(|| exact(&whole(DURATION)))),
    ("uuid", LazyLock::new(|| exact(UUID))),
    ("ipv4", LazyLock::new(|| exact(&whole(&ipv4())))),
    ("ipv6", LazyLock::new(|| exact(&whole(&ipv6())))),
    ("hostname", LazyLock::new(|| hostname(false))),
    ("idn-hostname", LazyLock::new(|| hostname(true))),
    ("email", LazyLock::new(email)),
    ("idn-email", LazyLock::new(email)),
    ("uri", LazyLock::new(|| exact(&whole(&uri())))),
    (
        "uri-reference",
        LazyLock::new(|| exact(&whole(&uri_reference()))),
    ),
    ("iri", LazyLock::new(|| wider("uri", IRI_LAX))),
    (
        "iri-reference",
        LazyLock::new(|| wider("uri-reference", IRI_CHARS)),
    ),
    (
        "uri-template",
        LazyLock::new(|| {
            loose(
                &whole(&template("", "")),
                &whole(&template("'\\u0080-\\u{10FFFF}", "=,!@|")),
            )
        }),
    ),
    ("json-pointer", LazyLock::new(|| exact(&whole(POINTER)))),
    (
        "relative-json-pointer",
        LazyLock::new(|| exact(&whole(&format!("(?:0|[1-9][0-9]*)(?:#|{POINTER})")))),
    ),
    // Padded as RFC 4648 has it, against whatever alphabet, padding and lines are let through.
    (
        "byte",
        LazyLock::new(|| loose(BASE64, "^[A-Za-z0-9+/=_\\-\\s]*$")),
    ),
    // No regular language; a pattern of letters and digits is one, and nothing can be repeated at
    // the start or closed that was not opened.
    (
        "regex",
        LazyLock::new(|| loose("^[A-Za-z0-9]*$", "^(?![*+?)])[^]*$")),
    ),
];

fn exact(pattern: &str) -> Format {
    let language = language(pattern);
    Format {
        strict: Arc::clone(&language),
        lax: language,
    }
}

fn loose(strict: &str, lax: &str) -> Format {
    Format {
        strict: language(strict),
        lax: language(lax),
    }
}

/// A format with all texts of another one, and laxly those of a pattern.
fn wider(other: &str, lax: &str) -> Format {
    let strict = match meaning(other) {
        Meaning::Known(format) => Arc::clone(&format.strict),
        Meaning::Anything | Meaning::Unknown => language(""),
    };
    Format {
        strict,
        lax: language(&whole(lax)),
    }
}

fn language(pattern: &str) -> Arc<Language> {
    Arc::new(Language::parse(pattern).expect("patterns of formats are held to that by a test"))
}

fn sized(pattern: &str, min: u64, max: u64) -> Arc<Language> {
    let language =
        Language::parse(pattern).expect("patterns of formats are held to that by a test");
    Arc::new(language.with_lengths(min, max))
}

fn whole(pattern: &str) -> String {
    format!("^(?:{pattern})$")
}

// === Dates and times: RFC 3339 ===

/// A full date; the calendar's leap years repeat every 400 years.
fn date() -> String {
    let leap = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)";
    format!(
        "[0-9]{{4}}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])\
         |(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))|{leap}-02-29"
    )
}

/// A full time. The second 60 is one only at the end of a day in universal time, whatever the offset;
/// telling that takes a state for every minute, and many readers refuse it. So it is read laxly only.
fn time(is_lax: bool) -> String {
    let offset = "(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])";
    let part = "(?:\\.[0-9]+)?";
    let hour = "(?:[01][0-9]|2[0-3]):[0-5][0-9]";
    match is_lax {
        true => format!("{hour}:(?:[0-5][0-9]|60){part}{offset}"),
        false => format!("{hour}:[0-5][0-9]{part}{offset}"),
    }
}

fn date_time() -> Format {
    let pattern = |is_lax| format!("(?:{})[Tt](?:{})", date(), time(is_lax));
    loose(&whole(&pattern(false)), &whole(&pattern(true)))
}

/// The appendix of RFC 3339: no unit is left out between two others.
const DURATION: &str = "P(?:[0-9]+W|(?:[0-9]+Y(?:[0-9]+M(?:[0-9]+D)?)?|[0-9]+M(?:[0-9]+D)?|[0-9]+D)\
(?:T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?|[0-9]+M(?:[0-9]+S)?|[0-9]+S))?\
|T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?|[0-9]+M(?:[0-9]+S)?|[0-9]+S))";

// === Names and addresses ===

const UUID: &str = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$";

fn ipv4() -> String {
    let octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    format!("{octet}(?:\\.{octet}){{3}}")
}

/// RFC 3986, section 3.2.2, which has all forms of RFC 4291.
fn ipv6() -> String {
    let group = "[0-9a-fA-F]{1,4}";
    let last = format!("(?:{group}:{group}|{})", ipv4());
    let mut forms = vec![
        format!("(?:{group}:){{6}}{last}"),
        format!("::(?:{group}:){{5}}{last}"),
    ];
    for before in 0..7 {
        let front = format!("(?:(?:{group}:){{0,{before}}}{group})?::");
        forms.push(match before {
            0..4 => format!("{front}(?:{group}:){{{}}}{last}", 4 - before),
            4 => format!("{front}{last}"),
            5 => format!("{front}{group}"),
            _ => front,
        });
    }
    forms.join("|")
}

/// A label of a host name: RFC 1123 lets it start with a digit.
const LABEL: &str = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

fn hostname(is_international: bool) -> Format {
    // Behind hyphens at the third and fourth place of a label an encoding may stand that is right or
    // wrong. What looks ahead cannot be repeated, so that this is said of all labels at once.
    let strict = format!("^(?!(?:[^]*\\.)?[^.]{{2}}--)(?:{LABEL})(?:\\.(?:{LABEL}))*$");
    let lax = match is_international {
        true => "^[^]+$".to_owned(),
        // Some take a dot at the end, and some an underscore.
        false => format!("^(?:{LABEL})(?:\\.(?:{LABEL}))*\\.?$"),
    };
    let max = if is_international { u64::MAX } else { 254 };
    Format {
        strict: sized(&strict, 1, 253),
        lax: sized(&lax, 1, max),
    }
}

fn email() -> Format {
    let atom = "[A-Za-z0-9_+-]+";
    let label = "[A-Za-z0-9]{1,63}";
    let strict = format!("^(?=[^@]{{1,64}}@){atom}(?:\\.{atom})*@(?:{label}\\.)+[A-Za-z]{{2,63}}$");
    Format {
        strict: sized(&strict, 1, 254),
        lax: language("^[^]+@[^]+$"),
    }
}

// === RFC 3986 ===

const ENCODED: &str = "%[0-9A-Fa-f]{2}";

fn path_char(more: &str) -> String {
    format!("(?:[A-Za-z0-9._~!$&'()*+,;=:@{more}-]|{ENCODED})")
}

/// `//`, an authority, and a path that is empty or starts with a slash.
fn authority() -> String {
    let plain = "A-Za-z0-9._~!$&'()*+,;=";
    let user = format!("(?:[{plain}:-]|{ENCODED})*@");
    let name = format!("(?:[{plain}-]|{ENCODED})*");
    let future = format!("[vV][0-9A-Fa-f]+\\.[{plain}:-]+");
    format!(
        "//(?:{user})?(?:\\[(?:{}|{future})\\]|{name})(?::[0-9]*)?(?:/{}*)*",
        ipv6(),
        path_char("")
    )
}

fn query_and_fragment() -> String {
    let char = path_char("/?");
    format!("(?:\\?{char}*)?(?:#{char}*)?")
}

fn uri() -> String {
    let char = path_char("");
    let path = format!("/(?:{char}+(?:/{char}*)*)?|{char}+(?:/{char}*)*|");
    format!(
        "[A-Za-z][A-Za-z0-9+.-]*:(?:{}|{path}){}",
        authority(),
        query_and_fragment()
    )
}

fn uri_reference() -> String {
    let char = path_char("");
    let first = format!("(?:[A-Za-z0-9._~!$&'()*+,;=@-]|{ENCODED})+");
    let path = format!("/(?:{char}+(?:/{char}*)*)?|{first}(?:/{char}*)*|");
    format!(
        "{}|(?:{}|{path}){}",
        uri(),
        authority(),
        query_and_fragment()
    )
}

/// What RFC 3987 never lets through, it shares with RFC 3986.
const IRI_CHARS: &str = "[^\\u0000-\\u0020\\u007f\"<>\\\\^`{|}]*";
const IRI_LAX: &str = "[A-Za-z][A-Za-z0-9+.-]*:[^\\u0000-\\u0020\\u007f\"<>\\\\^`{|}]*";

// === Others ===

/// RFC 6901.
const POINTER: &str = "(?:/(?:[^/~]|~[01])*)*";

/// RFC 4648, section 4.
const BASE64: &str = "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$";

/// RFC 6570. Its errata let an apostrophe through, some operators are only reserved, and what of
/// Unicode may stand there is read in several ways.
fn template(more: &str, operators: &str) -> String {
    let literal = format!("[!#$&()*+,./0-9:;=?@A-Z\\[\\]_a-z~{more}-]|{ENCODED}");
    let char = format!("(?:[A-Za-z0-9_]|{ENCODED})");
    let name = format!("{char}+(?:\\.{char}+)*(?::[1-9][0-9]{{0,3}}|\\*)?");
    format!("(?:{literal}|\\{{[+#./;?&{operators}]?{name}(?:,{name})*\\}})*")
}

#[cfg(test)]
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().map(|(name, _)| *name)
}
