//! `linkage new` makes packages that pass, in both languages, and overwrites nothing.

use super::run;

#[test]
fn every_template_passes_in_both_languages() {
    let folder = tempfile::tempdir().expect("a folder");
    for language in ["en", "zh"] {
        for template in ["town", "agency", "empty"] {
            let made = folder.path().join(format!("{template}_{language}"));
            let made = made.to_str().expect("a plain path");
            let (status, out, err) = run(&["new", made, "--template", template, "--lang", language]);
            assert_eq!(status, 0, "{err}");
            assert!(out.contains(&format!("linkage check {made}")), "{out}");
            let (status, out, err) = run(&["check", made, "--deny", "note"]);
            assert_eq!(status, 0, "{template} {language}: {out}{err}");
            let (status, out, _) = run(&["test", made]);
            assert_eq!(status, 0, "{template} {language}: {out}");
            let (status, _, err) = run(&["fmt", "--check", made]);
            assert_eq!(status, 0, "{template} {language}: {err}");
        }
    }
}

#[test]
fn what_is_there_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_str().expect("a plain path");
    std::fs::write(folder.path().join("mine.linkage"), "area a").expect("writes");
    let (status, _, err) = run(&["new", path]);
    assert_eq!(status, 2);
    assert!(err.contains("is there already and not empty; name another folder"), "{err}");
    assert_eq!(std::fs::read_dir(folder.path()).expect("reads").count(), 1);
}
