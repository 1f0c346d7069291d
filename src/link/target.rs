//! A target of deployment with nothing left open: written, given or default, each value says which.

use indexmap::IndexMap;

use super::rules;
use crate::contract::{Contract, HostPort, Origin, Setting, Target};
use crate::diag::Diagnostics;

/// The Istio versions whose objects can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Profile {
    /// Istio 1.20.
    Istio120,
    /// Istio 1.30.
    Istio130,
}

impl Profile {
    /// Every profile with its version.
    pub(crate) const ALL: [(&'static str, Profile); 2] =
        [("1.20", Profile::Istio120), ("1.30", Profile::Istio130)];

    /// The profile of a version such as `1.30`.
    pub(crate) fn from_version(version: &str) -> Option<Self> {
        Profile::ALL
            .into_iter()
            .find(|(name, _)| *name == version)
            .map(|(_, profile)| profile)
    }

    /// The version.
    pub(crate) fn version(self) -> &'static str {
        match self {
            Profile::Istio120 => "1.20",
            Profile::Istio130 => "1.30",
        }
    }
}

/// Values given on the command line, parsed; they win over what targets write.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Overrides {
    /// The values in the shape of a target, with origin [`Origin::Given`].
    pub(crate) target: Target,
    /// `envoy.limiter=native`: address limits go to Envoy's own filter.
    pub(crate) native_limiter: bool,
    /// `--profile`.
    pub(crate) profile: Option<Profile>,
}

/// Keys of `--set`, with what they take.
const SET_KEYS: [(&str, &str); 14] = [
    ("envoy.admin", "HOST:PORT"),
    ("envoy.limiter", "module or native"),
    ("envoy.listen", "HOST:PORT"),
    ("envoy.normalize", "standard or none"),
    ("envoy.trusted_hops", "a number from 0 to 32"),
    ("envoy.upstream", "HOST:PORT"),
    ("istio.gateway", "the name of a gateway"),
    ("istio.host", "the host of the service"),
    ("istio.hosts", "hosts at the gateway, with commas"),
    ("istio.namespace", "a namespace"),
    ("istio.port", "a port"),
    ("istio.selector", "labels such as app=user, with commas"),
    ("istio.version", "1.20 or 1.30"),
    ("wasm.registry", "oci://HOST/PATH"),
];

impl Overrides {
    /// Takes `EMITTER.KEY=VALUE`; the error says what is wrong with it.
    pub(crate) fn set(&mut self, text: &str) -> Result<(), String> {
        let Some((key, value)) = text.split_once('=') else {
            return Err(format!("`{text}` is no `EMITTER.KEY=VALUE`"));
        };
        let Some((_, takes)) = SET_KEYS.iter().find(|(name, _)| *name == key) else {
            let names: Vec<&str> = SET_KEYS.iter().map(|(name, _)| *name).collect();
            return Err(format!(
                "unknown key `{key}`; there are {}",
                names.join(", ")
            ));
        };
        self.apply(key, value)
            .ok_or_else(|| format!("`{key}` takes {takes}, found `{value}`"))
    }

    fn apply(&mut self, key: &str, value: &str) -> Option<()> {
        let target = &mut self.target;
        let text = || (!value.is_empty()).then(|| given(value.to_owned()));
        match key {
            "envoy.admin" => target.envoy_admin = Some(given(HostPort::parse(value)?)),
            "envoy.listen" => target.envoy_listen = Some(given(HostPort::parse(value)?)),
            "envoy.upstream" => target.envoy_upstream = Some(given(HostPort::parse(value)?)),
            "envoy.trusted_hops" => {
                let hops = value.parse().ok().filter(|hops| *hops <= 32)?;
                target.trusted_hops = Some(given(hops));
            }
            "envoy.normalize" => {
                let normalize = match value {
                    "standard" => true,
                    "none" => false,
                    _ => return None,
                };
                target.normalize = Some(given(normalize));
            }
            "envoy.limiter" => {
                self.native_limiter = match value {
                    "native" => true,
                    "module" => false,
                    _ => return None,
                };
            }
            "istio.gateway" => target.istio.gateway = Some(text()?),
            "istio.host" => target.host = Some(text()?),
            "istio.namespace" => target.istio.namespace = Some(text()?),
            "istio.port" => target.port = Some(given(value.parse().ok().filter(|port| *port > 0)?)),
            "istio.version" => {
                Profile::from_version(value)?;
                target.istio.version = Some(text()?);
            }
            "istio.hosts" => {
                let hosts: Vec<String> = value.split(',').map(str::to_owned).collect();
                if hosts.iter().any(String::is_empty) {
                    return None;
                }
                target.istio.hosts = Some(given(hosts));
            }
            "istio.selector" => {
                let pair = |label: &str| {
                    let (name, value) = label.split_once('=')?;
                    (!name.is_empty()).then(|| (name.to_owned(), value.to_owned()))
                };
                target.selector = Some(given(value.split(',').map(pair).collect::<Option<_>>()?));
            }
            "wasm.registry" => {
                value
                    .strip_prefix("oci://")
                    .filter(|rest| !rest.is_empty())?;
                target.wasm_registry = Some(given(value.to_owned()));
            }
            _ => return None,
        }
        Some(())
    }
}

fn given<T>(value: T) -> Setting<T> {
    Setting {
        value,
        origin: Origin::Given,
    }
}

/// A target in which every value is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ResolvedTarget {
    /// Its name; `default` is built in.
    pub(crate) name: String,
    /// Host of the service, fully qualified.
    pub(crate) host: Setting<String>,
    /// Port of the service.
    pub(crate) port: Setting<u16>,
    /// Labels that select the workload.
    pub(crate) selector: Setting<IndexMap<String, String>>,
    /// Proxies in front whose forwarded address is believed.
    pub(crate) trusted_hops: Setting<u32>,
    /// Whether paths are normalised.
    pub(crate) normalize: Setting<bool>,
    /// Istio version.
    pub(crate) profile: Setting<Profile>,
    /// Namespace of every Istio object.
    pub(crate) namespace: Setting<String>,
    /// Gateway; its absence means the sidecar.
    pub(crate) gateway: Option<Setting<String>>,
    /// Hosts of the VirtualService: those at the gateway, else the service's.
    pub(crate) hosts: Setting<Vec<String>>,
    /// Envoy's listener.
    pub(crate) envoy_listen: Setting<HostPort>,
    /// Envoy's admin listener.
    pub(crate) envoy_admin: Setting<HostPort>,
    /// Where the service listens for Envoy.
    pub(crate) envoy_upstream: Setting<HostPort>,
    /// Whether address limits go to Envoy's own filter instead of the module.
    pub(crate) native_limiter: Setting<bool>,
    /// OCI repository of modules; without it modules are inlined.
    pub(crate) wasm_registry: Option<Setting<String>>,
}

impl ResolvedTarget {
    /// Target `name` of a contract with defaults filled in and command-line values on top.
    pub(crate) fn resolve(contract: &Contract, name: &str, overrides: &Overrides) -> Self {
        let written = contract.targets.get(name).cloned().unwrap_or_default();
        let over = &overrides.target;
        let service = contract.name.service();
        let or = |default: HostPort| {
            move |a: &Option<Setting<HostPort>>, b: &Option<Setting<HostPort>>| {
                pick(a, b, || default)
            }
        };
        let local = |port| HostPort {
            host: "127.0.0.1".to_owned(),
            port,
        };
        let namespace = pick(&over.istio.namespace, &written.istio.namespace, || {
            "default".to_owned()
        });
        let fqdn = format!("{service}.{}.svc.cluster.local", namespace.value);
        let host = pick(&over.host, &written.host, || fqdn);
        let gateway = over.istio.gateway.clone().or(written.istio.gateway);
        let hosts = match over.istio.hosts.clone().or(written.istio.hosts) {
            Some(hosts) => hosts,
            None => Setting {
                value: vec![host.value.clone()],
                origin: Origin::Default,
            },
        };
        let version = over.istio.version.clone().or(written.istio.version);
        let profile = match (overrides.profile, version) {
            (Some(profile), _) => given(profile),
            (None, Some(version)) => Setting {
                value: Profile::from_version(&version.value).unwrap_or(Profile::Istio130),
                origin: version.origin,
            },
            (None, None) => Setting::default(Profile::Istio130),
        };
        ResolvedTarget {
            name: name.to_owned(),
            port: pick(&over.port, &written.port, || 80),
            selector: pick(&over.selector, &written.selector, || {
                IndexMap::from([("app".to_owned(), service.clone())])
            }),
            trusted_hops: pick(&over.trusted_hops, &written.trusted_hops, || 0),
            normalize: pick(&over.normalize, &written.normalize, || true),
            profile,
            namespace,
            gateway,
            hosts,
            host,
            envoy_listen: or(local(10_000))(&over.envoy_listen, &written.envoy_listen),
            envoy_admin: or(local(9901))(&over.envoy_admin, &written.envoy_admin),
            envoy_upstream: or(local(9000))(&over.envoy_upstream, &written.envoy_upstream),
            native_limiter: if overrides.native_limiter {
                given(true)
            } else {
                Setting::default(false)
            },
            wasm_registry: over.wasm_registry.clone().or(written.wasm_registry),
        }
    }
}

/// The command line's value, else the target's, else the language's.
fn pick<T: Clone>(
    given: &Option<Setting<T>>,
    written: &Option<Setting<T>>,
    default: impl FnOnce() -> T,
) -> Setting<T> {
    given
        .clone()
        .or_else(|| written.clone())
        .unwrap_or_else(|| Setting::default(default()))
}

/// The built-in target.
const DEFAULT_TARGET: &str = "default";

/// The target of a contract for a command that needs one: the wanted one, else the only one, else
/// the built-in one. Several and none chosen is an error that names them.
pub(crate) fn choose_target(
    contract: &Contract,
    wanted: Option<&str>,
    sink: &mut Diagnostics,
) -> Option<String> {
    let names: Vec<&str> = contract.targets.keys().map(String::as_str).collect();
    let listed = names.join("`, `");
    match (wanted, names.as_slice()) {
        (Some(wanted), names) if names.contains(&wanted) => Some(wanted.to_owned()),
        (Some(DEFAULT_TARGET), []) | (None, []) => Some(DEFAULT_TARGET.to_owned()),
        (Some(wanted), []) => {
            sink.report(
                &rules::UNKNOWN_TARGET,
                format_args!("contract `{}` has no target `{wanted}`", contract.name),
            )
            .at(contract.name_span, "this contract writes no targets")
            .help("add it below `deploy.targets`, or leave `--target` out for the built-in target");
            None
        }
        (Some(wanted), _) => {
            sink.report(
                &rules::UNKNOWN_TARGET,
                format_args!("contract `{}` has no target `{wanted}`", contract.name),
            )
            .at(
                contract.name_span,
                format_args!("its targets are `{listed}`"),
            )
            .help(format_args!("choose one of `{listed}`"));
            None
        }
        (None, [only]) => Some((*only).to_owned()),
        (None, _) => {
            sink.report(
                &rules::UNKNOWN_TARGET,
                format_args!(
                    "contract `{}` has several targets and none is chosen",
                    contract.name
                ),
            )
            .at(
                contract.name_span,
                format_args!("its targets are `{listed}`"),
            )
            .help(format_args!("choose one with `--target`: `{listed}`"));
            None
        }
    }
}
