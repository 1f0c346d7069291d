//! An option changes generated code.

use crate::compat::attrs;
use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::finding::{Finding, source_only};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::schema::AttrHurt;

declare_rule! {
    /// An option changes the code that is generated, so that code which uses it no longer compiles.
    #[page = "generated_code_changed.md"]
    pub(crate) static GENERATED_CODE_CHANGED = { category: Compat, level: Error, since: "0.2", peers: ["buf:FILE_SAME_CC_ENABLE_ARENAS", "buf:FILE_SAME_CC_GENERIC_SERVICES", "buf:FILE_SAME_CSHARP_NAMESPACE", "buf:FILE_SAME_GO_PACKAGE", "buf:FILE_SAME_JAVA_GENERIC_SERVICES", "buf:FILE_SAME_JAVA_MULTIPLE_FILES", "buf:FILE_SAME_JAVA_OUTER_CLASSNAME", "buf:FILE_SAME_JAVA_PACKAGE", "buf:FILE_SAME_OBJC_CLASS_PREFIX", "buf:FILE_SAME_OPTIMIZE_FOR", "buf:FILE_SAME_PHP_CLASS_PREFIX", "buf:FILE_SAME_PHP_METADATA_NAMESPACE", "buf:FILE_SAME_PHP_NAMESPACE", "buf:FILE_SAME_PY_GENERIC_SERVICES", "buf:FILE_SAME_RUBY_PACKAGE", "buf:FILE_SAME_SWIFT_PREFIX", "buf:FIELD_SAME_JSTYPE", "buf:FIELD_SAME_CPP_STRING_TYPE", "buf:MESSAGE_NO_REMOVE_STANDARD_DESCRIPTOR_ACCESSOR"] };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &GENERATED_CODE_CHANGED,
    check,
};

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
    attrs::finding(change, &GENERATED_CODE_CHANGED, AttrHurt::Source, |_, _| {
        source_only()
    })
}
