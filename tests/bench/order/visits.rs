//! What runs in the program while somebody uses it.

use std::collections::BTreeSet;
use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::filling;
use super::kit::player;
use super::kit::program::Program as Profiled;
use super::kit::pty::Pty;
use super::kit::tape::Tape;
use super::program::Program;
use super::shop::Shop;

/// What a visit works through.
pub(super) struct Visit {
    /// The section of the program for what no visit before it has.
    pub(super) section: &'static str,
    /// The names of the functions that ran.
    pub(super) ran: BTreeSet<String>,
}

/// Where the orders of a home are.
const DATA: &str = ".local/share/giftty";
/// More orders than a start reads the newest of.
const MANY: usize = 1_000;
/// After so much silence a start is over, also what it does in the background.
const IDLE: Duration = Duration::from_secs(2);

/// How long an order stays as it is: so long that it can be looked at, by a program that runs under a profiler.
const STEP: Duration = Duration::from_secs(25);
/// What leads to a real shop that is asked nothing: that begins with the first key.
const CLOSED: [(&str, &str); 2] =
    [("GIFTTY_API_BASE", "https://localhost"), ("GIFTTY_PARTNER_ID", "partner")];

/// A new user's start, a returning user's and that of whoever has a real shop, and whole visits to that and to
/// the sandbox.
pub(super) fn all(program: &Program) -> Result<[Visit; 4], Box<dyn Error>> {
    let (new, returning) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let tape = Tape::parse(include_str!("visit.tape"))?;
    let whole = |home: &Path, env: &[(String, String)]| {
        visit(program, home, &[&tape.env, env].concat(), |pty| {
            player::perform(&tape, pty)?;
            pty.wait_exit();
            Ok(())
        })
    };
    let real = whole(tempfile::tempdir()?.path(), &Shop::open(STEP)?.env())?;
    let pace = ("GIFTTY_PACE".to_owned(), format!("every={}s", STEP.as_secs()));
    let embedded = whole(returning.path(), &[pace])?;
    let start = visit(program, new.path(), &[], |pty| shows(pty, "Where do you"))?;
    filling::fill(&returning.path().join(DATA), MANY)?;
    let mut back = visit(program, returning.path(), &[], |pty| shows(pty, "Type to search"))?;
    let closed = CLOSED.map(|(name, value)| (name.to_owned(), value.to_owned()));
    back.extend(visit(program, new.path(), &closed, |pty| shows(pty, "Where do you"))?);
    let sections =
        [(".text.start", start), (".text.return", back), (".text.shop", real), (".text.sandbox", embedded)];
    Ok(sections.map(|(section, ran)| Visit { section, ran }))
}

/// Waits for a start to be over, and asks for what ran in it, before anything runs to end it.
fn shows(pty: &Pty, text: &str) -> Result<(), Box<dyn Error>> {
    pty.wait_for(text);
    pty.wait_quiet(IDLE);
    let asked = Command::new("callgrind_control").arg("--dump").arg(pty.pid()).output()?;
    if asked.status.success() { Ok(()) } else { Err("The profiler does not tell what ran.".into()) }
}

/// The program's own functions that run while somebody uses it.
fn visit(
    program: &Program,
    home: &Path,
    env: &[(String, String)],
    uses: impl FnOnce(&Pty) -> Result<(), Box<dyn Error>>,
) -> Result<BTreeSet<String>, Box<dyn Error>> {
    let profiles = tempfile::tempdir()?;
    let mut file = OsString::from("--callgrind-out-file=");
    file.push(profiles.path().join("profile"));
    let profiled =
        Profiled::new("valgrind").arg("--tool=callgrind").arg("--demangle=no").arg("--dump-instr=no");
    let profiled = profiled.arg(file).arg(Program::PATH).home(home);
    let pty = env.iter().fold(profiled, |profiled, (name, value)| profiled.env(name, value)).start();
    uses(&pty)?;
    let mut ran = BTreeSet::new();
    for profile in fs::read_dir(profiles.path())? {
        let profile = fs::read_to_string(profile?.path())?;
        ran.extend(names(&profile).filter(|name| program.functions.contains_key(name)));
    }
    Ok(ran)
}

/// The functions that a profile names; those that call themselves have a depth behind their names.
fn names(profile: &str) -> impl Iterator<Item = String> {
    let functions =
        profile.lines().filter_map(|line| line.strip_prefix('c').unwrap_or(line).strip_prefix("fn="));
    let names = functions.filter_map(|function| function.split_once(' ')?.1.split('\'').next());
    names.map(str::to_owned)
}
