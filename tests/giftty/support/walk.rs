//! Walks through the program by keys and answers, as a person and a shop would.

use std::sync::Arc;
use std::time::Duration;

use giftty::action::Action;
use giftty::domain::cart::Cart;
use giftty::domain::choices::SavedChoices;
use giftty::domain::failure::Failure;
use giftty::domain::ledger::Ledger;
use giftty::domain::news::{Link, News};
use giftty::domain::order::Snapshot;
use giftty::domain::product::{Offer, Price, ProductGroup, Quote};
use giftty::domain::purchase::Validation;
use giftty::domain::record::{Placement, Record};
use giftty::domain::request::ItemQuestion;
use giftty::domain::tender::{PaymentMethods, Tender};
use giftty::domain::text::Verbatim;
use giftty::domain::time::{Dated, Timestamp};
use giftty::effect::Effect;
use giftty::input::{Input, Key, Press, Size};
use giftty::remote::RequestId;
use giftty::search::catalogue_index::CatalogueIndex;
use giftty::state::{SessionInit, State};
use giftty::update::update;

use super::domain::look_at;
use super::fixtures::{NOW, amount, boot, choices, fixed_shelf, moment, payment_methods};

/// A session and everything that it has asked for.
pub(crate) struct Walk {
    pub(crate) state: State,
    asked: Vec<Effect>,
}

impl Walk {
    pub(crate) fn begin(init: SessionInit) -> Self {
        let (state, asked) = State::new(init);
        Self { state, asked }.recalls(choices())
    }

    pub(crate) fn recalls(self, choices: SavedChoices) -> Self {
        self.fact(Action::ChoicesRecalled(Box::new(choices)))
    }

    /// A returning user in the United States, without orders so far.
    pub(crate) fn at_brands(size: Size) -> Self {
        Self::with_records(size, vec![])
    }

    pub(crate) fn with_records(size: Size, records: Vec<Record>) -> Self {
        Self::paying_with(size, Tender::recommended(), records)
    }

    pub(crate) fn paying_with(size: Size, tender: Tender, records: Vec<Record>) -> Self {
        let choices = SavedChoices { tender: Some(tender), ..choices() };
        Self::begin(boot(size)).recalls(choices).payment_methods(Ok(payment_methods())).records(Ok(records))
    }

    /// The newest of the records as entries, while all others are read.
    pub(crate) fn listing(size: Size, newest: Ledger) -> Self {
        let walk = Self::begin(boot(size)).payment_methods(Ok(payment_methods()));
        let id = walk.last(|effect| match effect {
            Effect::LoadRecords(id) => Some(*id),
            _ => None,
        });
        walk.fact(Action::RecordsLoaded(id, Ok(newest))).ctrl('o')
    }

    /// Everything in the journal is listed, or cannot be.
    pub(crate) fn listed(self, answer: Result<Ledger, Failure>) -> Self {
        let id = self.last(|effect| match effect {
            Effect::ListRecords(id) => Some(*id),
            _ => None,
        });
        self.fact(Action::RecordsListed(id, answer))
    }

    pub(crate) fn fact(mut self, fact: Action) -> Self {
        self.asked.extend(update(&mut self.state, fact));
        self
    }

    pub(crate) fn press(self, key: Key) -> Self {
        self.looks().fact(Action::Input(Input::lone(Press::plain(key))))
    }

    pub(crate) fn presses(self, key: Key, times: usize) -> Self {
        (0..times).fold(self, |walk, _| walk.press(key))
    }

    pub(crate) fn ctrl(self, letter: char) -> Self {
        self.looks().fact(Action::Input(Input::lone(Press::ctrl(letter))))
    }

    /// Looks at the screen for a while, as before a key that is pressed on purpose.
    fn looks(mut self) -> Self {
        look_at(&mut self.state);
        self
    }

    pub(crate) fn types(self, text: &str) -> Self {
        text.chars().fold(self, |walk, letter| walk.press(Key::Char(letter)))
    }

    /// The number of the last question of a kind.
    fn last<T>(&self, of_kind: impl Fn(&Effect) -> Option<T>) -> T {
        self.asked.iter().rev().find_map(of_kind).expect("the question was asked")
    }

    pub(crate) fn payment_methods(self, answer: Result<PaymentMethods, Failure>) -> Self {
        let id = self.last(|effect| match effect {
            Effect::FetchPaymentMethods(id) => Some(*id),
            _ => None,
        });
        self.fact(Action::PaymentMethodsFetched(id, answer))
    }

    /// The ways to pay as the shop told them so many seconds ago, while it is asked.
    pub(crate) fn recalled_payment_methods(self, seconds: i64) -> Self {
        let id = self.last(|effect| match effect {
            Effect::FetchPaymentMethods(id) => Some(*id),
            _ => None,
        });
        let last = Dated { value: payment_methods(), told: Timestamp(NOW - seconds) };
        self.fact(Action::PaymentMethodsRecalled(id, last))
    }

    pub(crate) fn records(self, answer: Result<Vec<Record>, Failure>) -> Self {
        let id = self.last(|effect| match effect {
            Effect::LoadRecords(id) => Some(*id),
            _ => None,
        });
        self.fact(Action::RecordsLoaded(id, answer.map(Ledger::from)))
    }

    pub(crate) fn catalogue(self, answer: Result<Arc<CatalogueIndex>, Failure>) -> Self {
        let id = self.last(|effect| match effect {
            Effect::FetchCatalogue(id, _) => Some(*id),
            _ => None,
        });
        self.fact(Action::CatalogueFetched(id, answer))
    }

    pub(crate) fn shelves(self, answer: Result<Vec<ProductGroup>, Failure>) -> Self {
        let id = self.last(|effect| match effect {
            Effect::FetchProducts(id, _) => Some(*id),
            _ => None,
        });
        self.fact(Action::ProductsFetched(id, answer))
    }

    /// What a family sold so many seconds ago, without its prices, while the shop is asked.
    pub(crate) fn recalled_shelf(self, mut shelf: ProductGroup, seconds: i64) -> Self {
        let id = self.last(|effect| match effect {
            Effect::FetchProducts(id, _) => Some(*id),
            _ => None,
        });
        for ware in &mut shelf.products {
            if let Offer::Fixed { price, .. } = &mut ware.offer {
                *price = None;
            }
        }
        let last = Dated { value: vec![shelf], told: Timestamp(NOW - seconds) };
        self.fact(Action::ProductsRecalled(id, last))
    }

    /// Answers the last question for a price.
    pub(crate) fn quote(self, price: Result<&str, Failure>) -> Self {
        let (id, question) = self.last(|effect| match effect {
            Effect::QuotePrice(id, question) => Some((*id, question.clone())),
            _ => None,
        });
        let answer = price.map(|price| Quote {
            face_value: question.face_value,
            price: Price { amount: amount(price), coin: Verbatim::new("USDC") },
        });
        self.fact(Action::PriceQuoted(id, answer))
    }

    /// Answers every question for an item's price that is awaited, also those asked meanwhile.
    pub(crate) fn prices(mut self, answer: impl Fn(&ItemQuestion) -> Result<&'static str, Failure>) -> Self {
        loop {
            let awaited = self.state.pending_requests();
            let open = self.asked.iter().find_map(|effect| match effect {
                Effect::PriceItem(id, question) if awaited.contains(id) => Some((*id, question.clone())),
                _ => None,
            });
            let Some((id, question)) = open else { return self };
            let price = answer(&question).map(|price| Some(amount(price)));
            self = self.fact(Action::ItemPriced(id, question, price));
        }
    }

    /// A returning user with this in the cart, in front of it.
    pub(crate) fn at_cart(size: Size, cart: Cart) -> Self {
        let walk = Self::begin(boot(size))
            .recalls(SavedChoices { cart, ..choices() })
            .payment_methods(Ok(payment_methods()))
            .records(Ok(vec![]));
        walk.catalogue(Ok(super::fixtures::catalogue())).ctrl('b')
    }

    pub(crate) fn validation(self, answer: Result<Validation, Failure>) -> Self {
        let id: RequestId = self.last(|effect| match effect {
            Effect::ValidatePurchase(id, _) => Some(*id),
            _ => None,
        });
        self.fact(Action::PurchaseValidated(id, answer))
    }

    pub(crate) fn placement(self, placement: Placement, record: Option<Record>) -> Self {
        let id: RequestId = self.last(|effect| match effect {
            Effect::PlaceOrder(id, ..) => Some(*id),
            _ => None,
        });
        self.fact(Action::OrderPlaced(id, placement, record.map(Box::new)))
    }

    pub(crate) fn news(self, snapshot: Snapshot) -> Self {
        let id = snapshot.id.clone();
        self.fact(Action::OrderNews(id, News::Snapshot(Box::new(snapshot))))
    }

    /// Answers the read that comes before copying and before the code alone.
    pub(crate) fn checked(self, answer: Result<Snapshot, Failure>) -> Self {
        let (id, order) = self.last(|effect| match effect {
            Effect::CheckOrder(id, order) => Some((*id, order.clone())),
            _ => None,
        });
        self.fact(Action::OrderChecked(id, order, answer.map(Box::new)))
    }

    pub(crate) fn link(self, number: u8, link: Link) -> Self {
        let id = super::fixtures::order_id(number);
        self.fact(Action::OrderNews(id, News::Link(link)))
    }

    pub(crate) fn tick(self, seconds: u64) -> Self {
        self.fact(Action::Tick(moment(seconds)))
    }

    /// The shop is busy for so many seconds, whatever it was asked.
    pub(crate) fn busy(self, seconds: u64) -> Self {
        let pause = Duration::from_secs(seconds);
        let delayed = |id| Action::AnswerDelayed(id, Failure::TooMany(Some(pause)), pause);
        let awaited = self.state.pending_requests();
        awaited.into_iter().fold(self, |walk, id| walk.fact(delayed(id)))
    }

    /// Tells where the codes would be written to.
    pub(crate) fn planned(self, path: &str) -> Self {
        let id: RequestId = self.last(|effect| match effect {
            Effect::PlanExport(id, _) => Some(*id),
            _ => None,
        });
        self.fact(Action::ExportPlanned(id, Ok(path.to_owned())))
    }

    /// Opens a brand by its name.
    pub(crate) fn at_product(size: Size, name: &str, shelf: ProductGroup) -> Self {
        let walk = Self::at_brands(size).catalogue(Ok(super::fixtures::catalogue()));
        walk.types(name).press(Key::Enter).shelves(Ok(vec![shelf]))
    }

    pub(crate) fn at_checkout(size: Size) -> Self {
        Self::at_product(size, "Airbnb", fixed_shelf()).press(Key::Enter)
    }

    pub(crate) fn at_receipt(size: Size, total: &str) -> Self {
        let answer = Validation { total: Some(amount(total)), problems: vec![] };
        Self::at_checkout(size).press(Key::Enter).validation(Ok(answer))
    }

    /// Opens an order of the journal.
    pub(crate) fn at_order(size: Size, record: Record) -> Self {
        Self::with_records(size, vec![record]).ctrl('o').press(Key::Enter)
    }
}
