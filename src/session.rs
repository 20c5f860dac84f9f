//! One session: input and facts in, frames out, until it is left.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use tokio::sync::mpsc;

use crate::action::Action;
use crate::input::{Input, Size};
use crate::runtime::clock::Clock;
use crate::runtime::services::Services;
use crate::runtime::{Runtime, TerminalRequest};
use crate::state::{Leaving, SessionInit, State};
use crate::theme::Theme;
use crate::update::update;
use crate::view::view;
use crate::widgets::frame::Frame;

/// How a session came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The user left.
    Left,
    /// The terminal is gone, or the program was told to end.
    Ended,
}

/// What a session's frames are shown on. Nothing is ever asked of it.
pub trait Surface {
    /// Why no frame can be shown any more.
    type Error;

    /// Notes that the window has this size now, and that nothing of what was shown is left.
    fn resized(&mut self, size: Size);

    /// Shows a frame as large as the window: all of its cells, and the cursor where the caret stands, if it does.
    fn show(&mut self, cells: &Buffer, caret: Option<Position>) -> Result<(), Self::Error>;
}

/// What a session is made of.
#[derive(Debug)]
pub struct SessionParts {
    /// Colours.
    pub theme: Theme,
    /// What it begins with.
    pub init: SessionInit,
    /// The shop and the journal.
    pub services: Services,
    /// Its clock.
    pub clock: Clock,
}

/// The most input that is taken in before a frame is drawn.
const BURST: usize = 4096;

/// Runs a session. It ends when the user leaves, or when `inputs` closes because the terminal is gone.
///
/// `call` hands a text to the terminal's clipboard, or calls its owner back, through the same output
/// as the frames.
///
/// A screen that cannot be drawn on any more is one that is gone: the session ends as if it had
/// been told to, and what must not be cut off comes to its end.
pub async fn run<S: Surface>(
    surface: &mut S,
    parts: SessionParts,
    mut inputs: mpsc::Receiver<Input>,
    mut call: impl FnMut(&TerminalRequest),
) -> Exit {
    let SessionParts { theme, init, services, clock } = parts;
    let mut cells = blank(init.size);
    let (actions, mut facts) = mpsc::channel(256);
    let mut runtime = Runtime::new(services.clone(), clock, actions);
    let (mut state, mut effects) = State::new(init);
    // The first frame does not wait for the journal, which is read right after it and before any input.
    if draw(&state, &theme, &mut cells, surface).is_ok() {
        effects.extend(update(&mut state, Action::ChoicesRecalled(Box::new(services.choices()))));
    }
    let mut window = None;
    let exit = loop {
        // Of a storm of sizes only the last counts.
        if let Some(size) = window.take() {
            surface.resized(size);
            cells = blank(size);
        }
        if draw(&state, &theme, &mut cells, surface).is_err() {
            break Exit::Ended;
        }
        if state.has_unseen_question() {
            update(&mut state, Action::FrameShown(clock.now()));
        }
        let calls = runtime.perform(std::mem::take(&mut effects));
        calls.iter().for_each(&mut call);
        runtime.reconcile(&state.pending_requests(), &state.subscriptions());
        let Some(first) = next(&mut inputs, &mut facts).await else { break Exit::Ended };
        effects.extend(update(&mut state, Action::Tick(clock.now())));
        let mut action = Some(first);
        for _ in 0..BURST {
            let Some(came) = action.take().or_else(|| ready(&mut inputs, &mut facts)) else { break };
            if let Action::Input(Input::Resized(size)) = came {
                window = Some(size);
            }
            effects.extend(update(&mut state, came));
        }
        if state.leaving == Leaving::Now {
            break Exit::Left;
        }
    };
    // What was wished for last, such as keeping an order's news, is still done.
    runtime.perform(effects);
    runtime.finish(facts).await;
    exit
}

/// As many cells as a window has, without anything in them.
fn blank(size: Size) -> Buffer {
    Buffer::empty(Rect::new(0, 0, size.columns, size.rows))
}

/// Shows how things are. The cells are blank before and after it.
fn draw<S: Surface>(
    state: &State,
    theme: &Theme,
    cells: &mut Buffer,
    surface: &mut S,
) -> Result<(), S::Error> {
    let mut frame = Frame::new(cells);
    view(state, theme, &mut frame);
    let caret = frame.caret();
    let shown = surface.show(cells, caret);
    cells.reset();
    shown
}

/// Waits for something to happen; nothing when the terminal is gone.
async fn next(inputs: &mut mpsc::Receiver<Input>, facts: &mut mpsc::Receiver<Action>) -> Option<Action> {
    tokio::select! {
        biased;
        input = inputs.recv() => input.map(Action::Input),
        Some(fact) = facts.recv() => Some(fact),
    }
}

/// Something that has happened already.
fn ready(inputs: &mut mpsc::Receiver<Input>, facts: &mut mpsc::Receiver<Action>) -> Option<Action> {
    inputs.try_recv().ok().map(Action::Input).or_else(|| facts.try_recv().ok())
}
