//! Every procedure, drawn with what is wrong at the place where it bites.

use maud::{Markup, html};

use super::gather::Gathered;
use super::table::table;
use super::{both, marks, say};
use crate::picture::{Subject, picture, svg};
use crate::words::{Spoken, Words};

pub(super) fn section(gathered: &Gathered<'_>) -> Markup {
    let institution = gathered.institution();
    html! {
        section #procedures aria-labelledby="procedures-h" {
            h2 #procedures-h { (say("Procedures", "程序")) }
            p { (say(
                "A column for each body that acts. ▲ is a rung of escalation, ◆ an obligation, § a power that is needed, ▫ a resource, ● an event. Dashed ways are those of lateness and refusal. Findings stand where they bite.",
                "每列为一个办理主体。▲为升级，◆为义务，§为所需职权，▫为资源，●为事件。虚线为超时或拒绝。问题标注在发生之处。")) }
            @if institution.procedures.is_empty() { p { (say("No procedure is declared.", "未声明程序。")) } }
            @for (id, procedure) in institution.procedures() {
                @let anchor = format!("procedure-{}", id.index());
                @let mut drawn = picture(institution, Subject::Procedure(id));
                @let count = marks::procedure(gathered, id, &mut drawn);
                article id=(anchor) {
                    h3 { (both(&Words::new(&procedure.head.name, procedure.head.label()))) " "
                        span.quiet { (both(&Words::new(format!("{count} findings"), format!("{count}项问题")))) } }
                    p.js { button.fit type="button" aria-pressed="false" { (say("fit to the width", "适应宽度")) } }
                    div.scroll role="group" tabindex="0" aria-labelledby={(anchor) "-t"} {
                        (svg(&drawn, Spoken::Both, Some(&anchor)))
                    }
                    (table(&drawn, &anchor))
                }
            }
        }
    }
}
