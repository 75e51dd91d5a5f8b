//! Who holds a power where, in which way, and on what chain of acts; and what came to nothing, and why.

use super::super::{BodyId, ExclusionId, LawId, Order, PassingId, PassingMode};
use linkage_regions::Region;

/// A norm: which of an article's, of which law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NormId {
    /// The law.
    pub law: LawId,
    /// The article, by its place in the law.
    pub article: usize,
    /// The norm, by its place in the article.
    pub norm: usize,
}

/// The way in which a body holds a power.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HoldingMode {
    /// 法定: given by law, in its own name.
    Original,
    /// 授权: passed on by this body, in the holder's own name.
    Transferred(BodyId),
    /// 委托: passed on by this body, in the giver's name; the giver answers.
    Entrusted(BodyId),
}

/// One act of passing a power on, from one body to one other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Link {
    /// The declaration.
    pub passing: PassingId,
    /// In which of the two ways.
    pub mode: PassingMode,
    /// Who gives.
    pub giver: BodyId,
    /// Who receives.
    pub receiver: BodyId,
}

/// A power that a body holds on a region, with the chain of acts that gave it.
#[derive(Debug, Clone)]
pub struct Holding {
    /// Who holds it.
    pub body: BodyId,
    /// In which way.
    pub mode: HoldingMode,
    /// Where.
    pub region: Region,
    /// The grant at the root of the chain.
    pub grant: NormId,
    /// The passings from there to the body, in order; none where the law itself gives it.
    pub chain: Vec<Link>,
}

impl Holding {
    /// In whose name the body acts: its own, or that of the last in the chain who holds in its own.
    pub fn in_name_of(&self) -> BodyId {
        let entrusted = self.chain.iter().find(|link| link.mode == PassingMode::Entrust);
        entrusted.map_or(self.body, |link| link.giver)
    }
}

/// A passing that comes to nothing on a region.
#[derive(Debug, Clone)]
pub struct Failure {
    /// Which.
    pub link: Link,
    /// Where.
    pub region: Region,
    /// Why.
    pub why: Void,
}

/// Why a passing comes to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Void {
    /// It is a transfer and cites no law: in one's own name takes an express basis.
    NoBasis,
    /// No law that it cites is in force.
    NoBasisInForce,
    /// The power must stay.
    NotDelegable,
    /// The receiver is of a kind that can't hold the power.
    WrongKind,
    /// A law keeps the power to others.
    Reserved(NormId),
    /// A prohibition prevails over it.
    Prohibited(Negative),
    /// The giver holds the power, and may not pass it on again.
    NotOnward,
    /// The giver has transferred the power to others too, and nothing says which came first.
    GivenTwice,
    /// It is part of a circle of passings, or gives back what it comes from.
    Circle,
    /// The giver does not hold the power in such a way.
    NotHeld,
}

/// What gives a power.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ground {
    /// A grant.
    Norm(NormId),
    /// A passing.
    Passing(PassingId),
}

/// What takes a power away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Negative {
    /// A norm that forbids it to these, or reserves it to others.
    Norm(NormId),
    /// An exclusion.
    Exclusion(ExclusionId),
}

/// Something gives a body a power where something else takes it away.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// What gives it.
    pub ground: Ground,
    /// What takes it away.
    pub against: Negative,
    /// Whether by keeping it to others.
    pub reserved: bool,
    /// Whose power it is about.
    pub bodies: Vec<BodyId>,
    /// Where they meet.
    pub region: Region,
    /// How the first stands to the second. Where no rule decides, the power counts as held.
    pub order: Order,
}

/// A body that gave a power away by transfer, and does not hold it while that lasts.
#[derive(Debug, Clone)]
pub struct Divested {
    /// By which passing.
    pub link: Link,
    /// Where.
    pub region: Region,
}

/// All that is known of one power on a day.
#[derive(Debug, Clone, Default)]
pub struct Held {
    /// Who holds it.
    pub holdings: Vec<Holding>,
    /// What passings came to nothing.
    pub failures: Vec<Failure>,
    /// What gives it and what takes it away, where they meet.
    pub conflicts: Vec<Conflict>,
    /// Who gave it away.
    pub divested: Vec<Divested>,
    /// The grants to bodies that are of no kind that can hold it.
    pub misplaced: Vec<(NormId, BodyId)>,
}
