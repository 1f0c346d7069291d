//! Numbers or names are no longer reserved.

use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::finding::{Finding, Place, harmless};
use crate::compat::rules::CompatRule;
use crate::compat::rules::extension_range_removed::parts;
use crate::declare_rule;

declare_rule! {
    /// A number or name that must not be used again is no longer reserved.
    #[page = "reservation_removed.md"]
    pub(crate) static RESERVATION_REMOVED = { category: Compat, level: Error, since: "0.2", peers: ["buf:RESERVED_MESSAGE_NO_DELETE", "buf:RESERVED_ENUM_NO_DELETE"] };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &RESERVATION_REMOVED,
    check,
};

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
    let (types, is_enum, what, at, is_by_name) = match change {
        Change::RangeRemoved {
            word: "reserved",
            types,
            is_enum,
            old,
            missing,
            is_by_name,
        } => (
            types,
            is_enum,
            format!("numbers {} are", parts(missing)),
            old.span,
            is_by_name,
        ),
        Change::ReservedNameRemoved {
            types,
            is_enum,
            old,
            is_by_name,
        } => (
            types,
            is_enum,
            format!("name `{}` is", old.node),
            old.span,
            is_by_name,
        ),
        _ => return None,
    };
    let headline = format!("{what} no longer reserved in `{}`", types.new.node.name);
    let peer = if *is_enum {
        "buf:RESERVED_ENUM_NO_DELETE"
    } else {
        "buf:RESERVED_MESSAGE_NO_DELETE"
    };
    let finding = Finding::new(&RESERVATION_REMOVED, headline)
        .at(Place::At(types.new.node.span), "it was reserved here")
        .was_at(at)
        .in_units(Some(types.old.unit), Some(types.new.unit))
        .breaks(harmless())
        .peer(peer, *is_by_name)
        .note("data from before may still hold what was removed under it")
        .help("keep it reserved");
    Some(finding)
}
