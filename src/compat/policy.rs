//! What a comparison is held to: who must not break, and which findings are wanted.

use std::collections::BTreeSet;

use super::contain::Reading;

/// From where on a change counts, on one axis: what breaks bytes breaks everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strictness {
    /// The binary form.
    Wire,
    /// The binary and the JSON form.
    Json,
    /// Both forms, and code that was generated.
    Source,
}

/// Which side must go on reading what the other one writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// Neither: changes are listed, none counts.
    None,
    /// The new side reads what the old one wrote.
    Backward,
    /// The old side reads what the new one writes.
    Forward,
    /// Both.
    Full,
}

/// How much an operation may change before it is called finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stability {
    /// Anything may change.
    Draft,
    /// Much may change.
    Alpha,
    /// Little may change.
    Beta,
    /// It is promised; also what nothing is said about.
    Stable,
}

/// What a comparison is held to.
#[derive(Debug, Clone)]
pub(crate) struct Policy {
    /// Which side must go on reading.
    pub(crate) mode: Mode,
    /// From where on a change counts.
    pub(crate) strictness: Strictness,
    /// Findings asked for by the names or categories of rules; all when absent.
    pub(crate) rules: Option<BTreeSet<Selected>>,
    /// Names of rules, ours or those of other tools, that are not asked for.
    pub(crate) except: BTreeSet<Selected>,
    /// Paths of units, or of folders of units, whose findings are not wanted.
    pub(crate) ignore: Vec<String>,
    /// The same for single rules.
    pub(crate) ignore_only: Vec<(BTreeSet<Selected>, Vec<String>)>,
    /// Whether changes in packages whose version says unstable are not wanted.
    pub(crate) ignore_unstable: bool,
    /// How names that nobody wrote down are read.
    pub(crate) reading: Reading,
    /// Operations that promise less stability than this one are not judged; `draft`, `alpha`, `beta`
    /// and `stable` rise in this order.
    pub(crate) min_stability: Stability,
    /// Today, for what may be gone after a day; absent when nobody said.
    pub(crate) today: Option<Box<str>>,
    /// Whether only some units of the releases were read, so that what is not there says nothing.
    pub(crate) is_partial: bool,
}

/// One of the rules that a selection names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Selected {
    /// A rule of ours, by name.
    Own(&'static str),
    /// A rule of another tool, by its id with the tool in front, as in `buf:FIELD_NO_DELETE`.
    Peer(&'static str),
}

impl Policy {
    /// Everything counts that breaks old data or generated code.
    pub(crate) fn new(mode: Mode, strictness: Strictness) -> Self {
        Policy {
            mode,
            strictness,
            rules: None,
            except: BTreeSet::new(),
            ignore: Vec::new(),
            ignore_only: Vec::new(),
            ignore_unstable: false,
            reading: Reading::default(),
            min_stability: Stability::Draft,
            today: None,
            is_partial: false,
        }
    }
}
