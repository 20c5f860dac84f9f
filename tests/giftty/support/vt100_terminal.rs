//! A terminal in memory that counts what is written to it.

use std::cell::RefCell;
use std::io::{self, Write};
use std::num::NonZeroU16;
use std::rc::Rc;

use giftty::input::Size;
use giftty::session::Surface;
use giftty::state::State;
use giftty::terminal::Painter;
use giftty::theme::Theme;
use giftty::view::view;
use giftty::widgets::frame::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

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

/// What frames are shown on, in front of an emulated terminal.
pub(crate) struct Vt100Terminal {
    painter: Painter<Written>,
    cells: Buffer,
    written: Written,
    screen: vt100::Parser,
}

impl Vt100Terminal {
    pub(crate) fn new(columns: u16, rows: u16) -> Self {
        let written = Written::default();
        let painter = Painter::new(written.clone(), Size { columns, rows }, b"\x1b[?1049h");
        let screen = vt100::Parser::new(nonzero(rows), nonzero(columns), 0);
        Self { painter, cells: Buffer::empty(Rect::new(0, 0, columns, rows)), written, screen }
    }

    /// Draws a frame; tells what was written for it, one entry a write.
    pub(crate) fn draw(&mut self, draw: impl FnOnce(&mut Frame<'_>)) -> Vec<Vec<u8>> {
        self.draw_alone(draw);
        let writes = self.written.0.take();
        for bytes in &writes {
            self.screen.process(bytes);
        }
        writes
    }

    /// Draws a frame that nobody looks at.
    pub(crate) fn draw_alone(&mut self, draw: impl FnOnce(&mut Frame<'_>)) {
        let mut frame = Frame::new(&mut self.cells);
        draw(&mut frame);
        let caret = frame.caret();
        self.painter.show(&self.cells, caret).unwrap();
        self.cells.reset();
    }

    /// Draws a state as the session does.
    pub(crate) fn show(&mut self, state: &State) -> Vec<Vec<u8>> {
        self.draw(|frame| view(state, &Theme::default(), frame))
    }

    /// Changes the window's size.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        self.screen.screen_mut().set_size(nonzero(rows), nonzero(columns));
        self.painter.resized(Size { columns, rows });
        self.cells = Buffer::empty(Rect::new(0, 0, columns, rows));
    }

    /// How large the window is.
    pub(crate) fn area(&self) -> Rect {
        self.cells.area
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
