//! The syntax tree: clauses all the way down, with the place of everything and every comment.

use ecow::EcoString;
use jiff::civil::Date;

use super::Keyword;
use linkage_calendar::Duration;
use linkage_text::Span;

/// A whole file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct File {
    /// The declarations, in the order of the text.
    pub declarations: Vec<Clause>,
    /// Comments after the last declaration.
    pub trailing: Vec<Comment>,
}

/// How a keyword is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Spelling {
    /// In English.
    #[default]
    En,
    /// In Chinese.
    Zh,
    /// Not at all: a node of a tree needs no keyword.
    Implied,
}

/// A keyword, what follows it, and perhaps a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Comments in the lines above.
    pub comments: Box<[Comment]>,
    /// The keyword.
    pub keyword: Keyword,
    /// How the keyword is spelled.
    pub spelling: Spelling,
    /// Whether an empty line stands above.
    pub spaced: bool,
    /// From the keyword to the last part or the closing brace.
    pub span: Span,
    /// Of the keyword alone.
    pub keyword_span: Span,
    /// What follows the keyword, up to the block.
    pub parts: Box<[Part]>,
    /// The block in braces, if there is one.
    pub block: Option<Box<Block>>,
}

/// What stands in braces; or, in some clauses, the clauses that stand among the parts without braces.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Block {
    /// How many parts of the outer clause stand before.
    pub after: usize,
    /// The clauses, in the order of the text.
    pub clauses: Vec<Clause>,
    /// Comments after the last clause.
    pub trailing: Vec<Comment>,
}

/// A comment, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// With its `//` or `/* */`.
    pub text: EcoString,
    /// Whether it stands behind something in the same line.
    pub behind: bool,
    /// Whether an empty line stands above.
    pub spaced: bool,
}

/// A keyword within a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Which.
    pub keyword: Keyword,
    /// How it is spelled.
    pub spelling: Spelling,
    /// Where.
    pub span: Span,
}

/// A name or a dotted path of names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As written.
    pub text: EcoString,
    /// Where.
    pub span: Span,
}

/// A mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Symbol {
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `->`
    Arrow,
    /// `{` within a clause: of the values of an attribute.
    Open,
    /// `}` within a clause.
    Close,
}

/// One thing in a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A keyword.
    Word(Word),
    /// A name.
    Name(Name),
    /// A text in quotes.
    Text(EcoString, Span),
    /// A whole number.
    Number(i64, Span),
    /// `1..5`, both ends included.
    Range(i64, i64, Span),
    /// `75%`.
    Percent(u32, Span),
    /// `3 workdays`.
    Duration(Duration, Spelling, Span),
    /// `2026-01-01`.
    Date(Date, Span),
    /// `22:00-06:00`, in minutes of the day; the end is not included.
    Hours(u16, u16, Span),
    /// `09:00`, in minutes of the day.
    Clock(u16, Span),
    /// `art 53` or `第53条`: the number in Arabic digits, paragraphs in brackets.
    Article(EcoString, Spelling, Span),
    /// A mark.
    Symbol(Symbol),
    /// A condition.
    Expr(Box<Expr>),
    /// A comment amid the clause.
    Comment(EcoString),
}

/// A condition on a situation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// All hold.
    And(Vec<Expr>, Spelling),
    /// At least one holds.
    Or(Vec<Expr>, Spelling),
    /// Does not hold.
    Not(Box<Expr>, Spelling),
    /// A comparison, or an attribute that holds.
    Compare(Comparison),
}

/// `severity <= 3`, `venue in {home, street}`, or `indoors` alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// What is compared: a name, or the keyword of an axis.
    pub operand: Part,
    /// How.
    pub operator: Operator,
    /// With what: none for an attribute alone, several for a set.
    pub values: Vec<Part>,
    /// Where.
    pub span: Span,
}

/// How two things are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// No comparison: a boolean attribute.
    Holds,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
    /// `=`
    Equal,
    /// `!=`
    Unequal,
    /// `in` one range or value.
    Among(Spelling),
    /// `in { … }`.
    AmongSet(Spelling),
}

impl Clause {
    /// The clauses in the block; none without a block.
    pub fn clauses(&self) -> &[Self] {
        self.block.as_ref().map_or(&[], |block| &block.clauses)
    }

    /// All names among the parts.
    pub fn names(&self) -> impl Iterator<Item = &Name> {
        self.parts.iter().filter_map(|part| if let Part::Name(name) = part { Some(name) } else { None })
    }

    /// The first name: for a declaration, what it declares.
    pub fn name(&self) -> Option<&Name> {
        self.names().next()
    }

    /// The first text in quotes: for a declaration, its title.
    pub fn title(&self) -> Option<&EcoString> {
        self.parts.iter().find_map(|part| if let Part::Text(text, _) = part { Some(text) } else { None })
    }

    /// The keywords among the parts.
    pub fn words(&self) -> impl Iterator<Item = Word> {
        self.parts.iter().filter_map(|part| if let Part::Word(word) = part { Some(*word) } else { None })
    }

    /// Whether a keyword is among the parts.
    pub fn has(&self, keyword: Keyword) -> bool {
        self.words().any(|word| word.keyword == keyword)
    }

    /// The first duration.
    pub fn duration(&self) -> Option<(Duration, Span)> {
        self.parts.iter().find_map(|part| match part {
            Part::Duration(duration, _, span) => Some((*duration, *span)),
            _ => None,
        })
    }

    /// The first date.
    pub fn date(&self) -> Option<(Date, Span)> {
        self.parts.iter().find_map(|part| match part {
            Part::Date(date, span) => Some((*date, *span)),
            _ => None,
        })
    }

    /// The first whole number.
    pub fn number(&self) -> Option<(i64, Span)> {
        self.parts.iter().find_map(|part| match part {
            Part::Number(number, span) => Some((*number, *span)),
            _ => None,
        })
    }

    /// The first condition.
    pub fn expr(&self) -> Option<&Expr> {
        self.parts.iter().find_map(|part| if let Part::Expr(expr) = part { Some(&**expr) } else { None })
    }

    /// The parts behind a keyword, up to the end.
    pub fn after(&self, keyword: Keyword) -> Option<&[Part]> {
        let at = self.parts.iter().position(|part| matches!(part, Part::Word(w) if w.keyword == keyword))?;
        self.parts.get(at + 1..)
    }

    /// The comment right above, without its marks: the doc comment of a declaration.
    pub fn doc(&self) -> Option<String> {
        let own: Vec<&str> = self
            .comments
            .iter()
            .rev()
            .take_while(|comment| !comment.behind)
            .map(|comment| comment.text.as_str())
            .collect();
        let lines = own
            .into_iter()
            .rev()
            .map(|text| text.trim_start_matches(['/', '*']).trim_end_matches("*/").trim().to_owned());
        let doc = lines.collect::<Vec<_>>().join("\n");
        (!doc.is_empty()).then_some(doc)
    }
}

impl Part {
    /// Where it stands; marks and comments stand with their neighbours.
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::Word(word) => Some(word.span),
            Self::Name(name) => Some(name.span),
            Self::Text(_, span)
            | Self::Number(_, span)
            | Self::Range(_, _, span)
            | Self::Percent(_, span)
            | Self::Duration(_, _, span)
            | Self::Date(_, span)
            | Self::Hours(_, _, span)
            | Self::Clock(_, span)
            | Self::Article(_, _, span) => Some(*span),
            Self::Expr(expr) => Some(expr.span()),
            Self::Symbol(_) | Self::Comment(_) => None,
        }
    }
}

impl Expr {
    /// Looks at each comparison, in the order of the text.
    pub fn comparisons<'e>(&'e self, look: &mut impl FnMut(&'e Comparison)) {
        match self {
            Self::And(all, _) | Self::Or(all, _) => {
                for one in all {
                    one.comparisons(look);
                }
            }
            Self::Not(inner, _) => inner.comparisons(look),
            Self::Compare(comparison) => look(comparison),
        }
    }

    /// From its first comparison to its last.
    pub fn span(&self) -> Span {
        match self {
            Self::And(all, _) | Self::Or(all, _) => match (all.first(), all.last()) {
                (Some(first), Some(last)) => first.span().to(last.span()),
                _ => Span::default(),
            },
            Self::Not(inner, _) => inner.span(),
            Self::Compare(comparison) => comparison.span,
        }
    }
}
