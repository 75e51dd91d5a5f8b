//! The network: channels, bodies, what is passed on, what is owed.

use maud::{Markup, html};

use super::gather::Gathered;
use super::table::table;
use super::{both, marks, say};
use crate::picture::{Shape, Subject, picture, svg};
use crate::words::Spoken;

pub(super) fn section(gathered: &Gathered<'_>) -> Markup {
    let subjects = [
        ("channels", Subject::Channels),
        ("hierarchy", Subject::Bodies),
        ("delegations", Subject::Delegations),
        ("obligations", Subject::Obligations),
    ];
    html! {
        section #network aria-labelledby="network-h" {
            h2 #network-h { (say("The network of bodies", "主体网络")) }
            @for (anchor, subject) in subjects {
                @let mut drawn = picture(gathered.institution(), subject);
                (marked(gathered, &mut drawn))
                article id=(anchor) {
                    h3 { (both(&drawn.title)) }
                    p { (both(&drawn.about)) }
                    @if matches!(drawn.nodes.as_slice(), [only] if only.shape == Shape::Open) && drawn.edges.is_empty() {
                        p { (say("Nothing of this kind is declared.", "未作此类声明。")) }
                    } @else {
                        p.js { button.fit type="button" aria-pressed="false" { (say("fit to the width", "适应宽度")) } }
                        div.scroll role="group" tabindex="0" aria-labelledby={(anchor) "-t"} {
                            (svg(&drawn, Spoken::Both, Some(anchor)))
                        }
                        (table(&drawn, anchor))
                    }
                }
            }
        }
    }
}

fn marked(gathered: &Gathered<'_>, drawn: &mut crate::picture::Picture) -> Markup {
    marks::net(gathered, drawn);
    Markup::default()
}
