//! What runs in the program while somebody uses it.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::filling;
use super::kit::keys::Key;
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
/// After so much silence a key is done with.
const CALM: Duration = Duration::from_millis(400);
/// So many rows further a list scrolls.
const ROWS: usize = 25;
/// So many times it does.
const SCROLLS: usize = 4;

/// Thousands of brands take a profiled program so long.
const LONG: Duration = Duration::from_mins(2);
/// As many brands as the sandbox has.
const FEW: usize = 0;
/// More than are sold anywhere.
const BRANDS: usize = 5_000;
/// How long an order stays as it is: so long that it can be looked at, by a program that runs under a profiler.
const STEP: Duration = Duration::from_secs(25);
/// What leads to a real shop that is asked nothing: that begins with the first key.
const CLOSED: [(&str, &str); 2] =
    [("GIFTTY_API_BASE", "https://localhost"), ("GIFTTY_PARTNER_ID", "partner")];

/// Keys in a list; a new user's start, a returning user's and that of whoever has a real shop; a look around in that,
/// and whole visits to it and to the sandbox.
pub(super) fn all(program: &Program) -> Result<[Visit; 6], Box<dyn Error>> {
    let (new, returning) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let tape = Tape::parse(include_str!("visit.tape"))?;
    let whole = |home: &Path, env: &[(String, String)]| {
        visit(program, home, &[&tape.env, env].concat(), |pty| {
            player::perform(&tape, pty)?;
            pty.wait_exit();
            Ok(())
        })
    };
    let real = whole(tempfile::tempdir()?.path(), &Shop::open(STEP, FEW)?.env())?;
    let pace = ("GIFTTY_PACE".to_owned(), format!("every={}s", STEP.as_secs()));
    let embedded = whole(returning.path(), &[pace])?;
    let shop = Shop::open(STEP, BRANDS)?;
    let in_colours = [("COLORTERM".to_owned(), "truecolor".to_owned())];
    let around =
        visit(program, tempfile::tempdir()?.path(), &[&shop.env()[..], &in_colours].concat(), look_around)?;
    let [start, mut keys] = start_and_keys(program, new.path(), &[], "Where do you")?;
    filling::fill(&returning.path().join(DATA), MANY)?;
    let [mut back, _] = start_and_keys(program, returning.path(), &[], "Type to search")?;
    // Who rests on a brand gets its logo, which is no part of any key.
    let bare = [("GIFTTY_IMAGES".to_owned(), "no".to_owned())];
    let [_, keys_there] = start_and_keys(program, returning.path(), &bare, "Type to search")?;
    keys.extend(keys_there);
    let closed = CLOSED.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let [real_start, _] = start_and_keys(program, new.path(), &closed, "Where do you")?;
    back.extend(real_start);
    let sections = [
        (".text.keys", keys),
        (".text.start", start),
        (".text.return", back),
        (".text.browse", around),
        (".text.shop", real),
        (".text.sandbox", embedded),
    ];
    Ok(sections.map(|(section, ran)| Visit { section, ran }))
}

/// What everybody does in a shop, a key after the other: what runs for one is another thing than what runs for several
/// at once.
fn look_around(pty: &Pty) -> Result<(), Box<dyn Error>> {
    let types = |text: &str| {
        for letter in text.chars() {
            pty.send(letter.to_string());
            pty.wait_quiet(CALM);
        }
    };
    pty.wait_for("Where do you shop");
    types("united st");
    pty.press(Key::Enter);
    let count = format!("of {BRANDS}");
    if !pty.comes_to(LONG, |screen| screen.contents().contains(&count)) {
        return Err("The shop's brands do not come.".into());
    }
    let moves = [(Key::Down, ROWS), (Key::PageDown, 2), (Key::PageUp, 1), (Key::Up, 1)];
    for key in moves.into_iter().flat_map(|(key, times)| std::iter::repeat_n(key, times)) {
        pty.press(key);
        pty.wait_quiet(CALM);
    }
    types("market");
    pty.press(Key::Ctrl('u'));
    pty.wait_quiet(IDLE);
    // How it ends is part of whole visits.
    dump(pty)
}

/// What runs until a screen with a list is there, and what for each key that moves and scrolls it.
fn start_and_keys(
    program: &Program,
    home: &Path,
    env: &[(String, String)],
    shown: &str,
) -> Result<[BTreeSet<String>; 2], Box<dyn Error>> {
    let parts = profiles(program, home, env, |pty| {
        pty.wait_for(shown);
        pty.wait_quiet(IDLE);
        dump(pty)?;
        // The first key has the shop asked, which is no part of any other.
        (0..ROWS).for_each(|_| pty.press(Key::Down));
        pty.wait_quiet(IDLE);
        dump(pty)?;
        for _ in 0..SCROLLS {
            pty.press(Key::Down);
            pty.wait_quiet(CALM);
            dump(pty)?;
        }
        Ok(())
    })?;
    let mut parts = parts.into_values();
    let start = parts.next();
    // What goes on besides, such as looking after open orders, does not run for each of them.
    let keys = parts.skip(1).take(SCROLLS).reduce(|all, key| &all & &key);
    Ok([start, keys].map(Option::unwrap_or_default))
}

/// Asks for what ran since it was asked for last.
fn dump(pty: &Pty) -> Result<(), Box<dyn Error>> {
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
    Ok(profiles(program, home, env, uses)?.into_values().flatten().collect())
}

/// The same by the parts of the visit, which ended where it was asked for what ran.
fn profiles(
    program: &Program,
    home: &Path,
    env: &[(String, String)],
    uses: impl FnOnce(&Pty) -> Result<(), Box<dyn Error>>,
) -> Result<BTreeMap<u32, BTreeSet<String>>, Box<dyn Error>> {
    let profiles = tempfile::tempdir()?;
    let mut file = OsString::from("--callgrind-out-file=");
    file.push(profiles.path().join("profile"));
    let profiled =
        Profiled::new("valgrind").arg("--tool=callgrind").arg("--demangle=no").arg("--dump-instr=no");
    let profiled = profiled.arg(file).arg(Program::PATH).home(home);
    let pty = env.iter().fold(profiled, |profiled, (name, value)| profiled.env(name, value)).start();
    uses(&pty)?;
    let mut parts: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    for profile in fs::read_dir(profiles.path())? {
        let profile = fs::read_to_string(profile?.path())?;
        // There is one more without a number and with nothing in it, while the program runs.
        if let Some(part) = profile.lines().find_map(|line| line.strip_prefix("part: ")?.parse().ok()) {
            let ran = names(&profile).filter(|name| program.functions.contains_key(name));
            parts.entry(part).or_default().extend(ran);
        }
    }
    Ok(parts)
}

/// The functions that a profile names; those that call themselves have a depth behind their names.
fn names(profile: &str) -> impl Iterator<Item = String> {
    let functions =
        profile.lines().filter_map(|line| line.strip_prefix('c').unwrap_or(line).strip_prefix("fn="));
    let names = functions.filter_map(|function| function.split_once(' ')?.1.split('\'').next());
    names.map(str::to_owned)
}
