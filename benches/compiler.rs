//! The compiler as a process: small and cold, large and cold, and warm.

use std::io;

use super::process::{Cost, cherryc};
use super::{Table, median, workspace};

/// Runs of the small case and of the warm ones.
const RUNS: usize = 20;

/// Runs of the cold large case; each takes a second.
const COLD_RUNS: usize = 5;

pub(super) fn measure(table: &mut Table) -> io::Result<()> {
    nine_lines(table)?;
    thousand(table)?;
    for contracts in [100, 300, 1000] {
        let cost = cold(contracts, 10)?;
        table.plain(
            &format!("{contracts} contracts x 10 endpoints, cold"),
            cost.wall_ms,
            "ms",
        );
        table.plain(
            &format!("{contracts} contracts x 10 endpoints, memory"),
            cost.rss_mb,
            "MB",
        );
    }
    for endpoints in [10, 100, 1000] {
        let cost = cold(1, endpoints)?;
        table.plain(
            &format!("1 contract x {endpoints} endpoints, cold"),
            cost.wall_ms,
            "ms",
        );
        table.plain(
            &format!("1 contract x {endpoints} endpoints, memory"),
            cost.rss_mb,
            "MB",
        );
    }
    Ok(())
}

fn nine_lines(table: &mut Table) -> io::Result<()> {
    // Folders are removed at the end: ext4 is slow to give out the places of files that were
    // removed a moment ago, and that is no cost of the compiler.
    let mut folders = Vec::new();
    let mut costs = Vec::new();
    for _ in 0..RUNS {
        let dir = tempfile::tempdir()?;
        std::fs::write(dir.path().join("user.cherry.yaml"), workspace::NINE_LINES)?;
        costs.push(cherryc(dir.path(), &["build"])?);
        folders.push(dir);
    }
    table.bound(
        "the nine-line contract, cold, median of 20",
        wall(&costs),
        15.0,
        "ms",
    );
    table.bound("the nine-line contract, memory", peak(&costs), 20.0, "MB");
    Ok(())
}

fn thousand(table: &mut Table) -> io::Result<()> {
    let mut folders = Vec::new();
    let mut costs = Vec::new();
    for _ in 0..COLD_RUNS {
        let dir = tempfile::tempdir()?;
        workspace::write(dir.path(), 1000, 10)?;
        costs.push(cherryc(dir.path(), &["build"])?);
        folders.push(dir);
    }
    table.bound(
        "1,000 contracts x 10 endpoints, cold, median of 5",
        wall(&costs),
        1500.0,
        "ms",
    );
    table.plain("1,000 contracts x 10 endpoints, memory", peak(&costs), "MB");

    let dir = folders[0].path();
    let costs: Vec<Cost> = (0..RUNS)
        .map(|_| cherryc(dir, &["build"]))
        .collect::<Result<_, _>>()?;
    table.bound(
        "the same, nothing changed, median of 20",
        wall(&costs),
        100.0,
        "ms",
    );
    let mut costs = Vec::new();
    for run in 0..RUNS {
        let text = workspace::contract("svc0500", 10, 200 + run);
        std::fs::write(dir.join("team10/svc0500.cherry.yaml"), text)?;
        costs.push(cherryc(dir, &["build"])?);
    }
    table.bound(
        "the same, one contract changed, median of 20",
        wall(&costs),
        150.0,
        "ms",
    );
    Ok(())
}

fn cold(contracts: usize, endpoints: usize) -> io::Result<Cost> {
    let dir = tempfile::tempdir()?;
    workspace::write(dir.path(), contracts, endpoints)?;
    cherryc(dir.path(), &["build"])
}

fn wall(costs: &[Cost]) -> f64 {
    median(costs.iter().map(|cost| cost.wall_ms).collect())
}

fn peak(costs: &[Cost]) -> f64 {
    costs.iter().map(|cost| cost.rss_mb).fold(0.0, f64::max)
}
