//! Product and tender: what exactly, how much of it, and in which coin.

use giftty::domain::choices::{SavedChoice, SavedChoices};
use giftty::domain::product::{Description, ProductGroup};
use giftty::domain::purchase::Choice;
use giftty::domain::tender::Tender;
use giftty::effect::Effect;
use giftty::keymap::Command;
use giftty::screens::AnyScreen;

use crate::support::story::Story;
use crate::support::wares::{self, amount};

fn price(story: &Story) -> Option<String> {
    story.product().price().map(|price| price.amount.to_string())
}

fn at_range() -> Story {
    Story::at("Airbnb", wares::range())
}

#[test]
fn a_value_off_the_step_is_refused_with_its_neighbours() {
    let mut story = at_range();
    story.types("105").press("↵");
    assert!(story.said().contains("100 and 110"), "{}", story.said());
    assert_eq!(story.place(), "country › brands › product");
}

#[test]
fn a_typed_value_is_priced_and_then_bought_as_it_stands() {
    let mut story = at_range();
    story.types("100").quoted("101.48");
    assert_eq!(price(&story).as_deref(), Some("101.48"));
    story.press("↵");
    assert!(matches!(&story.form().items[0].choice, Choice::Range { value, .. } if *value == amount("100")));
    assert_eq!(story.form().expected(), Some(amount("101.48")));
}

#[test]
fn a_late_quote_for_an_older_value_never_shows() {
    let mut story = at_range();
    story.types("100");
    let (late, hundred, _) = story.price_asked();
    story.press("⌫ ⌫ ⌫").types("200");
    story.quoted_late(late, hundred, "101.48");
    assert_eq!(price(&story), None);
    story.quoted("202.90");
    assert_eq!(price(&story).as_deref(), Some("202.90"));
}

#[test]
fn a_quote_for_another_value_than_the_one_that_was_asked_never_shows() {
    let mut story = at_range();
    story.types("100");
    let (id, _, _) = story.price_asked();
    story.quoted_late(id, amount("500"), "507.10");
    assert_eq!(price(&story), None);
}

#[test]
fn a_value_is_never_read_with_its_thousands_as_decimals() {
    let mut story = at_range();
    for thousand in ["100,000", "100.000"] {
        story.press("^U").types(thousand).press("↵");
        assert_eq!(
            story.place(),
            "country › brands › product",
            "{thousand} was taken: {:?}",
            story.product().face_value()
        );
    }
    story.press("^U").types("100,00").press("↵");
    assert_eq!(story.place(), "country › brands › product › checkout");
}

#[test]
fn arrows_move_the_caret_of_a_value_and_never_the_quantity() {
    let mut story = at_range();
    story.types("10").press("← →").press("←").types("5");
    assert_eq!(story.product().value.text(), "150");
    assert_eq!(story.product().quantity, 1);
}

#[test]
fn a_huge_range_is_refused_without_a_stumble() {
    use giftty::domain::product::{Offer, Product, Range};
    let most = "79228162514264337593543950335";
    let range = Range {
        min: amount("0"),
        max: amount(most),
        step: amount("70000000000000000000000000000"),
        default: None,
        currency: "USD".into(),
    };
    let ware = Product { offer: Offer::Range(range), ..wares::range().remove(0) };
    let mut story = Story::at("Airbnb", vec![ware]);
    story.types("75000000000000000000000000000").press("↵");
    assert!(story.said().contains("70000000000000000000000000000"), "{}", story.said());
}

#[test]
fn the_denomination_of_a_fixed_product_is_sent_in_the_suppliers_own_spelling() {
    let mut story = Story::at("Steam", wares::steam());
    story.press("j ↵").types("you@example.com").press("↵");
    let (_, purchase) = story.checked();
    assert!(matches!(
        &purchase.lines[0].item.choice,
        Choice::Fixed { denomination, .. } if denomination.sent() == "50.00 USD  - PIN"
    ));
}

#[test]
fn the_quantity_stays_between_one_and_ten() {
    let mut story = Story::at("Steam", wares::steam());
    story.press("-");
    assert_eq!(story.product().quantity, 1);
    story.press("+ + + + + + + + + + + +");
    assert_eq!(story.product().quantity, 10);
}

#[test]
fn plans_are_sorted_by_price_by_data_and_by_days() {
    let plans = wares::plans();
    let mut story = Story::at("eSIM", wares::plans());
    let rows = |story: &Story| wares::names(&plans, &story.product().rows);
    story.press("s");
    assert_eq!(rows(&story), ["1 GB 7 days", "3 GB 30 days", "Unlimited 3 days"]);
    story.press("s");
    assert_eq!(rows(&story), ["Unlimited 3 days", "3 GB 30 days", "1 GB 7 days"]);
    story.press("s");
    assert_eq!(rows(&story), ["3 GB 30 days", "1 GB 7 days", "Unlimited 3 days"]);
}

#[test]
fn sorting_keeps_the_marked_plan_marked() {
    let mut story = Story::at("eSIM", wares::plans());
    story.press("j s");
    assert_eq!(story.product().marked().expect("a plan").id.as_str(), "1 GB 7 days");
}

#[test]
fn leaving_a_product_stops_what_it_awaited() {
    let mut story = at_range();
    story.types("100");
    let (id, _, _) = story.price_asked();
    assert!(story.state.pending_requests().contains(&id));
    story.press("esc");
    assert!(!story.state.pending_requests().contains(&id));
}

#[test]
fn another_tender_asks_for_prices_anew_and_leaves_no_old_one_visible() {
    let mut story = at_range();
    story.types("100").quoted("101.48").press("^T").types("btc").press("↵");
    assert_eq!(story.place(), "country › brands › product");
    assert_eq!(price(&story), None);
    story.shelf(wares::range());
    let (_, value, coin) = story.price_asked();
    assert_eq!((value, coin.as_str()), (amount("100"), "BTC"));
    assert_eq!(price(&story), None);
    story.quoted("0.0011");
    assert_eq!(price(&story).as_deref(), Some("0.0011"));
}

#[test]
fn a_late_price_list_in_the_old_coin_never_shows() {
    let mut story = Story::shopping();
    story.types("Steam").press("↵");
    let late = story.shelf_id();
    story.press("^T").types("btc").press("↵");
    assert!(!story.state.pending_requests().contains(&late));
    let brand = story.product().brand.clone();
    let shelf = ProductGroup { brand, description: Description::default(), products: wares::steam() };
    story.hears(giftty::action::Action::ProductsFetched(late, Ok(vec![shelf])));
    assert!(story.product().shelf.ready().is_none());
}

#[test]
fn a_price_that_grew_old_is_asked_again() {
    let mut story = at_range();
    story.types("100").quoted("101.48").wait(16);
    let before = story.count(|effect| matches!(effect, Effect::QuotePrice(..)));
    story.press("+");
    assert_eq!(story.count(|effect| matches!(effect, Effect::QuotePrice(..))), before + 1);
}

#[test]
fn the_chosen_tender_is_remembered_and_the_same_one_asks_nothing() {
    let mut story = Story::at("Steam", wares::steam());
    let before = story.count(|effect| matches!(effect, Effect::FetchProducts(..)));
    story.press("^T ↵");
    assert_eq!(story.count(|effect| matches!(effect, Effect::FetchProducts(..))), before);
    story.press("^T").types("base").press("↵");
    assert_eq!(story.state.model.tender, Tender::new("USDC", "Base"));
    let remembered = story.asked(|effect| match effect {
        Effect::Remember(SavedChoice::Tender(tender)) => Some(tender.clone()),
        _ => None,
    });
    assert_eq!(remembered, Tender::new("USDC", "Base"));
}

#[test]
fn a_suspended_tender_cannot_be_chosen() {
    let mut story = Story::at("Steam", wares::steam());
    story.press("^T").types("ltc").press("↵");
    assert!(story.said().contains("takes no payments"), "{}", story.said());
    assert_eq!(story.state.model.tender, Tender::recommended());
    assert_eq!(story.place(), "country › brands › product › tender");
}

#[test]
fn the_tender_in_use_is_marked_also_when_the_list_comes_late() {
    let tender = Some(Tender::new("BTC", "Lightning"));
    let mut story = Story::recalling(SavedChoices { tender, ..SavedChoices::default() });
    story.press("^T").payment_methods();
    let AnyScreen::Tender(page) = story.state.top() else { panic!("no tender") };
    let marked = page.list.shown.get(page.list.cursor.at()).expect("a payment method");
    assert_eq!(marked.tender, Tender::new("BTC", "Lightning"));
}

#[test]
fn a_failed_list_of_tenders_can_be_asked_for_again() {
    use giftty::domain::failure::Failure;
    let mut story = Story::begun(Some("US"));
    let id = story.asked(|effect| match effect {
        Effect::FetchPaymentMethods(id) => Some(*id),
        _ => None,
    });
    story.hears(giftty::action::Action::PaymentMethodsFetched(id, Err(Failure::TooLarge)));
    story.press("^T");
    assert_eq!(story.state.commands()[0], Command::Retry);
    story.press("^R").payment_methods();
    assert!(story.state.model.payment_methods.ready().is_some());
}

/// A fixed gift card, then a range whose supplier suggests 60.
fn fixed_then_range() -> Vec<giftty::domain::product::Product> {
    use giftty::domain::product::{Offer, Product};
    let mut wares = vec![wares::steam().remove(0)];
    for ware in wares::range() {
        let Offer::Range(range) = ware.offer else { panic!("a range") };
        let range = giftty::domain::product::Range { default: Some(amount("60")), ..range };
        wares.push(Product { offer: Offer::Range(range), ..ware });
    }
    wares
}

#[test]
fn going_from_a_fixed_row_to_a_range_fills_in_a_value_and_asks_for_its_price() {
    let mut story = Story::at("Airbnb", fixed_then_range());
    assert_eq!(story.product().value.text(), "");
    story.press("↓");
    assert_eq!(story.product().value.text(), "60");
    let (_, value, _) = story.price_asked();
    assert_eq!(value, amount("60"));
    story.quoted("61.00");
    assert_eq!(price(&story).as_deref(), Some("61.00"));
}

#[test]
fn the_usual_values_are_chosen_by_a_key_and_priced() {
    let mut story = at_range();
    let mut seen = Vec::new();
    for _ in 0..4 {
        story.press("⇥");
        seen.push(story.product().value.text().to_owned());
    }
    assert_eq!(seen, ["50", "100", "150", "200"]);
    let (_, value, _) = story.price_asked();
    assert_eq!(value, amount("200"));
    story.press("⇤");
    assert_eq!(story.product().value.text(), "150");
}

#[test]
fn old_prices_of_a_list_are_asked_again_while_they_stay_on_the_screen() {
    let mut story = Story::at("Steam", wares::steam());
    let before = story.count(|effect| matches!(effect, Effect::FetchProducts(..)));
    story.press("j").wait(16).press("+");
    assert_eq!(story.count(|effect| matches!(effect, Effect::FetchProducts(..))), before + 1);
    assert_eq!(price(&story).as_deref(), Some("53.86"));
    story.press("+");
    assert_eq!(
        story.count(|effect| matches!(effect, Effect::FetchProducts(..))),
        before + 1,
        "once is enough"
    );
    story.shelf(wares::steam());
    assert_eq!(story.product().cursor.at(), 1, "the same row stays marked");
    assert_eq!(story.product().quantity, 3);
}

#[test]
fn what_was_sold_before_is_shown_until_the_shop_answers_and_has_no_price() {
    use giftty::action::Action;
    use giftty::domain::product::Offer;
    use giftty::domain::time::{Dated, Timestamp};
    let mut story = Story::shopping();
    story.types("Steam").press("↵");
    let id = story.shelf_id();
    let brand = story.product().brand.clone();
    let mut products = wares::steam();
    for ware in &mut products {
        if let Offer::Fixed { price, .. } = &mut ware.offer {
            *price = None;
        }
    }
    let last = vec![ProductGroup { brand, description: Description::default(), products }];
    story.hears(Action::ProductsRecalled(id, Dated { value: last, told: Timestamp(1) }));
    story.press("j");
    assert_eq!(price(&story), None);
    assert!(story.product().recalled.is_some());
    story.shelf(Vec::new());
    assert!(story.product().marked().is_some(), "an empty answer takes nothing away");
    assert_eq!(story.count(|effect| matches!(effect, Effect::CacheProducts(..))), 0);
    story.press("^R").shelf(wares::steam());
    assert_eq!(price(&story).as_deref(), Some("53.86"), "the same row stays marked");
    assert!(story.product().recalled.is_none());
    assert_eq!(story.count(|effect| matches!(effect, Effect::CacheProducts(..))), 1);
}

#[test]
fn the_dearest_value_is_never_filled_in() {
    use giftty::domain::product::{Offer, Product, Range};
    let of_at_most = |most: &str| {
        let ware = wares::range().remove(0);
        let Offer::Range(range) = ware.offer else { panic!("a range") };
        let range = Range { max: amount(most), default: Some(amount("500")), ..range };
        Story::at("Airbnb", vec![Product { offer: Offer::Range(range), ..ware }])
    };
    assert_eq!(of_at_most("1000").product().value.text(), "500");
    let mut story = of_at_most("500");
    assert_eq!(story.product().value.text(), "");
    story.press("↵");
    assert!(story.said().contains("Type a value from 50 to 500"), "{}", story.said());
}

#[test]
fn the_price_of_a_typed_value_does_not_make_those_of_the_list_look_new() {
    let mut story = Story::at("Airbnb", fixed_then_range());
    let asked = |story: &Story| story.count(|effect| matches!(effect, Effect::FetchProducts(..)));
    story.press("↓").quoted("61.00").wait(20).press("+").quoted("61.50");
    let before = asked(&story);
    story.press("↑");
    assert_eq!(asked(&story), before + 1, "those of the list are 20 s old");
}

#[test]
fn a_value_that_was_only_offered_gives_way_to_the_one_that_is_typed() {
    let mut story = Story::at("Airbnb", fixed_then_range());
    story.press("↓").types("80");
    assert_eq!(story.product().value.text(), "80");
    story.press("⇥").types("7").types("0");
    assert_eq!(story.product().value.text(), "70", "a usual value is one that is offered, too");
    story.press("⇥ ⌫ ⌫ ⌫").types("90");
    assert_eq!(story.product().value.text(), "90");
}
