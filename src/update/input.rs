//! Handles key presses, pastes, clicks and scrolling, and the commands they trigger.

use crate::domain::record::{Attempt, Record};
use crate::effect::Effect;
use crate::field::Field;
use crate::footer;
use crate::input::{Arrival, Press};
use crate::keymap::Command;
use crate::model::Toast;
use crate::remote::Remote;
use crate::screens::help::Help;
use crate::screens::palette::Palette;
use crate::screens::tender::TenderChoice;
use crate::screens::{self, AnyScreen};
use crate::state::{Leaving, State};

impl State {
    /// Handles a key press: runs its command, or edits the current field.
    pub(super) fn on_key(&mut self, press: Press, arrival: Arrival) {
        self.model.toast = None;
        let leaving = std::mem::replace(&mut self.leaving, Leaving::No);
        if let Some(command) = self.model.preferences.keymap.resolve(&self.commands(), self.typing(), press) {
            if self.takes(command, arrival) {
                self.run_command(command, leaving);
            } else {
                self.ask_again(press);
            }
        } else {
            let typing = self.typing();
            self.edit(|field| match typing.takes(press) {
                Some(letter) => {
                    field.insert(letter);
                    true
                }
                None => field.edit(press),
            });
        }
        self.still_leaves(leaving);
    }

    /// Warns that a deliberate key was ignored, since the terminal may have sent it or the user may have
    /// pressed it for what was visible before.
    fn ask_again(&mut self, press: Press) {
        let key = self.model.preferences.keymap.label(press);
        let sentence = format!("That came too fast to be sure that you meant it. Press {key} again.");
        self.model.toast = Some(Toast::Warning(sentence));
    }

    /// Runs a command that was typed as a word, if it works on the current screen.
    pub(super) fn on_command_word(&mut self, command: Command) {
        self.model.toast = None;
        let leaving = std::mem::replace(&mut self.leaving, Leaving::No);
        if self.commands().contains(&command) {
            self.run_command(command, leaving);
        }
        self.still_leaves(leaving);
    }

    /// Runs a command; `earlier` is the value of `leaving` before it.
    fn run_command(&mut self, command: Command, earlier: Leaving) {
        match command {
            Command::Quit => self.leave(earlier),
            _ => self.on_command(command),
        }
    }

    fn still_leaves(&mut self, earlier: Leaving) {
        if earlier == Leaving::AfterPlacing && self.leaving == Leaving::No {
            self.leaving = earlier;
        }
    }

    /// Scrolls by three rows if the screen has anything to move.
    pub(super) fn on_wheel(&mut self, up: bool) {
        self.step(&[if up { Command::Up } else { Command::Down }], 3);
    }

    /// Moves the mark to a row or a field step by step, as the keys would, without choosing it.
    fn move_to(&mut self, marked: usize, place: usize) {
        let steps = if place < marked {
            [Command::Up, Command::PreviousField]
        } else {
            [Command::Down, Command::NextField]
        };
        self.step(&steps, place.abs_diff(marked));
    }

    /// Runs the first of these commands that works here, this many times.
    fn step(&mut self, wanted: &[Command], times: usize) {
        let commands = self.commands();
        let Some(command) = wanted.iter().find(|command| commands.contains(command)) else { return };
        for _ in 0..times {
            let Self { model, stack, .. } = self;
            stack.last_mut().into_iter().for_each(|top| top.on_pointer(model));
            self.on_command(*command);
        }
    }

    /// Handles a click: marks a list row or runs the command of a footer hint, unless that command needs its
    /// own key.
    pub(super) fn on_click(&mut self, column: u16, row: u16) {
        if let Some((marked, place)) = self.row_at(column, row) {
            self.model.toast = None;
            return self.move_to(marked, place);
        }
        let Some(command) = footer::at(self, column, row) else { return };
        self.model.toast = None;
        let leaving = std::mem::replace(&mut self.leaving, Leaving::No);
        if command.is_deliberate() {
            self.name_the_key(command);
        } else {
            self.run_command(command, leaving);
        }
        self.still_leaves(leaving);
    }

    /// Names the key of a deliberate command, which clicks and the palette never run.
    fn name_the_key(&mut self, command: Command) {
        let key = self.model.key(command, self.typing());
        self.model.toast = Some(Toast::Note(format!("Only its own key does this: press {key}.")));
    }

    /// Pastes a text into the current field.
    pub(super) fn on_paste(&mut self, text: &str) {
        self.model.toast = None;
        self.edit(|field| {
            field.paste(text);
            true
        });
    }

    fn edit(&mut self, change: impl FnOnce(&mut Field) -> bool) {
        let Self { model, stack, effects, .. } = self;
        let Some(screen) = stack.last_mut() else { return };
        let page = screen;
        let Some(field) = page.field() else { return };
        let before = field.text().to_owned();
        let changed = change(field) && field.text() != before;
        if changed {
            page.edited(model, effects);
        }
    }

    /// Ends the session. Asks once if an order is unpaid or unsaved, and waits for an order being placed.
    fn leave(&mut self, earlier: Leaving) {
        if self.is_placing() {
            self.leaving = Leaving::AfterPlacing;
            let sentence = "The order is being placed; giftty leaves as soon as the answer is kept.";
            self.model.toast = Some(Toast::Warning(sentence.to_owned()));
            return;
        }
        let parting = if earlier == Leaving::Asked { None } else { self.parting() };
        self.leaving = if parting.is_some() { Leaving::Asked } else { Leaving::Now };
        // Try to save a last time.
        self.save(|_| true);
        if let Some(what) = parting {
            self.model.toast = Some(Toast::Warning(format!("{what} Press it once more to leave.")));
        }
    }

    /// Returns the warning to show before leaving, if any; data that would be lost comes first.
    fn parting(&self) -> Option<String> {
        match self.model.to_lose().map(Record::order) {
            Some(None) => {
                return Some("What came of an attempt is not saved: read what stands above.".to_owned());
            }
            Some(Some(_)) => {
                return Some("An order is not saved: write down what stands above.".to_owned());
            }
            None => {}
        }
        let seen = |unpaid| matches!(self.top(), AnyScreen::Pay(pay) if pay.attempt == unpaid);
        let unpaid: Vec<Attempt> = self.model.payable().collect();
        Some(match *unpaid {
            [] => return None,
            [one] if seen(one) => "Unpaid, but kept: start giftty again to go on.".to_owned(),
            [one] => {
                format!("Order {one} is unpaid, but kept: start giftty again to pay it from the orders.")
            }
            _ => format!(
                "{} orders are unpaid, but kept: start giftty again to pay them from the orders.",
                unpaid.len()
            ),
        })
    }

    /// Runs the commands that are the same on every screen and passes all others to the top screen.
    fn on_command(&mut self, command: Command) {
        match command {
            Command::Help => {
                let about = self.top().title(&self.model).into_owned();
                let (commands, typing) = (self.commands(), self.typing());
                self.stack.push(AnyScreen::from(Help { about, commands, typing, scrolled: 0 }));
            }
            Command::Palette => {
                let about = self.top().title(&self.model).into_owned();
                let palette = Palette::new(about, self.commands(), self.typing());
                self.stack.push(AnyScreen::from(palette));
            }
            Command::Orders => {
                if let Some(place) =
                    self.stack.iter().position(|screen| matches!(screen, AnyScreen::Orders(_)))
                {
                    self.stack.truncate(place + 1);
                } else {
                    // A failed read is tried again.
                    self.model.earlier.take_if(|earlier| earlier.is_err());
                    self.stack.push(AnyScreen::Orders(Box::default()));
                }
            }
            Command::ChooseTender => {
                let basket = self.top().basket(&self.model);
                let choice = TenderChoice::new(basket, &self.model, &mut self.effects);
                self.stack.push(AnyScreen::from(choice));
            }
            Command::ChooseCategory => self.show_categories(),
            Command::ShowCart => self.show_cart(),
            Command::Retry if self.retry() => {}
            _ => {
                if let Some(screen) = screens::opened_by(command, &self.model, &mut self.effects) {
                    return self.stack.push(screen);
                }
                if command == Command::Refresh {
                    self.save(|_| true);
                }
                let Self { model, stack, effects, .. } = self;
                let outcome = stack.last_mut().and_then(|top| top.on_command(command, model, effects));
                if let Some(outcome) = outcome {
                    self.follow(outcome);
                }
            }
        }
    }

    /// Requests failed shared data again; returns whether there was any.
    fn retry(&mut self) -> bool {
        match self.top() {
            AnyScreen::Tender(_) if self.model.lacks_payment_methods() => {
                self.ask_for_rails();
                true
            }
            AnyScreen::Orders(_) | AnyScreen::Checkout(_) if self.model.records.failure().is_some() => {
                self.model.records = Remote::Waiting(self.effects.ask(Effect::LoadRecords));
                true
            }
            _ => false,
        }
    }

    /// Runs the command picked from the palette on the screen below it.
    pub(super) fn do_picked(&mut self, command: Command) {
        self.back();
        if !self.commands().contains(&command) {
            // The screen may have changed while the palette was open.
            let sentence = "That cannot be done here any more.";
            self.model.toast = Some(Toast::Warning(sentence.to_owned()));
        } else if command.is_deliberate() {
            self.name_the_key(command);
        } else {
            self.run_command(command, Leaving::No);
        }
    }
}
