//! `giftty --plain`: the shop in lines, from stdin to stdout.

use std::io::{self, BufRead, ErrorKind, Read};
use std::time::Duration;

use time::UtcOffset;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;

use super::{START_AGAIN, session_init};
use crate::cli::exit::Reason;
use crate::cli::{Common, Failed, panics};
use crate::config::Config;
use crate::input::Size;
use crate::log::Log;
use crate::plain::{self, LineInput, PlainParts};
use crate::runtime::clock::Clock;
use crate::runtime::services::Services;

/// How long a task that hangs may hold up the end of the program.
const PATIENCE: Duration = Duration::from_millis(5);

/// The longest line that is heard; what is longer is heard in parts.
const LONGEST_LINE: u64 = 4096;

/// Stands for a window where there is none: room for everything.
const ROOM: Size = Size { columns: 500, rows: 200 };

/// Whether plain mode was asked for, or the terminal can do no more.
pub(super) fn wanted(asked: bool) -> bool {
    asked || std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// Opens the shop in lines.
pub(super) fn open(common: &Common) -> Result<(), Failed> {
    let (config, log) = (common.config()?, common.log()?);
    // Asked for while there is one thread only: with more of them nobody can tell safely.
    let utc_offset = UtcOffset::current_local_offset().unwrap_or(UtcOffset::UTC);
    panics::contained(START_AGAIN, || serve(config, log, utc_offset))
}

fn serve(config: Config, log: Log, utc_offset: UtcOffset) -> Result<(), Failed> {
    let failed = |error: io::Error| Failed::unexpected(error.to_string());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
    let ended = runtime.block_on(async {
        let clock = Clock::start();
        let services = Services::logging(config, log);
        let init = session_init(&services, clock, ROOM, utc_offset);
        let input = LineInput::new(lines(), interrupts()?);
        plain::run(PlainParts { init, services, clock }, input, io::stdout()).await
    });
    runtime.shutdown_timeout(PATIENCE);
    ended.map_err(|error| match error.kind() {
        ErrorKind::BrokenPipe => Failed::new(Reason::Unread, "nobody reads this"),
        _ => Failed::unexpected(format!("the output failed: {error}. Your orders are kept.")),
    })
}

/// The lines of stdin, read by a thread of its own: it may wait for ever, and nobody waits for it.
fn lines() -> mpsc::Receiver<String> {
    let (tell, lines) = mpsc::channel(16);
    std::thread::spawn(move || {
        let mut input = io::stdin().lock();
        let mut line = Vec::new();
        loop {
            line.clear();
            match input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line) {
                // An input that fails has ended: the terminal is gone.
                Ok(0) | Err(_) => return,
                Ok(_) => {}
            }
            if tell.blocking_send(String::from_utf8_lossy(&line).into_owned()).is_err() {
                return;
            }
        }
    });
    lines
}

/// Everything that tells a program to end.
fn interrupts() -> io::Result<mpsc::Receiver<()>> {
    let (tell, interrupts) = mpsc::channel(1);
    for kind in [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup(), SignalKind::quit()] {
        let (tell, mut signals) = (tell.clone(), signal(kind)?);
        tokio::spawn(async move {
            while signals.recv().await.is_some() {
                // One that waits to be heard is enough.
                let _ = tell.try_send(());
            }
        });
    }
    Ok(interrupts)
}
