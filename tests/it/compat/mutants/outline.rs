//! A Protobuf file as byte ranges: enough to change it, far from enough to understand it.
//!
//! This is no second reader: a file that it cannot follow is left out of the corpus. It shares no
//! code with the reader under test, so that no mistake is shared either.

use std::ops::Range;

/// A place in the text.
pub(super) type Place = Range<usize>;

#[derive(Debug, Clone, Default)]
pub(super) struct Outline {
    pub(super) text: String,
    /// The whole statement of syntax or edition.
    pub(super) syntax: Place,
    /// The name in the package statement.
    pub(super) package: Place,
    pub(super) imports: Vec<Place>,
    /// Name and value of plain options of the file.
    pub(super) options: Vec<FileOption>,
    pub(super) messages: Vec<Message>,
    pub(super) fields: Vec<Field>,
    pub(super) oneofs: Vec<Block>,
    pub(super) enums: Vec<Enum>,
    pub(super) services: Vec<Block>,
    pub(super) rpcs: Vec<Rpc>,
    /// Everything that is a word, comments and texts left out.
    pub(super) words: Vec<Place>,
}

#[derive(Debug, Clone)]
pub(super) struct FileOption {
    pub(super) name: Place,
    pub(super) whole: Place,
}

/// Something with a name and a body in braces.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) whole: Place,
    pub(super) name: Place,
    /// Between the braces.
    pub(super) body: Place,
    /// The message around it.
    pub(super) parent: Option<usize>,
}

#[derive(Debug, Clone)]
pub(super) struct Message {
    pub(super) block: Block,
}

#[derive(Debug, Clone)]
pub(super) struct Field {
    pub(super) whole: Place,
    pub(super) message: usize,
    pub(super) oneof: Option<usize>,
    /// `optional`, `required` or `repeated`.
    pub(super) label: Option<Place>,
    /// The type, a whole `map<...>` included.
    pub(super) ty: Place,
    /// Key and value of a map.
    pub(super) map: Option<(Place, Place)>,
    pub(super) name: Place,
    pub(super) number: Place,
    /// Options with their brackets.
    pub(super) options: Option<Place>,
}

#[derive(Debug, Clone)]
pub(super) struct Enum {
    pub(super) block: Block,
    pub(super) values: Vec<Value>,
    pub(super) has_alias: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Value {
    pub(super) whole: Place,
    pub(super) name: Place,
    pub(super) number: Place,
}

#[derive(Debug, Clone)]
pub(super) struct Rpc {
    pub(super) whole: Place,
    pub(super) name: Place,
    pub(super) service: usize,
    pub(super) request: Side,
    pub(super) response: Side,
    /// Between the braces, when it has some.
    pub(super) body: Option<Place>,
}

/// What stands between a procedure's parentheses.
#[derive(Debug, Clone)]
pub(super) struct Side {
    pub(super) stream: Option<Place>,
    pub(super) ty: Place,
}

impl Outline {
    /// Reads a text; `None` when it holds what is not followed here.
    pub(super) fn read(text: &str) -> Option<Outline> {
        let tokens = tokens(text)?;
        let mut outline = Outline {
            text: text.to_owned(),
            ..Outline::default()
        };
        let is_word = |place: &Place| text.as_bytes()[place.start].is_ascii_alphabetic();
        outline.words = tokens
            .iter()
            .filter(|place| is_word(place))
            .cloned()
            .collect();
        let mut reader = Reader {
            tokens,
            at: 0,
            outline,
        };
        while reader.at < reader.tokens.len() {
            reader.file_item()?;
        }
        let outline = reader.outline;
        (!outline.syntax.is_empty() && !outline.package.is_empty()).then_some(outline)
    }

    /// The text at a place.
    pub(super) fn at(&self, place: &Place) -> &str {
        &self.text[place.clone()]
    }

    /// The fields of a message, those in its oneofs included.
    pub(super) fn fields_of(&self, message: usize) -> impl Iterator<Item = &Field> {
        self.fields
            .iter()
            .filter(move |field| field.message == message)
    }

    /// A number of a field that the message does not use.
    pub(super) fn free_number(&self, message: usize) -> u32 {
        let numbers = self
            .fields_of(message)
            .filter_map(|field| self.at(&field.number).parse::<u32>().ok());
        // Above whatever a message of the corpus reserves.
        numbers.max().unwrap_or(0).max(4000) + 7
    }

    /// The places where a name stands as a word of its own or as the last part of a path.
    pub(super) fn mentions(&self, name: &str) -> Vec<Place> {
        let words = self.words.iter().filter(|place| self.at(place) == name);
        words.cloned().collect()
    }
}

/// Where tokens are: words, numbers, texts, and single marks. `None` for what is not closed.
fn tokens(text: &str) -> Option<Vec<Place>> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let rest = &text[at..];
        let length = if byte.is_ascii_whitespace() {
            at += 1;
            continue;
        } else if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
            continue;
        } else if rest.starts_with("/*") {
            at += rest.find("*/")? + 2;
            continue;
        } else if byte == b'"' || byte == b'\'' {
            let mut end = 1;
            while *rest.as_bytes().get(end)? != byte {
                end += if rest.as_bytes()[end] == b'\\' { 2 } else { 1 };
            }
            end + 1
        } else if byte.is_ascii_alphanumeric() || byte == b'_' {
            let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
            rest.bytes().take_while(|byte| is_part(byte)).count()
        } else if byte.is_ascii() {
            1
        } else {
            return None;
        };
        tokens.push(at..at + length);
        at += length;
    }
    Some(tokens)
}

struct Reader {
    tokens: Vec<Place>,
    at: usize,
    outline: Outline,
}

impl Reader {
    fn peek(&self, ahead: usize) -> Option<&str> {
        let place = self.tokens.get(self.at + ahead)?;
        Some(&self.outline.text[place.clone()])
    }

    fn take(&mut self) -> Option<Place> {
        let place = self.tokens.get(self.at)?.clone();
        self.at += 1;
        Some(place)
    }

    fn expect(&mut self, mark: &str) -> Option<Place> {
        (self.peek(0)? == mark).then(|| self.take())?
    }

    /// A name with dots, maybe with one in front.
    fn path(&mut self) -> Option<Place> {
        let start = self.tokens.get(self.at)?.start;
        if self.peek(0)? == "." {
            self.at += 1;
        }
        let mut end = self.take()?.end;
        while self.peek(0) == Some(".") {
            self.at += 1;
            end = self.take()?.end;
        }
        Some(start..end)
    }

    /// Everything up to and with the `;` that ends this statement, or its closing brace.
    fn skip(&mut self) -> Option<Place> {
        let start = self.tokens.get(self.at)?.start;
        let mut depth = 0;
        loop {
            let token = self.peek(0)?;
            let (opens, closes) = (
                matches!(token, "{" | "[" | "("),
                matches!(token, "}" | "]" | ")"),
            );
            let is_end = token == ";";
            let end = self.take()?.end;
            depth += i32::from(opens) - i32::from(closes);
            if is_end && depth == 0 {
                return Some(start..end);
            }
        }
    }

    fn file_item(&mut self) -> Option<()> {
        let start = self.at;
        match self.peek(0)? {
            "syntax" | "edition" => self.outline.syntax = self.skip()?,
            "package" => {
                self.at += 1;
                self.outline.package = self.path()?;
                self.expect(";")?;
            }
            "import" => {
                let whole = self.skip()?;
                self.outline.imports.push(whole);
            }
            "option" => {
                let name = self.tokens.get(start + 1)?.clone();
                let whole = self.skip()?;
                self.outline.options.push(FileOption { name, whole });
            }
            "message" => self.message(None)?,
            "enum" => self.enumeration(None)?,
            "service" => self.service()?,
            ";" => self.at += 1,
            _ => return None,
        }
        Some(())
    }

    /// The head of something with a body: `message Name {`.
    fn head(&mut self) -> Option<(usize, Place, usize)> {
        let start = self.take()?.start;
        let name = self.take()?;
        let open = self.expect("{")?;
        Some((start, name, open.end))
    }

    fn message(&mut self, parent: Option<usize>) -> Option<()> {
        let (start, name, open) = self.head()?;
        let me = self.outline.messages.len();
        let block = Block {
            whole: start..open,
            name,
            body: open..open,
            parent,
        };
        self.outline.messages.push(Message { block });
        while self.peek(0)? != "}" {
            match self.peek(0)? {
                "message" if self.peek(2)? == "{" => self.message(Some(me))?,
                "enum" if self.peek(2)? == "{" => self.enumeration(Some(me))?,
                "oneof" if self.peek(2)? == "{" => self.oneof(me)?,
                "option" | "reserved" | "extensions" => {
                    self.skip()?;
                }
                "extend" | "group" => return None,
                ";" => self.at += 1,
                _ => self.field(me, None)?,
            }
        }
        let close = self.take()?;
        let block = &mut self.outline.messages[me].block;
        block.whole.end = close.end;
        block.body.end = close.start;
        Some(())
    }

    fn oneof(&mut self, message: usize) -> Option<()> {
        let (start, name, open) = self.head()?;
        let me = self.outline.oneofs.len();
        self.outline.oneofs.push(Block {
            whole: start..open,
            name,
            body: open..open,
            parent: Some(message),
        });
        while self.peek(0)? != "}" {
            match self.peek(0)? {
                "option" => {
                    self.skip()?;
                }
                "group" => return None,
                _ => self.field(message, Some(me))?,
            }
        }
        let close = self.take()?;
        let block = &mut self.outline.oneofs[me];
        block.whole.end = close.end;
        block.body.end = close.start;
        Some(())
    }

    fn field(&mut self, message: usize, oneof: Option<usize>) -> Option<()> {
        let start = self.tokens.get(self.at)?.start;
        let is_label = matches!(self.peek(0)?, "optional" | "required" | "repeated");
        let label = if is_label { Some(self.take()?) } else { None };
        if self.peek(0)? == "group" {
            return None;
        }
        let mut map = None;
        let ty = if self.peek(0)? == "map" && self.peek(1)? == "<" {
            let first = self.take()?.start;
            self.expect("<")?;
            let key = self.path()?;
            self.expect(",")?;
            let value = self.path()?;
            map = Some((key, value));
            first..self.expect(">")?.end
        } else {
            self.path()?
        };
        let name = self.take()?;
        self.expect("=")?;
        let number = self.take()?;
        let options = if self.peek(0)? == "[" {
            let open = self.tokens.get(self.at)?.start;
            let end = self.skip()?.end;
            // The closing bracket stands before the semicolon.
            let text = &self.outline.text[..end];
            Some(open..text.rfind(']')? + 1)
        } else {
            self.expect(";")?;
            None
        };
        let end = self.tokens[self.at - 1].end;
        self.outline.fields.push(Field {
            whole: start..end,
            message,
            oneof,
            label,
            ty,
            map,
            name,
            number,
            options,
        });
        Some(())
    }

    fn enumeration(&mut self, parent: Option<usize>) -> Option<()> {
        let (start, name, open) = self.head()?;
        let mut values = Vec::new();
        let mut has_alias = false;
        while self.peek(0)? != "}" {
            match self.peek(0)? {
                "option" => {
                    let whole = self.skip()?;
                    has_alias |= self.outline.text[whole].contains("allow_alias");
                }
                "reserved" => {
                    self.skip()?;
                }
                _ => {
                    let name = self.tokens.get(self.at)?.clone();
                    let number = self.tokens.get(self.at + 2)?.clone();
                    let whole = self.skip()?;
                    values.push(Value {
                        whole,
                        name,
                        number,
                    });
                }
            }
        }
        let close = self.take()?;
        let block = Block {
            whole: start..close.end,
            name,
            body: open..close.start,
            parent,
        };
        self.outline.enums.push(Enum {
            block,
            values,
            has_alias,
        });
        Some(())
    }

    fn service(&mut self) -> Option<()> {
        let (start, name, open) = self.head()?;
        let me = self.outline.services.len();
        while self.peek(0)? != "}" {
            match self.peek(0)? {
                "option" => {
                    self.skip()?;
                }
                "rpc" => {
                    let start = self.take()?.start;
                    let name = self.take()?;
                    let request = self.side()?;
                    self.expect("returns")?;
                    let response = self.side()?;
                    let (end, body) = if self.peek(0)? == "{" {
                        let open = self.take()?.end;
                        let mut close = open;
                        while self.peek(0)? != "}" {
                            close = self.skip()?.end;
                        }
                        let end = self.take()?.end;
                        (end, Some(open..close.max(open)))
                    } else {
                        (self.expect(";")?.end, None)
                    };
                    self.outline.rpcs.push(Rpc {
                        whole: start..end,
                        name,
                        service: me,
                        request,
                        response,
                        body,
                    });
                }
                ";" => self.at += 1,
                _ => return None,
            }
        }
        let close = self.take()?;
        self.outline.services.push(Block {
            whole: start..close.end,
            name,
            body: open..close.start,
            parent: None,
        });
        Some(())
    }

    fn side(&mut self) -> Option<Side> {
        self.expect("(")?;
        let is_stream = self.peek(0)? == "stream" && self.peek(1)? != ")";
        let stream = if is_stream { Some(self.take()?) } else { None };
        let ty = self.path()?;
        self.expect(")")?;
        Some(Side { stream, ty })
    }
}
