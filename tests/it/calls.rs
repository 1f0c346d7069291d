//! Two OpenAPI documents and what is said about their calls, row by row.

use crate::harness::{memory, run};

/// One comparison.
struct Row {
    /// What it shows.
    name: &'static str,
    /// What follows the head of the old document.
    old: &'static str,
    /// What follows the head of the new one.
    new: &'static str,
    /// Flags of the command.
    flags: &'static str,
    /// The findings: severity, rule and headline.
    expected: &'static [&'static str],
}

fn row(name: &'static str, old: &'static str, new: &'static str) -> Row {
    Row {
        name,
        old,
        new,
        flags: "",
        expected: &[],
    }
}

impl Row {
    fn flags(self, flags: &'static str) -> Row {
        Row { flags, ..self }
    }

    fn says(self, expected: &'static [&'static str]) -> Row {
        Row { expected, ..self }
    }

    fn check(&self) -> Option<String> {
        let document = |version: &str, rest: &str| {
            format!("openapi: 3.1.0\ninfo: {{title: Shop, version: {version}}}\n{rest}")
        };
        let files = [
            ("old/api.yaml", document("1.4.0", self.old)),
            ("new/api.yaml", document("2.0.0", self.new)),
        ];
        let command = format!("diff old/api.yaml new/api.yaml {}", self.flags);
        let outcome = run(&memory(files), &command);
        let mut found: Vec<String> = (outcome.report.findings.iter())
            .map(|finding| {
                let severity = format!("{:?}", finding.severity()).to_lowercase();
                format!("{severity} {}: {}", finding.rule().name, finding.headline())
            })
            .collect();
        found.sort_unstable();
        let mut expected = self.expected.to_vec();
        expected.sort_unstable();
        (found != expected).then(|| {
            format!(
                "{}\n  expected {expected:#?}\n  found {found:#?}\n",
                self.name
            )
        })
    }
}

fn check(rows: &[Row]) {
    let wrong: Vec<String> = rows.iter().filter_map(Row::check).collect();
    assert!(
        wrong.is_empty(),
        "{} rows of {}\n{}",
        wrong.len(),
        rows.len(),
        wrong.join("\n")
    );
}

#[test]
fn paths_and_parameters() {
    check(&[
        row(
            "names of path parameters say nothing",
            "paths: {'/a/{x}/b/{y}': {get: {parameters: [{name: x, in: path, required: true, schema: {type: string}}, {name: y, in: path, required: true, schema: {type: string}}], responses: {'200': {description: A}}}}}",
            "paths: {'/a/{y}/b/{x}': {get: {parameters: [{name: x, in: path, required: true, schema: {type: string}}, {name: y, in: path, required: true, schema: {type: string}}], responses: {'200': {description: A}}}}}",
        ),
        row(
            "paths that differ only in names are kept apart within a document",
            "paths: {'/a/{x}': {get: {responses: {'200': {description: A}}}}, '/a/{y}': {get: {responses: {'200': {description: A}}}}}",
            "paths: {'/a/{y}': {get: {responses: {'200': {description: A}}}}, '/a/{z}': {get: {responses: {'200': {description: A}}}}}",
        ),
        row(
            "a path parameter that moved within the template is another path",
            "paths: {'/a/{x}': {get: {responses: {'200': {description: A}}}}}",
            "paths: {'/{x}/a': {get: {responses: {'200': {description: A}}}}}",
        )
        .says(&[
            "error operation-removed: `GET /a/{x}` is gone",
            "info operation-added: `GET /{x}/a` is new",
        ]),
        row(
            "a parameter of the path that all methods take over",
            "paths: {/a: {parameters: [{name: q, in: query, schema: {type: string}}], get: {responses: {'200': {description: A}}}, put: {responses: {'200': {description: A}}}}}",
            "paths: {/a: {get: {parameters: [{name: q, in: query, schema: {type: string}}], responses: {'200': {description: A}}}, put: {parameters: [{name: q, in: query, schema: {type: string}}], responses: {'200': {description: A}}}}}",
        ),
        row(
            "a parameter of the path that all methods but one take over",
            "paths: {/a: {parameters: [{name: q, in: query, schema: {type: string}}], get: {responses: {'200': {description: A}}}, put: {responses: {'200': {description: A}}}}}",
            "paths: {/a: {get: {parameters: [{name: q, in: query, schema: {type: string}}], responses: {'200': {description: A}}}, put: {responses: {'200': {description: A}}}}}",
        )
        .says(&["warning parameter-removed: query parameter `q` of `PUT /a` is gone"]),
        row(
            "headers compare without case, query parameters do not",
            "paths: {/a: {get: {parameters: [{name: X-Id, in: header, required: true, schema: {type: string}}, {name: Q, in: query, schema: {type: string}}], responses: {'200': {description: A}}}}}",
            "paths: {/a: {get: {parameters: [{name: x-id, in: header, required: true, schema: {type: string}}, {name: q, in: query, schema: {type: string}}], responses: {'200': {description: A}}}}}",
        )
        .says(&[
            "info parameter-added: query parameter `q` of `GET /a` is new",
            "warning parameter-removed: query parameter `Q` of `GET /a` is gone",
        ]),
        row(
            "headers that are described elsewhere",
            "paths: {/a: {get: {responses: {'200': {description: A}}}}}",
            "paths: {/a: {get: {parameters: [{name: Accept, in: header, required: true, schema: {type: string}}], responses: {'200': {description: A}}}}}",
        ),
        row(
            "status and call of one headline are of the same call",
            "paths: {/a: {post: {responses: {'201': {$ref: '#/components/responses/R'}}}}, /b: {get: {responses: {'200': {$ref: '#/components/responses/R'}}}}}\ncomponents: {responses: {R: {description: R, content: {application/json: {schema: {type: integer}}}}}}",
            "paths: {/a: {post: {responses: {'201': {$ref: '#/components/responses/R'}}}}, /b: {get: {responses: {'200': {$ref: '#/components/responses/R'}}}}}\ncomponents: {responses: {R: {description: R, content: {application/json: {schema: {type: [integer, string]}}}}}}",
        )
        .says(&["error response-type-widened: the `application/json` body of answer 201 of `POST /a` (and 1 more) may now be a string"]),
        row(
            "what is shared is one finding",
            "paths: {/a: {get: {parameters: [{$ref: '#/components/parameters/Limit'}], responses: {'200': {description: A}}}}, /b: {get: {parameters: [{$ref: '#/components/parameters/Limit'}], responses: {'200': {description: A}}}}}\ncomponents: {parameters: {Limit: {name: limit, in: query, schema: {type: integer}}}}",
            "paths: {/a: {get: {parameters: [{$ref: '#/components/parameters/Limit'}], responses: {'200': {description: A}}}}, /b: {get: {parameters: [{$ref: '#/components/parameters/Limit'}], responses: {'200': {description: A}}}}}\ncomponents: {parameters: {Limit: {name: limit, in: query, required: true, schema: {type: integer}}}}",
        )
        .says(&["error parameter-became-required: query parameter `limit` of `GET /a` (and 1 more) became required"]),
        row(
            "forward, the old service must take what new clients leave out",
            "paths: {/a: {get: {parameters: [{name: q, in: query, required: true, schema: {type: string}}], responses: {'200': {description: A}}}}}",
            "paths: {/a: {get: {parameters: [{name: q, in: query, schema: {type: string}}], responses: {'200': {description: A}}}}}",
        )
        .flags("--mode forward")
        .says(&["error parameter-became-optional: query parameter `q` of `GET /a` became optional"]),
        row(
            "a required header with a default",
            "paths: {/a: {get: {responses: {'200': {description: A}}}}}",
            "paths: {/a: {get: {parameters: [{name: X-Id, in: header, required: true, schema: {type: string, default: a}}], responses: {'200': {description: A}}}}}",
        )
        .says(&["error required-parameter-added: header `X-Id` of `GET /a` is new and required"]),
        row(
            "a part of the path that moved to the address of the server",
            "servers: [{url: 'https://a.example/'}]\npaths: {/v1/a: {get: {responses: {'200': {description: A}}}}}",
            "servers: [{url: 'https://a.example/v1'}]\npaths: {/a: {get: {responses: {'200': {description: A}}}}}",
        ),
        row(
            "styles that write single values alike",
            "paths: {/a: {get: {parameters: [{name: q, in: query, style: form, schema: {type: string}}], responses: {'200': {description: A}}}}}",
            "paths: {/a: {get: {parameters: [{name: q, in: query, style: pipeDelimited, explode: false, schema: {type: string}}], responses: {'200': {description: A}}}}}",
        ),
        row(
            "objects that become one parameter",
            "paths: {/a: {get: {parameters: [{name: q, in: query, style: form, schema: {type: object}}], responses: {'200': {description: A}}}}}",
            "paths: {/a: {get: {parameters: [{name: q, in: query, style: deepObject, explode: true, schema: {type: object}}], responses: {'200': {description: A}}}}}",
        )
        .says(&["error parameter-style-changed: query parameter `q` of `GET /a` changed from style `form`, exploded to style `deepObject`, exploded"]),
    ]);
}

#[test]
fn bodies_and_answers() {
    check(&[
        row(
            "a status that the default described",
            "paths: {/a: {get: {responses: {'200': {description: A}, default: {description: E}}}}}",
            "paths: {/a: {get: {responses: {'200': {description: A}, '404': {description: N}, default: {description: E}}}}}",
        ),
        row(
            "a status that the default describes",
            "paths: {/a: {get: {responses: {'200': {description: A}, '404': {description: N}, default: {description: E}}}}}",
            "paths: {/a: {get: {responses: {'200': {description: A}, default: {description: E}}}}}",
        ),
        row(
            "a status that a range takes over",
            "paths: {/a: {get: {responses: {'200': {description: A}, '404': {description: N, content: {application/json: {}}}}}}}",
            "paths: {/a: {get: {responses: {'200': {description: A}, 4XX: {description: N}}}}}",
        )
        .says(&[
            "error media-type-removed: media type `application/json` of answer 404 of `GET /a` is gone",
            "info response-added: answers 4XX of `GET /a` are new",
        ]),
        row(
            "a success in two",
            "paths: {/a: {get: {responses: {'200': {description: A}}}}}",
            "paths: {/a: {get: {responses: {'200': {description: A}, '201': {description: B}}}}}",
        )
        .says(&["info response-added: answer 201 of `GET /a` is new"]),
        row(
            "another success",
            "paths: {/a: {get: {responses: {'200': {description: A}}}}}",
            "paths: {/a: {get: {responses: {'201': {description: B}}}}}",
        )
        .says(&[
            "error response-removed: answer 200 of `GET /a` is gone",
            "info response-added: answer 201 of `GET /a` is new",
        ]),
        row(
            "a failure that no longer comes",
            "paths: {/a: {get: {responses: {'200': {description: A}, '409': {description: B}}}}}",
            "paths: {/a: {get: {responses: {'200': {description: A}}}}}",
        )
        .says(&["info response-removed: answer 409 of `GET /a` is gone"]),
        row(
            "a range of successes of which one is left",
            "paths: {/a: {get: {responses: {2XX: {description: A}}}}}",
            "paths: {/a: {get: {responses: {'200': {description: A}}}}}",
        ),
        row(
            "media types that lie in a range which stays",
            "paths: {/a: {post: {requestBody: {content: {application/json: {}, '*/*': {}}}, responses: {'200': {description: A}}}}}",
            "paths: {/a: {post: {requestBody: {content: {'*/*': {}}}, responses: {'200': {description: A}}}}}",
        ),
        row(
            "media types in other letters and with a charset",
            "paths: {/a: {post: {requestBody: {content: {Application/JSON: {}}}, responses: {'200': {description: A}}}}}",
            "paths: {/a: {post: {requestBody: {content: {application/json; charset=UTF-8: {}}}, responses: {'200': {description: A}}}}}",
        ),
        row(
            "media types with a version are others",
            "paths: {/a: {post: {requestBody: {content: {application/json; v=1: {}}}, responses: {'200': {description: A}}}}}",
            "paths: {/a: {post: {requestBody: {content: {application/json; v=2: {}}}, responses: {'200': {description: A}}}}}",
        )
        .says(&[
            "error media-type-removed: media type `application/json;v=1` of the body of `POST /a` is gone",
            "info media-type-added: media type `application/json;v=2` of the body of `POST /a` is new",
        ]),
        row(
            "an optional header of an answer",
            "paths: {/a: {get: {responses: {'200': {description: A, headers: {X-Rate: {schema: {type: integer}}, Content-Type: {schema: {type: string}}}}}}}}",
            "paths: {/a: {get: {responses: {'200': {description: A}}}}}",
        )
        .says(&["warning response-header-removed: header `X-Rate` of answer 200 of `GET /a` is gone"]),
    ]);
}

#[test]
fn webhooks_and_callbacks_go_the_other_way() {
    check(&[
        row(
            "listeners must take what is new",
            "webhooks: {paid: {post: {requestBody: {content: {application/json: {}}}, responses: {'200': {description: A}}}}}",
            "webhooks: {paid: {post: {parameters: [{name: X-Sign, in: header, required: true, schema: {type: string}}], requestBody: {required: true, content: {application/json: {}, text/csv: {}}}, responses: {'200': {description: A}}}}}",
        )
        .says(&[
            "error media-type-added: media type `text/csv` of the body of `webhook paid POST` is new",
            "info request-body-became-required: the body of `webhook paid POST` became required",
            "info required-parameter-added: header `X-Sign` of `webhook paid POST` is new and required",
        ]),
        row(
            "listeners rely on what they got",
            "webhooks: {paid: {post: {parameters: [{name: X-Sign, in: header, required: true, schema: {type: string}}], requestBody: {required: true, content: {application/json: {}, text/csv: {}}}, responses: {'200': {description: A}}}}}",
            "webhooks: {paid: {post: {requestBody: {content: {application/json: {}}}, responses: {'200': {description: A}}}}}",
        )
        .says(&[
            "error parameter-removed: header `X-Sign` of `webhook paid POST` is gone",
            "error request-body-became-optional: the body of `webhook paid POST` became optional",
            "info media-type-removed: media type `text/csv` of the body of `webhook paid POST` is gone",
        ]),
        row(
            "callbacks of a call whose path parameter has another name",
            "paths: {'/a/{x}': {post: {responses: {'200': {description: A}}, callbacks: {done: {'{$request.query.url}': {post: {requestBody: {required: true, content: {application/json: {}}}, responses: {'200': {description: A}}}}}}}}}",
            "paths: {'/a/{y}': {post: {responses: {'200': {description: A}}, callbacks: {done: {'{$request.query.url}': {post: {requestBody: {content: {application/json: {}}}, responses: {'200': {description: A}}}}}}}}}",
        )
        .says(&["error request-body-became-optional: the body of `callback done {$request.query.url} POST in POST /a/{y}` became optional"]),
    ]);
}

#[test]
fn who_may_call() {
    check(&[
        row(
            "of the whole document and of a call",
            "security: [{key: []}]\npaths: {/a: {get: {responses: {'200': {description: A}}}}, /b: {get: {security: [], responses: {'200': {description: A}}}}}\ncomponents: {securitySchemes: {key: {type: apiKey, in: header, name: K}}}",
            "paths: {/a: {get: {security: [{key: []}], responses: {'200': {description: A}}}}, /b: {get: {security: [{}], responses: {'200': {description: A}}}}}\ncomponents: {securitySchemes: {key: {type: apiKey, in: header, name: K}}}",
        ),
        row(
            "one of two proofs instead of both",
            "security: [{key: [], user: []}]\npaths: {/a: {get: {responses: {'200': {description: A}}}}}\ncomponents: {securitySchemes: {key: {type: apiKey, in: header, name: K}, user: {type: http, scheme: basic}}}",
            "security: [{key: []}, {user: []}]\npaths: {/a: {get: {responses: {'200': {description: A}}}}}\ncomponents: {securitySchemes: {key: {type: apiKey, in: header, name: K}, user: {type: http, scheme: basic}}}",
        )
        .says(&["info security-loosened: callers of `GET /a` may call with `key`, or `user`"]),
        row(
            "both proofs instead of one of two",
            "security: [{key: []}, {user: []}]\npaths: {/a: {get: {responses: {'200': {description: A}}}}}\ncomponents: {securitySchemes: {key: {type: apiKey, in: header, name: K}, user: {type: http, scheme: basic}}}",
            "security: [{key: [], user: []}]\npaths: {/a: {get: {responses: {'200': {description: A}}}}}\ncomponents: {securitySchemes: {key: {type: apiKey, in: header, name: K}, user: {type: http, scheme: basic}}}",
        )
        .says(&[
            "error security-tightened: callers of `GET /a` need `key` and `user`: `key` is no longer enough",
            "error security-tightened: callers of `GET /a` need `key` and `user`: `user` is no longer enough",
        ]),
        row(
            "for the whole document",
            "paths: {/a: {get: {responses: {'200': {description: A}}}}, /b: {get: {responses: {'200': {description: A}}}}}\ncomponents: {securitySchemes: {key: {type: apiKey, in: header, name: K}}}",
            "security: [{key: []}]\npaths: {/a: {get: {responses: {'200': {description: A}}}}, /b: {get: {responses: {'200': {description: A}}}}}\ncomponents: {securitySchemes: {key: {type: apiKey, in: header, name: K}}}",
        )
        .says(&["error security-added: callers of `GET /a` (and 1 more) must prove who they are: `key`"]),
    ]);
}

#[test]
fn ends_and_promises() {
    const GONE: &str = "paths: {/b: {get: {responses: {'200': {description: A}}}}}";
    const LAST: &str = "paths: {/a: {get: {deprecated: true, x-sunset: '2026-11-24', responses: {'200': {description: A}}}}, /b: {get: {responses: {'200': {description: A}}}}}";
    check(&[
        row("the day before", LAST, GONE)
            .flags("--as-of 2026-11-23")
            .says(&["error operation-removed: `GET /a` is gone"]),
        row("the day", LAST, GONE)
            .flags("--as-of 2026-11-24")
            .says(&["info operation-removed: `GET /a` is gone"]),
        row("the day after", LAST, GONE)
            .flags("--as-of 2026-11-25")
            .says(&["info operation-removed: `GET /a` is gone"]),
        row(
            "deprecated without a day",
            "paths: {/a: {get: {deprecated: true, responses: {'200': {description: A}}}}, /b: {get: {responses: {'200': {description: A}}}}}",
            GONE,
        )
        .says(&["info operation-removed: `GET /a` is gone"]),
        row(
            "an earlier day that is still to come",
            "paths: {/a: {get: {deprecated: true, x-sunset: '2027-06-30', responses: {'200': {description: A}}}}}",
            "paths: {/a: {get: {deprecated: true, x-sunset: '2027-01-31', responses: {'200': {description: A}}}}}",
        )
        .flags("--as-of 2026-11-24")
        .says(&["warning sunset-earlier: `GET /a` ends on 2027-01-31 instead of 2027-06-30"]),
        row(
            "less is promised",
            "paths: {/a: {get: {x-stability-level: beta, responses: {'200': {description: A}}}}}",
            "paths: {/a: {get: {x-stability-level: alpha, responses: {'200': {description: A}}}}}",
        )
        .says(&["error stability-decreased: `GET /a` is alpha instead of beta"]),
        row(
            "what was promised too little is not judged",
            "paths: {/a: {get: {x-stability-level: alpha, responses: {'200': {description: A}}}}, /b: {get: {responses: {'200': {description: A}}}}}",
            GONE,
        )
        .flags("--min-stability beta"),
        row(
            "code is asked for",
            "paths: {/a: {get: {operationId: a, responses: {'200': {description: A}}}}}",
            "paths: {/a: {get: {operationId: b, responses: {'200': {description: A}}}}}",
        )
        .flags("--strictness source")
        .says(&["error operation-id-changed: the operationId of `GET /a` changed from `a` to `b`"]),
        row(
            "code is not asked for",
            "paths: {/a: {get: {operationId: a, responses: {'200': {description: A}}}}}",
            "paths: {/a: {get: {operationId: b, responses: {'200': {description: A}}}}}",
        )
        .says(&["info operation-id-changed: the operationId of `GET /a` changed from `a` to `b`"]),
    ]);
}

#[test]
fn findings_are_chosen_by_the_ids_of_the_reference() {
    const OLD: &str = "paths: {/a: {get: {parameters: [{name: q, in: query, schema: {type: string}}], responses: {'200': {description: A}}}}, /b: {get: {responses: {'200': {description: A}}}}}";
    const NEW: &str = "paths: {/a: {get: {responses: {'200': {description: A}}}}}";
    check(&[
        row("by id", OLD, NEW)
            .flags("--rules request-parameter-removed")
            .says(&["warning parameter-removed: query parameter `q` of `GET /a` is gone"]),
        row("by id with the tool", OLD, NEW)
            .flags("--rules oasdiff:api-path-removed-without-deprecation")
            .says(&["error operation-removed: `GET /b` is gone"]),
        row("without an id", OLD, NEW)
            .flags("--except request-parameter-removed")
            .says(&["error operation-removed: `GET /b` is gone"]),
    ]);
}
