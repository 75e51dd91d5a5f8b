//! The whole life of a command: load, decide, write, answer.


use ecow::EcoString;
use jiff::Timestamp;

use super::dossier::apart;
use super::foresight::Foreseen;
use super::keys::{fingerprint, known};
use super::{Answer, Dossier, Engine, Failure, Request};
use crate::case::{CaseId, Decision, Event, Few, Happening, Order, Refusal, apply, decision};
use crate::store::{Draft, Heading, Journal, Standing, StoreFault, encode_events, tidings};

impl<J: Journal> Engine<J> {
    /// Carries out commands, in order, in one transaction: when this returns, what it answers is lasting.
    /// What is refused leaves the others as they are.
    pub fn execute(&mut self, requests: &[Request]) -> Vec<Result<Answer, Failure>> {
        let every = |failure: Failure| requests.iter().map(|_| Err(failure.clone())).collect();
        if let Err(failure) = self.begin() {
            return every(failure);
        }
        let before = self.head;
        match self.all(requests) {
            Err(fault) if requests.len() == 1 => {
                self.forget_all();
                every(Failure::Store(fault))
            }
            // One that the store can't take shall not take the others with it.
            Err(_) => {
                self.forget_all();
                let alone = |request| {
                    self.execute(std::slice::from_ref(request)).pop().unwrap_or(Err(Failure::Stopped))
                };
                requests.iter().map(alone).collect()
            }
            Ok(answers) if self.head == before => {
                self.journal.abort();
                answers
            }
            Ok(answers) => match self.journal.commit() {
                Ok(()) => answers,
                Err(fault) => {
                    self.forget_all();
                    every(Failure::Store(fault))
                }
            },
        }
    }

    /// The answers to commands, unless the store can't take one of them.
    fn all(&mut self, requests: &[Request]) -> Result<Vec<Result<Answer, Failure>>, StoreFault> {
        let mut answers = Vec::with_capacity(requests.len());
        let mut take = |engine: &mut Self, request, foreseen| match engine.one(request, foreseen) {
            Err(Failure::Store(fault)) => Err(fault),
            answer => {
                answers.push(answer);
                Ok(())
            }
        };
        match self.foresight(requests) {
            None => requests.iter().try_for_each(|request| take(self, request, None))?,
            Some(foresight) => foresight.each(|request, foreseen| take(self, request, foreseen))?,
        }
        Ok(answers)
    }

    pub(super) fn one(&mut self, request: &Request, foreseen: Option<Foreseen>) -> Result<Answer, Failure> {
        let command = &request.command;
        if let Some(key) = &command.key
            && let Some(record) = self.journal.record_of_key(key)?
        {
            return known(request, &record);
        }
        let about = command.order.case();
        let root = match about {
            // Most cases are the root of their dossier.
            Some(case) if self.cache.contains_key(&case) => case,
            Some(case) => match self.journal.case(case)? {
                Some(row) => row.dossier,
                None => return Err(refused(Refusal::UnknownCase { case })),
            },
            None => CaseId(0),
        };
        let mut dossier = self.take_out(root)?;
        let answer = self.decided(request, &mut dossier, foreseen);
        if root.0 > 0 {
            self.put_back(dossier);
        }
        answer
    }

    fn decided(
        &mut self,
        request: &Request,
        dossier: &mut Dossier,
        foreseen: Option<Foreseen>,
    ) -> Result<Answer, Failure> {
        let command = &request.command;
        let about = command.order.case();
        if let (Some(seen), Some(case)) = (request.seen, about)
            && seen < dossier.rev
        {
            let records = self.journal.dossier(dossier.root)?;
            let since = records.into_iter().filter(|record| record.rev > seen).collect();
            return Err(Failure::Stale { case, rev: dossier.rev, since });
        }
        let hash = if about.is_some() {
            dossier.rules.clone()
        } else {
            request.rules.clone().or_else(|| self.current.clone()).ok_or(Failure::NoRules)?
        };
        let kept = self.kept(&hash)?;
        dossier.world.count_from(self.head.opened);
        let decided = match foreseen.filter(|foreseen| foreseen.opened == self.head.opened) {
            Some(foreseen) => foreseen.decided,
            None => decision(&kept.rules(), &dossier.world, command, whole(request.now))
                .map(|decision| (decision, None)),
        };
        let (decision, text) = match decided {
            Ok(decided) => decided,
            Err(refusal) => {
                let last = about.and_then(|_| self.journal.dossier(dossier.root).ok()?.pop()).map(Box::new);
                return Err(Failure::Refused { refusal: Box::new(refusal), last });
            }
        };
        if let Some(person) = request.person.as_ref().filter(|_| matches!(command.order, Order::Open { .. }))
        {
            self.journal.know(person)?;
        }
        let case = about.or_else(|| opened(&decision.events).next());
        let events = self.write(request, dossier, &hash, decision, text)?;
        Ok(Answer { events, case, seq: self.head.seq, rev: dossier.rev.max(1), known: false })
    }

    /// Writes what was decided: a record for each dossier that it touches, and what follows from it. The events.
    /// `text` is that of the record, where it is the only one and was written ahead.
    pub(super) fn write(
        &mut self,
        request: &Request,
        dossier: &mut Dossier,
        hash: &EcoString,
        decision: Decision,
        mut text: Option<String>,
    ) -> Result<Vec<Event>, Failure> {
        let Decision { events, after } = decision;
        let opened = opened(&events).map(|case| case.0).fold(self.head.opened, u64::max);
        let mut key = request.command.key.clone();
        let by = (request.command.order != Order::Tick).then_some(&request.command.by);
        let parts = apart(&dossier.world, dossier.root, &events);
        // Nearly always one dossier has it all: then what was decided is taken in as it is.
        let mut after = Some(after).filter(|_| parts.len() == 1);
        for (root, events) in parts {
            let mut new = Dossier { root, rules: hash.clone(), ..Dossier::default() };
            let own = if root == dossier.root { &mut *dossier } else { &mut new };
            let command = key.as_ref().map(|_| fingerprint(request));
            let rules = Some(hash).filter(|_| own.rev == 0);
            let heading = Heading { at: whole(request.now), by, rules, command: command.as_ref() };
            let body = match text.take() {
                Some(text) => text,
                None => encode_events(root, heading, events.iter().copied())?,
            };
            let rev = own.rev + 1;
            let draft = Draft { dossier: root, rev, key: key.take(), body };
            self.head = self.journal.append(draft, opened)?;
            let mut touched: Few<CaseId> = Few::new();
            touched.extend(events.iter().map(|event| event.case));
            let known =
                |case: &CaseId| (!self.journal.at_hand(*case)).then(|| Standing::of(root, &own.world, *case));
            let before: Vec<Option<Standing>> = touched.iter().map(|case| known(case).flatten()).collect();
            match after.take() {
                Some(after) => own.world.take_in(after),
                None => events.iter().for_each(|event| apply(&mut own.world, event)),
            }
            own.rev = rev;
            for (case, before) in touched.iter().zip(before) {
                if let Some(now) = Standing::of(root, &own.world, *case) {
                    self.journal.index(before, now)?;
                }
            }
            self.journal.tell(self.head.seq, &tidings(events))?;
            if new.rev > 0 {
                self.put_back(new);
            }
        }
        Ok(events)
    }
}

/// Instants are kept to the millisecond.
pub(super) fn whole(now: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
}

pub(super) fn opened(events: &[Event]) -> impl Iterator<Item = CaseId> {
    let opens = |event: &&Event| matches!(event.what, Happening::Opened { .. });
    events.iter().filter(opens).map(|event| event.case)
}

fn refused(refusal: Refusal) -> Failure {
    Failure::Refused { refusal: Box::new(refusal), last: None }
}
