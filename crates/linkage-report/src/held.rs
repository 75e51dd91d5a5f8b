//! Who holds a power, where, in which way and on what chain of acts; and who does not, and why.

use std::fmt::Write;

use ecow::EcoString;
use serde::Serialize;

use super::fact::{fact_words, norm_words};
use super::region::region_words;
use linkage_analysis::checks::Fact;
use linkage_model::{
    BodyId, Competence, Conflict, HoldingMode, Link, Negative, Order, PassingMode, PowerId, Void,
};
use linkage_regions::Region;
use linkage_text::Language;

/// So many boxes of a region are told.
const BOXES_TOLD: usize = 3;

/// Who holds a power.
#[derive(Debug, Serialize)]
pub struct PowerAnswer {
    /// The day asked about.
    pub as_of: String,
    /// The power.
    pub power: EcoString,
    /// Who holds it, by body.
    pub holdings: Vec<HoldingAnswer>,
    /// What comes to nothing, or stands against it, one a line.
    pub against: Vec<String>,
    /// What it would take, where nobody holds it.
    pub wanting: Option<String>,
}

/// One body that holds a power.
#[derive(Debug, Serialize)]
pub struct HoldingAnswer {
    /// Who.
    pub body: EcoString,
    /// `original`, `transferred` or `entrusted`.
    pub mode: &'static str,
    /// Who answers for what is done: the body itself, or who entrusted it.
    pub in_name_of: EcoString,
    /// Where; none where it is the whole of what was asked.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// From the grant to the body, one act after the other.
    pub chain: Vec<String>,
    /// The same in a sentence.
    pub words: String,
}

/// Who holds a power in the situations of a region.
pub fn who_holds(
    competence: &Competence<'_>,
    power: PowerId,
    situation: &Region,
    language: Language,
) -> PowerAnswer {
    let institution = competence.institution;
    let held = competence.of(power);
    let say = |en: String, zh: String| language.pick(en, zh);
    let name = |body: BodyId| fact_words(institution, &Fact::Body(body), language);
    let place = |region: &Region| {
        let part = region.intersect(situation);
        (!situation.is_subset(&part)).then(|| region_words(institution, &part, language, BOXES_TOLD))
    };
    let here = |region: &Region| !region.is_disjoint(situation);
    let mut holdings = Vec::new();
    for holding in held.holdings.iter().filter(|holding| here(&holding.region)) {
        let grant = norm_words(institution, holding.grant, language);
        let first = holding.chain.first().map_or(holding.body, |link| link.giver);
        let mut chain =
            vec![say(format!("{grant} grants it to {}", name(first)), format!("{grant}授予{}", name(first)))];
        chain.extend(holding.chain.iter().map(|link| link_words(competence, *link, language)));
        let who = name(holding.body);
        let principal = name(holding.in_name_of());
        let how = match holding.mode {
            HoldingMode::Original => say(format!("{who}: by law"), format!("{who}：法定")),
            HoldingMode::Transferred(_) => {
                say(format!("{who}: transferred, in its own name"), format!("{who}：授权，以自己的名义"))
            }
            HoldingMode::Entrusted(_) => say(
                format!("{who}: entrusted, in the name of {principal}, which answers"),
                format!("{who}：委托，以{principal}的名义，由其承担责任"),
            ),
        };
        holdings.push(HoldingAnswer {
            body: institution[holding.body].head.name.clone(),
            mode: match holding.mode {
                HoldingMode::Original => "original",
                HoldingMode::Transferred(_) => "transferred",
                HoldingMode::Entrusted(_) => "entrusted",
            },
            in_name_of: institution[holding.in_name_of()].head.name.clone(),
            place: place(&holding.region),
            chain,
            words: how,
        });
    }
    let mut against = Vec::new();
    let bit = |words: String, region: &Region| match place(region) {
        Some(part) => say(format!("{words}, on {part}"), format!("{words}（{part}）")),
        None => words,
    };
    for gone in held.divested.iter().filter(|gone| here(&gone.region)) {
        let (giver, link) = (name(gone.link.giver), link_words(competence, gone.link, language));
        let words = say(format!("not {giver}: {link}"), format!("{giver}不再享有：{link}"));
        against.push(bit(words, &gone.region));
    }
    for failure in held.failures.iter().filter(|failure| here(&failure.region)) {
        let (link, why) =
            (link_words(competence, failure.link, language), void_words(competence, failure.why, language));
        let words = say(format!("void: {link}: {why}"), format!("不成立：{link}：{why}"));
        against.push(bit(words, &failure.region));
    }
    for conflict in held.conflicts.iter().filter(|conflict| here(&conflict.region)) {
        against.push(bit(conflict_words(competence, conflict, language), &conflict.region));
    }
    for (norm, body) in &held.misplaced {
        if here(&institution.norm(*norm).region) {
            let (norm, body) = (norm_words(institution, *norm, language), name(*body));
            against.push(say(
                format!("not {body}: {norm} grants it, and no such body can hold it"),
                format!("{body}不得持有：{norm}虽授予，而其主体类别不符"),
            ));
        }
    }
    against.dedup();
    let wanting = holdings.is_empty().then(|| wanting(competence, power, language));
    let power = institution[power].head.name.clone();
    PowerAnswer { as_of: competence.day.to_string(), power, holdings, against, wanting }
}

fn wanting(competence: &Competence<'_>, power: PowerId, language: Language) -> String {
    let institution = competence.institution;
    let rank = institution[power].lowest_rank().map(|rank| rank.keyword().spelling(language));
    let elsewhere: Vec<BodyId> = competence.of(power).holdings.iter().map(|holding| holding.body).collect();
    let mut words = match rank {
        Some(rank) => language.pick(
            format!("it takes a law in force that grants it, at least of rank {rank}"),
            format!("须有现行规定授权，位阶至少为{rank}"),
        ),
        None => {
            language.pick("it takes a law in force that grants it".to_owned(), "须有现行规定授权".to_owned())
        }
    };
    if !elsewhere.is_empty() {
        let mut bodies = elsewhere;
        bodies.dedup();
        let bodies = fact_words(institution, &Fact::Bodies(bodies), language);
        let _ = match language {
            Language::En => write!(words, "; for other situations it is held by {bodies}"),
            Language::Zh => write!(words, "；就其他情形由{bodies}享有"),
        };
    }
    words
}

fn link_words(competence: &Competence<'_>, link: Link, language: Language) -> String {
    let institution = competence.institution;
    let passing = fact_words(institution, &Fact::Passing(link.passing), language);
    let (giver, receiver) = (
        fact_words(institution, &Fact::Body(link.giver), language),
        fact_words(institution, &Fact::Body(link.receiver), language),
    );
    match (link.mode, language) {
        (PassingMode::Transfer, Language::En) => format!("{giver} transfers it to {receiver} by {passing}"),
        (PassingMode::Entrust, Language::En) => format!("{giver} entrusts {receiver} with it by {passing}"),
        (PassingMode::Transfer, Language::Zh) => format!("{giver}以“{passing}”授权{receiver}"),
        (PassingMode::Entrust, Language::Zh) => format!("{giver}以“{passing}”委托{receiver}"),
    }
}

fn void_words(competence: &Competence<'_>, why: Void, language: Language) -> String {
    let institution = competence.institution;
    let plain = match why {
        Void::NoBasis => ("a transfer needs a basis", "授权须有依据"),
        Void::NoBasisInForce => ("its basis is not in force", "其依据在该日无效"),
        Void::NotDelegable => ("the power must stay", "该职权不可转授"),
        Void::WrongKind => ("no such body can hold the power", "接受者的主体类别不得持有该职权"),
        Void::NotOnward => ("it may not be passed on again", "不得再次转授"),
        Void::Circle => ("it is part of a circle", "属于循环转交"),
        Void::GivenTwice => (
            "the giver has given it to another too, and nothing says which came first",
            "原主体又授予他方，先后不明",
        ),
        Void::NotHeld => ("the giver does not hold it so", "原主体并不享有"),
        Void::Reserved(norm) => {
            let norm = norm_words(institution, norm, language);
            return language.pick(format!("{norm} keeps it to others"), format!("{norm}将其保留给其他主体"));
        }
        Void::Prohibited(negative) => {
            let by = fact_words(institution, &Fact::Negative(negative), language);
            return language.pick(format!("{by} forbids it"), format!("{by}予以禁止"));
        }
    };
    language.pick(plain.0, plain.1).to_owned()
}

fn conflict_words(competence: &Competence<'_>, conflict: &Conflict, language: Language) -> String {
    let institution = competence.institution;
    let words = |fact: Fact| fact_words(institution, &fact, language);
    let (ground, against) = (words(Fact::Ground(conflict.ground)), words(Fact::Negative(conflict.against)));
    let bodies = words(Fact::Bodies(conflict.bodies.clone()));
    let verb = match (conflict.against, conflict.reserved) {
        (Negative::Norm(_), true) => language.pick("keeps it to others", "将其保留给其他主体"),
        _ => language.pick("takes it away", "予以禁止"),
    };
    let settled = match conflict.order {
        Order::Prevails(reason) => {
            let reason = words(Fact::Reason(reason));
            language.pick(format!("{ground} prevails: {reason}"), format!("{ground}优先：{reason}"))
        }
        Order::Yields(reason) => {
            let reason = words(Fact::Reason(reason));
            language.pick(format!("{against} prevails: {reason}"), format!("{against}优先：{reason}"))
        }
        Order::Open(open) => {
            let why = words(Fact::Open(open));
            language.pick(
                format!("no rule decides, it counts as held: {why}"),
                format!("没有规则裁断，暂按享有处理：{why}"),
            )
        }
        Order::Same | Order::Shared(_) => String::new(),
    };
    language.pick(
        format!("{ground} gives it to {bodies}, {against} {verb}; {settled}"),
        format!("{ground}授予{bodies}，{against}{verb}；{settled}"),
    )
}

/// The answer for people.
pub fn who_holds_text(answer: &PowerAnswer, language: Language) -> String {
    let mut out = String::new();
    if answer.holdings.is_empty() {
        let _ = match language {
            Language::En => writeln!(out, "nobody holds {} there", answer.power),
            Language::Zh => writeln!(out, "此情形下无人享有{}", answer.power),
        };
    }
    for holding in &answer.holdings {
        match (&holding.place, language) {
            (Some(place), Language::En) => drop(writeln!(out, "{}, on {place}", holding.words)),
            (Some(place), Language::Zh) => drop(writeln!(out, "{}（{place}）", holding.words)),
            (None, _) => drop(writeln!(out, "{}", holding.words)),
        }
        for act in &holding.chain {
            let _ = writeln!(out, "  {act}");
        }
    }
    for line in answer.wanting.iter().chain(&answer.against) {
        let _ = writeln!(out, "{line}");
    }
    out
}
