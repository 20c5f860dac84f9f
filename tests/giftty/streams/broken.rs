//! Streams that are of no use: then reading tells, and the stream is left in peace.

use std::time::Duration;

use futures_util::stream::{self, StreamExt as _};

use giftty::api::FeedLimits;

use super::follower::by_reading;
use super::observer::Observer;
use super::shop::{CHUNKED, HEAD, Script, Shop, chunk, order};

/// The most that a stream is asked for in a minute.
const MOST_CONNECTS: usize = 9;

/// How many sessions run at a time.
const AT_ONCE: usize = 6;

/// Looks at an order from its payment to its end, whatever its stream does.
async fn is_survived(case: &str, script: Script) {
    let shop = Shop::open("WaitingForPayment", script).await;
    let mut you = Observer::of(&shop, by_reading()).await;
    you.learns("WaitingForPayment", case).await;
    shop.now("PaymentReceived");
    you.learns("PaymentReceived", case).await;
    shop.now("Done");
    you.learns("Done", case).await;
    you.leaves(case).await;
    let connects = shop.connects();
    assert!((1..=MOST_CONNECTS).contains(&connects), "{case}: {connects} connects");
}

fn answer(status: &str, more: &str, body: &str) -> Script {
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\n{more}content-length: {length}\r\nconnection: close\r\n\r\n");
    Script::Says((head + body).into_bytes())
}

fn short(body: &[u8]) -> Script {
    Script::Says([HEAD.as_bytes(), body].concat())
}

#[tokio::test]
async fn whatever_the_stream_does_the_true_state_is_learned() {
    let waiting = format!("data: {}\n\n", order("WaitingForPayment"));
    let cases = [
        ("no content", answer("204 No Content", "", "")),
        ("not found", answer("404 Not Found", "content-type: application/json\r\n", "{}")),
        ("too many", answer("429 Too Many Requests", "retry-after: 1\r\n", "")),
        ("too many, without a time", answer("429 Too Many Requests", "", "")),
        ("busy", answer("503 Service Unavailable", "", "busy")),
        ("busy for a second", answer("503 Service Unavailable", "retry-after: 1\r\n", "")),
        ("busy for years", answer("503 Service Unavailable", "retry-after: 99999999\r\n", "")),
        ("elsewhere", answer("302 Found", "location: http://127.0.0.1:9/\r\n", "")),
        ("a bad gateway's page", answer("502 Bad Gateway", "content-type: text/html\r\n", "<html>")),
        ("no content type", answer("200 OK", "", &waiting)),
        ("another content type", answer("200 OK", "content-type: application/json\r\n", &waiting)),
        ("a content type of bytes", {
            Script::Says([b"HTTP/1.1 200 OK\r\ncontent-type: \xff\xfe\r\n\r\n", waiting.as_bytes()].concat())
        }),
        ("nothing at all", Script::Says(Vec::new())),
        ("silence", Script::Keeps(Vec::new())),
        ("no HTTP", Script::Says(b"220 smtp.example ESMTP\r\n".to_vec())),
        ("half a head", Script::Says(b"HTTP/1.1 200 OK\r\ncontent-ty".to_vec())),
        ("a close after the head", short(b"")),
        ("a close in the middle of an event", short(waiting.trim_end().as_bytes())),
        ("a close after each event", short(waiting.as_bytes())),
        ("a close after each event, and a hurry", short(format!("retry: 0\n{waiting}").as_bytes())),
        ("half-open from the start", Script::body("")),
        ("half-open after an event", Script::body(&waiting)),
        ("a byte order mark", Script::body(format!("\u{feff}{waiting}"))),
        ("a byte order mark, torn", {
            Script::pieces([b"\xef".as_slice(), b"\xbb\xbf", waiting.as_bytes()])
        }),
        ("bytes that are no text", Script::body([b"data: \xff\xfe\n\n", waiting.as_bytes()].concat())),
        ("text that breaks off", short(b"data: \xf0\x9f")),
        ("zeroes", Script::Repeats(HEAD.into(), vec![0; 4096])),
        ("a broken chunk", {
            Script::Keeps([CHUNKED.as_bytes(), &chunk(waiting.as_bytes()), b"zz\r\n"].concat())
        }),
        ("an event of 2 MB", Script::body(format!("data: {}\n\n", "x".repeat(2 << 20)))),
        ("a stop while unpaid", Script::body(format!("{waiting}event: stop\ndata: {{}}\n\n"))),
        ("a stop before any news", Script::body("event: stop\ndata: {}\n\n")),
        ("a stop, and news behind it", Script::body(format!("event: stop\ndata\n\n{waiting}"))),
        ("a single byte at a time", Script::pieces(waiting.as_bytes().chunks(1))),
        ("news of another order", {
            let foreign = order("Done").replace("f9d624ad", "00000000");
            Script::body(format!("data: {foreign}\n\n"))
        }),
    ];
    // A few at a time: each of them is a whole session.
    let survived = stream::iter(cases).map(|(case, script)| is_survived(case, script));
    survived.buffer_unordered(AT_ONCE).collect::<()>().await;
}

#[tokio::test]
async fn a_stop_while_unpaid_is_no_success_and_the_stream_is_not_opened_again() {
    let body = format!("data: {}\n\nevent: stop\ndata: {{}}\n\n", order("WaitingForPayment"));
    let shop = Shop::open("WaitingForPayment", Script::body(body)).await;
    let mut you = Observer::of(&shop, by_reading()).await;
    you.sees("◍ polling", "a read behind the stop").await;
    you.learns("WaitingForPayment", "stop").await;
    let connects = shop.connects();
    shop.now("Refunded");
    you.sees("Your money went back", "stop").await;
    assert_eq!(shop.connects(), connects, "nobody opens a stream that was closed for good");
}

#[tokio::test]
async fn a_half_open_stream_is_noticed_and_the_state_is_right_by_polling() {
    let body = format!("data: {}\n\n", order("WaitingForPayment"));
    let shop = Shop::open("WaitingForPayment", Script::body(body)).await;
    let mut you = Observer::of(&shop, by_reading()).await;
    you.sees("● live", "open").await;
    you.sees("◌ reconnecting", "silent").await;
    shop.now("PaymentReceived");
    you.learns("PaymentReceived", "silent").await;
    assert!(FeedLimits::default().idle <= Duration::from_secs(60), "and that soon");
}

#[tokio::test]
async fn without_stream_and_answers_the_screen_says_offline_and_how_old_its_news_are() {
    let shop = Shop::open("WaitingForPayment", Script::body("")).await;
    let mut you = Observer::of(&shop, by_reading()).await;
    you.learns("WaitingForPayment", "there").await;
    drop(shop);
    you.sees("○ offline", "gone").await;
}
