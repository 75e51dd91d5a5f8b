//! Facts that are missing and would decide: which, and what their values lead to.

use std::fmt::Write;

use super::names::Names;
use super::region::axis_words;
use super::terminal::visible;
use linkage_case::{CaseId, FactOption, MissingFact, Rules};
use linkage_text::Language;

/// So many options of a fact are told where nobody is asked to choose.
const OPTIONS_UP_TO: usize = 8;

/// That nobody leads a case yet, and which facts would say who does; empty where there are none.
pub fn lead_left_open(
    rules: &Rules<'_>,
    case: CaseId,
    depends_on: &[MissingFact],
    language: Language,
) -> String {
    let [first, others @ ..] = depends_on else { return String::new() };
    let names = Names { institution: rules.institution, zone: rules.calendar.zone(), language };
    let mut out = names.say(
        format!("nobody leads {case} yet: state what decides it, by `linkage fact {case} --at NAME=VALUE`\n"),
        format!("{case}牵头未定，请用`linkage fact {case} --at 名称=值`补充下列事实\n"),
    );
    let _ = writeln!(out, "  {}", asked(&names, first));
    for option in some_options(&names, first) {
        let _ = writeln!(out, "    {option}");
    }
    if !others.is_empty() {
        let others: Vec<String> = others.iter().map(|fact| asked(&names, fact)).collect();
        let _ = writeln!(
            out,
            "  {}",
            names.say(
                format!("then, where that is not enough: {}", others.join(", ")),
                format!("仍不能确定的，再补充：{}", others.join("、")),
            )
        );
    }
    out
}

/// The question for a fact: which of its values lead to what, a line each, then the fact itself.
pub fn question(rules: &Rules<'_>, fact: &MissingFact, language: Language) -> String {
    let names = Names { institution: rules.institution, zone: rules.calendar.zone(), language };
    let mut out = String::new();
    for option in options(&names, fact) {
        let _ = writeln!(out, "  {option}");
    }
    let fact = asked(&names, fact);
    out + &names.say(format!("{fact} (Enter if it is not known)? "), format!("{fact}（不明请按回车）？"))
}

/// A fact that would decide, with what follows from its values.
pub(super) fn missing(names: &Names<'_>, fact: &MissingFact) -> String {
    let options = some_options(names, fact);
    names.say(
        format!("{} ({})", asked(names, fact), options.join("; ")),
        format!("{}：{}", asked(names, fact), options.join("；")),
    )
}

/// The fact that is asked for, by the name by which it is stated, and its title.
fn asked(names: &Names<'_>, fact: &MissingFact) -> String {
    let name = visible(&fact.fact);
    let axis = names.institution.space.find(&fact.fact).filter(|_| names.language == Language::Zh);
    match axis.map(|axis| axis_words(names.institution, axis, names.language)) {
        // A condition in words is its own title.
        Some(title) if title.trim_matches(['“', '”']) != name => format!("{name}（{title}）"),
        _ => name,
    }
}

/// The options of a fact as far as they can be taken in, and how many there are besides.
fn some_options(names: &Names<'_>, fact: &MissingFact) -> Vec<String> {
    let mut some = options(names, fact);
    let more = some.len().saturating_sub(OPTIONS_UP_TO);
    if more > 0 {
        some.truncate(OPTIONS_UP_TO);
        some.push(names.say(format!("and {more} more"), format!("另有{more}种情形")));
    }
    some
}

/// Which values of a fact lead to what. Values stay as they are typed.
fn options(names: &Names<'_>, fact: &MissingFact) -> Vec<String> {
    // Answers are names of bodies or of procedures, with marks between them.
    let word = |word: &str| {
        if word == "-" {
            return names.language.pick("none", "无").to_owned();
        }
        let (name, doubt) = word.strip_suffix('?').map_or((word, ""), |name| (name, "?"));
        let body = names.body(name);
        format!("{}{doubt}", if body == name { names.procedure(name) } else { body })
    };
    let answer = |answer: &ecow::EcoString| answer.split(' ').map(word).collect::<Vec<_>>().join(" ");
    let option = |option: &FactOption| {
        let answers: Vec<String> = option.answers.iter().map(answer).collect();
        format!("{} → {}", values(names, &option.values), answers.join("|"))
    };
    fact.options.iter().map(option).collect()
}

/// Values as they are stated; those behind a `!` are taken out of the others, or of all.
fn values(names: &Names<'_>, values: &[ecow::EcoString]) -> String {
    let (out, of): (Vec<&str>, Vec<&str>) =
        values.iter().map(ecow::EcoString::as_str).partition(|value| value.starts_with('!'));
    let out: Vec<&str> = out.iter().map(|value| value.trim_start_matches('!')).collect();
    let (of, out) = (of.join("|"), out.join("|"));
    match (of.is_empty(), out.is_empty()) {
        (_, true) => of,
        (true, false) => names.say(format!("not {out}"), format!("非{out}")),
        (false, false) => names.say(format!("{of} except {out}"), format!("{of}（{out}除外）")),
    }
}
