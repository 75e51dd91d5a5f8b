//! The cells of the HTML matrix, read off the page.

use std::ops::Range;

use super::super::division_oracle::space::Situation;
use super::{Outcome, Truth};

/// Whether every cell shows what the situations in it are, and how much of it.
pub fn agree(page: &str, truths: &[Truth], all: &[Situation]) -> Result<(), String> {
    let table = between(page, "id=\"grid\"", "</table>").ok_or("the page has no matrix")?;
    let (head, body) = table.split_once("<tbody>").ok_or("the matrix has no rows")?;
    let columns: Vec<Range<usize>> = head.split("data-a=\"").skip(1).filter_map(leaves).collect();
    for row in body.split("data-m=\"").skip(1) {
        let matters = leaves(row).ok_or("a row without leaves")?;
        let cells: Vec<&str> = row.split("<td class=\"").skip(1).collect();
        if cells.len() != columns.len() {
            return Err(format!("{} cells in {} columns", cells.len(), columns.len()));
        }
        for (cell, areas) in cells.iter().zip(&columns) {
            let (mut whole, mut gap, mut overlap) = (0, 0, 0);
            for (truth, at) in truths.iter().zip(all) {
                if !matters.contains(&at.matter) || !areas.contains(&at.area) {
                    continue;
                }
                let weight = at.minutes();
                match truth.kind {
                    Some(Outcome::Outside) | None => continue,
                    Some(Outcome::Nobody) => gap += weight,
                    Some(Outcome::Circle | Outcome::Undecidable | Outcome::Unsaid) => overlap += weight,
                    _ => {}
                }
                whole += weight;
            }
            let wanted = match (whole, gap, overlap) {
                (0, ..) => Some(("x", String::new())),
                (_, 0, 0) => None,
                (_, 0, overlap) => Some(("o", percent(overlap, whole))),
                (_, gap, _) => Some(("g", percent(gap, whole))),
            };
            let class = cell.split('"').next().unwrap_or_default();
            let shown = (class, text(cell));
            let right = match &wanted {
                Some((class, share)) => shown == (*class, share.clone()),
                None => ["d", "s", "l"].contains(&class),
            };
            if !right {
                return Err(format!(
                    "matters {matters:?} in {areas:?}: {shown:?} is shown, {wanted:?} is so"
                ));
            }
        }
    }
    Ok(())
}

fn between<'t>(text: &'t str, from: &str, to: &str) -> Option<&'t str> {
    text.split_once(from)?.1.split_once(to).map(|(between, _)| between)
}

/// The leaves of a row or a column, at the head of its tag.
fn leaves(tag: &str) -> Option<Range<usize>> {
    let (from, to) = tag.split('"').next()?.split_once('-')?;
    Some(from.parse().ok()?..to.parse().ok()?)
}

/// The text of a cell, without tags.
fn text(cell: &str) -> String {
    let inner = between(cell, ">", "</td>").unwrap_or_default();
    let text: String = inner.split('<').map(|part| part.rsplit('>').next().unwrap_or_default()).collect();
    text.replace("&lt;", "<")
}

fn percent(part: u64, whole: u64) -> String {
    match part * 100 / whole {
        0 => "<1%".to_owned(),
        share => format!("{share}%"),
    }
}
