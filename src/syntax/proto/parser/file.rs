//! The top of a file: language, package, imports, and what it declares.

use super::{MAX_PACKAGE_PARTS, Parsed, Parser, Skip};
use crate::syntax::proto::ast::{
    Edition, FileItem, Import, ImportKind, Package, StringLit, Syntax, Visibility,
};
use crate::syntax::proto::literal;
use crate::syntax::rules::{LIMIT_EXCEEDED, PROTO_UNKNOWN_EDITION};
use crate::text::Span;

impl Parser<'_> {
    /// The whole file.
    pub(super) fn file(&mut self) -> (Option<Syntax>, Option<Package>, Box<[FileItem]>) {
        let mut items = Vec::new();
        let mut package = None;
        let mut option_import = None;
        let start = self.token.start;
        let syntax = match self.word() {
            "syntax" | "edition" => match self.syntax() {
                Ok(syntax) => Some(syntax),
                Err(skip) => {
                    self.skip_statement(skip, start);
                    None
                }
            },
            _ => None,
        };
        while !self.is_end() {
            let start = self.token.start;
            if self.eat_symbol(b';') {
                continue;
            }
            let read = match self.word() {
                "package" => self.package(&mut package),
                "import" => self
                    .import(&mut option_import)
                    .map(|import| items.push(FileItem::Import(import))),
                _ => self.top_level().map(|item| items.push(item)),
            };
            let Err(skip) = read else { continue };
            self.skip_statement(skip, start);
            if self.is_symbol(b'}') {
                // A statement that could not be read, `a }` say, was reported.
                if self.token.start > start {
                    self.refuse("a `}` closes nothing", "remove it");
                }
                self.bump();
            }
        }
        (syntax, package, items.into_boxed_slice())
    }

    /// A statement that is neither `package` nor `import`.
    fn top_level(&mut self) -> Parsed<FileItem> {
        let visibility = self.visibility()?;
        Ok(match self.word() {
            "message" => FileItem::Message(Box::new(self.message(visibility)?)),
            "enum" => FileItem::Enum(Box::new(self.enumeration(visibility)?)),
            "service" => FileItem::Service(Box::new(self.service()?)),
            "extend" => FileItem::Extend(Box::new(self.extend()?)),
            "option" => FileItem::Option(Box::new(self.option_statement()?)),
            word @ ("syntax" | "edition") => {
                return Err(self.refuse(
                    format_args!("`{word}` must be the first statement of a file"),
                    "move it to the top, and keep one of them",
                ));
            }
            "export" | "local" => {
                return Err(self.refuse(
                    "`export` and `local` need edition 2024",
                    "remove the word, or begin the file with `edition = \"2024\";`",
                ));
            }
            "rpc" => {
                return Err(self.refuse("an `rpc` stands in a service", "put it in a `service`"));
            }
            _ if self.is_symbol(b'}') => {
                return Err(self.refuse("a `}` closes nothing", "remove it"));
            }
            _ => {
                return Err(self.expected(
                    "a declaration",
                    "write `message`, `enum`, `service`, `extend`, `import`, `package` or `option`",
                ));
            }
        })
    }

    /// `export` or `local`, which edition 2024 brought; older files may use the words as names.
    pub(super) fn visibility(&mut self) -> Parsed<Option<Visibility>> {
        let word = self.word();
        if self.edition < Edition::Edition2024 || !matches!(word, "export" | "local") {
            return Ok(None);
        }
        let token = self.bump();
        if !matches!(self.word(), "message" | "enum") {
            return Err(self.expected(
                format_args!("`message` or `enum` after `{word}`"),
                "only messages and enums are exported or local",
            ));
        }
        Ok(Some(Visibility {
            span: self.span_of(token),
            is_export: word == "export",
        }))
    }

    // === Language ===

    fn syntax(&mut self) -> Parsed<Syntax> {
        let start = self.token.start;
        let word = self.word();
        self.bump();
        self.symbol(b'=', &format!("after `{word}`"))?;
        let example = match word {
            "syntax" => "`\"proto3\"`",
            _ => "`\"2024\"`",
        };
        let value = self.string(&format!("a text such as {example}"))?;
        self.language(word, value);
        self.semicolon("the statement")?;
        Ok(Syntax {
            span: self.since(start),
            value,
        })
    }

    /// Takes the language over, or reports it and goes on with the nearest.
    fn language(&mut self, word: &str, value: StringLit) {
        let bytes = literal::bytes(self.slice(value.span));
        let written = String::from_utf8_lossy(&bytes);
        let known = match &*written {
            "proto2" => Some(("syntax", Edition::Proto2)),
            "proto3" => Some(("syntax", Edition::Proto3)),
            "2023" => Some(("edition", Edition::Edition2023)),
            "2024" => Some(("edition", Edition::Edition2024)),
            _ => None,
        };
        self.edition = match known {
            Some((_, edition)) => edition,
            None if word == "syntax" => Edition::Proto3,
            None => Edition::Edition2024,
        };
        let shown = crate::syntax::decode::Clipped(&written);
        let problems = &mut self.lexer.problems;
        match known {
            Some((right, _)) if right == word => {}
            Some((right, _)) => {
                problems
                    .report(
                        &PROTO_UNKNOWN_EDITION,
                        format_args!("`{shown}` is no {word}"),
                    )
                    .at(value.span, format_args!("it is written with `{right}`"))
                    .help(format_args!("write `{right} = \"{shown}\";`"));
            }
            None => {
                let help = match word {
                    "syntax" => "use `proto2` or `proto3`, or `edition = \"2024\";` instead",
                    _ => "use `2023` or `2024`",
                };
                problems
                    .report(
                        &PROTO_UNKNOWN_EDITION,
                        format_args!("unknown {word} `{shown}`"),
                    )
                    .at(value.span, "not known to this version")
                    .help(help);
            }
        }
    }

    // === Package and imports ===

    fn package(&mut self, package: &mut Option<Package>) -> Parsed<()> {
        let start = self.token.start;
        self.bump();
        let (name, parts) = self.counted_path("the name of the package", false)?;
        self.semicolon("the package")?;
        let span = self.since(start);
        if parts > MAX_PACKAGE_PARTS {
            self.lexer
                .problems
                .report(
                    &LIMIT_EXCEEDED,
                    format_args!("the name of a package has more than {MAX_PACKAGE_PARTS} parts"),
                )
                .at(name.span, format_args!("{parts} parts"))
                .help("shorten it");
            return Ok(());
        }
        if let Some(first) = package {
            self.lexer
                .problems
                .syntax("a file has one package")
                .at(span, "a second one")
                .also(first.span, "the first one")
                .help("remove one of them");
        }
        *package = Some(Package { span, name });
        Ok(())
    }

    /// `option_import` is the last import of that kind, which plain ones precede.
    fn import(&mut self, option_import: &mut Option<Span>) -> Parsed<Import> {
        let start = self.token.start;
        self.bump();
        let kind = match self.word() {
            "public" => ImportKind::Public,
            "weak" => ImportKind::Weak,
            "option" => ImportKind::Option,
            _ => ImportKind::Plain,
        };
        let is_new = self.edition >= Edition::Edition2024;
        let word = (kind != ImportKind::Plain).then(|| {
            match kind {
                ImportKind::Option if !is_new => self.refuse(
                    "`import option` needs edition 2024",
                    "write `import`, or begin the file with `edition = \"2024\";`",
                ),
                ImportKind::Weak if is_new => self.refuse(
                    "edition 2024 has no weak imports",
                    "write `import option` for files that only custom options need",
                ),
                _ => Skip { is_line_end: false },
            };
            let token = self.bump();
            self.span_of(token)
        });
        let path = self.string("the path of a file in quotes")?;
        self.semicolon("the import")?;
        let span = self.since(start);
        match (kind, *option_import) {
            (ImportKind::Option, _) => *option_import = Some(span),
            (_, Some(before)) => {
                self.lexer
                    .problems
                    .syntax("an `import option` stands before this import")
                    .at(span, "this import")
                    .also(before, "the import of options")
                    .help("move every `import option` behind the other imports");
            }
            (_, None) => {}
        }
        Ok(Import {
            span,
            kind,
            word,
            path,
        })
    }
}
