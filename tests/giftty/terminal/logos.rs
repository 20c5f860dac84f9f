//! Logos in the real program: by the means that the environment tells, and none where none are wanted.

use std::time::Duration;

use super::kinds::Shop;
use crate::support::keys::Key;
use crate::support::program::Program;
use crate::support::pty::Pty;

/// An environment, and arguments.
type Case<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str]);

/// Somebody in front of the brands, in an environment.
struct Visit {
    pty: Pty,
    _home: tempfile::TempDir,
    _shop: Shop,
}

impl Visit {
    fn with(environment: &[(&str, &str)], arguments: &[&str]) -> Self {
        let (shop, home) = (Shop::open(), tempfile::tempdir().unwrap());
        let mut program = Program::giftty()
            .home(home.path())
            .env("GIFTTY_COUNTRY", "US")
            .env("GIFTTY_API_BASE", &shop.address)
            .env("GIFTTY_DATA_DIR", home.path().join("data"));
        for (name, value) in environment {
            program = program.env(name, value);
        }
        for argument in arguments {
            program = program.arg(argument);
        }
        let pty = program.start();
        pty.wait_for("Amazon.com");
        Self { pty, _home: home, _shop: shop }
    }

    /// Whether the program has written this so far.
    fn wrote(&self, bytes: &str) -> bool {
        self.pty.output().windows(bytes.len()).any(|there| there == bytes.as_bytes())
    }

    /// Leaves the program, and the terminal as it was.
    fn leaves(self) {
        self.pty.press(Key::Ctrl('c'));
        assert_eq!(self.pty.wait_exit(), 0);
        assert_eq!(self.pty.left_behind(), [""; 0]);
    }
}

#[test]
fn kitty_is_sent_its_own_words_and_the_next_brand_another_picture() {
    let visit = Visit::with(&[("TERM", "xterm-kitty")], &[]);
    let picture = ",a=T,U=1,c=9,r=3,f=32,o=z,";
    assert!(visit.pty.comes_to_write(picture, 1));
    visit.pty.press(Key::Down);
    assert!(visit.pty.comes_to_write(picture, 2));
    visit.leaves();
}

#[test]
fn iterm2_is_sent_a_picture_in_its_cells() {
    let visit = Visit::with(&[("TERM_PROGRAM", "iTerm.app")], &[]);
    assert!(visit.pty.comes_to_write(";width=9;height=3;preserveAspectRatio=0;doNotMoveCursor=1:", 1));
    visit.leaves();
}

#[test]
fn where_pictures_are_not_wanted_the_initials_stay() {
    let kitty = ("TERM", "xterm-kitty");
    let cases: [Case<'_>; 5] = [
        (&[kitty], &["--no-images"]),
        (&[kitty, ("NO_COLOR", "1")], &[]),
        (&[kitty, ("SSH_CONNECTION", "1 2 3 4")], &[]),
        (&[], &[]),
        (&[kitty, ("TMUX", "/tmp/x"), ("SSH_TTY", "/dev/pts/9")], &[]),
    ];
    for (environment, arguments) in cases {
        let visit = Visit::with(environment, arguments);
        visit.pty.send("steam");
        visit.pty.wait_for("St ");
        visit.pty.wait_quiet(Duration::from_millis(400));
        assert!(!visit.wrote("\x1b_G"), "{environment:?} {arguments:?}");
        visit.leaves();
    }
    let asked = Visit::with(&[kitty, ("SSH_CONNECTION", "1 2 3 4")], &["--images"]);
    assert!(asked.pty.comes_to_write("\x1b_G", 1), "over ssh when asked");
    asked.leaves();
}
