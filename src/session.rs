//! One session: reads input and actions and draws frames until it ends.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use tokio::sync::mpsc;
use tokio::time::timeout;

use crate::action::Action;
use crate::input::{Arrival, Input, Size};
use crate::runtime::clock::Clock;
use crate::runtime::services::Services;
use crate::runtime::{Runtime, TerminalRequest};
use crate::state::{Leaving, SessionInit, State};
use crate::theme::Theme;
use crate::update::update;
use crate::view::view;
use crate::widgets::frame::Frame;

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The user left.
    Left,
    /// The terminal is gone, or the program was told to end.
    Ended,
}

/// The surface that frames are shown on. It is never queried.
pub trait Surface {
    /// Why no frame can be shown any more.
    type Error;

    /// Sets the window's size, and notes that nothing shown before is left.
    fn resized(&mut self, size: Size);

    /// Shows a frame of the window's size, and the cursor at the caret if there is one.
    fn show(&mut self, cells: &Buffer, caret: Option<Position>) -> Result<(), Self::Error>;
}

/// What a session needs to run.
#[derive(Debug)]
pub struct SessionParts {
    /// The theme.
    pub theme: Theme,
    /// The initial state.
    pub init: SessionInit,
    /// The shop and the journal.
    pub services: Services,
    /// The clock.
    pub clock: Clock,
}

/// The maximum number of inputs handled between two frames.
const BURST: usize = 4096;
/// How soon more input shows that a key was the first one of a burst.
const BURST_TIME: Duration = Duration::from_millis(50);

/// Runs a session. It ends when the user leaves, or when `inputs` closes because the terminal is gone.
///
/// `call` copies a text to the terminal's clipboard or notifies the user, through the same output as the
/// frames.
///
/// If drawing fails, the terminal counts as gone: the session ends as if it had been told to, and waits for
/// writes to complete.
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
        // Of several resizes only the last counts.
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
            let Some(mut came) = action.take().or_else(|| ready(&mut inputs, &mut facts)) else { break };
            if let Action::Input(Input::Press(press, Arrival::Lone)) = came
                && state.is_decision(press)
                && let Ok(next) = timeout(BURST_TIME, inputs.recv()).await
            {
                // It was the first key of a burst, or the terminal is gone.
                came = Action::Input(Input::Press(press, Arrival::Crowded));
                action = next.map(Action::Input);
            }
            if let Action::Input(Input::Resized(size)) = came {
                window = Some(size);
            }
            effects.extend(update(&mut state, came));
        }
        if state.leaving == Leaving::Now {
            break Exit::Left;
        }
    };
    // The last effects, such as storing an order's news, are still performed.
    runtime.perform(effects);
    runtime.finish(facts).await;
    exit
}

/// Returns a blank buffer of the window's size.
fn blank(size: Size) -> Buffer {
    Buffer::empty(Rect::new(0, 0, size.columns, size.rows))
}

/// Draws the state. The cells are blank before and after it.
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

/// Waits for the next event. Returns `None` when the terminal is gone.
async fn next(inputs: &mut mpsc::Receiver<Input>, facts: &mut mpsc::Receiver<Action>) -> Option<Action> {
    tokio::select! {
        biased;
        input = inputs.recv() => input.map(Action::Input),
        Some(fact) = facts.recv() => Some(fact),
    }
}

/// Returns an event that is already queued, if any.
fn ready(inputs: &mut mpsc::Receiver<Input>, facts: &mut mpsc::Receiver<Action>) -> Option<Action> {
    inputs.try_recv().ok().map(Action::Input).or_else(|| facts.try_recv().ok())
}
