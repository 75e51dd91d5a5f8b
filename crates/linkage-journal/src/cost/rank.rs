//! What each finding cost, and the findings in that order.

use std::cmp::Reverse;

use super::meet::{Met, Placed, Wanted};
use super::{Course, Courses};
use crate::store::Hash;
use linkage_analysis::checks::{Cost, Finding, Practice};
use linkage_package::Analysis;
use linkage_parallel::in_order;
use linkage_text::Severity;

/// So many cases of a finding are named.
const NAMED: usize = 5;

/// Says of every finding what it cost the cases, and orders the findings by it: by the time late, then by
/// escalations, hand-backs, cases, and cases that may be; what is alike keeps its order. Notes come last,
/// whatever they cost: there is nothing in them to mend.
pub fn rank(analysis: &mut Analysis, courses: &Courses) {
    let institution = &analysis.resolved.institution;
    let calendar = &analysis.package.calendar;
    let placed = in_order(&courses.cases, |course| Placed::new(institution, course));
    let whole = in_order(&courses.cases, |course| course.spent(None, calendar));
    let priced = |finding: &Finding| -> Option<(Cost, Vec<usize>)> {
        let wanted = Wanted::new(institution, finding)?;
        let (mut cost, mut surely) = (Cost::default(), Vec::new());
        for (at, (course, placed)) in courses.cases.iter().zip(&placed).enumerate() {
            match wanted.met(course, placed) {
                None => {}
                Some(Met::Perhaps) => cost.possible += 1,
                Some(Met::Surely) => {
                    cost.spent += match wanted.nodes(course) {
                        Some(nodes) => course.spent(Some(&nodes), calendar),
                        None => whole[at],
                    };
                    surely.push(at);
                }
            }
        }
        cost.cases = surely.len();
        let name = |at: &usize| courses.cases[*at].case.to_string().into();
        cost.named = surely.iter().take(NAMED).map(name).collect();
        Some((cost, surely))
    };
    let costs = in_order(&analysis.findings, priced);
    let accepted = in_order(&analysis.accepted, |(finding, _)| priced(finding).map(|(cost, _)| cost));
    let mut practice = practice(analysis, courses, &placed);
    for spent in whole {
        practice.spent += spent;
    }
    let mut touched = vec![false; courses.cases.len()];
    for (finding, cost) in analysis.findings.iter_mut().zip(costs) {
        for at in cost.iter().filter(|_| finding.severity > Severity::Note).flat_map(|(_, surely)| surely) {
            touched[*at] = true;
        }
        finding.cost = cost.map(|(cost, _)| cost);
    }
    practice.touched = touched.into_iter().filter(|touched| *touched).count();
    for ((finding, _), cost) in analysis.accepted.iter_mut().zip(accepted) {
        finding.cost = cost;
    }
    let mut findings: Vec<(usize, Finding)> =
        std::mem::take(&mut analysis.findings).into_iter().enumerate().collect();
    findings.sort_by_key(|(_, finding)| Reverse(weight(finding)));
    (practice.before, analysis.findings) = findings.into_iter().unzip();
    analysis.practice = Some(practice);
}

/// What a finding is ordered by.
fn weight(finding: &Finding) -> (bool, u64, usize, usize, usize, usize) {
    let to_mend = finding.severity > Severity::Note;
    let Some(cost) = &finding.cost else { return (to_mend, 0, 0, 0, 0, 0) };
    let spent = cost.spent;
    (to_mend, spent.late, spent.escalations, spent.hand_backs, cost.cases, cost.possible)
}

fn practice(analysis: &Analysis, courses: &Courses, placed: &[Placed]) -> Practice {
    let own = Hash::of(&analysis.package.written()).to_string();
    let date = |at| analysis.package.calendar.date_of(at);
    Practice {
        cases: courses.cases.len(),
        other_rules: courses.cases.iter().filter(|course| course.rules != own).count(),
        unplaced: placed.iter().filter(|placed| !placed.known).count(),
        from: courses.cases.iter().map(|course: &Course| course.opened).min().map(date),
        until: courses.until.map(date),
        ..Practice::default()
    }
}
