//! The kinds of mutation, and how one is made.

use std::collections::BTreeMap;

use super::outline::{Field, Outline, Place};
use super::{elements, fields, rows, wholes};

/// Files by name below a mutant's folder.
pub(super) type Files = BTreeMap<String, String>;

/// The name of a mutant's file.
pub(super) const FILE: &str = "a.proto";

/// How a base file is rewritten before it is mutated, on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// As it is in the corpus: proto3.
    Plain,
    /// With labels.
    Proto2,
    /// Edition 2023 with implicit presence.
    Edition,
}

/// Chooses what to change, and changes it; `None` where a file has nothing of the sort.
pub(super) type Change = fn(&Outline, &mut Rng, &mut Edits) -> Option<()>;

/// What a kind does.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    /// Edits of the file.
    Edit(Change),
    /// A text in the old file against another text at the same place of the new one.
    Swap(Spot, &'static str, &'static str),
    /// The files of the new side.
    Whole(fn(&Outline, &mut Rng) -> Option<Files>),
}

/// Where a [`Step::Swap`] puts its texts.
#[derive(Debug, Clone, Copy)]
pub(super) enum Spot {
    /// Behind the package statement.
    File,
    /// First in a message.
    Message,
    /// First in an enum.
    Enum,
    /// First in a procedure's braces.
    Rpc,
    /// At the end of the file.
    End,
}

/// A kind of mutation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kind {
    pub(super) name: &'static str,
    pub(super) dialect: Dialect,
    /// Nothing may be found, whoever looks.
    pub(super) is_silent: bool,
    pub(super) step: Step,
}

/// A mutant: what stood there, and what stands there now.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    pub(super) old: Files,
    pub(super) new: Files,
}

/// Every kind.
pub(super) fn all() -> Vec<Kind> {
    let tables: [&[Kind]; 4] = [fields::KINDS, elements::KINDS, rows::KINDS, wholes::KINDS];
    tables.concat()
}

impl Kind {
    /// A kind of edit that some rule speaks about.
    pub(super) const fn edit(name: &'static str, change: Change) -> Kind {
        Kind::new(name, Dialect::Plain, Step::Edit(change))
    }

    pub(super) const fn new(name: &'static str, dialect: Dialect, step: Step) -> Kind {
        Kind {
            name,
            dialect,
            is_silent: false,
            step,
        }
    }

    /// The same kind, of which nothing may be found.
    pub(super) const fn silent(mut self) -> Kind {
        self.is_silent = true;
        self
    }

    /// Mutates a base file; `None` where this kind finds nothing to change.
    pub(super) fn mutate(&self, base: &Outline, rng: &mut Rng) -> Option<Pair> {
        let outline = match self.dialect {
            Dialect::Plain => base.clone(),
            Dialect::Proto2 => Outline::read(&to_proto2(base)?)?,
            Dialect::Edition => Outline::read(&to_edition(base)?)?,
        };
        let one = |text: String| Files::from([(FILE.to_owned(), text)]);
        let (old, new) = match self.step {
            Step::Edit(change) => {
                let mut edits = Edits::default();
                change(&outline, rng, &mut edits)?;
                (outline.text.clone(), one(edits.apply(&outline.text)?))
            }
            Step::Swap(spot, was, is) => {
                let at = spot.find(&outline, rng)?;
                let (head, tail) = outline.text.split_at(at);
                let with = |text: &str| format!("{head}\n{text}\n{tail}");
                (with(was), one(with(is)))
            }
            Step::Whole(whole) => (outline.text.clone(), whole(&outline, rng)?),
        };
        Some(Pair { old: one(old), new })
    }
}

impl Spot {
    fn find(self, outline: &Outline, rng: &mut Rng) -> Option<usize> {
        Some(match self {
            Spot::File => outline.package.end + 1,
            Spot::Message => rng.pick(&outline.messages)?.block.body.start,
            Spot::Enum => rng.pick(&outline.enums)?.block.body.start,
            Spot::Rpc => {
                let bodies: Vec<_> = outline
                    .rpcs
                    .iter()
                    .filter_map(|rpc| rpc.body.clone())
                    .collect();
                rng.pick(&bodies)?.start
            }
            Spot::End => outline.text.len(),
        })
    }
}

/// Rewrites a proto3 file in proto2.
fn to_proto2(base: &Outline) -> Option<String> {
    let mut edits = Edits::default();
    edits.replace(&base.syntax, "syntax = \"proto2\";");
    for field in &base.fields {
        if field.label.is_none() && field.map.is_none() && field.oneof.is_none() {
            edits.insert(field.whole.start, "optional ");
        }
    }
    edits.apply(&base.text)
}

/// Rewrites a proto3 file in edition 2023.
pub(super) fn to_edition(base: &Outline) -> Option<String> {
    let mut edits = Edits::default();
    edits.replace(&base.syntax, "edition = \"2023\";");
    let presence = "\noption features.field_presence = IMPLICIT;";
    edits.insert(base.package.end + 1, presence);
    for field in &base.fields {
        if let Some(label) = field
            .label
            .as_ref()
            .filter(|label| base.at(label) == "optional")
        {
            edits.replace(label, "");
            add_option(
                base,
                field,
                "features.field_presence = EXPLICIT",
                &mut edits,
            );
        }
    }
    edits.apply(&base.text)
}

/// Gives a field one option more.
pub(super) fn add_option(outline: &Outline, field: &Field, option: &str, edits: &mut Edits) {
    match &field.options {
        Some(options) => edits.insert(options.start + 1, &format!("{option}, ")),
        None => {
            let end = outline.text[..field.whole.end].rfind(';');
            let end = end.expect("a statement ends with a semicolon");
            edits.insert(end, &format!(" [{option}]"));
        }
    }
}

/// Changes of a text, made all at once.
#[derive(Debug, Default)]
pub(super) struct Edits(Vec<(Place, String)>);

impl Edits {
    pub(super) fn replace(&mut self, place: &Place, text: &str) {
        self.0.push((place.clone(), text.to_owned()));
    }

    pub(super) fn insert(&mut self, at: usize, text: &str) {
        self.0.push((at..at, text.to_owned()));
    }

    pub(super) fn remove(&mut self, place: &Place) {
        self.replace(place, "");
    }

    /// Lets two places change their texts.
    pub(super) fn exchange(&mut self, outline: &Outline, one: &Place, other: &Place) {
        self.replace(one, outline.at(other));
        self.replace(other, outline.at(one));
    }

    /// The changed text; `None` when two changes meet, or nothing changes.
    pub(super) fn apply(mut self, text: &str) -> Option<String> {
        self.0.sort_by_key(|(place, _)| (place.start, place.end));
        let mut out = String::new();
        let mut done = 0;
        for (place, new) in &self.0 {
            out.push_str(text.get(done..place.start)?);
            out.push_str(new);
            done = place.end;
        }
        out.push_str(&text[done..]);
        (out != text).then_some(out)
    }
}

/// Chance with a seed: the same seed, the same mutants (splitmix64).
#[derive(Debug, Clone)]
pub(super) struct Rng(pub(super) u64);

impl Rng {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let count = u64::try_from(from.len()).ok().filter(|count| *count > 0)?;
        from.get(usize::try_from(self.next() % count).ok()?)
    }

    /// One of those that fit.
    pub(super) fn pick_from<T>(&mut self, from: impl IntoIterator<Item = T>) -> Option<T> {
        let mut fit: Vec<T> = from.into_iter().collect();
        let count = u64::try_from(fit.len()).ok().filter(|count| *count > 0)?;
        Some(fit.swap_remove(usize::try_from(self.next() % count).ok()?))
    }
}
