//! What many orders cost: opening the journal, reading it, every key while they are there, and memory.

use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use giftty::action::Action;
use giftty::domain::ledger::Ledger;
use giftty::domain::money::Amount;
use giftty::domain::order::{
    Code, Delivered, Delivery, DeliveryState, Echo, OrderId, OrderState, PaymentState, Snapshot,
};
use giftty::domain::text::{Printable, Prose};
use giftty::domain::time::Timestamp;
use giftty::effect::Effect;
use giftty::input::{Input, Key, Press, Size};
use giftty::journal::Journal;
use giftty::state::State;
use giftty::theme::Theme;
use giftty::update::update;
use giftty::view::view;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::{boot, fastest, ratio, timed};

const SHOP: &str = "sandbox";
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
                key.map(|key| update(&mut state, Action::Came(Input::Press(key)))).unwrap_or_default(),
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

fn other(failure: impl std::fmt::Display) -> io::Error {
    io::Error::other(failure.to_string())
}

fn steps(home: &Path) -> io::Result<Vec<(&'static str, Duration)>> {
    let open = || Journal::open(home, SHOP).map_err(other);
    let glancing = fastest(|| timed(|| Journal::glance(home, SHOP)));
    let opening = fastest(|| timed(|| open().is_ok()));
    let journal = open()?;
    let reading = fastest(|| timed(|| journal.outstanding(NOW).is_ok()));
    let listing = fastest(|| timed(|| journal.ledger(NOW).is_ok()));
    let mut steps = vec![
        ("before the first paint", glancing),
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
    let mut terminal = Terminal::new(TestBackend::new(SIZE.columns, SIZE.rows)).map_err(io::Error::other)?;
    let mut press = |state: &mut State, press: Press| {
        timed(|| {
            update(state, Action::Came(Input::Press(press)));
            state.subscriptions();
            terminal.draw(|frame| view(state, &theme, frame)).is_ok()
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

/// A journal of so many orders that were delivered, each with a code and how to redeem it.
fn fill(home: &Path, count: usize) -> io::Result<()> {
    let delivered = Delivered {
        code: Some(Code::read("AAAA-BBBB-CCCC")),
        serial: None,
        security_code: None,
        operator_reference: None,
        redeem: Prose::from_plain(&"Go to the shop's page and type the code in there. ".repeat(20)),
    };
    let line = Delivery {
        id: Printable::new("3f0c6a52-1111-4222-8333-944444444444"),
        state: DeliveryState::Succeeded,
        brand: "Steam".into(),
        country: None,
        value: Printable::new("10 USD"),
        echo: Echo::default(),
        beneficiary: "buyer@example.com".into(),
        delivered,
        failure: None,
    };
    let first = Snapshot {
        id: OrderId::parse("f9d624ad-dc5e-4efd-9ecf-f8fb08a22677").map_err(io::Error::other)?,
        state: OrderState::Done,
        payment: PaymentState::read("PaymentReceived"),
        terms: None,
        sent: Amount::ZERO,
        created_at: None,
        updated_at: None,
        deliveries: vec![line],
    };
    let journal = Journal::open(home, SHOP).map_err(other)?;
    journal.import(&first, Timestamp(1_700_000_000)).map_err(other)?;
    drop(journal);
    // Each order by itself would be on the disk before the next one.
    let file = rusqlite::Connection::open(home.join("journal.sqlite3")).map_err(io::Error::other)?;
    let copies = "WITH RECURSIVE copies(copy) AS
            (SELECT 2 UNION ALL SELECT copy + 1 FROM copies WHERE copy < ?1)
        INSERT INTO attempts (shop, begun, outcome, order_id, placed_order)
        SELECT shop, begun, outcome, printf('%08d', copy) || substr(order_id, 9),
            replace(placed_order, order_id, printf('%08d', copy) || substr(order_id, 9))
        FROM attempts, copies WHERE attempts.number = 1";
    file.execute(copies, [i64::try_from(count).unwrap_or_default()]).map_err(io::Error::other)?;
    Ok(())
}
