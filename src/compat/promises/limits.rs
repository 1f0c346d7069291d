//! Rate limits of two releases.

use std::collections::BTreeSet;

use super::says::proof;
use super::{about, rules};
use crate::compat::finding::{Effect, Finding, Place};
use crate::contract::{Contract, Endpoint, KeyPart, Limit, PathTemplate};
use crate::diag::Witness;

/// Requests that take longer than this to send prove nothing to anybody.
const MAX_PROOF_S: u64 = 365 * 86_400;

/// What became of a list of limits.
enum Became<'a> {
    /// A new limit refuses what the old ones let through.
    Tighter(&'a Limit, Box<Witness>),
    /// An old limit refused what the new ones let through.
    Looser(&'a Limit),
}

/// Limits over all endpoints.
pub(super) fn shared(old: &Contract, new: &Contract, out: &mut Vec<Finding<'static>>) {
    let (was, is) = (keyed(&old.limits, None), keyed(&new.limits, None));
    for became in compare(&was, &is) {
        let finding = match became {
            Became::Tighter(limit, witness) => {
                let headline = format!("all endpoints together are limited to {}", rate(limit));
                let at = limit.origin.span().unwrap_or(new.name_span);
                tightened(Finding::new(&rules::RATE_LIMIT_LOWERED, headline), witness)
                    .at(Place::At(at), "refuses what passed")
            }
            Became::Looser(limit) => {
                let headline = format!("all endpoints together were limited to {}", rate(limit));
                Finding::new(&rules::RATE_LIMIT_RAISED, headline)
                    .at(Place::At(new.name_span), "more passes than before")
                    .effect(Effect::Addition)
            }
        };
        let before = old.limits.iter().find_map(|limit| limit.origin.span());
        out.push(finding.was_at(before.unwrap_or(old.name_span)));
    }
}

/// Limits of an endpoint.
pub(super) fn own(was: &Endpoint, is: &Endpoint, out: &mut Vec<Finding<'static>>) {
    let before = was.limits.iter().find_map(|limit| limit.origin.span());
    let old_at = Some(before.unwrap_or(was.span));
    let old = keyed(&was.limits, Some(&was.path));
    let new = keyed(&is.limits, Some(&is.path));
    for became in compare(&old, &new) {
        out.push(match became {
            Became::Tighter(limit, witness) => {
                let becomes = format!("is limited to {}", rate(limit));
                let at = (limit.origin.span(), "refuses what passed");
                let finding = about(&rules::RATE_LIMIT_LOWERED, is, &becomes, at, old_at);
                tightened(finding, witness)
            }
            Became::Looser(limit) => {
                let becomes = format!("is no longer limited to {}", rate(limit));
                let now = is.limits.iter().find_map(|limit| limit.origin.span());
                let at = (now, "more passes than before");
                about(&rules::RATE_LIMIT_RAISED, is, &becomes, at, old_at).effect(Effect::Addition)
            }
        });
    }
}

fn tightened(mut finding: Finding<'static>, witness: Box<Witness>) -> Finding<'static> {
    finding.witness = Some(witness);
    finding
        .effect(Effect::Proved)
        .help("callers that stay below the old limit meet 429; lower it with the next major")
}

/// `100r/s per client_ip burst 200`.
fn rate(limit: &Limit) -> String {
    let rate = &limit.rate;
    let key: Vec<String> = limit.key.iter().map(ToString::to_string).collect();
    let burst = if rate.burst == rate.count {
        String::new()
    } else {
        format!(" burst {}", rate.burst)
    };
    format!(
        "`{}r/{} per {}{burst}`",
        rate.count,
        rate.period_text,
        key.join("+")
    )
}

/// A limit with what it counts by; parameters of a path stand for their places, whatever their names.
struct Keyed<'a> {
    limit: &'a Limit,
    key: BTreeSet<String>,
}

fn keyed<'a>(limits: &'a [Limit], path: Option<&PathTemplate>) -> Vec<Keyed<'a>> {
    limits
        .iter()
        .map(|limit| {
            let parts = limit.key.iter().filter(|part| **part != KeyPart::Global);
            let key = parts
                .map(|part| match (part, path) {
                    (KeyPart::Path(name), Some(path)) => match path.segment_of(name) {
                        Some(segment) => format!("path segment {segment}"),
                        None => part.to_string(),
                    },
                    _ => part.to_string(),
                })
                .collect();
            Keyed { limit, key }
        })
        .collect()
}

fn compare<'a>(old: &[Keyed<'a>], new: &[Keyed<'a>]) -> Vec<Became<'a>> {
    let mut out = Vec::new();
    for limit in new {
        if !old.iter().any(|before| implies(before, limit)) {
            out.push(Became::Tighter(limit.limit, witness(old, limit)));
        }
    }
    for limit in old {
        if !new.iter().any(|after| implies(after, limit)) && out.is_empty() {
            out.push(Became::Looser(limit.limit));
        }
    }
    out
}

/// Whether whatever passes the first limit passes the second.
fn implies(first: &Keyed<'_>, second: &Keyed<'_>) -> bool {
    let (left, right) = (&first.limit.rate, &second.limit.rate);
    // A key with more parts has buckets that see less.
    second.key.is_superset(&first.key)
        && right.burst >= left.burst
        && wide(right.count) * wide(left.period_s) >= wide(left.count) * wide(right.period_s)
}

fn wide(number: u64) -> u128 {
    u128::from(number)
}

/// Requests that pass all old limits and not the new one.
fn witness(old: &[Keyed<'_>], new: &Keyed<'_>) -> Box<Witness> {
    let rate = &new.limit.rate;
    let one = match new.key.iter().next() {
        Some(_) => {
            let parts: Vec<&str> = new.key.iter().map(String::as_str).collect();
            format!(" that share their {}", parts.join(" and "))
        }
        None => String::new(),
    };
    let bursts = old.iter().map(|limit| limit.limit.rate.burst).min();
    let refused = rate.burst.saturating_add(1);
    if bursts.is_none_or(|burst| burst > rate.burst) {
        return proof(
            format!("{{\"requests\":{refused},\"within_ms\":0}}"),
            format!("of {refused} requests at one instant{one}, the last is answered 429"),
        );
    }
    // The slowest old limit decides how fast requests may come for ever.
    let slowest = old
        .iter()
        .map(|limit| &limit.limit.rate)
        .min_by(|l, r| {
            let left = wide(l.count) * wide(r.period_s);
            left.cmp(&(wide(r.count) * wide(l.period_s)))
        })
        .filter(|slowest| {
            wide(slowest.count) * wide(rate.period_s) > wide(rate.count) * wide(slowest.period_s)
        });
    match slowest {
        Some(slowest) => {
            // n requests at the old pace go past the new limit when the bucket has run dry.
            let gain = wide(slowest.count) * wide(rate.period_s)
                - wide(rate.count) * wide(slowest.period_s);
            let seconds = (wide(rate.burst) * wide(slowest.period_s) * wide(rate.period_s))
                .div_ceil(gain)
                .min(wide(MAX_PROOF_S));
            proof(
                format!(
                    "{{\"rate\":\"{}r/{}\",\"for_s\":{seconds}}}",
                    slowest.count, slowest.period_text
                ),
                format!(
                    "at {}r/{}{one} some are answered 429 after {seconds} s",
                    slowest.count, slowest.period_text
                ),
            )
        }
        None => proof(
            format!("{{\"requests\":{refused},\"within_ms\":0,\"keys\":{refused}}}"),
            format!(
                "{refused} requests at one instant that were counted apart are counted together, and the last is answered 429"
            ),
        ),
    }
}
