//! What later versions keep is there and stays there, although nothing asks for it yet.

use super::*;

#[test]
fn an_attempt_is_found_by_its_callers_key() {
    let home = Home::new();
    let journal = home.open();
    intend(&journal);
    let with_key = |key| {
        let intent = journal.intend_with_key(&purchase(), amount("101.40"), &agreed(), NOW, key).unwrap();
        let Intent::Recorded(attempt) = intent else { panic!("agreed to") };
        attempt
    };
    let first = with_key("invoice 7");
    with_key("invoice 8");
    journal.record_outcome(first, &Placement::NotSent(Failure::TooLarge)).unwrap();
    let again = with_key("invoice 7");
    journal.record_outcome(again, &placed(snapshot(ID, "Created", 1000))).unwrap();
    assert_eq!(home.open().attempts_of_key("invoice 7"), Ok(vec![again, first]));
    assert_eq!(journal.attempts_of_key("invoice 9"), Ok(vec![]));
    let sandbox = Journal::open(&home.directory(), SANDBOX).unwrap();
    assert_eq!(sandbox.attempts_of_key("invoice 7"), Ok(vec![]));
}

#[test]
fn why_an_order_was_withheld_is_kept_with_both_values() {
    let home = Home::new();
    let journal = home.open();
    let attempt = intend(&journal);
    assert_eq!(journal.mismatch(attempt), Ok(None));
    let mismatch =
        Mismatch { field: "amount".into(), asked: "101.40 USDC".into(), answered: "\"109\" USDC".into() };
    journal.keep_mismatch(attempt, &mismatch).unwrap();
    journal.record_outcome(attempt, &placed(snapshot(ID, "Created", 1000))).unwrap();
    assert_eq!(home.open().mismatch(attempt), Ok(Some(mismatch)));
    assert_eq!(journal.mismatch(Attempt(99)), Ok(None));
}

#[test]
fn a_shop_has_its_own_identity() {
    let home = Home::new();
    let (shop, sandbox) = (home.open(), Journal::open(&home.directory(), SANDBOX).unwrap());
    assert_eq!(shop.shop_identity(), Ok(None));
    let real = ShopIdentity { origin: "https://api.shop.example".into(), sandbox: None };
    let local = ShopIdentity { origin: SANDBOX.into(), sandbox: Some("sandbox-1".into()) };
    shop.keep_shop_identity(&local).unwrap();
    shop.keep_shop_identity(&real).unwrap();
    sandbox.keep_shop_identity(&local).unwrap();
    assert_eq!(home.open().shop_identity(), Ok(Some(real)));
    assert_eq!(sandbox.shop_identity(), Ok(Some(local)));
}

#[test]
fn favourites_are_kept_in_their_order() {
    let home = Home::new();
    let journal = home.open();
    let line = purchase().lines.remove(0);
    let first = Favourite { line: line.clone(), tender: Tender::recommended() };
    let choice = Choice::Range { value: amount("0.10"), currency: "EUR".into() };
    let phone = Beneficiary::Handset(Phone::recorded("+4915123456789"));
    let second = Favourite {
        line: Line { item: Item { choice, ..line.item }, beneficiary: phone },
        tender: Tender::new("BTC", "Lightning"),
    };
    journal.add_favourite(&first).unwrap();
    journal.add_favourite(&second).unwrap();
    assert_eq!(home.open().favourites(), Ok(vec![first.clone(), second]));
    journal.connection().execute("UPDATE favourites SET favourite = '{' WHERE number = 2", []).unwrap();
    assert_eq!(journal.favourites(), Ok(vec![first]));
}

#[test]
fn a_memo_of_the_payment_is_kept_and_not_unlearned() {
    let home = Home::new();
    let journal = home.open();
    let attempt = intend(&journal);
    let mut with_memo = snapshot(ID, "Created", 1000);
    with_memo.terms.as_mut().unwrap().memo = Some("104729".into());
    journal.record_outcome(attempt, &placed(with_memo.clone())).unwrap();
    journal.keep(attempt, &Order::new(snapshot(ID, "WaitingForPayment", 2000))).unwrap();
    let Outcome::Placed(order) = outcome(&home.open(), attempt) else { panic!("placed") };
    assert_eq!(order.known.terms, with_memo.terms);
    assert!(!order.terms_changed);
}
