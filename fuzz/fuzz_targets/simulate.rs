//! A file of requests.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| cherryc::fuzz::simulate(bytes));
