//! Procedures: nodes are numbered first, so that every target can be found. Performers, rungs and what is owed
//! are in `terms`.

use super::super::{
    Arm, Block, Call, Chair, Choice, Count, Entity, Head, Lead, ModelError, Node, NodeId, NodeKind, Outcome,
    PowerId, Procedure, ProcedureId, Quorum, ResourceId, Schedule, Step, SuspensionGround, Target, Trigger,
};
use super::Resolver;
use super::bodies::between;
use super::names::head;
use super::region::days_of;
use ecow::EcoString;
use linkage_regions::{Region, Side};
use linkage_syntax::{Clause, Keyword, Name, Part};
use linkage_text::{Language, Span, did_you_mean};

/// The nodes of one procedure by name, with the block that each stands in.
pub(super) struct Places {
    pub(super) heads: Vec<Head>,
}

impl Places {
    pub(super) fn find(&self, name: &str) -> Option<NodeId> {
        (0..).map(NodeId).zip(&self.heads).find(|(_, head)| head.name == name).map(|(id, _)| id)
    }
}

impl Resolver<'_> {
    pub(super) fn procedures(&mut self) {
        for clause in self.of(Keyword::Procedure) {
            let procedure = self.procedure(clause);
            self.it.procedures.push(procedure);
        }
    }

    fn procedure(&mut self, clause: &Clause) -> Procedure {
        let clauses = clause.clauses();
        self.once(clauses);
        let mut nodes: Vec<(&Clause, Option<NodeId>)> = Vec::new();
        number(clauses, None, &mut nodes);
        let places = Places { heads: nodes.iter().map(|(node, _)| head(node)).collect() };
        self.no_twin_nodes(&places);
        let mut it = Procedure {
            head: head(clause),
            triggers: Vec::new(),
            lead: None,
            chair: None,
            supports: Vec::new(),
            supervisors: Vec::new(),
            suspenders: Vec::new(),
            suspensions: Vec::new(),
            reports: Vec::new(),
            within: None,
            basis: self.basis(clauses),
            nodes: Vec::new(),
            escalation: Vec::new(),
            owes: Vec::new(),
            guarantees: Vec::new(),
            closing: None,
        };
        for (node, block) in nodes {
            let kind = self.node_kind(node, &places);
            it.nodes.push(Node { head: head(node), block, kind });
        }
        for inner in clauses {
            match inner.keyword {
                Keyword::Trigger => {
                    let trigger = self.trigger(inner);
                    it.triggers.extend(trigger.map(|trigger| (trigger, inner.span)));
                }
                Keyword::Lead => it.lead = self.lead(inner),
                Keyword::Chair => it.chair = self.chair(inner),
                Keyword::Suspend if inner.has(Keyword::On) => {
                    let ground = self.suspension_ground(inner, &it.suspensions);
                    it.suspensions.extend(ground);
                }
                Keyword::Suspend => it.suspenders.extend(self.performers(&inner.parts)),
                Keyword::Support => it.supports.extend(self.holders(&inner.parts)),
                Keyword::Supervise => {
                    let supervisors = self.named_bodies(inner);
                    let time = inner.duration().map(|(time, _)| time);
                    it.reports.extend(supervisors.iter().filter_map(|(body, _)| Some((*body, time?))));
                    it.supervisors.extend(supervisors);
                }
                Keyword::Within => it.within = inner.duration(),
                Keyword::Escalate => it.escalation.extend(self.rungs(inner)),
                Keyword::Owe => {
                    let owe = self.owe(inner, &places, None, it.owes.len());
                    it.owes.extend(owe);
                }
                Keyword::Guarantee => {
                    let guarantee = self.guarantee(inner);
                    it.guarantees.push(guarantee);
                }
                Keyword::Closing => it.closing = Some(self.closing(inner, &places)),
                _ => {}
            }
        }
        it
    }

    fn no_twin_nodes(&mut self, places: &Places) {
        for (index, node) in places.heads.iter().enumerate() {
            if let Some(first) = places.heads[..index].iter().find(|other| other.name == node.name) {
                self.errors.push(ModelError::Duplicate {
                    entity: Entity::Node,
                    name: node.name.clone(),
                    first: first.span,
                    second: node.span,
                });
            }
        }
    }

    fn chair(&mut self, clause: &Clause) -> Option<Chair> {
        let (body, _) = self.named_bodies(clause).pop()?;
        Some(Chair { body, decides: clause.has(Keyword::Decides), span: clause.span })
    }

    fn lead(&mut self, clause: &Clause) -> Option<(Lead, Span)> {
        if clause.has(Keyword::Mandate) {
            return Some((Lead::ByMandate, clause.span));
        }
        let (performer, span) = self.performers(&clause.parts).pop()?;
        Some((Lead::Performer(performer), span))
    }

    fn trigger(&mut self, clause: &Clause) -> Option<Trigger> {
        let kind = clause.words().next()?.keyword;
        Some(match kind {
            Keyword::Report => Trigger::Report(self.trigger_region(clause)),
            Keyword::Event => Trigger::Event(clause.name()?.text.clone()),
            Keyword::Schedule => Trigger::Schedule(self.schedule(clause)?),
            Keyword::Count => Trigger::Count(self.count(clause)?),
            _ => {
                let holders = self.holders(between(&clause.parts, Keyword::Of, &[]));
                let holders = holders.into_iter().map(|(holder, _)| holder).collect();
                Trigger::Request(holders, self.region(clause.clauses()))
            }
        })
    }

    fn schedule(&mut self, clause: &Clause) -> Option<Schedule> {
        let day = clause.words().nth(1)?.keyword;
        let minute = clause.parts.iter().find_map(|part| match part {
            Part::Clock(minute, _) => Some(*minute),
            _ => None,
        })?;
        let named = self.region(clause.clauses());
        // A Monday can be any kind of day; midnight at the end of a day is the first minute of the next, of
        // which nothing is known.
        let (days, shown) = if minute < 1440 { (days_of(day), minute) } else { (Side::empty(), 0) };
        let days = if days.is_empty() { Side::interval(0, 3) } else { days };
        let time = self.slab(self.it.time_axis(), Side::value(u32::from(shown)));
        let region = named.intersect(&self.slab(self.it.day_axis(), days)).intersect(&time);
        Some(Schedule { day, minute, region })
    }

    fn count(&mut self, clause: &Clause) -> Option<Count> {
        let (number, _) = clause.number()?;
        let (within, _) = clause.duration()?;
        let region = self.trigger_region(clause);
        let matters: Vec<&Name> = clause.names().collect();
        let matters = matters.into_iter().filter_map(|name| self.node(Entity::Matter, name)).collect();
        let areas = clause.clauses().iter().filter(|inner| inner.keyword == Keyword::In);
        let areas: Vec<&Name> = areas.flat_map(Clause::names).collect();
        let areas = areas.into_iter().filter_map(|name| self.node(Entity::Area, name)).collect();
        let number = u32::try_from(number.max(1)).unwrap_or(u32::MAX);
        Some(Count { number, within, region, matters, areas })
    }

    /// The matters named behind `of`, narrowed by the region clauses that follow.
    fn trigger_region(&mut self, clause: &Clause) -> Region {
        let names: Vec<&Name> = clause.names().collect();
        let mut side = Side::empty();
        for name in names {
            if let Some(node) = self.node(Entity::Matter, name) {
                side = side.union(&self.node_side(Entity::Matter, node));
            }
        }
        let over = self.slab(super::super::Institution::MATTER, side);
        over.intersect(&self.region(clause.clauses()))
    }

    fn node_kind(&mut self, clause: &Clause, places: &Places) -> NodeKind {
        self.once_in_node(clause);
        match clause.keyword {
            Keyword::Choose => NodeKind::Choose(self.choice(clause, places)),
            Keyword::All | Keyword::Any => {
                let all = clause.keyword == Keyword::All;
                let mut block = Block { all, begins: Vec::new(), then: None, within: None };
                for inner in clause.clauses() {
                    match inner.keyword {
                        Keyword::Begin => {
                            let names: Vec<&Name> = inner.names().collect();
                            for name in names {
                                let node = places.find(&name.text);
                                if node.is_none() {
                                    self.unknown_among(Entity::Node, name, &places.heads);
                                }
                                block.begins.extend(node.map(|node| (node, name.span)));
                            }
                        }
                        Keyword::Then => block.then = self.target(inner, places),
                        Keyword::Within => block.within = inner.duration(),
                        _ => {}
                    }
                }
                NodeKind::Block(block)
            }
            Keyword::Call => NodeKind::Call(self.call(clause, places)),
            _ => NodeKind::Step(Box::new(self.step(clause, places))),
        }
    }

    fn once_in_node(&mut self, clause: &Clause) {
        if clause.keyword != Keyword::Choose {
            self.once(clause.clauses());
        }
    }

    fn choice(&mut self, clause: &Clause, places: &Places) -> Choice {
        let mut choice = Choice::default();
        for inner in clause.clauses() {
            let target = self.target(inner, places);
            match (inner.keyword, inner.expr(), target) {
                (Keyword::Otherwise, _, target) => choice.otherwise = target,
                (_, Some(expr), Some((target, _))) => {
                    let guard = self.condition(expr);
                    choice.arms.push(Arm { guard, target, span: inner.span });
                }
                _ => {}
            }
        }
        choice
    }

    fn call(&mut self, clause: &Clause, places: &Places) -> Call {
        let mut call = Call::default();
        for inner in clause.clauses() {
            match inner.keyword {
                Keyword::Runs => call.runs = self.find_all(Entity::Procedure, inner, ProcedureId).pop(),
                Keyword::Outcome => {
                    let target = self.target(inner, places);
                    let first = inner.words().next().map(|word| word.keyword);
                    if first == Some(Keyword::Solved) { call.solved = target } else { call.unsolved = target }
                }
                Keyword::Within => call.within = inner.duration(),
                Keyword::On if inner.has(Keyword::Timeout) => call.on_timeout = self.target(inner, places),
                Keyword::On => call.on_refusal = self.target(inner, places),
                Keyword::Emit => call.emits.extend(self.emit_of_call(inner)),
                _ => {}
            }
        }
        self.needed(clause, Keyword::Runs);
        call
    }

    /// A call comes back solved or unsolved; an event may be raised on one of these only.
    fn emit_of_call(&mut self, clause: &Clause) -> Option<(EcoString, Option<bool>, Span)> {
        let mut names = clause.names();
        let event = names.next()?.text.clone();
        let Some(on) = names.next() else { return Some((event, None, clause.span)) };
        let is = |keyword: Keyword| {
            [Language::En, Language::Zh].iter().any(|language| keyword.spelling(*language) == on.text)
        };
        if is(Keyword::Solved) || is(Keyword::Unsolved) {
            return Some((event, Some(is(Keyword::Solved)), clause.span));
        }
        let end = |keyword: Keyword| Head {
            name: keyword.spelling(Language::En).into(),
            span: clause.span,
            ..Head::default()
        };
        self.unknown_among(Entity::Outcome, on, &[end(Keyword::Solved), end(Keyword::Unsolved)]);
        None
    }

    fn step(&mut self, clause: &Clause, places: &Places) -> Step {
        let clauses = clause.clauses();
        let mut step = Step { basis: self.basis(clauses), ..Step::default() };
        let (mut quorum, mut silence) = (None, None);
        for inner in clauses {
            match inner.keyword {
                Keyword::By => step.by.extend(self.performers(&inner.parts)),
                Keyword::HandOver => step.hand_over.extend(self.performers(&inner.parts)),
                Keyword::With => step.with.extend(self.performers(&inner.parts)),
                Keyword::Needs => step.needs.extend(self.find_all(Entity::Power, inner, PowerId)),
                Keyword::Uses => step.uses.extend(self.find_all(Entity::Resource, inner, ResourceId)),
                Keyword::Within => step.within = inner.duration(),
                Keyword::When => {
                    step.when = inner.expr().map(|expr| (self.condition(expr), inner.span));
                }
                Keyword::Outcome => {
                    let outcome = self.outcome(inner, places, &step.outcomes);
                    step.outcomes.push(outcome);
                }
                Keyword::On if inner.has(Keyword::Timeout) => step.on_timeout = self.target(inner, places),
                Keyword::On => step.on_refusal = self.target(inner, places),
                Keyword::Emit => self.emit(inner, clauses, &mut step),
                Keyword::Escalate => step.escalation.extend(self.rungs(inner)),
                Keyword::Owe => {
                    let here = clause.name().and_then(|name| places.find(&name.text));
                    let owe = self.owe(inner, places, here, step.owes.len());
                    step.owes.extend(owe);
                }
                Keyword::Quorum => quorum = Some(quorum_of(inner)),
                Keyword::Silence => silence = Some(inner.has(Keyword::Assent)),
                Keyword::Chair => step.chair = self.chair(inner),
                _ => {}
            }
        }
        if clause.keyword == Keyword::Consult {
            // What silence means is never a default: a meeting that nobody attends must not decide.
            self.needed(clause, Keyword::Quorum);
            self.needed(clause, Keyword::Silence);
            step.joint = Some((quorum.unwrap_or(Quorum::All), silence.unwrap_or(false)));
        }
        step
    }

    fn outcome(&mut self, clause: &Clause, places: &Places, before: &[Outcome]) -> Outcome {
        let head = head(clause);
        if let Some(first) = before.iter().find(|other| other.head.name == head.name) {
            self.errors.push(ModelError::Duplicate {
                entity: Entity::Outcome,
                name: head.name.clone(),
                first: first.head.span,
                second: head.span,
            });
        }
        let when = clause.expr().map(|expr| self.condition(expr));
        let target = self.target(clause, places).map(|(target, _)| target);
        let mut needs = Vec::new();
        for part in clause.after(Keyword::Needs).unwrap_or_default() {
            match part {
                Part::Name(name) => {
                    needs.extend(self.find(Entity::Power, name).map(|id| (PowerId(id), name.span)));
                }
                Part::Symbol(linkage_syntax::Symbol::Comma) => {}
                _ => break,
            }
        }
        Outcome { head, needs, when, target }
    }

    /// `on "…" up_to D  N times  total D  by …  basis …`: each part ends where the next word begins.
    fn suspension_ground(
        &mut self,
        clause: &Clause,
        before: &[SuspensionGround],
    ) -> Option<SuspensionGround> {
        let (text, span) = clause.parts.iter().find_map(|part| match part {
            Part::Text(text, span) => Some((text.clone(), *span)),
            _ => None,
        })?;
        if let Some(first) = before.iter().find(|other| other.ground == text) {
            let keyword = Keyword::Suspend;
            self.errors.push(ModelError::Repeated { keyword, first: first.span, second: span });
            return None;
        }
        let bounded = |keyword| match clause.after(keyword)?.first()? {
            Part::Duration(duration, ..) => Some(*duration),
            _ => None,
        };
        let times = clause.number().filter(|_| clause.has(Keyword::Times)).map(|(number, _)| number);
        let of = |keyword| clause.after(keyword).unwrap_or_default();
        let (by, cited) = (of(Keyword::ByMeans), of(Keyword::Basis));
        let by = &by[..by.len() - if by.is_empty() || cited.is_empty() { 0 } else { cited.len() + 1 }];
        Some(SuspensionGround {
            ground: text,
            span,
            each: bounded(Keyword::UpTo),
            times: times.and_then(|number| u32::try_from(number).ok()),
            total: bounded(Keyword::Total),
            by: self.performers(by),
            basis: self.citations(cited),
        })
    }

    fn emit(&mut self, clause: &Clause, siblings: &[Clause], step: &mut Step) {
        let mut names = clause.names();
        let Some(event) = names.next() else { return };
        let on = names.next();
        if let Some(on) = on {
            let outcomes: Vec<Head> =
                siblings.iter().filter(|sibling| sibling.keyword == Keyword::Outcome).map(head).collect();
            if !outcomes.iter().any(|outcome| outcome.name == on.text) {
                self.unknown_among(Entity::Outcome, on, &outcomes);
            }
        }
        step.emits.push((event.text.clone(), on.map(|on| on.text.clone()), clause.span));
    }

    /// Where a clause leads; none if it does not say.
    fn target(&mut self, clause: &Clause, places: &Places) -> Option<(Target, Span)> {
        let from = match clause.keyword {
            Keyword::Then => 0,
            _ => {
                1 + clause
                    .parts
                    .iter()
                    .position(|part| matches!(part, Part::Symbol(linkage_syntax::Symbol::Arrow)))?
            }
        };
        let rest = clause.parts.get(from..)?;
        for part in rest {
            match part {
                Part::Word(word) => {
                    let target = match word.keyword {
                        Keyword::Join => Target::Join,
                        Keyword::Escalate => Target::Escalate,
                        _ => Target::Close(rest.iter().find_map(|part| match part {
                            Part::Word(word) if word.keyword == Keyword::Solved => Some(true),
                            Part::Word(word) if word.keyword == Keyword::Unsolved => Some(false),
                            _ => None,
                        })),
                    };
                    return Some((target, word.span));
                }
                Part::Name(name) => {
                    let Some(node) = places.find(&name.text) else {
                        self.unknown_among(Entity::Node, name, &places.heads);
                        return None;
                    };
                    return Some((Target::Node(node), name.span));
                }
                _ => {}
            }
        }
        None
    }

    /// A name that none of a few heads has.
    pub(super) fn unknown_among(&mut self, entity: Entity, name: &Name, heads: &[Head]) {
        let near = did_you_mean(&name.text, heads.iter().map(|head| head.name.as_str()));
        let near = near.and_then(|near| heads.iter().find(|head| head.name == near));
        let near = near.map(|head| (head.name.clone(), head.span));
        let (name, span) = (name.text.clone(), name.span);
        self.errors.push(ModelError::Unknown { entity, name, span, near, other: None });
    }
}

fn quorum_of(clause: &Clause) -> Quorum {
    match clause.number() {
        Some((number, _)) => Quorum::Number(u32::try_from(number).unwrap_or(1)),
        None if clause.has(Keyword::Majority) => Quorum::Majority,
        None => Quorum::All,
    }
}

/// Numbers the nodes: a block before the nodes in it.
fn number<'c>(clauses: &'c [Clause], block: Option<NodeId>, nodes: &mut Vec<(&'c Clause, Option<NodeId>)>) {
    for clause in clauses {
        if !is_node(clause) {
            continue;
        }
        let id = NodeId(u32::try_from(nodes.len()).unwrap_or(u32::MAX));
        nodes.push((clause, block));
        if matches!(clause.keyword, Keyword::All | Keyword::Any) {
            number(clause.clauses(), Some(id), nodes);
        }
    }
}

fn is_node(clause: &Clause) -> bool {
    matches!(
        clause.keyword,
        Keyword::Step | Keyword::Consult | Keyword::Choose | Keyword::All | Keyword::Any | Keyword::Call
    )
}
