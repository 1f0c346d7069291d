//! Our side of a comparison: two trees in, the findings that the command prints as JSON out.

use cherry_testkit::buf::Fired;
use cherryc::{Compiler, DiffChoices, Format, MemoryFs, RelPath, Release, RenderOptions};
use serde::Deserialize;

use super::matrix::Both;
use crate::harness::{Tree, memory};

/// What ids of the reference begin with.
const PEER: &str = "buf:";

/// A finding, as the JSON of a comparison has it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Finding {
    pub(super) rule: String,
    #[serde(default)]
    pub(super) peers: Vec<String>,
    pub(super) severity: String,
    pub(super) message: String,
    pub(super) location: Option<Location>,
    pub(super) old_location: Option<Location>,
    pub(super) breaks: Option<Breaks>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Location {
    pub(super) path: String,
    pub(super) start_line: u32,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Breaks {
    pub(super) binary: Option<Both>,
    pub(super) json: Option<Both>,
    pub(super) source: Option<Both>,
}

#[derive(Debug, Deserialize)]
struct Compared {
    #[serde(default)]
    findings: Vec<Finding>,
}

impl Finding {
    /// Where the reference's rules fire, as many times as it has ids of theirs.
    pub(super) fn fired(&self) -> impl Iterator<Item = Fired> {
        let ids = self.peers.iter().filter_map(|peer| peer.strip_prefix(PEER));
        ids.map(|id| Fired {
            path: self.location.as_ref().map(|place| place.path.clone()),
            line: self.location.as_ref().map_or(0, |place| place.start_line),
            rule: id.to_owned(),
        })
    }

    /// Everything that tells which file it is about, in words.
    pub(super) fn places(&self) -> String {
        let places = [&self.location, &self.old_location].into_iter().flatten();
        let paths: Vec<&str> = places.map(|place| place.path.as_str()).collect();
        format!("{} {}", paths.join(" "), self.message)
    }
}

/// Compares two trees under names of rules; everything when there are none.
///
/// # Errors
/// What is printed when a side does not compile.
pub(super) fn compare(old: &Tree, new: &Tree, rules: &[&str]) -> Result<Vec<Finding>, String> {
    let (old, new) = (memory(old), memory(new));
    let mut choices = DiffChoices::default();
    if !rules.is_empty() {
        let names: Vec<String> = rules.iter().map(|&name| name.to_owned()).collect();
        choices.rules(&names)?;
    }
    let nothing = MemoryFs::new();
    let release = |fs, name: &str| Release {
        fs,
        paths: vec![RelPath::root()],
        name: name.to_owned(),
        may_lack: false,
    };
    let compared =
        Compiler::new(&nothing).diff(&release(&old, "old"), &release(&new, "new"), &choices);
    let text = compared.render(Format::Json, RenderOptions::default());
    if compared.summary.is_none() {
        return Err(text);
    }
    let compared: Compared =
        serde_json::from_str(&text).map_err(|error| format!("{error}: {text}"))?;
    Ok(compared.findings)
}
