//! The index of every rule.

use crate::diag::Rule;
use crate::text::{Likeness, nearest_by};
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
    ]
    .into_iter()
    .flatten()
    .copied()
    .chain(compat::rules())
    .chain(emit::rules::RULES.iter().copied())
}

/// The rule with this name, or the first with this name in another tool.
pub fn find(name: &str) -> Option<&'static Rule> {
    named(name).next()
}

/// The rule whose name is most like `name`, if one is like it at all.
pub fn nearest_rule(name: &str) -> Option<&'static Rule> {
    nearest_by(name, rules(), |rule| rule.name, &Likeness::RULE)
}

/// Every rule that this names: one by its own name, one or several by an id of another tool, which
/// may tell apart less than ours do. The tool may be left out: `FIELD_NO_DELETE` is
/// `buf:FIELD_NO_DELETE`.
pub fn named(name: &str) -> impl Iterator<Item = &'static Rule> {
    rules().filter(move |rule| {
        let is_id =
            |peer: &str| peer == name || peer.split_once(':').is_some_and(|(_, id)| id == name);
        rule.name == name || rule.peers.iter().any(|peer| is_id(peer))
    })
}

/// A rule's page with what the same finding is called in other tools.
pub fn page(rule: &Rule) -> String {
    let mut page = rule.page.trim_end().to_owned();
    page.push('\n');
    if !rule.peers.is_empty() {
        let ids: Vec<String> = rule.peers.iter().map(|id| format!("`{id}`")).collect();
        page.push_str("\n## In other tools\n\n");
        page.push_str(&lines(&ids.join(", ")));
    }
    page
}

/// Words in lines as long as those of the pages.
fn lines(text: &str) -> String {
    const WIDTH: usize = 100;
    let mut out = String::new();
    let mut width = 0;
    for word in text.split(' ') {
        if width > 0 && width + 1 + word.len() > WIDTH {
            out.push('\n');
            width = 0;
        } else if width > 0 {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += word.len();
    }
    out.push('\n');
    out
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
        for line in page(rule).lines() {
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
