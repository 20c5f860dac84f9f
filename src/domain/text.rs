//! Text from the shop and the user, made safe to print.

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

/// One line of printable text: no control, bidirectional, invisible or tag characters, no runs of spaces, at
/// most eight marks per cell and 512 characters.
///
/// A longer text is truncated and ends in `…`.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Printable(CompactString);

impl Printable {
    /// The maximum number of characters.
    pub const MOST: usize = 512;

    /// Keeps the part of the text that can be displayed on one line.
    pub fn new(text: &str) -> Self {
        Self::of_at_most(text, Self::MOST)
    }

    /// Wraps a line of the program's own, which must be printable already. It is not checked, and copied only
    /// if it is short enough to be stored inline.
    pub(super) fn own(text: &'static str) -> Self {
        debug_assert_eq!(Self::new(text).as_str(), text, "not printable");
        let is_short = text.len() <= size_of::<CompactString>();
        Self(if is_short { text.into() } else { CompactString::const_new(text) })
    }

    /// As `new`, but truncates after `most` characters: for paragraphs and codes.
    fn of_at_most(text: &str, most: usize) -> Self {
        Self(line(text, most).into())
    }

    /// Returns the line.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns whether nothing is printable.
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
    /// Returns the line, so that a map with `Printable` keys can be queried with a `&str`.
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

/// Returns the text that a [`Printable`] of `text` holds.
pub fn printable(text: &str) -> Cow<'_, str> {
    line(text, Printable::MOST)
}

/// Returns the part of a text that can be displayed on one line of at most `most` characters.
fn line(text: &str, most: usize) -> Cow<'_, str> {
    if is_clean(text, most) { Cow::Borrowed(text) } else { Cow::Owned(sanitise::line(text, most)) }
}

/// Returns whether a text can be displayed unchanged; almost all can.
fn is_clean(text: &str, most: usize) -> bool {
    text.len() <= most && sanitise::is_plain(text)
}

/// Returns whether a character may be typed after `before`: no control, invisible or unassigned characters,
/// not too many marks, and a joiner only where it joins something.
pub fn may_be_typed(before: &str, letter: char) -> bool {
    sanitise::may_follow(before, letter)
}

/// Returns the part of a pasted text that can be typed on one line. Control characters and surrounding blanks
/// are removed.
pub fn pasted(text: &str) -> String {
    let kept: String = text.chars().filter(|letter| !letter.is_control()).collect();
    sanitise::line(&kept, usize::MAX)
}

/// A word of the supplier that must be sent back verbatim, with its display form: a brand, a denomination, a
/// coin or a network (contract, sections 2.2 and 3.1).
///
/// Equality, order and hash are those of the word that is sent.
#[derive(Clone, Default)]
pub struct Verbatim {
    raw: CompactString,
    /// `None` if it equals `raw`, as it almost always does.
    shown: Option<Box<Printable>>,
}

impl Verbatim {
    /// Stores the word as it was received.
    pub fn new(raw: impl AsRef<str>) -> Self {
        let raw = raw.as_ref();
        let shown = if is_clean(raw, Printable::MOST) { None } else { Some(Printable::new(raw)) };
        let shown = shown.filter(|shown| shown.as_str() != raw);
        Self { raw: raw.into(), shown: shown.map(Box::new) }
    }

    /// Returns the exact word, for requests and comparisons.
    pub fn sent(&self) -> &str {
        &self.raw
    }

    /// Returns the word's printable form.
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
    /// Returns the exact word, so that a map with `Verbatim` keys can be queried with a `&str`.
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

/// A borrowed [`Verbatim`].
#[derive(Clone, Copy)]
pub struct Word<'a> {
    sent: &'a str,
    shown: Option<&'a str>,
}

impl<'a> Word<'a> {
    /// Creates a word from its exact form, and its display form if that differs.
    pub(super) fn new(sent: &'a str, shown: Option<&'a str>) -> Self {
        Self { sent, shown }
    }

    /// Returns the exact word, for requests and comparisons.
    pub fn sent(self) -> &'a str {
        self.sent
    }

    /// Returns the word's printable form.
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

/// Text that is worth money: a code, or an order id (contract, section 3.5).
///
/// It has no `Display`, its `Debug` output is redacted, and it is wiped from memory when dropped.
#[derive(Clone, Default)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Stores the text as it was received.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// Returns the exact text.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Returns the text's printable form. It is never truncated, since a truncated code is useless.
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
