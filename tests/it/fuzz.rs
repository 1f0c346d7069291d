//! Random mutations of every fixture and of raw bytes, through the functions that `cargo fuzz` calls.
//!
//! The seed is fixed, so that a run says the same tomorrow; `CHERRY_FUZZ_SEED=<n>` takes another one
//! and `CHERRY_FUZZ_RUNS=<n>` another number of mutations. A failure prints the input.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use cherryc::fuzz;
use rayon::prelude::*;

use super::harness::{read_tree, root};

/// Mutations of a run.
const RUNS: u64 = 10_000;

/// Seed of a run that names none.
const SEED: u64 = 20_261_124;

/// Longest time for one input.
const LIMIT: Duration = Duration::from_secs(1);

/// Largest file that is mutated; a larger one would spend the time of many.
const MAX_SEED_BYTES: usize = 64 * 1024;

type Target = (&'static str, fn(&[u8]));

const CONTRACT: Target = ("contract", fuzz::contract);
const BUILD: Target = ("build", fuzz::build);
const OPENAPI: Target = ("openapi", fuzz::openapi);
const RATE: Target = ("rate", fuzz::rate);
const PATH: Target = ("path", fuzz::path);
const NORMALIZE: Target = ("normalize", fuzz::normalize);
const SIMULATE: Target = ("simulate", fuzz::simulate);
const PROTO: Target = ("proto", fuzz::proto);
const SCHEMAS: Target = ("schemas", fuzz::schemas);

const TARGETS: [Target; 9] = [
    CONTRACT, BUILD, OPENAPI, RATE, PATH, NORMALIZE, SIMULATE, PROTO, SCHEMAS,
];

const WORDS: &[&str] = &[
    "\0",
    "\u{FEFF}",
    "\u{1b}[31m",
    "\r\n",
    "\t",
    "\u{2028}",
    "é",
    "🍒",
    "&a ",
    "*a",
    "<<: *a",
    "!!str ",
    "---\n",
    "...\n",
    "{",
    "}",
    "[",
    "]",
    ",",
    ": ",
    "- ",
    "? ",
    "| ",
    ">-\n",
    "'",
    "\"",
    "\\",
    "#",
    "%",
    "@",
    "`",
    "~",
    "null",
    "true",
    "no",
    "0",
    "-1",
    "1e999",
    "0x7f",
    "0o17",
    ".inf",
    ".nan",
    "18446744073709551616",
    "999999999999999999999999999999",
    "1.5",
    "100r/s per client_ip",
    "1r/d per header(X)+path(id)",
    " burst 0",
    "0r/s per global",
    "{id}",
    "{rest=**}",
    "{a}:b",
    "..",
    "/",
    "//",
    "%2e%2e",
    "%2F",
    "%00",
    "contract: user/v1",
    "version: 1.2.0",
    "endpoints:",
    "path: /a",
    "method: GET",
    "method: \"*\"",
    "rate_limit: ",
    "circuit_breaker: {}",
    "timeout: 1s",
    "retry: {attempts: 2}",
    "unlisted: reject",
    "defaults: {timeout: 1s}",
    "deploy: {targets: {}}",
    "imports: {api: {openapi: ./api.yaml}}",
    "operation: api.getUser",
    "generate: {wasm: {}}",
    "identity: {tenant: header(X)}",
    "x-note: 1",
    "$ref: '#/paths'",
    "\"$ref\": \"./api.yaml\"",
    "\"at_ms\":",
    "\"upstream\":{\"error\":\"timeout\",\"after_ms\":5}",
    "\n---\n",
    "$ref: '#/components/schemas/T'",
    "\"$ref\": \"#/$defs/D\"",
    "\"allOf\": [{}]",
    "not: {}",
    "oneOf: [{type: string}, {minLength: 1}]",
    "pattern: '^(a|b)*$'",
    "pattern: '(?=a)'",
    "multipleOf: 0.01",
    "minimum: 1e400",
    "required: [a]",
    "additionalProperties: false",
    "unevaluatedProperties: false",
    "nullable: true",
    "readOnly: true",
    "uniqueItems: true",
    "syntax = \"proto2\";",
    "edition = \"2024\";",
    "message A { ",
    "optional group G = 1 {",
    "map<string, A> m = 1;",
    "oneof o { ",
    "option (a.b).c = { d: [1, <>] };",
    "reserved 1 to max;",
    "/*",
    "*/",
    "//",
    "<",
    ">",
    ";",
    "=",
];

#[test]
fn nothing_that_is_random_panics() {
    let seed = number("CHERRY_FUZZ_SEED").unwrap_or(SEED);
    let runs = number("CHERRY_FUZZ_RUNS").unwrap_or(RUNS);
    let corpus = corpus();
    assert!(corpus.len() > 100, "only {} seeds", corpus.len());
    let failures: Vec<String> = (0..runs)
        .into_par_iter()
        .filter_map(|run| {
            let mut random = Random::new(seed, run);
            let (target, input) = input(&corpus, &mut random);
            judge(target, &input)
                .map(|problem| format!("seed {seed}, run {run}: {problem}\n{}", shown(&input)))
        })
        .collect();
    assert!(
        failures.is_empty(),
        "{} inputs of {runs} with seed {seed} failed\n{}",
        failures.len(),
        failures
            .iter()
            .take(3)
            .cloned()
            .collect::<Vec<_>>()
            .join("\n")
    );
}

/// Every seed as it is, through every target: also what was never meant for it.
#[test]
fn every_seed_is_sound_everywhere() {
    let corpus = corpus();
    let failures: Vec<String> = corpus
        .par_iter()
        .flat_map_iter(|(_, bytes)| TARGETS.iter().map(move |target| (*target, bytes)))
        .filter_map(|(target, bytes)| {
            judge(target, bytes).map(|problem| format!("{problem}\n{}", shown(bytes)))
        })
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn inputs_that_once_failed() {
    // The place of a missing `r/` or period ended inside a character.
    for text in ["6é", "1r/é", "1r/2é per global"] {
        fuzz::rate(text.as_bytes());
    }
}

/// What is wrong with how a target took an input.
fn judge((name, target): Target, input: &[u8]) -> Option<String> {
    let started = Instant::now();
    let outcome = catch_unwind(AssertUnwindSafe(|| target(input)));
    let took = started.elapsed();
    if let Err(panic) = outcome {
        let text = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied());
        return Some(format!(
            "`{name}` panicked: {}",
            text.unwrap_or("no message")
        ));
    }
    // A target runs the compiler several times; a busy machine is not the input's fault, so a slow
    // input is asked again.
    if took <= LIMIT {
        return None;
    }
    let again = Instant::now();
    target(input);
    let took = again.elapsed();
    (took > LIMIT).then(|| format!("`{name}` took {} ms", took.as_millis()))
}

fn shown(input: &[u8]) -> String {
    format!(
        "{} bytes: {:?}",
        input.len(),
        String::from_utf8_lossy(input)
    )
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

// === Seeds ===

/// Every fixture and every example of a rule's page with the targets it is meant for.
fn corpus() -> Vec<(&'static [Target], Vec<u8>)> {
    let mut corpus: Vec<(&'static [Target], Vec<u8>)> = Vec::new();
    for folder in ["fixtures", "examples"] {
        for (path, bytes) in read_tree(&root().join(folder)) {
            let targets: &'static [Target] = match path.rsplit_once('.') {
                _ if bytes.len() > MAX_SEED_BYTES => continue,
                // Pairs of documents are told as pairs below.
                _ if path.starts_with("compat/openapi/") => continue,
                Some((stem, "yaml")) if stem.ends_with(".cherry") => {
                    &[CONTRACT, CONTRACT, CONTRACT, BUILD]
                }
                Some((_, "yaml" | "yml" | "json")) => &[OPENAPI],
                Some((_, "jsonl")) => &[SIMULATE],
                Some((_, "tsv")) => &[NORMALIZE],
                Some((_, "proto")) => &[PROTO],
                _ => &[CONTRACT, OPENAPI],
            };
            corpus.push((targets, bytes));
        }
    }
    for rule in cherryc::rules() {
        for block in rule.page.split("```").skip(1).step_by(2) {
            let text = block.split_once('\n').map_or("", |(_, text)| text);
            corpus.push((&[CONTRACT, CONTRACT, OPENAPI, BUILD], text.into()));
        }
    }
    let probes = read_tree(&root().join("fixtures/compat/openapi"));
    for (path, old) in &probes {
        let Some((folder, ending)) = path.split_once("/old.") else {
            continue;
        };
        let new = &probes[&format!("{folder}/new.{ending}")];
        corpus.push((&[SCHEMAS], [old, &b"---\n"[..], new].concat()));
    }
    let snippets = read_tree(&root().join("src/syntax/proto/tests"));
    for (path, bytes) in snippets {
        if path.ends_with(".txt") {
            let text = String::from_utf8(bytes).expect("the table is UTF-8");
            for snippet in text.split("\n--- ") {
                let text = snippet.split_once('\n').map_or("", |(_, text)| text);
                corpus.push((&[PROTO], text.into()));
            }
        }
    }
    for text in [
        "100r/s per client_ip",
        "3r/2s per header(X-A)+cookie(b)+query(c)+path(d) burst 10",
        "1m30s",
        "12.5%",
    ] {
        corpus.push((&[RATE], text.into()));
    }
    for text in ["/users/{id}", "/a/{b}:c/{d=**}", "/", "/a.b/~c/%20"] {
        corpus.push((&[PATH, NORMALIZE], text.into()));
    }
    corpus
}

fn input(corpus: &[(&'static [Target], Vec<u8>)], random: &mut Random) -> (Target, Vec<u8>) {
    if random.below(10) == 0 {
        let length = random.below(200);
        let bytes = (0..length)
            .map(|_| u8::try_from(random.below(256)).expect("it is below 256"))
            .collect();
        return (TARGETS[random.below(TARGETS.len())], bytes);
    }
    let (targets, seed) = &corpus[random.below(corpus.len())];
    let mut bytes = seed.clone();
    for _ in 0..=random.below(4) {
        mutate(&mut bytes, corpus, random);
    }
    (targets[random.below(targets.len())], bytes)
}

fn mutate(bytes: &mut Vec<u8>, corpus: &[(&'static [Target], Vec<u8>)], random: &mut Random) {
    let from = random.below(bytes.len() + 1);
    let to = (from + random.below(24)).min(bytes.len());
    match random.below(10) {
        0 if from < bytes.len() => bytes[from] ^= 1 << random.below(8),
        1 => drop(bytes.drain(from..to)),
        2 => {
            let part = bytes[from..to].to_vec();
            for _ in 0..=random.below(3) {
                bytes.splice(from..from, part.iter().copied());
            }
        }
        3..=5 => {
            let word = WORDS[random.below(WORDS.len())];
            let replaced = if random.below(2) == 0 { to } else { from };
            bytes.splice(from..replaced, word.bytes());
        }
        6 => {
            let (_, other) = &corpus[random.below(corpus.len())];
            let start = random.below(other.len() + 1);
            let end = (start + random.below(200)).min(other.len());
            bytes.splice(from..to, other[start..end].iter().copied());
        }
        7 => bytes.truncate(from),
        8 => {
            // Lines move, vanish and come twice.
            let mut lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
            if !lines.is_empty() {
                let line = lines[random.below(lines.len())];
                let at = random.below(lines.len());
                if random.below(2) == 0 {
                    lines.insert(at, line);
                } else {
                    lines.remove(at);
                }
                *bytes = lines.concat();
            }
        }
        _ => {
            // The next number becomes an odd one.
            let Some(start) = bytes[from..].iter().position(u8::is_ascii_digit) else {
                return;
            };
            let start = from + start;
            let length = bytes[start..]
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            let odd = [
                "0",
                "1",
                "4294967296",
                "9999999999999999999999",
                "00",
                "-1",
                "1.1",
            ];
            bytes.splice(start..start + length, odd[random.below(odd.len())].bytes());
        }
    }
}

/// SplitMix64: small, and the same everywhere.
struct Random(u64);

impl Random {
    fn new(seed: u64, run: u64) -> Self {
        Random(seed ^ run.wrapping_mul(0xD134_2543_DE82_EF95))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is above zero.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).expect("it is below a usize")
    }
}
