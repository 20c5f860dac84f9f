//! Snapshots of one order, in any order and any number, end in the same order.

use giftty::domain::order::{Code, DeliveryState, Order, OrderState, PaymentState, Snapshot};
use giftty::domain::text::{Printable, Secret};
use giftty::domain::time::Timestamp;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::support::story::{NOW, Story};
use crate::support::wares::amount;

const STATES: [&str; 14] = [
    "Created",
    "WaitingForPayment",
    "PartialPaymentStarted",
    "PaymentStarted",
    "PaymentReceived",
    "WaitingForDelivery",
    "WaitingForManualAction",
    "Done",
    "Expired",
    "Canceled",
    "PaymentFailed",
    "Refunded",
    "Melted",
    "Frozen",
];
const PAYMENTS: [&str; 8] = [
    "",
    "WalletCreated",
    "PaymentRequested",
    "PaymentReceived",
    "Expired",
    "PaymentQuarantined",
    "ExpiredAfterPaymentDetection",
    "Odd",
];
const DELIVERIES: [&str; 5] = ["Created", "Succeeded", "Failed", "Odd", "Queer"];

fn first() -> Snapshot {
    let mut story = Story::at("Steam", crate::support::wares::steam());
    story.press("+ ↵").types("you@example.com").press("↵").validated("22.52").press("p");
    story.snapshot()
}

/// Anything the shop may say about the same order.
fn snapshot() -> impl Strategy<Value = Snapshot> {
    let deliveries = vec((select(&DELIVERIES[..]), option::of("[AB]"), option::of("[xy]")), 0..3);
    let states = (select(&STATES[..]), select(&PAYMENTS[..]));
    let money = (select(&["0", "0", "5", "22.52"][..]), option::of(select(&["a", "b"][..])));
    (states, money, option::of(0_i64..3), option::of(0_i64..3), deliveries, any::<bool>()).prop_map(
        |((state, payment), (sent, qr_text), updated_at, created_at, deliveries, with_terms)| {
            let first = first_again();
            let lines = first.deliveries.iter().zip(deliveries).map(|(line, (state, code, failure))| {
                let mut line = line.clone();
                line.state = DeliveryState::read(state);
                line.delivered.code = code.as_deref().map(Code::read);
                line.delivered.serial = code.map(Secret::new);
                line.failure = failure.map(|why| Printable::new(&why));
                line
            });
            let terms = first.terms.clone().filter(|_| with_terms);
            Snapshot {
                state: OrderState::read(state),
                payment: PaymentState::read(payment),
                terms: terms.map(|mut terms| {
                    terms.qr_text = qr_text.map(str::to_owned);
                    terms
                }),
                sent: amount(sent),
                created_at: created_at.map(|seconds| Timestamp(NOW + seconds)),
                updated_at: updated_at.map(|seconds| Timestamp(NOW + seconds)),
                deliveries: lines.rev().collect(),
                ..first
            }
        },
    )
}

fn first_again() -> Snapshot {
    static FIRST: std::sync::OnceLock<Snapshot> = std::sync::OnceLock::new();
    FIRST.get_or_init(first).clone()
}

fn merged(snapshots: &[Snapshot]) -> Order {
    let (first, rest) = snapshots.split_first().expect("a snapshot");
    let mut order = Order::new(first.clone());
    for snapshot in rest {
        order.learn(snapshot.clone()).expect("the same order");
    }
    order
}

fn shuffled() -> impl Strategy<Value = (Vec<Snapshot>, Vec<Snapshot>)> {
    vec(snapshot(), 1..6).prop_flat_map(|snapshots| (Just(snapshots.clone()), Just(snapshots).prop_shuffle()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_in_which_snapshots_come_does_not_matter((told, shuffled) in shuffled()) {
        prop_assert_eq!(merged(&told), merged(&shuffled));
    }

    #[test]
    fn replays_change_nothing(told in vec(snapshot(), 1..5)) {
        let mut order = merged(&told);
        let before = order.clone();
        for snapshot in told {
            prop_assert_eq!(order.learn(snapshot), Ok(false));
        }
        prop_assert_eq!(order, before);
    }

    #[test]
    fn an_order_that_was_kept_and_read_again_learns_the_same(told in vec(snapshot(), 2..6)) {
        let (early, late) = told.split_at(told.len() / 2);
        let mut through = merged(&told);
        let kept = merged(early);
        let mut read = Order::recorded(kept.known.clone(), kept.terms_changed);
        for snapshot in late {
            read.learn(snapshot.clone()).expect("the same order");
            through.learn(snapshot.clone()).expect("the same order");
        }
        prop_assert_eq!(read, through);
    }

    #[test]
    fn money_and_codes_are_never_unlearned(told in vec(snapshot(), 2..6)) {
        let (first, rest) = told.split_first().expect("a snapshot");
        let mut order = Order::new(first.clone());
        for snapshot in rest {
            let money = order.known.money_seen();
            let codes = order.known.deliveries.iter().filter(|line| line.delivered.code.is_some()).count();
            order.learn(snapshot.clone()).expect("the same order");
            prop_assert!(!money || order.known.money_seen());
            let now = order.known.deliveries.iter().filter(|line| line.delivered.code.is_some()).count();
            prop_assert!(now >= codes);
        }
    }
}
