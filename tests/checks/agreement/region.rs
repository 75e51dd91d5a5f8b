//! A region of which one fact is not known: its parts, and what the executor does with such a case.

use std::collections::BTreeSet;

use linkage::case::{MissingFact, region};
use linkage::report::who;
use linkage::text::Language;

use super::super::division_oracle::point;
use super::super::division_oracle::space::Situation;
use super::Asked;
use super::answer::{Lead, asked, executed, read, situation};
use super::boxes::{holds, values};

/// Whether two situations are the same but for one axis.
type ButFor = fn(&Situation, &Situation) -> bool;

/// The axes, each with what makes two situations the same but for it.
const AXES: [(&str, ButFor); 7] = [
    ("matter", |one, other| *one == Situation { matter: one.matter, ..*other }),
    ("area", |one, other| *one == Situation { area: one.area, ..*other }),
    ("grade", |one, other| *one == Situation { grade: one.grade, ..*other }),
    ("flag", |one, other| *one == Situation { flag: one.flag, ..*other }),
    ("level", |one, other| *one == Situation { level: one.level, ..*other }),
    ("day", |one, other| *one == Situation { day: one.day, ..*other }),
    ("time", |one, other| *one == Situation { stretch: one.stretch, ..*other }),
];

/// Asks for a situation with one of its facts left out; whether the answer then depends on it.
pub fn agree(now: &Asked<'_>, all: &[Situation], at: usize, turn: usize) -> Result<bool, String> {
    let (axis, but_for_it) = AXES[turn % AXES.len()];
    let institution = now.analysis.institution();
    let mut facts = now.facts(&point(&all[at]));
    let stated = facts.remove(axis).expect("every fact is stated");
    let answer = who(&now.division, &region(institution, &facts), Language::En);
    let parts: Vec<Lead> = answer.parts.iter().map(read).collect();

    for other in all.iter().filter(|other| but_for_it(other, &all[at])) {
        // The minute of a stretch depends on the other axes: what is asked keeps theirs.
        let (mut point, own) = (point(other), point(&all[at]));
        if axis != "time" {
            point.0[6] = own.0[6];
        }
        let values = values(institution, &point);
        let here: Vec<usize> = (0..parts.len())
            .filter(|part| answer.parts[*part].boxes.iter().any(|listed| holds(listed, &values)))
            .collect();
        let alone = asked(now, &situation(now, &point))?;
        if here.len() != 1 || parts[here[0]] != alone {
            return Err(format!("{values:?}: {alone:?}, and without {axis} {here:?} of {:?}", answer.parts));
        }
    }

    let answers: BTreeSet<Lead> = parts.iter().map(Lead::answer).collect();
    named(&answer.missing, axis, answers.len() > 1)
        .map_err(|wrong| format!("{facts:?}: who {wrong}: {answer:?}"))?;
    let executed = executed(now, &facts)?;
    // The day and the time of day that are not stated are those at which the case is opened.
    if axis == "day" || axis == "time" {
        let moment = if axis == "day" { "workday" } else { "12:00" };
        facts.insert(axis.into(), linkage::case::Fact::Text(moment.into()));
        let alone = asked(now, &region(institution, &facts))?;
        return match executed {
            Ok(lead) if lead == alone.as_executed() => Ok(answers.len() > 1),
            told => Err(format!("{facts:?} by the clock: {told:?}, and who says {alone:?}")),
        };
    }
    let outside = |lead: &Lead| lead.kind == "outside";
    match executed {
        Ok(lead) if answers.len() == 1 && answers.contains(&lead.answer()) => Ok(false),
        Err(missing) if answers.len() > 1 && missing == [axis] => Ok(true),
        told => Err(format!(
            "{facts:?} without {axis} ({stated}, outside {}): the executor says {told:?}, who says {answers:?}",
            answers.iter().filter(|lead| outside(lead)).count()
        )),
    }
}

/// Whether exactly the fact is named that the answer depends on, with an answer for each of its values.
fn named(missing: &[MissingFact], axis: &str, depends: bool) -> Result<(), String> {
    let facts: Vec<&str> = missing.iter().map(|missing| missing.fact.as_str()).collect();
    match facts.as_slice() {
        [] if !depends => Ok(()),
        [only] if depends && *only == axis => {
            let decided = missing[0].options.iter().all(|option| option.answers.len() == 1);
            if decided { Ok(()) } else { Err("names a fact that does not decide".to_owned()) }
        }
        _ => Err(format!(
            "names {facts:?} where the answer {} {axis}",
            if depends { "depends on" } else { "does not depend on" }
        )),
    }
}
