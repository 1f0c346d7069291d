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
            // What follows is said of one.
            count if before.is_empty() && count > 1 => {
                format!("{} (and {} more)", items[0], count - 1)
            }
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

#[cfg(test)]
mod tests {
    use super::groups;
    use crate::declare_rule;
    use crate::diag::{Comparison, Diagnostics, Findings, LevelTable, Overview, Severity, Varying};

    declare_rule! {
        /// A call is gone.
        #[page = "render/testdata/rule.md"]
        static GONE = { category: Compat, level: Error, since: "0.1", tally: ["call is gone", "calls are gone"] };
        /// A name may be missing.
        #[page = "render/testdata/rule.md"]
        static LACKS = { category: Compat, level: Error, since: "0.1" };
        /// Something is new.
        #[page = "render/testdata/rule.md"]
        static NEW = { category: Compat, level: Info, since: "0.1" };
    }

    /// A finding whose headline varies between its last backticks, of these calls.
    fn add(
        found: &mut Diagnostics,
        rule: &'static crate::diag::Rule,
        headline: &str,
        uses: &[&str],
    ) {
        let close = headline.rfind('`').expect("it has backticks");
        let open = headline[..close].rfind('`').expect("it has two");
        found.report(rule, headline).compares(Comparison {
            uses: uses.iter().map(|call| (*call).into()).collect(),
            varies: Some(Varying {
                range: open..close + 1,
                is_call: open == 0,
            }),
            ..Comparison::default()
        });
    }

    fn told(findings: &Findings) -> Vec<String> {
        let all = groups(findings.iter());
        let all = all.iter();
        all.map(|group| format!("{} {}", group.members().len(), group.headline()))
            .collect()
    }

    #[test]
    fn one_cause_is_one_group_and_several_are_several() {
        let mut found = Diagnostics::default();
        for name in ["`a`", "`b`", "`c`", "`d`", "`e`"] {
            add(
                &mut found,
                &LACKS,
                &format!("it may lack {name}"),
                &["GET /x"],
            );
        }
        // Another call, another place, another rule: other causes.
        add(&mut found, &LACKS, "it may lack `f`", &["GET /y"]);
        add(&mut found, &LACKS, "that may lack `g`", &["GET /x"]);
        add(&mut found, &NEW, "it may lack `h`", &["GET /x"]);
        let findings = found.finish(&LevelTable::default());
        let mut all = told(&findings);
        assert_eq!(
            all.pop().as_deref(),
            Some("1 it may lack `h`"),
            "infos are last"
        );
        all.sort();
        assert_eq!(
            all,
            [
                "1 it may lack `f`",
                "1 that may lack `g`",
                "5 it may lack `a`, `b`, `c` and 2 more",
            ]
        );
    }

    #[test]
    fn calls_of_one_cause_are_counted_or_said_of_one() {
        let mut found = Diagnostics::default();
        for (rule, calls) in [
            (&GONE, ["`POST /b`", "`GET /a`"]),
            (&LACKS, ["`POST /b`", "`GET /a`"]),
        ] {
            for call in calls {
                add(&mut found, rule, &format!("{call} is gone"), &[call]);
            }
        }
        let findings = found.finish(&LevelTable::default());
        let mut all = told(&findings);
        all.sort();
        assert_eq!(all[0], "2 2 calls are gone");
        assert!(all[1].ends_with(" (and 1 more) is gone"), "{all:?}");
        for group in groups(findings.iter()) {
            let calls: Vec<&str> = group.listed().iter().map(|(call, _)| *call).collect();
            assert_eq!(calls, ["`GET /a`", "`POST /b`"], "by path");
        }
    }

    #[test]
    fn an_overview_counts_errors_by_rule_and_by_call() {
        let mut found = Diagnostics::default();
        for i in 0..4 {
            add(
                &mut found,
                &LACKS,
                &format!("it may lack `p{i}`"),
                &["GET /x", "GET /y"],
            );
        }
        add(&mut found, &GONE, "`GET /z` is gone", &["GET /z"]);
        add(&mut found, &NEW, "it has `q`", &["GET /x"]);
        let few = found.clone().finish(&LevelTable::default());
        assert_eq!(few.count(Severity::Error), 5);
        assert!(Overview::of(&few).is_none(), "five are seen at a glance");
        add(&mut found, &GONE, "`GET /w` is gone", &["GET /w"]);
        let many = found.finish(&LevelTable::default());
        let overview = Overview::of(&many).expect("there are six");
        assert_eq!(overview.causes(), "4 lacks, 2 calls are gone");
        assert_eq!(
            overview.calls().as_deref(),
            Some("4 operations; most: `GET /x` and 1 more (4 each)")
        );
    }
}
