//! Mistakes that tests have the search make, to see that they would be noticed.

/// A mistake in one fragment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mistake {
    /// A lower bound that is violated is taken for one that excludes its end.
    ReadsBoundsStrictly,
    /// What a number of the reader must be a multiple of is not looked at.
    OverlooksMultiples,
    /// A text counts as too long only with two characters more.
    CountsCharactersWrong,
    /// Names that the reader requires are not looked at.
    OverlooksRequired,
    /// A reader that takes exactly one of several takes any of them.
    TakesExactlyOneForAny,
    /// A question counts as settled while what it hangs on is not.
    SettlesRecursionEarly,
    /// A rest that the reader refuses is not looked at.
    OverlooksRest,
    /// Names in which the pattern of a property is found are taken for those that equal it.
    OverlooksPatternProperties,
}

/// Those that random pairs show; settling recursion early is not among them yet.
#[cfg(test)]
pub(super) const MISTAKES: [Mistake; 7] = [
    Mistake::ReadsBoundsStrictly,
    Mistake::OverlooksMultiples,
    Mistake::CountsCharactersWrong,
    Mistake::OverlooksRequired,
    Mistake::TakesExactlyOneForAny,
    Mistake::OverlooksRest,
    Mistake::OverlooksPatternProperties,
];
