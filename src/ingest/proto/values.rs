//! Values of options: their canonical text, by which they are compared, and their bytes.

use std::fmt::{self, Write as _};

use crate::syntax::proto::Scalar;

/// A field with a value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) number: u32,
    /// The name of the field; the full one, of an extension.
    pub(super) key: Box<str>,
    pub(super) is_extension: bool,
    pub(super) is_repeated: bool,
    pub(super) is_packed: bool,
    pub(super) value: Val,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Val {
    Bool(bool),
    Int(Scalar, i128),
    Float(Scalar, f64),
    Bytes(Box<[u8]>),
    Enum(i32, Box<str>),
    Message {
        entries: Vec<Entry>,
        is_delimited: bool,
    },
}

impl Entry {
    /// Takes over another value of the same singular field: messages come together.
    pub(super) fn absorb(&mut self, other: Entry) {
        match (&mut self.value, other.value) {
            (Val::Message { entries, .. }, Val::Message { entries: more, .. }) => {
                for entry in more {
                    let same = entries
                        .iter_mut()
                        .find(|known| known.number == entry.number && !entry.is_repeated);
                    match same {
                        Some(known) => known.absorb(entry),
                        None => entries.push(entry),
                    }
                }
            }
            (value, other) => *value = other,
        }
    }
}

/// The entries of a `google.protobuf.Any`.
pub(super) fn any(url: &str, inner: Vec<Entry>) -> [Entry; 2] {
    let field = |number, key: &str, bytes: Vec<u8>| Entry {
        number,
        key: key.into(),
        is_extension: false,
        is_repeated: false,
        is_packed: false,
        value: Val::Bytes(bytes.into()),
    };
    let mut bytes = Vec::new();
    encode(&inner, &mut bytes);
    [
        field(1, "type_url", url.as_bytes().to_vec()),
        field(2, "value", bytes),
    ]
}

/// Fields stand in the order of their numbers, so that one meaning has one text.
impl fmt::Display for Val {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Val::Bool(value) => write!(f, "{value}"),
            Val::Int(_, value) => write!(f, "{value}"),
            Val::Float(_, value) => write!(f, "{value}"),
            Val::Enum(_, name) => f.write_str(name),
            Val::Bytes(bytes) => {
                f.write_char('"')?;
                for chunk in bytes.utf8_chunks() {
                    for char in chunk.valid().chars() {
                        match char {
                            '"' | '\\' => write!(f, "\\{char}")?,
                            char if char.is_control() => write!(f, "{}", char.escape_default())?,
                            char => f.write_char(char)?,
                        }
                    }
                    for byte in chunk.invalid() {
                        write!(f, "\\x{byte:02x}")?;
                    }
                }
                f.write_char('"')
            }
            Val::Message { entries, .. } => {
                let mut sorted: Vec<&Entry> = entries.iter().collect();
                sorted.sort_by_key(|entry| entry.number);
                f.write_char('{')?;
                for (at, entry) in sorted.into_iter().enumerate() {
                    if at > 0 {
                        f.write_str(", ")?;
                    }
                    match entry.is_extension {
                        true => write!(f, "[{}]: {}", entry.key, entry.value)?,
                        false => write!(f, "{}: {}", entry.key, entry.value)?,
                    }
                }
                f.write_char('}')
            }
        }
    }
}

/// The bytes of a message, fields in the order of their numbers.
pub(super) fn encode(entries: &[Entry], out: &mut Vec<u8>) {
    let mut sorted: Vec<&Entry> = entries.iter().collect();
    sorted.sort_by_key(|entry| entry.number);
    let mut rest = sorted.as_slice();
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|entry| entry.number == first.number);
        let (same, after) = rest.split_at(count.count());
        rest = after;
        if first.is_packed {
            let mut bytes = Vec::new();
            for entry in same {
                entry.value.bytes(first.number, &mut bytes);
            }
            tag(first.number, 2, out);
            length(&bytes, out);
            continue;
        }
        for entry in same {
            tag(first.number, entry.value.wire_type(), out);
            entry.value.bytes(first.number, out);
        }
    }
}

impl Val {
    fn wire_type(&self) -> u8 {
        match self {
            Val::Bool(_) | Val::Enum(..) => 0,
            Val::Bytes(_) => 2,
            Val::Message { is_delimited, .. } => 2 + u8::from(*is_delimited),
            Val::Int(scalar, _) | Val::Float(scalar, _) => match scalar {
                Scalar::Fixed64 | Scalar::Sfixed64 | Scalar::Double => 1,
                Scalar::Fixed32 | Scalar::Sfixed32 | Scalar::Float => 5,
                _ => 0,
            },
        }
    }

    /// The bytes behind the tag.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the reader held every number against the range of its type"
    )]
    fn bytes(&self, number: u32, out: &mut Vec<u8>) {
        match self {
            Val::Bool(value) => varint(u64::from(*value), out),
            Val::Enum(value, _) => varint(i64::from(*value) as u64, out),
            Val::Bytes(bytes) => length(bytes, out),
            Val::Float(Scalar::Float, value) => {
                out.extend_from_slice(&(*value as f32).to_le_bytes());
            }
            Val::Float(_, value) => out.extend_from_slice(&value.to_le_bytes()),
            Val::Int(scalar, value) => match scalar {
                Scalar::Fixed64 | Scalar::Sfixed64 => {
                    out.extend_from_slice(&(*value as u64).to_le_bytes());
                }
                Scalar::Fixed32 | Scalar::Sfixed32 => {
                    out.extend_from_slice(&(*value as u32).to_le_bytes());
                }
                Scalar::Sint32 | Scalar::Sint64 => {
                    let value = *value as i64;
                    varint(((value << 1) ^ (value >> 63)) as u64, out);
                }
                _ => varint(*value as u64, out),
            },
            Val::Message {
                entries,
                is_delimited,
            } => {
                let mut bytes = Vec::new();
                encode(entries, &mut bytes);
                match is_delimited {
                    true => {
                        out.extend_from_slice(&bytes);
                        tag(number, 4, out);
                    }
                    false => length(&bytes, out),
                }
            }
        }
    }
}

pub(super) fn tag(number: u32, wire_type: u8, out: &mut Vec<u8>) {
    varint(u64::from(number) << 3 | u64::from(wire_type), out);
}

pub(super) fn length(bytes: &[u8], out: &mut Vec<u8>) {
    varint(bytes.len() as u64, out);
    out.extend_from_slice(bytes);
}

pub(super) fn varint(mut value: u64, out: &mut Vec<u8>) {
    loop {
        let byte = u8::try_from(value & 0x7F).expect("seven bits fit a byte");
        value >>= 7;
        if value == 0 {
            out.push(byte);
            break;
        }
        out.push(byte | 0x80);
    }
}
