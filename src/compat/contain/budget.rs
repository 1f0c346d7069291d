//! How much work a question may cost. Every limit gives an unknown with its reason, never a verdict.

/// Combinations that are looked at for one state.
pub(super) const STATE_STEPS: u32 = 4_000;

/// Combinations that are looked at for one question and all that it hangs on, and again for the
/// reasons of it.
pub(super) const QUESTION_STEPS: u32 = 200_000;

/// Facts and ways that are looked at for one question, and for its reasons: what one combination
/// costs grows with the shapes.
pub(super) const QUESTION_WORK: u64 = 8_000_000;

/// The same for all questions about two descriptions together ...
pub(super) const ALL_WORK: u64 = 40_000_000;

/// ... after which each gets only so much.
pub(super) const LATE_WORK: u64 = 40_000;

/// Combinations that are looked at for the reasons of one question.
pub(super) const REASON_STEPS: u32 = 40_000;

/// Edges of automata that are looked at for one text.
pub(super) const TEXT_STEPS: u64 = 2_000_000;

/// The same for all texts of one question and its reasons ...
pub(super) const QUESTION_TEXT_STEPS: u64 = 3_000_000;

/// ... for all questions about two descriptions together ...
pub(super) const ALL_TEXT_STEPS: u64 = 20_000_000;

/// ... and for each question after that.
pub(super) const LATE_TEXT_STEPS: u64 = 50_000;

/// How often a state is looked at again because something below it was found out.
pub(super) const STATE_VISITS: u32 = 2_000;

/// States that are looked into before the outermost one goes on; deeper ones wait in a queue, so
/// that chains of any length need no deep stack.
pub(super) const NESTED_STATES: u32 = 20;

/// Deepest value that is built.
pub(super) const VALUE_DEPTH: u32 = 3_000;

/// Deepest value that is checked against a shape.
pub(super) const CHECK_DEPTH: u32 = 200;

/// Most parts of a value that is handed out.
pub(super) const VALUE_SIZE: u64 = 50_000;

/// Longest chain of shapes in place that a quick look follows.
pub(super) const QUICK_DEPTH: u32 = 40;

/// Most names or items that are made up to reach a required number.
pub(super) const FILLERS: u64 = 300;

/// Most patterns that are told apart among names at one place.
pub(super) const NAME_PATTERNS: usize = 8;

/// Refused values that are listed for one constraint.
pub(super) const LISTED_CAUSES: usize = 40;

/// Branches of the writer that are explained one by one.
pub(super) const WRITER_BRANCHES: usize = 400;

/// Unions within unions of the writer that are explained one by one.
pub(super) const WRITER_NESTING: usize = 32;

/// Why a state is left.
pub(super) const TOO_MANY: &str = "there are too many combinations to look at";

/// Why a value is not built.
pub(super) const TOO_DEEP: &str = "the value that would show it is nested too deep";

/// Why a value is not shown.
pub(super) const TOO_LARGE: &str = "the smallest value that would show it is too large";

/// Longest list of values that is tried one by one before a search.
pub(super) const TRIED_VALUES: usize = 16;

/// Most names of a closed object that are gone through one by one.
pub(super) const CLOSED_NAMES: usize = 40;

/// Unions of up to so many branches are compared branch by branch for what they have in common.
pub(super) const COMPARED_BRANCHES: usize = 64;
