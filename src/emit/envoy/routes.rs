//! The route table of a host: each endpoint in the linked order, then what no endpoint names.

use std::collections::BTreeMap;

use super::clusters::{UPSTREAM, cluster_of};
use super::limits::Limits;
use super::proto::{
    Action, BackOff, DirectResponse, FilterConfig, HeaderMatcher, HeaderOption, InlineString,
    PathMatch, PathMatchPolicy, RateLimit, Regex, RetryPolicy, Route, RouteAction, RouteMatch,
    StringMatcher, Typed, UriTemplateMatch, millis,
};
use crate::contract::{Method, PathTemplate, Retry, RetryOn, Unlisted};
use crate::emit::EmitCx;
use crate::policy::{Answer, EndpointProgram, StepKind};

/// No bound: Envoy's own is 15 s, and silence changes no traffic.
const NO_TIMEOUT: &str = "0s";

/// The routes. `modules` names the filter of each endpoint that has steps in the module.
pub(super) fn routes(
    cx: &EmitCx<'_>,
    limits: &Limits,
    modules: &BTreeMap<(usize, usize), String>,
) -> Vec<Route> {
    let mut out = Vec::new();
    for route in &cx.host.routes {
        let endpoint = &cx.program.contracts[route.contract].policy.endpoints[route.endpoint];
        let mut filters = BTreeMap::new();
        let mut rate_limits: Vec<RateLimit> = Vec::new();
        for (filter, limit) in limits.asked(route.contract, route.endpoint) {
            filters.insert(filter, Typed::new(FilterConfig::ON));
            rate_limits.push(limit);
        }
        if let Some(filter) = modules.get(&(route.contract, route.endpoint)) {
            filters.insert(filter.clone(), Typed::new(FilterConfig::ON));
        }
        let action = Action::Route(action(endpoint, rate_limits));
        for path in paths(&endpoint.path) {
            out.push(Route {
                name: endpoint.name.to_string(),
                on: RouteMatch {
                    path,
                    headers: method(endpoint).into_iter().collect(),
                },
                action: action.clone(),
                response_headers_to_add: Vec::new(),
                typed_per_filter_config: filters.clone(),
            });
        }
    }
    match cx.host.unlisted {
        Unlisted::Pass => out.push(pass(PathMatch::Prefix("/"), Vec::new())),
        Unlisted::Reject => reject(cx, &mut out),
    }
    out
}

/// The ways in which the paths of a template arrive. A slash at the end makes no difference.
fn paths(template: &PathTemplate) -> Vec<PathMatch> {
    if let Some(literal) = template.literal() {
        let with_slash = (literal != "/").then(|| format!("{literal}/"));
        return std::iter::once(literal)
            .chain(with_slash)
            .map(PathMatch::Path)
            .collect();
    }
    // The template is the quick way. The expression takes what it cannot: a slash at the end, and
    // `[` and `]` (without normalisation nine more bytes), which would go around the policies.
    let quick = template.uri_template().map(|path_template| {
        PathMatch::PathMatchPolicy(PathMatchPolicy {
            name: "envoy.path.match.uri_template.uri_template_matcher",
            typed_config: Typed::new(UriTemplateMatch { path_template }),
        })
    });
    quick.into_iter().chain([regex(template)]).collect()
}

fn regex(template: &PathTemplate) -> PathMatch {
    PathMatch::SafeRegex(Regex {
        regex: template.regex(),
    })
}

fn method(endpoint: &EndpointProgram) -> Option<HeaderMatcher> {
    let Method::Named(name) = endpoint.method else {
        return None;
    };
    Some(on_method(if endpoint.covers_head {
        StringMatcher::SafeRegex(Regex {
            regex: format!("{name}|HEAD"),
        })
    } else {
        StringMatcher::Exact(name.to_owned())
    }))
}

fn on_method(string_match: StringMatcher) -> HeaderMatcher {
    HeaderMatcher {
        name: ":method",
        string_match,
        invert_match: false,
        treat_missing_header_as_empty: false,
    }
}

fn action(endpoint: &EndpointProgram, rate_limits: Vec<RateLimit>) -> RouteAction {
    let mut action = RouteAction {
        cluster: UPSTREAM.to_owned(),
        timeout: NO_TIMEOUT.to_owned(),
        retry_policy: None,
        rate_limits,
    };
    for step in &endpoint.steps {
        match &step.kind {
            StepKind::Deadline(ms) => action.timeout = millis(*ms),
            StepKind::Retry(retry) => {
                action.cluster = cluster_of(retry);
                action.retry_policy = Some(retry_policy(retry));
            }
            // In filters, native ones or the module.
            StepKind::Take(_) | StepKind::Admit(_) => {}
        }
    }
    action
}

fn retry_policy(retry: &Retry) -> RetryPolicy {
    let mut words = Vec::new();
    let mut statuses = Vec::new();
    for on in &retry.on.value {
        match on {
            RetryOn::Connect => words.push("connect-failure"),
            RetryOn::RefusedStream => words.push("refused-stream"),
            RetryOn::Reset => words.push("reset"),
            RetryOn::AnyServerError => words.push("5xx"),
            // Envoy's `gateway-error` would also repeat calls that were reset.
            RetryOn::GatewayError => statuses.extend([502, 503, 504]),
            RetryOn::Status(status) => statuses.push(*status),
        }
    }
    if !statuses.is_empty() {
        words.push("retriable-status-codes");
    }
    statuses.sort_unstable();
    statuses.dedup();
    RetryPolicy {
        retry_on: words.join(","),
        retriable_status_codes: statuses,
        num_retries: retry.attempts.value,
        retry_back_off: BackOff {
            base_interval: millis(retry.base_ms.value),
            max_interval: millis(retry.max_ms.value),
        },
    }
}

/// A route to the upstream with no policy.
fn pass(path: PathMatch, headers: Vec<HeaderMatcher>) -> Route {
    Route {
        name: "unlisted".to_owned(),
        on: RouteMatch { path, headers },
        action: Action::Route(RouteAction {
            cluster: UPSTREAM.to_owned(),
            timeout: NO_TIMEOUT.to_owned(),
            retry_policy: None,
            rate_limits: Vec::new(),
        }),
        response_headers_to_add: Vec::new(),
        typed_per_filter_config: BTreeMap::new(),
    }
}

/// Answers to what no endpoint names: 405 on a listed path, 404 elsewhere. `OPTIONS` of a listed
/// path passes, so that the service can answer preflights.
fn reject(cx: &EmitCx<'_>, out: &mut Vec<Route>) {
    for listed in &cx.host.listed {
        // An endpoint takes every method there, so no request comes this far.
        if listed.allow.is_empty() {
            continue;
        }
        out.push(pass(
            regex(&listed.path),
            vec![on_method(StringMatcher::Exact("OPTIONS".to_owned()))],
        ));
        let mut route = direct(regex(&listed.path), Answer::MethodNotAllowed);
        route
            .response_headers_to_add
            .push(HeaderOption::set("allow", &listed.allow.join(", ")));
        out.push(route);
    }
    out.push(direct(PathMatch::Prefix("/"), Answer::NotFound));
}

fn direct(path: PathMatch, answer: Answer) -> Route {
    Route {
        name: "unlisted".to_owned(),
        on: RouteMatch {
            path,
            headers: Vec::new(),
        },
        action: Action::DirectResponse(DirectResponse {
            status: answer.status(),
            body: InlineString {
                inline_string: answer.body(),
            },
        }),
        response_headers_to_add: answer
            .headers()
            .iter()
            .map(|(name, value)| HeaderOption::set(name, value))
            .collect(),
        typed_per_filter_config: BTreeMap::new(),
    }
}
