//! An option changes generated code.

use crate::compat::change::{AttrsOf, Change};
use crate::compat::cx::Cx;
use crate::compat::finding::{Effect, Finding, Place, source_only};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::schema::AttrHurt;
use crate::text::Span;

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
    let Change::AttrChanged {
        def,
        of,
        written,
        is_told,
        ..
    } = change
    else {
        return None;
    };
    if def.hurts != AttrHurt::Source {
        return None;
    }
    let mut finding = Finding::new(&GENERATED_CODE_CHANGED, headline(change))
        .at(place(of, written.new), "")
        .in_units(Some(of.units.old), Some(of.units.new))
        .breaks(source_only())
        .effect(if *is_told {
            Effect::Repetition
        } else {
            Effect::Change
        })
        .help("keep the old value");
    for id in def.peers {
        finding = finding.peer(id, of.is_by_name);
    }
    if let Some(span) = written.old.or(of.spans.map(|spans| spans.old)) {
        finding = finding.was_at(span);
    }
    Some(finding)
}

/// The attribute and its values in words.
pub(super) fn headline(change: &Change<'_>) -> String {
    let Change::AttrChanged {
        def, of, values, ..
    } = change
    else {
        return String::new();
    };
    let show = |value: &str| {
        if value.is_empty() {
            "nothing".to_owned()
        } else {
            format!("`{value}`")
        }
    };
    format!(
        "`{}` of {} `{}` changed from {} to {}",
        def.key,
        of.word,
        of.name,
        show(values.old),
        show(values.new)
    )
}

/// Where the attribute is written, else what has it, else the unit.
pub(super) fn place(of: &AttrsOf<'_>, written: Option<Span>) -> Place {
    match (written, of.spans) {
        (Some(span), _) => Place::At(span),
        (None, Some(spans)) if of.falls_back => Place::At(spans.new),
        _ => Place::Top(of.units.new.file),
    }
}
