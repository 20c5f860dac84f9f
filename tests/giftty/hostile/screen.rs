//! Lists and orders are drawn with it, and their columns and borders stay where they are.

use giftty::input::{Input, Key, Press};
use unicode_width::UnicodeWidthStr;

use super::lying_shop::{BEFORE, LyingShop};
use super::printable::assert_printable;
use super::table::texts;
use crate::support::cells::Cells;
use crate::support::screen_session::Person;

/// Looks at a screen: every cell is printable, and the rows are as wide as the window.
fn inspect(what: &str, cells: &Cells) {
    for row in &cells.rows {
        let mut skip = 0;
        for cell in row {
            assert_printable(what, &cell.symbol);
            if skip > 0 {
                skip -= 1;
                continue;
            }
            let wide = cell.symbol.width();
            assert!((1..=2).contains(&wide), "{what}: a cell of {wide} columns: {:?}", cell.symbol);
            assert!(is_steady(&cell.symbol), "{what}: terminals disagree on {:?}", cell.symbol);
            skip = wide - 1;
        }
    }
    let frame = |row: &Vec<crate::support::cells::Cell>| {
        let ends = [row.first(), row.last()].map(|cell| cell.map(|cell| cell.symbol.clone()));
        ends.map(Option::unwrap_or_default)
    };
    let borders: Vec<[String; 2]> = cells.rows.iter().map(frame).collect();
    for [left, right] in borders {
        assert_eq!(left == "│", right == "│", "{what}: a border moved");
    }
}

/// Whether every terminal draws it in as many columns as we count, from left to right.
fn is_steady(symbol: &str) -> bool {
    let mut letters = symbol.chars();
    let first = letters.next().unwrap_or(' ');
    let backwards = matches!(first, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}');
    letters.next().is_none() && !backwards
}

#[tokio::test]
async fn lists_keep_their_columns_whatever_is_in_them() {
    let liar = LyingShop::open().await;
    let home = tempfile::tempdir().unwrap();
    let mut you = Person::at(&liar.base, home.path(), 80, 24);
    you.hits(Key::Home).await;
    you.sees(BEFORE).await;
    inspect("countries", &you.cells());
    you.types("united states").await;
    you.hits(Key::Enter).await;
    you.sees("Amazon").await;
    for number in 0..texts().len() {
        let name = format!("{BEFORE}{number}x");
        you.types(&name).await;
        you.sees(&format!("{BEFORE}{number}x")).await;
        you.sees(" of ").await;
        inspect(&name, &you.cells());
        you.presses(Press::ctrl('u')).await;
        you.sees("Amazon").await;
    }
    you.presses(Press::ctrl('c')).await;
    you.leaves().await;
}

#[tokio::test]
async fn an_order_is_drawn_printable_from_the_product_to_its_code() {
    let liar = LyingShop::open().await;
    let home = tempfile::tempdir().unwrap();
    let mut you = Person::at(&liar.base, home.path(), 80, 24);
    you.chooses_airbnb().await;
    inspect("checkout", &you.cells());
    you.presses(Press::ctrl('t')).await;
    you.sees("Pay with").await;
    inspect("ways to pay", &you.cells());
    you.hits(Key::Esc).await;
    you.sees("Checkout").await;
    you.types("you@example.com").await;
    you.hits(Key::Enter).await;
    you.sees("Receipt").await;
    you.sees("101.48").await;
    inspect("receipt", &you.cells());
    you.types("p").await;
    you.sees("elivered").await;
    you.sees("•").await;
    inspect("delivered", &you.cells());
    you.types("r").await;
    you.sees("Serial number  SER-").await;
    inspect("revealed", &you.cells());
}

#[tokio::test]
async fn what_is_pasted_is_as_clean_as_what_the_shop_says() {
    let liar = LyingShop::open().await;
    let home = tempfile::tempdir().unwrap();
    let mut you = Person::at(&liar.base, home.path(), 80, 24);
    you.hits(Key::Home).await;
    you.sees(BEFORE).await;
    for text in texts() {
        you.does(Input::Paste(format!("{text}!"))).await;
        you.sees("!").await;
        inspect("a paste", &you.cells());
        you.presses(Press::ctrl('u')).await;
        you.sees(BEFORE).await;
    }
}
