//! One story for each kind of product: what is chosen is what is ordered, to the letter.

use giftty::domain::contact::Beneficiary;
use giftty::domain::product::{DeliveryMethod, Offer, Product};
use giftty::domain::purchase::{Choice, Line};

use super::kit::Story;
use super::wares::{self, amount};

/// Goes through checkout and receipt, and gives back the one line of the order that was sent.
fn ordered(mut story: Story) -> Line {
    story.press("↵").validated("11.26").press("p");
    assert_eq!(story.orders(), 1);
    let (_, purchase, _) = story.sent();
    assert_eq!(purchase.lines.len(), 1);
    purchase.lines[0].clone()
}

fn denomination(line: &Line) -> &str {
    match &line.item.choice {
        Choice::Fixed { denomination, .. } => denomination.sent(),
        Choice::Range { .. } => panic!("a range"),
    }
}

#[test]
fn a_fixed_product_is_bought_by_the_suppliers_own_string() {
    let mut story = Story::at("Steam", wares::steam());
    story.press("j + ↵").types("you@example.com");
    let line = ordered(story);
    assert_eq!(denomination(&line), "50.00 USD  - PIN");
    assert_eq!(line.item.quantity, 2);
    assert!(matches!(line.beneficiary, Beneficiary::Mailbox(_)));
}

#[test]
fn a_range_is_bought_by_a_value_that_was_picked() {
    let mut story = Story::at("Airbnb", wares::range());
    story.press("⇥ ⇥").quoted("101.48").press("↵").types("you@example.com");
    let line = ordered(story);
    assert!(matches!(&line.item.choice, Choice::Range { value, .. } if *value == amount("100")));
}

#[test]
fn a_product_that_is_only_a_label_is_bought_by_that_label() {
    let label = "Java & Bedrock Ed";
    let offer = Offer::Fixed { denomination: label.into(), label: label.into(), price: None, plan: None };
    let ware = Product { id: label.into(), delivery: DeliveryMethod::ByEmail, offer };
    let mut story = Story::at("Steam", vec![ware]);
    story.press("↵").types("you@example.com");
    assert_eq!(denomination(&ordered(story)), label);
}

#[test]
fn a_plan_is_bought_from_the_sorted_table() {
    let mut story = Story::at("eSIM", wares::plans());
    story.press("s g ↵").types("you@example.com");
    assert_eq!(denomination(&ordered(story)), "1 GB 7 days");
}
