//! Plain mode: the same session line by line, for screen readers, pipes and dumb terminals.
//!
//! The state, its update and the runtime are those of the screens: a line becomes the keys that a
//! person would press, and what they lead to is said instead of drawn. So every rule about money holds
//! here because it is the same rule. Nothing is redrawn, nothing moves, and everything is said once.

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

/// What a session is made of.
#[derive(Debug)]
pub struct PlainParts {
    /// What it begins with.
    pub init: SessionInit,
    /// The shop and the journal.
    pub services: Services,
    /// Its clock.
    pub clock: Clock,
}

/// One session in lines.
struct PlainSession<W> {
    state: State,
    runtime: Runtime,
    clock: Clock,
    output: LineOutput<W>,
    /// The screen that was told of last, and what was said of it.
    place: String,
    told: Vec<String>,
    /// What is waited for, as far as it was said.
    awaited: Option<String>,
    /// What is remembered from one line to the next.
    reader: Reader,
    /// How the news of an order were said to come.
    line: Link,
    /// Whether a QR code is to be drawn once the order was read anew, and whether inverted.
    drawing: Option<bool>,
    /// Whether open orders were offered.
    offered: bool,
    /// What was said to whoever was asked whether to leave; nothing once another line came.
    parting: Vec<String>,
    leaving: bool,
}

/// Runs a session. It ends when the user leaves, when the lines end, or when it is interrupted; an
/// order that is being placed then has its answer in the journal. An error is one of `out`.
pub async fn run(parts: PlainParts, mut input: LineInput, out: impl Write) -> io::Result<()> {
    let PlainParts { mut init, services, clock } = parts;
    // Nobody sees these keys: whatever they were changed to, every command keeps one that works.
    init.preferences.keymap = Keymap::default().in_words(words::TYPED);
    init.pictures = None;
    // Here what is chosen from is told first, and an answer is a whole line.
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

/// What happened.
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

    /// Leaves; asks once when an order waits for its payment, or would be lost.
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

    /// Says what stays open, unless that was just said.
    fn part(&mut self) -> io::Result<()> {
        let stays = self.stays();
        if stays != self.parting {
            stays.iter().try_for_each(|sentence| self.output.say(sentence))?;
        }
        self.output.say("Goodbye.")
    }

    /// What stays open, and how to go on with it.
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

    /// Takes in a action; what the journal holds open is offered before anything else.
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
        // What the toast says is said by the list itself.
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
        // What would go to the terminal besides the lines goes nowhere.
        self.runtime.perform(effects);
        self.runtime.reconcile(&self.state.pending_requests(), &self.state.subscriptions());
    }

    fn press(&mut self, press: Press) {
        self.happen(Action::Input(Input::lone(press)));
    }

    /// Does a command; tells whether it is one that works now.
    fn command(&mut self, command: Command) -> bool {
        let works = self.state.commands().contains(&command);
        if works {
            self.happen(Action::Commanded(command));
        }
        works
    }

    /// Marks a row of the list that is up.
    fn mark(&mut self, row: usize) {
        self.command(Command::First);
        for _ in 0..row {
            self.command(Command::Down);
        }
    }

    /// Replaces what the focused field holds.
    fn fill(&mut self, text: &str) {
        self.press(Press::ctrl('u'));
        self.happen(Action::Input(Input::Paste(text.to_owned())));
    }

    /// Says everything that is new.
    fn tell(&mut self) -> io::Result<()> {
        let toast = self.state.model.toast.clone();
        if toast.is_some() {
            self.happen(Action::ToastRead);
        }
        match toast {
            // That it is delivered is one of the states, and said with its time.
            Some(Toast::Note(_)) if matches!(self.state.top(), AnyScreen::Delivered(_)) => {}
            // Nothing was sent to a terminal here; what this machine's clipboard took is said when it is known.
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

    /// Notices another screen.
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

    /// Says when the news of the order come in another way than before.
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
