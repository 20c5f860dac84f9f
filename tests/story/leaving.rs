//! Leaving the program: at once where nothing is at stake, and never between an order and its record.

use giftty::domain::failure::Failure;
use giftty::domain::record::Placement;
use giftty::state::Leaving;

use super::kit::Story;
use super::wares::{self, later};

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
