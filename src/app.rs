//! The program: runs a command, or opens the shop on the screen or in plain mode.

mod debug_panic;
mod lines;
mod screen;

use std::process::ExitCode;

use time::UtcOffset;

use crate::cli::{self, Args, Failed, GlobalArgs};
use crate::config::Source;
use crate::input::Size;
use crate::model::{Preferences, Shop};
use crate::runtime::clock::Clock;
use crate::runtime::services::Services;
use crate::state::{SessionInit, StartPolicy};
use crate::terminal;

/// The advice after a panic.
const START_AGAIN: &str = "; start it again";

/// Parses the command line, runs the program, and returns its exit code.
pub fn main() -> ExitCode {
    terminal::leave_no_core();
    match cli::parse_args() {
        Ok(args) => run(args),
        Err(error) => cli::report(&error),
    }
}

fn run(args: Args) -> ExitCode {
    let Args { command, global: GlobalArgs { common, json, plain } } = args;
    let done = match command {
        Some(command) => cli::perform(command, &common, json),
        None if json => Err(Failed::usage("--json needs a command; `giftty --help` lists them")),
        None if lines::wanted(plain) => lines::open(&common),
        None => screen::open(&common),
    };
    cli::output::exit_code(done, json)
}

/// Returns the messages about the configuration to show at the start.
fn notice(services: &Services) -> Option<String> {
    let told = services.config().complaints.as_slice();
    match told {
        [] => None,
        [one] => Some(one.clone()),
        [one, more @ ..] => Some(format!("{one} ({} more: `giftty config show`)", more.len())),
    }
}

/// Builds the initial state of a session.
fn session_init(services: &Services, clock: Clock, size: Size, utc_offset: UtcOffset) -> SessionInit {
    let config = services.config();
    let pace = match &config.source {
        Source::Embedded { pace, .. } => Some(pace.to_string()),
        Source::Address(_) => None,
    };
    let country = services.country();
    SessionInit {
        shop: Shop { sandbox: config.source.is_sandbox(), pace, notice: notice(services) },
        size,
        now: clock.now(),
        utc_offset: i64::from(utc_offset.whole_seconds()),
        locale_country: config.locale_country,
        asks: if services.is_first_visit() { StartPolicy::FirstVisit } else { StartPolicy::WithFirstKey },
        country,
        stock: country.and_then(|country| services.stock(country)),
        lang: config.lang,
        pictures: terminal::pictures(config.images, &config.theme, |name| std::env::var(name).ok()),
        preferences: Preferences {
            keymap: config.keymap.clone(),
            reduced_motion: config.reduced_motion,
            limits: config.limits.clone(),
        },
    }
}
