//! Whether a key may be the late rest of a sequence.

use super::INTRODUCERS;

/// Whether letters may be the rest of a sequence that was abandoned because its rest was late.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Doubt {
    /// They are keys.
    #[default]
    None,
    /// An Escape was reported; its rest may still be on the way.
    AfterEscape,
    /// A longer sequence was abandoned.
    AfterSequence,
    /// Bytes are doubtful until a long pause.
    UntilPause,
}

impl Doubt {
    /// Returns the doubt about a key that begins with this byte. `paused` is whether a long pause came before
    /// it.
    pub(super) fn at(self, byte: u8, paused: bool) -> Self {
        match self {
            Self::AfterEscape if INTRODUCERS.contains(&byte) && !paused => Self::UntilPause,
            Self::UntilPause if !paused => Self::UntilPause,
            Self::AfterSequence => Self::UntilPause,
            Self::None | Self::AfterEscape | Self::UntilPause => Self::None,
        }
    }
}
