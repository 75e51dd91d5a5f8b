//! A case in full: where it stands, and how it came there, with reasons.

use std::collections::BTreeMap;
use std::fmt::Write;

use ecow::EcoString;
use jiff::Timestamp;
use serde::Serialize;

use super::super::missing::lead_left_open;
use super::super::names::{Names, short};
use super::super::terminal::visible;
use super::super::told::solved_word;
use super::acts::{Act, acts_text, history};
use super::due::DueReport;
use super::load::Load;
use linkage_case::{
    Case, CaseId, Event, Facts, MissingFact, NextOutcome, NextStep, lead_depends_on, next_steps,
};
use linkage_journal::engine::{Dossier, Kept};
use linkage_journal::store::{CaseRow, Change, Entry};
use linkage_model::{Head, NodeId, NodeKind};
use linkage_text::Language;

/// A case for programs.
#[derive(Debug, Serialize)]
pub struct CaseReport<'c> {
    /// The version of this format.
    pub schema_version: u32,
    /// Its number.
    pub case: CaseId,
    /// The dossier that it is in.
    pub dossier: CaseId,
    /// How many records the dossier has: what `--seen` takes.
    pub rev: u64,
    /// The rules that it is under, by their hash.
    pub rules: &'c str,
    /// What is run.
    pub procedure: &'c str,
    /// What is known of the situation.
    pub facts: &'c Facts,
    /// When it was opened.
    pub opened: Timestamp,
    /// Whether it is open.
    pub open: bool,
    /// Whether the problem is gone, as far as said.
    pub solved: Option<bool>,
    /// Since when its clock stands; none while it runs.
    pub suspended: Option<Timestamp>,
    /// The nodes at which it stands.
    pub stands_at: Vec<EcoString>,
    /// How each step that waits for somebody can end: what `done --outcome` takes.
    pub outcomes: BTreeMap<EcoString, Vec<EcoString>>,
    /// What can be done next, by whom, until when, and what stands in the way.
    pub next: Vec<NextStep>,
    /// Who leads.
    pub lead: Vec<EcoString>,
    /// The facts that would say who leads, where what is known leaves it open.
    pub lead_depends_on: Vec<MissingFact>,
    /// Why what is due is due when it is; only where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why_due: Option<Vec<DueReport>>,
    /// What those who have a step, and what it uses, carry beside what they can carry.
    pub loads: Vec<Load>,
    /// What happened, in order.
    pub events: Vec<&'c Event>,
    /// When it went on under other rules, in order.
    pub migrations: Vec<Migration<'c>>,
}

/// That a case went on under other rules.
#[derive(Debug, Serialize)]
pub struct Migration<'c> {
    /// When.
    pub at: Timestamp,
    /// Who decided so.
    pub by: Option<&'c str>,
    /// The rules of before, by their hash.
    pub from: &'c str,
    /// The rules since.
    pub to: &'c str,
}

/// A case for programs.
pub fn case_report<'c>(
    kept: &Kept,
    dossier: &'c Dossier,
    case: &'c Case,
    entries: &'c [Entry],
) -> CaseReport<'c> {
    let (mut events, mut migrations) = (Vec::new(), Vec::new());
    for Entry { at, by, what } in entries {
        match what {
            Change::Events { events: all, .. } => {
                events.extend(all.iter().filter(|event| event.case == case.id));
            }
            Change::Migrated { from, to } => {
                migrations.push(Migration { at: *at, by: by.as_deref(), from, to });
            }
            Change::Began { .. } | Change::Kept { .. } | Change::Erased { .. } => {}
        }
    }
    CaseReport {
        schema_version: 1,
        case: case.id,
        dossier: dossier.root,
        rev: dossier.rev,
        rules: &dossier.rules,
        procedure: &case.procedure,
        facts: &case.facts,
        opened: case.opened,
        open: case.is_open(),
        solved: case.ending.and_then(|ending| ending.solved),
        suspended: case.suspended().map(|stood| stood.from),
        stands_at: if case.is_open() { case.stands_at() } else { Vec::new() },
        outcomes: case
            .open_assignments()
            .map(|own| {
                (own.step.clone(), outcomes(kept, case, &own.step).map(|own| own.name.clone()).collect())
            })
            .collect(),
        next: next_steps(&kept.rules(), &dossier.world, case.id),
        lead: case.lead.iter().flat_map(|lead| &lead.to).map(|charged| charged.body.clone()).collect(),
        lead_depends_on: lead_depends_on(&kept.rules(), &dossier.world, case.id),
        why_due: None,
        loads: Vec::new(),
        events,
        migrations,
    }
}

/// What happened to a case, from its opening on.
pub fn case_history(
    kept: &Kept,
    dossier: &Dossier,
    case: CaseId,
    entries: &[Entry],
    language: Language,
) -> Vec<Act> {
    let procedures = dossier.world.cases().map(|case| (case.id, case.procedure.to_string())).collect();
    history(kept, procedures, entries, case, |own| own == case, language)
}

/// A case for people.
pub fn case_text(
    kept: &Kept,
    dossier: &Dossier,
    case: &Case,
    entries: &[Entry],
    language: Language,
) -> String {
    let names = Names { institution: &kept.institution, zone: kept.calendar.zone(), language };
    let mut out = String::new();
    let id = case.id;
    let (procedure, facts) = (names.procedure(&case.procedure), names.facts(&case.facts));
    let _ = writeln!(out, "{id}  {procedure}  [{} {}]", language.pick("record", "记录"), dossier.rev);
    let _ = writeln!(out, "    {facts}");
    let (name, hash) = (visible(&kept.name), short(&kept.hash));
    let _ = writeln!(
        out,
        "    {}",
        names.say(format!("under the rules {name} {hash}"), format!("按规则{name} {hash}办理"))
    );
    let (opened, due) = (names.instant(case.opened), case.due.as_ref().map(|due| names.due(due)));
    let due = due.map_or(String::new(), |due| names.say(format!("; {due}"), format!("；{due}")));
    let _ = writeln!(out, "    {}", names.say(format!("opened {opened}{due}"), format!("{opened}立案{due}")));
    if let Some(lead) = &case.lead {
        let who = names.charged(&lead.to);
        let open = lead.dispute.is_some();
        let _ = writeln!(
            out,
            "    {}",
            if open {
                names.say(format!("not settled who leads: {who}"), format!("牵头未定：{who}"))
            } else {
                names.say(format!("led by {who}"), format!("牵头：{who}"))
            }
        );
    }
    let depends_on = lead_depends_on(&kept.rules(), &dossier.world, id);
    for line in lead_left_open(&kept.rules(), id, &depends_on, language).lines() {
        let _ = writeln!(out, "    {line}");
    }
    if let Some(stood) = case.suspended().filter(|_| case.is_open()) {
        let (since, reason) = (names.instant(stood.from), visible(&stood.reason));
        let sentence = names.say(
            format!("the clock stands since {since}: {reason}"),
            format!("自{since}起中止计算期限：{reason}"),
        );
        let _ = writeln!(out, "    {sentence}");
    }
    match case.ending {
        Some(ending) => {
            let _ = writeln!(out, "    {}", ended(&names, &case.procedure, ending.at, ending.solved));
        }
        None => {
            drawing(&names, kept, case, &next_steps(&kept.rules(), &dossier.world, id), &mut out);
        }
    }
    let _ = writeln!(out, "\n{}", acts_text(&case_history(kept, dossier, id, entries, language)).trim_end());
    out
}

/// How a step can end, what stands in the way of an end, and to whom the step could be handed: a line each.
fn next_lines(names: &Names<'_>, procedure: &str, next: &NextStep) -> Vec<String> {
    let told = |outcome: &NextOutcome| names.outcome_to_type(procedure, &next.step, &outcome.outcome);
    let is_free = |outcome: &&NextOutcome| outcome.possible == Some(true) && outcome.lacking.is_empty();
    let free: Vec<String> = next.outcomes.iter().filter(is_free).map(told).collect();
    let mut lines = Vec::new();
    if !free.is_empty() {
        lines.push(
            names.say(format!("ends with {}", free.join(" or ")), format!("可选结果：{}", free.join("、"))),
        );
    }
    let who = names.bodies(&next.held_by);
    for outcome in next.outcomes.iter().filter(|outcome| !is_free(outcome)) {
        let name = told(outcome);
        let lacking: Vec<String> = outcome.lacking.iter().map(|power| names.power(power)).collect();
        let facts = outcome.depends_on.join(", ");
        lines.push(match outcome.possible {
            Some(false) => names.say(
                format!("not with {name}: the facts exclude it"),
                format!("不可选{name}：与现有事实不符"),
            ),
            None => {
                names.say(format!("with {name} only depending on {facts}"), format!("{name}取决于{facts}"))
            }
            Some(true) => names.say(
                format!("not with {name}: {who} lacks {}", lacking.join(", ")),
                format!("不可选{name}：{who}无职权“{}”", lacking.join("、")),
            ),
        });
    }
    if !next.may_be_given_to.is_empty() {
        let to = names.bodies(&next.may_be_given_to);
        lines.push(names.say(format!("could be handed to {to}"), format!("可移送：{to}")));
    }
    lines
}

/// How a case ended. What lies outside the scope runs no procedure: it was referred on.
fn ended(names: &Names<'_>, procedure: &str, at: Timestamp, solved: Option<bool>) -> String {
    let at = names.instant(at);
    if procedure.is_empty() {
        return names
            .say(format!("referred on {at}: outside the scope"), format!("{at}转出：不在适用范围内"));
    }
    let word = solved_word(names, solved);
    names.say(format!("closed {at}, {word}"), format!("{at}办结，{word}"))
}

/// One line a case of a list, on the clock of these rules.
pub fn cases_text(kept: &Kept, rows: &[CaseRow], language: Language) -> String {
    let names = Names { institution: &kept.institution, zone: kept.calendar.zone(), language };
    let mut out = String::new();
    for row in rows {
        let (opened, procedure) = (names.instant(row.opened), names.procedure(&row.procedure));
        let state = match row.closed {
            None => language.pick("open", "办理中").to_owned(),
            Some(at) => ended(&names, &row.procedure, at, row.solved),
        };
        let _ = writeln!(out, "{:<8} {opened}  {procedure}  {state}", row.case.to_string());
    }
    out
}

/// The nodes of the procedure in order, with what is done and where the case stands.
fn drawing(names: &Names<'_>, kept: &Kept, case: &Case, next: &[NextStep], out: &mut String) {
    let procedures = &kept.institution.procedures;
    let Some(procedure) = procedures.iter().find(|own| own.head.name == case.procedure) else { return };
    let stands = case.stands_at();
    for node in &procedure.nodes {
        let mut depth = 0;
        let mut around: Option<NodeId> = node.block;
        while let Some(block) = around.and_then(|block| procedure.nodes.get(block.index())) {
            depth += 1;
            around = block.block;
        }
        let name = &node.head.name;
        let inside = case.blocks.iter().any(|open| open.block == *name);
        let mark = match () {
            () if stands.contains(name) || inside => "▶",
            () if case.finished.contains(name) => "✓",
            () => "·",
        };
        let own = case.open_assignments().find(|own| own.step == *name);
        let who = own.map_or(String::new(), |own| {
            let due = own.due.as_ref().map_or(String::new(), |due| format!("  {}", names.due(due)));
            format!("  {}{due}", names.charged(&own.to))
        });
        let waits = if case.waiting.contains(name) {
            names.language.pick("  waits for facts", "  待补充事实")
        } else {
            ""
        };
        let stuck = if case.stuck.contains(name) { names.language.pick("  stuck", "  停滞") } else { "" };
        let step = names.step(&case.procedure, name);
        let indent = "  ".repeat(depth);
        let _ = writeln!(out, "    {indent}{mark} {step}{who}{waits}{stuck}");
        let next = next.iter().find(|next| next.step == *name);
        for line in next.map(|next| next_lines(names, &case.procedure, next)).unwrap_or_default() {
            let _ = writeln!(out, "    {indent}  {line}");
        }
    }
}

/// How a step of a case can end.
fn outcomes<'k>(kept: &'k Kept, case: &Case, step: &str) -> impl Iterator<Item = &'k Head> {
    let procedures = &kept.institution.procedures;
    let own = procedures.iter().find(|own| own.head.name == case.procedure);
    let node = own.and_then(|own| own.nodes.iter().find(|node| node.head.name == step));
    let step = node.and_then(|node| match &node.kind {
        NodeKind::Step(step) => Some(step),
        _ => None,
    });
    step.into_iter().flat_map(|step| &step.outcomes).map(|outcome| &outcome.head)
}
