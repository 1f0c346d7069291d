//! Several versions at once: which one is newer, and one finding for what breaks many.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use semver::Version;

use super::Release;
use crate::diag::{Diagnostic, Severity};
use crate::text::SourceMap;

/// Versions named in a note; the others are counted.
const MAX_NAMED: usize = 5;

/// What tells findings of several comparisons apart: the new side is read once per comparison, so
/// its places are compared by path. What breaks one version may only be a warning about another.
type Key = (&'static str, Severity, Box<str>, Option<(String, u32, u32)>);

/// Findings of several comparisons, each once.
#[derive(Default)]
pub(super) struct Merged {
    found: Vec<(Diagnostic, Vec<String>)>,
    known: BTreeMap<Key, usize>,
}

impl Merged {
    /// Takes the findings against one version over.
    pub(super) fn add(
        &mut self,
        old: &Release<'_>,
        found: impl IntoIterator<Item = Diagnostic>,
        sources: &SourceMap,
    ) {
        for finding in found {
            let at = finding.comparison().and_then(|comparison| comparison.at);
            let place = at.map(|span| {
                let path = sources.file(span.file).path().to_string();
                (path, span.start, span.end)
            });
            let key = (
                finding.rule().name,
                finding.severity(),
                finding.headline.clone(),
                place,
            );
            match self.known.get(&key) {
                // A rule may say the same thing twice about one version.
                Some(at) if self.found[*at].1.last() != Some(&old.name) => {
                    self.found[*at].1.push(old.name.clone());
                }
                _ => {
                    self.known.insert(key, self.found.len());
                    self.found.push((finding, vec![old.name.clone()]));
                }
            }
        }
    }

    /// The findings; those of a history of several versions say which ones they are about.
    pub(super) fn finish(self, versions: usize) -> impl Iterator<Item = Diagnostic> {
        self.found.into_iter().map(move |(mut finding, names)| {
            if versions > 1 {
                let named: Vec<String> = names
                    .iter()
                    .take(MAX_NAMED)
                    .map(|name| format!("`{name}`"))
                    .collect();
                let mut note = format!("against {}", named.join(", "));
                if names.len() > MAX_NAMED {
                    note.push_str(&format!(" and {} more", names.len() - MAX_NAMED));
                }
                finding.notes.push(note.into());
            }
            finding
        })
    }
}

/// The order of two versions by their names, such as tags: as Semantic Versioning has it where both
/// end in a version, else by the numbers in them.
pub fn compare_versions(left: &str, right: &str) -> Ordering {
    match (version(left), version(right)) {
        (Some(l), Some(r)) => l.cmp(&r).then_with(|| left.cmp(right)),
        _ => natural(left, right).then_with(|| left.cmp(right)),
    }
}

/// Whether a name such as that of a tag, a file or a folder says which version it is: `v1.2.3`,
/// `1.0.0.json`, `order-1.4.proto`.
pub fn is_version(name: &str) -> bool {
    version(name).is_some()
}

/// The version that a name such as `v1.2.3`, `api/v2` or `order-1.4.proto` ends in. A number within a
/// word, as in `s3-1.0.0`, is none; of several the most complete one counts, the first of those.
fn version(name: &str) -> Option<Version> {
    let ends = [".proto", ".cherry.yaml", ".yaml", ".yml", ".json", ".avsc"];
    let name = (ends.iter().find_map(|end| name.strip_suffix(end))).unwrap_or(name);
    let last = name.rsplit('/').next().unwrap_or(name);
    let bytes = last.as_bytes();
    let begins = (0..bytes.len()).filter(|at| {
        let before = &bytes[..*at];
        let before = match before {
            [rest @ .., b'v' | b'V'] => rest,
            _ => before,
        };
        let is_edge = before
            .last()
            .is_none_or(|byte| !byte.is_ascii_alphanumeric());
        bytes[*at].is_ascii_digit() && is_edge
    });
    let mut found: Option<(usize, Version)> = None;
    for at in begins {
        let text = &last[at..];
        let core_end = text.find(['-', '+']).unwrap_or(text.len());
        let (core, rest) = text.split_at(core_end);
        let parts = core.matches('.').count() + 1;
        let missing = match parts {
            1 => ".0.0",
            2 => ".0",
            3 => "",
            _ => continue,
        };
        let is_better = found.as_ref().is_none_or(|(known, _)| *known < parts);
        if let (true, Ok(version)) = (is_better, Version::parse(&format!("{core}{missing}{rest}")))
        {
            found = Some((parts, version));
        }
    }
    found.map(|(_, version)| version)
}

/// Text with its runs of digits compared as numbers.
fn natural(left: &str, right: &str) -> Ordering {
    let (mut l, mut r) = (left, right);
    loop {
        let (Some(a), Some(b)) = (l.chars().next(), r.chars().next()) else {
            return l.len().cmp(&r.len());
        };
        if a.is_ascii_digit() && b.is_ascii_digit() {
            let number = |text: &str| {
                let end = text
                    .find(|c: char| !c.is_ascii_digit())
                    .unwrap_or(text.len());
                let digits = text[..end].trim_start_matches('0').to_owned();
                (end, digits)
            };
            let ((l_end, l_digits), (r_end, r_digits)) = (number(l), number(r));
            let order = l_digits
                .len()
                .cmp(&r_digits.len())
                .then(l_digits.cmp(&r_digits));
            if order != Ordering::Equal {
                return order;
            }
            (l, r) = (&l[l_end..], &r[r_end..]);
        } else if a == b {
            (l, r) = (&l[a.len_utf8()..], &r[b.len_utf8()..]);
        } else {
            return a.cmp(&b);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{compare_versions, is_version};

    #[test]
    fn versions_are_in_the_order_of_their_numbers() {
        let sorted = [
            "v1.0.0-alpha",
            "v1.0.0-alpha.1",
            "v1.0.0",
            "v1.2",
            "v1.10.0",
            "v2",
            "v10.0.0",
        ];
        let mut shuffled = sorted;
        shuffled.reverse();
        shuffled.sort_by(|l, r| compare_versions(l, r));
        assert_eq!(shuffled, sorted);
        let mut named = ["part10", "part9", "other", "part"];
        named.sort_by(|l, r| compare_versions(l, r));
        assert_eq!(named, ["other", "part", "part9", "part10"]);
        let mut contracts = ["order-1.10.cherry.yaml", "order-1.9.1.cherry.yaml"];
        contracts.sort_by(|l, r| compare_versions(l, r));
        assert_eq!(
            contracts,
            ["order-1.9.1.cherry.yaml", "order-1.10.cherry.yaml"]
        );
        let mut files = ["order-1.10.proto", "order-1.9.proto"];
        files.sort_by(|l, r| compare_versions(l, r));
        assert_eq!(files, ["order-1.9.proto", "order-1.10.proto"]);
    }

    #[test]
    fn names_say_which_version_they_are() {
        let sorted = [
            "s3-openapi-3.1-1.9.0.yaml",
            "s3-openapi-3.1-1.10.0-rc.1.yaml",
            "s3-openapi-3.1-1.10.0.yaml",
            "s3-v2.json",
            "s3.v2.1.json",
            "api/v10",
        ];
        let mut shuffled = sorted;
        shuffled.reverse();
        shuffled.sort_by(|l, r| compare_versions(l, r));
        assert_eq!(shuffled, sorted);
        for name in sorted {
            assert!(is_version(name), "{name}");
        }
        for name in ["docs", "s3", "package.json", "openapi.yaml", "utf8-notes"] {
            assert!(!is_version(name), "{name}");
        }
    }
}
