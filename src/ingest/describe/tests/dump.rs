//! Descriptions as text, for people to read differences of.

use std::fmt::Write;

use crate::schema::{
    Body, Calls, Constraint, Content, Description, Endpoint, Form, Kinds, Life, Notes, Parameter,
    Response, Shape, ShapeId, Status, Subject, Use,
};
use crate::text::{SourceMap, Span, Spanned};

/// Everything that a description says.
pub(super) fn dump(description: &Description, sources: &SourceMap) -> String {
    let mut dumper = Dumper {
        sources,
        out: String::new(),
    };
    dumper.description(description);
    dumper.out
}

struct Dumper<'s> {
    sources: &'s SourceMap,
    out: String,
}

impl Dumper<'_> {
    fn line(&mut self, depth: usize, text: impl std::fmt::Display) {
        writeln!(self.out, "{:1$}{text}", "", depth * 2).expect("a string takes every text");
    }

    fn source(&self, span: Span) -> &str {
        self.sources.slice(span)
    }

    fn description(&mut self, description: &Description) {
        if let Some(version) = &description.version {
            self.line(0, format_args!("version {}", version.node));
        }
        match &description.subject {
            Subject::Calls(calls) => self.calls(calls),
            Subject::Events(events) => {
                for event in events {
                    self.event(event);
                }
            }
            Subject::Values(used) => {
                let used = self.used(*used);
                self.line(0, format_args!("values {used}"));
            }
        }
        for (at, shape) in description.shapes.shapes.iter().enumerate() {
            self.shape(at, shape);
        }
    }

    // === calls ===

    fn calls(&mut self, calls: &Calls) {
        for scheme in &calls.schemes {
            self.line(
                0,
                format_args!("scheme {}: {}", scheme.name.node, scheme.meaning),
            );
        }
        for (name, used) in &calls.named {
            self.same(name);
            let used = self.used(*used);
            self.line(0, format_args!("named {} {used}", name.node));
        }
        for endpoint in &calls.endpoints {
            self.endpoint(0, "endpoint", endpoint);
        }
        for endpoint in &calls.webhooks {
            self.endpoint(0, "webhook", endpoint);
        }
    }

    fn endpoint(&mut self, depth: usize, what: &str, endpoint: &Endpoint) {
        let id = endpoint.id.as_ref();
        let id = id.map(|id| format!(" = {}", id.node)).unwrap_or_default();
        let life = life(&endpoint.life);
        let (method, path) = (&endpoint.method, &endpoint.path.node);
        self.line(depth, format_args!("{what} {method} {path}{id}{life}"));
        let depth = depth + 1;
        if !endpoint.tags.is_empty() {
            let tags: Vec<&str> = endpoint.tags.iter().map(|tag| &*tag.node).collect();
            self.line(depth, format_args!("tags {}", tags.join(", ")));
        }
        let servers: Vec<&str> = endpoint.servers.iter().map(|s| &*s.url.node).collect();
        if !matches!(servers[..], [] | ["/"]) {
            self.line(depth, format_args!("servers {}", servers.join(", ")));
        }
        if !endpoint.security.node.is_empty() {
            let alternatives: Vec<String> = endpoint
                .security
                .node
                .iter()
                .map(|all| {
                    let all: Vec<String> = all
                        .iter()
                        .map(|one| {
                            let scopes: Vec<&str> =
                                one.scopes.iter().map(|scope| &*scope.node).collect();
                            format!("{}({})", one.scheme.node, scopes.join(" "))
                        })
                        .collect();
                    all.join(" and ")
                })
                .collect();
            let at = self.source(endpoint.security.span).to_owned();
            self.line(
                depth,
                format_args!("security {} ({at})", alternatives.join(" or ")),
            );
        }
        for param in &endpoint.params {
            self.param(depth, param);
        }
        if let Some(body) = &endpoint.body {
            self.body(depth, body);
        }
        for response in &endpoint.responses {
            self.response(depth, response);
        }
        for callback in &endpoint.callbacks {
            self.endpoint(depth, "callback", callback);
        }
    }

    fn param(&mut self, depth: usize, param: &Parameter) {
        let place = format!("{:?}", param.place).to_lowercase();
        let whole = if param.is_whole_query { " whole" } else { "" };
        let required = if param.is_required { " required" } else { "" };
        let form = match &param.form {
            Form::Style {
                style,
                explode,
                allow_reserved,
            } => format!(
                "{}{}{}",
                style.node,
                if *explode { "*" } else { "" },
                if *allow_reserved { "+" } else { "" }
            ),
            Form::Content(media_type) => format!("as {}", media_type.node),
        };
        let used = param
            .value
            .map_or("anything".to_owned(), |used| self.used(used));
        let life = life(&param.life);
        let name = &param.name.node;
        self.line(
            depth,
            format_args!("{place}{whole} {name}{required} {form} {used}{life}"),
        );
    }

    fn body(&mut self, depth: usize, body: &Body) {
        let required = if body.is_required { " required" } else { "" };
        self.line(depth, format_args!("body{required}"));
        self.contents(depth + 1, &body.contents);
    }

    fn response(&mut self, depth: usize, response: &Response) {
        let status = match response.status.node {
            Status::Code(code) => code.to_string(),
            Status::Range(first) => format!("{first}XX"),
            Status::Default => "default".to_owned(),
        };
        self.line(depth, format_args!("response {status}"));
        for header in &response.headers {
            self.param(depth + 1, header);
        }
        self.contents(depth + 1, &response.contents);
    }

    fn contents(&mut self, depth: usize, contents: &[Content]) {
        for content in contents {
            let used = content
                .value
                .map_or("anything".to_owned(), |used| self.used(used));
            let item = content.item.map(|used| format!(" of {}", self.used(used)));
            let item = item.unwrap_or_default();
            self.line(
                depth,
                format_args!("{} {used}{item}", content.media_type.node),
            );
            for (part, rules) in &content.encodings {
                self.line(depth + 1, format_args!("part {}: {rules}", part.node));
            }
        }
    }

    fn event(&mut self, event: &crate::schema::Event) {
        let action = if event.is_sent { "sends" } else { "receives" };
        let channel = event.channel.as_ref();
        let channel = channel
            .map(|c| format!(" on {}", c.node))
            .unwrap_or_default();
        let payload = event
            .payload
            .map_or("anything".to_owned(), |used| self.used(used));
        self.line(
            0,
            format_args!("{action} {}{channel} {payload}", event.name.node),
        );
        if let Some(headers) = event.headers {
            let headers = self.used(headers);
            self.line(1, format_args!("headers {headers}"));
        }
        for (mark, path) in &event.marks {
            self.line(1, format_args!("{mark} {}", path.node));
        }
    }

    // === shapes ===

    fn used(&self, used: Use) -> String {
        let at = self.source(used.at);
        format!("#{} ({at})", used.shape.0)
    }

    fn list(&self, list: &[Use]) -> String {
        let list: Vec<String> = list
            .iter()
            .map(|used| format!("#{}", used.shape.0))
            .collect();
        format!("[{}]", list.join(" "))
    }

    fn by_name(&self, list: &[(Spanned<Box<str>>, Use)]) -> String {
        let list: Vec<String> = list
            .iter()
            .map(|(name, used)| format!("{} #{}", name.node, used.shape.0))
            .collect();
        list.join(", ")
    }

    fn names(&self, list: &[Spanned<Box<str>>]) -> String {
        list.iter().for_each(|name| self.same(name));
        let list: Vec<&str> = list.iter().map(|name| &*name.node).collect();
        list.join(", ")
    }

    /// A text stands where it says, unless its place is that of a longer thing.
    fn same(&self, text: &Spanned<Box<str>>) {
        let source = self.source(text.span).trim_matches(['"', '\'']);
        let escaped = source.contains('\\') || source.starts_with('*');
        assert!(escaped || source == &*text.node, "{source} {}", text.node);
    }

    fn shape(&mut self, at: usize, shape: &Shape) {
        let name = shape.name.as_deref().unwrap_or("-");
        let source = self.source(shape.span).to_owned();
        self.line(0, format_args!("#{at} {name} | {source}"));
        for constraint in &shape.constraints {
            let text = self.constraint(&constraint.node);
            let source = self.source(constraint.span).to_owned();
            self.line(1, format_args!("{text} | {source}"));
        }
        if let Some(notes) = &shape.notes {
            let text = self.notes(notes);
            self.line(1, format_args!("note{text}"));
        }
    }

    fn notes(&self, notes: &Notes) -> String {
        let mut out = String::new();
        if notes.is_read_only {
            out.push_str(" read-only");
        }
        if notes.is_write_only {
            out.push_str(" write-only");
        }
        if let Some(default) = &notes.default {
            write!(out, " default {}", default.node).expect("a string takes every text");
        }
        out.push_str(&life(&notes.life));
        if let Some(known) = &notes.known_values {
            let known: Vec<String> = known.node.iter().map(ToString::to_string).collect();
            write!(out, " known {}", known.join(" ")).expect("a string takes every text");
        }
        if let Some(content) = &notes.content {
            write!(out, " holds {}", content.node).expect("a string takes every text");
        }
        if let Some(discriminator) = &notes.discriminator {
            let mapping: Vec<String> = discriminator
                .mapping
                .iter()
                .map(|(value, shape)| format!("{} #{}", value.node, shape.0))
                .collect();
            let property = &discriminator.property.node;
            write!(out, " told by {property}: {}", mapping.join(", "))
                .expect("a string takes every text");
        }
        out
    }

    fn constraint(&self, constraint: &Constraint) -> String {
        let id = |used: &Use| format!("#{}", ShapeId(used.shape.0).0);
        match constraint {
            Constraint::Never => "never".into(),
            Constraint::Kinds(kinds) => kinds_text(*kinds),
            Constraint::OneOfValues(values) => {
                let values: Vec<String> =
                    values.iter().map(|value| value.node.to_string()).collect();
                format!("one of {}", values.join(" "))
            }
            Constraint::Minimum(bound) if bound.is_exclusive => format!("> {}", bound.value),
            Constraint::Minimum(bound) => format!(">= {}", bound.value),
            Constraint::Maximum(bound) if bound.is_exclusive => format!("< {}", bound.value),
            Constraint::Maximum(bound) => format!("<= {}", bound.value),
            Constraint::MultipleOf(number) => format!("multiple of {number}"),
            Constraint::MinLength(n) => format!("length >= {n}"),
            Constraint::MaxLength(n) => format!("length <= {n}"),
            Constraint::Pattern(text) => format!("pattern {text}"),
            Constraint::Format(text) => format!("format {text}"),
            Constraint::MinItems(n) => format!("items >= {n}"),
            Constraint::MaxItems(n) => format!("items <= {n}"),
            Constraint::UniqueItems => "items differ".into(),
            Constraint::PrefixItems(list) => format!("positions {}", self.list(list)),
            Constraint::Items(used) => format!("items {}", id(used)),
            Constraint::Contains { shape, min, max } => {
                let max = max.map_or(String::new(), |max| format!(" to {max}"));
                format!("contains {min}{max} {}", id(shape))
            }
            Constraint::MinProperties(n) => format!("properties >= {n}"),
            Constraint::MaxProperties(n) => format!("properties <= {n}"),
            Constraint::Required(names) => format!("required {}", self.names(names)),
            Constraint::Properties(list) => {
                let list: Vec<String> = list
                    .iter()
                    .map(|property| {
                        self.same(&property.name);
                        let read = if property.is_read_only { " r" } else { "" };
                        let write = if property.is_write_only { " w" } else { "" };
                        format!(
                            "{} {}{read}{write}",
                            property.name.node,
                            id(&property.value)
                        )
                    })
                    .collect();
                format!("properties {}", list.join(", "))
            }
            Constraint::PatternProperties(list) => format!("patterns {}", self.by_name(list)),
            Constraint::AdditionalProperties(used) => format!("rest {}", id(used)),
            Constraint::PropertyNames(used) => format!("names {}", id(used)),
            Constraint::DependentRequired(list) => {
                let list: Vec<String> = list
                    .iter()
                    .map(|(name, all)| format!("{} -> {}", name.node, self.names(all)))
                    .collect();
                format!("requires {}", list.join("; "))
            }
            Constraint::DependentSchemas(list) => format!("depends {}", self.by_name(list)),
            Constraint::UnevaluatedProperties(used) => format!("unevaluated names {}", id(used)),
            Constraint::UnevaluatedItems(used) => format!("unevaluated items {}", id(used)),
            Constraint::AllOf(list) => format!("all {}", self.list(list)),
            Constraint::AnyOf(list) => format!("any {}", self.list(list)),
            Constraint::OneOf(list) => format!("one {}", self.list(list)),
            Constraint::Not(used) => format!("not {}", id(used)),
            Constraint::If {
                test,
                then,
                otherwise,
            } => {
                let part = |used: &Option<Use>| used.as_ref().map_or("-".to_owned(), id);
                format!("if {} {} {}", id(test), part(then), part(otherwise))
            }
            Constraint::Opaque { keyword, text, why } => {
                format!("opaque {keyword} {text}: {why}")
            }
        }
    }
}

fn life(life: &Life) -> String {
    let mut out = String::new();
    if life.deprecated.is_some() {
        out.push_str(" deprecated");
    }
    if let Some(sunset) = &life.sunset {
        write!(out, " until {}", sunset.node).expect("a string takes every text");
    }
    if let Some(stability) = &life.stability {
        write!(out, " {}", stability.node).expect("a string takes every text");
    }
    out
}

fn kinds_text(kinds: Kinds) -> String {
    let all = [
        (Kinds::NULL, "null"),
        (Kinds::BOOL, "boolean"),
        (Kinds::INTEGER, "integer"),
        (Kinds::FRACTION, "fraction"),
        (Kinds::STRING, "string"),
        (Kinds::ARRAY, "array"),
        (Kinds::OBJECT, "object"),
    ];
    let names = all.iter().filter(|(kind, _)| kinds.holds(*kind));
    let names: Vec<&str> = names.map(|(_, name)| *name).collect();
    names.join("|")
}
