//! A stream that is made to be slow to decode.

use std::time::{Duration, Instant};

use giftty::api::FeedLimits;

use super::follower::{Follower, by_reading};
use super::shop::{CHUNKED, Script, Shop, chunk};

/// The longest that the loop of this test had to wait for its turn.
async fn longest_wait(until: impl Future<Output = ()>) -> Duration {
    let mut turns = tokio::time::interval(Duration::from_millis(5));
    let mut longest = Duration::ZERO;
    tokio::pin!(until);
    loop {
        let began = Instant::now();
        tokio::select! {
            biased;
            () = &mut until => return longest,
            _ = turns.tick() => {}
        }
        longest = longest.max(began.elapsed());
    }
}

/// Only what it costs ends a stream.
fn patient() -> FeedLimits {
    FeedLimits { idle: Duration::from_secs(30), deaf: Duration::from_secs(60), ..by_reading() }
}

#[tokio::test]
async fn a_stream_that_is_slow_to_decode_keeps_nobody_waiting() {
    // Two bytes a line: the decoder copies all that is left for each of them.
    let lines = chunk(":\n".repeat(1 << 16).as_bytes());
    let shop = Shop::open("WaitingForPayment", Script::Repeats(CHUNKED.into(), lines)).await;
    let mut follower = Follower::of(&shop, patient());
    let followed = async {
        follower.learns("WaitingForPayment", "comments").await;
        shop.now("Done");
        follower.learns("Done", "comments").await;
    };
    assert!(longest_wait(followed).await < Duration::from_millis(150));
}
