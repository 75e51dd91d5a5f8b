//! Settling an overlap, forum by forum, as the resolution or the package declares them.
//!
//! ```text
//!   precedence       the first in the order that claims it has it, at once
//!   first_receiver   whoever takes it first keeps it (Administrative Penalty Law art 25); where an
//!                    `agree within` follows, only until that time has passed
//!   agree            each claimant says who should have it; the same answer of all settles it
//!   superior         the lowest body above all claimants designates; there may be none
//!   coordinator      the named body designates
//! ```
//!
//! A claimant that declines no longer claims; who is left alone has it. After the last forum the case
//! goes to the fallback body: it is never lost. Where nothing is declared, the first receiver keeps it.

use ecow::{EcoString, EcoVec, eco_vec};

use super::turn::Turn;
use super::{CaseId, Charged, Dispute, Fallback, ForumKind, Happening, Mode, Refusal, Why};
use linkage_calendar::Duration;
use linkage_model::{BodyId, Forum};

impl Turn<'_> {
    /// Opens this forum (counted from 1), or the next that can be opened.
    pub fn open_forum(&mut self, case: CaseId, first: u32) {
        let Some(dispute) = self.dispute(case) else { return };
        let forums = self.forums(&dispute);
        for (forum, number) in forums.iter().zip(1..).skip_while(|(_, number)| *number < first) {
            let agree_next = match forums.get(number as usize) {
                Some(Forum::Agree(within)) => *within,
                _ => None,
            };
            let opened = match forum {
                Forum::Precedence(order) => {
                    if let Some(body) = self.precedes(order, &dispute) {
                        let why = Why::Precedence { resolution: dispute.resolution };
                        self.settle_lead(case, Charged { body, why });
                        return;
                    }
                    continue;
                }
                Forum::FirstReceiver => {
                    self.opened(ForumKind::FirstReceiver, number, &dispute, EcoVec::new(), agree_next)
                }
                Forum::Agree(within) => {
                    self.opened(ForumKind::Agree, number, &dispute, EcoVec::new(), *within)
                }
                Forum::Superior => {
                    let bodies: Vec<BodyId> = dispute
                        .claimants
                        .iter()
                        .filter_map(|name| self.rules.institution.body_named(name))
                        .collect();
                    let Some(superior) = self.hierarchy().lowest_common(&bodies) else {
                        let (claimants, forum) = (dispute.claimants.clone(), Some(ForumKind::Superior));
                        self.follow(case, Happening::NoForum { claimants, forum });
                        continue;
                    };
                    let deciders = self.standing_of(case, superior);
                    self.opened(ForumKind::Superior, number, &dispute, deciders, None)
                }
                Forum::Coordinator(body) => {
                    let deciders = self.standing_of(case, *body);
                    // A slot that nobody fills there decides nothing: the next forum is asked.
                    if deciders.is_empty() {
                        let (claimants, forum) = (dispute.claimants.clone(), Some(ForumKind::Coordinator));
                        self.follow(case, Happening::NoForum { claimants, forum });
                        continue;
                    }
                    self.opened(ForumKind::Coordinator, number, &dispute, deciders, None)
                }
            };
            self.follow(case, opened);
            return;
        }
        self.no_forum(case, &dispute);
    }

    fn opened(
        &self,
        forum: ForumKind,
        number: u32,
        dispute: &Dispute,
        deciders: EcoVec<Charged>,
        within: Option<Duration>,
    ) -> Happening {
        let until = within.and_then(|within| self.rules.due(self.now, within));
        let deciders = deciders.into_iter().map(|charged| charged.body).collect();
        Happening::ForumOpened { forum, number, claimants: dispute.claimants.clone(), deciders, until }
    }

    fn no_forum(&mut self, case: CaseId, dispute: &Dispute) {
        self.follow(case, Happening::NoForum { claimants: dispute.claimants.clone(), forum: None });
        let to = self.fallback(Fallback::NoForum, case);
        let Some(lead) = self.case(case).lead.clone() else { return };
        // Without a fallback body those who claim it keep it together.
        let to = if to.is_empty() { lead.to.clone() } else { to };
        self.follow(
            case,
            Happening::Led {
                to,
                ground: lead.ground.clone(),
                mode: Mode::Any,
                standby: EcoVec::new(),
                together: EcoVec::new(),
            },
        );
        self.reassign_lead_steps(case);
    }

    /// The time of the open forum has passed.
    pub fn forum_ends(&mut self, case: CaseId) {
        let Some(dispute) = self.dispute(case) else { return };
        let Some(forum) = dispute.forum else { return };
        self.follow(case, Happening::ForumEnded { forum, number: dispute.number });
        // What the first receiver had was the time for agreement: it is not given twice.
        let passed = if forum == ForumKind::FirstReceiver { 2 } else { 1 };
        self.open_forum(case, dispute.number.saturating_add(passed));
    }

    /// A body takes what several claim.
    pub fn take_lead(&mut self, case: CaseId, by: &EcoString) -> Result<(), Refusal> {
        let Some(dispute) = self.dispute(case) else { return Ok(()) };
        match dispute.forum {
            Some(ForumKind::FirstReceiver) if dispute.claimants.contains(by) => {
                let why = Why::FirstReceiver { resolution: dispute.resolution };
                self.settle_lead(case, Charged { body: by.clone(), why });
                Ok(())
            }
            Some(ForumKind::Agree) => self.propose(case, by, by),
            _ => Err(in_dispute(&dispute)),
        }
    }

    /// A claimant says who should have it; when all say the same, it is so.
    pub fn propose(&mut self, case: CaseId, by: &EcoString, to: &EcoString) -> Result<(), Refusal> {
        let Some(dispute) = self.dispute(case) else { return Ok(()) };
        if dispute.forum != Some(ForumKind::Agree) || !dispute.claimants.contains(by) {
            return Err(in_dispute(&dispute));
        }
        self.emit(case, Happening::Proposed { to: to.clone() });
        let Some(dispute) = self.dispute(case) else { return Ok(()) };
        if dispute.claimants.iter().all(|claimant| dispute.proposals.get(claimant) == Some(to)) {
            self.settle_lead(case, Charged { body: to.clone(), why: Why::Agreed });
        }
        Ok(())
    }

    /// After a claimant has declined: who is left alone has it.
    pub fn after_declining(&mut self, case: CaseId) {
        let Some(dispute) = self.dispute(case) else { return };
        match dispute.claimants.as_slice() {
            [only] => {
                let only = only.clone();
                self.settle_lead(case, Charged { body: only, why: Why::Agreed });
            }
            [] => self.no_forum(case, &dispute),
            _ => {}
        }
    }

    /// It is settled who leads.
    pub fn settle_lead(&mut self, case: CaseId, charged: Charged) {
        let ground = self.case(case).lead.as_ref().map(|lead| lead.ground.clone()).unwrap_or_default();
        let declared = matches!(charged.why, Why::Precedence { .. });
        let led = Happening::Led {
            to: eco_vec![charged],
            ground: ground.clone(),
            mode: Mode::Any,
            standby: EcoVec::new(),
            together: EcoVec::new(),
        };
        if declared {
            self.follow(case, led);
        } else {
            self.emit(case, led);
        }
        self.reassign_lead_steps(case);
    }

    pub fn dispute(&self, case: CaseId) -> Option<Dispute> {
        self.case(case).lead.as_ref().and_then(|lead| lead.dispute.clone())
    }

    fn forums(&self, dispute: &Dispute) -> Vec<Forum> {
        let institution = self.rules.institution;
        let own = dispute
            .resolution
            .as_ref()
            .and_then(|name| institution.resolutions.iter().find(|resolution| resolution.head.name == *name));
        let declared = own.map_or(&institution.scope.forums, |resolution| &resolution.forums);
        let forums: Vec<Forum> = declared.iter().map(|(forum, _)| forum.clone()).collect();
        if forums.is_empty() { vec![Forum::FirstReceiver] } else { forums }
    }

    fn precedes(&self, order: &[BodyId], dispute: &Dispute) -> Option<EcoString> {
        let standing = order.iter().flat_map(|body| self.standing(*body));
        standing.map(|charged| charged.body).find(|body| dispute.claimants.contains(body))
    }
}

pub(super) fn in_dispute(dispute: &Dispute) -> Refusal {
    Refusal::InDispute { claimants: dispute.claimants.clone(), deciders: dispute.deciders.clone() }
}
