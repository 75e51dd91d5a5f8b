//! The table of bodies: what each leads, may do, owes and is owed.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

use super::gather::Gathered;
use super::{both, say};
use crate::fact::fact_words;
use crate::picture::owed;
use crate::region::region_words;
use crate::words::Words;
use linkage_analysis::checks::Fact;
use linkage_model::{BodyId, Holder, Institution, Performer, PowerId};

/// So many names are listed in a cell.
const LISTED: usize = 6;

pub(super) fn section(gathered: &Gathered<'_>) -> Markup {
    let institution = gathered.institution();
    let held = held(gathered);
    let idle = idle(gathered);
    let owed = owed(institution);
    let count =
        |want: &dyn Fn(&(Performer, Performer, Words)) -> bool| owed.iter().filter(|it| want(it)).count();
    html! {
        section #bodies aria-labelledby="bodies-h" {
            h2 #bodies-h { (say("Bodies", "主体")) }
            div.scroll role="group" tabindex="0" aria-labelledby="bodies-h" {
                table {
                    thead { tr {
                        th scope="col" { (say("body", "主体")) }
                        th scope="col" { (say("kind", "类别")) }
                        th scope="col" { (say("leads", "牵头")) }
                        th scope="col" { (say("supports", "配合")) }
                        th scope="col" { (say("powers in use", "行使中的职权")) }
                        th scope="col" { (say("powers without use", "未行使的职权")) }
                        th scope="col" { (say("hours", "值班时间")) }
                        th scope="col" { (say("owes", "应履行义务")) }
                        th scope="col" { (say("is owed", "应受义务")) }
                        th scope="col" { (say("findings", "问题")) }
                    } }
                    tbody {
                        @for (id, body) in institution.bodies() {
                            @let own = Performer::Body(id);
                            @let powers = held.get(&id).cloned().unwrap_or_default();
                            @let (without, with): (Vec<PowerId>, Vec<PowerId>) =
                                powers.into_iter().partition(|power| idle.contains(&(*power, id)));
                            @let found: Vec<_> = gathered.items.iter().filter(|item| item.bodies.contains(&id)).collect();
                            tr id={"b" (id.index())} {
                                th scope="row" { (both(&Words::new(&body.head.name, body.head.label()))) }
                                td { @match body.kind {
                                    Some(kind) => { (both(&Words::each(|language| kind.keyword().spelling(language).replace('_', " ")))) }
                                    None => { (say("a slot", "待指定")) }
                                } }
                                td { (names(institution, &leads(gathered, id))) }
                                td { (names(institution, &supports(institution, id))) }
                                td { (names(institution, &with.into_iter().map(Fact::Power).collect::<Vec<_>>())) }
                                td { (names(institution, &without.into_iter().map(Fact::Power).collect::<Vec<_>>())) }
                                td { (hours(institution, id)) }
                                td { (count(&|it| it.0 == own)) }
                                td { (count(&|it| it.1 == own)) }
                                td {
                                    @for item in found.iter().take(LISTED) { a href={"#" (item.anchor)} { (item.anchor) } " " }
                                    @if found.len() > LISTED { "+" (found.len() - LISTED) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn names(institution: &Institution, facts: &[Fact]) -> Markup {
    let more = facts.len().saturating_sub(LISTED);
    html! {
        @for fact in facts.iter().take(LISTED) { div { (both(&Words::each(|language| fact_words(institution, fact, language)))) } }
        @if more > 0 { div { "+" (more) } }
    }
}

/// The mandates by which a body claims the lead on the day.
fn leads(gathered: &Gathered<'_>, body: BodyId) -> Vec<Fact> {
    let claims = gathered.division().claims().iter().filter(|claim| claim.bodies.contains(&body));
    let mandates: BTreeSet<_> = claims.map(|claim| claim.mandate).collect();
    mandates.into_iter().map(Fact::Mandate).collect()
}

fn supports(institution: &Institution, body: BodyId) -> Vec<Fact> {
    let named = |holder: &Holder| match holder {
        Holder::Body(own) => *own == body,
        Holder::Kind(kind) => institution[body].kind == Some(*kind),
    };
    let all = institution.mandates().filter(|(_, own)| own.supports.iter().any(|(holder, _)| named(holder)));
    all.map(|(id, _)| Fact::Mandate(id)).collect()
}

/// The powers that each body holds on the day.
fn held(gathered: &Gathered<'_>) -> BTreeMap<BodyId, Vec<PowerId>> {
    let mut held: BTreeMap<BodyId, Vec<PowerId>> = BTreeMap::new();
    for (power, _) in gathered.institution().powers() {
        for holding in &gathered.context.competence().of(power).holdings {
            let own = held.entry(holding.body).or_default();
            if own.last() != Some(&power) {
                own.push(power);
            }
        }
    }
    held
}

/// The powers that no mandate and no step uses, as A002 finds them.
fn idle(gathered: &Gathered<'_>) -> BTreeSet<(PowerId, BodyId)> {
    let mut idle = BTreeSet::new();
    for finding in gathered.items.iter().filter(|item| item.code == "A002").filter_map(|item| item.finding) {
        let power = finding.facts.iter().find_map(|(_, fact)| match fact {
            Fact::Power(power) => Some(*power),
            _ => None,
        });
        for (_, fact) in &finding.facts {
            let bodies = match fact {
                Fact::Bodies(bodies) => bodies.clone(),
                Fact::Body(body) => vec![*body],
                _ => continue,
            };
            idle.extend(power.into_iter().flat_map(|power| bodies.iter().map(move |body| (power, *body))));
        }
    }
    idle
}

fn hours(institution: &Institution, body: BodyId) -> Markup {
    if institution[body].duty.is_none() {
        return say("always", "全天");
    }
    let duty = institution.duty(body);
    if duty.complement().is_empty() {
        return say("always", "全天");
    }
    both(&Words::each(|language| region_words(institution, &duty, language, 3)))
}
