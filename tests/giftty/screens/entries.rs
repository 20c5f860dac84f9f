//! What is held as an entry looks and is offered like a whole record.

use giftty::domain::ledger::{EntryInterner, Ledger};
use giftty::domain::money::Amount;
use giftty::domain::order::{Code, Delivered, Delivery, DeliveryState, OrderState, Snapshot};
use giftty::domain::record::{Outcome, Record};
use giftty::domain::tender::Tender;
use giftty::domain::text::Secret;
use giftty::domain::time::Timestamp;
use giftty::input::Key;

use super::belongings::done;
use super::{SIZES, screen};
use crate::support::fixtures::{NOW, SOLANA, amount, delivered, order_id, placed, record, snapshot};
use crate::support::walk::Walk;

/// Records of everything that can be over.
fn over() -> Vec<Record> {
    let tender = Tender::recommended();
    let ended = |number: u8, state: OrderState, sent: Amount| {
        let id = order_id(number);
        placed(Snapshot { id, state, sent, ..snapshot(1, &tender, "50.74", SOLANA) })
    };
    let lines = |number: u8, failed: usize| {
        let lines = ["a", "b"].map(|id| Delivery { id: id.into(), ..delivered(Code::read("AAAA-BBBB")) });
        let mut order = Snapshot { id: order_id(number), ..done(lines.to_vec()) };
        for line in order.deliveries.iter_mut().take(failed) {
            (line.state, line.delivered) = (DeliveryState::Failed, Delivered::default());
        }
        placed(order)
    };
    let mut records = vec![
        record(9, lines(9, 0)),
        record(8, lines(8, 1)),
        record(7, lines(7, 2)),
        record(6, ended(6, OrderState::Refunded, amount("50.74"))),
        record(5, ended(5, OrderState::Canceled, amount("60"))),
        record(4, ended(4, OrderState::PaymentFailed, Amount::ZERO)),
        record(3, ended(3, OrderState::PaymentSetupFailed, Amount::ZERO)),
        record(2, Outcome::Refused("The product is no longer in the catalogue.".into())),
        record(1, Outcome::NotSent("The shop could not be reached.".into())),
    ];
    records[0].remarks.note = Secret::new("for Anna");
    records[1].purchase = None;
    records[2].total = None;
    records
}

fn entries() -> Ledger {
    let (mut interner, mut ledger) = (EntryInterner::default(), Ledger::default());
    let keep = |record| ledger.push(interner.keep(record, Timestamp(NOW + 9_000_000)));
    over().into_iter().for_each(keep);
    assert!(ledger.records().next().is_none(), "nothing is held whole");
    ledger.close(9);
    ledger
}

#[test]
fn an_entry_looks_and_is_offered_like_its_record() {
    for size in SIZES {
        let start = |records| Walk::listing(size, records);
        let (mut brief, mut whole) = (start(entries()), start(over().into()));
        for _ in 0..over().len() {
            assert_eq!(screen(&brief.state), screen(&whole.state));
            assert_eq!(brief.state.commands(), whole.state.commands());
            let asked = (brief.types("d"), whole.types("d"));
            assert_eq!(screen(&asked.0.state), screen(&asked.1.state));
            (brief, whole) =
                (asked.0.press(Key::Esc).press(Key::Down), asked.1.press(Key::Esc).press(Key::Down));
        }
        for query in ["/anna", "/#4", "/airbnb", "/zzz"] {
            let (brief, whole) = (start(entries()).types(query), start(over().into()).types(query));
            assert_eq!(screen(&brief.state), screen(&whole.state), "{query}");
        }
    }
}
