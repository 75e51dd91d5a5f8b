//! The witness of a finding as a short story: one case, and what becomes of it.

use maud::{Markup, html};

use super::findings::FEW;
use super::gather::Gathered;
use super::{both, say};
use crate::finding::{spot_words, way_words};
use crate::picture::performer;
use crate::region::boxes_words;
use crate::who::who;
use crate::words::Words;
use linkage_analysis::checks::{Finding, Witness};
use linkage_flow::{Run, Spot};
use linkage_model::{Institution, NodeKind, ProcedureId};
use linkage_regions::{Cuboid, Point, Region, Side};
use linkage_text::Language;

pub(super) fn story(gathered: &Gathered<'_>, finding: &Finding) -> Markup {
    let Some(witness) = &finding.witness else { return Markup::default() };
    let (point, run) = match witness {
        Witness::Situation(point) | Witness::Report(point) => (point, None),
        Witness::Run(procedure, run, point) => (point, Some((*procedure, run, None))),
        Witness::Slowest(procedure, run, point, start) => (point, Some((*procedure, run, Some(start)))),
    };
    let institution = gathered.institution();
    let case = Words::each(|language| {
        boxes_words(institution, &[telling(institution, finding, point)], language, 1)
    });
    let reported = match &run {
        Some((_, _, Some(start))) => {
            let start = start.strftime("%Y-%m-%d %H:%M").to_string();
            Words::new(format!(", reported at {start}"), format!("，{start}报告"))
        }
        _ => Words::default(),
    };
    let comes_up = Words::new(
        format!("A case comes up: {}{}.", case.en, reported.en),
        format!("出现一件事：{}{}。", case.zh, reported.zh),
    );
    html! {
        // Of many findings each is told as shortly as can be: the sentence says itself what it is.
        @if gathered.items.len() <= FEW { h4 { (say("For example", "例如")) } }
        p { (both(&comes_up)) }
        @match run {
            Some((procedure, run, start)) => {
                @if start.is_some() { p { (say("Each step takes all the time that it has:", "每一步均用足期限：")) } }
                (steps(institution, procedure, run))
            }
            None => { @if matches!(finding.witness, Some(Witness::Situation(_))) && finding.check.code.starts_with('D') { (answer(gathered, point)) } }
        }
    }
}

/// The situation, narrowed to what tells: matter and area, and what the finding depends on.
fn telling(institution: &Institution, finding: &Finding, point: &Point) -> Cuboid {
    let around = finding.boxes().and_then(|boxes| boxes.cuboids.iter().find(|cuboid| cuboid.contains(point)));
    let mut cuboid = Cuboid::full(&institution.space);
    for (axis, (at, dimension)) in point.0.iter().zip(&institution.space.dimensions).enumerate() {
        let depends = around.is_none_or(|around| around.sides()[axis].len() < dimension.size());
        if axis <= Institution::AREA || depends {
            cuboid = cuboid.with(axis, Side::value(*at));
        }
    }
    cuboid
}

/// Who leads this one situation, and why: what `linkage who` answers.
fn answer(gathered: &Gathered<'_>, point: &Point) -> Markup {
    let institution = gathered.institution();
    let sides = point.0.iter().enumerate();
    let cuboid =
        sides.fold(Cuboid::full(&institution.space), |all, (axis, at)| all.with(axis, Side::value(*at)));
    let here = Region::from_cuboid(&institution.space, cuboid);
    let [en, zh] =
        [Language::En, Language::Zh].map(|language| who(gathered.division(), &here, language).parts);
    html! {
        @for (en, zh) in en.iter().zip(&zh) {
            @match (en.kind, institution.scope.fallback) {
                ("gap", Some((body, _))) => {
                    @let head = &institution[body].head;
                    p { (both(&Words::new(
                        format!("Nobody leads it. It goes to {}, the fallback.", head.name),
                        format!("无人牵头，交由兜底主体{}。", head.label()),
                    ))) }
                }
                ("gap", None) => { p { (say("Nobody leads it.", "无人牵头。")) } }
                ("overlap", _) => { p { (both(&Words::new(format!("It is claimed by {}:", en.who), format!("{}均主张牵头：", zh.who)))) } }
                _ => { p { (both(&Words::new(format!("It is led by {}:", en.who), format!("由{}牵头：", zh.who)))) } }
            }
            @if !en.reasons.is_empty() {
                ul { @for (en, zh) in en.reasons.iter().zip(&zh.reasons) { li { (both(&Words::new(en, zh))) } } }
            }
        }
    }
}

/// The run, step by step, with who acts and how each ends.
fn steps(institution: &Institution, id: ProcedureId, run: &Run) -> Markup {
    let procedure = &institution[id];
    html! {
        ol.run {
            @for stride in run {
                @let spot = Words::each(|language| spot_words(procedure, stride.at, language));
                @let by = match stride.at {
                    Spot::Node(node) => match &procedure.nodes[node.index()].kind {
                        NodeKind::Step(step) => step.by.first().map(|(by, _)| performer(institution, by)),
                        _ => None,
                    },
                    _ => None,
                };
                @let end = stride.way.and_then(|way| Some(Words::new(
                    way_words(procedure, stride.at, way, Language::En)?,
                    way_words(procedure, stride.at, way, Language::Zh)?,
                )));
                @let told = |language: Language| {
                    let by = by.as_ref().map(|by| format!(" · {}", by.of(language))).unwrap_or_default();
                    let end = end.as_ref().map(|end| format!(": {}", end.of(language))).unwrap_or_default();
                    format!("{}{by}{end}", spot.of(language))
                };
                li { (both(&Words::each(told))) }
            }
        }
    }
}
