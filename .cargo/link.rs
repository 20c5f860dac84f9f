//! Has the first paint of a released program wait for fewer of its pages, where linker and system can do it.

#![expect(clippy::print_stdout, reason = "this is how cargo is told")]

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Puts the functions together that the first paint works through.
const ORDER: &str = ".cargo/start.ld";
/// Packs the list of addresses that are set when the program is loaded, wherever it is loaded to.
const PACK: &str = "-Wl,-z,pack-relative-relocs";

fn main() {
    println!("cargo::rerun-if-changed={ORDER}");
    println!("cargo::rerun-if-changed=.cargo/link.rs");
    if set("PROFILE") != "release" || set("CARGO_CFG_TARGET_OS") != "linux" {
        return;
    }
    let (here, out) = (set("CARGO_MANIFEST_DIR"), set("OUT_DIR"));
    let order = format!("-Wl,-T,{}", Path::new(&here).join(ORDER).display());
    // Whether a program that is packed can be loaded is told by the system that it is for.
    let is_native = set("HOST") == set("TARGET");
    for argument in [Some(order), is_native.then(|| PACK.to_owned())].into_iter().flatten() {
        if works(Path::new(&out), &argument, is_native) {
            println!("cargo::rustc-link-arg-bins={argument}");
        }
    }
}

fn set(name: &str) -> OsString {
    env::var_os(name).unwrap_or_default()
}

/// Whether a program that is linked with an argument comes to be, and runs.
fn works(out: &Path, argument: &str, is_native: bool) -> bool {
    let (source, program) = (out.join("trial.rs"), out.join("trial"));
    if fs::write(&source, "fn main() {}").is_err() {
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
