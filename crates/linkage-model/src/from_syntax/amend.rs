//! The package as it would be: amendments change the list of declarations before any name is resolved, so that
//! what follows of them is computed by the same code as everything else.

use std::borrow::Cow;
use std::collections::BTreeSet;

use ecow::EcoString;

use super::super::{Amendment, Entity, ModelError};
use super::names::head;
use super::{Resolved, Resolver, is_single, resolve_declarations};
use linkage_syntax::{Clause, Keyword, Name, Part};
use linkage_text::did_you_mean;

impl Resolver<'_> {
    /// The amendments that are drafted; what they would change is not looked at here.
    pub(super) fn amendments(&mut self) {
        for clause in self.of(Keyword::Amendment) {
            let clauses = clause.clauses();
            self.once(clauses);
            let mut amendment = Amendment {
                head: head(clause),
                from: clauses
                    .iter()
                    .find(|it| it.keyword == Keyword::From)
                    .and_then(Clause::date)
                    .map(|it| it.0),
                needs: Vec::new(),
                basis: self.basis(clauses),
            };
            for inner in clauses.iter().filter(|it| it.keyword == Keyword::Needs) {
                for (_, name) in self.find_all(Entity::Amendment, inner, |_| ()).iter().zip(inner.names()) {
                    amendment.needs.push(name.text.clone());
                }
            }
            self.it.amendments.push(amendment);
        }
    }
}

/// The declarations with amendments adopted in this order, each after those that it needs; the names of all
/// that were adopted; and what can't be changed as they say.
pub(super) fn adopt<'f>(
    declared: &[&'f Clause],
    names: &[EcoString],
) -> (Vec<Cow<'f, Clause>>, Vec<EcoString>, Vec<ModelError>) {
    let mut order = Order { declared, done: Vec::new(), errors: Vec::new() };
    for name in names {
        order.visit(name, &mut Vec::new());
    }
    let Order { done, mut errors, .. } = order;
    let mut amended: Vec<Cow<'f, Clause>> = declared.iter().map(|clause| Cow::Borrowed(*clause)).collect();
    for amendment in &done {
        change(&mut amended, amendment, &mut errors);
    }
    (amended, done.iter().map(|clause| head(clause).name).collect(), errors)
}

/// The declarations, to be read.
pub(super) fn lent<'a>(amended: &'a [Cow<'_, Clause>]) -> Vec<&'a Clause> {
    amended.iter().map(AsRef::as_ref).collect()
}

/// What is wrong with amendments that nobody has adopted yet: each is tried on the package alone, with those
/// that it needs.
pub(super) fn tried(declared: &[&Clause]) -> Vec<ModelError> {
    let mut found = Vec::new();
    for clause in declared.iter().filter(|clause| clause.keyword == Keyword::Amendment) {
        let draft = head(clause);
        let (amended, _, errors) = adopt(declared, std::slice::from_ref(&draft.name));
        let errors = if errors.is_empty() { resolve_declarations(&lent(&amended)).errors } else { errors };
        found.extend(errors.into_iter().map(|error| ModelError::Drafted {
            name: draft.name.clone(),
            span: draft.span,
            error: Box::new(error),
        }));
    }
    // What is wrong with an amendment is wrong with each that needs it, and told once.
    let mut told = BTreeSet::new();
    found.retain(|error| {
        let ModelError::Drafted { error, .. } = error else { return true };
        told.insert((error.span(), error.to_string()))
    });
    found
}

/// The amendments in the order in which they are to be adopted.
struct Order<'a, 'f> {
    declared: &'a [&'f Clause],
    done: Vec<&'f Clause>,
    errors: Vec<ModelError>,
}

impl<'f> Order<'_, 'f> {
    fn visit(&mut self, name: &EcoString, path: &mut Vec<&'f Clause>) {
        let named = |clause: &&&'f Clause| clause.name().is_some_and(|it| it.text == *name);
        let mut amendments = self.declared.iter().filter(|clause| clause.keyword == Keyword::Amendment);
        let Some(clause) = amendments.find(named).copied() else { return };
        if let Some(at) = path.iter().position(|it| std::ptr::eq(*it, clause)) {
            // The same circle, from whichever of its amendments it is come to.
            let mut circle = path[at..].to_vec();
            let first = (0..circle.len()).min_by_key(|at| circle[*at].span).unwrap_or_default();
            circle.rotate_left(first);
            let links = circle.iter().map(|it| (head(it).name, head(it).span)).collect();
            self.errors.push(ModelError::Circle { entity: Entity::Amendment, links });
            return;
        }
        if self.done.iter().any(|it| std::ptr::eq(*it, clause)) {
            return;
        }
        path.push(clause);
        for needed in
            clause.clauses().iter().filter(|it| it.keyword == Keyword::Needs).flat_map(Clause::names)
        {
            self.visit(&needed.text, path);
        }
        path.pop();
        self.done.push(clause);
    }
}

/// Adds, extends, replaces and removes, in the order of the text.
fn change<'f>(declared: &mut Vec<Cow<'f, Clause>>, amendment: &'f Clause, errors: &mut Vec<ModelError>) {
    for part in amendment.clauses() {
        for clause in part.clauses() {
            let can_be = match part.keyword {
                Keyword::Add => !matches!(clause.keyword, Keyword::Use | Keyword::Amendment),
                _ => named(clause.keyword),
            };
            if !can_be {
                errors.push(ModelError::NotAmendable { keyword: clause.keyword, span: clause.keyword_span });
                continue;
            }
            if part.keyword == Keyword::Add {
                declared.push(Cow::Borrowed(clause));
                continue;
            }
            let Some(at) = place(declared, clause, errors) else { continue };
            match part.keyword {
                Keyword::Extend => extend(declared[at].to_mut(), clause),
                Keyword::Replace => declared[at] = Cow::Borrowed(clause),
                _ => drop(declared.remove(at)),
            }
        }
    }
}

/// Adds the clauses of another to a clause. What may stand once, and a ladder, takes the place of what is there; a
/// node, an article or an entry of the same name is itself extended; everything else is added.
fn extend(clause: &mut Clause, by: &Clause) {
    let Some(further) = &by.block else { return };
    let Some(block) = &mut clause.block else {
        clause.block.clone_from(&by.block);
        return;
    };
    for inner in &further.clauses {
        let same = |own: &&mut Clause| own.keyword == inner.keyword;
        let once = is_single(inner.keyword) || inner.keyword == Keyword::Escalate;
        let own = block.clauses.iter_mut().filter(same).find(|own| {
            let name = |clause: &Clause| clause.name().map(|name| name.text.clone());
            once || (inner.block.is_some() && own.block.is_some() && name(own) == name(inner))
                || (inner.keyword == Keyword::Article && number(own) == number(inner))
        });
        match own {
            Some(own) if once => *own = inner.clone(),
            Some(own) => extend(own, inner),
            None => block.clauses.push(inner.clone()),
        }
    }
}

/// The number of an article.
fn number(article: &Clause) -> Option<&EcoString> {
    article
        .parts
        .iter()
        .find_map(|part| if let Part::Article(number, ..) = part { Some(number) } else { None })
}

/// Whether declarations of a keyword have names by which they can be found again.
fn named(keyword: Keyword) -> bool {
    !matches!(keyword, Keyword::Use | Keyword::Amendment | Keyword::Require | Keyword::Accept)
}

/// Where the declaration stands that a clause of an amendment is about; none and an error if nowhere.
fn place(declared: &[Cow<'_, Clause>], clause: &Clause, errors: &mut Vec<ModelError>) -> Option<usize> {
    let name = clause.name()?;
    let of_its_kind = |it: &Clause| alike(it.keyword, clause.keyword);
    let found = declared
        .iter()
        .position(|it| of_its_kind(it) && it.name().is_some_and(|other| other.text == name.text));
    if found.is_none() {
        let others: Vec<&Name> = declared
            .iter()
            .map(AsRef::as_ref)
            .filter(|it| of_its_kind(it))
            .filter_map(Clause::name)
            .collect();
        let near = did_you_mean(&name.text, others.iter().map(|it| it.text.as_str()));
        let near = near.and_then(|near| others.iter().find(|it| it.text == near));
        errors.push(ModelError::NothingToAmend {
            keyword: clause.keyword,
            name: name.text.clone(),
            span: name.span,
            near: near.map(|it| (it.text.clone(), it.span)),
        });
    }
    found
}

/// Whether two keywords share one table of names: what was entrusted may be replaced by a transfer.
fn alike(one: Keyword, other: Keyword) -> bool {
    let passing = |keyword| matches!(keyword, Keyword::Transfer | Keyword::Entrust);
    one == other || (passing(one) && passing(other))
}

impl Resolved {
    /// Adds what is wrong with the list of declarations itself.
    pub(super) fn with(mut self, errors: Vec<ModelError>) -> Self {
        self.errors.extend(errors);
        self.errors.sort_by_key(ModelError::span);
        self.errors.dedup();
        self
    }
}
