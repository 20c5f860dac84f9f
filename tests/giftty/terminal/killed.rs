//! The program killed at each step of a purchase: the next one finds the same order, and there is one.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use giftty::domain::order::Phase;
use rustix::process::Signal;
use serde_json::{Value, json};

use crate::support::keys::Key;
use crate::support::program::Program;
use crate::support::pty::{PATIENCE, Pty};
use crate::support::pty_shopping::{at_manual_pace, chooses_airbnb, orders_airbnb, scanned, walks_to};

/// A shop that outlives the program: the sandbox in a process of its own.
struct Shop {
    process: Child,
    address: String,
}

impl Shop {
    fn open(home: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_giftty"));
        command.arg("sandbox").env_clear().env("HOME", home).env("GIFTTY_PACE", "manual");
        command.env("GIFTTY_DATA_DIR", home.join("shop")).stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("http://").expect("an address").to_owned();
        Self { process, address }
    }

    /// Asks one of its control routes.
    fn control(&self, method: &str, route: &str, body: &Value) -> Value {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let (host, body) = (&self.address, body.to_string());
        write!(
            stream,
            "{method} /__sandbox/{route} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").expect("an answer");
        assert!(head.starts_with("HTTP/1.1 200"), "{route}: {answer}");
        serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {answer}"))
    }

    fn fault(&self, fault: &str) {
        self.control("POST", "faults", &json!({ "fault": fault }));
    }

    fn orders(&self) -> Vec<Value> {
        self.control("GET", "orders", &Value::Null)["orders"].as_array().unwrap().clone()
    }

    /// Lets something happen to the only order.
    fn happen(&self, event: &str) {
        let orders = self.orders();
        let id = orders[0]["order_id"].as_str().unwrap();
        self.control("POST", &format!("orders/{id}/{event}"), &Value::Null);
    }

    /// How often an order was asked for.
    fn asked(&self) -> usize {
        let requests = self.control("GET", "requests", &Value::Null);
        let ordering = |request: &&Value| request["method"] == "POST" && request["path"] == "/v5/orders";
        requests.as_array().unwrap().iter().filter(ordering).count()
    }

    /// Waits until an order was asked for, and so was handed to the fault that holds the answer.
    fn is_asked(&self) {
        let deadline = Instant::now() + PATIENCE;
        while self.asked() == 0 {
            assert!(Instant::now() < deadline, "nobody asks for an order");
        }
    }

    /// Somebody's program at this shop.
    fn giftty(&self, home: &Path) -> Program {
        at_manual_pace(Program::giftty(), home).env("GIFTTY_API_BASE", format!("http://{}", self.address))
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        // It is gone either way, and reaped so that nothing is left of it.
        let _gone = self.process.kill();
        let _reaped = self.process.wait();
    }
}

/// A shop, and a home for its customer.
fn world() -> (tempfile::TempDir, Shop) {
    let home = tempfile::tempdir().unwrap();
    let shop = Shop::open(home.path());
    (home, shop)
}

fn kill(pty: &Pty) {
    pty.signal(Signal::KILL);
    assert_eq!(pty.wait_exit(), 128 + 9);
}

/// Leads to the receipt of Airbnb for 100 USD.
fn shows_the_receipt(pty: &Pty) {
    walks_to(pty, "checkout");
    pty.send("you@example.com");
    pty.press(Key::Enter);
    pty.wait_for("place the order");
}

/// Opens the only order from the list, where it stands as the journal has it.
fn opens(pty: &Pty, phase: &Phase) {
    pty.wait_for("Amazon.com");
    pty.press(Key::Ctrl('o'));
    pty.wait_for("Airbnb 100 USD");
    pty.wait_for(&phase.title());
    pty.press(Key::Enter);
}

/// The next start says first that there may be an order, names the attempt, and no key orders again.
fn warns_first(pty: &Pty) {
    pty.wait_for("Attempt #1: an order may exist");
    pty.wait_for("unknown: may exist");
    pty.send("pppp");
    pty.press(Key::Enter);
    // Keys are taken one after another: when the help is there, those before it have done what they do.
    pty.press(Key::F(1));
    pty.wait_for("Keys of Orders");
    pty.press(Key::Escape);
    pty.wait_for("pppp");
    pty.press(Key::Escape);
    pty.wait_for("Attempt #1");
}

#[test]
fn killed_before_sending_there_is_no_order_and_none_is_told() {
    let (home, shop) = world();
    let pty = shop.giftty(home.path()).start();
    shows_the_receipt(&pty);
    kill(&pty);
    let again = shop.giftty(home.path()).start();
    again.wait_for("Amazon.com");
    again.press(Key::Ctrl('o'));
    again.wait_for("No orders yet.");
    assert_eq!((shop.asked(), shop.orders().len()), (0, 0));
}

#[test]
fn killed_while_sending_the_attempt_comes_first_and_is_the_only_one() {
    for (fault, orders) in [("lost-answer=hang", 1), ("hang@POST:/v5/orders$", 0)] {
        let (home, shop) = world();
        shop.fault(fault);
        let pty = shop.giftty(home.path()).start();
        shows_the_receipt(&pty);
        pty.decides("p");
        pty.wait_for("Placing the order");
        pty.send("ppppppp");
        shop.is_asked();
        kill(&pty);
        let again = shop.giftty(home.path()).start();
        warns_first(&again);
        assert_eq!((shop.asked(), shop.orders().len()), (1, orders), "{fault}");
    }
}

#[test]
fn killed_on_an_unknown_outcome_the_attempt_comes_first_and_its_order_can_be_added() {
    let (home, shop) = world();
    shop.fault("lost-answer");
    let pty = shop.giftty(home.path()).start();
    shows_the_receipt(&pty);
    pty.decides("p");
    pty.wait_for("do not pay twice");
    pty.wait_for("#1");
    pty.send("ppp");
    pty.press(Key::Enter);
    kill(&pty);
    let again = shop.giftty(home.path()).start();
    warns_first(&again);
    assert_eq!((shop.asked(), shop.orders().len()), (1, 1));

    // The e-mail told its id: then it is followed, and shows what a phone can read.
    let order = shop.orders().remove(0);
    again.press(Key::F(3));
    again.wait_for("Order id");
    again.paste(order["order_id"].as_str().unwrap());
    again.press(Key::Enter);
    again.wait_for("Is order #2 what became of attempt #1");
    again.decides("\x19");
    again.wait_for("it is in doubt no more");
    again.wait_gone("unknown: may exist");
    again.press(Key::Enter);
    again.wait_for("Only USDC on Solana");
    assert_eq!(scanned(&again), order["wallet_address"]);
    assert_eq!((shop.asked(), shop.orders().len()), (1, 1));
}

#[test]
fn after_an_unknown_outcome_only_another_key_orders_the_same_again() {
    let (home, shop) = world();
    shop.fault("lost-answer x1");
    let pty = shop.giftty(home.path()).start();
    shows_the_receipt(&pty);
    pty.decides("p");
    pty.wait_for("do not pay twice");
    kill(&pty);
    let again = shop.giftty(home.path()).start();
    warns_first(&again);
    again.press(Key::Escape);
    again.wait_for("Amazon.com");
    chooses_airbnb(&again);
    again.press(Key::Enter);
    again.wait_for("You may already have ordered this");
    again.wait_for("places ANOTHER order");
    again.send("pppp\r\r");
    again.press(Key::F(1));
    again.wait_for("Keys of Receipt");
    again.press(Key::Escape);
    again.wait_gone("Keys of Receipt");
    assert_eq!((shop.asked(), shop.orders().len()), (1, 1));
    again.decides("x");
    again.wait_gone("places ANOTHER order");
    again.send("xxxxxxx");
    again.wait_for("Only USDC on Solana");
    assert_eq!((shop.asked(), shop.orders().len()), (2, 2));
}

#[test]
fn killed_from_the_address_to_the_delivery_it_is_the_same_order_to_the_end() {
    let (home, shop) = world();
    let pty = shop.giftty(home.path()).start();
    orders_airbnb(&pty);
    let shown = scanned(&pty);
    let order = shop.orders().remove(0);
    assert_eq!(order["wallet_address"], *shown);
    kill(&pty);

    let pty = shop.giftty(home.path()).start();
    opens(&pty, &Phase::AwaitingPayment);
    pty.wait_for("101.48 USDC");
    pty.wait_for("Only USDC on Solana");
    assert_eq!(scanned(&pty), shown);

    let mut pty = pty;
    for (event, phase, news) in [
        ("pay", Phase::PaymentSeen, "Your payment was seen"),
        ("step", Phase::Paid, "Your payment is confirmed"),
        ("step", Phase::Delivering, "Your order is being delivered"),
    ] {
        shop.happen(event);
        pty.wait_for(news);
        kill(&pty);
        pty = shop.giftty(home.path()).start();
        opens(&pty, &phase);
        pty.wait_for(news);
        assert!(!pty.text().contains("Only USDC"), "money was seen, so it is not asked for again");
    }
    shop.happen("deliver");
    pty.wait_for("reveal");
    kill(&pty);

    let pty = shop.giftty(home.path()).start();
    opens(&pty, &Phase::Delivered);
    pty.wait_for("reveal");
    pty.decides("r");
    let same = shop.orders();
    pty.wait_for(same[0]["deliveries"][0]["deliverable"]["pin_code"].as_str().unwrap());
    assert_eq!((shop.asked(), same.len()), (1, 1));
    for field in ["order_id", "wallet_address", "coin_amount"] {
        assert_eq!(same[0][field], order[field]);
    }
}
