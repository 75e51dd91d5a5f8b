//! What a check answers: facts, places, the region and a witness. No sentences.

use std::sync::OnceLock;

use ecow::EcoString;
use jiff::civil::{Date, DateTime};

use super::{Context, Cost};
use crate::network::Fraction;
use linkage_flow::Run;
use linkage_model::{
    BodyId, ChannelId, ExclusionId, Forum, Ground, LawId, MandateId, Negative, NodeId, Open, PassingId,
    Performer, PowerId, ProcedureId, PropertyId, Reason, ResolutionId, ResourceId,
};
use linkage_regions::{Measure, Minimal, Point, Region, minimal};
use linkage_syntax::Keyword;
use linkage_text::{Severity, Span};

/// One kind of finding.
pub struct Check {
    /// Its stable code, such as `D001`.
    pub code: &'static str,
    /// Its name, such as `gap`.
    pub name: &'static str,
    /// How grave it is unless configured otherwise.
    pub severity: Severity,
    /// Its page: front matter with the sentences, then Markdown.
    pub page: &'static str,
    /// Looks for it.
    pub run: fn(&Context<'_>) -> Vec<Finding>,
}

impl Check {
    /// Whether it tells what the analysis could not decide. Such a finding is part of every answer: it is neither
    /// accepted nor switched off, and no filter takes it out.
    pub fn tells_undecided(&self) -> bool {
        UNDECIDED.contains(&self.code)
    }
}

/// The checks that tell what was not decided: who leads, a procedure, a property, a measure of the network.
const UNDECIDED: [&str; 4] = ["D006", "P021", "Q008", "U008"];

impl std::fmt::Debug for Check {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.code, self.name)
    }
}

/// One defect of the rules.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Of which kind.
    pub check: &'static Check,
    /// How grave it is: as the check says, or as the package sets it.
    pub severity: Severity,
    /// Which of the page's sentences tells it.
    pub sentence: &'static str,
    /// What fills the sentence.
    pub facts: Vec<(&'static str, Fact)>,
    /// Further sentences of the page, told beneath as notes.
    pub notes: Vec<&'static str>,
    /// Where it is written; the first is the one to jump to.
    pub places: Vec<Place>,
    /// The situations that it holds on.
    pub region: Option<Region>,
    /// One concrete case of it.
    pub witness: Option<Witness>,
    /// The rule that settles it, where one does.
    pub settled_by: Option<Fact>,
    /// The faults that it tells.
    pub tells: Vec<Fault>,
    /// Faults of other findings, each of which, once mended, takes this one with it.
    pub follows: Vec<Fault>,
    /// What it cost real cases, where a journal was asked and cases can meet it.
    pub cost: Option<Cost>,
    /// The region as few boxes: asked for by several sentences, computed once.
    boxes: OnceLock<Minimal>,
}

/// A place with what is to be seen there.
#[derive(Debug, Clone)]
pub struct Place {
    /// Where.
    pub span: Span,
    /// Which of the page's labels tells it.
    pub label: &'static str,
    /// What fills the label, beside the facts of the finding.
    pub facts: Vec<(&'static str, Fact)>,
}

/// What is to be mended, where other findings can follow from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nobody leads in a part of the scope; which of the parts.
    Gap(usize),
    /// Nobody is named for a slot.
    OpenSlot(BodyId),
    /// What is cited here is not in force.
    Basis(Span),
    /// A passing comes to nothing.
    Passing(PassingId),
    /// What a rule cites does not grant a power that it uses.
    Ungranted(DutyBy),
    /// A channel rests on no law.
    ChannelBasis(ChannelId),
    /// A channel is for another purpose.
    ChannelPurpose(ChannelId),
    /// Nothing says with which step a branch of a block begins.
    NoStart(ProcedureId, NodeId),
    /// Claims meet and nothing settles it; which of the disputes.
    Dispute(usize),
}

/// What says that a power is to be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DutyBy {
    /// A mandate.
    Mandate(MandateId),
    /// A step.
    Step(ProcedureId, NodeId),
}

/// One concrete case of a defect.
#[derive(Debug, Clone)]
pub enum Witness {
    /// The least situation.
    Situation(Point),
    /// The shortest run of a procedure, from the least situation that starts it.
    Run(ProcedureId, Run, Point),
    /// The slowest run of a procedure, each step at the last minute of its deadline, from this start.
    Slowest(ProcedureId, Run, Point, DateTime),
    /// The least situation, as it is reported.
    Report(Point),
}

/// Something that a sentence speaks of.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// A text as it stands.
    Text(EcoString),
    /// A number.
    Number(usize),
    /// How many situations, or between which numbers.
    Measure(Measure),
    /// A body.
    Body(BodyId),
    /// Several bodies.
    Bodies(Vec<BodyId>),
    /// A mandate.
    Mandate(MandateId),
    /// Several mandates.
    Mandates(Vec<MandateId>),
    /// A law.
    Law(LawId),
    /// Laws with the articles that a rule cites of each, and since when each is in force.
    Cited(Vec<(LawId, Vec<EcoString>)>),
    /// An exclusion.
    Exclusion(ExclusionId),
    /// How what no rule decides is settled, in this order; with the superior where one is asked for.
    Forums(Vec<(Forum, Option<BodyId>)>),
    /// A resolution.
    Resolution(ResolutionId),
    /// A resource.
    Resource(ResourceId),
    /// A channel.
    Channel(ChannelId),
    /// Several resources.
    Resources(Vec<ResourceId>),
    /// Several channels.
    Channels(Vec<ChannelId>),
    /// A share, told in hundredths.
    Share(Fraction),
    /// A number between 0 and 1.
    Coefficient(Fraction),
    /// A procedure.
    Procedure(ProcedureId),
    /// A node of a procedure.
    Node(ProcedureId, NodeId),
    /// Several nodes of a procedure.
    Nodes(ProcedureId, Vec<NodeId>),
    /// A power.
    Power(PowerId),
    /// Several powers.
    Powers(Vec<PowerId>),
    /// A transfer or an entrustment.
    Passing(PassingId),
    /// Several of these.
    Passings(Vec<PassingId>),
    /// An article of a law.
    Article(LawId, EcoString),
    /// What gives a power.
    Ground(Ground),
    /// What takes a power away.
    Negative(Negative),
    /// From so many to so many yuan.
    Amount(i64, i64),
    /// Why no rule decides between claims: each reason once.
    Opens(Vec<Open>),
    /// Several procedures.
    Procedures(Vec<ProcedureId>),
    /// How a performer or the target of a rung is named.
    Performer(Performer),
    /// So many minutes on the clock.
    Minutes(i64),
    /// A day and a time of day.
    Moment(DateTime),
    /// How many minutes later each node could be come to, or must be earlier.
    Slack(ProcedureId, Vec<(NodeId, i64)>),
    /// A property, as its author wrote it.
    Property(PropertyId),
    /// A keyword.
    Keyword(Keyword),
    /// A day.
    Date(Date),
    /// Why a claim prevails.
    Reason(Reason),
    /// Why no rule decides.
    Open(Open),
}

impl Finding {
    /// A finding told by the page's main sentence, to be filled further.
    pub fn new(check: &'static Check) -> Self {
        Self {
            check,
            severity: check.severity,
            sentence: "main",
            facts: Vec::new(),
            notes: Vec::new(),
            places: Vec::new(),
            region: None,
            witness: None,
            settled_by: None,
            tells: Vec::new(),
            follows: Vec::new(),
            cost: None,
            boxes: OnceLock::new(),
        }
    }

    /// The region as few boxes.
    pub fn boxes(&self) -> Option<&Minimal> {
        let region = self.region.as_ref()?;
        Some(self.boxes.get_or_init(|| minimal(region)))
    }

    /// Tells it by another sentence of the page.
    #[must_use]
    pub fn told_by(mut self, sentence: &'static str) -> Self {
        self.sentence = sentence;
        self
    }

    /// Adds a fact.
    #[must_use]
    pub fn fact(mut self, name: &'static str, fact: Fact) -> Self {
        self.facts.push((name, fact));
        self
    }

    /// Tells a further sentence of the page beneath.
    #[must_use]
    pub fn note(mut self, sentence: &'static str) -> Self {
        self.notes.push(sentence);
        self
    }

    /// Says which fault it tells.
    #[must_use]
    pub fn telling(mut self, fault: Fault) -> Self {
        self.tells.push(fault);
        self
    }

    /// Says which faults it tells, if any.
    #[must_use]
    pub fn telling_all(mut self, faults: impl IntoIterator<Item = Fault>) -> Self {
        self.tells.extend(faults);
        self
    }

    /// Says that it would not be there were this fault mended.
    #[must_use]
    pub fn following(mut self, faults: impl IntoIterator<Item = Fault>) -> Self {
        self.follows.extend(faults);
        self
    }

    /// Adds a place.
    #[must_use]
    pub fn place(mut self, span: Span, label: &'static str) -> Self {
        self.places.push(Place { span, label, facts: Vec::new() });
        self
    }

    /// Adds a place whose label speaks of something of its own.
    #[must_use]
    pub fn place_of(mut self, span: Span, label: &'static str, name: &'static str, fact: Fact) -> Self {
        self.places.push(Place { span, label, facts: vec![(name, fact)] });
        self
    }

    /// Adds a place if there is one.
    #[must_use]
    pub(super) fn place_if(self, span: Option<Span>, label: &'static str) -> Self {
        match span {
            Some(span) => self.place(span, label),
            None => self,
        }
    }

    /// Adds what the label of the last place speaks of.
    pub fn add_to_last_place(&mut self, name: &'static str, fact: Fact) {
        if let Some(place) = self.places.last_mut() {
            place.facts.push((name, fact));
        }
    }

    /// Sets the witness.
    #[must_use]
    pub fn shown_by(mut self, witness: Witness) -> Self {
        self.witness = Some(witness);
        self
    }

    /// Sets the region, and its least situation as the witness.
    #[must_use]
    pub fn on(mut self, region: Region) -> Self {
        self.witness = region.witness().map(Witness::Situation);
        self.boxes = OnceLock::new();
        self.region = Some(region);
        self
    }
}
