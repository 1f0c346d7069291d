//! Contracts held against what they are read as, and against what is said about them.

use std::sync::Arc;

use super::{ContractAst, Keys, contract_schema, parse_contract};
use crate::diag::{Diagnostic, LevelTable, Severity};
use crate::text::{RelPath, Side, SourceMap, Spanned};

/// The first sample of the language; it stays valid unchanged for ever.
const FIRST: &str = r#"# declare a contract; endpoints follow OpenAPI 3.1 path conventions
contract: user/v1
version: 1.2.0
endpoints:
- path: /users/{id}
  method: GET
  rate_limit: "100r/s per client_ip"
  circuit_breaker:
    failure_threshold: 5
    timeout_ms: 2000
"#;

/// Every stable key.
const FULL: &str = r#"
cherry: 1
contract: order/v1
version: 1.2.0
owner: team-order
description: Places and tracks orders.
x-team: {anything: [goes]}
imports:
  api: {openapi: ./order.openapi.yaml}
  ev: {asyncapi: ./events.asyncapi.yaml}
  common: {schema: ./money.schema.json}
  records: {proto: ./proto, include: ["order/*.proto"]}
compat: {mode: full, baseline: git:origin/main}
events:
- name: order.paid/v1
  kind: fact
  schema: ev#/OrderPaid
  key: orderId
  ordering: {by: orderId}
  idempotency: {key: id, window: 7d}
  timestamp: time
  version: version
  evolution: full_transitive
  channel: {kafka: {topic: order.events, partitions: 24, retention: 30d}}
  envelope: cloudevents
  encoding: json
consumes:
- {event: shipping.delivered/v1, version: "^1", group: ordering, dedupe: {key: id, window: 7d}, retry: [1m, 10m], dead_letter: order.dlq, max_attempts: 5}
unlisted: reject
identity: {tenant: header(X-Tenant)}
defaults:
  timeout: 2s
  rate_limit: "1000r/s per client_ip burst 2000"
  retry: {attempts: 2, on: [connect, 503, reset], backoff: {base: 25ms, max: 250ms, jitter: full}, budget: 10%}
rate_limit:
- "5000r/s per global"
- {limit: 100r/s per tenant, scope: replica}
endpoints:
- path: /orders/{orderId}
  method: GET
  rate_limit: {limit: "100r/s per client_ip", x-why: measured}
  circuit_breaker: {failure_threshold: 5, timeout_ms: 3000, half_open: 2, scope: endpoint}
- operation: api.createOrder
  timeout: 1500ms
  retry: {attempts: 0}
deploy:
  targets:
    prod:
      host: order.shop.svc.cluster.local
      port: 8080
      selector: {app: order, tier: "1"}
      trusted_hops: 1
      normalize: none
      istio: {version: "1.30", namespace: shop, gateway: shop-gw, hosts: [order.example.com]}
      envoy: {listen: "127.0.0.1:10000", admin: "127.0.0.1:9901", upstream: "127.0.0.1:9000"}
      wasm: {registry: "oci://registry.example.com/shop"}
generate:
  istio: {out: deploy/istio}
  wasm: {}
lint: {rules: {norway-value: never, client-ip-at-sidecar: error}}
"#;

struct Read {
    sources: SourceMap,
    ast: Option<ContractAst>,
    findings: Vec<Diagnostic>,
}

fn read(text: &str) -> Read {
    let mut sources = SourceMap::default();
    let text: Arc<str> = text.into();
    let path = RelPath::new("example.cherry.yaml").expect("a plain name is a path");
    let file = sources.add(path, Side::New, Arc::clone(&text));
    let phase = parse_contract(file, &text);
    let findings = phase.diagnostics.finish(&LevelTable::default());
    Read {
        sources,
        ast: phase.value,
        findings: findings.iter().cloned().collect(),
    }
}

impl Read {
    fn lines(&self) -> Vec<String> {
        let line = |finding: &Diagnostic| {
            let place = finding
                .primary()
                .map_or("", |span| self.sources.slice(span));
            format!("{} |{place}| {}", finding.rule().name, finding.headline())
        };
        self.findings.iter().map(line).collect()
    }
}

fn valid(text: &str) -> (SourceMap, ContractAst) {
    let read = read(text);
    assert_eq!(read.lines(), Vec::<String>::new());
    (
        read.sources,
        read.ast.expect("a text without findings is read"),
    )
}

fn node<T>(field: &Option<Spanned<T>>) -> &T {
    &field.as_ref().expect("the key is written").node
}

#[test]
fn the_first_sample_is_read() {
    let (sources, ast) = valid(FIRST);
    assert_eq!(node(&ast.contract).as_str(), "user/v1");
    assert_eq!(node(&ast.version).as_str(), "1.2.0");
    let [endpoint] = node(&ast.endpoints).as_slice() else {
        panic!("one endpoint is written");
    };
    assert_eq!(node(&endpoint.path).as_str(), "/users/{id}");
    assert_eq!(node(&endpoint.method).as_str(), "GET");
    let [limit] = node(&endpoint.policies.rate_limit).items.as_slice() else {
        panic!("one limit is written");
    };
    let text = limit.limit.as_ref().expect("the limit is written");
    assert_eq!(text.node.as_str(), "100r/s per client_ip");
    assert_eq!(sources.slice(text.span), "100r/s per client_ip");
    assert_eq!(sources.slice(text.span.part(11, 20)), "client_ip");
    let breaker = node(&endpoint.policies.circuit_breaker);
    assert_eq!(node(&breaker.failure_threshold).0, 5);
    assert_eq!(node(&breaker.timeout_ms).0, 2000);
    assert!(breaker.half_open.is_none(), "silence stays silence");
    assert!(ast.cherry.is_none() && ast.defaults.is_none());
}

#[test]
fn every_stable_key_is_read() {
    let (sources, ast) = valid(FULL);
    let json = format!("{ast:?}");
    // What was written must be somewhere in the tree; a field that `take` forgot would be `None`.
    assert_eq!(json.matches(": None").count(), count_of_silence(), "{json}");
    let retry = node(&node(&ast.defaults).retry);
    let on: Vec<&str> = node(&retry.on).iter().map(|on| on.node.as_str()).collect();
    assert_eq!(on, ["connect", "503", "reset"]);
    let (name, target) = node(&node(&ast.deploy).targets)
        .iter()
        .next()
        .expect("a target is written");
    assert_eq!(
        (name.node.as_str(), sources.slice(name.span)),
        ("prod", "prod")
    );
    assert_eq!(
        node(&target.selector)
            .iter()
            .find(|(key, _)| key.node.as_str() == "tier")
            .map(|(_, tier)| tier.node.as_str()),
        Some("1")
    );
    let emitters: Vec<&str> = node(&ast.generate)
        .iter()
        .map(|(id, _)| id.node.as_str())
        .collect();
    assert_eq!(emitters, ["istio", "wasm"]);
}

/// Keys that `FULL` leaves out, counted by hand: `defaults.circuit_breaker`; `scope` of three
/// limits written without it; path and method of the second endpoint, operation of the first;
/// timeout and retry of the first endpoint; limit and breaker of the second; on, backoff and budget
/// of its retry; `out` of the wasm output; three kinds of document of each of four imports, and
/// `include` of three of them. `normalize: none` prints as `None` too.
fn count_of_silence() -> usize {
    1 + 3 + 3 + 2 + 2 + 3 + 1 + 1 + 15
}

#[test]
fn texts_of_the_language_table() {
    let cases = [
        (
            "version: 1.2.0",
            "version: 1.10",
            "wrong-type |1.10| `version`: YAML reads the number 1.1: quote it and use three parts",
        ),
        (
            "version: 1.2.0",
            "version: 1",
            "wrong-type |1| `version`: YAML reads the number 1: quote it and use three parts",
        ),
        (
            "  method: GET",
            "  method: GET\n  timeout: 10",
            "wrong-type |10| `timeout`: duration needs a unit; did you mean `10s` or `10ms`?",
        ),
        (
            "timeout_ms: 2000",
            "timeout_ms: 3s",
            "wrong-type |3s| `timeout_ms`: `_ms` takes an integer, `3000`",
        ),
        (
            "timeout_ms: 2000",
            "timeout_ms: 0",
            "out-of-range |0| `timeout_ms` must be a whole number from 1 to 3600000, found the number `0`",
        ),
        (
            "timeout_ms: 2000",
            "timeout_ms: -5",
            "out-of-range |-5| `timeout_ms` must be a whole number from 1 to 3600000, found the number `-5`",
        ),
        (
            "timeout_ms: 2000",
            "timeout_ms: 1.5",
            "wrong-type |1.5| `timeout_ms` must be a whole number from 1 to 3600000, found the number `1.5`",
        ),
        (
            "failure_threshold: 5",
            "failure_threshold: 50%",
            "reserved-key |50%| `failure_threshold`: a percentage of a window is reserved: not enforced by this version",
        ),
        (
            "failure_threshold: 5",
            "failure_threshold: \"5\"",
            "wrong-type |\"5\"| `failure_threshold` must be a whole number of at least 1, found the text `5`",
        ),
        (
            "circuit_breaker:",
            "retry: {budget: 10}\n  circuit_breaker:",
            "wrong-type |10| `budget` must be a percentage such as `10%`, found the number `10`",
        ),
        (
            "rate_limit: \"100r/s per client_ip\"",
            "rate_limit: 100",
            "wrong-type |100| `rate_limit` must be a rate such as `100r/s per client_ip`, found the number `100`",
        ),
        (
            "rate_limit: \"100r/s per client_ip\"",
            "rate_limit: [1r/s per global, 2]",
            "wrong-type |2| an item of `rate_limit` must be a rate such as `100r/s per client_ip`, found the number `2`",
        ),
        (
            "rate_limit: \"100r/s per client_ip\"",
            "rate_limit: {limit: 1r/s per global, scope: global}",
            "reserved-key |global| `scope`: `global` is reserved: not enforced by this version",
        ),
        (
            "rate_limit: \"100r/s per client_ip\"",
            "rate_limit: {limit: 1r/s per global, scope: replca}",
            "unknown-key |replca| unknown value of `scope`: `replca`; did you mean `replica`?",
        ),
        (
            "rate_limit: \"100r/s per client_ip\"",
            "rate_limit: {scope: replica}",
            "missing-key |scope| `rate_limit` needs the key `limit`",
        ),
        (
            "timeout_ms: 2000",
            "timeout_ms: 2000\n    scope: host",
            "reserved-key |host| `scope`: `host` is reserved: not enforced by this version",
        ),
        (
            "  method: GET",
            "  method: GET\n  retires: {attempts: 1}",
            "unknown-key |retires| unknown key `retires`; did you mean `retry`?",
        ),
        (
            "  method: GET",
            "  method: GET\n  rate-limit: 1r/s per global",
            "unknown-key |rate-limit| unknown key `rate-limit`; did you mean `rate_limit`?",
        ),
        (
            "  method: GET",
            "  method: GET\n  zebra: 1",
            "unknown-key |zebra| unknown key `zebra`",
        ),
        (
            "  method: GET\n",
            "",
            "missing-key |path| an endpoint needs `path` and `method`, or `operation`",
        ),
        (
            "version: 1.2.0\n",
            "",
            "missing-key |contract| a contract needs the key `version`",
        ),
        (
            "version: 1.2.0",
            "version:",
            "wrong-type || `version` must be a version of three parts such as `1.2.0`, found nothing",
        ),
        (
            "version: 1.2.0",
            "version: 1.2.0\nowner: no",
            "norway-value |no| `no` is a text here, but many YAML readers take it for a boolean",
        ),
        (
            "version: 1.2.0",
            "version: 1.2.0\nowner: true",
            "wrong-type |true| `owner` must be a text, found the boolean `true`",
        ),
        (
            "version: 1.2.0",
            "version: 1.2.0\ngenerate: {istoi: {}}",
            "unknown-key |istoi| unknown output `istoi`; did you mean `istio`?",
        ),
        (
            "version: 1.2.0",
            "version: 1.2.0\ngenerate: {client-rust: {out: src, parts: [types]}}",
            "reserved-key |client-rust| the output `client-rust` is reserved: not enforced by this version",
        ),
        (
            "version: 1.2.0",
            "version: 1.2.0\ndefaults: {path: /x}",
            "unknown-key |path| unknown key `path`",
        ),
        (
            "version: 1.2.0",
            "version: 1.2.0\ncherry: 2",
            "out-of-range |2| `cherry` must be 1, the only one there is, found the number `2`",
        ),
        (
            "version: 1.2.0",
            "version: 1.2.0\nunlisted: drop",
            "unknown-key |drop| unknown value of `unlisted`: `drop`",
        ),
        (
            "version: 1.2.0",
            "version: 1.2.0\nlint: {rules: {a-rule: off}}",
            "unknown-key |off| unknown level of `a-rule`: `off`",
        ),
        (
            "version: 1.2.0",
            "version: 1.2.0\ndeploy: {targets: {prod: {istio: {version: 1.30}}}}",
            "wrong-type |1.30| `version`: YAML reads the number 1.3: quote it",
        ),
        (
            "version: 1.2.0",
            "version: 1.2.0\n<<: {owner: me}",
            "unknown-key |<<| unknown key `<<`",
        ),
    ];
    for (from, to, expected) in cases {
        assert!(FIRST.contains(from), "{from:?}");
        let read = read(&FIRST.replacen(from, to, 1));
        assert_eq!(read.lines(), [expected], "{to:?}");
        assert!(read.ast.is_some(), "reading goes on: {to:?}");
        for finding in &read.findings {
            let says_what_to_do = ["must be", "reserved"]
                .iter()
                .any(|part| expected.contains(part));
            assert!(
                finding.help().is_some() || says_what_to_do,
                "{to:?} has no help"
            );
        }
    }
}

/// An edit that is offered mends what it is offered for.
#[test]
fn fixes_mend() {
    let cases = [
        ("version: 1.2.0", "version: 1.10"),
        ("version: 1.2.0", "version: 2"),
        ("  method: GET", "  method: GET\n  timeout: 10"),
        ("timeout_ms: 2000", "timeout_ms: 3s"),
        ("timeout_ms: 2000", "timeout_ms: \"3 s\""),
        ("failure_threshold: 5", "failure_threshold: \"5\""),
        ("  method: GET", "  method: GET\n  retry: {budget: 10}"),
        ("  method: GET", "  method: GET\n  \"retri\": {attempts: 1}"),
        ("version: 1.2.0", "version: 1.2.0\nowner: no"),
        ("version: 1.2.0", "version: 1.2.0\nowner: 12"),
        ("version: 1.2.0", "version: 1.2.0\nunlisted: 'rejct'"),
        ("version: 1.2.0", "version: 1.2.0\ngenerate: {envy: {}}"),
        (
            "version: 1.2.0",
            "version: 1.2.0\nlint: {rules: {a-rule: wraning}}",
        ),
    ];
    for (from, to) in cases {
        let text = FIRST.replacen(from, to, 1);
        let read_once = read(&text);
        let [finding] = read_once.findings.as_slice() else {
            panic!("{to:?}: {:?}", read_once.lines());
        };
        let help = finding.help.as_ref().expect("an edit is offered");
        assert_eq!(help.edits.len(), 1, "{to:?}");
        let mut mended = text.clone();
        for edit in &help.edits {
            mended.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
        }
        assert_eq!(
            read(&mended).lines(),
            Vec::<String>::new(),
            "{to:?} became {mended:?}"
        );
    }
}

/// Where each reserved key of the language stands: the text before it, and its name.
#[test]
fn every_reserved_key_is_refused() {
    fn reserved<T: Keys>() -> Vec<&'static str> {
        let mut out = Vec::new();
        T::reserved(&mut out);
        assert!(!out.is_empty());
        let mut allowed = Vec::new();
        T::allowed(&mut allowed);
        assert!(out.iter().all(|key| !allowed.contains(key)));
        out
    }
    let places: [(&str, Vec<&str>); 9] = [
        ("version: 1.2.0\n@", reserved::<ContractAst>()),
        ("  method: GET\n  @", reserved::<super::EndpointAst>()),
        (
            "version: 1.2.0\ndefaults: {timeout: 1s, @}\n",
            reserved::<super::PolicyAst>(),
        ),
        (
            "    timeout_ms: 2000\n    @",
            reserved::<super::BreakerAst>(),
        ),
        (
            "version: 1.2.0\nevents: [{name: a.b/v1, schema: ev#/A, @}]\n",
            reserved::<super::EventAst>(),
        ),
        (
            "version: 1.2.0\nevents: [{name: a.b/v1, schema: ev#/A, ordering: {by: id, @}}]\n",
            reserved::<super::tree::OrderingAst>(),
        ),
        (
            "version: 1.2.0\ncompat: {@}\n",
            reserved::<super::tree::CompatAst>(),
        ),
        (
            "version: 1.2.0\ndeploy: {@}\n",
            reserved::<super::tree::DeployAst>(),
        ),
        (
            "version: 1.2.0\ndeploy: {targets: {prod: {@}}}\n",
            reserved::<super::TargetAst>(),
        ),
    ];
    let schema = validator();
    for (place, keys) in places {
        let anchor = place.lines().next().expect("a place names a line");
        assert!(FIRST.contains(anchor), "{anchor:?}");
        for key in keys {
            let text = FIRST.replacen(anchor, &place.replace('@', &format!("{key}: {{}}")), 1);
            let expected =
                format!("reserved-key |{key}| `{key}` is reserved: not enforced by this version");
            assert_eq!(read(&text).lines(), [expected]);
            assert!(!schema.is_valid(&json(&text)), "the schema accepts `{key}`");
        }
    }
}

fn validator() -> jsonschema::Validator {
    jsonschema::validator_for(&contract_schema()).expect("the schema is a JSON Schema")
}

/// The text as plain JSON, through another reader.
fn json(text: &str) -> serde_json::Value {
    serde_yaml_ng::from_str(text).expect("the text is YAML")
}

#[test]
fn the_schema_accepts_what_is_valid_and_refuses_what_is_not() {
    let schema = validator();
    for text in [FIRST, FULL] {
        let errors: Vec<String> = schema
            .iter_errors(&json(text))
            .map(|error| format!("{error} at {}", error.instance_path()))
            .collect();
        assert_eq!(errors, Vec::<String>::new());
    }
    let bad = [
        ("version: 1.2.0", "version: 1.10"),
        ("contract: user/v1", "contract: User/v1"),
        ("contract: user/v1", "contract: user/v01"),
        ("method: GET", "method: get"),
        ("timeout_ms: 2000", "timeout_ms: 3s"),
        ("timeout_ms: 2000", "timeout_ms: 0"),
        (
            "rate_limit: \"100r/s per client_ip\"",
            "rate_limit: \"100/s per client_ip\"",
        ),
        (
            "rate_limit: \"100r/s per client_ip\"",
            "rate_limit: \"0r/s per client_ip\"",
        ),
        (
            "rate_limit: \"100r/s per client_ip\"",
            "rate_limit: \"10r/s  per client_ip\"",
        ),
        ("  method: GET", "  method: GET\n  timeout: 10"),
        ("  method: GET", "  method: GET\n  timeout: 30 s"),
        ("  method: GET", "  method: GET\n  timeout: 1s1m"),
        ("  method: GET", "  method: GET\n  timeout: 1m1m"),
        ("  method: GET", "  method: GET\n  timeout: ''"),
        ("  method: GET", ""),
        ("version: 1.2.0", ""),
        (
            "version: 1.2.0",
            "version: 1.2.0\ngenerate: {client-rust: {}}",
        ),
        ("version: 1.2.0", "version: 1.2.0\nretires: 1"),
    ];
    for (from, to) in bad {
        let text = FIRST.replacen(from, to, 1);
        assert!(!schema.is_valid(&json(&text)), "{to:?}");
    }
    for duration in ["250ms", "1.5s", "1m30s", "1m30.5s", "2h", "1d12h", "100us"] {
        let text = FIRST.replacen(
            "  method: GET",
            &format!("  method: GET\n  timeout: {duration}"),
            1,
        );
        assert!(schema.is_valid(&json(&text)), "{duration}");
    }
}

#[test]
fn what_is_no_contract_says_so() {
    let cases = [
        (
            "",
            "wrong-type || a contract must be a mapping that begins with `contract: user/v1`, found nothing",
        ),
        (
            "- a\n",
            "wrong-type |- a| a contract must be a mapping that begins with `contract: user/v1`, found a list",
        ),
        (
            "hello",
            "wrong-type |hello| a contract must be a mapping that begins with `contract: user/v1`, found the text `hello`",
        ),
    ];
    for (text, expected) in cases {
        let read = read(text);
        assert_eq!(read.lines(), [expected]);
        assert!(read.ast.is_none());
    }
}

#[test]
fn several_mistakes_are_reported_at_once() {
    let text = FIRST
        .replace("version: 1.2.0", "version: 1.10\nowners: me")
        .replace("method: GET", "method: [GET]")
        .replace("failure_threshold: 5", "failure_threshold: five");
    let read = read(&text);
    assert_eq!(read.lines().len(), 4, "{:?}", read.lines());
    assert!(
        read.findings
            .iter()
            .all(|finding| finding.severity() == Severity::Error)
    );
}

/// Anchors within one document are allowed and give the same values.
#[test]
fn anchors_within_a_contract_are_read() {
    let text = FIRST.replace("  circuit_breaker:", "  circuit_breaker: &breaker")
        + "- path: /users\n  method: GET\n  circuit_breaker: *breaker\n";
    let (_, ast) = valid(&text);
    let thresholds: Vec<u32> = node(&ast.endpoints)
        .iter()
        .map(|endpoint| node(&node(&endpoint.policies.circuit_breaker).failure_threshold).0)
        .collect();
    assert_eq!(thresholds, [5, 5]);
}
