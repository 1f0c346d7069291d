//! Ranges of numbers that are kept.

use crate::schema::NumberRange;

/// Whether a number lies in one of the ranges.
pub(super) fn covers(ranges: &[NumberRange], number: i32) -> bool {
    ranges
        .iter()
        .any(|range| range.start <= number && number <= range.end)
}

/// The parts of a range, both ends included, that no range covers; in order.
pub(super) fn missing((start, end): (i32, i32), ranges: &[NumberRange]) -> Vec<(i32, i32)> {
    let mut sorted: Vec<(i64, i64)> = ranges
        .iter()
        .map(|range| (i64::from(range.start), i64::from(range.end)))
        .collect();
    sorted.sort_unstable();
    let (mut from, end) = (i64::from(start), i64::from(end));
    let mut out = Vec::new();
    for (first, last) in sorted {
        if first > end || from > end {
            break;
        }
        if first > from {
            out.push((from, first - 1));
        }
        from = from.max(last + 1);
    }
    if from <= end {
        out.push((from, end));
    }
    // Every part lies within the range that was asked about.
    let narrow = |n: i64| i32::try_from(n).unwrap_or(i32::MAX);
    out.into_iter()
        .map(|(first, last)| (narrow(first), narrow(last)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::missing;
    use crate::schema::NumberRange;
    use crate::text::{RelPath, Side, SourceMap, Span};

    #[test]
    fn neighbours_cover_together() {
        let mut sources = SourceMap::default();
        let path = RelPath::new("a").expect("a plain name is a path");
        let span = Span::new(sources.add(path, Side::New, "".into()), 0, 0);
        let ranges = |list: &[(i32, i32)]| -> Vec<NumberRange> {
            let range = |&(start, end): &(i32, i32)| NumberRange { start, end, span };
            list.iter().map(range).collect()
        };
        let ask = |asked, list: &[(i32, i32)]| missing(asked, &ranges(list));
        assert_eq!(ask((1, 10), &[]), [(1, 10)]);
        assert_eq!(ask((1, 10), &[(6, 10), (1, 5)]), []);
        assert_eq!(ask((1, 10), &[(2, 3), (5, 20)]), [(1, 1), (4, 4)]);
        assert_eq!(ask((5, 5), &[(6, 9)]), [(5, 5)]);
        assert_eq!(
            ask((i32::MIN, i32::MAX), &[(0, i32::MAX)]),
            [(i32::MIN, -1)]
        );
        assert_eq!(ask((1, i32::MAX), &[(1, i32::MAX)]), []);
    }
}
