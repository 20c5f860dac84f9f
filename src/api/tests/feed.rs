//! An order is followed to its end, whatever becomes of its stream.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::shop::{Reply, Request, Shop, json, with_headers};
use super::{ID, limits, order_id, settings};
use crate::api::{Client, FeedLimits, Limits, feed};
use crate::domain::news::{Link, News};
use crate::domain::order::OrderState;

/// After this long a test has failed.
const PATIENCE: Duration = Duration::from_secs(20);
const SOON: Duration = Duration::from_millis(5);

fn order(state: &str) -> String {
    format!("{{\"order_id\":\"{ID}\",\"order_state\":\"{state}\"}}")
}

fn event(state: &str) -> Vec<u8> {
    format!("data: {}\n\n", order(state)).into_bytes()
}

/// A stream that says this and then stays open until its sender is dropped.
fn stream(first: &[u8]) -> (mpsc::UnboundedSender<Vec<u8>>, Reply) {
    let (pieces, rest) = mpsc::unbounded_channel();
    let head = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\n\r\n";
    (pieces, Reply::Stream([head, first].concat(), rest))
}

/// A stream that says this and ends.
fn short(first: &[u8]) -> Reply {
    stream(first).1
}

/// A shop whose streams are answered by number, and whose order is always as told.
struct Place {
    shop: Shop,
    state: Arc<Mutex<&'static str>>,
    /// Keeps the streams open.
    open: Arc<Mutex<Vec<mpsc::UnboundedSender<Vec<u8>>>>>,
    opened: tokio::sync::watch::Receiver<usize>,
}

impl Place {
    /// `None` from `answer` is a stream that stays open.
    async fn open(
        state: &'static str,
        answer: impl Fn(usize) -> Option<Reply> + Send + Sync + 'static,
    ) -> Self {
        let state = Arc::new(Mutex::new(state));
        let open = Arc::new(Mutex::new(Vec::new()));
        let (count, opened) = tokio::sync::watch::channel(0);
        let (told, kept) = (Arc::clone(&state), Arc::clone(&open));
        let shop = Shop::open(move |request: &Request, _| {
            if !request.path.ends_with("/subscribe") {
                let state = *told.lock().unwrap();
                return if state.is_empty() { Reply::Reset } else { json(200, &order(state)) };
            }
            let number = *count.borrow();
            let reply = answer(number).unwrap_or_else(|| {
                let (pieces, reply) = stream(&event("WaitingForPayment"));
                kept.lock().unwrap().push(pieces);
                reply
            });
            count.send_modify(|count| *count += 1);
            reply
        })
        .await;
        Self { shop, state, open, opened }
    }

    fn now(&self, state: &'static str) {
        *self.state.lock().unwrap() = state;
    }

    fn say(&self, bytes: &[u8]) {
        for stream in self.open.lock().unwrap().iter() {
            // One that was given up hears nothing.
            let _ = stream.send(bytes.to_vec());
        }
    }

    fn hang_up(&self) {
        self.open.lock().unwrap().clear();
    }

    async fn streams(&self, count: usize) {
        self.opened.clone().wait_for(|opened| *opened >= count).await.unwrap();
    }

    fn follow(&self) -> Following {
        self.follow_with(limits().feed)
    }

    fn follow_with(&self, feed: FeedLimits) -> Following {
        Following::by(&self.client(feed))
    }

    fn client(&self, feed: FeedLimits) -> Client {
        Client::with_limits(settings(&self.shop.base), Limits { feed, ..limits() })
    }
}

struct Following {
    news: mpsc::Receiver<News>,
    task: JoinHandle<()>,
}

impl Following {
    fn by(client: &Client) -> Self {
        let (sender, news) = mpsc::channel(64);
        Self { news, task: tokio::spawn(feed::follow(client.clone(), order_id(), sender)) }
    }

    /// Everything up to the first news of this kind.
    async fn until(&mut self, wanted: impl Fn(&News) -> bool) -> Vec<News> {
        let mut heard = Vec::new();
        loop {
            let news = tokio::time::timeout(PATIENCE, self.news.recv()).await;
            let news = news.unwrap_or_else(|_| panic!("nothing more came after {heard:?}"));
            let news = news.unwrap_or_else(|| panic!("it ended after {heard:?}"));
            let found = wanted(&news);
            heard.push(news);
            if found {
                return heard;
            }
        }
    }

    async fn until_link(&mut self, link: Link) -> Vec<News> {
        self.until(|news| *news == News::Link(link.clone())).await
    }

    async fn until_state(&mut self, state: OrderState) -> Vec<News> {
        self.until(|news| matches!(news, News::Snapshot(snapshot) if snapshot.state == state)).await
    }

    /// Everything up to the end.
    async fn rest(mut self) -> Vec<News> {
        let mut heard = Vec::new();
        while let Some(news) = tokio::time::timeout(PATIENCE, self.news.recv()).await.unwrap() {
            heard.push(news);
        }
        self.task.await.unwrap();
        heard
    }
}

fn is_reconnecting(news: &News) -> bool {
    matches!(news, News::Link(Link::Reconnecting(_)))
}

#[tokio::test]
async fn a_paid_order_is_followed_to_its_end_and_read_once_more() {
    let place = Place::open("Done", |_| None).await;
    let mut following = place.follow();
    following.until_link(Link::Connecting).await;
    assert_eq!(following.until_link(Link::Live).await.len(), 1, "no other word before");
    following.until_state(OrderState::WaitingForPayment).await;
    place.say(&[b": ping\r\n\r\n".to_vec(), event("PaymentReceived"), event("Done")].concat());
    following.until_state(OrderState::PaymentReceived).await;
    following.until_state(OrderState::Done).await;
    let rest = following.rest().await;
    assert!(matches!(&rest[0], News::Snapshot(last) if last.state == OrderState::Done), "the last read");
    assert_eq!(rest[1..], [News::Link(Link::Stopped)]);
    let paths = place.shop.paths();
    assert_eq!(paths, [format!("/v5/orders/{ID}/subscribe"), format!("/v5/orders/{ID}")]);
    assert_eq!(place.shop.seen()[0].headers["accept"], "text/event-stream");
}

#[tokio::test]
async fn a_last_read_that_fails_is_tried_three_times_and_then_it_is_over() {
    let place = Place::open("", |_| None).await;
    let mut following = place.follow_with(FeedLimits { while_down: SOON, ..limits().feed });
    following.until_state(OrderState::WaitingForPayment).await;
    place.say(&event("Refunded"));
    following.rest().await;
    assert_eq!(place.shop.paths().len(), 4);
}

#[tokio::test]
async fn a_stream_that_is_cut_is_opened_again() {
    let place = Place::open("WaitingForPayment", |_| None).await;
    let mut following = place.follow();
    for _ in 0..3 {
        following.until_link(Link::Live).await;
        following.until_state(OrderState::WaitingForPayment).await;
        place.hang_up();
        following.until(is_reconnecting).await;
    }
    following.until_link(Link::Live).await;
}

#[tokio::test]
async fn an_answer_that_is_no_stream_is_tried_again_and_the_order_is_read_meanwhile() {
    type Make = fn() -> Reply;
    let replies: [Make; 7] = [
        || json(404, "{}"),
        || with_headers(429, "retry-after: 0\r\n", b""),
        || with_headers(503, "retry-after: 9\r\n", b"busy"),
        || with_headers(204, "", b""),
        || with_headers(200, "", b"data: {}\n\n"),
        || Reply::Reset,
        || with_headers(302, "location: /elsewhere\r\n", b""),
    ];
    for reply in replies.into_iter().chain([(|| json(200, "{}")) as Make]) {
        let place = Place::open("WaitingForPayment", move |number| (number == 0).then(reply)).await;
        let mut following = place.follow();
        let heard = following.until_link(Link::Live).await;
        assert!(heard.iter().any(is_reconnecting), "{heard:?}");
        assert!(!heard.contains(&News::Link(Link::Offline)), "{heard:?}");
    }
}

#[tokio::test]
async fn while_there_is_no_stream_the_order_is_read() {
    let place = Place::open("WaitingForPayment", |_| Some(json(503, ""))).await;
    let slow_stream =
        FeedLimits { back_off: vec![Duration::from_secs(10 * 60)], while_down: SOON, ..limits().feed };
    let mut following = place.follow_with(slow_stream);
    following.until(is_reconnecting).await;
    following.until_link(Link::Polling).await;
    place.now("PaymentReceived");
    following.until_state(OrderState::PaymentReceived).await;
    place.now("");
    following.until_link(Link::Offline).await;
    place.now("Done");
    following.until_state(OrderState::Done).await;
    assert_eq!(following.rest().await, [News::Link(Link::Stopped)], "a read is the last read");
}

#[tokio::test]
async fn a_panic_in_the_decoder_is_a_broken_stream() {
    let place = Place::open("WaitingForPayment", |number| {
        (number == 0).then(|| short(&[b"\xef\xbb\xbf".to_vec(), event("WaitingForPayment")].concat()))
    })
    .await;
    let mut following = place.follow();
    let heard = following.until_state(OrderState::WaitingForPayment).await;
    assert!(heard.iter().any(is_reconnecting), "{heard:?}");
}

#[tokio::test]
async fn a_stop_is_only_the_end_when_the_order_says_so() {
    let place = Place::open("PaymentReceived", |_| None).await;
    let mut following = place.follow_with(FeedLimits { while_silent: SOON, ..limits().feed });
    following.until_link(Link::Live).await;
    place.say(b"event: stop\ndata: {}\n\n");
    following.until_link(Link::Stopped).await;
    following.until_link(Link::Polling).await;
    following.until_state(OrderState::PaymentReceived).await;
    place.now("Done");
    let rest = following.rest().await;
    assert_eq!(rest.last(), Some(&News::Link(Link::Stopped)));
    let streams = place.shop.paths().iter().filter(|path| path.ends_with("/subscribe")).count();
    assert_eq!(streams, 1, "it is not opened again");
}

#[tokio::test]
async fn a_stop_of_a_finished_order_ends_it_after_one_read() {
    let place = Place::open("Done", |_| None).await;
    let mut following = place.follow();
    following.until_link(Link::Live).await;
    place.say(b"event: stop\ndata:\n\n");
    following.until_link(Link::Stopped).await;
    let rest = following.rest().await;
    assert!(matches!(&rest[..], [News::Snapshot(last)] if last.state == OrderState::Done), "{rest:?}");
}

#[tokio::test]
async fn coming_back_to_an_order_opens_its_stream_no_more_often() {
    let place = Place::open("WaitingForPayment", |_| None).await;
    let often = FeedLimits { connects_a_minute: 3, first_look: SOON, while_down: SOON, ..limits().feed };
    let client = place.client(often);
    for _ in 0..3 {
        Following::by(&client).until_link(Link::Live).await;
    }
    let mut following = Following::by(&client);
    following.until_link(Link::Polling).await;
    place.now("Done");
    following.until_state(OrderState::Done).await;
    assert_eq!(place.shop.paths().iter().filter(|path| path.ends_with("/subscribe")).count(), 3);
}

#[tokio::test]
async fn where_other_streams_take_all_the_room_the_order_is_read_until_one_closes() {
    let place = Place::open("WaitingForPayment", |_| None).await;
    let crowded = FeedLimits { streams: 1, first_look: SOON, while_down: SOON, ..limits().feed };
    let client = place.client(crowded);
    let mut first = Following::by(&client);
    first.until_link(Link::Live).await;
    let mut second = Following::by(&client);
    second.until_link(Link::Polling).await;
    place.now("PaymentReceived");
    second.until_state(OrderState::PaymentReceived).await;
    drop(first.news);
    second.until_link(Link::Live).await;
}

#[tokio::test]
async fn the_server_cannot_ask_for_a_storm() {
    let place = Place::open("WaitingForPayment", |_| {
        let retry = format!("retry: 0\ndata: {}\n\n", order("WaitingForPayment"));
        Some(short(retry.as_bytes()))
    })
    .await;
    let least = Duration::from_secs(10 * 60);
    let mut following = place.follow_with(FeedLimits { server_retry: (least, least), ..limits().feed });
    let heard = following.until(is_reconnecting).await;
    let Some(News::Link(Link::Reconnecting(delay))) = heard.last() else { panic!("{heard:?}") };
    assert!(*delay >= least * 3 / 4, "{delay:?}");
}

#[tokio::test]
async fn a_dead_stream_is_noticed() {
    let place = Place::open("WaitingForPayment", |_| None).await;
    let mut following = place.follow_with(FeedLimits { idle: Duration::from_millis(40), ..limits().feed });
    following.until_link(Link::Live).await;
    following.until(is_reconnecting).await;
    following.until_link(Link::Live).await;
}

#[tokio::test]
async fn a_stream_without_events_is_opened_anew_without_a_word() {
    let place = Place::open("WaitingForPayment", |_| None).await;
    let mut following = place.follow_with(FeedLimits { deaf: Duration::from_millis(20), ..limits().feed });
    following.until_link(Link::Live).await;
    place.streams(3).await;
    place.now("Done");
    place.say(&event("Done"));
    let heard = following.until_state(OrderState::Done).await;
    assert!(heard.iter().all(|news| matches!(news, News::Snapshot(_))), "{heard:?}");
}

#[tokio::test]
async fn a_silent_stream_is_checked_by_reading() {
    let place = Place::open("WaitingForPayment", |_| None).await;
    let mut following = place.follow_with(FeedLimits { while_silent: SOON, ..limits().feed });
    following.until_link(Link::Live).await;
    place.now("PaymentReceived");
    let heard = following.until_state(OrderState::PaymentReceived).await;
    assert!(heard.iter().all(|news| matches!(news, News::Snapshot(_))), "the stream still lives: {heard:?}");
}

#[tokio::test]
async fn news_that_cannot_be_read_or_are_of_another_order_are_not_told() {
    let place = Place::open("WaitingForPayment", |_| None).await;
    let mut following = place.follow();
    following.until_state(OrderState::WaitingForPayment).await;
    let foreign = order("Done").replace("f9d624ad", "00000000");
    let noise = format!(
        "data: {foreign}\n\ndata: {{\n\ndata: <html>\n\nevent: update\ndata: {}\n\n",
        order("Refunded")
    );
    place.say(&[noise.into_bytes(), event("PaymentReceived")].concat());
    assert_eq!(following.until_state(OrderState::PaymentReceived).await.len(), 1);
}

#[tokio::test]
async fn an_event_that_is_too_large_breaks_the_stream() {
    let large = format!("data: {{\"x\":\"{}\"}}\n\n", "x".repeat(5000));
    let place =
        Place::open("WaitingForPayment", move |number| (number == 0).then(|| short(large.as_bytes()))).await;
    let mut following = place.follow_with(FeedLimits { event: 5000, ..limits().feed });
    let heard = following.until_state(OrderState::WaitingForPayment).await;
    assert!(heard.iter().any(is_reconnecting), "{heard:?}");
}

#[tokio::test]
async fn the_last_events_id_is_repeated_once() {
    let place = Place::open("WaitingForPayment", |number| {
        let with_id = format!("id: 7\ndata: {}\n\n", order("WaitingForPayment"));
        (number < 2).then(|| short(with_id.as_bytes()))
    })
    .await;
    let mut following = place.follow();
    place.streams(3).await;
    following.until_link(Link::Live).await;
    let seen = place.shop.seen();
    let ids: Vec<_> = seen
        .iter()
        .filter(|request| request.path.ends_with("/subscribe"))
        .map(|request| request.headers.get("last-event-id").map(String::as_str))
        .collect();
    assert_eq!(ids[..3], [None, Some("7"), Some("7")]);
}

#[tokio::test]
async fn when_nothing_works_it_says_so_and_goes_on() {
    let place = Place::open("", |number| (number < 3).then_some(Reply::Reset)).await;
    let mut following = place.follow();
    following.until_link(Link::Offline).await;
    following.until_link(Link::Live).await;
}

#[tokio::test]
async fn it_ends_when_nobody_listens() {
    let place = Place::open("WaitingForPayment", |_| None).await;
    let mut following = place.follow();
    following.until_link(Link::Live).await;
    drop(following.news);
    following.task.await.unwrap();

    let dead = Place::open("", |_| Some(Reply::Silence)).await;
    let mut following = dead.follow();
    following.until_link(Link::Connecting).await;
    drop(following.news);
    following.task.await.unwrap();
}
