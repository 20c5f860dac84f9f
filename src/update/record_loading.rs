//! Loads the records: at the start only those it needs, the list of all others once the orders are opened,
//! and each of those in full when it is opened.

use crate::action::Action;
use crate::domain::failure::Failure;
use crate::domain::ledger::{Ledger, LedgerRow};
use crate::domain::record::{Attempt, Record};
use crate::effect::Effect;
use crate::model::Toast;
use crate::remote::RequestId;
use crate::screens::AnyScreen;
use crate::screens::orders::Orders;
use crate::screens::pay::Pay;
use crate::state::State;

impl State {
    /// Stores the records that the start needs. They are moved, never copied; the screens are only notified
    /// that they are here.
    pub(super) fn read_records(&mut self, id: RequestId, answer: Result<Ledger, Failure>) {
        if self.model.records.answer(id, answer) {
            self.model.note_unfinished();
            // Open orders are followed, so the shop is contacted in any case.
            self.model.untouched &= self.model.unfinished.is_empty();
            self.show_what_is_open();
            self.on_action(&Action::RecordsLoaded(id, Ok(Ledger::default())));
        }
    }

    /// Requests the records left out at the start, once the list of orders is open.
    pub(super) fn want_earlier(&mut self) {
        let lacks = self.model.records.ready().is_some_and(|records| !records.is_complete());
        if lacks && self.model.earlier.is_none() && self.orders().next().is_some() {
            self.model.earlier = Some(Ok(self.effects.ask(Effect::ListRecords)));
        }
    }

    /// Adds the records left out at the start to the list. The marked row stays marked.
    pub(super) fn list_records(&mut self, id: RequestId, answer: Result<Ledger, Failure>) {
        if self.model.earlier != Some(Ok(id)) {
            return;
        }
        let everything = match answer {
            Ok(everything) => everything,
            Err(failure) => {
                self.model.toast =
                    Some(Toast::Warning(format!("Earlier orders are missing here. {failure}")));
                self.model.earlier = Some(Err(failure));
                return;
            }
        };
        let marked: Vec<Option<Attempt>> =
            self.orders().map(|orders| orders.marked(&self.model).map(LedgerRow::attempt)).collect();
        self.model.earlier = None;
        if let Some(records) = self.model.records.ready_mut() {
            records.complete(everything);
        }
        self.model.note_unfinished();
        self.look_after_doubles();
        self.on_action(&Action::RecordsListed(id, Ok(Ledger::default())));
        let Self { model, stack, .. } = self;
        let lists = stack.iter_mut().filter_map(|screen| match screen {
            AnyScreen::Orders(orders) => Some(orders),
            _ => None,
        });
        lists.zip(marked).for_each(|(orders, marked)| orders.mark(marked, model));
    }

    fn orders(&self) -> impl Iterator<Item = &Orders> {
        self.stack.iter().filter_map(|screen| match screen {
            AnyScreen::Orders(orders) => Some(orders.as_ref()),
            _ => None,
        })
    }

    /// Reads a record in full if only its list entry is held.
    pub(super) fn read_whole(&mut self, attempt: Attempt) {
        if matches!(self.model.kept(attempt), Some(LedgerRow::Brief(_))) && !self.model.opens(attempt) {
            let id = self.effects.ask(|id| Effect::LoadRecord(id, attempt));
            self.model.opening.insert(attempt, id);
        }
    }

    /// Reads entries that may belong to an order held under another attempt, since the journal stores each
    /// order once.
    pub(super) fn look_after_doubles(&mut self) {
        let doubles = self.model.records.ready().map(Ledger::doubles).unwrap_or_default();
        for attempt in doubles {
            self.read_whole(attempt);
        }
    }

    /// Handles a record that was read in full, or is no longer there.
    pub(super) fn learn_whole(
        &mut self,
        id: RequestId,
        attempt: Attempt,
        answer: &Result<Option<Box<Record>>, Failure>,
    ) {
        if self.model.opening.get(&attempt) != Some(&id) {
            return;
        }
        self.model.opening.remove(&attempt);
        match answer {
            Ok(Some(record)) => self.go_on_with(record),
            Ok(None) => {
                if let Some(records) = self.model.records.ready_mut() {
                    records.remove(attempt);
                }
                self.model.note_unfinished();
                self.close(attempt, format!("{attempt} is not on this machine any more."));
            }
            Err(failure) => self.close(attempt, failure.to_string()),
        }
    }

    /// Passes a record that was read in full to the screens that show it.
    fn go_on_with(&mut self, record: &Record) {
        let attempt = record.attempt;
        if let Some(records) = self.model.records.ready_mut() {
            records.fill_in(record.clone());
        }
        self.model.note_unfinished();
        let (mut pays, mut shows_codes) = (false, false);
        for screen in &mut self.stack {
            match screen {
                AnyScreen::Pay(pay) if pay.attempt == attempt => {
                    **pay = Pay::new(attempt, &self.model);
                    pays = true;
                }
                AnyScreen::Delivered(delivered) if delivered.attempt == attempt => shows_codes = true,
                _ => {}
            }
        }
        if pays {
            self.read_anew(attempt);
        } else if shows_codes {
            self.read_missing_codes(attempt);
        }
    }

    /// Closes the screens that wait for a record that cannot be read, and shows why.
    fn close(&mut self, attempt: Attempt, why: String) {
        let screens = self.stack.len();
        self.leave_screens_of(attempt);
        let awaited = self.orders().any(|orders| orders.waits_for(attempt));
        if awaited || self.stack.len() < screens {
            self.model.toast = Some(Toast::Warning(why));
        }
    }
}
