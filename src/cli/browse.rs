//! `giftty countries`, `brands`, `products` and `price`: browsing without buying.

use serde::Serialize;

use super::context::CommandContext;
use super::exit::Failed;
use super::output::{Plain, fields, table};
use super::product_args::{self, BrandArgs, ChoiceArgs};
use crate::domain::catalogue::{Brand, Kind};
use crate::domain::country;
use crate::domain::product::{Data, DeliveryMethod, Offer, Plan, Price, Product, ProductGroup};
use crate::domain::purchase::Choice;
use crate::domain::request::PriceQuestion;
use crate::domain::text::{Printable, Prose, Verbatim};
use crate::search::catalogue_index::words;
use crate::search::{Index, MatcherScratch};

/// Which brands are listed.
#[derive(Clone, Debug, clap::Args)]
pub struct BrandsArgs {
    /// Only what these letters find, the best first.
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,
    /// Only what is of this kind.
    #[arg(long, value_enum, value_name = "KIND")]
    pub kind: Option<KindArg>,
    /// Only what stands in this category, such as "food".
    #[arg(long, value_name = "CATEGORY")]
    pub category: Option<String>,
}

/// A kind of things, as it is written on a command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum KindArg {
    /// Codes for shops.
    GiftCard,
    /// Credit or data for phones.
    TopUp,
    /// Data plans to install.
    Esim,
}

impl KindArg {
    fn kind(self) -> Kind {
        match self {
            Self::GiftCard => Kind::GiftCard,
            Self::TopUp => Kind::TopUp,
            Self::Esim => Kind::Esim,
        }
    }
}

/// Whose products are listed.
#[derive(Clone, Debug, clap::Args)]
pub struct ProductsArgs {
    /// Which brand.
    #[command(flatten)]
    pub brand: BrandArgs,
    /// The coin that prices are told in.
    #[arg(long, value_name = "COIN", default_value = "USDC")]
    pub coin: String,
}

/// What is priced.
#[derive(Clone, Debug, clap::Args)]
pub struct PriceArgs {
    /// Which brand.
    #[command(flatten)]
    pub brand: BrandArgs,
    /// What of it.
    #[command(flatten)]
    pub choice: ChoiceArgs,
    /// The coin that the price is told in.
    #[arg(long, value_name = "COIN", default_value = "USDC")]
    pub coin: String,
}

/// A list of answers.
#[derive(Serialize)]
#[serde(transparent)]
struct Rows<T>(Vec<T>);

#[derive(Serialize)]
struct CountryShown {
    code: String,
    name: String,
    also: String,
}

impl Plain for Rows<CountryShown> {
    fn plain(&self) -> String {
        let rows: Vec<_> =
            self.0.iter().map(|country| vec![country.code.clone(), country.name.clone()]).collect();
        table(&rows)
    }
}

/// Runs `giftty countries`.
pub async fn countries(context: &mut CommandContext) -> Result<(), Failed> {
    let list = country::enriched(context.client().await?.countries().await?);
    let shown = list.iter().map(|country| CountryShown {
        code: country.code.to_string(),
        name: country.name.to_string(),
        also: country.also.to_string(),
    });
    context.out.say(&Rows(shown.collect()))
}

#[derive(Serialize)]
struct BrandShown {
    id: String,
    family: String,
    brand: String,
    country: String,
    kind: &'static str,
    category: String,
    additional_categories: Vec<String>,
    min: Option<String>,
    max: Option<String>,
    out_of_stock: bool,
    needs_account: bool,
    #[serde(skip)]
    row: Vec<String>,
}

impl BrandShown {
    fn of(brand: &Brand) -> Self {
        let row = [brand.name().shown(), brand.kind.singular(), brand.category(), &brand.price_label()];
        Self {
            id: brand.id().to_owned(),
            family: brand.family().sent().to_owned(),
            brand: brand.name().sent().to_owned(),
            country: brand.country.to_string(),
            kind: kind_word(brand.kind),
            category: brand.category().to_owned(),
            additional_categories: brand.also_in().map(str::to_owned).collect(),
            min: brand.min().map(str::to_owned),
            max: brand.max().map(str::to_owned),
            out_of_stock: brand.out_of_stock,
            needs_account: brand.needs_account(),
            row: row.map(str::to_owned).into(),
        }
    }
}

fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::GiftCard => "gift-card",
        Kind::TopUp => "top-up",
        Kind::Esim => "esim",
    }
}

impl Plain for Rows<BrandShown> {
    fn plain(&self) -> String {
        table(&self.0.iter().map(|brand| brand.row.clone()).collect::<Vec<_>>())
    }
}

/// Runs `giftty brands`.
pub async fn brands(context: &mut CommandContext, wanted: &BrandsArgs) -> Result<(), Failed> {
    let country = context.country()?;
    let catalogue = context.client().await?.catalogue(country).await?;
    let scratch = MatcherScratch::default();
    let mut index = Index::new(catalogue.brands.iter().map(|brand| (brand.name().shown(), words(brand))));
    let found = index.find(wanted.search.as_deref().unwrap_or_default(), &scratch);
    let brands = found.iter().filter_map(|&place| catalogue.brands.get(place));
    let kind = wanted.kind.map(KindArg::kind);
    let of_kind = brands.filter(|brand| kind.is_none_or(|kind| brand.kind == kind));
    let category = wanted.category.as_deref().map(|word| word.trim().replace('_', " ").to_lowercase());
    let is_meant = |one: &str| category.as_deref() == Some(one.to_lowercase().as_str());
    let shown = of_kind.filter(|brand| category.is_none() || brand.categories().any(is_meant));
    context.out.say(&Rows(shown.map(BrandShown::of).collect()))
}

#[derive(Serialize)]
struct ShelfShown {
    brand: String,
    family: String,
    country: String,
    kind: &'static str,
    category: String,
    out_of_stock: bool,
    region: Option<String>,
    about: Vec<String>,
    how_to_redeem: Vec<String>,
    terms: Vec<String>,
    products: Vec<ProductShown>,
    #[serde(skip)]
    title: String,
}

#[derive(Serialize)]
struct ProductShown {
    id: String,
    delivery: &'static str,
    denomination: Option<String>,
    label: Option<String>,
    price: Option<PriceShown>,
    plan: Option<PlanShown>,
    range: Option<RangeShown>,
    #[serde(skip)]
    row: Vec<String>,
}

#[derive(Serialize)]
struct PriceShown {
    amount: String,
    coin: String,
}

#[derive(Serialize)]
struct PlanShown {
    unlimited: bool,
    megabytes: Option<u64>,
    days: Option<u32>,
}

#[derive(Serialize)]
struct RangeShown {
    min: String,
    max: String,
    step: String,
    default: Option<String>,
    currency: String,
}

impl PriceShown {
    fn of(price: &Price) -> Self {
        Self { amount: price.amount.to_string(), coin: price.coin.sent().to_owned() }
    }
}

impl PlanShown {
    fn of(plan: Plan) -> Self {
        let megabytes = match plan.data {
            Data::Megabytes(megabytes) => Some(megabytes),
            Data::Unlimited => None,
        };
        Self { unlimited: plan.data == Data::Unlimited, megabytes, days: plan.days }
    }
}

impl ProductShown {
    fn of(product: &Product) -> Self {
        let delivery = match product.delivery {
            DeliveryMethod::ByEmail => "e-mail",
            DeliveryMethod::ByPhone => "phone",
        };
        let blank = Self {
            id: product.id.to_string(),
            delivery,
            denomination: None,
            label: None,
            price: None,
            plan: None,
            range: None,
            row: Vec::new(),
        };
        match &product.offer {
            Offer::Fixed { denomination, label, price, plan } => {
                let told = price.as_ref().map(|price| format!("{} {}", price.amount, price.coin));
                let row = [denomination.shown(), label.as_str(), told.as_deref().unwrap_or("-"), delivery];
                Self {
                    denomination: Some(denomination.sent().to_owned()),
                    label: Some(label.to_string()),
                    price: price.as_ref().map(PriceShown::of),
                    plan: plan.map(PlanShown::of),
                    row: row.map(str::to_owned).into(),
                    ..blank
                }
            }
            Offer::Range(range) => {
                let values = format!("{} to {} {}", range.min, range.max, range.currency);
                let row = [values, format!("step {}", range.step), "-".to_owned(), delivery.to_owned()];
                let range = RangeShown {
                    min: range.min.to_string(),
                    max: range.max.to_string(),
                    step: range.step.to_string(),
                    default: range.default.map(|value| value.to_string()),
                    currency: range.currency.to_string(),
                };
                Self { range: Some(range), row: row.into(), ..blank }
            }
        }
    }
}

impl ShelfShown {
    fn of(shelf: &ProductGroup) -> Self {
        let ProductGroup { brand, description, products } = shelf;
        let lines = |prose: &Prose| prose.lines().iter().map(Printable::to_string).collect();
        Self {
            brand: brand.name().sent().to_owned(),
            family: brand.family().sent().to_owned(),
            country: brand.country.to_string(),
            kind: kind_word(brand.kind),
            category: brand.category().to_owned(),
            out_of_stock: brand.out_of_stock,
            region: description.region.as_ref().map(Printable::to_string),
            about: lines(&description.about),
            how_to_redeem: lines(&description.how_to_redeem),
            terms: lines(&description.terms),
            products: products.iter().map(ProductShown::of).collect(),
            title: format!("{}, {}, {}", brand.name(), brand.country, brand.kind.singular()),
        }
    }
}

impl Plain for Rows<ShelfShown> {
    fn plain(&self) -> String {
        let shelves = self.0.iter().map(|shelf| {
            let rows: Vec<_> = shelf.products.iter().map(|product| product.row.clone()).collect();
            format!("{}\n{}", shelf.title, table(&rows))
        });
        shelves.collect::<Vec<_>>().join("\n\n")
    }
}

/// Runs `giftty products`.
pub async fn products(context: &mut CommandContext, wanted: &ProductsArgs) -> Result<(), Failed> {
    let shelf = product_args::shelf(context, &wanted.brand, &Verbatim::new(wanted.coin.as_str())).await?;
    context.out.say(&Rows(vec![ShelfShown::of(&shelf)]))
}

#[derive(Serialize)]
struct PricedShown {
    brand: String,
    country: String,
    what: String,
    price: PriceShown,
}

impl Plain for PricedShown {
    fn plain(&self) -> String {
        fields(&[
            ("what", self.what.clone()),
            ("price", format!("{} {}", self.price.amount, self.price.coin)),
        ])
    }
}

/// Runs `giftty price`. The value is checked here first: if it is not sold, the shop quotes the price of
/// another (contract, section 2.7).
pub async fn price(context: &mut CommandContext, wanted: &PriceArgs) -> Result<(), Failed> {
    let coin = Verbatim::new(wanted.coin.as_str());
    let shelf = product_args::shelf(context, &wanted.brand, &coin).await?;
    let (choice, product) = product_args::choice(&shelf, &wanted.choice, None)?;
    let price = match (&choice, product.offer) {
        (Choice::Range { value, .. }, _) => {
            let (brand, country) = (shelf.brand.name().into(), shelf.brand.country);
            let question = PriceQuestion { brand, country, face_value: *value, coin };
            context.client().await?.price(&question).await?.price
        }
        (Choice::Fixed { .. }, Offer::Fixed { price: Some(price), .. }) => price,
        (Choice::Fixed { .. }, _) => {
            return Err(Failed::refused(format!("The shop tells no price of this in {coin}.")));
        }
    };
    context.out.say(&PricedShown {
        brand: shelf.brand.name().sent().to_owned(),
        country: shelf.brand.country.to_string(),
        what: format!("{} {}", shelf.brand.name(), choice.label()),
        price: PriceShown::of(&price),
    })
}
