//! Documents that nobody means well with: bounded, and with a place for each complaint.

use std::fmt::Write;

use super::*;
