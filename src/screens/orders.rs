//! Orders: everything this user tried to buy here, newest first.

pub mod found;
pub mod view;

use std::borrow::Cow;

use found::Found;

use super::cursor::Cursor;
use super::desk::{Desk, Toast};
use super::{Outcome, Page, copy};
use crate::action::Action;
use crate::domain::order::{Delivery, Order, OrderId, Phase};
use crate::domain::record::{Attempt, Record};
use crate::effect::{Effect, Effects};
use crate::field::Field;
use crate::keymap::{Command, Typing};
use crate::layout::Spot;
use crate::remote::RequestId;

/// The most open orders that are followed from here.
const MOST_FOLLOWED: usize = 20;

/// The list of orders, one marked.
#[derive(Debug, Default)]
pub struct Orders {
    /// Which row is marked.
    pub cursor: Cursor,
    /// What is typed to find orders; the list stays filtered when its field is left.
    pub filter: Field,
    /// What the keys are for.
    pub mode: Mode,
    /// What the filter leaves, while it has a text.
    found: Option<Found>,
}

/// What the keys are for.
#[derive(Debug, Default)]
pub enum Mode {
    /// Moving about, and what can be done with the marked order.
    #[default]
    List,
    /// Typing the filter.
    Finding,
    /// Typing the id of an order that was placed elsewhere.
    Adding(Adding),
    /// Saying once more that an order is to be removed.
    Removing(Attempt),
    /// Saying whether an attempt in doubt became the order that was added as the second of these.
    Joining(Attempt, Attempt),
}

/// An order that is being added by its id.
#[derive(Debug, Default)]
pub struct Adding {
    /// The id, as far as it is typed.
    pub field: Field,
    /// The question for it, while it is open.
    pub asked: Option<RequestId>,
    /// Why it cannot be added.
    pub wrong: Option<String>,
}

impl Orders {
    /// The list with an attempt marked.
    pub fn at(attempt: Attempt, desk: &Desk) -> Self {
        let mut screen = Self::default();
        screen.mark(Some(attempt), desk);
        screen
    }

    /// How many rows there are.
    pub fn len(&self, desk: &Desk) -> usize {
        let all = desk.records.ready().map_or(0, Vec::len);
        self.found.as_ref().map_or(all, |found| found.places.len())
    }

    /// Whether there are no rows.
    pub fn is_empty(&self, desk: &Desk) -> bool {
        self.len(desk) == 0
    }

    /// Whether a filter stands above the rows.
    pub fn has_filter(&self) -> bool {
        matches!(self.mode, Mode::Finding) || !self.filter.is_empty()
    }

    /// The record of a row.
    pub fn row<'a>(&self, row: usize, desk: &'a Desk) -> Option<&'a Record> {
        let place = self.found.as_ref().map_or(Some(row), |found| found.places.get(row).copied())?;
        desk.records.ready()?.get(place)
    }

    /// The marked record.
    pub fn marked<'a>(&self, desk: &'a Desk) -> Option<&'a Record> {
        self.row(self.cursor.at(), desk)
    }

    fn refilter(&mut self, desk: &Desk) {
        if self.filter.text().trim().is_empty() {
            self.found = None;
            return;
        }
        let records = desk.records.ready().map(Vec::as_slice).unwrap_or_default();
        let found = self.found.get_or_insert_with(Found::default);
        found.find(self.filter.text(), records);
    }

    /// Marks an attempt, wherever it stands now; the first row when it is not shown.
    fn mark(&mut self, attempt: Option<Attempt>, desk: &Desk) {
        let shows = |row: &usize| self.row(*row, desk).map(|record| record.attempt) == attempt;
        let row = (0..self.len(desk)).find(shows).unwrap_or_default();
        self.cursor.to(row);
    }

    fn clear_filter(&mut self, desk: &Desk) {
        let marked = self.marked(desk).map(|record| record.attempt);
        self.filter.clear();
        self.found = None;
        self.mark(marked, desk);
    }

    fn import(&mut self, effects: &mut Effects) {
        let Mode::Adding(adding) = &mut self.mode else { return };
        if adding.asked.is_some() {
            return;
        }
        match OrderId::parse(adding.field.text().trim()) {
            Ok(order) => {
                adding.wrong = None;
                adding.asked = Some(effects.ask(|id| Effect::ImportOrder(id, order)));
            }
            Err(why) => adding.wrong = Some(format!("This cannot be it: {why}.")),
        }
    }

    fn hear_import(&mut self, id: RequestId, answer: &Action, desk: &Desk) -> Option<Outcome> {
        let Mode::Adding(adding) = &mut self.mode else { return None };
        let Action::OrderImported(_, answer) = answer else { return None };
        adding.asked.take_if(|asked| *asked == id)?;
        match answer {
            Ok(record) => {
                self.mode = Mode::List;
                self.clear_filter(desk);
                self.mark(Some(record.attempt), desk);
                let doubtful = desk.doubtful().find(|doubtful| desk.may_be(doubtful, record));
                if let Some(doubtful) = doubtful {
                    self.mode = Mode::Joining(doubtful.attempt, record.attempt);
                }
                Some(Outcome::Said(Toast::Note(format!("The order stands here as {}.", record.attempt))))
            }
            Err(failure) => {
                adding.wrong = Some(failure.to_string());
                None
            }
        }
    }

    /// What can be done with an order.
    fn offers_for(record: &Record, desk: &Desk) -> Vec<Command> {
        let mut offers = Vec::new();
        if record.order().is_some() || desk.may_have_become(record).is_some() {
            offers.push(Command::Choose);
        }
        if record.order().is_some_and(has_codes) {
            offers.push(Command::Reveal);
        }
        // What may have become an order is not offered to be bought a second time.
        if !record.is_doubtful() && record.purchase.as_ref().is_some_and(super::checkout::again::is_possible)
        {
            offers.push(Command::BuyAgain);
        }
        offers.push(Command::CopySupport);
        if record.is_removable(desk.shop_time()) {
            offers.push(Command::Remove);
        }
        offers
    }

    fn go_back(&mut self, desk: &Desk) -> Option<Outcome> {
        let mode = std::mem::take(&mut self.mode);
        let moving = matches!(mode, Mode::List | Mode::Finding);
        if moving && !self.filter.is_empty() {
            self.clear_filter(desk);
            return None;
        }
        matches!(mode, Mode::List).then_some(Outcome::Left)
    }
}

/// Whether an order brought anything, so that it has codes to show.
fn has_codes(order: &Order) -> bool {
    let came = |delivery: &Delivery| !delivery.delivered.is_empty();
    matches!(order.phase(), Phase::Delivered | Phase::DeliveredInPart(_))
        && order.known.deliveries.iter().any(came)
}

impl Page for Orders {
    fn title(&self, _desk: &Desk) -> Cow<'_, str> {
        "Orders".into()
    }

    fn offers(&self, desk: &Desk) -> Vec<Command> {
        let moves = [Command::Up, Command::Down, Command::PageUp, Command::PageDown];
        let ends = [Command::First, Command::Last];
        let mut offers = Vec::new();
        match &self.mode {
            Mode::Adding(_) => offers.push(Command::ImportOrder),
            Mode::Removing(_) => offers.push(Command::RemoveNow),
            Mode::Joining(..) => offers.push(Command::JoinNow),
            Mode::Finding => {
                if self.marked(desk).is_some_and(|record| record.order().is_some()) {
                    offers.push(Command::Choose);
                }
                offers.push(Command::KeepFilter);
                offers.extend(moves);
            }
            Mode::List => {
                if desk.records.failure().is_some() {
                    offers.push(Command::Retry);
                }
                offers.extend(
                    self.marked(desk).map(|record| Self::offers_for(record, desk)).unwrap_or_default(),
                );
                if desk.records.ready().is_some() {
                    offers.extend([Command::FindOrder, Command::AddOrder]);
                }
                offers.extend(moves.into_iter().chain(ends));
            }
        }
        offers.extend([Command::Help, Command::Back, Command::Quit]);
        offers
    }

    fn typing(&self) -> Typing {
        match self.mode {
            Mode::Finding | Mode::Adding(_) => Typing::Text,
            Mode::List | Mode::Removing(_) | Mode::Joining(..) => Typing::Off,
        }
    }

    fn field(&mut self) -> Option<&mut Field> {
        match &mut self.mode {
            Mode::Finding => Some(&mut self.filter),
            Mode::Adding(adding) => Some(&mut adding.field),
            Mode::List | Mode::Removing(_) | Mode::Joining(..) => None,
        }
    }

    fn edited(&mut self, desk: &Desk, _effects: &mut Effects) {
        match &mut self.mode {
            Mode::Adding(adding) => adding.wrong = None,
            Mode::List | Mode::Finding | Mode::Removing(_) | Mode::Joining(..) => {
                self.cursor = Cursor::default();
                self.refilter(desk);
            }
        }
    }

    fn row_at(&self, desk: &Desk, spot: Spot) -> Option<(usize, usize)> {
        let rows = view::rows(self, spot.area);
        let moves = matches!(self.mode, Mode::List | Mode::Finding);
        moves.then(|| self.cursor.seen(rows.height, self.len(desk)).at(spot, rows)).flatten()
    }

    fn obey(&mut self, command: Command, desk: &Desk, effects: &mut Effects) -> Option<Outcome> {
        if self.cursor.obey(command, self.len(desk), desk.list_rows()) {
            return None;
        }
        match command {
            Command::Choose => {
                let record = self.marked(desk)?;
                if let Some(added) = desk.may_have_become(record) {
                    self.mode = Mode::Joining(record.attempt, added.attempt);
                    return None;
                }
                record.order().map(|_| Outcome::OrderPicked(record.attempt))
            }
            Command::Reveal => Some(Outcome::CodesWanted(self.marked(desk)?.attempt)),
            Command::BuyAgain => Some(Outcome::BoughtAgain(Box::new(self.marked(desk)?.purchase.clone()?))),
            Command::CopySupport => {
                let text = super::pay::card::support_block(self.marked(desk)?);
                Some(copy("What support needs", text, effects))
            }
            Command::JoinNow => match std::mem::take(&mut self.mode) {
                Mode::Joining(attempt, added) => Some(Outcome::Joined(attempt, added)),
                _ => None,
            },
            Command::Back => self.go_back(desk),
            other => {
                self.switch(other, desk, effects);
                None
            }
        }
    }

    fn hear(&mut self, fact: &Action, desk: &Desk, _effects: &mut Effects) -> Option<Outcome> {
        match fact {
            Action::RecordsLoaded(..)
            | Action::OrderPlaced(..)
            | Action::OrderImported(..)
            | Action::RecordsFound(_)
            | Action::RecordRemoved(..) => {
                if let Some(found) = &mut self.found {
                    found.forget();
                }
                self.refilter(desk);
                let last = self.len(desk).saturating_sub(1);
                self.cursor.to(self.cursor.at().min(last));
            }
            _ => {}
        }
        match fact {
            Action::OrderImported(id, _) => self.hear_import(*id, fact, desk),
            _ => None,
        }
    }

    /// What is written beside an order meanwhile is found, too.
    fn covered(&mut self) {
        if let Some(found) = &mut self.found {
            found.forget();
        }
    }

    fn follows(&self, desk: &Desk) -> Vec<OrderId> {
        // The marked one first, so that it is followed even where there are more than can be.
        let marked = self.marked(desk).filter(|record| desk.is_open(record)).and_then(Record::order);
        let others = desk.open().filter_map(Record::order);
        let others = others.filter(|order| marked.is_none_or(|marked| marked.id() != order.id()));
        marked.into_iter().chain(others).map(|order| order.id().clone()).take(MOST_FOLLOWED).collect()
    }

    fn needs_clock(&self, desk: &Desk) -> bool {
        desk.open().any(|record| record.order().is_some())
    }
}

impl Orders {
    /// What the keys are for from here on.
    fn switch(&mut self, command: Command, desk: &Desk, effects: &mut Effects) {
        match command {
            Command::FindOrder => self.mode = Mode::Finding,
            Command::KeepFilter => self.mode = Mode::List,
            Command::AddOrder => self.mode = Mode::Adding(Adding::default()),
            Command::ImportOrder => self.import(effects),
            Command::Remove => {
                if let Some(record) = self.marked(desk) {
                    self.mode = Mode::Removing(record.attempt);
                }
            }
            Command::RemoveNow => {
                if let Mode::Removing(attempt) = std::mem::take(&mut self.mode) {
                    let now = desk.shop_time();
                    effects.ask(|id| Effect::RemoveRecord(id, attempt, now));
                }
            }
            _ => {}
        }
    }
}
