//! Splits a line of a tape into its words.

/// A word of a tape.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Word {
    /// A command, a number, a path: anything that is not in quotes.
    Bare(String),
    /// A text in single, double or back quotes.
    Text(String),
    /// A pattern between slashes.
    Pattern(String),
    /// A theme between braces.
    Braces(String),
}

/// The words of a line. Texts know no escapes and end at the same quote or with the line.
pub(crate) fn words(line: &str) -> Result<Vec<Word>, String> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while let Some(first) = rest.chars().next() {
        let body = &rest[first.len_utf8()..];
        let (word, left) = match first {
            '#' => break,
            '"' | '\'' | '`' => {
                let (text, left) = body.split_once(first).unwrap_or((body, ""));
                (Word::Text(text.to_owned()), left)
            }
            '/' => pattern(body)?,
            '{' => {
                let end = body.rfind('}').ok_or("the braces have no end")?;
                (Word::Braces(body[..end].to_owned()), &body[end + 1..])
            }
            _ => {
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                (Word::Bare(rest[..end].to_owned()), &rest[end..])
            }
        };
        words.push(word);
        rest = left.trim_start();
    }
    Ok(words)
}

/// A pattern up to the next slash that is not escaped; an escaped one stands for itself.
fn pattern(body: &str) -> Result<(Word, &str), String> {
    let mut escaped = false;
    for (index, character) in body.char_indices() {
        match character {
            '/' if !escaped => {
                return Ok((Word::Pattern(body[..index].replace("\\/", "/")), &body[index + 1..]));
            }
            _ => escaped = character == '\\' && !escaped,
        }
    }
    Err("the pattern has no end".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_kinds() {
        let found =
            words(r#"Type@40ms 'say "hi" #1' Wait+Screen /a \/ b\\/ Set Theme { "name": "x" } # end"#)
                .unwrap();
        let expected = [
            Word::Bare("Type@40ms".to_owned()),
            Word::Text("say \"hi\" #1".to_owned()),
            Word::Bare("Wait+Screen".to_owned()),
            Word::Pattern("a / b\\\\".to_owned()),
            Word::Bare("Set".to_owned()),
            Word::Bare("Theme".to_owned()),
            Word::Braces(" \"name\": \"x\" ".to_owned()),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_text_without_its_quote_ends_with_the_line() {
        assert_eq!(words("\"open end").unwrap(), [Word::Text("open end".to_owned())]);
        assert_eq!(words("{ open").unwrap_err(), "the braces have no end");
        assert_eq!(words("  # nothing").unwrap(), []);
    }
}
