//! The waist: one shape of data for every schema language, which knows none of them.

mod api;

pub(crate) use api::{Api, Operation, Param, ParamPlace};
