//! Many threads, many imports, large and broken input.

use super::*;

const SHARED: &str = "\
A: {type: object, properties: {b: {$ref: '#/B'}, d: {$ref: deep.yaml}}}
B: {type: string}
P: {name: p, in: query, schema: {$ref: deep.yaml}}
";

fn workspace(documents: usize) -> (MemoryFs, Vec<String>) {
    let fs = memory(&[
        ("shared.yaml", SHARED),
        (
            "deep.yaml",
            "type: array\nitems: {$ref: 'shared.yaml#/A'}\n",
        ),
    ]);
    let mut names = Vec::new();
    for number in 0..documents {
        let name = format!("d{number:03}/api.yaml");
        // Every second document needs only a part of the shared file, and every fifth is wrong.
        let part = if number % 2 == 0 { "A" } else { "B" };
        let part = if number % 5 == 0 { "Z" } else { part };
        let text = format!(
            "openapi: 3.1.0\npaths: {{/a: {{get: {{operationId: a{number}}}}}}}\n\
             components: {{schemas: {{S: {{$ref: '../shared.yaml#/{part}'}}}}}}\n"
        );
        fs.write(&path(&name), text.as_bytes())
            .expect("memory takes every file");
        names.push(name);
    }
    (fs, names)
}

#[test]
fn threads_and_order_change_nothing() {
    let (fs, names) = workspace(60);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let outcome = |threads: usize, names: &[&str]| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("a pool of a few threads starts");
        let outcome = pool.install(|| load_all(&fs, names));
        let files: Vec<String> = outcome
            .sources
            .files()
            .iter()
            .map(|file| file.path().to_string())
            .collect();
        (outcome.said, files)
    };
    let one = outcome(1, &names);
    assert_eq!(one.0.matches("unresolved-ref").count(), 12);
    assert_eq!(one, outcome(8, &names));
    let mut backwards = names.clone();
    backwards.reverse();
    assert_eq!(one, outcome(8, &backwards));
}

#[test]
fn the_files_of_an_import_do_not_depend_on_its_neighbours() {
    let (fs, names) = workspace(10);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let together = load_all(&fs, &names);
    for (at, name) in names.iter().enumerate() {
        let alone = load_all(&fs, &[name]);
        assert_eq!(
            together.imports[at].inputs, alone.imports[0].inputs,
            "{name}"
        );
    }
    // The part `B` of the shared file needs nothing further, the part `A` does.
    assert_eq!(together.imports[1].inputs.len(), 2);
    assert_eq!(together.imports[2].inputs.len(), 3);
}

#[test]
fn a_document_that_many_import_is_read_once() {
    let fs = memory(&[("api.yaml", "openapi: 3.1.0\npaths: {/a: {get: 1}}\n")]);
    let roots = vec!["api.yaml"; 1_000];
    let outcome = load_all(&fs, &roots);
    assert_eq!(outcome.sources.files().len(), 2);
    assert_eq!(outcome.said.matches("invalid-openapi").count(), 1);
    let api = |at: usize| outcome.imports[at].api.as_ref().expect("it is a document");
    assert!(std::sync::Arc::ptr_eq(api(0), api(999)));
}

#[test]
fn a_second_call_repeats_nothing() {
    let fs = memory(&[("api.yaml", "openapi: 3.1.0\npaths: {/a: {get: 1}}\n")]);
    let mut sources = SourceMap::default();
    let contract = sources.add(path(CONTRACT), Side::New, "imports".into());
    let imports = [ImportRef {
        path: path("api.yaml"),
        at: Span::new(contract, 0, 7),
    }];
    let mut loader = Loader::new(&fs, Side::New);
    let first = loader.load(&imports, &mut sources);
    let second = loader.load(&imports, &mut sources);
    assert!(first.diagnostics.has_errors() && second.diagnostics.is_empty());
    assert_eq!(sources.files().len(), 2);
    assert_eq!(first.value[0].inputs, second.value[0].inputs);
}

#[test]
fn many_mistakes_are_counted_not_listed() {
    let mut schemas = String::from("  schemas:\n");
    for number in 0..5_000 {
        writeln!(
            schemas,
            "    S{number}: {{$ref: '#/components/schemas/T{number}'}}"
        )
        .expect("a string takes every text");
    }
    let said = said_about("3.1.0", &schemas);
    assert_eq!(said.matches("unresolved-ref").count(), 200);
    assert!(said.contains("limit-exceeded: 4800 further findings about this import are not shown"));
}

#[test]
fn aliases_are_not_unrolled() {
    let mut text =
        String::from("openapi: 3.1.0\npaths: {}\nx-0: &a0 {type: object, $anchor: top}\n");
    for level in 1..20 {
        let below = level - 1;
        let line = format!(
            "x-{level}: &a{level} {{allOf: [*a{below}, *a{below}, *a{below}, *a{below}]}}\n"
        );
        text.push_str(&line);
    }
    text.push_str("components: {schemas: {A: {allOf: [{$ref: '#/x-19'}, {$ref: '#gone'}]}}}\n");
    let outcome = load(&[("api.yaml", &text)]);
    // The reader may refuse the file; if it does not, walking it must not take for ever.
    assert!(!outcome.said.is_empty());
}

#[test]
fn files_may_refer_to_one_another_in_circles_of_any_length() {
    let names: Vec<String> = (0..300).map(|at| format!("f{at}.yaml")).collect();
    let fs = memory(&[(
        "api.yaml",
        "openapi: 3.1.0\npaths: {}\ncomponents: {schemas: {A: {$ref: f0.yaml}}}\n",
    )]);
    for (at, name) in names.iter().enumerate() {
        let next = &names[(at + 1) % names.len()];
        let text = format!("type: object\nproperties: {{next: {{$ref: {next}}}}}\n");
        fs.write(&path(name), text.as_bytes())
            .expect("memory takes every file");
    }
    let outcome = load_all(&fs, &["api.yaml"]);
    assert_eq!(outcome.said, "");
    assert_eq!(outcome.imports[0].inputs.len(), 301);
}

#[test]
fn unreadable_files() {
    let fs = MemoryFs::new();
    let put = |name: &str, bytes: &[u8]| {
        fs.write(&path(name), bytes)
            .expect("memory takes every file");
    };
    put(
        "api.yaml",
        b"openapi: 3.1.0\npaths: {/a: {$ref: nul.yaml}, /b: {$ref: latin.yaml}, /c: {$ref: big.yaml}, /d: {$ref: folder}}\n",
    );
    put("nul.yaml", b"get: {}\n\0");
    put("latin.yaml", b"get: {summary: caf\xe9}\n");
    put("big.yaml", &vec![b' '; 33 * 1024 * 1024]);
    put("folder/a.yaml", b"{}");
    let outcome = load_all(&fs, &["api.yaml"]);
    let lines: Vec<&str> = outcome
        .said
        .lines()
        .filter(|line| !line.starts_with(' '))
        .collect();
    assert_eq!(lines.len(), 4, "{}", outcome.said);
    assert_eq!(
        outcome.said.matches("file-unreadable").count(),
        3,
        "{}",
        outcome.said
    );
    assert_eq!(
        outcome.inputs(),
        "api.yaml big.yaml? folder? latin.yaml nul.yaml"
    );
}

/// A generator whose whole state is its seed, so that a failure can be repeated.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from((self.0 >> 33) % bound as u64).expect("it is below a usize")
    }
}

#[test]
fn mutations_never_panic_and_every_finding_has_a_place() {
    let document = "\
openapi: 3.1.0
paths:
  /users/{id}:
    parameters: [{$ref: 'shared.yaml#/P'}]
    get:
      operationId: getUser
      responses: {'200': {content: {a/b: {schema: {$ref: '#/components/schemas/User'}}}}}
  /b: {$ref: 'shared.yaml#/I'}
components:
  schemas:
    User: {$id: user, type: object, properties: {name: {$ref: '#n'}, up: {$ref: '#/components/schemas/User'}}}
    Name: {$anchor: n, example: {$ref: gone}, allOf: [{$ref: 'shared.yaml#/A'}]}
";
    let pieces = [
        "$ref: ",
        "'#/'",
        "#",
        "{",
        "}",
        "[",
        "]",
        "\n",
        "  ",
        "null",
        "..",
        "/",
        "~",
        "%2F",
        "%",
        "$id: ",
        "$anchor: ",
        "*a",
        "&a ",
        "https://a/b",
        "get: ",
        "\u{0}",
        "\u{fffd}",
        ": ",
        "x-",
        "3.0.0",
        "swagger: ",
        "0",
        "-",
        "'",
    ];
    let shared = format!("{SHARED}I: {{put: {{}}}}\n");
    let seed = 20_260_518;
    let mut chance = Chance(seed);
    for round in 0..3_000 {
        let mut texts = [document.as_bytes().to_vec(), shared.clone().into_bytes()];
        for _ in 0..=chance.below(4) {
            let text = &mut texts[chance.below(2)];
            let at = chance.below(text.len() + 1);
            match chance.below(3) {
                0 => {
                    let piece = pieces[chance.below(pieces.len())];
                    text.splice(at..at, piece.bytes());
                }
                1 => {
                    let end = (at + chance.below(12)).min(text.len());
                    text.drain(at..end);
                }
                _ => {
                    if let Some(byte) = text.get_mut(at) {
                        *byte = u8::try_from(chance.below(256)).expect("it is below 256");
                    }
                }
            }
        }
        let fs = memory(&[("deep.yaml", "type: array\n")]);
        for (name, text) in ["api.yaml", "shared.yaml"].iter().zip(&texts) {
            fs.write(&path(name), text)
                .expect("memory takes every file");
        }
        let outcome = load_all(&fs, &["api.yaml"]);
        for line in outcome.said.lines().filter(|line| !line.starts_with(' ')) {
            let has_place = line
                .split(' ')
                .next()
                .is_some_and(|place| place.contains(':'));
            assert!(has_place, "seed {seed}, round {round}: {line}");
        }
        let again = load_all(&fs, &["api.yaml"]);
        assert_eq!(outcome.said, again.said, "seed {seed}, round {round}");
    }
}

#[test]
fn a_path_item_at_very_many_paths_has_a_limit() {
    let mut text = String::from("openapi: 3.1.0\npaths:\n");
    for number in 0..12_000 {
        writeln!(text, "  /p{number}: {{$ref: '#/components/pathItems/I'}}")
            .expect("a string takes every text");
    }
    text.push_str("components: {pathItems: {I: {get: {}, put: {}, post: {}, head: {}, patch: {}, ");
    text.push_str("parameters: [");
    for number in 0..20 {
        write!(text, "{{name: n{number}, in: query}}, ").expect("a string takes every text");
    }
    text.push_str("]}}}\n");
    let outcome = load(&[("api.yaml", &text)]);
    assert!(
        outcome
            .said
            .contains("limit-exceeded: the operations have more than 500000 parameters"),
        "{}",
        outcome.said
    );
}

#[test]
fn long_texts_that_aliases_repeat_have_limits() {
    let long = "a".repeat(5_000);
    let text = format!(
        "openapi: 3.1.0\nx-a: &a '{long}'\nx-f: &f 'f.yaml#/{long}'\npaths:\n  \
         /a: {{get: {{operationId: *a, parameters: [{{name: *a, in: query}}]}}}}\n  \
         /b: {{$ref: *f}}\n  ? /{long}\n  : {{}}\n"
    );
    let outcome = load(&[("api.yaml", &text)]);
    assert_eq!(
        outcome.said.matches("limit-exceeded").count(),
        4,
        "{}",
        outcome.said
    );
    assert_eq!(outcome.operations(), "GET /a\n");
}
