//! From what rules say to findings: who asked, how loud, and in which terms.

use std::collections::BTreeSet;

use super::finding::{Effect, Finding, Place, Touched, is_harmless};
use super::peers::{self, CATEGORIES, Category};
use super::policy::{Mode, Policy, Selected, Strictness};
use super::rules::RULES;
use super::{avro, calls, events, promises, values};
use crate::diag::{Bump, Comparison, Diagnostics, Directions, Outcome, Rule, Severity, Verdict};
use crate::schema::{Unit, Uses};
use crate::text::{Span, matches_glob};

/// What a name stands for: a rule of ours, rules of ours by a pattern in which `*` stands for any
/// characters, an id or a category of another tool. `None` when nothing has this name.
pub(crate) fn select(name: &str) -> Option<Vec<Selected>> {
    let mut rules = rules();
    if let Some(rule) = rules.find(|rule| rule.name == name) {
        return Some(vec![Selected::Own(rule.name)]);
    }
    if name.contains(['*', '?']) {
        let own = self::rules().filter(|rule| matches_glob(name, rule.name));
        let own: Vec<Selected> = own.map(|rule| Selected::Own(rule.name)).collect();
        return (!own.is_empty()).then_some(own);
    }
    let bare = name.strip_prefix("buf:").unwrap_or(name);
    if let Some((_, category)) = CATEGORIES.iter().find(|(word, _)| *word == bare) {
        return Some(peers::in_category(*category).map(Selected::Peer).collect());
    }
    peers::id(name)
        .or_else(|| peer_of_calls(name))
        .map(|id| vec![Selected::Peer(id)])
}

/// Every rule that compares.
pub(crate) fn rules() -> impl Iterator<Item = &'static Rule> {
    let groups = [
        RULES,
        calls::RULES,
        values::RULES,
        events::RULES,
        avro::RULES,
        promises::RULES,
    ];
    groups.into_iter().flatten().copied()
}

/// The id of the tool that compares calls, with the tool in front, for an id with or without it.
fn peer_of_calls(name: &str) -> Option<&'static str> {
    let rules = calls::RULES.iter().chain(values::RULES);
    let mut ids = rules.flat_map(|rule| rule.peers);
    let found = ids.find(|id| {
        let bare = id.split_once(':').map(|(_, bare)| bare);
        **id == name || bare == Some(name)
    });
    found.copied()
}

/// Findings as the policy wants them. `reach` says in which calls a type travels.
pub(super) fn report<'a>(
    findings: impl Iterator<Item = Finding<'a>>,
    policy: &Policy,
    reach: impl Fn(&str) -> Uses,
) -> Diagnostics {
    let mut sink = Diagnostics::default();
    for mut finding in findings {
        if is_ignored(&finding, policy) {
            continue;
        }
        let peers = chosen(&finding, policy);
        let is_of_messages = matches!(finding.touches, Touched::Messages(_));
        let (uses, is_told) = match std::mem::replace(&mut finding.touches, Touched::Nothing) {
            Touched::Nothing => (Uses::default(), true),
            Touched::Type(name) => (reach(name), false),
            Touched::Calls(uses) => {
                let mut operations = uses.operations.iter();
                let is_told = operations.all(|operation| finding.headline.contains(operation));
                (uses, is_told)
            }
            Touched::Messages(uses) => {
                let mut operations = uses.operations.iter();
                let is_told = operations.all(|operation| finding.headline.contains(operation));
                if !is_told {
                    finding.notes.push(carried(&uses));
                }
                // Who sends and who reads is not said, so it is neither asked nor answered.
                let uses = Uses {
                    is_input: false,
                    is_output: false,
                    ..uses
                };
                (uses, true)
            }
        };
        let Some(severity) = severity(&finding, policy, &peers, &uses) else {
            continue;
        };
        if let Some(note) = reached(&uses).filter(|_| severity > Severity::Info && !is_told) {
            finding.notes.push(note);
        }
        write(finding, severity, peers, (uses, is_of_messages), &mut sink);
    }
    sink
}

fn write(
    finding: Finding<'_>,
    severity: Severity,
    peers: Vec<&'static str>,
    (uses, is_of_messages): (Uses, bool),
    sink: &mut Diagnostics,
) {
    let at = match finding.at {
        Place::At(span) => Some(span),
        Place::Top(file) => Some(Span::new(file, 0, 0)),
        Place::Gone => None,
    };
    let bump = match (severity, finding.effect) {
        (Severity::Error, _) => Bump::Major,
        (_, Effect::Addition | Effect::Announced) => Bump::Minor,
        _ => Bump::Patch,
    };
    let mut draft = sink
        .report(finding.rule, &finding.headline)
        .severity(severity);
    draft = match at {
        Some(span) => draft.at(span, &finding.label),
        None => draft,
    };
    // What is the same text in the same place needs no second look.
    if let Some(span) = finding.old_at.filter(|span| Some(*span) != at) {
        draft = match at {
            Some(_) => draft.also(span, "as it was"),
            None => draft.at(span, "as it was"),
        };
    }
    for note in finding.notes {
        draft = draft.note(note);
    }
    if !finding.help.is_empty() {
        draft = draft.help(finding.help);
    }
    draft.compares(Comparison {
        at,
        old_at: finding.old_at,
        is_gone: finding.is_gone,
        is_conclusion: finding.is_conclusion,
        breaks: finding.breaks,
        peers: peers.into(),
        uses: uses
            .operations
            .into_iter()
            .map(String::into_boxed_str)
            .collect(),
        is_of_messages,
        bump,
        varies: finding.varies,
        witness: finding.witness,
    });
}

/// The messages that something is part of, in words.
fn carried(uses: &Uses) -> String {
    let s = if uses.operations.len() == 1 { "" } else { "s" };
    format!("part of the message{s} {}", named(uses))
}

/// Names of calls or messages; a few of many.
fn named(uses: &Uses) -> String {
    const NAMED: usize = 3;
    let named: Vec<String> = (uses.operations.iter().take(NAMED))
        .map(|operation| format!("`{operation}`"))
        .collect();
    let more = match uses.operations.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{}{more}", named.join(", "))
}

/// The procedures that the type travels in, in words.
fn reached(uses: &Uses) -> Option<String> {
    let way = match (uses.is_input, uses.is_output) {
        (true, true) => "sent and got by",
        (true, false) => "sent by",
        (false, true) => "got by",
        (false, false) => return None,
    };
    Some(format!("{way} callers of {}", named(uses)))
}

/// Ids of other tools that fire here, among those that were asked for.
fn chosen(finding: &Finding<'_>, policy: &Policy) -> Vec<&'static str> {
    let fires = finding.peers.iter().copied();
    fires
        .filter(|id| {
            let peer = Selected::Peer(id);
            let is_chosen = match &policy.rules {
                Some(rules) => {
                    rules.contains(&peer) || rules.contains(&Selected::Own(finding.rule.name))
                }
                None => true,
            };
            is_chosen
                && !policy.except.contains(&peer)
                && !policy
                    .ignore_only
                    .iter()
                    .any(|(rules, paths)| rules.contains(&peer) && lies_in(finding, paths))
        })
        .collect()
}

/// How loud a finding is; `None` when nobody asked for it.
fn severity(
    finding: &Finding<'_>,
    policy: &Policy,
    peers: &[&'static str],
    uses: &Uses,
) -> Option<Severity> {
    let own = Selected::Own(finding.rule.name);
    let is_dropped = policy.except.contains(&own)
        || (policy.ignore_only.iter())
            .any(|(rules, paths)| rules.contains(&own) && lies_in(finding, paths));
    if is_dropped {
        return None;
    }
    let judged = judge(finding, policy.mode, policy.strictness, uses);
    let Some(rules) = &policy.rules else {
        let is_told = finding.effect == Effect::Repetition;
        // Everything that other tools call this was taken out by name.
        let is_excepted = !finding.peers.is_empty() && peers.is_empty();
        return (!is_told && !is_excepted).then_some(judged);
    };
    // The reference for Protobuf knows no levels; the one for calls has them, and ours are told.
    if peers.iter().any(|id| peers::id(id).is_some()) {
        return Some(Severity::Error);
    }
    if !peers.is_empty() {
        return Some(judged);
    }
    if rules.contains(&own) {
        return Some(judged);
    }
    // Beside what was asked for in another tool's categories: what it gets wrong, and what it does
    // not say. Single ids are asked for alone.
    let strictness = asked_strictness(rules)?;
    if finding.effect == Effect::Repetition {
        return None;
    }
    let is_excepted = (finding.peers.iter()).any(|id| policy.except.contains(&Selected::Peer(id)));
    if is_excepted
        || finding
            .peers
            .iter()
            .any(|id| rules.contains(&Selected::Peer(id)))
    {
        return None;
    }
    Some(correction(finding, strictness, uses))
}

/// The strictness that a selection of whole categories comes to; `None` without one.
fn asked_strictness(rules: &BTreeSet<Selected>) -> Option<Strictness> {
    let holds = |category: Category| {
        peers::in_category(category).all(|id| rules.contains(&Selected::Peer(id)))
    };
    if holds(Category::File) || holds(Category::Package) {
        Some(Strictness::Source)
    } else if holds(Category::WireJson) || holds(Category::Csr) {
        Some(Strictness::Json)
    } else if holds(Category::Wire) {
        Some(Strictness::Wire)
    } else {
        None
    }
}

/// How loud a finding is among those of another tool that misses it: an error where that tool is
/// known to be wrong, else a warning.
fn correction(finding: &Finding<'_>, strictness: Strictness, uses: &Uses) -> Severity {
    // The other tool asks for both directions.
    match (finding.effect, worst(finding, Mode::Full, strictness, uses)) {
        (Effect::Addition | Effect::Announced, _) | (_, None) => Severity::Info,
        (_, Some(_)) if finding.is_correction => Severity::Error,
        (_, Some(_)) => Severity::Warning,
    }
}

/// How loud a finding is in our own terms. What hurts everybody who is protected is an error; what
/// hurts for some values is one where the reference calls it so, else a warning.
fn judge(finding: &Finding<'_>, mode: Mode, strictness: Strictness, uses: &Uses) -> Severity {
    if matches!(finding.effect, Effect::Addition | Effect::Announced) || mode == Mode::None {
        return Severity::Info;
    }
    if finding.effect == Effect::Proved {
        return Severity::Error;
    }
    let category = match strictness {
        Strictness::Wire => Category::Wire,
        Strictness::Json => Category::WireJson,
        Strictness::Source => Category::File,
    };
    let is_peer = finding.peers.iter().any(|id| peers::is_in(id, category));
    match worst(finding, mode, strictness, uses) {
        Some(verdict) if verdict.when.is_none() || is_peer || finding.some_suffice => {
            Severity::Error
        }
        Some(_) => Severity::Warning,
        // Harmless as such, and still a promise that was taken back.
        None if is_peer && is_harmless(&finding.breaks) => Severity::Error,
        None if finding.rule.level == crate::diag::Level::Warning => Severity::Warning,
        None => Severity::Info,
    }
}

/// The worst verdict among the forms and directions that are protected; `None` when all are safe.
fn worst(
    finding: &Finding<'_>,
    mode: Mode,
    strictness: Strictness,
    uses: &Uses,
) -> Option<Verdict> {
    let breaks = &finding.breaks;
    let mut sides: Vec<&Directions> = breaks.binary.iter().collect();
    if strictness >= Strictness::Json {
        sides.extend(&breaks.json);
    }
    let mut verdicts: Vec<&Verdict> = Vec::new();
    for side in sides {
        match mode {
            // What callers send goes to the new side, what they get comes from it; what no procedure
            // reaches was written before it is read.
            Mode::Backward | Mode::Forward => {
                let (sent, got) = if mode == Mode::Backward {
                    (&side.old_to_new, &side.new_to_old)
                } else {
                    (&side.new_to_old, &side.old_to_new)
                };
                if uses.is_input || !uses.is_output {
                    verdicts.push(sent);
                }
                if uses.is_output {
                    verdicts.push(got);
                }
            }
            Mode::Full => verdicts.extend([&side.old_to_new, &side.new_to_old]),
            Mode::None => {}
        }
    }
    if let (Strictness::Source, Some(source), true) =
        (strictness, &breaks.source, mode != Mode::None)
    {
        // Code is written against the old release, whichever way data goes.
        verdicts.push(&source.old_to_new);
    }
    verdicts
        .into_iter()
        .filter(|verdict| verdict.outcome != Outcome::Safe)
        .max_by_key(|verdict| (verdict.when.is_none(), verdict.outcome))
        .cloned()
}

fn is_ignored(finding: &Finding<'_>, policy: &Policy) -> bool {
    lies_in(finding, &policy.ignore) || (policy.ignore_unstable && is_unstable(finding))
}

/// Whether the finding is about a unit of these files and folders, in either release.
fn lies_in(finding: &Finding<'_>, paths: &[String]) -> bool {
    units(finding).any(|unit| {
        paths.iter().any(|path| {
            let path = path.trim_start_matches("./").trim_end_matches('/');
            let rest = unit.path.strip_prefix(path);
            path.is_empty()
                || path == "."
                || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    })
}

fn is_unstable(finding: &Finding<'_>) -> bool {
    units(finding).any(|unit| is_unstable_package(&unit.package.node))
}

fn units<'a>(finding: &Finding<'a>) -> impl Iterator<Item = &'a Unit> + use<'a> {
    [finding.units.0, finding.units.1].into_iter().flatten()
}

/// Whether the last part of a package of at least two says that it may change: `v1alpha1`,
/// `v2beta`, `v1p1beta1`, `v1test`; the major version is at least 1.
fn is_unstable_package(package: &str) -> bool {
    let Some((_, last)) = package.rsplit_once('.') else {
        return false;
    };
    let Some(version) = last.strip_prefix('v') else {
        return false;
    };
    let number = |text: &str| {
        text.is_empty() || (text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0'))
    };
    let word = |word: &'static str| version.split_once(word);
    let (head, tail, may_patch) = match (word("alpha"), word("beta"), word("test")) {
        (Some((head, tail)), None, None) | (None, Some((head, tail)), None) => (head, tail, true),
        (None, None, Some((head, _))) => (head, "", false),
        _ => return false,
    };
    let (major, patch) = match head.split_once('p') {
        Some((major, patch)) if may_patch => (major, patch),
        Some(_) => return false,
        None => (head, ""),
    };
    let is_patch = head.contains('p');
    !major.is_empty()
        && number(major)
        && number(tail)
        && number(patch)
        && (!is_patch || !patch.is_empty())
}

#[cfg(test)]
mod tests {
    use super::is_unstable_package;

    #[test]
    fn packages_say_that_they_may_change() {
        for (package, expected) in [
            ("p.v1alpha1", true),
            ("p.v1alpha", true),
            ("p.v1p1beta1", true),
            ("p.v1test", true),
            ("p.v1testfoo", true),
            ("p.v1", false),
            ("v1beta1", false),
            ("p.v0beta1", false),
            ("p.v1alphabeta1", false),
            ("p.vbeta1", false),
            ("p.beta1", false),
        ] {
            assert_eq!(is_unstable_package(package), expected, "{package}");
        }
    }
}
