//! The report of `check` for people: every finding with its excerpts, and a summary.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::cost::practice_words;
use super::finding::{diagnose, thousands, titled};
use super::{Terminal, faults};
use linkage_analysis::checks::{Folded, Proofs, folded};
use linkage_package::Analysis;
use linkage_parallel::in_order;
use linkage_text::{Diagnostic, Language, Severity};

/// The whole report.
pub fn text(analysis: &Analysis, terminal: Terminal) -> String {
    let sources = &analysis.package.sources;
    let faults = faults(analysis, terminal.language);
    let folded = folded(&analysis.findings);
    let stand: Vec<usize> = (0..analysis.findings.len()).filter(|at| folded.under[*at].is_none()).collect();
    let findings = in_order(&stand, |at| with_consequences(analysis, &folded, *at, terminal.language));
    let mut out = String::new();
    for diagnostic in faults.into_iter().chain(findings) {
        out.push_str(&terminal.render(sources, &diagnostic));
        out.push('\n');
    }
    out.push_str(&summary(analysis, terminal.language));
    out
}

/// A finding with what follows from it, each in one line.
fn with_consequences(analysis: &Analysis, folded: &Folded, at: usize, language: Language) -> Diagnostic {
    let diagnostic = diagnose(analysis, &analysis.findings[at], language);
    folded.following(at).fold(diagnostic, |diagnostic, other| {
        let follows = titled(analysis.institution(), &analysis.findings[other], language);
        diagnostic.note(match language {
            Language::En => format!("from this follows {follows}"),
            Language::Zh => format!("由此产生：{follows}"),
        })
    })
}

/// How many findings of which severity, and what was looked at.
pub fn summary(analysis: &Analysis, language: Language) -> String {
    let institution = analysis.institution();
    let mut out = String::new();
    let name = analysis.package.title.as_deref().filter(|_| language == Language::Zh);
    let name = name.unwrap_or(&analysis.package.name);
    if !analysis.is_understood() {
        let count = faults(analysis, language).len();
        let _ = match language {
            Language::En => {
                let errors = counted(count, "error keeps", "errors keep");
                writeln!(out, "{name}: {errors} it from being checked")
            }
            Language::Zh => writeln!(out, "{name}：有{count}处错误，无法检查"),
        };
        return out;
    }
    let mut by_check: BTreeMap<(std::cmp::Reverse<Severity>, &str, &str), usize> = BTreeMap::new();
    for finding in &analysis.findings {
        let check = finding.check;
        *by_check.entry((std::cmp::Reverse(finding.severity), check.code, check.name)).or_default() += 1;
    }
    let count = |severity| analysis.findings.iter().filter(|finding| finding.severity == severity).count();
    let counts = [count(Severity::Error), count(Severity::Warning), count(Severity::Note)];
    let situations = thousands(&institution.scope.region.count().to_string());
    let (bodies, mandates, procedures) =
        (institution.bodies.len(), institution.mandates.len(), institution.procedures.len());
    let day = &match (analysis.package.adopted.as_slice(), language) {
        ([], _) => analysis.day.to_string(),
        (adopted, Language::En) => format!("{}, with {}", analysis.day, adopted.join(", ")),
        (adopted, Language::Zh) => format!("{}，采纳{}", analysis.day, adopted.join("、")),
    };
    let _ = match language {
        Language::En => writeln!(
            out,
            "{name} as of {day}: {}, {}, {}\nlooked at {}, {}, {} over {situations} situations",
            counted(counts[0], "error", "errors"),
            counted(counts[1], "warning", "warnings"),
            counted(counts[2], "note", "notes"),
            counted(bodies, "body", "bodies"),
            counted(mandates, "mandate", "mandates"),
            counted(procedures, "procedure", "procedures"),
        ),
        Language::Zh => writeln!(
            out,
            "{name}（{day}）：错误{}项，警告{}项，提示{}项\n\
             共检查主体{bodies}个、职责{mandates}项、程序{procedures}个，情形{situations}种",
            counts[0], counts[1], counts[2],
        ),
    };
    for ((_, code, name), count) in by_check {
        let _ = writeln!(out, "  {count:>4}  {code} {name}");
    }
    let follow = folded(&analysis.findings).count();
    if follow > 0 {
        let _ = match language {
            Language::En => writeln!(out, "{follow} of them follow from others, under which they are told"),
            Language::Zh => writeln!(out, "其中{follow}项由其他各项产生，列于其下"),
        };
    }
    out.push_str(&properties(analysis, language));
    out.push_str(&not_told(analysis, language));
    if let Some(practice) = &analysis.practice {
        let ordered = language.pick(" Findings are in the order of what they cost.", "问题按实际代价排序。");
        let _ = writeln!(out, "{}{ordered}", practice_words(practice, language));
    }
    out
}

/// The first line of the summary.
pub fn headline(analysis: &Analysis, language: Language) -> String {
    summary(analysis, language).split_inclusive('\n').take(1).collect()
}

/// How many of the required properties hold.
pub(super) fn properties(analysis: &Analysis, language: Language) -> String {
    let Proofs { proved, refuted, undecided, vacuous } = analysis.proofs;
    let all = proved + refuted + undecided + vacuous;
    if all == 0 {
        return String::new();
    }
    match language {
        Language::En => {
            let all = counted(all, "property", "properties");
            let empty = if vacuous > 0 { format!(", {vacuous} of nothing") } else { String::new() };
            format!("{all} required: {proved} proved, {refuted} refuted, {undecided} not decided{empty}\n")
        }
        Language::Zh => {
            let empty = if vacuous > 0 { format!("，没有对象{vacuous}项") } else { String::new() };
            format!("要求：已证明{proved}项，不成立{refuted}项，未判断{undecided}项{empty}\n")
        }
    }
}

/// What is there and not among the findings: accepted ones with who answers for them, and how many are known or
/// switched off.
fn not_told(analysis: &Analysis, language: Language) -> String {
    let mut out = String::new();
    for (finding, at) in &analysis.accepted {
        let message = super::finding::message(analysis.institution(), finding, language);
        let waiver = super::waiver::words(analysis.institution(), *at, language);
        let word = language.pick("accepted", "已认可");
        let _ = writeln!(out, "{word}: {} {message} ({waiver})", finding.check.code);
    }
    if analysis.known > 0 {
        let _ = match language {
            Language::En => writeln!(out, "{} known from the baseline", analysis.known),
            Language::Zh => writeln!(out, "基线中已有{}项", analysis.known),
        };
    }
    if analysis.off > 0 {
        let _ = match language {
            Language::En => writeln!(out, "{} switched off by `levels`", analysis.off),
            Language::Zh => writeln!(out, "按“levels”不予列出{}项", analysis.off),
        };
    }
    out
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The errors of a package, one sentence each.
pub fn messages(analysis: &Analysis, language: Language) -> String {
    let grave = analysis.findings.iter().filter(|finding| finding.severity == Severity::Error);
    let lines = grave.map(|finding| {
        let message = super::finding::message(analysis.institution(), finding, language);
        format!("{} {message}\n", finding.check.code)
    });
    lines.collect()
}
