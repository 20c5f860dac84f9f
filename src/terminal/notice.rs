//! Notifies the user: the bell, the window's title, desktop notifications.
//!
//! Others may read these texts too, so they contain no code, no id and no name.

use std::io::{self, Write};

use super::tty::Tty;
use crate::config::notices::{Notify, NotifySettings};
use crate::domain::text::Printable;

/// Notifies the user of changes. Dropping it restores the window's title.
#[derive(Debug)]
pub struct Notifier<W: Write> {
    out: W,
    manners: NotifySettings,
    titled: bool,
}

/// Pushes the window's title on the terminal's stack, and pops it again.
const KEEP_TITLE: &str = "\x1b[22;2t";
const GIVE_TITLE_BACK: &str = "\x1b[23;2t";

impl Notifier<Tty> {
    /// Creates a notifier for this terminal.
    pub fn new(manners: NotifySettings) -> io::Result<Self> {
        Ok(Self::speaking_to(Tty::stdout()?, manners))
    }
}

impl<W: Write> Notifier<W> {
    /// Creates a notifier that writes to `out`.
    pub fn speaking_to(out: W, manners: NotifySettings) -> Self {
        Self { out, manners, titled: false }
    }

    /// Notifies of an order's change, once and in one write; nothing on the screen changes.
    pub fn notice(&mut self, words: &Printable) {
        // Characters that end or split such a sequence must not occur in it; `Printable` has no controls.
        let words = words.as_str().replace(';', ",");
        let keep = if self.manners.title && !self.titled { KEEP_TITLE } else { "" };
        let title =
            if self.manners.title { format!("\x1b]2;giftty · {words}\x1b\\") } else { String::new() };
        let desktop = match self.manners.notify {
            Notify::None => String::new(),
            Notify::Osc9 => format!("\x1b]9;giftty · {words}\x1b\\"),
            Notify::Osc777 => format!("\x1b]777;notify;giftty;{words}\x1b\\"),
        };
        let bell = if self.manners.bell { "\x07" } else { "" };
        self.titled |= self.manners.title;
        let text = [keep, &title, &desktop, bell].concat();
        self.say(&text);
    }

    /// Errors are ignored: a terminal that accepts no output has no user to notify.
    fn say(&mut self, text: &str) {
        let _ = self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush());
    }
}

impl<W: Write> Drop for Notifier<W> {
    /// On terminals without a title stack, an empty title is better than an outdated one.
    fn drop(&mut self) {
        if self.titled {
            self.say(&format!("\x1b]2;\x1b\\{GIVE_TITLE_BACK}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(manners: NotifySettings, words: &[&str]) -> String {
        let mut out = Vec::new();
        let mut herald = Notifier::speaking_to(&mut out, manners);
        for words in words {
            herald.notice(&Printable::new(words));
        }
        drop(herald);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_bell_rings_and_the_title_is_given_back_at_the_end() {
        assert_eq!(
            said(NotifySettings::default(), &["payment seen", "payment received"]),
            "\x1b[22;2t\x1b]2;giftty · payment seen\x1b\\\x07\
             \x1b]2;giftty · payment received\x1b\\\x07\
             \x1b]2;\x1b\\\x1b[23;2t"
        );
    }

    #[test]
    fn each_of_it_can_be_turned_off() {
        let off = NotifySettings { bell: false, title: false, notify: Notify::None };
        assert_eq!(said(off, &["delivered"]), "");
        assert_eq!(said(NotifySettings { bell: true, ..off }, &["delivered"]), "\x07");
        let osc9 = NotifySettings { notify: Notify::Osc9, ..off };
        assert_eq!(said(osc9, &["delivered"]), "\x1b]9;giftty · delivered\x1b\\");
        let osc777 = NotifySettings { notify: Notify::Osc777, ..off };
        assert_eq!(said(osc777, &["delivered"]), "\x1b]777;notify;giftty;delivered\x1b\\");
    }

    #[test]
    fn words_cannot_end_or_part_a_sequence() {
        let off = NotifySettings { bell: false, title: false, notify: Notify::Osc777 };
        let hostile = said(off, &["a;b\x07c\x1b\\\u{9c}d\n"]);
        assert_eq!(hostile.matches(';').count(), 3);
        assert_eq!(hostile.matches(['\x07', '\u{9c}', '\n']).count(), 0);
        assert_eq!(hostile.matches('\x1b').count(), 2);
    }
}
