//! Settlement: what may be paid, and only after every check.
//!
//! Nothing else in the program hands out an address. A screen that has no [`Settlement`] has no
//! address, no amount and no QR code to draw.

use std::time::Duration;

use super::address::{self, Address, Verdict};
use super::bolt11::Invoice;
use super::money::Amount;
use super::order::{Delivery, Order, OrderState, Phase, Terms};
use super::payment_link::{self, Ask, Content};
use super::purchase::{Line, Purchase};
use super::tender::{PaymentMethods, Tender};
use super::time::Timestamp;

/// How long an order can be paid; the shop has no field for it (contract, section 3.10).
pub const WINDOW: Duration = Duration::from_secs(30 * 60);

/// A total that moved by more than this many thousandths of the last one has to be confirmed.
const TOLERATED_PERMILLE: u32 = 5;

/// Everything that is needed to pay an order, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// The only right coin and network.
    pub tender: Tender,
    /// Exactly what to send, in coin units.
    pub amount: Amount,
    /// Where to.
    pub address: Address,
    /// Whether the network's own checksum says that the address is right.
    pub checked: bool,
    /// What a QR code can hold, the richest first; never empty.
    pub contents: Vec<Content>,
    /// When the window closes, by the shop's clock; an estimate.
    pub closes_at: Option<Timestamp>,
}

/// What an order was asked to be.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The purchase that was sent.
    pub purchase: &'a Purchase,
    /// The last total that the user saw, in coin units.
    pub total: Amount,
}

/// Why nothing is offered to be paid.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Withheld {
    /// The order is past the point of asking for money.
    #[error("This order does not ask for money any more.")]
    NotAsked(Phase),
    /// The window has closed.
    #[error("The time to pay is over. Do not pay this order.")]
    WindowClosed,
    /// The shop left out the address, the amount, the coin or the network.
    #[error("The shop's answer lacks the address, the amount, the coin or the network.")]
    NoTerms,
    /// The payment must carry a memo or tag, which is not shown by this version.
    #[error("The payment must carry a memo or tag, which this version of giftty cannot show.")]
    NeedsMemo,
    /// The terms are not those that the order began with.
    #[error("The shop changed the address, the amount, the coin or the network of this order.")]
    Changed,
    /// The order is for another coin or network.
    #[error("The order asks for {told}, you chose {asked}.")]
    OtherTender {
        /// What was asked for.
        asked: Tender,
        /// What the shop says.
        told: Tender,
    },
    /// The order holds something else than what was asked for.
    #[error("The order does not hold what was asked for.")]
    OtherLines,
    /// The order costs clearly more than the user agreed to.
    #[error("The order costs {told}, you agreed to {asked}.")]
    Dearer {
        /// The last total that the user saw.
        asked: Amount,
        /// What the shop wants.
        told: Amount,
    },
    /// The order costs clearly less than the user agreed to: as sure a sign that it is another one.
    #[error("The order costs {told}, you agreed to {asked}.")]
    Cheaper {
        /// The last total that the user saw.
        asked: Amount,
        /// What the shop wants.
        told: Amount,
    },
    /// The address is wrong for its network.
    #[error("The address cannot be paid. {0}")]
    WrongAddress(address::Fault),
    /// No text for a QR code would be safe, so the address is not either.
    #[error("The address is one that must not be paid, such as the token's own contract.")]
    NothingSafe,
    /// The Lightning invoice is for another amount.
    #[error("The Lightning invoice is for another amount.")]
    OtherInvoice,
}

/// Checks an order against everything that is known, and says what to pay or why not to.
///
/// `asked` is nothing for an order that was imported by its id; `agreed` tells whether the user
/// saw and accepted another total after the order was placed.
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

/// Whether an order has everything that was asked for, in the same coin and for about the same total.
pub fn is_as_asked(order: &Order, asked: Asked<'_>) -> bool {
    let terms = order.known.terms.as_ref();
    terms.is_some_and(|terms| check_against(order, terms, asked, false).is_ok())
}

/// The order must be what was asked for, to the letter, and cost about what was agreed to.
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

/// Every delivery that was asked for stands in the order once, and nothing else does.
fn holds_what_was_asked(order: &Order, purchase: &Purchase) -> bool {
    let lines = purchase.lines.iter();
    let mut wanted: Vec<&Line> =
        lines.flat_map(|line| std::iter::repeat_n(line, usize::from(line.item.quantity))).collect();
    let mut told: Vec<&Delivery> = order.known.deliveries.iter().collect();
    // Those that say most choose first, so that one that says little is left what nobody else can be.
    told.sort_by(|one, other| other.echo.cmp(&one.echo));
    told.into_iter().all(|told| {
        let place = wanted.iter().position(|wanted| is_for(told, wanted));
        place.map(|place| wanted.swap_remove(place)).is_some()
    }) && wanted.is_empty()
}

/// Whether a delivery is one of those that a line asked for.
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

/// When the window closes: the invoice's own expiry when that is earlier than the usual window.
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
