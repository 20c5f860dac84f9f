//! `giftty sandbox`: the faithful local shop, served alone.

use std::io::Write;
use std::net::SocketAddr;

use serde::Serialize;
use tokio::signal::unix::{SignalKind, signal};

use super::Common;
use super::exit::Failed;
use super::output;
use crate::sandbox::{Pace, Sandbox, Settings, faults};

/// How the sandbox is served.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = faults::SYNTAX)]
pub struct SandboxArgs {
    /// Where to listen; port 0 takes any free one.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    pub listen: SocketAddr,
}

#[derive(Serialize)]
struct Serving<'a> {
    base_url: &'a str,
}

/// Serves until it is told to end.
pub fn serve(args: &SandboxArgs, common: &Common, json: bool) -> Result<(), Failed> {
    let orders_file = common.config()?.sandbox_orders();
    let settings = Settings {
        listen: args.listen,
        pace: common.pace.unwrap_or(Pace::Demo),
        faults: common.faults.clone(),
        orders_file,
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failed::unexpected(error.to_string()))?;
    runtime.block_on(async {
        let failed = |error: std::io::Error| Failed::unexpected(error.to_string());
        let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
        let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
        let sandbox =
            Sandbox::start(settings).await.map_err(|error| Failed::unexpected(error.to_string()))?;
        let mut out = std::io::stdout();
        let base_url = sandbox.base_url();
        let line = if json {
            output::json(&Serving { base_url }).map_err(|error| Failed::unexpected(error.to_string()))?
        } else {
            base_url.to_owned()
        };
        writeln!(out, "{line}").and_then(|()| out.flush()).map_err(failed)?;
        if let Some(note) = sandbox.note() {
            // The note is optional; serving continues if stderr is gone.
            let _ = writeln!(std::io::stderr(), "giftty: {note}");
        }
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        sandbox.stop().await;
        Ok(())
    })
}
