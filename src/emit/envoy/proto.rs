//! The messages of Envoy's API that are written, with the fields that are written, named as there.
//!
//! Only what a configuration says on purpose has a field here; each value is decided where the
//! message is built.

use std::collections::BTreeMap;

use serde::Serialize;

/// A message that can stand in an `Any`.
pub(crate) trait Message: Serialize {
    /// Its full name.
    const NAME: &'static str;
}

/// A message with its type beside its fields, as JSON and YAML write an `Any`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Typed<M> {
    #[serde(rename = "@type")]
    url: String,
    #[serde(flatten)]
    message: M,
}

impl<M: Message> Typed<M> {
    /// Wraps a message.
    pub(crate) fn new(message: M) -> Self {
        Typed {
            url: type_url::<M>(),
            message,
        }
    }
}

/// The type of a message as an `Any` names it.
pub(crate) fn type_url<M: Message>() -> String {
    format!("type.googleapis.com/{}", M::NAME)
}

macro_rules! message {
    ($type:ident = $name:literal) => {
        impl Message for $type {
            const NAME: &'static str = $name;
        }
    };
}

/// A number of milliseconds as Envoy reads durations: `1.5s`.
pub(crate) fn millis(ms: u64) -> String {
    nanos(u128::from(ms) * 1_000_000)
}

/// A number of nanoseconds as Envoy reads durations.
pub(crate) fn nanos(ns: u128) -> String {
    let (whole, rest) = (ns / 1_000_000_000, ns % 1_000_000_000);
    if rest == 0 {
        return format!("{whole}s");
    }
    let digits = format!("{rest:09}");
    format!("{whole}.{}s", digits.trim_end_matches('0'))
}

// === Bootstrap ===

#[derive(Debug, Serialize)]
pub(super) struct Bootstrap {
    pub(super) node: Node,
    pub(super) admin: Admin,
    pub(super) static_resources: StaticResources,
}

#[derive(Debug, Serialize)]
pub(super) struct Node {
    pub(super) id: &'static str,
    pub(super) cluster: &'static str,
}

#[derive(Debug, Serialize)]
pub(super) struct Admin {
    pub(super) address: Address,
}

#[derive(Debug, Serialize)]
pub(super) struct StaticResources {
    pub(super) listeners: Vec<Listener>,
    pub(super) clusters: Vec<Cluster>,
}

#[derive(Debug, Serialize)]
pub(super) struct Address {
    pub(super) socket_address: SocketAddress,
}

#[derive(Debug, Serialize)]
pub(super) struct SocketAddress {
    pub(super) address: String,
    pub(super) port_value: u16,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) ipv4_compat: bool,
}

// === Listener ===

#[derive(Debug, Serialize)]
pub(super) struct Listener {
    pub(super) name: &'static str,
    pub(super) address: Address,
    pub(super) filter_chains: Vec<FilterChain>,
}

#[derive(Debug, Serialize)]
pub(super) struct FilterChain {
    pub(super) filters: Vec<NetworkFilter>,
}

#[derive(Debug, Serialize)]
pub(super) struct NetworkFilter {
    pub(super) name: &'static str,
    pub(super) typed_config: Typed<HttpConnectionManager>,
}

#[derive(Debug, Serialize)]
pub(super) struct HttpConnectionManager {
    pub(super) stat_prefix: &'static str,
    pub(super) codec_type: &'static str,
    pub(super) server_header_transformation: &'static str,
    pub(super) use_remote_address: bool,
    pub(super) xff_num_trusted_hops: u32,
    pub(super) generate_request_id: bool,
    pub(super) proxy_100_continue: bool,
    pub(super) stream_idle_timeout: String,
    #[serde(flatten)]
    pub(super) normalization: Option<PathNormalization>,
    pub(super) http_protocol_options: Http1Options,
    pub(super) upgrade_configs: Vec<Upgrade>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) local_reply_config: Option<LocalReplyConfig>,
    pub(super) route_config: RouteConfiguration,
    pub(super) http_filters: Vec<HttpFilter>,
}
message!(
    HttpConnectionManager =
        "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager"
);

/// How paths are read before they are matched and forwarded.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PathNormalization {
    pub(crate) normalize_path: bool,
    pub(crate) merge_slashes: bool,
    pub(crate) path_with_escaped_slashes_action: &'static str,
}

impl PathNormalization {
    /// As the language says: dots resolved, slashes merged, `%2F` left as data of its segment.
    pub(crate) const STANDARD: PathNormalization = PathNormalization {
        normalize_path: true,
        merge_slashes: true,
        path_with_escaped_slashes_action: "KEEP_UNCHANGED",
    };
}

#[derive(Debug, Serialize)]
pub(super) struct Http1Options {
    pub(super) enable_trailers: bool,
}

#[derive(Debug, Serialize)]
pub(super) struct Http2Options {}

#[derive(Debug, Serialize)]
pub(super) struct Upgrade {
    pub(super) upgrade_type: &'static str,
}

#[derive(Debug, Serialize)]
pub(super) struct HttpFilter {
    pub(super) name: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) disabled: bool,
    #[serde(flatten)]
    pub(super) source: FilterSource,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum FilterSource {
    TypedConfig(FilterConfigOf),
    ConfigDiscovery(ExtensionConfigSource),
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum FilterConfigOf {
    LocalRateLimit(Box<Typed<LocalRateLimit>>),
    Router(Typed<Router>),
}

#[derive(Debug, Serialize)]
pub(super) struct ExtensionConfigSource {
    pub(super) config_source: ConfigSource,
    pub(super) type_urls: Vec<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct ConfigSource {
    pub(super) resource_api_version: &'static str,
    pub(super) path_config_source: PathConfigSource,
}

#[derive(Debug, Serialize)]
pub(super) struct PathConfigSource {
    pub(super) path: String,
    pub(super) watched_directory: WatchedDirectory,
}

#[derive(Debug, Serialize)]
pub(super) struct WatchedDirectory {
    pub(super) path: &'static str,
}

#[derive(Debug, Serialize)]
pub(super) struct Router {
    pub(super) suppress_envoy_headers: bool,
}
message!(Router = "envoy.extensions.filters.http.router.v3.Router");

// === Native limits ===

#[derive(Debug, Serialize)]
pub(super) struct LocalRateLimit {
    pub(super) stat_prefix: &'static str,
    pub(super) token_bucket: TokenBucket,
    pub(super) filter_enabled: FractionalPercent,
    pub(super) filter_enforced: FractionalPercent,
    pub(super) rate_limited_as_resource_exhausted: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) max_dynamic_descriptors: Option<u32>,
    pub(super) descriptors: Vec<Descriptor>,
    pub(super) response_headers_to_add: Vec<HeaderOption>,
}
message!(LocalRateLimit = "envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit");

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct TokenBucket {
    pub(super) max_tokens: u32,
    pub(super) tokens_per_fill: u32,
    pub(super) fill_interval: String,
}

#[derive(Debug, Serialize)]
pub(super) struct FractionalPercent {
    pub(super) default_value: Numerator,
}

#[derive(Debug, Serialize)]
pub(super) struct Numerator {
    pub(super) numerator: u32,
}

#[derive(Debug, Serialize)]
pub(super) struct Descriptor {
    pub(super) entries: Vec<DescriptorEntry>,
    pub(super) token_bucket: TokenBucket,
}

#[derive(Debug, Serialize)]
pub(super) struct DescriptorEntry {
    pub(super) key: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) value: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct RateLimit {
    pub(super) actions: Vec<RateLimitAction>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RateLimitAction {
    GenericKey {
        descriptor_key: &'static str,
        descriptor_value: String,
    },
    MaskedRemoteAddress {
        v4_prefix_mask_len: u32,
        v6_prefix_mask_len: u32,
    },
}

// === Routes ===

#[derive(Debug, Serialize)]
pub(super) struct RouteConfiguration {
    pub(super) name: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) request_headers_to_add: Vec<HeaderOption>,
    pub(super) request_headers_to_remove: Vec<&'static str>,
    pub(super) virtual_hosts: Vec<VirtualHost>,
}

#[derive(Debug, Serialize)]
pub(super) struct VirtualHost {
    pub(super) name: String,
    pub(super) domains: Vec<&'static str>,
    pub(super) routes: Vec<Route>,
}

#[derive(Debug, Serialize)]
pub(super) struct Route {
    pub(super) name: String,
    #[serde(rename = "match")]
    pub(super) on: RouteMatch,
    #[serde(flatten)]
    pub(super) action: Action,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) response_headers_to_add: Vec<HeaderOption>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) typed_per_filter_config: BTreeMap<String, Typed<FilterConfig>>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct RouteMatch {
    #[serde(flatten)]
    pub(super) path: PathMatch,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) headers: Vec<HeaderMatcher>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum PathMatch {
    Prefix(&'static str),
    Path(String),
    SafeRegex(Regex),
    PathMatchPolicy(PathMatchPolicy),
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct Regex {
    pub(super) regex: String,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct PathMatchPolicy {
    pub(super) name: &'static str,
    pub(super) typed_config: Typed<UriTemplateMatch>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct UriTemplateMatch {
    pub(super) path_template: String,
}
message!(UriTemplateMatch = "envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig");

#[derive(Debug, Clone, Serialize)]
pub(super) struct HeaderMatcher {
    pub(super) name: &'static str,
    pub(super) string_match: StringMatcher,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) invert_match: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) treat_missing_header_as_empty: bool,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum StringMatcher {
    Exact(String),
    SafeRegex(Regex),
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Action {
    Route(RouteAction),
    DirectResponse(DirectResponse),
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct RouteAction {
    pub(super) cluster: String,
    pub(super) timeout: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) retry_policy: Option<RetryPolicy>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) rate_limits: Vec<RateLimit>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct RetryPolicy {
    pub(super) retry_on: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) retriable_status_codes: Vec<u16>,
    pub(super) num_retries: u32,
    pub(super) retry_back_off: BackOff,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct BackOff {
    pub(super) base_interval: String,
    pub(super) max_interval: String,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct DirectResponse {
    pub(super) status: u16,
    pub(super) body: InlineString,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct InlineString {
    pub(super) inline_string: String,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct HeaderOption {
    header: HeaderValue,
    append_action: &'static str,
}

#[derive(Debug, Clone, Serialize)]
struct HeaderValue {
    key: String,
    value: String,
}

impl HeaderOption {
    /// A header that replaces every other one of its name.
    pub(super) fn set(key: &str, value: &str) -> Self {
        HeaderOption {
            header: HeaderValue {
                key: key.to_owned(),
                value: value.to_owned(),
            },
            append_action: "OVERWRITE_IF_EXISTS_OR_ADD",
        }
    }
}

/// Switches on a route what is switched off in the chain.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FilterConfig {
    config: Empty,
}
message!(FilterConfig = "envoy.config.route.v3.FilterConfig");

#[derive(Debug, Clone, Serialize)]
struct Empty {}

impl FilterConfig {
    /// The filter as it stands in the chain, switched on.
    pub(crate) const ON: FilterConfig = FilterConfig { config: Empty {} };
}

// === Answers of Envoy itself ===

#[derive(Debug, Serialize)]
pub(super) struct LocalReplyConfig {
    pub(super) mappers: Vec<ResponseMapper>,
}

#[derive(Debug, Serialize)]
pub(super) struct ResponseMapper {
    pub(super) filter: LogFilter,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) headers_to_add: Vec<HeaderOption>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) body_format_override: Option<BodyFormat>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(
    clippy::enum_variant_names,
    reason = "the names are those of the fields of envoy.config.accesslog.v3.AccessLogFilter"
)]
pub(super) enum LogFilter {
    AndFilter { filters: Vec<LogFilter> },
    ResponseFlagFilter { flags: Vec<&'static str> },
    HeaderFilter { header: HeaderMatcher },
    ExtensionFilter(ExtensionFilter),
}

#[derive(Debug, Serialize)]
pub(super) struct ExtensionFilter {
    pub(super) name: &'static str,
    pub(super) typed_config: Typed<CelFilter>,
}

#[derive(Debug, Serialize)]
pub(super) struct CelFilter {
    pub(super) expression: String,
}
message!(CelFilter = "envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter");

#[derive(Debug, Serialize)]
pub(super) struct BodyFormat {
    pub(super) content_type: &'static str,
    pub(super) text_format_source: InlineString,
}

// === Clusters ===

#[derive(Debug, Serialize)]
pub(super) struct Cluster {
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) discovery: &'static str,
    pub(super) connect_timeout: &'static str,
    pub(super) load_assignment: LoadAssignment,
    pub(super) circuit_breakers: CircuitBreakers,
    pub(super) typed_extension_protocol_options: ProtocolOptionsByName,
}

#[derive(Debug, Serialize)]
pub(super) struct LoadAssignment {
    pub(super) cluster_name: String,
    pub(super) endpoints: Vec<LocalityEndpoints>,
}

#[derive(Debug, Serialize)]
pub(super) struct LocalityEndpoints {
    pub(super) lb_endpoints: Vec<LbEndpoint>,
}

#[derive(Debug, Serialize)]
pub(super) struct LbEndpoint {
    pub(super) endpoint: EndpointAddress,
}

#[derive(Debug, Serialize)]
pub(super) struct EndpointAddress {
    pub(super) address: Address,
}

#[derive(Debug, Serialize)]
pub(super) struct CircuitBreakers {
    pub(super) thresholds: Vec<Thresholds>,
}

#[derive(Debug, Serialize)]
pub(super) struct Thresholds {
    pub(super) max_connections: u32,
    pub(super) max_pending_requests: u32,
    pub(super) max_requests: u32,
    #[serde(flatten)]
    pub(super) retries: RetryBound,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RetryBound {
    MaxRetries(u32),
    RetryBudget {
        budget_percent: Percentage,
        min_retry_concurrency: u32,
    },
}

#[derive(Debug, Serialize)]
pub(super) struct Percentage {
    pub(super) value: f64,
}

#[derive(Debug, Serialize)]
pub(super) struct ProtocolOptionsByName {
    #[serde(rename = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions")]
    pub(super) http: Typed<HttpProtocolOptions>,
}

#[derive(Debug, Serialize)]
pub(super) struct HttpProtocolOptions {
    pub(super) use_downstream_protocol_config: DownstreamProtocols,
}
message!(HttpProtocolOptions = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions");

#[derive(Debug, Serialize)]
pub(super) struct DownstreamProtocols {
    pub(super) http_protocol_options: Http1Options,
    pub(super) http2_protocol_options: Http2Options,
}

// === Modules ===

/// The filter that runs a proxy-wasm module.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Wasm {
    pub(crate) config: PluginConfig,
}
message!(Wasm = "envoy.extensions.filters.http.wasm.v3.Wasm");

#[derive(Debug, Clone, Serialize)]
pub(crate) struct PluginConfig {
    pub(crate) name: String,
    pub(crate) root_id: String,
    #[serde(flatten)]
    pub(crate) on_failure: OnFailure,
    pub(crate) configuration: Typed<StringValue>,
    pub(crate) vm_config: VmConfig,
}

/// What happens to requests when the virtual machine of a module has failed.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OnFailure {
    /// The field of newer Envoys.
    FailurePolicy(&'static str),
    /// The field of older ones.
    FailOpen(bool),
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct StringValue {
    pub(crate) value: String,
}
message!(StringValue = "google.protobuf.StringValue");

#[derive(Debug, Clone, Serialize)]
pub(crate) struct VmConfig {
    pub(crate) vm_id: String,
    pub(crate) runtime: &'static str,
    pub(crate) code: Code,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Code {
    pub(crate) local: InlineBytes,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct InlineBytes {
    pub(crate) inline_bytes: String,
}

/// A file of extension configurations.
#[derive(Debug, Serialize)]
pub(super) struct DiscoveryResponse {
    pub(super) version_info: String,
    pub(super) resources: Vec<Typed<TypedExtensionConfig>>,
}

#[derive(Debug, Serialize)]
pub(super) struct TypedExtensionConfig {
    pub(super) name: String,
    pub(super) typed_config: Typed<Wasm>,
}
message!(TypedExtensionConfig = "envoy.config.core.v3.TypedExtensionConfig");
