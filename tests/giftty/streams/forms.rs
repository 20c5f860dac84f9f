//! Streams that are right, in every form that the rules for them allow: nothing but the stream tells.

use std::time::Duration;

use futures_util::stream::{self, StreamExt as _};
use giftty::api::FeedLimits;

use super::observer::{Observer, by_stream};
use super::shop::{ID, Script, Shop, order, paid_in_part};

/// How many sessions run at a time.
const AT_ONCE: usize = 6;

/// Looks at an order whose stream has this body until it is known to be paid.
async fn is_understood(case: &str, script: Script) {
    let shop = Shop::open("Created", script).await;
    let mut you = Observer::of(&shop, by_stream()).await;
    you.learns("PaymentReceived", case).await;
    // Once at most, as the screen is opened, and that says only that it was created.
    assert!(shop.reads() <= 1, "{case}: the stream told it");
    you.leaves(case).await;
}

#[tokio::test]
async fn every_form_of_an_event_is_understood() {
    let paid = order("PaymentReceived");
    let halves = paid.split_once(',').unwrap();
    let (first, second) = (format!("{},", halves.0), halves.1);
    let cases = [
        ("a space after the colon", format!("data: {paid}\n\n")),
        ("none", format!("data:{paid}\n\n")),
        ("two, one of which is data", format!("data:  {paid}\n\n")),
        ("line ends of two characters", format!("data: {paid}\r\n\r\n")),
        ("line ends of the old kind", format!("data: {paid}\r\r:\r")),
        ("line ends of each kind", format!(": a\r\ndata: {paid}\n\r\n: b\r")),
        ("two lines of data", format!("data: {first}\ndata: {second}\n\n")),
        ("data without a colon between", format!("data: {first}\ndata\ndata: {second}\n\n")),
        ("an empty line of data", format!("data:\ndata: {paid}\n\n")),
        ("the event's name", format!("event: message\ndata: {paid}\n\n")),
        ("the event's name at last", format!("data: {paid}\nevent: message\n\n")),
        ("an empty name", format!("event\ndata: {paid}\n\n")),
        ("an id", format!("id: 7\ndata: {paid}\n\n")),
        ("an id that is a text", format!("id: \u{1f600} ünïcödé\ndata: {paid}\n\n")),
        ("an id with nothing in it", format!("id\ndata: {paid}\n\n")),
        ("a retry", format!("retry: 0\ndata: {paid}\n\n")),
        ("a huge retry", format!("retry: 18446744073709551615\ndata: {paid}\n\n")),
        ("a retry beyond numbers", format!("retry: 99999999999999999999999\ndata: {paid}\n\n")),
        ("a retry that is none", format!("retry: soon\ndata: {paid}\n\n")),
        ("comments around", format!(": ping\n\n:\n\n: pong\ndata: {paid}\n: end\n\n")),
        ("fields that nobody knows", format!("colour: red\nDATA: {{}}\ndata : x\ndata: {paid}\n\n")),
        ("an event that nobody knows", format!("event: weather\ndata: rain\n\ndata: {paid}\n\n")),
        ("an empty event", format!("\n\n\ndata: {paid}\n\n")),
        ("events that are no JSON", format!("data: <html>\n\ndata: {{\n\ndata\n\ndata: {paid}\n\n")),
        ("another order's", {
            format!("data: {}\n\ndata: {paid}\n\n", order("Done").replace(ID, "11111111-2222"))
        }),
        ("older news behind newer", format!("data: {paid}\n\ndata: {}\n\n", order("WaitingForPayment"))),
        ("the same news often", format!("data: {paid}\n\n").repeat(50)),
        ("news in the wrong order", {
            let told = ["PaymentStarted", "WaitingForPayment", "PaymentReceived", "Created"];
            told.map(|state| format!("data: {}\n\n", order(state))).concat()
        }),
        ("a state in another case", format!("data: {}\n\n", order("PAYMENTRECEIVED"))),
        ("a byte order mark inside", format!("data: {paid}\n\n\u{feff}data: x\n\n")),
        ("an event of 200 kB", {
            let filled = paid.replace('}', &format!(",\"x\":\"{}\"}}", "x".repeat(200_000)));
            format!("data: {filled}\n\n")
        }),
    ];
    let understood =
        stream::iter(cases).map(async |(case, body)| is_understood(case, Script::body(body)).await);
    understood.buffer_unordered(AT_ONCE).collect::<()>().await;
}

/// As `by_stream`, and a stream that is cut is opened again at once, so often.
fn at_once(connects_a_minute: usize) -> FeedLimits {
    let soon = Duration::from_millis(1);
    FeedLimits { back_off: vec![soon], server_retry: (soon, soon), connects_a_minute, ..by_stream() }
}

#[tokio::test]
async fn a_word_that_nobody_knows_is_told_as_it_came_and_followed() {
    let body = |state| Script::body(format!("data: {}\n\n", order(state)));
    let shop = Shop::open("Created", body("Levitating")).await;
    let mut you = Observer::of(&shop, at_once(100)).await;
    you.learns("Levitating", "an unknown word").await;
    shop.streams(body("PaymentReceived"));
    shop.cut();
    you.learns("PaymentReceived", "the next word").await;
}

#[tokio::test]
async fn a_stream_may_be_torn_at_any_byte() {
    // Every stream brings the news that a little more was paid, torn at another place.
    let body = |number: usize| {
        let news = paid_in_part("PartialPaymentStarted", &number.to_string());
        format!(": ping \u{1f3d3}\r\n\r\nid: é7\nretry: 0\ndata: {news}\r\n\r\nevent: x\ndata: 日本\n\n")
    };
    let torn = |number: usize| {
        let body = body(number);
        let (left, right) = body.as_bytes().split_at(number);
        Script::pieces([left, right])
    };
    let places = body(100).len();
    let shop = Shop::of_scripts("Created", (1..places).map(torn).collect()).await;
    let mut you = Observer::of(&shop, at_once(places + 1)).await;
    let mut number = 0;
    while number + 1 < places {
        shop.is_asked(number + 1).await;
        number = shop.connects();
        let told = |screen: &str| screen.contains(&format!("Missing: {} USDC", 1000 - shop.connects()));
        you.sees_that(&format!("torn at byte {number}"), told).await;
        shop.cut();
    }
}

#[tokio::test]
async fn a_stream_may_come_in_crumbs() {
    let body = format!("data: {}\n\n", order("PaymentReceived"));
    is_understood("crumbs", Script::pieces(body.as_bytes().chunks(16))).await;
}

#[tokio::test]
async fn a_content_type_may_say_more() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\n\r\n";
    let body = format!("{head}data: {}\n\n", order("PaymentReceived"));
    is_understood("charset", Script::Keeps(body.into_bytes())).await;
}
