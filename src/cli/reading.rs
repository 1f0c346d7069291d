//! Pages on a terminal: paragraphs as wide as it is.

/// Widest text: longer lines are hard to read on any screen.
const MAX_WIDTH: usize = 100;
/// Narrowest width that is laid out for; a smaller terminal wraps by itself.
const MIN_WIDTH: usize = 40;

/// A Markdown page with its paragraphs and list items wrapped to `width` columns. Headings and
/// fences stay as they are.
pub(crate) fn wrapped(page: &str, width: usize) -> String {
    let width = width.clamp(MIN_WIDTH, MAX_WIDTH);
    let mut out = String::new();
    let mut block = Block::default();
    let mut in_fence = false;
    for line in page.lines() {
        let is_mark = line.starts_with("```");
        if in_fence || is_mark || line.is_empty() || line.starts_with('#') {
            block.finish(width, &mut out);
            out.push_str(line);
            out.push('\n');
            in_fence ^= is_mark;
        } else if let Some(item) = line.strip_prefix("- ") {
            block.finish(width, &mut out);
            block.is_item = true;
            block.text.push_str(item);
        } else {
            if !block.text.is_empty() {
                block.text.push(' ');
            }
            block.text.push_str(line.trim_start());
        }
    }
    block.finish(width, &mut out);
    out
}

/// A paragraph or an item of a list.
#[derive(Default)]
struct Block {
    text: String,
    is_item: bool,
}

impl Block {
    /// Writes what was gathered and begins anew.
    fn finish(&mut self, width: usize, out: &mut String) {
        let (mut indent, rest) = if self.is_item { ("- ", "  ") } else { ("", "") };
        let mut used = 0;
        for word in words(&self.text) {
            let columns = word.chars().count();
            if used > 0 && used + 1 + columns > width {
                out.push('\n');
                used = 0;
            }
            if used == 0 {
                out.push_str(indent);
                used = indent.len();
                indent = rest;
            } else {
                out.push(' ');
                used += 1;
            }
            out.push_str(&word);
            used += columns;
        }
        if used > 0 {
            out.push('\n');
        }
        *self = Block::default();
    }
}

/// The words of a text; a command or a line of code in backticks is one.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut in_code = false;
    for word in text.split_whitespace() {
        match words.last_mut() {
            Some(open) if in_code => {
                open.push(' ');
                open.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
        in_code ^= word.matches('`').count() % 2 == 1;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn paragraphs_are_wrapped_and_fences_are_not() {
        let page = "# a-rule\n\nA paragraph that was written\nfor wide pages and has a tail.\n\n- One item of a list that is longer than a line.\n- Two, to be left out with `--except a-rule`.\n\n```proto old\nmessage A { string a_long_name_of_a_field = 1; }\n```\n";
        let expected = "# a-rule\n\nA paragraph that was written for wide\npages and has a tail.\n\n- One item of a list that is longer than\n  a line.\n- Two, to be left out with\n  `--except a-rule`.\n\n```proto old\nmessage A { string a_long_name_of_a_field = 1; }\n```\n";
        assert_eq!(wrapped(page, 40), expected);
    }
}
