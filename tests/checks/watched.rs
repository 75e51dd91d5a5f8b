//! What is told of a package that is looked at again and again is what a fresh look tells.

use linkage::report::text;
use linkage::text::Language;
use linkage::workspace::{Analysis, Package, Watched, analyse_package};
use proptest::prelude::*;

use super::terminal;

const WORLD: &str = "area t { north south } matter m { a b c } attribute severity : 1..5
    body b0 { kind police } body b1 { kind department duty workday 09:00-17:00 } body b2 { kind police }
    law l0 { rank statute issuer \"x\" article 1 }
    law l1 { rank local_rule issuer \"y\" article 1 }
    exclude no_b2 { body b2 over m.c in south }
    scope { over m }
    require every m.a has lead
    ";

/// A mandate by what it says; which of the choices it takes is drawn.
type Mandate = (usize, usize, usize, usize, usize);

fn mandate() -> impl Strategy<Value = Mandate> {
    (0..4usize, 0..5usize, 0..3usize, 0..5usize, 0..3usize)
}

fn written(name: usize, (lead, over, area, when, basis): Mandate) -> String {
    let lead = ["b0", "b1", "b2", "b0, b1"][lead];
    let over = ["m.a", "m.b", "m.c", "m", "m.a, m.b"][over];
    let area = ["t", "north", "south"][area];
    let when =
        ["", "when severity > 1", "when severity < 4", "during 08:00-12:00", "when day = workday"][when];
    let basis = ["", "basis l0 art 1", "basis l1 art 1"][basis];
    format!("mandate m{name} {{ lead {lead} over {over} in {area} {when} {basis} }}\n")
}

/// What an editor does: writes a mandate, takes one away, turns two around, declares a body, or one that is used
/// nowhere goes, or widens the scope.
#[derive(Debug, Clone)]
enum Edit {
    Write(usize, Mandate),
    Remove(usize),
    Turn(usize),
    Body,
    Scope,
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        8 => (0..7usize, mandate()).prop_map(|(at, it)| Edit::Write(at, it)),
        3 => (0..7usize).prop_map(Edit::Remove),
        2 => (0..6usize).prop_map(Edit::Turn),
        1 => Just(Edit::Body),
        1 => Just(Edit::Scope),
    ]
}

/// The rules as they stand: mandates by name, in the order of the text.
struct Rules {
    mandates: Vec<(usize, Mandate)>,
    more: bool,
    narrow: bool,
}

impl Rules {
    fn edit(&mut self, edit: &Edit) {
        match edit {
            Edit::Write(name, it) => match self.mandates.iter_mut().find(|(own, _)| own == name) {
                Some((_, own)) => *own = *it,
                // Somewhere in between, so that those behind get other numbers.
                None => self.mandates.insert(self.mandates.len() / 2, (*name, *it)),
            },
            Edit::Remove(name) => self.mandates.retain(|(own, _)| own != name),
            Edit::Turn(at) if at + 1 < self.mandates.len() => self.mandates.swap(*at, at + 1),
            Edit::Turn(_) => {}
            Edit::Body => self.more = !self.more,
            Edit::Scope => self.narrow = !self.narrow,
        }
    }

    fn text(&self) -> String {
        let world = if self.narrow {
            WORLD.replace("scope { over m }", "scope { over m.a, m.b }")
        } else {
            WORLD.into()
        };
        let mandates: String = self.mandates.iter().map(|(name, it)| written(*name, *it)).collect();
        format!("{}{world}{mandates}", if self.more { "body a_new_one { kind police }\n" } else { "" })
    }
}

fn package(text: &str) -> Package {
    Package::of_text("rules.linkage", text)
}

/// Everything that is told, in words, with the regions.
fn compare(kept: &Analysis, anew: &Analysis) {
    assert!(anew.is_understood(), "{}", text(anew, terminal(Language::En)));
    assert_eq!(text(kept, terminal(Language::En)), text(anew, terminal(Language::En)));
    assert_eq!(kept.findings.len(), anew.findings.len());
    for (one, other) in kept.findings.iter().zip(&anew.findings) {
        assert_eq!(
            (one.check.code, one.sentence, &one.facts),
            (other.check.code, other.sentence, &other.facts)
        );
        let boxes = |finding: &linkage::checks::Finding| finding.boxes().map(|it| it.cuboids.clone());
        assert_eq!(boxes(one), boxes(other), "{}", one.check.code);
        assert_eq!(format!("{:?}", one.witness), format!("{:?}", other.witness));
        match (&one.region, &other.region) {
            (None, None) => {}
            (Some(one), Some(other)) => assert!(one.same_as(other)),
            _ => panic!("one of them has a region"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_watched_package_tells_what_a_fresh_look_tells(
        first in proptest::collection::vec(mandate(), 1..6),
        edits in proptest::collection::vec(proptest::collection::vec(edit(), 1..4), 1..6),
    ) {
        let day = jiff::civil::date(2026, 11, 23);
        let mut rules = Rules { mandates: first.into_iter().enumerate().collect(), more: false, narrow: false };
        let mut watched = Watched::new(std::path::Path::new("rules.linkage"));
        compare(&watched.analyse(package(&rules.text()), day), &analyse_package(package(&rules.text()), day));
        for together in &edits {
            for edit in together {
                rules.edit(edit);
            }
            let text = rules.text();
            compare(&watched.analyse(package(&text), day), &analyse_package(package(&text), day));
        }
    }
}

/// Files that did not change are not parsed again, and what is told has the right places all the same.
#[test]
fn a_package_of_files_is_read_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("writable");
    write("a.linkage", WORLD);
    write("b.linkage", &written(0, (0, 0, 0, 0, 1)));
    write("c.linkage", &written(1, (1, 3, 1, 1, 0)));
    let day = jiff::civil::date(2026, 11, 23);
    let mut watched = Watched::new(folder.path());
    let mut look = || {
        let package = watched.read().expect("readable");
        let analysis = watched.analyse(package, day);
        compare(&analysis, &linkage::workspace::analyse(folder.path(), day).expect("readable"));
        watched.take_back(analysis.package);
        let seen = watched.trace().clone();
        assert_eq!(seen, watched.trace_now());
        seen
    };
    let seen = look();
    write("b.linkage", &written(0, (2, 3, 0, 2, 1)));
    assert_ne!(seen, look());
    // One in between: those behind it have another place, and are read anew.
    write("ab.linkage", &written(2, (3, 1, 0, 3, 2)));
    look();
    std::fs::remove_file(folder.path().join("b.linkage")).expect("it is there");
    look();
}
