//! Hints about a field while it is filled in. A hint never changes the text.

use crate::domain::address::Verdict;
use crate::domain::contact::{Dial, Phone, likely_meant};
use crate::domain::country::CountryCode;
use crate::model::Model;
use crate::screens::checkout::Checkout;
use crate::screens::checkout::form::Spot;
use crate::widgets::card::Weight;

/// A hint and its weight.
#[derive(Debug)]
pub(super) struct Hint {
    pub(super) weight: Weight,
    pub(super) sentence: String,
}

impl Hint {
    fn new(weight: Weight, sentence: impl Into<String>) -> Self {
        Self { weight, sentence: sentence.into() }
    }
}

/// Returns the hint about the text of a field, or `None` if there is none, as for an empty field.
pub(super) fn of(screen: &Checkout, spot: Spot, model: &Model) -> Option<Hint> {
    match spot {
        Spot::Email => {
            let meant = likely_meant(screen.form.email.text())?;
            Some(Hint::new(Weight::Warning, format!("Did you mean {meant}? It is sent as it stands here.")))
        }
        Spot::Phone(line) => {
            let phone = screen.form.phone(line)?;
            phone_hint(phone.number.text(), phone.item.country, model)
        }
        Spot::Refund => refund_hint(screen, model),
        Spot::Coupon | Spot::Newsletter => None,
    }
}

/// The country of the number typed so far, and whether it is the right one.
fn phone_hint(text: &str, wanted: CountryCode, model: &Model) -> Option<Hint> {
    let name = |country| model.country_name(country);
    if text.trim().is_empty() {
        return None;
    }
    if !text.trim().starts_with('+') {
        let code = Dial::code_for(wanted).map(|code| format!("+{code}")).unwrap_or_default();
        return Some(Hint::new(
            Weight::Warning,
            format!("Start with {code} for {}: no country is guessed.", name(wanted)),
        ));
    }
    let dial = Dial::of(text)?;
    let code = dial.code;
    if !dial.fits(wanted) {
        let owner = dial.owner.or_else(|| dial.countries.first().copied()).map(name).unwrap_or_default();
        return Some(Hint::new(
            Weight::Warning,
            format!("{owner} +{code}: this top-up is for {}.", name(wanted)),
        ));
    }
    let shared = if dial.countries.len() > 1 { ", a code that several countries share" } else { "" };
    Some(match Phone::parse(text, wanted) {
        Ok(phone) if phone.is_usual() => {
            Hint::new(Weight::Good, format!("{} +{code}, sent as {phone}", name(wanted)))
        }
        Ok(phone) => {
            let sentence =
                format!("{} +{code}, sent as {phone}: unusual there, look at each digit", name(wanted));
            Hint::new(Weight::Warning, sentence)
        }
        Err(_) => Hint::new(Weight::Calm, format!("{} +{code}{shared}", name(wanted))),
    })
}

fn refund_hint(screen: &Checkout, model: &Model) -> Option<Hint> {
    let network = &model.tender.network;
    Some(match screen.form.refund_verdict(model)? {
        Verdict::Right(_) => {
            Hint::new(Weight::Good, format!("an address of {network}, its checksum is right"))
        }
        Verdict::NotChecked(_) => {
            Hint::new(Weight::Calm, "no checksum proves this one: compare every character")
        }
        Verdict::Wrong(fault) => Hint::new(Weight::Warning, fault.to_string()),
    })
}
