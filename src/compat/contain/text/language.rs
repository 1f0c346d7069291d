//! The texts in which a pattern is found, as an automaton over classes of code points.

use std::sync::Arc;

use super::ast::{self, TOO_LARGE};
use super::build::{self, Builder};
use super::hash::QuickMap;
use super::set::{NO_CLASS, Partition};
use super::terms::Terms;

/// Most states of one automaton.
const MAX_STATES: usize = 10_000;

/// Most entries of the table of one automaton.
const MAX_ENTRIES: usize = 1 << 20;

/// Counts above this are kept as lengths where that is possible.
const LARGE_COUNT: u32 = 100;

/// The texts in which a pattern is found.
#[derive(Debug, Clone)]
pub(crate) struct Language {
    source: Arc<str>,
    pub(super) partition: Partition,
    /// The next state by state and class.
    table: Box<[u32]>,
    accepting: Box<[bool]>,
    /// States from which no text is accepted, and those from which all are.
    dead: Box<[bool]>,
    full: Box<[bool]>,
    /// Texts that the automaton accepts count only with a length from here ...
    pub(super) min_length: u64,
    /// ... to here.
    pub(super) max_length: u64,
}

impl Language {
    /// Reads a pattern of ECMA-262 that is found anywhere in a text.
    ///
    /// # Errors
    ///
    /// Why nothing can be computed with it, as a clause such as "the pattern refers back to a
    /// group".
    pub(crate) fn parse(pattern: &str) -> Result<Self, &'static str> {
        let ast = ast::parse(pattern)?;
        let lines = build::lines(&ast)?;
        let without_counts = match &lines[..] {
            [line] => build::counted(line, LARGE_COUNT),
            _ => None,
        };
        if let Some((ast, min, max)) = without_counts {
            let line = vec![&ast::Ast::Start, &ast, &ast::Ast::End];
            let mut language = Language::compile(pattern, &ast, &[line])?;
            language.min_length = min;
            language.max_length = max;
            return Ok(language);
        }
        Language::compile(pattern, &ast, &lines)
    }

    /// The same with only texts of so many characters.
    pub(super) fn with_lengths(mut self, min: u64, max: u64) -> Self {
        self.min_length = self.min_length.max(min);
        self.max_length = self.max_length.min(max);
        self
    }

    fn compile(
        pattern: &str,
        ast: &ast::Ast,
        lines: &[build::Line<'_>],
    ) -> Result<Self, &'static str> {
        let mut sets = Vec::new();
        build::sets(ast, &mut sets);
        sets.sort_unstable();
        sets.dedup();
        let partition = Partition::of(&sets).ok_or(TOO_LARGE)?;
        let classes = partition.count();
        let mut terms = Terms::new(classes);
        let start = Builder::new(&mut terms, &partition, ast).found(lines)?;

        let mut ids = QuickMap::from_iter([(start, 0_u32)]);
        let mut states = vec![start];
        let mut table = Vec::with_capacity(classes * 16);
        let mut at = 0;
        while let Some(state) = states.get(at).copied() {
            at += 1;
            for class in 0..classes {
                let class = u16::try_from(class).map_err(|_| TOO_LARGE)?;
                let next = terms.derive(state, class);
                let id = *ids.entry(next).or_insert_with(|| {
                    states.push(next);
                    u32::try_from(states.len() - 1).unwrap_or(u32::MAX)
                });
                table.push(id);
            }
            if terms.is_exhausted() || states.len() > MAX_STATES || table.len() > MAX_ENTRIES {
                return Err(TOO_LARGE);
            }
        }
        let accepting: Box<[bool]> = states
            .iter()
            .map(|state| terms.is_nullable(*state))
            .collect();
        let dead = unreachable(&table, classes, |state| accepting[state], states.len());
        let full = unreachable(&table, classes, |state| !accepting[state], states.len());
        Ok(Language {
            source: pattern.into(),
            partition,
            table: table.into(),
            accepting,
            dead,
            full,
            min_length: 0,
            max_length: u64::MAX,
        })
    }

    /// The pattern as it was written.
    pub(crate) fn source(&self) -> &str {
        &self.source
    }

    /// Whether the text is one of them.
    pub(crate) fn is_match(&self, text: &str) -> bool {
        let mut state = 0;
        let mut length = 0;
        for char in text.chars() {
            state = self.next(state, self.partition.class(char));
            length += 1;
        }
        self.accepts(state) && (self.min_length..=self.max_length).contains(&length)
    }

    pub(super) fn next(&self, state: u32, class: u16) -> u32 {
        debug_assert_ne!(class, NO_CLASS, "no text holds surrogates");
        self.table[state as usize * self.partition.count() + usize::from(class)]
    }

    /// Whether a text may end in this state, apart from its length.
    pub(super) fn accepts(&self, state: u32) -> bool {
        self.accepting[state as usize]
    }

    /// Whether no text can end well from here on.
    pub(super) fn is_dead(&self, state: u32) -> bool {
        self.dead[state as usize]
    }

    /// Whether every text ends well from here on, whatever its length.
    pub(super) fn is_full(&self, state: u32) -> bool {
        self.full[state as usize] && self.min_length == 0 && self.max_length == u64::MAX
    }

    #[cfg(test)]
    pub(super) fn states(&self) -> usize {
        self.accepting.len()
    }
}

/// The states from which no target can be reached.
fn unreachable(
    table: &[u32],
    classes: usize,
    is_target: impl Fn(usize) -> bool,
    states: usize,
) -> Box<[bool]> {
    let mut sources: Vec<Vec<u32>> = vec![Vec::new(); states];
    for (from, row) in (0_u32..).zip(table.chunks(classes)) {
        let mut last = None;
        for to in row {
            if last.replace(*to) != Some(*to) {
                sources[*to as usize].push(from);
            }
        }
    }
    let mut unreachable = vec![true; states];
    let mut stack: Vec<usize> = (0..states).filter(|state| is_target(*state)).collect();
    for state in &stack {
        unreachable[*state] = false;
    }
    while let Some(state) = stack.pop() {
        for from in &sources[state] {
            if std::mem::take(&mut unreachable[*from as usize]) {
                stack.push(*from as usize);
            }
        }
    }
    unreachable.into()
}
