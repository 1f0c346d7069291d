//! Where each step of each policy is enforced, in each output: a table with reason and cost.
//!
//! The cheapest place that can say a policy exactly gets it: a field of Envoy or Istio, then the
//! module. A step that an output cannot say is [`Place::Nowhere`] there, and that is an error when
//! the output was chosen.

use std::borrow::Cow;

use super::{Linked, Profile, rules};
use crate::contract::{Origin, Retry, Setting};
use crate::diag::Diagnostics;
use crate::policy::{KeySource, StepKind, Take, cost};

/// An output that enforces policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Output {
    /// `envoy.yaml` with the module inlined.
    Envoy,
    /// Istio objects with the module.
    Istio,
    /// Module and runtime.
    Bundle,
}

impl Output {
    /// Every output that enforces policies.
    pub(crate) const ALL: [Output; 3] = [Output::Envoy, Output::Istio, Output::Bundle];

    /// The id of its emitter.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Output::Envoy => "envoy",
            Output::Istio => "istio",
            Output::Bundle => "bundle",
        }
    }

    /// The output of an emitter; other emitters enforce nothing.
    pub(crate) fn of_emitter(id: &str) -> Option<Self> {
        Output::ALL.into_iter().find(|output| output.id() == id)
    }
}

/// A point of enforcement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// A field of the route.
    RouteField(&'static str),
    /// Envoy's own `local_ratelimit` filter.
    NativeLimiter,
    /// The WASM module.
    Module,
    /// The runtime that executes the bundle.
    Runtime,
    /// Nothing in this output can enforce it.
    Nowhere,
}

impl Place {
    /// The place as printed.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Place::RouteField(field) => field,
            Place::NativeLimiter => "local_ratelimit",
            Place::Module => "wasm module",
            Place::Runtime => "runtime",
            Place::Nowhere => "nowhere",
        }
    }
}

/// A step of an endpoint in its place.
#[derive(Debug, Clone)]
pub(crate) struct Placement {
    /// Index of the endpoint in the policy program.
    pub(crate) endpoint: usize,
    /// Index of the step in the endpoint.
    pub(crate) step: usize,
    /// Where it is enforced.
    pub(crate) place: Place,
    /// Why there.
    pub(crate) reason: Cow<'static, str>,
    /// What it adds to a request, in nanoseconds.
    pub(crate) cost_ns: u32,
    /// What this place does not keep of the meaning, when the user asked for it or a default is
    /// not enforced.
    pub(crate) lost: Option<String>,
}

/// Where the steps of a contract are enforced in an output, in the order of the program.
pub(crate) fn placements(linked: &Linked, output: Output) -> Vec<Placement> {
    let mut out = Vec::new();
    for (index, endpoint) in linked.policy.endpoints.iter().enumerate() {
        // A limit that is native runs before the module, so it must not overtake one that is not.
        let mut module_is_behind = false;
        for (step, what) in endpoint.steps.iter().enumerate() {
            let placed = match &what.kind {
                StepKind::Take(take) => {
                    let placed = place_take(take, linked, output, module_is_behind);
                    module_is_behind |= placed.0 == Place::Module;
                    placed
                }
                StepKind::Admit(_) => place_admit(output),
                StepKind::Deadline(_) => place_deadline(output),
                StepKind::Retry(retry) => place_retry(retry, linked, output),
            };
            let (place, reason, lost) = placed;
            let cost_ns = cost::nanoseconds(
                &what.kind,
                place == Place::Module,
                place == Place::NativeLimiter,
            );
            out.push(Placement {
                endpoint: index,
                step,
                place,
                reason,
                cost_ns,
                lost,
            });
        }
    }
    out
}

type Placed = (Place, Cow<'static, str>, Option<String>);

fn placed(place: Place, reason: &'static str) -> Placed {
    (place, reason.into(), None)
}

fn place_take(take: &Take, linked: &Linked, output: Output, module_is_behind: bool) -> Placed {
    match output {
        Output::Bundle => return placed(Place::Runtime, "the runtime runs the policy program"),
        Output::Istio => {
            return placed(
                Place::Module,
                "Istio has no limiter of its own per endpoint; the module runs where the service is",
            );
        }
        Output::Envoy => {}
    }
    let native_wanted = linked.target.native_limiter.value;
    match take.key.as_slice() {
        _ if module_is_behind && take.key.is_empty() => {
            placed(Place::Module, "a limit before it is in the module, and limits are asked in written order")
        }
        [] => placed(Place::NativeLimiter, "one bucket for everybody: Envoy's own filter says it exactly and costs least"),
        [KeySource::ClientIp] if native_wanted && !module_is_behind => (
            Place::NativeLimiter,
            "asked for by `envoy.limiter=native`".into(),
            Some("Envoy remembers a bounded number of addresses and forgets the least recent ones, debtors included: rotating addresses can go around the limit".to_owned()),
        ),
        [KeySource::ClientIp] => placed(
            Place::Module,
            "keyed by an unbounded set: Envoy's own filter forgets debtors when addresses rotate, the module forgets idle ones first",
        ),
        _ => placed(Place::Module, "keyed by parts of the request: Envoy's own filter leaves requests without them unlimited"),
    }
}

fn place_admit(output: Output) -> Placed {
    match output {
        Output::Bundle => placed(Place::Runtime, "the runtime runs the policy program"),
        Output::Envoy | Output::Istio => placed(
            Place::Module,
            "per endpoint with half-open probes: outlier detection counts per host and has no probes",
        ),
    }
}

fn place_deadline(output: Output) -> Placed {
    match output {
        Output::Bundle => placed(Place::Runtime, "the runtime runs the policy program"),
        Output::Envoy => placed(
            Place::RouteField("route.timeout"),
            "a field of the route, all tries included",
        ),
        Output::Istio => placed(
            Place::RouteField("http.timeout"),
            "a field of the VirtualService, all tries included",
        ),
    }
}

fn place_retry(retry: &Retry, linked: &Linked, output: Output) -> Placed {
    let (cannot, mut lost) = match output {
        Output::Bundle => return placed(Place::Runtime, "the runtime runs the policy program"),
        Output::Envoy => (envoy_cannot(retry), Vec::new()),
        Output::Istio => istio_cannot(retry, linked.target.profile.value),
    };
    if !cannot.is_empty() {
        return (Place::Nowhere, cannot.join("; ").into(), None);
    }
    let field = if output == Output::Envoy {
        "route.retry_policy"
    } else {
        "http.retries"
    };
    if output == Output::Envoy {
        lost.push(format!(
            "the budget of {} counts running requests and keeps one retry possible for a lone caller",
            retry.budget.value
        ));
    }
    (
        Place::RouteField(field),
        "a field of the route".into(),
        (!lost.is_empty()).then(|| lost.join("; ")),
    )
}

fn envoy_cannot(retry: &Retry) -> Vec<String> {
    let mut cannot = Vec::new();
    if !retry.jitter.value {
        cannot.push("Envoy always spreads its pauses (`jitter: none`)".to_owned());
    }
    cannot
}

/// What Istio cannot say and somebody wrote, and what it cannot say and nobody wrote.
fn istio_cannot(retry: &Retry, profile: Profile) -> (Vec<String>, Vec<String>) {
    let mut cannot = envoy_cannot(retry);
    let mut lost = Vec::new();
    let version = profile.version();
    let mut say = |origin: Origin, text: String| {
        if origin.is_written() {
            cannot.push(text);
        } else {
            lost.push(text);
        }
    };
    say(
        retry.budget.origin,
        format!(
            "Istio has no retry budget per route ({})",
            retry.budget.value
        ),
    );
    let Setting {
        value: base,
        origin: base_origin,
    } = retry.base_ms;
    let Setting {
        value: max,
        origin: max_origin,
    } = retry.max_ms;
    let (default_base, factor) = (25, 10);
    if profile == Profile::Istio120 && base != default_base {
        say(
            base_origin,
            format!(
                "Istio {version} has no first pause of its own ({base}ms; Envoy's is {default_base}ms)"
            ),
        );
    } else if max != base * factor {
        say(
            max_origin,
            format!(
                "Istio {version} has no longest pause of its own ({max}ms; Envoy's is {factor} times the first one)"
            ),
        );
    }
    (cannot, lost)
}

/// Reports each written policy that an output of `chosen` does not enforce; without any chosen
/// enforcing output, each policy that nothing enforces.
pub(crate) fn unenforced(linked: &Linked, chosen: &[Output], sink: &mut Diagnostics) {
    let tables: Vec<(Output, Vec<Placement>)> = Output::ALL
        .into_iter()
        .map(|output| (output, placements(linked, output)))
        .collect();
    for (row, placement) in tables[0].1.iter().enumerate() {
        let endpoint = &linked.policy.endpoints[placement.endpoint];
        let step = &endpoint.steps[placement.step];
        let can: Vec<&str> = tables
            .iter()
            .filter(|(_, rows)| rows[row].place != Place::Nowhere)
            .map(|(output, _)| output.id())
            .collect();
        let missing: Vec<&(Output, Vec<Placement>)> = tables
            .iter()
            .filter(|(output, rows)| chosen.contains(output) && rows[row].place == Place::Nowhere)
            .collect();
        if !chosen.is_empty() && missing.is_empty() {
            continue;
        }
        let policy = step.kind.policy();
        let at = step.origin.span().unwrap_or(endpoint.span);
        let outputs = if can.is_empty() {
            "no output".to_owned()
        } else {
            format!("`{}`", can.join("`, `"))
        };
        if chosen.is_empty() {
            sink.report(
                &rules::POLICY_UNENFORCED,
                format_args!(
                    "nothing that is built enforces `{policy}` of `{}`",
                    endpoint.name
                ),
            )
            .at(at, "written here")
            .note(format_args!("outputs that can enforce it: {outputs}"))
            .help("add one of them to `--emit` or `generate`");
        }
        for (output, rows) in missing {
            sink.report(
                &rules::POLICY_UNENFORCED,
                format_args!(
                    "`{}` cannot enforce `{policy}` of `{}`",
                    output.id(),
                    endpoint.name
                ),
            )
            .at(at, "written here")
            .note(&rows[row].reason)
            .note(format_args!("outputs that can enforce it: {outputs}"))
            .help(format_args!(
                "write only what `{}` can say, or build with an output that can",
                output.id()
            ));
        }
    }
}

/// For `check`, which emits nothing: each policy that no known output can enforce.
pub(crate) fn unenforceable(linked: &Linked, sink: &mut Diagnostics) {
    let tables = Output::ALL.map(|output| placements(linked, output));
    let [first, others @ ..] = &tables;
    for (row, placement) in first.iter().enumerate() {
        if placement.place != Place::Nowhere
            || others.iter().any(|rows| rows[row].place != Place::Nowhere)
        {
            continue;
        }
        let endpoint = &linked.policy.endpoints[placement.endpoint];
        let step = &endpoint.steps[placement.step];
        sink.report(
            &rules::POLICY_UNENFORCED,
            format_args!(
                "no output can enforce `{}` of `{}`",
                step.kind.policy(),
                endpoint.name
            ),
        )
        .at(step.origin.span().unwrap_or(endpoint.span), "written here")
        .note(&placement.reason)
        .help("write only what some output can say");
    }
}

/// Warns about address limits at a sidecar that stands behind other proxies.
pub(crate) fn client_ip_at_sidecar(linked: &Linked, sink: &mut Diagnostics) {
    let hops = &linked.target.trusted_hops;
    if linked.target.gateway.is_some() || hops.value == 0 {
        return;
    }
    for endpoint in &linked.policy.endpoints {
        for step in &endpoint.steps {
            let StepKind::Take(take) = &step.kind else {
                continue;
            };
            if !take.key.contains(&KeySource::ClientIp) {
                continue;
            }
            sink.report(
                &rules::CLIENT_IP_AT_SIDECAR,
                format_args!("at a sidecar `client_ip` is the address of the calling proxy, not of the client"),
            )
            .at(step.origin.span().unwrap_or(endpoint.span), "this limit counts per calling workload")
            .note(format_args!("target `{}` says `trusted_hops: {}` but names no gateway; a sidecar never believes X-Forwarded-For", linked.target.name, hops.value))
            .help("name the gateway in the target (`istio.gateway`), so that the limit is enforced where clients arrive");
        }
    }
}
