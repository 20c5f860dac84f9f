//! Settlement: what may be paid, available only after all checks passed.
//!
//! Nothing else in the program provides a payment address. A screen without a [`Settlement`] has no address,
//! no amount and no QR code to draw.

use std::time::Duration;

use super::address::{self, Address, Verdict};
use super::bolt11::Invoice;
use super::money::Amount;
use super::order::{Delivery, Order, OrderState, Phase, Terms};
use super::payment_link::{self, Ask, Content};
use super::purchase::{Line, Purchase};
use super::tender::{PaymentMethods, Tender};
use super::time::Timestamp;

/// How long an order can be paid. The shop has no field for it (contract, section 3.10).
pub const WINDOW: Duration = Duration::from_secs(30 * 60);

/// A total that differs from the last one by more than this many thousandths has to be confirmed.
const TOLERATED_PERMILLE: u32 = 5;

/// Everything that is needed to pay an order, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// The only correct coin and network.
    pub tender: Tender,
    /// The exact amount to send, in coin units.
    pub amount: Amount,
    /// The address to send it to.
    pub address: Address,
    /// Whether the address was verified by the network's own checksum.
    pub checked: bool,
    /// The possible contents of a QR code, the most complete first; never empty.
    pub contents: Vec<Content>,
    /// When the payment window closes, by the shop's clock; an estimate.
    pub closes_at: Option<Timestamp>,
}

/// The purchase that an order is compared with.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The purchase that was sent.
    pub purchase: &'a Purchase,
    /// The last total that the user saw, in coin units.
    pub total: Amount,
}

/// Why an order must not be paid.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Withheld {
    /// The order no longer accepts a payment.
    #[error("This order does not ask for money any more.")]
    NotAsked(Phase),
    /// The payment window has closed.
    #[error("The time to pay is over. Do not pay this order.")]
    WindowClosed,
    /// The shop left out the address, the amount, the coin or the network.
    #[error("The shop's answer lacks the address, the amount, the coin or the network.")]
    NoTerms,
    /// The payment must carry a memo or tag, which this version cannot show.
    #[error("The payment must carry a memo or tag, which this version of giftty cannot show.")]
    NeedsMemo,
    /// The terms differ from those of the first snapshot.
    #[error("The shop changed the address, the amount, the coin or the network of this order.")]
    Changed,
    /// The order is for another coin or network.
    #[error("The order asks for {told}, you chose {asked}.")]
    OtherTender {
        /// The requested tender.
        asked: Tender,
        /// The tender that the shop reports.
        told: Tender,
    },
    /// The order's contents differ from what was requested.
    #[error("The order does not hold what was asked for.")]
    OtherLines,
    /// The order costs clearly more than the user agreed to.
    #[error("The order costs {told}, you agreed to {asked}.")]
    Dearer {
        /// The last total that the user saw.
        asked: Amount,
        /// The amount that the shop requests.
        told: Amount,
    },
    /// The order costs clearly less than the user agreed to, which is just as strong a sign of a different
    /// order.
    #[error("The order costs {told}, you agreed to {asked}.")]
    Cheaper {
        /// The last total that the user saw.
        asked: Amount,
        /// The amount that the shop requests.
        told: Amount,
    },
    /// The address is not valid for its network.
    #[error("The address cannot be paid. {0}")]
    WrongAddress(address::Fault),
    /// No content of a QR code would be safe, so the address is not safe either.
    #[error("The address is one that must not be paid, such as the token's own contract.")]
    NothingSafe,
    /// The Lightning invoice is for another amount.
    #[error("The Lightning invoice is for another amount.")]
    OtherInvoice,
}

/// Checks an order against everything that is known. Returns what to pay, or why not to pay.
///
/// `asked` is `None` for an order that was imported by its id. `agreed` is whether the user accepted another
/// total after the order was placed.
pub fn check(
    order: &Order,
    asked: Option<Asked<'_>>,
    agreed: bool,
    payment_methods: &PaymentMethods,
    now: Timestamp,
) -> Result<Settlement, Withheld> {
    let known = &order.known;
    let phase = order.phase();
    let open = matches!(known.state, OrderState::Created | OrderState::WaitingForPayment);
    if !open || known.money_seen() || !known.payment.allows_payment() {
        return Err(Withheld::NotAsked(phase));
    }
    if order.terms_changed {
        return Err(Withheld::Changed);
    }
    let terms = known.terms.as_ref().ok_or(Withheld::NoTerms)?;
    if terms.amount.is_zero() || terms.address.is_empty() {
        return Err(Withheld::NoTerms);
    }
    if terms.memo.is_some() {
        return Err(Withheld::NeedsMemo);
    }
    if let Some(asked) = asked {
        check_against(order, terms, asked, agreed)?;
    }
    let (address, checked) = match check_address(terms) {
        Verdict::Right(address) => (address, true),
        Verdict::NotChecked(address) => (address, false),
        Verdict::Wrong(fault) => return Err(Withheld::WrongAddress(fault)),
    };
    let closes_at = closing_time(order, terms)?;
    if closes_at.is_some_and(|end| now >= end) {
        return Err(Withheld::WindowClosed);
    }
    let contents = payment_link::contents(&ask(terms, payment_methods));
    if contents.is_empty() {
        return Err(Withheld::NothingSafe);
    }
    Ok(Settlement {
        tender: terms.tender.clone(),
        amount: terms.amount,
        address,
        checked,
        contents,
        closes_at,
    })
}

/// Returns whether an order has the requested contents, in the same coin and for about the same total.
pub fn is_as_asked(order: &Order, asked: Asked<'_>) -> bool {
    let terms = order.known.terms.as_ref();
    terms.is_some_and(|terms| check_against(order, terms, asked, false).is_ok())
}

/// Checks that the order has exactly the requested tender and contents, and costs about the agreed total.
fn check_against(order: &Order, terms: &Terms, asked: Asked<'_>, agreed: bool) -> Result<(), Withheld> {
    if terms.tender != asked.purchase.tender {
        return Err(Withheld::OtherTender {
            asked: asked.purchase.tender.clone(),
            told: terms.tender.clone(),
        });
    }
    if !holds_what_was_asked(order, asked.purchase) {
        return Err(Withheld::OtherLines);
    }
    let (asked, told) = (asked.total, terms.amount);
    if !agreed && told.exceeds_by(asked, TOLERATED_PERMILLE) {
        return Err(Withheld::Dearer { asked, told });
    }
    if !agreed && told.falls_short_by(asked, TOLERATED_PERMILLE) {
        return Err(Withheld::Cheaper { asked, told });
    }
    Ok(())
}

/// Returns whether the order has each requested delivery once, and nothing else.
fn holds_what_was_asked(order: &Order, purchase: &Purchase) -> bool {
    let lines = purchase.lines.iter();
    let mut wanted: Vec<&Line> =
        lines.flat_map(|line| std::iter::repeat_n(line, usize::from(line.item.quantity))).collect();
    let mut told: Vec<&Delivery> = order.known.deliveries.iter().collect();
    // The deliveries with the most specific echo are matched first, so that an unspecific one does not take a
    // line that only they fit.
    told.sort_by(|one, other| other.echo.cmp(&one.echo));
    told.into_iter().all(|told| {
        let place = wanted.iter().position(|wanted| is_for(told, wanted));
        place.map(|place| wanted.swap_remove(place)).is_some()
    }) && wanted.is_empty()
}

/// Returns whether a delivery is one of those that a line requested.
fn is_for(told: &Delivery, line: &Line) -> bool {
    let item = &line.item;
    told.brand == item.brand
        && told.country == Some(item.country)
        && told.beneficiary.reveal().to_lowercase() == line.beneficiary.account().to_lowercase()
        && told.echo.fits(&item.choice)
}

fn check_address(terms: &Terms) -> Verdict {
    address::check(terms.tender.coin.sent(), terms.tender.network.sent(), &terms.address)
}

/// Returns when the payment window closes: at the invoice's own expiry if that is earlier than the usual
/// window.
fn closing_time(order: &Order, terms: &Terms) -> Result<Option<Timestamp>, Withheld> {
    let usual = order.known.created_at.map(|placed| placed.plus(WINDOW));
    let Ok(invoice) = Invoice::parse(&terms.address) else { return Ok(usual) };
    if invoice.amount().is_none_or(|amount| amount != terms.amount) {
        return Err(Withheld::OtherInvoice);
    }
    let own = Timestamp(i64::try_from(invoice.expires_at()).unwrap_or(i64::MAX));
    Ok(Some(usual.map_or(own, |usual| usual.min(own))))
}

fn ask<'a>(terms: &'a Terms, payment_methods: &'a PaymentMethods) -> Ask<'a> {
    let payment_method = payment_methods.find(&terms.tender);
    Ask {
        coin: terms.tender.coin.sent(),
        network: terms.tender.network.sent(),
        address: &terms.address,
        amount: terms.amount,
        server_text: terms.qr_text.as_deref(),
        chain_id: payment_method.and_then(|payment_method| payment_method.chain_id),
        token: payment_method
            .and_then(|payment_method| payment_method.token.as_ref())
            .map(|token| (token.address.as_str(), token.decimals)),
    }
}
