//! A picture as a table: the same for those who can't see it, or print it small.

use maud::{Markup, html};

use super::{both, say};
use crate::report::picture::{LineKind, Picture};

pub(super) fn table(picture: &Picture, anchor: &str) -> Markup {
    let has_lanes = !picture.lanes.is_empty();
    html! {
        details {
            summary { (say("The same as a table: ", "同一内容的表格：")) (both(&picture.title)) }
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
                                td { @for line in &node.lines {
                                    div.bite[matches!(line.kind, LineKind::Finding(_))] {
                                        @match &line.link {
                                            Some(link) => { a href=(link) { (both(&line.words)) } }
                                            None => { (both(&line.words)) }
                                        }
                                    }
                                } }
                                td { @for edge in picture.edges.iter().filter(|edge| edge.from == at) {
                                    div {
                                        @for (index, words) in edge.label.iter().enumerate() {
                                            @if index > 0 { ", " } (both(words))
                                        }
                                        " → " (both(&picture.nodes[edge.to].title))
                                    }
                                } }
                            }
                        }
                    }
                }
            }
        }
    }
}
