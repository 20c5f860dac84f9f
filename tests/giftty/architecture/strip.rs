//! Rust source without its comments and texts, and without its tests, line for line.

use std::sync::LazyLock;

use regex::Regex;

/// The source with blanks where comments, texts and characters were.
pub(crate) fn without_texts(source: &str) -> String {
    static SKIPPED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
        r#"(?s)//[^\n]*|/\*|\b(?:br|cr|r)(?<hashes>#*)"|(?:\b[bc])?"(?:\\.|[^"\\])*"|'(?:\\[^\n]+?|[^\\'\n])'"#,
    ).unwrap()
    });
    let mut code = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(found) = SKIPPED.captures(rest) {
        let start = found.get_match().start();
        let end = match (found.get_match().as_str(), found.name("hashes")) {
            ("/*", _) => start + comment_length(&rest[start..]),
            (_, Some(hashes)) => {
                let (body, close) = (found.get_match().end(), format!("\"{}", hashes.as_str()));
                rest[body..].find(&close).map_or(rest.len(), |length| body + length + close.len())
            }
            _ => found.get_match().end(),
        };
        code.push_str(&rest[..start]);
        code.push_str(&blank(&rest[start..end]));
        rest = &rest[end..];
    }
    code + rest
}

/// The code with blanks where an item is compiled for tests alone.
pub(crate) fn without_tests(code: &str) -> String {
    static TEST: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"#\[cfg\(test\)\]").unwrap());
    let mut kept = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(found) = TEST.find(rest) {
        let end = found.end() + item_length(&rest[found.end()..]);
        kept.push_str(&rest[..found.start()]);
        kept.push_str(&blank(&rest[found.start()..end]));
        rest = &rest[end..];
    }
    kept + rest
}

/// The length of an item: to its semicolon, or to the end of its braces.
fn item_length(code: &str) -> usize {
    let mut depth = 0;
    for (index, character) in code.char_indices() {
        match character {
            '{' | '(' | '[' => depth += 1,
            '}' if depth == 1 => return index + 1,
            ')' | ']' | '}' => depth -= 1,
            ';' if depth == 0 => return index + 1,
            _ => {}
        }
    }
    code.len()
}

/// The length of a block comment, which may hold others.
fn comment_length(text: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < text.len() {
        if text[at..].starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if text[at..].starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

fn blank(text: &str) -> String {
    text.chars().map(|character| if character == '\n' { '\n' } else { ' ' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squeezed(code: &str) -> String {
        code.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn comments_and_texts_go_and_lines_stay() {
        let source = "let a = \"x \\\" // y\"; // tokio\n/* a /* b */\n c */ let b = r#\"std::fs \" \"#;\n\
            let c = '\"'; let d: &'a str = b\"\\\\\"; let e = '\\''; fn f<'a>(x: &'a u8) {}";
        let code = without_texts(source);
        assert_eq!(code.lines().count(), source.lines().count());
        let expected = "let a = ; let b = ; let c = ; let d: &'a str = ; let e = ; fn f<'a>(x: &'a u8) {}";
        assert_eq!(squeezed(&code), expected);
    }

    #[test]
    fn what_is_for_tests_alone_goes() {
        let code =
            "use a;\n#[cfg(test)]\nuse b;\n#[cfg(test)]\n#[path = x]\nmod tests { fn f() { } }\nfn g() {}";
        let kept = without_tests(code);
        assert_eq!(kept.lines().count(), code.lines().count());
        assert_eq!(squeezed(&kept), "use a; fn g() {}");
    }
}
