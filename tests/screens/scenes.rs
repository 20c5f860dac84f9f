//! Every screen in every state that has a name.

use std::time::Duration;

use giftty::action::{Action, Link};
use giftty::domain::cart::Cart;
use giftty::domain::failure::Failure;
use giftty::domain::limits::{Limit, Limits};
use giftty::domain::order::{Code, DeliveryState, OrderState, PaymentState, Snapshot};
use giftty::domain::problem::Problem;
use giftty::domain::purchase::Validation;
use giftty::domain::record::{Attempt, Outcome, Placement, Record};
use giftty::domain::tender::Tender;
use giftty::domain::text::{Printable, Secret};
use giftty::domain::time::{Dated, Timestamp};
use giftty::effect::ItemQuestion;
use giftty::input::{Key, Size};
use giftty::screens::desk::{Habits, Shop};
use giftty::state::{Boot, State};

use super::fixtures::{
    BITCOIN, ESIM, NOW, amount, boot, bundles_shelf, catalogue, country, delivered, delivery, fixed_shelf,
    moment, placed, plans_shelf, rails, range_shelf, record, snapshot, topup_shelf, usual, wordy_shelf,
};
use super::payments::{PAY, PHASES, unsaved, waiting};
use super::walk::Walk;

/// A state by its name.
pub(crate) type Scene = (&'static str, fn(Size) -> State);

fn unreachable() -> Failure {
    Failure::Unreachable(Printable::new("the name could not be resolved"))
}

fn listing(size: Size) -> Walk {
    Walk::at_brands(size).catalogue(Ok(catalogue()))
}

/// The brands as they were told three days ago, while the shop is asked.
fn recalled(size: Size) -> Walk {
    let last = Dated { value: catalogue(), told: Timestamp(NOW - 3 * 86_400) };
    Walk::begin(Boot { stock: Some(last), ..boot(size) })
}

fn first_start(size: Size) -> Walk {
    Walk::begin(Boot { country: None, locale_country: Some(country("DE")), ..boot(size) })
}

pub(crate) const COUNTRY: &[Scene] = &[
    ("country", |size| first_start(size).state),
    ("country_filter", |size| first_start(size).types("korea").state),
    ("country_no_match", |size| first_start(size).types("zzqx").state),
    ("country_real_shop", |size| {
        let shop = Shop { sandbox: false, pace: None, notice: None };
        Walk::begin(Boot { country: None, shop, ..boot(size) }).presses(Key::Down, 40).state
    }),
];

pub(crate) const BRANDS: &[Scene] = &[
    ("brands_loading", |size| Walk::at_brands(size).state),
    ("brands_failed", |size| Walk::at_brands(size).catalogue(Err(unreachable())).state),
    ("brands", |size| listing(size).state),
    ("brands_refreshing", |size| recalled(size).state),
    ("brands_old", |size| recalled(size).catalogue(Err(unreachable())).state),
    ("brands_filter", |size| listing(size).types("air").press(Key::Down).state),
    ("brands_out_of_stock", |size| listing(size).types("air f").press(Key::Enter).state),
    ("brands_account_only", |size| listing(size).types("netel").state),
    ("brands_wide_letters", |size| listing(size).types("日本").state),
    ("brands_kind", |size| listing(size).press(Key::Tab).press(Key::Tab).state),
    ("brands_category", |size| listing(size).ctrl('f').types("sim").press(Key::Enter).state),
    ("brands_category_long", |size| listing(size).ctrl('f').types("restau").press(Key::Enter).state),
    ("categories", |size| listing(size).ctrl('f').press(Key::Down).state),
    ("categories_found", |size| {
        listing(size).press(Key::Tab).types("a").ctrl('f').types("food").press(Key::Down).state
    }),
    ("categories_no_match", |size| listing(size).ctrl('f').types("zzz").state),
    ("categories_used", |size| {
        listing(size).ctrl('f').types("holidays").press(Key::Enter).types("zzz").ctrl('f').state
    }),
    ("brands_no_match", |size| listing(size).press(Key::Tab).types("zzz").state),
    ("brands_end", |size| listing(size).press(Key::End).state),
];

pub(crate) const PRODUCT: &[Scene] = &[
    ("product_loading", |size| {
        Walk::at_brands(size).catalogue(Ok(catalogue())).types("Airbnb").press(Key::Enter).state
    }),
    ("product_failed", |size| {
        let walk = Walk::at_brands(size).catalogue(Ok(catalogue())).types("Airbnb").press(Key::Enter);
        walk.shelves(Err(Failure::Trouble(503))).state
    }),
    ("product_fixed", |size| {
        Walk::at_product(size, "Airbnb", fixed_shelf()).press(Key::Down).types("++").state
    }),
    ("product_old", |size| {
        let walk = recalled(size).types("Airbnb").press(Key::Enter);
        walk.recalled_shelf(fixed_shelf(), 3 * 86_400).shelves(Err(unreachable())).state
    }),
    ("product_range_old", |size| {
        let walk = recalled(size).types("Airbnb").press(Key::Enter);
        walk.recalled_shelf(range_shelf(), 3 * 86_400).shelves(Err(unreachable())).state
    }),
    ("product_range", |size| {
        Walk::at_product(size, "Airbnb", range_shelf()).quote(Ok("101.48")).types("+").state
    }),
    ("product_range_asking", |size| Walk::at_product(size, "Airbnb", range_shelf()).state),
    ("product_range_refused", |size| {
        Walk::at_product(size, "Airbnb", range_shelf()).presses(Key::Backspace, 3).types("53").state
    }),
    ("product_range_failed", |size| {
        Walk::at_product(size, "Airbnb", range_shelf()).quote(Err(unreachable())).state
    }),
    ("product_plans", |size| Walk::at_product(size, "eSIM", plans_shelf()).types("s").state),
    ("product_bundles", |size| Walk::at_product(size, "Lycamobile", bundles_shelf()).press(Key::Down).state),
    ("product_describing", |size| Walk::at_product(size, "Airbnb", fixed_shelf()).types("i").state),
    ("product_terms_end", |size| {
        Walk::at_product(size, "Airbnb", wordy_shelf()).types("i").press(Key::End).press(Key::Up).state
    }),
];

/// What an item of the made-up carts costs.
fn price(question: &ItemQuestion) -> &'static str {
    match (question.coin.sent(), question.item.brand.sent()) {
        ("BTC", _) => "0.00032833",
        ("ETH", _) => "0.0121",
        (_, "Airbnb") => "50.74",
        (_, "Telekom") => "17.90",
        _ => "15.22",
    }
}

/// A cart with its prices told.
fn cart(size: Size) -> Walk {
    Walk::at_cart(size, super::fixtures::cart()).prices(|question| Ok(price(question)))
}

/// The checkout of a cart, both numbers filled in.
fn cart_checkout(size: Size) -> Walk {
    cart(size).press(Key::Enter).types("+12125551234").press(Key::Tab).types("+4915123456789")
}

fn problems(codes: &[&str]) -> Validation {
    Validation { total: None, problems: codes.iter().map(|code| Problem::new(code)).collect() }
}

fn payable(total: &str) -> Validation {
    Validation { total: Some(amount(total)), problems: vec![] }
}

pub(crate) const CART: &[Scene] = &[
    ("cart", |size| cart(size).press(Key::Down).state),
    ("cart_empty", |size| Walk::at_cart(size, Cart::default()).state),
    ("cart_asking", |size| Walk::at_cart(size, super::fixtures::cart()).state),
    ("cart_prices_failed", |size| {
        Walk::at_cart(size, super::fixtures::cart()).prices(|_| Err(unreachable())).state
    }),
    ("cart_full", |size| {
        Walk::at_cart(size, super::fixtures::full_cart())
            .prices(|question| Ok(price(question)))
            .types("+")
            .state
    }),
    ("cart_added", |size| Walk::at_product(size, "Airbnb", fixed_shelf()).types("+a").state),
    ("cart_checkout", |size| cart(size).press(Key::Enter).state),
    ("cart_checkout_searching", |size| {
        let walk = cart_checkout(size).press(Key::Enter).validation(Ok(problems(&["OUT_OF_STOCK"])));
        walk.validation(Ok(payable("101.48"))).state
    }),
    ("cart_checkout_errors", |size| {
        let codes = ["OUT_OF_STOCK", "INVALID_BENEFICIARY_ACCOUNT", "MAXIMUM_AMOUNT_PER_ORDER_EXCEEDED"];
        let walk = cart_checkout(size).press(Key::Enter).validation(Ok(problems(&codes)));
        let walk = walk.validation(Ok(payable("101.48")));
        let walk = walk.validation(Ok(problems(&["INVALID_BENEFICIARY_ACCOUNT"])));
        walk.validation(Ok(payable("17.90"))).validation(Ok(problems(&["OUT_OF_STOCK"]))).state
    }),
    ("cart_receipt", |size| cart_checkout(size).press(Key::Enter).validation(Ok(payable("149.82"))).state),
    ("cart_full_checkout", |size| {
        let walk = Walk::at_cart(size, super::fixtures::full_cart())
            .prices(|question| Ok(price(question)))
            .press(Key::Enter);
        walk.presses(Key::Tab, 5).state
    }),
    ("cart_full_receipt", |size| {
        let walk = Walk::at_cart(size, super::fixtures::full_cart())
            .prices(|question| Ok(price(question)))
            .press(Key::Enter);
        let number = |walk: Walk| walk.types("+12125551234").press(Key::Tab);
        let walk = number(number(number(walk)));
        walk.press(Key::Enter).validation(Ok(payable("507.40"))).state
    }),
];

pub(crate) const CHECKOUT: &[Scene] = &[
    ("checkout_filling", |size| Walk::at_checkout(size).state),
    ("checkout_phone", |size| {
        let walk = Walk::at_product(size, "Lyca", topup_shelf()).press(Key::Enter);
        walk.types("0176 555").press(Key::Enter).state
    }),
    ("checkout_mistyped", |size| {
        let walk = Walk::at_checkout(size).presses(Key::Backspace, 15).types("you@gmial.com");
        walk.press(Key::Tab).press(Key::Tab).types("9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin").state
    }),
    ("checkout_number", |size| {
        Walk::at_product(size, "Lyca", topup_shelf()).press(Key::Enter).types("+1 212 555").state
    }),
    ("checkout_number_right", |size| {
        Walk::at_product(size, "Lyca", topup_shelf()).press(Key::Enter).types("+1 212 555 1234").state
    }),
    ("checkout_number_abroad", |size| {
        Walk::at_product(size, "Lyca", topup_shelf()).press(Key::Enter).types("+49 151").state
    }),
    ("checkout_newsletter", |size| Walk::at_checkout(size).press(Key::BackTab).press(Key::Char(' ')).state),
    ("checkout_errors", |size| {
        let problems =
            ["COUPON_NOT_VALID_FOR_BRAND", "SUSPENDED_NETWORK", "INVALID_EMAIL_DOMAIN", "MOON_PHASE"];
        let answer =
            Validation { total: None, problems: problems.iter().map(|code| Problem::new(code)).collect() };
        let walk = Walk::at_checkout(size).press(Key::Tab).types("SUMMER").press(Key::Enter);
        walk.validation(Ok(answer)).state
    }),
    ("checkout_checking", |size| Walk::at_checkout(size).press(Key::Enter).state),
    ("receipt", |size| Walk::at_receipt(size, "50.74").state),
    ("receipt_dearer", |size| Walk::at_receipt(size, "51.90").state),
    ("receipt_above_limits", |size| limited(size).state),
    ("receipt_limits_agreed", |size| limited(size).types("l").state),
    ("receipt_without_journal", |size| without_journal(size).state),
    ("receipt_mistyped", |size| {
        let walk = Walk::at_checkout(size).presses(Key::Backspace, 15).types("you@gmial.com");
        walk.press(Key::Enter).validation(Ok(payable("50.74"))).state
    }),
    ("receipt_placing", |size| Walk::at_receipt(size, "50.74").types("p").state),
    ("receipt_not_sent", |size| {
        let walk = Walk::at_receipt(size, "50.74").types("p");
        walk.placement(Placement::NotSent(unreachable()), None).state
    }),
    ("receipt_unknown", |size| {
        let lost = || Failure::Interrupted(Printable::new("the connection was closed"));
        let kept = record(9, Outcome::Unknown(Printable::new("the connection was closed")));
        Walk::at_receipt(size, "50.74").types("p").placement(Placement::Unknown(lost()), Some(kept)).state
    }),
    ("receipt_reading", |size| without_journal(size).ctrl('r').state),
    ("receipt_doubtful", |size| {
        let earlier = record(8, Outcome::Unknown(Printable::new("the connection was closed")));
        let answer = Validation { total: Some(amount("50.74")), problems: vec![] };
        let walk = Walk::with_records(size, vec![earlier]).press(Key::Esc).catalogue(Ok(catalogue()));
        let walk = walk.types("Airbnb").press(Key::Enter).shelves(Ok(vec![fixed_shelf()]));
        walk.press(Key::Enter).press(Key::Enter).validation(Ok(answer)).state
    }),
];

/// The receipt of a card of $50, with limits in the coin and in a currency.
fn limited(size: Size) -> Walk {
    let limit = |text: &str| Limit::Most(text.parse().unwrap());
    let limits = Limits { order: limit("50 USDC"), day: limit("100 EUR") };
    let habits = Habits { limits, ..Habits::default() };
    let walk = Walk::begin(Boot { habits, ..boot(size) }).rails(Ok(rails())).records(Ok(vec![]));
    let walk = walk.catalogue(Ok(catalogue())).types("Airbnb").press(Key::Enter);
    let walk = walk.shelves(Ok(vec![fixed_shelf()])).press(Key::Enter).press(Key::Enter);
    walk.validation(Ok(payable("50.74")))
}

/// The receipt where the journal cannot be opened.
fn without_journal(size: Size) -> Walk {
    let failure = Failure::Unrecorded(Printable::new("the folder cannot be made: the disk is read-only"));
    let walk = Walk::begin(boot(size)).rails(Ok(rails())).records(Err(failure));
    let walk = walk.catalogue(Ok(catalogue())).types("Airbnb").press(Key::Enter);
    let walk = walk.shelves(Ok(vec![fixed_shelf()])).press(Key::Enter).press(Key::Enter);
    walk.validation(Ok(payable("50.74")))
}

/// An order of which one delivery came and one did not.
pub(crate) fn in_part(size: Size) -> Walk {
    let mut failed = delivery("2");
    failed.state = DeliveryState::Failed;
    failed.failure = Some(Printable::new("The operator refused the code."));
    let came = delivered(Code::Pin(Secret::new("AIRB-7Q2M-X9KD-4T1P")));
    let order = done(vec![came, failed]);
    Walk::at_order(size, record(9, placed(order)))
}

pub(crate) fn nothing_came(size: Size) -> Walk {
    let mut failed = delivery("1");
    failed.state = DeliveryState::Failed;
    Walk::at_order(size, record(9, placed(done(vec![failed]))))
}

fn done(deliveries: Vec<giftty::domain::order::Delivery>) -> Snapshot {
    Snapshot {
        state: OrderState::Done,
        payment: PaymentState::Received,
        sent: amount("50.74"),
        updated_at: Some(Timestamp(NOW - 20)),
        deliveries,
        ..usual()
    }
}

fn with_code(size: Size, code: Code) -> Walk {
    Walk::at_order(size, record(9, placed(done(vec![delivered(code)]))))
}

fn pin(size: Size) -> Walk {
    let mut line = delivered(Code::Pin(Secret::new("AIRB-7Q2M-X9KD-4T1P")));
    line.delivered.serial = Some(Secret::new("6042 1188 0009"));
    line.delivered.security_code = Some(Secret::new("733"));
    Walk::at_order(size, record(9, placed(done(vec![line]))))
}

pub(crate) const DELIVERED: &[Scene] = &[
    ("delivered_hidden", |size| pin(size).state),
    ("delivered_revealed", |size| pin(size).types("r").tick(18).state),
    ("delivered_link", |size| {
        let link = format!("https://codes.example.com/claim/{}", "a1b2c3d4e5".repeat(9));
        with_code(size, Code::Link(Secret::new(link))).types("r").state
    }),
    ("delivered_esim_hidden", |size| with_code(size, Code::Esim(Secret::new(ESIM))).state),
    ("delivered_esim", |size| with_code(size, Code::Esim(Secret::new(ESIM))).types("r").state),
    ("delivered_top_up", |size| {
        let mut line = delivery("1");
        line.state = DeliveryState::Succeeded;
        line.beneficiary = Secret::new("+12125551234");
        line.delivered.operator_reference = Some(Printable::new("ATT-99812-7"));
        Walk::at_order(size, record(9, placed(done(vec![line])))).state
    }),
    ("delivered_note", |size| pin(size).types("mn").types("for Anna's birthday").state),
    ("delivered_remarks", |size| pin(size).types("mn").types("for Anna").press(Key::Enter).state),
    ("delivered_export", |size| {
        pin(size).types("e").planned("/home/you/.local/share/giftty/order-9.txt").state
    }),
    ("delivered_in_part", |size| in_part(size).press(Key::Enter).press(Key::Down).state),
    ("delivered_several", |size| {
        let mut second = delivered(Code::Pin(Secret::new("AIRB-2222-2222-2222")));
        second.id = Printable::new("2");
        let first = delivered(Code::Pin(Secret::new("AIRB-1111-1111-1111")));
        let order = done(vec![first, second]);
        Walk::at_order(size, record(9, placed(order))).press(Key::Down).types("r").state
    }),
];

/// One order of every sort.
fn mixed(size: Size) -> Walk {
    let tender = Tender::recommended();
    let other = |number, state| Snapshot { state, ..snapshot(number, &tender, "101.48", BITCOIN) };
    let done = Snapshot { id: super::fixtures::order_id(4), ..done(vec![]) };
    let records = vec![
        record(9, placed(usual())),
        record(8, Outcome::Unknown(Printable::new("The connection was closed."))),
        record(7, placed(other(3, OrderState::PaymentReceived))),
        record(6, placed(done)),
        record(5, placed(other(5, OrderState::Expired))),
        record(4, placed(other(6, OrderState::WaitingForManualAction))),
        record(3, Outcome::Refused(Printable::new("The product is no longer in the catalogue."))),
        record(2, Outcome::NotSent(Printable::new("The shop could not be reached."))),
        record(1, Outcome::Intended),
    ];
    // What may have become an order is marked at the start; the scenes begin at the top.
    Walk::with_records(size, records).press(Key::Home)
}

pub(crate) const ORDERS: &[Scene] = &[
    ("orders_not_saved", |size| unsaved(size).ctrl('o').state),
    ("orders_end_not_saved", |size| {
        let full = Failure::Unrecorded(Printable::new("the disk is full"));
        mixed(size).presses(Key::Down, 6).fact(Action::OutcomeNotKept(Attempt(3), full)).state
    }),
    ("orders_loading", |size| Walk::begin(boot(size)).ctrl('o').state),
    ("orders_failed", |size| {
        let failure = Failure::Unrecorded(Printable::new("the file is damaged"));
        Walk::begin(boot(size)).ctrl('o').records(Err(failure)).state
    }),
    ("orders_empty", |size| Walk::at_brands(size).ctrl('o').state),
    ("orders_mixed", |size| mixed(size).state),
    ("orders_unknown", |size| mixed(size).press(Key::Down).state),
    ("orders_refused", |size| mixed(size).presses(Key::Down, 6).state),
    ("orders_live", |size| {
        let walk = mixed(size).link(1, Link::Live).news(usual()).link(3, Link::Offline);
        let walk = walk.link(5, Link::Reconnecting(Duration::from_secs(16))).link(6, Link::Polling);
        walk.tick(9).state
    }),
    ("orders_stale", |size| {
        let walk = mixed(size).link(1, Link::Live).news(usual()).link(1, Link::Polling);
        walk.tick(50).state
    }),
    ("orders_found", |size| mixed(size).types("/#4").state),
    ("orders_not_found", |size| mixed(size).types("/zzz").state),
    ("orders_filtered", |size| mixed(size).types("/#4").press(Key::Tab).state),
    ("orders_add", |size| mixed(size).types("a").state),
    ("orders_add_wrong", |size| mixed(size).types("awhat?").press(Key::Enter).state),
    ("orders_join", |size| {
        let added = Record { purchase: None, total: None, ..record(8, placed(usual())) };
        let doubtful = Record { begun: Timestamp(NOW - 132), ..record(7, Outcome::Intended) };
        Walk::with_records(size, vec![added, doubtful]).press(Key::Enter).state
    }),
    ("orders_remove", |size| mixed(size).presses(Key::Down, 3).types("d").state),
    ("orders_open_note", |size| {
        Walk::with_records(size, vec![record(9, placed(usual()))]).catalogue(Ok(catalogue())).state
    }),
];

pub(crate) const TENDER: &[Scene] = &[
    ("tender", |size| Walk::at_brands(size).ctrl('t').press(Key::Down).state),
    ("tender_totals", |size| {
        let walk =
            Walk::at_product(size, "Airbnb", fixed_shelf()).ctrl('t').prices(|question| Ok(price(question)));
        walk.press(Key::Down).press(Key::Down).state
    }),
    ("tender_totals_asking", |size| Walk::at_product(size, "Airbnb", fixed_shelf()).ctrl('t').state),
    ("tender_refused", |size| {
        let refusal = problems(&["UNSUPPORTED_PROTOCOL_COIN_COMBINATION"]);
        let walk = Walk::at_checkout(size).press(Key::Enter).validation(Ok(refusal));
        walk.ctrl('t').prices(|question| Ok(price(question))).press(Key::End).press(Key::Up).state
    }),
    ("tender_filter", |size| Walk::at_brands(size).ctrl('t').types("btc").state),
    ("tender_no_match", |size| Walk::at_brands(size).ctrl('t').types("zzz").state),
    ("tender_suspended", |size| Walk::at_brands(size).ctrl('t').press(Key::End).press(Key::Enter).state),
    ("tender_loading", |size| Walk::begin(boot(size)).ctrl('t').state),
    ("tender_refreshing", |size| Walk::begin(boot(size)).recalled_rails(3 * 86_400).ctrl('t').state),
    ("tender_old", |size| {
        let walk = Walk::begin(boot(size)).recalled_rails(3 * 86_400);
        walk.rails(Err(unreachable())).ctrl('t').press(Key::Down).state
    }),
    ("tender_failed", |size| Walk::begin(boot(size)).rails(Err(unreachable())).ctrl('t').state),
];

pub(crate) const HELP: &[Scene] = &[
    ("help_brands", |size| listing(size).press(Key::F(1)).state),
    ("help_pay", |size| waiting(size, usual()).press(Key::F(1)).state),
    ("help_range", |size| {
        Walk::at_product(size, "Airbnb", range_shelf()).quote(Ok("101.48")).press(Key::F(1)).state
    }),
];

pub(crate) const PALETTE: &[Scene] = &[
    ("palette_brands", |size| listing(size).ctrl('g').state),
    ("palette_pay", |size| waiting(size, usual()).ctrl('g').press(Key::Down).state),
    ("palette_filter", |size| waiting(size, usual()).ctrl('g').types("copy").state),
    ("palette_no_match", |size| waiting(size, usual()).ctrl('g').types("zzz").state),
];

/// All of them.
pub(crate) fn all() -> impl Iterator<Item = Scene> {
    [COUNTRY, BRANDS, PRODUCT, CART, CHECKOUT, PAY, PHASES, DELIVERED, ORDERS, TENDER, HELP, PALETTE]
        .into_iter()
        .flatten()
        .copied()
}

/// Times are told from the session's beginning on.
#[test]
fn the_made_up_clock_runs_forward() {
    assert!(moment(2).wall > moment(0).wall && moment(2).uptime > moment(0).uptime);
}
