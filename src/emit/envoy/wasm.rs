//! The module as a filter: one for each contract, the bytes inline, so that a configuration is
//! complete in itself and a change of it needs neither restart nor download.

use base64::Engine as _;

use super::proto::{
    Code, InlineBytes, OnFailure, PluginConfig, StringValue, Typed, VmConfig, Wasm,
};
use crate::contract::ContractName;
use crate::emit::wasm::{Flag, Module};

/// Name of the filter that runs the module of a contract.
pub(crate) fn filter_name(contract: &ContractName) -> String {
    format!("cherry.{}", contract.folder())
}

/// The filter of a module. `flags` tell the module where it runs.
pub(crate) fn wasm(
    contract: &ContractName,
    module: &Module,
    flags: &[Flag],
    on_failure: OnFailure,
) -> Wasm {
    let name = filter_name(contract);
    Wasm {
        config: PluginConfig {
            root_id: name.clone(),
            name,
            on_failure,
            configuration: Typed::new(StringValue {
                value: Flag::configuration(flags),
            }),
            vm_config: VmConfig {
                vm_id: module.vm_id.clone(),
                runtime: "envoy.wasm.runtime.v8",
                code: Code {
                    local: InlineBytes {
                        inline_bytes: base64::engine::general_purpose::STANDARD
                            .encode(&module.bytes),
                    },
                },
            },
        },
    }
}
