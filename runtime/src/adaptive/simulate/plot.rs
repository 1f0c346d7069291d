//! `docs/adaptive-breaker.svg`: what clients asked for and what they got, second by second.

use std::fmt::Write as _;

use super::policies::NAMES;
use super::service::{Run, Scenario};
use super::{Row, page};

/// The rows of the plot.
const SHOWN: [&str; 4] = [
    "overload of 159%",
    "brownout, 5 times slower",
    "1.7 times slower, within the SLA",
    "all fail, then a slow return",
];

/// The seconds that are shown.
const FROM: u64 = 110;
const TO: u64 = 200;

const PANEL_W: u64 = 160;
const PANEL_H: u64 = 84;
const GAP_X: u64 = 14;
const GAP_Y: u64 = 44;
const LEFT: u64 = 46;
const TOP: u64 = 62;

/// Colours by class, so that one block says how both schemes look. The ground is left open.
const STYLE: &str = "\
text{font:12px ui-sans-serif,system-ui,sans-serif;fill:#1f2328}
.quiet{fill:#59636e}
.asked{fill:#d1d9e0}
.got{fill:#8250df}
.ours{fill:#1a7f37}
.axis{stroke:#818b98;stroke-width:1;fill:none}
.ideal{stroke:#bc4c00;stroke-width:1.2;stroke-dasharray:4 3;fill:none}
@media (prefers-color-scheme:dark){
text{fill:#f0f6fc}
.quiet{fill:#9198a1}
.asked{fill:#3d444d}
.got{fill:#a371f7}
.ours{fill:#3fb950}
.ideal{stroke:#f0883e}
}";

pub(super) fn check(rows: &[Row]) {
    page::same(&page::path("adaptive-breaker.svg"), &draw(rows));
}

fn draw(rows: &[Row]) -> String {
    let width = LEFT + NAMES.len() as u64 * (PANEL_W + GAP_X);
    let height = TOP + SHOWN.len() as u64 * (PANEL_H + GAP_Y);
    let mut svg = String::new();
    let _ = writeln!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" role=\"img\">\n\
         <title>Clients asking and clients answered well, per second, by policy</title>\n\
         <style>\n{STYLE}\n</style>"
    );
    legend(&mut svg);
    for (line, shown) in SHOWN.iter().enumerate() {
        let row = rows
            .iter()
            .find(|row| row.scenario.name == *shown)
            .expect("it was simulated");
        let y = TOP + line as u64 * (PANEL_H + GAP_Y);
        let _ = writeln!(
            svg,
            "<text x=\"{LEFT}\" y=\"{}\" font-weight=\"600\">{shown}</text>",
            y - 8
        );
        let most = most_asked(row);
        for (column, (run, _)) in row.runs.iter().enumerate() {
            let x = LEFT + column as u64 * (PANEL_W + GAP_X);
            panel(&mut svg, row.scenario, run, (x, y), most, NAMES[column]);
        }
        let _ = writeln!(
            svg,
            "<text class=\"quiet\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{most}</text>",
            LEFT - 6,
            y + 10
        );
        let _ = writeln!(
            svg,
            "<text class=\"quiet\" x=\"{}\" y=\"{}\" text-anchor=\"end\">0</text>",
            LEFT - 6,
            y + PANEL_H
        );
    }
    svg.push_str("</svg>\n");
    svg
}

fn legend(svg: &mut String) {
    let mut x = LEFT;
    for (class, label, width) in [
        ("asked", "clients per second", 150),
        ("got", "answered well within a second", 215),
        ("ours", "the same, by the adaptive breaker", 245),
    ] {
        let _ = writeln!(
            svg,
            "<rect class=\"{class}\" x=\"{x}\" y=\"8\" width=\"12\" height=\"12\"/>\
             <text x=\"{}\" y=\"18\">{label}</text>",
            x + 18
        );
        x += width;
    }
    let _ = writeln!(
        svg,
        "<path class=\"ideal\" d=\"M{x} 14h24\"/><text x=\"{}\" y=\"18\">nobody can do better</text>",
        x + 30
    );
}

/// The largest number of clients in a second, rounded up to a hundred.
fn most_asked(row: &Row) -> u64 {
    let seconds = &row.runs[0].0.seconds[FROM as usize..TO as usize];
    let most = seconds.iter().map(|second| second.clients).max();
    u64::from(most.expect("there are seconds")).div_ceil(100) * 100
}

fn panel(svg: &mut String, scenario: &Scenario, run: &Run, at: (u64, u64), most: u64, name: &str) {
    let (x, y) = at;
    let seconds = &run.seconds[FROM as usize..TO as usize];
    let height = |count: f64| count * PANEL_H as f64 / most as f64;
    let area = |of: fn(&super::service::Second) -> u32| {
        let mut path = format!("M{x} {}", y + PANEL_H);
        for (index, second) in seconds.iter().enumerate() {
            let left = x as f64 + index as f64 * PANEL_W as f64 / (TO - FROM) as f64;
            let top = (y + PANEL_H) as f64 - height(f64::from(of(second)));
            let _ = write!(path, "L{left:.1} {top:.1}");
        }
        let _ = write!(path, "L{} {}z", x + PANEL_W, y + PANEL_H);
        path
    };
    let got = if name == "adaptive" { "ours" } else { "got" };
    let _ = writeln!(
        svg,
        "<path class=\"asked\" d=\"{}\"/>",
        area(|second| second.clients)
    );
    let _ = writeln!(
        svg,
        "<path class=\"{got}\" d=\"{}\"/>",
        area(|second| second.good)
    );
    let mut ideal = String::new();
    for second in FROM..TO {
        let left = x as f64 + (second - FROM) as f64 * PANEL_W as f64 / (TO - FROM) as f64;
        let top = (y + PANEL_H) as f64 - height(scenario.best_in(second));
        let letter = if ideal.is_empty() { 'M' } else { 'L' };
        let _ = write!(ideal, "{letter}{left:.1} {top:.1}");
    }
    let _ = writeln!(svg, "<path class=\"ideal\" d=\"{ideal}\"/>");
    let _ = writeln!(
        svg,
        "<path class=\"axis\" d=\"M{x} {y}v{PANEL_H}h{PANEL_W}\"/>\
         <text class=\"quiet\" x=\"{x}\" y=\"{}\">{name}</text>",
        y + PANEL_H + 15
    );
    let _ = writeln!(
        svg,
        "<text class=\"quiet\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{FROM} to {TO} s</text>",
        x + PANEL_W,
        y + PANEL_H + 15
    );
}
