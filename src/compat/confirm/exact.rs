//! Our values as the validator sees them: as they are, with every digit of their numbers.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::collections::btree_map;

use jsonschema::JsonType;
use jsonschema::json::{Array, JsonNumber, Node, NodeIdentity, Object};

use crate::schema::{Decimal, Json};

/// The validator's name for [`Json`].
#[derive(Debug)]
pub(super) struct Exact;

impl jsonschema::json::Json for Exact {
    type Node<'a> = &'a Json;
    type PreparedKey = Box<str>;
    type StringBuffer = Scratch;
    const ACYCLIC: bool = true;

    fn prepare_key(key: &str) -> Box<str> {
        key.into()
    }

    fn with_string_node<T>(buffer: &mut Scratch, string: &str, f: impl FnOnce(&Json) -> T) -> T {
        buffer.0 = Json::String(string.into());
        f(&buffer.0)
    }
}

/// Where a name stands while it is judged as a text.
#[derive(Debug)]
pub(super) struct Scratch(Json);

impl Default for Scratch {
    fn default() -> Self {
        Scratch(Json::Null)
    }
}

impl<'a> Node<'a, Exact> for &'a Json {
    type Object = &'a std::collections::BTreeMap<Box<str>, Json>;
    type Array = &'a [Json];
    type Number = Number;

    fn as_object(&self) -> Option<Self::Object> {
        match self {
            Json::Object(entries) => Some(entries),
            _ => None,
        }
    }

    fn as_array(&self) -> Option<&'a [Json]> {
        match self {
            Json::Array(items) => Some(items),
            _ => None,
        }
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        match self {
            Json::String(text) => Some(Cow::Borrowed(text)),
            _ => None,
        }
    }

    fn as_number(&self) -> Option<Number> {
        match self {
            Json::Number(number) => Some(Number(*number)),
            _ => None,
        }
    }

    fn as_boolean(&self) -> Option<bool> {
        match self {
            Json::Bool(flag) => Some(*flag),
            _ => None,
        }
    }

    fn is_null(&self) -> bool {
        matches!(self, Json::Null)
    }

    fn json_type(&self) -> JsonType {
        match self {
            Json::Null => JsonType::Null,
            Json::Bool(_) => JsonType::Boolean,
            Json::Number(_) => JsonType::Number,
            Json::String(_) => JsonType::String,
            Json::Array(_) => JsonType::Array,
            Json::Object(_) => JsonType::Object,
        }
    }

    /// For messages alone, which nobody reads here: numbers may be rounded.
    fn to_value(&self) -> Cow<'a, serde_json::Value> {
        use serde_json::Value;
        Cow::Owned(match self {
            Json::Null => Value::Null,
            Json::Bool(flag) => Value::Bool(*flag),
            Json::Number(number) => Value::Number(Number(*number).rounded()),
            Json::String(text) => Value::String(text.to_string()),
            Json::Array(items) => items
                .iter()
                .map(|item| Node::to_value(&item).into_owned())
                .collect(),
            Json::Object(entries) => Value::Object(
                entries
                    .iter()
                    .map(|(name, value)| (name.to_string(), Node::to_value(&value).into_owned()))
                    .collect(),
            ),
        })
    }

    fn identity(&self) -> Option<NodeIdentity> {
        Some(NodeIdentity::new(std::ptr::from_ref::<Json>(self).addr()))
    }
}

impl<'a> Object<'a, Exact> for &'a std::collections::BTreeMap<Box<str>, Json> {
    type Node = &'a Json;
    type MemberName = &'a str;
    type MembersIter = Members<'a>;

    fn len(&self) -> usize {
        std::collections::BTreeMap::len(self)
    }

    fn get(&self, key: &Box<str>) -> Option<&'a Json> {
        std::collections::BTreeMap::get(self, key)
    }

    fn members(&self) -> Members<'a> {
        Members(self.iter())
    }
}

/// The names of an object with their values.
#[derive(Debug)]
pub(super) struct Members<'a>(btree_map::Iter<'a, Box<str>, Json>);

impl<'a> Iterator for Members<'a> {
    type Item = (&'a str, &'a Json);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(name, value)| (&**name, value))
    }
}

impl<'a> Array<'a, Exact> for &'a [Json] {
    type Node = &'a Json;
    type ElementsIter = std::slice::Iter<'a, Json>;

    fn len(&self) -> usize {
        <[Json]>::len(self)
    }

    fn elements(&self) -> std::slice::Iter<'a, Json> {
        self.iter()
    }

    fn is_unique(&self) -> bool {
        let distinct: BTreeSet<&Json> = self.iter().collect();
        distinct.len() == <[Json]>::len(self)
    }
}

/// A number as the validator asks about it.
#[derive(Debug)]
pub(super) struct Number(Decimal);

impl Number {
    fn whole(&self) -> Option<i128> {
        let (mantissa, exponent) = self.0.parts();
        let zeros = u32::try_from(exponent).ok()?;
        mantissa.checked_mul(10_i128.checked_pow(zeros)?)
    }

    fn rounded(&self) -> serde_json::Number {
        let nearest = self.as_f64().and_then(serde_json::Number::from_f64);
        nearest.unwrap_or_else(|| serde_json::Number::from(0))
    }
}

impl JsonNumber for Number {
    fn as_u64(&self) -> Option<u64> {
        self.whole().and_then(|whole| u64::try_from(whole).ok())
    }

    fn as_i64(&self) -> Option<i64> {
        self.whole().and_then(|whole| i64::try_from(whole).ok())
    }

    fn as_f64(&self) -> Option<f64> {
        self.0.to_string().parse().ok()
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Owned(self.0.to_string())
    }

    /// For messages alone.
    fn to_number(&self) -> Cow<'_, serde_json::Number> {
        Cow::Owned(self.rounded())
    }

    fn is_integer(&self) -> bool {
        self.0.parts().1 >= 0
    }
}
