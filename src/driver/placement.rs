//! `explain --placement`: where each policy is enforced, why, at what cost, and which values nobody
//! wrote.

use std::fmt::Write;

use crate::contract::{Origin, Setting};
use crate::link::{Linked, Output, Placement, Program, ResolvedTarget, placements};
use crate::policy::{Step, StepKind};
use crate::text::SourceMap;

/// The table for every contract of a program.
pub(super) fn table(program: &Program, sources: &SourceMap) -> String {
    let mut out = String::new();
    for linked in &program.contracts {
        if !out.is_empty() {
            out.push('\n');
        }
        contract(linked, sources, &mut out).expect("writing to a string succeeds");
    }
    out
}

fn contract(linked: &Linked, sources: &SourceMap, out: &mut String) -> std::fmt::Result {
    writeln!(
        out,
        "{} {}  target {}",
        linked.contract.name, linked.contract.version, linked.target.name
    )?;
    let contract = &linked.contract;
    for (key, text) in [
        ("owner", &contract.owner),
        ("description", &contract.description),
    ] {
        if let Some(text) = text {
            writeln!(out, "  {key:<16} {}", text.lines().next().unwrap_or(""))?;
        }
    }
    for (key, value, origin) in settings(&linked.target) {
        writeln!(
            out,
            "  {key:<16} {value}  ({})",
            origin_text(origin, sources)
        )?;
    }
    let tables: Vec<(Output, Vec<Placement>)> = Output::ALL
        .into_iter()
        .map(|output| (output, placements(linked, output)))
        .collect();
    for (index, endpoint) in linked.policy.endpoints.iter().enumerate() {
        writeln!(out, "\n  {}", endpoint.name)?;
        if endpoint.steps.is_empty() {
            writeln!(out, "    no policy")?;
        }
        for (number, step) in endpoint.steps.iter().enumerate() {
            writeln!(
                out,
                "    {}  ({})",
                describe(step),
                origin_text(step.origin, sources)
            )?;
            for (output, rows) in &tables {
                let row = rows
                    .iter()
                    .find(|row| row.endpoint == index && row.step == number);
                let Some(row) = row else { continue };
                let cost = match row.cost_ns {
                    0 => "no measurable cost".to_owned(),
                    ns => format!("about {}.{} us a request", ns / 1000, ns % 1000 / 100),
                };
                writeln!(
                    out,
                    "      {:<8} {:<18} {cost}",
                    output.id(),
                    row.place.name()
                )?;
                writeln!(out, "               why: {}", row.reason)?;
                if let Some(lost) = &row.lost {
                    writeln!(out, "               not kept: {lost}")?;
                }
            }
        }
    }
    Ok(())
}

/// What a step asks, with the parts that the language filled in.
fn describe(step: &Step) -> String {
    let default = |origin: Origin| {
        if origin == Origin::Default {
            " (default)"
        } else {
            ""
        }
    };
    match &step.kind {
        StepKind::Take(take) => {
            let scope = if take.shared {
                ", one bucket family over all endpoints"
            } else {
                ""
            };
            let burst = if take.rate.burst_written {
                String::new()
            } else {
                format!(", burst {} (default)", take.rate.burst)
            };
            format!("rate_limit {}{burst}{scope}", take.rate)
        }
        StepKind::Admit(admit) => {
            let b = &admit.breaker;
            format!(
                "circuit_breaker failure_threshold {}{}, timeout_ms {}{}, half_open {}{}",
                b.failure_threshold.value,
                default(b.failure_threshold.origin),
                b.timeout_ms.value,
                default(b.timeout_ms.origin),
                b.half_open.value,
                default(b.half_open.origin),
            )
        }
        StepKind::Deadline(ms) => format!("timeout {ms}ms"),
        StepKind::Retry(retry) => {
            let on: Vec<String> = retry.on.value.iter().map(ToString::to_string).collect();
            format!(
                "retry attempts {}{}, on {}{}, backoff {}ms{} to {}ms{}, budget {}{}",
                retry.attempts.value,
                default(retry.attempts.origin),
                on.join("+"),
                default(retry.on.origin),
                retry.base_ms.value,
                default(retry.base_ms.origin),
                retry.max_ms.value,
                default(retry.max_ms.origin),
                retry.budget.value,
                default(retry.budget.origin),
            )
        }
    }
}

fn settings(target: &ResolvedTarget) -> Vec<(&'static str, String, Origin)> {
    fn row<T>(
        key: &'static str,
        setting: &Setting<T>,
        text: impl Fn(&T) -> String,
    ) -> (&'static str, String, Origin) {
        (key, text(&setting.value), setting.origin)
    }
    let text = ToString::to_string;
    let mut rows = vec![
        row("host", &target.host, String::clone),
        row("port", &target.port, u16::to_string),
        row("selector", &target.selector, |labels| {
            labels
                .iter()
                .map(|(name, value)| format!("{name}: {value}"))
                .collect::<Vec<_>>()
                .join(", ")
        }),
        row("trusted_hops", &target.trusted_hops, u32::to_string),
        row("normalize", &target.normalize, |on| {
            if *on { "standard" } else { "none" }.to_owned()
        }),
        row("envoy.listen", &target.envoy_listen, text),
        row("envoy.admin", &target.envoy_admin, |address| {
            address.to_string()
        }),
        row("envoy.upstream", &target.envoy_upstream, |address| {
            address.to_string()
        }),
        row("istio.version", &target.profile, |profile| {
            profile.version().to_owned()
        }),
        row("istio.namespace", &target.namespace, String::clone),
    ];
    match &target.gateway {
        Some(gateway) => rows.push(row("istio.gateway", gateway, String::clone)),
        None => rows.push((
            "istio.gateway",
            "none: enforced at the sidecar".to_owned(),
            Origin::Default,
        )),
    }
    rows.push(row("istio.hosts", &target.hosts, |hosts| hosts.join(", ")));
    if let Some(registry) = &target.wasm_registry {
        rows.push(row("wasm.registry", registry, String::clone));
    }
    rows
}

/// `written at orders.cherry.yaml:9:3`, or how else a value came about.
fn origin_text(origin: Origin, sources: &SourceMap) -> String {
    match origin.span() {
        Some(span) => {
            let at = sources.line_col(span.file, span.start);
            format!(
                "{} at {}:{}:{}",
                origin.name(),
                sources.file(span.file).path(),
                at.line,
                at.column
            )
        }
        None => origin.name().to_owned(),
    }
}
