//! The upstream: one cluster, and one more for each retry budget, because a budget belongs to a
//! cluster.

use std::collections::BTreeSet;

use super::proto::{
    Address, CircuitBreakers, Cluster, DownstreamProtocols, EndpointAddress, Http1Options,
    Http2Options, HttpProtocolOptions, LbEndpoint, LoadAssignment, LocalityEndpoints, Percentage,
    ProtocolOptionsByName, RetryBound, SocketAddress, Thresholds, Typed,
};
use crate::contract::{HostPort, Percent, Retry};

/// The cluster of routes without retries.
pub(super) const UPSTREAM: &str = "upstream";
/// Envoy's own bounds on connections, requests and retries (1,024 and 3) would be a policy that
/// nobody wrote.
const UNBOUNDED: u32 = u32::MAX;
/// Envoy's default, written out because it is the one bound that cannot be left out: an address
/// that answers nothing would hold requests until the kernel gives up, minutes later.
const CONNECT_TIMEOUT: &str = "5s";
/// One retry may always run, so that a lone caller keeps its retries; the percentage rules from
/// there on. Envoy's default of three would be no budget at all for services with few callers.
const MIN_RETRY_CONCURRENCY: u32 = 1;

/// The cluster of routes with this retry policy: named by its budget, so that other endpoints do
/// not rename it.
pub(super) fn cluster_of(retry: &Retry) -> String {
    name(Some(retry.budget.value))
}

fn name(budget: Option<Percent>) -> String {
    match budget {
        None => UPSTREAM.to_owned(),
        // A dot in a name would look like a level of its statistics.
        Some(budget) => format!(
            "{UPSTREAM}-retry-{}",
            budget.value().to_string().replace('.', "_")
        ),
    }
}

/// The clusters of an upstream.
pub(super) fn clusters(upstream: &HostPort, budgets: &BTreeSet<Percent>) -> Vec<Cluster> {
    std::iter::once(None)
        .chain(budgets.iter().copied().map(Some))
        .map(|budget| cluster(upstream, budget))
        .collect()
}

fn cluster(upstream: &HostPort, budget: Option<Percent>) -> Cluster {
    let retries = match budget {
        None => RetryBound::MaxRetries(UNBOUNDED),
        Some(budget) => RetryBound::RetryBudget {
            budget_percent: Percentage {
                value: budget.value(),
            },
            min_retry_concurrency: MIN_RETRY_CONCURRENCY,
        },
    };
    Cluster {
        name: name(budget),
        discovery: if upstream.is_address() {
            "STATIC"
        } else {
            "STRICT_DNS"
        },
        connect_timeout: CONNECT_TIMEOUT,
        load_assignment: LoadAssignment {
            cluster_name: name(budget),
            endpoints: vec![LocalityEndpoints {
                lb_endpoints: vec![LbEndpoint {
                    endpoint: EndpointAddress {
                        address: address(upstream),
                    },
                }],
            }],
        },
        circuit_breakers: CircuitBreakers {
            thresholds: vec![Thresholds {
                max_connections: UNBOUNDED,
                max_pending_requests: UNBOUNDED,
                max_requests: UNBOUNDED,
                retries,
            }],
        },
        typed_extension_protocol_options: ProtocolOptionsByName {
            // The service is spoken to as the client spoke: gRPC arrives as HTTP/2, the rest as
            // HTTP/1.1, as if there were no proxy.
            http: Typed::new(HttpProtocolOptions {
                use_downstream_protocol_config: DownstreamProtocols {
                    http_protocol_options: Http1Options {
                        enable_trailers: true,
                    },
                    http2_protocol_options: Http2Options {},
                },
            }),
        },
    }
}

/// An address of Envoy's.
pub(super) fn address(at: &HostPort) -> Address {
    Address {
        socket_address: SocketAddress {
            // The unspecified IPv6 address is meant for both families.
            ipv4_compat: at.host == "::",
            address: at.host.clone(),
            port_value: at.port,
        },
    }
}
