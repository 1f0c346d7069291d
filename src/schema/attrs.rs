//! Facts that only one format has, carried as neutral attributes.
//!
//! A reader says what its attributes mean in a table of [`AttrDef`]s; who compares two releases
//! judges every attribute by its row and needs no name of a format.

use crate::text::Span;

/// The meaning of attributes; the readers of a format declare theirs as a static.
pub(crate) type AttrTable = &'static [AttrDef];

/// What an attribute means.
#[derive(Debug)]
pub(crate) struct AttrDef {
    /// Its key as people write it.
    pub(crate) key: &'static str,
    /// What it is a fact about.
    pub(crate) of: AttrOwner,
    /// The value when none is written, in the form of [`Attr::value`].
    pub(crate) default: &'static str,
    /// Which changes of it count.
    pub(crate) counts: AttrChange,
    /// Who is hurt by those.
    pub(crate) hurts: AttrHurt,
    /// Whether what a record says holds for the entries of its tables, too.
    pub(crate) reaches_entries: bool,
    /// The attribute that this one takes its value from when it is not written itself.
    pub(crate) follows: Option<&'static str>,
    /// Ids of the same check in other tools.
    pub(crate) peers: &'static [&'static str],
}

/// What an attribute is a fact about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AttrOwner {
    /// A whole unit.
    Unit,
    /// A record.
    Record,
    /// An enum.
    Enum,
    /// A field, when both releases give it one of these types.
    Field(FieldGuard),
    /// A procedure.
    Method,
}

/// Types of a field that an attribute applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldGuard {
    /// Any.
    Any,
    /// Text.
    Text,
    /// Text or bytes.
    TextOrBytes,
    /// A whole number of 64 bits.
    Int64,
}

/// Which changes of an attribute count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AttrChange {
    /// Any.
    Any,
    /// One away from this value.
    From(&'static str),
    /// One to this value.
    To(&'static str),
    /// Any, save one from the first value to the second.
    Except(&'static str, &'static str),
}

/// Who is hurt by a change of an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AttrHurt {
    /// Readers and writers of the binary form.
    Binary,
    /// Readers and writers of the JSON form.
    Json,
    /// Those who compile generated code.
    Source,
    /// Nobody: it is worth knowing only.
    Nobody,
}

/// A fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attr {
    /// Its key: that of an [`AttrDef`], or the full name of an option in parentheses, which no row
    /// explains and which is compared as text.
    pub(crate) key: Box<str>,
    /// Its value in a canonical text form: equal texts mean equal values.
    pub(crate) value: Box<str>,
    /// Where it is written; absent when it is inherited or follows from the dialect.
    pub(crate) span: Option<Span>,
}

/// Facts about one thing, sorted by key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Attrs(Box<[Attr]>);

impl Attrs {
    /// Sorts facts by key; of several with one key (a repeated option) all are kept, in order.
    pub(crate) fn new(mut list: Vec<Attr>) -> Self {
        list.sort_by(|l, r| l.key.cmp(&r.key));
        Attrs(list.into())
    }

    /// The facts with this key, in the order they were written.
    pub(crate) fn get<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Attr> {
        let from = self.0.partition_point(|attr| *attr.key < *key);
        self.0[from..]
            .iter()
            .take_while(move |attr| &*attr.key == key)
    }

    /// All facts by key.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Attr> {
        self.0.iter()
    }
}
