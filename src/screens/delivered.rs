//! Delivered: the codes of a paid order, hidden until revealed.

pub mod export;
pub mod plain;
pub mod view;

use std::borrow::Cow;
use std::time::Duration;

use super::{Question, Screen, ScreenEvent, copy};
use crate::action::Action;
use crate::domain::order::{Code, Delivery, Order};
use crate::domain::record::{Attempt, Record};
use crate::domain::text::Secret;
use crate::effect::{Effect, Effects};
use crate::field::Field;
use crate::keymap::{Command, Typing};
use crate::layout::Spot;
use crate::list::Cursor;
use crate::model::{Model, Toast};
use crate::qr::Qr;
use crate::remote::RequestId;

/// How long codes stay visible.
const REVEAL_FOR: Duration = Duration::from_secs(60);

/// The parts of a delivery that can be copied.
const COPIES: [Command; 6] = [
    Command::CopyCode,
    Command::CopySerial,
    Command::CopySecurity,
    Command::CopyEsimAddress,
    Command::CopyActivation,
    Command::CopyReference,
];

/// The commands the screen can offer together, for each of its modes, except the global ones.
pub const COMMANDS: &[&[Command]] = &[
    // The deliveries.
    &[
        Command::Reveal,
        Command::CopyCode,
        Command::CopySerial,
        Command::CopySecurity,
        Command::CopyEsimAddress,
        Command::CopyActivation,
        Command::CopyReference,
        Command::Refresh,
        Command::MarkUsed,
        Command::EditNote,
        Command::Export,
        Command::CopySupport,
        Command::Up,
        Command::Down,
        Command::First,
        Command::Last,
    ],
    // Editing the note.
    &[Command::KeepNote],
    // Confirming that the codes are written to a file.
    &[Command::WriteExport],
];

/// The deliveries of an order.
#[derive(Debug)]
pub struct Delivered {
    /// The attempt that placed the order.
    pub attempt: Attempt,
    /// The marked delivery.
    pub cursor: Cursor,
    /// The uptime until which the codes are visible.
    pub revealed_until: Option<Duration>,
    /// The marked delivery's eSIM as a QR code, while it is visible.
    pub esim: Option<Qr>,
    /// The note's field, while the note is edited.
    pub note: Option<Field>,
    /// The progress of writing the codes to a file.
    pub export: Export,
}

/// The progress of writing the codes to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Export {
    /// Not requested.
    Not,
    /// Looking for an unused file name.
    Planning(RequestId),
    /// Waiting for the user to confirm this path.
    Asked(String),
    /// Writing the file.
    Writing(RequestId),
}

impl Delivered {
    /// Creates the screen with all codes hidden.
    pub fn new(attempt: Attempt) -> Self {
        let cursor = Cursor::default();
        Self { attempt, cursor, revealed_until: None, esim: None, note: None, export: Export::Not }
    }

    /// Returns the order, as the model knows it.
    pub fn order<'a>(&self, model: &'a Model) -> Option<&'a Order> {
        model.record(self.attempt).and_then(Record::order)
    }

    /// Returns the marked delivery.
    pub fn marked<'a>(&self, model: &'a Model) -> Option<&'a Delivery> {
        self.order(model)?.known.deliveries.get(self.cursor.at())
    }

    /// Returns whether the codes are visible.
    pub fn revealed(&self) -> bool {
        self.revealed_until.is_some()
    }

    /// Shows the codes for `REVEAL_FOR`.
    pub fn reveal(&mut self, model: &Model) {
        self.revealed_until = Some(model.now.uptime.saturating_add(REVEAL_FOR));
        self.draw_esim(model);
    }

    fn draw_esim(&mut self, model: &Model) {
        let code = self.marked(model).and_then(|delivery| delivery.delivered.code.as_ref());
        self.esim = match code {
            Some(Code::Esim(text)) if self.revealed() => Qr::encode(text.reveal()),
            _ => None,
        };
    }

    fn secret(&self, command: Command, model: &Model) -> Option<(&'static str, Secret)> {
        let delivered = &self.marked(model)?.delivered;
        let esim = |part: fn((Secret, Secret)) -> Secret| delivered.code.as_ref()?.esim_parts().map(part);
        match command {
            Command::CopyCode => delivered.code.clone().map(|code| (code_name(&code), code.secret().clone())),
            Command::CopySerial => delivered.serial.clone().map(|serial| ("Serial number", serial)),
            Command::CopySecurity => delivered.security_code.clone().map(|code| ("Security code", code)),
            Command::CopyEsimAddress => esim(|(address, _)| address).map(|part| ("SM-DP+ address", part)),
            Command::CopyActivation => esim(|(_, code)| code).map(|part| ("Activation code", part)),
            Command::CopyReference => {
                let reference = delivered.operator_reference.as_ref()?;
                Some(("Reference", Secret::new(reference.as_str())))
            }
            _ => None,
        }
    }

    fn hide(&mut self) {
        self.revealed_until = None;
        self.esim = None;
    }

    /// Returns whether the marked delivery has anything to hide.
    fn has_secrets(&self, model: &Model) -> bool {
        [Command::CopyCode, Command::CopySerial, Command::CopySecurity]
            .into_iter()
            .any(|copy| self.secret(copy, model).is_some())
    }

    fn mark_used(&self, model: &Model) -> Option<ScreenEvent> {
        let mut remarks = model.record(self.attempt)?.remarks.clone();
        let delivery = self.marked(model)?;
        if remarks.used.remove(&delivery.id).is_none() {
            remarks.used.insert(delivery.id.clone(), model.now.wall);
        }
        Some(ScreenEvent::Remarked(self.attempt, remarks))
    }

    fn keep_note(&mut self, model: &Model) -> Option<ScreenEvent> {
        let note = self.note.take()?;
        let remarks = model.record(self.attempt)?.remarks.clone();
        let note = Secret::new(note.text().trim());
        Some(ScreenEvent::Remarked(self.attempt, crate::domain::record::Remarks { note, ..remarks }))
    }

    fn write_export(&mut self, model: &Model, effects: &mut Effects) {
        if let (Export::Asked(path), Some(record)) = (&self.export, model.record(self.attempt)) {
            let (path, text) = (path.clone(), export::text(record));
            self.export = Export::Writing(effects.ask(|id| Effect::WriteExport(id, path, text)));
        }
    }

    fn hear_export(&mut self, action: &Action) -> Option<ScreenEvent> {
        let toast = match (action, &self.export) {
            (Action::ExportPlanned(id, answer), Export::Planning(asked)) if id == asked => match answer {
                Ok(path) => {
                    self.export = Export::Asked(path.clone());
                    return None;
                }
                Err(failure) => Toast::Warning(failure.to_string()),
            },
            (Action::Exported(id, answer), Export::Writing(asked)) if id == asked => match answer {
                Ok(path) => Toast::Note(format!("Written to {path}. Whoever has the file has the codes.")),
                Err(failure) => Toast::Warning(failure.to_string()),
            },
            _ => return None,
        };
        self.export = Export::Not;
        Some(ScreenEvent::Said(toast))
    }
}

/// Returns a code's name in the message after copying it.
fn code_name(code: &Code) -> &'static str {
    match code {
        Code::Pin(_) => "Code",
        Code::Link(_) => "Link",
        Code::Esim(_) => "eSIM",
    }
}

impl Screen for Delivered {
    fn title(&self, _model: &Model) -> Cow<'_, str> {
        format!("Order {}", self.attempt).into()
    }

    fn commands(&self, model: &Model) -> Vec<Command> {
        if self.note.is_some() {
            return vec![Command::KeepNote, Command::Help, Command::Back, Command::Quit];
        }
        if matches!(self.export, Export::Asked(_)) {
            return vec![Command::WriteExport, Command::Help, Command::Back, Command::Quit];
        }
        let mut commands = Vec::new();
        // While the record is being read, a reveal takes effect once the codes are here.
        let comes = model.opens(self.attempt)
            && model.kept(self.attempt).is_some_and(|kept| kept.entry().has_codes());
        if comes || self.has_secrets(model) {
            commands.push(Command::Reveal);
        }
        commands.extend(COPIES.into_iter().filter(|copy| self.secret(*copy, model).is_some()));
        if let Some(order) = self.order(model) {
            if order.lacks_codes() {
                commands.push(Command::Refresh);
            }
            let came = |delivery: &Delivery| !delivery.delivered.is_empty();
            if self.marked(model).is_some_and(came) {
                commands.push(Command::MarkUsed);
            }
            commands.push(Command::EditNote);
            if self.export == Export::Not && order.known.deliveries.iter().any(came) {
                commands.push(Command::Export);
            }
        }
        if model.record(self.attempt).is_some() {
            commands.push(Command::CopySupport);
        }
        commands.extend([Command::Orders, Command::Help, Command::Back, Command::Quit]);
        commands.extend([Command::Up, Command::Down, Command::First, Command::Last]);
        commands
    }

    fn typing(&self) -> Typing {
        if self.note.is_some() { Typing::Text } else { Typing::Off }
    }

    fn field(&mut self) -> Option<&mut Field> {
        self.note.as_mut()
    }

    /// Hides the codes: revealing one delivery does not reveal the one that a pointer moves to.
    fn on_pointer(&mut self, model: &Model) {
        if self.order(model).is_some_and(|order| order.known.deliveries.len() > 1) {
            self.hide();
        }
    }

    fn row_at(&self, model: &Model, spot: Spot) -> Option<(usize, usize)> {
        let deliveries = self.order(model).map_or(0, |order| order.known.deliveries.len());
        let rows = view::rows(deliveries, spot.area);
        self.cursor.seen(rows.height, deliveries).at(spot, rows)
    }

    fn on_command(&mut self, command: Command, model: &Model, effects: &mut Effects) -> Option<ScreenEvent> {
        let deliveries = self.order(model).map_or(0, |order| order.known.deliveries.len());
        if self.cursor.on_command(command, deliveries, model.list_rows()) {
            self.draw_esim(model);
            return None;
        }
        match command {
            Command::Reveal if self.revealed() => self.hide(),
            Command::Reveal => self.reveal(model),
            Command::MarkUsed => return self.mark_used(model),
            Command::EditNote => {
                self.note = Some(Field::with(model.record(self.attempt)?.remarks.note.reveal()));
            }
            Command::KeepNote => return self.keep_note(model),
            Command::Export => {
                let attempt = self.attempt;
                self.export = Export::Planning(effects.ask(|id| Effect::PlanExport(id, attempt)));
            }
            Command::WriteExport => self.write_export(model, effects),
            Command::CopySupport => {
                let text = super::pay::card::support_block(model.record(self.attempt)?);
                return Some(copy("What support needs", text, effects));
            }
            Command::Refresh => effects.push(Effect::ReadOrder(self.order(model)?.id().clone())),
            Command::Back if self.note.take().is_some() => {}
            Command::Back if matches!(self.export, Export::Asked(_)) => self.export = Export::Not,
            Command::Back => return Some(ScreenEvent::Left),
            other => {
                let (what, secret) = self.secret(other, model)?;
                return Some(copy(what, secret.reveal().to_owned(), effects));
            }
        }
        None
    }

    fn on_action(&mut self, action: &Action, model: &Model, _effects: &mut Effects) -> Option<ScreenEvent> {
        match action {
            Action::Tick(now) if self.revealed_until.is_some_and(|until| now.uptime >= until) => {
                self.hide();
            }
            Action::OrderNews(..) | Action::RecordLoaded(..) => self.draw_esim(model),
            _ => {}
        }
        self.hear_export(action)
    }

    /// Hides the codes, so that they are not visible to someone who returns to the screen later.
    fn on_hidden(&mut self) {
        self.hide();
    }

    fn question(&self, model: &Model) -> Option<Question> {
        // While a note is written, letters are text.
        if self.note.is_some() {
            return None;
        }
        let path = match &self.export {
            Export::Asked(path) => Some(path.clone()),
            Export::Not | Export::Planning(_) | Export::Writing(_) => None,
        };
        let commands = self.commands(model).into_iter().filter(|command| command.is_deliberate());
        Some(Question::Codes {
            attempt: self.attempt,
            marked: self.cursor.at(),
            revealed: self.revealed(),
            commands: commands.collect(),
            path,
        })
    }

    fn needs_clock(&self, _model: &Model) -> bool {
        self.revealed()
    }
}
