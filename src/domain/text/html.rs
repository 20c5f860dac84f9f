//! Splits fragments of HTML into a flat sequence of tags and text, and tolerates unclosed tags.

/// A piece of a fragment. Tag names are unchanged; compare them ignoring case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text between tags, with references not yet decoded.
    Text(&'a str),
    /// A start tag's name, and everything after it.
    Start(&'a str, &'a str),
    /// An end tag.
    End(&'a str),
}

/// Splits a fragment into pieces. Comments, declarations, scripts and styles are left out.
pub(super) fn pieces(fragment: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut cutter = Cutter { rest: fragment };
    std::iter::from_fn(move || cutter.next_piece())
}

/// Returns the value of an attribute in the text after a start tag's name, with references not yet decoded.
pub(super) fn attribute<'a>(attributes: &'a str, wanted: &str) -> Option<&'a str> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        // An attribute may start with `=`; otherwise a stray one would never be skipped.
        let end = rest
            .char_indices()
            .skip(1)
            .find(|(_, c)| c.is_ascii_whitespace() || *c == '/' || *c == '=')
            .map_or(rest.len(), |(at, _)| at);
        let (name, after) = rest.split_at_checked(end)?;
        let (value, after) = match after.trim_start().strip_prefix('=') {
            Some(value) => value_of(value.trim_start()),
            None => ("", after),
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
        rest = after;
    }
}

/// Splits an attribute's value from the text after it.
fn value_of(text: &str) -> (&str, &str) {
    let quoted = ['"', '\''].into_iter().find_map(|quote| text.strip_prefix(quote)?.split_once(quote));
    quoted.unwrap_or_else(|| {
        let end = text.find(|c: char| c.is_ascii_whitespace()).unwrap_or(text.len());
        text.split_at_checked(end).unwrap_or((text, ""))
    })
}

struct Cutter<'a> {
    rest: &'a str,
}

impl<'a> Cutter<'a> {
    fn next_piece(&mut self) -> Option<Piece<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if opens_markup(self.rest) {
                if let Some(piece) = self.markup() {
                    return Some(piece);
                }
                continue;
            }
            let end = self
                .rest
                .match_indices('<')
                .find(|(at, _)| self.rest.get(*at..).is_some_and(opens_markup))
                .map_or(self.rest.len(), |(at, _)| at);
            return self.take(end).map(Piece::Text);
        }
    }

    /// Takes one tag. Returns `None` for markup without content (comments, scripts).
    fn markup(&mut self) -> Option<Piece<'a>> {
        if self.rest.starts_with("<!--") {
            self.skip_past("-->");
            return None;
        }
        if self.rest.starts_with("<!") || self.rest.starts_with("<?") {
            self.skip_past(">");
            return None;
        }
        let tag = self.take(end_of_tag(self.rest)?.min(self.rest.len()))?;
        // An unterminated tag swallows the rest, as in browsers.
        let Some(inner) = tag.strip_suffix('>') else {
            self.rest = "";
            return None;
        };
        let inner = inner.strip_prefix('<').unwrap_or(inner);
        let (inner, ends) = inner.strip_prefix('/').map_or((inner, false), |inner| (inner, true));
        let end = inner.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inner.len());
        let (name, attributes) = inner.split_at_checked(end)?;
        if ends {
            return Some(Piece::End(name));
        }
        if ["script", "style"].iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
            self.skip_raw(name);
            return None;
        }
        Some(Piece::Start(name, attributes))
    }

    fn take(&mut self, end: usize) -> Option<&'a str> {
        let (taken, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        Some(taken)
    }

    fn skip_past(&mut self, mark: &str) {
        self.rest = self.rest.split_once(mark).map_or("", |(_, after)| after);
    }

    /// Skips a script or style up to its end tag, which becomes the next piece.
    fn skip_raw(&mut self, name: &str) {
        let ends_here = |at: usize| {
            let after = self.rest.get(at..).and_then(|tag| tag.strip_prefix("</"));
            after
                .and_then(|tag| tag.get(..name.len()))
                .is_some_and(|written| written.eq_ignore_ascii_case(name))
        };
        let end = self.rest.match_indices('<').map(|(at, _)| at).find(|at| ends_here(*at));
        self.rest = end.and_then(|at| self.rest.get(at..)).unwrap_or_default();
    }
}

/// Returns whether the text starts with a tag, a comment or a declaration; `5 < 6` contains none.
fn opens_markup(text: &str) -> bool {
    let Some(after) = text.strip_prefix('<') else { return false };
    let after = after.strip_prefix('/').unwrap_or(after);
    after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?')
}

/// Returns the offset after a tag's `>`. A quoted attribute value may contain one.
fn end_of_tag(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut after_equals = false;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' => return Some(at + 1),
            b'"' | b'\'' if after_equals => {
                // A quote that is never closed is ignored, since it would swallow the text.
                let close = bytes.get(at + 1..)?.iter().position(|other| *other == byte);
                at += close.map_or(0, |length| length + 1);
                after_equals = false;
            }
            b'=' => after_equals = true,
            _ if byte.is_ascii_whitespace() => {}
            _ => after_equals = false,
        }
        at += 1;
    }
    Some(text.len())
}
