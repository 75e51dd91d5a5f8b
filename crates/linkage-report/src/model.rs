//! Sentences for what is wrong with the declarations together.

use linkage_model::{Entity, ModelError, Wanted};
use linkage_syntax::Keyword;
use linkage_text::{Diagnostic, Label, Language};

/// A model error in words.
#[expect(clippy::too_many_lines, reason = "one arm an error, each with its sentences")]
pub(super) fn diagnose(error: &ModelError, language: Language) -> Diagnostic {
    let say = |en: String, zh: String| language.pick(en, zh);
    let main = |text: String| Label::primary(error.span(), text);
    match error {
        ModelError::Duplicate { entity, name, first, .. } => {
            let kind = noun(*entity, language);
            Diagnostic::error(say(
                format!("two of one name: {kind} `{name}`"),
                format!("{kind}“{name}”重复声明"),
            ))
            .label(main(say("declared again here".into(), "在此再次声明".into())))
            .label(Label::secondary(*first, say("declared first here".into(), "首次声明".into())))
            .help(say("rename one of them, or remove it".into(), "将其中一个改名或删除".into()))
        }
        ModelError::MonthNotRounded { .. } => Diagnostic::error(say(
            "a time in months or years has no one end".into(),
            "以月、年计算的期限没有唯一的届满日".into(),
        ))
        .label(main(say(
            "when is it due from the 31st, where the last month has no such day?".into(),
            "自31日起算而期满月没有对应日时，何日届满？".into(),
        )))
        .help(say(
            "write `short_month: last_day` (Civil Code art 202) or `next_day` in the calendar that the manifest \
             names, or count in days"
                .into(),
            "请在清单所指的日历中写明 `short_month: last_day`（民法典第202条）或 `next_day`，或改以日计算".into(),
        )),
        ModelError::Unknown { entity, name, near, other, .. } => {
            let kind = noun(*entity, language);
            let mut diagnostic = Diagnostic::error(say(
                format!("no {kind} is named `{name}`"),
                format!("没有名为“{name}”的{kind}"),
            ))
            .label(main(say("not declared".into(), "未声明".into())));
            if let Some((entity, span)) = other {
                let kind = noun(*entity, language);
                let text = say(format!("`{name}` is a {kind}"), format!("“{name}”是{kind}"));
                diagnostic = diagnostic.label(Label::secondary(*span, text));
            }
            if let Some((near, span)) = near {
                let text = say("declared here".into(), "在此声明".into());
                return diagnostic
                    .label(Label::secondary(*span, text))
                    .help(say(format!("did you mean `{near}`?"), format!("是否指“{near}”？")));
            }
            if let Some(at) = name.find('第').filter(|at| *at > 0 && name.ends_with(['条', '款', '项'])) {
                let (law, article) = name.split_at(at);
                return diagnostic.help(say(
                    format!("put a space before the article: `{law} {article}`"),
                    format!("在条号前加空格：“{law} {article}”"),
                ));
            }
            diagnostic.help(say(
                format!("declare this {kind}, or mend the name"),
                format!("补充声明此{kind}，或改正名称"),
            ))
        }
        ModelError::Ambiguous { entity, name, candidates, .. } => {
            let kind = noun(*entity, language);
            let mut diagnostic = Diagnostic::error(say(
                format!("`{name}` can be more than one {kind}"),
                format!("“{name}”可指多个{kind}"),
            ))
            .label(main(say("which one?".into(), "指哪一个？".into())));
            for (path, span) in candidates {
                diagnostic = diagnostic.label(Label::secondary(*span, format!("`{path}`")));
            }
            let paths: Vec<String> = candidates.iter().map(|(path, _)| format!("`{path}`")).collect();
            diagnostic.help(say(format!("write {}", paths.join(" or ")), format!("写作{}", paths.join("或"))))
        }
        ModelError::Circle { links, .. } => {
            let names: Vec<&str> = links.iter().map(|(name, _)| name.as_str()).collect();
            let round = names.join(" → ");
            let mut diagnostic = Diagnostic::error(say(
                format!("these stand above each other in a circle: {round}"),
                format!("上下关系成环：{round}"),
            ));
            for (index, (name, span)) in links.iter().enumerate() {
                let label = Label::secondary(*span, say(format!("of `{name}`"), format!("属“{name}”")));
                diagnostic = diagnostic.label(Label { primary: index == 0, ..label });
            }
            diagnostic.help(say("remove one of these clauses".into(), "删除其中一处".into()))
        }
        ModelError::Incomparable { operand, declared, wanted, .. } => {
            let wanted = wanted_words(*wanted, language);
            let mut diagnostic = Diagnostic::error(say(
                format!("`{operand}` can't be compared so"),
                format!("“{operand}”不能这样比较"),
            ))
            .label(main(say(format!("compare it with {wanted}"), format!("应与{wanted}比较"))));
            if let Some(declared) = declared {
                diagnostic = diagnostic
                    .label(Label::secondary(*declared, say("declared here".into(), "在此声明".into())));
            }
            diagnostic.help(say(
                "mend the comparison, or the type of the attribute".into(),
                "改正比较，或改正属性的类型".into(),
            ))
        }
        ModelError::OutOfRange { attribute, value, low, high, declared, .. } => Diagnostic::error(say(
            format!("`{attribute}` is never {value}"),
            format!("“{attribute}”不可能为{value}"),
        ))
        .label(main(say(format!("from {low} to {high} only"), format!("只能是{low}至{high}"))))
        .label(Label::secondary(*declared, say("declared here".into(), "在此声明".into())))
        .help(say("mend the number, or widen the attribute".into(), "改正数字，或扩大属性的范围".into())),
        ModelError::Repeated { keyword, first, .. } => {
            let word = keyword.spelling(language);
            let help = match keyword {
                Keyword::Fallback | Keyword::Forum => say(
                    "a package has one, for all its scopes: keep one of the two".into(),
                    "一个规则包的各适用范围共用一个：请只保留其一".into(),
                ),
                _ => say(
                    "join them with a comma, or use `also { … }`".into(),
                    "以逗号合并，或使用“以及 { … }”".into(),
                ),
            };
            Diagnostic::error(say(format!("two `{word}` clauses"), format!("“{word}”条款重复")))
                .label(main(say("again here".into(), "在此重复".into())))
                .label(Label::secondary(*first, say("first here".into(), "首次".into())))
                .help(help)
        }
        ModelError::Missing { keyword, name, .. } => {
            let word = keyword.spelling(language);
            Diagnostic::error(say(format!("`{name}` says no `{word}`"), format!("“{name}”缺少“{word}”")))
                .label(main(say(format!("`{word}` is missing"), format!("缺少“{word}”"))))
                .help(say(
                    format!("add a `{word}` clause: there is no default"),
                    format!("补充“{word}”条款：没有默认值"),
                ))
        }
        ModelError::WrongTarget { block, .. } => {
            let diagnostic = Diagnostic::error(say(
                "a branch of a block ends with `join`, and only there".into(),
                "只有并行分支才以“汇合”结束".into(),
            ))
            .label(main(say("not possible here".into(), "此处不可".into())));
            let label = say("this block".into(), "所在并行块".into());
            block
                .iter()
                .fold(diagnostic, |diagnostic, span| diagnostic.label(Label::secondary(*span, label.clone())))
                .help(say(
                    "inside a block write `-> join`, and `then STEP` at the block".into(),
                    "块内写“-> 汇合”，块上写“继而 步骤”".into(),
                ))
        }
        ModelError::TooManyValues { name, .. } => Diagnostic::error(say(
            format!("`{name}` has more values than can be counted"),
            format!("“{name}”的取值过多"),
        ))
        .label(main(say("at most 4,294,967,295".into(), "至多4294967295个".into())))
        .help(say("choose a coarser unit".into(), "选择较粗的单位".into())),
        ModelError::TooComplicated { limit, .. } => Diagnostic::error(say(
            format!("this region falls apart into more than {limit} boxes"),
            format!("此范围分解后超过{limit}个区块"),
        ))
        .label(main(say("its conditions multiply".into(), "条件相乘过多".into())))
        .help(say(
            "divide it: several mandates, each with a simple condition".into(),
            "请拆分为多项职责，各自使用简单条件".into(),
        )),
        ModelError::EndsBeforeBegin { from, .. } => {
            Diagnostic::error(say("it ends before it begins".into(), "终止早于开始".into()))
                .label(main(say("the last day".into(), "最后一日".into())))
                .label(Label::secondary(*from, say("the first day".into(), "第一日".into())))
                .help(say("mend one of the dates".into(), "改正其中一个日期".into()))
        }
        ModelError::NothingToAmend { keyword, name, near, .. } => {
            let word = keyword.spelling(language);
            let diagnostic = Diagnostic::error(say(
                format!("the amendment changes `{word} {name}`, which is not there"),
                format!("修订所改的“{word} {name}”并不存在"),
            ))
            .label(main(say("nothing to change".into(), "无可修改".into())));
            match near {
                Some((near, span)) => diagnostic
                    .label(Label::secondary(*span, say("declared here".into(), "在此声明".into())))
                    .help(say(format!("did you mean `{near}`?"), format!("是否指“{near}”？"))),
                None => diagnostic.help(say(
                    "put it into `add`, or name in `needs` the amendment that brings it".into(),
                    "改放入“新增”，或在“需要”中写明带来它的修订".into(),
                )),
            }
        }
        ModelError::NotAmendable { keyword, .. } => {
            let word = keyword.spelling(language);
            Diagnostic::error(say(
                format!("an amendment can't change `{word}` so"),
                format!("修订不能这样更改“{word}”"),
            ))
            .label(main(say("not possible here".into(), "此处不可".into())))
            .help(match keyword {
                Keyword::Use | Keyword::Amendment => {
                    say("write it at the top of a file".into(), "请写在文件的最外层".into())
                }
                _ => say(
                    "it has no name to be found by: it can only be added".into(),
                    "它没有名称可供查找，只能新增".into(),
                ),
            })
        }
        ModelError::Drafted { name, span, error } => {
            let mut diagnostic = diagnose(error, language);
            diagnostic.message = say(
                format!("with the amendment `{name}`: {}", diagnostic.message),
                format!("采纳修订“{name}”后：{}", diagnostic.message),
            );
            diagnostic.label(Label::secondary(*span, say("this amendment".into(), "此项修订".into())))
        }
        ModelError::EmptyAmount { span } => {
            Diagnostic::error(say("the amount ends below its beginning".into(), "金额的上限低于下限".into()))
                .label(Label::primary(*span, say("here".into(), "此处".into())))
                .help(say("write the smaller number first".into(), "先写较小的数额".into()))
        }
    }
}

fn noun(entity: Entity, language: Language) -> &'static str {
    match entity {
        Entity::Area => language.pick("area", "区域"),
        Entity::Matter => language.pick("matter", "事项"),
        Entity::Attribute => language.pick("attribute", "属性"),
        Entity::Value => language.pick("value", "取值"),
        Entity::Law => language.pick("law", "依据"),
        Entity::Body => language.pick("body", "主体"),
        Entity::Slot => language.pick("slot", "待指定主体"),
        Entity::Power => language.pick("power", "职权"),
        Entity::Mandate => language.pick("mandate", "职责"),
        Entity::Passing => language.pick("transfer or entrustment", "授权或委托"),
        Entity::Exclusion => language.pick("exclusion", "排除"),
        Entity::Resource => language.pick("resource", "资源"),
        Entity::Channel => language.pick("channel", "渠道"),
        Entity::Procedure => language.pick("procedure", "程序"),
        Entity::Node => language.pick("step", "步骤"),
        Entity::Outcome => language.pick("outcome", "结果"),
        Entity::Resolution => language.pick("resolution", "协调"),
        Entity::Amendment => language.pick("amendment", "修订"),
        Entity::Article => language.pick("article", "条文"),
    }
}

fn wanted_words(wanted: Wanted, language: Language) -> &'static str {
    match wanted {
        Wanted::Number => language.pick("a whole number", "整数"),
        Wanted::Value => language.pick("its values, by `=`, `!=` or `in`", "其取值（用 =、!= 或 属于）"),
        Wanted::Truth => language.pick("`true` or `false`, or write it alone", "“是”或“否”，或单独书写"),
        Wanted::Node => {
            language.pick("names of the tree, by `=`, `!=` or `in`", "树中的名称（用 =、!= 或 属于）")
        }
        Wanted::Day => language.pick("`workday`, `restday` or `holiday`", "“工作日”“休息日”或“节假日”"),
        Wanted::Hours => {
            language.pick("hours such as `22:00-06:00`, by `in`", "时段（如 22:00-06:00，用 属于）")
        }
    }
}
