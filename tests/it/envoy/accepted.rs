//! Every configuration of every case, judged by Envoy with its modules linked and started.
//!
//! Envoy's validation does not read files that it would watch, so the module is put where the
//! watch stands; everything else is left as it was emitted.

use std::fmt::Write as _;
use std::sync::Mutex;
use std::thread;

use cherry_testkit::envoy::Envoy;
use serde_json::Value;

use super::{OUT, WORKERS, figure, program};
use crate::harness::{Tree, cases, run};

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
    for case in cases("fixtures/contracts") {
        let workspace = case.workspace();
        let commands = case.command().unwrap_or("build").lines();
        let command = commands.rev().find(|line| line.starts_with("build"));
        run(&workspace, command.unwrap_or("build"));
        let files: Tree = (workspace.files().iter())
            .map(|(path, bytes)| (path.as_str().to_owned(), bytes.to_vec()))
            .filter(|(path, _)| path.starts_with(OUT))
            .collect();
        for path in files.keys().filter(|path| path.ends_with("/envoy.yaml")) {
            let folder = path.trim_end_matches("/envoy.yaml");
            let mut bootstrap: Value =
                serde_yaml_ng::from_slice(&files[path]).expect("a bootstrap is YAML");
            let linked = link(&mut bootstrap, &files, folder);
            work.push((format!("{}: {path}", case.name), bootstrap, linked));
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
    let workspace = crate::harness::memory([("user.cherry.yaml", text)]);
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
