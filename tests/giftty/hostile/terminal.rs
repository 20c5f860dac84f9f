//! The program in a real terminal: all that it writes is text, its own few sequences and its own titles.

use regex::Regex;

use super::lying_shop::{BEFORE, LyingShop};
use super::printable::{assert_log, assert_printable};
use crate::support::keys::Key;
use crate::support::program::Program;
use crate::support::pty::Pty;
use crate::support::pty_shopping::chooses_airbnb;

/// What the program itself tells a terminal: to move, to colour, to clear, to switch modes and the forms of keys.
const OWN: &str = r"\x1b\[\?6;9;[0-9;]+[slr]|\x1b\[(>0u|<u|>4(;0)?m|4l)|\x0f|\x1b\(B|\x1b\[[0-9;]*[HABCDGdmrJKX]|\x1bM|\x1b\[\?(25|10(00|02|03|06|15|49)|20(04|26))[hl]|\x1b\[2[23];2t|[\r\n\x07]";
/// A title of the window.
const TITLE: &str = r"\x1b\]2;([^\x1b\x07]*)\x1b\\";

/// Buys Airbnb in the terminal, to the code and out again.
fn shops(pty: &Pty) {
    pty.wait_for("United States");
    pty.send("united states\r");
    pty.wait_for("Amazon");
    pty.send(BEFORE);
    pty.wait_for(&format!("{BEFORE}0x"));
    pty.press(Key::Ctrl('u'));
    pty.wait_for("Amazon");
    chooses_airbnb(pty);
    pty.send("you@example.com\r");
    pty.wait_for("places the order");
    pty.decides("p");
    pty.wait_for("reveal");
    pty.decides("r");
    pty.wait_for("SER-");
    pty.press(Key::Ctrl('o'));
    pty.wait_for("Orders");
    pty.press(Key::Ctrl('c'));
    assert_eq!(pty.wait_exit(), 0);
    assert_eq!(pty.left_behind(), Vec::<String>::new());
}

#[tokio::test]
async fn nothing_but_text_and_its_own_sequences_reach_the_terminal_and_nothing_of_it_the_log() {
    let liar = LyingShop::open().await;
    let home = tempfile::tempdir().unwrap();
    let program = Program::giftty().env("LANG", "en_US.UTF-8").home(home.path());
    let program = program.env("GIFTTY_API_BASE", &liar.base).env("GIFTTY_DATA_DIR", home.path().join("data"));
    let program = program.env("GIFTTY_LOG", home.path().join("log")).env("GIFTTY_LOG_LEVEL", "trace");
    let written = tokio::task::spawn_blocking(move || {
        let pty = program.start();
        shops(&pty);
        String::from_utf8(pty.output()).unwrap()
    });
    let written = written.await.unwrap();

    let title = Regex::new(TITLE).unwrap();
    let titles: Vec<&str> =
        title.captures_iter(&written).map(|found| found.get(1).unwrap().as_str()).collect();
    assert!(titles.len() > 1, "its window was never given a title");
    let words = Regex::new("^(giftty · [a-z :]+)?$").unwrap();
    for title in titles {
        assert!(words.is_match(title), "{title:?}");
    }
    let text = title.replace_all(&written, "");
    let text = Regex::new(OWN).unwrap().replace_all(&text, " ");
    let unknown = text.find('\x1b').map(|at| text[at..].chars().take(12).collect::<String>());
    assert_eq!(unknown, None, "a sequence that is not one of its own");
    assert_printable("the terminal", &text);
    assert_log(home.path());
}
