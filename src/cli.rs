//! The commands, and the command-line arguments.

pub mod browse;
pub mod product_args;
pub mod config;
pub mod doctor;
pub mod context;
pub mod exit;
pub mod follow;
pub mod output;
pub mod panics;
pub mod purchase;
pub mod records;
pub mod sandbox;
mod parse_args;

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::builder::{BoolishValueParser, OsStringValueParser, TypedValueParser};
use clap::parser::ValueSource;
use clap::{Parser, Subcommand};

use crate::config::clipboard::Clipboard;
use crate::config::file::{self, Settings};
use crate::config::look::{Colours, TerminalEnv};
use crate::config::notices::{Notices, Notify};
use crate::config::{Config, ConfigInput};
use crate::domain::limits::Limits;
use crate::log::{Level, Log};
use crate::sandbox::{Fault, Pace};
use context::run_command;
pub use exit::Failed;
pub use parse_args::{parse_args, report};

/// The help headings of the settings.
const EVERYWHERE: &str = "Everywhere";
const ON_SCREEN: &str = "On the screen";
const WHEN_AN_ORDER_MOVES: &str = "When an order moves";

/// Buy gift cards, mobile top-ups and eSIMs with crypto, from a terminal.
///
/// Without a command the shop opens. Without a partner id it is the sandbox: nothing there is real.
#[derive(Debug, Parser)]
#[command(name = "giftty", version, after_help = exit::HELP)]
pub struct Args {
    /// What to do instead of opening the shop.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Everything else that is said.
    #[command(flatten)]
    pub global: GlobalArgs,
}

/// What a command line says besides its command.
#[derive(Debug, Default, clap::Args)]
pub struct GlobalArgs {
    /// Which shop, and where records live.
    #[command(flatten)]
    pub common: Common,
    /// Answer in JSON, one value on stdout; errors too, on stderr.
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub json: bool,
    /// Open the shop in plain lines, for screen readers and pipes; the rule where TERM is dumb.
    #[arg(long)]
    pub plain: bool,
}

/// What every command understands.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = EVERYWHERE)]
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
    /// The language of what the supplier writes: en, es, fr, de, it, pt, zh, tr, vi or tl; your locale's
    /// by default.
    #[arg(long, global = true, env = "GIFTTY_LANG", value_name = "LANG")]
    pub lang: Option<String>,
    /// How fast the sandbox's orders move: demo, real or manual.
    #[arg(long, global = true, env = "GIFTTY_PACE", value_name = "PACE")]
    pub pace: Option<Pace>,
    /// Keep a log for support in this file; it holds no codes, no ids and nobody's address.
    #[arg(long, global = true, env = "GIFTTY_LOG", value_name = "FILE")]
    pub log: Option<PathBuf>,
    /// How much the log tells: warn, info, debug or trace.
    #[arg(long, global = true, env = "GIFTTY_LOG_LEVEL", value_name = "LEVEL", default_value = "info")]
    pub log_level: Level,
    /// What goes wrong in the sandbox; see `giftty sandbox --help`.
    #[arg(long = "fault", global = true, value_name = "FAULT")]
    pub faults: Vec<Fault>,
    /// The configuration file; an empty name means none.
    #[arg(long, global = true, env = "GIFTTY_CONFIG", value_name = "FILE",
        value_parser = OsStringValueParser::new().map(PathBuf::from))]
    pub config: Option<PathBuf>,
    /// Ask once more before an order comes to more than this, in a currency or a coin: 200 EUR, 250 USDC.
    #[arg(long, global = true, env = "GIFTTY_MAX_ORDER", value_name = "AMOUNT")]
    pub max_order: Option<String>,
    /// The same for everything that is ordered within 24 hours.
    #[arg(long, global = true, env = "GIFTTY_MAX_DAY", value_name = "AMOUNT")]
    pub max_day: Option<String>,
    /// How the shop looks and moves.
    #[command(flatten)]
    pub screen: ScreenArgs,
    /// How the shop on the screen calls you back.
    #[command(flatten)]
    pub calls: Calls,
    /// Which flags were given, and which came from the environment.
    #[arg(skip)]
    pub given: BTreeMap<&'static str, ValueSource>,
}

/// How the shop looks and moves on the screen.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = ON_SCREEN)]
pub struct ScreenArgs {
    /// The theme: terminal, dark, light, high-contrast, or a file.
    #[arg(long, global = true, env = "GIFTTY_THEME", value_name = "NAME|FILE")]
    pub theme: Option<String>,
    /// How many colours: auto, none, 16, 256 or truecolor.
    #[arg(long, visible_alias = "colors", global = true, env = "GIFTTY_COLOURS", value_name = "COLOURS")]
    pub colours: Option<Colours>,
    /// Draw borders, markers and keys in plain ASCII; a QR code still needs block characters.
    #[arg(long, global = true, env = "GIFTTY_ASCII", value_name = "YES|NO", num_args = 0..=1,
        require_equals = true, default_missing_value = "yes", value_parser = BoolishValueParser::new(),
        hide_possible_values = true)]
    pub ascii: Option<bool>,
    /// Let nothing tick: times are told by the minute until the last quarter of a payment's time.
    #[arg(long, global = true, env = "GIFTTY_REDUCED_MOTION", value_name = "YES|NO", num_args = 0..=1,
        require_equals = true, default_missing_value = "yes", value_parser = BoolishValueParser::new(),
        hide_possible_values = true)]
    pub reduced_motion: Option<bool>,
    /// Listen to the mouse: the wheel moves, a click marks a row or presses what the footer names.
    #[arg(long, global = true, env = "GIFTTY_MOUSE", value_name = "YES|NO", num_args = 0..=1,
        require_equals = true, default_missing_value = "yes", value_parser = BoolishValueParser::new(),
        hide_possible_values = true)]
    pub mouse: Option<bool>,
    /// Show brands' logos, also over ssh.
    #[arg(long, global = true, env = "GIFTTY_IMAGES", value_name = "YES|NO", num_args = 0..=1,
        require_equals = true, default_missing_value = "yes", value_parser = BoolishValueParser::new(),
        hide_possible_values = true)]
    pub images: Option<bool>,
    /// Show initials in place of brands' logos.
    #[arg(long, global = true, overrides_with = "images")]
    pub no_images: bool,
}

/// How the shop on the screen says that an order moved.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
#[command(next_help_heading = WHEN_AN_ORDER_MOVES)]
pub struct Calls {
    /// Ring the terminal's bell; the rule.
    #[arg(long, global = true, env = "GIFTTY_BELL", value_name = "YES|NO", num_args = 0..=1,
        require_equals = true, default_missing_value = "yes", value_parser = BoolishValueParser::new(),
        hide_possible_values = true)]
    pub bell: Option<bool>,
    /// Do not ring it.
    #[arg(long, global = true, overrides_with = "bell")]
    pub no_bell: bool,
    /// Say it in the window's title, without names and ids; the rule.
    #[arg(long, global = true, env = "GIFTTY_TITLE", value_name = "YES|NO", num_args = 0..=1,
        require_equals = true, default_missing_value = "yes", value_parser = BoolishValueParser::new(),
        hide_possible_values = true)]
    pub title: Option<bool>,
    /// Leave the title alone.
    #[arg(long, global = true, overrides_with = "title")]
    pub no_title: bool,
    /// Ask the terminal for a desktop notification: none, osc9 (iTerm2, Ghostty, Windows Terminal and others)
    /// or osc777 (foot, urxvt, VTE).
    #[arg(long, global = true, env = "GIFTTY_NOTIFY", value_name = "HOW")]
    pub notify: Option<Notify>,
}

impl Calls {
    fn notices(self) -> Notices {
        let Self { bell, no_bell, title, no_title, notify } = self;
        Notices { bell: said(bell, no_bell), title: said(title, no_title), notify }
    }
}

/// Merges a flag and its opposite; of the two only the last one given is present.
fn said(yes: Option<bool>, no: bool) -> Option<bool> {
    if no { Some(false) } else { yes }
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
    /// Tell where the configuration is and what is in effect, or edit it.
    Config(config::ConfigArgs),
    /// Serve the sandbox alone; its address is the first line on stdout.
    Sandbox(sandbox::SandboxArgs),
}

impl Common {
    /// Resolves the configuration from the flags, the environment, the file and the locale.
    pub fn config(&self) -> Result<Config, Failed> {
        let (file, complaints) = self.settings()?;
        let mut config = self.config_with(file)?;
        config.complaints.splice(0..0, complaints);
        Ok(config)
    }

    /// Returns the configuration file's settings, and what in the file is ignored.
    pub fn settings(&self) -> Result<(Settings, Vec<String>), Failed> {
        let Some(place) = file::place(self.config.as_deref()) else {
            return Ok((Settings::default(), Vec::new()));
        };
        let name = place.display();
        if self.config.is_some() && !place.exists() {
            return Err(Failed::usage(format!(
                "--config: {name} is not there; `giftty config edit` makes it"
            )));
        }
        Ok(match file::load(&place) {
            Ok((settings, found)) => {
                (settings, found.iter().map(|complaint| format!("{name}, {complaint}")).collect())
            }
            Err(error) => {
                // Whether it sets a limit is unknown.
                let limits = Limits::unreadable("the configuration cannot be read");
                let settings = Settings { limits, ..Settings::default() };
                (settings, vec![format!("{name} cannot be read: {error}")])
            }
        })
    }

    /// As `config`, with the file's settings given.
    pub fn config_with(&self, file: Settings) -> Result<Config, Failed> {
        let wishes = ConfigInput {
            api_base: self.api_base.clone(),
            partner_id: self.partner_id.clone(),
            data_dir: self.data_dir.clone(),
            country: self.country.clone(),
            lang: self.lang.clone(),
            images: said(self.screen.images, self.screen.no_images),
            pace: self.pace,
            faults: self.faults.clone(),
            theme: self.screen.theme.clone(),
            colours: self.screen.colours,
            ascii: self.screen.ascii,
            reduced_motion: self.screen.reduced_motion,
            mouse: self.screen.mouse,
            notices: self.calls.notices(),
            max_order: self.max_order.clone(),
            max_day: self.max_day.clone(),
            around: surroundings(),
            clipboard: Clipboard::of(|name| std::env::var(name).ok()),
            file,
        };
        Config::new(wishes, &locale()).map_err(|error| Failed::usage(error.to_string()))
    }
}

impl Common {
    /// Opens the requested log, or returns one that records nothing.
    pub fn log(&self) -> Result<Log, Failed> {
        let Some(path) = self.log.as_deref().filter(|path| !path.as_os_str().is_empty()) else {
            return Ok(Log::default());
        };
        Log::open(path, self.log_level).map_err(|error| Failed::usage(format!("--log: {error}")))
    }
}

fn set(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Returns what the environment says about the terminal.
fn surroundings() -> TerminalEnv {
    TerminalEnv {
        term: set("TERM").unwrap_or_default(),
        colorterm: set("COLORTERM").unwrap_or_default(),
        no_color: set("NO_COLOR").is_some(),
        letters: set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG")).unwrap_or_default(),
    }
}

/// Returns the user's locale, from the most specific variable that is set.
fn locale() -> String {
    set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG")).unwrap_or_default()
}

/// Runs a command.
pub fn perform(command: Command, common: &Common, json: bool) -> Result<(), Failed> {
    match command {
        Command::Config(wanted) => config::obey(&wanted, common, json),
        Command::Sandbox(wanted) => sandbox::serve(&wanted, common, json),
        Command::Countries => run_command(common, json, async |context| browse::countries(context).await),
        Command::Brands(wanted) => {
            run_command(common, json, async |context| browse::brands(context, &wanted).await)
        }
        Command::Products(wanted) => {
            run_command(common, json, async |context| browse::products(context, &wanted).await)
        }
        Command::Price(wanted) => {
            run_command(common, json, async |context| browse::price(context, &wanted).await)
        }
        Command::Validate(wanted) => {
            run_command(common, json, async |context| purchase::validate(context, &wanted).await)
        }
        Command::Buy(wanted) => {
            run_command(common, json, async |context| purchase::buy(context, &wanted).await)
        }
        Command::Track(wanted) => {
            run_command(common, json, async |context| follow::track(context, &wanted).await)
        }
        Command::Orders(wanted) => {
            run_command(common, json, async |context| records::orders(context, &wanted).await)
        }
        Command::Reveal(wanted) => {
            run_command(common, json, async |context| records::reveal(context, &wanted).await)
        }
        Command::Doctor => run_command(common, json, async |context| doctor::examine(context).await),
    }
}
