//! The tree as text, one line per declaration, for tests to compare.

use std::fmt::Write as _;

use crate::syntax::proto::*;

/// The whole tree.
pub(super) fn dump(file: &ProtoFile) -> String {
    let mut dump = Dump {
        file,
        out: String::new(),
        depth: 0,
    };
    dump.line(format_args!("{:?}", file.edition));
    if let Some(package) = &file.package {
        dump.line(format_args!("package {}", file.path(package.name)));
    }
    for item in &file.items {
        match item {
            FileItem::Import(import) => {
                let path = file.string(import.path);
                dump.line(format_args!("import {:?} {path}", import.kind));
            }
            FileItem::Option(option) => dump.option(option),
            FileItem::Message(message) => dump.message(message),
            FileItem::Enum(node) => dump.enumeration(node),
            FileItem::Service(service) => dump.service(service),
            FileItem::Extend(extend) => dump.extend(extend),
        }
    }
    dump.out
}

/// A value on one line.
pub(super) fn value(file: &ProtoFile, value: &Value) -> String {
    match &value.kind {
        ValueKind::Ident => file.slice(value.span).to_owned(),
        ValueKind::Int {
            is_negative,
            magnitude,
        } => format!("int {}{magnitude}", if *is_negative { "-" } else { "" }),
        ValueKind::Float(float) => format!("float {float}"),
        ValueKind::String => {
            let bytes = file.bytes(value.as_string().expect("it is a text"));
            format!("\"{}\"", bytes.escape_ascii())
        }
        ValueKind::Message(fields) => {
            let fields: Vec<String> = fields.iter().map(|field| text_field(file, field)).collect();
            format!("{{{}}}", fields.join(", "))
        }
        ValueKind::List(values) => {
            let values: Vec<String> = values.iter().map(|one| self::value(file, one)).collect();
            format!("[{}]", values.join(", "))
        }
        ValueKind::Missing => "missing".to_owned(),
    }
}

fn text_field(file: &ProtoFile, field: &TextField) -> String {
    let name = match field.name {
        TextName::Field(name) => file.ident(name).to_owned(),
        TextName::Extension(path) => format!("[{}]", file.path(path)),
        TextName::Any { domain, message } => {
            format!("[{} / {}]", file.path(domain), file.path(message))
        }
    };
    format!("{name}: {}", value(file, &field.value))
}

struct Dump<'f> {
    file: &'f ProtoFile,
    out: String,
    depth: usize,
}

impl Dump<'_> {
    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        let depth = self.depth * 2;
        writeln!(self.out, "{:depth$}{line}", "").expect("memory takes every line");
    }

    fn within(&mut self, inside: impl FnOnce(&mut Self)) {
        self.depth += 1;
        inside(self);
        self.depth -= 1;
    }

    fn option(&mut self, option: &OptionDecl) {
        let file = self.file;
        let parts: Vec<String> = option
            .name
            .parts()
            .map(|part| match part.is_extension {
                true => format!("({})", file.path(part.name)),
                false => file.path(part.name).into_owned(),
            })
            .collect();
        let value = value(file, &option.value);
        self.line(format_args!("option {} = {value}", parts.join(".")));
    }

    fn options(&mut self, options: &Options) {
        self.within(|dump| options.list.iter().for_each(|option| dump.option(option)));
    }

    fn message(&mut self, message: &Message) {
        let visibility = match message.visibility {
            None => "",
            Some(word) if word.is_export => "export ",
            Some(_) => "local ",
        };
        let name = self.file.ident(message.name);
        self.line(format_args!("{visibility}message {name}"));
        self.items(&message.items);
    }

    fn items(&mut self, items: &[MessageItem]) {
        self.within(|dump| {
            for item in items {
                match item {
                    MessageItem::Field(field) => dump.field(field),
                    MessageItem::Oneof(oneof) => dump.oneof(oneof),
                    MessageItem::Message(message) => dump.message(message),
                    MessageItem::Enum(node) => dump.enumeration(node),
                    MessageItem::Extend(extend) => dump.extend(extend),
                    MessageItem::Extensions(extensions) => {
                        dump.line(format_args!("extensions {}", ranges(&extensions.ranges)));
                        dump.options(&extensions.options);
                    }
                    MessageItem::Reserved(reserved) => dump.reserved(reserved),
                    MessageItem::Option(option) => dump.option(option),
                }
            }
        });
    }

    fn field(&mut self, field: &Field) {
        let file = self.file;
        let named = |ty: ValueType| match ty.scalar {
            Some(scalar) => scalar.word().to_owned(),
            None => file.path(Path { span: ty.span }).into_owned(),
        };
        let ty = match &field.ty.kind {
            FieldTypeKind::Scalar(scalar) => scalar.word().to_owned(),
            FieldTypeKind::Named(path) => format!("named {}", file.path(*path)),
            FieldTypeKind::Map(map) => format!("map {} to {}", named(map.key), named(map.value)),
            FieldTypeKind::Group(_) => "group".to_owned(),
        };
        let label = field
            .label
            .map_or(String::new(), |label| format!("{:?} ", label.kind));
        let name = file.ident(field.name);
        self.line(format_args!(
            "field {label}{ty} {name} {}",
            int(field.number)
        ));
        self.options(&field.options);
        if let FieldTypeKind::Group(group) = &field.ty.kind {
            self.items(&group.items);
        }
    }

    fn oneof(&mut self, oneof: &Oneof) {
        self.line(format_args!("oneof {}", self.file.ident(oneof.name)));
        self.within(|dump| {
            for item in &oneof.items {
                match item {
                    OneofItem::Field(field) => dump.field(field),
                    OneofItem::Option(option) => dump.option(option),
                }
            }
        });
    }

    fn extend(&mut self, extend: &Extend) {
        self.line(format_args!("extend {}", self.file.path(extend.extendee)));
        self.within(|dump| extend.fields.iter().for_each(|field| dump.field(field)));
    }

    fn reserved(&mut self, reserved: &Reserved) {
        let names: Vec<String> = reserved
            .names
            .iter()
            .map(|name| match name {
                ReservedName::Quoted(text) => format!("{:?}", self.file.string(*text)),
                ReservedName::Plain(name) => self.file.ident(*name).to_owned(),
            })
            .collect();
        let numbers = ranges(&reserved.ranges);
        self.line(format_args!("reserved {}{}", names.join(", "), numbers));
    }

    fn enumeration(&mut self, node: &Enum) {
        let visibility = match node.visibility {
            None => "",
            Some(word) if word.is_export => "export ",
            Some(_) => "local ",
        };
        let name = self.file.ident(node.name);
        self.line(format_args!("{visibility}enum {name}"));
        self.within(|dump| {
            for item in &node.items {
                match item {
                    EnumItem::Value(value) => {
                        let name = dump.file.ident(value.name);
                        dump.line(format_args!("value {name} {}", int(value.number)));
                        dump.options(&value.options);
                    }
                    EnumItem::Reserved(reserved) => dump.reserved(reserved),
                    EnumItem::Option(option) => dump.option(option),
                }
            }
        });
    }

    fn service(&mut self, service: &Service) {
        self.line(format_args!("service {}", self.file.ident(service.name)));
        self.within(|dump| {
            for item in &service.items {
                match item {
                    ServiceItem::Option(option) => dump.option(option),
                    ServiceItem::Rpc(rpc) => {
                        let side = |ty: RpcType| {
                            let stream = ty.stream.map_or("", |_| "stream ");
                            format!("{stream}{}", dump.file.path(ty.ty))
                        };
                        let (input, output) = (side(rpc.input), side(rpc.output));
                        let name = dump.file.ident(rpc.name);
                        dump.line(format_args!("rpc {name} {input} -> {output}"));
                        dump.within(|dump| rpc.options.iter().for_each(|one| dump.option(one)));
                    }
                }
            }
        });
    }
}

fn int(int: Int) -> String {
    int.value
        .map_or("none".to_owned(), |value| value.to_string())
}

fn ranges(ranges: &[Range]) -> String {
    let ranges: Vec<String> = ranges
        .iter()
        .map(|range| match range.end {
            RangeEnd::Start => int(range.start),
            RangeEnd::Int(end) => format!("{}..={}", int(range.start), int(end)),
            RangeEnd::Max(_) => format!("{}..=max", int(range.start)),
        })
        .collect();
    ranges.join(", ")
}
