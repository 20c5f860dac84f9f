//! Runs a test in a process of its own, for what is measured of a whole process.

use std::process::Command;

/// Set in the process that runs one test alone.
const ALONE: &str = "GIFTTY_TEST_ALONE";

/// Starts these tests again for the one of this name, and runs its body there.
pub(crate) fn alone(name: &str, body: impl FnOnce()) {
    if std::env::var_os(ALONE).is_some() {
        return body();
    }
    let mut again = Command::new(std::env::current_exe().unwrap());
    let output = again.args(["--exact", name, "--nocapture"]).env(ALONE, "1").output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains(" 1 passed"), "{said}{errors}");
}
