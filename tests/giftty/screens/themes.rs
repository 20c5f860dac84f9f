//! Themes: which role every cell has, what the themes make of the roles, and that all can be read.

use giftty::config::look::{THEMES, theme};
use giftty::input::Size;
use giftty::keymap::Keymap;
use giftty::state::State;
use giftty::theme::Theme;
use giftty::theme::depth::Depth;
use giftty::widgets::ascii;
use giftty::widgets::card::Weight;
use giftty::widgets::timeline::Progress;
use ratatui::style::{Color, Modifier};

use super::looks::themes;
use super::scenes::{self, Scene};
use super::{draw, rows};

fn scene(name: &str) -> Scene {
    scenes::all().find(|(known, _)| *known == name).expect("a scene of this name")
}

#[test]
fn every_theme_makes_this_of_the_roles() {
    let told = |theme: &Theme| {
        let line = |role: &&str| format!("  {role:8} {:?}", theme.style(role).unwrap());
        Theme::ROLES.iter().map(line).collect::<Vec<_>>().join("\n")
    };
    let depths = [("", Depth::Exact), (", 256 colours", Depth::Indexed), (", 16 colours", Depth::Sixteen)];
    let mut seen = Vec::new();
    for (name, theme) in themes() {
        for (words, depth) in depths {
            seen.push(format!("{name}{words}\n{}", told(&theme.clone().fitted(depth))));
        }
    }
    insta::assert_snapshot!("themes", seen.join("\n"));
}

#[expect(clippy::float_arithmetic, reason = "the guidelines reckon light in fractions")]
fn luminance(colour: Color) -> f64 {
    let Color::Rgb(red, green, blue) = colour else { unreachable!("{colour:?} is no exact colour") };
    let part = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.03928 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue)
}

/// The contrast of two colours as the accessibility guidelines reckon it.
#[expect(clippy::float_arithmetic, reason = "the guidelines reckon contrast as a ratio")]
fn contrast(one: Color, other: Color) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_word_of_every_theme_can_be_read() {
    for (name, _) in THEMES {
        let theme = theme(name).unwrap().0;
        let least = if name == "high-contrast" { 7.0 } else { 4.5 };
        for role in Theme::ROLES {
            let style = theme.style(role).unwrap();
            let (letters, behind) = (style.fg.unwrap(), style.bg.or(theme.ground.bg).unwrap());
            // Rules hold no words: it is enough that they are seen.
            let least = if role == "rule" { 3.0 } else { least };
            let found = contrast(letters, behind);
            assert!(found >= least, "{name}: {role} has {found:.1}");
        }
    }
}

#[test]
fn sixteen_and_256_colours_keep_letters_apart_from_their_ground() {
    for depth in [Depth::Sixteen, Depth::Indexed] {
        for (name, _) in THEMES {
            let theme = theme(name).unwrap().0.fitted(depth);
            for role in Theme::ROLES {
                let style = theme.style(role).unwrap();
                assert_ne!(style.fg, style.bg.or(theme.ground.bg), "{name}: {role} at {depth:?}");
            }
        }
    }
}

fn ascii_theme() -> Theme {
    let mut theme = Theme::plain();
    theme.ascii = true;
    theme
}

const SIZE: Size = Size { columns: 80, rows: 24 };

/// A scene by its state, with keys named in ASCII as the program does it.
fn in_ascii(scene: fn(Size) -> State) -> State {
    let mut state = scene(SIZE);
    state.model.preferences.keymap = Keymap::default().in_ascii();
    state
}

#[test]
fn in_ascii_only_what_the_shop_wrote_and_codes_are_more_than_ascii() {
    for (name, scene) in scenes::all().filter(|(name, _)| !name.starts_with("country")) {
        let state = in_ascii(scene);
        let drawn = draw(&state, &ascii_theme());
        for cell in drawn.content() {
            let symbol = cell.symbol();
            let code = matches!(symbol, "█" | "▀" | "▄") && cell.fg != Color::Reset;
            let word = symbol.chars().all(|letter| letter.is_alphanumeric() || "¥€£".contains(letter));
            assert!(symbol.is_ascii() || code || word, "{name}: {symbol:?}");
        }
    }
}

#[test]
fn ascii_keeps_everything_in_its_place() {
    for (name, scene) in scenes::all() {
        let state = scene(SIZE);
        let symbols = draw(&state, &Theme::plain());
        let letters = draw(&state, &ascii_theme());
        for (symbol, letter) in symbols.content().iter().zip(letters.content()) {
            let expected = ascii::letter(symbol.symbol()).unwrap_or(symbol.symbol());
            assert_eq!(letter.symbol(), expected, "{name}");
        }
    }
}

/// The mark of every state, as symbols and as letters, without any colour.
#[test]
fn every_state_has_a_mark_of_its_own() {
    let weights = [Weight::Waiting, Weight::Calm, Weight::Good, Weight::Warning, Weight::Alarm];
    let steps = [Progress::Done, Progress::Current, Progress::Later, Progress::Stopped];
    let links = ["●", "◌", "◍", "○"];
    let sets = [weights.map(Weight::glyph).to_vec(), steps.map(Progress::glyph).to_vec(), links.to_vec()];
    for marks in sets {
        let letters: Vec<&str> = marks.iter().map(|mark| ascii::letter(mark).unwrap()).collect();
        for set in [marks, letters] {
            for (place, mark) in set.iter().enumerate() {
                assert!(!set[place + 1..].contains(mark), "{mark} means two things: {set:?}");
            }
        }
    }
}

#[test]
fn no_two_states_of_an_order_look_the_same_without_colour() {
    let mut seen: Vec<(&str, Vec<String>)> = Vec::new();
    for (name, scene) in super::payments::PHASES {
        let drawn = draw(&scene(SIZE), &Theme::plain());
        let text = rows(&drawn);
        for (other, same) in &seen {
            assert_ne!(&text, same, "{name} and {other}");
        }
        seen.push((name, text));
    }
}

#[test]
fn a_marked_row_is_told_by_its_marker_and_not_by_its_style_alone() {
    let (_, scene) = scene("brands_filter");
    let drawn = draw(&scene(SIZE), &Theme::plain());
    let marked = rows(&drawn).into_iter().filter(|row| row.contains('▸')).count();
    assert_eq!(marked, 1);
    let bold = drawn.content().iter();
    assert!(bold.filter(|cell| cell.modifier.contains(Modifier::BOLD)).count() > 0);
}

#[test]
fn with_reduced_motion_nothing_ticks_while_there_is_time() {
    for name in ["pay_solana", "pay_live", "delivered_revealed"] {
        let Some((_, scene)) = scenes::all().find(|(known, _)| *known == name) else { continue };
        let seen = |seconds: u64| {
            let mut state = scene(SIZE);
            state.model.preferences.reduced_motion = true;
            let now = state.model.now;
            let later = std::time::Duration::from_secs(seconds);
            let now = giftty::domain::time::Moment { wall: now.wall.plus(later), uptime: now.uptime + later };
            giftty::update::update(&mut state, giftty::action::Action::Tick(now));
            rows(&draw(&state, &Theme::plain()))
        };
        let frames: Vec<Vec<String>> = (0..30).map(seen).collect();
        let changes = frames.windows(2).filter(|pair| pair[0] != pair[1]).count();
        assert!(changes <= 1, "{name} changed {changes} times in half a minute");
    }
}
