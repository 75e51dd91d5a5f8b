//! What a mayor reads: how many, of what cause, the gravest few.

use maud::{Markup, html};
use num_bigint::BigUint;

use super::gather::{Gathered, Item};
use super::states::{State, States, percent};
use super::{both, filters, say, terms};
use crate::checks::{Cause, Countermeasure};
use crate::report::finding::thousands;
use crate::report::words::Words;
use crate::text::{Language, Severity};

/// So many findings are named at once.
const NAMED: usize = 6;

pub(super) fn section(gathered: &Gathered<'_>, states: &States) -> Markup {
    let institution = gathered.institution();
    let whole = states.scope.count();
    let situations = thousands(&whole.to_string());
    html! {
        section #summary aria-labelledby="summary-h" {
            h2 #summary-h { (say("Summary", "摘要")) }
            p { (both(&Words::new(
                format!("{} bodies, {} mandates and {} procedures were looked at over {situations} situations: every matter in every area at every minute, with every fact that the rules speak of. Nothing is sampled.",
                    institution.bodies.len(), institution.mandates.len(), institution.procedures.len()),
                format!("共检查主体{}个、职责{}项、程序{}个，情形{situations}种：每一事项、每一区域、每一分钟以及规则涉及的每一事实，未作抽样。",
                    institution.bodies.len(), institution.mandates.len(), institution.procedures.len()),
            ))) }
            ul.tiles {
                @for severity in terms::SEVERITIES {
                    @let count = gathered.items.iter().filter(|item| item.severity == severity).count();
                    li class=(filters::severity_key(severity)) {
                        a href={"#?s=" (filters::severity_key(severity))} {
                            strong { (count) } " " (terms::sign(severity)) " " (both(&terms::severity(severity)))
                        }
                    }
                }
            }
            h3 { (say("Of all situations", "全部情形中")) }
            (shares(states, &whole))
            h3 { (say("The gravest", "最严重的问题")) }
            ol {
                @for item in gravest(gathered) {
                    li { a href={"#" (item.anchor)} { (item.anchor) } " " (both(&item.message())) }
                }
            }
            h3 { (say("Why linkage fails here", "联动不畅的成因")) }
            (causes(gathered))
        }
    }
}

fn shares(states: &States, whole: &BigUint) -> Markup {
    html! {
        ul.legend {
            @for (state, count) in states.counts() {
                @if count != BigUint::ZERO || matches!(state, State::Gap | State::Overlap) {
                    li { span class={"k " (terms::class(state))} {} " " strong { (percent(&count, whole)) } " " (both(&terms::state(state))) }
                }
            }
        }
    }
}

/// The gravest findings: of each kind the one with the most situations, the errors of most situations first.
fn gravest<'g>(gathered: &'g Gathered<'_>) -> Vec<&'g Item<'g>> {
    let count = |item: &Item<'_>| {
        item.finding
            .and_then(|finding| finding.region.as_ref())
            .map_or(BigUint::ZERO, crate::space::Region::count)
    };
    let mut items: Vec<(&Item<'_>, BigUint)> = gathered
        .items
        .iter()
        .filter(|item| item.severity == Severity::Error)
        .map(|it| (it, count(it)))
        .collect();
    items.sort_by(|a, b| b.1.cmp(&a.1));
    let mut named: Vec<&Item<'_>> = Vec::new();
    for (item, _) in items {
        if named.len() < NAMED && named.iter().all(|other| other.code != item.code) {
            named.push(item);
        }
    }
    named
}

fn causes(gathered: &Gathered<'_>) -> Markup {
    let mut causes: Vec<(Cause, Vec<&Item<'_>>)> = Vec::new();
    for item in &gathered.items {
        let Some(cause) = item.cause else { continue };
        match causes.iter_mut().find(|(own, _)| *own == cause) {
            Some((_, items)) => items.push(item),
            None => causes.push((cause, vec![item])),
        }
    }
    let grave = |items: &[&Item<'_>], severity| items.iter().filter(|item| item.severity == severity).count();
    causes.sort_by_key(|(cause, items)| {
        (std::cmp::Reverse((grave(items, Severity::Error), grave(items, Severity::Warning))), *cause)
    });
    html! {
        div.scroll role="group" tabindex="0" aria-label="causes / 成因" {
            table {
                thead { tr {
                    th scope="col" { (say("cause", "成因")) }
                    @for severity in terms::SEVERITIES { th scope="col" { (both(&terms::severity(severity))) } }
                    th scope="col" { (say("what removes it", "对策")) }
                } }
                tbody {
                    @for (cause, items) in &causes {
                        tr {
                            th scope="row" { a href={"#?c=" (cause.key())} { (both(&Words::each(|language| cause.in_words(language).to_owned()))) } }
                            @for severity in terms::SEVERITIES { td { (grave(items, severity)) } }
                            td {
                                @for measure in measures(items) { div { (both(&Words::each(|language: Language| measure.in_words(language).to_owned()))) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn measures(items: &[&Item<'_>]) -> std::collections::BTreeSet<Countermeasure> {
    items.iter().filter_map(|item| item.countermeasure).collect()
}
