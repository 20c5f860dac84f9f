//! What is kept, in a compact form of our own: read without a copy, checked as if it came from outside.

use std::borrow::Cow;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::catalogue::{Brand, Catalogue, Kind};
use crate::domain::country::Country;
use crate::domain::money::Amount;
use crate::domain::product::{Data, DeliveryMethod, Description, Offer, Plan, Product, Range, Shelf};
use crate::domain::tender::{Rail, Rails, Tender, Token};
use crate::domain::text::{Printable, Prose, Verbatim};

#[derive(Serialize, Deserialize)]
struct KeptBrand<'a> {
    id: &'a str,
    /// Nothing where it is called as the brand is, as most are.
    family: Option<&'a str>,
    name: &'a str,
    country: &'a str,
    kind: u8,
    category: &'a str,
    also_in: Words<'a>,
    tags: Words<'a>,
    min: Option<&'a str>,
    max: Option<&'a str>,
    out_of_stock: bool,
    colour: Option<[u8; 3]>,
    logo: Option<&'a str>,
}

/// Words of a brand: written where they stand, and made while they are read.
struct Words<'a>(Cow<'a, [Printable]>);

impl Serialize for Words<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Printable::as_str))
    }
}

impl<'de> Deserialize<'de> for Words<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let words: Vec<ReadWord> = Vec::deserialize(deserializer)?;
        Ok(Self(Cow::Owned(words.into_iter().map(|ReadWord(word)| word).collect())))
    }
}

struct ReadWord(Printable);

impl<'de> Deserialize<'de> for ReadWord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <&str>::deserialize(deserializer).map(|word| Self(Printable::new(word)))
    }
}

/// Read as a tuple of the same three, whose brands are made one by one.
#[derive(Serialize)]
struct KeptCatalogue<'a> {
    country: &'a str,
    brands: Vec<KeptBrand<'a>>,
    featured: Vec<usize>,
}

/// A brand that is made while it is read: thousands of them are not held twice.
struct ReadBrand(Brand);

impl<'de> Deserialize<'de> for ReadBrand {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let brand = KeptBrand::deserialize(deserializer)?.brand();
        brand.map(Self).ok_or_else(|| D::Error::custom("it is no brand"))
    }
}

#[derive(Serialize, Deserialize)]
struct KeptShelf<'a> {
    #[serde(borrow)]
    brand: KeptBrand<'a>,
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

/// An offer without its price, which is too old by the time it is read.
#[derive(Serialize, Deserialize)]
enum KeptOffer<'a> {
    Fixed { denomination: &'a str, label: &'a str, plan: Option<KeptPlan> },
    Range { min: String, max: String, step: String, default: Option<String>, currency: &'a str },
}

#[derive(Serialize, Deserialize)]
struct KeptPlan {
    /// Nothing for a plan without a limit.
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

/// A country's brands as bytes.
pub(super) fn write_catalogue(catalogue: &Catalogue) -> Option<Vec<u8>> {
    let brands = catalogue.brands.iter().map(KeptBrand::of).collect();
    let featured = catalogue.featured.clone();
    bytes(&KeptCatalogue { country: catalogue.country.as_str(), brands, featured })
}

/// A country's brands from bytes.
pub(super) fn read_catalogue(bytes: &[u8]) -> Option<Catalogue> {
    let (country, brands, featured): (&str, Vec<ReadBrand>, Vec<usize>) = value(bytes)?;
    let brands: Vec<Brand> = brands.into_iter().map(|ReadBrand(brand)| brand).collect();
    let featured = featured.into_iter().filter(|&place| place < brands.len()).collect();
    Some(Catalogue { country: country.parse().ok()?, brands, featured })
}

/// What a family sells as bytes.
pub(super) fn write_shelves(shelves: &[Shelf]) -> Option<Vec<u8>> {
    bytes(&shelves.iter().map(KeptShelf::of).collect::<Vec<_>>())
}

/// What a family sells from bytes.
pub(super) fn read_shelves(bytes: &[u8]) -> Option<Vec<Shelf>> {
    let kept: Vec<KeptShelf<'_>> = value(bytes)?;
    kept.into_iter().map(KeptShelf::shelf).collect()
}

/// The ways to pay as bytes.
pub(super) fn write_rails(rails: &Rails) -> Option<Vec<u8>> {
    let kept = rails.all().iter().map(|rail| KeptRail {
        coin: rail.tender.coin.sent(),
        network: rail.tender.network.sent(),
        network_name: rail.network_name.as_str(),
        suspended: rail.suspended,
        minimum: rail.minimum.map(|minimum| minimum.to_string()),
        chain_id: rail.chain_id,
        token: rail.token.as_ref().map(|token| (token.address.as_str(), token.decimals)),
        transfer_cost: rail.transfer_cost.as_ref().map(Printable::as_str),
    });
    bytes(&kept.collect::<Vec<_>>())
}

/// The ways to pay from bytes.
pub(super) fn read_rails(bytes: &[u8]) -> Option<Rails> {
    let kept: Vec<KeptRail<'_>> = value(bytes)?;
    let rails = kept.into_iter().map(|rail| Rail {
        tender: Tender::new(rail.coin, rail.network),
        network_name: Printable::new(rail.network_name),
        suspended: rail.suspended,
        minimum: rail.minimum.and_then(|minimum| minimum.parse().ok()),
        chain_id: rail.chain_id,
        token: rail.token.map(|(address, decimals)| Token { address: address.to_owned(), decimals }),
        transfer_cost: rail.transfer_cost.map(Printable::new),
    });
    Some(Rails::new(rails.collect()))
}

/// The countries as bytes.
pub(super) fn write_countries(countries: &[Country]) -> Option<Vec<u8>> {
    let kept = countries.iter().map(|country| KeptCountry {
        code: country.code.as_str(),
        name: country.name.as_str(),
        also: country.also.as_str(),
    });
    bytes(&kept.collect::<Vec<_>>())
}

/// The countries from bytes.
pub(super) fn read_countries(bytes: &[u8]) -> Option<Vec<Country>> {
    let kept: Vec<KeptCountry<'_>> = value(bytes)?;
    let country = |kept: KeptCountry<'_>| {
        let (name, also) = (Printable::new(kept.name), Printable::new(kept.also));
        Some(Country { code: kept.code.parse().ok()?, name, also })
    };
    kept.into_iter().map(country).collect()
}

fn bytes(kept: &impl Serialize) -> Option<Vec<u8>> {
    postcard::to_stdvec(kept).ok()
}

fn value<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

impl<'a> KeptBrand<'a> {
    fn of(brand: &'a Brand) -> Self {
        Self {
            id: brand.id.as_str(),
            family: Some(brand.family.sent()).filter(|family| *family != brand.name.sent()),
            name: brand.name.sent(),
            country: brand.country.as_str(),
            kind: match brand.kind {
                Kind::GiftCard => 0,
                Kind::TopUp => 1,
                Kind::Esim => 2,
            },
            category: brand.category.as_str(),
            also_in: Words(Cow::Borrowed(&brand.also_in)),
            tags: Words(Cow::Borrowed(&brand.tags)),
            min: brand.min.as_ref().map(Printable::as_str),
            max: brand.max.as_ref().map(Printable::as_str),
            out_of_stock: brand.out_of_stock,
            colour: brand.colour,
            logo: brand.logo.as_deref(),
        }
    }

    fn brand(self) -> Option<Brand> {
        let name = Verbatim::new(self.name);
        Some(Brand {
            id: Printable::new(self.id),
            family: self.family.map_or_else(|| name.clone(), Verbatim::new),
            name,
            country: self.country.parse().ok()?,
            kind: *Kind::ALL.get(usize::from(self.kind))?,
            category: Printable::new(self.category),
            also_in: self.also_in.0.into_owned(),
            tags: self.tags.0.into_owned(),
            min: self.min.map(Printable::new),
            max: self.max.map(Printable::new),
            out_of_stock: self.out_of_stock,
            colour: self.colour,
            logo: self.logo.map(str::to_owned),
        })
    }
}

fn lines(prose: &Prose) -> Vec<&str> {
    prose.lines().iter().map(Printable::as_str).collect()
}

impl<'a> KeptShelf<'a> {
    fn of(shelf: &'a Shelf) -> Self {
        let told = &shelf.description;
        Self {
            brand: KeptBrand::of(&shelf.brand),
            about: lines(&told.about),
            how_to_redeem: lines(&told.how_to_redeem),
            terms: lines(&told.terms),
            region: told.region.as_ref().map(Printable::as_str),
            products: shelf.products.iter().map(KeptProduct::of).collect(),
        }
    }

    fn shelf(self) -> Option<Shelf> {
        let prose = |lines: Vec<&str>| Prose::from_plain(&lines.join("\n"));
        Some(Shelf {
            brand: self.brand.brand()?,
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
