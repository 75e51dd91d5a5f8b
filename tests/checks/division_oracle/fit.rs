//! References of a random package made to fit what it declares: numbers are drawn freely, so that they shrink.

use std::collections::BTreeMap;

use super::package::{Condition, Forum, Package, Place, Who};

/// How many there are of what can be named.
struct Sizes {
    matters: usize,
    areas: usize,
    grades: usize,
    levels: usize,
}

pub fn fitted(mut package: Package) -> Package {
    let sizes = Sizes {
        matters: package.matters.0.len(),
        areas: package.areas.0.len(),
        grades: package.grades,
        levels: package.levels,
    };
    let (laws, bodies, mandates) = (package.laws.len(), package.bodies.len(), package.mandates.len());
    let names = bodies + package.slots.len();
    for (at, body) in package.bodies.iter_mut().enumerate() {
        // Upwards and backwards only, so that there are no circles.
        fit(&mut body.under, at);
        fit(&mut body.serves, sizes.areas);
        body.succeeds = body.succeeds.filter(|_| at > 0).map(|(old, since)| (old % at, since));
    }
    for slot in &mut package.slots {
        for (law, body) in slot.iter_mut() {
            (*law, *body) = (*law % laws, *body % bodies);
        }
        slot.sort_unstable();
        slot.dedup();
    }
    for (at, mandate) in package.mandates.iter_mut().enumerate() {
        fit(&mut mandate.leads, names);
        mandate.supports = mandate.supports.map(|name| name % bodies);
        mandate.supervises = mandate.supervises.map(|name| name % names);
        place(&mut mandate.place, &sizes);
        fit(&mut mandate.basis, laws);
        for others in [&mut mandate.yields, &mut mandate.over] {
            fit(others, mandates);
            others.retain(|other| *other != at);
        }
        let others = mandate.with.iter().map(|(how, with)| (*how, with % mandates));
        // Of each other mandate one thing; what contradicts itself has tests of its own.
        let others: BTreeMap<usize, usize> = others.map(|(how, with)| (with, how)).collect();
        let others = others.into_iter().filter(|(with, _)| *with != at);
        mandate.with = others.map(|(with, how)| (how, with)).collect();
    }
    for exclusion in &mut package.exclusions {
        for who in &mut exclusion.who {
            if let Who::Name(name) = who {
                *name %= names;
            }
        }
        place(&mut exclusion.place, &sizes);
        exclusion.basis = exclusion.basis.map(|law| law % laws);
    }
    for resolution in &mut package.resolutions {
        fit(&mut resolution.between, mandates);
        place(&mut resolution.place, &sizes);
        forums(&mut resolution.forums, bodies);
    }
    if let Some(scope) = &mut package.scope {
        place(scope, &sizes);
    }
    forums(&mut package.forums, bodies);
    if let Some(entrustment) = &mut package.entrustment {
        entrustment.from %= bodies;
        entrustment.to %= bodies;
        place(&mut entrustment.place, &sizes);
    }
    package
}

/// Each once, below a limit.
fn fit(numbers: &mut Vec<usize>, limit: usize) {
    if limit == 0 {
        numbers.clear();
    }
    for number in numbers.iter_mut() {
        *number %= limit;
    }
    numbers.sort_unstable();
    numbers.dedup();
}

fn place(it: &mut Place, sizes: &Sizes) {
    fit(&mut it.over, sizes.matters);
    fit(&mut it.within, sizes.areas);
    if let Some(when) = &mut it.when {
        condition(when, sizes);
    }
    for inner in it.except.iter_mut().chain(&mut it.also) {
        place(inner, sizes);
    }
}

fn condition(it: &mut Condition, sizes: &Sizes) {
    match it {
        Condition::Matter(_, at) => *at %= sizes.matters,
        Condition::Area(_, at) => *at %= sizes.areas,
        Condition::Grade(all) => fit(all, sizes.grades),
        Condition::Level(_, at) => *at %= sizes.levels,
        Condition::Levels(from, to) => {
            let (a, b) = (*from % sizes.levels, *to % sizes.levels);
            (*from, *to) = (a.min(b), a.max(b));
        }
        Condition::Flag(_) | Condition::Day(..) | Condition::Time(..) => {}
        Condition::And(all) | Condition::Or(all) => all.iter_mut().for_each(|it| condition(it, sizes)),
        Condition::Not(inner) => condition(inner, sizes),
    }
}

fn forums(all: &mut [Forum], bodies: usize) {
    for forum in all {
        match forum {
            Forum::Coordinator(body) => *body %= bodies,
            Forum::Precedence(order) => fit(order, bodies),
            Forum::FirstReceiver | Forum::Agree | Forum::Superior => {}
        }
    }
}
