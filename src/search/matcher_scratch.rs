//! Memory that searches share.

use std::cell::Cell;
use std::fmt;

use nucleo_matcher::{Config, Matcher};

/// The matcher's scratch memory: 130 KB, of which it touches little, and in which no search leaves data. A
/// session uses one for all of its searches: repeatedly allocating and freeing blocks of that size makes the
/// allocator retain ever more memory.
#[derive(Default)]
pub struct MatcherScratch(Cell<Option<Matcher>>);

impl MatcherScratch {
    /// Calls a function with the matcher.
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
