//! Every screen, in every named state and size, in every theme: what is said there, and how it looks.
//!
//! What a cell looks like depends on its role alone. So `looks` tells once how everything looks in each
//! theme, and a snapshot of each screen tells which words are said in which look; all of it is read from
//! frames that were drawn in each of the themes. Where the words stand is the same in all of them, and
//! the snapshots of the screens show it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use giftty::config::look::{THEMES, theme};
use giftty::input::Size;
use giftty::theme::Theme;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use super::scenes::{self, Scene};
use super::{SIZES, draw, payments, rows};
use super::{belongings, purchases};

/// The screens, and the name of the snapshot of each.
const SCREENS: [(&str, &[Scene]); 12] = [
    ("country", scenes::COUNTRY),
    ("brands", scenes::BRANDS),
    ("product", scenes::PRODUCT),
    ("cart", purchases::CART),
    ("checkout", purchases::CHECKOUT),
    ("pay", payments::PAY),
    ("phases", payments::PHASES),
    ("delivered", belongings::DELIVERED),
    ("orders", belongings::ORDERS),
    ("tender", scenes::TENDER),
    ("help", scenes::HELP),
    ("palette", scenes::PALETTE),
];

/// A theme whose every role has a colour of its own.
fn probe() -> Theme {
    let mut probe = Theme::default();
    for (place, role) in Theme::ROLES.iter().enumerate() {
        probe.set(role, &format!("{}", 100 + place)).unwrap();
    }
    probe
}

/// Every theme that a user can have, `NO_COLOR` the last.
pub(crate) fn themes() -> Vec<(&'static str, Theme)> {
    let mut themes = vec![("terminal", Theme::default())];
    themes.extend(THEMES.iter().map(|(name, _)| (*name, theme(name).unwrap().0)));
    themes.push(("NO_COLOR", Theme::plain()));
    themes
}

/// How a cell is drawn: its letter's colour, what is behind it, and its emphasis.
type Drawn = (Color, Color, Modifier);

fn drawn(cell: &Cell) -> Drawn {
    (cell.fg, cell.bg, cell.modifier)
}

/// The look of a cell by name: its role, and with what else it is laid over another one.
fn name(probed: &Cell, plain: &Cell) -> String {
    let place = match probed.fg {
        Color::Indexed(place @ 100..113) => usize::from(place - 100),
        Color::Rgb(..) => return "code".to_owned(),
        _ => return "picture".to_owned(),
    };
    let role = Theme::ROLES[place];
    let own = Theme::plain().style(role).unwrap().add_modifier;
    let more = plain.modifier - own;
    if more.is_empty() { role.to_owned() } else { format!("{role} and {more:?}").to_lowercase() }
}

/// What was found: how each look is drawn in each theme, and the words in it.
#[derive(Default)]
struct Found {
    drawn: BTreeMap<String, Vec<Drawn>>,
    words: BTreeMap<String, Vec<String>>,
}

impl Found {
    /// Takes in a frame that was drawn with the probe and in every theme.
    fn take(&mut self, scene: &str, probed: &Buffer, frames: &[Buffer]) {
        let columns = usize::from(probed.area.width);
        let mut open: Option<String> = None;
        // A wide letter covers the cell behind it, too.
        let mut covered = 0;
        for (place, cell) in probed.content().iter().enumerate() {
            if covered > 0 {
                covered -= 1;
                continue;
            }
            covered = cell.symbol().width().saturating_sub(1);
            if cell.symbol() == " " || place % columns == 0 {
                open = None;
            }
            if cell.symbol() == " " {
                continue;
            }
            let cells: Vec<&Cell> = frames.iter().map(|frame| &frame.content()[place]).collect();
            assert!(
                cells.iter().all(|other| other.symbol() == cell.symbol()),
                "{scene}: a theme moved words"
            );
            let look = name(cell, cells.last().unwrap());
            let now: Vec<Drawn> = cells.into_iter().map(drawn).collect();
            if !matches!(look.as_str(), "code" | "picture") {
                let before = self.drawn.entry(look.clone()).or_insert_with(|| now.clone());
                assert_eq!(*before, now, "{scene}: {look} is not always drawn the same: {:?}", cell.symbol());
            }
            let words = self.words.entry(look.clone()).or_default();
            match &open {
                Some(before) if *before == look => words.last_mut().unwrap().push_str(cell.symbol()),
                _ => words.push(cell.symbol().to_owned()),
            }
            open = Some(look);
        }
    }

    /// The words of each look, each of them once.
    fn told(&mut self) -> String {
        let mut text = String::new();
        for (look, words) in std::mem::take(&mut self.words) {
            if matches!(look.as_str(), "code" | "picture") {
                continue;
            }
            let mut once: Vec<String> = Vec::new();
            for word in words {
                let word = shortened(word);
                if !once.contains(&word) {
                    once.push(word);
                }
            }
            writeln!(text, "  {look:16} {}", once.join(" ")).unwrap();
        }
        text
    }
}

/// A line that is drawn is as long as there is room.
fn shortened(word: String) -> String {
    let first = word.chars().next().unwrap_or_default();
    if word.chars().count() > 3 && word.chars().all(|letter| letter == first) {
        format!("{first}…")
    } else {
        word
    }
}

fn colour(colour: Color) -> String {
    match colour {
        Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
        Color::Reset => "own".to_owned(),
        named => format!("{named:?}").to_lowercase(),
    }
}

fn told((letter, ground, emphasis): Drawn) -> String {
    let ground = if ground == Color::Reset { String::new() } else { format!(" on {}", colour(ground)) };
    let emphasis = emphasis.iter_names().map(|(name, _)| format!(" {}", name.to_lowercase()));
    format!("{}{ground}{}", colour(letter), emphasis.collect::<String>())
}

#[test]
fn every_screen_in_every_theme_says_these_words_in_these_looks() {
    let themes = themes();
    let mut found = Found::default();
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (screen, scenes) in SCREENS {
            let mut text = String::new();
            for (scene_name, scene) in scenes {
                for size in SIZES {
                    let state = scene(size);
                    let frame = |theme: &Theme| draw(&state, theme);
                    let frames: Vec<Buffer> = themes.iter().map(|(_, theme)| frame(theme)).collect();
                    found.take(scene_name, &frame(&probe()), &frames);
                }
                writeln!(text, "{scene_name}\n{}", found.told()).unwrap();
            }
            insta::assert_snapshot!(format!("looks_{screen}"), text);
        }
        let mut text = String::new();
        for (look, drawn) in &found.drawn {
            writeln!(text, "{look}").unwrap();
            for ((theme, _), drawn) in themes.iter().zip(drawn) {
                writeln!(text, "  {theme:14} {}", told(*drawn)).unwrap();
            }
        }
        insta::assert_snapshot!("looks", text);
    });
}

#[test]
fn every_state_says_the_same_in_every_theme() {
    let size = Size { columns: 80, rows: 24 };
    for (name, scene) in scenes::all() {
        let state = scene(size);
        let text = |theme: &Theme| rows(&draw(&state, theme));
        let plain = text(&Theme::plain());
        for (theme_name, theme) in themes() {
            assert_eq!(text(&theme), plain, "{name} in {theme_name}");
        }
    }
}

/// A screen that is added has its looks told as well.
#[test]
fn no_state_is_left_out() {
    let told = SCREENS.iter().flat_map(|(_, scenes)| scenes.iter()).count();
    assert_eq!(told, scenes::all().count());
}
