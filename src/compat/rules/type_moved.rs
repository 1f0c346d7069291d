//! A message or enum is declared in another unit.

use super::type_removed::{fires_in_unit, place};
use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::finding::{Effect, Finding, breaks, source_removed};
use crate::compat::index::Kind;
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A message or enum is declared in another file.
    #[page = "type_moved.md"]
    pub(crate) static TYPE_MOVED = { category: Compat, level: Error, since: "0.2", peers: ["buf:MESSAGE_NO_DELETE", "buf:ENUM_NO_DELETE"] };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &TYPE_MOVED,
    check,
};

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::Removed(removed) = change else {
        return None;
    };
    let peer = match removed.kind {
        Kind::Record | Kind::Entry => "buf:MESSAGE_NO_DELETE",
        Kind::Enum => "buf:ENUM_NO_DELETE",
        Kind::Extension | Kind::Service => return None,
    };
    let (to, _) = removed.moved_to?;
    let headline = format!(
        "{} `{}` moved to `{}`",
        removed.kind.word(),
        removed.name,
        to.path
    );
    let finding = Finding::new(&TYPE_MOVED, headline)
        .at(place(removed), "it was declared in here")
        .was_at(removed.old_at)
        .in_units(Some(removed.old_unit), removed.new_unit)
        .breaks(breaks(Directions::SAFE, Directions::SAFE, source_removed()))
        .peer(peer, fires_in_unit(removed))
        .effect(if removed.kind == Kind::Entry {
            Effect::Repetition
        } else {
            Effect::Change
        })
        .help("import the new file with `import public`, so that those who import this one still see it");
    Some(finding)
}
