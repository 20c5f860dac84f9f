//! Only a person orders, reveals, exports, removes, joins, marks and accepts: a key that came with other
//! input, or before its question was seen, does none of it.

use std::collections::BTreeSet;
use std::time::Duration;

use giftty::action::Action;
use giftty::domain::record::Remarks;
use giftty::domain::time::Moment;
use giftty::effect::Effect;
use giftty::input::{Arrival, Input, Key, Press, Size};
use giftty::keymap::{BINDINGS, Command};
use giftty::screens::AnyScreen;
use giftty::screens::checkout::Stage;
use giftty::state::Leaving;
use giftty::terminal::Decoder;
use proptest::prelude::*;

use super::{joining, keeping, limits, paying, placing};
use crate::support::story::Story;

/// What only a person may do.
const DELIBERATE: [Command; 15] = [
    Command::PlaceOrder,
    Command::PlaceAnother,
    Command::ExceedLimit,
    Command::AcceptTotal,
    Command::Reveal,
    Command::CopyCode,
    Command::CopySerial,
    Command::CopySecurity,
    Command::CopyReference,
    Command::CopyEsimAddress,
    Command::CopyActivation,
    Command::WriteExport,
    Command::MarkUsed,
    Command::RemoveNow,
    Command::JoinNow,
];

/// A screen that asks something, with the key that answers it.
type Asking = (fn() -> Story, Press, Command);

const fn letter(letter: char) -> Press {
    Press::plain(Key::Char(letter))
}

const ASKING: [Asking; 9] = [
    (Story::receipt, letter('p'), Command::PlaceOrder),
    (placing::doubted, letter('x'), Command::PlaceAnother),
    (|| limits::receipt("1 USDC", ""), letter('l'), Command::ExceedLimit),
    (paying::dearer, letter('c'), Command::AcceptTotal),
    (keeping::codes, letter('r'), Command::Reveal),
    (keeping::codes, letter('m'), Command::MarkUsed),
    (exporting, letter('w'), Command::WriteExport),
    (removing, Press::ctrl('y'), Command::RemoveNow),
    (joining::asked, Press::ctrl('y'), Command::JoinNow),
];

/// In front of the question whether codes are to be written to a file.
fn exporting() -> Story {
    let mut story = keeping::codes();
    story.press("e");
    let id = story.asked(|effect| match effect {
        Effect::PlanExport(id, _) => Some(*id),
        _ => None,
    });
    story.hears(Action::ExportPlanned(id, Ok("~/order-2.txt".to_owned())));
    story
}

/// In front of the question whether an order is to be removed.
fn removing() -> Story {
    let mut story = keeping::listing();
    story.press("↓ ^X");
    story
}

/// What was done that only a person may do, since `since` effects.
fn deeds(story: &Story, since: usize) -> Vec<String> {
    let deed = |effect: &Effect| match effect {
        Effect::PlaceOrder(..) => Some("ordered"),
        Effect::WriteExport(..) => Some("exported"),
        Effect::RemoveRecord(..) => Some("removed"),
        Effect::KeepOrder(..) => Some("joined"),
        Effect::KeepRemarks(_, Remarks { used, .. }) if !used.is_empty() => Some("marked"),
        Effect::CopyText(text) if text.reveal().contains("AAAA") => Some("copied"),
        _ => None,
    };
    let state = |screen: &AnyScreen| match screen {
        AnyScreen::Delivered(page) if page.revealed() => Some("revealed"),
        AnyScreen::Pay(pay) if pay.agreed => Some("accepted"),
        AnyScreen::Checkout(checkout) => match &checkout.stage {
            Stage::Receipt(receipt) if !receipt.above.is_empty() => Some("exceeded"),
            _ => None,
        },
        _ => None,
    };
    let done = story.log[since..].iter().filter_map(deed);
    done.chain(story.state.stack().iter().filter_map(state)).map(str::to_owned).collect()
}

/// Presses a key that came like this, on a screen that has been visible for so long.
fn press(story: &mut Story, press: Press, arrival: Arrival, visible: Duration) {
    let now = story.state.model.now;
    if story.state.has_unseen_question() {
        story.hears(Action::FrameShown(now));
    }
    story.hears(Action::Tick(Moment { uptime: now.uptime + visible, ..now }));
    story.hears(Action::Input(Input::Press(press, arrival)));
}

const LOOK: Duration = Duration::from_millis(300);

#[test]
fn the_deliberate_commands_are_these() {
    let all = BINDINGS.iter().map(|binding| binding.command).filter(|command| command.is_deliberate());
    let named =
        |commands: Vec<Command>| commands.iter().map(|command| command.name()).collect::<BTreeSet<_>>();
    assert_eq!(named(all.collect()), named(DELIBERATE.to_vec()));
}

#[test]
fn a_lone_key_on_a_question_that_was_seen_counts() {
    for (asking, key, command) in ASKING {
        let mut story = asking();
        assert!(story.state.commands().contains(&command), "{command:?}: {:?}", story.state.commands());
        let since = story.log.len();
        press(&mut story, key, Arrival::Lone, LOOK);
        assert_eq!(deeds(&story, since).len(), 1, "{command:?}");
    }
}

#[test]
fn a_key_in_a_burst_or_repeated_or_too_early_does_nothing_and_is_answered() {
    let early = Duration::from_millis(299);
    for (asking, key, command) in ASKING {
        for (arrival, visible) in
            [(Arrival::Crowded, LOOK), (Arrival::Repeated, LOOK), (Arrival::Lone, early)]
        {
            let mut story = asking();
            let since = story.log.len();
            press(&mut story, key, arrival, visible);
            assert_eq!(deeds(&story, since), [""; 0], "{command:?} {arrival:?}");
            assert!(story.state.commands().contains(&command), "{command:?} can still be pressed");
            let again = format!("Press {} again.", giftty::keymap::label(key));
            assert!(story.said().contains(&again), "{command:?} {arrival:?}: {}", story.said());
        }
    }
}

#[test]
fn a_question_that_was_never_drawn_takes_no_key() {
    for (asking, key, command) in ASKING {
        let mut story = asking();
        let now = story.state.model.now;
        let later = now.uptime + Duration::from_secs(3_600);
        // It was drawn before it was covered, but not since.
        story.press("F1");
        story.press("esc");
        let since = story.log.len();
        story.hears(Action::Tick(Moment { uptime: later, ..now }));
        story.hears(Action::Input(Input::lone(key)));
        assert_eq!(deeds(&story, since), [""; 0], "{command:?}");
    }
}

#[test]
fn a_question_that_changes_has_to_be_seen_anew() {
    let mut story = limits::receipt("1 USDC", "");
    press(&mut story, letter('l'), Arrival::Lone, LOOK);
    press(&mut story, letter('p'), Arrival::Lone, Duration::ZERO);
    assert_eq!(story.orders(), 0, "another key than before");
    press(&mut story, letter('p'), Arrival::Lone, LOOK);
    assert_eq!(story.orders(), 1);
}

#[test]
fn a_window_that_was_resized_shows_its_question_anew() {
    let mut story = Story::receipt();
    story.looks().hears(Action::Input(Input::Resized(Size { columns: 60, rows: 20 })));
    story.hears(Action::Input(Input::lone(letter('p'))));
    assert_eq!(story.orders(), 0);
    story.press("p");
    assert_eq!(story.orders(), 1);
}

#[test]
fn codes_are_hidden_by_any_key_press() {
    let mut story = keeping::codes();
    story.press("r");
    story.hears(Action::Input(Input::Press(letter('r'), Arrival::Crowded)));
    assert!(!story.delivered().revealed());
}

#[test]
fn neither_a_click_nor_the_palette_does_what_takes_its_own_key() {
    for (asking, _, command) in ASKING {
        let mut story = asking();
        let since = story.log.len();
        let meaning = command.binding().expect("a row").meaning;
        story.press("^G").types(meaning).press("↵");
        assert_eq!(deeds(&story, since), [""; 0], "{command:?}");
        assert!(story.said().starts_with("Only its own key does this"), "{command:?}: {}", story.said());

        let mut story = asking();
        let since = story.log.len();
        let size = story.state.model.size;
        let cells = (0..size.rows).flat_map(|row| (0..size.columns).map(move |column| (column, row)));
        let clicks: Vec<(u16, u16)> = cells
            .filter(|(column, row)| giftty::footer::at(&story.state, *column, *row) == Some(command))
            .collect();
        for (column, row) in clicks {
            story.looks().hears(Action::Input(Input::Click { column, row }));
        }
        assert_eq!(deeds(&story, since), [""; 0], "{command:?}");
    }
}

/// How many names are typed on a screen with a list, and the way there.
type List = (usize, fn() -> Story);

/// Screens with a list, each as somebody sees it who types to find something, and how many names are typed
/// there: an unoptimised search among all countries takes its time.
const LISTS: [List; 8] = [
    (40, || {
        let mut story = Story::new();
        story.payment_methods().records(Vec::new());
        story
    }),
    (5_000, Story::shopping),
    (5_000, || {
        let mut story = Story::shopping();
        story.press("^F");
        story
    }),
    (5_000, || {
        let mut story = Story::receipt();
        story.press("^T");
        story
    }),
    (5_000, || {
        let mut story = Story::receipt();
        story.press("^G");
        story
    }),
    (5_000, || {
        let mut story = keeping::codes();
        story.press("^G");
        story
    }),
    (5_000, keeping::listing),
    (5_000, || {
        let mut story = keeping::listing();
        story.press("F3");
        story
    }),
];

/// Names of brands, and of their parts in other orders.
fn brand_names() -> Vec<String> {
    let table = include_str!("../../../assets/sandbox/brands.txt");
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    let names: Vec<&str> =
        rows.filter_map(|row| row.rsplit('|').next()).flat_map(|names| names.split([';', '>'])).collect();
    let pairs = names.iter().cycle().skip(1).zip(names.iter().cycle()).enumerate();
    pairs
        .take(5_000)
        .map(|(turn, (one, other))| {
            if turn < names.len() {
                (*other).to_owned()
            } else {
                let skip = turn / names.len();
                format!("{one} {}", names[(turn + skip * 7) % names.len()])
            }
        })
        .collect()
}

/// Types names at a person's pace, and holds that they find and do nothing else.
fn type_names(lists: &[List]) {
    let names = brand_names();

    for (number, (count, list)) in lists.iter().enumerate() {
        let mut story = list();
        let place = story.place();
        for name in names.iter().step_by(names.len() / count) {
            let since = story.log.len();
            for letter in name.chars() {
                let key = Press::plain(Key::Char(letter));
                press(&mut story, key, Arrival::Lone, Duration::from_millis(120));
            }
            press(&mut story, Press::ctrl('u'), Arrival::Lone, LOOK);
            assert_eq!(deeds(&story, since), [""; 0], "{name} in list {number}");
            assert_eq!(story.place(), place, "{name} in list {number}");
            story.log.truncate(since);
        }
    }
}

#[test]
fn names_typed_where_one_shops_do_nothing_else() {
    type_names(&LISTS[..4]);
}

#[test]
fn names_typed_among_commands_and_orders_do_nothing_else() {
    type_names(&LISTS[4..]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever bytes come from the terminal, on whatever screen: what only a person may do happens by a lone
    /// key press alone.
    #[test]
    fn bytes_of_any_kind_do_nothing_deliberate(
        which in 0..ASKING.len(),
        reads in prop::collection::vec(
            (
                prop::sample::select(&[0_u64, 10, 60, 400, 1_200][..]),
                prop::collection::vec(
                    prop_oneof![
                        any::<u8>(),
                        prop::sample::select(&b"plxcrmwy\x19\x1b[]P_^XOM<;0123~\\\x07"[..]),
                    ],
                    1..12,
                ),
            ),
            1..12,
        ),
    ) {
        let (asking, ..) = ASKING[which];
        let mut story = asking();
        let (start, mut uptime) = (story.state.model.now, story.state.model.now.uptime);
        let mut decoder = Decoder::default();
        for (pause, bytes) in reads {
            story.hears(Action::FrameShown(story.state.model.now));
            uptime += Duration::from_millis(pause);
            let mut inputs = Vec::new();
            if decoder.deadline().is_some_and(|deadline| deadline <= uptime) {
                decoder.flush(|input| inputs.push(input));
            }
            decoder.feed(&bytes, uptime, |input| inputs.push(input));
            story.hears(Action::Tick(Moment { uptime, ..start }));
            for input in inputs {
                if story.state.leaving == Leaving::Now {
                    return Ok(());
                }
                let is_lone = matches!(input, Input::Press(_, Arrival::Lone));
                let before = (story.log.len(), deeds(&story, story.log.len()).len());
                story.hears(Action::Input(input));
                let after = deeds(&story, before.0).len();
                prop_assert!(is_lone || after <= before.1, "{:?}", deeds(&story, before.0));
            }
        }
    }
}
