//! Validations and refusals: every rule of the checkout.

use serde_json::{Value, json};

use super::shop::{Shop, amazon, body, body_of, body_on, steam};

async fn validate(shop: &Shop, body: &Value) -> Value {
    let (status, answer) = shop.post("/v5/orders/validations", body).await;
    assert_eq!(status, 200, "{answer}");
    answer
}

async fn problems(shop: &Shop, body: &Value) -> Vec<String> {
    let answer = validate(shop, body).await;
    let list = answer["problems"].as_array().cloned().unwrap_or_default();
    list.iter().map(|entry| entry["problem"].as_str().expect("a code").to_owned()).collect()
}

#[tokio::test]
async fn a_good_basket_has_a_price_and_no_problems() {
    let shop = Shop::open().await;
    let answer = validate(&shop, &body()).await;
    assert!(answer["coin_amount"].is_string(), "{answer}");
    assert_eq!(answer["deliveries"][0]["delivery_state"], "Created");
    assert_eq!(shop.count().await, 0);
}

#[tokio::test]
async fn no_problems_are_null_or_an_empty_list() {
    let shop = Shop::open().await;
    let mut other = body();
    other["user"]["email"] = json!("buyers@example.com");
    let (one, two) = (validate(&shop, &body()).await, validate(&shop, &other).await);
    let both = [&one["problems"], &two["problems"]];
    assert!(both.contains(&&Value::Null) && both.contains(&&json!([])), "{both:?}");
}

#[tokio::test]
async fn a_range_wants_its_value_and_keeps_to_it() {
    let shop = Shop::open().await;
    for good in [json!(50), json!("50")] {
        assert_eq!(problems(&shop, &body_of(&[amazon(&good)])).await, Vec::<String>::new());
    }
    assert_eq!(problems(&shop, &body_of(&[amazon(&Value::Null)])).await, ["OUT_OF_STOCK"]);
    for wrong in [json!(4), json!(501), json!("50.5")] {
        assert_eq!(problems(&shop, &body_of(&[amazon(&wrong)])).await, ["NOT_AVAILABLE_PRODUCT"]);
    }
}

#[tokio::test]
async fn a_literal_value_of_a_range_brand_is_a_dearer_product() {
    let shop = Shop::open().await;
    let mut literal = amazon(&Value::Null);
    literal["denomination"] = json!("100 USD");
    let price = async |line: Value| {
        let answer = validate(&shop, &body_of(&[line])).await;
        answer["coin_amount"].as_str().expect("a price").parse::<rust_decimal::Decimal>().expect("a decimal")
    };
    assert!(price(literal).await > price(amazon(&json!(100))).await);
}

#[tokio::test]
async fn denominations_are_opaque() {
    let shop = Shop::open().await;
    for wrong in ["10", "12 USD", "10 usd", "$10", "range"] {
        let mut line = steam();
        line["denomination"] = json!(wrong);
        assert_eq!(problems(&shop, &body_of(&[line])).await, ["NOT_AVAILABLE_PRODUCT"], "{wrong}");
    }
}

#[tokio::test]
async fn a_nested_body_is_understood_and_its_quantity_counts() {
    let shop = Shop::open().await;
    let nested = |quantity: u64| {
        body_of(&[json!({
            "kind": "giftcard", "quantity": quantity, "beneficiary_account": "buyer@example.com",
            "deliverable": {"brand_name": "Steam", "country_code": "US", "denomination": "10"},
        })])
    };
    let flat = validate(&shop, &body_of(&[steam(), steam()])).await;
    assert_eq!(validate(&shop, &nested(2)).await["coin_amount"], flat["coin_amount"]);
    assert_eq!(problems(&shop, &nested(11)).await, ["PRODUCT_COUNT_EXCEEDED"]);
}

#[tokio::test]
async fn accounts_need_their_form() {
    let shop = Shop::open().await;
    let mut line = steam();
    line["beneficiary_account"] = json!("+15551234567");
    assert_eq!(problems(&shop, &body_of(&[line])).await, ["INVALID_BENEFICIARY_ACCOUNT"]);
}

#[tokio::test]
async fn several_problems_come_at_once() {
    let shop = Shop::open().await;
    let mut wrong = steam();
    wrong["denomination"] = json!("12 USD");
    wrong["beneficiary_account"] = json!("nobody");
    let mut body = body_of(&[wrong]);
    body["payment"]["payment_via"] = json!("GATE_PAY");
    body["promo_code"] = json!("EXPIRED");
    let expected =
        ["NOT_ALLOWED_PAYMENT_VIA", "INVALID_BENEFICIARY_ACCOUNT", "NOT_AVAILABLE_PRODUCT", "COUPON_EXPIRED"];
    assert_eq!(problems(&shop, &body).await, expected);
}

#[tokio::test]
async fn ten_deliveries_pass_and_eleven_do_not() {
    let shop = Shop::open().await;
    let many: Vec<Value> = (0..10).map(|_| amazon(&json!(500))).collect();
    assert_eq!(problems(&shop, &body_of(&many)).await, Vec::<String>::new());
    let mut most = steam();
    most["denomination"] = json!("200 USD");
    let mut eleven = many;
    eleven.push(most);
    assert_eq!(problems(&shop, &body_of(&eleven)).await, ["PRODUCT_COUNT_EXCEEDED"]);
}

#[tokio::test]
async fn more_than_the_most_and_less_than_the_least_are_refused() {
    let shop = Shop::open().await;
    let mut dear = amazon(&json!(500));
    (dear["brand_name"], dear["country_code"]) = (json!("Amazon"), json!("GB"));
    let many: Vec<Value> = (0..10).map(|_| dear.clone()).collect();
    assert_eq!(problems(&shop, &body_of(&many)).await, ["MAXIMUM_AMOUNT_PER_ORDER_EXCEEDED"]);
    let mut cheap = dear;
    (cheap["country_code"], cheap["product_value"]) = (json!("AU"), json!(1));
    let mut body = body_of(&[cheap]);
    body["promo_code"] = json!("HALF");
    assert_eq!(problems(&shop, &body).await, ["AMOUNT_LESS_THEN_MINIMUM_ALLOWED"]);
}

#[tokio::test]
async fn a_coin_on_a_network_that_does_not_take_it_names_those_that_do() {
    let shop = Shop::open().await;
    let answer = validate(&shop, &body_on("USDC", "Tron")).await;
    let problem = &answer["problems"][0];
    assert_eq!(problem["problem"], "UNSUPPORTED_PROTOCOL_COIN_COMBINATION");
    let allowed = problem["moreDetails"].as_array().expect("a list");
    assert!(allowed.contains(&json!({"coin": "USDC", "network": "Base"})), "{allowed:?}");
}

#[tokio::test]
async fn what_is_suspended_is_refused_before_anything_else() {
    let shop = Shop::open().await;
    for (coin, network, detail) in
        [("FDUSD", "ETH Mainnet", "SUSPENDED_COIN"), ("USDT", "ETH Mainnet", "SUSPENDED_NETWORK")]
    {
        for path in ["/v5/orders/validations", "/v5/orders"] {
            let (status, answer) = shop.post(path, &body_on(coin, network)).await;
            assert_eq!((status, answer["detail"].as_str()), (422, Some(detail)));
        }
    }
}

#[tokio::test]
async fn e_money_asks_for_an_account() {
    let shop = Shop::open().await;
    let mut line = steam();
    line["brand_name"] = json!("Rewarble VISA");
    let (status, answer) = shop.post("/v5/orders", &body_of(&[line])).await;
    assert_eq!((status, answer), (422, json!({"detail": "LOGIN_REQUIRED"})));
}

#[tokio::test]
async fn coupons_have_every_fate() {
    let shop = Shop::open().await;
    let full = validate(&shop, &body()).await;
    let mut with = body();
    with["promo_code"] = json!("SAVE10");
    let reduced = validate(&shop, &with).await;
    assert_eq!(reduced["original_coin_amount"], full["coin_amount"]);
    assert_ne!(reduced["coin_amount"], full["coin_amount"]);
    for (code, problem) in [
        ("SPENT", "COUPON_ALREADY_SPENT"),
        ("USEDUP", "COUPON_MAX_USAGE_REACHED"),
        ("NOTYET", "COUPON_NOT_ACTIVE"),
        ("MINIMUM", "COUPON_BELOW_MIN_AMOUNT"),
        ("LOGIN", "COUPON_REQUIRES_LOGIN"),
        ("COUNTRY", "COUPON_NOT_VALID_FOR_COUNTRY"),
        ("NOSUCHTHING", "COUPON_NOT_FOUND"),
    ] {
        with["promo_code"] = json!(code);
        assert_eq!(problems(&shop, &with).await, [problem]);
    }
}

#[tokio::test]
async fn any_problem_can_be_asked_for() {
    let shop = Shop::open().await;
    let wanted =
        json!({"problems": ["KYC_MISSING", {"problem": "NOT_ACTIVE", "moreDetails": {"reason": "x"}}]});
    assert_eq!(shop.post("/__sandbox/problems", &wanted).await.0, 200);
    assert_eq!(problems(&shop, &body()).await, ["KYC_MISSING", "NOT_ACTIVE"]);
    assert_eq!(problems(&shop, &body()).await, Vec::<String>::new());
    let mut magic = body();
    magic["user"]["email"] = json!("problem+daily_spending_limit_exceeded@example.com");
    assert_eq!(problems(&shop, &magic).await, ["DAILY_SPENDING_LIMIT_EXCEEDED"]);
}

#[tokio::test]
async fn a_malformed_body_is_a_400_that_says_why() {
    let shop = Shop::open().await;
    for broken in [json!([]), json!({}), body_of(&[]), body_of(&[json!({"brand_name": 1})])] {
        let (status, answer) = shop.post("/v5/orders", &broken).await;
        assert_eq!((status, answer["detail"].as_str()), (400, Some("MALFORMED_BODY")));
        assert!(answer["reason"].is_string());
    }
}
