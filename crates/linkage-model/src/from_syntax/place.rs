//! Areas, matters and attributes: the axes of the space of situations.

use std::collections::BTreeMap;

use ecow::EcoString;

use super::super::{Attribute, AttributeType, Entity, Head, ModelError, Taxonomy};
use super::Resolver;
use super::names::head;
use linkage_regions::{Branch, Dimension, Kind, Region, Space, Tree};
use linkage_syntax::{Clause, Keyword, Name, Part};
use linkage_text::Span;

/// A node while the tree grows.
struct Growing {
    head: Head,
    children: Vec<usize>,
}

impl Resolver<'_> {
    pub(super) fn places(&mut self) {
        self.it.areas = self.taxonomy(Keyword::Area, Entity::Area);
        self.it.matters = self.taxonomy(Keyword::Matter, Entity::Matter);
    }

    fn taxonomy(&mut self, keyword: Keyword, entity: Entity) -> Taxonomy {
        let mut nodes: Vec<Growing> = Vec::new();
        let mut roots: Vec<usize> = Vec::new();
        let (grafts, trees): (Vec<&Clause>, Vec<&Clause>) =
            self.of(keyword).partition(|clause| clause.has(Keyword::Under));
        for tree in trees {
            roots.push(self.grow(entity, tree, &mut nodes));
        }
        self.no_twins(entity, &roots, &nodes);
        // A graft may stand on another graft, wherever that is written.
        let mut waiting = grafts;
        while !waiting.is_empty() {
            let before = waiting.len();
            let mut later = Vec::new();
            for graft in waiting {
                let at = upper(graft).and_then(|name| locate(&name.text, &roots, &nodes));
                let Some(at) = at else {
                    later.push(graft);
                    continue;
                };
                let node = self.grow(entity, graft, &mut nodes);
                nodes[at].children.push(node);
                let children = nodes[at].children.clone();
                self.no_twins(entity, &children, &nodes);
            }
            waiting = later;
            if waiting.len() == before {
                break;
            }
        }
        if roots.is_empty() && waiting.is_empty() {
            return Taxonomy::undeclared(if entity == Entity::Area { "everywhere" } else { "anything" });
        }
        let mut heads = Vec::new();
        let branches: Vec<Branch> = roots.iter().map(|root| branch(*root, &nodes, &mut heads)).collect();
        let taxonomy = Taxonomy::new(Tree::new(&branches), heads);
        if !waiting.is_empty() {
            self.lost_grafts(entity, &waiting, &taxonomy);
        }
        taxonomy
    }

    /// The node of a clause with all below it.
    fn grow(&mut self, entity: Entity, clause: &Clause, nodes: &mut Vec<Growing>) -> usize {
        let at = nodes.len();
        nodes.push(Growing { head: head(clause), children: Vec::new() });
        let children: Vec<usize> =
            clause.clauses().iter().map(|inner| self.grow(entity, inner, nodes)).collect();
        self.no_twins(entity, &children, nodes);
        nodes[at].children = children;
        at
    }

    /// Siblings with one name are an error.
    fn no_twins(&mut self, entity: Entity, siblings: &[usize], nodes: &[Growing]) {
        let mut seen: BTreeMap<&str, &Head> = BTreeMap::new();
        for sibling in siblings {
            let head = &nodes[*sibling].head;
            if let Some(first) = seen.insert(&head.name, head) {
                self.twice(entity, first, head);
            }
        }
    }

    fn twice(&mut self, entity: Entity, first: &Head, second: &Head) {
        self.errors.push(ModelError::Duplicate {
            entity,
            name: second.name.clone(),
            first: first.span,
            second: second.span,
        });
    }

    fn lost_grafts(&mut self, entity: Entity, waiting: &[&Clause], taxonomy: &Taxonomy) {
        if entity == Entity::Area {
            self.it.areas = taxonomy.clone();
        } else {
            self.it.matters = taxonomy.clone();
        }
        for graft in waiting {
            if let Some(name) = upper(graft) {
                self.node(entity, name);
            }
        }
    }

    pub(super) fn attributes(&mut self) {
        for clause in self.of(Keyword::Attribute) {
            let kind = attribute_type(clause);
            if let AttributeType::Values(values) = &kind {
                for (index, value) in values.iter().enumerate() {
                    if let Some(first) = values[..index].iter().find(|other| other.name == value.name) {
                        self.twice(Entity::Value, first, value);
                    }
                }
            }
            let unit = clause.after(Keyword::Unit).and_then(|rest| match rest.first() {
                Some(Part::Text(text, _)) => Some(text.clone()),
                Some(Part::Name(name)) => Some(name.text.clone()),
                _ => None,
            });
            let mut head = head(clause);
            head.title = title_before_colon(clause);
            self.it.attributes.push(Attribute { head, kind, unit, judged: false });
        }
        self.judgments();
        self.it.space = self.space();
        let governs = [Keyword::Matter, Keyword::Area, Keyword::Mandate, Keyword::Scope, Keyword::Procedure];
        let nothing = governs.into_iter().all(|keyword| self.of(keyword).next().is_none());
        // A package of laws and bodies alone, for others to use, claims to govern nothing.
        self.it.scope.region =
            if nothing { Region::empty(&self.it.space) } else { Region::full(&self.it.space) };
    }

    /// Each condition in words is an axis of its own: true or false.
    fn judgments(&mut self) {
        let mut texts = Vec::new();
        for declaration in self.declarations {
            texts_of(declaration, &mut texts);
        }
        for (text, span) in texts {
            if self.it.attributes.iter().all(|attribute| attribute.head.name != *text) {
                let head = Head { name: text.clone(), span, ..Head::default() };
                let kind = AttributeType::Boolean;
                self.it.attributes.push(Attribute { head, kind, unit: None, judged: true });
            }
        }
    }

    fn space(&mut self) -> Space {
        let mut dimensions = vec![
            Dimension::new("matter", Kind::Tree(self.it.matters.tree.clone())),
            Dimension::new("area", Kind::Tree(self.it.areas.tree.clone())),
        ];
        for attribute in &self.it.attributes {
            let kind = match &attribute.kind {
                AttributeType::Integer(lowest, highest) => {
                    Kind::Integer { lowest: *lowest, highest: *highest }
                }
                AttributeType::Values(values) => {
                    Kind::List(values.iter().map(|value| value.name.clone()).collect())
                }
                AttributeType::Boolean => Kind::List(vec!["false".into(), "true".into()]),
            };
            let dimension = Dimension::new(attribute.head.name.clone(), kind);
            if dimension.fits() {
                dimensions.push(dimension);
            } else {
                let (name, span) = (attribute.head.name.clone(), attribute.head.span);
                self.errors.push(ModelError::TooManyValues { name, span });
                dimensions.push(Dimension::new(
                    attribute.head.name.clone(),
                    Kind::Integer { lowest: 0, highest: 0 },
                ));
            }
        }
        let days = ["workday", "restday", "holiday"].map(Into::into).to_vec();
        dimensions.push(Dimension::new("day", Kind::List(days)));
        dimensions.push(Dimension::new("time", Kind::Minutes));
        Space::new(dimensions)
    }
}

/// The name behind `under`.
fn upper(clause: &Clause) -> Option<&Name> {
    clause
        .after(Keyword::Under)?
        .iter()
        .find_map(|part| if let Part::Name(name) = part { Some(name) } else { None })
}

/// The node whose path from a root ends with `path`, while the tree grows.
fn locate(path: &str, roots: &[usize], nodes: &[Growing]) -> Option<usize> {
    let wanted: Vec<&str> = path.split('.').collect();
    let mut open: Vec<(usize, Vec<&str>)> = roots.iter().rev().map(|root| (*root, Vec::new())).collect();
    while let Some((at, mut above)) = open.pop() {
        above.push(&nodes[at].head.name);
        if above.ends_with(&wanted) {
            return Some(at);
        }
        open.extend(nodes[at].children.iter().rev().map(|child| (*child, above.clone())));
    }
    None
}

fn branch(at: usize, nodes: &[Growing], heads: &mut Vec<Head>) -> Branch {
    heads.push(nodes[at].head.clone());
    let children = nodes[at].children.iter().map(|child| branch(*child, nodes, heads)).collect();
    Branch::new(nodes[at].head.name.clone(), children)
}

/// The title of an attribute stands before the colon; texts behind it are titles of values or a unit.
fn title_before_colon(clause: &Clause) -> Option<EcoString> {
    match clause.parts.get(1) {
        Some(Part::Text(text, _)) => Some(text.clone()),
        _ => None,
    }
}

fn attribute_type(clause: &Clause) -> AttributeType {
    let mut values: Vec<Head> = Vec::new();
    let mut in_values = false;
    for part in &clause.parts {
        match part {
            Part::Range(low, high, _) => return AttributeType::Integer(*low, *high),
            Part::Word(word) if word.keyword == Keyword::Boolean => return AttributeType::Boolean,
            Part::Symbol(linkage_syntax::Symbol::Open) => in_values = true,
            Part::Symbol(linkage_syntax::Symbol::Close) => in_values = false,
            Part::Name(name) if in_values => {
                values.push(Head { name: name.text.clone(), span: name.span, ..Head::default() });
            }
            Part::Text(text, _) if in_values => {
                if let Some(value) = values.last_mut() {
                    value.title = Some(text.clone());
                }
            }
            _ => {}
        }
    }
    AttributeType::Values(values)
}

/// The conditions in words within a clause, in the order of the text.
fn texts_of<'f>(clause: &'f Clause, texts: &mut Vec<(&'f EcoString, Span)>) {
    for part in &clause.parts {
        if let Part::Expr(expr) = part {
            expr.comparisons(&mut |comparison| {
                if let Part::Text(text, span) = &comparison.operand {
                    texts.push((text, *span));
                }
            });
        }
    }
    for inner in clause.clauses() {
        texts_of(inner, texts);
    }
}
