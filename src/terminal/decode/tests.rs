//! What bytes become.

use proptest::prelude::*;

use super::*;

/// Reads that come one after the other: how many milliseconds each comes after the one before.
fn reported(reads: &[(u64, &[u8])]) -> Vec<Input> {
    let mut decoder = Decoder::default();
    let (mut now, mut inputs) = (Duration::ZERO, Vec::new());
    for (pause, read) in reads {
        now += Duration::from_millis(*pause);
        if decoder.deadline().is_some_and(|deadline| deadline <= now) {
            decoder.flush(|input| inputs.push(input));
        }
        decoder.feed(read, now, |input| inputs.push(input));
    }
    if decoder.deadline().is_some() {
        decoder.flush(|input| inputs.push(input));
    }
    inputs
}

/// What is reported of reads with a minute between them.
fn told(reads: &[&[u8]]) -> Vec<Input> {
    reported(&reads.iter().map(|read| (60_000, *read)).collect::<Vec<_>>())
}

/// What is reported of reads that come so soon after each other that nobody gives up waiting.
fn told_soon(reads: &[&[u8]]) -> Vec<Input> {
    reported(&reads.iter().map(|read| (30, *read)).collect::<Vec<_>>())
}

fn presses(inputs: Vec<Input>) -> Vec<Press> {
    let press = |input| match input {
        Input::Press(press, _) => press,
        other => panic!("{other:?} is no key"),
    };
    inputs.into_iter().map(press).collect()
}

fn keys(bytes: &[u8]) -> Vec<Key> {
    presses(told(&[bytes])).into_iter().map(|press| press.key).collect()
}

fn held(key: Key, ctrl: bool, alt: bool) -> Press {
    Press { key, ctrl, alt }
}

#[test]
fn keys_are_understood_in_the_ways_that_terminals_send_them() {
    use Key::{BackTab, Backspace, Delete, Down, End, Enter, Esc, F, Home, Left, PageDown, PageUp, Right};
    assert_eq!(keys(b"\r\t\x7f\x1b[Z"), [Enter, Key::Tab, Backspace, BackTab]);
    assert_eq!(keys(b"\x1b[A\x1bOB\x1b[C\x1bOD"), [Key::Up, Down, Right, Left]);
    assert_eq!(keys(b"\x1b[H\x1b[1~\x1b[7~\x1bOH\x1b[F\x1b[4~"), [Home, Home, Home, Home, End, End]);
    assert_eq!(keys(b"\x1b[3~\x1b[5~\x1b[6~"), [Delete, PageUp, PageDown]);
    assert_eq!(keys(b"\x1bOP\x1b[11~\x1b[[A\x1b[15~\x1b[24~"), [F(1), F(1), F(1), F(5), F(12)]);
    assert_eq!(keys("é日👩".as_bytes()), [Key::Char('é'), Key::Char('日'), Key::Char('👩')]);
    assert_eq!(keys(b"\x1bOM\x1bOp\x1bOy\x1bOn"), [Enter, Key::Char('0'), Key::Char('9'), Key::Char('.')]);
    assert_eq!(keys(b"\x9bA\x8fB\xc2\x9bC"), [Key::Up, Down, Right]);
    assert_eq!(keys(b"\x1b\x1b"), [Esc, Esc]);
}

#[test]
fn modifiers_are_understood() {
    assert_eq!(presses(told(&[b"\x03"])), [Press::ctrl('c')]);
    assert_eq!(presses(told(&[b"\x1b[1;5C"])), [held(Key::Right, true, false)]);
    assert_eq!(presses(told(&[b"\x1bO5C"])), [held(Key::Right, true, false)]);
    assert_eq!(presses(told(&[b"\x1b[3;3~"])), [held(Key::Delete, false, true)]);
    assert_eq!(presses(told(&["\u{1b}é".as_bytes()])), [held(Key::Char('é'), false, true)]);
    assert_eq!(presses(told(&[b"\x1bP"])), [held(Key::Char('P'), false, true)]);
    assert_eq!(presses(told(&[b"\x1b]"])), [held(Key::Char(']'), false, true)]);
}

#[test]
fn keys_that_are_told_by_their_character_are_understood() {
    let ctrl_c = Press::ctrl('c');
    for form in [&b"\x1b[99;5u"[..], b"\x1b[27;5;99~", b"\x1b[99;5:1u", b"\x1b[99:67;5u"] {
        assert_eq!(presses(told(&[form])), [ctrl_c], "{form:?}");
    }
    for form in [&b"\x1b[27u"[..], b"\x1b[27;1;27~", b"\x1b[27;1:1u", b"\x1b[91;5u"] {
        assert_eq!(presses(told(&[form])), [Press::plain(Key::Esc)], "{form:?}");
    }
    let rest = b"\x1b[13u\x1b[9;2u\x1b[127u\x1b[97;2u\x1b[97:65;2u\x1b[27;2;65~\x1b[57399u\x1b[57419u";
    let letter = Key::Char('A');
    let expected =
        [Key::Enter, Key::BackTab, Key::Backspace, letter, letter, letter, Key::Char('0'), Key::Up];
    assert_eq!(keys(rest), expected);
    // Released, a modifier alone, held with the window manager's key.
    assert_eq!(told(&[b"\x1b[112;1:3u\x1b[57441u\x1b[112;9u\x1b[1;1:3A"]), []);
}

#[test]
fn a_repeat_is_told_as_one() {
    let repeat = |key| Input::Press(Press::plain(key), Arrival::Repeated);
    assert_eq!(told(&[b"\x1b[112;1:2u"]), [repeat(Key::Char('p'))]);
    assert_eq!(told(&[b"\x1b[1;1:2B"]), [repeat(Key::Down)]);
}

#[test]
fn only_a_key_by_itself_is_lone() {
    use Arrival::{Crowded, Lone, Repeated};
    let arrivals = |reads: &[(u64, &[u8])]| {
        let arrival = |input| match input {
            Input::Press(_, arrival) => arrival,
            other => panic!("{other:?} is no key"),
        };
        reported(reads).into_iter().map(arrival).collect::<Vec<_>>()
    };
    assert_eq!(arrivals(&[(0, b"p"), (50, b"q"), (49, b"r"), (51, b"p")]), [Lone, Lone, Crowded, Lone]);
    assert_eq!(arrivals(&[(0, b"pq")]), [Crowded, Crowded]);
    let held = [(0, &b"p"[..]), (92, b"p"), (92, b"p"), (250, b"p")];
    assert_eq!(arrivals(&held), [Lone, Repeated, Repeated, Lone], "as the Linux console repeats");
    assert_eq!(arrivals(&[(0, b"p\x1b[I")]), [Crowded], "before something else");
    assert_eq!(arrivals(&[(0, b"\x1b[Ip")]), [Crowded], "behind something else");
    assert_eq!(arrivals(&[(0, b"\x1b[I"), (40, b"p")]), [Crowded], "right behind something else");
    assert_eq!(arrivals(&[(0, b"\x1b[112u")]), [Lone]);
    assert_eq!(arrivals(&[(0, b"\x1b"), (30, b"[11"), (30, b"2u")]), [Lone], "in pieces");
}

#[test]
fn the_rest_of_a_sequence_that_was_given_up_is_no_lone_key() {
    let is_lone = |reads: &[(u64, &[u8])]| {
        let last = reported(reads).pop();
        matches!(last, Some(Input::Press(press, Arrival::Lone)) if press.key == Key::Char('p'))
    };
    assert!(!is_lone(&[(0, b"\x1b"), (60, b"P"), (60, b">"), (60, b"p")]));
    assert!(!is_lone(&[(0, b"\x1bP"), (60, b"p")]));
    assert!(!is_lone(&[(0, b"\x1b]52;"), (1_200, b"p")]));
    assert!(!is_lone(&[(0, b"\x1b["), (60, b"M"), (60, b" "), (60, b"p")]));
    assert!(!is_lone(&[(0, b"\x1bPx\x1bz"), (60, b"p")]), "a string that was cut off");
    assert!(!is_lone(&[(0, b"\x1b[12\x01"), (60, b"p")]));
    assert!(is_lone(&[(0, b"\x1b]52;"), (1_200, b"p"), (1_000, b"p")]), "a person comes back");
    assert!(is_lone(&[(0, b"\x1b"), (60, b"p")]), "Escape and a key");
    assert!(is_lone(&[(0, b"\x1b"), (60, b"o"), (60, b"p")]));
}

#[test]
fn a_sequence_that_a_burst_cuts_is_no_escape() {
    let inputs = told_soon(&[b"\x1b[A\x1b", b"[B\x1b"]);
    assert_eq!(presses(inputs), [Key::Up, Key::Down, Key::Esc].map(Press::plain));
}

#[test]
fn a_sequence_that_comes_in_packets_is_no_escape() {
    for packets in [[&b"\x1b"[..], b"[B"], [b"\x1b[", b"B"], [b"\x1b", b"OB"], [b"\x1bO", b"B"]] {
        assert_eq!(presses(told_soon(&packets)), [Press::plain(Key::Down)], "{packets:?}");
    }
    assert_eq!(told_soon(&[b"\x1b", b"[", b"3", b"~"]), told(&[b"\x1b[3~"]));
    assert_eq!(told_soon(&[b"\x1b", b"[200~x\x1b", b"[201~"]), [Input::Paste("x".to_owned())]);
}

#[test]
fn an_escape_alone_waits_only_until_something_else_is_pressed() {
    let alone = |reads: &[&[u8]]| presses(told_soon(reads));
    let (esc, down) = (Press::plain(Key::Esc), Press::plain(Key::Down));
    assert_eq!(alone(&[b"\x1b"]), [esc]);
    assert_eq!(alone(&[b"\x1b", b"q"]), [esc, Press::plain(Key::Char('q'))]);
    assert_eq!(alone(&[b"\x1b", b"\x03"]), [esc, Press::ctrl('c')]);
    assert_eq!(alone(&[b"\x1b", b"\x1b", b"[B"]), [esc, down]);
    let late = [esc, Press::plain(Key::Char('[')), Press::plain(Key::Char('B'))];
    assert_eq!(presses(told(&[b"\x1b", b"[B"])), late);
}

#[test]
fn ctrl_c_comes_through_behind_the_beginning_of_a_sequence() {
    for read in [b"\x1b[\x03", b"\x1bO\x03"] {
        assert_eq!(presses(told(&[read])), [Press::ctrl('c')]);
    }
    for begun in [&b"\x1bP>|x"[..], b"\x1b]52;c;", b"\x1b[12;", b"\x1b[M ", b"\x1b_G", b"\x90x"] {
        assert_eq!(presses(told_soon(&[begun, b"\x03"])), [Press::ctrl('c')], "{begun:?}");
        assert_eq!(presses(told_soon(&[begun, b"\x1b[99;5u"])), [Press::ctrl('c')], "{begun:?}");
    }
}

#[test]
fn the_mouse_is_told_by_cells_in_every_form() {
    let click = |column, row| Input::Click { column, row };
    assert_eq!(told(&[b"\x1b[<0;1;1M\x1b[<0;1;1m\x1b[<8;300;24M"]), [click(0, 0), click(299, 23)]);
    let wheel = [Input::Wheel { up: true }, Input::Wheel { up: false }];
    assert_eq!(told(&[b"\x1b[<64;3;4M\x1b[<69;3;4M\x1b[<32;3;4M"]), wheel);
    assert_eq!(told(&[b"\x1b[M p(\x1b[M#p(\x1b[M`!!"]), [click(79, 7), wheel[0].clone()]);
    assert_eq!(told(&[b"\x1b[32;80;8M\x1b[35;80;8M"]), [click(79, 7)]);
    assert_eq!(told(&["\u{1b}[M \u{100}(".as_bytes()]), [click(223, 7)], "columns in UTF-8");
    assert_eq!(told(&[b"\x1b[M \xd0("]), [click(175, 7)], "columns in a byte");
    assert_eq!(told(&[b"\x1b[M \0\0"]), [], "out of range");
    assert_eq!(
        presses(told(&[b"\x1b[M \0px"])),
        presses(told(&[b"x"])),
        "a row out of range is none of a key"
    );
}

#[test]
fn a_string_ends_as_each_kind_of_string_does() {
    let x = told(&[b"x"]);
    let crowded = |bytes: &[u8]| {
        let rest = told(&[bytes]);
        assert_eq!(presses(rest), presses(x.clone()), "{bytes:?}");
    };
    for introducer in ["\u{1b}P", "\u{1b}]", "\u{1b}_", "\u{1b}^", "\u{1b}X", "\u{90}", "\u{9d}", "\u{9f}"] {
        crowded(format!("{introducer}>|pym\u{1b}\\x").as_bytes());
        crowded(format!("{introducer}pym✓é\u{9c}x").as_bytes());
        crowded(format!("{introducer}pym\u{18}x").as_bytes());
    }
    for introducer in [0x90, 0x98, 0x9d, 0x9e, 0x9f] {
        crowded(&[&[introducer][..], b"pym\x9cx"].concat());
    }
    crowded(b"\x1b]11;rgb:p/y/m\x07x");
    assert_eq!(told(&[b"\x1bPbell\x07still"]), [], "BEL ends an OSC alone");
    assert_eq!(told(&["\u{1b}]0;✓\u{1b}".as_bytes()]).len(), 1, "an Escape, and no check mark");
}

#[test]
fn a_string_without_an_end_is_given_up() {
    let mut decoder = Decoder::default();
    let second = |seconds| Duration::from_secs(seconds);
    decoder.feed(b"\x1b]52;c;", second(5), |input| panic!("{input:?}"));
    assert_eq!(decoder.deadline(), Some(second(6)));
    decoder.flush(|input| panic!("{input:?}"));
    assert_eq!(decoder.deadline(), None);
    // One that is longer than any answer ends at the first pause.
    decoder.feed(&[b"\x1b]52;c;", &[b'p'; 5_000][..]].concat(), second(9), |input| panic!("{input:?}"));
    assert_eq!(decoder.deadline(), Some(second(9) + KEY_TIME));
}

#[test]
fn what_nobody_asked_for_types_nothing() {
    let answers =
        b"\x1b[12;40R\x1b[1;5R\x1b[?62;c\x1b[>1;10;0c\x1b[I\x1b[O\x1b[57441u\x1b[<2;1;1M\x1b[?997;1nx";
    assert_eq!(presses(told(&[answers])), presses(told(&[b"x"])));
    assert_eq!(presses(told(&[b"\xff\xc3x"])), presses(told(&[b"x"])));
}

#[test]
fn a_paste_is_text_whatever_it_holds() {
    let told = told_soon(&[b"a\x1b[200~one\r\x1b[A", b"two\x1b[20", b"1~b"]);
    let letter = |letter| Input::Press(Press::plain(Key::Char(letter)), Arrival::Crowded);
    assert_eq!(told, [letter('a'), Input::Paste("one\r\u{1b}[Atwo".to_owned()), letter('b')]);
}

#[test]
fn a_paste_without_an_end_ends_by_itself() {
    let lost = Input::Paste("lost".to_owned());
    let inputs = reported(&[(0, b"\x1b[200~lost"), (300, b"\x03")]);
    assert_eq!(inputs[0], lost);
    assert_eq!(presses(inputs[1..].to_vec()), [Press::ctrl('c')]);
    let inputs = reported(&[(0, b"\x1b[200~lost"), (1_000, b"x")]);
    assert_eq!(inputs[0], lost);
    assert_eq!(presses(inputs[1..].to_vec()), [Press::plain(Key::Char('x'))]);
}

#[test]
fn a_flood_of_paste_is_bounded_and_ends() {
    let mut decoder = Decoder::default();
    let mut pasted = Vec::new();
    decoder.feed(b"\x1b[200~", Duration::ZERO, |input| pasted.push(input));
    for _ in 0..150 {
        decoder.feed(&[b'x'; 8_192], Duration::ZERO, |input| pasted.push(input));
        assert!(decoder.pending.len() <= LONGEST_PASTE + PASTE_END.len());
    }
    decoder.feed(PASTE_END, Duration::ZERO, |input| pasted.push(input));
    assert!(matches!(&pasted[..], [Input::Paste(text)] if text.len() >= LONGEST_PASTE));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_are_too_odd(
        reads in prop::collection::vec((0_u64..1_500, prop::collection::vec(any::<u8>(), 1..20)), 1..8),
    ) {
        let reads: Vec<(u64, &[u8])> = reads.iter().map(|(pause, read)| (*pause, read.as_slice())).collect();
        reported(&reads);
    }

    #[test]
    fn letters_come_through_wherever_a_read_ends(text in "[a-zé日👩]{1,20}", cut in 0_usize..60) {
        let bytes = text.as_bytes();
        let (one, two) = bytes.split_at(cut.min(bytes.len()));
        prop_assert_eq!(presses(told_soon(&[one, two])), presses(told(&[bytes])));
        prop_assert_eq!(told(&[bytes]).len(), text.chars().count());
    }

    #[test]
    fn where_reads_end_changes_nothing_but_how_a_key_came(
        pieces in prop::collection::vec(
            prop_oneof![
                // A key behind an Escape in a read of its own is one of its own, and so is Ctrl-C.
                (4_u8..0x1b).prop_map(|byte| vec![byte]),
                (0x1c_u8..=0xff).prop_map(|byte| vec![byte]),
                prop::sample::select(INTRODUCERS).prop_map(|byte| vec![ESC, byte]),
            ],
            1..40,
        ),
    ) {
        let bytes = pieces.concat();
        let one_by_one: Vec<(u64, &[u8])> = bytes.chunks(1).map(|byte| (10, byte)).collect();
        let kinds = |inputs: Vec<Input>| {
            let kind = |input| match input {
                Input::Press(press, _) => Ok(press),
                other => Err(other),
            };
            inputs.into_iter().map(kind).collect::<Vec<_>>()
        };
        prop_assert_eq!(kinds(reported(&one_by_one)), kinds(told(&[&bytes])));
    }
}
