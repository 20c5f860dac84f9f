//! Country: found by whatever people call it.

use giftty::action::Action;
use giftty::effect::Effect;
use giftty::input::{Input, Key, Press, Size};
use giftty::screens::AnyScreen;
use giftty::state::{SessionInit, StartPolicy, State};
use giftty::update::update;

use crate::support::story::{Story, boot};

fn shown(story: &Story) -> Vec<&str> {
    let AnyScreen::Country(page) = story.state.top() else { panic!("no countries") };
    page.list.shown.iter().map(giftty::domain::country::CountryCode::as_str).collect()
}

/// What is first in the list when this is typed.
fn first(query: &str) -> String {
    let mut story = Story::new();
    story.types(query);
    shown(&story).first().map(|code| (*code).to_owned()).unwrap_or_default()
}

#[test]
fn nobody_is_asked_for_a_new_user_before_the_first_key() {
    let (mut state, wanted) = State::new(SessionInit { asks: StartPolicy::FirstVisit, ..boot(None) });
    assert_eq!(wanted, []);
    let size = Size { columns: 120, rows: 40 };
    assert_eq!(
        update(&mut state, Action::Input(Input::Resized(size))),
        [],
        "a window that changes is no hand"
    );
    let asked = update(&mut state, Action::Input(Input::lone(Press::plain(Key::Char('g')))));
    let is_asked = |pick: fn(&Effect) -> bool| asked.iter().filter(|effect| pick(effect)).count() == 1;
    assert!(is_asked(|effect| matches!(effect, Effect::FetchCountries(_))), "{asked:?}");
    assert!(is_asked(|effect| matches!(effect, Effect::FetchPaymentMethods(_))), "{asked:?}");
    assert!(is_asked(|effect| matches!(effect, Effect::LoadRecords(_))), "{asked:?}");
    let (_, wanted) = State::new(SessionInit { asks: StartPolicy::FirstVisit, ..boot(Some("US")) });
    assert!(wanted.len() > 3, "who names a country wants to see what is sold there: {wanted:?}");
}

#[test]
fn a_country_is_found_by_its_name_its_code_its_own_name_and_its_aliases() {
    let calls = [
        ("uk", "GB"),
        ("UK", "GB"),
        ("england", "GB"),
        ("gb", "GB"),
        ("holland", "NL"),
        ("holl", "NL"),
        ("nederland", "NL"),
        ("한국", "KR"),
        ("대한", "KR"),
        ("korea", "KR"),
        ("日本", "JP"),
        ("usa", "US"),
        ("america", "US"),
        ("us", "US"),
        ("united s", "US"),
        ("deutschland", "DE"),
        ("deu", "DE"),
        ("ger", "DE"),
        ("de", "DE"),
        ("españa", "ES"),
        ("espana", "ES"),
        ("suisse", "CH"),
        ("schweiz", "CH"),
        ("україна", "UA"),
        ("ελλάδα", "GR"),
        ("türkiye", "TR"),
        ("turkey", "TR"),
        ("uae", "AE"),
        ("czechia", "CZ"),
        ("czech r", "CZ"),
        ("ivory coast", "CI"),
        ("cote d'iv", "CI"),
        ("aland", "AX"),
        ("brasil", "BR"),
        ("中国", "CN"),
        ("kosovo", "XK"),
    ];
    let wrong: Vec<_> = calls.iter().map(|(typed, code)| (typed, code, first(typed))).collect();
    let wrong: Vec<_> = wrong.iter().filter(|(_, code, first)| *code != first).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn slips_are_forgiven_also_where_the_letters_stand_strewn_in_another_name() {
    let slips = [
        ("germnay", "DE"),
        ("spian", "ES"),
        ("itlay", "IT"),
        ("frnace", "FR"),
        ("swedne", "SE"),
        ("brazl", "BR"),
    ];
    for (typed, code) in slips {
        assert_eq!(first(typed), code, "{typed}");
    }
}

#[test]
fn the_last_one_and_that_of_the_locale_come_first() {
    let locale = Some("DE".parse().expect("a country"));
    let mut story = Story::of(SessionInit { locale_country: locale, ..boot(Some("FR")) });
    story.press("esc");
    assert_eq!(shown(&story)[..2], ["FR", "DE"]);
    story.types("jap").press("↵ esc esc");
    assert_eq!(shown(&story)[..3], ["JP", "FR", "DE"]);
    assert_eq!(shown(&story).len(), 233);
}
