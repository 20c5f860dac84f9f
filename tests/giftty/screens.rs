//! Every screen as its user sees it, in every named state and in three sizes.

pub(crate) mod belongings;
mod codes;
mod entries;
mod looks;
mod objections;
mod payments;
mod pointing;
mod properties;
mod purchases;
pub(crate) mod scenes;
mod style;
mod themes;

use giftty::action::Action;
use giftty::effect::Effect;
use giftty::input::{Input, Key, Press, Size};
use giftty::state::State;
use giftty::theme::Theme;
use giftty::update::update;

use giftty::view::view;
use giftty::widgets::frame::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

use scenes::Scene;

const SIZES: [Size; 3] =
    [Size { columns: 60, rows: 20 }, Size { columns: 80, rows: 24 }, Size { columns: 120, rows: 40 }];

/// What a state looks like in a window, and where the caret stands.
fn drawn(state: &State, theme: &Theme, size: Size) -> (Buffer, Option<Position>) {
    let mut cells = Buffer::empty(Rect::new(0, 0, size.columns, size.rows));
    let mut frame = Frame::new(&mut cells);
    view(state, theme, &mut frame);
    let caret = frame.caret();
    (cells, caret)
}

/// What a state looks like in its own window.
fn draw(state: &State, theme: &Theme) -> Buffer {
    drawn(state, theme, state.model.size).0
}

/// The rows of a screen as plain text, without the blanks at their ends.
fn rows(buffer: &Buffer) -> Vec<String> {
    let area = buffer.area;
    let row = |y: u16| {
        let mut text = String::new();
        let mut x = area.left();
        while let Some(cell) = buffer.cell((x, y)).filter(|_| x < area.right()) {
            text.push_str(cell.symbol());
            x += u16::try_from(cell.symbol().width()).unwrap().max(1);
        }
        text.trim_end().to_owned()
    };
    (area.top()..area.bottom()).map(row).collect()
}

/// What a person sees, and where the caret stands.
fn screen(state: &State) -> String {
    let (cells, caret) = drawn(state, &Theme::default(), state.model.size);
    let caret = caret.map_or("no caret".to_owned(), |at| format!("caret in column {}, row {}", at.x, at.y));
    let Size { columns, rows: height } = state.model.size;
    format!("═══ {columns} × {height}, {caret}\n{}", rows(&cells).join("\n"))
}

fn check(scenes: &[Scene]) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("screens/snapshots");
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (name, scene) in scenes {
            let seen: Vec<String> = SIZES.iter().map(|size| screen(&scene(*size))).collect();
            insta::assert_snapshot!(*name, seen.join("\n"));
        }
    });
}

#[test]
fn country() {
    check(scenes::COUNTRY);
}

#[test]
fn brands() {
    check(scenes::BRANDS);
}

#[test]
fn product() {
    check(scenes::PRODUCT);
}

#[test]
fn cart() {
    check(purchases::CART);
}

#[test]
fn checkout() {
    check(purchases::CHECKOUT);
}

#[test]
fn pay() {
    check(payments::PAY);
}

#[test]
fn phases_of_an_order() {
    check(payments::PHASES);
}

#[test]
fn delivered() {
    check(belongings::DELIVERED);
}

#[test]
fn orders() {
    check(belongings::ORDERS);
}

#[test]
fn tender() {
    check(scenes::TENDER);
}

#[test]
fn palette() {
    check(scenes::PALETTE);
}

#[test]
fn help() {
    check(scenes::HELP);
}

#[test]
fn the_least_window_says_what_is_bought_and_what_it_costs_in_whole_words() {
    let least = Size { columns: 40, rows: 12 };
    let seen = |wanted: &str| {
        let (_, scene) = scenes::all().find(|(name, _)| *name == wanted).unwrap();
        screen(&scene(least))
    };
    let receipt = seen("receipt");
    for words in
        ["Airbnb", "× ", "Total  ", " on Solana", "p places the order.", "nothing is ordered or paid."]
    {
        assert!(receipt.contains(words), "{words}: {receipt}");
    }
    assert!(!receipt.contains('…'), "{receipt}");
    let product = seen("product_fixed");
    for words in [" Airbnb  gift card ", "  on the receipt\n", "× 3  of 14:02:11  total  304.44 USDC"] {
        assert!(product.contains(words), "{words}: {product}");
    }
}

#[test]
fn a_window_that_is_too_small_says_what_it_needs() {
    let size = Size { columns: 39, rows: 11 };
    let (_, scene) = payments::PAY[0];
    let seen = screen(&scene(size));
    for words in ["giftty needs 40 × 12", "here: 39 × 11", "^C quits", "SANDBOX"] {
        assert!(seen.contains(words), "{seen}");
    }
}

#[test]
fn a_window_that_is_too_small_still_lets_one_copy_and_nothing_that_costs() {
    let narrowed = |scene: Scene| {
        let mut state = scene.1(Size { columns: 80, rows: 24 });
        update(&mut state, Action::Input(Input::Resized(Size { columns: 39, rows: 11 })));
        state
    };
    let mut state = narrowed(payments::PAY[0]);
    let seen = screen(&state);
    assert!(seen.contains("y copies the address") && seen.contains("a copies the amount"), "{seen}");
    let press = |state: &mut State, letter| {
        crate::support::domain::look_at(state);
        update(state, Action::Input(Input::lone(Press::plain(Key::Char(letter)))))
    };
    let checks = press(&mut state, 'y');
    let [Effect::CheckOrder(id, order)] = &checks[..] else { panic!("{checks:?}") };
    let answer = Ok(Box::new(crate::support::fixtures::usual()));
    let copies = update(&mut state, Action::OrderChecked(*id, order.clone(), answer));
    assert!(copies.iter().any(|effect| matches!(effect, Effect::CopyText(_))), "{copies:?}");
    assert!(screen(&state).contains("sent to your terminal"), "{}", screen(&state));

    let receipt = scenes::all().find(|(name, _)| *name == "receipt").unwrap();
    let mut unseen = narrowed(receipt);
    assert_eq!(press(&mut unseen, 'p'), vec![]);
    update(&mut unseen, Action::Input(Input::Resized(Size { columns: 80, rows: 24 })));
    let placed = press(&mut unseen, 'p');
    assert!(placed.iter().any(|effect| matches!(effect, Effect::PlaceOrder(..))), "{placed:?}");
}
