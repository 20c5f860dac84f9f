//! A picture in its cells.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui_image::Image;

use crate::picture::Picture;

/// Draws a picture that was made for an area of this size.
pub fn draw(picture: &Picture, area: Rect, frame: &mut Frame<'_>) {
    frame.render_widget(Image::new(picture.shown()), area.intersection(frame.area()));
}
