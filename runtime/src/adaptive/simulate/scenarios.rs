//! The scenarios, in which nothing is wrong first.

use super::service::{Scenario, Weather, Work};

const CALM: Weather = Weather {
    rate: 200.0,
    slow: 1.0,
    errors: 0.0,
};

fn during(t: f64, from: f64, to: f64) -> bool {
    (from..to).contains(&t)
}

/// A minute in which `rate` calls a second come.
fn surge(t: f64, rate: f64) -> Weather {
    Weather {
        rate: if during(t, 120.0, 180.0) { rate } else { 200.0 },
        ..CALM
    }
}

const BENIGN: Scenario = Scenario {
    name: "",
    seconds: 240,
    incident: None,
    workers: 10,
    work: Work::Smooth(20),
    weather: |_| CALM,
    pauses: None,
    retries: 0,
    sla_p95_ms: Some(300),
    base_ms: 45,
    baseline: 200.0,
    promised: 0.9,
};

const INCIDENT: Scenario = Scenario {
    incident: Some((120, 180)),
    ..BENIGN
};

/// Those with which the constants of the breaker were found; without an incident they are benign.
pub(super) const KNOWN: &[Scenario] = &[
    Scenario {
        name: "steady",
        sla_p95_ms: None,
        ..BENIGN
    },
    Scenario {
        name: "2 calls/s, an hour",
        seconds: 3600,
        weather: |_| Weather { rate: 2.0, ..CALM },
        sla_p95_ms: None,
        ..BENIGN
    },
    Scenario {
        name: "2 calls/s, two paths",
        seconds: 3600,
        work: Work::TwoPaths(7),
        weather: |_| Weather { rate: 2.0, ..CALM },
        sla_p95_ms: None,
        base_ms: 150,
        ..BENIGN
    },
    Scenario {
        name: "two paths, one in ten slow",
        work: Work::TwoPaths(10),
        sla_p95_ms: None,
        base_ms: 150,
        ..BENIGN
    },
    Scenario {
        name: "night: 200 to 20 calls/s",
        seconds: 480,
        weather: |t| Weather {
            rate: if t < 120.0 { 200.0 } else { 20.0 },
            ..CALM
        },
        sla_p95_ms: None,
        ..BENIGN
    },
    Scenario {
        name: "a day in ten minutes",
        seconds: 600,
        weather: |t| Weather {
            rate: 190.0 - 150.0 * (t / 600.0 * std::f64::consts::TAU).cos(),
            ..CALM
        },
        sla_p95_ms: None,
        ..BENIGN
    },
    Scenario {
        name: "surge to 82% load",
        weather: |t| surge(t, 360.0),
        ..BENIGN
    },
    Scenario {
        name: "the same, 50 workers of 100 ms",
        workers: 50,
        work: Work::Smooth(100),
        weather: |t| surge(t, 360.0),
        sla_p95_ms: Some(600),
        base_ms: 227,
        ..BENIGN
    },
    Scenario {
        name: "pauses of 150 ms each 5 s",
        pauses: Some((5000, 150)),
        sla_p95_ms: None,
        ..BENIGN
    },
    Scenario {
        name: "one in fifty fails",
        weather: |_| Weather {
            errors: 0.02,
            ..CALM
        },
        ..BENIGN
    },
    Scenario {
        name: "1.7 times slower, within the SLA",
        weather: |t| Weather {
            slow: if during(t, 120.0, 180.0) { 1.7 } else { 1.0 },
            ..CALM
        },
        ..BENIGN
    },
    Scenario {
        name: "a new normal, 1.5 times slower",
        seconds: 600,
        weather: |t| Weather {
            slow: if t < 120.0 { 1.0 } else { 1.5 },
            ..CALM
        },
        ..BENIGN
    },
    Scenario {
        name: "overload of 159%",
        weather: |t| surge(t, 700.0),
        ..INCIDENT
    },
    Scenario {
        name: "the same, 50 workers of 100 ms",
        workers: 50,
        work: Work::Smooth(100),
        weather: |t| surge(t, 700.0),
        sla_p95_ms: Some(600),
        base_ms: 227,
        ..INCIDENT
    },
    Scenario {
        name: "overload, no SLA written",
        weather: |t| surge(t, 700.0),
        sla_p95_ms: None,
        ..INCIDENT
    },
    Scenario {
        name: "brownout, 5 times slower",
        weather: |t| Weather {
            slow: if during(t, 120.0, 180.0) { 5.0 } else { 1.0 },
            ..CALM
        },
        ..INCIDENT
    },
    Scenario {
        name: "brownout, no SLA written",
        weather: |t| Weather {
            slow: if during(t, 120.0, 180.0) { 5.0 } else { 1.0 },
            ..CALM
        },
        sla_p95_ms: None,
        ..INCIDENT
    },
    Scenario {
        name: "retry storm: overload, two retries",
        weather: |t| surge(t, 600.0),
        retries: 2,
        ..INCIDENT
    },
    Scenario {
        name: "three in five fail fast",
        weather: |t| Weather {
            errors: if during(t, 120.0, 180.0) { 0.6 } else { 0.0 },
            ..CALM
        },
        ..INCIDENT
    },
    Scenario {
        name: "all fail fast",
        weather: |t| Weather {
            errors: if during(t, 120.0, 180.0) { 1.0 } else { 0.0 },
            ..CALM
        },
        ..INCIDENT
    },
    Scenario {
        name: "all fail, then a slow return",
        weather: |t| Weather {
            errors: if during(t, 120.0, 150.0) { 1.0 } else { 0.0 },
            slow: if during(t, 150.0, 180.0) {
                4.0 - (t - 150.0) / 10.0
            } else {
                1.0
            },
            ..CALM
        },
        ..INCIDENT
    },
    Scenario {
        name: "a new normal, 3 times slower, no SLA",
        seconds: 600,
        incident: Some((120, 600)),
        weather: |t| Weather {
            rate: 100.0,
            slow: if t < 120.0 { 1.0 } else { 3.0 },
            ..CALM
        },
        baseline: 100.0,
        sla_p95_ms: None,
        ..BENIGN
    },
];

/// Those that were written when the constants stood.
pub(super) const HELD_OUT: &[Scenario] = &[
    Scenario {
        name: "a step up and down each minute, 40% to 75% load",
        weather: |t| Weather {
            rate: if t % 60.0 < 30.0 { 180.0 } else { 330.0 },
            ..CALM
        },
        sla_p95_ms: None,
        ..BENIGN
    },
    Scenario {
        name: "100 workers of 200 ms",
        workers: 100,
        work: Work::Smooth(200),
        sla_p95_ms: None,
        base_ms: 455,
        ..BENIGN
    },
    Scenario {
        name: "slower by a third over eight minutes",
        seconds: 600,
        weather: |t| Weather {
            slow: 1.0 + 0.33 * (t / 480.0).min(1.0),
            ..CALM
        },
        sla_p95_ms: None,
        ..BENIGN
    },
    Scenario {
        name: "30 calls/s, one in twenty slow",
        seconds: 900,
        work: Work::TwoPaths(5),
        weather: |_| Weather { rate: 30.0, ..CALM },
        sla_p95_ms: Some(300),
        base_ms: 150,
        ..BENIGN
    },
    Scenario {
        name: "one in five fails, below the threshold",
        weather: |_| Weather {
            errors: 0.2,
            ..CALM
        },
        ..BENIGN
    },
    Scenario {
        name: "overload of 300%",
        weather: |t| surge(t, 1320.0),
        ..INCIDENT
    },
    Scenario {
        name: "brownout, 3 times slower",
        weather: |t| Weather {
            slow: if during(t, 120.0, 180.0) { 3.0 } else { 1.0 },
            ..CALM
        },
        ..INCIDENT
    },
    Scenario {
        name: "brownout of two paths, 4 times slower",
        work: Work::TwoPaths(10),
        weather: |t| Weather {
            rate: 250.0,
            slow: if during(t, 120.0, 180.0) { 4.0 } else { 1.0 },
            ..CALM
        },
        sla_p95_ms: Some(800),
        // The slow path takes 0.8 s then, which leaves no queue that a client's second bears, and
        // the ideal does not know that.
        promised: 0.75,
        base_ms: 170,
        baseline: 250.0,
        ..INCIDENT
    },
    Scenario {
        name: "retry storm: brownout, 4 times slower",
        weather: |t| Weather {
            slow: if during(t, 120.0, 180.0) { 4.0 } else { 1.0 },
            ..CALM
        },
        retries: 2,
        ..INCIDENT
    },
    Scenario {
        name: "two in three fail fast, 40 calls/s",
        weather: |t| Weather {
            rate: 40.0,
            errors: if during(t, 120.0, 180.0) { 0.67 } else { 0.0 },
            ..CALM
        },
        baseline: 40.0,
        ..INCIDENT
    },
];
