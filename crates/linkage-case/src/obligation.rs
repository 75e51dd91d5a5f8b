//! What is owed: it arises from the clauses of the rules and from channels that are drawn on, is
//! discharged by the debtor, or breached when its time has passed.

use ecow::EcoString;
use jiff::Timestamp;

use super::turn::Turn;
use super::{CaseId, Happening, Refusal};
use linkage_model::{Channel, NodeId, Procedure, Upon};
use linkage_text::did_you_mean;

impl Turn<'_> {
    /// What arises when a node is finished.
    pub fn owe_upon_node(&mut self, case: CaseId, procedure: &Procedure, node: NodeId) {
        self.owe_upon(case, procedure, Upon::Node(node));
    }

    /// What arises now.
    pub fn owe_upon(&mut self, case: CaseId, procedure: &Procedure, upon: Upon) {
        for owe in procedure.all_owes().filter(|owe| owe.upon == upon) {
            let debtors = self.parties(case, &owe.debtor);
            let mut creditors: Vec<EcoString> = Vec::new();
            for creditor in &owe.creditors {
                creditors.extend(self.parties(case, creditor));
            }
            let due = self.rules.due(self.now, owe.within);
            let basis = self.rules.in_force(&owe.basis, self.day());
            let arisen = Happening::ObligationArisen {
                number: self.next_obligation(case),
                name: owe.head.name.clone(),
                content: owe.content,
                title: owe.head.title.clone(),
                debtors,
                creditors,
                due,
                channel: None,
                basis,
            };
            self.arise(case, arisen);
        }
    }

    /// What a channel asks in return is owed once per case and channel.
    pub fn owe_for(&mut self, case: CaseId, channel: &Channel, body: &EcoString, from: &[EcoString]) {
        for (content, title, within) in &channel.owes {
            let name = &channel.head.name;
            let again = self.case(case).obligations.iter().any(|owed| {
                owed.channel.as_ref() == Some(name) && owed.content == *content && owed.debtors.contains(body)
            });
            if again {
                continue;
            }
            let arisen = Happening::ObligationArisen {
                number: self.next_obligation(case),
                name: name.clone(),
                content: *content,
                title: title.clone(),
                debtors: vec![body.clone()],
                creditors: from.to_vec(),
                due: within.and_then(|within| self.rules.due(self.now, within)),
                channel: Some(name.clone()),
                basis: self.rules.in_force(&channel.basis, self.day()),
            };
            self.arise(case, arisen);
        }
    }

    /// Nobody owes anything to itself.
    pub fn arise(&mut self, case: CaseId, mut arisen: Happening) {
        if let Happening::ObligationArisen { debtors, creditors, .. } = &mut arisen {
            debtors.dedup();
            creditors.dedup();
            if let [only] = debtors.as_slice() {
                creditors.retain(|creditor| creditor != only);
            }
            if creditors.is_empty() {
                return;
            }
        }
        self.follow(case, arisen);
    }

    pub fn next_obligation(&self, case: CaseId) -> u32 {
        u32::try_from(self.case(case).obligations.len() + 1).unwrap_or(u32::MAX)
    }

    /// What was owed was not done in time: those whom the clause names are told, and the ladder.
    pub fn breach(&mut self, case: CaseId, number: u32, due: Timestamp) {
        let owed = self.case(case).obligations.iter().find(|owed| owed.number == number);
        let Some(name) = owed.map(|owed| owed.name.clone()) else { return };
        self.emit(case, Happening::ObligationBreached { number, name: name.clone(), due });
        let procedure = self.procedure(case);
        let clause = procedure.and_then(|procedure| procedure.all_owes().find(|owe| owe.head.name == name));
        if let Some(performer) = clause.and_then(|owe| owe.breach.as_ref()) {
            let told = match self.told(case, performer) {
                Ok(to) => Happening::Told { to, of: Some(name), due: None },
                Err(role) => Happening::NobodyTold { role, of: Some(name) },
            };
            self.follow(case, told);
        }
        self.escalate_breach(case);
    }

    /// A body has done what it owed: the oldest of that name that is left.
    pub fn discharge(&mut self, case: CaseId, by: &EcoString, name: &EcoString) -> Result<(), Refusal> {
        let own = self.case(case);
        let called: Vec<_> = own.obligations.iter().filter(|owed| owed.name == *name).collect();
        if called.is_empty() {
            let mut owed: Vec<EcoString> = own.obligations.iter().map(|owed| owed.name.clone()).collect();
            owed.dedup();
            let near = did_you_mean(name, owed.iter().map(EcoString::as_str)).map(Into::into);
            return Err(Refusal::UnknownObligation { name: name.clone(), owed, near });
        }
        let left = called.iter().filter(|owed| owed.discharged.is_none());
        let mine = left.clone().find(|owed| owed.debtors.contains(by));
        if let Some(owed) = mine {
            let (number, late) = (owed.number, owed.breached.is_some());
            self.emit(case, Happening::ObligationDischarged { number, name: name.clone(), late });
            return Ok(());
        }
        match left.clone().next() {
            None => Err(Refusal::AlreadyDischarged { name: name.clone() }),
            Some(owed) => {
                let (name, by, debtors) = (name.clone(), by.clone(), owed.debtors.clone());
                Err(Refusal::NotDebtor { name, by, debtors })
            }
        }
    }
}
