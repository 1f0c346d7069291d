//! Paths as they are matched and forwarded: what Envoy 1.40 makes of a request target with
//! `normalize_path`, `merge_slashes` and `path_with_escaped_slashes_action: KEEP_UNCHANGED`.
//!
//! Dot segments are resolved, slashes merged, unreserved percent-escapes decoded (RFC 3986,
//! section 6.2.2); an encoded slash stays data inside its segment. The oddities are Envoy's, which
//! canonicalises with Chromium's URL library: the 600 vectors of `fixtures/vectors/normalize.tsv`
//! were answered by the real one.

/// What Envoy 1.40 forwards for `target` with `normalize_path`, `merge_slashes` and
/// `KEEP_UNCHANGED`; `None` when it answers 400.
pub(crate) fn normalize(target: &[u8]) -> Option<Vec<u8>> {
    let cut = target
        .iter()
        .position(|&b| b == b'?')
        .unwrap_or(target.len());
    let (path, query) = target.split_at(cut);
    let mut out = merge_slashes(canonical(&strip_dot_parameters(path))?);
    out.extend_from_slice(query);
    Some(out)
}

/// `/..;x/` counts as `/../` and `/.;x/` as `/./`: only raw dots, only between `/`.
fn strip_dot_parameters(path: &[u8]) -> Vec<u8> {
    let segments: Vec<&[u8]> = path
        .split(|&b| b == b'/')
        .map(|s| {
            if s.starts_with(b"..;") {
                &s[..2]
            } else if s.starts_with(b".;") {
                &s[..1]
            } else {
                s
            }
        })
        .collect();
    segments.join(&b'/')
}

fn merge_slashes(path: Vec<u8>) -> Vec<u8> {
    if !path.windows(2).any(|w| w == b"//") {
        return path;
    }
    let inner: Vec<&[u8]> = path
        .split(|&b| b == b'/')
        .filter(|s| !s.is_empty())
        .collect();
    let mut out = Vec::with_capacity(path.len());
    if path.first() == Some(&b'/') {
        out.push(b'/');
    }
    out.extend(inner.join(&b'/'));
    // A path of slashes only becomes `//`, as in Envoy.
    if path.last() == Some(&b'/') {
        out.push(b'/');
    }
    out
}

fn hex_pair(bytes: &[u8], at: usize) -> Option<u8> {
    let digit = |b: u8| (b as char).to_digit(16);
    let (high, low) = (digit(*bytes.get(at)?)?, digit(*bytes.get(at + 1)?)?);
    u8::try_from(high * 16 + low).ok()
}

/// Length of a dot at `at`: 1 for `.`, 3 for `%2e`.
fn dot(path: &[u8], at: usize) -> Option<usize> {
    match path.get(at)? {
        b'.' => Some(1),
        b'%' if hex_pair(path, at + 1) == Some(b'.') => Some(3),
        _ => None,
    }
}

fn canonical(path: &[u8]) -> Option<Vec<u8>> {
    let mut out: Vec<u8> = Vec::with_capacity(path.len() + 1);
    if !matches!(path.first(), Some(b'/' | b'\\')) {
        out.push(b'/');
    }
    let ends = |at: usize| matches!(path.get(at), None | Some(b'/' | b'\\'));
    let mut stray: Option<usize> = None; // where `out` holds the last `%` that began no escape
    let mut i = 0;
    while i < path.len() {
        if let Some(one) = dot(path, i) {
            if out.last() == Some(&b'/') {
                let next = i + one;
                if ends(next) {
                    i = next + 1;
                    continue;
                }
                if let Some(two) = dot(path, next).filter(|two| ends(next + two)) {
                    out.pop();
                    while out.last().is_some_and(|&b| b != b'/') {
                        out.pop();
                    }
                    if out.is_empty() {
                        out.push(b'/');
                    }
                    stray = stray.filter(|&at| at < out.len());
                    i = next + two + 1;
                    continue;
                }
            }
            out.push(b'.');
            i += one;
            continue;
        }
        match path[i] {
            b'\\' => out.push(b'/'),
            b'%' => match hex_pair(path, i + 1) {
                Some(0) => return None,
                Some(byte)
                    if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'~') =>
                {
                    out.push(byte);
                    i += 3;
                    escape_stray(&mut out, stray, path.get(i).copied());
                    continue;
                }
                Some(_) => {
                    out.extend_from_slice(&path[i..i + 3]);
                    i += 3;
                    continue;
                }
                None => {
                    stray = Some(out.len());
                    out.push(b'%');
                }
            },
            0 => return None,
            byte @ (0x01..=0x20
            | b'"'
            | b'#'
            | b'<'
            | b'>'
            | b'^'
            | b'`'
            | b'{'
            | b'|'
            | b'}'
            | 0x7f..) => {
                out.extend_from_slice(format!("%{byte:02X}").as_bytes());
            }
            byte => out.push(byte),
        }
        i += 1;
    }
    Some(out)
}

/// A decoded byte may have completed an escape with a stray `%` before it: that `%` becomes `%25`.
fn escape_stray(out: &mut Vec<u8>, stray: Option<usize>, next: Option<u8>) {
    let Some(at) = stray else { return };
    let completed = match out.len() - at {
        2 => next.is_some_and(|next| hex_pair(&[out[at + 1], next], 0).is_some()),
        3 => hex_pair(out, at + 1).is_some(),
        _ => false,
    };
    if completed {
        out.splice(at + 1..at + 1, *b"25");
    }
}

#[cfg(test)]
mod tests {
    use super::normalize;

    #[test]
    fn agrees_with_the_real_envoy() {
        let vectors = include_bytes!("../../fixtures/vectors/normalize.tsv");
        let mut seen = 0;
        for line in vectors
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
        {
            let at = line
                .iter()
                .position(|byte| *byte == b'\t')
                .expect("target and answer");
            let (target, answer) = (&line[..at], &line[at + 1..]);
            let expected = (answer != b"400").then(|| answer.to_vec());
            assert_eq!(
                normalize(target),
                expected,
                "{}",
                String::from_utf8_lossy(target)
            );
            seen += 1;
        }
        assert_eq!(seen, 600);
    }
}
