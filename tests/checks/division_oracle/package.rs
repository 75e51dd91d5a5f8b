//! Small packages as plain data, and how they come about at random.

use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;

/// A tree by the parent of each node; a node that is its own parent is a root.
#[derive(Debug, Clone)]
pub struct Tree(pub Vec<usize>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Test {
    Is,
    IsNot,
    AtMost,
    Below,
    AtLeast,
    Above,
}

#[derive(Debug, Clone)]
pub enum Condition {
    Matter(bool, usize),
    Area(bool, usize),
    Grade(Vec<usize>),
    Flag(bool),
    Level(Test, usize),
    Levels(usize, usize),
    Day(bool, usize),
    Time(usize, usize),
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
}

/// Kinds of day, and hours from one time of the day to another.
#[derive(Debug, Clone)]
pub struct Period {
    pub days: Vec<usize>,
    pub hours: Vec<(usize, usize)>,
}

#[derive(Debug, Clone, Default)]
pub struct Place {
    pub over: Vec<usize>,
    pub within: Vec<usize>,
    pub when: Option<Condition>,
    pub during: Vec<Period>,
    pub except: Vec<Place>,
    pub also: Vec<Place>,
}

/// First and last day, as indices of [`DAYS`].
pub type Time = (Option<usize>, Option<usize>);

#[derive(Debug, Clone)]
pub struct Law {
    pub rank: Option<usize>,
    pub issuer: Option<usize>,
    pub time: Time,
}

#[derive(Debug, Clone)]
pub struct Body {
    pub kind: usize,
    pub under: Vec<usize>,
    pub duty: Vec<Period>,
    pub serves: Vec<usize>,
    pub succeeds: Option<(usize, Option<usize>)>,
}

#[derive(Debug, Clone)]
pub struct Mandate {
    pub leads: Vec<usize>,
    pub supports: Option<usize>,
    pub supervises: Option<usize>,
    pub place: Place,
    pub basis: Vec<usize>,
    pub time: Time,
    pub own: Option<usize>,
    pub with: Vec<(usize, usize)>,
    pub yields: Vec<usize>,
    pub over: Vec<usize>,
}

#[derive(Debug, Clone)]
pub enum Who {
    Name(usize),
    Kind(usize),
}

#[derive(Debug, Clone)]
pub struct Exclusion {
    pub who: Vec<Who>,
    pub place: Place,
    pub basis: Option<usize>,
}

#[derive(Debug, Clone)]
pub enum Forum {
    FirstReceiver,
    Agree,
    Superior,
    Coordinator(usize),
    Precedence(Vec<usize>),
}

#[derive(Debug, Clone)]
pub struct Resolution {
    pub between: Vec<usize>,
    pub place: Place,
    pub forums: Vec<Forum>,
}

/// Giver, receiver, where, and how long.
#[derive(Debug, Clone)]
pub struct Entrustment {
    pub from: usize,
    pub to: usize,
    pub place: Place,
    pub time: Time,
}

/// Names of bodies are numbers: the bodies, behind them the slots.
#[derive(Debug, Clone)]
pub struct Package {
    pub matters: Tree,
    pub areas: Tree,
    pub grades: usize,
    pub levels: usize,
    pub laws: Vec<Law>,
    pub bodies: Vec<Body>,
    /// Of each slot the laws that fill it, with the body.
    pub slots: Vec<Vec<(usize, usize)>>,
    pub mandates: Vec<Mandate>,
    pub exclusions: Vec<Exclusion>,
    pub resolutions: Vec<Resolution>,
    pub scope: Option<Place>,
    pub forums: Vec<Forum>,
    pub entrustment: Option<Entrustment>,
}

pub const TODAY: usize = 3;
pub const DAYS: [&str; 5] = ["2000-01-01", "2010-01-01", "2026-11-22", "2026-11-23", "2026-11-24"];
pub const KINDS: [&str; 3] = ["police", "department", "committee"];
/// The names of ranks with their heights.
pub const RANKS: [(&str, u8); 8] = [
    ("statute", 5),
    ("administrative_regulation", 4),
    ("local_regulation", 3),
    ("ministry_rule", 2),
    ("local_rule", 2),
    ("party_regulation", 1),
    ("normative_document", 1),
    ("standard", 0),
];
pub const SHARINGS: [&str; 3] = ["joint", "parallel", "subsidiary"];
/// The times that are spoken of, in minutes. Between them nothing changes.
pub const CLOCK: [u32; 6] = [0, 360, 510, 720, 1200, 1440];

impl Tree {
    pub fn children(&self, node: usize) -> impl Iterator<Item = usize> {
        (0..self.0.len()).filter(move |child| *child != node && self.0[*child] == node)
    }

    /// The leaves under each node, numbered from the top of the text down.
    pub fn leaves(&self) -> Vec<Vec<usize>> {
        let mut leaves = vec![Vec::new(); self.0.len()];
        let mut count = 0;
        for root in (0..self.0.len()).filter(|node| self.0[*node] == *node) {
            self.descend(root, &mut count, &mut leaves);
        }
        leaves
    }

    fn descend(&self, node: usize, count: &mut usize, leaves: &mut Vec<Vec<usize>>) {
        if self.children(node).next().is_none() {
            leaves[node].push(*count);
            *count += 1;
        }
        for child in self.children(node) {
            self.descend(child, count, leaves);
            let below = leaves[child].clone();
            leaves[node].extend(below);
        }
    }
}

fn tree(most: usize) -> impl Strategy<Value = Tree> {
    vec(0..100usize, 1..=most).prop_map(|raw| {
        // The first is a root; the others seldom are.
        let parent = |(at, raw): (usize, usize)| if at == 0 || raw > 85 { at } else { raw % at };
        Tree(raw.into_iter().enumerate().map(parent).collect())
    })
}

fn test() -> impl Strategy<Value = Test> {
    proptest::sample::select(vec![
        Test::Is,
        Test::IsNot,
        Test::AtMost,
        Test::Below,
        Test::AtLeast,
        Test::Above,
    ])
}

/// Two times that differ.
fn hours() -> impl Strategy<Value = (usize, usize)> {
    (0..5usize, 0..6usize).prop_map(|(from, to)| if from == to { (from, to + 1) } else { (from, to) })
}

fn period() -> impl Strategy<Value = Period> {
    let days = vec(0..3usize, 1..3);
    (days, vec(hours(), 0..3)).prop_map(|(days, hours)| Period { days, hours })
}

fn condition() -> impl Strategy<Value = Condition> {
    let leaf = prop_oneof![
        (any::<bool>(), 0..60usize).prop_map(|(is, at)| Condition::Matter(is, at)),
        (any::<bool>(), 0..60usize).prop_map(|(is, at)| Condition::Area(is, at)),
        vec(0..60usize, 1..3).prop_map(Condition::Grade),
        any::<bool>().prop_map(Condition::Flag),
        (test(), 0..60usize).prop_map(|(test, at)| Condition::Level(test, at)),
        (0..60usize, 0..60usize).prop_map(|(from, to)| Condition::Levels(from, to)),
        (any::<bool>(), 0..3usize).prop_map(|(is, at)| Condition::Day(is, at)),
        hours().prop_map(|(from, to)| Condition::Time(from, to)),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 2..4).prop_map(Condition::And),
            vec(inner.clone(), 2..4).prop_map(Condition::Or),
            inner.prop_map(|inner| Condition::Not(Box::new(inner))),
        ]
    })
}

fn place() -> impl Strategy<Value = Place> {
    let clauses = || {
        (
            vec(0..60usize, 0..3),
            vec(0..60usize, 0..2),
            weighted(0.3, condition()),
            prop_oneof![3 => Just(Vec::new()), 1 => vec(period(), 1..3)],
        )
            .prop_map(|(over, within, when, during)| Place {
                over,
                within,
                when,
                during,
                ..Place::default()
            })
    };
    let seldom = move || prop_oneof![4 => Just(Vec::new()), 1 => vec(clauses(), 1..2)];
    (clauses(), seldom(), seldom()).prop_map(|(place, except, also)| Place { except, also, ..place })
}

fn time() -> impl Strategy<Value = Time> {
    (weighted(0.2, 0..DAYS.len()), weighted(0.2, 2..4usize)).prop_map(sensible)
}

/// What ends before it begins is refused.
fn sensible((from, until): Time) -> Time {
    (from, until.filter(|until| from.is_none_or(|from| from <= *until)))
}

fn law() -> impl Strategy<Value = Law> {
    let time = (weighted(0.8, 0..DAYS.len()), weighted(0.15, 2..4usize)).prop_map(sensible);
    let rank = prop_oneof![2 => Just(0), 3 => 0..RANKS.len()];
    (weighted(0.9, rank), weighted(0.9, 0..2usize), time).prop_map(|(rank, issuer, time)| Law {
        rank,
        issuer,
        time,
    })
}

fn body() -> impl Strategy<Value = Body> {
    let duty = prop_oneof![3 => Just(Vec::new()), 1 => vec(period(), 1..3)];
    let serves = prop_oneof![3 => Just(Vec::new()), 1 => vec(0..60usize, 1..3)];
    let succeeds = weighted(0.15, (0..60usize, weighted(0.7, 0..DAYS.len())));
    (0..3usize, vec(0..60usize, 0..3), duty, serves, succeeds)
        .prop_map(|(kind, under, duty, serves, succeeds)| Body { kind, under, duty, serves, succeeds })
}

fn mandate() -> impl Strategy<Value = Mandate> {
    let leads = prop_oneof![1 => Just(Vec::new()), 9 => vec(0..60usize, 1..3)];
    let who = (leads, weighted(0.3, 0..60usize), weighted(0.2, 0..60usize));
    let basis = prop_oneof![1 => Just(Vec::new()), 4 => vec(0..60usize, 1..3)];
    let others = || vec((0..3usize, 0..60usize), 1..4);
    let with = prop_oneof![3 => Just(Vec::new()), 1 => others()];
    let sharing = (weighted(0.25, 0..3usize), with);
    let explicit = || prop_oneof![6 => Just(Vec::new()), 1 => vec(0..60usize, 1..3)];
    (who, place(), basis, time(), sharing, (explicit(), explicit())).prop_map(
        |((leads, supports, supervises), place, basis, time, (own, with), (yields, over))| Mandate {
            leads,
            supports,
            supervises,
            place,
            basis,
            time,
            own,
            with,
            yields,
            over,
        },
    )
}

fn exclusion() -> impl Strategy<Value = Exclusion> {
    let who = prop_oneof![3 => (0..60usize).prop_map(Who::Name), 1 => (0..3usize).prop_map(Who::Kind)];
    (vec(who, 1..3), place(), weighted(0.7, 0..60usize)).prop_map(|(who, place, basis)| Exclusion {
        who,
        place,
        basis,
    })
}

fn forum() -> impl Strategy<Value = Forum> {
    prop_oneof![
        2 => Just(Forum::FirstReceiver),
        2 => Just(Forum::Agree),
        3 => Just(Forum::Superior),
        1 => (0..60usize).prop_map(Forum::Coordinator),
        1 => vec(0..60usize, 1..3).prop_map(Forum::Precedence),
    ]
}

fn resolution() -> impl Strategy<Value = Resolution> {
    (vec(0..60usize, 0..4), place(), vec(forum(), 1..3)).prop_map(|(between, place, forums)| Resolution {
        between,
        place,
        forums,
    })
}

fn entrustment() -> impl Strategy<Value = Entrustment> {
    (0..60usize, 0..60usize, place(), time()).prop_map(|(from, to, place, time)| Entrustment {
        from,
        to,
        place,
        time,
    })
}

pub fn package() -> impl Strategy<Value = Package> {
    let space = (tree(6), tree(5), 1..=3usize, 1..=3usize);
    let who = (vec(law(), 3..6), vec(body(), 3..8), vec(vec((0..60usize, 0..60usize), 0..3), 0..3));
    let rules = (vec(mandate(), 2..8), vec(exclusion(), 0..3), vec(resolution(), 0..3));
    let rest = (weighted(0.7, place()), vec(forum(), 0..4), weighted(0.4, entrustment()));
    (space, who, rules, rest).prop_map(
        |(
            (matters, areas, grades, levels),
            (laws, bodies, slots),
            (mandates, exclusions, resolutions),
            (scope, forums, entrustment),
        )| {
            let package = Package {
                matters,
                areas,
                grades,
                levels,
                laws,
                bodies,
                slots,
                mandates,
                exclusions,
                resolutions,
                scope,
                forums,
                entrustment,
            };
            super::fit::fitted(package)
        },
    )
}
