//! Plain `giftty`: the shop on the screen.

use std::io::IsTerminal;
use std::time::Duration;

use time::UtcOffset;

use super::{START_AGAIN, debug_panic, session_init};
use crate::cli::{Common, Failed, panics};
use crate::config::Config;
use crate::log::Log;
use crate::runtime::TerminalRequest;
use crate::runtime::clock::Clock;
use crate::runtime::services::Services;
use crate::session::{self, SessionParts};
use crate::terminal::notice::Notifier;
use crate::terminal::{self, Taken};

/// How long a hanging task may delay the program's exit.
const PATIENCE: Duration = Duration::from_millis(5);

/// Opens the shop on this terminal.
pub(super) fn open(common: &Common) -> Result<(), Failed> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        let sentence = "the shop needs a terminal; `giftty --help` lists what works without one";
        return Err(Failed::usage(sentence));
    }
    let (config, log) = (common.config()?, common.log()?);
    // Queried before other threads start: afterwards it cannot be determined safely.
    let utc_offset = UtcOffset::current_local_offset().unwrap_or(UtcOffset::UTC);
    panics::contained(START_AGAIN, || show(config, log, utc_offset))
}

/// How long an idle thread for blocking work is kept. Each thread keeps memory of its own for reuse, so a few
/// threads one after the other use less than as many at once.
const LINGER: Duration = Duration::from_millis(20);

fn show(config: Config, log: Log, utc_offset: UtcOffset) -> Result<(), Failed> {
    let failed = |error: std::io::Error| Failed::unexpected(format!("the terminal failed: {error}"));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .thread_keep_alive(LINGER)
        .enable_all()
        .build()
        .map_err(failed)?;
    let ended = runtime.block_on(async {
        let clock = Clock::start();
        let services = Services::logging(config, log);
        // Started before the window is measured, so that no resize is missed.
        let inputs = terminal::inputs(services.config().mouse).map_err(failed)?;
        let size = terminal::window().unwrap_or(terminal::USUAL);
        let mut taken = Taken::take(size, services.config().mouse).map_err(failed)?;
        let init = session_init(&services, clock, size, utc_offset);
        let theme = services.config().theme.clone();
        let mut herald = Notifier::new(services.config().manners).map_err(failed)?;
        let through = services.config().clipboard.through;
        let parts = SessionParts { theme, init, services, clock };
        let call = |call: &TerminalRequest| match call {
            TerminalRequest::Copy(text) => terminal::copy(text.reveal(), through),
            TerminalRequest::Notice(words) => herald.notice(words),
        };
        let session = session::run(&mut taken.screen, parts, inputs, call);
        tokio::select! {
            biased;
            never = debug_panic::when_told() => match never {},
            _ = session => Ok(()),
        }
    });
    runtime.shutdown_timeout(PATIENCE);
    ended
}
