//! Ways through the real program in a terminal, with the keys alone.

use std::path::Path;

use super::cells::Cells;
use super::keys::Key;
use super::program::Program;
use super::pty::Pty;
use super::qr_reader;

/// Somebody in the United States whose orders wait to be paid by hand.
pub(crate) fn at_manual_pace(program: Program, home: &Path) -> Program {
    program
        .home(home)
        .env("LANG", "en_US.UTF-8")
        .env("GIFTTY_PACE", "manual")
        .env("GIFTTY_DATA_DIR", home.join("data"))
}

/// Buys Airbnb for 100 USD, up to the Pay screen.
pub(crate) fn orders_airbnb(pty: &Pty) {
    fills_the_checkout(pty);
    pty.send("you@example.com");
    pty.press(Key::Enter);
    pty.wait_for("Receipt");
    pty.wait_for("place the order");
    pty.decides("p");
    pty.wait_for("Only USDC on Solana");
}

/// Walks from the first screen to one of the others.
pub(crate) fn walks_to(pty: &Pty, place: &str) {
    match place {
        "country" => pty.wait_for("United States"),
        "brands" => shops_in_the_states(pty),
        "checkout" => fills_the_checkout(pty),
        "pay" => orders_airbnb(pty),
        other => panic!("nobody knows the way to {other}"),
    }
}

/// Chooses the United States.
pub(crate) fn shops_in_the_states(pty: &Pty) {
    pty.wait_for("United States");
    pty.send("united states");
    pty.wait_until("the filtered list", |screen| !screen.contents().contains("Albania"));
    pty.press(Key::Enter);
    pty.wait_for("Amazon.com");
}

/// Chooses Airbnb for 100 USD in the United States, up to the empty checkout.
pub(crate) fn fills_the_checkout(pty: &Pty) {
    shops_in_the_states(pty);
    chooses_airbnb(pty);
}

/// Chooses Airbnb for 100 USD among the brands.
pub(crate) fn chooses_airbnb(pty: &Pty) {
    pty.send("airbnb");
    pty.wait_gone("Amazon");
    pty.press(Key::Enter);
    pty.wait_for("from 50 to 500");
    pty.press(Key::Ctrl('u'));
    pty.send("100");
    pty.wait_for("101.48");
    pty.press(Key::Enter);
    pty.wait_for("Checkout");
}

/// What a phone reads from the screen, once the code stands there whole.
pub(crate) fn scanned(pty: &Pty) -> String {
    pty.wait_until("a QR code", |screen| !qr_reader::read(&Cells::from(screen)).is_empty());
    qr_reader::read(&pty.cells()).remove(0)
}
