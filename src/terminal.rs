//! The user's terminal: taken over for a session, and always given back.

use std::io::{self, Stdout, Write};

mod pictures;

use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{
    self, DisableBracketedPaste, EnableBracketedPaste, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers,
    MouseButton, MouseEvent, MouseEventKind,
};
use crossterm::style::Print;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{cursor, execute};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use rustix::event::{PollFd, PollFlags, poll};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;

pub use pictures::pictures;

use crate::input::{Input, Key, Press, Size};

/// The terminal while a session has it. Dropping it gives the terminal back, also while unwinding.
#[derive(Debug)]
pub struct Taken {
    /// What frames are drawn on.
    pub screen: Terminal<CrosstermBackend<Stdout>>,
}

impl Taken {
    /// Takes the terminal over: raw mode, alternate screen, bracketed paste.
    pub fn take() -> io::Result<Self> {
        enable_raw_mode()?;
        let entered = execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste);
        let made = entered.and_then(|()| Terminal::new(CrosstermBackend::new(io::stdout())));
        match made {
            Ok(screen) => Ok(Self { screen }),
            Err(error) => {
                give_back();
                Err(error)
            }
        }
    }
}

/// Presses and the wheel of the mouse, told by cells; not its every move, which would wake us for nothing.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";

/// Asks the terminal to tell of the mouse. Giving the terminal back ends that.
pub fn listen_to_mouse() -> io::Result<()> {
    execute!(io::stdout(), Print(MOUSE_ON))
}

impl Drop for Taken {
    fn drop(&mut self) {
        give_back();
    }
}

/// Leaves the terminal as it was found. Nothing can be done where it refuses: it may be gone.
fn give_back() {
    let _ =
        execute!(io::stdout(), Print(MOUSE_OFF), DisableBracketedPaste, LeaveAlternateScreen, cursor::Show);
    let _ = disable_raw_mode();
}

/// Hands a text to the terminal's clipboard (OSC 52). Whether it takes it nobody can tell.
pub fn copy(text: &str) {
    let mut out = io::stdout();
    let _ = execute!(out, CopyToClipboard::to_clipboard_from(text));
    let _ = out.flush();
}

/// Everything that comes from the terminal. The channel closes when the terminal is gone or the
/// program is told to end.
pub fn inputs() -> io::Result<mpsc::Receiver<Input>> {
    let (sender, receiver) = mpsc::channel(1024);
    let mut resized = signal(SignalKind::window_change())?;
    let mut told_to_end = [
        signal(SignalKind::terminate())?,
        signal(SignalKind::hangup())?,
        signal(SignalKind::interrupt())?,
        signal(SignalKind::quit())?,
    ];
    let (keys, mut typed) = mpsc::channel(1024);
    std::thread::Builder::new().name("input".to_owned()).spawn(move || read(&keys))?;
    tokio::spawn(async move {
        let [terminate, hang_up, interrupt, quit] = &mut told_to_end;
        loop {
            let input = tokio::select! {
                input = typed.recv() => input,
                _ = resized.recv() => size(),
                _ = terminate.recv() => None,
                _ = hang_up.recv() => None,
                _ = interrupt.recv() => None,
                _ = quit.recv() => None,
            };
            let Some(input) = input else { break };
            if sender.send(input).await.is_err() {
                break;
            }
        }
    });
    Ok(receiver)
}

fn size() -> Option<Input> {
    window().map(Input::Resized)
}

/// How large the window is, where there is one.
pub fn window() -> Option<Size> {
    crossterm::terminal::size().ok().map(|(columns, rows)| Size { columns, rows })
}

/// Reads keys until the terminal is gone.
///
/// The terminal is waited for here and not in crossterm, which does not notice a hang-up and spins.
fn read(keys: &mpsc::Sender<Input>) {
    let stdin = io::stdin();
    loop {
        let mut waited = [PollFd::new(&stdin, PollFlags::IN)];
        match poll(&mut waited, None) {
            Err(rustix::io::Errno::INTR) => continue,
            Err(_) => return,
            Ok(_) => {}
        }
        let came = waited[0].revents();
        if !came.contains(PollFlags::IN) || came.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL)
        {
            return;
        }
        while event::poll(std::time::Duration::ZERO).unwrap_or(false) {
            let Ok(event) = event::read() else { return };
            if let Some(input) = translate(event)
                && keys.blocking_send(input).is_err()
            {
                return;
            }
        }
    }
}

/// A terminal event in our own words; nothing for what giftty has no use for.
fn translate(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => press(key).map(Input::Press),
        Event::Mouse(mouse) => pointed(mouse),
        Event::Paste(text) => Some(Input::Paste(text)),
        Event::Resize(columns, rows) => Some(Input::Resized(Size { columns, rows })),
        _ => None,
    }
}

fn pointed(mouse: MouseEvent) -> Option<Input> {
    match mouse.kind {
        MouseEventKind::ScrollUp => Some(Input::Wheel { up: true }),
        MouseEventKind::ScrollDown => Some(Input::Wheel { up: false }),
        MouseEventKind::Down(MouseButton::Left) => {
            Some(Input::Click { column: mouse.column, row: mouse.row })
        }
        _ => None,
    }
}

fn press(event: KeyEvent) -> Option<Press> {
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    let key = match event.code {
        // A held key repeats; Enter does not, so that nothing is confirmed by a heavy finger.
        KeyCode::Enter if event.kind == KeyEventKind::Repeat => return None,
        KeyCode::Char(letter) if ctrl => Key::Char(letter.to_ascii_lowercase()),
        KeyCode::Char(letter) => Key::Char(letter),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::F(number) => Key::F(number),
        _ => return None,
    };
    Some(Press { key, ctrl, alt: event.modifiers.contains(KeyModifiers::ALT) })
}
