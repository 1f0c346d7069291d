//! A rate string.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| cherryc::fuzz::rate(bytes));
