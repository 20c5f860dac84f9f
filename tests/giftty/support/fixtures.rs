//! A shop that is made up: its countries, brands, products, payment methods and orders.

use std::sync::Arc;
use std::time::Duration;

use giftty::domain::cart::Cart;
use giftty::domain::catalogue::{Brand, Catalogue, Facts, Kind};
use giftty::domain::choices::SavedChoices;
use giftty::domain::order::{Code, Delivered, Delivery, DeliveryState, Echo, Order, OrderId, Snapshot};
use giftty::domain::product::{Data, DeliveryMethod, Description, Offer, Plan, Product, ProductGroup, Range};
use giftty::domain::purchase::{Choice, Item, Purchase};
use giftty::domain::record::{Outcome, Record};
use giftty::domain::tender::{PaymentMethod, PaymentMethods, Tender};
use giftty::domain::text::{Printable, Prose, Verbatim};
use giftty::domain::time::{Moment, Timestamp};
use giftty::input::Size;
use giftty::model::Shop;
use giftty::search::catalogue_index::CatalogueIndex;
use giftty::state::SessionInit;

use super::domain::LOOK;
use super::domain::{self, choice, fixed, terms};
pub(crate) use super::domain::{amount, country};

/// Noon and a bit, by the shop's clock.
pub(crate) const NOW: i64 = 1_700_053_331;
pub(crate) const SOLANA: &str = "9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin";
pub(crate) const BITCOIN: &str = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
pub(crate) const EVM: &str = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
/// The specification's own example: 0.0025 BTC, sixty seconds from `INVOICE_MADE` on.
pub(crate) const INVOICE: &str = "lnbc2500u1pvjluezpp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqdpquwpc4curk03c9wlrswe78q4eyqc7d8d0xqzpuyk0sg5g70me25alkluzd2x62aysf2pyy8edtjeevuv4p2d5p76r4zkmneet7uvyakky2zr4cusd45tftc9c5fh0nnqpnl2jfll544esqchsrny";
pub(crate) const INVOICE_MADE: i64 = 1_496_314_658;
pub(crate) const ESIM: &str = "LPA:1$smdp.example.com$K2-9F4T7Q-1XVBNM";

pub(crate) fn moment(seconds: u64) -> Moment {
    let uptime = LOOK + Duration::from_secs(seconds);
    Moment { wall: Timestamp(NOW + i64::try_from(seconds).unwrap()), uptime }
}

/// What was chosen last.
pub(crate) fn choices() -> SavedChoices {
    SavedChoices { email: Some("you@example.com".parse().unwrap()), ..SavedChoices::default() }
}

pub(crate) fn boot(size: Size) -> SessionInit {
    let shop = Shop { sandbox: true, pace: Some("demo".to_owned()), notice: None };
    SessionInit { shop, utc_offset: 3600, country: Some(country("US")), ..domain::boot(size, moment(0)) }
}

fn brand(id: &str, name: &str, kind: Kind, category: &str, prices: Option<(&str, &str)>) -> Brand {
    let (min, max) = prices.unwrap_or_default();
    let colour = Some([255, 90, 95]);
    let facts = Facts { id, category, min, max, colour, ..domain::facts(name, kind) };
    Brand::new(&facts).expect("a brand")
}

/// Gift cards, top-ups, eSIMs; names in other scripts, very long names, one without stock.
pub(crate) fn catalogue() -> Arc<CatalogueIndex> {
    let mut brands = vec![
        brand("1", "Airbnb", Kind::GiftCard, "travel", Some(("$50", "$500"))),
        brand("2", "AirAsia", Kind::GiftCard, "travel", Some(("$10", "$200"))),
        brand("3", "Fairmont Hotels & Resorts", Kind::GiftCard, "travel", Some(("$100", "$500"))),
        brand("4", "Air France", Kind::GiftCard, "travel", Some(("$50", "$800"))),
        brand(
            "5",
            "日本航空ギフトカード国際線と国内線",
            Kind::GiftCard,
            "旅行と交通",
            Some(("¥5,000", "¥100,000")),
        ),
        brand(
            "6",
            "Bitrefill Coffee House of the Upper Peninsula and Lakes",
            Kind::GiftCard,
            "food and restaurants",
            Some(("Rp 50.000", "Rp 1.000.000")),
        ),
        brand("7", "AT&T Prepaid", Kind::TopUp, "mobile", Some(("$15", "$100"))),
        brand("8", "Lycamobile", Kind::TopUp, "mobile", Some(("$20", "$20"))),
        brand("9", "eSIM United States", Kind::Esim, "e-sim", Some(("$4.50", "$39"))),
        brand("10", "Neteller", Kind::GiftCard, "e-money", Some(("$10", "$50"))),
        brand("11", "Café Crème", Kind::GiftCard, "food", Some(("$5", "$5"))),
        brand("12", "Steam", Kind::GiftCard, "games", Some(("$5", "$100"))),
        brand("13", "Uber", Kind::GiftCard, "travel", Some(("$15", "$200"))),
        brand("14", "Target", Kind::GiftCard, "shopping", None),
    ];
    brands[3].out_of_stock = true;
    let homes = Brand::new(&Facts { tags: "homes", ..brands[0].facts() });
    brands[0] = homes.expect("a brand");
    brands[0].file_under("holidays");
    brands[10].file_under("food and restaurants");
    brands[10].file_under("holidays");
    let more = [
        "Amazon",
        "Apple",
        "Best Buy",
        "DoorDash",
        "eBay",
        "Gap",
        "Home Depot",
        "IKEA",
        "Lowe's",
        "Macy's",
        "Netflix",
        "Nike",
        "PlayStation",
        "Roblox",
        "Sephora",
        "Spotify",
        "Starbucks",
        "Walmart",
        "Xbox",
    ];
    for (place, name) in more.iter().enumerate() {
        let category = if *name == "Gap" { "apparel clothing" } else { "shopping" };
        brands.push(brand(&format!("m{place}"), name, Kind::GiftCard, category, Some(("$10", "$250"))));
    }
    Arc::new(CatalogueIndex::new(Catalogue::new(
        country("US"),
        brands,
        &["13".into(), "12".into(), "1".into()],
    )))
}

fn shelf(name: &str, products: Vec<Product>) -> ProductGroup {
    let about = "Book unique homes and experiences all over the world, from a cabin in the woods to a \
                 flat in the middle of the city.\nValid for stays and for experiences.";
    let redeem = "1. Open airbnb.com/gift and sign in.\n2. Type the code.\n3. The value is added to your \
                  account and is used with the next booking.";
    let terms = "Cannot be returned or exchanged for cash. Only for accounts of the United States.";
    ProductGroup {
        brand: brand("1", name, Kind::GiftCard, "travel", None),
        description: Description {
            about: Prose::from_plain(about),
            how_to_redeem: Prose::from_plain(redeem),
            terms: Prose::from_plain(terms),
            region: Some(Printable::new("United States")),
        },
        products,
    }
}

pub(crate) fn fixed_shelf() -> ProductGroup {
    let mut products: Vec<Product> = [("$50", "50.74"), ("$100", "101.48"), ("$200", "202.96")]
        .iter()
        .map(|(label, price)| fixed(label, Some(price), None))
        .collect();
    products.push(fixed("$500 with a very long label of the supplier's own, 特別な贈り物", None, None));
    shelf("Airbnb", products)
}

/// A shelf whose terms are longer than any window here.
pub(crate) fn wordy_shelf() -> ProductGroup {
    let mut shelf = fixed_shelf();
    let terms: Vec<String> = (1..=60)
        .map(|place| format!("{place}. The supplier says something about case {place} and its exceptions."))
        .collect();
    shelf.description.terms = Prose::from_plain(&terms.join("\n"));
    shelf
}

pub(crate) fn range_shelf() -> ProductGroup {
    let range = Range {
        min: amount("50"),
        max: amount("500"),
        step: amount("5"),
        default: Some(amount("100")),
        currency: Printable::new("USD"),
    };
    let mut product = fixed("any", None, None);
    product.offer = Offer::Range(range);
    shelf("Airbnb", vec![product])
}

pub(crate) fn plans_shelf() -> ProductGroup {
    let plan = |data, days| Some(Plan { data, days });
    shelf(
        "eSIM United States",
        vec![
            fixed("1 GB 7 days", Some("4.57"), plan(Data::Megabytes(1000), Some(7))),
            fixed("3 GB 15 days", Some("9.13"), plan(Data::Megabytes(3000), Some(15))),
            fixed("10 GB 30 days", Some("21.31"), plan(Data::Megabytes(10_000), Some(30))),
            fixed("500 MB", Some("2.03"), plan(Data::Megabytes(500), None)),
            fixed("Unlimited 30 days", Some("39.58"), plan(Data::Unlimited, Some(30))),
        ],
    )
}

/// Plans that only their labels tell apart.
pub(crate) fn bundles_shelf() -> ProductGroup {
    let plan = Some(Plan { data: Data::Megabytes(5000), days: Some(30) });
    shelf(
        "Lycamobile",
        vec![
            fixed("5 GB + 100 minutes 30 days", Some("20.30"), plan),
            fixed("5 GB + unlimited calls within the country 30 days", Some("24.30"), plan),
            fixed("5 GB 30 days", Some("18.10"), plan),
        ],
    )
}

pub(crate) fn topup_shelf() -> ProductGroup {
    let mut product = fixed("$20", Some("20.30"), None);
    product.delivery = DeliveryMethod::ByPhone;
    shelf("Lycamobile", vec![product])
}

fn payment_method(coin: &str, network: &str, minimum: &str, cost: Option<&str>) -> PaymentMethod {
    let minimum = Some(amount(minimum));
    PaymentMethod {
        minimum,
        transfer_cost: cost.map(Printable::new),
        ..domain::payment_method(coin, network)
    }
}

pub(crate) fn payment_methods() -> PaymentMethods {
    let mut suspended = payment_method("TON", "TON", "1.2", None);
    suspended.suspended = true;
    PaymentMethods::new(vec![
        payment_method("BTC", "Bitcoin", "0.00004", Some("1.10 USD")),
        payment_method("BTC", "Lightning", "0.000004", Some("0.01 USD")),
        payment_method("ETH", "Ethereum", "0.0008", Some("0.60 USD")),
        payment_method("USDC", "Solana", "2", Some("0.01 USD")),
        payment_method("USDC", "Polygon (Matic)", "2", Some("0.02 USD")),
        payment_method("USDT", "Tron", "5", Some("2.40 USD")),
        payment_method("XRP", "Ripple", "1", None),
        suspended,
    ])
}

pub(crate) fn item(quantity: u8) -> Item {
    Item { quantity, ..domain::item("Airbnb", choice("$50")) }
}

/// A gift card twice, top-ups in two countries, and a plan.
pub(crate) fn cart() -> Cart {
    let top_up = |brand: &str, code: &str, label: &str| Item {
        country: country(code),
        delivery: DeliveryMethod::ByPhone,
        ..domain::item(brand, choice(label))
    };
    let plan = Item {
        brand: Verbatim::new("eSIM Japan"),
        country: country("JP"),
        choice: choice("3 GB 15 days"),
        ..item(1)
    };
    Cart::of([item(2), top_up("AT&T Prepaid", "US", "$15"), top_up("Telekom", "DE", "15 EUR"), plan])
}

/// As much as one order may hold, in as many lines.
pub(crate) fn full_cart() -> Cart {
    let lines = (1..=10).map(|value| Item {
        choice: Choice::Range {
            value: amount(&(value * 5 + 45).to_string()),
            currency: Printable::new("USD"),
        },
        delivery: if value % 3 == 0 { DeliveryMethod::ByPhone } else { DeliveryMethod::ByEmail },
        ..item(1)
    });
    Cart::of(lines)
}

pub(crate) fn purchase(tender: &Tender) -> Purchase {
    Purchase { tender: tender.clone(), ..domain::purchase("you@example.com", [item(1)]) }
}

pub(crate) fn delivery(id: &str) -> Delivery {
    Delivery {
        id: Printable::new(id),
        country: Some(country("US")),
        echo: Echo::Fixed("$50".into()),
        ..domain::delivery("Airbnb", "$50")
    }
}

pub(crate) fn delivered(code: Code) -> Delivery {
    let redeem = "1. Open airbnb.com/gift and sign in.\n2. Type the code.\n3. Book.";
    Delivery {
        state: DeliveryState::Succeeded,
        delivered: Delivered {
            code: Some(code),
            serial: None,
            security_code: None,
            operator_reference: None,
            redeem: Prose::from_plain(redeem),
        },
        ..delivery("1")
    }
}

pub(crate) fn order_id(number: u8) -> OrderId {
    OrderId::parse(&format!("f9d624{number:02}-dc5e-4efd-9ecf-f8fb08a22677")).unwrap()
}

pub(crate) fn snapshot(number: u8, tender: &Tender, total: &str, address: &str) -> Snapshot {
    Snapshot {
        terms: Some(terms(tender, amount(total), address)),
        created_at: Some(Timestamp(NOW - 139)),
        updated_at: Some(Timestamp(NOW - 139)),
        deliveries: vec![delivery("1")],
        ..domain::snapshot(order_id(number).reveal())
    }
}

pub(crate) fn usual() -> Snapshot {
    snapshot(1, &Tender::recommended(), "50.74", SOLANA)
}

pub(crate) fn record(attempt: i64, outcome: Outcome) -> Record {
    let tender = match &outcome {
        Outcome::Placed(order) => order.known.terms.as_ref().map(|terms| terms.tender.clone()),
        _ => None,
    };
    let total = match &outcome {
        Outcome::Placed(order) => order.known.terms.as_ref().map(|terms| terms.amount),
        _ => Some(amount("50.74")),
    };
    let purchase = Some(purchase(&tender.unwrap_or_else(Tender::recommended)));
    Record { purchase, total, ..domain::record(attempt, NOW - 140 - 86_000 * (9 - attempt), outcome) }
}

pub(crate) fn placed(snapshot: Snapshot) -> Outcome {
    Outcome::Placed(Box::new(Order::new(snapshot)))
}
