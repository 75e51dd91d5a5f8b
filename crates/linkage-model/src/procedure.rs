//! Procedures: the steps that bodies take together, in the words of the law.

use ecow::{EcoString, eco_format};
use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};

use super::{BodyId, BodyKind, Citation, Head, Holder, PowerId, ProcedureId, ResourceId};
use linkage_calendar::{DayKind, Duration, Recurrence, RecurringDay};
use linkage_regions::{NodeRef, Region};
use linkage_syntax::Keyword;
use linkage_text::{Language, Span};

/// A node of a procedure: its index among the procedure's nodes, in the order of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

impl NodeId {
    /// The index of the node.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A graph of steps with all that belongs to it. Its first node is where it starts.
#[derive(Debug, Clone)]
pub struct Procedure {
    /// Name, title, place.
    pub head: Head,
    /// What starts it.
    pub triggers: Vec<(Trigger, Span)>,
    /// Who leads.
    pub lead: Option<(Lead, Span)>,
    /// Who chairs its consultations that name nobody.
    pub chair: Option<Chair>,
    /// Who supports.
    pub supports: Vec<(Holder, Span)>,
    /// Who supervises.
    pub supervisors: Vec<(BodyId, Span)>,
    /// Who may stop its clock, besides the superiors of who answers for it.
    pub suspenders: Vec<(Performer, Span)>,
    /// On what grounds its clock may be stopped; empty where the rules do not say.
    pub suspensions: Vec<SuspensionGround>,
    /// How soon a report is due to which of these, where they call for one.
    pub reports: Vec<(BodyId, Duration)>,
    /// The deadline of the whole.
    pub within: Option<(Duration, Span)>,
    /// On what basis.
    pub basis: Vec<Citation>,
    /// Its nodes; a node within a block stands after the block.
    pub nodes: Vec<Node>,
    /// The ladder for every step that has none of its own.
    pub escalation: Vec<Rung>,
    /// What is owed.
    pub owes: Vec<Owe>,
    /// What those get who are not officials.
    pub guarantees: Vec<Guarantee>,
    /// What closing takes.
    pub closing: Option<Closing>,
}

/// Who chairs a consultation: convenes it, and breaks a tie if the rules say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chair {
    /// The body.
    pub body: BodyId,
    /// Whether it decides where the highest number of voices is shared.
    pub decides: bool,
    /// Where it is named.
    pub span: Span,
}

/// What starts a procedure.
#[derive(Debug, Clone)]
pub enum Trigger {
    /// Somebody reports a situation of this region.
    Report(Region),
    /// Another procedure raises an event.
    Event(EcoString),
    /// The calendar reaches a fixed time.
    Schedule(Schedule),
    /// Several cases of a kind and place fall within a period.
    Count(Count),
    /// One of these bodies asks, about a situation of this region; without any, anybody may.
    Request(Vec<Holder>, Region),
}

/// A time of the calendar at which a case begins.
#[derive(Debug, Clone)]
pub struct Schedule {
    /// The day of the week or the kind of day, as its keyword.
    pub day: Keyword,
    /// The minute of the day; 1440 is midnight at its end.
    pub minute: u16,
    /// The situations that such a case can be about: those that the clause names, at that time of such a day.
    pub region: Region,
}

impl Schedule {
    /// When it recurs by the calendar.
    pub fn recurrence(&self) -> Recurrence {
        let day = match self.day {
            Keyword::Monday => RecurringDay::Weekday(Weekday::Monday),
            Keyword::Tuesday => RecurringDay::Weekday(Weekday::Tuesday),
            Keyword::Wednesday => RecurringDay::Weekday(Weekday::Wednesday),
            Keyword::Thursday => RecurringDay::Weekday(Weekday::Thursday),
            Keyword::Friday => RecurringDay::Weekday(Weekday::Friday),
            Keyword::Saturday => RecurringDay::Weekday(Weekday::Saturday),
            Keyword::Sunday => RecurringDay::Weekday(Weekday::Sunday),
            Keyword::Workday => RecurringDay::Kind(DayKind::Workday),
            Keyword::Restday => RecurringDay::Kind(DayKind::RestDay),
            Keyword::Holiday => RecurringDay::Kind(DayKind::Holiday),
            _ => RecurringDay::Daily,
        };
        Recurrence { day, minute: self.minute }
    }

    /// How it is written, with the keyword in a language: `monday 09:00`.
    pub fn spelled(&self, language: Language) -> EcoString {
        eco_format!("{} {:02}:{:02}", self.day.spelling(language), self.minute / 60, self.minute % 60)
    }
}

/// How many cases of a kind and place within which period begin another.
#[derive(Debug, Clone)]
pub struct Count {
    /// How many.
    pub number: u32,
    /// In what time; the window ends with the case that was opened last.
    pub within: Duration,
    /// The situations of the cases that count.
    pub region: Region,
    /// The matters named: each is counted by itself.
    pub matters: Vec<NodeRef>,
    /// The areas named: each is counted by itself. Without any, each place where a case lies is.
    pub areas: Vec<NodeRef>,
}

impl Trigger {
    /// The situations that it names; none for an event, which brings its own.
    pub fn region(&self) -> Option<&Region> {
        match self {
            Self::Report(region) | Self::Request(_, region) => Some(region),
            Self::Schedule(schedule) => Some(&schedule.region),
            Self::Count(count) => Some(&count.region),
            Self::Event(_) => None,
        }
    }
}

/// Who leads a procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lead {
    /// Whoever leads the situation by the mandates.
    ByMandate,
    /// A body or role.
    Performer(Performer),
}

/// Who performs: a named body, or a role that the case at hand decides.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Performer {
    /// The body that leads the case.
    Lead,
    /// The bodies that support the case, of a kind if one is named.
    Support(Option<BodyKind>),
    /// The body above.
    Superior(Box<Performer>),
    /// Whoever reported.
    Reporter,
    /// This body.
    Body(BodyId),
    /// This body, or the one under it that serves the area of the case.
    Serving(BodyId),
    /// The bodies of a kind.
    Kind(BodyKind),
    /// The body of a kind that serves the area of the case.
    KindServing(BodyKind),
}

/// One node.
#[derive(Debug, Clone)]
pub struct Node {
    /// Name, title, place.
    pub head: Head,
    /// The block that it stands in.
    pub block: Option<NodeId>,
    /// What it is.
    pub kind: NodeKind,
}

/// What a node is.
#[derive(Debug, Clone)]
pub enum NodeKind {
    /// One act.
    Step(Box<Step>),
    /// One of several ways.
    Choose(Choice),
    /// Branches side by side.
    Block(Block),
    /// Another procedure.
    Call(Call),
}

/// One act of one performer, or a joint step of several bodies.
#[derive(Debug, Clone, Default)]
pub struct Step {
    /// Who performs it.
    pub by: Vec<(Performer, Span)>,
    /// Who takes part.
    pub with: Vec<(Performer, Span)>,
    /// Whom it may be handed to, besides those who perform it; empty where the rules don't say.
    pub hand_over: Vec<(Performer, Span)>,
    /// The powers that it needs.
    pub needs: Vec<(PowerId, Span)>,
    /// The resources that it uses.
    pub uses: Vec<(ResourceId, Span)>,
    /// On what basis.
    pub basis: Vec<Citation>,
    /// Its deadline.
    pub within: Option<(Duration, Span)>,
    /// Where it is taken at all; elsewhere it is passed over by its first outcome.
    pub when: Option<(Region, Span)>,
    /// How it can end.
    pub outcomes: Vec<Outcome>,
    /// Where it leads on timeout.
    pub on_timeout: Option<(Target, Span)>,
    /// Where it leads on refusal.
    pub on_refusal: Option<(Target, Span)>,
    /// The events that it raises, with the outcome if only on one.
    pub emits: Vec<(EcoString, Option<EcoString>, Span)>,
    /// Its own ladder.
    pub escalation: Vec<Rung>,
    /// What arises from it.
    pub owes: Vec<Owe>,
    /// For a joint step: how many must say the same, and what silence means.
    pub joint: Option<(Quorum, bool)>,
    /// Who chairs it, if it is a joint step that says so.
    pub chair: Option<Chair>,
}

/// How many must say the same in a joint step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quorum {
    /// All.
    All,
    /// More than half.
    Majority,
    /// So many.
    Number(u32),
}

/// How a step can end.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Name, title, place.
    pub head: Head,
    /// The powers that it takes besides those of the step.
    pub needs: Vec<(PowerId, Span)>,
    /// Where it is possible.
    pub when: Option<Region>,
    /// Where it leads.
    pub target: Option<Target>,
}

/// Where a node leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// To another node.
    Node(NodeId),
    /// To the end: solved, unsolved, or not said.
    Close(Option<bool>),
    /// To the end of the branch.
    Join,
    /// Up the ladder.
    Escalate,
}

/// The case goes one of several ways.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// The guarded ways, in order: the first that holds is taken.
    pub arms: Vec<Arm>,
    /// Where it goes if none holds.
    pub otherwise: Option<(Target, Span)>,
}

/// A guarded way.
#[derive(Debug, Clone)]
pub struct Arm {
    /// Where it holds.
    pub guard: Region,
    /// Where it leads.
    pub target: Target,
    /// Where it is written.
    pub span: Span,
}

/// Branches side by side; each step that no other step of the block leads to begins one.
#[derive(Debug, Clone)]
pub struct Block {
    /// Whether all branches must finish; else one suffices and the others are withdrawn.
    pub all: bool,
    /// Where branches begin whose nodes lead round to each other.
    pub begins: Vec<(NodeId, Span)>,
    /// Where it leads.
    pub then: Option<(Target, Span)>,
    /// Its deadline.
    pub within: Option<(Duration, Span)>,
}

/// Another procedure is run as a case of its own.
#[derive(Debug, Clone, Default)]
pub struct Call {
    /// Which.
    pub runs: Option<(ProcedureId, Span)>,
    /// Where it leads when that case is closed as solved.
    pub solved: Option<(Target, Span)>,
    /// Where it leads when that case is closed as unsolved.
    pub unsolved: Option<(Target, Span)>,
    /// Its deadline.
    pub within: Option<(Duration, Span)>,
    /// Where it leads on timeout.
    pub on_timeout: Option<(Target, Span)>,
    /// Where it leads when the called procedure can't be opened, or a refusal brought it to its end.
    pub on_refusal: Option<(Target, Span)>,
    /// The events that it raises when that case comes back: at any end, or as solved or unsolved only.
    pub emits: Vec<(EcoString, Option<bool>, Span)>,
}

/// A rung of a ladder of escalation.
#[derive(Debug, Clone)]
pub struct Rung {
    /// When it is stepped on.
    pub condition: Condition,
    /// To whom.
    pub to: Performer,
    /// Whether that body may take the step over (`take over by`); else it is only told.
    pub takes_over: bool,
    /// What that body does, in words.
    pub title: Option<EcoString>,
    /// Its own deadline.
    pub within: Option<Duration>,
    /// Where it is written.
    pub span: Span,
}

/// When a rung is stepped on.
#[derive(Debug, Clone)]
pub enum Condition {
    /// So much time after the assignment.
    After(Duration),
    /// So many hundredths of the deadline used.
    Share(u32),
    /// The deadline has passed.
    Timeout,
    /// The performer refused.
    Refusal,
    /// An obligation was not kept.
    Breach,
    /// The facts of the case come to lie here.
    When(Region),
}

impl Step {
    /// The powers that it takes to end it so: those of the step, and those of the outcome.
    pub fn needs_of<'s>(&'s self, outcome: &'s Outcome) -> impl Iterator<Item = (PowerId, Span)> + 's {
        self.needs.iter().chain(&outcome.needs).copied()
    }

    /// All powers that it or one of its outcomes takes.
    pub fn all_needs(&self) -> impl Iterator<Item = (PowerId, Span)> + '_ {
        self.needs.iter().chain(self.outcomes.iter().flat_map(|outcome| &outcome.needs)).copied()
    }

    /// What of it somebody who lacks these powers could not do at all: the powers of the step, and those of the
    /// first outcome where each of the outcomes takes one that is lacking.
    pub fn lacking(&self, lacks: impl Fn(PowerId) -> bool) -> Vec<PowerId> {
        let of = |needs: &[(PowerId, Span)]| -> Vec<PowerId> {
            needs.iter().map(|(power, _)| *power).filter(|power| lacks(*power)).collect()
        };
        let mut lacking = of(&self.needs);
        let ends: Vec<Vec<PowerId>> = self.outcomes.iter().map(|outcome| of(&outcome.needs)).collect();
        if lacking.is_empty() && ends.iter().all(|own| !own.is_empty()) {
            lacking.extend(ends.into_iter().next().unwrap_or_default());
        }
        lacking
    }
}

impl Procedure {
    /// Who chairs a step: whom it names itself, else whom the procedure names. Only a joint step has a chair.
    pub fn chair_of(&self, step: &Step) -> Option<Chair> {
        step.joint.and(step.chair.or(self.chair))
    }

    /// All clauses that say what is owed: its own and those of its steps.
    pub fn all_owes(&self) -> impl Iterator<Item = &Owe> {
        let steps = self.nodes.iter().filter_map(|node| match &node.kind {
            NodeKind::Step(step) => Some(&step.owes),
            _ => None,
        });
        self.owes.iter().chain(steps.flatten())
    }
}

/// A ground on which the clock of a case may be stopped.
#[derive(Debug, Clone)]
pub struct SuspensionGround {
    /// What it is called, and what whoever stops the clock names.
    pub ground: EcoString,
    /// Where it is declared.
    pub span: Span,
    /// How long the clock stands at most each time; then it runs again by itself.
    pub each: Option<Duration>,
    /// How often it may be stopped on this ground in a case.
    pub times: Option<u32>,
    /// How long it may stand on this ground in all.
    pub total: Option<Duration>,
    /// Who stops it; empty is whoever may by default.
    pub by: Vec<(Performer, Span)>,
    /// On what it rests.
    pub basis: Vec<Citation>,
}

/// What arises from a case.
#[derive(Debug, Clone)]
pub struct Owe {
    /// Name (made up where the author gives none), title, place.
    pub head: Head,
    /// What is owed.
    pub content: Content,
    /// By whom.
    pub debtor: Performer,
    /// To whom.
    pub creditors: Vec<Performer>,
    /// How soon.
    pub within: Duration,
    /// From when.
    pub upon: Upon,
    /// Who is told of a breach.
    pub breach: Option<Performer>,
    /// On what basis.
    pub basis: Vec<Citation>,
}

/// When an obligation arises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Upon {
    /// When the case is opened.
    Open,
    /// When the case is closed.
    Close,
    /// When this node is finished.
    Node(NodeId),
}

/// What is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// 反馈
    Feedback,
    /// 数据
    Data,
    /// 派员
    Staff,
    /// 付款
    Payment,
    /// 报告
    Report,
}

impl Content {
    /// The keyword of the content.
    pub fn keyword(self) -> Keyword {
        match self {
            Self::Feedback => Keyword::Feedback,
            Self::Data => Keyword::Data,
            Self::Staff => Keyword::Staff,
            Self::Payment => Keyword::Payment,
            Self::Report => Keyword::Report,
        }
    }
}

/// What those get who are not officials.
#[derive(Debug, Clone)]
pub struct Guarantee {
    /// Who.
    pub holders: Vec<(Holder, Span)>,
    /// What, as keywords.
    pub gets: Vec<Keyword>,
    /// On what basis.
    pub basis: Vec<Citation>,
    /// Where it is written.
    pub span: Span,
}

/// What closing takes.
#[derive(Debug, Clone, Default)]
pub struct Closing {
    /// Who is told, within what time.
    pub tell: Vec<(Performer, Option<Duration>, Span)>,
    /// What is published, within what time, on what basis.
    pub publish: Vec<(EcoString, Option<Duration>, Vec<Citation>)>,
    /// The nodes that must have been finished.
    pub needs: Vec<(NodeId, Span)>,
    /// On what basis.
    pub basis: Vec<Citation>,
}
