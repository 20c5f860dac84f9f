//! The real program in lines: a dumb terminal, pipes, and signals.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use crate::support::plain_session::only_lines;

/// The program with pipes at both ends, and what it said so far.
struct Program {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    said: String,
}

fn command(home: &std::path::Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_giftty"));
    command.env_clear().env("HOME", home).env("GIFTTY_DATA_DIR", home.join("data"));
    command.env("LANG", "en_US.UTF-8").env("GIFTTY_PACE", "manual");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn plain(home: &std::path::Path) -> Command {
    let mut command = command(home);
    command.arg("--plain");
    command
}

impl Program {
    fn start(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let (input, output) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        Self { child, input, output, said: String::new() }
    }

    /// Reads on until a line holds a text.
    fn hears(&mut self, text: &str) {
        loop {
            let mut line = String::new();
            let read = self.output.read_line(&mut line).unwrap();
            self.said.push_str(&line);
            assert!(read > 0, "no {text:?} in\n{}", self.said);
            if line.contains(text) {
                return;
            }
        }
    }

    fn answers(&mut self, question: &str, line: &str) {
        self.hears(question);
        writeln!(self.input, "{line}").unwrap();
    }

    fn orders_airbnb(&mut self) {
        self.answers("Which country?", "united states");
        self.answers("1 United States", "1");
        self.answers("brands. Which one?", "airbnb");
        self.answers("1 Airbnb", "1");
        self.answers("from 50 to 500 USD", "100");
        self.answers("One costs 101.48 USDC", "buy");
        self.answers("Your e-mail address?", "you@example.com");
        self.answers("Pay with USDC on Solana?", "");
        self.answers("Type order", "order");
        self.hears("Only USDC on Solana");
    }

    /// Waits for the end and gives everything that was said.
    fn ends(mut self) -> (ExitStatus, String) {
        drop(self.input);
        self.output.read_to_string(&mut self.said).unwrap();
        let status = self.child.wait().unwrap();
        let mut errors = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
        assert_eq!(errors, "");
        only_lines(&self.said);
        (status, self.said)
    }
}

#[test]
fn a_dumb_terminal_gets_lines_and_a_whole_purchase() {
    let home = tempfile::tempdir().unwrap();
    let mut command = command(home.path());
    command.env("TERM", "dumb").env("GIFTTY_PACE", "every=300ms");
    let mut program = Program::start(command);
    program.orders_airbnb();
    program.answers("Type reveal", "reveal");
    program.hears("Code:");
    let (status, said) = program.ends();
    assert!(status.success());
    assert!(said.ends_with("Goodbye.\n"), "{said}");
}

#[test]
fn a_signal_leaves_and_says_how_to_go_on() {
    let home = tempfile::tempdir().unwrap();
    let mut program = Program::start(plain(home.path()));
    program.orders_airbnb();
    assert!(interrupted(program, Signal::INT).contains("Order #1 stays open"));
    for signal in [Signal::TERM, Signal::HUP, Signal::QUIT] {
        let mut program = Program::start(plain(home.path()));
        program.hears("1 Order #1");
        program.hears("Type a number");
        assert!(interrupted(program, signal).contains("Start giftty --plain again"));
    }
}

fn interrupted(program: Program, signal: Signal) -> String {
    kill_process(Pid::from_child(&program.child), signal).unwrap();
    let (status, said) = program.ends();
    assert!(status.success());
    said
}

#[test]
fn nobody_who_listens_any_more_is_a_quiet_end() {
    let home = tempfile::tempdir().unwrap();
    let mut program = Program::start(plain(home.path()));
    program.hears("Which country?");
    let Program { mut child, mut input, output, .. } = program;
    drop(output);
    // The program may be gone before the line is, which is the point.
    let _ = writeln!(input, "united states");
    assert!(child.wait().unwrap().success());
    let mut errors = String::new();
    child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
    assert_eq!(errors, "");
}

#[test]
fn without_a_terminal_and_without_being_asked_nothing_opens() {
    let home = tempfile::tempdir().unwrap();
    let mut command = command(home.path());
    command.env("TERM", "xterm-256color").stdin(Stdio::null());
    let ended = command.output().unwrap();
    assert_eq!(ended.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&ended.stderr).contains("needs a terminal"));
    assert!(ended.stdout.is_empty());
}
