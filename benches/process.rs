//! A run of the compiler as people run it: a process, its time and its memory.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// What a run took.
pub(super) struct Cost {
    pub(super) wall_ms: f64,
    /// The largest resident set that was seen, in MB. It is read from the process while it runs,
    /// so a short run shows a little less than its peak: take the largest of several.
    pub(super) rss_mb: f64,
}

/// Runs `cherryc` with `words` in the folder `dir`.
///
/// # Errors
/// When it cannot be started or does not end with 0 or 1.
pub(super) fn cherryc(dir: &Path, words: &[&str]) -> io::Result<Cost> {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_cherryc"))
        .args(words)
        .current_dir(dir)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak_kb = 0.0;
    loop {
        if let Some(ended) = child.try_wait()? {
            let wall_ms = start.elapsed().as_secs_f64() * 1e3;
            return match ended.code() {
                Some(0 | 1) => Ok(Cost {
                    wall_ms,
                    rss_mb: peak_kb / 1e3,
                }),
                _ => Err(io::Error::other(format!(
                    "cherryc {words:?} ended with {ended}"
                ))),
            };
        }
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let words = line.and_then(|line| line.split_whitespace().next());
        peak_kb = words
            .and_then(|kb| kb.parse().ok())
            .unwrap_or(peak_kb)
            .max(peak_kb);
        std::thread::sleep(std::time::Duration::from_micros(200));
    }
}
