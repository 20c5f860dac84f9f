//! Pay and follow: what to send where, and how the order goes.

pub mod card;
pub mod view;

use std::borrow::Cow;

use super::desk::{Desk, Toast};
use super::{Outcome, Page, copy};
use crate::action::Action;
use crate::domain::order::{Order, Phase};
use crate::domain::record::{Attempt, Record};
use crate::domain::settlement::{self, Asked, Settlement, Withheld};
use crate::domain::tender::Rails;
use crate::effect::{Effect, Effects};
use crate::keymap::Command;
use crate::qr::Qr;
use crate::remote::{Remote, RequestId};

/// Columns of a window beside a code, and rows above and below it, when all else is shown too.
pub const BESIDE_CODE: usize = 41;
/// See [`BESIDE_CODE`].
pub const AROUND_CODE: usize = 5;

/// An order that is being followed, and its payment while it may be made.
#[derive(Debug)]
pub struct Pay {
    /// Which attempt it came from.
    pub attempt: Attempt,
    /// What may be paid, or why nothing may.
    pub settlement: Result<Settlement, Withheld>,
    /// The settlement's contents as QR codes, in the same order, as far as they can be encoded.
    pub codes: Vec<Option<Qr>>,
    /// Which content is shown.
    pub content: usize,
    /// Whether nothing but the QR code is shown.
    pub full_screen: bool,
    /// Whether the user accepted a total that moved after the receipt.
    pub agreed: bool,
    /// Paying by hand, in the sandbox.
    pub paying: Option<Remote<()>>,
}

impl Pay {
    /// Follows the order of an attempt.
    pub fn new(attempt: Attempt, desk: &Desk) -> Self {
        let mut screen = Self {
            attempt,
            settlement: Err(Withheld::NoTerms),
            codes: Vec::new(),
            content: 0,
            full_screen: false,
            agreed: false,
            paying: None,
        };
        screen.settle(desk);
        screen
    }

    /// The order, as the desk knows it.
    pub fn order<'a>(&self, desk: &'a Desk) -> Option<&'a Order> {
        desk.record(self.attempt).and_then(Record::order)
    }

    /// Checks anew what may be paid. The codes are encoded here, once, and never while drawing.
    fn settle(&mut self, desk: &Desk) {
        let settlement = self.checked(desk);
        if settlement == self.settlement {
            return;
        }
        self.codes = match &settlement {
            Ok(settlement) => settlement.contents.iter().map(|content| Qr::encode(&content.text)).collect(),
            Err(_) => Vec::new(),
        };
        self.content = self.richest_that_fits(desk);
        self.full_screen &= settlement.is_ok();
        self.settlement = settlement;
    }

    /// The first code that has room beside the address, the richest where none has.
    fn richest_that_fits(&self, desk: &Desk) -> usize {
        let (columns, rows) = (usize::from(desk.size.columns), usize::from(desk.size.rows));
        let fits = |code: &Qr| {
            let (wide, high) = code.half_block_size();
            wide + BESIDE_CODE <= columns && high + AROUND_CODE <= rows
        };
        self.codes.iter().position(|code| code.as_ref().is_some_and(fits)).unwrap_or_default()
    }

    fn checked(&self, desk: &Desk) -> Result<Settlement, Withheld> {
        let record = desk.record(self.attempt).ok_or(Withheld::NoTerms)?;
        let order = record.order().ok_or(Withheld::NoTerms)?;
        let asked = match (&record.purchase, record.total) {
            (Some(purchase), Some(total)) => Some(Asked { purchase, total }),
            _ => None,
        };
        let none = Rails::default();
        let rails = desk.rails.ready().unwrap_or(&none);
        settlement::settle(order, asked, self.agreed, rails, desk.shop_time())
    }

    fn copy_payment(&self, command: Command, effects: &mut Effects) -> Option<Outcome> {
        let settlement = self.settlement.as_ref().ok()?;
        let (what, text) = match command {
            Command::CopyAddress => ("Address", settlement.address.as_str().to_owned()),
            Command::CopyAmount => ("Amount", settlement.amount.to_string()),
            Command::CopyLink => {
                ("What the QR code holds", settlement.contents.get(self.content)?.text.clone())
            }
            _ => return None,
        };
        Some(copy(what, text, effects))
    }
}

impl Page for Pay {
    fn title(&self, _desk: &Desk) -> Cow<'_, str> {
        format!("Order {}", self.attempt).into()
    }

    fn offers(&self, desk: &Desk) -> Vec<Command> {
        let mut offers = Vec::new();
        if let Ok(settlement) = &self.settlement {
            offers.extend([Command::CopyAddress, Command::CopyAmount, Command::CopyLink]);
            if settlement.contents.len() > 1 {
                offers.push(Command::SwitchQr);
            }
            offers.push(Command::FullScreen);
            if desk.shop.sandbox {
                offers.push(Command::PayInSandbox);
            }
        }
        if matches!(self.settlement, Err(Withheld::Dearer { .. } | Withheld::Cheaper { .. })) {
            offers.push(Command::AcceptTotal);
        }
        if self.order(desk).is_some_and(|order| matches!(order.phase(), Phase::DeliveredInPart(_))) {
            offers.push(Command::Choose);
        }
        offers.extend([Command::CopySupport, Command::Refresh, Command::Orders]);
        offers.extend([Command::Help, Command::Back, Command::Quit]);
        offers
    }

    fn obey(&mut self, command: Command, desk: &Desk, effects: &mut Effects) -> Option<Outcome> {
        match command {
            Command::CopyAddress | Command::CopyAmount | Command::CopyLink => {
                return self.copy_payment(command, effects);
            }
            Command::SwitchQr => {
                let contents = self.settlement.as_ref().map_or(1, |settlement| settlement.contents.len());
                self.content = (self.content + 1) % contents.max(1);
            }
            Command::FullScreen => {
                self.full_screen = !self.full_screen;
                self.refresh(desk, effects);
            }
            Command::CopySupport => {
                let text = card::support_block(desk.record(self.attempt)?);
                return Some(copy("What support needs", text, effects));
            }
            Command::PayInSandbox => {
                let id = self.order(desk)?.id().clone();
                let waiting = matches!(self.paying, Some(Remote::Waiting(_)));
                if !waiting {
                    self.paying = Some(Remote::Waiting(effects.ask(|ask| Effect::PayInSandbox(ask, id))));
                }
            }
            Command::AcceptTotal => {
                self.agreed = true;
                self.settle(desk);
            }
            Command::Refresh => self.refresh(desk, effects),
            Command::Choose => return Some(Outcome::CodesArrived(self.attempt)),
            Command::Back if self.full_screen => self.full_screen = false,
            Command::Back => return Some(Outcome::Left),
            _ => {}
        }
        None
    }

    fn hear(&mut self, fact: &Action, desk: &Desk, _effects: &mut Effects) -> Option<Outcome> {
        match fact {
            Action::PaidInSandbox(id, answer) => {
                let taken = self.paying.as_mut().is_some_and(|paying| paying.settle(*id, answer.clone()));
                if let (true, Err(failure)) = (taken, answer) {
                    return Some(Outcome::Said(Toast::Warning(failure.to_string())));
                }
            }
            Action::OrderNews(..)
            | Action::Ticked(_)
            | Action::RailsFetched(..)
            | Action::RecordsLoaded(..) => {
                self.settle(desk);
            }
            _ => {}
        }
        let delivered = self.order(desk).is_some_and(|order| order.phase() == Phase::Delivered);
        delivered.then_some(Outcome::CodesArrived(self.attempt))
    }

    fn awaits(&self) -> Vec<RequestId> {
        self.paying.as_ref().and_then(Remote::awaited).into_iter().collect()
    }

    fn follows(&self, desk: &Desk) -> Vec<crate::domain::order::OrderId> {
        let order = self.order(desk).filter(|order| !order.is_final());
        order.map(|order| order.id().clone()).into_iter().collect()
    }

    fn needs_clock(&self, desk: &Desk) -> bool {
        self.order(desk).is_some_and(|order| !order.is_final())
    }
}

impl Pay {
    fn refresh(&self, desk: &Desk, effects: &mut Effects) {
        if let Some(order) = self.order(desk) {
            effects.wish(Effect::ReadOrder(order.id().clone()));
        }
    }
}
