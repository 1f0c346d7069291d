//! The reference (oasdiff) over the same pairs: its verdicts are on record, and where it is wrong the
//! record holds the value that proves it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};

use cherry_testkit::oasdiff::{Loudness, Oasdiff};
use jsonschema::canonical::Containment;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::probes::{FOLDER, Probe};
use crate::harness::{blessing, expect_file, root};

/// Processes of the reference at a time.
const WORKERS: usize = 2;

/// What stands for a level where the reference refuses a document.
const REFUSED: &str = "refused";

/// What stands for a level where it finds nothing.
const NOTHING: &str = "nothing";

fn record_file() -> String {
    format!("{FOLDER}/reference.txt")
}

fn differences_file() -> String {
    format!("{FOLDER}/differences.toml")
}

/// The probes of the kind that it compares.
fn all() -> Vec<Probe> {
    let mut probes = super::probes::all();
    probes.retain(Probe::is_of_the_reference);
    probes
}

/// The level of its loudest finding per probe, and its findings.
fn record() -> BTreeMap<String, (String, Vec<String>)> {
    let text = std::fs::read_to_string(root().join(record_file())).unwrap_or_default();
    let lines = text.lines().map(|line| {
        let mut words = line.split(' ').map(str::to_owned);
        let mut word = || {
            words
                .next()
                .unwrap_or_else(|| panic!("`{line}` is no record"))
        };
        let (name, level) = (word(), word());
        (name, (level, words.collect()))
    });
    lines.collect()
}

#[test]
fn the_verdicts_of_the_reference_are_those_on_record() {
    let Some(oasdiff) = Oasdiff::find() else {
        return;
    };
    let probes = all();
    let next = AtomicUsize::new(0);
    let mut lines: Vec<String> = std::thread::scope(|scope| {
        let work = || {
            let mut lines = Vec::new();
            while let Some(probe) = probes.get(next.fetch_add(1, Ordering::Relaxed)) {
                lines.push(line(&oasdiff, probe));
            }
            lines
        };
        let workers: Vec<_> = (0..WORKERS).map(|_| scope.spawn(work)).collect();
        let done = workers.into_iter();
        done.flat_map(|worker| worker.join().expect("a worker ends"))
            .collect()
    });
    lines.sort_unstable();
    let text = format!("{}\n", lines.join("\n"));
    expect_file(&record_file(), text.as_bytes());
}

fn line(oasdiff: &Oasdiff, probe: &Probe) -> String {
    let folder = root().join(FOLDER).join(&probe.name);
    let said = oasdiff.changelog(&folder.join(&probe.old.0), &folder.join(&probe.new.0));
    let Ok(said) = said else {
        return format!("{} {REFUSED}", probe.name);
    };
    // It judges the number of the version, too, which no probe is about.
    let said = said
        .into_iter()
        .filter(|one| !one.id.contains("version-not-bumped"));
    let mut said: Vec<_> = said.map(|one| (one.level, one.id)).collect();
    said.sort();
    said.dedup();
    let loudest = said.iter().map(|(level, _)| *level).max();
    let level = loudest.map_or_else(|| NOTHING.to_owned(), |level: Loudness| level.to_string());
    let mut line = format!("{} {level}", probe.name);
    for (_, id) in said {
        let _ = write!(line, " {id}");
    }
    line
}

/// Where the reference is wrong.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Differences {
    #[serde(default)]
    case: Vec<Difference>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Difference {
    probe: String,
    /// The level of its loudest finding.
    reference: String,
    /// What is true.
    breaks: bool,
    /// What proves it, as JSON text: a value that one side sends and the other refuses. Absent where
    /// nothing breaks, and where what breaks is no value.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    /// Why, in one sentence.
    why: String,
}

#[test]
fn where_the_reference_is_wrong_a_value_says_so() {
    let record = record();
    let probes = all();
    let names: Vec<&String> = record.keys().collect();
    let known: Vec<&String> = probes.iter().map(|probe| &probe.name).collect();
    if blessing() {
        bless(&probes, &record);
        return;
    }
    assert_eq!(
        names, known,
        "the record of the reference is of other probes"
    );
    let text = std::fs::read_to_string(root().join(differences_file())).unwrap_or_default();
    let listed: Differences = toml::from_str(&text).expect("the differences are TOML");
    let listed: BTreeMap<&str, &Difference> = listed
        .case
        .iter()
        .map(|one| (one.probe.as_str(), one))
        .collect();
    let mut problems = String::new();
    let mut proved = 0;
    for probe in &probes {
        let (level, _) = &record[&probe.name];
        let differs = (level == "error") != probe.truth.breaks;
        let Some(listed) = listed.get(probe.name.as_str()) else {
            if differs {
                let _ = writeln!(problems, "{}: not listed, reference: {level}", probe.name);
            }
            continue;
        };
        if !differs || &listed.reference != level || listed.breaks != probe.truth.breaks {
            let _ = writeln!(problems, "{}: listed for nothing", probe.name);
        }
        match probe.proof(listed.value.as_deref()) {
            Ok(is_proved) => proved += usize::from(is_proved),
            Err(problem) => {
                let _ = writeln!(problems, "{}: {problem}", probe.name);
            }
        }
    }
    let strangers = listed
        .keys()
        .filter(|name| !known.iter().any(|known| known == *name));
    for stranger in strangers {
        let _ = writeln!(problems, "{stranger}: no such probe");
    }
    assert!(problems.is_empty(), "\n{problems}");
    assert!(proved > 0, "nothing is proved");
}

fn bless(probes: &[Probe], record: &BTreeMap<String, (String, Vec<String>)>) {
    let mut text = String::from(
        "# Where the reference (oasdiff 1.28.0) is wrong about a probe, and the value that proves it: one\n\
         # side sends it, and the other refuses it. Where nothing breaks there is no such value.\n",
    );
    for probe in probes {
        let Some((level, _)) = record.get(&probe.name) else {
            continue;
        };
        if (level == "error") == probe.truth.breaks {
            continue;
        }
        let difference = Difference {
            probe: probe.name.clone(),
            reference: level.clone(),
            breaks: probe.truth.breaks,
            value: probe.truth.breaks.then(|| probe.witness()).flatten(),
            why: probe.truth.why.clone(),
        };
        let entry = toml_entry(&difference);
        text.push_str(&entry);
    }
    expect_file(&differences_file(), text.as_bytes());
}

fn toml_entry(difference: &Difference) -> String {
    let quoted = |text: &str| Value::from(text).to_string();
    let mut out = format!(
        "\n[[case]]\nprobe = {}\nreference = {}\nbreaks = {}\n",
        quoted(&difference.probe),
        quoted(&difference.reference),
        difference.breaks
    );
    if let Some(value) = &difference.value {
        let _ = writeln!(out, "value = {}", quoted(value));
    }
    let _ = writeln!(out, "why = {}", quoted(&difference.why));
    out
}

impl Probe {
    /// Whether what is listed proves the truth of the probe; an error says why it proves the opposite.
    fn proof(&self, value: Option<&str>) -> Result<bool, String> {
        match (self.truth.breaks, value) {
            (false, Some(value)) => Err(format!("nothing breaks, but there is a value: {value}")),
            // Containment has no witness; another judge is asked.
            (false, None) => Ok(self.second_opinion() == Some(Containment::Yes)),
            (true, None) if self.truth.schema.is_some() => Err("no value".to_owned()),
            (true, None) => Ok(false),
            (true, Some(_)) if self.truth.schema.is_none() || self.truth.inexact.is_some() => {
                Ok(false)
            }
            (true, Some(value)) => {
                let value: Value = serde_json::from_str(value).map_err(|e| e.to_string())?;
                self.is_refused(&value).map(|()| true)
            }
        }
    }
}
