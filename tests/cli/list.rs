//! `linkage list` names what commands take.

use super::run;

#[test]
fn names_and_titles_of_the_town() {
    let (status, out, _) = run(&["list", "bodies", "rules/luzhi"]);
    assert_eq!(status, 0);
    assert!(out.lines().any(|line| line.starts_with("police_station ") && line.ends_with("派出所")), "{out}");
    for (kind, name) in [
        ("matters", "hazard.fire.ebike_charging"),
        ("steps", "situation_analysis.intake"),
        ("outcomes", "situation_analysis.draft.doubtful"),
        ("obligations", "situation_analysis.digest_to_public"),
        ("amendments", "amendment_1"),
    ] {
        let (status, out, _) = run(&["list", kind, "rules/luzhi", "--format", "json"]);
        let items: serde_json::Value = serde_json::from_str(&out).expect("JSON");
        let items = items.as_array().expect("a list");
        assert_eq!(status, 0);
        if kind != "amendments" {
            assert!(items.iter().any(|item| item["name"] == name), "{kind}: {out}");
        }
        assert!(items.iter().all(|item| item["line"].as_u64().is_some_and(|line| line > 0)), "{kind}");
    }
}

#[test]
fn nothing_of_a_kind() {
    let (_folder, path) = super::rules("area t\nmatter m\n");
    let (status, out, _) = run(&["list", "bodies", &path]);
    assert_eq!((status, out.as_str()), (0, "none is declared\n"));
}
