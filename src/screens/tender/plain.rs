//! What plain mode says of the coins and networks.

use super::TenderChoice;
use crate::domain::tender::{Rail, Tender};
use crate::model::Model;
use crate::remote::Recalled;
use crate::screens::plain_text::{PlainText, Reader, again, aged, searched};

impl PlainText for TenderChoice {
    fn lines(&self, model: &Model, reader: &mut Reader) -> Vec<String> {
        if let Some(failure) = model.rails.failure() {
            return again(&format!("The ways to pay are not here. {failure}"));
        }
        let question = "Pay with which coin, on which network?";
        let mut lines = aged("These ways to pay are", model.rails_recalled.as_ref(), model);
        lines.push(searched(question, "coin or network", self.list.filter.text(), self.list.shown.len()));
        lines.extend(reader.numbered(self.list.shown.len(), |place| {
            self.list.shown.get(place).map(|rail| tender(rail, model))
        }));
        lines.push("Type a number, a part of a name, m for more, b back, ? help, q quit.".to_owned());
        lines
    }

    fn choices(&self, _model: &Model) -> usize {
        self.list.shown.len()
    }

    fn waits_for(&self, model: &Model) -> Option<String> {
        let renewal = model.rails_recalled.as_ref().and_then(Recalled::awaited);
        let asks = model.rails.awaited().or(renewal).is_some();
        asks.then(|| "Asking the shop which coins it takes.".to_owned())
    }

    fn usage(&self) -> &'static [&'static str] {
        &["A number chooses a coin and its network. A part of a name searches."]
    }
}

fn tender(rail: &Rail, model: &Model) -> String {
    let mut words = vec![rail.tender.to_string()];
    words.extend(rail.minimum.map(|least| format!("least order {least} {}", rail.tender.coin)));
    words.extend(rail.transfer_cost.as_ref().map(|cost| format!("a transfer costs {cost}")));
    words.extend((rail.tender == model.tender).then(|| "in use".to_owned()));
    words.extend((rail.tender == Tender::recommended()).then(|| "recommended".to_owned()));
    words.extend(rail.suspended.then(|| "suspended".to_owned()));
    words.join(", ")
}
