//! Which call of the old release is which of the new one.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use super::{Call, Walk, life};
use crate::compat::calls::change::{Both, Change, Kind, Living, What};
use crate::schema::Endpoint;
use crate::text::Span;

impl<'a> Walk<'a> {
    /// Compares calls of one kind. `parent` is the call that asks for them, `head` where the new
    /// release would list them.
    pub(super) fn endpoints(
        &mut self,
        kind: Kind,
        old: &'a [Endpoint],
        new: &'a [Endpoint],
        parent: Option<&str>,
        head: Span,
    ) {
        let partners = partners(kind, old, new);
        let paths: HashSet<String> = new.iter().map(|new| key(kind, &new.path.node)).collect();
        for (old, partner) in old.iter().zip(&partners) {
            match partner {
                Some(at) => self.endpoint(
                    kind,
                    Both {
                        old,
                        new: &new[*at],
                    },
                    parent,
                ),
                None if life::promised(&old.life) < self.min_stability => {}
                None => {
                    let old_key = key(kind, &old.path.node);
                    let sibling = new.iter().find(|new| key(kind, &new.path.node) == old_key);
                    let what = What::CallRemoved {
                        old,
                        at: sibling.map_or(head, |sibling| sibling.path.span),
                        is_path_gone: !paths.contains(&old_key),
                    };
                    self.announce(kind, name(kind, old, parent), what);
                }
            }
        }
        let taken: HashSet<usize> = partners.into_iter().flatten().collect();
        for (at, new) in new.iter().enumerate() {
            if !taken.contains(&at) && life::promised(&new.life) >= self.min_stability {
                self.announce(kind, name(kind, new, parent), What::CallAdded(new));
            }
        }
    }

    fn announce(&mut self, kind: Kind, name: Rc<str>, what: What<'a>) {
        self.out.changes.push(Change {
            calls: Rc::from([name]),
            kind,
            travel: kind.sent(),
            what,
        });
    }

    fn endpoint(&mut self, kind: Kind, ends: Both<&'a Endpoint>, parent: Option<&str>) {
        let call = Call {
            name: name(kind, ends.new, parent),
            kind,
            ends,
        };
        // Nothing was promised, so nothing is taken back.
        if life::promised(&ends.old.life) < self.min_stability {
            return;
        }
        self.stability(&call);
        let spans = Both {
            old: ends.old.span,
            new: ends.new.span,
        };
        let lives = Both {
            old: &ends.old.life,
            new: &ends.new.life,
        };
        self.life(&call, Living::Call, lives, spans);
        self.call(&call);
        self.params(&call);
        self.body(&call);
        self.responses(&call);
        let (old, new) = (&ends.old.callbacks, &ends.new.callbacks);
        self.endpoints(Kind::Callback, old, new, Some(&call.name), ends.new.span);
    }
}

/// What findings call it.
fn name(kind: Kind, endpoint: &Endpoint, parent: Option<&str>) -> Rc<str> {
    let (method, path) = (&endpoint.method, &endpoint.path.node);
    match (kind, parent) {
        (Kind::Operation, _) => format!("{method} {path}"),
        (Kind::Webhook, _) => format!("webhook {path} {method}"),
        (Kind::Callback, Some(parent)) => format!("callback {path} {method} in {parent}"),
        (Kind::Callback, None) => format!("callback {path} {method}"),
    }
    .into()
}

/// For each old call the number of the new one that answers the same requests. Paths that differ only
/// in the names of their parameters are one, unless a document has several of them: then equal names
/// go first, and the others follow in order.
fn partners(kind: Kind, old: &[Endpoint], new: &[Endpoint]) -> Vec<Option<usize>> {
    let mut free: HashMap<(&str, String), Vec<usize>> = HashMap::new();
    for (at, new) in new.iter().enumerate() {
        let same = free
            .entry((&*new.method, key(kind, &new.path.node)))
            .or_default();
        same.push(at);
    }
    let mut partners = vec![None; old.len()];
    for is_exact in [true, false] {
        for (old, partner) in old.iter().zip(&mut partners) {
            let same = free.get_mut(&(&*old.method, key(kind, &old.path.node)));
            let (None, Some(same)) = (&partner, same) else {
                continue;
            };
            let fits = |at: &usize| !is_exact || new[*at].path.node == old.path.node;
            if let Some(found) = same.iter().position(fits) {
                *partner = Some(same.remove(found));
            }
        }
    }
    if kind == Kind::Operation {
        let free = free.into_values().flatten().collect();
        whole_partners(old, new, &mut partners, free);
    }
    partners
}

/// Partners of calls whose path only looks another one, because a part of it moved between the
/// address of the server and the path.
fn whole_partners(
    old: &[Endpoint],
    new: &[Endpoint],
    partners: &mut [Option<usize>],
    free: BTreeSet<usize>,
) {
    let whole = |endpoint: &Endpoint| -> Vec<String> {
        let path = key(Kind::Operation, &endpoint.path.node);
        let servers = endpoint.servers.iter();
        servers
            .map(|server| format!("{}{path}", base_path(&server.url.node)))
            .collect()
    };
    let mut by_whole: HashMap<(&str, String), usize> = HashMap::new();
    for at in free {
        for path in whole(&new[at]) {
            by_whole.entry((&*new[at].method, path)).or_insert(at);
        }
    }
    let mut taken = HashSet::new();
    for (old, partner) in old.iter().zip(partners) {
        if partner.is_none() {
            let mut paths = whole(old).into_iter();
            let found = paths.find_map(|path| by_whole.get(&(&*old.method, path)).copied());
            *partner = found.filter(|at| taken.insert(*at));
        }
    }
}

/// The path of a server's address, without a slash at its end.
fn base_path(url: &str) -> &str {
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None => url,
    };
    path.trim_end_matches('/')
}

/// What tells paths apart: names of parameters do not. Names of webhooks and the expressions of
/// callbacks mean what they say; the name before an expression is not sent.
pub(super) fn key(kind: Kind, path: &str) -> String {
    match kind {
        Kind::Operation => {}
        Kind::Webhook => return path.to_owned(),
        Kind::Callback => {
            let expression = path.split_once(' ').map_or(path, |(_, after)| after);
            return expression.to_owned();
        }
    }
    let mut key = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((_, after)) = after.split_once('}') else {
            break;
        };
        key.push_str(before);
        key.push_str("{}");
        rest = after;
    }
    key.push_str(rest);
    key
}

/// The names of a path's parameters, in order.
pub(super) fn template_names(path: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        names.push(name);
        rest = after;
    }
    names
}
