//! What can become of data that readers need the schema of.

use crate::declare_rule;

declare_rule! {
    /// A record of an Avro schema has one more field.
    #[page = "rules/avro_field_added.md"]
    pub(crate) static AVRO_FIELD_ADDED = { category: Compat, level: Error, since: "0.3", tally: ["record has one more field", "records have one more field"] };

    /// A record of an Avro schema has lost a field.
    #[page = "rules/avro_field_removed.md"]
    pub(crate) static AVRO_FIELD_REMOVED = { category: Compat, level: Error, since: "0.3", tally: ["record has lost a field", "records have lost a field"] };

    /// Values of an Avro schema are of another type.
    #[page = "rules/avro_type_changed.md"]
    pub(crate) static AVRO_TYPE_CHANGED = { category: Compat, level: Error, since: "0.3", tally: ["Avro type has changed", "Avro types have changed"] };

    /// An enum of an Avro schema has more symbols.
    #[page = "rules/avro_symbol_added.md"]
    pub(crate) static AVRO_SYMBOL_ADDED = { category: Compat, level: Error, since: "0.3", tally: ["enum has more symbols", "enums have more symbols"] };

    /// An enum of an Avro schema has lost symbols.
    #[page = "rules/avro_symbol_removed.md"]
    pub(crate) static AVRO_SYMBOL_REMOVED = { category: Compat, level: Error, since: "0.3", tally: ["enum has lost symbols", "enums have lost symbols"] };

    /// Values of an Avro schema may be of one more type.
    #[page = "rules/avro_branch_added.md"]
    pub(crate) static AVRO_BRANCH_ADDED = { category: Compat, level: Error, since: "0.3", tally: ["union has one more type", "unions have one more type"] };

    /// Values of an Avro schema may no longer be of one of their types.
    #[page = "rules/avro_branch_removed.md"]
    pub(crate) static AVRO_BRANCH_REMOVED = { category: Compat, level: Error, since: "0.3", tally: ["union has lost a type", "unions have lost a type"] };

    /// Values of an Avro schema are read as others.
    #[page = "rules/avro_value_altered.md"]
    pub(crate) static AVRO_VALUE_ALTERED = { category: Compat, level: Warning, since: "0.3", tally: ["value is read as another", "values are read as others"] };
}

/// Every rule, in the order of their pages.
pub(crate) static RULES: &[&crate::diag::Rule] = &[
    &AVRO_FIELD_ADDED,
    &AVRO_FIELD_REMOVED,
    &AVRO_TYPE_CHANGED,
    &AVRO_SYMBOL_ADDED,
    &AVRO_SYMBOL_REMOVED,
    &AVRO_BRANCH_ADDED,
    &AVRO_BRANCH_REMOVED,
    &AVRO_VALUE_ALTERED,
];
