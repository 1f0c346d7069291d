//! The version of a document says less than what changed.

use std::cmp::Ordering;

use crate::compat::calls::rules::finding;
use crate::compat::calls::said::Said;
use crate::compat::finding::Place;
use crate::declare_rule;
use crate::diag::Directions;
use crate::schema::Description;

declare_rule! {
    /// Something breaks, and the version of the document does not say so.
    #[page = "document_version_step.md"]
    pub(crate) static DOCUMENT_VERSION_STEP = { category: Compat, level: Info, since: "0.3", peers: ["oasdiff:api-version-not-bumped", "oasdiff:api-version-decreased", "oasdiff:api-major-version-not-bumped"] };
}

/// What is said about the versions of two documents between which something breaks.
pub(in crate::compat::calls) fn said(old: &Description, new: &Description) -> Option<Said> {
    let (old, new) = (old.version.as_ref()?, new.version.as_ref()?);
    let (old_numbers, new_numbers) = (numbers(&old.node), numbers(&new.node));
    let (becomes, peer) = if old.node == new.node {
        let becomes = format!("is still {}, and something breaks", new.node);
        (becomes, "oasdiff:api-version-not-bumped")
    } else {
        let (old_numbers, new_numbers) = (old_numbers?, new_numbers?);
        let becomes = format!(
            "went from {} to {}, and something breaks",
            old.node, new.node
        );
        match new_numbers.cmp(&old_numbers) {
            Ordering::Less => (becomes, "oasdiff:api-version-decreased"),
            _ if is_major(old_numbers, new_numbers) => return None,
            _ => (becomes, "oasdiff:api-major-version-not-bumped"),
        }
    };
    let finding = finding(&DOCUMENT_VERSION_STEP, Directions::SAFE, Directions::SAFE)
        .at(Place::At(new.span), "")
        .was_at(old.span)
        .peer(peer, true)
        .concludes()
        .help("take the next major version");
    Some(Said::new(finding, "the version of the document", becomes))
}

/// Whether the step may break (Semantic Versioning 2.0.0, sections 4 and 8): before 1.0.0 the second
/// number does what the first does later.
fn is_major(old: [u64; 3], new: [u64; 3]) -> bool {
    new[0] > old[0] || (old[0] == 0 && new[0] == 0 && new[1] > old[1])
}

/// The three numbers of a version, with or without `v`; missing ones are 0, and what follows `-` or
/// `+` is left out.
fn numbers(version: &str) -> Option<[u64; 3]> {
    let version = version.strip_prefix('v').unwrap_or(version);
    let core = version.split(['-', '+']).next().unwrap_or_default();
    let mut numbers = [0; 3];
    let mut parts = core.split('.');
    for number in &mut numbers {
        match parts.next() {
            Some(part) => *number = part.parse().ok()?,
            None => break,
        }
    }
    parts.next().is_none().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::{is_major, numbers};

    #[test]
    fn steps_of_versions() {
        for (old, new, expected) in [
            ("1.4.0", "2.0.0", true),
            ("1.4.0", "1.5.0", false),
            ("v1", "v2", true),
            ("0.4.0", "0.5.0", true),
            ("0.4.0", "0.4.1", false),
            ("0.4", "1.0-rc.1", true),
        ] {
            let numbers = |text| numbers(text).expect("it is a version");
            assert_eq!(
                is_major(numbers(old), numbers(new)),
                expected,
                "{old} {new}"
            );
        }
        for text in ["2026-11-24-beta.1.x", "one", "1.2.3.4", ""] {
            assert_eq!(
                numbers(text),
                (text == "2026-11-24-beta.1.x").then_some([2026, 0, 0])
            );
        }
    }
}
