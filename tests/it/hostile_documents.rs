//! Pairs of documents that mean harm: a verdict, or a warning that says why there is none; never a
//! hang, a panic or silence.
//!
//! Nothing here looks at a clock: each pair is small enough for a moment, or would never come to an
//! end. `--nocapture` prints how long each took.

use std::fmt::Write as _;
use std::time::Instant;

use cherryc::{Format, RenderOptions, Severity, render};
use serde_json::{Map, Value, json};

use crate::harness::{memory, run};

/// What a comparison came to.
struct Compared {
    code: u8,
    /// Names of the rules that spoke, each once.
    rules: Vec<&'static str>,
    unknown: usize,
}

/// Compares two schemas or documents, with the stack that a program has.
fn compare(old: &Value, new: &Value) -> Compared {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK_BYTES);
        let compared = thread.spawn_scoped(scope, || compare_here(old, new));
        let compared = compared.expect("there is room for a thread").join();
        compared.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// What Linux gives to a program that asks for nothing.
const STACK_BYTES: usize = 8 << 20;

fn compare_here(old: &Value, new: &Value) -> Compared {
    let files = [("old.json", old.to_string()), ("new.json", new.to_string())];
    let outcome = run(&memory(files), "diff old.json new.json");
    let findings = outcome.report.findings.iter();
    let mut rules: Vec<&str> = findings.map(|finding| finding.rule().name).collect();
    let unknown = rules.iter().filter(|rule| rule.contains("unknown")).count();
    rules.sort_unstable();
    rules.dedup();
    Compared {
        code: outcome.report.exit_code(Some(Severity::Error)),
        rules,
        unknown,
    }
}

/// What is expected of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    /// Something breaks, by this rule.
    Breaks(&'static str),
    /// Nothing breaks, and all is decided.
    Holds,
    /// Nobody could decide it, and a warning says so.
    Unknown,
    /// A verdict or a warning: what matters is that it ends.
    Ends,
    /// It cannot be read, by this rule.
    Refused(&'static str),
}

#[track_caller]
fn held(cases: &[(&str, Value, Value, Expected)]) {
    let mut wrong = String::new();
    for (name, old, new, expected) in cases {
        let begin = Instant::now();
        let got = compare(old, new);
        println!("{:?} {name}: {:?}", begin.elapsed(), got.rules);
        let speaks = |rule: &str| got.rules.contains(&rule);
        let is_right = match expected {
            Expected::Breaks(rule) => got.code == 1 && speaks(rule),
            Expected::Holds => got.code == 0 && got.unknown == 0,
            Expected::Unknown => got.code == 0 && got.unknown > 0,
            Expected::Ends => got.code == 1 || (got.code == 0 && got.unknown > 0),
            Expected::Refused(rule) => got.code == 2 && speaks(rule),
        };
        if !is_right {
            let _ = writeln!(
                wrong,
                "{name}: {expected:?}, but exit {} with {} unknown: {:?}",
                got.code, got.unknown, got.rules
            );
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn string() -> Value {
    json!({"type": "string"})
}

fn integer() -> Value {
    json!({"type": "integer"})
}

/// A chain of definitions, each made of a reference to the next.
fn chain(count: usize, link: &dyn Fn(usize, Value) -> Value, last: Value) -> Value {
    let to = |at: usize| json!({"$ref": format!("#/$defs/L{at}")});
    let mut defs = Map::new();
    for at in 0..count {
        defs.insert(format!("L{at}"), link(at, to(at + 1)));
    }
    defs.insert(format!("L{count}"), last);
    json!({"$ref": "#/$defs/L0", "$defs": defs})
}

/// The same chain that ends in a text, and in a number.
fn chains(count: usize, link: &dyn Fn(usize, Value) -> Value) -> (Value, Value) {
    (chain(count, link, string()), chain(count, link, integer()))
}

#[test]
fn references_that_lead_nowhere_are_told() {
    let gone = json!({"$ref": "#/$defs/A", "$defs": {"B": string()}});
    let there = json!({"$ref": "#/$defs/A", "$defs": {"A": string()}});
    let circle = json!({"$ref": "#/$defs/A", "$defs": {"A": {"$ref": "#/$defs/A"}}});
    let through_all = json!({
        "$ref": "#/$defs/A",
        "$defs": {"A": {"allOf": [{"$ref": "#/$defs/B"}]}, "B": {"allOf": [{"$ref": "#/$defs/A"}]}}
    });
    held(&[
        (
            "gone on the new side",
            there.clone(),
            gone.clone(),
            Expected::Unknown,
        ),
        (
            "gone on the old side",
            gone,
            there.clone(),
            Expected::Unknown,
        ),
        (
            "a file that is not there",
            json!({"$ref": "other.json#/A"}),
            string(),
            Expected::Unknown,
        ),
        (
            "no text",
            json!({"$ref": 5}),
            string(),
            Expected::Refused("invalid-schema"),
        ),
        (
            "a circle",
            there.clone(),
            circle.clone(),
            Expected::Refused("ref-cycle"),
        ),
        (
            "a circle of old",
            circle,
            there.clone(),
            Expected::Refused("ref-cycle"),
        ),
        (
            "a circle through allOf",
            there,
            through_all,
            Expected::Refused("ref-cycle"),
        ),
    ]);
}

#[test]
fn what_nothing_satisfies_is_compared() {
    let nothing = json!({"allOf": [string(), integer()]});
    held(&[
        (
            "an empty writer",
            nothing.clone(),
            integer(),
            Expected::Holds,
        ),
        (
            "an empty reader",
            integer(),
            nothing,
            Expected::Breaks("request-type-narrowed"),
        ),
        (
            "an endless writer",
            json!({
                "$ref": "#/$defs/A",
                "$defs": {"A": {
                    "type": "object", "required": ["n"], "properties": {"n": {"$ref": "#/$defs/A"}}
                }}
            }),
            integer(),
            Expected::Holds,
        ),
    ]);
}

#[test]
fn patterns_end() {
    let of = |pattern: &str| json!({"type": "string", "pattern": pattern});
    let powers: Vec<Value> = [2, 3, 5, 7, 11, 13, 17, 19, 23]
        .iter()
        .map(|prime| json!({"pattern": format!("^(a{{{prime}}})*$")}))
        .collect();
    held(&[
        (
            "back references",
            of(r"^(a+)b\1$"),
            of("^a+b$"),
            Expected::Unknown,
        ),
        ("broken", of("^(a"), of("^a"), Expected::Unknown),
        (
            "catastrophic",
            of("^(a+)+$"),
            of("^(a|aa)+$"),
            Expected::Holds,
        ),
        (
            "exponential",
            of("(a|b)*a(a|b){40}$"),
            of("(a|b)*a(a|b){41}$"),
            Expected::Unknown,
        ),
        (
            "counted",
            of("^(a{1,1000}){1,1000}$"),
            of("^a{1,1000000}$"),
            Expected::Unknown,
        ),
        (
            "deep",
            of(&format!("{}a{}", "(".repeat(50_000), ")".repeat(50_000))),
            of("a"),
            Expected::Unknown,
        ),
        (
            "counts beyond any machine",
            of("^a{0,4294967296}$"),
            of("^a{0,4294967297}$"),
            Expected::Unknown,
        ),
        (
            "the same count beyond any machine",
            of("^a{0,4294967296}$"),
            of("^a{0,4294967296}$"),
            Expected::Holds,
        ),
        (
            "counts of millions",
            of("^a{0,4000000}$"),
            of("^a{0,3999999}$"),
            Expected::Ends,
        ),
        (
            "together",
            json!({"type": "string", "allOf": powers}),
            of("^(a{29})*$"),
            Expected::Unknown,
        ),
    ]);
}

#[test]
fn what_is_wide_ends() {
    let properties = |ty: &Value| -> Value {
        let all = (0..10_000).map(|at| (format!("p{at}"), ty.clone()));
        json!({"type": "object", "properties": all.collect::<Map<_, _>>()})
    };
    let others = json!({"enum": (0..5_000).map(|at| format!("w{at}")).collect::<Vec<_>>()});
    let values = |without: usize| -> Value {
        let all = (0..5_000).filter(|at| *at != without);
        json!({"enum": all.map(|at| format!("v{at}")).collect::<Vec<_>>()})
    };
    held(&[
        (
            "10,000 properties",
            properties(&string()),
            properties(&integer()),
            Expected::Breaks("request-type-narrowed"),
        ),
        (
            "a value of 5,000",
            values(5_000),
            values(2_500),
            Expected::Breaks("request-value-removed"),
        ),
        (
            "all of 5,000 values",
            values(5_000),
            others,
            Expected::Breaks("request-value-removed"),
        ),
        (
            "a value beside 4,999",
            values(2_500),
            values(5_000),
            Expected::Holds,
        ),
        (
            "2 MB of words",
            json!({"type": "string", "description": "x".repeat(2_000_000)}),
            json!({"type": "integer", "description": "y".repeat(2_000_000)}),
            Expected::Breaks("request-type-narrowed"),
        ),
    ]);
}

/// What lies behind a long way is refused all the same, and not passed over.
#[test]
fn what_is_deep_is_not_passed_over() {
    let items = chains(1_500, &|_, next| json!({"type": "array", "items": next}));
    let needed = chains(
        1_500,
        &|_, next| json!({"type": "object", "required": ["a"], "properties": {"a": next}}),
    );
    let further = chains(4_000, &|_, next| json!({"type": "array", "items": next}));
    let all = chains(1_500, &|_, next| json!({"allOf": [next]}));
    let doubled = chains(
        200,
        &|_, next| json!({"type": "object", "properties": {"a": next, "b": next}}),
    );
    let doubled_in_place = chains(200, &|_, next| json!({"allOf": [next, next]}));
    let dependent = chains(60, &|at, next| {
        let (a, b) = (format!("a{at}"), format!("b{at}"));
        json!({"dependentSchemas": {a: next, b: next}})
    });
    let narrowed = Expected::Breaks("request-type-narrowed");
    held(&[
        ("items", items.0, items.1, narrowed),
        ("properties", needed.0, needed.1, narrowed),
        ("further", further.0, further.1, Expected::Ends),
        ("allOf", all.0, all.1, Expected::Ends),
        ("ways that double", doubled.0, doubled.1, narrowed),
        (
            "ways that double in place",
            doubled_in_place.0,
            doubled_in_place.1,
            Expected::Ends,
        ),
        (
            "dependent schemas",
            dependent.0,
            dependent.1,
            Expected::Ends,
        ),
    ]);
}

#[test]
fn recursion_equals_its_unrollings() {
    let to = json!({"$ref": "#/$defs/T"});
    let layer = |inner: Value| json!({"type": "object", "required": ["v"], "properties": {"v": string(), "next": inner}});
    let whole = json!({"$ref": "#/$defs/T", "$defs": {"T": layer(to.clone())}});
    let mut cases = Vec::new();
    let (mut open, mut ended) = (to.clone(), json!({"type": "null"}));
    for _ in 1..=6 {
        (open, ended) = (layer(open), layer(ended));
        let mut unrolled = open.clone();
        unrolled["$defs"] = json!({"T": layer(to.clone())});
        cases.push(("unrolled", whole.clone(), unrolled, Expected::Holds));
        let breaks = Expected::Breaks("request-type-narrowed");
        cases.push(("ended", whole.clone(), ended.clone(), breaks));
    }
    held(&cases);
}

#[test]
fn counts_without_end_are_not_counted_out() {
    held(&[
        (
            "two million characters",
            json!({"type": "string", "minLength": 2_000_000}),
            json!({"type": "string", "minLength": 2_000_001}),
            Expected::Ends,
        ),
        (
            "a billion items",
            json!({"type": "array", "maxItems": 1_000_000_000}),
            json!({"type": "array", "maxItems": 999_999_999}),
            Expected::Ends,
        ),
        (
            "more items than values",
            json!({"type": "array", "uniqueItems": true, "items": {"enum": [1, 2, 3]}}),
            json!({"type": "array", "maxItems": 3}),
            Expected::Holds,
        ),
        (
            "as many items as values",
            json!({"type": "array", "uniqueItems": true, "items": {"enum": [1, 2, 3]}}),
            json!({"type": "array", "maxItems": 2}),
            Expected::Breaks("request-items-narrowed"),
        ),
    ]);
}

/// 2,000 operations share one component that changed: it is told once, with all of them.
#[test]
fn what_many_share_is_told_once() {
    let document = |ty: Value| {
        let used = json!({"application/json": {"schema": {"$ref": "#/components/schemas/C"}}});
        let call = json!({
            "requestBody": {"required": true, "content": used},
            "responses": {"200": {"description": "Done"}}
        });
        let paths = (0..2_000).map(|at| (format!("/p{at}"), json!({"post": call})));
        let shared = json!({"type": "object", "properties": {"a": ty}});
        json!({
            "openapi": "3.1.0",
            "info": {"title": "t", "version": "1.0.0"},
            "paths": paths.collect::<Map<_, _>>(),
            "components": {"schemas": {"C": shared}}
        })
    };
    let files = [
        ("old.json", document(string()).to_string()),
        ("new.json", document(integer()).to_string()),
    ];
    let outcome = run(&memory(files), "diff old.json new.json");
    let text = render(
        &outcome.report.findings,
        &outcome.report.sources,
        Format::Json,
        RenderOptions::default(),
    );
    let report: Value = serde_json::from_str(&text).expect("the report is JSON");
    let findings = report["findings"].as_array().expect("there is a verdict");
    let mut narrowed = findings
        .iter()
        .filter(|finding| finding["rule"] == "request-type-narrowed");
    let finding = narrowed.next().expect("it is told");
    assert!(narrowed.next().is_none());
    assert_eq!(finding["uses"].as_array().map(Vec::len), Some(2_000));
}

/// `count` objects, told apart by a constant, by a required name, or by an optional constant in an
/// object without other names.
#[derive(Debug, Clone, Copy)]
enum Apart {
    Constant,
    Name,
    Closed,
    Nothing,
}

fn branches(count: usize, apart: Apart, ty: &str) -> Vec<Value> {
    let branch = |at: usize| {
        let own = format!("p{at}");
        let kind = json!({"enum": [format!("k{at}")]});
        match apart {
            Apart::Constant => json!({
                "type": "object",
                "required": ["kind"],
                "properties": {"kind": kind, own: {"type": ty}}
            }),
            Apart::Name => json!({
                "type": "object",
                "required": [own],
                "properties": {own: {"type": ty}, "shared": {"type": "string"}}
            }),
            Apart::Closed => json!({
                "type": "object",
                "additionalProperties": false,
                "properties": {"kind": kind, own: {"type": ty}}
            }),
            Apart::Nothing => json!({"type": "object", "properties": {own: {"type": ty}}}),
        }
    };
    (0..count).map(branch).collect()
}

#[test]
fn wide_unions_end() {
    let union = |word: &str, branches: Vec<Value>| json!({ word: branches });
    let narrowed = Expected::Breaks("request-type-narrowed");
    let mut cases = Vec::new();
    for word in ["anyOf", "oneOf"] {
        for apart in [Apart::Constant, Apart::Name] {
            let old = union(word, branches(400, apart, "string"));
            cases.push((
                "each changed",
                old.clone(),
                union(word, branches(400, apart, "integer")),
                narrowed,
            ));
            let mut one = branches(400, apart, "string");
            one[200] = branches(201, apart, "integer").remove(200);
            cases.push(("one changed", old.clone(), union(word, one), narrowed));
            cases.push((
                "one more",
                old.clone(),
                union(word, branches(401, apart, "string")),
                Expected::Holds,
            ));
        }
        cases.push((
            "closed, and one more",
            union(word, branches(50, Apart::Closed, "string")),
            union(word, branches(51, Apart::Closed, "string")),
            Expected::Holds,
        ));
        cases.push((
            "closed, and one fewer",
            union(word, branches(50, Apart::Closed, "string")),
            union(word, branches(49, Apart::Closed, "string")),
            Expected::Ends,
        ));
        cases.push((
            "not told apart",
            union(word, branches(60, Apart::Nothing, "string")),
            union(word, branches(60, Apart::Nothing, "integer")),
            Expected::Ends,
        ));
    }
    let values = |count: usize| -> Value {
        let branches: Vec<Value> = (0..count)
            .map(|at| json!({"const": format!("v{at}")}))
            .collect();
        json!({ "oneOf": branches })
    };
    cases.push(("constants", values(5_000), values(5_001), Expected::Holds));
    cases.push((
        "constants, one fewer",
        values(5_001),
        values(5_000),
        Expected::Ends,
    ));
    held(&cases);
}

#[test]
fn webs_of_names_end() {
    let names = |count: usize| (0..count).map(|at| format!("n{at}"));
    // Each name needs all others.
    let web = |count: usize| -> Value {
        let all: Vec<String> = names(count).collect();
        let rows: Map<String, Value> = names(count).map(|name| (name, json!(all))).collect();
        json!({"type": "object", "dependentRequired": rows})
    };
    // Each name needs the next one, which comes to the same.
    let ring = |count: usize| -> Value {
        let next = |at: usize| json!([format!("n{}", (at + 1) % count)]);
        let rows: Map<String, Value> = names(count).zip((0..count).map(next)).collect();
        json!({"type": "object", "dependentRequired": rows})
    };
    let required =
        |count: usize| json!({"type": "object", "required": names(count).collect::<Vec<_>>()});
    held(&[
        ("a web in other words", ring(60), web(60), Expected::Holds),
        ("a ring in other words", web(60), ring(120), Expected::Holds),
        (
            "a wider web",
            web(60),
            web(61),
            Expected::Breaks("request-property-required"),
        ),
        (
            "10,000 required names",
            required(10_000),
            required(9_999),
            Expected::Holds,
        ),
        (
            "one more required name",
            required(3_000),
            required(3_001),
            Expected::Breaks("request-property-required"),
        ),
    ]);
}

/// What applies itself to the same value has no answer, and what leads nowhere has none either, even
/// where both sides say the same.
#[test]
fn what_has_no_answer_is_told() {
    let lost = json!({"type": "object", "properties": {"a": {"$ref": "#/$defs/Gone"}}});
    let paradox = json!({"not": {"$ref": "#"}});
    let kept = json!({"$defs": {"P": {"not": {"$ref": "#/$defs/P"}}}, "properties": {"a": {"$ref": "#/$defs/P"}}});
    let open = json!({"anyOf": [{"type": "string"}, {"$ref": "#"}]});
    let test = json!({"if": {"$ref": "#"}, "then": false});
    let same = |name: &'static str, schema: &Value| {
        (name, schema.clone(), schema.clone(), Expected::Unknown)
    };
    held(&[
        same("lost on both sides", &lost),
        same("not itself", &paradox),
        same("not itself below a name", &kept),
        same("itself or a text", &open),
        same("no, if itself", &test),
        (
            "not itself, changed",
            paradox,
            json!({"not": {"$ref": "#"}, "title": "t"}),
            Expected::Unknown,
        ),
    ]);
}
