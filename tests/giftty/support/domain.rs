//! Values of the domain with defaults. A test changes what it is about:
//! `Snapshot { sent, ..snapshot(id) }`.

use std::time::Duration;

use giftty::action::Action;
use giftty::domain::catalogue::{Facts, Kind};
use giftty::domain::contact::Beneficiary;
use giftty::domain::country::CountryCode;
use giftty::domain::money::Amount;
use giftty::domain::order::{
    Delivered, Delivery, DeliveryState, Echo, OrderId, OrderState, PaymentState, Snapshot, Terms,
};
use giftty::domain::product::{DeliveryMethod, Offer, Plan, Price, Product};
use giftty::domain::purchase::{Choice, Item, Lang, Line, Purchase};
use giftty::domain::record::{Attempt, Outcome, Record, Remarks};
use giftty::domain::tender::{PaymentMethod, Tender};
use giftty::domain::text::{Printable, Verbatim};
use giftty::domain::time::{Moment, Timestamp};
use giftty::input::Size;
use giftty::model::{Preferences, Shop};
use giftty::state::{SessionInit, StartPolicy, State};
use giftty::update::update;

pub(crate) fn amount(text: &str) -> Amount {
    text.parse().unwrap()
}

pub(crate) fn country(code: &str) -> CountryCode {
    code.parse().unwrap()
}

/// A session at a sandbox that begins now, in no country yet.
pub(crate) fn boot(size: Size, now: Moment) -> SessionInit {
    SessionInit {
        shop: Shop { sandbox: true, pace: None, notice: None },
        size,
        now,
        utc_offset: 0,
        locale_country: None,
        asks: StartPolicy::AtOnce,
        country: None,
        stock: None,
        lang: Lang::En,
        pictures: None,
        preferences: Preferences::default(),
    }
}

/// A brand of the United States, named by its name alone.
pub(crate) fn facts(name: &str, kind: Kind) -> Facts<'_> {
    Facts {
        id: name,
        family: "",
        name,
        country: country("US"),
        kind,
        category: "",
        also_in: "",
        tags: "",
        min: "",
        max: "",
        out_of_stock: false,
        colour: None,
        logo: "",
    }
}

/// A product of one value that comes by e-mail; its price is in USDC.
pub(crate) fn fixed(denomination: &str, price: Option<&str>, plan: Option<Plan>) -> Product {
    let price = price.map(|price| Price { amount: amount(price), coin: "USDC".into() });
    let (denomination, label) = (denomination.into(), Printable::new(denomination));
    Product {
        id: label.clone(),
        delivery: DeliveryMethod::ByEmail,
        offer: Offer::Fixed { denomination, label, price, plan },
    }
}

/// A way to pay of which nothing more is known.
pub(crate) fn payment_method(coin: &str, network: &str) -> PaymentMethod {
    PaymentMethod {
        tender: Tender::new(coin, network),
        network_name: network.into(),
        suspended: false,
        minimum: None,
        chain_id: None,
        token: None,
        transfer_cost: None,
    }
}

/// A choice by its denomination.
pub(crate) fn choice(denomination: &str) -> Choice {
    Choice::Fixed { denomination: denomination.into(), label: denomination.into() }
}

/// One of a brand of the United States, by e-mail.
pub(crate) fn item(brand: &str, choice: Choice) -> Item {
    Item {
        brand: Verbatim::new(brand),
        family: Verbatim::new(brand),
        country: country("US"),
        choice,
        delivery: DeliveryMethod::ByEmail,
        quantity: 1,
    }
}

/// Items that all go to their buyer, to be paid in USDC on Solana.
pub(crate) fn purchase(buyer: &str, items: impl IntoIterator<Item = Item>) -> Purchase {
    let line = |item| Line { item, beneficiary: Beneficiary::Mailbox(buyer.parse().unwrap()) };
    Purchase {
        lines: items.into_iter().map(line).collect(),
        buyer: buyer.parse().unwrap(),
        tender: Tender::recommended(),
        coupon: None,
        refund_address: None,
        newsletter: false,
        lang: Lang::En,
    }
}

/// A line of an order that waits, of which the shop repeats nothing.
pub(crate) fn delivery(brand: &str, value: &str) -> Delivery {
    Delivery {
        id: Printable::new("1"),
        state: DeliveryState::Waiting,
        brand: Verbatim::new(brand),
        country: None,
        value: Printable::new(value),
        echo: Echo::default(),
        beneficiary: "you@example.com".into(),
        delivered: Delivered::default(),
        failure: None,
    }
}

/// An order that waits for its payment, of which nothing more is known.
pub(crate) fn snapshot(id: &str) -> Snapshot {
    Snapshot {
        id: OrderId::parse(id).unwrap(),
        state: OrderState::WaitingForPayment,
        payment: PaymentState::WalletCreated,
        terms: None,
        sent: Amount::ZERO,
        created_at: None,
        updated_at: None,
        deliveries: Vec::new(),
    }
}

/// What is to be paid, and where to.
pub(crate) fn terms(tender: &Tender, total: Amount, address: &str) -> Terms {
    Terms { tender: tender.clone(), amount: total, address: address.to_owned(), qr_text: None, memo: None }
}

/// An attempt, of which nothing is known but what came of it.
pub(crate) fn record(attempt: i64, begun: i64, outcome: Outcome) -> Record {
    Record {
        attempt: Attempt(attempt),
        begun: Timestamp(begun),
        purchase: None,
        total: None,
        outcome,
        remarks: Remarks::default(),
    }
}

/// How long somebody looks at a question who answers it on purpose.
pub(crate) const LOOK: Duration = Duration::from_millis(300);

/// What the screen shows has been visible for a while.
pub(crate) fn look_at(state: &mut State) {
    let now = state.model.now;
    update(state, Action::FrameShown(Moment { uptime: now.uptime.saturating_sub(LOOK), ..now }));
}
