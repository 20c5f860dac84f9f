//! Decides when a deliberate key counts: only if a person pressed it and could see what it does.

use std::time::Duration;

use super::State;
use crate::input::{Arrival, Press};
use crate::keymap::Command;
use crate::screens::{AnyScreen, Question};

/// How long a question must be visible before its key counts.
const LOOKED_AT: Duration = Duration::from_millis(300);

/// The current screen's question.
#[derive(Debug)]
pub(crate) struct PendingQuestion {
    question: Question,
    /// The uptime at which it was first drawn, or `None` before that.
    shown_at: Option<Duration>,
}

impl State {
    /// Returns whether a command that a key press requested is run. A deliberate command is run only for a
    /// lone key press, once its question has been visible for 300 ms.
    pub fn takes(&self, command: Command, arrival: Arrival) -> bool {
        if !command.is_deliberate() || self.hides(command) {
            return true;
        }
        let shown_at = self.asked.as_ref().and_then(|asked| asked.shown_at);
        let is_visible =
            shown_at.is_some_and(|shown_at| self.model.now.uptime >= shown_at.saturating_add(LOOKED_AT));
        arrival == Arrival::Lone && is_visible
    }

    /// Returns whether a lone key press would run a deliberate command now.
    pub fn is_decision(&self, press: Press) -> bool {
        let command = self.model.preferences.keymap.resolve(&self.commands(), self.typing(), press);
        command.is_some_and(|command| {
            command.is_deliberate() && !self.hides(command) && self.takes(command, Arrival::Lone)
        })
    }

    /// Returns whether a command only hides codes that are visible.
    fn hides(&self, command: Command) -> bool {
        command == Command::Reveal
            && matches!(self.top(), AnyScreen::Delivered(delivered) if delivered.revealed())
    }

    /// Returns whether there is a question that no frame has shown yet.
    pub fn has_unseen_question(&self) -> bool {
        self.asked.as_ref().is_some_and(|asked| asked.shown_at.is_none())
    }

    /// Records that a frame, and the question with it, was drawn at this uptime.
    pub(crate) fn question_was_shown(&mut self, uptime: Duration) {
        if let Some(asked) = &mut self.asked {
            asked.shown_at.get_or_insert(uptime);
        }
    }

    /// Updates the question to the current screen's. A changed question counts as not shown yet.
    pub(crate) fn renew_question(&mut self) {
        let question = self.top().question(&self.model);
        if self.asked.as_ref().map(|asked| &asked.question) != question.as_ref() {
            self.asked = question.map(|question| PendingQuestion { question, shown_at: None });
        }
    }
}
