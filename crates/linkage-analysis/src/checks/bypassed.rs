//! Q005: a case can be closed without having come to a step that a property says it always passes.

use std::sync::Arc;

use super::courses::{ends_of, region as of_classes};
use super::property::{beginning, demands, refuted};
use super::{Check, Context, Fact, Finding, Witness};
use linkage_flow::{Course, Ends, Flow, Spot};
use linkage_model::{Arm, Choice, Demand, NodeId, NodeKind, Procedure, ProcedureId, PropertyId, Step};
use linkage_regions::Region;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "Q005",
    name: "bypassed",
    severity: Severity::Error,
    page: include_str!("bypassed.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (property, demand) in demands(context) {
        let Demand::Passes(region, steps) = demand else { continue };
        let around = Around::new(context, steps);
        for (id, _) in context.institution().procedures() {
            let begins = beginning(context, id, region);
            if !begins.is_empty() {
                findings.extend(around.refutation(context, property, id, &begins));
            }
        }
    }
    findings
}

/// All procedures without what happens at some steps, so that whoever still comes to the end has passed none.
struct Around {
    procedures: Vec<Procedure>,
    flows: Vec<Arc<Flow>>,
    ends: Ends,
}

impl Around {
    fn new(context: &Context<'_>, steps: &[(ProcedureId, NodeId)]) -> Self {
        let institution = context.institution();
        let everything = Region::full(&institution.space);
        let mut procedures = institution.procedures.clone();
        for (id, node) in steps {
            let node = &mut procedures[id.index()].nodes[node.index()];
            node.kind = match &node.kind {
                NodeKind::Step(step) => NodeKind::Choose(only_passed_over(step)),
                _ => NodeKind::Choose(Choice::default()),
            };
        }
        let flows = |all: &[Procedure]| -> Vec<Arc<Flow>> {
            let both = institution.procedures.iter().zip(all);
            both.map(|(whole, it)| Arc::new(Flow::as_in(whole, it, &everything))).collect()
        };
        let ends = ends_of(institution, &procedures, &flows(&procedures));
        // A called procedure that can't end so leads on nowhere.
        for node in procedures.iter_mut().flat_map(|procedure| &mut procedure.nodes) {
            let NodeKind::Call(call) = &mut node.kind else { continue };
            if let Some([solved, unsolved]) = call.runs.and_then(|(runs, _)| ends.get(&runs)) {
                call.solved = call.solved.filter(|_| !solved.is_empty());
                call.unsolved = call.unsolved.filter(|_| !unsolved.is_empty());
            }
        }
        Self { flows: flows(&procedures), procedures, ends }
    }

    /// The shortest run of a procedure to its end.
    fn refutation(
        &self,
        context: &Context<'_>,
        property: PropertyId,
        id: ProcedureId,
        begins: &Region,
    ) -> Option<Finding> {
        let institution = context.institution();
        let (procedure, flow) = (&self.procedures[id.index()], &self.flows[id.index()]);
        let course = Course::new(procedure, flow, &institution.space, begins, &self.ends);
        let closed = [None, Some(true), Some(false)].map(Spot::Closed);
        let (run, at) = closed
            .into_iter()
            .filter_map(|end| {
                let at = of_classes(context, &course, &course.reach(end));
                if at.is_empty() { None } else { flow.run_to(end, &at) }
            })
            .min_by_key(|(run, _)| run.len())?;
        let all = closed.map(|end| of_classes(context, &course, &course.reach(end)));
        let all = all.into_iter().reduce(|one, two| one.union(&two))?;
        let case = at.witness()?;
        let head = institution[id].head.span;
        let finding = refuted(&CHECK, context, property)
            .fact("procedure", Fact::Procedure(id))
            .place(head, "procedure")
            .on(all);
        Some(finding.shown_by(Witness::Run(id, run, case)))
    }
}

/// A step as those see it to whom it does not apply: it is passed over, elsewhere it leads nowhere.
fn only_passed_over(step: &Step) -> Choice {
    let over = step.when.as_ref().zip(step.outcomes.first().and_then(|first| first.target));
    let arm = |((when, span), target): (&(Region, linkage_text::Span), _)| Arm {
        guard: when.complement(),
        target,
        span: *span,
    };
    Choice { arms: over.map(arm).into_iter().collect(), otherwise: None }
}
