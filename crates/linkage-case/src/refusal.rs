//! Why a command is refused: facts, by name; sentences are made where they meet a language.

use ecow::EcoString;
use jiff::Timestamp;
use serde::Serialize;

use super::{CaseId, FactFault, MissingFact};

/// A power that a body lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LackedPower {
    /// Which.
    pub power: EcoString,
    /// Who holds it in this situation.
    pub holders: Vec<EcoString>,
    /// The lowest rank of a law that could give it, as its keyword; none where any will do.
    pub rank: Option<EcoString>,
}

/// Why nothing was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "refusal", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields are what the names say; `near` is the likely slip of the hand")]
pub enum Refusal {
    /// No body of this name can act.
    #[error("no body is called {name}")]
    UnknownBody { name: EcoString, near: Option<EcoString> },
    /// No such procedure.
    #[error("no procedure is called {name}")]
    UnknownProcedure { name: EcoString, near: Option<EcoString> },
    /// No procedure is triggered by the whole situation; these are by a part, and these facts would tell.
    #[error("no procedure fits the situation")]
    NoProcedureFits { partly: Vec<EcoString>, facts: Vec<MissingFact> },
    /// More than one procedure is triggered.
    #[error("several procedures fit the situation")]
    SeveralProceduresFit { procedures: Vec<EcoString> },
    /// The procedure is not for such a situation.
    #[error("{procedure} is not triggered by such a situation")]
    NotTriggered { procedure: EcoString },
    /// The procedure is opened upon request, and it is for these to request it.
    #[error("{by} may not request {procedure}")]
    MayNotRequest { procedure: EcoString, by: EcoString, may: Vec<EcoString> },
    /// The procedure has no step.
    #[error("{procedure} has no step")]
    NoSteps { procedure: EcoString },
    /// The facts make no sense.
    #[error("the facts can't be read")]
    Facts { faults: Vec<FactFault> },
    /// The situation leaves the answer open; these facts decide, in this order.
    #[error("at {node}, facts are missing")]
    Undecided { node: EcoString, facts: Vec<MissingFact> },
    /// No such case.
    #[error("there is no case {case}")]
    UnknownCase { case: CaseId },
    /// The case is closed.
    #[error("{case} is closed")]
    Closed { case: CaseId },
    /// The case is open and goes on by itself.
    #[error("{case} is open")]
    NotClosed { case: CaseId },
    /// The procedure has no such step.
    #[error("no step is called {step}")]
    UnknownStep { step: EcoString, near: Option<EcoString> },
    /// The case does not stand at this step; it stands at these.
    #[error("the case does not stand at {step}")]
    NotThere { step: EcoString, stands_at: Vec<EcoString> },
    /// The body has nothing to do here.
    #[error("{by} has nothing to do in {case}")]
    NothingToDo { case: CaseId, by: EcoString, stands_at: Vec<EcoString> },
    /// The body has several steps to do: it must say which.
    #[error("which step?")]
    WhichStep { steps: Vec<EcoString> },
    /// The step belongs to others.
    #[error("{step} is not {by}'s")]
    NotYours { step: EcoString, by: EcoString, holders: Vec<EcoString> },
    /// The step can't end so.
    #[error("{step} has no outcome {outcome}")]
    UnknownOutcome { step: EcoString, outcome: EcoString, possible: Vec<EcoString>, near: Option<EcoString> },
    /// The outcome is not possible in this situation.
    #[error("{outcome} is not possible in this situation")]
    OutcomeNotPossible { step: EcoString, outcome: EcoString },
    /// The step needs powers that the body does not hold in this situation.
    #[error("{by} lacks a power that {step} needs")]
    LacksPower { step: EcoString, by: EcoString, powers: Vec<LackedPower> },
    /// Several claim the lead, and it is for these to settle.
    #[error("it is not settled who leads")]
    InDispute { claimants: Vec<EcoString>, deciders: Vec<EcoString> },
    /// The rules don't let that body have the step: neither who performs it, nor whom it may be handed to.
    #[error("{to} could not perform {step}")]
    CouldNotPerform { step: EcoString, to: EcoString, may: Vec<EcoString> },
    /// It has the step because all others refused, to send it on to one of these.
    #[error("{by} has {step} only to send it on")]
    OnlyToSendOn { step: EcoString, by: EcoString, may: Vec<EcoString> },
    /// It was told of the step by a rung that lets nobody take it over.
    #[error("{by} was only told of {step}")]
    OnlyTold { step: EcoString, by: EcoString },
    /// Among several who claim the lead, one of them is designated.
    #[error("{to} does not claim the lead")]
    NotAClaimant { to: EcoString, claimants: Vec<EcoString> },
    /// It was designated, and holds the powers: it can't refuse.
    #[error("{by} was designated for {step}")]
    WasDesignated { step: EcoString, by: EcoString, designator: EcoString },
    /// These decide the step together; nobody is put in their place.
    #[error("{step} is decided together")]
    DecidedTogether { step: EcoString, members: Vec<EcoString>, chair: Option<EcoString> },
    /// Day and time are those at which the case was opened.
    #[error("{fact} can't be stated")]
    TimeIsNoFact { fact: EcoString },
    /// The case is taken up again where it ended or got stuck, or from its start; not elsewhere.
    #[error("{case} can't be reopened at {step}")]
    ReopensElsewhere { case: CaseId, step: EcoString, at: Vec<EcoString> },
    /// With the facts as they are now, no way leads to the step.
    #[error("no way leads to {step} now")]
    GateNotPassed { step: EcoString },
    /// There is nothing that this body could take.
    #[error("{by} has nothing to take")]
    NothingToTake { by: EcoString },
    /// It is for these to designate.
    #[error("{by} may not designate")]
    MayNotDesignate { by: EcoString, may: Vec<EcoString> },
    /// It already has it.
    #[error("{to} already has it")]
    AlreadyHas { to: EcoString },
    /// It has already taken notice.
    #[error("{by} has already acknowledged {step}")]
    AlreadyAcknowledged { step: EcoString, by: EcoString },
    /// It has already stated its outcome.
    #[error("{by} has already stated its outcome of {step}")]
    AlreadyVoiced { step: EcoString, by: EcoString },
    /// Nothing of this name is owed.
    #[error("nothing called {name} is owed")]
    UnknownObligation { name: EcoString, owed: Vec<EcoString>, near: Option<EcoString> },
    /// Others owe it.
    #[error("{by} does not owe {name}")]
    NotDebtor { name: EcoString, by: EcoString, debtors: Vec<EcoString> },
    /// It was done before.
    #[error("{name} is already discharged")]
    AlreadyDischarged { name: EcoString },
    /// Closing takes that these are done first.
    #[error("closing takes more")]
    ClosingNeeds { nodes: Vec<EcoString> },
    /// The facts are already so.
    #[error("the facts are already so")]
    NothingChanges {},
    /// No procedure listens to the event.
    #[error("no procedure listens to {event}")]
    NobodyListens { event: EcoString, near: Option<EcoString> },
    /// The body does not speak for the case; these do.
    #[error("{by} does not speak for {case}")]
    NotInvolved { case: CaseId, by: EcoString, may: Vec<EcoString> },
    /// The clock of the case stands already.
    #[error("the clock of {case} stands already")]
    AlreadySuspended { case: CaseId, since: Timestamp },
    /// It runs.
    #[error("the clock of {case} runs")]
    NotSuspended { case: CaseId },
    /// The clock of the case stands: its time can't be changed before it runs again.
    #[error("the clock of {case} stands")]
    ClockStands { case: CaseId, since: Timestamp },
    /// The procedure names the grounds on which its clock may stand, and this is none of them.
    #[error("{reason} is no ground on which this clock may stand")]
    NoGround { reason: EcoString, grounds: Vec<EcoString>, near: Option<EcoString> },
    /// The clock has stood on this ground as often, or as long, as it may.
    #[error("the clock may not stand on the ground {ground} again")]
    GroundSpent { ground: EcoString, times: Option<u32>, total: Option<EcoString> },
    /// It is for these to stop the clock.
    #[error("{by} may not stop the clock")]
    MayNotStop { by: EcoString, may: Vec<EcoString> },
    /// It is for these to give time.
    #[error("{by} may not give time")]
    MayNotGiveTime { by: EcoString, may: Vec<EcoString> },
    /// There is no deadline to extend: of a step; of none is the case.
    #[error("there is no deadline")]
    NoDeadline { what: Option<EcoString> },
    /// Its time is over.
    #[error("the time is over")]
    Expired { what: Option<EcoString>, due: Timestamp },
    /// It was extended before.
    #[error("it was extended before")]
    AlreadyExtended { what: Option<EcoString> },
    /// It was asked for before.
    #[error("it was asked for before")]
    AlreadyAsked { what: Option<EcoString> },
    /// Nobody asked for more time, and how much is not said.
    #[error("nobody asked for more time")]
    NothingAsked { what: Option<EcoString> },
    /// Time of another kind can't be added to what was given.
    #[error("time of another kind than {within}")]
    OtherUnit { within: EcoString },
    /// More is added than was given.
    #[error("at most {at_most} can be added")]
    TooLong { what: Option<EcoString>, at_most: EcoString },
    /// This is no amount of time.
    #[error("{text} is no amount of time")]
    NoTime { text: EcoString },
    /// It must be said on what law it rests.
    #[error("a basis is needed")]
    NoBasis {},
    /// No such law.
    #[error("no law is called {law}")]
    UnknownLaw { law: EcoString, near: Option<EcoString> },
    /// The law has no such article, as far as the rules declare its articles.
    #[error("{law} has no article {article}")]
    UnknownArticle { law: EcoString, article: EcoString, declared: Vec<EcoString> },
    /// The law is not in force on the day.
    #[error("{law} is not in force")]
    NotInForce { law: EcoString },
    /// It is for these to urge and to call for reports.
    #[error("{by} may not oversee {case}")]
    MayNotOversee { case: CaseId, by: EcoString, may: Vec<EcoString> },
    /// It is for these to convene the step.
    #[error("{by} may not convene {step}")]
    MayNotConvene { step: EcoString, by: EcoString, may: Vec<EcoString> },
    /// More timers are due before the act than fire in one command; the next of them is due then.
    #[error("timers are due since {due}")]
    StillDue { due: Timestamp },
    /// The number of cases is exhausted, or time is.
    #[error("that is beyond what can be counted")]
    TooMuch {},
}
