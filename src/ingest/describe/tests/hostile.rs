//! Documents that nobody means well with: bounded, and with a place for each complaint.

use std::fmt::Write;

use super::*;
use crate::schema::{Constraint, Description};

/// A document of version 3.1 with these schemas, a line each.
fn with_schemas(schemas: impl IntoIterator<Item = String>) -> Outcome {
    let mut text = String::from("openapi: 3.1.0\npaths: {}\ncomponents:\n  schemas:\n");
    for schema in schemas {
        writeln!(text, "    {schema}").expect("a string takes every text");
    }
    describe(&[("api.yaml", &text)])
}

fn shapes(outcome: &Outcome) -> usize {
    let description = outcome.description.as_ref().expect("the document is read");
    description.shapes.shapes.len()
}

fn first_line(outcome: &Outcome) -> &str {
    outcome.said.lines().next().unwrap_or("")
}

#[test]
fn long_chains_are_read_and_long_rows_of_references_refused() {
    let next = |n: usize| (n + 1) % 1_500;
    let refer = |n: usize| format!("{{$ref: '#/components/schemas/S{}'}}", next(n));
    let chain = with_schemas((0..1_500).map(|n| format!("S{n}: {{items: {}}}", refer(n))));
    assert_eq!(chain.said, "");
    // The shape that accepts everything stands before them.
    assert_eq!(shapes(&chain), 1_501);

    // The last one does not close the circle.
    let extend = |n: usize| match n {
        1_499 => "S1499: {type: object}".to_owned(),
        n => format!("S{n}: {{allOf: [{}]}}", refer(n)),
    };
    let row = with_schemas((0..1_500).map(extend));
    assert_eq!(row.said, "");
    assert_eq!(shapes(&row), 1_501);

    let bare = |n: usize| match n {
        1_499 => "S1499: {type: object}".to_owned(),
        n => format!("S{n}: {}", refer(n)),
    };
    let row = with_schemas((0..1_500).map(bare));
    assert_eq!(
        first_line(&row),
        "api.yaml:1439:20 Error limit-exceeded: more than 64 references follow one another"
    );
    assert!(row.description.is_none());
}

#[test]
fn circles_of_any_length_end() {
    let circle = |size: usize| {
        with_schemas((0..size).map(move |n| {
            let next = (n + 1) % size;
            format!("S{n}: {{allOf: [{{$ref: '#/components/schemas/S{next}'}}]}}")
        }))
    };
    for size in [1, 2, 1_500] {
        let outcome = circle(size);
        assert!(first_line(&outcome).contains("Error ref-cycle: "), "{size}");
        assert_eq!(outcome.said.matches("ref-cycle").count(), 1, "{size}");
    }
}

#[test]
fn many_names_values_and_letters_are_read() {
    let mut names = String::new();
    for n in 0..10_000 {
        write!(names, "p{n}: {{type: string}}, ").expect("a string takes every text");
    }
    let values: Vec<String> = (0..5_000).map(|n| format!("v{n}")).collect();
    let outcome = with_schemas([
        format!("Wide: {{properties: {{{names}}}}}"),
        format!("Many: {{enum: [{}]}}", values.join(", ")),
        format!(
            "Told: {{type: string, description: '{}'}}",
            "word ".repeat(400_000)
        ),
    ]);
    assert_eq!(outcome.said, "");
    assert_eq!(shapes(&outcome), 10_004);
    let description: &Description = outcome.description.as_ref().expect("it is read");
    let counts: Vec<usize> = description
        .shapes
        .shapes
        .iter()
        .flat_map(|shape| &shape.constraints)
        .filter_map(|constraint| match &constraint.node {
            Constraint::Properties(list) => Some(list.len()),
            Constraint::OneOfValues(list) => Some(list.len()),
            _ => None,
        })
        .collect();
    assert_eq!(counts, [10_000, 5_000]);
    for shape in &description.shapes.shapes {
        assert!(shape.span.end - shape.span.start <= 100);
    }
}

#[test]
fn text_that_aliases_repeat_is_not_copied_for_ever() {
    let long = "x".repeat(1_000_000);
    let mut all = format!("Long: {{enum: [&t '{long}'");
    for _ in 0..300 {
        all.push_str(", *t");
    }
    all.push_str("]}");
    let outcome = with_schemas([all]);
    assert_eq!(
        first_line(&outcome),
        "api.yaml:1:1 Error limit-exceeded: the document repeats too much text"
    );
    assert!(outcome.description.is_none());
}

#[test]
fn discriminators_of_a_long_row_imply_a_bounded_number_of_values() {
    let outcome = with_schemas((0..1_500).map(|n| {
        let told = "discriminator: {propertyName: kind}";
        match n {
            0 => format!("S0: {{type: object, {told}}}"),
            n => {
                let parent = n - 1;
                format!("S{n}: {{allOf: [{{$ref: '#/components/schemas/S{parent}'}}], {told}}}")
            }
        }
    }));
    assert_eq!(outcome.said.matches("limit-exceeded").count(), 1);
    assert!(outcome.description.is_none());
}

#[test]
fn callbacks_that_branch_at_every_level_are_bounded() {
    let mut text = String::from("openapi: 3.1.0\npaths:\n  /a:\n    get:\n      callbacks:\n");
    let level = |text: &mut String, to: usize, indent: usize| {
        for n in 0..60 {
            writeln!(
                text,
                "{:indent$}c{n}: {{$ref: '#/components/callbacks/L{to}x{n}'}}",
                ""
            )
            .expect("a string takes every text");
        }
    };
    level(&mut text, 0, 8);
    text.push_str("components:\n  callbacks:\n");
    for at in 0..5 {
        for n in 0..60 {
            writeln!(
                text,
                "    L{at}x{n}:\n      u:\n        post:\n          callbacks:"
            )
            .expect("a string takes every text");
            level(&mut text, (at + 1).min(4), 12);
        }
    }
    let outcome = describe(&[("api.yaml", &text)]);
    assert_eq!(
        first_line(&outcome),
        "api.yaml:13061:7 Error limit-exceeded: the document has more than 50000 operations",
        "{}",
        &outcome.said[..outcome.said.len().min(500)]
    );
}

#[test]
fn parts_that_every_operation_shares_are_bounded() {
    let mut text = String::from("openapi: 3.0.0\npaths:\n");
    for n in 0..3_000 {
        writeln!(
            text,
            "  /p{n}: {{get: {{responses: {{200: {{$ref: '#/r'}}}}}}}}"
        )
        .expect("a string takes every text");
    }
    text.push_str("r:\n  description: wide\n  content:\n");
    for n in 0..400 {
        writeln!(text, "    application/v{n}: {{}}").expect("a string takes every text");
    }
    let outcome = describe(&[("api.yaml", &text)]);
    assert_eq!(
        first_line(&outcome),
        "api.yaml:2490:3 Error limit-exceeded: the operations have more than 1000000 parts"
    );
    assert!(outcome.description.is_none());
}

#[test]
fn threads_change_nothing() {
    let fs = MemoryFs::new();
    let mut names = Vec::new();
    for number in 0..12 {
        let name = format!("d{number}/api.yaml");
        let part = if number % 3 == 0 { "A" } else { "Z" };
        let text = format!(
            "openapi: 3.1.0\npaths: {{}}\ncomponents: {{schemas: {{S: {{$ref: \
             '../shared{}.yaml#/{part}'}}}}}}\n",
            number % 2
        );
        fs.write(&path(&name), text.as_bytes())
            .expect("memory takes every file");
        names.push(path(&name));
    }
    for number in 0..2 {
        let text = "A: {type: object, properties: {b: {$ref: '#/B'}}}\nB: {type: string}\n";
        fs.write(&path(&format!("shared{number}.yaml")), text.as_bytes())
            .expect("memory takes every file");
    }
    let outcome = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("a pool of a few threads starts");
        let documents: Vec<Document<'_>> = names
            .iter()
            .map(|path| Document {
                fs: &fs,
                path,
                side: Side::New,
            })
            .collect();
        let (mut sources, mut sink) = (SourceMap::default(), Diagnostics::default());
        let described = pool.install(|| describe_all(&documents, &mut sources, &mut sink));
        let mut text = String::new();
        for description in described {
            let description = description.expect("every document is read");
            text.push_str(&dump::dump(&description, &sources));
        }
        for finding in sink.finish(&LevelTable::default()).iter() {
            writeln!(text, "{:?} {}", finding.primary(), finding.headline())
                .expect("a string takes every text");
        }
        text
    };
    let one = outcome(1);
    // Eight documents refer to nothing; what three of them say of their file, the last one says too.
    assert_eq!(one.matches("leads nowhere: ").count(), 5);
    assert_eq!(one, outcome(8));
}

/// A generator of numbers that is the same on every machine (xorshift64).
fn next(state: &mut u64) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    usize::try_from(*state >> 33).unwrap_or(0)
}

#[test]
fn mutations_never_panic_and_every_finding_has_a_place() {
    const PIECES: [&str; 16] = [
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "'",
        "$ref",
        "*a",
        "&a ",
        "null",
        "-1",
        "1e999999",
        "true",
        "#/components/schemas/",
        "\u{e9}",
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/describe");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("the folder of cases exists")
        .map(|entry| entry.expect("the folder can be listed").path())
        .collect();
    cases.sort();
    let mut state = 0x9e37_79b9_7f4a_7c15;
    let mut described = 0;
    for case in cases {
        let text = std::fs::read_to_string(&case).expect("cases are text");
        let fences = fences(&text);
        let files: Vec<(&str, &str)> = fences
            .iter()
            .filter_map(|(name, text)| Some((name.split_once(' ')?.1, *text)))
            .collect();
        for _ in 0..60 {
            let chosen = next(&mut state) % files.len();
            let mut mutated = files[chosen].1.to_owned();
            for _ in 0..=next(&mut state) % 3 {
                let mut at = next(&mut state) % (mutated.len() + 1);
                while !mutated.is_char_boundary(at) {
                    at -= 1;
                }
                let mut end = (at + next(&mut state) % 8).min(mutated.len());
                while !mutated.is_char_boundary(end) {
                    end += 1;
                }
                let piece = PIECES[next(&mut state) % PIECES.len()];
                mutated.replace_range(at..end, piece);
            }
            let mut files = files.clone();
            files[chosen].1 = &mutated;
            let outcome = describe(&files);
            let has_errors = outcome.said.contains(" Error ");
            assert_eq!(outcome.description.is_none(), has_errors, "{mutated}");
            assert!(!outcome.said.lines().any(|line| line.starts_with(" Error")));
            described += usize::from(!has_errors);
        }
    }
    assert!(
        described > 200,
        "nearly every mutation is an error: {described}"
    );
}
