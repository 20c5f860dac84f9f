//! Orders that were over long ago: left out at the start, listed once somebody looks for them, and read
//! whole once they are opened.

use giftty::action::Action;
use giftty::domain::failure::Failure;
use giftty::domain::ledger::{EntryInterner, Ledger, LedgerRow};
use giftty::domain::order::{Code, Order, OrderId, Snapshot};
use giftty::domain::record::{Attempt, Outcome, Record, Remarks};
use giftty::domain::time::Timestamp;
use giftty::effect::Effect;
use giftty::input::Input;
use giftty::keymap::{Command, Typing};
use giftty::remote::RequestId;
use giftty::screens::AnyScreen;
use giftty::screens::orders::Orders;

use crate::support::story::{NOW, Story};
use crate::support::wares::{self, done, later};

/// A record of an order that was over long ago.
fn over(number: i64, end: impl Fn(&Snapshot) -> Snapshot) -> Record {
    let mut before = Story::receipt();
    before.press("p");
    let (purchase, snapshot) = (before.sent().1, before.snapshot());
    let id = OrderId::parse(&format!("{number:08}-dc5e-4efd-9ecf-f8fb08a22677")).expect("an id");
    let order = Order::new(end(&Snapshot { id, ..snapshot }));
    let record = wares::record(number, Some(purchase), Outcome::Placed(Box::new(order)));
    Record { begun: Timestamp(NOW - 1_000_000 + number), ..record }
}

fn delivered(number: i64) -> Record {
    over(number, |order| done(order, 9))
}

fn refunded(number: i64) -> Record {
    over(number, |order| later(order, 9, "Refunded", "PaymentReceived"))
}

fn refused(number: i64) -> Record {
    Record { outcome: Outcome::Refused("no".into()), ..delivered(number) }
}

/// As the journal would answer: of so many records there are, these.
fn ledger(records: &[Record], all: usize) -> Ledger {
    let (mut interner, mut ledger) = (EntryInterner::default(), Ledger::default());
    for record in records {
        ledger.push(interner.keep(record.clone(), Timestamp(NOW)));
    }
    ledger.close(all);
    ledger
}

/// Everything that is in the journal, newest first.
fn journal() -> Vec<Record> {
    vec![delivered(9), refused(8), refunded(7), delivered(4)]
}

/// At the start, with the newest of four orders.
fn start() -> Story {
    let mut story = Story::begun(Some("US"));
    let id = story.records_id();
    story.payment_methods().hears(Action::RecordsLoaded(id, Ok(ledger(&journal()[..1], 4))));
    story
}

/// In front of all four.
fn listing() -> Story {
    let mut story = start();
    story.press("^O");
    list(&mut story, Ok(ledger(&journal(), 4)));
    story
}

fn list(story: &mut Story, answer: Result<Ledger, Failure>) {
    let id = story.asked(list_asked);
    story.hears(Action::RecordsListed(id, answer));
}

fn list_asked(effect: &Effect) -> Option<RequestId> {
    match effect {
        Effect::ListRecords(id) => Some(*id),
        _ => None,
    }
}

fn opened(effect: &Effect) -> Option<(RequestId, Attempt)> {
    match effect {
        Effect::LoadRecord(id, attempt) => Some((*id, *attempt)),
        _ => None,
    }
}

/// The journal answers with the record that was asked for last.
fn answer(story: &mut Story, records: &[Record]) {
    let (id, attempt) = story.asked(opened);
    let record = records.iter().find(|record| record.attempt == attempt).cloned();
    story.hears(Action::RecordLoaded(id, attempt, Ok(record.map(Box::new))));
}

fn orders(story: &Story) -> &Orders {
    match story.state.top() {
        AnyScreen::Orders(page) => page,
        other => panic!("not the list but {other:?}"),
    }
}

fn rows(story: &Story) -> Vec<i64> {
    let (list, model) = (orders(story), &story.state.model);
    (0..list.len(model)).filter_map(|row| Some(list.row(row, model)?.attempt().0)).collect()
}

fn marked(story: &Story) -> Option<i64> {
    orders(story).marked(&story.state.model).map(|kept| kept.attempt().0)
}

fn whole(story: &Story) -> Vec<i64> {
    story.state.model.whole().map(|record| record.attempt.0).collect()
}

#[test]
fn what_was_left_out_is_read_once_the_list_is_opened_and_once_only() {
    let mut story = start();
    let asked = |story: &Story| story.count(|effect| list_asked(effect).is_some());
    assert_eq!(asked(&story), 0);
    story.press("^O");
    assert_eq!((asked(&story), rows(&story)), (1, vec![9]));
    story.press("esc ^O");
    assert_eq!(asked(&story), 1);
    list(&mut story, Ok(ledger(&journal(), 4)));
    assert_eq!((rows(&story), whole(&story)), (vec![9, 8, 7, 4], vec![]));
    story.press("esc ^O");
    assert_eq!(asked(&story), 1);
}

#[test]
fn nothing_is_listed_where_nothing_was_left_out() {
    let mut story = Story::begun(Some("US"));
    let id = story.records_id();
    story.payment_methods().hears(Action::RecordsLoaded(id, Ok(ledger(&journal(), 4)))).press("^O");
    assert_eq!(story.count(|effect| list_asked(effect).is_some()), 0);
    assert_eq!(rows(&story), [9, 8, 7, 4]);
}

#[test]
fn what_is_marked_stays_marked_and_what_is_sought_is_found_when_the_rest_comes() {
    let all = [delivered(12), delivered(11), delivered(9), refunded(7), delivered(4)];
    let mut story = Story::begun(Some("US"));
    let id = story.records_id();
    story.payment_methods().hears(Action::RecordsLoaded(id, Ok(ledger(&[delivered(9), delivered(4)], 5))));
    story.press("^O ↓");
    list(&mut story, Ok(ledger(&all, 5)));
    assert_eq!((rows(&story), marked(&story)), (vec![12, 11, 9, 7, 4], Some(4)));

    let mut story = start();
    story.press("^O").types("#7");
    assert_eq!(rows(&story), [0_i64; 0]);
    list(&mut story, Ok(ledger(&journal(), 4)));
    assert_eq!(rows(&story), [7]);
}

#[test]
fn an_entry_is_found_by_all_that_its_record_was_found_by() {
    let noted = Remarks { note: "for Anna".into(), ..Remarks::default() };
    let all = [delivered(9), Record { remarks: noted, ..delivered(7) }, refused(4)];
    let find = |records: Ledger, query: &str| {
        let mut story = Story::begun(Some("US"));
        let id = story.records_id();
        story.payment_methods().hears(Action::RecordsLoaded(id, Ok(records))).press("^O").types(query);
        rows(&story)
    };
    for query in ["anna", "#7", "#9", "00000009", "steam", "10 usd", "s", "zzz"] {
        let entries = ledger(&all, 3);
        assert!(entries.records().next().is_none());
        assert_eq!(find(entries, query), find(all.to_vec().into(), query), "{query}");
    }
}

#[test]
fn a_list_that_cannot_be_read_says_so_and_is_read_again() {
    let mut story = start();
    story.press("^O");
    list(&mut story, Err(Failure::Unrecorded("locked".into())));
    assert_eq!(rows(&story), [9]);
    story.press("↓ ↑");
    assert_eq!(story.count(|effect| list_asked(effect).is_some()), 1);
    story.press("esc ^O");
    assert_eq!(story.count(|effect| list_asked(effect).is_some()), 2);
    list(&mut story, Ok(ledger(&journal(), 4)));
    assert_eq!(rows(&story), [9, 8, 7, 4]);
}

#[test]
fn an_entry_opens_at_once_and_its_record_is_read_once() {
    let mut story = listing();
    story.press("↵");
    assert!(matches!(story.state.top(), AnyScreen::Delivered(_)));
    story.press("y esc ↵");
    assert_eq!(story.count(|effect| opened(effect).is_some()), 1);
    assert_eq!(whole(&story), [0_i64; 0]);
    answer(&mut story, &journal());
    assert_eq!(whole(&story), [9]);
    assert!(story.state.commands().contains(&Command::Reveal));
    story.press("esc ↵");
    assert_eq!(story.count(|effect| opened(effect).is_some()), 1);
}

#[test]
fn an_order_that_was_not_delivered_opens_and_is_asked_about() {
    let mut story = listing();
    story.press("↓ ↓ ↵");
    assert!(matches!(story.state.top(), AnyScreen::Pay(_)));
    let reads = |story: &Story| story.count(|effect| matches!(effect, Effect::ReadOrder(_)));
    assert_eq!(reads(&story), 0, "its id is in the journal");
    answer(&mut story, &journal());
    assert_eq!(reads(&story), 1);
    assert!(story.state.commands().contains(&Command::BuyAgain), "{:?}", story.state.commands());
}

#[test]
fn codes_are_shown_as_soon_as_they_are_read() {
    let mut story = listing();
    story.press("↵");
    answer(&mut story, &journal());
    story.press("r");
    let AnyScreen::Delivered(page) = story.state.top() else { panic!("not the codes") };
    assert!(page.revealed() && page.marked(&story.state.model).is_some());
    let esim = |number| {
        over(number, |order| {
            let mut order = done(order, 9);
            order.deliveries[0].delivered.code = Some(Code::read("LPA:1$rsp.example$ABC"));
            order
        })
    };
    let mut story = Story::begun(Some("US"));
    let id = story.records_id();
    story.payment_methods().hears(Action::RecordsLoaded(id, Ok(ledger(&[esim(9)], 1)))).press("^O ↵");
    answer(&mut story, &[esim(9)]);
    story.press("r");
    let AnyScreen::Delivered(page) = story.state.top() else { panic!("not the codes") };
    assert!(page.esim.is_some());
}

#[test]
fn what_needs_the_whole_record_is_done_once_it_is_here() {
    let mut story = listing();
    story.press("^B");
    assert_eq!(orders(&story).len(&story.state.model), 4);
    answer(&mut story, &journal());
    assert!(matches!(story.state.top(), AnyScreen::Checkout(_)));

    let mut story = listing();
    story.press("↓ F2");
    assert!(story.copied().is_empty());
    answer(&mut story, &journal());
    assert!(story.copied()[0].contains("Attempt: #8 (refused)"), "{:?}", story.copied());

    let mut story = listing();
    story.press("^B esc");
    answer(&mut story, &journal());
    assert_eq!(story.place(), "country › brands", "whoever left buys nothing");
}

#[test]
fn what_another_program_removed_is_said_to_be_gone() {
    let mut story = listing();
    story.press("↵");
    answer(&mut story, &[]);
    assert_eq!(rows(&story), [8, 7, 4]);
    assert!(format!("{:?}", story.state.model.toast).contains("#9 is not on this machine any more"));
    story.press("↓ ^B");
    answer(&mut story, &[]);
    assert_eq!(rows(&story), [8, 4]);
    assert!(format!("{:?}", story.state.model.toast).contains("#7 is not on this machine any more"));
}

#[test]
fn a_record_that_cannot_be_read_leaves_the_list_as_it_is() {
    let mut story = listing();
    story.press("↵");
    let (id, attempt) = story.asked(opened);
    story.hears(Action::RecordLoaded(id, attempt, Err(Failure::Unrecorded("locked".into()))));
    assert_eq!(rows(&story), [9, 8, 7, 4]);
    assert!(format!("{:?}", story.state.model.toast).contains("locked"));
    story.press("↵");
    assert_eq!(story.count(|effect| opened(effect).is_some()), 2);
}

#[test]
fn what_is_removed_while_the_rest_is_read_does_not_come_back() {
    let mut story = start();
    story.press("^O ^X ^Y");
    let (id, attempt) = story.asked(|effect| match effect {
        Effect::RemoveRecord(id, attempt, _) => Some((*id, *attempt)),
        _ => None,
    });
    story.hears(Action::RecordRemoved(id, attempt, Ok(())));
    list(&mut story, Ok(ledger(&journal(), 4)));
    assert_eq!(rows(&story), [8, 7, 4]);
}

#[test]
fn what_is_written_beside_an_order_is_not_lost_to_what_is_read_later() {
    let mut story = listing();
    story.press("↵");
    answer(&mut story, &journal());
    story.press("n").types("for Anna").press("↵ esc ↵");
    assert_eq!(story.count(|effect| opened(effect).is_some()), 1, "what was opened is held");
    let record = story.state.model.record(Attempt(9)).expect("a record");
    assert_eq!(record.remarks.note.reveal(), "for Anna");
}

#[test]
fn an_entry_of_an_order_that_stands_under_another_attempt_is_looked_up() {
    let mut story = listing();
    let twin = Record { attempt: Attempt(20), ..delivered(4) };
    story.hears(Action::RecordsFound(vec![twin]));
    assert_eq!(story.asked(opened).1, Attempt(4));
    answer(&mut story, &[]);
    assert_eq!(rows(&story), [20, 9, 8, 7]);
    assert!(story.state.model.toast.is_none(), "nobody looked for it");
}

#[test]
fn whoever_opened_what_was_found_comes_back_to_the_list() {
    let mut story = listing();
    story.types("#9").press("↵");
    answer(&mut story, &journal());
    story.press("esc");
    assert_eq!((rows(&story), story.state.typing()), (vec![9], Typing::Text));
    story.press("esc");
    assert_eq!(rows(&story), [9, 8, 7, 4], "the filter goes with the next step back");
}

#[test]
fn codes_are_hidden_from_whoever_has_the_terminal_while_the_program_is_stopped() {
    let mut story = listing();
    story.press("↵");
    answer(&mut story, &journal());
    story.press("r").hears(Action::Input(Input::Resumed));
    let AnyScreen::Delivered(page) = story.state.top() else { panic!("not the codes") };
    assert!(!page.revealed());
}

#[test]
fn an_entry_holds_no_code() {
    let story = listing();
    assert!(story.state.model.records.ready().into_iter().flat_map(Ledger::all).all(|kept| {
        let LedgerRow::Brief(entry) = kept else { return false };
        !format!("{entry:?}").contains("AAAA")
    }));
}
