//! Leaving the program: at once where nothing is at stake, and never between an order and its record.

use giftty::action::Action;
use giftty::domain::failure::Failure;
use giftty::domain::order::{Order, OrderId, Snapshot};
use giftty::domain::record::{Attempt, Outcome, Placement, Record};
use giftty::state::Leaving;

use crate::support::story::Story;
use crate::support::wares::{self, later};

#[test]
fn ctrl_c_leaves_at_once() {
    for mut story in [Story::new(), Story::shopping(), Story::checkout(), Story::receipt()] {
        story.press("^C");
        assert_eq!(story.state.leaving, Leaving::Now);
    }
}

#[test]
fn q_leaves_only_where_letters_are_commands() {
    let mut story = Story::checkout();
    story.types("q");
    assert_eq!(story.state.leaving, Leaving::No);
    assert_eq!(story.form().form.email.text(), "q");
    let mut story = Story::at("Steam", wares::steam());
    story.press("q");
    assert_eq!(story.state.leaving, Leaving::Now);
}

#[test]
fn an_unpaid_order_asks_once() {
    let mut story = Story::paying();
    story.press("^C");
    assert_eq!(story.state.leaving, Leaving::Asked);
    assert!(story.said().contains("paid"), "{}", story.said());
    story.press("^C");
    assert_eq!(story.state.leaving, Leaving::Now);
}

#[test]
fn an_unpaid_order_asks_once_also_under_another_screen() {
    for way in ["F1", "^O"] {
        let mut story = Story::paying();
        story.press(way).press("^C");
        assert_eq!(story.state.leaving, Leaving::Asked, "under {way}");
        assert!(story.said().contains("start giftty again"), "{}", story.said());
        story.press("^C");
        assert_eq!(story.state.leaving, Leaving::Now);
    }
}

#[test]
fn an_unpaid_order_asks_once_also_when_its_screen_was_left() {
    let mut story = Story::paying();
    story.press("esc ^C");
    assert_eq!(story.state.leaving, Leaving::Asked);
    assert_eq!(
        story.said(),
        "Order #1 is unpaid, but kept: start giftty again to pay it from the orders. Press it once more to \
         leave."
    );
    story.press("^C");
    assert_eq!(story.state.leaving, Leaving::Now);
}

/// A session that finds this order of an earlier one, and so many seconds have passed since.
fn resumed(change: impl FnOnce(&mut Snapshot), seconds: u64) -> Story {
    let earlier = Story::paying();
    let mut record = earlier.state.model.record(Attempt(1)).expect("an order").clone();
    let mut snapshot = earlier.snapshot();
    change(&mut snapshot);
    record.outcome = Outcome::Placed(Box::new(Order::new(snapshot)));
    let mut story = Story::begun(Some("US"));
    story.payment_methods();
    story.wait(seconds).records(vec![record]);
    story
}

#[test]
fn an_unpaid_order_of_an_earlier_session_asks_once_while_it_can_be_paid() {
    let mut story = resumed(|_| {}, 60);
    story.press("^C");
    assert_eq!(story.state.leaving, Leaving::Asked);
    assert!(story.said().contains("Order #1 is unpaid"), "{}", story.said());
    story.press("^C");
    assert_eq!(story.state.leaving, Leaving::Now);
}

#[test]
fn an_order_that_cannot_be_paid_any_more_does_not_ask() {
    let mut story = resumed(|_| {}, 1_900);
    story.press("^C");
    assert_eq!(story.state.leaving, Leaving::Now, "its time is over");
    let mut story = resumed(|order| *order = later(order, 5, "PaymentStarted", "PaymentReceived"), 60);
    story.press("^C");
    assert_eq!(story.state.leaving, Leaving::Now, "money was seen");
    let mut story = Story::receipt();
    story.press("p").answered(Placement::Unknown(Failure::Interrupted("no answer".into())));
    story.press("^C");
    assert_eq!(story.state.leaving, Leaving::Now, "nobody knows of an order");
}

#[test]
fn several_unpaid_orders_are_counted() {
    let one = Story::paying().state.model.record(Attempt(1)).expect("an order").clone();
    let mut other = Story::paying().snapshot();
    other.id = OrderId::parse("0b6f1c9e-0000-4000-8000-000000000002").expect("an id");
    let other =
        Record { attempt: Attempt(2), outcome: Outcome::Placed(Box::new(Order::new(other))), ..one.clone() };
    let mut story = Story::shopping();
    story.hears(Action::RecordsFound(vec![one, other])).press("^C");
    assert!(story.said().starts_with("2 orders are unpaid, but kept"), "{}", story.said());
}

#[test]
fn another_key_calls_the_leaving_off() {
    let mut story = Story::paying();
    story.press("^C v ^C");
    assert_eq!(story.state.leaving, Leaving::Asked);
}

#[test]
fn a_paid_order_does_not_ask() {
    let mut story = Story::paying();
    story.news(later(&story.snapshot(), 5, "PaymentReceived", "PaymentReceived")).press("q");
    assert_eq!(story.state.leaving, Leaving::Now);
}

#[test]
fn while_placing_the_program_stays_until_the_answer_is_kept() {
    let mut story = Story::receipt();
    story.press("p ^C");
    assert_eq!(story.state.leaving, Leaving::AfterPlacing);
    story.press("x p ↵ ^C");
    assert_eq!(story.state.leaving, Leaving::AfterPlacing);
    story.answered(Placement::Unknown(Failure::Interrupted("no answer".into())));
    assert_eq!(story.state.leaving, Leaving::Now);
    assert_eq!(story.orders(), 1);
}

#[test]
fn a_key_behind_the_last_one_does_not_call_the_leaving_back() {
    let mut story = Story::shopping();
    story.press("^C x").pastes("y");
    assert_eq!(story.state.leaving, Leaving::Now);
}
