//! What the journal could not keep: it stays on the screen, and is tried again until it is kept.

use giftty::action::Action;
use giftty::domain::failure::Failure;
use giftty::domain::record::Attempt;
use giftty::effect::{Effect, Subscription};
use giftty::model::unsaved::{headline, rest};
use giftty::state::Leaving;

use crate::support::story::Story;
use crate::support::wares::later;

fn full() -> Failure {
    Failure::Unrecorded("the disk is full".into())
}

/// An order that waits for its payment and is not in the journal.
fn unsaved() -> Story {
    let mut story = Story::paying();
    story.hears(Action::OutcomeNotKept(ORDER, full()));
    story
}

const ORDER: Attempt = Attempt(1);

fn tries(story: &Story) -> usize {
    story.count(|effect| matches!(effect, Effect::KeepOrder(..)))
}

#[test]
fn an_order_that_is_not_saved_is_tried_again_every_five_seconds() {
    let mut story = unsaved();
    assert_eq!(story.state.model.to_write_down().map(|(record, _)| record.attempt), Some(ORDER));
    story.wait(4);
    assert_eq!(tries(&story), 0);
    story.wait(1);
    assert_eq!(tries(&story), 1);
    story.wait(60);
    assert_eq!(tries(&story), 1, "one at a time");
    for round in 2..10 {
        story.hears(Action::NewsNotKept(ORDER, full()));
        story.wait(5);
        assert_eq!(tries(&story), round);
    }
    story.hears(Action::OutcomeKept(ORDER));
    assert!(story.state.model.to_write_down().is_none());
    assert_eq!(story.said(), "Order #1 is saved now.");
    story.wait(60);
    assert_eq!(tries(&story), 9);
}

#[test]
fn it_is_tried_again_on_every_screen_and_stays_to_be_seen_there() {
    let mut story = unsaved();
    story.press("esc esc esc");
    assert!(story.state.subscriptions().contains(&Subscription::Seconds));
    story.press("^O F1").wait(5);
    assert_eq!(tries(&story), 1);
    assert!(story.state.model.to_write_down().is_some());
}

#[test]
fn the_newest_word_about_the_order_is_what_is_saved() {
    let mut story = unsaved();
    let paid = later(&story.snapshot(), 9, "PaymentReceived", "PaymentReceived");
    story.news(paid.clone());
    story.hears(Action::NewsNotKept(ORDER, full())).wait(5);
    let kept = story.asked(|effect| match effect {
        Effect::KeepOrder(_, order) => Some(order.known.state.clone()),
        _ => None,
    });
    assert_eq!(kept, paid.state);
}

#[test]
fn asking_for_news_tries_at_once() {
    let mut story = unsaved();
    story.press("^R");
    assert_eq!(tries(&story), 1);
}

#[test]
fn leaving_asks_once_and_tries_a_last_time() {
    let mut story = unsaved();
    story.press("q");
    assert_eq!((story.state.leaving, tries(&story)), (Leaving::Asked, 1));
    assert!(story.said().contains("write down"), "{}", story.said());
    story.press("q");
    assert_eq!(story.state.leaving, Leaving::Now);
}

#[test]
fn an_order_that_is_kept_without_its_last_news_is_not_to_be_written_down() {
    let mut story = Story::paying();
    let paid = later(&story.snapshot(), 9, "PaymentReceived", "PaymentReceived");
    story.news(paid).hears(Action::NewsNotKept(ORDER, full()));
    let (record, unsaved) = story.state.model.to_write_down().expect("something is not saved");
    assert_eq!(headline(record, unsaved), "Order #1 is kept, but not its last news.");
    let rest = rest(record, unsaved, Some(ORDER));
    assert!(rest.starts_with("Unless that is saved, the next start asks the shop for it."), "{rest}");
    assert!(!rest.contains("the id of"), "{rest}");
    let before = tries(&story);
    story.wait(5);
    assert_eq!(tries(&story), before + 1);
    story.hears(Action::OutcomeKept(ORDER));
    assert_eq!(story.said(), "The last news of order #1 is saved now.");
    // Nothing is lost by leaving, so nothing is asked; it is tried a last time.
    story.hears(Action::NewsNotKept(ORDER, full())).press("^C");
    assert_eq!((story.state.leaving, tries(&story)), (Leaving::Now, before + 2));
}

#[test]
fn an_order_that_was_never_kept_stays_to_be_written_down_whatever_its_news() {
    let mut story = unsaved();
    story.hears(Action::NewsNotKept(ORDER, full()));
    assert!(story.state.model.to_lose().is_some_and(|record| record.attempt == ORDER));
    let (record, unsaved) = story.state.model.to_write_down().expect("an order");
    assert!(headline(record, unsaved).starts_with("NOT SAVED, write this down: "));
}

#[test]
fn remarks_that_are_not_kept_are_told_and_the_order_is_still_saved() {
    let mut story = Story::paying();
    story.hears(Action::RemarksNotKept(full()));
    assert!(story.said().contains("the disk is full"), "{}", story.said());
    assert!(story.state.model.to_write_down().is_none());
}

#[test]
fn what_this_machines_clipboard_took_is_said_to_be_copied() {
    let mut story = Story::paying();
    let order = story.snapshot();
    story.press("y").checked_again(Ok(order));
    assert_eq!(story.said(), "Address: sent to your terminal's clipboard.");
    story.hears(Action::TextCopied(false));
    assert_eq!(story.said(), "Address: sent to your terminal's clipboard.");
    story.hears(Action::TextCopied(true));
    assert_eq!(story.said(), "Address: copied.");
    story.press("j").hears(Action::TextCopied(true));
    assert_eq!(story.said(), "", "nothing is said of what nobody waits for");
}
