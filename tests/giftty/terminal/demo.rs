//! Plays the demo of the README, so that it cannot rot.

use std::path::Path;

use super::player::play;
use super::svg;
use super::tape::Tape;

/// The terminal in which the demo is filmed.
const COLUMNS: u16 = 100;
const ROWS: u16 = 30;

/// The screens that the tape keeps are drawn into the folder that `GIFTTY_PICTURES` names.
#[test]
fn the_demo_plays_to_its_end() {
    let source = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("demo.tape")).unwrap();
    let tape = Tape::parse(&source).unwrap();
    assert!(!tape.outputs.is_empty(), "a tape without an Output films nothing");
    let shots = play(&tape, COLUMNS, ROWS).unwrap();
    let Some(folder) = std::env::var_os("GIFTTY_PICTURES") else { return };
    for shot in shots {
        let name = Path::new(&shot.name).with_extension("svg");
        let picture = Path::new(&folder).join(name.file_name().unwrap());
        std::fs::write(picture, svg::draw(&shot.cells, "giftty")).unwrap();
    }
}
