//! `fixtures/contracts/*`, built: real files for reviewers, and outside judges for the files.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cherry_testkit::envoy::Envoy;
use cherry_testkit::provision::require_or_skip;
use jsonschema::Validator;
use serde::Deserialize as _;
use serde_json::Value;

use crate::harness::{Case, Snapshots, Tree, cases, run};

/// Where the package keeps the program.
const ENVOY: &str = "envoy/_bin/envoy";

/// How every module begins in base64: "\0asm".
const MODULE: &str = "AGFzbQ";

/// Folder of the artifacts.
const OUT: &str = "cherry-out/";

/// The artifacts of a case by their path below the out folder; none when it does not build.
fn artifacts(case: &Case) -> Tree {
    let workspace = case.workspace();
    let commands = case.command().unwrap_or("build").lines();
    let command = commands.rev().find(|line| line.starts_with("build"));
    run(&workspace, command.unwrap_or("build"));
    let files = workspace.files();
    files
        .iter()
        .filter_map(|(path, bytes)| {
            let below = path.as_str().strip_prefix(OUT)?;
            Some((below.to_owned(), bytes.to_vec()))
        })
        .collect()
}

/// Every case that builds, with its artifacts. A case whose only fault is the choice among several
/// targets names one in its `cmd`.
fn built() -> Vec<(String, Tree)> {
    let all = cases("fixtures/contracts");
    let built: Vec<(String, Tree)> = all
        .iter()
        .map(|case| (case.name.clone(), artifacts(case)))
        .filter(|(_, tree)| !tree.is_empty())
        .collect();
    assert!(!built.is_empty(), "no case builds");
    built
}

/// Replaces a module that a file carries inline by the name of the file that it must equal, so that
/// it is reviewed as text, once.
fn without_modules(path: &str, text: &str, modules: &BTreeMap<String, &String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(MODULE) {
        let is_base64 = |b: u8| b.is_ascii_alphanumeric() || b"+/=".contains(&b);
        let len = rest[at..].bytes().take_while(|b| is_base64(*b)).count();
        let code = &rest[at..at + len];
        let name = match modules.get(code) {
            Some(name) => (*name).clone(),
            // A module that matches paths by itself must know the neighbours on its host.
            None if path.contains("/istio/") => {
                let bytes = STANDARD.decode(code).expect("inline bytes are base64");
                format!("a module of its own, {} bytes", bytes.len())
            }
            None => panic!("{path} carries a module that is no artifact"),
        };
        out.push_str(&rest[..at]);
        let _ = write!(out, "<{name}>");
        rest = &rest[at + len..];
    }
    out.push_str(rest);
    out
}

#[test]
fn every_case_yields_its_artifacts() {
    let mut snapshots = Snapshots::new("snapshots/emit");
    for (case, tree) in built() {
        let modules: BTreeMap<String, &String> = tree
            .iter()
            .filter(|(path, _)| path.ends_with(".wasm"))
            .map(|(path, bytes)| (STANDARD.encode(bytes), path))
            .collect();
        for (path, bytes) in &tree {
            if path.ends_with(".wasm") {
                // A copy inside an image is reviewed where the module itself lies.
                let same = |(other, copy): &(&String, &Vec<u8>)| {
                    *copy == bytes && tree.contains_key(&other.replace(".wasm", ".wat"))
                };
                assert!(
                    tree.iter().any(|entry| same(&entry)),
                    "{case}/{path} cannot be reviewed"
                );
                continue;
            }
            let text = std::str::from_utf8(bytes).expect("artifacts but modules are text");
            let shown = without_modules(&format!("{case}/{path}"), text, &modules);
            snapshots.file(format!("{case}/{path}"), shown);
        }
    }
    snapshots.finish();
}

/// The folders that an emitter filled, each with its files; a visible skip while it fills none.
fn folders_of(emitter: &str) -> BTreeMap<String, Tree> {
    let mut folders: BTreeMap<String, Tree> = BTreeMap::new();
    for (case, tree) in built() {
        for (path, bytes) in tree {
            let Some((contract, file)) = path.split_once(&format!("/{emitter}/")) else {
                continue;
            };
            folders
                .entry(format!("{case}/{contract}"))
                .or_default()
                .insert(file.to_owned(), bytes);
        }
    }
    let exists = cherryc::Wanted::emitters()
        .into_iter()
        .map(|(id, _)| id)
        .collect::<Vec<_>>()
        .contains(&emitter);
    assert_eq!(exists, !folders.is_empty(), "the cases and `{emitter}`");
    folders
}

// === Envoy ===

#[test]
fn the_real_envoy_accepts_every_configuration() {
    let Some(folder) = require_or_skip("envoy", "envoy") else {
        return;
    };
    let mut problems = String::new();
    for (name, files) in folders_of("envoy") {
        let dir = tempfile::tempdir().expect("a folder for one configuration");
        for (path, bytes) in &files {
            let path = dir.path().join(path);
            let parent = path.parent().expect("a file lies in a folder");
            fs::create_dir_all(parent)
                .and_then(|()| fs::write(&path, bytes))
                .expect("the folder takes files");
        }
        if let Err(said) = Envoy::validate(&folder.join(ENVOY), dir.path()) {
            let _ = writeln!(problems, "{name}: {said}");
        }
    }
    assert!(problems.is_empty(), "\n{problems}");
}

// === Istio ===

/// The profile that a case builds for, and the published definitions of its Istio version.
const PROFILES: [(&str, &str); 2] = [("1.30", "istio-crds"), ("1.20", "istio-crds-1.20")];

/// Where a package keeps the definitions.
const DEFINITIONS: &str = "kubernetes/customresourcedefinitions.gen.yaml";

/// Schemas by apiVersion and kind.
fn definitions(folder: &Path) -> BTreeMap<(String, String), Validator> {
    let text = fs::read_to_string(folder.join(DEFINITIONS)).expect("the package has definitions");
    let mut schemas = BTreeMap::new();
    for document in serde_yaml_ng::Deserializer::from_str(&text) {
        let value = Value::deserialize(document).expect("definitions are YAML");
        let (Some(group), Some(kind), Some(versions)) = (
            value.pointer("/spec/group").and_then(Value::as_str),
            value.pointer("/spec/names/kind").and_then(Value::as_str),
            value.pointer("/spec/versions").and_then(Value::as_array),
        ) else {
            continue;
        };
        for version in versions {
            let name = version["name"].as_str().expect("a version has a name");
            let mut schema = version["schema"]["openAPIV3Schema"].clone();
            // The API server knows these itself; definitions leave them out.
            let known = schema["properties"].as_object_mut().expect("an object");
            for key in ["apiVersion", "kind", "metadata"] {
                known.entry(key).or_insert(Value::Bool(true));
            }
            close(&mut schema);
            let validator = jsonschema::draft202012::new(&schema).expect("the schema compiles");
            schemas.insert((format!("{group}/{name}"), kind.to_owned()), validator);
        }
    }
    assert!(!schemas.is_empty(), "{DEFINITIONS} defines nothing");
    schemas
}

/// Refuses fields that a schema does not name, where it describes the shape of a value. Below
/// `oneOf`, `anyOf` and `not` stand conditions about fields that are named elsewhere.
fn close(schema: &mut Value) {
    let Some(schema) = schema.as_object_mut() else {
        return;
    };
    let is_open = schema.contains_key("additionalProperties")
        || schema.get("x-kubernetes-preserve-unknown-fields") == Some(&Value::Bool(true));
    if schema.contains_key("properties") && !is_open {
        schema.insert("additionalProperties".to_owned(), Value::Bool(false));
    }
    if let Some(fields) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        fields.values_mut().for_each(close);
    }
    for inner in ["items", "additionalProperties"] {
        if let Some(inner) = schema.get_mut(inner) {
            close(inner);
        }
    }
}

/// The Istio version that an object of a case is for.
fn profile_of(case: &str) -> &'static str {
    let all = cases("fixtures/contracts");
    let case = all
        .iter()
        .find(|other| other.name == case)
        .expect("the case exists");
    let says = |text: &str| {
        case.files
            .values()
            .any(|file| String::from_utf8_lossy(file).contains(text))
    };
    if says("version: \"1.20\"") || says("--profile istio-1.20") {
        "1.20"
    } else {
        "1.30"
    }
}

#[test]
fn published_definitions_accept_every_istio_object() {
    let mut schemas = BTreeMap::new();
    for (version, tool) in PROFILES {
        let Some(folder) = require_or_skip("crds", tool) else {
            return;
        };
        schemas.insert(version, definitions(&folder));
    }
    let mut problems = String::new();
    for (name, files) in folders_of("istio") {
        let case = name.split('/').next().unwrap_or(&name);
        // What is for the old version must be good for the new one too: clusters are upgraded.
        let versions = match profile_of(case) {
            "1.20" => &PROFILES[..],
            _ => &PROFILES[..1],
        };
        for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".yaml")) {
            let object: Value = serde_yaml_ng::from_slice(bytes).expect("objects are YAML");
            let text = |key: &str| object[key].as_str().unwrap_or_default().to_owned();
            for (version, _) in versions {
                let Some(schema) = schemas[version].get(&(text("apiVersion"), text("kind"))) else {
                    let _ = writeln!(problems, "{name}/{path}: Istio {version} has no such kind");
                    continue;
                };
                for error in schema.iter_errors(&object) {
                    let at = error.instance_path();
                    let _ = writeln!(
                        problems,
                        "{name}/{path}: Istio {version} at `{at}`: {error}"
                    );
                }
            }
        }
    }
    assert!(problems.is_empty(), "\n{problems}");
}

#[test]
fn unknown_fields_of_objects_are_refused() {
    let Some(folder) = require_or_skip("crds", PROFILES[0].1) else {
        return;
    };
    let schemas = definitions(&folder);
    let kind = "VirtualService".to_owned();
    let schema = &schemas[&("networking.istio.io/v1beta1".to_owned(), kind)];
    let object = |retries: &str| -> Value {
        let text = format!(
            "apiVersion: networking.istio.io/v1beta1\nkind: VirtualService\nmetadata: {{name: a}}\n\
             spec: {{hosts: [a], http: [{{retries: {retries}, route: [{{destination: {{host: a}}}}]}}]}}\n"
        );
        serde_yaml_ng::from_str(&text).expect("the text is YAML")
    };
    assert!(schema.is_valid(&object("{attempts: 0}")));
    assert!(!schema.is_valid(&object("{atempts: 0}")));
    assert!(!schema.is_valid(&object("{attempts: none}")));
}
