//! The command line: what can be asked for, and what becomes of it.

pub mod exit;
pub mod sandbox;
pub mod shop;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{Config, Wishes};
use crate::sandbox::{Fault, Pace};
use exit::Failed;

/// Buy gift cards, mobile top-ups and eSIMs with crypto, from a terminal.
///
/// Without a command the shop opens. Without a partner id it is the sandbox: nothing there is real.
#[derive(Debug, Parser)]
#[command(name = "giftty", version, after_help = exit::HELP)]
pub struct Args {
    /// What to do instead of opening the shop.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Which shop, and where records live.
    #[command(flatten)]
    pub common: Common,
}

/// What every command understands.
#[derive(Clone, Debug, clap::Args)]
pub struct Common {
    /// Your partner id: opens the real shop (it stands on your partner account's page).
    #[arg(long, global = true, env = "GIFTTY_PARTNER_ID", value_name = "ID")]
    pub partner_id: Option<String>,
    /// Another address of the shop's API; plain http is for this machine only.
    #[arg(long, global = true, env = "GIFTTY_API_BASE", value_name = "URL")]
    pub api_base: Option<String>,
    /// Where your orders are kept.
    #[arg(long, global = true, env = "GIFTTY_DATA_DIR", value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// The country, two letters.
    #[arg(long, global = true, env = "GIFTTY_COUNTRY", value_name = "CC")]
    pub country: Option<String>,
    /// The language of what the supplier writes; your locale's by default.
    #[arg(long, global = true, env = "GIFTTY_LANG", value_name = "LANG")]
    pub lang: Option<String>,
    /// How fast the sandbox's orders move: demo, real or manual.
    #[arg(long, global = true, env = "GIFTTY_PACE", value_name = "PACE")]
    pub pace: Option<Pace>,
    /// What goes wrong in the sandbox; see `giftty sandbox --help`.
    #[arg(long = "fault", global = true, value_name = "FAULT")]
    pub faults: Vec<Fault>,
}

/// What can be done without a screen.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Serve the sandbox alone; its address is the first line on stdout.
    Sandbox(sandbox::SandboxArgs),
}

impl Common {
    /// The configuration that the flags, the environment and the locale make together.
    pub fn config(&self) -> Result<Config, Failed> {
        let wishes = Wishes {
            api_base: self.api_base.clone(),
            partner_id: self.partner_id.clone(),
            data_dir: self.data_dir.clone(),
            country: self.country.clone(),
            lang: self.lang.clone(),
            pace: self.pace,
            faults: self.faults.clone(),
        };
        Config::new(wishes, &locale()).map_err(|error| Failed::usage(error.to_string()))
    }
}

/// The user's locale, the most specific variable first.
fn locale() -> String {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG")).unwrap_or_default()
}

/// Does what was asked for and says how it went.
pub fn run(args: Args) -> ExitCode {
    let done = match args.command {
        None => shop::open(&args.common),
        Some(Command::Sandbox(wanted)) => sandbox::serve(&wanted, &args.common),
    };
    exit::code(done)
}
