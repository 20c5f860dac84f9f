//! Nothing is copied, and no code is shown alone, before the shop has said once more that it still stands;
//! and by whose clock the time to pay runs.

use giftty::action::Action;
use giftty::domain::failure::Failure;
use giftty::domain::order::{OrderState, Snapshot};
use giftty::domain::settlement::Withheld;
use giftty::domain::time::{Moment, Timestamp};
use giftty::effect::Effect;
use giftty::keymap::Command;

use crate::support::story::{NOW, Story, moment};
use crate::support::wares::{amount, later};

const EVERY_KEY: [&str; 4] = ["y", "a", "u", "f"];

fn checks(story: &Story) -> usize {
    story.count(|effect| matches!(effect, Effect::CheckOrder(..)))
}

/// Nothing came of a key.
fn is_refused(story: &Story) {
    assert_eq!(story.copied(), [""; 0]);
    assert!(!story.pay().full_screen);
    assert!(story.said().starts_with("Not "), "{}", story.said());
}

#[test]
fn every_key_that_hands_out_a_payment_reads_the_order_first() {
    for key in EVERY_KEY {
        let mut story = Story::paying();
        story.press(key);
        assert_eq!((checks(&story), story.copied().len(), story.pay().full_screen), (1, 0, false), "{key}");
        assert!(story.pay().waits_for().is_some());
        let order = story.snapshot();
        story.checked_again(Ok(order));
        assert_eq!((story.copied().len(), story.pay().full_screen), (usize::from(key != "f"), key == "f"));
        assert_eq!(story.pay().waits_for(), None);
    }
}

#[test]
fn what_is_copied_is_what_was_just_confirmed() {
    let mut story = Story::paying();
    let order = story.snapshot();
    for key in ["y", "a", "u"] {
        story.press(key).checked_again(Ok(order.clone()));
    }
    let settlement = story.pay().settlement.clone().expect("a settlement");
    let link = &settlement.contents[0].text;
    assert_eq!(story.copied(), [settlement.address.as_str(), &settlement.amount.to_string(), link]);
}

#[test]
fn a_shop_that_cannot_be_asked_hands_out_nothing_and_can_be_asked_again() {
    for key in EVERY_KEY {
        let mut story = Story::paying();
        story.press(key).checked_again(Err(Failure::Interrupted("timed out".into())));
        is_refused(&story);
        assert!(story.said().contains("try again"), "{}", story.said());
        assert!(story.pay().settlement.is_ok(), "what was checked stays on the screen");
        let order = story.snapshot();
        story.press(key).checked_again(Ok(order));
        assert!(story.pay().full_screen || story.copied().len() == 1);
    }
}

#[test]
fn terms_that_changed_meanwhile_are_an_alarm() {
    for key in EVERY_KEY {
        let mut story = Story::paying();
        let mut forged = later(&story.snapshot(), 5, "WaitingForPayment", "WalletCreated");
        forged.terms.as_mut().expect("terms").address = giftty::sandbox::addresses::solana(8);
        story.press(key).checked_again(Ok(forged));
        is_refused(&story);
        assert_eq!(story.pay().settlement, Err(Withheld::Changed));
        let called = story
            .count(|effect| matches!(effect, Effect::Notice(words) if words.as_str().contains("do not pay")));
        assert_eq!(called, 1);
    }
}

#[test]
fn money_that_was_seen_meanwhile_ends_the_offer() {
    for key in EVERY_KEY {
        let mut story = Story::paying();
        let seen = Snapshot { sent: amount("11.26"), ..later(&story.snapshot(), 5, "PaymentStarted", "") };
        story.press(key).checked_again(Ok(seen));
        is_refused(&story);
        assert!(matches!(story.pay().settlement, Err(Withheld::NotAsked(_))));
    }
}

#[test]
fn an_order_that_expired_meanwhile_hands_out_nothing() {
    for (state, payment) in [("Expired", "Expired"), ("WaitingForPayment", "Expired"), ("Canceled", "")] {
        let mut story = Story::paying();
        let over = later(&story.snapshot(), 5, state, payment);
        story.press("y").checked_again(Ok(over));
        is_refused(&story);
    }
}

#[test]
fn an_answer_that_does_not_repeat_the_terms_confirms_nothing() {
    let mut story = Story::paying();
    let silent = Snapshot { terms: None, ..story.snapshot() };
    story.press("y").checked_again(Ok(silent));
    is_refused(&story);
}

#[test]
fn keys_that_are_held_ask_once_and_the_last_one_counts() {
    let mut story = Story::paying();
    story.press("y y y f a");
    assert_eq!(checks(&story), 1);
    let order = story.snapshot();
    story.checked_again(Ok(order));
    assert_eq!(story.copied(), ["11.26"]);
    assert!(!story.pay().full_screen);
}

#[test]
fn what_was_asked_for_is_forgotten_behind_another_screen() {
    let mut story = Story::paying();
    story.press("y ?");
    let order = story.snapshot();
    story.checked_again(Ok(order)).press("esc");
    assert_eq!(story.copied(), [""; 0]);
    assert_eq!(story.pay().waits_for(), None);
}

#[test]
fn a_late_answer_to_an_older_question_does_nothing() {
    let mut story = Story::paying();
    story.press("y ? esc f");
    let ids: Vec<_> = story
        .log
        .iter()
        .filter_map(|effect| match effect {
            Effect::CheckOrder(id, order) => Some((*id, order.clone())),
            _ => None,
        })
        .collect();
    let answer = Ok(Box::new(story.snapshot()));
    story.hears(Action::OrderChecked(ids[0].0, ids[0].1.clone(), answer));
    assert!(story.copied().is_empty() && !story.pay().full_screen);
    assert!(story.pay().waits_for().is_some());
}

#[test]
fn leaving_the_code_alone_asks_nothing() {
    let mut story = Story::paying();
    let order = story.snapshot();
    story.press("f").checked_again(Ok(order)).press("f");
    assert!(!story.pay().full_screen);
    assert_eq!(checks(&story), 1);
}

#[test]
fn an_order_that_is_opened_again_is_read_at_once() {
    let mut story = Story::paying();
    story.press("esc");
    let reads = |story: &Story| story.count(|effect| matches!(effect, Effect::ReadOrder(_)));
    let before = reads(&story);
    story.press("^O ↵");
    assert_eq!(reads(&story), before + 1);
}

#[test]
fn an_open_order_that_changes_loses_its_address_at_once_and_the_code_alone_too() {
    let change: [fn(&mut Snapshot); 4] = [
        |order| order.terms.as_mut().expect("terms").address = giftty::sandbox::addresses::solana(8),
        |order| order.terms.as_mut().expect("terms").amount = amount("11.27"),
        |order| order.terms.as_mut().expect("terms").tender.coin = "USDT".into(),
        |order| order.terms.as_mut().expect("terms").tender.network = "Base".into(),
    ];
    for change in change {
        let mut story = Story::paying();
        let order = story.snapshot();
        story.press("f").checked_again(Ok(order.clone()));
        assert!(story.pay().full_screen);
        let mut forged = later(&order, 5, "WaitingForPayment", "WalletCreated");
        change(&mut forged);
        story.news(forged);
        assert_eq!(story.pay().settlement, Err(Withheld::Changed));
        assert!(!story.pay().full_screen && story.pay().codes.is_empty());
        story.press("y a u f v b");
        assert_eq!((story.copied().len(), checks(&story)), (0, 1), "neither old nor new");
    }
}

#[test]
fn at_the_end_of_the_time_two_keys_help_and_the_order_is_still_followed() {
    let mut story = Story::paying();
    story.wait(30 * 60);
    let offers = story.state.commands();
    for command in [Command::BuyAgain, Command::Refresh, Command::CopySupport] {
        assert!(offers.contains(&command), "{command:?}");
    }
    assert!(!story.state.followed().is_empty());
    story.press("b");
    assert_eq!(story.checked().1.lines, story.sent().1.lines);
    assert_eq!(story.orders(), 1, "nothing is ordered by that alone");
}

#[test]
fn what_was_paid_is_not_offered_to_be_bought_again() {
    let mut story = Story::paying();
    let seen = Snapshot { sent: amount("11.26"), ..later(&story.snapshot(), 5, "PaymentStarted", "") };
    story.news(seen);
    assert!(!story.state.commands().contains(&Command::BuyAgain));
}

/// An order of the journal, opened by somebody whose wall clock is so many seconds ahead.
fn resumed(wall_ahead: i64) -> Story {
    let mut first = Story::paying();
    let kept = first.state.model.whole().next().expect("a record").clone();
    first.press("esc");
    let mut story = Story::begun(Some("US"));
    story.hears(Action::Tick(wrong(0, wall_ahead)));
    story.payment_methods();
    story.records(vec![kept]);
    story.press("^O ↵");
    story
}

/// A moment by a wall clock that is wrong.
fn wrong(seconds: u64, ahead: i64) -> Moment {
    let right = moment(seconds);
    Moment { wall: Timestamp(right.wall.0 + ahead), ..right }
}

#[test]
fn a_wrong_wall_clock_is_put_right_by_the_shops_answers() {
    for ahead in [-86_400, -3_600, 3_600, 86_400] {
        let mut story = resumed(ahead);
        story.hears(Action::Tick(wrong(10, ahead)));
        story.hears(Action::ShopTimeTold(Timestamp(NOW + 10)));
        let left = story.pay().time_left(&story.state.model).expect("time is left");
        assert_eq!((left.left.as_secs(), left.urgent), (30 * 60 - 10, false), "{ahead}");
        story.hears(Action::Tick(wrong(30 * 60, ahead)));
        assert_eq!(story.pay().settlement, Err(Withheld::WindowClosed), "{ahead}");
    }
}

#[test]
fn before_the_shop_told_the_time_no_more_is_promised_than_there_ever_was() {
    let story = resumed(-86_400);
    let left = story.pay().time_left(&story.state.model).expect("time is left");
    assert_eq!(left.left.as_secs(), 30 * 60);
}

#[test]
fn a_wall_clock_that_is_set_in_between_changes_nothing() {
    let mut story = Story::paying();
    story.hears(Action::Tick(wrong(60, 7_200)));
    let left = story.pay().time_left(&story.state.model).expect("time is left");
    assert_eq!(left.left.as_secs(), 29 * 60);
    story.hears(Action::Tick(wrong(120, -7_200)));
    let left = story.pay().time_left(&story.state.model).expect("time is left");
    assert_eq!(left.left.as_secs(), 28 * 60);
}

#[test]
fn a_machine_that_slept_wakes_up_to_a_closed_window() {
    let mut story = Story::paying();
    // The wall clock stood still as well; the one that counts sleep did not.
    story.hears(Action::Tick(Moment { wall: Timestamp(NOW), ..moment(45 * 60) }));
    assert_eq!(story.pay().settlement, Err(Withheld::WindowClosed));
}

#[test]
fn the_time_is_calm_until_a_quarter_of_it_is_left() {
    let mut story = Story::paying();
    let urgent = |story: &Story| story.pay().time_left(&story.state.model).expect("time is left").urgent;
    story.wait(22 * 60 + 30);
    assert!(!urgent(&story), "exactly a quarter");
    story.wait(1);
    assert!(urgent(&story));
}

#[test]
fn tracking_goes_on_after_the_end_and_a_late_payment_is_seen() {
    let mut story = Story::paying();
    story.wait(31 * 60);
    let paid = Snapshot {
        state: OrderState::PaymentReceived,
        sent: amount("11.26"),
        ..later(&story.snapshot(), 31 * 60, "PaymentReceived", "PaymentReceived")
    };
    story.news(paid);
    assert!(matches!(story.pay().settlement, Err(Withheld::NotAsked(_))));
    assert!(story.state.model.toast.is_none() && !story.state.followed().is_empty());
}
