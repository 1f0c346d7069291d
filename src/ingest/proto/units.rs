//! The face: releases to sets of units.

use std::collections::HashMap;
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
use crate::text::{ContentHash, Side, SourceMap, Span, aside};

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
    let new_set = units(&new_files, None, &mut found);
    let old_set = old.map(|old| {
        let other = (reuse == Reuse::Shared).then_some(&new_files);
        let old_files = Reader::read(old, Side::Old, other, sources, &mut found);
        let shared = other.map(|_| new_set.units.as_slice());
        let set = units(&old_files, shared, &mut found);
        aside(old_files);
        set
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

/// Makes the units of the files of a release; those that `shared` has are taken from there.
fn units(files: &FileSet, shared: Option<&[Arc<Unit>]>, found: &mut Diagnostics) -> SchemaSet {
    let known: HashMap<ContentHash, &Arc<Unit>> = shared
        .unwrap_or_default()
        .iter()
        .map(|unit| (unit.closure, unit))
        .collect();
    let is_all_known = files
        .positions()
        .all(|at| known.contains_key(&files.closure[at as usize]));
    let mut set = SchemaSet {
        units: Vec::new(),
        attr_table: attrs::TABLE,
    };
    if is_all_known {
        let units = files
            .positions()
            .map(|at| known[&files.closure[at as usize]]);
        set.units = units.map(Arc::clone).collect();
        return set;
    }
    let views: Vec<View<'_>> = files.files.par_iter().map(|file| View::of(file)).collect();
    let features: Vec<Vec<Features>> = views.par_iter().map(features_of).collect();
    let symbols = Symbols::of(files, views);
    across(&symbols, found);
    let lowered: Vec<(Arc<Unit>, Diagnostics)> = files
        .positions()
        .into_par_iter()
        .map(|at| match known.get(&files.closure[at as usize]) {
            // What is wrong with it was said on the other side.
            Some(unit) => (Arc::clone(unit), Diagnostics::default()),
            None => {
                let (unit, found) = lower(&symbols, &features, at);
                (Arc::new(unit), found)
            }
        })
        .collect();
    for (unit, more) in lowered {
        found.absorb(more);
        set.units.push(unit);
    }
    extension_numbers(&set, found);
    set
}

/// Reports names that two files declare.
fn across(symbols: &Symbols<'_>, found: &mut Diagnostics) {
    let mut values: HashMap<String, Span> = HashMap::new();
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
                report_twice(&decl.name, here, there, found);
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
                        report_twice(&name, here, first, found);
                    }
                    _ => {
                        values.insert(name, here);
                    }
                }
            }
        }
    }
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
