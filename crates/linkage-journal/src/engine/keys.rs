//! Keys: the same command twice is one command.

use ecow::EcoString;

use super::led_to::opened;
use super::{Answer, Failure, Request};
use crate::store::{Change, Hash, Record, decode};
use linkage_case::Order;

/// Tells one command from another, whatever their keys. A handle is drawn anew whenever a command is given.
pub(super) fn fingerprint(request: &Request) -> EcoString {
    let mut order = request.command.order.clone();
    if let Order::Open { reporter: Some(reporter), .. } = &mut order {
        *reporter = EcoString::new();
    }
    let text = serde_json::to_string(&(&request.command.by, &order)).unwrap_or_default();
    Hash::of(&text).to_string().chars().take(16).collect()
}

/// The answer that a command got when its key was used first.
pub(super) fn known(request: &Request, record: &Record) -> Result<Answer, Failure> {
    match decode(record.dossier, record.seq, &record.body)?.what {
        Change::Events { events, command, .. } if command == Some(fingerprint(request)) => {
            let case = request.command.order.case().or_else(|| opened(&events).next());
            Ok(Answer { events, case, seq: record.seq, rev: record.rev, known: true })
        }
        _ => Err(Failure::KeyReused { key: record.key.clone().unwrap_or_default(), seq: record.seq }),
    }
}
