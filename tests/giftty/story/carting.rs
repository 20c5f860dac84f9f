//! The cart: put aside, counted, kept, and ordered at once.

use giftty::domain::cart::Cart;
use giftty::domain::choices::{SavedChoice, SavedChoices};
use giftty::domain::contact::{Beneficiary, Phone};
use giftty::domain::failure::Failure;
use giftty::domain::record::Placement;
use giftty::effect::Effect;
use giftty::keymap::Command;
use giftty::screens::checkout::form::Spot;

use crate::support::story::Story;
use crate::support::wares::{self, amount};

fn quantities(story: &Story) -> Vec<u8> {
    story.state.model.cart.lines().iter().map(|line| line.quantity).collect()
}

fn total(story: &Story) -> Option<String> {
    let model = &story.state.model;
    model.prices.total(model.cart.lines(), &model.tender.coin).map(|total| total.to_string())
}

/// In front of the receipt of everything in the cart.
fn receipt() -> Story {
    let mut story = Story::cart();
    story.press("↵").types("+12125551234").press("⇥").types("you@example.com").press("↵").validated("16.66");
    story
}

#[test]
fn a_product_goes_into_the_cart_and_its_buyer_back_to_the_brands() {
    let mut story = Story::at("Steam", wares::steam());
    story.press("+ a");
    assert_eq!(story.place(), "country › brands");
    assert_eq!(quantities(&story), [2]);
    assert_eq!(total(&story).as_deref(), Some("22.52"));
    assert!(story.said().contains("in the cart"), "{}", story.said());
    assert_eq!(story.kept_cart(), story.state.model.cart);
}

#[test]
fn enter_on_a_product_buys_that_and_leaves_the_cart_alone() {
    let mut story = Story::at("Steam", wares::steam());
    story.press("a").press("^U").types("AT&T").press("↵").shelf(wares::top_up()).press("↵");
    assert_eq!(story.place(), "country › brands › product › checkout");
    assert_eq!(story.form().items.len(), 1);
    story.types("+12125551234").press("⇥").types("you@example.com").press("↵").validated("5.40").press("p");
    let snapshot = story.snapshot();
    story.placed(snapshot);
    assert_eq!(quantities(&story), [1], "what was not ordered stays");
}

#[test]
fn a_value_that_is_not_sold_does_not_go_into_the_cart() {
    let mut story = Story::at("Airbnb", wares::range());
    story.types("105").press("a");
    assert!(story.said().contains("100 and 110"), "{}", story.said());
    assert!(story.state.model.cart.is_empty());
}

#[test]
fn the_cart_holds_ten_deliveries_and_not_one_more() {
    let mut story = Story::cart();
    story.press("+ + + + + + + + + + + +");
    assert_eq!(quantities(&story), [9, 1]);
    assert!(story.said().contains("10 deliveries"), "{}", story.said());
    story.press("esc").press("^U").types("Steam").press("↵").shelf(wares::steam()).press("a");
    assert_eq!(quantities(&story), [9, 1]);
    assert_eq!(story.place(), "country › brands › product", "nothing was put in, so nothing is left");
}

#[test]
fn lines_are_counted_down_to_one_and_removed_by_their_own_key() {
    let mut story = Story::cart();
    story.press("- - d");
    assert_eq!(quantities(&story), [1]);
    assert_eq!(story.state.model.cart.lines()[0].brand.sent(), "AT&T");
    story.press("d");
    assert!(story.state.model.cart.is_empty());
    assert!(story.kept_cart().is_empty());
    assert!(!story.state.commands().contains(&Command::CheckOut));
}

#[test]
fn the_cart_is_there_after_a_restart_and_asks_what_it_costs() {
    let cart = Story::cart().state.model.cart;
    let mut story = Story::recalling(SavedChoices { cart, ..SavedChoices::default() });
    story.payment_methods().records(Vec::new()).brands(wares::brands()).press("^B");
    assert_eq!(total(&story), None);
    story.priced("10.00");
    assert_eq!(total(&story).as_deref(), Some("20.00"));
}

#[test]
fn another_tender_asks_for_the_prices_anew_a_few_at_a_time() {
    let mut story = Story::cart();
    story.press("^T").types("lightning").press("↵");
    let asked = story.pricing();
    assert!((1..=2).contains(&asked.len()), "{asked:?}");
    assert!(asked.iter().all(|(_, question)| question.coin.sent() == "BTC"));
    assert_eq!(total(&story), None);
    story.priced("0.0001");
    assert_eq!(total(&story).as_deref(), Some("0.0002"));
}

#[test]
fn prices_that_cannot_be_had_can_be_asked_again() {
    let cart = Story::cart().state.model.cart;
    let mut story = Story::recalling(SavedChoices { cart, ..SavedChoices::default() });
    story.press("^B");
    while let Some((id, question)) = story.pricing().into_iter().next() {
        let failed = Err(Failure::Trouble(503));
        story.hears(giftty::action::Action::ItemPriced(id, Box::new(question), failed));
    }
    assert!(story.state.commands().contains(&Command::Retry));
    story.press("^R").priced("10.00");
    assert_eq!(total(&story).as_deref(), Some("20.00"));
}

#[test]
fn everything_in_the_cart_is_one_purchase() {
    let story = receipt();
    let (_, purchase) = story.checked();
    assert_eq!(purchase.deliveries(), 2);
    assert!(matches!(&purchase.lines[0].beneficiary, Beneficiary::Mailbox(_)));
    assert!(matches!(&purchase.lines[1].beneficiary, Beneficiary::Handset(_)));
    assert_eq!(story.form().expected(), Some(amount("16.66")));
    assert_eq!(story.shown_receipt().total, amount("16.66"));
}

#[test]
fn the_cart_is_empty_once_its_order_exists() {
    let mut story = receipt();
    story.press("p");
    assert_eq!(quantities(&story), [1, 1], "nothing is ordered yet");
    let snapshot = story.snapshot();
    story.placed(snapshot);
    assert_eq!(story.place(), "country › brands › pay");
    assert!(story.state.model.cart.is_empty());
    assert_eq!(story.kept_cart(), Cart::default());
    assert_eq!(story.orders(), 1);
}

#[test]
fn the_cart_stays_when_there_is_no_order_or_nobody_can_tell() {
    let refused = Failure::Refused { status: 422, detail: "OUT_OF_STOCK".into() };
    for placement in [
        Placement::Refused(refused, Vec::new()),
        Placement::NotSent(Failure::TooLarge),
        Placement::Unknown(Failure::Trouble(502)),
    ] {
        let mut story = receipt();
        story.press("p").answered(placement);
        assert_eq!(quantities(&story), [1, 1]);
    }
}

#[test]
fn what_was_typed_at_the_checkout_stays_with_the_cart() {
    let mut story = Story::cart();
    story.press("↵").types("+12125551234").press("⇥").types("you@example.com").press("esc");
    assert_eq!(story.place(), "country › brands › cart");
    story.press("k d ↵");
    assert_eq!(story.form().form.email.text(), "you@example.com");
    let phone = story.form().form.phone(0).expect("the top-up is the only line now");
    assert_eq!(phone.number.text(), "+12125551234");
}

#[test]
fn each_line_that_tops_up_a_phone_has_a_number_of_its_own() {
    let mut other = Story::cart().state.model.cart.lines()[1].clone();
    other.country = "DE".parse().expect("a country");
    let cart = Cart::of(Story::cart().state.model.cart.lines().iter().cloned().chain([other]));
    let mut story = Story::recalling(SavedChoices { cart, ..SavedChoices::default() });
    story.records(Vec::new()).press("^B ↵");
    let spots = story.form().form.spots();
    assert_eq!(&spots[..3], [Spot::Phone(1), Spot::Phone(2), Spot::Email]);
    story.types("+12125551234").press("⇥").types("+12125551234").press("⇥").types("you@example.com");
    story.press("↵");
    let notes = &story.form().notes;
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert_eq!((notes[0].line, notes[0].spot), (Some(2), Some(Spot::Phone(2))));
}

#[test]
fn the_last_recipients_are_filled_in_where_their_country_fits() {
    let email = "you@example.com".parse().ok();
    let phone = Some(Phone::recorded("+4915123456789"));
    let mut cart = Story::cart().state.model.cart.lines().to_vec();
    cart[0] = cart[1].clone();
    cart[0].country = "DE".parse().expect("a country");
    let cart = Cart::of(cart);
    let mut story = Story::recalling(SavedChoices { email, phone, cart, ..SavedChoices::default() });
    story.press("^B ↵");
    let number = |line| story.form().form.phone(line).expect("a phone").number.text();
    assert_eq!((number(0), number(1)), ("+4915123456789", ""));
    assert_eq!(story.form().form.focus, Spot::Phone(1));
}

#[test]
fn the_number_that_was_topped_up_is_remembered() {
    let mut story = receipt();
    story.press("p");
    let kept = story.asked(|effect| match effect {
        Effect::Remember(SavedChoice::Phone(phone)) => Some(phone.clone()),
        _ => None,
    });
    assert_eq!(kept.as_str(), "+12125551234");
}
