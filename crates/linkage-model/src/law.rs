//! Laws and powers: what may be done at all, and since when.

use ecow::EcoString;
use jiff::civil::Date;

use super::{BodyKind, Head, Holder, LawId, PowerId};
use linkage_regions::Region;
use linkage_syntax::Keyword;
use linkage_text::{Language, Span};

/// A legal basis.
#[derive(Debug, Clone, Default)]
pub struct Law {
    /// Name, title, place.
    pub head: Head,
    /// Its rank.
    pub rank: Option<Rank>,
    /// Who issued it.
    pub issuer: Option<EcoString>,
    /// Its number.
    pub number: Option<EcoString>,
    /// The first day in force; none means since ever.
    pub from: Option<(Date, Span)>,
    /// The last day in force; none means for good.
    pub until: Option<(Date, Span)>,
    /// The laws that it replaces.
    pub replaces: Vec<(LawId, Span)>,
    /// Its articles, as far as declared.
    pub articles: Vec<Article>,
}

impl Law {
    /// Whether it is in force on a day.
    pub fn in_force(&self, day: Date) -> bool {
        self.from.is_none_or(|(from, _)| from <= day) && self.until.is_none_or(|(until, _)| day <= until)
    }

    /// The article of a number; a paragraph such as `60(3)` belongs to article `60`.
    pub fn article(&self, number: &str) -> Option<&Article> {
        let whole = number.split('(').next().unwrap_or(number);
        let find = |wanted: &str| self.articles.iter().find(|article| article.number == wanted);
        find(number).or_else(|| find(whole))
    }
}

/// An article of a law.
#[derive(Debug, Clone)]
pub struct Article {
    /// Its number, such as `53` or `60(3)`.
    pub number: EcoString,
    /// What it says.
    pub title: Option<EcoString>,
    /// Where it is declared.
    pub span: Span,
    /// What it grants, forbids and reserves.
    pub norms: Vec<Norm>,
}

/// What an article does with a power.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Modality {
    /// Gives it.
    Grant,
    /// Forbids it.
    Forbid,
    /// Keeps it to the holders.
    Reserve,
}

/// A grant, a prohibition or a reservation.
#[derive(Debug, Clone)]
pub struct Norm {
    /// Which of the three.
    pub modality: Modality,
    /// The powers.
    pub powers: Vec<PowerId>,
    /// Whom it speaks of.
    pub holders: Vec<Holder>,
    /// Where it holds.
    pub region: Region,
    /// How much it may be, for a grant of a fine: from and to, in yuan.
    pub amount: Option<(i64, i64)>,
    /// Where it is written.
    pub span: Span,
}

/// A basis as a rule cites it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The law, if it is declared.
    pub law: Option<LawId>,
    /// The law's name as written.
    pub name: EcoString,
    /// The article's number, if one is cited.
    pub article: Option<EcoString>,
    /// Whether the law has that article (or none is cited).
    pub article_known: bool,
    /// Where.
    pub span: Span,
}

/// A kind of act that needs authority.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Power {
    /// Name, title, place.
    pub head: Head,
    /// Whether it coerces; what takes away liberty does.
    pub coercive: bool,
    /// Whether it takes away personal liberty.
    pub liberty: bool,
    /// Whether it is a penalty.
    pub penalty: bool,
    /// Whether it may be passed on, where the author says so.
    pub delegable: Option<bool>,
    /// The kinds of body that may hold it; none means all.
    pub holders: Vec<BodyKind>,
}

impl Power {
    /// The lowest rank of a law on which it may rest; none where any will do.
    ///
    /// Personal liberty is for statutes alone (Legislation Law art 11, Administrative Penalty Law art 10,
    /// Administrative Compulsory Law art 10); other coercion for these, administrative and local regulations
    /// (Administrative Compulsory Law arts 10, 11, 13); penalties for rules too (Administrative Penalty Law
    /// arts 9 to 14), never for documents without the form of a law (art 16).
    pub fn lowest_rank(&self) -> Option<Rank> {
        match self {
            Self { liberty: true, .. } => Some(Rank::Statute),
            Self { coercive: true, .. } => Some(Rank::LocalRegulation),
            Self { penalty: true, .. } => Some(Rank::LocalRule),
            _ => None,
        }
    }
}

/// The rank of a law (Legislation Law of China, chapter 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rank {
    /// 宪法
    Constitution,
    /// 法律
    Statute,
    /// 行政法规
    AdministrativeRegulation,
    /// 地方性法规
    LocalRegulation,
    /// 部门规章
    MinistryRule,
    /// 地方政府规章
    LocalRule,
    /// 党内法规
    PartyRegulation,
    /// 规范性文件
    NormativeDocument,
    /// 标准
    Standard,
    /// 协议
    Agreement,
}

impl Rank {
    const ALL: [Self; 10] = [
        Self::Constitution,
        Self::Statute,
        Self::AdministrativeRegulation,
        Self::LocalRegulation,
        Self::MinistryRule,
        Self::LocalRule,
        Self::PartyRegulation,
        Self::NormativeDocument,
        Self::Standard,
        Self::Agreement,
    ];

    /// The rank that a keyword names.
    pub fn of_keyword(keyword: Keyword) -> Option<Self> {
        Some(match keyword {
            Keyword::Constitution => Self::Constitution,
            Keyword::Statute => Self::Statute,
            Keyword::AdministrativeRegulation => Self::AdministrativeRegulation,
            Keyword::LocalRegulation => Self::LocalRegulation,
            Keyword::MinistryRule => Self::MinistryRule,
            Keyword::LocalRule => Self::LocalRule,
            Keyword::PartyRegulation => Self::PartyRegulation,
            Keyword::NormativeDocument => Self::NormativeDocument,
            Keyword::Standard => Self::Standard,
            Keyword::Agreement => Self::Agreement,
            _ => return None,
        })
    }

    /// The rank that a word names, in either language.
    pub fn of_name(word: &str) -> Option<Self> {
        let named = |rank: &Self| {
            let keyword = rank.keyword();
            [Language::En, Language::Zh].into_iter().any(|language| keyword.spelling(language) == word)
        };
        Self::ALL.into_iter().find(named)
    }

    /// The words for all ranks.
    pub fn names() -> Vec<&'static str> {
        Self::ALL.into_iter().map(|rank| rank.keyword().spelling(Language::En)).collect()
    }

    /// The keyword of the rank.
    pub fn keyword(self) -> Keyword {
        match self {
            Self::Constitution => Keyword::Constitution,
            Self::Statute => Keyword::Statute,
            Self::AdministrativeRegulation => Keyword::AdministrativeRegulation,
            Self::LocalRegulation => Keyword::LocalRegulation,
            Self::MinistryRule => Keyword::MinistryRule,
            Self::LocalRule => Keyword::LocalRule,
            Self::PartyRegulation => Keyword::PartyRegulation,
            Self::NormativeDocument => Keyword::NormativeDocument,
            Self::Standard => Keyword::Standard,
            Self::Agreement => Keyword::Agreement,
        }
    }

    /// How high the rank stands: ranks of one height are equals.
    pub fn height(self) -> u8 {
        match self {
            Self::Constitution => 6,
            Self::Statute => 5,
            Self::AdministrativeRegulation => 4,
            Self::LocalRegulation => 3,
            Self::MinistryRule | Self::LocalRule => 2,
            Self::PartyRegulation | Self::NormativeDocument => 1,
            Self::Standard | Self::Agreement => 0,
        }
    }

    /// Where the rank stands in the list of the language.
    pub(super) fn listed(self) -> usize {
        Self::ALL.iter().position(|rank| *rank == self).unwrap_or(Self::ALL.len())
    }

    /// Whether this rank prevails over another; none where the law does not rank them.
    ///
    /// Between a local regulation and a ministry's rule no rank decides: the State Council and, if
    /// need be, the Standing Committee do (Legislation Law art 106). Party regulations stand in an
    /// order of their own.
    pub fn compare(self, other: Self) -> Option<std::cmp::Ordering> {
        let apart = |a: Self, b: Self| {
            (a == Self::LocalRegulation && b == Self::MinistryRule)
                || (a == Self::PartyRegulation && b != Self::PartyRegulation)
        };
        if apart(self, other) || apart(other, self) {
            return None;
        }
        Some(self.height().cmp(&other.height()))
    }
}
