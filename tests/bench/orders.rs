//! What many orders cost: opening the journal, reading it, and every key while they are there.

use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use giftty::action::Action;
use giftty::domain::money::Amount;
use giftty::domain::order::{
    Code, Delivered, Delivery, DeliveryState, Echo, OrderId, OrderState, PaymentState, Snapshot,
};
use giftty::domain::record::Record;
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

/// Prints what each step takes with many orders and with few.
pub(super) fn measure(out: &mut impl Write) -> io::Result<()> {
    let (many, few) = (steps(10_000)?, steps(10)?);
    for ((what, many), (_, few)) in many.into_iter().zip(few) {
        writeln!(out, "{what:<24} {many:>12.2?} {few:>12.2?}  {}", ratio(many, few))?;
    }
    Ok(())
}

fn steps(count: usize) -> io::Result<Vec<(&'static str, Duration)>> {
    let home = tempfile::tempdir()?;
    fill(home.path(), count)?;
    let open = || Journal::open(home.path(), SHOP).map_err(|failure| io::Error::other(failure.to_string()));
    let glancing = fastest(|| timed(|| Journal::glance(home.path(), SHOP)));
    let opening = fastest(|| timed(|| open().is_ok()));
    let journal = open()?;
    let reading = fastest(|| timed(|| journal.records().map(|records| records.len())));
    let records = journal.records().map_err(|failure| io::Error::other(failure.to_string()))?;
    let mut steps =
        vec![("before the first paint", glancing), ("open and check it", opening), ("read it", reading)];
    steps.extend(keys(records)?);
    Ok(steps)
}

/// A key and its frame on the list, and a letter that filters it.
fn keys(records: Vec<Record>) -> io::Result<Vec<(&'static str, Duration)>> {
    let size = Size { columns: 80, rows: 24 };
    let (mut state, wanted) = State::new(boot(size));
    let asked = wanted.iter().find_map(|effect| match effect {
        Effect::LoadRecords(id) => Some(*id),
        _ => None,
    });
    let asked = asked.ok_or_else(|| io::Error::other("nobody asks for the records"))?;
    update(&mut state, Action::RecordsLoaded(asked, Ok(records)));
    let theme = Theme::default();
    let mut terminal = Terminal::new(TestBackend::new(size.columns, size.rows)).map_err(io::Error::other)?;
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
    let journal = Journal::open(home, SHOP).map_err(|failure| io::Error::other(failure.to_string()))?;
    journal
        .import(&first, Timestamp(1_700_000_000))
        .map_err(|failure| io::Error::other(failure.to_string()))?;
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
