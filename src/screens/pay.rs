//! Pay: what to send where, and the progress of the order.

pub mod card;
pub mod room;
pub mod plain;
pub mod view;

use std::borrow::Cow;
use std::time::Duration;

use super::{Question, Screen, ScreenEvent, copy, unsaved};
use crate::action::Action;
use crate::domain::failure::Failure;
use crate::domain::order::{Order, Phase, Snapshot};
use crate::domain::purchase::Purchase;
use crate::domain::record::{Attempt, Record};
use crate::domain::settlement::{Settlement, WINDOW, Withheld};
use crate::effect::{Effect, Effects};
use crate::input::Size;
use crate::keymap::Command;
use crate::layout;
use crate::model::{Model, Toast};
use crate::qr::{Blocks, Qr};
use crate::remote::{Remote, RequestId};

/// A command that waits until the shop has confirmed that the order still stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// The command: copying, or showing the code alone.
    pub command: Command,
    /// The request to the shop.
    pub id: RequestId,
}

/// How long an order can still be paid, by estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeLeft {
    /// The remaining time.
    pub left: Duration,
    /// Whether less than a quarter of the payment window is left.
    pub urgent: bool,
}

/// The commands the screen can offer together, for each of its modes, except the global ones.
pub const COMMANDS: &[&[Command]] = &[
    // While the order can be paid.
    &[
        Command::CopyAddress,
        Command::CopyAmount,
        Command::CopyLink,
        Command::SwitchQr,
        Command::SwitchBlocks,
        Command::FullScreen,
        Command::PayInSandbox,
        Command::CopySupport,
        Command::Refresh,
    ],
    // While nothing can or must be paid.
    &[Command::AcceptTotal, Command::BuyAgain, Command::Choose, Command::CopySupport, Command::Refresh],
];

/// An order that is being followed, and its payment while it may be made.
#[derive(Debug)]
pub struct Pay {
    /// The attempt that placed the order.
    pub attempt: Attempt,
    /// What may be paid, or why nothing may.
    pub settlement: Result<Settlement, Withheld>,
    /// The settlement's contents as QR codes, in the same order; `None` if a content cannot be encoded.
    pub codes: Vec<Option<Qr>>,
    /// The content the user chose to see; if `None`, the richest that fits is shown.
    pub chosen: Option<usize>,
    /// The block characters the code is drawn with.
    pub blocks: Blocks,
    /// Whether only the QR code is shown.
    pub full_screen: bool,
    /// Whether the user accepted a total that changed after the receipt.
    pub agreed: bool,
    /// The command that waits for the order to be read again.
    pub checking: Option<Check>,
    /// The state of a manual payment in the sandbox.
    pub paying: Option<Remote<()>>,
}

impl Pay {
    /// Creates the screen for the order of an attempt.
    pub fn new(attempt: Attempt, model: &Model) -> Self {
        let mut screen = Self {
            attempt,
            settlement: Err(Withheld::NoTerms),
            codes: Vec::new(),
            chosen: None,
            blocks: Blocks::default(),
            full_screen: false,
            agreed: false,
            checking: None,
            paying: None,
        };
        screen.refresh_settlement(model);
        screen
    }

    /// Returns the order, as the model knows it.
    pub fn order<'a>(&self, model: &'a Model) -> Option<&'a Order> {
        model.record(self.attempt).and_then(Record::order)
    }

    /// Checks again what may be paid. The codes are encoded here, once, and never while drawing.
    fn refresh_settlement(&mut self, model: &Model) {
        let settlement = self.checked(model);
        if settlement == self.settlement {
            return;
        }
        self.codes = match &settlement {
            Ok(settlement) => settlement.contents.iter().map(|content| Qr::encode(&content.text)).collect(),
            Err(_) => Vec::new(),
        };
        self.chosen = None;
        self.full_screen &= settlement.is_ok();
        self.settlement = settlement;
    }

    /// Returns the index of the content whose code is shown: the chosen one, or else the richest that fits
    /// into this window; `None` if none fits.
    pub fn content(&self, model: &Model) -> Option<usize> {
        if self.chosen.is_some() {
            return self.chosen;
        }
        let settlement = self.settlement.as_ref().ok()?;
        let Size { columns, rows } = model.size;
        let (wide, high) = layout::body_size(columns, rows);
        let body = (wide, high.saturating_sub(unsaved::rows(model, self.paying(), columns)));
        let fits = |code: &Qr| {
            if self.full_screen {
                room::fits_alone(code, self.blocks, model.shop.sandbox, (columns, rows))
            } else {
                room::fits_beside(code, self.blocks, settlement, body)
            }
        };
        self.codes.iter().position(|code| code.as_ref().is_some_and(fits))
    }

    /// Returns how long the order can still be paid, by the shop's clock; `None` if that is unknown.
    pub fn time_left(&self, model: &Model) -> Option<TimeLeft> {
        let closes_at = self.settlement.as_ref().ok()?.closes_at?;
        let placed_at = self.order(model).and_then(|order| order.known.created_at);
        let window = placed_at.map(|placed_at| closes_at.since(placed_at));
        // Until the shop's clock is known, never show more than the whole payment window.
        let left = closes_at.since(model.shop_time()).min(window.unwrap_or(Duration::MAX));
        Some(TimeLeft { left, urgent: left < window.unwrap_or(WINDOW) / 4 })
    }

    /// Returns what the screen is waiting for, if anything.
    pub fn waits_for(&self) -> Option<&'static str> {
        self.checking.map(|_| "Asking the shop whether this still stands…")
    }

    fn checked(&self, model: &Model) -> Result<Settlement, Withheld> {
        model.settlement_of(model.record(self.attempt).ok_or(Withheld::NoTerms)?, self.agreed)
    }

    /// Has the order read again before its payment is used. Keys pressed meanwhile send no second request;
    /// the last one counts.
    fn check(&mut self, command: Command, model: &Model, effects: &mut Effects) {
        if let Some(checking) = &mut self.checking {
            checking.command = command;
        } else if let Some(order) = self.order(model) {
            let order = order.id().clone();
            self.checking = Some(Check { command, id: effects.ask(|id| Effect::CheckOrder(id, order)) });
        }
    }

    /// Runs the waiting command if the fresh read confirms the payment; otherwise warns why not.
    fn go_on(
        &mut self,
        command: Command,
        answer: &Result<Box<Snapshot>, Failure>,
        model: &Model,
        effects: &mut Effects,
    ) -> Option<ScreenEvent> {
        let why = match (&self.settlement, answer) {
            (Err(why), _) => why.to_string(),
            (Ok(_), Err(failure)) => {
                format!(
                    "{failure} The order has to be read anew first, so that nothing old is paid; try again."
                )
            }
            (Ok(settlement), Ok(now)) if repeats(now, settlement) => {
                return match command {
                    Command::FullScreen => {
                        self.full_screen = true;
                        None
                    }
                    copying => self.copy_payment(copying, model, effects),
                };
            }
            (Ok(_), Ok(_)) => {
                "The shop did not repeat where to pay how much, so that nothing confirms it; try again."
                    .to_owned()
            }
        };
        let what = if command == Command::FullScreen { "Not shown." } else { "Not copied." };
        Some(ScreenEvent::Said(Toast::Warning(format!("{what} {why}"))))
    }

    fn copy_payment(&self, command: Command, model: &Model, effects: &mut Effects) -> Option<ScreenEvent> {
        let settlement = self.settlement.as_ref().ok()?;
        let (what, text) = match command {
            Command::CopyAddress => ("Address", settlement.address.as_str().to_owned()),
            Command::CopyAmount => ("Amount", settlement.amount.to_string()),
            Command::CopyLink => {
                let content = settlement.contents.get(self.content(model).unwrap_or_default())?;
                ("What the QR code holds", content.text.clone())
            }
            _ => return None,
        };
        Some(copy(what, text, effects))
    }

    /// Shows the content after the current one.
    fn switch(&mut self, model: &Model) {
        let contents = self.settlement.as_ref().map_or(1, |settlement| settlement.contents.len());
        let next = self.content(model).map_or(0, |shown| (shown + 1) % contents.max(1));
        self.chosen = Some(next);
    }

    /// Returns whether the same purchase may be repeated: nothing was paid, or it was refunded.
    fn may_be_bought_again(&self, model: &Model) -> bool {
        let Some(record) = model.record(self.attempt) else { return false };
        let over = match &self.settlement {
            Err(Withheld::WindowClosed) => true,
            Err(Withheld::NotAsked(phase)) => matches!(
                phase,
                Phase::Expired
                    | Phase::Cancelled
                    | Phase::PaymentFailed
                    | Phase::SetupFailed
                    | Phase::Refunded
            ),
            Ok(_) | Err(_) => false,
        };
        over && record.purchase.as_ref().is_some_and(Purchase::is_repeatable)
    }
}

impl Screen for Pay {
    fn title(&self, _model: &Model) -> Cow<'_, str> {
        format!("Order {}", self.attempt).into()
    }

    fn commands(&self, model: &Model) -> Vec<Command> {
        let mut commands = Vec::new();
        if let Ok(settlement) = &self.settlement {
            commands.extend([Command::CopyAddress, Command::CopyAmount, Command::CopyLink]);
            if settlement.contents.len() > 1 {
                commands.push(Command::SwitchQr);
            }
            commands.push(Command::FullScreen);
            if model.shop.sandbox {
                commands.push(Command::PayInSandbox);
            }
            commands.push(Command::SwitchBlocks);
        }
        if matches!(self.settlement, Err(Withheld::Dearer { .. } | Withheld::Cheaper { .. })) {
            commands.push(Command::AcceptTotal);
        }
        if self.may_be_bought_again(model) {
            commands.push(Command::BuyAgain);
        }
        if self.order(model).is_some_and(|order| matches!(order.phase(), Phase::DeliveredInPart(_))) {
            commands.push(Command::Choose);
        }
        if model.record(self.attempt).is_some() {
            commands.extend([Command::CopySupport, Command::Refresh]);
        }
        commands.push(Command::Orders);
        commands.extend([Command::Help, Command::Back, Command::Quit]);
        commands
    }

    fn on_command(&mut self, command: Command, model: &Model, effects: &mut Effects) -> Option<ScreenEvent> {
        match command {
            Command::FullScreen | Command::Back if self.full_screen => self.full_screen = false,
            Command::CopyAddress | Command::CopyAmount | Command::CopyLink | Command::FullScreen => {
                self.check(command, model, effects);
            }
            Command::SwitchQr => self.switch(model),
            Command::SwitchBlocks => self.blocks = self.blocks.other(),
            Command::BuyAgain => {
                let purchase = model.record(self.attempt)?.purchase.clone()?;
                return Some(ScreenEvent::BoughtAgain(Box::new(purchase)));
            }
            Command::CopySupport => {
                let text = card::support_block(model.record(self.attempt)?);
                return Some(copy("What support needs", text, effects));
            }
            Command::PayInSandbox => {
                let id = self.order(model)?.id().clone();
                let waiting = matches!(self.paying, Some(Remote::Waiting(_)));
                if !waiting {
                    self.paying = Some(Remote::Waiting(effects.ask(|ask| Effect::PayInSandbox(ask, id))));
                }
            }
            Command::AcceptTotal => {
                self.agreed = true;
                self.refresh_settlement(model);
            }
            Command::Refresh => self.refresh(model, effects),
            Command::Choose => return Some(ScreenEvent::CodesArrived(self.attempt)),
            Command::Back => return Some(ScreenEvent::Left),
            _ => {}
        }
        None
    }

    fn on_action(&mut self, action: &Action, model: &Model, effects: &mut Effects) -> Option<ScreenEvent> {
        let said = match action {
            Action::PaidInSandbox(id, answer) => {
                let taken = self.paying.as_mut().is_some_and(|paying| paying.answer(*id, answer.clone()));
                let failure = answer.as_ref().err().filter(|_| taken);
                failure.map(|failure| ScreenEvent::Said(Toast::Warning(failure.to_string())))
            }
            Action::OrderChecked(id, _, answer) => {
                self.refresh_settlement(model);
                let check = self.checking.take_if(|check| check.id == *id);
                check.and_then(|check| self.go_on(check.command, answer, model, effects))
            }
            Action::OrderNews(..)
            | Action::Tick(_)
            | Action::ShopTimeTold(_)
            | Action::PaymentMethodsRecalled(..)
            | Action::PaymentMethodsFetched(..)
            | Action::RecordsLoaded(..) => {
                self.refresh_settlement(model);
                None
            }
            _ => None,
        };
        let delivered = self.order(model).is_some_and(|order| order.phase() == Phase::Delivered);
        if delivered { Some(ScreenEvent::CodesArrived(self.attempt)) } else { said }
    }

    /// Drops the waiting command, so that nothing is copied while another screen is shown.
    fn on_hidden(&mut self) {
        self.checking = None;
    }

    fn question(&self, _model: &Model) -> Option<Question> {
        match &self.settlement {
            Err(why @ (Withheld::Dearer { .. } | Withheld::Cheaper { .. })) => {
                Some(Question::Total(self.attempt, why.clone()))
            }
            Ok(_) | Err(_) => None,
        }
    }

    fn pending_requests(&self) -> Vec<RequestId> {
        let checking = self.checking.map(|check| check.id);
        self.paying.as_ref().and_then(Remote::awaited).into_iter().chain(checking).collect()
    }

    fn subscriptions(&self, model: &Model) -> Vec<crate::domain::order::OrderId> {
        let order = self.order(model).filter(|order| !order.is_final());
        order.map(|order| order.id().clone()).into_iter().collect()
    }

    fn needs_clock(&self, model: &Model) -> bool {
        self.order(model).is_some_and(|order| !order.is_final())
    }

    fn fills_window(&self) -> bool {
        self.full_screen
    }

    fn paying(&self) -> Option<Attempt> {
        self.settlement.is_ok().then_some(self.attempt)
    }
}

impl Pay {
    fn refresh(&self, model: &Model, effects: &mut Effects) {
        if let Some(order) = self.order(model) {
            effects.push(Effect::ReadOrder(order.id().clone()));
        }
    }
}

/// Returns whether a snapshot itself contains the payment terms, and the same ones that were checked.
fn repeats(now: &Snapshot, settlement: &Settlement) -> bool {
    now.terms.as_ref().is_some_and(|terms| {
        terms.tender == settlement.tender
            && terms.amount == settlement.amount
            && terms.address == settlement.address.as_str()
    })
}
