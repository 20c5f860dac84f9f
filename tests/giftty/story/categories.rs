//! Categories: all that a brand stands in, counted, chosen and left again.

use giftty::domain::catalogue::{Brand, Facts, Kind};
use giftty::screens::AnyScreen;
use giftty::state::SessionInit;

use super::browsing::recalled;
use crate::support::story::{Story, boot};
use crate::support::wares;

/// The categories that are listed, with their counts; the marked one in brackets.
fn sections(story: &Story) -> Vec<String> {
    let AnyScreen::Category(page) = story.state.top() else { panic!("no categories") };
    let told = |row: usize| {
        let section = page.row(row).expect("a section");
        let told = format!("{} {}", section.name(), section.brands);
        if row == page.list.cursor.at() { format!("[{told}]") } else { told }
    };
    (0..page.list.shown.len()).map(told).collect()
}

fn names(story: &Story) -> Vec<&str> {
    let screen = story.brands_screen();
    (0..screen.list.shown.len()).filter_map(|row| screen.row(row)).map(|brand| brand.name().sent()).collect()
}

/// Cards of several categories, a top-up, and names that share letters.
fn assorted() -> Vec<Brand> {
    let card = wares::brands().remove(0);
    let brand = |name, kind, category, also_in| {
        Brand::new(&Facts { id: name, name, kind, category, also_in, ..card.facts() }).expect("a brand")
    };
    vec![
        brand("Airbnb", Kind::GiftCard, "travel", "home"),
        brand("Airtel", Kind::TopUp, "mobile", ""),
        brand("Bakery", Kind::GiftCard, "food", ""),
        brand("Fairmont", Kind::GiftCard, "travel", "food"),
        brand("Nameless", Kind::GiftCard, "", ""),
    ]
}

fn in_front_of_assorted() -> Story {
    let mut story = Story::begun(Some("US"));
    story.payment_methods();
    story.records(Vec::new());
    story.brands(assorted());
    story
}

#[test]
fn the_categories_are_listed_with_how_many_brands_match_in_each() {
    let mut story = in_front_of_assorted();
    story.press("^F");
    assert_eq!(story.place(), "country › brands › category");
    assert_eq!(sections(&story), ["[all 5]", "food 2", "home 1", "mobile 1", "travel 2"]);
    story.press("esc ⇥ ^F");
    assert_eq!(sections(&story), ["[all 4]", "food 2", "home 1", "travel 2"], "of gift cards");
    story.press("esc").types("air").press("^F");
    assert_eq!(sections(&story), ["[all 2]", "food 1", "home 1", "travel 2"], "of those that match, too");
}

#[test]
fn a_category_that_is_chosen_narrows_the_brands_and_can_be_left_again() {
    let mut story = in_front_of_assorted();
    story.types("air").press("^F").types("fod").press("↵");
    assert_eq!(story.place(), "country › brands");
    assert_eq!(names(&story), ["Fairmont"], "a brand stands in every category that names it");
    story.press("esc");
    assert_eq!(names(&story), ["Bakery", "Fairmont"]);
    story.press("^F");
    assert_eq!(sections(&story)[1], "[food 2]", "the one in use is marked");
    story.press("↑ ↵");
    assert_eq!(names(&story).len(), 5);
}

#[test]
fn leaving_the_categories_leaves_the_brands_as_they_were() {
    let mut story = in_front_of_assorted();
    story.press("⇥").types("air").press("↓ ^F ↓ ↓").types("tra").press("esc");
    assert_eq!(story.place(), "country › brands");
    let screen = story.brands_screen();
    assert_eq!(
        (screen.category.as_ref(), screen.list.filter.text(), screen.list.cursor.at()),
        (None, "air", 1)
    );
    story.press("⇥");
    assert_eq!(story.brands_screen().kind, Some(Kind::TopUp));
}

#[test]
fn the_category_in_use_stays_listed_where_nothing_in_it_matches() {
    let mut story = in_front_of_assorted();
    story.press("^F").types("home").press("↵").types("bak").press("^F");
    assert_eq!(sections(&story), ["all 1", "food 1", "[home 0]"]);
}

#[test]
fn the_categories_follow_a_list_that_is_renewed_below_them() {
    let mut story = Story::of(SessionInit { stock: Some(recalled(assorted())), ..boot(Some("US")) });
    story.press("^F ↓ ↓ ↓");
    assert_eq!(sections(&story)[3], "[mobile 1]");
    story.brands(assorted().split_off(1));
    assert_eq!(sections(&story), ["all 4", "food 2", "[mobile 1]", "travel 1"]);
    story.press("↵");
    assert_eq!(names(&story), ["Airtel"]);
}

#[test]
fn the_categories_are_found_in_the_palette_too() {
    let mut story = in_front_of_assorted();
    story.press("^G").types("categ").press("↵");
    assert_eq!(story.place(), "country › brands › category");
}
