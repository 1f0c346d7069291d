//! Schemas that go on for long: what lies deep is found, and what lies too deep is said.

use std::fmt::Write as _;

use cherryc::Severity;

use crate::harness::{memory, run};

/// A schema in which a text of this length stands below so many names.
fn chain(names: usize, length: usize) -> String {
    let mut text = String::from("$defs:\n");
    for n in 0..names {
        let next = n + 1;
        writeln!(
            text,
            "  s{n}: {{properties: {{a: {{$ref: '#/$defs/s{next}'}}}}}}"
        )
        .expect("a string takes every text");
    }
    writeln!(text, "  s{names}: {{type: string, maxLength: {length}}}")
        .expect("a string takes every text");
    text + "$ref: '#/$defs/s0'\n"
}

#[test]
fn nothing_is_silent_however_deep_it_lies() {
    for (names, severity, rule) in [
        (300, Severity::Error, "request-length-narrowed"),
        // Past what the walk over findings follows, and past what the search itself does.
        (2_500, Severity::Warning, "request-value-unknown"),
        (5_000, Severity::Warning, "request-value-unknown"),
    ] {
        let files = [("old.yaml", chain(names, 9)), ("new.yaml", chain(names, 8))];
        let outcome = run(&memory(files), "diff old.yaml new.yaml");
        let found: Vec<_> = (outcome.report.findings.iter())
            .map(|finding| (finding.severity(), finding.rule().name))
            .collect();
        assert_eq!(found, [(severity, rule)], "{names} names");
    }
}
