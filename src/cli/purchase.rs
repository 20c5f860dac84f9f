//! `giftty validate` and `buy`: validates a purchase from the command line, and orders it at most once.

mod receipt;

use serde::Serialize;
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::context::CommandContext;
use super::exit::{Failed, Reason};
use super::output::{Plain, fields};
use super::product_args::{self, BrandArgs, ChoiceArgs};
use crate::action::Action;
use crate::domain::address::{self, Verdict};
use crate::domain::consent::{Consent, Objection};
use crate::domain::contact::{Beneficiary, Email, Phone};
use crate::domain::failure::Failure;
use crate::domain::limits::Limits;
use crate::domain::money::Amount;
use crate::domain::product::DeliveryMethod;
use crate::domain::purchase::{Item, Line, MOST_DELIVERIES, Purchase};
use crate::domain::record::{Placement, Record};
use crate::domain::tender::{PaymentMethods, Tender};
use crate::domain::text::Verbatim;
use crate::model::unsaved::without_it;
use crate::remote::RequestId;
use crate::runtime::placing;
use receipt::Receipt;

/// What is bought, for whom, and paid with what.
#[derive(Clone, Debug, clap::Args)]
pub struct PurchaseArgs {
    /// Which brand.
    #[command(flatten)]
    pub brand: BrandArgs,
    /// What of it.
    #[command(flatten)]
    pub choice: ChoiceArgs,
    /// How many of it.
    #[arg(long, value_name = "N", default_value_t = 1,
          value_parser = clap::value_parser!(u8).range(1..=i64::from(MOST_DELIVERIES)))]
    pub quantity: u8,
    /// The coin to pay with, such as USDC.
    #[arg(long, value_name = "COIN")]
    pub coin: String,
    /// The network that the coin travels on, such as Solana.
    #[arg(long, value_name = "NETWORK")]
    pub network: String,
    /// Your e-mail address; codes go there too.
    #[arg(long, value_name = "ADDRESS")]
    pub email: Email,
    /// The phone to top up, with + and its country code.
    #[arg(long, value_name = "NUMBER")]
    pub phone: Option<String>,
    /// A coupon code.
    #[arg(long, value_name = "CODE")]
    pub coupon: Option<String>,
    /// Where a refund would go, on the same network.
    #[arg(long, value_name = "ADDRESS")]
    pub refund_address: Option<String>,
    /// Subscribe to the supplier's newsletter.
    #[arg(long)]
    pub newsletter: bool,
}

/// What is checked.
#[derive(Clone, Debug, clap::Args)]
pub struct ValidateArgs {
    /// The purchase.
    #[command(flatten)]
    pub purchase: PurchaseArgs,
}

/// What is ordered.
#[derive(Clone, Debug, clap::Args)]
pub struct BuyArgs {
    /// The purchase.
    #[command(flatten)]
    pub purchase: PurchaseArgs,
    /// Order it indeed; nobody is asked again.
    #[arg(long)]
    pub yes: bool,
    /// Order nothing that costs more than this, in the coin.
    #[arg(long, value_name = "AMOUNT")]
    pub max_total: Option<Amount>,
    /// Order it also when an earlier attempt at the same may have become an order.
    #[arg(long)]
    pub another: bool,
    /// Order it also when that is above a limit of yours.
    #[arg(long)]
    pub over_limit: bool,
}

/// A purchase, and the payment methods that it was checked against.
struct Draft {
    purchase: Purchase,
    payment_methods: PaymentMethods,
}

#[derive(Serialize)]
struct Checked {
    what: String,
    deliveries: usize,
    coin: String,
    network: String,
    total: String,
}

impl Plain for Checked {
    fn plain(&self) -> String {
        let total = format!("{} {} on {}", self.total, self.coin, self.network);
        fields(&[("what", self.what.clone()), ("total", total), ("", "Nothing was ordered.".to_owned())])
    }
}

/// Runs `giftty validate`.
pub async fn validate(context: &mut CommandContext, wanted: &ValidateArgs) -> Result<(), Failed> {
    let draft = draft(context, &wanted.purchase).await?;
    let total = total(context, &draft.purchase).await?;
    let Purchase { tender, .. } = &draft.purchase;
    context.out.say(&Checked {
        what: draft.purchase.summary(),
        deliveries: draft.purchase.deliveries(),
        coin: tender.coin.sent().to_owned(),
        network: tender.network.sent().to_owned(),
        total: total.to_string(),
    })
}

/// Runs `giftty buy`.
pub async fn buy(context: &mut CommandContext, wanted: &BuyArgs) -> Result<(), Failed> {
    phone(context, &wanted.purchase)?;
    if !wanted.yes {
        return Err(intention(context, &wanted.purchase)?);
    }
    let Draft { purchase, payment_methods } = draft(context, &wanted.purchase).await?;
    let total = total(context, &purchase).await?;
    if let Some(most) = wanted.max_total.filter(|most| total > *most) {
        let coin = &purchase.tender.coin;
        let sentence = format!("It costs {total} {coin}, more than {most}. Nothing was ordered.");
        return Err(Failed::refused(sentence));
    }
    let limits = if wanted.over_limit { Limits::default() } else { context.services.config().limits.clone() };
    let consent = Consent { limits, another: wanted.another, ..Consent::default() };
    let _held = hold_signals()?;
    let asked = purchase.clone();
    let id = RequestId::default();
    let actions = placing::place(&context.services, context.clock, id, asked, total, consent).await;
    let (record, unkept) = placed(actions)?;
    let receipt = Receipt::of(&record, &purchase, total, wanted.max_total, &payment_methods, context);
    let said = context.out.say(&receipt);
    if let Some(mut sentence) = receipt.alarm() {
        if let Some(failure) = &unkept {
            sentence = format!("{sentence} {failure} {}", receipt.farewell());
        }
        return Err(Failed::new(Reason::Withheld, sentence).about(record.attempt));
    }
    if let Some(failure) = unkept {
        let sentence = format!("{failure} {}", receipt.farewell());
        return Err(Failed::new(Reason::Unrecorded, sentence).about(record.attempt));
    }
    said
}

/// Describes what would be ordered, for a user who did not pass `--yes`.
fn intention(context: &CommandContext, wanted: &PurchaseArgs) -> Result<Failed, Failed> {
    let country = context.country()?;
    let PurchaseArgs { brand, choice, quantity, coin, network, email, .. } = wanted;
    let value = choice.amount.map(|value| value.to_string()).or(choice.denomination.clone());
    let (brand, value) = (&brand.brand, value.unwrap_or_default());
    let who = wanted.phone.clone().unwrap_or_else(|| email.to_string());
    Ok(Failed::usage(format!(
        "this would order {quantity} × {brand} {value} of {country} for {who}, to be paid in {coin} on \
         {network}. Nothing was ordered: add --yes to order it; `giftty validate` tells the total"
    )))
}

/// Returns the phone number, checked against the country.
fn phone(context: &CommandContext, wanted: &PurchaseArgs) -> Result<Option<Phone>, Failed> {
    let country = context.country()?;
    let parsed = wanted.phone.as_deref().map(|text| Phone::parse(text, country)).transpose();
    parsed.map_err(|why| Failed::usage(format!("--phone: {why}")))
}

/// Builds the purchase from the command line, in the shop's words.
async fn draft(context: &CommandContext, wanted: &PurchaseArgs) -> Result<Draft, Failed> {
    let phone = phone(context, wanted)?;
    let payment_methods = context.client().await?.payment_methods().await?;
    let tender = product_args::tender(&payment_methods, &wanted.coin, &wanted.network)?;
    let refund_address = wanted.refund_address.as_deref().map(str::trim).filter(|text| !text.is_empty());
    if let Some(why) = refund_address.and_then(|text| wrong_address(text, &tender)) {
        return Err(Failed::usage(format!("--refund-address: {why}")));
    }
    let shelf = product_args::shelf(context, &wanted.brand, &tender.coin).await?;
    let (delivery, beneficiary) = match phone {
        Some(phone) => (DeliveryMethod::ByPhone, Beneficiary::Handset(phone)),
        None => (DeliveryMethod::ByEmail, Beneficiary::Mailbox(wanted.email.clone())),
    };
    let (choice, product) = product_args::choice(&shelf, &wanted.choice, Some(delivery))?;
    let item = Item {
        brand: shelf.brand.name().into(),
        family: shelf.brand.family().into(),
        country: shelf.brand.country,
        choice,
        delivery: product.delivery,
        quantity: wanted.quantity,
    };
    let coupon = wanted.coupon.as_deref().map(str::trim).filter(|code| !code.is_empty());
    let purchase = Purchase {
        lines: vec![Line { item, beneficiary }],
        buyer: wanted.email.clone(),
        tender,
        coupon: coupon.map(str::to_owned),
        refund_address: refund_address.map(str::to_owned),
        newsletter: wanted.newsletter,
        lang: context.services.config().lang,
    };
    Ok(Draft { purchase, payment_methods })
}

fn wrong_address(text: &str, tender: &Tender) -> Option<String> {
    let word = Verbatim::sent;
    match address::looks_like_refund_address(word(&tender.coin), word(&tender.network), text) {
        Verdict::Wrong(fault) => Some(fault.to_string()),
        Verdict::Right(_) | Verdict::NotChecked(_) => None,
    }
}

/// Validates a purchase and returns the shop's total for it. Free, and orders nothing.
async fn total(context: &CommandContext, purchase: &Purchase) -> Result<Amount, Failed> {
    let validation = match context.client().await?.validate(purchase).await {
        Ok(validation) => validation,
        Err(failure @ Failure::Refused { .. }) => return Err(Failed::objected(Some(&failure), &[])),
        Err(failure) => {
            let mut failed = Failed::from(failure);
            failed.sentence.push_str(" Nothing was ordered.");
            return Err(failed);
        }
    };
    if !validation.problems.is_empty() {
        return Err(Failed::objected(None, &validation.problems));
    }
    let nothing =
        || Failed::refused("The shop gave no total for this, so it cannot be paid. Nothing was ordered.");
    validation.payable().ok_or_else(nothing)
}

/// Returns why something was not ordered without the user's explicit consent. An earlier attempt with an
/// unknown outcome forbids a second one without consent: a script that retries would buy twice.
fn held(objection: &Objection) -> Failed {
    match objection {
        Objection::MayExist(earlier) => {
            let sentence = format!(
                "Attempt {earlier} at the same may have become an order, so nothing was ordered now. Look into \
                 the mailbox; --another orders it all the same."
            );
            Failed::new(Reason::Unknown, sentence).about(*earlier)
        }
        Objection::Above(excess) => {
            let why: Vec<String> = excess.iter().map(ToString::to_string).collect();
            let why = why.join(" ");
            Failed::refused(format!("{why} Nothing was ordered; --over-limit orders it all the same."))
        }
    }
}

/// Holds back the signals that end the program, so that from here on it ends only once the order's outcome is
/// known.
fn hold_signals() -> Result<Vec<Signal>, Failed> {
    let kinds = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()];
    let held: std::io::Result<Vec<Signal>> = kinds.into_iter().map(signal).collect();
    held.map_err(|error| Failed::unexpected(format!("{error}. Nothing was ordered.")))
}

/// Returns the record of the placed order, and why it could not be written to the journal, if so.
fn placed(actions: Vec<Action>) -> Result<(Record, Option<Failure>), Failed> {
    let (mut came, mut unkept) = (None, None);
    for action in actions {
        match action {
            Action::OrderPlaced(_, placement, record) => came = Some((placement, record)),
            Action::OutcomeNotKept(_, failure) => unkept = Some(failure),
            // Placing an order reports nothing else.
            _ => {}
        }
    }
    let Some((placement, record)) = came else {
        return Err(unknown("giftty lost its answer."));
    };
    let attempt = record.as_ref().map(|record| record.attempt);
    let unkept_end = unkept.as_ref().zip(record.as_deref());
    let without_it = unkept_end.map(|(failure, record)| format!(" {failure} {}", without_it(record)));
    let mut failed = match (placement, record) {
        (Placement::Placed(_), Some(record)) => return Ok((*record, unkept)),
        (Placement::Placed(_), None) => unknown("The shop took the order, and its answer could not be kept."),
        (Placement::Refused(failure, problems), _) => Failed::objected(Some(&failure), &problems),
        (Placement::NotSent(Failure::Held(objection)), _) => held(&objection),
        (Placement::NotSent(failure), _) => {
            let mut failed = Failed::from(failure);
            failed.sentence.push_str(" Nothing was ordered.");
            failed
        }
        (Placement::Unknown(failure), _) => unknown(&failure.to_string()),
    };
    failed.sentence.push_str(&without_it.unwrap_or_default());
    Err(match attempt {
        Some(attempt) => failed.about(attempt),
        None => failed,
    })
}

fn unknown(why: &str) -> Failed {
    let sentence = format!("{why} An order may exist: do not order or pay again before this is clear.");
    Failed::new(Reason::Unknown, sentence)
}
