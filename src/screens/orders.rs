//! Orders: everything this user tried to buy here, newest first.

pub mod view;

use std::borrow::Cow;

use super::cursor::Cursor;
use super::desk::Desk;
use super::{Outcome, Page, copy};
use crate::domain::order::OrderId;
use crate::domain::record::{Outcome as Became, Record};
use crate::effect::Effects;
use crate::keymap::Command;

/// The most open orders that are followed at once.
const MOST_FOLLOWED: usize = 20;

/// The list of orders, one marked.
#[derive(Debug, Default)]
pub struct Orders {
    /// Which row is marked.
    pub cursor: Cursor,
}

impl Orders {
    /// The marked record.
    pub fn marked<'a>(&self, desk: &'a Desk) -> Option<&'a Record> {
        desk.records.ready()?.get(self.cursor.at())
    }
}

impl Page for Orders {
    fn title(&self, _desk: &Desk) -> Cow<'_, str> {
        "Orders".into()
    }

    fn offers(&self, desk: &Desk) -> Vec<Command> {
        let mut offers = Vec::new();
        if desk.records.failure().is_some() {
            offers.push(Command::Retry);
        }
        match self.marked(desk) {
            Some(record) if record.order().is_some() => {
                offers.extend([Command::Choose, Command::CopySupport]);
            }
            Some(_) => offers.push(Command::CopySupport),
            None => {}
        }
        offers.extend([Command::Help, Command::Back, Command::Quit]);
        offers.extend([
            Command::Up,
            Command::Down,
            Command::PageUp,
            Command::PageDown,
            Command::First,
            Command::Last,
        ]);
        offers
    }

    fn obey(&mut self, command: Command, desk: &Desk, effects: &mut Effects) -> Option<Outcome> {
        let len = desk.records.ready().map_or(0, Vec::len);
        if self.cursor.obey(command, len, desk.list_rows()) {
            return None;
        }
        match command {
            Command::Choose => {
                let record = self.marked(desk)?;
                match &record.outcome {
                    Became::Placed(_) => Some(Outcome::OrderPicked(record.attempt)),
                    Became::Intended | Became::Refused(_) | Became::NotSent(_) | Became::Unknown(_) => None,
                }
            }
            Command::CopySupport => {
                let text = super::pay::card::support_block(self.marked(desk)?);
                Some(copy("What support needs", text, effects))
            }
            Command::Back => Some(Outcome::Left),
            _ => None,
        }
    }

    fn follows(&self, desk: &Desk) -> Vec<OrderId> {
        let open = desk.open().filter_map(Record::order);
        open.map(|order| order.id().clone()).take(MOST_FOLLOWED).collect()
    }
}
