//! Endpoints and the operations of imported documents: by name, or by method and path.

use indexmap::IndexMap;

use super::{Method, PathTemplate, Segment, rules};
use crate::diag::Diagnostics;
use crate::schema::{Api, Operation, ParamPlace};
use crate::syntax::EndpointAst;
use crate::text::{Likeness, Span, Spanned, nearest_by};

/// The documents of a contract by alias; `None` stands for one that could not be read, about which
/// everything has been said.
pub(crate) type Imports = IndexMap<String, Option<std::sync::Arc<Api>>>;

/// Method and path of an endpoint. `None` when they cannot be told, which has been reported.
pub(super) fn bind(
    ast: &EndpointAst,
    imports: &Imports,
    sink: &mut Diagnostics,
) -> Option<(Method, PathTemplate)> {
    let method = match &ast.method {
        Some(text) => Some(parse_method(text.node.as_str(), text.span, sink)?),
        None => None,
    };
    let path = match &ast.path {
        Some(text) => Some(parse_path(text.node.as_str(), text.span, sink)?),
        None => None,
    };
    if let Some(operation) = &ast.operation {
        let found = find_operation(operation.node.as_str(), operation.span, imports, sink)?;
        return agree(ast, operation.span, found, method, path, sink);
    }
    // A missing key has been reported by the syntax.
    let (method, path) = (method?, path?);
    let known: Vec<&Api> = imports.values().flatten().map(|api| &**api).collect();
    let all_read = imports.values().all(Option::is_some);
    if !known.is_empty() && all_read {
        check_listed(ast, method, &path, &known, sink);
    }
    Some((method, path))
}

fn parse_method(text: &str, span: Span, sink: &mut Diagnostics) -> Option<Method> {
    if let Some(method) = Method::from_name(text) {
        return Some(method);
    }
    let upper = text.to_ascii_uppercase();
    if Method::from_name(&upper).is_some() {
        sink.report(
            &rules::INVALID_METHOD,
            format_args!("method `{text}` is not upper case: write `{upper}`"),
        )
        .at(span, "")
        .fix(format_args!("write `{upper}`"), span, &upper);
    } else {
        sink.report(
            &rules::INVALID_METHOD,
            format_args!("unknown method `{text}`"),
        )
        .at(span, "")
        .help(format_args!(
            "methods are {}, and `*` for every one",
            Method::NAMES.join(", ")
        ));
    }
    None
}

fn parse_path(text: &str, span: Span, sink: &mut Diagnostics) -> Option<PathTemplate> {
    match PathTemplate::parse(text) {
        Ok(path) => Some(path),
        Err(problem) => {
            let rule = if problem.is_part_segment {
                &rules::PATH_PART_SEGMENT
            } else {
                &rules::INVALID_PATH
            };
            sink.report(rule, problem.message)
                .at(span.part(problem.at.0, problem.at.1), "")
                .help(problem.help);
            None
        }
    }
}

/// `alias.operationId`.
fn find_operation<'i>(
    text: &str,
    span: Span,
    imports: &'i Imports,
    sink: &mut Diagnostics,
) -> Option<&'i Operation> {
    let Some((alias, id)) = text.split_once('.') else {
        let aliases: Vec<String> = imports
            .keys()
            .map(|alias| format!("{alias}.{text}"))
            .collect();
        sink.report(
            &rules::UNKNOWN_OPERATION,
            format_args!("operation `{text}` does not say which import it is from"),
        )
        .at(span, "")
        .help(match aliases.first() {
            Some(first) => format!("write `{first}`"),
            None => "write `alias.operationId`, with the alias of an import".to_owned(),
        });
        return None;
    };
    let Some(api) = imports.get(alias) else {
        let known = imports
            .keys()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join("`, `");
        sink.report(
            &rules::UNKNOWN_OPERATION,
            format_args!("there is no import `{alias}`"),
        )
        .at(span.part(0, alias.len()), "")
        .help(if known.is_empty() {
            format!("add `imports: {{{alias}: {{openapi: ./{alias}.openapi.yaml}}}}`")
        } else {
            format!("imports are `{known}`")
        });
        return None;
    };
    let api = api.as_ref()?;
    let found = api
        .operations
        .iter()
        .find(|operation| operation.id.as_ref().is_some_and(|own| *own.node == *id));
    if found.is_none() {
        let names = api
            .operations
            .iter()
            .filter_map(|operation| operation.id.as_ref());
        let near = nearest_by(id, names, |name| &name.node, &Likeness::OPERATION);
        let draft = sink
            .report(
                &rules::UNKNOWN_OPERATION,
                format_args!("`{alias}` has no operation `{id}`"),
            )
            .at(span, "named here");
        match near {
            Some(Spanned { node, span: at }) => draft
                .also(*at, format_args!("did you mean this one, `{node}`?"))
                .fix(
                    format_args!("write `{alias}.{node}`"),
                    span,
                    format_args!("{alias}.{node}"),
                ),
            None => draft
                .also(api.span, "none of the operations here has this name")
                .help("name an `operationId` of the document"),
        };
    }
    found
}

/// The endpoint of an operation; what the contract writes beside it must agree.
fn agree(
    ast: &EndpointAst,
    at: Span,
    found: &Operation,
    method: Option<Method>,
    path: Option<PathTemplate>,
    sink: &mut Diagnostics,
) -> Option<(Method, PathTemplate)> {
    let theirs = Method::from_name(&found.method);
    let Some(theirs) = theirs else {
        sink.report(
            &rules::INVALID_METHOD,
            format_args!(
                "operation has the method `{}`, which no output can route",
                found.method
            ),
        )
        .at(at, "bound here")
        .also(found.span, "the operation");
        return None;
    };
    if let (Some(written), Some(text)) = (method, &ast.method)
        && written != theirs
    {
        mismatch(
            format_args!(
                "the operation is `{}`, not `{}`",
                theirs.name(),
                written.name()
            ),
            text.span,
            found.span,
            sink,
        );
        return None;
    }
    let Some(path) = path else {
        return match PathTemplate::parse(&found.path.node) {
            Ok(path) => Some((theirs, widen(path, found))),
            Err(problem) => {
                let rule = if problem.is_part_segment {
                    &rules::PATH_PART_SEGMENT
                } else {
                    &rules::INVALID_PATH
                };
                sink.report(rule, problem.message)
                    .at(at, "bound here")
                    .also(found.path.span, "the path of the operation")
                    .help(problem.help);
                None
            }
        };
    };
    if !is_same_path(&path, found) {
        let text = ast.path.as_ref().map_or(at, |text| text.span);
        mismatch(
            format_args!("the operation is at `{}`, not at `{path}`", found.path.node),
            text,
            found.path.span,
            sink,
        );
        return None;
    }
    Some((theirs, path))
}

fn mismatch(headline: std::fmt::Arguments<'_>, here: Span, there: Span, sink: &mut Diagnostics) {
    sink.report(&rules::OPERATION_MISMATCH, headline)
        .at(here, "written here")
        .also(there, "the document says this")
        .help("write the same in both, or leave `method` and `path` out");
}

/// A parameter of the document that may hold `/` takes the rest of the path.
fn widen(path: PathTemplate, operation: &Operation) -> PathTemplate {
    let holds_slash = |name: &str| {
        operation.params.iter().any(|param| {
            param.place == ParamPlace::Path && param.may_hold_slash && *param.name == *name
        })
    };
    match path.segments().last() {
        Some(Segment::Param { name, verb: None }) if holds_slash(name) => {
            let head = path.to_string();
            let stem = head.strip_suffix(&format!("{{{name}}}")).unwrap_or("/");
            PathTemplate::parse(&format!("{stem}{{{name}=**}}")).unwrap_or(path)
        }
        _ => path,
    }
}

/// Whether a path of the contract is the one of an operation: names may differ, and `{x=**}` of the
/// contract binds to `{x}` of the document.
fn is_same_path(path: &PathTemplate, operation: &Operation) -> bool {
    let Ok(theirs) = PathTemplate::parse(&operation.path.node) else {
        return false;
    };
    if path.same_shape(&theirs) || path.same_shape(&widen(theirs.clone(), operation)) {
        return true;
    }
    let narrowed = path.to_string().replace("=**}", "}");
    PathTemplate::parse(&narrowed).is_ok_and(|narrowed| narrowed.same_shape(&theirs))
}

/// An endpoint written by method and path must be in one of the documents.
fn check_listed(
    ast: &EndpointAst,
    method: Method,
    path: &PathTemplate,
    apis: &[&Api],
    sink: &mut Diagnostics,
) {
    let on_path: Vec<&Operation> = apis
        .iter()
        .flat_map(|api| &api.operations)
        .filter(|operation| is_same_path(path, operation))
        .collect();
    let has_method = |operation: &&&Operation| Method::from_name(&operation.method) == Some(method);
    let head_of_get =
        |operation: &&&Operation| method == Method::Named("HEAD") && *operation.method == *"GET";
    if on_path
        .iter()
        .any(|operation| method == Method::Any || has_method(&operation) || head_of_get(&operation))
    {
        return;
    }
    if let Some(first) = on_path.first() {
        let methods: Vec<&str> = on_path.iter().map(|operation| &*operation.method).collect();
        sink.report(
            &rules::UNKNOWN_OPERATION,
            format_args!("the document has no `{}` at `{path}`", method.name()),
        )
        .at(
            ast.method.as_ref().map_or(ast.span, |text| text.span),
            "written here",
        )
        .also(
            first.path.span,
            format_args!("this path has {}", methods.join(", ")),
        )
        .help("write a method of the document, or add the operation there");
        return;
    }
    let text = path.to_string();
    let operations = apis.iter().flat_map(|api| &api.operations);
    let mut paths: Vec<&Spanned<_>> = operations.map(|operation| &operation.path).collect();
    paths.sort_by_key(|path| path.span);
    let near = nearest_by(&text, paths, |theirs| &theirs.node, &Likeness::OPERATION);
    let draft = sink
        .report(
            &rules::UNKNOWN_OPERATION,
            format_args!("the document has no path `{path}`"),
        )
        .at(
            ast.path.as_ref().map_or(ast.span, |text| text.span),
            "written here",
        );
    match near {
        Some(near) => draft
            .also(near.span, format_args!("did you mean `{}`?", near.node))
            .help(format_args!(
                "write `{}`, or add the path to the document",
                near.node
            )),
        None => draft
            .also(apis[0].span, "its paths are listed here")
            .help("write a path of the document, or add it there"),
    };
}
