//! Widgets that all screens share.

pub mod ascii;
pub mod card;
pub mod clock;
pub mod text_flow;
pub mod frame;
pub mod input;
pub mod list;
pub mod pane;
pub mod picture;
pub mod qr;
pub mod display_safe;
pub mod text;
pub mod timeline;
