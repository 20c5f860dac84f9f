//! Text from outside, made safe to print.

mod entities;
mod html;
mod prose;
mod sanitise;

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::hash::{Hash, Hasher};

use compact_str::CompactString;
use zeroize::Zeroizing;

pub use prose::Prose;

/// One line of printable text: no control, bidirectional, invisible or tag characters, no
/// runs of space, at most eight marks a cell and 512 characters.
///
/// What was longer ends in `…`.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Printable(CompactString);

impl Printable {
    /// The most characters one holds.
    pub const MOST: usize = 512;

    /// Keeps what of the text can be shown on one line.
    pub fn new(text: &str) -> Self {
        Self::of_at_most(text, Self::MOST)
    }

    /// A line of this program's own, which is printable as it stands: it is not read, and only copied
    /// where it is so short that it needs no room of its own.
    pub(super) fn own(text: &'static str) -> Self {
        debug_assert_eq!(Self::new(text).as_str(), text, "not printable");
        let is_short = text.len() <= size_of::<CompactString>();
        Self(if is_short { text.into() } else { CompactString::const_new(text) })
    }

    /// As `new`, cut only after `most` characters: for paragraphs and for codes.
    fn of_at_most(text: &str, most: usize) -> Self {
        Self(line(text, most).into())
    }

    /// The line.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing of it can be shown.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<&str> for Printable {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl AsRef<str> for Printable {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Printable {
    /// The line, so that maps keyed by lines can be asked with a `&str`.
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Printable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&*self.0, f)
    }
}

impl fmt::Debug for Printable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

/// What a [`Printable`] holds of a text.
pub fn printable(text: &str) -> Cow<'_, str> {
    line(text, Printable::MOST)
}

/// What can be shown of a text on one line of at most so many characters.
fn line(text: &str, most: usize) -> Cow<'_, str> {
    if is_clean(text, most) { Cow::Borrowed(text) } else { Cow::Owned(sanitise::line(text, most)) }
}

/// Whether a text can be shown as it is; almost every one can.
fn is_clean(text: &str, most: usize) -> bool {
    text.len() <= most && sanitise::is_plain(text)
}

/// Whether a letter that is typed may stand behind another one: nothing that steers, hides or is not
/// there, no flood of marks, and a joiner only where it joins something.
pub fn may_be_typed(before: &str, letter: char) -> bool {
    sanitise::may_follow(before, letter)
}

/// What of a pasted text can be typed on one line; line ends and blanks around it are left out.
pub fn pasted(text: &str) -> String {
    let kept: String = text.chars().filter(|letter| !letter.is_control()).collect();
    sanitise::line(&kept, usize::MAX)
}

/// A word of the supplier that must go back to the letter, and how it is shown: a brand, a
/// denomination, a coin, a network (contract, sections 2.2 and 3.1).
///
/// Equality, order and hash are those of the word that is sent.
#[derive(Clone, Default)]
pub struct Verbatim {
    raw: CompactString,
    /// Only where it differs from `raw`, which is almost never.
    shown: Option<Box<Printable>>,
}

impl Verbatim {
    /// Takes the word as it came.
    pub fn new(raw: impl AsRef<str>) -> Self {
        let raw = raw.as_ref();
        let shown = if is_clean(raw, Printable::MOST) { None } else { Some(Printable::new(raw)) };
        let shown = shown.filter(|shown| shown.as_str() != raw);
        Self { raw: raw.into(), shown: shown.map(Box::new) }
    }

    /// The exact word, for requests and comparisons.
    pub fn sent(&self) -> &str {
        &self.raw
    }

    /// The word as it may be printed.
    pub fn shown(&self) -> &str {
        self.shown.as_ref().map_or(&*self.raw, |shown| shown.as_str())
    }
}

impl From<&str> for Verbatim {
    fn from(raw: &str) -> Self {
        Self::new(raw)
    }
}

impl Borrow<str> for Verbatim {
    /// The word that is sent, so that maps keyed by words can be asked with a `&str`.
    fn borrow(&self) -> &str {
        &self.raw
    }
}

impl PartialEq for Verbatim {
    fn eq(&self, other: &Self) -> bool {
        self.raw == other.raw
    }
}

impl Eq for Verbatim {}

impl PartialOrd for Verbatim {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Verbatim {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.raw.cmp(&other.raw)
    }
}

impl Hash for Verbatim {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.raw.hash(state);
    }
}

impl fmt::Display for Verbatim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.shown(), f)
    }
}

impl fmt::Debug for Verbatim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.shown(), f)
    }
}

/// A [`Verbatim`] that somebody else keeps.
#[derive(Clone, Copy)]
pub struct Word<'a> {
    sent: &'a str,
    shown: Option<&'a str>,
}

impl<'a> Word<'a> {
    /// A word, and how it is shown where that is not as it is sent.
    pub(super) fn new(sent: &'a str, shown: Option<&'a str>) -> Self {
        Self { sent, shown }
    }

    /// The exact word, for requests and comparisons.
    pub fn sent(self) -> &'a str {
        self.sent
    }

    /// The word as it may be printed.
    pub fn shown(self) -> &'a str {
        self.shown.unwrap_or(self.sent)
    }
}

impl From<Word<'_>> for Verbatim {
    fn from(word: Word<'_>) -> Self {
        Self::new(word.sent)
    }
}

impl PartialEq for Word<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.sent == other.sent
    }
}

impl Eq for Word<'_> {}

impl PartialEq<Word<'_>> for Verbatim {
    fn eq(&self, other: &Word<'_>) -> bool {
        self.sent() == other.sent
    }
}

impl fmt::Display for Word<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.shown(), f)
    }
}

impl fmt::Debug for Word<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.shown(), f)
    }
}

/// Text that is as good as money: a code, or an order id (contract, section 3.5).
///
/// It has no `Display` and tells `Debug` nothing; it is wiped from memory when dropped.
#[derive(Clone, Default)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the text as it came.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The exact text.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The text as it may be printed when asked for; never cut, since a cut code buys nothing.
    pub fn printable(&self) -> Printable {
        Printable::of_at_most(&self.0, usize::MAX)
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.reveal() == other.reveal()
    }
}

impl Eq for Secret {}

impl PartialOrd for Secret {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Secret {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.reveal().cmp(other.reveal())
    }
}

impl Hash for Secret {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.reveal().hash(state);
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_word_goes_back_as_it_came_and_is_shown_clean() {
        let plain = Verbatim::new("Polygon (Matic)");
        assert_eq!(plain.sent(), "Polygon (Matic)");
        assert_eq!(plain.shown(), "Polygon (Matic)");
        assert!(plain.shown.is_none(), "stored once");

        let odd = Verbatim::new("Netflix \u{202e}\u{1b}[31m ");
        assert_eq!(odd.sent(), "Netflix \u{202e}\u{1b}[31m ");
        assert_eq!(odd.shown(), "Netflix [31m");
        assert_eq!(odd.to_string(), "Netflix [31m");
        assert_ne!(odd, Verbatim::new("Netflix [31m"));
        assert!(!format!("{odd:?}").contains('\u{202e}'));
    }

    #[test]
    fn a_map_of_words_can_be_asked_with_a_str() {
        let map = BTreeMap::from([(Verbatim::new(" USDC"), 1)]);
        assert_eq!(map.get(" USDC"), Some(&1));
        assert_eq!(map.get("USDC"), None);
    }

    #[test]
    fn a_secret_tells_debug_nothing() {
        let code = Secret::new("ABCD-1234");
        assert_eq!(format!("{code:?} {:?}", Some(&code)), "Secret(…) Some(Secret(…))");
        assert_eq!(code.reveal(), "ABCD-1234");
        assert_eq!(code, Secret::from("ABCD-1234"));
    }

    #[test]
    fn a_secret_is_wiped_when_it_is_dropped() {
        fn is_wiped(_: &impl zeroize::ZeroizeOnDrop) {}
        is_wiped(&Secret::new("ABCD-1234").0);
    }

    #[test]
    fn a_long_code_is_shown_whole() {
        let long = "https://codes.example/".to_owned() + &"x".repeat(3000);
        assert_eq!(Secret::new(long.as_str()).printable().as_str(), long);
        assert_eq!(Secret::new("A\u{200b}B\n").printable().as_str(), "AB");
        assert_eq!(Secret::new("A\u{200b}B\n").reveal(), "A\u{200b}B\n");
    }
}
