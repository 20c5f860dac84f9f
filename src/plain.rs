//! Plain mode: the same session line by line, for screen readers, pipes and dumb terminals.
//!
//! The state, its update and the runtime are those of the screens: a line becomes the keys that a person would
//! press, and the result is printed instead of drawn. So every rule about money applies here too. Nothing is
//! redrawn, nothing moves, and everything is printed once.

mod answer;
mod line_input;
mod line_output;
mod words;

use std::io::{self, Write};

use tokio::sync::mpsc;

pub use line_input::LineInput;

use crate::action::Action;
use crate::domain::news::Link;
use crate::domain::record::Record;
use crate::effect::Effect;
use crate::input::{Input, Press};
use crate::keymap::{Command, Keymap};
use crate::model::{Toast, delays};
use crate::runtime::Runtime;
use crate::runtime::clock::Clock;
use crate::runtime::services::Services;
use crate::screens::checkout::plain as form;
use crate::screens::pay::plain as payment;
use crate::screens::plain_text::Reader;
use crate::screens::{self, AnyScreen};
use crate::state::{SessionInit, StartPolicy, State};
use crate::update::update;
use line_input::InputGate;
use line_output::LineOutput;

/// What a session needs to run.
#[derive(Debug)]
pub struct PlainParts {
    /// The initial state.
    pub init: SessionInit,
    /// The shop and the journal.
    pub services: Services,
    /// The clock.
    pub clock: Clock,
}

/// A session in plain mode.
struct PlainSession<W> {
    state: State,
    runtime: Runtime,
    clock: Clock,
    output: LineOutput<W>,
    /// The screen that was printed last, and what was printed of it.
    place: String,
    told: Vec<String>,
    /// What the session waits for, as it was printed last.
    awaited: Option<String>,
    /// What is remembered from one line to the next.
    reader: Reader,
    /// The state of the order's feed that was printed last.
    line: Link,
    /// Whether to draw a QR code once the order was fetched again, and whether inverted.
    drawing: Option<bool>,
    /// Whether open orders were offered.
    offered: bool,
    /// What was printed when asking whether to leave; cleared by the next line.
    parting: Vec<String>,
    leaving: bool,
}

/// Runs a session. It ends when the user leaves, when the input ends, or when it is interrupted. The outcome of
/// an order being placed is then in the journal. Returns the errors of `out`.
pub async fn run(parts: PlainParts, mut input: LineInput, out: impl Write) -> io::Result<()> {
    let PlainParts { mut init, services, clock } = parts;
    // Nobody sees these keys: without remappings every command has one that works.
    init.preferences.keymap = Keymap::default().in_words(words::TYPED);
    init.pictures = None;
    // Choices are printed first here, and an answer is a whole line.
    init.asks = StartPolicy::AtOnce;
    init.stock = None;
    let (actions, mut facts) = mpsc::channel(256);
    let (mut state, mut effects) = State::new(init);
    effects.extend(update(&mut state, Action::ChoicesRecalled(Box::new(services.choices()))));
    let runtime = Runtime::new(services, clock, actions);
    let mut front = PlainSession {
        state,
        runtime,
        clock,
        output: LineOutput::new(out),
        place: String::new(),
        told: Vec::new(),
        awaited: None,
        reader: Reader::default(),
        line: Link::Live,
        drawing: None,
        offered: false,
        parting: Vec::new(),
        leaving: false,
    };
    front.perform(effects);
    let ended = front.serve(&mut input, &mut facts).await;
    front.runtime.finish(facts).await;
    ended
}

/// An event of the session.
enum Event {
    Line(String),
    Fact(Action),
    End,
}

impl<W: Write> PlainSession<W> {
    async fn serve(&mut self, input: &mut LineInput, facts: &mut mpsc::Receiver<Action>) -> io::Result<()> {
        self.greet()?;
        loop {
            self.tell()?;
            if self.leaving && !self.state.is_placing() {
                return self.part();
            }
            let hold = match self.waits_for() {
                _ if self.state.is_placing() => InputGate::Everything,
                Some(_) => InputGate::AllButLeaving,
                None => InputGate::Nothing,
            };
            let event = tokio::select! {
                biased;
                line = input.next(hold), if !self.leaving => line.map_or(Event::End, Event::Line),
                Some(action) = facts.recv() => Event::Fact(action),
            };
            self.happen(Action::Tick(self.clock.now()));
            match event {
                Event::Line(line) if line_input::leaves(&line) => self.leave()?,
                Event::Line(line) => {
                    self.parting.clear();
                    self.answer(&line)?;
                }
                Event::Fact(action) => self.on_action(action)?,
                Event::End => self.leaving = true,
            }
        }
    }

    fn greet(&mut self) -> io::Result<()> {
        self.output.say("giftty, in plain lines. Type ? for help at any time, q to leave.")?;
        if self.state.model.shop.sandbox {
            self.output.say(words::SANDBOX)?;
        }
        Ok(())
    }

    /// Leaves; asks once if an order waits for its payment, or would be lost.
    fn leave(&mut self) -> io::Result<()> {
        let model = &self.state.model;
        if !self.parting.is_empty() || (model.to_lose().is_none() && model.payable().next().is_none()) {
            self.leaving = true;
            return Ok(());
        }
        self.parting = self.stays();
        self.parting.iter().try_for_each(|sentence| self.output.say(sentence))?;
        self.output.say("Type q once more to leave.")
    }

    /// Prints what stays open, unless that was just printed.
    fn part(&mut self) -> io::Result<()> {
        let stays = self.stays();
        if stays != self.parting {
            stays.iter().try_for_each(|sentence| self.output.say(sentence))?;
        }
        self.output.say("Goodbye.")
    }

    /// Returns what stays open, and how to continue it.
    fn stays(&self) -> Vec<String> {
        let model = &self.state.model;
        let name = |record: &Record| {
            format!("Order {} stays open: {}, {}.", record.attempt, record.summary(), record.standing())
        };
        let mut stays: Vec<String> = model.open().map(name).collect();
        let unsaved: Vec<String> = model.whole().flat_map(|record| payment::unsaved(record, model)).collect();
        if model.to_lose().is_none() && !stays.is_empty() {
            stays.push("It is kept on this machine. Start giftty --plain again to go on with it.".to_owned());
        }
        stays.extend(unsaved);
        stays
    }

    /// Handles an action. Open orders in the journal are offered before anything else.
    fn on_action(&mut self, action: Action) -> io::Result<()> {
        let loaded = matches!(action, Action::RecordsLoaded(..));
        if let Action::TextCopied(copied) = action {
            self.output.say(if copied { "Copied." } else { "The clipboard did not take it." })?;
        }
        if let Action::AnswerDelayed(id, failure, pause) = &action
            && self.state.top().pending_requests().contains(id)
        {
            let (why, seconds) = (delays::why(failure), pause.as_millis().div_ceil(1000));
            self.output.say(&format!("{why} Asking again in {seconds} s."))?;
        }
        self.happen(action);
        if !loaded || self.offered {
            return Ok(());
        }
        self.offered = true;
        if self.state.model.open().next().is_none() {
            return Ok(());
        }
        // The list itself prints what the toast says.
        self.happen(Action::ToastRead);
        self.output.say("There are open orders. Type b to go shopping instead.")?;
        if !matches!(self.state.top(), AnyScreen::Orders(_)) {
            self.command(Command::Orders);
        }
        Ok(())
    }

    fn happen(&mut self, action: Action) {
        let effects = update(&mut self.state, action);
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        // Requests for the terminal are dropped in plain mode.
        self.runtime.perform(effects);
        self.runtime.reconcile(&self.state.pending_requests(), &self.state.subscriptions());
    }

    fn press(&mut self, press: Press) {
        self.happen(Action::Input(Input::lone(press)));
    }

    /// Performs a command. Returns whether it is available now.
    fn command(&mut self, command: Command) -> bool {
        let works = self.state.commands().contains(&command);
        if works {
            self.happen(Action::Commanded(command));
        }
        works
    }

    /// Marks a row of the current list.
    fn mark(&mut self, row: usize) {
        self.command(Command::First);
        for _ in 0..row {
            self.command(Command::Down);
        }
    }

    /// Replaces the text of the focused field.
    fn fill(&mut self, text: &str) {
        self.press(Press::ctrl('u'));
        self.happen(Action::Input(Input::Paste(text.to_owned())));
    }

    /// Prints everything that is new.
    fn tell(&mut self) -> io::Result<()> {
        let toast = self.state.model.toast.clone();
        if toast.is_some() {
            self.happen(Action::ToastRead);
        }
        match toast {
            // Delivery is one of the states, which are printed with their time.
            Some(Toast::Note(_)) if matches!(self.state.top(), AnyScreen::Delivered(_)) => {}
            // Nothing was sent to a terminal; whether this machine's clipboard accepted it is printed once
            // known.
            Some(sent) if screens::copied(&sent).is_some() => {}
            Some(Toast::Note(said) | Toast::Warning(said)) => self.output.say(&said)?,
            None => {}
        }
        self.draw_checked()?;
        self.move_on();
        let waits = self.waits_for();
        if waits != self.awaited {
            if let Some(sentence) = &waits {
                self.output.say(sentence)?;
            }
            self.awaited = waits;
        }
        if self.awaited.is_some() {
            return Ok(());
        }
        self.tell_line()?;
        let Self { state, reader, .. } = self;
        for line in state.top().lines(&state.model, reader) {
            if !self.told.contains(&line) {
                self.output.say(&line)?;
                self.told.push(line);
            }
        }
        Ok(())
    }

    /// Handles a change of screen.
    fn move_on(&mut self) {
        let model = &self.state.model;
        let titles: Vec<_> = self.state.stack().iter().map(|screen| screen.title(model)).collect();
        let place = titles.join(" / ");
        if place != self.place {
            self.place = place;
            self.told.clear();
            self.reader.first_row = 0;
        }
        if !matches!(self.state.top(), AnyScreen::Product(_)) {
            self.reader.picked = false;
        }
        let checking_out = |screen: &AnyScreen| matches!(screen, AnyScreen::Checkout(_));
        if !self.state.stack().iter().any(checking_out) {
            self.reader.asking = None;
        }
        if let AnyScreen::Checkout(checkout) = self.state.top() {
            self.reader.asking = Some(form::next(self.reader.asking, checkout));
        }
    }

    /// Prints a change in how the order's news arrive.
    fn tell_line(&mut self) -> io::Result<()> {
        let AnyScreen::Pay(pay) = self.state.top() else { return Ok(()) };
        let model = &self.state.model;
        let Some(line) = pay.order(model).and_then(|order| model.feed_of(order.id())) else { return Ok(()) };
        let sentence = match line.link {
            Link::Live => "The shop's live news come again.".to_owned(),
            Link::Polling => {
                "The shop's live news do not come at the moment. giftty asks for them instead.".to_owned()
            }
            Link::Offline => format!(
                "The shop cannot be reached: what was said may be old. {} giftty keeps asking.",
                words::last_news(line, model)
            ),
            Link::Connecting | Link::Reconnecting(_) | Link::Stopped => return Ok(()),
        };
        if self.line == line.link {
            return Ok(());
        }
        self.line = line.link.clone();
        self.output.say(&sentence)
    }
}
