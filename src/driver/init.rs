//! First contracts: from nothing, or with an endpoint for each operation of a document.

use std::fmt::Write;

use super::{Compiler, Report, finish};
use crate::contract::{Method, PathTemplate, parse_name};
use crate::diag::{Diagnostics, LevelTable};
use crate::ingest::{ImportRef, Loader};
use crate::schema::Api;
use crate::text::{RelPath, Side, SourceMap, Span};

/// A contract with one endpoint to start from; the error says what is wrong with the name.
pub fn first_contract(name: &str) -> Result<String, String> {
    let major =
        parse_name(name).map_err(|problem| format!("`{name}` is no contract name: {problem}"))?;
    let service = name.split('/').next().unwrap_or(name);
    Ok(format!(
        "# What {service} promises at its boundary. `cherryc check` reads it, `cherryc build` compiles it.
contract: {name}
version: {major}.0.0
endpoints:
- path: /{service}s/{{id}}
  method: GET
  rate_limit: \"100r/s per client_ip\"
  circuit_breaker:
    failure_threshold: 5
    timeout_ms: 2000
",
    ))
}

impl Compiler<'_> {
    /// A contract that binds an endpoint to each operation of the document at `path`, which the
    /// contract names as `import`. `None` when the document cannot be read.
    pub fn contract_from(
        &self,
        path: &RelPath,
        name: &str,
        import: &str,
    ) -> (Option<String>, Report) {
        let mut sink = Diagnostics::default();
        let mut sources = SourceMap::default();
        // The place that names the document is the command line: an empty text stands for it.
        let here = sources.add(path.clone(), Side::New, "".into());
        let wanted = ImportRef {
            path: path.clone(),
            at: Span::new(here, 0, 0),
        };
        let imported = Loader::new(self.fs, Side::New)
            .load(&[wanted], &mut sources)
            .into(&mut sink);
        let text = match (
            imported
                .into_iter()
                .next()
                .and_then(|imported| imported.api),
            parse_name(name),
        ) {
            (Some(api), Ok(major)) if !sink.has_errors() => {
                Some(contract(&api, name, major, import))
            }
            (_, Err(problem)) => {
                sink.report(
                    &crate::contract::rules::INVALID_NAME,
                    format_args!("`{name}` is no contract name: {problem}"),
                )
                .help("write the service and its major version, such as `user/v1`");
                None
            }
            _ => None,
        };
        (text, finish(sink, sources, &LevelTable::default()))
    }
}

fn contract(api: &Api, name: &str, major: u32, import: &str) -> String {
    let mut out = format!(
        "# What the service promises at its boundary. `cherryc check` reads it, `cherryc build` compiles it.
contract: {name}
version: {major}.0.0
imports:
  api: {{openapi: {}}}
# defaults:                       # policies of every endpoint that does not write its own
#   timeout: 2s
#   rate_limit: \"100r/s per client_ip\"
endpoints:
",
        quoted(import)
    );
    let mut left_out = Vec::new();
    for operation in &api.operations {
        let path = &operation.path.node;
        match (
            PathTemplate::parse(path),
            Method::from_name(&operation.method),
        ) {
            (Ok(template), Some(_)) => match &operation.id {
                Some(id) => writeln!(
                    out,
                    "- operation: {}  # {} {template}",
                    quoted(&format!("api.{}", id.node)),
                    operation.method
                ),
                None => writeln!(
                    out,
                    "- path: {}\n  method: {}",
                    quoted(&template.to_string()),
                    operation.method
                ),
            }
            .expect("writing to a string succeeds"),
            (Err(problem), _) => left_out.push(format!(
                "# {} {path}: {}",
                operation.method, problem.message
            )),
            (_, None) => left_out.push(format!(
                "# {} {path}: no output can route this method",
                operation.method
            )),
        }
    }
    if !left_out.is_empty() {
        out.push_str("# Operations that no endpoint can be bound to:\n");
        for line in left_out {
            out.push_str(&line.replace(['\n', '\r'], " "));
            out.push('\n');
        }
    }
    out
}

/// A YAML scalar; quoted as JSON, which every YAML reader takes, unless it is plainly a word.
fn quoted(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '.' || c == '/')
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"./_-".contains(&b));
    if plain {
        text.to_owned()
    } else {
        serde_json::Value::from(text).to_string()
    }
}
