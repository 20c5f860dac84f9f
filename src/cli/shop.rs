//! Plain `giftty`: the shop on the screen.

use std::io::IsTerminal;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use time::UtcOffset;

use super::exit::Failed;
use super::{Common, stumble};
use crate::config::{Config, Source};
use crate::input::Size;
use crate::log::Log;
use crate::model::{Preferences, Shop};
use crate::runtime::Call;
use crate::runtime::clock::Clock;
use crate::runtime::outside::Outside;
use crate::session::{self, Parts};
use crate::state::{Asks, Boot};
use crate::terminal::notice::Herald;
use crate::terminal::{self, Taken};

/// How long a task that hangs may hold up the end of the program.
const PATIENCE: Duration = Duration::from_millis(5);

/// Opens the shop on this terminal.
pub fn open(common: &Common) -> Result<(), Failed> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        let sentence = "the shop needs a terminal; `giftty --help` lists what works without one";
        return Err(Failed::usage(sentence));
    }
    let (config, log) = (common.config()?, common.log()?);
    // Asked for while there is one thread only: with more of them nobody can tell safely.
    let utc_offset = UtcOffset::current_local_offset().unwrap_or(UtcOffset::UTC);
    let stumbled = remember_panics();
    let ended = catch_unwind(AssertUnwindSafe(|| show(config, log, utc_offset)));
    ended.unwrap_or_else(|_| {
        let place = stumbled.lock().map(|place| place.clone()).unwrap_or_default();
        let sentence = format!("giftty stumbled at {place}. Your orders are kept; start it again.");
        Err(Failed::unexpected(sentence))
    })
}

/// Keeps a panic off the screen, which is still taken, and remembers where it was. What it says is
/// left out: it could hold a code.
pub(super) fn remember_panics() -> Arc<Mutex<String>> {
    let place = Arc::new(Mutex::new(String::new()));
    let remembered = Arc::clone(&place);
    set_hook(Box::new(move |panic| {
        if let (Some(location), Ok(mut place)) = (panic.location(), remembered.lock()) {
            *place = location.to_string();
        }
    }));
    place
}

/// How long a thread waits for more work that blocks. Each has memory for itself alone, and keeps some of it for
/// more of the same: a few threads one after the other take less than as many at once.
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
        let outside = Outside::logging(config, log);
        // Listened to before the window is measured, so that no change of it is missed.
        let inputs = terminal::inputs(outside.config().mouse).map_err(failed)?;
        let size = terminal::window().unwrap_or(terminal::USUAL);
        let mut taken = Taken::take(size, outside.config().mouse).map_err(failed)?;
        let boot = boot(&outside, clock, size, utc_offset);
        let theme = outside.config().theme.clone();
        let mut herald = Herald::new(outside.config().manners).map_err(failed)?;
        let through = outside.config().clipboard.through;
        let parts = Parts { theme, boot, outside, clock };
        let call = |call: &Call| match call {
            Call::Copy(text) => terminal::copy(text.reveal(), through),
            Call::Notice(words) => herald.notice(words),
        };
        let session = session::run(&mut taken.screen, parts, inputs, call);
        tokio::select! {
            biased;
            never = stumble::when_told() => match never {},
            _ = session => Ok(()),
        }
    });
    runtime.shutdown_timeout(PATIENCE);
    ended
}

/// What there is to say of the configuration at the start.
fn notice(outside: &Outside) -> Option<String> {
    let told = outside.config().complaints.as_slice();
    match told {
        [] => None,
        [one] => Some(one.clone()),
        [one, more @ ..] => Some(format!("{one} ({} more: `giftty config show`)", more.len())),
    }
}

/// What a session begins with.
pub(super) fn boot(outside: &Outside, clock: Clock, size: Size, utc_offset: UtcOffset) -> Boot {
    let config = outside.config();
    let pace = match &config.source {
        Source::Embedded { pace, .. } => Some(pace.to_string()),
        Source::Address(_) => None,
    };
    let country = outside.country();
    Boot {
        shop: Shop { sandbox: config.source.is_sandbox(), pace, notice: notice(outside) },
        size,
        now: clock.now(),
        utc_offset: i64::from(utc_offset.whole_seconds()),
        locale_country: config.locale_country,
        asks: if outside.is_first_visit() { Asks::FirstVisit } else { Asks::WithFirstKey },
        country,
        stock: country.and_then(|country| outside.front(country)),
        lang: config.lang,
        pictures: terminal::pictures(config.images, &config.theme, |name| std::env::var(name).ok()),
        preferences: Preferences {
            keymap: config.keymap.clone(),
            reduced_motion: config.reduced_motion,
            limits: config.limits.clone(),
        },
    }
}
