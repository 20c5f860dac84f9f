//! A terminal in memory that counts what is written to it.

use std::cell::RefCell;
use std::io::{self, Write};
use std::num::NonZeroU16;
use std::rc::Rc;

use giftty::input::Size;
use giftty::session::Glass;
use giftty::state::State;
use giftty::terminal::Lean;
use giftty::theme::Theme;
use giftty::view::view;
use ratatui::layout::Size as Area;
use ratatui::{Frame, Terminal};

use super::cells::Cells;

/// What was written: every call of its own.
#[derive(Clone, Default)]
pub(crate) struct Written(Rc<RefCell<Vec<Vec<u8>>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().push(bytes.to_vec());
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Our backend in front of an emulated terminal.
pub(crate) struct Paper {
    pub(crate) terminal: Terminal<Lean<Written>>,
    written: Written,
    screen: vt100::Parser,
}

impl Paper {
    pub(crate) fn new(columns: u16, rows: u16) -> Self {
        let written = Written::default();
        let lean = Lean::new(written.clone(), Area { width: columns, height: rows }, b"\x1b[?1049h");
        let screen = vt100::Parser::new(nonzero(rows), nonzero(columns), 0);
        Self { terminal: Terminal::new(lean).unwrap(), written, screen }
    }

    /// Draws a frame; tells what was written for it, one entry a write.
    pub(crate) fn draw(&mut self, draw: impl FnOnce(&mut Frame<'_>)) -> Vec<Vec<u8>> {
        self.terminal.draw(draw).unwrap();
        let writes = self.written.0.take();
        for bytes in &writes {
            self.screen.process(bytes);
        }
        writes
    }

    /// Draws a state as the session does.
    pub(crate) fn show(&mut self, state: &State) -> Vec<Vec<u8>> {
        self.draw(|frame| view(state, &Theme::default(), frame))
    }

    /// Changes the window's size.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        self.screen.screen_mut().set_size(nonzero(rows), nonzero(columns));
        self.terminal.backend_mut().resized(Size { columns, rows });
        self.terminal.clear().unwrap();
    }

    /// What stands on the emulated screen.
    pub(crate) fn screen(&self) -> &vt100::Screen {
        self.screen.screen()
    }

    /// Its cells.
    pub(crate) fn cells(&self) -> Cells {
        Cells::from(self.screen())
    }
}

fn nonzero(size: u16) -> NonZeroU16 {
    NonZeroU16::new(size).unwrap()
}
