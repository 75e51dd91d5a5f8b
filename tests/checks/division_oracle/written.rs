//! A package as rule text.

use std::fmt::Write;

use super::package::{
    CLOCK, Condition, DAYS, Forum, KINDS, Package, Period, Place, RANKS, SHARINGS, Test, Time, Tree, Who,
};

const KINDS_OF_DAY: [&str; 3] = ["workday", "restday", "holiday"];

pub fn written(package: &Package) -> String {
    let names = |all: &[usize]| -> Vec<String> { all.iter().map(|name| named(package, *name)).collect() };
    let mut text = String::new();
    tree(&package.areas, "area", 'a', &mut text);
    tree(&package.matters, "matter", 'm', &mut text);
    let _ =
        writeln!(text, "attribute grade : {{ {} }}", listed((0..package.grades).map(|at| format!("g{at}"))));
    let _ = writeln!(text, "attribute flag : boolean\nattribute level : 1..{}", package.levels);
    laws(package, &mut text);
    for (at, body) in package.bodies.iter().enumerate() {
        let _ = write!(text, "body b{at} {{ kind {}", KINDS[body.kind]);
        list(" under", names(&body.under), &mut text);
        list(" serves", body.serves.iter().map(|area| format!("a{area}")), &mut text);
        list(" duty", body.duty.iter().map(period), &mut text);
        if let Some((old, since)) = body.succeeds {
            let since = since.map_or(String::new(), |day| format!(" since {}", DAYS[day]));
            let _ = write!(text, " succeeds b{old}{since}");
        }
        text.push_str(" }\n");
    }
    if let Some(scope) = &package.scope {
        let _ = writeln!(text, "scope {{ {} {} }}", place(scope), ladder(package));
    } else if !package.forums.is_empty() {
        let _ = writeln!(text, "scope {{ {} }}", ladder(package));
    }
    for at in 0..package.mandates.len() {
        mandate(package, at, &mut text);
    }
    for (at, exclusion) in package.exclusions.iter().enumerate() {
        let who = exclusion.who.iter().map(|who| match who {
            Who::Name(name) => named(package, *name),
            Who::Kind(kind) => format!("kind {}", KINDS[*kind]),
        });
        let (who, basis) =
            (listed(who), exclusion.basis.map_or(String::new(), |law| format!("basis l{law}")));
        let _ = writeln!(text, "exclude x{at} {{ body {who} {} {basis} }}", place(&exclusion.place));
    }
    for (at, resolution) in package.resolutions.iter().enumerate() {
        let _ = write!(text, "resolve r{at} {{");
        list(" between", resolution.between.iter().map(|mandate| format!("d{mandate}")), &mut text);
        let _ = writeln!(text, " {} {} }}", place(&resolution.place), forums(package, &resolution.forums));
    }
    if let Some(it) = &package.entrustment {
        let (time, place) = (time(it.time), place(&it.place));
        let _ = writeln!(
            text,
            "power p {{}}\nlaw top {{ rank constitution article 1 {{ grant p to b{} }} }}\n\
             entrust e {{ from b{} to b{} power p {place} {time} basis top }}",
            it.from, it.from, it.to
        );
    }
    text
}

fn laws(package: &Package, text: &mut String) {
    for (at, law) in package.laws.iter().enumerate() {
        let _ = write!(text, "law l{at} {{");
        if let Some(rank) = law.rank {
            let _ = write!(text, " rank {}", RANKS[rank].0);
        }
        if let Some(issuer) = law.issuer {
            let _ = write!(text, " issuer \"i{issuer}\"");
        }
        text.push_str(&time(law.time));
        let fillings = package.slots.iter().enumerate().flat_map(|(slot, by)| {
            by.iter()
                .filter(|(law, _)| *law == at)
                .map(move |(_, body)| format!("designate s{slot} as b{body}"))
        });
        for (article, filling) in fillings.enumerate() {
            let _ = write!(text, " article {} {{ {filling} }}", article + 1);
        }
        text.push_str(" }\n");
    }
    if !package.slots.is_empty() {
        text.push_str("law names { article 1 {");
        for slot in 0..package.slots.len() {
            let _ = write!(text, " slot s{slot}");
        }
        text.push_str(" } }\n");
    }
}

fn mandate(package: &Package, at: usize, text: &mut String) {
    let mandate = &package.mandates[at];
    let mandates = |all: &[usize]| -> Vec<String> { all.iter().map(|other| format!("d{other}")).collect() };
    let _ = write!(text, "mandate d{at} {{");
    list(" lead", mandate.leads.iter().map(|name| named(package, *name)), text);
    list(" support", mandate.supports.iter().map(|name| named(package, *name)), text);
    list(" supervise", mandate.supervises.iter().map(|name| named(package, *name)), text);
    let _ = write!(text, " {}", place(&mandate.place));
    list(" basis", mandate.basis.iter().map(|law| format!("l{law}")), text);
    text.push_str(&time(mandate.time));
    if let Some(own) = mandate.own {
        let _ = write!(text, " {}", SHARINGS[own]);
    }
    for (how, with) in &mandate.with {
        let to = if SHARINGS[*how] == "subsidiary" { "to" } else { "with" };
        let _ = write!(text, " {} {to} d{with}", SHARINGS[*how]);
    }
    list(" yields to", mandates(&mandate.yields), text);
    list(" notwithstanding", mandates(&mandate.over), text);
    text.push_str(" }\n");
}

fn named(package: &Package, name: usize) -> String {
    let bodies = package.bodies.len();
    if name < bodies { format!("b{name}") } else { format!("s{}", name - bodies) }
}

fn listed(all: impl IntoIterator<Item = String>) -> String {
    all.into_iter().collect::<Vec<_>>().join(", ")
}

fn list(word: &str, all: impl IntoIterator<Item = String>, text: &mut String) {
    let all = listed(all);
    if !all.is_empty() {
        let _ = write!(text, "{word} {all}");
    }
}

fn tree(tree: &Tree, word: &str, letter: char, text: &mut String) {
    for root in (0..tree.0.len()).filter(|node| tree.0[*node] == *node) {
        let _ = write!(text, "{word} ");
        node(tree, root, letter, text);
        text.push('\n');
    }
}

fn node(tree: &Tree, at: usize, letter: char, text: &mut String) {
    let _ = write!(text, "{letter}{at} ");
    let children: Vec<usize> = tree.children(at).collect();
    if !children.is_empty() {
        text.push_str("{ ");
        for child in children {
            node(tree, child, letter, text);
        }
        text.push_str("} ");
    }
}

fn time((from, until): Time) -> String {
    let say = |word, day: Option<usize>| day.map_or(String::new(), |day| format!(" {word} {}", DAYS[day]));
    say("from", from) + &say("until", until)
}

fn place(place: &Place) -> String {
    let mut text = String::new();
    list("over", place.over.iter().map(|matter| format!("m{matter}")), &mut text);
    list(" in", place.within.iter().map(|area| format!("a{area}")), &mut text);
    if let Some(when) = &place.when {
        let _ = write!(text, " when {}", condition(when));
    }
    list(" during", place.during.iter().map(period), &mut text);
    for (word, inner) in [("except", &place.except), ("also", &place.also)] {
        for inner in inner {
            let _ = write!(text, " {word} {{ {} }}", self::place(inner));
        }
    }
    text
}

fn hours((from, to): (usize, usize)) -> String {
    let clock = |at: usize| format!("{:02}:{:02}", CLOCK[at] / 60, CLOCK[at] % 60);
    format!("{}-{}", clock(from), clock(to))
}

fn period(period: &Period) -> String {
    let days: Vec<&str> = period.days.iter().map(|day| KINDS_OF_DAY[*day]).collect();
    let hours: Vec<String> = period.hours.iter().map(|it| hours(*it)).collect();
    format!("{} {}", days.join(" and "), hours.join(" and "))
}

fn condition(it: &Condition) -> String {
    let equal = |is: bool| if is { "=" } else { "!=" };
    let joined = |all: &[Condition], word: &str| {
        let all: Vec<String> = all.iter().map(condition).collect();
        format!("({})", all.join(word))
    };
    match it {
        Condition::Matter(true, at) => format!("matter in m{at}"),
        Condition::Matter(false, at) => format!("matter != m{at}"),
        Condition::Area(is, at) => format!("area {} a{at}", equal(*is)),
        Condition::Grade(all) => format!("grade in {{ {} }}", listed(all.iter().map(|at| format!("g{at}")))),
        Condition::Flag(true) => "flag".to_owned(),
        Condition::Flag(false) => "flag = false".to_owned(),
        Condition::Level(test, at) => format!("level {} {}", symbol(*test), at + 1),
        Condition::Levels(from, to) => format!("level in {}..{}", from + 1, to + 1),
        Condition::Day(is, at) => format!("day {} {}", equal(*is), KINDS_OF_DAY[*at]),
        Condition::Time(from, to) => format!("time in {}", hours((*from, *to))),
        Condition::And(all) => joined(all, " and "),
        Condition::Or(all) => joined(all, " or "),
        Condition::Not(inner) => format!("not ({})", condition(inner)),
    }
}

fn symbol(test: Test) -> &'static str {
    match test {
        Test::Is => "=",
        Test::IsNot => "!=",
        Test::AtMost => "<=",
        Test::Below => "<",
        Test::AtLeast => ">=",
        Test::Above => ">",
    }
}

fn ladder(package: &Package) -> String {
    if package.forums.is_empty() {
        return String::new();
    }
    format!("forum {{ {} }}", forums(package, &package.forums))
}

fn forums(package: &Package, forums: &[Forum]) -> String {
    let forum = |forum: &Forum| match forum {
        Forum::FirstReceiver => "first_receiver".to_owned(),
        Forum::Agree => "agree within 2 workdays".to_owned(),
        Forum::Superior => "superior".to_owned(),
        Forum::Coordinator(body) => format!("coordinator {}", named(package, *body)),
        Forum::Precedence(order) => {
            format!("precedence {}", listed(order.iter().map(|body| named(package, *body))))
        }
    };
    forums.iter().map(forum).collect::<Vec<_>>().join(" ")
}
