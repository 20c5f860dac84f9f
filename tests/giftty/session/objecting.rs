//! What the shop has against a purchase, from its bytes to the screen: whatever it adds, and however it
//! says no.

use giftty::input::Key;
use giftty::sandbox::Pace;
use serde_json::{Value, json};

use crate::support::sandbox::World;
use crate::support::screen_session::Person;

/// What the shop says, and a part of what is seen of it.
fn cases() -> Vec<(&'static str, Value, &'static str)> {
    let with = |code: &str, details: Value| json!([{"problem": code, "moreDetails": details}]);
    let combinations =
        json!([{"coin": "USDC", "network": "Arbitrum"}, {"coin": "BTC", "network": "Lightning"}]);
    vec![
        ("a word", json!(["MOON_PHASE"]), "MOON_PHASE."),
        ("an object", with("MOON_PHASE", json!({"reason": "It is waning."})), "waning"),
        ("a list", with("UNSUPPORTED_PROTOCOL_COIN_COMBINATION", combinations), "BTC on Lightning"),
        ("a sentence", with("KYC_PENDING", json!("Ask again in an hour")), "in an hour"),
        ("a number", with("AMOUNT_TOO_LOW", json!(10.50)), "10.5"),
        ("nothing", with("OUT_OF_STOCK", Value::Null), "out of stock"),
        ("deep", with("MOON_PHASE", json!({"a": {"b": {"c": {"d": {"e": 1}}}}, "yes": true})), "yes: true"),
        (
            "hostile",
            with("EVIL\u{1b}[2J\u{202e}CODE", json!("a\r\nb \u{1b}]0;owned\u{7} \u{200b}c \u{9b}31m d")),
            "EVIL",
        ),
        ("long", with("MOON_PHASE", json!("waning ".repeat(2_000))), "waning waning"),
        ("an endless list", with("NOT_ACTIVE", json!(vec!["x"; 30_000])), "paused"),
        (
            "several",
            json!([
                "OUT_OF_STOCK",
                {"problem": "COUPON_NOT_FOUND"},
                {"problem": "INVALID_EMAIL_DOMAIN", "moreDetails": ["example.com"]},
                {"problem": "SUSPENDED_NETWORK", "moreDetails": {"network": "Solana"}},
                {"problem": "MOON_PHASE", "moreDetails": {"reason": "waning"}},
            ]),
            "MOON_PHASE",
        ),
    ]
}

/// What stands between the header and the footer.
fn body(you: &Person) -> String {
    let text = you.screen_text();
    let rows = text.lines().map(str::trim_end).skip(2).take(21);
    rows.filter(|row| !row.is_empty()).collect::<Vec<_>>().join("\n")
}

async fn filled_in(world: &World) -> Person {
    let mut you = world.sit_down();
    you.chooses_airbnb().await;
    you.types("you@example.com").await;
    you
}

#[tokio::test]
async fn whatever_the_shop_adds_is_read_as_words() {
    let world = World::new(Pace::Manual).await;
    let mut you = filled_in(&world).await;
    let mut seen = Vec::new();
    for (what, problems, part) in cases() {
        world.control("problems", &json!({"problems": problems}).to_string()).await;
        you.hits(Key::Enter).await;
        you.sees_that(part, |screen| screen.contains("Nothing was ordered.") && screen.contains(part)).await;
        seen.push(format!("═══ {what}\n{}", body(&you)));
        // A check that finds nothing takes the old words away: the next ones are not taken for them.
        you.hits(Key::Enter).await;
        you.sees("places the order").await;
        you.hits(Key::Esc).await;
        you.sees_no("places the order").await;
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("added", seen.join("\n")));
}

#[tokio::test]
async fn an_order_that_is_refused_with_problems_shows_them_at_the_fields() {
    let world = World::new(Pace::Manual).await;
    let mut you = filled_in(&world).await;
    you.hits(Key::Enter).await;
    you.sees("places the order").await;
    // The sandbox refuses an order with 422, where a dry run has 200 and the same problems.
    let problems =
        json!({"problems": ["OUT_OF_STOCK", "COUPON_EXPIRED", {"problem": "X", "moreDetails": [1]}]});
    world.control("problems", &problems.to_string()).await;
    you.types("p").await;
    you.sees("Nothing was ordered.").await;
    let text = you.screen_text();
    for part in ["is out of stock", "This coupon has expired", "The shop says X and adds: 1."] {
        assert!(text.contains(part), "{part}:\n{text}");
    }
    assert_eq!(world.orders().await.len(), 0);
}

#[tokio::test]
async fn a_word_in_place_of_problems_is_said_where_it_belongs() {
    let world = World::new(Pace::Manual).await;
    let mut you = filled_in(&world).await;
    for (word, said) in [
        ("SUSPENDED_COIN", "This coin takes no payments at the moment."),
        ("SUSPENDED_NETWORK", "This network takes no payments at the moment."),
        ("LOGIN_REQUIRED", "only to people with an account there."),
    ] {
        let refusal = json!({"problems": [word]}).to_string();
        world.control("problems", &refusal).await;
        you.hits(Key::Enter).await;
        you.sees(said).await;
        you.sees("Nothing was ordered.").await;
    }
}
