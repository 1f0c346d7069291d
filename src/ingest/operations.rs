//! The operations of a document whose walk is done.

use std::collections::{BTreeMap, BTreeSet};

use super::grammar::{METHODS, Version};
use super::lookup::{Files, Place, clip};
use super::rules;
use super::walk::{MAX_ADDITIONAL, MAX_NAME_BYTES, MAX_REF_BYTES, MAX_REF_STEPS, Walk, head};
use crate::schema::{Api, Operation, Param, ParamPlace};
use crate::syntax::rules::LIMIT_EXCEEDED;
use crate::syntax::{Key, Kind, Value};
use crate::text::{Span, Spanned};

/// Most operations of a document. A path item may stand at many paths, so a small file can have very
/// many; GitHub's whole API has 1,300.
pub(super) const MAX_OPERATIONS: usize = 50_000;

/// Most parameters that are read for the operations of a document, each as often as it is used.
pub(super) const MAX_PARAMS: usize = 500_000;

/// The operations of the document that a walk began at; `None` when it is no OpenAPI document. What
/// does not have the right shape was reported by the walk and is passed over.
pub(super) fn read(files: &Files, walk: &mut Walk) -> Option<Api> {
    let version = walk.version()?;
    let tree = files.docs[walk.root()].tree()?;
    let root = tree.root();
    let paths = root.get_entry("paths");
    let mut api = Api {
        span: paths.map_or_else(|| head(root), |(key, _)| key.span),
        operations: Vec::new(),
    };
    let place = Place {
        doc: walk.root(),
        value: root,
        resource: None,
    };
    if let Some((_, paths)) = paths {
        let mut params_left = MAX_PARAMS;
        for (path, item) in paths
            .entries()
            .filter(|(key, _)| key.text.starts_with('/') && key.text.len() <= MAX_REF_BYTES)
        {
            let mut reader = Reader {
                files,
                walk,
                version,
                path,
                operations: &mut api.operations,
                params_left,
            };
            reader.path_item(Place {
                value: item,
                ..place
            });
            params_left = reader.params_left;
            let headline = if params_left == 0 {
                format!("the operations have more than {MAX_PARAMS} parameters")
            } else if api.operations.len() > MAX_OPERATIONS {
                format!("the document has more than {MAX_OPERATIONS} operations")
            } else {
                continue;
            };
            if let Some(draft) = walk.report(&LIMIT_EXCEEDED, headline) {
                draft
                    .at(path.span, "this path goes past the limit")
                    .help("split the document");
            }
            break;
        }
    }
    judge_repeated_items(&api, walk);
    Some(api)
}

/// A path item that stands at two paths makes two operations of each of its own, and a name no
/// longer says which one is meant.
fn judge_repeated_items(api: &Api, walk: &mut Walk) {
    let mut first: BTreeMap<(&str, Span), Span> = BTreeMap::new();
    for operation in &api.operations {
        let Some(id) = &operation.id else { continue };
        let Some(other) = first.insert((&*id.node, id.span), operation.path.span) else {
            continue;
        };
        let headline = format!("two operations are named `{}`", clip(&id.node));
        if let Some(draft) = walk.report(&rules::DUPLICATE_OPERATION_ID, headline) {
            draft
                .at(id.span, "named here")
                .also(other, "is an operation of this path")
                .also(operation.path.span, "and of this one")
                .help("give each path a path item of its own");
        }
    }
}

struct Reader<'r, 't> {
    files: &'t Files,
    walk: &'r mut Walk,
    version: Version,
    path: Key<'t>,
    operations: &'r mut Vec<Operation>,
    /// How many more parameters may be read.
    params_left: usize,
}

impl<'t> Reader<'_, 't> {
    /// What a reference stands for; a value that is none stands for itself.
    fn target(&self, mut place: Place<'t>) -> Option<Place<'t>> {
        // Longer rows and circles were reported by the walk.
        for _ in 0..=MAX_REF_STEPS {
            match place.value.get("$ref") {
                None => return Some(place),
                Some(text) => place = self.walk.locate(self.files, place, text.as_str()?)?,
            }
        }
        None
    }

    fn path_item(&mut self, item: Place<'t>) {
        let layers = layers(self.files, self.walk, item);
        let shared = nearest_of(&layers, "parameters");
        let shared = shared
            .map(|(_, list)| self.params(list))
            .unwrap_or_default();
        for (method, key, place) in methods(&layers, self.version) {
            self.operation(method, key, place, &shared);
        }
    }

    fn operation(&mut self, method: String, key: Key<'t>, place: Place<'t>, shared: &[Param]) {
        if !place.value.is_mapping() {
            return;
        }
        let own = place
            .value
            .get("parameters")
            .map(|value| Place { value, ..place });
        let own = own.map(|list| self.params(list)).unwrap_or_default();
        self.params_left = self.params_left.saturating_sub(shared.len());
        let own_names: BTreeSet<(&str, u8)> = own.iter().map(identity).collect();
        let mut params: Vec<Param> = shared
            .iter()
            .filter(|param| !own_names.contains(&identity(param)))
            .cloned()
            .collect();
        params.extend(own);
        let id = place.value.get("operationId").filter(|id| {
            let length = id.as_str().map_or(0, str::len);
            length <= MAX_NAME_BYTES
        });
        self.operations.push(Operation {
            id: id.and_then(|id| Some(Spanned::new(id.as_str()?.into(), id.text_span()))),
            method: method.into(),
            path: Spanned::new(self.path.text.into(), self.path.span),
            params,
            span: key.span,
        });
    }

    fn params(&mut self, list: Place<'t>) -> Vec<Param> {
        let mut params: Vec<Param> = Vec::new();
        let mut first: BTreeMap<(&str, &str), Span> = BTreeMap::new();
        for item in list.value.items() {
            if self.params_left == 0 {
                break;
            }
            self.params_left -= 1;
            let Some(target) = self.target(Place {
                value: item,
                ..list
            }) else {
                continue;
            };
            let text = |key: &str| target.value.get(key).and_then(Value::as_str);
            let (Some(name), Some(sent_in)) = (text("name"), text("in")) else {
                continue;
            };
            if name.len() > MAX_NAME_BYTES {
                continue;
            }
            let place = match sent_in {
                "path" => ParamPlace::Path,
                // Version 3.2 describes a whole query string as one parameter.
                "query" | "querystring" => ParamPlace::Query,
                "header" => ParamPlace::Header,
                "cookie" => ParamPlace::Cookie,
                _ => continue,
            };
            let used = head(item);
            if let Some(other) = first.insert((name, sent_in), used) {
                let headline =
                    format!("the parameter `{}` in `{sent_in}` stands twice", clip(name));
                if let Some(draft) = self.walk.report(&rules::INVALID_OPENAPI, headline) {
                    draft
                        .at(used, "again here")
                        .also(other, "first here")
                        .help("remove one of the two");
                }
                continue;
            }
            params.push(Param {
                name: name.into(),
                place,
                may_hold_slash: place == ParamPlace::Path && self.may_hold_slash(target),
            });
        }
        params
    }

    fn may_hold_slash(&self, param: Place<'t>) -> bool {
        let is_true = |key: &str| {
            let value = param.value.get(key).map(Value::kind);
            matches!(value, Some(Kind::Bool(true)))
        };
        if is_true("x-multi-segment") || is_true("allowReserved") {
            return true;
        }
        let schema = param.value.get("schema");
        let Some(schema) = schema.and_then(|value| self.target(Place { value, ..param })) else {
            return false;
        };
        let text = |key: &str| schema.value.get(key).and_then(Value::as_str);
        text("format") == Some("path") || text("pattern").is_some_and(names_slash)
    }
}

/// A path item and those that it refers to, nearest first: it may add to them, and what is nearest
/// to the path counts.
pub(super) fn layers<'t>(files: &'t Files, walk: &Walk, item: Place<'t>) -> Vec<Place<'t>> {
    let mut layers = vec![item];
    let mut at = item;
    for _ in 0..MAX_REF_STEPS {
        let Some(text) = at.value.get("$ref").and_then(Value::as_str) else {
            break;
        };
        let Some(next) = walk.locate(files, at, text) else {
            break;
        };
        layers.push(next);
        at = next;
    }
    layers
}

/// What the nearest layer that has a key says under it.
pub(super) fn nearest_of<'t>(layers: &[Place<'t>], key: &str) -> Option<(Key<'t>, Place<'t>)> {
    layers.iter().find_map(|layer| {
        let (key, value) = layer.value.get_entry(key)?;
        Some((key, Place { value, ..*layer }))
    })
}

/// The operations of a path item by method in upper case, those of a layer in the order of writing.
pub(super) fn methods<'t>(
    layers: &[Place<'t>],
    version: Version,
) -> Vec<(String, Key<'t>, Place<'t>)> {
    let mut methods: Vec<(String, Key<'t>, Place<'t>)> = Vec::new();
    for layer in layers {
        // Looked up by name, because a path item may have very many keys that mean nothing.
        let more = (version >= Version::V3_2).then_some("query");
        let mut found: Vec<(String, Key<'t>, Place<'t>)> = METHODS
            .into_iter()
            .chain(more)
            .filter_map(|method| {
                let (key, value) = layer.value.get_entry(method)?;
                let place = Place { value, ..*layer };
                Some((method.to_ascii_uppercase(), key, place))
            })
            .collect();
        let additional = layer.value.get("additionalOperations");
        if let Some(additional) = additional.filter(|_| version >= Version::V3_2) {
            // Methods of the table are in upper case; these are as they are.
            for (key, value) in additional.entries().take(MAX_ADDITIONAL) {
                found.push((key.text.to_owned(), key, Place { value, ..*layer }));
            }
        }
        found.sort_by_key(|(_, key, _)| key.span);
        for (method, key, place) in found {
            // What a nearer layer has counts.
            if !methods.iter().any(|(other, ..)| *other == method) {
                methods.push((method, key, place));
            }
        }
    }
    methods
}

/// What tells a parameter from the others of an operation.
fn identity(param: &Param) -> (&str, u8) {
    (&param.name, param.place as u8)
}

/// Whether a pattern names `/` as something that may stand in the text: anywhere but in a class
/// that begins with `^`.
pub(super) fn names_slash(pattern: &str) -> bool {
    let mut in_class = false;
    let mut negated = false;
    let mut chars = pattern.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\\' => match chars.next() {
                Some('/') if !negated => return true,
                _ => {}
            },
            '[' if !in_class => {
                in_class = true;
                negated = chars.next_if_eq(&'^').is_some();
            }
            ']' => {
                in_class = false;
                negated = false;
            }
            '/' if !negated => return true,
            _ => {}
        }
    }
    false
}
