//! Streams without an end cost a bounded amount of memory: measured in a process of its own.

use std::time::Duration;

use giftty::api::FeedLimits;

use crate::streams::follower::{Follower, by_reading};
use crate::streams::shop::{CHUNKED, HEAD, Script, Shop, chunk};
use crate::support::alone::alone;

/// What following may cost (a promise of the program).
const MOST: usize = 64 << 20;

/// The most memory that this process ever had, in bytes.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap() << 10
}

/// Only what it costs ends a stream.
fn patient() -> FeedLimits {
    FeedLimits { idle: Duration::from_secs(30), deaf: Duration::from_secs(60), ..by_reading() }
}

#[test]
fn a_stream_without_an_end_is_given_up_before_it_costs_much() {
    let name = "growth::a_stream_without_an_end_is_given_up_before_it_costs_much";
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    alone(name, || runtime.block_on(streams_without_an_end()));
}

async fn streams_without_an_end() {
    let line = "x".repeat(1 << 20);
    let cases = [
        ("a line that never ends", HEAD.into(), line.clone().into_bytes()),
        ("an event that never ends", CHUNKED.into(), chunk(format!("data: {line}\n").as_bytes())),
        ("bytes that are no text", CHUNKED.into(), chunk(&vec![0xff; 1 << 20])),
    ];
    for (case, first, again) in cases {
        let before = peak();
        let shop = Shop::open("WaitingForPayment", Script::Repeats(first, again)).await;
        let mut follower = Follower::of(&shop, patient());
        let followed = async {
            follower.learns("WaitingForPayment", case).await;
            follower.gives_up(case).await;
            shop.now("Done");
            follower.learns("Done", case).await;
        };
        followed.await;
        assert!(peak() - before < MOST, "{case}: {} MiB", (peak() - before) >> 20);
    }
}
