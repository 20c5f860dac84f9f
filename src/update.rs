//! `update`: the only function that changes a [`State`], and the navigation between screens. Input is handled
//! in `input`; orders, the cart and the journal in the other submodules.

mod cart;
mod selection;
mod input;
mod persistence;
mod news;
mod record_loading;

use crate::action::Action;
use crate::domain::choices::SavedChoice;
use crate::domain::country;
use crate::domain::news::Link;
use crate::domain::record::{Attempt, Placement, Record};
use crate::domain::tender::Tender;
use crate::effect::Effect;
use crate::input::Input;
use crate::model::{FeedStatus, Toast};
use crate::screens::checkout::Checkout;
use crate::screens::delivered::Delivered;
use crate::screens::pay::Pay;
use crate::screens::product::Product;
use crate::screens::{AnyScreen, ScreenEvent};
use crate::state::{Leaving, State};

/// Applies an action to the state and returns the effects to run.
pub fn update(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::FrameShown(now) => {
            state.question_was_shown(now.uptime);
            return Vec::new();
        }
        Action::Commanded(_)
        | Action::Input(Input::Press(..) | Input::Paste(_) | Input::Wheel { .. } | Input::Click { .. }) => {
            state.model.untouched = false;
        }
        _ => {}
    }
    match action {
        // Input that arrives after the session has ended does not revive it.
        Action::Input(_) if state.leaving == Leaving::Now => {}
        Action::ChoicesRecalled(choices) => state.recall(*choices),
        Action::Commanded(command) => state.on_command_word(command),
        Action::Input(Input::Press(press, arrival)) => state.on_key(press, arrival),
        Action::Input(Input::Paste(text)) => state.on_paste(&text),
        Action::Input(Input::Wheel { up }) => state.on_wheel(up),
        Action::Input(Input::Click { column, row }) => state.on_click(column, row),
        Action::Input(Input::Scaled(pixels)) => state.model.logos.scale(pixels),
        Action::Input(Input::Resized(size)) => {
            state.model.size = size;
            state.asked = None;
        }
        // Codes are visible only to the person who revealed them, not to someone who returns later.
        Action::Input(Input::Resumed) => {
            state.stack.iter_mut().for_each(|screen| screen.on_hidden());
            state.asked = None;
        }
        Action::ToastRead => state.model.toast = None,
        Action::RecordsLoaded(id, answer) => state.read_records(id, answer),
        Action::RecordsListed(id, answer) => state.list_records(id, answer),
        fact => state.on_action(&fact),
    }
    state.want_logo();
    state.want_earlier();
    state.finish_update();
    state.take_effects()
}

impl State {
    /// Restores what holds after every action: drops the feed status of orders that are no longer followed
    /// and the delays of answered requests, updates the question, and tells the screens below the top one
    /// that they are hidden.
    fn finish_update(&mut self) {
        if !self.model.delays.is_empty() {
            let awaited = self.pending_requests();
            self.model.delays.keep(&awaited);
        }
        if !self.model.feeds.is_empty() {
            let followed = self.followed();
            self.model.feeds.retain(|id, _| followed.contains(id));
        }
        self.renew_question();
        let below = self.stack.len() - 1;
        self.stack.iter_mut().take(below).for_each(|screen| screen.on_hidden());
    }

    /// Carries out a screen's event.
    fn follow(&mut self, event: ScreenEvent) {
        match event {
            ScreenEvent::Left => self.back(),
            ScreenEvent::CountryChosen(country) => self.enter(country),
            ScreenEvent::CategoryChosen(category) => self.narrow_to(category),
            ScreenEvent::BrandChosen(brand) => {
                let product = Product::new(*brand, &self.model, &mut self.effects);
                self.stack.push(AnyScreen::from(product));
            }
            ScreenEvent::ItemChosen(item, price) => {
                let draft = match self.stack.last_mut() {
                    Some(AnyScreen::Product(product)) => product.draft.take(),
                    _ => None,
                };
                let checkout = Checkout::resumed(*item, price, draft, &self.model);
                self.stack.push(AnyScreen::from(checkout));
            }
            ScreenEvent::AddedToCart(item, price) => self.add_to_cart(*item, price),
            ScreenEvent::CartChanged(change) => self.change_cart(change),
            ScreenEvent::CartChecked => self.check_out_cart(),
            ScreenEvent::TenderRefused(tender, refusal) => self.learn_refusal(&tender, refusal),
            ScreenEvent::TenderChosen(tender) => {
                self.effects.push(Effect::Remember(SavedChoice::Tender(tender.clone())));
                self.back();
                self.pay_with(tender);
            }
            ScreenEvent::OrderPlaced(attempt) => {
                self.empty_cart_if_ordered();
                // A receipt whose order exists is not returned to, and neither is the help for its keys.
                self.stack.retain(|screen| !screen.leads_to_an_order());
                self.stack.push(AnyScreen::from(Pay::new(attempt, &self.model)));
            }
            ScreenEvent::OrderPicked(attempt) => self.open(attempt),
            ScreenEvent::Joined(attempt, added) => self.join(attempt, added),
            ScreenEvent::CodesArrived(attempt) if self.is_delivered(attempt) => self.replace_payment(attempt),
            ScreenEvent::CodesArrived(attempt) => {
                self.stack.push(AnyScreen::from(Delivered::new(attempt)));
            }
            ScreenEvent::RecordWanted(attempt) => self.read_whole(attempt),
            ScreenEvent::BoughtAgain(purchase) => self.buy_again(&purchase),
            ScreenEvent::Remarked(attempt, remarks) => self.remark(attempt, remarks),
            ScreenEvent::CommandPicked(command) => self.do_picked(command),
            ScreenEvent::Said(toast) => self.model.toast = Some(toast),
        }
    }

    /// Switches to this coin and network and notifies every screen.
    fn pay_with(&mut self, tender: Tender) {
        if self.model.tender == tender {
            return;
        }
        self.model.tender = tender;
        let Self { model, stack, effects, .. } = self;
        for screen in stack {
            screen.tender_changed(model, effects);
        }
    }

    /// Shows an order. Returns to its screen if it is already open, so that screens do not pile up.
    fn open(&mut self, attempt: Attempt) {
        let shows = |screen: &AnyScreen| match screen {
            AnyScreen::Pay(pay) => pay.attempt == attempt,
            AnyScreen::Delivered(delivered) => delivered.attempt == attempt,
            _ => false,
        };
        if let Some(place) = self.stack.iter().position(shows) {
            self.stack.truncate(place + 1);
        } else if self.is_delivered(attempt) {
            self.read_whole(attempt);
            self.read_missing_codes(attempt);
            self.stack.push(AnyScreen::from(Delivered::new(attempt)));
        } else {
            self.read_whole(attempt);
            self.read_anew(attempt);
            self.stack.push(AnyScreen::from(Pay::new(attempt, &self.model)));
        }
    }

    fn is_delivered(&self, attempt: Attempt) -> bool {
        self.model.kept(attempt).is_some_and(|kept| kept.entry().is_delivered())
    }

    /// Reads an order at once, since the stored state may be old and the feed takes longer.
    fn read_anew(&mut self, attempt: Attempt) {
        if let Some(order) = self.model.record(attempt).and_then(Record::order) {
            self.effects.push(Effect::ReadOrder(order.id().clone()));
        }
    }

    /// Replaces the payment screen with the delivered one, wherever it is on the stack, so that the user is
    /// not moved away from another screen.
    fn replace_payment(&mut self, attempt: Attempt) {
        for screen in &mut self.stack {
            if matches!(screen, AnyScreen::Pay(pay) if pay.attempt == attempt) {
                *screen = AnyScreen::from(Delivered::new(attempt));
            }
        }
        self.read_missing_codes(attempt);
        self.model.toast = Some(Toast::Note("Delivered.".to_owned()));
    }

    /// Reads an order whose codes are missing. Finished orders are not followed, so its feed cannot deliver
    /// them.
    fn read_missing_codes(&mut self, attempt: Attempt) {
        let order = self.model.record(attempt).and_then(Record::order);
        if let Some(order) = order.filter(|order| order.lacks_codes()) {
            self.effects.push(Effect::ReadOrder(order.id().clone()));
        }
    }

    /// Goes back one screen, unless this is the first. A checkout leaves its form with the screen that opened
    /// it.
    fn back(&mut self) {
        if self.stack.len() < 2 {
            return;
        }
        match (self.stack.pop(), self.stack.last_mut()) {
            (Some(AnyScreen::Checkout(checkout)), Some(AnyScreen::Product(product))) => {
                product.draft = Some(checkout.form);
            }
            (Some(AnyScreen::Checkout(checkout)), Some(AnyScreen::Cart(cart))) => {
                cart.draft = Some(checkout.form);
            }
            _ => {}
        }
    }

    /// Handles an action: first updates the model, then passes it to every screen.
    fn on_action(&mut self, fact: &Action) {
        self.learn(fact);
        let Self { model, stack, effects, .. } = self;
        let outcomes: Vec<ScreenEvent> =
            stack.iter_mut().filter_map(|screen| screen.on_action(fact, model, effects)).collect();
        for outcome in outcomes {
            self.follow(outcome);
        }
        if matches!(fact, Action::CatalogueRecalled(..) | Action::CatalogueFetched(..)) {
            self.recount();
        }
        if self.leaving == Leaving::AfterPlacing && !self.is_placing() {
            self.leaving = Leaving::Now;
        }
    }

    fn learn(&mut self, fact: &Action) {
        match fact {
            Action::Tick(now) => {
                self.model.now = *now;
                self.save_overdue();
            }
            Action::AnswerDelayed(id, why, pause) => {
                let until = self.model.now.uptime.saturating_add(*pause);
                self.model.delays.learn(*id, why.clone(), until);
            }
            Action::CountriesFetched(id, answer) if self.countries == Some(*id) => {
                self.countries = None;
                // If the fetch failed, the bundled list stays in place, without a message.
                if let Ok(fresh) = answer {
                    self.model.countries = country::enriched(fresh.clone());
                }
            }
            Action::LogoFetched(id, picture) => self.model.logos.take(*id, picture.clone()),
            Action::PaymentMethodsRecalled(id, last) => self.recall_payment_methods(*id, last),
            Action::PaymentMethodsFetched(id, answer) => self.learn_payment_methods(*id, answer.clone()),
            Action::OrderPlaced(_, placement, Some(record)) => self.learn_placement(placement, record),
            Action::ItemPriced(_, question, Ok(price)) => {
                let (item, coin) = (question.item.clone(), question.coin.clone());
                self.model.prices.learn(item, coin, *price, self.model.now.uptime);
            }
            Action::OrderNews(id, news) => self.learn_news(id, news),
            Action::OrderChecked(_, id, Ok(snapshot)) => self.learn_snapshot(id, snapshot),
            Action::ShopTimeTold(told) => self.model.clock.hear(*told, self.model.now.uptime),
            Action::OrderImported(_, Ok(record)) => self.take_in(record),
            Action::RecordRemoved(_, attempt, answer) => self.learn_removal(*attempt, answer),
            Action::RecordLoaded(id, attempt, answer) => self.learn_whole(*id, *attempt, answer),
            Action::JournalNotice(words) => self.model.toast = Some(Toast::Warning(words.clone())),
            Action::RecordsFound(found) => found.iter().for_each(|record| self.find(record)),
            Action::OutcomeKept(attempt) => self.learn_saved(*attempt),
            Action::OutcomeNotKept(attempt, failure) => self.learn_unsaved(*attempt, failure, false),
            // If the attempt was not unsaved before, its order is already in the journal.
            Action::NewsNotKept(attempt, failure) => {
                let kept = self.model.unsaved.get(attempt).is_none_or(|unsaved| unsaved.kept);
                self.learn_unsaved(*attempt, failure, kept);
            }
            Action::RemarksNotKept(failure) => {
                self.model.toast = Some(Toast::Warning(format!("{failure} Write down what you need.")));
            }
            Action::TextCopied(true) => self.learn_copied(),
            _ => {}
        }
    }

    fn learn_placement(&mut self, placement: &Placement, record: &Record) {
        if let Placement::Placed(snapshot) = placement {
            if let Some(placed_at) = snapshot.created_at {
                self.model.clock.hear(placed_at, self.model.now.uptime);
            }
            let now = self.model.now.uptime;
            let line = FeedStatus { link: Link::Connecting, since: now, heard: Some(now) };
            self.model.feeds.insert(snapshot.id.clone(), line);
            if let Some(purchase) = &record.purchase {
                self.model.email = Some(purchase.buyer.clone());
                if let Some(phone) = purchase.last_phone() {
                    self.model.phone = Some(phone.clone());
                }
            }
        }
        self.take_in(record);
    }
}
