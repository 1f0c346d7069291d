//! A plain Envoy 1.40: one complete bootstrap for a host, and for each contract that has a module
//! a file with it that can be swapped while Envoy runs.
//!
//! **Silence changes no traffic.** Envoy has opinions of its own: a bound of 15 s on calls and of
//! five minutes on idle streams, three retries at once, headers that it adds. Each is switched off
//! where the message is built, so that what is left is what the contracts say, and the paths that
//! are normalised for safety. What stays are Envoy's bounds on headers (60 KiB, 100 lines), which
//! guard its memory, its 404 to `OPTIONS *`, which no route can match, and what HTTP lets a proxy
//! do: lower-case names in HTTP/1.1.
//!
//! The bootstrap holds a table of routes that is the linked order, so the filter of a module is
//! entered for the endpoints that need it and for nothing else.

mod clusters;
mod limits;
pub(crate) mod proto;
mod replies;
mod routes;
#[cfg(test)]
mod tests;
pub(crate) mod wasm;

use std::collections::{BTreeMap, BTreeSet};

use super::manifest::document;
use super::wasm::{Flag, Module};
use super::{Artifact, EmitCx, Emitted, Emitter, EmitterMeta, Scope};
use crate::contract::{Percent, Unlisted};
use crate::link::{Linked, Output, Place, placements};
use crate::policy::{KeySource, StepKind};
use crate::text::ContentHash;
use limits::Limits;
use proto::{
    Admin, Bootstrap, ConfigSource, DiscoveryResponse, ExtensionConfigSource, FilterChain,
    FilterConfigOf, FilterSource, HeaderOption, Http1Options, HttpConnectionManager, HttpFilter,
    Listener, NetworkFilter, Node, OnFailure, PathConfigSource, PathNormalization,
    RouteConfiguration, Router, StaticResources, Typed, TypedExtensionConfig, Upgrade, VirtualHost,
    Wasm, WatchedDirectory, type_url,
};
use replies::Replies;

static META: EmitterMeta = EmitterMeta {
    id: "envoy",
    revision: 3,
    scope: Scope::Host,
    summary: "a complete configuration of a plain Envoy 1.40, policy modules inlined",
};

/// A module that fails is a bug of ours: it cannot trap. Should it happen, requests are refused and
/// a new machine is started after a pause. Passing them would be limits that silently vanish.
const ON_FAILURE: OnFailure = OnFailure::FailurePolicy("FAIL_RELOAD");

/// Name of the folder whose files Envoy watches.
const WATCHED: &str = "ecds";

/// The emitter.
pub(crate) struct Envoy;

impl Emitter for Envoy {
    fn meta(&self) -> &'static EmitterMeta {
        &META
    }

    fn emit(&self, cx: &EmitCx<'_>) -> Emitted {
        let plan = Plan::of(cx);
        let mut emitted = Emitted::default();
        let text = plan.bootstrap(cx);
        emitted.artifacts.push(Artifact::text("envoy.yaml", text));
        for filter in &plan.modules {
            emitted
                .artifacts
                .push(Artifact::text(filter.file(), filter.discovery()));
        }
        emitted
    }
}

/// What a host needs, decided once.
struct Plan<'a> {
    limits: Limits,
    modules: Vec<ModuleFilter<'a>>,
    /// The filter of each endpoint (contract, endpoint) that has steps in the module.
    attached: BTreeMap<(usize, usize), String>,
    budgets: BTreeSet<Percent>,
    has_timeouts: bool,
}

struct ModuleFilter<'a> {
    linked: &'a Linked,
    wasm: Wasm,
}

impl<'a> Plan<'a> {
    fn of(cx: &EmitCx<'a>) -> Self {
        let mut plan = Plan {
            limits: Limits::of(cx.program, cx.host),
            modules: Vec::new(),
            attached: BTreeMap::new(),
            budgets: BTreeSet::new(),
            has_timeouts: false,
        };
        for &index in &cx.host.contracts {
            plan.add(cx, index);
        }
        plan
    }

    fn add(&mut self, cx: &EmitCx<'a>, index: usize) {
        let linked = &cx.program.contracts[index];
        let mut flags = BTreeSet::from([Flag::Attached]);
        let mut in_module = false;
        for placement in placements(linked, Output::Envoy) {
            let endpoint = &linked.policy.endpoints[placement.endpoint];
            match (placement.place, &endpoint.steps[placement.step].kind) {
                (Place::Module, _) => {
                    in_module = true;
                    let name = wasm::filter_name(&linked.contract.name);
                    self.attached.insert((index, placement.endpoint), name);
                }
                (Place::NativeLimiter, StepKind::Take(take)) => {
                    let by_address = take.key.contains(&KeySource::ClientIp);
                    flags.insert(if by_address {
                        Flag::NativeClientIp
                    } else {
                        Flag::NativeGlobal
                    });
                }
                (_, StepKind::Deadline(_)) => self.has_timeouts = true,
                (_, StepKind::Retry(retry)) => {
                    self.budgets.insert(retry.budget.value);
                }
                _ => {}
            }
        }
        if in_module {
            let module = cx.module(index).expect("a step is placed in the module");
            self.modules.push(ModuleFilter::new(linked, module, &flags));
        }
    }

    fn bootstrap(&self, cx: &EmitCx<'_>) -> String {
        let target = &cx.first().target;
        let bootstrap = Bootstrap {
            // Without both Envoy refuses to watch files.
            node: Node {
                id: "cherry",
                cluster: "cherry",
            },
            admin: Admin {
                address: clusters::address(&target.envoy_admin.value),
            },
            static_resources: StaticResources {
                listeners: vec![Listener {
                    name: "cherry",
                    address: clusters::address(&target.envoy_listen.value),
                    filter_chains: vec![FilterChain {
                        filters: vec![NetworkFilter {
                            name: "envoy.filters.network.http_connection_manager",
                            typed_config: Typed::new(self.manager(cx)),
                        }],
                    }],
                }],
                clusters: clusters::clusters(&target.envoy_upstream.value, &self.budgets),
            },
        };
        let names: Vec<String> = cx.linked().map(title).collect();
        document(&names.join(", "), &[], &bootstrap)
    }

    fn manager(&self, cx: &EmitCx<'_>) -> HttpConnectionManager {
        let target = &cx.first().target;
        let trusted_hops = target.trusted_hops.value;
        let http_filters = self.filters();
        let routes = routes::routes(cx, &self.limits, &self.attached);
        // Envoy accepts a switch for a filter that is not in the chain, and the policy is gone.
        for filter in routes.iter().flat_map(|r| r.typed_per_filter_config.keys()) {
            assert!(
                http_filters.iter().any(|known| known.name == *filter),
                "a route switches on `{filter}`, which is not in the chain"
            );
        }
        HttpConnectionManager {
            stat_prefix: "cherry",
            // HTTP/1.1, or HTTP/2 without negotiation, by the first bytes.
            codec_type: "AUTO",
            // The service's own `server` header stays, and none is added.
            server_header_transformation: "PASS_THROUGH",
            // The client is the peer, or what the trusted proxies in front say.
            use_remote_address: true,
            xff_num_trusted_hops: trusted_hops,
            generate_request_id: false,
            // Whether a body is wanted is for the service to say.
            proxy_100_continue: true,
            // Five minutes otherwise: long polls and event streams may be silent longer.
            stream_idle_timeout: "0s".to_owned(),
            normalization: target
                .normalize
                .value
                .then_some(PathNormalization::STANDARD),
            http_protocol_options: Http1Options {
                enable_trailers: true,
            },
            // Otherwise Envoy answers 403 to requests for an upgrade.
            upgrade_configs: vec![Upgrade {
                upgrade_type: "websocket",
            }],
            local_reply_config: Replies {
                limits: !self.limits.is_empty(),
                timeouts: self.has_timeouts,
                unlisted: cx.host.unlisted == Unlisted::Reject,
            }
            .config(),
            route_config: RouteConfiguration {
                name: "cherry",
                // With nobody in front to be trusted, what the client wrote must not reach the
                // service. Envoy would append the peer to it.
                request_headers_to_add: if trusted_hops == 0 {
                    vec![HeaderOption::set(
                        "x-forwarded-for",
                        "%DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT%",
                    )]
                } else {
                    Vec::new()
                },
                // Set by `use_remote_address`; nobody asked for it.
                request_headers_to_remove: vec!["x-envoy-external-address"],
                virtual_hosts: vec![VirtualHost {
                    name: cx.first().contract.name.service(),
                    domains: vec!["*"],
                    routes,
                }],
            },
            http_filters,
        }
    }

    fn filters(&self) -> Vec<HttpFilter> {
        let limits = self.limits.filters().map(|(name, limit)| HttpFilter {
            name,
            disabled: true,
            source: FilterSource::TypedConfig(FilterConfigOf::LocalRateLimit(Box::new(
                Typed::new(limit),
            ))),
        });
        let modules = self.modules.iter().map(|filter| HttpFilter {
            name: filter.name(),
            disabled: true,
            source: filter.source(),
        });
        let router = HttpFilter {
            name: "envoy.filters.http.router".to_owned(),
            disabled: false,
            // `x-envoy-*` headers, on both sides, are additions that nobody asked for.
            source: FilterSource::TypedConfig(FilterConfigOf::Router(Typed::new(Router {
                suppress_envoy_headers: true,
            }))),
        };
        limits.chain(modules).chain([router]).collect()
    }
}

impl<'a> ModuleFilter<'a> {
    fn new(linked: &'a Linked, module: &Module, flags: &BTreeSet<Flag>) -> Self {
        let flags: Vec<Flag> = flags.iter().copied().collect();
        ModuleFilter {
            linked,
            wasm: wasm::wasm(&linked.contract.name, module, &flags, ON_FAILURE),
        }
    }

    fn name(&self) -> String {
        wasm::filter_name(&self.linked.contract.name)
    }

    fn file(&self) -> String {
        format!("{WATCHED}/{}.yaml", self.linked.contract.name.folder())
    }

    /// Without a default, so that Envoy reads the file before it listens.
    fn source(&self) -> FilterSource {
        FilterSource::ConfigDiscovery(ExtensionConfigSource {
            config_source: ConfigSource {
                resource_api_version: "V3",
                path_config_source: PathConfigSource {
                    path: self.file(),
                    watched_directory: WatchedDirectory { path: WATCHED },
                },
            },
            type_urls: vec![type_url::<Wasm>()],
        })
    }

    fn discovery(&self) -> String {
        let resource = TypedExtensionConfig {
            name: self.name(),
            typed_config: Typed::new(self.wasm.clone()),
        };
        let content = document("", &[], &resource);
        let response = DiscoveryResponse {
            version_info: ContentHash::of(content.as_bytes()).to_string(),
            resources: vec![Typed::new(resource)],
        };
        document(&title(self.linked), &[], &response)
    }
}

/// `user/v1 1.2.0`.
fn title(linked: &Linked) -> String {
    format!("{} {}", linked.contract.name, linked.contract.version)
}
