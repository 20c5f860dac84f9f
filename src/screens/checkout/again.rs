//! Buying the same again: a checkout that begins with what was bought before.

use super::form::Form;
use super::{Checkout, Stage};
use crate::domain::contact::Beneficiary;
use crate::domain::purchase::{Line, Purchase};
use crate::effect::Effects;
use crate::field::Field;
use crate::screens::desk::Desk;

/// Whether a checkout can hold it: one line, for a phone or for the buyer.
pub fn is_possible(purchase: &Purchase) -> bool {
    match purchase.lines.as_slice() {
        [Line { beneficiary: Beneficiary::Handset(_), .. }] => true,
        [Line { beneficiary: Beneficiary::Mailbox(email), .. }] => *email == purchase.buyer,
        _ => false,
    }
}

impl Checkout {
    /// Has the shop check the same purchase anew, at today's price. A coupon and the newsletter were
    /// for that time; the refund address is kept.
    pub fn again(purchase: &Purchase, desk: &Desk, effects: &mut Effects) -> Option<Self> {
        let line = purchase.lines.first().filter(|_| is_possible(purchase))?;
        let mut form = Form::new(line.item.delivery, Some(purchase.buyer.as_str()));
        if let Beneficiary::Handset(phone) = &line.beneficiary {
            form.phone = Field::with(phone.as_str());
        }
        form.refund = Field::with(purchase.refund_address.as_deref().unwrap_or_default());
        let mut checkout = Self::resumed(line.item.clone(), None, form);
        checkout.again = true;
        checkout.check(desk, effects);
        // Whatever is wrong with the fields by now is shown at them; else the question is on its way.
        Some(checkout)
    }

    /// Whether going back leads to where the same was picked again, rather than to the fields.
    pub(super) fn leads_back(&self) -> bool {
        self.again && matches!(self.stage, Stage::Checking(..) | Stage::Receipt(_))
    }
}
