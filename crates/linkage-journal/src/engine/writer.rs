//! The whole life of a command: load, decide, write, answer.

use ecow::EcoString;
use jiff::Timestamp;

use super::foresight::{Foreseen, Foresight};
use super::keys::known;
use super::led_to::{LedTo, Part, opened, whole};
use super::{AT_ONCE, Answer, Dossier, Engine, Failure, Kept, Request};
use crate::store::{Journal, StoreFault};
use linkage_case::{Event, Order, Refusal};

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
        self.streams = true;
        let (mut some, mut ahead) = (Vec::with_capacity(AT_ONCE), Vec::with_capacity(AT_ONCE));
        let mut write = |some: &mut Vec<Request>, ahead: &mut Vec<Option<Foreseen>>| {
            let foreseen = ahead.iter().flatten().count() as u64;
            let answers = self.transact(some, std::mem::take(ahead));
            foresight.go_on(self.head.opened, foreseen);
            some.clear();
            answered(answers)
        };
        let whole = foresight.each(requests, |request, foreseen| {
            some.push(request);
            ahead.push(foreseen);
            if some.len() < AT_ONCE { Ok(()) } else { write(&mut some, &mut ahead) }
        });
        let done = whole.and_then(|()| if some.is_empty() { Ok(()) } else { write(&mut some, &mut ahead) });
        self.streams = false;
        done
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
        let led_to = match self.led_to(&kept, dossier, request, whole(request.now), foreseen)? {
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
        let case = about.or_else(|| opened(&led_to.events).next());
        let mut events = self.write(dossier, &hash, led_to)?;
        if matches!(command.order, Order::Open { .. } | Order::Raise { case: None, .. }) {
            events.extend(self.begin_counted(&kept, &events, request.now)?);
        }
        Ok(Answer { events, case, seq: self.head.seq, rev: dossier.rev.max(1), known: false })
    }

    /// What a command leads to at an instant: as it was foreseen, if that still stands.
    pub(super) fn led_to(
        &self,
        kept: &Kept,
        dossier: &mut Dossier,
        request: &Request,
        at: Timestamp,
        foreseen: Option<Foreseen>,
    ) -> Result<Result<LedTo, Refusal>, StoreFault> {
        let opened = self.head.opened;
        match foreseen.map(|foreseen| foreseen.under(kept, opened)) {
            Some(Ok(led_to)) => return led_to,
            Some(Err(true)) => *dossier = Dossier::load(&self.journal, dossier.root)?,
            Some(Err(false)) | None => {}
        }
        LedTo::by(kept, dossier, request, at, opened)
    }

    /// Writes what a command leads to: a record for each dossier that it touches, and what follows from it. The events.
    pub(super) fn write(
        &mut self,
        dossier: &mut Dossier,
        hash: &EcoString,
        led_to: LedTo,
    ) -> Result<Vec<Event>, StoreFault> {
        let LedTo { events, homes, opened, parts } = led_to;
        let opened = opened.max(self.head.opened);
        for Part { draft, touched, tidings, change } in parts {
            let (root, rev) = (draft.dossier, draft.rev);
            let mut new = (root != dossier.root).then(|| Dossier::new(root, hash.clone()));
            let own = new.as_mut().unwrap_or(dossier);
            self.head = self.journal.append(draft, opened)?;
            let stands = change.apply(root, &touched, (&events, &homes), &mut own.world);
            own.rev = rev;
            for (before, now) in stands {
                let before = before.filter(|_| !self.journal.at_hand(now.case()));
                self.journal.index(before, now)?;
            }
            self.journal.tell(self.head.seq, &tidings)?;
            if let Some(new) = new {
                self.put_back(new);
            }
        }
        Ok(events)
    }
}

fn refused(refusal: Refusal) -> Failure {
    Failure::Refused { refusal: Box::new(refusal), last: None }
}
