//! Syntax tree to contract: values typed, defaults merged, operations bound.
//!
//! Everything that is wrong is reported, and what could be made is handed on, so that later phases
//! find their own problems in the same run.

use indexmap::IndexMap;

use super::bind::{self, Imports};
use super::endpoint::{self, Defaults};
use super::target::is_dns_label;
use super::{
    Contract, ContractName, KeyPart, Limit, Origin, Rate, Setting, UnitProblem, Unlisted, rules,
    units,
};
use crate::diag::{Diagnostics, Level, Phase, Rule};
use crate::syntax::{self, ContractAst, RateLimits};
use crate::text::{RelPath, Span, Spanned};

/// Makes a contract of a syntax tree and the documents that it imports. `rule` finds a rule by its
/// name, for the levels that the contract sets.
pub(crate) fn lower(
    ast: &ContractAst,
    file: &RelPath,
    imports: &Imports,
    rule: &dyn Fn(&str) -> Option<&'static Rule>,
) -> Phase<Option<Contract>> {
    let mut diagnostics = Diagnostics::default();
    let value = Lowering {
        ast,
        file,
        sink: &mut diagnostics,
    }
    .contract(imports, rule);
    Phase { value, diagnostics }
}

/// What lowering knows all along.
pub(super) struct Lowering<'a> {
    pub(super) ast: &'a ContractAst,
    file: &'a RelPath,
    pub(super) sink: &'a mut Diagnostics,
}

/// Why a text does not say where requests name their tenant.
enum NoTenant {
    Claim(KeyPart),
    Other,
    Unit(UnitProblem),
}

/// Where requests name their tenant.
fn tenant_key(tenant: &Spanned<syntax::KeyText>) -> Result<KeyPart, NoTenant> {
    let parts = units::parse_key(tenant.node.as_str(), 0).map_err(NoTenant::Unit)?;
    match parts.as_slice() {
        [header @ KeyPart::Header(_)] => Ok(header.clone()),
        [claim @ KeyPart::Claim(_)] => Err(NoTenant::Claim(claim.clone())),
        _ => Err(NoTenant::Other),
    }
}

impl Lowering<'_> {
    fn contract(
        mut self,
        imports: &Imports,
        rule: &dyn Fn(&str) -> Option<&'static Rule>,
    ) -> Option<Contract> {
        let ast = self.ast;
        let name = ast
            .contract
            .as_ref()
            .and_then(|name| self.name(name.node.as_str(), name.span));
        let version = ast
            .version
            .as_ref()
            .and_then(|version| self.version(version.node.as_str(), version.span, name.as_ref()));
        let limits = match &ast.rate_limit {
            Some(limits) => self.limits(&limits.node, Origin::Written),
            None => Vec::new(),
        };
        self.check_identity();
        let defaults = Defaults {
            policies: ast.defaults.as_ref().map(|defaults| &defaults.node),
        };
        let mut endpoints = Vec::new();
        for written in ast.endpoints.iter().flat_map(|list| &list.node) {
            if self.names_a_procedure(written) {
                continue;
            }
            let Some((method, path)) = bind::bind(written, imports, self.sink) else {
                continue;
            };
            endpoints.push(endpoint::lower(&mut self, written, method, path, &defaults));
        }
        for limit in &limits {
            for endpoint in &endpoints {
                self.check_key(limit, &endpoint.path);
            }
        }
        let unlisted = match &ast.unlisted {
            Some(written) => Setting {
                value: match written.node {
                    syntax::Unlisted::Pass => Unlisted::Pass,
                    syntax::Unlisted::Reject => Unlisted::Reject,
                },
                origin: Origin::Written(written.span),
            },
            None => Setting::default(Unlisted::Pass),
        };
        let events = self.events();
        let consumes = self.consumes();
        let compat = self.compat();
        let targets = self.targets();
        let generate = self.generate();
        let levels = self.levels(rule);
        let text = |value: &Option<Spanned<String>>| value.as_ref().map(|value| value.node.clone());
        Some(Contract {
            name: name?,
            name_span: ast.contract.as_ref()?.span,
            file: self.file.clone(),
            version: version?,
            version_span: ast.version.as_ref()?.span,
            owner: text(&ast.owner),
            description: text(&ast.description),
            unlisted,
            limits,
            endpoints,
            events,
            consumes,
            compat,
            targets,
            generate,
            levels,
        })
    }

    /// Whether an endpoint names a procedure of Protobuf, which is reported: limits and breakers know
    /// nothing of gRPC yet, neither of its answers nor of its statuses.
    fn names_a_procedure(&mut self, endpoint: &syntax::EndpointAst) -> bool {
        let Some(operation) = &endpoint.operation else {
            return false;
        };
        let text = operation.node.as_str();
        let alias = text.split('.').next().unwrap_or(text);
        let imports = self.ast.imports.iter().flat_map(|list| list.node.iter());
        let mut records = imports.filter(|(_, import)| import.proto.is_some());
        let found = records.find(|(own, _)| own.node.as_str() == alias);
        if let Some((own, _)) = found {
            self.sink
                .report(
                    &rules::UNKNOWN_OPERATION,
                    format_args!(
                        "`operation`: the procedure `{text}` is reserved: not enforced by this version"
                    ),
                )
                .at(operation.span, "a procedure of gRPC")
                .also(own.span, "an import of Protobuf")
                .help("leave it out, or write `method: POST` and `path: /package.Service/Method` for HTTP's view of it");
        }
        found.is_some()
    }

    fn name(&mut self, text: &str, span: Span) -> Option<ContractName> {
        let problem = match parse_name(text) {
            Ok(name) => return Some(name),
            Err(problem) => problem,
        };
        let draft = self
            .sink
            .report(
                &rules::INVALID_NAME,
                format_args!("`{text}` is no contract name: {}", problem.0),
            )
            .at(span, "");
        match problem.1 {
            Some(fix) => draft.fix(format_args!("write `{fix}`"), span, &fix),
            None => draft.help("write the service and its major version, such as `user/v1`"),
        };
        None
    }

    fn version(
        &mut self,
        text: &str,
        span: Span,
        name: Option<&ContractName>,
    ) -> Option<semver::Version> {
        let version = match semver::Version::parse(text) {
            Ok(version) => version,
            Err(error) => {
                let parts: Vec<&str> = text.split('.').collect();
                let numbers = parts
                    .iter()
                    .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
                let draft = self
                    .sink
                    .report(
                        &rules::INVALID_VERSION,
                        format_args!("`{text}` is no full semantic version: {error}"),
                    )
                    .at(span, "");
                if numbers && parts.len() < 3 {
                    let fix = format!("{text}{}", ".0".repeat(3 - parts.len()));
                    draft.fix(format_args!("use three parts: `{fix}`"), span, &fix);
                } else if let Some(bare) = text
                    .strip_prefix('v')
                    .filter(|bare| semver::Version::parse(bare).is_ok())
                {
                    draft.fix(format_args!("write `{bare}`"), span, bare);
                } else {
                    draft.help("write three numbers, such as `1.2.0`");
                }
                return None;
            }
        };
        if let Some(name) = name.filter(|name| u64::from(name.major()) != version.major) {
            self.sink
                .report(
                    &rules::INVALID_VERSION,
                    format_args!("version `{version}` is not of major {}", name.major()),
                )
                .at(span, format_args!("its major number is {}", version.major))
                .also(
                    self.ast.contract.as_ref().map_or(span, |name| name.span),
                    format_args!("the contract is `{name}`"),
                )
                .help(format_args!(
                    "write a version that begins with {}, or rename the contract",
                    name.major()
                ));
            return None;
        }
        Some(version)
    }

    /// Limits as written, those that can be read.
    pub(super) fn limits(
        &mut self,
        written: &RateLimits,
        origin: fn(Span) -> Origin,
    ) -> Vec<Limit> {
        written
            .items
            .iter()
            .filter_map(|item| item.limit.as_ref())
            .filter_map(|text| self.limit(text.node.as_str(), text.span, origin(text.span)))
            .collect()
    }

    fn limit(&mut self, text: &str, span: Span, origin: Origin) -> Option<Limit> {
        let rate = match Rate::parse(text) {
            Ok(rate) => rate,
            Err(problem) => {
                self.unit_problem(&rules::INVALID_RATE, problem, span);
                return None;
            }
        };
        if let Err(error) = crate::contract::gcra_error(&rate) {
            self.sink
                .report(
                    &rules::INVALID_RATE,
                    format_args!("`{rate}` cannot be counted: {error}"),
                )
                .at(span, "")
                .help("write a smaller burst or a shorter period");
            return None;
        }
        let key_span = span.part(rate.key_at.start, rate.key_at.end);
        if let Some(part) = rate.key.iter().find(|part| part.needs_auth()) {
            self.sink
                .report(
                    &rules::KEY_NEEDS_AUTH,
                    format_args!("key `{part}` needs `auth` on this endpoint"),
                )
                .at(key_span, "nothing says who the caller is")
                .note("`auth` is reserved: not enforced by this version")
                .help("use a key that needs no authentication, such as `client_ip` or `header(x)`");
            return None;
        }
        if rate.burst < rate.count {
            self.sink
                .report(
                    &rules::BURST_BELOW_WINDOW,
                    format_args!(
                        "burst {} is below one window of {} requests",
                        rate.burst, rate.count
                    ),
                )
                .at(
                    span,
                    format_args!(
                        "a client that sends {} requests at once is refused after {}",
                        rate.count, rate.burst
                    ),
                )
                .help(format_args!(
                    "write `burst {}` or more, or leave the burst out",
                    rate.count
                ));
        }
        let key = self.resolve_key(&rate, key_span)?;
        Some(Limit { rate, key, origin })
    }

    /// What is wrong with where the contract says that tenants stand, used or not.
    fn check_identity(&mut self) {
        let identity = self.ast.identity.as_ref();
        let Some(tenant) = identity.and_then(|identity| identity.node.tenant.as_ref()) else {
            return;
        };
        match tenant_key(tenant) {
            Ok(_) => {}
            Err(NoTenant::Claim(claim)) => {
                self.sink
                    .report(
                        &rules::KEY_NEEDS_AUTH,
                        format_args!("the tenant stands in `{claim}`, which needs `auth`"),
                    )
                    .at(tenant.span, "read from a token")
                    .note("`auth` is reserved: not enforced by this version")
                    .help("name a header, such as `header(X-Tenant)`");
            }
            Err(NoTenant::Other) => {
                self.sink
                    .report(
                        &rules::INVALID_RATE,
                        format_args!("`{}` cannot name a tenant", tenant.node),
                    )
                    .at(tenant.span, "")
                    .help("write `header(X-Tenant)`");
            }
            Err(NoTenant::Unit(problem)) => {
                self.unit_problem(&rules::INVALID_RATE, problem, tenant.span);
            }
        }
    }

    /// The key with `tenant` replaced by where the contract says that it stands.
    fn resolve_key(&mut self, rate: &Rate, key_span: Span) -> Option<Vec<KeyPart>> {
        let mut key = Vec::new();
        for part in &rate.key {
            if *part != KeyPart::Tenant {
                key.push(part.clone());
                continue;
            }
            let Some(tenant) = self
                .ast
                .identity
                .as_ref()
                .and_then(|identity| identity.node.tenant.as_ref())
            else {
                self.sink
                    .report(
                        &rules::TENANT_WITHOUT_IDENTITY,
                        "key `tenant` needs `identity` in the contract",
                    )
                    .at(key_span, "nothing says where requests name their tenant")
                    .help("add `identity: {tenant: header(X-Tenant)}` at the top of the contract");
                return None;
            };
            // What is wrong with it was said where it is written.
            key.push(tenant_key(tenant).ok()?);
        }
        key.retain(|part| *part != KeyPart::Global);
        key.dedup();
        Some(key)
    }

    /// Every path parameter of a key must stand in the path.
    pub(super) fn check_key(&mut self, limit: &Limit, path: &super::PathTemplate) {
        for part in &limit.key {
            let KeyPart::Path(name) = part else { continue };
            if path.segment_of(name).is_some() {
                continue;
            }
            let params: Vec<&str> = path.params().collect();
            let Some(text) = limit.origin.span() else {
                continue;
            };
            let at = text.part(limit.rate.key_at.start, limit.rate.key_at.end);
            let draft = match params.as_slice() {
                [] => self
                    .sink
                    .report(
                        &rules::UNKNOWN_PATH_PARAMETER,
                        format_args!("path `{path}` has no parameter, so no `{name}`"),
                    )
                    .at(at, ""),
                params => {
                    let list = params.join("`, `");
                    self.sink
                        .report(
                            &rules::UNKNOWN_PATH_PARAMETER,
                            format_args!("path has `{list}`, not `{name}`"),
                        )
                        .at(at, format_args!("the path is `{path}`"))
                }
            };
            match params.as_slice() {
                [only] => draft.help(format_args!("write `path({only})`")),
                _ => draft.help("name a parameter of the path as it is written there"),
            };
        }
    }

    /// Reports a problem of the micro-syntax at its place inside the text at `span`.
    pub(super) fn unit_problem(&mut self, rule: &'static Rule, problem: UnitProblem, span: Span) {
        let at = if problem.at.is_empty() {
            span
        } else {
            span.part(problem.at.start, problem.at.end)
        };
        let draft = self.sink.report(rule, problem.message).at(at, "");
        match (problem.fix, problem.help) {
            (Some(fix), Some(help)) => draft.fix(help, span, &fix),
            (Some(fix), None) => draft.fix(format_args!("write `{fix}`"), span, &fix),
            (None, Some(help)) => draft.help(help),
            (None, None) => draft,
        };
    }

    fn generate(&mut self) -> Option<IndexMap<String, Option<Setting<RelPath>>>> {
        let written = self.ast.generate.as_ref()?;
        let mut out = IndexMap::new();
        for (id, output) in written.node.iter() {
            let folder = output.out.as_ref().and_then(|path| {
                let folder = self.file.parent().join(path.node.as_str());
                self.expect(
                    folder.is_some(),
                    path.span,
                    path.node.as_str(),
                    "a folder inside the workspace",
                )?;
                Some(Setting {
                    value: folder?,
                    origin: Origin::Written(path.span),
                })
            });
            out.insert(id.node.as_str().to_owned(), folder);
        }
        Some(out)
    }

    fn levels(
        &mut self,
        find: &dyn Fn(&str) -> Option<&'static Rule>,
    ) -> Vec<(&'static Rule, Level)> {
        let Some(rules) = self
            .ast
            .lint
            .as_ref()
            .and_then(|lint| lint.node.rules.as_ref())
        else {
            return Vec::new();
        };
        let mut out = Vec::new();
        for (name, level) in rules.node.iter() {
            match find(name.node.as_str()) {
                Some(rule) if rule.category.is_adjustable() => out.push((rule, level.node.0)),
                Some(rule) => {
                    self.sink
                        .report(&rules::UNKNOWN_RULE, format_args!("the level of `{}` cannot be changed", rule.name))
                        .at(name.span, format_args!("a rule of category {}", rule.category.name()))
                        .help("remove the line: only rules of the categories lint and compat are adjustable");
                }
                None => {
                    self.sink
                        .report(
                            &rules::UNKNOWN_RULE,
                            format_args!("there is no rule `{}`", name.node),
                        )
                        .at(name.span, "")
                        .help("`cherryc rules` lists them all");
                }
            }
        }
        out
    }
}

/// The longest service name: with a version and a suffix it must stay within a DNS label.
const MAX_SERVICE_NAME: usize = 50;

/// The error says what is wrong and, when a machine can tell, what to write.
pub(super) fn parse_name(text: &str) -> Result<ContractName, (String, Option<String>)> {
    let lower = text.to_ascii_lowercase();
    if lower != text {
        let fix = parse_name(&lower).is_ok().then_some(lower);
        return Err(("it must be lower case".to_owned(), fix));
    }
    let Some((service, major)) = text.split_once("/v") else {
        let fix = format!("{text}/v1");
        let fix = (!text.contains('/') && parse_name(&fix).is_ok()).then_some(fix);
        return Err(("the major version `/v1` is missing".to_owned(), fix));
    };
    if major.starts_with('0') {
        let fix = format!("{service}/v{}", major.trim_start_matches('0'));
        let fix = parse_name(&fix).is_ok().then_some(fix);
        return Err((
            "a major version has no leading zero and starts at 1".to_owned(),
            fix,
        ));
    }
    let Some(major) = major
        .parse::<u32>()
        .ok()
        .filter(|_| major.bytes().all(|b| b.is_ascii_digit()))
    else {
        return Err((format!("`v{major}` is no major version"), None));
    };
    let first = service
        .bytes()
        .next()
        .is_some_and(|b| b.is_ascii_lowercase());
    if !first || service.len() > MAX_SERVICE_NAME || !service.split('.').all(is_dns_label) {
        let message = format!(
            "a service name is lower-case words of letters, digits and `-`, joined by dots, beginning with a letter and at most {MAX_SERVICE_NAME} long"
        );
        return Err((message, None));
    }
    Ok(ContractName::new(service, major))
}
