//! The ledger of a journal: who owes whom what, until when, net per pair, breached.

use std::fmt::Write;

use serde::Serialize;

use super::super::names::Names;
use linkage_case::{Balance, Entry, Status, balances};
use linkage_journal::engine::Kept;
use linkage_journal::store::Owed;
use linkage_text::Language;

/// The ledger.
#[derive(Debug, Serialize)]
pub struct Ledger {
    /// The version of this format.
    pub schema_version: u32,
    /// One debtor and one creditor each.
    pub entries: Vec<Owed>,
    /// Net per pair.
    pub balances: Vec<Balance>,
    /// How many were not done in time and still are not.
    pub breached: usize,
}

/// The ledger of these debts.
pub fn ledger_of(entries: Vec<Owed>) -> Ledger {
    let entry = |owed: &Owed| Entry {
        case: owed.case,
        number: owed.number,
        name: owed.name.clone(),
        content: owed.content,
        debtor: owed.debtor.clone(),
        creditor: owed.creditor.clone(),
        since: owed.since,
        due: owed.due,
        status: owed.status,
    };
    let all: Vec<Entry> = entries.iter().map(entry).collect();
    let breached = entries.iter().filter(|owed| owed.status == Status::Breached).count();
    Ledger { schema_version: 1, balances: balances(&all), breached, entries }
}

/// The ledger for people.
pub fn ledger_text(ledger: &Ledger, kept: &Kept, language: Language) -> String {
    let names = Names { institution: &kept.institution, zone: kept.calendar.zone(), language };
    let mut out = String::new();
    for owed in &ledger.entries {
        let status = match owed.status {
            Status::Open => language.pick("open", "待履行"),
            Status::Discharged => language.pick("done", "已履行"),
            Status::Breached => language.pick("breached", "逾期"),
        };
        let due = owed.due.map_or_else(|| "-".into(), |due| names.end(due));
        let (debtor, creditor) = (names.body(&owed.debtor), names.body(&owed.creditor));
        let (name, colon) = (names.owed(&owed.name), names.colon());
        let _ = writeln!(
            out,
            "{due:<16}  {status:<9} {:<6} {debtor} → {creditor}{colon}{name}",
            owed.case.to_string()
        );
    }
    if ledger.entries.is_empty() {
        return language.pick("nobody owes anybody anything\n", "没有互惠义务\n").to_owned();
    }
    let _ = writeln!(out, "\n{}", language.pick("net per pair", "每对主体净额"));
    for pair in &ledger.balances {
        let Balance { one, other, owes, is_owed, done } = pair;
        let (one, other) = (names.body(one), names.body(other));
        let sentence = names.say(
            format!("  {one} owes {other} {owes}, {other} owes {one} {is_owed}; done: {done}"),
            format!("  {one}尚欠{other}{owes}项，{other}尚欠{one}{is_owed}项；已履行{done}项"),
        );
        let _ = writeln!(out, "{sentence}");
    }
    let breached = ledger.breached;
    let _ =
        writeln!(out, "{}", names.say(format!("breached: {breached}"), format!("逾期未履行：{breached}项")));
    out
}
