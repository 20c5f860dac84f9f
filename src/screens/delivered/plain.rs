//! The delivered screen in plain mode.

use super::Delivered;
use crate::domain::order::{Code, Delivery, DeliveryState};
use crate::domain::text::Secret;
use crate::model::Model;
use crate::screens::pay::plain::{about, not_saved};
use crate::screens::plain_text::{PlainText, Reader, Reply};

impl PlainText for Delivered {
    fn lines(&self, model: &Model, reader: &mut Reader) -> Vec<String> {
        let Some(order) = self.order(model) else { return Vec::new() };
        let mut lines = vec![about(self.attempt, model)];
        lines.extend(not_saved(self.attempt, model));
        lines.extend(reader.heard.standing(self.attempt, order, model));
        let deliveries = &order.known.deliveries;
        lines.extend(deliveries.iter().zip(1..).map(|(delivery, number)| line(number, delivery)));
        let reveal = if deliveries.iter().any(hides) {
            "Type reveal to have the codes said; others may see or hear them. Then b, o, ? or q."
        } else {
            "Type b to go back, o for your orders, ? or q."
        };
        lines.push(reveal.to_owned());
        lines
    }

    fn waits_for(&self, model: &Model) -> Option<String> {
        let opens = model.opens(self.attempt);
        opens.then(|| "Reading this order from this machine.".to_owned())
    }

    fn usage(&self) -> &'static [&'static str] {
        &[
            "reveal says the codes. qr draws an eSIM, qr inverted for a light screen.",
            "again says all of it again. i says what the supplier's support needs. r asks the shop again.",
        ]
    }

    fn reply(&self) -> Reply {
        Reply::Delivered
    }
}

fn line(number: usize, delivery: &Delivery) -> String {
    let state = match &delivery.state {
        DeliveryState::Waiting => "on its way",
        DeliveryState::Succeeded => "delivered",
        DeliveryState::Failed => "not delivered",
        DeliveryState::Other(word) => word.as_str(),
    };
    let mut said = format!("{number} {} {}, {state}", delivery.brand, delivery.value);
    let beneficiary = delivery.beneficiary.printable();
    if !beneficiary.is_empty() {
        said = format!("{said}, for {beneficiary}");
    }
    if let Some(reference) = &delivery.delivered.operator_reference {
        said = format!("{said}. Reference: {reference}");
    }
    match &delivery.failure {
        Some(why) => format!("{said}. {why}"),
        None => format!("{said}."),
    }
}

/// Returns whether parts of a delivery are printed only on request.
fn hides(delivery: &Delivery) -> bool {
    let came = &delivery.delivered;
    came.code.is_some() || came.serial.is_some() || came.security_code.is_some()
}

/// Returns everything a delivery contains: each label and its exact text.
pub fn secrets(delivery: &Delivery) -> Vec<(&'static str, Secret)> {
    let came = &delivery.delivered;
    let mut secrets = Vec::new();
    match &came.code {
        Some(Code::Pin(code)) => secrets.push(("Code:", code.clone())),
        Some(Code::Link(link)) => secrets.push(("Link:", link.clone())),
        Some(Code::Esim(text)) => {
            secrets.push(("eSIM, in one piece:", text.clone()));
            let mut parts = text.reveal().splitn(3, '$');
            if let (Some("LPA:1"), Some(address), Some(code)) = (parts.next(), parts.next(), parts.next()) {
                secrets.push(("SM-DP+ address:", Secret::from(address)));
                secrets.push(("Activation code:", Secret::from(code)));
            }
        }
        None => {}
    }
    secrets.extend(came.serial.iter().map(|serial| ("Serial number:", serial.clone())));
    secrets.extend(came.security_code.iter().map(|code| ("Security code:", code.clone())));
    secrets
}
