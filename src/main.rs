//! The program: arguments in, exit code out.

use std::process::ExitCode;

use clap::Parser;
use giftty::cli::{self, Args};

fn main() -> ExitCode {
    cli::run(Args::parse())
}
