//! A document of these bytes is imported, and made a contract.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| cherryc::fuzz::openapi(bytes));
