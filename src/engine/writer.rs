//! The whole life of a command: load, decide, write, answer.

use ecow::EcoString;
use jiff::Timestamp;

use super::dossier::apart;
use super::foresight::{Foreseen, Foresight};
use super::keys::{fingerprint, known};
use super::{AT_ONCE, Answer, Dossier, Engine, Failure, Kept, Request};
use crate::case::{CaseId, Decision, Event, Few, Happening, Order, Refusal, apply, decision};
use crate::store::{Draft, Heading, Journal, Standing, StoreFault, encode_events, tidings};

impl<J: Journal> Engine<J> {
    /// Carries out commands, in order, in one transaction: when this returns, what it answers is lasting.
    /// What is refused leaves the others as they are.
    pub fn execute(&mut self, requests: &[Request]) -> Vec<Result<Answer, Failure>> {
        self.transact(requests, Vec::new())
    }

    /// Carries out as many commands as come, in order, [so many](AT_ONCE) a transaction; hands over the answers to each
    /// transaction when they are lasting. What opens a case is decided ahead.
    ///
    /// # Errors
    /// What `answered` refuses; then nothing more is done.
    pub fn stream<E>(
        &mut self,
        requests: impl IntoIterator<Item = Request>,
        mut answered: impl FnMut(Vec<Result<Answer, Failure>>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut requests = requests.into_iter().peekable();
        let Some(first) = requests.peek() else { return Ok(()) };
        // Nearly always all are opened under the same rules.
        let hash = first.rules.clone().or_else(|| self.current.clone()).unwrap_or_default();
        let Ok(kept) = self.kept(&hash) else {
            return answered(self.execute(&requests.collect::<Vec<_>>()));
        };
        let foresight = Foresight::new(kept, self.current.as_ref() == Some(&hash), self.head.opened);
        let (mut some, mut ahead) = (Vec::with_capacity(AT_ONCE), Vec::with_capacity(AT_ONCE));
        let mut write = |some: &mut Vec<Request>, ahead: &mut Vec<Option<Foreseen>>| {
            let foreseen = ahead.iter().flatten().count() as u64;
            let answers = self.transact(some, std::mem::take(ahead));
            foresight.go_on(self.head.opened, foreseen);
            some.clear();
            answered(answers)
        };
        foresight.each(requests, |request, foreseen| {
            some.push(request);
            ahead.push(foreseen);
            if some.len() < AT_ONCE { Ok(()) } else { write(&mut some, &mut ahead) }
        })?;
        if some.is_empty() { Ok(()) } else { write(&mut some, &mut ahead) }
    }

    fn transact(
        &mut self,
        requests: &[Request],
        foreseen: Vec<Option<Foreseen>>,
    ) -> Vec<Result<Answer, Failure>> {
        let every = |failure: Failure| requests.iter().map(|_| Err(failure.clone())).collect();
        if let Err(failure) = self.begin() {
            return every(failure);
        }
        let before = self.head;
        match self.all(requests, foreseen) {
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
    fn all(
        &mut self,
        requests: &[Request],
        foreseen: Vec<Option<Foreseen>>,
    ) -> Result<Vec<Result<Answer, Failure>>, StoreFault> {
        let mut foreseen = foreseen.into_iter();
        let answer = |request| match self.one(request, foreseen.next().flatten()) {
            Err(Failure::Store(fault)) => Err(fault),
            answer => Ok(answer),
        };
        requests.iter().map(answer).collect()
    }

    pub(super) fn one(&mut self, request: &Request, foreseen: Option<Foreseen>) -> Result<Answer, Failure> {
        let command = &request.command;
        if let Some(key) = &command.key
            && let Some(record) = self.journal.record_of_key(key)?
        {
            return known(request, &record);
        }
        let Some(case) = command.order.case() else {
            return self.done(request, &mut Dossier::default(), foreseen);
        };
        let Some(mut dossier) = self.take_out(case)? else {
            return Err(refused(Refusal::UnknownCase { case }));
        };
        let answer = self.done(request, &mut dossier, foreseen);
        self.put_back(dossier);
        answer
    }

    fn done(
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
        let led_to = match self.decided(&kept, dossier, request, whole(request.now), foreseen) {
            Ok(led_to) => led_to,
            Err(refusal) => {
                let last = about.and_then(|_| self.journal.dossier(dossier.root).ok()?.pop()).map(Box::new);
                return Err(Failure::Refused { refusal: Box::new(refusal), last });
            }
        };
        if let Some(person) = request.person.as_ref().filter(|_| matches!(command.order, Order::Open { .. }))
        {
            self.journal.know(person)?;
        }
        let case = about.or_else(|| opened(&led_to.decision.events).next());
        let events = self.write(request, dossier, &hash, led_to)?;
        Ok(Answer { events, case, seq: self.head.seq, rev: dossier.rev.max(1), known: false })
    }

    /// What a command leads to at an instant: as it was foreseen, if that still stands.
    pub(super) fn decided(
        &self,
        kept: &Kept,
        dossier: &mut Dossier,
        request: &Request,
        at: Timestamp,
        foreseen: Option<Foreseen>,
    ) -> Result<LedTo, Refusal> {
        let opened = self.head.opened;
        foreseen.and_then(|foreseen| foreseen.under(kept, opened)).unwrap_or_else(|| {
            dossier.world.count_from(opened);
            decision(&kept.rules(), &dossier.world, &request.command, at).map(LedTo::from)
        })
    }

    /// Writes what was decided: a record for each dossier that it touches, and what follows from it. The events.
    pub(super) fn write(
        &mut self,
        request: &Request,
        dossier: &mut Dossier,
        hash: &EcoString,
        led_to: LedTo,
    ) -> Result<Vec<Event>, Failure> {
        let LedTo { decision: Decision { events, after }, mut text } = led_to;
        let opened = opened(&events).map(|case| case.0).fold(self.head.opened, u64::max);
        let mut key = request.command.key.clone();
        let parts = apart(&dossier.world, dossier.root, &events);
        // Nearly always one dossier has it all: then what was decided is taken in as it is.
        let mut after = Some(after).filter(|_| parts.len() == 1);
        for (root, events) in parts {
            let mut new = Dossier { root, rules: hash.clone(), ..Dossier::default() };
            let own = if root == dossier.root { &mut *dossier } else { &mut new };
            let (rev, rules, key) = (own.rev + 1, Some(hash).filter(|_| own.rev == 0), key.take());
            let body = match text.take() {
                Some(text) => text,
                None => body(request, root, rules, key.is_some(), &events)?,
            };
            let draft = Draft { dossier: root, rev, key, body };
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

/// What a command leads to.
pub(super) struct LedTo {
    /// The events, and the cases then.
    pub decision: Decision,
    /// The text of the record, where there is one only and it was written ahead.
    pub text: Option<String>,
}

impl From<Decision> for LedTo {
    fn from(decision: Decision) -> Self {
        Self { decision, text: None }
    }
}

/// The text of a record: what a command led to in one dossier. `rules` are told in the first one; a record with a key
/// tells whose it is.
pub(super) fn body(
    request: &Request,
    root: CaseId,
    rules: Option<&EcoString>,
    keyed: bool,
    events: &[&Event],
) -> Result<String, StoreFault> {
    let by = (request.command.order != Order::Tick).then_some(&request.command.by);
    let command = keyed.then(|| fingerprint(request));
    let heading = Heading { at: whole(request.now), by, rules, command: command.as_ref() };
    encode_events(root, heading, events.iter().copied())
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
