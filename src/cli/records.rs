//! `giftty orders` and `reveal`: what this user bought, and its outcome.

use std::str::FromStr;

use serde::Serialize;

use super::context::{CommandContext, tell};
use super::exit::{Failed, Reason};
use super::output::{Plain, fields, rfc3339, table};
use crate::domain::order::{Code, Delivery, Order, OrderId, Phase};
use crate::domain::record::{Attempt, Outcome, Record};
use crate::domain::text::{Printable, Secret};
use crate::domain::time::{ShopClock, Timestamp};
use crate::journal::Journal;

/// How orders are listed.
#[derive(Clone, Debug, clap::Args)]
pub struct OrdersArgs {
    /// Print whole order ids; whoever has one can read the codes.
    #[arg(long)]
    pub ids: bool,
}

/// Whose codes are printed.
#[derive(Clone, Debug, clap::Args)]
pub struct RevealArgs {
    /// The number of an attempt, such as 3 or #3, or an order id.
    #[arg(value_name = "ORDER")]
    pub order: Which,
}

/// An order, by its number in the journal or by its id at the shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// Its number in the journal.
    Attempt(Attempt),
    /// Its id at the shop.
    Id(OrderId),
}

/// The text is not an order's number or id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an order is a number such as 3, or an order id")]
pub struct NotAnOrder;

impl FromStr for Which {
    type Err = NotAnOrder;

    /// A number of up to seven digits is an attempt: order ids have eight characters and more.
    fn from_str(text: &str) -> Result<Self, NotAnOrder> {
        let number = text.strip_prefix('#').unwrap_or(text);
        let short = number.len() < 8 && number.bytes().all(|byte| byte.is_ascii_digit());
        if short {
            return number.parse().map(|number| Self::Attempt(Attempt(number))).map_err(|_| NotAnOrder);
        }
        OrderId::parse(text).map(Self::Id).map_err(|_| NotAnOrder)
    }
}

/// Returns the attempt and its order; one that the journal does not have is fetched from the shop and stored.
pub(super) async fn find(context: &CommandContext, which: &Which) -> Result<(Attempt, Order), Failed> {
    let record = match which.clone() {
        Which::Attempt(attempt) => {
            let found = context.services.with_journal(move |journal| journal.record(attempt)).await?;
            let unknown =
                || Failed::usage(format!("there is no order {attempt} here; `giftty orders` lists them"));
            found.ok_or_else(unknown)?
        }
        Which::Id(id) => {
            let wanted = id.clone();
            let known = context.services.with_journal(move |journal| journal.record_of(&wanted)).await?;
            let (record, told) = match known {
                Some(record) => (record, None),
                None => import(context, &id).await?,
            };
            mention_doubt(context, &record, told).await;
            record
        }
    };
    let attempt = record.attempt;
    let failed = match record.outcome {
        Outcome::Placed(order) => return Ok((attempt, *order)),
        Outcome::Refused(why) => Failed::refused(format!("Attempt {attempt} was refused: {why}")),
        Outcome::NotSent(why) => {
            Failed::new(Reason::Unreachable, format!("Attempt {attempt} was never sent: {why}"))
        }
        Outcome::Unknown(why) => doubtful(attempt, &why.to_string()),
        Outcome::Intended => doubtful(attempt, "Its answer was not kept."),
    };
    Err(failed.about(attempt))
}

/// Fetches an order by its id and stores it. Returns the shop's time as well, if it was reported.
async fn import(context: &CommandContext, id: &OrderId) -> Result<(Record, Option<Timestamp>), Failed> {
    let client = context.client().await?;
    let snapshot = client.order(id).await?;
    let (now, told) = (context.clock.now().wall, *client.clock().borrow());
    Ok((context.services.with_journal(move |journal| journal.import(&snapshot, now)).await?, told))
}

/// Prints which attempt of unknown outcome may be an order that was added by its id. Two orders can be alike,
/// so nothing is linked here: the message says where the user can decide.
async fn mention_doubt(context: &CommandContext, record: &Record, told: Option<Timestamp>) {
    let Some(placed_at) = record.order().and_then(|order| order.known.created_at) else { return };
    let (now, mut clock) = (context.clock.now(), ShopClock::default());
    if let Some(told) = told {
        clock.hear(told, now.uptime);
    }
    let placed_at = clock.here(placed_at, now);
    // If the journal cannot be read, the command itself reports that.
    let Ok(ledger) = context.services.with_journal(move |journal| journal.outstanding(now.wall)).await else {
        return;
    };
    let doubtful = ledger.records().find(|attempt| attempt.may_have_become(record, placed_at));
    if let Some(doubtful) = doubtful.filter(|_| !context.out.is_json()) {
        tell(&[format!(
            "Nobody can tell whether attempt {} became an order, and order {} fits it. Start giftty and choose \
             that attempt in its list of orders: there you say whether it is that one.",
            doubtful.attempt, record.attempt
        )]);
    }
}

fn doubtful(attempt: Attempt, why: &str) -> Failed {
    let sentence =
        format!("Nobody can tell whether attempt {attempt} became an order: do not pay twice. {why}");
    Failed::new(Reason::Unknown, sentence)
}

#[derive(Serialize)]
struct OrderShown {
    attempt: i64,
    begun: Option<String>,
    what: String,
    standing: String,
    open: bool,
    order_id: Option<String>,
    state: Option<String>,
    payment_state: Option<String>,
    coin: Option<String>,
    network: Option<String>,
    total: Option<String>,
    amount: Option<String>,
    sent: Option<String>,
    #[serde(skip)]
    row: Vec<String>,
}

impl OrderShown {
    fn of(record: &Record, ids: bool) -> Self {
        let known = record.order().map(|order| &order.known);
        let terms = known.and_then(|known| known.terms.as_ref());
        let tender = terms.map(|terms| &terms.tender);
        let tender = tender.or(record.purchase.as_ref().map(|purchase| &purchase.tender));
        let id = |id: &OrderId| if ids { id.reveal().to_owned() } else { format!("{}…", id.short()) };
        let begun = rfc3339(record.begun);
        let row = vec![
            record.attempt.to_string(),
            begun.clone().unwrap_or_default(),
            record.standing().to_string(),
            record.summary(),
            known.map(|known| id(&known.id)).unwrap_or_default(),
        ];
        Self {
            attempt: record.attempt.0,
            begun,
            what: record.summary(),
            standing: record.standing().to_string(),
            open: record.is_open(),
            order_id: known.map(|known| known.id.reveal().to_owned()),
            state: known.map(|known| known.state.word().to_owned()),
            payment_state: known.map(|known| known.payment.word().to_owned()),
            coin: tender.map(|tender| tender.coin.sent().to_owned()),
            network: tender.map(|tender| tender.network.sent().to_owned()),
            total: record.total.map(|total| total.to_string()),
            amount: terms.map(|terms| terms.amount.to_string()),
            sent: known.map(|known| known.sent.to_string()),
            row,
        }
    }
}

#[derive(Serialize)]
#[serde(transparent)]
struct OrderList(Vec<OrderShown>);

impl Plain for OrderList {
    fn plain(&self) -> String {
        table(&self.0.iter().map(|order| order.row.clone()).collect::<Vec<_>>())
    }
}

/// Runs `giftty orders`. JSON has the whole ids, because a script asked for them; people see their beginnings.
pub async fn orders(context: &mut CommandContext, wanted: &OrdersArgs) -> Result<(), Failed> {
    let records = context.services.with_journal(Journal::records).await?;
    let orders = records.iter().map(|record| OrderShown::of(record, wanted.ids));
    context.out.say(&OrderList(orders.collect()))
}

#[derive(Serialize)]
struct Revealed {
    attempt: i64,
    order_id: String,
    state: String,
    deliveries: Vec<DeliveryShown>,
}

#[derive(Serialize)]
struct DeliveryShown {
    brand: String,
    value: String,
    state: String,
    kind: Option<&'static str>,
    code: Option<String>,
    serial: Option<String>,
    security_code: Option<String>,
    operator_reference: Option<String>,
    how_to_redeem: Vec<String>,
    failure: Option<String>,
    #[serde(skip)]
    text: String,
}

impl DeliveryShown {
    fn of(delivery: &Delivery) -> Self {
        let came = &delivery.delivered;
        let exact = |secret: &Secret| secret.reveal().to_owned();
        let shown = |secret: Option<&Secret>| secret.map(|secret| secret.printable().to_string());
        let code = came.code.as_ref().map(Code::secret);
        let plain = |text: Option<&Printable>| text.map(Printable::to_string);
        let text = fields(&[
            ("what", format!("{} {}", delivery.brand, delivery.value)),
            ("state", delivery.state.word().to_owned()),
            ("code", shown(code).unwrap_or_default()),
            ("serial", shown(came.serial.as_ref()).unwrap_or_default()),
            ("security code", shown(came.security_code.as_ref()).unwrap_or_default()),
            ("reference", plain(came.operator_reference.as_ref()).unwrap_or_default()),
            ("failure", plain(delivery.failure.as_ref()).unwrap_or_default()),
        ]);
        Self {
            brand: delivery.brand.sent().to_owned(),
            value: delivery.value.to_string(),
            state: delivery.state.word().to_owned(),
            kind: came.code.as_ref().map(|code| match code {
                Code::Pin(_) => "pin",
                Code::Link(_) => "link",
                Code::Esim(_) => "esim",
            }),
            code: code.map(exact),
            serial: came.serial.as_ref().map(exact),
            security_code: came.security_code.as_ref().map(exact),
            operator_reference: plain(came.operator_reference.as_ref()),
            how_to_redeem: came.redeem.lines().iter().map(Printable::to_string).collect(),
            failure: plain(delivery.failure.as_ref()),
            text,
        }
    }
}

impl Plain for Revealed {
    fn plain(&self) -> String {
        let texts: Vec<&str> = self.deliveries.iter().map(|delivery| delivery.text.as_str()).collect();
        texts.join("\n\n")
    }
}

/// Runs `giftty reveal`. Answers from the journal if it has everything, or else asks the shop once.
pub async fn reveal(context: &mut CommandContext, wanted: &RevealArgs) -> Result<(), Failed> {
    let (attempt, mut order) = find(context, &wanted.order).await?;
    let mut unkept = None;
    if order.phase() != Phase::Delivered
        || order.known.deliveries.iter().any(|line| line.delivered.is_empty())
    {
        let snapshot = context.client().await?.order(order.id()).await?;
        let foreign = |_| Failed::new(Reason::Unreachable, "The shop answered with another order.");
        if order.learn(snapshot).map_err(foreign)? {
            let kept = order.clone();
            unkept = context.services.with_journal(move |journal| journal.keep(attempt, &kept)).await.err();
        }
    }
    let came = order.known.deliveries.iter().any(|line| !line.delivered.is_empty());
    let phase = order.phase();
    let said = if came {
        context.out.say(&Revealed {
            attempt: attempt.0,
            order_id: order.id().reveal().to_owned(),
            state: order.known.state.word().to_owned(),
            deliveries: order.known.deliveries.iter().map(DeliveryShown::of).collect(),
        })
    } else {
        Ok(())
    };
    if phase != Phase::Delivered {
        let sentence = format!("Order {attempt} is not delivered in full: {}.", phase.title());
        return Err(Failed::new(Reason::Undelivered, sentence).about(attempt));
    }
    // The codes are printed first, since they are stored nowhere else on this machine.
    match unkept {
        Some(failure) => said.and(Err(Failed::from(failure).about(attempt))),
        None => said,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_number_is_an_attempt_and_anything_longer_an_id() {
        assert_eq!("3".parse(), Ok(Which::Attempt(Attempt(3))));
        assert_eq!("#12".parse(), Ok(Which::Attempt(Attempt(12))));
        assert!(matches!("12345678".parse(), Ok(Which::Id(_))));
        assert!(matches!("0b9e2d4e-1111-4222-8333-944445555666".parse(), Ok(Which::Id(_))));
        for wrong in ["", "#", "#x", "abc", "../../etc"] {
            assert_eq!(wrong.parse::<Which>(), Err(NotAnOrder), "{wrong}");
        }
    }
}
