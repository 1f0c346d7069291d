//! buf, the reference for the compatibility of Protobuf: run over folders, read as plain data.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;

use crate::provision::require_or_skip;

/// How buf ends when it has findings; 0 is clean, everything else is a failure.
const EXIT_FINDINGS: i32 = 100;

/// What stands for a rule when a file does not compile.
const COMPILE: &str = "COMPILE";

/// The program, as the test kit provisions it.
#[derive(Debug, Clone)]
pub struct Buf {
    program: PathBuf,
}

/// Where a rule of buf fired: in text `a.proto:3 FIELD_NO_DELETE`, or `- FILE_NO_DELETE` when
/// nothing is left to point at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fired {
    /// Path with `/` below the new folder; absent when nothing is left there.
    pub path: Option<String>,
    /// Line from 1; 0 without a path.
    pub line: u32,
    /// The id of the rule.
    pub rule: String,
}

/// One finding with the sentence that buf says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Where and which rule.
    pub fired: Fired,
    /// The sentence.
    pub message: String,
}

#[derive(Deserialize)]
struct Line {
    path: Option<String>,
    #[serde(default)]
    start_line: u32,
    #[serde(rename = "type")]
    rule: String,
    message: String,
}

impl Buf {
    /// The program; `None` after a visible skip.
    ///
    /// # Panics
    /// When `CHERRY_REQUIRE` names `buf` and it cannot be had.
    #[must_use]
    pub fn find() -> Option<Buf> {
        let program = require_or_skip("buf", "buf")?.join("buf");
        Some(Buf { program })
    }

    /// The rules of breaking changes that a version of buf's configuration has, as one JSON object
    /// a line.
    ///
    /// # Errors
    /// What buf says when it does not know the version.
    pub fn rules(&self, version: &str) -> Result<String, String> {
        let words = ["config", "ls-breaking-rules", "--include-deprecated"];
        let mut command = self.command();
        command.args(words);
        command.args(["--format", "json", "--version", version]);
        let (code, stdout, stderr) = run(&mut command)?;
        if code == Some(0) {
            Ok(stdout)
        } else {
            Err(stderr)
        }
    }

    /// The findings of `buf breaking` in the folder `new` against the folder `old`, in buf's order,
    /// under the categories or ids `rules`.
    ///
    /// # Errors
    /// What buf says when one of the sides does not compile.
    pub fn breaking(&self, old: &Path, new: &Path, rules: &[&str]) -> Result<Vec<Said>, String> {
        let config = serde_json::json!({"version": "v2", "breaking": {"use": rules}});
        self.judge(old, new, Some(&config.to_string()))
    }

    /// The findings of `buf breaking` as the configuration that lies in the folder `new` wants them.
    ///
    /// # Errors
    /// What buf says when one of the sides does not compile, or the configuration is wrong.
    pub fn breaking_as_configured(&self, old: &Path, new: &Path) -> Result<Vec<Said>, String> {
        self.judge(old, new, None)
    }

    fn judge(&self, old: &Path, new: &Path, config: Option<&str>) -> Result<Vec<Said>, String> {
        let mut command = self.command();
        // Paths are told relative to the working folder.
        command.current_dir(new).args(["breaking", "."]);
        command.arg("--against").arg(old);
        command.args(["--error-format", "json"]);
        if let Some(config) = config {
            command.args(["--config", config]);
        }
        let (code, stdout, stderr) = run(&mut command)?;
        if code != Some(0) && code != Some(EXIT_FINDINGS) {
            return Err(format!("{stdout}{stderr}"));
        }
        let lines = stdout
            .lines()
            .map(|line| serde_json::from_str(line).map_err(|error| format!("{error}: {line}")));
        let lines: Vec<Line> = lines.collect::<Result<_, _>>()?;
        // A file that does not compile ends the run with the exit code of findings.
        let refused: Vec<String> = lines
            .iter()
            .filter(|line| line.rule == COMPILE)
            .map(|line| {
                let path = line.path.as_deref().unwrap_or_default();
                format!("{path}:{}: {}", line.start_line, line.message)
            })
            .collect();
        if !refused.is_empty() {
            return Err(refused.join("\n"));
        }
        let said = lines.into_iter().map(|line| {
            let fired = Fired {
                line: line.path.as_ref().map_or(0, |_| line.start_line),
                path: line.path,
                rule: line.rule,
            };
            Said {
                fired,
                message: line.message,
            }
        });
        Ok(said.collect())
    }

    /// Compiles a folder into a descriptor set with buf's own extension.
    ///
    /// # Errors
    /// What buf says when the folder does not compile.
    pub fn image(&self, folder: &Path, out: &Path) -> Result<(), String> {
        let mut command = self.command();
        command.current_dir(folder).args(["build", ".", "-o"]);
        command.arg(format!("{}#format=binpb", out.display()));
        command.args(["--config", r#"{"version":"v2"}"#]);
        let (code, stdout, stderr) = run(&mut command)?;
        if code == Some(0) {
            Ok(())
        } else {
            Err(format!("{stdout}{stderr}"))
        }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        // Nothing is downloaded in these tests, but buf lays its cache out all the same.
        let cache = self.program.with_file_name("cache");
        command.env("BUF_CACHE_DIR", cache).stdin(Stdio::null());
        // Collecting garbage is half of the time of a run over a few files, and frees nothing yet.
        command.env("GOGC", "off").env("GOMEMLIMIT", "1GiB");
        command
    }
}

fn run(command: &mut Command) -> Result<(Option<i32>, String, String), String> {
    let done = command.output().map_err(|error| error.to_string())?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok((done.status.code(), text(&done.stdout), text(&done.stderr)))
}

impl fmt::Display for Fired {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "{path}:{} {}", self.line, self.rule),
            None => write!(f, "- {}", self.rule),
        }
    }
}

impl Fired {
    /// Reads what [`Display`](fmt::Display) writes; `None` when it is something else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Fired> {
        let (place, rule) = text.split_once(' ')?;
        let (path, line) = match place {
            "-" => (None, 0),
            place => {
                let (path, line) = place.rsplit_once(':')?;
                (Some(path.to_owned()), line.parse().ok()?)
            }
        };
        Some(Fired {
            path,
            line,
            rule: rule.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Fired;

    #[test]
    fn a_place_reads_back_what_it_writes() {
        for text in [
            "a.proto:3 FIELD_NO_DELETE",
            "- FILE_NO_DELETE",
            "p/q.proto:10 X",
        ] {
            let place = Fired::parse(text).expect("a place");
            assert_eq!(place.to_string(), text);
        }
        for text in ["", "a.proto", "a.proto FIELD", "a.proto:x FIELD"] {
            assert_eq!(Fired::parse(text), None, "{text}");
        }
    }
}
