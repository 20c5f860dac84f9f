//! Buying the same again: a checkout that starts from an earlier purchase.

use super::{Checkout, Stage};
use crate::domain::contact::Beneficiary;
use crate::domain::purchase::Purchase;
use crate::effect::Effects;
use crate::field::Field;
use crate::model::Model;

impl Checkout {
    /// Requests a new check of an earlier purchase at today's price. The coupon and the newsletter only applied
    /// to that purchase; the refund address is kept. Returns `None` if the purchase is not repeatable.
    pub fn again(purchase: &Purchase, model: &Model, effects: &mut Effects) -> Option<Self> {
        if !purchase.is_repeatable() {
            return None;
        }
        let items = purchase.lines.iter().map(|line| line.item.clone()).collect();
        let mut checkout = Self::of(items, false, None, None, model);
        checkout.form.email = Field::offering(purchase.buyer.as_str());
        checkout.form.refund = Field::offering(purchase.refund_address.as_deref().unwrap_or_default());
        for handset in &mut checkout.form.phones {
            if let Some(Beneficiary::Handset(phone)) =
                purchase.lines.get(handset.line).map(|line| &line.beneficiary)
            {
                handset.number = Field::offering(phone.as_str());
            }
        }
        checkout.again = true;
        // Errors in the fields are shown at the fields; without any the request is now in flight.
        checkout.check(model, effects);
        Some(checkout)
    }

    /// Returns whether going back leads to where the purchase was repeated, rather than to the fields.
    pub(super) fn leads_back(&self) -> bool {
        self.again && matches!(self.stage, Stage::Checking(..) | Stage::Searching(_) | Stage::Receipt(_))
    }
}
