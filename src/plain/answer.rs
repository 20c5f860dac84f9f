//! The meaning of a line on the current screen: the keys that a person would press there.

mod order;
mod purchase;

use std::io::{self, Write};

use super::PlainSession;
use crate::domain::ledger::LedgerRow;
use crate::domain::product::ProductGroup;
use crate::domain::text::Printable;
use crate::keymap::{Command, Typing};
use crate::screens::checkout::Stage;
use crate::screens::orders::plain::orderless;
use crate::screens::pay::card::support_block_of;
use crate::screens::plain_text::Asking;
use crate::screens::plain_text::{PAGE, Reply};
use crate::screens::{self, AnyScreen};

impl<W: Write> PlainSession<W> {
    /// Performs what a line says.
    pub(super) fn answer(&mut self, line: &str) -> io::Result<()> {
        // Parts of the line are printed again, and a script may have it from anywhere.
        let line = Printable::new(line.trim());
        let line = line.as_str();
        let followed = matches!(self.state.top(), AnyScreen::Pay(_) | AnyScreen::Delivered(_));
        if !followed || line == "again" {
            self.told.clear();
        }
        match line {
            "?" | "help" => {
                for sentence in self.help() {
                    self.output.say(sentence)?;
                }
            }
            "b" | "back" => self.back()?,
            _ if self.asks_for_text() => self.answer_checkout(line)?,
            _ if screens::command_said(line).is_some_and(|command| self.command(command)) => {}
            "r" | "retry" if self.command(Command::Retry) || self.command(Command::Refresh) => {}
            "m" | "more" => self.more()?,
            "k" | "kind" if self.command(Command::NextKind) => self.reader.first_row = 0,
            "i" | "support" => self.support()?,
            "again" => {}
            _ => match self.state.top().reply() {
                Reply::Choice => self.choose(line)?,
                Reply::Orders => self.open_order(line)?,
                Reply::Product => self.answer_product(line)?,
                Reply::Cart => self.answer_cart(line)?,
                Reply::Checkout => self.answer_checkout(line)?,
                Reply::Payment => self.answer_payment(line)?,
                Reply::Delivered => self.answer_delivered(line)?,
            },
        }
        Ok(())
    }

    /// Returns whether any text is an answer, because a field is being filled in.
    fn asks_for_text(&self) -> bool {
        let AnyScreen::Checkout(checkout) = self.state.top() else { return false };
        let field = matches!(self.reader.asking, Some(Asking::Needed(_) | Asking::Changed(_)));
        field && checkout.stage == Stage::Filling
    }

    /// Returns the number of choices in the current list.
    fn choices(&self) -> usize {
        self.state.top().choices(&self.state.model)
    }

    fn unknown(&mut self, line: &str) -> io::Result<()> {
        let said = if line.is_empty() { "Nothing was typed.".to_owned() } else { unheard(line) };
        self.output.say(&format!("{said} Type ? for help."))
    }

    fn back(&mut self) -> io::Result<()> {
        let several = match self.state.top() {
            AnyScreen::Product(product) => product.rows.len() > 1,
            _ => false,
        };
        if self.reader.picked && several {
            self.reader.picked = false;
            return Ok(());
        }
        self.reader.first_row = 0;
        if self.command(Command::Back) {
            Ok(())
        } else {
            self.output.say("This is the first step. q leaves.")
        }
    }

    fn more(&mut self) -> io::Result<()> {
        if self.reader.first_row + PAGE < self.choices() {
            self.reader.first_row += PAGE;
            return Ok(());
        }
        self.output.say("There is no more.")
    }

    /// Returns the index in the list for a typed number, or an error if there is no such row; `None` if the
    /// line is no number.
    fn place(&self, line: &str) -> Option<Result<usize, String>> {
        let number: usize = line.parse().ok()?;
        let there = (1..=self.choices()).contains(&number);
        Some(if there { Ok(number - 1) } else { Err(format!("There is no number {number} here.")) })
    }

    /// Selects by number; other text is searched for, on screens with a search.
    fn choose(&mut self, line: &str) -> io::Result<()> {
        match self.place(line) {
            Some(Ok(place)) => {
                self.mark(place);
                self.command(Command::Choose);
                Ok(())
            }
            Some(Err(why)) => self.output.say(&why),
            None if line.is_empty() || self.state.typing() != Typing::Text => self.unknown(line),
            None => {
                self.reader.first_row = 0;
                self.fill(line);
                Ok(())
            }
        }
    }

    fn open_order(&mut self, line: &str) -> io::Result<()> {
        match self.place(line) {
            Some(Ok(place)) => {
                self.mark(place);
                let kept = self.state.model.records.ready().and_then(|records| records.get(place));
                let Some(entry) = kept.map(LedgerRow::entry).filter(|entry| !entry.has_order()) else {
                    self.command(Command::Choose);
                    return Ok(());
                };
                let mut lines = orderless(entry.standing());
                lines.extend(support_block_of(&entry).lines().map(str::to_owned));
                lines.iter().try_for_each(|line| self.output.say(line))
            }
            Some(Err(why)) => self.output.say(&why),
            None => self.unknown(line),
        }
    }

    fn answer_product(&mut self, line: &str) -> io::Result<()> {
        let AnyScreen::Product(product) = self.state.top() else { return Ok(()) };
        let (one, range) = (product.rows.len() == 1, product.range().is_some());
        if line == "about" {
            let sentences = product.shelf.ready().map(about).unwrap_or_default();
            return sentences.iter().try_for_each(|sentence| self.output.say(sentence));
        }
        if !self.reader.picked && !one {
            return match self.place(line) {
                Some(Ok(place)) => {
                    self.mark(place);
                    self.reader.picked = true;
                    Ok(())
                }
                Some(Err(why)) => self.output.say(&why),
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

    /// Changes the cart, or proceeds to order everything in it.
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
                Some(Err(why)) => self.output.say(&why),
                None => self.unknown(line),
            };
        }
        self.unknown(line)
    }

    /// Sets the quantity of the product, up to what an order may contain.
    fn take(&mut self, wanted: u8) -> io::Result<()> {
        for _ in 0..u8::MAX {
            let AnyScreen::Product(product) = self.state.top() else { return Ok(()) };
            let before = product.quantity;
            let step = match before.cmp(&wanted) {
                std::cmp::Ordering::Less => Command::More,
                std::cmp::Ordering::Greater => Command::Fewer,
                std::cmp::Ordering::Equal => return Ok(()),
            };
            self.command(step);
            if matches!(self.state.top(), AnyScreen::Product(product) if product.quantity == before) {
                return self.output.say(&format!("An order takes {before}, not {wanted}."));
            }
        }
        Ok(())
    }
}

/// Returns the message for a line that means nothing here.
fn unheard(line: &str) -> String {
    format!("“{line}” is none of the choices.")
}

/// Returns the information about a brand that is shown before paying.
fn about(shelf: &ProductGroup) -> Vec<String> {
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
