//! The keys of the language, each written once.

use super::forms::{EmitterId, FailureThreshold, Int, LevelWord, Millis, RateLimits, RetryOn};
use super::texts::{
    AliasName, BaselineText, ContractName, DurationText, EventName, FieldText, GatewayText,
    GroupText, HostPortText, HostText, IstioVersion, KeyText, LabelName, MethodText, NamespaceText,
    OperationText, PathText, PatternText, PercentText, RangeText, RateText, RegistryText,
    RuleNameText, SchemaText, TargetName, TemplateText, TopicText, VersionText,
};
use super::{NamesADocument, NamesAnEndpoint, PromisesSomething};
use crate::syntax::Map;
use crate::text::Spanned;

ast_struct! {
    /// A service contract: what one major version of a service promises at its boundary.
    ContractAst = "a mapping that begins with `contract: user/v1`" {
        /// Edition of the contract language; 1 when it is not written.
        cherry: Int<1, 1>,
        /// Name of the service and major version of the contract.
        contract: ContractName,
        /// Full semantic version; its major number is the one of the contract.
        version: VersionText,
        /// Who answers for the service: free text or a Backstage reference.
        owner: String,
        /// What the service does, in a sentence or two.
        description: String,
        /// Documents that the contract refers to, by alias.
        imports: Map<AliasName, ImportAst>,
        /// What happens to requests that no endpoint names.
        unlisted: Unlisted,
        /// Where requests say who sends them.
        identity: IdentityAst,
        /// Policies of every endpoint that does not write its own.
        defaults: PolicyAst,
        /// Limits over all endpoints together, checked before their own.
        rate_limit: RateLimits,
        /// The endpoints and their policies.
        endpoints: Vec<EndpointAst>,
        /// Messages that the service sends.
        events: Vec<EventAst>,
        /// Messages of other services that this one reads.
        consumes: Vec<ConsumeAst>,
        /// What new versions are held to.
        compat: CompatAst,
        /// Where the service runs.
        deploy: DeployAst,
        /// What to generate, by the id of the emitter.
        generate: Map<EmitterId, OutputAst>,
        /// How loud the adjustable rules are for this contract.
        lint: LintAst,
    }
    required: [contract, version],
    reserved: [
        "context", "sla", "dependencies", "auth", "trace", "logs", "routes", "state_machines",
        "transactions", "data", "use",
    ],
    also: PromisesSomething,

    /// A document that the contract refers to.
    ImportAst = "a mapping such as `{openapi: ./user.openapi.yaml}`" {
        /// Path of an OpenAPI document, relative to the contract.
        openapi: PathText,
        /// Path of an AsyncAPI document, relative to the contract.
        asyncapi: PathText,
        /// Path of a JSON Schema, or of an Avro schema (`.avsc`), relative to the contract.
        schema: PathText,
        /// Path of a folder of `.proto` files, which their imports are relative to, or of one file;
        /// relative to the contract.
        proto: PathText,
        /// Which files of the folder count; all when it is not written. `*` stands for a part of a
        /// name, `**` for any folders.
        include: Vec<Spanned<PatternText>>,
    }
    required: [],
    reserved: [],
    also: NamesADocument,

    /// Where requests say who sends them.
    IdentityAst = "a mapping such as `{tenant: header(X-Tenant)}`" {
        /// Where a request names its tenant, read by the limit key `tenant`.
        tenant: KeyText,
    }
    required: [tenant],
    reserved: [],

    /// Policies of an endpoint.
    PolicyAst = "a mapping of policies such as `{timeout: 2s}`" {
        /// How many requests may pass.
        rate_limit: RateLimits,
        /// When to stop sending requests to a failing upstream.
        circuit_breaker: BreakerAst,
        /// Longest time a call may take, retries included; no limit when it is not written.
        timeout: DurationText,
        /// When to try again.
        retry: RetryAst,
    }
    required: [],
    reserved: [
        "auth", "scopes", "idempotency", "body", "bulkhead", "fallback", "routing", "mirror",
        "cache", "sla", "deprecated", "use",
    ],

    /// An endpoint and its policies.
    EndpointAst = "a mapping such as `{path: /users/{id}, method: GET}`" {
        flatten policies: PolicyAst,
        /// Path template; `{id}` is one segment.
        path: TemplateText,
        /// Upper-case HTTP method, or `*` for every method.
        method: MethodText,
        /// Operation of an imported document.
        operation: OperationText,
    }
    required: [],
    reserved: [],
    also: NamesAnEndpoint,

    /// A message that the service sends.
    EventAst = "a mapping such as `{name: order.paid/v1, schema: ev#/OrderPaid}`" {
        /// What happened, in the past tense, and the major version of the message.
        name: EventName,
        /// Whether the message tells what happened or asks for something; `fact` when it is not
        /// written.
        kind: EventKind,
        /// What the message holds: alias of an import and place in it.
        schema: SchemaText,
        /// Where the message says what it is about.
        key: FieldText,
        /// Messages that arrive in the order in which they were sent.
        ordering: OrderingAst,
        /// How a reader tells that it has read a message before.
        idempotency: DedupeAst,
        /// Where the message says when it happened.
        timestamp: FieldText,
        /// Where the message says which version it is of.
        version: FieldText,
        /// Which versions of the message must read each other; `full_transitive` when it is not
        /// written.
        evolution: EvolutionWord,
        /// Where the message travels.
        channel: ChannelAst,
        /// What stands around the payload.
        envelope: EnvelopeWord,
        /// How a Protobuf message travels; its binary and its JSON form both count when it is not
        /// written.
        encoding: EncodingWord,
    }
    required: [name, schema],
    reserved: ["delivery", "classification"],

    /// Messages that arrive in the order in which they were sent.
    OrderingAst = "a mapping such as `{by: orderId}`" {
        /// Messages that agree here stay in order.
        by: FieldText,
    }
    required: [by],
    reserved: ["scope"],

    /// How a reader tells that it has read a message before.
    DedupeAst = "a mapping such as `{key: id, window: 7d}`" {
        /// Where the message says which one it is.
        key: FieldText,
        /// How long a message may come again.
        window: DurationText,
    }
    required: [key],
    reserved: [],

    /// Where messages travel.
    ChannelAst = "a mapping such as `{kafka: {topic: order.events}}`" {
        /// A topic of Kafka.
        kafka: KafkaAst,
    }
    required: [kafka],
    reserved: [],

    /// A topic of Kafka.
    KafkaAst = "a mapping such as `{topic: order.events, partitions: 24}`" {
        /// Its name.
        topic: TopicText,
        /// Into how many logs it is split; messages of one key are in one of them.
        partitions: Int<1, 100000>,
        /// How long messages are kept.
        retention: DurationText,
    }
    required: [topic],
    reserved: [],

    /// A message of another service that this one reads.
    ConsumeAst = "a mapping such as `{event: shipping.delivered/v1, group: ordering}`" {
        /// Name and major version of the message.
        event: EventName,
        /// Versions that are understood; all of the major version when it is not written.
        version: RangeText,
        /// Readers that share the work.
        group: GroupText,
        /// How a message is told that was read before.
        dedupe: DedupeAst,
        /// How long to wait before each further try; each wait is longer than the one before.
        retry: Vec<Spanned<DurationText>>,
        /// Where messages go that cannot be read.
        dead_letter: TopicText,
        /// Tries before a message goes there, the first one included.
        max_attempts: Int<1, 1000>,
    }
    required: [event, group],
    reserved: [],

    /// What new versions of the contract are held to.
    CompatAst = "a mapping such as `{mode: backward, baseline: git:origin/main}`" {
        /// Which versions must read each other; `backward` when it is not written.
        mode: EvolutionWord,
        /// The version that others are compared with.
        baseline: BaselineText,
    }
    required: [],
    reserved: ["supports", "deprecation"],

    /// A rate limit in its long form.
    RateLimitAst = "a mapping such as `{limit: \"100r/s per client_ip\", scope: replica}`" {
        /// The limit itself.
        limit: RateText,
        /// Who shares the bucket: `replica` is every worker of one proxy process.
        scope: LimitScope,
    }
    required: [limit],
    reserved: [],

    /// When to stop sending requests to a failing upstream.
    BreakerAst = "a mapping such as `{failure_threshold: 5, timeout_ms: 2000}`" {
        /// Consecutive failures that open the breaker; 5 when it is not written.
        failure_threshold: FailureThreshold,
        /// Milliseconds it stays open before it lets probes through; 30000 when it is not written.
        timeout_ms: Millis,
        /// Probes at once, and successes that close it; 1 when it is not written.
        half_open: Int<1, 100>,
        /// What the breaker guards.
        scope: BreakerScope,
    }
    required: [],
    reserved: ["window", "min_requests", "adaptive", "max_ejection", "base_latency", "baseline_qps"],

    /// When to try again.
    RetryAst = "a mapping such as `{attempts: 2, on: [connect, 503]}`" {
        /// Retries after the first try; 1 when it is not written.
        attempts: Int<0, 10>,
        /// What is tried again: statuses such as `503`, classes such as `5xx`, `connect`, `reset`.
        on: Vec<Spanned<RetryOn>>,
        /// How long to wait between tries.
        backoff: BackoffAst,
        /// Largest share of requests that may be retries.
        budget: PercentText,
    }
    required: [],
    reserved: [],

    /// How long to wait between tries.
    BackoffAst = "a mapping such as `{base: 25ms, max: 250ms}`" {
        /// The first wait; it doubles with each try.
        base: DurationText,
        /// The longest wait.
        max: DurationText,
        /// Whether waits are spread at random.
        jitter: Jitter,
    }
    required: [],
    reserved: [],

    /// Where the service runs.
    DeployAst = "a mapping such as `{targets: {prod: {host: user.shop.svc}}}`" {
        /// Places to deploy to, by name.
        targets: Map<TargetName, TargetAst>,
    }
    required: [],
    reserved: ["with"],

    /// A place to deploy to.
    TargetAst = "a mapping such as `{host: user.shop.svc, port: 8080}`" {
        /// Host name of the service.
        host: HostText,
        /// Port of the service.
        port: Int<1, 65535>,
        /// Labels of the workload's pods.
        selector: Map<LabelName, Spanned<String>>,
        /// Proxies in front whose X-Forwarded-For entries are believed.
        trusted_hops: Int<0, 32>,
        /// Whether paths are normalised before they are matched.
        normalize: Normalize,
        /// Settings of the Istio output.
        istio: IstioAst,
        /// Settings of the Envoy output.
        envoy: EnvoyAst,
        /// Settings of the policy module.
        wasm: WasmAst,
    }
    required: [],
    reserved: ["override", "regions", "ebpf", "rate_limit_service"],

    /// Settings of the Istio output.
    IstioAst = "a mapping such as `{namespace: shop}`" {
        /// Istio version that the objects are for.
        version: IstioVersion,
        /// Namespace of the objects.
        namespace: NamespaceText,
        /// Gateway that the service is reached through; without it the sidecar enforces.
        gateway: GatewayText,
        /// Host names at the gateway.
        hosts: Vec<Spanned<HostText>>,
    }
    required: [],
    reserved: [],

    /// Settings of the Envoy output.
    EnvoyAst = "a mapping such as `{listen: \"127.0.0.1:10000\"}`" {
        /// Address that Envoy listens on.
        listen: HostPortText,
        /// Address of Envoy's admin interface.
        admin: HostPortText,
        /// Address of the service.
        upstream: HostPortText,
    }
    required: [],
    reserved: [],

    /// Settings of the policy module.
    WasmAst = "a mapping such as `{registry: \"oci://registry.example.com/shop\"}`" {
        /// Registry that the module is fetched from.
        registry: RegistryText,
    }
    required: [registry],
    reserved: [],

    /// An output.
    OutputAst = "a mapping such as `{out: deploy/envoy}`" {
        /// Folder of the artifacts, relative to the contract.
        out: PathText,
    }
    required: [],
    reserved: ["parts", "dates", "bigint"],

    /// How loud the adjustable rules are for this contract.
    LintAst = "a mapping such as `{rules: {norway-value: never}}`" {
        /// Levels by the name of the rule.
        rules: Map<RuleNameText, Spanned<LevelWord>>,
    }
    required: [],
    reserved: [],
}

word_type! {
    /// What happens to requests that no endpoint names.
    Unlisted {
        /// They go to the upstream with no policy.
        Pass = "pass",
        /// They are answered 404.
        Reject = "reject",
    }
    reserved: [];

    /// Who shares the bucket of a limit.
    LimitScope {
        /// Every worker of one proxy process.
        Replica = "replica",
    }
    reserved: ["global"];

    /// What a breaker guards.
    BreakerScope {
        /// One endpoint.
        Endpoint = "endpoint",
    }
    reserved: ["host"];

    /// What a message is.
    EventKind {
        /// Something that happened.
        Fact = "fact",
        /// Something that is asked for.
        Command = "command",
    }
    reserved: [];

    /// What stands around a payload.
    EnvelopeWord {
        /// CloudEvents 1.0: `id`, `source`, `type`, `time`.
        CloudEvents = "cloudevents",
    }
    reserved: [];

    /// How a message travels.
    EncodingWord {
        /// In bytes.
        Binary = "binary",
        /// As JSON.
        Json = "json",
    }
    reserved: [];

    /// Which versions must read each other.
    EvolutionWord {
        /// None.
        None = "none",
        /// The new one reads what the last one wrote.
        Backward = "backward",
        /// The last one reads what the new one writes.
        Forward = "forward",
        /// Both.
        Full = "full",
        /// The new one reads what any older one wrote.
        BackwardTransitive = "backward_transitive",
        /// Every older one reads what the new one writes.
        ForwardTransitive = "forward_transitive",
        /// Both, with every older one.
        FullTransitive = "full_transitive",
    }
    reserved: [];

    /// Whether waits between tries are spread at random.
    Jitter {
        /// Anywhere between nothing and the full wait.
        Full = "full",
        /// Always the full wait.
        None = "none",
    }
    reserved: [];

    /// Whether paths are normalised before they are matched.
    Normalize {
        /// Dot segments resolved, double slashes merged, unreserved escapes decoded.
        Standard = "standard",
        /// As they arrive.
        None = "none",
    }
    reserved: [];
}
