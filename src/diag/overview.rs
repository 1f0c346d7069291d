//! What many findings come to, by cause: how often each rule speaks, and which calls are hurt most.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{Diagnostic, Findings, Parties, Rule, Severity};

/// Errors that need no overview: they are seen at a glance.
const AT_A_GLANCE: usize = 5;

/// Calls with the same number of findings: how many findings, and which calls.
type Touched<'f> = (usize, Vec<&'f str>);

/// What the errors of a comparison come to.
#[derive(Debug, Clone)]
pub(crate) struct Overview<'f> {
    /// What breaks, the most frequent first.
    pub(crate) causes: Vec<Cause<'f>>,
    /// Calls that are touched, those with most findings first.
    pub(crate) touched: Vec<Touched<'f>>,
    /// What they are: operations, messages, or both.
    parties: Parties,
}

/// The findings of a rule.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cause<'f> {
    /// The rule.
    pub(crate) rule: &'static Rule,
    /// How often it speaks.
    pub(crate) count: usize,
    /// The finding that is read first.
    pub(crate) first: &'f Diagnostic,
}

impl<'f> Overview<'f> {
    /// The overview of the errors; `None` when there are few.
    pub(crate) fn of(findings: &'f Findings) -> Option<Self> {
        if findings.count(Severity::Error) <= AT_A_GLANCE {
            return None;
        }
        let errors = || {
            findings
                .iter()
                .filter(|finding| finding.severity() == Severity::Error)
        };
        let mut calls: BTreeMap<&str, usize> = BTreeMap::new();
        for finding in errors() {
            let uses = finding.comparison().map(|comparison| &comparison.uses);
            for call in uses.into_iter().flatten() {
                *calls.entry(call).or_default() += 1;
            }
        }
        let mut touched: BTreeMap<Reverse<usize>, Vec<&str>> = BTreeMap::new();
        for (call, count) in calls {
            touched.entry(Reverse(count)).or_default().push(call);
        }
        Some(Overview {
            causes: causes(errors()),
            parties: parties(errors()),
            touched: touched
                .into_iter()
                .map(|(Reverse(count), calls)| (count, calls))
                .collect(),
        })
    }

    /// The causes as a phrase such as "25 operations are gone, 36 answers may lack a property".
    pub(crate) fn causes(&self) -> String {
        counted(&self.causes)
    }

    /// The calls as a phrase: those that most findings touch, and how many there are.
    pub(crate) fn calls(&self) -> Option<String> {
        const SHOWN: usize = 3;
        let all: usize = self.touched.iter().map(|(_, calls)| calls.len()).sum();
        let most = self.touched.iter().filter(|(count, _)| *count > 1);
        let words: Vec<String> = most
            .take(SHOWN)
            .filter_map(|(count, calls)| {
                let (first, more) = calls.split_first()?;
                Some(match more.len() {
                    0 => format!("`{first}` ({count})"),
                    more => format!("`{first}` and {more} more ({count} each)"),
                })
            })
            .collect();
        let [one, more] = match self.parties {
            Parties::Calls => ["operation", "operations"],
            Parties::Messages => ["message", "messages"],
            Parties::Both => ["operation or message", "operations and messages"],
        };
        let total = match all {
            0 => return None,
            1 => format!("1 {one}"),
            all => format!("{all} {more}"),
        };
        Some(match words.is_empty() {
            true => total,
            false => format!("{total}; most: {}", words.join(", ")),
        })
    }
}

/// What the findings touch.
fn parties<'f>(findings: impl Iterator<Item = &'f Diagnostic>) -> Parties {
    let touching = findings
        .filter_map(Diagnostic::comparison)
        .filter(|comparison| !comparison.uses.is_empty());
    let kinds: BTreeSet<bool> = touching
        .map(|comparison| comparison.is_of_messages)
        .collect();
    match (kinds.contains(&false), kinds.contains(&true)) {
        (false, true) => Parties::Messages,
        (true, true) => Parties::Both,
        (_, false) => Parties::Calls,
    }
}

/// How often each rule speaks, the most frequent first.
pub(crate) fn causes<'f>(findings: impl Iterator<Item = &'f Diagnostic>) -> Vec<Cause<'f>> {
    let mut causes: BTreeMap<&str, Cause<'f>> = BTreeMap::new();
    for first in findings {
        let rule = first.rule();
        let new = Cause {
            rule,
            count: 0,
            first,
        };
        causes.entry(rule.name).or_insert(new).count += 1;
    }
    let mut causes: Vec<Cause<'f>> = causes.into_values().collect();
    causes.sort_by_key(|cause| (Reverse(cause.count), cause.rule.name));
    causes
}

/// The causes with commas between them.
pub(crate) fn counted(causes: &[Cause<'_>]) -> String {
    let words: Vec<String> = causes
        .iter()
        .map(|cause| cause.rule.counted(cause.count))
        .collect();
    words.join(", ")
}
