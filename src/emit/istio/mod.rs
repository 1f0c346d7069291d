//! Istio: a VirtualService for each host, and the modules in the proxies that enforce: the sidecars
//! of the service, or the gateway that the target names.
//!
//! Every object is in the newest version of its API that Istio 1.20 and 1.30 both serve. Limits and
//! breakers are in the module and nowhere else: outlier detection counts per host of the upstream,
//! and what one endpoint did would take the others with it.
//!
//! A VirtualService acts in the proxies of callers (or in the gateway), the module in those of the
//! service; a caller outside the mesh meets the module alone.

mod filters;
mod kinds;
mod oci;
#[cfg(test)]
mod tests;
mod traffic;

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::manifest::document;
use super::module::module_of;
use super::wasm::Module;
use super::{Artifact, EmitCx, Emitted, Emitter, EmitterMeta, Scope};
use crate::contract::{Method, PathTemplate, Segment};
use crate::link::{Linked, Output, Place, placements};
use crate::policy::EndpointProgram;
use filters::Site;
use kinds::{Kind, Metadata, Object};

static META: EmitterMeta = EmitterMeta {
    id: "istio",
    revision: 3,
    scope: Scope::Host,
    summary: "Istio objects for sidecars or a gateway, policy modules inlined or from a registry",
};

/// The emitter.
pub(crate) struct Istio;

impl Emitter for Istio {
    fn meta(&self) -> &'static EmitterMeta {
        &META
    }

    fn emit(&self, cx: &EmitCx<'_>) -> Emitted {
        let mut emitted = Emitted::default();
        let first = cx.first();
        let site = Site::of(&first.target);
        let titles: Vec<String> = cx.linked().map(title).collect();
        let host = Author {
            title: titles.join(", "),
            labels: labels(first),
        };

        let service = traffic::virtual_service(cx);
        let home = &first.target.namespace.value;
        let name = service_name(cx);
        let object = Object::new(host.metadata(name.clone(), home), service);
        emitted.artifacts.push(host.artifact(&object, &[]));

        let modules = modules(cx);
        if let Some(reading) = site.reading(!modules.is_empty()) {
            let name = site.name(&format!("{name}-paths"));
            let object = Object::new(host.metadata(name, &site.namespace), reading);
            emitted
                .artifacts
                .push(host.artifact(&object, &site.remarks()));
        }
        for (linked, module) in &modules {
            emit_module(linked, module, &site, &mut emitted);
        }
        emitted
    }
}

fn emit_module(linked: &Linked, module: &Module, site: &Site<'_>, emitted: &mut Emitted) {
    let contract = &linked.contract.name;
    let author = Author {
        title: title(linked),
        labels: labels(linked),
    };
    let metadata = author.metadata(site.name(&contract.slug()), &site.namespace);
    let mut remarks = site.remarks();
    let Some(registry) = &linked.target.wasm_registry else {
        let object = Object::new(metadata, site.inline(contract, module));
        emitted.artifacts.push(author.artifact(&object, &remarks));
        return;
    };
    let image = oci::image(&module.bytes, &super::envoy::wasm::filter_name(contract));
    let folder = format!("oci/{}", contract.folder());
    remarks.extend([
        format!("push {folder} before this object is applied: without the image its pods refuse every request"),
        "url and sha256 name the image by the digest of its manifest, which Istio compares with what it fetched".to_owned(),
        "Istio names the state of the module itself: a new module starts with full buckets and closed breakers".to_owned(),
    ]);
    let object = Object::new(metadata, site.plugin(contract, &registry.value, &image));
    emitted.artifacts.push(author.artifact(&object, &remarks));
    emitted.artifacts.extend([
        Artifact::text(format!("{folder}/manifest"), image.manifest),
        Artifact::text(format!("{folder}/config"), image.config),
        Artifact::text(format!("{folder}/runtime-config"), image.runtime),
        Artifact::bytes(format!("{folder}/module.wasm"), module.bytes.clone()),
    ]);
}

/// In whose name an object is written.
struct Author {
    title: String,
    labels: BTreeMap<&'static str, String>,
}

impl Author {
    fn metadata(&self, name: String, namespace: &str) -> Metadata {
        Metadata {
            name,
            namespace: namespace.to_owned(),
            labels: self.labels.clone(),
        }
    }

    /// The object as a file `kind-name.yaml`.
    fn artifact<S: Kind>(&self, object: &Object<S>, remarks: &[String]) -> Artifact {
        let remarks: Vec<&str> = remarks.iter().map(String::as_str).collect();
        let kind = object.kind.to_ascii_lowercase();
        Artifact::text(
            format!("{kind}-{}.yaml", object.metadata.name),
            document(&self.title, &remarks, object),
        )
    }
}

/// Name of the objects of a host: the service's. When another host belongs to a service of the same
/// name in the same namespace, the major version tells them apart.
fn service_name(cx: &EmitCx<'_>) -> String {
    let first = cx.first();
    let name = &first.contract.name;
    let is_shared = cx.program.hosts.iter().any(|host| {
        let other = &cx.program.contracts[host.contracts[0]];
        other.contract.name != *name
            && other.contract.name.service() == name.service()
            && other.target.namespace.value == first.target.namespace.value
    });
    if is_shared {
        name.slug()
    } else {
        name.service()
    }
}

/// The modules of a host.
fn modules<'a>(cx: &EmitCx<'a>) -> Vec<(&'a Linked, Module)> {
    let mut out = Vec::new();
    for &index in &cx.host.contracts {
        let linked = &cx.program.contracts[index];
        let is_needed = placements(linked, Output::Istio)
            .iter()
            .any(|placement| placement.place == Place::Module);
        if is_needed {
            let module = match with_neighbours(cx, index) {
                Cow::Borrowed(_) => cx.module(index).cloned(),
                Cow::Owned(whole) => module_of(&whole, cx.compiler),
            };
            out.push((linked, module.expect("a step is placed in the module")));
        }
    }
    out
}

/// A contract that knows which of its requests belong to other contracts of the host. Here modules
/// match by themselves, so one that only knew its own `/users/{id}` would take `/users/me` of its
/// neighbour for it. Neighbours' endpoints that could be mistaken stand in its table without steps.
fn with_neighbours<'a>(cx: &EmitCx<'a>, index: usize) -> Cow<'a, Linked> {
    let linked = &cx.program.contracts[index];
    let at = |contract: usize, endpoint: usize| {
        &cx.program.contracts[contract].policy.endpoints[endpoint]
    };
    let mut endpoints = Vec::new();
    let mut has_neighbours = false;
    for (place, route) in cx.host.routes.iter().enumerate() {
        let mut endpoint = at(route.contract, route.endpoint).clone();
        if route.contract != index {
            let is_mistaken = cx.host.routes[place..].iter().any(|later| {
                later.contract == index && overlap(&endpoint, at(index, later.endpoint))
            });
            if !is_mistaken {
                continue;
            }
            endpoint.steps.clear();
            has_neighbours = true;
        }
        endpoints.push(endpoint);
    }
    if !has_neighbours {
        return Cow::Borrowed(linked);
    }
    let mut whole = linked.clone();
    whole.policy.endpoints = endpoints;
    Cow::Owned(whole)
}

/// Whether some request fits both.
fn overlap(left: &EndpointProgram, right: &EndpointProgram) -> bool {
    let methods = match (left.method, right.method) {
        (Method::Any, _) | (_, Method::Any) => true,
        (Method::Named(l), Method::Named(r)) => left.takes_method(r) || right.takes_method(l),
    };
    methods && paths_overlap(&left.path, &right.path)
}

fn paths_overlap(left: &PathTemplate, right: &PathTemplate) -> bool {
    let (left, right) = (left.segments(), right.segments());
    let is_rest = |segments: &[Segment]| matches!(segments.last(), Some(Segment::Rest { .. }));
    let lengths = left.len() == right.len()
        || (is_rest(left) && right.len() >= left.len())
        || (is_rest(right) && left.len() >= right.len())
        || (is_rest(left) && is_rest(right));
    // Two literals must be equal; anything else may meet, which at worst is a line too many.
    lengths
        && left.iter().zip(right).all(|pair| match pair {
            (Segment::Literal(l), Segment::Literal(r)) => l == r,
            _ => true,
        })
}

fn labels(linked: &Linked) -> BTreeMap<&'static str, String> {
    BTreeMap::from([
        ("app.kubernetes.io/managed-by", "cherryc".to_owned()),
        (
            "app.kubernetes.io/version",
            label(&linked.contract.version.to_string()),
        ),
        ("cherryc/contract", label(&linked.contract.name.folder())),
    ])
}

/// A text as the value of a label: at most 63 letters, digits, `-`, `_` and `.`, with a letter or
/// digit at both ends.
fn label(text: &str) -> String {
    const MAX: usize = 63;
    let plain: String = text
        .chars()
        .map(|c| match c {
            c if c.is_ascii_alphanumeric() || "-_.".contains(c) => c,
            _ => '_',
        })
        .take(MAX)
        .collect();
    plain
        .trim_matches(|c: char| !c.is_ascii_alphanumeric())
        .to_owned()
}

/// `user/v1 1.2.0`.
fn title(linked: &Linked) -> String {
    format!("{} {}", linked.contract.name, linked.contract.version)
}
