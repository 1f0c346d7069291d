//! A contract file of these bytes is checked.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| cherryc::fuzz::contract(bytes));
