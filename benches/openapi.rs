//! Comparison of OpenAPI documents beside oasdiff, graphs with many paths, and random pairs.
//!
//! The documents are npm `@octokit/openapi` 19.1.0 and 23.0.2: GitHub's REST interface. The peer is
//! what `--oasdiff PATH` names, else what the test kit builds, where Go is installed.

#[path = "../tests/it/openapi/generate/mod.rs"]
mod generate;

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use cherry_testkit::provision;
use rayon::prelude::*;

use self::generate::{Random, Verdict, pair, samples, validator, verdict};
use super::process::{Cost, cherryc, run};
use super::{Table, median};

/// Runs of ours; the peer runs once, as it takes most of a minute.
const RUNS: usize = 3;

/// Random pairs, and their seed.
const PAIRS: u64 = 20_000;
const SEED: u64 = 20_261_125;

/// How oasdiff ends: with 0, or with 1 when it was asked to fail.
const OASDIFF_ENDS: [i32; 2] = [0, 1];

pub(super) fn measure(table: &mut Table) -> io::Result<()> {
    let peer = peer();
    if let Err(why) = &peer {
        table.skipped("the peer of all rows below", why);
    }
    let peer = peer.ok();
    github(table, peer.as_deref())?;
    graphs(table, peer.as_deref())?;
    pairs(table)
}

/// The peer's program.
fn peer() -> Result<PathBuf, String> {
    let mut words = std::env::args().skip_while(|word| word != "--oasdiff");
    if let Some(path) = words.nth(1) {
        return std::path::absolute(path).map_err(|problem| problem.to_string());
    }
    let folder = provision::tool("oasdiff").map_err(|skip| skip.reason)?;
    Ok(folder.join("oasdiff"))
}

fn github(table: &mut Table, peer: Option<&Path>) -> io::Result<()> {
    let dir = tempfile::tempdir()?;
    for (tool, name) in [
        ("octokit-openapi-old", "old.json"),
        ("octokit-openapi", "new.json"),
    ] {
        match provision::tool(tool) {
            Ok(folder) => {
                let document = folder.join("generated/api.github.com.json");
                std::fs::copy(document, dir.path().join(name))?;
            }
            Err(skip) => {
                table.skipped("GitHub's documents, old against new", &skip.reason);
                return Ok(());
            }
        }
    }
    for (figure, old, bound_ms) in [
        ("GitHub's documents, old against new", "old.json", 1000.0),
        ("GitHub's document, the same file twice", "new.json", 400.0),
    ] {
        let (wall, memory) = ours(dir.path(), old, "new.json")?;
        table.bound(figure, wall, bound_ms, "ms");
        table.bound(&format!("{figure}, memory"), memory, 300.0, "MB");
        if let Some(peer) = peer {
            let cost = theirs(peer, dir.path(), old, "new.json")?;
            table.beside(figure, wall, ("oasdiff", cost.wall_ms), "ms");
            let figure = format!("{figure}, memory");
            table.beside(&figure, memory, ("oasdiff", cost.rss_mb), "MB");
        }
    }
    Ok(())
}

/// The middle time and the largest memory of several runs.
fn ours(dir: &Path, old: &str, new: &str) -> io::Result<(f64, f64)> {
    let costs: Vec<Cost> = (0..RUNS)
        .map(|_| cherryc(dir, &["diff", old, new]))
        .collect::<io::Result<_>>()?;
    let memory = costs.iter().map(|cost| cost.rss_mb).fold(0.0, f64::max);
    Ok((
        median(costs.iter().map(|cost| cost.wall_ms).collect()),
        memory,
    ))
}

fn theirs(peer: &Path, dir: &Path, old: &str, new: &str) -> io::Result<Cost> {
    run(
        peer,
        dir,
        &["breaking", "-f", "json", old, new],
        &OASDIFF_ENDS,
    )
}

// === Graphs ===

/// Levels of schemas, each of which refers to the next one twice, so that paths double per level.
fn graphs(table: &mut Table, peer: Option<&Path>) -> io::Result<()> {
    let dir = tempfile::tempdir()?;
    for levels in [4, 8, 12, 16, 64, 256] {
        std::fs::write(dir.path().join("old.json"), graph(levels, 9))?;
        std::fs::write(dir.path().join("new.json"), graph(levels, 5))?;
        let (wall, _) = ours(dir.path(), "old.json", "new.json")?;
        let figure = format!("schemas with 2^{levels} paths, narrowed at the end");
        match peer {
            // It takes twice as long per level.
            Some(peer) if levels <= 12 => {
                let cost = theirs(peer, dir.path(), "old.json", "new.json")?;
                table.beside(&figure, wall, ("oasdiff", cost.wall_ms), "ms");
            }
            _ => table.plain(&figure, wall, "ms"),
        }
    }
    Ok(())
}

fn graph(levels: usize, length: usize) -> String {
    let mut text = String::from(
        r##"{"openapi":"3.1.0","info":{"title":"Graph","version":"1.0.0"},"paths":{"/a":{"post":{
"requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/L0"}}}},
"responses":{"200":{"description":"Done"}}}}},"components":{"schemas":{"##,
    );
    for level in 0..levels {
        let next = level + 1;
        let _ = write!(
            text,
            r##""L{level}":{{"type":"object","properties":{{"a":{{"$ref":"#/components/schemas/L{next}"}},"b":{{"$ref":"#/components/schemas/L{next}"}}}}}},"##
        );
    }
    let _ = write!(
        text,
        r#""L{levels}":{{"type":"string","maxLength":{length}}}}}}}}}"#
    );
    text
}

// === Random pairs ===

fn pairs(table: &mut Table) -> io::Result<()> {
    let start = Instant::now();
    let answers: Vec<Answer> = (0..PAIRS).into_par_iter().map(answer).collect();
    let took_s = start.elapsed().as_secs_f64();
    let count = |one: &Answer| {
        let same = answers.iter().filter(|answer| answer.kind() == one.kind());
        same.count() as f64
    };
    table.plain("random pairs of schemas, with their values", took_s, "s");
    for (word, one) in [
        ("contained", Answer::Contained),
        (
            "not contained, with a confirmed value",
            Answer::NotContained,
        ),
    ] {
        table.plain(&format!("random pairs, {word}"), count(&one), "pairs");
    }
    let unjudged = count(&Answer::Unjudged);
    table.plain(
        "random pairs, values beyond the validator",
        unjudged,
        "pairs",
    );
    let unknown = count(&Answer::Unknown) * 100.0 / PAIRS as f64;
    table.plain("random pairs, unknown", unknown, "%");
    let wrong = answers.iter().filter_map(|answer| match answer {
        Answer::Wrong(why) => Some(why.as_str()),
        _ => None,
    });
    let wrong: Vec<&str> = wrong.collect();
    table.bound("random pairs, wrong", wrong.len() as f64, 1.0, "pairs");
    match wrong.first() {
        Some(first) => Err(io::Error::other(format!(
            "{} verdicts are wrong; {first}",
            wrong.len()
        ))),
        None => Ok(()),
    }
}

enum Answer {
    Contained,
    NotContained,
    Unknown,
    /// Its values have more digits than the validator holds.
    Unjudged,
    Wrong(String),
}

impl Answer {
    fn kind(&self) -> std::mem::Discriminant<Answer> {
        std::mem::discriminant(self)
    }
}

fn answer(run: u64) -> Answer {
    let mut random = Random::new(SEED, run);
    let (old, new) = pair(&mut random);
    let told = |what: String| Answer::Wrong(format!("pair {run}: {what}\nold: {old}\nnew: {new}"));
    let verdict = match verdict(&old, &new) {
        Ok(verdict) => verdict,
        Err(refusal) => return told(refusal),
    };
    let (writer, reader) = (validator(&old), validator(&new));
    let is_proof = |value: &serde_json::Value| writer.is_valid(value) && !reader.is_valid(value);
    match verdict {
        Verdict::Unknown => Answer::Unknown,
        Verdict::Unjudged => Answer::Unjudged,
        Verdict::Contained => {
            let values = samples(&old, &new, &mut random);
            match values.into_iter().find(is_proof) {
                Some(value) => told(format!("said to be contained, but {value} is not")),
                None => Answer::Contained,
            }
        }
        Verdict::NotContained(witnesses) => {
            match witnesses.into_iter().find(|value| !is_proof(value)) {
                Some(value) => told(format!("{value} proves nothing")),
                None => Answer::NotContained,
            }
        }
    }
}
