//! The page: head, security policy, sections in order. The one place through which all of it goes.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::gather::Gathered;
use super::states::States;
use super::{bodies, both, cells, findings, leads, matrix, network, procedures, say, summary};
use crate::names::short;
use crate::picture::STYLE as PICTURES;
use crate::words::Words;
use linkage_model::Division;
use linkage_package::Analysis;
use linkage_text::Language;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// The report as one HTML file, shown in this language first.
pub fn html(analysis: &Analysis, language: Language) -> String {
    let division = Division::new(analysis.institution(), analysis.day);
    let gathered = Gathered::new(analysis, &division);
    let name = &analysis.package.name;
    let title = Words::new(name, analysis.package.title.as_ref().unwrap_or(name));
    let style = format!("{PICTURES}{STYLE}");
    let policy = format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
        hash(&style),
        hash(SCRIPT)
    );
    let head = Words::new(
        format!("{}: review as of {}", title.en, analysis.day),
        format!("{}：规则审查（{}）", title.zh, analysis.day),
    );
    let key = language.pick("en", "zh");
    let page = html! {
        (DOCTYPE)
        html lang=(key) data-lang=(key) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                meta name="generator" content={"linkage " (env!("CARGO_PKG_VERSION"))};
                title { (head.of(language)) }
                style { (PreEscaped(&style)) }
            }
            body {
                a.skip href="#main" { (say("to the content", "跳至正文")) }
                (top(&gathered, &head))
                main #main tabindex="-1" { (sections(&gathered)) }
                footer { p { (both(&Words::new(
                    format!("Made by linkage {} from {}; rules {}.", env!("CARGO_PKG_VERSION"), name, short(&analysis.package.hash)),
                    format!("由linkage {}根据{}生成；规则{}。", env!("CARGO_PKG_VERSION"), name, short(&analysis.package.hash)),
                ))) } }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    shown(&page.into_string())
}

fn top(gathered: &Gathered<'_>, head: &Words) -> Markup {
    let parts = [
        ("summary", "Summary", "摘要"),
        ("matrix", "Matters and areas", "事项与区域"),
        ("leads", "Who leads what", "谁牵头什么"),
        ("network", "Network", "主体网络"),
        ("procedures", "Procedures", "程序"),
        ("bodies", "Bodies", "主体"),
        ("findings", "Findings", "问题"),
        ("accepted", "Accepted", "已认可"),
        ("codes", "Codes", "编号释义"),
    ];
    let parts = parts.into_iter().filter(|(id, ..)| match *id {
        "findings" => true,
        "accepted" => !gathered.accepted.is_empty(),
        _ => gathered.analysis.is_understood(),
    });
    html! {
        header {
            h1 { (both(head)) }
            div.js.set {
                button type="button" #lang { "中文 / English" }
                button type="button" #theme aria-label="light or dark / 深浅色" { "◐" }
            }
            nav aria-label="parts / 目录" { ul { @for (id, en, zh) in parts { li { a href={"#" (id)} { (say(en, zh)) } } } } }
        }
    }
}

fn sections(gathered: &Gathered<'_>) -> Markup {
    if !gathered.analysis.is_understood() {
        return html! {
            p { (say(
                "The package can't be understood, so nothing could be checked. What keeps it from that:",
                "规则包无法理解，因而未作检查。原因如下：")) }
            (findings::section(gathered))
        };
    }
    let states = States::new(&gathered.context);
    html! {
        (summary::section(gathered, &states))
        (matrix::section(gathered, &cells::matrix(gathered, &states)))
        (leads::section(gathered))
        (network::section(gathered))
        (procedures::section(gathered))
        (bodies::section(gathered))
        (findings::section(gathered))
    }
}

/// What the policy names to allow exactly this text.
fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

/// The page with every character made visible that would turn, hide or end text. The page itself has none.
fn shown(page: &str) -> String {
    let odd = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}')
            || matches!(c, '\u{2060}'..='\u{206F}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
    };
    if !page.contains(odd) {
        return page.to_owned();
    }
    let one = |c: char| if odd(c) { format!("⟨U+{:04X}⟩", c as u32) } else { c.to_string() };
    page.chars().map(one).collect()
}
