//! Tenders: what the same purchase costs in each coin, and what is known against one.

use giftty::action::Action;
use giftty::domain::failure::Failure;
use giftty::domain::order::Order;
use giftty::domain::payment_link::Holds;
use giftty::domain::record::Outcome;
use giftty::domain::tender::{PaymentMethods, Tender, Token};
use giftty::domain::time::{Dated, Timestamp};
use giftty::effect::Effect;
use giftty::keymap::Command;
use giftty::remote::RequestId;
use giftty::screens::AnyScreen;
use giftty::screens::tender::TenderChoice;

use crate::support::story::{NOW, Story};
use crate::support::wares;

fn choice(story: &Story) -> &TenderChoice {
    match story.state.top() {
        AnyScreen::Tender(page) => page,
        other => panic!("no tenders but {other:?}"),
    }
}

fn totals(story: &Story) -> Vec<(String, Option<String>)> {
    let choice = choice(story);
    let total =
        |payment_method| choice.total(payment_method, &story.state.model).map(|total| total.to_string());
    choice
        .list
        .shown
        .iter()
        .map(|payment_method| (payment_method.tender.coin.sent().to_owned(), total(payment_method)))
        .collect()
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
    assert!(open.iter().all(|(id, _)| !story.state.pending_requests().contains(id)));
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
    assert_eq!(choice.remark(&choice.list.shown[0], &story.state.model), None, "another brand may take it");
}

#[test]
fn a_tender_that_was_found_suspended_is_shown_so() {
    let mut story = Story::checkout();
    story.types("you@example.com").press("↵").objected(&["SUSPENDED_NETWORK"]).press("^T");
    let payment_methods = story.state.model.payment_methods.ready().expect("payment_methods");
    assert!(payment_methods.find(&Tender::recommended()).expect("a payment method").suspended);
    assert!(!choice(&story).list.shown[0].suspended, "usable ones come first");
}

#[test]
fn an_order_below_the_least_of_a_rail_is_said_before_it_is_chosen() {
    let mut story = Story::at("Steam", wares::steam());
    let mut payment_methods = wares::payment_methods().all().to_vec();
    payment_methods[0].minimum = Some(wares::amount("50"));
    story.state.model.payment_methods =
        giftty::remote::Remote::Ready(giftty::domain::tender::PaymentMethods::new(payment_methods));
    story.press("^T").priced("10.00");
    let choice = choice(&story);
    let remark = choice.remark(&choice.list.shown[0], &story.state.model).expect("a remark");
    assert!(remark.contains("at least 50 USDC"), "{remark}");
}

fn payment_methods_id(story: &Story) -> RequestId {
    story.asked(|effect| match effect {
        Effect::FetchPaymentMethods(id) => Some(*id),
        _ => None,
    })
}

/// In front of the ways to pay that the shop told two hours ago, while it is asked.
fn recalled() -> (Story, RequestId) {
    let mut story = Story::begun(Some("US"));
    let id = payment_methods_id(&story);
    story.hears(Action::PaymentMethodsRecalled(
        id,
        Dated { value: wares::payment_methods(), told: Timestamp(NOW - 7200) },
    ));
    story.press("^T");
    (story, id)
}

#[test]
fn the_ways_to_pay_are_chosen_from_memory_while_the_shop_is_asked() {
    let (mut story, id) = recalled();
    assert!(story.state.pending_requests().contains(&id), "the shop is asked all the same");
    assert_eq!(
        story.state.model.payment_methods_recalled.as_ref().expect("their age").told,
        Timestamp(NOW - 7200)
    );
    story.types("lightning").press("↵");
    assert_eq!(story.state.model.tender, Tender::new("BTC", "Lightning"));
}

#[test]
fn fresh_ways_to_pay_leave_the_mark_where_it_was() {
    let (mut story, id) = recalled();
    story.press("↓ ↓");
    let marked = |story: &Story| choice(story).list.shown[choice(story).list.cursor.at()].tender.clone();
    let before = marked(&story);
    let fresh = PaymentMethods::new(wares::payment_methods().all().iter().rev().cloned().collect());
    story.hears(Action::PaymentMethodsFetched(id, Ok(fresh)));
    assert_eq!(marked(&story), before);
    assert_eq!(story.state.model.payment_methods_recalled, None);
}

#[test]
fn without_the_shop_the_old_ways_to_pay_stay_and_a_key_asks_again() {
    let failures = [Err(Failure::TooLarge), Ok(PaymentMethods::new(Vec::new()))];
    for failure in failures {
        let (mut story, id) = recalled();
        let before = choice(&story).list.shown.len();
        story.hears(Action::PaymentMethodsFetched(id, failure));
        assert_eq!(choice(&story).list.shown.len(), before);
        assert!(story.state.commands().contains(&Command::Retry));
        story.press("^R");
        let again = payment_methods_id(&story);
        assert_ne!(again, id);
        story.hears(Action::PaymentMethodsFetched(again, Ok(wares::payment_methods())));
        assert_eq!(story.state.model.payment_methods_recalled, None);
        assert!(!story.state.commands().contains(&Command::Retry));
    }
}

#[test]
fn no_payment_is_made_by_what_memory_says_of_a_token() {
    let (_, mut purchase) = Story::receipt().checked();
    purchase.tender = Tender::new("USDC", "Base");
    let told = wares::snapshot(&purchase, wares::amount("11.26"));
    let order = Outcome::Placed(Box::new(Order::new(told)));
    // What was told two hours ago names another contract and other decimals.
    let mut old = wares::payment_methods().all().to_vec();
    let token = old
        .iter_mut()
        .find(|payment_method| payment_method.tender == purchase.tender)
        .and_then(|payment_method| payment_method.token.as_mut());
    *token.expect("a token") = Token { address: format!("0x{}", "12".repeat(20)), decimals: 18 };
    let mut story = Story::begun(Some("US"));
    let id = payment_methods_id(&story);
    story.hears(Action::PaymentMethodsRecalled(
        id,
        Dated { value: PaymentMethods::new(old), told: Timestamp(NOW - 7200) },
    ));
    story.records(vec![wares::record(1, Some(purchase), order)]).press("^O ↵");
    let holds = |story: &Story| {
        let contents = &story.pay().settlement.as_ref().expect("to be paid").contents;
        contents.iter().map(|content| content.holds).collect::<Vec<_>>()
    };
    assert_eq!(holds(&story), [Holds::AddressOnly]);
    story.hears(Action::PaymentMethodsFetched(id, Ok(wares::payment_methods())));
    assert_eq!(holds(&story), [Holds::LinkWithAmount, Holds::AddressOnly]);
}

#[test]
fn a_way_to_pay_is_found_by_its_coin_and_its_network_together() {
    for words in ["usdc solana", "USDC·Solana", "usdc on solana", "solana usdc"] {
        let mut story = Story::shopping();
        story.press("^T").types(words);
        let found: Vec<(&str, &str)> = choice(&story)
            .list
            .shown
            .iter()
            .map(|payment_method| (payment_method.tender.coin.sent(), payment_method.tender.network.sent()))
            .collect();
        assert_eq!(found, [("USDC", "Solana")], "{words}");
    }
}

#[test]
fn where_nothing_is_found_nothing_is_offered_to_be_chosen() {
    let mut story = Story::shopping();
    for screen in ["^T", "^F", "^L", "^G"] {
        story.press(screen);
        assert!(story.state.commands().contains(&Command::Choose), "{screen}");
        story.types("zzqx");
        assert!(!story.state.commands().contains(&Command::Choose), "{screen}");
        story.press("^U esc");
    }
}
