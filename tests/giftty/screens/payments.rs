//! Every state of an order that is paid or was to be paid.

use std::time::Duration;

use giftty::action::Action;
use giftty::domain::failure::Failure;
use giftty::domain::news::Link;
use giftty::domain::order::{OrderState, PaymentState, Snapshot};
use giftty::domain::record::Attempt;
use giftty::domain::tender::{PaymentMethod, PaymentMethods, Tender, Token};
use giftty::domain::text::Printable;
use giftty::domain::time::{Moment, Timestamp};
use giftty::input::{Key, Size};
use giftty::model::Shop;
use giftty::state::{SessionInit, State};

use super::belongings::{in_part, nothing_came};
use super::scenes::Scene;
use crate::support::domain::LOOK;
use crate::support::domain::payment_method;
use crate::support::fixtures::{
    BITCOIN, EVM, INVOICE, INVOICE_MADE, NOW, SOLANA, amount, boot, placed, record, snapshot, usual,
};
use crate::support::walk::Walk;

/// An order that waits for its payment, its news coming in.
pub(crate) fn waiting(size: Size, order: Snapshot) -> Walk {
    Walk::at_order(size, record(9, placed(order.clone()))).link(1, Link::Live).news(order).tick(2)
}

fn paying(size: Size, coin: &str, network: &str, total: &str, address: &str) -> Walk {
    let tender = Tender::new(coin, network);
    waiting(size, snapshot(1, &tender, total, address))
}

/// With the supplier's own text for a code.
fn with_text(mut order: Snapshot, text: &str) -> Snapshot {
    if let Some(terms) = &mut order.terms {
        terms.qr_text = Some(text.to_owned());
    }
    order
}

fn bitcoin() -> Snapshot {
    let order = snapshot(1, &Tender::new("BTC", "Bitcoin"), "0.00032833", BITCOIN);
    with_text(order, &format!("bitcoin:{BITCOIN}?amount=0.00032833"))
}

/// An invoice that is ten seconds old.
fn lightning() -> Snapshot {
    let mut order = snapshot(1, &Tender::new("BTC", "Lightning"), "0.0025", INVOICE);
    order.created_at = Some(Timestamp(INVOICE_MADE));
    order.updated_at = order.created_at;
    order
}

fn paying_invoice(size: Size) -> Walk {
    let now = Moment { wall: Timestamp(INVOICE_MADE + 10), uptime: LOOK };
    let walk = Walk::begin(SessionInit { now, ..boot(size) });
    let walk = walk
        .payment_methods(Ok(crate::support::fixtures::payment_methods()))
        .records(Ok(vec![record(9, placed(lightning()))]));
    walk.ctrl('o').press(Key::Enter).link(1, Link::Live).news(lightning())
}

/// USDC on Base: a token whose link names its contract.
pub(crate) const CONTRACT: &str = "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913";

fn paying_token(size: Size) -> Walk {
    let tender = Tender::new("USDC", "Base");
    let token = Some(Token { address: CONTRACT.to_owned(), decimals: 6 });
    let payment_method = PaymentMethod { chain_id: Some(8453), token, ..payment_method("USDC", "Base") };
    let order = snapshot(1, &tender, "101.48", EVM);
    let walk = Walk::begin(boot(size)).payment_methods(Ok(PaymentMethods::new(vec![payment_method])));
    let walk = walk.records(Ok(vec![record(9, placed(order.clone()))])).ctrl('o').press(Key::Enter);
    walk.link(1, Link::Live).news(order).tick(2)
}

/// What becomes of an order twenty seconds later.
fn becoming(size: Size, first: Snapshot, later: Snapshot) -> State {
    let later = Snapshot { updated_at: Some(Timestamp(NOW + 20)), ..later };
    waiting(size, first).tick(25).news(later).tick(28).state
}

/// An order in another state.
fn in_state(size: Size, state: OrderState, payment: PaymentState, sent: &str) -> State {
    becoming(size, usual(), Snapshot { state, payment, sent: amount(sent), ..usual() })
}

fn forged(order: Snapshot) -> Snapshot {
    let mut forged = Snapshot { updated_at: Some(Timestamp(NOW + 5)), ..order };
    if let Some(terms) = &mut forged.terms {
        "another".clone_into(&mut terms.address);
    }
    forged
}

fn seen(order: Snapshot) -> Snapshot {
    Snapshot {
        state: OrderState::PaymentStarted,
        sent: amount("50.74"),
        updated_at: Some(Timestamp(NOW + 5)),
        ..order
    }
}

fn silent() -> Failure {
    Failure::Interrupted(Printable::new("timed out"))
}

/// An order that is on the screen and nowhere else.
pub(crate) fn unsaved(size: Size) -> Walk {
    let full = Failure::Unrecorded(Printable::new("the disk is full"));
    waiting(size, usual()).fact(Action::OutcomeNotKept(Attempt(9), full))
}

pub(crate) const PAY: &[Scene] = &[
    ("pay_solana", |size| waiting(size, usual()).state),
    ("pay_bitcoin", |size| waiting(size, bitcoin()).state),
    ("pay_no_amount", |size| {
        let order = snapshot(1, &Tender::new("BTC", "Bitcoin"), "0.000000001", BITCOIN);
        waiting(size, with_text(order, &format!("bitcoin:{BITCOIN}"))).state
    }),
    ("pay_evm", |size| paying(size, "ETH", "Ethereum", "0.015209917548164", EVM).state),
    ("pay_token", |size| paying_token(size).state),
    ("pay_token_switched", |size| paying_token(size).types("v").state),
    ("pay_lightning", |size| paying_invoice(size).state),
    ("pay_real_shop", |size| {
        let shop = Shop { sandbox: false, pace: None, notice: None };
        let walk = Walk::begin(SessionInit { shop, ..boot(size) })
            .payment_methods(Ok(crate::support::fixtures::payment_methods()));
        let walk = walk.records(Ok(vec![record(9, placed(usual()))])).ctrl('o').press(Key::Enter);
        walk.link(1, Link::Live).news(usual()).tick(2).state
    }),
    ("pay_blocks", |size| waiting(size, usual()).types("b").state),
    ("pay_full_screen", |size| waiting(size, usual()).types("f").checked(Ok(usual())).state),
    ("pay_full_screen_blocks", |size| waiting(size, usual()).types("bf").checked(Ok(usual())).state),
    ("pay_full_screen_invoice", |size| paying_invoice(size).types("f").checked(Ok(lightning())).state),
    ("pay_checking", |size| waiting(size, usual()).types("y").state),
    ("pay_copied", |size| waiting(size, usual()).types("y").checked(Ok(usual())).state),
    ("pay_not_asked", |size| waiting(size, usual()).types("y").checked(Err(silent())).state),
    ("pay_not_confirmed", |size| {
        waiting(size, usual()).types("f").checked(Ok(Snapshot { terms: None, ..usual() })).state
    }),
    ("pay_changed_meanwhile", |size| waiting(size, usual()).types("y").checked(Ok(forged(usual()))).state),
    ("pay_seen_meanwhile", |size| waiting(size, usual()).types("f").checked(Ok(seen(usual()))).state),
    ("pay_not_saved", |size| unsaved(size).state),
    // Below what is said of it, a code that holds less has room.
    ("pay_not_saved_rich", |size| {
        let full = Failure::Unrecorded(Printable::new("the disk is full"));
        waiting(size, bitcoin()).fact(Action::OutcomeNotKept(Attempt(9), full)).state
    }),
    ("pay_news_not_saved", |size| {
        let full = Failure::Unrecorded(Printable::new("the disk is read-only"));
        waiting(size, usual()).fact(Action::NewsNotKept(Attempt(9), full)).state
    }),
    ("pay_leaving", |size| waiting(size, usual()).types("q").state),
    ("pay_closing", |size| waiting(size, usual()).link(1, Link::Offline).tick(1400).state),
    ("pay_reconnecting", |size| {
        waiting(size, usual()).link(1, Link::Reconnecting(Duration::from_secs(5))).tick(3).state
    }),
    ("pay_closed", |size| waiting(size, usual()).tick(1700).state),
    ("pay_dearer", |size| {
        let mut kept = record(9, placed(usual()));
        kept.total = Some(amount("48"));
        Walk::at_order(size, kept).state
    }),
    ("pay_cheaper", |size| {
        let mut kept = record(9, placed(usual()));
        kept.total = Some(amount("60"));
        Walk::at_order(size, kept).state
    }),
    ("pay_changed_terms", |size| waiting(size, usual()).news(forged(usual())).state),
    ("pay_other_lines", |size| waiting(size, Snapshot { deliveries: vec![], ..usual() }).state),
    ("pay_wrong_address", |size| {
        let wrong = SOLANA.replace("WvG8", "WvG0");
        waiting(size, snapshot(1, &Tender::recommended(), "50.74", &wrong)).state
    }),
];

pub(crate) const PHASES: &[Scene] = &[
    ("phase_partly_paid", |size| {
        in_state(size, OrderState::PartialPaymentStarted, PaymentState::Requested, "40")
    }),
    ("phase_partly_paid_invoice", |size| {
        let later = Snapshot { sent: amount("0.001"), ..lightning() };
        becoming(size, lightning(), later)
    }),
    ("phase_partly_paid_late", |size| {
        let early = |order| Snapshot { created_at: Some(Timestamp(NOW - 1790)), ..order };
        let state = OrderState::PartialPaymentStarted;
        becoming(size, early(usual()), early(Snapshot { state, sent: amount("40"), ..usual() }))
    }),
    ("phase_payment_seen", |size| {
        in_state(size, OrderState::PaymentStarted, PaymentState::Requested, "50.74")
    }),
    ("phase_paid", |size| in_state(size, OrderState::PaymentReceived, PaymentState::Received, "50.74")),
    ("phase_delivering", |size| {
        in_state(size, OrderState::WaitingForDelivery, PaymentState::Received, "50.74")
    }),
    ("phase_over_paid", |size| in_state(size, OrderState::WaitingForDelivery, PaymentState::Received, "60")),
    ("phase_manual_action", |size| {
        in_state(size, OrderState::WaitingForManualAction, PaymentState::Received, "50.74")
    }),
    ("phase_quarantined", |size| {
        in_state(size, OrderState::WaitingForManualAction, PaymentState::Quarantined, "60")
    }),
    ("phase_held", |size| in_state(size, OrderState::WaitingForPayment, PaymentState::Quarantined, "0")),
    ("phase_paid_late", |size| {
        in_state(size, OrderState::Expired, PaymentState::ExpiredAfterDetection, "50.74")
    }),
    ("phase_expired", |size| in_state(size, OrderState::Expired, PaymentState::Expired, "0")),
    ("phase_cancelled", |size| in_state(size, OrderState::Canceled, PaymentState::Requested, "0")),
    ("phase_payment_failed", |size| in_state(size, OrderState::PaymentFailed, PaymentState::Requested, "0")),
    ("phase_setup_failed", |size| {
        in_state(size, OrderState::PaymentSetupFailed, PaymentState::Requested, "0")
    }),
    ("phase_refunded", |size| in_state(size, OrderState::Refunded, PaymentState::Received, "50.74")),
    ("phase_unknown", |size| {
        in_state(size, OrderState::Other(Printable::new("Levitating")), PaymentState::Requested, "0")
    }),
    ("phase_unknown_paid", |size| {
        in_state(size, OrderState::Other(Printable::new("Levitating")), PaymentState::Received, "50.74")
    }),
    ("phase_delivered_in_part", |size| in_part(size).state),
    ("phase_not_delivered", |size| nothing_came(size).state),
];
