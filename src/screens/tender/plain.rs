//! The tender screen in plain mode.

use super::TenderChoice;
use crate::domain::tender::{PaymentMethod, Tender};
use crate::model::Model;
use crate::remote::Recalled;
use crate::screens::plain_text::{PlainText, Reader, again, aged, searched};

impl PlainText for TenderChoice {
    fn lines(&self, model: &Model, reader: &mut Reader) -> Vec<String> {
        if let Some(failure) = model.payment_methods.failure() {
            return again(&format!("The ways to pay are not here. {failure}"));
        }
        let question = "Pay with which coin, on which network?";
        let mut lines = aged("These ways to pay are", model.payment_methods_recalled.as_ref(), model);
        lines.push(searched(question, "coin or network", self.list.filter.text(), self.list.shown.len()));
        lines.extend(reader.numbered(self.list.shown.len(), |place| {
            self.list.shown.get(place).map(|payment_method| tender(payment_method, model))
        }));
        lines.push("Type a number, a part of a name, m for more, b back, ? help, q quit.".to_owned());
        lines
    }

    fn choices(&self, _model: &Model) -> usize {
        self.list.shown.len()
    }

    fn waits_for(&self, model: &Model) -> Option<String> {
        let renewal = model.payment_methods_recalled.as_ref().and_then(Recalled::awaited);
        let asks = model.payment_methods.awaited().or(renewal).is_some();
        asks.then(|| "Asking the shop which coins it takes.".to_owned())
    }

    fn usage(&self) -> &'static [&'static str] {
        &["A number chooses a coin and its network. A part of a name searches."]
    }
}

fn tender(payment_method: &PaymentMethod, model: &Model) -> String {
    let mut words = vec![payment_method.tender.to_string()];
    words.extend(
        payment_method.minimum.map(|least| format!("least order {least} {}", payment_method.tender.coin)),
    );
    words.extend(payment_method.transfer_cost.as_ref().map(|cost| format!("a transfer costs {cost}")));
    words.extend((payment_method.tender == model.tender).then(|| "in use".to_owned()));
    words.extend((payment_method.tender == Tender::recommended()).then(|| "recommended".to_owned()));
    words.extend(payment_method.suspended.then(|| "suspended".to_owned()));
    words.join(", ")
}
