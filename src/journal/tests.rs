//! The journal as its callers see it: what was recorded is there, whatever happened meanwhile.

mod damage;
mod extras;
mod folder;
mod ledger;
mod orders;
mod remarks;
mod sqlite;
mod versions;

use std::path::PathBuf;

use rusqlite::types::Value;
use tempfile::TempDir;

use super::*;
use crate::domain::cart::Cart;
use crate::domain::consent::Consent;
use crate::domain::contact::{Beneficiary, Email};
use crate::domain::money::Amount;
use crate::domain::order::{
    Code, Delivered, Delivery, DeliveryState, Echo, OrderId, OrderState, PaymentState, Terms,
};
use crate::domain::product::DeliveryMethod;
use crate::domain::purchase::{Choice, Item, Lang, Line, Purchase};
use crate::domain::record::Outcome;
use crate::domain::tender::Tender;
use crate::domain::text::{Printable, Prose, Secret};

const SHOP: &str = "https://api.shop.example/v1";
const SANDBOX: &str = "http://127.0.0.1:4000";
const ID: &str = "f9d624ad-dc5e-4efd-9ecf-f8fb08a22677";
const OTHER_ID: &str = "00000000-dc5e-4efd-9ecf-f8fb08a22677";
const NOW: Timestamp = Timestamp(1_700_000_000);

/// A folder of its own, and the journal's folder in it, which is not there yet.
struct Home {
    above: TempDir,
}

impl Home {
    fn new() -> Self {
        Self { above: tempfile::tempdir().unwrap() }
    }

    fn directory(&self) -> PathBuf {
        self.above.path().join("data").join("giftty")
    }

    fn file(&self) -> PathBuf {
        self.directory().join("journal.sqlite3")
    }

    fn open(&self) -> Journal {
        Journal::open(&self.directory(), SHOP).unwrap()
    }

    /// Why it cannot be opened.
    fn refusal(&self) -> String {
        reason(Journal::open(&self.directory(), SHOP).map(drop))
    }

    /// The names in the journal's folder.
    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(self.directory())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

/// The reason of what must be an `Unrecorded`.
fn reason<T: std::fmt::Debug>(result: Result<T, Failure>) -> String {
    match result {
        Err(Failure::Unrecorded(reason)) => reason.to_string(),
        other => panic!("recorded after all, or failed otherwise: {other:?}"),
    }
}

fn amount(digits: &str) -> Amount {
    digits.parse().unwrap()
}

fn purchase() -> Purchase {
    let email: Email = "ann@example.com".parse().unwrap();
    let item = Item {
        brand: "Netflix".into(),
        family: "Netflix".into(),
        country: "DE".parse().unwrap(),
        choice: Choice::Fixed { denomination: "25".into(), label: "25 EUR".into() },
        delivery: DeliveryMethod::ByEmail,
        quantity: 2,
    };
    Purchase {
        lines: vec![Line { item, beneficiary: Beneficiary::Mailbox(email.clone()) }],
        buyer: email,
        tender: Tender::recommended(),
        coupon: None,
        refund_address: None,
        newsletter: false,
        lang: Lang::De,
    }
}

fn snapshot(id: &str, state: &str, updated_at: i64) -> Snapshot {
    Snapshot {
        id: OrderId::parse(id).unwrap(),
        state: OrderState::read(state),
        payment: PaymentState::read("WalletCreated"),
        terms: Some(Terms {
            tender: Tender::recommended(),
            amount: amount("101.40"),
            address: "9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrpnFC1a2b3c4d".into(),
            qr_text: None,
            memo: None,
        }),
        sent: Amount::ZERO,
        created_at: Some(Timestamp(1000)),
        updated_at: Some(Timestamp(updated_at)),
        deliveries: vec![],
    }
}

fn delivery(id: &str, code: Option<&str>) -> Delivery {
    Delivery {
        id: id.into(),
        state: if code.is_some() { DeliveryState::Succeeded } else { DeliveryState::Waiting },
        brand: "Netflix".into(),
        country: "DE".parse().ok(),
        value: "25 EUR".into(),
        echo: Echo::Fixed("25 EUR".into()),
        beneficiary: "ann@example.com".into(),
        delivered: Delivered { code: code.map(Code::read), ..Delivered::default() },
        failure: None,
    }
}

fn placed(snapshot: Snapshot) -> Placement {
    Placement::Placed(Box::new(snapshot))
}

/// Who agreed to order whatever was ordered before.
fn agreed() -> Consent {
    Consent { another: true, ..Consent::default() }
}

fn intend(journal: &Journal) -> Attempt {
    match journal.intend(&purchase(), amount("101.40"), &agreed(), NOW) {
        Ok(Intent::Recorded(attempt)) => attempt,
        other => panic!("not recorded: {other:?}"),
    }
}

/// Why an attempt cannot be written down.
fn why_not_intended(journal: &Journal) -> String {
    reason(journal.intend(&purchase(), amount("1"), &agreed(), NOW))
}

fn outcome(journal: &Journal, attempt: Attempt) -> Outcome {
    journal.record(attempt).unwrap().unwrap().outcome
}

#[test]
fn what_was_intended_is_there_at_the_next_start() {
    let home = Home::new();
    let attempt = intend(&home.open());
    let records = home.open().records().unwrap();
    let wanted = Record {
        attempt,
        begun: NOW,
        purchase: Some(purchase()),
        total: Some(amount("101.40")),
        outcome: Outcome::Intended,
        remarks: Remarks::default(),
    };
    assert_eq!(records, [wanted]);
    assert_eq!(records[0].total.unwrap().to_string(), "101.40");
    assert!(records[0].is_open());
}

#[test]
fn what_was_intended_survives_a_crash_at_that_very_moment() {
    let home = Home::new();
    let journal = home.open();
    intend(&journal);
    // The files as a kill leaves them: the connection is still open and never says good-bye.
    let after = Home::new();
    std::fs::create_dir_all(after.directory()).unwrap();
    for name in home.names() {
        std::fs::copy(home.directory().join(&name), after.directory().join(&name)).unwrap();
    }
    let records = after.open().records().unwrap();
    assert_eq!(records.len(), 1);
    assert_eq!(records[0].outcome, Outcome::Intended);
}

#[test]
fn every_commit_is_synchronised() {
    let home = Home::new();
    let journal = home.open();
    let connection = journal.connection();
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, Value>(0)).unwrap();
    assert_eq!(pragma("journal_mode"), Value::from("wal".to_owned()));
    assert_eq!(pragma("synchronous"), Value::from(2), "FULL");
    assert_eq!(pragma("busy_timeout"), Value::from(5000));
}

#[test]
fn an_outcome_takes_the_place_of_the_intention() {
    let home = Home::new();
    let journal = home.open();
    let refused = Failure::Refused { status: 422, detail: Printable::default() };
    let cut = Failure::Interrupted("the connection broke".into());
    let away = Failure::Unreachable("no network".into());

    let first = intend(&journal);
    let record = journal
        .record_outcome(
            first,
            &Placement::Refused(refused, vec![crate::domain::problem::Problem::new("OUT_OF_STOCK")]),
        )
        .unwrap();
    let Outcome::Refused(why) = &record.outcome else { panic!("refused") };
    assert_eq!(why.to_string(), "The shop refused this (HTTP 422). This product is out of stock.");
    let second = intend(&journal);
    let record = journal.record_outcome(second, &Placement::NotSent(away)).unwrap();
    let Outcome::NotSent(why) = &record.outcome else { panic!("not sent") };
    assert_eq!(why.to_string(), "The shop cannot be reached: no network.");
    let third = intend(&journal);
    let record = journal.record_outcome(third, &Placement::Unknown(cut)).unwrap();
    let Outcome::Unknown(why) = &record.outcome else { panic!("unknown") };
    assert_eq!(why.to_string(), "The shop did not answer: the connection broke.");
    let fourth = intend(&journal);
    let record = journal.record_outcome(fourth, &placed(snapshot(ID, "Created", 1000))).unwrap();
    assert_eq!(record.order().map(Order::id), OrderId::parse(ID).ok().as_ref());
    assert_eq!(record.purchase, Some(purchase()));

    let numbers: Vec<Attempt> = home.open().records().unwrap().iter().map(|record| record.attempt).collect();
    assert_eq!(numbers, [fourth, third, second, first], "newest first");
}

#[test]
fn an_order_is_not_unlearned_by_a_late_failure() {
    let home = Home::new();
    let journal = home.open();
    let attempt = intend(&journal);
    journal.record_outcome(attempt, &placed(snapshot(ID, "Created", 1000))).unwrap();
    let record = journal.record_outcome(attempt, &Placement::Unknown(Failure::TooLarge)).unwrap();
    assert!(record.order().is_some());
}

#[test]
fn an_attempt_that_is_not_there_has_no_outcome_to_be_recorded() {
    let home = Home::new();
    let journal = home.open();
    let why = reason(journal.record_outcome(Attempt(7), &Placement::Unknown(Failure::TooLarge)));
    assert_eq!(why, "the journal does not know attempt #7");
    assert_eq!(journal.record(Attempt(7)), Ok(None));
}

#[test]
fn shops_do_not_see_each_other() {
    let home = Home::new();
    let shop = home.open();
    let sandbox = Journal::open(&home.directory(), SANDBOX).unwrap();
    let attempt = intend(&shop);
    shop.record_outcome(attempt, &placed(snapshot(ID, "Created", 1000))).unwrap();
    assert_eq!(sandbox.records(), Ok(vec![]));
    assert_eq!(sandbox.record(attempt), Ok(None));
    // The same id in another shop is another order.
    let theirs = sandbox.import(&snapshot(ID, "Created", 1000), NOW).unwrap();
    assert_ne!(theirs.attempt, attempt);
    assert_eq!(shop.records().unwrap().len(), 1);
    reason(sandbox.record_outcome(attempt, &Placement::Unknown(Failure::TooLarge)));
    assert!(shop.records().unwrap()[0].order().is_some());
}

#[test]
fn a_shop_is_the_same_with_and_without_a_slash_at_its_end() {
    let home = Home::new();
    intend(&home.open());
    let journal = Journal::open(&home.directory(), &format!("{SHOP}/")).unwrap();
    assert_eq!(journal.records().unwrap().len(), 1);
}

/// What was bought before, a value of a range, and a top-up of another country.
fn cart() -> Cart {
    let item = purchase().lines.remove(0).item;
    let choice = Choice::Range { value: amount("0.10"), currency: "EUR".into() };
    let range = Item { choice, quantity: 1, ..item.clone() };
    let country = "IT".parse().unwrap();
    let top_up = Item { country, delivery: DeliveryMethod::ByPhone, quantity: 7, ..item.clone() };
    Cart::of([item, range, top_up])
}

#[test]
fn a_cart_that_cannot_be_read_is_an_empty_one() {
    let home = Home::new();
    let journal = home.open();
    journal.remember(&SavedChoice::Cart(cart())).unwrap();
    assert_eq!(journal.choices().cart.lines(), cart().lines());
    for text in ["", "[", "{}", r#"[{"brand":"Netflix"}]"#] {
        let set = "UPDATE preferences SET value = ?1 WHERE name = 'cart'";
        assert_eq!(journal.connection().execute(set, [text]).unwrap(), 1);
        assert_eq!(journal.choices().cart, Cart::default(), "{text}");
    }
}

#[test]
fn choices_are_remembered_by_shop() {
    let home = Home::new();
    let journal = home.open();
    assert_eq!(journal.choices(), SavedChoices::default());
    let tender = Tender::new("BTC", "Lightning \u{202e}");
    for preference in [
        SavedChoice::Tender(Tender::recommended()),
        SavedChoice::Tender(tender.clone()),
        SavedChoice::Email("ann@example.com".parse().unwrap()),
        SavedChoice::Phone(Phone::recorded("+4915123456789")),
        SavedChoice::Cart(cart()),
    ] {
        journal.remember(&preference).unwrap();
    }
    let wanted = SavedChoices {
        tender: Some(tender),
        email: Some("ann@example.com".parse().unwrap()),
        phone: Some(Phone::recorded("+4915123456789")),
        cart: cart(),
    };
    assert_eq!(home.open().choices(), wanted);
    let sandbox = Journal::open(&home.directory(), SANDBOX).unwrap();
    assert_eq!(sandbox.choices(), SavedChoices::default());
}

#[test]
fn ten_thousand_records_are_read_by_their_index_in_one_go() {
    let home = Home::new();
    let journal = home.open();
    let connection = journal.connection();
    let query = format!("EXPLAIN QUERY PLAN {}", rows::newest_first());
    let mut statement = connection.prepare(&query).unwrap();
    let plan: Vec<String> =
        statement.query_map([SHOP], |row| row.get(3)).unwrap().map(Result::unwrap).collect();
    assert_eq!(plan, ["SEARCH attempts USING INDEX attempts_of_a_shop (shop=?)"]);
}

#[test]
fn a_journal_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    let home = Home::new();
    shared(&home.open());
}
