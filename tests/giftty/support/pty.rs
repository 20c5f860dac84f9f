//! A program in a pseudo-terminal: what it draws, what is typed at it, how it ends.

use std::io::{PipeReader, PipeWriter, Read, Write};
use std::num::NonZeroU16;
use std::process::Child;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, Once, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use pty_process::Size;
use pty_process::blocking::{Command, Pty as Master};
use regex::Regex;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use tempfile::TempDir;
use tokio::signal::unix::{SignalKind, signal};
use vt100::{Parser, Screen};

use super::cells::Cells;
use super::keys::Key;
use super::modes;
use super::program::Program;

/// How long anything may take on a busy machine before the test is told.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// How long somebody looks at a question before answering it.
pub(crate) const LOOK: Duration = Duration::from_millis(350);

/// The terminal's session belongs to a shell that dies of a hang-up, whereupon the kernel
/// tells the program, as it is in daily life. Between the two stands one that outlives them
/// to note the line settings and the status; a program that owned the session itself would
/// have its line settings reset by the kernel. Both write to a pipe where a program has its
/// standard error.
const SESSION: &str = r#"trap : INT QUIT TERM; sh -c "$@"; :"#;
const WITNESS: &str = r#"
trap : HUP INT QUIT TERM
notes=$1; shift
stty -g >"$notes/before"
sh -c 'echo $$ >"$0/pid"; exec "$@"' "$notes" "$@" 2>&1
status=$?
stty -g >"$notes/after"
echo "status $status" >&2
"#;

/// Held while a terminal is opened and its program started, so that no other program
/// inherits the descriptor and keeps the terminal alive.
static STARTING: Mutex<()> = Mutex::new(());

static DEFAULT_SIGNALS: Once = Once::new();

/// A program in a terminal of its own, killed when this is dropped.
pub(crate) struct Pty {
    shared: Arc<Shared>,
    line: Option<Line>,
    leader: Pid,
    notes: TempDir,
}

/// The open connection to the terminal; dropping it hangs up.
struct Line {
    master: Arc<Master>,
    reader: JoinHandle<()>,
    stop: PipeWriter,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    parser: Parser,
    output: Vec<u8>,
    output_ended: bool,
    verdict: Option<String>,
}

impl Pty {
    /// Starts a program under a shell, in a terminal of the size that it asks for.
    pub(crate) fn start(program: Program) -> Self {
        let notes = tempfile::tempdir().unwrap();
        let home = program.home.unwrap_or_else(|| notes.path().join("home"));
        std::fs::create_dir_all(&home).unwrap();
        let shared = Arc::new(Shared::default());
        shared.lock().parser.screen_mut().set_size(nonzero(program.rows), nonzero(program.columns));

        DEFAULT_SIGNALS.call_once(take_ignored_signals);
        let starting = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
        let (master, slave) = pty_process::blocking::open().unwrap();
        master.resize(Size::new(program.rows, program.columns)).unwrap();
        let (verdict, witness) = std::io::pipe().unwrap();
        let session = Command::new("/bin/sh").args(["-c", SESSION, "sh", WITNESS, "sh"]).arg(notes.path());
        let session = session.args(program.command).env_clear().envs(program.env).env("HOME", &home);
        let child = session.current_dir(&home).stderr(witness).spawn(slave).unwrap();
        drop(starting);

        let leader = Pid::from_child(&child);
        let (told_to_stop, stop) = std::io::pipe().unwrap();
        let master = Arc::new(master);
        let reader = {
            let (shared, master) = (Arc::clone(&shared), Arc::clone(&master));
            std::thread::spawn(move || shared.read(&master, &told_to_stop))
        };
        let waiting = Arc::clone(&shared);
        std::thread::spawn(move || waiting.wait_for_end(child, verdict));
        Self { shared, line: Some(Line { master, reader, stop }), leader, notes }
    }

    /// Types bytes.
    #[track_caller]
    pub(crate) fn send(&self, bytes: impl AsRef<[u8]>) {
        (&*self.line().master).write_all(bytes.as_ref()).unwrap();
    }

    /// Presses a key that orders, reveals, removes or the like, after looking at the question for a while.
    #[track_caller]
    pub(crate) fn decides(&self, bytes: impl AsRef<[u8]>) {
        self.wait_quiet(LOOK);
        self.send(bytes);
    }

    /// Presses a key.
    #[track_caller]
    pub(crate) fn press(&self, key: Key) {
        self.send(key.bytes());
    }

    /// Pastes text, in brackets if the program asked for them, as a terminal does.
    #[track_caller]
    pub(crate) fn paste(&self, text: &str) {
        if self.shared.lock().parser.screen().bracketed_paste() {
            self.send(format!("\x1b[200~{text}\x1b[201~"));
        } else {
            self.send(text.replace('\n', "\r"));
        }
    }

    /// Changes the terminal's size, of which the kernel tells the program.
    #[track_caller]
    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        self.shared.lock().parser.screen_mut().set_size(nonzero(rows), nonzero(columns));
        self.line().master.resize(Size::new(rows, columns)).unwrap();
    }

    /// Sends the program a signal; wait for something it draws first, or it may not be there.
    #[track_caller]
    pub(crate) fn signal(&self, signal: Signal) {
        let pid = self.pid().parse().ok().and_then(Pid::from_raw);
        kill_process(pid.expect("the program has started"), signal).unwrap();
    }

    /// The program's number; wait for something it draws first.
    pub(crate) fn pid(&self) -> String {
        self.note("pid")
    }

    /// Takes the terminal away, as closing its window does.
    pub(crate) fn hang_up(&mut self) {
        if let Some(Line { master, reader, stop }) = self.line.take() {
            drop(stop);
            drop(reader.join());
            drop(master);
        }
    }

    /// Waits until a text is on the screen.
    #[track_caller]
    pub(crate) fn wait_for(&self, text: &str) {
        self.wait_until(&format!("{text:?}"), |screen| screen.contents().contains(text));
    }

    /// Waits until no text like this is on the screen any more.
    #[track_caller]
    pub(crate) fn wait_gone(&self, text: &str) {
        self.wait_until(&format!("{text:?} to go"), |screen| !screen.contents().contains(text));
    }

    /// Waits until the screen's text matches a pattern.
    #[track_caller]
    pub(crate) fn wait_for_regex(&self, pattern: &str) {
        let regex = Regex::new(pattern).unwrap();
        self.wait_until(&format!("/{pattern}/"), |screen| regex.is_match(&screen.contents()));
    }

    /// Waits until a condition holds; `what` names it in the failure.
    #[track_caller]
    pub(crate) fn wait_until(&self, what: &str, condition: impl Fn(&Screen) -> bool) {
        if !self.comes_to(PATIENCE, condition) {
            let state = self.shared.lock();
            let why = if state.output_ended { "the program ended" } else { "in vain" };
            let screen = state.parser.screen().contents();
            panic!("waited for {what}: {why}, verdict {:?}, screen:\n{screen}", state.verdict);
        }
    }

    /// Whether a condition comes to hold in time; false at once when the program has ended.
    pub(crate) fn comes_to(&self, timeout: Duration, condition: impl Fn(&Screen) -> bool) -> bool {
        let holds = |state: &State| condition(state.parser.screen());
        let state = self.shared.wait(timeout, |state| state.output_ended || holds(state));
        holds(&state)
    }

    /// Whether the program comes to have written a text so many times; false at once when it has ended.
    #[cfg(feature = "pictures")]
    pub(crate) fn comes_to_write(&self, text: &str, times: usize) -> bool {
        let wrote = |state: &State| {
            let found = state.output.windows(text.len()).filter(|there| *there == text.as_bytes());
            found.count() >= times
        };
        wrote(&self.shared.wait(PATIENCE, |state| state.output_ended || wrote(state)))
    }

    /// Waits until the program has written nothing at all for a while.
    #[track_caller]
    pub(crate) fn wait_quiet(&self, silence: Duration) {
        let deadline = Instant::now() + PATIENCE;
        let mut state = self.shared.lock();
        while Instant::now() < deadline {
            let before = state.output.len();
            let (next, waited) = self
                .shared
                .changed
                .wait_timeout_while(state, silence, |state| state.output.len() == before)
                .unwrap_or_else(PoisonError::into_inner);
            if waited.timed_out() {
                return;
            }
            state = next;
        }
        panic!("never {silence:?} without output, screen:\n{}", state.parser.screen().contents());
    }

    /// Waits until the program has ended and all it wrote is read; its status as a shell has
    /// it, 128 and the signal's number for a program that was killed.
    #[track_caller]
    pub(crate) fn wait_exit(&self) -> i32 {
        let state = self.shared.wait(PATIENCE, |state| state.verdict.is_some() && state.output_ended);
        let status =
            state.verdict.as_ref().and_then(|verdict| verdict.rsplit_once("status ")?.1.trim().parse().ok());
        let Some(status) = status else {
            let screen = state.parser.screen().contents();
            panic!("the program does not end, verdict {:?}, screen:\n{screen}", state.verdict)
        };
        status
    }

    /// What the ended program left of the terminal that it was given: nothing if all is well.
    pub(crate) fn left_behind(&self) -> Vec<String> {
        let mut left = modes::left_behind(&self.shared.lock().output);
        let (before, after) = (self.note("before"), self.note("after"));
        if before != after || before.is_empty() {
            left.push(format!("line settings were {before}, are {after}"));
        }
        left
    }

    /// The text of the screen.
    pub(crate) fn text(&self) -> String {
        self.cells().text()
    }

    /// The screen with its colours.
    pub(crate) fn cells(&self) -> Cells {
        Cells::from(self.shared.lock().parser.screen())
    }

    /// Every byte that the program has written so far.
    pub(crate) fn output(&self) -> Vec<u8> {
        self.shared.lock().output.clone()
    }

    #[track_caller]
    fn line(&self) -> &Line {
        self.line.as_ref().expect("the terminal is still there")
    }

    fn note(&self, name: &str) -> String {
        std::fs::read_to_string(self.notes.path().join(name)).unwrap_or_default().trim().to_owned()
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        self.hang_up();
        let state = self.shared.lock();
        if state.verdict.is_none() {
            // Not reaped while the lock is held, so the number still means our processes; a
            // group that is gone already is what we want.
            let _gone = kill_process_group(self.leader, Signal::KILL);
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }

    /// The state as soon as the condition holds, or when the time is up.
    fn wait(&self, timeout: Duration, condition: impl Fn(&State) -> bool) -> MutexGuard<'_, State> {
        let (state, _) = self
            .changed
            .wait_timeout_while(self.lock(), timeout, |state| !condition(state))
            .unwrap_or_else(PoisonError::into_inner);
        state
    }

    /// Follows the program's output to its end, or until told to stop.
    fn read(&self, mut master: &Master, told_to_stop: &PipeReader) {
        let mut buffer = [0; 16 * 1024];
        loop {
            let mut ready = [PollFd::new(&master, PollFlags::IN), PollFd::new(told_to_stop, PollFlags::IN)];
            let polled = poll(&mut ready, None);
            if polled == Err(rustix::io::Errno::INTR) {
                continue;
            }
            if polled.is_err() || !ready[1].revents().is_empty() {
                break;
            }
            // A terminal that nobody has open any more answers with an error.
            let Ok(length @ 1..) = master.read(&mut buffer) else { break };
            self.change(|state| {
                state.parser.process(&buffer[..length]);
                state.output.extend_from_slice(&buffer[..length]);
            });
        }
        self.change(|state| state.output_ended = true);
    }

    /// Waits for the program's end, and frees the session's number only while nobody is
    /// about to use it.
    fn wait_for_end(&self, mut session: Child, mut verdict: PipeReader) {
        let mut text = Vec::new();
        let read = verdict.read_to_end(&mut text);
        self.change(|state| {
            let status = session.wait();
            let text = String::from_utf8_lossy(&text);
            state.verdict = Some(format!("{read:?}, {status:?}: {text}"));
        });
    }
}

/// Handles the signals that this process was started to ignore, as `nohup` and a script's `&` do:
/// programs inherit an ignored signal, and a shell cannot take it back, but a handled one is the
/// default again in a program that is started.
fn take_ignored_signals() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().unwrap();
    let _entered = runtime.enter();
    let signals =
        [SignalKind::hangup(), SignalKind::interrupt(), SignalKind::quit(), SignalKind::terminate()];
    for (name, kind) in ["HUP", "INT", "QUIT", "TERM"].into_iter().zip(signals) {
        let outlives_it = format!("ulimit -c 0; kill -s {name} $$; exit 0");
        let ended = std::process::Command::new("/bin/sh").args(["-c", &outlives_it]).status().unwrap();
        if ended.success() {
            drop(signal(kind).unwrap());
        }
    }
}

fn nonzero(size: u16) -> NonZeroU16 {
    NonZeroU16::new(size).expect("a terminal has at least one cell")
}
