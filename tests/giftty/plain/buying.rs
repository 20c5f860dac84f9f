//! A purchase from the first question to the code, in lines alone.

use crate::support::sandbox::World;

#[tokio::test]
async fn lines_alone_lead_from_the_first_question_to_the_code() {
    let world = World::manual().await;
    let mut you = world.sit_down_in_lines();
    you.orders_airbnb().await;
    you.hears("waiting for payment.").await;
    you.hears("Send exactly: 101.48 USDC\nOn network: Solana\n").await;
    let order = world.order().await;
    let address = order["wallet_address"].as_str().unwrap();
    you.hears(&format!("\n{address}\n")).await;
    you.hears("Only USDC on Solana. Anything else sent to this address may be lost.").await;
    you.answers("Type pay to pay it by hand.", "pay").await;
    you.hears("payment seen.").await;
    for said in ["payment received.", "being delivered.", "delivered."] {
        world.happen(&world.order().await, "step").await;
        you.hears(said).await;
    }
    let order = world.order().await;
    let code = order["deliveries"][0]["deliverable"]["pin_code"].as_str().unwrap();
    you.hears("Type reveal").await;
    assert_eq!(you.times(code), 0, "a code is said only when it is asked for");
    you.types("reveal").await;
    you.hears(&format!("Code:\n{code}\n")).await;
    you.types("q").await;
    let said = you.hangs_up().await;
    let hour = regex::Regex::new(r"(?m)^\d\d:\d\d:\d\d (.+)\.$").unwrap();
    let states: Vec<&str> = hour.captures_iter(&said).map(|state| state.get(1).unwrap().as_str()).collect();
    let once = ["waiting for payment", "payment seen", "payment received", "being delivered", "delivered"];
    assert_eq!(states, once, "every state once, with its time\n{said}");
    assert_eq!(said.matches(address).count(), 1, "the address is said once\n{said}");
    assert!(!said.contains("\nDelivered.\n"), "and not once more without\n{said}");
    assert!(said.ends_with("Goodbye.\n") && !said.contains("stays open"));
}

#[tokio::test]
async fn the_groups_of_an_address_are_the_address() {
    let world = World::manual().await;
    let mut you = world.sit_down_in_lines();
    you.orders_airbnb().await;
    you.hears("The same address in groups:\n").await;
    you.hears("Only USDC").await;
    let said = you.transcript();
    let groups = said.split("The same address in groups:\n").nth(1).unwrap().lines().next().unwrap();
    let order = world.order().await;
    assert_eq!(groups.replace(' ', ""), order["wallet_address"].as_str().unwrap());
}

#[tokio::test]
async fn a_top_up_asks_for_the_phone_first_and_is_paid_in_another_coin() {
    let world = World::manual().await;
    let mut you = world.sit_down_in_lines();
    you.answers("Which country?", "philippines").await;
    you.answers("1 Philippines", "1").await;
    you.answers("brands. Which one?", "globe").await;
    you.answers("1 Globe, top-up", "1").await;
    you.answers("What of Globe?", "1").await;
    you.answers("It goes to a phone number.", "buy").await;
    you.answers("The phone number to top up", "0917 123 4567").await;
    you.answers("Your e-mail address?", "you@example.com").await;
    you.answers("Pay with USDC on Solana?", "t").await;
    you.answers("Pay with which coin", "usdt").await;
    you.answers("1 USDT on ", "1").await;
    you.answers("Pay with USDT on ", "").await;
    you.answers("Start with + and the country code.", "+639171234567").await;
    you.answers("for +639171234567.", "order").await;
    you.answers("Type pay to pay it by hand.", "pay").await;
    you.hears("payment seen.").await;
    world.happen(&world.order().await, "deliver").await;
    you.hears("delivered.").await;
    you.hears("Reference: ").await;
    let order = world.order().await;
    assert_eq!(order["deliveries"][0]["deliverable"]["beneficiary_account"], "+639171234567", "{order}");
    you.hangs_up().await;
}

#[tokio::test]
async fn a_data_plan_is_chosen_from_its_table_and_comes_as_what_a_phone_asks_for() {
    let world = World::manual().await;
    let mut you = world.sit_down_in_lines();
    you.answers("Which country?", "germany").await;
    you.answers("1 Germany", "1").await;
    you.answers("brands. Which one?", "esim").await;
    you.answers("1 eSIM, eSIM", "1").await;
    you.answers("2 3 GB 30 days  ", "2").await;
    you.answers("eSIM: 3 GB 30 days", "x2").await;
    you.answers("Quantity: 2.", "buy").await;
    you.answers("Your e-mail address?", "you@example.com").await;
    you.answers("Pay with USDC on Solana?", "").await;
    you.answers("2 x eSIM 3 GB 30 days, Germany, for you@example.com.", "order").await;
    you.answers("Type pay to pay it by hand.", "pay").await;
    you.hears("payment seen.").await;
    world.happen(&world.order().await, "deliver").await;
    you.answers("Type reveal", "reveal").await;
    let order = world.order().await;
    assert_eq!(order["deliveries"].as_array().unwrap().len(), 2, "{order}");
    you.hears("Activation code:").await;
    you.hears("Activation code:").await;
    you.hears("How to redeem:").await;
    let said = you.transcript();
    for line in order["deliveries"].as_array().unwrap() {
        let code = line["deliverable"]["pin_code"].as_str().unwrap();
        let parts: Vec<&str> = code.split('$').collect();
        let [_, address, activation] = parts[..] else { panic!("{code}") };
        let both = format!("SM-DP+ address:\n{address}\nActivation code:\n{activation}\n");
        assert!(said.contains(&both), "{both} in {said}");
    }
    you.hangs_up().await;
}

#[tokio::test]
async fn a_refused_coupon_says_why_and_is_asked_for_again() {
    let world = World::manual().await;
    let mut you = world.sit_down_in_lines();
    you.chooses_airbnb().await;
    you.fills_in().await;
    you.types("coupon").await;
    you.answers("Coupon code?", "EXPIRED").await;
    you.hears("This coupon has expired").await;
    you.answers("Enter keeps EXPIRED.", "-").await;
    you.hears("Coupon: none.").await;
    you.types("coupon").await;
    you.answers("Coupon code?", "HALF").await;
    you.hears("Coupon: HALF.").await;
    you.hears("less than the 101.48 USDC").await;
    assert!(world.orders().await.is_empty(), "nothing is ordered without the word");
    you.hangs_up().await;
}

#[tokio::test]
async fn nothing_but_the_word_places_an_order() {
    let world = World::manual().await;
    let mut you = world.sit_down_in_lines();
    you.chooses_airbnb().await;
    you.fills_in().await;
    for line in ["", "yes", "p", "Order", "order another"] {
        you.types(line).await;
    }
    you.hears("the word is order.").await;
    assert!(world.orders().await.is_empty());
    you.hangs_up().await;
}

#[tokio::test]
async fn a_word_that_is_typed_again_and_again_places_one_order() {
    let world = World::manual().await;
    let mut you = world.sit_down_in_lines();
    you.chooses_airbnb().await;
    you.fills_in().await;
    for _ in 0..5 {
        you.types("order").await;
    }
    you.hears("Only USDC on Solana").await;
    you.hears("\"order\" is none of the choices.").await;
    assert_eq!(world.orders().await.len(), 1);
    you.hangs_up().await;
}

#[tokio::test]
async fn a_code_is_drawn_only_when_it_is_asked_for() {
    let world = World::manual().await;
    let mut you = world.sit_down_in_lines();
    you.orders_airbnb().await;
    you.hears("Type again, qr").await;
    assert_eq!(you.times("█"), 0);
    you.types("qr").await;
    you.hears("█▀").await;
    you.hangs_up().await;
}

#[tokio::test]
async fn a_value_off_the_range_is_refused_with_what_is_sold() {
    let world = World::manual().await;
    let mut you = world.sit_down_in_lines();
    you.answers("Which country?", "us").await;
    you.answers("1 United States", "1").await;
    you.answers("brands. Which one?", "airbnb").await;
    you.answers("1 Airbnb", "1").await;
    you.answers("from 50 to 500 USD", "7").await;
    you.answers("This value is not sold: the least is 50.", "buy").await;
    you.hears("Not a value that is sold").await;
    you.types("x11").await;
    you.hears("An order takes 10, not 11.").await;
    you.hangs_up().await;
}

#[tokio::test]
async fn a_list_goes_on_and_is_narrowed_to_a_kind() {
    let world = World::manual().await;
    let mut you = world.sit_down_in_lines();
    you.answers("Type a number", "m").await;
    you.hears("\n11 ").await;
    you.hears("\n20 ").await;
    you.answers("Type a number", "us").await;
    you.answers("1 United States", "1").await;
    you.answers("brands. Which one?", "k").await;
    you.hears("brands of gift cards. Which one?").await;
    you.types("k").await;
    you.hears("brands of top-ups. Which one?").await;
    you.types("99999").await;
    you.hears("There is no number 99999 here.").await;
    you.hangs_up().await;
}

#[tokio::test]
async fn several_things_go_through_the_cart_into_one_order() {
    let world = World::manual().await;
    let mut you = world.sit_down_in_lines();
    you.answers("Which country?", "us").await;
    you.answers("1 United States", "1").await;
    you.answers("brands. Which one?", "airbnb").await;
    you.answers("1 Airbnb", "1").await;
    you.answers("from 50 to 500 USD", "100").await;
    you.answers("Value: 100 USD.", "add").await;
    you.answers("Found for \"airbnb\"", "steam").await;
    you.answers("1 Steam", "1").await;
    you.answers("What of Steam?", "1").await;
    you.answers("add for the cart", "add").await;
    you.answers("Found for \"steam\"", "c").await;
    you.hears("1 1 x Airbnb 100 USD, United States").await;
    you.answers("Type checkout", "more 2").await;
    you.hears("2 2 x Steam").await;
    you.answers("Type checkout", "checkout").await;
    you.answers("Your e-mail address?", "you@example.com").await;
    you.answers("Pay with USDC on Solana?", "").await;
    you.answers("Type order", "order").await;
    you.hears("Only USDC on Solana").await;
    assert_eq!(world.order().await["deliveries"].as_array().unwrap().len(), 3);
    you.hangs_up().await;
}

#[tokio::test]
async fn an_order_of_long_ago_is_told_among_many_and_opened() {
    let world = World::manual().await;
    let mut you = world.sit_down_in_lines();
    you.orders_airbnb().await;
    you.answers("Type pay to pay it by hand.", "pay").await;
    you.hears("payment seen.").await;
    for said in ["payment received.", "being delivered.", "delivered."] {
        world.happen(&world.order().await, "step").await;
        you.hears(said).await;
    }
    you.hears("Type reveal").await;
    you.types("q").await;
    you.hangs_up().await;
    let file = rusqlite::Connection::open(world.home.path().join("data").join("journal.sqlite3")).unwrap();
    let copies = "WITH RECURSIVE copies(copy) AS
            (SELECT 2 UNION ALL SELECT copy + 1 FROM copies WHERE copy < 150)
        INSERT INTO attempts (shop, begun, total, purchase, outcome, state, order_id, placed_order)
        SELECT shop, begun, total, purchase, outcome, state, printf('%08d', copy) || substr(order_id, 9),
            replace(placed_order, order_id, printf('%08d', copy) || substr(order_id, 9))
        FROM attempts, copies WHERE attempts.number = 1";
    file.execute(copies, []).unwrap();
    file.execute("UPDATE attempts SET begun = begun - 10000000", []).unwrap();
    drop(file);

    let mut again = world.sit_down_in_lines();
    again.answers("brands. Which one?", "o").await;
    again.hears("Reading your earlier orders from this machine.").await;
    again.hears("1 Order #150,").await;
    again.answers("140 more: type m.", "150").await;
    again.hears("Reading this order from this machine.").await;
    again.answers("Type reveal", "reveal").await;
    let order = world.order().await;
    again
        .hears(&format!("Code:\n{}\n", order["deliveries"][0]["deliverable"]["pin_code"].as_str().unwrap()))
        .await;
}
