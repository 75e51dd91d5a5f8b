//! Families L and A: each finding on the smallest rules that show it, and silence on the smallest that nearly do.

use linkage::checks::Finding;
use linkage::model::Competence;
use linkage::report::{diagnose, who_holds, who_holds_text};
use linkage::space::Region;
use linkage::text::Language;
use linkage::workspace::Analysis;

use super::analyse;

const WORLD: &str = "area t matter m { x y } attribute grave : 1..2
    body p { kind police } body d { kind department } body e { kind enterprise } body c { kind platform }
    scope { over m fallback c }
    law act { rank statute issuer \"npc\" from 2000-01-01 article 1 { grant inspect to p over m } article 2 }
    ";

/// The findings of a code on a world with further rules.
fn findings(code: &str, further: &str) -> (Analysis, Vec<Finding>) {
    let power = if further.contains("power inspect {") { "" } else { "power inspect {}" };
    let analysis = analyse(&format!("{WORLD}{power} {further}"));
    let found: Vec<Finding> =
        analysis.findings.iter().filter(|finding| finding.check.code == code).cloned().collect();
    (analysis, found)
}

/// Shows on the first rules, once, on so many situations of a day's minute; is silent on the second.
fn shows(code: &str, bad: &str, situations: u32, nearly: &str) {
    let (analysis, found) = findings(code, bad);
    let told: Vec<String> =
        found.iter().map(|finding| diagnose(&analysis, finding, Language::En).message).collect();
    assert_eq!(found.len(), 1, "{code}: {told:#?}\n{bad}");
    assert!(!told[0].contains('{'), "{}", told[0]);
    assert!(!diagnose(&analysis, &found[0], Language::Zh).message.contains('{'));
    let region = found[0].region.as_ref().expect("a region");
    let minutes = 3 * 24 * 60;
    assert_eq!(region.count(), (situations * minutes).into(), "{code}: {}", told[0]);
    assert!(found[0].witness.is_some(), "{code} has no witness");
    let (analysis, found) = findings(code, nearly);
    let told: Vec<String> =
        found.iter().map(|finding| diagnose(&analysis, finding, Language::En).message).collect();
    assert!(found.is_empty(), "{code} is not silent: {told:#?}\n{nearly}");
}

const LEAD: &str = "mandate own { lead p over m basis act art 1 power inspect }";

#[test]
fn l004_an_article_that_is_not_there() {
    shows(
        "L004",
        "mandate own { lead p over x basis act art 3 }",
        2,
        "mandate own { lead p over x basis act art 1(2) }",
    );
}

#[test]
fn l005_an_article_that_grants_another_power() {
    let fine = "power fine {} law more { article 1 { grant fine to p } }";
    let with = |basis: &str| format!("{fine} mandate own {{ lead p over x basis {basis} power fine }}");
    shows("L005", &with("act art 1"), 2, &with("act art 1, more art 1"));
    // An article that says nothing of powers is not judged.
    shows("L005", &with("act art 1"), 2, &with("act art 2"));
}

#[test]
fn l006_a_rank_too_low() {
    let with = |flag: &str, rank: &str| {
        format!(
            "power inspect {{ {flag} }} power seize {{ {flag} }}
             law low {{ rank {rank} article 1 {{ grant seize to d over x }} }} {LEAD}"
        )
    };
    shows("L006", &with("liberty", "administrative_regulation"), 2, &with("liberty", "statute"));
    shows("L006", &with("coercive", "ministry_rule"), 2, &with("coercive", "local_regulation"));
    shows("L006", &with("penalty", "normative_document"), 2, &with("penalty", "ministry_rule"));
    // What a statute gives to the same body as well does not rest on the lower law.
    let both =
        "power inspect { coercive } law low { rank local_rule article 1 { grant inspect to p over x } }";
    shows("L006", &with("coercive", "ministry_rule"), 2, both);
}

#[test]
fn l007_outside_the_reserve() {
    let kind = |holders: &str| format!("power inspect {{ holders {holders} }} {LEAD}");
    shows("L007", &kind("department"), 4, &kind("department, police"));
    let reserve = |rank: &str, region: &str| {
        format!("law r {{ rank {rank} article 1 {{ reserve inspect to d {region} }} }} {LEAD}")
    };
    shows("L007", &reserve("constitution", "over x"), 2, &reserve("local_rule", "over x"));
    let passed = |to: &str| {
        format!(
            "law r {{ rank local_rule article 1 {{ reserve inspect to kind police, kind department }} }}
             {LEAD} entrust q {{ from p to {to} power inspect over x }}"
        )
    };
    shows("L007", &passed("e"), 2, &passed("d"));
}

#[test]
fn l008_to_l011_and_l013_what_comes_to_nothing() {
    let entrust = |flag: &str| {
        format!("power inspect {{ {flag} }} {LEAD} entrust q {{ from p to d power inspect over x }}")
    };
    shows("L008", &entrust("undelegable"), 2, &entrust("delegable"));
    let beyond = |over: &str| {
        format!(
            "law only {{ article 1 {{ grant look to p over x }} }} power look {{}} {LEAD} entrust q {{ from p to d power look over {over} }}"
        )
    };
    shows("L009", &beyond("m"), 2, &beyond("x"));
    let again = |onward: &str| {
        format!(
            "{LEAD} body f {{ kind department }} transfer one {{ from p to d power inspect over x basis act {onward} }}
             transfer two {{ from d to f power inspect over x basis act }}"
        )
    };
    shows("L010", &again(""), 2, &again("onward"));
    let circle = |back: &str| {
        format!(
            "{LEAD} body f {{ kind department }} body g {{ kind department }} power look {{}}
             entrust one {{ from d to f power look onward }} entrust two {{ from f to {back} power look onward }}"
        )
    };
    shows("L011", &circle("d"), 4, &circle("g"));
    let basis = |basis: &str| format!("{LEAD} transfer q {{ from p to d power inspect over x {basis} }}");
    shows("L013", &basis(""), 2, &basis("basis act art 2"));
}

#[test]
fn l012_and_l014_grants_against_prohibitions() {
    let forbid = |law: &str, over: &str| {
        format!("law f {{ {law} article 1 {{ forbid inspect to p over {over} }} }} {LEAD}")
    };
    let other = "rank statute issuer \"other\"";
    shows("L012", &forbid(other, "x"), 2, &forbid("rank constitution", "x"));
    shows("L014", &forbid("rank constitution", "x"), 2, &forbid(other, "x"));
    shows(
        "L014",
        &forbid("rank local_rule", "x"),
        2,
        "law f { rank local_rule article 1 { forbid inspect to d over x } }",
    );
}

#[test]
fn a001_a_duty_without_the_power() {
    let over = |over: &str| {
        format!(
            "power look {{}} law l {{ article 1 {{ grant look to p over {over} }} }} mandate own {{ lead p over m basis act power look }}"
        )
    };
    shows("A001", &over("x"), 2, &over("m"));
    // A part on which another prevails asks for nothing.
    let yields = "power look {} law l { article 1 { grant look to p over x } }
        mandate own { lead p over m basis act power look } mandate special { lead d over y notwithstanding own basis act }";
    shows("A001", &over("x"), 2, yields);
    let step = |by: &str, when: &str| {
        format!(
            "{LEAD} procedure q {{ trigger report of m lead by mandate within 1 day
             choose which {{ when matter = x -> act otherwise -> close solved }}
             step act {{ by {by} needs inspect {when} within 1 day outcome done -> close solved }} }}"
        )
    };
    shows("A001", &step("d", ""), 2, &step("p", ""));
    shows("A001", &step("d", "when grave = 2"), 1, &step("lead", ""));
    // One of several suffices, unless they act together.
    shows("A001", &step("d", ""), 2, &step("d, p", ""));
}

#[test]
fn a002_a_power_that_nobody_uses() {
    shows("A002", "mandate own { lead p over m basis act }", 4, LEAD);
}

#[test]
fn a003_a_performer_of_the_wrong_kind() {
    let lead = |body: &str| {
        format!("power inspect {{ coercive }} mandate own {{ lead {body} over x basis act power inspect }}")
    };
    shows("A003", &lead("e"), 2, &lead("d"));
}

#[test]
fn a004_the_giver_still_acts() {
    let with = |kind: &str| format!("{LEAD} {kind} q {{ from p to d power inspect over x basis act art 2 }}");
    shows("A004", &with("transfer"), 2, &with("entrust"));
    // What another finding tells is not told again.
    assert!(findings("A001", &with("transfer")).1.is_empty());
}

#[test]
fn d008_one_act_and_two_amounts() {
    let with = |amount: &str, how: &str| {
        format!(
            "power fine {{}} law a {{ article 1 {{ grant fine to p over m amount up_to 500 yuan }} }}
             law b {{ article 1 {{ grant fine to d over x amount {amount} yuan }} }} {how}"
        )
    };
    shows("D008", &with("50 to 100", ""), 2, &with("up_to 500", ""));
    // Giver and entrusted are one power.
    shows(
        "D008",
        &with("50 to 100", ""),
        2,
        "power fine {} law a { article 1 { grant fine to p over m amount up_to 500 yuan } }
         entrust q { from p to d power fine }",
    );
}

#[test]
fn who_holds_it_is_told_with_the_chain() {
    let further =
        "entrust q { from p to d power inspect over x } transfer v { from p to e power inspect over y }";
    let (analysis, _) = findings("L013", further);
    let institution = analysis.institution();
    let competence = Competence::new(institution, analysis.day);
    let (power, _) = institution.powers().next().expect("a power");
    let whole = Region::full(&institution.space);
    let told = |language| who_holds_text(&who_holds(&competence, power, &whole, language), language);
    insta::assert_snapshot!("who_holds_en", told(Language::En));
    insta::assert_snapshot!("who_holds_zh", told(Language::Zh));
}
