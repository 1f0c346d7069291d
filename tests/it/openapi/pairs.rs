//! Random pairs of schemas: what is said to be contained is never contradicted by a value, and what is
//! said not to be is proved by one.
//!
//! The seed is fixed; `CHERRY_PAIRS_SEED=<n>` takes another one. A failure prints the pair.

use rayon::prelude::*;
use serde_json::{Value, json};

use super::generate::{Random, Verdict, pair, samples, validator, verdict};

/// Pairs of a run.
const PAIRS: u64 = 1_000;

/// Pairs that are tried until a seeded mistake is caught.
const PAIRS_PER_MISTAKE: u64 = 4_000;

/// Seed of a run that names none.
const SEED: u64 = 20_261_124;

/// Largest share of pairs that may stay unknown, in percent.
const MAX_UNKNOWN_PERCENT: usize = 10;

fn seed() -> u64 {
    let named = std::env::var("CHERRY_PAIRS_SEED").ok();
    named.and_then(|text| text.parse().ok()).unwrap_or(SEED)
}

/// What is wrong with a verdict about a pair; with a mistake, the compiler sees the second schema
/// through it.
fn problem(run: u64, seen: Option<fn(&mut Value)>) -> Result<&'static str, String> {
    let mut random = Random::new(seed(), run);
    let (old, new) = pair(&mut random);
    let mut shown = new.clone();
    if let Some(seen) = seen {
        seen(&mut shown);
        if shown == new {
            return Ok("nothing to mistake");
        }
    }
    let told = |what: &str| {
        format!(
            "seed {}, pair {run}: {what}\nold: {old}\nnew: {new}",
            seed()
        )
    };
    let verdict = verdict(&old, &shown).map_err(|refusal| told(&refusal))?;
    let (writer, reader) = (validator(&old), validator(&new));
    match verdict {
        Verdict::Unknown => Ok("unknown"),
        Verdict::Unjudged => Ok("unjudged"),
        Verdict::Contained => {
            for value in samples(&old, &new, &mut random) {
                if writer.is_valid(&value) && !reader.is_valid(&value) {
                    return Err(told(&format!("said to be contained, but {value} is not")));
                }
            }
            Ok("contained")
        }
        Verdict::NotContained(witnesses) => {
            let mut values = samples(&old, &new, &mut random).into_iter();
            let is_found = values.any(|value| writer.is_valid(&value) && !reader.is_valid(&value));
            for value in witnesses {
                if !writer.is_valid(&value) {
                    return Err(told(&format!("the writer refuses the witness {value}")));
                }
                if reader.is_valid(&value) {
                    return Err(told(&format!("the reader accepts the witness {value}")));
                }
            }
            Ok(if is_found { "refuted" } else { "not contained" })
        }
    }
}

#[test]
fn no_verdict_about_a_random_pair_is_contradicted() {
    let answers: Vec<_> = (0..PAIRS)
        .into_par_iter()
        .map(|run| problem(run, None))
        .collect();
    let failures: Vec<&String> = answers
        .iter()
        .filter_map(|one| one.as_ref().err())
        .collect();
    assert!(
        failures.is_empty(),
        "{} of {PAIRS} pairs\n{}",
        failures.len(),
        failures
            .iter()
            .take(3)
            .map(|one| one.as_str())
            .collect::<Vec<_>>()
            .join("\n\n")
    );
    let count = |word| answers.iter().flatten().filter(|one| **one == word).count();
    let (contained, refuted) = (count("contained"), count("refuted"));
    let refused = refuted + count("not contained");
    // A generator of pairs that all break, or of none that does, would test nothing, and neither would
    // values that never hit what a witness hits.
    assert!(
        contained > 150 && refused > 150,
        "{contained} contained, {refused} not"
    );
    assert!(
        refuted * 2 > refused,
        "the values refute {refuted} of {refused} pairs"
    );
    let share = count("unknown") * 100 / answers.len();
    println!(
        "{contained} contained, {refused} not, {} unknown, {} unjudged",
        count("unknown"),
        count("unjudged")
    );
    // A value that the validator cannot hold is proved by nobody but us; that must stay rare.
    assert!(count("unjudged") * 100 <= answers.len());
    assert!(
        share <= MAX_UNKNOWN_PERCENT,
        "{share} % of the pairs are unknown"
    );
}

/// What a mistake makes of a schema.
type Mistake = fn(&mut Value);

/// Mistakes that a containment test could make in one fragment, as what it would see of the reader's
/// schema.
const MISTAKES: [(&str, Mistake); 6] = [
    ("lengths are off by one", |schema| {
        moved(schema, "maxLength", 1)
    }),
    ("lower bounds are off by one", |schema| {
        moved(schema, "minimum", -1)
    }),
    ("a required name is overlooked", |schema| {
        each(schema, &mut |entries| {
            if let Some(names) = entries.get_mut("required").and_then(Value::as_array_mut) {
                names.pop();
            }
        });
    }),
    ("patterns are not compared", |schema| {
        without(schema, "pattern")
    }),
    ("a closed rest is overlooked", |schema| {
        each(schema, &mut |entries| {
            if entries.get("additionalProperties") == Some(&json!(false)) {
                entries.remove("additionalProperties");
            }
        });
    }),
    ("exactly one is at least one", |schema| {
        each(schema, &mut |entries| {
            if !entries.contains_key("anyOf")
                && let Some(branches) = entries.remove("oneOf")
            {
                entries.insert("anyOf".into(), branches);
            }
        });
    }),
];

#[test]
fn a_mistake_in_any_fragment_is_caught() {
    for (mistake, seen) in MISTAKES {
        let caught = (0..PAIRS_PER_MISTAKE).into_par_iter().find_any(|run| {
            problem(*run, Some(seen)).is_err_and(|one| one.contains("contained, but"))
        });
        assert!(caught.is_some(), "nobody sees that {mistake}");
    }
}

/// Visits every schema of a document; values are left alone, as no constant holds these keywords.
fn each(schema: &mut Value, visit: &mut dyn FnMut(&mut serde_json::Map<String, Value>)) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(|item| each(item, visit)),
        Value::Object(entries) => {
            visit(entries);
            entries.values_mut().for_each(|entry| each(entry, visit));
        }
        _ => {}
    }
}

fn moved(schema: &mut Value, keyword: &str, by: i64) {
    each(schema, &mut |entries| {
        if let Some(value) = entries.get_mut(keyword)
            && let Some(number) = value.as_i64()
        {
            *value = json!(number + by);
        }
    });
}

fn without(schema: &mut Value, keyword: &str) {
    each(schema, &mut |entries| {
        entries.remove(keyword);
    });
}
