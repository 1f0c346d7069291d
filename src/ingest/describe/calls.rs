//! The calls of an OpenAPI document: endpoints, webhooks, callbacks.

use std::collections::BTreeMap;

use super::dialect::Dialect;
use super::reader::Reader;
use crate::ingest::grammar::Version;
use crate::ingest::lookup::Place;
use crate::ingest::operations::{MAX_OPERATIONS, methods, nearest_of};
use crate::ingest::walk::{MAX_NAME_BYTES, MAX_REF_BYTES, head};
use crate::schema::{Calls, Endpoint, ParamPlace, Parameter, Requirement, Scheme, Server, Use};
use crate::syntax::{Key, Value};
use crate::text::{Span, Spanned};

/// Deepest callbacks of operations that are callbacks themselves. Nobody writes the second level.
const MAX_CALLBACK_DEPTH: usize = 4;

/// Most parameters, answers, media types, requirements and servers of all calls, each as often as it
/// is used: what one component says may be part of every operation. GitHub's whole API has 30,000.
const MAX_PARTS: usize = 1_000_000;

/// Which calls are read, and what holds for all of them.
pub(super) struct Caller<'t, 'r, 'w> {
    pub(super) reader: &'r mut Reader<'t, 'w>,
    pub(super) dialect: Dialect,
    version: Version,
    pub(super) root: Place<'t>,
    security: Spanned<Vec<Vec<Requirement>>>,
    servers: Vec<Server>,
    /// The callbacks around what is being read; one that leads back to itself ends there.
    open: Vec<(usize, u32)>,
    /// How many more endpoints and parts of them may be read.
    endpoints_left: usize,
    parts_left: usize,
}

/// A row of endpoints that is being read.
#[derive(Clone, Copy)]
struct Row<'t, 'p> {
    /// What stands before the path, such as the name of a callback.
    prefix: &'p str,
    path: Key<'t>,
    depth: usize,
    /// Whether servers of the document are where these calls go.
    is_ours: bool,
}

/// Everything that a document says about calls.
pub(super) fn calls<'t>(reader: &mut Reader<'t, '_>, place: Place<'t>, version: Version) -> Calls {
    let root = place.value;
    let dialect = reader.dialect_in(place.doc, Dialect::Draft2020);
    let none = Spanned::new(Vec::new(), head(root));
    let mut caller = Caller {
        reader,
        dialect,
        version,
        root: place,
        security: none,
        servers: Vec::new(),
        open: Vec::new(),
        endpoints_left: MAX_OPERATIONS,
        parts_left: MAX_PARTS,
    };
    // Names of shapes are those of components, so these come before all that refers to them.
    let named = caller.named();
    if let Some((key, list)) = root.get_entry("security") {
        caller.security = caller.requirements(key, list);
    }
    caller.servers = match root.get("servers").filter(|list| list.len() > 0) {
        Some(list) => caller.servers_in(list),
        // The specification's default.
        None => vec![Server {
            url: Spanned::new("/".into(), head(root)),
            variables: Box::default(),
        }],
    };
    let mut calls = Calls {
        schemes: caller.schemes(),
        named,
        ..Calls::default()
    };
    for (list, out, is_ours) in [
        ("paths", &mut calls.endpoints, true),
        ("webhooks", &mut calls.webhooks, false),
    ] {
        for (path, value) in root.get(list).into_iter().flat_map(Value::entries) {
            let is_path = path.text.starts_with('/') || !is_ours;
            if !is_path || path.text.starts_with("x-") || path.text.len() > MAX_REF_BYTES {
                continue;
            }
            let row = Row {
                prefix: "",
                path,
                depth: 0,
                is_ours,
            };
            caller.path_item(Place { value, ..place }, row, out);
        }
    }
    calls
}

impl<'t> Caller<'t, '_, '_> {
    fn named(&mut self) -> Vec<(Spanned<Box<str>>, Use)> {
        let schemas = self.root.value.pointer("/components/schemas");
        // Components that are schemas themselves come before those that refer to one.
        for (key, value) in schemas.into_iter().flat_map(Value::entries) {
            if value.is_mapping() && value.get("$ref").is_none() {
                let place = Place { value, ..self.root };
                let used = self.reader.using(place, self.dialect);
                self.reader.rename(used.shape, key.text);
            }
        }
        let mut named = Vec::new();
        for (key, value) in schemas.into_iter().flat_map(Value::entries) {
            if !value.is_mapping() && value.as_str().is_some() {
                // A `$ref` in the place of all names, which the walk reported.
                continue;
            }
            let place = Place { value, ..self.root };
            let known = self.reader.shapes.len();
            let used = self.reader.using(place, self.dialect);
            // What stands elsewhere has the name of the component that leads to it first.
            if used.shape.0 as usize >= known {
                self.reader.rename(used.shape, key.text);
            }
            named.push((self.reader.copy(key.text, key.span), used));
        }
        named
    }

    // === endpoints ===

    fn path_item(&mut self, item: Place<'t>, row: Row<'t, '_>, out: &mut Vec<Endpoint>) {
        let layers = self.reader.layers(item);
        let shared = nearest_of(&layers, "parameters");
        let shared = match shared {
            Some((_, list)) => self.parameters(list),
            None => Vec::new(),
        };
        let servers = nearest_of(&layers, "servers").filter(|(_, list)| list.value.len() > 0);
        let servers = match servers {
            Some((_, list)) => self.servers_in(list.value),
            None if row.is_ours => self.servers.clone(),
            None => Vec::new(),
        };
        for (method, key, place) in methods(&layers, self.version) {
            let Some(place) = self.reader.target(place) else {
                continue;
            };
            if !place.value.is_mapping() {
                continue;
            }
            if self.endpoints_left == 0 || self.parts_left == 0 {
                return;
            }
            self.endpoints_left -= 1;
            if self.endpoints_left == 0 {
                let headline = format!("the document has more than {MAX_OPERATIONS} operations");
                self.reader.past_limit(headline, row.path.span);
                return;
            }
            let inherited = shared.len() + servers.len() + self.security.node.len();
            if self.spend(inherited) {
                let endpoint = self.endpoint(method, key, place, row, &shared, &servers);
                out.push(endpoint);
            }
            if self.parts_left == 0 {
                let headline = format!("the operations have more than {MAX_PARTS} parts");
                self.reader.past_limit(headline, row.path.span);
                return;
            }
        }
    }

    fn endpoint(
        &mut self,
        method: String,
        key: Key<'t>,
        place: Place<'t>,
        row: Row<'t, '_>,
        shared: &[Parameter],
        servers: &[Server],
    ) -> Endpoint {
        let value = place.value;
        let inner = |key: &str| {
            let (key, value) = value.get_entry(key)?;
            Some((key, Place { value, ..place }))
        };
        let own = match inner("parameters") {
            Some((_, list)) => self.parameters(list),
            None => Vec::new(),
        };
        let is_own = |shared: &&Parameter| own.iter().all(|own| !is_same(own, shared));
        let mut params: Vec<Parameter> = shared.iter().filter(is_own).cloned().collect();
        params.extend(own);
        let id = value
            .get("operationId")
            .and_then(|id| Some((id.as_str()?, id.text_span())))
            .filter(|(text, _)| text.len() <= MAX_NAME_BYTES);
        let security = match inner("security") {
            Some((key, list)) => self.requirements(key, list.value),
            None => self.security.clone(),
        };
        let servers = match inner("servers").filter(|(_, list)| list.value.len() > 0) {
            Some((_, list)) => self.servers_in(list.value),
            None => servers.to_vec(),
        };
        let path = format!("{}{}", row.prefix, row.path.text);
        let tags_left = if self.spend(value.get("tags").map_or(0, Value::len)) {
            usize::MAX
        } else {
            0
        };
        let tags = value.get("tags").into_iter().flat_map(Value::items);
        let tags: Vec<(&str, Span)> = tags
            .take(tags_left)
            .filter_map(|tag| Some((tag.as_str()?, tag.text_span())))
            .collect();
        Endpoint {
            id: id.map(|(text, span)| self.reader.copy(text, span)),
            method: method.into(),
            path: self.reader.copy(&path, row.path.span),
            span: key.span,
            params,
            body: inner("requestBody").and_then(|(_, body)| self.body(body)),
            responses: match inner("responses") {
                Some((_, responses)) => self.responses(responses),
                None => Vec::new(),
            },
            security,
            servers,
            callbacks: match inner("callbacks") {
                Some((_, callbacks)) if row.depth < MAX_CALLBACK_DEPTH => {
                    self.callbacks(callbacks, row.depth + 1)
                }
                _ => Vec::new(),
            },
            life: self.reader.life(place),
            tags: tags
                .into_iter()
                .map(|(text, span)| self.reader.copy(text, span))
                .collect(),
        }
    }

    fn callbacks(&mut self, callbacks: Place<'t>, depth: usize) -> Vec<Endpoint> {
        let mut out = Vec::new();
        for (name, value) in callbacks.value.entries() {
            let place = Place { value, ..callbacks };
            let Some(target) = self.reader.target(place) else {
                continue;
            };
            let node = (target.doc, target.value.id());
            if self.open.contains(&node) {
                continue;
            }
            self.open.push(node);
            let prefix = format!("{} ", name.text);
            for (path, value) in target.value.entries() {
                if path.text.starts_with("x-") {
                    continue;
                }
                let row = Row {
                    prefix: &prefix,
                    path,
                    depth,
                    is_ours: false,
                };
                self.path_item(Place { value, ..target }, row, &mut out);
            }
            self.open.pop();
        }
        out
    }

    // === who may call, and where ===

    fn requirements(&mut self, key: Key<'t>, list: Value<'t>) -> Spanned<Vec<Vec<Requirement>>> {
        let mut alternatives = Vec::new();
        for alternative in list.items() {
            let mut all = Vec::new();
            for (scheme, scopes) in alternative.entries() {
                if !self.spend(1 + scopes.len()) {
                    break;
                }
                let scopes: Vec<(&str, Span)> = scopes
                    .items()
                    .filter_map(|scope| Some((scope.as_str()?, scope.text_span())))
                    .collect();
                all.push(Requirement {
                    scheme: self.reader.copy(scheme.text, scheme.span),
                    scopes: scopes
                        .into_iter()
                        .map(|(scope, span)| self.reader.copy(scope, span))
                        .collect(),
                });
            }
            alternatives.push(all);
        }
        Spanned::new(alternatives, key.span)
    }

    fn schemes(&mut self) -> Vec<Scheme> {
        let schemes = self.root.value.pointer("/components/securitySchemes");
        let mut out = Vec::new();
        for (name, value) in schemes.into_iter().flat_map(Value::entries) {
            let place = Place { value, ..self.root };
            let Some(target) = self.reader.target(place) else {
                continue;
            };
            let meaning = meaning(target.value);
            out.push(Scheme {
                name: self.reader.copy(name.text, name.span),
                meaning: self.reader.budget.copy(&meaning),
            });
        }
        out
    }

    fn servers_in(&mut self, list: Value<'t>) -> Vec<Server> {
        let mut servers = Vec::new();
        for server in list.items() {
            let Some(url) = server.get("url") else {
                continue;
            };
            let Some(text) = url.as_str() else { continue };
            if !self.spend(1) {
                break;
            }
            let url = self.reader.copy(text, url.text_span());
            let variables = self.variables(server);
            servers.push(Server { url, variables });
        }
        servers
    }

    /// The values of each variable of a server that lists them.
    fn variables(&mut self, server: Value<'t>) -> Box<[(Box<str>, Box<[Box<str>]>)]> {
        let variables = server.get("variables").into_iter().flat_map(Value::entries);
        let mut out = Vec::new();
        for (name, variable) in variables {
            let listed = variable.get("enum").into_iter().flat_map(Value::items);
            let mut values: Vec<Box<str>> = listed
                .filter_map(|value| value.as_str().map(Box::from))
                .collect();
            values.sort();
            values.dedup();
            if !values.is_empty() && self.spend(values.len()) {
                out.push((name.text.into(), values.into()));
            }
        }
        out.into()
    }

    /// Counts parts of calls; whether they may still be read.
    pub(super) fn spend(&mut self, parts: usize) -> bool {
        self.parts_left = self.parts_left.saturating_sub(parts);
        self.parts_left > 0
    }
}

/// Whether two parameters are the same one, written twice.
pub(super) fn is_same(one: &Parameter, other: &Parameter) -> bool {
    let is_same_name = if one.place == ParamPlace::Header {
        one.name.node.eq_ignore_ascii_case(&other.name.node)
    } else {
        one.name.node == other.name.node
    };
    one.place == other.place && one.is_whole_query == other.is_whole_query && is_same_name
}

/// Ways to get a token by OAuth.
const FLOWS: [&str; 5] = [
    "implicit",
    "password",
    "clientCredentials",
    "authorizationCode",
    "deviceAuthorization",
];

/// What a security scheme asks for, as a canonical text.
fn meaning(scheme: Value<'_>) -> String {
    let short = |value: Value<'_>| {
        value
            .as_str()
            .is_some_and(|text| text.len() <= MAX_REF_BYTES)
    };
    let text = |key: &str| {
        let value = scheme.get(key).filter(|value| short(*value));
        value.and_then(Value::as_str).unwrap_or("?")
    };
    match text("type") {
        "apiKey" => {
            let place = text("in");
            let name = match place {
                "header" => text("name").to_ascii_lowercase(),
                _ => text("name").to_owned(),
            };
            format!("apiKey in {place} {name}")
        }
        "http" => format!("http {}", text("scheme").to_ascii_lowercase()),
        "openIdConnect" => format!("openIdConnect at {}", text("openIdConnectUrl")),
        "oauth2" => {
            // Scopes are named where they are required, and refreshing needs no proof of its own.
            let flows = scheme.get("flows").into_iter().flat_map(Value::entries);
            let flows = flows.filter(|(flow, _)| FLOWS.contains(&flow.text));
            let flows: BTreeMap<&str, String> = flows
                .map(|(flow, value)| {
                    let urls = ["authorizationUrl", "tokenUrl", "deviceAuthorizationUrl"];
                    let urls = urls.iter().filter_map(|key| value.get(key));
                    let urls = urls.filter(|url| short(*url)).filter_map(Value::as_str);
                    (flow.text, urls.collect::<Vec<_>>().join(" "))
                })
                .collect();
            let flows: Vec<String> = flows
                .into_iter()
                .map(|(flow, urls)| format!("{flow} at {urls}"))
                .collect();
            format!("oauth2 by {}", flows.join(", "))
        }
        other => other.to_owned(),
    }
}
