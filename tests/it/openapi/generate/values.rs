//! Values that say something about a pair of schemas.

use serde_json::{Map, Value, json};

use super::{FORMATTED, KINDS, Random, constant, number, text};

/// Values that say something about a pair: made along either schema, and changed in one place.
pub(crate) fn samples(old: &Value, new: &Value, random: &mut Random) -> Vec<Value> {
    let mut values = Vec::new();
    for _ in 0..12 {
        for document in [old, new] {
            let value = along(&document["allOf"][0], document, random, 4);
            let mut changed = value.clone();
            disturb(&mut changed, random);
            values.extend([value, changed]);
        }
        values.push(constant(random, 2));
    }
    values
}

/// A value that tries to satisfy a schema, and often does.
fn along(schema: &Value, document: &Value, random: &mut Random, depth: usize) -> Value {
    let Value::Object(entries) = schema else {
        return constant(random, depth.min(1));
    };
    if entries.contains_key("$ref") {
        return along(
            &document["$defs"]["D"],
            document,
            random,
            depth.saturating_sub(1),
        );
    }
    if let Some(value) = entries.get("const") {
        return value.clone();
    }
    if let Some(Value::Array(values)) = entries.get("enum") {
        return random.of(values).clone();
    }
    let mut branches: Vec<&Value> = Vec::new();
    for keyword in ["anyOf", "oneOf", "allOf"] {
        branches.extend(
            entries
                .get(keyword)
                .and_then(Value::as_array)
                .into_iter()
                .flatten(),
        );
    }
    let own = [
        "type",
        "properties",
        "items",
        "minimum",
        "pattern",
        "required",
    ];
    let has_own = own.iter().any(|keyword| entries.contains_key(*keyword));
    if !branches.is_empty() && (!has_own || random.one_in(2)) {
        let branch: &Value = random.of::<&Value>(&branches);
        return along(branch, document, random, depth);
    }
    if let Some(inner) = entries.get("not").and_then(|not| not.get("not"))
        && !has_own
    {
        return along(inner, document, random, depth);
    }
    let kind = match entries.get("type") {
        Some(Value::String(kind)) => kind.clone(),
        Some(Value::Array(kinds)) => random.of(kinds).as_str().unwrap_or("null").to_owned(),
        _ if entries.contains_key("properties") || entries.contains_key("required") => {
            "object".to_owned()
        }
        _ if entries.contains_key("items") || entries.contains_key("prefixItems") => {
            "array".to_owned()
        }
        _ => (*random.of(&KINDS)).to_owned(),
    };
    match kind.as_str() {
        "null" => Value::Null,
        "boolean" => json!(random.one_in(2)),
        "integer" | "number" => near(entries, random, kind == "integer"),
        "string" if entries.contains_key("format") => json!(*random.of(&FORMATTED)),
        "string" => text(random),
        "array" => list(entries, document, random, depth),
        _ => object(entries, document, random, depth),
    }
}

fn near(entries: &Map<String, Value>, random: &mut Random, is_whole: bool) -> Value {
    let keywords = [
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
    ];
    let ends: Vec<f64> = keywords
        .iter()
        .filter_map(|keyword| entries.get(*keyword)?.as_f64())
        .collect();
    if ends.is_empty() || random.one_in(4) {
        return number(random);
    }
    let moved = random.of(&ends) + random.of(&[0.0, 0.25, -0.25, 1.0, -1.0, 0.5, 0.01, 0.1]);
    let moved = (moved * 100.0).round() / 100.0;
    #[expect(clippy::cast_possible_truncation, reason = "bounds are small")]
    if is_whole || moved.fract() == 0.0 {
        json!(moved as i64)
    } else {
        json!(moved)
    }
}

fn list(
    entries: &Map<String, Value>,
    document: &Value,
    random: &mut Random,
    depth: usize,
) -> Value {
    let least = entries.get("minItems").and_then(Value::as_u64).unwrap_or(0);
    let count = usize::try_from(least).expect("a small count") + random.below(3);
    if depth == 0 {
        return json!([]);
    }
    let anything = json!(true);
    let prefix = entries.get("prefixItems").and_then(Value::as_array);
    let item = |at: usize| {
        let listed = prefix.and_then(|prefix| prefix.get(at));
        let rest = listed.or_else(|| entries.get("items"));
        rest.or_else(|| entries.get("contains"))
            .unwrap_or(&anything)
    };
    (0..count)
        .map(|at| along(item(at), document, random, depth - 1))
        .collect()
}

fn object(
    entries: &Map<String, Value>,
    document: &Value,
    random: &mut Random,
    depth: usize,
) -> Value {
    let mut out = Map::new();
    if depth == 0 {
        return Value::Object(out);
    }
    let anything = json!(true);
    let value_of = |name: &str| {
        let declared = entries.get("properties").and_then(|all| all.get(name));
        let by_pattern = || {
            let patterns = entries.get("patternProperties")?.as_object()?;
            patterns.values().next()
        };
        declared
            .or_else(by_pattern)
            .or_else(|| entries.get("additionalProperties"))
            .unwrap_or(&anything)
    };
    let required = entries.get("required").and_then(Value::as_array);
    let mut names: Vec<String> = required
        .into_iter()
        .flatten()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect();
    for name in entries
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        if random.one_in(2) {
            names.push(name.0.clone());
        }
    }
    if random.one_in(4) {
        names.push((*random.of(&["a", "b", "k", "x-a", "", "z", "x-", "ab"])).to_owned());
    }
    for name in names {
        let value = along(value_of(&name), document, random, depth - 1);
        out.insert(name, value);
    }
    Value::Object(out)
}

/// Changes a value somewhere.
fn disturb(value: &mut Value, random: &mut Random) {
    match value {
        Value::Array(items) if !items.is_empty() && !random.one_in(3) => match random.below(3) {
            0 => {
                let copy = random.of(items).clone();
                items.push(copy);
            }
            1 => {
                items.pop();
            }
            _ => {
                let at = random.below(items.len());
                disturb(&mut items[at], random);
            }
        },
        Value::Object(entries) if !entries.is_empty() && !random.one_in(3) => {
            let names: Vec<String> = entries.keys().cloned().collect();
            let name = random.of(&names);
            if random.one_in(2) {
                entries.remove(name);
            } else {
                disturb(&mut entries[name], random);
            }
        }
        _ => *value = constant(random, 1),
    }
}
