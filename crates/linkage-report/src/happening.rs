//! What happened to a case, in one sentence, with its reasons below.

use super::names::Names;
use super::terminal::visible;
use super::told::{Told, reasons, rule_words, solved_word};
use linkage_case::{Cause, Charged, Ended, Event, Happening, Mode, Stuck, Timed, Why};

/// Tells what happened to a case of a procedure.
#[expect(clippy::too_many_lines, reason = "one arm a happening, each with its sentences")]
pub(super) fn tell(names: &Names<'_>, procedure: &str, event: &Event) -> Told {
    let (at, by, what) = (event.at, event.by.as_deref(), &event.what);
    let say = |en: String, zh: String| names.say(en, zh);
    let step = |name: &str| names.step(procedure, name);
    let actor =
        || by.map_or_else(|| names.language.pick("the rules", "规则").to_owned(), |by| names.body(by));
    match what {
        Happening::Opened { procedure, facts, because, due, .. } => {
            let (title, facts) = (names.procedure(procedure), names.facts(facts));
            let mut told = if procedure.is_empty() {
                Told::plain(say("recorded".into(), "登记".into())).with(facts)
            } else {
                Told::plain(say(format!("opened: {title}"), format!("立案：{title}"))).with(facts)
            };
            match because {
                Cause::Report => {}
                Cause::Event { event, from } => {
                    let of = from.map_or(String::new(), |from| format!(" ({from})"));
                    told = told
                        .with(say(format!("triggered by {event}{of}"), format!("由事件“{event}”触发{of}")));
                }
                Cause::Call { from, .. } => {
                    told = told.with(say(format!("called by {from}"), format!("由{from}调用")))
                }
                Cause::Schedule { .. } | Cause::Count { .. } => {
                    told = super::occasion::tell(names, told, because, at);
                }
            }
            match due {
                Some(due) => told.with(names.due(due)),
                None => told,
            }
        }
        Happening::ReferredOn { to, perhaps } => {
            let mut told = Told::plain(say(
                "outside the scope of these rules: referred on, no procedure is started".into(),
                "不在本规则的适用范围内：转出，不启动程序".into(),
            ));
            if to.is_empty() && perhaps.is_empty() {
                return told
                    .with(say("these rules name nobody for it".into(), "本规则未列明承办主体".into()));
            }
            if !to.is_empty() {
                let to = names.bodies(to);
                told =
                    told.with(say(format!("mandates name {to} for it"), format!("职责规定列明由{to}承办")));
            }
            if !perhaps.is_empty() {
                let perhaps = names.bodies(perhaps);
                told = told.with(say(
                    format!("they name {perhaps} for a part of it: what is known does not tell"),
                    format!("就其中一部分列明{perhaps}，已知情况不足以确定"),
                ));
            }
            told
        }
        Happening::Led { .. }
        | Happening::GapMet { .. }
        | Happening::OverlapMet { .. }
        | Happening::ForumOpened { .. }
        | Happening::Proposed { .. }
        | Happening::ForumEnded { .. }
        | Happening::NoForum { .. } => super::leading::tell(names, &actor(), what),
        Happening::Assigned { step: name, to, with, mode, due, .. } => {
            let (title, who) = (step(name), names.charged(to));
            let mut told = Told::plain(if *mode == Mode::Offered {
                say(format!("{title}: offered to {who}"), format!("{title}：待{who}接收"))
            } else {
                say(format!("{title}: assigned to {who}"), format!("{title}：交{who}承办"))
            });
            told = reasons(names, told, to);
            if !with.is_empty() {
                let with = names.bodies(with);
                told = told.with(say(format!("with {with}"), format!("会同{with}")));
            }
            if let Mode::Joint { quorum, silence_is_assent } = mode {
                let silence = names.language.pick(
                    if *silence_is_assent { "assent" } else { "refusal" },
                    if *silence_is_assent { "同意" } else { "拒绝" },
                );
                told = told.with(say(
                    format!("{quorum} must say the same; silence means {silence}"),
                    format!("须{quorum}方意见一致；沉默视为{silence}"),
                ));
            }
            match due {
                Some(due) => told.with(names.due(due)),
                None => told,
            }
        }
        Happening::Reassigned { step: name, to, .. } => {
            let (title, who) = (step(name), names.charged(to));
            let told =
                Told::plain(say(format!("{title}: now with {who}"), format!("{title}：改由{who}承办")));
            reasons(names, told, to)
        }
        Happening::Acknowledged { step: name, .. } => {
            let title = step(name);
            Told::plain(say(
                format!("{title}: acknowledged by {}", actor()),
                format!("{title}：{}签收", actor()),
            ))
        }
        Happening::Refused { step: name, reason, .. } => {
            let title = step(name);
            Told::plain(say(format!("{title}: refused by {}", actor()), format!("{title}：{}拒绝", actor())))
                .with(visible(reason))
        }
        Happening::HandedOver { step: name, to, reason, back, .. } => {
            let (title, to) = (step(name), names.body(to));
            let sentence = if *back {
                say(
                    format!("{title}: returned by {} to {to}", actor()),
                    format!("{title}：{}退回{to}", actor()),
                )
            } else {
                say(
                    format!("{title}: handed over by {} to {to}", actor()),
                    format!("{title}：{}移交{to}", actor()),
                )
            };
            Told::plain(sentence).with(visible(reason))
        }
        Happening::Voiced { step: name, outcome, .. } => {
            let (title, outcome) = (step(name), names.outcome(procedure, name, outcome));
            Told::plain(say(
                format!("{title}: {} says {outcome}", actor()),
                format!("{title}：{}的意见为“{outcome}”", actor()),
            ))
        }
        Happening::NoQuorum { step: name, .. } => {
            let title = step(name);
            Told::plain(say(
                format!("{title}: no outcome can reach the quorum any more"),
                format!("{title}：已无法达到法定人数"),
            ))
        }
        Happening::Completed { step: name, outcome, late, basis, silent, .. } => {
            let (title, outcome) = (step(name), names.outcome(procedure, name, outcome));
            let late = if *late { names.language.pick(", late", "（逾期）") } else { "" };
            let mut told = Told::plain(match by {
                Some(_) => say(
                    format!("{title}: {outcome}, by {}{late}", actor()),
                    format!("{title}：{outcome}（{}）{late}", actor()),
                ),
                None => say(format!("{title}: {outcome}{late}"), format!("{title}：{outcome}{late}")),
            });
            if !silent.is_empty() {
                let who = names.bodies(silent);
                told = told.with(say(
                    format!("{who} said nothing, which counts as assent"),
                    format!("{who}未作表示，视为同意"),
                ));
            }
            if basis.is_empty() {
                return told;
            }
            let cited = names.cited(basis);
            told.with(say(format!("on {cited}"), format!("依据{cited}")))
        }
        Happening::PassedOver { step: name, .. } => {
            let title = step(name);
            Told::plain(say(
                format!("{title}: does not apply here and is passed over"),
                format!("{title}：不适用，略过"),
            ))
        }
        Happening::Chose { node, way } => {
            let title = step(node);
            Told::plain(match way {
                Some(way) => {
                    say(format!("{title}: the case goes way {way}"), format!("{title}：走第{way}条路径"))
                }
                None => say(format!("{title}: otherwise"), format!("{title}：走“否则”")),
            })
        }
        Happening::Withdrawn { step: name, ended, .. } => {
            let title = step(name);
            let why = match ended {
                Ended::Timeout => names.language.pick("its deadline passed", "超时"),
                Ended::Refusal => names.language.pick("it was refused", "被拒绝"),
                Ended::Sibling => names.language.pick("another branch sufficed", "其他分支已完成"),
                Ended::Left => names.language.pick("the case left its block", "案件已离开并行块"),
                Ended::Closed => names.language.pick("the case is closed", "案件已办结"),
            };
            Told::plain(say(format!("{title}: withdrawn, {why}"), format!("{title}：撤回，{why}")))
        }
        Happening::TimedOut { what, .. } => {
            let what = match what {
                Timed::Case => names.language.pick("the case", "案件").to_owned(),
                Timed::Step { step: name, .. } => step(name),
                Timed::Rung { step: name, .. } => {
                    let title = step(name);
                    say(format!("what was asked about {title}"), format!("“{title}”的升级事项"))
                }
                Timed::Block { block } => step(block),
                Timed::Call { node, .. } => step(node),
            };
            Told::plain(say(format!("{what}: the deadline has passed"), format!("{what}：超时")))
        }
        Happening::Escalated { step: name, to, does, due, holds, .. } => {
            let (who, about) = (names.charged(to), name.as_deref().map(step).unwrap_or_default());
            let about = if about.is_empty() { String::new() } else { format!("{about}{}", names.colon()) };
            let mut told = if to.is_empty() {
                Told::plain(say(
                    format!("{about}nobody answers to this rung, and there is no fallback body"),
                    format!("{about}该级升级无人可及，也没有兜底单位"),
                ))
            } else {
                Told::plain(say(format!("{about}escalated to {who}"), format!("{about}升级至{who}")))
            };
            let fallback = to.iter().filter(|charged| matches!(charged.why, Why::Fallback { .. }));
            let fallback: Vec<Charged> = fallback.cloned().collect();
            told = reasons(names, told, &fallback);
            if let Some(does) = does {
                told = told.with(visible(does));
            }
            if *holds {
                told = told.with(say("it has the step now".into(), "由其接手承办".into()));
            }
            match due {
                Some(due) => told.with(names.due(due)),
                None => told,
            }
        }
        Happening::LadderRanOut { step: name, .. } => {
            let title = step(name);
            Told::plain(say(
                format!("{title}: the ladder has no further rung"),
                format!("{title}：升级阶梯已到尽头"),
            ))
        }
        Happening::BlockEntered { block, branches, due } => {
            let branches: Vec<String> = branches.iter().map(|branch| step(branch)).collect();
            let branches = branches.join(names.language.pick(", ", "、"));
            let title = step(block);
            let told = Told::plain(say(
                format!("{title}: side by side {branches}"),
                format!("{title}：并行{branches}"),
            ));
            match due {
                Some(due) => told.with(names.due(due)),
                None => told,
            }
        }
        Happening::Joined { block } => Told::plain(say(
            format!("{}: a branch is done", step(block)),
            format!("{}：一个分支完成", step(block)),
        )),
        Happening::BlockEnded { block, left: false } => {
            Told::plain(say(format!("{}: done", step(block)), format!("{}：完成", step(block))))
        }
        Happening::BlockEnded { block, left: true } => {
            Told::plain(say(format!("{}: left", step(block)), format!("{}：离开", step(block))))
        }
        Happening::Called { node, procedure, due, .. } => {
            let (title, called) = (step(node), names.procedure(procedure));
            let told =
                Told::plain(say(format!("{title}: {called} is called"), format!("{title}：调用“{called}”")));
            match due {
                Some(due) => told.with(names.due(due)),
                None => told,
            }
        }
        Happening::Returned { node, child, refused: true, .. } => Told::plain(say(
            format!("{}: {child} came back, refused", step(node)),
            format!("{}：{child}返回，已被拒绝", step(node)),
        )),
        Happening::Returned { node, child, unsaid: true, .. } => Told::plain(say(
            format!(
                "{}: {child} came back closed, without saying whether it is solved; this goes on as solved",
                step(node)
            ),
            format!("{}：{child}返回，已办结，未注明是否解决；按已解决继续", step(node)),
        )),
        Happening::Returned { node, child, solved, .. } => {
            let word = solved_word(names, Some(*solved));
            Told::plain(say(
                format!("{}: {child} came back {word}", step(node)),
                format!("{}：{child}返回，{word}", step(node)),
            ))
        }
        Happening::CallLeft { node, .. } => Told::plain(say(
            format!("{}: no longer waited for", step(node)),
            format!("{}：不再等待", step(node)),
        )),
        Happening::Emitted { name, triggers } => {
            let told = Told::plain(say(format!("event {name} is raised"), format!("发出事件“{name}”")));
            if triggers.is_empty() {
                return told.with(say("nothing listens to it".into(), "没有程序响应".into()));
            }
            let triggers: Vec<String> = triggers.iter().map(|name| names.procedure(name)).collect();
            let triggers = triggers.join(names.language.pick(", ", "、"));
            told.with(say(format!("it starts {triggers}"), format!("启动{triggers}")))
        }
        Happening::ChainCut { procedure } => {
            let procedure = names.procedure(procedure);
            Told::plain(say(
                format!("the chain of events is too long: {procedure} is not started"),
                format!("事件链过长：未启动“{procedure}”"),
            ))
        }
        Happening::FactsChanged { facts, .. } => {
            let facts = names.facts(facts);
            Told::plain(say(format!("{} states: {facts}", actor()), format!("{}更正事实：{facts}", actor())))
        }
        Happening::Waiting { node, facts } => {
            let told = Told::plain(say(
                format!("{}: waits for facts", step(node)),
                format!("{}：等待事实", step(node)),
            ));
            facts.iter().fold(told, |told, fact| told.with(super::missing::missing(names, fact)))
        }
        Happening::Resumed { node } => {
            Told::plain(say(format!("{}: goes on", step(node)), format!("{}：继续", step(node))))
        }
        Happening::ObligationArisen { .. }
        | Happening::ObligationDischarged { .. }
        | Happening::ObligationBreached { .. }
        | Happening::Drawn { .. }
        | Happening::NoChannel { .. }
        | Happening::Told { .. }
        | Happening::NobodyTold { .. }
        | Happening::Published { .. } => super::exchange::tell(names, &actor(), what),
        Happening::PowerLacking { body, powers, .. } => {
            let body = names.body(body);
            let powers: Vec<String> = powers.iter().map(|power| names.power(power)).collect();
            let powers = powers.join(names.language.pick(", ", "、"));
            Told::plain(say(
                format!("{body} can't do it: it lacks {powers} here"),
                format!("{body}在此情形下没有职权：{powers}，不能办理"),
            ))
        }
        Happening::Noted { text } => Told::plain(say(
            format!("{} notes: {}", actor(), visible(text)),
            format!("{}备注：{}", actor(), visible(text)),
        )),
        Happening::Closed { solved, basis, told: to, obligations, unmet } => {
            let word = solved_word(names, *solved);
            let mut told = Told::plain(say(format!("closed, {word}"), format!("办结，{word}")));
            if !basis.is_empty() {
                let cited = names.cited(basis);
                told = told.with(say(format!("on {cited}"), format!("依据{cited}")));
            }
            if !to.is_empty() {
                let to = names.bodies(to);
                told = told.with(say(format!("told: {to}"), format!("告知{to}")));
            }
            if !obligations.is_empty() {
                let left = names.all_owed(obligations);
                told = told.with(say(format!("still owed: {left}"), format!("尚待履行：{left}")));
            }
            if !unmet.is_empty() {
                let unmet: Vec<String> = unmet.iter().map(|name| step(name)).collect();
                let unmet = unmet.join(names.language.pick(", ", "、"));
                told = told.with(say(
                    format!("closing asks for {unmet}, which was not done"),
                    format!("办结要求的{unmet}未完成"),
                ));
            }
            told
        }
        Happening::DeadEnd { node, stuck } => {
            let why = match stuck {
                Stuck::NoWay => {
                    names.language.pick("the rules do not say where it goes on", "规则未规定去向")
                }
                Stuck::Circle => names.language.pick("the rules lead round in a circle", "规则循环往复"),
            };
            Told::plain(say(format!("{}: stuck, {why}", step(node)), format!("{}：停滞，{why}", step(node))))
        }
        Happening::Reopened { node } => Told::plain(say(
            format!("reopened by {} at {}", actor(), step(node)),
            format!("{}重新办理，自“{}”起", actor(), step(node)),
        )),
        Happening::Suspended { .. }
        | Happening::Continued { .. }
        | Happening::Recounted { .. }
        | Happening::ExtensionAsked { .. }
        | Happening::ExtensionDenied { .. }
        | Happening::Extended { .. }
        | Happening::Superseded { .. } => super::time_given::tell(names, procedure, &actor(), what),
        Happening::Supervised { .. }
        | Happening::Urged { .. }
        | Happening::ReportCalled { .. }
        | Happening::Convened { .. }
        | Happening::TieMet { .. } => super::oversight::tell(names, procedure, &actor(), what),
        Happening::RuleBegan { rule } => {
            let rule = rule_words(names, rule);
            Told::plain(say(format!("{rule} is in force from now on"), format!("{rule}自此施行")))
        }
        Happening::RuleEnded { rule } => {
            let rule = rule_words(names, rule);
            Told::plain(say(format!("{rule} is no longer in force"), format!("{rule}不再有效")))
        }
    }
}
