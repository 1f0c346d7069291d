//! What the compiler says about a pair, and the validator that it is held to.

use cherryc::{
    Compiler, DiffChoices, Format, MemoryFs, Reading, RelPath, Release, RenderOptions, WriteFs,
};
use jsonschema::Validator;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

/// What the compiler says about a pair whose first schema writes and whose second one reads.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Verdict {
    Contained,
    /// With every value that proves it.
    NotContained(Vec<Value>),
    Unknown,
    /// Not contained, but each value that proves it has a number with more digits than the validator
    /// keeps, so that it would judge another value.
    Unjudged,
}

/// Asks the compiler, to the letter of JSON Schema.
///
/// # Errors
/// What it says when it does not take a schema.
pub(crate) fn verdict(old: &Value, new: &Value) -> Result<Verdict, String> {
    verdict_by(old, new, Reading::Plain)
}

/// Asks the compiler by a reading.
///
/// # Errors
/// What it says when it does not take a schema.
pub(crate) fn verdict_by(old: &Value, new: &Value, reading: Reading) -> Result<Verdict, String> {
    let fs = MemoryFs::new();
    let path = |name: &str| RelPath::new(name).expect("a plain name");
    for (name, schema) in [("old.json", old), ("new.json", new)] {
        fs.write(&path(name), schema.to_string().as_bytes())
            .map_err(|problem| problem.to_string())?;
    }
    let side = |name: &str| Release {
        fs: &fs,
        paths: vec![path(name)],
        name: name.to_owned(),
        may_lack: false,
    };
    let mut choices = DiffChoices::default();
    choices.reading(reading);
    let compared = Compiler::new(&fs).diff(&side("old.json"), &side("new.json"), &choices);
    if compared.exit_code(None) == 2 {
        return Err(compared.render(Format::Text, RenderOptions::default()));
    }
    let text = compared.render(Format::Json, RenderOptions::default());
    let said: Said = serde_json::from_str(&text).map_err(|problem| problem.to_string())?;
    let errors = said.findings.iter().filter(|one| one.severity == "error");
    let witnesses: Vec<&str> = errors
        .map(|error| error.witness.as_ref().map_or("null", |one| one.value.get()))
        .collect();
    if !witnesses.is_empty() {
        let kept = witnesses.into_iter().filter(|text| is_kept(text));
        let kept: Result<Vec<Value>, _> = kept.map(serde_json::from_str).collect();
        let kept = kept.map_err(|problem| problem.to_string())?;
        return Ok(match kept.is_empty() {
            true => Verdict::Unjudged,
            false => Verdict::NotContained(kept),
        });
    }
    if said.summary.unknown != 0 {
        return Ok(Verdict::Unknown);
    }
    Ok(Verdict::Contained)
}

/// What is read of a report. Values are kept as they were written.
#[derive(Debug, Deserialize)]
struct Said {
    findings: Vec<Finding>,
    summary: Summary,
}

#[derive(Debug, Deserialize)]
struct Finding {
    severity: String,
    witness: Option<Witness>,
}

#[derive(Debug, Deserialize)]
struct Witness {
    value: Box<RawValue>,
}

#[derive(Debug, Deserialize)]
struct Summary {
    unknown: usize,
}

/// Whether reading a value keeps its numbers: a whole number in 64 bits, or fifteen digits, which binary
/// floating point gives back (`DBL_DIG` of C).
fn is_kept(json: &str) -> bool {
    let mut outside = String::new();
    let (mut is_text, mut is_escaped) = (false, false);
    for c in json.chars() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => is_text = !is_text,
            _ if !is_text => outside.push(c),
            _ => {}
        }
    }
    let is_part = |c: char| c.is_ascii_digit() || ['.', '-', '+', 'e', 'E'].contains(&c);
    let mut numbers = outside
        .split(|c| !is_part(c))
        .filter(|word| word.contains(|c: char| c.is_ascii_digit()));
    numbers.all(|number| {
        let mantissa = number.split(['e', 'E']).next().unwrap_or(number);
        let digits = mantissa.chars().filter(char::is_ascii_digit);
        let significant = digits.skip_while(|digit| *digit == '0').count();
        number.parse::<i64>().is_ok() || number.parse::<u64>().is_ok() || significant <= 15
    })
}

#[test]
fn digits_that_are_lost_are_known() {
    for kept in [
        "9007199254740993",
        "18446744073709551615",
        "0.000123456789012345",
        "[1.5, \"9007199254740994.5\"]",
        "1e300",
    ] {
        assert!(is_kept(kept), "{kept}");
    }
    for lost in [
        "9007199254740994.5",
        "{\"a\": [18446744073709551616]}",
        "0.1234567890123456",
    ] {
        assert!(!is_kept(lost), "{lost}");
    }
}

// === The validator ===

/// A validator that asserts formats, and knows that 0.07 is a multiple of 0.01.
pub(crate) fn validator(schema: &Value) -> Validator {
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .with_keyword("multipleOf", |_, unit, _| {
            Ok(Box::new(Multiple(
                scaled(unit).expect("the units here have few digits"),
            )))
        })
        .build(schema)
        .unwrap_or_else(|problem| panic!("{problem}: {schema}"))
}

/// A unit, in billionths.
struct Multiple(i128);

impl<'i> jsonschema::Keyword<'i> for Multiple {
    fn validate(&self, instance: &'i Value) -> Result<(), jsonschema::ValidationError<'i>> {
        match self.is_valid(instance) {
            true => Ok(()),
            false => Err(jsonschema::ValidationError::custom("no multiple")),
        }
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        !instance.is_number() || scaled(instance).is_some_and(|count| count % self.0 == 0)
    }
}

/// A number in billionths; none when it is no whole number of them.
fn scaled(number: &Value) -> Option<i128> {
    let text = number.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits = format!("{whole}{fraction:0<9}");
    (fraction.len() <= 9).then(|| digits.parse().ok())?
}
