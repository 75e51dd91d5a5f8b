//! All that one body leads, loses, supports and supervises, on what basis, and where it conflicts.

use std::collections::BTreeMap;
use std::fmt::Write;

use ecow::EcoString;
use serde::Serialize;

use super::fact::{bodies_words, fact_words, reason_words};
use super::finding::thousands;
use super::region::region_words;
use linkage_analysis::checks::{Context, Fact};
use linkage_model::{BodyId, Holder, LeadershipKind, MandateId, Reason};
use linkage_regions::{Cuboid, Region};
use linkage_text::Language;

/// How many boxes of a region are told.
const BOXES_TOLD: usize = 3;

/// What one body has to do with the division of powers on a day.
#[derive(Debug, Serialize)]
pub struct Portfolio {
    /// The body.
    pub body: EcoString,
    /// The day asked about.
    pub as_of: String,
    /// What it leads.
    pub leads: Vec<Task>,
    /// What it claims, and others claim too: nothing settles it, or a resolution does case by case.
    pub contested: Vec<Task>,
    /// What it claims, and others prevail.
    pub overridden: Vec<Task>,
    /// What mandates name it for although it may not act there.
    pub excluded: Vec<Task>,
    /// What it leads while it is off duty.
    pub off_duty: Vec<Task>,
    /// What it supports.
    pub supports: Vec<Task>,
    /// What it supervises.
    pub supervises: Vec<Task>,
}

/// A part of a mandate.
#[derive(Debug, Serialize)]
pub struct Task {
    /// The mandate.
    pub mandate: EcoString,
    /// Where, in words.
    #[serde(rename = "where")]
    pub place: String,
    /// How many situations.
    pub situations: String,
    /// On what basis in force, in words.
    pub basis: String,
    /// Who else: those who lead with it, claim it too, or prevail.
    pub others: Vec<EcoString>,
    /// The same in words, with the reason.
    pub why: Option<String>,
}

/// What a body has to do with the division of powers.
pub fn portfolio(context: &Context<'_>, body: BodyId, language: Language) -> Portfolio {
    let teller = Teller { context, body, language };
    let institution = context.institution();
    let mut it = Portfolio {
        body: institution[body].head.name.clone(),
        as_of: context.division.day.to_string(),
        leads: Vec::new(),
        contested: Vec::new(),
        overridden: Vec::new(),
        excluded: Vec::new(),
        off_duty: Vec::new(),
        supports: Vec::new(),
        supervises: Vec::new(),
    };
    for (at, claim) in context.division.claims().iter().enumerate() {
        if claim.bodies.contains(&body) {
            teller.claim(at, &mut it);
        }
    }
    for barred in context.division.barred().iter().filter(|barred| barred.bodies.contains(&body)) {
        let by = fact_words(institution, &Fact::Exclusion(barred.exclusion), language);
        let task = teller.task(barred.mandate, &barred.region, &[]);
        it.excluded.push(Task { why: Some(by), ..task });
    }
    let day = context.division.day;
    for (id, mandate) in institution.mandates() {
        let named = |holder: &Holder| match holder {
            Holder::Body(named) => institution.standing_in(*named, day).contains(&body),
            Holder::Kind(kind) => institution[body].kind == Some(*kind),
        };
        if mandate.supports.iter().any(|(holder, _)| named(holder)) {
            it.supports.push(teller.task(id, &mandate.region, &[]));
        }
        if mandate.supervisors.iter().any(|(supervisor, _)| named(&Holder::Body(*supervisor))) {
            it.supervises.push(teller.task(id, &mandate.region, &[]));
        }
    }
    it
}

struct Teller<'c> {
    context: &'c Context<'c>,
    body: BodyId,
    language: Language,
}

impl Teller<'_> {
    fn claim(&self, at: usize, it: &mut Portfolio) {
        let (context, institution) = (self.context, self.context.institution());
        let claim = &context.division.claims()[at];
        let space = &institution.space;
        let mut contested: BTreeMap<(Vec<BodyId>, Option<_>), Vec<Cuboid>> = BTreeMap::new();
        let mut lost: BTreeMap<(usize, Reason), Vec<Cuboid>> = BTreeMap::new();
        for (leadership, region) in context.meetings_of(at) {
            if leadership.effective.contains(&at) {
                let by = match leadership.kind {
                    LeadershipKind::Resolved(resolution) => Some(resolution),
                    LeadershipKind::Overlap => None,
                    _ => continue,
                };
                let known = contested.entry((leadership.bodies.clone(), by)).or_default();
                known.extend_from_slice(region.cuboids());
            } else {
                for (_, winner, reason) in leadership.overridden.iter().filter(|(loser, ..)| *loser == at) {
                    lost.entry((*winner, *reason)).or_default().extend_from_slice(region.cuboids());
                }
            }
        }
        let mut leads = context.led(at);
        for ((bodies, by), cuboids) in contested {
            let region = Region::from_cuboids(space, cuboids);
            leads = leads.minus(&region);
            let why = by.map(|by| fact_words(institution, &Fact::Resolution(by), self.language));
            let task = self.task(claim.mandate, &region, &bodies);
            it.contested.push(Task { why, ..task });
        }
        for ((winner, reason), cuboids) in lost {
            let winning = &context.division.claims()[winner];
            let over = fact_words(institution, &Fact::Mandate(winning.mandate), self.language);
            let reason = reason_words(reason, self.language);
            let task = self.task(claim.mandate, &Region::from_cuboids(space, cuboids), &winning.bodies);
            let colon = self.language.pick(": ", "：");
            it.overridden.push(Task { why: Some(format!("{over}{colon}{reason}")), ..task });
        }
        if leads.is_empty() {
            return;
        }
        let off = leads.minus(&institution.duty(self.body));
        if !off.is_empty() {
            it.off_duty.push(self.task(claim.mandate, &off, &[]));
        }
        it.leads.push(self.task(claim.mandate, &leads, &claim.bodies));
    }

    fn task(&self, mandate: MandateId, region: &Region, bodies: &[BodyId]) -> Task {
        let institution = self.context.institution();
        let others = bodies.iter().filter(|other| **other != self.body);
        Task {
            mandate: institution[mandate].head.name.clone(),
            place: region_words(institution, region, self.language, BOXES_TOLD),
            situations: region.count().to_string(),
            basis: super::who::cited(self.context.division, mandate, self.language),
            others: others.map(|other| institution[*other].head.name.clone()).collect(),
            why: None,
        }
    }
}

/// The portfolio for people.
pub fn portfolio_text(context: &Context<'_>, body: BodyId, language: Language) -> String {
    let it = portfolio(context, body, language);
    let name = bodies_words(context.institution(), &[body], language);
    let mut out = match language {
        Language::En => format!("{name} as of {}\n", it.as_of),
        Language::Zh => format!("{name}（{}）\n", it.as_of),
    };
    let sections = [
        (language.pick("leads", "牵头"), &it.leads),
        (language.pick("claims, and others claim it too", "主张牵头，他方亦主张"), &it.contested),
        (language.pick("claims, and others prevail", "主张牵头，他方优先"), &it.overridden),
        (language.pick("is named to lead, and may not act there", "列为牵头，而不得办理"), &it.excluded),
        (language.pick("leads while it is off duty", "牵头而不在值守时间"), &it.off_duty),
        (language.pick("supports", "配合"), &it.supports),
        (language.pick("supervises", "督办"), &it.supervises),
    ];
    if sections.iter().all(|(_, tasks)| tasks.is_empty()) {
        let _ = writeln!(out, "  {}", language.pick("no mandate names it", "没有职责规定涉及它"));
    }
    for (title, tasks) in sections {
        if tasks.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n{title}");
        for task in tasks {
            let _ = writeln!(out, "  {}", line(context, task, language));
        }
    }
    out
}

fn line(context: &Context<'_>, task: &Task, language: Language) -> String {
    let institution = context.institution();
    let named = |name: &EcoString| institution.body_named(name);
    let others: Vec<BodyId> = task.others.iter().filter_map(named).collect();
    let title = institution.mandates().find(|(_, it)| it.head.name == task.mandate);
    let mandate = title.map_or_else(
        || task.mandate.to_string(),
        |(id, _)| fact_words(institution, &Fact::Mandate(id), language),
    );
    let count = thousands(&task.situations);
    let mut line = match language {
        Language::En => format!("{}: by {mandate}", task.place),
        Language::Zh => format!("{}：依“{mandate}”", task.place),
    };
    if !task.basis.is_empty() {
        let _ = match language {
            Language::En => write!(line, " on {}", task.basis),
            Language::Zh => write!(line, "（{}）", task.basis),
        };
    }
    if !others.is_empty() {
        let others = bodies_words(institution, &others, language);
        let _ = match language {
            Language::En => write!(line, "; also {others}"),
            Language::Zh => write!(line, "；另有{others}"),
        };
    }
    if let Some(why) = &task.why {
        let _ = write!(line, "{}{why}", language.pick("; ", "；"));
    }
    let _ = match language {
        Language::En => write!(line, " ({count} situations)"),
        Language::Zh => write!(line, "（{count}种情形）"),
    };
    line
}
