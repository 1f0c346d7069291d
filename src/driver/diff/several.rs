//! Sides that hold any number of files: what lies in them is compared kind by kind, and told as one.
//!
//! Contracts pair by their names, Protobuf by the paths that files import, documents by their paths
//! below the folder, or by what they call themselves when they moved. A document that a contract
//! imports is compared as part of that contract, and a schema that another document refers to as
//! part of that document.

use std::collections::{BTreeMap, BTreeSet};

use super::contracts::{Contracts, apart, louder, once};
use super::documents::{self, Pair};
use super::ignored::Ignored;
use super::listing::{Entry, Listing};
use super::roots::{self, Found, Root};
use super::{DiffChoices, InputKind, Judged, Release, protobuf};
use crate::compat::{self, Lone, Policy};
use crate::diag::Diagnostics;
use crate::syntax::rules::{FILE_UNREADABLE, OUT_OF_RANGE};
use crate::text::{RelPath, Side, SourceMap};

#[cfg(test)]
mod tests;

/// Compares two sides of any number of files. Of a version of a history that is not the last one
/// (`is_last`), only what is promised to every version is compared.
pub(super) fn judge(
    [old, new]: [&Release<'_>; 2],
    is_folder: bool,
    choices: &DiffChoices,
    is_last: bool,
    sources: &mut SourceMap,
    sink: &mut Diagnostics,
) -> Option<Judged> {
    let (was, is) = match is_folder {
        true => rayon::join(|| Listing::of_folder(old), || Listing::of_folder(new)),
        false => (Listing::of_files(old, new), Listing::of_files(new, new)),
    };
    let mut comparison = Comparison {
        sides: [old, new],
        listed: [&was, &is],
        choices,
        ignored: Ignored::of(choices, [old, new]),
        sources,
        sink,
        all: Diagnostics::default(),
        kinds: BTreeSet::new(),
        is_changed: false,
        is_anything_ignored: false,
    };
    let is_whole = is_last || choices.is_transitive();
    if is_whole {
        comparison.protos()?;
    }
    comparison.others(is_last, is_whole)?;
    comparison.finish(is_whole)
}

/// A comparison on its way.
struct Comparison<'c, 'f> {
    /// The old side, and the new one.
    sides: [&'c Release<'f>; 2],
    listed: [&'c Listing; 2],
    choices: &'c DiffChoices,
    ignored: Ignored<'c>,
    sources: &'c mut SourceMap,
    sink: &'c mut Diagnostics,
    all: Diagnostics,
    /// What was compared so far.
    kinds: BTreeSet<InputKind>,
    is_changed: bool,
    /// Whether a contract or a document was left out by its path.
    is_anything_ignored: bool,
}

impl<'c> Comparison<'c, '_> {
    fn is_named(&self) -> bool {
        self.listed[1].is_named
    }

    fn protos(&mut self) -> Option<()> {
        if !self.listed.iter().any(|listed| listed.has_protos()) {
            return Some(());
        }
        let (listed, [old, new]) = (self.listed, self.sides);
        let (kind, (found, is_changed)) = if self.is_named() {
            // A revision is asked for the same files: it may lack some.
            let paths = |side: &Release<'_>| {
                let paths = side.paths.iter();
                let protos =
                    paths.filter(|path| InputKind::of_file(path) == Some(InputKind::Protobuf));
                protos.cloned().collect()
            };
            let [old, new] = [old, new].map(|side| Release {
                paths: paths(side),
                ..side.clone()
            });
            let found = protobuf::judge([&old, &new], None, self.choices, self.sources, self.sink)?;
            (InputKind::Protobuf, found)
        } else {
            let listed = Some(listed);
            let found = protobuf::judge([old, new], listed, self.choices, self.sources, self.sink)?;
            (InputKind::ProtobufFolder, found)
        };
        self.kinds.insert(kind);
        self.all.absorb(found);
        self.is_changed |= is_changed;
        Some(())
    }

    /// Contracts and documents. Documents are read together, whoever imports them.
    fn others(&mut self, is_last: bool, is_whole: bool) -> Option<()> {
        let is_named = self.is_named();
        let contracts = self.wanted(|listed| &listed.contracts);
        let (choices, sides) = (self.choices, self.sides);
        let listed = [&contracts[0][..], &contracts[1][..]];
        let contracts = Contracts::read(sides, listed, is_named, choices, self.sources, self.sink)?;
        let tasks = contracts.tasks(is_last);
        let imported: Vec<Vec<Pair>> = tasks.iter().map(|task| task.documents()).collect();
        let mut pairs: Vec<Pair> = imported.iter().flatten().cloned().collect();
        let mut lone: Vec<(Lone, Policy)> = Vec::new();
        let mut rest = Rest::default();
        if is_whole {
            let covered: BTreeSet<(&RelPath, &RelPath)> =
                (pairs.iter()).map(|pair| (&pair.old, &pair.new)).collect();
            rest = self.rest(&covered);
            for side in [Side::Old, Side::New] {
                // They come and go with their contracts.
                let imported = contracts.imported(side);
                rest.lone(side)
                    .retain(|found| !imported.contains(&found.entry.path));
            }
            let absent = self.absent();
            lone.extend(contracts.lone(absent.as_deref()));
        }
        if !contracts.is_empty() {
            self.kinds.insert(InputKind::Contract);
        }
        let schemas = rest.split_schemas();
        let own = self.joined(&mut rest);
        pairs.extend(own);
        let mut found = self.documents(&pairs, &rest)?.into_iter();
        let mut all = Diagnostics::default();
        for (task, imported) in tasks.iter().zip(&imported) {
            let documents = found.by_ref().take(imported.len()).collect();
            let (found, is_changed) = task.judge(documents, &self.ignored, self.sources);
            all.absorb(found);
            self.is_changed |= is_changed;
        }
        found.for_each(|found| all.absorb(found));
        if is_last {
            let mut missed = contracts.ranges();
            missed.retain(|finding| !self.ignored.covers(finding, self.sources));
            all.absorb(missed);
        }
        self.lone(&rest, &mut lone);
        // Schemas last: those that were read as parts of something are told with it.
        let mut schemas = self.unread(schemas);
        let pairs = self.joined(&mut schemas);
        let mut found = self.documents(&pairs, &schemas)?;
        let places: Vec<RelPath> = pairs.into_iter().map(|pair| pair.new).collect();
        apart(&mut found, &places, self.sources);
        found.into_iter().for_each(|found| all.absorb(found));
        self.lone(&schemas, &mut lone);
        for (lone, policy) in &lone {
            let mut found = compat::check_lone(std::slice::from_ref(lone), policy);
            found.retain(|finding| !self.ignored.covers(finding, self.sources));
            all.absorb(found);
            self.is_changed = true;
        }
        // Before this there is only what the Protobuf files of the folder say of themselves.
        louder(&mut self.all, &mut all, self.sources);
        self.all.absorb(once(all, self.sources));
        Some(())
    }

    /// Files of both sides that nobody wants to be left out.
    fn wanted(&mut self, files: impl Fn(&Listing) -> &Vec<Entry>) -> [Vec<Entry>; 2] {
        let ignored = &self.ignored;
        let [old, new] = [(0, Side::Old), (1, Side::New)].map(|(at, side)| {
            let entries = files(self.listed[at]).iter();
            let wanted = entries.filter(|entry| !ignored.holds(side, &entry.path));
            wanted.cloned().collect::<Vec<Entry>>()
        });
        let listed: usize = (self.listed.iter()).map(|listed| files(listed).len()).sum();
        self.is_anything_ignored |= old.len() + new.len() < listed;
        [old, new]
    }

    /// Documents that are compared for themselves; not the pairs that are `covered` already.
    fn rest(&mut self, covered: &BTreeSet<(&RelPath, &RelPath)>) -> Rest {
        let is_named = self.is_named();
        let wanted = self.wanted(|listed| &listed.others);
        let by_key = |side: usize| -> BTreeMap<String, Found> {
            let found = roots::find(self.sides[side], &wanted[side], is_named).into_iter();
            found
                .map(|found| (found.entry.key.clone(), found))
                .collect()
        };
        let (mut was, is) = rayon::join(|| by_key(0), || by_key(1));
        let mut rest = Rest::default();
        for (key, is) in is {
            let Some(was) = was.remove(&key) else {
                rest.added.push(is);
                continue;
            };
            if covered.contains(&(&was.entry.path, &is.entry.path)) {
                continue;
            }
            // What is broken on one side is compared, so that the reader says what is wrong.
            let fits = |root: Root| root.is_document() || root == Root::Broken;
            if fits(was.root) && fits(is.root) && (was.root.is_document() || is.root.is_document())
            {
                rest.pairs.push((was, is));
            } else {
                rest.gone.push(was);
                rest.added.push(is);
            }
        }
        rest.gone.extend(was.into_values());
        rest.gone.sort_by(|l, r| l.entry.key.cmp(&r.entry.key));
        rest.gone.retain(|found| found.root.is_document());
        rest.added.retain(|found| found.root.is_document());
        rest
    }

    /// Pairs of documents: those by their paths, and those that moved.
    fn joined(&self, rest: &mut Rest) -> Vec<Pair> {
        let [old, new] = self.sides;
        rest.find_moved(old, new);
        let policy = self.choices.documents();
        let pairs = rest.pairs.iter();
        pairs
            .map(|(was, is)| Pair {
                old: was.entry.path.clone(),
                new: is.entry.path.clone(),
                policy: policy.clone(),
            })
            .collect()
    }

    fn documents(&mut self, pairs: &[Pair], rest: &Rest) -> Option<Vec<Diagnostics>> {
        let added = rest.added.iter();
        let added: Vec<RelPath> = added.map(|found| found.entry.path.clone()).collect();
        self.kinds.extend(rest.kinds());
        let (sides, ignored) = (self.sides, &self.ignored);
        let judged = documents::judge(sides, pairs, &added, ignored, self.sources, self.sink)?;
        self.is_changed |= judged.is_changed;
        Some(judged.found)
    }

    /// Schemas but for those that were read already, on the sides that they are on.
    fn unread(&self, mut schemas: Rest) -> Rest {
        let read = |side: Side| -> BTreeSet<&RelPath> {
            let files = self.sources.files().iter();
            let files = files.filter(|file| file.side() == side);
            files.map(|file| file.path()).collect()
        };
        let (old, new) = (read(Side::Old), read(Side::New));
        schemas
            .pairs
            .retain(|(was, is)| !old.contains(&was.entry.path) || !new.contains(&is.entry.path));
        schemas.gone.retain(|was| !old.contains(&was.entry.path));
        schemas.added.retain(|is| !new.contains(&is.entry.path));
        schemas
    }

    /// Adds documents that only one side has.
    fn lone(&mut self, rest: &Rest, lone: &mut Vec<(Lone, Policy)>) {
        let absent = self.absent();
        let gone = rest.gone.iter().map(|found| (found, 0, Side::Old));
        let added = rest.added.iter().map(|found| (found, 1, Side::New));
        for (found, at, side) in gone.chain(added) {
            let Entry { key, path } = &found.entry;
            let (what, becomes) = match (&absent, side) {
                (Some(absent), Side::New) => (format!("`{key}`"), Some(absent.clone())),
                _ => (format!("document `{key}`"), None),
            };
            let one = Lone {
                what,
                becomes,
                side,
                at: roots::head(self.sides[at], path, side, self.sources),
            };
            lone.push((one, self.choices.documents()));
        }
    }

    /// What there is to say of a file that was named and that the old side does not have.
    fn absent(&self) -> Option<String> {
        let name = &self.sides[0].name;
        self.is_named()
            .then(|| format!("is not in `{name}`: it is new, there is nothing to compare"))
    }

    /// Everything that was found, unless nothing was compared or a flag is about nothing of it.
    fn finish(self, is_whole: bool) -> Option<Judged> {
        let Comparison {
            sides: [old, new],
            listed: [was, is],
            choices,
            sink,
            kinds,
            ..
        } = self;
        if kinds.is_empty() && is_whole && !self.is_anything_ignored {
            // Nothing against nothing would pass every check, and is a slip of the pen.
            was.report(old, sink);
            is.report(new, sink);
            sink.report(
                &FILE_UNREADABLE,
                format_args!(
                    "there is nothing to compare in `{}` or `{}`",
                    old.name, new.name
                ),
            )
            .note("contracts, `.proto` and `.avsc` files, OpenAPI and AsyncAPI documents, and JSON Schemas that say so with `$schema` are compared")
            .help("name the folder that holds the files");
            return None;
        }
        if is_whole && let Err(problem) = choices.fit(&kinds) {
            sink.report(&OUT_OF_RANGE, problem)
                .help("leave the flag out");
            return None;
        }
        Some(Judged {
            found: self.all,
            is_changed: self.is_changed,
            kinds,
        })
    }
}

/// Documents that are compared for themselves.
#[derive(Default)]
struct Rest {
    pairs: Vec<(Found, Found)>,
    gone: Vec<Found>,
    added: Vec<Found>,
}

impl Rest {
    fn lone(&mut self, side: Side) -> &mut Vec<Found> {
        match side {
            Side::Old => &mut self.gone,
            Side::New => &mut self.added,
        }
    }

    /// What its documents are.
    fn kinds(&self) -> impl Iterator<Item = InputKind> {
        let pairs = self.pairs.iter().map(|(_, is)| is);
        let all = pairs.chain(&self.gone).chain(&self.added);
        all.map(|found| match InputKind::of_file(&found.entry.path) {
            Some(InputKind::Avro) => InputKind::Avro,
            _ => InputKind::Document,
        })
    }

    /// Takes out what is JSON Schema or Avro on both sides, or on the one that it is on.
    fn split_schemas(&mut self) -> Rest {
        let is_schema = |found: &Found| found.root == Root::Schema;
        let may_be = |found: &Found| matches!(found.root, Root::Schema | Root::Broken);
        Rest {
            pairs: (self.pairs)
                .extract_if(.., |(was, is)| may_be(was) && may_be(is))
                .collect(),
            gone: self.gone.extract_if(.., |found| is_schema(found)).collect(),
            added: (self.added)
                .extract_if(.., |found| is_schema(found))
                .collect(),
        }
    }

    /// Pairs documents that lie elsewhere, or are called otherwise, and say the same of themselves,
    /// as nothing else does.
    fn find_moved(&mut self, old: &Release<'_>, new: &Release<'_>) {
        if self.gone.is_empty() || self.added.is_empty() {
            return;
        }
        let identities = |side: &Release<'_>, found: &[Found]| {
            let mut known: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for (at, found) in found.iter().enumerate() {
                if let Some(identity) = roots::identity(side, &found.entry.path) {
                    known.entry(identity).or_default().push(at);
                }
            }
            known
        };
        let gone = identities(old, &self.gone);
        let added = identities(new, &self.added);
        let mut moved: Vec<(usize, usize)> = Vec::new();
        for (identity, places) in &gone {
            if let ([was], Some([is])) = (&places[..], added.get(identity).map(Vec::as_slice)) {
                moved.push((*was, *is));
            }
        }
        let pairs = moved.iter();
        self.pairs
            .extend(pairs.map(|(was, is)| (self.gone[*was].clone(), self.added[*is].clone())));
        let drop = |found: &mut Vec<Found>, places: BTreeSet<usize>| {
            let mut at = 0..;
            found.retain(|_| at.next().is_none_or(|at| !places.contains(&at)));
        };
        drop(&mut self.gone, moved.iter().map(|(was, _)| *was).collect());
        drop(&mut self.added, moved.iter().map(|(_, is)| *is).collect());
    }
}
