//! Limits of one's own: above them the receipt asks once more, by another key.

use giftty::domain::limits::{Limit, Limits};
use giftty::domain::record::Outcome;
use giftty::domain::text::Printable;
use giftty::keymap::Command;

use super::kit::Story;
use super::wares;

/// In front of the receipt of a card of 10 USD that costs 11.26 USDC, with these limits.
fn receipt(order: &str, day: &str) -> Story {
    let limit = |text: &str| text.parse().map_or(Limit::None, Limit::Most);
    let mut story = Story::receipt();
    story.state.desk.habits.limits = Limits { order: limit(order), day: limit(day) };
    story
}

fn offered(story: &Story) -> Command {
    story.state.offers()[0]
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
    assert!(story.said().contains("takes its own key"), "{}", story.said());
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
        story.form().excess(&story.state.desk).iter().map(ToString::to_string).collect();
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
    story.state.desk.habits.limits.order = Limit::Most("1 USDC".parse().expect("a sum"));
    story.rails().brands(wares::brands());
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
    story.state.desk.habits.limits.day = Limit::Unreadable(Printable::new("it is none"));
    story.press("p");
    assert_eq!(story.orders(), 0);
    story.press("l p");
    assert_eq!(story.orders(), 1);
}
