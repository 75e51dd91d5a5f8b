//! What happened: the only source of state, and what a journal keeps.
//!
//! Names only (bodies, procedures, nodes), never positions in the rules; every instant that follows is
//! in the event. `number`s count assignments, obligations and calls within their case, from 1.

use ecow::{EcoString, EcoVec};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::tagged::tagged;
use super::{
    Alarm, CaseId, Cause, Charged, Cited, Clocks, Due, Facts, ForumKind, MissingFact, Mode, RuleDay,
    RuleName, RungId, Together, Unled,
};
use linkage_model::Content;

/// Something that happened to a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// To which case.
    pub case: CaseId,
    /// Whose act it was; none if time or the rules brought it about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<EcoString>,
    /// The key of the command that it answers, on the first event of the command.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<EcoString>,
    /// What happened.
    #[serde(flatten)]
    pub what: Happening,
}

/// What was not done in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", remote = "Self")]
pub enum Timed {
    /// The case as a whole.
    Case,
    /// A step.
    Step {
        /// Which assignment.
        number: u32,
        /// Its step.
        step: EcoString,
    },
    /// What a rung of the ladder asked for.
    Rung {
        /// Which assignment.
        number: u32,
        /// Its step.
        step: EcoString,
        /// The rung.
        rung: RungId,
    },
    /// A block of branches.
    Block {
        /// The block.
        block: EcoString,
    },
    /// A called procedure.
    Call {
        /// Which call.
        number: u32,
        /// The node of the call.
        node: EcoString,
    },
}

/// How an assignment ended without an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// Its deadline passed, and the rules lead elsewhere.
    Timeout,
    /// It was refused, and the rules lead elsewhere.
    Refusal,
    /// Another branch of its block made it superfluous.
    Sibling,
    /// The case left its block.
    Left,
    /// The case was closed.
    Closed,
}

/// Why a case can't go on by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stuck {
    /// The rules don't say where it goes on.
    NoWay,
    /// The rules lead round without anybody having to act.
    Circle,
}

/// Why a resource does not come to who uses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutOfReach {
    /// No chain of channels leads there.
    #[default]
    NoChannel,
    /// One does, but a channel of it has no basis in force or no purpose in common with the resource.
    Unlawful,
    /// One does, but a channel of it is not open at that hour.
    Closed,
    /// It serves elsewhere only.
    Elsewhere,
}

/// What can happen to a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", remote = "Self")]
#[allow(missing_docs, reason = "fields that several happenings share are told in the head of this file")]
pub enum Happening {
    /// It was opened.
    Opened {
        procedure: EcoString,
        facts: Facts,
        /// The handle of whoever reported.
        reporter: Option<EcoString>,
        because: Cause,
        due: Option<Due>,
        /// The days on which rules that matter to it begin or end.
        #[serde(default)]
        rule_days: Vec<RuleDay>,
    },
    /// It lies outside the scope of the rules: no procedure is started, and it is referred on.
    ReferredOn {
        /// The bodies that mandates name for it; none where nobody is known.
        #[serde(default)]
        to: Vec<EcoString>,
        /// Those whom they name for a part of it only: what is known does not tell whether it lies there.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        perhaps: Vec<EcoString>,
    },
    /// Who leads it was found, or changed.
    Led {
        #[serde(default)]
        to: EcoVec<Charged>,
        /// Who leads by the mandates alone; another answer makes what was settled void.
        #[serde(default)]
        ground: EcoVec<EcoString>,
        mode: Mode,
        /// Who leads if those before don't act.
        #[serde(default)]
        standby: EcoVec<Charged>,
        /// Those of them who come at once.
        #[serde(default, skip_serializing_if = "EcoVec::is_empty")]
        together: EcoVec<Together>,
    },
    /// Who supervises it was found, or changed.
    Supervised {
        #[serde(default)]
        supervisors: EcoVec<Charged>,
    },
    /// A supervisor or superior urges those who have a step to act.
    Urged {
        number: u32,
        step: EcoString,
        #[serde(default)]
        to: Vec<EcoString>,
        reason: EcoString,
    },
    /// A supervisor calls for a report, which is owed from then on.
    ReportCalled {
        #[serde(default)]
        to: Vec<EcoString>,
        reason: EcoString,
    },
    /// Who chairs a joint step calls its members together.
    Convened {
        number: u32,
        step: EcoString,
        #[serde(default)]
        to: Vec<EcoString>,
        /// When and where, in words.
        text: EcoString,
    },
    /// The highest number of voices is shared, and who chairs decides: at once by the voice it has given, else it is
    /// charged with the step.
    TieMet {
        number: u32,
        step: EcoString,
        chair: EcoString,
        #[serde(default)]
        outcomes: Vec<EcoString>,
    },
    /// Nobody leads its situation.
    GapMet {
        /// What keeps the mandates that cover it from naming a lead; none where no mandate covers it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        because: Vec<Unled>,
    },
    /// Several claim the lead, and no rule decides between them.
    OverlapMet {
        #[serde(default)]
        claims: EcoVec<Charged>,
        /// The resolution that settles it; none is the package's forum.
        resolution: Option<EcoString>,
    },
    /// A forum that settles the overlap is opened.
    ForumOpened {
        forum: ForumKind,
        /// Which of the declared forums, counted from 1.
        number: u32,
        #[serde(default)]
        claimants: Vec<EcoString>,
        /// Who may designate.
        #[serde(default)]
        deciders: Vec<EcoString>,
        /// When the next forum follows.
        until: Option<Due>,
    },
    /// A claimant says who should lead.
    Proposed { to: EcoString },
    /// The time of a forum passed without an answer.
    ForumEnded { forum: ForumKind, number: u32 },
    /// A forum can't be opened: the claimants have no common superior. Or none is left to open.
    NoForum {
        #[serde(default)]
        claimants: Vec<EcoString>,
        /// The forum that can't be opened; none if none is left.
        forum: Option<ForumKind>,
    },
    /// A step was assigned.
    Assigned {
        number: u32,
        step: EcoString,
        #[serde(default)]
        to: EcoVec<Charged>,
        /// Who takes part.
        #[serde(default)]
        with: EcoVec<EcoString>,
        /// Whether those charged are so because they lead.
        #[serde(default)]
        by_lead: bool,
        /// Who chairs it, where it is a joint step.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        chair: Option<EcoString>,
        mode: Mode,
        #[serde(default)]
        standby: EcoVec<Charged>,
        #[serde(default, skip_serializing_if = "EcoVec::is_empty")]
        together: EcoVec<Together>,
        due: Option<Due>,
        #[serde(default)]
        alarms: EcoVec<Alarm>,
    },
    /// Whoever is charged with a step lacks powers that it needs, and can't do it.
    PowerLacking {
        number: u32,
        step: EcoString,
        body: EcoString,
        #[serde(default)]
        powers: Vec<EcoString>,
    },
    /// Another body is charged with it, the deadline running on.
    Reassigned {
        number: u32,
        step: EcoString,
        #[serde(default)]
        to: EcoVec<Charged>,
        mode: Mode,
        #[serde(default)]
        standby: EcoVec<Charged>,
        #[serde(default, skip_serializing_if = "EcoVec::is_empty")]
        together: EcoVec<Together>,
    },
    /// Whoever is charged has taken notice.
    Acknowledged { number: u32, step: EcoString },
    /// Whoever is charged won't do it.
    Refused { number: u32, step: EcoString, reason: EcoString },
    /// It was handed to another body.
    HandedOver {
        number: u32,
        step: EcoString,
        to: EcoString,
        reason: EcoString,
        /// Whether that body had it before.
        #[serde(default)]
        back: bool,
    },
    /// One of several bodies has stated its outcome.
    Voiced { number: u32, step: EcoString, outcome: EcoString },
    /// No outcome can reach the quorum any more.
    NoQuorum { number: u32, step: EcoString },
    /// A step was done.
    Completed {
        number: u32,
        step: EcoString,
        outcome: EcoString,
        /// Whether after its deadline.
        #[serde(default)]
        late: bool,
        /// The articles on which it was done, as far as in force.
        #[serde(default)]
        basis: Vec<Cited>,
        /// Those who said nothing by the deadline, and count for it because silence means assent.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        silent: Vec<EcoString>,
    },
    /// A step does not apply to this situation and was passed over by its first outcome.
    PassedOver { step: EcoString, outcome: Option<EcoString> },
    /// The case went one of several ways.
    Chose {
        node: EcoString,
        /// Which guarded way, counted from 1; none is `otherwise`.
        way: Option<u32>,
    },
    /// An assignment ended without an outcome.
    Withdrawn { number: u32, step: EcoString, ended: Ended },
    /// Something was not done in time.
    TimedOut { what: Timed, due: Timestamp },
    /// A rung of the ladder was stepped on.
    Escalated {
        /// The assignment, if it is about one.
        number: Option<u32>,
        /// The step or block, if it is about one.
        step: Option<EcoString>,
        rung: RungId,
        #[serde(default)]
        to: EcoVec<Charged>,
        /// What those are to do, in the words of the rule.
        does: Option<EcoString>,
        due: Option<Due>,
        /// Whether those are now charged with the step themselves.
        #[serde(default)]
        holds: bool,
    },
    /// The ladder has no further rung.
    LadderRanOut { number: u32, step: EcoString },
    /// Branches began side by side.
    BlockEntered {
        block: EcoString,
        #[serde(default)]
        branches: Vec<EcoString>,
        due: Option<Due>,
    },
    /// A branch came to its end.
    Joined { block: EcoString },
    /// A block is done with: by its branches, or because the case left it.
    BlockEnded {
        block: EcoString,
        #[serde(default)]
        left: bool,
    },
    /// Another procedure was called.
    Called { number: u32, node: EcoString, procedure: EcoString, due: Option<Due> },
    /// The called procedure came back.
    Returned {
        number: u32,
        node: EcoString,
        child: CaseId,
        /// Whether it goes on as solved.
        #[serde(default)]
        solved: bool,
        /// Whether its end left unsaid that the problem is solved: it goes on as solved.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        unsaid: bool,
        /// Whether a refusal brought it to its end.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        refused: bool,
    },
    /// The called procedure is no longer waited for.
    CallLeft { number: u32, node: EcoString },
    /// An event was raised.
    Emitted {
        name: EcoString,
        /// The procedures that it triggers.
        #[serde(default)]
        triggers: Vec<EcoString>,
    },
    /// A chain of events was cut: this procedure was not started.
    ChainCut { procedure: EcoString },
    /// The facts of the case changed.
    FactsChanged {
        facts: Facts,
        #[serde(default)]
        rule_days: Vec<RuleDay>,
    },
    /// It waits at a node for facts.
    Waiting {
        node: EcoString,
        #[serde(default)]
        facts: Vec<MissingFact>,
    },
    /// It goes on from a node where it waited.
    Resumed { node: EcoString },
    /// Something is owed.
    ObligationArisen {
        number: u32,
        name: EcoString,
        content: Content,
        /// In words.
        title: Option<EcoString>,
        #[serde(default)]
        debtors: Vec<EcoString>,
        #[serde(default)]
        creditors: Vec<EcoString>,
        due: Option<Due>,
        /// The channel that was drawn on, if it comes from one.
        channel: Option<EcoString>,
        #[serde(default)]
        basis: Vec<Cited>,
    },
    /// What was owed was done.
    ObligationDischarged {
        number: u32,
        name: EcoString,
        #[serde(default)]
        late: bool,
    },
    /// What was owed was not done in time.
    ObligationBreached { number: u32, name: EcoString, due: Timestamp },
    /// A resource reached a body through a channel.
    Drawn {
        step: EcoString,
        resource: EcoString,
        channel: EcoString,
        #[serde(default)]
        from: Vec<EcoString>,
        to: EcoString,
        /// The kind of channel, as its keyword.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mode: Option<EcoString>,
        /// The purposes that channel and resource have in common.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        purposes: Vec<EcoString>,
        /// The articles in force on which the channel rests.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        basis: Vec<Cited>,
    },
    /// A body used a resource that it does not hold and that no lawful chain of channels brings it then and there.
    NoChannel {
        step: EcoString,
        resource: EcoString,
        body: EcoString,
        #[serde(default)]
        why: OutOfReach,
        /// The channels that would bring it but for that.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        channels: Vec<EcoString>,
    },
    /// Somebody is told.
    Told {
        #[serde(default)]
        to: Vec<EcoString>,
        /// Of which breach; none is the closing.
        of: Option<EcoString>,
        due: Option<Due>,
    },
    /// Somebody was to be told, and nobody answers to what the rules name.
    NobodyTold {
        /// What the rules name.
        role: EcoString,
        /// Of which breach; none is the closing.
        of: Option<EcoString>,
    },
    /// Something is to be published.
    Published {
        what: EcoString,
        due: Option<Due>,
        /// The articles in force on which it is published.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        basis: Vec<Cited>,
    },
    /// A body wrote something down.
    Noted { text: EcoString },
    /// It was closed.
    Closed {
        /// Whether the problem is gone; none if the rules don't say.
        solved: Option<bool>,
        /// The articles on which it was dealt with.
        #[serde(default)]
        basis: Vec<Cited>,
        /// Who is told.
        #[serde(default)]
        told: Vec<EcoString>,
        /// What is still owed.
        #[serde(default)]
        obligations: Vec<EcoString>,
        /// What closing takes and was not done.
        #[serde(default)]
        unmet: Vec<EcoString>,
    },
    /// It can't go on by itself.
    DeadEnd { node: EcoString, stuck: Stuck },
    /// It was taken up again, from this node.
    Reopened { node: EcoString },
    /// Its clock was stopped: nothing in it falls due but what is owed, and what settles who leads.
    Suspended {
        reason: EcoString,
        #[serde(default)]
        basis: Vec<Cited>,
        /// When it runs again by itself; none where the rules set no bound.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Due>,
    },
    /// Its clock runs again.
    Continued {
        #[serde(default)]
        clocks: Clocks,
    },
    /// What is due was counted anew: holidays were announced that were not when it was told.
    Recounted {
        #[serde(default)]
        clocks: Clocks,
    },
    /// More time was asked for: for a step, or for the case.
    ExtensionAsked {
        number: Option<u32>,
        step: Option<EcoString>,
        more: EcoString,
        reason: EcoString,
        #[serde(default)]
        basis: Vec<Cited>,
        /// Who may decide.
        #[serde(default)]
        deciders: Vec<EcoString>,
    },
    /// It was not given.
    ExtensionDenied { number: Option<u32>, step: Option<EcoString>, reason: EcoString },
    /// More time was given.
    Extended {
        number: Option<u32>,
        step: Option<EcoString>,
        more: EcoString,
        reason: EcoString,
        #[serde(default)]
        basis: Vec<Cited>,
        due: Due,
        #[serde(default)]
        alarms: EcoVec<Alarm>,
    },
    /// Another deadline took the place of the one that there was.
    Superseded {
        number: Option<u32>,
        step: Option<EcoString>,
        reason: EcoString,
        #[serde(default)]
        basis: Vec<Cited>,
        due: Due,
        #[serde(default)]
        alarms: EcoVec<Alarm>,
    },
    /// A rule that matters to it began while it was open.
    RuleBegan { rule: RuleName },
    /// A rule that matters to it ended while it was open.
    RuleEnded { rule: RuleName },
}

tagged!(Timed, "timed");
tagged!(Happening, "event");
