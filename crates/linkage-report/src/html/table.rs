//! A picture as a table: the same for those who can't see it, or print it small.

use maud::{Markup, html};

use super::{both, say};
use crate::picture::{Line, LineKind, Picture};
use crate::words::Words;
use linkage_text::Language;

pub(super) fn table(picture: &Picture, anchor: &str) -> Markup {
    let has_lanes = !picture.lanes.is_empty();
    html! {
        details {
            summary { (both(&Words::new("The same as a table: ", "同一内容的表格：").and(&picture.title))) }
            div.scroll role="group" tabindex="0" aria-labelledby={(anchor) "-t"} {
                table {
                    thead { tr {
                        th scope="col" { (say("what", "节点")) }
                        @if has_lanes { th scope="col" { (say("who", "主体")) } }
                        th scope="col" { (say("what holds", "内容")) }
                        th scope="col" { (say("leads to", "去向")) }
                    } }
                    tbody {
                        @for (at, node) in picture.nodes.iter().enumerate() {
                            tr {
                                th scope="row" { (both(&node.title)) }
                                @if has_lanes { td { @if let Some(lane) = picture.lanes.get(node.lane) { (both(lane)) } } }
                                @let lane = picture.lanes.get(node.lane);
                                td { @for line in node.lines.iter().filter(|line| !says_who(line, lane)) {
                                    div class=[matches!(line.kind, LineKind::Finding(_)).then_some("bite")] {
                                        @match &line.link {
                                            Some(link) => { a href=(link) { (both(&line.words)) } }
                                            None => { (both(&line.words)) }
                                        }
                                    }
                                } }
                                td { @for edge in picture.edges.iter().filter(|edge| edge.from == at) {
                                    @let label = |language: Language| {
                                        let between = language.pick(", ", "、");
                                        edge.label.iter().map(|words| words.of(language)).collect::<Vec<_>>().join(between)
                                    };
                                    div { (both(&Words::each(|language| {
                                        format!("{} → {}", label(language), picture.nodes[edge.to].title.of(language))
                                    }))) }
                                } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Whether a line says who acts: the table has a column for it.
fn says_who(line: &Line, lane: Option<&Words>) -> bool {
    lane.is_some_and(|lane| line.words.en.strip_prefix("by ") == Some(&lane.en))
}
