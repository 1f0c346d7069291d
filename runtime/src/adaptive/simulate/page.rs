//! The tables of `docs/adaptive-breaker.md`. `BLESS=1` rewrites them; the prose between them is
//! written by hand.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::policies::NAMES;
use super::{Figures, HELD_OUT, Row, SEEDS};

pub(super) fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../docs")
        .join(name)
}

/// Compares a file with what it should hold, or writes it.
pub(super) fn same(path: &Path, expected: &str) {
    #[allow(
        clippy::disallowed_methods,
        reason = "a test may be told to rewrite what it expects"
    )]
    let bless = std::env::var("BLESS").is_ok_and(|value| value == "1");
    if bless {
        std::fs::write(path, expected).expect("the page can be written");
        return;
    }
    let found = std::fs::read_to_string(path).expect("the page is there");
    assert!(
        found == expected,
        "{} is not what the simulation says; rewrite it with BLESS=1 and read the difference",
        path.file_name().expect("it has a name").display()
    );
}

pub(super) fn check(rows: &[Row]) {
    let path = path("adaptive-breaker.md");
    let page = std::fs::read_to_string(&path).expect("the page is there");
    let (benign, incidents): (Vec<&Row>, Vec<&Row>) =
        rows.iter().partition(|row| row.scenario.incident.is_none());
    let page = with_block(&page, "benign", &benign_table(&benign));
    let page = with_block(&page, "goodput", &goodput_table(&incidents));
    let page = with_block(&page, "times", &times_table(&incidents));
    same(&path, &page);
}

fn with_block(page: &str, name: &str, table: &str) -> String {
    let (begin, end) = (
        format!("<!-- simulated: {name} -->\n"),
        "<!-- until here -->".to_owned(),
    );
    let from = page.find(&begin).expect("the page has the block") + begin.len();
    let to = from + page[from..].find(&end).expect("the block ends");
    format!("{}\n{table}\n{}", &page[..from], &page[to..])
}

fn name(row: &Row) -> String {
    let held_out = HELD_OUT
        .iter()
        .any(|scenario| scenario.name == row.scenario.name);
    format!("{}{}", row.scenario.name, if held_out { " °" } else { "" })
}

fn head(first: &str, last: &str) -> String {
    let mut text = format!("| {first} |");
    for name in NAMES {
        let _ = write!(text, " {name} |");
    }
    let _ = write!(text, " {last} |\n|---|");
    for _ in NAMES {
        text.push_str("---|");
    }
    text.push_str("---|\n");
    text
}

fn seeds() -> String {
    let seeds: Vec<String> = SEEDS.iter().map(u64::to_string).collect();
    format!("adaptive, worst of seeds {}", seeds.join(", "))
}

/// Trips, and the share turned away for nothing.
fn benign_table(rows: &[&Row]) -> String {
    let cell = |figures: &Figures| match (figures.false_trips, figures.turned_away) {
        (0, 0.0) => "0".to_owned(),
        (trips, away) => format!("{trips} ({:.1} %)", away * 100.0),
    };
    let mut text = head("nothing is wrong: false trips (turned away)", &seeds());
    for row in rows {
        let _ = write!(text, "| {} |", name(row));
        for (_, figures) in &row.runs {
            let _ = write!(text, " {} |", cell(figures));
        }
        let worst = row
            .ours
            .iter()
            .max_by(|one, other| {
                (one.false_trips, one.turned_away)
                    .partial_cmp(&(other.false_trips, other.turned_away))
                    .expect("shares are numbers")
            })
            .expect("there are seeds");
        let _ = writeln!(text, " {} |", cell(worst));
    }
    text
}

/// The share of the incident's clients that were answered well and in time.
fn goodput_table(rows: &[&Row]) -> String {
    let mut text = head("goodput in the incident (ideal)", &seeds());
    for row in rows {
        let _ = write!(text, "| {} ({:.2}) |", name(row), row.scenario.ideal());
        for (_, figures) in &row.runs {
            let _ = write!(text, " {:.2} |", figures.good);
        }
        let worst = row.ours.iter().map(|ours| ours.good).fold(1.0, f64::min);
        let _ = writeln!(text, " {worst:.2} |");
    }
    text
}

/// Seconds to notice and to recover, and thousands of requests that reached the service in vain.
fn times_table(rows: &[&Row]) -> String {
    let cell = |detected: Option<f64>, recovered: Option<u64>, wasted_k: f64| {
        let detected = detected.map_or("-".to_owned(), |s| format!("{s:.1}"));
        let recovered = recovered.map_or("-".to_owned(), |s| s.to_string());
        format!("{detected} / {recovered} / {wasted_k:.1}")
    };
    let mut text = head(
        "seconds to detect / seconds to recover / thousand requests wasted",
        &seeds(),
    );
    for row in rows {
        let _ = write!(text, "| {} |", name(row));
        for (_, of) in &row.runs {
            let _ = write!(
                text,
                " {} |",
                cell(of.detected_s, of.recovered_s, of.wasted_k)
            );
        }
        let most = |of: fn(&Figures) -> f64| row.ours.iter().map(of).fold(0.0, f64::max);
        // One seed that never noticed or recovered makes the worst of them "never".
        let all = |of: fn(&Figures) -> bool| row.ours.iter().all(of);
        let _ = writeln!(
            text,
            " {} |",
            cell(
                all(|of| of.detected_s.is_some())
                    .then(|| most(|of| of.detected_s.unwrap_or_default())),
                all(|of| of.recovered_s.is_some())
                    .then(|| most(|of| of.recovered_s.unwrap_or_default() as f64) as u64),
                most(|of| of.wasted_k),
            )
        );
    }
    text
}
