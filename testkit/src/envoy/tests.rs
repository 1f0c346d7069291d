//! What can be said without Envoy, and one whole round with the real one.

use super::*;

#[test]
fn the_tail_of_a_log_is_cut_between_characters() {
    let text = "é".repeat(TAIL);
    assert!(tail(&text).len() <= TAIL);
    assert!(tail(&text).chars().all(|letter| letter == 'é'));
    assert_eq!(tail("short"), "short");
}

#[test]
fn statistics_are_the_lines_that_end_in_a_number() {
    let text = "cluster.up.upstream_rq_total: 12\ncluster.up.version_text: \"a: 1\"\nh.p: P0(1)\n";
    let found = numbers(text);
    assert_eq!(found.len(), 1);
    assert_eq!(found["cluster.up.upstream_rq_total"], 12);
}

#[test]
fn a_listener_on_every_address_is_met_on_the_loopback() {
    let json = br#"{"listener_statuses": [
        {"name": "a", "local_address": {"socket_address": {"address": "0.0.0.0", "port_value": 80}}},
        {"name": "b", "local_address": {"socket_address": {"address": "::", "port_value": 81}}},
        {"name": "c", "local_address": {"socket_address": {"address": "127.0.0.3", "port_value": 82}}}
    ]}"#;
    let found = listeners(json).expect("it is the known shape");
    let shown: Vec<_> = found.values().map(ToString::to_string).collect();
    assert_eq!(shown, ["127.0.0.1:80", "[::1]:81", "127.0.0.3:82"]);
    assert_eq!(listeners(b"{}"), None);
}

#[test]
fn a_process_that_ends_is_reported_with_what_it_said() {
    let dir = std::env::temp_dir();
    let error = Envoy::start(Path::new("/bin/echo"), &dir, 1, &[]).expect_err("echo is no proxy");
    let text = error.to_string();
    assert!(text.contains("ended with"), "{text}");
    assert!(text.contains("--concurrency 1"), "{text}");
}

#[test]
fn a_binary_that_is_missing_is_an_error_not_an_acceptance() {
    let dir = std::env::temp_dir();
    let said = Envoy::validate(Path::new("/nowhere/envoy"), &dir).expect_err("there is none");
    assert!(said.contains("cannot run /nowhere/envoy"), "{said}");
    assert!(Envoy::validate(Path::new("/bin/false"), &dir).is_err());
}

#[test]
fn a_real_envoy_serves() {
    let Some(folder) = crate::provision::require_or_skip("envoy", "envoy") else {
        return;
    };
    let binary = folder.join("envoy/_bin/envoy");
    let upstream = crate::upstream::Upstream::start().expect("a port is free");
    let dir = Scratch::new().expect("the temporary directory can be written");
    let config = BOOTSTRAP_FOR_TEST.replace("UPSTREAM", &upstream.port().to_string());
    fs::write(dir.0.join(BOOTSTRAP), &config).expect("it can be written");
    Envoy::validate(&binary, &dir.0).expect("the configuration is good");

    let envoy = Envoy::start(&binary, &dir.0, 2, &["-l", "warning"]).expect("it starts");
    let address = envoy.listeners().expect("it lists")["front"];
    let mut client = HttpClient::new(address);
    assert_eq!(
        client.get("/a%2fb?c").expect("an answer").text(),
        "/a%2fb?c"
    );
    assert_eq!(upstream.hits("/a%2fb"), 1);
    let stats = envoy.stats().expect("it answers");
    assert_eq!(stats["cluster.up.upstream_rq_total"], 1);
    assert_eq!(stats["server.concurrency"], 2);
    let admin = envoy.admin_address();
    drop(envoy);
    HttpClient::new(admin)
        .get("/ready")
        .expect_err("it is gone");

    fs::write(
        dir.0.join(BOOTSTRAP),
        config.replace("cluster: up", "cluster: down"),
    )
    .expect("it can be written");
    let said = Envoy::validate(&binary, &dir.0).expect_err("the cluster is unknown");
    assert!(said.contains("down"), "{said}");
}

const BOOTSTRAP_FOR_TEST: &str = r#"
static_resources:
  listeners:
  - name: front
    address: {socket_address: {address: 127.0.0.1, port_value: 0}}
    filter_chains:
    - filters:
      - name: envoy.filters.network.http_connection_manager
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
          stat_prefix: front
          route_config:
            virtual_hosts:
            - name: all
              domains: ["*"]
              routes: [{match: {prefix: "/"}, route: {cluster: up}}]
          http_filters:
          - name: envoy.filters.http.router
            typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
  clusters:
  - name: up
    type: STATIC
    connect_timeout: 1s
    load_assignment:
      cluster_name: up
      endpoints:
      - lb_endpoints:
        - endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: UPSTREAM}}}
"#;
