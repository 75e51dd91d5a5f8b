//! Moving open cases to other rules: each where its state still makes sense, else named with the reason.

use ecow::EcoString;
use jiff::Timestamp;
use serde::Serialize;

use super::led_to::{LedTo, whole};
use super::{AT_ONCE, Dossier, Engine, Failure, Kept, Request};
use crate::store::{Change, Draft, Entry, Journal, encode};
use linkage_case::{Case, CaseId, Command, Decision, canonical, carry_ladders, recount};
use linkage_flow::{blocks_around, branches};
use linkage_model::{NodeId, NodeKind, Procedure};

/// What becomes of an open dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// The dossier.
    pub dossier: CaseId,
    /// The rules that it is under.
    pub from: EcoString,
    /// What stands in the way; nothing, if it moves.
    pub obstacles: Vec<Obstacle>,
}

/// What becomes of all open dossiers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prospect {
    /// Of those under other rules, in the order of their numbers.
    pub verdicts: Vec<Verdict>,
    /// How many are under the rules already.
    pub already: u64,
}

/// Why a case can't go on under other rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "obstacle", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields are what the names say")]
pub enum Obstacle {
    /// There is no such procedure any more.
    Procedure { case: CaseId, procedure: EcoString },
    /// The case stands at a node that the procedure no longer has, or that is something else now.
    Node { case: CaseId, node: EcoString },
    /// The case stands at a node that is in a block there, and never entered the block.
    NotEntered { case: CaseId, node: EcoString, block: EcoString },
    /// The case is in a block, and stands at a node that is in none there.
    OutsideBlock { case: CaseId, node: EcoString, block: EcoString },
    /// The block has another number of branches.
    Branches { case: CaseId, block: EcoString },
    /// A body that has something to do can't act any more.
    Body { case: CaseId, body: EcoString },
    /// A fact of the case has no meaning there.
    Fact { case: CaseId, fact: EcoString },
    /// The resolution under which the overlap is settled is gone.
    Resolution { case: CaseId, resolution: EcoString },
}

impl<J: Journal> Engine<J> {
    /// What would become of every open dossier under other rules that are kept.
    ///
    /// # Errors
    /// The store or the rules can't be read.
    pub fn prospect(&mut self, to: &str) -> Result<Prospect, Failure> {
        let kept = self.kept(to)?;
        let (mut prospect, mut last) = (Prospect::default(), CaseId(0));
        loop {
            let cases = self.journal.cases(last, 1000)?;
            let Some(end) = cases.last() else { return Ok(prospect) };
            last = end.case;
            for row in cases.iter().filter(|row| row.case == row.dossier) {
                let dossier = Dossier::load(&self.journal, row.dossier)?;
                if !dossier.is_open() {
                    continue;
                }
                if dossier.rules == to {
                    prospect.already += 1;
                    continue;
                }
                let obstacles = obstacles(&dossier, &kept);
                prospect.verdicts.push(Verdict { dossier: dossier.root, from: dossier.rules, obstacles });
            }
        }
    }

    /// Moves every open dossier that can go on under other rules; what became of each.
    ///
    /// # Errors
    /// The store or the rules can't be read or written. What was moved before stays moved.
    pub fn migrate(&mut self, to: &str, by: &EcoString, now: Timestamp) -> Result<Prospect, Failure> {
        let prospect = self.prospect(to)?;
        let moving: Vec<&Verdict> =
            prospect.verdicts.iter().filter(|verdict| verdict.obstacles.is_empty()).collect();
        for some in moving.chunks(AT_ONCE) {
            self.begin()?;
            let done = some.iter().try_for_each(|verdict| self.move_one(verdict.dossier, to, by, now));
            if let Err(failure) = done.and_then(|()| self.journal.commit().map_err(Failure::Store)) {
                self.forget_all();
                return Err(failure);
            }
        }
        Ok(prospect)
    }

    fn move_one(&mut self, root: CaseId, to: &str, by: &EcoString, now: Timestamp) -> Result<(), Failure> {
        let kept = self.kept(to)?;
        let mut dossier = self.take_out(root)?.unwrap_or_default();
        // Others may have moved it on since it was looked at.
        if dossier.rules != to && dossier.is_open() && obstacles(&dossier, &kept).is_empty() {
            let before = self.kept(&dossier.rules)?;
            let what = Change::Migrated { from: dossier.rules.clone(), to: to.into() };
            let entry = Entry { at: now, by: Some(by.clone()), what };
            let rev = dossier.rev + 1;
            let draft = Draft { dossier: root, rev, key: None, body: encode(root, &entry)? };
            self.head = self.journal.append(draft, self.head.opened)?;
            dossier.take(&entry, rev);
            // The rules bring their calendar: what depended on holidays to come is counted by it.
            dossier.world.count_from(self.head.opened);
            let carried = carry_ladders(&before.rules(), &kept.rules(), &dossier.world, whole(now));
            self.write_counted(&mut dossier, &kept.hash, carried, now)?;
            let counted = recount(&kept.rules(), &dossier.world, whole(now));
            self.write_counted(&mut dossier, &kept.hash, counted, now)?;
        }
        self.put_back(dossier);
        Ok(())
    }

    fn write_counted(
        &mut self,
        dossier: &mut Dossier,
        rules: &EcoString,
        counted: Decision,
        now: Timestamp,
    ) -> Result<(), Failure> {
        if counted.events.is_empty() {
            return Ok(());
        }
        let request = Request::new(Command::tick(), now);
        let led_to = LedTo::of(&request, dossier, rules, counted)?;
        self.write(dossier, rules, led_to)?;
        Ok(())
    }
}

fn obstacles(dossier: &Dossier, kept: &Kept) -> Vec<Obstacle> {
    let open = dossier.world.cases().filter(|case| case.is_open());
    open.flat_map(|case| obstacles_of(case, kept)).collect()
}

fn obstacles_of(own: &Case, kept: &Kept) -> Vec<Obstacle> {
    let (case, institution) = (own.id, &kept.institution);
    let Some(procedure) = institution.procedures.iter().find(|other| other.head.name == own.procedure) else {
        return vec![Obstacle::Procedure { case, procedure: own.procedure.clone() }];
    };
    let mut found = Vec::new();
    let mut node = |name: &EcoString, right: &dyn Fn(&NodeKind) -> bool| {
        if !kind(procedure, name).is_some_and(|(_, kind)| right(kind)) {
            found.push(Obstacle::Node { case, node: name.clone() });
        }
    };
    own.open_assignments().for_each(|own| node(&own.step, &|kind| matches!(kind, NodeKind::Step(_))));
    own.calls.iter().for_each(|call| node(&call.node, &|kind| matches!(kind, NodeKind::Call(_))));
    own.waiting.iter().chain(&own.stuck).for_each(|name| node(name, &|_| true));
    for name in own.stands_at() {
        let Some((at, _)) = kind(procedure, &name) else { continue };
        let around = || blocks_around(procedure, at).map(|block| &procedure.nodes[block.index()].head.name);
        let entered = |block: &EcoString| own.blocks.iter().any(|open| open.block == *block);
        let never = around().find(|block| !entered(block)).cloned();
        let left = own.blocks.first().filter(|open| around().all(|block| *block != open.block));
        let node = name.clone();
        if let Some(block) = never {
            found.push(Obstacle::NotEntered { case, node, block });
        } else if let Some(open) = left {
            found.push(Obstacle::OutsideBlock { case, node, block: open.block.clone() });
        }
    }
    for open in &own.blocks {
        match kind(procedure, &open.block) {
            Some((at, NodeKind::Block(_))) if branches(procedure, at).len() == open.branches => {}
            Some((_, NodeKind::Block(_))) => {
                found.push(Obstacle::Branches { case, block: open.block.clone() })
            }
            _ => found.push(Obstacle::Node { case, node: open.block.clone() }),
        }
    }
    let charged =
        own.open_assignments().flat_map(|own| &own.to).chain(own.lead.iter().flat_map(|lead| &lead.to));
    let mut bodies: Vec<&EcoString> = charged.map(|charged| &charged.body).collect();
    bodies.sort();
    bodies.dedup();
    for body in bodies {
        if body != linkage_case::REPORTER && kept.rules().can_act(body).is_none() {
            found.push(Obstacle::Body { case, body: body.clone() });
        }
    }
    for (name, fact) in own.facts.as_ref() {
        let one = std::iter::once((name.clone(), fact.clone())).collect();
        if canonical(institution, &one).is_err() {
            found.push(Obstacle::Fact { case, fact: name.clone() });
        }
    }
    let dispute = own.lead.as_ref().and_then(|lead| lead.dispute.as_ref()?.resolution.as_ref());
    let gone = dispute.filter(|name| institution.resolutions.iter().all(|other| other.head.name != **name));
    found.extend(gone.map(|name| Obstacle::Resolution { case, resolution: name.clone() }));
    found
}

fn kind<'p>(procedure: &'p Procedure, name: &EcoString) -> Option<(NodeId, &'p NodeKind)> {
    let mut nodes = (0..).map(NodeId).zip(&procedure.nodes);
    nodes.find(|(_, node)| node.head.name == *name).map(|(at, node)| (at, &node.kind))
}
