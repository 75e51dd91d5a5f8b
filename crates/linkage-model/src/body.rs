//! Bodies: who acts, for whom they stand, when they are on duty.

use ecow::EcoString;
use jiff::civil::Date;

use super::{BodyId, Head, LawId};
use linkage_regions::{NodeRef, Region, Side};
use linkage_syntax::Keyword;
use linkage_text::Span;

/// An actor, or a slot that a law leaves for one.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// Name, title, place.
    pub head: Head,
    /// Its kind; slots have none.
    pub kind: Option<BodyKind>,
    /// The bodies right above it; more than one under dual leadership.
    pub under: Vec<(BodyId, Span)>,
    /// The areas that it serves; none means everywhere.
    pub serves: Vec<NodeRef>,
    /// When it is on duty; none means always.
    pub duty: Option<Vec<Period>>,
    /// Where its duty is declared.
    pub duty_span: Option<Span>,
    /// How many cases it can carry at once.
    pub capacity: Option<i64>,
    /// The bodies whose place it took.
    pub succeeds: Vec<Succession>,
    /// The bodies that say they took its place.
    pub heirs: Vec<BodyId>,
    /// Whether a law leaves it to another act to name the body.
    pub is_slot: bool,
    /// The acts that name a body for this slot.
    pub filled_by: Vec<Filling>,
}

/// One body takes the place of another.
#[derive(Debug, Clone)]
pub struct Succession {
    /// The old body.
    pub of: BodyId,
    /// Since when; none means since ever.
    pub since: Option<Date>,
    /// What it took over; none means everything.
    pub region: Option<Region>,
    /// Where it is declared.
    pub span: Span,
}

/// An article names the body for a slot.
#[derive(Debug, Clone)]
pub struct Filling {
    /// The body named.
    pub body: BodyId,
    /// The law that names it.
    pub law: LawId,
    /// Its article.
    pub article: EcoString,
    /// Where it names it; none means everywhere.
    pub region: Option<Region>,
    /// Where.
    pub span: Span,
}

/// Kinds of day and minutes of the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// Of 0 workday, 1 rest day, 2 holiday.
    pub days: Side,
    /// Minutes of the day.
    pub minutes: Side,
}

/// A body, or every body of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// This body.
    Body(BodyId),
    /// Every body of this kind.
    Kind(BodyKind),
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident)*) => {
        /// What a body is in law: it decides what power the body can hold at all.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum BodyKind {
            $($(#[$doc])* $name,)*
        }

        impl BodyKind {
            /// The kind that a keyword names.
            pub fn of_keyword(keyword: Keyword) -> Option<Self> {
                match keyword {
                    $(Keyword::$name => Some(Self::$name),)*
                    _ => None,
                }
            }

            /// The keyword of the kind.
            pub fn keyword(self) -> Keyword {
                match self {
                    $(Self::$name => Keyword::$name,)*
                }
            }
        }
    };
}

kinds! {
    /// Leads and coordinates, holds no administrative power.
    PartyOrgan
    /// A people's government.
    Government
    /// A department of a government, or its post.
    Department
    /// Public security.
    Police
    /// Fire rescue.
    FireRescue
    /// Courts and procuratorates: outside, with deadlines of their own.
    Judicial
    /// A public institution.
    Institution
    /// A villagers', residents' or mediation committee.
    Committee
    /// A company.
    Enterprise
    /// An association.
    SocialOrganisation
    /// Assists under an officer.
    Auxiliary
    /// Volunteers.
    Volunteer
    /// Residents, owners, visitors.
    Resident
    /// A platform that receives and sends on.
    Platform
}
