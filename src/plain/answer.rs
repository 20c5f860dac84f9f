//! What a line means on the screen that is up: the keys that a person would press there.

use std::io::{self, Write};

use super::form::{self, Asking};
use super::lists::{self, PAGE};
use super::{Front, payment};
use crate::domain::ledger::Kept;
use crate::domain::order::{Code, Delivery};
use crate::domain::product::Shelf;
use crate::domain::text::Printable;
use crate::keymap::Command;
use crate::qr::Qr;
use crate::screens::Screen;
use crate::screens::checkout::Stage;
use crate::screens::checkout::form::Spot;
use crate::screens::pay::card::{support_block, support_block_of};

impl<W: Write> Front<W> {
    /// Does what a line says.
    pub(super) fn answer(&mut self, line: &str) -> io::Result<()> {
        // What is typed is said again in places, and a script may have it from anywhere.
        let line = Printable::new(line.trim());
        let line = line.as_str();
        let followed = matches!(self.state.top(), Screen::Pay(_) | Screen::Delivered(_));
        if !followed || line == "again" {
            self.told.clear();
        }
        match line {
            "?" | "help" => {
                for sentence in self.help() {
                    self.voice.say(sentence)?;
                }
            }
            "b" | "back" => self.back()?,
            _ if self.asks_for_text() => self.answer_checkout(line)?,
            "o" | "orders" if self.command(Command::Orders) => {}
            "t" | "tender" if self.command(Command::ChooseTender) => {}
            "r" | "retry" if self.command(Command::Retry) || self.command(Command::Refresh) => {}
            "m" | "more" => self.more()?,
            "k" | "kind" if self.command(Command::NextKind) => self.first_row = 0,
            "f" | "category" if self.command(Command::ChooseCategory) => {}
            "c" | "cart" if self.command(Command::ShowCart) => {}
            "i" | "support" => self.support()?,
            "again" => {}
            _ => match self.state.top() {
                Screen::Country(_) | Screen::Brands(_) | Screen::Category(_) | Screen::Tender(_) => {
                    self.search(line)?;
                }
                Screen::Orders(_) => self.open_order(line)?,
                Screen::Product(_) => self.answer_product(line)?,
                Screen::Cart(_) => self.answer_cart(line)?,
                Screen::Checkout(_) => self.answer_checkout(line)?,
                Screen::Pay(_) => self.answer_payment(line)?,
                Screen::Delivered(_) => self.answer_delivered(line)?,
                Screen::Help(_) | Screen::Palette(_) => self.unknown(line)?,
            },
        }
        Ok(())
    }

    /// Whether every word is an answer, because a field is asked for.
    fn asks_for_text(&self) -> bool {
        let Screen::Checkout(checkout) = self.state.top() else { return false };
        let field = matches!(self.asking, Some(Asking::Needed(_) | Asking::Changed(_)));
        field && checkout.stage == Stage::Filling
    }

    fn unknown(&mut self, line: &str) -> io::Result<()> {
        let said = if line.is_empty() { "Nothing was typed.".to_owned() } else { unheard(line) };
        self.voice.say(&format!("{said} Type ? for help."))
    }

    fn back(&mut self) -> io::Result<()> {
        let several = match self.state.top() {
            Screen::Product(product) => product.rows.len() > 1,
            _ => false,
        };
        if self.picked && several {
            self.picked = false;
            return Ok(());
        }
        self.first_row = 0;
        if self.command(Command::Back) { Ok(()) } else { self.voice.say("This is the first step. q leaves.") }
    }

    fn more(&mut self) -> io::Result<()> {
        if self.first_row + PAGE < self.choices() {
            self.first_row += PAGE;
            return Ok(());
        }
        self.voice.say("There is no more.")
    }

    /// The place in the list that a number names.
    fn place(&self, line: &str) -> Option<Result<usize, String>> {
        let number: usize = line.parse().ok()?;
        let there = (1..=self.choices()).contains(&number);
        Some(if there { Ok(number - 1) } else { Err(format!("There is no number {number} here.")) })
    }

    /// A number chooses; anything else is looked for.
    fn search(&mut self, line: &str) -> io::Result<()> {
        match self.place(line) {
            Some(Ok(place)) => {
                self.mark(place);
                self.command(Command::Choose);
                Ok(())
            }
            Some(Err(why)) => self.voice.say(&why),
            None if line.is_empty() => self.unknown(line),
            None => {
                self.first_row = 0;
                self.fill(line);
                Ok(())
            }
        }
    }

    fn open_order(&mut self, line: &str) -> io::Result<()> {
        match self.place(line) {
            Some(Ok(place)) => {
                self.mark(place);
                let kept = self.state.desk.records.ready().and_then(|records| records.get(place));
                let Some(entry) = kept.map(Kept::entry).filter(|entry| !entry.has_order()) else {
                    self.command(Command::Choose);
                    return Ok(());
                };
                let mut lines = lists::orderless(entry.standing());
                lines.extend(support_block_of(&entry).lines().map(str::to_owned));
                lines.iter().try_for_each(|line| self.voice.say(line))
            }
            Some(Err(why)) => self.voice.say(&why),
            None => self.unknown(line),
        }
    }

    fn answer_product(&mut self, line: &str) -> io::Result<()> {
        let Screen::Product(product) = self.state.top() else { return Ok(()) };
        let (one, range) = (product.rows.len() == 1, product.range().is_some());
        if line == "about" {
            let sentences = product.shelf.ready().map(about).unwrap_or_default();
            return sentences.iter().try_for_each(|sentence| self.voice.say(sentence));
        }
        if !self.picked && !one {
            return match self.place(line) {
                Some(Ok(place)) => {
                    self.mark(place);
                    self.picked = true;
                    Ok(())
                }
                Some(Err(why)) => self.voice.say(&why),
                None => self.unknown(line),
            };
        }
        let times = line.strip_prefix('x').map(|times| times.trim().parse::<u8>());
        match times {
            Some(Ok(times)) => self.take(times),
            _ if line == "buy" => {
                self.command(Command::Choose);
                Ok(())
            }
            _ if line == "add" => {
                self.command(Command::AddToCart);
                Ok(())
            }
            _ if range && line.starts_with(|letter: char| letter.is_ascii_digit()) => {
                self.fill(line);
                Ok(())
            }
            _ => self.unknown(line),
        }
    }

    /// Changes the cart, or goes on to order everything in it.
    fn answer_cart(&mut self, line: &str) -> io::Result<()> {
        if line == "checkout" && self.command(Command::CheckOut) {
            return Ok(());
        }
        let words =
            ["more ", "less ", "remove "].iter().zip([Command::More, Command::Fewer, Command::RemoveLine]);
        for (word, command) in words {
            let Some(number) = line.strip_prefix(word) else { continue };
            return match self.place(number) {
                Some(Ok(place)) => {
                    self.mark(place);
                    self.command(command);
                    Ok(())
                }
                Some(Err(why)) => self.voice.say(&why),
                None => self.unknown(line),
            };
        }
        self.unknown(line)
    }

    /// Takes so many of the product, as far as an order may hold them.
    fn take(&mut self, wanted: u8) -> io::Result<()> {
        for _ in 0..u8::MAX {
            let Screen::Product(product) = self.state.top() else { return Ok(()) };
            let before = product.quantity;
            let step = match before.cmp(&wanted) {
                std::cmp::Ordering::Less => Command::More,
                std::cmp::Ordering::Greater => Command::Fewer,
                std::cmp::Ordering::Equal => return Ok(()),
            };
            self.command(step);
            if matches!(self.state.top(), Screen::Product(product) if product.quantity == before) {
                return self.voice.say(&format!("An order takes {before}, not {wanted}."));
            }
        }
        Ok(())
    }

    fn answer_checkout(&mut self, line: &str) -> io::Result<()> {
        let Screen::Checkout(checkout) = self.state.top() else { return Ok(()) };
        match (&checkout.stage, self.asking) {
            (Stage::Filling, Some(Asking::Needed(spot))) => {
                self.asking = Some(form::after(spot, checkout));
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

    /// Orders what is on the receipt; the word has to be the one that is asked for.
    fn order(&mut self, line: &str) -> io::Result<()> {
        let offers = self.state.offers();
        let (place, word) = if offers.contains(&Command::PlaceAnother) {
            (Command::PlaceAnother, "order another")
        } else if offers.contains(&Command::ExceedLimit) {
            (Command::ExceedLimit, "above")
        } else if offers.contains(&Command::PlaceOrder) {
            (Command::PlaceOrder, "order")
        } else {
            return self
                .voice
                .say("Nothing was ordered: no record of it could be kept. Type r to try again.");
        };
        if line == word {
            self.command(place);
            return Ok(());
        }
        self.voice.say(&format!("Nothing was ordered: the word is {word}."))
    }

    /// Goes to the field that a word names.
    fn change(&mut self, line: &str) -> io::Result<()> {
        let Screen::Checkout(checkout) = self.state.top() else { return Ok(()) };
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
        let Some(spot) = spot else { return self.voice.say("There is no such phone number.") };
        if matches!(checkout.stage, Stage::Receipt(_)) {
            self.command(Command::Back);
        }
        self.asking = Some(Asking::Changed(spot));
        Ok(())
    }

    /// Fills in a field; an empty line keeps what is there, a dash empties it.
    fn write(&mut self, spot: Spot, line: &str) {
        let focus = |front: &Self| match front.state.top() {
            Screen::Checkout(checkout) => Some((checkout.form.focus, checkout.form.newsletter)),
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

    /// How many fields the checkout has.
    fn spots(&self) -> usize {
        match self.state.top() {
            Screen::Checkout(checkout) => checkout.form.spots().len(),
            _ => 0,
        }
    }

    fn check(&mut self) {
        self.asking = Some(Asking::Checked);
        self.command(Command::Choose);
    }

    fn answer_payment(&mut self, line: &str) -> io::Result<()> {
        match line {
            "qr" | "qr inverted" if self.command(Command::FullScreen) => {
                self.drawing = Some(line != "qr");
                Ok(())
            }
            "qr" | "qr inverted" => self.voice.say("There is no QR code: nothing is to be paid here."),
            "copy address" => self.copy(Command::CopyAddress),
            "copy amount" => self.copy(Command::CopyAmount),
            "copy link" => self.copy(Command::CopyLink),
            "copy support" => self.copy(Command::CopySupport),
            "pay" if self.command(Command::PayInSandbox) => Ok(()),
            "pay" => self.voice.say("giftty pays nothing: send the coins with your own wallet."),
            "accept" if self.command(Command::AcceptTotal) => Ok(()),
            "reveal" if self.command(Command::Choose) => Ok(()),
            _ => self.unknown(line),
        }
    }

    /// Draws the code that was asked for, once the shop has said that the order still stands.
    pub(super) fn draw_checked(&mut self) -> io::Result<()> {
        let Screen::Pay(pay) = self.state.top() else { return Ok(()) };
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
            return self.voice.say("This is too long for a QR code.");
        };
        self.voice.draw(&code, inverted)?;
        if holds.has_amount() {
            self.voice.say("The code holds the address and the amount.")
        } else {
            self.voice.say(&format!("The code holds the address, not the amount: send exactly {amount}."))
        }
    }

    /// Copies into this machine's own clipboard. Nothing is sent to the terminal: it may be none.
    fn copy(&mut self, command: Command) -> io::Result<()> {
        if !self.runtime.has_clipboard() {
            return self.voice.say("There is no clipboard here: take it from the lines above.");
        }
        if self.command(command) {
            return Ok(());
        }
        self.voice.say("There is nothing like that to be copied here.")
    }

    fn answer_delivered(&mut self, line: &str) -> io::Result<()> {
        let Screen::Delivered(screen) = self.state.top() else { return Ok(()) };
        let order = screen.order(&self.state.desk);
        let deliveries = order.map(|order| order.known.deliveries.clone()).unwrap_or_default();
        match line {
            "reveal" => deliveries.iter().zip(1..).try_for_each(|(line, number)| self.reveal(number, line)),
            "qr" | "qr inverted" => {
                let codes = deliveries.iter().filter_map(|line| match &line.delivered.code {
                    Some(Code::Esim(text)) => Qr::encode(text.reveal()),
                    _ => None,
                });
                codes.into_iter().try_for_each(|code| self.voice.draw(&code, line != "qr"))
            }
            _ => self.unknown(line),
        }
    }

    /// Says everything that came with a delivery.
    fn reveal(&mut self, number: usize, delivery: &Delivery) -> io::Result<()> {
        self.voice.say(&format!("{number} {} {}", delivery.brand, delivery.value))?;
        for (what, secret) in payment::secrets(delivery) {
            self.voice.say(what)?;
            self.voice.exactly(secret.printable().as_str())?;
        }
        let redeem = delivery.delivered.redeem.lines();
        if !redeem.is_empty() {
            self.voice.say("How to redeem:")?;
        }
        redeem.iter().try_for_each(|line| self.voice.say(line.as_str()))
    }

    /// What the supplier's support needs of the order that is up.
    fn support(&mut self) -> io::Result<()> {
        let attempt = match self.state.top() {
            Screen::Pay(pay) => Some(pay.attempt),
            Screen::Delivered(delivered) => Some(delivered.attempt),
            _ => None,
        };
        match attempt.and_then(|attempt| self.state.desk.record(attempt)).map(support_block) {
            Some(block) => block.lines().try_for_each(|line| self.voice.say(line)),
            None => self.voice.say("Go to an order first: o lists them."),
        }
    }
}

/// A typed line that means nothing here.
fn unheard(line: &str) -> String {
    format!("“{line}” is none of the choices.")
}

/// What is told about a brand, before anything is paid.
fn about(shelf: &Shelf) -> Vec<String> {
    let description = &shelf.description;
    let parts = [
        ("About:", &description.about),
        ("How to redeem:", &description.how_to_redeem),
        ("Terms:", &description.terms),
    ];
    let mut lines = Vec::new();
    for (title, prose) in parts.into_iter().filter(|(_, prose)| !prose.is_empty()) {
        lines.push(title.to_owned());
        lines.extend(prose.lines().iter().map(ToString::to_string));
    }
    lines.extend(description.region.iter().map(|region| format!("Region: {region}")));
    if lines.is_empty() {
        lines.push("The supplier tells nothing about it.".to_owned());
    }
    lines
}
