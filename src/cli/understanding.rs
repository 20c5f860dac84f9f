//! How a command line is understood, no slower than it has to be: the first paint waits for it.

use std::collections::BTreeMap;
use std::env;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, Args as _, CommandFactory, FromArgMatches};

use super::exit::{self, Failed};
use super::{Args, Manner, ON_SCREEN, WHEN_AN_ORDER_MOVES, config};

/// The variables that settings come from begin like this.
const OURS: &str = "GIFTTY_";
/// The settings that mean something where the sandbox is served alone.
const OF_THE_SANDBOX: [&str; 5] = ["data_dir", "pace", "faults", "config", "json"];

/// The command line. To put the commands together, each with every setting, takes longer than
/// anything else before the first paint, and the settings alone still a good part of it: so each is
/// done only where there is something to read.
pub fn understood() -> Result<Args, clap::Error> {
    if env::args_os().len() <= 1 && !is_anything_set() {
        return Ok(Args { command: None, manner: Manner::default() });
    }
    let (mut args, matches) = match settings().try_get_matches() {
        Ok(matches) => (Args { command: None, manner: Manner::from_arg_matches(&matches)? }, matches),
        Err(version) if version.kind() == ErrorKind::DisplayVersion => return Err(version),
        Err(_) => {
            let matches = Args::command().try_get_matches().map_err(of_a_command)?;
            (Args::from_arg_matches(&matches)?, matches)
        }
    };
    args.manner.common.given = given(&matches);
    Ok(args)
}

/// Whether the environment says anything to this program.
fn is_anything_set() -> bool {
    env::vars_os().any(|(name, _)| name.as_encoded_bytes().starts_with(OURS.as_bytes()))
}

/// A command line without a command.
fn settings() -> clap::Command {
    let shop = clap::Command::new("giftty").version(env!("CARGO_PKG_VERSION")).disable_help_flag(true);
    Manner::augment_args(shop)
}

/// The help of a command leaves out what means nothing there; only where it is asked for is that worth its time.
fn of_a_command(error: clap::Error) -> clap::Error {
    let names_one = || env::args_os().skip(1).any(|said| !said.as_encoded_bytes().starts_with(b"-"));
    let is_help = error.kind() == ErrorKind::DisplayHelp && names_one();
    is_help.then(|| helpful().try_get_matches().err()).flatten().unwrap_or(error)
}

/// The command line with its commands. Each understands every setting, so that one may stand anywhere, but does not
/// tell of those that mean nothing there.
fn helpful() -> clap::Command {
    let mut whole = Args::command();
    whole.build();
    whole.mut_subcommands(|command| match command.get_name() {
        // It tells of all of them.
        "config" => command,
        "sandbox" => command.mut_args(|setting| {
            let is_vain = setting.is_global_set() && !OF_THE_SANDBOX.contains(&setting.get_id().as_str());
            setting.hide(is_vain)
        }),
        _ => command.mut_args(|setting| {
            let is_vain = [ON_SCREEN, WHEN_AN_ORDER_MOVES].map(Some).contains(&setting.get_help_heading());
            setting.hide(is_vain)
        }),
    })
}

/// Which of the settings were given, and whether by a flag or by the environment.
fn given(matches: &ArgMatches) -> BTreeMap<&'static str, ValueSource> {
    let source = |name: &'static str| {
        let source = matches.value_source(name)?;
        (source != ValueSource::DefaultValue).then_some((name, source))
    };
    config::FLAGS.into_iter().filter_map(source).collect()
}

/// Help and version on stdout; anything else is a mistake and is told as errors are.
pub fn misunderstood(error: &clap::Error) -> ExitCode {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_nothing_is_said_nothing_has_to_be_read() {
        // What the environment sets is read from there, so that it is left out here.
        let unset = |argument: clap::Arg| argument.env(None::<&'static str>);
        let matches = settings().mut_args(unset).try_get_matches_from(["giftty"]).unwrap();
        let mut manner = Manner::from_arg_matches(&matches).unwrap();
        manner.common.given = given(&matches);
        assert_eq!(format!("{manner:?}"), format!("{:?}", Manner::default()));
    }

    #[test]
    fn the_help_of_a_command_leaves_out_what_means_nothing_there() {
        let help = |command: &str| {
            let help = helpful().find_subcommand_mut(command).unwrap().render_help().to_string();
            ["--fault", "--country", "--theme", "--json"].map(|setting| help.contains(setting))
        };
        assert_eq!(help("sandbox"), [true, false, false, true]);
        assert_eq!(help("brands"), [true, true, false, true]);
        assert_eq!(help("config"), [true; 4]);
    }

    #[test]
    fn a_command_understands_what_its_help_leaves_out() {
        let said = ["giftty", "sandbox", "--theme", "dark", "--country=DE"];
        let matches = helpful().try_get_matches_from(said).unwrap();
        let common = Args::from_arg_matches(&matches).unwrap().manner.common;
        assert_eq!((common.screen.theme.as_deref(), common.country.as_deref()), (Some("dark"), Some("DE")));
    }

    #[test]
    fn every_variable_of_ours_begins_alike() {
        for argument in settings().get_arguments() {
            if let Some(name) = argument.get_env() {
                assert!(name.to_string_lossy().starts_with(OURS), "{name:?}");
            }
        }
    }

    #[test]
    fn a_setting_means_the_same_with_and_without_a_command() {
        let said = ["giftty", "--country", "DE", "--no-bell", "--pace", "real"];
        let alone = settings().try_get_matches_from(said).unwrap();
        let whole = Args::command().try_get_matches_from(said).unwrap();
        let alone_means = format!("{:?}", Manner::from_arg_matches(&alone).unwrap());
        assert_eq!(alone_means, format!("{:?}", Args::from_arg_matches(&whole).unwrap().manner));
        assert_eq!(given(&alone), given(&whole));
    }
}
