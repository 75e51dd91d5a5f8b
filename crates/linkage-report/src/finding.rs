//! A finding as a diagnostic: the page's sentences with the finding's facts.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::LazyLock;

use super::cost::cost_words;
use super::fact::{fact_words, fill};
use super::region::{boxes_words, point_words};
use linkage_analysis::checks::{CHECKS, Check, Fact, Finding, Page, Witness};
use linkage_flow::{Spot, Way};
use linkage_model::{Institution, NodeKind, PowerId};
use linkage_package::Analysis;
use linkage_regions::{Cuboid, Point, Region};
use linkage_text::{Diagnostic, Label, Language};

/// How many boxes of a region are told in a sentence.
const BOXES_TOLD: usize = 2;

/// The page of a check. A page that can't be read is a defect that a test finds; here it is as if empty.
pub(super) fn page(check: &Check) -> Option<&'static Page> {
    static PAGES: LazyLock<BTreeMap<&'static str, Page>> = LazyLock::new(|| {
        let pages = CHECKS.iter().filter_map(|check| Some((check.code, Page::read(check.page).ok()?)));
        pages.collect()
    });
    PAGES.get(check.code)
}

/// A finding in words.
pub fn diagnose(analysis: &Analysis, finding: &Finding, language: Language) -> Diagnostic {
    let institution = analysis.institution();
    let mut diagnostic = Diagnostic {
        severity: finding.severity,
        code: Some(finding.check.code),
        ..Diagnostic::error(message(institution, finding, language))
    };
    let Some(page) = page(finding.check) else { return diagnostic };
    for (index, place) in finding.places.iter().enumerate() {
        let value = |name: &str| {
            let own = place.facts.iter().chain(&finding.facts).find(|(fact, _)| *fact == name);
            own.map(|(_, fact)| fact_words(institution, fact, language))
        };
        let label = page.front.labels.get(place.label).map_or(place.label, |both| both.in_language(language));
        let text = fill(label, value);
        diagnostic = diagnostic.label(Label { span: place.span, text, primary: index == 0 });
    }
    for note in &finding.notes {
        if let Some(sentence) = page.front.sentences.get(*note) {
            diagnostic =
                diagnostic.note(filled(institution, finding, sentence.in_language(language), language));
        }
    }
    if let Some(region) = &finding.region {
        let count = thousands(&region.count().to_string());
        let share =
            finding.boxes().and_then(|boxes| shown_share(region, &boxes.cuboids)).map(
                |share| match language {
                    Language::En => format!(", the boxes named hold {share} % of them"),
                    Language::Zh => format!("，所列范围占其中{share}%"),
                },
            );
        let share = share.unwrap_or_default();
        diagnostic = diagnostic.note(match language {
            Language::En => format!("{count} situations{share}"),
            Language::Zh => format!("共{count}种情形{share}"),
        });
        for judged in judged(institution, finding) {
            diagnostic = diagnostic.note(match language {
                Language::En => format!("this may be so: people judge whether “{judged}”, the rules do not"),
                Language::Zh => format!("此项为可能：是否“{judged}”由人判断，规则未作规定"),
            });
        }
    }
    if let Some(witness) = &finding.witness {
        diagnostic = diagnostic.note(witness_words(institution, finding, witness, language));
    }
    if let Some(words) = finding.cost.as_ref().and_then(|cost| cost_words(cost, language)) {
        diagnostic = diagnostic.note(format!("{}{words}", language.pick("real cases: ", "实际案件：")));
    }
    if let Some(command) = reproduce(analysis, finding) {
        diagnostic = diagnostic.note(match language {
            Language::En => format!("see it: {command}"),
            Language::Zh => format!("复现：{command}"),
        });
    }
    diagnostic.help(page.front.help.in_language(language))
}

/// The conditions in words on which a finding depends: a box that cannot grow there is narrower there.
pub(super) fn judged(institution: &Institution, finding: &Finding) -> Vec<String> {
    let boxes = finding.boxes().map_or(&[][..], |boxes| &boxes.cuboids);
    let depends = |axis: usize| {
        let size = institution.space.dimensions[axis].size();
        boxes.iter().any(|cuboid| cuboid.sides()[axis].len() < size)
    };
    let judged = institution.attributes.iter().enumerate().filter(|(_, attribute)| attribute.judged);
    let judged = judged.filter(|(at, _)| depends(institution.attribute_axis(*at)));
    judged.map(|(_, attribute)| super::terminal::visible(&attribute.head.name)).collect()
}

/// What the boxes that are told hold of a region, in percent; none where all are told.
pub(super) fn shown_share(region: &Region, boxes: &[Cuboid]) -> Option<String> {
    let told = boxes.get(..BOXES_TOLD).filter(|_| boxes.len() > BOXES_TOLD)?;
    let told = told.iter().map(|cuboid| region.of(cuboid.clone())).reduce(|all, one| all.union(&one))?;
    // A region of a finding is never empty.
    let tenths = told.count() * 1000_u32 / region.count().max(1_u32.into());
    let digits = format!("{:0>2}", tenths.to_string());
    let (whole, tenth) = digits.split_at(digits.len() - 1);
    Some(format!("{whole}.{tenth}"))
}

/// The one sentence of a finding.
pub(super) fn message(institution: &Institution, finding: &Finding, language: Language) -> String {
    let sentence = page(finding.check).and_then(|page| page.front.sentences.get(finding.sentence));
    let Some(sentence) = sentence else { return finding.check.name.to_owned() };
    filled(institution, finding, sentence.in_language(language), language)
}

/// A sentence with the facts of a finding.
pub(super) fn filled(
    institution: &Institution,
    finding: &Finding,
    sentence: &str,
    language: Language,
) -> String {
    fill(sentence, |name| {
        if name == "region" {
            let boxes = &finding.boxes()?.cuboids;
            return Some(boxes_words(institution, boxes, language, BOXES_TOLD));
        }
        let (_, fact): &(&str, Fact) = finding.facts.iter().find(|(fact, _)| *fact == name)?;
        Some(fact_words(institution, fact, language))
    })
}

fn witness_words(
    institution: &Institution,
    finding: &Finding,
    witness: &Witness,
    language: Language,
) -> String {
    match witness {
        Witness::Situation(point) | Witness::Report(point) => {
            let words = telling(institution, finding, point).join(" ");
            format!("{}{words}", language.pick("for example ", "例如："))
        }
        Witness::Run(procedure, run, _) | Witness::Slowest(procedure, run, ..) => {
            let slowest = matches!(witness, Witness::Slowest(..));
            let procedure = &institution[*procedure];
            let steps: Vec<String> = run
                .iter()
                .map(|stride| {
                    let (spot, way) = (spot_words(procedure, stride.at, language), stride.way);
                    match way.and_then(|way| way_words(procedure, stride.at, way, language)) {
                        Some(way) => format!("{spot} [{way}]"),
                        None => spot,
                    }
                })
                .collect();
            let which = if slowest {
                language.pick("the slowest run: ", "最慢路径：")
            } else {
                language.pick("the shortest run: ", "最短路径：")
            };
            format!("{which}{}", steps.join(" → "))
        }
    }
}

pub(super) fn spot_words(procedure: &linkage_model::Procedure, spot: Spot, language: Language) -> String {
    match spot {
        Spot::Node(node) => {
            let head = &procedure.nodes[node.index()].head;
            language.pick(head.name.as_str(), head.label()).to_owned()
        }
        Spot::Joined(_) => language.pick("joined", "汇合").to_owned(),
        Spot::Closed(_) => language.pick("close", "办结").to_owned(),
    }
}

pub(super) fn way_words(
    procedure: &linkage_model::Procedure,
    at: Spot,
    way: Way,
    language: Language,
) -> Option<String> {
    match way {
        Way::Outcome(index) => {
            let Spot::Node(node) = at else { return None };
            let NodeKind::Step(step) = &procedure.nodes[node.index()].kind else { return None };
            let head = &step.outcomes.get(index)?.head;
            Some(language.pick(head.name.as_str(), head.label()).to_owned())
        }
        Way::Timeout => Some(language.pick("timeout", "超时").to_owned()),
        Way::Refusal => Some(language.pick("refusal", "拒绝").to_owned()),
        Way::Otherwise => Some(language.pick("otherwise", "否则").to_owned()),
        Way::Called(solved) => Some(
            language
                .pick(if solved { "solved" } else { "unsolved" }, if solved { "已解决" } else { "未解决" })
                .to_owned(),
        ),
        Way::PassOver | Way::Arm(_) | Way::Enter | Way::Join | Way::Then => None,
    }
}

/// The facts of a situation that tell: matter and area always, others only where the finding depends on them.
fn telling(institution: &Institution, finding: &Finding, point: &Point) -> Vec<String> {
    let around = finding.boxes().and_then(|boxes| boxes.cuboids.iter().find(|cuboid| cuboid.contains(point)));
    let depends = |axis: usize| {
        let size = institution.space.dimensions[axis].size();
        around.is_none_or(|cuboid| cuboid.sides()[axis].len() < size)
    };
    let facts = point_words(institution, point).into_iter().enumerate();
    facts
        .filter(|(axis, _)| *axis <= Institution::AREA || depends(*axis))
        .map(|(_, (axis, value))| one_argument(&super::terminal::visible(&format!("{axis}={value}"))))
        .collect()
}

/// A text as one argument of a command line: in quotes if it needs them.
fn one_argument(text: &str) -> String {
    if text.chars().all(|c| c.is_alphanumeric() || "_.:=-".contains(c)) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// The code and the sentence of a finding.
pub fn titled(institution: &Institution, finding: &Finding, language: Language) -> String {
    format!("{} {}", finding.check.code, message(institution, finding, language))
}

/// The command that shows the finding at work; none where there is no single case of it.
pub(super) fn reproduce(analysis: &Analysis, finding: &Finding) -> Option<String> {
    let institution = analysis.institution();
    let path = analysis.package.path.display();
    let at = |point: &Point| telling(institution, finding, point).join(" ");
    let mut day = format!("--as-of {}", analysis.day);
    if !analysis.package.adopted.is_empty() {
        let _ = write!(day, " --amend {}", analysis.package.adopted.join(","));
    }
    match finding.witness.as_ref()? {
        Witness::Situation(point) => {
            let power = power_asked(finding).map(|power| &institution[power].head.name);
            let power = power.map(|power| format!(" --power {power}")).unwrap_or_default();
            Some(format!("linkage who {path} {day} --at {}{power}", at(point)))
        }
        Witness::Report(point) => Some(format!("linkage run {path} {day} --at {}", at(point))),
        Witness::Run(procedure, run, point) | Witness::Slowest(procedure, run, point, _) => {
            let procedure = &institution[*procedure];
            let mut facts = at(point);
            let mut last = "";
            if let Witness::Slowest(.., start) = finding.witness.as_ref()? {
                // The start says the day and the time.
                let own: Vec<String> = telling(institution, finding, point)
                    .into_iter()
                    .filter(|fact| !fact.starts_with("day=") && !fact.starts_with("time="))
                    .collect();
                facts = format!("{} at={}", own.join(" "), start.strftime("%Y-%m-%dT%H:%M"));
                last = "@last";
            }
            let mut command =
                format!("linkage run {path} {day} --procedure {} --at {facts}", procedure.head.name);
            for stride in run {
                let (Spot::Node(node), Some(way)) = (stride.at, stride.way) else { continue };
                let name = &procedure.nodes[node.index()].head.name;
                let end = match way {
                    Way::Outcome(_) => {
                        format!("{}{last}", way_words(procedure, stride.at, way, Language::En)?)
                    }
                    Way::Timeout => "timeout".into(),
                    Way::Refusal => format!("refusal{last}"),
                    _ => continue,
                };
                let _ = write!(command, " --then {name}={end}");
            }
            Some(command)
        }
    }
}

/// The power that a finding is about; the first of several.
fn power_asked(finding: &Finding) -> Option<PowerId> {
    finding.facts.iter().find_map(|(_, fact)| match fact {
        Fact::Power(power) => Some(*power),
        Fact::Powers(powers) => powers.first().copied(),
        _ => None,
    })
}

/// Digits in groups of three.
pub(super) fn thousands(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
