//! Documents in memory, what they give and what is said about them.

mod documents;
mod hostile;
mod pages;
mod references;

use std::fmt::Write;

use super::{ImportRef, Imported, Loader};
use crate::diag::LevelTable;
use crate::fs::{MemoryFs, WriteFs};
use crate::schema::ParamPlace;
use crate::text::{RelPath, Side, SourceMap, Span};

const CONTRACT: &str = "user.cherry.yaml";

/// What came of loading.
struct Outcome {
    imports: Vec<Imported>,
    sources: SourceMap,
    /// One line a finding: place, rule, headline; labels follow indented.
    said: String,
}

fn path(text: &str) -> RelPath {
    RelPath::new(text).expect("the paths of tests stay below the root")
}

fn memory(files: &[(&str, &str)]) -> MemoryFs {
    let fs = MemoryFs::new();
    for (name, text) in files {
        fs.write(&path(name), text.as_bytes())
            .expect("memory takes every file");
    }
    fs
}

/// Loads documents as imports of one contract.
fn load_all(fs: &MemoryFs, roots: &[&str]) -> Outcome {
    let mut sources = SourceMap::default();
    let contract = sources.add(path(CONTRACT), Side::New, "imports: here\n".into());
    let imports: Vec<ImportRef> = roots
        .iter()
        .map(|root| ImportRef {
            path: path(root),
            at: Span::new(contract, 9, 13),
        })
        .collect();
    let phase = Loader::new(fs, Side::New).load(&imports, &mut sources);
    let mut said = String::new();
    for finding in phase.diagnostics.finish(&LevelTable::default()).iter() {
        let place = |span: Span| {
            let at = sources.line_col(span.file, span.start);
            let file = sources.file(span.file).path();
            format!("{file}:{}:{}", at.line, at.column)
        };
        let primary = finding.primary().map(place).unwrap_or_default();
        writeln!(
            said,
            "{primary} {}: {}",
            finding.rule().name,
            finding.headline()
        )
        .expect("a string takes every text");
        for label in finding.labels().iter().filter(|label| !label.primary) {
            writeln!(said, "  {} {}", place(label.span), label.text)
                .expect("a string takes every text");
        }
        if let Some(help) = finding.help() {
            writeln!(said, "  = {help}").expect("a string takes every text");
        }
    }
    Outcome {
        imports: phase.value,
        sources,
        said,
    }
}

/// Loads the first of some files.
fn load(files: &[(&str, &str)]) -> Outcome {
    load_all(&memory(files), &[files[0].0])
}

impl Outcome {
    /// The operations of the first import, a line each: method, path, name and parameters.
    fn operations(&self) -> String {
        let Some(api) = &self.imports[0].api else {
            return "no api".to_owned();
        };
        let mut out = String::new();
        for operation in &api.operations {
            write!(out, "{} {}", operation.method, operation.path.node)
                .expect("a string takes every text");
            if let Some(id) = &operation.id {
                assert_eq!(self.sources.slice(id.span), &*id.node);
                write!(out, " {}", id.node).expect("a string takes every text");
            }
            for param in &operation.params {
                let place = match param.place {
                    ParamPlace::Path => "path",
                    ParamPlace::Query => "query",
                    ParamPlace::Header => "header",
                    ParamPlace::Cookie => "cookie",
                };
                let slash = if param.may_hold_slash { "/" } else { "" };
                write!(out, " {place}:{}{slash}", param.name).expect("a string takes every text");
            }
            out.push('\n');
        }
        out
    }

    /// Paths of the first import's files; what was not found has a `?`.
    fn inputs(&self) -> String {
        let names: Vec<String> = self.imports[0]
            .inputs
            .iter()
            .map(|input| {
                let mark = if input.hash.is_some() { "" } else { "?" };
                format!("{}{mark}", input.path)
            })
            .collect();
        names.join(" ")
    }
}

/// What is said about a document of version 3.1 with these components.
fn said_about(version: &str, components: &str) -> String {
    let text = format!("openapi: {version}\npaths: {{}}\ncomponents:\n{components}");
    load(&[("api.yaml", &text)]).said
}
