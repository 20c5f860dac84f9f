//! What a phone and a person read from a payment: all of it, or nothing.

use std::sync::LazyLock;

use giftty::action::Action;
use giftty::config::look::{THEMES, theme};
use giftty::input::{Input, Key, Press, Size};
use giftty::screens::AnyScreen;
use giftty::screens::pay::Pay;
use giftty::state::State;
use giftty::theme::Theme;
use giftty::theme::depth::Depth;
use giftty::update::update;
use proptest::prelude::*;

use super::payments::{CONTRACT, PAY};
use super::scenes::Scene;
use super::{SIZES, draw, rows};
use crate::support::cells::{Cells, Ink};
use crate::support::domain::look_at;
use crate::support::fixtures::{BITCOIN, EVM, INVOICE, SOLANA, amount};
use crate::support::qr_reader;

/// Every look that there is.
fn looks() -> Vec<(String, Theme)> {
    let named = THEMES.iter().map(|(name, _)| ((*name).to_owned(), theme(name).unwrap().0));
    let mut looks: Vec<(String, Theme)> = named.collect();
    looks.push(("terminal".into(), Theme::default()));
    looks.push(("NO_COLOR".into(), Theme::plain()));
    let mut ascii = Theme::plain();
    ascii.ascii = true;
    looks.push(("ascii".into(), ascii));
    for depth in [Depth::Mono, Depth::Sixteen, Depth::Indexed] {
        let (name, theme) = looks[0].clone();
        looks.push((format!("{name} at {depth:?}"), theme.fitted(depth)));
    }
    looks
}

/// What a phone has to read from each scene, the richest that there is for a code first.
fn known(scene: &str) -> Vec<String> {
    let bare = |address: &str| vec![address.to_owned()];
    match scene {
        "pay_bitcoin" | "pay_not_saved_rich" => {
            vec![format!("bitcoin:{BITCOIN}?amount=0.00032833"), BITCOIN.to_owned()]
        }
        "pay_no_amount" => vec![format!("bitcoin:{BITCOIN}"), BITCOIN.to_owned()],
        "pay_token" | "pay_token_switched" => {
            let units = 101_480_000;
            let link = format!("ethereum:{CONTRACT}@8453/transfer?address={EVM}&uint256={units}");
            vec![link, EVM.to_owned()]
        }
        "pay_evm" => bare(EVM),
        "pay_lightning" | "pay_full_screen_invoice" => {
            vec![format!("LIGHTNING:{}", INVOICE.to_uppercase()), INVOICE.to_owned()]
        }
        _ => bare(SOLANA),
    }
}

/// An amount is told in the coin's own units: this is what the token's link says.
#[test]
fn the_tokens_units_are_its_amount() {
    assert_eq!(amount("101.48").atomic_units(6).as_deref(), Some("101480000"));
}

fn read(state: &State, theme: &Theme) -> Vec<String> {
    qr_reader::read(&cells(state, theme))
}

fn cells(state: &State, theme: &Theme) -> Cells {
    Cells::from(&draw(state, theme))
}

/// Which dots are dark where a code stands on the usual screen: a phone sees nothing else of a look.
fn dark_in_code(usual: &Cells, here: &Cells) -> Vec<[bool; 2]> {
    let pairs = usual.rows.iter().flatten().zip(here.rows.iter().flatten());
    let code = pairs.filter(|(usual, _)| matches!(usual.bg, Ink::Rgb(..)));
    code.map(|(_, here)| qr_reader::dots(here)).collect()
}

fn pay(state: &State) -> &Pay {
    let found = match state.top() {
        AnyScreen::Pay(pay) => Some(pay.as_ref()),
        _ => None,
    };
    found.unwrap()
}

fn press(state: &mut State, letter: char) {
    look_at(state);
    update(state, Action::Input(Input::lone(Press::plain(Key::Char(letter)))));
}

/// The scenes in which something is to be paid.
fn payable() -> impl Iterator<Item = Scene> {
    static PAYABLE: LazyLock<Vec<Scene>> = LazyLock::new(|| {
        let offers = |(_, scene): &Scene| pay(&scene(SIZES[1])).settlement.is_ok();
        PAY.iter().copied().filter(offers).collect()
    });
    PAYABLE.iter().copied()
}

#[test]
fn a_phone_reads_the_order_from_every_screen_in_every_look() {
    let mut codes = 0;
    let looks = looks();
    for (name, scene) in payable() {
        for size in SIZES {
            let mut state = scene(size);
            for blocks in 0..2 {
                let expected = known(name);
                let shown = pay(&state).content(&state.model);
                let all = read(&state, &Theme::default());
                codes += all.len();
                let at = format!("{name} at {size:?}, blocks {blocks}");
                assert!(all.iter().all(|text| expected.contains(text)), "{at}: {all:?}");
                if let (Some(shown), [text]) = (shown, &all[..]) {
                    let settlement = pay(&state).settlement.as_ref().unwrap();
                    assert_eq!(settlement.contents[shown].text, *text, "{at}");
                }
                let usual = cells(&state, &Theme::default());
                for (look, theme) in looks.iter().filter(|_| !all.is_empty()) {
                    let here = cells(&state, theme);
                    assert_eq!(dark_in_code(&usual, &here), dark_in_code(&usual, &usual), "{at} in {look}");
                }
                press(&mut state, 'b');
            }
        }
    }
    assert!(codes > 50, "only {codes} codes were read");
}

#[test]
fn a_phone_reads_one_order_in_every_look() {
    let (name, scene) = PAY[0];
    for (look, theme) in looks() {
        assert_eq!(read(&scene(SIZES[1]), &theme), known(name), "{look}");
    }
}

#[test]
fn codes_stand_where_there_is_room_for_them() {
    let stands = |name: &str, size: usize| {
        let (_, scene) = payable().find(|(known, _)| *known == name).unwrap();
        read(&scene(SIZES[size]), &Theme::default())
    };
    for name in ["pay_solana", "pay_evm", "pay_bitcoin", "pay_real_shop"] {
        assert_eq!([0, 1, 2].map(|size| stands(name, size).len()), [0, 1, 1], "{name}");
    }
    assert_eq!([0, 1, 2].map(|size| stands("pay_full_screen", size).len()), [1, 1, 1]);
    assert_eq!([0, 1, 2].map(|size| stands("pay_blocks", size).len()), [0, 0, 1]);
    // The link with the amount where it has room, and the address alone where only that has.
    assert_eq!(stands("pay_token", 1), known("pay_token")[1..]);
    assert_eq!(stands("pay_token", 2), known("pay_token")[..1]);
}

#[test]
fn another_window_has_another_code_in_it() {
    let (_, scene) = payable().find(|(name, _)| *name == "pay_token").unwrap();
    let mut state = scene(SIZES[2]);
    let [link, address] = &known("pay_token")[..] else { panic!("two contents") };
    let told = |state: &State| rows(&draw(state, &Theme::default())).join("\n");
    for _ in 0..2 {
        assert_eq!(read(&state, &Theme::default()), std::slice::from_ref(link));
        assert!(told(&state).contains("link with the amount"), "{}", told(&state));
        update(&mut state, Action::Input(Input::Resized(SIZES[1])));
        assert_eq!(read(&state, &Theme::default()), std::slice::from_ref(address));
        assert!(told(&state).contains("address only, no amount"), "{}", told(&state));
        update(&mut state, Action::Input(Input::Resized(SIZES[2])));
    }
    // What the user chose stays chosen, and says what it needs where it has no room.
    press(&mut state, 'v');
    press(&mut state, 'v');
    update(&mut state, Action::Input(Input::Resized(SIZES[1])));
    assert_eq!(read(&state, &Theme::default()), [""; 0]);
    assert!(told(&state).contains("a window of"), "{}", told(&state));
}

/// Whether all the groups of the address stand on the screen, in their order, or none of any length.
fn is_whole_or_absent(state: &State) -> Result<bool, String> {
    let settlement = pay(state).settlement.as_ref().unwrap();
    let seen = rows(&draw(state, &Theme::plain()));
    let text = seen.join("\n");
    let groups = settlement.address.groups();
    let words: Vec<&str> = text.split_whitespace().filter(|word| groups.contains(word)).collect();
    let told: Vec<&str> = text.split_whitespace().collect();
    let amount = settlement.amount.to_string();
    if words.is_empty() {
        return Ok(false);
    }
    if words != groups {
        return Err(format!("{words:?} of {groups:?}\n{text}"));
    }
    let network = settlement.tender.network.shown();
    let sentence = format!("Only {} on {network}.", settlement.tender.coin);
    let whole = told.contains(&amount.as_str()) && told.join(" ").contains(&sentence);
    if whole { Ok(true) } else { Err(format!("{amount}: {sentence}\n{text}")) }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_address_is_whole_or_absent_in_any_window(
        place in 0_usize..100,
        columns in 1_u16..=200,
        rows in 1_u16..=60,
        keys in "[bvyafi]{0,3}",
    ) {
        let scenes: Vec<Scene> = payable().collect();
        let (name, scene) = scenes[place % scenes.len()];
        let mut state = scene(SIZES[1]);
        keys.chars().for_each(|key| press(&mut state, key));
        update(&mut state, Action::Input(Input::Resized(Size { columns, rows })));
        let whole = is_whole_or_absent(&state);
        prop_assert!(whole.is_ok(), "{name} at {columns} × {rows}: {}", whole.unwrap_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_code_is_whole_or_absent_in_any_window(
        place in 0_usize..100,
        columns in 30_u16..=125,
        rows in 10_u16..=45,
        keys in "[bv]{0,2}",
    ) {
        let scenes: Vec<Scene> = payable().collect();
        let (name, scene) = scenes[place % scenes.len()];
        let mut state = scene(SIZES[1]);
        keys.chars().for_each(|key| press(&mut state, key));
        update(&mut state, Action::Input(Input::Resized(Size { columns, rows })));
        let usual = cells(&state, &Theme::default());
        let drawn = !dark_in_code(&usual, &usual).is_empty();
        let seen = read(&state, &Theme::default());
        prop_assert!(seen.len() == usize::from(drawn), "{name} at {columns} × {rows}: {seen:?}");
        prop_assert!(seen.iter().all(|text| known(name).contains(text)), "{name}: {seen:?}");
    }
}

#[test]
fn the_address_stands_in_every_usual_window() {
    for (name, scene) in payable().filter(|(name, _)| !name.contains("full_screen")) {
        for size in [SIZES[0], SIZES[1], SIZES[2], Size { columns: 100, rows: 30 }] {
            assert_eq!(is_whole_or_absent(&scene(size)), Ok(true), "{name} at {size:?}");
        }
    }
    let (_, scene) = payable().find(|(name, _)| *name == "pay_solana").unwrap();
    assert_eq!(is_whole_or_absent(&scene(Size { columns: 40, rows: 12 })), Ok(true));
}
