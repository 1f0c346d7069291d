use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::*;
use crate::emit::Modules;
use crate::emit::testing::{program, unit};
use crate::link::Program;

const USER_1: &str = r#"
contract: user/v1
version: 1.2.0+build.7
endpoints:
- {path: "/users/{id}", method: GET, rate_limit: "100r/s per client_ip", circuit_breaker: {failure_threshold: 5, timeout_ms: 2000}}
- {path: "/users", method: POST, timeout: 1500ms}
"#;

const USER_2: &str = r#"
contract: user/v2
version: 2.0.0
endpoints:
- {path: "/users/me", method: GET, rate_limit: "50r/s per global"}
- {path: "/v2/other", method: GET}
"#;

/// The files of the first host by path, as they are written.
fn files(program: &Program) -> BTreeMap<String, Vec<u8>> {
    let emitted = Istio.emit(&unit(program, &Modules::of(program)));
    assert!(emitted.diagnostics.is_empty(), "{:?}", emitted.diagnostics);
    emitted
        .artifacts
        .into_iter()
        .map(|artifact| (artifact.path.as_str().to_owned(), artifact.bytes))
        .collect()
}

fn yaml(files: &BTreeMap<String, Vec<u8>>, path: &str) -> Value {
    let bytes = files
        .get(path)
        .unwrap_or_else(|| panic!("{path} is not among {:?}", files.keys()));
    serde_yaml_ng::from_slice(bytes).expect("valid YAML")
}

fn emit(texts: &[&str], set: &[&str]) -> BTreeMap<String, Vec<u8>> {
    files(&program(texts, set))
}

#[test]
fn a_host_has_one_route_table_in_the_linked_order() {
    let files = emit(&[USER_1, USER_2], &[]);
    let service = yaml(&files, "virtualservice-user.yaml");
    assert_eq!(service["apiVersion"], "networking.istio.io/v1beta1");
    assert_eq!(service["metadata"]["namespace"], "default");
    let labels = &service["metadata"]["labels"];
    assert_eq!(labels["app.kubernetes.io/managed-by"], "cherryc");
    assert_eq!(labels["app.kubernetes.io/version"], "1.2.0_build.7");
    assert_eq!(labels["cherryc/contract"], "user.v1");
    let spec = &service["spec"];
    assert_eq!(spec["hosts"][0], "user.default.svc.cluster.local");
    assert_eq!(spec["gateways"], Value::Null);
    let http = spec["http"].as_array().expect("routes");
    let names: Vec<&str> = http
        .iter()
        .map(|route| route["name"].as_str().expect("a name"))
        .collect();
    assert_eq!(
        names,
        [
            "user.v1 POST /users",
            "user.v2 GET /users/me",
            "user.v1 GET /users/{id}",
            "user.v2 GET /v2/other",
            "unlisted"
        ]
    );
    assert_eq!(http[0]["timeout"], "1.5s");
    assert_eq!(http[0]["match"][0]["uri"]["exact"], "/users");
    assert_eq!(http[0]["match"][1]["uri"]["exact"], "/users/");
    assert_eq!(http[2]["match"][0]["uri"]["regex"], "/users/[^/]+/?");
    assert_eq!(http[2]["match"][0]["method"]["regex"], "GET|HEAD");
    assert_eq!(http[4]["match"], Value::Null);
    for route in http {
        assert_eq!(route["retries"], serde_json::json!({"attempts": 0}));
        let destination = &route["route"][0]["destination"];
        assert_eq!(destination["host"], "user.default.svc.cluster.local");
        assert_eq!(destination["port"]["number"], 80);
    }
}

#[test]
fn a_breaker_is_never_outlier_detection() {
    for (path, bytes) in emit(&[USER_1, USER_2], &[]) {
        let text = String::from_utf8(bytes).expect("text");
        assert!(!text.contains("outlier"), "{path}");
        assert!(!path.starts_with("destinationrule"), "{path}");
    }
}

#[test]
fn a_sidecar_counts_peers_and_notes_them_first() {
    let files = emit(&[USER_1], &[]);
    let host = yaml(&files, "envoyfilter-user-paths.yaml");
    let module = yaml(&files, "envoyfilter-user-v1.yaml");
    let order = |object: &Value| object["spec"]["priority"].as_i64().expect("a priority");
    assert!(order(&host) < order(&module));
    let patches = host["spec"]["configPatches"].as_array().expect("patches");
    let manager = &patches[0]["patch"]["value"]["typed_config"];
    assert_eq!(manager["normalize_path"], true);
    assert_eq!(manager["use_remote_address"], Value::Null);
    assert_eq!(patches[1]["patch"]["operation"], "INSERT_FIRST");
    assert_eq!(patches[1]["patch"]["value"]["name"], "cherry.peer");

    let patches = module["spec"]["configPatches"].as_array().expect("patches");
    assert_eq!(patches[0]["applyTo"], "EXTENSION_CONFIG");
    assert_eq!(patches[1]["patch"]["operation"], "INSERT_BEFORE");
    for patch in patches {
        assert_eq!(patch["match"]["context"], "SIDECAR_INBOUND");
        assert_eq!(patch["patch"]["value"]["name"], "cherry.user.v1");
    }
    let config = &patches[0]["patch"]["value"]["typed_config"]["config"];
    assert_eq!(config["configuration"]["value"], r#"{"flags":"P"}"#);
    assert_eq!(module["spec"]["workloadSelector"]["labels"]["app"], "user");
}

#[test]
fn a_gateway_is_configured_where_it_lives() {
    let set = [
        "istio.gateway=infra/edge",
        "istio.hosts=user.example.com",
        "envoy.trusted_hops=1",
    ];
    let files = emit(&[USER_1], &set);
    let service = yaml(&files, "virtualservice-user.yaml");
    assert_eq!(service["metadata"]["namespace"], "default");
    assert_eq!(service["spec"]["gateways"][0], "infra/edge");
    assert_eq!(service["spec"]["hosts"][0], "user.example.com");

    let host = yaml(&files, "envoyfilter-default-user-paths.yaml");
    assert_eq!(host["metadata"]["namespace"], "infra");
    let patches = host["spec"]["configPatches"].as_array().expect("patches");
    assert_eq!(patches.len(), 1);
    let manager = &patches[0]["patch"]["value"]["typed_config"];
    assert_eq!(manager["use_remote_address"], true);
    assert_eq!(manager["xff_num_trusted_hops"], 1);

    let module = yaml(&files, "envoyfilter-default-user-v1.yaml");
    let labels = &module["spec"]["workloadSelector"]["labels"];
    assert_eq!(*labels, serde_json::json!({"istio": "ingressgateway"}));
    let patch = &module["spec"]["configPatches"][0];
    assert_eq!(patch["match"]["context"], "GATEWAY");
    let config = &patch["patch"]["value"]["typed_config"]["config"];
    assert_eq!(config["configuration"]["value"], r#"{"flags":""}"#);

    let files = emit(
        &[USER_1],
        &[&set[..], &["istio.selector=app=edge"]].concat(),
    );
    let module = yaml(&files, "envoyfilter-default-user-v1.yaml");
    assert_eq!(module["spec"]["workloadSelector"]["labels"]["app"], "edge");
}

#[test]
fn a_registry_gets_an_image_whose_digest_the_plugin_names() {
    let registry = "wasm.registry=oci://registry.example.com/shop";
    for (set, mode, flags, selector) in [
        (vec![registry], "SERVER", "P", "app"),
        (vec![registry, "istio.gateway=edge"], "CLIENT", "", "istio"),
    ] {
        let files = emit(&[USER_1], &set);
        let spec = yaml(&files, "wasmplugin-user-v1.yaml")["spec"].clone();
        let hex = |path: &str| -> String {
            let bytes = &files[path];
            Sha256::digest(bytes)
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect()
        };
        let digest = hex("oci/user.v1/manifest");
        assert_eq!(
            spec["url"],
            format!("oci://registry.example.com/shop/user.v1@sha256:{digest}")
        );
        assert_eq!(spec["sha256"], digest);
        assert_eq!(spec["match"][0]["mode"], mode);
        assert_eq!(spec["pluginConfig"], serde_json::json!({"flags": flags}));
        assert_eq!(spec["failStrategy"], "FAIL_CLOSE");
        assert!(spec["priority"].is_i64());
        assert!(spec["selector"]["matchLabels"][selector].is_string());
        let manifest: Value = serde_json::from_slice(&files["oci/user.v1/manifest"]).expect("JSON");
        let blobs = [
            (&manifest["config"], "oci/user.v1/config"),
            (&manifest["layers"][0], "oci/user.v1/module.wasm"),
            (&manifest["layers"][1], "oci/user.v1/runtime-config"),
        ];
        for (blob, path) in blobs {
            assert_eq!(blob["digest"], format!("sha256:{}", hex(path)), "{path}");
            assert_eq!(blob["size"], files[path].len(), "{path}");
        }
        assert!(!files.contains_key("envoyfilter-user-v1.yaml"));
    }
}

#[test]
fn retries_are_said_as_istio_says_them() {
    let text = r#"
contract: user/v1
version: 1.2.0
endpoints:
- {path: /a, method: GET, retry: {attempts: 3, on: [5xx, gateway_error, 429, reset]}}
- {path: /b, method: GET, retry: {attempts: 0}}
- {path: /c, method: GET, retry: {on: [connect], backoff: {base: 10ms, max: 100ms}}}
"#;
    let http = yaml(&emit(&[text], &[]), "virtualservice-user.yaml")["spec"]["http"].clone();
    let said: Vec<&Value> = (0..3).map(|route| &http[route]["retries"]).collect();
    assert_eq!(
        said[0],
        &serde_json::json!({"attempts": 3, "retryOn": "reset,5xx,429,502,503,504"})
    );
    assert_eq!(said[1], &serde_json::json!({"attempts": 0}));
    assert_eq!(
        said[2],
        &serde_json::json!({"attempts": 1, "retryOn": "connect-failure", "backoff": "0.01s"})
    );
}

#[test]
fn rejected_requests_are_answered_by_routes() {
    let text = format!("unlisted: reject\n{USER_1}");
    let http = yaml(&emit(&[&text], &[]), "virtualservice-user.yaml")["spec"]["http"].clone();
    let names: Vec<&str> = (http.as_array().expect("routes").iter())
        .map(|route| route["name"].as_str().expect("a name"))
        .collect();
    assert_eq!(
        names[2..],
        [
            "unlisted OPTIONS /users",
            "unlisted /users",
            "unlisted OPTIONS /users/{id}",
            "unlisted /users/{id}",
            "unlisted"
        ]
    );
    let set = &http[5]["headers"]["response"]["set"];
    assert_eq!(http[5]["directResponse"]["status"], 405);
    assert_eq!(set["allow"], "GET, HEAD");
    assert_eq!(set["x-cherry-policy"], "unlisted");
    assert_eq!(set["content-type"], "application/problem+json");
    assert_eq!(http[6]["directResponse"]["status"], 404);
    assert_eq!(http[6]["route"], Value::Null);
}

#[test]
fn older_proxies_get_the_older_way_to_fail() {
    for (version, field, value) in [
        ("1.20", "fail_open", Value::Bool(false)),
        ("1.30", "failure_policy", "FAIL_RELOAD".into()),
    ] {
        let files = emit(&[USER_1], &[&format!("istio.version={version}")]);
        let module = yaml(&files, "envoyfilter-user-v1.yaml");
        let patch = &module["spec"]["configPatches"][0]["patch"];
        assert_eq!(patch["value"]["typed_config"]["config"][field], value);
    }
}

#[test]
fn a_module_knows_what_belongs_to_its_neighbours() {
    let program = program(&[USER_1, USER_2], &[]);
    let modules = Modules::of(&program);
    let cx = unit(&program, &modules);
    let names = |index| -> Vec<String> {
        let whole = with_neighbours(&cx, index);
        (whole.policy.endpoints.iter())
            .map(|endpoint| format!("{} {}", endpoint.name, endpoint.steps.len()))
            .collect()
    };
    // `/v2/other` cannot be mistaken for anything of user/v1, nor `/users/{id}` for `/users/me`,
    // which is tried before it.
    assert_eq!(
        names(0),
        ["POST /users 1", "GET /users/me 0", "GET /users/{id} 2"]
    );
    assert_eq!(names(1), ["GET /users/me 1", "GET /v2/other 0"]);
}
