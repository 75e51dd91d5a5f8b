//! Any text is parsed, resolved and, if it is understood, checked.
#![no_main]

use libfuzzer_sys::fuzz_target;
use linkage::text::Language;
use linkage::workspace::{Package, analyse_package};

fuzz_target!(|text: &str| {
    let analysis = analyse_package(Package::of_text("fuzz", text), jiff::civil::date(2026, 11, 23));
    for language in [Language::En, Language::Zh] {
        let terminal = linkage::report::Terminal { language, colour: false, width: 80 };
        let _ = linkage::report::text(&analysis, terminal);
    }
});
