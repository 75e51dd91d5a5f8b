//! The report for reviewers: one HTML file that opens without a network and reads without a program.
//!
//! ```text
//!   Analysis ── gather ──► Gathered ──┬── summary, matrix, leads, network, procedures, bodies, findings
//!                                     └── page: head, security policy, style, script
//! ```
//!
//! Whatever a rule file says is text: it is escaped where it is put into the page, and characters that would
//! turn or hide text are made visible in the one place through which the whole page goes (`page`).

mod bodies;
mod cells;
mod excerpt;
mod filters;
mod findings;
mod fold;
mod gather;
mod leads;
mod marks;
mod matrix;
mod mentions;
mod network;
mod page;
mod procedures;
mod states;
mod story;
mod summary;
mod table;
mod terms;

pub use page::html;

use maud::{Markup, PreEscaped, html};

use super::words::Words;

/// A text in both languages, of which one is shown.
fn both(words: &Words) -> Markup {
    if words.en == words.zh {
        return html! { (words.en) };
    }
    // The shortest element there is: a large report has a hundred thousand of them.
    html! {
        (PreEscaped("<i lang=en>")) (words.en) (PreEscaped("</i><i lang=zh>")) (words.zh) (PreEscaped("</i>"))
    }
}

/// A text in both languages with what stands between ticks as code: keywords of the rules, commands.
fn spelled(words: &Words) -> Markup {
    if !words.en.contains('`') && !words.zh.contains('`') {
        return both(words);
    }
    let one = |text: &str| {
        html! { @for (at, part) in text.split('`').enumerate() {
            @if at % 2 == 1 { code { (part) } } @else { (part) }
        } }
    };
    html! {
        (PreEscaped("<i lang=en>")) (one(&words.en)) (PreEscaped("</i><i lang=zh>")) (one(&words.zh)) (PreEscaped("</i>"))
    }
}

/// The same, of two fixed texts.
fn say(en: &str, zh: &str) -> Markup {
    both(&Words::new(en, zh))
}
