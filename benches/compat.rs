//! Comparison of Protobuf releases beside `buf breaking`, and reading beside protox.
//!
//! The corpus is npm `google-proto-files`: Google's public API definitions.

use std::io;
use std::path::{Path, PathBuf};

use cherry_testkit::provision;
use cherryc::measure;

use super::process::{Cost, cherryc, run};
use super::{Table, median};

/// The folder of the corpus that no compiler takes whole: tests of generators with imports that are
/// missing, an edition that is not released, message sets, names that two files declare. The
/// well-known types in it come with every compiler.
const LEFT_OUT: [&str; 1] = ["google/protobuf"];

/// The file that the new side changes, and the field that it takes out.
const CHANGED: &str = "google/pubsub/v1/schema.proto";
const FIELD: &str = "  string revision_id = 4 [";

/// How buf ends when it has findings.
const BUF_FINDINGS: i32 = 100;

/// Runs of everything but buf, which takes minutes.
const RUNS: usize = 5;

/// Runs with one thread and with two, in turns.
const SCALING_RUNS: usize = 11;

pub(super) fn measure(table: &mut Table) -> io::Result<()> {
    let corpus = match provision::tool("google-protos") {
        Ok(folder) => folder,
        Err(why) => {
            table.skipped("comparison of Google's API definitions", &why.to_string());
            return Ok(());
        }
    };
    let dir = tempfile::tempdir()?;
    let all = files(&corpus)?;
    write_sides(&corpus, dir.path(), &all)?;
    parsing(table, dir.path())?;
    comparing(table, dir.path())?;
    single(table, dir.path())?;
    scaling(table, &corpus, &all)
}

/// Paths of the corpus that compile, sorted.
fn files(corpus: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![corpus.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            let name = path.strip_prefix(corpus).map_err(io::Error::other)?;
            if LEFT_OUT.iter().any(|left| name.starts_with(left)) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "proto") {
                found.push(name.to_owned());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Writes `old/` and `new/`, which differ in one file when it is among `files`.
fn write_sides(corpus: &Path, dir: &Path, files: &[PathBuf]) -> io::Result<()> {
    for path in files {
        let text = std::fs::read(corpus.join(path))?;
        for side in ["old", "new"] {
            let to = dir.join(side).join(path);
            std::fs::create_dir_all(to.parent().expect("a file lies in a folder"))?;
            std::fs::write(&to, &text)?;
        }
    }
    let changed = dir.join("new").join(CHANGED);
    if let Ok(text) = std::fs::read_to_string(&changed) {
        let from = text.find(FIELD).expect("the field is in the corpus");
        let end = text[from..].find(';').expect("a field ends") + from + 1;
        let without = format!("{}{}", &text[..from], &text[end..]);
        std::fs::write(&changed, without)?;
    }
    Ok(())
}

/// Reading alone, one thread, files in memory.
fn parsing(table: &mut Table, dir: &Path) -> io::Result<()> {
    let old = dir.join("old");
    let old = old.to_str().expect("temporary folders have plain names");
    let mut ours = Vec::new();
    let mut theirs = Vec::new();
    let mut reading = Vec::new();
    for _ in 0..RUNS {
        reading.push(job_cost(&["job:read", old])?.cpu_s);
        ours.push(job_cost(&["job:parse", old])?.cpu_s);
        theirs.push(job_cost(&["job:protox", old])?.cpu_s);
    }
    let reading = median(reading);
    table.against(
        "parsing the corpus without editions, CPU",
        (median(ours) - reading) * 1e3,
        ("protox-parse", (median(theirs) - reading) * 1e3),
        0.25,
        "ms",
    );
    Ok(())
}

fn comparing(table: &mut Table, dir: &Path) -> io::Result<()> {
    let buf = provision::tool("buf").map(|folder| folder.join("buf"));
    let theirs = match &buf {
        Ok(program) => {
            let config = r#"{"version":"v2","breaking":{"use":["FILE"]}}"#;
            let words = ["breaking", ".", "--against", "../old", "--config", config];
            Some(run(program, &dir.join("new"), &words, &[0, BUF_FINDINGS])?)
        }
        Err(why) => {
            table.skipped("buf breaking over the corpus", &why.to_string());
            None
        }
    };
    let words = ["diff", "old", "new", "--rules", "FILE"];
    let shared = costs(|| cherryc(dir, &words))?;
    let sides = [dir.join("old"), dir.join("new")];
    let sides: Vec<&str> = sides.iter().filter_map(|side| side.to_str()).collect();
    let apart = costs(|| job_cost(&["job:apart", sides[0], sides[1]]))?;
    for (name, cost, share) in [
        (
            "one file changed, equal files read once",
            &shared,
            1.0 / 20.0,
        ),
        (
            "one file changed, every file read twice",
            &apart,
            1.0 / 10.0,
        ),
    ] {
        match &theirs {
            Some(theirs) => {
                let figure = format!("{name}, CPU");
                table.against(&figure, cpu(cost), ("buf", theirs.cpu_s), share, "s");
                let figure = format!("{name}, memory");
                table.against(&figure, rss(cost), ("buf", theirs.rss_mb), 0.125, "MB");
            }
            None => {
                table.plain(&format!("{name}, CPU"), cpu(cost), "s");
                table.plain(&format!("{name}, memory"), rss(cost), "MB");
            }
        }
    }
    Ok(())
}

/// One file and what it imports against the last commit, as a hook runs it.
fn single(table: &mut Table, dir: &Path) -> io::Result<()> {
    let figure = "one file of the corpus against git:HEAD, median of 20";
    let tree = dir.join("old");
    let steps: [&[&str]; 3] = [
        &["init", "-q"],
        &["add", "-A"],
        &[
            "-c",
            "user.name=bench",
            "-c",
            "user.email=bench@localhost",
            "commit",
            "-q",
            "-m",
            "all",
        ],
    ];
    for words in steps {
        if let Err(error) = run(Path::new("git"), &tree, words, &[0]) {
            table.skipped(figure, &format!("no git ({error})"));
            return Ok(());
        }
    }
    std::fs::copy(dir.join("new").join(CHANGED), tree.join(CHANGED))?;
    let words = ["diff", CHANGED, "--against", "git:HEAD", "--rules", "FILE"];
    let costs = (0..20)
        .map(|_| cherryc(&tree, &words))
        .collect::<io::Result<Vec<Cost>>>()?;
    let walls = costs.iter().map(|cost| cost.wall_ms).collect();
    table.bound(figure, median(walls), 50.0, "ms");
    Ok(())
}

/// Cost against size, and what a second thread gains.
fn scaling(table: &mut Table, corpus: &Path, all: &[PathBuf]) -> io::Result<()> {
    // Imports must stay whole, so a part is every so many files with all they need, and the changed
    // file with it: releases without a difference are done sooner.
    for part in [8, 4, 2, 1] {
        let dir = tempfile::tempdir()?;
        let mut roots: Vec<PathBuf> = all.iter().step_by(part).cloned().collect();
        roots.push(PathBuf::from(CHANGED));
        let closed = measure::closure(corpus, &roots)?;
        write_sides(corpus, dir.path(), &closed)?;
        let (mut one, mut two) = (Vec::new(), Vec::new());
        let mut gains = Vec::new();
        for _ in 0..SCALING_RUNS {
            // Neighbours in time: what else the machine does falls on both alike.
            let run = |jobs| cherryc(dir.path(), &["diff", "old", "new", "--jobs", jobs]);
            let (alone, both) = (run("1")?, run("2")?);
            gains.push(alone.wall_ms / both.wall_ms);
            one.push(alone);
            two.push(both);
        }
        let count = closed.len();
        table.plain(&format!("{count} files, one thread, CPU"), cpu(&one), "s");
        table.plain(
            &format!("{count} files, one thread over two, wall (at least 1.6 idle)"),
            median(gains),
            "x",
        );
        let more = cpu(&two) / cpu(&one);
        table.bound(
            &format!("{count} files, CPU of two threads over one"),
            more,
            1.2,
            "x",
        );
    }
    Ok(())
}

fn costs(mut run: impl FnMut() -> io::Result<Cost>) -> io::Result<Vec<Cost>> {
    (0..RUNS).map(|_| run()).collect()
}

fn cpu(costs: &[Cost]) -> f64 {
    median(costs.iter().map(|cost| cost.cpu_s).collect())
}

fn rss(costs: &[Cost]) -> f64 {
    costs.iter().map(|cost| cost.rss_mb).fold(0.0, f64::max)
}

/// Runs this program again for one job, so that its cost is that of a process.
fn job_cost(words: &[&str]) -> io::Result<Cost> {
    run(&std::env::current_exe()?, Path::new("."), words, &[0])
}

/// A job in a process of its own.
pub(super) fn job(name: &str, words: &[String]) -> io::Result<()> {
    let side = |at: usize| PathBuf::from(words.get(at).map_or(".", String::as_str));
    match name {
        "read" => {
            texts(&side(0))?;
        }
        "parse" => {
            for (path, text) in texts(&side(0))? {
                measure::parse_protobuf(&path, &text);
            }
        }
        "protox" => {
            for (path, text) in texts(&side(0))? {
                // What it makes is dropped; that it makes something is the point.
                std::hint::black_box(protox_parse::parse(&path, &text).is_ok());
            }
        }
        "apart" => {
            measure::compare_apart(&side(0), &side(1))?;
        }
        other => return Err(io::Error::other(format!("no job `{other}`"))),
    }
    Ok(())
}

/// Texts of a side by path, without the editions that protox does not read.
fn texts(dir: &Path) -> io::Result<Vec<(String, String)>> {
    let mut list = Vec::new();
    for path in files(dir)? {
        let text = std::fs::read_to_string(dir.join(&path))?;
        if !text.lines().any(|line| line.starts_with("edition")) {
            list.push((path.to_string_lossy().into_owned(), text));
        }
    }
    Ok(list)
}
