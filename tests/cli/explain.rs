//! `linkage explain` has a page for every keyword that begins a clause.

use linkage::syntax::{Keyword, usages};
use linkage::text::Language;

use super::run;

#[test]
fn a_keyword_is_told_in_both_spellings() {
    for word in ["mandate", "职责"] {
        let (status, out, _) = run(&["explain", word]);
        assert_eq!(status, 0);
        assert!(out.starts_with("mandate (职责): who leads which region\n\nIn a file"), "{out}");
        assert!(out.contains("    notwithstanding  this mandate prevails\n"), "{out}");
    }
    let (_, out, _) = run(&["--lang", "zh", "explain", "mandate"]);
    assert!(out.contains("用于文件") && out.contains("    牵头 police_station\n"), "{out}");
}

#[test]
fn what_a_file_can_hold_is_listed_and_each_has_its_page() {
    let (status, out, _) = run(&["explain", "--keywords"]);
    assert_eq!(status, 0);
    let top: Vec<&Keyword> = Keyword::ALL
        .iter()
        .filter(|keyword| usages(**keyword).iter().any(|usage| usage.stands_in.contains(&None)))
        .collect();
    assert!(top.len() > 15, "{top:?}");
    for keyword in top {
        let word = keyword.spelling(Language::En);
        assert!(out.lines().any(|line| line.starts_with(word)), "{word}");
        let (status, page, _) = run(&["explain", word]);
        assert!(status == 0 && page.contains("In a file"), "{page}");
    }
}

#[test]
fn neither_a_finding_nor_a_keyword() {
    let (status, _, err) = run(&["explain", "mandat"]);
    assert_eq!(status, 2);
    assert!(err.contains("did you mean `mandate`?"), "{err}");
}
