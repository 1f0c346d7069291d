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

use super::reference::CATEGORIES;
use corpus::{Base, corpus};
use kinds::{Kind, Pair, Rng};

/// Mutants of an ordinary run; a full one has at least 2,000.
const MUTANTS: usize = 300;

/// The seed of an ordinary run.
const SEED: u64 = 20_260_101;

/// Files of the corpus that are mutated.
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

    /// What the reference says. Mutants that do not compile leave the batch; their number is added
    /// to those of their kind.
    fn reference(&mut self, buf: &Buf, refused: &mut BTreeMap<&'static str, usize>) -> Vec<Said> {
        let [old, new] = ["old", "new"].map(|side| self.folder.path().join(side));
        let mut problem = String::new();
        for _ in 0..TRIES {
            match buf.breaking(&old, &new, &CATEGORIES) {
                Ok(said) => return said,
                Err(text) => problem = text,
            }
            let bad: BTreeSet<usize> = problem.lines().filter_map(mutant_in).collect();
            assert!(!bad.is_empty(), "the reference fails: {problem}");
            for mutant in self.mutants.extract_if(.., |one| bad.contains(&one.number)) {
                *refused.entry(mutant.kind.name).or_default() += 1;
                for side in [&old, &new] {
                    let gone = std::fs::remove_dir_all(side.join(mutant.folder()));
                    gone.expect("the folder was written");
                }
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

/// Mutants of every kind in turn, each of a file that has something to change.
fn mutants(bases: &[Base], count: usize, rng: &mut Rng) -> Vec<Mutant> {
    let kinds = kinds::all();
    let mut made = Vec::new();
    for number in 0..count {
        // Some kinds need what few files have: a map, an import, a service.
        let kind = kinds[number % kinds.len()];
        let found = (0..BASES * 3).find_map(|_| {
            let base = rng.pick_from(0..bases.len())?;
            let pair = kind.mutate(&bases[base].outline, rng)?;
            let mutant = Mutant {
                number,
                kind,
                base,
                pair,
            };
            let files = mutant.pair.old.values().chain(mutant.pair.new.values());
            let fits = files
                .map(|text| mutant.packaged(&bases[base], text))
                .all(|text| text.is_some());
            fits.then_some(mutant)
        });
        made.push(found.unwrap_or_else(|| panic!("no file of the corpus takes `{}`", kind.name)));
    }
    made
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

#[test]
fn mutants_are_judged_alike() {
    let Some(buf) = Buf::find() else { return };
    let Some(protos) = require_or_skip("google-protos", "google-protos") else {
        return;
    };
    let seed = number("CHERRY_SEED", SEED);
    let count = usize::try_from(number("CHERRY_MUTANTS", MUTANTS as u64)).expect("a small number");
    figure(&format!("{count} mutants, seed {seed}"));
    let mut rng = Rng(seed);
    let bases = corpus(&protos, BASES, &mut rng);
    let mut mutants = mutants(&bases, count, &mut rng);
    let mut refused = BTreeMap::new();
    let mut rules: BTreeMap<&'static str, BTreeMap<String, usize>> = BTreeMap::new();
    let mut problems = Vec::new();
    while !mutants.is_empty() {
        let rest = mutants.split_off(mutants.len().min(BATCH));
        let mut batch = Batch::write(&bases, std::mem::replace(&mut mutants, rest));
        let said = batch.reference(&buf, &mut refused);
        let mut of_mutant: BTreeMap<usize, Vec<Fired>> = BTreeMap::new();
        for one in said {
            let place = one.fired.path.as_deref().unwrap_or(&one.message);
            let number = mutant_in(place).unwrap_or_else(|| panic!("nobody's finding: {one:?}"));
            of_mutant.entry(number).or_default().push(one.fired);
        }
        for mutant in &batch.mutants {
            let fired = of_mutant.remove(&mutant.number).unwrap_or_default();
            let of_kind = rules.entry(mutant.kind.name).or_default();
            *of_kind.entry("*".to_owned()).or_default() += 1;
            for one in &fired {
                *of_kind.entry(one.rule.clone()).or_default() += 1;
            }
            if mutant.kind.is_silent && !fired.is_empty() {
                problems.push(format!("{} should be silent: {fired:?}", mutant.kind.name));
            }
        }
        let _ = batch.bases;
    }
    for (kind, of_kind) in &rules {
        figure(&format!(
            "{kind}: refused {}, {of_kind:?}",
            refused.get(kind).unwrap_or(&0)
        ));
    }
    figure(&format!("refused {refused:?}"));
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}
