//! `update`: the only function that changes a [`State`], and the story of what leads where.

mod cart;
mod keeping;
mod news;

use crate::action::{Action, Link};
use crate::domain::country::{self, CountryCode};
use crate::domain::order::Phase;
use crate::domain::record::{Attempt, Placement, Record};
use crate::domain::tender::Tender;
use crate::effect::{Effect, Preference};
use crate::footer;
use crate::input::{Input, Press};
use crate::keymap::Command;
use crate::remote::Remote;
use crate::screens::brands::Brands;
use crate::screens::checkout::Checkout;
use crate::screens::country::Country;
use crate::screens::delivered::Delivered;
use crate::screens::desk::{Line, Toast};
use crate::screens::help::Help;
use crate::screens::palette::Palette;
use crate::screens::pay::Pay;
use crate::screens::product::Product;
use crate::screens::tender::TenderChoice;
use crate::screens::{Outcome, Screen};
use crate::state::{Leaving, State};

/// Takes in what happened, and says what has to be done about it.
pub fn update(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        // Keys that were pressed behind the last one do not call the leaving back.
        Action::Came(_) if state.leaving == Leaving::Now => {}
        Action::Came(Input::Press(press)) => state.pressed(press),
        Action::Came(Input::Paste(text)) => state.pasted(&text),
        Action::Came(Input::Wheel { up }) => state.turned(up),
        Action::Came(Input::Click { column, row }) => state.clicked(column, row),
        Action::Came(Input::Resized(size)) => state.desk.size = size,
        Action::RecordsLoaded(id, answer) => state.read_records(id, answer),
        fact => state.heard(&fact),
    }
    state.want_logo();
    state.settle_down();
    state.effects.take()
}

impl State {
    /// What holds after whatever happened: nothing is said of a line that is closed, and what lies
    /// under another screen is as its owner would leave it.
    fn settle_down(&mut self) {
        if !self.desk.lines.is_empty() {
            let followed = self.followed();
            self.desk.lines.retain(|id, _| followed.contains(id));
        }
        let below = self.stack.len() - 1;
        self.stack.iter_mut().take(below).for_each(|screen| screen.page_mut().covered());
    }

    fn pressed(&mut self, press: Press) {
        self.desk.toast = None;
        let leaving = std::mem::replace(&mut self.leaving, Leaving::No);
        if let Some(command) = self.desk.habits.keymap.resolve(&self.offers(), self.typing(), press) {
            self.wished(command, leaving);
        } else {
            let typing = self.typing();
            self.edit(|field| match typing.takes(press) {
                Some(letter) => {
                    field.insert(letter);
                    true
                }
                None => field.edit(press),
            });
        }
        self.still_leaves(leaving);
    }

    /// Does what a key or a click wishes for; `earlier` is what leaving stood at before it.
    fn wished(&mut self, command: Command, earlier: Leaving) {
        match command {
            Command::Quit => self.leave(earlier),
            _ => self.obey(command),
        }
    }

    fn still_leaves(&mut self, earlier: Leaving) {
        if earlier == Leaving::AfterPlacing && self.leaving == Leaving::No {
            self.leaving = earlier;
        }
    }

    /// The wheel moves by three rows where something moves.
    fn turned(&mut self, up: bool) {
        let command = if up { Command::Up } else { Command::Down };
        self.step(command, 3);
    }

    /// Marks a row as the keys would, one step after the other; nothing is chosen.
    fn move_to(&mut self, marked: usize, place: usize) {
        let command = if place < marked { Command::Up } else { Command::Down };
        self.step(command, place.abs_diff(marked));
    }

    fn step(&mut self, command: Command, rows: usize) {
        for _ in 0..rows {
            if self.offers().contains(&command) {
                self.obey(command);
            }
        }
    }

    /// A click marks the row of a list, or presses what the footer names, but for what takes its own key.
    fn clicked(&mut self, column: u16, row: u16) {
        if let Some((marked, place)) = self.row_at(column, row) {
            self.desk.toast = None;
            return self.move_to(marked, place);
        }
        let Some(command) = footer::at(self, column, row) else { return };
        self.desk.toast = None;
        let leaving = std::mem::replace(&mut self.leaving, Leaving::No);
        if command.is_deliberate() {
            self.say_its_key(command);
        } else {
            self.wished(command, leaving);
        }
        self.still_leaves(leaving);
    }

    /// Nothing is ordered by a click or from a list: it says which key does it.
    fn say_its_key(&mut self, command: Command) {
        let key = self.desk.key(command, self.typing());
        let sentence = format!("An order takes its own key, here on the receipt: {key}");
        self.desk.toast = Some(Toast::Note(sentence));
    }

    fn pasted(&mut self, text: &str) {
        self.desk.toast = None;
        self.edit(|field| {
            field.paste(text);
            true
        });
    }

    fn edit(&mut self, change: impl FnOnce(&mut crate::field::Field) -> bool) {
        let Self { desk, stack, effects, .. } = self;
        let Some(screen) = stack.last_mut() else { return };
        let page = screen.page_mut();
        let Some(field) = page.field() else { return };
        let before = field.text().to_owned();
        let changed = change(field) && field.text() != before;
        if changed {
            page.edited(desk, effects);
        }
    }

    /// Leaves; asks once when an order waits for its payment, and never in the middle of an order.
    fn leave(&mut self, earlier: Leaving) {
        // Also under help, the orders or the tenders.
        let unpaid =
            self.stack.iter().any(|screen| matches!(screen, Screen::Pay(pay) if pay.settlement.is_ok()));
        if self.is_placing() {
            self.leaving = Leaving::AfterPlacing;
            let sentence = "The order is being placed; giftty leaves as soon as the answer is kept.";
            self.desk.toast = Some(Toast::Warning(sentence.to_owned()));
        } else if !self.desk.unsaved.is_empty() && earlier != Leaving::Asked {
            self.leaving = Leaving::Asked;
            self.save(|_| true);
            let sentence =
                "An order is not saved: write down what stands above. Press it once more to leave.";
            self.desk.toast = Some(Toast::Warning(sentence.to_owned()));
        } else if unpaid && earlier != Leaving::Asked {
            self.leaving = Leaving::Asked;
            let sentence = "Unpaid, but kept: start giftty again to go on. Press it once more to leave.";
            self.desk.toast = Some(Toast::Warning(sentence.to_owned()));
        } else {
            self.leaving = Leaving::Now;
        }
    }

    /// Commands that mean the same on every screen; all others go to the screen that is up.
    fn obey(&mut self, command: Command) {
        match command {
            Command::Help => {
                let about = self.top().page().title(&self.desk).into_owned();
                let (offers, typing) = (self.offers(), self.typing());
                self.stack.push(Screen::Help(Help { about, offers, typing }));
            }
            Command::Palette => {
                let about = self.top().page().title(&self.desk).into_owned();
                let palette = Palette::new(about, self.offers(), self.typing());
                self.stack.push(Screen::Palette(palette));
            }
            Command::Orders => {
                match self.stack.iter().position(|screen| matches!(screen, Screen::Orders(_))) {
                    Some(place) => self.stack.truncate(place + 1),
                    None => self.stack.push(Screen::Orders(Box::default())),
                }
            }
            Command::ChooseTender => {
                let basket = self.top().page().basket(&self.desk);
                let choice = TenderChoice::new(basket, &self.desk, &mut self.effects);
                self.stack.push(Screen::Tender(choice));
            }
            Command::ShowCart => self.show_cart(),
            Command::ChooseCountry => {
                self.stack.push(Screen::Country(Box::new(Country::instead(&self.desk))));
            }
            Command::Retry if self.retry() => {}
            _ => {
                if command == Command::Refresh {
                    self.save(|_| true);
                }
                let Self { desk, stack, effects, .. } = self;
                let outcome = stack.last_mut().and_then(|top| top.page_mut().obey(command, desk, effects));
                if let Some(outcome) = outcome {
                    self.follow(outcome);
                }
            }
        }
    }

    /// Asks again for what every screen shares; tells whether there was anything to ask.
    fn retry(&mut self) -> bool {
        match self.top() {
            Screen::Tender(_) if self.desk.rails.failure().is_some() => {
                self.desk.rails = Remote::Waiting(self.effects.ask(Effect::FetchRails));
                true
            }
            Screen::Orders(_) | Screen::Checkout(_) if self.desk.records.failure().is_some() => {
                self.desk.records = Remote::Waiting(self.effects.ask(Effect::LoadRecords));
                true
            }
            _ => false,
        }
    }

    /// Which outcome leads where.
    fn follow(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Left => self.back(),
            Outcome::CountryChosen(country) => self.enter(country),
            Outcome::BrandChosen(brand) => {
                let product = Product::new(*brand, &self.desk, &mut self.effects);
                self.stack.push(Screen::Product(Box::new(product)));
            }
            Outcome::ItemChosen(item, price) => {
                let draft = match self.stack.last_mut() {
                    Some(Screen::Product(product)) => product.draft.take(),
                    _ => None,
                };
                let checkout = Checkout::resumed(*item, price, draft, &self.desk);
                self.stack.push(Screen::Checkout(Box::new(checkout)));
            }
            Outcome::AddedToCart(item, price) => self.add_to_cart(*item, price),
            Outcome::CartChanged(change) => self.change_cart(change),
            Outcome::CartChecked => self.check_out_cart(),
            Outcome::TenderRefused(tender, refusal) => self.learn_refusal(&tender, refusal),
            Outcome::TenderChosen(tender) => {
                self.effects.wish(Effect::Remember(Preference::Tender(tender.clone())));
                self.back();
                self.pay_with(tender);
            }
            Outcome::OrderPlaced(attempt) => {
                self.empty_cart_if_ordered();
                // Nobody comes back to a receipt whose order exists, nor to what explained its keys.
                self.stack.retain(|screen| !screen.is_on_the_way_to_an_order());
                self.stack.push(Screen::Pay(Box::new(Pay::new(attempt, &self.desk))));
            }
            Outcome::OrderPicked(attempt) => self.open(attempt),
            Outcome::CodesArrived(attempt) if self.is_delivered(attempt) => self.replace_payment(attempt),
            Outcome::CodesArrived(attempt) => {
                self.stack.push(Screen::Delivered(Box::new(Delivered::new(attempt))));
            }
            Outcome::CodesWanted(attempt) => self.show_codes(attempt),
            Outcome::BoughtAgain(purchase) => self.buy_again(&purchase),
            Outcome::Remarked(attempt, remarks) => self.remark(attempt, remarks),
            Outcome::CommandPicked(command) => self.do_picked(command),
            Outcome::Said(toast) => self.desk.toast = Some(toast),
        }
    }

    /// From here on this coin and network are used; every screen learns of it.
    fn pay_with(&mut self, tender: Tender) {
        if self.desk.tender == tender {
            return;
        }
        self.desk.tender = tender;
        let Self { desk, stack, effects, .. } = self;
        for screen in stack {
            screen.page_mut().tender_changed(desk, effects);
        }
    }

    /// Does what was picked from the palette, on the screen that it was opened over.
    fn do_picked(&mut self, command: Command) {
        self.back();
        if !self.offers().contains(&command) {
            // The screen may have moved on while the palette was open.
            let sentence = "That cannot be done here any more.";
            self.desk.toast = Some(Toast::Warning(sentence.to_owned()));
        } else if command.is_deliberate() {
            self.say_its_key(command);
        } else {
            self.wished(command, Leaving::No);
        }
    }

    /// Shows an order; goes back to its screen where there is one, so that screens never pile up.
    fn open(&mut self, attempt: Attempt) {
        let shows = |screen: &Screen| match screen {
            Screen::Pay(pay) => pay.attempt == attempt,
            Screen::Delivered(delivered) => delivered.attempt == attempt,
            _ => false,
        };
        if let Some(place) = self.stack.iter().position(shows) {
            self.stack.truncate(place + 1);
        } else if self.is_delivered(attempt) {
            self.read_missing_codes(attempt);
            self.stack.push(Screen::Delivered(Box::new(Delivered::new(attempt))));
        } else {
            // What is kept may be old: its feed tells in time, this at once.
            if let Some(order) = self.desk.record(attempt).and_then(Record::order) {
                self.effects.wish(Effect::ReadOrder(order.id().clone()));
            }
            self.stack.push(Screen::Pay(Box::new(Pay::new(attempt, &self.desk))));
        }
    }

    fn is_delivered(&self, attempt: Attempt) -> bool {
        let order = self.desk.record(attempt).and_then(Record::order);
        order.is_some_and(|order| order.phase() == Phase::Delivered)
    }

    /// The codes take the place of the payment, wherever that stands: nobody is taken away from
    /// another screen.
    fn replace_payment(&mut self, attempt: Attempt) {
        for screen in &mut self.stack {
            if matches!(screen, Screen::Pay(pay) if pay.attempt == attempt) {
                *screen = Screen::Delivered(Box::new(Delivered::new(attempt)));
            }
        }
        self.read_missing_codes(attempt);
        self.desk.toast = Some(Toast::Note("Delivered.".to_owned()));
    }

    /// Nobody follows an order that is done, so what is missing of it has to be asked for.
    fn read_missing_codes(&mut self, attempt: Attempt) {
        let order = self.desk.record(attempt).and_then(Record::order);
        if let Some(order) = order.filter(|order| order.lacks_codes()) {
            self.effects.wish(Effect::ReadOrder(order.id().clone()));
        }
    }

    fn enter(&mut self, country: CountryCode) {
        self.desk.likely.retain(|likely| *likely != country);
        self.desk.likely.insert(0, country);
        self.effects.wish(Effect::Remember(Preference::Country(country)));
        // Another country takes the place of the one that was there before.
        self.stack.truncate(1);
        self.stack.push(Screen::Brands(Box::new(Brands::new(country, &mut self.effects))));
    }

    /// One step back, unless this is the first screen. A checkout leaves what was typed with the
    /// screen that it came from.
    fn back(&mut self) {
        if self.stack.len() < 2 {
            return;
        }
        match (self.stack.pop(), self.stack.last_mut()) {
            (Some(Screen::Checkout(checkout)), Some(Screen::Product(product))) => {
                product.draft = Some(checkout.form);
            }
            (Some(Screen::Checkout(checkout)), Some(Screen::Cart(cart))) => cart.draft = Some(checkout.form),
            _ => {}
        }
    }

    /// A fact: the desk learns it first, then every screen takes what it awaits.
    fn heard(&mut self, fact: &Action) {
        self.learn(fact);
        let Self { desk, stack, effects, .. } = self;
        let outcomes: Vec<Outcome> =
            stack.iter_mut().filter_map(|screen| screen.page_mut().hear(fact, desk, effects)).collect();
        for outcome in outcomes {
            self.follow(outcome);
        }
        if self.leaving == Leaving::AfterPlacing && !self.is_placing() {
            self.leaving = Leaving::Now;
        }
    }

    fn learn(&mut self, fact: &Action) {
        match fact {
            Action::Ticked(now) => {
                self.desk.now = *now;
                self.save_overdue();
            }
            Action::CountriesFetched(id, answer) if self.countries == Some(*id) => {
                self.countries = None;
                // A list that could not be fetched leaves the bundled one in place, quietly.
                if let Ok(fresh) = answer {
                    self.desk.countries = country::enriched(fresh.clone());
                }
            }
            Action::LogoFetched(id, picture) => self.desk.logos.take(*id, picture.clone()),
            Action::RailsFetched(id, answer) => {
                self.desk.rails.settle(*id, answer.clone());
            }
            Action::OrderPlaced(_, placement, Some(record)) => self.learn_placement(placement, record),
            Action::ItemPriced(_, question, Ok(price)) => {
                let (item, coin) = (question.item.clone(), question.coin.clone());
                self.desk.prices.learn(item, coin, *price, self.desk.now.uptime);
            }
            Action::OrderNews(id, news) => self.learn_news(id, news),
            Action::OrderChecked(_, id, Ok(snapshot)) => self.learn_snapshot(id, snapshot),
            Action::ShopTimeTold(told) => self.desk.clock.hear(*told, self.desk.now.uptime),
            Action::OrderImported(_, Ok(record)) => self.take_in(record),
            Action::RecordRemoved(_, attempt, answer) => self.learn_removal(*attempt, answer),
            Action::JournalSpoke(words) => self.desk.toast = Some(Toast::Warning(words.clone())),
            Action::OrderKept(id) => self.learn_saved(id),
            Action::OrderNotKept(id, failure) => self.learn_unsaved(id, failure),
            Action::RemarksNotKept(failure) => {
                self.desk.toast = Some(Toast::Warning(format!("{failure} Write down what you need.")));
            }
            Action::TextCopied(true) => self.learn_copied(),
            _ => {}
        }
    }

    fn learn_placement(&mut self, placement: &Placement, record: &Record) {
        if let Placement::Placed(snapshot) = placement {
            if let Some(placed_at) = snapshot.created_at {
                self.desk.clock.hear(placed_at, self.desk.now.uptime);
            }
            let now = self.desk.now.uptime;
            let line = Line { link: Link::Connecting, since: now, heard: Some(now) };
            self.desk.lines.insert(snapshot.id.clone(), line);
            if let Some(purchase) = &record.purchase {
                self.desk.email = Some(purchase.buyer.clone());
                if let Some(phone) = purchase.last_phone() {
                    self.desk.phone = Some(phone.clone());
                }
            }
        }
        self.take_in(record);
    }
}
