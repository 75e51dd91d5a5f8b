//! Why something that a journal says can't have happened.

use linkage_case::Illegal;
use linkage_text::Language;

pub(super) fn illegal_words(why: &Illegal, language: Language) -> String {
    let say = |en: String, zh: String| language.pick(en, zh);
    match why {
        Illegal::NeverOpened { case } => say(format!("{case} was never opened"), format!("{case}从未立案")),
        Illegal::OpenedTwice { case } => {
            say(format!("{case} is opened a second time"), format!("{case}重复立案"))
        }
        Illegal::Closed { case } => say(format!("{case} was closed before"), format!("{case}此前已办结")),
        Illegal::NotClosed { case } => say(
            format!("{case} is reopened, but was neither closed nor stuck"),
            format!("{case}被重新启动，但此前既未办结也未停滞"),
        ),
        Illegal::BackInTime { case } => say(
            format!("{case}: something later was told before it"),
            format!("{case}：更晚的事项先于其记载"),
        ),
        Illegal::AnsweredTwice { key } => say(
            format!("the command of the key `{key}` was answered before"),
            format!("键“{key}”的指令此前已执行"),
        ),
        Illegal::NotAssigned { case, number } => say(
            format!("{case}: assignment {number} was not open"),
            format!("{case}：第{number}号指派并未进行"),
        ),
        Illegal::Miscounted { case, number } => say(
            format!("{case}: number {number} is not the next"),
            format!("{case}：编号{number}不是下一个编号"),
        ),
        Illegal::NotEntered { case, block } => {
            say(format!("{case}: no branch of {block} was open"), format!("{case}：{block}并无进行中的分支"))
        }
        Illegal::NotCalled { case, number } => {
            say(format!("{case} did not wait for call {number}"), format!("{case}并未等待第{number}号调用"))
        }
        Illegal::NotWaiting { case, node } => {
            say(format!("{case} did not wait at {node}"), format!("{case}并未在{node}等待"))
        }
        Illegal::NotOwed { case, number } => {
            say(format!("{case}: debt {number} was not open"), format!("{case}：第{number}号义务并未存续"))
        }
        Illegal::Clock { case } => say(
            format!("the clock of {case} stood already, or ran already"),
            format!("{case}的时钟此前已停止或者已在运行"),
        ),
    }
}
