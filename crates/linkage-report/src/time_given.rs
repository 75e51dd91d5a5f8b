//! What happened to the time of a case, and why somebody may not change it, in words.

use super::names::Names;
use super::terminal::visible;
use super::told::Told;
use linkage_case::{Clocks, Due, Happening, Refusal};
use linkage_syntax::article_in_zh;

/// Tells what happened to the time of a case of a procedure.
pub(super) fn tell(names: &Names<'_>, procedure: &str, actor: &str, what: &Happening) -> Told {
    let say = |en: String, zh: String| names.say(en, zh);
    let of = |step: &Option<ecow::EcoString>| subject(names, procedure, step.as_deref());
    match what {
        Happening::Suspended { reason, basis, until } => {
            let told =
                Told::plain(say(format!("the clock stands, by {actor}"), format!("{actor}中止计算期限")));
            let told = grounds(names, told.with(visible(reason)), basis);
            match until {
                Some(until) => {
                    let (at, within) = (names.end(until.at), names.within(&until.within));
                    told.with(say(
                        format!("until {at} at the latest, {within}"),
                        format!("至迟{at}，{within}"),
                    ))
                }
                None => told,
            }
        }
        Happening::Continued { clocks } => {
            let told =
                Told::plain(say(format!("the clock runs again, by {actor}"), format!("{actor}恢复计算期限")));
            moved(names, procedure, told, clocks)
        }
        Happening::Recounted { clocks }
            if clocks.stepped.is_some() || clocks.steps.iter().any(|clock| clock.fired.is_some()) =>
        {
            let told = Told::plain(say(
                "its ladder is planned anew by these rules".into(),
                "按新规则重新安排升级".into(),
            ));
            moved(names, procedure, told, clocks)
        }
        Happening::Recounted { clocks } => {
            let told = Told::plain(say(
                "holidays were announced that were not: counted anew".into(),
                "节假日安排已公布，重新计算期限".into(),
            ));
            moved(names, procedure, told, clocks)
        }
        Happening::ExtensionAsked { step, more, reason, basis, deciders, .. } => {
            let (of, more, who) = (of(step), names.within(more), names.bodies(deciders));
            let told = Told::plain(say(
                format!("{of}: {actor} asks for {more} more"),
                format!("{of}：{actor}申请延长{more}"),
            ));
            let told = told.with(visible(reason));
            let told = told.with(say(format!("{who} may decide"), format!("由{who}决定")));
            grounds(names, told, basis)
        }
        Happening::ExtensionDenied { step, reason, .. } => {
            let of = of(step);
            Told::plain(say(format!("{of}: {actor} gives no more time"), format!("{of}：{actor}不同意延长")))
                .with(visible(reason))
        }
        Happening::Extended { step, more, reason, basis, due, .. } => {
            let (of, more) = (of(step), names.within(more));
            let told = Told::plain(say(
                format!("{of}: extended by {more}, by {actor}"),
                format!("{of}：{actor}准予延长{more}"),
            ));
            grounds(names, told.with(visible(reason)), basis).with(names.due(due))
        }
        Happening::Superseded { step, reason, basis, due, .. } => {
            let of = of(step);
            let told = Told::plain(say(
                format!("{of}: another deadline, by order of {actor}"),
                format!("{of}：{actor}另定期限"),
            ));
            grounds(names, told.with(visible(reason)), basis).with(names.due(due))
        }
        _ => Told::plain(String::new()),
    }
}

/// Why a clock may not be stopped on a ground.
fn ground_refusal(names: &Names<'_>, refusal: &Refusal) -> String {
    let say = |en: String, zh: String| names.say(en, zh);
    match refusal {
        Refusal::NoGround { reason, grounds, near } => {
            let (reason, all) = (visible(reason), grounds.iter().map(|own| visible(own)).collect::<Vec<_>>());
            let near = near.as_ref().map(|near| visible(near));
            let near_en = near.as_ref().map_or(String::new(), |near| format!("; did you mean “{near}”?"));
            let near_zh = near.map_or(String::new(), |near| format!("；是否指“{near}”？"));
            say(
                format!(
                    "“{reason}” is no ground on which this clock may stand; the procedure names {}{near_en}",
                    all.join(", ")
                ),
                format!("“{reason}”不是可以中止的事由；程序列明的有：{}{near_zh}", all.join("、")),
            )
        }
        Refusal::GroundSpent { ground, times, total } => {
            let ground = visible(ground);
            let (en, zh) = match (times, total) {
                (Some(times), Some(total)) => (
                    format!("{times} times and {} in all", names.within(total)),
                    format!("{times}次，累计{}", names.within(total)),
                ),
                (Some(times), None) => (format!("{times} times"), format!("{times}次")),
                (None, Some(total)) => {
                    (format!("{} in all", names.within(total)), format!("累计{}", names.within(total)))
                }
                (None, None) => Default::default(),
            };
            say(
                format!("the clock has stood on “{ground}” as often or as long as it may: {en}"),
                format!("以“{ground}”中止已达上限：{zh}"),
            )
        }
        other => other.to_string(),
    }
}

/// Tells why somebody may not change the time of a case.
pub(super) fn refusal(names: &Names<'_>, procedure: &str, refusal: &Refusal) -> String {
    let say = |en: String, zh: String| names.say(en, zh);
    let of = |step: &Option<ecow::EcoString>| subject(names, procedure, step.as_deref());
    match refusal {
        Refusal::AlreadySuspended { case, since } => {
            let since = names.instant(*since);
            say(
                format!("the clock of {case} stands already, since {since}"),
                format!("{case}自{since}起已中止计算期限"),
            )
        }
        Refusal::NotSuspended { case } => {
            say(format!("the clock of {case} runs"), format!("{case}的期限并未中止"))
        }
        Refusal::ClockStands { case, since } => {
            let since = names.instant(*since);
            say(
                format!("the clock of {case} stands since {since}; let it run again first (resume)"),
                format!("{case}自{since}起中止计算期限；请先恢复（resume）"),
            )
        }
        Refusal::NoGround { .. } | Refusal::GroundSpent { .. } => ground_refusal(names, refusal),
        Refusal::MayNotStop { by, may } if may.is_empty() => {
            let by = names.body(by);
            say(
                format!(
                    "{by} may not stop the clock, nor may anybody: nobody stands above who is bound by it, and the \
                     procedure names nobody (`suspend by`)"
                ),
                format!(
                    "{by}无权中止计算期限，也没有其他单位有权：受期限约束的单位没有上级，程序也未列明（“中止 由”）"
                ),
            )
        }
        Refusal::MayNotStop { by, may } => {
            let (by, may) = (names.body(by), names.bodies(may));
            say(
                format!(
                    "{by} may not stop the clock: whoever is only bound by it does not, but {may}; ask there, with the \
                     ground and the law"
                ),
                format!(
                    "{by}无权中止计算期限：受期限约束的单位不能自行中止，应由{may}决定；请说明事由和依据提请决定"
                ),
            )
        }
        Refusal::MayNotGiveTime { by, may } if may.is_empty() => {
            let by = names.body(by);
            say(
                format!("{by} may not give time, and nobody stands above who has it"),
                format!("{by}无权决定期限，承办主体也没有上级"),
            )
        }
        Refusal::MayNotGiveTime { by, may } => {
            let (by, may) = (names.body(by), names.bodies(may));
            say(format!("{by} may not give time; {may} may"), format!("{by}无权决定期限；{may}有权"))
        }
        Refusal::NoDeadline { what } => {
            let of = of(what);
            say(format!("{of} has no deadline"), format!("{of}没有期限"))
        }
        Refusal::Expired { what, due } => {
            let (of, due) = (of(what), names.end(*due));
            say(
                format!(
                    "the time of {of} was over {due}: more must be asked for before; a superior may set another deadline (supersede)"
                ),
                format!("{of}的期限已于{due}届满：延长须在届满前申请；上级可另定期限（supersede）"),
            )
        }
        Refusal::AlreadyExtended { what } => {
            let of = of(what);
            say(
                format!(
                    "{of} was extended before, and can be once; a superior may set another deadline (supersede)"
                ),
                format!("{of}已延长过一次，不得再延；上级可另定期限（supersede）"),
            )
        }
        Refusal::AlreadyAsked { what } => {
            let of = of(what);
            say(
                format!("more time for {of} was asked for, and is not decided yet"),
                format!("{of}已申请延长，尚未决定"),
            )
        }
        other => unfounded(names, procedure, other),
    }
}

/// Tells what is wrong with the time that is asked for, or with what it rests on.
fn unfounded(names: &Names<'_>, procedure: &str, refusal: &Refusal) -> String {
    let say = |en: String, zh: String| names.say(en, zh);
    let of = |step: &Option<ecow::EcoString>| subject(names, procedure, step.as_deref());
    match refusal {
        Refusal::NothingAsked { what } => {
            let of = of(what);
            say(
                format!("nobody has asked for more time for {of}; say how much (--more)"),
                format!("{of}没有延长申请；请写明延长多少（--more）"),
            )
        }
        Refusal::OtherUnit { within } => {
            let within = names.within(within);
            say(
                format!("time of another kind can't be added to {within}; write it in the same unit"),
                format!("不能与“{within}”相加；请用同一单位"),
            )
        }
        Refusal::TooLong { what, at_most } => {
            let (of, most) = (of(what), names.within(at_most));
            say(format!("{of} can be extended by {most} at most"), format!("{of}至多延长{most}"))
        }
        Refusal::NoTime { text } => {
            let text = visible(text);
            say(
                format!("`{text}` is no amount of time; write it such as `3 workdays`"),
                format!("“{text}”不是时间；请写成“3 workdays”或“3个工作日”"),
            )
        }
        Refusal::NoBasis {} => {
            say("on what law does that rest? (--basis)".into(), "依据何在？请写明依据（--basis）".into())
        }
        Refusal::UnknownLaw { law, near } => {
            let near = near.as_ref().map_or(String::new(), |near| {
                say(format!("; did you mean `{near}`?"), format!("；是否指“{near}”？"))
            });
            let law = visible(law);
            say(format!("no law is named `{law}`{near}"), format!("没有名为“{law}”的依据{near}"))
        }
        Refusal::UnknownArticle { law, article, declared } => {
            let (law, article) = (names.law(law), visible(article));
            let (en, zh): (Vec<_>, Vec<_>) =
                declared.iter().map(|own| (format!("art {own}"), article_in_zh(own))).unzip();
            let (en, zh) = if declared.is_empty() {
                ("the rules declare none of its articles".to_owned(), "规则未载明其任何条款".to_owned())
            } else {
                (format!("the rules declare {}", en.join(", ")), format!("规则载明的有{}", zh.join("、")))
            };
            say(
                format!("{law} has no article {article}; {en}"),
                format!("{law}没有{}；{zh}", article_in_zh(&article)),
            )
        }
        Refusal::NotInForce { law } => {
            let law = names.law(law);
            say(format!("{law} is not in force on this day"), format!("{law}当日不在施行期内"))
        }
        _ => String::new(),
    }
}

/// A step, or the case as a whole.
fn subject(names: &Names<'_>, procedure: &str, step: Option<&str>) -> String {
    step.map_or_else(
        || names.language.pick("the case", "案件").to_owned(),
        |step| names.step(procedure, step),
    )
}

fn grounds(names: &Names<'_>, told: Told, basis: &[linkage_case::Cited]) -> Told {
    if basis.is_empty() {
        return told;
    }
    let cited = names.cited(basis);
    told.with(names.say(format!("on {cited}"), format!("依据{cited}")))
}

/// When what was counted anew is due.
fn moved(names: &Names<'_>, procedure: &str, told: Told, clocks: &Clocks) -> Told {
    let line = |what: String, due: &Due| format!("{what}{}{}", names.colon(), names.due(due));
    let case = clocks.case.iter().map(|due| line(subject(names, procedure, None), due));
    let steps =
        clocks.steps.iter().filter_map(|own| Some(line(names.step(procedure, &own.step), own.due.as_ref()?)));
    let blocks = clocks.blocks.iter().map(|own| line(names.step(procedure, &own.block), &own.due));
    let calls = clocks
        .calls
        .iter()
        .map(|own| line(names.say(format!("call {}", own.number), format!("调用{}", own.number)), &own.due));
    let owed = clocks
        .owed
        .iter()
        .map(|own| line(names.say(format!("debt {}", own.number), format!("义务{}", own.number)), &own.due));
    let lines: Vec<String> = case.chain(steps).chain(blocks).chain(calls).chain(owed).collect();
    lines.into_iter().fold(told, Told::with)
}
