//! Every clause that the grammar takes means something: without it the institution is another.

use std::collections::{BTreeMap, BTreeSet};

use linkage::model::{Institution, resolve, resolve_amended};
use linkage::syntax::{Clause, File, Keyword, parse};
use linkage::text::SourceId;

use super::WHOLE;

/// What is resolved, as it stands and with a draft adopted.
fn meaning(file: &File) -> String {
    let (amended, adopted) = resolve_amended(&[file], &["next_year".into()]);
    told(&resolve(&[file]).institution)
        + &told(&amended.institution)
        + &format!("{adopted:?}{:?}", amended.errors)
}

/// Without the trees, which find their nodes by hash.
fn told(it: &Institution) -> String {
    let trees: Vec<_> = it.matters.heads().chain(it.areas.heads()).collect();
    let (bodies, laws, powers) = (&it.bodies, &it.laws, &it.powers);
    let (mandates, passings, exclusions) = (&it.mandates, &it.passings, &it.exclusions);
    let (resources, channels, procedures) = (&it.resources, &it.channels, &it.procedures);
    let rest = (&it.attributes, &it.scope, &it.resolutions, &it.acceptances, &it.amendments, &it.properties);
    format!(
        "{trees:?}{bodies:?}{laws:?}{powers:?}{mandates:?}{passings:?}{exclusions:?}{resources:?}{channels:?}\
         {procedures:?}{rest:?}{:?}",
        it.governance
    )
}

/// The way to each clause with a keyword: the places of the clauses around it, from the declaration in.
fn ways(clauses: &[Clause], above: &[usize], ways: &mut Vec<(Vec<Keyword>, Vec<usize>)>, around: &[Keyword]) {
    for (at, clause) in clauses.iter().enumerate() {
        let way: Vec<usize> = above.iter().copied().chain([at]).collect();
        let named: Vec<Keyword> = around.iter().copied().chain([clause.keyword]).collect();
        ways.push((named.clone(), way.clone()));
        self::ways(clause.clauses(), &way, ways, &named);
    }
}

fn without(file: &File, way: &[usize]) -> File {
    let mut file = file.clone();
    let (last, above) = way.split_last().expect("a way");
    let mut clauses = &mut file.declarations;
    for at in above {
        clauses = &mut clauses[*at].block.as_mut().expect("a block").clauses;
    }
    clauses.remove(*last);
    file
}

#[test]
fn no_clause_can_be_left_out_unnoticed() {
    let parsed = parse(SourceId::default(), WHOLE);
    let whole = meaning(&parsed.file);
    let mut all = Vec::new();
    ways(&parsed.file.declarations, &[], &mut all, &[]);
    // Of each kind of clause, by what it stands in, one that changes something is enough.
    let mut idle: BTreeMap<Vec<Keyword>, bool> = BTreeMap::new();
    for (named, way) in all {
        let changes = idle.entry(named).or_default();
        *changes = *changes || meaning(&without(&parsed.file, &way)) != whole;
    }
    let unnoticed: BTreeSet<String> =
        idle.into_iter().filter(|(_, changes)| !changes).map(|(named, _)| format!("{named:?}")).collect();
    // `use` is read before names are resolved, and `always` says that nothing is narrowed.
    let known: BTreeSet<String> = ["[Scope, Also, During]", "[Use]"].map(str::to_owned).into();
    assert_eq!(unnoticed, known);
}
