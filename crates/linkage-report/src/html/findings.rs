//! Each finding: what, where, on which situations, one case of it, why it matters, what would mend it.

use maud::{Markup, html};

use super::excerpt::excerpts;
use super::gather::{Gathered, Item};
use super::story::story;
use super::{both, filters, mentions, say, spelled, terms};
use crate::cost::cost_words;
use crate::finding::{filled, judged, page, reproduce, shown_share, thousands};
use crate::region::boxes_words;
use crate::words::Words;
use linkage_analysis::checks::{CHECKS, Cause, Finding};
use linkage_model::{Acceptance, Institution};
use linkage_parallel::in_order;
use linkage_regions::Cuboid;

/// Up to so many findings each is told in full; of more, what holds for all of a code stands with the code.
pub(super) const FEW: usize = 400;

/// So many lines of a declaration are shown, and fewer where there are many findings.
const LINES: (usize, usize) = (9, 2);

/// How many boxes of a region are told.
const BOXES: usize = 4;

pub(super) fn section(gathered: &Gathered<'_>) -> Markup {
    let count = gathered.items.len();
    let lines = if count <= FEW { LINES.0 } else { LINES.1 };
    let told = in_order(&gathered.items, |item| article(gathered, item, lines).into_string());
    html! {
        section #findings aria-labelledby="findings-h" {
            h2 #findings-h { (say("Findings", "问题")) }
            (filters::form(gathered))
            p #shown role="status" { (both(&Words::new(format!("{count} findings"), format!("{count}项问题")))) }
            div #list { @for one in told { (maud::PreEscaped(one)) } }
        }
        (accepted(gathered, lines))
        section #codes aria-labelledby="codes-h" {
            h2 #codes-h { (say("What the codes mean", "编号释义")) }
            @for check in CHECKS.iter().filter(|check| gathered.all().any(|item| item.code == check.code)) {
                @if let Some(page) = page(check) {
                    article id={"code-" (check.code)} {
                        h3 { (check.code) " " (both(&Words::new(&page.front.title.en, &page.front.title.zh))) }
                        p { (spelled(&why(&page.body))) }
                        p { (say("What would mend it: ", "如何改进：")) (spelled(&Words::new(&page.front.help.en, &page.front.help.zh))) }
                        p { (both(&Words::each(|language| page.front.cause.in_words(language).to_owned())))
                            " → " (both(&Words::each(|language| page.front.countermeasure.in_words(language).to_owned()))) }
                    }
                }
            }
        }
    }
}

/// What is knowingly accepted, apart from what is to be dealt with: it counts nowhere.
fn accepted(gathered: &Gathered<'_>, lines: usize) -> Markup {
    if gathered.accepted.is_empty() {
        return Markup::default();
    }
    html! {
        section #accepted aria-labelledby="accepted-h" {
            h2 #accepted-h { (say("Accepted findings", "已认可的问题")) }
            p { (say(
                "Somebody answers for these: they are known, accepted until the day named, and counted nowhere above. One that has expired or meets nothing is a finding itself.",
                "以下问题已知并有人负责，在所列日期前予以认可，不计入上述数目。到期或不再对应任何问题的认可，本身列为问题。")) }
            @for item in &gathered.accepted { (article(gathered, item, lines)) }
        }
    }
}

/// Why, by whom and until when.
fn waiver(gathered: &Gathered<'_>, acceptance: &Acceptance) -> Markup {
    html! {
        dl.waiver {
            dt { (say("Accepted because", "认可理由")) }
            dd { @match &acceptance.reason {
                Some(reason) => { (both(&Words::same(reason))) }
                None => { (say("no reason is given", "未说明理由")) }
            } }
            dt { (say("In charge", "负责主体")) }
            dd { @match acceptance.by {
                Some(body) => {
                    @let head = &gathered.institution()[body].head;
                    (both(&Words::new(&head.name, head.label())))
                }
                None => { (say("nobody is named", "未指明")) }
            } }
            dt { (say("Until", "有效期至")) }
            dd { @match acceptance.until {
                Some(until) => { (until) }
                None => { (say("no day is given", "未定期限")) }
            } }
            dt { (say("Where", "出处")) }
            dd { code {
                @let source = gathered.analysis.package.sources.get(acceptance.span.source);
                (source.name) ":" (source.position(acceptance.span.start).line)
            } }
        }
    }
}

/// The paragraphs of a page that say why it matters.
fn why(body: &str) -> Words {
    let under = |heading: &str| {
        let (_, rest) = body.split_once(heading)?;
        Some(rest.split("\n## ").next().unwrap_or_default().trim().to_owned())
    };
    let en = under("## Why it matters").unwrap_or_default();
    Words::new(&en, under("## 为何重要").unwrap_or_else(|| en.clone()))
}

fn article(gathered: &Gathered<'_>, item: &Item<'_>, lines: usize) -> Markup {
    let severity = filters::severity_key(item.severity);
    let bodies: Vec<String> = item.bodies.iter().map(|body| body.index().to_string()).collect();
    let place = item.finding.and_then(mentions::place);
    let few = gathered.items.len() <= FEW;
    html! {
        article class={"finding " (severity)} id=(item.anchor)
            aria-labelledby=[few.then(|| format!("{}-h", item.anchor))]
            data-f=(&item.code[..1]) data-s=(severity) data-c=[item.cause.map(Cause::key)]
            data-b=[Some(bodies.join(" ")).filter(|bodies| !bodies.is_empty())] data-p=[place] {
            h3 id=[few.then(|| format!("{}-h", item.anchor))] {
                a.code href={"#" (item.anchor)} { @if item.acceptance.is_some() { (item.code) } @else { (item.anchor) } }
                " " span.sev { (terms::sign(item.severity)) " " (both(&terms::severity(item.severity))) }
                " " (both(&item.message()))
            }
            @if let Some(acceptance) = item.acceptance { (waiver(gathered, acceptance)) }
            (consequences(gathered, item))
            (excerpts(&gathered.analysis.package.sources, [&item.told[0].labels, &item.told[1].labels], lines))
            @match item.finding {
                Some(finding) => { (details(gathered, item, finding)) }
                None => {
                    @for (en, zh) in item.told[0].notes.iter().chain(&item.told[0].helps).zip(item.told[1].notes.iter().chain(&item.told[1].helps)) {
                        p { (both(&Words::new(en, zh))) }
                    }
                }
            }
        }
    }
}

/// What it follows from, and what follows from it.
fn consequences(gathered: &Gathered<'_>, item: &Item<'_>) -> Markup {
    let link = |at: usize| {
        gathered.items.get(at).map(|other| {
            html! { a href={"#" (other.anchor)} { (other.anchor) } " " (both(&other.message())) }
        })
    };
    html! {
        @if let Some(cause) = item.under.and_then(link) {
            p { (say("It follows from ", "由此产生：")) (cause) (say(". Mended there, it is gone.", "。彼处改正，此项即消。")) }
        }
        @if !item.following.is_empty() {
            p { (say("From this follows:", "由此还产生：")) }
            ul { @for other in item.following.iter().filter_map(|at| link(*at)) { li { (other) } } }
        }
    }
}

/// That place or time make no difference, where no box depends on them: a reader would else have to guess it.
fn extent(institution: &Institution, boxes: &[Cuboid]) -> Option<Words> {
    let whole = |axis: usize| {
        let size = institution.space.dimensions[axis].size();
        boxes.iter().all(|cuboid| cuboid.sides()[axis].len() == size)
    };
    let always = whole(institution.day_axis()) && whole(institution.time_axis());
    match (whole(Institution::AREA), always) {
        (true, true) => Some(Words::new(": in every area, by day and by night", "：各区域，不分昼夜")),
        (true, false) => Some(Words::new(": in every area", "：各区域")),
        (false, true) => Some(Words::new(": by day and by night", "：不分昼夜")),
        (false, false) => None,
    }
}

/// What real cases met of it.
fn cases(gathered: &Gathered<'_>, finding: &Finding) -> Markup {
    let Some((practice, cost)) = gathered.analysis.practice.as_ref().zip(finding.cost.as_ref()) else {
        return Markup::default();
    };
    let told = |language| {
        cost_words(cost, language).unwrap_or_else(|| {
            let count = practice.cases;
            language.pick(
                format!("None of the {count} cases in the journal falls under it."),
                format!("日志中的{count}件案件均不涉及。"),
            )
        })
    };
    html! { h4 { (say("Real cases", "实际案件")) } p { (both(&Words::each(told))) } }
}

fn details(gathered: &Gathered<'_>, item: &Item<'_>, finding: &Finding) -> Markup {
    let institution = gathered.institution();
    let notes = finding.notes.iter().filter_map(|note| {
        let sentence = page(finding.check)?.front.sentences.get(*note)?;
        Some(Words::each(|language| filled(institution, finding, sentence.in_language(language), language)))
    });
    let notes: Vec<Words> = notes.collect();
    let judged = judged(institution, finding);
    html! {
        @for note in &notes { p { (both(note)) } }
        @if let (Some(region), Some(boxes)) = (&finding.region, finding.boxes()) {
            h4 { (say("On which situations", "涉及情形")) }
            @let count = thousands(&region.count().to_string());
            p {
                @let share = shown_share(region, &boxes.cuboids);
                @let (en, zh) = share
                    .map(|share| (format!("; the first two boxes hold {share} %"), format!("；前两个范围占{share}%")))
                    .unwrap_or_default();
                @let holds = Words::new(format!(" ({count} situations{en})"), format!("（共{count}种情形{zh}）"));
                @let extent = extent(institution, &boxes.cuboids).unwrap_or_default();
                (both(&Words::each(|language| boxes_words(institution, &boxes.cuboids, language, BOXES)).and(&extent).and(&holds)))
            }
            @for one in judged {
                p { (both(&Words::new(
                    format!("This may be so: people judge whether “{one}”, the rules do not."),
                    format!("此项为可能：是否“{one}”由人判断，规则未作规定。"),
                ))) }
            }
        }
        (story(gathered, finding))
        (cases(gathered, finding))
        @if let Some(command) = reproduce(gathered.analysis, finding) {
            h4 { (say("See it", "复现")) }
            pre tabindex="0" { code { (command) } }
        }
        @if gathered.items.len() > FEW {
            p { a href={"#code-" (item.code)} { (say("why it matters, and what would mend it", "为何重要，如何改进")) } }
        } @else {
        dl {
            @if let Some(cause) = item.cause {
                dt { (say("Why it matters", "为何重要")) }
                dd { a href={"#code-" (item.code)} { (both(&Words::each(|language| cause.in_words(language).to_owned()))) } }
            }
            dt { (say("What would mend it", "如何改进")) }
            dd {
                @for (en, zh) in item.told[0].helps.iter().zip(&item.told[1].helps) { (spelled(&Words::new(en, zh))) " " }
                @if let Some(measure) = item.countermeasure {
                    "(" (both(&Words::each(|language| measure.in_words(language).to_owned()))) ")"
                }
            }
        }
        }
    }
}
