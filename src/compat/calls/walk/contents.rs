//! Bodies by media type.

use super::{Call, Walk};
use crate::compat::calls::change::{Both, Part, What};
use crate::compat::calls::values::Where;
use crate::compat::contain::Travel;
use crate::schema::Content;
use crate::text::Span;

/// A media type taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
struct MediaType<'a> {
    kind: &'a str,
    subtype: &'a str,
    /// Parameters that tell types apart, sorted.
    params: Vec<&'a str>,
}

impl<'a> MediaType<'a> {
    fn of(text: &'a str) -> Self {
        let mut parts = text.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let (kind, subtype) = name.split_once('/').unwrap_or((name, ""));
        // JSON is UTF-8 whatever is said (RFC 8259, section 11), and so are texts that say so.
        let mut params: Vec<&str> = parts
            .filter(|part| {
                !part.is_empty() && !part.replace('"', "").eq_ignore_ascii_case("charset=utf-8")
            })
            .collect();
        params.sort_unstable();
        MediaType {
            kind,
            subtype,
            params,
        }
    }

    fn is_range(&self) -> bool {
        self.subtype == "*"
    }

    /// Whether every type of the other is one of this range, which is the wider one.
    fn holds(&self, other: &MediaType<'_>) -> bool {
        self.is_range() && self != other && (self.kind == "*" || self.kind == other.kind)
    }
}

/// A content with its media type.
struct Typed<'a> {
    content: &'a Content,
    ty: MediaType<'a>,
}

fn typed(contents: &[Content]) -> Vec<Typed<'_>> {
    let typed = contents.iter().map(|content| Typed {
        content,
        ty: MediaType::of(&content.media_type.node),
    });
    typed.collect()
}

/// The narrowest range of a list that holds a type; none for a type that the list names itself.
fn range_for<'l, 'a>(list: &'l [Typed<'a>], ty: &MediaType<'_>) -> Option<&'l Typed<'a>> {
    let ranges = list.iter().filter(|other| other.ty.holds(ty));
    ranges.min_by_key(|other| other.ty.kind == "*")
}

impl<'a> Walk<'a> {
    pub(super) fn body(&mut self, call: &Call<'a>) {
        let (old_end, new_end) = (call.ends.old, call.ends.new);
        let sent = call.kind.sent();
        match (&old_end.body, &new_end.body) {
            (None, None) => {}
            (None, Some(new)) => {
                let what = What::BodyAdded {
                    at: new.span,
                    is_required: new.is_required,
                };
                self.change(call, sent, what);
            }
            (Some(old), None) => {
                let what = What::BodyRemoved {
                    old_at: old.span,
                    at: new_end.span,
                    is_required: old.is_required,
                };
                self.change(call, sent, what);
            }
            (Some(old), Some(new)) => {
                let spans = Both {
                    old: old.span,
                    new: new.span,
                };
                if old.is_required != new.is_required {
                    let what = What::BodyRequired {
                        spans,
                        is_now: new.is_required,
                    };
                    self.change(call, sent, what);
                }
                let contents = Both {
                    old: &*old.contents,
                    new: &*new.contents,
                };
                self.contents(call, sent, Part::Body, contents, new.span);
            }
        }
    }

    /// Pairs media types: equal ones, and those that lie in a range of the other side.
    pub(super) fn contents(
        &mut self,
        call: &Call<'a>,
        travel: Travel,
        part: Part,
        contents: Both<&'a [Content]>,
        new_at: Span,
    ) {
        let (old, new) = (typed(contents.old), typed(contents.new));
        let holds = |list: &[Typed<'_>], ty: &MediaType<'_>| list.iter().any(|one| one.ty == *ty);
        let mut ranged: Vec<&str> = Vec::new();
        let mut used_ranges: Vec<&str> = Vec::new();
        for one in &old {
            if let Some(same) = new.iter().find(|other| other.ty == one.ty) {
                self.content(call, travel, part, one.content, same.content);
            } else if let Some(range) = range_for(&new, &one.ty) {
                self.content(call, travel, part, one.content, range.content);
                let name = &*range.content.media_type.node;
                if !holds(&old, &range.ty) && !ranged.contains(&name) {
                    ranged.push(name);
                    let what = What::ContentRanged {
                        part,
                        contents: Both {
                            old: one.content,
                            new: range.content,
                        },
                        is_wider: true,
                    };
                    self.change(call, travel, what);
                }
            } else if one.ty.is_range() && new.iter().any(|other| one.ty.holds(&other.ty)) {
                // Told with the new one that is left of it.
            } else {
                let what = What::ContentRemoved {
                    part,
                    old: one.content,
                    at: new_at,
                };
                self.change(call, travel, what);
            }
        }
        for one in &new {
            if holds(&old, &one.ty) || ranged.contains(&&*one.content.media_type.node) {
                continue;
            }
            let Some(range) = range_for(&old, &one.ty) else {
                // A range that holds an old type which is still there on its own.
                let inside = old.iter().find(|other| one.ty.holds(&other.ty));
                let what = match inside {
                    Some(inside) => What::ContentRanged {
                        part,
                        contents: Both {
                            old: inside.content,
                            new: one.content,
                        },
                        is_wider: true,
                    },
                    None => What::ContentAdded {
                        part,
                        new: one.content,
                    },
                };
                self.change(call, travel, what);
                continue;
            };
            self.content(call, travel, part, range.content, one.content);
            let name = &*range.content.media_type.node;
            if !holds(&new, &range.ty) && !used_ranges.contains(&name) {
                used_ranges.push(name);
                let what = What::ContentRanged {
                    part,
                    contents: Both {
                        old: range.content,
                        new: one.content,
                    },
                    is_wider: false,
                };
                self.change(call, travel, what);
            }
        }
    }

    fn content(
        &mut self,
        call: &Call<'a>,
        travel: Travel,
        part: Part,
        old: &'a Content,
        new: &'a Content,
    ) {
        let is_exact = MediaType::of(&new.media_type.node).is_range();
        let named = if is_exact { old } else { new };
        let media_type = &named.media_type.node;
        let place = |is_item| match part {
            Part::Body => Where::Body {
                media_type: media_type.clone(),
                is_item,
            },
            Part::Answer(status) => Where::Answer {
                status,
                media_type: media_type.clone(),
                is_item,
            },
        };
        let spans = Both {
            old: old.media_type.span,
            new: new.media_type.span,
        };
        let whole = Both {
            old: old.value,
            new: new.value,
        };
        self.pair(call, travel, place(false), whole, spans);
        let items = Both {
            old: old.item,
            new: new.item,
        };
        self.pair(call, travel, place(true), items, spans);
        self.encodings(call, travel, part, Both { old, new });
    }

    fn encodings(
        &mut self,
        call: &Call<'a>,
        travel: Travel,
        part: Part,
        contents: Both<&'a Content>,
    ) {
        let Both { old, new } = contents;
        let find = |content: &'a Content, name: &str| {
            let mut encodings = content.encodings.iter();
            encodings.find(|(other, _)| *other.node == *name)
        };
        for (name, text) in &old.encodings {
            let partner = find(new, &name.node);
            if partner.is_none_or(|(_, other)| other != text) {
                let what = What::EncodingChanged {
                    part,
                    contents,
                    name: &name.node,
                    spans: Both {
                        old: Some(name.span),
                        new: partner.map(|(name, _)| name.span),
                    },
                };
                self.change(call, travel, what);
            }
        }
        for (name, _) in &new.encodings {
            if find(old, &name.node).is_none() {
                let what = What::EncodingChanged {
                    part,
                    contents,
                    name: &name.node,
                    spans: Both {
                        old: None,
                        new: Some(name.span),
                    },
                };
                self.change(call, travel, what);
            }
        }
    }
}
