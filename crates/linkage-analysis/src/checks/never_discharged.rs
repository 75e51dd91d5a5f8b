//! O001: what is owed and can never be discharged: by nobody, to nobody but the debtor, due at once or
//! while the debtor is away.

use super::courses::almanac;
use super::deadline_cannot_hold::moment;
use super::duty::Acts;
use super::ladder::{any_minute, named};
use super::owing::{Owing, owing};
use super::rung_off_duty::absences;
use super::{Check, Context, Fact, Finding};
use linkage_calendar::Minute;
use linkage_model::{Performer, Period};
use linkage_regions::Region;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "O001",
    name: "never-discharged",
    severity: Severity::Warning,
    page: include_str!("never_discharged.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    owing(context, |owing, acts| {
        let sentence = |sentence, region: &Region| {
            let finding = Finding::new(&CHECK)
                .told_by(sentence)
                .fact("owed", Fact::Text(owing.owe.head.label().into()))
                .fact("debtor", Fact::Performer(owing.owe.debtor.clone()))
                .fact("procedure", Fact::Procedure(owing.id))
                .place(owing.owe.head.span, "owed");
            owing.witnessed(context, finding, region)
        };
        let nobody = without_debtor(context, owing, acts);
        if !nobody.is_empty() {
            findings
                .push(sentence(if nobody.same_as(&owing.region) { "nobody" } else { "somewhere" }, &nobody));
        } else if owing.owe.within.amount == 0 {
            findings.push(sentence("at_once", &owing.region));
        } else if let Some((start, due)) = while_away(context, owing) {
            let finding = sentence("away", &owing.region)
                .fact("start", Fact::Moment(moment(context, almanac(context), start)))
                .fact("due", Fact::Moment(moment(context, almanac(context), due)));
            findings.push(finding);
        } else if to_itself(owing, acts) {
            findings.push(sentence("itself", &owing.region));
        }
    });
    findings
}

/// Where nobody answers to the name of the debtor. Where nobody leads a gap tells it.
fn without_debtor(context: &Context<'_>, owing: &Owing<'_>, acts: &Acts<'_>) -> Region {
    let nothing = Region::empty(&context.institution().space);
    if leads_or_reports(&owing.owe.debtor) {
        return nothing;
    }
    let parts = owing.parties(acts, &owing.owe.debtor);
    let named = parts.into_iter().filter(|(bodies, _)| !bodies.is_empty()).map(|(_, part)| part);
    let answered: Vec<Region> = named.collect();
    linkage_regions::gaps(&owing.region, &answered.iter().collect::<Vec<_>>())
}

fn leads_or_reports(performer: &Performer) -> bool {
    match performer {
        Performer::Lead | Performer::Reporter => true,
        Performer::Superior(of) => matches!(**of, Performer::Reporter),
        _ => false,
    }
}

/// A minute at which it can arise and is due before whoever owes it is on duty again, and when that is.
fn while_away(context: &Context<'_>, owing: &Owing<'_>) -> Option<(Minute, Minute)> {
    let bodies = named(context, &owing.owe.debtor);
    let hours: Option<Vec<&[Period]>> =
        bodies.iter().map(|body| context.institution()[*body].duty.as_deref()).collect();
    let hours = hours.filter(|hours| !hours.is_empty())?;
    let due = any_minute(context).then(owing.owe.within, almanac(context))?;
    // What arises first in an absence is due first.
    let mut absences = absences(almanac(context), &hours).into_iter();
    absences.find_map(|(away, back)| due.at(away).filter(|due| *due < back).map(|due| (away, due)))
}

/// Whether wherever it arises the one who owes it is the only one whom it is owed to: then it never arises.
fn to_itself(owing: &Owing<'_>, acts: &Acts<'_>) -> bool {
    let debtors = owing.parties(acts, &owing.owe.debtor);
    let covered: Vec<&Region> = debtors.iter().map(|(_, part)| part).collect();
    if debtors.is_empty() || !linkage_regions::gaps(&owing.region, &covered).is_empty() {
        return false;
    }
    let creditors: Vec<_> =
        owing.owe.creditors.iter().flat_map(|creditor| owing.parties(acts, creditor)).collect();
    let covered: Vec<&Region> = creditors.iter().map(|(_, part)| part).collect();
    let owed = linkage_regions::gaps(&owing.region, &covered).is_empty();
    let alone = |(bodies, part): &(Vec<_>, Region)| {
        let met = creditors.iter().filter(|(_, other)| !other.is_disjoint(part));
        bodies.len() == 1 && met.into_iter().all(|(others, _)| others == bodies)
    };
    owed && debtors.iter().all(alone)
}
