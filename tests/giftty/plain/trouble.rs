//! What is said when something goes wrong, and that no money is lost by it.

use crate::support::sandbox::World;

#[tokio::test]
async fn a_lost_answer_is_an_unknown_outcome_and_never_a_second_order_unasked() {
    let world = World::manual().await;
    world.control("faults", r#"{"fault": "lost-answer"}"#).await;
    let mut you = world.sit_down_in_lines();
    you.orders_airbnb().await;
    you.hears("An order may exist: do not pay twice.").await;
    for line in ["order", "order", "order another"] {
        you.types(line).await;
    }
    you.types("b").await;
    you.hears("Airbnb").await;
    assert_eq!(world.orders().await.len(), 1);
    let said = you.hangs_up().await;
    assert!(said.contains("stays open: Airbnb 100 USD, unknown: may exist."), "{said}");

    let mut again = world.sit_down_in_lines();
    again.hears("There are open orders.").await;
    again.answers("unknown: may exist", "1").await;
    again.hears("The shop may hold an order of which giftty knows nothing: do not pay twice.").await;
    again.types("b").await;
    again.picks_airbnb().await;
    again.fills_in().await;
    again.types("order").await;
    again.hears("Nothing was ordered: the word is order another.").await;
    assert_eq!(world.orders().await.len(), 1);
    again.hangs_up().await;
}

#[tokio::test]
async fn an_order_that_was_left_at_the_payment_is_offered_again_and_is_the_only_one() {
    let world = World::manual().await;
    let mut you = world.sit_down_in_lines();
    you.orders_airbnb().await;
    you.hears("Only USDC on Solana").await;
    let said = you.interrupts().await;
    assert!(said.contains("Order #1 stays open: Airbnb 100 USD, waiting for payment."), "{said}");
    assert!(said.contains("Start giftty --plain again to go on with it."), "{said}");

    let mut again = world.sit_down_in_lines();
    again.hears("There are open orders.").await;
    again.answers("1 Order #1", "1").await;
    let order = world.order().await;
    again.hears(&format!("\n{}\n", order["wallet_address"].as_str().unwrap())).await;
    world.happen(&world.order().await, "pay").await;
    again.hears("payment seen.").await;
    again.hangs_up().await;
}

#[tokio::test]
async fn an_interrupt_while_the_order_is_placed_waits_for_its_answer() {
    let world = World::manual().await;
    world.control("faults", r#"{"fault": "delay=500ms@POST:/v5/orders$"}"#).await;
    let mut you = world.sit_down_in_lines();
    you.orders_airbnb().await;
    you.hears("Placing the order.").await;
    let said = you.interrupts().await;
    assert!(said.contains("Order #1 stays open: Airbnb 100 USD, waiting for payment."), "{said}");
    assert_eq!(world.orders().await.len(), 1);
}

#[tokio::test]
async fn an_address_that_fails_its_check_is_never_said() {
    let world = World::manual().await;
    let wrong = "SandboxDoNotPayl0O";
    world.control("tamper", &format!(r#"{{"field": "wallet_address", "value": "{wrong}"}}"#)).await;
    let mut you = world.sit_down_in_lines();
    you.orders_airbnb().await;
    you.hears("Do not pay this order.").await;
    you.types("qr").await;
    you.hears("There is no QR code").await;
    let said = you.hangs_up().await;
    assert!(!said.contains(wrong) && !said.contains("Send exactly"), "{said}");
}

#[tokio::test]
async fn an_address_that_changes_is_an_alarm_and_the_new_one_is_never_said() {
    let world = World::manual().await;
    let mut you = world.sit_down_in_lines();
    you.orders_airbnb().await;
    you.hears("Only USDC on Solana").await;
    let other = "SandboxDoNotPay1111111111111111111111111111";
    let id = world.order().await["order_id"].as_str().unwrap().to_owned();
    let body = format!(r#"{{"field": "wallet_address", "value": "{other}"}}"#);
    world.control(&format!("orders/{id}/tamper"), &body).await;
    you.types("r").await;
    you.hears("Do not pay this order. The shop changed the address").await;
    let said = you.hangs_up().await;
    assert!(!said.contains(other), "{said}");
}

#[tokio::test]
async fn a_code_is_drawn_only_once_the_shop_said_that_the_order_still_stands() {
    let world = World::manual().await;
    let mut you = world.sit_down_in_lines();
    you.orders_airbnb().await;
    you.hears("Only USDC on Solana").await;
    let id = world.order().await["order_id"].as_str().unwrap().to_owned();
    world.control("faults", &format!(r#"{{"fault": "404@GET:/v5/orders/{id}$ x1"}}"#)).await;
    you.types("qr").await;
    you.hears("Asking the shop whether the order still stands").await;
    you.hears("Not shown. The shop refused this").await;
    assert_eq!(you.times("█"), 0);
    you.types("qr").await;
    you.hears("The code holds the address, not the amount: send exactly 101.48 USDC.").await;
    assert!(you.times("█") > 0);
    you.hangs_up().await;
}

#[tokio::test]
async fn an_order_whose_time_is_over_says_what_both_sides_can_do() {
    let world = World::manual().await;
    let mut you = world.sit_down_in_lines();
    you.orders_airbnb().await;
    you.hears("Only USDC on Solana").await;
    world.happen(&world.order().await, "expire").await;
    you.hears("expired.").await;
    you.hears("I did not send anything: Nothing is lost").await;
    you.hears("I already sent: Do not send again.").await;
    you.hangs_up().await;
}

#[tokio::test]
async fn a_shop_that_cannot_be_reached_is_asked_again_by_a_word() {
    let world = World::manual().await;
    world.control("faults", r#"{"fault": "400@/v2/brands x1"}"#).await;
    let mut you = world.sit_down_in_lines();
    you.answers("Which country?", "us").await;
    you.answers("1 United States", "1").await;
    you.answers("Type r to try again", "r").await;
    you.hears("brands. Which one?").await;
    you.hangs_up().await;
}

#[tokio::test]
async fn what_is_typed_comes_back_without_controls() {
    let world = World::manual().await;
    let mut you = world.sit_down_in_lines();
    you.answers("Which country?", "\u{1b}[2J\u{9b}31m\u{202e}zzz").await;
    you.hears("No country is called").await;
    you.types("b").await;
    you.answers("Which country?", "us").await;
    you.answers("1 United States", "1").await;
    you.answers("brands. Which one?", "airbnb").await;
    you.answers("1 Airbnb", "1").await;
    you.answers("from 50 to 500 USD", "\u{1b}[A\u{7}").await;
    you.hears("is none of the choices.").await;
    assert!(!you.hangs_up().await.contains('\u{202e}'));
}

#[tokio::test]
async fn a_shop_that_hangs_keeps_nobody_from_leaving() {
    let world = World::manual().await;
    world.control("faults", r#"{"fault": "hang@/v2/brands"}"#).await;
    let mut you = world.sit_down_in_lines();
    you.answers("Which country?", "us").await;
    you.answers("1 United States", "1").await;
    you.answers("Asking the shop what it sells", "q").await;
    you.hears("Goodbye.").await;
    you.hangs_up().await;
}

#[tokio::test]
async fn without_the_shop_it_is_said_when_the_last_news_came() {
    let world = World::manual().await;
    let mut you = world.sit_down_in_lines();
    you.orders_airbnb().await;
    you.hears("Only USDC on Solana").await;
    world.sandbox.stop().await;
    you.hears("The shop cannot be reached: what was said may be old. The last news came at ").await;
    you.hangs_up().await;
}

#[tokio::test]
async fn whoever_leaves_an_unpaid_order_is_asked_once_and_told_how_to_go_on() {
    let world = World::manual().await;
    let mut you = world.sit_down_in_lines();
    you.orders_airbnb().await;
    you.answers("Every change is said here.", "b").await;
    you.answers("Type a number", "q").await;
    you.hears("Order #1 stays open: ").await;
    you.hears("Start giftty --plain again to go on with it.\nType q once more to leave.\n").await;
    // Another line calls it off.
    you.types("o").await;
    you.answers("1 Order #1", "q").await;
    you.answers("Type q once more to leave.\n", "q").await;
    you.hears("Goodbye.").await;
    assert_eq!(you.times("Order #1 stays open"), 2);
    you.hangs_up().await;

    // The order of an earlier session, and an input that ends where it is asked.
    let mut again = world.sit_down_in_lines();
    again.answers("1 Order #1", "q").await;
    again.hears("Type q once more to leave.\n").await;
    assert!(again.hangs_up().await.ends_with("Type q once more to leave.\nGoodbye.\n"));

    world.happen(&world.order().await, "pay").await;
    let mut paid = world.sit_down_in_lines();
    paid.answers("1 Order #1", "1").await;
    paid.answers("payment seen.", "q").await;
    assert!(!paid.hangs_up().await.contains("once more"));
}
