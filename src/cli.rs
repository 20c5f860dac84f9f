//! The command line: what can be asked for, and what becomes of it.

pub mod browse;
pub mod choosing;
pub mod doctor;
pub mod errand;
pub mod exit;
pub mod follow;
pub mod output;
pub mod purchase;
pub mod records;
pub mod sandbox;
pub mod shop;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{Config, Wishes};
use crate::sandbox::{Fault, Pace};
use errand::run_errand;
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
    /// Answer in JSON, one value on stdout; errors too, on stderr.
    #[arg(long, global = true)]
    pub json: bool,
}

/// What every command understands.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Everywhere")]
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
    /// Show brands' logos, also over ssh.
    #[arg(long, global = true, overrides_with = "no_images")]
    pub images: bool,
    /// Show initials in place of brands' logos.
    #[arg(long, global = true)]
    pub no_images: bool,
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
    /// List the countries that the shop sells in.
    Countries,
    /// List what is sold in a country.
    Brands(browse::BrandsArgs),
    /// List what a brand sells, with prices.
    Products(browse::ProductsArgs),
    /// Tell what one of something costs.
    Price(browse::PriceArgs),
    /// Have a purchase checked by the shop, and tell its total; nothing is ordered.
    Validate(purchase::ValidateArgs),
    /// Place an order, once, and tell where to pay it.
    Buy(purchase::BuyArgs),
    /// Follow an order to its end; codes are never printed.
    Track(follow::TrackArgs),
    /// List your orders, newest first.
    Orders(records::OrdersArgs),
    /// Print the codes of a delivered order.
    Reveal(records::RevealArgs),
    /// Check this machine: its records, its way to the shop, its terminal.
    Doctor,
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
            images: (self.images || self.no_images).then_some(!self.no_images),
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

/// The whole program: reads the command line, does what it says, and tells how it went.
pub fn main() -> ExitCode {
    match Args::try_parse() {
        Ok(args) => run(args),
        Err(error) => misunderstood(&error),
    }
}

/// Help and version on stdout; anything else is a mistake and is told as errors are.
fn misunderstood(error: &clap::Error) -> ExitCode {
    let json = std::env::args_os().any(|argument| argument == "--json");
    if error.use_stderr() && json {
        let text = error.to_string();
        // The mistake is told before the first empty line, the usage after it.
        let mistake = text.lines().take_while(|line| !line.is_empty()).map(str::trim);
        let mistake = mistake.collect::<Vec<_>>().join(" ");
        let sentence = mistake.trim_start_matches("error: ");
        return exit::code(Err(Failed::usage(sentence)), json);
    }
    // A closed pipe is no reason to fail: whoever asked for help has seen enough of it.
    let _ = error.print();
    if error.use_stderr() { ExitCode::from(exit::Reason::Usage.exit()) } else { ExitCode::SUCCESS }
}

/// Does what was asked for and says how it went.
pub fn run(args: Args) -> ExitCode {
    let Args { command, common, json } = args;
    exit::code(perform(command, &common, json), json)
}

fn perform(command: Option<Command>, common: &Common, json: bool) -> Result<(), Failed> {
    match command {
        None if json => Err(Failed::usage("--json needs a command; `giftty --help` lists them")),
        None => shop::open(common),
        Some(Command::Sandbox(wanted)) => sandbox::serve(&wanted, common, json),
        Some(Command::Countries) => run_errand(common, json, async |errand| browse::countries(errand).await),
        Some(Command::Brands(wanted)) => {
            run_errand(common, json, async |errand| browse::brands(errand, &wanted).await)
        }
        Some(Command::Products(wanted)) => {
            run_errand(common, json, async |errand| browse::products(errand, &wanted).await)
        }
        Some(Command::Price(wanted)) => {
            run_errand(common, json, async |errand| browse::price(errand, &wanted).await)
        }
        Some(Command::Validate(wanted)) => {
            run_errand(common, json, async |errand| purchase::validate(errand, &wanted).await)
        }
        Some(Command::Buy(wanted)) => {
            run_errand(common, json, async |errand| purchase::buy(errand, &wanted).await)
        }
        Some(Command::Track(wanted)) => {
            run_errand(common, json, async |errand| follow::track(errand, &wanted).await)
        }
        Some(Command::Orders(wanted)) => {
            run_errand(common, json, async |errand| records::orders(errand, &wanted).await)
        }
        Some(Command::Reveal(wanted)) => {
            run_errand(common, json, async |errand| records::reveal(errand, &wanted).await)
        }
        Some(Command::Doctor) => run_errand(common, json, async |errand| doctor::examine(errand).await),
    }
}
