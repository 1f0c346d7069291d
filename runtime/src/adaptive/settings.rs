//! What an adaptive breaker is made from.

use std::fmt;

use crate::breaker;

const NS_PER_MS: u64 = 1_000_000;
/// An hour, in milliseconds.
const MAX_LATENCY_MS: u64 = 3_600_000;
const MAX_QPS: f64 = 1e9;

/// What an adaptive breaker is made from; checked as each part is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    breaker: breaker::Settings,
    literal: bool,
    base_latency_ns: Option<u64>,
    baseline_qps: Option<f64>,
    sla_p95_ns: Option<u64>,
}

impl Settings {
    /// `adaptive: true`: errors open as `breaker` says, latency lowers admission. The base latency
    /// and the baseline rate are learnt.
    pub fn new(breaker: breaker::Settings) -> Settings {
        Settings {
            breaker,
            literal: false,
            base_latency_ns: None,
            baseline_qps: None,
            sla_p95_ns: None,
        }
    }

    /// `adaptive: literal`: the bare formula and nothing else. It opens, for the open time and with
    /// the probes of `breaker`; errors, the objective and a minimum of answers are not looked at.
    pub fn literal(breaker: breaker::Settings) -> Settings {
        Settings {
            literal: true,
            ..Settings::new(breaker)
        }
    }

    /// Writes the base latency in place of learning it, in milliseconds, 1 to 3,600,000.
    ///
    /// # Errors
    /// A number outside its range.
    pub fn base_latency_ms(mut self, ms: u64) -> Result<Settings, SettingsError> {
        if !(1..=MAX_LATENCY_MS).contains(&ms) {
            return Err(SettingsError::BaseLatencyMs(ms));
        }
        self.base_latency_ns = Some(ms * NS_PER_MS);
        Ok(self)
    }

    /// Writes the baseline rate in place of learning it, in requests per second, above 0 and at
    /// most a billion.
    ///
    /// # Errors
    /// A number outside its range. Zero is one: the formula would then never trip, or compare with
    /// a number that is none.
    pub fn baseline(mut self, qps: f64) -> Result<Settings, SettingsError> {
        if !(qps > 0.0 && qps <= MAX_QPS) {
            return Err(SettingsError::BaselineQps(qps));
        }
        self.baseline_qps = Some(qps);
        Ok(self)
    }

    /// `sla.latency.p95` in milliseconds, 1 to 3,600,000: a P95 within it lowers nothing.
    ///
    /// # Errors
    /// A number outside its range.
    pub fn sla_p95_ms(mut self, ms: u64) -> Result<Settings, SettingsError> {
        if !(1..=MAX_LATENCY_MS).contains(&ms) {
            return Err(SettingsError::SlaP95Ms(ms));
        }
        self.sla_p95_ns = Some(ms * NS_PER_MS);
        Ok(self)
    }

    /// What errors do, and how it probes.
    pub fn breaker(&self) -> breaker::Settings {
        self.breaker
    }

    /// Whether only the bare formula is looked at.
    pub fn is_literal(&self) -> bool {
        self.literal
    }

    /// The written base latency in nanoseconds.
    pub fn base_latency_ns(&self) -> Option<u64> {
        self.base_latency_ns
    }

    /// The written baseline rate in requests per second.
    pub fn baseline_qps(&self) -> Option<f64> {
        self.baseline_qps
    }

    /// The objective for P95 in nanoseconds.
    pub fn sla_p95_ns(&self) -> Option<u64> {
        self.sla_p95_ns
    }
}

/// A setting outside its range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SettingsError {
    /// A base latency that is not 1 to 3,600,000 ms.
    BaseLatencyMs(u64),
    /// A baseline rate of zero or less, of no number, or above a billion.
    BaselineQps(f64),
    /// An objective that is not 1 to 3,600,000 ms.
    SlaP95Ms(u64),
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SettingsError::BaseLatencyMs(found) => write!(
                f,
                "the base latency must be 1 to {MAX_LATENCY_MS} ms, found {found}"
            ),
            SettingsError::BaselineQps(found) => write!(
                f,
                "the baseline rate must be above 0 and at most {MAX_QPS:.0} per second, found {found}"
            ),
            SettingsError::SlaP95Ms(found) => write!(
                f,
                "the objective for P95 must be 1 to {MAX_LATENCY_MS} ms, found {found}"
            ),
        }
    }
}

impl std::error::Error for SettingsError {}
