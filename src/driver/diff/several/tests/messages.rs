//! Contracts of messages in folders, and the schemas that they import.

use super::{folders, said};
use crate::driver::diff::tests::{compare, json, workspace};
use crate::driver::diff::{DiffChoices, Mode};

const AVRO: &str = "imports:\n  ev: {schema: ./order.avsc}\n";
const PROTO: &str = "imports:\n  p: {proto: ./proto}\n";

/// What a contract has to have where it has no events.
const CALLS: &str = "endpoints:\n- path: /a\n  method: GET\n";

fn sender(version: &str, imports: &str, schema: &str) -> String {
    format!(
        "contract: order/v1\nversion: {version}\n{imports}events:\n- name: order.paid/v1\n  schema: {schema}\n{CALLS}"
    )
}

fn reader(name: &str, range: &str, more: &str) -> String {
    format!(
        "contract: {name}\nversion: 1.0.0\n{more}consumes:\n- {{event: order.paid/v1, group: all, version: '{range}'}}\n{CALLS}"
    )
}

fn order(fields: &str) -> String {
    format!("{{\"type\": \"record\", \"name\": \"Order\", \"fields\": [{fields}]}}")
}

const ID: &str = "{\"name\": \"id\", \"type\": \"string\"}";
const NOTE: &str = "{\"name\": \"note\", \"type\": \"string\"}";

/// Schemas of Avro are compared wherever they lie, also those that moved; there is no text of theirs.
#[test]
fn folders_of_avro_are_compared() {
    let (was, is) = (order(ID), order(&format!("{ID}, {NOTE}")));
    let fs = workspace(&[("old/a.avsc", &was), ("new/b/order.avsc", &is)]);
    let compared = compare(&fs, "old", "new", &DiffChoices::default());
    assert_eq!(said(&compared), ["error avro-field-added new/b/order.avsc"]);
    let summary = &json(&compared)["summary"];
    assert_eq!(summary["order"]["binary"], "writers-first");
    assert!(summary["order"]["json"].is_null(), "{summary}");
    let other = was.replace("Order", "Bill");
    assert_eq!(
        folders(&[("old/a.avsc", &was), ("new/b.avsc", &other)]),
        [
            "error document-removed old/a.avsc",
            "info document-added new/b.avsc",
        ]
    );
    // Beside a document of another kind it is no pair.
    let fs = workspace(&[("a.avsc", &was), ("a.json", "{}")]);
    let compared = compare(&fs, "a.avsc", "a.json", &DiffChoices::default());
    assert_eq!(compared.exit_code(None), 2);
}

/// A schema that a contract imports is told once, as the contract has it.
#[test]
fn avro_that_a_contract_imports_is_told_with_it() {
    let (was, is) = (order(ID), order(&format!("{ID}, {NOTE}")));
    let contract = sender("1.0.0", AVRO, "ev#/");
    let of_schema = "error avro-field-added new/order.avsc";
    let with = |new: &str| {
        folders(&[
            ("old/order.cherry.yaml", &contract),
            ("old/order.avsc", &was),
            ("new/order.cherry.yaml", new),
            ("new/order.avsc", &is),
        ])
    };
    assert_eq!(with(&contract), [of_schema]);
    // Called otherwise it is the same.
    let renamed = sender("1.0.0", &AVRO.replace("  ev:", "  avro:"), "avro#/");
    assert_eq!(with(&renamed), [of_schema]);
    // The contract imports it no more; the file is compared for itself.
    let gone = format!("contract: order/v1\nversion: 1.0.0\n{CALLS}");
    assert_eq!(
        with(&gone),
        [
            of_schema,
            "error event-removed new/order.cherry.yaml",
            "warning import-removed new/order.cherry.yaml",
        ]
    );
}

/// Protobuf files of a folder that a contract in it imports are told once.
#[test]
fn protobuf_that_a_contract_imports_is_told_once() {
    let contract = sender("1.0.0", PROTO, "p.shop.v1.Paid");
    let other = contract.replace("order", "bill");
    let (was, is) = (
        "message Paid { string id = 1; int64 amount = 2; }\nmessage Beside { string a = 1; }\n",
        "message Paid { string id = 1; string amount = 2; }\nmessage Beside { int32 a = 1; }\n",
    );
    let changed = "error field-type-changed new/proto/a.proto";
    let of = |contracts: &[(&str, &str)]| {
        let mut files = vec![("old/proto/a.proto", was), ("new/proto/a.proto", is)];
        files.extend(contracts);
        folders(&files)
    };
    assert_eq!(of(&[]), [changed, changed]);
    let both = [
        ("old/order.cherry.yaml", &*contract),
        ("new/order.cherry.yaml", &*contract),
    ];
    assert_eq!(of(&both), [changed, changed]);
    let more = [
        ("old/bill.cherry.yaml", &*other),
        ("new/bill.cherry.yaml", &*other),
    ];
    let told = of(&[both, more].concat());
    let beside = told.iter().filter(|line| *line == changed);
    // One field for each message, and one that only the files tell.
    assert_eq!(beside.count(), 3, "{told:?}");
    // Import and event come and go together.
    let none = format!("contract: order/v1\nversion: 1.0.0\n{CALLS}");
    let gone = [
        ("old/order.cherry.yaml", &*contract),
        ("new/order.cherry.yaml", &*none),
    ];
    assert_eq!(
        of(&gone),
        [
            "error event-removed new/order.cherry.yaml",
            changed,
            changed,
            "warning import-removed new/order.cherry.yaml",
        ]
    );
}

/// Readers and senders meet in a folder; each reader is held to what its own contract promises.
#[test]
fn readers_are_missed_in_folders() {
    let (was, is) = (
        sender("1.0.0", AVRO, "ev#/"),
        sender("2.0.0", AVRO, "ev#/").replace("order/v1", "order/v2"),
    );
    let (schema, strict, loose) = (
        order(ID),
        reader("bill/v1", "^1", ""),
        reader("note/v1", "^1", "compat: {mode: none}\n"),
    );
    let wide = reader("mail/v1", ">=1", "");
    let files = |new: &str| {
        workspace(&[
            ("old/order.avsc", &schema),
            ("old/order.cherry.yaml", &was),
            ("old/bill.cherry.yaml", &strict),
            ("old/note.cherry.yaml", &loose),
            ("old/mail.cherry.yaml", &wide),
            ("new/order.avsc", &schema),
            ("new/order.cherry.yaml", new),
            ("new/bill.cherry.yaml", &strict),
            ("new/note.cherry.yaml", &loose),
            ("new/mail.cherry.yaml", &wide),
        ])
    };
    let missed = |new: &str, choices: &DiffChoices| {
        let mut lines = said(&compare(&files(new), "old", "new", choices));
        lines.retain(|line| line.contains("consumer-range-missed"));
        lines
    };
    let own = DiffChoices::default();
    assert_eq!(missed(&was, &own), [""; 0]);
    assert_eq!(
        missed(&is, &own),
        [
            "error consumer-range-missed new/bill.cherry.yaml",
            "info consumer-range-missed new/note.cherry.yaml",
        ]
    );
    let mut none = DiffChoices::default();
    none.mode(Mode::None);
    assert_eq!(
        missed(&is, &none),
        [
            "info consumer-range-missed new/bill.cherry.yaml",
            "info consumer-range-missed new/note.cherry.yaml",
        ]
    );
}
