//! All that a package declares, resolved.

use std::ops::Index;

use ecow::EcoString;

use super::{
    Acceptance, Amendment, Body, BodyId, Channel, ChannelId, Exclusion, ExclusionId, Forum, Head, Law, LawId,
    Mandate, MandateId, Passing, PassingId, Period, Power, PowerId, Procedure, ProcedureId, Property,
    PropertyId, Resolution, ResolutionId, Resource, ResourceId, Taxonomy,
};
use linkage_regions::{Cuboid, Region, Space};
use linkage_text::Span;

/// A package with every name resolved.
#[derive(Debug, Clone)]
pub struct Institution {
    /// The tree of matters.
    pub matters: Taxonomy,
    /// The tree of areas.
    pub areas: Taxonomy,
    /// The further axes of a situation.
    pub attributes: Vec<Attribute>,
    /// The space of situations: matter, area, the attributes in the order of the text, day, time.
    pub space: Space,
    /// What the package claims to govern.
    pub scope: Scope,
    /// The laws.
    pub laws: Vec<Law>,
    /// The bodies and the slots for bodies.
    pub bodies: Vec<Body>,
    /// The powers.
    pub powers: Vec<Power>,
    /// The mandates.
    pub mandates: Vec<Mandate>,
    /// What is passed on.
    pub passings: Vec<Passing>,
    /// What is excluded.
    pub exclusions: Vec<Exclusion>,
    /// The resources.
    pub resources: Vec<Resource>,
    /// The channels.
    pub channels: Vec<Channel>,
    /// The procedures.
    pub procedures: Vec<Procedure>,
    /// How overlaps are settled.
    pub resolutions: Vec<Resolution>,
    /// What is accepted.
    pub acceptances: Vec<Acceptance>,
    /// What is drafted to be changed.
    pub amendments: Vec<Amendment>,
    /// What is to be proved.
    pub properties: Vec<Property>,
    /// Who may do what to a journal of these rules, where they say so.
    pub governance: Option<Governance>,
}

/// A further axis of a situation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Name, title, place.
    pub head: Head,
    /// What it can be.
    pub kind: AttributeType,
    /// In what it is measured.
    pub unit: Option<EcoString>,
    /// A condition in words, which people judge case by case: it has no declaration, its text is its name.
    /// What depends on it *may* be so.
    pub judged: bool,
}

/// What an attribute can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttributeType {
    /// A whole number between two others.
    Integer(i64, i64),
    /// One of these.
    Values(Vec<Head>),
    /// True or false.
    Boolean,
}

/// What a package claims to govern.
#[derive(Debug, Clone)]
pub struct Scope {
    /// The situations.
    pub region: Region,
    /// Where the first scope is declared; `None` if no scope is declared, so that everything is in scope.
    pub span: Option<Span>,
    /// What each declaration of it claims, and where it stands.
    pub parts: Vec<(Region, Span)>,
    /// Who takes what nobody leads.
    pub fallback: Option<(BodyId, Span)>,
    /// How what rules leave open is settled, in this order.
    pub forums: Vec<(Forum, Span)>,
}

/// Who may change what a journal runs on: its rules, the rules of its running cases, what it knows of persons.
#[derive(Debug, Clone, Default)]
pub struct Governance {
    /// Where it is declared.
    pub span: Span,
    /// Any of these may put other rules in force.
    pub adopt: Vec<(BodyId, Span)>,
    /// Any of these may move running cases to the rules in force.
    pub migrate: Vec<(BodyId, Span)>,
    /// Any of these may erase persons before their time has passed.
    pub purge: Vec<(BodyId, Span)>,
}

impl Institution {
    /// The axis of matters.
    pub const MATTER: usize = 0;
    /// The axis of areas.
    pub const AREA: usize = 1;

    /// The axis of an attribute.
    pub fn attribute_axis(&self, attribute: usize) -> usize {
        2 + attribute
    }

    /// The axis of kinds of day.
    pub fn day_axis(&self) -> usize {
        2 + self.attributes.len()
    }

    /// The axis of minutes of the day.
    pub fn time_axis(&self) -> usize {
        3 + self.attributes.len()
    }

    /// The bodies with their ids.
    pub fn bodies(&self) -> impl Iterator<Item = (BodyId, &Body)> {
        (0..).map(BodyId).zip(&self.bodies)
    }

    /// The mandates with their ids.
    pub fn mandates(&self) -> impl Iterator<Item = (MandateId, &Mandate)> {
        (0..).map(MandateId).zip(&self.mandates)
    }

    /// The powers with their ids.
    pub fn powers(&self) -> impl Iterator<Item = (PowerId, &Power)> {
        (0..).map(PowerId).zip(&self.powers)
    }

    /// The procedures with their ids.
    pub fn procedures(&self) -> impl Iterator<Item = (ProcedureId, &Procedure)> {
        (0..).map(ProcedureId).zip(&self.procedures)
    }

    /// The resources with their ids.
    pub fn resources(&self) -> impl Iterator<Item = (ResourceId, &Resource)> {
        (0..).map(ResourceId).zip(&self.resources)
    }

    /// The properties with their ids.
    pub fn properties(&self) -> impl Iterator<Item = (PropertyId, &Property)> {
        (0..).map(PropertyId).zip(&self.properties)
    }

    /// The channels with their ids.
    pub fn channels(&self) -> impl Iterator<Item = (ChannelId, &Channel)> {
        (0..).map(ChannelId).zip(&self.channels)
    }

    /// When a body is on duty: all situations whose day and minute fall into one of its periods.
    pub fn duty(&self, body: BodyId) -> Region {
        let Some(periods) = &self[body].duty else { return Region::full(&self.space) };
        let cuboid = |period: &Period| {
            let full = Cuboid::full(&self.space).with(self.day_axis(), period.days.clone());
            full.with(self.time_axis(), period.minutes.clone())
        };
        Region::from_cuboids(&self.space, periods.iter().map(cuboid))
    }

    /// The body of a name.
    pub fn body_named(&self, name: &str) -> Option<BodyId> {
        self.bodies().find(|(_, body)| body.head.name == name).map(|(id, _)| id)
    }
}

macro_rules! index {
    ($($id:ident => $field:ident : $entity:ident,)*) => {$(
        impl Index<$id> for Institution {
            type Output = $entity;

            fn index(&self, id: $id) -> &$entity {
                &self.$field[id.index()]
            }
        }
    )*};
}

index! {
    BodyId => bodies: Body,
    LawId => laws: Law,
    PowerId => powers: Power,
    MandateId => mandates: Mandate,
    PassingId => passings: Passing,
    ExclusionId => exclusions: Exclusion,
    ResourceId => resources: Resource,
    ChannelId => channels: Channel,
    ProcedureId => procedures: Procedure,
    ResolutionId => resolutions: Resolution,
    PropertyId => properties: Property,
}
