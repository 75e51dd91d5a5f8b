//! Who leads a situation, and why: the whole chain of mandate, basis, precedence.

use std::collections::BTreeMap;
use std::fmt::Write;

use ecow::EcoString;
use serde::Serialize;

use super::fact::{bodies_words, fact_words, reason_words, resistance_words};
use super::region::{box_values, region_words};
use linkage_analysis::checks::Fact;
use linkage_case::{MissingFact, deciding};
use linkage_model::{BodyId, Division, Holder, Institution, Leadership, LeadershipKind, Sharing, Standing};
use linkage_regions::{Region, minimal};
use linkage_syntax::article_in_zh;
use linkage_text::Language;

/// Who leads one part of a situation.
#[derive(Debug, Serialize)]
pub struct Part {
    /// The part in words; none where the whole situation has one answer.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// Per axis the values of the first box of the part.
    pub values: BTreeMap<String, Vec<String>>,
    /// All boxes of the part, each with its values per axis.
    pub boxes: Vec<BTreeMap<String, Vec<String>>>,
    /// `one`, `shared`, `entrusted`, `resolved`, `overlap`, `gap` or `outside`.
    pub kind: &'static str,
    /// Who leads.
    pub bodies: Vec<EcoString>,
    /// The same in words.
    pub who: String,
    /// How several share the lead: `joint`, `parallel` or `subsidiary`.
    pub sharing: Option<Sharing>,
    /// Those of the bodies that act only where the others do not, in this order.
    pub standby: Vec<EcoString>,
    /// Those of them who come at once, and how they share it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub together: Vec<Together>,
    /// The mandates that claim the lead and stay effective.
    pub mandates: Vec<EcoString>,
    /// Who supports.
    pub supporters: Vec<Supporter>,
    /// The reasons, one a line.
    pub reasons: Vec<String>,
}

/// Those who stand in at once.
#[derive(Debug, Serialize)]
pub struct Together {
    /// Who.
    pub bodies: Vec<EcoString>,
    /// `joint` or `parallel`.
    pub sharing: Sharing,
}

/// Who supports a part of a situation.
#[derive(Debug, Serialize)]
pub struct Supporter {
    /// The body, or the kind of bodies.
    pub name: EcoString,
    /// The same in words.
    pub who: String,
    /// The mandate that names it.
    pub mandate: EcoString,
    /// Whether it supports the whole part.
    pub whole: bool,
}

/// Who leads a situation.
#[derive(Debug, Serialize)]
pub struct Answer {
    /// The day asked about.
    pub as_of: String,
    /// One part where the situation has one answer, else several.
    pub parts: Vec<Part>,
    /// The facts that would decide between the parts, in the order to ask.
    pub missing: Vec<MissingFact>,
}

/// Who leads the situations of a region.
pub fn who(division: &Division<'_>, situation: &Region, language: Language) -> Answer {
    let institution = division.institution;
    let mut together: Vec<(Leadership, Region)> = Vec::new();
    for (leadership, region) in division.within(situation) {
        let same = |other: &Leadership| {
            (&other.effective, other.kind, &other.overridden)
                == (&leadership.effective, leadership.kind, &leadership.overridden)
        };
        match together.iter_mut().find(|(other, _)| same(other)) {
            Some((_, whole)) => *whole = whole.union(&region),
            None => together.push((leadership, region)),
        }
    }
    let label = |leadership: &Leadership| -> EcoString { answer(division, leadership, Language::En).into() };
    let labelled: Vec<(EcoString, Region)> =
        together.iter().map(|(leadership, region)| (label(leadership), region.clone())).collect();
    let several = together.len() > 1;
    let parts = together
        .iter()
        .map(|(leadership, region)| Part {
            place: several.then(|| region_words(institution, region, language, 3)),
            values: boxes(institution, region).into_iter().next().unwrap_or_default(),
            boxes: boxes(institution, region),
            sharing: match leadership.kind {
                LeadershipKind::Shared(sharing) => Some(sharing),
                _ => None,
            },
            standby: leadership.standby.iter().map(|body| institution[*body].head.name.clone()).collect(),
            together: leadership
                .together
                .iter()
                .map(|(bodies, sharing)| Together {
                    bodies: bodies.iter().map(|body| institution[*body].head.name.clone()).collect(),
                    sharing: *sharing,
                })
                .collect(),
            supporters: supporters(division, region, language),
            kind: kind(leadership),
            bodies: leadership.bodies.iter().map(|body| institution[*body].head.name.clone()).collect(),
            who: match leadership.bodies.as_slice() {
                [] => language.pick("nobody", "无人").to_owned(),
                bodies => bodies_words(institution, bodies, language),
            },
            mandates: leadership
                .effective
                .iter()
                .map(|claim| division.mandate(*claim).head.name.clone())
                .collect(),
            reasons: reasons(division, leadership, region, language),
        })
        .collect();
    Answer { as_of: division.day.to_string(), parts, missing: deciding(institution, &labelled) }
}

fn kind(leadership: &Leadership) -> &'static str {
    match leadership.kind {
        LeadershipKind::Nobody => "gap",
        LeadershipKind::One => "one",
        LeadershipKind::Entrusted => "entrusted",
        LeadershipKind::Shared(_) => "shared",
        LeadershipKind::Resolved(_) => "resolved",
        LeadershipKind::Overlap => "overlap",
        LeadershipKind::Outside => "outside",
    }
}

/// The answer in a few words, which no other answer has.
fn answer(division: &Division<'_>, leadership: &Leadership, language: Language) -> String {
    let who = bodies_words(division.institution, &leadership.bodies, language);
    match leadership.kind {
        LeadershipKind::Nobody => language.pick("nobody", "无人").to_owned(),
        LeadershipKind::Outside => language.pick("outside the scope", "不在适用范围内").to_owned(),
        LeadershipKind::One => who,
        LeadershipKind::Entrusted => match language {
            Language::En => format!("{who}, one in the other's name"),
            Language::Zh => format!("{who}（委托）"),
        },
        LeadershipKind::Shared(sharing) => {
            let words = |bodies: &[BodyId]| bodies_words(division.institution, bodies, language);
            let first = leadership.bodies.iter().filter(|body| !leadership.standby.contains(body));
            let first: Vec<BodyId> = first.copied().collect();
            let how = match sharing {
                _ if first.len() < 2 => "",
                Sharing::Joint => language.pick(", jointly", "（共同）"),
                Sharing::Parallel => language.pick(", in parallel", "（并行）"),
                Sharing::Subsidiary => language.pick(", shared", "（分担）"),
            };
            let turns = leadership.turns().into_iter();
            let standby = turns.map(|(bodies, sharing)| match (sharing, language) {
                (Sharing::Joint, Language::En) => format!(", else {} jointly", words(&bodies)),
                (Sharing::Joint, Language::Zh) => format!("，{}共同补充", words(&bodies)),
                (Sharing::Parallel, Language::En) => format!(", else any of {}", words(&bodies)),
                (Sharing::Parallel, Language::Zh) => format!("，{}任一补充", words(&bodies)),
                (Sharing::Subsidiary, Language::En) => format!(", else {}", words(&bodies)),
                (Sharing::Subsidiary, Language::Zh) => format!("，{}补充", words(&bodies)),
            });
            format!("{}{how}{}", words(&first), standby.collect::<String>())
        }
        LeadershipKind::Resolved(by) => {
            let by = fact_words(division.institution, &Fact::Resolution(by), language);
            match language {
                Language::En => format!("{who}, to be settled by {by}"),
                Language::Zh => format!("{who}（由“{by}”协调）"),
            }
        }
        LeadershipKind::Overlap => match language {
            Language::En => format!("{who}, an overlap"),
            Language::Zh => format!("{who}（交叉）"),
        },
    }
}

/// What keeps each mandate that reaches into a gap from naming a lead there.
fn without_lead(division: &Division<'_>, region: &Region, language: Language) -> Vec<String> {
    let institution = division.institution;
    let words = |fact: &Fact| fact_words(institution, fact, language);
    let say = |en: String, zh: String| language.pick(en, zh);
    let mut lines = Vec::new();
    let here = institution.mandates().filter(|(_, mandate)| !mandate.region.is_disjoint(region));
    for (id, _) in here {
        let name = words(&Fact::Mandate(id));
        lines.push(match division.standing(id) {
            Standing::OpenSlot(slots) => {
                let slots = bodies_words(institution, slots, language);
                say(format!("{name} waits for {slots} to be named"), format!("“{name}”等待指定{slots}"))
            }
            Standing::OutOfTime => say(format!("{name} is not in force"), format!("“{name}”不在有效期内")),
            Standing::NoBasisInForce => {
                say(format!("the basis of {name} is not in force"), format!("“{name}”的依据无效"))
            }
            Standing::NoLead => {
                say(format!("{name} names nobody to lead"), format!("“{name}”未列明牵头主体"))
            }
            // Told with what excludes them.
            Standing::Excluded | Standing::Claims => continue,
        });
    }
    lines
}

fn reasons(
    division: &Division<'_>,
    leadership: &Leadership,
    region: &Region,
    language: Language,
) -> Vec<String> {
    let institution = division.institution;
    let words = |fact: &Fact| fact_words(institution, fact, language);
    let say = |en: String, zh: String| language.pick(en, zh);
    let mut lines = Vec::new();
    for claim in &leadership.effective {
        let own = &division.claims()[*claim];
        let (who, mandate) =
            (bodies_words(institution, &own.bodies, language), words(&Fact::Mandate(own.mandate)));
        let cited = cited(division, own.mandate, language);
        lines.push(say(
            format!(
                "{who}: by {mandate}{}",
                if cited.is_empty() { ", which cites no law".into() } else { format!(" on {cited}") }
            ),
            format!(
                "{who}：依“{mandate}”{}",
                if cited.is_empty() { "（未引用依据）".into() } else { format!("（{cited}）") }
            ),
        ));
    }
    for (loser, winner, reason) in &leadership.overridden {
        let (lost, won) = (&division.claims()[*loser], &division.claims()[*winner]);
        let (who, mandate) =
            (bodies_words(institution, &lost.bodies, language), words(&Fact::Mandate(lost.mandate)));
        let (over, reason) = (words(&Fact::Mandate(won.mandate)), reason_words(*reason, language));
        lines.push(say(
            format!("not {who}: by {mandate}, over which {over} prevails: {reason}"),
            format!("{who}本可依“{mandate}”牵头；“{over}”优先：{reason}"),
        ));
    }
    match leadership.kind {
        LeadershipKind::Shared(sharing) => lines.push(match sharing {
            Sharing::Joint => say("they lead jointly: all must act".into(), "共同牵头：均须办理".into()),
            Sharing::Parallel => {
                say("they lead in parallel: each may act".into(), "并行牵头：各自可以办理".into())
            }
            Sharing::Subsidiary => say("one leads, another stands in".into(), "一方牵头，另一方补充".into()),
        }),
        LeadershipKind::Outside => lines.push(say(
            "these rules do not claim to govern it: a report is recorded and referred on, no procedure starts"
                .into(),
            "本规则不适用于此：报告登记后转出，不启动程序".into(),
        )),
        LeadershipKind::Resolved(id) => {
            let by = words(&Fact::Resolution(id));
            lines.push(say(format!("{by} settles it"), format!("由“{by}”解决")));
        }
        LeadershipKind::Nobody => {
            lines.extend(without_lead(division, region, language));
            if let Some((body, _)) = institution.scope.fallback {
                let body = words(&Fact::Body(body));
                lines.push(say(
                    format!("a case goes to {body}, the fallback body"),
                    format!("案件交兜底单位{body}"),
                ));
            }
        }
        LeadershipKind::Entrusted => lines.push(say(
            "an entrustment makes them one power: one acts in the other's name, and that one answers".into(),
            "委托关系使其成为同一职权：一方以另一方名义办理，由后者负责".into(),
        )),
        LeadershipKind::Overlap => lines.extend(nobody_picked(division, leadership, region, language)),
        LeadershipKind::One => {}
    }
    lines.extend(stand_ins(institution, leadership, language));
    lines.extend(circumstances(division, leadership, region, language));
    lines
}

/// Why nobody is picked of several who claim the lead.
fn nobody_picked(
    division: &Division<'_>,
    leadership: &Leadership,
    region: &Region,
    language: Language,
) -> Vec<String> {
    let words = |fact: &Fact| fact_words(division.institution, fact, language);
    let say = |en: String, zh: String| language.pick(en, zh);
    let mut lines = vec![if !leadership.circle.is_empty() {
        say("their mandates prevail over each other in a circle".into(), "各项职责互相优先、循环往复".into())
    } else if leadership.open.is_empty() {
        say("nothing says how they share it".into(), "未规定如何分担".into())
    } else {
        let why = words(&Fact::Opens(leadership.open.clone()));
        say(format!("nobody is picked: {why}"), format!("无法裁断：{why}"))
    }];
    let speaking = division.speaking(&leadership.effective, region);
    let names: Vec<String> = speaking.iter().map(|id| words(&Fact::Resolution(*id))).collect();
    if !names.is_empty() {
        lines.push(say(
            format!("{} contradict each other and settle nothing", names.join(" and ")),
            format!("“{}”互相矛盾，均不生效", names.join("”与“")),
        ));
    }
    lines
}

/// Who acts where those before do not.
fn stand_ins(institution: &Institution, leadership: &Leadership, language: Language) -> Vec<String> {
    let say = |en: String, zh: String| language.pick(en, zh);
    let mut lines = Vec::new();
    let first = leadership.bodies.iter().filter(|body| !leadership.standby.contains(body));
    let mut before: Vec<BodyId> = first.copied().collect();
    for (bodies, sharing) in leadership.turns() {
        let (who, others) =
            (bodies_words(institution, &bodies, language), bodies_words(institution, &before, language));
        let several = before.len() > 1;
        let verb = if several { "do" } else { "does" };
        lines.push(match sharing {
            Sharing::Subsidiary => {
                say(format!("{who} acts where {others} {verb} not"), format!("{others}不办的，由{who}办理"))
            }
            Sharing::Joint => say(
                format!("{who} act together where {others} {verb} not"),
                format!("{others}不办的，由{who}共同办理"),
            ),
            Sharing::Parallel => say(
                format!("each of {who} may act where {others} {verb} not"),
                format!("{others}不办的，{who}各自可以办理"),
            ),
        });
        before.extend(bodies);
    }
    lines
}

/// Who may not act there, who is off duty then, who supervises.
fn circumstances(
    division: &Division<'_>,
    leadership: &Leadership,
    region: &Region,
    language: Language,
) -> Vec<String> {
    let institution = division.institution;
    let words = |fact: &Fact| fact_words(institution, fact, language);
    let mut lines = Vec::new();
    for barred in division.barred().iter().filter(|barred| !barred.region.is_disjoint(region)) {
        let who = bodies_words(institution, &barred.bodies, language);
        let (mandate, by) =
            (words(&Fact::Mandate(barred.mandate)), words(&Fact::Exclusion(barred.exclusion)));
        lines.push(match language {
            Language::En => format!("not {who}: {mandate} names it, and {by} forbids it to act here"),
            Language::Zh => format!("{who}虽由“{mandate}”列明，但“{by}”规定其不得在此办理"),
        });
    }
    for part in division.unfilled().iter().filter(|part| !part.region.is_disjoint(region)) {
        if matches!(division.standing(part.mandate), Standing::OpenSlot(_)) {
            continue;
        }
        let slots = bodies_words(institution, &part.slots, language);
        let name = words(&Fact::Mandate(part.mandate));
        lines.push(match language {
            Language::En => format!("{name} waits for {slots} to be named here"),
            Language::Zh => format!("“{name}”在此等待指定{slots}"),
        });
    }
    for unbound in division.unbound().iter().filter(|unbound| !unbound.at.region.is_disjoint(region)) {
        let who = bodies_words(institution, &unbound.at.bodies, language);
        let by = words(&Fact::Exclusion(unbound.at.exclusion));
        let why = resistance_words(unbound.why, language);
        lines.push(match language {
            Language::En => format!("{by} does not bind {who} here: {why}"),
            Language::Zh => format!("“{by}”在此对{who}不生效：{why}"),
        });
    }
    for body in &leadership.bodies {
        let duty = institution.duty(*body);
        if region.is_subset(&duty) {
            continue;
        }
        let who = words(&Fact::Body(*body));
        lines.push(match (region.is_disjoint(&duty), language) {
            (true, Language::En) => format!("{who} is off duty then"),
            (true, Language::Zh) => format!("此时{who}不在值守时间"),
            (false, Language::En) => format!("{who} is off duty for a part of it"),
            (false, Language::Zh) => format!("其中一部分时间{who}不在值守时间"),
        });
    }
    for (id, mandate) in institution.mandates() {
        if mandate.supervisors.is_empty() || mandate.region.is_disjoint(region) {
            continue;
        }
        let standing = |(named, _): &(BodyId, _)| institution.standing_within(*named, division.day, region);
        let bodies: Vec<BodyId> = mandate.supervisors.iter().flat_map(standing).collect();
        if bodies.is_empty() {
            continue;
        }
        let (who, by) = (bodies_words(institution, &bodies, language), words(&Fact::Mandate(id)));
        lines.push(match language {
            Language::En => format!("supervised by {who}, by {by}"),
            Language::Zh => format!("由{who}督办（{by}）"),
        });
    }
    lines
}

/// A region as boxes with their values per axis.
fn boxes(institution: &Institution, region: &Region) -> Vec<BTreeMap<String, Vec<String>>> {
    let all = minimal(region).cuboids;
    all.iter().map(|cuboid| box_values(institution, cuboid).into_iter().collect()).collect()
}

/// Who supports in a region, each with the mandate that says so.
fn supporters(division: &Division<'_>, region: &Region, language: Language) -> Vec<Supporter> {
    let institution = division.institution;
    let mut found = Vec::new();
    for (id, mandate) in institution.mandates().filter(|(_, mandate)| !mandate.supports.is_empty()) {
        let part = division.supported_by(id, region);
        if part.is_empty() {
            continue;
        }
        let whole = region.is_subset(&part);
        for (holder, _) in &mandate.supports {
            let mandate = mandate.head.name.clone();
            match holder {
                Holder::Body(named) => {
                    for body in institution.standing_within(*named, division.day, region) {
                        let name = institution[body].head.name.clone();
                        let who = bodies_words(institution, &[body], language);
                        found.push(Supporter { name, who, mandate: mandate.clone(), whole });
                    }
                }
                Holder::Kind(kind) => {
                    let name = kind.keyword().spelling(Language::En).into();
                    let who = kind.keyword().spelling(language).to_owned();
                    found.push(Supporter { name, who, mandate, whole });
                }
            }
        }
    }
    found
}

/// The articles of a mandate whose law is in force.
pub(super) fn cited(
    division: &Division<'_>,
    mandate: linkage_model::MandateId,
    language: Language,
) -> String {
    let institution = division.institution;
    let in_force = institution[mandate].basis.iter().filter_map(|citation| {
        let law = citation.law.filter(|law| institution[*law].in_force(division.day))?;
        let name = fact_words(institution, &Fact::Law(law), language);
        Some(match (&citation.article, language) {
            (Some(article), Language::En) => format!("{name} art {article}"),
            (Some(article), Language::Zh) => format!("{name}{}", article_in_zh(article)),
            (None, _) => name,
        })
    });
    in_force.collect::<Vec<_>>().join(language.pick(", ", "、"))
}

/// The answer for people.
pub fn who_text(answer: &Answer, language: Language) -> String {
    let mut out = String::new();
    for part in &answer.parts {
        if let Some(place) = &part.place {
            let _ = writeln!(out, "{place}:");
        }
        let kind = match part.kind {
            "gap" => language.pick("a gap", "空白"),
            "one" => language.pick("leads", "牵头"),
            "entrusted" => language.pick("lead it as one power", "作为同一职权牵头"),
            "outside" => language.pick("outside the scope of these rules", "不在本规则的适用范围内"),
            "shared" => match part.sharing {
                Some(Sharing::Joint) => language.pick("lead it jointly", "共同牵头"),
                Some(Sharing::Parallel) => language.pick("lead it in parallel", "并行牵头"),
                Some(Sharing::Subsidiary) | None => {
                    language.pick("share it: one leads, another stands in", "一方牵头，另一方补充")
                }
            },
            "resolved" => {
                language.pick("each claim it, and a resolution settles it", "均主张牵头，已有协调规则")
            }
            "overlap" if part.bodies.len() < 2 => {
                language.pick("claims it, and nothing settles it", "主张牵头，没有规则裁断")
            }
            _ => language.pick("each claim it, and nothing settles it", "均主张牵头，没有规则裁断"),
        };
        let colon = language.pick(": ", "：");
        let _ = match part.kind {
            "outside" => writeln!(out, "{kind}"),
            _ => writeln!(out, "{}{colon}{kind}", part.who),
        };
        for reason in &part.reasons {
            let _ = writeln!(out, "  {reason}");
        }
        for supporter in &part.supporters {
            let Supporter { who, mandate, whole, .. } = supporter;
            let partly =
                if *whole { "" } else { language.pick(", in a part of it", "（仅及一部分）") };
            let _ = match language {
                Language::En => writeln!(out, "  supported by {who}, by {mandate}{partly}"),
                Language::Zh => writeln!(out, "  由{who}配合（{mandate}）{partly}"),
            };
        }
    }
    if !answer.missing.is_empty() {
        let _ = writeln!(
            out,
            "\n{}",
            language.pick(
                "It depends. These facts would decide, in this order:",
                "尚不确定。下列事实可以决定，按此顺序："
            )
        );
        for fact in &answer.missing {
            let _ = writeln!(out, "  {}", fact.fact);
            for option in &fact.options {
                let _ = writeln!(out, "    {} → {}", option.values.join(", "), option.answers.join(" | "));
            }
        }
    }
    out
}
