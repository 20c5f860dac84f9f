//! Parses orders (contract, sections 3.3 to 3.9).

use serde::Deserialize;

use super::lenient::{Decimal, Epoch, Exact, List, Maybe, Text, members};
use super::problems::Problems;
use super::product::RANGE;
use super::unreadable;
use crate::domain::failure::Failure;
use crate::domain::money::Amount;
use crate::domain::order::{
    Code, Delivered, Delivery, DeliveryState, Echo, OrderId, OrderState, PaymentState, Snapshot, Terms,
};
use crate::domain::problem::Problem;
use crate::domain::tender::Tender;
use crate::domain::text::{Printable, Prose, Secret};

#[derive(Default, Deserialize)]
#[serde(default)]
struct ToldOrder<'a> {
    #[serde(borrow)]
    order_id: Text<'a>,
    id: Text<'a>,
    #[serde(rename = "orderId")]
    order_id_too: Text<'a>,
    reference_order_id: Text<'a>,
    order_state: Text<'a>,
    payment_state: Text<'a>,
    coin: Text<'a>,
    network: Text<'a>,
    coin_amount: Decimal,
    sent_coin_amount: Decimal,
    received_amount: Decimal,
    wallet_address: Text<'a>,
    qr_text: Text<'a>,
    created_at: Epoch,
    updated_at: Epoch,
    deliveries: List<ToldLine<'a>>,
    problems: Problems,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ToldLine<'a> {
    #[serde(borrow)]
    id: Text<'a>,
    delivery_state: Text<'a>,
    deliverable: Maybe<Deliverable<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Deliverable<'a> {
    #[serde(borrow)]
    brand_name: Text<'a>,
    country_code: Text<'a>,
    beneficiary_account: Text<'a>,
    currency_code: Text<'a>,
    denomination: Exact<'a>,
    localized_denomination: Exact<'a>,
    product_value: Decimal,
    pin_code: Exact<'a>,
    pin_serial: Exact<'a>,
    security_code: Exact<'a>,
    operator_reference: Exact<'a>,
    redeem_instructions: Text<'a>,
    how_to_redeem: Text<'a>,
    pin_usage_instructions: Text<'a>,
    failure_reason: Text<'a>,
    error_description: Text<'a>,
}

/// The body of a successful response to an order request.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::api) enum Placed {
    /// An order without any problem.
    Order(Box<Snapshot>),
    /// Problems, and no sign of an order.
    Problems(Vec<Problem>),
    /// Anything else: it is unknown whether there is an order.
    Unclear(Failure),
}

/// Parses an order. The id and the state are required; everything else may be missing.
pub(in crate::api) fn snapshot(json: &str) -> Result<Snapshot, Failure> {
    read(json)?.into_snapshot()
}

/// Parses the response to an order request whose status was a success.
pub(in crate::api) fn placed(json: &str) -> Placed {
    let mut order = match read(json) {
        Ok(order) => order,
        Err(failure) => return Placed::Unclear(failure),
    };
    let problems = std::mem::take(&mut order.problems.0);
    match (problems.is_empty(), order.leaves_a_trace()) {
        (true, _) => match order.into_snapshot() {
            Ok(snapshot) => Placed::Order(Box::new(snapshot)),
            Err(failure) => Placed::Unclear(failure),
        },
        (false, false) => Placed::Problems(problems),
        (false, true) => Placed::Unclear(unreadable("it holds an order and problems with it")),
    }
}

/// Parses an order, either bare or wrapped in an object.
fn read(json: &str) -> Result<ToldOrder<'_>, Failure> {
    let nothing = || unreadable("it is no order");
    let json = json.trim();
    if !json.starts_with('{') {
        return Err(nothing());
    }
    let order: ToldOrder<'_> = serde_json::from_str(json).map_err(|_| nothing())?;
    if !order.leaves_a_trace() {
        let wrapped = members(json, ["order", "data"]).unwrap_or_default();
        if let Some(inner) = wrapped.into_iter().flatten().find(|inner| inner.starts_with('{')) {
            let mut inner: ToldOrder<'_> = serde_json::from_str(inner).map_err(|_| nothing())?;
            inner.problems.0.extend(order.problems.0);
            return Ok(inner);
        }
    }
    Ok(order)
}

impl ToldOrder<'_> {
    fn ids(&self) -> impl Iterator<Item = &str> {
        [&self.order_id, &self.id, &self.order_id_too, &self.reference_order_id]
            .into_iter()
            .filter_map(Text::as_str)
    }

    /// Whether anything in it indicates that an order exists.
    fn leaves_a_trace(&self) -> bool {
        self.ids().next().is_some()
            || self.order_state.as_str().is_some()
            || self.payment_state.as_str().is_some()
            || self.wallet_address.as_str().is_some()
    }

    fn into_snapshot(self) -> Result<Snapshot, Failure> {
        let id = self.ids().find_map(|id| OrderId::parse(id.trim()).ok());
        let id = id.ok_or_else(|| unreadable("it has no order id"))?;
        let state = self.order_state.as_str().ok_or_else(|| unreadable("it has no order state"))?;
        let received = [self.sent_coin_amount.0, self.received_amount.0].into_iter().flatten().max();
        let deliveries = self.deliveries.items.iter().enumerate();
        Ok(Snapshot {
            id,
            state: OrderState::read(state.trim()),
            payment: PaymentState::read(self.payment_state.or_empty().trim()),
            terms: self.terms(),
            sent: received.unwrap_or(Amount::ZERO),
            created_at: self.created_at.0,
            updated_at: self.updated_at.0,
            deliveries: deliveries.map(|(place, delivery)| delivery.to_domain(place)).collect(),
        })
    }

    /// The payment terms, or `None` if any of their four parts is missing.
    fn terms(&self) -> Option<Terms> {
        Some(Terms {
            tender: Tender { coin: self.coin.verbatim()?, network: self.network.verbatim()? },
            amount: self.coin_amount.positive()?,
            address: self.wallet_address.as_str()?.to_owned(),
            qr_text: self.qr_text.as_str().map(str::to_owned),
            memo: None,
        })
    }
}

impl ToldLine<'_> {
    fn to_domain(&self, place: usize) -> Delivery {
        let nothing = Deliverable::default();
        let told = self.deliverable.0.as_ref().unwrap_or(&nothing);
        Delivery {
            id: self.id.printable().unwrap_or_else(|| Printable::new(&format!("{:02}", place + 1))),
            state: DeliveryState::read(self.delivery_state.or_empty().trim()),
            brand: told.brand_name.verbatim().unwrap_or_default(),
            country: told.country_code.as_str().and_then(|code| code.trim().parse().ok()),
            value: told.value(),
            echo: told.echo(),
            beneficiary: Secret::new(told.beneficiary_account.or_empty()),
            delivered: told.delivered(),
            failure: told.failure_reason.printable().or_else(|| told.error_description.printable()),
        }
    }
}

impl Deliverable<'_> {
    /// The display value: a range echoes only the word, so its face value is used instead.
    fn value(&self) -> Printable {
        let words = [&self.localized_denomination, &self.denomination].map(Exact::text);
        let range = words.iter().any(|word| word.or_empty().eq_ignore_ascii_case(RANGE));
        let told = words.into_iter().filter(|word| !word.or_empty().eq_ignore_ascii_case(RANGE));
        let label = told.into_iter().find_map(Text::printable);
        let value = self.product_value.0.map(|value| {
            let value =
                if value.value().fract().is_zero() { value.value().normalize() } else { value.value() };
            Printable::new(&format!("{value} {}", self.currency_code.or_empty()))
        });
        let (first, second) = if range { (value, label) } else { (label, value) };
        first.or(second).unwrap_or_default()
    }

    /// The echo of the choice. A label replaces a missing denomination.
    fn echo(&self) -> Echo {
        let word =
            self.denomination.text().verbatim().or_else(|| self.localized_denomination.text().verbatim());
        match word {
            Some(word) if !word.sent().trim().eq_ignore_ascii_case(RANGE) => Echo::Fixed(word),
            None if self.product_value.0.is_none() => Echo::Unsaid,
            Some(_) | None => {
                Echo::Range { value: self.product_value.0, currency: self.currency_code.printable() }
            }
        }
    }

    fn delivered(&self) -> Delivered {
        let secret = |text: &Exact<'_>| text.text().as_str().map(|text| Secret::new(text.trim()));
        let ways = [&self.redeem_instructions, &self.how_to_redeem, &self.pin_usage_instructions];
        let redeem = ways.into_iter().filter_map(Text::as_str).map(Prose::from_html);
        Delivered {
            code: self.pin_code.text().as_str().map(|code| Code::read(code.trim())),
            serial: secret(&self.pin_serial),
            security_code: secret(&self.security_code),
            operator_reference: self.operator_reference.text().printable(),
            redeem: redeem.into_iter().find(|prose| !prose.is_empty()).unwrap_or_default(),
        }
    }
}
