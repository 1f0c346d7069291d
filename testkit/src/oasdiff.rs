//! oasdiff, the reference for the compatibility of OpenAPI: run over two documents, read as plain data.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;

use crate::provision::require_or_skip;

/// The program, as the test kit provisions it or a person names it.
#[derive(Debug, Clone)]
pub struct Oasdiff {
    program: PathBuf,
}

/// How loud a finding of the reference is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Loudness {
    /// Worth knowing.
    Info,
    /// May break.
    Warning,
    /// Breaks.
    Error,
}

impl fmt::Display for Loudness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Loudness::Info => "info",
            Loudness::Warning => "warning",
            Loudness::Error => "error",
        })
    }
}

/// One finding of the reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The id of the rule.
    pub id: String,
    /// How loud it is.
    pub level: Loudness,
}

#[derive(Deserialize)]
struct Line {
    id: String,
    level: u8,
}

impl Oasdiff {
    /// The program; `None` after a visible skip.
    ///
    /// # Panics
    /// When `CHERRY_REQUIRE` names `oasdiff` and it cannot be had.
    #[must_use]
    pub fn find() -> Option<Oasdiff> {
        let program = require_or_skip("oasdiff", "oasdiff")?.join("oasdiff");
        Some(Oasdiff { program })
    }

    /// A program that somebody built.
    #[must_use]
    pub fn at(program: PathBuf) -> Oasdiff {
        Oasdiff { program }
    }

    /// The command line that compares two documents under all of its rules.
    #[must_use]
    pub fn command(&self, verb: &str, old: &Path, new: &Path) -> Command {
        let mut command = Command::new(&self.program);
        command.args([verb, "-f", "json"]).arg(old).arg(new);
        command.stdin(Stdio::null());
        command
    }

    /// What it says about two documents, informational findings included.
    ///
    /// # Errors
    /// What it says when it cannot read one of them.
    pub fn changelog(&self, old: &Path, new: &Path) -> Result<Vec<Said>, String> {
        let done = self.command("changelog", old, new).output();
        let done = done.map_err(|error| error.to_string())?;
        if !done.status.success() {
            return Err(String::from_utf8_lossy(&done.stderr).trim().to_owned());
        }
        // Without a finding it prints nothing, or an empty list.
        if done.stdout.iter().all(u8::is_ascii_whitespace) {
            return Ok(Vec::new());
        }
        let lines: Option<Vec<Line>> =
            serde_json::from_slice(&done.stdout).map_err(|error| error.to_string())?;
        let said = lines.unwrap_or_default().into_iter().map(|line| Said {
            id: line.id,
            level: match line.level {
                3 => Loudness::Error,
                2 => Loudness::Warning,
                _ => Loudness::Info,
            },
        });
        Ok(said.collect())
    }
}
