//! Clicks and the wheel, on every screen: they mark what is under them, and do nothing that costs or shows.

use giftty::action::Action;
use giftty::effect::Effect;
use giftty::footer;
use giftty::input::{Input, Size};
use giftty::keymap::Command;
use giftty::state::State;
use giftty::theme::Theme;
use giftty::update::update;

use super::{draw, rows, scenes};

/// Screens whose rows or fields can be marked.
const MARKED_BY_CLICKS: [&str; 11] = [
    "country",
    "brands_kind",
    "categories",
    "product_plans",
    "product_fixed",
    "cart",
    "cart_checkout",
    "orders_mixed",
    "delivered_several",
    "tender",
    "palette_pay",
];

/// What the codes of the scenes begin with.
const CODES: [&str; 6] = ["AIRB-7Q2M", "AIRB-1111", "AIRB-2222", "6042 1188", "rsp.", "codes.example"];

/// What the footers of the scenes name that takes its own key.
const MET: [Command; 10] = [
    Command::PlaceOrder,
    Command::PlaceAnother,
    Command::ExceedLimit,
    Command::AcceptTotal,
    Command::Reveal,
    Command::CopyCode,
    Command::WriteExport,
    Command::MarkUsed,
    Command::RemoveNow,
    Command::JoinNow,
];

fn seen(state: &State) -> Vec<String> {
    rows(&draw(state, &Theme::plain()))
}

/// The row with the marker, and what stands behind it.
fn marked(rows: &[String]) -> Option<(usize, String)> {
    let place = rows.iter().position(|row| row.starts_with(" ▸ "))?;
    Some((place, label(&rows[place])))
}

/// The first words of a row, without its marker.
fn label(row: &str) -> String {
    row.chars().skip(3).take(15).collect::<String>().trim().to_owned()
}

fn click(state: &mut State, column: u16, row: usize) -> Vec<Effect> {
    let row = u16::try_from(row).unwrap();
    update(state, Action::Input(Input::Click { column, row }))
}

fn costs(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::PlaceOrder(..) | Effect::WriteExport(..)))
}

#[test]
fn a_click_marks_what_is_seen_under_it() {
    for size in super::SIZES {
        for name in MARKED_BY_CLICKS {
            let (_, scene) = scenes::all().find(|(known, _)| *known == name).expect(name);
            let mut state = scene(size);
            let mut moves = 0;
            for row in (0..usize::from(size.rows) - 1).rev() {
                let before = seen(&state);
                assert!(!costs(&click(&mut state, 4, row)), "{name}: a click cost something");
                let after = seen(&state);
                if marked(&before) != marked(&after) {
                    moves += 1;
                    let (_, now) = marked(&after).expect(name);
                    let under = label(&before[row]);
                    // A click on what is said of a field, below it, is one on the field.
                    assert!(
                        under.is_empty() || under == now,
                        "{name}: {under:?} was clicked, {now:?} marked"
                    );
                }
            }
            assert!(moves > 0, "{name} at {size:?}: {moves} clicks marked something");
        }
    }
}

#[test]
fn no_click_and_no_wheel_orders_or_reveals_anything() {
    for (name, scene) in scenes::all() {
        for columns in [60, 120] {
            let size = Size { columns, rows: 24 };
            let mut state = scene(size);
            let codes = |state: &State| {
                let text = seen(state).join("\n");
                CODES.into_iter().filter(|code| text.contains(code)).collect::<Vec<_>>()
            };
            let shown = codes(&state);
            let places = footer::hints(&state, columns - 2).into_iter().map(|hint| (hint.column + 1, 23));
            let rows = (0..23).map(|row| (4, row));
            for (column, row) in rows.chain(places) {
                for input in [Input::Click { column, row }, Input::Wheel { up: row % 2 == 0 }] {
                    assert!(!costs(&update(&mut state, Action::Input(input))), "{name}");
                    let fresh: Vec<_> =
                        codes(&state).into_iter().filter(|code| !shown.contains(code)).collect();
                    assert_eq!(fresh, [""; 0], "{name} after a click at {column}, {row}");
                }
            }
        }
    }
}

#[test]
fn a_click_on_what_takes_its_own_key_only_says_so() {
    let size = Size { columns: 120, rows: 24 };
    let mut met = Vec::new();
    for (name, scene) in scenes::all() {
        let hints = footer::hints(&scene(size), size.columns - 2);
        for hint in hints.into_iter().filter(|hint| hint.command.is_deliberate()) {
            let mut state = scene(size);
            state.model.toast = None;
            let before = seen(&state);
            assert_eq!(click(&mut state, hint.column + 1, 23), [], "{name}: {hint:?}");
            assert!(state.model.toast.take().is_some(), "{name}: {hint:?}");
            assert_eq!(seen(&state), before, "{name}: {hint:?}");
            met.push(hint.command);
        }
    }
    let missing = MET.into_iter().filter(|command| !met.contains(command));
    assert_eq!(missing.collect::<Vec<_>>(), [], "no scene offers these");
}
