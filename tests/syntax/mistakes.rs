//! The mistakes that people make, with the words that they get, in both languages.

use std::fmt::Write;

use linkage::report::{Terminal, faults};
use linkage::text::Language;
use linkage::workspace::{Package, analyse_package};

/// Source and messages of one file.
fn told(text: &str) -> String {
    let analysis = analyse_package(Package::of_text("rules.linkage", text), jiff::civil::date(2026, 11, 23));
    let mut told = format!("{}\n", text.trim_end());
    for language in [Language::En, Language::Zh] {
        let terminal = Terminal { language, colour: false, width: 100 };
        for fault in faults(&analysis, language) {
            let _ = write!(told, "\n{}", terminal.render(&analysis.package.sources, &fault));
        }
    }
    told
}

macro_rules! mistakes {
    ($($name:ident: $text:literal,)*) => {
        $(#[test] fn $name() { insta::assert_snapshot!(stringify!($name), told($text)); })*
    };
}

mistakes! {
    missing_brace: "body a {\n  kind police\n\nbody b {\n  kind department\n}\n",
    missing_brace_at_the_end: "mandate m {\n  lead a\n",
    missing_brace_of_a_step: "procedure p {\n  step a {\n    by x\n  step b {\n    by y\n  }\n}\nbody x { kind police }\nbody y { kind police }\n",
    stray_brace: "body a { kind police }\n}\nbody b { kind police }\n",
    misspelt_keywords: "mandat m {\n  lead a\n}\nmandate n {\n  leed a\n  ovr x\n}\n",
    misspelt_chinese_keyword: "职责 m {\n  迁头 派出所\n  事项 x\n}\n",
    keyword_as_name: "body lead { kind police }\nmandate m {\n  lead within\n}\n",
    list_with_a_trailing_comma: "mandate m {\n  support a,\n  over x\n}\n",
    missing_comma: "mandate m {\n  support a b\n}\n",
    glued_chinese_keyword: "职责 m {\n  牵头派出所\n  依据消防法 第53条\n}\n",
    chinese_punctuation_is_no_mistake: "主体 派出所 “派出所” ｛ 类别 公安机关；辖区 镇 ｝\n区域 镇\n事项 x\n职责 m ｛ 牵头 派出所、派出所 会同 x ｝\n",
    duration_without_unit: "procedure p {\n  within 3\n  step s {\n    by lead\n    within 3 fortnights\n  }\n}\n",
    dates_that_do_not_exist: "law l {\n  from 2026-02-30\n  until 2026年13月1日\n}\nmandate m {\n  during 25:00-26:00\n}\n",
    clause_in_the_wrong_block: "body b {\n  kind police\n  over hazard\n}\n",
    unclosed_text: "body b \"派出所 {\n  kind police\n}\n",
    unclosed_comment: "body b { kind police }\n/* never ends\n",
    half_a_clause: "mandate m {\n  lead\n  over\n}\n",
    wrong_thing_after_a_keyword: "power p {\n  holders \"police\"\n}\nlaw l {\n  rank police\n  from soon\n}\n",
    several_errors_in_one_file: "body a {\n  kind polise\n  undr b\n}\nbody c kind police }\nlaw l { rank statue }\n",
    two_of_one_name: "body a { kind police }\nbody a { kind police }\nmatter m { x x }\n",
    names_unknown_or_of_the_wrong_kind: "area t\nmatter m { fire }\npower fine {}\nbody police_station { kind police under fine }\nmandate a {\n  lead polise_station\n  over m.fyre\n  in t\n}\n",
    ambiguous_name: "area t { a { mill } b { mill } }\nmatter m\nbody p { kind police serves mill }\n",
    comparing_what_cannot_be_compared: "area t\nmatter m\nattribute severity : 1..5\nattribute venue : { home, street }\nattribute indoors : boolean\nbody p { kind police }\nmandate a { lead p when severity = home }\nmandate b { lead p when venue > 2 }\nmandate c { lead p when indoors = 3 }\nmandate d { lead p when severity > 9 }\nmandate e { lead p when venue = hom }\nmandate f { lead p when time < 3 }\n",
    circle_of_superiors: "body a { kind police under b }\nbody b { kind police under c }\nbody c { kind police under a }\n",
    clauses_that_are_missing_or_doubled: "area t\nmatter m\nbody p { kind police }\nresource r { kind data }\nchannel c { carries r }\nmandate a { lead p over m over m }\nprocedure q { consult s { by p outcome x -> close } }\n",
    target_that_is_no_step: "body p { kind police }\nprocedure q {\n  step verify { by p outcome x -> verfy }\n}\n",
    hidden_characters: "body p \"a\u{202E}b\" { kind police }\n",
    law_and_article_without_space: "matter m\nbody p { kind police }\nlaw 消防法 { rank statute replaces 消防法第53条 }\n",
    nothing_but_noise: "§§§ ??? \u{1F600}\n",
}
