//! What people write out of habit, from other languages and from prose, and what is written here instead.

use linkage_syntax::{Expectation, Keyword, SyntaxError};
use linkage_text::{Language, Span};

/// How to write what was meant, if the text is a known habit.
pub(super) fn instead(error: &SyntaxError, text: &str, language: Language) -> Option<String> {
    let (before, rest) = around(text, error.span())?;
    let write = |wrong: &str, right: &str| match language {
        Language::En => format!("write `{right}` instead of `{wrong}`"),
        Language::Zh => format!("请写“{right}”，不写“{wrong}”"),
    };
    match error {
        SyntaxError::MissingUnit { amount, .. } => {
            let unit = unit_meant(rest[amount.len()..].trim_start())?;
            let written = rest[amount.len()..].trim_start().split(|c: char| !c.is_alphabetic()).next()?;
            Some(write(&format!("{amount} {written}"), &format!("{amount} {unit}")))
        }
        SyntaxError::UnknownClause { follows, block, .. } => {
            let names_end = block.is_none()
                && matches!(follows, Some(Keyword::Body | Keyword::Area | Keyword::Matter))
                && before.ends_with(' ');
            name_meant(before, rest)
                .filter(|_| names_end || rest.starts_with('-'))
                .map(|(wrong, right)| name_is_one_word(&wrong, &right, language))
                .or_else(|| mark(rest, &write))
                .or_else(|| stop(rest, language))
        }
        SyntaxError::Unexpected { expected, .. } => {
            if expected.contains(&Expectation::Date)
                && let Some(date) = date_meant(rest)
            {
                let written = word_at(rest, |c| c.is_ascii_digit() || ".-/".contains(c));
                return Some(match (date, language) {
                    (DateMeant::Day(date), _) => write(written, &date),
                    (DateMeant::Unclear, Language::En) => {
                        format!(
                            "which of `{written}` is the month? Write year-month-day, such as `2020-12-31`"
                        )
                    }
                    (DateMeant::Unclear, Language::Zh) => {
                        format!("“{written}”中月和日无法区分；请按“年-月-日”书写，如“2020-12-31”")
                    }
                });
            }
            let names_end =
                expected.contains(&Expectation::Text) && expected.contains(&Expectation::Mark("{"));
            name_meant(before, rest)
                .filter(|_| names_end || rest.starts_with('-'))
                .map(|(wrong, right)| name_is_one_word(&wrong, &right, language))
                .or_else(|| mark(rest, &write))
                .or_else(|| stop(rest, language))
        }
        SyntaxError::GluedKeyword { .. }
        | SyntaxError::UnclosedBlock { .. }
        | SyntaxError::StrayBrace { .. }
        | SyntaxError::UnclosedText { .. }
        | SyntaxError::UnclosedComment { .. }
        | SyntaxError::ReservedName { .. }
        | SyntaxError::NoSuchDate { .. }
        | SyntaxError::NoSuchTime { .. }
        | SyntaxError::TooLarge { .. }
        | SyntaxError::EmptyRange { .. }
        | SyntaxError::TooDeep { .. }
        | SyntaxError::HiddenCharacter { .. } => None,
    }
}

/// The line before a place, and what stands there up to the end of the line.
fn around(text: &str, span: Span) -> Option<(&str, &str)> {
    let start = span.range().start;
    let (before, rest) = (text.get(..start)?, text.get(start..)?);
    Some((before.rsplit('\n').next().unwrap_or_default(), rest.split('\n').next().unwrap_or_default()))
}

/// The signs of programming languages, and the words for articles.
fn mark(rest: &str, write: &impl Fn(&str, &str) -> String) -> Option<String> {
    const SIGNS: &[(&str, &str)] = &[
        ("==", "="),
        ("=>", "->"),
        ("&&", "and"),
        ("||", "or"),
        ("<>", "!="),
        ("&", "and"),
        ("|", "or"),
        ("!", "not"),
    ];
    if let Some((wrong, right)) = SIGNS.iter().find(|(wrong, _)| rest.starts_with(wrong)) {
        return Some(write(wrong, right));
    }
    let word = word_at(rest, |c| c.is_alphabetic() || "§.".contains(c));
    let cites = ["art.", "arts", "arts.", "article", "articles", "section", "sec", "sec.", "s.", "§", "§§"];
    let follows = rest[word.len()..].trim_start().starts_with(|c: char| c.is_ascii_digit());
    (cites.contains(&word.to_lowercase().as_str()) && follows)
        .then(|| write(word, Keyword::Art.spelling(Language::En)))
}

/// A full stop behind a clause.
fn stop(rest: &str, language: Language) -> Option<String> {
    let first = rest.chars().next().filter(|c| ['。', '.', '；', ';', '，', ',', ':', '：'].contains(c))?;
    Some(match language {
        Language::En => format!("no mark stands here; remove `{first}`"),
        Language::Zh => format!("此处不用标点，请删去“{first}”"),
    })
}

fn name_is_one_word(wrong: &str, right: &str, language: Language) -> String {
    match language {
        Language::En => format!(
            "a name is one word: write `{right}` for `{wrong}`; a title for people goes in quotes behind it"
        ),
        Language::Zh => format!("名称须为一个词：“{wrong}”请写作“{right}”；供人阅读的标题放在其后的引号中"),
    }
}

/// `fire-brigade` and `fire brigade`, with the name that was meant.
fn name_meant(before: &str, rest: &str) -> Option<(String, String)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let first: String = before.trim_end().rsplit(|c| !is_word(c)).next()?.to_owned();
    let glue = if rest.starts_with('-') { "-" } else { " " };
    let behind = rest.trim_start_matches('-');
    let others: Vec<&str> = word_at(behind, |c| is_word(c) || glue.contains(c))
        .split(['-', ' '])
        .filter(|word| !word.is_empty())
        .collect();
    if first.is_empty() || others.is_empty() {
        return None;
    }
    let wrong = format!("{first}{glue}{}", others.join(glue));
    Some((wrong, format!("{first}_{}", others.join("_"))))
}

/// The longest beginning of such characters.
fn word_at(rest: &str, holds: impl Fn(char) -> bool) -> &str {
    rest.split(|c: char| !holds(c)).next().unwrap_or_default()
}

/// The unit that an abbreviation stands for.
fn unit_meant(rest: &str) -> Option<&'static str> {
    let word = word_at(rest, char::is_alphabetic).to_lowercase();
    Some(match word.as_str() {
        "m" | "min" | "mins" => "minutes",
        "h" | "hr" | "hrs" => "hours",
        "d" => "days",
        "w" | "wk" | "wks" => "weeks",
        "y" | "yr" | "yrs" => "years",
        "working" | "business" | "work" if rest.to_lowercase().contains("hour") => "workhours",
        "wd" | "bd" | "working" | "business" | "work" => "workdays",
        _ => return None,
    })
}

/// A date that is written otherwise than here.
enum DateMeant {
    /// As it is written here.
    Day(String),
    /// Day and month can't be told apart.
    Unclear,
}

/// `1.1.2020`, `2020/1/1`.
fn date_meant(rest: &str) -> Option<DateMeant> {
    let written = word_at(rest, |c| c.is_ascii_digit() || ".-/".contains(c));
    let parts: Vec<&str> = written.split(['.', '-', '/']).collect();
    let [a, b, c] = parts[..] else { return None };
    let number = |text: &str| text.parse::<u16>().ok();
    let (a, b, c) = (number(a)?, number(b)?, number(c)?);
    let is_dotted = written.contains('.');
    let (year, month, day) = match (a, b, c) {
        (year @ 1000.., month, day) => (year, month, day),
        (day, month, year @ 1000..) if is_dotted || day > 12 => (year, month, day),
        (month, day, year @ 1000..) if day > 12 => (year, month, day),
        (_, _, 1000..) => return Some(DateMeant::Unclear),
        _ => return None,
    };
    Some(DateMeant::Day(format!("{year}-{month:02}-{day:02}")))
}

#[cfg(test)]
mod tests {
    use linkage_syntax::parse;
    use linkage_text::{Language, SourceId};

    /// What is said of the first thing that is wrong.
    fn said(text: &str) -> Option<String> {
        let parsed = parse(SourceId::default(), text);
        let error = parsed.errors.first().expect("it is wrong");
        super::instead(error, text, Language::En)
    }

    #[test]
    fn signs_of_programming_languages() {
        for (condition, right) in [
            ("a == 3", "write `=` instead of `==`"),
            ("a = 3 && b", "write `and` instead of `&&`"),
            ("a = 3 || b", "write `or` instead of `||`"),
            ("!b", "write `not` instead of `!`"),
        ] {
            let text = format!("mandate q {{ lead p over m when {condition} basis l art 1 }}");
            assert_eq!(said(&text).as_deref(), Some(right), "{text}");
        }
        let text = "procedure q { step s { by p outcome ok => close } }";
        assert_eq!(said(text).as_deref(), Some("write `->` instead of `=>`"));
    }

    #[test]
    fn units_cut_short() {
        for (term, right) in [
            ("3 mins", "write `3 minutes` instead of `3 mins`"),
            ("3h", "write `3 hours` instead of `3 h`"),
            ("3 working days", "write `3 workdays` instead of `3 working`"),
            ("3 business hours", "write `3 workhours` instead of `3 business`"),
        ] {
            let text = format!("procedure q {{ within {term} }}");
            assert_eq!(said(&text).as_deref(), Some(right), "{text}");
        }
    }

    #[test]
    fn dates_of_other_countries() {
        for (date, right) in [
            ("1.1.2020", "write `2020-01-01` instead of `1.1.2020`"),
            ("2020/1/31", "write `2020-01-31` instead of `2020/1/31`"),
            ("31/12/2020", "write `2020-12-31` instead of `31/12/2020`"),
            ("12/31/2020", "write `2020-12-31` instead of `12/31/2020`"),
            ("1/2/2020", "which of `1/2/2020` is the month? Write year-month-day, such as `2020-12-31`"),
        ] {
            let text = format!("law l {{ rank statute from {date} article 1 }}");
            assert_eq!(said(&text).as_deref(), Some(right), "{text}");
        }
    }

    #[test]
    fn names_of_two_words() {
        for text in ["body fire-brigade { kind police }", "mandate q { lead fire-brigade over m }"] {
            let said = said(text).expect("it is a habit");
            assert!(said.contains("write `fire_brigade` for `fire-brigade`"), "{said}");
        }
        for text in
            ["body fire brigade { kind police }", "law fire brigade { rank statute }", "area fire brigade"]
        {
            let said = said(text).expect("it is a habit");
            assert!(said.contains("write `fire_brigade` for `fire brigade`"), "{said}");
        }
    }

    #[test]
    fn articles_and_marks() {
        for (word, right) in [("arts", "arts"), ("article", "article"), ("§", "§"), ("Art.", "Art.")] {
            let text = format!("mandate q {{ lead p over m basis l {word} 53 }}");
            assert_eq!(said(&text), Some(format!("write `art` instead of `{right}`")), "{text}");
        }
        assert_eq!(said("matter m。").as_deref(), Some("no mark stands here; remove `。`"));
        assert_eq!(said("mandate q { lead: p }").as_deref(), Some("no mark stands here; remove `:`"));
    }

    #[test]
    fn what_is_no_habit_is_left_alone() {
        for text in ["mandate q { leed p }", "mandat q { lead p }", "body p { kind polise }"] {
            assert_eq!(said(text), None, "{text}");
        }
    }
}
