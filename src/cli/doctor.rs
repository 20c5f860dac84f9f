//! `giftty doctor`: checks whether this machine is ready for shopping. It prints no secrets.

use std::fs::Metadata;
use std::io::IsTerminal;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;

use rustls::crypto::ring;
use rustls_platform_verifier::Verifier;
use serde::Serialize;

use super::context::CommandContext;
use super::exit::Failed;
use super::output::{Plain, table};
use crate::config::Source;
use crate::journal::Journal;
use crate::terminal;
use crate::theme::depth::Depth;

#[derive(Serialize)]
struct DoctorReport {
    ok: bool,
    version: &'static str,
    checks: Vec<Check>,
}

#[derive(Serialize)]
struct Check {
    name: &'static str,
    ok: bool,
    says: String,
}

impl Plain for DoctorReport {
    fn plain(&self) -> String {
        let mark = |ok| if ok { "ok" } else { "WRONG" };
        let row = |check: &Check| vec![mark(check.ok).to_owned(), check.name.to_owned(), check.says.clone()];
        table(&self.checks.iter().map(row).collect::<Vec<_>>())
    }
}

/// Runs `giftty doctor`.
pub async fn examine(context: &mut CommandContext) -> Result<(), Failed> {
    let mut checks = records(context).await;
    checks.push(shop(context).await);
    checks.push(roots());
    checks.extend(screen());
    let wrong: Vec<&str> = checks.iter().filter(|check| !check.ok).map(|check| check.name).collect();
    let failed = match wrong.as_slice() {
        [] => None,
        names => Some(Failed::unexpected(format!("Something is wrong with: {}.", names.join(", ")))),
    };
    let said =
        context.out.say(&DoctorReport { ok: failed.is_none(), version: env!("CARGO_PKG_VERSION"), checks });
    failed.map_or(said, Err)
}

/// Checks whether orders can be stored, and whether nobody else can read them.
async fn records(context: &CommandContext) -> Vec<Check> {
    let Some(directory) = context.services.config().data_dir.clone() else {
        return vec![wrong("home", "this machine has no place for records; say --data-dir")];
    };
    if !directory.exists() {
        return vec![right("home", "there are no records yet; the first order makes their place")];
    }
    let mut checks = vec![private("home", &directory, 0o700)];
    if !Journal::exists(&directory) {
        checks.push(right("journal", "there is none yet; the first order makes it"));
        return checks;
    }
    // Reported as found: opening the journal makes it private again.
    let file = std::fs::read_dir(&directory).into_iter().flatten().flatten();
    let files = file.filter(|file| file.file_name().to_string_lossy().starts_with("journal."));
    let open = files.map(|file| private("journal", &file.path(), 0o600)).find(|check| !check.ok);
    checks.extend(open);
    checks.push(match context.services.with_journal(Journal::records).await {
        Ok(records) => {
            let notice =
                context.services.notice().await.map(|notice| format!("; {notice}")).unwrap_or_default();
            let records = match records.len() {
                1 => "1 record".to_owned(),
                many => format!("{many} records"),
            };
            right("journal", &format!("{records} of this shop{notice}"))
        }
        Err(failure) => wrong("journal", &failure.to_string()),
    });
    checks
}

/// Checks that only the user can access a file or a folder.
fn private(name: &'static str, path: &Path, wanted: u32) -> Check {
    let mode = |facts: Metadata| facts.permissions().mode() & 0o777;
    match std::fs::metadata(path).map(mode) {
        Ok(mode) if mode & !wanted == 0 => right(name, &format!("private ({mode:04o})")),
        Ok(mode) => wrong(name, &format!("others can see into it ({mode:04o}, should be {wanted:04o})")),
        Err(error) => wrong(name, &error.to_string()),
    }
}

/// Checks that the shop answers.
async fn shop(context: &CommandContext) -> Check {
    let config = context.services.config();
    let whose = if config.partner_id.is_some() { "with a partner id" } else { "without a partner id" };
    let place = match &config.source {
        Source::Embedded { pace, .. } => format!("the sandbox inside this program, at pace {pace}"),
        Source::Address(base) if config.source.is_sandbox() => {
            format!("a shop on this machine, {}", base.as_str())
        }
        Source::Address(base) => format!("{}, {whose}", base.as_str()),
    };
    let asked = match context.services.client().await {
        Ok(client) => client.payment_methods().await,
        Err(failure) => Err(failure),
    };
    match asked {
        Ok(payment_methods) => {
            right("shop", &format!("{place}: {} ways to pay", payment_methods.usable().count()))
        }
        Err(failure) => wrong("shop", &format!("{place}: {failure}")),
    }
}

/// Checks that the system's certificate store can be used.
fn roots() -> Check {
    match Verifier::new(Arc::new(ring::default_provider())) {
        Ok(_) => right("certificates", "checked against the system's store"),
        Err(error) => wrong("certificates", &error.to_string()),
    }
}

/// Describes the terminal; commands do without one, so nothing here is an error.
fn screen() -> Vec<Check> {
    let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let term = variable("TERM").map_or("TERM is not set".to_owned(), |term| format!("TERM={term}"));
    let (name, colorterm) = (variable("TERM").unwrap_or_default(), variable("COLORTERM").unwrap_or_default());
    let colours = match Depth::of(&name, &colorterm) {
        _ if variable("NO_COLOR").is_some() => "no colour, as NO_COLOR asks",
        Depth::Exact => "all colours",
        Depth::Indexed => "256 colours",
        Depth::Sixteen => "16 colours",
        Depth::Mono => "no colours",
    };
    let there = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    let window = match terminal::window().filter(|_| there) {
        Some(size) if size.columns < 40 || size.rows < 12 => {
            format!("{}x{}, too small for the shop's screens (40x12)", size.columns, size.rows)
        }
        Some(size) => format!("{}x{}", size.columns, size.rows),
        None => "no terminal here: commands work, the shop's screens do not".to_owned(),
    };
    vec![
        right("terminal", &format!("{}; {colours}", crate::domain::text::Printable::new(&term))),
        right("window", &window),
    ]
}

fn right(name: &'static str, says: &str) -> Check {
    Check { name, ok: true, says: says.to_owned() }
}

fn wrong(name: &'static str, says: &str) -> Check {
    Check { name, ok: false, says: says.to_owned() }
}
