//! Whatever is drawn, the terminal shows it, by few bytes in one write.

use std::fmt::Write as _;

use giftty::input::Size;
use giftty::session::Surface;
use giftty::widgets::frame::Frame;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};
use unicode_width::UnicodeWidthStr;

use crate::support::cells::{Cell, Cells, Ink};
use crate::support::vt100_terminal::Vt100Terminal;

/// A text at a place, in some colours.
#[derive(Clone, Debug)]
struct Patch {
    x: u16,
    y: u16,
    text: String,
    style: Style,
}

fn colours() -> impl Strategy<Value = Color> {
    prop_oneof![
        4 => Just(Color::Reset),
        1 => Just(Color::Cyan),
        1 => Just(Color::LightRed),
        1 => (0_u8..=255).prop_map(Color::Indexed),
        1 => Just(Color::Rgb(1, 20, 255)),
    ]
}

fn patches() -> impl Strategy<Value = Patch> {
    let modifiers =
        prop::sample::select(vec!["", "b", "d", "u", "r", "bu", "i"]).prop_map(|letters: &str| {
            letters.chars().fold(Modifier::empty(), |all, letter| {
                all | match letter {
                    'b' => Modifier::BOLD,
                    'd' => Modifier::DIM,
                    'u' => Modifier::UNDERLINED,
                    'i' => Modifier::ITALIC,
                    _ => Modifier::REVERSED,
                }
            })
        });
    let texts = prop_oneof!["[a-z ]{0,12}", " {1,30}", "[日本é語─█ ]{1,8}"];
    (0_u16..30, 0_u16..8, texts, colours(), colours(), modifiers).prop_map(
        |(x, y, text, fg, bg, modifier)| {
            let style = Style::new().fg(fg).bg(bg).add_modifier(modifier).remove_modifier(!modifier);
            Patch { x, y, text, style }
        },
    )
}

fn paint(buffer: &mut Buffer, patches: &[Patch]) {
    for patch in patches {
        if patch.x < buffer.area.width && patch.y < buffer.area.height {
            // Nobody writes over one half of a wide letter and leaves the other.
            if let Some(before) = patch.x.checked_sub(1).and_then(|x| buffer.cell_mut((x, patch.y)))
                && before.symbol().width() > 1
            {
                before.set_symbol(" ");
            }
            buffer.set_stringn(patch.x, patch.y, &patch.text, 40, patch.style);
        }
    }
}

/// The rows as far as an eye can tell them apart: a blank has no letter, so none of its colour.
fn seen(cells: &Cells) -> Vec<String> {
    let row = |row: &Vec<Cell>| {
        let mut told = String::new();
        let mut covered = 0;
        for cell in row {
            if covered > 0 {
                // The second half of a wide letter is told with its first.
                covered -= 1;
                continue;
            }
            covered = cell.symbol.width().saturating_sub(1);
            told += &cell.symbol;
            let letter = !cell.symbol.trim().is_empty();
            if (letter && cell.fg != Ink::Default) || cell.inverse || cell.underlined {
                write!(told, "<{:?} {} {}>", cell.fg, cell.inverse, cell.underlined).unwrap();
            }
            if cell.bg != Ink::Default {
                write!(told, "<{:?}>", cell.bg).unwrap();
            }
            if letter && (cell.bold || cell.dim || cell.italic) {
                write!(told, "<{} {} {}>", cell.bold, cell.dim, cell.italic).unwrap();
            }
        }
        told
    };
    cells.rows.iter().map(row).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_terminal_shows_what_was_drawn(
        frames in prop::collection::vec(prop::collection::vec(patches(), 0..8), 1..6),
        carets in prop::collection::vec(prop::option::of((0_u16..30, 0_u16..8)), 6),
        sizes in prop::collection::vec(prop::option::weighted(0.2, (1_u16..40, 1_u16..10)), 6),
    ) {
        let mut paper = Vt100Terminal::new(30, 8);
        for ((patches, caret), size) in frames.iter().zip(&carets).zip(&sizes) {
            if let Some((columns, rows)) = size {
                paper.resize(*columns, *rows);
            }
            let area = paper.area();
            let caret = caret.filter(|(x, y)| *x < area.width && *y < area.height);
            let writes = paper.draw(|frame| {
                paint(frame.buffer_mut(), patches);
                if let Some(caret) = caret {
                    frame.set_caret(Position::from(caret));
                }
            });
            prop_assert!(writes.len() <= 1, "{} writes", writes.len());
            let mut wanted = Buffer::empty(Rect::new(0, 0, area.width, area.height));
            paint(&mut wanted, patches);
            prop_assert_eq!(seen(&paper.cells()), seen(&Cells::from(&wanted)));
            prop_assert_eq!(paper.screen().hide_cursor(), caret.is_none());
            if let Some((x, y)) = caret {
                prop_assert_eq!(paper.screen().cursor_position(), (y, x));
            }
            let again = paper.draw(|frame| {
                paint(frame.buffer_mut(), patches);
                if let Some(caret) = caret {
                    frame.set_caret(Position::from(caret));
                }
            });
            prop_assert_eq!(again, Vec::<Vec<u8>>::new());
        }
    }
}

/// A list of made-up names from some place on, with one of them marked, and a line above and below.
fn list(buffer: &mut Buffer, from: usize, marked: usize, wide_every: usize) {
    let area = buffer.area;
    buffer.set_string(1, 0, "the names", Style::new().bold());
    for y in 1..area.height.saturating_sub(1) {
        let place = from + usize::from(y);
        let name = format!("{:016x}", place.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let style = if place == marked { Style::new().fg(Color::Cyan).bold() } else { Style::new() };
        buffer.set_string(1, y, if place == marked { "▸" } else { " " }, style);
        buffer.set_stringn(3, y, &name, usize::from(area.width), style);
        if place.is_multiple_of(wide_every) {
            buffer.set_stringn(20, y, "日本語", usize::from(area.width), Style::new());
        }
        let price = format!("{:>12}", place * 7);
        buffer.set_stringn(30, y, &price, usize::from(area.width), Style::new().fg(Color::Yellow));
    }
    if let Some(last) = area.height.checked_sub(1) {
        buffer.set_string(1, last, "keys", Style::new().add_modifier(Modifier::DIM));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rows_that_only_move_stand_where_they_were_drawn(
        steps in prop::collection::vec((-4_isize..5, 0_usize..20, prop::option::weighted(0.3, patches())), 1..12),
        wide_every in prop_oneof![Just(1_000_usize), 2_usize..9],
        (columns, rows) in (20_u16..60, 3_u16..20),
    ) {
        let mut paper = Vt100Terminal::new(columns, rows);
        let mut from = 40_usize;
        for (step, marked, patch) in steps {
            from = from.saturating_add_signed(step);
            let paint = |buffer: &mut Buffer| {
                list(buffer, from, from + marked, wide_every);
                paint(buffer, patch.as_slice());
            };
            let writes = paper.draw(|frame| paint(frame.buffer_mut()));
            prop_assert!(writes.len() <= 1, "{} writes", writes.len());
            let mut wanted = Buffer::empty(Rect::new(0, 0, columns, rows));
            paint(&mut wanted);
            prop_assert_eq!(seen(&paper.cells()), seen(&Cells::from(&wanted)));
        }
    }
}

#[test]
fn a_list_that_moves_by_some_rows_takes_few_bytes() {
    for by in [1_isize, -1, 3, -3] {
        let mut paper = Vt100Terminal::new(80, 24);
        let show = |paper: &mut Vt100Terminal, from: usize, marked: usize| {
            let writes = paper.draw(|frame| list(frame.buffer_mut(), from, marked, 1_000));
            writes.iter().map(Vec::len).sum::<usize>()
        };
        // The mark stands where the list is left.
        let edge = if by > 0 { 22 } else { 1 };
        show(&mut paper, 100, 100 + edge);
        let to = 100_usize.strict_add_signed(by);
        let bytes = show(&mut paper, to, to + edge);
        let most = 60 + 60 * by.unsigned_abs();
        assert!(bytes <= most, "{bytes} bytes for {by} rows");
    }
}

#[test]
fn rows_move_beside_something_that_changes() {
    for by in [1_isize, -1] {
        let mut paper = Vt100Terminal::new(80, 24);
        let show = |paper: &mut Vt100Terminal, from: usize| {
            let writes = paper.draw(|frame| {
                let edge = if by > 0 { 22 } else { 1 };
                list(frame.buffer_mut(), from, from + edge, 1_000);
                for y in 2..10 {
                    frame.buffer_mut().set_string(60, y, format!("about {from}"), Style::new());
                }
            });
            writes.iter().map(Vec::len).sum::<usize>()
        };
        show(&mut paper, 100);
        let bytes = show(&mut paper, 100_usize.strict_add_signed(by));
        assert!(bytes <= 260, "{bytes} bytes for {by} rows");
    }
}

#[test]
fn no_row_leaves_at_the_top_of_the_window_to_where_one_scrolls_back() {
    let mut paper = Vt100Terminal::new(80, 24);
    let mut shown = |from: usize| {
        let writes = paper.draw(|frame| {
            for y in 0..24 {
                let code = format!("{:064x}", (from + usize::from(y)).wrapping_mul(0x9e37_79b9_7f4a_7c15));
                frame.buffer_mut().set_string(1, y, code, Style::new());
            }
        });
        String::from_utf8(writes.concat()).unwrap()
    };
    shown(10);
    let moved = shown(11);
    assert!(moved.contains("\x1b[2;24r"), "the others move: {moved:?}");
    assert!(!moved.contains("\x1b[1;24r"), "some terminals keep what leaves there: {moved:?}");
}

#[test]
fn no_row_moves_where_there_may_be_a_picture() {
    let mut paper = Vt100Terminal::new(80, 24);
    let with = |frame: &mut Frame<'_>, from: usize| {
        list(frame.buffer_mut(), from, from, 1_000);
        frame.buffer_mut()[(60, 3)].set_symbol("\x1b_Gq=2;AAAA\x1b\\");
    };
    paper.draw(|frame| with(frame, 10));
    let moved = paper.draw(|frame| with(frame, 11)).concat();
    assert!(!String::from_utf8(moved).unwrap().contains("r\x1b["), "no region is set");
}

#[test]
fn short_ways_between_two_changes_are_written_and_not_gone() {
    let mut paper = Vt100Terminal::new(20, 1);
    let mut shown = |text: &str| {
        let writes = paper.draw(|frame| {
            frame.buffer_mut().set_string(0, 0, text, Style::new());
        });
        String::from_utf8(writes.concat()).unwrap()
    };
    shown("a card for ten");
    assert!(shown("A card For Ten").ends_with("A\x1b[6CFor T"));
}

#[test]
fn every_cell_may_have_a_colour_of_its_own() {
    let mut paper = Vt100Terminal::new(80, 30);
    let tint = |number: u32| {
        let [_, red, green, blue] = number.to_be_bytes();
        Style::new().fg(Color::Rgb(red, green, blue))
    };
    let paint = |cells: &mut Buffer, first: u32| {
        for (number, cell) in (first..).zip(&mut cells.content) {
            cell.set_char('x').set_style(tint(number));
        }
    };
    for first in [0, 1_000, 2_400, 2_401, 9_000, 0] {
        let writes = paper.draw(|frame| paint(frame.buffer_mut(), first));
        assert_eq!(writes.len(), 1);
        let mut wanted = Buffer::empty(paper.area());
        paint(&mut wanted, first);
        assert_eq!(seen(&paper.cells()), seen(&Cells::from(&wanted)));
        let again = paper.draw(|frame| paint(frame.buffer_mut(), first));
        assert!(again.is_empty(), "{first}: {} bytes", again.concat().len());
    }
}

#[test]
fn only_frames_larger_than_a_packet_are_shown_at_once() {
    let synchronised = |writes: &[Vec<u8>]| {
        let [only] = writes else { panic!("{} writes", writes.len()) };
        (only.starts_with(b"\x1b[?2026h"), only.ends_with(b"\x1b[?2026l"))
    };
    let mut paper = Vt100Terminal::new(80, 24);
    let small = paper.draw(|frame| {
        frame.buffer_mut()[(3, 3)].set_char('x');
    });
    assert_eq!(synchronised(&small), (false, false));
    let large = paper.draw(|frame| {
        for place in frame.area().positions() {
            frame.buffer_mut()[place].set_char('x');
        }
    });
    assert_eq!(synchronised(&large), (true, true));
}

#[test]
fn a_terminal_that_is_gone_is_an_error_and_no_panic() {
    struct Gone;
    impl std::io::Write for Gone {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::Error::from_raw_os_error(5))
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut painter = giftty::terminal::Painter::new(Gone, Size { columns: 10, rows: 2 }, b"");
    assert!(painter.show(&Buffer::empty(Rect::new(0, 0, 10, 2)), None).is_err());
}
