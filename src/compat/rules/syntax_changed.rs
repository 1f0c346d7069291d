//! A unit is written in another dialect.

use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::finding::{Finding, Place, harmless};
use crate::compat::rules::CompatRule;
use crate::declare_rule;

declare_rule! {
    /// A schema file is written in another syntax or edition.
    #[page = "syntax_changed.md"]
    pub(crate) static SYNTAX_CHANGED = { category: Compat, level: Error, since: "0.2", peers: ["buf:FILE_SAME_SYNTAX"] };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &SYNTAX_CHANGED,
    check,
};

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::DialectChanged {
        units,
        is_observable,
    } = change
    else {
        return None;
    };
    let (old, new) = (&units.old.dialect.node, &units.new.dialect.node);
    let is_syntax = |dialect: &str| dialect.starts_with("proto");
    // One edition after another is no change of syntax; and a file that means the same in the words
    // of an edition has not changed at all.
    let is_peer = match (is_syntax(old), is_syntax(new)) {
        (true, true) => true,
        (false, false) => false,
        _ => *is_observable,
    };
    let headline = format!("`{}` changed from {old} to {new}", units.new.path);
    let finding = Finding::new(&SYNTAX_CHANGED, headline)
        .at(
            Place::At(units.new.dialect.span),
            if *is_observable {
                "what this changes in the file is reported where it does"
            } else {
                "the file means what it meant"
            },
        )
        .was_at(units.old.dialect.span)
        .in_units(Some(units.old), Some(units.new))
        .breaks(harmless())
        .peer("buf:FILE_SAME_SYNTAX", is_peer)
        .help(if is_syntax(new) {
            "write it in an edition instead: its features can keep the old meaning"
        } else {
            "set the features that keep the old meaning"
        });
    Some(finding)
}
