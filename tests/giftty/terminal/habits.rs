//! How a user wants the program to behave, from the command line to the terminal.

use crate::support::keys::Key;
use crate::support::program::Program;

fn giftty() -> Program {
    Program::giftty().env("LANG", "en_US.UTF-8").env("GIFTTY_PACE", "manual")
}

#[test]
fn the_mouse_is_listened_to_only_where_it_was_asked_for() {
    let pty = giftty().arg("--mouse").start();
    pty.wait_for("▸ US");
    // One notch of the wheel, then the word "quit" at the right end of the footer.
    pty.send("\x1b[<65;10;10M");
    pty.wait_gone("▸ US");
    pty.send("\x1b[<0;78;24M");
    assert_eq!(pty.wait_exit(), 0);
    assert!(String::from_utf8_lossy(&pty.output()).contains("\x1b[?1000h"));
    assert_eq!(pty.left_behind(), [""; 0]);

    let usual = giftty().start();
    usual.wait_for("United States");
    assert!(!String::from_utf8_lossy(&usual.output()).contains("\x1b[?1000h"));
    usual.press(Key::Ctrl('c'));
    assert_eq!(usual.wait_exit(), 0);
}

#[test]
fn the_file_of_the_home_decides_the_theme_the_keys_and_the_letters() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".config/giftty");
    std::fs::create_dir_all(&folder).unwrap();
    let text = "theme = 'dark'\nascii = true\ncolours = '256'\n[keys]\norders = ['alt-o']\n";
    std::fs::write(folder.join("config.toml"), text).unwrap();
    let pty = giftty().home(home.path()).start();
    pty.wait_for("> US");
    assert!(String::from_utf8_lossy(&pty.output()).contains("48;5;234"), "no ground of the dark theme");
    pty.press(Key::Alt('o'));
    pty.wait_gone("> US");
    pty.press(Key::Ctrl('c'));
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn a_mistake_in_the_file_is_told_at_the_start() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("mine.toml");
    std::fs::write(&file, "contry = 'US'\n").unwrap();
    let pty = giftty().home(home.path()).arg("--config").arg(&file).size(120, 30).start();
    pty.wait_for("`contry` means nothing to giftty");
    pty.press(Key::Ctrl('c'));
    assert_eq!(pty.wait_exit(), 0);
}
