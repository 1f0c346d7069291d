//! What a comparison comes to: counts, the version step, and who may go first.

use super::{Bump, Directions, Findings, Outcome, Severity};

/// Which side may be upgraded first without anything being lost or refused on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Order {
    /// Whichever.
    Any,
    /// Those who read (servers, consumers), because the new side takes what the old one writes.
    ReadersFirst,
    /// Those who write (clients, producers), because the old side takes what the new one writes.
    WritersFirst,
    /// Neither: something is lost or refused either way.
    None,
    /// Nobody knows: something could not be decided, and may hurt.
    Unknown,
}

impl Order {
    /// The order as a word.
    pub fn name(self) -> &'static str {
        match self {
            Order::Any => "any",
            Order::ReadersFirst => "readers-first",
            Order::WritersFirst => "writers-first",
            Order::None => "none",
            Order::Unknown => "unknown",
        }
    }

    /// The order as advice to those whose data it is.
    pub(crate) fn advice(self, parties: Parties) -> &'static str {
        match (self, parties) {
            (Order::Any, Parties::Messages) => "any order is safe for messages",
            (Order::Any, _) => "any order is safe for data and calls",
            (Order::ReadersFirst, Parties::Calls) => {
                "readers first: servers for requests, clients for answers"
            }
            (Order::ReadersFirst, Parties::Messages) => "deploy consumers first, then producers",
            (Order::ReadersFirst, Parties::Both) => {
                "readers first: servers for requests, clients for answers, consumers for messages"
            }
            (Order::WritersFirst, Parties::Calls) => {
                "writers first: clients for requests, servers for answers"
            }
            (Order::WritersFirst, Parties::Messages) => "deploy producers first, then consumers",
            (Order::WritersFirst, Parties::Both) => {
                "writers first: clients for requests, servers for answers, producers for messages"
            }
            (Order::None, _) => "no order is safe",
            (Order::Unknown, _) => "not known, as something is undecided",
        }
    }
}

/// Between whom data travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Parties {
    /// Clients and servers.
    Calls,
    /// Producers and consumers.
    Messages,
    /// All of them.
    Both,
}

/// How many comparisons of values there were, and how many of them were left open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Undecided {
    /// Different comparisons of what one side makes with what the other takes.
    pub asked: usize,
    /// Those in which something could be neither proved nor refuted.
    pub unknown: usize,
}

/// What a comparison comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// Findings that break a promise.
    pub breaking: usize,
    /// Findings that are worth a look.
    pub warnings: usize,
    /// Changes that are worth knowing.
    pub infos: usize,
    /// Questions that could not be decided.
    pub unknown: usize,
    /// The share of comparisons of values that this concerns; nothing was asked where no values are
    /// compared by proof.
    pub undecided: Undecided,
    /// The least version step that says honestly what changed.
    pub bump: Bump,
    /// Who may go first, over the binary form; absent where there is none.
    pub binary_order: Option<Order>,
    /// Who may go first, over the JSON form; absent where no data is compared.
    pub json_order: Option<Order>,
    /// Between whom the data travels that hurts.
    pub parties: Parties,
    /// Whether only named files and their imports were read: what needs the whole tree (files and
    /// packages that are gone, types that moved) was not judged.
    pub is_partial: bool,
}

impl Summary {
    /// The summary of what was found; `is_changed` says whether any text differs at all.
    pub(crate) fn of(findings: &Findings, is_changed: bool) -> Self {
        let compared: Vec<_> = findings
            .iter()
            .filter_map(|finding| Some((finding, finding.comparison()?)))
            .collect();
        let count = |severity| {
            let found = compared.iter();
            found
                .filter(|(finding, _)| finding.severity() == severity)
                .count()
        };
        // Per form: whether all is safe from old to new, and from new to old.
        let mut binary = (true, true);
        let mut json = (true, true);
        for (_, comparison) in &compared {
            let breaks = &comparison.breaks;
            for (safe, directions) in [(&mut binary, &breaks.binary), (&mut json, &breaks.json)] {
                if let Some(directions) = directions {
                    safe.0 &= directions.old_to_new.outcome == Outcome::Safe;
                    safe.1 &= directions.new_to_old.outcome == Outcome::Safe;
                }
            }
        }
        let hurting = |is_of_messages: bool| {
            let mut found = compared.iter();
            found.any(|(_, comparison)| {
                let breaks = &comparison.breaks;
                let forms = [&breaks.binary, &breaks.json];
                let is_hurt = forms
                    .into_iter()
                    .flatten()
                    .any(|form| *form != Directions::SAFE);
                comparison.is_of_messages == is_of_messages && is_hurt
            })
        };
        let parties = match (hurting(false), hurting(true)) {
            (false, true) => Parties::Messages,
            (true, true) => Parties::Both,
            (_, false) => Parties::Calls,
        };
        let steps = compared.iter().map(|(_, comparison)| comparison.bump);
        let unnoticed = if is_changed { Bump::Patch } else { Bump::None };
        let bump = steps.max().unwrap_or_default().max(unnoticed);
        let unknown = compared
            .iter()
            .filter(|(finding, _)| finding.rule().name.contains("unknown"))
            .count();
        let order = |safe| match safe {
            (false, false) => Order::None,
            _ if unknown > 0 => Order::Unknown,
            (true, true) => Order::Any,
            (true, false) => Order::ReadersFirst,
            (false, true) => Order::WritersFirst,
        };
        Summary {
            breaking: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
            unknown,
            undecided: findings.undecided(),
            bump,
            binary_order: Some(order(binary)),
            json_order: Some(order(json)),
            parties,
            is_partial: false,
        }
    }

    /// Says which forms there are: a contract without schemas has neither.
    pub(crate) fn forms(mut self, binary: bool, json: bool) -> Self {
        self.binary_order = self.binary_order.filter(|_| binary);
        self.json_order = self.json_order.filter(|_| json);
        self
    }

    /// Says whether only named files and their imports were read.
    pub(crate) fn partial(mut self, is_partial: bool) -> Self {
        self.is_partial = is_partial;
        self
    }
}
