//! `giftty --plain`: the shop in lines of text, from stdin to stdout.

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

/// How long a hanging task may delay the program's exit.
const PATIENCE: Duration = Duration::from_millis(5);

/// The maximum length of a line in bytes; longer ones are read in parts.
const LONGEST_LINE: u64 = 4096;

/// The assumed window size where there is no window.
const ROOM: Size = Size { columns: 500, rows: 200 };

/// Returns whether plain mode was requested, or the terminal supports nothing else.
pub(super) fn wanted(asked: bool) -> bool {
    asked || std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// Opens the shop in plain mode.
pub(super) fn open(common: &Common) -> Result<(), Failed> {
    let (config, log) = (common.config()?, common.log()?);
    // Queried before other threads start: afterwards it cannot be determined safely.
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

/// Reads the lines of stdin in a separate thread, which may block for ever without delaying the exit.
fn lines() -> mpsc::Receiver<String> {
    let (tell, lines) = mpsc::channel(16);
    std::thread::spawn(move || {
        let mut input = io::stdin().lock();
        let mut line = Vec::new();
        loop {
            line.clear();
            match input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line) {
                // A failing input counts as its end: the terminal is gone.
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

/// Listens to the signals that end the program.
fn interrupts() -> io::Result<mpsc::Receiver<()>> {
    let (tell, interrupts) = mpsc::channel(1);
    for kind in [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup(), SignalKind::quit()] {
        let (tell, mut signals) = (tell.clone(), signal(kind)?);
        tokio::spawn(async move {
            while signals.recv().await.is_some() {
                // One pending interrupt is enough.
                let _ = tell.try_send(());
            }
        });
    }
    Ok(interrupts)
}
