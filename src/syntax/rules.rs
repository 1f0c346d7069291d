//! What this phase can report.

use crate::declare_rule;
use crate::diag::Rule;

declare_rule! {
    /// The text is not YAML or JSON.
    #[page = "rules/yaml_syntax.md"]
    pub(crate) static YAML_SYNTAX = { category: Syntax, level: Error, since: "0.1" };

    /// A key stands twice in one mapping.
    #[page = "rules/duplicate_key.md"]
    pub(crate) static DUPLICATE_KEY = { category: Syntax, level: Error, since: "0.1" };

    /// A key or word that nothing reads.
    #[page = "rules/unknown_key.md"]
    pub(crate) static UNKNOWN_KEY = { category: Syntax, level: Error, since: "0.1" };

    /// A key of the language that this version does not enforce.
    #[page = "rules/reserved_key.md"]
    pub(crate) static RESERVED_KEY = { category: Syntax, level: Error, since: "0.1" };

    /// A key that must be written is not.
    #[page = "rules/missing_key.md"]
    pub(crate) static MISSING_KEY = { category: Syntax, level: Error, since: "0.1" };

    /// A value of another type than its key needs.
    #[page = "rules/wrong_type.md"]
    pub(crate) static WRONG_TYPE = { category: Syntax, level: Error, since: "0.1" };

    /// A number is smaller or larger than its key allows.
    #[page = "rules/out_of_range.md"]
    pub(crate) static OUT_OF_RANGE = { category: Syntax, level: Error, since: "0.1" };

    /// A text that some YAML readers take for a boolean.
    #[page = "rules/norway_value.md"]
    pub(crate) static NORWAY_VALUE = { category: Lint, level: Warning, since: "0.1" };

    /// A file cannot be read as text.
    #[page = "rules/file_unreadable.md"]
    pub(crate) static FILE_UNREADABLE = { category: Syntax, level: Error, since: "0.1" };

    /// A document is deeper or larger than a limit.
    #[page = "rules/limit_exceeded.md"]
    pub(crate) static LIMIT_EXCEEDED = { category: Syntax, level: Error, since: "0.1" };

    /// A YAML tag stands in a contract.
    #[page = "rules/tag_refused.md"]
    pub(crate) static TAG_REFUSED = { category: Syntax, level: Error, since: "0.1" };

    /// A file holds more than one YAML document.
    #[page = "rules/several_documents.md"]
    pub(crate) static SEVERAL_DOCUMENTS = { category: Syntax, level: Error, since: "0.1" };

    /// The text is not Protobuf.
    #[page = "rules/proto_syntax.md"]
    pub(crate) static PROTO_SYNTAX = { category: Syntax, level: Error, since: "0.1" };

    /// A Protobuf file names a language that this version does not know.
    #[page = "rules/proto_unknown_edition.md"]
    pub(crate) static PROTO_UNKNOWN_EDITION = { category: Syntax, level: Error, since: "0.1" };
}

/// The rules of this phase, in the order of their pages.
pub(crate) static RULES: &[&Rule] = &[
    &FILE_UNREADABLE,
    &YAML_SYNTAX,
    &SEVERAL_DOCUMENTS,
    &TAG_REFUSED,
    &LIMIT_EXCEEDED,
    &DUPLICATE_KEY,
    &UNKNOWN_KEY,
    &RESERVED_KEY,
    &MISSING_KEY,
    &WRONG_TYPE,
    &OUT_OF_RANGE,
    &NORWAY_VALUE,
    &PROTO_SYNTAX,
    &PROTO_UNKNOWN_EDITION,
];

#[cfg(test)]
mod tests;
