//! The matrix of matters and areas as a table that folds.

use maud::{Markup, html};

use super::cells::Matrix;
use super::fold::Shown;
use super::gather::Gathered;
use super::states::{PARTED, State};
use super::{both, say, terms};
use crate::words::Words;
use linkage_model::Taxonomy;
use linkage_regions::Tree;

/// A node by its name or its title.
pub(super) fn node(taxonomy: &Taxonomy, shown: &Shown) -> Words {
    if shown.node == Tree::ROOT {
        return Words::new("everything", "全部");
    }
    let head = taxonomy.head(shown.node);
    Words::new(&head.name, head.label())
}

pub(super) fn section(gathered: &Gathered<'_>, matrix: &Matrix) -> Markup {
    let institution = gathered.institution();
    let legend = PARTED.into_iter().chain([State::One, State::Outside]);
    html! {
        section #matrix aria-labelledby="matrix-h" {
            h2 #matrix-h { (say("Matters and areas", "事项与区域")) }
            p { (say(
                "Each cell is a matter in an area, over all times and all other facts. It shows the worst state that occurs there, and how much of it is in that state. A row or a column is unfolded only where something below it differs.",
                "每格为某事项在某区域的全部时间和其他事实。所示为其中最差的状态及其所占比例。仅当下级存在差异时才展开行或列。")) }
            ul.legend { @for state in legend { li { span class={"k " (terms::class(state))} { } " " (both(&terms::state(state))) } } }
            @if matrix.cells.is_empty() {
                p { (say("The package declares no matters or no areas.", "本规则包未声明事项或区域。")) }
            } @else {
                p.js { button type="button" #unfold aria-pressed="false" { (say("unfold all", "全部展开")) } }
                div.scroll role="group" tabindex="0" aria-labelledby="matrix-h" {
                    table #grid {
                        thead { tr {
                            th scope="col" { (say("matter", "事项")) }
                            @for column in &matrix.columns {
                                th scope="col" data-a={(column.leaves.start) "-" (column.leaves.end)} data-d=(column.depth) {
                                    (toggle(column, &node(&institution.areas, column)))
                                }
                            }
                        } }
                        tbody {
                            @for (row, cells) in matrix.rows.iter().zip(matrix.cells.chunks(matrix.columns.len().max(1))) {
                                tr data-m={(row.leaves.start) "-" (row.leaves.end)} data-d=(row.depth) {
                                    th scope="row" class={"i" (row.depth.min(6))} { (toggle(row, &node(&institution.matters, row))) }
                                    @for cell in cells {
                                        td class=(terms::class(cell.state)) {
                                            @match cell.finding.and_then(|at| gathered.all().nth(at)) {
                                                Some(item) => { a href={"#" (item.anchor)} { (cell.share) } }
                                                None => { @if !matches!(cell.state, State::One | State::Outside) { (cell.share) } }
                                            }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The name of a row or a column; what unfolds is a button once the script runs.
fn toggle(shown: &Shown, name: &Words) -> Markup {
    html! { span.t[shown.unfolds] { (both(name)) } }
}
