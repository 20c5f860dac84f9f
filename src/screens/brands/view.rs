//! Drawing of the brands screen.

mod detail;
pub(crate) mod tile;

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Brands, Listing};
use crate::domain::catalogue::{Brand, Kind};
use crate::domain::failure::Failure;
use crate::keymap::{Command, Typing};
use crate::layout::{from_bottom, from_right, from_top};
use crate::model::Model;
use crate::remote::Remote;
use crate::screens::Draw;
use crate::screens::brands::view::tile::draw_age;
use crate::search::Marker;
use crate::theme::Theme;
use crate::widgets::card::{self, Weight};
use crate::widgets::frame::Frame;
use crate::widgets::list;
use crate::widgets::text::{Run, put, put_marked, put_right, put_runs, width};
use crate::widgets::text_flow::TextFlow;
use crate::widgets::{input, pane};

/// Columns of a category and of a price label, in a narrow list and in a wide one.
const NARROW: (u16, u16) = (10, 15);
const WIDE: (u16, u16) = (16, 20);
/// Columns of a usual price label, such as `$100 – $500`.
const USUAL_PRICE: u16 = 11;
/// The minimum width of a list that uses the wide columns.
const WIDE_FROM: u16 = 58;
/// The minimum width of a list that shows categories.
const CATEGORIES_FROM: u16 = 44;
/// Columns reserved for the filter text.
const FILTER: u16 = 19;
/// Columns reserved for the number of matches while it is not known yet.
const COUNT: u16 = 13;

impl Draw for Brands {
    fn draw(&self, model: &Model, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
        let (filters, rest) = from_top(area, 1);
        draw_filters(self, theme, filters, frame);
        let country = model.country_name(self.country);
        match &self.listing {
            Remote::Waiting(id) => {
                let mut flow = TextFlow::new(rest, frame);
                flow.gap();
                let headline = format!("Asking the shop for the brands of {country}…");
                let delay = model.delay_of(*id);
                card::draw(Weight::Waiting, &headline, delay.as_deref(), theme, &mut flow);
            }
            Remote::Failed(failure) => draw_failure(self, failure, model, theme, rest, frame),
            Remote::Ready(listing) if self.list.shown.is_empty() => {
                draw_no_match(self, model, theme, rest, frame);
            }
            Remote::Ready(listing) => {
                let (rest, line) = from_bottom(rest, u16::from(self.recalled.is_some()));
                if let Some(recalled) = &self.recalled {
                    draw_age("These brands are", recalled, model, theme, line, frame);
                }
                let (rows, side) = pane::beside(rest);
                if let Some(side) = side {
                    let side = pane::edge(side, theme, frame);
                    if let Some(brand) = self.row(self.list.cursor.at()) {
                        detail::draw(self, brand, &listing.stock, model, theme, side, frame);
                    }
                }
                draw_list(self, listing, model, theme, rows, frame);
            }
        }
    }
}

/// The area of the list's rows.
pub(super) fn rows(screen: &Brands, area: Rect) -> Rect {
    let (_, rest) = from_top(area, 1);
    pane::beside(from_bottom(rest, u16::from(screen.recalled.is_some())).0).0
}

/// Draws the filter, the kinds with the current one in brackets, the category and the number of matches,
/// leaving out what would take the room for the filter text.
fn draw_filters(screen: &Brands, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let count = screen.listing.ready().map_or("", |listing| &listing.count);
    let (rest, end) = from_right(area, width(count));
    put_right(frame, end, &[(count, theme.dim)]);
    // Reserve the space, so that nothing moves once the number of matches is known.
    let later = if count.is_empty() { COUNT } else { 0 };
    let room = rest.width.saturating_sub(FILTER);
    let wanted = |runs: &[Run<'_>]| runs.iter().map(|(text, _)| width(text)).fold(0, u16::saturating_add);
    let mut runs = Vec::with_capacity(24);
    for kinds in [Kinds::Counted, Kinds::Named, Kinds::InUse] {
        runs.clear();
        fill_filters(screen, kinds, theme, &mut runs);
        if wanted(&runs).saturating_add(later) <= room {
            break;
        }
    }
    let (filter, right) = from_right(rest, wanted(&runs).min(room));
    put_right(frame, right, &runs);
    input::filter(&screen.list.filter, "Type to search.", theme, from_right(filter, 1).0, frame);
}

/// How much to show of the kinds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kinds {
    /// All kinds, each with its number of matches.
    Counted,
    /// All kinds.
    Named,
    /// Only the current kind.
    InUse,
}

fn fill_filters<'a>(screen: &'a Brands, kinds: Kinds, theme: &Theme, runs: &mut Vec<Run<'a>>) {
    let labels = std::iter::once((None, "all")).chain(Kind::ALL.map(|kind| (Some(kind), kind.plural())));
    let counts = screen.listing.ready().filter(|_| kinds == Kinds::Counted).map(|listing| &listing.kinds);
    for (place, (kind, label)) in labels.enumerate() {
        let count = place.checked_sub(1).and_then(|place| counts?.get(place)).map_or("", String::as_str);
        if kind == screen.kind {
            runs.extend([
                ("[", theme.accent),
                (label, theme.strong),
                (count, theme.text),
                ("]", theme.accent),
            ]);
        } else if kinds != Kinds::InUse {
            runs.extend([(" ", theme.dim), (label, theme.dim), (count, theme.dim), (" ", theme.dim)]);
        }
    }
    if let Some(category) = &screen.category {
        runs.extend([("  in ", theme.dim), (category.as_str(), theme.strong)]);
    }
}

fn draw_list(
    screen: &Brands,
    listing: &Listing,
    model: &Model,
    theme: &Theme,
    area: Rect,
    frame: &mut Frame<'_>,
) {
    let seen = screen.list.seen(area.height);
    let query = screen.list.filter.text();
    let featured = if query.trim().is_empty() { listing.catalogue().featured.as_slice() } else { &[] };
    let mut marker = Marker::new(query, &model.scratch);
    list::draw(seen, theme, area, frame, |row, marked, area, frame| {
        let Some(brand) = screen.row(row) else { return };
        let starred = screen.list.shown.get(row).is_some_and(|place| featured.contains(place));
        let family = listing.stock.family_of(brand);
        draw_row(brand, Look { starred, marked, family }, &mut marker, theme, area, frame);
    });
}

/// How a row is drawn, apart from its text.
#[derive(Clone, Copy)]
struct Look {
    starred: bool,
    marked: bool,
    /// The number of brands in the family, if there are several.
    family: Option<u32>,
}

fn draw_row(
    brand: &Brand,
    look: Look,
    marker: &mut Marker<'_>,
    theme: &Theme,
    area: Rect,
    frame: &mut Frame<'_>,
) {
    let buyable = !brand.out_of_stock && !brand.needs_account();
    let (category, price) = if area.width >= WIDE_FROM { WIDE } else { NARROW };
    let (rest, price) = from_right(area, price.min(area.width / 2));
    let (label, style) = price_label(brand, price.width, theme);
    let used = put_right(frame, price, &label.map(|word| (word, style)));
    let category = if area.width >= CATEGORIES_FROM { category } else { 0 };
    let stars = 2 * u16::from(look.starred);
    let named = width(brand.name().shown()).saturating_add(stars);
    // The category gets the columns that the price does not use.
    let left = (category + price.width).saturating_sub(used.saturating_add(1));
    let usual = (category + price.width).saturating_sub(USUAL_PRICE + 1).min(left);
    // A long category starts further left if the name leaves room for it: by the amount needed beside a
    // usual price, so that equal categories align across rows, or else by the amount needed here.
    let wide = if category > 0 { width(brand.category()) } else { 0 };
    let fits = |more: &u16| named.saturating_add(1 + category).saturating_add(*more) <= rest.width;
    let earlier = [usual, left].map(|room| wide.saturating_sub(room)).into_iter().find(fits).unwrap_or(0);
    let (rest, words) = from_right(rest, category + earlier);
    if category > 0 {
        put(frame, Rect { width: left + earlier, ..words }, brand.category(), theme.dim);
    }
    let family = look.family.map(|count| format!(" 1 of {count}")).unwrap_or_default();
    let (rest, _) = from_right(rest, 1);
    // The names distinguish the brands of a family, so they take precedence over the count.
    let family = if width(&family) <= rest.width.saturating_sub(named) { family } else { String::new() };
    let (name, signs) = from_right(rest, stars + width(&family));
    let style = match (look.marked, buyable) {
        (true, _) => theme.marked,
        (false, true) => theme.text,
        (false, false) => theme.dim,
    };
    let places = marker.marks(brand.name().shown());
    let used = put_marked(frame, name, brand.name().shown(), style, places, theme.matched);
    let star = if look.starred { " ★" } else { "" };
    let signs = Rect { x: name.x.saturating_add(used), ..signs };
    put_runs(frame, signs, &[(star, theme.warning), (&family, theme.dim)]);
}

/// The price of a brand or why it cannot be bought. Only the minimum if the whole range does not fit.
fn price_label<'a>(brand: &'a Brand, columns: u16, theme: &Theme) -> ([&'a str; 3], Style) {
    if brand.needs_account() && !brand.out_of_stock {
        return (["account only", "", ""], theme.dim);
    }
    let label = brand.price_words();
    let wide = label.iter().map(|word| width(word)).fold(0, u16::saturating_add);
    let style = if brand.out_of_stock { theme.dim } else { theme.text };
    match brand.min() {
        Some(min) if !brand.out_of_stock && wide > columns => (["from ", min, ""], style),
        _ => (label, style),
    }
}

fn draw_no_match(screen: &Brands, model: &Model, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let country = model.country_name(screen.country);
    let mut flow = TextFlow::new(area, frame);
    flow.gap();
    let headline = if screen.list.filter.is_empty() {
        format!("Nothing like this is sold in {country}.")
    } else {
        format!("Nothing sold in {country} matches “{}”.", screen.list.filter.text())
    };
    card::draw(Weight::Calm, &headline, [], theme, &mut flow);
    flow.gap();
    let name = |command| model.key(command, Typing::Text);
    let (back, kind, category, countries) = (
        name(Command::Back),
        name(Command::NextKind),
        name(Command::ChooseCategory),
        name(Command::ChooseCountry),
    );
    let mut keys = Vec::new();
    if !screen.list.filter.is_empty() {
        keys.push((back.as_str(), "clears the filter"));
    }
    if screen.kind.is_some() {
        keys.push((kind.as_str(), "shows another kind"));
    }
    if screen.category.is_some() {
        keys.push((category.as_str(), "shows another category"));
    }
    keys.push((countries.as_str(), "chooses another country"));
    card::keys(&keys, theme, &mut flow);
}

fn draw_failure(
    screen: &Brands,
    failure: &Failure,
    model: &Model,
    theme: &Theme,
    area: Rect,
    frame: &mut Frame<'_>,
) {
    let mut flow = TextFlow::new(area, frame);
    flow.gap();
    let headline = format!("The brands of {} are not here.", model.country_name(screen.country));
    let why = failure.to_string();
    card::draw(Weight::Warning, &headline, [why.as_str(), "Nothing was ordered."], theme, &mut flow);
    flow.gap();
    let (retry, countries) =
        (model.key(Command::Retry, Typing::Text), model.key(Command::ChooseCountry, Typing::Text));
    card::keys(&[(&retry, "asks again"), (&countries, "chooses another country")], theme, &mut flow);
}
