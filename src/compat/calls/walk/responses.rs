//! Answers by status. The most exact description of a status holds: a code, else its hundred, else
//! the default. So a status that one side names may be one that the other side describes wider.

use std::collections::BTreeSet;

use super::params::{first_span, header_key};
use super::{Call, Walk};
use crate::compat::calls::change::{Both, Part, What};
use crate::compat::calls::values::Where;
use crate::schema::{Parameter, Response, Status};

/// First digits of statuses (RFC 9110, section 15).
const HUNDREDS: std::ops::RangeInclusive<u8> = 1..=5;

/// Which description holds for a status; for all of a hundred that nobody names when it is a range.
fn describing(responses: &[Response], status: Status) -> Option<usize> {
    let named = |wanted: Status| {
        responses
            .iter()
            .position(|response| response.status.node == wanted)
    };
    let hundred = |hundred: u8| named(Status::Range(hundred)).or_else(|| named(Status::Default));
    match status {
        Status::Code(code) => named(status).or_else(|| {
            let first = u8::try_from(code / 100).unwrap_or(u8::MAX);
            hundred(first)
        }),
        Status::Range(first) => hundred(first),
        Status::Default => named(Status::Default),
    }
}

fn is_success(status: Status) -> bool {
    match status {
        Status::Code(code) => (200..300).contains(&code),
        Status::Range(first) => first == 2,
        Status::Default => false,
    }
}

/// The narrower of two.
fn exact(old: Status, new: Status) -> Status {
    // Codes come first, the default last.
    old.min(new)
}

impl<'a> Walk<'a> {
    pub(super) fn responses(&mut self, call: &Call<'a>) {
        let (old, new) = (&call.ends.old.responses, &call.ends.new.responses);
        // All statuses, where those that both sides describe alike are one.
        let named = old.iter().chain(new).map(|response| response.status.node);
        let mut statuses: BTreeSet<Status> = named
            .filter(|status| matches!(status, Status::Code(_)))
            .collect();
        statuses.extend(HUNDREDS.map(Status::Range));
        let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
        let mut added: BTreeSet<usize> = BTreeSet::new();
        let mut lost: BTreeSet<usize> = BTreeSet::new();
        for status in statuses {
            match (describing(old, status), describing(new, status)) {
                (Some(old), Some(new)) => {
                    pairs.insert((old, new));
                }
                (None, Some(new)) => {
                    added.insert(new);
                }
                (Some(old), None) => {
                    lost.insert(old);
                }
                (None, None) => {}
            }
        }
        for (old_at, new_at) in &pairs {
            let responses = Both {
                old: &old[*old_at],
                new: &new[*new_at],
            };
            self.response(call, responses);
        }
        let answered = call.kind.answered();
        let has_success = |responses: &[Response]| {
            let named = responses
                .iter()
                .any(|response| is_success(response.status.node));
            named || describing(responses, Status::Range(2)).is_some()
        };
        let is_left = has_success(new);
        for at in lost {
            let response = &old[at];
            let status = response.status.node;
            let is_kept = pairs.iter().any(|(old, _)| *old == at);
            // Of several answers that one description stood for some are left.
            if is_kept && (status == Status::Default || is_left) {
                continue;
            }
            let waited_for = match status {
                Status::Code(_) | Status::Range(_) => is_success(status),
                Status::Default => {
                    let others = old.iter().map(|response| response.status.node);
                    !is_left && !others.into_iter().any(is_success)
                }
            };
            let what = What::AnswerRemoved {
                old: response,
                at: call.ends.new.span,
                is_success: waited_for,
            };
            self.change(call, answered, what);
        }
        for at in added {
            self.change(call, answered, What::AnswerAdded(&new[at]));
        }
    }

    fn response(&mut self, call: &Call<'a>, responses: Both<&'a Response>) {
        let Both { old, new } = responses;
        let answers = exact(old.status.node, new.status.node);
        let contents = Both {
            old: &*old.contents,
            new: &*new.contents,
        };
        let answered = call.kind.answered();
        self.contents(
            call,
            answered,
            Part::Answer(answers),
            contents,
            new.status.span,
        );
        let find = |headers: &'a [Parameter], key: &str| {
            let mut headers = headers.iter();
            headers.find(|header| header_key(header).as_deref() == Some(key))
        };
        for header in &old.headers {
            let Some(key) = header_key(header) else {
                continue;
            };
            let Some(partner) = find(&new.headers, &key) else {
                let what = What::HeaderRemoved {
                    answers,
                    old: header,
                    at: first_span(&new.headers, new.status.span),
                };
                self.change(call, answered, what);
                continue;
            };
            let headers = Both {
                old: header,
                new: partner,
            };
            if header.is_required != partner.is_required {
                self.change(call, answered, What::HeaderRequired { answers, headers });
            }
            let place = Where::Header {
                status: answers,
                name: partner.name.node.clone(),
            };
            self.value(call, answered, headers, Some(answers), place);
        }
        for header in &new.headers {
            let is_new = header_key(header).is_some_and(|key| find(&old.headers, &key).is_none());
            if is_new {
                let what = What::HeaderAdded {
                    answers,
                    new: header,
                };
                self.change(call, answered, what);
            }
        }
    }
}
