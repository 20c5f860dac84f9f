//! Delivered: the codes that were paid for, hidden until they are asked for.

pub mod view;

use std::borrow::Cow;
use std::time::Duration;

use super::cursor::Cursor;
use super::desk::Desk;
use super::{Outcome, Page, copy};
use crate::action::Action;
use crate::domain::order::{Code, Delivery, Order};
use crate::domain::record::{Attempt, Record};
use crate::domain::text::Secret;
use crate::effect::{Effect, Effects};
use crate::keymap::Command;
use crate::qr::Qr;

/// How long codes stay visible.
const REVEAL_FOR: Duration = Duration::from_mins(1);

/// What an order delivered.
#[derive(Debug)]
pub struct Delivered {
    /// Which attempt it came from.
    pub attempt: Attempt,
    /// Which delivery is marked.
    pub cursor: Cursor,
    /// Until when the codes are visible, by the session's clock.
    pub revealed_until: Option<Duration>,
    /// The marked delivery's eSIM as a QR code, while it is visible.
    pub esim: Option<Qr>,
}

impl Delivered {
    /// Everything hidden.
    pub fn new(attempt: Attempt) -> Self {
        Self { attempt, cursor: Cursor::default(), revealed_until: None, esim: None }
    }

    /// The order, as the desk knows it.
    pub fn order<'a>(&self, desk: &'a Desk) -> Option<&'a Order> {
        desk.record(self.attempt).and_then(Record::order)
    }

    /// The marked delivery.
    pub fn marked<'a>(&self, desk: &'a Desk) -> Option<&'a Delivery> {
        self.order(desk)?.known.deliveries.get(self.cursor.at())
    }

    /// Whether the codes are visible.
    pub fn revealed(&self) -> bool {
        self.revealed_until.is_some()
    }

    fn draw_esim(&mut self, desk: &Desk) {
        let code = self.marked(desk).and_then(|delivery| delivery.delivered.code.as_ref());
        self.esim = match code {
            Some(Code::Esim(text)) if self.revealed() => Qr::encode(text.reveal()),
            _ => None,
        };
    }

    fn secret<'a>(&self, command: Command, desk: &'a Desk) -> Option<(&'static str, &'a Secret)> {
        let delivered = &self.marked(desk)?.delivered;
        match command {
            Command::CopyCode => delivered.code.as_ref().map(|code| ("Code", code.secret())),
            Command::CopySerial => delivered.serial.as_ref().map(|serial| ("Serial number", serial)),
            Command::CopySecurity => delivered.security_code.as_ref().map(|code| ("Security code", code)),
            _ => None,
        }
    }

    fn hide(&mut self) {
        self.revealed_until = None;
        self.esim = None;
    }
}

impl Page for Delivered {
    fn title(&self, _desk: &Desk) -> Cow<'_, str> {
        format!("Order {}", self.attempt).into()
    }

    fn offers(&self, desk: &Desk) -> Vec<Command> {
        let copies = [Command::CopyCode, Command::CopySerial, Command::CopySecurity];
        let there = copies.into_iter().filter(|copy| self.secret(*copy, desk).is_some());
        let mut offers: Vec<Command> = there.collect();
        if !offers.is_empty() {
            offers.insert(0, Command::Reveal);
        }
        if self.order(desk).is_some_and(Order::lacks_codes) {
            offers.push(Command::Refresh);
        }
        offers.extend([Command::CopySupport, Command::Orders, Command::Help, Command::Back, Command::Quit]);
        offers.extend([Command::Up, Command::Down, Command::First, Command::Last]);
        offers
    }

    fn obey(&mut self, command: Command, desk: &Desk, effects: &mut Effects) -> Option<Outcome> {
        let deliveries = self.order(desk).map_or(0, |order| order.known.deliveries.len());
        if self.cursor.obey(command, deliveries, desk.list_rows()) {
            self.draw_esim(desk);
            return None;
        }
        match command {
            Command::Reveal if self.revealed() => self.hide(),
            Command::Reveal => {
                self.revealed_until = Some(desk.now.uptime.saturating_add(REVEAL_FOR));
                self.draw_esim(desk);
            }
            Command::CopyCode | Command::CopySerial | Command::CopySecurity => {
                let (what, secret) = self.secret(command, desk)?;
                return Some(copy(what, secret.reveal().to_owned(), effects));
            }
            Command::CopySupport => {
                let text = super::pay::card::support_block(desk.record(self.attempt)?);
                return Some(copy("What support needs", text, effects));
            }
            Command::Refresh => effects.wish(Effect::ReadOrder(self.order(desk)?.id().clone())),
            Command::Back => return Some(Outcome::Left),
            _ => {}
        }
        None
    }

    fn hear(&mut self, fact: &Action, desk: &Desk, _effects: &mut Effects) -> Option<Outcome> {
        match fact {
            Action::Ticked(now) if self.revealed_until.is_some_and(|until| now.uptime >= until) => {
                self.hide();
            }
            Action::OrderNews(..) => self.draw_esim(desk),
            _ => {}
        }
        None
    }

    fn needs_clock(&self, _desk: &Desk) -> bool {
        self.revealed()
    }
}
