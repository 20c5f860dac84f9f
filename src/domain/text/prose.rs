//! Paragraphs of the supplier: fragments of HTML or plain text, as printable lines.

use std::sync::Arc;

use super::html::{self, Piece};
use super::{Printable, entities};

/// Printable lines: descriptions, terms, redemption instructions (contract, section 1: HTML is stripped,
/// never rendered).
///
/// At most 400 lines of 4,000 characters each; a longer text ends in a line `…`. Clones share the lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Prose(Arc<[Printable]>);

impl Prose {
    /// The maximum number of lines.
    pub const MOST_LINES: usize = 400;
    /// The maximum number of characters in a line: terms come in long paragraphs.
    pub const LONGEST_LINE: usize = 4000;

    /// Parses a fragment of HTML: tags are removed, blocks and list items become lines, character references
    /// are decoded, and a link whose text hides its address is followed by the address.
    ///
    /// A fragment without tags keeps its own lines.
    pub fn from_html(fragment: &str) -> Self {
        let mut pieces = html::pieces(fragment).peekable();
        if matches!(pieces.peek(), Some(Piece::Text(text)) if text.len() == fragment.len()) {
            return Self::from_plain(&entities::decode(fragment));
        }
        let mut writer = Writer::default();
        for piece in pieces {
            if writer.lines.is_full() {
                break;
            }
            writer.take(piece);
        }
        writer.end_link();
        writer.end_line();
        writer.lines.prose()
    }

    /// Parses plain text, line by line.
    pub fn from_plain(text: &str) -> Self {
        let mut lines = Lines::default();
        for line in text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
            if lines.is_full() {
                break;
            }
            lines.push(line);
        }
        lines.prose()
    }

    /// Returns the lines, none of which is empty.
    pub fn lines(&self) -> &[Printable] {
        &self.0
    }

    /// Returns whether there are no lines.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Collects lines, up to the limit.
#[derive(Default)]
struct Lines {
    lines: Vec<Printable>,
}

impl Lines {
    fn is_full(&self) -> bool {
        self.lines.len() >= Prose::MOST_LINES
    }

    fn prose(self) -> Prose {
        Prose(self.lines.into())
    }

    /// Adds a line, unless nothing of it is printable.
    fn push(&mut self, text: &str) {
        let line = Printable::of_at_most(text, Prose::LONGEST_LINE);
        if line.is_empty() || self.is_full() {
            return;
        }
        let last = self.lines.len() + 1 == Prose::MOST_LINES;
        self.lines.push(if last { Printable::from("…") } else { line });
    }
}

/// An open link: its address, and its text so far.
struct Anchor {
    address: String,
    text: String,
}

/// Writes lines from pieces of HTML.
#[derive(Default)]
struct Writer {
    lines: Lines,
    line: String,
    /// `• ` or `1. `, until the item's first text is written.
    marker: String,
    /// The next number of each open list, or `None` for a bulleted list.
    lists: Vec<Option<u32>>,
    link: Option<Anchor>,
}

/// Elements that start and end a line.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "thead",
    "tr",
    "ul",
];

/// The maximum nesting depth of lists; deeper lists are treated as part of their parent.
const DEEPEST_LIST: usize = 32;

impl Writer {
    fn take(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Text(text) => self.write(&entities::decode(text)),
            Piece::Start(name, attributes) => self.start(&name.to_ascii_lowercase(), attributes),
            Piece::End(name) => self.end(&name.to_ascii_lowercase()),
        }
    }

    fn write(&mut self, text: &str) {
        self.line.push_str(text);
        if let Some(link) = &mut self.link {
            link.text.push_str(text);
        }
    }

    fn start(&mut self, name: &str, attributes: &str) {
        if BLOCKS.contains(&name) {
            self.end_line();
        }
        match name {
            "ul" if self.lists.len() < DEEPEST_LIST => self.lists.push(None),
            "ol" if self.lists.len() < DEEPEST_LIST => {
                let start = html::attribute(attributes, "start").and_then(|start| start.parse().ok());
                self.lists.push(Some(start.unwrap_or(1)));
            }
            "li" => self.start_item(),
            "a" => self.start_link(attributes),
            // The cells of a row are separated by a space.
            "td" | "th" => self.write(" "),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "a" => self.end_link(),
            "ul" | "ol" => drop(self.lists.pop()),
            _ => {}
        }
        if BLOCKS.contains(&name) {
            self.end_line();
        }
        if name == "li" {
            self.marker.clear();
        }
    }

    fn start_item(&mut self) {
        self.marker = match self.lists.last_mut() {
            Some(Some(number)) => {
                let marker = format!("{number}. ");
                *number = number.saturating_add(1);
                marker
            }
            Some(None) | None => "• ".to_owned(),
        };
    }

    fn start_link(&mut self, attributes: &str) {
        self.end_link();
        self.link = html::attribute(attributes, "href")
            .map(|href| entities::decode(href.trim()).into_owned())
            .filter(|address| may_be_shown(address))
            .map(|address| Anchor { address, text: String::new() });
    }

    /// Appends the address of a link, unless its text is the address.
    fn end_link(&mut self) {
        let Some(Anchor { address, text }) = self.link.take() else { return };
        if bare(Printable::new(&text).as_str()) != bare(&address) {
            // Otherwise a space at the end of the link's text would be doubled.
            let trimmed = self.line.trim_end().len();
            self.line.truncate(trimmed);
            self.line.push_str(" (");
            self.line.push_str(&address);
            self.line.push(')');
            if text.ends_with(char::is_whitespace) {
                self.line.push(' ');
            }
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        // A marker waits for text: `<li><p>` is one line.
        if Printable::new(&line).is_empty() {
            return;
        }
        let marker = std::mem::take(&mut self.marker);
        self.lines.push(&(marker + &line));
    }
}

/// Returns whether a link's address can be typed: https, ASCII and not too long.
fn may_be_shown(address: &str) -> bool {
    let https = address.get(..8).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://"));
    https && address.len() <= 300 && address.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Returns an address without its scheme and trailing slash, which people omit in writing.
fn bare(address: &str) -> String {
    let lower = address.to_ascii_lowercase();
    let bare = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")).unwrap_or(&lower);
    bare.strip_suffix('/').unwrap_or(bare).to_owned()
}

#[cfg(test)]
mod tests;
