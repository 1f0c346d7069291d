//! What a search for a value comes back with.

/// The outcome of a search for one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pick<T> {
    /// A value that satisfies everything.
    Some(T),
    /// It is proved that there is none.
    Empty,
    /// Neither was found, and why.
    Unknown(&'static str),
}

/// The outcome of a search for several values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Picks<T> {
    /// Different values that satisfy everything, at most as many as were asked for.
    pub(crate) found: Vec<T>,
    /// What is known about further ones.
    pub(crate) rest: Rest,
}

/// What is known about values beyond those that were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rest {
    /// Nobody looked: as many were found as were asked for.
    Unasked,
    /// It is proved that there are no others.
    Empty,
    /// The search ended without an answer, and why.
    Unknown(&'static str),
}

impl<T> Picks<T> {
    /// The first of the values, as the outcome of a search for one.
    pub(crate) fn into_first(self) -> Pick<T> {
        match (self.found.into_iter().next(), self.rest) {
            (Some(value), _) => Pick::Some(value),
            (None, Rest::Unknown(why)) => Pick::Unknown(why),
            (None, Rest::Empty | Rest::Unasked) => Pick::Empty,
        }
    }
}
