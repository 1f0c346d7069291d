//! State of one worker: it lives in the module's own memory.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use crate::{Admission, Breaker, Limit};

/// Above this many clients those at rest are forgotten.
const MANY_CLIENTS: usize = 16_384;

#[derive(Default)]
pub struct State {
    arrivals_ns: RefCell<HashMap<String, u64>>,
    breaker: Cell<Breaker>,
}

impl State {
    /// Whether the client has a token left; it is taken.
    pub fn take(&self, client: &str, limit: Limit, now_ns: u64) -> bool {
        let mut arrivals_ns = self.arrivals_ns.borrow_mut();
        if let Some(arrival_ns) = arrivals_ns.get_mut(client) {
            return match limit.take(*arrival_ns, now_ns) {
                Some(next_ns) => {
                    *arrival_ns = next_ns;
                    true
                }
                None => false,
            };
        }
        if arrivals_ns.len() >= MANY_CLIENTS {
            arrivals_ns.retain(|_, arrival_ns| *arrival_ns > now_ns);
        }
        arrivals_ns.insert(client.to_owned(), now_ns + limit.step_ns);
        true
    }

    pub fn admit(&self, now_ns: u64) -> Admission {
        let mut breaker = self.breaker.get();
        let admission = breaker.admit(now_ns);
        self.breaker.set(breaker);
        admission
    }

    pub fn settle(&self, epoch: u32, failed: bool, now_ns: impl Fn() -> u64) {
        let mut breaker = self.breaker.get();
        breaker.settle(epoch, failed, if failed { now_ns() } else { 0 });
        self.breaker.set(breaker);
    }
}
