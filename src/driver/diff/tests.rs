//! Comparisons over files in memory.

use super::{Compared, DiffChoices, Release};
use crate::diag::{Bump, Format, Outcome, RenderOptions, Severity};
use crate::driver::Compiler;
use crate::fs::{MemoryFs, WriteFs};
use crate::text::RelPath;

const HEAD: &str = "syntax = \"proto3\";\npackage shop.v1;\n";

fn path(text: &str) -> RelPath {
    RelPath::new(text).expect("tests name good paths")
}

/// Files by path; a `.proto` file is given by what follows its head.
pub(super) fn workspace(files: &[(&str, &str)]) -> MemoryFs {
    let fs = MemoryFs::new();
    for (name, text) in files {
        let text = match name.ends_with(".proto") && !text.starts_with("syntax") {
            true => format!("{HEAD}{text}"),
            false => (*text).to_owned(),
        };
        fs.write(&path(name), text.as_bytes())
            .expect("memory takes every file");
    }
    fs
}

pub(super) fn side<'a>(fs: &'a MemoryFs, paths: &[&str], may_lack: bool) -> Release<'a> {
    Release {
        fs,
        paths: paths.iter().map(|text| path(text)).collect(),
        name: paths.join(" "),
        may_lack,
    }
}

pub(super) fn compare(fs: &MemoryFs, old: &str, new: &str, choices: &DiffChoices) -> Compared {
    Compiler::new(fs).diff(&side(fs, &[old], false), &side(fs, &[new], false), choices)
}

/// Types that hold each other are renamed, and what differs lies in one of them: every field that
/// leads there says so, also the one that is asked about second.
#[test]
fn records_in_a_circle_hold_each_others_differences() {
    let old = "message A { B b = 1; int32 y = 2; }\nmessage B { A a = 1; string z = 3; }\n\
               message Top { A f = 1; B g = 2; }\n";
    let new = "message C { D b = 1; string y = 2; }\nmessage D { C a = 1; string z = 3; }\n\
               message Top { C f = 1; D g = 2; }\n";
    let fs = workspace(&[("old/a.proto", old), ("new/a.proto", new)]);
    let compared = compare(&fs, "old", "new", &DiffChoices::default());
    let changed: Vec<_> = (compared.report.findings.iter())
        .filter(|finding| finding.rule().name == "field-type-changed")
        .collect();
    assert_eq!(changed.len(), 2);
    for finding in changed {
        let breaks = &finding.comparison().expect("it compares").breaks;
        let binary = breaks.binary.as_ref().expect("fields are sent");
        assert_eq!(binary.old_to_new.outcome, Outcome::Loss);
        assert_eq!(binary.new_to_old.outcome, Outcome::Loss);
    }
}

/// `backward` asks whether old clients go on working: what they send is read by the new side, what
/// they get was written by it. A field that is gone hurts the first of these and not the second.
#[test]
fn each_direction_is_judged_by_who_sends_a_message() {
    let file = |fields: &str| {
        format!(
            "message Asked {{ Held a = 1; }}\nmessage Told {{ Held a = 1; }}\n\
             message Held {{ string id = 1;{fields} }}\nmessage Free {{ Held a = 1; }}\n"
        )
    };
    let rpc = |input: &str, output: &str| {
        format!("service S {{ rpc Do({input}) returns ({output}); }}\nmessage None {{}}\n")
    };
    let severity = |service: &str| {
        let old = format!("{}{service}", file(" string note = 2;"));
        let new = format!("{}{service}", file(" reserved 2; reserved \"note\";"));
        let fs = workspace(&[("old/a.proto", &old), ("new/a.proto", &new)]);
        let mut choices = DiffChoices::default();
        choices.strictness(super::Strictness::Json);
        let compared = compare(&fs, "old", "new", &choices);
        let mut found = compared.report.findings.iter();
        let finding = found.find(|finding| finding.rule().name == "field-removed");
        finding.expect("the field is gone").severity()
    };
    assert_eq!(severity(&rpc("Asked", "None")), Severity::Error);
    assert_eq!(severity(&rpc("None", "Told")), Severity::Info);
    assert_eq!(severity(&rpc("Asked", "Told")), Severity::Error);
    // What no procedure reaches was written by the old side.
    assert_eq!(severity(&rpc("None", "None")), Severity::Error);
}

/// The difference that is named is the one that hurts, not a name on the way.
#[test]
fn what_hurts_is_named_with_the_way_to_it() {
    let old = "message A { B b = 1; }\nmessage B { A a = 1; int32 x = 2; }\n\
               message Top { A f = 1; }\n";
    let new = "message C { D b = 1; }\nmessage D { C a = 1; string x = 2; }\n\
               message Top { C f = 1; }\n";
    let fs = workspace(&[("old/a.proto", old), ("new/a.proto", new)]);
    let compared = compare(&fs, "old", "new", &DiffChoices::default());
    let text = compared.render(Format::Json, RenderOptions::default());
    let said = "the first difference that hurts, at `f.b.x`: \
                field `x` of `shop.v1.D` changed its type from `int32` to `string`";
    assert!(text.contains(said), "{text}");
}

/// Severity, rule and path below the new side of each finding.
pub(super) fn told(compared: &Compared) -> Vec<String> {
    let findings = compared.report.findings.iter();
    findings
        .map(|finding| {
            let place = finding.primary().map(|span| {
                let file = compared.report.sources.file(span.file);
                file.path().to_string()
            });
            format!(
                "{} {} {}",
                finding.severity().name(),
                finding.rule().name,
                place.unwrap_or_default()
            )
        })
        .collect()
}

pub(super) fn json(compared: &Compared) -> serde_json::Value {
    let text = compared.render(Format::Json, RenderOptions::default());
    serde_json::from_str(&text).expect("it is JSON")
}

pub(super) const TWO: &str = "message Order {\n  string id = 1;\n  string note = 2;\n}\n";
pub(super) const ONE: &str = "message Order {\n  string id = 1;\n}\n";

#[test]
fn equal_sides_come_to_nothing() {
    let fs = workspace(&[("old/a.proto", TWO), ("new/a.proto", TWO)]);
    let compared = compare(&fs, "old", "new", &DiffChoices::default());
    let summary = compared.summary.expect("there is a verdict");
    assert_eq!(told(&compared), [""; 0]);
    assert_eq!(summary.bump, Bump::None);
    assert_eq!(compared.exit_code(Some(Severity::Info)), 0);
    let fs = workspace(&[
        ("old/a.proto", TWO),
        ("new/a.proto", &format!("// A word.\n{TWO}")),
    ]);
    let compared = compare(&fs, "old", "new", &DiffChoices::default());
    let summary = compared.summary.expect("there is a verdict");
    assert_eq!(summary.bump, Bump::Patch);
}

#[test]
fn single_files_are_a_pair_whatever_they_are_called() {
    let fs = workspace(&[("x/old.proto", TWO), ("y/new.proto", ONE)]);
    let compared = compare(&fs, "x/old.proto", "y/new.proto", &DiffChoices::default());
    assert_eq!(told(&compared), ["error field-removed y/new.proto"]);
    let report = json(&compared);
    assert_eq!(report["findings"][0]["location"]["path"], "new.proto");
    assert_eq!(report["findings"][0]["old_location"]["path"], "old.proto");
    assert_eq!(report["summary"]["bump"], "major");
    assert_eq!(compared.exit_code(Some(Severity::Error)), 1);
    assert_eq!(compared.exit_code(None), 0);
}

#[test]
fn a_side_that_cannot_be_read_leaves_no_verdict() {
    for (old, new, at, side) in [
        ("message {", ONE, "a.proto", "old"),
        (TWO, "import \"gone.proto\";\n", "a.proto", "new"),
    ] {
        let fs = workspace(&[("old/a.proto", old), ("new/a.proto", new)]);
        let compared = compare(&fs, "old", "new", &DiffChoices::default());
        assert_eq!(compared.exit_code(None), 2);
        let report = json(&compared);
        assert!(report.get("findings").is_none(), "{report}");
        assert!(report.get("summary").is_none(), "{report}");
        assert_eq!(report["errors"][0]["location"]["path"], at);
        assert_eq!(report["errors"][0]["side"], side);
    }
}

#[test]
fn what_cannot_be_compared_says_so() {
    let fs = workspace(&[
        ("calls.yaml", "openapi: 3.1.0\npaths: {}\n"),
        ("values.json", "{\"type\": \"string\"}"),
        ("user.cherry.yaml", "contract: user/v1\n"),
        ("a.proto", ONE),
        ("docs/a.md", ""),
        ("proto/a.proto", ONE),
    ]);
    for (old, new, said) in [
        (
            "values.json",
            "calls.yaml",
            "one is a JSON Schema, the other an OpenAPI document",
        ),
        (
            "a.proto",
            "user.cherry.yaml",
            "one is a `.proto` file, the other a contract",
        ),
        (
            "a.proto",
            "gone.proto",
            "cannot read `gone.proto`: there is no such file",
        ),
        ("gone", "proto", "cannot read `gone`: there is no such file"),
        (
            "proto",
            "a.proto",
            "one is a folder, the other a `.proto` file",
        ),
        (
            "docs",
            "docs",
            "there is nothing to compare in `docs` or `docs`",
        ),
    ] {
        let compared = compare(&fs, old, new, &DiffChoices::default());
        let text = compared.render(Format::Github, RenderOptions::default());
        assert!(text.contains(said), "{text}");
        assert_eq!(compared.exit_code(None), 2, "{text}");
    }
}

/// Findings of a comparison of folders with a `buf.yaml` on the new side.
fn with_config(config: &str, choices: &DiffChoices) -> Compared {
    let enums = "enum State {\n  STATE_UNSPECIFIED = 0;\n  STATE_OPEN = 1;\n}\n";
    let fs = workspace(&[
        ("old/a/a.proto", &format!("{TWO}{enums}")),
        (
            "old/b/b.proto",
            "message Item {\n  string id = 1;\n  int32 count = 2;\n}\n",
        ),
        ("new/a/a.proto", ONE),
        (
            "new/b/b.proto",
            "message Item {\n  string id = 1;\n  int64 count = 2;\n}\n",
        ),
        ("new/buf.yaml", config),
    ]);
    compare(&fs, "old", "new", choices)
}

/// Peers of all findings, in order.
fn peers(compared: &Compared) -> Vec<String> {
    let report = json(compared);
    let findings = report["findings"].as_array().expect("there is a verdict");
    let mut out: Vec<String> = findings
        .iter()
        .flat_map(|finding| finding["peers"].as_array().cloned().unwrap_or_default())
        .filter_map(|peer| Some(peer.as_str()?.trim_start_matches("buf:").to_owned()))
        .collect();
    out.sort();
    out
}

#[test]
fn buf_yaml_is_honoured() {
    let none = DiffChoices::default();
    for (config, expected) in [
        (
            "version: v2\nbreaking:\n  use: [FILE]\n",
            &["ENUM_NO_DELETE", "FIELD_NO_DELETE", "FIELD_SAME_TYPE"][..],
        ),
        (
            "version: v2\nbreaking: {}\n",
            &["ENUM_NO_DELETE", "FIELD_NO_DELETE", "FIELD_SAME_TYPE"],
        ),
        (
            "version: v1\nbreaking:\n  except:\n    - FIELD_SAME_TYPE\n",
            &["ENUM_NO_DELETE", "FIELD_NO_DELETE"],
        ),
        (
            "version: v2\nbreaking:\n  use: [FIELD_SAME_TYPE]\n",
            &["FIELD_SAME_TYPE"],
        ),
        (
            "version: v2\nbreaking:\n  use: [WIRE]\n",
            &["FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED"],
        ),
        (
            "version: v1beta1\nbreaking:\n  use: [WIRE]\n",
            &["FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED", "FIELD_SAME_TYPE"],
        ),
        (
            "version: v2\nbreaking:\n  ignore: [a]\n",
            &["FIELD_SAME_TYPE"],
        ),
        (
            "version: v2\nbreaking:\n  ignore: [b/b.proto]\n",
            &["ENUM_NO_DELETE", "FIELD_NO_DELETE"],
        ),
        ("version: v2\nbreaking:\n  ignore: [.]\n", &[]),
        (
            "version: v2\nbreaking:\n  ignore_only:\n    ENUM_NO_DELETE: [a/a.proto]\n",
            &["FIELD_NO_DELETE", "FIELD_SAME_TYPE"],
        ),
        ("version: v2\nbreaking:\n  disable_builtin: true\n", &[]),
        (
            "version: v2\nmodules:\n- path: a\n- path: b\nbreaking:\n  ignore: [a]\n",
            &["FIELD_SAME_TYPE"],
        ),
        (
            "version: v2\nmodules:\n- path: a\n- path: b\n  breaking:\n    use: [FIELD_SAME_NAME]\n",
            &["ENUM_NO_DELETE", "FIELD_NO_DELETE"],
        ),
        (
            "version: v2\nmodules:\n- path: b\n",
            &["FIELD_SAME_TYPE", "FIELD_WIRE_JSON_COMPATIBLE_TYPE"],
        ),
    ] {
        let compared = with_config(config, &none);
        let mut fired = peers(&compared);
        // Without `breaking` no ids are asked for, and those of all categories are told.
        if config.ends_with("- path: b\n") {
            fired.retain(|id| expected.contains(&&**id));
        }
        assert_eq!(fired, expected, "{config}");
    }
}

#[test]
fn flags_come_before_buf_yaml() {
    let config = "version: v2\nbreaking:\n  use: [FIELD_SAME_TYPE]\n  ignore: [a]\n";
    let mut choices = DiffChoices::default();
    choices.rules(&["FILE".to_owned()]).expect("it exists");
    // What was found is not read beside flags.
    let compared = with_config(config, &choices);
    assert_eq!(
        peers(&compared),
        ["ENUM_NO_DELETE", "FIELD_NO_DELETE", "FIELD_SAME_TYPE"]
    );
    // What was named is, key by key.
    choices.buf_config("buf.yaml", config.into());
    assert_eq!(
        peers(&with_config("version: v2\n", &choices)),
        ["FIELD_SAME_TYPE"]
    );
    choices.ignore(path("b"));
    let compared = with_config("version: v2\n", &choices);
    assert_eq!(peers(&compared), ["ENUM_NO_DELETE", "FIELD_NO_DELETE"]);
    assert!(DiffChoices::default().rules(&["FILES".to_owned()]).is_err());
    // What the other side says about changes, or what flags replace, may be wrong.
    let mut choices = DiffChoices::default();
    choices
        .rules(&["FIELD_SAME_TYPE".to_owned()])
        .expect("it exists");
    let compared = with_config("version: v2\nbreaking:\n  use: [FILES]\n", &choices);
    assert_eq!(peers(&compared), ["FIELD_SAME_TYPE"]);
}

#[test]
fn a_bad_buf_yaml_is_told_where_it_is_bad() {
    for (config, said) in [
        ("breaking: {}\n", "`version` is missing"),
        (
            "version: v3\n",
            "`version` must be `v1beta1`, `v1` or `v2`, found `v3`",
        ),
        (
            "version: v2\nbreaking:\n  use: [FILES]\n",
            "there is no rule or category `FILES`",
        ),
        (
            "version: v1\nbreaking:\n  use: [CSR]\n",
            "there is no rule or category `CSR`",
        ),
        (
            "version: v1\nbreaking:\n  use: [FIELD_SAME_DEFAULT]\n",
            "there is no rule or category",
        ),
        (
            "version: v2\nbreaking:\n  ingore: [a]\n",
            "did you mean `ignore`?",
        ),
        (
            "version: v2\nbreaking:\n  ignore: a\n",
            "`ignore` must be a list, found a text",
        ),
        (
            "version: v2\nbreaking:\n  ignore: [../a]\n",
            "`../a` does not lie below",
        ),
        (
            "version: v2\nbreaking:\n  ignore_unstable_packages: maybe\n",
            "must be `true` or `false`",
        ),
        (
            "version: v2\nbreaking: [FILE]\n",
            "`breaking` must be a mapping, found a list",
        ),
        (
            "version: v2\nmodules: [a]\n",
            "a module must be a mapping with `path`, found a text",
        ),
        ("version: [\n", "buf.yaml"),
    ] {
        let compared = with_config(config, &DiffChoices::default());
        let text = compared.render(Format::Text, RenderOptions::default());
        assert!(text.contains(said), "{config}\n{text}");
        assert!(text.contains("new/buf.yaml:"), "{config}\n{text}");
        assert_eq!(compared.exit_code(None), 2, "{config}");
        assert!(compared.summary.is_none());
    }
}

const WAIVER: &str = "[[waiver]]\nrule = \"RULE\"\npath = \"PATH\"\nowner = \"o\"\nreason = \"r\"\nuntil = \"2027-06-30\"\n";

#[test]
fn waivers_hold_on_either_side_and_say_when_they_are_stale_or_over() {
    let gone = "message Gone {\n  string id = 1;\n}\n";
    let compared = |rule: &str, place: &str, day: &str| {
        let fs = workspace(&[
            ("old/a.proto", TWO),
            ("old/gone.proto", gone),
            ("new/a.proto", ONE),
            (
                "cherry.waivers.toml",
                &WAIVER.replace("RULE", rule).replace("PATH", place),
            ),
        ]);
        let mut choices = DiffChoices::default();
        choices.today(day);
        told(&compare(&fs, "old", "new", &choices))
    };
    let field = "error field-removed new/a.proto".to_owned();
    let all = compared("retry-without-idempotency", "new", "2027-06-30");
    assert!(all.contains(&field), "{all:?}");
    for (rule, place, day, is_waived, also) in [
        ("field-removed", "new/a.proto", "2027-06-30", true, None),
        ("field-removed", "new", "2027-06-30", true, None),
        ("field-removed", "old/a.proto", "2027-06-30", true, None),
        ("buf:FIELD_NO_DELETE", "new", "2027-06-30", true, None),
        (
            "buf:FIELD_SAME_TYPE",
            "new",
            "2027-06-30",
            false,
            Some("warning waiver-stale"),
        ),
        (
            "field-renamed",
            "new/a.proto",
            "2027-06-30",
            false,
            Some("warning waiver-stale"),
        ),
        ("field-removed", "elsewhere", "2027-06-30", false, None),
        (
            "field-removed",
            "new",
            "2027-07-01",
            false,
            Some("warning waiver-expired"),
        ),
        (
            "field-rmoved",
            "new",
            "2027-06-30",
            false,
            Some("error invalid-waiver"),
        ),
    ] {
        let told = compared(rule, place, day);
        let shown = told.contains(&field);
        let is_void = also.is_some_and(|also| also.starts_with("error"));
        assert_eq!(shown, !is_waived && !is_void, "{rule} {place}: {told:?}");
        let extra = told.iter().find(|line| line.contains("waiver"));
        let extra = extra.map(|line| line.trim_end_matches(" cherry.waivers.toml"));
        assert_eq!(extra, also, "{rule} {place}");
    }
    // What is gone is waived where it was.
    let file: Vec<&String> = all
        .iter()
        .filter(|line| line.contains("gone.proto"))
        .collect();
    assert!(!file.is_empty(), "{all:?}");
    let rule = file[0].split(' ').nth(1).expect("a rule is named");
    let told = compared(rule, "old/gone.proto", "2027-06-30");
    assert!(!told.contains(file[0]), "{told:?}");
}

#[test]
fn named_files_are_compared_with_what_they_were_and_nothing_else() {
    let user = "import \"shop/v1/order.proto\";\nmessage User {\n  Order order = 1;\n}\n";
    let old = workspace(&[
        ("proto/shop/v1/user.proto", user),
        ("proto/shop/v1/order.proto", TWO),
    ]);
    let new = workspace(&[
        ("proto/shop/v1/user.proto", user),
        ("proto/shop/v1/order.proto", ONE),
        ("proto/shop/v1/fresh.proto", "message Fresh {}\n"),
    ]);
    let diff = |paths: &[&str]| {
        let (old, new) = (side(&old, paths, true), side(&new, paths, true));
        let compared = Compiler::new(&MemoryFs::new()).diff(&old, &new, &DiffChoices::default());
        assert!(compared.summary.is_some(), "{:?}", told(&compared));
        told(&compared)
    };
    assert_eq!(diff(&["proto/shop/v1/user.proto"]), [""; 0]);
    let order = "error field-removed proto/shop/v1/order.proto";
    assert_eq!(diff(&["proto/shop/v1/order.proto"]), [order]);
    assert_eq!(
        diff(&["proto/shop/v1/user.proto", "proto/shop/v1/order.proto"]),
        [order]
    );
    // What the old side did not have yet is new, and no mistake.
    assert!(
        diff(&["proto/shop/v1/fresh.proto"])
            .iter()
            .all(|line| line.starts_with("info"))
    );
}

#[test]
fn a_history_is_compared_version_by_version() {
    let fs = workspace(&[
        (
            "v1/a.proto",
            "message Order {\n  string id = 1;\n  string note = 2;\n}\n",
        ),
        ("v2/a.proto", ONE),
        (
            "v3/a.proto",
            "message Order {\n  string id = 1;\n  int32 note = 2;\n}\n",
        ),
    ]);
    let history = [side(&fs, &["v1"], false), side(&fs, &["v2"], false)];
    let new = side(&fs, &["v3"], false);
    let compiler = Compiler::new(&fs);
    let mut choices = DiffChoices::default();
    let last = compiler.diff_history(&history, &new, &choices);
    assert!(told(&last).iter().all(|line| line.starts_with("info")));
    choices.transitive();
    let compared = compiler.diff_history(&history, &new, &choices);
    let lines = told(&compared);
    assert!(
        lines.contains(&"error field-type-changed v3/a.proto".to_owned()),
        "{lines:?}"
    );
    let text = compared.render(Format::Text, RenderOptions::default());
    assert!(text.contains("note: against `v1`"), "{text}");
    let last = compiler.diff(&history[1], &new, &DiffChoices::default());
    assert!(told(&last).iter().all(|line| line.starts_with("info")));
}

#[test]
fn a_bad_workspace_of_buf_is_told_where_it_is_bad() {
    let good = "version: v1\ndirectories: [a, b]\n";
    let v2 = ("new/a/buf.yaml", "version: v2\n");
    let beside = ("new/buf.yaml", "version: v1\n");
    for (work, extra, said) in [
        (good, None, None),
        ("directories: [a]\n", None, Some("`version` is missing")),
        (
            "version: v2\ndirectories: [a]\n",
            None,
            Some("`version` must be `v1`, found `v2`"),
        ),
        ("version: v1\n", None, Some("`directories` names no folder")),
        (
            "version: v1\ndirectories: [.]\n",
            None,
            Some("a folder of a workspace is not the workspace itself"),
        ),
        (
            "version: v1\ndirectories: [a, a/b]\n",
            None,
            Some("`a/b` and `a` lie in each other"),
        ),
        (
            "version: v1\ndirectories: [../a]\n",
            None,
            Some("`../a` does not lie below the folder"),
        ),
        (
            good,
            Some(v2),
            Some("a folder of `buf.work.yaml` has a `buf.yaml` of v2"),
        ),
        (
            good,
            Some(beside),
            Some("`buf.work.yaml` and `buf.yaml` lie in one folder"),
        ),
    ] {
        let mut files = vec![
            ("old/a/a.proto", ONE),
            ("old/b/b.proto", "message B {}\n"),
            ("new/a/a.proto", ONE),
            ("new/b/b.proto", "message B {}\n"),
            ("new/buf.work.yaml", work),
        ];
        files.extend(extra);
        let compared = compare(&workspace(&files), "old", "new", &DiffChoices::default());
        let text = compared.render(Format::Github, RenderOptions::default());
        match said {
            Some(said) => {
                assert!(text.contains(said), "{work}\n{text}");
                assert_eq!(compared.exit_code(None), 2, "{work}\n{text}");
            }
            None => assert!(compared.summary.is_some(), "{work}\n{text}"),
        }
    }
}
