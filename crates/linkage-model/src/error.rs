//! What can be wrong with the declarations together, as facts; the sentences are made in `report`.

use ecow::EcoString;

use linkage_syntax::Keyword;
use linkage_text::Span;

/// What a name can stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entity {
    /// A node of the tree of areas.
    Area,
    /// A node of the tree of matters.
    Matter,
    /// An attribute.
    Attribute,
    /// A value of an attribute.
    Value,
    /// A law.
    Law,
    /// A body.
    Body,
    /// A slot of an article.
    Slot,
    /// A power.
    Power,
    /// A mandate.
    Mandate,
    /// A transfer or entrustment.
    Passing,
    /// An exclusion.
    Exclusion,
    /// A resource.
    Resource,
    /// A channel.
    Channel,
    /// A procedure.
    Procedure,
    /// A node of a procedure.
    Node,
    /// An outcome of a step.
    Outcome,
    /// A resolution.
    Resolution,
    /// An amendment.
    Amendment,
    /// An article of a law.
    Article,
}

/// A defect that leaves the meaning of the package open.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// Two declarations with one name.
    #[error("`{name}` is declared twice")]
    Duplicate {
        /// Of what kind.
        entity: Entity,
        /// The name.
        name: EcoString,
        /// The earlier place.
        first: Span,
        /// The later place.
        second: Span,
    },
    /// A time counted in months or years, where the calendar does not say which day stands for one that the
    /// last month does not have.
    #[error("what is a month after the 31st?")]
    MonthNotRounded {
        /// The time.
        span: Span,
    },
    /// A name that nothing declares.
    #[error("no {entity:?} is named `{name}`")]
    Unknown {
        /// What it should be.
        entity: Entity,
        /// The name.
        name: EcoString,
        /// Where it is used.
        span: Span,
        /// The nearest name of that kind, and where it is declared.
        near: Option<(EcoString, Span)>,
        /// What the name stands for instead, and where that is declared.
        other: Option<(Entity, Span)>,
    },
    /// A name that several nodes of a tree have.
    #[error("`{name}` can be several")]
    Ambiguous {
        /// In which tree.
        entity: Entity,
        /// The name.
        name: EcoString,
        /// Where it is used.
        span: Span,
        /// Their full paths and places.
        candidates: Vec<(String, Span)>,
    },
    /// Declarations that rest on each other in a circle.
    #[error("a circle of {entity:?}")]
    Circle {
        /// Of what kind.
        entity: Entity,
        /// The clauses that make the circle, in its order.
        links: Vec<(EcoString, Span)>,
    },
    /// A comparison that makes no sense.
    #[error("`{operand}` can't be compared so")]
    Incomparable {
        /// What is compared.
        operand: EcoString,
        /// Where the comparison stands.
        span: Span,
        /// Where the operand is declared.
        declared: Option<Span>,
        /// What it can be compared with, in a word.
        wanted: Wanted,
    },
    /// A number that the attribute can't have.
    #[error("`{attribute}` is never {value}")]
    OutOfRange {
        /// The attribute.
        attribute: EcoString,
        /// The number.
        value: i64,
        /// The smallest that it can have.
        low: i64,
        /// The largest.
        high: i64,
        /// Where it is compared.
        span: Span,
        /// Where it is declared.
        declared: Span,
    },
    /// A clause that may stand once and stands twice.
    #[error("two `{}` clauses", keyword.spelling(linkage_text::Language::En))]
    Repeated {
        /// Which.
        keyword: Keyword,
        /// The earlier.
        first: Span,
        /// The later.
        second: Span,
    },
    /// A clause that has to be there and is not.
    #[error("`{name}` lacks `{}`", keyword.spelling(linkage_text::Language::En))]
    Missing {
        /// Which clause.
        keyword: Keyword,
        /// In which declaration.
        name: EcoString,
        /// Where that is declared.
        span: Span,
    },
    /// A target that may stand within a block only, or only outside.
    #[error("a branch of a block ends with `join`")]
    WrongTarget {
        /// Where.
        span: Span,
        /// The block, if the target stands in one.
        block: Option<Span>,
    },
    /// An attribute with more values than can be counted.
    #[error("the attribute `{name}` has too many values")]
    TooManyValues {
        /// The attribute.
        name: EcoString,
        /// Where.
        span: Span,
    },
    /// A region of more boxes than anybody can mean.
    #[error("the region has more than {limit} boxes")]
    TooComplicated {
        /// The clause whose region it is.
        span: Span,
        /// How many boxes a region may have.
        limit: usize,
    },
    /// An amendment replaces or removes what the package does not have.
    #[error("no `{}` is named `{name}`", keyword.spelling(linkage_text::Language::En))]
    NothingToAmend {
        /// What it should be.
        keyword: Keyword,
        /// Its name.
        name: EcoString,
        /// Where the amendment names it.
        span: Span,
        /// The nearest name of that kind, and where it is declared.
        near: Option<(EcoString, Span)>,
    },
    /// An amendment changes what amendments can't change.
    #[error("`{}` can't be amended so", keyword.spelling(linkage_text::Language::En))]
    NotAmendable {
        /// What it is.
        keyword: Keyword,
        /// Where.
        span: Span,
    },
    /// What would be wrong with the package if an amendment were adopted.
    #[error("with the amendment `{name}`: {error}")]
    Drafted {
        /// The amendment.
        name: EcoString,
        /// Where it is declared.
        span: Span,
        /// What would be wrong.
        error: Box<ModelError>,
    },
    /// A last day before the first.
    #[error("ends before it begins")]
    EndsBeforeBegin {
        /// The first day.
        from: Span,
        /// The last day.
        until: Span,
    },
    /// An amount whose end is the smaller.
    #[error("the amount ends below its beginning")]
    EmptyAmount {
        /// The amount.
        span: Span,
    },
}

impl ModelError {
    /// Where it is to be shown.
    pub fn span(&self) -> Span {
        match self {
            Self::Duplicate { second, .. } | Self::Repeated { second, .. } => *second,
            Self::Unknown { span, .. }
            | Self::Ambiguous { span, .. }
            | Self::Incomparable { span, .. }
            | Self::OutOfRange { span, .. }
            | Self::EmptyAmount { span }
            | Self::NothingToAmend { span, .. }
            | Self::NotAmendable { span, .. }
            | Self::Missing { span, .. }
            | Self::WrongTarget { span, .. }
            | Self::MonthNotRounded { span }
            | Self::TooManyValues { span, .. }
            | Self::TooComplicated { span, .. } => *span,
            Self::Circle { links, .. } => links.first().map(|(_, span)| *span).unwrap_or_default(),
            Self::EndsBeforeBegin { until, .. } => *until,
            Self::Drafted { error, .. } => error.span(),
        }
    }
}

/// What something can be compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wanted {
    /// A whole number.
    Number,
    /// One of the named values, with `=`, `!=` or `in`.
    Value,
    /// Nothing, or `true` and `false`.
    Truth,
    /// A node of the tree, with `=` or `in`.
    Node,
    /// A kind of day.
    Day,
    /// Times of the day.
    Hours,
}

/// Something that is likely not meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModelWarning {
    /// A region without a single situation.
    EmptyRegion {
        /// Where it is written.
        span: Span,
    },
    /// A name in letters of several scripts.
    MixedScript {
        /// The name.
        name: EcoString,
        /// Where.
        span: Span,
    },
    /// Two names that look alike.
    LooksAlike {
        /// The later name.
        name: EcoString,
        /// Where.
        span: Span,
        /// The earlier name.
        other: EcoString,
        /// Where that is.
        other_span: Span,
    },
}
