//! Whatever is pressed and whatever comes, in any order: what must hold always, holds.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use giftty::action::Action;
use giftty::domain::catalogue::Catalogue;
use giftty::domain::country;
use giftty::domain::failure::Failure;
use giftty::domain::ledger::Ledger;
use giftty::domain::money::Amount;
use giftty::domain::news::{Link, News};
use giftty::domain::order::{Order, Snapshot};
use giftty::domain::problem::Problem;
use giftty::domain::product::{Description, Price, ProductGroup, Quote};
use giftty::domain::purchase::{MOST_DELIVERIES, Purchase, Validation};
use giftty::domain::record::{Outcome, Placement, Record};
use giftty::domain::time::{Moment, Timestamp};
use giftty::effect::{Effect, Subscription};
use giftty::input::{Input, Key, Press, Size};
use giftty::keymap::remap::together;
use giftty::keymap::{self, BINDINGS, Command};
use giftty::remote::RequestId;
use giftty::screens::checkout::Stage;
use giftty::screens::{AnyScreen, COMMAND_SETS};
use giftty::search::catalogue_index::CatalogueIndex;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::support::story::{NOW, Story};
use crate::support::wares::{self, amount, later};

/// One thing that may happen.
#[derive(Clone, Debug)]
enum Step {
    Press(Press),
    Offered(Index),
    Type(&'static str),
    Paste(&'static str),
    Resize(u16, u16),
    Wait(u64),
    /// An answer to a question that was once asked, awaited or not; good or bad.
    Answer(Index, u8),
    /// The answer to the newest question.
    AnswerNewest(u8),
    News(u8, i64),
    Stray(u64),
}

const TEXTS: [&str; 8] =
    ["you@example.com", "+12125551234", "100", "105", "Steam", "Airbnb", "\u{1b}[2J\r\nx", "eSIM"];

fn any_press() -> impl Strategy<Value = Press> {
    let all: Vec<Press> = BINDINGS.iter().flat_map(|binding| binding.presses).copied().collect();
    let harmless: Vec<Press> = all.into_iter().filter(|press| !leaves(*press)).collect();
    prop_oneof![
        6 => select(harmless),
        1 => any::<char>().prop_map(|letter| Press::plain(Key::Char(letter))).prop_filter("leaves", |press| !leaves(*press)),
        1 => select(vec![Key::Left, Key::Right, Key::Backspace, Key::Delete]).prop_map(Press::plain),
    ]
}

/// Whether a key ends the session: nothing happens after that.
fn leaves(press: Press) -> bool {
    Command::Quit.binding().is_some_and(|quit| quit.presses.contains(&press))
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => any_press().prop_map(Step::Press),
        5 => any::<Index>().prop_map(Step::Offered),
        3 => select(&TEXTS[..]).prop_map(Step::Type),
        1 => select(&TEXTS[..]).prop_map(Step::Paste),
        1 => (any::<u16>(), any::<u16>()).prop_map(|(columns, rows)| Step::Resize(columns, rows)),
        1 => (0_u64..2_000).prop_map(Step::Wait),
        2 => (any::<Index>(), any::<u8>()).prop_map(|(which, how)| Step::Answer(which, how)),
        8 => prop_oneof![4 => Just(0), 1 => any::<u8>()].prop_map(Step::AnswerNewest),
        2 => (any::<u8>(), 0_i64..20).prop_map(|(state, age)| Step::News(state, age)),
        1 => any::<u64>().prop_map(Step::Stray),
    ]
}

/// A session that anything happens to, and what is watched of it.
struct Chaos {
    story: Story,
    questions: Vec<Effect>,
    /// Orders that were sent and not answered yet.
    open_orders: BTreeSet<RequestId>,
    placements: BTreeMap<RequestId, Placement>,
}

impl Chaos {
    fn new(story: Story) -> Self {
        let questions = story.log.clone();
        let orders =
            questions.iter().filter(|effect| matches!(effect, Effect::PlaceOrder(..))).filter_map(id);
        let answered = orders.map(|id| (id, Placement::NotSent(Failure::TooLarge))).collect();
        Self { story, questions, open_orders: BTreeSet::new(), placements: answered }
    }

    fn happens(&mut self, step: &Step) {
        match *step {
            Step::Press(press) => self.press(press),
            Step::Offered(which) => {
                let offers = self.story.state.commands();
                let command = offers[which.index(offers.len())];
                let press =
                    self.story.state.model.preferences.keymap.shown(command, self.story.state.typing());
                if let Some(press) = press.filter(|press| !leaves(*press)) {
                    self.press(press);
                }
            }
            Step::Type(text) => text.chars().for_each(|letter| {
                let press = Press::plain(Key::Char(letter));
                if self.story.resolves(press) != Some(Command::Quit) {
                    self.press(press);
                }
            }),
            Step::Paste(text) => {
                self.hears(Action::Input(Input::Paste(text.to_owned())), false);
            }
            Step::Resize(columns, rows) => {
                self.hears(Action::Input(Input::Resized(Size { columns, rows })), false);
            }
            Step::Wait(seconds) => {
                let before = self.story.state.model.now;
                let uptime = before.uptime + Duration::from_secs(seconds);
                self.hears(Action::Tick(Moment { wall: Timestamp(NOW).plus(uptime), uptime }), false);
            }
            Step::Answer(which, how) => {
                let question = self.questions[which.index(self.questions.len())].clone();
                self.answer(&question, how);
            }
            Step::AnswerNewest(how) => {
                let awaited = self.story.state.pending_requests();
                let open = |effect: &&Effect| id(effect).is_some_and(|id| awaited.contains(&id));
                if let Some(question) = self.questions.iter().rev().find(open).cloned() {
                    self.answer(&question, how);
                }
            }
            Step::News(state, age) => self.news(state, age),
            Step::Stray(number) => {
                let id = RequestId(number);
                let placement = Placement::NotSent(Failure::TooLarge);
                if !self.open_orders.contains(&id) {
                    self.hears(Action::OrderPlaced(id, placement, None), false);
                }
                self.hears(Action::PriceQuoted(id, Err(Failure::TooLarge)), false);
                self.hears(Action::CountriesFetched(id, Ok(country::bundled())), false);
            }
        }
    }

    fn press(&mut self, press: Press) {
        let on_receipt = matches!(
            self.story.state.top(),
            AnyScreen::Checkout(checkout) if matches!(checkout.stage, Stage::Receipt(_))
        );
        let command = self.story.resolves(press);
        let places = matches!(command, Some(Command::PlaceOrder | Command::PlaceAnother));
        self.story.looks();
        self.hears(Action::Input(Input::lone(press)), on_receipt && places);
    }

    /// Takes in an action; an order may leave only where `may_order`.
    fn hears(&mut self, action: Action, may_order: bool) {
        let before = self.story.log.len();
        self.story.hears(action);
        let fresh = self.story.log[before..].to_vec();
        for effect in fresh {
            if let Effect::PlaceOrder(id, purchase, total, _) = &effect {
                assert!(may_order, "an order left by itself");
                assert!(self.open_orders.is_empty(), "a second order left before the answer to the first");
                assert!(!purchase.lines.is_empty() && !total.is_zero());
                self.open_orders.insert(*id);
            }
            self.questions.push(effect);
        }
        self.holds();
    }

    fn holds(&self) {
        let state = &self.story.state;
        assert!(!state.stack().is_empty());
        assert!(state.stack().len() < 12, "screens pile up: {}", self.story.place());
        assert!(!state.commands().is_empty());
        let asked: BTreeSet<RequestId> = self.questions.iter().filter_map(id).collect();
        assert!(state.pending_requests().is_subset(&asked), "an answer is awaited that nobody was asked for");
        assert_eq!(state.is_placing(), !self.open_orders.is_empty());
        let mut keys: BTreeMap<String, Command> = BTreeMap::new();
        let offers: BTreeSet<_> =
            state.commands().into_iter().map(|command| format!("{command:?}")).collect();
        assert_eq!(offers.len(), state.commands().len(), "offered twice: {:?}", state.commands());
        for command in state.commands() {
            let presses = command.binding().map(|binding| binding.presses).unwrap_or_default();
            for press in presses.iter().filter(|press| !state.typing().keeps(**press)) {
                let other = keys.insert(keymap::label(*press).into_owned(), command);
                assert!(other.is_none(), "{} means {other:?} and {command:?}", keymap::label(*press));
            }
        }
        for one in state.commands() {
            for other in state.commands() {
                assert!(
                    one == other || together(one, other, COMMAND_SETS),
                    "{one:?} is offered together with {other:?}"
                );
            }
        }
        for screen in state.stack() {
            if let AnyScreen::Pay(pay) = screen {
                let order = pay.order(&state.model);
                let seen = order.is_some_and(|order| order.known.money_seen() || order.terms_changed);
                assert!(!seen || pay.settlement.is_err(), "money was seen and is asked for again");
                let contents = pay.settlement.as_ref().map_or(0, |settlement| settlement.contents.len());
                assert_eq!(pay.codes.len(), contents);
                assert!(
                    contents == 0
                        || pay.content(&self.story.state.model).is_none_or(|shown| shown < contents)
                );
            }
        }
        assert!(state.model.cart.deliveries() <= MOST_DELIVERIES, "more than one order may hold");
        let followed = state.subscriptions().into_iter();
        assert!(followed.filter(|one| matches!(one, Subscription::Order(_))).count() <= 20);
    }

    fn answer(&mut self, question: &Effect, how: u8) {
        let good = how % 4 != 1;
        let failure = || if how % 8 == 1 { Failure::TooLarge } else { Failure::Trouble(503) };
        let action = match question {
            Effect::FetchCountries(id) => {
                Action::CountriesFetched(*id, if good { Ok(country::bundled()) } else { Err(failure()) })
            }
            Effect::FetchPaymentMethods(id) => Action::PaymentMethodsFetched(
                *id,
                if good { Ok(wares::payment_methods()) } else { Err(failure()) },
            ),
            Effect::FetchCatalogue(id, country) => {
                let brands = if how % 7 == 2 { Vec::new() } else { wares::brands() };
                let catalogue =
                    Arc::new(CatalogueIndex::new(Catalogue::new(*country, brands, &["Steam".into()])));
                Action::CatalogueFetched(*id, if good { Ok(catalogue) } else { Err(failure()) })
            }
            Effect::FetchProducts(id, family) => {
                let shelves = shelves(family.name.sent(), how);
                Action::ProductsFetched(*id, if good { Ok(shelves) } else { Err(failure()) })
            }
            Effect::QuotePrice(id, question) => {
                let price = Price { amount: amount("101.48"), coin: question.coin.clone() };
                let quote = Quote { face_value: question.face_value, price };
                Action::PriceQuoted(*id, if good { Ok(quote) } else { Err(failure()) })
            }
            Effect::PriceItem(id, question) => {
                let price = (how % 7 != 3).then(|| amount("11.26"));
                Action::ItemPriced(*id, question.clone(), if good { Ok(price) } else { Err(failure()) })
            }
            Effect::ValidatePurchase(id, _) => {
                let problems = if how % 5 == 2 { vec![Problem::new("MOON_PHASE")] } else { Vec::new() };
                let total = (how % 7 != 3).then(|| amount("11.26"));
                let validation = Validation { total, problems };
                Action::PurchaseValidated(*id, if good { Ok(validation) } else { Err(failure()) })
            }
            // At the start something may be left out, and what is opened may be gone.
            Effect::LoadRecords(id) => {
                let records = if how.is_multiple_of(2) { Ledger::default() } else { Vec::new().into() };
                Action::RecordsLoaded(*id, if good { Ok(records) } else { Err(failure()) })
            }
            Effect::ListRecords(id) => {
                Action::RecordsListed(*id, if good { Ok(Vec::new().into()) } else { Err(failure()) })
            }
            Effect::LoadRecord(id, attempt) => {
                Action::RecordLoaded(*id, *attempt, if good { Ok(None) } else { Err(failure()) })
            }
            Effect::PayInSandbox(id, _) => {
                Action::PaidInSandbox(*id, if good { Ok(()) } else { Err(failure()) })
            }
            Effect::FetchLogo(id, _) => Action::LogoFetched(*id, None),
            Effect::CheckOrder(id, order) => {
                let mut orders = self.story.state.model.whole().filter_map(Record::order);
                let known = orders.find(|known| known.id() == order);
                let answer = known.filter(|_| good).map(|known| Box::new(known.known.clone()));
                Action::OrderChecked(*id, order.clone(), answer.ok_or_else(failure))
            }
            Effect::PlaceOrder(id, purchase, total, _) => match self.answer_order(*id, purchase, *total, how)
            {
                Some(action) => action,
                None => return,
            },
            Effect::KeepOrder(attempt, _) if !good => Action::NewsNotKept(*attempt, failure()),
            Effect::KeepEnding(attempt, _) if !good => Action::OutcomeNotKept(*attempt, failure()),
            Effect::KeepOrder(attempt, _) | Effect::KeepEnding(attempt, _) => Action::OutcomeKept(*attempt),
            Effect::ImportOrder(id, _) => Action::OrderImported(*id, Err(failure())),
            Effect::RemoveRecord(id, attempt, _) => {
                Action::RecordRemoved(*id, *attempt, if good { Ok(()) } else { Err(failure()) })
            }
            Effect::PlanExport(id, _) => {
                Action::ExportPlanned(*id, if good { Ok("~/order-1.txt".into()) } else { Err(failure()) })
            }
            Effect::WriteExport(id, path, _) => {
                Action::Exported(*id, if good { Ok(path.clone()) } else { Err(failure()) })
            }
            Effect::CopyText(_) => Action::TextCopied(good),
            Effect::KeepRemarks(..)
            | Effect::ReadOrder(_)
            | Effect::CacheCatalogue(_)
            | Effect::CacheProducts(..)
            | Effect::Notice(_)
            | Effect::Remember(_)
            | Effect::RememberCountry(_) => return,
        };
        self.hears(action, false);
    }

    /// What comes of an order, once.
    fn answer_order(&mut self, id: RequestId, purchase: &Purchase, total: Amount, how: u8) -> Option<Action> {
        if self.placements.contains_key(&id) {
            return None;
        }
        let placement = placement(how, wares::snapshot(purchase, total));
        self.placements.insert(id, placement.clone());
        self.open_orders.remove(&id);
        let outcome = outcome(&placement);
        let attempt = i64::try_from(self.placements.len()).unwrap_or(i64::MAX);
        let record = Record { total: Some(total), ..wares::record(attempt, Some(purchase.clone()), outcome) };
        Some(Action::OrderPlaced(id, placement, Some(Box::new(record))))
    }

    fn news(&mut self, state: u8, age: i64) {
        let Some(order) = self.story.state.model.whole().find_map(Record::order) else { return };
        let known: Snapshot = order.known.clone();
        let news = match state % 8 {
            0 => News::Link(Link::Live),
            1 => News::Link(Link::Reconnecting(Duration::from_secs(2))),
            2 => News::Snapshot(Box::new(later(&known, age, "PaymentReceived", "PaymentReceived"))),
            3 => News::Snapshot(Box::new(wares::done(&known, age))),
            4 => News::Snapshot(Box::new(later(&known, age, "Expired", "Expired"))),
            5 => News::Snapshot(Box::new(later(&known, age, "Melted", "Odd"))),
            6 => News::Snapshot(Box::new(Snapshot { terms: None, ..later(&known, age, "Canceled", "") })),
            _ => News::Snapshot(Box::new(later(&known, age, "WaitingForPayment", "WalletCreated"))),
        };
        self.hears(Action::OrderNews(known.id, news), false);
    }
}

fn shelves(family: &str, how: u8) -> Vec<ProductGroup> {
    let products = match (family, how % 6) {
        (_, 5) => Vec::new(),
        ("Airbnb", _) => wares::range(),
        ("AT&T", _) => wares::top_up(),
        ("eSIM", _) => wares::plans(),
        (_, 4) => wares::steam().into_iter().chain(wares::range()).collect(),
        _ => wares::steam(),
    };
    let brand = wares::brands().into_iter().find(|brand| brand.name().sent() == family);
    brand
        .map(|brand| ProductGroup { brand, description: Description::default(), products })
        .into_iter()
        .collect()
}

fn placement(how: u8, snapshot: Snapshot) -> Placement {
    match how % 5 {
        1 => Placement::Refused(Failure::Trouble(422), vec![Problem::new("COUPON_EXPIRED")]),
        2 => Placement::NotSent(Failure::TooLarge),
        3 => Placement::Unknown(Failure::Trouble(502)),
        _ => Placement::Placed(Box::new(snapshot)),
    }
}

fn outcome(placement: &Placement) -> Outcome {
    match placement {
        Placement::Placed(snapshot) => Outcome::Placed(Box::new(Order::new(snapshot.as_ref().clone()))),
        Placement::Refused(..) => Outcome::Refused("no".into()),
        Placement::NotSent(_) => Outcome::NotSent("no".into()),
        Placement::Unknown(_) => Outcome::Unknown("who knows".into()),
    }
}

/// The question's number, when it has one.
fn id(effect: &Effect) -> Option<RequestId> {
    match effect {
        Effect::FetchCountries(id)
        | Effect::FetchPaymentMethods(id)
        | Effect::FetchCatalogue(id, _)
        | Effect::FetchProducts(id, _)
        | Effect::FetchLogo(id, _)
        | Effect::QuotePrice(id, _)
        | Effect::PriceItem(id, _)
        | Effect::ValidatePurchase(id, _)
        | Effect::PlaceOrder(id, ..)
        | Effect::LoadRecords(id)
        | Effect::ListRecords(id)
        | Effect::LoadRecord(id, _)
        | Effect::ImportOrder(id, _)
        | Effect::RemoveRecord(id, ..)
        | Effect::PlanExport(id, _)
        | Effect::WriteExport(id, ..)
        | Effect::CheckOrder(id, _)
        | Effect::PayInSandbox(id, _) => Some(*id),
        Effect::KeepOrder(..)
        | Effect::KeepEnding(..)
        | Effect::KeepRemarks(..)
        | Effect::ReadOrder(_)
        | Effect::CopyText(_)
        | Effect::CacheCatalogue(_)
        | Effect::CacheProducts(..)
        | Effect::Notice(_)
        | Effect::Remember(_)
        | Effect::RememberCountry(_) => None,
    }
}

/// Where chaos begins.
fn beginning(which: u8) -> Story {
    match which % 8 {
        0 => Story::new(),
        1 => Story::begun(Some("US")),
        2 => Story::shopping(),
        3 => Story::at("Airbnb", wares::range()),
        4 => Story::checkout(),
        5 => Story::paying(),
        _ => Story::receipt(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_the_promises_hold(which in any::<u8>(), steps in prop::collection::vec(any_step(), 1..60)) {
        let mut chaos = Chaos::new(beginning(which));
        chaos.holds();
        for step in steps {
            chaos.happens(&step);
        }
    }
}
