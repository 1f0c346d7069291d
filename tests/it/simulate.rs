//! The meaning of policies: `fixtures/simulate/<case>` holds contracts, requests and decisions, the
//! decisions derived by hand from the language. `BLESS` does not rewrite them.

use std::path::{Path, PathBuf};

use cherryc::{Choices, Compiler, OsFs, RelPath};
use serde_json::Value;

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/simulate");
    let entries = std::fs::read_dir(root).expect("the fixtures are there");
    let mut cases: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a fixture can be listed").path())
        .collect();
    cases.sort();
    cases
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn json(line: &str) -> Value {
    serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"))
}

#[test]
fn decisions_are_those_of_the_language() {
    let cases = cases();
    assert!(cases.len() >= 40, "only {} cases were found", cases.len());
    let mut wrong = String::new();
    for case in &cases {
        let name = case
            .file_name()
            .expect("a case has a name")
            .to_string_lossy();
        let fs = OsFs::new(case).expect("a case is a folder");
        let requests = read(&case.join("requests.jsonl"));
        let simulated = Compiler::new(&fs).simulate(
            &[RelPath::root()],
            &Choices::default(),
            requests.as_bytes(),
        );
        assert_eq!(simulated.report.exit_code(None), 0, "{name} compiles");
        let given = simulated
            .decisions
            .unwrap_or_else(|problem| panic!("{name}: {problem}"));
        let expected = read(&case.join("decisions.jsonl"));
        let expected: Vec<&str> = expected.lines().collect();
        assert!(!expected.is_empty(), "{name} decides nothing");
        assert_eq!(given.len(), expected.len(), "{name}: decisions");
        assert_eq!(
            requests.lines().count(),
            expected.len(),
            "{name}: a decision for each request"
        );
        for (number, ((request, given), expected)) in
            requests.lines().zip(&given).zip(expected).enumerate()
        {
            if json(given) != json(expected) {
                wrong.push_str(&format!(
                    "{name}, line {}: {request}\n  given    {given}\n  expected {expected}\n",
                    number + 1
                ));
                // What follows depends on this one.
                break;
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Every decision of the fixtures that this version can give is met by some case.
#[test]
fn every_decision_is_covered() {
    let mut seen = std::collections::BTreeSet::new();
    for case in cases() {
        for line in read(&case.join("decisions.jsonl")).lines() {
            let decision = json(line)["decision"].as_str().map(str::to_owned);
            seen.insert(decision.expect("a decision has a name"));
        }
    }
    let expected = [
        "limited",
        "method_not_allowed",
        "not_found",
        "open",
        "pass",
        "timeout",
    ];
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), expected);
}

const CONTRACT: &str = "contract: user/v1
version: 1.0.0
endpoints:
- path: /a
  method: GET
  rate_limit: \"1r/s per client_ip\"
  circuit_breaker: {failure_threshold: 1, timeout_ms: 1000}
";

#[test]
fn bad_requests_name_their_line() {
    let fs = cherryc::MemoryFs::new();
    let path = RelPath::new("user.cherry.yaml").expect("a plain name is a path");
    cherryc::WriteFs::write(&fs, &path, CONTRACT.as_bytes()).expect("memory takes every file");
    let good = r#"{"at_ms":5,"method":"GET","path":"/a"}"#;
    let cases: &[(&[u8], &str)] = &[
        (
            br#"{"at_ms":4,"method":"GET","path":"/a"}"#,
            "line 2: lines must be in time order: 4 comes after 5",
        ),
        (
            br#"{"at_ms":5,"method":"GET","path":"/a","upstrem":{}}"#,
            "line 2, column 47: unknown field `upstrem`",
        ),
        (
            br#"{"at_ms":5,"method":"GET","path":"/a","upstream":{"state":200}}"#,
            "line 2, column 57: unknown field `state`",
        ),
        (
            br#"{"at_ms":5,"method":"GET","path":"/a","upstream":{"status":200,"error":"reset"}}"#,
            "line 2: `upstream` has a status and an error",
        ),
        (
            br#"{"at_ms":5,"method":"GET","path":"/a","upstream":{"error":"lost"}}"#,
            "line 2, column 64: unknown variant `lost`",
        ),
        (
            br#"{"at_ms":5,"method":"GET","path":"/a","upstream":{"status":99}}"#,
            "line 2: `upstream` has the status 99",
        ),
        (
            br#"{"at_ms":5,"method":"GET","path":"/a","client_ip":"localhost"}"#,
            "line 2, column 61: invalid IP address syntax",
        ),
        (
            br#"{"at_ms":-1,"method":"GET","path":"/a"}"#,
            "line 2, column 11: invalid value: integer `-1`, expected u64",
        ),
        (
            br#"{"at_ms":5,"at_ms":5,"method":"GET","path":"/a"}"#,
            "line 2, column 18: duplicate field `at_ms`",
        ),
        (
            br#"{"at_ms":5,"path":"/a"}"#,
            "line 2, column 23: missing field `method`",
        ),
        (
            b"[]",
            "line 2, column 0: invalid type: sequence, expected a JSON object",
        ),
        (
            br#"{"at_ms":5,"method":"GET","path":"/a","upstream":[200,null,0]}"#,
            "line 2, column 49: invalid type: sequence, expected a JSON object",
        ),
        (b"{\"at_ms\":", "line 2, column 9: EOF while parsing"),
        (b"\xff\xfe", "the requests are not UTF-8"),
        (
            br#"{"at_ms":18446744073709551615,"method":"GET","path":"/a"}"#,
            "line 2: 18446744073709551615 ms is too far in the future",
        ),
        (
            br#"{"at_ms":5,"method":"GET","path":"/a","client_ip":"::1","upstream":{"after_ms":18446744073709551615}}"#,
            "line 2: `after_ms` is too large",
        ),
    ];
    for (line, expected) in cases {
        let requests = [good.as_bytes(), b"\n", line, b"\n"].concat();
        let simulated =
            Compiler::new(&fs).simulate(&[RelPath::root()], &Choices::default(), &requests);
        let line = String::from_utf8_lossy(line);
        let problem = simulated
            .decisions
            .expect_err(&format!("{line} is refused"));
        assert!(
            problem.starts_with(expected),
            "{line}\n  said     {problem}\n  expected {expected}"
        );
    }
}

#[test]
fn empty_lines_and_no_lines_decide_nothing() {
    let fs = cherryc::MemoryFs::new();
    let path = RelPath::new("user.cherry.yaml").expect("a plain name is a path");
    cherryc::WriteFs::write(&fs, &path, CONTRACT.as_bytes()).expect("memory takes every file");
    for (requests, expected) in [
        ("", 0),
        ("\n \r\n", 0),
        (
            "\n{\"at_ms\":0,\"method\":\"GET\",\"path\":\"/a\"}\r\n\n",
            1,
        ),
    ] {
        let simulated = Compiler::new(&fs).simulate(
            &[RelPath::root()],
            &Choices::default(),
            requests.as_bytes(),
        );
        let decisions = simulated.decisions.expect("empty lines are no mistake");
        assert_eq!(decisions.len(), expected, "{requests:?}");
    }
}
