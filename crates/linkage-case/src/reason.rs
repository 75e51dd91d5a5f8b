//! Why something is as it is: who is charged and on what ground, when something is due, what a ladder is.

use ecow::{EcoString, EcoVec};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::CaseId;
use super::tagged::tagged;
use linkage_model::{Reason, Sharing};
use linkage_syntax::article_number;

/// A body and the ground on which it is charged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charged {
    /// The body, or `reporter`.
    pub body: EcoString,
    /// Why it.
    pub why: Why,
}

/// Why a body is charged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", remote = "Self")]
pub enum Why {
    /// The rule names it.
    Named,
    /// The rule names a slot that it fills, or a body whose place it took.
    StandsFor {
        /// What the rule names.
        named: EcoString,
    },
    /// It serves the area of the case, and no smaller body does.
    Serves {
        /// The area that it serves; none means everywhere.
        area: Option<EcoString>,
    },
    /// The rule names its kind.
    Kind {
        /// The kind, as its keyword.
        kind: EcoString,
    },
    /// A mandate gives it the lead.
    Mandate {
        /// The mandate.
        mandate: EcoString,
        /// The articles in force on which the mandate stands.
        #[serde(default)]
        basis: Vec<Cited>,
        /// What the mandate prevails over.
        #[serde(default)]
        overrides: Vec<Overridden>,
        /// How it shares the lead, if it does.
        sharing: Option<Sharing>,
    },
    /// It is one of several that claim the lead, and which of them has it is not settled yet.
    Claims {
        /// The mandate by which it claims.
        mandate: EcoString,
        /// The articles in force on which the mandate stands.
        #[serde(default)]
        basis: Vec<Cited>,
    },
    /// The declared order puts it before the other claimants.
    Precedence {
        /// The resolution that says so; none is the package's forum.
        resolution: Option<EcoString>,
    },
    /// It was the first of several claimants to take the case.
    FirstReceiver {
        /// The resolution that says so; none is the package's forum.
        resolution: Option<EcoString>,
    },
    /// The claimants agreed on it, or the others declined.
    Agreed,
    /// A body that may designate has designated it.
    Designated {
        /// Who did.
        by: EcoString,
    },
    /// It supports the case.
    Supports {
        /// The mandate or procedure that says so.
        by: EcoString,
    },
    /// It supervises the case.
    Supervises {
        /// The mandate or procedure that says so.
        by: EcoString,
    },
    /// It chairs the consultation, whose voices are even.
    Chairs,
    /// It stands above those whom the rule names.
    Superior {
        /// Above whom.
        of: Vec<EcoString>,
    },
    /// It reported.
    Reported,
    /// Another body handed it over.
    HandedOver {
        /// Who did.
        by: EcoString,
    },
    /// It was told of the matter by escalation, and took it on.
    Took,
    /// Nobody else is there: the package's fallback body takes what nobody leads.
    Fallback {
        /// Why nobody is.
        cause: Fallback,
    },
}

/// Those who come at once where others before them don't act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Together {
    /// Who.
    pub bodies: EcoVec<EcoString>,
    /// How they finish what they have.
    pub mode: Mode,
}

/// A mandate that covers a situation and names nobody who leads there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unled {
    /// The mandate.
    pub mandate: EcoString,
    /// Why it doesn't.
    pub why: NoLead,
}

/// Why a mandate names nobody who leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum NoLead {
    /// An exclusion forbids those whom it names to act there.
    Excluded {
        /// Those.
        bodies: Vec<EcoString>,
        /// The exclusion.
        by: EcoString,
    },
    /// No act in force names a body for its slots there.
    Unfilled {
        /// The slots.
        slots: Vec<EcoString>,
    },
    /// It has not begun, or has ended.
    OutOfTime,
    /// No law that it cites is in force.
    NoBasisInForce,
    /// It names supporters only.
    NamesNobody,
}

/// Why a case comes to the fallback body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fallback {
    /// No mandate names a lead: a gap.
    Gap,
    /// Nobody answers to what the rule names.
    Nobody,
    /// All refused, and the rules say no more.
    Refused,
    /// Several claim it, and no forum settled it.
    NoForum,
    /// It lies outside the scope of the rules.
    Outside,
}

/// A law and, if one is cited, its article.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cited {
    /// The law's name.
    pub law: EcoString,
    /// The article's number.
    pub article: Option<EcoString>,
}

impl Cited {
    /// Reads it as people write it: `fire_law`, `fire_law art 53(2)`, `消防法第五十三条第二款`.
    pub fn read(text: &str) -> Self {
        let text = text.trim();
        let en = text.split_once(" art ");
        let zh = text.find('第').map(|at| text.split_at(at));
        let number = en.or(zh).and_then(|(law, article)| Some((law.trim(), article_number(article)?)));
        match number {
            Some((law, article)) => Self { law: law.into(), article: Some(article) },
            None => Self { law: text.into(), article: None },
        }
    }
}

/// A mandate over which another prevails.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overridden {
    /// The mandate that yields.
    pub mandate: EcoString,
    /// The bodies that would have led by it.
    #[serde(default)]
    pub bodies: Vec<EcoString>,
    /// Why it yields.
    pub reason: Reason,
}

/// When something is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The first instant that is too late.
    pub at: Timestamp,
    /// The time that was given, such as `3 workdays`.
    pub within: EcoString,
    /// Whether it depends on a year whose holidays are not announced yet.
    #[serde(default)]
    pub provisional: bool,
}

/// What made a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", remote = "Self")]
pub enum Cause {
    /// Somebody reported or asked.
    Report,
    /// An event was raised.
    Event {
        /// Its name.
        event: EcoString,
        /// The case that raised it; none if it came from outside.
        from: Option<CaseId>,
    },
    /// Another case runs this procedure as a part of its own.
    Call {
        /// That case.
        from: CaseId,
        /// The node of the call.
        node: EcoString,
        /// Which call of that case.
        number: u32,
    },
    /// The calendar reached a fixed time of the rules.
    Schedule {
        /// Which, in English: `monday 09:00`.
        schedule: EcoString,
        /// When the case was due to be opened.
        due: Timestamp,
        /// How many occurrences before this one were due while nobody asked, and are not made up for.
        #[serde(default)]
        skipped: u32,
    },
    /// Several cases of a kind and place fell within a period.
    Count {
        /// Of what matter.
        matter: EcoString,
        /// In what area.
        area: EcoString,
        /// Within what time: `7 days`.
        within: EcoString,
        /// Which, the newest last.
        #[serde(default)]
        cases: Vec<CaseId>,
    },
}

/// How those who are charged with a step finish it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", remote = "Self")]
pub enum Mode {
    /// Any of them does.
    Any,
    /// It is offered to several claimants; one will have it.
    Offered,
    /// So many must state the same outcome.
    Joint {
        /// How many.
        quorum: u32,
        /// Whether silence counts as the first outcome, else as refusal.
        silence_is_assent: bool,
    },
}

/// Whose ladder it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LadderOf {
    /// The step's own.
    Step,
    /// The procedure's.
    Procedure,
}

/// A rung: which ladder, and which rung from the first up, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RungId {
    /// Whose ladder.
    pub ladder: LadderOf,
    /// Which rung.
    pub number: u32,
}

/// When a rung will be stepped on, unless the step ends before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alarm {
    /// The rung.
    pub rung: RungId,
    /// When.
    pub at: Timestamp,
}

/// How an overlap is being settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForumKind {
    /// The first that takes it keeps it.
    FirstReceiver,
    /// The claimants agree.
    Agree,
    /// Their lowest common superior designates.
    Superior,
    /// A named body designates.
    Coordinator,
    /// A declared order decides.
    Precedence,
}

/// A day on which a rule that matters to the case begins or ends.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RuleDay {
    /// The instant at which the day begins.
    pub at: Timestamp,
    /// What begins or ends.
    pub rule: RuleName,
    /// Whether it begins, else it ends.
    pub begins: bool,
}

/// A law or a mandate by name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleName {
    /// A law.
    Law(EcoString),
    /// A mandate.
    Mandate(EcoString),
}

tagged!(Why, "ground");
tagged!(Cause, "cause");
tagged!(Mode, "mode");

impl Why {
    /// The articles on which it stands.
    pub fn basis(&self) -> &[Cited] {
        match self {
            Self::Mandate { basis, .. } | Self::Claims { basis, .. } => basis,
            _ => &[],
        }
    }
}
