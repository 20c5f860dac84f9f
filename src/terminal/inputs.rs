//! Everything that comes from the terminal: keys, pastes, sizes, and that it is gone.

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

/// The key that stops a program. In raw mode it is a key like any other.
const STOP: Press = Press::ctrl('z');
/// The most that waits to be taken in.
const ROOM: usize = 4096;

/// What the system tells a program that has a terminal.
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

/// So few bytes are a key: all there was. To ask the terminal whether there is more makes it finish what it is
/// about first, for longer than a key is otherwise on its way.
const FEW: usize = 64;

/// Whether there may be more.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    /// More will be told of.
    Open,
    /// More is there already.
    Full,
    Gone,
}

/// Everything that comes from the terminal. The channel closes when the terminal is gone or the
/// program is told to end. `mouse` tells whether the terminal is asked for it.
///
/// The terminal is read here and not by its library, which takes a hang-up for silence and spins,
/// and leaves the rest of a long burst unread until the next key.
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
                // Larger letters in the same window are another size, too.
                came.extend(cell().map(Input::Scaled));
                came.extend(window().map(Input::Resized));
                Line::Open
            }
            _ = signals.told_to_stop.recv() => {
                came.push(Input::Resumed);
                stop()
            }
            _ = signals.continued.recv() => {
                // Whoever had the terminal meanwhile has left nothing of the screen.
                let again = take_again(mouse);
                came.extend(cell().map(Input::Scaled));
                came.push(Input::Resized(window().unwrap_or(USUAL)));
                if again.is_ok() { Line::Open } else { Line::Gone }
            }
            _ = terminate.recv() => Line::Gone,
            _ = hang_up.recv() => Line::Gone,
            _ = interrupt.recv() => Line::Gone,
            _ = quit.recv() => Line::Gone,
            ready = typed.readable() => match ready {
                Ok(mut ready) => {
                    let line = read(typed.get_ref(), &mut decoder, started, &mut came);
                    if line != Line::Full {
                        ready.clear_ready();
                    }
                    line
                }
                Err(_) => Line::Gone,
            },
            () = until(deadline) => {
                decoder.flush(|input| came.push(input));
                Line::Open
            }
        };
        let mut line = line;
        for input in came.drain(..) {
            // Another program left the mouse on.
            if !mouse && matches!(input, Input::Click { .. } | Input::Wheel { .. }) {
                continue;
            }
            // That it was stopped is told before anything is drawn again.
            let input = if matches!(input, Input::Press(STOP, _)) {
                line = stop();
                Input::Resumed
            } else {
                input
            };
            // All of a burst is there before the loop looks, so that it draws once.
            let input = match inputs.try_send(input) {
                Ok(()) => continue,
                Err(mpsc::error::TrySendError::Full(input)) => input,
                Err(mpsc::error::TrySendError::Closed(_)) => return,
            };
            if inputs.send(input).await.is_err() {
                return;
            }
        }
        if line == Line::Gone {
            return;
        }
    }
}

/// Waits until then; for ever, and without a timer, where there is nothing to wait for.
async fn until(then: Option<Instant>) {
    match then {
        Some(then) => sleep_until(then).await,
        None => pending().await,
    }
}

/// Reads what is there, without ever waiting for more.
fn read(stdin: &Stdin, decoder: &mut Decoder, started: Instant, came: &mut Vec<Input>) -> Line {
    let mut buffer = [0; 4096];
    loop {
        let mut asked = [PollFd::new(stdin, PollFlags::IN)];
        match poll(&mut asked, Some(&Timespec::default())) {
            Err(rustix::io::Errno::INTR) => continue,
            Err(_) => return Line::Gone,
            Ok(_) => {}
        }
        let there = asked[0].revents();
        if there.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            return Line::Gone;
        }
        if !there.contains(PollFlags::IN) {
            return Line::Open;
        }
        match rustix::io::read(stdin, &mut buffer) {
            Ok(length @ 1..) => {
                let bytes = buffer.get(..length).unwrap_or_default();
                decoder.feed(bytes, started.elapsed(), |input| came.push(input));
                if length < FEW {
                    return Line::Open;
                }
            }
            Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => {}
            Ok(0) | Err(_) => return Line::Gone,
        }
        // A flood of input still lets the loop look at it now and then.
        if came.len() > ROOM {
            return Line::Full;
        }
    }
}

/// Gives the terminal back and stops, until the shell continues this program.
///
/// Where no shell controls jobs nobody could continue it, so nothing happens there.
fn stop() -> Line {
    let controlled = getsid(None).is_ok_and(|session| session != getpgrp());
    if controlled {
        // The loop draws before it listens to keys, so the screen is ours by now.
        give_back_empty();
        // All of the job stops, as it does by the key in other programs: the shell waits for its first.
        let _ = kill_current_process_group(Signal::STOP);
    }
    Line::Open
}
