//! From trees to the institution: names first, then the axes, then each kind of declaration.

mod amend;
mod authority;
mod basis;
mod bodies;
mod condition;
mod law;
mod names;
mod place;
mod procedure;
mod property;
mod region;
mod resource;
mod settle;
mod terms;

use ecow::EcoString;
use names::Names;

use super::{Institution, ModelError, ModelWarning, Scope, Taxonomy};
use linkage_regions::{Region, Space, Tree};
use linkage_syntax::{Clause, File, Keyword};

/// A package with its names resolved, and what is wrong with it.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// As far as it can be resolved; to be relied on only without errors.
    pub institution: Institution,
    /// What leaves the meaning open, in the order of the text.
    pub errors: Vec<ModelError>,
    /// What is likely not meant.
    pub warnings: Vec<ModelWarning>,
}

/// Resolves the files of a package together.
pub fn resolve(files: &[&File]) -> Resolved {
    let declarations: Vec<&Clause> = files.iter().flat_map(|file| &file.declarations).collect();
    let resolved = resolve_declarations(&declarations);
    if !resolved.errors.is_empty() {
        return resolved;
    }
    resolved.with(amend::tried(&declarations))
}

/// Resolves them as they would be with amendments adopted in this order, each after those that it needs. Also
/// answers the names of all that were adopted.
pub fn resolve_amended(files: &[&File], amendments: &[EcoString]) -> (Resolved, Vec<EcoString>) {
    let declarations: Vec<&Clause> = files.iter().flat_map(|file| &file.declarations).collect();
    let (amended, adopted, errors) = amend::adopt(&declarations, amendments);
    (resolve_declarations(&amend::lent(&amended)).with(errors), adopted)
}

fn resolve_declarations(declarations: &[&Clause]) -> Resolved {
    let mut resolver = Resolver::new(declarations);
    resolver.places();
    resolver.attributes();
    resolver.laws();
    resolver.bodies();
    resolver.authority();
    resolver.resources();
    resolver.procedures();
    resolver.settling();
    resolver.properties();
    resolver.amendments();
    resolver.alike();
    resolver.finish()
}

/// The institution in the making.
struct Resolver<'f> {
    declarations: &'f [&'f Clause],
    names: Names,
    it: Institution,
    errors: Vec<ModelError>,
    warnings: Vec<ModelWarning>,
}

impl<'f> Resolver<'f> {
    fn new(declarations: &'f [&'f Clause]) -> Self {
        let space = Space::default();
        let nothing = || Taxonomy::new(Tree::new(&[]), []);
        let it = Institution {
            matters: nothing(),
            areas: nothing(),
            attributes: Vec::new(),
            scope: Scope {
                region: Region::full(&space),
                span: None,
                parts: Vec::new(),
                fallback: None,
                forums: Vec::new(),
            },
            space,
            laws: Vec::new(),
            bodies: Vec::new(),
            powers: Vec::new(),
            mandates: Vec::new(),
            passings: Vec::new(),
            exclusions: Vec::new(),
            resources: Vec::new(),
            channels: Vec::new(),
            procedures: Vec::new(),
            resolutions: Vec::new(),
            acceptances: Vec::new(),
            amendments: Vec::new(),
            properties: Vec::new(),
            governance: None,
        };
        let mut resolver =
            Self { declarations, names: Names::default(), it, errors: Vec::new(), warnings: Vec::new() };
        resolver.collect_names();
        resolver
    }

    fn finish(mut self) -> Resolved {
        self.errors.sort_by_key(ModelError::span);
        self.errors.dedup();
        Resolved { institution: self.it, errors: self.errors, warnings: self.warnings }
    }

    /// The declarations of a kind, in the order of the text.
    fn of(&self, keyword: Keyword) -> impl Iterator<Item = &'f Clause> + use<'f> {
        self.declarations.iter().copied().filter(move |clause| clause.keyword == keyword)
    }

    /// Tells clauses of which one is allowed and two are there.
    fn once(&mut self, clauses: &[Clause]) {
        for (index, clause) in clauses.iter().enumerate() {
            if is_single(clause.keyword)
                && let Some(first) = clauses[..index].iter().find(|other| other.keyword == clause.keyword)
            {
                self.errors.push(ModelError::Repeated {
                    keyword: clause.keyword,
                    first: first.keyword_span,
                    second: clause.keyword_span,
                });
            }
        }
    }
}

/// Whether a block may hold one clause of this keyword only: two would leave open which counts.
fn is_single(keyword: Keyword) -> bool {
    matches!(
        keyword,
        Keyword::Over
            | Keyword::In
            | Keyword::When
            | Keyword::During
            | Keyword::Lead
            | Keyword::Rank
            | Keyword::Issuer
            | Keyword::Number
            | Keyword::From
            | Keyword::Until
            | Keyword::Kind
            | Keyword::Duty
            | Keyword::Capacity
            | Keyword::Within
            | Keyword::Quorum
            | Keyword::Silence
            | Keyword::Runs
            | Keyword::Then
            | Keyword::Fallback
            | Keyword::Retention
            | Keyword::Mode
            | Keyword::Chair
            | Keyword::HandOver
            | Keyword::Adopt
            | Keyword::Migrate
            | Keyword::Purge
            | Keyword::Otherwise
            | Keyword::Reason
            | Keyword::Closing
    )
}
