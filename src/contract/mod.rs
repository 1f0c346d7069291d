//! What a contract means: typed values with spans and origins, and the checks of their sense.

mod ir;
mod normalize;
mod path;
mod units;

pub(crate) use ir::{
    Breaker, Contract, ContractName, Endpoint, HostPort, IstioTarget, Limit, Method, Origin, Retry,
    RetryOn, Setting, Target, Unlisted,
};
pub(crate) use normalize::normalize;
pub(crate) use path::{PathTemplate, Segment, TemplateProblem};
pub(crate) use units::{KeyPart, Micros, Percent, Rate, UnitProblem};
