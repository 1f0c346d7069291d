//! Sets of code points, and their partition into classes that no pattern tells apart.

use super::hash::QuickMap;

/// The largest code point.
const LAST: u32 = 0x10_FFFF;

/// Code points that no text holds.
const SURROGATES: (u32, u32) = (0xD800, 0xDFFF);

/// The class of what no text holds.
pub(super) const NO_CLASS: u16 = u16::MAX;

/// A set of code points: ranges that are sorted, apart from each other, and free of surrogates.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Set(Vec<(u32, u32)>);

impl Set {
    /// The set of everything in these ranges, whose ends belong to them.
    pub(super) fn new(ranges: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let mut ranges: Vec<_> = ranges.into_iter().filter(|(from, to)| from <= to).collect();
        ranges.sort_unstable();
        let mut joined: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (from, to) in ranges {
            match joined.last_mut() {
                Some(last) if from <= last.1.saturating_add(1) => last.1 = last.1.max(to),
                _ => joined.push((from, to)),
            }
        }
        let cut = joined.into_iter().flat_map(|(from, to)| {
            [
                (from, to.min(SURROGATES.0 - 1)),
                (from.max(SURROGATES.1 + 1), to.min(LAST)),
            ]
        });
        Set(cut.filter(|(from, to)| from <= to).collect())
    }

    pub(super) fn of(char: char) -> Self {
        Set(vec![(u32::from(char), u32::from(char))])
    }

    /// Every character.
    pub(super) fn all() -> Self {
        Set::new([(0, LAST)])
    }

    /// What is not in it.
    pub(super) fn negated(&self) -> Self {
        let mut from = 0;
        let mut ranges = Vec::with_capacity(self.0.len() + 1);
        for (start, end) in &self.0 {
            if from < *start {
                ranges.push((from, start - 1));
            }
            from = end + 1;
        }
        ranges.push((from, LAST));
        Set::new(ranges)
    }

    pub(super) fn ranges(&self) -> &[(u32, u32)] {
        &self.0
    }

    /// `\d`.
    pub(super) fn digits() -> Self {
        Set(vec![(0x30, 0x39)])
    }

    /// `\w`.
    pub(super) fn words() -> Self {
        Set(vec![(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)])
    }

    /// `\s`: white space and the ends of lines, as ECMA-262 has them.
    pub(super) fn spaces() -> Self {
        Set(vec![
            (0x09, 0x0D),
            (0x20, 0x20),
            (0xA0, 0xA0),
            (0x1680, 0x1680),
            (0x2000, 0x200A),
            (0x2028, 0x2029),
            (0x202F, 0x202F),
            (0x205F, 0x205F),
            (0x3000, 0x3000),
            (0xFEFF, 0xFEFF),
        ])
    }

    /// `.`: everything but the ends of lines.
    pub(super) fn dot() -> Self {
        Set(vec![(0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029)]).negated()
    }
}

/// A partition of all characters: neighbours from one start to the next are of one class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Partition {
    starts: Box<[u32]>,
    classes: Box<[u16]>,
    ascii: Box<[u16; 128]>,
    count: usize,
}

impl Partition {
    /// The coarsest partition that tells all these sets from each other. `None` when there are more
    /// classes than numbers for them.
    pub(super) fn of(sets: &[Set]) -> Option<Self> {
        let mut edges = vec![(0, usize::MAX)];
        for (at, set) in sets.iter().enumerate() {
            for (from, to) in set.ranges() {
                edges.push((*from, at));
                edges.push((to + 1, at));
            }
        }
        edges.sort_unstable();
        let mut active = vec![0_u64; sets.len().div_ceil(64).max(1)];
        let mut ids: QuickMap<Vec<u64>, u16> = QuickMap::default();
        let mut runs = Vec::new();
        let mut edges = edges.into_iter().peekable();
        while let Some((start, at)) = edges.next() {
            if at != usize::MAX {
                active[at / 64] ^= 1 << (at % 64);
            }
            if edges.peek().is_some_and(|next| next.0 == start) || start > LAST {
                continue;
            }
            let end = edges.peek().map_or(LAST, |next| next.0 - 1);
            if start >= SURROGATES.0 && end <= SURROGATES.1 {
                continue;
            }
            let next = u16::try_from(ids.len()).ok().filter(|id| *id < NO_CLASS)?;
            let id = match ids.get(&active) {
                Some(id) => *id,
                None => *ids.entry(active.clone()).or_insert(next),
            };
            runs.push((start, id));
        }
        Some(Partition::from_runs(runs, ids.len()))
    }

    /// From the start and the class of each run, in order. Surrogates are cut out of them.
    fn from_runs(runs: Vec<(u32, u16)>, count: usize) -> Self {
        let mut cut: Vec<(u32, u16)> = Vec::with_capacity(runs.len() + 2);
        let at_surrogates = runs.partition_point(|run| run.0 < SURROGATES.0);
        let behind = runs.partition_point(|run| run.0 <= SURROGATES.1 + 1);
        let class_behind = behind.checked_sub(1).map_or(0, |at| runs[at].1);
        cut.extend(&runs[..at_surrogates]);
        cut.push((SURROGATES.0, NO_CLASS));
        cut.push((SURROGATES.1 + 1, class_behind));
        cut.extend(&runs[behind..]);
        cut.dedup_by_key(|run| run.1);
        let (starts, classes): (Vec<_>, Vec<_>) = cut.into_iter().unzip();
        let mut partition = Partition {
            starts: starts.into(),
            classes: classes.into(),
            ascii: Box::new([0; 128]),
            count,
        };
        let mut ascii = [0; 128];
        for (at, class) in (0_u32..).zip(&mut ascii) {
            *class = partition.look_up(at);
        }
        *partition.ascii = ascii;
        partition
    }

    fn look_up(&self, code: u32) -> u16 {
        let behind = self.starts.partition_point(|start| *start <= code);
        self.classes[behind - 1]
    }

    pub(super) fn class(&self, char: char) -> u16 {
        let code = u32::from(char);
        match self.ascii.get(code as usize) {
            Some(class) => *class,
            None => self.look_up(code),
        }
    }

    /// How many classes there are.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// The first and the last code point of each run with its class; without surrogates.
    pub(super) fn runs(&self) -> impl Iterator<Item = (u32, u32, u16)> {
        let ends = self
            .starts
            .iter()
            .skip(1)
            .map(|start| start - 1)
            .chain([LAST]);
        let runs = self.starts.iter().zip(ends).zip(&self.classes);
        runs.map(|((from, to), class)| (*from, to, *class))
            .filter(|run| run.2 != NO_CLASS)
    }

    /// The classes that the set is made of; the set is one of those that the partition is of.
    pub(super) fn classes_of(&self, set: &Set) -> Vec<u16> {
        let mut classes = Vec::new();
        let mut ranges = set.ranges().iter().peekable();
        for (from, to, class) in self.runs() {
            while ranges.peek().is_some_and(|range| range.1 < from) {
                ranges.next();
            }
            if ranges.peek().is_some_and(|range| range.0 <= to) {
                classes.push(class);
            }
        }
        classes
    }

    /// The partition into what several tell apart, with the class of each in every joint class.
    /// `None` when there are more classes than numbers for them.
    pub(super) fn joint(parts: &[&Partition]) -> Option<(Self, Vec<Box<[u16]>>)> {
        if parts.is_empty() {
            return Some((Partition::from_runs(vec![(0, 0)], 1), vec![Box::from([])]));
        }
        let mut starts: Vec<u32> = parts
            .iter()
            .flat_map(|part| part.starts.iter())
            .copied()
            .collect();
        starts.sort_unstable();
        starts.dedup();
        let mut at = vec![0; parts.len()];
        let mut ids: QuickMap<Box<[u16]>, u16> = QuickMap::default();
        let mut members = Vec::new();
        let mut runs = Vec::with_capacity(starts.len());
        for start in starts {
            let classes: Box<[u16]> = parts
                .iter()
                .zip(&mut at)
                .map(|(part, at)| {
                    while part.starts.get(*at + 1).is_some_and(|next| *next <= start) {
                        *at += 1;
                    }
                    part.classes[*at]
                })
                .collect();
            if classes[0] == NO_CLASS {
                continue;
            }
            let id = match ids.get(&classes) {
                Some(id) => *id,
                None => {
                    let id = u16::try_from(members.len())
                        .ok()
                        .filter(|id| *id < NO_CLASS)?;
                    ids.insert(classes.clone(), id);
                    members.push(classes);
                    id
                }
            };
            runs.push((start, id));
        }
        Some((Partition::from_runs(runs, members.len()), members))
    }
}
