//! The walk over services and their procedures.

use super::attrs::{custom_changes, known_changes};
use super::change::{AttrsOf, Change, MethodPair, Pair};
use super::diff::Walk;
use super::index::At;
use crate::schema::{AttrOwner, Service};

/// Everything that moved in a service.
pub(super) fn methods<'a>(
    walk: &Walk<'a>,
    services: Pair<At<'a, Service>>,
    is_by_name: bool,
    out: &mut Vec<Change<'a>>,
) {
    let Pair { old, new } = services;
    for old_method in &old.node.methods {
        let partner = (new.node.methods.iter()).find(|m| m.name.node == old_method.name.node);
        let Some(new_method) = partner else {
            out.push(Change::MethodRemoved {
                services,
                old: old_method,
                is_by_name,
            });
            continue;
        };
        let pair = MethodPair {
            services,
            methods: Pair {
                old: old_method,
                new: new_method,
            },
            is_by_name,
        };
        let sides = [
            (true, &old_method.input, &new_method.input),
            (false, &old_method.output, &new_method.output),
        ];
        for (is_input, old_message, new_message) in sides {
            if old_message.is_stream != new_message.is_stream {
                out.push(Change::StreamingChanged {
                    methods: pair,
                    is_input,
                });
            }
            if old_message.name != new_message.name {
                out.push(Change::MessageChanged {
                    methods: pair,
                    is_input,
                });
            }
        }
        let of = AttrsOf {
            word: "rpc",
            name: &new_method.name.node,
            ty: None,
            units: Pair {
                old: old.unit,
                new: new.unit,
            },
            spans: Some(Pair {
                old: old_method.span,
                new: new_method.span,
            }),
            falls_back: false,
            is_by_name,
        };
        let table = walk.new.set.attr_table;
        known_changes(
            table,
            of,
            |owner| owner == AttrOwner::Method,
            &old_method.attrs,
            &new_method.attrs,
            out,
        );
        custom_changes(
            walk.new.set.attr_table,
            of,
            &old_method.attrs,
            &new_method.attrs,
            out,
        );
    }
    for new_method in &new.node.methods {
        if !(old.node.methods.iter()).any(|m| m.name.node == new_method.name.node) {
            out.push(Change::MethodAdded {
                services,
                new: new_method,
            });
        }
    }
    let of = AttrsOf {
        word: "service",
        name: &new.node.name,
        ty: None,
        units: Pair {
            old: old.unit,
            new: new.unit,
        },
        spans: Some(Pair {
            old: old.node.span,
            new: new.node.span,
        }),
        falls_back: true,
        is_by_name,
    };
    custom_changes(
        walk.new.set.attr_table,
        of,
        &old.node.attrs,
        &new.node.attrs,
        out,
    );
}
