//! Every situation of a package, one by one, and whether a clause holds at it. No boxes, no sides.

use super::package::{CLOCK, Condition, Package, Period, Place, Test};

/// One situation; for the time of the day the number of the stretch between two times that are spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Situation {
    pub matter: usize,
    pub area: usize,
    pub grade: usize,
    pub flag: bool,
    pub level: usize,
    pub day: usize,
    pub stretch: usize,
}

impl Situation {
    /// How many situations it stands for.
    pub fn minutes(&self) -> u64 {
        u64::from(CLOCK[self.stretch + 1] - CLOCK[self.stretch])
    }

    /// The first or the last minute of its stretch: errors sit at the edges.
    pub fn minute(&self) -> u32 {
        let last = (self.matter + self.area + self.level + self.day) % 2 == 1;
        if last { CLOCK[self.stretch + 1] - 1 } else { CLOCK[self.stretch] }
    }
}

/// All situations, and what is looked up at each: the leaves below a node.
pub struct World {
    pub all: Vec<Situation>,
    pub matters: Vec<Vec<usize>>,
    pub areas: Vec<Vec<usize>>,
}

impl World {
    pub fn new(package: &Package) -> Self {
        let (matters, areas) = (package.matters.leaves(), package.areas.leaves());
        let count = |leaves: &[Vec<usize>]| leaves.iter().flatten().max().map_or(0, |last| last + 1);
        let mut all = Vec::new();
        for matter in 0..count(&matters) {
            for area in 0..count(&areas) {
                for grade in 0..package.grades {
                    for level in 0..package.levels {
                        for rest in 0..2 * 3 * (CLOCK.len() - 1) {
                            let (flag, day, stretch) = (rest % 2 == 1, rest / 2 % 3, rest / 6);
                            all.push(Situation { matter, area, grade, flag, level, day, stretch });
                        }
                    }
                }
            }
        }
        Self { all, matters, areas }
    }

    /// The situations of a place, as a yes or no for each.
    pub fn set(&self, place: &Place) -> Vec<bool> {
        self.all.iter().map(|at| self.holds(place, at)).collect()
    }

    /// What narrows must all hold; then every `except` is taken out, then every `also` is added.
    fn holds(&self, place: &Place, at: &Situation) -> bool {
        let in_matter =
            place.over.is_empty() || place.over.iter().any(|node| self.matters[*node].contains(&at.matter));
        let in_area = place.within.is_empty() || self.in_areas(&place.within, at);
        let when = place.when.as_ref().is_none_or(|when| self.true_at(when, at));
        let narrowed = in_matter && in_area && when && (place.during.is_empty() || during(&place.during, at));
        let taken_out = place.except.iter().any(|inner| self.holds(inner, at));
        narrowed && !taken_out || place.also.iter().any(|inner| self.holds(inner, at))
    }

    pub fn in_areas(&self, nodes: &[usize], at: &Situation) -> bool {
        nodes.iter().any(|node| self.areas[*node].contains(&at.area))
    }

    fn true_at(&self, it: &Condition, at: &Situation) -> bool {
        match it {
            Condition::Matter(is, node) => self.matters[*node].contains(&at.matter) == *is,
            Condition::Area(is, node) => self.areas[*node].contains(&at.area) == *is,
            Condition::Grade(all) => all.contains(&at.grade),
            Condition::Flag(is) => at.flag == *is,
            Condition::Level(test, level) => match test {
                Test::Is => at.level == *level,
                Test::IsNot => at.level != *level,
                Test::AtMost => at.level <= *level,
                Test::Below => at.level < *level,
                Test::AtLeast => at.level >= *level,
                Test::Above => at.level > *level,
            },
            Condition::Levels(from, to) => *from <= at.level && at.level <= *to,
            Condition::Day(is, day) => (at.day == *day) == *is,
            Condition::Time(from, to) => within((*from, *to), at),
            Condition::And(all) => all.iter().all(|it| self.true_at(it, at)),
            Condition::Or(all) => all.iter().any(|it| self.true_at(it, at)),
            Condition::Not(inner) => !self.true_at(inner, at),
        }
    }
}

pub fn during(periods: &[Period], at: &Situation) -> bool {
    let in_hours = |period: &Period| period.hours.is_empty() || period.hours.iter().any(|it| within(*it, at));
    periods.iter().any(|period| period.days.contains(&at.day) && in_hours(period))
}

/// Whether the minute lies between two times, past midnight if the second is the smaller.
fn within((from, to): (usize, usize), at: &Situation) -> bool {
    let (from, to, minute) = (CLOCK[from], CLOCK[to], at.minute());
    if from < to { from <= minute && minute < to } else { from <= minute || minute < to }
}
