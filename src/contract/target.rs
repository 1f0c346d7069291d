//! Targets of deployment: what can be said about them without knowing the defaults.

use indexmap::IndexMap;

use super::lower::Lowering;
use super::{HostPort, IstioTarget, Origin, Setting, Target, rules};
use crate::syntax::{self, LabelName, TargetAst};
use crate::text::{Span, Spanned};

impl Lowering<'_> {
    pub(super) fn targets(&mut self) -> IndexMap<String, Target> {
        let Some(targets) = self
            .ast
            .deploy
            .as_ref()
            .and_then(|deploy| deploy.node.targets.as_ref())
        else {
            return IndexMap::new();
        };
        let mut out = IndexMap::new();
        for (name, target) in targets.node.iter() {
            let target = self.target(target);
            out.insert(name.node.to_string(), target);
        }
        out
    }

    fn target(&mut self, ast: &TargetAst) -> Target {
        let written = |span| Origin::Written(span);
        let envoy = ast.envoy.as_ref().map(|envoy| &envoy.node);
        let istio = ast.istio.as_ref().map(|istio| &istio.node);
        Target {
            host: ast
                .host
                .as_ref()
                .and_then(|host| self.host(host.node.as_str(), host.span)),
            port: ast.port.as_ref().and_then(|port| {
                let value = u16::try_from(port.node.0).ok()?;
                Some(Setting {
                    value,
                    origin: written(port.span),
                })
            }),
            selector: ast.selector.as_ref().map(|labels| Setting {
                value: self.labels(&labels.node),
                origin: written(labels.span),
            }),
            trusted_hops: ast.trusted_hops.as_ref().map(|hops| Setting {
                value: hops.node.0,
                origin: written(hops.span),
            }),
            normalize: ast.normalize.as_ref().map(|normalize| Setting {
                value: normalize.node == syntax::Normalize::Standard,
                origin: written(normalize.span),
            }),
            envoy_listen: envoy.and_then(|envoy| {
                self.address(envoy.listen.as_ref().map(|a| (a.node.as_str(), a.span)))
            }),
            envoy_admin: envoy.and_then(|envoy| {
                self.address(envoy.admin.as_ref().map(|a| (a.node.as_str(), a.span)))
            }),
            envoy_upstream: envoy.and_then(|envoy| {
                self.address(envoy.upstream.as_ref().map(|a| (a.node.as_str(), a.span)))
            }),
            istio: istio.map(|istio| self.istio(istio)).unwrap_or_default(),
            wasm_registry: ast
                .wasm
                .as_ref()
                .and_then(|wasm| wasm.node.registry.as_ref())
                .and_then(|registry| {
                    let fits = registry
                        .node
                        .as_str()
                        .strip_prefix("oci://")
                        .is_some_and(|rest| !rest.is_empty() && !rest.contains(' '));
                    self.expect(
                        fits,
                        registry.span,
                        registry.node.as_str(),
                        "an OCI repository such as `oci://registry.example.com/shop`",
                    )?;
                    Some(Setting {
                        value: registry.node.as_str().trim_end_matches('/').to_owned(),
                        origin: written(registry.span),
                    })
                }),
        }
    }

    fn istio(&mut self, ast: &syntax::IstioAst) -> IstioTarget {
        let written = |span| Origin::Written(span);
        IstioTarget {
            version: ast.version.as_ref().and_then(|version| {
                let known = ["1.20", "1.30"].contains(&version.node.as_str());
                self.expect(
                    known,
                    version.span,
                    version.node.as_str(),
                    "an Istio version whose objects are known: `1.20` or `1.30`",
                )?;
                Some(Setting {
                    value: version.node.to_string(),
                    origin: written(version.span),
                })
            }),
            namespace: ast.namespace.as_ref().and_then(|namespace| {
                let fits = is_dns_label(namespace.node.as_str());
                self.expect(
                    fits,
                    namespace.span,
                    namespace.node.as_str(),
                    "a namespace such as `shop`",
                )?;
                Some(Setting {
                    value: namespace.node.to_string(),
                    origin: written(namespace.span),
                })
            }),
            gateway: ast.gateway.as_ref().and_then(|gateway| {
                let fits = gateway.node.as_str().split('/').count() <= 2
                    && gateway.node.as_str().split('/').all(is_dns_label);
                self.expect(
                    fits,
                    gateway.span,
                    gateway.node.as_str(),
                    "a gateway such as `shop-gw` or `istio-system/shop-gw`",
                )?;
                Some(Setting {
                    value: gateway.node.to_string(),
                    origin: written(gateway.span),
                })
            }),
            hosts: ast.hosts.as_ref().map(|hosts| Setting {
                value: hosts
                    .node
                    .iter()
                    .filter_map(|host| self.host(host.node.as_str(), host.span))
                    .map(|host| host.value)
                    .collect(),
                origin: written(hosts.span),
            }),
        }
    }

    fn host(&mut self, text: &str, span: Span) -> Option<Setting<String>> {
        let bare = text.strip_prefix("*.").unwrap_or(text);
        let fits = text.len() <= 253 && bare.split('.').all(is_dns_label);
        self.expect(
            fits,
            span,
            text,
            "a host name such as `user.shop.svc.cluster.local`",
        )?;
        Some(Setting {
            value: text.to_owned(),
            origin: Origin::Written(span),
        })
    }

    fn address(&mut self, written: Option<(&str, Span)>) -> Option<Setting<HostPort>> {
        let (text, span) = written?;
        let parsed = HostPort::parse(text);
        self.expect(
            parsed.is_some(),
            span,
            text,
            "an address with port such as `127.0.0.1:10000`",
        )?;
        Some(Setting {
            value: parsed?,
            origin: Origin::Written(span),
        })
    }

    pub(super) fn expect(
        &mut self,
        fits: bool,
        span: Span,
        found: &str,
        expected: &str,
    ) -> Option<()> {
        if fits {
            return Some(());
        }
        self.sink
            .report(
                &rules::INVALID_TARGET,
                format_args!("`{found}` is not {expected}"),
            )
            .at(span, "")
            .help(format_args!("write {expected}"));
        None
    }

    fn labels(
        &mut self,
        labels: &syntax::Map<LabelName, Spanned<String>>,
    ) -> IndexMap<String, String> {
        let mut out = IndexMap::new();
        for (name, value) in labels.iter() {
            let (key, text) = (name.node.as_str(), value.node.as_str());
            let fits = is_label_name(key);
            let name_fits = self.expect(
                fits,
                name.span,
                key,
                "a label name such as `app` or `example.com/app`",
            );
            let fits = text.is_empty() || is_label_text(text);
            let value_fits = self.expect(fits, value.span, text, "a label value such as `user`");
            if name_fits.and(value_fits).is_some() {
                out.insert(key.to_owned(), text.to_owned());
            }
        }
        out
    }
}

/// RFC 1123: what Kubernetes takes for a part of a name.
pub(super) fn is_dns_label(text: &str) -> bool {
    let plain = text
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    (1..=63).contains(&text.len()) && plain && !text.starts_with('-') && !text.ends_with('-')
}

/// A label name of Kubernetes: a name, behind a DNS prefix and `/` if need be.
fn is_label_name(text: &str) -> bool {
    match text.split_once('/') {
        Some((prefix, name)) => {
            prefix.len() <= 253 && prefix.split('.').all(is_dns_label) && is_label_text(name)
        }
        None => is_label_text(text),
    }
}

/// What a label's name and value have in common: at most 63 letters, digits, `-`, `_` and `.`,
/// beginning and ending with a letter or digit.
fn is_label_text(text: &str) -> bool {
    let inner = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
    let outer = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_alphanumeric());
    text.len() <= 63
        && text.bytes().all(inner)
        && outer(text.bytes().next())
        && outer(text.bytes().last())
}
