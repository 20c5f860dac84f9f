//! What plain mode hears: lines, their end, and the wish to be interrupted.

use std::collections::VecDeque;
use std::future::pending;

use tokio::sync::mpsc;

/// The most lines that are taken in while an answer is awaited.
const MOST: usize = 64;

/// Which lines are kept for later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InputGate {
    /// None.
    Nothing,
    /// All but one that leaves: an answer is awaited that nobody needs.
    AllButLeaving,
    /// All: an order is being placed.
    Everything,
}

/// Lines that somebody types, or that a program writes.
#[derive(Debug)]
pub struct LineInput {
    lines: mpsc::Receiver<String>,
    interrupts: mpsc::Receiver<()>,
    queue: VecDeque<String>,
    ended: bool,
}

impl LineInput {
    /// Hears `lines` until they end; whatever comes through `interrupts` ends the session at once.
    pub fn new(lines: mpsc::Receiver<String>, interrupts: mpsc::Receiver<()>) -> Self {
        Self { lines, interrupts, queue: VecDeque::new(), ended: false }
    }

    /// The next line; nothing when there will be none, or when the session is to end at once. No line is
    /// lost when this is not awaited to its end.
    ///
    /// While everything is held it answers only when nobody is there any more.
    pub(super) async fn next(&mut self, hold: InputGate) -> Option<String> {
        loop {
            // What is there already was typed before an interrupt, but an interrupt is meant for now.
            if self.interrupts.try_recv().is_ok() {
                return None;
            }
            let comes = match hold {
                InputGate::Nothing => true,
                InputGate::AllButLeaving => self.queue.front().is_some_and(|line| leaves(line)),
                InputGate::Everything => false,
            };
            if comes && let Some(line) = self.queue.pop_front() {
                return Some(line);
            }
            if self.ended && self.queue.is_empty() {
                return None;
            }
            let room = !self.ended && self.queue.len() < MOST;
            tokio::select! {
                biased;
                Some(()) = self.interrupts.recv() => return None,
                line = self.lines.recv(), if room => match line {
                    Some(line) => self.queue.push_back(line),
                    None => self.ended = true,
                },
                else => return pending().await,
            }
        }
    }
}

/// Whether a line is the wish to leave.
pub(super) fn leaves(line: &str) -> bool {
    matches!(line.trim(), "q" | "quit")
}
