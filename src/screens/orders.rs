//! Orders: everything this user tried to buy on this machine, newest first.

mod commands;
pub mod found;
pub mod plain;
pub mod view;

use std::borrow::Cow;

pub use commands::COMMANDS;
use found::Found;

use super::{Question, Screen, ScreenEvent, copy};
use crate::action::Action;
use crate::domain::ledger::{Ledger, LedgerRow};
use crate::domain::order::OrderId;
use crate::domain::record::{Attempt, Record};
use crate::effect::{Effect, Effects};
use crate::field::Field;
use crate::keymap::{Command, Typing};
use crate::layout::Spot;
use crate::list::Cursor;
use crate::model::{Model, Toast};
use crate::remote::RequestId;

/// The maximum number of open orders followed from this screen.
const MOST_FOLLOWED: usize = 20;

/// The list of orders, one of them marked.
#[derive(Debug, Default)]
pub struct Orders {
    /// The marked row.
    pub cursor: Cursor,
    /// The filter text.
    pub filter: Field,
    /// What the keys currently do.
    pub mode: Mode,
    /// The matches of the filter, while it is not empty.
    found: Option<Found>,
    /// The command that waits until a record has been read in full.
    wanted: Option<(Attempt, Command)>,
}

/// What the keys currently do.
#[derive(Debug, Default)]
pub enum Mode {
    /// Typing filters the list; commands apply to the marked order.
    #[default]
    List,
    /// Typing the id of an order that was placed elsewhere.
    Adding(Adding),
    /// Confirming that an order is to be removed.
    Removing(Attempt),
    /// Confirming that an attempt in doubt (the first) became the order that was added (the second).
    Joining(Attempt, Attempt),
}

/// An order that is being added by its id.
#[derive(Debug, Default)]
pub struct Adding {
    /// The id typed so far.
    pub field: Field,
    /// The import request in flight.
    pub asked: Option<RequestId>,
    /// Why the order cannot be added.
    pub wrong: Option<String>,
}

impl Orders {
    /// Creates the list with an attempt marked.
    pub fn at(attempt: Attempt, model: &Model) -> Self {
        let mut screen = Self::default();
        screen.mark(Some(attempt), model);
        screen
    }

    /// Returns the number of rows.
    pub fn len(&self, model: &Model) -> usize {
        let all = model.records.ready().map_or(0, Ledger::len);
        self.found.as_ref().map_or(all, |found| found.places.len())
    }

    /// Returns whether there are no rows.
    pub fn is_empty(&self, model: &Model) -> bool {
        self.len(model) == 0
    }

    /// Returns the ledger row shown in a row of the list.
    pub fn row<'a>(&self, row: usize, model: &'a Model) -> Option<&'a LedgerRow> {
        let place = self.found.as_ref().map_or(Some(row), |found| found.places.get(row).copied())?;
        model.records.ready()?.get(place)
    }

    /// Returns the marked ledger row.
    pub fn marked<'a>(&self, model: &'a Model) -> Option<&'a LedgerRow> {
        self.row(self.cursor.at(), model)
    }

    fn refilter(&mut self, model: &Model) {
        if self.filter.text().trim().is_empty() {
            self.found = None;
            return;
        }
        let Some(records) = model.records.ready() else { return };
        let found = self.found.get_or_insert_with(Found::default);
        found.find(self.filter.text(), records, &model.scratch);
    }

    /// Marks an attempt at its current row, or the first row if it is not shown.
    pub fn mark(&mut self, attempt: Option<Attempt>, model: &Model) {
        let shows = |row: &usize| self.row(*row, model).map(LedgerRow::attempt) == attempt;
        let row = (0..self.len(model)).find(shows).unwrap_or_default();
        self.cursor.to(row);
    }

    fn clear_filter(&mut self, model: &Model) {
        let marked = self.marked(model).map(LedgerRow::attempt);
        self.filter.clear();
        self.found = None;
        self.mark(marked, model);
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

    fn hear_import(&mut self, id: RequestId, answer: &Action, model: &Model) -> Option<ScreenEvent> {
        let Mode::Adding(adding) = &mut self.mode else { return None };
        let Action::OrderImported(_, answer) = answer else { return None };
        adding.asked.take_if(|asked| *asked == id)?;
        match answer {
            Ok(record) => {
                self.mode = Mode::List;
                self.clear_filter(model);
                self.mark(Some(record.attempt), model);
                let doubtful = model.doubtful().find(|doubtful| model.may_be(doubtful, record));
                if let Some(doubtful) = doubtful {
                    self.mode = Mode::Joining(doubtful.attempt, record.attempt);
                }
                Some(ScreenEvent::Said(Toast::Note(format!("The order stands here as {}.", record.attempt))))
            }
            Err(failure) => {
                adding.wrong = Some(failure.to_string());
                None
            }
        }
    }

    /// Returns the commands that apply to an order.
    fn commands_for(kept: &LedgerRow, model: &Model) -> Vec<Command> {
        let (entry, record) = (kept.entry(), kept.record());
        let mut commands = Vec::new();
        if entry.has_order() || record.and_then(|record| model.may_have_become(record)).is_some() {
            commands.push(Command::Choose);
        }
        // An attempt that may have become an order must not be bought a second time.
        if !entry.is_doubtful() && entry.is_repeatable() {
            commands.push(Command::BuyAgain);
        }
        commands.push(Command::CopySupport);
        // An order held only as an entry can no longer change.
        if record.is_none_or(|record| record.is_removable(model.shop_time())) {
            commands.push(Command::Remove);
        }
        commands
    }

    /// Runs a command that needs the full record, once it has been read.
    fn do_with(&mut self, command: Command, kept: &LedgerRow, effects: &mut Effects) -> Option<ScreenEvent> {
        let LedgerRow::Whole(record) = kept else {
            self.wanted = Some((kept.attempt(), command));
            return Some(ScreenEvent::RecordWanted(kept.attempt()));
        };
        if command == Command::BuyAgain {
            return Some(ScreenEvent::BoughtAgain(Box::new(record.purchase.clone()?)));
        }
        Some(copy("What support needs", super::pay::card::support_block(record), effects))
    }

    /// Returns whether a command waits for this record to be read in full.
    pub fn waits_for(&self, attempt: Attempt) -> bool {
        self.wanted.is_some_and(|(wanted, _)| wanted == attempt)
    }

    /// Runs the waiting command on a record that was read.
    fn go_on(&mut self, attempt: Attempt, model: &Model, effects: &mut Effects) -> Option<ScreenEvent> {
        let (_, command) = self.wanted.take_if(|(wanted, _)| *wanted == attempt)?;
        let kept = model.kept(attempt).filter(|kept| kept.record().is_some())?;
        self.do_with(command, kept, effects)
    }

    fn go_back(&mut self, model: &Model) -> Option<ScreenEvent> {
        let is_list = matches!(std::mem::take(&mut self.mode), Mode::List);
        if is_list && !self.filter.is_empty() {
            self.clear_filter(model);
            return None;
        }
        is_list.then_some(ScreenEvent::Left)
    }
}

impl Screen for Orders {
    fn title(&self, _model: &Model) -> Cow<'_, str> {
        "Orders".into()
    }

    fn commands(&self, model: &Model) -> Vec<Command> {
        let moves = [Command::Up, Command::Down, Command::PageUp, Command::PageDown];
        let ends = [Command::First, Command::Last];
        let mut commands = Vec::new();
        match &self.mode {
            Mode::Adding(_) => commands.push(Command::ImportOrder),
            Mode::Removing(_) => commands.push(Command::RemoveNow),
            Mode::Joining(..) => commands.push(Command::JoinNow),
            Mode::List => {
                if model.records.failure().is_some() {
                    commands.push(Command::Retry);
                }
                commands.extend(
                    self.marked(model).map(|kept| Self::commands_for(kept, model)).unwrap_or_default(),
                );
                if model.records.ready().is_some() {
                    commands.push(Command::AddOrder);
                }
                commands.extend(moves.into_iter().chain(ends));
            }
        }
        commands.extend([Command::Help, Command::Back, Command::Quit]);
        commands
    }

    fn typing(&self) -> Typing {
        match self.mode {
            Mode::List | Mode::Adding(_) => Typing::Text,
            Mode::Removing(_) | Mode::Joining(..) => Typing::Off,
        }
    }

    fn field(&mut self) -> Option<&mut Field> {
        match &mut self.mode {
            Mode::List => Some(&mut self.filter),
            Mode::Adding(adding) => Some(&mut adding.field),
            Mode::Removing(_) | Mode::Joining(..) => None,
        }
    }

    fn edited(&mut self, model: &Model, _effects: &mut Effects) {
        match &mut self.mode {
            Mode::Adding(adding) => adding.wrong = None,
            Mode::List | Mode::Removing(_) | Mode::Joining(..) => {
                self.cursor = Cursor::default();
                self.refilter(model);
            }
        }
    }

    fn row_at(&self, model: &Model, spot: Spot) -> Option<(usize, usize)> {
        let rows = view::rows(spot.area);
        matches!(self.mode, Mode::List)
            .then(|| self.cursor.seen(rows.height, self.len(model)).at(spot, rows))
            .flatten()
    }

    fn on_command(&mut self, command: Command, model: &Model, effects: &mut Effects) -> Option<ScreenEvent> {
        if self.cursor.on_command(command, self.len(model), model.list_rows()) {
            return None;
        }
        match command {
            Command::Choose => {
                let kept = self.marked(model)?;
                if let Some(added) = kept.record().and_then(|record| model.may_have_become(record)) {
                    self.mode = Mode::Joining(kept.attempt(), added.attempt);
                    return None;
                }
                kept.entry().has_order().then(|| ScreenEvent::OrderPicked(kept.attempt()))
            }
            Command::BuyAgain | Command::CopySupport => self.do_with(command, self.marked(model)?, effects),
            Command::JoinNow => match std::mem::take(&mut self.mode) {
                Mode::Joining(attempt, added) => Some(ScreenEvent::Joined(attempt, added)),
                _ => None,
            },
            Command::Back => self.go_back(model),
            other => {
                self.switch(other, model, effects);
                None
            }
        }
    }

    fn on_action(&mut self, action: &Action, model: &Model, effects: &mut Effects) -> Option<ScreenEvent> {
        match action {
            Action::RecordsLoaded(..)
            | Action::RecordsListed(..)
            | Action::RecordLoaded(_, _, Ok(None))
            | Action::OrderPlaced(..)
            | Action::OrderImported(..)
            | Action::RecordsFound(_)
            | Action::RecordRemoved(..) => {
                if let Some(found) = &mut self.found {
                    found.forget();
                }
                self.refilter(model);
                let last = self.len(model).saturating_sub(1);
                self.cursor.to(self.cursor.at().min(last));
            }
            _ => {}
        }
        match action {
            Action::OrderImported(id, _) => self.hear_import(*id, action, model),
            Action::RecordLoaded(_, attempt, _) => self.go_on(*attempt, model, effects),
            _ => None,
        }
    }

    /// Drops the waiting command, so that it does not run while another screen is shown, and the search
    /// index, so that remarks written meanwhile are found.
    fn on_hidden(&mut self) {
        self.wanted = None;
        if let Some(found) = &mut self.found {
            found.forget();
        }
    }

    fn subscriptions(&self, model: &Model) -> Vec<OrderId> {
        // The marked order comes first, so that it is followed even if there are too many.
        let marked = self.marked(model).and_then(LedgerRow::record).filter(|record| model.is_open(record));
        let marked = marked.and_then(Record::order);
        let others = model.open().filter_map(Record::order);
        let others = others.filter(|order| marked.is_none_or(|marked| marked.id() != order.id()));
        marked.into_iter().chain(others).map(|order| order.id().clone()).take(MOST_FOLLOWED).collect()
    }

    fn question(&self, model: &Model) -> Option<Question> {
        match self.mode {
            Mode::Removing(attempt) => {
                let doubtful = model.kept(attempt).is_some_and(|kept| kept.entry().is_doubtful());
                Some(Question::Removal(attempt, doubtful))
            }
            Mode::Joining(attempt, added) => Some(Question::Joining(attempt, added)),
            Mode::List | Mode::Adding(_) => None,
        }
    }

    fn needs_clock(&self, model: &Model) -> bool {
        model.open().any(|record| record.order().is_some())
    }
}

impl Orders {
    /// Switches the mode, and runs the commands of the modes.
    fn switch(&mut self, command: Command, model: &Model, effects: &mut Effects) {
        match command {
            Command::AddOrder => self.mode = Mode::Adding(Adding::default()),
            Command::ImportOrder => self.import(effects),
            Command::Remove => {
                if let Some(kept) = self.marked(model) {
                    self.mode = Mode::Removing(kept.attempt());
                }
            }
            Command::RemoveNow => {
                if let Mode::Removing(attempt) = std::mem::take(&mut self.mode) {
                    let now = model.shop_time();
                    effects.ask(|id| Effect::RemoveRecord(id, attempt, now));
                }
            }
            _ => {}
        }
    }
}
