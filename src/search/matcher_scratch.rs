//! Where searches are worked out.

use std::cell::Cell;
use std::fmt;

use nucleo_matcher::{Config, Matcher};

/// What a matcher works in: 130 KB, of which it touches little, and in which nothing of a search stays. A session has
/// one for all of its searches: what is made and freed again and again, in pieces as large as that, has the allocator
/// keep ever larger ones back.
#[derive(Default)]
pub struct MatcherScratch(Cell<Option<Matcher>>);

impl MatcherScratch {
    /// Hands out the matcher.
    pub(super) fn with<T>(&self, works: impl FnOnce(&mut Matcher) -> T) -> T {
        let mut matcher = self.0.take().unwrap_or_else(|| Matcher::new(Config::DEFAULT));
        let found = works(&mut matcher);
        self.0.set(Some(matcher));
        found
    }
}

impl fmt::Debug for MatcherScratch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MatcherScratch")
    }
}
