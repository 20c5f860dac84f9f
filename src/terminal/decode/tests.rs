//! What bytes become.

use proptest::prelude::*;

use super::*;

fn told(reads: &[&[u8]]) -> Vec<Input> {
    let mut decoder = Decoder::default();
    let mut told = Vec::new();
    for read in reads {
        decoder.feed(read, |input| told.push(input));
        if decoder.pause() {
            decoder.settle(|input| told.push(input));
        }
    }
    told
}

/// What is told of reads that come so soon after each other that nobody gives up waiting.
fn told_soon(reads: &[&[u8]]) -> Vec<Input> {
    let mut decoder = Decoder::default();
    let mut told = Vec::new();
    for read in reads {
        decoder.feed(read, |input| told.push(input));
        decoder.pause();
    }
    told
}

fn keys(bytes: &[u8]) -> Vec<Key> {
    let key = |input| match input {
        Input::Press(press) => press.key,
        other => panic!("{other:?} is no key"),
    };
    told(&[bytes]).into_iter().map(key).collect()
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
    assert_eq!(keys(b"\x1b\x1b"), [Esc, Esc]);
}

#[test]
fn modifiers_are_understood() {
    assert_eq!(told(&[b"\x03"]), [Input::Press(Press::ctrl('c'))]);
    let held = |key, ctrl, alt| Input::Press(Press { key, ctrl, alt });
    assert_eq!(told(&[b"\x1b[1;5C"]), [held(Key::Right, true, false)]);
    assert_eq!(told(&[b"\x1b[3;3~"]), [held(Key::Delete, false, true)]);
    assert_eq!(told(&["\u{1b}é".as_bytes()]), [held(Key::Char('é'), false, true)]);
}

#[test]
fn a_sequence_that_a_burst_cuts_is_no_escape() {
    let (mut decoder, mut told) = (Decoder::default(), Vec::new());
    for read in [&b"\x1b[A\x1b"[..], b"[B\x1b"] {
        decoder.feed(read, |input| told.push(input));
    }
    assert!(decoder.pause());
    decoder.settle(|input| told.push(input));
    assert_eq!(told, [Key::Up, Key::Down, Key::Esc].map(|key| Input::Press(Press::plain(key))));
}

#[test]
fn a_sequence_that_comes_in_two_packets_is_no_escape() {
    let down = [Input::Press(Press::plain(Key::Down))];
    for packets in [[&b"\x1b"[..], b"[B"], [b"\x1b[", b"B"], [b"\x1b", b"OB"], [b"\x1bO", b"B"]] {
        assert_eq!(told_soon(&packets), down, "{packets:?}");
    }
    assert_eq!(told_soon(&[b"\x1b", b"[", b"3", b"~"]), told(&[b"\x1b[3~"]));
    assert_eq!(told_soon(&[b"\x1b", b"[200~x\x1b", b"[201~"]), [Input::Paste("x".to_owned())]);
}

#[test]
fn an_escape_alone_waits_only_until_something_else_is_pressed() {
    let press = |key| Input::Press(Press::plain(key));
    assert_eq!(told_soon(&[b"\x1b"]), []);
    assert_eq!(told_soon(&[b"\x1b", b"q"]), [press(Key::Esc), press(Key::Char('q'))]);
    assert_eq!(told_soon(&[b"\x1b", b"\x03"]), [press(Key::Esc), Input::Press(Press::ctrl('c'))]);
    assert_eq!(told_soon(&[b"\x1b", b"\x1b", b"[B"]), [press(Key::Esc), press(Key::Down)]);
    assert_eq!(told(&[b"\x1b", b"[B"]), [press(Key::Esc), press(Key::Char('[')), press(Key::Char('B'))]);
}

#[test]
fn nothing_is_waited_for_where_no_escape_stands_alone() {
    for read in [&b""[..], b"x", b"\x1b[A", b"\x1b[", b"\x1b[200~\x1b"] {
        let mut decoder = Decoder::default();
        decoder.feed(read, |_| {});
        assert!(!decoder.pause(), "{read:?}");
    }
}

#[test]
fn ctrl_c_comes_through_behind_the_beginning_of_a_sequence() {
    for read in [b"\x1b[\x03", b"\x1bO\x03"] {
        assert_eq!(told(&[read]), [Input::Press(Press::ctrl('c'))]);
    }
}

#[test]
fn the_mouse_is_told_by_cells() {
    let click = |column, row| Input::Click { column, row };
    assert_eq!(told(&[b"\x1b[<0;1;1M\x1b[<0;1;1m\x1b[<8;300;24M"]), [click(0, 0), click(299, 23)]);
    assert_eq!(
        told(&[b"\x1b[<64;3;", b"4M\x1b[<69;3;4M\x1b[<32;3;4M"]),
        [Input::Wheel { up: true }, Input::Wheel { up: false }]
    );
}

#[test]
fn what_nobody_asked_for_types_nothing() {
    assert_eq!(told(&[b"\x1b[12;40R\x1b[?62;c\x1b[I\x1b[200;5u\x1b[<2;1;1Mx"]), told(&[b"x"]));
    assert_eq!(told(&[b"\xff\xc3x"]), told(&[b"x"]));
}

#[test]
fn a_paste_is_text_whatever_it_holds() {
    let told = told(&[b"a\x1b[200~one\r\x1b[A", b"two\x1b[20", b"1~b"]);
    let letter = |letter| Input::Press(Press::plain(Key::Char(letter)));
    assert_eq!(told, [letter('a'), Input::Paste("one\r\u{1b}[Atwo".to_owned()), letter('b')]);
}

#[test]
fn a_paste_without_an_end_holds_up_nobody() {
    let told = told(&[b"\x1b[200~lost", b"\x03"]);
    assert_eq!(told, [Input::Paste("lost".to_owned()), Input::Press(Press::ctrl('c'))]);
}

#[test]
fn a_flood_of_paste_is_bounded_and_ends() {
    let mut decoder = Decoder::default();
    let mut pasted = Vec::new();
    decoder.feed(PASTE_BEGINS, |input| pasted.push(input));
    for _ in 0..400 {
        decoder.feed(&[b'x'; 8_192], |input| pasted.push(input));
        assert!(decoder.pending.len() <= LONGEST_PASTE + PASTE_ENDS.len());
    }
    decoder.feed(PASTE_ENDS, |input| pasted.push(input));
    assert!(matches!(&pasted[..], [Input::Paste(text)] if text.len() >= LONGEST_PASTE));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_are_too_odd(reads in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..20), 1..8)) {
        let reads: Vec<&[u8]> = reads.iter().map(Vec::as_slice).collect();
        told(&reads);
    }

    #[test]
    fn letters_come_through_wherever_a_read_ends(text in "[a-zé日👩]{1,20}", cut in 0_usize..60) {
        let bytes = text.as_bytes();
        let (one, two) = bytes.split_at(cut.min(bytes.len()));
        prop_assert_eq!(told(&[one, two]), told(&[bytes]));
        prop_assert_eq!(told(&[bytes]).len(), text.chars().count());
    }
}
