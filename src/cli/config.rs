//! `giftty config`: where the configuration is, what is in effect and why, and how to change it.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::Command;

use clap::parser::ValueSource;
use clap::{Args, Subcommand};
use serde::Serialize;

use super::Common;
use super::context::tell;
use super::exit::Failed;
use super::output::{Output, Plain, table};
use crate::config::file::{self, Settings, TEMPLATE};
use crate::config::{Config, Source};
use crate::domain::limits::Limit;
use crate::domain::text::Printable;
use crate::keymap::{BINDINGS, words};

/// What there is to do with the configuration.
#[derive(Clone, Debug, Args)]
pub struct ConfigArgs {
    /// What to do.
    #[command(subcommand)]
    pub what: What,
}

/// What there is to do with the configuration.
#[derive(Clone, Debug, Subcommand)]
pub enum What {
    /// Tell where the file is, whether it is there or not.
    Path,
    /// Tell what is in effect, and where each of it comes from.
    Show {
        /// Tell the keys too, by the names of their commands.
        #[arg(long)]
        keys: bool,
    },
    /// Open the file in your editor ($VISUAL or $EDITOR); a new one explains every setting.
    Edit,
}

/// The names of the settings that have a flag, including the flags that turn one off.
pub const FLAGS: [&str; 20] = [
    "country",
    "lang",
    "partner_id",
    "api_base",
    "data_dir",
    "pace",
    "theme",
    "colours",
    "ascii",
    "reduced_motion",
    "mouse",
    "images",
    "no_images",
    "bell",
    "no_bell",
    "title",
    "no_title",
    "notify",
    "max_order",
    "max_day",
];

#[derive(Serialize)]
struct PathReport {
    path: PathBuf,
}

impl Plain for PathReport {
    fn plain(&self) -> String {
        self.path.display().to_string()
    }
}

#[derive(Serialize)]
struct ConfigReport {
    file: Option<PathBuf>,
    settings: Vec<Setting>,
    keys: Vec<Keys>,
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct Setting {
    name: &'static str,
    value: Option<String>,
    from: String,
}

#[derive(Serialize)]
struct Keys {
    command: &'static str,
    presses: Vec<String>,
    from: &'static str,
}

impl Plain for ConfigReport {
    fn plain(&self) -> String {
        let printable = |text: &str| Printable::new(text).to_string();
        let mut rows: Vec<Vec<String>> = Vec::new();
        for setting in &self.settings {
            let value = setting.value.as_deref().map_or_else(|| "-".to_owned(), printable);
            rows.push(vec![setting.name.to_owned(), value, setting.from.clone()]);
        }
        for keys in &self.keys {
            rows.push(vec![format!("keys.{}", keys.command), keys.presses.join(" "), keys.from.to_owned()]);
        }
        table(&rows)
    }
}

/// Runs `giftty config`.
pub fn obey(wanted: &ConfigArgs, common: &Common, json: bool) -> Result<(), Failed> {
    match wanted.what {
        What::Path => Output::new(json).say(&PathReport { path: place(common)? }),
        What::Show { keys } => show(keys, common, json),
        What::Edit => edit(common),
    }
}

fn place(common: &Common) -> Result<PathBuf, Failed> {
    let missing = || Failed::usage("this machine has no place for a configuration; say --config");
    file::place(common.config.as_deref()).ok_or_else(missing)
}

fn show(with_keys: bool, common: &Common, json: bool) -> Result<(), Failed> {
    let (file, mut warnings) = common.settings()?;
    let config = common.config_with(file.clone())?;
    warnings.extend(config.complaints.iter().cloned());
    if !json {
        tell(&warnings);
    }
    let settings = values(&config, &file).into_iter().map(|(name, value, in_file)| {
        let from = from(name, in_file, common);
        Setting { name, value, from }
    });
    let keys = if with_keys { keys(&config) } else { Vec::new() };
    let file = file::place(common.config.as_deref()).filter(|place| place.exists());
    Output::new(json).say(&ConfigReport { file, settings: settings.collect(), keys, warnings })
}

/// Returns where a setting's value comes from.
fn from(name: &'static str, in_file: bool, common: &Common) -> String {
    let off =
        ["no_images", "no_bell", "no_title"].into_iter().find(|off| off.strip_prefix("no_") == Some(name));
    if let Some(off) = off.filter(|off| common.given.get(off) == Some(&ValueSource::CommandLine)) {
        return format!("--{}", off.replace('_', "-"));
    }
    // An empty theme counts as unset.
    let empty = name == "theme" && common.screen.theme.as_ref().is_some_and(String::is_empty);
    match common.given.get(name).filter(|_| !empty) {
        Some(ValueSource::CommandLine) => format!("--{}", name.replace('_', "-")),
        Some(ValueSource::EnvVariable) => format!("GIFTTY_{}", name.to_ascii_uppercase()),
        _ if in_file => "the file".to_owned(),
        _ => "default".to_owned(),
    }
}

/// Returns every setting with the value in effect, and whether the file sets it.
fn values(config: &Config, file: &Settings) -> Vec<(&'static str, Option<String>, bool)> {
    let yes = |flag: bool| Some(if flag { "yes" } else { "no" }.to_owned());
    let (base, pace) = match &config.source {
        Source::Address(base) => (Some(base.as_str().to_owned()), None),
        Source::Embedded { pace, .. } => (None, Some(pace.to_string())),
    };
    let data_dir = config.data_dir.as_ref().map(|dir| dir.display().to_string());
    vec![
        ("country", config.country.map(|country| country.to_string()), file.country.is_some()),
        ("tender", config.tender.as_ref().map(ToString::to_string), file.tender.is_some()),
        ("lang", Some(config.lang.code().to_owned()), file.lang.is_some()),
        ("partner_id", config.partner_id.clone(), file.partner_id.is_some()),
        ("api_base", base, file.api_base.is_some()),
        ("data_dir", data_dir, file.data_dir.is_some()),
        ("pace", pace, file.pace.is_some()),
        // An invalid theme in the file is ignored.
        ("theme", Some(config.theme_name.clone()), file.theme.as_ref() == Some(&config.theme_name)),
        ("colours", Some(config.colours.word().to_owned()), file.colours.is_some()),
        ("ascii", yes(config.theme.ascii), file.ascii.is_some()),
        ("reduced_motion", yes(config.reduced_motion), file.reduced_motion.is_some()),
        ("mouse", yes(config.mouse), file.mouse.is_some()),
        ("images", config.images.and_then(yes), file.images.is_some()),
        ("bell", yes(config.manners.bell), file.notices.bell.is_some()),
        ("title", yes(config.manners.title), file.notices.title.is_some()),
        ("notify", Some(config.manners.notify.word().to_owned()), file.notices.notify.is_some()),
        ("max_order", limit(&config.limits.order), file.limits.order != Limit::None),
        ("max_day", limit(&config.limits.day), file.limits.day != Limit::None),
    ]
}

fn limit(limit: &Limit) -> Option<String> {
    match limit {
        Limit::None => None,
        Limit::Most(most) => Some(most.to_string()),
        Limit::Unreadable(why) => Some(format!("every order is asked about: {why}")),
    }
}

fn keys(config: &Config) -> Vec<Keys> {
    let row = |command: crate::keymap::Command, table: &[crate::input::Press]| {
        let presses = config.keymap.presses(command);
        let from = if presses == table { "default" } else { "the file" };
        let presses = presses.iter().map(|press| words::spell(*press)).collect();
        Keys { command: command.name(), presses, from }
    };
    BINDINGS.iter().map(|binding| row(binding.command, binding.presses)).collect()
}

/// Opens the file in an editor, and prints what in it is ignored.
fn edit(common: &Common) -> Result<(), Failed> {
    let place = place(common)?;
    let failed = |error: std::io::Error| Failed::unexpected(format!("{}: {error}", place.display()));
    let set = |name| std::env::var(name).ok().filter(|value: &String| !value.trim().is_empty());
    let Some(editor) = set("VISUAL").or_else(|| set("EDITOR")) else {
        let sentence = format!("set EDITOR first; the configuration is {}", place.display());
        return Err(Failed::usage(sentence));
    };
    if !place.exists() {
        if let Some(folder) = place.parent() {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        std::fs::write(&place, TEMPLATE).map_err(failed)?;
    }
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or_default();
    let ended = Command::new(program).args(words).arg(&place).status();
    let ended = ended.map_err(|error| Failed::unexpected(format!("{program}: {error}")))?;
    if !ended.success() {
        return Err(Failed::unexpected(format!("{program} ended with {ended}; the file is as it left it")));
    }
    let (settings, mut told) = common.settings()?;
    told.extend(common.config_with(settings)?.complaints);
    tell(&told);
    if told.is_empty() && std::io::stderr().is_terminal() {
        let _ = writeln!(std::io::stderr(), "giftty: the configuration is right.");
    }
    Ok(())
}
