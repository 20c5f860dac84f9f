//! The input of plain mode: lines, their end, and interrupts.

use std::collections::VecDeque;
use std::future::pending;

use tokio::sync::mpsc;

/// The maximum number of lines queued while an answer is awaited.
const MOST: usize = 64;

/// Which lines are held back in the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InputGate {
    /// None.
    Nothing,
    /// All but one that leaves: the awaited answer is not essential.
    AllButLeaving,
    /// All: an order is being placed.
    Everything,
}

/// Lines from a person or a program.
#[derive(Debug)]
pub struct LineInput {
    lines: mpsc::Receiver<String>,
    interrupts: mpsc::Receiver<()>,
    queue: VecDeque<String>,
    ended: bool,
}

impl LineInput {
    /// Reads `lines` until they end; a message on `interrupts` ends the session at once.
    pub fn new(lines: mpsc::Receiver<String>, interrupts: mpsc::Receiver<()>) -> Self {
        Self { lines, interrupts, queue: VecDeque::new(), ended: false }
    }

    /// Returns the next line, or `None` if there will be none or the session is to end at once. Cancelling it
    /// loses no line.
    ///
    /// While everything is held, it returns only when the input has ended or on an interrupt.
    pub(super) async fn next(&mut self, hold: InputGate) -> Option<String> {
        loop {
            // Queued lines were typed before an interrupt, but an interrupt takes effect at once.
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

/// Returns whether a line is a request to leave.
pub(super) fn leaves(line: &str) -> bool {
    matches!(line.trim(), "q" | "quit")
}
