//! Draws the tender screen.

use ratatui::layout::Rect;

use super::TenderChoice;
use crate::domain::tender::{PaymentMethod, Tender};
use crate::keymap::{Command, Typing};
use crate::layout::{from_bottom, from_left, from_right, from_top};
use crate::model::Model;
use crate::remote::Remote;
use crate::screens::Draw;
use crate::screens::brands::view::tile::draw_age;
use crate::search::Marker;
use crate::theme::Theme;
use crate::widgets::card::{self, Weight};
use crate::widgets::frame::Frame;
use crate::widgets::input;
use crate::widgets::list;
use crate::widgets::text::{Run, put, put_marked, put_right, put_runs};
use crate::widgets::text_flow::TextFlow;

/// Columns of the coin, and of the network.
const COIN: u16 = 8;
const NETWORK: u16 = 18;
/// Minimum columns for the transfer cost, without and with totals.
const COST_FROM: u16 = 76;
const COST_BESIDE_TOTALS_FROM: u16 = 100;
const COST: u16 = 18;
const MINIMUM: u16 = 16;
const TOTAL: u16 = 18;

impl Draw for TenderChoice {
    fn draw(&self, model: &Model, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
        let (filter, rest) = from_top(area, 1);
        input::filter(&self.list.filter, "Type a coin or a network.", theme, filter, frame);
        match &model.payment_methods {
            Remote::Waiting(id) => {
                let mut flow = TextFlow::new(rest, frame);
                flow.gap();
                let (headline, delay) = ("Asking the shop which coins it takes…", model.delay_of(*id));
                card::draw(Weight::Waiting, headline, delay.as_deref(), theme, &mut flow);
            }
            Remote::Failed(failure) => {
                let mut flow = TextFlow::new(rest, frame);
                flow.gap();
                let why = failure.to_string();
                let headline = "The ways to pay are not here.";
                card::draw(
                    Weight::Warning,
                    headline,
                    [why.as_str(), "Nothing was ordered."],
                    theme,
                    &mut flow,
                );
                flow.gap();
                let retry = model.key(Command::Retry, Typing::Text);
                card::keys(&[(&retry, "asks again")], theme, &mut flow);
            }
            Remote::Ready(_) if self.list.shown.is_empty() => {
                let mut flow = TextFlow::new(rest, frame);
                flow.gap();
                let headline = format!("No coin and no network is called “{}”.", self.list.filter.text());
                card::draw(Weight::Calm, &headline, [], theme, &mut flow);
            }
            Remote::Ready(_) => {
                let (head, _) = from_top(rest, 1);
                let (rest, age) = from_bottom(rest, u16::from(model.payment_methods_recalled.is_some()));
                let (_, remark) = from_bottom(rest, 1);
                let rows = rows(model, area);
                if let Some(recalled) = &model.payment_methods_recalled {
                    draw_age("These ways to pay are", recalled, model, theme, age, frame);
                }
                let totals = !self.basket.is_empty();
                draw_head(totals, theme, from_left(head, list::MARKER).1, frame);
                draw_remark(self, model, theme, remark, frame);
                let seen = self.list.seen(rows.height);
                let mut marker = Marker::new(self.list.filter.text(), &model.scratch);
                list::draw(seen, theme, rows, frame, |place, marked, row, frame| {
                    if let Some(payment_method) = self.list.shown.get(place) {
                        draw_row(payment_method, (self, &mut marker), marked, model, theme, row, frame);
                    }
                });
            }
        }
    }
}

/// Returns the area of the list's rows, between the filter and column names above and the remark and age
/// below.
pub(super) fn rows(model: &Model, area: Rect) -> Rect {
    from_bottom(from_top(area, 2).1, 1 + u16::from(model.payment_methods_recalled.is_some())).0
}

/// Splits a row into columns: coin, network, total, minimum, transfer cost, and notes.
fn columns(totals: bool, row: Rect) -> [Rect; 6] {
    let cost_from = if totals { COST_BESIDE_TOTALS_FROM } else { COST_FROM };
    let (coin, rest) = from_left(row, COIN);
    let (network, rest) = from_left(rest, NETWORK.min(rest.width / 2));
    let (total, rest) = from_left(rest, if totals { TOTAL.min(rest.width) } else { 0 });
    let (minimum, rest) = from_left(rest, MINIMUM.min(rest.width));
    let (cost, rest) = from_left(rest, if row.width >= cost_from { COST } else { 0 });
    [coin, network, total, minimum, cost, rest]
}

fn draw_head(totals: bool, theme: &Theme, row: Rect, frame: &mut Frame<'_>) {
    let [coin, network, total, minimum, cost, _] = columns(totals, row);
    put(frame, coin, "coin", theme.dim);
    put(frame, network, "network", theme.dim);
    put(frame, total, "your total", theme.dim);
    put(frame, minimum, "least order", theme.dim);
    put(frame, cost, "transfer costs", theme.dim);
}

/// Draws a remark on the marked row, in a sentence.
fn draw_remark(screen: &TenderChoice, model: &Model, theme: &Theme, row: Rect, frame: &mut Frame<'_>) {
    let Some(payment_method) = screen.list.marked() else { return };
    if let Some(sentence) = screen.remark(payment_method, model) {
        put_runs(frame, row, &[("▲ ", theme.warning), (&sentence, theme.text)]);
    } else if let Some(failure) = screen.pricing.failure(&payment_method.tender.coin) {
        put_runs(
            frame,
            row,
            &[("▲ ", theme.warning), ("No total: ", theme.text), (&failure.to_string(), theme.text)],
        );
    } else if let Some(delay) = screen.pricing.delay(&payment_method.tender.coin, model) {
        put(frame, row, &delay, theme.dim);
    } else if payment_method.tender == Tender::recommended() {
        let sentence = "Recommended by the supplier: lowest fees, and fastest.";
        put(frame, row, sentence, theme.dim);
    }
}

fn draw_row(
    payment_method: &PaymentMethod,
    (screen, marker): (&TenderChoice, &mut Marker<'_>),
    marked: bool,
    model: &Model,
    theme: &Theme,
    row: Rect,
    frame: &mut Frame<'_>,
) {
    let [coin, network, total, minimum, cost, rest] = columns(!screen.basket.is_empty(), row);
    let refused = model.refuses(&screen.basket, &payment_method.tender).is_some();
    let style = match (marked, payment_method.suspended || refused) {
        (true, _) => theme.marked,
        (false, true) => theme.dim,
        (false, false) => theme.text,
    };
    let name = payment_method.tender.coin.shown();
    let places = marker.marks(name);
    let by_coin = !places.is_empty();
    put_marked(frame, from_right(coin, 1).0, name, style, places, theme.matched);
    let name_of_network = payment_method.tender.network.shown();
    let places = if by_coin { &[] } else { marker.marks(name_of_network) };
    put_marked(frame, from_right(network, 1).0, name_of_network, style, places, theme.matched);
    draw_total(payment_method, screen, model, theme, from_right(total, 1).0, frame);
    if let Some(least) = payment_method.minimum {
        put(frame, from_right(minimum, 1).0, &format!("{} {name}", least.rounded_up()), theme.text);
    }
    if let Some(words) = &payment_method.transfer_cost {
        put(frame, from_right(cost, 1).0, words.as_str(), theme.text);
    }
    let (used, best) =
        (payment_method.tender == model.tender, payment_method.tender == Tender::recommended());
    let said: &[Run<'_>] = match (payment_method.suspended, used, best) {
        (true, _, _) => &[("suspended", theme.warning)],
        _ if refused => &[("refused", theme.warning)],
        (false, true, true) if rest.width >= 20 => {
            &[("in use", theme.good), (" · ", theme.dim), ("recommended", theme.accent)]
        }
        (false, _, true) => &[("recommended", theme.accent)],
        (false, true, false) => &[("in use", theme.good)],
        (false, false, false) => &[],
    };
    put_right(frame, rest, said);
}

fn draw_total(
    payment_method: &PaymentMethod,
    screen: &TenderChoice,
    model: &Model,
    theme: &Theme,
    place: Rect,
    frame: &mut Frame<'_>,
) {
    let coin = &payment_method.tender.coin;
    match screen.total(payment_method, model) {
        Some(total) if payment_method.minimum.is_some_and(|least| total < least) => {
            put_runs(frame, place, &[(&format!("≈ {total} "), theme.text), ("▲", theme.warning)]);
        }
        Some(total) => {
            put(frame, place, &format!("≈ {total}"), theme.text);
        }
        None if !payment_method.suspended && screen.pricing.is_asking(coin) => {
            put(frame, place, "asking…", theme.dim);
        }
        None => {}
    }
}
