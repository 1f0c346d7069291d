//! Findings of one cause, which people read together. Programs get each on its own.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;

use super::{Diagnostic, Outcome, Severity, Varying};
use crate::text::FileId;

/// What findings differ in that a headline names; of more the first ones.
const NAMED: usize = 4;

/// Findings that say the same of different parts or calls.
#[derive(Debug, Clone)]
pub(crate) struct Group<'f> {
    members: Vec<&'f Diagnostic>,
}

/// What has to be the same in findings of one cause.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Key<'f> {
    rule: &'static str,
    severity: Severity,
    before: &'f str,
    after: &'f str,
    /// The calls that are touched; nothing where those are what the findings differ in.
    uses: &'f [Box<str>],
    outcomes: Vec<Option<[Outcome; 2]>>,
    notes: &'f [Box<str>],
    help: Option<&'f str>,
    is_letter: bool,
    file: Option<FileId>,
}

/// The findings in groups, the worst first, otherwise where the first of each stands; what follows from
/// others comes after them.
pub(crate) fn groups<'f>(findings: impl Iterator<Item = &'f Diagnostic>) -> Vec<Group<'f>> {
    let mut places: HashMap<Key<'f>, usize> = HashMap::new();
    let mut out: Vec<Group<'f>> = Vec::new();
    for finding in findings {
        let next = out.len();
        let at = match key(finding) {
            Some(key) => *places.entry(key).or_insert(next),
            None => next,
        };
        match out.get_mut(at) {
            Some(group) => group.members.push(finding),
            None => out.push(Group {
                members: vec![finding],
            }),
        }
    }
    out.sort_by_key(|group| (Reverse(group.severity()), group.is_conclusion()));
    out
}

/// `None` for what has a cause of its own.
fn key(finding: &Diagnostic) -> Option<Key<'_>> {
    let comparison = finding.comparison()?;
    let (before, varying, after) = parts(finding)?;
    let breaks = &comparison.breaks;
    let outcomes = [&breaks.binary, &breaks.json, &breaks.source].map(|form| {
        let both = form.as_ref()?;
        Some([both.old_to_new.outcome, both.new_to_old.outcome])
    });
    let uses: &[Box<str>] = match varying.is_call {
        true => &[],
        false => &comparison.uses,
    };
    Some(Key {
        rule: finding.rule().name,
        severity: finding.severity(),
        before,
        after,
        uses,
        outcomes: outcomes.into(),
        notes: &finding.notes,
        help: finding.help(),
        is_letter: comparison
            .witness
            .as_ref()
            .is_some_and(|proof| proof.is_letter),
        file: finding.primary().map(|span| span.file),
    })
}

/// The headline around what varies in it.
fn parts(finding: &Diagnostic) -> Option<(&str, &Varying, &str)> {
    let varying = finding.comparison()?.varies.as_ref()?;
    let headline = finding.headline();
    let before = headline.get(..varying.range.start)?;
    let after = headline.get(varying.range.end..)?;
    Some((before, varying, after))
}

impl<'f> Group<'f> {
    /// The findings in reading order.
    pub(crate) fn members(&self) -> &[&'f Diagnostic] {
        &self.members
    }

    /// The finding that stands for all.
    pub(crate) fn first(&self) -> &'f Diagnostic {
        self.members[0]
    }

    /// How bad they are.
    pub(crate) fn severity(&self) -> Severity {
        self.first().severity()
    }

    /// One phrase about all of them.
    pub(crate) fn headline(&self) -> Cow<'f, str> {
        let first = self.first();
        let (before, after) = match parts(first) {
            Some((before, _, after)) if self.members.len() > 1 => (before, after),
            _ => return Cow::Borrowed(first.headline()),
        };
        if before.is_empty() && first.rule().tally.is_some() {
            return Cow::Owned(first.rule().counted(self.members.len()));
        }
        let items = self.items();
        let named = match items.len() {
            count if count <= NAMED => items.join(", "),
            count => {
                let few = NAMED - 1;
                format!("{} and {} more", items[..few].join(", "), count - few)
            }
        };
        Cow::Owned(format!("{before}{named}{after}"))
    }

    /// What the findings differ in, each once; nothing for a single finding.
    fn items(&self) -> Vec<&'f str> {
        let mut out: Vec<&'f str> = Vec::new();
        for finding in &self.members {
            let item = item(finding).unwrap_or_default();
            if !out.contains(&item) {
                out.push(item);
            }
        }
        out
    }

    /// Whether they follow from the other findings.
    fn is_conclusion(&self) -> bool {
        let comparison = self.first().comparison();
        comparison.is_some_and(|comparison| comparison.is_conclusion)
    }

    /// Whether each finding is about a call of its own.
    pub(crate) fn is_of_calls(&self) -> bool {
        let varying = parts(self.first()).map(|(_, varying, _)| varying);
        self.members.len() > 1 && varying.is_some_and(|varying| varying.is_call)
    }

    /// What the findings differ in where the headline names only some of it, each with its finding.
    pub(crate) fn listed(&self) -> Vec<(&'f str, &'f Diagnostic)> {
        if self.members.len() < 2 || (self.items().len() <= NAMED && !self.is_of_calls()) {
            return Vec::new();
        }
        let all = self.members.iter();
        let mut all: Vec<(&'f str, &'f Diagnostic)> = all
            .map(|finding| (item(finding).unwrap_or_default(), *finding))
            .collect();
        if self.is_of_calls() {
            // Calls of one path stand together.
            all.sort_by_key(|(call, _)| call.split_once(' ').map_or(*call, |(_, path)| path));
        }
        all
    }
}

/// What a finding differs in from others of its cause.
fn item(finding: &Diagnostic) -> Option<&str> {
    let (_, varying, _) = parts(finding)?;
    finding.headline().get(varying.range.clone())
}
