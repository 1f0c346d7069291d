//! What a policy adds to the CPU time of a request in a real Envoy.
//!
//! One Envoy with one worker and one listener per variant; slices of load in random order, so that
//! what else the machine does falls on all of them alike. The figure is the on-CPU time of the
//! worker thread per request (`schedstat`), which waiting does not blur. The twin is
//! `benches/twin/policy.c`, written as an SDK makes one write it, where clang can build it.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use cherry_testkit::envoy::Envoy;
use cherry_testkit::load::flood;
use cherry_testkit::provision;

use super::process::cherryc;
use super::{Table, median};

const ROUNDS: usize = 12;
const SLICE: Duration = Duration::from_secs(1);
const CONNECTIONS: usize = 8;
const PATH: &str = "/users/7";

/// A limit that this load never reaches, so that every request takes the whole way.
const CONTRACT: &str = "contract: user/v1
version: 1.2.0
endpoints:
- path: /users/{id}
  method: GET
  rate_limit: \"1000000r/s per client_ip\"
  circuit_breaker: {failure_threshold: 5, timeout_ms: 2000}
";

const TWIN: &str = "C twin, SDK style";

pub(super) fn measure(table: &mut Table) -> io::Result<()> {
    let envoy = match provision::tool("envoy") {
        Ok(folder) => folder,
        Err(skip) => {
            table.skipped("added CPU in Envoy", &skip.reason);
            return Ok(());
        }
    };
    let Some(binary) = find_binary(&envoy)? else {
        table.skipped("added CPU in Envoy", "the package holds no envoy");
        return Ok(());
    };
    let dir = tempfile::tempdir()?;
    let emitted = emitted_filter(dir.path())?;
    let mut filters = vec![("base", String::new()), ("emitted", emitted)];
    for (name, options) in [("twin", [].as_slice()), ("shared", ["-DSHARED"].as_slice())] {
        match twin(dir.path(), name, options) {
            Ok(path) => filters.push((name, twin_filter(name, &path))),
            Err(error) => table.skipped(&format!("the twin in C, {name}"), &error.to_string()),
        }
    }
    fs::write(dir.path().join("envoy.yaml"), bootstrap(&filters))?;
    let envoy = Envoy::start(&binary, dir.path(), 1, &[])?;
    let listeners = envoy.listeners()?;
    let mut costs: Vec<Vec<f64>> = vec![Vec::new(); filters.len()];
    let mut dice = 0x9e37_79b9_7f4a_7c15_u64;
    for round in 0..=ROUNDS {
        let mut order: Vec<usize> = (0..filters.len()).collect();
        for place in (1..order.len()).rev() {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            order.swap(place, (dice >> 33) as usize % (place + 1));
        }
        for variant in order {
            let name = filters[variant].0;
            let cost = slice(listeners[name])?;
            // The first round warms caches and compiles modules.
            if round > 0 {
                costs[variant].push(cost);
            }
        }
    }
    let base = costs[0].clone();
    let least = |costs: &[f64]| costs.iter().copied().fold(f64::INFINITY, f64::min);
    let added: Vec<(f64, f64)> = costs
        .iter()
        .map(|costs| {
            // Slices of one round are neighbours in time: their difference is the cleanest.
            let pairs = costs.iter().zip(&base).map(|(cost, base)| cost - base);
            (least(costs) - least(&base), median(pairs.collect()))
        })
        .collect();
    table.plain(
        "Envoy without a filter, CPU per request, least",
        least(&base),
        "us",
    );
    table.plain("emitted module, added CPU, least", added[1].0, "us");
    table.plain("emitted module, added CPU, median", added[1].1, "us");
    for (variant, bound, what) in [
        ("twin", 0.9, "per-worker state"),
        ("shared", 0.7, "shared data"),
    ] {
        let Some(at) = filters.iter().position(|(name, _)| *name == variant) else {
            continue;
        };
        let label = |which| format!("emitted against a twin with {what}, {which}");
        table.against(
            &label("least"),
            added[1].0,
            (TWIN, added[at].0),
            bound,
            "us",
        );
        table.against(
            &label("median"),
            added[1].1,
            (TWIN, added[at].1),
            bound,
            "us",
        );
    }
    Ok(())
}

/// One slice of load: CPU time of the worker per request, in microseconds.
fn slice(address: SocketAddr) -> io::Result<f64> {
    let before = worker_ns()?;
    let counts = flood(address, PATH, CONNECTIONS, SLICE, None);
    let spent = worker_ns()? - before;
    if counts.of(200) == 0 || counts.of(200) != counts.total() {
        return Err(io::Error::other(format!(
            "not every request passed: {counts:?}"
        )));
    }
    #[expect(clippy::cast_precision_loss, reason = "counts of a second are small")]
    Ok(spent / 1e3 / counts.total() as f64)
}

/// On-CPU nanoseconds of the worker threads of the Envoys that this process started.
fn worker_ns() -> io::Result<f64> {
    let mut sum = 0.0;
    for child in children()? {
        for task in fs::read_dir(format!("/proc/{child}/task"))? {
            let task = task?.path();
            // A thread may end while it is looked at.
            let name = fs::read_to_string(task.join("comm")).unwrap_or_default();
            if name.starts_with("wrk:worker_") {
                let stat = fs::read_to_string(task.join("schedstat"))?;
                let on_cpu = stat
                    .split(' ')
                    .next()
                    .and_then(|word| word.parse::<f64>().ok());
                sum += on_cpu.ok_or_else(|| io::Error::other("schedstat holds no number"))?;
            }
        }
    }
    Ok(sum)
}

fn children() -> io::Result<Vec<u32>> {
    let mut found = Vec::new();
    for task in fs::read_dir("/proc/self/task")? {
        let text = fs::read_to_string(task?.path().join("children")).unwrap_or_default();
        found.extend(
            text.split_whitespace()
                .filter_map(|id| id.parse::<u32>().ok()),
        );
    }
    Ok(found)
}

/// The filter that the compiler writes, with the module inside.
fn emitted_filter(dir: &Path) -> io::Result<String> {
    fs::write(dir.join("user.cherry.yaml"), CONTRACT)?;
    cherryc(dir, &["build", "--emit", "envoy"])?;
    let file = dir.join("cherry-out/user.v1/envoy/ecds/user.v1.yaml");
    let text = fs::read_to_string(file)?;
    let config = text
        .split_once("  typed_config:\n")
        .map(|(_, config)| config.to_owned());
    let config = config.ok_or_else(|| io::Error::other("the watched file holds no filter"))?;
    let mut filter = "          - name: emitted\n            typed_config:\n".to_owned();
    for line in config.lines() {
        let _ = writeln!(filter, "          {line}");
    }
    Ok(filter)
}

fn twin(dir: &Path, name: &str, options: &[&str]) -> io::Result<String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/twin/policy.c");
    let out = dir.join(format!("{name}.wasm"));
    let done = Command::new("clang")
        .args(["--target=wasm32", "-O2", "-nostdlib", "-fno-builtin"])
        .args(["-Wl,--no-entry", "-Wl,--allow-undefined", "-o"])
        .arg(&out)
        .args(options)
        .arg(source)
        .stderr(Stdio::null())
        .status()?;
    if !done.success() {
        return Err(io::Error::other("clang cannot build for wasm32 here"));
    }
    Ok(out.to_string_lossy().into_owned())
}

fn twin_filter(name: &str, module: &str) -> String {
    format!(
        "          - name: {name}
            typed_config:
              '@type': type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm
              config:
                name: {name}
                root_id: {name}
                vm_config:
                  vm_id: {name}
                  runtime: envoy.wasm.runtime.v8
                  code: {{local: {{filename: '{module}'}}}}
"
    )
}

fn bootstrap(filters: &[(&str, String)]) -> String {
    let mut text = "static_resources:\n  listeners:\n".to_owned();
    for (name, filter) in filters {
        let _ = write!(
            text,
            "  - name: {name}
    address: {{socket_address: {{address: 127.0.0.1, port_value: 0}}}}
    filter_chains:
    - filters:
      - name: envoy.filters.network.http_connection_manager
        typed_config:
          '@type': type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
          stat_prefix: {name}
          generate_request_id: false
          use_remote_address: true
          route_config:
            name: {name}
            virtual_hosts:
            - name: all
              domains: ['*']
              routes:
              - name: 'GET /users/{{id}}'
                match: {{prefix: /}}
                direct_response: {{status: 200}}
          http_filters:
{filter}          - name: envoy.filters.http.router
            typed_config:
              '@type': type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
"
        );
    }
    text
}

fn find_binary(folder: &Path) -> io::Result<Option<std::path::PathBuf>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            if let Some(found) = find_binary(&path)? {
                return Ok(Some(found));
            }
        } else if path.file_name().is_some_and(|name| name == "envoy") {
            return Ok(Some(path));
        }
    }
    Ok(None)
}
