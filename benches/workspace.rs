//! Generated workspaces.

use std::fmt::Write as _;
use std::io;
use std::path::Path;

/// The sample of the README.
pub(super) const NINE_LINES: &str = include_str!("../examples/user.cherry.yaml");

/// A contract with `endpoints` endpoints, each with a limit and a breaker.
pub(super) fn contract(name: &str, endpoints: usize, limit: usize) -> String {
    let mut text = format!("contract: {name}/v1\nversion: 1.0.0\nendpoints:\n");
    for number in 0..endpoints {
        let rate = limit + number;
        let _ = write!(
            text,
            "- path: /things{number}/{{id}}\n  method: GET\n  rate_limit: \"{rate}r/s per client_ip\"\n  \
             circuit_breaker:\n    failure_threshold: 5\n    timeout_ms: 2000\n"
        );
    }
    text
}

/// Writes `contracts` contracts, fifty to a folder.
///
/// # Errors
/// When the disk refuses.
pub(super) fn write(dir: &Path, contracts: usize, endpoints: usize) -> io::Result<()> {
    for number in 0..contracts {
        let team = dir.join(format!("team{:02}", number / 50));
        std::fs::create_dir_all(&team)?;
        let name = format!("svc{number:04}");
        let file = team.join(format!("{name}.cherry.yaml"));
        std::fs::write(file, contract(&name, endpoints, 100))?;
    }
    Ok(())
}
