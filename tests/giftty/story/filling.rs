//! Checkout: for whom, what is wrong with it, and what the shop has against it.

use giftty::domain::choices::SavedChoices;
use giftty::domain::contact::{Beneficiary, Phone};
use giftty::domain::failure::Failure;
use giftty::domain::problem::Concern;
use giftty::domain::product::Product;
use giftty::domain::tender::Tender;
use giftty::effect::Effect;
use giftty::keymap::Command;
use giftty::screens::checkout::Stage;
use giftty::screens::checkout::form::Spot;

use crate::support::story::Story;
use crate::support::wares::{self, amount};

fn notes(story: &Story) -> Vec<(Concern, &str)> {
    story.form().notes.iter().map(|note| (note.about, note.sentence.as_str())).collect()
}

fn topping_up() -> Story {
    let mut story = Story::at("AT&T", wares::top_up());
    story.press("↵");
    story
}

#[test]
fn a_bad_e_mail_address_stays_and_nothing_is_asked() {
    let mut story = Story::checkout();
    story.types("you@nowhere").press("↵");
    assert_eq!(story.form().stage, Stage::Filling);
    assert_eq!(story.form().form.email.text(), "you@nowhere");
    let said = [(Concern::Email, "An e-mail address looks like name@example.com.")];
    assert_eq!(notes(&story), said, "without the name of the field that it stands at");
    assert_eq!(story.count(|effect| matches!(effect, Effect::ValidatePurchase(..))), 0);
}

#[test]
fn everything_that_is_wrong_is_said_at_once_and_the_focus_is_on_the_first() {
    let mut story = Story::checkout();
    story.types("you").press("⇥ ⇥").types("nonsense").press("↵");
    assert_eq!(notes(&story).len(), 2);
    assert_eq!(story.form().form.focus, Spot::Email);
}

#[test]
fn a_wrong_refund_address_alone_gets_the_focus() {
    let mut story = Story::checkout();
    story.types("you@example.com").press("⇥ ⇥").types("nonsense").press("⇥ ↵");
    assert_eq!(notes(&story).len(), 1);
    assert_eq!(story.form().form.focus, Spot::Refund);
}

#[test]
fn a_top_up_with_a_wrong_e_mail_address_alone_points_at_it() {
    let mut story = topping_up();
    story.types("+12125551234").press("⇥").types("you").press("⇥ ↵");
    assert_eq!(notes(&story).len(), 1);
    assert_eq!(story.form().form.focus, Spot::Email);
}

#[test]
fn a_top_up_goes_to_the_phone_and_its_receipt_to_the_mailbox() {
    let mut story = topping_up();
    assert_eq!(story.form().form.focus, Spot::Phone(0));
    story.types("+1 212 555 1234").press("⇥").types("you@example.com").press("↵");
    let (_, purchase) = story.checked();
    let line = &purchase.lines[0];
    assert!(matches!(&line.beneficiary, Beneficiary::Handset(phone) if phone.as_str() == "+12125551234"));
    assert_eq!(purchase.buyer.as_str(), "you@example.com");
}

#[test]
fn a_number_of_another_country_or_of_none_is_refused() {
    for number in ["+49 151 23456789", "212 555 1234"] {
        let mut story = topping_up();
        story.types(number).press("⇥").types("you@example.com").press("↵");
        assert_eq!(notes(&story).len(), 1, "{number}");
        let said = notes(&story)[0].1;
        assert!(["This number", "Start with"].iter().any(|begin| said.starts_with(begin)), "{said}");
        assert_eq!(story.form().form.focus, Spot::Phone(0));
    }
}

#[test]
fn an_esim_goes_to_the_mailbox() {
    let mut story = Story::at("eSIM", wares::plans());
    story.press("↵").types("you@example.com").press("↵");
    let (_, purchase) = story.checked();
    assert!(matches!(&purchase.lines[0].beneficiary, Beneficiary::Mailbox(_)));
}

#[test]
fn the_shops_problems_land_at_their_fields_all_of_them() {
    let mut story = Story::checkout();
    story.types("you@example.com").press("⇥").types("SAVE").press("↵");
    story.objected(&["AMOUNT_LESS_THEN_MINIMUM_ALLOWED", "COUPON_EXPIRED", "MOON_PHASE"]);
    let concerns: Vec<Concern> = notes(&story).iter().map(|(concern, _)| *concern).collect();
    assert_eq!(concerns, [Concern::Value, Concern::Coupon, Concern::Order]);
    assert_eq!(story.form().form.focus, Spot::Coupon);
    assert!(notes(&story)[2].1.starts_with("The shop says MOON_PHASE. giftty does not know this code"));
    assert_eq!(story.form().form.coupon.text(), "SAVE");
}

#[test]
fn a_check_that_failed_says_that_nothing_was_ordered() {
    let mut story = Story::checkout();
    story.types("you@example.com").press("↵");
    let (id, _) = story.checked();
    story.hears(giftty::action::Action::PurchaseValidated(id, Err(Failure::Trouble(502))));
    assert_eq!(story.form().consequence(), Some("Nothing was ordered."));
    assert_eq!(story.form().stage, Stage::Filling);
}

#[test]
fn a_purchase_without_a_total_has_no_receipt() {
    let mut story = Story::checkout();
    story.types("you@example.com").press("↵").objected(&[]);
    assert_eq!(story.form().stage, Stage::Filling);
    assert_eq!(notes(&story).len(), 1);
}

#[test]
fn esc_while_checking_drops_the_answer_and_keeps_what_was_typed() {
    let mut story = Story::checkout();
    story.types("you@example.com").press("↵");
    let (id, _) = story.checked();
    story.press("esc");
    assert!(!story.state.pending_requests().contains(&id));
    story.validated("11.26");
    assert_eq!(story.form().stage, Stage::Filling);
    assert_eq!(story.form().form.email.text(), "you@example.com");
}

#[test]
fn esc_from_the_receipt_keeps_what_was_typed() {
    let mut story = Story::receipt();
    story.press("esc");
    assert_eq!(story.form().stage, Stage::Filling);
    assert_eq!(story.form().form.email.text(), "you@example.com");
}

#[test]
fn esc_from_the_checkout_and_back_keeps_what_was_typed() {
    let mut story = Story::checkout();
    story.types("you@example.com").press("⇥").types("SAVE").press("esc");
    assert_eq!(story.place(), "country › brands › product");
    story.press("j ↵");
    assert_eq!(story.form().form.email.text(), "you@example.com");
    assert_eq!(story.form().form.coupon.text(), "SAVE");
    assert_eq!(story.form().expected(), Some(amount("53.86")), "and the item is the new one");
}

#[test]
fn another_brand_begins_with_empty_fields() {
    let mut story = Story::checkout();
    story.types("you@example.com").press("esc esc esc").types("AT&T").press("↵").shelf(wares::top_up());
    story.press("↵");
    assert_eq!(story.form().form.email.text(), "");
}

#[test]
fn another_tender_on_the_receipt_drops_it_and_checks_anew() {
    let mut story = Story::receipt();
    story.press("^T").types("base").press("↵");
    assert!(matches!(story.form().stage, Stage::Checking(..)));
    assert!(!story.state.commands().contains(&Command::PlaceOrder));
    let (_, purchase) = story.checked();
    assert_eq!(purchase.tender, Tender::new("USDC", "Base"));
    assert_eq!(story.form().expected(), None);
    story.validated("11.30");
    assert_eq!(story.shown_receipt().total, amount("11.30"));
    assert_eq!(story.shown_receipt().purchase.tender, Tender::new("USDC", "Base"));
}

#[test]
fn a_paste_into_a_field_never_submits() {
    let mut story = Story::checkout();
    story.pastes("you@example.com\n");
    assert_eq!(story.form().stage, Stage::Filling);
    assert_eq!(story.form().form.email.text(), "you@example.com");
}

/// In front of a checkout with what this machine remembers of the last purchase.
fn remembering(brand: &str, products: Vec<Product>) -> Story {
    let email = "last@example.com".parse().ok();
    let phone = Some(Phone::recorded("+12125551234"));
    let mut story = Story::recalling(SavedChoices { email, phone, ..SavedChoices::default() });
    story.payment_methods();
    story.records(Vec::new());
    story.brands(wares::brands());
    story.types(brand).press("↵").shelf(products);
    story.press("↵");
    story
}

#[test]
fn what_is_remembered_gives_way_to_what_is_typed_or_pasted() {
    let mut story = remembering("Steam", wares::steam());
    assert_eq!(story.form().form.email.text(), "last@example.com");
    story.types("you");
    assert_eq!(story.form().form.email.text(), "you");
    let mut story = remembering("Steam", wares::steam());
    story.press("⇥ ⇤").pastes("you@example.com\n");
    assert_eq!(story.form().form.email.text(), "you@example.com");
    assert_eq!(story.form().stage, Stage::Filling);
    let mut story = remembering("AT&T", wares::top_up());
    assert_eq!(story.form().form.focus, Spot::Phone(0));
    story.types("+1 646").press("⇥").types("me@");
    let form = &story.form().form;
    assert_eq!(form.phone(0).map(|phone| phone.number.text()), Some("+1 646"));
    assert_eq!(form.email.text(), "me@");
}

#[test]
fn what_is_remembered_is_edited_once_the_caret_has_moved_and_sent_as_it_is_untouched() {
    for key in ["⌫", "←", "→", "home", "end"] {
        let mut story = remembering("Steam", wares::steam());
        story.press(key).types("x");
        let text = story.form().form.email.text().to_owned();
        assert!(text.contains("last@example.co") && text.contains('x'), "{key}: {text}");
    }
    let mut story = remembering("Steam", wares::steam());
    story.press("↵");
    assert_eq!(story.checked().1.buyer.as_str(), "last@example.com");
    story.press("esc");
    assert_eq!(story.form().form.email.text(), "last@example.com");
}

#[test]
fn the_newsletter_is_off_until_it_is_turned_on() {
    let mut story = Story::checkout();
    story.types("you@example.com").press("↵");
    assert!(!story.checked().1.newsletter);
    story.press("esc ⇤ space ↵");
    assert!(story.checked().1.newsletter);
}
