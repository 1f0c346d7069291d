//! Where separately written contracts become one program, as a linker does with object files.
//!
//! Three questions are answered here once, so that no emitter answers them again: which host owns
//! which route, in which total order (`hosts`); what overlaps; and where each policy is enforced
//! (`place`), with the reason and the cost.

mod hosts;
mod place;
pub(crate) mod rules;
mod target;

pub(crate) use hosts::{Host, Linked, Met, Program, link};
pub(crate) use place::{
    Output, Place, Placement, client_ip_at_sidecar, placements, unenforceable, unenforced,
};
pub(crate) use target::{Overrides, Profile, ResolvedTarget, choose_target};
