//! Scenes of what one has: codes and orders.

use std::time::Duration;

use giftty::action::Action;
use giftty::domain::failure::Failure;
use giftty::domain::ledger::{EntryInterner, Ledger};
use giftty::domain::news::Link;
use giftty::domain::order::{Code, DeliveryState, OrderState, PaymentState, Snapshot};
use giftty::domain::record::{Attempt, Outcome, Record};
use giftty::domain::tender::Tender;
use giftty::domain::text::{Printable, Secret};
use giftty::domain::time::Timestamp;
use giftty::input::{Key, Size};

use super::payments::unsaved;
use super::scenes::Scene;
use crate::support::fixtures::{
    BITCOIN, ESIM, NOW, amount, boot, catalogue, delivered, delivery, placed, record, snapshot, usual,
};
use crate::support::walk::Walk;

/// An order of which one delivery came and one did not.
pub(crate) fn in_part(size: Size) -> Walk {
    let mut failed = delivery("2");
    failed.state = DeliveryState::Failed;
    failed.failure = Some(Printable::new("The operator refused the code."));
    let came = delivered(Code::Pin(Secret::new("AIRB-7Q2M-X9KD-4T1P")));
    let order = done(vec![came, failed]);
    Walk::at_order(size, record(9, placed(order)))
}

pub(crate) fn nothing_came(size: Size) -> Walk {
    let mut failed = delivery("1");
    failed.state = DeliveryState::Failed;
    Walk::at_order(size, record(9, placed(done(vec![failed]))))
}

pub(crate) fn done(deliveries: Vec<giftty::domain::order::Delivery>) -> Snapshot {
    Snapshot {
        state: OrderState::Done,
        payment: PaymentState::Received,
        sent: amount("50.74"),
        updated_at: Some(Timestamp(NOW - 20)),
        deliveries,
        ..usual()
    }
}

fn with_code(size: Size, code: Code) -> Walk {
    Walk::at_order(size, record(9, placed(done(vec![delivered(code)]))))
}

fn pin(size: Size) -> Walk {
    let mut line = delivered(Code::Pin(Secret::new("AIRB-7Q2M-X9KD-4T1P")));
    line.delivered.serial = Some(Secret::new("6042 1188 0009"));
    line.delivered.security_code = Some(Secret::new("733"));
    Walk::at_order(size, record(9, placed(done(vec![line]))))
}

pub(crate) const DELIVERED: &[Scene] = &[
    ("delivered_hidden", |size| pin(size).state),
    ("delivered_revealed", |size| pin(size).types("r").tick(18).state),
    ("delivered_link", |size| {
        let link = format!("https://codes.example.com/claim/{}", "a1b2c3d4e5".repeat(9));
        with_code(size, Code::Link(Secret::new(link))).types("r").state
    }),
    ("delivered_esim_hidden", |size| with_code(size, Code::Esim(Secret::new(ESIM))).state),
    ("delivered_esim", |size| with_code(size, Code::Esim(Secret::new(ESIM))).types("r").state),
    ("delivered_top_up", |size| {
        let mut line = delivery("1");
        line.state = DeliveryState::Succeeded;
        line.beneficiary = Secret::new("+12125551234");
        line.delivered.operator_reference = Some(Printable::new("ATT-99812-7"));
        Walk::at_order(size, record(9, placed(done(vec![line])))).state
    }),
    ("delivered_note", |size| pin(size).types("mn").types("for Anna's birthday").state),
    ("delivered_remarks", |size| pin(size).types("mn").types("for Anna").press(Key::Enter).state),
    ("delivered_export", |size| pin(size).types("e").planned("~/.local/share/giftty/order-9.txt").state),
    ("delivered_in_part", |size| in_part(size).press(Key::Enter).press(Key::Down).state),
    ("delivered_several", |size| {
        let mut second = delivered(Code::Pin(Secret::new("AIRB-2222-2222-2222")));
        second.id = Printable::new("2");
        let first = delivered(Code::Pin(Secret::new("AIRB-1111-1111-1111")));
        let order = done(vec![first, second]);
        Walk::at_order(size, record(9, placed(order))).press(Key::Down).types("r").state
    }),
];

/// One order of every sort.
fn mixed(size: Size) -> Walk {
    // What may have become an order is marked at the start; the scenes begin at the top.
    Walk::with_records(size, mixture()).press(Key::Home)
}

/// Records of every kind.
fn mixture() -> Vec<Record> {
    let tender = Tender::recommended();
    let other = |number, state| Snapshot { state, ..snapshot(number, &tender, "101.48", BITCOIN) };
    let done = Snapshot { id: crate::support::fixtures::order_id(4), ..done(vec![]) };
    vec![
        record(9, placed(usual())),
        record(8, Outcome::Unknown("The connection was closed.".into())),
        record(7, placed(other(3, OrderState::PaymentReceived))),
        record(6, placed(done)),
        record(5, placed(other(5, OrderState::Expired))),
        record(4, placed(other(6, OrderState::WaitingForManualAction))),
        record(3, Outcome::Refused("The product is no longer in the catalogue.".into())),
        record(2, Outcome::NotSent("The shop could not be reached.".into())),
        record(1, Outcome::Intended),
    ]
}

/// The same long after, with entries of what is over; there are as many more.
fn newest() -> Ledger {
    let (mut interner, mut ledger) = (EntryInterner::default(), Ledger::default());
    for record in mixture().into_iter().filter(|record| !record.is_open()) {
        ledger.push(interner.keep(record, Timestamp(NOW + 9_000_000)));
    }
    ledger.close(20);
    ledger
}

pub(crate) const ORDERS: &[Scene] = &[
    ("orders_not_saved", |size| unsaved(size).ctrl('o').state),
    ("orders_end_not_saved", |size| {
        let full = Failure::Unrecorded(Printable::new("the disk is full"));
        mixed(size).presses(Key::Down, 6).fact(Action::OutcomeNotKept(Attempt(3), full)).state
    }),
    ("orders_loading", |size| Walk::begin(boot(size)).ctrl('o').state),
    ("orders_failed", |size| {
        let failure = Failure::Unrecorded(Printable::new("the file is damaged"));
        Walk::begin(boot(size)).ctrl('o').records(Err(failure)).state
    }),
    ("orders_empty", |size| Walk::at_brands(size).ctrl('o').state),
    ("orders_mixed", |size| mixed(size).state),
    ("orders_unknown", |size| mixed(size).press(Key::Down).state),
    ("orders_refused", |size| mixed(size).presses(Key::Down, 6).state),
    ("orders_live", |size| {
        let walk = mixed(size).link(1, Link::Live).news(usual()).link(3, Link::Offline);
        let walk = walk.link(5, Link::Reconnecting(Duration::from_secs(16))).link(6, Link::Polling);
        walk.tick(9).state
    }),
    ("orders_stale", |size| {
        let walk = mixed(size).link(1, Link::Live).news(usual()).link(1, Link::Polling);
        walk.tick(50).state
    }),
    ("orders_found", |size| mixed(size).types("#4").state),
    ("orders_not_found", |size| mixed(size).types("zzz").state),
    ("orders_add", |size| mixed(size).press(Key::F(3)).state),
    ("orders_add_wrong", |size| mixed(size).press(Key::F(3)).types("what?").press(Key::Enter).state),
    ("orders_join", |size| {
        let added = Record { purchase: None, total: None, ..record(8, placed(usual())) };
        let doubtful = Record { begun: Timestamp(NOW - 132), ..record(7, Outcome::Intended) };
        Walk::with_records(size, vec![added, doubtful]).press(Key::Enter).state
    }),
    ("orders_remove", |size| mixed(size).presses(Key::Down, 3).ctrl('x').state),
    ("orders_listing", |size| Walk::listing(size, newest()).state),
    ("orders_listing_found", |size| Walk::listing(size, newest()).types("zzz").state),
    ("orders_listing_failed", |size| {
        let locked = Failure::Unrecorded(Printable::new("the journal is locked"));
        Walk::listing(size, newest()).listed(Err(locked)).press(Key::Down).state
    }),
    ("orders_opening", |size| Walk::listing(size, newest()).press(Key::Enter).state),
    ("orders_open_note", |size| {
        Walk::with_records(size, vec![record(9, placed(usual()))]).catalogue(Ok(catalogue())).state
    }),
];
