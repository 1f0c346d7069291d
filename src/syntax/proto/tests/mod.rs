use std::sync::Arc;

use super::{ProtoFile, parse};
use crate::diag::{Findings, LevelTable, Phase};
use crate::text::{RelPath, Side, SourceMap};

mod dump;
mod oracle;
mod recovery;
mod spans;
mod tree;

/// Reads a file of this text.
fn read(text: &str) -> Phase<ProtoFile> {
    let mut sources = SourceMap::default();
    let text: Arc<str> = text.into();
    let path = RelPath::new("a.proto").expect("a plain name is a path");
    let file = sources.add(path, Side::New, Arc::clone(&text));
    parse(file, &text)
}

/// The file, about which there is nothing to say.
fn whole(text: &str) -> ProtoFile {
    let phase = read(text);
    let findings = phase.diagnostics.finish(&LevelTable::default());
    assert!(findings.is_empty(), "{:?}", headlines(&findings));
    assert!(!phase.value.is_broken);
    phase.value
}

fn headlines(findings: &Findings) -> Vec<&str> {
    findings.iter().map(|finding| finding.headline()).collect()
}
