//! One host, one ordered route table.

use std::collections::BTreeMap;

use super::{Overrides, ResolvedTarget, rules};
use crate::contract::{Contract, Method, Origin, PathTemplate, Unlisted};
use crate::diag::Diagnostics;
use crate::policy::{self, PolicyProgram};

/// Everything that is linked, for one target of each contract.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    /// Contracts by name.
    pub(crate) contracts: Vec<Linked>,
    /// Hosts by their first name.
    pub(crate) hosts: Vec<Host>,
}

/// A contract in its place.
#[derive(Debug, Clone)]
pub(crate) struct Linked {
    /// The contract.
    pub(crate) contract: Contract,
    /// Its policies.
    pub(crate) policy: PolicyProgram,
    /// Where it is deployed.
    pub(crate) target: ResolvedTarget,
    /// Index of its host.
    pub(crate) host: usize,
}

/// A host with the routes of all its contracts.
#[derive(Debug, Clone)]
pub(crate) struct Host {
    /// Names of the host, sorted.
    pub(crate) names: Vec<String>,
    /// Its contracts by name, as indexes; objects of the host go to the folder of the first.
    pub(crate) contracts: Vec<usize>,
    /// Routes in the order in which they are tried.
    pub(crate) routes: Vec<Route>,
    /// Paths with the methods that they have, in the order in which they are tried: what `405`
    /// answers say in `Allow`. Empty unless unlisted requests are rejected.
    pub(crate) listed: Vec<Listed>,
    /// What happens to requests that no endpoint names.
    pub(crate) unlisted: Unlisted,
}

/// A route: an endpoint of a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Route {
    /// Index of the contract in the program.
    pub(crate) contract: usize,
    /// Index of the endpoint in the contract's policy program.
    pub(crate) endpoint: usize,
}

/// A path and the methods that some endpoint takes on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    /// The path.
    pub(crate) path: PathTemplate,
    /// Methods in alphabetical order; empty when every method is taken.
    pub(crate) allow: Vec<&'static str>,
}

/// What a request on a path of a host meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Met<'h> {
    /// This route.
    Route(Route),
    /// No endpoint; the request passes with no policy.
    Nothing,
    /// No endpoint has the path, and such requests are rejected.
    NotFound,
    /// Some endpoint has the path, with these methods.
    OtherMethods(&'h [&'static str]),
}

impl Program {
    /// What a method and a normalised path (without query) meet on a host.
    pub(crate) fn meet(&self, host: usize, method: &str, path: &str) -> Met<'_> {
        let host = &self.hosts[host];
        let found = host.routes.iter().find(|route| {
            let endpoint = &self.contracts[route.contract].policy.endpoints[route.endpoint];
            endpoint.takes_method(method) && endpoint.path.matches(path)
        });
        match (found, host.unlisted) {
            (Some(route), _) => Met::Route(*route),
            (None, Unlisted::Pass) => Met::Nothing,
            (None, Unlisted::Reject) => {
                match host.listed.iter().find(|listed| listed.path.matches(path)) {
                    Some(_) if method == "OPTIONS" => Met::Nothing,
                    Some(listed) => Met::OtherMethods(&listed.allow),
                    None => Met::NotFound,
                }
            }
        }
    }
}

/// Links contracts, each with the name of its target. What cannot be linked is reported and left
/// out of the routes, so that one mistake does not hide the next.
pub(crate) fn link(
    contracts: Vec<(Contract, String)>,
    overrides: &Overrides,
    sink: &mut Diagnostics,
) -> Program {
    let mut contracts = contracts;
    contracts.sort_by(|(l, _), (r, _)| l.name.cmp(&r.name).then_with(|| l.file.cmp(&r.file)));
    contracts.dedup_by(|(later, _), (first, _)| {
        let same = later.name == first.name;
        if same {
            sink.report(
                &rules::DUPLICATE_CONTRACT,
                format_args!("contract `{}` is written twice", later.name),
            )
            .at(later.name_span, "here")
            .also(first.name_span, "and here")
            .help("rename one of them, or build them apart");
        }
        same
    });
    let linked: Vec<Linked> = contracts
        .into_iter()
        .map(|(contract, target)| {
            let target = ResolvedTarget::resolve(&contract, &target, overrides);
            let policy = policy::lower(&contract);
            Linked {
                contract,
                policy,
                target,
                host: 0,
            }
        })
        .collect();
    let mut program = Program {
        contracts: linked,
        hosts: Vec::new(),
    };
    for (names, members) in group_by_host(&program.contracts) {
        let index = program.hosts.len();
        for &member in &members {
            program.contracts[member].host = index;
        }
        let host = link_host(&program.contracts, names, members, sink);
        program.hosts.push(host);
    }
    for linked in &program.contracts {
        report_path_reading(linked, sink);
    }
    program
}

/// Contracts by the host they share; names are joined when any of them is common.
fn group_by_host(contracts: &[Linked]) -> Vec<(Vec<String>, Vec<usize>)> {
    let mut owner: BTreeMap<&str, usize> = BTreeMap::new();
    let mut group: Vec<usize> = (0..contracts.len()).collect();
    for (index, linked) in contracts.iter().enumerate() {
        for name in std::iter::once(&linked.target.host.value).chain(&linked.target.hosts.value) {
            let first = *owner.entry(name).or_insert(index);
            let (from, to) = (
                group[index].max(group[first]),
                group[index].min(group[first]),
            );
            for member in &mut group {
                if *member == from {
                    *member = to;
                }
            }
        }
    }
    let mut groups: BTreeMap<usize, (Vec<String>, Vec<usize>)> = BTreeMap::new();
    for (index, linked) in contracts.iter().enumerate() {
        let (names, members) = groups.entry(group[index]).or_default();
        names.extend(linked.target.hosts.value.iter().cloned());
        members.push(index);
    }
    let mut groups: Vec<_> = groups.into_values().collect();
    for (names, _) in &mut groups {
        names.sort();
        names.dedup();
    }
    groups.sort();
    groups
}

fn link_host(
    contracts: &[Linked],
    names: Vec<String>,
    members: Vec<usize>,
    sink: &mut Diagnostics,
) -> Host {
    report_conflicts(contracts, &members, sink);
    let mut routes: Vec<Route> = members
        .iter()
        .flat_map(|&contract| {
            (0..contracts[contract].policy.endpoints.len())
                .map(move |endpoint| Route { contract, endpoint })
        })
        .collect();
    let at = |route: &Route| &contracts[route.contract].policy.endpoints[route.endpoint];
    routes.sort_by(|l, r| {
        let (left, right) = (at(l), at(r));
        // A named method goes before `*` on the same path.
        left.path
            .order(&right.path)
            .then_with(|| left.method.cmp(&right.method))
    });
    routes.dedup_by(|later, first| {
        let (second, one) = (at(later), at(first));
        let same = second.method == one.method && second.path.same_shape(&one.path);
        if same {
            let owners = (&contracts[first.contract].contract.name, &contracts[later.contract].contract.name);
            let headline = if owners.0 == owners.1 {
                format!("`{}` and `{}` are the same endpoint", one.name, second.name)
            } else {
                format!("`{}` of `{}` and `{}` of `{}` are the same endpoint of one host", one.name, owners.0, second.name, owners.1)
            };
            sink.report(&rules::ENDPOINT_OVERLAP, headline)
                .at(second.span, "this endpoint")
                .also(one.span, "has the method and path of this one")
                .help("remove one of them: names of parameters and a slash at the end make no difference");
        }
        same
    });
    let unlisted = members
        .iter()
        .map(|&member| contracts[member].policy.unlisted)
        .find(|unlisted| *unlisted == Unlisted::Reject)
        .unwrap_or(Unlisted::Pass);
    let listed = if unlisted == Unlisted::Reject {
        listed(contracts, &routes)
    } else {
        Vec::new()
    };
    Host {
        names,
        contracts: members,
        routes,
        listed,
        unlisted,
    }
}

/// The distinct paths of a route table, each with the methods of every path that covers it.
fn listed(contracts: &[Linked], routes: &[Route]) -> Vec<Listed> {
    let at = |route: &Route| &contracts[route.contract].policy.endpoints[route.endpoint];
    let mut paths: Vec<PathTemplate> = routes.iter().map(|route| at(route).path.clone()).collect();
    paths.dedup_by(|later, first| later.same_shape(first));
    let methods = |path: &PathTemplate| {
        let mut allow = Vec::new();
        for endpoint in routes
            .iter()
            .map(at)
            .filter(|endpoint| endpoint.path.covers(path))
        {
            match endpoint.method {
                Method::Any => return Vec::new(),
                Method::Named(name) => allow.push(name),
            }
            if endpoint.covers_head {
                allow.push("HEAD");
            }
        }
        allow.sort_unstable();
        allow.dedup();
        allow
    };
    paths
        .into_iter()
        .map(|path| Listed {
            allow: methods(&path),
            path,
        })
        .collect()
}

/// Contracts that share a host must agree about what there is only one of.
fn report_conflicts(contracts: &[Linked], members: &[usize], sink: &mut Diagnostics) {
    let Some((first, others)) = members.split_first() else {
        return;
    };
    let first = &contracts[*first];
    for other in others.iter().map(|member| &contracts[*member]) {
        let (one, two) = (&first.target, &other.target);
        let differences = [
            (
                "host",
                one.host.value != two.host.value,
                one.host.origin,
                two.host.origin,
            ),
            (
                "port",
                one.port.value != two.port.value,
                one.port.origin,
                two.port.origin,
            ),
            (
                "selector",
                one.selector.value != two.selector.value,
                one.selector.origin,
                two.selector.origin,
            ),
            (
                "trusted_hops",
                one.trusted_hops.value != two.trusted_hops.value,
                one.trusted_hops.origin,
                two.trusted_hops.origin,
            ),
            (
                "normalize",
                one.normalize.value != two.normalize.value,
                one.normalize.origin,
                two.normalize.origin,
            ),
            (
                "istio.namespace",
                one.namespace.value != two.namespace.value,
                one.namespace.origin,
                two.namespace.origin,
            ),
            (
                "istio.version",
                one.profile.value != two.profile.value,
                one.profile.origin,
                two.profile.origin,
            ),
            (
                "istio.gateway",
                one.gateway.as_ref().map(|g| &g.value) != two.gateway.as_ref().map(|g| &g.value),
                one.gateway.as_ref().map_or(Origin::Default, |g| g.origin),
                two.gateway.as_ref().map_or(Origin::Default, |g| g.origin),
            ),
            (
                "istio.hosts",
                one.hosts.value != two.hosts.value,
                one.hosts.origin,
                two.hosts.origin,
            ),
            (
                "envoy.listen",
                one.envoy_listen.value != two.envoy_listen.value,
                one.envoy_listen.origin,
                two.envoy_listen.origin,
            ),
            (
                "envoy.admin",
                one.envoy_admin.value != two.envoy_admin.value,
                one.envoy_admin.origin,
                two.envoy_admin.origin,
            ),
            (
                "envoy.upstream",
                one.envoy_upstream.value != two.envoy_upstream.value,
                one.envoy_upstream.origin,
                two.envoy_upstream.origin,
            ),
        ];
        for (key, _, one, two) in differences.into_iter().filter(|(_, differs, ..)| *differs) {
            conflict(key, first, one, other, two, sink);
        }
        let (one, two) = (&first.contract.unlisted, &other.contract.unlisted);
        if one.value != two.value && one.origin.is_written() && two.origin.is_written() {
            conflict("unlisted", first, one.origin, other, two.origin, sink);
        }
    }
}

fn conflict(
    key: &str,
    first: &Linked,
    one: Origin,
    other: &Linked,
    two: Origin,
    sink: &mut Diagnostics,
) {
    let (a, b) = (&first.contract, &other.contract);
    sink.report(
        &rules::HOST_CONFLICT,
        format_args!(
            "`{}` and `{}` share the host `{}` but not `{key}`",
            a.name, b.name, first.target.host.value
        ),
    )
    .at(
        two.span().unwrap_or(b.name_span),
        format_args!("`{}`: {}", b.name, two.name()),
    )
    .also(
        one.span().unwrap_or(a.name_span),
        format_args!("`{}`: {}", a.name, one.name()),
    )
    .help(format_args!(
        "write the same `{key}` in both, or give them different hosts"
    ));
}

fn report_path_reading(linked: &Linked, sink: &mut Diagnostics) {
    let normalize = &linked.target.normalize;
    let has_policies = linked
        .policy
        .endpoints
        .iter()
        .any(|endpoint| !endpoint.steps.is_empty());
    if normalize.value || !has_policies {
        return;
    }
    sink.report(&rules::NORMALIZATION_OFF, format_args!("paths of `{}` are not normalised before they are matched", linked.contract.name))
        .at(normalize.origin.span().unwrap_or(linked.contract.name_span), "turned off here")
        .note("`/%75sers/1`, `//users/1` and `/x/../users/1` go around the policies of `/users/{id}` when the service reads them as that path")
        .help("leave `normalize` out unless the service needs raw paths");
}
