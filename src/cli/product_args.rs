//! Maps the words of a command line to the shop's: brands, denominations, payment methods.
//!
//! Nothing is guessed: a word that matches nothing in the shop, or more than one thing, is refused.

use super::context::CommandContext;
use super::exit::Failed;
use crate::domain::catalogue::Brand;
use crate::domain::country::CountryCode;
use crate::domain::money::Amount;
use crate::domain::product::{DeliveryMethod, Offer, Product, ProductGroup, Range};
use crate::domain::purchase::Choice;
use crate::domain::request::Family;
use crate::domain::tender::{PaymentMethods, Tender};
use crate::domain::text::{Verbatim, Word};

/// Which brand is meant.
#[derive(Clone, Debug, clap::Args)]
pub struct BrandArgs {
    /// The brand's name, as `giftty brands` tells it.
    #[arg(long, value_name = "NAME")]
    pub brand: String,
    /// Its family, where two have the same name; without it the catalogue is asked.
    #[arg(long, value_name = "NAME")]
    pub family: Option<String>,
}

/// What of a brand is meant.
#[derive(Clone, Debug, clap::Args)]
#[group(required = true, multiple = false)]
pub struct ChoiceArgs {
    /// A face value, where any of a range can be bought.
    #[arg(long, value_name = "VALUE")]
    pub amount: Option<Amount>,
    /// A denomination, or its label, as `giftty products` tells it.
    #[arg(long, value_name = "TEXT")]
    pub denomination: Option<String>,
}

/// Returns the things whose word matches a typed word: the exact matches, or else those that differ only in
/// case.
fn fits<'a, T>(things: &'a [T], word: impl Fn(&T) -> Word<'_>, typed: &str) -> Vec<&'a T> {
    let exact = |thing: &&T| typed == word(thing).sent() || typed == word(thing).shown();
    let found: Vec<&T> = things.iter().filter(exact).collect();
    if !found.is_empty() {
        return found;
    }
    let typed = typed.to_lowercase();
    things.iter().filter(|thing| word(thing).shown().to_lowercase() == typed).collect()
}

/// Fetches a brand with everything it sells, priced in a coin.
pub async fn shelf(
    context: &CommandContext,
    wanted: &BrandArgs,
    coin: &Verbatim,
) -> Result<ProductGroup, Failed> {
    let country = context.country()?;
    let name = match &wanted.family {
        Some(family) => Verbatim::new(family.as_str()),
        None => family_of(context, country, &wanted.brand).await?,
    };
    let mut shelves = shelves(context, country, name, coin).await?;
    let chosen = match fits(&shelves, |shelf| shelf.brand.name(), &wanted.brand).as_slice() {
        [one, ..] => one.brand.id().to_owned(),
        [] => return Err(not_sold(&wanted.brand, country)),
    };
    shelves.retain(|shelf| shelf.brand.id() == chosen);
    shelves.into_iter().next().ok_or_else(|| not_sold(&wanted.brand, country))
}

/// Fetches everything that a family sells.
pub async fn shelves(
    context: &CommandContext,
    country: CountryCode,
    name: Verbatim,
    coin: &Verbatim,
) -> Result<Vec<ProductGroup>, Failed> {
    let lang = context.services.config().lang;
    let family = Family { country, name, coin: coin.clone(), lang };
    Ok(context.client().await?.shelves(&family).await?)
}

async fn family_of(context: &CommandContext, country: CountryCode, typed: &str) -> Result<Verbatim, Failed> {
    let catalogue = context.client().await?.catalogue(country).await?;
    let found = fits(&catalogue.brands, Brand::name, typed);
    let mut families: Vec<Verbatim> = found.iter().map(|brand| brand.family().into()).collect();
    families.sort();
    families.dedup();
    match families.as_slice() {
        [] => Err(not_sold(typed, country)),
        [one] => Ok(one.clone()),
        several => {
            let names: Vec<&str> = several.iter().map(Verbatim::shown).collect();
            let names = names.join(", ");
            Err(Failed::refused(format!("several brands are called {typed}: say --family, one of {names}.")))
        }
    }
}

fn not_sold(brand: &str, country: CountryCode) -> Failed {
    Failed::refused(format!(
        "The shop does not sell {brand} in {country}; `giftty brands` lists what it does."
    ))
}

/// Returns the selected product of a brand, among those delivered `by` this way, or among all.
pub fn choice(
    shelf: &ProductGroup,
    wanted: &ChoiceArgs,
    by: Option<DeliveryMethod>,
) -> Result<(Choice, Product), Failed> {
    let name = shelf.brand.name();
    if shelf.brand.out_of_stock || shelf.products.is_empty() {
        return Err(Failed::refused(format!("{name} is out of stock.")));
    }
    let possible = |product: &&Product| by.is_none_or(|by| product.delivery == by);
    let products: Vec<&Product> = shelf.products.iter().filter(possible).collect();
    if products.is_empty() {
        return Err(Failed::usage(match by {
            Some(DeliveryMethod::ByPhone) => format!("{name} goes to a mailbox: leave out --phone"),
            Some(DeliveryMethod::ByEmail) | None => {
                format!("{name} goes to a phone: say its number, as in --phone +14155550123")
            }
        }));
    }
    let chosen = match (wanted.amount, &wanted.denomination) {
        (Some(value), _) => ranged(name, &products, value),
        (None, Some(denomination)) => fixed(name, &products, denomination),
        (None, None) => Err(Failed::usage("say --amount or --denomination")),
    };
    chosen.map_err(|mut failed| {
        let by_phone = |product: &Product| product.delivery == DeliveryMethod::ByPhone;
        if by == Some(DeliveryMethod::ByEmail) && shelf.products.iter().any(by_phone) {
            failed.sentence.push_str(" More of it goes to a phone: say its number with --phone.");
        }
        failed
    })
}

/// A value outside the range or off its step is refused, never adjusted.
fn ranged(brand: Word<'_>, products: &[&Product], value: Amount) -> Result<(Choice, Product), Failed> {
    let ranges: Vec<(&Product, &Range)> = products
        .iter()
        .filter_map(|product| match &product.offer {
            Offer::Range(range) => Some((*product, range)),
            Offer::Fixed { .. } => None,
        })
        .collect();
    let Some((_, first)) = ranges.first() else {
        let sold = denominations(products);
        return Err(Failed::refused(format!(
            "{brand} is sold in fixed denominations, {sold}: say --denomination."
        )));
    };
    if ranges.iter().any(|(_, range)| range.currency != first.currency) {
        return Err(Failed::refused(format!(
            "{brand} is sold in several currencies; giftty cannot tell which."
        )));
    }
    if let Some((product, range)) = ranges.iter().find(|(_, range)| range.check(value).is_ok()) {
        return Ok((Choice::Range { value, currency: range.currency.clone() }, (*product).clone()));
    }
    let why = first.check(value).err().map(|why| why.to_string()).unwrap_or_default();
    Err(Failed::refused(format!("{brand} is not sold at {value} {}: {why}.", first.currency)))
}

fn fixed(brand: Word<'_>, products: &[&Product], typed: &str) -> Result<(Choice, Product), Failed> {
    let named = |by_label: bool| {
        products.iter().filter(move |product| match &product.offer {
            Offer::Fixed { label, .. } if by_label => label.as_str() == typed,
            Offer::Fixed { denomination, .. } => {
                denomination.sent() == typed || denomination.shown() == typed
            }
            Offer::Range(_) => false,
        })
    };
    let mut found: Vec<&Product> = named(false).copied().collect();
    if found.is_empty() {
        found = named(true).copied().collect();
    }
    found.dedup_by(|a, b| a.offer == b.offer);
    match found.as_slice() {
        [one] => match &one.offer {
            Offer::Fixed { denomination, label, .. } => {
                let choice = Choice::Fixed { denomination: denomination.clone(), label: label.clone() };
                Ok((choice, (*one).clone()))
            }
            Offer::Range(_) => Err(Failed::unexpected("a range has no denomination")),
        },
        [] => {
            let sold = denominations(products);
            let sentence = match products.iter().find_map(|product| range(product)) {
                Some(range) if sold.is_empty() => {
                    let Range { min, max, currency, .. } = range;
                    format!("{brand} is sold at any value from {min} to {max} {currency}: say --amount.")
                }
                _ => format!("{brand} is not sold as {typed}; there is {sold}."),
            };
            Err(Failed::refused(sentence))
        }
        [..] => {
            Err(Failed::refused(format!("{typed} stands for several denominations of {brand}: say which.")))
        }
    }
}

fn range(product: &Product) -> Option<&Range> {
    match &product.offer {
        Offer::Range(range) => Some(range),
        Offer::Fixed { .. } => None,
    }
}

/// Lists the available denominations, for a message.
fn denominations(products: &[&Product]) -> String {
    let words = products.iter().filter_map(|product| match &product.offer {
        Offer::Fixed { denomination, .. } => Some(format!("\"{denomination}\"")),
        Offer::Range(_) => None,
    });
    words.collect::<Vec<_>>().join(", ")
}

/// Returns the selected payment method, in the supplier's own words.
pub fn tender(payment_methods: &PaymentMethods, coin: &str, network: &str) -> Result<Tender, Failed> {
    let same = |word: &str, typed: &str| word.eq_ignore_ascii_case(typed);
    let of_coin: Vec<_> = payment_methods
        .all()
        .iter()
        .filter(|payment_method| same(payment_method.tender.coin.shown(), coin))
        .collect();
    let found = of_coin.iter().find(|payment_method| {
        same(payment_method.tender.network.shown(), network)
            || same(payment_method.network_name.as_str(), network)
    });
    match found {
        Some(payment_method) if payment_method.suspended => Err(Failed::refused(format!(
            "{} takes no payments at the moment; choose another.",
            payment_method.tender
        ))),
        Some(payment_method) => Ok(payment_method.tender.clone()),
        None if of_coin.is_empty() => {
            let mut coins: Vec<&str> =
                payment_methods.usable().map(|payment_method| payment_method.tender.coin.shown()).collect();
            coins.sort_unstable();
            coins.dedup();
            Err(Failed::refused(format!("The shop does not take {coin}; it takes {}.", coins.join(", "))))
        }
        None => {
            let networks: Vec<&str> = of_coin
                .iter()
                .filter(|payment_method| !payment_method.suspended)
                .map(|payment_method| payment_method.tender.network.shown())
                .collect();
            Err(Failed::refused(format!(
                "{coin} is not taken on {network}; it is on {}.",
                networks.join(", ")
            )))
        }
    }
}
