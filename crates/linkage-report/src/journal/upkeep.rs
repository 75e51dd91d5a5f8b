//! What is wrong with a journal, and what other rules would do to open cases.

use std::fmt::Write;

use super::super::names::short;
use super::super::terminal::visible;
use super::illegal::illegal_words;
use linkage_journal::engine::{Obstacle, Prospect};
use linkage_journal::store::{Flaw, Head, Health};
use linkage_text::Language;

/// What `verify` found, for people.
pub fn verified(health: &Health, language: Language) -> String {
    let say = |en: String, zh: String| language.pick(en, zh);
    let mut out = String::new();
    for flaw in &health.flaws {
        let _ = writeln!(out, "{}", flaw_words(flaw, language));
    }
    let (events, cases, count) = (health.events, health.cases, health.flaws.len());
    if health.more_flaws {
        let more = say(
            format!("after {count} flaws no more were looked for"),
            format!("已发现{count}处问题，未再继续查找"),
        );
        let _ = writeln!(out, "{more}");
    }
    let (whole, cents) = (health.centibytes_per_event / 100, health.centibytes_per_event % 100);
    let Some(Head { seq, hash: end, .. }) = health.head else {
        let _ =
            writeln!(out, "{}", say(format!("NOT whole: {count} flaws"), format!("不完好：有{count}处问题")));
        return out;
    };
    let sentence = if count == 0 {
        say(
            format!(
                "whole: {seq} records, {events} events, {cases} cases; {whole}.{cents:02} bytes an event"
            ),
            format!("完好：{seq}条记录，{events}个事件，{cases}个案件；每个事件{whole}.{cents:02}字节"),
        )
    } else {
        say(
            format!("NOT whole: {count} flaws in {seq} records"),
            format!("不完好：{seq}条记录中有{count}处问题"),
        )
    };
    let _ = writeln!(out, "{sentence}");
    let _ = writeln!(
        out,
        "{}",
        say(
            format!(
                "end: {seq}:{end}\n(note it; `verify --end {seq}:…` tells later whether the journal still holds it)"
            ),
            format!("末尾：{seq}:{end}\n（请记下；以后可用“verify --end {seq}:…”核对）"),
        )
    );
    out
}

fn flaw_words(flaw: &Flaw, language: Language) -> String {
    let say = |en: String, zh: String| language.pick(en, zh);
    match flaw {
        Flaw::Altered { seq } => say(
            format!("record {seq}: altered; it is not what was written"),
            format!("记录{seq}：被改动，与写入时不同"),
        ),
        Flaw::Missing { from, to } if from == to => {
            say(format!("record {from}: missing"), format!("记录{from}：缺失"))
        }
        Flaw::Missing { from, to } => {
            say(format!("records {from} to {to}: missing"), format!("记录{from}至{to}：缺失"))
        }
        Flaw::Swapped { seq, was } => say(
            format!("record {seq}: swapped; what stands there was written as record {was}"),
            format!("记录{seq}：被调换，此处内容原为记录{was}"),
        ),
        Flaw::Truncated { at, ended } => say(
            format!("cut off: the journal ends at record {at}, it once ended at {ended}"),
            format!("被截断：日志止于记录{at}，原止于{ended}"),
        ),
        Flaw::OtherEnd { seq } => say(
            format!("record {seq}: another hash than was noted; the journal was written anew"),
            format!("记录{seq}：与所记的校验值不同，日志被重写"),
        ),
        Flaw::Unreadable { seq, reason } => {
            let reason = visible(reason);
            say(format!("record {seq}: can't be read ({reason})"), format!("记录{seq}：无法读取（{reason}）"))
        }
        Flaw::Broken { dossier, seq } => say(
            format!("record {seq}: the records of {dossier} are not counted without a break"),
            format!("记录{seq}：{dossier}的记录编号不连续"),
        ),
        Flaw::Illegal { seq, why } => {
            let why = illegal_words(why, language);
            say(
                format!("record {seq}: it can't have happened; {why}"),
                format!("记录{seq}：不可能发生；{why}"),
            )
        }
        Flaw::Rules { hash } => say(
            format!("rules {hash}: gone or altered; `verify --mend --rules PACKAGE` puts them back"),
            format!("规则{hash}：缺失或被改动；用“verify --mend --rules 规则包”补回"),
        ),
        Flaw::Rows { case } => say(
            format!(
                "{case}: what lists show of it does not follow from its records; `verify --mend` makes it again"
            ),
            format!("{case}：清单内容与记录不符；用“verify --mend”重建"),
        ),
        Flaw::Unexplained { rows } => say(
            format!("{rows} rows in lists that no record explains; `verify --mend` makes them again"),
            format!("清单中有{rows}行没有记录依据；用“verify --mend”重建"),
        ),
        Flaw::Damaged { from, to: None } => say(
            format!(
                "from record {from} on: the file is damaged, and where it ends can't be read; take it from a backup"
            ),
            format!("记录{from}起：文件损坏，末尾无法读取；请从备份恢复"),
        ),
        Flaw::Damaged { from, to: Some(to) } if from == to => say(
            format!("record {from}: the file is damaged there; take it from a backup"),
            format!("记录{from}：文件在此处损坏；请从备份恢复"),
        ),
        Flaw::Damaged { from, to: Some(to) } => say(
            format!("records {from} to {to}: the file is damaged there; take them from a backup"),
            format!("记录{from}至{to}：文件在此处损坏；请从备份恢复"),
        ),
        Flaw::DamagedFile { reason } => {
            let reason = visible(reason.lines().last().unwrap_or_default());
            say(
                format!(
                    "the file is damaged ({reason}); `export --persons` writes the records, and `import journal` makes a whole file of them, if none is missing"
                ),
                format!(
                    "文件损坏（{reason}）；“export --persons”可导出记录，若无缺失，“import journal”据以重建文件"
                ),
            )
        }
    }
}

/// What would become of open cases, for people.
pub fn prospect_text(prospect: &Prospect, dry: bool, language: Language) -> String {
    let say = |en: String, zh: String| language.pick(en, zh);
    let mut out = String::new();
    let Prospect { verdicts, already } = prospect;
    for verdict in verdicts {
        let (dossier, from) = (verdict.dossier, short(&verdict.from));
        if verdict.obstacles.is_empty() {
            let sentence = if dry {
                say(
                    format!("{dossier}: would move (from {from})"),
                    format!("{dossier}：可迁移（原规则{from}）"),
                )
            } else {
                say(format!("{dossier}: moved (from {from})"), format!("{dossier}：已迁移（原规则{from}）"))
            };
            let _ = writeln!(out, "{sentence}");
            continue;
        }
        let _ = writeln!(
            out,
            "{}",
            say(format!("{dossier}: stays under {from}"), format!("{dossier}：仍按原规则{from}"))
        );
        for found in &verdict.obstacles {
            let _ = writeln!(out, "    {}", obstacle(found, language));
        }
    }
    let stay = verdicts.iter().filter(|verdict| !verdict.obstacles.is_empty()).count();
    let go = verdicts.len() - stay;
    let sentence = if dry {
        say(format!("{go} would move, {stay} would stay"), format!("{go}件可迁移，{stay}件不能"))
    } else {
        say(format!("{go} moved, {stay} stayed"), format!("{go}件已迁移，{stay}件未迁移"))
    };
    let (en, zh) = (format!("; {already} under these rules already"), format!("；{already}件已适用该规则"));
    let already = if *already > 0 { say(en, zh) } else { String::new() };
    let _ = writeln!(out, "{sentence}{already}");
    out
}

/// Why a case can't go on under other rules.
pub fn obstacle(found: &Obstacle, language: Language) -> String {
    let say = |en: String, zh: String| language.pick(en, zh);
    match found {
        Obstacle::Procedure { case, procedure } => say(
            format!("{case} runs {procedure}, which is no more"),
            format!("{case}所用程序“{procedure}”已不存在"),
        ),
        Obstacle::Node { case, node } => say(
            format!("{case} stands at {node}, which is no more, or is something else"),
            format!("{case}所在的“{node}”已不存在或性质不同"),
        ),
        Obstacle::NotEntered { case, node, block } => say(
            format!(
                "{case} stands at {node}, which is a branch of {block} there; it never entered {block}, and its other \
                 branches would never begin"
            ),
            format!(
                "{case}所在的“{node}”在新规则中属于“{block}”的分支；该案未进入“{block}”，其余分支不会开始"
            ),
        ),
        Obstacle::OutsideBlock { case, node, block } => say(
            format!("{case} is in {block}, and {node}, where it stands, is no branch of it there"),
            format!("{case}处于“{block}”之中，而所在的“{node}”在新规则中不属于其分支"),
        ),
        Obstacle::Branches { case, block } => say(
            format!("{case} is in {block}, which has another number of branches"),
            format!("{case}所在的“{block}”分支数不同"),
        ),
        Obstacle::Body { case, body } => say(
            format!("{case} waits for {body}, which can't act any more"),
            format!("{case}由{body}承办，该主体已不能办理"),
        ),
        Obstacle::Fact { case, fact } => say(
            format!("{case} states {fact}, which has no meaning any more"),
            format!("{case}的事实“{fact}”已无意义"),
        ),
        Obstacle::Resolution { case, resolution } => say(
            format!("{case} is being settled by {resolution}, which is no more"),
            format!("{case}正按“{resolution}”解决争议，该规则已不存在"),
        ),
    }
}
