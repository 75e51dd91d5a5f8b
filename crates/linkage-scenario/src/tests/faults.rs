//! Scenarios as users get them wrong, in both languages.

use proptest::prelude::*;

use super::super::Scenario;
use linkage_text::Language;

fn faults(text: &str) -> String {
    let faults = Scenario::from_yaml(text).expect_err("it is wrong");
    let said = |fault: &super::super::ScenarioFault| {
        format!("{}\n{}", fault.sentence(Language::En), fault.sentence(Language::Zh))
    };
    faults.iter().map(said).collect::<Vec<_>>().join("\n")
}

#[test]
fn everything_wrong_is_said_at_once() {
    let text = "
titel: x
start: 2026-11-23 9:10
facts: {matter: [a], severity: 1.5, indoors: true}
script:
  - {at: 20m, as: police, do: done, outcome: ok}
  - {at: +1h, do: done, step: inspect}
  - {at: +2h, as: police, do: finish}
  - {at: +2h, as: police, do: handover, to: x}
  - {at: +2h, as: police, do: ack, outcome: ok}
  - {at: +2h, as: police, do: ack, case: two, refused: maybe}
  - nothing
until: soon
expect:
  closed: done
  due: {inspect: tomorrow}
  steps: inspect
  obligations: [{name: reply, status: kept}]
  escalations: [{step: inspect}]
  gap: 1
";
    insta::assert_snapshot!(faults(text), @r#"
    titel: no such key here; did you mean `title`?
    titel：此处没有这个键；是否想写 `title`？
    start: `2026-11-23 9:10` is no time; write it such as 2026-11-23T09:10
    start：`2026-11-23 9:10` 不是时间；请写成 2026-11-23T09:10 这样
    facts.matter: a name, a whole number, true or false is wanted here
    facts.matter：此处应为名称、整数、true 或 false
    facts.severity: a name, a whole number, true or false is wanted here
    facts.severity：此处应为名称、整数、true 或 false
    script[0].at: `20m` is no time; write 2026-11-23T09:10, or +20m, +3h, +2d after the start
    script[0].at：`20m` 不是时间；请写 2026-11-23T09:10，或者开始之后的 +20m、+3h、+2d
    script[1].as: this key is needed
    script[1].as：必须写明
    script[1].outcome: this key is needed
    script[1].outcome：必须写明
    script[2].do: nothing called `finish` can be done; write one of open, ack, done, refuse, hand_over, note, fact, discharge, take, designate, reopen, suspend, resume, extend, deny, supersede, urge, call_report, convene, event
    script[2].do：没有 `finish` 这个动作；请写 open、ack、done、refuse、hand_over、note、fact、discharge、take、designate、reopen、suspend、resume、extend、deny、supersede、urge、call_report、convene、event 之一
    script[3].do: nothing called `handover` can be done; did you mean `hand_over`?
    script[3].do：没有 `handover` 这个动作；是否想写 `hand_over`？
    script[4].outcome: no such key here
    script[4].outcome：此处没有这个键
    script[5].refused: true or false is wanted here
    script[5].refused：此处应为 true 或 false
    script[5].case: `two` is not the number of a case; write it such as C2
    script[5].case：`two` 不是案件编号；请写成 C2 这样
    script[6]: a block of keys with values is wanted here
    script[6]：此处应为由键和值组成的块
    until: `soon` is no time; write 2026-11-23T09:10, or +20m, +3h, +2d after the start
    until：`soon` 不是时间；请写 2026-11-23T09:10，或者开始之后的 +20m、+3h、+2d
    expect.steps: a list is wanted here
    expect.steps：此处应为列表
    expect.gap: true or false is wanted here
    expect.gap：此处应为 true 或 false
    expect.closed: `done` is not possible here; write solved or unsolved or closed or open
    expect.closed：此处不能写 `done`；请写 solved 或 unsolved 或 closed 或 open
    expect.due.inspect: `tomorrow` is no time; write it such as 2026-11-23T09:10
    expect.due.inspect：`tomorrow` 不是时间；请写成 2026-11-23T09:10 这样
    expect.escalations[0].to: this key is needed
    expect.escalations[0].to：必须写明
    expect.obligations[0].status: `kept` is not possible here; write open or discharged or breached
    expect.obligations[0].status：此处不能写 `kept`；请写 open 或 discharged 或 breached
    "#);
}

#[test]
fn times_run_forward() {
    let text = "
start: 2026-11-23T09:10
facts: {}
script:
  - {at: 2026-11-23T09:00, as: police, do: ack}
  - {at: +2h, as: police, do: ack}
  - {at: +1h30m, as: police, do: ack}
until: +1h
";
    insta::assert_snapshot!(faults(text), @r#"
    script[0].at: `2026-11-23T09:00` lies before the start
    script[0].at：`2026-11-23T09:00` 早于开始时间
    script[2].at: `+1h30m` lies before what stands above it; write the script in the order of time
    script[2].at：`+1h30m` 早于上一行；请按时间先后写
    until: `+1h` lies before what stands above it; write the script in the order of time
    until：`+1h` 早于上一行；请按时间先后写
    "#);
}

#[test]
fn what_is_no_scenario_is_said_to_be_none() {
    insta::assert_snapshot!(faults(""), @r#"
    a block of keys with values is wanted here
    此处应为由键和值组成的块
    "#);
    insta::assert_snapshot!(faults("a: [b"), @r#"
    not YAML: did not find expected ',' or ']' at line 2 column 1, while parsing a flow sequence at line 1 column 4
    不是 YAML：did not find expected ',' or ']' at line 2 column 1, while parsing a flow sequence at line 1 column 4
    "#);
    insta::assert_snapshot!(faults("- a"), @r#"
    a block of keys with values is wanted here
    此处应为由键和值组成的块
    "#);
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,200}") {
        drop(Scenario::from_yaml(&text));
    }

    #[test]
    fn no_yaml_makes_the_reader_panic(
        key in "(start|facts|script|until|expect|at|do|reporter)",
        value in "([0-9:TZ+-]{0,20}|\\[\\]|\\{\\}|~|1e400|\\+9999999999999999999d|\\+999999999999m)",
    ) {
        drop(Scenario::from_yaml(&format!("{key}: {value}\n")));
        let line = format!("start: 2026-11-23T09:00\nfacts: {{}}\nscript:\n  - {{at: {value}, as: a, do: ack, {key}: {value}}}\nuntil: {value}\n");
        drop(Scenario::from_yaml(&line));
    }
}
