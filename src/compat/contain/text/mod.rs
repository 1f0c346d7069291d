//! Texts that satisfy a conjunction: is there one, and which is it?
//!
//! A conjunction is a range of lengths, patterns that are found or are not, formats that a text has
//! or has not, single texts that are left out, and perhaps a list that the text is of. Patterns and
//! most formats are regular languages (`language`), and what several of them have in common is looked
//! for in the product of their automata (`search`).

mod ast;
mod build;
mod formats;
mod hash;
mod language;
mod search;
mod set;
mod terms;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::pick::{Pick, Picks, Rest};
use formats::Meaning;
pub(crate) use language::Language;

const UNKNOWN_FORMAT: &str = "the format is not known";
const LOOSE_FORMAT: &str = "the format is read in more than one way";

/// All texts that satisfy everything that was asked of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Texts {
    min_length: u64,
    max_length: Option<u64>,
    /// By pattern: its language, and whether texts are of it.
    languages: BTreeMap<(Box<str>, bool), Arc<Language>>,
    /// Names, and whether texts have that format.
    formats: BTreeSet<(Box<str>, bool)>,
    /// What nothing can be computed with: its text, whether it is satisfied, and why.
    opaque: BTreeSet<(Box<str>, bool, &'static str)>,
    excluded: BTreeSet<Box<str>>,
    allowed: Option<BTreeSet<Box<str>>>,
}

impl Texts {
    /// Every text.
    pub(crate) fn all() -> Self {
        Texts::default()
    }

    /// Leaves texts of at least so many code points.
    pub(crate) fn min_length(&mut self, length: u64) {
        self.min_length = self.min_length.max(length);
    }

    /// Leaves texts of at most so many code points.
    pub(crate) fn max_length(&mut self, length: u64) {
        self.max_length = Some(self.max_length.map_or(length, |old| old.min(length)));
    }

    /// Leaves texts of the language, or those that are not of it.
    pub(crate) fn pattern(&mut self, language: &Arc<Language>, is_positive: bool) {
        let key = (language.source().into(), is_positive);
        self.languages
            .entry(key)
            .or_insert_with(|| Arc::clone(language));
    }

    /// Leaves texts that have the format, or those that do not. Of a format that nobody knows it is
    /// only known that it is the same as itself.
    pub(crate) fn format(&mut self, name: &str, is_positive: bool) {
        self.formats.insert((name.into(), is_positive));
    }

    /// Leaves texts that satisfy something that nothing can be computed with, or those that do not:
    /// a pattern that is no language, by its text, and why it is none.
    pub(crate) fn opaque(&mut self, text: &str, why: &'static str, is_positive: bool) {
        self.opaque.insert((text.into(), is_positive, why));
    }

    /// Leaves out single texts.
    pub(crate) fn without<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) {
        self.excluded.extend(texts.into_iter().map(Box::from));
    }

    /// Leaves texts of the list.
    #[cfg(test)]
    pub(crate) fn only<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) {
        let texts: BTreeSet<Box<str>> = texts.into_iter().map(Box::from).collect();
        self.allowed = Some(match self.allowed.take() {
            Some(old) => old.intersection(&texts).cloned().collect(),
            None => texts,
        });
    }

    /// Whether the text is one of them; an error says why that is not known.
    pub(crate) fn holds(&self, text: &str) -> Result<bool, &'static str> {
        let length = text.chars().count() as u64;
        let is_refused = length < self.min_length
            || self.max_length.is_some_and(|max| length > max)
            || self.excluded.contains(text)
            || self
                .allowed
                .as_ref()
                .is_some_and(|allowed| !allowed.contains(text))
            || self
                .languages
                .iter()
                .any(|((_, is_positive), language)| language.is_match(text) != *is_positive);
        if is_refused {
            return Ok(false);
        }
        let mut doubt = self.opaque.first().map(|(_, _, why)| *why);
        for (name, is_positive) in &self.formats {
            match has_format(name, text) {
                Ok(has) if has == *is_positive => {}
                Ok(_) => return Ok(false),
                Err(why) => doubt = Some(why),
            }
        }
        match doubt {
            Some(why) => Err(why),
            None => Ok(true),
        }
    }

    /// One text, short and readable where there is a choice. Each look at an edge of an automaton
    /// takes a step of the budget.
    pub(crate) fn pick(&self, budget: &mut u64) -> Pick<String> {
        self.picks(1, budget).into_first()
    }

    /// Up to `count` different texts, the shortest and most readable first.
    pub(crate) fn picks(&self, count: usize, budget: &mut u64) -> Picks<String> {
        if count == 0 {
            return Picks {
                found: Vec::new(),
                rest: Rest::Unasked,
            };
        }
        if self.is_contradiction() {
            return Picks {
                found: Vec::new(),
                rest: Rest::Empty,
            };
        }
        match &self.allowed {
            Some(allowed) => self.picks_of(allowed, count),
            None => self.search(count, budget),
        }
    }

    fn is_contradiction(&self) -> bool {
        let both = |(name, is_positive): &(Box<str>, bool)| (name.clone(), !is_positive);
        self.max_length.is_some_and(|max| max < self.min_length)
            || self
                .languages
                .keys()
                .any(|key| self.languages.contains_key(&both(key)))
            || self
                .formats
                .iter()
                .any(|key| self.formats.contains(&both(key)))
            || self.opaque.iter().any(|(text, is_positive, why)| {
                self.opaque.contains(&(text.clone(), !is_positive, *why))
            })
    }

    fn picks_of(&self, allowed: &BTreeSet<Box<str>>, count: usize) -> Picks<String> {
        let mut found = Vec::new();
        let mut rest = Rest::Empty;
        for text in allowed {
            match self.holds(text) {
                Ok(true) if found.len() == count => {
                    rest = Rest::Unasked;
                    break;
                }
                Ok(true) => found.push(text.to_string()),
                Ok(false) => {}
                Err(why) => rest = Rest::Unknown(why),
            }
        }
        if found.len() == count {
            rest = Rest::Unasked;
        }
        Picks { found, rest }
    }

    fn search(&self, count: usize, budget: &mut u64) -> Picks<String> {
        // Texts that are certain to satisfy everything; without them when there are none for certain.
        let mut certain = Some(Vec::new());
        // Texts among which all are that may satisfy everything.
        let mut possible = Vec::new();
        let mut doubt = None;
        for ((_, is_positive), language) in &self.languages {
            possible.push((&**language, *is_positive));
        }
        if let Some(certain) = &mut certain {
            certain.clone_from(&possible);
        }
        for (name, is_positive) in &self.formats {
            match formats::meaning(name) {
                Meaning::Anything if *is_positive => {}
                Meaning::Anything => {
                    return Picks {
                        found: Vec::new(),
                        rest: Rest::Empty,
                    };
                }
                Meaning::Known(format) => {
                    let (sure, maybe) = match is_positive {
                        true => (&format.strict, &format.lax),
                        false => (&format.lax, &format.strict),
                    };
                    possible.push((&**maybe, *is_positive));
                    if let Some(certain) = &mut certain {
                        certain.push((&**sure, *is_positive));
                    }
                    if !format.is_exact() {
                        doubt = doubt.or(Some(LOOSE_FORMAT));
                    }
                }
                Meaning::Unknown => {
                    certain = None;
                    doubt = Some(UNKNOWN_FORMAT);
                }
            }
        }
        if let Some((_, _, why)) = self.opaque.first() {
            certain = None;
            doubt = Some(why);
        }
        let mut ask = |languages: &[(&Language, bool)], count| {
            let question = search::Question {
                languages,
                min_length: self.min_length,
                max_length: self.max_length.unwrap_or(u64::MAX),
                excluded: &self.excluded,
            };
            search::search(&question, count, budget)
        };
        let picks = match &certain {
            Some(certain) => ask(certain, count),
            None => Picks {
                found: Vec::new(),
                rest: Rest::Empty,
            },
        };
        let Some(doubt) = doubt.filter(|_| picks.rest == Rest::Empty) else {
            return picks;
        };
        // There are not enough for certain. Whether there are others is another question.
        let others = ask(&possible, picks.found.len() + 1);
        let rest = match others.rest {
            Rest::Empty if others.found.len() <= picks.found.len() => Rest::Empty,
            Rest::Unknown(why) => Rest::Unknown(why),
            _ => Rest::Unknown(doubt),
        };
        Picks {
            found: picks.found,
            rest,
        }
    }
}

/// Whether the text has the format; an error says why that is not known.
pub(crate) fn has_format(name: &str, text: &str) -> Result<bool, &'static str> {
    match formats::meaning(name) {
        Meaning::Anything => Ok(true),
        Meaning::Known(format) if format.strict.is_match(text) => Ok(true),
        Meaning::Known(format) if !format.lax.is_match(text) => Ok(false),
        Meaning::Known(_) => Err(LOOSE_FORMAT),
        Meaning::Unknown => Err(UNKNOWN_FORMAT),
    }
}

#[cfg(test)]
mod tests;
