//! What a policy adds to the CPU time of a request in a real Envoy.
//!
//! One Envoy with one worker and one listener per variant; slices of a fixed number of requests, in
//! random order within a round, so that what else the machine does falls on all of them alike. The
//! figure is the on-CPU time of the worker thread per request (`schedstat`), which waiting does not
//! blur, less that of the listener without a filter. The peer is the same policy with the Rust SDK
//! (`benches/twin/`); where no Rust compiler for wasm32 can be had, it is a twin in C. Before it
//! measures, the bench sees to it that all of them give the same answers.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::Path;

use cherry_testkit::envoy::Envoy;
use cherry_testkit::load::{Counts, HttpClient, Request, crowd};
use cherry_testkit::provision;

use super::process::cherryc;
use super::twins::{RustCompiler, State, build_c};
use super::{Table, median};

const ROUNDS: usize = 40;
/// Requests of a slice, which then takes a tenth of a second or two.
const REQUESTS: usize = 2_400;
/// Requests that each variant gets before it counts: they warm caches, and V8 compiles a module
/// well only when it has run often.
const WARM_UP: usize = 20_000;
const CONNECTIONS: usize = 4;
const PATH: &str = "/users/7";
/// Answers with a failure of the service.
const BROKEN_PATH: &str = "/users/broken";

/// A limit that this load never reaches, so that every request takes the whole way.
const HIGH: Limit = Limit {
    written: "1000000r/s",
    per_minute: 60_000_000,
};
/// A limit that is reached at once, and gives nothing back while the answers are compared.
const LOW: Limit = Limit {
    written: "10r/m",
    per_minute: 10,
};

struct Limit {
    written: &'static str,
    per_minute: u64,
}

/// A listener: its name, and the filter before the router.
type Variant = (String, String);

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
    let mut variants: Vec<Variant> = vec![("base".to_owned(), String::new())];
    let mut checked: Vec<Variant> = Vec::new();
    for (limit, list) in [(&HIGH, &mut variants), (&LOW, &mut checked)] {
        list.push(("emitted".to_owned(), emitted_filter(dir.path(), limit)?));
    }
    let twins = add_twins(table, dir.path(), &mut variants, &mut checked);

    // A first Envoy for the comparison, so that what is measured has seen nothing else.
    let checked_dir = dir.path().join("checked");
    fs::create_dir_all(&checked_dir)?;
    fs::write(checked_dir.join("envoy.yaml"), bootstrap(&checked))?;
    compare_answers(&Envoy::start(&binary, &checked_dir, 1, &[])?, &checked)?;

    fs::write(dir.path().join("envoy.yaml"), bootstrap(&variants))?;
    let envoy = Envoy::start(&binary, dir.path(), 1, &[])?;
    let costs = measure_in_turns(&envoy, &variants)?;
    let added: Vec<(f64, f64)> = costs.iter().map(|cost| against(cost, &costs[0])).collect();
    table.plain(
        "Envoy without a filter, CPU per request, least",
        least(&costs[0]),
        "us",
    );
    table.plain("emitted module, added CPU, least", added[1].0, "us");
    table.plain("emitted module, added CPU, median", added[1].1, "us");
    for twin in &twins {
        let at = variants.iter().position(|(name, _)| *name == twin.variant);
        let (least, median) = added[at.expect("a twin is a variant")];
        let figure = format!("emitted against a twin with {}", twin.state.told());
        for (which, ours, theirs) in [("least", added[1].0, least), ("median", added[1].1, median)]
        {
            let label = format!("{figure}, {which}");
            match twin.bound {
                Some(bound) => table.against(&label, ours, (&twin.told, theirs), bound, "us"),
                None => table.beside(&label, ours, (&twin.told, theirs), "us"),
            }
        }
    }
    Ok(())
}

/// A peer that was built.
struct Twin {
    variant: String,
    state: State,
    told: String,
    /// The share of its cost that the emitted module may reach; only the peer that counts has one.
    bound: Option<f64>,
}

/// Builds the twins and adds their listeners; says which peer counts and why.
fn add_twins(
    table: &mut Table,
    dir: &Path,
    variants: &mut Vec<Variant>,
    checked: &mut Vec<Variant>,
) -> Vec<Twin> {
    let mut twins = Vec::new();
    let compiler = RustCompiler::find();
    if let Err(error) = &compiler {
        table.skipped(
            "a twin with the Rust SDK; the one in C counts",
            &error.to_string(),
        );
    }
    let mut counts_in_rust = false;
    for (state, bound) in [(State::PerWorker, 0.9), (State::SharedData, 0.7)] {
        let shared = if state == State::SharedData {
            "shared_"
        } else {
            ""
        };
        let built = compiler
            .as_ref()
            .ok()
            .map(|rust| (rust, rust.build(dir, state)));
        match built {
            Some((rust, Ok(module))) => {
                let variant = format!("{shared}rust");
                for (limit, list) in [(&HIGH, &mut *variants), (&LOW, &mut *checked)] {
                    list.push((variant.clone(), twin_filter(&variant, &module, limit)));
                }
                counts_in_rust = true;
                twins.push(Twin {
                    variant,
                    state,
                    told: format!("Rust SDK ({})", rust.version()),
                    bound: Some(bound),
                });
            }
            Some((_, Err(error))) => {
                let what = format!("the twin with the Rust SDK, {}", state.told());
                table.skipped(&what, &error.to_string());
            }
            None => {}
        }
        let built: io::Result<Vec<_>> = [HIGH.per_minute, LOW.per_minute]
            .into_iter()
            .map(|per_minute| build_c(dir, state, per_minute))
            .collect();
        match built {
            Ok(modules) => {
                let variant = format!("{shared}c");
                let lists = [(&HIGH, &mut *variants), (&LOW, &mut *checked)];
                for (module, (limit, list)) in modules.iter().zip(lists) {
                    list.push((variant.clone(), twin_filter(&variant, module, limit)));
                }
                twins.push(Twin {
                    variant,
                    state,
                    told: "C, no counters, no gRPC".to_owned(),
                    bound: (!counts_in_rust).then_some(bound),
                });
            }
            Err(error) => {
                let what = format!("the twin in C, {}", state.told());
                table.skipped(&what, &error.to_string());
            }
        }
    }
    twins
}

// === The same answers ===

/// Status, the headers of a policy, body.
type Answer = (u16, [Option<String>; 3], String);

/// Holds the answers of each variant against those of the first.
fn compare_answers(envoy: &Envoy, variants: &[Variant]) -> io::Result<()> {
    let listeners = envoy.listeners()?;
    let mut expected: Option<Vec<Answer>> = None;
    for (name, _) in variants {
        let answers = answers(listeners[name.as_str()])?;
        let statuses: Vec<u16> = answers.iter().map(|answer| answer.0).collect();
        if statuses
            != [
                500, 500, 500, 500, 500, 503, 503, 503, 503, 503, 429, 429, 200,
            ]
        {
            return Err(io::Error::other(format!(
                "`{name}` does not limit and break as written: {statuses:?}"
            )));
        }
        let expected = expected.get_or_insert_with(|| answers.clone());
        if let Some((ours, theirs)) = expected.iter().zip(&answers).find(|(l, r)| l != r) {
            return Err(io::Error::other(format!(
                "`{name}` answers {theirs:?}, not {ours:?}"
            )));
        }
    }
    Ok(())
}

/// Five failures open the breaker; it refuses until the tenth token of the limit is spent; what is
/// no endpoint passes.
fn answers(address: SocketAddr) -> io::Result<Vec<Answer>> {
    let mut client = HttpClient::new(address);
    let paths = [BROKEN_PATH; 5]
        .into_iter()
        .chain([PATH; 7])
        .chain(["/users/7/orders"]);
    paths
        .map(|path| {
            let response = client.get(path)?;
            let header = |name| response.value(name).map(str::to_owned);
            Ok((
                response.status,
                ["x-cherry-policy", "content-type", "retry-after"].map(header),
                response.text(),
            ))
        })
        .collect()
}

// === The cost ===

/// The costs of each variant by round, in microseconds per request.
fn measure_in_turns(envoy: &Envoy, variants: &[Variant]) -> io::Result<Vec<Vec<f64>>> {
    let listeners = envoy.listeners()?;
    for (name, _) in variants {
        slice(listeners[name.as_str()], WARM_UP)?;
    }
    let mut costs: Vec<Vec<f64>> = vec![Vec::new(); variants.len()];
    let mut dice = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..ROUNDS {
        let mut order: Vec<usize> = (0..variants.len()).collect();
        for place in (1..order.len()).rev() {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            order.swap(place, (dice >> 33) as usize % (place + 1));
        }
        for variant in order {
            let name = variants[variant].0.as_str();
            costs[variant].push(slice(listeners[name], REQUESTS)?);
        }
    }
    Ok(costs)
}

/// One slice of load: CPU time of the worker per request, in microseconds.
fn slice(address: SocketAddr, requests: usize) -> io::Result<f64> {
    let request = Request::get(PATH);
    let before = worker_ns()?;
    let counts = crowd(CONNECTIONS, |_| {
        let mut client = HttpClient::new(address);
        let mut counts = Counts::default();
        for _ in 0..requests / CONNECTIONS {
            counts.record(&client.send(&request));
        }
        counts
    });
    let spent = worker_ns()? - before;
    if counts.of(200) == 0 || counts.of(200) != counts.total() {
        return Err(io::Error::other(format!(
            "not every request passed: {counts:?}"
        )));
    }
    #[expect(clippy::cast_precision_loss, reason = "counts of a slice are small")]
    Ok(spent / 1e3 / counts.total() as f64)
}

/// What a variant adds to `base`: between the least of both, and the median over the rounds.
fn against(costs: &[f64], base: &[f64]) -> (f64, f64) {
    // Slices of one round are neighbours in time: their difference is the cleanest.
    let pairs = costs.iter().zip(base).map(|(cost, base)| cost - base);
    (least(costs) - least(base), median(pairs.collect()))
}

fn least(costs: &[f64]) -> f64 {
    costs.iter().copied().fold(f64::INFINITY, f64::min)
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

// === The configuration ===

/// The filter that the compiler writes, with the module inside.
fn emitted_filter(dir: &Path, limit: &Limit) -> io::Result<String> {
    let dir = dir.join(format!("emitted-{}", limit.per_minute));
    fs::create_dir_all(&dir)?;
    let contract = format!(
        "contract: user/v1
version: 1.2.0
endpoints:
- path: /users/{{id}}
  method: GET
  rate_limit: \"{} per client_ip\"
  circuit_breaker: {{failure_threshold: 5, timeout_ms: 2000}}
",
        limit.written
    );
    fs::write(dir.join("user.cherry.yaml"), contract)?;
    cherryc(&dir, &["build", "--emit", "envoy"])?;
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

fn twin_filter(name: &str, module: &Path, limit: &Limit) -> String {
    format!(
        "          - name: {name}
            typed_config:
              '@type': type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm
              config:
                name: {name}
                root_id: {name}
                configuration:
                  '@type': type.googleapis.com/google.protobuf.StringValue
                  value: '{}'
                vm_config:
                  vm_id: {name}
                  runtime: envoy.wasm.runtime.v8
                  code: {{local: {{filename: '{}'}}}}
",
        limit.per_minute,
        module.display()
    )
}

/// One listener per variant. The emitted module is told by its configuration that a route attached
/// it, so only the ways of the endpoint lead to it, as in the configuration that comes with it.
fn bootstrap(variants: &[Variant]) -> String {
    let mut text = "static_resources:\n  listeners:\n".to_owned();
    for (name, filter) in variants {
        let attach = if name == "emitted" {
            filter_switch()
        } else {
            String::new()
        };
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
              - name: broken
                match: {{path: {BROKEN_PATH}}}
                direct_response: {{status: 500}}
              - name: elsewhere
                match: {{prefix: {PATH}/}}
                direct_response: {{status: 200}}
{attach}              - name: 'GET /users/{{id}}'
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

/// Keeps the emitted filter away from a route that is not its own.
fn filter_switch() -> String {
    "                typed_per_filter_config:
                  emitted:
                    '@type': type.googleapis.com/envoy.config.route.v3.FilterConfig
                    disabled: true
"
    .to_owned()
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
