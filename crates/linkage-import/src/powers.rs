//! From rows to a draft: laws, bodies, powers, matters, and who may do what in which matter on what article.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Field, Mapping, Row, RowFault, Table, Unread};
use linkage_syntax::parse;
use linkage_text::SourceId;

/// What the caller knows beyond the table.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The mark between several powers in one cell.
    pub split: Option<char>,
    /// Phrases that name nobody: each becomes a slot of the law that uses it.
    pub slots: Vec<String>,
    /// Endings of names of laws with the keyword of their rank; the first that fits counts.
    pub ranks: Vec<(String, String)>,
    /// Bodies that took the place of others.
    pub heirs: Vec<Heir>,
}

/// A body that took the place of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heir {
    /// The old body, as rows name it.
    pub old: String,
    /// The body that took its place.
    pub new: String,
    /// Since when.
    pub since: Date,
}

/// What a table says.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The laws by title.
    pub laws: BTreeMap<String, Law>,
    /// Bodies that took the place of others.
    pub heirs: Vec<Heir>,
    /// How many rows were read.
    pub read: usize,
    /// What could not be read.
    pub unread: Vec<Unread>,
}

/// A law with what its articles say.
#[derive(Debug, Clone, Default)]
pub struct Law {
    /// Since when, until when, and the line that says so.
    pub dates: Option<(Option<Date>, Option<Date>, usize)>,
    /// The keyword of its rank.
    pub rank: Option<String>,
    /// Article, matter, area and body to what the body may do.
    pub entries: BTreeMap<Place, Entry>,
}

/// Where in a law somebody may do something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The article as it is cited: numbers in their order, then as written.
    pub article: (u32, String),
    /// The matter within the article.
    pub matter: Option<String>,
    /// The area.
    pub area: Option<String>,
    /// Who.
    pub body: String,
}

/// What somebody may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The powers, as first met.
    pub powers: Vec<String>,
    /// Whether the body is a phrase that names nobody.
    pub is_slot: bool,
    /// The first line that says so.
    pub line: usize,
}

/// Reads the rows of a list of powers.
pub fn powers(table: &Table, mapping: &Mapping, options: &Options) -> Draft {
    let mut draft = Draft { heirs: options.heirs.clone(), ..Draft::default() };
    for row in &table.rows {
        if row.cells.len() != table.columns.len() {
            let (cells, columns) = (row.cells.len(), table.columns.len());
            draft.unread.push(Unread { line: row.line, why: RowFault::Uneven { cells, columns } });
        }
        match entry(&mut draft, row, mapping, options) {
            Ok(()) => draft.read += 1,
            Err(why) => draft.unread.push(Unread { line: row.line, why }),
        }
    }
    draft
}

fn entry(draft: &mut Draft, row: &Row, mapping: &Mapping, options: &Options) -> Result<(), RowFault> {
    let needed = |field| mapping.get(row, field).ok_or(RowFault::Missing(field));
    let (title, body, powers) = (needed(Field::Law)?, needed(Field::Body)?, needed(Field::Power)?);
    let article = mapping.get(row, Field::Article).map_or(Ok((0, String::new())), article)?;
    let date = |field: Field| match mapping.get(row, field) {
        None => Ok(None),
        Some(text) => text.parse::<Date>().map(Some).map_err(|_| RowFault::Date(field, text.into())),
    };
    let dates = (date(Field::From)?, date(Field::Until)?);
    let powers: Vec<String> = match options.split {
        Some(mark) => {
            powers.split(mark).map(str::trim).filter(|power| !power.is_empty()).map(Into::into).collect()
        }
        None => vec![powers.into()],
    };
    if powers.is_empty() {
        return Err(RowFault::Missing(Field::Power));
    }
    let law = draft.laws.entry(title.into()).or_default();
    let rank = options.ranks.iter().find(|(ending, _)| title.ends_with(ending)).map(|(_, rank)| rank.clone());
    law.rank = rank.filter(|rank| !rank.is_empty());
    let place = Place {
        article,
        matter: mapping.get(row, Field::Matter).map(Into::into),
        area: mapping.get(row, Field::Area).map(Into::into),
        body: body.into(),
    };
    let is_slot = options.slots.iter().any(|slot| slot == body);
    match law.entries.get_mut(&place) {
        None => drop(law.entries.insert(place, Entry { powers, is_slot, line: row.line })),
        Some(known) => {
            let new: Vec<String> = powers.into_iter().filter(|power| !known.powers.contains(power)).collect();
            if new.is_empty() {
                return Err(RowFault::Duplicate { first: known.line });
            }
            known.powers.extend(new);
        }
    }
    match law.dates {
        _ if dates == (None, None) => {}
        None => law.dates = Some((dates.0, dates.1, row.line)),
        Some((from, until, _)) if (from, until) == dates => {}
        Some((.., first)) => {
            let why = RowFault::OtherDate { law: title.into(), first };
            draft.unread.push(Unread { line: row.line, why });
        }
    }
    Ok(())
}

/// An article as it can be cited: `40`, `art 40`, `第四十条`; the number is for the order only.
fn article(text: &str) -> Result<(u32, String), RowFault> {
    let plain = text.trim_start_matches("art").trim();
    let starts_with_number = plain.starts_with(|letter: char| letter.is_ascii_digit());
    let cited = if starts_with_number { format!("art {plain}") } else { plain.to_owned() };
    let snippet = format!("mandate m {{ basis l {cited} }}");
    let citations = parse(SourceId::default(), &snippet);
    if cited.contains(['{', '}', ',', '，', '、']) || !citations.errors.is_empty() {
        return Err(RowFault::Article(text.into()));
    }
    let digits: String = plain.chars().take_while(char::is_ascii_digit).collect();
    Ok((digits.parse().unwrap_or(u32::MAX), cited))
}
