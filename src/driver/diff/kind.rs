//! What a side of a comparison is.

use super::Release;
use crate::diag::Diagnostics;
use crate::driver::load::CONTRACT_SUFFIX;
use crate::fs::EntryKind;
use crate::ingest::AVRO_SUFFIX;
use crate::syntax::report_unreadable;
use crate::syntax::rules::FILE_UNREADABLE;
use crate::text::RelPath;

/// What a side of a comparison is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum InputKind {
    /// A folder of whatever is compared.
    Folder,
    /// What of a folder is `.proto` files.
    ProtobufFolder,
    /// Named files that are no Protobuf, or not all of them.
    Files,
    /// Named `.proto` files.
    Protobuf,
    /// An OpenAPI, AsyncAPI or JSON Schema document.
    Document,
    /// An Avro schema.
    Avro,
    /// A contract.
    Contract,
}

impl InputKind {
    /// The kind in words.
    pub(super) fn words(self) -> &'static str {
        match self {
            InputKind::Folder => "a folder",
            InputKind::Files => "several files",
            InputKind::ProtobufFolder => "a folder of `.proto` files",
            InputKind::Protobuf => "a `.proto` file",
            InputKind::Document => "a YAML or JSON document",
            InputKind::Avro => "an Avro schema",
            InputKind::Contract => "a contract",
        }
    }

    /// The kind of a file by its name.
    pub(super) fn of_file(path: &RelPath) -> Option<Self> {
        let name = path.file_name();
        let ends = |end: &str| name.ends_with(end);
        if ends(".proto") {
            Some(InputKind::Protobuf)
        } else if ends(CONTRACT_SUFFIX) {
            Some(InputKind::Contract)
        } else if ends(AVRO_SUFFIX) {
            Some(InputKind::Avro)
        } else if ends(".yaml") || ends(".yml") || ends(".json") {
            Some(InputKind::Document)
        } else {
            None
        }
    }
}

impl Release<'_> {
    /// What the side is, by the names of its files; `None` when it is nothing that can be compared.
    pub fn kind(&self) -> Option<InputKind> {
        of(self, &mut Diagnostics::default())
    }
}

/// What a side is; what is nothing that can be compared is reported.
pub(super) fn of(side: &Release<'_>, sink: &mut Diagnostics) -> Option<InputKind> {
    let mut kind = None;
    for path in &side.paths {
        let this = match side.fs.kind(path) {
            Some(EntryKind::Dir) if side.paths.len() == 1 => Some(InputKind::Folder),
            Some(EntryKind::Dir) => {
                sink.report(
                    &FILE_UNREADABLE,
                    format_args!("`{path}` is a folder among files"),
                )
                .help("name one folder, or several files");
                return None;
            }
            Some(_) => InputKind::of_file(path),
            None if side.may_lack => {
                let file = InputKind::of_file(path);
                Some(file.unwrap_or(InputKind::Folder))
            }
            None => {
                report_missing(side, path, sink);
                return None;
            }
        };
        let Some(this) = this else {
            report_foreign(path, sink);
            return None;
        };
        kind = match kind {
            None => Some(this),
            Some(InputKind::Protobuf) if this == InputKind::Protobuf => kind,
            Some(_) => Some(InputKind::Files),
        };
    }
    kind
}

fn report_missing(side: &Release<'_>, path: &RelPath, sink: &mut Diagnostics) {
    if side.name.starts_with("git:") {
        sink.report(
            &FILE_UNREADABLE,
            format_args!("there is no `{path}` in `{}`", side.name),
        )
        .help("check the path; it is read from the top of the repository");
        return;
    }
    let error = std::io::Error::from(std::io::ErrorKind::NotFound);
    report_unreadable(path, &error, None, sink);
}

fn report_foreign(path: &RelPath, sink: &mut Diagnostics) {
    sink.report(
        &FILE_UNREADABLE,
        format_args!("cannot compare `{path}`: its name says nothing that is compared"),
    )
    .help(
        "name a contract, a `.proto` or `.avsc` file, a `.yaml` or `.json` document, or a folder",
    );
}
