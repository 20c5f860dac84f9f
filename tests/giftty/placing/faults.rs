//! Every fault of the sandbox that an order can meet: what the user is told, what the journal keeps, how
//! often the shop was asked, and how many orders it has.

use giftty::sandbox::{Fault, FaultKind, Pace};

use super::till::{Became, Till, purchase};
use crate::support::sandbox::World;
use Became::{Placed, Refused, Unknown};

/// A fault that meets the order request, what must become of it, and how many orders the shop then has.
const TABLE: &[(&str, Became, usize)] = &[
    ("delay=1s", Placed, 1),
    ("mislabelled", Placed, 1),
    ("lost-answer=delay=1s", Placed, 1),
    // A definite refusal, whatever its body.
    ("400", Refused, 0),
    ("401", Refused, 0),
    ("403", Refused, 0),
    ("404", Refused, 0),
    ("422", Refused, 0),
    ("html=403", Refused, 0),
    ("problems", Refused, 0),
    // Nobody can tell, and there is none.
    ("hang", Unknown, 0),
    ("reset", Unknown, 0),
    ("402", Unknown, 0),
    ("405", Unknown, 0),
    ("408", Unknown, 0),
    ("409", Unknown, 0),
    ("410", Unknown, 0),
    ("425", Unknown, 0),
    ("429", Unknown, 0),
    ("429=0", Unknown, 0),
    ("429=5", Unknown, 0),
    ("451", Unknown, 0),
    ("500", Unknown, 0),
    ("502", Unknown, 0),
    ("503", Unknown, 0),
    ("503=1", Unknown, 0),
    ("504", Unknown, 0),
    ("html", Unknown, 0),
    ("html=503", Unknown, 0),
    // To where it went: whoever followed would order twice.
    ("300", Unknown, 0),
    ("301", Unknown, 0),
    ("302", Unknown, 0),
    ("303", Unknown, 0),
    ("307", Unknown, 0),
    ("308", Unknown, 0),
    ("307=/v5/orders/validations", Unknown, 0),
    // Nobody can tell, and there is one.
    ("truncate", Unknown, 1),
    ("torn", Unknown, 1),
    ("empty", Unknown, 1),
    ("lost-answer", Unknown, 1),
    ("lost-answer=hang", Unknown, 1),
    ("lost-answer=delay=90s", Unknown, 1),
    ("lost-answer=429", Unknown, 1),
    ("lost-answer=429=0", Unknown, 1),
    ("lost-answer=500", Unknown, 1),
    ("lost-answer=502", Unknown, 1),
    ("lost-answer=503", Unknown, 1),
    ("lost-answer=504", Unknown, 1),
    ("lost-answer=301", Unknown, 1),
    ("lost-answer=302", Unknown, 1),
    ("lost-answer=303", Unknown, 1),
    ("lost-answer=307", Unknown, 1),
    ("lost-answer=308", Unknown, 1),
    ("lost-answer=html", Unknown, 1),
    ("lost-answer=html=502", Unknown, 1),
    ("lost-answer=truncate", Unknown, 1),
    ("lost-answer=torn", Unknown, 1),
    ("lost-answer=empty", Unknown, 1),
];

/// A field of the shop's answer that makes it one that nobody can read as an order.
const UNREADABLE: &[(&str, &str)] = &[
    ("problems", r#"["OUT_OF_STOCK"]"#),
    ("problems", r#"[{"problem": "KYC_MISSING"}]"#),
    ("order_id", "null"),
    ("order_id", r#""""#),
    ("order_id", r#""1234567""#),
    ("order_id", r#""../../v5/orders""#),
    ("order_id", r#""f9d624ad-dc5e-4efd-9ecf-f8fb08a2267/""#),
    ("order_id", r#""f9d624ad?dc5e=4efd&9ecf""#),
    ("order_id", r#""f9d624аd-dc5e-4efd-9ecf-f8fb08a22677""#),
    ("order_id", r#"{"is": "odd"}"#),
    ("order_state", "null"),
];

/// Places one order from a home of its own, and looks at everything that is left of it.
async fn check(world: &World, name: &str, became: Became, made: usize) {
    let home = tempfile::tempdir().unwrap();
    let (till, purchase) = (Till::new(world.sandbox.base_url(), home.path()), purchase());
    let total = till.client().await.validate(&purchase).await.unwrap().payable().unwrap();
    let (asked, before) = (world.bodies("/v5/orders").await.len(), world.orders().await.len());
    let placement = till.places(&purchase, total).await;
    assert_eq!(Became::of(&placement), became, "{name}: {placement:?}");

    let found = till.finds().await;
    assert_eq!(found.len(), 1, "{name}: one attempt is one record");
    let record = &found[0];
    assert_eq!(Became::kept(record), Some(became), "{name}: {record:?}");
    assert_eq!(record.is_open(), became.is_open(), "{name}");
    assert_eq!((record.purchase.as_ref(), record.total), (Some(&purchase), Some(total)), "{name}");

    assert_eq!(world.bodies("/v5/orders").await.len() - asked, 1, "{name}: asked once, and never again");
    let orders = world.orders().await;
    assert_eq!(orders.len() - before, made, "{name}");
    if let Some(order) = record.order() {
        assert!(orders.iter().any(|told| told["order_id"] == order.id().reveal()), "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn every_fault_is_told_as_what_it_is_and_asks_once() {
    let world = World::new(Pace::Manual).await;
    for (fault, became, made) in TABLE {
        let body = serde_json::json!({"fault": format!("{fault}@POST:/v5/orders$ x1")});
        world.control("faults", &body.to_string()).await;
        check(&world, fault, *became, *made).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_success_that_cannot_be_an_order_is_unknown() {
    let world = World::new(Pace::Manual).await;
    for (field, value) in UNREADABLE {
        world.control("tamper", &format!(r#"{{"field": "{field}", "value": {value}}}"#)).await;
        check(&world, &format!("{field}={value}"), Unknown, 1).await;
    }
}

#[tokio::test(start_paused = true)]
async fn problems_are_a_refusal() {
    let world = World::new(Pace::Manual).await;
    for (before, code) in
        ["OUT_OF_STOCK", "DAILY_SPENDING_LIMIT_EXCEEDED", "A_WORD_OF_TOMORROW"].iter().enumerate()
    {
        let home = tempfile::tempdir().unwrap();
        let till = Till::new(world.sandbox.base_url(), home.path());
        world.control("problems", &format!(r#"{{"problems": ["{code}"]}}"#)).await;
        let placement = till.places(&purchase(), "123".parse().unwrap()).await;
        assert_eq!(Became::of(&placement), Refused, "{placement:?}");
        assert_eq!(till.finds().await.iter().map(Became::kept).collect::<Vec<_>>(), [Some(Refused)]);
        assert_eq!((world.bodies("/v5/orders").await.len(), world.orders().await.len()), (before + 1, 0));
    }
}

/// Whether an order request can meet it. A new kind has to be thought of here, and then in the table.
fn concerns_an_order(kind: &FaultKind) -> bool {
    match kind {
        FaultKind::Delay(_)
        | FaultKind::Hang
        | FaultKind::Status(..)
        | FaultKind::Html(_)
        | FaultKind::Redirect(..)
        | FaultKind::Problems
        | FaultKind::Truncate
        | FaultKind::Torn
        | FaultKind::Empty
        | FaultKind::Mislabelled
        | FaultKind::Reset
        | FaultKind::LostAnswer(_) => true,
        FaultKind::StreamCut
        | FaultKind::StreamSilent
        | FaultKind::Duplicate
        | FaultKind::Reorder
        | FaultKind::Noise => false,
    }
}

#[test]
fn no_kind_of_fault_is_left_out() {
    let tabled: Vec<FaultKind> =
        TABLE.iter().map(|(fault, ..)| fault.parse::<Fault>().expect(fault).kind).collect();
    assert!(tabled.iter().all(concerns_an_order));
    let help = giftty::sandbox::faults::SYNTAX;
    let words = help.split(|letter: char| !letter.is_ascii_lowercase() && letter != '-');
    let named = words.filter_map(|word| word.parse::<FaultKind>().ok());
    let numbered = ["429", "500", "307", "delay=1s"].map(|word| word.parse::<FaultKind>().unwrap());
    for kind in named.chain(numbered).filter(concerns_an_order) {
        let same = |tabled: &FaultKind| std::mem::discriminant(tabled) == std::mem::discriminant(&kind);
        assert!(tabled.iter().any(same), "{kind}");
    }
}
