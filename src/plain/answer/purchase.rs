//! The meaning of a line at the checkout: an answer for the current field, or the word that orders.

use std::io::{self, Write};

use super::super::PlainSession;
use crate::keymap::Command;
use crate::screens::AnyScreen;
use crate::screens::checkout::Stage;
use crate::screens::checkout::form::Spot;
use crate::screens::checkout::plain;
use crate::screens::plain_text::Asking;

impl<W: Write> PlainSession<W> {
    pub(super) fn answer_checkout(&mut self, line: &str) -> io::Result<()> {
        let AnyScreen::Checkout(checkout) = self.state.top() else { return Ok(()) };
        match (&checkout.stage, self.reader.asking) {
            (Stage::Filling, Some(Asking::Needed(spot))) => {
                self.reader.asking = Some(plain::after(spot, checkout));
                self.write(spot, line);
                Ok(())
            }
            (Stage::Filling, Some(Asking::Changed(spot))) => {
                self.write(spot, line);
                self.check();
                Ok(())
            }
            (Stage::Filling, Some(Asking::Tender)) if line.is_empty() => {
                self.check();
                Ok(())
            }
            (Stage::Filling, _) if line == "check" => {
                self.check();
                Ok(())
            }
            (Stage::Receipt(_), _) if ["order", "order another", "above"].contains(&line) => self.order(line),
            (Stage::Filling | Stage::Receipt(_), _) => self.change(line),
            (Stage::Checking(..) | Stage::Searching(_) | Stage::Placing(..) | Stage::Unknown(..), _) => {
                self.unknown(line)
            }
        }
    }

    /// Orders what is on the receipt; the line has to be the expected word.
    fn order(&mut self, line: &str) -> io::Result<()> {
        let commands = self.state.commands();
        let (place, word) = if commands.contains(&Command::PlaceAnother) {
            (Command::PlaceAnother, "order another")
        } else if commands.contains(&Command::ExceedLimit) {
            (Command::ExceedLimit, "above")
        } else if commands.contains(&Command::PlaceOrder) {
            (Command::PlaceOrder, "order")
        } else {
            return self
                .output
                .say("Nothing was ordered: no record of it could be kept. Type r to try again.");
        };
        if line == word {
            self.command(place);
            return Ok(());
        }
        self.output.say(&format!("Nothing was ordered: the word is {word}."))
    }

    /// Goes to the field that a word names.
    fn change(&mut self, line: &str) -> io::Result<()> {
        let AnyScreen::Checkout(checkout) = self.state.top() else { return Ok(()) };
        let spot = match line {
            "email" => Some(Spot::Email),
            "phone" => checkout.form.phones.first().map(|phone| Spot::Phone(phone.line)),
            "coupon" => Some(Spot::Coupon),
            "refund" => Some(Spot::Refund),
            "newsletter" => Some(Spot::Newsletter),
            _ => match line.strip_prefix("phone ").and_then(|place| place.parse::<usize>().ok()) {
                Some(place @ 1..) => checkout.form.phones.get(place - 1).map(|phone| Spot::Phone(phone.line)),
                _ => return self.unknown(line),
            },
        };
        let Some(spot) = spot else { return self.output.say("There is no such phone number.") };
        if matches!(checkout.stage, Stage::Receipt(_)) {
            self.command(Command::Back);
        }
        self.reader.asking = Some(Asking::Changed(spot));
        Ok(())
    }

    /// Fills in a field; an empty line keeps its text, a dash clears it.
    fn write(&mut self, spot: Spot, line: &str) {
        let focus = |front: &Self| match front.state.top() {
            AnyScreen::Checkout(checkout) => Some((checkout.form.focus, checkout.form.newsletter)),
            _ => None,
        };
        for _ in 0..self.spots() {
            if focus(self).is_some_and(|(focus, _)| focus == spot) {
                break;
            }
            self.command(Command::NextField);
        }
        if spot == Spot::Newsletter {
            let on = focus(self).is_some_and(|(_, on)| on);
            if (line == "yes" && !on) || (line == "no" && on) {
                self.command(Command::Toggle);
            }
        } else if line == "-" {
            self.fill("");
        } else if !line.is_empty() {
            self.fill(line);
        }
    }

    /// Returns the number of fields of the checkout.
    fn spots(&self) -> usize {
        match self.state.top() {
            AnyScreen::Checkout(checkout) => checkout.form.spots().len(),
            _ => 0,
        }
    }

    fn check(&mut self) {
        self.reader.asking = Some(Asking::Checked);
        self.command(Command::Choose);
    }
}
