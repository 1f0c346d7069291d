//! A contract file of these bytes is built twice.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| cherryc::fuzz::build(bytes));
