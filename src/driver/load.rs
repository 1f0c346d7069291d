//! Contract files to contracts: found, read, parsed, their imports loaded, lowered. In that order,
//! and in parallel only where the order of results is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::contract::{self, Contract, Imports};
use crate::diag::{Diagnostics, LevelTable, Phase, Waiver, parse_waivers};
use crate::fs::{EntryKind, ReadFs};
use crate::ingest::{AVRO_SUFFIX, ImportRef, Imported, Input, Loader};
use crate::rules;
use crate::syntax::{
    self, ContractAst, MAX_FILE_BYTES, PathText, bytes_to_text, parse_contract, report_unreadable,
};
use crate::text::{ContentHash, RelPath, Side, SourceMap, Span, Spanned};

use super::payloads::{self, Import, Kind, Payload, Tree};

/// What the name of a contract file ends in.
pub(super) const CONTRACT_SUFFIX: &str = ".cherry.yaml";

/// Folders that hold no contracts, whatever else they hold.
pub(super) const SKIPPED_FOLDERS: [&str; 2] = ["node_modules", "target"];

/// Deepest folder that the walk enters; a deeper one is a mistake of some other tool.
pub(super) const MAX_FOLDER_DEPTH: usize = 64;

/// A contract with everything that its meaning depends on.
#[derive(Debug, Clone)]
pub(super) struct Loaded {
    pub(super) contract: Contract,
    /// The contract file and the closure of its imports.
    pub(super) inputs: BTreeMap<RelPath, Option<ContentHash>>,
    /// Everything that it imports.
    pub(super) documents: Vec<ImportedDocument>,
    /// What the payloads of its events satisfy, in their order; `None` for what cannot be read.
    pub(super) payloads: Vec<Option<Payload>>,
    /// The trees of Protobuf files that it imports, by alias.
    pub(super) trees: Vec<(String, Arc<Tree>)>,
}

/// A document, or a tree of files, that a contract imports.
#[derive(Debug, Clone)]
pub(super) struct ImportedDocument {
    /// What the contract calls it.
    pub(super) alias: String,
    /// Where that is written.
    pub(super) at: Span,
    /// What it is imported as.
    pub(super) kind: ImportKind,
    /// Where it lies.
    pub(super) path: RelPath,
}

/// What a document is imported as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ImportKind {
    /// `openapi`: its calls are the contract's.
    Calls,
    /// `asyncapi`: its messages may be the contract's.
    Messages,
    /// `schema`: its values may be those of the contract's events.
    Values,
    /// `schema` with the name of an Avro schema: its types may be those of the contract's events.
    Datums,
    /// `proto`: its messages may be the contract's.
    Records,
}

/// Everything that one run has read.
pub(super) struct Loads {
    pub(super) sources: SourceMap,
    pub(super) contracts: Vec<Loaded>,
    pub(super) levels: LevelTable,
    pub(super) diagnostics: Diagnostics,
}

/// The contract files that `roots` select, sorted; `skip` are folders of artifacts.
pub(super) fn discover(
    fs: &dyn ReadFs,
    roots: &[RelPath],
    skip: &[RelPath],
    sink: &mut Diagnostics,
) -> Vec<RelPath> {
    let mut found = Vec::new();
    for root in roots {
        match fs.kind(root) {
            Some(EntryKind::Dir) => walk(fs, root, skip, 0, &mut found, sink),
            // Whether it can be read is for the reader to say; a missing file is reported there.
            _ => found.push(root.clone()),
        }
    }
    found.sort();
    found.dedup();
    found
}

fn walk(
    fs: &dyn ReadFs,
    dir: &RelPath,
    skip: &[RelPath],
    depth: usize,
    found: &mut Vec<RelPath>,
    sink: &mut Diagnostics,
) {
    let entries = match fs.list(dir) {
        Ok(entries) => entries,
        Err(error) => {
            report_unreadable(dir, &error, None, sink);
            return;
        }
    };
    for (path, kind) in entries {
        match kind {
            EntryKind::File if path.file_name().ends_with(CONTRACT_SUFFIX) => found.push(path),
            EntryKind::File | EntryKind::Astray | EntryKind::Unnamed => {}
            EntryKind::Dir => {
                let name = path.file_name();
                let skipped = name.starts_with('.')
                    || SKIPPED_FOLDERS.contains(&name)
                    || skip.contains(&path);
                if !skipped && depth < MAX_FOLDER_DEPTH {
                    walk(fs, &path, skip, depth + 1, found, sink);
                }
            }
        }
    }
}

/// The baseline that the contract at `path` names; `None` also when it cannot be read.
pub(super) fn baseline(fs: &dyn ReadFs, path: &RelPath) -> Option<String> {
    let bytes = fs.read(path, MAX_FILE_BYTES).ok()?;
    let text = bytes_to_text(bytes).ok()?;
    let mut sources = SourceMap::default();
    let file = sources.add(path.clone(), Side::New, Arc::clone(&text));
    let ast = parse_contract(file, &text).into(&mut Diagnostics::default())?;
    let baseline = ast.compat?.node.baseline?;
    Some(baseline.node.as_str().to_owned())
}

/// A contract file with the hash of its bytes, before anything is known of its meaning.
struct Parsed {
    path: RelPath,
    hash: Option<ContentHash>,
    ast: Option<ContractAst>,
}

/// Reads, parses and lowers contracts. `paths` are sorted.
pub(super) fn load(fs: &dyn ReadFs, paths: &[RelPath], today: Option<&str>) -> Loads {
    let mut diagnostics = Diagnostics::default();
    let mut sources = SourceMap::default();
    let mut levels = LevelTable::default();
    let contracts = load_side(fs, paths, Side::New, &mut sources, &mut diagnostics);
    for loaded in &contracts {
        for (rule, level) in &loaded.contract.levels {
            levels.set(loaded.contract.name_span.file.index(), rule, *level);
        }
    }
    waivers(fs, today, &mut sources, &mut levels, &mut diagnostics);
    Loads {
        sources,
        contracts,
        levels,
        diagnostics,
    }
}

/// The same for one side of a comparison, or for the only one.
pub(super) fn load_side(
    fs: &dyn ReadFs,
    paths: &[RelPath],
    side: Side,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Vec<Loaded> {
    let parsed = parse(fs, paths, side, sources, diagnostics);

    let mut refs: Vec<ImportRef> = Vec::new();
    let aliases: Vec<Vec<(String, Alias)>> = parsed
        .iter()
        .map(|file| {
            let imports = file
                .ast
                .iter()
                .flat_map(|ast| &ast.imports)
                .flat_map(|imports| imports.node.iter());
            imports
                .map(|(alias, import)| {
                    let mut resolve = |path: &Spanned<PathText>| {
                        ImportRef::resolve(&file.path, path.node.as_str(), path.span, diagnostics)
                    };
                    let alias = alias.node.to_string();
                    if let Some(path) = &import.openapi {
                        let index = resolve(path).map(|import| {
                            refs.push(import);
                            refs.len() - 1
                        });
                        return (alias, Alias::Calls(index));
                    }
                    if let Some(path) = &import.proto {
                        let include = import.include.iter().flat_map(|list| &list.node);
                        let include = include
                            .map(|text| Spanned::new(text.node.as_str().to_owned(), text.span));
                        return (alias, Alias::Records(resolve(path), include.collect()));
                    }
                    let path = import.asyncapi.as_ref().or(import.schema.as_ref());
                    let import = path.and_then(&mut resolve);
                    let is_avro =
                        |import: &ImportRef| import.path.file_name().ends_with(AVRO_SUFFIX);
                    match import {
                        Some(import) if is_avro(&import) => (alias, Alias::Datums(import)),
                        import => (alias, Alias::Values(import)),
                    }
                })
                .collect()
        })
        .collect();
    let imported = Loader::new(fs, side).load(&refs, sources).into(diagnostics);

    let lowered: Vec<Phase<Option<Loaded>>> = parsed
        .par_iter()
        .zip(&aliases)
        .map(|(file, aliases)| match &file.ast {
            Some(ast) => lower(file, ast, aliases, &refs, &imported),
            None => Phase::clean(None),
        })
        .collect();
    let mut loaded: Vec<Loaded> = Vec::new();
    let mut imports: Vec<Vec<(String, Import)>> = Vec::new();
    for (phase, aliases) in lowered.into_iter().zip(aliases) {
        if let Some(contract) = phase.into(diagnostics) {
            loaded.push(contract);
            let named = aliases.into_iter().filter_map(|(alias, import)| {
                let (import, kind) = match import {
                    Alias::Calls(index) => (refs.get(index?)?.clone(), Kind::Calls),
                    Alias::Values(import) => (import?, Kind::Values),
                    Alias::Records(import, include) => (import?, Kind::Records(include)),
                    Alias::Datums(import) => (import, Kind::Datums),
                };
                Some((alias, Import { import, kind }))
            });
            imports.push(named.collect());
        }
    }
    payloads::read(fs, side, &mut loaded, &imports, sources, diagnostics);
    loaded
}

/// What an alias of a contract stands for; absent when its path could not be resolved.
enum Alias {
    /// An OpenAPI document, by its number among the imports.
    Calls(Option<usize>),
    /// Any other document.
    Values(Option<ImportRef>),
    /// A tree of Protobuf files, and patterns of those that count.
    Records(Option<ImportRef>, Vec<Spanned<String>>),
    /// An Avro schema.
    Datums(ImportRef),
}

/// Where the workspace keeps its waivers.
pub(super) const WAIVERS: &str = "cherry.waivers.toml";

fn waivers(
    fs: &dyn ReadFs,
    today: Option<&str>,
    sources: &mut SourceMap,
    levels: &mut LevelTable,
    sink: &mut Diagnostics,
) {
    for (waiver, files) in read_waivers(fs, today, sources, sink) {
        levels.waive(&waiver.rule, files);
    }
}

/// The waivers of the workspace, each with the indexes of the files that it covers.
pub(super) fn read_waivers(
    fs: &dyn ReadFs,
    today: Option<&str>,
    sources: &mut SourceMap,
    sink: &mut Diagnostics,
) -> Vec<(Waiver, BTreeSet<usize>)> {
    let path = RelPath::new(WAIVERS).expect("a plain name is a path");
    if fs.kind(&path).is_none() {
        return Vec::new();
    }
    let text = match fs.read(&path, MAX_FILE_BYTES).map(bytes_to_text) {
        Ok(Ok(text)) => text,
        Ok(Err(problem)) => {
            let file = sources.add(path, Side::New, problem.text());
            problem.report(file, sink);
            return Vec::new();
        }
        Err(error) => {
            report_unreadable(&path, &error, None, sink);
            return Vec::new();
        }
    };
    let file = sources.add(path, Side::New, Arc::clone(&text));
    let waivers = parse_waivers(file, &text, today, &rules::find).into(sink);
    waivers
        .into_iter()
        .map(|waiver| {
            let all = sources.files().iter().enumerate();
            let covered = all.filter(|(_, file)| file.path().is_below(&waiver.path));
            let files = covered.map(|(at, _)| at).collect();
            (waiver, files)
        })
        .collect()
}

fn parse(
    fs: &dyn ReadFs,
    paths: &[RelPath],
    side: Side,
    sources: &mut SourceMap,
    sink: &mut Diagnostics,
) -> Vec<Parsed> {
    let read: Vec<_> = paths
        .par_iter()
        .map(|path| {
            let bytes = fs.read(path, MAX_FILE_BYTES)?;
            Ok((ContentHash::of(&bytes), bytes_to_text(bytes)))
        })
        .collect();
    let mut texts = Vec::new();
    for (path, read) in paths.iter().zip(read) {
        texts.push(match read {
            Ok((hash, Ok(text))) => {
                let file = sources.add(path.clone(), side, Arc::clone(&text));
                (Some(hash), Some((file, text)))
            }
            Ok((hash, Err(problem))) => {
                let file = sources.add(path.clone(), side, problem.text());
                problem.report(file, sink);
                (Some(hash), None)
            }
            Err(error) => {
                report_unreadable(path, &error, None, sink);
                (None, None)
            }
        });
    }
    let trees: Vec<Phase<Option<ContractAst>>> = texts
        .par_iter()
        .map(|(_, text)| match text {
            Some((file, text)) => parse_contract(*file, text),
            None => Phase::clean(None),
        })
        .collect();
    let files = paths.iter().zip(texts).zip(trees);
    files
        .map(|((path, (hash, _)), tree)| Parsed {
            path: path.clone(),
            hash,
            ast: tree.into(sink),
        })
        .collect()
}

fn lower(
    file: &Parsed,
    ast: &ContractAst,
    aliases: &[(String, Alias)],
    refs: &[ImportRef],
    imported: &[Imported],
) -> Phase<Option<Loaded>> {
    let calls = aliases.iter().filter_map(|(alias, import)| match import {
        Alias::Calls(index) => Some((alias, *index)),
        Alias::Values(_) | Alias::Records(..) | Alias::Datums(_) => None,
    });
    let imports: Imports = calls
        .clone()
        .map(|(alias, index)| {
            (
                alias.clone(),
                index.and_then(|index| imported[index].api.clone()),
            )
        })
        .collect();
    let Phase { value, diagnostics } = contract::lower(ast, &file.path, &imports, &rules::find);
    let value = value.map(|contract| {
        let mut inputs = BTreeMap::from([(file.path.clone(), file.hash)]);
        for Input { path, hash } in calls
            .filter_map(|(_, index)| index)
            .flat_map(|index| imported[index].inputs.iter())
        {
            inputs.insert(path.clone(), *hash);
        }
        let written = ast.imports.iter().flat_map(|imports| imports.node.iter());
        let documents = written
            .zip(aliases)
            .filter_map(|(written, (alias, import))| {
                let (kind, import) = match import {
                    Alias::Calls(index) => (ImportKind::Calls, refs.get((*index)?)?),
                    Alias::Values(import) if written.1.asyncapi.is_some() => {
                        (ImportKind::Messages, import.as_ref()?)
                    }
                    Alias::Values(import) => (ImportKind::Values, import.as_ref()?),
                    Alias::Datums(import) => (ImportKind::Datums, import),
                    Alias::Records(import, _) => (ImportKind::Records, import.as_ref()?),
                };
                Some(ImportedDocument {
                    alias: alias.clone(),
                    at: written.0.span,
                    kind,
                    path: import.path.clone(),
                })
            });
        Loaded {
            contract,
            inputs,
            documents: documents.collect(),
            payloads: Vec::new(),
            trees: Vec::new(),
        }
    });
    Phase { value, diagnostics }
}

/// Reports that nothing was selected.
pub(super) fn report_nothing(roots: &[RelPath], sink: &mut Diagnostics) {
    let places = roots
        .iter()
        .map(|root| format!("`{root}`"))
        .collect::<Vec<_>>()
        .join(", ");
    sink.report(
        &syntax::rules::FILE_UNREADABLE,
        format_args!("no contract in {places}"),
    )
    .note(format_args!(
        "contracts are files whose name ends in `{CONTRACT_SUFFIX}`"
    ))
    .help("write one with `cherryc init`, or name a file");
}
