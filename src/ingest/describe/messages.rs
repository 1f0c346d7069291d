//! What is sent and answered: parameters, bodies, responses, media types.

use super::calls::{Caller, is_same};
use super::reader::is_true;
use super::values::Budget;
use crate::ingest::grammar::Role;
use crate::ingest::lookup::{Place, clip};
use crate::ingest::walk::{MAX_NAME_BYTES, head};
use crate::schema::{Body, Content, Form, ParamPlace, Parameter, Response, Status, Use};
use crate::syntax::{Key, Kind, Value};
use crate::text::{Span, Spanned};

/// Headers that other keys describe; a parameter of this name is ignored (OpenAPI 3.1.1, 4.8.12.1).
const REQUEST_HEADERS: [&str; 3] = ["accept", "content-type", "authorization"];

impl<'t> Caller<'t, '_, '_> {
    // === parameters ===

    pub(super) fn parameters(&mut self, list: Place<'t>) -> Vec<Parameter> {
        let mut params: Vec<Parameter> = Vec::new();
        for item in list.value.items() {
            if !self.spend(1) {
                break;
            }
            let used = Place {
                value: item,
                ..list
            };
            let Some(target) = self.reader.target(used) else {
                continue;
            };
            let Some(param) = self.parameter(used, target) else {
                continue;
            };
            match params.iter().find(|other| is_same(other, &param)) {
                None => params.push(param),
                Some(other) => {
                    let (first, name) = (other.span, clip(&param.name.node));
                    let rule = self.reader.invalid(Role::Parameter);
                    let headline = format!("the parameter `{name}` stands twice");
                    if let Some(draft) = self.reader.report(rule, headline) {
                        draft
                            .at(param.span, "again here")
                            .also(first, "first here")
                            .help("remove one of the two");
                    }
                }
            }
        }
        params
    }

    fn parameter(&mut self, used: Place<'t>, param: Place<'t>) -> Option<Parameter> {
        let name = param.value.get("name")?;
        let text = name.as_str()?;
        if text.len() > MAX_NAME_BYTES {
            return None;
        }
        let sent_in = param.value.get("in")?.as_str()?;
        let place = match sent_in {
            "path" => ParamPlace::Path,
            "query" | "querystring" => ParamPlace::Query,
            "header" => ParamPlace::Header,
            "cookie" => ParamPlace::Cookie,
            // The walk reported it.
            _ => return None,
        };
        let lower = text.to_ascii_lowercase();
        if place == ParamPlace::Header && REQUEST_HEADERS.contains(&&*lower) {
            return None;
        }
        let (form, value) = self.written(param, place);
        Some(Parameter {
            name: self.reader.copy(text, name.text_span()),
            place,
            is_whole_query: sent_in == "querystring",
            is_required: is_true(param.value, "required") || place == ParamPlace::Path,
            form,
            value,
            span: self.reader.line(used.doc, used.value),
            life: self.reader.life(param),
        })
    }

    /// How the value of a parameter or a header is written, and what it satisfies.
    fn written(&mut self, param: Place<'t>, place: ParamPlace) -> (Form, Option<Use>) {
        let value = param.value;
        let content = value.get("content").and_then(|all| all.entries().next());
        if let Some((media_type, content)) = content {
            let content = Place {
                value: content,
                ..param
            };
            let content = self.reader.target(content).unwrap_or(content);
            let used = self.schema(content, "schema");
            let media_type = self
                .reader
                .copy(&canonical(media_type.text), media_type.span);
            return (Form::Content(media_type), used);
        }
        let (style, span) = match value.get("style").and_then(|style| {
            let text = style.as_str()?;
            Some((text, style.text_span()))
        }) {
            Some(written) => written,
            None => {
                let style = match place {
                    ParamPlace::Query | ParamPlace::Cookie => "form",
                    ParamPlace::Path | ParamPlace::Header => "simple",
                };
                (style, head(value))
            }
        };
        let explode = match value.get("explode").map(Value::kind) {
            Some(Kind::Bool(flag)) => flag,
            _ => matches!(style, "form" | "cookie"),
        };
        let form = Form::Style {
            style: self.reader.copy(style, span),
            explode,
            allow_reserved: is_true(value, "allowReserved"),
        };
        (form, self.schema(param, "schema"))
    }

    fn schema(&mut self, holder: Place<'t>, key: &str) -> Option<Use> {
        let value = holder.value.get(key)?;
        let place = Place { value, ..holder };
        let dialect = self.reader.dialect_in(holder.doc, self.dialect);
        Some(self.reader.using(place, dialect))
    }

    // === bodies ===

    pub(super) fn body(&mut self, body: Place<'t>) -> Option<Body> {
        let span = self.reader.line(body.doc, body.value);
        let target = self.reader.target(body)?;
        Some(Body {
            is_required: is_true(target.value, "required"),
            span,
            contents: self.contents(target),
        })
    }

    fn contents(&mut self, holder: Place<'t>) -> Vec<Content> {
        let all = holder.value.get("content");
        let mut contents = Vec::new();
        for (name, value) in all.into_iter().flat_map(Value::entries) {
            if name.text.len() > MAX_NAME_BYTES {
                continue;
            }
            if !self.spend(1) {
                break;
            }
            let place = Place { value, ..holder };
            let Some(target) = self.reader.target(place) else {
                continue;
            };
            let media_type = canonical(name.text);
            let encodings = self.encodings(target, &media_type);
            contents.push(Content {
                media_type: self.reader.copy(&media_type, name.span),
                value: self.schema(target, "schema"),
                item: self.schema(target, "itemSchema"),
                encodings,
            });
        }
        contents
    }

    /// How the parts of a body are written. Media types without parts have no use for it.
    fn encodings(
        &mut self,
        content: Place<'t>,
        media_type: &str,
    ) -> Vec<(Spanned<Box<str>>, Box<str>)> {
        let is_form = media_type.starts_with("application/x-www-form-urlencoded");
        if !is_form && !media_type.starts_with("multipart/") {
            return Vec::new();
        }
        let mut list: Vec<(String, Span, Value<'t>)> = Vec::new();
        let named = content.value.get("encoding");
        for (name, value) in named.into_iter().flat_map(Value::entries) {
            list.push((name.text.to_owned(), name.span, value));
        }
        let prefix = content.value.get("prefixEncoding");
        for (at, value) in prefix.into_iter().flat_map(Value::items).enumerate() {
            list.push((format!("[{at}]"), head(value), value));
        }
        if let Some((key, value)) = content.value.get_entry("itemEncoding") {
            list.push(("[]".to_owned(), key.span, value));
        }
        let mut out = Vec::new();
        for (name, span, value) in list {
            if !self.spend(1) {
                break;
            }
            let meaning = encoding(value, is_form, &mut self.reader.budget);
            out.push((self.reader.copy(&name, span), meaning.into()));
        }
        out
    }

    // === responses ===

    pub(super) fn responses(&mut self, responses: Place<'t>) -> Vec<Response> {
        let mut out: Vec<Response> = Vec::new();
        for (key, value) in responses.value.entries() {
            if key.text.starts_with("x-") {
                continue;
            }
            let Some(status) = status(key.text) else {
                self.bad_status(key);
                continue;
            };
            if !self.spend(1) {
                break;
            }
            let place = Place { value, ..responses };
            let Some(target) = self.reader.target(place) else {
                continue;
            };
            out.push(Response {
                status: Spanned::new(status, key.span),
                headers: self.headers(target),
                contents: self.contents(target),
            });
        }
        out
    }

    fn bad_status(&mut self, key: Key<'t>) {
        let rule = self.reader.invalid(Role::Responses);
        let headline = format!("`{}` is no status of a response", clip(key.text));
        if let Some(draft) = self.reader.report(rule, headline) {
            draft
                .at(key.span, "no status")
                .help("write a code such as `200`, a range such as `4XX`, or `default`");
        }
    }

    fn headers(&mut self, response: Place<'t>) -> Vec<Parameter> {
        let all = response.value.get("headers");
        let mut headers = Vec::new();
        for (name, value) in all.into_iter().flat_map(Value::entries) {
            // Media types describe this one.
            if name.text.eq_ignore_ascii_case("content-type") || name.text.len() > MAX_NAME_BYTES {
                continue;
            }
            if !self.spend(1) {
                break;
            }
            let place = Place { value, ..response };
            let Some(target) = self.reader.target(place) else {
                continue;
            };
            let (form, used) = self.written(target, ParamPlace::Header);
            headers.push(Parameter {
                name: self.reader.copy(name.text, name.span),
                place: ParamPlace::Header,
                is_whole_query: false,
                is_required: is_true(target.value, "required"),
                form,
                value: used,
                span: self.reader.pair(response.doc, name, value),
                life: self.reader.life(target),
            });
        }
        headers
    }
}

/// A media type or range in lower case, without blanks, its parameters in the order of their names.
pub(super) fn canonical(media_type: &str) -> String {
    let lower = media_type.to_ascii_lowercase();
    let mut parts = lower.split(';').map(|part| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let value = value.trim();
        let bare = value.strip_prefix('"').and_then(|v| v.strip_suffix('"'));
        // Quotes around a word say nothing (RFC 9110, 5.6.6).
        let is_word = |text: &str| {
            !text.is_empty()
                && text
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
        };
        let value = bare.filter(|bare| is_word(bare)).unwrap_or(value);
        (name.trim().to_owned(), value.to_owned())
    });
    let (mut out, _) = parts.next().unwrap_or_default();
    out.retain(|char| !char.is_ascii_whitespace());
    let mut params: Vec<(String, String)> = parts.filter(|(name, _)| !name.is_empty()).collect();
    params.sort();
    for (name, value) in params {
        out.push_str(&format!(";{name}={value}"));
    }
    out
}

/// The answers that a key means.
fn status(text: &str) -> Option<Status> {
    if text.eq_ignore_ascii_case("default") {
        return Some(Status::Default);
    }
    let bytes = text.as_bytes();
    let [first @ b'1'..=b'5', rest @ ..] = bytes else {
        return None;
    };
    match rest {
        [b'X' | b'x', b'X' | b'x'] => Some(Status::Range(first - b'0')),
        [b'0'..=b'9', b'0'..=b'9'] => text.parse().ok().map(Status::Code),
        _ => None,
    }
}

/// The rules of an encoding as a canonical text.
fn encoding(value: Value<'_>, is_form: bool, budget: &mut Budget) -> String {
    let mut parts: Vec<String> = Vec::new();
    if let Some(text) = value.get("contentType").and_then(Value::as_str) {
        let text = budget.copy(text);
        let mut types: Vec<String> = text.split(',').map(canonical).collect();
        types.sort();
        parts.push(format!("contentType={}", types.join(",")));
    }
    // A style is about forms, and its defaults are those of a query.
    let written = ["style", "explode", "allowReserved"];
    if is_form && written.iter().any(|key| value.get(key).is_some()) {
        let style = value.get("style").and_then(Value::as_str).unwrap_or("form");
        let style = &*budget.copy(style);
        let explode = match value.get("explode").map(Value::kind) {
            Some(Kind::Bool(flag)) => flag,
            _ => style == "form",
        };
        let is_default = style == "form" && explode && !is_true(value, "allowReserved");
        if !is_default {
            parts.push(format!("style={style}"));
            parts.push(format!("explode={explode}"));
            parts.push(format!("allowReserved={}", is_true(value, "allowReserved")));
        }
    }
    if let Some(headers) = value.get("headers").filter(|headers| headers.len() > 0) {
        parts.push(format!("headers={}", budget.compact(headers)));
    }
    parts.join(" ")
}
