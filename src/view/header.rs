//! The header: country and breadcrumb, coin and network, cart, open orders, and the sandbox badge.

use std::borrow::Cow;

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::domain::country::CountryCode;
use crate::layout::from_right;
use crate::screens::{AnyScreen, pay};
use crate::state::State;
use crate::theme::Theme;
use crate::widgets::frame::Frame;
use crate::widgets::text::{put, put_runs, width};

/// Columns between two items at the right end.
const GAP: u16 = 3;
/// The minimum width of the last breadcrumb before items at the right end are dropped.
const LEAST_CRUMB: u16 = 10;

/// An item at the right end, in a long and a short form.
struct Item {
    long: String,
    /// The short form, or `None` if the item is already short.
    short: Option<String>,
    style: Style,
    /// Items with a lower rank are dropped first when the window gets narrower.
    rank: u8,
}

/// The contents of the header, shortened until they fit.
struct Header<'a> {
    country: Option<Crumb<'a>>,
    crumbs: Vec<Cow<'a, str>>,
    items: Vec<Item>,
    sandbox: bool,
}

/// The current country.
struct Crumb<'a> {
    code: CountryCode,
    /// The country's name, or `None` in a narrow window.
    name: Option<&'a str>,
}

impl Crumb<'_> {
    fn width(&self) -> u16 {
        let name = self.name.map_or(0, |name| width(name).saturating_add(1));
        width(self.code.as_str()).saturating_add(name)
    }
}

const NAME: &str = "giftty";
const BADGE: &str = " SANDBOX ";
/// Items of at least this rank are shortened before they are dropped.
const WORTH_SHORTENING: u8 = 2;
/// The rank of the remaining time, whose short form is as informative as its long one.
const MOST_WORTH: u8 = 5;

/// Draws the header. In a narrow window, the least important items are dropped first.
pub(super) fn draw(state: &State, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let mut header = Header::of(state, theme);
    while header.width() > area.width && header.narrow() {}
    let mut free = area;
    if header.sandbox {
        let (rest, badge) = from_right(free, width(BADGE));
        put(frame, badge, BADGE, theme.badge);
        free = from_right(rest, GAP).0;
    }
    for item in header.items.iter().rev() {
        let (rest, place) = from_right(free, width(&item.long));
        put(frame, place, &item.long, item.style);
        free = from_right(rest, GAP).0;
    }
    let mut runs = Vec::with_capacity(16);
    runs.extend([(NAME, theme.marked), ("  ", theme.text)]);
    if let Some(place) = &header.country {
        runs.push((place.code.as_str(), theme.text));
        if let Some(name) = place.name {
            runs.extend([(" ", theme.text), (name, theme.text)]);
        }
        runs.push((" › ", theme.dim));
    }
    for (place, crumb) in header.crumbs.iter().enumerate() {
        if place > 0 {
            runs.push((" › ", theme.dim));
        }
        let last = place + 1 == header.crumbs.len();
        runs.push((crumb, if last { theme.strong } else { theme.text }));
    }
    put_runs(frame, free, &runs);
}

impl<'a> Header<'a> {
    fn of(state: &'a State, theme: &Theme) -> Self {
        let model = &state.model;
        let country = state.stack().iter().find_map(|screen| match screen {
            AnyScreen::Brands(brands) => Some(brands.country),
            _ => None,
        });
        let country = country.map(|code| Crumb { code, name: Some(model.country_name(code)) });
        let below = usize::from(state.stack().len() > 1);
        let titles = state.stack().iter().skip(below).map(|screen| screen.title(model));
        let mut crumbs: Vec<Cow<'a, str>> = titles.collect();
        crumbs.dedup();
        Self { country, crumbs, items: items(state, theme), sandbox: model.shop.sandbox }
    }

    fn left_width(&self) -> u16 {
        let country = self.country.as_ref().map_or(0, |place| place.width().saturating_add(3));
        let crumbs = self.crumbs.iter().map(|crumb| width(crumb).saturating_add(3));
        crumbs
            .fold(width(NAME).saturating_add(2).saturating_sub(3), u16::saturating_add)
            .saturating_add(country)
    }

    fn width(&self) -> u16 {
        let items = self.items.iter().map(|item| width(&item.long).saturating_add(GAP));
        let badge = if self.sandbox { width(BADGE).saturating_add(GAP) } else { 0 };
        items.fold(self.left_width(), u16::saturating_add).saturating_add(badge)
    }

    /// Makes the header narrower by one step; returns `false` if no step was left.
    fn narrow(&mut self) -> bool {
        if self.country.as_mut().and_then(|place| place.name.take()).is_some() {
            return true;
        }
        if self.drop_below(WORTH_SHORTENING) {
            return true;
        }
        if self.shorten_from(MOST_WORTH) {
            return true;
        }
        if self.crumbs.len() > 1 {
            self.crumbs.remove(0);
            return true;
        }
        if self.shorten_from(0) {
            return true;
        }
        if self.country.take().is_some() {
            return true;
        }
        if let Some(last) = self.crumbs.last_mut()
            && width(last) > LEAST_CRUMB
            && self.items.iter().any(|item| item.rank > 3)
        {
            *last = last.chars().take(usize::from(LEAST_CRUMB) - 1).chain(['…']).collect::<String>().into();
            return true;
        }
        self.drop_below(u8::MAX)
    }

    /// Replaces the long form of an item of at least this rank with its short form; returns whether there was
    /// one.
    fn shorten_from(&mut self, rank: u8) -> bool {
        let found = self.items.iter_mut().filter(|item| item.rank >= rank);
        let mut pairs = found.filter_map(|item| Some((item.short.take()?, &mut item.long)));
        let Some((short, long)) = pairs.next() else { return false };
        *long = short;
        true
    }

    /// Drops the least important item below this rank; returns whether there was one.
    fn drop_below(&mut self, rank: u8) -> bool {
        let least = self.items.iter().enumerate().min_by_key(|(_, item)| item.rank);
        match least.filter(|(_, item)| item.rank < rank).map(|(place, _)| place) {
            Some(place) => {
                self.items.remove(place);
                true
            }
            None => false,
        }
    }
}

/// Returns the items at the right end: the order's status on the pay screen, the tender and the cart
/// elsewhere.
fn items(state: &State, theme: &Theme) -> Vec<Item> {
    let model = &state.model;
    let mut items = Vec::new();
    if let AnyScreen::Pay(pay) = state.top() {
        if let Some((long, short, style)) = pay::view::status::connection(pay, model, theme) {
            items.push(Item { long, short: Some(short.to_owned()), style, rank: 4 });
        }
        if let Some((left, style)) = pay::view::status::time_left(pay, model, theme) {
            let (long, short) = (format!("{left} left (estimate)"), format!("~{left} left"));
            items.push(Item { long, short: Some(short), style, rank: MOST_WORTH });
        }
    } else {
        let tender = format!("{}·{}", model.tender.coin, model.tender.network);
        items.push(Item { long: tender, short: None, style: theme.text, rank: 3 });
        if !model.cart.is_empty() {
            let short = format!("cart {}", model.cart.deliveries());
            let total = model.prices.total(model.cart.lines(), &model.tender.coin);
            let (long, short) = match total {
                Some(total) => (format!("{short} · {total}"), Some(short)),
                None => (short, None),
            };
            items.push(Item { long, short, style: theme.text, rank: 2 });
        }
    }
    let open = model.open().count();
    if open > 0 {
        let text = format!("{open} open");
        items.push(Item { long: text, short: None, style: theme.warning, rank: 1 });
    }
    items
}
