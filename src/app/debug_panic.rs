//! Panics on request, for tests of restoring the terminal. Debug builds only.

use std::convert::Infallible;
use std::future::pending;

use tokio::signal::unix::{SignalKind, signal};

/// Waits for ever. In a debug build with `GIFTTY_TEST_PANIC` set, SIGUSR1 makes it panic here (`ui`) or in a
/// separate task (`task`). Whoever can send it could also end the program.
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
