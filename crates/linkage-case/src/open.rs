//! Opening a case: by a body's word, by an event, by a call; which procedure fits; and opening it again.

use ecow::{EcoString, eco_format};

use super::turn::Turn;
use super::{CaseId, Cause, Ended, Facts, Happening, REPORTER, Refusal, canonical, deciding, facts};
use linkage_flow::{Flow, Spot};
use linkage_model::{BodyId, BodyKind, Holder, Node, NodeId, NodeKind, Procedure, Trigger, Upon};
use linkage_regions::{Region, partition};
use linkage_text::{Language, did_you_mean};

impl Turn<'_> {
    /// Opens a case upon a report or a request.
    pub fn open(
        &mut self,
        by: &EcoString,
        procedure: Option<&EcoString>,
        stated: &Facts,
        reporter: Option<EcoString>,
    ) -> Result<(), Refusal> {
        let (known, situation) =
            facts::stated(self.rules, stated, self.now).map_err(|faults| Refusal::Facts { faults })?;
        if situation.is_disjoint(&self.rules.institution.scope.region) {
            self.refer_on(known, &situation, reporter, Cause::Report)?;
            return Ok(());
        }
        let name = match procedure {
            Some(name) => self.asked_for(by, name, &situation)?,
            None => self.fitting(&situation)?,
        };
        // The case gets its number only when it is there.
        self.strict = Some(CaseId(self.draft.opened.saturating_add(1)));
        self.open_in(&name, (known, situation), reporter, Cause::Report).map(drop)
    }

    /// Opens what the calendar or a count begins. Outside the scope it starts nothing: the record says where it was
    /// referred on to, as with a report.
    pub fn begin(&mut self, name: &EcoString, known: Facts, because: Cause) -> Result<(), Refusal> {
        let situation = facts::region(self.rules.institution, &known);
        if situation.is_disjoint(&self.rules.institution.scope.region) {
            return self.refer_on(known, &situation, None, because).map(drop);
        }
        self.open_in(name, (known, situation), None, because).map(drop)
    }

    /// Opens a case and starts it.
    pub fn open_case(
        &mut self,
        name: &EcoString,
        known: Facts,
        reporter: Option<EcoString>,
        because: Cause,
    ) -> Result<CaseId, Refusal> {
        let situation = facts::region(self.rules.institution, &known);
        self.open_in(name, (known, situation), reporter, because)
    }

    /// The same where the situation that the facts leave open was found already.
    fn open_in(
        &mut self,
        name: &EcoString,
        (known, situation): (Facts, Region),
        reporter: Option<EcoString>,
        because: Cause,
    ) -> Result<CaseId, Refusal> {
        let procedure = self.rules.procedure(name).ok_or_else(|| self.unknown_procedure(name))?;
        if procedure.nodes.is_empty() {
            return Err(Refusal::NoSteps { procedure: name.clone() });
        }
        let case = CaseId(self.draft.opened.checked_add(1).ok_or(Refusal::TooMuch {})?);
        let due = procedure.within.and_then(|(within, _)| self.rules.due(self.now, within));
        let rule_days = self.rule_days(procedure, &situation);
        let opened =
            Happening::Opened { procedure: name.clone(), facts: known, reporter, because, due, rule_days };
        self.emit(case, opened);
        self.knowing(case, situation);
        if procedure.lead.is_some() {
            // Where facts leave the lead open, it is asked again when a step needs it.
            drop(self.lead(case));
        }
        self.supervise(case);
        self.owe_upon(case, procedure, Upon::Open);
        self.enter(case, procedure, NodeId(0))?;
        Ok(case)
    }

    /// Records what the rules do not claim to govern, with the bodies that mandates name for it. No procedure is
    /// started: the record has a number, and nothing in it runs.
    pub fn refer_on(
        &mut self,
        known: Facts,
        situation: &Region,
        reporter: Option<EcoString>,
        because: Cause,
    ) -> Result<CaseId, Refusal> {
        let case = CaseId(self.draft.opened.checked_add(1).ok_or(Refusal::TooMuch {})?);
        let (procedure, due, rule_days) = (EcoString::new(), None, Vec::new());
        self.emit(case, Happening::Opened { procedure, facts: known, reporter, because, due, rule_days });
        let division = self.division();
        let parts = division.led(situation);
        let mut named: Vec<BodyId> = parts.iter().flat_map(|(it, _)| it.bodies.iter().copied()).collect();
        named.sort_unstable();
        named.dedup();
        let everywhere = |body: &BodyId| parts.iter().all(|(it, _)| it.bodies.contains(body));
        let (certain, possible): (Vec<BodyId>, Vec<BodyId>) = named.into_iter().partition(everywhere);
        let names = |bodies: Vec<BodyId>| bodies.into_iter().map(|body| self.rules.name(body)).collect();
        let (to, perhaps) = (names(certain), names(possible));
        self.follow(case, Happening::ReferredOn { to, perhaps });
        Ok(case)
    }

    pub fn readable(&self, stated: &Facts) -> Result<Facts, Refusal> {
        canonical(self.rules.institution, stated).map_err(|faults| Refusal::Facts { faults })
    }

    pub fn unknown_procedure(&self, name: &EcoString) -> Refusal {
        let names = self.rules.institution.procedures.iter().map(|procedure| procedure.head.name.as_str());
        Refusal::UnknownProcedure { name: name.clone(), near: did_you_mean(name, names).map(Into::into) }
    }

    /// The procedure that a body asks for by name. What it reports anybody may report; what is opened upon request
    /// those may request whom the rules name; what the calendar, a count, an event or a call begins may be opened by
    /// hand where nobody is named. The fallback body registers what others bring before it, and so may open all.
    fn asked_for(&self, by: &EcoString, name: &EcoString, situation: &Region) -> Result<EcoString, Refusal> {
        let procedure = self.rules.procedure(name).ok_or_else(|| self.unknown_procedure(name))?;
        let triggers = || procedure.triggers.iter().map(|(trigger, _)| trigger);
        let by_hand = !triggers().any(|trigger| matches!(trigger, Trigger::Report(_) | Trigger::Request(..)))
            || self.is_begun_otherwise(procedure);
        let (mut meets, mut named) = (false, Vec::new());
        for trigger in triggers() {
            match trigger {
                Trigger::Report(region) if !region.is_disjoint(situation) => return Ok(name.clone()),
                Trigger::Request(holders, region) => {
                    let here = !region.is_disjoint(situation);
                    if here && (holders.is_empty() || self.may_ask(by, holders)) {
                        return Ok(name.clone());
                    }
                    meets |= here;
                    named.extend(holders.iter().copied());
                }
                Trigger::Report(_) | Trigger::Event(_) | Trigger::Schedule(_) | Trigger::Count(_) => {}
            }
        }
        let fallback = self.fallback_in(super::Fallback::Nobody, situation);
        let registers = fallback.iter().any(|charged| charged.body == *by);
        if registers && (meets || by_hand) || by_hand && named.is_empty() {
            return Ok(name.clone());
        }
        if meets || by_hand {
            let may = named.iter().map(|holder| self.holder_name(*holder)).collect();
            return Err(Refusal::MayNotRequest { procedure: name.clone(), by: by.clone(), may });
        }
        Err(Refusal::NotTriggered { procedure: name.clone() })
    }

    /// Whether a body is among those who may ask: it, a body for which it stands, or one of its kind. Whoever reports is
    /// a resident.
    fn may_ask(&self, by: &EcoString, holders: &[Holder]) -> bool {
        let own = self.rules.can_act(by);
        let kind = match own {
            Some(body) => self.rules.institution[body].kind,
            None => (by == REPORTER).then_some(BodyKind::Resident),
        };
        holders.iter().any(|holder| match holder {
            Holder::Kind(named) => kind == Some(*named),
            Holder::Body(named) => {
                let standing = self.rules.institution.standing_in(*named, self.day());
                own.is_some_and(|own| standing.contains(&own))
            }
        })
    }

    fn holder_name(&self, holder: Holder) -> EcoString {
        match holder {
            Holder::Body(body) => self.rules.name(body),
            Holder::Kind(kind) => eco_format!("kind {}", kind.keyword().spelling(Language::En)),
        }
    }

    /// Whether something begins a procedure that is nobody's word: an event, the calendar, a count or a call.
    fn is_begun_otherwise(&self, procedure: &Procedure) -> bool {
        let institution = self.rules.institution;
        let unspoken = |trigger: &Trigger| {
            matches!(trigger, Trigger::Event(_) | Trigger::Schedule(_) | Trigger::Count(_))
        };
        let runs = |node: &Node| match &node.kind {
            NodeKind::Call(call) => {
                call.runs.is_some_and(|(runs, _)| institution[runs].head.name == procedure.head.name)
            }
            _ => false,
        };
        procedure.triggers.iter().any(|(trigger, _)| unspoken(trigger))
            || institution.procedures.iter().flat_map(|other| &other.nodes).any(runs)
    }

    /// The one procedure that is triggered by the whole situation.
    fn fitting(&self, situation: &Region) -> Result<EcoString, Refusal> {
        let procedures = &self.rules.institution.procedures;
        let reported = |procedure: &Procedure| {
            let mut reports = procedure.triggers.iter().filter_map(|(trigger, _)| match trigger {
                Trigger::Report(region) => Some(region),
                _ => None,
            });
            let first = reports.next()?.clone();
            Some(reports.fold(first, |all, region| all.union(region)))
        };
        let triggered: Vec<(EcoString, Region)> = procedures
            .iter()
            .filter_map(|procedure| {
                Some((procedure.head.name.clone(), reported(procedure)?.intersect(situation)))
            })
            .filter(|(_, region)| !region.is_empty())
            .collect();
        let whole: Vec<&EcoString> = triggered
            .iter()
            .filter(|(_, region)| situation.is_subset(region))
            .map(|(name, _)| name)
            .collect();
        match whole.as_slice() {
            [only] => Ok((*only).clone()),
            [] => {
                let regions: Vec<&Region> = triggered.iter().map(|(_, region)| region).collect();
                let groups = partition(situation, &regions, |_| true, usize::MAX).groups;
                let named = |set: Vec<usize>| -> EcoString {
                    let names: Vec<&str> = set.into_iter().map(|at| triggered[at].0.as_str()).collect();
                    if names.is_empty() { "-".into() } else { names.join(" / ").into() }
                };
                let parts: Vec<(EcoString, Region)> =
                    groups.into_iter().map(|(set, part)| (named(set), part)).collect();
                let facts = deciding(self.rules.institution, &parts);
                Err(Refusal::NoProcedureFits {
                    partly: triggered.into_iter().map(|(name, _)| name).collect(),
                    facts,
                })
            }
            several => Err(Refusal::SeveralProceduresFit {
                procedures: several.iter().map(|name| (*name).clone()).collect(),
            }),
        }
    }

    /// An event is raised from outside: each procedure that listens is opened.
    pub fn raise(&mut self, event: &EcoString, from: Option<CaseId>, stated: &Facts) -> Result<(), Refusal> {
        let procedures = self.listeners(event);
        if procedures.is_empty() {
            let all = self.rules.institution.procedures.iter().flat_map(|procedure| &procedure.triggers);
            let events = all.filter_map(|(trigger, _)| match trigger {
                Trigger::Event(name) => Some(name.as_str()),
                _ => None,
            });
            let near = did_you_mean(event, events).map(Into::into);
            return Err(Refusal::NobodyListens { event: event.clone(), near });
        }
        let own = from.map(|case| Facts::clone(&self.case(case).facts));
        let mut known = own.map(|own| facts::carried(self.rules, own, self.now)).unwrap_or_default();
        known.extend(self.readable(stated)?);
        let known = facts::dated(self.rules, known, self.now);
        let reporter = from.and_then(|case| self.case(case).reporter.clone());
        let situation = facts::region(self.rules.institution, &known);
        if situation.is_disjoint(&self.rules.institution.scope.region) {
            let because = Cause::Event { event: event.clone(), from };
            self.refer_on(known, &situation, reporter, because)?;
            return Ok(());
        }
        for procedure in procedures {
            let because = Cause::Event { event: event.clone(), from };
            self.open_case(&procedure, known.clone(), reporter.clone(), because)?;
        }
        Ok(())
    }

    /// Takes up a case that is closed or stuck, from a node or from its start. A node in a block is taken
    /// up with the whole block, for alone it could never join.
    pub fn reopen(&mut self, case: CaseId, by: &EcoString, step: Option<&EcoString>) -> Result<(), Refusal> {
        let own = self.case(case);
        if own.is_open() && own.stuck.is_empty() {
            return Err(Refusal::NotClosed { case });
        }
        self.may_reopen(case, by)?;
        let own = self.case(case);
        let Some(procedure) = self.procedure(case) else {
            return Err(self.unknown_procedure(&own.procedure));
        };
        let node = match step {
            None => NodeId(0),
            Some(name) => {
                let found = super::rules::node_named(procedure, name);
                found.map(|(node, _)| node).ok_or_else(|| super::by_body::unknown_step(procedure, name))?
            }
        };
        if step.is_some() {
            self.may_reopen_at(case, procedure, node)?;
        }
        let node = super::advance::blocks_around(procedure, node).pop().unwrap_or(node);
        let Some(name) = procedure.nodes.get(node.index()).map(|node| node.head.name.clone()) else {
            return Err(Refusal::NoSteps { procedure: procedure.head.name.clone() });
        };
        self.withdraw_all(case, Ended::Left);
        self.emit(case, Happening::Reopened { node: name });
        if self.case(case).lead.is_some() {
            self.review_lead(case);
        }
        self.enter(case, procedure, node)
    }

    /// Refuses to take up a case elsewhere than where it ended or got stuck: at another step it would be past gates
    /// that it never passed. With other facts than it went by, no way may lead there any more.
    fn may_reopen_at(&self, case: CaseId, procedure: &Procedure, node: NodeId) -> Result<(), Refusal> {
        let step = procedure.nodes[node.index()].head.name.clone();
        if node == NodeId(0) {
            return Ok(());
        }
        let own = self.case(case);
        let mut at: Vec<EcoString> = own.left.iter().filter(|_| !own.is_open()).cloned().collect();
        at.extend(own.stuck.iter().cloned());
        if !at.contains(&step) {
            return Err(Refusal::ReopensElsewhere { case, step, at });
        }
        let flow = Flow::new(procedure, &Region::full(&self.rules.institution.space));
        let situation = self.situation(case);
        let reached = flow.regions(&situation).remove(&Spot::Node(node));
        if reached.is_some_and(|region| situation.is_subset(&region)) {
            return Ok(());
        }
        Err(Refusal::GateNotPassed { step })
    }
}
