//! Debugging output tells no secret, whatever holds one.

use giftty::action::Action;
use giftty::domain::choices::{SavedChoice, SavedChoices};
use giftty::domain::contact::{Beneficiary, Phone};
use giftty::domain::money::Amount;
use giftty::domain::news::News;
use giftty::domain::order::{
    Code, Delivered, Delivery, DeliveryState, Order, OrderId, OrderState, PaymentState, Snapshot,
};
use giftty::domain::product::DeliveryMethod;
use giftty::domain::purchase::{Item, Purchase};
use giftty::domain::record::{Attempt, Outcome, Placement, Record, Remarks};
use giftty::domain::text::Prose;
use giftty::domain::time::Moment;
use giftty::effect::{Effect, Subscription};
use giftty::field::Field;
use giftty::input::{Input, Size};
use giftty::remote::RequestId;
use giftty::state::{SessionInit, State};
use giftty::update::update;

use crate::support::domain;

const ID: &str = "f9d624ad-planted-id";
const EMAIL: &str = "planted@example.com";
const PHONE: &str = "+393331234567";
const CODE: &str = "PLANTED-CODE-1";
const SERIAL: &str = "PLANTED-SERIAL";
const SECURITY: &str = "PLANTED-SECURITY";
const COUPON: &str = "PLANTEDCOUPON";
const REFUND: &str = "PLANTEDREFUNDADDRESS";
const PLANTED: [&str; 8] = [ID, EMAIL, PHONE, CODE, SERIAL, SECURITY, COUPON, REFUND];

fn id() -> OrderId {
    OrderId::parse(ID).unwrap()
}

fn purchase() -> Purchase {
    let italy = domain::country("IT");
    let item = Item {
        country: italy,
        delivery: DeliveryMethod::ByPhone,
        ..domain::item("WindTre", domain::choice("10 EUR"))
    };
    let mut purchase = domain::purchase(EMAIL, [item.clone(), item]);
    purchase.lines[0].beneficiary = Beneficiary::Handset(Phone::parse(PHONE, italy).unwrap());
    let (coupon, refund_address) = (Some(COUPON.to_owned()), Some(REFUND.to_owned()));
    Purchase { coupon, refund_address, ..purchase }
}

fn snapshot() -> Snapshot {
    let delivered = Delivered {
        code: Some(Code::read(CODE)),
        serial: Some(SERIAL.into()),
        security_code: Some(SECURITY.into()),
        operator_reference: None,
        redeem: Prose::from_plain("Type it in."),
    };
    let line = Delivery {
        state: DeliveryState::Succeeded,
        beneficiary: PHONE.into(),
        delivered,
        ..domain::delivery("WindTre", "10 EUR")
    };
    Snapshot {
        state: OrderState::Done,
        payment: PaymentState::read("PaymentReceived"),
        deliveries: vec![line],
        ..domain::snapshot(ID)
    }
}

fn record() -> Record {
    Record {
        purchase: Some(purchase()),
        total: Some(Amount::ZERO),
        remarks: Remarks { note: CODE.into(), ..Remarks::default() },
        ..domain::record(1, 0, Outcome::Placed(Box::new(Order::new(snapshot()))))
    }
}

fn boot() -> SessionInit {
    domain::boot(Size { columns: 80, rows: 24 }, Moment::default())
}

/// A session that knows the order and whose search holds something that was pasted.
fn state() -> State {
    let (mut state, _) = State::new(boot());
    let (email, phone) = (Some(EMAIL.parse().unwrap()), Some(Phone::recorded(PHONE)));
    let choices = SavedChoices { email, phone, ..SavedChoices::default() };
    update(&mut state, Action::ChoicesRecalled(Box::new(choices)));
    let asked = *state.pending_requests().iter().max().unwrap();
    for request in 0..=asked.0 {
        update(&mut state, Action::RecordsLoaded(RequestId(request), Ok(vec![record()].into())));
    }
    update(&mut state, Action::Input(Input::Paste(CODE.to_owned())));
    assert!(format!("{state:?}").contains("WindTre"), "the record is there");
    state
}

#[test]
fn debugging_tells_no_secret() {
    let request = RequestId(1);
    let told: Vec<(&str, String)> = vec![
        ("a purchase", format!("{:?}", purchase())),
        ("a snapshot", format!("{:#?}", snapshot())),
        ("an order", format!("{:#?}", Order::new(snapshot()))),
        ("a record", format!("{:#?}", record())),
        ("a placement", format!("{:?}", Placement::Placed(Box::new(snapshot())))),
        ("news", format!("{:?}", Action::OrderNews(id(), News::Snapshot(Box::new(snapshot()))))),
        ("records", format!("{:?}", Action::RecordsLoaded(request, Ok(vec![record()].into())))),
        ("a paste", format!("{:?}", Action::Input(Input::Paste(CODE.to_owned())))),
        (
            "a wish to order",
            format!("{:?}", Effect::PlaceOrder(request, Box::new(purchase()), Amount::ZERO, Box::default())),
        ),
        ("a wish to check", format!("{:?}", Effect::ValidatePurchase(request, Box::new(purchase())))),
        ("a wish to keep", format!("{:?}", Effect::KeepOrder(Attempt(1), Box::new(Order::new(snapshot()))))),
        ("a wish to read", format!("{:?}", Effect::ReadOrder(id()))),
        ("a wish to pay", format!("{:?}", Effect::PayInSandbox(request, id()))),
        ("a wish to copy", format!("{:?}", Effect::CopyText(CODE.into()))),
        ("a preference", format!("{:?}", Effect::Remember(SavedChoice::Email(EMAIL.parse().unwrap())))),
        ("another", format!("{:?}", Effect::Remember(SavedChoice::Phone(Phone::recorded(PHONE))))),
        ("a subscription", format!("{:?}", Subscription::Order(id()))),
        ("a field", format!("{:?}", Field::with(CODE))),
        ("a beginning", format!("{:?}", boot())),
        ("a session", format!("{:#?}", state())),
    ];
    for (what, text) in told {
        for secret in PLANTED {
            assert!(!text.contains(secret), "{what} tells {secret}: {text}");
        }
    }
}
