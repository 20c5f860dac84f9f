//! Several orders at once: resumed at the start, followed in the list, kept in order by their owner.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use giftty::api::{Base, Client, FeedLimits, Limits, Settings};
use giftty::domain::order::OrderId;
use giftty::domain::time::Timestamp;
use giftty::input::{Key, Press};
use giftty::journal::Journal;
use giftty::sandbox::Pace;
use tokio::net::{TcpListener, TcpStream};

use crate::support::sandbox::World;
use crate::support::screen_session::Person;

/// The most connections that orders may have at once.
const MOST: usize = 20;
/// What every start asks for besides: the countries and the ways to pay.
const OTHERS: usize = 2;

/// A way to the sandbox that counts the connections that are open at once.
struct Gate {
    address: String,
    most: Arc<AtomicUsize>,
}

impl Gate {
    fn most(&self) -> usize {
        self.most.load(Ordering::SeqCst)
    }

    async fn before(world: &World) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let target = world.sandbox.base_url().trim_start_matches("http://").to_owned();
        let (open, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let seen = Arc::clone(&most);
        tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                let now = open.fetch_add(1, Ordering::SeqCst) + 1;
                seen.fetch_max(now, Ordering::SeqCst);
                let (open, target) = (Arc::clone(&open), target.clone());
                tokio::spawn(async move {
                    let mut far = TcpStream::connect(target).await.unwrap();
                    let (mut asks, mut hears) = near.split();
                    let (mut answers, mut takes) = far.split();
                    // Either side may cut a connection; that is its end, however it comes.
                    tokio::select! {
                        _ = tokio::io::copy(&mut asks, &mut takes) => {}
                        _ = tokio::io::copy(&mut answers, &mut hears) => {}
                    }
                    open.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Self { address, most }
    }
}

/// Orders at the sandbox that the journal of a shop's address knows.
async fn unfinished(world: &World, shop: &str, number: usize) -> Vec<OrderId> {
    let base = Base::parse(world.sandbox.base_url()).unwrap();
    let client = Client::new(Settings { base, partner_id: None, country: None });
    let journal = Journal::open(&world.home.path().join("data"), shop).unwrap();
    let mut ids = Vec::new();
    for _ in 0..number {
        let id = OrderId::parse(&world.order_elsewhere().await).unwrap();
        let snapshot = client.order(&id).await.unwrap();
        journal.import(&snapshot, Timestamp(1_700_000_000)).unwrap();
        ids.push(id);
    }
    ids
}

#[tokio::test]
async fn twenty_unfinished_orders_are_resumed_at_the_start_without_a_key() {
    let world = World::new(Pace::Manual).await;
    let gate = Gate::before(&world).await;
    for id in unfinished(&world, &gate.address, 20).await {
        world.control(&format!("orders/{}/cancel", id.reveal()), "{}").await;
    }
    let mut you = Person::at(&gate.address, world.home.path(), 120, 60);
    you.sees("20 open").await;
    you.sees_no("20 open").await;
    you.sees_no(" open ").await;
    assert!(gate.most() <= MOST, "{}", gate.most());
}

/// Waits until 18 of 20 orders are live and the others are read; the marked one says it twice.
async fn sees_all_followed(you: &mut Person) {
    let counts = |screen: &str| (screen.matches("● live").count(), screen.matches("◍ polling").count());
    you.sees_that("18 live", |screen| matches!(counts(screen), (18, 3) | (19, 2))).await;
}

#[tokio::test]
async fn twenty_orders_are_live_in_the_list_as_far_as_there_is_room_and_read_beyond() {
    let world = World::new(Pace::Manual).await;
    let gate = Gate::before(&world).await;
    let ids = unfinished(&world, &gate.address, 20).await;
    let mut you = Person::at(&gate.address, world.home.path(), 120, 60);
    you.sees("20 open").await;
    you.presses(Press::ctrl('o')).await;
    sees_all_followed(&mut you).await;
    world.control(&format!("orders/{}/pay", ids[7].reveal()), "{}").await;
    you.sees("payment seen").await;
    assert_eq!(you.notice().await, "payment seen");
    assert!(gate.most() <= MOST + OTHERS, "{}", gate.most());
}

#[tokio::test]
async fn streams_that_are_all_silent_leave_room_for_reading() {
    let world = World::new(Pace::Manual).await;
    let gate = Gate::before(&world).await;
    let ids = unfinished(&world, &gate.address, 20).await;
    let soon = Duration::from_millis(20);
    let silent =
        FeedLimits { first_look: soon, while_silent: soon, while_down: soon, ..FeedLimits::default() };
    let limits = Limits { feed: FeedLimits { reads_a_minute: 100_000, ..silent }, ..Limits::default() };
    let mut you = Person::with_limits(&gate.address, world.home.path(), 120, 60, limits);
    you.sees("20 open").await;
    you.presses(Press::ctrl('o')).await;
    sees_all_followed(&mut you).await;
    for id in &ids {
        world.control(&format!("orders/{}/cancel", id.reveal()), "{}").await;
    }
    you.sees_no(" open ").await;
    assert!(gate.most() <= MOST + OTHERS, "{}", gate.most());
}

#[tokio::test]
async fn a_key_that_is_held_down_does_not_flood_the_shop() {
    let world = World::new(Pace::Manual).await;
    let mut you = world.sit_down();
    you.orders_airbnb().await;
    you.sees("● live").await;
    you.presses_at_once(std::iter::repeat_n(Press::ctrl('r'), 200));
    let id = world.orders().await[0]["order_id"].as_str().unwrap().to_owned();
    world.control(&format!("orders/{id}/pay"), "{}").await;
    you.sees("Your payment was seen").await;
    let asked = world.asked("GET", &format!("/v5/orders/{id}")).await;
    assert!((1..=20).contains(&asked), "{asked} times");
}

#[tokio::test]
async fn an_order_that_was_placed_elsewhere_is_added_by_its_id() {
    let world = World::new(Pace::Manual).await;
    let id = world.order_elsewhere().await;
    let mut you = world.sit_down();
    you.sees("United States").await;
    you.presses(Press::ctrl('o')).await;
    you.sees("No orders yet").await;
    you.hits(Key::F(3)).await;
    you.sees("Order id").await;
    you.types(&id).await;
    you.hits(Key::Enter).await;
    you.sees("stands here as #1").await;
    you.sees("waiting for payment").await;
    assert_eq!(world.orders().await.len(), 1);
}

#[tokio::test]
async fn codes_are_noted_found_exported_and_removed() {
    let world = World::new(Pace::Every(Duration::from_millis(40))).await;
    let mut you = world.sit_down();
    you.orders_airbnb().await;
    you.sees("•").await;
    you.types("m").await;
    you.sees("Used  ").await;
    you.types("nfor Anna").await;
    you.hits(Key::Enter).await;
    you.sees("Note           for Anna").await;
    you.types("e").await;
    you.sees("Write the codes to a file?").await;
    let path = world.home.path().join("data").join("order-1.txt");
    assert!(!path.exists());
    you.types("w").await;
    you.sees("Written to").await;
    let code =
        world.orders().await[0]["deliveries"][0]["deliverable"]["pin_code"].as_str().unwrap().to_owned();
    assert!(std::fs::read_to_string(&path).unwrap().contains(&code));
    you.presses(Press::ctrl('c')).await;
    you.leaves().await;

    let mut again = world.sit_down();
    again.sees("Brands").await;
    again.presses(Press::ctrl('o')).await;
    again.sees("Airbnb 100 USD").await;
    again.types("anna").await;
    again.sees("1 of 1").await;
    again.presses(Press::ctrl('x')).await;
    again.sees("removes it for good").await;
    again.presses(Press::ctrl('y')).await;
    again.sees("No orders yet").await;
}

/// Has the only order of a journal be one of so many, all of them long ago.
fn multiply(home: &Path, count: i64) {
    let file = rusqlite::Connection::open(home.join("data").join("journal.sqlite3")).unwrap();
    let copies = "WITH RECURSIVE copies(copy) AS
            (SELECT 2 UNION ALL SELECT copy + 1 FROM copies WHERE copy < ?1)
        INSERT INTO attempts (shop, begun, total, purchase, outcome, state, order_id, placed_order)
        SELECT shop, begun, total, purchase, outcome, state, printf('%08d', copy) || substr(order_id, 9),
            replace(placed_order, order_id, printf('%08d', copy) || substr(order_id, 9))
        FROM attempts, copies WHERE attempts.number = 1";
    file.execute(copies, [count]).unwrap();
    file.execute("UPDATE attempts SET begun = begun - 10000000", []).unwrap();
}

#[tokio::test]
async fn an_order_of_long_ago_is_found_among_many_opened_and_bought_again() {
    let world = World::new(Pace::Every(Duration::from_millis(40))).await;
    let mut you = world.sit_down();
    you.orders_airbnb().await;
    you.sees("•").await;
    you.presses(Press::ctrl('c')).await;
    you.leaves().await;
    multiply(world.home.path(), 250);

    let mut again = world.sit_down();
    again.sees("Brands").await;
    again.presses(Press::ctrl('o')).await;
    again.sees("#250").await;
    again.types("#42").await;
    again.sees("1 of 250").await;
    again.hits(Key::Enter).await;
    again.sees("reveals it").await;
    again.types("r").await;
    let code =
        world.orders().await[0]["deliveries"][0]["deliverable"]["pin_code"].as_str().unwrap().to_owned();
    again.sees(&code).await;
    again.types("nfor Anna").await;
    again.hits(Key::Enter).await;
    again.sees("Note           for Anna").await;
    again.presses(Press::ctrl('o')).await;
    again.sees("Note: for Anna").await;
    again.hits(Key::Esc).await;
    again.sees("#42 ·").await;
    again.hits(Key::Down).await;
    again.sees("#41 ·").await;
    again.presses(Press::ctrl('b')).await;
    again.sees("places the order").await;
}

#[tokio::test]
async fn buying_again_asks_the_shop_anew_and_orders_once() {
    let world = World::new(Pace::Every(Duration::from_millis(40))).await;
    let mut you = world.sit_down();
    you.orders_airbnb().await;
    you.sees("•").await;
    you.types("o").await;
    you.sees("buy again").await;
    you.presses(Press::ctrl('b')).await;
    you.sees("places the order").await;
    you.sees("101.48").await;
    assert_eq!(world.orders().await.len(), 1);
    you.types("p").await;
    you.sees("#2").await;
    assert_eq!(world.orders().await.len(), 2);
}
