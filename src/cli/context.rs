//! The context of one command without a screen, from its configuration to its end.

use std::io::Write;
use std::time::Duration;

use super::Common;
use super::exit::Failed;
use super::output::Output;
use super::panics;
use crate::api::Client;
use crate::domain::country::CountryCode;
use crate::domain::text::Printable;
use crate::runtime::clock::Clock;
use crate::runtime::services::Services;

/// How long a hanging task may delay the program's exit.
const PATIENCE: Duration = Duration::from_millis(5);

/// What a command works with.
pub struct CommandContext {
    /// The shop and the journal.
    pub services: Services,
    /// The clock.
    pub clock: Clock,
    /// Where answers are printed.
    pub out: Output,
}

impl CommandContext {
    /// Returns the shop's client.
    pub async fn client(&self) -> Result<Client, Failed> {
        Ok(self.services.client().await?)
    }

    /// Returns the configured country; for a purchase it is never guessed.
    pub fn country(&self) -> Result<CountryCode, Failed> {
        let missing = || Failed::usage("say which country, as in --country US");
        self.services.config().country.ok_or_else(missing)
    }

    /// Returns whether nothing at this shop is real.
    pub fn is_sandbox(&self) -> bool {
        self.services.config().source.is_sandbox()
    }
}

/// Prints what is ignored of the configuration. Errors of stderr do not matter.
pub fn tell(complaints: &[String]) {
    for complaint in complaints {
        let _ = writeln!(std::io::stderr(), "giftty: {}", Printable::new(complaint));
    }
}

/// Runs a command to its end, on this thread.
pub fn run_command(
    common: &Common,
    json: bool,
    work: impl AsyncFnOnce(&mut CommandContext) -> Result<(), Failed>,
) -> Result<(), Failed> {
    let (config, log) = (common.config()?, common.log()?);
    if !json {
        tell(&config.complaints);
    }
    panics::contained("", || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Failed::unexpected(error.to_string()))?;
        let mut context = CommandContext {
            services: Services::logging(config, log),
            clock: Clock::start(),
            out: Output::new(json),
        };
        let done = runtime.block_on(work(&mut context));
        if let Some(notice) = runtime.block_on(context.services.notice()).filter(|_| !json) {
            // The notice is optional; the command runs even if stderr is gone.
            let _ = writeln!(std::io::stderr(), "giftty: {notice}");
        }
        runtime.shutdown_timeout(PATIENCE);
        done
    })
}
