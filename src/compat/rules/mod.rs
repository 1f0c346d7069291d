//! The rules, one word each.

mod cardinality_changed;
mod custom_option_changed;
mod declaration_added;
mod default_changed;
mod encoding_option_changed;
mod enum_alias_first;
mod enum_openness_changed;
mod enum_value_added;
mod enum_value_removed;
mod enum_value_renamed;
mod extension_range_removed;
mod extension_removed;
mod field_added;
mod field_oneof_changed;
mod field_removed;
mod field_renamed;
mod field_renumbered;
mod field_type_changed;
mod file_removed;
mod generated_code_changed;
mod json_name_changed;
mod json_option_changed;
mod method_added;
mod method_removed;
mod method_type_changed;
mod oneof_removed;
mod package_changed;
mod package_removed;
mod public_import_removed;
mod required_field_added;
mod required_field_removed;
mod reservation_removed;
mod service_removed;
mod streaming_changed;
mod syntax_changed;
mod type_moved;
mod type_removed;
mod visibility_narrowed;

use super::change::Change;
use super::cx::Cx;
use super::finding::{Finding, Touched};
use crate::diag::Rule;

/// A rule with its function.
pub(super) struct CompatRule {
    /// What is reported.
    pub(super) rule: &'static Rule,
    /// What it says about a change, if it is about changes of this kind.
    pub(super) check: for<'a> fn(&Change<'a>, &Cx<'a>) -> Option<Finding<'a>>,
}

/// Every rule with its function, in the order of their pages.
pub(super) static COMPAT: &[CompatRule] = &[
    file_removed::COMPAT,
    package_removed::COMPAT,
    package_changed::COMPAT,
    syntax_changed::COMPAT,
    public_import_removed::COMPAT,
    type_removed::COMPAT,
    type_moved::COMPAT,
    extension_removed::COMPAT,
    service_removed::COMPAT,
    method_removed::COMPAT,
    method_type_changed::COMPAT,
    streaming_changed::COMPAT,
    field_removed::COMPAT,
    field_renumbered::COMPAT,
    field_renamed::COMPAT,
    json_name_changed::COMPAT,
    field_type_changed::COMPAT,
    cardinality_changed::COMPAT,
    default_changed::COMPAT,
    field_oneof_changed::COMPAT,
    oneof_removed::COMPAT,
    required_field_removed::COMPAT,
    required_field_added::COMPAT,
    reservation_removed::COMPAT,
    extension_range_removed::COMPAT,
    enum_openness_changed::COMPAT,
    enum_value_removed::COMPAT,
    enum_value_renamed::COMPAT,
    enum_alias_first::COMPAT,
    visibility_narrowed::COMPAT,
    generated_code_changed::COMPAT,
    encoding_option_changed::COMPAT,
    json_option_changed::COMPAT,
    custom_option_changed::COMPAT,
    field_added::COMPAT,
    enum_value_added::COMPAT,
    method_added::COMPAT,
    declaration_added::COMPAT,
];

/// The rules of this floor, in the order of their pages.
pub(crate) static RULES: &[&Rule] = &[
    &file_removed::FILE_REMOVED,
    &package_removed::PACKAGE_REMOVED,
    &package_changed::PACKAGE_CHANGED,
    &syntax_changed::SYNTAX_CHANGED,
    &public_import_removed::PUBLIC_IMPORT_REMOVED,
    &type_removed::TYPE_REMOVED,
    &type_moved::TYPE_MOVED,
    &extension_removed::EXTENSION_REMOVED,
    &service_removed::SERVICE_REMOVED,
    &method_removed::METHOD_REMOVED,
    &method_type_changed::METHOD_TYPE_CHANGED,
    &streaming_changed::STREAMING_CHANGED,
    &field_removed::FIELD_REMOVED,
    &field_renumbered::FIELD_RENUMBERED,
    &field_renamed::FIELD_RENAMED,
    &json_name_changed::JSON_NAME_CHANGED,
    &field_type_changed::FIELD_TYPE_CHANGED,
    &cardinality_changed::CARDINALITY_CHANGED,
    &default_changed::DEFAULT_CHANGED,
    &field_oneof_changed::FIELD_ONEOF_CHANGED,
    &oneof_removed::ONEOF_REMOVED,
    &required_field_removed::REQUIRED_FIELD_REMOVED,
    &required_field_added::REQUIRED_FIELD_ADDED,
    &reservation_removed::RESERVATION_REMOVED,
    &extension_range_removed::EXTENSION_RANGE_REMOVED,
    &enum_openness_changed::ENUM_OPENNESS_CHANGED,
    &enum_value_removed::ENUM_VALUE_REMOVED,
    &enum_value_renamed::ENUM_VALUE_RENAMED,
    &enum_alias_first::ENUM_ALIAS_FIRST,
    &visibility_narrowed::VISIBILITY_NARROWED,
    &generated_code_changed::GENERATED_CODE_CHANGED,
    &encoding_option_changed::ENCODING_OPTION_CHANGED,
    &json_option_changed::JSON_OPTION_CHANGED,
    &custom_option_changed::CUSTOM_OPTION_CHANGED,
    &field_added::FIELD_ADDED,
    &enum_value_added::ENUM_VALUE_ADDED,
    &method_added::METHOD_ADDED,
    &declaration_added::DECLARATION_ADDED,
];

/// What the rules say about a change.
pub(super) fn judge<'a>(change: &Change<'a>, cx: &Cx<'a>) -> Vec<Finding<'a>> {
    let mut findings = Vec::new();
    for compat in COMPAT {
        if let Some(mut finding) = (compat.check)(change, cx) {
            finding.touches = change.about().map_or(Touched::Nothing, Touched::Type);
            debug_assert!(
                std::ptr::eq(finding.rule, compat.rule),
                "a rule speaks for itself"
            );
            findings.push(finding);
        }
    }
    findings
}
