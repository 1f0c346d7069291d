//! Two texts line by line: which lines stayed, and which were put in the place of which.

use std::collections::HashMap;

/// Lines of a stretch without a common line of its own that are still compared one by one; past it
/// the stretch counts as replaced, which is what a reader would say of it, too.
const MAX_CELLS: usize = 250_000;

/// A row of two texts side by side, by line numbers from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) old: Option<usize>,
    pub(super) new: Option<usize>,
    /// Whether both lines are there and equal.
    pub(super) is_same: bool,
}

/// The rows of two texts, each line once and in order.
pub(super) fn align(old: &[&str], new: &[&str]) -> Vec<Row> {
    let mut pairs = Vec::new();
    common(old, new, 0, 0, &mut pairs);
    pairs.push((old.len(), new.len()));
    let mut rows = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (next_old, next_new) in pairs {
        // What lies between two common lines was replaced, line by line as far as both reach.
        while i < next_old || j < next_new {
            rows.push(Row {
                old: (i < next_old).then_some(i),
                new: (j < next_new).then_some(j),
                is_same: false,
            });
            i = (i + 1).min(next_old);
            j = (j + 1).min(next_new);
        }
        if next_old < old.len() {
            rows.push(Row {
                old: Some(next_old),
                new: Some(next_new),
                is_same: true,
            });
            (i, j) = (next_old + 1, next_new + 1);
        }
    }
    rows
}

/// Appends pairs of equal lines, both numbers rising.
fn common(
    old: &[&str],
    new: &[&str],
    from_old: usize,
    from_new: usize,
    out: &mut Vec<(usize, usize)>,
) {
    let prefix = old.iter().zip(new).take_while(|(l, r)| l == r).count();
    out.extend((0..prefix).map(|n| (from_old + n, from_new + n)));
    let (old, new) = (&old[prefix..], &new[prefix..]);
    let (from_old, from_new) = (from_old + prefix, from_new + prefix);
    let suffix = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take_while(|(l, r)| l == r)
        .count();
    let (inner_old, inner_new) = (&old[..old.len() - suffix], &new[..new.len() - suffix]);
    if !inner_old.is_empty() && !inner_new.is_empty() {
        let anchors = anchors(inner_old, inner_new);
        if anchors.is_empty() {
            if inner_old.len().saturating_mul(inner_new.len()) <= MAX_CELLS {
                longest(inner_old, inner_new, from_old, from_new, out);
            }
        } else {
            let (mut i, mut j) = (0, 0);
            for (a, b) in anchors {
                common(
                    &inner_old[i..a],
                    &inner_new[j..b],
                    from_old + i,
                    from_new + j,
                    out,
                );
                out.push((from_old + a, from_new + b));
                (i, j) = (a + 1, b + 1);
            }
            common(
                &inner_old[i..],
                &inner_new[j..],
                from_old + i,
                from_new + j,
                out,
            );
        }
    }
    let (end_old, end_new) = (from_old + inner_old.len(), from_new + inner_new.len());
    out.extend((0..suffix).map(|n| (end_old + n, end_new + n)));
}

/// Lines that stand once in both texts, those of them that are in the same order.
fn anchors(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    // By line: how often it stands in each text, and where.
    let mut seen: HashMap<&str, (usize, usize, usize, usize)> = HashMap::new();
    for (i, line) in old.iter().enumerate() {
        let entry = seen.entry(line).or_default();
        (entry.0, entry.1) = (entry.0 + 1, i);
    }
    for (j, line) in new.iter().enumerate() {
        let entry = seen.entry(line).or_default();
        (entry.2, entry.3) = (entry.2 + 1, j);
    }
    let unique: Vec<(usize, usize)> = old
        .iter()
        .enumerate()
        .filter_map(|(i, line)| match seen.get(line) {
            Some((1, _, 1, j)) => Some((i, *j)),
            _ => None,
        })
        .collect();
    // The longest rising run of new positions: `ends[n]` is where the best run of n + 1 ends.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(unique.len());
    for (at, (_, j)) in unique.iter().enumerate() {
        let n = ends.partition_point(|end| unique[*end].1 < *j);
        before.push(n.checked_sub(1).map(|n| ends[n]));
        if n == ends.len() {
            ends.push(at);
        } else {
            ends[n] = at;
        }
    }
    let mut out = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(index) = at {
        out.push(unique[index]);
        at = before[index];
    }
    out.reverse();
    out
}

/// The longest common lines of two short texts.
fn longest(
    old: &[&str],
    new: &[&str],
    from_old: usize,
    from_new: usize,
    out: &mut Vec<(usize, usize)>,
) {
    let width = new.len() + 1;
    let mut table = vec![0_u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            table[i * width + j] = if old[i] == new[j] {
                table[(i + 1) * width + j + 1] + 1
            } else {
                table[(i + 1) * width + j].max(table[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < old.len() && j < new.len() {
        if old[i] == new[j] {
            out.push((from_old + i, from_new + j));
            (i, j) = (i + 1, j + 1);
        } else if table[(i + 1) * width + j] >= table[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::align;

    /// Rows as `old|new` with the letters of the lines.
    fn told(old: &str, new: &str) -> String {
        let split = |text: &'static str| text.split("").filter(|c| !c.is_empty()).collect();
        let (old, new): (Vec<&str>, Vec<&str>) = (
            split(Box::leak(old.to_owned().into_boxed_str())),
            split(Box::leak(new.to_owned().into_boxed_str())),
        );
        let rows = align(&old, &new);
        let cell = |lines: &[&str], at: Option<usize>| {
            at.map_or("-".to_owned(), |at| lines[at].to_owned())
        };
        rows.iter()
            .map(|row| {
                let mark = if row.is_same { "=" } else { "|" };
                format!("{}{mark}{}", cell(&old, row.old), cell(&new, row.new))
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn lines_that_stayed_stand_side_by_side() {
        for (old, new, expected) in [
            ("abc", "abc", "a=a b=b c=c"),
            ("abc", "axc", "a=a b|x c=c"),
            ("abc", "ac", "a=a b|- c=c"),
            ("ac", "abc", "a=a -|b c=c"),
            ("", "a", "-|a"),
            ("a", "", "a|-"),
            ("", "", ""),
            ("abcd", "axycd", "a=a b|x -|y c=c d=d"),
            ("xaxbx", "xbxax", "x=x a|- x|- b=b -|x -|a x=x"),
        ] {
            assert_eq!(told(old, new), expected, "{old} {new}");
        }
    }

    #[test]
    fn every_line_is_shown_once() {
        let mut seed = 7_u64;
        let mut next = |n: u64| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % n
        };
        for _ in 0..500 {
            let mut text = |n: u64| -> Vec<&'static str> {
                (0..next(n))
                    .map(|_| ["a", "b", "c", "d", "e", "f", "g"][next(7) as usize])
                    .collect()
            };
            let (old, new) = (text(20), text(20));
            let rows = align(&old, &new);
            let olds: Vec<usize> = rows.iter().filter_map(|row| row.old).collect();
            let news: Vec<usize> = rows.iter().filter_map(|row| row.new).collect();
            assert_eq!(olds, (0..old.len()).collect::<Vec<_>>());
            assert_eq!(news, (0..new.len()).collect::<Vec<_>>());
            for row in rows.iter().filter(|row| row.is_same) {
                let same = row.old.zip(row.new).is_some_and(|(i, j)| old[i] == new[j]);
                assert!(same, "{old:?} {new:?} {row:?}");
            }
        }
    }
}
