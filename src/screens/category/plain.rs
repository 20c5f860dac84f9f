//! The category screen in plain mode.

use super::CategoryChoice;
use crate::model::Model;
use crate::screens::plain_text::{PlainText, Reader, searched};

impl PlainText for CategoryChoice {
    fn lines(&self, _model: &Model, reader: &mut Reader) -> Vec<String> {
        let question = format!("Which category of {}?", self.about);
        let mut lines = vec![searched(&question, "category", self.list.filter.text(), self.list.shown.len())];
        lines.extend(reader.numbered(self.list.shown.len(), |place| {
            let section = self.row(place)?;
            let noun = if section.brands == 1 { "brand" } else { "brands" };
            Some(format!("{}, {} {noun}", section.name(), section.brands))
        }));
        lines.push("Type a number, a part of a name, m for more, b back, ? help, q quit.".to_owned());
        lines
    }

    fn choices(&self, _model: &Model) -> usize {
        self.list.shown.len()
    }

    fn usage(&self) -> &'static [&'static str] {
        &["A number shows the brands of a category, 1 those of all. A part of a name searches."]
    }
}
