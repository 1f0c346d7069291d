//! What the specification says about the shape of a document and of the things in it.

use super::ignored::is_constraint;
use super::{
    Frame, Item, MAX_ADDITIONAL, MAX_NAME_BYTES, MAX_REF_BYTES, Purpose, Walk, found, head,
};
use crate::ingest::grammar::{METHODS, Role, Version};
use crate::ingest::lookup::{Place, clip, nearest};
use crate::ingest::rules;
use crate::syntax::rules::LIMIT_EXCEEDED;
use crate::syntax::{Key, Kind, Tree, Value};
use crate::text::Span;

impl Walk {
    pub(super) fn start<'t>(&mut self, tree: &'t Tree, stack: &mut Vec<Item<'t>>) {
        let root = tree.root();
        if self.purpose == Purpose::Comparison
            && let Some(frame) = self.other_frame(root)
        {
            self.frame = frame;
            if frame == Frame::Schema && !self.judge_nature(root) {
                return;
            }
            // Files of schemas may use all that any version knows.
            self.version = Some(Version::V3_1);
            stack.push(Item {
                place: Place {
                    doc: self.root,
                    value: root,
                    resource: None,
                },
                role: match frame {
                    Frame::AsyncApi => Role::AsyncDocument,
                    _ => Role::Schema,
                },
                via: None,
            });
            return;
        }
        self.version = self.judge_version(root);
        let Some(version) = self.version else { return };
        let something_else = ["webhooks", "components"]
            .iter()
            .any(|key| root.get(key).is_some());
        if root.get("paths").is_none() && (version < Version::V3_1 || !something_else) {
            let at = head(root);
            if let Some(draft) = self.report(
                &rules::INVALID_OPENAPI,
                "an OpenAPI document needs the key `paths`",
            ) {
                draft
                    .at(at, "`paths` is missing")
                    .help("add `paths`; write `paths: {}` when there are none");
            }
        }
        stack.push(Item {
            place: Place {
                doc: self.root,
                value: root,
                resource: None,
            },
            role: Role::Document,
            via: None,
        });
    }

    /// What a document is that is compared and is not for OpenAPI to judge.
    fn other_frame(&self, root: Value<'_>) -> Option<Frame> {
        if let Some(version) = root.get("asyncapi") {
            let is_read = version
                .scalar_text()
                .is_some_and(|text| text.starts_with("3."));
            return is_read.then_some(Frame::AsyncApi);
        }
        let has_name = ["openapi", "swagger"]
            .iter()
            .any(|key| root.get(key).is_some());
        match root.kind() {
            Kind::Bool(_) => Some(Frame::Schema),
            Kind::Mapping if !has_name => Some(Frame::Schema),
            _ => None,
        }
    }

    /// Whether a mapping may be a schema: what has the keys of a description and does not say of
    /// which kind is none, however many values it accepts to the letter.
    fn judge_nature(&mut self, root: Value<'_>) -> bool {
        const NAMES: [&str; 3] = ["openapi", "asyncapi", "swagger"];
        const PARTS: [&str; 7] = [
            "info",
            "paths",
            "webhooks",
            "components",
            "channels",
            "servers",
            "operations",
        ];
        /// Keys of schemas that refuse nothing, or that stand alone.
        const OTHERS: [&str; 27] = [
            "$schema",
            "$id",
            "id",
            "$ref",
            "$dynamicRef",
            "$recursiveRef",
            "$anchor",
            "$comment",
            "$dynamicAnchor",
            "$recursiveAnchor",
            "$vocabulary",
            "title",
            "description",
            "default",
            "examples",
            "example",
            "deprecated",
            "readOnly",
            "writeOnly",
            "format",
            "const",
            "dependentRequired",
            "contentMediaType",
            "contentEncoding",
            "discriminator",
            "minContains",
            "maxContains",
        ];
        let is_known = |key: &str| OTHERS.contains(&key) || is_constraint(key);
        let means_something = root.entries().any(|(key, _)| {
            let tells_nothing =
                matches!(key.text, "title" | "description" | "$comment" | "example");
            is_known(key.text) && !tells_nothing
        });
        if root.len() == 0 || means_something {
            return true;
        }
        let keys = || root.entries().map(|(key, _)| key);
        let near = keys().find_map(|key| Some((key, nearest(key.text, NAMES.into_iter())?)));
        let part = keys().find(|key| PARTS.contains(&key.text));
        let is_bare = keys().all(|key| is_known(key.text) || key.text.starts_with("x-"));
        if near.is_none() && part.is_none() && is_bare {
            return true;
        }
        let (at, headline, help) = if let Some((key, name)) = near {
            let headline = format!(
                "nothing says what this document is: `{}` is no key of one",
                clip(key.text)
            );
            (key.span, headline, format!("did you mean `{name}`?"))
        } else if let Some(key) = part {
            let headline = format!(
                "nothing says what this document is: it has `{}`, but neither `openapi` nor `asyncapi`",
                key.text
            );
            let help = "add the version, such as `openapi: \"3.1.0\"`";
            (key.span, headline, help.to_owned())
        } else {
            let headline = "nothing says what this document is: none of its keys is one of OpenAPI, \
                            AsyncAPI or JSON Schema";
            let help = "name another file, or add `$schema` if this is a JSON Schema";
            (head(root), headline.to_owned(), help.to_owned())
        };
        if let Some(draft) = self.report(&rules::NOT_OPENAPI, headline) {
            draft.at(at, "").help(help);
        }
        false
    }

    pub(super) fn judge_version(&mut self, root: Value<'_>) -> Option<Version> {
        if let Some((key, value)) = root.get_entry("openapi") {
            return self.judge_openapi(key, value);
        }
        let (at, headline, help) = if let Some((key, value)) = root.get_entry("swagger") {
            let version = value.scalar_text().unwrap_or("2.0");
            (
                key.span,
                format!("this is Swagger {}, which is not read", clip(version)),
                "convert it to OpenAPI 3, for example with `swagger2openapi`",
            )
        } else if let Some((key, version)) = root.get_entry("asyncapi")
            && self.purpose == Purpose::Comparison
        {
            let version = version.scalar_text().unwrap_or("2");
            (
                key.span,
                format!("this is AsyncAPI {}, which is not read", clip(version)),
                "convert it to AsyncAPI 3, for example with `asyncapi convert`",
            )
        } else if let Some((key, _)) = root.get_entry("asyncapi") {
            (
                key.span,
                "this is an AsyncAPI document, not OpenAPI".to_owned(),
                "name an OpenAPI document here",
            )
        } else if root.is_mapping() {
            (
                head(root),
                "this is not an OpenAPI document: the key `openapi` is missing".to_owned(),
                "add `openapi: \"3.1.0\"` if it is one",
            )
        } else if self.purpose == Purpose::Comparison {
            (
                root.span(),
                format!("a description must be a mapping, found {}", found(root)),
                "name an OpenAPI or AsyncAPI document or a JSON Schema here",
            )
        } else {
            (
                root.span(),
                format!(
                    "an OpenAPI document must be a mapping, found {}",
                    found(root)
                ),
                "name an OpenAPI document here",
            )
        };
        if let Some(draft) = self.report(&rules::NOT_OPENAPI, headline) {
            draft.at(at, "").help(help);
        }
        None
    }

    pub(super) fn judge_openapi(&mut self, key: Key<'_>, value: Value<'_>) -> Option<Version> {
        let Some(text) = value.as_str() else {
            let number = value.scalar_text().filter(|text| text.starts_with("3."));
            let headline = format!(
                "`openapi` must be a text such as \"3.1.0\", found {}",
                found(value)
            );
            let span = value.span();
            if let Some(draft) = self.report(&rules::NOT_OPENAPI, headline) {
                let draft = draft.at(if value.is_mapping() { key.span } else { span }, "");
                if let Some(number) = number {
                    let fixed = format!("\"{number}.0\"");
                    draft.fix(format_args!("write `{fixed}`"), span, &fixed);
                }
            }
            return None;
        };
        let mut parts = text.splitn(3, '.');
        let patch_is_number = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
        match (parts.next(), parts.next(), parts.next()) {
            (Some("3"), Some("0"), Some(patch)) if patch_is_number(patch) => Some(Version::V3_0),
            (Some("3"), Some("1"), Some(patch)) if patch_is_number(patch) => Some(Version::V3_1),
            (Some("3"), Some("2"), Some(patch)) if patch_is_number(patch) => Some(Version::V3_2),
            _ => {
                let headline = format!("OpenAPI `{}` is not a version that is read", clip(text));
                if let Some(draft) = self.report(&rules::NOT_OPENAPI, headline) {
                    draft
                        .at(value.span(), "")
                        .help("write the document in OpenAPI 3.0.x, 3.1.x or 3.2.x");
                }
                None
            }
        }
    }

    /// What the specification says about the values of a thing, beyond where other things stand.
    pub(super) fn judge(&mut self, value: Value<'_>, role: Role) {
        match role {
            Role::Operation => {
                if let Some((key, id)) = value.get_entry("operationId") {
                    match id.as_str() {
                        Some(text) if text.len() > MAX_NAME_BYTES => {
                            self.too_long("a name", MAX_NAME_BYTES, id.span())
                        }
                        Some(text) => self.operation_ids.push((text.into(), id.span())),
                        None => self.wrong_type(role, key, id, "a text"),
                    }
                }
            }
            Role::Parameter => self.judge_parameter(value),
            Role::Paths => {
                for (key, _) in value.entries() {
                    if !key.text.starts_with('/') && !key.text.starts_with("x-") {
                        self.bad_path(key);
                    } else if key.text.len() > MAX_REF_BYTES {
                        self.too_long("a path", MAX_REF_BYTES, key.span);
                    }
                }
            }
            Role::PathItem => {
                if let Some((key, more)) = value.get_entry("additionalOperations")
                    && more.len() > MAX_ADDITIONAL
                    && self.version >= Some(Version::V3_2)
                {
                    let headline =
                        format!("a path item has more than {MAX_ADDITIONAL} further methods");
                    if let Some(draft) = self.report(&LIMIT_EXCEEDED, headline) {
                        draft.at(key.span, "too many").help("remove some of them");
                    }
                }
                for (key, _) in value.entries() {
                    let lower = key.text.to_ascii_lowercase();
                    if lower != key.text && METHODS.contains(&&*lower) {
                        let headline = format!("`{}` is no key of a path item", key.text);
                        if let Some(draft) = self.report(self.invalid(role), headline) {
                            draft.at(key.span, "methods are written in lower case").fix(
                                format_args!("write `{lower}`"),
                                key.span,
                                &lower,
                            );
                        }
                    }
                }
            }
            _ => {}
        }
    }

    pub(super) fn bad_path(&mut self, key: Key<'_>) {
        let headline = format!("the path `{}` must begin with `/`", clip(key.text));
        if let Some(draft) = self.report(self.invalid(Role::PathItem), headline) {
            draft
                .at(key.span, "no path")
                .help("write the path as it stands behind the host, such as `/users`");
        }
    }

    pub(super) fn judge_parameter(&mut self, value: Value<'_>) {
        for key in ["name", "in"] {
            match value.get_entry(key) {
                None => {
                    let headline = format!("a parameter needs the key `{key}`");
                    let at = head(value);
                    if let Some(draft) = self.report(self.invalid(Role::Parameter), headline) {
                        draft.at(at, format_args!("`{key}` is missing"));
                    }
                }
                Some((_, text)) if text.as_str().is_some_and(|t| t.len() > MAX_NAME_BYTES) => {
                    self.too_long("a name", MAX_NAME_BYTES, text.span());
                }
                Some((_, text)) if text.as_str().is_some() => {}
                Some((key, other)) => self.wrong_type(Role::Parameter, key, other, "a text"),
            }
        }
        let Some(place) = value.get("in") else { return };
        let Some(text) = place.as_str() else { return };
        let places: &[&str] = match self.version {
            Some(Version::V3_2) => &["path", "query", "header", "cookie", "querystring"],
            _ => &["path", "query", "header", "cookie"],
        };
        if !places.contains(&text) {
            let headline = format!(
                "a parameter is sent in `path`, `query`, `header` or `cookie`, found `{}`",
                clip(text)
            );
            if let Some(draft) = self.report(self.invalid(Role::Parameter), headline) {
                let draft = draft.at(place.span(), "no such place");
                match nearest(text, places.iter().copied()) {
                    Some(near) => {
                        draft.fix(format_args!("write `{near}`"), place.text_span(), near)
                    }
                    None => draft.help("describe a body with `requestBody`"),
                };
            }
        }
    }

    pub(super) fn too_long(&mut self, what: &str, limit: usize, at: Span) {
        let headline = format!("{what} is longer than {limit} bytes");
        if let Some(draft) = self.report(&LIMIT_EXCEEDED, headline) {
            draft.at(at, "too long").help("shorten it");
        }
    }

    /// Reports a value of a key of a thing that is not built as it must be.
    pub(super) fn wrong_type(
        &mut self,
        role: Role,
        key: Key<'_>,
        value: Value<'_>,
        expected: &str,
    ) {
        let headline = format!(
            "`{}` must be {expected}, found {}",
            clip(key.text),
            found(value)
        );
        let at = if value.is_mapping()
            || value.is_sequence()
            || value.span().start == value.span().end
        {
            key.span
        } else {
            value.span()
        };
        if let Some(draft) = self.report(self.invalid(role), headline) {
            draft.at(at, format_args!("must be {expected}"));
        }
    }

    pub(super) fn wrong_thing(&mut self, value: Value<'_>, role: Role, via: Option<Span>) {
        let headline = format!("{} must be a mapping, found {}", role.noun(), found(value));
        if let Some(draft) = self.report(self.invalid(role), headline) {
            let draft = draft.at(value.span(), format_args!("no {}", bare(role.noun())));
            if let Some(via) = via {
                draft.also(via, format_args!("named here as {}", role.noun()));
            }
        }
    }

    /// Reports a reference in the place of all entries of a mapping.
    pub(super) fn no_reference_here(&mut self, parent: Key<'_>, names: Value<'_>, role: Role) {
        let headline = format!(
            "`$ref` cannot stand for all of `{}`: each of its entries is a thing of its own",
            clip(parent.text)
        );
        let label = if self.is_one_reference(names) && role == Role::Schema {
            "followed all the same"
        } else {
            "read as a name here"
        };
        let at = names
            .get_entry("$ref")
            .map_or(parent.span, |(key, _)| key.span);
        if let Some(draft) = self.report(self.invalid(role), headline) {
            draft
                .at(at, label)
                .help("write the entries, each with a `$ref` of its own");
        }
    }
}

/// A phrase without its article.
fn bare(noun: &str) -> &str {
    noun.split_once(' ').map_or(noun, |(_, noun)| noun)
}
