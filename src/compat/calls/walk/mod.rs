//! One walk over both descriptions: what belongs together, what moved, and which values travel.

mod addresses;
mod contents;
mod endpoints;
mod forms;
mod life;
mod notes;
mod params;
mod responses;
mod security;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::change::{Both, Change, Kind, What};
use super::values::{Pair, Where};
use crate::compat::contain::Travel;
use crate::compat::policy::{Mode, Policy, Stability};
use crate::schema::{Calls, Description, Endpoint, Shapes, Use};
use crate::text::{Span, Spanned};

pub(super) use life::day;

/// What the walk found.
#[derive(Debug, Default)]
pub(super) struct Walked<'a> {
    /// What moved, in the order of the old document, then of the new one.
    pub(super) changes: Vec<Change<'a>>,
    /// Values that travel.
    pub(super) pairs: Vec<Pair>,
}

/// Both sides, and what was found so far.
struct Walk<'a> {
    shapes: Both<&'a Shapes>,
    schemes: security::Schemes<'a>,
    today: Option<&'a str>,
    min_stability: Stability,
    mode: Mode,
    out: Walked<'a>,
}

/// A call of both sides.
struct Call<'a> {
    /// What findings call it.
    name: Rc<str>,
    kind: Kind,
    ends: Both<&'a Endpoint>,
}

/// A value without a call.
pub(super) fn values<'a>(
    old: (&'a Description, Use),
    new: (&'a Description, Use),
    policy: &'a Policy,
) -> Walked<'a> {
    let mut walk = Walk {
        shapes: Both {
            old: &old.0.shapes,
            new: &new.0.shapes,
        },
        schemes: security::Schemes::default(),
        today: policy.today.as_deref(),
        min_stability: policy.min_stability,
        mode: policy.mode,
        out: Walked::default(),
    };
    walk.out.pairs.push(Pair {
        old: Some(old.1),
        new: Some(new.1),
        travel: Travel::Plain,
        place: Where::Value,
        operation: None,
        old_at: old.1.at,
        new_at: new.1.at,
    });
    walk.notes();
    walk.out
}

/// Walks over calls and everything below them.
pub(super) fn calls<'a>(
    old: (&'a Description, &'a Calls),
    new: (&'a Description, &'a Calls),
    policy: &'a Policy,
) -> Walked<'a> {
    let mut walk = Walk {
        shapes: Both {
            old: &old.0.shapes,
            new: &new.0.shapes,
        },
        schemes: security::Schemes::of(old.1, new.1),
        today: policy.today.as_deref(),
        min_stability: policy.min_stability,
        mode: policy.mode,
        out: Walked::default(),
    };
    let head = new.0.span;
    let (old, new) = (old.1, new.1);
    walk.endpoints(Kind::Operation, &old.endpoints, &new.endpoints, None, head);
    walk.endpoints(Kind::Webhook, &old.webhooks, &new.webhooks, None, head);
    walk.schemes(old, new, head);
    walk.named(&old.named, &new.named, head);
    walk.notes();
    walk.out
}

impl<'a> Walk<'a> {
    /// Notes a change of the whole document.
    fn note(&mut self, what: What<'a>) {
        self.out.changes.push(Change {
            calls: Rc::from([]),
            kind: Kind::Operation,
            travel: Travel::Request,
            what,
        });
    }

    /// Notes a change of a call; what changed travels this way.
    fn change(&mut self, call: &Call<'_>, travel: Travel, what: What<'a>) {
        self.out.changes.push(Change {
            calls: Rc::from([call.name.clone()]),
            kind: call.kind,
            travel,
            what,
        });
    }

    /// Notes a value that travels, unless neither side says anything about it.
    fn pair(
        &mut self,
        call: &Call<'_>,
        travel: Travel,
        place: Where,
        uses: Both<Option<Use>>,
        spans: Both<Span>,
    ) {
        if uses.old.is_none() && uses.new.is_none() {
            return;
        }
        self.out.pairs.push(Pair {
            old: uses.old,
            new: uses.new,
            travel,
            place,
            operation: Some((&*call.name).into()),
            old_at: spans.old,
            new_at: spans.new,
        });
    }

    /// Everything about a call that is no part of a message.
    fn call(&mut self, call: &Call<'a>) {
        let (old, new) = (call.ends.old, call.ends.new);
        let spans = Both {
            old: old.span,
            new: new.span,
        };
        let sent = call.kind.sent();
        if old.id.as_ref().map(|id| &id.node) != new.id.as_ref().map(|id| &id.node) {
            let ids = Both {
                old: old.id.as_ref(),
                new: new.id.as_ref(),
            };
            self.change(call, sent, What::IdChanged { ids, spans });
        }
        self.tags(call);
        // Where the service calls others is for them to say.
        if call.kind == Kind::Operation {
            self.servers(call);
        }
        self.security(call);
    }

    fn tags(&mut self, call: &Call<'a>) {
        let (old, new) = (call.ends.old, call.ends.new);
        let holds = |tags: &[Spanned<Box<str>>], tag: &Spanned<Box<str>>| {
            tags.iter().any(|other| other.node == tag.node)
        };
        for (tags, others, is_new, other) in [
            (&old.tags, &new.tags, false, new.span),
            (&new.tags, &old.tags, true, old.span),
        ] {
            for tag in tags.iter().filter(|tag| !holds(others, tag)) {
                let what = What::TagChanged { tag, is_new, other };
                self.change(call, call.kind.sent(), what);
            }
        }
    }

    /// Whole addresses are compared, so that a part of the path may move to the server and back.
    /// Without a list calls go to where the document came from, which the document does not say.
    fn servers(&mut self, call: &Call<'a>) {
        let (old, new) = (call.ends.old, call.ends.new);
        if old.servers.is_empty() {
            return;
        }
        let all = |endpoint: &Endpoint| -> Vec<Vec<String>> {
            let path = endpoints::key(call.kind, &endpoint.path.node);
            let servers = endpoint.servers.iter();
            servers.map(|server| addresses::of(server, &path)).collect()
        };
        let (old_all, new_all) = (all(old), all(new));
        let (was, is) = (
            addresses::Reach::of(&old_all),
            addresses::Reach::of(&new_all),
        );
        let at = (new.servers.first()).map_or(new.span, |server| server.url.span);
        for (server, addresses) in old.servers.iter().zip(&old_all) {
            let gone = addresses.iter().filter(|address| !is.holds(address));
            let gone: Vec<&String> = gone.collect();
            let Some(first) = gone.first() else {
                continue;
            };
            let what = What::ServerRemoved {
                old: server,
                address: match gone.len() == addresses.len() {
                    true => server.url.node.clone(),
                    false => first.as_str().into(),
                },
                at,
            };
            self.change(call, call.kind.sent(), what);
        }
        for (server, addresses) in new.servers.iter().zip(&new_all) {
            if !addresses.iter().all(|address| was.holds(address)) {
                self.change(call, call.kind.sent(), What::ServerAdded(server));
            }
        }
    }

    /// Names that generated code knows shapes by.
    fn named(
        &mut self,
        old: &'a [(Spanned<Box<str>>, Use)],
        new: &'a [(Spanned<Box<str>>, Use)],
        head: Span,
    ) {
        let left: HashSet<&str> = new.iter().map(|(name, _)| &*name.node).collect();
        for (name, _) in old {
            if !left.contains(&*name.node) {
                let what = What::ComponentRemoved {
                    old: name,
                    at: head,
                };
                self.note(what);
            }
        }
    }

    fn schemes(&mut self, old: &'a Calls, new: &'a Calls, head: Span) {
        let new_by_name: HashMap<&str, _> = new
            .schemes
            .iter()
            .map(|scheme| (&*scheme.name.node, scheme))
            .collect();
        let old_names: HashSet<&str> = (old.schemes.iter())
            .map(|scheme| &*scheme.name.node)
            .collect();
        for scheme in &old.schemes {
            match new_by_name.get(&*scheme.name.node) {
                None => self.note(What::SchemeRemoved {
                    old: scheme,
                    at: head,
                }),
                Some(new) if new.meaning != scheme.meaning => {
                    // What a call requires of it is told with the call.
                    if !self.schemes.is_used(&scheme.name.node) {
                        self.note(What::SchemeChanged(Both { old: scheme, new }));
                    }
                }
                Some(_) => {}
            }
        }
        for scheme in &new.schemes {
            if !old_names.contains(&*scheme.name.node) {
                self.note(What::SchemeAdded(scheme));
            }
        }
    }
}
