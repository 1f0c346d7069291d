//! Where references lead, and where none is read.

use super::*;

#[test]
fn references_lead_through_files_and_back() {
    let outcome = load(&[
        (
            "api/openapi.yaml",
            "\
openapi: 3.1.0
paths:
  /users/{id}: {$ref: paths/user.yaml}
  /orders:
    $ref: ./paths/all.yaml#/orders
    delete: {operationId: dropOrders}
    parameters: [{name: near, in: query}]
components:
  schemas:
    Name: {type: string}
",
        ),
        (
            "api/paths/user.yaml",
            "\
parameters:
  - $ref: ../../shared/params.json#/id
get:
  operationId: getUser
  responses:
    '200':
      content:
        application/json: {schema: {$ref: '../openapi.yaml#/components/schemas/Name'}}
",
        ),
        (
            "api/paths/all.yaml",
            "orders: {parameters: [{name: far, in: query}], get: {operationId: orders}}\n",
        ),
        (
            "shared/params.json",
            r##"{"id": {"$ref": "#/real"}, "real": {"name": "id", "in": "path"}}"##,
        ),
    ]);
    assert_eq!(outcome.said, "");
    assert_eq!(
        outcome.operations(),
        "GET /users/{id} getUser path:id\n\
         DELETE /orders dropOrders query:near\n\
         GET /orders orders query:near\n"
    );
    assert_eq!(
        outcome.inputs(),
        "api/openapi.yaml api/paths/all.yaml api/paths/user.yaml shared/params.json"
    );
    let names: Vec<&str> = outcome
        .sources
        .files()
        .iter()
        .map(|file| file.path().as_str())
        .collect();
    assert_eq!(
        names,
        [
            CONTRACT,
            "api/openapi.yaml",
            "api/paths/all.yaml",
            "api/paths/user.yaml",
            "shared/params.json"
        ]
    );
}

#[test]
fn data_is_never_followed() {
    let schemas = "  \
  schemas:
    A:
      type: object
      example: {$ref: gone.yaml}
      examples: [{$ref: gone.yaml}]
      default: {$ref: '#/gone'}
      const: {$ref: 'https://example.com/gone'}
      enum: [{$ref: ../../etc/passwd}]
      x-internal: {$ref: gone.yaml}
      properties:
        $ref: {type: string}
        x-named: {$ref: '#/components/schemas/B'}
        example: {$ref: '#/components/schemas/B'}
        default: {type: string}
    B: {type: string}
  examples:
    E: {value: {$ref: gone.yaml}}
    F: {$ref: '#/components/examples/E'}
  responses:
    R:
      description: one
      x-more: {$ref: gone.yaml}
      content:
        application/json:
          example: {$ref: gone.yaml}
          examples: {one: {value: {$ref: gone.yaml}}, two: {$ref: '#/components/examples/E'}}
";
    for version in ["3.0.3", "3.1.0", "3.2.0"] {
        assert_eq!(said_about(version, schemas), "", "{version}");
    }
}

#[test]
fn names_that_look_like_data_are_followed() {
    let schemas = "  \
  schemas:
    A: {properties: {example: {$ref: '#/g1'}, x-a: {$ref: '#/g2'}, enum: {$ref: '#/g3'}}}
    x-b: {$ref: '#/g4'}
";
    let said = said_about("3.1.0", schemas);
    for gone in ["g1", "g2", "g3", "g4"] {
        assert!(
            said.contains(&format!("`#/{gone}` leads nowhere")),
            "{said}"
        );
    }
}

#[test]
fn every_kind_of_thing_must_resolve() {
    let components = "  \
  schemas: {A: {allOf: [{$ref: '#/01'}], items: {$ref: '#/02'}, patternProperties: {a: {$ref: '#/03'}}, if: {$ref: '#/04'}, $defs: {a: {$ref: '#/05'}}, additionalProperties: {$ref: '#/06'}, dependencies: {a: [b], c: {$ref: '#/07'}}}}
  parameters: {A: {$ref: '#/08'}, B: {name: b, in: query, schema: {$ref: '#/09'}, content: {a/b: {schema: {$ref: '#/10'}}}}}
  responses: {A: {$ref: '#/11'}, B: {headers: {a: {$ref: '#/12'}}, links: {a: {$ref: '#/13'}}}}
  requestBodies: {A: {$ref: '#/14'}, B: {content: {a/b: {schema: {$ref: '#/15'}, encoding: {a: {headers: {b: {$ref: '#/16'}}}}}}}}
  callbacks: {A: {$ref: '#/17'}, B: {'{$url}': {$ref: '#/18'}}}
  pathItems: {A: {$ref: '#/19'}, B: {get: {requestBody: {$ref: '#/20'}, responses: {default: {$ref: '#/21'}}, callbacks: {a: {$ref: '#/22'}}}}}
  headers: {A: {$ref: '#/23'}, B: {schema: {$ref: '#/24'}}}
  links: {A: {$ref: '#/25'}}
  examples: {A: {$ref: '#/26'}}
";
    let said = said_about("3.1.0", components);
    for number in 1..=26 {
        let expected = format!("unresolved-ref: `#/{number:02}` leads nowhere");
        assert!(said.contains(&expected), "{number} in {said}");
    }
}

#[test]
fn keys_beside_a_reference() {
    let schemas = "  \
  schemas:
    A: {$ref: '#/components/schemas/B', properties: {c: {$ref: '#/gone'}}}
    B: {type: object}
";
    // Version 3.0 ignores what stands beside `$ref`.
    assert_eq!(said_about("3.0.3", schemas), "");
    assert!(said_about("3.1.0", schemas).contains("`#/gone` leads nowhere"));
}

#[test]
fn odd_pointers() {
    let schemas = "  \
  schemas:
    a/b: {type: string}
    c~d: {type: string}
    '%41': {type: string}
    'e f': {type: string}
    '': {type: string}
    List: {allOf: [{$ref: '#/components/schemas/a~1b'}, {type: string}]}
    R1: {$ref: '#/components/schemas/a~1b'}
    R2: {$ref: '#/components/schemas/c~0d'}
    R3: {$ref: '#/components/schemas/%2541'}
    R4: {$ref: '#/components/schemas/%41'}
    R5: {$ref: '#/components/schemas/e%20f'}
    R6: {$ref: '#/components/schemas/e f'}
    R7: {$ref: '#/components/schemas/'}
    R8: {$ref: '#/components/schemas/List/allOf/1'}
    R9: {$ref: 'api.yaml#/components/schemas/List'}
    R10: {$ref: '#/components/schemas/a%7E1b'}
    R11: {$ref: './../../x/./../api.yaml#/components/schemas/List'}
";
    let text = format!("openapi: 3.1.0\npaths: {{}}\ncomponents:\n{schemas}")
        .replace("./../../x/./../api.yaml", "./x/./../api.yaml");
    assert_eq!(load(&[("api.yaml", &text)]).said, "");
}

#[test]
fn pointers_that_lead_nowhere() {
    let cases = [
        (
            "#/components/schemas/Usr",
            "`#/components/schemas/Usr` leads nowhere: `/components/schemas` in `api.yaml` has no `Usr`\n  \
             api.yaml:5:5 `User` is here\n  = did you mean `User`?\n",
        ),
        (
            "#/components/schemas/User/allOf/2",
            "`#/components/schemas/User/allOf/2` leads nowhere: `/components/schemas/User/allOf` in `api.yaml` has no `2`\n",
        ),
        (
            "#/components/schemas/User/allOf/00",
            "`#/components/schemas/User/allOf/00` leads nowhere: `/components/schemas/User/allOf` in `api.yaml` has no `00`\n",
        ),
        (
            "#/components/schemas/Alias/type",
            "`#/components/schemas/Alias/type` leads nowhere: `/components/schemas/Alias` in `api.yaml` has no `type`\n  \
             api.yaml:6:12 this is a reference itself\n  \
             = a pointer does not go through a reference; begin at what it names: `#/components/schemas/User`\n",
        ),
        (
            "#User",
            "`#User` leads nowhere: `api.yaml` has no anchor `User`\n  \
             = a pointer begins with `#/`; a name needs an `$anchor`\n",
        ),
        (
            "User",
            "`User` leads nowhere: there is no file `User`\n  = write `#/components/schemas/User`\n",
        ),
        (
            "comon.yaml#/A",
            "`comon.yaml#/A` leads nowhere: there is no file `comon.yaml`\n  = did you mean `common.yaml`?\n",
        ),
        (
            "common.yaml#/B",
            "`common.yaml#/B` leads nowhere: `common.yaml` has no `B`\n  \
             common.yaml:1:1 `A` is here\n  = did you mean `A`?\n",
        ),
        (
            "a\\b.yaml",
            "`a\\b.yaml` leads nowhere: there is no file `a\\b.yaml`\n  = write `/` between folders\n",
        ),
        ("urn:example:a", "`urn:example:a` leads nowhere\n"),
    ];
    for (reference, expected) in cases {
        let text = format!(
            "openapi: 3.1.0\npaths: {{}}\ncomponents:\n  schemas:\n    \
             User: {{allOf: [{{type: object}}]}}\n    \
             Alias: {{$ref: '#/components/schemas/User'}}\n    \
             Here: {{$ref: '{reference}'}}\n"
        );
        let said = load(&[("api.yaml", &text), ("common.yaml", "A: {type: string}\n")]).said;
        assert_eq!(
            said,
            format!("api.yaml:7:19 unresolved-ref: {expected}"),
            "{reference}"
        );
    }
}

#[test]
fn nothing_is_fetched_and_nothing_outside_is_read() {
    let cases = [
        ("https://example.com/a.yaml#/A", "remote-ref"),
        ("//example.com/a.yaml", "remote-ref"),
        ("../../etc/passwd", "path-outside-workspace"),
        ("/etc/passwd", "path-outside-workspace"),
        ("file:///etc/passwd", "path-outside-workspace"),
        ("C:/a.yaml", "path-outside-workspace"),
        ("%2e%2e/%2e%2e/etc/passwd", "path-outside-workspace"),
    ];
    for (reference, rule) in cases {
        let text = format!(
            "openapi: 3.1.0\npaths: {{}}\ncomponents: {{schemas: {{A: {{$ref: '{reference}'}}}}}}\n"
        );
        let outcome = load(&[("svc/api.yaml", &text)]);
        let begins = format!("svc/api.yaml:3:35 {rule}: ");
        assert!(
            outcome.said.starts_with(&begins),
            "{reference}: {}",
            outcome.said
        );
        assert_eq!(outcome.inputs(), "svc/api.yaml");
    }
}

#[test]
fn a_link_out_of_the_workspace_is_refused() {
    struct Linked(MemoryFs);
    impl crate::fs::ReadFs for Linked {
        fn read(&self, path: &RelPath, limit: u64) -> std::io::Result<Vec<u8>> {
            match path.as_str() {
                "out.yaml" => Err(std::io::Error::new(
                    std::io::ErrorKind::PermissionDenied,
                    "a symbolic link leads out of the workspace",
                )),
                _ => self.0.read(path, limit),
            }
        }
        fn list(&self, dir: &RelPath) -> std::io::Result<Vec<(RelPath, crate::fs::EntryKind)>> {
            self.0.list(dir)
        }
        fn kind(&self, path: &RelPath) -> Option<crate::fs::EntryKind> {
            self.0.kind(path)
        }
    }
    let fs = Linked(memory(&[(
        "api.yaml",
        "openapi: 3.1.0\npaths: {/a: {$ref: out.yaml}}\n",
    )]));
    let mut sources = SourceMap::default();
    let contract = sources.add(path(CONTRACT), Side::New, "imports".into());
    let imports = ["api.yaml", "out.yaml"].map(|root| ImportRef {
        path: path(root),
        at: Span::new(contract, 0, 7),
    });
    let phase = Loader::new(&fs, Side::New).load(&imports, &mut sources);
    let findings = phase.diagnostics.finish(&LevelTable::default());
    let said: Vec<(&str, usize)> = findings
        .iter()
        .map(|finding| {
            let span = finding.primary().expect("both have a place");
            (finding.rule().name, span.file.index())
        })
        .collect();
    assert_eq!(
        said,
        [("path-outside-workspace", 0), ("path-outside-workspace", 1)]
    );
}

#[test]
fn schemas_may_be_recursive_but_references_must_reach_a_thing() {
    let fine = "  \
  schemas:
    Node: {type: object, properties: {next: {$ref: '#/components/schemas/Node'}, other: {$ref: other.yaml}}}
";
    let text = format!("openapi: 3.1.0\npaths: {{}}\ncomponents:\n{fine}");
    let other = "type: object\nproperties: {back: {$ref: 'api.yaml#/components/schemas/Node'}, me: {$ref: other.yaml}}\n";
    assert_eq!(load(&[("api.yaml", &text), ("other.yaml", other)]).said, "");

    let circle = "  \
  schemas:
    A: {$ref: '#/components/schemas/B'}
    B: {$ref: 'api.yaml#/components/schemas/C'}
    C: {$ref: '#/components/schemas/A'}
    D: {$ref: '#/components/schemas/A'}
    E: {$ref: '#/components/schemas/E'}
";
    let text = format!("openapi: 3.1.0\npaths: {{}}\ncomponents:\n{circle}");
    let outcome = load(&[("api.yaml", &text)]);
    assert_eq!(
        outcome.said,
        "api.yaml:5:16 ref-cycle: 3 references lead in a circle and reach no thing\n  \
         api.yaml:6:16 leads on\n  \
         api.yaml:7:16 leads on\n  \
         = replace one of them by the thing that is meant\n\
         api.yaml:9:16 ref-cycle: `#/components/schemas/E` refers to itself\n  \
         = replace one of them by the thing that is meant\n"
    );
}

#[test]
fn circles_of_parameters_and_path_items_end() {
    let text = "\
openapi: 3.1.0
paths:
  /a:
    $ref: '#/components/pathItems/I'
    get: {parameters: [{$ref: '#/components/parameters/P'}]}
components:
  pathItems: {I: {$ref: '#/components/pathItems/I'}}
  parameters: {P: {$ref: '#/components/parameters/P'}}
";
    let outcome = load(&[("api.yaml", text)]);
    assert_eq!(
        outcome.said.matches("ref-cycle").count(),
        2,
        "{}",
        outcome.said
    );
    assert_eq!(outcome.operations(), "GET /a\n");
}

#[test]
fn long_rows_of_references_have_a_limit() {
    let rows = |steps: usize| {
        let mut schemas = String::from("  schemas:\n");
        for step in 0..steps {
            writeln!(
                schemas,
                "    S{step}: {{$ref: '#/components/schemas/S{}'}}",
                step + 1
            )
            .expect("a string takes every text");
        }
        writeln!(schemas, "    S{steps}: {{type: string}}").expect("a string takes every text");
        said_about("3.1.0", &schemas)
    };
    assert_eq!(rows(super::super::walk::MAX_REF_STEPS), "");
    assert!(rows(200).contains("limit-exceeded: more than 64 references follow one another"));
}

#[test]
fn schemas_name_themselves() {
    let text = "\
openapi: 3.1.0
paths: {}
components:
  schemas:
    Anchored: {$anchor: here, type: string}
    Dynamic: {$dynamicAnchor: node, type: object}
    Named:
      $id: https://example.com/schemas/named
      $defs: {inner: {type: string}}
      properties:
        own: {$ref: '#/$defs/inner'}
        sibling: {$ref: other}
        absolute: {$ref: 'https://example.com/schemas/named#/$defs/inner'}
    Other: {$id: 'https://example.com/schemas/other', type: string}
    R1: {$ref: '#here'}
    R2: {$dynamicRef: '#node'}
    R3: {$ref: 'https://example.com/schemas/named'}
    R4: {$ref: 'far.yaml#there'}
    R5: {$ref: 'https://example.com/far'}
    Label:
      $id: Label
      properties: {a: {$ref: '#/components/schemas/Other'}}
";
    let far = "$defs: {a: {$anchor: there, type: string}}\n$id: https://example.com/far\n";
    let outcome = load(&[("api.yaml", text), ("far.yaml", far)]);
    assert_eq!(outcome.said, "");
    let gone = text.replace("'https://example.com/far'", "'https://example.com/farther'");
    assert!(
        load(&[("api.yaml", &gone), ("far.yaml", far)])
            .said
            .contains("remote-ref: `https://example.com/farther`")
    );
}

#[test]
fn a_name_may_lead_to_a_file_that_has_further_names() {
    let files = [
        (
            "api.yaml",
            "openapi: 3.1.0\npaths: {}\ncomponents:\n  schemas:\n    \
             A: {$ref: 'urn:a:second'}\n    B: {$ref: 'urn:a:first'}\n    C: {$ref: one.yaml}\n",
        ),
        (
            "one.yaml",
            "type: object\nbeside: {$id: 'urn:a:first', properties: {n: {$ref: two.yaml}}}\n",
        ),
        (
            "two.yaml",
            "type: object\nbeside: {$id: 'urn:a:second', $ref: '#/not'}\nnot: {type: string}\n",
        ),
    ];
    let outcome = load(&files);
    // Relative to `urn:a:second` the pointer begins at the schema of that name; there is no `not`
    // in it, so the file is asked.
    assert_eq!(outcome.said, "");
    assert_eq!(outcome.inputs(), "api.yaml one.yaml two.yaml");
}

#[test]
fn a_name_in_data_names_nothing() {
    let text = "\
openapi: 3.1.0
paths: {}
components:
  schemas:
    A: {example: {$anchor: here, $id: 'https://example.com/a'}}
    B: {$ref: '#here'}
    C: {$ref: 'https://example.com/a'}
";
    let said = load(&[("api.yaml", text)]).said;
    assert!(
        said.contains("has no anchor `here`") && said.contains("remote-ref"),
        "{said}"
    );
}

#[test]
fn a_broken_file_is_reported_once() {
    let outcome = load(&[
        (
            "api.yaml",
            "openapi: 3.1.0\npaths: {/a: {$ref: 'bad.yaml#/a'}, /b: {$ref: 'bad.yaml#/b'}}\n",
        ),
        ("bad.yaml", "a: [\n"),
    ]);
    assert_eq!(
        outcome.said.matches("yaml-syntax").count(),
        1,
        "{}",
        outcome.said
    );
    assert!(!outcome.said.contains("unresolved-ref"), "{}", outcome.said);
    assert_eq!(outcome.inputs(), "api.yaml bad.yaml");
}

#[test]
fn a_thing_of_the_wrong_kind_is_reported_with_its_use() {
    let said = said_about(
        "3.1.0",
        "  schemas:\n    A: {$ref: '#/components/schemas/B/type'}\n    B: {type: string}\n",
    );
    assert_eq!(
        said,
        "api.yaml:6:15 invalid-openapi: a schema must be a mapping, found the text `string`\n  \
         api.yaml:5:16 named here as a schema\n"
    );
}

#[test]
fn a_reference_cannot_stand_for_a_whole_map() {
    let said = said_about("3.1.0", "  schemas: {$ref: all.yaml}\n");
    assert_eq!(
        said,
        "api.yaml:4:13 invalid-openapi: `$ref` cannot stand for all of `schemas`: each of its entries is a thing of its own\n  \
         = write the entries, each with a `$ref` of its own\n"
    );
}
