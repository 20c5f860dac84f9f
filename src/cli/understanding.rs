//! How a command line is understood, no slower than it has to be: the first paint waits for it.

use std::collections::BTreeMap;
use std::env;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, Args as _, CommandFactory, FromArgMatches};

use super::exit::{self, Failed};
use super::{Args, Manner, config};

/// The variables that settings come from begin like this.
const OURS: &str = "GIFTTY_";

/// The command line. To put the commands together, each with every setting, takes longer than
/// anything else before the first paint, and the settings alone still a good part of it: so each is
/// done only where there is something to read.
pub(super) fn understood() -> Result<Args, clap::Error> {
    if env::args_os().len() <= 1 && !is_anything_set() {
        return Ok(Args { command: None, manner: Manner::default() });
    }
    let (mut args, matches) = match settings().try_get_matches() {
        Ok(matches) => (Args { command: None, manner: Manner::from_arg_matches(&matches)? }, matches),
        Err(version) if version.kind() == ErrorKind::DisplayVersion => return Err(version),
        Err(_) => {
            let matches = Args::command().try_get_matches()?;
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

/// Which of the settings were given, and whether by a flag or by the environment.
fn given(matches: &ArgMatches) -> BTreeMap<&'static str, ValueSource> {
    let source = |name: &'static str| {
        let source = matches.value_source(name)?;
        (source != ValueSource::DefaultValue).then_some((name, source))
    };
    config::FLAGS.into_iter().filter_map(source).collect()
}

/// Help and version on stdout; anything else is a mistake and is told as errors are.
pub(super) fn misunderstood(error: &clap::Error) -> ExitCode {
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
