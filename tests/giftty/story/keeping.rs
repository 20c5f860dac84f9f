//! What is done with orders that are there: found, added, shown, bought again, written beside, removed.

use giftty::action::Action;
use giftty::domain::failure::Failure;
use giftty::domain::news::{Link, News};
use giftty::domain::order::{Order, OrderId, Phase, Snapshot};
use giftty::domain::purchase::Purchase;
use giftty::domain::record::{Outcome, Record};
use giftty::domain::text::{Printable, Secret};
use giftty::domain::time::Timestamp;
use giftty::effect::{Effect, Subscription};
use giftty::keymap::Command;
use giftty::remote::RequestId;
use giftty::screens::AnyScreen;
use giftty::screens::orders::Orders;
use giftty::state::{SessionInit, StartPolicy};

use super::browsing;
use crate::support::story::{NOW, Story, boot};
use crate::support::wares::{self, done, later};

/// The purchase of one gift card, and what the shop says of its order.
fn bought() -> (Purchase, Snapshot) {
    let mut before = Story::receipt();
    before.press("p");
    (before.sent().1, before.snapshot())
}

fn numbered(number: i64, snapshot: &Snapshot) -> Snapshot {
    let id = OrderId::parse(&format!("{number:08}-dc5e-4efd-9ecf-f8fb08a22677")).expect("an id");
    Snapshot { id, ..snapshot.clone() }
}

fn record(number: i64, snapshot: Snapshot, purchase: &Purchase) -> Record {
    wares::record(number, Some(purchase.clone()), Outcome::Placed(Box::new(Order::new(snapshot))))
}

/// In front of the list, with an open order #3, a delivered #2 and one that was refused, #1.
pub(super) fn listing() -> Story {
    let (purchase, snapshot) = bought();
    let records = vec![
        record(3, numbered(3, &snapshot), &purchase),
        record(2, done(&numbered(2, &snapshot), 9), &purchase),
        wares::record(1, Some(purchase), Outcome::Refused("no".into())),
    ];
    let mut story = Story::begun(Some("US"));
    story.payment_methods().records(records).press("^O");
    story
}

/// In front of the codes of order #2.
pub(super) fn codes() -> Story {
    let mut story = listing();
    story.press("↓ ↵");
    story
}

fn list(story: &Story) -> &Orders {
    match story.state.top() {
        AnyScreen::Orders(page) => page,
        other => panic!("not the list but {other:?}"),
    }
}

/// The numbers of the attempts in the rows.
fn rows(story: &Story) -> Vec<i64> {
    let (list, model) = (list(story), &story.state.model);
    (0..list.len(model)).filter_map(|row| Some(list.row(row, model)?.attempt().0)).collect()
}

fn followed(story: &Story) -> usize {
    let wanted = story.state.subscriptions();
    wanted.iter().filter(|one| matches!(one, Subscription::Order(_))).count()
}

fn notices(story: &Story) -> Vec<String> {
    let words = story.log.iter().filter_map(|effect| match effect {
        Effect::Notice(words) => Some(words.to_string()),
        _ => None,
    });
    words.collect()
}

#[test]
fn a_payment_is_followed_under_help_tender_and_orders_and_no_more_once_it_is_left() {
    let mut story = Story::paying();
    for keys in ["F1", "esc ^O", "^O"] {
        story.press(keys);
        assert_eq!(followed(&story), 1, "{keys}");
    }
    story.press("esc esc");
    assert_eq!(story.place(), "country › brands");
    assert_eq!(followed(&story), 0);
    assert!(story.state.model.feeds.is_empty(), "nothing is said of a line that is closed");
}

#[test]
fn each_order_has_a_line_of_its_own() {
    let (purchase, snapshot) = bought();
    let two = [4, 5].map(|number| numbered(number, &snapshot));
    let mut story = Story::begun(Some("US"));
    story
        .payment_methods()
        .records(two.iter().map(|one| record(1, one.clone(), &purchase)).collect())
        .press("^O");
    story.hears(Action::OrderNews(two[0].id.clone(), News::Link(Link::Live)));
    story.hears(Action::OrderNews(two[1].id.clone(), News::Link(Link::Offline)));
    let link = |one: &Snapshot| story.state.model.feed_of(&one.id).map(|line| line.link.clone());
    assert_eq!(link(&two[0]), Some(Link::Live));
    assert_eq!(link(&two[1]), Some(Link::Offline));
}

#[test]
fn open_orders_are_followed_from_the_start_until_something_is_heard_of_them() {
    let (purchase, snapshot) = bought();
    let many: Vec<Snapshot> = (1..=25).map(|number| numbered(number, &snapshot)).collect();
    let records = (1..).zip(&many).map(|(number, one)| record(number, one.clone(), &purchase)).collect();
    let mut story = Story::begun(Some("US"));
    story.payment_methods().records(records);
    assert_eq!(followed(&story), 8, "not all of them at once");
    story.news(many[0].clone());
    story.hears(Action::OrderNews(many[1].id.clone(), News::Link(Link::Offline)));
    assert_eq!(followed(&story), 8, "the next ones follow");
    let again = Subscription::Order(many[1].id.clone());
    assert!(!story.state.subscriptions().contains(&again), "bad news are news");
    for one in &many {
        story.news(one.clone());
    }
    assert_eq!(followed(&story), 0);
    story.press("^O");
    assert_eq!(followed(&story), 20, "the list wants them live");
}

#[test]
fn the_shop_is_asked_at_once_by_whoever_has_an_order_open() {
    let (purchase, snapshot) = bought();
    let asks_the_shop = |snapshot: Snapshot| {
        let last = browsing::recalled(wares::brands());
        let mut story =
            Story::of(SessionInit { stock: Some(last), asks: StartPolicy::WithFirstKey, ..boot(Some("US")) });
        story.records(vec![record(1, snapshot, &purchase)]);
        story.count(|effect| matches!(effect, Effect::FetchCatalogue(..))) == 1
    };
    assert!(asks_the_shop(snapshot.clone()));
    assert!(!asks_the_shop(done(&snapshot, 9)), "it has what it shows");
}

#[test]
fn what_moves_while_it_is_followed_is_called_out_once() {
    let mut story = Story::paying();
    let first = story.snapshot();
    let paid = later(&first, 5, "PaymentReceived", "PaymentReceived");
    story.news(first.clone()).news(paid.clone()).news(paid).news(first.clone()).news(done(&first, 9));
    assert_eq!(notices(&story), ["payment received", "delivered"]);
    let mut story = Story::paying();
    story.news(later(&story.snapshot(), 5, "Code: AAAA", ""));
    assert_eq!(notices(&story), ["an order needs a look"], "no word of the shop's own");
}

#[test]
fn what_moved_before_the_start_is_not_called_out() {
    let mut story = listing();
    let (_, snapshot) = bought();
    let three = numbered(3, &snapshot);
    story.news(later(&three, 5, "PaymentReceived", "PaymentReceived"));
    assert_eq!(notices(&story), [""; 0]);
    story.news(done(&three, 9));
    assert_eq!(notices(&story), ["delivered"]);
}

#[test]
fn a_window_that_closed_a_day_ago_is_over() {
    let (purchase, snapshot) = bought();
    let expired = later(&snapshot, -25 * 3600, "Expired", "Expired");
    let mut story = Story::begun(Some("US"));
    story.payment_methods().records(vec![record(1, expired, &purchase)]);
    assert_eq!(story.state.model.open().count(), 0);
    assert_eq!(story.said(), "");
    let fresh = later(&snapshot, -3600, "Expired", "Expired");
    let mut story = Story::begun(Some("US"));
    story.payment_methods().records(vec![record(1, fresh, &purchase)]);
    assert_eq!(story.state.model.open().count(), 1);
}

#[test]
fn orders_are_found_by_their_number_brand_and_note() {
    let mut story = codes();
    story.press("n").types("for Anna").press("↵ esc");
    story.types("anna");
    assert_eq!(rows(&story), [2]);
    story.press("esc").types("steam");
    assert_eq!(rows(&story), [3, 2, 1]);
    story.press("esc").types("#3");
    assert_eq!(rows(&story), [3]);
    assert!(
        story.state.commands().contains(&Command::CopySupport),
        "commands stand on keys that are no letters"
    );
    story.press("esc");
    assert_eq!(rows(&story), [3, 2, 1]);
    assert_eq!(list(&story).marked(&story.state.model).map(|kept| kept.attempt().0), Some(3));
}

#[test]
fn what_is_typed_to_find_an_order_does_nothing_else() {
    let mut story = listing();
    story.types("dxbrqeo");
    assert_eq!(story.place(), "country › brands › orders");
    assert_eq!(rows(&story), [0_i64; 0]);
    story.press("⌫ esc");
    assert_eq!(rows(&story), [3, 2, 1]);
}

#[test]
fn codes_are_hidden_when_something_lies_over_them() {
    let mut story = listing();
    story.press("↓ ↵ r");
    assert!(story.delivered().revealed());
    story.press("F1 esc");
    assert!(!story.delivered().revealed());
    story.press("r esc ↵");
    assert!(!story.delivered().revealed());
}

#[test]
fn everything_of_an_esim_is_copied_one_by_one() {
    let (purchase, snapshot) = bought();
    let mut esim = done(&snapshot, 9);
    let delivered = &mut esim.deliveries[0].delivered;
    delivered.code = Some(giftty::domain::order::Code::read("LPA:1$smdp.example.com$K2-9F"));
    delivered.serial = Some(Secret::from("6042"));
    delivered.security_code = Some(Secret::from("733"));
    delivered.operator_reference = Some(Printable::from("ATT-1"));
    let mut story = Story::begun(Some("US"));
    story.payment_methods().records(vec![record(1, esim, &purchase)]).press("^O ↵ y s c d a f");
    let copied = story.log.iter().filter_map(|effect| match effect {
        Effect::CopyText(text) => Some(text.reveal()),
        _ => None,
    });
    let all = ["LPA:1$smdp.example.com$K2-9F", "6042", "733", "smdp.example.com", "K2-9F", "ATT-1"];
    assert_eq!(copied.collect::<Vec<_>>(), all);
}

#[test]
fn marks_and_notes_are_kept_beside_the_order() {
    let mut story = codes();
    story.press("m n").types("for Anna").press("↵");
    let kept = story.asked(|effect| match effect {
        Effect::KeepRemarks(_, remarks) => Some(remarks.clone()),
        _ => None,
    });
    assert_eq!(kept.note.reveal(), "for Anna");
    assert_eq!(kept.used.values().collect::<Vec<_>>(), [&Timestamp(NOW)]);
    story.press("m");
    assert!(
        story.state.model.record(giftty::domain::record::Attempt(2)).expect("it").remarks.used.is_empty()
    );
    story.press("n").types("!").press("esc");
    let note = &story.state.model.record(giftty::domain::record::Attempt(2)).expect("it").remarks.note;
    assert_eq!(note.reveal(), "for Anna", "esc leaves the note as it was");
}

#[test]
fn codes_are_written_to_a_file_only_after_its_name_was_seen() {
    let mut story = codes();
    story.press("w");
    assert_eq!(story.count(|effect| matches!(effect, Effect::WriteExport(..))), 0);
    story.press("e");
    let id = story.asked(|effect| match effect {
        Effect::PlanExport(id, _) => Some(*id),
        _ => None,
    });
    story.press("w e");
    assert_eq!(story.count(|effect| matches!(effect, Effect::WriteExport(..) | Effect::PlanExport(..))), 1);
    story.hears(Action::ExportPlanned(id, Ok("~/order-2.txt".to_owned()))).press("e w w");
    let (id, path, text) = story.asked(|effect| match effect {
        Effect::WriteExport(id, path, text) => Some((*id, path.clone(), text.reveal().to_owned())),
        _ => None,
    });
    assert_eq!(story.count(|effect| matches!(effect, Effect::WriteExport(..))), 1);
    assert_eq!(path, "~/order-2.txt");
    assert!(text.contains("Code: AAAA-BBBB-CCCC"), "{text}");
    story.hears(Action::Exported(id, Ok(path)));
    assert!(story.said().contains("~/order-2.txt"), "{}", story.said());
}

#[test]
fn writing_to_a_file_is_called_off_by_going_back() {
    let mut story = codes();
    story.press("e");
    let id = story.asked(|effect| match effect {
        Effect::PlanExport(id, _) => Some(*id),
        _ => None,
    });
    story.hears(Action::ExportPlanned(id, Ok("~/order-2.txt".to_owned()))).press("esc w");
    assert_eq!(story.place(), "country › brands › orders › delivered");
    assert_eq!(story.count(|effect| matches!(effect, Effect::WriteExport(..))), 0);
}

#[test]
fn buying_again_leads_straight_to_a_fresh_receipt_and_back_to_the_list() {
    let mut story = listing();
    story.press("↓ ^B");
    let (_, again) = story.checked();
    assert_eq!(again, bought().0);
    story.validated("12.01");
    assert_eq!(story.shown_receipt().total, wares::amount("12.01"));
    assert_eq!(story.orders(), 0, "nothing is ordered before the key");
    story.press("esc");
    assert_eq!(story.place(), "country › brands › orders");
    story.press("^B").validated("12.01").press("p");
    assert_eq!(story.orders(), 1);
}

#[test]
fn buying_again_pays_with_the_coin_of_that_time() {
    let (mut purchase, snapshot) = bought();
    purchase.tender = giftty::domain::tender::Tender::new("BTC", "Lightning");
    let mut story = Story::begun(Some("US"));
    story.payment_methods().records(vec![record(1, done(&snapshot, 9), &purchase)]).press("^O ^B");
    assert_eq!(story.checked().1.tender, purchase.tender);
    assert_eq!(story.state.model.tender, purchase.tender, "and the header says so");
}

fn import_asked(story: &Story) -> (RequestId, OrderId) {
    story.asked(|effect| match effect {
        Effect::ImportOrder(id, order) => Some((*id, order.clone())),
        _ => None,
    })
}

#[test]
fn an_order_that_was_placed_elsewhere_is_added_by_its_id() {
    let mut story = listing();
    let (_, snapshot) = bought();
    story.press("F3").types("what?").press("↵");
    assert_eq!(story.count(|effect| matches!(effect, Effect::ImportOrder(..))), 0);
    story.press("^U").pastes(" 00000009-dc5e-4efd-9ecf-f8fb08a22677\n").press("↵ ↵");
    assert_eq!(story.count(|effect| matches!(effect, Effect::ImportOrder(..))), 1);
    let (id, order) = import_asked(&story);
    let found = Snapshot { id: order, ..snapshot };
    let imported = wares::record(9, None, Outcome::Placed(Box::new(Order::new(found))));
    story.hears(Action::OrderImported(id, Ok(Box::new(imported))));
    assert_eq!(rows(&story), [9, 3, 2, 1]);
    assert_eq!(list(&story).marked(&story.state.model).map(|kept| kept.attempt().0), Some(9));
    assert!(story.said().contains("#9"), "{}", story.said());
}

#[test]
fn an_id_that_the_shop_does_not_know_is_told_at_its_field() {
    let mut story = listing();
    story.press("F3").types("00000009-dc5e-4efd-9ecf-f8fb08a22677").press("↵");
    let (id, _) = import_asked(&story);
    let failure = Failure::Refused { status: 404, detail: Printable::default() };
    story.hears(Action::OrderImported(id, Err(failure)));
    match &list(&story).mode {
        giftty::screens::orders::Mode::Adding(adding) => {
            assert_eq!(adding.wrong.as_deref(), Some("The shop does not know this."));
            assert_eq!(adding.field.text().len(), 36, "what was typed stays");
        }
        other => panic!("not adding but {other:?}"),
    }
}

#[test]
fn only_what_is_over_is_removed_and_only_when_it_is_said_twice() {
    let mut story = listing();
    assert!(!story.state.commands().contains(&Command::Remove), "an open order stays");
    story.press("^X ^Y ↓ ^Y ^X esc ^Y ^X").types("xydr").press("esc");
    assert_eq!(story.count(|effect| matches!(effect, Effect::RemoveRecord(..))), 0);
    story.press("^X ^Y");
    let (id, attempt) = story.asked(|effect| match effect {
        Effect::RemoveRecord(id, attempt, _) => Some((*id, *attempt)),
        _ => None,
    });
    assert_eq!(rows(&story), [3, 2, 1], "until the journal says so");
    story.hears(Action::RecordRemoved(id, attempt, Ok(())));
    assert_eq!(rows(&story), [3, 1]);
}

#[test]
fn what_is_removed_is_on_no_screen_any_more() {
    let mut story = codes();
    story.press("o");
    assert_eq!(story.place(), "country › brands › orders", "the list is there already");
    story.press("^X ^Y");
    let (id, attempt) = story.asked(|effect| match effect {
        Effect::RemoveRecord(id, attempt, _) => Some((*id, *attempt)),
        _ => None,
    });
    story.press("↵").hears(Action::RecordRemoved(id, attempt, Ok(())));
    assert_eq!(story.place(), "country › brands › orders");
}

#[test]
fn an_order_of_the_list_is_what_its_phase_says() {
    let story = listing();
    let phases: Vec<Phase> = story.state.model.whole().filter_map(Record::order).map(Order::phase).collect();
    assert_eq!(phases, [Phase::AwaitingPayment, Phase::Delivered]);
}

#[test]
fn what_was_in_doubt_for_a_day_is_removed_but_warns_until_then() {
    let (purchase, _) = bought();
    for (hours, removable) in [(23, false), (25, true)] {
        let mut doubtful =
            wares::record(1, Some(purchase.clone()), Outcome::Unknown("the connection was closed".into()));
        let mut story = Story::begun(Some("US"));
        doubtful.begun = Timestamp(story.state.model.shop_time().0 - hours * 3600);
        story.payment_methods().records(vec![doubtful]).press("^O");
        assert_eq!(story.state.model.doubtful().count(), 1);
        assert_eq!(story.state.model.open().count(), 1);
        assert_eq!(story.state.commands().contains(&Command::Remove), removable);
        story.press("^X ^Y");
        let removals = story.count(|effect| matches!(effect, Effect::RemoveRecord(..)));
        assert_eq!(removals, usize::from(removable));
    }
}
