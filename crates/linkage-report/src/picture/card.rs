//! How large a node or a label is: its lines, wrapped, in the widest of the languages that are shown.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{LineKind, Node};
use crate::words::{Spoken, Words};
use linkage_text::Language;

/// The width of a column in pixels: half of an ideograph, with some room. Letters of common fonts at 12 px are
/// narrower on average, ideographs are 12 px wide.
const COLUMN: i64 = 7;

/// The same for titles, which are bold.
const BOLD: i64 = 8;

/// The height of a line in pixels.
pub(super) const LINE: i64 = 16;

/// The room between the border of a card and its text.
pub(super) const PADDING: i64 = 9;

/// So many columns are in a line at most.
const WIDEST: usize = 32;

/// One line as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub text: String,
    /// None for the title.
    pub kind: Option<LineKind>,
    pub link: Option<String>,
}

/// The lines of a node in a language.
pub(super) fn rows(node: &Node, language: Language) -> Vec<Row> {
    let title = wrap(node.title.of(language)).into_iter().map(|text| Row { text, kind: None, link: None });
    let lines = node.lines.iter().flat_map(|line| {
        let rows = wrap(line.words.of(language)).into_iter();
        rows.map(|text| Row { text, kind: Some(line.kind), link: line.link.clone() })
    });
    title.chain(lines).collect()
}

/// Width and height of a node in pixels.
pub(super) fn size(node: &Node, spoken: Spoken) -> (i64, i64) {
    let each = spoken.languages().iter().map(|language| {
        let rows = rows(node, *language);
        let widest =
            rows.iter().map(|row| if row.kind.is_none() { bold(&row.text) } else { width(&row.text) });
        let widest = widest.max().unwrap_or(0);
        (widest + 2 * PADDING, whole(rows.len()) * LINE + PADDING)
    });
    each.fold((0, 0), |most, one| (most.0.max(one.0), most.1.max(one.1)))
}

/// Width and height of a label in pixels; none where there is nothing to say.
pub(super) fn label_size(label: &[Words], spoken: Spoken) -> Option<(i64, i64)> {
    if label.is_empty() {
        return None;
    }
    let each = spoken.languages().iter().map(|language| {
        let lines: Vec<String> = label.iter().flat_map(|words| wrap(words.of(*language))).collect();
        (lines.iter().map(|line| width(line)).max().unwrap_or(0) + 6, whole(lines.len()) * LINE)
    });
    Some(each.fold((0, 0), |most, one| (most.0.max(one.0), most.1.max(one.1))))
}

/// Width and height of the head of a lane in pixels.
pub(super) fn head_size(lane: &Words, spoken: Spoken) -> (i64, i64) {
    let each = spoken.languages().iter().map(|language| {
        let rows = wrap(lane.of(*language));
        (rows.iter().map(|row| bold(row)).max().unwrap_or(0) + 2 * PADDING, whole(rows.len()) * LINE)
    });
    each.fold((0, 0), |most, one| (most.0.max(one.0), most.1.max(one.1)))
}

/// The lines of a label.
pub(super) fn label_rows(label: &[Words], language: Language) -> Vec<String> {
    label.iter().flat_map(|words| wrap(words.of(language))).collect()
}

/// How wide a text is in pixels.
pub(super) fn width(text: &str) -> i64 {
    whole(text.width()) * COLUMN
}

/// How wide a title is in pixels.
pub(super) fn bold(text: &str) -> i64 {
    whole(text.width()) * BOLD
}

/// A count as a number of pixels.
pub(super) fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX / 4)
}

/// What never begins a line.
const CLOSING: [char; 14] = ['，', '。', '、', '：', '；', '）', '」', '』', '》', '”', '！', '？', ')', ','];

/// A text in lines of at most [`WIDEST`] columns: broken behind a space, an ideograph, an underscore; within a
/// word only where it is wider than a line. What closes stays with what it closes, be it over the edge.
pub(super) fn wrap(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut columns) = (String::new(), 0);
    // Where the line may be broken last: behind this byte.
    let (mut chance, mut before): (Option<usize>, Option<usize>) = (None, None);
    // A name is broken only where the words before it would leave the line mostly empty.
    let mut space: Option<usize> = None;
    for c in text.chars().map(|c| if c == '\n' { ' ' } else { c }) {
        let wide = c.width().unwrap_or(0);
        let closes = CLOSING.contains(&c);
        if closes && chance == Some(line.len()) {
            chance = before;
        }
        let room = if closes { WIDEST + 2 } else { WIDEST };
        if columns + wide > room && !line.is_empty() {
            let full = |at: &usize| line.get(..*at).is_some_and(|words| 3 * words.width() >= WIDEST);
            let chance_taken = space.filter(full).or(chance);
            let rest =
                chance_taken.filter(|at| *at < line.len()).map(|at| line.split_off(at)).unwrap_or_default();
            lines.push(line.trim().to_owned());
            rest.trim_start().clone_into(&mut line);
            columns = line.width();
            (chance, before, space) = (None, None, None);
        }
        line.push(c);
        columns += wide;
        if c == ' ' {
            space = Some(line.len());
        }
        if c == ' ' || c == '_' || c == ',' || c == '.' || wide == 2 {
            (before, chance) = (chance, Some(line.len()));
        }
    }
    if !line.trim().is_empty() || lines.is_empty() {
        lines.push(line.trim().to_owned());
    }
    lines
}
