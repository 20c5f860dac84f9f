//! Country and brands: finding something to buy.

use giftty::domain::catalogue::Kind;
use giftty::effect::{Effect, Preference};
use giftty::keymap::Command;
use giftty::screens::Screen;

use super::kit::Story;
use super::wares;

fn filter(story: &Story) -> String {
    match story.state.top() {
        Screen::Country(page) => page.filter.text().to_owned(),
        Screen::Brands(page) => page.filter.text().to_owned(),
        Screen::Tender(page) => page.filter.text().to_owned(),
        other => panic!("no filter in {other:?}"),
    }
}

#[test]
fn a_first_visit_begins_with_the_country_and_goes_on_to_its_brands() {
    let mut story = Story::new();
    assert_eq!(story.place(), "country");
    story.types("germ").press("↵");
    assert_eq!(story.place(), "country › brands");
    assert_eq!(story.brands_screen().country.as_str(), "DE");
    let remembered = story.asked(|effect| match effect {
        Effect::Remember(Preference::Country(country)) => Some(*country),
        _ => None,
    });
    assert_eq!(remembered.as_str(), "DE");
}

#[test]
fn a_returning_user_lands_on_the_brands_of_the_last_country() {
    let story = Story::begun(Some("US"));
    assert_eq!(story.place(), "country › brands");
    assert_eq!(story.brands_screen().country.as_str(), "US");
}

#[test]
fn letters_in_a_filter_never_trigger_commands() {
    let mut story = Story::shopping();
    story.types("q?opxrjkgGi");
    assert_eq!(filter(&story), "q?opxrjkgGi");
    assert_eq!(story.place(), "country › brands");
}

#[test]
fn a_paste_never_submits_and_its_control_characters_never_get_in() {
    let mut story = Story::shopping();
    story.pastes("Ste\u{1b}[2Jam\r\n");
    assert_eq!(filter(&story), "Ste[2Jam");
    assert_eq!(story.place(), "country › brands");
}

#[test]
fn what_is_sold_out_or_needs_an_account_cannot_be_chosen_and_says_why() {
    let mut story = Story::shopping();
    story.types("Gone").press("↵");
    assert!(story.said().contains("out of stock"), "{}", story.said());
    story.press("esc").types("Rewarble").press("↵");
    assert!(story.said().contains("account"), "{}", story.said());
    assert_eq!(story.place(), "country › brands");
}

#[test]
fn a_late_answer_for_a_country_that_was_left_changes_nothing() {
    let mut story = Story::begun(Some("US"));
    let late = story.log.clone();
    story.press("esc").types("germ").press("↵");
    let asked_first = late.iter().find_map(|effect| match effect {
        Effect::FetchCatalogue(id, _) => Some(*id),
        _ => None,
    });
    let id = asked_first.expect("the US was asked for");
    assert!(!story.state.awaits().contains(&id), "nobody waits for the country that was left");
    let catalogue =
        giftty::domain::catalogue::Catalogue::new("US".parse().expect("a country"), wares::brands(), &[]);
    story.hears(giftty::action::Action::CatalogueFetched(id, Ok(std::sync::Arc::new(catalogue))));
    assert!(story.brands_screen().listing.ready().is_none());
}

#[test]
fn tab_walks_through_the_kinds() {
    let mut story = Story::shopping();
    story.press("⇥ ⇥");
    assert_eq!(story.brands_screen().kind, Some(Kind::TopUp));
    let listing = story.brands_screen().listing.ready().expect("brands");
    assert_eq!(listing.shown.len(), 1);
}

#[test]
fn an_empty_catalogue_can_be_asked_for_again() {
    let mut story = Story::begun(Some("US"));
    story.brands(Vec::new());
    assert!(story.state.offers().contains(&Command::Retry), "an empty list may be transient");
    let before = story.count(|effect| matches!(effect, Effect::FetchCatalogue(..)));
    story.press("^R");
    assert_eq!(story.count(|effect| matches!(effect, Effect::FetchCatalogue(..))), before + 1);
}

#[test]
fn choosing_another_country_can_be_called_off() {
    let mut story = Story::shopping();
    story.types("Ste").press("^L");
    story.types("ger").press("esc esc");
    assert_eq!(story.place(), "country › brands");
    assert_eq!(filter(&story), "Ste");
}

#[test]
fn another_country_takes_the_place_of_the_first() {
    let mut story = Story::shopping();
    story.press("^L").types("germ").press("↵");
    assert_eq!(story.place(), "country › brands");
    assert_eq!(story.brands_screen().country.as_str(), "DE");
}

#[test]
fn back_is_offered_only_where_it_leads_somewhere() {
    let mut story = Story::shopping();
    story.press("esc");
    assert_eq!(story.place(), "country");
    assert!(!story.state.offers().contains(&Command::Back));
    story.types("x");
    assert!(story.state.offers().contains(&Command::Back), "it empties the filter");
}

#[test]
fn help_opens_with_f1_in_a_text_field_and_esc_leads_back() {
    let mut story = Story::shopping();
    story.types("Ste").press("F1");
    assert_eq!(story.place(), "country › brands › help");
    story.press("esc");
    assert_eq!(filter(&story), "Ste");
}

#[test]
fn help_opens_with_a_question_mark_where_letters_are_commands() {
    let mut story = Story::at("Steam", wares::steam());
    story.press("?");
    assert_eq!(story.place(), "country › brands › product › help");
    story.press("esc");
    assert_eq!(story.place(), "country › brands › product");
}
