//! Pay: an address is offered only when everything about it is right, and never after money was seen.

use giftty::domain::order::{Delivery, Echo, OrderState, Snapshot};
use giftty::domain::settlement::Withheld;
use giftty::domain::tender::Tender;
use giftty::domain::text::{Secret, Verbatim};
use giftty::domain::time::Timestamp;
use giftty::effect::{Effect, Subscription};
use giftty::keymap::Command;

use crate::support::story::{NOW, Story};
use crate::support::wares::{self, amount, later};

/// An order that the shop answers with a changed snapshot.
fn placed(change: impl FnOnce(&mut Snapshot)) -> Story {
    let mut story = Story::receipt();
    story.press("p");
    let mut snapshot = story.snapshot();
    change(&mut snapshot);
    story.placed(snapshot);
    story
}

/// An order that became dearer while it was placed.
pub(super) fn dearer() -> Story {
    placed(|snapshot| terms(snapshot).amount = amount("12.00"))
}

/// An order that is paid with this tender, for this total.
fn paying_with(letters: &str, tender: &Tender, total: &str) -> Story {
    let mut story = Story::receipt();
    story.press("^T").types(letters).press("↵");
    assert_eq!(story.state.model.tender, *tender);
    story.validated(total).press("p");
    let snapshot = story.snapshot();
    story.placed(snapshot);
    story
}

fn withheld(story: &Story) -> &Withheld {
    story.pay().settlement.as_ref().expect_err("an address is offered")
}

fn terms(snapshot: &mut Snapshot) -> &mut giftty::domain::order::Terms {
    snapshot.terms.as_mut().expect("terms")
}

fn offers_payment(story: &Story) -> bool {
    let payment = [
        Command::CopyAddress,
        Command::CopyAmount,
        Command::CopyLink,
        Command::SwitchQr,
        Command::FullScreen,
    ];
    payment.iter().any(|command| story.state.commands().contains(command))
}

fn closed(story: &Story) {
    assert!(story.pay().codes.is_empty());
    assert!(!offers_payment(story), "{:?}", story.state.commands());
}

#[test]
fn a_faithful_order_is_offered_with_a_qr_code_for_each_content() {
    for (letters, tender, total) in [
        ("usdc sol", Tender::new("USDC", "Solana"), "11.26"),
        ("base", Tender::new("USDC", "Base"), "11.26"),
        ("mainnet", Tender::new("BTC", "Mainnet"), "0.0025"),
        ("lightning", Tender::new("BTC", "Lightning"), "0.0025"),
    ] {
        let mut story = if tender == Tender::recommended() {
            Story::paying()
        } else {
            paying_with(letters, &tender, total)
        };
        let settlement = story.pay().settlement.clone().expect("a settlement");
        assert_eq!((&settlement.tender, settlement.amount), (&tender, amount(total)));
        assert_eq!(story.pay().codes.len(), settlement.contents.len());
        assert!(story.pay().codes.iter().all(Option::is_some));
        story.press("v v v y");
        let order = story.snapshot();
        story.checked_again(Ok(order));
        assert_eq!(story.copied(), [settlement.address.as_str()]);
    }
}

#[test]
fn an_order_without_terms_shows_nothing_to_pay() {
    let story = placed(|snapshot| snapshot.terms = None);
    assert_eq!(*withheld(&story), Withheld::NoTerms);
    closed(&story);
}

#[test]
fn an_order_that_needs_a_memo_shows_nothing_to_pay() {
    let story = placed(|snapshot| terms(snapshot).memo = Some("104729".to_owned()));
    assert_eq!(*withheld(&story), Withheld::NeedsMemo);
    closed(&story);
}

#[test]
fn an_order_for_another_network_shows_nothing_to_pay() {
    let story = placed(|snapshot| terms(snapshot).tender = Tender::new("USDC", "Base"));
    assert!(matches!(withheld(&story), Withheld::OtherTender { .. }));
    closed(&story);
}

#[test]
fn an_order_with_other_lines_shows_nothing_to_pay() {
    let other_brand = placed(|snapshot| snapshot.deliveries[0].brand = Verbatim::new("Airbnb"));
    let other_mailbox =
        placed(|snapshot| snapshot.deliveries[0].beneficiary = Secret::new("eve@example.com"));
    let other_value = placed(|snapshot| snapshot.deliveries[0].echo = Echo::Fixed("50 USD".into()));
    let a_range =
        placed(|snapshot| snapshot.deliveries[0].echo = Echo::Range { value: None, currency: None });
    let twice = placed(|snapshot| {
        let more = Delivery { id: "more".into(), ..snapshot.deliveries[0].clone() };
        snapshot.deliveries.push(more);
    });
    let none = placed(|snapshot| snapshot.deliveries.clear());
    for story in [other_brand, other_mailbox, other_value, a_range, twice, none] {
        assert_eq!(*withheld(&story), Withheld::OtherLines);
        closed(&story);
    }
}

#[test]
fn a_wrong_address_is_not_shown() {
    let story = placed(|snapshot| terms(snapshot).address = "9xQeWvG816bUx9EPjHmaT23y".into());
    assert!(matches!(withheld(&story), Withheld::WrongAddress(_)));
    closed(&story);
}

#[test]
fn the_tokens_own_contract_is_not_shown() {
    let story =
        placed(|snapshot| terms(snapshot).address = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v".into());
    assert_eq!(*withheld(&story), Withheld::NothingSafe);
    closed(&story);
}

#[test]
fn an_invoice_for_another_amount_is_not_shown() {
    let story = paying_with("lightning", &Tender::new("BTC", "Lightning"), "0.0024");
    assert_eq!(*withheld(&story), Withheld::OtherInvoice);
    closed(&story);
}

#[test]
fn a_dearer_order_asks_before_it_shows_the_address() {
    let mut story = dearer();
    assert!(matches!(withheld(&story), Withheld::Dearer { .. }));
    closed(&story);
    story.press("y p f v");
    closed(&story);
    story.press("c");
    assert_eq!(story.pay().settlement.as_ref().expect("accepted").amount, amount("12.00"));
}

#[test]
fn a_clearly_cheaper_order_asks_as_well() {
    let mut story = placed(|snapshot| terms(snapshot).amount = amount("11.00"));
    assert_eq!(*withheld(&story), Withheld::Cheaper { asked: amount("11.26"), told: amount("11.00") });
    closed(&story);
    story.press("c");
    assert_eq!(story.pay().settlement.as_ref().expect("accepted").amount, amount("11.00"));
    let nearly = placed(|snapshot| terms(snapshot).amount = amount("11.21"));
    assert!(nearly.pay().settlement.is_ok());
}

#[test]
fn changed_terms_are_an_alarm_for_good() {
    let mut story = Story::paying();
    let right = story.snapshot();
    let mut forged = later(&right, 5, "WaitingForPayment", "WalletCreated");
    terms(&mut forged).address = giftty::sandbox::addresses::solana(8);
    story.news(forged);
    assert_eq!(*withheld(&story), Withheld::Changed);
    story.news(later(&right, 9, "WaitingForPayment", "WalletCreated")).wait(1);
    assert_eq!(*withheld(&story), Withheld::Changed);
    closed(&story);
}

#[test]
fn once_a_payment_was_seen_none_is_asked_for_again() {
    let mut story = Story::paying();
    let first = story.snapshot();
    story.news(later(&first, 5, "PaymentStarted", "PaymentRequested"));
    closed(&story);
    story.news(later(&first, 9, "WaitingForPayment", "WalletCreated")).wait(1);
    closed(&story);
    assert!(matches!(withheld(&story), Withheld::NotAsked(_)));
}

#[test]
fn a_part_that_arrived_ends_the_offer() {
    let mut story = Story::paying();
    let first = story.snapshot();
    story.news(Snapshot { sent: amount("5"), ..later(&first, 5, "WaitingForPayment", "WalletCreated") });
    closed(&story);
    story.news(later(&first, 9, "WaitingForPayment", "WalletCreated"));
    closed(&story);
}

#[test]
fn a_word_that_nobody_knows_ends_the_offer() {
    let mut story = Story::paying();
    let first = story.snapshot();
    story.news(later(&first, 5, "WaitingForPayment", "PaymentMelted"));
    closed(&story);
}

#[test]
fn the_offer_closes_after_thirty_minutes() {
    let mut story = Story::paying();
    let order = story.snapshot();
    story.press("f").checked_again(Ok(order)).wait(30 * 60 - 1);
    assert!(story.pay().settlement.is_ok() && story.pay().full_screen);
    story.wait(1);
    assert_eq!(*withheld(&story), Withheld::WindowClosed);
    assert!(!story.pay().full_screen);
    closed(&story);
}

#[test]
fn a_lightning_invoice_closes_by_its_own_expiry() {
    let mut story = paying_with("lightning", &Tender::new("BTC", "Lightning"), "0.0025");
    story.wait(59);
    assert!(story.pay().settlement.is_ok());
    story.wait(1);
    assert_eq!(*withheld(&story), Withheld::WindowClosed);
}

#[test]
fn an_invoice_is_calm_until_a_quarter_of_its_own_time_is_left() {
    let mut story = paying_with("lightning", &Tender::new("BTC", "Lightning"), "0.0025");
    let urgent = |story: &Story| story.pay().time_left(&story.state.model).expect("time is left").urgent;
    story.wait(45);
    assert!(!urgent(&story));
    story.wait(1);
    assert!(urgent(&story));
}

#[test]
fn the_window_is_counted_by_the_shops_clock() {
    let ahead = 3_600;
    let mut story = placed(|snapshot| {
        snapshot.created_at = Some(Timestamp(NOW + ahead));
        snapshot.updated_at = snapshot.created_at;
    });
    story.wait(30 * 60 - 1);
    assert!(story.pay().settlement.is_ok());
    story.wait(1);
    assert_eq!(*withheld(&story), Withheld::WindowClosed);
}

#[test]
fn an_order_that_waits_is_followed_second_by_second_and_an_ended_one_is_not() {
    let mut story = Story::paying();
    let first = story.snapshot();
    assert!(story.state.subscriptions().contains(&Subscription::Seconds));
    assert!(story.state.subscriptions().contains(&Subscription::Order(wares::order_id())));
    story.news(Snapshot { state: OrderState::Canceled, ..later(&first, 5, "Canceled", "Expired") });
    assert!(story.state.subscriptions().is_empty());
}

#[test]
fn leaving_the_order_stops_following_it() {
    let mut story = Story::paying();
    story.press("esc");
    assert!(story.state.subscriptions().is_empty());
}

#[test]
fn paying_by_hand_is_asked_once_until_it_is_answered() {
    let mut story = Story::paying();
    story.press("p p p");
    assert_eq!(story.count(|effect| matches!(effect, Effect::PayInSandbox(..))), 1);
}
