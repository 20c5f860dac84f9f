//! Draws the orders screen.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Mode, Orders};
use crate::domain::ledger::LedgerRow;
use crate::domain::order::{OrderId, Phase};
use crate::domain::record::{Attempt, Record, Standing};
use crate::domain::text::Secret;
use crate::keymap::{Command, Typing};
use crate::layout::{from_bottom, from_left, from_right, from_top};
use crate::model::Model;
use crate::remote::Remote;
use crate::screens::Draw;
use crate::screens::Screen;
use crate::screens::pay::card as phase_card;
use crate::screens::pay::view::status;
use crate::theme::Theme;
use crate::widgets::card::{self, Weight};
use crate::widgets::frame::Frame;
use crate::widgets::list;
use crate::widgets::text::{put, put_right, put_runs, width};
use crate::widgets::text_flow::TextFlow;
use crate::widgets::{clock, input, pane};

/// Rows of the marked order's details below the list.
const DETAIL: u16 = 9;
const WHEN: u16 = 13;
const STANDING: u16 = 24;
/// Columns of an order's feed status, and the minimum width of a row that shows it.
const LINE: u16 = 24;
const WORDS_FROM: u16 = 90;
/// Columns of an amount, and the columns a row keeps for its summary before it shows one.
const AMOUNT: u16 = 16;
const WHAT: u16 = 18;

const READING: &str = "Reading your orders from this machine…";

impl Draw for Orders {
    fn draw(&self, model: &Model, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
        let mut flow = TextFlow::new(area, frame);
        match &model.records {
            Remote::Waiting(_) => {
                card::draw(Weight::Waiting, READING, [], theme, &mut flow);
            }
            Remote::Failed(failure) => {
                let why = failure.to_string();
                let sentences = [why.as_str(), "Orders that were placed go on at the shop."];
                card::draw(Weight::Warning, "Your orders cannot be read.", sentences, theme, &mut flow);
                flow.gap();
                let retry = model.key(Command::Retry, Typing::Off);
                card::keys(&[(&retry, "reads them again")], theme, &mut flow);
            }
            Remote::Ready(records) => {
                draw_field(self, records.len(), model, theme, &mut flow);
                let reading = matches!(model.earlier, Some(Ok(_)));
                if reading && self.is_empty(model) {
                    card::draw(Weight::Waiting, READING, [], theme, &mut flow);
                } else if records.is_empty() {
                    let sentences =
                        ["What you order stands here, also after you left giftty, and can be resumed."];
                    card::draw(Weight::Calm, "No orders yet.", sentences, theme, &mut flow);
                } else if self.is_empty(model) {
                    let back = model.key(Command::Back, self.typing());
                    card::draw(Weight::Calm, "No order fits what you typed.", [], theme, &mut flow);
                    card::keys(&[(&back, "shows all of them again")], theme, &mut flow);
                } else {
                    draw_list(self, model, theme, flow.free(), flow.frame());
                }
            }
        }
    }
}

/// Draws the current field, and why its text is not valid.
fn draw_field(screen: &Orders, all: usize, model: &Model, theme: &Theme, flow: &mut TextFlow<'_, '_>) {
    match &screen.mode {
        Mode::Adding(adding) => {
            let row = flow.take(1);
            let used = put(flow.frame(), row, "Order id ❯ ", theme.accent);
            let hint = "as the shop or your e-mail tells it";
            input::draw(&adding.field, true, hint, theme, from_left(row, used).1, flow.frame());
            match (&adding.wrong, adding.asked) {
                (Some(wrong), _) => flow.hanging(&[("▲ ", theme.warning)], wrong, theme.text),
                (None, Some(_)) => flow.line(&[("◌ Asking the shop for it…", theme.accent)]),
                (None, None) => {
                    flow.line(&[("Whoever has an order's id can read its codes.", theme.dim)]);
                }
            }
            flow.gap();
        }
        Mode::List | Mode::Removing(_) | Mode::Joining(..) => {
            let row = flow.take(1);
            let count = format!("{} of {all}", screen.len(model));
            let taken = put_right(flow.frame(), row, &[(&count, theme.dim)]);
            let row = from_right(row, taken.saturating_add(2)).0;
            let prompt = put(flow.frame(), row, "❯ ", theme.accent);
            let (has_focus, hint) = (matches!(screen.mode, Mode::List), "brand, note or number");
            input::draw(&screen.filter, has_focus, hint, theme, from_left(row, prompt).1, flow.frame());
        }
    }
}

/// Draws the state of records that are not in the list yet, on the rule below it.
fn draw_earlier(model: &Model, theme: &Theme, line: Rect, frame: &mut Frame<'_>) {
    let (words, style) = match &model.earlier {
        None => return,
        Some(Ok(_)) => (" ◌ reading earlier orders…", theme.accent),
        Some(Err(_)) => (" ▲ earlier orders are missing: open the list anew", theme.warning),
    };
    pane::end_rule(line, words, style, theme, frame);
}

/// Draws the visible rows, and only those, with the marked order below.
fn draw_list(screen: &Orders, model: &Model, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let (rows, detail) = parts(area);
    let seen = screen.cursor.seen(rows.height, screen.len(model));
    let followed = screen.subscriptions(model);
    list::draw(seen, theme, rows, frame, |place, marked, row, frame| {
        if let Some(kept) = screen.row(place, model) {
            draw_row(&OrderRow { kept, followed: &followed, marked }, model, theme, row, frame);
        }
    });
    match (&screen.mode, screen.marked(model)) {
        (Mode::Removing(attempt), _) => draw_removal(*attempt, model, theme, detail, frame),
        (Mode::Joining(attempt, added), _) => draw_joining(*attempt, *added, model, theme, detail, frame),
        (_, Some(kept)) => draw_detail(kept, &followed, model, theme, detail, frame),
        (_, None) => {}
    }
    draw_earlier(model, theme, from_top(detail, 1).0, frame);
}

/// Splits an area into the rows of the list and the details below them.
fn parts(area: Rect) -> (Rect, Rect) {
    from_bottom(area, DETAIL.min(area.height / 2))
}

/// Returns the area of the list's rows, below the filter.
pub(super) fn rows(area: Rect) -> Rect {
    parts(from_top(area, 1).1).0
}

/// Draws what removing an order means, before it is done.
fn draw_removal(attempt: Attempt, model: &Model, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let (rule, rest) = from_top(area, 1);
    pane::rule(rule, theme, frame);
    let mut flow = TextFlow::new(rest, frame);
    let entry = model.kept(attempt).map(LedgerRow::entry);
    let what = entry.as_ref().map(|entry| entry.summary()).unwrap_or_default();
    let (title, meaning) = if entry.as_ref().is_some_and(|entry| entry.is_doubtful()) {
        let meaning = "Nobody knows whether the shop has an order. If it has, nothing here warns you any more, \
                       but its id still brings it in.";
        (format!("Remove {attempt}, which may be an order?"), meaning)
    } else {
        let meaning =
            "Its codes, its note and its payment are gone from this machine; the shop still has the order.";
        (format!("Remove {attempt} and its codes?"), meaning)
    };
    card::draw(Weight::Warning, &title, [what, meaning], theme, &mut flow);
    let (remove, leave) = (model.key(Command::RemoveNow, Typing::Off), model.key(Command::Back, Typing::Off));
    card::keys(&[(&remove, "removes it for good"), (&leave, "leaves it")], theme, &mut flow);
}

/// Draws the question whether an attempt in doubt became the order that was added, and what to base the
/// answer on.
fn draw_joining(
    attempt: Attempt,
    added: Attempt,
    model: &Model,
    theme: &Theme,
    area: Rect,
    frame: &mut Frame<'_>,
) {
    let (rule, rest) = from_top(area, 1);
    pane::rule(rule, theme, frame);
    let mut flow = TextFlow::new(rest, frame);
    let begun = |attempt| model.record(attempt).map(|record| clock::day(record.begun, model.utc_offset));
    let order = model.record(added).and_then(Record::order);
    let placed = order.and_then(|order| order.known.created_at).map(|at| model.here(at));
    let placed = placed.map(|at| clock::day(at, model.utc_offset)).unwrap_or_default();
    let alike = format!(
        "It holds the same for the same recipient, for the same total in the same coin. It was placed {placed}; \
         the attempt began {}.",
        begun(attempt).unwrap_or_default()
    );
    let meaning = "If it is that one, it stands here once, and nothing is in doubt. If you bought the same twice, \
                   leave both.";
    let title = format!("Is order {added} what became of attempt {attempt}?");
    card::draw(Weight::Warning, &title, [alike.as_str(), meaning], theme, &mut flow);
    let (yes, leave) = (model.key(Command::JoinNow, Typing::Off), model.key(Command::Back, Typing::Off));
    card::keys(&[(&yes, "it is that one"), (&leave, "leaves both")], theme, &mut flow);
}

/// A row of the list, and which orders are followed.
struct OrderRow<'a> {
    kept: &'a LedgerRow,
    followed: &'a [OrderId],
    marked: bool,
}

fn draw_row(shown: &OrderRow<'_>, model: &Model, theme: &Theme, row: Rect, frame: &mut Frame<'_>) {
    let OrderRow { kept, marked, .. } = *shown;
    let entry = kept.entry();
    let (when, rest) = from_left(row, WHEN);
    put(frame, when, &clock::day(entry.begun, model.utc_offset), theme.dim);
    let wide = rest.width >= WORDS_FROM;
    // The feed status of an open order: words if there is room, otherwise only its glyph.
    let (rest, line) = from_right(rest, if wide { LINE } else { 3 });
    draw_line(shown, wide, model, theme, line, frame);
    let wanted = if wide { STANDING + 8 } else { STANDING };
    let (rest, standing) = from_right(rest, wanted.min(rest.width.saturating_add(4) / 2));
    let (glyph, style) = weight(entry.standing(), theme);
    let words = entry.standing().to_string();
    put_runs(frame, standing, &[(glyph, style), (" ", theme.text), (&words, style)]);
    let rest = from_right(rest, 2).0;
    let amount = entry.amount().map(|(amount, tender)| format!("{amount} {}", tender.coin));
    let rest = match amount {
        // A truncated amount would be misleading; the details below show it in full.
        Some(amount) if rest.width >= AMOUNT.max(width(&amount)) + 1 + WHAT => {
            let (rest, place) = from_right(rest, AMOUNT.max(width(&amount)));
            put_right(frame, place, &[(&amount, theme.text)]);
            from_right(rest, 1).0
        }
        _ => rest,
    };
    put(frame, rest, entry.summary(), if marked { theme.marked } else { theme.text });
}

fn draw_line(
    row: &OrderRow<'_>,
    wide: bool,
    model: &Model,
    theme: &Theme,
    place: Rect,
    frame: &mut Frame<'_>,
) {
    if let Some((words, style)) = line(row.kept, row.followed, model, theme) {
        let glyph = words.split(' ').next().unwrap_or_default();
        let order = row.kept.record().and_then(Record::order);
        let news = order.and_then(|order| model.feed_of(order.id()));
        let old = news.is_some_and(|news| status::is_stale(news, model.now.uptime));
        let runs = [(if wide { &words } else { glyph }, style), (if old && !wide { "!" } else { "" }, style)];
        put_right(frame, place, &runs);
    }
}

/// Returns an open order's feed status in words.
fn line(kept: &LedgerRow, followed: &[OrderId], model: &Model, theme: &Theme) -> Option<(String, Style)> {
    let record = kept.record()?;
    let order = record.order().filter(|order| model.is_open(record) && !order.is_final())?;
    if !followed.contains(order.id()) {
        return Some(("○ not followed".to_owned(), theme.dim));
    }
    status::line(order, model, theme).map(|(words, _, style)| (words, style))
}

/// Returns the glyph and style of an order's standing.
fn weight(standing: &Standing, theme: &Theme) -> (&'static str, Style) {
    match standing {
        Standing::Placed(phase) => match phase {
            Phase::AwaitingPayment => ("◐", theme.accent),
            Phase::PaymentSeen | Phase::Paid | Phase::Delivering => ("◐", theme.good),
            Phase::Delivered | Phase::Refunded => ("●", theme.good),
            Phase::Expired | Phase::Cancelled | Phase::PaymentFailed | Phase::SetupFailed => ("○", theme.dim),
            Phase::PartlyPaid(_)
            | Phase::ManualAction
            | Phase::Quarantined(_)
            | Phase::PaidLate
            | Phase::DeliveredInPart(_)
            | Phase::Undelivered
            | Phase::Unknown(_) => ("▲", theme.warning),
        },
        Standing::Intended | Standing::Unknown(_) => ("▲", theme.alarm),
        Standing::Refused(_) | Standing::NotSent(_) => ("○", theme.dim),
    }
}

fn draw_detail(
    kept: &LedgerRow,
    followed: &[OrderId],
    model: &Model,
    theme: &Theme,
    area: Rect,
    frame: &mut Frame<'_>,
) {
    let (rule, rest) = from_top(area, 1);
    pane::rule(rule, theme, frame);
    let mut flow = TextFlow::new(rest, frame);
    let entry = kept.entry();
    let attempt = entry.attempt.to_string();
    match entry.standing() {
        Standing::Placed(phase) => {
            let said = match kept.record().and_then(Record::order) {
                Some(order) => phase_card::card(phase, order, model),
                None => phase_card::of_entry(phase, &entry, model),
            };
            let weight = if said.alarming { Weight::Warning } else { Weight::Calm };
            // The full text is on the order's own screen.
            let first = said.sentences.iter().take(1).map(String::as_str);
            card::draw(weight, &said.headline, first, theme, &mut flow);
            let began = clock::day(entry.begun, model.utc_offset);
            let asked = entry.terms().map(|(amount, tender)| format!(" · {amount} {tender}"));
            let asked = asked.unwrap_or_default();
            let facts = format!("{attempt} · order {}… · {began}{asked}", entry.id());
            if let Some((words, style)) = line(kept, followed, model, theme) {
                flow.line(&[("   ", theme.text), (&words, style)]);
            }
            let note = entry.note().map(Secret::printable).unwrap_or_default();
            if !note.is_empty() {
                flow.hanging(&[("   Note: ", theme.dim)], note.as_str(), theme.text);
            }
            flow.hanging(&[("   ", theme.text)], &facts, theme.dim);
            card::keys(&[(&model.key(Command::Choose, Typing::Text), "opens it")], theme, &mut flow);
        }
        Standing::Intended | Standing::Unknown(_) => {
            let why = match entry.standing() {
                Standing::Unknown(why) => why.to_string(),
                _ => "giftty ended before the shop answered.".to_owned(),
            };
            let key = |command| model.key(command, Typing::Text);
            let added = kept.record().and_then(|record| model.may_have_become(record));
            let help = if let Some(added) = added {
                let open = key(Command::Choose);
                format!("Order {} fits it: {open} says whether it is that one.", added.attempt)
            } else {
                format!("If that tells the order's id, {} adds it here.", key(Command::AddOrder))
            };
            let support = key(Command::CopySupport);
            let ask =
                format!("Ask support first, with the support block ({support}), or look into your e-mail.");
            let sentences = [
                &why,
                "The shop may hold an order of which giftty knows nothing: do not pay twice.",
                &ask,
                &help,
            ];
            let headline = format!("Attempt {attempt}: an order may exist.");
            card::draw(Weight::Alarm, &headline, sentences, theme, &mut flow);
        }
        Standing::Refused(why) => {
            card::draw(
                Weight::Calm,
                "The shop refused this; there is no order.",
                [&*why.to_string()],
                theme,
                &mut flow,
            );
        }
        Standing::NotSent(why) => {
            card::draw(
                Weight::Calm,
                "Nothing was sent; there is no order.",
                [&*why.to_string()],
                theme,
                &mut flow,
            );
        }
    }
}
