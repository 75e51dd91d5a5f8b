//! A program that embeds Linkage: it checks rules, asks who leads, and runs a case in a journal in memory.
//!
//! `cargo run --example embed`

use std::error::Error;
use std::io::Write;

use linkage::{Command, Engine, Facts, Language, Memory, Order, Package, Request};

const RULES: &str = r#"
area town "Town"
matter fire { stairwell shop }
body police "Police" { kind police }
body brigade "Fire brigade" { kind fire_rescue }
law fire_law "Fire law" { rank statute issuer "parliament" from 2010-01-01 article 1 article 2 }
scope { over fire fallback police }
mandate stairs { lead police over fire.stairwell basis fire_law art 1 }
mandate shops { lead brigade over fire.shop basis fire_law art 2 }
procedure hazard {
  trigger report of fire
  lead by mandate
  step inspect { by lead within 2 hours outcome safe -> close solved }
}
"#;

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout();
    let day = jiff::civil::date(2026, 11, 23);

    let analysis = linkage::check_text("town.linkage", RULES, day);
    for finding in &analysis.findings {
        writeln!(out, "{} {}", finding.check.code, finding.check.name)?;
    }

    let facts = Facts::from([("matter".into(), "shop".into())]);
    let answer = linkage::who(&analysis, &facts, Language::En)?;
    writeln!(out, "a fire in a shop is led by {}", answer.parts[0].who)?;

    let mut engine = Engine::new(Memory::default())?;
    let now = analysis.package.calendar.zone().to_timestamp(day.at(9, 0, 0, 0))?;
    engine.keep(&Package::of_text("town.linkage", RULES).written(), now)?;
    let open = Order::Open { procedure: None, facts, reporter: None };
    for answer in engine.execute(&[Request::new(Command::new("police", open), now)]) {
        let answer = answer?;
        let case = answer.case.ok_or("no case was opened")?;
        writeln!(out, "{case}: {} events", answer.events.len())?;
    }
    Ok(())
}
