//! Whatever the text, the parser answers, and what it can read the formatter keeps.

use linkage::syntax::{Keyword, Keywords, format, parse, same};
use linkage::text::{Language, SourceId};
use proptest::prelude::*;

/// Words, marks and slips, as they might stand in a file.
fn word() -> impl Strategy<Value = String> {
    let keyword = (0..Keyword::ALL.len(), any::<bool>()).prop_map(|(index, zh)| {
        Keyword::ALL[index].spelling(if zh { Language::Zh } else { Language::En }).to_owned()
    });
    prop_oneof![
        6 => keyword,
        3 => prop_oneof!["[a-z]{1,6}", "[派出所网格员]{1,3}"],
        3 => prop::sample::select(vec!["{", "}", "｛", "｝", "(", ")", ",", "、", ":", "->", "->", "=", "<=", ";", ".", "\n"]).prop_map(str::to_owned),
        2 => prop::sample::select(vec!["3", "3 workdays", "1..5", "75%", "2026-01-01", "08:30-17:30", "第五条", "53", "\"甲\"", "“乙”", "// c\n", "/* d */", "\"", "/*"]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text_is_answered(words in prop::collection::vec(word(), 0..60)) {
        let text = words.join(" ");
        let parsed = parse(SourceId::default(), &text);
        for error in &parsed.errors {
            prop_assert!(error.span().end as usize <= text.len());
            prop_assert!(text.get(error.span().range()).is_some(), "{error:?}");
        }
        if let Ok(printed) = format(&text, Keywords::Kept) {
            prop_assert!(same(&parsed.file, &parse(SourceId::default(), &printed).file));
            prop_assert_eq!(format(&printed, Keywords::Kept), Ok(printed));
        }
    }

    /// A file with one thing changed: the case that an editor sees all day.
    #[test]
    fn a_slip_in_a_whole_file_is_answered(at in 0.0..1.0f64, length in 0usize..12, word in word()) {
        let whole = super::WHOLE;
        let mut start = (whole.len() as f64 * at) as usize;
        while !whole.is_char_boundary(start) { start -= 1; }
        let mut end = (start + length).min(whole.len());
        while !whole.is_char_boundary(end) { end += 1; }
        let text = format!("{}{word}{}", &whole[..start], &whole[end..]);
        let parsed = parse(SourceId::default(), &text);
        match format(&text, Keywords::All(Language::Zh)) {
            Ok(printed) => prop_assert!(same(&parsed.file, &parse(SourceId::default(), &printed).file)),
            Err(error) => prop_assert!(matches!(error, linkage::syntax::FormatError::Syntax(_)), "{error}"),
        }
    }
}
