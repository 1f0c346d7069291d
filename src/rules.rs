//! The index of every rule.

use crate::diag::Rule;
use crate::{compat, contract, diag, emit, ingest, link, lint, syntax};

/// Every rule, floor by floor.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    [
        diag::rules::RULES,
        syntax::rules::RULES,
        ingest::rules::RULES,
        contract::rules::RULES,
        link::rules::RULES,
        lint::RULES,
        compat::RULES,
        emit::rules::RULES,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// The rule with this name, or with this name in another tool.
pub fn find(name: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.name == name || rule.peers.contains(&name))
}

/// The rule reference: every rule with its page, as Markdown.
pub fn rules_markdown() -> String {
    let mut out = String::from(
        "# Rules\n\n| rule | category | level | what it says |\n| --- | --- | --- | --- |\n",
    );
    for rule in rules() {
        let row = format!(
            "| [{0}](#{0}) | {1} | {2} | {3} |\n",
            rule.name,
            rule.category.name(),
            rule.level.name(),
            rule.summary
        );
        out.push_str(&row);
    }
    for rule in rules() {
        out.push('\n');
        // A page's headings move one level down, below the title of the reference.
        let mut in_fence = false;
        for line in rule.page.lines() {
            in_fence ^= line.starts_with("```");
            if line.starts_with('#') && !in_fence {
                out.push('#');
            }
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}
