//! What the shop has against several lines at once, and which of them it means.

use giftty::action::Action;
use giftty::domain::failure::Failure;
use giftty::domain::problem::{Concern, Problem};
use giftty::domain::purchase::Validation;
use giftty::domain::tender::Tender;
use giftty::effect::Effect;
use giftty::screens::checkout::Stage;
use giftty::screens::checkout::form::Spot;

use crate::support::story::Story;
use crate::support::wares;

/// A cart of two lines that is being checked.
fn checking() -> Story {
    let mut story = Story::cart();
    story.press("↵").types("+12125551234").press("⇥").types("you@example.com").press("↵");
    story
}

fn checks(story: &Story) -> usize {
    story.count(|effect| matches!(effect, Effect::ValidatePurchase(..)))
}

/// The notes: the line at fault, and what it is about.
fn lines(story: &Story) -> Vec<(Option<usize>, Concern)> {
    story.form().notes.iter().map(|note| (note.line, note.about)).collect()
}

#[test]
fn the_fault_of_one_line_is_found_by_asking_each_alone() {
    let mut story = checking();
    story.objected(&["OUT_OF_STOCK"]);
    assert!(matches!(story.form().stage, Stage::Searching(_)));
    let (_, first) = story.checked();
    assert_eq!(first.lines.len(), 1);
    assert_eq!(first.lines[0].item.brand.sent(), "Steam");
    story.validated("11.26");
    let (_, second) = story.checked();
    assert_eq!(second.lines[0].item.brand.sent(), "AT&T");
    story.objected(&["OUT_OF_STOCK"]);
    assert_eq!(lines(&story), [(Some(1), Concern::Product)]);
    assert_eq!(checks(&story), 3, "one at a time, and each line once");
}

#[test]
fn a_number_that_is_refused_is_shown_at_its_own_field() {
    let mut story = checking();
    story.objected(&["INVALID_BENEFICIARY_ACCOUNT"]).validated("11.26");
    story.objected(&["INVALID_BENEFICIARY_ACCOUNT"]);
    assert_eq!(story.form().notes[0].spot, Some(Spot::Phone(1)));
    assert_eq!(story.form().form.focus, Spot::Phone(1));
}

#[test]
fn problems_of_the_whole_order_need_no_search() {
    let mut story = checking();
    story.objected(&["COUPON_EXPIRED", "MAXIMUM_AMOUNT_PER_ORDER_EXCEEDED"]);
    assert_eq!(story.form().stage, Stage::Filling);
    assert_eq!(lines(&story), [(None, Concern::Coupon), (None, Concern::Value)]);
    assert_eq!(checks(&story), 1);
}

#[test]
fn a_line_alone_is_not_blamed_for_being_small() {
    let mut story = checking();
    story.objected(&["NOT_ACTIVE"]);
    story.objected(&["AMOUNT_LESS_THEN_MINIMUM_ALLOWED"]).objected(&["NOT_ACTIVE"]);
    assert_eq!(lines(&story), [(Some(1), Concern::Product)]);
}

#[test]
fn a_coupon_is_not_asked_about_again_line_by_line() {
    let mut story = Story::cart();
    story.press("↵").types("+12125551234").press("⇥").types("you@example.com").press("⇥").types("SAVE");
    story.press("↵").objected(&["OUT_OF_STOCK"]);
    assert_eq!(story.checked().1.coupon, None);
}

#[test]
fn a_total_that_is_missing_is_searched_for_too() {
    let mut story = checking();
    story.objected(&[]).validated("11.26").objected(&[]);
    assert_eq!(lines(&story), [(None, Concern::Order), (Some(1), Concern::Product)]);
}

#[test]
fn a_search_that_fails_says_what_is_known_already() {
    let mut story = checking();
    story.objected(&["OUT_OF_STOCK"]);
    let (id, _) = story.checked();
    story.hears(Action::PurchaseValidated(id, Err(Failure::Trouble(502))));
    assert_eq!(lines(&story), [(None, Concern::Product)]);
    assert_eq!(story.form().stage, Stage::Filling);
}

#[test]
fn esc_ends_the_search_and_keeps_what_is_known() {
    let mut story = checking();
    story.objected(&["OUT_OF_STOCK"]);
    let (id, _) = story.checked();
    story.press("esc");
    assert!(!story.state.pending_requests().contains(&id));
    assert_eq!(lines(&story), [(None, Concern::Product)]);
}

#[test]
fn a_brand_that_refuses_the_tender_is_remembered_among_the_tenders() {
    let mut story = checking();
    story.objected(&["UNSUPPORTED_PROTOCOL_COIN_COMBINATION"]).validated("11.26");
    story.objected(&["UNSUPPORTED_PROTOCOL_COIN_COMBINATION"]);
    let model = &story.state.model;
    let refused: Vec<_> =
        model.refused.iter().map(|(brand, tender)| (brand.sent(), tender.clone())).collect();
    assert_eq!(refused, [("AT&T", Tender::recommended())]);
}

#[test]
fn every_problem_of_one_item_is_at_its_field_at_once() {
    let mut story = Story::checkout();
    story.types("you@example.com").press("↵");
    let (id, _) = story.checked();
    let codes = ["OUT_OF_STOCK", "COUPON_NOT_FOUND", "INVALID_EMAIL_DOMAIN", "SUSPENDED_COIN", "MOON_PHASE"];
    let problems = codes.iter().map(|code| Problem::new(code)).collect();
    let total = Some(wares::amount("11.26"));
    story.hears(Action::PurchaseValidated(id, Ok(Validation { total, problems })));
    let spots: Vec<Option<Spot>> = story.form().notes.iter().map(|note| note.spot).collect();
    assert_eq!(spots, [None, Some(Spot::Coupon), Some(Spot::Email), None, None]);
    assert_eq!(story.form().form.focus, Spot::Coupon);
}
