//! A journal that many orders stand in.

use std::io;
use std::path::Path;

use giftty::domain::money::Amount;
use giftty::domain::order::{
    Code, Delivered, Delivery, DeliveryState, Echo, OrderId, OrderState, PaymentState, Snapshot,
};
use giftty::domain::text::{Printable, Prose};
use giftty::domain::time::Timestamp;
use giftty::journal::Journal;

/// The shop of the orders.
pub(super) const SHOP: &str = "sandbox";

/// A journal of so many orders that were delivered, one an hour, each with a code and how to redeem it: copies
/// of the first that stands in it.
pub(super) fn fill(home: &Path, count: usize) -> io::Result<()> {
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
        INSERT INTO attempts (shop, begun, total, purchase, outcome, state, order_id, placed_order)
        SELECT shop, begun - 3600 * copy, total, purchase, outcome, state, printf('%08d', copy) || substr(order_id, 9),
            replace(placed_order, order_id, printf('%08d', copy) || substr(order_id, 9))
        FROM attempts, copies WHERE attempts.number = 1";
    file.execute(copies, [i64::try_from(count).unwrap_or_default()]).map_err(io::Error::other)?;
    Ok(())
}

/// A failure as an error of a benchmark.
pub(super) fn other(failure: impl std::fmt::Display) -> io::Error {
    io::Error::other(failure.to_string())
}
