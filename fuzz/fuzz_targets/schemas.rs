//! Two documents with a line `---` between them are compared.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| cherryc::fuzz::schemas(bytes));
