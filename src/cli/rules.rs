//! `cherryc rules`.

use std::fmt::Write;

use super::args::{ListFormat, RulesArgs};
use super::terminal::Terminal;

pub(crate) fn run(args: &RulesArgs, terminal: &Terminal) -> anyhow::Result<u8> {
    let text = match args.format {
        ListFormat::Text => text(),
        ListFormat::Json => json()?,
        ListFormat::Markdown => cherryc::rules_markdown(),
    };
    terminal.print(&text)?;
    Ok(0)
}

fn text() -> String {
    let width = cherryc::rules()
        .map(|rule| rule.name.len())
        .max()
        .unwrap_or(0);
    let mut out = String::new();
    for rule in cherryc::rules() {
        let peers = if rule.peers.is_empty() {
            String::new()
        } else {
            format!("  [{}]", rule.peers.join(", "))
        };
        writeln!(
            out,
            "{:<width$}  {:<8}  {:<7}  {}{peers}",
            rule.name,
            rule.category.name(),
            rule.level.name(),
            rule.summary
        )
        .expect("writing to a string succeeds");
    }
    out
}

fn json() -> anyhow::Result<String> {
    let rules: Vec<serde_json::Value> = cherryc::rules()
        .map(|rule| {
            serde_json::json!({
                "name": rule.name,
                "summary": rule.summary,
                "category": rule.category.name(),
                "level": rule.level.name(),
                "adjustable": rule.category.is_adjustable(),
                "since": rule.status.since(),
                "peers": rule.peers,
            })
        })
        .collect();
    Ok(format!("{}\n", serde_json::to_string_pretty(&rules)?))
}
