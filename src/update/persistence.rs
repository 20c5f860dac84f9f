//! Updates the records: adding, merging, joining, saving, remarks, buying again and removal.

use std::time::Duration;

use crate::domain::failure::Failure;
use crate::domain::ledger::Ledger;
use crate::domain::order::{Order, OrderId};
use crate::domain::purchase::Purchase;
use crate::domain::record::{Attempt, Outcome, Record, Remarks};
use crate::effect::Effect;
use crate::model::{Toast, Unsaved};
use crate::remote::Remote;
use crate::screens::checkout::Checkout;
use crate::screens::orders::Orders;
use crate::screens::{self, AnyScreen};
use crate::state::State;

/// How long to wait before saving an unsaved order again.
const PAUSE: Duration = Duration::from_secs(5);

impl State {
    /// Records that the journal could not store an attempt's outcome, or only its order's latest news
    /// (`kept`). Every screen shows this until it is saved.
    pub(super) fn learn_unsaved(&mut self, attempt: Attempt, why: &Failure, kept: bool) {
        let unsaved = Unsaved { kept, why: why.clone(), tried: self.model.now.uptime, trying: false };
        self.model.unsaved.insert(attempt, unsaved);
    }

    /// Records that the journal stored an attempt's outcome, and says so if saving had failed before.
    pub(super) fn learn_saved(&mut self, attempt: Attempt) {
        if let Some(unsaved) = self.model.unsaved.remove(&attempt) {
            let has_order = self.model.record(attempt).is_some_and(|record| record.order().is_some());
            let what = match (unsaved.kept, has_order) {
                (true, _) => format!("The last news of order {attempt} is saved now."),
                (false, true) => format!("Order {attempt} is saved now."),
                (false, false) => format!("What came of attempt {attempt} is saved now."),
            };
            self.model.toast = Some(Toast::Note(what));
        }
    }

    /// Updates the toast of a copy once the text is in this machine's own clipboard; before that, it was only
    /// sent to the terminal.
    pub(super) fn learn_copied(&mut self) {
        if let Some(copied) = self.model.toast.as_ref().and_then(screens::copied) {
            self.model.toast = Some(copied);
        }
    }

    /// Retries saving what was last tried at least [`PAUSE`] ago.
    pub(super) fn save_overdue(&mut self) {
        let now = self.model.now.uptime;
        self.save(|unsaved| now.saturating_sub(unsaved.tried) >= PAUSE);
    }

    /// Retries saving the unsaved attempts for which `when` returns `true`.
    pub(super) fn save(&mut self, when: impl Fn(&Unsaved) -> bool) {
        let records = self.model.records.ready();
        let now = self.model.now.uptime;
        for (attempt, unsaved) in &mut self.model.unsaved {
            let record = records.and_then(|records| records.record(*attempt));
            let Some(record) = record.filter(|_| !unsaved.trying && when(unsaved)) else { continue };
            (unsaved.tried, unsaved.trying) = (now, true);
            self.effects.push(match &record.outcome {
                Outcome::Placed(order) => Effect::KeepOrder(*attempt, order.clone()),
                ending => Effect::KeepEnding(*attempt, ending.clone()),
            });
        }
    }

    /// Adds a record that was just written, replacing what was known of its attempt.
    pub(super) fn take_in(&mut self, record: &Record) {
        if self.model.records.ready().is_none() {
            // The other records have not been read yet.
            self.model.records = Remote::Ready(Ledger::default());
        }
        if let Some(records) = self.model.records.ready_mut() {
            records.take_in(record.clone());
        }
        self.model.note_unfinished();
        self.look_after_doubles();
    }

    /// Adds a record that may have been written by another process, unless this session knows more.
    pub(super) fn find(&mut self, record: &Record) {
        if self.model.unsaved.contains_key(&record.attempt) {
            return;
        }
        match (self.model.record(record.attempt), record.order()) {
            // If both know the order, the later news counts, whoever received it.
            (Some(known), Some(order)) if known.is_about(order.id()) => {
                self.merge(record.attempt, order);
            }
            (Some(known), _) if !known.is_doubtful() => {}
            // An order that was just joined to its attempt may still be a separate record in the journal.
            (None, Some(order)) if record.purchase.is_none() && self.knows(order.id()) => {}
            _ => self.take_in(record),
        }
    }

    /// Merges the journal's state of an order into the known one. The shop may have reported it to another
    /// process at any time, so it does not count as news received now.
    fn merge(&mut self, attempt: Attempt, kept: &Order) {
        let record = self.model.records.ready_mut().and_then(|records| records.record_mut(attempt));
        let Some(Outcome::Placed(order)) = record.map(|record| &mut record.outcome) else { return };
        if order.learn(kept.known.clone()).is_ok() {
            order.terms_changed |= kept.terms_changed;
        }
        self.model.note_unfinished();
    }

    fn knows(&self, id: &OrderId) -> bool {
        self.model.whole().any(|known| known.is_about(id))
    }

    /// Joins an attempt in doubt with the order that was added by its id, as the journal will store it. Does
    /// nothing but warn if news received since the question contradicts this.
    pub(super) fn join(&mut self, attempt: Attempt, added: Attempt) {
        let both = self.model.record(attempt).zip(self.model.record(added));
        if !both.is_some_and(|(doubtful, added)| self.model.may_be(doubtful, added)) {
            let sentence =
                format!("{added} cannot be what came of {attempt} any more; both stay as they are.");
            self.model.toast = Some(Toast::Warning(sentence));
            return;
        }
        let Some(records) = self.model.records.ready_mut() else { return };
        let Some(found) = records.record(added).cloned() else { return };
        let Some(order) = found.order().cloned() else { return };
        let Some(record) = records.record_mut(attempt) else { return };
        record.outcome = found.outcome;
        record.remarks = found.remarks;
        records.remove(added);
        self.model.unsaved.remove(&added);
        self.model.note_unfinished();
        self.leave_screens_of(added);
        if let Some(AnyScreen::Orders(orders)) = self.stack.last_mut() {
            **orders = Orders::at(attempt, &self.model);
        }
        self.effects.push(Effect::KeepOrder(attempt, Box::new(order)));
        self.model.toast = Some(Toast::Note(format!("{attempt} is that order; it is in doubt no more.")));
    }

    /// Closes the screens that show an attempt's order.
    pub(super) fn leave_screens_of(&mut self, attempt: Attempt) {
        self.stack.retain(|screen| match screen {
            AnyScreen::Pay(page) => page.attempt != attempt,
            AnyScreen::Delivered(page) => page.attempt != attempt,
            _ => true,
        });
    }

    /// Stores the user's remarks on an order.
    pub(super) fn remark(&mut self, attempt: Attempt, remarks: Remarks) {
        let record = self.model.records.ready_mut().and_then(|records| records.record_mut(attempt));
        let Some(record) = record else { return };
        if let Some(id) = record.order().map(|order| order.id().clone()) {
            record.remarks = remarks.clone();
            self.effects.push(Effect::KeepRemarks(id, remarks));
        }
    }

    /// Opens the receipt of the same purchase, with the same coin and network.
    pub(super) fn buy_again(&mut self, purchase: &Purchase) {
        self.pay_with(purchase.tender.clone());
        if let Some(checkout) = Checkout::again(purchase, &self.model, &mut self.effects) {
            self.stack.push(AnyScreen::from(checkout));
        }
    }

    /// Drops a removed attempt and every screen that showed it, or reports why it could not be removed.
    pub(super) fn learn_removal(&mut self, attempt: Attempt, answer: &Result<(), Failure>) {
        if let Err(failure) = answer {
            self.model.toast = Some(Toast::Warning(format!("{attempt} is still here. {failure}")));
            return;
        }
        if let Some(records) = self.model.records.ready_mut() {
            records.remove(attempt);
        }
        self.model.unsaved.remove(&attempt);
        self.model.note_unfinished();
        self.leave_screens_of(attempt);
        self.model.toast = Some(Toast::Note(format!(
            "{attempt} is removed from this machine, with all that was kept of it."
        )));
    }
}
