//! What can be read is formatted to the same tree, once and for all.
#![no_main]

use libfuzzer_sys::fuzz_target;
use linkage::syntax::{FormatError, Keywords, format};
use linkage::text::Language;

fuzz_target!(|text: &str| {
    for keywords in [Keywords::Kept, Keywords::All(Language::En), Keywords::All(Language::Zh)] {
        match format(text, keywords) {
            Ok(printed) => {
                let again = format(&printed, Keywords::Kept);
                assert_eq!(again.as_deref(), Ok(printed.as_str()));
            }
            Err(FormatError::Syntax(_)) => {}
            Err(FormatError::Changed) => panic!("formatting would change the meaning"),
        }
    }
});
