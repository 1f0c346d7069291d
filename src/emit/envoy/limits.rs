//! Limits that Envoy's own `local_ratelimit` enforces.
//!
//! A filter has one `retry-after` and asks its buckets in an order of its own. So there is one
//! filter for each position among the native limits of an endpoint, and for each `retry-after` of a
//! position: limits are asked in written order, and each refusal says how long to wait. A bucket is
//! a descriptor, shared by every route that names it and by all workers.

use std::collections::BTreeMap;

use super::proto::{
    Descriptor, DescriptorEntry, FractionalPercent, HeaderOption, LocalRateLimit, Numerator,
    RateLimit, RateLimitAction, TokenBucket, nanos,
};
use crate::contract::Rate;
use crate::link::{Host, Output, Place, Program, placements};
use crate::policy::{Answer, KeySource, StepKind, Take};

/// Key of the descriptor that names a bucket.
const BUCKET: &str = "cherry";
/// Addresses that a filter remembers for limits per address: as many keys as the language promises.
const MAX_ADDRESSES: u32 = 16_384;
/// A bucket that never runs empty, for requests that no descriptor of a filter is about.
const UNLIMITED: u32 = u32::MAX;

/// The native limits of a host.
#[derive(Debug, Default)]
pub(super) struct Limits {
    filters: BTreeMap<FilterKey, Vec<Bucket>>,
    routes: BTreeMap<(usize, usize), Vec<Asked>>,
}

/// What tells filters apart: position among the native limits of an endpoint, and `retry-after`.
type FilterKey = (usize, u64);

#[derive(Debug)]
struct Bucket {
    id: String,
    per_address: bool,
    tokens: TokenBucket,
}

#[derive(Debug)]
struct Asked {
    filter: FilterKey,
    id: String,
    per_address: bool,
}

impl Limits {
    /// The limits of a host's contracts that are placed here.
    pub(super) fn of(program: &Program, host: &Host) -> Self {
        let mut limits = Limits::default();
        for &contract in &host.contracts {
            let linked = &program.contracts[contract];
            for placement in placements(linked, Output::Envoy) {
                let endpoint = &linked.policy.endpoints[placement.endpoint];
                let StepKind::Take(take) = &endpoint.steps[placement.step].kind else {
                    continue;
                };
                if placement.place != Place::NativeLimiter {
                    continue;
                }
                let owner = if take.shared { "*" } else { &*endpoint.name };
                let id = format!("{} {owner} {}", linked.contract.name, take.position);
                limits.add((contract, placement.endpoint), id, take);
            }
        }
        limits
    }

    fn add(&mut self, endpoint: (usize, usize), id: String, take: &Take) {
        let asked = self.routes.entry(endpoint).or_default();
        let filter = (asked.len(), take.retry_after_s());
        let per_address = take.key == [KeySource::ClientIp];
        let buckets = self.filters.entry(filter).or_default();
        // A limit at the top of the contract is one bucket for all its endpoints.
        if !buckets.iter().any(|bucket| bucket.id == id) {
            buckets.push(Bucket {
                id: id.clone(),
                per_address,
                tokens: tokens(&take.rate),
            });
        }
        asked.push(Asked {
            filter,
            id,
            per_address,
        });
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.filters.is_empty()
    }

    /// The filters in the order in which they are asked, each switched off but for the routes of
    /// [`asked`](Self::asked).
    pub(super) fn filters(&self) -> impl Iterator<Item = (String, LocalRateLimit)> {
        self.filters.iter().map(|(key, buckets)| {
            let always = || FractionalPercent {
                default_value: Numerator { numerator: 100 },
            };
            let per_address = buckets.iter().any(|bucket| bucket.per_address);
            let filter = LocalRateLimit {
                stat_prefix: "cherry",
                token_bucket: TokenBucket {
                    max_tokens: UNLIMITED,
                    tokens_per_fill: UNLIMITED,
                    fill_interval: "1s".to_owned(),
                },
                filter_enabled: always(),
                filter_enforced: always(),
                rate_limited_as_resource_exhausted: true,
                max_dynamic_descriptors: per_address.then_some(MAX_ADDRESSES),
                descriptors: buckets.iter().map(Bucket::descriptor).collect(),
                response_headers_to_add: vec![
                    HeaderOption::set("x-cherry-policy", Answer::Limited.policy()),
                    HeaderOption::set("retry-after", &key.1.to_string()),
                ],
            };
            (filter_name(*key), filter)
        })
    }

    /// What the routes of an endpoint ask: names of filters to switch on, and descriptors.
    pub(super) fn asked(
        &self,
        contract: usize,
        endpoint: usize,
    ) -> impl Iterator<Item = (String, RateLimit)> {
        let asked = self.routes.get(&(contract, endpoint));
        asked.into_iter().flatten().map(|asked| {
            let mut actions = vec![RateLimitAction::GenericKey {
                descriptor_key: BUCKET,
                descriptor_value: asked.id.clone(),
            }];
            if asked.per_address {
                actions.push(RateLimitAction::MaskedRemoteAddress {
                    v4_prefix_mask_len: 32,
                    v6_prefix_mask_len: 64,
                });
            }
            (filter_name(asked.filter), RateLimit { actions })
        })
    }
}

impl Bucket {
    fn descriptor(&self) -> Descriptor {
        let mut entries = vec![DescriptorEntry {
            key: BUCKET,
            value: Some(self.id.clone()),
        }];
        if self.per_address {
            // Without a value the entry stands for every address, each with a bucket of its own.
            entries.push(DescriptorEntry {
                key: "masked_remote_address",
                value: None,
            });
        }
        Descriptor {
            entries,
            token_bucket: self.tokens.clone(),
        }
    }
}

fn filter_name((position, retry_after_s): FilterKey) -> String {
    format!("cherry.rate_limit.{position}.{retry_after_s}s")
}

/// A rate as a token bucket. Envoy fills it continuously at `tokens_per_fill / fill_interval`.
fn tokens(rate: &Rate) -> TokenBucket {
    // Counts beyond 32 bits are spread over shorter intervals. At the highest rate of the language
    // (a thousand million a second) an interval is still seconds long, far above Envoy's 50 ms.
    let parts = rate.count.div_ceil(u64::from(u32::MAX));
    let per_fill = rate.count / parts;
    let interval = u128::from(rate.period_ns()) * u128::from(per_fill) / u128::from(rate.count);
    let narrow = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    TokenBucket {
        max_tokens: narrow(rate.burst),
        tokens_per_fill: narrow(per_fill),
        fill_interval: nanos(interval),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_become_buckets() {
        let bucket = |text: &str| {
            let bucket = tokens(&Rate::parse(text).expect("a rate"));
            (
                bucket.max_tokens,
                bucket.tokens_per_fill,
                bucket.fill_interval,
            )
        };
        assert_eq!(bucket("100r/s per global"), (100, 100, "1s".to_owned()));
        assert_eq!(
            bucket("3r/2m per global burst 7"),
            (7, 3, "120s".to_owned())
        );
        let (max, per_fill, interval) = bucket("86400000000000r/d per global");
        assert_eq!(max, u32::MAX);
        let seconds: f64 = interval.trim_end_matches('s').parse().expect("seconds");
        assert!((f64::from(per_fill) / seconds / 1e9 - 1.0).abs() < 1e-6);
        assert!(seconds > 0.05);
    }
}
