//! The breaker in a simulated world, beside what else one could put there.

mod page;
mod plot;
mod policies;
mod scenarios;
mod service;

use policies::{NAMES, make};
use scenarios::{HELD_OUT, KNOWN};
use service::{Run, S, Scenario, run};

/// Seeds of every scenario for ours; the others in the table see the first one alone.
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

/// A scenario, and what each policy made of it.
struct Row {
    scenario: &'static Scenario,
    /// In the order of [`NAMES`], each under the first seed.
    runs: Vec<(Run, Figures)>,
    /// Ours under every seed.
    ours: Vec<Figures>,
}

fn row(scenario: &'static Scenario) -> Row {
    let once = |name: &str, seed: u64| {
        let run = run(scenario, &mut *make(name, scenario, seed), seed);
        let figures = figures(scenario, &run);
        (run, figures)
    };
    let runs: Vec<_> = NAMES.iter().map(|name| once(name, SEEDS[0])).collect();
    let mut ours = vec![runs[NAMES.len() - 1].1];
    ours.extend(SEEDS[1..].iter().map(|&seed| once("adaptive", seed).1));
    Row {
        scenario,
        runs,
        ours,
    }
}

/// Scenarios in which errors are the trouble: the breaker has to open, and to do so soon.
fn has_errors(scenario: &Scenario) -> bool {
    let (from, to) = scenario.measured();
    scenario.incident.is_some()
        && (from..to).any(|second| (scenario.weather)(second as f64).errors > 0.0)
}

/// What is promised of ours, for one run; where it is not kept, which part.
fn broken(scenario: &Scenario, ours: &Figures) -> Option<&'static str> {
    let promises = [
        ("no false trip", ours.false_trips == 0),
        ("nothing turned away for nothing", ours.turned_away <= 0.01),
        (
            "goodput",
            match scenario.incident {
                None => ours.good >= 0.99 * scenario.ideal(),
                Some(_) => {
                    has_errors(scenario) || ours.good >= scenario.promised * scenario.ideal()
                }
            },
        ),
        (
            "errors are detected",
            !has_errors(scenario) || ours.detected_s.is_some_and(|s| s <= 5.0),
        ),
        (
            "recovery",
            scenario.measured().1 == scenario.seconds || ours.recovered_s.is_some_and(|s| s <= 5),
        ),
    ];
    let (promise, _) = promises.into_iter().find(|(_, kept)| !kept)?;
    Some(promise)
}

/// The figures of the breaker hold, and the page shows them.
#[test]
fn the_page_shows_what_is_promised() {
    let rows: Vec<Row> = KNOWN.iter().chain(HELD_OUT).map(row).collect();
    page::check(&rows);
    plot::check(&rows);
    for row in rows {
        for (seed, ours) in SEEDS.iter().zip(&row.ours) {
            let broken = broken(row.scenario, ours);
            assert_eq!(broken, None, "{}, seed {seed}: {ours:?}", row.scenario.name);
        }
    }
}

/// The bare formula misleads where its page says so, and ours does not.
#[test]
fn the_letter_misleads() {
    let find = |name: &str| {
        let scenario = KNOWN.iter().find(|scenario| scenario.name == name);
        let run = run(
            scenario.expect("it is there"),
            &mut *make("literal", scenario.expect("it is there"), SEEDS[0]),
            SEEDS[0],
        );
        figures(scenario.expect("it is there"), &run)
    };
    assert!(find("2 calls/s, an hour").false_trips >= 50, "low traffic");
    assert!(find("a new normal, 1.5 times slower").turned_away >= 0.1);
    assert_eq!(find("three in five fail fast").detected_s, None);
    assert_eq!(find("all fail fast").detected_s, None);
}

/// A day of two calls per second, in which nothing is wrong.
#[test]
fn a_day_of_low_traffic_trips_nothing() {
    for name in ["2 calls/s, an hour", "2 calls/s, two paths"] {
        let hour = KNOWN.iter().find(|scenario| scenario.name == name);
        let day = Scenario {
            seconds: 86_400,
            ..*hour.expect("it is there")
        };
        // The first seed alone: a day has 172,800 ticks.
        for seed in &SEEDS[..1] {
            let run = run(&day, &mut *make("adaptive", &day, *seed), *seed);
            assert!(run.trips.is_empty(), "{name}, seed {seed}: {:?}", run.trips);
        }
    }
}

/// Seeds that no constant was chosen by. Chance may break a promise in two of twenty: two errors in
/// three are told from one in two by some hundred answers, and 40 calls/s take seconds for them. A
/// false trip is excused only where the contract's own rule, without `adaptive`, trips as well.
#[test]
#[ignore = "takes a minute; run by name when a constant changes"]
fn held_out_seeds() {
    let mut all = String::new();
    for scenario in KNOWN.iter().chain(HELD_OUT) {
        let mut few = Vec::new();
        let mut false_trip = false;
        for seed in 301..=320 {
            let once = |name: &str| {
                let run = run(scenario, &mut *make(name, scenario, seed), seed);
                figures(scenario, &run)
            };
            let ours = once("adaptive");
            false_trip |= ours.false_trips > 0 && once("static").false_trips == 0;
            if let Some(promise) = broken(scenario, &ours) {
                few.push(format!("{}, {seed}: {promise}: {ours:?}\n", scenario.name));
            }
        }
        if few.len() > 2 || false_trip {
            all.extend(few);
        }
    }
    assert!(all.is_empty(), "{all}");
}
