//! How to speak: rules, problems, levels, and the formats people and machines read.
//!
//! A rule is one declaration ([`declare_rule!`](crate::declare_rule)); its Markdown page is the
//! explanation and a test at once. A [`Diagnostic`] is plain data; a phase collects them in a
//! [`Diagnostics`] and hands them on with what it could make ([`Phase`]).

mod comparison;
mod diagnostic;
mod groups;
mod levels;
mod overview;
mod render;
mod rule;
pub(crate) mod rules;
mod sink;
mod summary;
mod waivers;

pub(crate) use comparison::Varying;
pub use comparison::{Breaks, Bump, Comparison, Directions, Outcome, Verdict, Witness};
pub use diagnostic::{Diagnostic, Label, Severity};
pub(crate) use diagnostic::{Edit, Suggestion};
pub(crate) use groups::{Group, groups};
pub(crate) use levels::{LevelTable, Waiver, report_stale};
pub(crate) use overview::{Cause, Overview, causes, counted};
pub(crate) use render::{DiffView, compat_report_schema, diagnostic_schema, render_diff};
pub use render::{Format, RenderOptions, render};
pub use rule::{Category, Level, Rule, Status};
pub(crate) use rule::{RuleId, kebab, kebab_len, tally};
pub use sink::Findings;
pub(crate) use sink::{Diagnostics, Draft, Phase};
pub use summary::{Order, Parties, Summary, Undecided};
pub(crate) use waivers::parse_waivers;
