//! Writes `.cargo/start.ld`, the list by which functions lie in a released program: those that run for a key in a
//! list first, then those of a new user's start, what a returning user's takes besides, then a look around in a
//! real shop, the rest of a whole visit to that, and of one to the sandbox.
//!
//! `cargo bench --bench order` builds the program, profiles it in the sandbox, writes the list, builds the
//! program again and tells how well the list fits. It takes some minutes, and is worth it when what a start
//! works through has changed. It needs valgrind, openssl and Linux.

#[path = "../filling.rs"]
mod filling;
#[cfg(test)]
mod kit;
mod list;
mod program;
mod shop;
mod visits;

use std::collections::BTreeSet;
use std::error::Error;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, ExitCode};

use program::Program;
use visits::Visit;

/// Where the list is kept.
const LIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/.cargo/start.ld");

fn main() -> ExitCode {
    match order(&mut io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _told = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn order(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    if !cfg!(target_os = "linux") || Command::new("valgrind").arg("--version").output().is_err() {
        return Err("The order of functions is found with valgrind, on Linux: please install it.".into());
    }
    let program = Program::build()?;
    let visits = visits::all(&program)?;
    std::fs::write(LIST, list::script(&visits, &program))?;
    tell(&visits, &Program::build()?, out)?;
    Ok(writeln!(out, "{} is written", Path::new(LIST).display())?)
}

/// How well the program is in order.
fn tell(visits: &[Visit], program: &Program, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "section         functions run   bytes run   bytes there   windows touched elsewhere")?;
    let (mut known, mut sections) = (BTreeSet::new(), Vec::new());
    for Visit { section, ran } in visits {
        sections.push(*section);
        let fresh: Vec<_> = ran.difference(&known).filter_map(|name| program.functions.get(name)).collect();
        let bytes: u64 = fresh.iter().map(|function| function.size).sum();
        let functions = ran.iter().filter_map(|name| program.functions.get(name));
        let elsewhere: BTreeSet<u64> = functions
            .filter(|function| !sections.contains(&function.section.as_str()))
            .flat_map(program::Function::windows)
            .collect();
        let (count, room) = (fresh.len(), program.room(section));
        writeln!(out, "{section:<15} {count:>13} {bytes:>11} {room:>13} {:>27}", elsewhere.len())?;
        known.extend(ran.iter().cloned());
    }
    Ok(())
}
