//! The list itself: a linker script that puts functions together by their names.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::program::Program;
use super::visits::Visit;

/// Where a pattern is cut: the list is shorter, and hardly anything else begins like that.
const LONGEST: usize = 40;
/// A pattern is loose where all that it matches takes so many times the bytes of what ran.
const LOOSE: u64 = 2;
/// What a start works through on one machine or another, and a profile does not show: the kernel's clock, which
/// valgrind hides, and the colours of the terminal.
const BESIDES: [&str; 2] = ["_ZN6rustix7backend4vdso*", "_ZN6giftty5theme5depth*"];
/// What a look around in a real shop works through besides, where a thread comes too early.
const EARLY: &str = "_ZN3std4sync4mpmc4list*wait_next*";
/// The same: TLS in assembly, whose functions have no sections of their own, but for what a processor with instructions
/// for AES has no use for.
const ASSEMBLY: [&str; 2] =
    ["*x86_64*-elf.o(EXCLUDE_FILE(*chacha20_poly1305* *vpaes*) .text)", "*fiat_curve25519_adx*.o(.text)"];

/// The section for what loose patterns match besides.
const REST: &str = ".text.rest";

const HEAD: &str = "\
/* What a key works through in a list, what a new user's start takes besides, then a returning user's, a look
   around in a real shop, and the rest of whole visits to that and to the sandbox: put together in the program, so
   that fewer of its pages are mapped. `cargo bench --bench order` writes this.
   A function that is missing here, or that is no more, costs some of that and nothing else. */
SECTIONS {
";
const FOOT: &str = "} INSERT BEFORE .text;\n";

/// The list for what ran in some visits, the first ones first.
///
/// A name is listed as the shortest pattern that is not loose. Where there is none, as for instances of something
/// generic, it stands there as it is, and its pattern at the end, for the day on which the name is another.
pub(super) fn script(visits: &[Visit], program: &Program) -> String {
    let there = bytes(program.functions.keys(), program);
    let (mut listed, mut rest) = (BTreeSet::new(), BTreeSet::new());
    let mut script = HEAD.to_owned();
    for Visit { section, ran } in visits {
        let mut lines: BTreeSet<String> = match *section {
            ".text.start" => BESIDES.map(of_name).into(),
            ".text.browse" => ASSEMBLY.map(str::to_owned).into_iter().chain([of_name(EARLY)]).collect(),
            _ => BTreeSet::new(),
        };
        let run = bytes(ran, program);
        for name in ran {
            let [short, long] = patterns(name);
            let is_tight = |pattern: &String| there[pattern] <= run[pattern] * LOOSE;
            let tight = [short, long.clone()].into_iter().find(is_tight);
            if tight.is_none() {
                rest.insert(of_name(&long));
            }
            lines.insert(of_name(tight.as_deref().unwrap_or(name)));
        }
        script += &written(section, &(&lines - &listed));
        listed.append(&mut lines);
    }
    script + &written(REST, &(&rest - &listed)) + FOOT
}

/// How many bytes each pattern of some functions matches among them.
fn bytes<'a>(names: impl IntoIterator<Item = &'a String>, program: &Program) -> BTreeMap<String, u64> {
    let mut bytes = BTreeMap::new();
    for name in names {
        for pattern in patterns(name) {
            *bytes.entry(pattern).or_default() += program.functions[name].size;
        }
    }
    bytes
}

/// The code of the functions with such a name.
fn of_name(pattern: &str) -> String {
    format!("*(.text*.{pattern})")
}

/// A section of the script.
fn written(section: &str, lines: &BTreeSet<String>) -> String {
    let begun = format!("  {section} : {{\n");
    lines.iter().fold(begun, |script, line| script + "    " + line + "\n") + "  }\n"
}

/// A name without what changes from build to build: hashes, the numbers of crates, what optimisation appends;
/// cut short, and whole.
fn patterns(name: &str) -> [String; 2] {
    static CHANGING: LazyLock<Regex> = LazyLock::new(|| {
        let changing =
            r"(17h)[0-9a-f]{16}E.*$|(Cs)[0-9A-Za-z]+(_)|(\.)(?:llvm|constprop|part|isra|cold|\d).*$";
        Regex::new(changing).expect("a pattern")
    });
    let whole = CHANGING.replace_all(name, "$1$2$4*$3").into_owned();
    let short = match whole.get(..LONGEST) {
        Some(beginning) => beginning.trim_end_matches('*').to_owned() + "*",
        None => whole.clone(),
    };
    [short, whole]
}
