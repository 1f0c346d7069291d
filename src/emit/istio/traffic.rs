//! Routes: one VirtualService for a host, in the linked order.
//!
//! Istio keeps the order of routes, and moves only a last catch-all. Routes have names that are
//! unique and do not change with their neighbours.

use indexmap::IndexMap;

use super::kinds::{
    Action, Body, Destination, DirectAnswer, DirectResponse, Forward, HeaderOperations, Headers,
    HttpMatch, HttpRoute, Port, Retries, StringMatch, VirtualService, WeightedDestination,
};
use crate::contract::{Method, PathTemplate, Retry, RetryOn, Unlisted};
use crate::diag::Diagnostics;
use crate::emit::envoy::proto::millis;
use crate::emit::{EmitCx, rules};
use crate::link::{Linked, Output, Place, Profile, ResolvedTarget, placements};
use crate::policy::{Answer, EndpointProgram, StepKind};

/// Longest regular expression that Istio takes, in characters.
const MAX_REGEX: usize = 1024;

/// The VirtualService of a host.
pub(super) fn virtual_service(cx: &EmitCx<'_>, sink: &mut Diagnostics) -> VirtualService {
    let target = &cx.first().target;
    let mut http = Vec::new();
    for route in &cx.host.routes {
        let linked = &cx.program.contracts[route.contract];
        let endpoint = &linked.policy.endpoints[route.endpoint];
        report_long(endpoint, sink);
        let method = match endpoint.method {
            Method::Any => None,
            Method::Named(name) if endpoint.covers_head => {
                Some(StringMatch::Regex(format!("{name}|HEAD")))
            }
            Method::Named(name) => Some(StringMatch::Exact(name.to_owned())),
        };
        http.push(HttpRoute {
            name: route_name(linked, endpoint),
            on: matches(&endpoint.path, method.as_ref()),
            action: Action::Forward(endpoint_action(linked, route.endpoint)),
        });
    }
    match cx.host.unlisted {
        Unlisted::Pass => http.push(HttpRoute {
            name: "unlisted".to_owned(),
            on: Vec::new(),
            action: Action::Forward(forward(target)),
        }),
        Unlisted::Reject => reject(cx, &mut http),
    }
    VirtualService {
        hosts: cx.host.names.clone(),
        gateways: target.gateway.as_ref().map(|name| vec![name.value.clone()]),
        http,
    }
}

/// `user.v1 GET /users/{id}`.
pub(super) fn route_name(linked: &Linked, endpoint: &EndpointProgram) -> String {
    format!("{} {}", linked.contract.name.folder(), endpoint.name)
}

/// The ways in which the paths of a template arrive. A slash at the end makes no difference.
fn matches(path: &PathTemplate, method: Option<&StringMatch>) -> Vec<HttpMatch> {
    let uris = match path.literal() {
        Some(literal) if literal == "/" => vec![StringMatch::Exact(literal)],
        Some(literal) => {
            let with_slash = format!("{literal}/");
            vec![StringMatch::Exact(literal), StringMatch::Exact(with_slash)]
        }
        None => vec![StringMatch::Regex(path.regex())],
    };
    uris.into_iter()
        .map(|uri| HttpMatch {
            uri,
            method: method.cloned(),
        })
        .collect()
}

fn report_long(endpoint: &EndpointProgram, sink: &mut Diagnostics) {
    if endpoint.path.literal().is_some() {
        return;
    }
    let length = endpoint.path.regex().chars().count();
    if length > MAX_REGEX {
        sink.report(
            &rules::ROUTE_TOO_LONG,
            format_args!("`{}` is too long a path for Istio", endpoint.name),
        )
        .at(
            endpoint.span,
            format_args!("its regular expression has {length} characters, Istio takes {MAX_REGEX}"),
        )
        .help("shorten the path, or build without `istio`");
    }
}

fn endpoint_action(linked: &Linked, index: usize) -> Forward {
    let mut action = forward(&linked.target);
    let endpoint = &linked.policy.endpoints[index];
    for placement in placements(linked, Output::Istio) {
        // Other places are the module, or nowhere, which is an error before anything is written.
        if placement.endpoint != index || !matches!(placement.place, Place::RouteField(_)) {
            continue;
        }
        match &endpoint.steps[placement.step].kind {
            StepKind::Deadline(ms) => action.timeout = Some(millis(*ms)),
            StepKind::Retry(retry) => {
                action.retries = retries(retry, linked.target.profile.value);
            }
            StepKind::Take(_) | StepKind::Admit(_) => {}
        }
    }
    action
}

/// To the service, with no policy.
fn forward(target: &ResolvedTarget) -> Forward {
    Forward {
        route: vec![WeightedDestination {
            destination: Destination {
                host: target.host.value.clone(),
                port: Port {
                    number: target.port.value,
                },
            },
        }],
        timeout: None,
        retries: Retries::NONE,
    }
}

fn retries(retry: &Retry, profile: Profile) -> Retries {
    if retry.attempts.value == 0 {
        return Retries::NONE;
    }
    let mut words = Vec::new();
    let mut statuses = Vec::new();
    for on in &retry.on.value {
        match on {
            RetryOn::Connect => words.push("connect-failure".to_owned()),
            RetryOn::RefusedStream => words.push("refused-stream".to_owned()),
            RetryOn::Reset => words.push("reset".to_owned()),
            RetryOn::AnyServerError => words.push("5xx".to_owned()),
            // Envoy's `gateway-error` would also repeat calls that were reset.
            RetryOn::GatewayError => statuses.extend([502, 503, 504]),
            RetryOn::Status(status) => statuses.push(*status),
        }
    }
    statuses.sort_unstable();
    statuses.dedup();
    words.extend(statuses.iter().map(u16::to_string));
    // Istio 1.20 has no such field; there only Envoy's own pause can be meant.
    let backoff = profile == Profile::Istio130 && retry.base_ms.origin.is_written();
    Retries {
        attempts: retry.attempts.value,
        retry_on: Some(words.join(",")),
        backoff: backoff.then(|| millis(retry.base_ms.value)),
    }
}

/// Answers to what no endpoint names: 405 on a listed path, 404 elsewhere. `OPTIONS` of a listed
/// path passes, so that the service can answer preflights.
fn reject(cx: &EmitCx<'_>, http: &mut Vec<HttpRoute>) {
    let options = StringMatch::Exact("OPTIONS".to_owned());
    for listed in &cx.host.listed {
        // An endpoint takes every method there, so no request comes this far.
        if listed.allow.is_empty() {
            continue;
        }
        http.push(HttpRoute {
            name: format!("unlisted OPTIONS {}", listed.path),
            on: matches(&listed.path, Some(&options)),
            action: Action::Forward(forward(&cx.first().target)),
        });
        let mut answer = direct(Answer::MethodNotAllowed);
        answer
            .headers
            .response
            .set
            .insert("allow", listed.allow.join(", "));
        http.push(HttpRoute {
            name: format!("unlisted {}", listed.path),
            on: matches(&listed.path, None),
            action: Action::Answer(answer),
        });
    }
    http.push(HttpRoute {
        name: "unlisted".to_owned(),
        on: Vec::new(),
        action: Action::Answer(direct(Answer::NotFound)),
    });
}

fn direct(answer: Answer) -> DirectAnswer {
    let set: IndexMap<&'static str, String> = (answer.headers().into_iter())
        .map(|(name, value)| (name, value.to_owned()))
        .collect();
    DirectAnswer {
        direct_response: DirectResponse {
            status: answer.status(),
            body: Body {
                string: answer.body(),
            },
        },
        headers: Headers {
            response: HeaderOperations { set },
        },
    }
}
