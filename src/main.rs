//! The program: arguments in, exit code out.

use std::process::ExitCode;

use giftty::app;

fn main() -> ExitCode {
    app::main()
}
