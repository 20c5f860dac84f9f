//! The binary's entry point; see [`giftty::app`].

use std::process::ExitCode;

use giftty::app;

fn main() -> ExitCode {
    app::main()
}
