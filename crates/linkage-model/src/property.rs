//! What an author wants proved: of every situation, every run, every channel.

use ecow::EcoString;

use super::{Content, Holder, NodeId, PowerId, ProcedureId, Rank, ResourceId};
use linkage_calendar::Duration;
use linkage_regions::Region;
use linkage_text::Span;

/// A property that the package is to have.
#[derive(Debug, Clone)]
pub struct Property {
    /// As its author wrote it, without the keyword, in one line.
    pub text: EcoString,
    /// The same with English keywords: it stays as it is when the text is formatted or its keywords converted.
    pub mark: EcoString,
    /// Where it is written.
    pub span: Span,
    /// What it asks for.
    pub demand: Demand,
}

/// What a property asks for. Regions are as written: the scope narrows them when they are asked about.
#[derive(Debug, Clone)]
pub enum Demand {
    /// Every situation of a region has something.
    Has(Region, Having),
    /// No holder leads in a region.
    NotLed(Vec<Holder>, Region),
    /// No holder holds a power in a region.
    NotHeld(PowerId, Vec<Holder>, Region),
    /// Cases of a region are closed within a time.
    Closes(Region, Duration),
    /// Whoever reports a case of a region hears of it within a time.
    Contact(Region, Duration),
    /// Cases of a region pass one of these steps before they are closed.
    Passes(Region, Vec<(ProcedureId, NodeId)>),
    /// In a region one of these steps comes to the holders only, or never to them.
    Reach {
        /// The steps: all of the name.
        steps: Vec<(ProcedureId, NodeId)>,
        /// The holders.
        holders: Vec<Holder>,
        /// To them only; else never to them.
        only: bool,
        /// Where.
        region: Region,
    },
    /// Every channel of some kind has something.
    Channels(Carrying, ChannelHaving),
    /// Whoever uses a resource owes something for it, within a time if one is named.
    Owes(ResourceId, Content, Option<Duration>),
}

/// What every situation is to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Having {
    /// Somebody who leads.
    Lead,
    /// Somebody who supports.
    Support,
    /// A lead, and for every lead a basis in force.
    Basis,
}

/// Which channels are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrying {
    /// All.
    Anything,
    /// Those of personal data.
    PersonalData,
    /// Those of a resource.
    Resource(ResourceId),
}

/// What a channel is to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChannelHaving {
    /// A basis in force; of this rank, or of this rank or above.
    Basis(Option<(Rank, bool)>),
    /// A purpose.
    Purpose,
}
