//! What many orders cost: opening the journal, reading it, every key while they are there, and memory.

use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use giftty::action::Action;
use giftty::domain::ledger::Ledger;
use giftty::domain::time::Timestamp;
use giftty::effect::Effect;
use giftty::input::{Input, Key, Press, Size};
use giftty::journal::Journal;
use giftty::state::State;
use giftty::theme::Theme;
use giftty::update::update;
use giftty::view::view;
use giftty::widgets::frame::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::filling::{SHOP, fill, other};
use super::{boot, fastest, ratio, timed};

const SIZE: Size = Size { columns: 80, rows: 24 };
/// Long after the last order.
const NOW: Timestamp = Timestamp(1_800_000_000);

/// Prints what each step takes with many orders and with few.
pub(super) fn measure(out: &mut impl Write) -> io::Result<()> {
    let (many, few) = (tempfile::tempdir()?, tempfile::tempdir()?);
    fill(many.path(), 10_000)?;
    fill(few.path(), 10)?;
    for ((what, many), (_, few)) in steps(many.path())?.into_iter().zip(steps(few.path())?) {
        writeln!(out, "{what:<24} {many:>12.2?} {few:>12.2?}  {}", ratio(many, few))?;
    }
    for ((what, many), (_, few)) in memory(many.path())?.into_iter().zip(memory(few.path())?) {
        writeln!(out, "{what:<24} {many:>12} {few:>12}  bytes")?;
    }
    Ok(())
}

/// Bytes that the records take in memory at the start, with their list open, at its end, and filtered.
fn memory(home: &Path) -> io::Result<Vec<(&'static str, i64)>> {
    let journal = Journal::open(home, SHOP).map_err(other)?;
    let (mut state, wanted) = State::new(boot(SIZE));
    let mut wanted = wanted;
    let mut held = 0;
    let mut taken = Vec::new();
    let keys = [
        ("held at the start", None),
        ("held with their list", Some(Press::ctrl('o'))),
        ("held at its end", Some(Press::plain(Key::End))),
        ("held while they are sought", Some(Press::plain(Key::Char('/')))),
        ("held while one is filtered", Some(Press::plain(Key::Char('s')))),
    ];
    for (what, key) in keys {
        held += allocation_counter::measure(|| {
            wanted.extend(
                key.map(|key| update(&mut state, Action::Input(Input::lone(key)))).unwrap_or_default(),
            );
            answer(&mut state, &mut wanted, &journal);
        })
        .bytes_current;
        taken.push((what, held));
    }
    Ok(taken)
}

/// Answers everything that is asked of the journal.
fn answer(state: &mut State, wanted: &mut Vec<Effect>, journal: &Journal) {
    while let Some(effect) = wanted.pop() {
        let fact = match effect {
            Effect::LoadRecords(id) => Action::RecordsLoaded(id, journal.outstanding(NOW)),
            Effect::ListRecords(id) => Action::RecordsListed(id, journal.ledger(NOW)),
            _ => continue,
        };
        wanted.extend(update(state, fact));
    }
    wanted.shrink_to_fit();
}

fn steps(home: &Path) -> io::Result<Vec<(&'static str, Duration)>> {
    let open = || Journal::open(home, SHOP).map_err(other);
    let glancing = fastest(|| timed(|| Journal::glance(home, SHOP)));
    let opening = fastest(|| timed(|| open().is_ok()));
    let journal = open()?;
    let reading = fastest(|| timed(|| journal.outstanding(NOW).is_ok()));
    let listing = fastest(|| timed(|| journal.ledger(NOW).is_ok()));
    let mut steps = vec![
        ("before the first key", glancing),
        ("open and check it", opening),
        ("read what a start needs", reading),
        ("list it", listing),
    ];
    steps.extend(keys(journal.ledger(NOW).map_err(other)?)?);
    Ok(steps)
}

/// A key and its frame on the list, and a letter that filters it.
fn keys(records: Ledger) -> io::Result<Vec<(&'static str, Duration)>> {
    let (mut state, wanted) = State::new(boot(SIZE));
    let asked = wanted.iter().find_map(|effect| match effect {
        Effect::LoadRecords(id) => Some(*id),
        _ => None,
    });
    let asked = asked.ok_or_else(|| io::Error::other("nobody asks for the records"))?;
    update(&mut state, Action::RecordsLoaded(asked, Ok(records)));
    let theme = Theme::default();
    let mut cells = Buffer::empty(Rect::new(0, 0, SIZE.columns, SIZE.rows));
    let mut press = |state: &mut State, press: Press| {
        timed(|| {
            update(state, Action::Input(Input::lone(press)));
            state.subscriptions();
            view(state, &theme, &mut Frame::new(&mut cells));
            cells.reset();
        })
    };
    let country = fastest(|| press(&mut state, Press::plain(Key::Down)));
    press(&mut state, Press::ctrl('o'));
    let list = fastest(|| press(&mut state, Press::plain(Key::Down)));
    press(&mut state, Press::plain(Key::Char('/')));
    press(&mut state, Press::plain(Key::Char('s')));
    let letter = fastest(|| {
        let letter = press(&mut state, Press::plain(Key::Char('t')));
        press(&mut state, Press::plain(Key::Backspace));
        letter
    });
    Ok(vec![
        ("a key on another screen", country),
        ("a key in the list", list),
        ("a letter to filter", letter),
    ])
}
