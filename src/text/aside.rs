//! Freeing large trees while the work goes on.

/// Frees a value on another thread: it is many thousand small pieces, and the command line ends
/// before they are all given back.
pub(crate) fn aside(value: impl Send + 'static) {
    rayon::spawn(move || drop(value));
}
