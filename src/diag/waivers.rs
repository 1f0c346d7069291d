//! `cherry.waivers.toml`: findings that somebody has accepted until a day.
//!
//! ```toml
//! [[waiver]]
//! rule = "burst-below-window"
//! path = "contracts/order.cherry.yaml"
//! owner = "team-order"
//! reason = "the partner sends one request at a time"
//! until = "2027-06-30"
//! ```

use serde::Deserialize;
use toml::Spanned;

use super::levels::{Waived, Waiver};
use super::rules::{INVALID_WAIVER, WAIVER_EXPIRED};
use super::{Diagnostics, Phase, Rule};
use crate::text::{FileId, RelPath, Span, is_day};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    waiver: Vec<Written>,
}

/// A waiver as written; every field must be, so that it can be asked about later.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    rule: Spanned<String>,
    path: Spanned<String>,
    owner: Spanned<String>,
    reason: Spanned<String>,
    until: Spanned<Day>,
}

/// A day as text, or as TOML's own date.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Day {
    Text(String),
    Date(toml::value::Datetime),
}

impl Day {
    fn into_text(self) -> String {
        match self {
            Day::Text(text) => text,
            Day::Date(date) => date.to_string(),
        }
    }
}

/// Reads waivers; those whose last day lies before `today` (`YYYY-MM-DD`) no longer hold. Without a
/// day, all hold. `rule` finds a rule by its name, or by the name that it has in another tool.
pub(crate) fn parse_waivers(
    file: FileId,
    text: &str,
    today: Option<&str>,
    rule: &dyn Fn(&str) -> Option<&'static Rule>,
) -> Phase<Vec<Waiver>> {
    let mut sink = Diagnostics::default();
    let at = |range: std::ops::Range<usize>| {
        let offset = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span::new(file, offset(range.start), offset(range.end))
    };
    let written = match toml::from_str::<File>(text) {
        Ok(file) => file.waiver,
        Err(error) => {
            sink.report(&INVALID_WAIVER, format_args!("the waivers cannot be read: {}", error.message()))
                .at(at(error.span().unwrap_or(0..0)), "")
                .help("a waiver is a `[[waiver]]` table with `rule`, `path`, `owner`, `reason` and `until`");
            return Phase {
                value: Vec::new(),
                diagnostics: sink,
            };
        }
    };
    let mut value = Vec::new();
    for waiver in written {
        let name = waiver.rule.get_ref();
        let found = rule(name);
        let path = RelPath::new(waiver.path.get_ref());
        let until_at = waiver.until.span();
        let until = waiver.until.into_inner().into_text();
        let problem = if found.is_none() {
            Some((
                waiver.rule.span(),
                format!("there is no rule `{name}`"),
                "`cherryc rules` lists them all",
            ))
        } else if !found.is_some_and(|rule| rule.category.is_adjustable()) {
            Some((
                waiver.rule.span(),
                format!("findings of `{name}` cannot be waived"),
                "mend what it reports",
            ))
        } else if path.is_none() {
            Some((
                waiver.path.span(),
                format!("`{}` is no path of the workspace", waiver.path.get_ref()),
                "write it from the root of the workspace",
            ))
        } else if waiver.owner.get_ref().trim().is_empty() {
            Some((
                waiver.owner.span(),
                "a waiver needs an owner".to_owned(),
                "name who answers for it",
            ))
        } else if waiver.reason.get_ref().trim().is_empty() {
            Some((
                waiver.reason.span(),
                "a waiver needs a reason".to_owned(),
                "say why the finding is acceptable",
            ))
        } else if !is_day(&until) {
            Some((
                until_at.clone(),
                format!("`{until}` is no day"),
                "write the last day as YYYY-MM-DD",
            ))
        } else {
            None
        };
        if let Some((span, headline, help)) = problem {
            sink.report(&INVALID_WAIVER, headline)
                .at(at(span), "")
                .help(help);
            continue;
        }
        let (Some(rule), Some(path)) = (found, path) else {
            continue;
        };
        // Days in this form compare as text.
        if today.is_some_and(|today| today > until.as_str()) {
            sink.report(
                &WAIVER_EXPIRED,
                format_args!("the waiver of `{name}` has expired"),
            )
            .at(at(until_at), "this was its last day")
            .note(format_args!(
                "owner: {}; reason: {}",
                waiver.owner.get_ref(),
                waiver.reason.get_ref()
            ))
            .help("mend what it waived and remove it, or agree on a later day");
            continue;
        }
        let span = at(waiver.rule.span());
        let rule = if rule.name == name {
            Waived::Rule(rule)
        } else {
            Waived::Peer(name.as_str().into())
        };
        value.push(Waiver { rule, path, span });
    }
    Phase {
        value,
        diagnostics: sink,
    }
}

#[cfg(test)]
mod tests {
    use super::parse_waivers;
    use crate::diag::rules::{INVALID_WAIVER, WAIVER_EXPIRED};
    use crate::text::{RelPath, Side, SourceMap};

    #[test]
    fn a_waiver_holds_until_its_last_day() {
        let text = "[[waiver]]\nrule = \"waiver-expired\"\npath = \"a\"\nowner = \"o\"\nreason = \"r\"\nuntil = \"2027-06-30\"\n";
        let mut sources = SourceMap::default();
        let path = RelPath::new("cherry.waivers.toml").expect("a plain name is a path");
        let file = sources.add(path, Side::New, text.into());
        let find = |name: &str| match name {
            "waiver-expired" => Some(&WAIVER_EXPIRED),
            "invalid-waiver" => Some(&INVALID_WAIVER),
            _ => None,
        };
        let held = |text: &str, today: Option<&str>| {
            let phase = parse_waivers(file, text, today, &find);
            (phase.value.len(), !phase.diagnostics.is_empty())
        };
        assert_eq!(held(text, None), (1, false));
        assert_eq!(held(text, Some("2027-06-30")), (1, false));
        assert_eq!(held(text, Some("2027-07-01")), (0, true));
        for (from, to) in [
            ("waiver-expired", "no-such-rule"),
            ("waiver-expired", "invalid-waiver"),
            ("\"a\"", "\"../a\""),
            ("\"o\"", "\" \""),
            ("\"r\"", "\"\""),
            ("06-30", "13-30"),
            ("06-30", "02-31"),
            ("owner = \"o\"\n", ""),
            ("[[waiver]]", "[[waivers]]"),
        ] {
            assert_eq!(held(&text.replace(from, to), None), (0, true), "{to}");
        }
    }
}
