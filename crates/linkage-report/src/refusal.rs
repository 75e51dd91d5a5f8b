//! Why a command was refused, in words: what, and what to do instead.

use super::missing::missing;
use super::names::Names;
use linkage_case::{FactFault, FactWanted, LackedPower, MissingFact, Refusal};
use linkage_syntax::Keyword;
use linkage_text::Language;

/// A refusal in words, for a case of a procedure.
#[expect(clippy::too_many_lines, reason = "one arm a refusal, each with its sentences")]
pub(super) fn tell(names: &Names<'_>, procedure: &str, refusal: &Refusal) -> String {
    let say = |en: String, zh: String| names.say(en, zh);
    let step = |name: &str| names.step(procedure, name);
    let steps = |all: &[ecow::EcoString]| {
        let all: Vec<String> = all.iter().map(|name| step(name)).collect();
        if all.is_empty() {
            names.language.pick("no step", "没有步骤").to_owned()
        } else {
            all.join(names.language.pick(", ", "、"))
        }
    };
    let near = |near: &Option<ecow::EcoString>| {
        near.as_ref().map_or(String::new(), |near| {
            say(format!("; did you mean `{near}`?"), format!("；是否指“{near}”？"))
        })
    };
    let facts = |facts: &[MissingFact]| {
        let facts: Vec<String> = facts.iter().map(|fact| missing(names, fact)).collect();
        facts.join(names.language.pick("; ", "；"))
    };
    match refusal {
        Refusal::UnknownBody { name, near: close } => {
            let near = near(close);
            say(
                format!("no body that can act is named `{name}`{near}"),
                format!("没有可以办理的主体“{name}”{near}"),
            )
        }
        Refusal::UnknownProcedure { name, near: close } => {
            let near = near(close);
            say(format!("no procedure is named `{name}`{near}"), format!("没有名为“{name}”的程序{near}"))
        }
        Refusal::NoProcedureFits { partly, facts: missing } if !partly.is_empty() => {
            let (partly, facts) = (partly.join(", "), facts(missing));
            say(
                format!("which procedure it is depends: {partly}; state {facts}"),
                format!("适用哪个程序尚不确定（{partly}）；请说明{facts}"),
            )
        }
        Refusal::NoProcedureFits { .. } => say(
            "no procedure is triggered by such a situation; name one, or mend the facts".into(),
            "没有程序适用于此情形；请指定程序或更正事实".into(),
        ),
        Refusal::SeveralProceduresFit { procedures } => {
            let procedures = procedures.join(", ");
            say(
                format!("several procedures fit: {procedures}; name one"),
                format!("适用多个程序：{procedures}；请指定其一"),
            )
        }
        Refusal::NotTriggered { procedure } => {
            let procedure = names.procedure(procedure);
            say(
                format!("{procedure} is not for such a situation; look at its triggers"),
                format!("“{procedure}”不适用于此情形；请查看其触发条件"),
            )
        }
        Refusal::MayNotRequest { procedure, by, may } => {
            let (procedure, by) = (names.procedure(procedure), names.body(by));
            let may = holders(names, may);
            say(
                format!(
                    "{by} may not request {procedure}: it is for {may} to ask; report the matter to them"
                ),
                format!("{by}无权请求启动“{procedure}”：应由{may}提出；请向其反映"),
            )
        }
        Refusal::MayNotOversee { case, by, may } => {
            let (by, may) = (names.body(by), holders(names, may));
            let may = if may.is_empty() { names.language.pick("nobody", "无").to_owned() } else { may };
            say(
                format!("{by} neither supervises {case} nor stands above who acts in it; that is for {may}"),
                format!("{by}既非{case}的督办单位，也非承办单位的上级；可由{may}督办"),
            )
        }
        Refusal::MayNotConvene { step: name, by, may } => {
            let (by, name) = (names.body(by), step(name));
            if may.is_empty() {
                say(
                    format!("nobody chairs {name}: it is no consultation with a chair"),
                    format!("“{name}”没有主持人，不是设主持的会商"),
                )
            } else {
                let may = names.bodies(may);
                say(
                    format!("{by} does not chair {name}; {may} does"),
                    format!("{by}不是“{name}”的主持人；由{may}主持"),
                )
            }
        }
        Refusal::NoSteps { procedure } => {
            let procedure = names.procedure(procedure);
            say(format!("{procedure} has no step"), format!("“{procedure}”没有步骤"))
        }
        Refusal::Facts { faults } => {
            let faults: Vec<String> = faults.iter().map(|fault| fact_fault(names, fault)).collect();
            faults.join(names.language.pick("; ", "；"))
        }
        Refusal::Undecided { node, facts: missing } => {
            let (node, facts) = (step(node), facts(missing));
            say(
                format!("where it goes on at {node} depends; state {facts}"),
                format!("“{node}”的去向尚不确定；请说明{facts}"),
            )
        }
        Refusal::UnknownCase { case } => say(format!("there is no case {case}"), format!("没有案件{case}")),
        Refusal::Closed { case } => {
            say(format!("{case} is closed; reopen it first"), format!("{case}已办结；请先重新办理"))
        }
        Refusal::NotClosed { case } => {
            say(format!("{case} is open and goes on"), format!("{case}尚在办理中"))
        }
        Refusal::UnknownStep { step, near: close } => {
            let near = near(close);
            say(format!("the procedure has no step `{step}`{near}"), format!("程序没有步骤“{step}”{near}"))
        }
        Refusal::NotThere { step: name, stands_at } => {
            let (name, at) = (step(name), steps(stands_at));
            say(
                format!("the case does not stand at {name}; it stands at {at}"),
                format!("案件不在“{name}”，而在{at}"),
            )
        }
        Refusal::NothingToDo { case, by, stands_at } => {
            let (by, at) = (names.body(by), steps(stands_at));
            say(
                format!("{by} has nothing to do in {case}, which stands at {at}"),
                format!("{by}在{case}中没有待办事项；案件在{at}"),
            )
        }
        Refusal::WhichStep { steps: all } => {
            let all = steps(all);
            say(format!("which step: {all}?"), format!("请指明步骤：{all}"))
        }
        Refusal::NotYours { step: name, by, holders } => {
            let (name, by, holders) = (step(name), names.body(by), names.bodies(holders));
            say(
                format!("{name} is not {by}'s, but with {holders}"),
                format!("“{name}”不由{by}承办，而由{holders}承办"),
            )
        }
        Refusal::UnknownOutcome { step: name, outcome, possible, near: close } => {
            let possible: Vec<String> =
                possible.iter().map(|own| names.outcome_to_type(procedure, name, own)).collect();
            let (name, near) = (step(name), near(close));
            say(
                format!("{name} can't end with `{outcome}`; it can with {}{near}", possible.join(", ")),
                format!("“{name}”没有结果“{outcome}”；可为{}{near}", possible.join("、")),
            )
        }
        Refusal::OutcomeNotPossible { step: name, outcome } => {
            let (name, outcome) = (step(name), names.outcome(procedure, name, outcome));
            say(
                format!("{name} can't end with {outcome} in this situation"),
                format!("“{name}”在此情形下不能以“{outcome}”结束"),
            )
        }
        Refusal::LacksPower { step: name, by, powers } => {
            let (name, by) = (step(name), names.body(by));
            let powers: Vec<String> = powers.iter().map(|lacked| lacked_power(names, lacked)).collect();
            let powers = powers.join(names.language.pick("; ", "；"));
            say(
                format!("{by} lacks a power that {name} needs here: {powers}"),
                format!("{by}在此情形下没有“{name}”所需的职权：{powers}"),
            )
        }
        Refusal::InDispute { claimants, deciders } => {
            let (claimants, deciders) = (names.bodies(claimants), names.bodies(deciders));
            say(
                format!("it is not settled who leads: {claimants}; {deciders} may settle it"),
                format!("牵头尚未确定：{claimants}；由{deciders}解决"),
            )
        }
        Refusal::NothingToTake { by } => {
            let by = names.body(by);
            say(format!("there is nothing that {by} could take"), format!("没有可由{by}接收的事项"))
        }
        Refusal::MayNotDesignate { by, may } => {
            let (by, may) = (names.body(by), names.bodies(may));
            say(format!("{by} may not designate; {may} may"), format!("{by}无权指定；{may}有权"))
        }
        Refusal::AlreadyHas { to } => {
            let to = names.body(to);
            say(format!("{to} already has it"), format!("已由{to}承办"))
        }
        Refusal::AlreadyAcknowledged { step: name, by } => {
            let (name, by) = (step(name), names.body(by));
            say(format!("{by} has already acknowledged {name}"), format!("{by}已签收“{name}”"))
        }
        Refusal::AlreadyVoiced { step: name, by } => {
            let (name, by) = (step(name), names.body(by));
            say(format!("{by} has already said its word on {name}"), format!("{by}已就“{name}”表达意见"))
        }
        Refusal::UnknownObligation { name, owed, .. } if owed.is_empty() => say(
            format!("nothing named `{name}` is owed in this case, nor anything else"),
            format!("本案没有应履行的“{name}”，也没有其他应履行的义务"),
        ),
        Refusal::UnknownObligation { name, owed, near: close } => {
            let (owed, near) = (owed.join(", "), near(close));
            say(
                format!("nothing named `{name}` is owed; owed is {owed}{near}"),
                format!("没有应履行的“{name}”；现有{owed}{near}"),
            )
        }
        Refusal::NotDebtor { name, by, debtors } => {
            let (by, debtors) = (names.body(by), names.bodies(debtors));
            say(
                format!("{by} does not owe {name}; {debtors} does"),
                format!("“{name}”不由{by}履行，而由{debtors}履行"),
            )
        }
        Refusal::AlreadyDischarged { name } => {
            say(format!("{name} is done already"), format!("“{name}”已履行"))
        }
        Refusal::ClosingNeeds { nodes } => {
            let nodes = steps(nodes);
            say(format!("closing takes {nodes} first"), format!("办结之前须先完成{nodes}"))
        }
        Refusal::NothingChanges {} => say("the facts are so already".into(), "事实并无变化".into()),
        Refusal::NobodyListens { event, near: close } => {
            let near = near(close);
            say(
                format!("no procedure listens to `{event}`{near}"),
                format!("没有程序响应事件“{event}”{near}"),
            )
        }
        Refusal::NotInvolved { case, by, may } => {
            let (by, may) = (names.body(by), holders(names, may));
            say(
                format!(
                    "{by} does not speak for {case}; that is for {may} and whoever stands above them: tell it to \
                     them, or write a note"
                ),
                format!("{by}无权就{case}作出决定；应由{may}或者其上级作出：请告知上述单位，或者写入备注"),
            )
        }
        Refusal::CouldNotPerform { step: name, to, may } if may.is_empty() => {
            let (name, to) = (step(name), names.body(to));
            say(
                format!(
                    "{to} could not perform {name}, nor could anybody else here: `by` does not name it, no mandate \
                     lets it lead here, and no `hand over to` names it; whoever has the step keeps it, or refuses"
                ),
                format!(
                    "{to}不能承办“{name}”，此处也没有其他单位可以承办：“承办”未列明，本情形中无职责由其牵头，\
                     也没有“移送 至”列明；由现承办单位继续办理或者拒绝"
                ),
            )
        }
        Refusal::CouldNotPerform { step: name, to, may } => {
            let (name, to, may) = (step(name), names.body(to), names.bodies(may));
            say(
                format!(
                    "{to} could not perform {name}: `by` does not name it, no mandate lets it lead here, and no \
                     `hand over to` names it; give it to {may}"
                ),
                format!(
                    "{to}不能承办“{name}”：“承办”未列明，本情形中无职责由其牵头，也没有“移送 至”列明；\
                     请交由{may}承办"
                ),
            )
        }
        Refusal::OnlyToSendOn { step: name, by, may } => {
            let (name, by) = (step(name), names.body(by));
            let (en, zh) = if may.is_empty() {
                ("a superior of theirs".to_owned(), "由其上级指定".to_owned())
            } else {
                let may = names.bodies(may);
                (may.clone(), format!("移送{may}"))
            };
            say(
                format!(
                    "{by} has {name} because all who had it refused, to send it on and not to do it: hand it over \
                     to {en}, or refuse it"
                ),
                format!("“{name}”因承办单位均已拒绝而转至{by}，{by}只能转办，不能代为办理：请{zh}，或者拒绝"),
            )
        }
        Refusal::OnlyTold { step: name, by } => {
            let (name, by) = (step(name), names.body(by));
            say(
                format!(
                    "{by} was told of {name}, and its rung lets nobody take it over (`take over by`); urge whoever \
                     has it, or ask a superior of theirs to designate"
                ),
                format!(
                    "{by}只是被告知“{name}”，该级升级没有规定接办（“接办 由”）；可以催办，或者请承办单位的上级指定"
                ),
            )
        }
        Refusal::NotAClaimant { to, claimants } => {
            let (to, claimants) = (names.body(to), names.bodies(claimants));
            say(
                format!("{to} does not claim the lead; designate one of those who do: {claimants}"),
                format!("{to}未主张牵头；请在主张牵头的单位中指定：{claimants}"),
            )
        }
        Refusal::WasDesignated { step: name, by, designator } => {
            let (name, by, designator) = (step(name), names.body(by), names.body(designator));
            say(
                format!(
                    "{by} was designated for {name} by {designator} and holds the powers for it: it can't refuse; do \
                     it, or ask {designator} to designate another body"
                ),
                format!(
                    "{by}由{designator}指定承办“{name}”，且具有所需职权，不能拒绝；请办理，或者请{designator}另行指定"
                ),
            )
        }
        Refusal::DecidedTogether { step: name, members, chair } => {
            let (name, members) = (step(name), names.bodies(members));
            let chair = chair.as_ref().map(|chair| names.body(chair));
            let (chair_en, chair_zh) = chair.map_or((String::new(), String::new()), |chair| {
                (format!("; {chair} may convene them"), format!("；可由{chair}召集"))
            });
            say(
                format!("{name} is decided together by {members}: nobody is put in their place{chair_en}"),
                format!("“{name}”由{members}共同决定，不能由一家代替{chair_zh}"),
            )
        }
        Refusal::TimeIsNoFact { fact } => say(
            format!(
                "{fact} can't be stated: day and time are those at which the case was opened; state what else changed, \
                 or write a note"
            ),
            format!("不能陈述{fact}：日类和时刻以立案之时为准；请陈述其他变化，或者写入备注"),
        ),
        Refusal::ReopensElsewhere { case, step: name, at } => {
            let (name, at) = (step(name), steps(at));
            say(
                format!(
                    "{case} can't be taken up again at {name}, past what leads there: only where it ended or got stuck \
                     ({at}), or from its start, without a step"
                ),
                format!(
                    "{case}不能越过前面的环节从“{name}”重新办理；只能从办结或者停滞之处（{at}）或者从头重新办理"
                ),
            )
        }
        Refusal::GateNotPassed { step: name } => {
            let name = step(name);
            say(
                format!(
                    "with the facts as they are now, no way leads to {name}; take the case up again from its start, \
                     without a step"
                ),
                format!("按目前的事实，案件不会到达“{name}”；请从头重新办理"),
            )
        }
        Refusal::AlreadySuspended { .. }
        | Refusal::NotSuspended { .. }
        | Refusal::ClockStands { .. }
        | Refusal::NoGround { .. }
        | Refusal::GroundSpent { .. }
        | Refusal::MayNotStop { .. }
        | Refusal::MayNotGiveTime { .. }
        | Refusal::NoDeadline { .. }
        | Refusal::Expired { .. }
        | Refusal::AlreadyExtended { .. }
        | Refusal::AlreadyAsked { .. }
        | Refusal::NothingAsked { .. }
        | Refusal::OtherUnit { .. }
        | Refusal::TooLong { .. }
        | Refusal::NoTime { .. }
        | Refusal::NoBasis {}
        | Refusal::UnknownLaw { .. }
        | Refusal::UnknownArticle { .. }
        | Refusal::NotInForce { .. } => super::time_given::refusal(names, procedure, refusal),
        Refusal::StillDue { due } => {
            let due = names.instant(*due);
            say(
                format!(
                    "more is due before this act than one command fires, the next at {due}; run `linkage tick` first"
                ),
                format!("此前到期事项过多，一条命令不能全部处理，下一项于{due}到期；请先运行“linkage tick”"),
            )
        }
        Refusal::TooMuch {} => say("that is beyond what can be counted".into(), "超出可计数的范围".into()),
    }
}

/// A power that is lacking: who holds it, and what would give it.
fn lacked_power(names: &Names<'_>, lacked: &LackedPower) -> String {
    let power = names.power(&lacked.power);
    let rank = lacked
        .rank
        .as_deref()
        .and_then(|rank| Keyword::ALL.iter().find(|keyword| keyword.spelling(Language::En) == rank));
    let rank = rank.map(|rank| rank.spelling(names.language));
    let law = match rank {
        Some(rank) => names.say(
            format!("a law in force that grants it here, at least of rank {rank}"),
            format!("须有现行规定（位阶至少为{rank}）就此授权"),
        ),
        None => names.say("a law in force that grants it here".into(), "须有现行规定就此授权".into()),
    };
    if lacked.holders.is_empty() {
        return names.say(
            format!("{power} (nobody holds it here; it takes {law})"),
            format!("{power}（此处无人享有；{law}）"),
        );
    }
    let holders = names.bodies(&lacked.holders);
    names.say(
        format!("{power} (held here by {holders}; it takes {law}, or that they pass it on)"),
        format!("{power}（此处由{holders}享有；{law}，或由其依法转交）"),
    )
}

/// Why a fact makes no sense.
pub(super) fn fact_fault(names: &Names<'_>, fault: &FactFault) -> String {
    let near = |near: &Option<ecow::EcoString>| {
        near.as_ref().map_or(String::new(), |near| {
            names.say(format!("; did you mean `{near}`?"), format!("；是否指“{near}”？"))
        })
    };
    match fault {
        FactFault::UnknownFact { fact, near: close } => {
            let near = near(close);
            names.say(format!("no fact is named `{fact}`{near}"), format!("没有名为“{fact}”的事实{near}"))
        }
        FactFault::UnknownValue { fact, value, near: close } => {
            let near = near(close);
            names.say(format!("{fact} can't be `{value}`{near}"), format!("“{fact}”不能是“{value}”{near}"))
        }
        FactFault::Ambiguous { fact, value, nodes } => {
            let nodes = nodes.join(", ");
            names.say(
                format!("{fact} `{value}` can be {nodes}: write one of these"),
                format!("“{fact}”的“{value}”可指{nodes}：请写明其一"),
            )
        }
        FactFault::OutOfRange { fact, value, low, high } => names.say(
            format!("{fact} is never {value}: it is {low} to {high}"),
            format!("“{fact}”不可能为{value}：应在{low}至{high}之间"),
        ),
        FactFault::WrongType { fact, wanted } => {
            let wanted = match wanted {
                FactWanted::Name => names.language.pick("a name", "名称"),
                FactWanted::Number => names.language.pick("a whole number", "整数"),
                FactWanted::Truth => names.language.pick("`true` or `false`", "true或false"),
                FactWanted::Clock => names.language.pick("a time such as `22:30`", "时刻（如 22:30）"),
            };
            names.say(format!("{fact} wants {wanted}"), format!("“{fact}”应为{wanted}"))
        }
    }
}

/// Bodies by name and kinds of body, as a refusal names them.
fn holders(names: &Names<'_>, may: &[ecow::EcoString]) -> String {
    let one = |name: &ecow::EcoString| match name.strip_prefix("kind ") {
        Some(kind) => {
            let keyword = Keyword::ALL.iter().find(|keyword| keyword.spelling(Language::En) == kind);
            let word = keyword.map_or(kind, |keyword| keyword.spelling(names.language));
            names.say(format!("any {word}"), word.to_owned())
        }
        None => names.body(name),
    };
    may.iter().map(one).collect::<Vec<_>>().join(names.language.pick(", ", "、"))
}
