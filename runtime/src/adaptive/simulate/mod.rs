//! The breaker in a simulated world, beside what else one could put there.

mod policies;
mod scenarios;
mod service;

use policies::{NAMES, make};
use scenarios::ALL;
use service::{Run, S, Scenario, run};

/// Seeds of every scenario; the others in the table see the first one alone.
const SEEDS: [u64; 3] = [1, 2, 3];

/// What a run comes to.
#[derive(Clone, Copy, Debug)]
struct Figures {
    /// Share of the clients of the incident, or of the whole run, that were answered well.
    good: f64,
    /// Requests that reached the service for nothing in the incident, in thousands.
    wasted_k: f64,
    /// Trips while nothing was wrong.
    false_trips: usize,
    /// Share of requests turned away while nothing was wrong.
    turned_away: f64,
    /// Seconds from the beginning of the incident to the first trip in it.
    detected_s: Option<f64>,
    /// Seconds from the end of the incident to the first of three in which 95 in 100 are well.
    recovered_s: Option<u64>,
}

/// After an incident, a trip in that many seconds belongs to it.
const AFTERMATH_S: u64 = 5;

fn figures(scenario: &Scenario, run: &Run) -> Figures {
    let (from, to) = scenario.measured();
    let inside = &run.seconds[from as usize..to as usize];
    let sum =
        |of: fn(&service::Second) -> u32| inside.iter().map(|s| f64::from(of(s))).sum::<f64>();
    let in_incident = |at: &u64| {
        scenario
            .incident
            .is_some_and(|(from, to)| (from * S..(to + AFTERMATH_S) * S).contains(at))
    };
    let (mut turned_away, mut requests) = (0.0, 0.0);
    for (second, counts) in run.seconds.iter().enumerate() {
        if !in_incident(&(second as u64 * S)) {
            turned_away += f64::from(counts.refused);
            requests += f64::from(counts.requests);
        }
    }
    let well = |s: &service::Second| f64::from(s.good) >= 0.95 * f64::from(s.clients);
    Figures {
        good: sum(|s| s.good) / sum(|s| s.clients),
        wasted_k: sum(|s| s.wasted) / 1000.0,
        false_trips: run.trips.iter().filter(|at| !in_incident(at)).count(),
        turned_away: turned_away / f64::max(requests, 1.0),
        detected_s: scenario.incident.and_then(|(from, _)| {
            let first = run.trips.iter().find(|at| in_incident(at))?;
            Some((first - from * S) as f64 / S as f64)
        }),
        recovered_s: scenario.incident.and_then(|(_, to)| {
            let after = &run.seconds[to as usize..];
            // The last second's answers may still be out.
            let after = &after[..after.len().saturating_sub(2)];
            after
                .windows(3)
                .position(|three| three.iter().all(well))
                .map(|second| second as u64)
        }),
    }
}

#[test]
#[ignore = "prints while tuning"]
fn explore() {
    use std::fmt::Write as _;
    let mut text = String::new();
    for scenario in ALL {
        let _ = writeln!(text, "{} ideal {:.3}", scenario.name, scenario.ideal());
        for name in NAMES {
            let seeds: &[u64] = if name == "adaptive" {
                &SEEDS
            } else {
                &SEEDS[..1]
            };
            for &seed in seeds {
                let run = run(scenario, &mut *make(name, scenario, seed), seed);
                let f = figures(scenario, &run);
                let _ = writeln!(
                    text,
                    "  {name:10} good {:.3} ({:.2}) waste {:.1}k false {} away {:.3} detect {:?} recover {:?}",
                    f.good,
                    f.good / scenario.ideal(),
                    f.wasted_k,
                    f.false_trips,
                    f.turned_away,
                    f.detected_s,
                    f.recovered_s
                );
            }
        }
    }
    panic!("{text}");
}

#[test]
#[ignore = "prints while tuning"]
fn trace() {
    use std::fmt::Write as _;
    let mut text = String::new();
    for name in ["brownout, 5 times slower", "brownout, no SLA written"] {
        let scenario = ALL.iter().find(|s| s.name == name).expect("there");
        let run = run(scenario, &mut *make("adaptive", scenario, 1), 1);
        let _ = writeln!(text, "{name} trips {:?}", run.trips);
        for t in 118..185 {
            let s = run.seconds[t];
            let _ = writeln!(
                text,
                "{t} clients {} good {} refused {} wasted {}",
                s.clients, s.good, s.refused, s.wasted
            );
        }
    }
    panic!("{text}");
}
