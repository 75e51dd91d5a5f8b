//! What findings are filtered by; without the script they are all shown.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::fold::Shown;
use super::gather::Gathered;
use super::{matrix, say, terms};
use crate::words::Words;
use linkage_analysis::checks::Cause;
use linkage_model::{BodyId, Taxonomy};
use linkage_text::Severity;

pub(super) fn severity_key(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

pub(super) fn form(gathered: &Gathered<'_>) -> Markup {
    let institution = gathered.institution();
    let families: BTreeSet<&str> = gathered.items.iter().map(|item| &item.code[..1]).collect();
    let causes: BTreeSet<Cause> = gathered.items.iter().filter_map(|item| item.cause).collect();
    let bodies: BTreeSet<BodyId> =
        gathered.items.iter().flat_map(|item| item.bodies.iter().copied()).collect();
    html! {
        form.js #filter role="search" aria-labelledby="findings-h" {
            p { label { (say("search", "检索")) " " input #q type="search" name="q" autocomplete="off"; } }
            p { label { (say("severity", "程度")) " " select name="s" {
                (option("", &any()))
                @for severity in terms::SEVERITIES { (option(severity_key(severity), &terms::severity(severity))) }
            } } }
            p { label { (say("family", "类别")) " " select name="f" {
                (option("", &any()))
                @for (key, en, zh) in terms::FAMILIES.iter().filter(|(key, ..)| families.contains(key)) {
                    (option(key, &Words::new(format!("{key} {en}"), format!("{key} {zh}"))))
                }
            } } }
            p { label { (say("cause", "成因")) " " select name="c" {
                (option("", &any()))
                @for cause in causes { (option(cause.key(), &Words::each(|language| cause.in_words(language).to_owned()))) }
            } } }
            p { label { (say("body", "主体")) " " select name="b" {
                (option("", &any()))
                @for body in bodies {
                    @let head = &institution[body].head;
                    (option(&body.index().to_string(), &Words::new(&head.name, head.label())))
                }
            } } }
            p { label { (say("matter", "事项")) " " select name="m" { (option("", &any())) (nodes(&institution.matters)) } } }
            p { label { (say("area", "区域")) " " select name="a" { (option("", &any())) (nodes(&institution.areas)) } } }
            p { button type="reset" { (say("show all", "显示全部")) } }
            p.quiet.wide { (say(
                "Within the list, j and k go to the next and the previous finding, / to the search. The address keeps what is chosen: copy it to share it.",
                "在列表中，j和k跳至下一项和上一项，/跳至检索。地址中保存所选条件，可复制分享。")) }
        }
    }
}

fn any() -> Words {
    Words::new("any", "不限")
}

/// Options can hold no elements: the script puts the language in.
fn option(value: &str, words: &Words) -> Markup {
    html! { option value=(value) data-en=(words.en) data-zh=(words.zh) { (words.en) } }
}

/// The nodes of a tree, down to two levels where it is large.
fn nodes(taxonomy: &Taxonomy) -> Markup {
    const MOST: usize = 400;
    let tree = &taxonomy.tree;
    let few = tree.nodes().count() <= MOST;
    html! {
        @for (at, node) in tree.nodes().skip(1) {
            @let depth = tree.path(at).len();
            @if few || depth <= 2 {
                @let shown = Shown { node: at, leaves: node.leaves, depth, unfolds: false };
                @let indent = "\u{a0}\u{a0}".repeat(depth.saturating_sub(1));
                (option(
                    &format!("{}-{}", node.leaves.start, node.leaves.end),
                    &matrix::node(taxonomy, &shown).map(|name| format!("{indent}{name}")),
                ))
            }
        }
    }
}
