//! What holds for the bytes of every module, whatever stands in the contract.

use std::collections::BTreeSet;

use wasmparser::{ExternalKind, Operator, Parser, Payload, TypeRef};

use super::{NINE_LINES, contract, emit, program};
use crate::emit::wasm::abi::Host;

/// Contracts that use everything that a module can have.
pub(super) fn contracts() -> Vec<String> {
    let endpoints = contract(&[
        (
            "GET /o/{id}",
            "rate_limit: \"3r/7s per client_ip+header(x-a)+cookie(c)+query(q)+path(id)\"\ncircuit_breaker: {failure_threshold: 5, timeout_ms: 2000, half_open: 100}",
        ),
        ("POST /o/{id}:pay", "rate_limit: 2r/m per path(id)"),
        ("* /f/{rest=**}", "rate_limit: 2r/m per path(rest)"),
        ("GET /", "timeout: 3s"),
    ]);
    let everything = endpoints.replace("user/v1", "shop.orders/v3").replace(
        "version: 1.0.0",
        "version: 3.0.0\nrate_limit: [9r/s per global, 7r/s per client_ip]",
    );
    vec![
        NINE_LINES.to_owned(),
        everything,
        contract(&[("GET /a", "rate_limit: 1000000000r/s per global")]),
        contract(&[("GET /a", "rate_limit: 1r/365d per cookie(sid)")]),
        contract(&[(
            "* /{x=**}",
            "circuit_breaker: {failure_threshold: 1, timeout_ms: 1}",
        )]),
    ]
}

#[test]
fn modules_cannot_trap_grow_or_jump_into_the_unknown() {
    for text in contracts() {
        let module = emit(&program(&text));
        let (mut divisions, mut loops) = (0, 0);
        for payload in Parser::new(0).parse_all(&module.bytes) {
            match payload.expect("valid") {
                Payload::MemorySection(reader) => {
                    for memory in reader {
                        let memory = memory.expect("valid");
                        assert_eq!(Some(memory.initial), memory.maximum);
                        assert!(memory.initial <= 6, "{} pages", memory.initial);
                    }
                }
                Payload::TableSection(_)
                | Payload::ElementSection(_)
                | Payload::StartSection { .. } => {
                    panic!("no module needs one")
                }
                Payload::CodeSectionEntry(body) => {
                    let operators: Vec<Operator<'_>> = body
                        .get_operators_reader()
                        .expect("valid")
                        .into_iter()
                        .collect::<Result<_, _>>()
                        .expect("valid");
                    for (at, operator) in operators.iter().enumerate() {
                        match operator {
                            Operator::Unreachable
                            | Operator::CallIndirect { .. }
                            | Operator::MemoryGrow { .. }
                            | Operator::I32DivS
                            | Operator::I64DivS
                            | Operator::I32RemS
                            | Operator::I32RemU
                            | Operator::I64RemS
                            | Operator::I64RemU => panic!("{operator:?} in {text}"),
                            Operator::I32DivU | Operator::I64DivU => {
                                divisions += 1;
                                let divisor = &operators[at - 1];
                                assert!(
                                    matches!(divisor, Operator::I32Const { value } if *value > 0)
                                        || matches!(divisor, Operator::I64Const { value } if *value > 0),
                                    "division by {divisor:?}"
                                );
                            }
                            Operator::Loop { .. } => {
                                loops += 1;
                                counted(&operators[at..]);
                            }
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        assert!(loops > 5);
        assert!(
            divisions <= 3,
            "the clock's tick, seconds and decimals: {divisions}"
        );
    }
}

/// A loop begins by leaving, or by ending, when its counter has come to its bound and ends by
/// counting up, or ends by counting up and going on below its bound. It writes to neither of the
/// two anywhere else, and where the bound is a global it calls nobody who might.
fn counted(operators: &[Operator<'_>]) {
    let mut depth = 0;
    let mut end = 0;
    for (at, operator) in operators.iter().enumerate() {
        match operator {
            Operator::Loop { .. } | Operator::Block { .. } | Operator::If { .. } => depth += 1,
            Operator::End => depth -= 1,
            // A branch back to the beginning is the last instruction alone.
            Operator::Br { relative_depth } | Operator::BrIf { relative_depth } => {
                let mut behind = operators[at + 1..].iter().take(depth as usize);
                assert!(
                    *relative_depth != depth - 1
                        || behind.all(|operator| matches!(operator, Operator::End))
                );
            }
            _ => {}
        }
        if depth == 0 {
            end = at;
            break;
        }
    }
    let body = &operators[..end];
    let writes = |local: &u32| {
        let writes = body.iter().filter(|operator| {
            matches!(operator, Operator::LocalSet { local_index } | Operator::LocalTee { local_index } if local_index == local)
        });
        writes.count()
    };
    if let [
        body @ ..,
        Operator::LocalGet {
            local_index: counter,
        },
        Operator::I32Const { value: 1 },
        Operator::I32Add,
        Operator::LocalSet { local_index: to },
        Operator::Br { relative_depth: 1 },
        Operator::End,
    ] = body
    {
        let [
            Operator::Loop { .. },
            Operator::LocalGet { local_index: from },
            Operator::LocalGet { local_index: bound },
            Operator::I32LtU,
            Operator::If { .. },
            ..,
        ] = body
        else {
            panic!("a loop without a bound: {:?}", &operators[..5])
        };
        assert!(from == counter && to == counter);
        assert_eq!((writes(counter), writes(bound)), (1, 0));
        return;
    }
    let (before, last) = body.split_at(body.len() - 5);
    match last {
        [
            Operator::LocalGet {
                local_index: counter,
            },
            Operator::I32Const { value: 1 },
            Operator::I32Add,
            Operator::LocalSet { local_index: to },
            Operator::Br { relative_depth: 0 },
        ] => {
            let [
                Operator::Loop { .. },
                Operator::LocalGet { local_index: from },
                Operator::LocalGet { local_index: bound },
                Operator::I32GeU,
                Operator::BrIf { relative_depth: 1 },
                ..,
            ] = operators
            else {
                panic!("a loop without a bound: {:?}", &operators[..5])
            };
            assert!(from == counter && to == counter);
            assert_eq!((writes(counter), writes(bound)), (1, 0));
        }
        [
            Operator::I32Add,
            Operator::LocalTee {
                local_index: counter,
            },
            Operator::I32Const { value: 1.. },
            Operator::I32LtU,
            Operator::BrIf { relative_depth: 0 },
        ] => {
            assert!(matches!(
                before,
                [.., Operator::LocalGet { local_index }, Operator::I32Const { value: 1 }]
                    if local_index == counter
            ));
            assert_eq!(writes(counter), 1);
        }
        [
            Operator::I32Add,
            Operator::LocalTee {
                local_index: counter,
            },
            bound,
            Operator::I32LtU,
            Operator::BrIf { relative_depth: 0 },
        ] => {
            assert!(matches!(
                before,
                [.., Operator::LocalGet { local_index }, Operator::I32Const { value: 1 }]
                    if local_index == counter
            ));
            assert_eq!(writes(counter), 1);
            match bound {
                Operator::LocalGet { local_index } => assert_eq!(writes(local_index), 0),
                Operator::GlobalGet { global_index } => {
                    assert!(!body.iter().any(|operator| match operator {
                        Operator::Call { .. } => true,
                        Operator::GlobalSet { global_index: to } => to == global_index,
                        _ => false,
                    }));
                }
                _ => panic!("a loop without a bound: {bound:?}"),
            }
        }
        _ => panic!("a loop without an end: {last:?}"),
    }
}

#[test]
fn modules_import_what_they_call_and_export_what_is_called() {
    let known: BTreeSet<(&str, &str)> = Host::all()
        .map(|host| (host.import().0, host.import().1))
        .collect();
    for (at, text) in contracts().into_iter().enumerate() {
        let module = emit(&program(&text));
        let (mut imports, mut called, mut exports) = (0, BTreeSet::new(), Vec::new());
        for payload in Parser::new(0).parse_all(&module.bytes) {
            match payload.expect("valid") {
                Payload::ImportSection(reader) => {
                    for import in reader.into_imports() {
                        let import = import.expect("valid");
                        assert!(
                            known.contains(&(import.module, import.name)),
                            "{}",
                            import.name
                        );
                        assert!(matches!(import.ty, TypeRef::Func(_)));
                        imports += 1;
                    }
                }
                Payload::ExportSection(reader) => {
                    for export in reader {
                        let export = export.expect("valid");
                        assert!(matches!(
                            export.kind,
                            ExternalKind::Func | ExternalKind::Memory
                        ));
                        exports.push(export.name);
                    }
                }
                Payload::CodeSectionEntry(body) => {
                    for operator in body.get_operators_reader().expect("valid") {
                        if let Operator::Call { function_index } = operator.expect("valid") {
                            called.insert(function_index);
                        }
                    }
                }
                _ => {}
            }
        }
        assert!(
            (0..imports).all(|index| called.contains(&index)),
            "an idle import"
        );
        let mut expected = vec![
            "memory",
            "proxy_abi_version_0_2_1",
            "malloc",
            "proxy_on_vm_start",
            "proxy_on_configure",
            "proxy_on_request_headers",
        ];
        if [0, 1, 4].contains(&at) {
            expected.extend(["proxy_on_response_headers", "proxy_on_log"]);
        }
        assert_eq!(exports, expected);
    }
}

#[test]
fn the_same_policies_are_the_same_bytes() {
    for text in contracts() {
        let (first, second) = (emit(&program(&text)), emit(&program(&text)));
        assert!(first.bytes == second.bytes && first.wat() == second.wat());
        assert_eq!(first.metrics, second.metrics);
        let unique: BTreeSet<&String> = first.metrics.iter().collect();
        assert_eq!(unique.len(), first.metrics.len());
    }
}

#[test]
fn a_contract_without_policies_has_no_module() {
    let program = program(&contract(&[("GET /a", "timeout: 3s")]));
    let meta = super::ModuleMeta {
        contract: &program.contract,
        version: "1.0.0",
        compiler: "cherryc test",
    };
    assert!(super::emit_module(&program, &meta).is_none());
}

#[test]
fn names_are_told_apart() {
    let limit = "rate_limit: 1r/s per global";
    let module = emit(&program(&contract(&[
        ("GET /a-b", limit),
        ("GET /a/b", limit),
        ("* /{x=**}", limit),
    ])));
    let passed: Vec<&str> = (module.metrics.iter())
        .filter_map(|name| name.strip_suffix(".passed"))
        .collect();
    assert_eq!(
        passed,
        [
            "cherry.user.v1.get_a_b",
            "cherry.user.v1.get_a_b_2",
            "cherry.user.v1.any_x"
        ]
    );
    assert_eq!(module.vm_id, "cherry/user/v1/s2/u1x1");
    assert_eq!(module.metrics[0], "cherry.user.v1.unreadable");
}

/// A limit and a breaker on each of `endpoints` endpoints.
fn pairs_of_policies(endpoints: usize) -> String {
    let policies = "rate_limit: 100r/s per client_ip\ncircuit_breaker: {failure_threshold: 5, timeout_ms: 2000}";
    let names: Vec<String> = (0..endpoints)
        .map(|at| format!("GET /things{at}/{{id}}"))
        .collect();
    let endpoints: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), policies)).collect();
    contract(&endpoints)
}

/// A module has a part that does not depend on how many policies there are (matching, addresses,
/// hash, both state machines), and a small one for each policy.
#[test]
fn modules_are_small() {
    let size = |endpoints| emit(&program(&pairs_of_policies(endpoints))).bytes.len();
    let (one, two, ten) = (size(1), size(2), size(10));
    assert!(one <= 4_096, "{one} bytes for two policies");
    assert!(two - one <= 320, "{} bytes more for two more", two - one);
    assert!(ten <= 6_340, "{ten} bytes for twenty policies");
}

/// Prints where the bytes go: `cargo test -p cherryc --lib sizes -- --ignored --nocapture`.
#[test]
#[ignore = "prints figures for people"]
#[expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a person asked for the figures"
)]
fn sizes() {
    let many = [1, 2, 10].map(pairs_of_policies);
    for text in contracts().into_iter().chain(many) {
        let program = program(&text);
        let module = emit(&program);
        let (mut names, mut bodies) = (Vec::new(), Vec::new());
        let (mut imports, mut exports) = (0, Vec::new());
        println!("\n{}: {} bytes", module.vm_id, module.bytes.len());
        for payload in Parser::new(0).parse_all(&module.bytes) {
            let payload = payload.expect("valid");
            if let Some((id, range)) = payload.as_section() {
                println!("  section {id}: {}", range.end - range.start);
            }
            match payload {
                Payload::ImportSection(reader) => {
                    imports = reader.into_imports().count().try_into().expect("few")
                }
                Payload::ExportSection(reader) => {
                    for export in reader {
                        let export = export.expect("valid");
                        if export.kind == ExternalKind::Func {
                            exports.push((export.index, export.name));
                        }
                    }
                }
                Payload::CodeSectionEntry(body) => {
                    bodies.push(body.range().end - body.range().start)
                }
                Payload::CustomSection(reader) => {
                    if let wasmparser::KnownCustom::Name(reader) = reader.as_known() {
                        for name in reader {
                            if let wasmparser::Name::Function(map) = name.expect("valid") {
                                for naming in map {
                                    let naming = naming.expect("valid");
                                    names.push((naming.index, naming.name));
                                }
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        for (index, size) in (imports..).zip(bodies) {
            let named = names.iter().find(|(number, _)| *number == index);
            let exported = exports.iter().find(|(number, _)| *number == index);
            let name = named.or(exported).map_or("?", |(_, name)| *name);
            print!("  {name} {size}");
        }
        println!();
        let best = |work: &dyn Fn()| {
            let once = |_| {
                let start = std::time::Instant::now();
                work();
                start.elapsed()
            };
            (0..300).map(once).min().expect("some runs")
        };
        let whole = best(&|| drop(std::hint::black_box(emit(&program))));
        println!("  {whole:?} with validation, at best");
        let filter = crate::emit::wasm::lower::lower(&program).expect("it has policies");
        let layout = crate::emit::wasm::layout::Layout::of(&filter);
        let meta = super::ModuleMeta {
            contract: &program.contract,
            version: "1.0.0",
            compiler: "cherryc test",
        };
        let alone = best(&|| {
            drop(std::hint::black_box(crate::emit::wasm::encode::encode(
                &filter, &layout, &meta,
            )));
        });
        println!("  {alone:?} alone, at best");
        println!("{filter}");
    }
}
