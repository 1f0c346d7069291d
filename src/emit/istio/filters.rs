//! What runs in the proxy at the service, or in the gateway: the modules, and how the connection
//! manager before them reads addresses and paths.
//!
//! The filter that notes the peer's address goes to the front of the chain, so that it stands
//! before the module in every form: a WasmPlugin is in the chain before any EnvoyFilter is applied.

use super::kinds::{
    ConfigDiscovery, ConfigPatch, ConfigSource, ConnectionManager, Context, ContextMatch, Empty,
    EnvoyFilter, ExtensionConfig, FilterChain, FilterMatch, FilterSource, FilterStateValue,
    FormatString, Forwarded, HttpFilter, InlineString, Labels, Listener, ListenerMatch, Mode,
    NetworkFilter, Operation, Patch, PodSelector, SetFilterState, SubFilter, TrafficSelector,
    WasmPlugin, WorkloadSelector,
};
use super::oci::Image;
use crate::contract::{ContractName, Origin};
use crate::emit::envoy::proto::{OnFailure, PathNormalization, Typed, Wasm, type_url};
use crate::emit::envoy::wasm::{filter_name, wasm};
use crate::emit::wasm::Flag;
use crate::emit::wasm::Module;
use crate::link::{Profile, ResolvedTarget};

const CONNECTION_MANAGER: &str = "envoy.filters.network.http_connection_manager";
const ROUTER: &str = "envoy.filters.http.router";

/// Filter and filter state of the peer's address; the module knows the name.
const PEER: &str = "cherry.peer";

/// The object of a host is applied before those of its contracts, and all of them after objects
/// without a priority, which are other people's.
const HOST_PRIORITY: i32 = 10;
const MODULE_PRIORITY: i32 = 20;

/// Label of the pods of Istio's own ingress gateway, as its charts install it.
const INGRESS_GATEWAY: (&str, &str) = ("istio", "ingressgateway");

/// Where the proxies are that enforce.
#[derive(Debug, Clone)]
pub(super) struct Site<'a> {
    target: &'a ResolvedTarget,
    context: Context,
    /// Namespace of the proxies and of the objects that configure them.
    pub(super) namespace: String,
    /// Labels of their pods.
    selector: Labels,
    /// Whether somebody chose those labels.
    is_selector_written: bool,
}

impl<'a> Site<'a> {
    pub(super) fn of(target: &'a ResolvedTarget) -> Self {
        let is_selector_written = target.selector.origin != Origin::Default;
        let context = match target.gateway {
            Some(_) => Context::Gateway,
            None => Context::SidecarInbound,
        };
        // An object selects pods of its own namespace only.
        let namespace = target
            .gateway
            .as_ref()
            .and_then(|gateway| gateway.value.split_once('/'))
            .map_or(&*target.namespace.value, |(namespace, _)| namespace);
        let selector = if context == Context::Gateway && !is_selector_written {
            let (name, value) = INGRESS_GATEWAY;
            Labels::from([(name.to_owned(), value.to_owned())])
        } else {
            target.selector.value.clone()
        };
        Site {
            target,
            context,
            namespace: namespace.to_owned(),
            selector,
            is_selector_written,
        }
    }

    /// Whether it is a gateway.
    pub(super) fn is_gateway(&self) -> bool {
        self.context == Context::Gateway
    }

    /// The name of an object here. Objects that go to another namespace than the service's carry
    /// the service's, since several services may share a gateway.
    pub(super) fn name(&self, name: &str) -> String {
        let home = &self.target.namespace.value;
        if *home == self.namespace {
            name.to_owned()
        } else {
            format!("{home}-{name}")
        }
    }

    /// What a reader of an object here must know.
    pub(super) fn remarks(&self) -> Vec<String> {
        let labels: Vec<String> = (self.selector.iter())
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut remarks = Vec::new();
        if self.is_gateway() && !self.is_selector_written {
            remarks.push(format!(
                "applies to the gateway's pods with {}; write `selector` in the target when yours have other labels",
                labels.join(",")
            ));
        }
        remarks
    }

    /// Flags of the modules here.
    pub(super) fn flags(&self) -> &'static [Flag] {
        match self.context {
            // Istio's sidecars believe the first X-Forwarded-For they see.
            Context::SidecarInbound => &[Flag::PeerAddress],
            Context::Gateway => &[],
        }
    }

    /// How the proxies read addresses and paths; `None` when there is nothing to say.
    pub(super) fn reading(&self, has_modules: bool) -> Option<EnvoyFilter> {
        let target = self.target;
        let mut patches = Vec::new();
        let manager = ConnectionManager {
            forwarded: self.is_gateway().then_some(Forwarded {
                use_remote_address: true,
                xff_num_trusted_hops: target.trusted_hops.value,
            }),
            normalization: target
                .normalize
                .value
                .then_some(PathNormalization::STANDARD),
        };
        if has_modules && (manager.forwarded.is_some() || manager.normalization.is_some()) {
            patches.push(ConfigPatch::NetworkFilter {
                on: self.listener(None),
                patch: Patch {
                    operation: Operation::Merge,
                    value: NetworkFilter {
                        name: CONNECTION_MANAGER,
                        typed_config: Typed::new(manager),
                    },
                },
            });
        }
        if has_modules && self.flags().contains(&Flag::PeerAddress) {
            patches.push(ConfigPatch::HttpFilter {
                on: self.listener(None),
                patch: Patch {
                    operation: Operation::InsertFirst,
                    value: peer_filter(),
                },
            });
        }
        (!patches.is_empty()).then(|| self.envoy_filter(HOST_PRIORITY, patches))
    }

    /// A module inline, at the end of the chain.
    pub(super) fn inline(&self, contract: &ContractName, module: &Module) -> EnvoyFilter {
        let on_failure = match self.target.profile.value {
            // Its Envoy knows no policies of failure yet.
            Profile::Istio120 => OnFailure::FailOpen(false),
            Profile::Istio130 => OnFailure::FailurePolicy("FAIL_RELOAD"),
        };
        let mut wasm = wasm(contract, module, self.flags(), on_failure);
        let mut name = filter_name(contract);
        if self.is_gateway() {
            // A gateway serves many services, and two of them may have a contract of one name.
            let home = &self.target.namespace.value;
            name = format!("cherry.{home}.{}", contract.folder());
            wasm.config.name.clone_from(&name);
            wasm.config.root_id.clone_from(&name);
            wasm.config.vm_config.vm_id.push('/');
            wasm.config.vm_config.vm_id.push_str(home);
        }
        let extension = ConfigPatch::ExtensionConfig {
            on: ContextMatch {
                context: self.context,
            },
            patch: Patch {
                operation: Operation::Add,
                value: ExtensionConfig {
                    name: name.clone(),
                    typed_config: Typed::new(wasm),
                },
            },
        };
        let filter = ConfigPatch::HttpFilter {
            on: self.listener(Some(ROUTER)),
            patch: Patch {
                operation: Operation::InsertBefore,
                value: HttpFilter {
                    name,
                    source: FilterSource::ConfigDiscovery(ConfigDiscovery {
                        config_source: ConfigSource {
                            ads: Empty {},
                            // Without a bound: a listener that went on without its module would
                            // answer 500 to everything.
                            initial_fetch_timeout: "0s",
                            resource_api_version: "V3",
                        },
                        type_urls: vec![type_url::<Wasm>()],
                    }),
                },
            },
        };
        self.envoy_filter(MODULE_PRIORITY, vec![extension, filter])
    }

    /// A module in a registry.
    pub(super) fn plugin(
        &self,
        contract: &ContractName,
        registry: &str,
        image: &Image,
    ) -> WasmPlugin {
        let mode = match self.context {
            Context::SidecarInbound => Mode::Server,
            // What a gateway forwards it sends as a client.
            Context::Gateway => Mode::Client,
        };
        let digest = &image.digest;
        WasmPlugin {
            selector: PodSelector {
                match_labels: self.selector.clone(),
            },
            url: format!("{registry}/{}@sha256:{digest}", contract.folder()),
            sha256: digest.clone(),
            plugin_name: filter_name(contract),
            plugin_config: serde_json::from_str(&Flag::configuration(self.flags()))
                .expect("the configuration of a plugin is JSON"),
            priority: MODULE_PRIORITY,
            fail_strategy: "FAIL_CLOSE",
            on: vec![TrafficSelector { mode }],
        }
    }

    fn envoy_filter(&self, priority: i32, config_patches: Vec<ConfigPatch>) -> EnvoyFilter {
        EnvoyFilter {
            workload_selector: WorkloadSelector {
                labels: self.selector.clone(),
            },
            priority,
            config_patches,
        }
    }

    fn listener(&self, sub_filter: Option<&'static str>) -> ListenerMatch {
        ListenerMatch {
            context: self.context,
            listener: Listener {
                filter_chain: FilterChain {
                    filter: FilterMatch {
                        name: CONNECTION_MANAGER,
                        sub_filter: sub_filter.map(|name| SubFilter { name }),
                    },
                },
            },
        }
    }
}

/// Notes the address of the peer, which no header can change.
fn peer_filter() -> HttpFilter {
    HttpFilter {
        name: PEER.to_owned(),
        source: FilterSource::TypedConfig(Typed::new(SetFilterState {
            on_request_headers: vec![FilterStateValue {
                object_key: PEER,
                factory_key: "envoy.string",
                format_string: FormatString {
                    text_format_source: InlineString {
                        inline_string: "%DOWNSTREAM_DIRECT_REMOTE_ADDRESS%",
                    },
                },
            }],
        })),
    }
}
