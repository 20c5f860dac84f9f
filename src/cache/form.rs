//! The compact format of cached values: read without copying, and validated like input from outside.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use crate::domain::catalogue::{Brand, Catalogue, Facts, Kind};
use crate::domain::country::{Country, CountryCode};
use crate::domain::money::Amount;
use crate::domain::product::{Data, DeliveryMethod, Description, Offer, Plan, Product, ProductGroup, Range};
use crate::domain::tender::{PaymentMethod, PaymentMethods, Tender, Token};
use crate::domain::text::{Printable, Prose, Verbatim};

/// The length in bytes of one text in a sequence of texts.
type Length = u32;

/// A brand without its texts: those follow all brands, in the order of these fields, so that the texts of
/// thousands of brands are checked for UTF-8 at once. A missing text is empty.
#[derive(Serialize, Deserialize)]
struct KeptBrand {
    id: Length,
    name: Length,
    family: Length,
    /// Empty if it is the catalogue's country.
    country: Length,
    category: Length,
    also_in: Length,
    tags: Length,
    min: Length,
    max: Length,
    logo: Length,
    kind: u8,
    out_of_stock: bool,
    colour: Option<[u8; 3]>,
}

/// Texts that are read in the order in which they were written.
struct TextTable<'a>(&'a str);

impl<'a> TextTable<'a> {
    fn take(&mut self, length: Length) -> Option<&'a str> {
        let (text, rest) = self.0.split_at_checked(usize::try_from(length).ok()?)?;
        self.0 = rest;
        Some(text)
    }
}

/// The header of a country's brands: the country, the number of brands, the indices of the featured ones, and
/// the total length of their texts in bytes.
type Head<'a> = (&'a str, usize, Vec<usize>, usize);

#[derive(Serialize, Deserialize)]
struct KeptShelf<'a> {
    country: &'a str,
    brand: KeptBrand,
    texts: Cow<'a, str>,
    about: Vec<&'a str>,
    how_to_redeem: Vec<&'a str>,
    terms: Vec<&'a str>,
    region: Option<&'a str>,
    products: Vec<KeptProduct<'a>>,
}

#[derive(Serialize, Deserialize)]
struct KeptProduct<'a> {
    id: &'a str,
    by_phone: bool,
    #[serde(borrow)]
    offer: KeptOffer<'a>,
}

/// An offer without its price, which would be out of date when read.
#[derive(Serialize, Deserialize)]
enum KeptOffer<'a> {
    Fixed { denomination: &'a str, label: &'a str, plan: Option<KeptPlan> },
    Range { min: String, max: String, step: String, default: Option<String>, currency: &'a str },
}

#[derive(Serialize, Deserialize)]
struct KeptPlan {
    /// `None` for a plan without a limit.
    megabytes: Option<u64>,
    days: Option<u32>,
}

#[derive(Serialize, Deserialize)]
struct KeptRail<'a> {
    coin: &'a str,
    network: &'a str,
    network_name: &'a str,
    suspended: bool,
    minimum: Option<String>,
    chain_id: Option<u64>,
    token: Option<(&'a str, u8)>,
    transfer_cost: Option<&'a str>,
}

#[derive(Serialize, Deserialize)]
struct KeptCountry<'a> {
    code: &'a str,
    name: &'a str,
    also: &'a str,
}

/// Writes a country's brands.
pub(super) fn write_catalogue(catalogue: &Catalogue, out: &mut impl Write) -> io::Result<()> {
    let Catalogue { country, brands, featured } = catalogue;
    let texts = || brands.iter().flat_map(|brand| texts(brand, *country));
    let head: Head<'_> = (country.as_str(), brands.len(), featured.clone(), texts().map(str::len).sum());
    put(&head, out)?;
    brands.iter().try_for_each(|brand| put(&KeptBrand::of(brand, *country), out))?;
    texts().try_for_each(|text| out.write_all(text.as_bytes()))
}

/// Reads a country's brands. Each is built as it is read: thousands of them are not held in memory twice.
pub(super) fn read_catalogue(bytes: &[u8]) -> Option<Catalogue> {
    let ((country, length, featured, texts), rest): (Head<'_>, _) = postcard::take_from_bytes(bytes).ok()?;
    let country = country.parse().ok()?;
    let (mut rest, texts) = rest.split_at_checked(rest.len().checked_sub(texts)?)?;
    let mut texts = TextTable(std::str::from_utf8(texts).ok()?);
    // Each brand takes at least one byte, so a corrupt count cannot reserve excessive memory.
    let mut brands = Vec::with_capacity(length.min(rest.len()));
    for _ in 0..length {
        let kept: KeptBrand;
        (kept, rest) = postcard::take_from_bytes(rest).ok()?;
        brands.push(kept.brand(country, &mut texts)?);
    }
    let featured = featured.into_iter().filter(|&place| place < brands.len()).collect();
    Some(Catalogue { country, brands, featured })
}

/// Writes a family's products.
pub(super) fn write_shelves(shelves: &[ProductGroup], out: &mut impl Write) -> io::Result<()> {
    put(&shelves.iter().map(KeptShelf::of).collect::<Vec<_>>(), out)
}

/// Reads a family's products.
pub(super) fn read_shelves(bytes: &[u8]) -> Option<Vec<ProductGroup>> {
    let kept: Vec<KeptShelf<'_>> = value(bytes)?;
    kept.into_iter().map(KeptShelf::shelf).collect()
}

/// Writes the payment methods.
pub(super) fn write_payment_methods(
    payment_methods: &PaymentMethods,
    out: &mut impl Write,
) -> io::Result<()> {
    let kept = payment_methods.all().iter().map(|payment_method| KeptRail {
        coin: payment_method.tender.coin.sent(),
        network: payment_method.tender.network.sent(),
        network_name: payment_method.network_name.as_str(),
        suspended: payment_method.suspended,
        minimum: payment_method.minimum.map(|minimum| minimum.to_string()),
        chain_id: payment_method.chain_id,
        token: payment_method.token.as_ref().map(|token| (token.address.as_str(), token.decimals)),
        transfer_cost: payment_method.transfer_cost.as_ref().map(Printable::as_str),
    });
    put(&kept.collect::<Vec<_>>(), out)
}

/// Reads the payment methods.
pub(super) fn read_payment_methods(bytes: &[u8]) -> Option<PaymentMethods> {
    let kept: Vec<KeptRail<'_>> = value(bytes)?;
    let payment_methods = kept.into_iter().map(|payment_method| PaymentMethod {
        tender: Tender::new(payment_method.coin, payment_method.network),
        network_name: Printable::new(payment_method.network_name),
        suspended: payment_method.suspended,
        minimum: payment_method.minimum.and_then(|minimum| minimum.parse().ok()),
        chain_id: payment_method.chain_id,
        token: payment_method
            .token
            .map(|(address, decimals)| Token { address: address.to_owned(), decimals }),
        transfer_cost: payment_method.transfer_cost.map(Printable::new),
    });
    Some(PaymentMethods::new(payment_methods.collect()))
}

/// Writes a country.
pub(super) fn write_country(country: CountryCode, out: &mut impl Write) -> io::Result<()> {
    out.write_all(country.as_str().as_bytes())
}

/// Reads a country.
pub(super) fn read_country(bytes: &[u8]) -> Option<CountryCode> {
    std::str::from_utf8(bytes).ok()?.parse().ok()
}

/// Writes the countries.
pub(super) fn write_countries(countries: &[Country], out: &mut impl Write) -> io::Result<()> {
    let kept = countries.iter().map(|country| KeptCountry {
        code: country.code.as_str(),
        name: country.name.as_str(),
        also: country.also.as_str(),
    });
    put(&kept.collect::<Vec<_>>(), out)
}

/// Reads the countries.
pub(super) fn read_countries(bytes: &[u8]) -> Option<Vec<Country>> {
    let kept: Vec<KeptCountry<'_>> = value(bytes)?;
    let country = |kept: KeptCountry<'_>| {
        let (name, also) = (Printable::new(kept.name), Printable::new(kept.also));
        Some(Country { code: kept.code.parse().ok()?, name, also })
    };
    kept.into_iter().map(country).collect()
}

fn put(kept: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    postcard::to_io(kept, out).map(drop).map_err(io::Error::other)
}

fn value<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

/// The texts of a brand, in the order of the fields of [`KeptBrand`].
fn texts(brand: &Brand, country: CountryCode) -> [&str; 10] {
    let Facts { id, name, family, category, also_in, tags, min, max, logo, .. } = brand.facts();
    let own_country = if brand.country == country { "" } else { brand.country.as_str() };
    [id, name, family, own_country, category, also_in, tags, min, max, logo]
}

impl KeptBrand {
    /// The lengths of its [`texts`].
    fn of(brand: &Brand, country: CountryCode) -> Self {
        let lengths = texts(brand, country).map(|text| Length::try_from(text.len()).unwrap_or(Length::MAX));
        let [id, name, family, country, category, also_in, tags, min, max, logo] = lengths;
        Self {
            id,
            name,
            family,
            country,
            category,
            also_in,
            tags,
            min,
            max,
            logo,
            kind: match brand.kind {
                Kind::GiftCard => 0,
                Kind::TopUp => 1,
                Kind::Esim => 2,
            },
            out_of_stock: brand.out_of_stock,
            colour: brand.colour,
        }
    }

    /// Takes the brand's texts from the front of `texts`. Returns `None` if they end too soon.
    fn brand(self, country: CountryCode, texts: &mut TextTable<'_>) -> Option<Brand> {
        Brand::new(&Facts {
            id: texts.take(self.id)?,
            name: texts.take(self.name)?,
            family: texts.take(self.family)?,
            country: match texts.take(self.country)? {
                "" => country,
                own => own.parse().ok()?,
            },
            category: texts.take(self.category)?,
            also_in: texts.take(self.also_in)?,
            tags: texts.take(self.tags)?,
            min: texts.take(self.min)?,
            max: texts.take(self.max)?,
            logo: texts.take(self.logo)?,
            kind: *Kind::ALL.get(usize::from(self.kind))?,
            out_of_stock: self.out_of_stock,
            colour: self.colour,
        })
    }
}

fn lines(prose: &Prose) -> Vec<&str> {
    prose.lines().iter().map(Printable::as_str).collect()
}

impl<'a> KeptShelf<'a> {
    fn of(shelf: &'a ProductGroup) -> Self {
        let (told, country) = (&shelf.description, shelf.brand.country);
        Self {
            country: shelf.brand.country.as_str(),
            brand: KeptBrand::of(&shelf.brand, country),
            texts: Cow::Owned(texts(&shelf.brand, country).concat()),
            about: lines(&told.about),
            how_to_redeem: lines(&told.how_to_redeem),
            terms: lines(&told.terms),
            region: told.region.as_ref().map(Printable::as_str),
            products: shelf.products.iter().map(KeptProduct::of).collect(),
        }
    }

    fn shelf(self) -> Option<ProductGroup> {
        let prose = |lines: Vec<&str>| Prose::from_plain(&lines.join("\n"));
        Some(ProductGroup {
            brand: self.brand.brand(self.country.parse().ok()?, &mut TextTable(&self.texts))?,
            description: Description {
                about: prose(self.about),
                how_to_redeem: prose(self.how_to_redeem),
                terms: prose(self.terms),
                region: self.region.map(Printable::new),
            },
            products: self.products.into_iter().map(KeptProduct::product).collect::<Option<_>>()?,
        })
    }
}

impl<'a> KeptProduct<'a> {
    fn of(product: &'a Product) -> Self {
        let offer = match &product.offer {
            Offer::Fixed { denomination, label, price: _, plan } => KeptOffer::Fixed {
                denomination: denomination.sent(),
                label: label.as_str(),
                plan: plan.map(KeptPlan::of),
            },
            Offer::Range(range) => KeptOffer::Range {
                min: range.min.to_string(),
                max: range.max.to_string(),
                step: range.step.to_string(),
                default: range.default.map(|default| default.to_string()),
                currency: range.currency.as_str(),
            },
        };
        let by_phone = matches!(product.delivery, DeliveryMethod::ByPhone);
        Self { id: product.id.as_str(), by_phone, offer }
    }

    fn product(self) -> Option<Product> {
        let amount = |text: &str| text.parse::<Amount>().ok();
        let offer = match self.offer {
            KeptOffer::Fixed { denomination, label, plan } => Offer::Fixed {
                denomination: Verbatim::new(denomination),
                label: Printable::new(label),
                price: None,
                plan: plan.map(KeptPlan::plan),
            },
            KeptOffer::Range { min, max, step, default, currency } => Offer::Range(Range {
                min: amount(&min)?,
                max: amount(&max)?,
                step: amount(&step)?,
                default: default.and_then(|default| amount(&default)),
                currency: Printable::new(currency),
            }),
        };
        let delivery = if self.by_phone { DeliveryMethod::ByPhone } else { DeliveryMethod::ByEmail };
        Some(Product { id: Printable::new(self.id), delivery, offer })
    }
}

impl KeptPlan {
    fn of(plan: Plan) -> Self {
        let megabytes = match plan.data {
            Data::Megabytes(megabytes) => Some(megabytes),
            Data::Unlimited => None,
        };
        Self { megabytes, days: plan.days }
    }

    fn plan(self) -> Plan {
        let data = self.megabytes.map_or(Data::Unlimited, Data::Megabytes);
        Plan { data, days: self.days }
    }
}
