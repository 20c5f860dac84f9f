//! Every screen in every state that has a name.

use giftty::domain::failure::Failure;
use giftty::domain::text::Printable;
use giftty::domain::time::{Dated, Timestamp};
use giftty::input::{Key, Size};
use giftty::model::Shop;
use giftty::state::{SessionInit, StartPolicy, State};

use super::belongings::{DELIVERED, ORDERS};
use super::payments::{PAY, PHASES, waiting};
use super::purchases::{CART, CHECKOUT, price, problems};
use crate::support::fixtures::{
    NOW, boot, bundles_shelf, catalogue, country, fixed_shelf, moment, plans_shelf, range_shelf, usual,
    wordy_shelf,
};
use crate::support::walk::Walk;

/// A state by its name.
pub(crate) type Scene = (&'static str, fn(Size) -> State);

pub(super) fn unreachable() -> Failure {
    Failure::Unreachable(Printable::new("the name could not be resolved"))
}

fn listing(size: Size) -> Walk {
    Walk::at_brands(size).catalogue(Ok(catalogue()))
}

/// The brands as they were told three days ago, and when the shop is asked again.
fn recalled(size: Size, asks: StartPolicy) -> Walk {
    let last = Dated { value: catalogue(), told: Timestamp(NOW - 3 * 86_400) };
    Walk::begin(SessionInit { stock: Some(last), asks, ..boot(size) })
}

fn first_start(size: Size) -> Walk {
    Walk::begin(SessionInit { country: None, locale_country: Some(country("DE")), ..boot(size) })
}

pub(crate) const COUNTRY: &[Scene] = &[
    ("country", |size| first_start(size).state),
    ("country_filter", |size| first_start(size).types("korea").state),
    ("country_no_match", |size| first_start(size).types("zzqx").state),
    ("country_real_shop", |size| {
        let shop = Shop { sandbox: false, pace: None, notice: None };
        Walk::begin(SessionInit { country: None, shop, ..boot(size) }).presses(Key::Down, 40).state
    }),
];

pub(crate) const BRANDS: &[Scene] = &[
    ("brands_loading", |size| Walk::at_brands(size).state),
    ("brands_busy", |size| Walk::at_brands(size).busy(7).tick(2).state),
    ("brands_failed", |size| Walk::at_brands(size).catalogue(Err(unreachable())).state),
    ("brands", |size| listing(size).state),
    ("brands_untouched", |size| recalled(size, StartPolicy::WithFirstKey).state),
    ("brands_refreshing", |size| recalled(size, StartPolicy::AtOnce).state),
    ("brands_refreshing_busy", |size| recalled(size, StartPolicy::AtOnce).busy(7).state),
    ("brands_old", |size| recalled(size, StartPolicy::AtOnce).catalogue(Err(unreachable())).state),
    ("brands_filter", |size| listing(size).types("air").press(Key::Down).state),
    ("brands_told", |size| {
        let walk = listing(size).types("airbnb").press(Key::F(2));
        if size.columns < 80 { walk.state } else { walk.shelves(Ok(vec![wordy_shelf()])).state }
    }),
    ("brands_out_of_stock", |size| listing(size).types("air france").press(Key::Enter).state),
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
    ("product_busy", |size| {
        let walk = Walk::at_brands(size).catalogue(Ok(catalogue())).types("Airbnb").press(Key::Enter);
        walk.busy(7).tick(7).state
    }),
    ("product_failed", |size| {
        let walk = Walk::at_brands(size).catalogue(Ok(catalogue())).types("Airbnb").press(Key::Enter);
        walk.shelves(Err(Failure::Trouble(503))).state
    }),
    ("product_fixed", |size| {
        Walk::at_product(size, "Airbnb", fixed_shelf()).press(Key::Down).types("++").state
    }),
    ("product_old", |size| {
        let walk = recalled(size, StartPolicy::AtOnce).types("Airbnb").press(Key::Enter);
        walk.recalled_shelf(fixed_shelf(), 3 * 86_400).shelves(Err(unreachable())).state
    }),
    ("product_range_old", |size| {
        let walk = recalled(size, StartPolicy::AtOnce).types("Airbnb").press(Key::Enter);
        walk.recalled_shelf(range_shelf(), 3 * 86_400).shelves(Err(unreachable())).state
    }),
    ("product_range", |size| {
        Walk::at_product(size, "Airbnb", range_shelf()).quote(Ok("101.48")).types("+").state
    }),
    ("product_range_asking", |size| Walk::at_product(size, "Airbnb", range_shelf()).state),
    ("product_range_busy", |size| Walk::at_product(size, "Airbnb", range_shelf()).busy(3).state),
    ("product_range_refused", |size| {
        Walk::at_product(size, "Airbnb", range_shelf()).presses(Key::Backspace, 3).types("53").state
    }),
    ("product_range_failed", |size| {
        Walk::at_product(size, "Airbnb", range_shelf()).quote(Err(unreachable())).state
    }),
    ("product_plans", |size| Walk::at_product(size, "eSIM", plans_shelf()).types("s").state),
    ("product_bundles", |size| Walk::at_product(size, "Lycamobile", bundles_shelf()).press(Key::Down).state),
    ("product_describing", |size| Walk::at_product(size, "Airbnb", fixed_shelf()).types("i").state),
    ("product_wordy", |size| Walk::at_product(size, "Airbnb", wordy_shelf()).state),
    ("product_terms_end", |size| {
        Walk::at_product(size, "Airbnb", wordy_shelf()).types("i").press(Key::End).press(Key::Up).state
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
    ("tender_totals_busy", |size| Walk::at_product(size, "Airbnb", fixed_shelf()).ctrl('t').busy(7).state),
    ("tender_refused", |size| {
        let refusal = problems(&["UNSUPPORTED_PROTOCOL_COIN_COMBINATION"]);
        let walk = Walk::at_checkout(size).press(Key::Enter).validation(Ok(refusal));
        walk.ctrl('t').prices(|question| Ok(price(question))).press(Key::End).press(Key::Up).state
    }),
    ("tender_filter", |size| Walk::at_brands(size).ctrl('t').types("btc").state),
    ("tender_no_match", |size| Walk::at_brands(size).ctrl('t').types("zzz").state),
    ("tender_suspended", |size| Walk::at_brands(size).ctrl('t').press(Key::End).press(Key::Enter).state),
    ("tender_loading", |size| Walk::begin(boot(size)).ctrl('t').state),
    ("tender_busy", |size| Walk::begin(boot(size)).ctrl('t').busy(7).state),
    ("tender_refreshing", |size| {
        Walk::begin(boot(size)).recalled_payment_methods(3 * 86_400).ctrl('t').state
    }),
    ("tender_old", |size| {
        let walk = Walk::begin(boot(size)).recalled_payment_methods(3 * 86_400);
        walk.payment_methods(Err(unreachable())).ctrl('t').press(Key::Down).state
    }),
    ("tender_failed", |size| Walk::begin(boot(size)).payment_methods(Err(unreachable())).ctrl('t').state),
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
