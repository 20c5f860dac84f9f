//! Limits of one's own: above them the receipt asks once more, by another key.

use giftty::action::Action;
use giftty::domain::consent::Objection;
use giftty::domain::failure::Failure;
use giftty::domain::limits::{Excess, Limit, Limits};
use giftty::domain::order::{Order, Snapshot};
use giftty::domain::record::{Attempt, Outcome, Placement, Record};
use giftty::domain::text::Printable;
use giftty::effect::Effect;
use giftty::keymap::Command;

use crate::support::story::Story;
use crate::support::wares;

/// In front of the receipt of a card of 10 USD that costs 11.26 USDC, with these limits.
pub(super) fn receipt(order: &str, day: &str) -> Story {
    let limit = |text: &str| text.parse().map_or(Limit::None, Limit::Most);
    let mut story = Story::receipt();
    story.state.model.preferences.limits = Limits { order: limit(order), day: limit(day) };
    story.wait(0);
    story
}

fn offered(story: &Story) -> Command {
    story.state.commands()[0]
}

#[test]
fn within_its_limits_an_order_is_placed_as_ever() {
    let mut story = receipt("11.26 USDC", "11.26 USDC");
    assert_eq!(offered(&story), Command::PlaceOrder);
    story.press("l p");
    assert_eq!(story.orders(), 1);
}

#[test]
fn above_a_limit_no_key_orders_before_that_was_agreed_to() {
    for (order, day) in [("11.25 USDC", ""), ("", "11.25 USDC"), ("500 EUR", "")] {
        let mut story = receipt(order, day);
        story.press("p x ↵ y space p");
        assert_eq!(story.orders(), 0, "{order} {day}");
        assert_eq!(offered(&story), Command::ExceedLimit);
        story.press("l");
        assert_eq!(story.orders(), 0, "agreeing orders nothing");
        assert_eq!(offered(&story), Command::PlaceOrder);
        story.press("p p");
        assert_eq!(story.orders(), 1);
    }
}

#[test]
fn nothing_is_agreed_to_from_a_list() {
    let mut story = receipt("1 USDC", "");
    story.press("^G").types("limit").press("↵");
    assert_eq!(offered(&story), Command::ExceedLimit);
    assert_eq!(story.said(), "Only its own key does this: press l.");
}

#[test]
fn another_total_is_asked_about_anew() {
    let mut story = receipt("11.25 USDC", "");
    story.press("l esc ↵").validated("11.40");
    assert_eq!(offered(&story), Command::ExceedLimit);
    story.press("p");
    assert_eq!(story.orders(), 0);
}

#[test]
fn a_day_counts_what_was_ordered_before_and_what_may_have_been() {
    let mut story = receipt("", "20 USDC");
    story.press("p");
    let snapshot = story.snapshot();
    story.placed(snapshot);
    story.press("esc esc").types("Steam").press("↵").shelf(wares::steam());
    story.press("↵ ↵").validated("11.26");
    assert_eq!(offered(&story), Command::ExceedLimit);
    let excess: Vec<String> =
        story.form().excess(&story.state.model).iter().map(ToString::to_string).collect();
    assert_eq!(
        excess,
        [
            "With 11.26 USDC ordered within the last 24 hours it comes to 22.52 USDC; your limit for a day is 20 USDC."
        ]
    );
    story.wait(86_401);
    assert_eq!(offered(&story), Command::PlaceOrder, "the day is over");
}

#[test]
fn above_a_limit_an_order_that_may_exist_already_takes_both_keys() {
    let (_, purchase) = Story::receipt().checked();
    let mut story = Story::begun(Some("US"));
    story.state.model.preferences.limits.order = Limit::Most("1 USDC".parse().expect("a sum"));
    story.payment_methods().brands(wares::brands());
    story.records(vec![wares::record(1, Some(purchase), Outcome::Intended)]);
    story.press("esc").types("Steam").press("↵").shelf(wares::steam());
    story.press("↵").types("you@example.com").press("↵").validated("11.26");
    story.press("p x");
    assert_eq!(story.orders(), 0);
    story.press("l p");
    assert_eq!((story.orders(), offered(&story)), (0, Command::PlaceAnother));
    story.press("x");
    assert_eq!(story.orders(), 1);
}

#[test]
fn a_limit_that_cannot_be_read_asks_about_every_order() {
    let mut story = receipt("", "");
    story.state.model.preferences.limits.day = Limit::Unreadable(Printable::new("it is none"));
    story.press("p");
    assert_eq!(story.orders(), 0);
    story.press("l p");
    assert_eq!(story.orders(), 1);
}

/// In front of a receipt whose order was held: another program had ordered the same for 11.26 USDC.
fn held(outcome: Outcome, objection: Objection) -> Story {
    let mut story = receipt("", "20 USDC");
    story.press("p");
    let (id, purchase, _) = story.sent();
    let other = Record { total: "11.26".parse().ok(), ..wares::record(7, Some(purchase), outcome) };
    story.hears(Action::RecordsFound(vec![other]));
    let held = Placement::NotSent(Failure::Held(Box::new(objection)));
    story.hears(Action::OrderPlaced(id, held, None));
    story
}

#[test]
fn what_another_program_ordered_meanwhile_is_asked_about_and_stands_among_the_orders() {
    let (_, purchase) = Story::receipt().checked();
    let total = "11.26".parse().expect("an amount");
    let order = Outcome::Placed(Box::new(Order::new(wares::snapshot(&purchase, total))));
    let mut story = held(order, Objection::Above(Vec::new()));
    assert_eq!((story.orders(), offered(&story)), (1, Command::ExceedLimit));
    assert!(story.state.model.record(Attempt(7)).is_some());
    story.press("p l p");
    assert_eq!(story.orders(), 2);
    let above = story.asked(|effect| match effect {
        Effect::PlaceOrder(_, _, _, consent) => Some(consent.above.len()),
        _ => None,
    });
    assert_eq!(above, 1, "what was agreed to goes along");
}

#[test]
fn what_another_program_may_have_ordered_meanwhile_takes_the_other_key() {
    let mut story = held(Outcome::Intended, Objection::MayExist(Attempt(7)));
    story.press("l p");
    assert_eq!((story.orders(), offered(&story)), (1, Command::PlaceAnother));
    story.press("x");
    let consent = story.asked(|effect| match effect {
        Effect::PlaceOrder(_, _, _, consent) => Some(consent.clone()),
        _ => None,
    });
    assert_eq!((consent.another, consent.seen), (false, vec![Attempt(7)]), "to this one, and to no other");
}

/// The consent that the newest order left with.
fn above(story: &Story) -> Vec<Excess> {
    story.asked(|effect| match effect {
        Effect::PlaceOrder(_, _, _, consent) => Some(consent.above.clone()),
        _ => None,
    })
}

#[test]
fn what_another_program_heard_of_an_order_counts_here_too() {
    let (_, purchase) = Story::receipt().checked();
    let waits = wares::snapshot(&purchase, wares::amount("11.26"));
    let expired = wares::later(&waits, 9, "Expired", "Expired");
    let paid_late = wares::later(&waits, 99, "Expired", "PaymentReceived");
    let known = |told: &Snapshot| {
        let outcome = Outcome::Placed(Box::new(Order::new(told.clone())));
        wares::record(7, Some(purchase.clone()), outcome)
    };
    // Here it is over and cost nothing; another program has heard that it was paid after all.
    let mut story = receipt("", "20 USDC");
    story.hears(Action::RecordsFound(vec![known(&expired)]));
    assert_eq!(offered(&story), Command::PlaceOrder);
    story.press("p");
    let (id, ..) = story.sent();
    story.hears(Action::RecordsFound(vec![known(&paid_late)]));
    let held = Placement::NotSent(Failure::Held(Box::new(Objection::Above(Vec::new()))));
    story.hears(Action::OrderPlaced(id, held, None));
    assert_eq!(offered(&story), Command::ExceedLimit, "and not the same key in vain for ever");
    story.press("l p");
    assert_eq!((story.orders(), above(&story).len()), (2, 1));
    // Nothing goes back, and what was told to another program was not heard here now.
    story.hears(Action::RecordsFound(vec![known(&waits)]));
    let order = story.state.model.record(Attempt(7)).and_then(Record::order).expect("an order");
    assert!(order.known.money_seen());
    assert!(story.state.model.feed_of(order.id()).is_none());
}

#[test]
fn an_order_that_was_joined_just_now_is_not_taken_in_a_second_time() {
    let (_, purchase) = Story::receipt().checked();
    let told = wares::snapshot(&purchase, wares::amount("11.26"));
    let order = || Outcome::Placed(Box::new(Order::new(told.clone())));
    let mut story = receipt("", "");
    story.hears(Action::RecordsFound(vec![wares::record(7, Some(purchase.clone()), order())]));
    story.press("p");
    let doubtful = wares::record(7, Some(purchase), Outcome::Intended);
    story.hears(Action::RecordsFound(vec![wares::record(8, None, order()), doubtful]));
    assert!(story.state.model.record(Attempt(7)).is_some_and(|record| record.is_about(&told.id)));
    assert!(story.state.model.record(Attempt(8)).is_none());
}

#[test]
fn a_refusal_that_is_not_saved_yet_does_not_count_against_the_next_try() {
    let mut story = receipt("", "20 USDC");
    story.press("p").hears(Action::OutcomeNotKept(Attempt(1), Failure::TooLarge));
    story.answered(Placement::Refused(Failure::Trouble(403), Vec::new()));
    story.press("↵").validated("11.26").press("p");
    let void = story.asked(|effect| match effect {
        Effect::PlaceOrder(_, _, _, consent) => Some(consent.void.clone()),
        _ => None,
    });
    assert_eq!((story.orders(), void), (2, vec![Attempt(1)]));
}
