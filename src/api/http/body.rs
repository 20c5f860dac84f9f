//! The body of a response, as received.

use std::borrow::Cow;
use std::ops::Deref;

use reqwest::Response;
use zeroize::Zeroizing;

use super::fault::failure;
use crate::domain::failure::Failure;

/// A body of at least this many bytes is large.
const LARGE: usize = 64 << 10;

/// The bytes of a body, limited by a cap on its decompressed size. It may contain a gift card code, so it is
/// wiped on drop.
pub(in crate::api) struct Body {
    bytes: Zeroizing<Vec<u8>>,
}

impl Body {
    /// Reads a body chunk by chunk, up to the cap.
    pub(in crate::api) async fn of(response: &mut Response, cap: usize) -> Result<Self, Failure> {
        let mut body = Self { bytes: Zeroizing::default() };
        while let Some(piece) = response.chunk().await.map_err(|error| failure(&error))? {
            body.put(&piece, cap).ok_or(Failure::TooLarge)?;
        }
        Ok(body)
    }

    /// Appends a chunk. Returns `None` if that would exceed the cap.
    fn put(&mut self, piece: &[u8], cap: usize) -> Option<()> {
        let length = self.bytes.len() + piece.len();
        if length > cap {
            return None;
        }
        if length > self.bytes.capacity() {
            // A vector that grows by itself leaves its old bytes behind, unwiped.
            let mut larger = Zeroizing::new(Vec::with_capacity((2 * length).min(cap)));
            larger.extend_from_slice(&self.bytes);
            self.bytes = larger;
        }
        self.bytes.extend_from_slice(piece);
        Some(())
    }

    /// Whether the body is large enough to be parsed on the worker.
    pub(in crate::api) fn is_large(&self) -> bool {
        self.bytes.len() >= LARGE
    }

    /// The body's bytes.
    pub(in crate::api) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The body as text. Invalid UTF-8 is replaced by `\u{fffd}`: one wrong byte must not cost the whole
    /// catalogue.
    pub(in crate::api) fn text(&self) -> Text<'_> {
        match String::from_utf8_lossy(self.bytes()) {
            Cow::Borrowed(text) => Text::Sound(text),
            Cow::Owned(text) => Text::Mended(text.into()),
        }
    }
}

/// The text of a body; a copy is wiped like the body itself.
pub(in crate::api) enum Text<'a> {
    Sound(&'a str),
    Mended(Zeroizing<String>),
}

impl Default for Text<'_> {
    fn default() -> Self {
        Self::Sound("")
    }
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Sound(text) => text,
            Self::Mended(text) => text,
        }
    }
}

impl From<String> for Body {
    /// Wraps text that did not come from a response body.
    fn from(text: String) -> Self {
        Self { bytes: text.into_bytes().into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(pieces: &[&str], cap: usize) -> Option<Body> {
        let mut body = Body { bytes: Zeroizing::default() };
        pieces.iter().try_for_each(|piece| body.put(piece.as_bytes(), cap)).map(|()| body)
    }

    #[test]
    fn a_body_is_whole_however_it_comes() {
        let long = "x".repeat(LARGE - 1);
        for (pieces, is_large) in [
            (&[][..], false),
            (&["ab", "", "c"], false),
            (&[&long], false),
            (&["a", &long], true),
            (&[&long, &long, "b"], true),
        ] {
            let body = body(pieces, 4 * LARGE).unwrap();
            assert_eq!(*body.text(), *pieces.concat());
            assert_eq!(body.is_large(), is_large);
        }
    }

    #[test]
    fn nothing_is_read_beyond_the_cap() {
        let long = "x".repeat(LARGE);
        assert!(body(&["abc", "d"], 4).is_some());
        assert!(body(&["abc", "de"], 4).is_none());
        assert!(body(&[&long, &long], 2 * LARGE).is_some());
        assert!(body(&[&long, &long, "x"], 2 * LARGE).is_none());
    }

    #[test]
    fn a_wrong_byte_costs_itself_alone() {
        let mut body = body(&["Caf"], 8).unwrap();
        body.put(&[0xe9], 8).unwrap();
        assert_eq!(*body.text(), *"Caf\u{fffd}");
    }
}
