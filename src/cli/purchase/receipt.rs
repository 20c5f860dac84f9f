//! The receipt of a placed order: what to pay where, shown only after every check.

use serde::Serialize;

use super::super::context::CommandContext;
use super::super::output::{Plain, fields, rfc3339};
use crate::domain::money::Amount;
use crate::domain::order::Order;
use crate::domain::payment_link::Holds;
use crate::domain::purchase::Purchase;
use crate::domain::record::Record;
use crate::domain::settlement::{self, Asked, Settlement, Withheld};
use crate::domain::tender::PaymentMethods;

/// What is printed of an order that was just placed. Without a settlement it has no address.
/// People see the beginning of its id, since the journal has the rest; a script gets all of it.
#[derive(Serialize)]
pub(super) struct Receipt {
    attempt: i64,
    order_id: String,
    what: String,
    state: String,
    payment_state: String,
    coin: String,
    network: String,
    /// The total that was agreed to before ordering.
    total: String,
    /// The exact amount to send.
    amount: Option<String>,
    address: Option<String>,
    /// The content of the QR code.
    link: Option<String>,
    link_holds: Option<&'static str>,
    /// Whether the address passed its network's own checksum.
    checked: bool,
    /// An estimate, by the shop's clock.
    closes_at: Option<String>,
    withheld: Option<String>,
    sandbox: bool,
}

impl Receipt {
    pub(super) fn of(
        record: &Record,
        purchase: &Purchase,
        total: Amount,
        most: Option<Amount>,
        payment_methods: &PaymentMethods,
        context: &CommandContext,
    ) -> Self {
        let settled = match record.order() {
            Some(order) => settle(order, Asked { purchase, total }, most, payment_methods, context),
            None => Err(Withheld::NoTerms),
        };
        let known = record.order().map(|order| &order.known);
        let payment = settled.as_ref().ok();
        let content = payment.and_then(|payment| payment.contents.first());
        Self {
            attempt: record.attempt.0,
            order_id: known.map(|known| known.id.reveal().to_owned()).unwrap_or_default(),
            what: purchase.summary(),
            state: known.map(|known| known.state.word().to_owned()).unwrap_or_default(),
            payment_state: known.map(|known| known.payment.word().to_owned()).unwrap_or_default(),
            coin: purchase.tender.coin.sent().to_owned(),
            network: purchase.tender.network.sent().to_owned(),
            total: total.to_string(),
            amount: payment.map(|payment| payment.amount.to_string()),
            address: payment.map(|payment| payment.address.as_str().to_owned()),
            link: content.map(|content| content.text.clone()),
            link_holds: content.map(|content| match content.holds {
                Holds::ServerText | Holds::ServerAddress => "server-text",
                Holds::LinkWithAmount => "address-and-amount",
                Holds::AddressOnly => "address",
            }),
            checked: payment.is_some_and(|payment| payment.checked),
            closes_at: payment.and_then(|payment| payment.closes_at).and_then(rfc3339),
            withheld: settled.as_ref().err().map(ToString::to_string),
            sandbox: context.is_sandbox(),
        }
    }

    /// Returns what to do if the journal could not store the order.
    pub(super) fn farewell(&self) -> String {
        format!("The order exists, and nothing else has its id: write down {}.", self.order_id)
    }

    /// Returns why the order must not be paid, if so.
    pub(super) fn alarm(&self) -> Option<String> {
        let why = self.withheld.as_ref()?;
        Some(format!(
            "The order exists and must not be paid. {why} Follow it with `giftty track {}`.",
            self.attempt
        ))
    }
}

/// Checks the settlement of an order. The shop's clock is the one that has just written `created_at`.
fn settle(
    order: &Order,
    asked: Asked<'_>,
    most: Option<Amount>,
    payment_methods: &PaymentMethods,
    context: &CommandContext,
) -> Result<Settlement, Withheld> {
    let now = order.known.created_at.unwrap_or_else(|| context.clock.now().wall);
    let settlement = settlement::check(order, Some(asked), false, payment_methods, now)?;
    match most {
        Some(most) if settlement.amount > most => {
            Err(Withheld::Dearer { asked: most, told: settlement.amount })
        }
        Some(_) | None => Ok(settlement),
    }
}

impl Plain for Receipt {
    fn plain(&self) -> String {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let sending = self.amount.as_ref().map(|amount| format!("{amount} {}", self.coin));
        let network = self.amount.as_ref().map(|_| format!("on {}, nothing else", self.network));
        let unproven = self.address.as_ref().filter(|_| !self.checked);
        let unproven = unproven.map(|_| "no checksum proves this address: compare it twice".to_owned());
        let sandbox = if self.sandbox { "SANDBOX: nothing here is real, do not pay" } else { "" };
        fields(&[
            ("", sandbox.to_owned()),
            ("order", format!("#{} ({}…)", self.attempt, self.order_id.get(..8).unwrap_or_default())),
            ("what", self.what.clone()),
            ("state", self.state.clone()),
            ("send exactly", text(&sending)),
            ("network", text(&network)),
            ("to", text(&self.address)),
            ("link", text(&self.link)),
            ("beware", text(&unproven)),
            ("until about", text(&self.closes_at)),
            ("then", format!("giftty track {}", self.attempt)),
        ])
    }
}
