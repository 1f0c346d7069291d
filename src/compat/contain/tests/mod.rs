//! Questions with known answers.

mod cases;
mod chance;
mod graphs;
mod read;
mod reasons;

use self::read::read;
use super::{Explained, Judge, Reading, Sided, Travel, Verdict};
use crate::schema::Json;
use crate::text::Side;

/// What came of a question, checked from all sides.
struct Answered {
    verdict: Verdict,
    explained: Explained,
}

/// Asks whether all that `writer` makes is taken by `reader`.
fn ask(writer: &str, reader: &str, reading: Reading, travel: Travel) -> Answered {
    let (old, old_root) = read(writer);
    let (new, new_root) = read(reader);
    let mut judge = Judge::new(&old, &new, reading);
    let writer_root = Sided {
        side: Side::Old,
        shape: old_root,
    };
    let reader_root = Sided {
        side: Side::New,
        shape: new_root,
    };
    let question = judge.ask(writer_root, reader_root, travel);
    let verdict = judge.verdict(question);
    let witness = judge.witness(question);
    let explained = judge.explain(question);
    assert_eq!(
        witness.is_some(),
        verdict == Verdict::NotContained,
        "{writer} into {reader}"
    );
    let mut witnesses: Vec<Json> = witness.iter().cloned().collect();
    witnesses.extend(explained.causes.iter().map(|cause| cause.witness.clone()));
    for below in &explained.below {
        assert_ne!(
            judge.verdict(below.question),
            Verdict::Contained,
            "{writer} into {reader}: {below:?}"
        );
        let Some(inner) = judge.witness(below.question) else {
            continue;
        };
        let lifted = judge.lift(question, below, &inner);
        assert!(
            lifted.is_some(),
            "{writer} into {reader}: {below:?} {inner}"
        );
        witnesses.extend(lifted);
    }
    if verdict == Verdict::NotContained {
        let count = explained.causes.len() + explained.below.len();
        assert!(count > 0, "{writer} into {reader}: {explained:?}");
    }
    for witness in &witnesses {
        let is_made = judge.is_made(writer_root, witness, travel);
        assert_ne!(is_made, Some(false), "{writer} does not make {witness}");
        let is_taken = judge.is_taken(reader_root, witness, travel);
        assert_ne!(is_taken, Some(true), "{reader} takes {witness}");
    }
    Answered { verdict, explained }
}

/// To the letter, with nothing taken out.
fn verdict(writer: &str, reader: &str) -> Verdict {
    ask(writer, reader, Reading::Plain, Travel::Plain).verdict
}
