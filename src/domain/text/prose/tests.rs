//! Fragments of HTML, honest and hostile, and the lines they become.

use proptest::prelude::*;

use super::*;
use crate::domain::text::sanitise::is_forbidden;

fn lines(prose: &Prose) -> Vec<&str> {
    prose.lines().iter().map(Printable::as_str).collect()
}

const FRAGMENTS: &[(&str, &[&str])] = &[
    ("", &[]),
    ("<p></p><br>", &[]),
    ("just text", &["just text"]),
    ("first\r\nsecond &amp; last", &["first", "second & last"]),
    ("<p>One</p><p>Two\nstill two</p>", &["One", "Two still two"]),
    ("One<br>Two<br/>Three<BR />Four", &["One", "Two", "Three", "Four"]),
    ("<div>One<div>Two</div>Three</div>", &["One", "Two", "Three"]),
    ("<b>Bo</b>ld and <i class='x'>italic</i>", &["Bold and italic"]),
    ("<ul><li>One</li><li>Two</li></ul>", &["• One", "• Two"]),
    ("<ol><li>One<li>Two</ol>after", &["1. One", "2. Two", "after"]),
    ("<ol start=\"3\"><li>Three</li></ol>", &["3. Three"]),
    ("<ol><li><p>Go to</p><p>the site</p></li><li>Enter</li></ol>", &["1. Go to", "the site", "2. Enter"]),
    ("<ol><li>A<ul><li>a</li><li>b</li></ul></li><li>B</li></ol>", &["1. A", "• a", "• b", "2. B"]),
    ("<li>stray", &["• stray"]),
    ("<ul><li></li></ul>text", &["text"]),
    ("<table><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></table>", &["a b", "c"]),
    // What must not be read.
    ("a<script>alert('<p>x</p>')</script>b", &["ab"]),
    ("a<STYLE>p{}</style >b", &["ab"]),
    ("a<script>never closed", &["a"]),
    ("a<!-- <p>no</p> -->b", &["ab"]),
    ("a<!-- never closed", &["a"]),
    ("<!DOCTYPE html><?php x ?>a", &["a"]),
    // What is torn.
    ("a<b", &["a"]),
    ("a<p>b<", &["a", "b<"]),
    ("<p>5 < 6 and 7 > 6</p>", &["5 < 6 and 7 > 6"]),
    ("<p title=\"a>b\">c</p>", &["c"]),
    ("<p title='a>b' x>c", &["c"]),
    ("<p title=\"never closed>c</p>", &["c"]),
    ("<p don't>c</p>", &["c"]),
    ("</p></ul></ol></a>c", &["c"]),
    ("<>c</>", &["<>c</>"]),
    ("<é>c", &["<é>c"]),
    // References are decoded once and never become tags.
    ("<p>&lt;script&gt;x&lt;/script&gt;</p>", &["<script>x</script>"]),
    ("<p>&amp;lt;</p>", &["&lt;"]),
    ("<p>&#27;[31m&#x202e;x&#8203;</p>", &["[31mx"]),
    ("<p>a&#10;b</p>", &["a b"]),
    ("<p>&nbsp;</p><p>x&nbsp;</p>", &["x"]),
    // Links.
    ("<a href=\"https://a.example/x\">here</a> now", &["here (https://a.example/x) now"]),
    ("<a href='https://a.example/x'>https://a.example/x</a>", &["https://a.example/x"]),
    ("<a href=https://a.example/>a.example</a>", &["a.example"]),
    (
        "<a class=\"b\" HREF = \"https://a.example/?a=1&amp;b=2\">here </a>.",
        &["here (https://a.example/?a=1&b=2) ."],
    ),
    (
        "<a href=\"https://evil.example\">https://bank.example</a>",
        &["https://bank.example (https://evil.example)"],
    ),
    ("<a href=\"http://a.example\">here</a>", &["here"]),
    ("<a href=\"javascript:alert(1)\">here</a>", &["here"]),
    ("<a href=\"https://а.example\">here</a>", &["here"]),
    ("<a href=\"https://a.example/\u{202e}x\">here</a>", &["here"]),
    ("<a href>here</a>", &["here"]),
    (
        "<a href=\"https://a.example\">one<a href=\"https://b.example\">two",
        &["one (https://a.example)two (https://b.example)"],
    ),
];

#[test]
fn fragments_become_lines() {
    for (fragment, expected) in FRAGMENTS {
        assert_eq!(lines(&Prose::from_html(fragment)), *expected, "{fragment}");
    }
}

#[test]
fn plain_text_keeps_its_lines_and_its_angle_brackets() {
    let prose = Prose::from_plain("a <b>\n\n  b\u{1b}  c\u{2028}d\r\n");
    assert_eq!(lines(&prose), ["a <b>", "b c", "d"]);
    assert!(Prose::from_plain(" \n\t").is_empty());
}

#[test]
fn endless_text_ends_and_says_so() {
    for prose in [Prose::from_html(&"<p>x".repeat(5000)), Prose::from_plain(&"x\n".repeat(5000))] {
        assert_eq!(prose.lines().len(), Prose::MOST_LINES);
        assert_eq!(prose.lines().last().map(Printable::as_str), Some("…"));
    }
    let long = Prose::from_html(&format!("<p>{}</p>", "x".repeat(9000)));
    assert_eq!(long.lines().first().map(|line| line.as_str().chars().count()), Some(Prose::LONGEST_LINE));
}

#[test]
fn hostile_nesting_takes_no_time() {
    for piece in [
        "<ul><li>",
        "<a href=\"https://a.example\">",
        "<p title=\"",
        "<a href='",
        "<script",
        "<!--",
        "&#",
        "<",
    ] {
        let _lines = Prose::from_html(&piece.repeat(50_000));
    }
}

#[test]
fn attributes_are_found_whatever_surrounds_them() {
    let table = [
        (" href=x", Some("x")),
        (" a=1 href='x y'", Some("x y")),
        (" data-href=no HREF=\"\"", Some("")),
        (" =href=x", None),
        (" href", Some("")),
        (" é=1 href=x/y", Some("x/y")),
        ("", None),
        (" / ", None),
        (" href=\"unclosed rest", Some("\"unclosed")),
    ];
    for (attributes, value) in table {
        assert_eq!(html::attribute(attributes, "href"), value, "{attributes:?}");
    }
}

proptest! {
    #[test]
    fn whatever_comes_is_lines(words in prop::collection::vec(prop::sample::select(vec![
        "<", ">", "<p>", "</p>", "<ol>", "<li>", "</ol>", "<a href=\"https://a.example/\"", "<a href=",
        "\"", "'", "=", "&", "&lt;", "&#x202e;", "&#", ";", "<!--", "-->", "<script>", "</script>", "x",
        " ", "\n", "é", "\u{1b}", "\u{200b}", "🎁", "/",
    ]), 0..60)) {
        let fragment = words.concat();
        for prose in [Prose::from_html(&fragment), Prose::from_plain(&fragment)] {
            prop_assert!(prose.lines().len() <= Prose::MOST_LINES);
            for line in prose.lines() {
                prop_assert!(!line.is_empty());
                let clean = line.as_str().chars().all(|c| c == '\u{fe0f}' || !is_forbidden(c));
                prop_assert!(clean);
            }
        }
    }
}
