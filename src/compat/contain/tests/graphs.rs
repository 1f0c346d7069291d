//! What a question costs: as many steps as there are different pairs, however many ways lead to them.

use serde_json::{Value, json};

use super::super::{Counts, Judge, Reading, Sided, Travel, Verdict};
use super::read::read_value;
use crate::text::Side;

fn cost(writer: &Value, reader: &Value) -> (Verdict, Counts) {
    let (old, old_root) = read_value(writer);
    let (new, new_root) = read_value(reader);
    let mut judge = Judge::new(&old, &new, Reading::Open);
    let (made, taken) = (
        Sided {
            side: Side::Old,
            shape: old_root,
        },
        Sided {
            side: Side::New,
            shape: new_root,
        },
    );
    let question = judge.ask(made, taken, Travel::Plain);
    let verdict = judge.verdict(question);
    let _ = judge.explain(question);
    (verdict, judge.counts())
}

/// Levels of which each names the next one twice; the last one is given.
fn levels(count: usize, is_required: bool, last: &Value) -> Value {
    let mut defs = serde_json::Map::new();
    for level in 0..count {
        let next = json!({"$ref": format!("#/$defs/l{}", level + 1)});
        let mut schema = json!({"type": "object", "properties": {"left": next, "right": next}});
        if is_required {
            schema["required"] = json!(["left", "right"]);
        }
        defs.insert(format!("l{level}"), schema);
    }
    defs.insert(format!("l{count}"), last.clone());
    json!({"$ref": "#/$defs/l0", "$defs": defs})
}

#[test]
fn paths_that_double_cost_a_step_each_level() {
    for is_required in [false, true] {
        let steps = |count| {
            let (verdict, counts) = cost(
                &levels(count, is_required, &json!({"type": "number"})),
                &levels(count, is_required, &json!({"type": "integer"})),
            );
            assert_eq!(verdict, Verdict::NotContained);
            let (wider, more) = cost(
                &levels(count, is_required, &json!({"type": "integer"})),
                &levels(count, is_required, &json!({"type": "number"})),
            );
            assert_eq!(wider, Verdict::Contained);
            counts.steps + more.steps
        };
        let (ten, twenty, forty) = (steps(10), steps(20), steps(40));
        assert!(
            twenty < ten * 3 && forty < twenty * 3,
            "{ten} {twenty} {forty}"
        );
    }
}

#[test]
fn long_chains_need_no_deep_stack() {
    let chain = |last: Value| {
        let mut defs = serde_json::Map::new();
        for level in 0..1_500 {
            let next = json!({"$ref": format!("#/$defs/l{}", level + 1)});
            let schema = json!({"type": "object", "required": ["n"], "properties": {"n": next}});
            defs.insert(format!("l{level}"), schema);
        }
        defs.insert("l1500".into(), last);
        json!({"$ref": "#/$defs/l0", "$defs": defs})
    };
    let (number, integer) = (json!({"type": "number"}), json!({"type": "integer"}));
    assert_eq!(
        cost(&chain(number.clone()), &chain(integer.clone())).0,
        Verdict::NotContained
    );
    assert_eq!(cost(&chain(integer), &chain(number)).0, Verdict::Contained);
}

#[test]
fn long_chains_in_place_need_no_deep_stack() {
    let chain = |keyword: &str, last: Value| {
        let mut defs = serde_json::Map::new();
        for level in 0..1_500 {
            let next = json!({"$ref": format!("#/$defs/l{}", level + 1)});
            defs.insert(
                format!("l{level}"),
                json!({keyword: [next], "title": level}),
            );
        }
        defs.insert("l1500".into(), last);
        json!({"$ref": "#/$defs/l0", "$defs": defs})
    };
    for keyword in ["allOf", "anyOf", "oneOf"] {
        let (number, integer) = (json!({"type": "number"}), json!({"type": "integer"}));
        assert_eq!(
            cost(
                &chain(keyword, number.clone()),
                &chain(keyword, integer.clone())
            )
            .0,
            Verdict::NotContained,
            "{keyword}"
        );
        let wider = cost(&chain(keyword, integer), &chain(keyword, number)).0;
        assert_eq!(wider, Verdict::Contained, "{keyword}");
    }
}

#[test]
fn many_branches_told_apart_by_a_constant() {
    let union = |keyword: &str, kind: &str| {
        let branches: Vec<Value> = (0..60)
            .map(|at| {
                json!({
                    "type": "object",
                    "required": ["kind"],
                    "properties": {
                        "kind": {"const": format!("k{at}")},
                        "value": {"type": if at == 30 { kind } else { "string" }},
                        "note": {"type": "string"},
                    },
                })
            })
            .collect();
        json!({keyword: branches})
    };
    for keyword in ["oneOf", "anyOf"] {
        let (verdict, counts) = cost(&union(keyword, "number"), &union(keyword, "integer"));
        assert_eq!(verdict, Verdict::NotContained);
        assert!(counts.steps < 100_000, "{}", counts.steps);
        let (verdict, counts) = cost(&union(keyword, "integer"), &union(keyword, "number"));
        assert_eq!(verdict, Verdict::Contained);
        assert!(counts.steps < 100_000, "{}", counts.steps);
    }
}

#[test]
fn many_names_and_values() {
    let object = |kind: &str| {
        let rows = (0..10_000).map(|at| {
            (
                format!("p{at}"),
                json!({"type": if at == 7_777 { kind } else { "string" }}),
            )
        });
        let names: Vec<String> = (0..10_000).map(|at| format!("p{at}")).collect();
        json!({"type": "object", "properties": Value::Object(rows.collect()), "required": names})
    };
    let (verdict, _) = cost(&object("number"), &object("integer"));
    assert_eq!(verdict, Verdict::NotContained);
    let (verdict, _) = cost(&object("integer"), &object("number"));
    assert_eq!(verdict, Verdict::Contained);
    let values = |count: usize| json!({"enum": (0..count).collect::<Vec<_>>()});
    assert_eq!(cost(&values(5_000), &values(5_001)).0, Verdict::Contained);
    assert_eq!(
        cost(&values(5_001), &values(5_000)).0,
        Verdict::NotContained
    );
}
