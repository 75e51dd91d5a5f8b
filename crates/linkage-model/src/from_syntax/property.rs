//! What is to be proved: `require`, resolved to what it asks for.

use super::super::{
    Carrying, ChannelHaving, Content, Demand, Entity, Having, Holder, Institution, NodeId, PowerId,
    ProcedureId, Property, Rank, ResourceId,
};
use super::Resolver;
use super::bodies::between;
use super::resource::content;
use linkage_calendar::Duration;
use linkage_regions::{Cuboid, Region};
use linkage_syntax::{Clause, Keyword, Keywords, Name, Part, one_line};
use linkage_text::Language;

impl Resolver<'_> {
    pub(super) fn properties(&mut self) {
        for clause in self.of(Keyword::Require) {
            if let Some(demand) = self.demand(clause) {
                let text = one_line(clause, Keywords::Kept);
                let mark = one_line(clause, Keywords::All(Language::En));
                let span = clause.span;
                self.it.properties.push(Property { text, mark, span, demand });
            }
        }
    }

    fn demand(&mut self, clause: &Clause) -> Option<Demand> {
        match clause.words().next()?.keyword {
            Keyword::Every if clause.has(Keyword::Channel) => self.of_channels(clause),
            Keyword::Every => self.of_every(clause),
            Keyword::No => self.of_none(clause),
            Keyword::Only => Some(Demand::Reach {
                steps: self.steps_behind(clause, Keyword::Step),
                holders: self.holders_in(between(&clause.parts, Keyword::Only, &[Keyword::May])),
                only: true,
                region: self.region(clause.clauses()),
            }),
            _ => {
                let resource = self.named_behind(clause, Keyword::Uses, Entity::Resource).map(ResourceId)?;
                let owed = clause.words().find_map(|word| content(word.keyword)).unwrap_or(Content::Feedback);
                Some(Demand::Owes(resource, owed, within(clause)))
            }
        }
    }

    /// `every MATTER …`, `every procedure …`.
    fn of_every(&mut self, clause: &Clause) -> Option<Demand> {
        let mut region = self.region(clause.clauses());
        if !clause.has(Keyword::Procedure) {
            region = region.intersect(&self.matters_behind(clause, Keyword::Every)?);
        }
        if clause.has(Keyword::Passes) {
            return Some(Demand::Passes(region, self.steps_behind(clause, Keyword::Passes)));
        }
        Some(if clause.has(Keyword::Closes) {
            Demand::Closes(region, within(clause)?)
        } else if clause.has(Keyword::Contact) {
            Demand::Contact(region, within(clause)?)
        } else if clause.has(Keyword::Lead) {
            Demand::Has(region, Having::Lead)
        } else if clause.has(Keyword::Support) {
            Demand::Has(region, Having::Support)
        } else {
            Demand::Has(region, Having::Basis)
        })
    }

    /// `no power …`, `no step …`, `no MATTER led by …`.
    fn of_none(&mut self, clause: &Clause) -> Option<Demand> {
        let holders = self.holders_in(between(&clause.parts, Keyword::ByMeans, &[]));
        let region = self.region(clause.clauses());
        if clause.has(Keyword::Power) {
            let power = self.named_behind(clause, Keyword::Power, Entity::Power).map(PowerId)?;
            return Some(Demand::NotHeld(power, holders, region));
        }
        if clause.has(Keyword::Step) {
            let steps = self.steps_behind(clause, Keyword::Step);
            return Some(Demand::Reach { steps, holders, only: false, region });
        }
        let matters = self.matters_behind(clause, Keyword::No)?;
        Some(Demand::NotLed(holders, region.intersect(&matters)))
    }

    fn of_channels(&mut self, clause: &Clause) -> Option<Demand> {
        let carrying = if clause.has(Keyword::Personal) {
            Carrying::PersonalData
        } else if clause.name().is_some() {
            Carrying::Resource(self.named_behind(clause, Keyword::Of, Entity::Resource).map(ResourceId)?)
        } else {
            Carrying::Anything
        };
        let having = if clause.has(Keyword::Purpose) {
            ChannelHaving::Purpose
        } else {
            let rank = clause.words().find_map(|word| Rank::of_keyword(word.keyword));
            ChannelHaving::Basis(rank.map(|rank| (rank, clause.has(Keyword::Above))))
        };
        Some(Demand::Channels(carrying, having))
    }

    fn holders_in(&mut self, parts: &[Part]) -> Vec<Holder> {
        self.holders(parts).into_iter().map(|(holder, _)| holder).collect()
    }

    /// All situations of the matter named right behind a keyword.
    fn matters_behind(&mut self, clause: &Clause, keyword: Keyword) -> Option<Region> {
        let name = name_behind(clause, keyword)?;
        let node = self.node(Entity::Matter, name)?;
        let side = self.node_side(Entity::Matter, node);
        let matters = Cuboid::full(&self.it.space).with(Institution::MATTER, side);
        Some(Region::from_cuboid(&self.it.space, matters))
    }

    fn named_behind(&mut self, clause: &Clause, keyword: Keyword, entity: Entity) -> Option<u32> {
        self.find(entity, name_behind(clause, keyword)?)
    }

    /// The steps of the name behind a keyword, written `step` or `procedure.step`; an error if there is none.
    fn steps_behind(&mut self, clause: &Clause, keyword: Keyword) -> Vec<(ProcedureId, NodeId)> {
        let Some(name) = name_behind(clause, keyword) else { return Vec::new() };
        let found = self.steps_named(name);
        if found.is_empty() {
            let names = self.it.procedures.iter().flat_map(|of| of.nodes.iter().map(|it| &it.head));
            let names: Vec<_> = names.cloned().collect();
            self.unknown_among(Entity::Node, name, &names);
        }
        found
    }

    fn steps_named(&self, name: &Name) -> Vec<(ProcedureId, NodeId)> {
        let (of, step) = name.text.rsplit_once('.').unwrap_or(("", &name.text));
        let procedures = self.it.procedures().filter(|(_, it)| of.is_empty() || it.head.name == of);
        let nodes = procedures.flat_map(|(id, procedure)| {
            (0..).map(NodeId).zip(&procedure.nodes).map(move |(node, it)| (id, node, &it.head.name))
        });
        nodes.filter(|(_, _, own)| *own == step).map(|(id, node, _)| (id, node)).collect()
    }
}

fn name_behind(clause: &Clause, keyword: Keyword) -> Option<&Name> {
    clause.after(keyword)?.iter().find_map(|part| if let Part::Name(name) = part { Some(name) } else { None })
}

fn within(clause: &Clause) -> Option<Duration> {
    clause.duration().map(|(duration, _)| duration)
}
