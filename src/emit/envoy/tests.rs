//! What can be seen in the text. What Envoy makes of it is seen in `tests/it/envoy.rs`.

use serde_json::{Value, json};

use super::*;
use crate::emit::testing::{artifacts, program};

/// Everything that a route, a limit, a retry and a path can be.
const ORDER: &str = r#"
contract: shop.order/v1
version: 1.4.0
unlisted: reject
rate_limit: "1000r/s per global burst 2000"
defaults: {timeout: 2s}
endpoints:
- {path: "/orders/{id}", method: GET, rate_limit: ["3r/2s per global burst 5", "10r/s per client_ip", "4r/s per global"]}
- {path: "/orders/{id}", method: PUT, timeout: 300ms, retry: {attempts: 2, on: [connect, gateway_error, reset, 429]}}
- {path: "/orders/{id}/items/{a}/{b}/{c}/{d}/{e}", method: GET}
- {path: "/orders/{id}:cancel", method: POST, retry: {attempts: 1, on: [5xx, refused_stream], budget: 12.5%, backoff: {base: 100ms, max: 2s}}}
- {path: "/orders", method: GET, circuit_breaker: {failure_threshold: 5, timeout_ms: 2000}}
- {path: "/files/{path=**}", method: "*", rate_limit: "5r/m per global"}
- {path: /, method: GET}
"#;

/// What is emitted, by path, as trees.
fn emitted(texts: &[&str], set: &[&str]) -> BTreeMap<String, Value> {
    let program = program(texts, set);
    let parse = |text: String| serde_yaml_ng::from_str(&text).expect("it is YAML");
    let artifacts = artifacts(&Envoy, &program).into_iter();
    artifacts.map(|(path, text)| (path, parse(text))).collect()
}

/// The connection manager of a bootstrap.
fn manager(bootstrap: &Value) -> &Value {
    let listener = &bootstrap["static_resources"]["listeners"][0];
    &listener["filter_chains"][0]["filters"][0]["typed_config"]
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn routes(bootstrap: &Value) -> &[Value] {
    list(
        &manager(bootstrap)["route_config"]["virtual_hosts"][0],
        "routes",
    )
}

/// The routes of an endpoint, in their order.
fn routes_of<'a>(bootstrap: &'a Value, name: &str) -> Vec<&'a Value> {
    let named = |route: &&Value| route["name"] == name;
    let found: Vec<&Value> = routes(bootstrap).iter().filter(named).collect();
    assert!(!found.is_empty(), "no route `{name}`");
    found
}

/// Names of the filters that a route switches on.
fn switched_on(route: &Value) -> Vec<&str> {
    let filters = route["typed_per_filter_config"].as_object();
    filters.map_or(Vec::new(), |map| map.keys().map(String::as_str).collect())
}

#[test]
fn native_limits_stand_before_the_module_in_written_order() {
    let files = emitted(&[ORDER], &[]);
    let bootstrap = &files["envoy.yaml"];
    let chain = list(manager(bootstrap), "http_filters").iter();
    let chain: Vec<&str> = chain.filter_map(|filter| filter["name"].as_str()).collect();
    let expected = [
        "cherry.rate_limit.0.1s",
        "cherry.rate_limit.1.1s",
        "cherry.rate_limit.1.12s",
        "cherry.shop.order.v1",
        "envoy.filters.http.router",
    ];
    assert_eq!(chain, expected);
    // The limit behind one of the module's is the module's too.
    for route in routes_of(bootstrap, "GET /orders/{id}") {
        let expected = [expected[0], expected[1], expected[3]];
        assert_eq!(switched_on(route), expected, "{route}");
        assert_eq!(list(&route["route"], "rate_limits").len(), 2);
    }
    // Everything but the router is off where no route asks for it.
    for filter in list(manager(bootstrap), "http_filters") {
        let is_router = filter["name"] == "envoy.filters.http.router";
        assert_eq!(filter["disabled"] == true, !is_router, "{filter}");
    }
}

#[test]
fn a_module_is_attached_where_it_has_work() {
    let files = emitted(&[ORDER], &[]);
    let attached = |name: &str| {
        let routes = routes_of(&files["envoy.yaml"], name);
        let on = |route: &&Value| switched_on(route).contains(&"cherry.shop.order.v1");
        let count = routes.iter().copied().filter(|route| on(route)).count();
        assert!(
            count == 0 || count == routes.len(),
            "some routes of `{name}`"
        );
        count > 0
    };
    assert!(attached("GET /orders/{id}"));
    assert!(attached("GET /orders"));
    for name in [
        "PUT /orders/{id}",
        "* /files/{path=**}",
        "GET /",
        "unlisted",
    ] {
        assert!(!attached(name), "{name}");
    }
    let watched = &files["ecds/shop.order.v1.yaml"]["resources"][0];
    assert_eq!(watched["name"], "cherry.shop.order.v1");
    let config = &watched["typed_config"]["config"];
    assert_eq!(config["root_id"], "cherry.shop.order.v1");
    assert_eq!(config["configuration"]["value"], r#"{"flags":"AG"}"#);
}

#[test]
fn a_contract_without_work_for_a_module_has_none() {
    let text = "contract: user/v1\nversion: 1.0.0\nendpoints:\n- {path: /a, method: GET, timeout: 1s, rate_limit: 1r/s per global}\n";
    let files = emitted(&[text], &[]);
    assert_eq!(files.keys().collect::<Vec<_>>(), ["envoy.yaml"]);
}

#[test]
fn templates_that_envoy_cannot_say_are_expressions_alone() {
    let files = emitted(&[ORDER], &[]);
    let matches = |name: &str| -> Vec<Value> {
        let routes = routes_of(&files["envoy.yaml"], name).into_iter();
        let paths = routes.map(|route| {
            let mut on = route["match"].clone();
            on.as_object_mut().expect("a map").remove("headers");
            on
        });
        paths.collect()
    };
    let deep = "GET /orders/{id}/items/{a}/{b}/{c}/{d}/{e}";
    assert_eq!(matches(deep).len(), 1, "six variables are one too many");
    assert!(matches(deep)[0]["safe_regex"].is_object());
    let both = matches("GET /orders/{id}");
    assert!(both[0]["path_match_policy"].is_object() && both[1]["safe_regex"].is_object());
    assert_eq!(
        matches("GET /orders"),
        [json!({"path": "/orders"}), json!({"path": "/orders/"})]
    );
    assert_eq!(matches("GET /"), [json!({"path": "/"})]);
}

#[test]
fn bounds_and_retries_are_fields_of_routes() {
    let files = emitted(&[ORDER], &[]);
    let bootstrap = &files["envoy.yaml"];
    for route in routes_of(bootstrap, "PUT /orders/{id}") {
        assert_eq!(route["route"]["timeout"], "0.3s");
        assert_eq!(route["route"]["cluster"], "upstream-retry-20");
        let retry = &route["route"]["retry_policy"];
        assert_eq!(
            retry["retry_on"],
            "connect-failure,reset,retriable-status-codes"
        );
        assert_eq!(retry["retriable_status_codes"], json!([429, 502, 503, 504]));
        assert_eq!(retry["num_retries"], 2);
    }
    for route in routes_of(bootstrap, "GET /orders") {
        assert_eq!(route["route"]["timeout"], "2s");
        assert_eq!(route["route"]["retry_policy"], Value::Null);
    }
    let clusters = list(&bootstrap["static_resources"], "clusters").iter();
    let bounds = clusters.map(|cluster| {
        let thresholds = &cluster["circuit_breakers"]["thresholds"][0];
        (
            cluster["name"].as_str().expect("a name"),
            thresholds["retry_budget"]["budget_percent"]["value"].as_f64(),
        )
    });
    assert_eq!(
        bounds.collect::<Vec<_>>(),
        [
            ("upstream", None),
            ("upstream-retry-12_5", Some(12.5)),
            ("upstream-retry-20", Some(20.0))
        ]
    );
}

#[test]
fn head_goes_with_get_unless_it_has_an_entry() {
    let methods = |rest: &str| -> Vec<Value> {
        let text = format!(
            "contract: user/v1\nversion: 1.0.0\nendpoints:\n- {{path: /a, method: GET}}\n{rest}"
        );
        let files = emitted(&[&text], &[]);
        let routes = routes_of(&files["envoy.yaml"], "GET /a");
        let header = |route: &&Value| route["match"]["headers"][0]["string_match"].clone();
        routes.iter().map(header).collect()
    };
    assert_eq!(methods("")[0], json!({"safe_regex": {"regex": "GET|HEAD"}}));
    let own = methods("- {path: /a, method: HEAD}\n");
    assert_eq!(own[0], json!({"exact": "GET"}));
}

#[test]
fn who_is_in_front_decides_what_the_service_is_told() {
    let text = "contract: user/v1\nversion: 1.0.0\nendpoints:\n- {path: /a, method: GET}\n";
    for (set, hops, overwritten) in [
        (&[][..], Value::Null, 1),
        (&["envoy.trusted_hops=2"], json!(2), 0),
    ] {
        let files = emitted(&[text], set);
        let manager = manager(&files["envoy.yaml"]);
        assert_eq!(manager["use_remote_address"], true);
        let told = manager["xff_num_trusted_hops"].clone();
        assert!(told == hops || (hops.is_null() && told == 0), "{told}");
        let added = list(&manager["route_config"], "request_headers_to_add");
        assert_eq!(added.len(), overwritten);
    }
}
