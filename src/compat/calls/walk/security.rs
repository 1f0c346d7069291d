//! Who may call. An old alternative is still enough when some new one asks for nothing else: the
//! alternatives of both sides are compared as sets of proofs.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{Call, Walk};
use crate::compat::calls::change::{Both, Tightened, What};
use crate::schema::{Calls, Endpoint, Requirement, Scheme};

/// What the names of schemes mean on both sides.
#[derive(Default)]
pub(super) struct Schemes<'a> {
    old: HashMap<&'a str, &'a Scheme>,
    new: HashMap<&'a str, &'a Scheme>,
    /// Names that some call of both sides requires.
    used: HashSet<&'a str>,
}

/// What a proof is, whatever it is called: schemes of equal meaning are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Proof<'a> {
    Meaning(&'a str),
    /// A scheme that is not declared, or whose meaning changed, which is told on its own.
    Named(&'a str),
}

/// All of these, each with what it has to allow.
type Alternative<'a> = BTreeMap<Proof<'a>, BTreeSet<&'a str>>;

impl<'a> Schemes<'a> {
    pub(super) fn of(old: &'a Calls, new: &'a Calls) -> Self {
        let by_name = |calls: &'a Calls| {
            let schemes = calls.schemes.iter();
            schemes
                .map(|scheme| (&*scheme.name.node, scheme))
                .collect::<HashMap<_, _>>()
        };
        let names = |calls: &'a Calls| {
            let mut names = HashSet::new();
            let mut open: Vec<&'a Endpoint> =
                (calls.endpoints.iter()).chain(&calls.webhooks).collect();
            while let Some(endpoint) = open.pop() {
                open.extend(&endpoint.callbacks);
                let requirements = endpoint.security.node.iter().flatten();
                names.extend(requirements.map(|requirement| &*requirement.scheme.node));
            }
            names
        };
        let used = names(old).intersection(&names(new)).copied().collect();
        Schemes {
            old: by_name(old),
            new: by_name(new),
            used,
        }
    }

    /// Whether calls of both sides require it.
    pub(super) fn is_used(&self, name: &str) -> bool {
        self.used.contains(name)
    }

    /// The two meanings of a name that has two.
    fn changed(&self, name: &str) -> Option<Both<&'a Scheme>> {
        let (old, new) = (self.old.get(name)?, self.new.get(name)?);
        (old.meaning != new.meaning).then_some(Both { old, new })
    }

    fn proof(&self, name: &'a str, is_old: bool) -> Proof<'a> {
        let side = if is_old { &self.old } else { &self.new };
        match side.get(name) {
            Some(scheme) if self.changed(name).is_none() => Proof::Meaning(&scheme.meaning),
            _ => Proof::Named(name),
        }
    }

    fn alternative(&self, requirements: &'a [Requirement], is_old: bool) -> Alternative<'a> {
        let mut alternative = Alternative::new();
        for requirement in requirements {
            let scopes = alternative
                .entry(self.proof(&requirement.scheme.node, is_old))
                .or_default();
            scopes.extend(requirement.scopes.iter().map(|scope| &*scope.node));
        }
        alternative
    }

    /// The alternatives of a call; none at all is one that asks for nothing.
    fn alternatives(&self, endpoint: &'a Endpoint, is_old: bool) -> Vec<Alternative<'a>> {
        let alternatives = endpoint.security.node.iter();
        let mut alternatives: Vec<Alternative<'a>> = alternatives
            .map(|requirements| self.alternative(requirements, is_old))
            .collect();
        if alternatives.is_empty() {
            alternatives.push(Alternative::new());
        }
        alternatives
    }
}

/// Whether who gives all of `given` gives all that is `asked`.
fn is_enough(given: &Alternative<'_>, asked: &Alternative<'_>) -> bool {
    asked.iter().all(|(proof, scopes)| {
        let given = given.get(proof);
        given.is_some_and(|given| scopes.is_subset(given))
    })
}

/// What an old alternative lacks in allowances, when the proofs are enough for a new one.
fn missing_scopes<'a>(given: &Alternative<'a>, asked: &[Alternative<'a>]) -> Option<Vec<&'a str>> {
    let lacks = asked
        .iter()
        .filter(|asked| asked.keys().all(|proof| given.contains_key(proof)));
    let lacks = lacks.map(|asked| {
        let missing = asked.iter().flat_map(|(proof, scopes)| {
            let given = given.get(proof).cloned().unwrap_or_default();
            let missing = scopes.iter().filter(move |scope| !given.contains(*scope));
            missing.copied().collect::<Vec<_>>()
        });
        missing.collect::<Vec<&'a str>>()
    });
    lacks.min_by_key(Vec::len)
}

impl<'a> Walk<'a> {
    pub(super) fn security(&mut self, call: &Call<'a>) {
        let ends = call.ends;
        let sent = call.kind.sent();
        let mut told: BTreeSet<&str> = BTreeSet::new();
        for requirement in ends.old.security.node.iter().flatten() {
            let name = &*requirement.scheme.node;
            let is_kept = (ends.new.security.node.iter().flatten())
                .any(|requirement| *requirement.scheme.node == *name);
            if let Some(schemes) = self.schemes.changed(name).filter(|_| is_kept)
                && told.insert(name)
            {
                self.change(call, sent, What::SchemeChanged(schemes));
            }
        }
        let old = self.schemes.alternatives(ends.old, true);
        let new = self.schemes.alternatives(ends.new, false);
        let security = Both {
            old: &ends.old.security,
            new: &ends.new.security,
        };
        let mut told: BTreeSet<Vec<&str>> = BTreeSet::new();
        for (at, given) in old.iter().enumerate() {
            if new.iter().any(|asked| is_enough(given, asked)) {
                continue;
            }
            let how = if given.is_empty() {
                Tightened::Closed
            } else if let Some(scopes) = missing_scopes(given, &new) {
                if !told.insert(scopes.clone()) {
                    continue;
                }
                Tightened::Scopes(scopes)
            } else {
                Tightened::Alternative(&ends.old.security.node[at])
            };
            self.change(call, sent, What::SecurityTightened { security, how });
        }
        let is_loosened = new
            .iter()
            .any(|given| !old.iter().any(|asked| is_enough(given, asked)));
        if is_loosened {
            self.change(call, sent, What::SecurityLoosened(security));
        }
    }
}
