//! What the messages of contracts hold: the schemas that they refer to, read and checked.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::load::Loaded;
use crate::contract::{self, rules::UNKNOWN_SCHEMA};
use crate::diag::Diagnostics;
use crate::fs::ReadFs;
use crate::ingest::{Described, ImportRef, Input, Parted, describe_parts};
use crate::schema::{Description, Use};
use crate::text::{RelPath, Side, SourceMap};

/// What the payload of an event satisfies.
#[derive(Debug, Clone)]
pub(super) struct Payload {
    /// The document that describes it.
    pub(super) description: Arc<Description>,
    /// The shape in it.
    pub(super) used: Use,
}

/// A document that a contract imports.
pub(super) struct Import {
    /// Which.
    pub(super) import: ImportRef,
    /// Whether its own reader said what is wrong with it.
    pub(super) is_read: bool,
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
        for (
            alias,
            Import {
                import,
                is_read: was,
            },
        ) in imports
        {
            let parts = parts_of(contract, alias);
            // A document of calls was read for them; again only for what messages hold.
            if *was && parts.is_empty() {
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
            *is_read.entry(import.path.clone()).or_default() |= *was;
        }
    }
    if wanted.is_empty() {
        return;
    }
    let wanted: Vec<Parted> = wanted.into_values().collect();
    let mut described: BTreeMap<&RelPath, (&Parted, Described)> = BTreeMap::new();
    let had_errors = sink.has_errors();
    let mut found = Diagnostics::default();
    let documents = describe_parts(fs, side, &wanted, sources, &mut found);
    for (parted, document) in wanted.iter().zip(documents) {
        described.insert(&parted.path, (parted, document));
    }
    // What keeps a document of calls from being read was said when it was read for its calls.
    let is_said = had_errors && is_read.values().any(|is_read| *is_read);
    if !is_said {
        sink.absorb(found);
    }
    for (contract, imports) in loaded.iter_mut().zip(imports) {
        check(contract, imports, &described, sink);
    }
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

fn check(
    loaded: &mut Loaded,
    imports: &[(String, Import)],
    described: &BTreeMap<&RelPath, (&Parted, Described)>,
    sink: &mut Diagnostics,
) {
    let by_alias: BTreeMap<&str, &(&Parted, Described)> = imports
        .iter()
        .filter_map(|(alias, import)| Some((alias.as_str(), described.get(&import.import.path)?)))
        .collect();
    for (_, document) in by_alias.values() {
        for Input { path, hash } in &document.inputs {
            loaded.inputs.insert(path.clone(), *hash);
        }
    }
    let mut payloads = Vec::new();
    for event in &loaded.contract.events {
        let schema = event.schema.as_ref();
        let found = schema.and_then(|schema| {
            let (parted, document) = by_alias.get(&*schema.alias)?;
            let description = document.description.as_ref()?;
            let at = parted.parts.iter().position(|part| *part == schema.pointer)?;
            let used = document.parts.get(at).copied().flatten();
            if used.is_none() {
                sink.report(
                    &UNKNOWN_SCHEMA,
                    format_args!("`{}` has no schema `#{}`", parted.path, schema.pointer),
                )
                .at(schema.span, "referred to here")
                .also(description.span, "not in this document")
                .help("write the name of a schema or message of the document, or a JSON Pointer to one");
            }
            Some(Payload {
                description: Arc::clone(description),
                used: used?,
            })
        });
        payloads.push(found);
    }
    let handed: Vec<Option<contract::Payload<'_>>> = payloads
        .iter()
        .map(|payload| {
            let payload = payload.as_ref()?;
            Some(contract::Payload {
                shapes: &payload.description.shapes,
                used: payload.used,
            })
        })
        .collect();
    contract::check_marks(&loaded.contract, &handed, sink);
    loaded.payloads = payloads;
}
