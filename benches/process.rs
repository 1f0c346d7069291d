//! A run of a program as people run it: a process, its time and its memory.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What a run took.
pub(super) struct Cost {
    pub(super) wall_ms: f64,
    /// Processor time of the process and of those it waited for, in seconds; the system counts it
    /// in steps of 10 ms.
    pub(super) cpu_s: f64,
    /// The largest resident set that was seen, in MB. It is read from the process while it runs,
    /// so a short run shows a little less than its peak: take the largest of several.
    pub(super) rss_mb: f64,
}

/// Runs `cherryc` with `words` in the folder `dir`.
///
/// # Errors
/// When it cannot be started or does not end with 0 or 1.
pub(super) fn cherryc(dir: &Path, words: &[&str]) -> io::Result<Cost> {
    let program = Path::new(env!("CARGO_BIN_EXE_cherryc"));
    run(program, dir, words, &[0, 1])
}

/// Runs a program with `words` in the folder `dir`.
///
/// # Errors
/// When it cannot be started or does not end with one of the codes `ends`.
pub(super) fn run(program: &Path, dir: &Path, words: &[&str], ends: &[i32]) -> io::Result<Cost> {
    let before = children_cpu_s();
    let start = Instant::now();
    let mut child = Command::new(program)
        .args(words)
        .current_dir(dir)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak_kb = 0.0;
    let mut looked_at = start;
    loop {
        if let Some(ended) = child.try_wait()? {
            let wall_ms = start.elapsed().as_secs_f64() * 1e3;
            let cost = Cost {
                wall_ms,
                cpu_s: children_cpu_s() - before,
                rss_mb: peak_kb / 1e3,
            };
            return match ended.code() {
                Some(code) if ends.contains(&code) => Ok(cost),
                _ => Err(io::Error::other(format!(
                    "{} {words:?} ended with {ended}",
                    program.display()
                ))),
            };
        }
        std::thread::sleep(Duration::from_micros(200));
        // Looking costs what a small syscall costs, times a hundred: seldom enough not to take a
        // twentieth of a processor from what is measured.
        if looked_at.elapsed() < Duration::from_millis(2) {
            continue;
        }
        looked_at = Instant::now();
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let words = line.and_then(|line| line.split_whitespace().next());
        peak_kb = words
            .and_then(|kb| kb.parse().ok())
            .unwrap_or(peak_kb)
            .max(peak_kb);
    }
}

/// Processor time of all children that ended and were waited for, in seconds: the fields `cutime`
/// and `cstime` of proc(5), which count steps of 10 ms on every Linux that Rust runs on.
fn children_cpu_s() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the program stands in parentheses and may hold blanks.
    let fields = text.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks = fields.split_whitespace().skip(13).take(2);
    ticks
        .filter_map(|field| field.parse::<f64>().ok())
        .sum::<f64>()
        / 100.0
}
