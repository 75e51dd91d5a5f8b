//! What a mayor reads: how many, of what cause, the gravest few.

use maud::{Markup, html};
use num_bigint::BigUint;

use super::gather::{Gathered, Item};
use super::states::{State, States, percent};
use super::{both, filters, say, terms};
use crate::check::properties;
use crate::cost::{duration, practice_words};
use crate::finding::thousands;
use crate::words::Words;
use linkage_analysis::checks::{Cause, Countermeasure, Proofs};
use linkage_text::{Language, Severity};

/// So many findings are named at once.
const NAMED: usize = 6;

/// So many findings are listed with what they cost.
const DEAREST: usize = 10;

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
                            strong { (count) } " " (terms::sign(severity)) " " (both(&terms::severities(severity, count)))
                        }
                    }
                }
            }
            @let proofs = Words::each(|language| properties(gathered.analysis, language).trim_end().to_owned());
            @if gathered.analysis.proofs != Proofs::default() { p { (both(&proofs)) } }
            @if !gathered.accepted.is_empty() {
                @let count = gathered.accepted.len();
                p { a href="#accepted" { (both(&Words::new(format!("{count} more accepted"), format!("另有{count}项已认可")))) } }
            }
            h3 { (say("Of all situations", "全部情形中")) }
            (shares(states, &whole))
            (real_cases(gathered))
            h3 { (say("The gravest", "最严重的问题")) }
            ol {
                @let (named, kinds) = gravest(gathered);
                @for item in &named {
                    li { a href={"#" (item.anchor)} { (item.anchor) } " " (both(&item.message())) }
                }
                @if kinds > named.len() {
                    @let more = kinds - named.len();
                    li { a href={"#?s=" (filters::severity_key(Severity::Error))} { (both(&Words::new(
                        format!("and {more} more kinds of error, below"),
                        format!("另有{more}类错误，见下文"),
                    ))) } }
                }
            }
            h3 { (say("Why linkage fails here", "联动不畅的成因")) }
            (causes(gathered))
        }
    }
}

/// What a journal of real cases says: in all, and the findings that cost most.
fn real_cases(gathered: &Gathered<'_>) -> Markup {
    let Some(practice) = &gathered.analysis.practice else { return Markup::default() };
    let met =
        |item: &&Item<'_>| item.severity > Severity::Note && item.cost().is_some_and(|cost| cost.cases > 0);
    let met: Vec<&Item<'_>> = gathered.items.iter().filter(met).collect();
    html! {
        h3 #cases-h { (say("What they cost real cases", "实际案件的代价")) }
        p { (both(&Words::each(|language| practice_words(practice, language)))) }
        @if !met.is_empty() {
            div.scroll role="group" tabindex="0" aria-labelledby="cases-h" {
                table {
                    thead { tr {
                        th scope="col" { (say("finding", "问题")) }
                        th scope="col" { (say("cases", "案件")) }
                        th scope="col" { (say("may be", "可能")) }
                        th scope="col" { (say("late", "超期")) }
                        th scope="col" { (say("of it working time", "其中工作时间")) }
                        th scope="col" { (say("escalations", "升级")) }
                        th scope="col" { (say("hand-backs", "退回移送")) }
                    } }
                    tbody {
                        @for item in met.iter().take(DEAREST) {
                            @if let Some(cost) = item.cost() {
                                tr {
                                    th scope="row" { a href={"#" (item.anchor)} { (item.anchor) } " " (terms::sign(item.severity)) " " (both(&item.message())) }
                                    td.num { (cost.cases) }
                                    td.num { (cost.possible) }
                                    td.num { (both(&Words::each(|language| duration(cost.spent.late, language)))) }
                                    td.num { (both(&Words::each(|language| duration(cost.spent.late_working, language)))) }
                                    td.num { (cost.spent.escalations) }
                                    td.num { (cost.spent.hand_backs) }
                                }
                            }
                        }
                    }
                }
            }
            @if met.len() > DEAREST {
                @let more = met.len() - DEAREST;
                p.quiet { (both(&Words::new(format!("and {more} more, below"), format!("另有{more}项，见下文")))) }
            }
            p.quiet { (both(&Words::new(
                format!("{} errors and warnings are met by cases. All findings below are in the order of what they cost: time late, escalations, hand-backs, cases; notes come last. A case that meets several counts for each.", met.len()),
                format!("有案件涉及的错误和警告{}项。下列问题均按代价排序：超期时间、升级、退回移送、案件数，提示列于最后。一件案件涉及多项问题的，逐项计入。", met.len()),
            ))) }
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

/// The gravest findings: of each kind the one with the most situations, the errors of most situations first; and how
/// many kinds there are in all.
fn gravest<'g>(gathered: &'g Gathered<'_>) -> (Vec<&'g Item<'g>>, usize) {
    let count = |item: &Item<'_>| {
        item.finding
            .and_then(|finding| finding.region.as_ref())
            .map_or(BigUint::ZERO, linkage_regions::Region::count)
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
        if named.iter().all(|other| other.code != item.code) {
            named.push(item);
        }
    }
    let kinds = named.len();
    named.truncate(NAMED);
    (named, kinds)
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
