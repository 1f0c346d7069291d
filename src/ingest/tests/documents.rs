//! Shapes: versions, paths, operations, parameters.

use super::super::operations::names_slash;
use super::*;

#[test]
fn operations_are_listed_in_written_order_with_merged_parameters() {
    let text = "\
openapi: 3.0.3
paths:
  /users/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: trace, in: header, schema: {type: string}}
    put:
      operationId: putUser
      parameters:
        - {name: trace, in: query, schema: {type: string}}
        - {name: id, in: path, required: true, schema: {type: integer}}
      responses: {'200': {description: done}}
    get:
      operationId: getUser
      parameters:
        - $ref: '#/components/parameters/Page'
      responses: {'200': {description: the user}}
  x-note: kept
  /files/{path}:
    get:
      parameters:
        - {name: path, in: path, required: true, x-multi-segment: true, schema: {type: string}}
components:
  parameters:
    Page: {name: page, in: query, schema: {type: integer}}
";
    let outcome = load(&[("api.yaml", text)]);
    assert_eq!(outcome.said, "");
    assert_eq!(
        outcome.operations(),
        "PUT /users/{id} putUser header:trace query:trace path:id\n\
         GET /users/{id} getUser path:id header:trace query:page\n\
         GET /files/{path} path:path/\n"
    );
    assert_eq!(outcome.inputs(), "api.yaml");
}

#[test]
fn json_reads_as_yaml_does() {
    let text = r#"{"openapi": "3.1.0", "paths": {"/a": {"get": {"operationId": "a"}}}}"#;
    let outcome = load(&[("api.json", text)]);
    assert_eq!(
        (outcome.said.as_str(), outcome.operations().as_str()),
        ("", "GET /a a\n")
    );
}

#[test]
fn a_byte_order_mark_and_windows_lines_move_no_place() {
    let text = "\u{feff}openapi: 3.1.0\r\npaths:\r\n  /a:\r\n    get: 1\r\n";
    assert_eq!(
        load(&[("api.yaml", text)]).said,
        "api.yaml:4:10 invalid-openapi: an operation must be a mapping, found the number `1`\n"
    );
}

#[test]
fn versions() {
    let cases = [
        ("openapi: 3.0.4\npaths: {}\n", ""),
        ("openapi: 3.1.1\nwebhooks: {}\n", ""),
        ("openapi: 3.1.0\ncomponents: {}\n", ""),
        ("openapi: 3.2.0\npaths: {}\n", ""),
        (
            "openapi: 3.0.0\ncomponents: {}\n",
            "api.yaml:1:1 invalid-openapi: an OpenAPI document needs the key `paths`\n  \
             = add `paths`; write `paths: {}` when there are none\n",
        ),
        (
            "swagger: '2.0'\npaths: {}\n",
            "api.yaml:1:1 not-openapi: this is Swagger 2.0, which is not read\n  \
             = convert it to OpenAPI 3, for example with `swagger2openapi`\n",
        ),
        (
            "asyncapi: 3.0.0\n",
            "api.yaml:1:1 not-openapi: this is an AsyncAPI document, not OpenAPI\n  \
             = name an OpenAPI document here\n",
        ),
        (
            "openapi: 3.1\npaths: {}\n",
            "api.yaml:1:10 not-openapi: `openapi` must be a text such as \"3.1.0\", found the number `3.1`\n  \
             = write `\"3.1.0\"`\n",
        ),
        (
            "openapi: 4.0.0\npaths: {}\n",
            "api.yaml:1:10 not-openapi: OpenAPI `4.0.0` is not a version that is read\n  \
             = write the document in OpenAPI 3.0.x, 3.1.x or 3.2.x\n",
        ),
        (
            "hello: there\n",
            "api.yaml:1:1 not-openapi: this is not an OpenAPI document: the key `openapi` is missing\n  \
             = add `openapi: \"3.1.0\"` if it is one\n",
        ),
        (
            "- a\n",
            "api.yaml:1:1 not-openapi: an OpenAPI document must be a mapping, found a list\n  \
             = name an OpenAPI document here\n",
        ),
    ];
    for (text, expected) in cases {
        let outcome = load(&[("api.yaml", text)]);
        assert_eq!(outcome.said, expected, "{text}");
        let refused = expected.contains("not-openapi");
        assert_eq!(outcome.imports[0].api.is_none(), refused, "{text}");
    }
}

#[test]
fn version_3_2_has_more_methods() {
    let operations = |version: &str| {
        let text = format!(
            "openapi: {version}\npaths:\n  /a:\n    query: {{operationId: q}}\n    \
             additionalOperations: {{COPY: {{operationId: c}}}}\n    get: {{operationId: g}}\n"
        );
        let outcome = load(&[("api.yaml", &text)]);
        assert_eq!(outcome.said, "");
        outcome.operations()
    };
    assert_eq!(operations("3.2.0"), "QUERY /a q\nCOPY /a c\nGET /a g\n");
    assert_eq!(operations("3.1.0"), "GET /a g\n");
}

#[test]
fn wrong_shapes_are_reported_where_they_stand() {
    let cases = [
        (
            "[]",
            "2:8 invalid-openapi: the paths of a document must be a mapping, found a list",
        ),
        (
            "{a: {}}",
            "2:9 invalid-openapi: the path `a` must begin with `/`\n  = write the path as it stands behind the host, such as `/users`",
        ),
        (
            "{/a: 1}",
            "2:13 invalid-openapi: a path item must be a mapping, found the number `1`",
        ),
        (
            "{/a: {get: []}}",
            "2:19 invalid-openapi: an operation must be a mapping, found a list",
        ),
        (
            "{/a: {GET: {}}}",
            "2:14 invalid-openapi: `GET` is no key of a path item\n  = write `get`",
        ),
        (
            "{/a: {get: {operationId: 7}}}",
            "2:33 invalid-openapi: `operationId` must be a text, found the number `7`",
        ),
        (
            "{/a: {get: {parameters: {}}}}",
            "2:20 invalid-openapi: `parameters` must be a list, found a mapping",
        ),
        (
            "{/a: {get: {parameters: [{in: query}]}}}",
            "2:34 invalid-openapi: a parameter needs the key `name`",
        ),
        (
            "{/a: {get: {parameters: [{name: a, in: pth}]}}}",
            "2:47 invalid-openapi: a parameter is sent in `path`, `query`, `header` or `cookie`, found `pth`\n  = write `path`",
        ),
        (
            "{/a: {get: {parameters: [{name: a, in: query}, {name: a, in: query}]}}}",
            "2:56 invalid-openapi: the parameter `a` in `query` stands twice\n  api.yaml:2:34 first here\n  = remove one of the two",
        ),
        (
            "{/a: {get: {responses: {'200': {content: {a/b: {schema: 3}}}}}}}",
            "2:64 invalid-openapi: a schema must be a mapping, found the number `3`",
        ),
        (
            "{/a: {$ref: 3}}",
            "2:20 invalid-openapi: a reference must be a text, found the number `3`",
        ),
    ];
    for (paths, expected) in cases {
        let text = format!("openapi: 3.1.0\npaths: {paths}\n");
        let said = load(&[("api.yaml", &text)]).said;
        assert_eq!(said, format!("api.yaml:{expected}\n"), "{paths}");
    }
}

#[test]
fn a_name_belongs_to_one_operation() {
    let text = "\
openapi: 3.1.0
paths:
  /a: {get: {operationId: list}}
  /b: {get: {operationId: list}}
webhooks:
  c: {post: {operationId: list}}
";
    assert_eq!(
        load(&[("api.yaml", text)]).said,
        "api.yaml:4:27 duplicate-operation-id: two operations are named `list`\n  \
         api.yaml:3:27 first here\n  \
         = give one of them another `operationId`\n\
         api.yaml:6:27 duplicate-operation-id: two operations are named `list`\n  \
         api.yaml:4:27 first here\n  \
         = give one of them another `operationId`\n"
    );
}

#[test]
fn a_path_item_that_stands_twice_names_two_operations() {
    let text = "\
openapi: 3.1.0
paths:
  /a: {$ref: '#/components/pathItems/Item'}
  /b: {$ref: '#/components/pathItems/Item'}
components:
  pathItems: {Item: {get: {operationId: item}}}
";
    let outcome = load(&[("api.yaml", text)]);
    assert_eq!(
        outcome.said,
        "api.yaml:6:41 duplicate-operation-id: two operations are named `item`\n  \
         api.yaml:3:3 is an operation of this path\n  \
         api.yaml:4:3 and of this one\n  \
         = give each path a path item of its own\n"
    );
    assert_eq!(outcome.operations(), "GET /a item\nGET /b item\n");
}

#[test]
fn what_may_hold_a_slash() {
    let cases = [
        ("schema: {type: string}", false),
        ("x-multi-segment: true", true),
        ("x-multi-segment: 'true'", false),
        ("allowReserved: true", true),
        ("allowReserved: false", false),
        ("schema: {format: path}", true),
        ("schema: {format: uuid}", false),
        ("schema: {$ref: '#/components/schemas/Path'}", true),
    ];
    for (rest, expected) in cases {
        let text = format!(
            "openapi: 3.1.0\npaths: {{'/{{a}}': {{get: {{parameters: [{{name: a, in: path, {rest}}}]}}}}}}\n\
             components: {{schemas: {{Path: {{pattern: '^[a-z/]+$'}}}}}}\n"
        );
        let outcome = load(&[("api.yaml", &text)]);
        assert_eq!(outcome.said, "");
        let api = outcome.imports[0].api.as_ref().expect("it is a document");
        assert_eq!(
            api.operations[0].params[0].may_hold_slash, expected,
            "{rest}"
        );
    }
    let patterns = [
        ("^[^/]+$", false),
        (r"^[^\/]+$", false),
        ("^[a-z]+$", false),
        ("^.+$", false),
        ("^[a-z/]+$", true),
        (r"^\w+\/\w+$", true),
        ("^a/b$", true),
        (r"^\[^/]+$", true),
        ("^[^a]/$", true),
    ];
    for (pattern, expected) in patterns {
        assert_eq!(names_slash(pattern), expected, "{pattern}");
    }
}

#[test]
fn a_missing_import_is_reported_by_every_contract_that_names_it() {
    let fs = memory(&[("openapi.yaml", "openapi: 3.1.0\npaths: {}\n")]);
    let outcome = load_all(&fs, &["opnapi.yaml", "openapi.yaml"]);
    assert_eq!(
        outcome.said,
        "user.cherry.yaml:1:10 import-not-found: there is no file `opnapi.yaml`\n  \
         = did you mean `openapi.yaml`?\n"
    );
    assert_eq!(outcome.inputs(), "opnapi.yaml?");
    assert!(outcome.imports[0].api.is_none() && outcome.imports[1].api.is_some());
}

#[test]
fn imports_stay_in_the_workspace() {
    let mut sink = crate::diag::Diagnostics::default();
    let mut sources = SourceMap::default();
    let file = sources.add(path("svc/a.cherry.yaml"), Side::New, "".into());
    let at = Span::new(file, 0, 0);
    let cases = [
        ("./api.yaml", Some("svc/api.yaml")),
        ("../shared/api%20v1.yaml", Some("shared/api%20v1.yaml")),
        ("../../etc/passwd", None),
        ("/etc/passwd", None),
        ("C:\\api.yaml", None),
        ("//host/api.yaml", None),
        ("https://example.com/api.yaml", None),
    ];
    for (text, expected) in cases {
        let import = ImportRef::resolve(&path("svc/a.cherry.yaml"), text, at, &mut sink);
        assert_eq!(
            import.as_ref().map(|import| import.path.as_str()),
            expected,
            "{text}"
        );
    }
    let findings = sink.finish(&LevelTable::default());
    let rules: Vec<&str> = findings.iter().map(|finding| finding.rule().name).collect();
    assert_eq!(
        rules,
        [
            "path-outside-workspace",
            "path-outside-workspace",
            "path-outside-workspace",
            "path-outside-workspace",
            "remote-ref"
        ]
    );
}
