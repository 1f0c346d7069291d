//! From the tree of a pattern to the term of the texts in which it is found.
//!
//! Assertions are taken out of alternatives first, so that what is left is a list of *lines*: plain
//! parts with assertions between them. What an assertion says about what follows is an intersection
//! with the rest of the line; what it says about what came before (is it the start, was it a word
//! character) splits the part in front of it.

use super::ast::{Ast, NO_END, TOO_LARGE};
use super::set::{Partition, Set};
use super::terms::{Term, Terms};

/// Most lines that alternatives with assertions in them may become.
const MAX_LINES: usize = 64;

/// Most times that something with an assertion in it is written out.
const MAX_COPIES: u32 = 4;

const REPEATS_ASSERTION: &str = "the pattern repeats an assertion";
const LOOKS_BEHIND: &str = "the pattern looks behind";

/// Plain parts and assertions, one behind the other.
pub(super) type Line<'a> = Vec<&'a Ast>;

/// What is known about the character in front of a place: there is none, it is a word character, or
/// another one.
const START: usize = 0;
const WORD: usize = 1;
const OTHER: usize = 2;

/// What may follow a place, for each of what may be in front of it.
type Tails = [Term; 3];

/// Writes a tree as lines.
pub(super) fn lines(ast: &Ast) -> Result<Vec<Line<'_>>, &'static str> {
    if !ast.has_assertion() {
        return Ok(vec![vec![ast]]);
    }
    match ast {
        Ast::Concat(parts) => join(parts.iter()),
        Ast::Either(branches) => {
            let mut all = Vec::new();
            for branch in branches {
                all.extend(lines(branch)?);
                if all.len() > MAX_LINES {
                    return Err(TOO_LARGE);
                }
            }
            Ok(all)
        }
        Ast::Repeat(inner, min, max) => {
            if *max > MAX_COPIES {
                return Err(REPEATS_ASSERTION);
            }
            let mut all = Vec::new();
            for count in *min..=*max {
                all.extend(join((0..count).map(|_| &**inner))?);
            }
            if all.len() > MAX_LINES {
                return Err(TOO_LARGE);
            }
            Ok(all)
        }
        _ => Ok(vec![vec![ast]]),
    }
}

/// Lines of several trees, one behind the other.
fn join<'a>(parts: impl Iterator<Item = &'a Ast>) -> Result<Vec<Line<'a>>, &'static str> {
    let mut all: Vec<Line<'a>> = vec![Vec::new()];
    for part in parts {
        let next = lines(part)?;
        if all.len() * next.len() > MAX_LINES {
            return Err(TOO_LARGE);
        }
        if let [more] = &next[..] {
            // Parts are many; this one is not worth a copy of every line.
            all.iter_mut().for_each(|line| line.extend(more));
            continue;
        }
        all = all
            .iter()
            .flat_map(|line| next.iter().map(|more| [&line[..], more].concat()))
            .collect();
    }
    Ok(all)
}

/// Every set of characters in the tree; those that `\b` asks for too.
pub(super) fn sets(ast: &Ast, into: &mut Vec<Set>) {
    match ast {
        Ast::Set(set) => into.push(set.clone()),
        Ast::Concat(parts) | Ast::Either(parts) => parts.iter().for_each(|part| sets(part, into)),
        Ast::Repeat(inner, _, _) | Ast::Look { inner, .. } => sets(inner, into),
        Ast::Boundary(_) => into.push(Set::words()),
        Ast::Start | Ast::End => {}
    }
}

/// A line that is `^`, characters and `$`, of which one set is repeated between large counts: as the
/// same line without the counts, and the lengths that stand for them.
pub(super) fn counted(line: &[&Ast], large: u32) -> Option<(Ast, u64, u64)> {
    let [Ast::Start, parts @ .., Ast::End] = line else {
        return None;
    };
    let mut atoms = Vec::new();
    for part in parts {
        match part {
            Ast::Concat(inner) => atoms.extend(inner),
            part => atoms.push(part),
        }
    }
    let mut fixed: u64 = 0;
    let mut counted = None;
    let mut written = Vec::with_capacity(atoms.len());
    for atom in atoms {
        match atom {
            Ast::Set(_) => {
                fixed += 1;
                written.push(atom.clone());
            }
            Ast::Repeat(inner, min, max) if matches!(**inner, Ast::Set(_)) => {
                if min == max && *max <= large {
                    fixed += u64::from(*min);
                    written.push(atom.clone());
                } else if counted.replace((*min, *max)).is_some() {
                    return None;
                } else {
                    written.push(Ast::Repeat(inner.clone(), 0, NO_END));
                }
            }
            _ => return None,
        }
    }
    let (min, max) = counted?;
    if min <= large && (max <= large || max == NO_END) {
        return None;
    }
    let to = match max {
        NO_END => u64::MAX,
        max => fixed + u64::from(max),
    };
    Some((Ast::Concat(written), fixed + u64::from(min), to))
}

/// Builds terms for one pattern.
pub(super) struct Builder<'a> {
    terms: &'a mut Terms,
    partition: &'a Partition,
    /// One word character, and one other; where no `\b` asks, all are other.
    word: Term,
    other: Term,
}

impl<'a> Builder<'a> {
    pub(super) fn new(terms: &'a mut Terms, partition: &'a Partition, ast: &Ast) -> Self {
        let (words, others) = match has_boundary(ast) {
            true => (Set::words(), Set::words().negated()),
            false => (Set::all().negated(), Set::all()),
        };
        let word = terms.one(partition.classes_of(&words));
        let other = terms.one(partition.classes_of(&others));
        Builder {
            terms,
            partition,
            word,
            other,
        }
    }

    /// The texts in which one of the lines is found.
    pub(super) fn found(&mut self, lines: &[Line<'_>]) -> Result<Term, &'static str> {
        let mut all = Vec::with_capacity(lines.len());
        for line in lines {
            all.push(match line.iter().position(|part| is_look_behind(part)) {
                Some(at) => self.found_behind(line, at)?,
                None => self.found_line(line)?,
            });
        }
        Ok(self.terms.union(all))
    }

    fn found_line(&mut self, line: &[&Ast]) -> Result<Term, &'static str> {
        let tails = self.tails(line)?;
        if tails.iter().all(|tail| *tail == tails[0]) {
            return Ok(self.terms.concat(Term::ALL, tails[0]));
        }
        // Something is in front, or nothing.
        let mut all = vec![tails[START]];
        for (before, last) in [(WORD, self.word), (OTHER, self.other)] {
            let prefix = self.terms.concat(Term::ALL, last);
            all.push(self.terms.concat(prefix, tails[before]));
        }
        Ok(self.terms.union(all))
    }

    /// A line that looks behind once, with only plain parts and `^` in front of that.
    fn found_behind(&mut self, line: &[&Ast], at: usize) -> Result<Term, &'static str> {
        let Ast::Look {
            is_positive, inner, ..
        } = line[at]
        else {
            return Err(LOOKS_BEHIND);
        };
        // What ends in the inner pattern is what matches it at the very end.
        let mut looked = Vec::new();
        for line in lines(inner)? {
            looked.push(self.prefix(&line)?);
        }
        let mut looked = self.terms.union(looked);
        if !is_positive {
            looked = self.terms.not(looked);
        }
        let prefix = self.prefix(&line[..at])?;
        let prefix = self.terms.both(vec![prefix, looked]);
        let tails = self.tails(&line[at + 1..])?;
        if tails.iter().any(|tail| *tail != tails[0]) {
            return Err(LOOKS_BEHIND);
        }
        Ok(self.terms.concat(prefix, tails[0]))
    }

    /// The texts that end in these parts.
    fn prefix(&mut self, line: &[&Ast]) -> Result<Term, &'static str> {
        let mut prefix = Term::ALL;
        for (place, part) in line.iter().enumerate() {
            match part {
                Ast::Start if place == 0 => prefix = Term::EMPTY,
                part if part.has_assertion() => return Err(LOOKS_BEHIND),
                part => {
                    let part = self.plain(part);
                    prefix = self.terms.concat(prefix, part);
                }
            }
            if self.terms.is_exhausted() {
                return Err(TOO_LARGE);
            }
        }
        Ok(prefix)
    }

    /// What may follow where the line begins, up to the end of the text.
    fn tails(&mut self, line: &[&Ast]) -> Result<Tails, &'static str> {
        let mut tails = [Term::ALL; 3];
        for part in line.iter().rev() {
            if self.terms.is_exhausted() {
                return Err(TOO_LARGE);
            }
            tails = self.in_front(part, tails)?;
        }
        Ok(tails)
    }

    /// What may follow in front of the part, when `tails` may follow behind it.
    fn in_front(&mut self, part: &Ast, tails: Tails) -> Result<Tails, &'static str> {
        Ok(match part {
            Ast::Start => [tails[START], Term::NEVER, Term::NEVER],
            Ast::End => tails.map(|tail| match self.terms.is_nullable(tail) {
                true => Term::EMPTY,
                false => Term::NEVER,
            }),
            Ast::Boundary(is_boundary) => {
                let word = self.terms.concat(self.word, Term::ALL);
                let other = self.terms.not(word);
                let mut all = tails;
                for (before, tail) in all.iter_mut().enumerate() {
                    let is_word_next = (before == WORD) != *is_boundary;
                    let next = if is_word_next { word } else { other };
                    *tail = self.terms.both(vec![next, *tail]);
                }
                all
            }
            Ast::Look {
                is_behind: true, ..
            } => return Err(LOOKS_BEHIND),
            Ast::Look {
                is_positive, inner, ..
            } => {
                let mut looked = [Term::NEVER; 3];
                for line in lines(inner)? {
                    let more = self.tails(&line)?;
                    for (looked, more) in looked.iter_mut().zip(more) {
                        *looked = self.terms.union(vec![*looked, more]);
                    }
                }
                let mut all = tails;
                for (tail, looked) in all.iter_mut().zip(looked) {
                    let looked = match is_positive {
                        true => looked,
                        false => self.terms.not(looked),
                    };
                    *tail = self.terms.both(vec![looked, *tail]);
                }
                all
            }
            plain => {
                let part = self.plain(plain);
                if tails.iter().all(|tail| *tail == tails[0]) {
                    return Ok([self.terms.concat(part, tails[0]); 3]);
                }
                let mut behind = Vec::new();
                for (before, last) in [(WORD, self.word), (OTHER, self.other)] {
                    let ends = self.terms.concat(Term::ALL, last);
                    let part = self.terms.both(vec![part, ends]);
                    behind.push(self.terms.concat(part, tails[before]));
                }
                let behind = self.terms.union(behind);
                match self.terms.is_nullable(part) {
                    true => tails.map(|tail| self.terms.union(vec![behind, tail])),
                    false => [behind; 3],
                }
            }
        })
    }

    /// The texts of a part without assertions.
    fn plain(&mut self, ast: &Ast) -> Term {
        match ast {
            Ast::Set(set) => {
                let classes = self.partition.classes_of(set);
                self.terms.one(classes)
            }
            Ast::Concat(parts) => {
                let parts: Vec<Term> = parts.iter().map(|part| self.plain(part)).collect();
                let mut sum = Term::EMPTY;
                for part in parts.into_iter().rev() {
                    sum = self.terms.concat(part, sum);
                }
                sum
            }
            Ast::Either(branches) => {
                let branches = branches.iter().map(|branch| self.plain(branch)).collect();
                self.terms.union(branches)
            }
            Ast::Repeat(inner, min, max) => {
                let inner = self.plain(inner);
                self.terms.repeat(inner, *min, *max)
            }
            // Lines keep these apart.
            Ast::Start | Ast::End | Ast::Boundary(_) | Ast::Look { .. } => Term::NEVER,
        }
    }
}

fn is_look_behind(ast: &Ast) -> bool {
    matches!(
        ast,
        Ast::Look {
            is_behind: true,
            ..
        }
    )
}

fn has_boundary(ast: &Ast) -> bool {
    match ast {
        Ast::Boundary(_) => true,
        Ast::Concat(parts) | Ast::Either(parts) => parts.iter().any(has_boundary),
        Ast::Repeat(inner, _, _) | Ast::Look { inner, .. } => has_boundary(inner),
        Ast::Set(_) | Ast::Start | Ast::End => false,
    }
}
