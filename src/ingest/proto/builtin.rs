//! The files that come with the Protobuf compiler, for trees that do not hold their own.
//!
//! No crate that is light carries them as text: `protox` brings a whole compiler along and
//! `prost-types` stops before editions. So they stand in `schemas/well-known`, which names their
//! source.

macro_rules! files {
    ($($path:literal),+ $(,)?) => {
        &[$(($path, include_str!(concat!("../../../schemas/well-known/google/protobuf/", $path)))),+]
    };
}

/// Path below `google/protobuf/` and text, by path.
static FILES: &[(&str, &str)] = files![
    "any.proto",
    "api.proto",
    "compiler/plugin.proto",
    "cpp_features.proto",
    "descriptor.proto",
    "duration.proto",
    "empty.proto",
    "field_mask.proto",
    "go_features.proto",
    "java_features.proto",
    "source_context.proto",
    "struct.proto",
    "timestamp.proto",
    "type.proto",
    "wrappers.proto",
];

/// The file that says which options there are.
pub(super) const DESCRIPTOR: &str = "google/protobuf/descriptor.proto";

/// The text of the file with this path.
pub(super) fn text(path: &str) -> Option<&'static str> {
    let name = path.strip_prefix("google/protobuf/")?;
    let at = FILES.binary_search_by(|(known, _)| (*known).cmp(name));
    at.ok().map(|at| FILES[at].1)
}

/// All paths.
pub(super) fn paths() -> impl Iterator<Item = String> {
    FILES
        .iter()
        .map(|(name, _)| format!("google/protobuf/{name}"))
}
