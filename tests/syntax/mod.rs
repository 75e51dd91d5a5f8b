//! Grammar, parser and formatter, held against every sample that the grammar itself gives.

use std::collections::BTreeMap;

use linkage::syntax::{Keyword, Keywords, format, parse, same};
use linkage::text::{Language, SourceId};

const GRAMMAR: &str = include_str!("../../grammar/linkage.pest");

/// The rules of the grammar with their doc line's sample.
fn samples() -> BTreeMap<&'static str, &'static str> {
    let mut samples = BTreeMap::new();
    let lines: Vec<&str> = GRAMMAR.lines().collect();
    for pair in lines.windows(2) {
        let Some((rule, _)) = pair[1].split_once(" = ") else { continue };
        if !rule.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') || rule.is_empty() {
            continue;
        }
        let sample = pair[0].split_once("ample: `").and_then(|(_, rest)| rest.rsplit_once('`'));
        samples.insert(rule, sample.map_or("\u{0}", |(sample, _)| sample));
    }
    samples
}

#[test]
fn every_rule_of_the_grammar_has_a_sample() {
    let without: Vec<_> =
        samples().into_iter().filter(|(_, sample)| *sample == "\u{0}").map(|(r, _)| r).collect();
    assert!(without.is_empty() || without == ["file"] || without == ["declaration", "file"], "{without:?}");
}

#[test]
fn keywords_of_the_grammar_are_those_of_the_table() {
    let rules = pest_meta::parse_and_optimize(GRAMMAR).expect("the grammar is sound").1;
    let spelled: BTreeMap<String, String> = rules
        .iter()
        .filter(|rule| rule.name.starts_with("kw_"))
        .map(|rule| (rule.name.clone(), rule.expr.to_string()))
        .collect();
    assert_eq!(spelled.len(), Keyword::ALL.len());
    for keyword in Keyword::ALL {
        let (en, zh) = (keyword.spelling(Language::En), keyword.spelling(Language::Zh));
        // Of two words the blank between them is written out: a comment may stand there.
        let wanted: Vec<String> = match en.split_once(' ') {
            Some((first, second)) => {
                vec![format!("\"{first}\""), format!("\"{second}\""), format!("| \"{zh}\"")]
            }
            None => vec![format!("\"{en}\" | \"{zh}\"")],
        };
        let has_all = |expr: &String| wanted.iter().all(|wanted| expr.contains(wanted));
        assert!(spelled.values().any(has_all), "{keyword:?}: no rule with {wanted:?}");
    }
}

/// Every sample that is a whole declaration parses, formats, converts and stays the same.
#[test]
fn samples_of_declarations_survive_formatting_in_both_languages() {
    let declarations = samples().into_iter().filter(|(_, sample)| {
        let first = sample.split_whitespace().next().unwrap_or_default();
        sample.contains('{')
            && sample.ends_with('}')
            && parse(SourceId::default(), sample).errors.is_empty()
            && !first.is_empty()
    });
    let mut count = 0;
    for (rule, sample) in declarations {
        count += 1;
        let parsed = parse(SourceId::default(), sample);
        for keywords in [Keywords::Kept, Keywords::All(Language::Zh), Keywords::All(Language::En)] {
            let printed =
                format(sample, keywords).unwrap_or_else(|error| panic!("{rule}: {error}: {sample}"));
            assert!(same(&parsed.file, &parse(SourceId::default(), &printed).file), "{rule}: {printed}");
            assert_eq!(format(&printed, Keywords::Kept).as_deref(), Ok(printed.as_str()), "{rule}");
        }
    }
    assert!(count >= 15, "only {count} samples");
}

mod acted_on;
mod mistakes;
mod random;

/// A file with every clause of the language, in every state of order that people leave files in.
const WHOLE: &str = include_str!("whole.linkage");

#[test]
fn the_whole_language_survives_formatting() {
    let parsed = parse(SourceId::default(), WHOLE);
    assert_eq!(parsed.errors, []);
    for keywords in [Keywords::Kept, Keywords::All(Language::Zh), Keywords::All(Language::En)] {
        let printed = format(WHOLE, keywords).expect("it formats");
        assert!(same(&parsed.file, &parse(SourceId::default(), &printed).file));
        assert_eq!(format(&printed, Keywords::Kept).as_deref(), Ok(printed.as_str()));
        let back = format(&printed, Keywords::All(Language::En)).expect("it converts back");
        assert_eq!(back, format(WHOLE, Keywords::All(Language::En)).expect("it formats"));
    }
    insta::assert_snapshot!("whole_en", format(WHOLE, Keywords::All(Language::En)).expect("it formats"));
    insta::assert_snapshot!("whole_zh", format(WHOLE, Keywords::All(Language::Zh)).expect("it formats"));
}

/// Every comment of the file is in the formatted text, once.
#[test]
fn no_comment_is_lost() {
    let printed = format(WHOLE, Keywords::Kept).expect("it formats");
    let marks = |text: &str| {
        let digits = |piece: &&str| !piece.is_empty() && piece.chars().all(|c| c.is_ascii_digit());
        let marks: Vec<String> = text.split('#').filter(digits).map(str::to_owned).collect();
        marks
    };
    let (before, after) = (marks(WHOLE), marks(&printed));
    assert!(before.len() > 10);
    assert_eq!(before, after);
}

/// A comment or a line break may stand between any two pieces that people see as two, also within what is one part.
#[test]
fn comments_stand_between_any_two_pieces() {
    let text = "attribute grave : 1 /* #1 */ .. /* #2 */ 5
        law act { rank statute 第 /* #3 */ 五十三 /* #4 */ 条 }
        mandate m { lead a during daily 08:30 /* #5 */ - // #6
            17:30 basis act art 60 /* #7 */ ( /* #8 */ item /* #9 */ 3 ) when grave in 2 /* #10 */ .. 3 }
        procedure p {
          within 1 /* #11 */ day
          step s { by a hand /* #12 */ over to b within 5 // #13
            workdays outcome done -> close }
          escalate { after 75 /* #14 */ % to b on timeout take
            /* #15 */ over by b }
        }";
    let plain = "attribute grave : 1..5 law act { rank statute 第五十三条 }
        mandate m { lead a during daily 08:30-17:30 basis act art 60(item 3) when grave in 2..3 }
        procedure p { within 1 day step s { by a hand over to b within 5 workdays outcome done -> close }
          escalate { after 75% to b on timeout take over by b } }";
    let parsed = parse(SourceId::default(), text);
    assert_eq!(parsed.errors, []);
    let printed = format(text, Keywords::Kept).expect("it formats");
    assert_eq!(format(&printed, Keywords::Kept).as_deref(), Ok(printed.as_str()));
    for number in 1..=15 {
        assert_eq!(
            printed.matches(&format!("#{number} ")).count()
                + printed.matches(&format!("#{number}\n")).count(),
            1,
            "{number}: {printed}"
        );
    }
    let bare = |text: &str| {
        let mut bare = text.to_owned();
        while let Some(at) = bare.find("/*") {
            let end = bare[at..].find("*/").expect("it ends") + at + 2;
            bare.replace_range(at..end, " ");
        }
        let lines: Vec<&str> = bare.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
        format(&lines.join(" "), Keywords::Kept).expect("it formats")
    };
    let words = |text: &str| bare(text).split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(words(&printed), words(plain));
}

/// Every keyword that the grammar knows is used in the file: a clause that nobody tries is a clause that breaks.
#[test]
fn the_whole_file_uses_every_keyword() {
    let unused: Vec<&str> = Keyword::ALL
        .iter()
        .map(|keyword| keyword.spelling(Language::En))
        .filter(|word| {
            let mut words = WHOLE.split(|c: char| !c.is_alphanumeric() && c != '_');
            let used =
                if word.contains(' ') { WHOLE.contains(word) } else { words.any(|used| used == *word) };
            !used
        })
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

/// A comment may stand between any two words; the formatter keeps it, in whichever language.
#[test]
fn a_comment_between_any_two_words_is_kept() {
    for (at, _) in WHOLE.match_indices([' ', '\n']) {
        let text = format!("{} // slipped in\n{}", &WHOLE[..at], &WHOLE[at..]);
        for keywords in [Keywords::Kept, Keywords::All(Language::Zh)] {
            match format(&text, keywords) {
                Ok(printed) => assert!(printed.contains("// slipped in"), "{at}: {printed}"),
                // Amid a quotation it is no comment.
                Err(error) => {
                    assert!(matches!(error, linkage::syntax::FormatError::Syntax(_)), "{at}: {error}")
                }
            }
        }
    }
}

/// Clauses that stand in one line, with a comment behind each of them.
#[test]
fn comments_between_clauses_of_one_line_stay_where_they_are() {
    for text in [
        "law l { article 1 { grant p to a over m // c\n in x /* d */ when s > 1 // e\n during daily // f\n } }",
        "law l { article 1 { grant p to a in x// c\nwhen s > 1\n grant q to b } }",
        "law l { article 1 { grant p to a over m // c\n amount 1 to 2 yuan // d\n } }",
        "law l { article 1 { designate s as a // c\n over m // d\n in x } }",
        "law l { article 1 { forbid p to a // c\n over m // d\n in x } }",
        "law l { article 1 { reserve p to a // c\n over m // d\n in x } }",
        "body b { succeeds a // c\n since 2020-01-01 // d\n over m // e\n in x // f\n }",
        "body b { succeeds a over m in x // c\n }",
        "procedure p { trigger report of m // c\n in x // d\n when s > 1 // e\n lead a }",
        "procedure p { trigger schedule monday 09:00 // c\n over m // d\n in x // e\n lead a }",
        "procedure p { trigger count 2 of m within 7 days // c\n in x // d\n lead a }",
        "procedure p { trigger request of a // c\n over m // d\n lead a }",
        "require every m // c\n in x has lead // d\n",
    ] {
        let comments = text.matches("//").count() + text.matches("/*").count();
        for keywords in [Keywords::Kept, Keywords::All(Language::Zh)] {
            let printed = format(text, keywords).expect(text);
            assert_eq!(printed.matches("//").count() + printed.matches("/*").count(), comments, "{printed}");
            assert_eq!(format(&printed, keywords).as_deref(), Ok(printed.as_str()));
        }
    }
}

/// A text of many pieces, read on all cores, is read like its parts one by one: also comments at the seams.
#[test]
fn pieces_of_a_long_text_come_together_in_order() {
    let part = |number: usize| {
        format!(
            "// above {number}\nbody b{number} {{ kind police }} // behind {number}\n\n/* alone {number} */\n\n{}",
            "power p { coercive }\n".repeat(number % 40)
        )
    };
    let parts: Vec<String> = (0..1500).map(part).collect();
    let whole = parts.concat();
    assert!(whole.len() > 10 * (1 << 14), "there are many pieces");
    assert_eq!(parse(SourceId(0), &whole).errors, []);
    let lines = |text: &str| {
        let formatted = format(text, Keywords::Kept).expect("it can be read");
        formatted.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    let one_by_one: Vec<String> = parts.iter().flat_map(|part| lines(part)).collect();
    assert_eq!(lines(&whole), one_by_one);
}
