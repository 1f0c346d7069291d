//! Imports: which files a file can see, what all of them say together, and which lead nowhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use rayon::prelude::*;

use super::load::{Parsed, positions};
use super::rules;
use super::symbols::index;
use crate::diag::Diagnostics;
use crate::ingest::lookup::{clip, nearest};
use crate::syntax::proto::ImportKind;
use crate::text::{ContentHash, Span};

/// The imports of all files.
pub(super) struct Links {
    /// For each file, its imports in the order of the text.
    of: Vec<Vec<Link>>,
}

/// An import.
struct Link {
    path: Box<str>,
    /// The position of the file; absent when there is none that could be read.
    to: Option<u32>,
    is_public: bool,
    /// Whether it is for options only.
    is_option: bool,
    span: Span,
    /// The place of the path.
    at: Span,
}

/// What files see.
pub(super) struct Seen {
    pub(super) visible: Vec<Vec<u32>>,
    pub(super) for_options: BTreeMap<u32, Vec<u32>>,
    pub(super) closure: Vec<ContentHash>,
    pub(super) is_whole: Vec<bool>,
}

impl Links {
    pub(super) fn of(files: &[Arc<Parsed>]) -> Self {
        let known = positions(files);
        let links = |file: &Arc<Parsed>| {
            let imports = file.ast.imports().map(|import| {
                let path = file.ast.string(import.path);
                Link {
                    to: known.get(&*path).copied(),
                    path: path.into(),
                    is_public: import.kind == ImportKind::Public,
                    is_option: import.kind == ImportKind::Option,
                    span: import.span,
                    at: import.path.span,
                }
            });
            imports.collect()
        };
        Links {
            of: files.par_iter().map(links).collect(),
        }
    }

    /// Paths that no file was read for.
    pub(super) fn missing(&self) -> impl Iterator<Item = &str> {
        let links = self.of.iter().flatten();
        links
            .filter(|link| link.to.is_none())
            .map(|link| &*link.path)
    }

    /// For each file: what it sees, what it sees for its options, its hash with all behind it, and
    /// whether all of that is whole.
    pub(super) fn follow(&self, files: &[Arc<Parsed>]) -> Seen {
        let one = |(file, links): (&Arc<Parsed>, &Vec<Link>)| {
            let mut is_whole = !file.ast.is_broken;
            let visible = self.reach(
                links.iter().filter(|link| !link.is_option),
                files,
                &mut is_whole,
            );
            let has_more = links.iter().any(|link| link.is_option);
            let all = has_more.then(|| self.reach(links.iter(), files, &mut is_whole));
            (visible, all, is_whole)
        };
        let (closure, each): (_, Vec<_>) = rayon::join(
            || self.hashes(files),
            || files.par_iter().zip(&self.of).map(one).collect(),
        );
        let mut seen = Seen {
            visible: Vec::with_capacity(files.len()),
            for_options: BTreeMap::new(),
            closure,
            is_whole: Vec::with_capacity(files.len()),
        };
        for (at, (visible, for_options, is_whole)) in each.into_iter().enumerate() {
            if let Some(all) = for_options {
                seen.for_options.insert(index(at), all);
            }
            seen.visible.push(visible);
            seen.is_whole.push(is_whole);
        }
        seen
    }

    /// The files that imports lead to, those behind public imports among them.
    fn reach<'l>(
        &self,
        links: impl Iterator<Item = &'l Link>,
        files: &[Arc<Parsed>],
        is_whole: &mut bool,
    ) -> Vec<u32> {
        let mut seen: Vec<u32> = Vec::new();
        let mut todo: Vec<u32> = Vec::new();
        for link in links {
            *is_whole &= link.to.is_some();
            todo.extend(link.to);
        }
        while let Some(next) = todo.pop() {
            if let Err(place) = seen.binary_search(&next) {
                seen.insert(place, next);
                *is_whole &= !files[next as usize].ast.is_broken;
                for link in self.of[next as usize].iter().filter(|link| link.is_public) {
                    *is_whole &= link.to.is_some();
                    todo.extend(link.to);
                }
            }
        }
        seen
    }

    /// The hash of each file with all behind its imports. In a circle of imports, which is an
    /// error, the import that closes it counts by its own text.
    fn hashes(&self, files: &[Arc<Parsed>]) -> Vec<ContentHash> {
        let mut done: Vec<Option<ContentHash>> = vec![None; files.len()];
        let mut is_open = vec![false; files.len()];
        for start in 0..files.len() {
            // Depth first without recursion: a chain of imports may be as long as the tree is large.
            let mut stack = vec![(start, 0)];
            while let Some((at, next)) = stack.pop() {
                if done[at].is_some() {
                    continue;
                }
                is_open[at] = true;
                let waits = self.of[at][next..].iter().position(|link| {
                    let to = link.to.map(|to| to as usize);
                    to.is_some_and(|to| done[to].is_none() && !is_open[to])
                });
                if let Some(skipped) = waits {
                    let next = next + skipped;
                    let to = self.of[at][next].to.expect("it was just looked at");
                    stack.push((at, next + 1));
                    stack.push((to as usize, 0));
                    continue;
                }
                let mut fields: Vec<Vec<u8>> = vec![
                    files[at].path.as_bytes().to_vec(),
                    files[at].hash.to_string().into_bytes(),
                ];
                for link in &self.of[at] {
                    fields.push(match link.to.map(|to| to as usize) {
                        Some(to) => done[to].unwrap_or(files[to].hash).to_string().into_bytes(),
                        None => b"missing".to_vec(),
                    });
                }
                done[at] = Some(ContentHash::of_fields(fields.iter().map(Vec::as_slice)));
            }
        }
        let done = done.into_iter();
        done.map(|hash| hash.expect("every file was a start"))
            .collect()
    }
}

/// Reports imports that lead nowhere, are written twice, or lead back to where they stand.
/// `unread` are files that are there and were reported; `names` are paths that may have been meant.
pub(super) fn report(
    files: &[Arc<Parsed>],
    links: &Links,
    unread: &BTreeSet<Box<str>>,
    names: impl FnOnce() -> Vec<String>,
    sink: &mut Diagnostics,
) {
    let mut names = Some(names);
    let mut known: Vec<String> = Vec::new();
    for list in &links.of {
        let mut first: BTreeMap<&str, Span> = BTreeMap::new();
        for link in list {
            if let Some(first) = first.get(&*link.path) {
                sink.report(
                    &rules::PROTO_IMPORT,
                    format_args!("`{}` is imported twice", clip(&link.path)),
                )
                .at(link.at, "again here")
                .also(*first, "first here")
                .fix("remove the second import", link.span, "");
                continue;
            }
            first.insert(&link.path, link.at);
            if link.to.is_some() || unread.contains(&link.path) {
                continue;
            }
            if let Some(names) = names.take() {
                known = names();
            }
            let draft = sink
                .report(
                    &rules::PROTO_IMPORT,
                    format_args!("there is no file `{}`", clip(&link.path)),
                )
                .at(link.at, "imported here");
            match meant(&link.path, &known) {
                Some(name) => draft.fix(
                    format_args!("did you mean `{name}`?"),
                    link.at,
                    format_args!("\"{name}\""),
                ),
                None => draft.help("check the path; it is read relative to the root of the tree"),
            };
        }
    }
    cycles(files, links, sink);
}

/// The path that was likely meant: a slip of the finger, or the same name in another folder.
fn meant<'n>(path: &str, known: &'n [String]) -> Option<&'n str> {
    let slash = path.rfind('/').map_or(0, |at| at + 1);
    let same_folder = known.iter().filter(|name| {
        name.len() >= slash && name.is_char_boundary(slash) && name[..slash] == path[..slash]
    });
    let file = nearest(&path[slash..], same_folder.map(|name| &name[slash..]));
    if let Some(file) = file {
        return known
            .iter()
            .map(String::as_str)
            .find(|name| name[..].strip_prefix(&path[..slash]) == Some(file));
    }
    let mut same_name = known.iter().filter(|name| {
        let rest = name.strip_suffix(&path[slash..]);
        !path[slash..].is_empty() && rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
    });
    match (same_name.next(), same_name.next()) {
        (Some(name), None) => Some(name),
        _ => None,
    }
}

/// Reports each circle of imports once, at the import that closes it.
fn cycles(files: &[Arc<Parsed>], links: &Links, sink: &mut Diagnostics) {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut state = vec![State::New; files.len()];
    for start in 0..files.len() {
        if state[start] != State::New {
            continue;
        }
        state[start] = State::Open;
        let mut stack = vec![(start, 0)];
        while let Some((at, next)) = stack.pop() {
            let Some(link) = links.of[at].get(next) else {
                state[at] = State::Done;
                continue;
            };
            stack.push((at, next + 1));
            let Some(to) = link.to.map(|to| to as usize) else {
                continue;
            };
            match state[to] {
                State::Done => {}
                State::New => {
                    state[to] = State::Open;
                    stack.push((to, 0));
                }
                State::Open => {
                    let from = stack.iter().position(|(at, _)| *at == to).unwrap_or(0);
                    let mut chain = String::new();
                    for (at, _) in &stack[from..] {
                        let _ = write!(chain, "`{}` imports ", files[*at].path);
                    }
                    let _ = write!(chain, "`{}`", files[to].path);
                    let headline = match to == at {
                        true => format!("`{}` imports itself", files[at].path),
                        false => format!("`{}` is imported in a circle", files[to].path),
                    };
                    let mut draft = sink
                        .report(&rules::PROTO_IMPORT, headline)
                        .at(link.at, "this import closes the circle");
                    if to != at {
                        draft = draft.note(clip_chain(&chain));
                    }
                    draft.help("move what both files need into a third one");
                }
            }
        }
    }
}

/// A chain of imports short enough for a message.
fn clip_chain(chain: &str) -> String {
    const SHOWN: usize = 600;
    let mut end = chain.len().min(SHOWN);
    while !chain.is_char_boundary(end) {
        end -= 1;
    }
    match end == chain.len() {
        true => chain.to_owned(),
        false => format!("{} ...", &chain[..end]),
    }
}
