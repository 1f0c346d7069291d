//! What a contract means: typed values with spans and origins, and the checks of their sense.

mod bind;
mod endpoint;
mod event;
mod ir;
mod lower;
mod marks;
mod normalize;
mod path;
pub(crate) mod rules;
mod target;
mod units;

use cherry_runtime::bundle::{Gcra, RateError, TimeUnit};

pub(crate) use bind::Imports;
pub(crate) use event::{
    Carried, Compat, Consumed, Encoding, Event, Evolution, Mark, SchemaRef, Topic,
};
pub(crate) use ir::{
    Breaker, Contract, ContractName, Endpoint, HostPort, IstioTarget, Limit, Method, Origin, Retry,
    RetryOn, Setting, Target, Unlisted,
};
pub(crate) use lower::lower;
pub(crate) use marks::{check_marks, mark_type};
pub(crate) use normalize::normalize;
pub(crate) use path::{PathTemplate, Segment};
pub(crate) use units::{KeyPart, Micros, Percent, Rate, UnitProblem};

/// Whether the limiter can count a rate; the error says why not.
fn gcra_error(rate: &Rate) -> Result<(), RateError> {
    let spec = rate.spec();
    Gcra::new(spec, TimeUnit::for_rates([spec])).map(|_| ())
}

/// The major version in a contract name such as `user/v1`; the error says what is wrong with it.
pub(crate) fn parse_name(text: &str) -> Result<u32, String> {
    lower::parse_name(text)
        .map(|name| name.major())
        .map_err(|(problem, _)| problem)
}
