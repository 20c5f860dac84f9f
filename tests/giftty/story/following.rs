//! Following: news walk an order to its end, and codes are shown when they are asked for.

use giftty::action::Action;
use giftty::domain::news::{Link, News};
use giftty::domain::order::{Code, Order, OrderId, OrderState, Phase};
use giftty::domain::record::{Attempt, Outcome};
use giftty::effect::{Effect, Subscription};
use giftty::keymap::Command;

use crate::support::story::Story;
use crate::support::wares::{self, done, later};

fn kept(story: &Story) -> usize {
    story.count(|effect| matches!(effect, Effect::KeepOrder(..)))
}

fn phase(story: &Story) -> Phase {
    let record = story.state.model.record(Attempt(1)).expect("a record");
    record.order().expect("an order").phase()
}

#[test]
fn news_walk_an_order_to_its_codes() {
    let mut story = Story::paying();
    let first = story.snapshot();
    let walk = [
        ("PaymentStarted", "PaymentRequested", Phase::PaymentSeen),
        ("PaymentReceived", "PaymentReceived", Phase::Paid),
        ("WaitingForDelivery", "PaymentReceived", Phase::Delivering),
    ];
    for (seconds, (state, payment, expected)) in (1..).zip(walk) {
        story.news(later(&first, seconds, state, payment));
        assert_eq!(phase(&story), expected);
        assert_eq!(story.place(), "country › brands › pay");
    }
    story.news(done(&first, 9));
    assert_eq!(story.place(), "country › brands › delivered");
    assert_eq!(story.said(), "Delivered.");
    assert_eq!(kept(&story), 4);
}

#[test]
fn codes_are_hidden_until_they_are_asked_for_and_hide_again_after_a_minute() {
    let mut story = Story::paying();
    story.news(done(&story.snapshot(), 9));
    assert!(!story.delivered().revealed());
    assert!(!story.state.subscriptions().contains(&Subscription::Seconds));
    story.press("r");
    assert!(story.delivered().revealed());
    assert!(story.state.subscriptions().contains(&Subscription::Seconds));
    story.wait(59);
    assert!(story.delivered().revealed());
    story.wait(1);
    assert!(!story.delivered().revealed());
    story.press("r r");
    assert!(!story.delivered().revealed(), "and by hand");
}

#[test]
fn a_code_is_copied_to_the_letter() {
    let mut story = Story::paying();
    story.news(done(&story.snapshot(), 9)).press("y");
    let copied = story.asked(|effect| match effect {
        Effect::CopyText(text) => Some(text.reveal().to_owned()),
        _ => None,
    });
    assert_eq!(copied, "AAAA-BBBB-CCCC");
}

#[test]
fn an_esim_is_a_qr_code_only_while_it_is_revealed() {
    let mut story = Story::paying();
    let mut snapshot = done(&story.snapshot(), 9);
    snapshot.deliveries[0].delivered.code = Some(Code::read("LPA:1$smdp.example.com$ABC"));
    story.news(snapshot);
    assert!(story.delivered().esim.is_none());
    story.press("r");
    assert!(story.delivered().esim.is_some());
    story.wait(60);
    assert!(story.delivered().esim.is_none());
}

#[test]
fn a_done_order_whose_code_is_missing_can_be_asked_about_until_it_is_there() {
    let mut story = Story::paying();
    let mut bare = done(&story.snapshot(), 9);
    bare.deliveries[0].delivered.code = None;
    story.news(bare);
    assert!(story.state.commands().contains(&Command::Refresh));
    assert_eq!(story.count(|effect| matches!(effect, Effect::ReadOrder(_))), 1, "it is asked for by itself");
    story.press("^R");
    assert_eq!(story.count(|effect| matches!(effect, Effect::ReadOrder(_))), 2, "and by hand");
    story.news(done(&story.snapshot(), 9));
    assert!(story.state.commands().contains(&Command::Reveal));
}

#[test]
fn replays_and_news_of_other_orders_keep_nothing() {
    let mut story = Story::paying();
    let first = story.snapshot();
    story.news(first.clone()).news(first.clone());
    assert_eq!(kept(&story), 0);
    let paid = later(&first, 5, "PaymentReceived", "PaymentReceived");
    story.news(paid.clone()).news(paid.clone()).news(later(&first, 9, "WaitingForPayment", "WalletCreated"));
    assert_eq!(kept(&story), 1);
    let mut foreign = done(&first, 20);
    foreign.id = OrderId::parse("00000000-dc5e-4efd-9ecf-f8fb08a22677").expect("an id");
    story.news(foreign.clone());
    story.hears(Action::OrderNews(wares::order_id(), News::Snapshot(Box::new(foreign))));
    assert_eq!(kept(&story), 1);
    assert_eq!(phase(&story), Phase::Paid);
}

#[test]
fn the_answer_that_placed_an_order_is_the_first_news_of_it() {
    let story = Story::paying();
    let line = story.state.model.feed_of(&wares::order_id()).expect("its line");
    assert_eq!((line.link.clone(), line.heard), (Link::Connecting, Some(story.state.model.now.uptime)));
}

#[test]
fn news_of_another_order_do_not_count_as_hearing_of_this_one() {
    let mut story = Story::paying();
    story.link(Link::Live);
    let before = story.state.model.now.uptime;
    let mut foreign = story.snapshot();
    foreign.id = OrderId::parse("00000000-dc5e-4efd-9ecf-f8fb08a22677").expect("an id");
    story.wait(5);
    story.hears(Action::OrderNews(wares::order_id(), News::Snapshot(Box::new(foreign.clone()))));
    story.news(foreign);
    let line = story.state.model.feed_of(&wares::order_id()).expect("its line");
    assert_eq!((line.link.clone(), line.heard), (Link::Live, Some(before)));
}

#[test]
fn an_order_that_ends_while_the_list_is_open_does_not_take_the_list_away() {
    let mut story = Story::paying();
    let first = story.snapshot();
    story.press("o").news(done(&first, 9));
    assert_eq!(story.place(), "country › brands › delivered › orders");
    story.press("esc");
    assert_eq!(story.place(), "country › brands › delivered");
}

#[test]
fn going_to_and_fro_between_orders_never_piles_up_screens() {
    let mut story = Story::paying();
    story.press("o ↵ o ↵ o ↵ o");
    assert_eq!(story.place(), "country › brands › pay › orders");
    story.press("esc esc");
    assert_eq!(story.place(), "country › brands");
}

#[test]
fn an_order_delivered_in_part_shows_its_codes_and_leads_back() {
    let mut story = Story::paying();
    let mut snapshot = done(&story.snapshot(), 9);
    snapshot.deliveries[0].state = giftty::domain::order::DeliveryState::Failed;
    story.news(snapshot);
    assert_eq!(phase(&story), Phase::DeliveredInPart(1));
    story.press("↵");
    assert_eq!(story.place(), "country › brands › pay › delivered");
    story.press("esc");
    assert_eq!(story.place(), "country › brands › pay");
}

#[test]
fn an_order_of_which_nothing_came_does_not_say_that_a_part_did() {
    let mut story = Story::paying();
    let mut snapshot = done(&story.snapshot(), 9);
    snapshot.deliveries[0].state = giftty::domain::order::DeliveryState::Failed;
    snapshot.deliveries[0].delivered = giftty::domain::order::Delivered::default();
    story.news(snapshot);
    assert_eq!(phase(&story), Phase::Undelivered);
    assert!(!story.state.commands().contains(&giftty::keymap::Command::Choose), "there is nothing to show");
    assert_eq!(story.place(), "country › brands › pay");
}

#[test]
fn an_open_order_is_told_of_at_the_start_and_opens_from_the_list() {
    let mut before = Story::receipt();
    before.press("p");
    let (_, purchase, _) = before.sent();
    let order = Order::new(before.snapshot());
    let mut story = Story::begun(Some("US"));
    story.payment_methods().records(vec![wares::record(4, Some(purchase), Outcome::Placed(Box::new(order)))]);
    assert!(story.said().contains("One order is still open"), "{}", story.said());
    story.press("^O ↵");
    assert_eq!(story.place(), "country › brands › orders › pay");
    assert!(story.pay().settlement.is_ok());
}

#[test]
fn every_open_order_is_followed_from_the_list() {
    let mut story = Story::paying();
    story.press("o");
    assert!(story.state.subscriptions().contains(&Subscription::Order(wares::order_id())));
    let first = story.snapshot();
    story.news(giftty::domain::order::Snapshot { state: OrderState::Canceled, ..later(&first, 5, "x", "") });
    assert!(story.state.subscriptions().is_empty());
}
