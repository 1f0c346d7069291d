//! What the messages of contracts hold: the schemas that they refer to, read and checked.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::load::Loaded;
use crate::contract::{self, SchemaRef, rules::UNKNOWN_SCHEMA};
use crate::diag::Diagnostics;
use crate::fs::ReadFs;
use crate::ingest::proto::read_proto_tree;
use crate::ingest::{Described, ImportRef, Input, Part, Parted, describe_parts, read_avro};
use crate::schema::{self, DatumId, Datums, Description, SchemaSet, TypeKind, Use};
use crate::text::{ContentHash, Likeness, RelPath, Side, SourceMap, Spanned, nearest};

/// What the payload of an event satisfies.
#[derive(Debug, Clone)]
pub(super) enum Payload {
    /// A shape of a document.
    Value(Arc<Description>, Use),
    /// A message of a tree of Protobuf files, by its full name.
    Record(Arc<Tree>, Arc<str>),
    /// A type of an Avro schema.
    Datum(Arc<Datums>, DatumId),
}

impl Payload {
    /// The same as those take it who do not own it.
    pub(super) fn borrow(&self) -> schema::Payload<'_> {
        match self {
            Payload::Value(description, used) => schema::Payload::Value(description, *used),
            Payload::Record(tree, name) => schema::Payload::Record(&tree.set, name),
            Payload::Datum(datums, ty) => schema::Payload::Datum(datums, *ty),
        }
    }
}

/// A tree of Protobuf files.
#[derive(Debug)]
pub(super) struct Tree {
    /// Everything that its files declare, with what they import.
    pub(super) set: SchemaSet,
    /// The files that the contract speaks of.
    pub(super) files: BTreeSet<RelPath>,
}

/// A document that a contract imports.
pub(super) struct Import {
    /// Which.
    pub(super) import: ImportRef,
    /// Of which kind.
    pub(super) kind: Kind,
}

/// What an import is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A document of calls, whose own reader said what is wrong with it.
    Calls,
    /// Any other document.
    Values,
    /// Protobuf files: patterns of those that count.
    Records(Vec<Spanned<String>>),
    /// An Avro schema.
    Datums,
}

/// Reads the payloads of contracts and checks what they must hold. `imports` are those of each
/// contract by alias.
pub(super) fn read(
    fs: &dyn ReadFs,
    side: Side,
    loaded: &mut [Loaded],
    imports: &[Vec<(String, Import)>],
    sources: &mut SourceMap,
    sink: &mut Diagnostics,
) {
    let mut wanted: BTreeMap<RelPath, Parted> = BTreeMap::new();
    let mut is_read: BTreeMap<RelPath, bool> = BTreeMap::new();
    for (contract, imports) in loaded.iter().zip(imports) {
        for (alias, Import { import, kind }) in imports {
            let was = *kind == Kind::Calls;
            if !was && *kind != Kind::Values {
                continue;
            }
            let parts = parts_of(contract, alias);
            // A document of calls was read for them; again only for what messages hold.
            if was && parts.is_empty() {
                continue;
            }
            let parted = wanted.entry(import.path.clone()).or_insert_with(|| Parted {
                path: import.path.clone(),
                at: import.at,
                parts: Vec::new(),
            });
            for part in parts {
                if !parted.parts.contains(&part) {
                    parted.parts.push(part);
                }
            }
            *is_read.entry(import.path.clone()).or_default() |= was;
        }
    }
    let wanted: Vec<Parted> = wanted.into_values().collect();
    let mut all = Read {
        described: BTreeMap::new(),
        trees: BTreeMap::new(),
        datums: BTreeMap::new(),
    };
    let had_errors = sink.has_errors();
    let mut found = Diagnostics::default();
    let documents = describe_parts(fs, side, &wanted, sources, &mut found);
    for (parted, document) in wanted.iter().zip(documents) {
        all.described.insert(&parted.path, (parted, document));
    }
    // What keeps a document of calls from being read was said when it was read for its calls.
    let is_said = had_errors && is_read.values().any(|is_read| *is_read);
    if !is_said {
        sink.absorb(found);
    }
    for (_, Import { import, kind }) in imports.iter().flatten() {
        match kind {
            Kind::Records(include) => {
                let key = (import.path.clone(), texts(include));
                all.trees.entry(key).or_insert_with(|| {
                    let tree = read_proto_tree(fs, import, include, side, sources, sink);
                    let files = tree.files;
                    let made = tree.set.map(|set| Arc::new(Tree { set, files }));
                    (made, tree.inputs)
                });
            }
            Kind::Datums => {
                all.datums.entry(import.path.clone()).or_insert_with(|| {
                    let file = read_avro(fs, &import.path, side, Some(import.at), sources, sink);
                    (file.datums.map(Arc::new), file.hash)
                });
            }
            Kind::Calls | Kind::Values => {}
        }
    }
    for (contract, imports) in loaded.iter_mut().zip(imports) {
        all.check(contract, imports, sink);
    }
}

fn texts(patterns: &[Spanned<String>]) -> Vec<String> {
    patterns
        .iter()
        .map(|pattern| pattern.node.clone())
        .collect()
}

/// The parts of a document that the events of a contract refer to.
fn parts_of(loaded: &Loaded, alias: &str) -> Vec<Box<str>> {
    let schemas = loaded
        .contract
        .events
        .iter()
        .flat_map(|event| &event.schema);
    schemas
        .filter(|schema| *schema.alias == *alias)
        .map(|schema| schema.pointer.clone())
        .collect()
}

/// Trees by folder and patterns, with every file that they come from.
type Trees = BTreeMap<(RelPath, Vec<String>), (Option<Arc<Tree>>, Vec<Input>)>;

/// Everything that the contracts of a side import, once each.
struct Read<'w> {
    described: BTreeMap<&'w RelPath, (&'w Parted, Described)>,
    trees: Trees,
    datums: BTreeMap<RelPath, (Option<Arc<Datums>>, Option<ContentHash>)>,
}

impl Read<'_> {
    fn check(&self, loaded: &mut Loaded, imports: &[(String, Import)], sink: &mut Diagnostics) {
        for (alias, Import { import, kind }) in imports {
            match kind {
                Kind::Calls | Kind::Values => {
                    let document = self.described.get(&import.path);
                    let inputs = document.iter().flat_map(|(_, document)| &document.inputs);
                    for Input { path, hash } in inputs {
                        loaded.inputs.insert(path.clone(), *hash);
                    }
                }
                Kind::Records(include) => {
                    let (tree, inputs) = &self.trees[&(import.path.clone(), texts(include))];
                    for Input { path, hash } in inputs {
                        loaded.inputs.insert(path.clone(), *hash);
                    }
                    let tree = tree.iter().map(|tree| (alias.clone(), Arc::clone(tree)));
                    loaded.trees.extend(tree);
                }
                Kind::Datums => {
                    let (_, hash) = &self.datums[&import.path];
                    loaded.inputs.insert(import.path.clone(), *hash);
                }
            }
        }
        let payloads: Vec<Option<Payload>> = loaded
            .contract
            .events
            .iter()
            .map(|event| {
                let schema = event.schema.as_ref()?;
                let (_, import) = imports.iter().find(|(alias, _)| **alias == *schema.alias)?;
                self.payload(schema, import, sink)
            })
            .collect();
        let handed: Vec<Option<schema::Payload<'_>>> = payloads
            .iter()
            .map(|payload| payload.as_ref().map(Payload::borrow))
            .collect();
        contract::check_marks(&loaded.contract, &handed, sink);
        loaded.payloads = payloads;
    }

    /// What a reference leads to; that it leads nowhere is reported.
    fn payload(
        &self,
        schema: &SchemaRef,
        Import { import, kind }: &Import,
        sink: &mut Diagnostics,
    ) -> Option<Payload> {
        match kind {
            Kind::Calls | Kind::Values => {
                let (parted, document) = self.described.get(&import.path)?;
                let description = document.description.as_ref()?;
                let at = parted
                    .parts
                    .iter()
                    .position(|part| *part == schema.pointer)?;
                let part = document.parts.get(at).cloned().flatten();
                if part.is_none() {
                    sink.report(
                        &UNKNOWN_SCHEMA,
                        format_args!("`{}` has no schema `#{}`", parted.path, schema.pointer),
                    )
                    .at(schema.span, "referred to here")
                    .also(description.span, "not in this document")
                    .help("write the name of a schema or message of the document, or a JSON Pointer to one");
                }
                Some(match part? {
                    Part::Value(used) => Payload::Value(Arc::clone(description), used),
                    Part::Datum(datums) => {
                        let root = datums.root;
                        Payload::Datum(datums, root)
                    }
                })
            }
            Kind::Records(include) => {
                let (tree, _) = &self.trees[&(import.path.clone(), texts(include))];
                message(tree.as_ref()?, schema, import, sink)
            }
            Kind::Datums => {
                let (datums, _) = &self.datums[&import.path];
                let datums = datums.as_ref()?;
                let name = schema.pointer.trim_start_matches('/');
                if name.is_empty() {
                    return Some(Payload::Datum(Arc::clone(datums), datums.root));
                }
                let found = datums.named(name);
                if found.is_none() {
                    let types = datums.types.iter();
                    let names = types.filter_map(|ty| ty.kind.name());
                    let near = nearest(name, names.map(|name| &*name.full), &Likeness::GIVEN);
                    let help = match near {
                        Some(near) => format!("did you mean `{}#/{near}`?", schema.alias),
                        None => format!("write `{}#/` for the whole schema", schema.alias),
                    };
                    sink.report(
                        &UNKNOWN_SCHEMA,
                        format_args!("`{}` has no type `{name}`", import.path),
                    )
                    .at(schema.span, "referred to here")
                    .also(datums.span, "not in this schema")
                    .help(help);
                }
                Some(Payload::Datum(Arc::clone(datums), found?))
            }
        }
    }
}

/// The message that a reference names.
fn message(
    tree: &Arc<Tree>,
    schema: &SchemaRef,
    import: &ImportRef,
    sink: &mut Diagnostics,
) -> Option<Payload> {
    let name = schema.pointer.trim_start_matches('/');
    let types = || tree.set.units.iter().flat_map(|unit| &unit.types);
    let messages = || types().filter(|ty| matches!(ty.kind, TypeKind::Record(_)));
    if let Some(found) = messages().find(|ty| *ty.name == *name) {
        return Some(Payload::Record(Arc::clone(tree), Arc::clone(&found.name)));
    }
    let short = |full: &str| full.rsplit('.').next().unwrap_or(full).to_owned();
    let near = messages()
        .map(|ty| &*ty.name)
        .find(|full| short(full) == short(name))
        .or_else(|| nearest(name, messages().map(|ty| &*ty.name), &Likeness::GIVEN));
    let is_enum = types().any(|ty| *ty.name == *name);
    let headline = match is_enum {
        true => format!("`{name}` is an enum, which no message is"),
        false => format!("`{}` has no message `{name}`", import.path),
    };
    let draft = sink
        .report(&UNKNOWN_SCHEMA, headline)
        .at(schema.span, "referred to here")
        .also(import.at, "the files are these");
    match near {
        Some(near) => {
            let whole = format!("{}#/{near}", schema.alias);
            draft.fix(format_args!("write `{whole}`"), schema.span, &whole)
        }
        None => draft.help("write the full name of a message, with its package"),
    };
    None
}
