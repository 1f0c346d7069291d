//! What can become of values, one rule each. The pages say what each means.

use crate::declare_rule;

declare_rule! {
    /// The service refuses values of a kind that callers may send.
    #[page = "rules/request_type_narrowed.md"]
    pub(crate) static REQUEST_TYPE_NARROWED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:request-parameter-became-not-nullable", "oasdiff:request-parameter-property-became-not-nullable", "oasdiff:request-parameter-type-changed", "oasdiff:request-parameter-property-type-changed", "oasdiff:request-parameter-property-type-specialized", "oasdiff:request-property-became-not-nullable", "oasdiff:request-body-became-not-nullable", "oasdiff:request-body-type-changed", "oasdiff:request-property-type-changed", "oasdiff:request-body-list-of-types-narrowed", "oasdiff:request-property-list-of-types-narrowed", "oasdiff:request-parameter-list-of-types-narrowed", "oasdiff:request-parameter-property-list-of-types-narrowed"], tally: ["request no longer accepts a type", "requests no longer accept a type"] };
    /// The service sends values of a kind that callers do not expect.
    #[page = "rules/response_type_widened.md"]
    pub(crate) static RESPONSE_TYPE_WIDENED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:response-header-type-changed", "oasdiff:response-header-type-generalized", "oasdiff:response-header-became-nullable", "oasdiff:response-property-became-nullable", "oasdiff:response-body-became-nullable", "oasdiff:response-body-type-changed", "oasdiff:response-property-type-changed", "oasdiff:response-body-list-of-types-widened", "oasdiff:response-property-list-of-types-widened", "oasdiff:response-body-type-generalized", "oasdiff:response-property-type-generalized"], tally: ["answer may have another type", "answers may have another type"] };
    /// The service refuses values of a list that callers may send.
    #[page = "rules/request_value_removed.md"]
    pub(crate) static REQUEST_VALUE_REMOVED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:request-body-became-enum", "oasdiff:request-body-enum-value-removed", "oasdiff:request-header-property-became-enum", "oasdiff:request-parameter-became-enum", "oasdiff:request-parameter-enum-value-removed", "oasdiff:request-parameter-property-enum-value-removed", "oasdiff:request-property-became-enum", "oasdiff:request-property-enum-value-removed", "oasdiff:request-read-only-property-enum-value-removed", "oasdiff:request-body-const-added", "oasdiff:request-body-const-changed", "oasdiff:request-property-const-added", "oasdiff:request-property-const-changed"], tally: ["request no longer accepts a value", "requests no longer accept a value"] };
    /// The service sends values of a list that callers do not expect.
    #[page = "rules/response_value_added.md"]
    pub(crate) static RESPONSE_VALUE_ADDED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:response-property-enum-value-added", "oasdiff:response-write-only-property-enum-value-added", "oasdiff:response-body-const-removed", "oasdiff:response-body-const-changed", "oasdiff:response-property-const-removed", "oasdiff:response-property-const-changed"], tally: ["answer may hold a new value", "answers may hold a new value"] };
    /// The service refuses numbers that callers may send.
    #[page = "rules/request_range_narrowed.md"]
    pub(crate) static REQUEST_RANGE_NARROWED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:request-parameter-max-decreased", "oasdiff:request-parameter-max-set", "oasdiff:request-parameter-min-increased", "oasdiff:request-parameter-min-set", "oasdiff:request-body-max-decreased", "oasdiff:request-property-max-decreased", "oasdiff:request-read-only-property-max-decreased", "oasdiff:request-body-max-set", "oasdiff:request-property-max-set", "oasdiff:request-body-min-increased", "oasdiff:request-property-min-increased", "oasdiff:request-read-only-property-min-increased", "oasdiff:request-body-min-set", "oasdiff:request-property-min-set", "oasdiff:request-body-exclusive-min-increased", "oasdiff:request-property-exclusive-min-increased", "oasdiff:request-read-only-property-exclusive-min-increased", "oasdiff:request-body-exclusive-min-set", "oasdiff:request-property-exclusive-min-set", "oasdiff:request-body-exclusive-max-decreased", "oasdiff:request-property-exclusive-max-decreased", "oasdiff:request-read-only-property-exclusive-max-decreased", "oasdiff:request-body-exclusive-max-set", "oasdiff:request-property-exclusive-max-set", "oasdiff:request-parameter-exclusive-min-increased", "oasdiff:request-parameter-exclusive-min-set", "oasdiff:request-parameter-exclusive-max-decreased", "oasdiff:request-parameter-exclusive-max-set"], tally: ["request takes a narrower range of numbers", "requests take a narrower range of numbers"] };
    /// The service sends numbers that callers do not expect.
    #[page = "rules/response_range_widened.md"]
    pub(crate) static RESPONSE_RANGE_WIDENED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:response-body-max-increased", "oasdiff:response-property-max-increased", "oasdiff:response-body-min-decreased", "oasdiff:response-property-min-decreased", "oasdiff:response-body-exclusive-max-increased", "oasdiff:response-property-exclusive-max-increased", "oasdiff:response-body-exclusive-min-decreased", "oasdiff:response-property-exclusive-min-decreased"], tally: ["answer may hold a number out of its old range", "answers may hold a number out of its old range"] };
    /// The service refuses texts that callers may send.
    #[page = "rules/request_length_narrowed.md"]
    pub(crate) static REQUEST_LENGTH_NARROWED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:request-parameter-max-length-decreased", "oasdiff:request-parameter-min-length-increased", "oasdiff:request-parameter-max-length-set", "oasdiff:request-body-max-length-decreased", "oasdiff:request-property-max-length-decreased", "oasdiff:request-read-only-property-max-length-decreased", "oasdiff:request-body-min-length-increased", "oasdiff:request-property-min-length-increased", "oasdiff:request-body-max-length-set", "oasdiff:request-property-max-length-set"], tally: ["request has a stricter limit on the length of a text", "requests have a stricter limit on the length of a text"] };
    /// The service sends texts that callers do not expect.
    #[page = "rules/response_length_widened.md"]
    pub(crate) static RESPONSE_LENGTH_WIDENED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:response-body-max-length-increased", "oasdiff:response-property-max-length-increased", "oasdiff:response-body-max-length-unset", "oasdiff:response-property-max-length-unset", "oasdiff:response-body-min-length-decreased", "oasdiff:response-property-min-length-decreased"], tally: ["answer may hold a text of another length", "answers may hold a text of another length"] };
    /// The service refuses texts that callers may send.
    #[page = "rules/request_pattern_narrowed.md"]
    pub(crate) static REQUEST_PATTERN_NARROWED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:request-parameter-pattern-added", "oasdiff:request-parameter-pattern-changed", "oasdiff:request-property-pattern-added", "oasdiff:request-property-pattern-changed"], tally: ["request has to match a new pattern", "requests have to match a new pattern"] };
    /// The service sends texts that callers do not expect.
    #[page = "rules/response_pattern_widened.md"]
    pub(crate) static RESPONSE_PATTERN_WIDENED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:response-property-pattern-changed", "oasdiff:response-property-pattern-removed"], tally: ["answer may hold a text of another pattern", "answers may hold a text of another pattern"] };
    /// The service refuses values of another format that callers may send.
    #[page = "rules/request_format_narrowed.md"]
    pub(crate) static REQUEST_FORMAT_NARROWED = { category: Compat, level: Error, since: "0.3", tally: ["request has to hold a text of a format", "requests have to hold a text of a format"] };
    /// The service sends values of another format that callers do not expect.
    #[page = "rules/response_format_widened.md"]
    pub(crate) static RESPONSE_FORMAT_WIDENED = { category: Compat, level: Error, since: "0.3", tally: ["answer may hold a text of another format", "answers may hold a text of another format"] };
    /// The service refuses lists that callers may send.
    #[page = "rules/request_items_narrowed.md"]
    pub(crate) static REQUEST_ITEMS_NARROWED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:request-parameter-max-items-decreased", "oasdiff:request-parameter-min-items-increased", "oasdiff:request-parameter-min-items-set", "oasdiff:request-body-min-items-increased", "oasdiff:request-property-min-items-increased", "oasdiff:request-body-min-items-set", "oasdiff:request-property-min-items-set", "oasdiff:request-body-contains-added", "oasdiff:request-body-min-contains-increased", "oasdiff:request-body-max-contains-decreased", "oasdiff:request-property-contains-added", "oasdiff:request-property-min-contains-increased", "oasdiff:request-property-max-contains-decreased"], tally: ["request has a stricter limit on a list", "requests have a stricter limit on a list"] };
    /// The service sends lists that callers do not expect.
    #[page = "rules/response_items_widened.md"]
    pub(crate) static RESPONSE_ITEMS_WIDENED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:response-body-min-items-decreased", "oasdiff:response-property-min-items-decreased", "oasdiff:response-body-min-items-unset", "oasdiff:response-property-min-items-unset", "oasdiff:response-body-contains-removed", "oasdiff:response-body-min-contains-decreased", "oasdiff:response-body-max-contains-increased", "oasdiff:response-property-contains-removed", "oasdiff:response-property-min-contains-decreased", "oasdiff:response-property-max-contains-increased"], tally: ["answer may go past the old limit of a list", "answers may go past the old limit of a list"] };
    /// The service refuses objects without a name that callers may send.
    #[page = "rules/request_property_required.md"]
    pub(crate) static REQUEST_PROPERTY_REQUIRED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:new-required-request-property", "oasdiff:new-required-request-property-with-default", "oasdiff:new-required-request-header-property", "oasdiff:request-header-property-became-required", "oasdiff:request-property-became-required", "oasdiff:request-property-became-required-with-default", "oasdiff:request-body-dependent-required-added", "oasdiff:request-body-dependent-required-changed", "oasdiff:request-property-dependent-required-added", "oasdiff:request-property-dependent-required-changed"], tally: ["property is now required", "properties are now required"] };
    /// The service sends objects without a name that callers do not expect.
    #[page = "rules/response_property_optional.md"]
    pub(crate) static RESPONSE_PROPERTY_OPTIONAL = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:response-property-became-optional", "oasdiff:response-required-property-removed", "oasdiff:response-required-write-only-property-removed", "oasdiff:response-write-only-property-became-optional", "oasdiff:response-body-dependent-required-removed", "oasdiff:response-body-dependent-required-changed", "oasdiff:response-property-dependent-required-removed", "oasdiff:response-property-dependent-required-changed"], tally: ["answer may lack a property", "answers may lack a property"] };
    /// The service refuses names that callers may send.
    #[page = "rules/request_property_refused.md"]
    pub(crate) static REQUEST_PROPERTY_REFUSED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:request-property-removed", "oasdiff:request-body-property-names-added", "oasdiff:request-property-property-names-added", "oasdiff:request-body-unevaluated-properties-added", "oasdiff:request-property-unevaluated-properties-added"], tally: ["property is no longer accepted", "properties are no longer accepted"] };
    /// The service sends names that callers do not expect.
    #[page = "rules/response_property_added.md"]
    pub(crate) static RESPONSE_PROPERTY_ADDED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:response-body-property-names-removed", "oasdiff:response-property-property-names-removed", "oasdiff:response-body-unevaluated-properties-removed", "oasdiff:response-property-unevaluated-properties-removed"], tally: ["answer may have an unknown property", "answers may have an unknown property"] };
    /// The service refuses objects of another size that callers may send.
    #[page = "rules/request_size_narrowed.md"]
    pub(crate) static REQUEST_SIZE_NARROWED = { category: Compat, level: Error, since: "0.3", tally: ["request has a stricter limit on the number of properties", "requests have a stricter limit on the number of properties"] };
    /// The service sends objects of another size that callers do not expect.
    #[page = "rules/response_size_widened.md"]
    pub(crate) static RESPONSE_SIZE_WIDENED = { category: Compat, level: Error, since: "0.3", tally: ["answer may go past the old limit of properties", "answers may go past the old limit of properties"] };
    /// The service refuses values that no alternative takes that callers may send.
    #[page = "rules/request_alternative_removed.md"]
    pub(crate) static REQUEST_ALTERNATIVE_REMOVED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:request-body-any-of-removed", "oasdiff:request-property-any-of-removed", "oasdiff:request-body-wrapped-in-one-of", "oasdiff:request-body-one-of-removed", "oasdiff:request-property-one-of-removed", "oasdiff:request-body-all-of-added", "oasdiff:request-property-all-of-added", "oasdiff:request-body-dependent-schema-added", "oasdiff:request-property-dependent-schema-added"], tally: ["request no longer accepts an alternative", "requests no longer accept an alternative"] };
    /// The service sends values that no alternative takes that callers do not expect.
    #[page = "rules/response_alternative_added.md"]
    pub(crate) static RESPONSE_ALTERNATIVE_ADDED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:response-body-any-of-added", "oasdiff:response-property-any-of-added", "oasdiff:response-body-wrapped-in-one-of", "oasdiff:response-body-one-of-added", "oasdiff:response-property-one-of-added", "oasdiff:response-body-all-of-removed", "oasdiff:response-property-all-of-removed", "oasdiff:response-body-dependent-schema-removed", "oasdiff:response-property-dependent-schema-removed"], tally: ["answer may fit no known alternative", "answers may fit no known alternative"] };
    /// It is not known whether the service refuses what callers may send.
    #[page = "rules/request_value_unknown.md"]
    pub(crate) static REQUEST_VALUE_UNKNOWN = { category: Compat, level: Warning, since: "0.3", peers: ["oasdiff:request-parameter-pattern-changed", "oasdiff:request-property-pattern-changed"], tally: ["request is undecided", "requests are undecided"] };
    /// It is not known whether the service sends what callers do not expect.
    #[page = "rules/response_value_unknown.md"]
    pub(crate) static RESPONSE_VALUE_UNKNOWN = { category: Compat, level: Warning, since: "0.3", peers: ["oasdiff:response-property-pattern-changed"], tally: ["answer is undecided", "answers are undecided"] };
    /// The service takes more than before.
    #[page = "rules/request_widened.md"]
    pub(crate) static REQUEST_WIDENED = { category: Compat, level: Info, since: "0.3", peers: ["oasdiff:request-parameter-pattern-removed", "oasdiff:request-parameter-pattern-generalized", "oasdiff:request-property-pattern-removed", "oasdiff:request-property-pattern-generalized", "oasdiff:new-optional-request-property", "oasdiff:request-parameter-became-nullable", "oasdiff:request-parameter-property-became-nullable", "oasdiff:request-parameter-enum-value-added", "oasdiff:request-parameter-property-enum-value-added", "oasdiff:request-parameter-max-increased", "oasdiff:request-parameter-max-length-increased", "oasdiff:request-parameter-min-length-decreased", "oasdiff:request-parameter-min-decreased", "oasdiff:request-parameter-max-items-increased", "oasdiff:request-parameter-min-items-decreased", "oasdiff:request-parameter-type-generalized", "oasdiff:request-parameter-property-type-generalized", "oasdiff:request-property-became-optional", "oasdiff:request-property-became-nullable", "oasdiff:request-body-became-nullable", "oasdiff:request-property-enum-value-added", "oasdiff:request-body-min-length-decreased", "oasdiff:request-property-min-length-decreased", "oasdiff:request-body-max-increased", "oasdiff:request-property-max-increased", "oasdiff:request-body-max-length-increased", "oasdiff:request-property-max-length-increased", "oasdiff:request-body-min-decreased", "oasdiff:request-property-min-decreased", "oasdiff:request-body-type-generalized", "oasdiff:request-property-type-generalized", "oasdiff:request-body-any-of-added", "oasdiff:request-property-any-of-added", "oasdiff:request-body-one-of-added", "oasdiff:request-property-one-of-added", "oasdiff:request-body-all-of-removed", "oasdiff:request-property-all-of-removed", "oasdiff:request-body-list-of-types-widened", "oasdiff:request-property-list-of-types-widened", "oasdiff:request-parameter-list-of-types-widened", "oasdiff:request-parameter-property-list-of-types-widened", "oasdiff:request-body-const-removed", "oasdiff:request-property-const-removed"], tally: ["request takes more", "requests take more"] };
    /// The service promises more closely what it sends.
    #[page = "rules/response_narrowed.md"]
    pub(crate) static RESPONSE_NARROWED = { category: Compat, level: Info, since: "0.3", peers: ["oasdiff:response-mediatype-enum-value-removed", "oasdiff:response-header-type-specialized", "oasdiff:response-header-became-not-nullable", "oasdiff:response-property-became-not-nullable", "oasdiff:response-body-became-not-nullable", "oasdiff:response-property-enum-value-removed", "oasdiff:response-required-property-added", "oasdiff:response-optional-property-added", "oasdiff:response-property-became-required", "oasdiff:response-write-only-property-became-required", "oasdiff:response-property-pattern-added", "oasdiff:response-body-any-of-removed", "oasdiff:response-property-any-of-removed", "oasdiff:response-body-one-of-removed", "oasdiff:response-property-one-of-removed", "oasdiff:response-body-all-of-added", "oasdiff:response-property-all-of-added", "oasdiff:response-body-list-of-types-narrowed", "oasdiff:response-property-list-of-types-narrowed", "oasdiff:response-body-const-added", "oasdiff:response-property-const-added", "oasdiff:response-body-type-specialized", "oasdiff:response-property-type-specialized"], tally: ["answer promises more", "answers promise more"] };
    /// The new version of a message does not take all that the old one may hold.
    #[page = "rules/event_payload_narrowed.md"]
    pub(crate) static EVENT_PAYLOAD_NARROWED = { category: Compat, level: Error, since: "0.3", tally: ["message takes less", "messages take less"] };
    /// The new version of a message may hold what the old one does not take.
    #[page = "rules/event_payload_widened.md"]
    pub(crate) static EVENT_PAYLOAD_WIDENED = { category: Compat, level: Error, since: "0.3", tally: ["message may hold more", "messages may hold more"] };
    /// It is not known whether versions of a message read each other.
    #[page = "rules/event_payload_unknown.md"]
    pub(crate) static EVENT_PAYLOAD_UNKNOWN = { category: Compat, level: Warning, since: "0.3", tally: ["message is undecided", "messages are undecided"] };
    /// A schema is written in another way and accepts the same values.
    #[page = "rules/schema_rewritten.md"]
    pub(crate) static SCHEMA_REWRITTEN = { category: Compat, level: Info, since: "0.3", peers: ["oasdiff:request-body-type-compatible", "oasdiff:request-property-type-compatible", "oasdiff:response-header-type-compatible", "oasdiff:response-body-type-compatible", "oasdiff:response-property-type-compatible"], tally: ["schema is written in another way", "schemas are written in another way"] };
}

/// Every rule, in the order of their pages.
pub(crate) static RULES: &[&crate::diag::Rule] = &[
    &REQUEST_TYPE_NARROWED,
    &RESPONSE_TYPE_WIDENED,
    &REQUEST_VALUE_REMOVED,
    &RESPONSE_VALUE_ADDED,
    &REQUEST_RANGE_NARROWED,
    &RESPONSE_RANGE_WIDENED,
    &REQUEST_LENGTH_NARROWED,
    &RESPONSE_LENGTH_WIDENED,
    &REQUEST_PATTERN_NARROWED,
    &RESPONSE_PATTERN_WIDENED,
    &REQUEST_FORMAT_NARROWED,
    &RESPONSE_FORMAT_WIDENED,
    &REQUEST_ITEMS_NARROWED,
    &RESPONSE_ITEMS_WIDENED,
    &REQUEST_PROPERTY_REQUIRED,
    &RESPONSE_PROPERTY_OPTIONAL,
    &REQUEST_PROPERTY_REFUSED,
    &RESPONSE_PROPERTY_ADDED,
    &REQUEST_SIZE_NARROWED,
    &RESPONSE_SIZE_WIDENED,
    &REQUEST_ALTERNATIVE_REMOVED,
    &RESPONSE_ALTERNATIVE_ADDED,
    &REQUEST_VALUE_UNKNOWN,
    &RESPONSE_VALUE_UNKNOWN,
    &REQUEST_WIDENED,
    &RESPONSE_NARROWED,
    &EVENT_PAYLOAD_NARROWED,
    &EVENT_PAYLOAD_WIDENED,
    &EVENT_PAYLOAD_UNKNOWN,
    &SCHEMA_REWRITTEN,
];
