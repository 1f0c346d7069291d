//! The waist: one shape of data for every schema language, which knows none of them.

mod api;
mod attrs;
mod datum;
mod decimal;
mod description;
mod ir;
mod json;
mod payload;
mod reach;
mod shape;

pub(crate) use api::{Api, Operation, Param, ParamPlace};
pub(crate) use attrs::{
    Attr, AttrChange, AttrDef, AttrHurt, AttrOwner, AttrTable, Attrs, FieldGuard,
};
pub(crate) use datum::{Datum, DatumField, DatumId, DatumKind, DatumName, Datums, Meaning, short};
pub(crate) use decimal::Decimal;
pub(crate) use description::{
    Body, Calls, Content, Description, Endpoint, Event, Form, Life, Parameter, Requirement,
    Response, Scheme, Server, Status, Subject, Variable,
};
pub(crate) use ir::{
    Cardinality, EnumDef, EnumValue, Extension, Field, FieldType, IntCoding, JsonName, Literal,
    MapType, Message, Method, NumberRange, Oneof, Record, Reserved, Scalar, SchemaSet, Service,
    TypeDef, TypeKind, TypeName, Unit, UnitImport,
};
pub(crate) use json::Json;
pub(crate) use payload::Payload;
pub(crate) use reach::{Reach, Uses};
pub(crate) use shape::{
    Bound, Constraint, Discriminator, Kinds, Notes, Property, Shape, ShapeId, Shapes, Use,
};
