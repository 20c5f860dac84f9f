//! One of each kind of product, bought in the real program: what reached the shop is what the
//! contract wants, to the letter.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::mpsc;

use giftty::sandbox::{Pace, Sandbox, Settings};
use serde_json::{Value, json};
use tokio::sync::oneshot;

use crate::support::keys::Key;
use crate::support::program::Program;
use crate::support::pty::Pty;

const EMAIL: &str = "you@example.com";

/// A shop on a thread of its own, until this is dropped.
pub(crate) struct Shop {
    pub(crate) address: String,
    _open: oneshot::Sender<()>,
}

impl Shop {
    pub(crate) fn open() -> Self {
        let (told, address) = mpsc::channel();
        let (open, closed) = oneshot::channel::<()>();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let settings = Settings { pace: Pace::Manual, ..Settings::default() };
                let sandbox = Sandbox::start(settings).await.unwrap();
                told.send(sandbox.base_url().to_owned()).unwrap();
                // An error says that the test is over, which is what is waited for.
                let _over = closed.await;
            });
        });
        Self { address: address.recv().unwrap(), _open: open }
    }

    /// Every request that reached it.
    fn requests(&self) -> Vec<Value> {
        let address = self.address.trim_start_matches("http://");
        let mut line = TcpStream::connect(address).unwrap();
        write!(line, "GET /__sandbox/requests HTTP/1.0\r\nHost: {address}\r\n\r\n").unwrap();
        let mut answer = String::new();
        line.read_to_string(&mut answer).unwrap();
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        serde_json::from_str(body).unwrap()
    }
}

/// A person in front of the brands of the United States, and the shop that they visit.
struct Visit {
    pty: Pty,
    _home: tempfile::TempDir,
    shop: Shop,
}

impl Visit {
    fn new() -> Self {
        Self::to("US")
    }

    fn to(country: &str) -> Self {
        let shop = Shop::open();
        let home = tempfile::tempdir().unwrap();
        let pty = Program::giftty()
            .home(home.path())
            .env("LANG", "en_US.UTF-8")
            .env("GIFTTY_COUNTRY", country)
            .env("GIFTTY_API_BASE", &shop.address)
            .env("GIFTTY_DATA_DIR", home.path().join("data"))
            .start();
        Self { pty, _home: home, shop }
    }

    /// Chooses a brand; `sign` is seen when what it sells is here.
    fn chooses(&self, brand: &str, sign: &str) {
        self.pty.wait_for("Price");
        self.pty.send(brand);
        self.pty.wait_for(&format!("❯ {brand}"));
        self.pty.press(Key::Enter);
        self.pty.wait_for(sign);
    }

    /// Goes from a filled checkout to the moment at which the order was taken.
    fn orders(&self) {
        self.pty.press(Key::Enter);
        self.pty.wait_for("Receipt");
        self.pty.wait_for("place the order");
        self.pty.decides("p");
        self.pty.wait_for("Only USDC on Solana");
    }

    /// Asserts that the shop was asked once to check these deliveries and once to sell them, and that
    /// both bodies say what the contract wants and nothing else.
    fn bought(&self, deliveries: &Value) {
        let requests = self.shop.requests();
        let bodies = |path: &str| {
            let here =
                requests.iter().filter(|request| request["method"] == "POST" && request["path"] == path);
            here.map(|request| serde_json::from_str(request["body"].as_str().unwrap()).unwrap())
                .collect::<Vec<Value>>()
        };
        let mut body = json!({
            "email": EMAIL,
            "user": {"email": EMAIL},
            "payment": {"type": "via", "payment_via": "USER_WALLET", "coin": "USDC", "network": "Solana"},
            "deliveries": deliveries,
            "lang": "en",
        });
        assert_eq!(bodies("/v5/orders/validations"), [body.clone()]);
        body["user"]["has_accepted_newsletter"] = json!(false);
        body["acquisition"] = json!({"utm_source": "giftty"});
        assert_eq!(bodies("/v5/orders"), [body]);
    }
}

#[test]
fn a_fixed_product_is_ordered_by_the_suppliers_own_string_once_for_each_that_is_wanted() {
    let you = Visit::new();
    you.chooses("steam", "Steam  gift card");
    you.pty.send("jj+");
    you.pty.wait_for("× 2");
    you.pty.press(Key::Enter);
    you.pty.wait_for("Checkout");
    you.pty.send(EMAIL);
    you.orders();
    let card = json!({
        "brand_name": "Steam",
        "country_code": "US",
        "denomination": "50 USD",
        "localized_denomination": "$50",
        "beneficiary_account": EMAIL,
    });
    you.bought(&json!([card, card]));
}

#[test]
fn a_range_product_is_ordered_as_a_range_with_its_value() {
    let you = Visit::new();
    you.chooses("amazon.com", "from 5 to 500");
    you.pty.press(Key::Ctrl('u'));
    you.pty.send("50");
    you.pty.wait_for("costs    =");
    you.pty.press(Key::Enter);
    you.pty.wait_for("Checkout");
    you.pty.send(EMAIL);
    you.orders();
    let card = json!({
        "brand_name": "Amazon.com",
        "country_code": "US",
        "denomination": "range",
        "product_value": 50,
        "beneficiary_account": EMAIL,
    });
    you.bought(&json!([card]));
}

#[test]
fn a_product_that_is_only_a_label_is_ordered_by_that_label() {
    let you = Visit::new();
    you.chooses("minecraft", "Java & Bedrock Deluxe Ed");
    you.pty.send("j");
    you.pty.press(Key::Enter);
    you.pty.wait_for("Checkout");
    you.pty.send(EMAIL);
    you.orders();
    let card = json!({
        "brand_name": "Minecraft",
        "country_code": "US",
        "denomination": "Java & Bedrock Deluxe Ed",
        "localized_denomination": "Java & Bedrock Deluxe Ed",
        "beneficiary_account": EMAIL,
    });
    you.bought(&json!([card]));
}

#[test]
fn a_plan_for_a_phone_is_ordered_by_its_words_for_a_number_in_e164() {
    let you = Visit::new();
    you.chooses("lycamobile bundle", "unlimited");
    you.pty.send("jj");
    you.pty.press(Key::Enter);
    you.pty.wait_for("Checkout");
    you.pty.send("+1 212 555 1234");
    you.pty.press(Key::Tab);
    you.pty.send(EMAIL);
    you.orders();
    let plan = json!({
        "brand_name": "Lycamobile Bundle",
        "country_code": "US",
        "denomination": "Unlimited 30 days",
        "localized_denomination": "Unlimited 30 days",
        "beneficiary_account": "+12125551234",
    });
    you.bought(&json!([plan]));
}

#[test]
fn an_esim_is_ordered_by_the_words_of_its_plan_from_the_sorted_table() {
    let you = Visit::to("IT");
    you.chooses("esim", "per GB");
    // The most data first, and of those the one that the supplier has first.
    you.pty.send("ssg");
    you.pty.wait_for("▾");
    you.pty.press(Key::Enter);
    you.pty.wait_for("Checkout");
    you.pty.send(EMAIL);
    you.orders();
    let plan = json!({
        "brand_name": "eSIM",
        "country_code": "IT",
        "denomination": "Unlimited 3 days",
        "localized_denomination": "Unlimited 3 days",
        "beneficiary_account": EMAIL,
    });
    you.bought(&json!([plan]));
}

#[test]
fn a_fixed_top_up_is_ordered_for_a_number_in_e164() {
    let you = Visit::new();
    you.chooses("t-mobile", "× 1");
    you.pty.send("j");
    you.pty.press(Key::Enter);
    you.pty.wait_for("Checkout");
    you.pty.send("+1 (212) 555-1234");
    you.pty.press(Key::Tab);
    you.pty.send(EMAIL);
    you.orders();
    let top_up = json!({
        "brand_name": "T-Mobile Prepaid",
        "country_code": "US",
        "denomination": "25 USD",
        "localized_denomination": "$25",
        "beneficiary_account": "+12125551234",
    });
    you.bought(&json!([top_up]));
}

#[test]
fn a_top_up_of_any_value_is_ordered_as_a_range_for_a_number() {
    let you = Visit::new();
    you.chooses("at&t", "from 15 to 100");
    you.pty.press(Key::Ctrl('u'));
    you.pty.send("20");
    you.pty.wait_for("costs    =");
    you.pty.press(Key::Enter);
    you.pty.wait_for("Checkout");
    you.pty.send("+12125551234");
    you.pty.press(Key::Tab);
    you.pty.send(EMAIL);
    you.orders();
    let top_up = json!({
        "brand_name": "AT&T Prepaid",
        "country_code": "US",
        "denomination": "range",
        "product_value": 20,
        "beneficiary_account": "+12125551234",
    });
    you.bought(&json!([top_up]));
}
