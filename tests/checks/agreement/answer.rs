//! Who leads, as each of the parts of the program says it, in one form that can be compared.

use std::collections::BTreeSet;

use linkage::case::{Command, Facts, Happening, Mode, Order, REPORTER, Refusal, Why, World, decide, region};
use linkage::compare::{Changes, Led, State};
use linkage::model::{Institution, Sharing};
use linkage::report::{Part, who};
use linkage::space::{Point, Region};
use linkage::text::Language;
use linkage::workspace::Analysis;

use super::{Asked, Outcome, Truth};

/// Who leads a situation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lead {
    /// `one`, `shared`, `entrusted`, `resolved`, `overlap`, `gap` or `outside`.
    pub kind: String,
    /// The bodies by name, sorted; outside the scope those that mandates name for it.
    pub bodies: Vec<String>,
    pub sharing: Option<String>,
    pub standby: Vec<String>,
    pub resolution: Option<String>,
    /// Whether a rule sets aside somebody's claim.
    pub settled: bool,
}

impl Lead {
    /// What two parts of a region must have in common to be one answer.
    pub fn answer(&self) -> Self {
        let bodies = if self.kind == "outside" { Vec::new() } else { self.bodies.clone() };
        Self { bodies, settled: false, ..self.clone() }
    }

    /// The executor does not say what was set aside.
    pub fn as_executed(&self) -> Self {
        Self { settled: false, ..self.clone() }
    }

    /// `diff` does not tell one power from one body.
    pub fn as_compared(&self) -> Self {
        let kind = if self.kind == "entrusted" { "one".to_owned() } else { self.kind.clone() };
        Self { kind, ..self.answer() }
    }

    pub fn is_as(&self, truth: &Truth) -> bool {
        let kind = match truth.kind {
            Some(Outcome::One) => "one",
            Some(Outcome::Entrusted) => "entrusted",
            Some(Outcome::Shared) => "shared",
            Some(Outcome::Resolved(_)) => "resolved",
            Some(Outcome::Circle | Outcome::Undecidable | Outcome::Unsaid) => "overlap",
            Some(Outcome::Outside) => "outside",
            Some(Outcome::Nobody) | None => "gap",
        };
        let by = match truth.kind {
            Some(Outcome::Resolved(by)) => Some(format!("r{by}")),
            _ => None,
        };
        let mut bodies: Vec<String> = truth.bodies.iter().map(|body| format!("b{body}")).collect();
        bodies.sort();
        kind == self.kind && bodies == self.bodies && by == self.resolution
    }

    /// The codes that the findings must have there, of those that speak of leading.
    pub fn findings(&self) -> BTreeSet<&'static str> {
        let own = match self.kind.as_str() {
            "gap" => Some("gap"),
            "overlap" => Some("overlap"),
            "resolved" => Some("resolved"),
            _ => None,
        };
        let settled = (self.settled && self.kind != "outside").then_some("settled");
        own.into_iter().chain(settled).collect()
    }
}

/// The situations that have exactly the facts of a point.
pub fn situation(now: &Asked<'_>, point: &Point) -> Region {
    region(now.analysis.institution(), &now.facts(point))
}

/// What `who` says of a region that has one answer.
pub fn asked(now: &Asked<'_>, region: &Region) -> Result<Lead, String> {
    let answer = who(&now.division, region, Language::En);
    match answer.parts.as_slice() {
        [part] if answer.missing.is_empty() => Ok(read(part)),
        _ => Err(format!("who gives several answers to one situation: {answer:?}")),
    }
}

/// A part of an answer of `who`.
pub fn read(part: &Part) -> Lead {
    let mut bodies: Vec<String> = part.bodies.iter().map(ToString::to_string).collect();
    bodies.sort();
    let by = part.reasons.iter().find_map(|line| line.strip_suffix(" settles it"));
    Lead {
        kind: part.kind.to_owned(),
        bodies,
        sharing: part.sharing.map(sharing),
        standby: part.standby.iter().map(ToString::to_string).collect(),
        resolution: by.map(ToOwned::to_owned),
        settled: part.reasons.iter().any(|line| line.contains(", over which ")),
    }
}

fn sharing(sharing: Sharing) -> String {
    format!("{sharing:?}")
}

/// What the executor does with a case of these facts; the facts that it misses where it can't say who leads.
pub fn executed(now: &Asked<'_>, facts: &Facts) -> Result<Result<Lead, Vec<String>>, String> {
    let order = Order::Open { procedure: None, facts: facts.clone(), reporter: Some("somebody".into()) };
    let events = match decide(&now.rules, &World::default(), &Command::new(REPORTER, order), now.noon) {
        Ok(events) => events,
        Err(Refusal::Undecided { facts, .. }) => {
            return Ok(Err(facts.iter().map(|missing| missing.fact.to_string()).collect()));
        }
        Err(refusal) => return Err(format!("{facts:?}: no case is opened: {refusal:?}")),
    };
    let lead = |kind: &str, bodies: Vec<String>| {
        let mut bodies = bodies;
        bodies.sort();
        Lead {
            kind: kind.to_owned(),
            bodies,
            sharing: None,
            standby: Vec::new(),
            resolution: None,
            settled: false,
        }
    };
    for event in &events {
        match &event.what {
            Happening::ReferredOn { to, perhaps } => {
                return Ok(Ok(lead("outside", to.iter().chain(perhaps).map(ToString::to_string).collect())));
            }
            Happening::GapMet { .. } => return Ok(Ok(lead("gap", Vec::new()))),
            Happening::OverlapMet { claims, resolution } => {
                let bodies = claims.iter().map(|charged| charged.body.to_string()).collect();
                let kind = if resolution.is_some() { "resolved" } else { "overlap" };
                let resolution = resolution.as_ref().map(ToString::to_string);
                return Ok(Ok(Lead { resolution, ..lead(kind, bodies) }));
            }
            Happening::Led { to, mode, standby, .. } => {
                let all = to.iter().chain(standby);
                let shares: BTreeSet<Option<Sharing>> = all
                    .clone()
                    .map(|charged| match &charged.why {
                        Why::Mandate { sharing, .. } => *sharing,
                        _ => None,
                    })
                    .collect();
                let [shared] = Vec::from_iter(shares)[..] else {
                    return Err(format!("{facts:?}: one lead shared in several ways: {event:?}"));
                };
                let all_must = matches!(mode, Mode::Joint { quorum, .. } if *quorum as usize == to.len());
                if all_must != (shared == Some(Sharing::Joint)) {
                    return Err(format!("{facts:?}: who must act is not how it is shared: {event:?}"));
                }
                let bodies: Vec<String> = all.map(|charged| charged.body.to_string()).collect();
                let kind = match (bodies.len(), shared) {
                    (1, _) => "one",
                    (_, Some(_)) => "shared",
                    _ => "entrusted",
                };
                return Ok(Ok(Lead {
                    sharing: shared.map(sharing),
                    standby: standby.iter().map(|charged| charged.body.to_string()).collect(),
                    ..lead(kind, bodies)
                }));
            }
            _ => {}
        }
    }
    Err(format!("{facts:?}: the executor says nothing of who leads: {events:?}"))
}

/// What the findings say of who leads at a situation.
pub fn found(analysis: &Analysis, point: &Point) -> Result<BTreeSet<&'static str>, String> {
    let mut told = BTreeSet::new();
    for finding in &analysis.findings {
        let kind = match (finding.check.code, finding.sentence) {
            ("D001" | "D013", _) => "gap",
            ("D002" | "D009" | "D010", _) => "overlap",
            ("D003", "resolved") => "resolved",
            ("D003", _) => "settled",
            _ => continue,
        };
        let region = finding.region.as_ref().ok_or("a finding without a region")?;
        if region.contains(point) {
            told.insert(kind);
        }
    }
    Ok(told)
}

/// What `diff` says of a situation: how it was and how it is; none where it says nothing.
pub fn changed(
    before: &Asked<'_>,
    after: &Asked<'_>,
    changes: &Changes,
    point: &Point,
) -> Option<(Lead, Lead)> {
    let here: Vec<_> = changes.leads.iter().filter(|change| change.region.contains(point)).collect();
    assert!(here.len() < 2, "{here:?}");
    let change = here.first()?;
    let read = |state: &State, it: &Institution| {
        let (kind, sharing) = match state.led {
            Led::NotThere => ("not there", None),
            Led::Outside => ("outside", None),
            Led::Nobody => ("gap", None),
            Led::One => ("one", None),
            Led::Shared(how) => ("shared", Some(sharing(how))),
            Led::Resolved(_) => ("resolved", None),
            Led::Overlap => ("overlap", None),
        };
        let resolution = match state.led {
            Led::Resolved(by) => Some(it[by].head.name.to_string()),
            _ => None,
        };
        let names = |bodies: &[linkage::model::BodyId]| -> Vec<String> {
            bodies.iter().map(|body| it[*body].head.name.to_string()).collect()
        };
        let mut bodies = names(&state.bodies);
        bodies.sort();
        let standby = names(&state.standby);
        Lead { kind: kind.to_owned(), bodies, sharing, standby, resolution, settled: false }
    };
    Some((
        read(&change.before, before.analysis.institution()),
        read(&change.after, after.analysis.institution()),
    ))
}
