//! Which name stands for what: every declaration is found before any is read.

use std::collections::BTreeMap;

use ecow::EcoString;
use unicode_security::mixed_script::MixedScript;
use unicode_security::skeleton;

use super::super::{Entity, Head, ModelError, ModelWarning};
use super::Resolver;
use linkage_regions::NodeRef;
use linkage_syntax::{Clause, Keyword, Name};
use linkage_text::{Span, did_you_mean};

/// The names of each kind with the index of the declaration and its place.
#[derive(Default)]
pub(super) struct Names {
    of: BTreeMap<Entity, BTreeMap<EcoString, (u32, Span)>>,
}

impl Names {
    fn get(&self, entity: Entity, name: &str) -> Option<(u32, Span)> {
        self.of.get(&entity)?.get(name).copied()
    }

    /// What else a name stands for.
    fn elsewhere(&self, name: &str) -> Option<(Entity, Span)> {
        self.of.iter().find_map(|(entity, names)| names.get(name).map(|(_, span)| (*entity, *span)))
    }

    fn near(&self, entity: Entity, name: &str) -> Option<(EcoString, Span)> {
        let names = self.of.get(&entity)?;
        let near = did_you_mean(name, names.keys().map(EcoString::as_str))?;
        names.get(near).map(|(_, span)| (near.into(), *span))
    }
}

/// What a declaration keyword declares, where that has a name table of its own.
fn entity(keyword: Keyword) -> Option<Entity> {
    Some(match keyword {
        Keyword::Attribute => Entity::Attribute,
        Keyword::Law => Entity::Law,
        Keyword::Body => Entity::Body,
        Keyword::Power => Entity::Power,
        Keyword::Mandate => Entity::Mandate,
        Keyword::Transfer | Keyword::Entrust => Entity::Passing,
        Keyword::Exclude => Entity::Exclusion,
        Keyword::Resource => Entity::Resource,
        Keyword::Channel => Entity::Channel,
        Keyword::Procedure => Entity::Procedure,
        Keyword::Resolve => Entity::Resolution,
        Keyword::Amendment => Entity::Amendment,
        _ => return None,
    })
}

/// Name, title, doc and place of a declaration.
pub(super) fn head(clause: &Clause) -> Head {
    Head {
        name: clause.name().map(|name| name.text.clone()).unwrap_or_default(),
        title: clause.title().cloned(),
        doc: clause.doc(),
        span: clause.name().map_or(clause.keyword_span, |name| name.span),
    }
}

impl Resolver<'_> {
    pub(super) fn collect_names(&mut self) {
        let mut counts: BTreeMap<Entity, u32> = BTreeMap::new();
        for clause in self.declarations {
            let Some(entity) = entity(clause.keyword) else { continue };
            let index = counts.entry(entity).or_default();
            self.declare(entity, &head(clause), *index);
            *index += 1;
        }
        // Slots are bodies that wait for a name; they are counted behind the declared bodies.
        for law in self.of(Keyword::Law) {
            for slot in law.clauses().iter().flat_map(Clause::clauses).filter(|c| c.keyword == Keyword::Slot)
            {
                let index = counts.entry(Entity::Body).or_default();
                self.declare(Entity::Body, &head(slot), *index);
                *index += 1;
            }
        }
    }

    /// Enters a name; a second one of the same kind is an error that names both places.
    pub(super) fn declare(&mut self, entity: Entity, head: &Head, index: u32) {
        let names = self.names.of.entry(entity).or_default();
        if let Some((_, first)) = names.get(&head.name) {
            let (first, second) = (*first, head.span);
            self.errors.push(ModelError::Duplicate { entity, name: head.name.clone(), first, second });
            return;
        }
        if !head.name.is_single_script() {
            self.warnings.push(ModelWarning::MixedScript { name: head.name.clone(), span: head.span });
        }
        self.names.of.entry(entity).or_default().insert(head.name.clone(), (index, head.span));
    }

    /// Tells names that look like an earlier one of the same kind. Names in plain ASCII are told apart by
    /// those who type them, so one of the two has other letters.
    pub(super) fn alike(&mut self) {
        for names in self.names.of.values() {
            if names.keys().all(|name| name.is_ascii()) {
                continue;
            }
            let mut declared: Vec<(Span, &EcoString)> =
                names.iter().map(|(name, (_, span))| (*span, name)).collect();
            declared.sort_unstable();
            let mut shapes: BTreeMap<String, (Span, &EcoString)> = BTreeMap::new();
            for (span, name) in declared {
                let (other_span, other) = *shapes.entry(skeleton(name).collect()).or_insert((span, name));
                if other != name && !(name.is_ascii() && other.is_ascii()) {
                    let (name, other) = (name.clone(), other.clone());
                    self.warnings.push(ModelWarning::LooksAlike { name, span, other, other_span });
                }
            }
        }
    }

    /// The declaration of a name; none and an error if there is none.
    pub(super) fn find(&mut self, entity: Entity, name: &Name) -> Option<u32> {
        if let Some((index, _)) = self.names.get(entity, &name.text) {
            return Some(index);
        }
        self.errors.push(ModelError::Unknown {
            entity,
            name: name.text.clone(),
            span: name.span,
            near: self.names.near(entity, &name.text),
            other: self.names.elsewhere(&name.text),
        });
        None
    }

    /// The declaration of a name, without complaint if there is none.
    pub(super) fn look_up(&self, entity: Entity, name: &str) -> Option<u32> {
        self.names.get(entity, name).map(|(index, _)| index)
    }

    /// Where a name is declared.
    pub(super) fn declared_at(&self, entity: Entity, name: &str) -> Option<Span> {
        self.names.get(entity, name).map(|(_, span)| span)
    }

    /// The declarations of the names of a clause, with the places where they are named.
    pub(super) fn find_all<Id>(
        &mut self,
        entity: Entity,
        clause: &Clause,
        id: fn(u32) -> Id,
    ) -> Vec<(Id, Span)> {
        let names: Vec<&Name> = clause.names().collect();
        names.into_iter().filter_map(|name| Some((id(self.find(entity, name)?), name.span))).collect()
    }

    /// The node of a tree; none and an error if there is none or are several.
    pub(super) fn node(&mut self, entity: Entity, name: &Name) -> Option<NodeRef> {
        let taxonomy = if entity == Entity::Area { &self.it.areas } else { &self.it.matters };
        match taxonomy.find(&name.text).as_slice() {
            [node] => Some(*node),
            [] => {
                let last = name.text.rsplit('.').next().unwrap_or(&name.text);
                let near = did_you_mean(last, taxonomy.names().map(EcoString::as_str));
                let near = near
                    .and_then(|near| taxonomy.find(near).first().copied())
                    .map(|node| (taxonomy.path(node).into(), taxonomy.head(node).span));
                let other = self.names.elsewhere(&name.text);
                let (name, span) = (name.text.clone(), name.span);
                self.errors.push(ModelError::Unknown { entity, name, span, near, other });
                None
            }
            several => {
                let candidates =
                    several.iter().map(|node| (taxonomy.path(*node), taxonomy.head(*node).span)).collect();
                let (name, span) = (name.text.clone(), name.span);
                self.errors.push(ModelError::Ambiguous { entity, name, span, candidates });
                None
            }
        }
    }
}
