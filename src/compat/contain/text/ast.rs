//! Patterns of ECMA-262 as trees.
//!
//! The reading is that of the `u` flag, which JSON Schema recommends: a pattern is made of code
//! points, and `\p{...}` is a property. What the `u` flag makes an error and every engine without it
//! reads alike is read so, too: `\-`, `[\w-.]`, a `]` or `{` that stands for itself. What the two
//! readings understand differently is refused.

use super::set::Set;

pub(super) const NOT_ECMA: &str = "the pattern is none of ECMA-262";
pub(super) const REFERS_BACK: &str = "the pattern refers back to a group";
pub(super) const HALF_CHARACTER: &str = "the pattern names half a character";
pub(super) const TOO_LARGE: &str = "the pattern is too large";

/// Longest pattern that is read, in bytes.
const MAX_BYTES: usize = 64 * 1024;

/// Deepest nesting of groups.
const MAX_DEPTH: usize = 100;

/// The upper count of a repetition without an end.
pub(super) const NO_END: u32 = u32::MAX;

/// A part of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ast {
    Set(Set),
    /// One after the other; of none: the empty text.
    Concat(Vec<Ast>),
    Either(Vec<Ast>),
    Repeat(Box<Ast>, u32, u32),
    /// `^`.
    Start,
    /// `$`.
    End,
    /// `\b`, or `\B` when not `true`.
    Boundary(bool),
    Look {
        is_behind: bool,
        is_positive: bool,
        inner: Box<Ast>,
    },
}

impl Ast {
    /// Whether something in it looks at what stands around it.
    pub(super) fn has_assertion(&self) -> bool {
        match self {
            Ast::Set(_) => false,
            Ast::Concat(parts) | Ast::Either(parts) => parts.iter().any(Ast::has_assertion),
            Ast::Repeat(inner, _, _) => inner.has_assertion(),
            Ast::Start | Ast::End | Ast::Boundary(_) | Ast::Look { .. } => true,
        }
    }
}

/// Reads a pattern.
pub(super) fn parse(pattern: &str) -> Result<Ast, &'static str> {
    if pattern.len() > MAX_BYTES {
        return Err(TOO_LARGE);
    }
    let mut reader = Reader {
        chars: pattern.chars().collect(),
        at: 0,
        depth: 0,
    };
    let ast = reader.either()?;
    match reader.peek() {
        None => Ok(ast),
        Some(_) => Err(NOT_ECMA),
    }
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    depth: usize,
}

/// What a `\` and what follows it mean.
enum Escape {
    Char(char),
    Set(Set),
}

impl Escape {
    fn add_to(&self, ranges: &mut Vec<(u32, u32)>) {
        match self {
            Escape::Char(char) => ranges.push((u32::from(*char), u32::from(*char))),
            Escape::Set(set) => ranges.extend_from_slice(set.ranges()),
        }
    }
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn eat(&mut self, text: &str) -> bool {
        let follows = text
            .chars()
            .enumerate()
            .all(|(at, char)| self.chars.get(self.at + at) == Some(&char));
        if follows {
            self.at += text.chars().count();
        }
        follows
    }

    fn next(&mut self) -> Result<char, &'static str> {
        let char = self.peek().ok_or(NOT_ECMA)?;
        self.at += 1;
        Ok(char)
    }

    fn either(&mut self) -> Result<Ast, &'static str> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(TOO_LARGE);
        }
        let mut branches = vec![self.concat()?];
        while self.eat("|") {
            branches.push(self.concat()?);
        }
        self.depth -= 1;
        Ok(match branches.len() {
            1 => branches.remove(0),
            _ => Ast::Either(branches),
        })
    }

    fn concat(&mut self) -> Result<Ast, &'static str> {
        let mut parts = Vec::new();
        while self.peek().is_some_and(|next| !matches!(next, '|' | ')')) {
            let part = self.term()?;
            parts.push(part);
        }
        Ok(match parts.len() {
            1 => parts.remove(0),
            _ => Ast::Concat(parts),
        })
    }

    fn term(&mut self) -> Result<Ast, &'static str> {
        let atom = match self.next()? {
            '^' => Ast::Start,
            '$' => Ast::End,
            '(' => self.group()?,
            '.' => Ast::Set(Set::dot()),
            '[' => Ast::Set(self.class()?),
            '*' | '+' | '?' => return Err(NOT_ECMA),
            '{' => {
                self.at -= 1;
                if self.counts()?.is_some() {
                    return Err(NOT_ECMA);
                }
                self.at += 1;
                Ast::Set(Set::of('{'))
            }
            '\\' => match self.peek() {
                Some(which @ ('b' | 'B')) => {
                    self.at += 1;
                    Ast::Boundary(which == 'b')
                }
                _ => match self.escape()? {
                    Escape::Char(char) => Ast::Set(Set::of(char)),
                    Escape::Set(set) => Ast::Set(set),
                },
            },
            char => Ast::Set(Set::of(char)),
        };
        let Some((min, max)) = self.quantifier()? else {
            return Ok(atom);
        };
        if matches!(
            atom,
            Ast::Start | Ast::End | Ast::Boundary(_) | Ast::Look { .. }
        ) {
            return Err(NOT_ECMA);
        }
        if self.quantifier()?.is_some() {
            return Err(NOT_ECMA);
        }
        Ok(Ast::Repeat(Box::new(atom), min, max))
    }

    fn quantifier(&mut self) -> Result<Option<(u32, u32)>, &'static str> {
        let counts = match self.peek() {
            Some('*') => (0, NO_END),
            Some('+') => (1, NO_END),
            Some('?') => (0, 1),
            Some('{') => match self.counts()? {
                Some(counts) => {
                    self.eat("?");
                    return Ok(Some(counts));
                }
                None => return Ok(None),
            },
            _ => return Ok(None),
        };
        self.at += 1;
        // Lazy or not, the texts are the same.
        self.eat("?");
        Ok(Some(counts))
    }

    /// `{2}`, `{2,}` or `{2,3}`; anything else behind a `{` is none of these.
    fn counts(&mut self) -> Result<Option<(u32, u32)>, &'static str> {
        let start = self.at;
        self.at += 1;
        let low = self.number()?;
        let (low, high) = match (low, self.eat(",")) {
            (Some(low), false) => (low, Some(low)),
            (Some(low), true) => (low, self.number()?),
            (None, _) => {
                self.at = start;
                return Ok(None);
            }
        };
        if !self.eat("}") {
            self.at = start;
            return Ok(None);
        }
        match high {
            Some(high) if high < low => Err(NOT_ECMA),
            high => Ok(Some((low, high.unwrap_or(NO_END)))),
        }
    }

    /// A count. One that is too large for a machine is refused: two of them need not be equal.
    fn number(&mut self) -> Result<Option<u32>, &'static str> {
        let mut sum: Option<u32> = None;
        while let Some(digit) = self.peek().and_then(|next| next.to_digit(10)) {
            self.at += 1;
            let more = sum.unwrap_or(0).checked_mul(10);
            let more = more.and_then(|more| more.checked_add(digit));
            sum = Some(more.filter(|more| *more < NO_END).ok_or(TOO_LARGE)?);
        }
        Ok(sum)
    }

    fn group(&mut self) -> Result<Ast, &'static str> {
        let look = |is_behind, is_positive| Some((is_behind, is_positive));
        let kind = if self.eat("?:") {
            None
        } else if self.eat("?=") {
            look(false, true)
        } else if self.eat("?!") {
            look(false, false)
        } else if self.eat("?<=") {
            look(true, true)
        } else if self.eat("?<!") {
            look(true, false)
        } else if self.eat("?<") {
            self.name()?;
            None
        } else if self.eat("?") {
            return Err(NOT_ECMA);
        } else {
            None
        };
        let inner = self.either()?;
        if !self.eat(")") {
            return Err(NOT_ECMA);
        }
        Ok(match kind {
            None => inner,
            Some((is_behind, is_positive)) => Ast::Look {
                is_behind,
                is_positive,
                inner: Box::new(inner),
            },
        })
    }

    /// The name of a group.
    fn name(&mut self) -> Result<(), &'static str> {
        let start = self.at;
        while let Some(char) = self.peek().filter(|char| *char != '>') {
            let is_first = self.at == start;
            let is_name = char == '_' || char == '$' || char.is_alphabetic();
            if !is_name && (is_first || !char.is_alphanumeric()) {
                return Err(NOT_ECMA);
            }
            self.at += 1;
        }
        if self.at == start || !self.eat(">") {
            return Err(NOT_ECMA);
        }
        Ok(())
    }

    /// What is between `[` and `]`.
    fn class(&mut self) -> Result<Set, &'static str> {
        let is_negated = self.eat("^");
        let mut ranges = Vec::new();
        loop {
            if self.eat("]") {
                break;
            }
            let low = self.class_atom()?;
            let is_range = self.peek() == Some('-')
                && self.chars.get(self.at + 1).is_some_and(|next| *next != ']');
            if !is_range {
                low.add_to(&mut ranges);
                continue;
            }
            self.at += 1;
            match (low, self.class_atom()?) {
                (Escape::Char(from), Escape::Char(to)) if from <= to => {
                    ranges.push((u32::from(from), u32::from(to)));
                }
                (Escape::Char(_), Escape::Char(_)) => return Err(NOT_ECMA),
                (low, high) => {
                    // A set is no end of a range, so that the hyphen stands for itself.
                    low.add_to(&mut ranges);
                    Escape::Char('-').add_to(&mut ranges);
                    high.add_to(&mut ranges);
                }
            }
        }
        let set = Set::new(ranges);
        Ok(if is_negated { set.negated() } else { set })
    }

    fn class_atom(&mut self) -> Result<Escape, &'static str> {
        match self.next()? {
            '\\' if self.eat("b") => Ok(Escape::Char('\u{8}')),
            '\\' => self.escape(),
            char => Ok(Escape::Char(char)),
        }
    }

    /// What stands behind a `\`, inside of a class or outside.
    fn escape(&mut self) -> Result<Escape, &'static str> {
        let char = match self.next()? {
            'd' => return Ok(Escape::Set(Set::digits())),
            'D' => return Ok(Escape::Set(Set::digits().negated())),
            'w' => return Ok(Escape::Set(Set::words())),
            'W' => return Ok(Escape::Set(Set::words().negated())),
            's' => return Ok(Escape::Set(Set::spaces())),
            'S' => return Ok(Escape::Set(Set::spaces().negated())),
            which @ ('p' | 'P') => {
                let set = self.property()?;
                return Ok(Escape::Set(if which == 'p' { set } else { set.negated() }));
            }
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\u{b}',
            '0' if !self.peek().is_some_and(|next| next.is_ascii_digit()) => '\0',
            '0'..='9' | 'k' => return Err(REFERS_BACK),
            'c' => {
                let letter = self.next()?;
                if !letter.is_ascii_alphabetic() {
                    return Err(NOT_ECMA);
                }
                char::from(letter as u8 % 32)
            }
            'x' => char::from_u32(self.hex(2)?).ok_or(NOT_ECMA)?,
            'u' => self.unicode()?,
            other if other.is_ascii_alphanumeric() => return Err(NOT_ECMA),
            other => other,
        };
        Ok(Escape::Char(char))
    }

    fn hex(&mut self, digits: usize) -> Result<u32, &'static str> {
        (0..digits).try_fold(0, |sum, _| {
            let digit = self.next()?.to_digit(16).ok_or(NOT_ECMA)?;
            Ok(sum * 16 + digit)
        })
    }

    /// What stands behind `\u`.
    fn unicode(&mut self) -> Result<char, &'static str> {
        if self.eat("{") {
            let mut code: u32 = 0;
            let start = self.at;
            while let Some(digit) = self.peek().and_then(|next| next.to_digit(16)) {
                self.at += 1;
                code = code.saturating_mul(16).saturating_add(digit);
            }
            if self.at == start || !self.eat("}") {
                return Err(NOT_ECMA);
            }
            let error = if code > 0x10_FFFF {
                NOT_ECMA
            } else {
                HALF_CHARACTER
            };
            return char::from_u32(code).ok_or(error);
        }
        let first = self.hex(4)?;
        if !(0xD800..0xDC00).contains(&first) {
            return char::from_u32(first).ok_or(HALF_CHARACTER);
        }
        if !self.eat("\\u") {
            return Err(HALF_CHARACTER);
        }
        let second = self.hex(4)?;
        if !(0xDC00..0xE000).contains(&second) {
            return Err(HALF_CHARACTER);
        }
        let code = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
        char::from_u32(code).ok_or(NOT_ECMA)
    }

    /// What stands behind `\p`.
    fn property(&mut self) -> Result<Set, &'static str> {
        if !self.eat("{") {
            return Err(NOT_ECMA);
        }
        let start = self.at;
        let is_part = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '=');
        while self.peek().is_some_and(is_part) {
            self.at += 1;
        }
        let name: String = self.chars[start..self.at].iter().collect();
        if name.is_empty() || !self.eat("}") {
            return Err(NOT_ECMA);
        }
        let hir = regex_syntax::parse(&format!("\\p{{{name}}}")).map_err(|_| NOT_ECMA)?;
        match hir.into_kind() {
            regex_syntax::hir::HirKind::Class(regex_syntax::hir::Class::Unicode(class)) => {
                let range = |range: &regex_syntax::hir::ClassUnicodeRange| {
                    (u32::from(range.start()), u32::from(range.end()))
                };
                Ok(Set::new(class.iter().map(range)))
            }
            _ => Err(NOT_ECMA),
        }
    }
}
