//! Drawing that several screens share: a brand's tile, and the age of cached data.

use ratatui::layout::Rect;

use crate::domain::catalogue::Brand;
use crate::keymap::{Command, Typing};
use crate::layout::{centred, from_left, from_right, from_top, logo_cells};
use crate::model::Model;
use crate::remote::Recalled;
use crate::theme::Theme;
use crate::widgets::frame::Frame;
use crate::widgets::text::{put, put_right, put_runs, width};
use crate::widgets::{clock, picture};

/// Draws the age of cached data and why it has not been refreshed.
pub(crate) fn draw_age(
    what: &str,
    recalled: &Recalled,
    model: &Model,
    theme: &Theme,
    area: Rect,
    frame: &mut Frame<'_>,
) {
    let age = clock::age(model.now.wall.since(recalled.told));
    match &recalled.renewal {
        Ok(id) => {
            let words = match model.delay_of(*id) {
                Some(delay) => format!("{age} old. {delay}"),
                None if model.untouched => format!("{what} {age} old. Any key asks the shop."),
                None => format!("{what} {age} old, refreshing…"),
            };
            put_runs(frame, area, &[("◌ ", theme.accent), (&words, theme.dim)]);
        }
        Err(failure) => {
            let retry = format!("  {} asks again", model.key(Command::Retry, Typing::Text));
            let used = put_right(frame, area, &[(&retry, theme.key)]);
            // If space is short, keep the failure: the screen already shows what the data is.
            let mut words = format!("{what} {age} old. {failure}");
            if width(&words).saturating_add(used + 2) > area.width {
                words = format!("{age} old. {failure}");
            }
            put_runs(frame, from_right(area, used).0, &[("▲ ", theme.warning), (&words, theme.text)]);
        }
    }
}

/// Draws a brand's logo at the top left of an area, or its initials on its colour if there is none.
pub(crate) fn draw_tile(brand: &Brand, model: &Model, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let size = logo_cells(model.size.columns);
    let (area, _) = from_left(from_top(area, size.1).0, size.0);
    if (area.width, area.height) == size
        && let Some(logo) = model.logos.of(brand, size)
    {
        return picture::draw(logo, area, frame);
    }
    let style = theme.tile(brand.colour);
    frame.buffer_mut().set_style(area, style);
    let letters = initials(brand.name().shown());
    put(frame, centred(area, width(&letters), 1), &letters, style);
}

/// The first letters of the first two words, or the first two letters of the only word.
fn initials(name: &str) -> String {
    let first = |word: &str| word.chars().find(|letter| letter.is_alphanumeric());
    let mut words = name.split_whitespace().filter_map(|word| Some((word, first(word)?)));
    match (words.next(), words.next()) {
        (Some((_, one)), Some((_, two))) => [one, two].iter().collect::<String>().to_uppercase(),
        (Some((word, _)), None) => word.chars().filter(|letter| letter.is_alphanumeric()).take(2).collect(),
        (None, _) => "·".to_owned(),
    }
}
