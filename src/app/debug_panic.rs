//! Stumbling on purpose, so that tests see the terminal given back. Only in builds for debugging.

use std::convert::Infallible;
use std::future::pending;

use tokio::signal::unix::{SignalKind, signal};

/// Waits for ever; in a build for debugging with `GIFTTY_TEST_PANIC` set, SIGUSR1 makes it panic
/// here (`ui`) or in a task of its own (`task`). It reaches nothing that a signal to end would not.
pub(super) async fn when_told() -> Infallible {
    let place = cfg!(debug_assertions).then(|| std::env::var("GIFTTY_TEST_PANIC").ok()).flatten();
    let Some(place) = place else { return pending().await };
    let Ok(mut told) = signal(SignalKind::user_defined1()) else { return pending().await };
    loop {
        told.recv().await;
        if place == "task" {
            drop(tokio::spawn(async { stumble() }));
        } else {
            stumble();
        }
    }
}

#[expect(clippy::panic, reason = "it is asked to")]
fn stumble() {
    panic!("a test asked for it");
}
