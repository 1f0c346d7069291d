//! What a contract means: typed values with spans and origins, and the checks of their sense.

mod path;
mod units;

pub(crate) use path::{PathTemplate, Segment, TemplateProblem};
pub(crate) use units::{KeyPart, Micros, Percent, Rate, UnitProblem};
