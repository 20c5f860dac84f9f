//! What is read of many records: at a start what can still move, an entry of all others when they are listed.

use allocation_counter::measure;

use super::*;
use crate::domain::ledger::{Entry, Ledger, LedgerRow};
use crate::journal::ledger::NEWEST;

/// Long after everything that is written down here.
const LATER: Timestamp = Timestamp(NOW.0 + 400 * 24 * 60 * 60);

/// So many orders that were delivered long ago, each with a code.
fn finished(home: &Home, count: usize) -> Journal {
    let journal = home.open();
    let attempt = intend(&journal);
    let mut done = snapshot(ID, "Done", 2000);
    done.deliveries = vec![delivery("a", Some("AAAA-BBBB-CCCC"))];
    journal.record_outcome(attempt, &placed(done)).unwrap();
    copy(&journal, count);
    journal
}

/// Copies the first record until there are so many.
fn copy(journal: &Journal, count: usize) {
    if count < 2 {
        return;
    }
    let copies = "WITH RECURSIVE copies(copy) AS
            (SELECT 2 UNION ALL SELECT copy + 1 FROM copies WHERE copy < ?1)
        INSERT INTO attempts (shop, begun, total, purchase, outcome, state, order_id, placed_order)
        SELECT shop, begun, total, purchase, outcome, state, printf('%08d', copy) || substr(order_id, 9),
            replace(placed_order, order_id, printf('%08d', copy) || substr(order_id, 9))
        FROM attempts, copies WHERE attempts.number = 1";
    journal.connection().execute(copies, [i64::try_from(count).unwrap()]).unwrap();
}

fn numbers<'a>(records: impl Iterator<Item = &'a Record>) -> Vec<i64> {
    records.map(|record| record.attempt.0).collect()
}

fn entries(ledger: &Ledger) -> Vec<Entry> {
    ledger.all().iter().map(|kept| kept.entry().into_owned()).collect()
}

#[test]
fn a_start_reads_what_can_still_move_and_the_newest_of_ten_thousand() {
    let home = Home::new();
    let journal = finished(&home, 1);
    let other = |id: &str, state, payment| {
        let order = Snapshot { payment: PaymentState::read(payment), ..snapshot(id, state, 3000) };
        journal.record_outcome(intend(&journal), &placed(order)).unwrap().attempt.0
    };
    let late = other("a0000000-0000", "Expired", "ExpiredAfterPaymentDetection");
    let unpaid = other("b0000000-0000", "WaitingForPayment", "WalletCreated");
    let strange = other("c0000000-0000", "Dreaming", "WalletCreated");
    let unanswered = intend(&journal).0;
    copy(&journal, 9_000);
    let fill = "WITH RECURSIVE copies(copy) AS
            (SELECT 20000 UNION ALL SELECT copy + 1 FROM copies WHERE copy < 20999)
        INSERT INTO attempts (shop, begun, outcome, state, reason)
        SELECT shop, begun, 'refused', 'closed', 'no' FROM attempts, copies WHERE attempts.number = 1";
    journal.connection().execute(fill, []).unwrap();

    let start = journal.outstanding(LATER).unwrap();
    assert_eq!(numbers(start.records()), [unanswered, strange, unpaid, late]);
    assert_eq!(start.len(), NEWEST + 4);
    assert!(!start.is_complete());

    let all = journal.ledger(LATER).unwrap();
    assert_eq!(numbers(all.records()), [unanswered, strange, unpaid, late]);
    assert!(all.is_complete());
    let wanted: Vec<Entry> = journal.records().unwrap().iter().map(Entry::of).collect();
    assert_eq!(entries(&all), wanted);
}

#[test]
fn a_start_takes_no_more_memory_for_ten_thousand_finished_orders_than_for_some_hundred() {
    let held = |count| {
        let home = Home::new();
        let journal = finished(&home, count);
        journal.outstanding(LATER).unwrap();
        measure(|| drop(journal.outstanding(LATER).unwrap())).bytes_total
    };
    let (few, many) = (held(500), held(10_000));
    assert!(many <= few + 1024, "{many} instead of {few} bytes");
}

#[test]
fn ten_thousand_entries_take_little() {
    let home = Home::new();
    let journal = finished(&home, 10_000);
    let mut ledger = None;
    let cost = measure(|| ledger = journal.ledger(LATER).ok());
    assert_eq!(ledger.map(|ledger| ledger.len()), Some(10_000));
    assert!(cost.bytes_current < 1_000_000, "{} bytes", cost.bytes_current);
    assert!(cost.bytes_max < 1_100_000, "{} bytes at times", cost.bytes_max);
}

#[test]
fn every_state_that_is_not_final_is_read_at_a_start() {
    for word in ["Created", "WaitingForPayment", "PartialPaymentStarted", "PaymentStarted", "PaymentReceived"]
        .into_iter()
        .chain(["WaitingForDelivery", "WaitingForManualAction", "Expired", "Dreaming", "Done?"])
        .chain(OrderState::FINAL.iter().map(OrderState::word))
    {
        let home = Home::new();
        let journal = home.open();
        let order = snapshot(ID, word, 2000);
        let is_final = order.state.is_final();
        journal.record_outcome(intend(&journal), &placed(order)).unwrap();
        let unfinished = rows::outstanding(&journal.connection(), SHOP, LATER, 0).unwrap();
        assert_eq!(unfinished.is_empty(), is_final, "{word}");
    }
}

#[test]
fn a_word_that_only_looks_like_a_final_one_is_read_at_a_start() {
    let home = Home::new();
    let journal = home.open();
    let order = Snapshot { state: OrderState::Other("Done".into()), ..snapshot(ID, "Done", 2000) };
    journal.record_outcome(intend(&journal), &placed(order)).unwrap();
    assert_eq!(rows::outstanding(&journal.connection(), SHOP, LATER, 0).unwrap().len(), 1);
}

#[test]
fn what_can_still_move_is_found_without_reading_the_orders() {
    let home = Home::new();
    let journal = home.open();
    let connection = journal.connection();
    let query = format!("EXPLAIN QUERY PLAN {}", rows::UNFINISHED);
    let mut statement = connection.prepare(&query).unwrap();
    let plan: Vec<String> =
        statement.query_map(params![SHOP, 0], |row| row.get(3)).unwrap().map(Result::unwrap).collect();
    let searches: Vec<&String> = plan.iter().filter(|line| line.contains("attempts")).collect();
    assert_eq!(
        searches,
        [
            "SEARCH attempts USING COVERING INDEX attempts_by_time (shop=? AND begun>?)",
            "SEARCH attempts USING COVERING INDEX attempts_not_closed (shop=?)",
        ]
    );
}

#[test]
fn a_journal_without_its_indexes_is_read_all_the_same() {
    let home = Home::new();
    let journal = finished(&home, 200);
    let unfinished =
        journal.record_outcome(intend(&journal), &placed(snapshot(OTHER_ID, "Created", 1))).unwrap();
    let before = journal.outstanding(LATER).unwrap();
    let drop_them =
        "DROP INDEX attempts_by_time; DROP INDEX attempts_not_closed; DROP INDEX attempts_imported";
    journal.connection().execute_batch(drop_them).unwrap();
    let without = journal.outstanding(LATER).unwrap();
    assert_eq!(numbers(without.records()), [unfinished.attempt.0]);
    assert_eq!(entries(&without), entries(&before));
}

#[test]
fn a_few_orders_are_all_read_at_the_start_and_those_of_a_day_whole() {
    let home = Home::new();
    let journal = finished(&home, 3);
    let start = journal.outstanding(LATER).unwrap();
    assert!(start.is_complete());
    assert_eq!((start.len(), start.records().count()), (3, 0));
    let soon = Timestamp(NOW.0 + 60);
    assert_eq!(journal.outstanding(soon).unwrap().records().count(), 3);
    assert_eq!(
        journal.outstanding(Timestamp(NOW.0 - 60)).unwrap().records().count(),
        3,
        "a clock that ran ahead"
    );
}

#[test]
fn an_old_order_that_an_attempt_in_doubt_may_have_become_is_read_whole() {
    let home = Home::new();
    let journal = home.open();
    let mut became = snapshot(ID, "Done", 2000);
    became.deliveries = vec![delivery("a", Some("AAAA")), delivery("b", Some("BBBB"))];
    let alike = journal.import(&became, NOW).unwrap();
    journal.import(&snapshot(OTHER_ID, "Done", 2000), NOW).unwrap();
    let whole = |journal: &Journal| numbers(journal.outstanding(LATER).unwrap().records());
    assert_eq!(whole(&journal), [0_i64; 0]);
    let doubtful = intend(&journal);
    assert!(journal.record(doubtful).unwrap().unwrap().may_have_become(&alike, NOW), "they are alike");
    assert_eq!(whole(&journal), [doubtful.0, alike.attempt.0]);
    assert_eq!(numbers(journal.ledger(LATER).unwrap().records()), [doubtful.0, alike.attempt.0]);
}

#[test]
fn an_entry_has_the_note_and_no_code() {
    let home = Home::new();
    let journal = finished(&home, 1);
    let note = Remarks { note: "for Anna".into(), ..Remarks::default() };
    journal.remark(&OrderId::parse(ID).unwrap(), &note).unwrap();
    let ledger = journal.ledger(LATER).unwrap();
    let Some(LedgerRow::Brief(entry)) = ledger.get(0) else { panic!("not an entry") };
    assert_eq!(entry.note().map(Secret::reveal), Some("for Anna"));
    assert_eq!((entry.id(), entry.summary()), (&ID[..8], "Netflix 25 EUR × 2"));
    assert!(entry.has_codes() && entry.is_delivered() && entry.is_repeatable());
}
