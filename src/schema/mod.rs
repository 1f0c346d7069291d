//! The waist: one shape of data for every schema language, which knows none of them.

mod api;
mod attrs;
mod ir;
mod reach;

pub(crate) use api::{Api, Operation, Param, ParamPlace};
pub(crate) use attrs::{
    Attr, AttrChange, AttrDef, AttrHurt, AttrOwner, AttrTable, Attrs, FieldGuard,
};
pub(crate) use ir::{
    Cardinality, EnumDef, EnumValue, Extension, Field, FieldType, IntCoding, JsonName, Literal,
    MapType, Message, Method, NumberRange, Oneof, Record, Reserved, Scalar, SchemaSet, Service,
    TypeDef, TypeKind, TypeName, Unit, UnitImport,
};
pub(crate) use reach::{Reach, Uses};
