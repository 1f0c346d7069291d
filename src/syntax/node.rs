//! A YAML or JSON document as a compact arena with byte spans.
//!
//! Nodes are 24 bytes each and refer to their children by range, so GitHub's 13 MB document stays
//! small. Text borrows from the source wherever it stands there verbatim; only what an escape or
//! a folded line changed lives in a side buffer. An alias is a node of its own that shares the
//! children of its anchor, so nothing is ever expanded.

use std::fmt;
use std::sync::Arc;

use crate::text::{FileId, Span};

/// A document.
pub(crate) struct Tree {
    pub(super) file: FileId,
    pub(super) text: Arc<str>,
    /// Texts that do not stand in the source verbatim, one after another.
    pub(super) side: String,
    pub(super) nodes: Vec<Raw>,
    /// Children of sequences.
    pub(super) items: Vec<u32>,
    /// Keys and values of mappings, in written order.
    pub(super) entries: Vec<RawEntry>,
    /// For large mappings: positions of their entries, sorted by the text of the key.
    pub(super) order: Vec<u32>,
    /// Keys that stood twice with one value: the first, and the one that was dropped.
    pub(super) repeated: Vec<(u32, u32)>,
    pub(super) root: u32,
}

/// What a node is, without its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Null,
    False,
    True,
    Number,
    String,
    Sequence,
    Mapping,
}

/// A node. What `at` and `len` mean depends on the tag: a range of text, of `items` or of `entries`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Raw {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) at: u32,
    pub(super) len: u32,
    /// Where the sorted index of a large mapping begins in `order`; [`NO_ORDER`] when it has none.
    pub(super) order: u32,
    pub(super) tag: Tag,
    /// Whether a scalar was written without quotes.
    pub(super) plain: bool,
    /// Whether the text of a scalar lies in the side buffer.
    pub(super) aside: bool,
}

/// A key and its value, both as node indexes.
#[derive(Debug, Clone, Copy)]
pub(super) struct RawEntry {
    pub(super) key: u32,
    pub(super) value: u32,
}

/// The mark of a mapping without a sorted index.
pub(super) const NO_ORDER: u32 = u32::MAX;

/// Mappings of at least this many keys get a sorted index; below it a scan is as fast.
pub(super) const INDEXED_FROM: usize = 16;

const _: () = assert!(size_of::<Raw>() == 24);

impl Tree {
    /// The outermost value.
    pub(crate) fn root(&self) -> Value<'_> {
        Value {
            tree: self,
            id: self.root,
        }
    }

    /// Keys that stood twice with one value, of which only the first is kept: the text, where the
    /// first stands, and where the other.
    pub(crate) fn repeated(&self) -> impl Iterator<Item = (&str, Span, Span)> {
        let span = |node: &Raw| Span::new(self.file, node.start, node.end);
        self.repeated.iter().map(move |(first, second)| {
            let first = &self.nodes[*first as usize];
            let second = &self.nodes[*second as usize];
            (self.node_text(first), span(first), span(second))
        })
    }

    pub(super) fn node_text(&self, node: &Raw) -> &str {
        let range = node.at as usize..(node.at as usize + node.len as usize);
        let from: &str = if node.aside { &self.side } else { &self.text };
        // Ranges are made by the builder from slices of these very strings.
        from.get(range).unwrap_or("")
    }

    /// Bytes held by the arena, the source text apart.
    #[cfg(test)]
    pub(super) fn heap_bytes(&self) -> usize {
        self.side.capacity()
            + self.nodes.capacity() * size_of::<Raw>()
            + self.entries.capacity() * size_of::<RawEntry>()
            + (self.items.capacity() + self.order.capacity()) * size_of::<u32>()
            + self.repeated.capacity() * size_of::<(u32, u32)>()
    }
}

impl fmt::Debug for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tree")
            .field("file", &self.file)
            .field("nodes", &self.nodes.len())
            .finish()
    }
}

/// A value of a document; a cheap handle.
#[derive(Clone, Copy)]
pub(crate) struct Value<'t> {
    tree: &'t Tree,
    id: u32,
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind<'t> {
    /// `null`, `~` or nothing at all.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as it was written.
    Number(&'t str),
    /// A text.
    String(&'t str),
    /// A list.
    Sequence,
    /// Keys with values.
    Mapping,
}

/// A key of a mapping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key<'t> {
    /// The key itself.
    pub(crate) text: &'t str,
    /// Where it stands, quotes included.
    pub(crate) span: Span,
}

impl<'t> Value<'t> {
    fn raw(self) -> &'t Raw {
        &self.tree.nodes[self.id as usize]
    }

    fn child(self, id: u32) -> Value<'t> {
        Value {
            tree: self.tree,
            id,
        }
    }

    fn raw_entries(self) -> &'t [RawEntry] {
        let raw = self.raw();
        if raw.tag != Tag::Mapping {
            return &[];
        }
        &self.tree.entries[raw.at as usize..][..raw.len as usize]
    }

    /// The number of this value within its tree. An alias has a number of its own.
    pub(crate) fn id(self) -> u32 {
        self.id
    }

    /// Where the value stands: scalars with their quotes, containers from their first byte to their
    /// last, nothing-at-all as an empty span behind its key. An alias stands where it is written.
    pub(crate) fn span(self) -> Span {
        let raw = self.raw();
        Span::new(self.tree.file, raw.start, raw.end)
    }

    /// Where the text of a scalar stands without its quotes, when it stands there verbatim, so
    /// that offsets into the text are offsets into the span; otherwise [`Self::span`].
    pub(crate) fn text_span(self) -> Span {
        let raw = self.raw();
        match raw.tag {
            Tag::Sequence | Tag::Mapping => self.span(),
            _ if raw.aside || raw.at < raw.start || raw.at + raw.len > raw.end => self.span(),
            _ => Span::new(self.tree.file, raw.at, raw.at + raw.len),
        }
    }

    /// What the value is.
    pub(crate) fn kind(self) -> Kind<'t> {
        let raw = self.raw();
        match raw.tag {
            Tag::Null => Kind::Null,
            Tag::False => Kind::Bool(false),
            Tag::True => Kind::Bool(true),
            Tag::Number => Kind::Number(self.tree.node_text(raw)),
            Tag::String => Kind::String(self.tree.node_text(raw)),
            Tag::Sequence => Kind::Sequence,
            Tag::Mapping => Kind::Mapping,
        }
    }

    /// The text of a string.
    pub(crate) fn as_str(self) -> Option<&'t str> {
        match self.kind() {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }

    /// The text of any scalar, as it was written.
    pub(crate) fn scalar_text(self) -> Option<&'t str> {
        let raw = self.raw();
        match raw.tag {
            Tag::Sequence | Tag::Mapping => None,
            _ => Some(self.tree.node_text(raw)),
        }
    }

    /// Whether this is a scalar written without quotes.
    pub(crate) fn is_plain(self) -> bool {
        self.raw().plain
    }

    /// Whether this has keys.
    pub(crate) fn is_mapping(self) -> bool {
        self.raw().tag == Tag::Mapping
    }

    /// Whether this is a list.
    pub(crate) fn is_sequence(self) -> bool {
        self.raw().tag == Tag::Sequence
    }

    /// How many entries or items there are; 0 for scalars.
    pub(crate) fn len(self) -> usize {
        match self.raw().tag {
            Tag::Sequence | Tag::Mapping => self.raw().len as usize,
            _ => 0,
        }
    }

    /// Keys and values in written order; nothing for anything but a mapping.
    pub(crate) fn entries(self) -> impl ExactSizeIterator<Item = (Key<'t>, Value<'t>)> {
        self.raw_entries()
            .iter()
            .map(move |entry| self.entry(*entry))
    }

    /// The items of a list; nothing for anything but a list.
    pub(crate) fn items(self) -> impl ExactSizeIterator<Item = Value<'t>> {
        let raw = self.raw();
        let ids: &'t [u32] = if raw.tag == Tag::Sequence {
            &self.tree.items[raw.at as usize..][..raw.len as usize]
        } else {
            &[]
        };
        ids.iter().map(move |id| self.child(*id))
    }

    /// The value of a key.
    pub(crate) fn get(self, key: &str) -> Option<Value<'t>> {
        self.find(key).map(|entry| self.child(entry.value))
    }

    /// The value of a key, with the key as it was written.
    pub(crate) fn get_entry(self, key: &str) -> Option<(Key<'t>, Value<'t>)> {
        self.find(key).map(|entry| self.entry(entry))
    }

    /// The value at an RFC 6901 pointer below this one; the empty pointer is the value itself.
    pub(crate) fn pointer(self, pointer: &str) -> Option<Value<'t>> {
        if pointer.is_empty() {
            return Some(self);
        }
        let mut at = self;
        for segment in pointer.strip_prefix('/')?.split('/') {
            at = at.step(segment)?;
        }
        Some(at)
    }

    /// One step of a pointer: `~1` stands for `/` and `~0` for `~`.
    fn step(self, segment: &str) -> Option<Value<'t>> {
        match self.raw().tag {
            Tag::Mapping if segment.contains('~') => {
                self.get(&segment.replace("~1", "/").replace("~0", "~"))
            }
            Tag::Mapping => self.get(segment),
            Tag::Sequence => {
                let digits = segment.bytes().all(|byte| byte.is_ascii_digit());
                // RFC 6901 allows no leading zero, and `-` names what does not exist yet.
                if !digits || (segment.len() > 1 && segment.starts_with('0')) {
                    return None;
                }
                self.items().nth(segment.parse().ok()?)
            }
            _ => None,
        }
    }

    fn entry(self, entry: RawEntry) -> (Key<'t>, Value<'t>) {
        let key = self.child(entry.key);
        let text = self.tree.node_text(key.raw());
        (
            Key {
                text,
                span: key.span(),
            },
            self.child(entry.value),
        )
    }

    fn find(self, key: &str) -> Option<RawEntry> {
        let entries = self.raw_entries();
        let text = |entry: &RawEntry| self.tree.node_text(&self.tree.nodes[entry.key as usize]);
        let raw = self.raw();
        if raw.order == NO_ORDER || raw.tag != Tag::Mapping {
            return entries.iter().find(|entry| text(entry) == key).copied();
        }
        let order = &self.tree.order[raw.order as usize..][..entries.len()];
        let found = order.binary_search_by(|at| text(&entries[*at as usize]).cmp(key));
        found.ok().map(|at| entries[order[at] as usize])
    }
}

impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            Kind::Null => f.write_str("null"),
            Kind::Bool(flag) => write!(f, "{flag}"),
            Kind::Number(text) => f.write_str(text),
            Kind::String(text) => write!(f, "{text:?}"),
            Kind::Sequence => f.debug_list().entries(self.items()).finish(),
            Kind::Mapping => f
                .debug_map()
                .entries(self.entries().map(|(key, value)| (key.text, value)))
                .finish(),
        }
    }
}
