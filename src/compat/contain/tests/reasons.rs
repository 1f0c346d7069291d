//! What is said about a refusal.

use super::super::{Explained, Judge, Reading, Sided, Step, Travel, Verdict};
use super::{ask, read};
use crate::schema::Json;
use crate::text::Side;

fn explain(writer: &str, reader: &str) -> Explained {
    ask(writer, reader, Reading::Open, Travel::Plain).explained
}

/// Each cause in a line: steps, constraint, pointer and value.
fn lines(explained: &Explained) -> Vec<String> {
    let step = |step: &Step| match step {
        Step::Property(name) => format!(".{name}"),
        Step::Item(at) => format!("[{at}]"),
        Step::InPlace { constraint, part } => format!("|{constraint}:{part}"),
    };
    let steps = |all: &[Step]| all.iter().map(step).collect::<String>();
    let causes = explained.causes.iter().map(|cause| {
        format!(
            "{}#{} at '{}': {}",
            steps(&cause.steps),
            cause.constraint,
            cause.at,
            cause.witness
        )
    });
    let below = explained
        .below
        .iter()
        .map(|below| format!("{} below", steps(&below.steps)));
    let doubts = explained
        .doubts
        .iter()
        .map(|doubt| format!("{} {}", steps(&doubt.steps), doubt.why));
    causes.chain(below).chain(doubts).collect()
}

#[test]
fn all_of_it_is_said() {
    let writer = r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"number"},"c":{"type":"string"}}}"#;
    let reader = r#"{"type":"object","required":["a","c"],"properties":{"a":{"type":"string"},"b":{"type":"integer"},"c":{"type":"boolean"}}}"#;
    assert_eq!(
        lines(&explain(writer, reader)),
        ["#1 at '/a': {}", "#1 at '/c': {}", ".b below", ".c below",]
    );
}

#[test]
fn what_is_missing_is_named_with_a_slash_escaped() {
    let explained = explain(r#"{"type":"object"}"#, r#"{"required":["a/b~c"]}"#);
    assert_eq!(lines(&explained), ["#0 at '/a~1b~0c': {}"]);
}

#[test]
fn one_branch_of_a_union_is_meant() {
    let writer =
        r#"{"anyOf":[{"type":"null"},{"type":"object","properties":{"a":{"type":"number"}}}]}"#;
    let reader =
        r#"{"anyOf":[{"type":"object","properties":{"a":{"type":"integer"}}},{"type":"null"}]}"#;
    assert_eq!(lines(&explain(writer, reader)), ["|0:0.a below"]);
    let reader = r#"{"type":"object","properties":{"a":{"type":"integer"}}}"#;
    assert_eq!(
        lines(&explain(writer, reader)),
        ["#0 at '': null", ".a below"]
    );
    let branch = |kind: &str, of: &str| {
        format!(
            r#"{{"type":"object","required":["k"],"properties":{{"k":{{"const":"{kind}"}},"v":{{"type":"{of}"}}}}}}"#
        )
    };
    let union = |one: &str, other: &str| {
        format!(
            r#"{{"oneOf":[{},{}]}}"#,
            branch("a", one),
            branch("b", other)
        )
    };
    let (writer, reader) = (union("number", "string"), union("integer", "boolean"));
    assert_eq!(
        lines(&explain(&writer, &reader)),
        ["|0:0.v below", "|0:1.v below"]
    );
}

#[test]
fn every_lost_value_is_said() {
    let explained = explain(r#"{"enum":["a","b","c"]}"#, r#"{"enum":["b"]}"#);
    assert_eq!(lines(&explained), [r#"#0 at '': "a""#, r#"#0 at '': "c""#]);
    let explained = explain(r#"{"type":"string"}"#, r#"{"enum":["b"]}"#);
    assert_eq!(explained.causes.len(), 1);
}

#[test]
fn a_closed_rest_names_what_it_refuses() {
    let writer =
        r#"{"type":"object","properties":{"a":true,"b":true},"additionalProperties":false}"#;
    let reader = r#"{"type":"object","properties":{"a":true},"additionalProperties":false}"#;
    assert_eq!(lines(&explain(writer, reader)), [r#"#2 at '/b': {"b":""}"#]);
    let reader =
        r#"{"type":"object","allOf":[{"properties":{"a":true}}],"unevaluatedProperties":false}"#;
    assert_eq!(lines(&explain(writer, reader)), [r#"#2 at '/b': {"b":""}"#]);
    let writer = r#"{"type":"object","properties":{"a":true}}"#;
    assert_eq!(
        lines(&explain(
            writer,
            r#"{"properties":{"a":true},"additionalProperties":false}"#
        )),
        [r#"#1 at '/extra': {"extra":""}"#]
    );
}

#[test]
fn items_are_below() {
    let writer = r#"{"type":"array","items":{"type":"number"}}"#;
    let reader = r#"{"type":"array","items":{"type":"integer"},"maxItems":3}"#;
    assert_eq!(
        lines(&explain(writer, reader)),
        ["#2 at '': [0,0,0,0]", "[0] below"]
    );
}

#[test]
fn parts_in_place_are_stepped_into() {
    let writer = r#"{"type":"object","properties":{"a":{"type":"string"}}}"#;
    let reader = r#"{"allOf":[{"type":"object"},{"required":["a"]}],"if":{"required":["a"]},"then":{"minProperties":2}}"#;
    assert_eq!(
        lines(&explain(writer, reader)),
        [r#"|0:1#0 at '/a': {}"#, r#"|1:1#0 at '': {"a":""}"#]
    );
}

/// A branch of the writer that another part of it asks for, too, is one that is gone.
#[test]
fn a_branch_that_is_given_twice_is_explained() {
    let writer = r#"{"allOf":[{"anyOf":[{"type":"object"},{"type":"object"}]},{"type":"object"}]}"#;
    let explained = explain(writer, r#"{"propertyNames":{"pattern":"^[a-z]*$"}}"#);
    assert!(explained.doubts.is_empty(), "{:?}", lines(&explained));
    assert_eq!(explained.causes.len(), 1, "{:?}", lines(&explained));
}

/// What a writer never makes, whatever its shape says, is no reason.
#[test]
fn a_value_that_is_never_made_is_left_out() {
    let (old, written) = read(r#"{"type":"string"}"#);
    for (reader, expected) in [
        (r#"{"type":"string","minLength":1}"#, Verdict::Contained),
        (r#"{"type":"string","minLength":2}"#, Verdict::NotContained),
    ] {
        let (new, read) = read(reader);
        let mut judge = Judge::new(&old, &new, Reading::Open);
        let sided = |side, shape| Sided { side, shape };
        let (writer, reader) = (sided(Side::Old, written), sided(Side::New, read));
        let empty = Json::String("".into());
        let question = judge.ask_without(writer, reader, Travel::Plain, &empty);
        assert_eq!(judge.verdict(question), expected);
        let explained = judge.explain(question);
        let causes = explained.causes.iter();
        assert!(causes.clone().all(|cause| cause.witness != empty));
        assert_eq!(causes.len(), usize::from(expected == Verdict::NotContained));
    }
}
