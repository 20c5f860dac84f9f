//! The meaning of a line on an order: draws its code, copies its payment, prints its outcome.

use std::io::{self, Write};

use super::super::PlainSession;
use crate::domain::order::{Code, Delivery};
use crate::keymap::Command;
use crate::qr::Qr;
use crate::screens::AnyScreen;
use crate::screens::delivered::plain::secrets;
use crate::screens::pay::card::support_block;

impl<W: Write> PlainSession<W> {
    pub(super) fn answer_payment(&mut self, line: &str) -> io::Result<()> {
        match line {
            "qr" | "qr inverted" if self.command(Command::FullScreen) => {
                self.drawing = Some(line != "qr");
                Ok(())
            }
            "qr" | "qr inverted" => self.output.say("There is no QR code: nothing is to be paid here."),
            "copy address" => self.copy(Command::CopyAddress),
            "copy amount" => self.copy(Command::CopyAmount),
            "copy link" => self.copy(Command::CopyLink),
            "copy support" => self.copy(Command::CopySupport),
            "pay" if self.command(Command::PayInSandbox) => Ok(()),
            "pay" => self.output.say("giftty pays nothing: send the coins with your own wallet."),
            "accept" if self.command(Command::AcceptTotal) => Ok(()),
            "reveal" if self.command(Command::Choose) => Ok(()),
            _ => self.unknown(line),
        }
    }

    /// Draws the requested code, once the shop has confirmed that the order still stands.
    pub(in crate::plain) fn draw_checked(&mut self) -> io::Result<()> {
        let AnyScreen::Pay(pay) = self.state.top() else { return Ok(()) };
        if pay.checking.is_some() {
            return Ok(());
        }
        let (Some(inverted), true, Ok(settlement)) = (self.drawing.take(), pay.full_screen, &pay.settlement)
        else {
            return Ok(());
        };
        let mut codes = settlement.contents.iter().zip(pay.codes.iter());
        let found = codes.find_map(|(content, code)| Some((content.holds, code.clone()?)));
        let amount = format!("{} {}", settlement.amount, settlement.tender.coin);
        self.command(Command::FullScreen);
        let Some((holds, code)) = found else {
            return self.output.say("This is too long for a QR code.");
        };
        self.output.draw(&code, inverted)?;
        if holds.has_amount() {
            self.output.say("The code holds the address and the amount.")
        } else {
            self.output.say(&format!("The code holds the address, not the amount: send exactly {amount}."))
        }
    }

    /// Copies to this machine's own clipboard. Nothing is sent to the terminal: output may not be one.
    fn copy(&mut self, command: Command) -> io::Result<()> {
        if !self.runtime.has_clipboard() {
            return self.output.say("There is no clipboard here: take it from the lines above.");
        }
        if self.command(command) {
            return Ok(());
        }
        self.output.say("There is nothing like that to be copied here.")
    }

    pub(super) fn answer_delivered(&mut self, line: &str) -> io::Result<()> {
        let AnyScreen::Delivered(screen) = self.state.top() else { return Ok(()) };
        let order = screen.order(&self.state.model);
        let deliveries = order.map(|order| order.known.deliveries.clone()).unwrap_or_default();
        match line {
            "reveal" => deliveries.iter().zip(1..).try_for_each(|(line, number)| self.reveal(number, line)),
            "qr" | "qr inverted" => {
                let codes = deliveries.iter().filter_map(|line| match &line.delivered.code {
                    Some(Code::Esim(text)) => Qr::encode(text.reveal()),
                    _ => None,
                });
                codes.into_iter().try_for_each(|code| self.output.draw(&code, line != "qr"))
            }
            _ => self.unknown(line),
        }
    }

    /// Prints everything that came with a delivery.
    fn reveal(&mut self, number: usize, delivery: &Delivery) -> io::Result<()> {
        self.output.say(&format!("{number} {} {}", delivery.brand, delivery.value))?;
        for (what, secret) in secrets(delivery) {
            self.output.say(what)?;
            self.output.exactly(secret.printable().as_str())?;
        }
        let redeem = delivery.delivered.redeem.lines();
        if !redeem.is_empty() {
            self.output.say("How to redeem:")?;
        }
        redeem.iter().try_for_each(|line| self.output.say(line.as_str()))
    }

    /// Prints what the supplier's support needs about the current order.
    pub(super) fn support(&mut self) -> io::Result<()> {
        let attempt = match self.state.top() {
            AnyScreen::Pay(pay) => Some(pay.attempt),
            AnyScreen::Delivered(delivered) => Some(delivered.attempt),
            _ => None,
        };
        match attempt.and_then(|attempt| self.state.model.record(attempt)).map(support_block) {
            Some(block) => block.lines().try_for_each(|line| self.output.say(line)),
            None => self.output.say("Go to an order first: o lists them."),
        }
    }
}
