//! Has the first paint of a released program wait for fewer of its pages, where linker and system can do it.

#![expect(clippy::print_stdout, reason = "this is how cargo is told")]

use std::env;
use std::ffi::OsString;
use std::fs;
use std::iter;
use std::path::Path;
use std::process::Command;

/// Puts the functions together that run when the program is started and used.
const ORDER: &str = ".cargo/start.ld";
/// Packs the list of addresses that are set when the program is loaded, wherever it is loaded to.
const PACK: &str = "-Wl,-z,pack-relative-relocs";
/// What stands in for the shared library that unwinds a panic: the same as a part of the program, so that
/// a start loads one library less.
const UNWINDER: (&str, &str) = ("libgcc_s.so", "INPUT(-lgcc_eh)");
/// A program that succeeds where a panic can be caught.
const TRIAL: &str = "
    fn main() {
        std::panic::set_hook(Box::new(|_| {}));
        assert!(std::panic::catch_unwind(|| panic!()).is_err());
    }
";

fn main() {
    println!("cargo::rerun-if-changed={ORDER}");
    println!("cargo::rerun-if-changed=.cargo/link.rs");
    if set("PROFILE") != "release" || set("CARGO_CFG_TARGET_OS") != "linux" {
        return;
    }
    let (here, out) = (set("CARGO_MANIFEST_DIR"), set("OUT_DIR"));
    let out = Path::new(&out);
    let order = format!("-Wl,-T,{}", Path::new(&here).join(ORDER).display());
    // Whether a program that is packed can be loaded, and whether it unwinds, is told by the system that it is for.
    let is_native = set("HOST") == set("TARGET");
    let if_native = [Some(PACK.to_owned()), unwinder(out)].into_iter().flatten().filter(|_| is_native);
    for argument in iter::once(order).chain(if_native) {
        if works(out, &argument, is_native) {
            println!("cargo::rustc-link-arg-bins={argument}");
        }
    }
}

/// Where the linker finds the unwinder first.
fn unwinder(out: &Path) -> Option<String> {
    let folder = out.join("unwinder");
    fs::create_dir_all(&folder).ok()?;
    fs::write(folder.join(UNWINDER.0), UNWINDER.1).ok()?;
    Some(format!("-L{}", folder.display()))
}

fn set(name: &str) -> OsString {
    env::var_os(name).unwrap_or_default()
}

/// Whether a program that is linked with an argument comes to be, and runs.
fn works(out: &Path, argument: &str, is_native: bool) -> bool {
    let (source, program) = (out.join("trial.rs"), out.join("trial"));
    if fs::write(&source, TRIAL).is_err() {
        return false;
    }
    let flags = set("CARGO_ENCODED_RUSTFLAGS").into_string().unwrap_or_default();
    let mut trial = Command::new(set("RUSTC"));
    trial.args(flags.split('\x1f').filter(|flag| !flag.is_empty()));
    trial.arg("--target").arg(set("TARGET"));
    if let Some(linker) = env::var_os("RUSTC_LINKER") {
        let mut wanted = OsString::from("linker=");
        wanted.push(linker);
        trial.arg("-C").arg(wanted);
    }
    trial.arg("-C").arg(format!("link-arg={argument}")).arg("-o").arg(&program).arg(source);
    let succeeds = |mut command: Command| command.output().is_ok_and(|output| output.status.success());
    succeeds(trial) && (!is_native || succeeds(Command::new(program)))
}
