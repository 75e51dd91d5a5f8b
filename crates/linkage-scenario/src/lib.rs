//! A scenario: what happens in one case, hour by hour, played on a clock that is moved by hand.
//!
//! ```yaml
//! title: Charging in a stairwell, from report to closing
//! rules: ../rules/luzhi          # the caller finds it
//! procedure: hazard_governance   # not needed where exactly one procedure is triggered
//! start: 2026-11-23T09:10        # on the clock of the calendar's zone
//! facts: { matter: hazard.fire.ebike_charging, area: grid_03, severity: 2 }
//! script:
//!   - { at: +20m, as: governance_centre, do: done, step: register, outcome: registered }
//!   - { at: +2h, as: police_station, do: refuse, step: inspect, reason: not ours, refused: true }
//! until: +10d                    # the clock runs on, so that deadlines pass
//! expect:
//!   lead: police_station
//!   steps: [register, inspect]
//!   closed: open
//! ```
//!
//! A scenario is documentation, a test and a demonstration at once. [`run`] plays it through
//! [`decide`](linkage_case::decide) and nothing else, so what it shows is what a live case would do. It
//! reads no file; the [`Story`] that it answers is data.
//!
//! # Example
//! ```
//! use linkage_scenario::Scenario;
//!
//! let scenario = Scenario::from_yaml("title: A fire\nstart: 2026-11-23T09:00\nfacts: { matter: fire }\n");
//! assert!(scenario.is_ok(), "{scenario:?}");
//! ```

mod coverage;
mod expect;
mod fault;
mod from_yaml;
mod generate;
mod lines;
mod probe;
mod run;
mod scenario;
mod sentence;
mod story;
mod suite;
mod value;

#[cfg(test)]
mod tests;

pub use coverage::{Coverage, Unit};
pub use fault::{Fact as ScenarioFact, ScenarioFault, Wanted};
pub use generate::{Draft, ends_of, written};
pub use probe::{End, probe};
pub use run::run;
pub use scenario::{ClosedAs, Expectation, ExpectedEscalation, ExpectedObligation, Line, Scenario, When};
pub use story::{Moment, Story, Unmet};
pub use suite::{Entry, entries};
