//! Why nothing was done, in words: what, where, and what to do next.

use super::super::names::Names;
use super::super::refusal;
use linkage_journal::engine::{Failure, JournalRight, Kept, RulesFault};
use linkage_journal::store::{LineFault, StoreFault};
use linkage_text::Language;

/// Why a command was not carried out; `kept` are the rules of the case, as far as known.
pub fn failure(failure: &Failure, kept: Option<&Kept>, procedure: &str, language: Language) -> String {
    let say = |en: String, zh: String| language.pick(en, zh);
    match failure {
        Failure::Refused { refusal: why, .. } => match kept {
            Some(kept) => {
                let names = Names { institution: &kept.institution, zone: kept.calendar.zone(), language };
                let why = refusal::tell(&names, procedure, why);
                say(format!("refused: {why}"), format!("不予受理：{why}"))
            }
            None => say(format!("refused: {why}"), format!("不予受理：{why}")),
        },
        Failure::Stale { case, rev, .. } => say(
            format!(
                "{case} has moved on since you have seen it; look at what changed, then act with --seen {rev}"
            ),
            format!("您查看之后，{case}已有变化；请先查看变化，再以--seen {rev}操作"),
        ),
        Failure::KeyReused { key, seq } => say(
            format!(
                "the key `{key}` was used for another command (record {seq}); give this one a key of its own"
            ),
            format!("键“{key}”已用于另一操作（记录{seq}）；请另取一个"),
        ),
        Failure::NoRules => say(
            "the journal holds no rules yet; name the package with --rules".into(),
            "日志中还没有规则；请用--rules指定规则包".into(),
        ),
        Failure::NotEmpty => say(
            "this journal has begun already; name a file that is not there yet".into(),
            "该日志已经建立；请另取文件名".into(),
        ),
        Failure::NoRight { right, by, may } => no_right(*right, by, may, language),
        Failure::Rules(fault) => rules_fault(fault, language),
        Failure::Store(fault) => store_fault(fault, language),
        Failure::Stopped => say("the program is shutting down".into(), "程序正在关闭".into()),
    }
}

/// Who has a right over the journal, told to a body that has none.
fn no_right(right: JournalRight, by: &str, may: &[ecow::EcoString], language: Language) -> String {
    let (en, zh, clause) = match right {
        JournalRight::Adopt => ("put other rules in force", "采用新规则", "adopt by"),
        JournalRight::Migrate => ("move cases to other rules", "迁移案件", "migrate by"),
        JournalRight::Purge => ("erase persons before their time", "提前清除个人信息", "purge by"),
    };
    if may.is_empty() {
        return language.pick(
            format!(
                "refused: the rules in force name nobody who may {en}; a journal of rules with `governance {{ {clause} BODY }}` can be begun with `linkage journal new`"
            ),
            format!("不予受理：现行规则未写明由谁{zh}；可用linkage journal new另立日志，其规则须有“治理”条款"),
        );
    }
    let (may_en, may_zh) = (may.join(", "), may.join("、"));
    language.pick(
        format!("refused: {by} may not {en}; by the rules in force {may_en} may"),
        format!("不予受理：{by}无权{zh}；按现行规则{may_zh}有权"),
    )
}

fn rules_fault(fault: &RulesFault, language: Language) -> String {
    let say = |en: String, zh: String| language.pick(en, zh);
    match fault {
        RulesFault::Gone { hash } => say(
            format!(
                "the rules {hash} are not in the journal, or were altered; `linkage verify --mend --rules PACKAGE` puts them back, where PACKAGE is as it was then"
            ),
            format!(
                "日志中没有规则{hash}或其已被改动；用“linkage verify --mend --rules 规则包”补回（规则包须与当时一致）"
            ),
        ),
        RulesFault::Unreadable { hash, reason } => {
            say(format!("the rules {hash} can't be read: {reason}"), format!("规则{hash}无法读取：{reason}"))
        }
        RulesFault::NotUnderstood { hash } => say(
            format!(
                "this version of the program does not understand the rules {hash}; use the version that they were written for"
            ),
            format!("本版本程序无法理解规则{hash}；请使用编写该规则时的版本"),
        ),
        RulesFault::Store(fault) => store_fault(fault, language),
    }
}

/// Why a journal can't be read or written.
pub fn store_fault(fault: &StoreFault, language: Language) -> String {
    let say = |en: String, zh: String| language.pick(en, zh);
    match fault {
        StoreFault::NotThere { path } => say(
            format!(
                "{path}: there is no journal; `linkage open --rules PACKAGE` makes one, or check the path"
            ),
            format!("{path}：没有日志；“linkage open --rules 规则包”可新建，或请检查路径"),
        ),
        StoreFault::Unopened { path, reason } => say(
            format!("{path}: can't be opened ({reason}); check the folder and its permissions"),
            format!("{path}：无法打开（{reason}）；请检查文件夹及权限"),
        ),
        StoreFault::NoJournal { path } => say(
            format!("{path}: this is no journal; it is left as it is; check the path"),
            format!("{path}：不是日志文件，未作改动；请检查路径"),
        ),
        StoreFault::Newer { found, known } => say(
            format!(
                "the journal was written by a later version (format {found}, known up to {known}); use that version"
            ),
            format!("日志由更新的版本写成（格式{found}，本版本至{known}）；请使用新版本"),
        ),
        StoreFault::Locked => say(
            "the journal is locked: another program writes and does not end; nothing was done, try again"
                .into(),
            "日志被锁定：另一程序正在写入；未作任何操作，请重试".into(),
        ),
        StoreFault::ReadOnly => say(
            "the journal can't be written: the file or its folder is read-only; nothing was done".into(),
            "日志无法写入：文件或文件夹为只读；未作任何操作".into(),
        ),
        StoreFault::Full => say(
            "the disk is full: nothing was done; make room and try again".into(),
            "磁盘已满：未作任何操作；请清理后重试".into(),
        ),
        StoreFault::Unwritten { reason } => say(
            format!(
                "the disk could not be read or written ({reason}): nothing was done; check its quota, its limits and its health, then try again"
            ),
            format!("磁盘无法读写（{reason}）：未作任何操作；请检查配额、限制及磁盘状况后重试"),
        ),
        StoreFault::Cut { at } => say(
            format!(
                "the journal was cut off behind record {at}, and perhaps records are gone; nothing is written to it. Go on with a backup, and compare it by `verify`"
            ),
            format!("日志在记录{at}之后被截断，可能缺失记录；不再写入。请使用备份，并以“verify”核对"),
        ),
        StoreFault::Ruined { path, reason } => say(
            format!(
                "{path}: the journal is damaged where it says what is in it ({reason}), and can't be opened; take it from a backup"
            ),
            format!("{path}：日志的文件结构已损坏（{reason}），无法打开；请从备份恢复"),
        ),
        StoreFault::Damaged { reason } => say(
            format!(
                "the journal is damaged ({reason}); nothing was done; `linkage verify` tells what of it can still be read, the rest is to come from a backup"
            ),
            format!(
                "日志已损坏（{reason}）；未作任何操作；用“linkage verify”查看尚可读取的部分，其余请从备份恢复"
            ),
        ),
        StoreFault::Unreadable { seq, reason } => say(
            format!("record {seq} can't be read ({reason}); `linkage verify` tells more"),
            format!("记录{seq}无法读取（{reason}）；用“linkage verify”查看"),
        ),
        StoreFault::Moved { dossier, expected, found } => say(
            format!("{dossier} has {found} records, not {expected}: somebody else was faster; try again"),
            format!("{dossier}已有{found}条记录而非{expected}条：他人已先操作，请重试"),
        ),
        StoreFault::KeyUsed { key } => {
            say(format!("the key `{key}` was used before"), format!("键“{key}”已使用过"))
        }
        StoreFault::ToldTwice { case, rung, channel } => say(
            format!(
                "{case}: {channel} was told of {rung} before; nothing was done. This is a defect of the program: please report it"
            ),
            format!("{case}：已就{rung}告知过{channel}；未作任何操作。这是程序缺陷，请反馈"),
        ),
        StoreFault::Other { reason } => say(
            format!("the journal can't be used ({reason}); nothing was done"),
            format!("日志无法使用（{reason}）；未作任何操作"),
        ),
    }
}

/// What is wrong with the lines of an import.
pub fn line_fault(fault: &LineFault, language: Language) -> String {
    let say = |en: String, zh: String| language.pick(en, zh);
    match fault {
        LineFault::Line { line, reason } => {
            say(format!("line {line}: can't be read ({reason})"), format!("第{line}行：无法读取（{reason}）"))
        }
        LineFault::Broken { line, seq } => say(
            format!(
                "line {line}: record {seq} does not follow the one before; it was changed, or one is missing"
            ),
            format!("第{line}行：记录{seq}与前一条不衔接；被改动或有缺失"),
        ),
        LineFault::Short { at, ended } => say(
            format!("the lines end at record {at}, the journal ended at {ended}"),
            format!("文件止于记录{at}，日志应止于{ended}"),
        ),
        LineFault::NotEmpty => say(
            "the journal is there already; import into a new file".into(),
            "日志已存在；请导入到新文件".into(),
        ),
        LineFault::Newer(version) => say(
            format!("the lines were written by a later version ({version})"),
            format!("文件由更新的版本写成（{version}）"),
        ),
        LineFault::Store(fault) => store_fault(fault, language),
        LineFault::Io(error) => {
            say(format!("can't be read or written ({error})"), format!("无法读写（{error}）"))
        }
    }
}
