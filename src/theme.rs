//! Colours and emphasis, by role.

/// Colours and emphasis, by role.
#[derive(Clone, Debug, Default)]
pub struct Theme {}
