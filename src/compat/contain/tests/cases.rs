//! One fragment at a time, to the letter.

use super::super::Verdict::{Contained, NotContained, Unknown};
use super::super::{Reading, Travel, Verdict};
use super::{ask, verdict};

/// Each row: the writer, the reader, and whether the first is inside the second.
fn check(rows: &[(&str, &str, Verdict)]) {
    for (writer, reader, expected) in rows {
        assert_eq!(verdict(writer, reader), *expected, "{writer} into {reader}");
    }
}

#[test]
fn kinds_and_values() {
    check(&[
        ("true", "true", Contained),
        ("false", "{}", Contained),
        ("true", "false", NotContained),
        (r#"{"type":"integer"}"#, r#"{"type":"number"}"#, Contained),
        (
            r#"{"type":"number"}"#,
            r#"{"type":"integer"}"#,
            NotContained,
        ),
        (
            r#"{"type":"string"}"#,
            r#"{"type":["string","null"]}"#,
            Contained,
        ),
        (
            r#"{"type":["string","null"]}"#,
            r#"{"type":"string"}"#,
            NotContained,
        ),
        (
            r#"{"enum":["a","b"]}"#,
            r#"{"enum":["b","c","a"]}"#,
            Contained,
        ),
        (
            r#"{"enum":["a","b"]}"#,
            r#"{"enum":["b","c"]}"#,
            NotContained,
        ),
        (r#"{"const":1}"#, r#"{"const":1.0}"#, Contained),
        (
            r#"{"type":"boolean"}"#,
            r#"{"enum":[true,false]}"#,
            Contained,
        ),
        (r#"{"type":"boolean"}"#, r#"{"enum":[true]}"#, NotContained),
        (
            r#"{"type":["boolean","null"]}"#,
            r#"{"enum":[true,false,null]}"#,
            Contained,
        ),
        (
            r#"{"enum":[{"a":1},[1]]}"#,
            r#"{"type":["object","array"]}"#,
            Contained,
        ),
        (
            r#"{"type":"object"}"#,
            r#"{"enum":[{},{"a":1}]}"#,
            NotContained,
        ),
        (
            r#"{"type":"object","maxProperties":0}"#,
            r#"{"enum":[{},{"a":1}]}"#,
            Contained,
        ),
        (
            r#"{"type":"array","maxItems":0}"#,
            r#"{"enum":[[],[1]]}"#,
            Contained,
        ),
        (
            r#"{"type":"array","maxItems":1,"items":{"enum":[1,2]}}"#,
            r#"{"enum":[[],[1],[2]]}"#,
            Contained,
        ),
        (
            r#"{"type":"array","maxItems":1,"items":{"enum":[1,3]}}"#,
            r#"{"enum":[[],[1],[2]]}"#,
            NotContained,
        ),
        (
            r#"{"type":"object","required":["a"],"properties":{"a":{"enum":[1]}},"maxProperties":1}"#,
            r#"{"const":{"a":1}}"#,
            Contained,
        ),
    ]);
}

#[test]
fn numbers() {
    check(&[
        (
            r#"{"type":"integer","minimum":1}"#,
            r#"{"exclusiveMinimum":0}"#,
            Contained,
        ),
        (
            r#"{"type":"number","minimum":1}"#,
            r#"{"minimum":1.5}"#,
            NotContained,
        ),
        (
            r#"{"type":"integer","minimum":1.2}"#,
            r#"{"minimum":2}"#,
            Contained,
        ),
        (
            r#"{"type":"number","multipleOf":0.1}"#,
            r#"{"multipleOf":0.01}"#,
            Contained,
        ),
        (
            r#"{"type":"number","multipleOf":4}"#,
            r#"{"multipleOf":6}"#,
            NotContained,
        ),
        (
            r#"{"type":"number","multipleOf":6}"#,
            r#"{"multipleOf":4}"#,
            NotContained,
        ),
        (
            r#"{"type":"number","multipleOf":1}"#,
            r#"{"type":"integer"}"#,
            Contained,
        ),
        (
            r#"{"type":"integer"}"#,
            r#"{"type":"number","multipleOf":1}"#,
            Contained,
        ),
        (
            r#"{"type":"integer","minimum":0,"maximum":9}"#,
            r#"{"anyOf":[{"minimum":0,"maximum":4},{"minimum":5,"maximum":9}]}"#,
            Contained,
        ),
        (
            r#"{"type":"number","minimum":0,"maximum":9}"#,
            r#"{"anyOf":[{"minimum":0,"maximum":4},{"minimum":5,"maximum":9}]}"#,
            NotContained,
        ),
        (r#"{"type":"string"}"#, r#"{"minimum":5}"#, Contained),
    ]);
}

#[test]
fn texts() {
    check(&[
        (
            r#"{"type":"string","minLength":3}"#,
            r#"{"minLength":2}"#,
            Contained,
        ),
        (
            r#"{"type":"string","minLength":2}"#,
            r#"{"minLength":3}"#,
            NotContained,
        ),
        (
            r#"{"type":"string","pattern":"^abc$"}"#,
            r#"{"minLength":3,"maxLength":3}"#,
            Contained,
        ),
        (
            r#"{"type":"string","format":"x-unheard"}"#,
            r#"{"format":"x-unheard"}"#,
            Contained,
        ),
        (r#"{"type":"string"}"#, r#"{"format":"x-unheard"}"#, Unknown),
        (
            r#"{"type":"string","x-opaque":1}"#,
            r#"{"x-opaque":1}"#,
            Contained,
        ),
        (
            r#"{"type":"string","x-opaque":1}"#,
            r#"{"x-opaque":2}"#,
            Unknown,
        ),
        (
            r#"{"type":"string"}"#,
            r#"{"x-opaque":2,"type":"integer"}"#,
            NotContained,
        ),
    ]);
}

#[test]
fn objects() {
    check(&[
        (
            r#"{"type":"object","properties":{"a":{"type":"integer"}}}"#,
            r#"{"properties":{"a":{"type":"number"}}}"#,
            Contained,
        ),
        (
            r#"{"type":"object","properties":{"a":{"type":"number"}}}"#,
            r#"{"properties":{"a":{"type":"integer"}}}"#,
            NotContained,
        ),
        (
            r#"{"type":"object"}"#,
            r#"{"required":["a"]}"#,
            NotContained,
        ),
        (
            r#"{"type":"object","required":["a","b"]}"#,
            r#"{"required":["b"]}"#,
            Contained,
        ),
        (
            r#"{"type":"object","properties":{"a":true}}"#,
            r#"{"properties":{"a":true},"additionalProperties":false}"#,
            NotContained,
        ),
        (
            r#"{"type":"object","properties":{"a":true},"additionalProperties":false}"#,
            r#"{"properties":{"a":true,"b":false},"additionalProperties":false}"#,
            Contained,
        ),
        (
            r#"{"type":"object","properties":{"abc":{"type":"integer"}},"additionalProperties":false}"#,
            r#"{"patternProperties":{"^a":{"type":"integer"}},"additionalProperties":false}"#,
            Contained,
        ),
        (
            r#"{"type":"object","patternProperties":{"^a":{"type":"integer"}},"additionalProperties":false}"#,
            r#"{"properties":{"abc":{"type":"integer"}},"additionalProperties":false}"#,
            NotContained,
        ),
        (
            r#"{"type":"object","additionalProperties":{"type":"integer"}}"#,
            r#"{"additionalProperties":{"type":"number"}}"#,
            Contained,
        ),
        (
            r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":{"type":"integer"}}"#,
            r#"{"additionalProperties":{"type":"integer"}}"#,
            NotContained,
        ),
        (
            r#"{"type":"object","required":["a"]}"#,
            r#"{"minProperties":1}"#,
            Contained,
        ),
        (
            r#"{"type":"object","minProperties":2,"properties":{"a":true,"b":true},"additionalProperties":false}"#,
            r#"{"required":["a","b"]}"#,
            Contained,
        ),
        (
            r#"{"type":"object","maxProperties":2}"#,
            r#"{"maxProperties":1}"#,
            NotContained,
        ),
        (
            r#"{"type":"object","propertyNames":{"maxLength":2}}"#,
            r#"{"propertyNames":{"maxLength":3}}"#,
            Contained,
        ),
        (
            r#"{"type":"object","propertyNames":{"maxLength":3}}"#,
            r#"{"propertyNames":{"maxLength":2}}"#,
            NotContained,
        ),
        (
            r#"{"type":"object","propertyNames":{"enum":["a"]}}"#,
            r#"{"maxProperties":1}"#,
            Contained,
        ),
        (
            r#"{"type":"object","required":["b"]}"#,
            r#"{"dependentRequired":{"a":["b"]}}"#,
            Contained,
        ),
        (
            r#"{"type":"object"}"#,
            r#"{"dependentRequired":{"a":["b"]}}"#,
            NotContained,
        ),
        (
            r#"{"type":"object","dependentRequired":{"a":["b"],"b":["c"]}}"#,
            r#"{"dependentRequired":{"a":["c"]}}"#,
            Contained,
        ),
        (
            r#"{"type":"object","dependentSchemas":{"a":{"required":["b"]}}}"#,
            r#"{"dependentRequired":{"a":["b"]}}"#,
            Contained,
        ),
        (
            r#"{"type":"object","dependentRequired":{"a":["b"]}}"#,
            r#"{"dependentSchemas":{"a":{"required":["b"],"properties":{"b":{"type":"string"}}}}}"#,
            NotContained,
        ),
    ]);
}

#[test]
fn lists() {
    check(&[
        (
            r#"{"type":"array","items":{"type":"integer"}}"#,
            r#"{"items":{"type":"number"}}"#,
            Contained,
        ),
        (
            r#"{"type":"array","items":{"type":"number"}}"#,
            r#"{"items":{"type":"integer"}}"#,
            NotContained,
        ),
        (
            r#"{"type":"array","items":{"type":"string"}}"#,
            r#"{"prefixItems":[{"type":"string"}],"items":{"type":"string"}}"#,
            Contained,
        ),
        (
            r#"{"type":"array","items":{"type":"string"}}"#,
            r#"{"prefixItems":[{"type":"string","minLength":1}],"items":{"type":"string"}}"#,
            NotContained,
        ),
        (
            r#"{"type":"array","maxItems":1}"#,
            r#"{"uniqueItems":true}"#,
            Contained,
        ),
        (
            r#"{"type":"array","maxItems":2}"#,
            r#"{"uniqueItems":true}"#,
            NotContained,
        ),
        (
            r#"{"type":"array","items":{"enum":[1,2]},"uniqueItems":true}"#,
            r#"{"maxItems":2}"#,
            Contained,
        ),
        (
            r#"{"type":"array","items":{"enum":[1,2,3]},"uniqueItems":true}"#,
            r#"{"maxItems":2}"#,
            NotContained,
        ),
        (
            r#"{"type":"array","prefixItems":[{"const":1},{"const":1}],"minItems":2,"uniqueItems":true}"#,
            "false",
            Contained,
        ),
        (
            r#"{"type":"array","prefixItems":[{"enum":[1,2]},{"const":1}],"minItems":2,"uniqueItems":true}"#,
            r#"{"prefixItems":[{"const":2}]}"#,
            Contained,
        ),
        (
            r#"{"type":"array","minItems":1,"items":{"type":"integer"}}"#,
            r#"{"contains":{"type":"integer"}}"#,
            Contained,
        ),
        (
            r#"{"type":"array","items":{"type":"integer"}}"#,
            r#"{"contains":{"type":"integer"}}"#,
            NotContained,
        ),
        (
            r#"{"type":"array","contains":{"const":1},"minContains":2}"#,
            r#"{"contains":{"const":1},"minContains":1}"#,
            Contained,
        ),
        (
            r#"{"type":"array","contains":{"const":1},"minContains":1}"#,
            r#"{"contains":{"const":1},"minContains":2}"#,
            NotContained,
        ),
        (
            r#"{"type":"array","contains":{"const":1},"minContains":0,"maxContains":1}"#,
            r#"{"contains":{"const":1},"minContains":0,"maxContains":2}"#,
            Contained,
        ),
        (
            r#"{"type":"array","uniqueItems":true}"#,
            r#"{"contains":{"const":1},"minContains":0,"maxContains":1}"#,
            Contained,
        ),
        (
            r#"{"type":"array","minItems":2,"items":{"enum":[1,2]},"contains":{"const":1},"maxContains":1}"#,
            r#"{"contains":{"const":2}}"#,
            Contained,
        ),
    ]);
}

#[test]
fn combinations() {
    check(&[
        (
            r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"}}}"#,
            r#"{"allOf":[{"properties":{"a":{"type":"string"}}},{"properties":{"b":{"type":"integer"}}}]}"#,
            Contained,
        ),
        (
            r#"{"enum":["a","b"]}"#,
            r#"{"oneOf":[{"const":"a"},{"const":"b"}]}"#,
            Contained,
        ),
        (
            r#"{"oneOf":[{"const":"a"},{"const":"b"}]}"#,
            r#"{"enum":["a","b"]}"#,
            Contained,
        ),
        (
            r#"{"type":"integer"}"#,
            r#"{"oneOf":[{"type":"integer"},{"type":"number","minimum":5}]}"#,
            NotContained,
        ),
        (
            r#"{"oneOf":[{"type":"integer"},{"type":"string"}]}"#,
            r#"{"anyOf":[{"type":"integer"},{"type":"string"}]}"#,
            Contained,
        ),
        (
            r#"{"anyOf":[{"type":"integer"},{"type":"string"}]}"#,
            r#"{"oneOf":[{"type":"string"},{"type":"integer"}]}"#,
            Contained,
        ),
        (
            r#"{"type":"string"}"#,
            r#"{"not":{"type":"integer"}}"#,
            Contained,
        ),
        (
            r#"{"type":"number"}"#,
            r#"{"not":{"type":"integer"}}"#,
            NotContained,
        ),
        (
            r#"{"not":{"not":{"type":"string"}}}"#,
            r#"{"type":"string"}"#,
            Contained,
        ),
        (
            r#"{"not":{"type":["string","null"]}}"#,
            r#"{"not":{"type":"null"}}"#,
            Contained,
        ),
        (
            r#"{"if":{"type":"string"},"then":{"minLength":2},"else":{"type":"integer"}}"#,
            r#"{"anyOf":[{"type":"string","minLength":2},{"type":"integer"}]}"#,
            Contained,
        ),
        (
            r#"{"anyOf":[{"type":"string","minLength":2},{"type":"integer"}]}"#,
            r#"{"if":{"type":"string"},"then":{"minLength":2},"else":{"type":"integer"}}"#,
            Contained,
        ),
        (
            r#"{"type":"string"}"#,
            r#"{"if":{"type":"string"},"then":{"minLength":2}}"#,
            NotContained,
        ),
        (
            r#"{"type":"string"}"#,
            r#"{"if":{"type":"string"}}"#,
            Contained,
        ),
        (
            r#"{"type":"object","required":["k"],"properties":{"k":{"enum":["a","b"]}}}"#,
            r#"{"oneOf":[{"type":"object","required":["k"],"properties":{"k":{"const":"a"}}},{"type":"object","required":["k"],"properties":{"k":{"const":"b"}}}]}"#,
            Contained,
        ),
    ]);
}

#[test]
fn rests() {
    check(&[
        (
            r#"{"type":"object","properties":{"a":true,"b":true},"additionalProperties":false}"#,
            r#"{"allOf":[{"properties":{"a":true}},{"properties":{"b":true}}],"unevaluatedProperties":false}"#,
            Contained,
        ),
        (
            r#"{"type":"object","properties":{"a":true,"c":true},"additionalProperties":false}"#,
            r#"{"allOf":[{"properties":{"a":true}},{"properties":{"b":true}}],"unevaluatedProperties":false}"#,
            NotContained,
        ),
        (
            r#"{"type":"object","allOf":[{"properties":{"a":true}},{"properties":{"b":true}}],"unevaluatedProperties":false}"#,
            r#"{"properties":{"a":true,"b":true},"additionalProperties":false}"#,
            Contained,
        ),
        (
            r#"{"type":"object","anyOf":[{"properties":{"a":{"type":"integer"}},"required":["a"]},{"properties":{"b":true}}],"unevaluatedProperties":false}"#,
            r#"{"properties":{"a":true,"b":true},"additionalProperties":false}"#,
            Contained,
        ),
        (
            r#"{"type":"object","properties":{"a":{"type":"string"},"b":true},"additionalProperties":false}"#,
            r#"{"anyOf":[{"properties":{"a":{"type":"integer"}},"required":["a"]},{"properties":{"b":true}}],"unevaluatedProperties":false}"#,
            NotContained,
        ),
        (
            r#"{"type":"array","prefixItems":[true],"maxItems":1}"#,
            r#"{"allOf":[{"prefixItems":[true]}],"unevaluatedItems":false}"#,
            Contained,
        ),
        (
            r#"{"type":"array","prefixItems":[true],"maxItems":2}"#,
            r#"{"allOf":[{"prefixItems":[true]}],"unevaluatedItems":false}"#,
            NotContained,
        ),
        (
            r#"{"type":"array","allOf":[{"prefixItems":[true]}],"unevaluatedItems":{"type":"integer"}}"#,
            r#"{"prefixItems":[true],"items":{"type":"number"}}"#,
            Contained,
        ),
    ]);
}

#[test]
fn circles() {
    let tree = r##"{"type":"object","required":["v"],"properties":{"v":{"type":"integer"},"kids":{"type":"array","items":{"$ref":"#"}}}}"##;
    let wider = tree.replace("integer", "number");
    let split = r##"{"$ref":"#/$defs/a","$defs":{"a":{"type":"object","required":["v"],"properties":{"v":{"type":"integer"},"kids":{"type":"array","items":{"$ref":"#/$defs/b"}}}},"b":{"type":"object","required":["v"],"properties":{"v":{"type":"integer"},"kids":{"type":"array","items":{"$ref":"#/$defs/a"}}}}}}"##;
    let second = split.replace(
        r##"{"v":{"type":"integer"},"kids":{"type":"array","items":{"$ref":"#/$defs/a"}}}"##,
        r##"{"v":{"type":"number"},"kids":{"type":"array","items":{"$ref":"#/$defs/a"}}}"##,
    );
    assert_ne!(split, second);
    check(&[
        (tree, tree, Contained),
        (tree, &wider, Contained),
        (&wider, tree, NotContained),
        (tree, split, Contained),
        (split, tree, Contained),
        (&second, tree, NotContained),
        (tree, &second, Contained),
        (
            r##"{"type":"object","required":["next"],"properties":{"next":{"$ref":"#"}}}"##,
            "false",
            Contained,
        ),
        (r##"{"allOf":[{"$ref":"#"}]}"##, "true", Contained),
        (
            r##"{"anyOf":[{"type":"string"},{"type":"array","items":{"$ref":"#"},"minItems":1}]}"##,
            r##"{"type":"string"}"##,
            NotContained,
        ),
    ]);
}

#[test]
fn readings() {
    let rows: &[(&str, &str, [Verdict; 3])] = &[
        // A new optional property beside an unwritten rest.
        (
            r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
            r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"}}}"#,
            [Contained, NotContained, Contained],
        ),
        // The same beside a written one.
        (
            r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":true}"#,
            r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"}}}"#,
            [NotContained, NotContained, NotContained],
        ),
        // An unwritten rest becomes closed.
        (
            r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
            r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}"#,
            [NotContained, NotContained, Contained],
        ),
        // A property is gone.
        (
            r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}}}"#,
            r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
            [Contained, Contained, NotContained],
        ),
        // Names are declared in a branch.
        (
            r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
            r#"{"type":"object","anyOf":[{"properties":{"b":{"type":"integer"}}}],"properties":{"a":{"type":"string"}}}"#,
            [Contained, NotContained, Contained],
        ),
        // The writer declares the name after all.
        (
            r#"{"type":"object","properties":{"b":true}}"#,
            r#"{"type":"object","properties":{"b":{"type":"integer"}}}"#,
            [NotContained, NotContained, NotContained],
        ),
        // Closed at the outermost, not branch by branch.
        (
            r#"{"type":"object","allOf":[{"properties":{"a":{"type":"string"}}},{"properties":{"b":{"type":"string"}}}]}"#,
            r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}}}"#,
            [Contained, Contained, Contained],
        ),
    ];
    for (writer, reader, expected) in rows {
        let found = [Reading::Open, Reading::Plain, Reading::Closed]
            .map(|reading| ask(writer, reader, reading, Travel::Plain).verdict);
        assert_eq!(found, *expected, "{writer} into {reader}");
        for reading in [Reading::Open, Reading::Plain, Reading::Closed] {
            let same = ask(writer, writer, reading, Travel::Plain).verdict;
            assert_eq!(same, Contained, "{writer} into itself");
        }
    }
}

#[test]
fn ways_of_travel() {
    let plain = r#"{"type":"object","properties":{"a":{"type":"string"}}}"#;
    let read_only = r#"{"type":"object","required":["id"],"properties":{"a":{"type":"string"},"id":{"type":"string","readOnly":true}}}"#;
    let both = r#"{"type":"object","required":["id"],"properties":{"a":{"type":"string"},"id":{"type":"string"}}}"#;
    let write_only = r#"{"type":"object","properties":{"a":{"type":"string"},"p":{"type":"string","writeOnly":true}}}"#;
    let typed = r#"{"type":"object","properties":{"a":{"type":"string"},"p":{"type":"integer"}}}"#;
    let rows = [
        (plain, read_only, [Contained, NotContained]),
        (read_only, both, [NotContained, Contained]),
        (both, read_only, [Contained, Contained]),
        (write_only, typed, [NotContained, Contained]),
        (write_only, plain, [Contained, Contained]),
    ];
    for (writer, reader, expected) in rows {
        let found = [Travel::Request, Travel::Response]
            .map(|travel| ask(writer, reader, Reading::Open, travel).verdict);
        assert_eq!(found, expected, "{writer} into {reader}");
    }
}

/// Which names are sent hangs on branches that are chosen later.
#[test]
fn names_that_a_branch_decides_about() {
    let by = |writer, reader, reading| ask(writer, reader, reading, Travel::Plain).verdict;
    let one_is_open = r#"{"anyOf":[
        {"properties":{"a":{}}},
        {"properties":{"b":{}},"additionalProperties":true}
    ]}"#;
    let other = r#"{"properties":{"c":{"type":"string"},"d":{"type":"string"}}}"#;
    assert_eq!(by(one_is_open, other, Reading::Open), NotContained);
    let none_is = r#"{"anyOf":[{"properties":{"a":{}}},{"properties":{"b":{}}}]}"#;
    assert_eq!(by(none_is, other, Reading::Open), Contained);
    let both = r#"{"properties":{"a":{"type":"integer"},"b":{"type":"string"}}}"#;
    assert_eq!(by(none_is, both, Reading::Closed), NotContained);
    assert_eq!(by(none_is, other, Reading::Closed), NotContained);
    let required = r#"{"anyOf":[{"properties":{"a":{}}},{"required":["c"]}]}"#;
    assert_eq!(by(required, other, Reading::Open), NotContained);
}

#[test]
fn names_that_bring_others() {
    check(&[
        (
            r#"{"dependentRequired":{"a":["b"],"b":["c"],"c":["a"]}}"#,
            r#"{"dependentRequired":{"a":["c","b"],"b":["a"],"c":["b"]}}"#,
            Contained,
        ),
        (
            r#"{"dependentRequired":{"a":["b"],"b":["c"]}}"#,
            r#"{"dependentRequired":{"a":["c"],"c":["a"]}}"#,
            NotContained,
        ),
        (
            r#"{"required":["a"],"dependentRequired":{"a":["b"],"b":["c"]}}"#,
            r#"{"required":["c"]}"#,
            Contained,
        ),
        (
            r#"{"type":"object","dependentRequired":{"a":["b"]},"properties":{"b":false}}"#,
            r#"{"properties":{"a":false}}"#,
            Contained,
        ),
        (
            r#"{"type":"object","dependentRequired":{"a":["b"]},"propertyNames":{"enum":["a","c"]}}"#,
            r#"{"maxProperties":1}"#,
            Contained,
        ),
        (
            r#"{"type":"object","dependentRequired":{"a":["b"]},"propertyNames":{"enum":["a","b"]}}"#,
            r#"{"maxProperties":1}"#,
            // A name that only makes up the number brings no others along.
            Unknown,
        ),
        (
            r#"{"not":{"dependentRequired":{"a":["b"]}}}"#,
            r#"{"required":["a"]}"#,
            Contained,
        ),
    ]);
}

#[test]
fn what_applies_itself_has_no_answer() {
    check(&[
        (
            r##"{"not":{"$ref":"#"}}"##,
            r##"{"not":{"$ref":"#"}}"##,
            Unknown,
        ),
        (
            r##"{"anyOf":[{"type":"string"},{"$ref":"#"}]}"##,
            r#"{"type":"string"}"#,
            Unknown,
        ),
        (
            r##"{"type":"array","items":{"not":{"$ref":"#"}}}"##,
            r##"{"type":"array","items":{"not":{"$ref":"#"}}}"##,
            Contained,
        ),
        (
            r##"{"properties":{"a":{"$ref":"#/$defs/P"}},"$defs":{"P":{"not":{"$ref":"#/$defs/P"}}}}"##,
            r#"{"maxProperties":3}"#,
            NotContained,
        ),
    ]);
}

#[test]
fn branches_that_are_told_apart_by_names_alone() {
    let union = |count: usize, word: &str| {
        let branch = |at| {
            format!(
                r#"{{"type":"object","required":["p{at}"],"properties":{{"p{at}":{{"type":"string"}},"shared":{{"type":"integer"}}}}}}"#
            )
        };
        let branches: Vec<String> = (0..count).map(branch).collect();
        format!(r#"{{"{word}":[{}]}}"#, branches.join(","))
    };
    for word in ["anyOf", "oneOf"] {
        let by = |reader: usize| {
            let (writer, reader) = (union(14, word), union(reader, word));
            ask(&writer, &reader, Reading::Open, Travel::Plain).verdict
        };
        assert_eq!(by(15), Contained, "{word}");
        assert_eq!(by(13), NotContained, "{word}");
    }
}
