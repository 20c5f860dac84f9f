//! Character references of HTML: a fixed table, and numbers (contract, section 9).

use std::borrow::Cow;

/// The names that shops use, and what they stand for.
const NAMES: &[(&str, char)] = &[
    ("AMP", '&'),
    ("Aacute", 'Á'),
    ("Agrave", 'À'),
    ("Aring", 'Å'),
    ("Auml", 'Ä'),
    ("Ccedil", 'Ç'),
    ("Eacute", 'É'),
    ("Egrave", 'È'),
    ("GT", '>'),
    ("LT", '<'),
    ("Ntilde", 'Ñ'),
    ("Oacute", 'Ó'),
    ("Ouml", 'Ö'),
    ("QUOT", '"'),
    ("Uacute", 'Ú'),
    ("Uuml", 'Ü'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("acute", '´'),
    ("aelig", 'æ'),
    ("agrave", 'à'),
    ("amp", '&'),
    ("apos", '\''),
    ("aring", 'å'),
    ("atilde", 'ã'),
    ("auml", 'ä'),
    ("bdquo", '„'),
    ("bull", '•'),
    ("ccedil", 'ç'),
    ("cent", '¢'),
    ("check", '✓'),
    ("copy", '©'),
    ("deg", '°'),
    ("divide", '÷'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("egrave", 'è'),
    ("emsp", ' '),
    ("ensp", ' '),
    ("euml", 'ë'),
    ("euro", '€'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("frac34", '¾'),
    ("ge", '≥'),
    ("gt", '>'),
    ("hellip", '…'),
    ("iacute", 'í'),
    ("icirc", 'î'),
    ("iexcl", '¡'),
    ("igrave", 'ì'),
    ("iquest", '¿'),
    ("iuml", 'ï'),
    ("laquo", '«'),
    ("larr", '←'),
    ("ldquo", '“'),
    ("le", '≤'),
    ("lsaquo", '‹'),
    ("lsquo", '‘'),
    ("lt", '<'),
    ("mdash", '—'),
    ("middot", '·'),
    ("minus", '−'),
    ("nbsp", ' '),
    ("ndash", '–'),
    ("ne", '≠'),
    ("ntilde", 'ñ'),
    ("oacute", 'ó'),
    ("ocirc", 'ô'),
    ("oelig", 'œ'),
    ("ograve", 'ò'),
    ("ordf", 'ª'),
    ("ordm", 'º'),
    ("oslash", 'ø'),
    ("otilde", 'õ'),
    ("ouml", 'ö'),
    ("para", '¶'),
    ("plusmn", '±'),
    ("pound", '£'),
    ("quot", '"'),
    ("raquo", '»'),
    ("rarr", '→'),
    ("rdquo", '”'),
    ("reg", '®'),
    ("rsaquo", '›'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("sect", '§'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("szlig", 'ß'),
    ("thinsp", ' '),
    ("times", '×'),
    ("trade", '™'),
    ("uacute", 'ú'),
    ("ucirc", 'û'),
    ("ugrave", 'ù'),
    ("uuml", 'ü'),
    ("yen", '¥'),
];

/// What browsers make of the numbers 128 to 159, which old editors wrote for these.
const WINDOWS_1252: [Option<char>; 32] = [
    Some('€'),
    None,
    Some('‚'),
    Some('ƒ'),
    Some('„'),
    Some('…'),
    Some('†'),
    Some('‡'),
    Some('ˆ'),
    Some('‰'),
    Some('Š'),
    Some('‹'),
    Some('Œ'),
    None,
    Some('Ž'),
    None,
    None,
    Some('‘'),
    Some('’'),
    Some('“'),
    Some('”'),
    Some('•'),
    Some('–'),
    Some('—'),
    Some('˜'),
    Some('™'),
    Some('š'),
    Some('›'),
    Some('œ'),
    None,
    Some('ž'),
    Some('Ÿ'),
];

/// Replaces references once; impossible numbers vanish, unknown names stay as they are.
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
            out.extend(decoded);
            after
        } else {
            out.push('&');
            reference.get(1..).unwrap_or_default()
        };
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// What the reference at the start of the text stands for, and the text after it.
fn reference_at(text: &str) -> Option<(Option<char>, &str)> {
    let body = text.strip_prefix('&')?;
    if let Some(number) = body.strip_prefix('#') {
        let (digits, radix) = number.strip_prefix(['x', 'X']).map_or((number, 10), |hex| (hex, 16));
        let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
        let (digits, after) = digits.split_at_checked(end).filter(|(digits, _)| !digits.is_empty())?;
        let decoded = u32::from_str_radix(digits, radix).ok().and_then(numbered);
        return Some((decoded, after.strip_prefix(';').unwrap_or(after)));
    }
    let end = body.find(|c: char| !c.is_ascii_alphanumeric())?;
    let (name, after) = body.split_at_checked(end)?;
    let after = after.strip_prefix(';')?;
    let index = NAMES.binary_search_by_key(&name, |(name, _)| name).ok()?;
    NAMES.get(index).map(|(_, c)| (Some(*c), after))
}

fn numbered(number: u32) -> Option<char> {
    match number {
        0 => None,
        128..=159 => WINDOWS_1252.get(usize::try_from(number).ok()?.checked_sub(128)?).copied().flatten(),
        _ => char::from_u32(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_for_its_search() {
        assert!(NAMES.is_sorted_by(|(one, _), (next, _)| one < next));
    }

    #[test]
    fn references_are_decoded_once_and_nonsense_is_harmless() {
        let table = [
            ("plain", "plain"),
            ("&amp;&lt;&gt;&quot;&apos;", "&<>\"'"),
            ("&#39;&#x27;&#X27;", "'''"),
            ("&#39 s", "' s"),
            ("10&nbsp;&euro;", "10 €"),
            ("caf&eacute; &Eacute;", "café É"),
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
