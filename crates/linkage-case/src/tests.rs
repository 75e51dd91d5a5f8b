//! A small town for the tests of cases, and events as short lines.

#[cfg(test)]
mod facts;
#[cfg(test)]
mod orders;
pub mod replay;
pub mod short;
#[cfg(test)]
mod time_given;

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::{CaseId, Command, Event, Fact, Facts, Order, Refusal, Rules, World, apply, decide};
use linkage_calendar::Calendar;
use linkage_model::{Institution, resolve};
use linkage_text::SourceId;

/// Bodies, laws and mandates; each test adds its procedures.
pub const TOWN: &str = r"
area town { north { n1 n2 } south { s1 s2 } }
matter hazard { fire { stairwell shop } water noise }
matter dispute { neighbours }
attribute severity : 1..5
attribute indoors : boolean

law fire_law { rank statute issuer npc from 2009-05-01 article 53 }
law old_law { rank statute issuer npc from 2000-01-01 until 2026-11-30 }
law new_law { rank statute issuer npc from 2026-12-01 replaces old_law }
law local_rules { rank local_rule issuer city from 2015-01-01 }

body government { kind government serves town }
body centre { kind platform under government serves town }
body district { kind police }
body police { kind police under district, government serves town }
body brigade { kind fire_rescue under government serves town }
body market { kind department under government serves town }
body housing { kind department under government serves town }
body village { kind committee under government serves town }
body village_north { kind committee under village serves north }
body village_n1 { kind committee under village_north serves n1 }
body old_bureau { kind department under government serves town }
body new_bureau { kind department under government serves town succeeds old_bureau since 2020-01-01 }
body stranger { kind enterprise }

mandate stairs_police { lead police over hazard.fire.stairwell when severity <= 3 basis fire_law art 53 }
mandate stairs_brigade { lead brigade over hazard.fire.stairwell when severity > 3 basis fire_law art 53 }
mandate stairs_rules { lead housing over hazard.fire.stairwell basis local_rules }
mandate shop_police { lead police over hazard.fire.shop basis fire_law art 53 }
mandate shop_brigade { lead brigade over hazard.fire.shop basis fire_law art 53 support market }
mandate noise_old { lead market over hazard.noise basis old_law }
mandate noise_new { lead police over hazard.noise basis new_law }
mandate disputes { lead village over dispute basis local_rules }
";

/// The package's fallback and forums, where a test has none of its own.
pub const SCOPE: &str = "scope { over hazard, dispute fallback centre }";

/// The institution of the town with further rules.
pub fn town(more: &str) -> Institution {
    let text = format!("{TOWN}\n{more}");
    let parsed = linkage_syntax::parse(SourceId::default(), &text);
    assert!(parsed.errors.is_empty(), "{:?}", parsed.errors);
    let resolved = resolve(&[&parsed.file]);
    assert!(resolved.errors.is_empty(), "{:?}", resolved.errors);
    resolved.institution
}

/// Its calendar.
pub const CALENDAR: &str = "zone: Asia/Shanghai\nweek:\n  monday-friday: [09:00-17:00]\n";

/// Monday to Friday 09:00-17:00 in Shanghai, no holidays.
pub fn calendar() -> Calendar {
    Calendar::from_yaml(CALENDAR).expect("is right")
}

/// A world at work.
pub struct Play<'i> {
    pub rules: Rules<'i>,
    pub world: World,
    pub events: Vec<Event>,
    pub now: Timestamp,
}

impl<'i> Play<'i> {
    pub fn new(institution: &'i Institution, calendar: &'i Calendar, start: &str) -> Self {
        let start: DateTime = start.parse().expect("a time");
        let now = calendar.zone().to_timestamp(start).expect("in range");
        Self { rules: Rules::new(institution, calendar), world: World::default(), events: Vec::new(), now }
    }

    fn order(&mut self, by: &str, order: Order) -> Result<Vec<Event>, Refusal> {
        self.command(&Command::new(by, order))
    }

    pub fn command(&mut self, command: &Command) -> Result<Vec<Event>, Refusal> {
        let events = decide(&self.rules, &self.world, command, self.now)?;
        for event in &events {
            apply(&mut self.world, event);
        }
        self.events.extend(events.iter().cloned());
        Ok(events)
    }

    fn open(&mut self, procedure: &str, stated: &[(&str, Fact)]) -> Result<Vec<Event>, Refusal> {
        let procedure = (!procedure.is_empty()).then(|| procedure.into());
        self.order(
            "centre",
            Order::Open { procedure, facts: stated_facts(stated), reporter: Some("r1".into()) },
        )
    }

    fn done(&mut self, by: &str, step: &str, outcome: &str) -> Result<Vec<Event>, Refusal> {
        self.order(by, Order::Done { case: C1, step: Some(step.into()), outcome: outcome.into() })
    }
}

const C1: CaseId = CaseId(1);

fn stated_facts(stated: &[(&str, Fact)]) -> Facts {
    stated.iter().map(|(name, fact)| ((*name).into(), fact.clone())).collect()
}

fn text(value: &str) -> Fact {
    Fact::Text(value.into())
}
