//! Parses the command line.

use std::collections::BTreeMap;
use std::env;
use std::process::ExitCode;

use clap::parser::ValueSource;
use clap::{ArgMatches, CommandFactory, FromArgMatches};

use super::exit::{self, Failed};
use super::{Args, GlobalArgs, ON_SCREEN, WHEN_AN_ORDER_MOVES, config, output};

/// The prefix of the environment variables that hold settings.
const OURS: &str = "GIFTTY_";
/// The settings that have an effect on a sandbox served alone.
const OF_THE_SANDBOX: [&str; 5] = ["data_dir", "pace", "faults", "config", "json"];

/// Parses the command line and the environment's settings.
///
/// Building the parser takes about as long as everything else before the first frame, so it is skipped if there
/// is nothing to parse: the shop is usually opened without arguments.
pub fn parse_args() -> Result<Args, clap::Error> {
    if env::args_os().len() <= 1 && !is_anything_set() {
        return Ok(Args { command: None, global: GlobalArgs::default() });
    }
    let matches = parser().try_get_matches()?;
    let mut args = Args::from_arg_matches(&matches)?;
    args.global.common.given = given(&matches);
    Ok(args)
}

/// Returns whether the environment holds any setting.
fn is_anything_set() -> bool {
    env::vars_os().any(|(name, _)| name.as_encoded_bytes().starts_with(OURS.as_bytes()))
}

/// Builds the parser. Every command accepts every setting in any position, but a command's help leaves out
/// those that have no effect there.
fn parser() -> clap::Command {
    let mut whole = Args::command();
    whole.build();
    whole.mut_subcommands(|command| match command.get_name() {
        // It lists all of them.
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

/// Returns which settings were given, and whether by a flag or by the environment.
fn given(matches: &ArgMatches) -> BTreeMap<&'static str, ValueSource> {
    let source = |name: &'static str| {
        let source = matches.value_source(name)?;
        (source != ValueSource::DefaultValue).then_some((name, source))
    };
    config::FLAGS.into_iter().filter_map(source).collect()
}

/// Prints help and version on stdout, and reports anything else like other errors.
pub fn report(error: &clap::Error) -> ExitCode {
    let json = std::env::args_os().any(|argument| argument == "--json");
    if error.use_stderr() && json {
        let text = error.to_string();
        // The message stands before the first empty line, the usage after it.
        let mistake = text.lines().take_while(|line| !line.is_empty()).map(str::trim);
        let mistake = mistake.collect::<Vec<_>>().join(" ");
        let sentence = mistake.trim_start_matches("error: ");
        return output::exit_code(Err(Failed::usage(sentence)), json);
    }
    // A closed pipe is no error: the user has read enough of the help.
    let _ = error.print();
    if error.use_stderr() { ExitCode::from(exit::Reason::Usage.exit()) } else { ExitCode::SUCCESS }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_nothing_is_said_nothing_has_to_be_read() {
        // The environment is read separately, so it is ignored here.
        let unset = |argument: clap::Arg| argument.env(None::<&'static str>);
        let matches = parser().mut_args(unset).try_get_matches_from(["giftty"]).unwrap();
        let mut global = GlobalArgs::from_arg_matches(&matches).unwrap();
        global.common.given = given(&matches);
        assert_eq!(format!("{global:?}"), format!("{:?}", GlobalArgs::default()));
    }

    #[test]
    fn the_help_of_a_command_leaves_out_what_means_nothing_there() {
        let help = |command: &str| {
            let help = parser().find_subcommand_mut(command).unwrap().render_help().to_string();
            ["--fault", "--country", "--theme", "--json"].map(|setting| help.contains(setting))
        };
        assert_eq!(help("sandbox"), [true, false, false, true]);
        assert_eq!(help("brands"), [true, true, false, true]);
        assert_eq!(help("config"), [true; 4]);
    }

    #[test]
    fn a_command_understands_what_its_help_leaves_out() {
        let said = ["giftty", "sandbox", "--theme", "dark", "--country=DE"];
        let matches = parser().try_get_matches_from(said).unwrap();
        let common = Args::from_arg_matches(&matches).unwrap().global.common;
        assert_eq!((common.screen.theme.as_deref(), common.country.as_deref()), (Some("dark"), Some("DE")));
    }

    #[test]
    fn every_variable_of_ours_begins_alike() {
        for argument in parser().get_arguments() {
            if let Some(name) = argument.get_env() {
                assert!(name.to_string_lossy().starts_with(OURS), "{name:?}");
            }
        }
    }
}
