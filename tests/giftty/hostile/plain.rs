//! Plain mode says it, from the countries to the code, line by line.

use giftty::config::ConfigInput;

use super::lying_shop::{BEFORE, LyingShop};
use super::printable::assert_printable;
use crate::support::plain_session::Person;

/// Looks at all that was said so far.
fn inspect(you: &Person) {
    for line in you.transcript().lines() {
        assert_printable("plain mode", line);
    }
}

#[tokio::test]
async fn plain_mode_says_nothing_but_printable_text() {
    let liar = LyingShop::open().await;
    let home = tempfile::tempdir().unwrap();
    let mut you = Person::at(&liar.base, home.path(), ConfigInput::default());
    you.answers("Which country?", BEFORE).await;
    you.answers(&format!("Found for \"{BEFORE}\""), "m").await;
    you.answers("Type a number", "us").await;
    you.answers("1 United States", "1").await;
    you.answers("brands. Which one?", BEFORE).await;
    for _ in 0..9 {
        you.answers("\n1", "m").await;
    }
    you.answers("Type a number", "airbnb").await;
    you.answers("1 Airbnb", "1").await;
    you.answers("from 50 to 500 USD", "137").await;
    you.hears("The shop refused this").await;
    you.types("100").await;
    you.answers("One costs 101.48 USDC.", "buy").await;
    you.answers("Your e-mail address?", "problems@example.com").await;
    you.answers("Pay with USDC on Solana?", "t").await;
    you.answers("Pay with which coin", BEFORE).await;
    you.answers(BEFORE, "b").await;
    you.answers("Pay with USDC on Solana?", "").await;
    you.hears(BEFORE).await;
    inspect(&you);
    // What was twisted is not what was asked for, so no address is said; the shop delivers all the same.
    for (address, said) in
        [("refused@example.com", "refused this"), ("you@example.com", "Do not pay this order")]
    {
        you.types("email").await;
        you.answers("Your e-mail address?", address).await;
        you.answers("Type order", "order").await;
        you.hears(said).await;
        inspect(&you);
    }
    you.answers("Type reveal", "reveal").await;
    you.hears("Code:\n").await;
    inspect(&you);
}
