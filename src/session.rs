//! One session: input and facts in, frames out, until it is left.

use ratatui::Terminal;
use ratatui::backend::Backend;
use tokio::sync::mpsc;

use crate::action::Action;
use crate::input::Input;
use crate::runtime::clock::Clock;
use crate::runtime::outside::Outside;
use crate::runtime::{Call, Runtime};
use crate::state::{Boot, Leaving, State};
use crate::theme::Theme;
use crate::update::update;
use crate::view::view;

/// How a session came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The user left.
    Left,
    /// The terminal is gone, or the program was told to end.
    Ended,
}

/// What a session is made of.
#[derive(Debug)]
pub struct Parts {
    /// Colours.
    pub theme: Theme,
    /// What it begins with.
    pub boot: Boot,
    /// The shop and the journal.
    pub outside: Outside,
    /// Its clock.
    pub clock: Clock,
}

/// The most input that is taken in before a frame is drawn.
const BURST: usize = 4096;

/// Runs a session. It ends when the user leaves, or when `inputs` closes because the terminal is gone.
///
/// `call` hands a text to the terminal's clipboard, or calls its owner back, through the same output
/// as the frames.
pub async fn run<B: Backend>(
    terminal: &mut Terminal<B>,
    parts: Parts,
    mut inputs: mpsc::Receiver<Input>,
    mut call: impl FnMut(&Call),
) -> Result<Exit, B::Error> {
    let Parts { theme, boot, outside, clock } = parts;
    let (actions, mut facts) = mpsc::channel(256);
    let mut runtime = Runtime::new(outside, clock, actions);
    let (mut state, mut effects) = State::new(boot);
    let exit = loop {
        terminal.draw(|frame| view(&state, &theme, frame))?;
        let calls = runtime.perform(std::mem::take(&mut effects));
        calls.iter().for_each(&mut call);
        runtime.reconcile(&state.awaits(), &state.subscriptions());
        let Some(first) = next(&mut inputs, &mut facts).await else { break Exit::Ended };
        effects.extend(update(&mut state, Action::Ticked(clock.now())));
        effects.extend(update(&mut state, first));
        for _ in 0..BURST {
            let Some(more) = ready(&mut inputs, &mut facts) else { break };
            effects.extend(update(&mut state, more));
        }
        if state.leaving == Leaving::Now {
            break Exit::Left;
        }
    };
    // What was wished for last, such as keeping an order's news, is still done.
    runtime.perform(effects);
    runtime.finish().await;
    Ok(exit)
}

/// Waits for something to happen; nothing when the terminal is gone.
async fn next(inputs: &mut mpsc::Receiver<Input>, facts: &mut mpsc::Receiver<Action>) -> Option<Action> {
    tokio::select! {
        biased;
        input = inputs.recv() => input.map(Action::Came),
        Some(fact) = facts.recv() => Some(fact),
    }
}

/// Something that has happened already.
fn ready(inputs: &mut mpsc::Receiver<Input>, facts: &mut mpsc::Receiver<Action>) -> Option<Action> {
    inputs.try_recv().ok().map(Action::Came).or_else(|| facts.try_recv().ok())
}
