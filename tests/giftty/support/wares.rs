//! What a faithful shop would sell and say, made up.

use giftty::domain::catalogue::{Brand, Facts, Kind};
use giftty::domain::money::Amount;
use giftty::domain::order::{
    Code, Delivery, DeliveryState, Echo, OrderId, OrderState, PaymentState, Snapshot,
};
use giftty::domain::product::{Data, DeliveryMethod, Offer, Plan, Product, Range};
use giftty::domain::purchase::{Choice, Purchase};
use giftty::domain::record::{Outcome, Record};
use giftty::domain::tender::{PaymentMethod, PaymentMethods, Tender, Token};
use giftty::domain::text::{Printable, Secret};
use giftty::domain::time::Timestamp;
use giftty::sandbox::addresses;

pub(crate) use super::domain::amount;
use super::domain::{self, payment_method, terms};
use super::story::NOW;

/// The id of the order that stories are about.
pub(crate) const ORDER: &str = "f9d624ad-dc5e-4efd-9ecf-f8fb08a22677";
/// The specification's invoice over 0.0025 BTC: made at the beginning of every story, valid for a minute.
pub(crate) const INVOICE: &str = "lnbc2500u1pvjluezpp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqdq5xysxxatsyp3k7enxv4jsxqzpuaztrnwngzn3kdzw5hydlzf03qdgm2hdq27cqv3agm2awhz5se903vruatfhq77w3ls4evs3ch9zw97j25emudupq63nyw24cg27h2rspfj9srp";

fn brand(name: &str, kind: Kind, category: &str) -> Brand {
    let facts = Facts { category, min: "$5", max: "$500", ..domain::facts(name, kind) };
    Brand::new(&facts).expect("a brand")
}

pub(crate) fn brands() -> Vec<Brand> {
    let mut gone = brand("Gone", Kind::GiftCard, "games");
    gone.out_of_stock = true;
    vec![
        brand("Airbnb", Kind::GiftCard, "travel"),
        brand("Steam", Kind::GiftCard, "games"),
        brand("AT&T", Kind::TopUp, "mobile_credits"),
        brand("eSIM", Kind::Esim, "e-sim"),
        brand("Rewarble", Kind::GiftCard, "e-money"),
        gone,
    ]
}

fn fixed(denomination: &str, price: &str, plan: Option<Plan>, delivery: DeliveryMethod) -> Product {
    let mut product = Product { delivery, ..domain::fixed(denomination, Some(price), plan) };
    if let Offer::Fixed { label, .. } = &mut product.offer {
        *label = Printable::new(&format!("shown {denomination}"));
    }
    product
}

/// Two gift cards with denominations of their supplier's own spelling.
pub(crate) fn steam() -> Vec<Product> {
    vec![
        fixed("10 USD", "11.26", None, DeliveryMethod::ByEmail),
        fixed("50.00 USD  - PIN", "53.86", None, DeliveryMethod::ByEmail),
    ]
}

/// A top-up of a phone.
pub(crate) fn top_up() -> Vec<Product> {
    vec![fixed("5 USD", "5.40", None, DeliveryMethod::ByPhone)]
}

/// A range from 50 to 500 by 10, and nothing suggested.
pub(crate) fn range() -> Vec<Product> {
    let range = Range {
        min: amount("50"),
        max: amount("500"),
        step: amount("10"),
        default: None,
        currency: "USD".into(),
    };
    vec![Product { id: "range".into(), delivery: DeliveryMethod::ByEmail, offer: Offer::Range(range) }]
}

/// Plans, neither by price nor by data nor by days.
pub(crate) fn plans() -> Vec<Product> {
    let plan = |data, days| Some(Plan { data, days: Some(days) });
    vec![
        fixed("3 GB 30 days", "7.10", plan(Data::Megabytes(3000), 30), DeliveryMethod::ByEmail),
        fixed("1 GB 7 days", "2.77", plan(Data::Megabytes(1000), 7), DeliveryMethod::ByEmail),
        fixed("Unlimited 3 days", "9.00", plan(Data::Unlimited, 3), DeliveryMethod::ByEmail),
    ]
}

/// The names of plans in an order of rows.
pub(crate) fn names(products: &[Product], rows: &[usize]) -> Vec<String> {
    rows.iter().map(|row| products[*row].id.to_string()).collect()
}

/// USDC on Solana and on Base, bitcoin on both its networks, and a suspended litecoin.
pub(crate) fn payment_methods() -> PaymentMethods {
    let token = |address: &str| Some(Token { address: address.to_owned(), decimals: 6 });
    PaymentMethods::new(vec![
        payment_method("BTC", "Mainnet"),
        payment_method("BTC", "Lightning"),
        PaymentMethod {
            token: token("0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913"),
            chain_id: Some(8453),
            ..payment_method("USDC", "Base")
        },
        PaymentMethod {
            token: token("EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"),
            ..payment_method("USDC", "Solana")
        },
        PaymentMethod { suspended: true, ..payment_method("LTC", "Mainnet") },
    ])
}

/// An address of the order's network that is nobody's.
fn address(tender: &Tender) -> String {
    match (tender.coin.sent(), tender.network.sent()) {
        (_, "Lightning") => INVOICE.to_owned(),
        ("BTC", _) => "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4".to_owned(),
        (_, "Base") => addresses::evm(7),
        _ => addresses::solana(7),
    }
}

pub(crate) fn order_id() -> OrderId {
    OrderId::parse(ORDER).expect("an order id")
}

/// What a faithful shop repeats of a choice.
fn echo(choice: &Choice) -> Echo {
    match choice {
        Choice::Fixed { denomination, .. } => Echo::Fixed(denomination.clone()),
        Choice::Range { value, currency } => {
            Echo::Range { value: Some(*value), currency: Some(currency.clone()) }
        }
    }
}

/// What a faithful shop says when it has taken an order.
pub(crate) fn snapshot(purchase: &Purchase, total: Amount) -> Snapshot {
    let lines =
        purchase.lines.iter().flat_map(|line| std::iter::repeat_n(line, usize::from(line.item.quantity)));
    let deliveries = lines.enumerate().map(|(place, line)| Delivery {
        id: Printable::new(&format!("line-{place}")),
        country: Some(line.item.country),
        echo: echo(&line.item.choice),
        beneficiary: Secret::new(line.beneficiary.account()),
        ..domain::delivery(line.item.brand.sent(), &line.item.choice.label())
    });
    Snapshot {
        terms: Some(terms(&purchase.tender, total, &address(&purchase.tender))),
        created_at: Some(Timestamp(NOW)),
        updated_at: Some(Timestamp(NOW)),
        deliveries: deliveries.collect(),
        ..domain::snapshot(ORDER)
    }
}

/// The same order, so many seconds later, in these states.
pub(crate) fn later(before: &Snapshot, seconds: i64, state: &str, payment: &str) -> Snapshot {
    Snapshot {
        state: OrderState::read(state),
        payment: PaymentState::read(payment),
        updated_at: Some(Timestamp(NOW + seconds)),
        ..before.clone()
    }
}

/// The same order, done, with a code for each of its lines.
pub(crate) fn done(before: &Snapshot, seconds: i64) -> Snapshot {
    let mut done = later(before, seconds, "Done", "PaymentReceived");
    for line in &mut done.deliveries {
        line.state = DeliveryState::Succeeded;
        line.delivered.code = Some(Code::read("AAAA-BBBB-CCCC"));
    }
    done
}

/// A record of an attempt at a purchase.
pub(crate) fn record(attempt: i64, purchase: Option<Purchase>, outcome: Outcome) -> Record {
    let total = purchase.is_some().then(|| amount("11.26"));
    Record { purchase, total, ..domain::record(attempt, NOW, outcome) }
}
