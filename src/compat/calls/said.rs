//! What is said about single calls, and how that becomes findings: what is said alike of several
//! calls, because they share a declaration, is one finding that names them.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use crate::compat::contain::Travel;
use crate::compat::finding::{Finding, Place, Touched};
use crate::diag::Varying;
use crate::schema::Uses;
use crate::text::Span;

/// Something said about one call.
#[derive(Debug, Clone)]
pub(in crate::compat) struct Said {
    /// Everything but the headline and the calls.
    pub(in crate::compat) finding: Finding<'static>,
    /// What changed, such as "query parameter `limit`"; empty when it is the call as a whole.
    pub(in crate::compat) what: String,
    /// What became of it, such as "became required".
    pub(in crate::compat) becomes: String,
    /// The bytes of `becomes` that things alike differ in, such as the name in "may now lack `id`".
    pub(in crate::compat) item: Option<Range<usize>>,
    /// The calls, such as `POST /orders`; none when it is about no call. The headline names the first.
    pub(in crate::compat) operations: Rc<[Rc<str>]>,
    /// Whether what changed has a name of its own, so that the headline needs no call.
    pub(in crate::compat) is_named: bool,
    /// Which way what changed travels, which decides in which direction it must not break.
    pub(in crate::compat) travel: Travel,
    /// Whether what it is about are messages and no calls.
    pub(in crate::compat) is_of_messages: bool,
}

impl Said {
    /// What `finding` (made without a headline) says.
    pub(in crate::compat) fn new(
        finding: Finding<'static>,
        what: impl Into<String>,
        becomes: impl Into<String>,
    ) -> Self {
        Said {
            finding,
            what: what.into(),
            becomes: becomes.into(),
            item: None,
            operations: Rc::from([]),
            is_named: false,
            travel: Travel::Plain,
            is_of_messages: false,
        }
    }
}

/// What is the same in everything that becomes one finding.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Key {
    rule: &'static str,
    what: String,
    becomes: String,
    /// Where it was, else where it is: what several calls share is declared there.
    at: Option<Span>,
    travel: Travel,
}

/// The findings, each where it was said first.
pub(in crate::compat) fn findings(said: Vec<Said>) -> Vec<Finding<'static>> {
    let mut places: HashMap<Key, usize> = HashMap::new();
    let mut merged: Vec<(Said, Uses)> = Vec::new();
    for said in said {
        let key = Key {
            rule: said.finding.rule.name,
            what: said.what.clone(),
            becomes: said.becomes.clone(),
            at: said.finding.old_at.or(match said.finding.at {
                Place::At(span) => Some(span),
                Place::Top(_) | Place::Gone => None,
            }),
            travel: said.travel,
        };
        let place = *places.entry(key).or_insert_with(|| {
            merged.push((said.clone(), Uses::default()));
            merged.len() - 1
        });
        let (first, uses) = &mut merged[place];
        uses.is_input = said.travel == Travel::Request;
        uses.is_output = said.travel == Travel::Response;
        let operations = said.operations.iter();
        uses.operations
            .extend(operations.map(|operation| operation.to_string()));
        for peer in said.finding.peers {
            if !first.finding.peers.contains(&peer) {
                first.finding.peers.push(peer);
            }
        }
    }
    merged.into_iter().map(finding).collect()
}

fn finding((said, uses): (Said, Uses)) -> Finding<'static> {
    let Said {
        mut finding,
        what,
        becomes,
        item,
        operations,
        is_named,
        is_of_messages,
        ..
    } = said;
    // What is said, such as "answer 201", is said of this call and not of each.
    let first = operations.first().filter(|_| !is_named);
    let calls = first.map(|first| match uses.operations.len() {
        1 => format!("`{first}`"),
        // In brackets, so that what follows is said of one thing.
        more => format!("`{first}` (and {} more)", more - 1),
    });
    let before = match calls {
        None => what,
        Some(_) if what.is_empty() => String::new(),
        Some(_) => format!("{what} of "),
    };
    let calls = calls.unwrap_or_default();
    finding.headline = format!("{before}{calls} {becomes}");
    let ends = finding.headline.len() - becomes.len();
    finding.varies = match item {
        Some(item) => Some(Varying {
            range: ends + item.start..ends + item.end,
            is_call: false,
        }),
        // Said of one call, it may be said of others as well.
        None if uses.operations.len() == 1 && !calls.is_empty() => Some(Varying {
            range: before.len()..before.len() + calls.len(),
            is_call: true,
        }),
        None => None,
    };
    finding.touches(match is_of_messages {
        true => Touched::Messages(uses),
        false => Touched::Calls(uses),
    })
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::{Said, findings};
    use crate::compat::calls::RULES;
    use crate::compat::finding::Finding;

    /// Status and call of one headline are of the same call, whichever is first in the alphabet.
    #[test]
    fn a_headline_names_the_call_that_it_was_said_of() {
        let mut said = Said::new(Finding::new(RULES[0], ""), "answer 201", "is gone");
        said.operations = Rc::from([Rc::from("POST /orders"), Rc::from("GET /orders")]);
        let all = findings(vec![said]);
        assert_eq!(
            all[0].headline,
            "answer 201 of `POST /orders` (and 1 more) is gone"
        );
    }
}
