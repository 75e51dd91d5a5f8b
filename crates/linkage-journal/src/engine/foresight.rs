//! What commands lead to, decided ahead on another core while those before them are written.
//!
//! Of all other cases a decision knows only how many there are. So what a command leads to can be found before its turn
//! comes, if nothing else happens to its dossier until then; where it opens a case, under the number that this will have
//! if those before it open as many as they should. If they did not, it is decided again.

use std::cell::Cell;
use std::sync::Arc;

use ecow::EcoString;
use jiff::Timestamp;

use super::led_to::{LedTo, whole};
use super::{AT_ONCE, Dossier, Kept, Request};
use crate::store::StoreFault;
use linkage_case::{Order, Refusal};
use linkage_parallel::ahead;

/// While a transaction is written, the next is decided.
const PIECES_AHEAD: usize = 2 * AT_ONCE / A_PIECE;
/// So many are handed over at once.
pub(super) const A_PIECE: usize = 16;

/// What a command leads to under some rules if so many cases were opened before it.
pub(super) struct Foreseen {
    rules: EcoString,
    opened: u64,
    led_to: Outcome,
}

/// What a command leads to, or why it is refused.
pub(super) type Outcome = Result<Result<LedTo, Refusal>, StoreFault>;

impl Foreseen {
    /// Decides a command on a dossier at an instant.
    pub fn of(kept: &Kept, dossier: &mut Dossier, request: &Request, at: Timestamp, opened: u64) -> Self {
        let led_to = LedTo::by(kept, dossier, request, at, opened);
        Self { rules: kept.hash.clone(), opened, led_to }
    }

    /// Makes its dossier stand as it will then: whoever writes it has less to do.
    pub fn make(mut self, dossier: &mut Dossier) -> Self {
        if let Ok(Ok(led_to)) = &mut self.led_to {
            led_to.make(dossier);
        }
        self
    }

    /// What it leads to under these rules after so many cases were opened; or, if that is not what was foreseen, whether
    /// its dossier is to be read anew.
    pub fn under(self, rules: &Kept, so_many: u64) -> Result<Outcome, bool> {
        let opens = matches!(&self.led_to, Ok(Ok(led_to)) if led_to.opened > 0);
        if (self.opened == so_many || !opens) && self.rules == rules.hash {
            return Ok(self.led_to);
        }
        Err(matches!(&self.led_to, Ok(Ok(led_to)) if led_to.is_made()))
    }
}

/// Commands that may be foreseen: openings, under the rules that most of them name.
pub(super) struct Foresight {
    kept: Arc<Kept>,
    /// Whether these rules are those that the journal used last.
    is_current: bool,
    /// How many cases were opened when the last transaction ended.
    opened: Cell<u64>,
    /// How many openings were numbered since.
    under_way: Cell<u64>,
}

impl Foresight {
    /// Under these rules, after so many cases.
    pub fn new(kept: Arc<Kept>, is_current: bool, opened: u64) -> Self {
        Self { kept, is_current, opened: Cell::new(opened), under_way: Cell::new(0) }
    }

    /// Goes on behind a transaction after which so many cases were opened, and which had so many that were foreseen.
    pub fn go_on(&self, opened: u64, foreseen: u64) {
        self.opened.set(opened);
        self.under_way.set(self.under_way.get().saturating_sub(foreseen));
    }

    /// Hands in each command in its order, with what it leads to as far as that is foreseen.
    pub fn each<E>(
        &self,
        mut requests: impl Iterator<Item = Request>,
        mut take: impl FnMut(Request, Option<Foreseen>) -> Result<(), E>,
    ) -> Result<(), E> {
        let kept = &self.kept;
        let next = || Ok(requests.next().map(|request| self.numbered(request)));
        let foresee = |(request, number): (Request, Option<u64>)| {
            let at = whole(request.now);
            let foreseen =
                number.map(|opened| Foreseen::of(kept, &mut Dossier::default(), &request, at, opened));
            (request, foreseen)
        };
        ahead(A_PIECE, PIECES_AHEAD, next, foresee, |(request, foreseen)| take(request, foreseen))
    }

    /// A command with how many cases there will be before it, if it opens one under these rules.
    fn numbered(&self, request: Request) -> (Request, Option<u64>) {
        let under = request.rules.as_ref().map_or(self.is_current, |rules| *rules == self.kept.hash);
        let opens = under && matches!(request.command.order, Order::Open { .. });
        let number = opens.then(|| {
            let before = self.under_way.get();
            self.under_way.set(before + 1);
            self.opened.get().saturating_add(before)
        });
        (request, number)
    }
}
