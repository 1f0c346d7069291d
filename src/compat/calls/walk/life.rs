//! Deprecation, end of life, stability.

use super::{Call, Walk};
use crate::compat::calls::change::{Both, Living, What};
use crate::compat::policy::Stability;
use crate::schema::Life;
use crate::text::{Span, Spanned, is_day};

impl<'a> Walk<'a> {
    /// What is said about the end of something that both sides have.
    pub(super) fn life(
        &mut self,
        call: &Call<'a>,
        living: Living<'a>,
        lives: Both<&'a Life>,
        spans: Both<Span>,
    ) {
        if let Some(what) = ended(living, lives, spans, self.today) {
            self.change(call, call.kind.sent(), what);
        }
    }

    /// What a call promises about itself.
    pub(super) fn stability(&mut self, call: &Call<'a>) {
        let levels = Both {
            old: call.ends.old.life.stability.as_ref(),
            new: call.ends.new.life.stability.as_ref(),
        };
        let text = |level: Option<&'a Spanned<Box<str>>>| level.map(|level| &*level.node);
        if text(levels.old) == text(levels.new) {
            return;
        }
        let spans = Both {
            old: call.ends.old.span,
            new: call.ends.new.span,
        };
        if let Some(level) = levels.new.filter(|level| parse(&level.node).is_none()) {
            self.change(call, call.kind.sent(), What::StabilityInvalid(level));
            return;
        }
        let (old, new) = (promised(&call.ends.old.life), promised(&call.ends.new.life));
        if old != new {
            let what = What::StabilityChanged {
                levels,
                spans,
                is_decrease: new < old,
            };
            self.change(call, call.kind.sent(), what);
        }
    }
}

/// A life of which nothing is told.
pub(super) static NOTHING_SAID: Life = Life {
    deprecated: None,
    sunset: None,
    stability: None,
};

/// What became of the end of something.
pub(super) fn ended<'a>(
    living: Living<'a>,
    lives: Both<&'a Life>,
    spans: Both<Span>,
    today: Option<&str>,
) -> Option<What<'a>> {
    let Both { old, new } = lives;
    let Some(at) = new.deprecated else {
        return old.deprecated.map(|old_at| What::Reactivated {
            living,
            old_at,
            at: spans.new,
        });
    };
    let was = old.sunset.as_ref().filter(|_| old.deprecated.is_some());
    let deprecated = |sunset| What::Deprecated {
        living,
        at,
        old_at: spans.old,
        sunset,
    };
    let Some(is) = &new.sunset else {
        return match was {
            Some(was) => Some(What::SunsetRemoved {
                living,
                old: was,
                at,
            }),
            None if old.deprecated.is_none() => Some(deprecated(None)),
            None => None,
        };
    };
    if was.is_some_and(|was| was.node == is.node) {
        return None;
    }
    let Some(end) = day(&is.node) else {
        return Some(What::SunsetInvalid {
            living,
            sunset: is,
            old: was,
        });
    };
    let is_earlier = was
        .and_then(|was| day(&was.node))
        .is_some_and(|was| end < was);
    let is_past = today.is_some_and(|today| today > end);
    if is_earlier || (was.is_none() && is_past) {
        return Some(What::SunsetEarlier {
            living,
            old: was,
            new: is,
        });
    }
    // An end that moved further away takes nothing back.
    was.is_none().then(|| deprecated(Some(is)))
}

/// What is promised; nothing said, or nothing that is known, is the whole.
pub(super) fn promised(life: &Life) -> Stability {
    let level = life.stability.as_ref();
    level
        .and_then(|level| parse(&level.node))
        .unwrap_or(Stability::Stable)
}

fn parse(level: &str) -> Option<Stability> {
    match level {
        "draft" => Some(Stability::Draft),
        "alpha" => Some(Stability::Alpha),
        "beta" => Some(Stability::Beta),
        "stable" => Some(Stability::Stable),
        _ => None,
    }
}

/// The day of a date, with or without a time (RFC 3339).
pub(in crate::compat::calls) fn day(text: &str) -> Option<&str> {
    let day = text.get(..10).filter(|day| is_day(day))?;
    let rest = &text[10..];
    (rest.is_empty() || is_time(rest)).then_some(day)
}

/// Whether this is the time of an RFC 3339 date: `T12:00:00Z`, `T12:00:00.5+02:00`.
fn is_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    let two = |at: usize| {
        bytes
            .get(at..at + 2)
            .is_some_and(|two| two.iter().all(u8::is_ascii_digit))
    };
    let is = |at: usize, byte: u8| bytes.get(at) == Some(&byte);
    let starts = bytes
        .first()
        .is_some_and(|first| matches!(first, b'T' | b't' | b' '));
    if !(starts && two(1) && is(3, b':') && two(4) && is(6, b':') && two(7)) {
        return false;
    }
    let mut at = 9;
    if is(at, b'.') {
        at += 1;
        let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit());
        let digits = digits.count();
        if digits == 0 {
            return false;
        }
        at += digits;
    }
    match &bytes[at..] {
        [b'Z' | b'z'] => true,
        [b'+' | b'-', ..] => {
            bytes.len() == at + 6 && two(at + 1) && is(at + 3, b':') && two(at + 4)
        }
        _ => false,
    }
}
