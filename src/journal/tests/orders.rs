//! Orders that are heard of from several sides: nothing that one of them told is lost.

use super::*;
use crate::domain::consent::Objection;
use crate::domain::limits::{Limit, Limits};

/// The codes that the journal has for an order, as they came.
fn codes(journal: &Journal, attempt: Attempt) -> Vec<String> {
    let record = journal.record(attempt).unwrap().unwrap();
    let deliveries = record.order().unwrap().known.deliveries.clone();
    deliveries
        .iter()
        .filter_map(|line| line.delivered.code.as_ref())
        .map(|code| code.secret().reveal().to_owned())
        .collect()
}

fn with(mut snapshot: Snapshot, deliveries: Vec<Delivery>) -> Order {
    snapshot.deliveries = deliveries;
    Order::new(snapshot)
}

#[test]
fn a_code_is_never_lost_between_two_processes() {
    let home = Home::new();
    let (one, two) = (home.open(), home.open());
    let attempt = intend(&one);
    one.record_outcome(attempt, &placed(snapshot(ID, "Created", 1000))).unwrap();
    let early = with(snapshot(ID, "Done", 2000), vec![delivery("a", Some("AAAA")), delivery("b", None)]);
    let late = with(snapshot(ID, "Done", 3000), vec![delivery("b", Some("https://b.example/"))]);
    let nothing = with(snapshot(ID, "WaitingForPayment", 1500), vec![delivery("a", None)]);
    one.keep(attempt, &early).unwrap();
    two.keep(attempt, &late).unwrap();
    one.keep(attempt, &nothing).unwrap();
    for journal in [&one, &two, &home.open()] {
        assert_eq!(codes(journal, attempt), ["AAAA", "https://b.example/"]);
    }
}

#[test]
fn two_processes_take_turns() {
    let home = Home::new();
    let journals = [home.open(), home.open()];
    let numbers: Vec<Attempt> = std::thread::scope(|scope| {
        let threads: Vec<_> = journals
            .iter()
            .map(|journal| scope.spawn(move || (0..20).map(|_| intend(journal)).collect::<Vec<_>>()))
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let mut distinct = numbers.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), 40);
    assert_eq!(journals[0].records().unwrap().len(), 40);
}

#[test]
fn changed_terms_are_remembered() {
    let home = Home::new();
    let journal = home.open();
    let attempt = intend(&journal);
    journal.record_outcome(attempt, &placed(snapshot(ID, "Created", 1000))).unwrap();
    journal.keep(attempt, &Order::recorded(snapshot(ID, "Created", 1000), true)).unwrap();
    journal.keep(attempt, &Order::new(snapshot(ID, "Created", 1001))).unwrap();
    let Outcome::Placed(order) = outcome(&home.open(), attempt) else { panic!("placed") };
    assert!(order.terms_changed);
}

#[test]
fn an_imported_order_is_kept_once() {
    let home = Home::new();
    let journal = home.open();
    let first = journal.import(&snapshot(ID, "Created", 1000), NOW).unwrap();
    assert_eq!((first.begun, first.purchase.clone(), first.total), (NOW, None, None));
    let again = journal.import(&snapshot(ID, "Done", 2000), Timestamp(NOW.0 + 5)).unwrap();
    assert_eq!((again.attempt, again.begun), (first.attempt, NOW));
    assert_eq!(again.order().unwrap().known.state, OrderState::Done);
    let earlier = journal.import(&snapshot(ID, "Created", 1000), NOW).unwrap();
    assert_eq!(earlier.order().unwrap().known.state, OrderState::Done);
    assert_eq!(journal.records().unwrap().len(), 1);
}

#[test]
fn an_attempt_takes_over_the_order_that_was_imported_meanwhile() {
    let home = Home::new();
    let journal = home.open();
    let attempt = intend(&journal);
    let mut seen = snapshot(ID, "Done", 2000);
    seen.deliveries = vec![delivery("a", Some("AAAA"))];
    let imported = journal.import(&seen, NOW).unwrap().attempt;
    let record = journal.record_outcome(attempt, &placed(snapshot(ID, "Created", 1000))).unwrap();
    assert_eq!((record.attempt, record.purchase), (attempt, Some(purchase())));
    assert_eq!(codes(&journal, attempt), ["AAAA"]);
    assert_eq!(journal.records().unwrap().len(), 1);
    // Somebody still holds the old number: the order is found by its id.
    journal.keep(imported, &with(snapshot(ID, "Done", 2000), vec![delivery("b", Some("BBBB"))])).unwrap();
    assert_eq!(codes(&journal, attempt), ["AAAA", "BBBB"]);
    assert_eq!(journal.records().unwrap().len(), 1);
    // And a number is never given twice.
    assert!(intend(&journal) > imported);
}

#[test]
fn one_order_for_two_attempts_is_kept_once_and_the_other_stays_unknown() {
    let home = Home::new();
    let journal = home.open();
    let (first, second) = (intend(&journal), intend(&journal));
    journal.record_outcome(first, &placed(snapshot(ID, "Created", 1000))).unwrap();
    let record = journal.record_outcome(second, &placed(snapshot(ID, "Created", 1000))).unwrap();
    assert_eq!(record.attempt, second, "it is told to be in doubt at once");
    assert_eq!(record.outcome, Outcome::Unknown(Failure::Earlier.into()));
    assert_eq!(outcome(&journal, second), record.outcome);
    assert!(matches!(outcome(&journal, first), Outcome::Placed(_)));
}

#[test]
fn an_order_is_kept_even_where_its_attempt_is_not_known() {
    let home = Home::new();
    let journal = home.open();
    let record = journal.record_outcome(Attempt(99), &placed(snapshot(ID, "Created", 1000))).unwrap();
    assert_eq!(record.begun, Timestamp(1000), "the shop's clock, for want of ours");
    // An attempt that has an order keeps it, and the other order gets a record of its own.
    journal.keep(record.attempt, &Order::new(snapshot(OTHER_ID, "Created", 1000))).unwrap();
    let ids: Vec<String> = journal
        .records()
        .unwrap()
        .iter()
        .map(|record| record.order().unwrap().id().reveal().to_owned())
        .collect();
    assert_eq!(ids, [OTHER_ID, ID]);
}

#[test]
fn an_order_turns_up_for_an_attempt_that_nobody_could_tell_of() {
    let home = Home::new();
    let journal = home.open();
    let attempt = intend(&journal);
    journal.record_outcome(attempt, &Placement::Unknown(Failure::TooLarge)).unwrap();
    journal.keep(attempt, &Order::new(snapshot(ID, "Created", 1000))).unwrap();
    assert!(matches!(outcome(&journal, attempt), Outcome::Placed(_)));
}

#[test]
fn everything_about_an_order_survives() {
    let home = Home::new();
    let journal = home.open();
    let attempt = intend(&journal);
    let mut told = snapshot(ID, "Quantum \"state\"", 2000);
    told.sent = amount("0.10");
    let mut line = delivery("a", None);
    line.delivered = Delivered {
        code: Some(Code::read("LPA:1$smdp.example$ABC\u{0}\n")),
        serial: Some(Secret::new("S-1")),
        security_code: Some(Secret::new("123")),
        operator_reference: Some("op".into()),
        redeem: Prose::from_plain("One.\nTwo."),
    };
    line.failure = Some("half of it".into());
    told.deliveries = vec![line];
    let record = journal.record_outcome(attempt, &placed(told.clone())).unwrap();
    assert_eq!(record.outcome, Outcome::Placed(Box::new(Order::new(told))));
    let Outcome::Placed(order) = outcome(&home.open(), attempt) else { panic!("placed") };
    assert_eq!(order.known.sent.to_string(), "0.10");
}

#[test]
fn what_another_program_ordered_is_weighed_as_the_order_leaves() {
    let home = Home::new();
    let (one, two) = (home.open(), home.open());
    let most = Limits { day: Limit::Most("150 USDC".parse().unwrap()), ..Limits::default() };
    let consent = Consent { limits: most, another: true, ..Consent::default() };
    let tries = |journal: &Journal, consent: &Consent, now: Timestamp| {
        journal.intend(&purchase(), amount("101.40"), consent, now).unwrap()
    };
    let Intent::Recorded(first) = tries(&one, &consent, NOW) else { panic!("within the limit") };
    let Intent::Held(Objection::Above(above), found) = tries(&two, &consent, NOW) else { panic!("above it") };
    assert_eq!(found.iter().map(|record| record.attempt).collect::<Vec<_>>(), [first]);
    assert_eq!(one.records().unwrap().len(), 1, "nothing is written");
    let agreed = Consent { above, ..consent.clone() };
    assert!(matches!(tries(&two, &agreed, NOW), Intent::Recorded(_)));
    assert!(matches!(tries(&two, &agreed, NOW), Intent::Held(..)), "that was for the other figures");
    let void = Consent { void: vec![first, Attempt(2)], ..consent.clone() };
    assert!(matches!(tries(&two, &void, NOW), Intent::Recorded(_)), "they became nothing");
    // A day later they count no more, but nobody can tell yet what became of them.
    let tomorrow = NOW.plus(std::time::Duration::from_secs(86_401));
    let careful = Consent { another: false, ..consent };
    let Intent::Held(Objection::MayExist(_), _) = tries(&one, &careful, tomorrow) else { panic!("in doubt") };
}

#[test]
fn who_agrees_to_another_attempt_agrees_to_those_that_were_there() {
    let home = Home::new();
    let (one, two) = (home.open(), home.open());
    let tries = |journal: &Journal, seen: Vec<Attempt>| {
        let consent = Consent { seen, ..Consent::default() };
        journal.intend(&purchase(), amount("101.40"), &consent, NOW).unwrap()
    };
    let first = intend(&one);
    let Intent::Held(Objection::MayExist(earlier), _) = tries(&two, vec![]) else { panic!("in doubt") };
    assert_eq!(earlier, first);
    // Two windows ask about the first one; whoever answers later has not seen the other's.
    let Intent::Recorded(second) = tries(&one, vec![first]) else { panic!("agreed to") };
    let Intent::Held(Objection::MayExist(newer), found) = tries(&two, vec![first]) else { panic!("unseen") };
    assert_eq!((newer, found.len()), (second, 2));
    assert!(matches!(tries(&two, vec![first, second]), Intent::Recorded(_)));
}

#[test]
fn who_agrees_to_what_a_day_comes_to_agrees_to_less() {
    let home = Home::new();
    let journal = home.open();
    let day = Limits { day: Limit::Most("150 USDC".parse().unwrap()), ..Limits::default() };
    let consent = Consent { limits: day, another: true, ..Consent::default() };
    let tries = |consent: &Consent| journal.intend(&purchase(), amount("101.40"), consent, NOW).unwrap();
    let (first, second) = (intend(&journal), intend(&journal));
    let Intent::Held(Objection::Above(above), _) = tries(&consent) else { panic!("above it") };
    // What was seen on the screen counts an order that has become nothing meanwhile.
    journal.record_outcome(second, &Placement::NotSent(Failure::TooLarge)).unwrap();
    let agreed = Consent { above, ..consent.clone() };
    assert!(matches!(tries(&agreed), Intent::Recorded(_)), "{first} and this one");
    intend(&journal);
    assert!(matches!(tries(&agreed), Intent::Held(..)), "that is more");
}

#[test]
fn orders_that_are_redeemed_alike_share_the_words_for_it_and_hold_no_room_for_more() {
    let home = Home::new();
    let journal = home.open();
    for id in [ID, OTHER_ID] {
        let mut told = snapshot(id, "Done", 2000);
        told.deliveries = vec![delivery("a", Some("AAAA"))];
        told.deliveries[0].delivered.redeem = Prose::from_plain("Type it in.\nThat is all.");
        journal.import(&told, NOW).unwrap();
    }
    let records = journal.records().unwrap();
    let lines = |record: &Record| {
        let deliveries = &record.order().unwrap().known.deliveries;
        assert_eq!(deliveries.capacity(), 1);
        deliveries[0].delivered.redeem.clone()
    };
    let (one, two) = (lines(&records[0]), lines(&records[1]));
    assert!(one.lines().len() == 2 && std::ptr::eq(one.lines(), two.lines()));
}
