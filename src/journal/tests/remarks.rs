//! What an owner writes beside an order, and what is removed for good.

use super::*;
use crate::domain::record::Remarks;

/// When everything of these tests is long over.
const LATER: Timestamp = Timestamp(1_800_000_000);

fn remarks() -> Remarks {
    let used = [(Printable::from("one"), Timestamp(77))].into();
    Remarks { note: Secret::from("for Anna"), used }
}

fn done(id: &str) -> Snapshot {
    let mut order = snapshot(id, "Done", 2000);
    order.deliveries = vec![delivery("one", Some("AAAA-BBBB-CCCC"))];
    order
}

#[test]
fn a_note_and_marks_are_there_at_the_next_start() {
    let home = Home::new();
    let order = done(ID);
    let attempt = home.open().import(&order, NOW).unwrap().attempt;
    home.open().remark(&order.id, &remarks()).unwrap();
    assert_eq!(home.open().records().unwrap()[0].remarks, remarks());
    assert_eq!(home.open().record(attempt).unwrap().unwrap().remarks, remarks());
    home.open().remark(&order.id, &Remarks::default()).unwrap();
    assert_eq!(home.open().records().unwrap()[0].remarks, Remarks::default());
}

#[test]
fn a_note_stays_with_its_order_when_an_import_turns_out_to_be_an_attempt() {
    let home = Home::new();
    let journal = home.open();
    let attempt = intend(&journal);
    let order = done(ID);
    journal.import(&order, NOW).unwrap();
    journal.remark(&order.id, &remarks()).unwrap();
    let record = journal.record_outcome(attempt, &Placement::Placed(Box::new(order))).unwrap();
    assert_eq!((record.attempt, record.remarks), (attempt, remarks()));
}

#[test]
fn what_is_removed_leaves_no_code_in_any_file() {
    let home = Home::new();
    let journal = home.open();
    let attempt = journal.import(&done(ID), NOW).unwrap().attempt;
    journal.remark(&done(ID).id, &remarks()).unwrap();
    journal.import(&done(OTHER_ID), NOW).unwrap();
    journal.remove(attempt, LATER).unwrap();
    let left = journal.records().unwrap();
    assert_eq!(left.len(), 1);
    assert!(left[0].is_about(&OrderId::parse(OTHER_ID).unwrap()));
    journal.remove(left[0].attempt, LATER).unwrap();
    for name in home.names() {
        let bytes = std::fs::read(home.directory().join(&name)).unwrap();
        for secret in ["AAAA-BBBB-CCCC", "for Anna", ID, OTHER_ID] {
            let found = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
            assert!(!found, "{secret} is still in {name}");
        }
    }
}

#[test]
fn what_something_can_still_come_of_is_not_removed() {
    let home = Home::new();
    let journal = home.open();
    let open = journal.import(&snapshot(ID, "WaitingForPayment", 1000), NOW).unwrap().attempt;
    let doubtful = intend(&journal);
    for (attempt, now) in [(open, LATER), (doubtful, Timestamp(NOW.0 + 23 * 3600))] {
        let why = reason(journal.remove(attempt, now));
        assert!(why.contains("can still come"), "{why}");
    }
    let expired = snapshot(OTHER_ID, "Expired", 1000);
    let expired = journal.import(&expired, NOW).unwrap().attempt;
    journal.remove(expired, Timestamp(2000)).unwrap_err();
    journal.remove(expired, Timestamp(1000 + 25 * 3600)).unwrap();
    assert_eq!(journal.records().unwrap().len(), 2);
}

#[test]
fn what_was_in_doubt_for_a_day_can_be_removed() {
    let home = Home::new();
    let journal = home.open();
    let lost = intend(&journal);
    journal.record_outcome(lost, &Placement::Unknown(Failure::Trouble(502))).unwrap();
    for attempt in [lost, intend(&journal)] {
        journal.remove(attempt, Timestamp(NOW.0 + 24 * 3600)).unwrap_err();
        journal.remove(attempt, Timestamp(NOW.0 + 24 * 3600 + 1)).unwrap();
    }
    assert_eq!(journal.records().unwrap(), []);
}

#[test]
fn an_order_that_cannot_be_read_is_not_removed() {
    let home = Home::new();
    let journal = home.open();
    let attempt = journal.import(&done(ID), NOW).unwrap().attempt;
    journal.connection().execute("UPDATE attempts SET placed_order = '{}'", []).unwrap();
    let why = reason(journal.remove(attempt, LATER));
    assert!(why.contains("cannot be read"), "{why}");
}
