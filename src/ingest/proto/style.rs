//! The style of names, which edition 2024 makes a part of the language.

use super::features::{ENFORCE_NAMING_STYLE, Features, STYLE2024};
use super::lower::Lower;
use super::model::enum_values;
use super::rules;
use super::symbols::DeclKind;
use crate::ingest::lookup::clip;
use crate::syntax::proto::{Edition, FieldTypeKind, Ident, MessageItem, OneofItem, ServiceItem};
use crate::text::Span;

/// A style with the name of what follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// `TitleCase`
    Title,
    /// `lower_snake_case`
    Lower,
    /// `UPPER_SNAKE_CASE`
    Upper,
}

impl Style {
    fn name(self) -> &'static str {
        match self {
            Style::Title => "TitleCase",
            Style::Lower => "lower_snake_case",
            Style::Upper => "UPPER_SNAKE_CASE",
        }
    }

    fn holds(self, name: &str) -> bool {
        let begins = name.starts_with(|char: char| match self {
            Style::Title | Style::Upper => char.is_ascii_uppercase(),
            Style::Lower => char.is_ascii_lowercase(),
        });
        let all = name.chars().all(|char| match self {
            Style::Title => char.is_ascii_alphanumeric(),
            Style::Lower => char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_',
            Style::Upper => char.is_ascii_uppercase() || char.is_ascii_digit() || char == '_',
        });
        // Each part begins with a letter, so that joining the parts loses nothing.
        let parts = name
            .split('_')
            .all(|part| part.starts_with(|char: char| char.is_ascii_alphabetic()));
        begins && all && parts
    }
}

impl<'a> Lower<'a> {
    /// Reports names that are not in the style of their edition.
    pub(super) fn check_style(&mut self) {
        let ast = self.ast;
        if ast.edition < Edition::Edition2024 {
            return;
        }
        if let Some(package) = &ast.package {
            let name = ast.path(package.name);
            if is_enforced(self.own) && !name.split('.').all(|part| Style::Lower.holds(part)) {
                self.bad_style(&name, package.name.span, "a package", Style::Lower);
            }
        }
        for at in 0..self.view.decls.len() {
            let features = self.features(at);
            match self.view.decls[at].kind {
                DeclKind::Message(body) => {
                    self.style(features, body.name, "a message", Style::Title);
                    for item in body.items {
                        match item {
                            MessageItem::Field(field) => {
                                let own = features.and(ast, field.options.list.iter());
                                self.style(own, field.name, "a field", Style::Lower);
                            }
                            MessageItem::Oneof(oneof) => {
                                let options = oneof.items.iter().filter_map(|item| match item {
                                    OneofItem::Option(option) => Some(&**option),
                                    OneofItem::Field(_) => None,
                                });
                                let own = features.and(ast, options);
                                self.style(own, oneof.name, "a oneof", Style::Lower);
                                for item in &oneof.items {
                                    if let OneofItem::Field(field) = item {
                                        let own = own.and(ast, field.options.list.iter());
                                        self.style(own, field.name, "a field", Style::Lower);
                                    }
                                }
                            }
                            _ => {}
                        }
                    }
                }
                DeclKind::Enum(decl) => {
                    self.style(features, decl.name, "an enum", Style::Title);
                    for value in enum_values(decl) {
                        let own = features.and(ast, value.options.list.iter());
                        self.style(own, value.name, "a value of an enum", Style::Upper);
                    }
                }
                DeclKind::Service(service) => {
                    self.style(features, service.name, "a service", Style::Title);
                    for item in &service.items {
                        if let ServiceItem::Rpc(rpc) = item {
                            let own = features.and(ast, rpc.options.iter());
                            self.style(own, rpc.name, "an rpc", Style::Title);
                        }
                    }
                }
                DeclKind::Extension(field, _) => {
                    if !matches!(field.ty.kind, FieldTypeKind::Group(_)) {
                        self.style(features, field.name, "an extension", Style::Lower);
                    }
                }
            }
        }
    }

    fn style(&mut self, features: Features, name: Ident, what: &str, style: Style) {
        let word = self.ast.ident(name);
        if is_enforced(features) && !word.is_empty() && !style.holds(word) {
            self.bad_style(word, name.span, what, style);
        }
    }

    fn bad_style(&mut self, word: &str, span: Span, what: &str, style: Style) {
        self.found
            .report(
                &rules::PROTO_NOT_ALLOWED,
                format_args!(
                    "in this edition the name of {what} is {}, not `{}`",
                    style.name(),
                    clip(word)
                ),
            )
            .at(span, "not in this style")
            .help("rename it, or write `option features.enforce_naming_style = STYLE_LEGACY;`");
    }
}

fn is_enforced(features: Features) -> bool {
    features.get(ENFORCE_NAMING_STYLE) == STYLE2024
}

#[cfg(test)]
mod tests {
    use super::Style;

    #[test]
    fn styles_hold() {
        let cases = [
            (Style::Title, "FooBar2", true),
            (Style::Title, "fooBar", false),
            (Style::Title, "Foo_Bar", false),
            (Style::Lower, "foo_bar2", true),
            (Style::Lower, "foo_2", false),
            (Style::Lower, "foo__bar", false),
            (Style::Lower, "foo_", false),
            (Style::Lower, "_foo", false),
            (Style::Upper, "FOO_BAR", true),
            (Style::Upper, "Foo", false),
        ];
        for (style, name, holds) in cases {
            assert_eq!(style.holds(name), holds, "{style:?} {name}");
        }
    }
}
