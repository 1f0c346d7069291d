//! Large inputs that we did not write.

use std::time::Instant;

use super::*;

#[test]
#[ignore = "measures"]
fn measure() {
    let root = std::env::var("CORPUS").expect("CORPUS names a folder");
    let fs = OsFs::new(std::path::Path::new(&root)).expect("it is there");
    let source = Source {
        fs: &fs,
        roots: vec![RelPath::root()],
        selection: match std::env::var("ONE") {
            Ok(one) => Selection::Files(vec![path(&one)]),
            Err(_) => Selection::All,
        },
    };
    let both = std::env::var("BOTH").is_ok();
    let reuse = if std::env::var("APART").is_ok() {
        Reuse::Apart
    } else {
        Reuse::Shared
    };
    let mut sources = SourceMap::default();
    let start = Instant::now();
    let loaded = load(&source, both.then_some(&source), reuse, &mut sources);
    let took = start.elapsed();
    let findings = loaded.diagnostics.finish(&LevelTable::default());
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for finding in findings.iter() {
        *count
            .entry(format!("{} {:?}", finding.rule().name, finding.severity()))
            .or_default() += 1;
    }
    for line in lines(&findings, &sources).iter().take(60) {
        eprintln!("{line}");
    }
    let types: usize = loaded
        .value
        .new
        .units
        .iter()
        .map(|unit| unit.types.len())
        .sum();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap_or("");
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.split(' ').collect();
    eprintln!(
        "{took:?} cpu ticks {} + {} {} units {types} types {count:?} {peak}",
        fields[13],
        fields[14],
        loaded.value.new.units.len()
    );
}
