//! Debugging output tells no secret, whatever holds one.

use giftty::action::Action;
use giftty::domain::choices::{SavedChoice, SavedChoices};
use giftty::domain::contact::{Beneficiary, Phone};
use giftty::domain::money::Amount;
use giftty::domain::news::News;
use giftty::domain::order::{
    Code, Delivered, Delivery, DeliveryState, Echo, Order, OrderId, OrderState, PaymentState, Snapshot,
};
use giftty::domain::product::DeliveryMethod;
use giftty::domain::purchase::{Choice, Item, Lang, Line, Purchase};
use giftty::domain::record::{Attempt, Outcome, Placement, Record, Remarks};
use giftty::domain::tender::Tender;
use giftty::domain::text::{Printable, Prose};
use giftty::domain::time::{Moment, Timestamp};
use giftty::effect::{Effect, Subscription};
use giftty::field::Field;
use giftty::input::{Input, Size};
use giftty::model::{Preferences, Shop};
use giftty::remote::RequestId;
use giftty::state::{Asks, Boot, State};
use giftty::update::update;

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
    let item = Item {
        brand: "WindTre".into(),
        family: "WindTre".into(),
        country: "IT".parse().unwrap(),
        choice: Choice::Fixed { denomination: "10 EUR".into(), label: Printable::new("10 EUR") },
        delivery: DeliveryMethod::ByPhone,
        quantity: 1,
    };
    let phone = Phone::parse(PHONE, "IT".parse().unwrap()).unwrap();
    let mailed = Beneficiary::Mailbox(EMAIL.parse().unwrap());
    Purchase {
        lines: vec![
            Line { item: item.clone(), beneficiary: Beneficiary::Handset(phone) },
            Line { item, beneficiary: mailed },
        ],
        buyer: EMAIL.parse().unwrap(),
        tender: Tender::new("USDC", "Solana"),
        coupon: Some(COUPON.to_owned()),
        refund_address: Some(REFUND.to_owned()),
        newsletter: false,
        lang: Lang::En,
    }
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
        id: Printable::new("1"),
        state: DeliveryState::Succeeded,
        brand: "WindTre".into(),
        country: None,
        value: Printable::new("10 EUR"),
        echo: Echo::Unsaid,
        beneficiary: PHONE.into(),
        delivered,
        failure: None,
    };
    Snapshot {
        id: id(),
        state: OrderState::Done,
        payment: PaymentState::read("PaymentReceived"),
        terms: None,
        sent: Amount::ZERO,
        created_at: None,
        updated_at: None,
        deliveries: vec![line],
    }
}

fn record() -> Record {
    Record {
        attempt: Attempt(1),
        begun: Timestamp(0),
        purchase: Some(purchase()),
        total: Some(Amount::ZERO),
        outcome: Outcome::Placed(Box::new(Order::new(snapshot()))),
        remarks: Remarks { note: CODE.into(), ..Remarks::default() },
    }
}

fn boot() -> Boot {
    Boot {
        shop: Shop { sandbox: true, pace: None, notice: None },
        size: Size { columns: 80, rows: 24 },
        now: Moment::default(),
        utc_offset: 0,
        locale_country: None,
        asks: Asks::AtOnce,
        country: None,
        stock: None,
        pictures: None,
        preferences: Preferences::default(),
        lang: Lang::En,
    }
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
    update(&mut state, Action::Came(Input::Paste(CODE.to_owned())));
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
        ("a paste", format!("{:?}", Action::Came(Input::Paste(CODE.to_owned())))),
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
