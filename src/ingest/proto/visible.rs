//! Names that lead nowhere, or to what is kept from others.

use super::features::{DEFAULT_SYMBOL_VISIBILITY, STRICT};
use super::lower::Lower;
use super::names;
use super::rules;
use super::symbols::{DeclKind, Lost, SymbolRef};
use crate::ingest::lookup::{clip, nearest};
use crate::syntax::proto::{Edition, MessageItem, RangeEnd};
use crate::text::Span;

impl<'a> Lower<'a> {
    /// A name that is no type.
    pub(super) fn no_type(&mut self, name: &str, span: Span) {
        self.found
            .report(
                &rules::PROTO_UNRESOLVED_TYPE,
                format_args!("`{}` is not a type", clip(name)),
            )
            .at(span, "neither a message nor an enum");
    }

    /// A name that leads nowhere.
    pub(super) fn lost(&mut self, name: &str, lost: &Lost, scope: &str, span: Span) {
        if name.is_empty() || !self.symbols.set.is_whole[self.file as usize] {
            // It may stand in what could not be read.
            return;
        }
        let meant = match lost {
            Lost::Nothing if self.found_count() < 20 => self.meant(name),
            _ => None,
        };
        let draft = self
            .found
            .report(
                &rules::PROTO_UNRESOLVED_TYPE,
                format_args!("there is no type `{}`", clip(name)),
            )
            .at(span, "not found");
        match lost {
            Lost::NotImported(file) => {
                let path = &self.symbols.views[*file as usize].file.path;
                draft.help(format_args!("import \"{path}\", which declares it"));
            }
            Lost::Resolved(full) => {
                let first = name.split('.').next().unwrap_or(name);
                let scope = match scope.is_empty() {
                    true => String::new(),
                    false => format!(" inside `{scope}`"),
                };
                draft
                    .note(format!(
                        "`{first}`{scope} is looked up from the inside out, so this means `{full}`"
                    ))
                    .help(format_args!(
                        "begin with a dot to look it up from the outside: `.{name}`"
                    ));
            }
            Lost::Nothing => {
                if let Some(meant) = meant {
                    draft.fix(format_args!("did you mean `{meant}`?"), span, &meant);
                }
            }
        }
    }

    fn found_count(&self) -> usize {
        self.suggestions.get()
    }

    /// The type that was likely meant, among those that are seen.
    fn meant(&self, name: &str) -> Option<String> {
        self.suggestions.set(self.suggestions.get() + 1);
        let last = name.rsplit('.').next().unwrap_or(name);
        let visible = &self.symbols.set.visible[self.file as usize];
        let views = std::iter::once(self.view).chain(
            visible
                .iter()
                .map(|file| &self.symbols.views[*file as usize]),
        );
        let types = views
            .flat_map(|view| &view.decls)
            .filter(|decl| matches!(decl.kind, DeclKind::Message(_) | DeclKind::Enum(_)));
        let short = |name: &'a str| name.rsplit('.').next().unwrap_or(name);
        let found = nearest(last, types.clone().map(|decl| short(&decl.name)))?;
        let full = types
            .map(|decl| &*decl.name)
            .find(|name| short(name) == found)?;
        let package = format!("{}.", self.view.package);
        Some(full.strip_prefix(&package).unwrap_or(full).to_owned())
    }

    /// Reports the use of a type that its file keeps to itself.
    pub(super) fn check_visible(&mut self, at: SymbolRef, span: Span) {
        let view = self.symbols.view(at);
        if at.file == self.file || view.file.ast.edition < Edition::Edition2024 {
            return;
        }
        let decl = self.symbols.decl(at);
        let visibility = match decl.kind {
            DeclKind::Message(body) => body.visibility,
            DeclKind::Enum(decl) => decl.visibility,
            DeclKind::Service(_) | DeclKind::Extension(..) => None,
        };
        let is_exported = match visibility {
            Some(visibility) => visibility.is_export,
            None => {
                let of_file = super::lower::file_features(&view.file.ast);
                names::is_exported_by_default(of_file, decl.parent.is_none())
            }
        };
        if is_exported {
            return;
        }
        let name = match decl.kind {
            DeclKind::Message(body) => body.name,
            DeclKind::Enum(decl) => decl.name,
            _ => return,
        };
        self.found
            .report(
                &rules::PROTO_UNRESOLVED_TYPE,
                format_args!("`{}` is local to `{}`", decl.name, view.file.path),
            )
            .at(span, "other files cannot use it")
            .also(name.span, "declared here")
            .help("write `export` before its declaration");
    }

    /// Reports nested types that are exported where only types at the top may be. A message that
    /// holds nothing but enums, and can never hold a field, may export those.
    pub(super) fn check_strict(&mut self) {
        if self.own.get(DEFAULT_SYMBOL_VISIBILITY) != STRICT {
            return;
        }
        for decl in &self.view.decls {
            let Some(parent) = decl.parent else { continue };
            let (visibility, is_enum) = match decl.kind {
                DeclKind::Message(body) => (body.visibility, false),
                DeclKind::Enum(decl) => (decl.visibility, true),
                DeclKind::Service(_) | DeclKind::Extension(..) => continue,
            };
            let Some(visibility) = visibility.filter(|visibility| visibility.is_export) else {
                continue;
            };
            let is_holder = match self.view.decls[parent as usize].kind {
                DeclKind::Message(body) => body.items.iter().any(|item| match item {
                    MessageItem::Reserved(reserved) => reserved.ranges.iter().any(|range| {
                        range.start.value == Some(1) && matches!(range.end, RangeEnd::Max(_))
                    }),
                    _ => false,
                }),
                _ => false,
            };
            if is_enum && is_holder {
                continue;
            }
            self.found
                .report(
                    &rules::PROTO_NOT_ALLOWED,
                    format_args!("`{}` cannot be exported from inside a message", decl.name),
                )
                .at(visibility.span, "this file asks for strict visibility")
                .help("move it out of the message");
        }
    }
}
