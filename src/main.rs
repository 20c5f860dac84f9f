//! The program: arguments in, exit code out.

use std::process::ExitCode;

use giftty::cli;

fn main() -> ExitCode {
    cli::main()
}
