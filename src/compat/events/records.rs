//! Messages that are records with numbered fields: what the one walk over both releases says of the
//! types that they hold.

use std::collections::BTreeSet;

use super::rules;
use crate::compat::finding::{Effect, Finding, Place, Touched, is_harmless};
use crate::compat::peers::{self, Category};
use crate::compat::policy::Policy;
use crate::compat::{cx, diff, index, report, rules as change_rules};
use crate::contract::Encoding;
use crate::diag::{Breaks, Diagnostics};
use crate::schema::{FieldType, SchemaSet, TypeKind, Uses};
use crate::text::{NameSet, Span};

/// A message of both releases.
pub(super) struct RecordPair<'a> {
    /// The name of the event.
    pub(super) event: String,
    /// The full names of its record.
    pub(super) names: [&'a str; 2],
    /// Where the contracts name them.
    pub(super) at: [Span; 2],
    /// The form in which it travels, where one is said.
    pub(super) encoding: Option<Encoding>,
}

/// Compares the messages of two sets of units.
pub(super) fn compare(
    old: &SchemaSet,
    new: &SchemaSet,
    pairs: &[RecordPair<'_>],
    policy: &Policy,
) -> Diagnostics {
    let entries = [index::Entries::of(old), index::Entries::of(new)];
    let (was, is) = (
        index::Index::new(old, &entries[0]),
        index::Index::new(new, &entries[1]),
    );
    let walk = diff::Walk {
        old: &was,
        new: &is,
        is_partial: false,
    };
    let changes = diff::diff(&walk);
    let cx = cx::Cx::new(&was, &is);
    // Each type with the messages that hold it, by the form in which they travel.
    let held: Vec<(&RecordPair<'_>, NameSet<&str>)> = pairs
        .iter()
        .map(|pair| {
            let mut names = below(old, pair.names[0]);
            names.extend(below(new, pair.names[1]));
            (pair, names)
        })
        .collect();
    let forms: BTreeSet<Option<Form>> = pairs.iter().map(|pair| pair.encoding.map(Form)).collect();
    let judged: Vec<Finding<'_>> = changes
        .iter()
        .flat_map(|change| change_rules::judge(change, &cx))
        .collect();
    let mut out = Vec::new();
    for form in forms {
        for finding in &judged {
            let Touched::Type(name) = finding.touches else {
                continue;
            };
            let messages = held
                .iter()
                .filter(|(pair, names)| pair.encoding.map(Form) == form && names.contains(name));
            let operations: BTreeSet<String> =
                messages.map(|(pair, _)| pair.event.clone()).collect();
            if operations.is_empty() {
                continue;
            }
            let mut finding = in_form(finding.clone(), form.map(|form| form.0));
            if is_harmless(&finding.breaks)
                && finding.effect != Effect::Addition
                && !(finding.peers.iter()).any(|id| peers::is_in(id, Category::WireJson))
            {
                // Only generated code is hurt, which the comparison of the files tells.
                continue;
            }
            finding.touches = Touched::Messages(Uses {
                operations,
                ..Uses::default()
            });
            out.push(finding);
        }
    }
    let renamed = pairs.iter().filter(|pair| pair.names[0] != pair.names[1]);
    out.extend(renamed.map(|pair| replaced(pair, &cx)));
    report::report(out.into_iter(), policy, |_| Uses::default())
}

/// A form, in an order.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Form(Encoding);

impl Form {
    fn number(self) -> u8 {
        match self.0 {
            Encoding::Binary => 0,
            Encoding::Json => 1,
        }
    }
}

impl PartialOrd for Form {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Form {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.number().cmp(&other.number())
    }
}

/// A finding about messages: code that was generated is no part of what travels.
fn in_form(mut finding: Finding<'_>, encoding: Option<Encoding>) -> Finding<'_> {
    finding.breaks.source = None;
    match encoding {
        Some(Encoding::Binary) => finding.breaks.json = None,
        Some(Encoding::Json) => finding.breaks.binary = None,
        None => {}
    }
    finding
}

/// An event that holds another record than before.
fn replaced<'a>(pair: &RecordPair<'_>, cx: &cx::Cx<'_>) -> Finding<'a> {
    let [was, is] = pair.names;
    let shape = cx.shape(was, is);
    let headline = format!("`{}` holds `{is}`; it was `{was}`", pair.event);
    let finding = Finding::new(&rules::EVENT_PAYLOAD_REPLACED, headline)
        .at(Place::At(pair.at[1]), "another message")
        .was_at(pair.at[0])
        .breaks(Breaks {
            binary: Some(shape.binary),
            json: Some(shape.json),
            source: None,
        })
        .some_suffice()
        .help("send it in the old form beside the new one, as a new major version");
    let finding = match &shape.reason {
        Some(reason) => finding.note(reason.note(None)),
        None => finding,
    };
    in_form(finding, pair.encoding)
}

/// A type and all that it holds, by full names.
fn below<'s>(set: &'s SchemaSet, root: &'s str) -> NameSet<&'s str> {
    let types = || set.units.iter().flat_map(|unit| &unit.types);
    let by_name: crate::text::NameMap<&str, &TypeKind> =
        types().map(|ty| (&*ty.name, &ty.kind)).collect();
    let added = || set.units.iter().flat_map(|unit| &unit.extensions);
    let mut seen: NameSet<&str> = std::iter::once(root).collect();
    let mut open = vec![root];
    while let Some(name) = open.pop() {
        let own = match by_name.get(name) {
            Some(TypeKind::Record(record)) => &record.fields[..],
            Some(TypeKind::Enum(_)) | None => &[],
        };
        let extensions = added().filter(|extension| *extension.extendee == *name);
        let fields = own
            .iter()
            .chain(extensions.map(|extension| &extension.field));
        for ty in fields.map(|field| &field.ty) {
            let (entry, value) = match ty {
                FieldType::Map(map) => (Some(&*map.entry), &map.value),
                other => (None, other),
            };
            let held = match value {
                FieldType::Record { name, .. } | FieldType::Enum { name, .. } => Some(&**name),
                FieldType::Scalar(_) | FieldType::Map(_) => None,
            };
            for part in entry.into_iter().chain(held) {
                if seen.insert(part) {
                    open.push(part);
                }
            }
        }
    }
    seen
}
