//! What is required: the smallest rules of which a property holds, and the smallest of which it nearly does.

use super::analyse;
use linkage::checks::Proofs;

const RULES: &str = "
    area t { east west } matter m { x y }
    attribute severity : 1..5
    body top { kind government }
    body a { kind police under top }
    body b { kind department under top }
    body c { kind auxiliary under a }
    power hold { coercive liberty }
    law act { rank statute issuer \"congress\" article 1 article 2 { grant hold to a } }
    law rule { rank local_rule issuer \"city\" article 1 }
    law old { rank statute issuer \"congress\" until 2020-01-01 article 1 }
    scope { over m fallback top }
";

/// Which codes of family Q are told, in order; nothing told is everything proved.
fn told(rules: &str) -> Vec<&'static str> {
    let analysis = analyse(&format!("{RULES}{rules}"));
    let codes: Vec<&str> =
        analysis.findings.iter().map(|it| it.check.code).filter(|it| it.starts_with('Q')).collect();
    let Proofs { proved, refuted, undecided, .. } = analysis.proofs;
    assert_eq!(proved + refuted + undecided, rules.matches("require ").count());
    assert_eq!(codes.is_empty(), refuted + undecided == 0);
    codes
}

const NONE: [&str; 0] = [];
const X: &str = "mandate mx { lead a support b over x basis act art 1 }";
const Y: &str = "mandate my { lead b over y basis act art 1 }";

#[test]
fn coverage() {
    assert_eq!(told(&format!("{X} require every m has lead")), ["Q001"]);
    assert_eq!(told(&format!("{X} require every x has lead")), NONE);
    assert_eq!(
        told(&format!("{X} require every m when severity >= 9 has lead").replace(">= 9", ">= 5")),
        ["Q001"]
    );
    assert_eq!(told(&format!("{X} {Y} require every m has lead")), NONE);
    // One hour of holidays in one place suffices to refute it.
    let nearly = "mandate my { lead b over y except { in east during holiday 03:00-04:00 } basis act art 1 }";
    assert_eq!(told(&format!("{X} {nearly} require every m has lead")), ["Q001"]);
    assert_eq!(told(&format!("{X} {nearly} require every m in west has lead")), NONE);
    // What the package does not claim it need not cover.
    assert_eq!(told(&format!("{X} require every m has lead").replace("lead", "lead")), ["Q001"]);
    assert_eq!(told(&format!("{X} {Y} require every m has support")), ["Q001"]);
    assert_eq!(told(&format!("{X} {Y} require every x has support")), NONE);
    // Nobody is of that kind on the day: no support.
    assert_eq!(
        told(
            "mandate mx { lead a support kind volunteer over x basis act art 1 } require every x has support"
        ),
        ["Q001"]
    );
}

#[test]
fn a_lead_on_a_basis() {
    let lead = |basis: &str| format!("mandate mx {{ lead a over x {basis} }} require every x has basis");
    assert_eq!(told(&lead("basis act art 1")), NONE);
    assert_eq!(told(&lead("")), ["Q001"]);
    assert_eq!(told(&lead("basis old art 1")), ["Q001"]);
    // Overridden claims need none.
    assert_eq!(
        told(
            "mandate mx { lead a over x basis act art 1 } mandate other { lead b over x yields to mx } require every x has basis"
        ),
        NONE
    );
    assert_eq!(told("mandate mx { lead a over x basis act art 1 } mandate other { lead b over x } require every x has basis").len(), 1);
}

#[test]
fn exclusion() {
    assert_eq!(told(&format!("{X} require no power hold held by kind auxiliary, b")), NONE);
    assert_eq!(told(&format!("{X} require no power hold held by kind police")), ["Q002"]);
    let entrusted = "entrust e { from a to c power hold over y basis act art 1 }";
    let delegable = RULES.replace("coercive liberty", "delegable");
    let codes = |property: &str| {
        let analysis = analyse(&format!("{delegable}{X}{entrusted} require {property}"));
        analysis.findings.iter().filter(|it| it.check.code == "Q002").count()
    };
    assert_eq!(codes("no power hold held by kind auxiliary"), 1);
    assert_eq!(codes("no power hold held by kind auxiliary over x"), 0);
    assert_eq!(told(&format!("{X} {Y} require no x led by b require no y led by kind police")), NONE);
    assert_eq!(told(&format!("{X} {Y} require no m led by b")), ["Q002"]);
    assert_eq!(told(&format!("{X} {Y} require no m led by b when severity = 1 in east")), ["Q002"]);
    assert_eq!(told(&format!("{X} {Y} require no m led by b over x")), NONE);
}

/// One procedure over all, its steps and what it says beside.
fn procedure(steps: &str, rest: &str) -> String {
    format!(
        "{X} {Y} procedure p {{ trigger report of m lead by mandate {steps} escalate {{ on timeout to top on refusal to top }} {rest} }}"
    )
}

fn step(name: &str, within: &str, outcomes: &str) -> String {
    format!("step {name} {{ by lead {within} {outcomes} }} ")
}

#[test]
fn closes_in_time() {
    let one = |within: &str, limit: &str| {
        told(&format!(
            "{} require every procedure closes within {limit}",
            procedure(&step("s", within, "outcome done -> close"), "")
        ))
    };
    assert_eq!(one("within 3 workdays", "3 workdays"), NONE);
    assert_eq!(one("within 3 workdays", "2 workdays"), ["Q003"]);
    // A weekend may lie between; never three weeks.
    assert_eq!(one("within 3 workdays", "4 days"), ["Q003"]);
    assert_eq!(one("within 3 workdays", "5 days"), NONE);
    assert_eq!(one("within 3 workdays", "21 days"), NONE);
    assert_eq!(one("within 1 day", "24 hours"), ["Q003"]);
    assert_eq!(one("within 24 hours", "1 day"), NONE);
    // Nothing says when.
    assert_eq!(one("", "1000 days"), ["Q003"]);
    // The own deadline bounds what has none.
    let own = |own: &str| {
        told(&format!(
            "{} require every procedure closes within 3 workdays",
            procedure(&step("s", "", "outcome done -> close"), own)
        ))
    };
    assert_eq!(own("within 3 workdays"), NONE);
    assert_eq!(own("within 4 workdays"), ["Q003"]);
}

#[test]
fn rounds_and_blocks() {
    let round = step("s", "within 1 hour", "outcome go -> u")
        + &step("u", "within 1 hour", "outcome back -> s outcome done -> close");
    assert_eq!(
        told(&format!("{} require every procedure closes within 365 days", procedure(&round, ""))),
        ["Q003"]
    );
    // Only cases of a severity go round.
    let some = step("s", "within 1 hour", "outcome go -> u")
        + &step("u", "within 1 hour", "outcome back when severity >= 4 -> s outcome done -> close");
    assert_eq!(
        told(&format!(
            "{} require every procedure when severity <= 3 closes within 365 days",
            procedure(&some, "")
        )),
        NONE
    );
    assert_eq!(
        told(&format!(
            "{} require every procedure when severity >= 3 closes within 365 days",
            procedure(&some, "")
        )),
        ["Q003"]
    );
    // A deadline of the block bounds the round within it.
    let block = "step first { by lead within 1 hour outcome go -> both } all both { within 2 days then close
        step w { by a within 1 hour outcome go -> s } step s { by lead outcome go -> u } step u { by a outcome back -> s outcome done -> join }
        step v { by b within 1 hour outcome done -> join } }";
    let whole = format!("{} require every procedure closes within", procedure(block, ""));
    assert_eq!(told(&format!("{whole} 1 week")), NONE);
    assert_eq!(
        told(&format!(
            "{} require every procedure closes within 1 week",
            procedure(&block.replace("within 2 days", ""), "")
        )),
        ["Q003"]
    );
}

#[test]
fn first_contact() {
    let steps = step("s", "within 1 workday", "outcome go -> u")
        + &step("u", "within 2 workdays", "outcome done -> close");
    let hears = |rest: &str, limit: &str| {
        told(&format!("{} require every procedure has contact within {limit}", procedure(&steps, rest)))
    };
    assert_eq!(hears("", "365 days"), ["Q003"]);
    assert_eq!(hears("closing { tell reporter }", "3 workdays"), NONE);
    assert_eq!(hears("closing { tell reporter }", "2 workdays"), ["Q003"]);
    assert_eq!(hears("closing { tell reporter within 2 workdays }", "4 workdays"), ["Q003"]);
    assert_eq!(hears("closing { tell reporter within 2 workdays }", "5 workdays"), NONE);
    assert_eq!(hears("owe feedback from lead to reporter within 1 workday upon s", "2 workdays"), NONE);
    assert_eq!(hears("owe feedback from lead to reporter within 1 workday upon s", "1 workday"), ["Q003"]);
    assert_eq!(hears("owe feedback from lead to reporter within 3 hours upon open", "3 hours"), NONE);
    assert_eq!(hears("owe feedback from lead to reporter within 3 hours upon open", "2 hours"), ["Q003"]);
    // Payment is no word.
    assert_eq!(hears("owe payment from lead to reporter within 3 hours upon open", "365 days"), ["Q003"]);
    // The reporter takes part in the first step; what follows may last for ever.
    let with = "step s { by lead with reporter within 1 workday outcome go -> u } step u { by lead outcome done -> close }";
    assert_eq!(
        told(&format!("{} require every procedure has contact within 1 workday", procedure(with, ""))),
        NONE
    );
    // Who is passed over does not take part.
    let some = with.replace("with reporter", "with reporter when severity >= 3");
    assert_eq!(
        told(&format!("{} require every procedure has contact within 1 workday", procedure(&some, ""))),
        ["Q003"]
    );
    assert_eq!(
        told(&format!(
            "{} require every procedure when severity >= 3 has contact within 1 workday",
            procedure(&some, "")
        )),
        NONE
    );
}

#[test]
fn what_a_case_passes() {
    let steps = "step s { by lead within 1 day outcome go -> check outcome no -> close on refusal -> close }
        step check { by a within 1 day outcome done -> close }";
    let passes = |steps: &str, property: &str| told(&format!("{} require {property}", procedure(steps, "")));
    assert_eq!(passes(steps, "every procedure passes check"), ["Q005"]);
    assert_eq!(passes(&steps.replace("no -> close", "no -> check"), "every m passes check"), ["Q005"]);
    let always = steps.replace("no -> close", "no -> check").replace("refusal -> close", "refusal -> check");
    assert_eq!(
        passes(
            &always,
            "every m passes p.check require every x passes check require every procedure passes s"
        ),
        NONE
    );
    // It does not apply to some: they are passed over.
    let some = always.replace("step check { by a", "step check { when severity >= 3 by a");
    assert_eq!(passes(&some, "every m passes check"), ["Q005"]);
    assert_eq!(passes(&some, "every m when severity >= 3 passes check"), NONE);
    // One branch of all must be gone, one of any need not.
    let block = |all: &str| {
        format!(
            "{all} both {{ then close step check {{ by a within 1 day outcome done -> join }} step v {{ by b within 1 day outcome done -> join }} }}"
        )
    };
    assert_eq!(passes(&block("all"), "every m passes check"), NONE);
    assert_eq!(passes(&block("any"), "every m passes check"), ["Q005"]);
    // A branch that leads out of the block leaves the other behind.
    let out = block("all").replace(
        "by b within 1 day outcome done -> join",
        "by b within 1 day outcome done -> join outcome out -> close",
    );
    assert_eq!(passes(&out, "every m passes check"), ["Q005"]);
}

#[test]
fn what_a_called_procedure_passes() {
    let called = |own: &str, property: &str| {
        let caller = procedure("call ask { runs q outcome solved -> close outcome unsolved -> close }", "");
        told(&format!(
            "{caller} procedure q {{ lead a {own} escalate {{ on timeout to top on refusal to top }} }} require every m passes {property}"
        ))
    };
    let always = "step check { by a within 1 day outcome done -> close solved }";
    assert_eq!(called(always, "check"), NONE);
    assert_eq!(called(always, "q.check"), NONE);
    assert_eq!(called("step w { by a within 1 day outcome go -> check outcome no -> close unsolved } step check { by a within 1 day outcome done -> close solved }", "check").len(), 2);
}

#[test]
fn whom_a_step_comes_to() {
    let steps = "step s { by kind police hand over to kind police within 1 day outcome go -> close }";
    let reach = |steps: &str, property: &str| told(&format!("{} require {property}", procedure(steps, "")));
    // The ladder charges top after a refusal. Without `hand over to`, whoever leads by mandate could be given the step.
    assert_eq!(reach(steps, "only a may reach step s"), ["Q004"]);
    assert_eq!(reach(steps, "only a, top may reach step s"), NONE);
    assert_eq!(reach(steps, "no step s reach by kind auxiliary, b"), NONE);
    assert_eq!(reach(steps, "no step s reach by kind government"), ["Q004"]);
    // The lead is b for y alone.
    let lead = "step s { by lead within 1 day outcome go -> close }";
    assert_eq!(reach(lead, "only a, top may reach step s over x"), NONE);
    assert_eq!(reach(lead, "only a, top may reach step s over y"), ["Q004"]);
    // Nobody of that kind is there: it falls to the fallback body.
    let nobody = "step s { by kind volunteer within 1 day outcome go -> close }";
    assert_eq!(reach(nobody, "only kind volunteer may reach step s").len(), 1);
    // A rung that nothing steps on leads nowhere.
    let never = "step s { by a hand over to a within 1 day outcome go -> close on refusal -> close on timeout -> close escalate { on refusal to b on timeout to b } }";
    assert_eq!(reach(never, "only a may reach step s"), NONE);
}

#[test]
fn channels() {
    let channel = |basis: &str, property: &str| {
        told(&format!("{X} {Y} resource data {{ kind data holder a personal fields name purpose care retention 1 month basis act art 1 }}
            resource pump {{ kind equipment holder a }}
            channel one {{ carries data from a to b {basis} owes report within 1 day }}
            channel two {{ carries pump from a to b purpose care owes report within 1 day }} require {property}"))
    };
    let personal = "every channel of personal data has basis of rank statute or above";
    assert_eq!(channel("basis act art 1", personal), NONE);
    assert_eq!(channel("basis rule art 1", personal), ["Q006"]);
    assert_eq!(channel("basis rule art 1", &personal.replace("statute", "local_rule")), NONE);
    // Above is not the same as of that rank.
    assert_eq!(
        channel("basis act art 1", "every channel of personal data has basis of rank local_rule"),
        ["Q006"]
    );
    assert_eq!(channel("basis old art 1", personal), ["Q006"]);
    assert_eq!(channel("", "every channel of pump has purpose"), NONE);
    assert_eq!(channel("", "every channel has purpose"), ["Q006"]);
    assert_eq!(channel("", "every channel has basis"), ["Q006", "Q006"]);
}

#[test]
fn what_is_owed_for_a_use() {
    let uses = |channel: &str, rest: &str, by: &str| {
        let steps = format!("step s {{ by {by} uses pump within 1 day outcome go -> close }}");
        told(&format!(
            "{} resource pump {{ kind equipment holder a }}
            channel lend {{ carries pump from a to b purpose care basis act art 1 {channel} }}
            require whoever uses pump owes report within 5 workdays",
            procedure(&steps, rest)
        ))
    };
    assert_eq!(uses("", "", "b"), ["Q007"]);
    assert_eq!(uses("owes report within 5 workdays", "", "b"), NONE);
    assert_eq!(uses("owes report within 6 workdays", "", "b"), ["Q007"]);
    assert_eq!(uses("owes report", "", "b"), ["Q007"]);
    assert_eq!(uses("owes feedback within 1 day", "", "b"), ["Q007"]);
    // Who holds it uses its own.
    assert_eq!(uses("", "", "a"), NONE);
    assert_eq!(uses("", "owe report from b to a within 1 day upon s", "b"), NONE);
    assert_eq!(uses("", "owe report from b to b within 1 day upon s", "b"), ["Q007"]);
    assert_eq!(uses("", "owe report from c to a within 1 day upon s", "b"), ["Q007"]);
}

/// In Chinese the same properties are asked for.
#[test]
fn in_chinese_words() {
    let text = linkage::syntax::format(
        &format!(
            "{RULES}{X} require every m has lead require every procedure over x closes within 3 workdays"
        ),
        linkage::syntax::Keywords::All(linkage::text::Language::Zh),
    )
    .expect("it is well formed");
    let analysis = analyse(&text);
    assert_eq!(analysis.proofs, Proofs { proved: 0, refuted: 1, undecided: 0, vacuous: 1 });
}
