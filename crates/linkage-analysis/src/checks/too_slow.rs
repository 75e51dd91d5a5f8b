//! Q003: a case can take longer than a property says, until it is closed or until whoever reported hears of it.
//!
//! Every deadline kept is what the rules promise: so the slowest run with each step at the last minute decides.
//! What has no deadline, or can be gone round and round, promises nothing; there the procedure's own deadline
//! bounds the case, if it has one.

use std::sync::Arc;

use super::contact::{Contact, contact};
use super::courses::{ends, region as of_classes};
use super::deadline_cannot_hold::{slowest, worst};
use super::graph::shortest_run;
use super::ladder::never_longer;
use super::procedure_not_decided::cut;
use super::property::{beginning, demands, refuted};
use super::{Check, Context, Fact, Finding, Witness};
use linkage_calendar::Duration;
use linkage_flow::{Course, Endless, Flow, Spot};
use linkage_model::{Demand, Procedure, ProcedureId, PropertyId};
use linkage_regions::Region;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "Q003",
    name: "too-slow",
    severity: Severity::Error,
    page: include_str!("too_slow.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (property, demand) in demands(context) {
        let (Demand::Closes(region, limit) | Demand::Contact(region, limit)) = demand else { continue };
        let closes = matches!(demand, Demand::Closes(..));
        for (id, procedure) in context.institution().procedures() {
            let begins = beginning(context, id, region);
            if begins.is_empty() {
                continue;
            }
            let asked = Asked { context, property, id, begins, limit: *limit };
            findings.extend(if closes { asked.closes(procedure) } else { asked.hears(procedure) });
        }
    }
    findings
}

/// Whether times of a procedure's cases could not be told: too many ways cross, or they lie beyond the almanac.
pub(super) fn times_are_cut(context: &Context<'_>, id: ProcedureId, begins: &Region) -> bool {
    let institution = context.institution();
    let flow = &context.flows[id.index()];
    let course = Course::new(&institution[id], flow, &institution.space, begins, ends(context));
    let whole = |id: ProcedureId| institution[id].within.map(|(within, _)| within);
    !course.classes.left.is_empty() || cut(context, &course, &whole).is_some()
}

/// What is asked of the cases of one procedure.
struct Asked<'c> {
    context: &'c Context<'c>,
    property: PropertyId,
    id: ProcedureId,
    begins: Region,
    limit: Duration,
}

impl Asked<'_> {
    fn refuted(&self) -> Finding {
        let head = self.context.institution()[self.id].head.span;
        refuted(&CHECK, self.context, self.property)
            .fact("procedure", Fact::Procedure(self.id))
            .place(head, "procedure")
    }

    fn course(&self, procedure: &Procedure) -> Course {
        let institution = self.context.institution();
        let space = &institution.space;
        let flow = Arc::new(Flow::as_in(&institution[self.id], procedure, &Region::full(space)));
        Course::new(procedure, &flow, space, &self.begins, ends(self.context))
    }

    fn closes(&self, procedure: &Procedure) -> Option<Finding> {
        let course = self.course(procedure);
        let own = procedure.within.map(|(within, _)| within);
        self.slow(&course, "main").or_else(|| {
            if own.is_some_and(|own| never_longer(self.context, own, self.limit)) {
                return None;
            }
            self.endless(&course, ["untimed", "round"]).or_else(|| self.never(&course))
        })
    }

    /// Whether whoever reports hears of the case in time: of the first word or part that the run promises.
    fn hears(&self, procedure: &Procedure) -> Option<Finding> {
        match contact(self.context, procedure) {
            Contact::Promised(within, _) if never_longer(self.context, within, self.limit) => None,
            Contact::Promised(_, span) => {
                let case = self.begins.witness().map(Witness::Report);
                let finding = self.refuted().told_by("promised").place(span, "promise");
                case.map(|case| finding.on(self.begins.clone()).shown_by(case))
            }
            Contact::OnTheWay { cut, silent } => {
                let silent = self.course(&silent);
                if let Some(finding) = self.silent(&silent) {
                    return Some(finding);
                }
                let cut = self.course(&cut);
                self.slow(&cut, "contact")
                    .or_else(|| self.endless(&cut, ["contact_untimed", "contact_round"]))
            }
        }
    }

    /// The slowest run that keeps every deadline, if it is too slow.
    fn slow(&self, course: &Course, sentence: &'static str) -> Option<Finding> {
        let institution = self.context.institution();
        let whole = |id: ProcedureId| institution[id].within.map(|(within, _)| within);
        let worst = worst(self.context, course, self.limit, &whole)?;
        slowest(self.context, self.id, course, &worst, &whole, self.refuted().told_by(sentence))
    }

    fn endless(&self, course: &Course, [untimed, round]: [&'static str; 2]) -> Option<Finding> {
        let institution = self.context.institution();
        let whole = |id: ProcedureId| institution[id].within.map(|(within, _)| within);
        let (endless, classes) = course.endless(&whole)?;
        let (sentence, node) = match endless {
            Endless::Untimed(node) => (untimed, node),
            Endless::Round(node) => (round, node),
        };
        let region = of_classes(self.context, course, &classes);
        let own = institution[self.id].nodes.get(node.index())?;
        let mut finding = self
            .refuted()
            .told_by(sentence)
            .fact("step", Fact::Node(self.id, node))
            .place(own.head.span, "endless")
            .on(region.clone());
        let run = match endless {
            Endless::Untimed(_) => course.flow.run_to(Spot::Node(node), &region),
            Endless::Round(_) => course.flow.round(node, &region),
        };
        if let Some((run, region)) = run
            && let Some(case) = region.witness()
        {
            finding = finding.shown_by(Witness::Run(self.id, run, case));
        }
        Some(finding)
    }

    /// Where a case can come to stand still.
    fn never(&self, course: &Course) -> Option<Finding> {
        let lost = course.lost(false);
        if lost.is_clear() {
            return None;
        }
        let finding = self.refuted().told_by("never").on(of_classes(self.context, course, &lost));
        let Some((node, classes)) = course.stuck().into_iter().next() else { return Some(finding) };
        let here = of_classes(self.context, course, &classes);
        let run = shortest_run(self.context, self.id, Spot::Node(node), &here);
        Some(run.map_or(finding.clone(), |witness| finding.shown_by(witness)))
    }

    /// A run to the end on which whoever reported hears nothing.
    fn silent(&self, course: &Course) -> Option<Finding> {
        let closed = [None, Some(true), Some(false)].map(Spot::Closed).into_iter();
        let (end, region) = closed
            .map(|end| (end, of_classes(self.context, course, &course.reach(end))))
            .find(|(_, region)| !region.is_empty())?;
        let finding = self.refuted().told_by("silent").on(region.clone());
        let run = course.flow.run_to(end, &region).and_then(|(run, region)| Some((run, region.witness()?)));
        Some(match run {
            Some((run, case)) => finding.shown_by(Witness::Run(self.id, run, case)),
            None => finding,
        })
    }
}
