//! The pairs of `fixtures/compat/openapi`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use cherryc::{Compiler, DiffChoices, Format, Reading, Release, RenderOptions};
use jsonschema::canonical::Containment;
use jsonschema::{Draft, Validator};
use serde::Deserialize;
use serde_json::Value;

use super::raw::{Direction, body, parse};
use crate::harness::{memory, read_tree, rel, root};

/// Where the pairs are.
pub(super) const FOLDER: &str = "fixtures/compat/openapi";

/// Fewest pairs.
const MIN_PROBES: usize = 900;

/// Largest share of pairs that may stay unknown, in percent.
const MAX_UNKNOWN_PERCENT: usize = 2;

/// What is true about a pair.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Truth {
    /// Whether some value that one side may send is refused by the other.
    pub(super) breaks: bool,
    /// Why, in one sentence.
    pub(super) why: String,
    /// How names that nobody wrote down are read.
    #[serde(default = "open")]
    pub(super) reading: String,
    /// Whether it breaks to the letter of JSON Schema, where that is something else.
    pub(super) plain: Option<bool>,
    /// Which body it is about, when it is about a schema: `request`, `response` or `both`; `value` when
    /// the documents are schemas themselves.
    pub(super) schema: Option<String>,
    /// A value, as JSON text, that was found by hand: the writer sends it, and the reader refuses it.
    pub(super) value: Option<String>,
    /// Why plain floating point cannot judge its values; absent when it can.
    pub(super) inexact: Option<String>,
}

fn open() -> String {
    "open".to_owned()
}

/// A pair on record.
#[derive(Debug)]
pub(super) struct Probe {
    /// Name of its folder.
    pub(super) name: String,
    pub(super) truth: Truth,
    /// Names and texts of both documents.
    pub(super) old: (String, String),
    pub(super) new: (String, String),
}

/// Every pair, sorted by name.
pub(super) fn all() -> Vec<Probe> {
    let mut folders: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for (path, bytes) in read_tree(&root().join(FOLDER)) {
        let text = String::from_utf8(bytes).expect("the fixtures are UTF-8");
        if let Some((folder, file)) = path.split_once('/') {
            let files = folders.entry(folder.to_owned()).or_default();
            files.insert(file.to_owned(), text);
        }
    }
    let probes = folders.into_iter().map(|(name, mut files)| {
        let truth = files.remove("truth.toml").unwrap_or_default();
        let truth = toml::from_str(&truth).unwrap_or_else(|problem| panic!("{name}: {problem}"));
        let mut side = |stem: &str| {
            let found = ["yaml", "json", "cherry.yaml"].iter().find_map(|ending| {
                let file = format!("{stem}.{ending}");
                let text = files.remove(&file)?;
                Some((file, text))
            });
            found.unwrap_or_else(|| panic!("{name} has no {stem} document"))
        };
        let (old, new) = (side("old"), side("new"));
        assert!(files.is_empty(), "{name}: {:?}", files.keys());
        Probe {
            name,
            truth,
            old,
            new,
        }
    });
    probes.collect()
}

impl Probe {
    /// What the compiler says, as the JSON of `diff`.
    fn said(&self, reading: &str) -> Value {
        said(&self.name, [&self.old, &self.new], reading)
    }

    /// The bodies that it is about.
    fn directions(&self) -> &'static [Direction] {
        match self.truth.schema.as_deref() {
            None => &[],
            Some("request") => &[Direction::Request],
            Some("response") => &[Direction::Response],
            Some("both") => &[Direction::Request, Direction::Response],
            Some("value") => &[Direction::Value],
            Some(other) => panic!("{}: `{other}` is no body", self.name),
        }
    }

    /// Whether it is of the kind that the reference compares.
    pub(super) fn is_of_the_reference(&self) -> bool {
        // Some hold numbers that a reader of YAML refuses.
        let text = &self.old.1;
        text.starts_with("openapi:") || text.contains("\nopenapi:") || text.contains("\"openapi\"")
    }

    /// The schemas of writer and reader in a direction.
    fn schemas(&self, direction: Direction) -> (Value, Value) {
        let old = body(&parse(&self.old.1), direction);
        let new = body(&parse(&self.new.1), direction);
        match direction {
            Direction::Request | Direction::Value => (old, new),
            Direction::Response => (new, old),
        }
    }
}

impl Probe {
    /// What another decision procedure says about the bodies, to the letter of JSON Schema; `None`
    /// where it does not know.
    pub(super) fn second_opinion(&self) -> Option<Containment> {
        if self.truth.reading == "closed" || self.truth.inexact.is_some() {
            return None;
        }
        let mut answers = Vec::new();
        for direction in self.directions() {
            let (writer, reader) = self.schemas(*direction);
            let canonical = |schema| {
                jsonschema::canonical::options()
                    .with_draft(draft(schema))
                    .should_validate_formats(true)
                    .canonicalize(schema)
                    .ok()
            };
            let answer = canonical(&writer)
                .zip(canonical(&reader))
                .and_then(|(writer, reader)| reader.covers(&writer).ok());
            answers.push(answer.unwrap_or(Containment::Unknown));
        }
        if answers.contains(&Containment::No) {
            return Some(Containment::No);
        }
        let is_proved = !answers.is_empty() && answers.iter().all(|one| *one == Containment::Yes);
        is_proved.then_some(Containment::Yes)
    }

    /// The value of the first error that the raw schemas confirm, as JSON text.
    pub(super) fn witness(&self) -> Option<String> {
        let said = self.said(&self.truth.reading);
        let errors = errors(&said);
        let values = errors.iter().filter(|error| error["witness"].is_object());
        let mut values = values.map(|error| &error["witness"]["value"]);
        let is_schema = self.truth.schema.is_some() && self.truth.inexact.is_none();
        let found = values.find(|value| !is_schema || self.is_refused(value).is_ok());
        found.map(Value::to_string)
    }

    /// Whether one side sends a value that the other refuses, by their raw schemas.
    pub(super) fn is_refused(&self, value: &Value) -> Result<(), String> {
        let mut problem = "no body".to_owned();
        for direction in self.directions() {
            let (mut writer, mut reader) = self.schemas(*direction);
            if self.truth.reading == "closed" {
                close(&mut writer);
                close(&mut reader);
            }
            let sent = judge(&writer).is_valid(value);
            let taken = judge(&reader).is_valid(value);
            if sent && !taken {
                return Ok(());
            }
            problem = format!("{direction:?}: sent: {sent}, taken: {taken}: {value}");
        }
        Err(problem)
    }
}

/// What the compiler says about two documents, as the JSON of `diff`.
pub(super) fn compare(old: &str, new: &str) -> Value {
    let side = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    said(
        "two documents",
        [&side("old.json", old), &side("new.json", new)],
        "open",
    )
}

fn said(name: &str, [old, new]: [&(String, String); 2], reading: &str) -> Value {
    let fs = memory([(&old.0, &old.1), (&new.0, &new.1)]);
    let side = |name: &str| Release {
        fs: &fs,
        paths: vec![rel(name)],
        name: name.to_owned(),
        may_lack: false,
    };
    let mut choices = DiffChoices::default();
    choices.today("2026-01-01");
    choices.reading(match reading {
        "open" => Reading::Open,
        "plain" => Reading::Plain,
        "closed" => Reading::Closed,
        other => panic!("{name}: `{other}` is no reading"),
    });
    let compared = Compiler::new(&fs).diff(&side(&old.0), &side(&new.0), &choices);
    assert!(
        compared.exit_code(None) != 2,
        "{name}: {}",
        compared.render(Format::Text, RenderOptions::default())
    );
    let text = compared.render(Format::Json, RenderOptions::default());
    serde_json::from_str(&text).expect("the report is JSON")
}

/// The draft that a schema names, else the newest.
fn draft(schema: &Value) -> Draft {
    match schema["$schema"].as_str() {
        Some(uri) if uri.contains("draft-07") => Draft::Draft7,
        _ => Draft::Draft202012,
    }
}

/// A validator that asserts formats.
fn judge(schema: &Value) -> Validator {
    jsonschema::options()
        .with_draft(draft(schema))
        .should_validate_formats(true)
        .build(schema)
        .unwrap_or_else(|problem| panic!("{problem}: {schema}"))
}

fn errors(said: &Value) -> Vec<&Value> {
    let findings = said["findings"].as_array().expect("a report has findings");
    let errors = findings.iter();
    errors
        .filter(|finding| finding["severity"] == "error")
        .collect()
}

fn is_unknown(said: &Value) -> bool {
    said["summary"]["unknown"].as_u64() != Some(0)
}

#[test]
fn every_probe_says_in_a_sentence_why() {
    let probes = all();
    assert!(probes.len() >= MIN_PROBES, "{} probes", probes.len());
    let breaking = probes.iter().filter(|probe| probe.truth.breaks).count();
    let share = breaking * 100 / probes.len();
    assert!((45..=55).contains(&share), "{share} % of the probes break");
    for probe in &probes {
        assert!(probe.truth.why.ends_with('.'), "{}", probe.name);
        assert_ne!(probe.old.1, probe.new.1, "{} changes nothing", probe.name);
    }
}

/// The values that were found by hand, in the words of a validator that knows nothing of the search.
#[test]
fn values_found_by_hand_are_sent_and_refused() {
    let mut problems = String::new();
    let mut count = 0;
    for probe in all() {
        let Some(text) = &probe.truth.value else {
            continue;
        };
        count += 1;
        let value: Value = serde_json::from_str(text)
            .unwrap_or_else(|problem| panic!("{}: {problem}", probe.name));
        assert!(probe.truth.breaks, "{}: a value, but no break", probe.name);
        if probe.truth.inexact.is_none()
            && let Err(problem) = probe.is_refused(&value)
        {
            let _ = writeln!(problems, "{}: {problem}", probe.name);
        }
    }
    assert!(problems.is_empty(), "\n{problems}");
    assert!(count >= 200, "{count} values");
}

/// What is on record is held against another decision procedure, which answers where it can.
#[test]
fn truths_are_those_of_another_judge() {
    let mut agreed = 0;
    let mut problems = String::new();
    for probe in all() {
        let Some(opinion) = probe.second_opinion() else {
            continue;
        };
        let breaks = probe.truth.plain.unwrap_or(probe.truth.breaks);
        if breaks != (opinion == Containment::No) {
            let _ = writeln!(problems, "{}: {opinion:?}", probe.name);
        }
        agreed += 1;
    }
    assert!(problems.is_empty(), "\n{problems}");
    assert!(agreed >= 100, "the other judge answered {agreed} times");
}

#[test]
#[expect(
    clippy::print_stderr,
    reason = "the share of unknowns is for those who ask with `--nocapture`"
)]
fn every_probe_is_judged_right_with_a_proof() {
    let (mut wrong, mut unknown, mut unproved) = (String::new(), Vec::new(), String::new());
    let probes = all();
    for probe in &probes {
        let said = probe.said(&probe.truth.reading);
        let errors = errors(&said);
        if errors.is_empty() == probe.truth.breaks {
            let rules: Vec<&Value> = errors.iter().map(|error| &error["rule"]).collect();
            let _ = writeln!(
                wrong,
                "{}: breaks = {}, but {rules:?}{}",
                probe.name,
                probe.truth.breaks,
                if is_unknown(&said) { " (unknown)" } else { "" }
            );
        }
        if is_unknown(&said) {
            unknown.push(probe.name.as_str());
        }
        if probe.truth.breaks
            && probe.truth.schema.is_some()
            && let Err(problem) = proved(probe, &errors)
        {
            let _ = writeln!(unproved, "{}: {problem}", probe.name);
        }
    }
    let breaking = probes.iter().filter(|probe| probe.truth.breaks).count();
    eprintln!(
        "{} probes, {breaking} breaking; {} unknown ({:.1} %)",
        probes.len(),
        unknown.len(),
        100.0 * unknown.len() as f64 / probes.len() as f64
    );
    assert!(
        wrong.is_empty()
            && unproved.is_empty()
            && unknown.len() * 100 <= MAX_UNKNOWN_PERCENT * probes.len(),
        "of {} probes\nwrong:\n{wrong}\nwithout a proof:\n{unproved}\nunknown: {unknown:?}",
        probes.len()
    );
}

/// A break under the plain reading alone is a warning with its proof.
#[test]
fn what_breaks_to_the_letter_alone_is_a_warning() {
    let mut count = 0;
    for probe in all() {
        if probe.truth.plain != Some(true) || probe.truth.breaks {
            continue;
        }
        count += 1;
        let open = probe.said("open");
        assert!(errors(&open).is_empty(), "{}: {open}", probe.name);
        let findings = open["findings"].as_array().expect("findings");
        let mut warnings = findings.iter().filter(|one| one["severity"] == "warning");
        assert!(
            warnings.any(|warning| warning["witness"].is_object()),
            "{}: {open}",
            probe.name
        );
        let plain = probe.said("plain");
        assert!(!errors(&plain).is_empty(), "{}: {plain}", probe.name);
    }
    assert!(count >= 2, "{count} probes");
}

/// Whether some error carries a value that one raw schema accepts and the other refuses.
fn proved(probe: &Probe, errors: &[&Value]) -> Result<(), String> {
    let mut problem = "no witness".to_owned();
    for error in errors {
        let witness = &error["witness"];
        if !witness.is_object() {
            continue;
        }
        if probe.truth.inexact.is_some() {
            return Ok(());
        }
        match probe.is_refused(&witness["value"]) {
            Ok(()) => return Ok(()),
            Err(why) => problem = why,
        }
    }
    Err(problem)
}

/// Closes the outermost schema where it declares names and writes no rest.
fn close(document: &mut Value) {
    let pointer = document["$ref"].as_str().expect("a reference");
    let schema = document
        .pointer(&pointer[1..])
        .expect("the schema is there");
    let text = schema.to_string();
    let is_open = !text.contains("\"additionalProperties\"");
    if is_open && text.contains("\"properties\"") {
        document["unevaluatedProperties"] = Value::Bool(false);
    }
}
