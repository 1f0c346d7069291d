//! State of all workers: it lives in the host's shared data and is swapped by compare-and-set.

use proxy_wasm::hostcalls::{get_shared_data, set_shared_data};

use crate::{Admission, Breaker, Limit};

const BREAKER: &str = "breaker";
/// How often a change is tried again when another worker was faster; then the request goes.
const TRIES: usize = 8;

#[derive(Default)]
pub struct State;

impl State {
    /// Whether the client has a token left; it is taken.
    pub fn take(&self, client: &str, limit: Limit, now_ns: u64) -> bool {
        let key = format!("limit/{}", client);
        for _ in 0..TRIES {
            let (value, version) = read(&key);
            let arrival_ns = value
                .and_then(|bytes| bytes.try_into().ok())
                .map_or(0, u64::from_le_bytes);
            match limit.take(arrival_ns, now_ns) {
                None => return false,
                Some(next_ns) if write(&key, &next_ns.to_le_bytes(), version) => return true,
                Some(_) => {}
            }
        }
        true
    }

    pub fn admit(&self, now_ns: u64) -> Admission {
        self.change(|breaker| breaker.admit(now_ns))
    }

    pub fn settle(&self, epoch: u32, failed: bool, now_ns: impl Fn() -> u64) {
        let now_ns = if failed { now_ns() } else { 0 };
        self.change(|breaker| breaker.settle(epoch, failed, now_ns));
    }

    /// Changes the breaker; what does not change is not written.
    fn change<T>(&self, change: impl Fn(&mut Breaker) -> T) -> T {
        let mut tries = 0;
        loop {
            let (value, version) = read(BREAKER);
            let before = value.as_deref().and_then(decode).unwrap_or_default();
            let mut breaker = before;
            let told = change(&mut breaker);
            tries += 1;
            if breaker == before || write(BREAKER, &encode(breaker), version) || tries == TRIES {
                return told;
            }
        }
    }
}

fn read(key: &str) -> (Option<Vec<u8>>, Option<u32>) {
    get_shared_data(key).unwrap_or_default()
}

fn write(key: &str, value: &[u8], version: Option<u32>) -> bool {
    set_shared_data(key, Some(value), version).is_ok()
}

fn encode(breaker: Breaker) -> [u8; 24] {
    let mut bytes = [0; 24];
    bytes[..4].copy_from_slice(&breaker.failures.to_le_bytes());
    bytes[4..8].copy_from_slice(&breaker.epoch.to_le_bytes());
    bytes[8..16].copy_from_slice(&breaker.open_until_ns.to_le_bytes());
    bytes[16..].copy_from_slice(&breaker.probe_until_ns.to_le_bytes());
    bytes
}

fn decode(bytes: &[u8]) -> Option<Breaker> {
    let long = |at: usize| Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?));
    let counts = long(0)?;
    Some(Breaker {
        failures: counts as u32,
        epoch: (counts >> 32) as u32,
        open_until_ns: long(8)?,
        probe_until_ns: long(16)?,
    })
}
