//! For each fault of procedures and ladders the smallest rules that nearly have it, and stay silent.

use super::analyse;

const RULES: &str = "
    area t matter m { x y }
    attribute wet : boolean
    attribute level : 1..5
    body top { kind government }
    body a { kind police under top }
    body b { kind department under top }
    body c { kind platform under top duty workday 08:30-17:30 }
    law act { rank statute issuer \"congress\" article 1 }
    scope { over m fallback top }
    mandate x { lead a over x basis act art 1 }
    mandate y { lead b over y basis act art 1 }
";

/// The codes of families P and E that these rules show beside [`RULES`].
fn codes(rules: &str) -> Vec<&'static str> {
    let analysis = analyse(&format!("{RULES}{rules}"));
    let mut codes: Vec<&str> = analysis.findings.iter().map(|finding| finding.check.code).collect();
    codes.retain(|code| code.starts_with('P') || code.starts_with('E'));
    codes.sort_unstable();
    codes.dedup();
    codes
}

const LADDER: &str = "escalate { on timeout to top on refusal to top }";

/// One procedure for every report, with a ladder.
fn nodes(nodes: &str) -> Vec<&'static str> {
    codes(&format!("procedure p {{ trigger report of m lead by mandate {nodes} {LADDER} }}"))
}

fn step(name: &str, clauses: &str) -> String {
    format!("step {name} {{ by lead within 1 day {clauses} }} ")
}

#[test]
fn what_is_sound_is_silent() {
    assert!(nodes(&step("act", "outcome done -> close")).is_empty());
}

#[test]
fn joins() {
    let block = |first: &str, left: &str, right: &str| {
        let first = step("first", &format!("outcome go -> {first}"));
        let (left, right) = (step("left", left), step("right", right));
        let after = step("last", "outcome done -> close");
        nodes(&format!("{first} all both {{ {left} {right} then last }} {after}"))
    };
    assert!(block("both", "outcome done -> join", "outcome done -> join").is_empty());
    assert_eq!(block("left", "outcome done -> join", "outcome done -> join"), ["P001", "P006"]);
    // One of two never joins; one of two need not.
    assert_eq!(block("both", "outcome done -> join", "outcome done -> last"), ["P006", "P008"]);
    assert_eq!(block("both", "outcome done -> join", "outcome done -> join outcome bad -> close"), ["P008"]);
    // Meeting inside, and in turn.
    assert_eq!(
        block("both", "outcome done -> right outcome skip -> join", "outcome done -> join"),
        Vec::<&str>::new()
    );
    assert_eq!(nodes(&format!("{} ", step("act", "outcome done -> join"))), ["P004", "P006"]);
}

#[test]
fn branches_that_meet() {
    let block = |kind: &str, ends: [&str; 2]| {
        let [left, right] = ends.map(|end| format!("outcome done -> {end}"));
        let (left, right) = (step("left", &left), step("right", &right));
        let shared = step("shared", "outcome done -> join");
        let after = step("last", "outcome done -> close");
        nodes(&format!("{kind} both {{ {left} {right} {shared} then last }} {after}"))
    };
    assert_eq!(block("all", ["shared", "shared"]), ["P009"]);
    assert!(block("all", ["shared", "join"]).is_empty());
}

#[test]
fn outcomes_that_are_possible() {
    let act = |outcomes: &str| nodes(&step("act", outcomes));
    assert_eq!(act("outcome wet when wet -> close"), ["P007"]);
    assert!(act("outcome wet when wet -> close outcome dry when not wet -> close").is_empty());
    // Not taken there: passed over.
    assert!(act("when wet outcome wet when wet -> close").is_empty());
}

#[test]
fn loops_with_and_without_exit() {
    let looping = |exit: &str| {
        let there = step("there", &format!("outcome go -> back {exit}"));
        nodes(&format!("{there} {}", step("back", "outcome go -> there")))
    };
    assert_eq!(looping(""), ["P004"]);
    assert!(looping("outcome done -> close").is_empty());
    // An exit for some is none for the others.
    assert_eq!(looping("outcome done when wet -> close"), ["P004"]);
    // Who runs round until the other branch closes the case is not lost.
    let beside = |other: &str| {
        let watch = step("watch", "outcome again -> look");
        let look = step("look", "outcome again -> more");
        let more = step("more", "outcome again -> look");
        let act = step("act", other);
        nodes(&format!(
            "all both {{ {watch} {look} {more} {act} then end }} {}",
            step("end", "outcome done -> close")
        ))
    };
    assert!(!beside("outcome done -> close").contains(&"P004"));
    assert!(beside("outcome done -> join").contains(&"P004"));
}

#[test]
fn guards() {
    let choose = |ways: &str| {
        nodes(&format!(
            "choose way {{ {ways} }} {} {}",
            step("act", "outcome done -> close"),
            step("look", "outcome done -> close")
        ))
    };
    assert!(choose("when wet -> act otherwise -> look").is_empty());
    assert_eq!(choose("when wet -> act when level = 3 -> look otherwise -> look"), ["P010"]);
    // Where both lead to one place nothing hangs on their order.
    assert!(choose("when wet -> act when level = 3 -> act otherwise -> look").is_empty());
    assert_eq!(choose("when level >= 3 -> act when level = 4 -> act otherwise -> look"), ["P011"]);
    assert!(choose("when level >= 3 -> act when level = 2 -> act otherwise -> look").is_empty());
    // Guards along the way: what the first takes the second never sees.
    let twice = |second: &str| {
        let again = format!("choose again {{ when {second} -> look otherwise -> act }}");
        nodes(&format!(
            "choose way {{ when wet -> act otherwise -> again }} {again} {} {}",
            step("act", "outcome done -> close"),
            step("look", "outcome done -> close")
        ))
    };
    assert_eq!(twice("wet"), ["P011"]);
    assert!(twice("level = 1").is_empty());
}

#[test]
fn deadlines() {
    let within = |whole: &str| {
        let steps = [step("one", "outcome go -> two"), step("two", "outcome done -> close")].concat();
        codes(&format!(
            "procedure p {{ trigger report of m lead by mandate within {whole} {steps} {LADDER} }}"
        ))
    };
    // A day and a day are two days, and the case is due when they end: nobody is late before.
    assert!(within("2 days").is_empty());
    assert_eq!(within("1 day"), ["P012"]);
    // Two days of the calendar may be no workday at all, or need not.
    assert!(within("2 workdays").contains(&"P012"));
    // What is done side by side is not added.
    let block = |kind: &str| {
        let (one, two) =
            (step("one", "outcome go -> join"), step("two", "outcome go -> join").replace("1 day", "3 days"));
        codes(&format!(
            "procedure p {{ trigger report of m lead by mandate within 2 days {kind} both {{ {one} {two} then close }} {LADDER} }}"
        ))
    };
    assert_eq!(block("all"), ["P012"]);
    assert!(block("any").is_empty());
}

#[test]
fn triggers() {
    let of = |one: &str, other: &str| {
        let act = step("act", "outcome done -> close");
        let one = format!("procedure p {{ trigger report of {one} lead by mandate {act} {LADDER} }}");
        codes(&format!("{one} procedure q {{ trigger report of {other} lead by mandate {act} {LADDER} }}"))
    };
    assert!(of("x", "y").is_empty());
    assert_eq!(of("x", "x"), ["P013", "P014"]);
    assert_eq!(of("m", "y"), ["P014"]);
}

#[test]
fn events_and_calls() {
    let two = |p: &str, q: &str, heard: &str| {
        let step = |emits: &str| {
            format!(
                "step act {{ by lead within 1 day outcome done -> close outcome rare when wet -> close {emits} }}"
            )
        };
        let one =
            format!("procedure p {{ trigger report of m {heard} lead by mandate {} {LADDER} }}", step(p));
        codes(&format!("{one} procedure q {{ trigger event found lead by mandate {} {LADDER} }}", step(q)))
    };
    assert!(two("emit found on done", "", "").is_empty());
    assert_eq!(two("emit other on done emit found on done", "", ""), ["P017"]);
    assert_eq!(two("", "", ""), ["P018"]);
    assert_eq!(two("emit found on done", "emit back on done", "trigger event back"), ["P019"]);
    // One of the two is for the wet only, the other for the dry: the round never closes.
    let narrowed = |other: &str| {
        let act = |when: &str, event: &str| {
            format!(
                "step act {{ by lead within 1 day outcome rare when {when} -> close outcome done -> close emit {event} on rare }}"
            )
        };
        let one = format!(
            "procedure p {{ trigger report of m trigger event back lead by mandate {} {LADDER} }}",
            act("wet", "found")
        );
        codes(&format!(
            "{one} procedure q {{ trigger event found lead by mandate {} {LADDER} }}",
            act(other, "back")
        ))
    };
    assert_eq!(narrowed("wet"), ["P019"]);
    // And then its end for the dry is one that nothing brings about.
    assert_eq!(narrowed("not wet"), ["P011"]);
    let called = |back: &str| {
        let call = |name: &str| {
            format!("call handed {{ runs {name} outcome solved -> close outcome unsolved -> close }}")
        };
        let act = step("act", "outcome go -> handed outcome done -> close");
        let end = if back.is_empty() {
            step("act", "outcome done -> close")
        } else {
            format!("{act} {}", call(back))
        };
        codes(&format!(
            "procedure p {{ trigger report of x lead by mandate {act} {} {LADDER} }}
             procedure q {{ trigger report of y lead by mandate {end} {LADDER} }}",
            call("q")
        ))
    };
    assert!(called("").is_empty());
    assert_eq!(called("p"), ["P016"]);
}

/// Cases begin with the facts that events, calls and requests bring, and no others.
#[test]
fn what_begins_a_case() {
    // That not every matter starts something is no part of this.
    let codes = |rules: &str| {
        let mut codes = codes(rules);
        codes.retain(|code| *code != "P013");
        codes
    };
    let begun = |when: &str, begins: &str, way: &str| {
        let other = step("other", "outcome done -> close");
        codes(&format!(
            "procedure p {{ trigger report of x lead by mandate
               step act {{ by lead within 1 day outcome go when {when} -> handed outcome done -> close emit found on go }}
               {begins} {LADDER} }}
             procedure q {{ trigger event found lead by mandate
               choose way {{ when {way} -> other otherwise -> rest }} {other} {} {LADDER} }}",
            step("rest", "outcome done -> close"),
        ))
    };
    let call = "call handed { runs q outcome solved -> close outcome unsolved -> close }";
    let hand = &step("handed", "outcome done -> close");
    for begins in [call, hand] {
        assert!(begun("wet", begins, "level = 1").is_empty(), "{begins}");
        assert_eq!(begun("wet", begins, "not wet"), ["P011"], "{begins}");
        assert_eq!(begun("wet", begins, "matter in y"), ["P011"], "{begins}");
    }
    let asked = |way: &str| {
        codes(&format!(
            "procedure p {{ trigger request of b over x when wet lead by mandate
               choose way {{ when {way} -> act otherwise -> close }} {} {LADDER} }}",
            step("act", "outcome done -> close")
        ))
    };
    assert!(asked("level = 1").is_empty());
    assert_eq!(asked("not wet"), ["P011"]);
    // Facts change while a step waits: a rung on facts which no case has at first is stepped on all the same.
    let rung = |when: &str| {
        codes(&format!(
            "procedure p {{ trigger request of b over x when wet lead by mandate {}
               escalate {{ when {when} to top on timeout to top on refusal to top }} }}",
            step("act", "outcome done -> close")
        ))
    };
    assert!(rung("level = 1").is_empty());
    assert!(rung("not wet").is_empty());
}

#[test]
fn ladders() {
    let rungs = |within: &str, step_more: &str, rungs: &str| {
        codes(&format!(
            "procedure p {{ trigger report of m lead by mandate {within}
               step act {{ by lead within 2 days outcome done -> close {step_more} }} escalate {{ {rungs} on refusal to top }} }}"
        ))
    };
    assert!(rungs("", "", "after 1 day to a on timeout to top").is_empty());
    assert_eq!(rungs("", "", "after 1 day to b after 2 days to a after 3 days to top"), ["E003"]);
    assert_eq!(rungs("", "", "on timeout to b on timeout to top"), ["E004"]);
    assert!(rungs("", "", "on timeout to b within 1 day on timeout to top").is_empty());
    assert_eq!(rungs("", "on timeout -> close", "after 3 days to top"), ["E004"]);
    assert!(rungs("", "on timeout -> close", "after 1 day to top").is_empty());
    assert_eq!(rungs("", "", "after 2 days to b after 1 day to top"), ["E005"]);
    // Three days and two workdays: so it is over a holiday only.
    assert_eq!(rungs("", "", "after 2 workdays to b after 3 days to top"), ["E005"]);
    assert_eq!(rungs("within 3 days", "", "after 3 days to top"), ["E006"]);
    assert!(rungs("within 3 days", "", "after 71 hours to top").is_empty());
    assert_eq!(rungs("", "", "on timeout to b"), ["E007"]);
    assert_eq!(rungs("", "", "after 1 hour to c after 1 day to top"), ["E008"]);
    assert!(rungs("", "", "after 1 workhour to c after 30 days to top").is_empty());
}

/// A branch that leads out of its block and round into it again once made the search for the shortest run call itself
/// without end.
#[test]
fn a_block_that_is_left_and_entered_again() {
    let text = "
        area t matter m body top { kind government } body a { kind police under top }
        law act { rank statute issuer \"congress\" article 1 }
        scope { over m fallback top }
        mandate x { lead a over m basis act art 1 }
        procedure p { trigger report of m lead by mandate
            step s { by lead within 1 day outcome go -> both }
            all both { then done step u { by a within 1 day outcome back -> s } step v { by a within 1 day outcome back -> s } }
            step done { by lead within 1 day outcome end -> close }
            escalate { on timeout to top on refusal to top } }
        require every m passes done";
    let codes: Vec<&str> = analyse(text).findings.iter().map(|finding| finding.check.code).collect();
    assert!(codes.contains(&"P004"), "{codes:?}");
}

/// What closing takes binds whoever acts, not time; and a step that does not apply is finished.
#[test]
fn ends_that_are_refused() {
    let ends = |first: &str, act: &str, more: &str| {
        codes(&format!(
            "procedure p {{ trigger report of m lead by mandate {} {} {more} closing {{ needs act }} {LADDER} }}",
            step("look", first),
            step("act", act),
        ))
    };
    let done = "outcome done -> close";
    assert!(ends("outcome go -> act", done, "").is_empty());
    assert_eq!(ends("outcome go -> act outcome nothing -> close", done, ""), ["P022"]);
    assert!(ends("outcome go -> act on timeout -> close", done, "").is_empty());
    let way = "choose way { when wet -> close otherwise -> close unsolved }";
    assert!(ends("outcome go -> act on timeout -> way", done, way).is_empty());
    assert_eq!(ends("outcome go -> act outcome nothing -> way", done, way), ["P022"]);
    assert!(ends("outcome go -> act", "when wet outcome done -> close", "").is_empty());
    // It is not finished when it runs out of time.
    let rest = step("rest", done);
    assert_eq!(ends("outcome go -> act", "outcome done -> close on timeout -> rest", &rest), ["P022"]);
}

#[test]
fn triggers_that_never_fire() {
    let with = |trigger: &str| {
        let step = step("s", "outcome done -> close");
        let own = |trigger: &str| format!("procedure q {{ trigger {trigger} {step} {LADDER} }}");
        let other = format!("procedure p {{ trigger report of m {step} {LADDER} }}");
        let codes = codes(&format!("{other}{}", own(trigger)));
        codes.contains(&"P023")
    };
    assert!(!with("schedule monday 09:00"));
    assert!(!with("schedule sunday 24:00 over x"));
    assert!(with("schedule monday 09:00 during 10:00-12:00"));
    // The standard calendar has no holidays.
    assert!(with("schedule holiday 09:00"));
    assert!(!with("count 3 of x within 7 days"));
    assert!(with("count 3 of x within 7 days when wet and not wet"));
}

#[test]
fn a_count_takes_up_no_report_and_links_what_it_counts() {
    let step = step("s", "outcome done -> close");
    let count = format!("procedure q {{ trigger count 3 of m within 7 days {step} {LADDER} }}");
    assert_eq!(codes(&format!("procedure p {{ trigger report of x {step} {LADDER} }}{count}")), ["P013"]);
    // Three procedures of which two are linked by an event: the third by being counted, or not at all.
    let linked = |more: &str| {
        codes(&format!(
            "procedure p {{ trigger report of x {} {LADDER} }}
            procedure r {{ trigger event seen {step} {LADDER} }}
            procedure o {{ trigger report of y {step} {LADDER} }}{more}",
            step.replace("outcome done -> close", "outcome done -> close emit seen")
        ))
    };
    assert_eq!(linked(""), ["P020"]);
    assert!(linked(&count).is_empty());
}
