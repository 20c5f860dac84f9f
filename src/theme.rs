//! Colours and emphasis, by role.

/// Colours and emphasis, by role.
#[derive(Clone, Debug, Default)]
pub struct Theme {}

impl Theme {
    /// No colours at all.
    pub fn plain() -> Self {
        Self {}
    }
}
