//! Every configuration of every case, judged by Envoy with its modules linked and started.
//!
//! Envoy's validation does not read files that it would watch, so the module is put where the
//! watch stands; everything else is left as it was emitted.

use std::fmt::Write as _;
use std::sync::Mutex;
use std::thread;

use cherry_testkit::envoy::Envoy;
use cherryc::MemoryFs;
use serde_json::Value;

use super::{OUT, WORKERS, figure, program};
use crate::harness::{Tree, cases, memory, run};

/// Everything that a route, a limit, a retry and a path can be, in one contract.
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
- {path: "/files/{path=**}", method: "*", rate_limit: "86400000000000r/d per global"}
- {path: "/a(b)+*[c]", method: DELETE}
- {path: /, method: GET}
"#;

/// Paths as they arrive, behind two proxies.
const PLAIN: &str = r#"
contract: user/v1
version: 1.2.0
endpoints:
- {path: "/users/{id}", method: GET, rate_limit: "100r/s per client_ip"}
- {path: "/a%20b/{c}", method: "*", rate_limit: "100r/s per header(x-key)+query(q)+path(c)+cookie(d)"}
deploy: {targets: {edge: {trusted_hops: 2, normalize: none}}}
"#;

/// What the fixtures leave out: a name, a contract, and what the command sets.
const OWN: [(&str, &str, &str); 5] = [
    ("order", ORDER, ""),
    ("order, native", ORDER, " --set envoy.limiter=native"),
    ("plain", PLAIN, ""),
    ("plain, native", PLAIN, " --set envoy.limiter=native"),
    (
        "names and IPv6",
        PLAIN,
        " --set envoy.listen=[::]:10000 --set envoy.upstream=example.org:80",
    ),
];

/// Every workspace to be built, with the command that builds it.
fn workspaces() -> Vec<(String, MemoryFs, String)> {
    let mut all = Vec::new();
    for case in cases("fixtures/contracts") {
        let commands = case.command().unwrap_or("build").lines();
        let command = commands.rev().find(|line| line.starts_with("build"));
        let command = command.unwrap_or("build").to_owned();
        all.push((case.name.clone(), case.workspace(), command));
    }
    for (name, text, set) in OWN {
        let workspace = memory([("c.cherry.yaml", text)]);
        all.push((name.to_owned(), workspace, format!("build{set}")));
    }
    all
}

/// Replaces each watch of a module by the configuration in the watched file; says how many.
fn link(bootstrap: &mut Value, files: &Tree, folder: &str) -> usize {
    let filters =
        "/static_resources/listeners/0/filter_chains/0/filters/0/typed_config/http_filters";
    let filters = bootstrap.pointer_mut(filters).and_then(Value::as_array_mut);
    let mut linked = 0;
    for filter in filters.expect("there is a chain") {
        let filter = filter.as_object_mut().expect("a filter is a map");
        let Some(watch) = filter.remove("config_discovery") else {
            continue;
        };
        let path = watch.pointer("/config_source/path_config_source/path");
        let path = path.and_then(Value::as_str).expect("a path");
        let file: Value = serde_yaml_ng::from_slice(&files[&format!("{folder}/{path}")])
            .expect("the watched file is YAML");
        let resource = &file["resources"][0];
        assert_eq!(
            resource["name"], filter["name"],
            "{path} names the filter that reads it"
        );
        filter.insert("typed_config".to_owned(), resource["typed_config"].clone());
        linked += 1;
    }
    linked
}

#[test]
fn every_case_with_its_modules_linked() {
    let Some(program) = program() else {
        return;
    };
    let mut work = Vec::new();
    for (name, workspace, command) in workspaces() {
        let built = run(&workspace, &command);
        let files: Tree = (workspace.files().iter())
            .map(|(path, bytes)| (path.as_str().to_owned(), bytes.to_vec()))
            .filter(|(path, _)| path.starts_with(OUT))
            .collect();
        // The fixtures hold bad contracts too; those of this file are good.
        let is_built = files.keys().any(|path| path.ends_with("/envoy.yaml"));
        let is_own = OWN.iter().any(|(own, ..)| *own == name);
        assert!(is_built || !is_own, "{name}: {}", built.text());
        for path in files.keys().filter(|path| path.ends_with("/envoy.yaml")) {
            let folder = path.trim_end_matches("/envoy.yaml");
            let mut bootstrap: Value =
                serde_yaml_ng::from_slice(&files[path]).expect("a bootstrap is YAML");
            let linked = link(&mut bootstrap, &files, folder);
            work.push((format!("{name}: {path}"), bootstrap, linked));
        }
    }
    let (all, modules) = (
        work.len(),
        work.iter().map(|(.., linked)| linked).sum::<usize>(),
    );
    figure(&format!("{all} configurations with {modules} modules"));
    assert!(
        all > 10 && modules > 10,
        "{all} configurations, {modules} modules"
    );

    let work = Mutex::new(work.into_iter());
    let problems = Mutex::new(String::new());
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                let next = || work.lock().expect("nobody panics with it").next();
                while let Some((name, bootstrap, _)) = next() {
                    let dir = tempfile::tempdir().expect("a folder for a bootstrap");
                    std::fs::write(dir.path().join("envoy.yaml"), bootstrap.to_string())
                        .expect("the folder takes files");
                    if let Err(said) = Envoy::validate(&program, dir.path()) {
                        let mut problems = problems.lock().expect("nobody panics with it");
                        let _ = writeln!(problems, "{name}: {said}");
                    }
                }
            });
        }
    });
    let problems = problems.into_inner().expect("nobody panics with it");
    assert!(problems.is_empty(), "\n{problems}");
}

#[test]
fn a_module_that_does_not_link_is_refused() {
    let Some(program) = program() else {
        return;
    };
    let text = include_str!("../../../fixtures/contracts/first-sample/user.cherry.yaml");
    let workspace = memory([("user.cherry.yaml", text)]);
    run(&workspace, "build");
    let files: Tree = (workspace.files().iter())
        .map(|(path, bytes)| (path.as_str().to_owned(), bytes.to_vec()))
        .collect();
    let folder = format!("{OUT}/user.v1/envoy");
    let mut bootstrap: Value = serde_yaml_ng::from_slice(&files[&format!("{folder}/envoy.yaml")])
        .expect("a bootstrap is YAML");
    assert_eq!(link(&mut bootstrap, &files, &folder), 1);
    let dir = tempfile::tempdir().expect("a folder for a bootstrap");
    // An empty module: the header alone.
    let whole = bootstrap.to_string();
    let bytes = whole
        .split('"')
        .find(|word| word.starts_with("AGFzbQ"))
        .expect("a module");
    let broken = whole.replace(bytes, "AGFzbQEAAAA=");
    std::fs::write(dir.path().join("envoy.yaml"), broken).expect("the folder takes files");
    Envoy::validate(&program, dir.path()).expect_err("it has no ABI");
}
