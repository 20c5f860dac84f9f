//! Handles the shop's answers at the checkout: to a check, and to an order.

use super::fault::{self, Note, Search};
use super::{Checkout, Receipt, Stage};
use crate::action::Action;
use crate::domain::failure::Failure;
use crate::domain::problem::{Concern, Problem};
use crate::domain::purchase::{Purchase, Validation};
use crate::domain::record::Placement;
use crate::effect::{Effect, Effects};
use crate::screens::{Refusal, ScreenEvent};

impl Checkout {
    pub(super) fn object(&mut self, problems: &[Problem]) {
        // With a single line, it must be the one the problem is about.
        let only = (self.items.len() == 1).then_some(0);
        let line = |problem: &Problem| match problem.concern() {
            Concern::Product | Concern::Value | Concern::Beneficiary => only,
            Concern::Email | Concern::Tender | Concern::Coupon | Concern::Order => None,
        };
        let note = |problem| Note::of_problem(problem, line(problem), &self.form);
        let notes = problems.iter().map(note).collect();
        self.complain(notes);
    }

    fn complain(&mut self, notes: Vec<Note>) {
        self.notes = notes;
        self.stage = Stage::Filling;
        if let Some(spot) = self.notes.iter().find_map(|note| note.spot) {
            self.form.focus = spot;
        }
    }

    fn fail(&mut self, sentence: String) {
        self.complain(vec![Note::of_order(sentence)]);
    }

    pub(super) fn hear_check(&mut self, action: &Action, effects: &mut Effects) -> Option<ScreenEvent> {
        let Action::PurchaseValidated(id, answer) = action else { return None };
        match &self.stage {
            Stage::Checking(awaited, purchase) if awaited == id => {
                let purchase = purchase.clone();
                self.take_verdict(purchase, answer, effects)
            }
            Stage::Searching(search) if search.asked == *id => {
                let search = search.clone();
                self.search_on(search, answer, effects)
            }
            _ => None,
        }
    }

    fn take_verdict(
        &mut self,
        purchase: Box<Purchase>,
        answer: &Result<Validation, Failure>,
        effects: &mut Effects,
    ) -> Option<ScreenEvent> {
        let validation = match answer {
            Ok(validation) => validation,
            Err(failure) => {
                self.fail(failure.to_string());
                return None;
            }
        };
        if let Some(total) = validation.payable() {
            self.stage = Stage::Receipt(Receipt { purchase, total, not_sent: None, above: Vec::new() });
            return None;
        }
        let problems = &validation.problems;
        let suspended = problems.iter().any(Problem::suspends_the_tender);
        let refusal = match purchase.lines.as_slice() {
            _ if suspended => Some(Refusal::Suspended),
            [only] if problems.iter().any(Problem::refuses_the_tender) => {
                Some(Refusal::Brands(vec![only.item.brand.clone()]))
            }
            _ => None,
        };
        let outcome = refusal.map(|refusal| ScreenEvent::TenderRefused(purchase.tender.clone(), refusal));
        match Search::next(&purchase, 0).filter(|_| Search::helps(&purchase, validation)) {
            Some(first) => {
                let asked = effects.ask(|id| Effect::ValidatePurchase(id, Box::new(first)));
                let (against, found) = (problems.clone(), Vec::new());
                self.stage = Stage::Searching(Search { asked, purchase, against, found });
            }
            None if problems.is_empty() => self.fail(fault::NOT_PAYABLE.to_owned()),
            None => self.object(problems),
        }
        outcome
    }

    fn search_on(
        &mut self,
        mut search: Search,
        answer: &Result<Validation, Failure>,
        effects: &mut Effects,
    ) -> Option<ScreenEvent> {
        // If a check fails, the search ends and the remaining problems are shown without a line.
        let next = match answer {
            Ok(alone) => {
                search.learn(alone);
                Search::next(&search.purchase, search.found.len())
            }
            Err(_) => None,
        };
        if let Some(next) = next {
            search.asked = effects.ask(|id| Effect::ValidatePurchase(id, Box::new(next)));
            self.stage = Stage::Searching(search);
            return None;
        }
        self.complain(search.notes(&self.form));
        let brands = fault::refusing_brands(&search.purchase, &search.found);
        let tender = search.purchase.tender.clone();
        (!brands.is_empty()).then_some(ScreenEvent::TenderRefused(tender, Refusal::Brands(brands)))
    }

    pub(super) fn hear_placement(&mut self, action: &Action) -> Option<ScreenEvent> {
        let Action::OrderPlaced(id, placement, record) = action else { return None };
        let Stage::Placing(awaited, receipt) = &self.stage else { return None };
        if awaited != id {
            return None;
        }
        let attempt = record.as_ref().map(|record| record.attempt);
        match (placement, attempt) {
            (Placement::Placed(_), Some(attempt)) => return Some(ScreenEvent::OrderPlaced(attempt)),
            (Placement::Placed(_), None) => {
                let failure = Failure::Unrecorded("the answer could not be kept".into());
                self.stage = Stage::Unknown(None, failure);
            }
            (Placement::Refused(failure, problems), _) if problems.is_empty() => {
                self.fail(failure.to_string());
            }
            (Placement::Refused(_, problems), _) => {
                let problems = problems.clone();
                self.object(&problems);
            }
            (Placement::NotSent(failure), _) => {
                let receipt = Receipt { not_sent: Some(failure.clone()), ..receipt.clone() };
                self.stage = Stage::Receipt(receipt);
            }
            (Placement::Unknown(failure), attempt) => {
                self.stage = Stage::Unknown(attempt, failure.clone());
            }
        }
        None
    }
}
