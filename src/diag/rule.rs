//! One declaration per rule: name, sentence, page, category and level stand in one place.

use std::fmt;
use std::ptr;

/// What a rule is about. The category alone decides the exit code of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// The text is not what its format says.
    Syntax,
    /// A schema that a contract names cannot be read or does not hold together.
    Schema,
    /// The contract says something impossible.
    Contract,
    /// Contracts that share a host do not fit together.
    Link,
    /// A policy has no place where it would be enforced.
    Place,
    /// Legal, but likely not what was meant. The level can be adjusted and waived.
    Lint,
    /// A promise to existing users is broken. The level can be adjusted and waived.
    Compat,
    /// Artifacts cannot be made or written.
    Emit,
}

impl Category {
    /// The name as printed.
    pub fn name(self) -> &'static str {
        match self {
            Category::Syntax => "syntax",
            Category::Schema => "schema",
            Category::Contract => "contract",
            Category::Link => "link",
            Category::Place => "place",
            Category::Lint => "lint",
            Category::Compat => "compat",
            Category::Emit => "emit",
        }
    }

    /// Whether users may turn rules of this category up or down, and waive their findings.
    pub fn is_adjustable(self) -> bool {
        matches!(self, Category::Lint | Category::Compat)
    }
}

/// How loud a rule is: what the user configures, as opposed to the severity of a shown finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The rule is silent.
    Never,
    /// Worth knowing.
    Info,
    /// Worth a look before a release.
    Warning,
    /// Must be mended.
    Error,
}

impl Level {
    /// The name as written in configuration.
    pub fn name(self) -> &'static str {
        match self {
            Level::Never => "never",
            Level::Info => "info",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }

    /// The level with this name.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        [Level::Never, Level::Info, Level::Warning, Level::Error]
            .into_iter()
            .find(|level| level.name() == name)
    }
}

/// Where a rule stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Its name and meaning are promised.
    Stable {
        /// First version that has it.
        since: &'static str,
    },
}

impl Status {
    /// The first version that has the rule.
    pub fn since(self) -> &'static str {
        match self {
            Status::Stable { since } => since,
        }
    }
}

/// A rule: everything that is known about one kind of finding.
#[derive(Debug)]
pub struct Rule {
    /// Kebab-case name, made from the name of its static.
    pub name: &'static str,
    /// One sentence.
    pub summary: &'static str,
    /// The Markdown page: what `cherryc explain` prints and what the tests run.
    pub page: &'static str,
    /// What it is about.
    pub category: Category,
    /// How loud it is by default.
    pub level: Level,
    /// Where it stands in its life.
    pub status: Status,
    /// Names of the same finding in other tools, accepted wherever a name is.
    pub peers: &'static [&'static str],
    /// What follows the count of its findings, such as "operation is gone" after 1 and "operations are
    /// gone" after more; absent where the name has to do.
    pub tally: Option<[&'static str; 2]>,
}

impl Rule {
    /// How often it speaks, in words: "25 operations are gone".
    pub fn counted(&self, count: usize) -> String {
        match (self.tally, count) {
            (Some([one, _]), 1) => format!("1 {one}"),
            (Some([_, more]), count) => format!("{count} {more}"),
            (None, count) => format!("{count} {}", self.name),
        }
    }

    /// The address of the page's heading in the printed rule reference.
    pub fn anchor(&self) -> String {
        format!("docs/rules.md#{}", self.name)
    }
}

/// The identity of a rule: the address of its static, so nobody can mint one by hand.
#[derive(Clone, Copy)]
pub(crate) struct RuleId(pub(crate) &'static Rule);

impl PartialEq for RuleId {
    fn eq(&self, other: &Self) -> bool {
        ptr::eq(self.0, other.0)
    }
}

impl Eq for RuleId {}

impl fmt::Debug for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name)
    }
}

/// Bytes of the kebab-case form of a `SCREAMING_SNAKE` name; as many as the name has.
pub(crate) const fn kebab_len(name: &str) -> usize {
    name.len()
}

/// `FIELD_REMOVED` as `field-removed`, at compile time.
pub(crate) const fn kebab<const N: usize>(name: &str) -> [u8; N] {
    let bytes = name.as_bytes();
    let mut out = [0; N];
    let mut at = 0;
    while at < N {
        out[at] = if bytes[at] == b'_' {
            b'-'
        } else {
            bytes[at].to_ascii_lowercase()
        };
        at += 1;
    }
    out
}

/// The only one of these, at compile time; `None` without one.
pub(crate) const fn tally(all: &[[&'static str; 2]]) -> Option<[&'static str; 2]> {
    match all {
        [one, ..] => Some(*one),
        [] => None,
    }
}

/// Declares rules: the static, its sentence (the doc comment), its page and its attributes.
#[macro_export]
#[doc(hidden)]
macro_rules! declare_rule {
    ($(
        $(#[doc = $doc:literal])+
        #[page = $page:literal]
        $vis:vis static $name:ident = { category: $category:ident, level: $level:ident, since: $since:literal
            $(, peers: [$($peer:literal),* $(,)?])? $(, tally: [$one:literal, $more:literal])? $(,)? };
    )+) => {$(
        $(#[doc = $doc])+
        $vis static $name: $crate::diag::Rule = {
            const TEXT: &str = stringify!($name);
            const NAME: [u8; $crate::diag::kebab_len(TEXT)] = $crate::diag::kebab(TEXT);
            $crate::diag::Rule {
                name: match ::core::str::from_utf8(&NAME) {
                    Ok(name) => name,
                    Err(_) => panic!("identifiers of rules are ASCII"),
                },
                // The space that every doc line starts with separates the lines.
                summary: concat!($($doc),+).trim_ascii(),
                page: include_str!($page),
                category: $crate::diag::Category::$category,
                level: $crate::diag::Level::$level,
                status: $crate::diag::Status::Stable { since: $since },
                peers: &[$($($peer),*)?],
                tally: $crate::diag::tally(&[$([$one, $more])?]),
            }
        };
    )+};
}
