//! The same files are accepted and refused as by the reference.
//!
//! `verdicts.txt` holds what protoc 35.1 says of each snippet, and where protox-parse says otherwise
//! (it knows no editions, and checks less than the reference). Ours must be the former; the latter is
//! run, so that the table stays true.

use crate::diag::LevelTable;

use super::{headlines, read};

const VERDICTS: &str = include_str!("verdicts.txt");

#[test]
fn verdicts_are_those_of_the_reference() {
    let mut problems = Vec::new();
    let mut count = 0;
    for block in VERDICTS.split("\n--- ") {
        let block = block.strip_prefix("--- ").unwrap_or(block);
        // An empty file has nothing behind its title.
        let (head, text) = block.split_once('\n').unwrap_or((block, ""));
        let (verdict, title) = head
            .split_once(": ")
            .expect("a verdict stands before the title");
        let (ours, protox) = match verdict {
            "accept" => (true, true),
            "accept, protox refuses" => (true, false),
            "refuse" => (false, false),
            "refuse, protox accepts" => (false, true),
            other => panic!("a verdict `{other}`"),
        };
        let phase = read(text);
        assert_eq!(phase.value.is_broken, !phase.diagnostics.is_empty());
        let findings = phase.diagnostics.finish(&LevelTable::default());
        if findings.is_empty() != ours {
            problems.push(format!("{title}: {:?}", headlines(&findings)));
        }
        if protox_parse::parse("a.proto", text).is_ok() != protox {
            problems.push(format!("{title}: protox says otherwise"));
        }
        count += 1;
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(count > 200, "only {count} snippets");
}
