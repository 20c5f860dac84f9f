//! The released program with the names of its functions.

use std::collections::BTreeMap;
use std::env;
use std::error::Error;
use std::ops::RangeInclusive;
use std::process::Command;

/// A function as it lies in the program.
pub(super) struct Function {
    /// The section that it lies in.
    pub(super) section: String,
    address: u64,
    /// How many bytes it has.
    pub(super) size: u64,
}

/// A released program that keeps the names of its functions.
pub(super) struct Program {
    /// The functions, by the names that the linker knows them by.
    pub(super) functions: BTreeMap<String, Function>,
}

impl Program {
    /// Where it is built.
    pub(super) const PATH: &str = env!("CARGO_BIN_EXE_giftty");

    /// Builds the program.
    pub(super) fn build() -> Result<Self, Box<dyn Error>> {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["rustc", "--release", "--bin", "giftty", "--", "-C", "strip=none"]);
        // What cargo tells this tool about its package would have whatever looks at that be built anew.
        let told = env::vars_os().filter_map(|(name, _)| name.into_string().ok()).filter(|name| {
            name == "OUT_DIR" || name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
        });
        told.for_each(|name| _ = cargo.env_remove(name));
        if !cargo.current_dir(env!("CARGO_MANIFEST_DIR")).status()?.success() {
            return Err("The program could not be built.".into());
        }
        let listed = Command::new("objdump").arg("--syms").arg(Self::PATH).output()?;
        let text = String::from_utf8(listed.stdout)?;
        Ok(Self { functions: text.lines().filter_map(function).collect() })
    }

    /// How many bytes a section takes.
    pub(super) fn room(&self, section: &str) -> u64 {
        let inside = || self.functions.values().filter(|function| function.section == section);
        let end = inside().map(|function| function.address + function.size).max();
        let start = inside().map(|function| function.address).min();
        end.zip(start).map_or(0, |(end, start)| end - start)
    }
}

impl Function {
    /// The windows of 64 KB that it lies in: so much is mapped at once around what is touched.
    pub(super) fn windows(&self) -> RangeInclusive<u64> {
        self.address >> 16..=(self.address + self.size.max(1) - 1) >> 16
    }
}

/// A function from its line of the table: `address flags section<TAB>size name`.
fn function(line: &str) -> Option<(String, Function)> {
    let (place, rest) = line.split_once('\t')?;
    let mut place = place.split_whitespace();
    let address = u64::from_str_radix(place.next()?, 16).ok()?;
    let section = place.next_back()?.to_owned();
    let is_function = place.any(|flag| flag == "F");
    let mut rest = rest.split_whitespace();
    let size = u64::from_str_radix(rest.next()?, 16).ok()?;
    is_function.then_some((rest.next_back()?.to_owned(), Function { section, address, size }))
}
