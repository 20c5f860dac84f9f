//! This machine's own clipboard, reached through an installed program.

use std::io::{self, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::config::clipboard::Tool;
use crate::domain::text::Secret;

/// How long such a program may run; one that has to stay puts itself into the background.
const PATIENCE: Duration = Duration::from_secs(2);

/// Passes a text to these programs in turn until one accepts it. Returns whether one did. Blocks.
///
/// The text goes through a pipe, because everybody can read a program's arguments.
pub(super) fn copy(tools: &[Tool], text: &Secret) -> bool {
    tools.iter().any(|tool| hand_over(tool, text).is_ok_and(|status| status.success()))
}

fn hand_over(tool: Tool, text: &Secret) -> io::Result<ExitStatus> {
    let (program, arguments) = tool.split_first().ok_or(io::ErrorKind::NotFound)?;
    let mut command = Command::new(program);
    // Its messages must not appear on the screen.
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    let written = child.stdin.take().map_or(Ok(()), |mut pipe| pipe.write_all(text.reveal().as_bytes()));
    let ended = wait(&mut child);
    written.and(ended)
}

/// Waits for a program to exit, and kills it if it does not in time.
fn wait(child: &mut Child) -> io::Result<ExitStatus> {
    let began = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if began.elapsed() > PATIENCE {
            child.kill()?;
            return child.wait();
        }
        sleep(Duration::from_millis(5));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_or_fails_is_passed_over() {
        let text = Secret::from("101.48");
        assert!(!copy(&[], &text));
        assert!(!copy(&[&["giftty-has-no-such-program"], &["false"]], &text));
        assert!(copy(&[&["giftty-has-no-such-program"], &["sh", "-c", "test \"$(cat)\" = 101.48"]], &text));
    }
}
