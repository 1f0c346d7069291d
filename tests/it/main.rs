//! One integration test binary: one link, and modules that share their tools.

#![allow(
    clippy::disallowed_methods,
    reason = "tests lay out folders, read fixtures and start processes"
)]

mod simulate;
