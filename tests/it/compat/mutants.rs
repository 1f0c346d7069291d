//! Mutants of a real corpus: what the reference says about each, and what we say.
//!
//! A mutant is a file of the corpus, and the same file with one thing changed. Mutants are compared
//! in batches: one tree holds many of them, each in a folder and a package of its own, beside the
//! files that they import. `CHERRY_MUTANTS` sets their number, `CHERRY_SEED` the seed.

mod corpus;
mod elements;
mod fields;
mod kinds;
mod outline;
mod rows;
mod wholes;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cherry_testkit::buf::{Buf, Fired, Said};
use cherry_testkit::provision::require_or_skip;

use super::ours::compare;
use super::reference::CATEGORIES;
use super::verdicts::surplus;
use crate::harness::{Tree, read_tree};
use corpus::{Base, Corpus};
use kinds::{Kind, Pair, Rng};

/// Mutants of an ordinary run; a full one has at least 2,000.
const MUTANTS: usize = 300;

/// The seed of an ordinary run.
const SEED: u64 = 20_260_101;

/// Files of the corpus that are mutated; more are taken for kinds that find no place in these.
const BASES: usize = 60;

/// Mutants that share a tree.
const BATCH: usize = 150;

/// How often a batch is tried again without the mutants that do not compile.
const TRIES: usize = 8;

/// A mutant with its place in the tree.
struct Mutant {
    number: usize,
    kind: Kind,
    base: usize,
    pair: Pair,
}

impl Mutant {
    /// The folder of its files.
    fn folder(&self) -> String {
        format!("m/{:04}", self.number)
    }

    /// Writes both sides below two folders.
    fn write(&self, base: &Base, old: &Path, new: &Path) {
        for (root, files) in [(old, &self.pair.old), (new, &self.pair.new)] {
            for (name, text) in files {
                let path = root.join(self.folder()).join(name);
                let text = self.packaged(base, text).expect("it was tried before");
                write(&path, &text);
            }
        }
    }

    /// One side with what it imports.
    fn tree(&self, files: &kinds::Files, bases: &[Base]) -> Tree {
        let base = &bases[self.base];
        let imports = base
            .closure
            .iter()
            .map(|(path, text)| (path.clone(), text.clone().into_bytes()));
        let own = files.iter().map(|(name, text)| {
            let text = self.packaged(base, text).expect("it was tried before");
            (format!("{}/{name}", self.folder()), text.into_bytes())
        });
        imports.chain(own).collect()
    }

    /// Writes the mutant for a person, below the folder that `CHERRY_KEEP` names.
    fn keep(&self, base: &Base) {
        if let Ok(folder) = std::env::var("CHERRY_KEEP") {
            let folder = Path::new(&folder).join(self.kind.name);
            self.write(base, &folder.join("old"), &folder.join("new"));
        }
    }

    /// A text in the package of this mutant alone; `None` when its package statement was changed
    /// beyond recognition.
    fn packaged(&self, base: &Base, text: &str) -> Option<String> {
        let statement = format!("\npackage {}", base.package());
        let (head, tail) = text.split_once(&statement)?;
        Some(format!("{head}{statement}.m{:04}{tail}", self.number))
    }
}

/// A folder of its own on each side, with mutants and what they import.
struct Batch<'a> {
    folder: tempfile::TempDir,
    bases: &'a [Base],
    mutants: Vec<Mutant>,
}

impl<'a> Batch<'a> {
    fn write(bases: &'a [Base], mutants: Vec<Mutant>) -> Self {
        let folder = tempfile::tempdir().expect("a folder for a batch");
        let [old, new] = ["old", "new"].map(|side| folder.path().join(side));
        let imports: BTreeMap<&String, &String> = mutants
            .iter()
            .flat_map(|one| &bases[one.base].closure)
            .collect();
        for (path, text) in imports {
            write(&old.join(path), text);
            write(&new.join(path), text);
        }
        for mutant in &mutants {
            mutant.write(&bases[mutant.base], &old, &new);
        }
        Batch {
            folder,
            bases,
            mutants,
        }
    }

    /// What the reference says, and the mutants that do not compile for it: they leave the batch.
    fn reference(&mut self, buf: &Buf) -> (Vec<Said>, Vec<Mutant>) {
        let mut refused = Vec::new();
        let [old, new] = ["old", "new"].map(|side| self.folder.path().join(side));
        let mut problem = String::new();
        for _ in 0..TRIES {
            match buf.breaking(&old, &new, &CATEGORIES) {
                Ok(said) => return (said, refused),
                Err(text) => problem = text,
            }
            let bad: BTreeSet<usize> = problem.lines().filter_map(mutant_in).collect();
            assert!(!bad.is_empty(), "the reference fails: {problem}");
            for mutant in self.mutants.extract_if(.., |one| bad.contains(&one.number)) {
                for side in [&old, &new] {
                    let gone = std::fs::remove_dir_all(side.join(mutant.folder()));
                    gone.expect("the folder was written");
                }
                refused.push(mutant);
            }
        }
        panic!("after {TRIES} tries still not compiled: {problem}");
    }
}

fn write(path: &Path, text: &str) {
    let folder = path.parent().expect("a file lies in a folder");
    std::fs::create_dir_all(folder).expect("the folder takes folders");
    std::fs::write(path, text).expect("the folder takes files");
}

/// The number of the mutant that a text speaks of, by its folder or its package.
fn mutant_in(text: &str) -> Option<usize> {
    let mut marks = text.match_indices("m/").chain(text.match_indices(".m"));
    marks.find_map(|(at, mark)| text.get(at + mark.len()..at + mark.len() + 4)?.parse().ok())
}

/// Mutants of every kind in turn, each of a file that has something to change. Some kinds need what
/// few files have, such as a packed list: then the corpus gives one more.
fn mutants(corpus: &mut Corpus<'_>, count: usize, rng: &mut Rng) -> (Vec<Base>, Vec<Mutant>) {
    let kinds = kinds::all();
    let mut bases: Vec<Base> = (0..BASES).map_while(|_| corpus.take(rng)).collect();
    let mut made = Vec::new();
    for number in 0..count {
        let kind = kinds[number % kinds.len()];
        let mut tries = 0;
        let mutant = loop {
            tries += 1;
            let base = rng.pick_from(0..bases.len()).expect("the corpus has files");
            let base = if tries > BASES {
                let more = corpus.take(rng);
                bases.push(more.unwrap_or_else(|| panic!("no file takes `{}`", kind.name)));
                bases.len() - 1
            } else {
                base
            };
            if let Some(mutant) = mutate(number, kind, base, &bases[base], rng) {
                break mutant;
            }
        };
        made.push(mutant);
    }
    (bases, made)
}

fn mutate(number: usize, kind: Kind, base: usize, of: &Base, rng: &mut Rng) -> Option<Mutant> {
    let pair = kind.mutate(&of.outline, rng)?;
    let mutant = Mutant {
        number,
        kind,
        base,
        pair,
    };
    let mut files = mutant.pair.old.values().chain(mutant.pair.new.values());
    let fits = files.all(|text| mutant.packaged(of, text).is_some());
    fits.then_some(mutant)
}

fn number(variable: &str, usual: u64) -> u64 {
    let Ok(text) = std::env::var(variable) else {
        return usual;
    };
    text.parse()
        .unwrap_or_else(|_| panic!("{variable} must be a number, found `{text}`"))
}

/// Shows a figure of a run, for those who ask for it with `--nocapture`.
#[expect(
    clippy::print_stderr,
    reason = "the test harness captures it and shows it with a failed test"
)]
fn figure(text: &str) {
    eprintln!("{text}");
}

/// Where we differ from the reference on purpose.
struct Difference {
    kinds: &'static [&'static str],
    rule: &'static str,
    /// `lacks` or `has also`: what we do.
    what: &'static str,
    /// Whether it holds only where the reference has no other finding.
    is_alone: bool,
    reason: &'static str,
}

const DIFFERENCES: &[Difference] = &[
    Difference {
        kinds: &["syntax-to-edition", "syntax-to-edition-defaults"],
        rule: "FILE_SAME_SYNTAX",
        what: "lacks",
        is_alone: true,
        reason: "an edition with the same features is another way of writing the same down",
    },
    Difference {
        kinds: &["java-check-utf8"],
        rule: "FIELD_SAME_JAVA_UTF8_VALIDATION",
        what: "has also",
        is_alone: false,
        reason: "the reference says a sentence once at a place; two messages of one short name \
                 with a field of one name make one sentence",
    },
];

/// Why a deleted file is not counted.
const WELL_KNOWN: &str = "a well-known type that nobody imports any more is no deleted file";

/// What came of a run.
#[derive(Default)]
struct Tally {
    /// Mutants by kind: all, and those that do not compile.
    kinds: BTreeMap<&'static str, (usize, usize)>,
    /// Findings of the reference by rule.
    rules: BTreeMap<String, usize>,
    /// Differences on purpose, by reason.
    explained: BTreeMap<&'static str, usize>,
    problems: Vec<String>,
}

#[test]
fn mutants_are_judged_alike() {
    let Some(buf) = Buf::find() else { return };
    let Some(protos) = require_or_skip("protos", "google-protos") else {
        return;
    };
    let seed = number("CHERRY_SEED", SEED);
    let count = usize::try_from(number("CHERRY_MUTANTS", MUTANTS as u64)).expect("a small number");
    figure(&format!("{count} mutants, seed {seed}"));
    let mut rng = Rng(seed);
    let mut corpus = Corpus::open(&protos);
    let (bases, mut mutants) = mutants(&mut corpus, count, &mut rng);
    let mut tally = Tally::default();
    while !mutants.is_empty() {
        let rest = mutants.split_off(mutants.len().min(BATCH));
        let mut batch = Batch::write(&bases, std::mem::replace(&mut mutants, rest));
        let (said, refused) = batch.reference(&buf);
        batch.judge(said, &refused, &mut tally);
    }
    let refused: usize = tally.kinds.values().map(|(_, refused)| refused).sum();
    let found: usize = tally.rules.values().sum();
    figure(&format!(
        "{} kinds, {refused} mutants do not compile, {found} findings of {} rules, {} differ on purpose",
        tally.kinds.len(),
        tally.rules.len(),
        tally.explained.values().sum::<usize>(),
    ));
    for (reason, count) in &tally.explained {
        figure(&format!("{count}: {reason}"));
    }
    let problems = tally.problems;
    assert!(
        problems.is_empty(),
        "seed {seed}:\n{}\n{} in all\n",
        problems.join("\n"),
        problems.len()
    );
}

impl Batch<'_> {
    /// Holds what we say about each mutant against what the reference said.
    fn judge(&self, said: Vec<Said>, refused: &[Mutant], tally: &mut Tally) {
        let mut theirs: BTreeMap<usize, Vec<Fired>> = BTreeMap::new();
        for one in said {
            *tally.rules.entry(one.fired.rule.clone()).or_default() += 1;
            let place = one.fired.path.as_deref().unwrap_or(&one.message);
            match mutant_in(place) {
                Some(number) => theirs.entry(number).or_default().push(one.fired),
                // Well-known types are nobody's files.
                None if place.contains("google") => {
                    *tally.explained.entry(WELL_KNOWN).or_default() += 1
                }
                None => panic!("nobody's finding: {one:?}"),
            }
        }
        let [old, new] = ["old", "new"].map(|side| read_tree(&self.folder.path().join(side)));
        let findings = compare(&old, &new, &CATEGORIES);
        let findings =
            findings.unwrap_or_else(|text| panic!("we refuse what the reference takes: {text}"));
        let mut ours: BTreeMap<usize, Vec<Fired>> = BTreeMap::new();
        for finding in &findings {
            let number = mutant_in(&finding.places());
            let number = number.unwrap_or_else(|| panic!("nobody's finding: {finding:?}"));
            ours.entry(number).or_default().extend(finding.fired());
        }
        for mutant in &self.mutants {
            tally.kinds.entry(mutant.kind.name).or_default().0 += 1;
            let of = |all: &mut BTreeMap<usize, Vec<Fired>>| {
                all.remove(&mutant.number).unwrap_or_default()
            };
            let (theirs, ours) = (of(&mut theirs), of(&mut ours));
            if mutant.kind.is_silent && !theirs.is_empty() {
                tally
                    .problems
                    .push(format!("{} should be silent: {theirs:?}", mutant.kind.name));
            }
            let differ = [
                ("lacks", surplus(&theirs, &ours)),
                ("has also", surplus(&ours, &theirs)),
            ];
            for (what, places) in differ {
                for place in places {
                    if let Some(reason) = on_purpose(mutant, what, &place, &theirs) {
                        *tally.explained.entry(reason).or_default() += 1;
                    } else {
                        mutant.keep(&self.bases[mutant.base]);
                        tally
                            .problems
                            .push(format!("{} {what} {place}", mutant.kind.name));
                    }
                }
            }
        }
        for mutant in refused {
            let counts = tally.kinds.entry(mutant.kind.name).or_default();
            counts.0 += 1;
            counts.1 += 1;
            let [old, new] =
                [&mutant.pair.old, &mutant.pair.new].map(|side| mutant.tree(side, self.bases));
            if compare(&old, &new, &[]).is_ok() {
                mutant.keep(&self.bases[mutant.base]);
                tally
                    .problems
                    .push(format!("{} compiles for us alone", mutant.kind.name));
            }
        }
    }
}

/// The reason why we differ here, if there is one.
fn on_purpose(mutant: &Mutant, what: &str, place: &str, theirs: &[Fired]) -> Option<&'static str> {
    let fits = |one: &&Difference| {
        one.kinds.contains(&mutant.kind.name)
            && one.what == what
            && place.ends_with(&format!(" {}", one.rule))
            && (!one.is_alone || theirs.len() == 1)
    };
    DIFFERENCES.iter().find(fits).map(|one| one.reason)
}
