//! `test`: tables of cases, what each way of ending means for the status, what is generated.

use super::{rules, run};

const RULES: &str = "area t
matter m { fire drowning }
body works { kind department }
body town { kind government }
law act { rank statute issuer \"congress\" article 1 }
scope { over m fallback town }
mandate water { lead works over drowning basis act art 1 }
procedure help {
  trigger report of m
  lead by mandate
  step go { by lead within 1 hour outcome done -> close solved outcome failed -> close unsolved }
  escalate { on timeout to town on refusal to town }
}
";

/// A folder with the rules and one scenario file; the outcome of `test` on it.
fn test(scenarios: &str, further: &[&str]) -> (i32, String, String) {
    let (folder, rules) = rules(RULES);
    let file = folder.path().join("cases.yaml");
    std::fs::write(&file, scenarios).expect("a file");
    let shown = file.display().to_string();
    let mut arguments = vec!["test", &shown, "--rules", &rules];
    arguments.extend(further);
    let (status, out, err) = run(&arguments);
    (status, out.replace(&shown, "cases.yaml"), err)
}

const TABLE: &str = "
title: leads
start: 2026-11-23T09:00
facts: { area: t }
cases:
  - title: water
    facts: { matter: drowning }
    expect: { lead: works, reason: alone }
    cases:
      - { title: reported }
      - title: helped
        script: [{ at: +10m, as: works, do: done, step: go, outcome: done }]
        expect: { closed: solved, steps: [go, close] }
  - { title: fire, facts: { matter: fire }, expect: { gap: true, lead: town, reason: fallback } }
";

#[test]
fn a_nested_table_says_each_thing_once() {
    let (status, out, err) = test(TABLE, &["--coverage", "--fail-on-empty"]);
    assert_eq!((status, err.as_str()), (0, ""), "{out}");
    insta::assert_snapshot!(format!("{TABLE}\n{out}"));
}

#[test]
fn skipped_is_not_failed_is_not_broken() {
    let failed =
        TABLE.replace("closed: solved", "closed: unsolved").replace("reason: fallback", "reason: alone");
    let skipped = TABLE.replace("title: fire,", "title: fire, skip: the county decides,");
    let broken = TABLE.replace("do: done", "do: don").replace("matter: fire", "matter: [fire]");
    for (name, text, wanted) in [("failed", &failed, 1), ("skipped", &skipped, 0), ("broken", &broken, 2)] {
        let (status, out, _) = test(text, &[]);
        assert_eq!(status, wanted, "{name}: {out}");
        let (_, junit, _) = test(text, &["--format", "junit"]);
        insta::assert_snapshot!(name, format!("{out}\n{junit}"));
    }
    let all = TABLE.replace("facts: { area: t }", "facts: { area: t }\nskip: \"not yet\"");
    assert_eq!(test(&all, &[]).0, 0);
    assert_eq!(test(&all, &["--fail-on-empty"]).0, 1);
    assert_eq!(test("cases: []", &["--fail-on-empty"]).0, 1);
    assert_eq!(test("cases: 3", &[]).0, 2);
    assert_eq!(test(TABLE, &["--coverage-threshold", "100"]).0, 1);
    assert_eq!(test(TABLE, &["--coverage-threshold", "10"]).0, 0);
}

#[test]
fn what_is_generated_comes_out_as_written() {
    let (folder, rules) = rules(RULES);
    let made = folder.path().join("made");
    let into = made.display().to_string();
    let generate = ["test", &rules, "--rules", &rules, "--generate", &into, "--as-of", "2026-11-23"];
    // The rules are no scenario file: nothing is gone through, so everything is made.
    let (status, out, err) = run(&["test", &into, "--fail-on-empty"]);
    assert_eq!(status, 2, "{out}{err}");
    let empty = folder.path().join("none");
    std::fs::create_dir(&empty).expect("a folder");
    let none = empty.display().to_string();
    let mut arguments = generate.to_vec();
    arguments[1] = &none;
    let (status, out, err) = run(&arguments);
    assert_eq!((status, err.as_str()), (0, ""), "{out}");
    let (status, out, _) = run(&["test", &into, "--coverage", "--fail-on-empty"]);
    assert_eq!(status, 0, "{out}");
    let text = std::fs::read_to_string(made.join("uncovered.yaml")).expect("written");
    insta::assert_snapshot!(format!("{}\n{out}", text.replace(&*folder.path().to_string_lossy(), "")));
    // What is there is never written over.
    assert_eq!(run(&arguments).0, 2);
}

#[test]
fn the_scenarios_of_the_town_and_the_examples_pass() {
    let (status, out, err) = run(&["test", "rules/luzhi", "examples", "--fail-on-empty"]);
    assert_eq!((status, err.as_str()), (0, ""), "{out}");
}
