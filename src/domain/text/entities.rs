//! HTML character references, by name and by number (contract, section 9).

use std::borrow::Cow;

/// The characters that browsers substitute for the numbers 128 to 159, which old editors wrote as
/// Windows-1252. A space means none.
const WINDOWS_1252: &str = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/// Decodes references once. Impossible numbers are removed, and unknown names stay unchanged.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at(at);
        out.push_str(before);
        rest = if let Some((decoded, after)) = reference_at(reference) {
            out.push_str(&decoded);
            after
        } else {
            out.push('&');
            reference.get(1..).unwrap_or_default()
        };
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Returns what the reference at the start of the text stands for, and the text after it.
fn reference_at(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let body = text.strip_prefix('&')?;
    if let Some(number) = body.strip_prefix('#') {
        let (digits, radix) = number.strip_prefix(['x', 'X']).map_or((number, 10), |hex| (hex, 16));
        let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
        let (digits, after) = digits.split_at_checked(end).filter(|(digits, _)| !digits.is_empty())?;
        let decoded = u32::from_str_radix(digits, radix).ok().and_then(numbered);
        let decoded = decoded.map(String::from).unwrap_or_default();
        return Some((decoded.into(), after.strip_prefix(';').unwrap_or(after)));
    }
    let end = body.find(|c: char| !c.is_ascii_alphanumeric()).filter(|end| body[*end..].starts_with(';'))?;
    // Includes the `&` before the name and the `;` after it.
    let (reference, after) = text.split_at_checked(end + 2)?;
    let decoded = html_escape::decode_html_entities(reference);
    // White space of any width, tabs and line breaks become a single space.
    let decoded = if decoded.chars().all(char::is_whitespace) { " ".into() } else { decoded };
    (decoded != reference).then_some((decoded, after))
}

fn numbered(number: u32) -> Option<char> {
    match number {
        0 => None,
        128..=159 => {
            let place = usize::try_from(number).ok()?.checked_sub(128)?;
            WINDOWS_1252.chars().nth(place).filter(|c| *c != ' ')
        }
        _ => char::from_u32(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded_once_and_nonsense_is_harmless() {
        let table = [
            ("plain", "plain"),
            ("&amp;&lt;&gt;&quot;&apos;", "&<>\"'"),
            ("&#39;&#x27;&#X27;", "'''"),
            ("&#39 s", "' s"),
            ("10&nbsp;&euro;", "10 €"),
            ("a&thinsp;b&NewLine;c&Tab;", "a b c "),
            ("caf&eacute; &Eacute; &Zcaron;&abreve;&NotEqualTilde;", "café É Žă≂̸"),
            ("&rsquo;&hellip;&trade;", "’…™"),
            ("&#146;&#128;", "’€"),
            ("&#129;&#0;&#xD800;&#x110000;&#99999999999999;", ""),
            ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
            ("AT&T & co", "AT&T & co"),
            ("&unknown; &; &# &#x; &", "&unknown; &; &# &#x; &"),
            ("&amp", "&amp"),
            ("&&amp;&", "&&&"),
            ("&é;", "&é;"),
        ];
        for (came, decoded) in table {
            assert_eq!(decode(came), decoded, "{came}");
        }
    }
}
