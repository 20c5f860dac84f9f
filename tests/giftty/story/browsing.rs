//! Country and brands: finding something to buy.

use std::sync::Arc;
use std::time::Duration;

use giftty::action::Action;
use giftty::domain::catalogue::{Brand, Catalogue, Facts, Kind};
use giftty::domain::failure::Failure;
use giftty::domain::time::{Dated, Timestamp};
use giftty::effect::{Effect, Subscription};
use giftty::input::{Input, Key, Press};
use giftty::keymap::Command;
use giftty::model::Preferences;
use giftty::remote::RequestId;
use giftty::screens::AnyScreen;
use giftty::search::catalogue_index::CatalogueIndex;
use giftty::state::{SessionInit, StartPolicy, State};
use giftty::update::update;

use crate::support::story::{NOW, Story, boot};
use crate::support::wares;

fn filter(story: &Story) -> String {
    match story.state.top() {
        AnyScreen::Country(page) => page.list.filter.text().to_owned(),
        AnyScreen::Brands(page) => page.list.filter.text().to_owned(),
        AnyScreen::Tender(page) => page.list.filter.text().to_owned(),
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
        Effect::RememberCountry(country) => Some(*country),
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
    assert!(!story.state.pending_requests().contains(&id), "nobody waits for the country that was left");
    let catalogue =
        giftty::domain::catalogue::Catalogue::new("US".parse().expect("a country"), wares::brands(), &[]);
    let stock = std::sync::Arc::new(giftty::search::catalogue_index::CatalogueIndex::new(catalogue));
    story.hears(giftty::action::Action::CatalogueFetched(id, Ok(stock)));
    assert!(story.brands_screen().listing.ready().is_none());
}

#[test]
fn tab_walks_through_the_kinds() {
    let mut story = Story::shopping();
    story.press("⇥ ⇥");
    assert_eq!(story.brands_screen().kind, Some(Kind::TopUp));
    assert_eq!(story.brands_screen().list.shown.len(), 1);
}

#[test]
fn an_empty_catalogue_can_be_asked_for_again() {
    let mut story = Story::begun(Some("US"));
    story.brands(Vec::new());
    assert!(story.state.commands().contains(&Command::Retry), "an empty list may be transient");
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
    assert!(!story.state.commands().contains(&Command::Back));
    story.types("x");
    assert!(story.state.commands().contains(&Command::Back), "it empties the filter");
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

#[test]
fn a_slip_of_the_finger_still_finds_the_country_and_the_brand() {
    let mut story = Story::new();
    story.types("germnay").press("↵");
    assert_eq!(story.brands_screen().country.as_str(), "DE");
    let mut story = Story::shopping();
    story.types("arbinb").press("esc").types("stema").press("↵");
    assert_eq!(story.product().brand.name().sent(), "Steam");
}

/// What a shop told two hours before the story.
pub(super) fn recalled(brands: Vec<Brand>) -> Dated<Arc<CatalogueIndex>> {
    let catalogue = Catalogue::new("US".parse().expect("a country"), brands, &[]);
    Dated { value: Arc::new(CatalogueIndex::unsearched(catalogue)), told: Timestamp(NOW - 7200) }
}

fn catalogue_id(story: &Story) -> RequestId {
    story.asked(|effect| match effect {
        Effect::FetchCatalogue(id, _) => Some(*id),
        _ => None,
    })
}

fn kept(story: &Story) -> usize {
    story.count(|effect| matches!(effect, Effect::CacheCatalogue(_)))
}

#[test]
fn a_returning_user_chooses_from_memory_while_the_shop_is_asked() {
    let mut story = Story::of(SessionInit { stock: Some(recalled(wares::brands())), ..boot(Some("US")) });
    let id = catalogue_id(&story);
    assert!(story.state.pending_requests().contains(&id), "the shop is asked all the same");
    assert_eq!(story.brands_screen().recalled.as_ref().expect("its age").told, Timestamp(NOW - 7200));
    story.types("steam").press("↵");
    assert_eq!(story.place(), "country › brands › product");
}

#[test]
fn nobody_is_asked_for_a_returning_user_before_the_first_key_but_the_journal() {
    let begin = |asks, stock| State::new(SessionInit { stock, asks, ..boot(Some("US")) });
    let (mut state, wanted) = begin(StartPolicy::WithFirstKey, Some(recalled(wares::brands())));
    let [Effect::LoadRecords(id)] = *wanted else { panic!("{wanted:?}") };
    assert_eq!(update(&mut state, Action::RecordsLoaded(id, Ok(Vec::new().into()))), []);
    let asked = update(&mut state, Action::Input(Input::lone(Press::plain(Key::Down))));
    let is_asked = |pick: fn(&Effect) -> bool| asked.iter().filter(|effect| pick(effect)).count() == 1;
    assert!(is_asked(|effect| matches!(effect, Effect::FetchCatalogue(..))), "{asked:?}");
    assert!(is_asked(|effect| matches!(effect, Effect::FetchPaymentMethods(_))), "{asked:?}");
    let (_, wanted) = begin(StartPolicy::WithFirstKey, None);
    assert!(wanted.len() > 3, "there is nothing to choose from yet: {wanted:?}");
}

#[test]
fn a_fresh_list_takes_the_place_of_the_old_one_and_leaves_the_mark_where_it_was() {
    let mut story = Story::of(SessionInit { stock: Some(recalled(wares::brands())), ..boot(Some("US")) });
    story.press("↓");
    let marked = |story: &Story| {
        let screen = story.brands_screen();
        screen.row(screen.list.cursor.at()).map(|brand| brand.id().to_owned())
    };
    let before = marked(&story);
    let card = wares::brands().remove(0);
    let more = Brand::new(&Facts { id: "AAA", name: "AAA", ..card.facts() }).expect("a brand");
    story.brands([vec![more], wares::brands()].concat());
    assert_eq!(marked(&story), before);
    assert_eq!(story.brands_screen().recalled, None);
    assert_eq!(kept(&story), 1);
}

#[test]
fn a_transiently_empty_list_never_takes_the_place_of_a_good_one() {
    let mut story = Story::of(SessionInit { stock: Some(recalled(wares::brands())), ..boot(Some("US")) });
    story.brands(Vec::new());
    assert_eq!(story.brands_screen().list.shown.len(), wares::brands().len());
    assert!(story.brands_screen().recalled.as_ref().is_some_and(|recalled| recalled.renewal.is_err()));
    assert_eq!(kept(&story), 0);
    let mut story = Story::begun(Some("US"));
    story.brands(Vec::new());
    assert_eq!(kept(&story), 0, "nothing is not worth keeping");
}

#[test]
fn without_the_shop_the_old_list_stays_and_a_key_asks_again() {
    let mut story = Story::of(SessionInit { stock: Some(recalled(wares::brands())), ..boot(Some("US")) });
    let failure = Failure::Unreachable("it is off".into());
    story.hears(Action::CatalogueFetched(catalogue_id(&story), Err(failure)));
    assert!(story.brands_screen().listing.ready().is_some());
    assert!(story.state.commands().contains(&Command::Retry));
    story.press("^R").brands(wares::brands());
    assert_eq!(story.brands_screen().recalled, None);
}

#[test]
fn what_is_recalled_for_another_country_is_not_shown() {
    let mut story = Story::begun(Some("US"));
    let late = catalogue_id(&story);
    story.press("esc").types("germ").press("↵");
    story.hears(Action::CatalogueRecalled(late, recalled(wares::brands())));
    assert!(story.brands_screen().listing.ready().is_none());
}

#[test]
fn brands_of_one_family_are_shown_as_such() {
    let card = wares::brands().remove(0);
    let brand = |name| Brand::new(&Facts { id: name, name, family: "Air", ..card.facts() }).expect("a brand");
    let mut story = Story::begun(Some("US"));
    story.brands(vec![brand("Air One"), brand("Air Two"), card]);
    let stock = &story.brands_screen().listing.ready().expect("brands").stock;
    let [one, two, alone] = stock.catalogue.brands.as_slice() else { panic!("three brands") };
    assert_eq!(
        (stock.family_of(one), stock.family_of(two), stock.family_of(alone)),
        (Some(2), Some(2), None)
    );
    assert_eq!(stock.siblings(one).collect::<Vec<_>>(), [two]);
}

#[test]
fn the_logo_of_the_marked_brand_alone_is_asked_for_and_only_where_pictures_are_shown() {
    use giftty::picture::{Display, Means};
    let logos = |story: &Story| story.count(|effect| matches!(effect, Effect::FetchLogo(..)));
    let with_logos = || {
        let with = |brand: Brand| {
            let logo = format!("https://cdn/{}", brand.name());
            Brand::new(&Facts { logo: &logo, ..brand.facts() }).expect("a brand")
        };
        wares::brands().into_iter().map(with).collect::<Vec<_>>()
    };
    let mut story = Story::begun(Some("US"));
    story.brands(with_logos()).press("↓");
    assert_eq!(logos(&story), 0, "pictures are not wanted");

    let display = Display { means: Means::Kitty, cell: (10, 20) };
    let mut story = Story::of(SessionInit { pictures: Some(display), ..boot(Some("US")) });
    story.brands(with_logos());
    assert_eq!(logos(&story), 1);
    let first = story.asked(|effect| match effect {
        Effect::FetchLogo(id, _) => Some(*id),
        _ => None,
    });
    story.press("↓");
    assert_eq!(logos(&story), 2);
    assert!(!story.state.pending_requests().contains(&first), "nobody looks at the first one any more");
    story.hears(Action::LogoFetched(first, None)).press("↑");
    assert_eq!(logos(&story), 3, "an answer that nobody waited for is not kept");
    let third = story.asked(|effect| match effect {
        Effect::FetchLogo(id, _) => Some(*id),
        _ => None,
    });
    story.hears(Action::LogoFetched(third, None)).press("↓ ↑");
    assert_eq!(logos(&story), 4, "a brand without a logo is asked for once");
}

#[test]
fn a_busy_shop_is_counted_down_to_only_while_somebody_waits_for_it() {
    let ticks = |story: &Story| story.state.subscriptions().contains(&Subscription::Seconds);
    let delayed = |story: &mut Story, id| {
        let pause = Duration::from_secs(5);
        let why = Failure::TooMany(Some(pause));
        story.hears(Action::AnswerDelayed(id, why, pause));
    };
    let mut story = Story::begun(Some("US"));
    let id = story.state.top().pending_requests()[0];
    assert!(!ticks(&story), "nothing is known to be late");
    delayed(&mut story, id);
    assert!(ticks(&story));
    assert_eq!(story.state.model.delay_of(id).as_deref(), Some("The shop is busy. Asking again in 5 s."));
    story.wait(5);
    assert!(!ticks(&story), "it is being asked");
    assert_eq!(story.state.model.delay_of(id).as_deref(), Some("The shop is busy. Asking again…"));
    delayed(&mut story, id);
    story.brands(wares::brands());
    assert!(!ticks(&story));
    assert_eq!(story.state.model.delay_of(id), None);
    delayed(&mut story, id);
    assert!(story.state.model.delays.is_empty(), "nobody awaits it any more");
}

#[test]
fn with_reduced_motion_a_busy_shop_is_not_counted_down_to() {
    let preferences = Preferences { reduced_motion: true, ..Preferences::default() };
    let mut story = Story::of(SessionInit { preferences, ..boot(Some("US")) });
    let id = story.state.top().pending_requests()[0];
    story.hears(Action::AnswerDelayed(id, Failure::Trouble(503), Duration::from_secs(5)));
    assert!(!story.state.subscriptions().contains(&Subscription::Seconds));
    let said = story.state.model.delay_of(id);
    assert_eq!(said.as_deref(), Some("The shop is in trouble (HTTP 503). It is asked again by itself."));
}
