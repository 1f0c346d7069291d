//! A module as an OCI image, byte by byte the same wherever it is made, so that its digest is known
//! before anybody pushes it.
//!
//! Istio's agent reads two forms of images. This is the one for modules as such; it wants exactly
//! two layers, one of them the module (one layer alone is refused).

use serde::Serialize;
use sha2::{Digest as _, Sha256};

const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
const CONFIG: &str = "application/vnd.oci.image.config.v1+json";
const MODULE: &str = "application/vnd.module.wasm.content.layer.v1+wasm";
const RUNTIME: &str = "application/vnd.module.wasm.config.v1+json";

/// The files of an image.
#[derive(Debug)]
pub(super) struct Image {
    /// `manifest.json`, whose digest is that of the image.
    pub(super) manifest: String,
    /// `config.json`.
    pub(super) config: String,
    /// `runtime-config.json`: the layer that says how a module is to be run.
    pub(super) runtime: String,
    /// SHA-256 of the manifest in lower-case hexadecimal.
    pub(super) digest: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Manifest {
    schema_version: u32,
    media_type: &'static str,
    config: Descriptor,
    layers: [Descriptor; 2],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    media_type: &'static str,
    digest: String,
    size: usize,
}

#[derive(Serialize)]
struct Config {
    architecture: &'static str,
    os: &'static str,
    config: Empty,
    rootfs: RootFs,
}

#[derive(Serialize)]
struct Empty {}

#[derive(Serialize)]
struct RootFs {
    r#type: &'static str,
    diff_ids: [String; 2],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Runtime<'a> {
    r#type: &'static str,
    abi_versions: [&'static str; 1],
    config: RootIds<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RootIds<'a> {
    root_ids: [&'a str; 1],
}

/// The image of a module; `plugin` is the name under which it is run.
pub(super) fn image(module: &[u8], plugin: &str) -> Image {
    let runtime = json(&Runtime {
        r#type: "envoy_proxy",
        abi_versions: ["0.2.1"],
        config: RootIds { root_ids: [plugin] },
    });
    let config = json(&Config {
        architecture: "wasm",
        os: "wasip1",
        config: Empty {},
        rootfs: RootFs {
            r#type: "layers",
            diff_ids: [digest(module), digest(runtime.as_bytes())],
        },
    });
    let manifest = json(&Manifest {
        schema_version: 2,
        media_type: MANIFEST,
        config: descriptor(CONFIG, config.as_bytes()),
        layers: [
            descriptor(MODULE, module),
            descriptor(RUNTIME, runtime.as_bytes()),
        ],
    });
    Image {
        digest: hex(manifest.as_bytes()),
        manifest,
        config,
        runtime,
    }
}

/// As one line without an end: a digest covers every byte, and tools that strip white space at the
/// end of a file must not change it.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("keys are texts and numbers are finite")
}

fn descriptor(media_type: &'static str, blob: &[u8]) -> Descriptor {
    Descriptor {
        media_type,
        digest: digest(blob),
        size: blob.len(),
    }
}

fn digest(blob: &[u8]) -> String {
    format!("sha256:{}", hex(blob))
}

fn hex(blob: &[u8]) -> String {
    Sha256::digest(blob)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
