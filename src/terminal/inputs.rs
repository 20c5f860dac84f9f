//! All input from the terminal: keys, pastes and sizes. A closed channel means that it is gone.

use std::future::pending;
use std::io::{self, Stdin};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Signal, getpgrp, getsid, kill_current_process_group};
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;
use tokio::signal::unix::{Signal as Heard, SignalKind, signal};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

use super::decode::Decoder;
use super::{USUAL, cell, give_back_empty, take_again, window};
use crate::input::{Input, Press};

/// The key that stops the program. Raw mode delivers it like any other key.
const STOP: Press = Press::ctrl('z');
/// The maximum number of queued inputs.
const ROOM: usize = 4096;

/// The signals for a program that owns a terminal.
struct Signals {
    resized: Heard,
    told_to_stop: Heard,
    continued: Heard,
    ends: [Heard; 4],
}

impl Signals {
    fn listen() -> io::Result<Self> {
        let number = |which: Signal| signal(SignalKind::from_raw(which.as_raw()));
        Ok(Self {
            resized: number(Signal::WINCH)?,
            told_to_stop: number(Signal::TSTP)?,
            continued: number(Signal::CONT)?,
            ends: [number(Signal::TERM)?, number(Signal::HUP)?, number(Signal::INT)?, number(Signal::QUIT)?],
        })
    }
}

/// A read of fewer bytes than this returned all there was, usually one key. Checking for more would make the
/// terminal first finish what it is doing, which takes longer than a key usually does.
const FEW: usize = 64;

/// Whether more input may arrive.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ReadOutcome {
    /// More may arrive, and will be signalled.
    Open,
    /// More is available already.
    Full,
    Gone,
}

/// Returns a channel of all input from the terminal. It closes when the terminal is gone or the program is told
/// to end. `mouse` is whether the terminal is asked for mouse reports.
///
/// The terminal is read here and not by crossterm, which takes a hang-up for silence and spins, and leaves the
/// rest of a long burst unread until the next key.
pub fn inputs(mouse: bool) -> io::Result<mpsc::Receiver<Input>> {
    let (sender, receiver) = mpsc::channel(ROOM);
    #[expect(deprecated, reason = "its heir is unsafe, for descriptors that may be closed; this one stays")]
    let typed = AsyncFd::with_interest(io::stdin(), Interest::READABLE)?;
    let signals = Signals::listen()?;
    tokio::spawn(pass_on(typed, signals, sender, mouse));
    Ok(receiver)
}

async fn pass_on(typed: AsyncFd<Stdin>, mut signals: Signals, inputs: mpsc::Sender<Input>, mouse: bool) {
    let started = Instant::now();
    let mut decoder = Decoder::default();
    let mut came = Vec::new();
    loop {
        let [terminate, hang_up, interrupt, quit] = &mut signals.ends;
        let deadline = decoder.deadline().map(|deadline| started + deadline);
        let line = tokio::select! {
            biased;
            _ = signals.resized.recv() => {
                // A larger font in the same window changes the size, too.
                came.extend(cell().map(Input::Scaled));
                came.extend(window().map(Input::Resized));
                ReadOutcome::Open
            }
            _ = signals.told_to_stop.recv() => {
                came.push(Input::Resumed);
                stop(mouse)
            }
            _ = signals.continued.recv() => {
                // Another program may have overwritten the screen meanwhile.
                let again = take_again(mouse, true);
                came.extend(cell().map(Input::Scaled));
                came.push(Input::Resized(window().unwrap_or(USUAL)));
                if again.is_ok() { ReadOutcome::Open } else { ReadOutcome::Gone }
            }
            _ = terminate.recv() => ReadOutcome::Gone,
            _ = hang_up.recv() => ReadOutcome::Gone,
            _ = interrupt.recv() => ReadOutcome::Gone,
            _ = quit.recv() => ReadOutcome::Gone,
            ready = typed.readable() => match ready {
                Ok(mut ready) => {
                    let line = read(typed.get_ref(), &mut decoder, started, &mut came);
                    if line != ReadOutcome::Full {
                        ready.clear_ready();
                    }
                    line
                }
                Err(_) => ReadOutcome::Gone,
            },
            () = until(deadline) => {
                decoder.flush(|input| came.push(input));
                ReadOutcome::Open
            }
        };
        let mut line = line;
        let mut was_stopped = false;
        for input in came.drain(..) {
            // Another program left the mouse on.
            if !mouse && matches!(input, Input::Click { .. } | Input::Wheel { .. }) {
                continue;
            }
            // The suspension is reported before anything is drawn again.
            let input = if matches!(input, Input::Press(STOP, _)) {
                // A key that repeats stops once.
                if !std::mem::replace(&mut was_stopped, true) {
                    line = stop(mouse);
                }
                Input::Resumed
            } else {
                input
            };
            // A whole burst is queued before the loop reads it, so that it draws once.
            let input = match inputs.try_send(input) {
                Ok(()) => continue,
                Err(mpsc::error::TrySendError::Full(input)) => input,
                Err(mpsc::error::TrySendError::Closed(_)) => return,
            };
            if inputs.send(input).await.is_err() {
                return;
            }
        }
        if line == ReadOutcome::Gone {
            return;
        }
    }
}

/// Waits until an instant; for ever, and without a timer, if there is none.
async fn until(then: Option<Instant>) {
    match then {
        Some(then) => sleep_until(then).await,
        None => pending().await,
    }
}

/// Reads the available input without blocking.
fn read(stdin: &Stdin, decoder: &mut Decoder, started: Instant, came: &mut Vec<Input>) -> ReadOutcome {
    let mut buffer = [0; 4096];
    loop {
        let mut asked = [PollFd::new(stdin, PollFlags::IN)];
        match poll(&mut asked, Some(&Timespec::default())) {
            Err(rustix::io::Errno::INTR) => continue,
            Err(_) => return ReadOutcome::Gone,
            Ok(_) => {}
        }
        let there = asked[0].revents();
        if there.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            return ReadOutcome::Gone;
        }
        if !there.contains(PollFlags::IN) {
            return ReadOutcome::Open;
        }
        match rustix::io::read(stdin, &mut buffer) {
            Ok(length @ 1..) => {
                let bytes = buffer.get(..length).unwrap_or_default();
                decoder.feed(bytes, started.elapsed(), |input| came.push(input));
                if length < FEW {
                    return ReadOutcome::Open;
                }
            }
            Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => {}
            Ok(0) | Err(_) => return ReadOutcome::Gone,
        }
        // During a flood of input the loop still gets a turn now and then.
        if came.len() > ROOM {
            return ReadOutcome::Full;
        }
    }
}

/// Restores the terminal and stops, until the shell continues this program.
///
/// Without a shell that controls jobs nobody could continue it, so nothing happens.
fn stop(mouse: bool) -> ReadOutcome {
    let controlled = getsid(None).is_ok_and(|session| session != getpgrp());
    if controlled {
        // The loop draws before it reads keys, so the program owns the screen by now.
        give_back_empty();
        // The whole job stops, as with the key in other programs: the shell waits for its first process.
        let _ = kill_current_process_group(Signal::STOP);
        // Taken over here, before anything can be drawn to the shell's screen.
        if take_again(mouse, false).is_err() {
            return ReadOutcome::Gone;
        }
    }
    ReadOutcome::Open
}
