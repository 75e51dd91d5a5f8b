//! What changes between two packages, for people: as text, and as Markdown for a change request.

use std::fmt::Write;

use super::diff::{DeltaReport, DiffReport, LeadReport, ShiftReport, SideReport};
use super::diff_procedures::ProcedureReport;
use super::finding::thousands;
use linkage_text::Language;

/// One part of the report: its heading and its lines.
type Part = (String, Vec<String>);

/// As text.
pub fn diff_text(it: &DiffReport, language: Language) -> String {
    let mut out = format!("{} → {}\n", side(&it.before), side(&it.after));
    for (heading, lines) in parts(it, language) {
        let _ = writeln!(out, "\n{heading}");
        for line in lines {
            let _ = writeln!(out, "  {line}");
        }
    }
    out
}

/// As Markdown: a line to see, the rest folded. What the rules say is quoted, so that it is shown and not read as
/// Markdown.
pub fn diff_markdown(it: &DiffReport, language: Language) -> String {
    let parts = parts(it, language);
    let mut out = format!("**{} → {}**\n\n", escaped(&side(&it.before)), escaped(&side(&it.after)));
    for (heading, lines) in parts {
        if lines.is_empty() {
            let _ = writeln!(out, "{}\n", escaped(&heading));
            continue;
        }
        let _ = writeln!(out, "<details><summary>{}</summary>\n", escaped(&heading));
        for line in lines {
            let _ = writeln!(out, "- {}", escaped(line.trim_start()));
        }
        out.push_str("\n</details>\n\n");
    }
    out
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

fn side(side: &SideReport) -> String {
    let mut words = side.path.clone();
    if !side.amendments.is_empty() {
        let _ = write!(words, " + {}", side.amendments.join(" + "));
    }
    let _ = write!(words, " ({})", side.as_of);
    words
}

fn parts(it: &DiffReport, language: Language) -> Vec<Part> {
    let say = |en: &str, zh: &str, count: usize| {
        let word = language.pick(en, zh);
        language.pick(format!("{word}: {count}"), format!("{word}：{count}项"))
    };
    let leads: Vec<String> = it.leads.iter().chain(&it.gone).map(|change| lead(change, language)).collect();
    let shifts: Vec<String> = it.supports.iter().chain(&it.powers).map(|it| shift(it, language)).collect();
    let procedures: Vec<String> = it.procedures.iter().flat_map(|it| procedure(it, language)).collect();
    let all = [
        (say("regions with another lead", "牵头变化的范围", leads.len()), leads),
        (say("powers and support gained or lost", "职权与配合的增减", shifts.len()), shifts),
        (say("procedures that change", "变化的程序", it.procedures.len()), procedures),
        (say("findings that vanish", "消除的问题", it.vanish.len()), deltas(&it.vanish, language)),
        (say("findings that appear", "新出现的问题", it.appear.len()), deltas(&it.appear, language)),
        (say("findings on another region", "范围变化的问题", it.moved.len()), deltas(&it.moved, language)),
    ];
    let parts: Vec<Part> = all.into_iter().filter(|(_, lines)| !lines.is_empty()).collect();
    if parts.is_empty() {
        return vec![(language.pick("nothing changes", "没有变化").into(), Vec::new())];
    }
    parts
}

fn lead(it: &LeadReport, language: Language) -> String {
    let gone = language.pick("no such situation any more", "不再有此情形");
    let after = it.after.as_ref().map_or(gone, |after| after.text.as_str());
    let (place, count) = (&it.region.text, thousands(&it.region.situations));
    language.pick(
        format!("{place}: {} → {after} ({count} situations)", it.before.text),
        format!("{place}：{} → {after}（{count}种情形）", it.before.text),
    )
}

fn shift(it: &ShiftReport, language: Language) -> String {
    let (body, place, sign) = (&it.body, &it.region.text, if it.gains { '+' } else { '−' });
    match &it.power {
        Some(power) => format!("{sign} {body}: {power}, {place}"),
        None => {
            language.pick(format!("{sign} {body} supports: {place}"), format!("{sign} {body} 配合：{place}"))
        }
    }
}

fn procedure(it: &ProcedureReport, language: Language) -> Vec<String> {
    let word = match it.state {
        "new" => language.pick(" (new)", "（新增）"),
        "gone" => language.pick(" (gone)", "（取消）"),
        _ => "",
    };
    let mut lines = vec![format!("{}{word}", it.procedure)];
    for detail in &it.details {
        let nothing = language.pick("nothing", "无");
        let (before, after) = (detail.before.as_deref(), detail.after.as_deref());
        let (before, after) = (before.unwrap_or(nothing), after.unwrap_or(nothing));
        lines.push(format!("  {}: {before} → {after}", detail.aspect));
    }
    lines
}

fn deltas(all: &[DeltaReport], language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    for it in all {
        lines.push(format!("{} {}", it.code, it.message));
        if let Some(was) = it.was.as_ref().filter(|was| **was != it.message) {
            lines.push(format!("  {}: {was}", language.pick("was", "原为")));
        }
        if let Some(command) = &it.reproduce {
            lines.push(format!("  {command}"));
        }
    }
    lines
}
