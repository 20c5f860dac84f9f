//! What a frame writes, in bytes, at 80 columns and 24 rows.

use std::sync::Arc;

use giftty::action::Action;
use giftty::domain::catalogue::{Brand, Catalogue, Facts};
use giftty::input::{Input, Key, Press, Size};
use giftty::search::catalogue_index::CatalogueIndex;
use giftty::state::SessionInit;
use giftty::update::update;

use crate::screens::scenes;
use crate::support::fixtures::{boot, catalogue};
use crate::support::vt100_terminal::Vt100Terminal;
use crate::support::walk::Walk;

const WINDOW: Size = Size { columns: 80, rows: 24 };

/// The made-up brands many times over, so that there is something to scroll.
fn many() -> Arc<CatalogueIndex> {
    let few = catalogue();
    let brand = |number: usize| {
        let brand = &few.catalogue.brands[number % few.catalogue.brands.len()];
        let id = format!("{}-{number}", brand.id());
        Brand::new(&Facts { id: &id, ..brand.facts() }).expect("a brand")
    };
    Arc::new(CatalogueIndex::new(Catalogue::new(few.catalogue.country, (0..200).map(brand).collect(), &[])))
}

/// The bytes of the frame after some keys, given the one before them.
fn bytes(before: Walk, key: impl FnOnce(Walk) -> Walk) -> usize {
    let mut paper = Vt100Terminal::new(WINDOW.columns, WINDOW.rows);
    paper.show(&before.state);
    let after = key(before);
    let writes = paper.show(&after.state);
    assert_eq!(writes.len(), 1);
    writes[0].len()
}

fn brands() -> Walk {
    Walk::at_brands(WINDOW).catalogue(Ok(many()))
}

/// Far less than a bare list behind the terminal library's own backend, but for a letter, which changes every row.
#[test]
fn frames_are_small() {
    let move_one = bytes(brands(), |walk| walk.press(Key::Down));
    let scroll_one = bytes(brands().presses(Key::Down, 40), |walk| walk.press(Key::Down));
    let letter = bytes(brands().types("mi"), |walk| walk.types("n"));
    let measured = [("move", move_one, 82), ("scroll", scroll_one, 200), ("letter", letter, 1_016)];
    for (what, bytes, most) in measured {
        assert!(bytes <= most, "{what}: {bytes} bytes, at most {most}");
    }
}

#[test]
fn countries_are_as_quiet() {
    let country = || Walk::begin(SessionInit { country: None, ..boot(WINDOW) });
    let move_one = bytes(country(), |walk| walk.press(Key::Down));
    let scroll_one = bytes(country().presses(Key::Down, 40), |walk| walk.press(Key::Down));
    assert!(move_one <= 82, "{move_one} bytes for a move");
    assert!(scroll_one <= 92, "{scroll_one} bytes for a row further");
}

#[test]
fn a_letter_in_a_form_is_a_few_bytes() {
    let filling = || {
        let scene = scenes::all().find(|(name, _)| *name == "checkout_filling");
        scene.unwrap().1(WINDOW)
    };
    let mut paper = Vt100Terminal::new(WINDOW.columns, WINDOW.rows);
    let mut state = filling();
    paper.show(&state);
    update(&mut state, Action::Input(Input::lone(Press::plain(Key::Char('x')))));
    let bytes: usize = paper.show(&state).iter().map(Vec::len).sum();
    assert!(bytes <= 40, "{bytes} bytes for a letter");
}
