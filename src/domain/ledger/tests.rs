//! What is held of the records, whatever is read when.

use super::super::order::{OrderState, PaymentState, Snapshot};
use super::super::record::Remarks;
use super::*;

const LATER: Timestamp = Timestamp(1_800_000_000);

fn order(number: i64, id: &str) -> Record {
    let known = Snapshot {
        id: OrderId::parse(id).unwrap(),
        state: OrderState::Done,
        payment: PaymentState::Received,
        terms: None,
        sent: Amount::ZERO,
        created_at: None,
        updated_at: None,
        deliveries: Vec::new(),
    };
    Record {
        attempt: Attempt(number),
        begun: Timestamp(1_700_000_000),
        purchase: None,
        total: None,
        outcome: Outcome::Placed(Box::new(Order::new(known))),
        remarks: Remarks::default(),
    }
}

fn one(number: i64) -> Record {
    order(number, &format!("{number:08}-0000"))
}

/// Entries of these attempts, and nothing else there is.
fn listed(numbers: &[i64]) -> Ledger {
    let mut interner = EntryInterner::default();
    let mut ledger = Ledger::default();
    for number in numbers {
        ledger.push(interner.keep(one(*number), LATER));
    }
    ledger.close(numbers.len());
    ledger
}

/// The numbers of the attempts, those of whole records as they are and those of entries below zero.
fn numbers(ledger: &Ledger) -> Vec<i64> {
    ledger.all().iter().map(|kept| kept.attempt().0 * if kept.record().is_some() { 1 } else { -1 }).collect()
}

#[test]
fn an_entry_is_small_and_holds_once_what_it_shares() {
    assert!(size_of::<LedgerRow>() <= 80, "{} bytes", size_of::<LedgerRow>());
    let mut interner = EntryInterner::default();
    let kept = [(); 2].map(|()| interner.keep(one(2), LATER));
    let [LedgerRow::Brief(first), LedgerRow::Brief(second)] = kept else { panic!("not entries") };
    assert!(Arc::ptr_eq(&first.common, &second.common));
}

#[test]
fn what_is_open_or_of_a_day_is_kept_whole() {
    let mut interner = EntryInterner::default();
    let mut keep = |record: Record, now| interner.keep(record, Timestamp(now)).record().is_some();
    let begun = one(1).begun.0;
    let day = i64::try_from(DAY.as_secs()).unwrap();
    assert!(keep(one(1), begun + day));
    assert!(!keep(one(1), begun + day + 1));
    assert!(keep(one(1), begun - 2 * day), "a clock that ran ahead");
    assert!(keep(Record { outcome: Outcome::Intended, ..one(1) }, LATER.0));
    assert!(!keep(Record { outcome: Outcome::Refused("no".into()), ..one(1) }, LATER.0));
}

#[test]
fn what_is_held_whole_is_newer_than_a_list_that_comes_late() {
    let mut ledger = Ledger::from(vec![one(9), one(3)]);
    ledger.complete(listed(&[5, 4, 3, 2]));
    assert_eq!(numbers(&ledger), [9, -5, -4, 3, -2]);
    assert!(ledger.is_complete());
}

#[test]
fn what_is_no_more_does_not_come_back_with_a_list_that_was_read_before() {
    let mut ledger = Ledger::from(vec![one(5), one(4)]);
    ledger.remove(Attempt(4));
    ledger.take_in(order(6, "00000005-0000"));
    assert_eq!(numbers(&ledger), [6], "the order stands here once");
    ledger.complete(listed(&[5, 4, 3]));
    assert_eq!(numbers(&ledger), [6, -3]);
    ledger.fill_in(one(4));
    assert_eq!(numbers(&ledger), [6, -3]);
}

#[test]
fn an_entry_is_filled_in_and_a_whole_record_stays_as_it_is() {
    let mut ledger = listed(&[2, 1]);
    ledger.fill_in(one(1));
    assert_eq!(numbers(&ledger), [-2, 1]);
    let noted = Record { remarks: Remarks { note: "new".into(), ..Remarks::default() }, ..one(1) };
    ledger.take_in(noted.clone());
    ledger.fill_in(one(1));
    assert_eq!(ledger.record(Attempt(1)), Some(&noted));
}

#[test]
fn an_entry_of_an_order_that_is_held_under_another_attempt_is_told() {
    let mut ledger = listed(&[2, 1]);
    assert_eq!(ledger.doubles(), []);
    ledger.take_in(order(3, "00000001-0000"));
    assert_eq!(numbers(&ledger), [3, -2, -1]);
    assert_eq!(ledger.doubles(), [Attempt(1)]);
}
