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
        let Both { old, new } = lives;
        let what = match (old.deprecated, new.deprecated) {
            (_, Some(at)) => match (&old.sunset, &new.sunset) {
                (Some(was), None) if old.deprecated.is_some() => What::SunsetRemoved {
                    living,
                    old: was,
                    at,
                },
                (_, None) if old.deprecated.is_none() => What::Deprecated {
                    living,
                    at,
                    old_at: spans.old,
                    sunset: None,
                },
                (_, None) => return,
                // Said before, and said the same.
                (Some(was), Some(is)) if old.deprecated.is_some() && was.node == is.node => return,
                (was, Some(is)) => {
                    let was = was.as_ref().filter(|_| old.deprecated.is_some());
                    self.sunset(living, was, is, at, spans)
                }
            },
            (Some(old_at), None) => What::Reactivated {
                living,
                old_at,
                at: spans.new,
            },
            (None, None) => return,
        };
        // An end that moved further away takes nothing back.
        let is_later = matches!(&what, What::Deprecated { .. })
            && old.deprecated.is_some()
            && old.sunset.is_some();
        if !is_later {
            self.change(call, call.kind.sent(), what);
        }
    }

    fn sunset(
        &self,
        living: Living<'a>,
        was: Option<&'a Spanned<Box<str>>>,
        is: &'a Spanned<Box<str>>,
        at: Span,
        spans: Both<Span>,
    ) -> What<'a> {
        let Some(end) = day(&is.node) else {
            return What::SunsetInvalid {
                living,
                sunset: is,
                old: was,
            };
        };
        let is_earlier = was
            .and_then(|was| day(&was.node))
            .is_some_and(|was| end < was);
        let is_past = self.today.is_some_and(|today| today > end);
        if is_earlier || (was.is_none() && is_past) {
            What::SunsetEarlier {
                living,
                old: was,
                new: is,
            }
        } else {
            What::Deprecated {
                living,
                at,
                old_at: spans.old,
                sunset: Some(is),
            }
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
