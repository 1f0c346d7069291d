//! The border to the host: every call a module may import, with its true type, and the numbers of
//! the proxy-wasm ABI 0.2.1.
//!
//! A wrong type or an unknown name fails the whole module when Envoy loads it, so the table holds
//! only what was seen to link, and a module imports only what it calls.

use wasm_encoder::ValType;

use ValType::{I32, I64};

/// A call to the host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Host {
    GetProperty,
    GetHeaderMapPairs,
    GetBufferBytes,
    SendLocalResponse,
    GetSharedData,
    SetSharedData,
    DefineMetric,
    IncrementMetric,
    GetMetric,
    ClockTimeGet,
    RandomGet,
}

/// Module, name and parameters of each call; all of them answer with one `i32`, a status.
const HOST: [(Host, &str, &str, &[ValType]); Host::COUNT] = [
    // path, length, out: pointer, length
    (
        Host::GetProperty,
        ENV,
        "proxy_get_property",
        &[I32, I32, I32, I32],
    ),
    // map, out: pointer, length
    (
        Host::GetHeaderMapPairs,
        ENV,
        "proxy_get_header_map_pairs",
        &[I32, I32, I32],
    ),
    // buffer, from, length, out: pointer, length
    (
        Host::GetBufferBytes,
        ENV,
        "proxy_get_buffer_bytes",
        &[I32, I32, I32, I32, I32],
    ),
    // status, details, length, body, length, header pairs, length, gRPC status
    (
        Host::SendLocalResponse,
        ENV,
        "proxy_send_local_response",
        &[I32, I32, I32, I32, I32, I32, I32, I32],
    ),
    // key, length, out: pointer, length, version
    (
        Host::GetSharedData,
        ENV,
        "proxy_get_shared_data",
        &[I32, I32, I32, I32, I32],
    ),
    // key, length, value, length, version
    (
        Host::SetSharedData,
        ENV,
        "proxy_set_shared_data",
        &[I32, I32, I32, I32, I32],
    ),
    // type, name, length, out: id
    (
        Host::DefineMetric,
        ENV,
        "proxy_define_metric",
        &[I32, I32, I32, I32],
    ),
    // id, by
    (
        Host::IncrementMetric,
        ENV,
        "proxy_increment_metric",
        &[I32, I64],
    ),
    // id, out: value
    (Host::GetMetric, ENV, "proxy_get_metric", &[I32, I32]),
    // clock, precision, out: time
    (Host::ClockTimeGet, WASI, "clock_time_get", &[I32, I64, I32]),
    // buffer, length
    (Host::RandomGet, WASI, "random_get", &[I32, I32]),
];

const ENV: &str = "env";
const WASI: &str = "wasi_snapshot_preview1";

impl Host {
    /// How many there are.
    pub(super) const COUNT: usize = 11;

    /// Module, name and parameters.
    pub(super) fn import(self) -> (&'static str, &'static str, &'static [ValType]) {
        let (_, module, name, params) = HOST[self as usize];
        (module, name, params)
    }

    /// All calls, in the order in which a module imports those it uses.
    pub(super) fn all() -> impl Iterator<Item = Host> {
        HOST.iter().map(|(host, ..)| *host)
    }
}

/// What the host's status words mean to a module.
pub(super) mod status {
    pub(in super::super) const OK: i32 = 0;
    pub(in super::super) const NOT_FOUND: i32 = 1;
    pub(in super::super) const CAS_MISMATCH: i32 = 8;
}

/// Header maps.
pub(super) mod map {
    pub(in super::super) const REQUEST_HEADERS: i32 = 0;
    pub(in super::super) const RESPONSE_HEADERS: i32 = 2;
    pub(in super::super) const RESPONSE_TRAILERS: i32 = 3;
}

/// The buffer that holds the plugin's configuration during `proxy_on_configure`.
pub(super) const PLUGIN_CONFIGURATION: i32 = 7;
/// WASI's monotonic clock.
pub(super) const MONOTONIC: i32 = 1;
/// Kinds of metrics, for `proxy_define_metric`.
pub(super) const COUNTER: i32 = 0;
pub(super) const GAUGE: i32 = 1;
/// `FilterHeadersStatus::Continue`.
pub(super) const CONTINUE: i32 = 0;
/// `FilterHeadersStatus::StopIteration`: what a hook returns once it has answered by itself.
pub(super) const PAUSE: i32 = 1;
/// The bit of `response.flags` that says that the client left (`DC`).
pub(super) const FLAG_DOWNSTREAM_LEFT: u32 = 0x4000;

/// The path of a property: parts with a zero byte between them.
pub(super) const SOURCE_ADDRESS: &[u8] = b"source\0address";
pub(super) const PEER_ADDRESS: &[u8] = b"filter_state\0cherry.peer";
pub(super) const RESPONSE_FLAGS: &[u8] = b"response\0flags";

/// A block of header pairs as the ABI wants it: count, lengths, then bytes with a zero after each.
pub(super) fn pairs(headers: &[(&str, &str)]) -> Vec<u8> {
    let word = |n: usize| {
        u32::try_from(n)
            .expect("a constant header is short")
            .to_le_bytes()
    };
    let mut out = word(headers.len()).to_vec();
    for (name, value) in headers {
        out.extend(word(name.len()));
        out.extend(word(value.len()));
    }
    for (name, value) in headers {
        out.extend(name.as_bytes());
        out.push(0);
        out.extend(value.as_bytes());
        out.push(0);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_stands_at_its_number() {
        for (at, host) in Host::all().enumerate() {
            assert_eq!(host as usize, at, "{host:?}");
        }
    }
}
