//! `fixtures/contracts/*`: each a small workspace, with the findings and the exit code it yields.

use std::fmt::Write as _;

use crate::harness::{Snapshots, cases, memory, run};

/// What a case yields, as people see it.
fn answer(workspace: &cherryc::MemoryFs, command: &str) -> String {
    let outcome = run(workspace, command);
    let mut text = format!("$ cherryc {command}\n");
    text.push_str(&outcome.printed);
    text.push_str(&outcome.text());
    let _ = writeln!(text, "exit {}", outcome.exit_code());
    text
}

#[test]
fn every_case_yields_its_report() {
    let mut snapshots = Snapshots::new("snapshots/contracts");
    for case in cases("fixtures/contracts") {
        let commands = case.command().unwrap_or("check");
        let answers: Vec<String> = commands
            .lines()
            .map(|command| answer(&case.workspace(), command))
            .collect();
        snapshots.file(format!("{}/report.txt", case.name), answers.join("\n"));
    }
    snapshots.finish();
}

#[test]
fn the_first_sample_stays_valid_unchanged() {
    let sample = "# declare a contract; endpoints follow OpenAPI 3.1 path conventions
contract: user/v1
version: 1.2.0
endpoints:
- path: /users/{id}
  method: GET
  rate_limit: \"100r/s per client_ip\"
  circuit_breaker:
    failure_threshold: 5
    timeout_ms: 2000
";
    let outcome = run(&memory([("user.cherry.yaml", sample)]), "check");
    assert_eq!((outcome.text().as_str(), outcome.exit_code()), ("", 0));
}

/// Every key, word and output of the language that nothing enforces yet: where it would be written,
/// and how it is named.
const RESERVED: [(&str, &str); 71] = [
    ("context: {name: ordering}", "`context`"),
    ("sla: {availability: 99.9%}", "`sla`"),
    ("dependencies: []", "`dependencies`"),
    ("auth: {default: [[jwt]]}", "`auth`"),
    ("trace: {sample: 10%}", "`trace`"),
    ("logs: {format: json}", "`logs`"),
    ("routes: {v1: {service: order.shop.svc}}", "`routes`"),
    ("state_machines: {}", "`state_machines`"),
    ("compat: {supports: \">=1.0\"}", "`supports`"),
    ("compat: {deprecation: {header: true}}", "`deprecation`"),
    ("events: [{delivery: {outbox: true}}]", "`delivery`"),
    ("events: [{classification: internal}]", "`classification`"),
    ("events: [{ordering: {scope: partition}}]", "`scope`"),
    ("transactions: []", "`transactions`"),
    ("data: {owns: []}", "`data`"),
    ("use: {module: ./my-filter.wasm}", "`use`"),
    (
        "rate_limit: {limit: 10r/s per global, scope: global}",
        "`global`",
    ),
    ("defaults: {auth: [[jwt]]}", "`auth`"),
    ("defaults: {scopes: [read]}", "`scopes`"),
    ("defaults: {idempotency: {ttl: 24h}}", "`idempotency`"),
    ("defaults: {body: {max_size: 1KiB}}", "`body`"),
    ("defaults: {bulkhead: {queue: 50}}", "`bulkhead`"),
    ("defaults: {fallback: []}", "`fallback`"),
    ("defaults: {routing: []}", "`routing`"),
    ("defaults: {mirror: {to: v2}}", "`mirror`"),
    ("defaults: {cache: {ttl: 0s}}", "`cache`"),
    ("defaults: {sla: {latency: {p99: 1s}}}", "`sla`"),
    ("defaults: {deprecated: {since: 1.2.0}}", "`deprecated`"),
    ("defaults: {use: {module: ./a.wasm}}", "`use`"),
    ("endpoints: auth: [[jwt]]", "`auth`"),
    ("endpoints: scopes: [orders.write]", "`scopes`"),
    ("endpoints: idempotency: {ttl: 24h}", "`idempotency`"),
    ("endpoints: body: {max_size: 1KiB}", "`body`"),
    ("endpoints: bulkhead: {queue: 50}", "`bulkhead`"),
    ("endpoints: fallback: []", "`fallback`"),
    ("endpoints: routing: []", "`routing`"),
    ("endpoints: mirror: {to: v2}", "`mirror`"),
    ("endpoints: cache: {ttl: 0s}", "`cache`"),
    ("endpoints: sla: {latency: {p99: 1s}}", "`sla`"),
    ("endpoints: deprecated: {since: 1.2.0}", "`deprecated`"),
    ("endpoints: use: {module: ./a.wasm}", "`use`"),
    ("endpoints: circuit_breaker: {window: 10s}", "`window`"),
    (
        "endpoints: circuit_breaker: {min_requests: 20}",
        "`min_requests`",
    ),
    ("endpoints: circuit_breaker: {adaptive: true}", "`adaptive`"),
    (
        "endpoints: circuit_breaker: {max_ejection: 100%}",
        "`max_ejection`",
    ),
    (
        "endpoints: circuit_breaker: {base_latency: 1s}",
        "`base_latency`",
    ),
    (
        "endpoints: circuit_breaker: {baseline_qps: 10}",
        "`baseline_qps`",
    ),
    (
        "endpoints: circuit_breaker: {failure_threshold: 50%}",
        "`failure_threshold`",
    ),
    ("endpoints: circuit_breaker: {scope: host}", "`host`"),
    ("deploy: {with: [billing]}", "`with`"),
    ("deploy: {targets: {prod: {override: {}}}}", "`override`"),
    ("deploy: {targets: {prod: {regions: [eu]}}}", "`regions`"),
    (
        "deploy: {targets: {prod: {ebpf: {interface: eth0}}}}",
        "`ebpf`",
    ),
    (
        "deploy: {targets: {prod: {rate_limit_service: \"rl:8081\"}}}",
        "`rate_limit_service`",
    ),
    ("generate: {client-rust: {out: src/gen}}", "`client-rust`"),
    (
        "generate: {client-typescript: {out: a}}",
        "`client-typescript`",
    ),
    ("generate: {client-go: {out: a}}", "`client-go`"),
    ("generate: {client-java: {out: a}}", "`client-java`"),
    ("generate: {client-python: {out: a}}", "`client-python`"),
    ("generate: {ebpf: {out: a}}", "`ebpf`"),
    ("generate: {karmada: {out: a}}", "`karmada`"),
    ("generate: {argocd: {out: a}}", "`argocd`"),
    ("generate: {tekton: {out: a}}", "`tekton`"),
    ("generate: {prometheus: {out: a}}", "`prometheus`"),
    ("generate: {grafana: {out: a}}", "`grafana`"),
    ("generate: {litmus: {out: a}}", "`litmus`"),
    ("generate: {otel: {out: a}}", "`otel`"),
    ("generate: {logs: {out: a}}", "`logs`"),
    ("generate: {istio: {parts: [client]}}", "`parts`"),
    ("generate: {istio: {dates: jiff}}", "`dates`"),
    ("generate: {istio: {bigint: true}}", "`bigint`"),
];

#[test]
fn every_reserved_part_of_the_language_is_refused_as_such() {
    for (written, name) in RESERVED {
        let (endpoint, top) = match written.strip_prefix("endpoints: ") {
            Some(endpoint) => (endpoint, ""),
            None => ("x-nothing: here", written),
        };
        let contract = format!(
            "contract: order/v1\nversion: 1.2.0\nendpoints:\n- path: /orders\n  method: GET\n  {endpoint}\n{top}\n"
        );
        let outcome = run(&memory([("order.cherry.yaml", &contract)]), "check");
        let findings: Vec<(&str, &str)> = outcome
            .report
            .findings
            .iter()
            .map(|finding| (finding.rule().name, finding.headline()))
            .collect();
        let says_so = findings.iter().any(|(rule, headline)| {
            *rule == "reserved-key"
                && headline.contains(name)
                && headline.ends_with("reserved: not enforced by this version")
        });
        assert!(says_so, "{written}: {findings:?}");
        assert_eq!(outcome.exit_code(), 2, "{written}");
    }
}
