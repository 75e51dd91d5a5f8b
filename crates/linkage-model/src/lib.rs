//! The institution: bodies, laws, powers, mandates, procedures, with every name resolved.
//!
//! [`resolve`] takes the trees of all files of a package and answers an [`Institution`] and the
//! [`ModelError`]s. What follows from the declarations on a given day (which laws are in force, who
//! leads where, who prevails over whom) is computed in [`Division`]; who holds which power where, in
//! [`Competence`].
//!
//! # Example
//! ```
//! use linkage_model::{Division, LeadershipKind, resolve};
//! use linkage_text::SourceId;
//!
//! let text = "area town  matter fire
//!     body police { kind police }
//!     law rules { rank statute issuer parliament from 2010-01-01 article 1 }
//!     scope { over fire }
//!     mandate m { lead police over fire basis rules art 1 }";
//! let parsed = linkage_syntax::parse(SourceId::default(), text);
//! let resolved = resolve(&[&parsed.file]);
//! assert!(resolved.errors.is_empty(), "{:?}", resolved.errors);
//!
//! let division = Division::new(&resolved.institution, jiff::civil::date(2026, 11, 23));
//! let everywhere = linkage_regions::Region::full(&resolved.institution.space);
//! let parts = division.within(&everywhere);
//! assert_eq!(parts.len(), 1);
//! assert_eq!(parts[0].0.kind, LeadershipKind::One);
//! ```

mod body;
mod claim;
mod competence;
mod days;
mod division;
mod error;
mod from_syntax;
mod head;
mod hierarchy;
mod institution;
mod law;
mod leadership;
mod mandate;
mod order;
mod place;
mod precedence;
mod procedure;
mod property;
mod resource;
mod serving;
mod settle;
mod succession;
mod supply;

pub use body::{Body, BodyKind, Filling, Holder, Period, Succession};
pub use claim::{Barred, Claim, Resistance, Standing, Unbound, Unfilled};
pub use competence::{
    Competence, Conflict, Divested, Failure, Ground, Held, Holding, HoldingMode, Link, Negative, NormId, Void,
};
pub use days::Days;
pub use division::Division;
pub use error::{Entity, ModelError, ModelWarning, Wanted};
pub use from_syntax::{Resolved, resolve, resolve_amended};
pub use head::{
    BodyId, ChannelId, ExclusionId, Head, LawId, MandateId, PassingId, PowerId, ProcedureId, PropertyId,
    ResolutionId, ResourceId,
};
pub use hierarchy::Hierarchy;
pub use institution::{Attribute, AttributeType, Governance, Institution, Scope};
pub use law::{Article, Citation, Law, Modality, Norm, Power, Rank};
pub use leadership::{Leadership, LeadershipKind};
pub use mandate::{Exclusion, Mandate, Passing, PassingMode, Sharing};
pub use order::{Open, Order, Reason, Shared};
pub use place::Taxonomy;
pub use procedure::{
    Arm, Block, Call, Chair, Choice, Closing, Condition, Content, Count, Guarantee, Lead, Node, NodeId,
    NodeKind, Outcome, Owe, Performer, Procedure, Quorum, Rung, Schedule, Step, SuspensionGround, Target,
    Trigger, Upon,
};
pub use property::{Carrying, ChannelHaving, Demand, Having, Property};
pub use resource::{Channel, ChannelMode, Resource, ResourceKind};
pub use settle::{Acceptance, Amendment, Forum, Resolution};
pub use succession::Bearer;
pub use supply::{Carrier, Draw, Moment, Supply, falls_in};
