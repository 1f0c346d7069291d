//! What the files of a release declare, by full name, and how a name written somewhere finds it.

use std::sync::Arc;

use super::load::{FileSet, Parsed};
use crate::schema::TypeName;
use crate::syntax::proto::{
    Enum, Extend, Field, FieldTypeKind, FileItem, Ident, Message, MessageItem, OneofItem,
    ProtoFile, Service, Visibility,
};
use crate::text::{NameMap, Span};

/// A message as written: a declaration of its own, or a group.
#[derive(Debug, Clone, Copy)]
pub(super) struct Body<'a> {
    pub(super) name: Ident,
    pub(super) span: Span,
    pub(super) visibility: Option<Visibility>,
    pub(super) items: &'a [MessageItem],
    /// The field, of a group.
    pub(super) group: Option<&'a Field>,
}

/// What a declaration with a full name is.
#[derive(Debug, Clone, Copy)]
pub(super) enum DeclKind<'a> {
    Message(Body<'a>),
    Enum(&'a Enum),
    Service(&'a Service),
    Extension(&'a Field, &'a Extend),
}

/// A declaration with a full name.
#[derive(Debug)]
pub(super) struct Decl<'a> {
    pub(super) name: TypeName,
    /// The message that it stands in, as a position in [`View::decls`].
    pub(super) parent: Option<u32>,
    pub(super) kind: DeclKind<'a>,
}

/// A file with its declarations, an outer one before those declared in it.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub(super) file: &'a Parsed,
    pub(super) package: String,
    pub(super) decls: Vec<Decl<'a>>,
}

/// A declaration: the number of its file and its position there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SymbolRef {
    pub(super) file: u32,
    pub(super) decl: u32,
}

/// Everything that a release declares.
#[derive(Debug)]
pub(super) struct Symbols<'a> {
    pub(super) set: &'a FileSet,
    pub(super) views: &'a [View<'a>],
    by_name: NameMap<TypeName, SymbolRef>,
    /// Every package and what it lies in.
    packages: NameMap<Box<str>, u32>,
    /// Names of the file of options when no file of the release is it; they are seen by nobody.
    hidden: NameMap<TypeName, SymbolRef>,
}

/// What a name leads to.
#[derive(Debug, Clone, Copy)]
pub(super) enum Found {
    Decl(SymbolRef),
    Package,
}

/// Why a name leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lost {
    /// Its first part was found, so the whole must be this, which does not exist.
    Resolved(String),
    /// It exists in this file, which is not imported.
    NotImported(u32),
    /// Nothing has this name.
    Nothing,
}

impl<'a> View<'a> {
    /// Lists the declarations of a file.
    pub(super) fn of(file: &'a Parsed) -> Self {
        let package = match &file.ast.package {
            Some(package) => file.ast.path(package.name).into_owned(),
            None => String::new(),
        };
        let mut view = View {
            file,
            package,
            decls: Vec::new(),
        };
        let mut scope = view.package.clone();
        for item in &file.ast.items {
            match item {
                FileItem::Message(message) => view.message(&mut scope, None, plain(message)),
                FileItem::Enum(decl) => {
                    view.push(&mut scope, None, decl.name, DeclKind::Enum(decl))
                }
                FileItem::Service(decl) => {
                    view.push(&mut scope, None, decl.name, DeclKind::Service(decl));
                }
                FileItem::Extend(extend) => view.extend(&mut scope, None, extend),
                FileItem::Import(_) | FileItem::Option(_) => {}
            }
        }
        view
    }

    fn ast(&self) -> &'a ProtoFile {
        &self.file.ast
    }

    fn push(&mut self, scope: &mut String, parent: Option<u32>, name: Ident, kind: DeclKind<'a>) {
        let end = enter(scope, self.ast().ident(name));
        self.decls.push(Decl {
            name: Arc::from(scope.as_str()),
            parent,
            kind,
        });
        scope.truncate(end);
    }

    fn message(&mut self, scope: &mut String, parent: Option<u32>, body: Body<'a>) {
        let this = Some(index(self.decls.len()));
        self.push(scope, parent, body.name, DeclKind::Message(body));
        let end = enter(scope, self.ast().ident(body.name));
        for item in body.items {
            match item {
                MessageItem::Message(inner) => self.message(scope, this, plain(inner)),
                MessageItem::Enum(inner) => {
                    self.push(scope, this, inner.name, DeclKind::Enum(inner));
                }
                MessageItem::Field(field) => self.group(scope, this, field),
                MessageItem::Oneof(oneof) => {
                    for item in &oneof.items {
                        if let OneofItem::Field(field) = item {
                            self.group(scope, this, field);
                        }
                    }
                }
                MessageItem::Extend(extend) => self.extend(scope, this, extend),
                MessageItem::Extensions(_) | MessageItem::Reserved(_) | MessageItem::Option(_) => {}
            }
        }
        scope.truncate(end);
    }

    fn group(&mut self, scope: &mut String, parent: Option<u32>, field: &'a Field) {
        if let FieldTypeKind::Group(group) = &field.ty.kind {
            let body = Body {
                name: field.name,
                span: field.span,
                visibility: None,
                items: &group.items,
                group: Some(field),
            };
            self.message(scope, parent, body);
        }
    }

    fn extend(&mut self, scope: &mut String, parent: Option<u32>, extend: &'a Extend) {
        for field in &extend.fields {
            // The name of a group's field is the name of its message in lower case.
            let end = match field.ty.kind {
                FieldTypeKind::Group(_) => {
                    enter(scope, &self.ast().ident(field.name).to_ascii_lowercase())
                }
                _ => enter(scope, self.ast().ident(field.name)),
            };
            self.decls.push(Decl {
                name: Arc::from(scope.as_str()),
                parent,
                kind: DeclKind::Extension(field, extend),
            });
            scope.truncate(end);
            self.group(scope, parent, field);
        }
    }

    /// The full name of what a declaration stands in: of a message, or the package.
    pub(super) fn scope(&self, parent: Option<u32>) -> &str {
        match parent {
            Some(parent) => &self.decls[parent as usize].name,
            None => &self.package,
        }
    }
}

impl<'a> Symbols<'a> {
    /// Joins what files declare. Of several declarations with one name the first counts, by path.
    pub(super) fn of(set: &'a FileSet, views: &'a [View<'a>]) -> Self {
        let mut symbols = Symbols {
            set,
            by_name: NameMap::with_capacity_and_hasher(
                views.iter().map(|view| view.decls.len()).sum(),
                Default::default(),
            ),
            packages: NameMap::default(),
            hidden: NameMap::default(),
            views,
        };
        for (file, view) in symbols.views.iter().enumerate() {
            let is_hidden = set.hidden == Some(file);
            let table = match is_hidden {
                true => &mut symbols.hidden,
                false => &mut symbols.by_name,
            };
            for (decl, declared) in view.decls.iter().enumerate() {
                let at = SymbolRef {
                    file: index(file),
                    decl: index(decl),
                };
                table.entry(Arc::clone(&declared.name)).or_insert(at);
            }
            if is_hidden {
                continue;
            }
            let mut package = view.package.as_str();
            while !package.is_empty() {
                if symbols.packages.contains_key(package) {
                    break;
                }
                symbols.packages.insert(package.into(), index(file));
                package = package.rsplit_once('.').map_or("", |(outer, _)| outer);
            }
        }
        symbols
    }

    /// The declaration.
    pub(super) fn decl(&self, at: SymbolRef) -> &Decl<'a> {
        &self.views[at.file as usize].decls[at.decl as usize]
    }

    /// The file of a declaration.
    pub(super) fn view(&self, at: SymbolRef) -> &View<'a> {
        &self.views[at.file as usize]
    }

    /// The declaration with a full name, seen from nowhere.
    pub(super) fn get(&self, name: &str) -> Option<SymbolRef> {
        self.by_name.get(name).copied()
    }

    /// A file that has this package or one inside it.
    pub(super) fn package(&self, name: &str) -> Option<u32> {
        self.packages.get(name).copied()
    }

    /// The file that says which options there are.
    pub(super) fn option_type(&self, name: &str) -> Option<SymbolRef> {
        let table = match self.set.hidden {
            Some(_) => &self.hidden,
            None => &self.by_name,
        };
        table.get(name).copied()
    }

    /// A full name as a file sees it; what it does not import is noted in `unseen`.
    fn seen(
        &self,
        file: u32,
        name: &str,
        types_only: bool,
        unseen: &mut Option<u32>,
    ) -> Option<Found> {
        if self.set.hidden == Some(file as usize) {
            return match self.hidden.get(name) {
                Some(at) => Some(Found::Decl(*at)),
                None => {
                    in_package(&self.views[file as usize].package, name).then_some(Found::Package)
                }
            };
        }
        let visible = self.set.seen_by(file, types_only);
        if let Some(at) = self.by_name.get(name) {
            if at.file == file || visible.binary_search(&at.file).is_ok() {
                return Some(Found::Decl(*at));
            }
            unseen.get_or_insert(at.file);
            return None;
        }
        self.packages.get(name)?;
        let own = &self.views[file as usize].package;
        let is_seen = in_package(own, name)
            || visible
                .iter()
                .map(|other| &self.views[*other as usize].package)
                .any(|package| in_package(package, name));
        is_seen.then_some(Found::Package)
    }

    /// What `name` means in a file inside `scope`. The innermost scope that has the first part of
    /// the name decides, as in C++. `types_only` passes by what is no message or enum.
    pub(super) fn resolve(
        &self,
        file: u32,
        scope: &str,
        name: &str,
        types_only: bool,
    ) -> Result<Found, Lost> {
        let mut unseen = None;
        let found = self.lookup(file, scope, name, types_only, &mut unseen);
        match (found, unseen) {
            (Ok(found), _) => Ok(found),
            (Err(_), Some(other)) => Err(Lost::NotImported(other)),
            (Err(lost), None) => Err(lost),
        }
    }

    fn lookup(
        &self,
        file: u32,
        scope: &str,
        name: &str,
        types_only: bool,
        unseen: &mut Option<u32>,
    ) -> Result<Found, Lost> {
        if let Some(absolute) = name.strip_prefix('.') {
            return self
                .seen(file, absolute, types_only, unseen)
                .ok_or(Lost::Nothing);
        }
        let first = name.split('.').next().unwrap_or(name);
        let mut candidate = String::with_capacity(scope.len() + name.len() + 1);
        let mut scope = scope;
        while !scope.is_empty() {
            candidate.clear();
            candidate.push_str(scope);
            candidate.push('.');
            candidate.push_str(first);
            if let Some(found) = self.seen(file, &candidate, types_only, unseen) {
                if first.len() == name.len() {
                    if !types_only || self.is_type(found) {
                        return Ok(found);
                    }
                } else if self.is_aggregate(found) {
                    candidate.push_str(&name[first.len()..]);
                    return self
                        .seen(file, &candidate, types_only, unseen)
                        .ok_or(Lost::Resolved(candidate));
                }
            }
            scope = scope.rsplit_once('.').map_or("", |(outer, _)| outer);
        }
        self.seen(file, name, types_only, unseen)
            .ok_or(Lost::Nothing)
    }

    fn is_type(&self, found: Found) -> bool {
        let Found::Decl(at) = found else { return false };
        matches!(self.decl(at).kind, DeclKind::Message(_) | DeclKind::Enum(_))
    }

    fn is_aggregate(&self, found: Found) -> bool {
        let Found::Decl(at) = found else { return true };
        !matches!(self.decl(at).kind, DeclKind::Extension(..))
    }
}

/// A message that is no group.
pub(super) fn plain(message: &Message) -> Body<'_> {
    Body {
        name: message.name,
        span: message.span,
        visibility: message.visibility,
        items: &message.items,
        group: None,
    }
}

/// Appends a name to a scope; gives the length to cut it to afterwards.
pub(super) fn enter(scope: &mut String, name: &str) -> usize {
    let end = scope.len();
    if end > 0 {
        scope.push('.');
    }
    scope.push_str(name);
    end
}

/// Whether `package` is `name` or lies in it.
fn in_package(package: &str, name: &str) -> bool {
    let rest = package.strip_prefix(name);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Positions fit 32 bits because the sizes of files do.
pub(super) fn index(n: usize) -> u32 {
    u32::try_from(n).expect("files are bounded far below 4 GiB")
}
