//! Sets of texts.
use std::collections::BTreeSet;

use super::Pick;
use super::budget::Budget;

/// Why a pattern is no regular language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WhyNot(pub(super) &'static str);

#[derive(Debug, Clone)]
pub(super) struct Language {
    start: bool,
    end: bool,
    text: Box<str>,
}

impl Language {
    pub(super) fn parse(pattern: &str) -> Result<Self, WhyNot> {
        let (start, rest) = pattern
            .strip_prefix('^')
            .map_or((false, pattern), |rest| (true, rest));
        let (end, rest) = rest
            .strip_suffix('$')
            .map_or((false, rest), |rest| (true, rest));
        if rest
            .chars()
            .all(|c| c.is_alphanumeric() || "-_/ ".contains(c))
        {
            Ok(Language {
                start,
                end,
                text: rest.into(),
            })
        } else {
            Err(WhyNot("the pattern is not read yet"))
        }
    }
    pub(super) fn is_match(&self, text: &str) -> bool {
        match (self.start, self.end) {
            (true, true) => *text == *self.text,
            (true, false) => text.starts_with(&*self.text),
            (false, true) => text.ends_with(&*self.text),
            (false, false) => text.contains(&*self.text),
        }
    }
}

#[derive(Debug, Clone)]
pub(super) struct Texts {
    min: u64,
    max: Option<u64>,
    patterns: Vec<(Language, bool)>,
    formats: Vec<(Box<str>, bool)>,
    without: BTreeSet<Box<str>>,
}

impl Texts {
    pub(super) fn all() -> Self {
        Texts {
            min: 0,
            max: None,
            patterns: vec![],
            formats: vec![],
            without: BTreeSet::new(),
        }
    }
    pub(super) fn min_length(mut self, n: u64) -> Self {
        self.min = self.min.max(n);
        self
    }
    pub(super) fn max_length(mut self, n: u64) -> Self {
        self.max = Some(self.max.map_or(n, |m| m.min(n)));
        self
    }
    pub(super) fn pattern(mut self, language: &Language, positive: bool) -> Self {
        self.patterns.push((language.clone(), positive));
        self
    }
    pub(super) fn format(mut self, name: &str, positive: bool) -> Self {
        self.formats.push((name.into(), positive));
        self
    }
    pub(super) fn without(mut self, set: &BTreeSet<Box<str>>) -> Self {
        self.without.extend(set.iter().cloned());
        self
    }
    pub(super) fn pick(&self, _budget: &mut Budget) -> Pick<Box<str>> {
        if let Some(max) = self.max
            && max < self.min
        {
            return Pick::Empty;
        }
        for (name, yes) in &self.formats {
            if self.formats.contains(&(name.clone(), !yes)) {
                return Pick::Empty;
            }
        }
        if !self.formats.is_empty() {
            return Pick::Unknown("the format is not known");
        }
        let mut words: Vec<String> = vec![String::new()];
        for (language, yes) in &self.patterns {
            if *yes {
                words.push(language.text.to_string());
            }
        }
        for letter in "abcdefghijklmnopqrstuvwxyz".chars() {
            let base = words.clone();
            for word in base.iter().take(8) {
                for n in [1, self.min as usize, self.min as usize + 1] {
                    words.push(format!("{word}{}", letter.to_string().repeat(n)));
                    words.push(format!("{}{word}", letter.to_string().repeat(n)));
                }
            }
            for word in base.iter().take(8) {
                let pad = (self.min as usize).saturating_sub(word.chars().count());
                words.push(format!("{word}{}", letter.to_string().repeat(pad)));
                words.push(format!("{}{word}", letter.to_string().repeat(pad)));
            }
        }
        words.sort_by_key(|w| (w.len(), w.clone()));
        for word in words {
            let n = word.chars().count() as u64;
            if n >= self.min
                && self.max.is_none_or(|m| n <= m)
                && self
                    .patterns
                    .iter()
                    .all(|(l, yes)| l.is_match(&word) == *yes)
                && !self.without.contains(word.as_str())
            {
                return Pick::Some(word.into());
            }
        }
        Pick::Empty
    }
}
