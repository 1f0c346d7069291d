//! Policies of an endpoint: what it writes over what it inherits over what the language says.

use super::lower::Lowering;
use super::{
    Breaker, Endpoint, Method, Micros, Origin, PathTemplate, Percent, Retry, RetryOn, Setting,
    rules,
};
use crate::syntax::{self, BackoffAst, BreakerAst, EndpointAst, PolicyAst, RetryAst};
use crate::text::{Likeness, Span, Spanned, nearest};

/// What the language says when nobody does.
mod silence {
    /// Consecutive failures that open a breaker.
    pub(super) const FAILURE_THRESHOLD: u32 = 5;
    /// How long a breaker stays open, in milliseconds.
    pub(super) const OPEN_MS: u32 = 30_000;
    /// Probes at once.
    pub(super) const HALF_OPEN: u32 = 1;
    /// Tries after the first one, inside a written `retry`.
    pub(super) const ATTEMPTS: u32 = 1;
    /// First and longest pause, in milliseconds.
    pub(super) const PAUSES_MS: (u64, u64) = (25, 250);
    /// Share of retries: 20%.
    pub(super) const BUDGET: u32 = 200_000;
}

/// What endpoints inherit.
pub(super) struct Defaults<'a> {
    /// `defaults` of the contract.
    pub(super) policies: Option<&'a PolicyAst>,
}

/// Makes an endpoint.
pub(super) fn lower(
    cx: &mut Lowering<'_>,
    ast: &EndpointAst,
    method: Method,
    path: PathTemplate,
    defaults: &Defaults<'_>,
) -> Endpoint {
    let own = &ast.policies;
    let base = defaults.policies;
    // A list replaces; only mappings merge.
    let limits = match (
        &own.rate_limit,
        base.and_then(|base| base.rate_limit.as_ref()),
    ) {
        (Some(limits), _) => cx.limits(&limits.node, Origin::Written),
        (None, Some(limits)) => cx.limits(&limits.node, Origin::Inherited),
        (None, None) => Vec::new(),
    };
    for limit in &limits {
        cx.check_key(limit, &path);
    }
    let timeout_ms = inherit(
        own.timeout.as_ref(),
        base.and_then(|base| base.timeout.as_ref()),
    )
    .and_then(|(text, origin)| {
        Some(Setting {
            value: millis(cx, text.node.as_str(), text.span)?,
            origin,
        })
    });
    let breaker = layers(
        own.circuit_breaker.as_ref(),
        base.and_then(|base| base.circuit_breaker.as_ref()),
    )
    .map(breaker);
    let retry = layers(
        own.retry.as_ref(),
        base.and_then(|base| base.retry.as_ref()),
    )
    .and_then(|layers| retry(cx, layers));
    Endpoint {
        method,
        path,
        limits,
        breaker,
        timeout_ms,
        retry,
        span: ast.span,
    }
}

/// The own value, else the inherited one.
fn inherit<'v, T>(
    own: Option<&'v Spanned<T>>,
    base: Option<&'v Spanned<T>>,
) -> Option<(&'v Spanned<T>, Origin)> {
    own.map(|own| (own, Origin::Written(own.span)))
        .or_else(|| base.map(|base| (base, Origin::Inherited(base.span))))
}

/// A mapping as the endpoint writes it and as `defaults` does, merged key by key.
struct Layers<'v, T> {
    own: Option<&'v T>,
    base: Option<&'v T>,
    origin: Origin,
}

fn layers<'v, T>(
    own: Option<&'v Spanned<T>>,
    base: Option<&'v Spanned<T>>,
) -> Option<Layers<'v, T>> {
    let (_, origin) = inherit(own, base)?;
    Some(Layers {
        own: own.map(|own| &own.node),
        base: base.map(|base| &base.node),
        origin,
    })
}

impl<'v, T> Layers<'v, T> {
    fn get<V>(&self, field: fn(&T) -> &Option<Spanned<V>>) -> Option<(&'v Spanned<V>, Origin)> {
        inherit(
            self.own.and_then(|own| field(own).as_ref()),
            self.base.and_then(|base| field(base).as_ref()),
        )
    }

    /// The value of a key as `read` makes it, else what the language says.
    fn or<V, R>(
        &self,
        field: fn(&T) -> &Option<Spanned<V>>,
        read: impl FnOnce(&V) -> R,
        default: R,
    ) -> Setting<R> {
        match self.get(field) {
            Some((value, origin)) => Setting {
                value: read(&value.node),
                origin,
            },
            None => Setting::default(default),
        }
    }
}

fn breaker(layers: Layers<'_, BreakerAst>) -> Breaker {
    Breaker {
        failure_threshold: layers.or(
            |b| &b.failure_threshold,
            |n| n.0,
            silence::FAILURE_THRESHOLD,
        ),
        timeout_ms: layers.or(|b| &b.timeout_ms, |ms| ms.0, silence::OPEN_MS),
        half_open: layers.or(|b| &b.half_open, |n| n.0, silence::HALF_OPEN),
        origin: layers.origin,
    }
}

fn retry(cx: &mut Lowering<'_>, layers: Layers<'_, RetryAst>) -> Option<Retry> {
    let on = match layers.get(|r| &r.on) {
        None => Setting::default(vec![RetryOn::Connect]),
        Some((words, origin)) => {
            let mut on: Vec<RetryOn> = words
                .node
                .iter()
                .filter_map(|word| retry_on(cx, word))
                .collect();
            on.sort();
            on.dedup();
            if words.node.is_empty() {
                cx.sink
                    .report(
                        &rules::INVALID_RETRY,
                        "`on` is empty, so nothing would ever be tried again",
                    )
                    .at(words.span, "")
                    .help(
                        "name outcomes such as `[connect, 503]`, or leave `on` out for `[connect]`",
                    );
                return None;
            }
            Setting { value: on, origin }
        }
    };
    let budget = match layers.get(|r| &r.budget) {
        None => Setting::default(Percent(silence::BUDGET)),
        Some((text, origin)) => match Percent::parse(text.node.as_str()) {
            Ok(value) => Setting { value, origin },
            Err(problem) => {
                cx.unit_problem(&rules::INVALID_PERCENT, problem, text.span);
                return None;
            }
        },
    };
    let backoff = crate::contract::endpoint::layers::<BackoffAst>(
        layers.own.and_then(|own| own.backoff.as_ref()),
        layers.base.and_then(|base| base.backoff.as_ref()),
    );
    let (base_default, max_default) = silence::PAUSES_MS;
    let mut pauses = (
        Setting::default(base_default),
        Setting::default(max_default),
    );
    let mut jitter = Setting::default(true);
    if let Some(backoff) = &backoff {
        if let Some((text, origin)) = backoff.get(|b| &b.base) {
            pauses.0 = Setting {
                value: millis(cx, text.node.as_str(), text.span)?,
                origin,
            };
        }
        if let Some((text, origin)) = backoff.get(|b| &b.max) {
            pauses.1 = Setting {
                value: millis(cx, text.node.as_str(), text.span)?,
                origin,
            };
        } else if pauses.0.value > max_default {
            // A first pause longer than the usual longest one stretches it by the usual factor.
            pauses.1.value = pauses.0.value.saturating_mul(max_default / base_default);
        }
        jitter = backoff.or(|b| &b.jitter, |word| *word == syntax::Jitter::Full, true);
    }
    if pauses.0.value > pauses.1.value {
        let at = pauses.0.origin.span().or(pauses.1.origin.span())?;
        cx.sink
            .report(
                &rules::INVALID_RETRY,
                format_args!(
                    "the first pause of {}ms is longer than the longest one of {}ms",
                    pauses.0.value, pauses.1.value
                ),
            )
            .at(at, "")
            .help("write a `base` that is at most `max`");
        return None;
    }
    Some(Retry {
        attempts: layers.or(|r| &r.attempts, |n| n.0, silence::ATTEMPTS),
        on,
        base_ms: pauses.0,
        max_ms: pauses.1,
        jitter,
        budget,
        origin: layers.origin,
    })
}

fn retry_on(cx: &mut Lowering<'_>, word: &Spanned<syntax::RetryOn>) -> Option<RetryOn> {
    let text = word.node.as_str();
    if let Some((_, on)) = RetryOn::WORDS.iter().find(|(name, _)| *name == text) {
        return Some(*on);
    }
    if let Some(status) = text
        .parse::<u16>()
        .ok()
        .filter(|status| (400..=599).contains(status) && text.len() == 3)
    {
        return Some(RetryOn::Status(status));
    }
    let names: Vec<&str> = RetryOn::WORDS.iter().map(|(name, _)| *name).collect();
    let near = nearest(text, names.iter().copied(), &Likeness::WORD);
    let draft = match near {
        Some(near) => cx
            .sink
            .report(
                &rules::INVALID_RETRY,
                format_args!("unknown outcome `{text}`; did you mean `{near}`?"),
            )
            .at(word.span, ""),
        None => cx
            .sink
            .report(
                &rules::INVALID_RETRY,
                format_args!("unknown outcome `{text}`"),
            )
            .at(word.span, ""),
    };
    match near {
        Some(near) => draft.fix(format_args!("write `{near}`"), word.span, near),
        None => draft.help(format_args!(
            "outcomes are `{}`, or a status from 400 to 599",
            names.join("`, `")
        )),
    };
    None
}

/// A duration that proxies can keep: whole milliseconds, at least one.
fn millis(cx: &mut Lowering<'_>, text: &str, span: Span) -> Option<u64> {
    let duration = match Micros::parse(text) {
        Ok(duration) => duration,
        Err(problem) => {
            cx.unit_problem(&rules::INVALID_DURATION, problem, span);
            return None;
        }
    };
    match duration.as_millis() {
        Some(0) => {
            cx.sink
                .report(
                    &rules::INVALID_DURATION,
                    format_args!("`{text}` is no time at all"),
                )
                .at(span, "")
                .help("write a duration of at least `1ms`, or leave the key out for no limit");
            None
        }
        Some(ms) => Some(ms),
        None => {
            cx.sink
                .report(
                    &rules::INVALID_DURATION,
                    format_args!("`{text}` is no whole number of milliseconds"),
                )
                .at(span, "proxies keep time in whole milliseconds")
                .help("round it to milliseconds");
            None
        }
    }
}
