//! What the session waits for, and what can be typed where.

use std::io::Write;

use super::PlainSession;
use crate::domain::time::Timestamp;
use crate::keymap::Command;
use crate::model::{FeedStatus, Model};
use crate::remote::Remote;
use crate::widgets::clock;

/// Printed in the sandbox, where nothing is real.
pub(super) const SANDBOX: &str =
    "SANDBOX: nothing here is real. The real shop: giftty --partner-id ID (from your account page).";

/// What is typed for the commands that sentences name.
pub(super) const TYPED: &[(Command, &str)] = &[
    (Command::Choose, "reveal"),
    (Command::ShowCart, "c"),
    (Command::Orders, "o"),
    (Command::ChooseTender, "t"),
    (Command::Retry, "r"),
    (Command::CopySupport, "i"),
    (Command::AcceptTotal, "accept"),
    (Command::PlaceOrder, "order"),
    (Command::ExceedLimit, "above"),
    (Command::Reveal, "reveal"),
    (Command::Back, "b"),
    (Command::Quit, "q"),
];

impl<W: Write> PlainSession<W> {
    /// Returns what must arrive before a line can be answered, as a sentence.
    pub(super) fn waits_for(&self) -> Option<String> {
        let model = &self.state.model;
        if matches!(model.records, Remote::Waiting(_)) {
            return Some("Reading your orders from this machine.".to_owned());
        }
        let top = self.state.top();
        let asks = !top.pending_requests().is_empty();
        top.waits_for(model).or_else(|| asks.then(|| "Asking the shop.".to_owned()))
    }

    /// Returns everything that can be typed here.
    pub(super) fn help(&self) -> Vec<&'static str> {
        let here = self.state.top().usage();
        let everywhere = ["b goes one step back. ? says this. q leaves; orders go on and are found again."];
        here.iter().copied().chain(everywhere).collect()
    }
}

/// Returns when the last news of an order came, as a sentence.
pub(super) fn last_news(line: &FeedStatus, model: &Model) -> String {
    let Some(heard) = line.heard else { return "There was no news since giftty was started.".to_owned() };
    let age = i64::try_from(model.now.uptime.saturating_sub(heard).as_secs()).unwrap_or(i64::MAX);
    let at = Timestamp(model.now.wall.0.saturating_sub(age));
    format!("The last news came at {}.", clock::hour(at, model.utc_offset))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::{Keymap, Typing};

    #[test]
    fn sentences_name_what_is_typed_here_and_no_key() {
        let keymap = Keymap::default().in_words(TYPED);
        assert_eq!(keymap.key(Command::Choose, Typing::Off), "reveal");
        assert_eq!(keymap.key(Command::ShowCart, Typing::Text), "c");
    }
}
