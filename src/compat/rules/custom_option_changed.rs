//! An option differs whose meaning nobody declared.

use crate::compat::attrs::place;
use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::encoding::BREAK;
use crate::compat::finding::{Finding, both, breaks as hurts, harmless};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;
use crate::schema::Attr;

declare_rule! {
    /// An option of somebody's own changed; what that means is not known here.
    #[page = "custom_option_changed.md"]
    pub(crate) static CUSTOM_OPTION_CHANGED = { category: Compat, level: Warning, since: "0.2" };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &CUSTOM_OPTION_CHANGED,
    check,
};

/// The option that maps procedures to HTTP.
const HTTP_RULE: &str = "(google.api.http)";

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::CustomAttrChanged { of, key, old, new } = change else {
        return None;
    };
    let values = |list: &[&Attr]| match list {
        [] => "nothing".to_owned(),
        list => {
            let texts: Vec<String> = list.iter().map(|attr| clip(&attr.value)).collect();
            format!("`{}`", texts.join(", "))
        }
    };
    let headline = format!(
        "option `{key}` of {} `{}` changed from {} to {}",
        of.word,
        of.name,
        values(old),
        values(new)
    );
    let is_http = *key == HTTP_RULE || key.starts_with("(google.api.http).");
    let hurts = if is_http && !old.is_empty() {
        hurts(Directions::SAFE, both(BREAK), Directions::SAFE)
    } else {
        harmless()
    };
    let written = |list: &[&Attr]| list.first().and_then(|attr| attr.span);
    let mut finding = Finding::new(&CUSTOM_OPTION_CHANGED, headline)
        .at(place(of, written(new)), "")
        .in_units(Some(of.units.old), Some(of.units.new))
        .breaks(hurts)
        .help("ask who reads this option");
    if let Some(span) = written(old).or(of.spans.map(|spans| spans.old)) {
        finding = finding.was_at(span);
    }
    Some(if is_http {
        finding.note("only clients that call over HTTP and JSON notice")
    } else {
        finding.note("an unclassified option: whoever reads it knows whether this breaks something")
    })
}

/// Long values are cut: the places show them whole.
fn clip(value: &str) -> String {
    const SHOWN: usize = 60;
    match value.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}...", &value[..at]),
        None => value.to_owned(),
    }
}
