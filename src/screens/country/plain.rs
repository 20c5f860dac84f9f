//! The country screen in plain mode.

use super::Country;
use crate::model::Model;
use crate::screens::plain_text::{PlainText, Reader, searched};

impl PlainText for Country {
    fn lines(&self, model: &Model, reader: &mut Reader) -> Vec<String> {
        let mut lines =
            vec![searched("Which country?", "country", self.list.filter.text(), self.list.shown.len())];
        lines.extend(reader.numbered(self.list.shown.len(), |place| {
            let code = *self.list.shown.get(place)?;
            Some(format!("{} ({code})", model.country_name(code)))
        }));
        lines.push(LIST.to_owned());
        lines
    }

    fn choices(&self, _model: &Model) -> usize {
        self.list.shown.len()
    }

    fn usage(&self) -> &'static [&'static str] {
        &[
            "A number chooses a country. A part of a name or a code searches, m says ten more.",
            "o lists your orders, t chooses the coin to pay with, b forgets the search.",
        ]
    }
}

/// The commands available at the list.
const LIST: &str = "Type a number, a part of a name, m for more, b back, o orders, ? help, q quit.";
