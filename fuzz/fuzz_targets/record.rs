//! Any text is read as a record of a journal: what is read is JSON, and says the same once it is written again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use linkage::case::CaseId;
use linkage::store::{decode, encode};

fuzz_target!(|text: &str| {
    let dossier = CaseId(1);
    let Ok(entry) = decode(dossier, 1, text) else { return };
    assert!(serde_json::from_str::<serde_json::Value>(text).is_ok(), "it is no JSON");
    let written = encode(dossier, &entry).expect("what was read can be written");
    assert_eq!(decode(dossier, 1, &written).expect("what was written can be read"), entry);
});
