//! Who leads each matter: where, when, by which mandate on which basis, and what was overridden.

use maud::{Markup, html};

use super::gather::Gathered;
use super::{both, say};
use crate::who::{Part, who};
use crate::words::Words;
use linkage_model::Institution;
use linkage_parallel::in_order;
use linkage_regions::{Cuboid, NodeRef, Region, Side};
use linkage_text::Language;

/// So many matters are told one by one; of larger packages only as many, the rest is answered by `linkage who`.
const MATTERS: usize = 400;

/// So many parts of a matter are told.
const PARTS: usize = 24;

/// So many parts are told in all.
const ALL_PARTS: usize = 300;

pub(super) fn section(gathered: &Gathered<'_>) -> Markup {
    let institution = gathered.institution();
    let tree = &institution.matters.tree;
    let leaves: Vec<(NodeRef, u32)> = tree
        .nodes()
        .filter(|(_, node)| node.children.is_empty() && !node.leaves.is_empty())
        .map(|(at, node)| (at, node.leaves.start))
        .collect();
    let governed: Vec<&(NodeRef, u32)> =
        leaves.iter().filter(|(_, leaf)| !slab(institution, *leaf).is_empty()).collect();
    let told = in_order(&governed[..governed.len().min(MATTERS)], |(_, leaf)| {
        let here = slab(institution, *leaf);
        [Language::En, Language::Zh].map(|language| who(gathered.division(), &here, language).parts)
    });
    let mut room = ALL_PARTS;
    let fits = told.iter().take_while(|[en, _]| {
        let enough = room > 0;
        room = room.saturating_sub(en.len().min(PARTS));
        enough
    });
    let told: Vec<&[Vec<Part>; 2]> = fits.collect();
    html! {
        section #leads aria-labelledby="leads-h" {
            h2 #leads-h { (say("Who leads what", "谁牵头什么")) }
            p { (say(
                "Open a matter to see who leads it where and when, on what basis, and what was set aside.",
                "展开事项，可见何处何时由谁牵头、依据为何、何者被排除。")) }
            @for ((at, leaf), [en, zh]) in governed.iter().zip(&told) {
                @let head = institution.matters.head(*at);
                details #{"m" (leaf)} {
                    summary {
                        (both(&Words::new(institution.matters.path(*at), head.label())))
                        " " span.quiet { (few(en, zh)) }
                    }
                    (parts(en, zh))
                }
            }
            @if governed.len() > told.len() {
                @let more = governed.len() - told.len();
                p { (both(&Words::new(
                    format!("{more} further matters are answered by `linkage who --at matter=NAME`."),
                    format!("其余{more}个事项可用“linkage who --at matter=名称”查询。"),
                ))) }
            }
        }
    }
}

/// All situations of a matter in the scope.
fn slab(institution: &Institution, leaf: u32) -> Region {
    let cuboid = Cuboid::full(&institution.space).with(Institution::MATTER, Side::value(leaf));
    Region::from_cuboid(&institution.space, cuboid).intersect(&institution.scope.region)
}

/// Whether a matter has one answer, or how many.
fn few(parts: &[Part], zh: &[Part]) -> Markup {
    let count = |kind: &str| parts.iter().filter(|part| part.kind == kind).count();
    let bad = [("gap", "nobody", "空白"), ("overlap", "overlap", "交叉")];
    html! {
        @for (kind, en, zh) in bad { @if count(kind) > 0 { span class={"tag " (kind)} { (say(en, zh)) } " " } }
        @if let ([en], [zh]) = (parts, zh) {
            @if en.kind != "gap" { (both(&Words::new(&en.who, &zh.who))) }
        } @else {
            (both(&Words::new(format!("{} answers: {}", parts.len(), names(parts, Language::En)), format!("{}种答案：{}", zh.len(), names(zh, Language::Zh)))))
        }
    }
}

/// Who leads some part of it: the first few, and how many more.
fn names(parts: &[Part], language: Language) -> String {
    const FEW: usize = 4;
    let mut names: Vec<&str> = Vec::new();
    for part in parts.iter().filter(|part| part.kind != "gap") {
        if !names.contains(&part.who.as_str()) {
            names.push(&part.who);
        }
    }
    let more = names.len().saturating_sub(FEW);
    names.truncate(FEW);
    match language {
        Language::En if more > 0 => format!("{} and {more} more", names.join(", ")),
        Language::Zh if more > 0 => format!("{}，另有{more}种", names.join("、")),
        _ => names.join(language.pick(", ", "、")),
    }
}

fn parts(en: &[Part], zh: &[Part]) -> Markup {
    html! {
        div.scroll role="group" tabindex="0" aria-label="who / 谁" {
            table {
                thead { tr {
                    th scope="col" { (say("where and when", "何处何时")) }
                    th scope="col" { (say("who leads", "牵头主体")) }
                    th scope="col" { (say("why", "依据")) }
                } }
                tbody {
                    @for (en, zh) in en.iter().zip(zh).take(PARTS) {
                        tr {
                            td { (both(&Words::new(place(en, Language::En), place(zh, Language::Zh)))) }
                            td { (both(&Words::new(&en.who, &zh.who))) br; span class={"tag " (en.kind)} { (both(&kind(en.kind))) } }
                            td { ul {
                                @for (en, zh) in en.reasons.iter().zip(&zh.reasons) { li { (both(&Words::new(en, zh))) } }
                            } }
                        }
                    }
                }
            }
            @if en.len() > PARTS {
                p { (both(&Words::new(format!("and {} more parts", en.len() - PARTS), format!("另有{}部分", en.len() - PARTS)))) }
            }
        }
    }
}

fn place(part: &Part, language: Language) -> String {
    part.place.clone().unwrap_or_else(|| language.pick("everywhere, at all times", "各处各时").to_owned())
}

fn kind(kind: &str) -> Words {
    match kind {
        "gap" => Words::new("a gap", "空白"),
        "overlap" => Words::new("an overlap: no rule decides", "交叉：没有规则裁断"),
        "shared" => Words::new("shared lawfully", "依法分担"),
        "entrusted" => Words::new("one in the other's name", "委托关系"),
        "resolved" => Words::new("to be settled as declared", "按约定协调"),
        _ => Words::new("one lead", "单一牵头"),
    }
}
