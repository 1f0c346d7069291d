//! What a contract itself promises: limits, timeouts, breakers, which documents describe the rest, and
//! what happens to everything else.
//!
//! A limit is compared exactly. A token bucket of rate r and burst b lets through what one of r' and b'
//! lets through, whatever the arrivals, if and only if r' is at least r and b' at least b; and buckets
//! of a finer key see less than those of a coarser one. So a limit is loosened or unchanged when each
//! new limit is implied by an old one, and otherwise there are requests that show it.

mod imports;
mod limits;
mod rules;
mod says;

use super::finding::{Effect, Finding, Place};
use super::policy::Policy;
use super::report;
use crate::contract::{Breaker, Contract, Endpoint, Setting, Unlisted};
use crate::diag::{Bump, Diagnostics};
use crate::schema::Uses;
use crate::text::Span;
use says::{milliseconds, proof};

pub(crate) use imports::{Import, check_imports};
pub(crate) use rules::RULES;

/// Compares what two releases of one contract promise.
pub(crate) fn check_promises(old: &Contract, new: &Contract, policy: &Policy) -> Diagnostics {
    let mut out = Vec::new();
    unlisted(old, new, &mut out);
    limits::shared(old, new, &mut out);
    for was in &old.endpoints {
        match new.endpoints.iter().find(|is| is_same(was, is)) {
            Some(is) => endpoint(was, is, &mut out),
            None => out.push(gone(was, new)),
        }
    }
    for is in &new.endpoints {
        if !old.endpoints.iter().any(|was| is_same(was, is)) {
            let finding = Finding::new(
                &rules::ENDPOINT_PROMISED,
                format!("`{}` is new in the contract", is.name()),
            );
            out.push(
                finding
                    .at(Place::At(is.span), "new")
                    .effect(Effect::Addition),
            );
        }
    }
    report::report(out.into_iter(), policy, |_| Uses::default())
}

/// Says that the version of a contract does not make the step that its changes ask for.
pub(crate) fn check_version(
    old: &Contract,
    new: &Contract,
    needed: Bump,
    policy: &Policy,
) -> Diagnostics {
    let (was, is) = (&old.version, &new.version);
    let made = if is.major > was.major {
        Bump::Major
    } else if is.major == was.major && is.minor > was.minor {
        Bump::Minor
    } else if (is.major, is.minor) == (was.major, was.minor) && is > was {
        Bump::Patch
    } else {
        Bump::None
    };
    let mut out = Vec::new();
    let is_back = is < was;
    if is_back || made < needed {
        let headline = if is_back {
            format!("the version goes back from {was} to {is}")
        } else {
            format!(
                "the version goes from {was} to {is}, and what changed is a {} step",
                needed.name()
            )
        };
        let at = new.version_span;
        let next = match needed {
            Bump::Major => format!("{}.0.0", was.major + 1),
            Bump::Minor => format!("{}.{}.0", was.major, was.minor + 1),
            Bump::Patch | Bump::None => format!("{}.{}.{}", was.major, was.minor, was.patch + 1),
        };
        let finding = Finding::new(&rules::VERSION_STEP, headline)
            .at(Place::At(at), format!("write {next}, or more"))
            .was_at(old.version_span)
            .concludes()
            .effect(Effect::Proved);
        let finding = match needed {
            Bump::Major => finding.help(
                "keep old callers working, or begin a new major: a contract of its own beside this one",
            ),
            _ => finding.help("raise the version with the change"),
        };
        out.push(finding);
    }
    report::report(out.into_iter(), policy, |_| Uses::default())
}

/// Whether two endpoints take the same requests.
fn is_same(left: &Endpoint, right: &Endpoint) -> bool {
    left.method == right.method && left.path.same_shape(&right.path)
}

/// A finding about an endpoint.
fn about(
    rule: &'static crate::diag::Rule,
    endpoint: &Endpoint,
    becomes: &str,
    at: (Option<Span>, &str),
    old_at: Option<Span>,
) -> Finding<'static> {
    let headline = format!("`{}` {becomes}", endpoint.name());
    let mut finding =
        Finding::new(rule, headline).at(Place::At(at.0.unwrap_or(endpoint.span)), at.1);
    if let Some(span) = old_at {
        finding = finding.was_at(span);
    }
    finding
}

fn unlisted(old: &Contract, new: &Contract, out: &mut Vec<Finding<'static>>) {
    let (was, is) = (&old.unlisted, &new.unlisted);
    if was.value == is.value {
        return;
    }
    let at = is.origin.span().unwrap_or(new.name_span);
    let old_at = was.origin.span().unwrap_or(old.name_span);
    let finding = match is.value {
        Unlisted::Reject => Finding::new(
            &rules::UNLISTED_REJECTED,
            "requests that no endpoint names are rejected from now on",
        )
        .at(Place::At(at), "answers 404 and 405")
        .effect(Effect::Proved)
        .help("list what is called today first; counters of the proxy tell"),
        Unlisted::Pass => Finding::new(
            &rules::UNLISTED_PASSED,
            "requests that no endpoint names pass from now on",
        )
        .at(Place::At(at), "passes")
        .effect(Effect::Addition),
    };
    out.push(finding.was_at(old_at));
}

fn gone(was: &Endpoint, new: &Contract) -> Finding<'static> {
    let (becomes, effect) = match new.unlisted.value {
        Unlisted::Reject => ("is no longer served", Effect::Proved),
        Unlisted::Pass => ("is no longer promised", Effect::Change),
    };
    let finding = Finding::new(
        &rules::ENDPOINT_WITHDRAWN,
        format!("`{}` {becomes}", was.name()),
    );
    finding
        .at(Place::At(new.name_span), "the contract does not name it")
        .was_at(was.span)
        .effect(effect)
        .help("keep it until its callers are gone; deprecate it first")
}

fn endpoint(was: &Endpoint, is: &Endpoint, out: &mut Vec<Finding<'static>>) {
    limits::own(was, is, out);
    timeout(was, is, out);
    breaker(was, is, out);
    retry(was, is, out);
}

fn timeout(was: &Endpoint, is: &Endpoint, out: &mut Vec<Finding<'static>>) {
    let value = |setting: &Option<Setting<u64>>| setting.as_ref().map(|timeout| timeout.value);
    let span =
        |setting: &Option<Setting<u64>>| setting.as_ref().and_then(|timeout| timeout.origin.span());
    let (before, after) = (value(&was.timeout_ms), value(&is.timeout_ms));
    let spans = (span(&was.timeout_ms), span(&is.timeout_ms));
    match (before, after) {
        (before, Some(after)) if before.is_none_or(|before| after < before) => {
            let then = before.map_or("without a bound".to_owned(), milliseconds);
            let becomes = format!("times out after {}; it was {then}", milliseconds(after));
            let finding = about(
                &rules::TIMEOUT_SHORTENED,
                is,
                &becomes,
                (spans.1, "shorter than it was"),
                Some(spans.0.unwrap_or(was.span)),
            );
            let took = before.unwrap_or(after.saturating_add(1));
            let mut finding = finding
                .effect(Effect::Proved)
                .help("go on waiting as long as before, and shorten it with the next major");
            finding.witness = Some(proof(
                format!("{{\"upstream\":{{\"status\":200,\"after_ms\":{took}}}}}"),
                format!("is answered 504 after {}", milliseconds(after)),
            ));
            out.push(finding);
        }
        (Some(before), after) if after.is_none_or(|after| after > before) => {
            let now = after.map_or("for as long as it takes".to_owned(), milliseconds);
            let becomes = format!("may take longer: {now}; it was {}", milliseconds(before));
            out.push(
                about(
                    &rules::TIMEOUT_LENGTHENED,
                    is,
                    &becomes,
                    (spans.1, "longer than it was"),
                    spans.0,
                )
                .effect(Effect::Addition),
            );
        }
        _ => {}
    }
}

/// What of a breaker can be tighter: how it compares, and what it is called.
fn compared(was: &Breaker, is: &Breaker) -> (Vec<String>, Vec<String>) {
    let (mut tighter, mut looser) = (Vec::new(), Vec::new());
    let mut threshold = |name: &str, before: u32, after: u32, low_is_tight: bool, unit: &str| {
        if before == after {
            return;
        }
        let text = format!("{name} {after}{unit} instead of {before}{unit}");
        if (after < before) == low_is_tight {
            tighter.push(text);
        } else {
            looser.push(text);
        }
    };
    let (before, after) = (&was.failure_threshold, &is.failure_threshold);
    threshold("failures", before.value, after.value, true, "");
    let (before, after) = (&was.timeout_ms, &is.timeout_ms);
    threshold("open for", before.value, after.value, false, " ms");
    let (before, after) = (&was.half_open, &is.half_open);
    // More probes at once, and as many successes to close it.
    threshold("successes to close", before.value, after.value, false, "");
    (tighter, looser)
}

fn breaker(was: &Endpoint, is: &Endpoint, out: &mut Vec<Finding<'static>>) {
    let span = |breaker: &Breaker| breaker.origin.span();
    match (&was.breaker, &is.breaker) {
        (None, Some(new)) => {
            let becomes = format!(
                "is guarded by a breaker that opens after {} failures; it had none",
                new.failure_threshold.value
            );
            let finding = about(
                &rules::BREAKER_TIGHTENED,
                is,
                &becomes,
                (span(new), "opens where nothing did"),
                Some(was.span),
            );
            out.push(tightened(finding, new));
        }
        (Some(old), None) => out.push(
            about(
                &rules::BREAKER_LOOSENED,
                is,
                "has no breaker any more",
                (None, "never answers 503 by itself"),
                span(old),
            )
            .effect(Effect::Addition),
        ),
        (Some(old), Some(new)) => {
            let (tighter, looser) = compared(old, new);
            if !tighter.is_empty() {
                let becomes = format!("has a tighter breaker: {}", tighter.join(", "));
                let finding = about(
                    &rules::BREAKER_TIGHTENED,
                    is,
                    &becomes,
                    (span(new), "tighter than it was"),
                    span(old),
                );
                out.push(tightened(finding, new));
            } else if !looser.is_empty() {
                let becomes = format!("has a looser breaker: {}", looser.join(", "));
                out.push(
                    about(
                        &rules::BREAKER_LOOSENED,
                        is,
                        &becomes,
                        (span(new), "looser than it was"),
                        span(old),
                    )
                    .effect(Effect::Addition),
                );
            }
        }
        (None, None) => {}
    }
}

fn tightened(finding: Finding<'static>, new: &Breaker) -> Finding<'static> {
    let failures = new.failure_threshold.value;
    let mut finding = finding
        .effect(Effect::Proved)
        .help("callers meet 503 earlier or for longer; tighten it with the next major");
    finding.witness = Some(proof(
        format!("{{\"consecutive_failures\":{failures}}}"),
        format!(
            "every request is answered 503 for {} after that",
            milliseconds(u64::from(new.timeout_ms.value))
        ),
    ));
    finding
}

fn retry(was: &Endpoint, is: &Endpoint, out: &mut Vec<Finding<'static>>) {
    let attempts = |endpoint: &Endpoint| {
        let retry = endpoint.retry.as_ref();
        retry.map_or(0, |retry| retry.attempts.value)
    };
    let span = |endpoint: &Endpoint| {
        let retry = endpoint.retry.as_ref();
        retry.and_then(|retry| retry.origin.span())
    };
    let (before, after) = (attempts(was), attempts(is));
    if after == before {
        return;
    }
    let becomes = format!("is retried {after} times; it was {before}");
    let old_at = span(was).unwrap_or(was.span);
    let finding = if after < before {
        about(
            &rules::RETRY_REDUCED,
            is,
            &becomes,
            (span(is), "fewer tries"),
            Some(old_at),
        )
        .help("callers see failures that were hidden from them")
    } else {
        about(
            &rules::RETRY_RAISED,
            is,
            &becomes,
            (span(is), "more tries"),
            Some(old_at),
        )
        .effect(Effect::Addition)
    };
    out.push(finding);
}
