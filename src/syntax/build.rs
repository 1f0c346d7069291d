//! Events to arena: the one place that makes trees, whatever the format.

use std::sync::Arc;

use super::node::{INDEXED_FROM, NO_ORDER, Raw, RawEntry, Tag, Tree};
use super::rules;
use crate::diag::Diagnostics;
use crate::text::{FileId, Span};

/// Deepest nesting of lists and mappings. People stop at ten; readers above walk trees by recursion,
/// and this bounds their stack.
pub(crate) const MAX_DEPTH: usize = 128;

/// Most values (keys included) in one document. GitHub's 13 MB hold well below a million; at 24 bytes
/// each this bounds the arena to about 100 MB.
pub(crate) const MAX_NODES: usize = 4_000_000;

/// Most values that the aliases of one document may stand for. Nothing is expanded, but whoever
/// walks a tree meets a shared value once per alias, and this bounds that walk.
pub(crate) const MAX_ALIAS_NODES: u64 = 1_000_000;

/// Repeated keys that are reported per document; a file with more has one mistake, not many.
const MAX_DUPLICATES: usize = 50;

/// Most values that are held against those of the same key before; nobody repeats more by accident.
const MAX_COMPARISONS: usize = 100_000;

/// The document cannot be read further; the reason was reported.
#[derive(Debug)]
pub(super) struct Stop;

/// The text of a scalar.
pub(super) enum Text<'s> {
    /// It stands in the source at these bytes.
    Verbatim(usize, usize),
    /// It was made from the source by an escape or a folded line.
    Made(&'s str),
}

/// A place in the source, in bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Range {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A value behind an anchor.
#[derive(Debug, Clone, Copy)]
struct Anchor {
    node: u32,
    size: u64,
    height: usize,
}

/// A container that is not closed yet.
struct Frame {
    node: u32,
    /// Where its children begin in `open`.
    base: usize,
    mapping: bool,
    anchor: usize,
    /// Values in it, aliases counted for what they stand for.
    size: u64,
    /// Levels below it.
    height: usize,
}

/// Takes events in and makes a tree.
pub(super) struct Builder {
    tree: Tree,
    pub(super) sink: Diagnostics,
    frames: Vec<Frame>,
    /// Children of the containers that are not closed yet.
    open: Vec<u32>,
    /// By number: `None` while the value is not complete.
    anchors: Vec<Option<Anchor>>,
    alias_nodes: u64,
    duplicates: usize,
    /// Whether a key may stand twice when both values are equal.
    keeps_repeated: bool,
    /// How many values may still be held against one another.
    comparisons: usize,
    root: Option<u32>,
}

impl Builder {
    pub(super) fn new(file: FileId, text: &Arc<str>, keeps_repeated: bool) -> Self {
        let guess = text.len() / 24;
        Builder {
            tree: Tree {
                file,
                text: Arc::clone(text),
                side: String::new(),
                nodes: Vec::with_capacity(guess.min(MAX_NODES)),
                items: Vec::new(),
                entries: Vec::new(),
                order: Vec::new(),
                repeated: Vec::new(),
                root: 0,
            },
            sink: Diagnostics::default(),
            frames: Vec::new(),
            open: Vec::new(),
            anchors: Vec::new(),
            alias_nodes: 0,
            duplicates: 0,
            keeps_repeated,
            comparisons: MAX_COMPARISONS,
            root: None,
        }
    }

    /// The tree; a document without a value is null.
    pub(super) fn finish(mut self) -> (Tree, Diagnostics) {
        self.tree.root = match self.root {
            Some(root) => root,
            None => {
                self.tree.nodes.push(raw(Tag::Null, 0, 0));
                offset(self.tree.nodes.len() - 1)
            }
        };
        self.tree.nodes.shrink_to_fit();
        (self.tree, self.sink)
    }

    /// A span of the source.
    pub(super) fn span(&self, range: Range) -> Span {
        Span::new(self.tree.file, offset(range.start), offset(range.end))
    }

    /// Whether the next value is the key of a mapping.
    pub(super) fn expects_key(&self) -> bool {
        self.frames
            .last()
            .is_some_and(|frame| frame.mapping && (self.open.len() - frame.base).is_multiple_of(2))
    }

    /// Where the key stands whose value comes next; `None` outside mappings.
    pub(super) fn current_key(&self) -> Option<Range> {
        let frame = self.frames.last()?;
        if !frame.mapping || self.expects_key() {
            return None;
        }
        let raw = self.tree.nodes[*self.open.last()? as usize];
        Some(Range {
            start: raw.start as usize,
            end: raw.end as usize,
        })
    }

    pub(super) fn scalar(
        &mut self,
        tag: Tag,
        plain: bool,
        text: Text<'_>,
        place: Range,
        anchor: usize,
    ) -> Result<(), Stop> {
        let mut node = raw(tag, place.start, place.end);
        node.plain = plain;
        match text {
            Text::Verbatim(start, end) => {
                node.at = offset(start);
                node.len = offset(end - start);
            }
            Text::Made(text) => {
                node.aside = true;
                node.at = offset(self.tree.side.len());
                node.len = offset(text.len());
                self.tree.side.push_str(text);
            }
        }
        let id = self.push(node)?;
        self.complete(id, 1, 0, anchor);
        Ok(())
    }

    pub(super) fn open(&mut self, tag: Tag, start: usize, anchor: usize) -> Result<(), Stop> {
        let place = Range {
            start,
            end: start + 1,
        };
        if self.expects_key() {
            let span = self.span(place);
            self.sink
                .report(
                    &rules::YAML_SYNTAX,
                    "a key must be a text, not a list or a mapping",
                )
                .at(span, "expected a key")
                .help("put the key in quotes when it is a text");
            return Err(Stop);
        }
        if self.frames.len() >= MAX_DEPTH {
            return Err(self.too_deep(place));
        }
        let node = self.push(raw(tag, start, start))?;
        self.start_anchor(anchor);
        self.frames.push(Frame {
            node,
            base: self.open.len(),
            mapping: tag == Tag::Mapping,
            anchor,
            size: 1,
            height: 0,
        });
        Ok(())
    }

    /// Closes the innermost container. `end` is known where a bracket closes it; without one it ends
    /// with its last child, and a mapping begins with its first key.
    pub(super) fn close(&mut self, end: Option<usize>) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        let children = &self.open[frame.base..];
        let extent = |id: Option<&u32>| id.map(|id| self.tree.nodes[*id as usize]);
        let (first, last) = (extent(children.first()), extent(children.last()));
        let node = &mut self.tree.nodes[frame.node as usize];
        node.end = end.map_or_else(|| last.map_or(node.start, |last| last.end), offset);
        if let (true, None, Some(first)) = (frame.mapping, end, first) {
            node.start = first.start;
        }
        node.end = node.end.max(node.start);
        if frame.mapping {
            node.at = offset(self.tree.entries.len());
            node.len = offset(children.len() / 2);
            self.tree
                .entries
                .extend(children.chunks_exact(2).map(|pair| RawEntry {
                    key: pair[0],
                    value: pair[1],
                }));
            self.index(frame.node);
        } else {
            node.at = offset(self.tree.items.len());
            node.len = offset(children.len());
            self.tree.items.extend_from_slice(children);
        }
        self.open.truncate(frame.base);
        self.complete(frame.node, frame.size, frame.height + 1, frame.anchor);
    }

    /// A second mention of an anchored value.
    pub(super) fn alias(&mut self, anchor: usize, place: Range) -> Result<(), Stop> {
        let span = self.span(place);
        let Some(target) = self.anchors.get(anchor).copied().flatten() else {
            self.sink
                .report(
                    &rules::YAML_SYNTAX,
                    "an alias stands inside the value that it repeats",
                )
                .at(span, "would repeat itself for ever")
                .help("write the inner value out");
            return Err(Stop);
        };
        self.alias_nodes = self.alias_nodes.saturating_add(target.size);
        if self.alias_nodes > MAX_ALIAS_NODES {
            self.sink
                .report(
                    &rules::LIMIT_EXCEEDED,
                    format_args!("the aliases stand for more than {MAX_ALIAS_NODES} values"),
                )
                .at(span, "this alias goes past the limit")
                .help("write the values out, or repeat smaller ones");
            return Err(Stop);
        }
        if self.frames.len() + target.height > MAX_DEPTH {
            return Err(self.too_deep(place));
        }
        let mut node = self.tree.nodes[target.node as usize];
        if self.expects_key() && matches!(node.tag, Tag::Sequence | Tag::Mapping) {
            self.sink
                .report(
                    &rules::YAML_SYNTAX,
                    "a key must be a text, not a list or a mapping",
                )
                .at(span, "expected a key");
            return Err(Stop);
        }
        node.start = span.start;
        node.end = span.end;
        let id = self.push(node)?;
        self.complete(id, target.size, target.height, 0);
        Ok(())
    }

    fn push(&mut self, node: Raw) -> Result<u32, Stop> {
        if self.tree.nodes.len() >= MAX_NODES {
            let span = Span::new(self.tree.file, node.start, node.end);
            self.sink
                .report(
                    &rules::LIMIT_EXCEEDED,
                    format_args!("the document holds more than {MAX_NODES} values"),
                )
                .at(span, "this value goes past the limit")
                .help("split the document into several files");
            return Err(Stop);
        }
        self.tree.nodes.push(node);
        Ok(offset(self.tree.nodes.len() - 1))
    }

    fn too_deep(&mut self, place: Range) -> Stop {
        let span = self.span(place);
        self.sink
            .report(
                &rules::LIMIT_EXCEEDED,
                format_args!("lists and mappings are nested deeper than {MAX_DEPTH} levels"),
            )
            .at(span, "this one goes past the limit")
            .help("flatten the document");
        Stop
    }

    fn start_anchor(&mut self, anchor: usize) {
        // The number 0 means that there is none.
        if anchor != 0 && anchor >= self.anchors.len() {
            self.anchors.resize(anchor + 1, None);
        }
    }

    /// Hands a complete value to its container.
    fn complete(&mut self, node: u32, size: u64, height: usize, anchor: usize) {
        if anchor != 0 {
            self.start_anchor(anchor);
            self.anchors[anchor] = Some(Anchor { node, size, height });
        }
        match self.frames.last_mut() {
            Some(frame) => {
                frame.size = frame.size.saturating_add(size);
                frame.height = frame.height.max(height);
                self.open.push(node);
            }
            None => self.root = Some(node),
        }
    }

    /// Finds repeated keys, and indexes large mappings.
    fn index(&mut self, mapping: u32) {
        let (mut repeated, mut order) = self.sorted(mapping);
        if self.keeps_repeated && !repeated.is_empty() && self.drop_equal(mapping, &repeated) {
            (repeated, order) = self.sorted(mapping);
        }
        if let Some(order) = order {
            self.tree.nodes[mapping as usize].order = offset(self.tree.order.len());
            self.tree.order.extend(order);
        }
        for (earlier, later) in repeated {
            self.report_duplicate(earlier, later);
        }
    }

    /// The positions of repeated keys among all entries, and the order of a large mapping.
    fn sorted(&self, mapping: u32) -> (Vec<(usize, usize)>, Option<Vec<u32>>) {
        let tree = &self.tree;
        let node = tree.nodes[mapping as usize];
        let base = node.at as usize;
        let entries = &tree.entries[base..];
        let text = |at: usize| tree.node_text(&tree.nodes[entries[at].key as usize]);
        let mut repeated: Vec<(usize, usize)> = Vec::new();
        if entries.len() < INDEXED_FROM {
            for later in 1..entries.len() {
                let key = text(later);
                if let Some(earlier) = (0..later).find(|earlier| text(*earlier) == key) {
                    repeated.push((base + earlier, base + later));
                }
            }
            return (repeated, None);
        }
        let mut order: Vec<u32> = (0..node.len).collect();
        // The sort is stable, so of equal keys the first written comes first.
        order.sort_by(|l, r| text(*l as usize).cmp(text(*r as usize)));
        for pair in order.windows(2) {
            let (earlier, later) = (pair[0] as usize, pair[1] as usize);
            if text(earlier) == text(later) {
                repeated.push((base + earlier, base + later));
            }
        }
        (repeated, Some(order))
    }

    /// Takes those out of a mapping, the last that was closed, that repeat the value as well; whether
    /// there were any.
    fn drop_equal(&mut self, mapping: u32, repeated: &[(usize, usize)]) -> bool {
        let mut dropped = Vec::new();
        for (earlier, later) in repeated {
            let (first, second) = (self.tree.entries[*earlier], self.tree.entries[*later]);
            if self.is_same(first.value, second.value) {
                self.tree.repeated.push((first.key, second.key));
                dropped.push(*later);
            }
        }
        dropped.sort_unstable();
        let mut at = self.tree.nodes[mapping as usize].at as usize;
        let kept = self.tree.entries.split_off(at).into_iter().filter(|_| {
            at += 1;
            dropped.binary_search(&(at - 1)).is_err()
        });
        self.tree.entries.extend(kept);
        self.tree.nodes[mapping as usize].len -= offset(dropped.len());
        !dropped.is_empty()
    }

    /// Whether two values say the same in the same order; what is too large to tell is not.
    fn is_same(&mut self, one: u32, other: u32) -> bool {
        let Some(left) = self.comparisons.checked_sub(1) else {
            return false;
        };
        self.comparisons = left;
        let (l, r) = (
            self.tree.nodes[one as usize],
            self.tree.nodes[other as usize],
        );
        if l.tag != r.tag {
            return false;
        }
        let (start, other) = (l.at as usize, r.at as usize);
        match l.tag {
            Tag::Null | Tag::False | Tag::True => true,
            Tag::Number | Tag::String => self.tree.node_text(&l) == self.tree.node_text(&r),
            _ if l.len != r.len => false,
            Tag::Sequence => (0..l.len as usize).all(|at| {
                let items = &self.tree.items;
                let (l, r) = (items[start + at], items[other + at]);
                self.is_same(l, r)
            }),
            Tag::Mapping => (0..l.len as usize).all(|at| {
                let entries = &self.tree.entries;
                let (l, r) = (entries[start + at], entries[other + at]);
                self.is_same(l.key, r.key) && self.is_same(l.value, r.value)
            }),
        }
    }

    fn report_duplicate(&mut self, earlier: usize, later: usize) {
        self.duplicates += 1;
        if self.duplicates > MAX_DUPLICATES {
            return;
        }
        let key = |at: usize| self.tree.nodes[self.tree.entries[at].key as usize];
        let (first, second) = (key(earlier), key(later));
        let span = |raw: Raw| Span::new(self.tree.file, raw.start, raw.end);
        let text = super::decode::Clipped(self.tree.node_text(&second)).to_string();
        self.sink
            .report(
                &rules::DUPLICATE_KEY,
                format_args!("the key `{text}` stands twice"),
            )
            .at(span(second), "again here")
            .also(span(first), "first here")
            .help("remove one of the two");
    }
}

fn raw(tag: Tag, start: usize, end: usize) -> Raw {
    Raw {
        start: offset(start),
        end: offset(end),
        at: 0,
        len: 0,
        order: NO_ORDER,
        tag,
        plain: false,
        aside: false,
    }
}

/// Offsets and counts fit 32 bits because `MAX_FILE_BYTES` and `MAX_NODES` bound them; a text that
/// came another way saturates, and its spans with it.
fn offset(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
