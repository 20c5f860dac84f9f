//! The typed face value of a range, and its price.

use super::shelf::ask;
use super::{PRICE_LIFE, Product};
use crate::domain::money::Amount;
use crate::domain::product::Range;
use crate::domain::request::PriceQuestion;
use crate::effect::{Effect, Effects};
use crate::field::Field;
use crate::model::Model;
use crate::remote::Remote;

impl Product {
    /// Returns the typed face value, or why it cannot be bought; `None` if nothing is typed or the product is
    /// no range.
    pub fn face_value(&self) -> Option<Result<Amount, String>> {
        let range = self.range()?;
        let text = self.value.text().trim().replace(',', ".");
        if text.is_empty() {
            return None;
        }
        let parsed = text.parse::<Amount>().map_err(|_| "this is not a number".to_owned());
        Some(parsed.and_then(|value| {
            // Someone who types 1,000 may mean a thousand: three decimals are accepted only if the step is
            // that fine.
            if value.value().scale() > range.step.value().normalize().scale().max(2) {
                return Err("it has too many decimals; write thousands without a separator".to_owned());
            }
            range.check(value).map(|()| value).map_err(|why| why.to_string())
        }))
    }

    /// Requests the price of the typed face value, if it can be bought.
    pub(super) fn ask_price(&mut self, model: &Model, effects: &mut Effects) {
        self.quote = match self.face_value() {
            Some(Ok(face_value)) => {
                let question = PriceQuestion {
                    brand: self.brand.name().into(),
                    country: self.brand.country,
                    face_value,
                    coin: model.tender.coin.clone(),
                };
                Some(Remote::Waiting(effects.ask(|id| Effect::QuotePrice(id, question))))
            }
            Some(Err(_)) | None => None,
        };
    }

    /// Fills an empty field with the supplier's suggested value. The maximum is not suggested, so that
    /// pressing the same key twice cannot buy it.
    pub(super) fn fill_value(&mut self) {
        let suggested = |range: &Range| range.default.filter(|value| *value < range.max);
        let Some(default) = self.range().and_then(suggested) else { return };
        if self.value.is_empty() {
            self.value = Field::offering(&default.value().normalize().to_string());
        }
    }

    /// Fills in a value and requests its price when a range becomes marked.
    pub(super) fn arrive(&mut self, model: &Model, effects: &mut Effects) {
        if self.range().is_none() {
            return;
        }
        if !matches!(self.face_value(), Some(Ok(_))) {
            self.value.clear();
            self.fill_value();
        }
        let waiting = matches!(self.quote, Some(Remote::Waiting(_)));
        if self.price().is_none() && !waiting {
            self.ask_price(model, effects);
        }
    }

    /// Fills in the next or previous of the usual values.
    pub(super) fn pick(&mut self, onwards: bool, model: &Model, effects: &mut Effects) {
        let Some(range) = self.range() else { return };
        let picks = range.quick_picks();
        let now = self.face_value().and_then(Result::ok);
        let pick = if onwards {
            picks.iter().find(|pick| now.is_none_or(|now| **pick > now)).or(picks.first())
        } else {
            picks.iter().rev().find(|pick| now.is_none_or(|now| **pick < now)).or(picks.last())
        };
        if let Some(pick) = pick {
            self.value = Field::offering(&pick.value().normalize().to_string());
            self.ask_price(model, effects);
        }
    }

    /// Requests the price again if the one on the screen is older than [`PRICE_LIFE`], so that nobody decides
    /// by it.
    pub(super) fn refresh_price(&mut self, model: &Model, effects: &mut Effects) {
        let old = self.price_age(model).is_some_and(|age| age > PRICE_LIFE);
        if !old || self.repricing.is_some() || self.shelf.ready().is_none() {
            return;
        }
        if self.range().is_none() {
            self.repricing = Some(ask(&self.brand, model, effects));
        } else if !matches!(self.quote, Some(Remote::Waiting(_))) {
            self.ask_price(model, effects);
        }
    }
}
