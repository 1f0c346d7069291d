//! The Istio objects that are written, with the fields that are written, named as in their CRDs.
//!
//! Where a CRD says "one of", there is an enum, so that an invalid object cannot be built. Fields
//! stand in the order in which they are written.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::Serialize;

use crate::emit::envoy::proto::{Message, PathNormalization, Typed, Wasm};

/// An object of Kubernetes.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Object<S> {
    pub(super) api_version: &'static str,
    pub(super) kind: &'static str,
    pub(super) metadata: Metadata,
    pub(super) spec: S,
}

/// The specification of a kind, in the newest version of its API that Istio 1.20 and 1.30 serve.
pub(super) trait Kind: Serialize {
    const API_VERSION: &'static str;
    const KIND: &'static str;
}

impl<S: Kind> Object<S> {
    pub(super) fn new(metadata: Metadata, spec: S) -> Self {
        Object {
            api_version: S::API_VERSION,
            kind: S::KIND,
            metadata,
            spec,
        }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct Metadata {
    pub(super) name: String,
    pub(super) namespace: String,
    pub(super) labels: BTreeMap<&'static str, String>,
}

/// Labels of pods.
pub(super) type Labels = IndexMap<String, String>;

// === VirtualService ===

#[derive(Debug, Serialize)]
pub(super) struct VirtualService {
    pub(super) hosts: Vec<String>,
    /// Absent: the sidecars of the mesh.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) gateways: Option<Vec<String>>,
    pub(super) http: Vec<HttpRoute>,
}

impl Kind for VirtualService {
    const API_VERSION: &'static str = "networking.istio.io/v1beta1";
    const KIND: &'static str = "VirtualService";
}

#[derive(Debug, Serialize)]
pub(super) struct HttpRoute {
    pub(super) name: String,
    /// Empty: every request.
    #[serde(rename = "match", skip_serializing_if = "Vec::is_empty")]
    pub(super) on: Vec<HttpMatch>,
    #[serde(flatten)]
    pub(super) action: Action,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct HttpMatch {
    pub(super) uri: StringMatch,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) method: Option<StringMatch>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum StringMatch {
    Exact(String),
    Regex(String),
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Action {
    Forward(Forward),
    Answer(DirectAnswer),
}

#[derive(Debug, Serialize)]
pub(super) struct Forward {
    pub(super) route: Vec<WeightedDestination>,
    /// The whole call; absent: no bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) timeout: Option<String>,
    /// Always written: without it Istio tries twice more.
    pub(super) retries: Retries,
}

#[derive(Debug, Serialize)]
pub(super) struct WeightedDestination {
    pub(super) destination: Destination,
}

#[derive(Debug, Serialize)]
pub(super) struct Destination {
    pub(super) host: String,
    pub(super) port: Port,
}

#[derive(Debug, Serialize)]
pub(super) struct Port {
    pub(super) number: u16,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Retries {
    pub(super) attempts: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) retry_on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) backoff: Option<String>,
}

impl Retries {
    /// None at all.
    pub(super) const NONE: Retries = Retries {
        attempts: 0,
        retry_on: None,
        backoff: None,
    };
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DirectAnswer {
    pub(super) direct_response: DirectResponse,
    pub(super) headers: Headers,
}

#[derive(Debug, Serialize)]
pub(super) struct DirectResponse {
    pub(super) status: u16,
    pub(super) body: Body,
}

#[derive(Debug, Serialize)]
pub(super) struct Body {
    pub(super) string: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Headers {
    pub(super) response: HeaderOperations,
}

#[derive(Debug, Serialize)]
pub(super) struct HeaderOperations {
    pub(super) set: IndexMap<&'static str, String>,
}

// === EnvoyFilter ===

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct EnvoyFilter {
    pub(super) workload_selector: WorkloadSelector,
    /// Objects with a lower number are applied first.
    pub(super) priority: i32,
    pub(super) config_patches: Vec<ConfigPatch>,
}

impl Kind for EnvoyFilter {
    const API_VERSION: &'static str = "networking.istio.io/v1alpha3";
    const KIND: &'static str = "EnvoyFilter";
}

#[derive(Debug, Serialize)]
pub(super) struct WorkloadSelector {
    pub(super) labels: Labels,
}

/// A change of the configuration that Istio makes, and where.
#[derive(Debug, Serialize)]
#[serde(tag = "applyTo", rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum ConfigPatch {
    ExtensionConfig {
        #[serde(rename = "match")]
        on: ContextMatch,
        patch: Patch<ExtensionConfig>,
    },
    NetworkFilter {
        #[serde(rename = "match")]
        on: ListenerMatch,
        patch: Patch<NetworkFilter>,
    },
    HttpFilter {
        #[serde(rename = "match")]
        on: ListenerMatch,
        patch: Patch<HttpFilter>,
    },
}

#[derive(Debug, Serialize)]
pub(super) struct Patch<V> {
    pub(super) operation: Operation,
    pub(super) value: V,
}

#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Operation {
    Add,
    Merge,
    InsertBefore,
    InsertFirst,
}

/// Which proxies' listeners are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Context {
    SidecarInbound,
    Gateway,
}

#[derive(Debug, Serialize)]
pub(super) struct ContextMatch {
    pub(super) context: Context,
}

#[derive(Debug, Serialize)]
pub(super) struct ListenerMatch {
    pub(super) context: Context,
    pub(super) listener: Listener,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Listener {
    pub(super) filter_chain: FilterChain,
}

#[derive(Debug, Serialize)]
pub(super) struct FilterChain {
    pub(super) filter: FilterMatch,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FilterMatch {
    pub(super) name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sub_filter: Option<SubFilter>,
}

#[derive(Debug, Serialize)]
pub(super) struct SubFilter {
    pub(super) name: &'static str,
}

// === What is patched in: messages of Envoy ===

#[derive(Debug, Serialize)]
pub(super) struct ExtensionConfig {
    pub(super) name: String,
    pub(super) typed_config: Typed<Wasm>,
}

#[derive(Debug, Serialize)]
pub(super) struct NetworkFilter {
    pub(super) name: &'static str,
    pub(super) typed_config: Typed<ConnectionManager>,
}

#[derive(Debug, Serialize)]
pub(super) struct ConnectionManager {
    #[serde(flatten)]
    pub(super) forwarded: Option<Forwarded>,
    #[serde(flatten)]
    pub(super) normalization: Option<PathNormalization>,
}

impl Message for ConnectionManager {
    const NAME: &'static str =
        "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager";
}

/// Whose word about the client's address is taken.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Forwarded {
    pub(super) use_remote_address: bool,
    pub(super) xff_num_trusted_hops: u32,
}

#[derive(Debug, Serialize)]
pub(super) struct HttpFilter {
    pub(super) name: String,
    #[serde(flatten)]
    pub(super) source: FilterSource,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum FilterSource {
    ConfigDiscovery(ConfigDiscovery),
    TypedConfig(Typed<SetFilterState>),
}

#[derive(Debug, Serialize)]
pub(super) struct ConfigDiscovery {
    pub(super) config_source: ConfigSource,
    pub(super) type_urls: Vec<String>,
}

/// The stream over which istiod sends everything.
#[derive(Debug, Serialize)]
pub(super) struct ConfigSource {
    pub(super) ads: Empty,
    pub(super) initial_fetch_timeout: &'static str,
    pub(super) resource_api_version: &'static str,
}

#[derive(Debug, Serialize)]
pub(super) struct Empty {}

#[derive(Debug, Serialize)]
pub(super) struct SetFilterState {
    pub(super) on_request_headers: Vec<FilterStateValue>,
}

impl Message for SetFilterState {
    const NAME: &'static str = "envoy.extensions.filters.http.set_filter_state.v3.Config";
}

#[derive(Debug, Serialize)]
pub(super) struct FilterStateValue {
    pub(super) object_key: &'static str,
    pub(super) factory_key: &'static str,
    pub(super) format_string: FormatString,
}

#[derive(Debug, Serialize)]
pub(super) struct FormatString {
    pub(super) text_format_source: InlineString,
}

#[derive(Debug, Serialize)]
pub(super) struct InlineString {
    pub(super) inline_string: &'static str,
}

// === WasmPlugin ===

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WasmPlugin {
    pub(super) selector: PodSelector,
    pub(super) url: String,
    pub(super) sha256: String,
    pub(super) plugin_name: String,
    /// An object, which the module gets as JSON.
    pub(super) plugin_config: serde_json::Value,
    pub(super) priority: i32,
    pub(super) fail_strategy: &'static str,
    #[serde(rename = "match")]
    pub(super) on: Vec<TrafficSelector>,
}

impl Kind for WasmPlugin {
    const API_VERSION: &'static str = "extensions.istio.io/v1alpha1";
    const KIND: &'static str = "WasmPlugin";
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PodSelector {
    pub(super) match_labels: Labels,
}

#[derive(Debug, Serialize)]
pub(super) struct TrafficSelector {
    pub(super) mode: Mode,
}

/// Whose requests a plugin sees.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Mode {
    /// Those that a gateway forwards.
    Client,
    /// Those that arrive at a workload.
    Server,
}
