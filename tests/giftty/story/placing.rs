//! Receipt and placement: one deliberate key, one order, whatever is pressed and whatever comes back.

use giftty::action::Action;
use giftty::domain::choices::SavedChoice;
use giftty::domain::failure::Failure;
use giftty::domain::ledger::LedgerRow;
use giftty::domain::problem::{Concern, Problem};
use giftty::domain::record::{Attempt, Outcome, Placement};
use giftty::effect::Effect;
use giftty::keymap::Command;
use giftty::screens::AnyScreen;
use giftty::screens::checkout::Stage;

use crate::support::story::Story;
use crate::support::wares::{self, amount};

fn lost() -> Failure {
    Failure::Interrupted("no answer".into())
}

#[test]
fn placing_an_order_takes_the_one_key_of_the_receipt() {
    let mut story = Story::receipt();
    story.press("↵ y x space o esc esc");
    assert_eq!(story.orders(), 0);
    let mut story = Story::receipt();
    story.press("p");
    assert_eq!(story.orders(), 1);
    let (_, purchase, total) = story.sent();
    assert_eq!((purchase.summary().as_str(), total), ("Steam shown 10 USD", amount("11.26")));
}

#[test]
fn the_key_that_asked_for_the_receipt_cannot_place_the_order() {
    let mut story = Story::checkout();
    story.types("you@example.com").press("↵ ↵ p p x").validated("11.26");
    assert_eq!(story.orders(), 0);
    assert_eq!(story.shown_receipt().total, amount("11.26"));
}

#[test]
fn whatever_is_pressed_while_placing_there_is_one_order() {
    let mut story = Story::receipt();
    story.press("p p ↵ p x esc ^T ^O o p ⇥ ^R r ? p ↵ esc p").pastes("p\n");
    assert_eq!(story.orders(), 1);
    assert!(matches!(story.form().stage, Stage::Placing(..)));
    let snapshot = story.snapshot();
    story.placed(snapshot);
    assert_eq!(story.place(), "country › brands › pay");
    assert!(story.pay().settlement.is_ok());
}

#[test]
fn a_placed_order_also_takes_the_place_of_the_help_over_its_receipt() {
    let mut story = Story::receipt();
    story.press("p F1");
    let snapshot = story.snapshot();
    story.placed(snapshot);
    assert_eq!(story.place(), "country › brands › pay");
}

#[test]
fn an_order_that_was_placed_is_among_the_records_and_its_buyer_is_remembered() {
    let mut story = Story::paying();
    assert!(story.state.model.record(Attempt(1)).is_some());
    let email = story.asked(|effect| match effect {
        Effect::Remember(SavedChoice::Email(email)) => Some(email.to_string()),
        _ => None,
    });
    assert_eq!(email, "you@example.com");
    story.press("esc esc").types("Airbnb").press("↵").shelf(wares::steam());
    story.press("↵");
    assert_eq!(story.form().form.email.text(), "you@example.com", "the next checkout begins with it");
}

#[test]
fn the_answer_to_another_question_is_not_taken_for_ours() {
    let mut story = Story::receipt();
    story.press("p");
    let (_, purchase) = story.checked();
    let snapshot = story.snapshot();
    let order = giftty::domain::order::Order::new(snapshot.clone());
    let record = wares::record(9, Some(purchase), Outcome::Placed(Box::new(order)));
    let id = giftty::remote::RequestId(9_999);
    story.hears(Action::OrderPlaced(id, Placement::Placed(Box::new(snapshot)), Some(Box::new(record))));
    assert!(matches!(story.form().stage, Stage::Placing(..)));
}

#[test]
fn a_refusal_leads_to_the_fields_that_it_is_about() {
    let mut story = Story::receipt();
    let failure = Failure::Refused { status: 422, detail: "".into() };
    story.press("p").answered(Placement::Refused(failure, vec![Problem::new("COUPON_EXPIRED")]));
    assert_eq!(story.form().stage, Stage::Filling);
    assert_eq!(story.form().notes[0].about, Concern::Coupon);
    story.press("↵").validated("11.26").press("p");
    assert_eq!(story.orders(), 2, "it is certain that there is no order, so another try is the same key");
}

#[test]
fn a_refusal_without_a_problem_says_that_nothing_was_ordered() {
    let mut story = Story::receipt();
    let failure = Failure::Refused { status: 403, detail: "LOGIN_REQUIRED".into() };
    story.press("p").answered(Placement::Refused(failure, Vec::new()));
    assert_eq!(story.form().consequence(), Some("Nothing was ordered."));
}

#[test]
fn what_was_not_sent_leads_back_to_the_receipt_with_the_reason() {
    let mut story = Story::receipt();
    story.press("p").answered(Placement::NotSent(Failure::Unreachable("no route".into())));
    assert!(story.shown_receipt().not_sent.is_some());
    story.press("p");
    assert_eq!(story.orders(), 2);
}

#[test]
fn an_unknown_outcome_says_so_and_takes_no_key_that_orders() {
    let mut story = Story::receipt();
    story.press("p").answered(Placement::Unknown(lost()));
    assert!(matches!(story.form().stage, Stage::Unknown(Some(Attempt(1)), _)));
    assert!(story.said().contains("Do not pay twice"));
    story.press("p x ↵ r ^R p");
    assert_eq!(story.orders(), 1);
}

/// In front of a receipt whose earlier attempt may have become an order.
pub(super) fn doubted() -> Story {
    let mut story = Story::receipt();
    story.press("p").answered(Placement::Unknown(lost()));
    story.press("esc ↵ ↵").validated("11.26");
    story
}

#[test]
fn the_receipt_after_an_unknown_outcome_offers_only_another_order() {
    let mut story = doubted();
    assert!(story.state.commands().contains(&Command::PlaceAnother));
    assert!(!story.state.commands().contains(&Command::PlaceOrder));
    story.press("p ↵");
    assert_eq!(story.orders(), 1);
    story.press("x x");
    assert_eq!(story.orders(), 2);
}

#[test]
fn an_unknown_outcome_is_recognised_with_another_quantity_or_spelling_of_the_mailbox() {
    let mut story = Story::receipt();
    story.press("p").answered(Placement::Unknown(lost()));
    story.press("esc + ↵ ^U").types("You@Example.com").press("↵").validated("22.52");
    assert!(!story.state.commands().contains(&Command::PlaceOrder));
}

#[test]
fn another_item_after_an_unknown_outcome_is_ordered_as_ever() {
    let mut story = Story::receipt();
    story.press("p").answered(Placement::Unknown(lost()));
    story.press("esc j ↵ ↵").validated("53.86");
    assert!(story.state.commands().contains(&Command::PlaceOrder));
}

#[test]
fn an_attempt_that_a_crash_cut_short_comes_first_at_the_next_start() {
    let (_, purchase) = Story::receipt().checked();
    let mut story = Story::begun(Some("US"));
    story.payment_methods().brands(wares::brands());
    story.records(vec![wares::record(1, Some(purchase), Outcome::Intended)]);
    assert!(matches!(story.state.top(), AnyScreen::Orders(_)));
    story.press("esc");
    assert_eq!(story.place(), "country › brands");
    story.types("Steam").press("↵").shelf(wares::steam());
    story.press("↵").types("you@example.com").press("↵").validated("11.26");
    assert!(story.state.commands().contains(&Command::PlaceAnother));
    story.press("p");
    assert_eq!(story.orders(), 0);
}

#[test]
fn of_all_that_is_open_the_doubtful_attempt_is_marked_at_the_next_start() {
    let (_, purchase) = Story::receipt().checked();
    let mut story = Story::begun(Some("US"));
    story.payment_methods().brands(wares::brands());
    let newer = giftty::domain::order::Order::new(wares::snapshot(&purchase, amount("11.26")));
    let newer = wares::record(3, Some(purchase.clone()), Outcome::Placed(Box::new(newer)));
    let doubtful = wares::record(2, Some(purchase.clone()), Outcome::Unknown("lost".into()));
    let older = wares::record(1, Some(purchase), Outcome::Refused("no".into()));
    story.records(vec![newer, doubtful, older]);
    let AnyScreen::Orders(orders) = story.state.top() else { panic!("{}", story.place()) };
    assert_eq!(orders.marked(&story.state.model).map(LedgerRow::attempt), Some(Attempt(2)));
}

#[test]
fn nothing_is_ordered_before_the_earlier_attempts_are_known() {
    let mut story = Story::begun(Some("US"));
    story.payment_methods().brands(wares::brands());
    let id = story.records_id();
    story.hears(Action::RecordsLoaded(id, Err(Failure::Unrecorded("locked".into()))));
    story.types("Steam").press("↵").shelf(wares::steam());
    story.press("↵").types("you@example.com").press("↵").validated("11.26");
    story.press("p p");
    assert_eq!((story.orders(), story.records_id()), (0, id));
    assert!(!story.state.commands().contains(&Command::PlaceOrder));
    story.press("r");
    assert_ne!(story.records_id(), id, "they are asked for again");
    assert!(!story.state.commands().contains(&Command::PlaceOrder), "they are on their way");
    story.press("p p");
    assert_eq!(story.orders(), 0);
    story.records(Vec::new());
    story.press("p");
    assert_eq!(story.orders(), 1);
}
