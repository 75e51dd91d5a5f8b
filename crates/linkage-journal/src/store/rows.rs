//! What follows from the records and is asked for across all cases: work, timers, debts, tidings.

use std::collections::BTreeSet;
use std::sync::Arc;

use ecow::{EcoString, eco_format};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use linkage_case::{Case, CaseId, Event, Happening, LadderOf, Mode, RungId, Status, World};
use linkage_model::Content;

/// All rows of one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// The case itself.
    pub case: CaseRow,
    /// When something falls due in it next.
    pub timer: Option<Timestamp>,
    /// Who has what to do.
    pub work: BTreeSet<Work>,
    /// Who owes whom what.
    pub owed: BTreeSet<Owed>,
}

impl Rows {
    /// How many rows they are: of the case, its timer, work and debts.
    pub(super) fn count(&self) -> [u64; 4] {
        [1, usize::from(self.timer.is_some()), self.work.len(), self.owed.len()].map(|count| count as u64)
    }
}

/// How a case stands: its rows, or the case that they follow from. Rows are made when somebody asks: of a case to which
/// ten things happen in a minute, once.
#[derive(Debug, Clone)]
pub enum Standing {
    /// The rows themselves.
    Rows(Box<Rows>),
    /// The case, with the dossier that it is in.
    Case(CaseId, Arc<Case>),
}

impl From<Rows> for Standing {
    fn from(rows: Rows) -> Self {
        Self::Rows(Box::new(rows))
    }
}

impl Standing {
    /// How a case of a dossier stands in its world; none if it is not there.
    pub fn of(root: CaseId, world: &World, case: CaseId) -> Option<Self> {
        world.shared(case).map(|case| Self::Case(root, Arc::clone(case)))
    }

    /// The number of the case.
    pub fn case(&self) -> CaseId {
        match self {
            Self::Rows(rows) => rows.case.case,
            Self::Case(_, case) => case.id,
        }
    }

    /// When something falls due in it next.
    pub fn timer(&self) -> Option<Timestamp> {
        match self {
            Self::Rows(rows) => rows.timer,
            Self::Case(_, case) => case.next_due(),
        }
    }

    /// Its rows.
    pub fn rows(&self) -> Rows {
        match self {
            Self::Rows(rows) => (**rows).clone(),
            Self::Case(root, case) => rows(*root, case),
        }
    }

    /// The same, of what nobody else asks any more.
    pub fn into_rows(self) -> Rows {
        match self {
            Self::Rows(rows) => *rows,
            Self::Case(root, case) => rows(root, &case),
        }
    }
}

/// A case in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseRow {
    /// Its number.
    pub case: CaseId,
    /// The dossier that it is in.
    pub dossier: CaseId,
    /// What is run.
    pub procedure: EcoString,
    /// When it was opened.
    pub opened: Timestamp,
    /// When it was closed; none if it is open.
    pub closed: Option<Timestamp>,
    /// Whether the problem is gone, as far as said.
    pub solved: Option<bool>,
}

/// A step that waits for a body.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Work {
    /// Who is charged with it.
    pub body: EcoString,
    /// When it is due; none if no time is set.
    pub due: Option<Timestamp>,
    /// The case.
    pub case: CaseId,
    /// Which assignment of the case; 0 is the case as a whole, from [`OBLIGATIONS_FROM`] on it is an obligation.
    pub number: u32,
    /// The procedure of the case.
    pub procedure: EcoString,
    /// The step.
    pub step: EcoString,
    /// Since when.
    pub since: Timestamp,
    /// How it is to be finished.
    pub how: How,
}

/// Behind this bit a number in [`Work`] is that of an obligation: no case has so many assignments.
pub const OBLIGATIONS_FROM: u32 = 1 << 31;

/// How a body has a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// It is charged with it.
    Charged,
    /// It has taken notice.
    Acknowledged,
    /// Several claim it, and one is to take it.
    Offered,
    /// Several are to state the same outcome, and it has not yet.
    Joint,
    /// It was told by escalation.
    Told,
    /// More time is asked of it.
    Asked,
    /// It supervises the case.
    Supervises,
    /// It chairs the joint step.
    Chairs,
    /// Several claim the case, and it says who is to have it.
    Decides,
    /// It owes somebody something.
    Owes,
}

impl How {
    /// All of them, in their order.
    pub(super) const ALL: [Self; 10] = [
        Self::Charged,
        Self::Acknowledged,
        Self::Offered,
        Self::Joint,
        Self::Told,
        Self::Asked,
        Self::Supervises,
        Self::Chairs,
        Self::Decides,
        Self::Owes,
    ];
}

/// One debtor and one creditor.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Owed {
    /// The case from which it arose.
    pub case: CaseId,
    /// Which obligation of the case.
    pub number: u32,
    /// By whom.
    pub debtor: EcoString,
    /// To whom.
    pub creditor: EcoString,
    /// What the rules call it.
    pub name: EcoString,
    /// What is owed.
    pub content: Content,
    /// Since when.
    pub since: Timestamp,
    /// Until when; none is not said.
    pub due: Option<Timestamp>,
    /// Where it stands.
    pub status: Status,
}

/// Something that is to be told to the outside.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Tiding {
    /// The case.
    pub case: CaseId,
    /// Which rung of which firing.
    pub rung: EcoString,
    /// Through which channel: the body that is told.
    pub channel: EcoString,
}

/// The rows of a case in a dossier.
pub fn rows(dossier: CaseId, case: &Case) -> Rows {
    let open = case.is_open();
    let stands = case.suspended().is_some();
    let mut work = BTreeSet::new();
    let of_case = |body: &EcoString, how| Work {
        body: body.clone(),
        due: case.due.as_ref().map(|due| due.at).filter(|_| !stands),
        case: case.id,
        // Of the case as a whole: no assignment has the number 0.
        number: 0,
        procedure: case.procedure.clone(),
        step: EcoString::new(),
        since: case.opened,
        how,
    };
    let asked = case.budget.asked.as_ref().filter(|_| open && !case.overdue);
    let deciders: &[EcoString] = asked.map_or(&[], |asked| &asked.deciders);
    work.extend(deciders.iter().map(|body| of_case(body, How::Asked)));
    // Who claims a case sees the offer from the first moment, not only when a step comes to the lead. The time of a forum
    // goes on while the clock of the case stands.
    let dispute = case.lead.as_ref().filter(|_| open).and_then(|lead| lead.dispute.as_ref());
    if let Some(dispute) = dispute {
        let of_forum = |body: &EcoString, how| Work { due: dispute.until, ..of_case(body, how) };
        let claimants = dispute.claimants.iter().filter(|body| !deciders.contains(body));
        work.extend(claimants.map(|body| of_forum(body, How::Offered)));
        let settling = dispute.deciders.iter();
        let settling = settling.filter(|body| !deciders.contains(body) && !dispute.claimants.contains(body));
        work.extend(settling.map(|body| of_forum(body, How::Decides)));
    }
    // One row a body and number: what is asked of it goes before what it may look at.
    let asked_of: BTreeSet<EcoString> = work.iter().map(|own: &Work| own.body.clone()).collect();
    let supervisors = case.supervisors.iter().filter(|body| open && !asked_of.contains(*body));
    work.extend(supervisors.map(|body| of_case(body, How::Supervises)));
    for own in case.open_assignments().filter(|_| open) {
        let mut has = |body: &EcoString, how| {
            work.insert(Work {
                body: body.clone(),
                // While the clock stands nothing is due; what was late before stays so.
                due: own.due.as_ref().map(|due| due.at).filter(|_| !stands || own.overdue),
                case: case.id,
                number: own.number,
                procedure: case.procedure.clone(),
                step: own.step.clone(),
                since: own.since,
                how,
            });
        };
        for body in own.holders() {
            let spoken = own.voices.contains_key(&body) || own.declined.contains(&body);
            match own.mode {
                Mode::Joint { .. } if spoken => {}
                Mode::Joint { .. } => has(&body, How::Joint),
                Mode::Offered => has(&body, How::Offered),
                Mode::Any if own.acknowledged.contains(&body) => has(&body, How::Acknowledged),
                Mode::Any => has(&body, How::Charged),
            }
        }
        let asked = own.budget.asked.as_ref().filter(|_| !own.overdue);
        let deciders: &[EcoString] = asked.map_or(&[], |asked| &asked.deciders);
        let others = |body: &&EcoString| !own.is_held_by(body);
        deciders.iter().filter(others).for_each(|body| has(body, How::Asked));
        let told = own.escalated_to.iter().filter(others).filter(|body| !deciders.contains(body));
        told.for_each(|body| has(body, How::Told));
        let seen = |body: &&EcoString| {
            others(body) && !deciders.contains(body) && !own.escalated_to.contains(body.as_str())
        };
        own.chair.iter().filter(seen).for_each(|body| has(body, How::Chairs));
    }
    let mut owed = BTreeSet::new();
    for debt in &case.obligations {
        let outstanding = matches!(debt.status(), Status::Open | Status::Breached);
        let debtors = debt
            .debtors
            .iter()
            .filter(|debtor| outstanding && debt.creditors.iter().any(|creditor| creditor != *debtor));
        work.extend(debtors.map(|debtor| Work {
            number: OBLIGATIONS_FROM | debt.number,
            due: debt.due.as_ref().map(|due| due.at),
            step: debt.name.clone(),
            since: debt.since,
            ..of_case(debtor, How::Owes)
        }));
        let pairs = debt.debtors.iter().flat_map(|debtor| debt.creditors.iter().map(move |to| (debtor, to)));
        owed.extend(pairs.filter(|(debtor, creditor)| debtor != creditor).map(|(debtor, creditor)| Owed {
            case: case.id,
            number: debt.number,
            debtor: debtor.clone(),
            creditor: creditor.clone(),
            name: debt.name.clone(),
            content: debt.content,
            since: debt.since,
            due: debt.due.as_ref().map(|due| due.at),
            status: debt.status(),
        }));
    }
    let row = CaseRow {
        case: case.id,
        dossier,
        procedure: case.procedure.clone(),
        opened: case.opened,
        closed: case.ending.map(|ending| ending.at),
        solved: case.ending.and_then(|ending| ending.solved),
    };
    Rows { case: row, timer: case.next_due(), work, owed }
}

/// What events tell to the outside. A rung of a step's ladder fires once an assignment; one of the whole case
/// once for what was late, which its instant tells apart.
pub fn tidings<'e>(events: impl IntoIterator<Item = &'e Event>) -> Vec<Tiding> {
    let mut told = Vec::new();
    let mut late = None;
    for event in events {
        let mut tell = |rung: EcoString, to: &EcoString| {
            told.push(Tiding { case: event.case, rung, channel: to.clone() });
        };
        match &event.what {
            Happening::TimedOut { due, .. } | Happening::ObligationBreached { due, .. } => late = Some(*due),
            Happening::Escalated { number: Some(number), rung, to, .. } => {
                for to in to {
                    tell(eco_format!("{number}/{}", name(*rung)), &to.body);
                }
            }
            Happening::Escalated { number: None, step, rung, to, .. } => {
                let of = step.as_deref().unwrap_or("-");
                let at = late.unwrap_or(event.at);
                for to in to {
                    tell(eco_format!("{of}/{}@{at}", name(*rung)), &to.body);
                }
            }
            Happening::Urged { number, to, .. } => {
                for to in to {
                    tell(eco_format!("{number}/urged@{}", event.at), to);
                }
            }
            Happening::ReportCalled { to, .. } => {
                for to in to {
                    tell(eco_format!("report@{}", event.at), to);
                }
            }
            Happening::Convened { number, to, .. } => {
                for to in to {
                    tell(eco_format!("{number}/convened@{}", event.at), to);
                }
            }
            Happening::Told { to, of, .. } => {
                let of = of.as_deref().unwrap_or("closed");
                let at = late.filter(|_| of != "closed").unwrap_or(event.at);
                for to in to {
                    tell(eco_format!("told/{of}@{at}"), to);
                }
            }
            _ => {}
        }
    }
    told.sort();
    told.dedup();
    told
}

fn name(rung: RungId) -> EcoString {
    match rung.ladder {
        LadderOf::Step => eco_format!("s{}", rung.number),
        LadderOf::Procedure => eco_format!("p{}", rung.number),
    }
}
