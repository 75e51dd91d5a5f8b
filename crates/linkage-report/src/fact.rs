//! Facts in words, and sentences with facts filled in.

use super::finding::thousands;
use super::terminal::visible;
use ecow::EcoString;
use linkage_analysis::checks::Fact;
use linkage_syntax::article_in_zh;

use linkage_model::{
    BodyId, BodyKind, Forum, Ground, Institution, LawId, Negative, NodeId, NormId, Open, Performer, Reason,
    Resistance,
};
use linkage_regions::Measure;
use linkage_text::Language;

/// Fills `{name}` in a sentence of a page.
pub(super) fn fill(sentence: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        match value(name) {
            Some(value) => filled.push_str(&value),
            None => filled.push_str(name),
        }
        rest = behind;
    }
    filled.push_str(rest);
    filled
}

/// A fact in words: Chinese by titles, English by names.
pub(super) fn fact_words(institution: &Institution, fact: &Fact, language: Language) -> String {
    let head = |head: &linkage_model::Head| match language {
        Language::Zh => visible(head.label()),
        Language::En => visible(&head.name),
    };
    match fact {
        Fact::Text(text) => visible(text),
        Fact::Number(number) => thousands(&number.to_string()),
        Fact::Measure(Measure::Exact(count)) => thousands(&count.to_string()),
        Fact::Measure(Measure::Between(least, most)) => {
            let (least, most) = (thousands(&least.to_string()), thousands(&most.to_string()));
            match language {
                Language::En => format!("between {least} and {most}"),
                Language::Zh => format!("{least}至{most}"),
            }
        }
        Fact::Body(body) => head(&institution[*body].head),
        Fact::Bodies(bodies) => bodies_words(institution, bodies, language),
        Fact::Mandate(mandate) => head(&institution[*mandate].head),
        Fact::Mandates(mandates) => {
            listed(mandates.iter().map(|mandate| head(&institution[*mandate].head)).collect(), language)
        }
        Fact::Law(law) => head(&institution[*law].head),
        Fact::Cited(cited) => {
            let one = |(law, articles): &(LawId, Vec<EcoString>)| {
                cited_words(institution, *law, articles, &head(&institution[*law].head), language)
            };
            listed(cited.iter().map(one).collect(), language)
        }
        Fact::Exclusion(exclusion) | Fact::Negative(Negative::Exclusion(exclusion)) => {
            head(&institution[*exclusion].head)
        }
        Fact::Forums(forums) => {
            let ladder: Vec<String> =
                forums.iter().map(|(forum, who)| forum_words(institution, forum, *who, language)).collect();
            ladder.join(language.pick("; else ", "；否则"))
        }
        Fact::Resolution(resolution) => head(&institution[*resolution].head),
        Fact::Resource(resource) => head(&institution[*resource].head),
        Fact::Channel(channel) => head(&institution[*channel].head),
        Fact::Resources(resources) => {
            listed(resources.iter().map(|resource| head(&institution[*resource].head)).collect(), language)
        }
        Fact::Channels(channels) => {
            listed(channels.iter().map(|channel| head(&institution[*channel].head)).collect(), language)
        }
        Fact::Share(share) => format!("{} %", tenths(&share.in_parts(1000).to_string(), 1)),
        Fact::Coefficient(number) => tenths(&number.in_parts(1000).to_string(), 3),
        Fact::Procedure(procedure) => head(&institution[*procedure].head),
        Fact::Procedures(procedures) => {
            listed(procedures.iter().map(|procedure| head(&institution[*procedure].head)).collect(), language)
        }
        Fact::Performer(performer) => performer_words(institution, performer, language),
        Fact::Minutes(minutes) => minutes_words(*minutes, language),
        Fact::Moment(moment) => moment.strftime("%Y-%m-%d %H:%M").to_string(),
        Fact::Slack(procedure, slack) => {
            let one = |(node, minutes): &(NodeId, i64)| {
                let node = head(&institution[*procedure].nodes[node.index()].head);
                let sign = if *minutes < 0 { "-" } else { "" };
                format!("{node} {sign}{}", minutes_words(minutes.abs(), language))
            };
            slack.iter().map(one).collect::<Vec<_>>().join(language.pick(", ", "、"))
        }
        Fact::Node(procedure, node) => head(&institution[*procedure].nodes[node.index()].head),
        Fact::Nodes(procedure, nodes) => {
            let nodes = nodes.iter().map(|node| head(&institution[*procedure].nodes[node.index()].head));
            listed(nodes.collect(), language)
        }
        Fact::Power(power) => head(&institution[*power].head),
        Fact::Powers(powers) => {
            listed(powers.iter().map(|power| head(&institution[*power].head)).collect(), language)
        }
        Fact::Passing(passing) | Fact::Ground(Ground::Passing(passing)) => head(&institution[*passing].head),
        Fact::Passings(passings) => {
            listed(passings.iter().map(|passing| head(&institution[*passing].head)).collect(), language)
        }
        Fact::Article(law, number) => article_words(institution, *law, number, language),
        Fact::Ground(Ground::Norm(norm)) | Fact::Negative(Negative::Norm(norm)) => {
            norm_words(institution, *norm, language)
        }
        Fact::Amount(least, most) => amount_words(*least, *most, language),
        Fact::Property(property) => visible(&institution[*property].text),
        Fact::Keyword(keyword) => keyword.spelling(language).to_owned(),
        Fact::Date(date) => date.to_string(),
        Fact::Reason(reason) => reason_words(*reason, language).to_owned(),
        Fact::Open(open) => open_words(*open, language).to_owned(),
        Fact::Opens(opens) => {
            let each: Vec<&str> = opens.iter().map(|open| open_words(*open, language)).collect();
            each.join(language.pick("; and ", "；且"))
        }
    }
}

/// A whole number with its last digits behind the point: `615` as `61.5` or `0.615`.
fn tenths(digits: &str, behind: usize) -> String {
    let padded = format!("{digits:0>width$}", width = behind + 1);
    let (before, after) = padded.split_at(padded.len() - behind);
    format!("{before}.{after}")
}

/// `3 days 4 hours 1 minute`, `3天4小时1分钟`.
fn minutes_words(minutes: i64, language: Language) -> String {
    let parts = [
        (minutes / 1440, "day", "天"),
        (minutes / 60 % 24, "hour", "小时"),
        (minutes % 60, "minute", "分钟"),
    ];
    let one = |(count, en, zh): &(i64, &str, &str)| match language {
        Language::En => format!("{count} {en}{}", if *count == 1 { "" } else { "s" }),
        Language::Zh => format!("{count}{zh}"),
    };
    let told: Vec<String> = parts.iter().filter(|(count, ..)| *count != 0).map(one).collect();
    if told.is_empty() { one(&parts[2]) } else { told.join(language.pick(" ", "")) }
}

/// How a performer is named in the rules.
fn performer_words(institution: &Institution, performer: &Performer, language: Language) -> String {
    let body = |body: &BodyId| bodies_words(institution, &[*body], language);
    let kind = |kind: &BodyKind| kind.keyword().spelling(language).to_owned();
    match performer {
        Performer::Lead => language.pick("the lead", "牵头主体").to_owned(),
        Performer::Support(_) => language.pick("the supporters", "配合主体").to_owned(),
        Performer::Reporter => language.pick("the reporter", "报告人").to_owned(),
        Performer::Body(own) | Performer::Serving(own) => body(own),
        Performer::Kind(own) | Performer::KindServing(own) => kind(own),
        Performer::Superior(of) => {
            let of = performer_words(institution, of, language);
            match language {
                Language::En => format!("the superior of {of}"),
                Language::Zh => format!("{of}的上级"),
            }
        }
    }
}

/// `fire_law art 53`, `消防法第53条`.
pub(super) fn article_words(
    institution: &Institution,
    law: LawId,
    number: &str,
    language: Language,
) -> String {
    let law = &institution[law].head;
    match language {
        Language::En => format!("{} art {}", visible(&law.name), visible(number)),
        Language::Zh => format!("{}{}", visible(law.label()), visible(&article_in_zh(number))),
    }
}

/// The article of a norm.
pub(super) fn norm_words(institution: &Institution, norm: NormId, language: Language) -> String {
    article_words(institution, norm.law, &institution[norm.law].articles[norm.article].number, language)
}

fn amount_words(least: i64, most: i64, language: Language) -> String {
    match (least, language) {
        (_, Language::En) if least == most => format!("{most} yuan"),
        (_, Language::Zh) if least == most => format!("{most}元"),
        (0, Language::En) => format!("up to {most} yuan"),
        (0, Language::Zh) => format!("{most}元以下"),
        (_, Language::En) => format!("{least} to {most} yuan"),
        (_, Language::Zh) => format!("{least}元以上{most}元以下"),
    }
}

/// A law with its articles and the day since which it is in force.
fn cited_words(
    institution: &Institution,
    law: LawId,
    articles: &[EcoString],
    name: &str,
    language: Language,
) -> String {
    let since = institution[law].from.map(|(from, _)| from);
    match language {
        Language::En => {
            let articles =
                articles.iter().map(|article| format!(" art {article}")).collect::<Vec<_>>().join(",");
            let since = since.map(|since| format!(" (since {since})")).unwrap_or_default();
            format!("{name}{articles}{since}")
        }
        Language::Zh => {
            let articles = articles.iter().map(|article| article_in_zh(article)).collect::<Vec<_>>().concat();
            let since = since.map(|since| format!("（{since}起施行）")).unwrap_or_default();
            format!("{name}{articles}{since}")
        }
    }
}

/// How a forum settles.
fn forum_words(
    institution: &Institution,
    forum: &Forum,
    superior: Option<BodyId>,
    language: Language,
) -> String {
    let bodies = |bodies: &[BodyId]| bodies_words(institution, bodies, language);
    match forum {
        Forum::FirstReceiver => {
            language.pick("whoever opens the file first keeps it", "首先立案者管辖").to_owned()
        }
        Forum::Agree(None) => language.pick("the bodies agree", "各方协商").to_owned(),
        Forum::Agree(Some(within)) => match language {
            Language::En => format!("the bodies agree within {within}"),
            Language::Zh => format!("各方在{}内协商", within.in_words(language)),
        },
        Forum::Superior => match (superior, language) {
            (Some(body), Language::En) => {
                format!("{}, their lowest common superior, designates one", bodies(&[body]))
            }
            (Some(body), Language::Zh) => format!("由共同的最近上级{}指定", bodies(&[body])),
            (None, Language::En) => "a common superior would designate, and there is none".to_owned(),
            (None, Language::Zh) => "应由共同上级指定，而并无共同上级".to_owned(),
        },
        Forum::Coordinator(body) => match language {
            Language::En => format!("{} decides", bodies(&[*body])),
            Language::Zh => format!("由{}决定", bodies(&[*body])),
        },
        Forum::Precedence(order) => match language {
            Language::En => format!("the first of {} that claims it", bodies(order)),
            Language::Zh => format!("按{}的顺序，先者优先", bodies(order)),
        },
    }
}

/// Bodies in words.
pub(super) fn bodies_words(institution: &Institution, bodies: &[BodyId], language: Language) -> String {
    let head = |body: &BodyId| match language {
        Language::Zh => visible(institution[*body].head.label()),
        Language::En => visible(&institution[*body].head.name),
    };
    listed(bodies.iter().map(head).collect(), language)
}

/// `a, b and c`.
pub(super) fn listed(mut items: Vec<String>, language: Language) -> String {
    let Some(last) = items.pop() else { return String::new() };
    if items.is_empty() {
        return last;
    }
    match language {
        Language::En => format!("{} and {last}", items.join(", ")),
        Language::Zh => format!("{}和{last}", items.join("、")),
    }
}

/// Why a claim prevails.
pub(super) fn reason_words(reason: Reason, language: Language) -> &'static str {
    match reason {
        Reason::Explicit => language.pick("a clause says so", "条款明确规定"),
        Reason::Rank => language.pick("its basis is of higher rank", "上位法优于下位法"),
        Reason::Special => language.pick("it is the special rule", "特别规定优于一般规定"),
        Reason::Later => language.pick("its basis is the later one", "新的规定优于旧的规定"),
    }
}

/// Why an exclusion does not bind a mandate.
pub(super) fn resistance_words(why: Resistance, language: Language) -> String {
    match why {
        Resistance::Prevails(reason) => match language {
            Language::En => format!("the mandate prevails, {}", reason_of_mandate(reason)),
            Language::Zh => format!("职责优先，{}", reason_words(reason, language)),
        },
        Resistance::NoBasis => language
            .pick("it rests on no law, and the mandate on one", "该排除没有依据，而职责有法律依据")
            .to_owned(),
        Resistance::Undecided(open) => match language {
            Language::En => format!("no rule decides between the two, {}", open_words(open, language)),
            Language::Zh => format!("没有规则裁断二者，{}", open_words(open, language)),
        },
    }
}

fn reason_of_mandate(reason: Reason) -> &'static str {
    match reason {
        Reason::Explicit => "for it says so",
        Reason::Rank => "for its basis is of higher rank",
        Reason::Special => "for it is the special rule",
        Reason::Later => "for its basis is the later one",
    }
}

fn open_words(open: Open, language: Language) -> &'static str {
    match open {
        Open::BothPrevail => language.pick("each is said to prevail over the other", "双方均规定自己优先"),
        Open::NoRank => {
            language.pick("one of them rests on nothing that has a rank", "其中一方没有可比较位阶的依据")
        }
        Open::Unranked => language.pick("no rule ranks their bases", "其依据之间没有位阶规则"),
        Open::Issuers => language
            .pick("their bases are of one rank and of different issuers", "其依据位阶相同而制定机关不同"),
        Open::SpecialButOlder => {
            language.pick("the special rule is the older one", "特别规定是旧规定，一般规定是新规定")
        }
        Open::Equal => {
            language.pick("neither is the special or the later rule", "双方既无特别与一般之分，也无新旧之分")
        }
        Open::OneProvision => language.pick(
            "both rest on the same provision, and none of its rows is special to another",
            "双方依据同一条款，同一条款的各项之间没有特别与一般之分",
        ),
        Open::Sharing => language
            .pick("what is said of how they share contradicts itself", "关于如何分担牵头的规定自相矛盾"),
    }
}
