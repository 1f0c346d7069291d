//! The face: releases to sets of units.

use std::sync::Arc;

use rayon::prelude::*;

use super::attrs;
use super::features::Features;
use super::load::{FileSet, Reader, Reuse, Source};
use super::lower::{features_of, lower};
use super::rules;
use super::symbols::{DeclKind, Symbols, View};
use crate::diag::{Diagnostics, Phase};
use crate::schema::{SchemaSet, Unit};
use crate::syntax::proto::{FileItem, Ident};
use crate::text::{ContentHash, NameMap, NameSet, Side, SourceMap, Span, aside};

/// What was read.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// The release that is in use, when there was one to read.
    pub(crate) old: Option<SchemaSet>,
    /// The release that is being worked on.
    pub(crate) new: SchemaSet,
}

/// Reads a release, or two. The sets hold what could be made; whether they are whole, the findings
/// say: after an error nothing may be concluded from what is absent.
pub(crate) fn load(
    new: &Source<'_>,
    old: Option<&Source<'_>>,
    reuse: Reuse,
    sources: &mut SourceMap,
) -> Phase<Loaded> {
    let mut found = Diagnostics::default();
    let new_files = Reader::read(new, Side::New, None, sources, &mut found);
    let shared = (reuse == Reuse::Shared).then_some(&new_files);
    // The old release needs the files of the new one and not its units, so both are made at once:
    // each has steps that cannot be divided, and they lie beside work of the other.
    let (new_made, old_made) = rayon::join(
        || make(&new_files, None),
        || {
            old.map(|old| {
                let mut found = Diagnostics::default();
                let files = Reader::read(old, Side::Old, shared, sources, &mut found);
                let made = make(&files, shared);
                aside(files);
                (found, made)
            })
        },
    );
    let new_set = new_made.into_set(&[], &mut found);
    let old_set = old_made.map(|(read, made)| {
        found.absorb(read);
        made.into_set(&new_set.units, &mut found)
    });
    aside(new_files);
    Phase {
        value: Loaded {
            old: old_set,
            new: new_set,
        },
        diagnostics: found,
    }
}

/// The units of a release that is compared with none.
pub(super) fn one(files: &FileSet, found: &mut Diagnostics) -> SchemaSet {
    make(files, None).into_set(&[], found)
}

/// The units of a release, before those that it shares are put in.
struct Made {
    /// What there is to say of names that two files declare.
    across: Diagnostics,
    /// By file; with its closure, where the other release has the same unit.
    units: Vec<Result<(Arc<Unit>, Diagnostics), ContentHash>>,
}

/// Makes the units of the files of a release, save those that `shared` says the same with.
fn make(files: &FileSet, shared: Option<&FileSet>) -> Made {
    let known: NameSet<ContentHash> = shared
        .into_iter()
        .flat_map(|shared| shared.positions().map(|at| shared.closure[at as usize]))
        .collect();
    let closure = |at: u32| files.closure[at as usize];
    if files.positions().all(|at| known.contains(&closure(at))) {
        return Made {
            across: Diagnostics::default(),
            units: files.positions().map(|at| Err(closure(at))).collect(),
        };
    }
    let views: Vec<View<'_>> = files.files.par_iter().map(|file| View::of(file)).collect();
    let (features, symbols) = rayon::join(
        || -> Vec<Vec<Features>> { views.par_iter().map(features_of).collect() },
        || Symbols::of(files, &views),
    );
    let (across, units) = rayon::join(
        || across(&symbols),
        || {
            let positions = files.positions().into_par_iter();
            positions
                .map(|at| match known.contains(&closure(at)) {
                    // What is wrong with it is said on the other side.
                    true => Err(closure(at)),
                    false => {
                        let (unit, found) = lower(&symbols, &features, at);
                        Ok((Arc::new(unit), found))
                    }
                })
                .collect()
        },
    );
    Made { across, units }
}

impl Made {
    /// The release, with what it shares taken from `shared`.
    fn into_set(self, shared: &[Arc<Unit>], found: &mut Diagnostics) -> SchemaSet {
        let known: NameMap<ContentHash, &Arc<Unit>> =
            shared.iter().map(|unit| (unit.closure, unit)).collect();
        found.absorb(self.across);
        let mut is_shared = true;
        let units = self.units.into_iter().map(|made| match made {
            Ok((unit, more)) => {
                is_shared = false;
                found.absorb(more);
                unit
            }
            Err(closure) => Arc::clone(known[&closure]),
        });
        let set = SchemaSet {
            units: units.collect(),
            attr_table: attrs::TABLE,
        };
        if !is_shared {
            extension_numbers(&set, found);
        }
        set
    }
}

/// Reports names that two files declare.
fn across(symbols: &Symbols<'_>) -> Diagnostics {
    let mut found = Diagnostics::default();
    let mut values: NameMap<String, Span> = NameMap::default();
    for file in symbols.set.positions() {
        let view = &symbols.views[file as usize];
        let ast = &view.file.ast;
        for decl in view.decls.iter().filter(|decl| decl.parent.is_none()) {
            let Some(first) = symbols.get(&decl.name) else {
                continue;
            };
            let here = place(decl.kind);
            if first.file != file {
                let there = place(symbols.decl(first).kind);
                report_twice(&decl.name, here, there, &mut found);
            } else if let Some(other) = symbols.package(&decl.name) {
                let other = &symbols.views[other as usize].file;
                found
                    .report(
                        &rules::PROTO_DUPLICATE_NAME,
                        format_args!("`{}` is a package as well", decl.name),
                    )
                    .at(here, "declared here")
                    .note(format_args!("`{}` has the package", other.path));
            }
        }
        for item in &ast.items {
            let FileItem::Enum(decl) = item else { continue };
            for value in super::model::enum_values(decl) {
                let mut name = view.package.clone();
                super::symbols::enter(&mut name, ast.ident(value.name));
                let here = value.name.span;
                let other = symbols.get(&name).filter(|other| other.file != file);
                let first = other.map(|other| place(symbols.decl(other).kind));
                let first = first.or_else(|| values.get(&name).copied());
                match first {
                    Some(first) if first.file != here.file => {
                        report_twice(&name, here, first, &mut found);
                    }
                    _ => {
                        values.insert(name, here);
                    }
                }
            }
        }
    }
    found
}

fn report_twice(name: &str, here: Span, first: Span, found: &mut Diagnostics) {
    found
        .report(
            &rules::PROTO_DUPLICATE_NAME,
            format_args!("two files declare `{name}`"),
        )
        .at(here, "again here")
        .also(first, "first here");
}

fn place(kind: DeclKind<'_>) -> Span {
    let Ident { span } = match kind {
        DeclKind::Message(body) => body.name,
        DeclKind::Enum(decl) => decl.name,
        DeclKind::Service(service) => service.name,
        DeclKind::Extension(field, _) => field.name,
    };
    span
}

/// Reports numbers of a message that two extensions take.
fn extension_numbers(set: &SchemaSet, found: &mut Diagnostics) {
    let mut all: Vec<(&str, u32, &str, Span)> = set
        .units
        .iter()
        .flat_map(|unit| &unit.extensions)
        .map(|extension| {
            let number = &extension.field.number;
            (
                &*extension.extendee,
                number.node,
                &*extension.name,
                number.span,
            )
        })
        .collect();
    // By path, not by the order in which files were read.
    all.sort_by_key(|(extendee, number, _, _)| (*extendee, *number));
    for run in all.chunk_by(|l, r| (l.0, l.1) == (r.0, r.1)) {
        let (extendee, number, first_name, first) = run[0];
        for (_, _, name, again) in &run[1..] {
            found
                .report(
                    &rules::PROTO_NUMBER,
                    format_args!("two extensions of `{extendee}` have the number {number}"),
                )
                .at(*again, format_args!("again here, for `{name}`"))
                .also(first, format_args!("first here, for `{first_name}`"));
        }
    }
}
