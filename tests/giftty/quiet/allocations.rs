//! What a frame allocates, and that the rows of a list allocate nothing.

use allocation_counter::measure;
use giftty::action::Action;
use giftty::domain::ledger::{EntryInterner, Ledger};
use giftty::domain::order::{Code, OrderId, Snapshot};
use giftty::domain::record::{Outcome, Record};
use giftty::domain::time::Timestamp;
use giftty::input::{Input, Key, Press, Size};
use giftty::state::State;
use giftty::theme::Theme;
use giftty::update::update;
use giftty::view::view;

use crate::screens::belongings::done;
use crate::screens::scenes;
use crate::support::fixtures::{delivered, placed, record};
use crate::support::vt100_terminal::Vt100Terminal;
use crate::support::walk::Walk;

/// The most that a steady frame may allocate.
const MOST: u64 = 16;

/// What drawing a state allocates while its screen is up already.
fn frame(state: &State) -> u64 {
    let Size { columns, rows } = state.model.size;
    let mut paper = Vt100Terminal::new(columns, rows);
    for _ in 0..2 {
        paper.show(state);
    }
    let theme = Theme::default();
    measure(|| paper.draw_alone(|frame| view(state, &theme, frame))).count_total
}

fn scene(name: &str, size: Size) -> State {
    let found = scenes::all().find(|(known, _)| *known == name);
    found.expect(name).1(size)
}

#[test]
fn a_steady_frame_of_a_list_allocates_little() {
    for name in ["country", "country_filter", "brands_loading", "brands", "brands_kind", "brands_end"] {
        let count = frame(&scene(name, Size { columns: 80, rows: 24 }));
        assert!(count <= MOST, "{name}: {count}");
    }
}

#[test]
fn rows_allocate_nothing() {
    for name in ["country", "country_filter", "brands", "brands_filter"] {
        let low = frame(&scene(name, Size { columns: 78, rows: 20 }));
        let high = frame(&scene(name, Size { columns: 78, rows: 60 }));
        assert!(high <= low, "{name}: {low} in a low window, {high} in a high one");
    }
}

/// What the C library takes from the system for a piece of its own, and gives back; once it did, it keeps as much of what
/// is freed for itself, for each thread.
const LARGE: i64 = 128 * 1024;

#[test]
fn no_letter_of_a_filter_takes_a_large_piece_again() {
    for name in ["country_filter", "brands_filter"] {
        let mut state = scene(name, Size { columns: 80, rows: 24 });
        let mut paper = Vt100Terminal::new(80, 24);
        paper.show(&state);
        let theme = Theme::default();
        let taken = measure(|| {
            for key in [Key::Backspace, Key::Char('a')] {
                update(&mut state, Action::Input(Input::lone(Press::plain(key))));
                paper.draw_alone(|frame| view(&state, &theme, frame));
            }
        });
        assert!(taken.bytes_max < LARGE.unsigned_abs(), "{name}: {} bytes", taken.bytes_max);
    }
}

/// In front of a list of so many orders that are over.
fn orders(count: i64) -> State {
    let refused = |number| record(number, Outcome::Refused("no".into()));
    let records = (1..=count).rev().map(refused).collect();
    Walk::with_records(Size { columns: 80, rows: 24 }, records).ctrl('o').state
}

#[test]
fn thousands_of_orders_cost_a_frame_and_a_key_no_more_than_a_few() {
    let (mut many, mut few) = (orders(10_000), orders(100));
    assert!(frame(&many) <= frame(&few));
    let down = |state: &mut State| {
        let key = Action::Input(Input::lone(Press::plain(Key::Down)));
        measure(|| drop((update(state, key), state.subscriptions()))).bytes_total
    };
    assert!(down(&mut many) <= down(&mut few));
}

/// An order of so many that were delivered long ago, with a code and how to redeem it.
fn over(number: i64) -> Record {
    let line = delivered(Code::read("AAAA-BBBB-CCCC"));
    let id = OrderId::parse(&format!("{number:08}-dc5e-4efd-9ecf-f8fb08a22677")).expect("an id");
    record(number, placed(Snapshot { id, ..done(vec![line]) }))
}

/// The newest of so many orders as a start has them, and all of them as they are listed.
fn ledgers(count: i64) -> [Ledger; 2] {
    [100, count].map(|newest| {
        let (mut interner, mut ledger) = (EntryInterner::default(), Ledger::default());
        let numbers = (1..=count).rev().take(usize::try_from(newest).unwrap_or_default());
        numbers.for_each(|number| ledger.push(interner.keep(over(number), Timestamp(i64::MAX))));
        ledger.close(usize::try_from(count).unwrap_or_default());
        ledger
    })
}

/// What the records of so many orders take at the start, and with their list open, gone through and filtered.
fn held(count: i64) -> [i64; 2] {
    let (mut walk, mut held) = (None, [0; 2]);
    let start = measure(|| {
        let [newest, _] = ledgers(count);
        walk = Some(Walk::listing(Size { columns: 80, rows: 24 }, newest).press(Key::Esc));
    });
    held[0] = start.bytes_current;
    let used = measure(|| {
        let [_, all] = ledgers(count);
        let open = walk.take().map(|walk| walk.ctrl('o').listed(Ok(all)).press(Key::End));
        walk = open.map(|walk| walk.types("/bnb").press(Key::Backspace).press(Key::Backspace));
    });
    held[1] = start.bytes_current + used.bytes_current;
    held
}

#[test]
fn ten_thousand_orders_that_are_over_take_little_memory() {
    let ([few_at_start, few], [many_at_start, many]) = (held(200), held(10_000));
    assert!(many_at_start - few_at_start < 50_000, "{} bytes at the start", many_at_start - few_at_start);
    assert!(many - few < 2_500_000, "{} bytes after use", many - few);
}

#[test]
fn a_frame_in_which_nothing_changed_writes_nothing_on_any_screen() {
    for (name, scene) in scenes::all() {
        let state = scene(Size { columns: 80, rows: 24 });
        let mut paper = Vt100Terminal::new(80, 24);
        assert_eq!(paper.show(&state).len(), 1, "{name}");
        assert_eq!(paper.show(&state).len(), 0, "{name}");
    }
}

#[test]
fn moving_allocates_no_more_than_standing() {
    let size = Size { columns: 80, rows: 24 };
    let walk =
        Walk::begin(giftty::state::SessionInit { country: None, ..crate::support::fixtures::boot(size) });
    let mut paper = Vt100Terminal::new(80, 24);
    paper.show(&walk.state);
    let walk = walk.press(Key::Down).press(Key::Down);
    paper.show(&walk.state);
    let walk = walk.press(Key::Down);
    let theme = Theme::default();
    let moved = measure(|| paper.draw_alone(|frame| view(&walk.state, &theme, frame))).count_total;
    assert!(moved <= MOST, "{moved}");
}
