//! Buying the same again: a checkout that begins with what was bought before.

use super::{Checkout, Stage};
use crate::domain::contact::Beneficiary;
use crate::domain::purchase::Purchase;
use crate::effect::Effects;
use crate::field::Field;
use crate::model::Model;

impl Checkout {
    /// Has the shop check the same purchase anew, at today's price. A coupon and the newsletter were
    /// for that time; the refund address is kept.
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
        // Whatever is wrong with the fields by now is shown at them; else the question is on its way.
        checkout.check(model, effects);
        Some(checkout)
    }

    /// Whether going back leads to where the same was picked again, rather than to the fields.
    pub(super) fn leads_back(&self) -> bool {
        self.again && matches!(self.stage, Stage::Checking(..) | Stage::Searching(_) | Stage::Receipt(_))
    }
}
