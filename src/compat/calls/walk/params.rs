//! Values beside the body.

use std::collections::HashMap;

use super::endpoints::template_names;
use super::{Call, Walk, forms};
use crate::compat::calls::change::{Both, Living, Rewritten, What};
use crate::compat::calls::values::Where;
use crate::compat::contain::Travel;
use crate::compat::policy::Mode;
use crate::schema::{Form, Json, ParamPlace, Parameter, Shapes, Status, Use};
use crate::text::{Span, Spanned};

/// Headers that OpenAPI describes elsewhere: as media types and as security (3.1.1, section 4.8.12.1).
const DESCRIBED_ELSEWHERE: [&str; 3] = ["accept", "content-type", "authorization"];

/// Shapes within shapes that a default is looked for in.
const MAX_DEPTH: usize = 8;

/// What tells the parameters of a call apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    /// The position counts, whatever the name is.
    Path(usize),
    Query(Box<str>),
    /// In lower case.
    Header(Box<str>),
    Cookie(Box<str>),
    /// The query as a whole.
    WholeQuery,
}

/// The key of a parameter; `None` for what is not sent.
fn key(param: &Parameter, template: &[&str]) -> Option<Key> {
    let name = &param.name.node;
    match param.place {
        _ if param.is_whole_query => Some(Key::WholeQuery),
        ParamPlace::Path => template
            .iter()
            .position(|part| **part == **name)
            .map(Key::Path),
        ParamPlace::Query => Some(Key::Query(name.clone())),
        ParamPlace::Cookie => Some(Key::Cookie(name.clone())),
        ParamPlace::Header => {
            let name = name.to_ascii_lowercase();
            (!DESCRIBED_ELSEWHERE.contains(&&*name)).then(|| Key::Header(name.into()))
        }
    }
}

impl<'a> Walk<'a> {
    pub(super) fn params(&mut self, call: &Call<'a>) {
        let (old, new) = (call.ends.old, call.ends.new);
        let old_template = template_names(&old.path.node);
        let new_template = template_names(&new.path.node);
        let mut added: Vec<(Key, &'a Parameter)> = Vec::new();
        for param in &new.params {
            if let Some(key) = key(param, &new_template) {
                added.push((key, param));
            }
        }
        let places: HashMap<Key, &'a Parameter> = added.iter().cloned().collect();
        let mut removed: Vec<(Key, &'a Parameter)> = Vec::new();
        for param in &old.params {
            let Some(key) = key(param, &old_template) else {
                continue;
            };
            match places.get(&key) {
                Some(partner) => {
                    added.retain(|(other, _)| *other != key);
                    let params = Both {
                        old: param,
                        new: *partner,
                    };
                    self.param(call, params);
                }
                None => removed.push((key, param)),
            }
        }
        for (key, param) in removed {
            if matches!(key, Key::Path(_)) {
                // The template still has it; what it may be is not said any more.
                self.loose_path_param(call, param, true);
                continue;
            }
            let same = |(_, other): &(Key, &'a Parameter)| {
                other.place != param.place
                    && other.place != ParamPlace::Path
                    && other.name.node.eq_ignore_ascii_case(&param.name.node)
            };
            let what = match added.iter().position(same) {
                Some(at) => What::ParameterMoved(Both {
                    old: param,
                    new: added.remove(at).1,
                }),
                None => What::ParameterRemoved {
                    old: param,
                    at: new.span,
                },
            };
            self.change(call, call.kind.sent(), what);
        }
        for (key, param) in added {
            if matches!(key, Key::Path(_)) {
                self.loose_path_param(call, param, false);
                continue;
            }
            self.change(call, call.kind.sent(), What::ParameterAdded(param));
        }
    }

    /// A path parameter that only one side describes.
    fn loose_path_param(&mut self, call: &Call<'a>, param: &'a Parameter, is_old: bool) {
        let place = Where::Parameter {
            place: ParamPlace::Path,
            name: param.name.node.clone(),
        };
        let (uses, spans) = if is_old {
            let spans = Both {
                old: param.span,
                new: call.ends.new.span,
            };
            (
                Both {
                    old: param.value,
                    new: None,
                },
                spans,
            )
        } else {
            let spans = Both {
                old: call.ends.old.span,
                new: param.span,
            };
            (
                Both {
                    old: None,
                    new: param.value,
                },
                spans,
            )
        };
        self.pair(call, call.kind.sent(), place, uses, spans);
    }

    fn param(&mut self, call: &Call<'a>, params: Both<&'a Parameter>) {
        let Both { old, new } = params;
        let sent = call.kind.sent();
        if old.is_required != new.is_required && old.place != ParamPlace::Path {
            self.change(call, sent, What::ParameterRequired(params));
        }
        let spans = Both {
            old: old.span,
            new: new.span,
        };
        let lives = Both {
            old: &old.life,
            new: &new.life,
        };
        self.life(call, Living::Parameter(new), lives, spans);
        // What stands for an absent value matters where it may be absent.
        if !old.is_required && !new.is_required {
            let defaults = Both {
                old: default(old.value, self.shapes.old, 0),
                new: default(new.value, self.shapes.new, 0),
            };
            if defaults.old.map(|default| &default.node)
                != defaults.new.map(|default| &default.node)
            {
                self.change(call, sent, What::DefaultChanged { params, defaults });
            }
        }
        let place = if new.is_whole_query {
            Where::Query
        } else {
            Where::Parameter {
                place: new.place,
                name: new.name.node.clone(),
            }
        };
        self.value(call, sent, params, None, place);
    }

    /// How the value is written, and what it is.
    pub(super) fn value(
        &mut self,
        call: &Call<'a>,
        travel: Travel,
        params: Both<&'a Parameter>,
        answers: Option<Status>,
        place: Where,
    ) {
        let Both { old, new } = params;
        let uses = Both {
            old: old.value,
            new: new.value,
        };
        let forms = Both {
            old: &old.form,
            new: &new.form,
        };
        let how = forms::rewritten(forms, uses, self.shapes);
        if let Some(how) = how {
            let what = What::FormChanged {
                params,
                answers,
                how,
            };
            self.change(call, travel, what);
        }
        // What is another text altogether need not be compared as a value.
        if how == Some(Rewritten::Content) {
            return;
        }
        if how.is_none()
            && matches!(new.form, Form::Style { .. })
            && let Some(is_read) = self.texts(travel, uses)
        {
            let what = What::KindOfText {
                params,
                answers,
                is_read,
            };
            self.change(call, travel, what);
            return;
        }
        let spans = Both {
            old: old.span,
            new: new.span,
        };
        self.pair(call, travel, place, uses, spans);
    }

    /// Which side reads all texts of the other one, though both name another kind of values; `None`
    /// when the values themselves have to be compared.
    fn texts(&self, travel: Travel, uses: Both<Option<Use>>) -> Option<Both<bool>> {
        let was = forms::Texted {
            used: uses.old,
            shapes: self.shapes.old,
        };
        let is = forms::Texted {
            used: uses.new,
            shapes: self.shapes.new,
        };
        // Of requests the old side writes in backward mode, of answers the new one.
        let by_new = forms::is_text_of(was, is);
        let by_old = forms::is_text_of(is, was);
        let (is_backward, is_forward) = match travel {
            Travel::Request | Travel::Plain => (by_new, by_old),
            Travel::Response => (by_old, by_new),
        };
        let is_enough = match self.mode {
            Mode::Backward => is_backward,
            Mode::Forward => is_forward,
            Mode::Full | Mode::None => is_backward && is_forward,
        };
        is_enough.then_some(Both {
            old: by_old,
            new: by_new,
        })
    }
}

/// The end of a declaration that a header of an answer has.
pub(super) fn header_key(header: &Parameter) -> Option<String> {
    let name = header.name.node.to_ascii_lowercase();
    (name != "content-type").then_some(name)
}

/// What stands for an absent value.
fn default(used: Option<Use>, shapes: &Shapes, depth: usize) -> Option<&Spanned<Json>> {
    let shape = shapes.get(used.filter(|_| depth < MAX_DEPTH)?.shape);
    let own = shape
        .notes
        .as_ref()
        .and_then(|notes| notes.default.as_ref());
    own.or_else(|| {
        shape.constraints.iter().find_map(|constraint| {
            let crate::schema::Constraint::AllOf(uses) = &constraint.node else {
                return None;
            };
            let mut found = uses.iter();
            found.find_map(|used| default(Some(*used), shapes, depth + 1))
        })
    })
}

/// Where headers that are gone would stand.
pub(super) fn first_span(headers: &[Parameter], otherwise: Span) -> Span {
    headers.first().map_or(otherwise, |header| header.span)
}
