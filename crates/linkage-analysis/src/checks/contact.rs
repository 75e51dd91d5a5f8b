//! First contact: where on a run whoever reported first takes part or is promised word.
//!
//! ```text
//!   a step by or with the reporter                       when the step ends
//!   `owe feedback|report … to reporter within D upon N`  D after N ends (after the opening, after the close)
//!   `closing { tell reporter within D }`                 D after the close, or at once
//! ```
//!
//! The first of these on a run counts. So the procedure is cut behind them: there the cut procedure closes, after
//! the time that was promised.

use ecow::EcoString;

use super::Context;
use super::ladder::never_longer;
use super::no_feedback::answers;
use super::owing::clauses;
use linkage_calendar::{Duration, Unit};
use linkage_model::{
    Content, Head, Node, NodeId, NodeKind, Outcome, Performer, Procedure, Step, Target, Upon,
};
use linkage_text::Span;

/// When whoever reported first hears of a case.
pub(super) enum Contact {
    /// Word is promised within a time from the opening.
    Promised(Duration, Span),
    /// On the way, or at the end.
    OnTheWay {
        /// The procedure, closing at the first contact.
        cut: Box<Procedure>,
        /// The procedure without what follows a contact: whoever comes to its end heard nothing.
        silent: Box<Procedure>,
    },
}

/// At once.
const NOW: Duration = Duration { amount: 0, unit: Unit::Minute };

pub(super) fn contact(context: &Context<'_>, procedure: &Procedure) -> Contact {
    let words = || {
        clauses(procedure).filter(|owe| {
            matches!(owe.content, Content::Feedback | Content::Report)
                && owe.creditors.iter().any(|creditor| answers(context, procedure, creditor))
        })
    };
    if let Some(owe) = words().find(|owe| owe.upon == Upon::Open) {
        return Contact::Promised(owe.within, owe.head.span);
    }
    let sooner = |one: Duration, two: Duration| if never_longer(context, one, two) { one } else { two };
    let mut points: Vec<(NodeId, Duration)> = Vec::new();
    let mut add = |node: NodeId, within: Duration| match points.iter_mut().find(|(own, _)| *own == node) {
        Some((_, known)) => *known = sooner(*known, within),
        None => points.push((node, within)),
    };
    for (node, it) in (0..).map(NodeId).zip(&procedure.nodes) {
        let takes_part = |step: &Step| {
            let all = step.by.iter().chain(&step.with);
            all.into_iter().any(|(performer, _)| *performer == Performer::Reporter)
        };
        if matches!(&it.kind, NodeKind::Step(step) if takes_part(step)) {
            add(node, NOW);
        }
    }
    for owe in words() {
        if let Upon::Node(node) = owe.upon {
            add(node, owe.within);
        }
    }
    let told = procedure.closing.iter().flat_map(|closing| &closing.tell);
    let told = told.filter(|(performer, ..)| answers(context, procedure, performer));
    let told = told.map(|(_, within, _)| within.unwrap_or(NOW));
    let owed = words().filter(|owe| owe.upon == Upon::Close).map(|owe| owe.within);
    let at_close = told.chain(owed).reduce(sooner);
    Contact::OnTheWay {
        cut: Box::new(cut(procedure, &points, at_close)),
        silent: Box::new(silent(procedure, &points, at_close)),
    }
}

/// The procedure closing behind each point after its time.
fn cut(procedure: &Procedure, points: &[(NodeId, Duration)], at_close: Option<Duration>) -> Procedure {
    let mut cut = procedure.clone();
    let mut waits: Vec<(Duration, NodeId)> = Vec::new();
    let own = procedure.nodes.len();
    let mut wait = |within: Duration| {
        if within.amount == 0 {
            return Target::Close(None);
        }
        let known = waits.iter().find(|(known, _)| *known == within).map(|(_, node)| *node);
        Target::Node(known.unwrap_or_else(|| {
            let node = NodeId(u32::try_from(own + waits.len()).unwrap_or(u32::MAX));
            waits.push((within, node));
            node
        }))
    };
    for (node, it) in (0..).map(NodeId).zip(&mut cut.nodes) {
        let point = points.iter().find(|(own, _)| *own == node).map(|(_, within)| *within);
        targets(&mut it.kind, &mut |target, finished| {
            if let Some(within) = point.filter(|_| finished) {
                *target = wait(within);
            } else if let (Target::Close(_), Some(within)) = (*target, at_close) {
                *target = wait(within);
            }
        });
    }
    cut.nodes.extend(waits.into_iter().map(|(within, _)| waiting(within)));
    cut
}

/// The procedure with nothing behind the points; and no end, if word is sent at the close.
fn silent(procedure: &Procedure, points: &[(NodeId, Duration)], at_close: Option<Duration>) -> Procedure {
    let mut silent = procedure.clone();
    for (node, it) in (0..).map(NodeId).zip(&mut silent.nodes) {
        let point = points.iter().any(|(own, _)| *own == node);
        targets(&mut it.kind, &mut |target, finished| {
            if (point && finished) || (at_close.is_some() && matches!(target, Target::Close(_))) {
                // Up a ladder that nobody stands on: the case stays where it is.
                *target = Target::Escalate;
            }
        });
    }
    silent
}

/// A step in which nothing happens until its time has passed.
fn waiting(within: Duration) -> Node {
    let end =
        Outcome { head: Head::default(), needs: Vec::new(), when: None, target: Some(Target::Close(None)) };
    let step = Step { within: Some((within, Span::default())), outcomes: vec![end], ..Step::default() };
    let head = Head { name: EcoString::new(), ..Head::default() };
    Node { head, block: None, kind: NodeKind::Step(Box::new(step)) }
}

/// Changes each target of a node; told is whether the node is finished by it, or left unfinished.
fn targets(kind: &mut NodeKind, change: &mut dyn FnMut(&mut Target, bool)) {
    match kind {
        NodeKind::Step(step) => {
            step.outcomes
                .iter_mut()
                .filter_map(|outcome| outcome.target.as_mut())
                .for_each(|it| change(it, true));
            let unfinished = step.on_timeout.iter_mut().chain(&mut step.on_refusal);
            unfinished.for_each(|(target, _)| change(target, false));
        }
        NodeKind::Choose(choice) => {
            choice.arms.iter_mut().for_each(|arm| change(&mut arm.target, true));
            choice.otherwise.iter_mut().for_each(|(target, _)| change(target, true));
        }
        NodeKind::Block(block) => block.then.iter_mut().for_each(|(target, _)| change(target, true)),
        NodeKind::Call(call) => {
            let ended = call.solved.iter_mut().chain(&mut call.unsolved);
            ended.for_each(|(target, _)| change(target, true));
            let unfinished = call.on_timeout.iter_mut().chain(&mut call.on_refusal);
            unfinished.for_each(|(target, _)| change(target, false));
        }
    }
}
