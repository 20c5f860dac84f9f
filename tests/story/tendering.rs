//! Tenders: what the same purchase costs in each coin, and what is known against one.

use giftty::domain::tender::Tender;
use giftty::effect::Effect;
use giftty::screens::Screen;
use giftty::screens::tender::TenderChoice;

use super::kit::Story;
use super::wares;

fn choice(story: &Story) -> &TenderChoice {
    match story.state.top() {
        Screen::Tender(page) => page,
        other => panic!("no tenders but {other:?}"),
    }
}

fn totals(story: &Story) -> Vec<(String, Option<String>)> {
    let choice = choice(story);
    let total = |rail| choice.total(rail, &story.state.desk).map(|total| total.to_string());
    choice.shown.iter().map(|rail| (rail.tender.coin.sent().to_owned(), total(rail))).collect()
}

fn questions(story: &Story) -> usize {
    story.count(|effect| matches!(effect, Effect::PriceItem(..)))
}

#[test]
fn what_is_marked_on_the_product_is_priced_in_every_coin_two_questions_at_a_time() {
    let mut story = Story::at("Steam", wares::steam());
    story.press("+ ^T");
    assert_eq!(story.pricing().len(), 2, "USDC and BTC; litecoin is suspended");
    let marked = &story.pricing()[0].1;
    assert_eq!(marked.coin.sent(), "USDC", "the marked one comes first");
    story.priced("10.00");
    for (coin, total) in totals(&story) {
        let expected = (coin != "LTC").then(|| "20.00".to_owned());
        assert_eq!(total, expected, "{coin}");
    }
    assert_eq!(questions(&story), 2, "once a coin, on whatever network");
}

#[test]
fn a_price_that_is_known_is_not_asked_again_within_a_minute() {
    let mut story = Story::at("Steam", wares::steam());
    story.press("^T").priced("10.00").press("esc");
    let before = questions(&story);
    story.press("^T");
    assert_eq!(questions(&story), before);
    story.press("esc").wait(61).press("^T");
    assert_eq!(questions(&story), before + 2);
}

#[test]
fn for_a_cart_only_the_marked_coin_is_asked_for() {
    let mut story = Story::cart();
    story.priced("10.00").wait(61).press("^T");
    assert!(story.pricing().iter().all(|(_, question)| question.coin.sent() == "USDC"));
    story.priced("10.00").press("↓ ↓");
    let coins: Vec<String> =
        story.pricing().iter().map(|(_, question)| question.coin.sent().to_owned()).collect();
    assert_eq!(coins, ["BTC", "BTC"], "two lines");
}

#[test]
fn without_anything_to_buy_nothing_is_asked() {
    let mut story = Story::shopping();
    story.press("^T");
    assert_eq!(questions(&story), 0);
}

#[test]
fn leaving_the_tenders_stops_the_questions() {
    let mut story = Story::at("Steam", wares::steam());
    story.press("^T");
    let open = story.pricing();
    story.press("esc");
    assert!(open.iter().all(|(id, _)| !story.state.awaits().contains(id)));
}

#[test]
fn a_tender_that_the_brand_refused_is_explained_and_cannot_be_chosen_for_it() {
    let mut story = Story::checkout();
    story.types("you@example.com").press("↵").objected(&["UNSUPPORTED_PROTOCOL_COIN_COMBINATION"]);
    story.press("^T").types("solana").press("↵");
    assert!(story.said().contains("Steam does not take USDC on Solana"), "{}", story.said());
    assert_eq!(story.place(), "country › brands › product › checkout › tender");
    story.press("esc esc esc esc").types("Airbnb").press("↵").shelf(wares::range()).press("^T");
    let choice = choice(&story);
    assert_eq!(choice.remark(&choice.shown[0], &story.state.desk), None, "another brand may take it");
}

#[test]
fn a_tender_that_was_found_suspended_is_shown_so() {
    let mut story = Story::checkout();
    story.types("you@example.com").press("↵").objected(&["SUSPENDED_NETWORK"]).press("^T");
    let rails = story.state.desk.rails.ready().expect("rails");
    assert!(rails.find(&Tender::recommended()).expect("a rail").suspended);
    assert!(!choice(&story).shown[0].suspended, "usable ones come first");
}

#[test]
fn an_order_below_the_least_of_a_rail_is_said_before_it_is_chosen() {
    let mut story = Story::at("Steam", wares::steam());
    let mut rails = wares::rails().all().to_vec();
    rails[0].minimum = Some(wares::amount("50"));
    story.state.desk.rails = giftty::remote::Remote::Ready(giftty::domain::tender::Rails::new(rails));
    story.press("^T").priced("10.00");
    let choice = choice(&story);
    let remark = choice.remark(&choice.shown[0], &story.state.desk).expect("a remark");
    assert!(remark.contains("at least 50 USDC"), "{remark}");
}
