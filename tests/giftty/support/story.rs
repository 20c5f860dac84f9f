//! A player for stories: it presses keys, answers questions, and remembers every effect.

use std::sync::Arc;
use std::time::Duration;

use giftty::action::Action;
use giftty::domain::cart::Cart;
use giftty::domain::catalogue::{Brand, Catalogue};
use giftty::domain::choices::{SavedChoice, SavedChoices};
use giftty::domain::failure::Failure;
use giftty::domain::money::Amount;
use giftty::domain::news::{Link, News};
use giftty::domain::order::Snapshot;
use giftty::domain::problem::Problem;
use giftty::domain::product::{Description, Price, Product, ProductGroup, Quote};
use giftty::domain::purchase::{Purchase, Validation};
use giftty::domain::record::{Outcome, Placement, Record};
use giftty::domain::request::ItemQuestion;
use giftty::domain::time::{Moment, Timestamp};
use giftty::effect::Effect;
use giftty::input::{Input, Key, Press, Size};
use giftty::keymap::{self, Command};
use giftty::model::Toast;
use giftty::remote::RequestId;
use giftty::screens::AnyScreen;
use giftty::screens::brands::Brands;
use giftty::screens::checkout::{Checkout, Receipt, Stage};
use giftty::screens::delivered::Delivered;
use giftty::screens::pay::Pay;
use giftty::screens::product::Product as ProductScreen;
use giftty::search::catalogue_index::CatalogueIndex;
use giftty::state::{SessionInit, State};
use giftty::update::update;

use super::domain::{LOOK, look_at};
use super::{domain, wares};

/// When every story begins: the minute in which the specification's Lightning invoices were made.
pub(crate) const NOW: i64 = 1_496_314_658;

/// A session without an outside.
pub(crate) struct Story {
    pub(crate) state: State,
    /// Every effect there ever was.
    pub(crate) log: Vec<Effect>,
    seconds: u64,
}

impl Story {
    /// A session of somebody who was never here; nothing is answered yet.
    pub(crate) fn new() -> Self {
        Self::begun(None)
    }

    /// A session that begins in this country; nothing is answered yet.
    pub(crate) fn begun(country: Option<&str>) -> Self {
        Self::of(boot(country))
    }

    /// A session that begins like this; nothing is answered yet.
    pub(crate) fn of(init: SessionInit) -> Self {
        let (state, log) = State::new(init);
        Self { state, log, seconds: 0 }
    }

    /// In the United States, with what was chosen last.
    pub(crate) fn recalling(choices: SavedChoices) -> Self {
        let mut story = Self::begun(Some("US"));
        story.hears(Action::ChoicesRecalled(Box::new(choices)));
        story
    }

    /// In front of the brands of the US, everything answered.
    pub(crate) fn shopping() -> Self {
        let mut story = Self::begun(Some("US"));
        story.payment_methods();
        story.records(Vec::new());
        story.brands(wares::brands());
        story
    }

    /// In front of the products of a brand.
    pub(crate) fn at(brand: &str, products: Vec<Product>) -> Self {
        let mut story = Self::shopping();
        story.types(brand).press("↵").shelf(products);
        story
    }

    /// In front of the empty checkout of one gift card.
    pub(crate) fn checkout() -> Self {
        let mut story = Self::at("Steam", wares::steam());
        story.press("↵");
        story
    }

    /// In front of the receipt of one gift card that costs 11.26.
    pub(crate) fn receipt() -> Self {
        let mut story = Self::checkout();
        story.types("you@example.com").press("↵").validated("11.26");
        story
    }

    /// In front of an order that waits for its payment.
    pub(crate) fn paying() -> Self {
        let mut story = Self::receipt();
        story.press("p");
        let snapshot = story.snapshot();
        story.placed(snapshot);
        story
    }

    pub(crate) fn hears(&mut self, action: Action) -> &mut Self {
        self.log.extend(update(&mut self.state, action));
        self
    }

    /// Presses keys by their labels, as the footer writes them.
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        for label in keys.split(' ') {
            self.looks().hears(Action::Input(Input::lone(press(label))));
        }
        self
    }

    /// Looks at what is on the screen for a while, as somebody does who presses a key on purpose.
    pub(crate) fn looks(&mut self) -> &mut Self {
        look_at(&mut self.state);
        self
    }

    /// The command that a key expresses here.
    pub(crate) fn resolves(&self, press: Press) -> Option<Command> {
        self.state.model.preferences.keymap.resolve(&self.state.commands(), self.state.typing(), press)
    }

    /// Types a text, letter by letter.
    pub(crate) fn types(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            self.looks().hears(Action::Input(Input::lone(Press::plain(Key::Char(letter)))));
        }
        self
    }

    pub(crate) fn pastes(&mut self, text: &str) -> &mut Self {
        self.hears(Action::Input(Input::Paste(text.to_owned())))
    }

    /// Lets time pass, a tick at its end.
    pub(crate) fn wait(&mut self, seconds: u64) -> &mut Self {
        self.seconds += seconds;
        let now = moment(self.seconds);
        self.hears(Action::Tick(now))
    }

    /// The newest effect of a kind.
    pub(crate) fn asked<T>(&self, pick: impl Fn(&Effect) -> Option<T>) -> T {
        self.log.iter().rev().find_map(pick).expect("this was asked")
    }

    /// How many effects of a kind there were.
    pub(crate) fn count(&self, pick: impl Fn(&Effect) -> bool) -> usize {
        self.log.iter().filter(|effect| pick(effect)).count()
    }

    /// How many orders were sent to the shop.
    pub(crate) fn orders(&self) -> usize {
        self.count(|effect| matches!(effect, Effect::PlaceOrder(..)))
    }

    pub(crate) fn payment_methods(&mut self) -> &mut Self {
        let id = self.asked(|effect| match effect {
            Effect::FetchPaymentMethods(id) => Some(*id),
            _ => None,
        });
        self.hears(Action::PaymentMethodsFetched(id, Ok(wares::payment_methods())))
    }

    pub(crate) fn records(&mut self, records: Vec<Record>) -> &mut Self {
        let id = self.records_id();
        self.hears(Action::RecordsLoaded(id, Ok(records.into())))
    }

    pub(crate) fn records_id(&self) -> RequestId {
        self.asked(|effect| match effect {
            Effect::LoadRecords(id) => Some(*id),
            _ => None,
        })
    }

    pub(crate) fn brands(&mut self, brands: Vec<Brand>) -> &mut Self {
        let (id, country) = self.asked(|effect| match effect {
            Effect::FetchCatalogue(id, country) => Some((*id, *country)),
            _ => None,
        });
        let catalogue = Catalogue::new(country, brands, &[]);
        self.hears(Action::CatalogueFetched(id, Ok(Arc::new(CatalogueIndex::new(catalogue)))))
    }

    pub(crate) fn shelf_id(&self) -> RequestId {
        self.asked(|effect| match effect {
            Effect::FetchProducts(id, _) => Some(*id),
            _ => None,
        })
    }

    pub(crate) fn shelf(&mut self, products: Vec<Product>) -> &mut Self {
        let id = self.shelf_id();
        let brand = self.product().brand.clone();
        let shelf = ProductGroup { brand, description: Description::default(), products };
        self.hears(Action::ProductsFetched(id, Ok(vec![shelf])))
    }

    /// The newest question for a price: its id, its value and its coin.
    pub(crate) fn price_asked(&self) -> (RequestId, Amount, String) {
        self.asked(|effect| match effect {
            Effect::QuotePrice(id, question) => {
                Some((*id, question.face_value, question.coin.sent().to_owned()))
            }
            _ => None,
        })
    }

    /// Answers the newest question for a price.
    pub(crate) fn quoted(&mut self, price: &str) -> &mut Self {
        let (id, face_value, _) = self.price_asked();
        self.quoted_late(id, face_value, price)
    }

    pub(crate) fn quoted_late(&mut self, id: RequestId, face_value: Amount, price: &str) -> &mut Self {
        let price = Price { amount: wares::amount(price), coin: "USDC".into() };
        self.hears(Action::PriceQuoted(id, Ok(Quote { face_value, price })))
    }

    /// The questions for an item's price that are awaited: what it is, and in which coin.
    pub(crate) fn pricing(&self) -> Vec<(RequestId, ItemQuestion)> {
        let awaited = self.state.pending_requests();
        let questions = self.log.iter().filter_map(|effect| match effect {
            Effect::PriceItem(id, question) if awaited.contains(id) => Some((*id, question.as_ref().clone())),
            _ => None,
        });
        questions.collect()
    }

    /// Answers every question for an item's price, also those that are asked meanwhile.
    pub(crate) fn priced(&mut self, price: &str) -> &mut Self {
        while let Some((id, question)) = self.pricing().into_iter().next() {
            self.hears(Action::ItemPriced(id, Box::new(question), Ok(Some(wares::amount(price)))));
        }
        self
    }

    /// What is remembered of the cart, newest first.
    pub(crate) fn kept_cart(&self) -> Cart {
        self.asked(|effect| match effect {
            Effect::Remember(SavedChoice::Cart(cart)) => Some(cart.clone()),
            _ => None,
        })
    }

    /// In front of a cart with a gift card at 11.26 and a top-up at 5.40.
    pub(crate) fn cart() -> Self {
        let mut story = Self::at("Steam", wares::steam());
        story.press("a").press("^U").types("AT&T").press("↵").shelf(wares::top_up());
        story.press("a ^B");
        story
    }

    /// The newest purchase that was sent to be checked.
    pub(crate) fn checked(&self) -> (RequestId, Purchase) {
        self.asked(|effect| match effect {
            Effect::ValidatePurchase(id, purchase) => Some((*id, purchase.as_ref().clone())),
            _ => None,
        })
    }

    pub(crate) fn validated(&mut self, total: &str) -> &mut Self {
        let (id, _) = self.checked();
        let validation = Validation { total: Some(wares::amount(total)), problems: Vec::new() };
        self.hears(Action::PurchaseValidated(id, Ok(validation)))
    }

    pub(crate) fn objected(&mut self, codes: &[&str]) -> &mut Self {
        let (id, _) = self.checked();
        let problems = codes.iter().map(|code| Problem::new(code)).collect();
        self.hears(Action::PurchaseValidated(id, Ok(Validation { total: None, problems })))
    }

    /// The newest order that was sent.
    pub(crate) fn sent(&self) -> (RequestId, Purchase, Amount) {
        self.asked(|effect| match effect {
            Effect::PlaceOrder(id, purchase, total, _) => Some((*id, purchase.as_ref().clone(), *total)),
            _ => None,
        })
    }

    /// What a faithful shop says to the newest order.
    pub(crate) fn snapshot(&self) -> Snapshot {
        let (_, purchase, total) = self.sent();
        wares::snapshot(&purchase, total)
    }

    pub(crate) fn placed(&mut self, snapshot: Snapshot) -> &mut Self {
        self.answered(Placement::Placed(Box::new(snapshot)))
    }

    /// Answers the newest order, with the record that the journal would keep of it.
    pub(crate) fn answered(&mut self, placement: Placement) -> &mut Self {
        let (id, purchase, total) = self.sent();
        let outcome = Outcome::from(&placement);
        let attempt = i64::try_from(self.orders()).unwrap_or(i64::MAX);
        let record = Record { total: Some(total), ..wares::record(attempt, Some(purchase), outcome) };
        self.hears(Action::OrderPlaced(id, placement, Some(Box::new(record))))
    }

    /// Brings news of the order that a snapshot is about.
    pub(crate) fn news(&mut self, snapshot: Snapshot) -> &mut Self {
        let id = snapshot.id.clone();
        self.hears(Action::OrderNews(id, News::Snapshot(Box::new(snapshot))))
    }

    /// Answers the read that comes before copying and before the code alone.
    pub(crate) fn checked_again(&mut self, answer: Result<Snapshot, Failure>) -> &mut Self {
        let (id, order) = self.asked(|effect| match effect {
            Effect::CheckOrder(id, order) => Some((*id, order.clone())),
            _ => None,
        });
        self.hears(Action::OrderChecked(id, order, answer.map(Box::new)))
    }

    /// The texts that were handed to the clipboard.
    pub(crate) fn copied(&self) -> Vec<&str> {
        let texts = self.log.iter().filter_map(|effect| match effect {
            Effect::CopyText(text) => Some(text.reveal()),
            _ => None,
        });
        texts.collect()
    }

    pub(crate) fn link(&mut self, link: Link) -> &mut Self {
        let id = self.snapshot().id;
        self.hears(Action::OrderNews(id, News::Link(link)))
    }

    pub(crate) fn brands_screen(&self) -> &Brands {
        let found = self.state.stack().iter().rev().find_map(|screen| match screen {
            AnyScreen::Brands(page) => Some(page.as_ref()),
            _ => None,
        });
        found.expect("the brands are open")
    }

    pub(crate) fn product(&self) -> &ProductScreen {
        let found = self.state.stack().iter().rev().find_map(|screen| match screen {
            AnyScreen::Product(page) => Some(page.as_ref()),
            _ => None,
        });
        found.expect("a product is open")
    }

    pub(crate) fn form(&self) -> &Checkout {
        let found = self.state.stack().iter().rev().find_map(|screen| match screen {
            AnyScreen::Checkout(page) => Some(page.as_ref()),
            _ => None,
        });
        found.expect("a checkout is open")
    }

    pub(crate) fn shown_receipt(&self) -> &Receipt {
        match &self.form().stage {
            Stage::Receipt(receipt) => receipt,
            other => panic!("no receipt but {other:?}"),
        }
    }

    pub(crate) fn pay(&self) -> &Pay {
        match self.state.top() {
            AnyScreen::Pay(page) => page,
            other => panic!("not paying but {other:?}"),
        }
    }

    pub(crate) fn delivered(&self) -> &Delivered {
        match self.state.top() {
            AnyScreen::Delivered(page) => page,
            other => panic!("not delivered but {other:?}"),
        }
    }

    /// What the last toast says.
    pub(crate) fn said(&self) -> &str {
        match &self.state.model.toast {
            Some(Toast::Note(text) | Toast::Warning(text)) => text,
            None => "",
        }
    }

    /// The screens from the first to the one that is up, by one word each.
    pub(crate) fn place(&self) -> String {
        let words: Vec<&str> = self.state.stack().iter().map(word).collect();
        words.join(" › ")
    }
}

fn word(screen: &AnyScreen) -> &'static str {
    match screen {
        AnyScreen::Country(_) => "country",
        AnyScreen::Brands(_) => "brands",
        AnyScreen::Product(_) => "product",
        AnyScreen::Cart(_) => "cart",
        AnyScreen::Checkout(_) => "checkout",
        AnyScreen::Pay(_) => "pay",
        AnyScreen::Delivered(_) => "delivered",
        AnyScreen::Orders(_) => "orders",
        AnyScreen::Tender(_) => "tender",
        AnyScreen::Category(_) => "category",
        AnyScreen::Help(_) => "help",
        AnyScreen::Palette(_) => "palette",
    }
}

pub(crate) fn boot(country: Option<&str>) -> SessionInit {
    let size = Size { columns: 80, rows: 24 };
    SessionInit { country: country.map(domain::country), ..domain::boot(size, moment(0)) }
}

/// So many seconds after the beginning.
pub(crate) fn moment(seconds: u64) -> Moment {
    let passed = Duration::from_secs(seconds);
    Moment { wall: Timestamp(NOW).plus(passed), uptime: passed + LOOK }
}

/// A key by its label.
fn press(label: &str) -> Press {
    let named = keymap::BINDINGS.iter().flat_map(|binding| binding.presses);
    let mut found = named.copied().filter(|press| keymap::label(*press) == label);
    found.next().unwrap_or_else(|| match label {
        "⌫" => Press::plain(Key::Backspace),
        "←" => Press::plain(Key::Left),
        "→" => Press::plain(Key::Right),
        _ => match (label.strip_prefix('^'), label.chars().next()) {
            (Some(letter), _) if !letter.is_empty() => {
                Press::ctrl(letter.to_lowercase().chars().next().expect("a letter"))
            }
            (_, Some(letter)) => Press::plain(Key::Char(letter)),
            (_, None) => panic!("no key"),
        },
    })
}
