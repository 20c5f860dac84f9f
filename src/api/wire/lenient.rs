//! Values that are parsed as far as possible: a mistyped value is treated as missing.

mod flat;
mod list;

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

pub(super) use flat::short_text;
pub(super) use list::{List, each};

use crate::domain::money::Amount;
use crate::domain::text::{Printable, Verbatim};
use crate::domain::time::Timestamp;

/// A string. Integers count as strings, but not numbers with a decimal point: those would have to pass
/// through a float.
///
/// Borrowed from the body unless it was escaped.
#[derive(Clone, Debug, Default)]
pub(super) struct Text<'a>(Option<Cow<'a, str>>);

impl Text<'_> {
    /// The string as received, or `None` if it is missing or blank.
    pub(super) fn as_str(&self) -> Option<&str> {
        let begins = |text: &str| text.bytes().next().is_some_and(|byte| byte.is_ascii_graphic());
        self.0.as_deref().filter(|text| begins(text) || !text.trim().is_empty())
    }

    /// The string, or an empty one if it is missing or blank.
    pub(super) fn or_empty(&self) -> &str {
        self.as_str().unwrap_or_default()
    }

    /// The string in printable form, or `None` if nothing of it is printable.
    pub(super) fn printable(&self) -> Option<Printable> {
        self.as_str().map(Printable::new).filter(|text| !text.is_empty())
    }

    /// The string to be sent back unchanged, if there is one.
    pub(super) fn verbatim(&self) -> Option<Verbatim> {
        self.as_str().map(Verbatim::from)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
        Ok(Text(Some(Cow::Borrowed(text))))
    }

    fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
        Ok(Text(Some(Cow::Owned(text.to_owned()))))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Text<'de>, E> {
        Ok(Text(Some(Cow::Owned(number.to_string()))))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Text<'de>, E> {
        Ok(Text(Some(Cow::Owned(number.to_string()))))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Text<'de>, E> {
        Ok(Text(None))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Text<'de>, E> {
        Ok(Text(None))
    }

    fn visit_unit<E>(self) -> Result<Text<'de>, E> {
        Ok(Text(None))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Text<'de>, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Text(None))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text<'de>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Text(None))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

/// The strings of a list as received, at most [`Words::MOST`] of them, one per line; anything other than a
/// list is treated as an empty one.
#[derive(Clone, Debug, Default)]
pub(super) struct Words(pub(super) String);

impl Words {
    /// The maximum number of strings that are stored.
    const MOST: usize = 24;
}

struct WordsVisitor;

impl<'de> Visitor<'de> for WordsVisitor {
    type Value = Words;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Words, A::Error> {
        let (mut words, mut count) = (String::new(), 0);
        while let Some(word) = seq.next_element::<Text<'_>>()? {
            let word = word.or_empty();
            if !word.is_empty() && count < Words::MOST {
                words.extend(word.split('\n').flat_map(|piece| [piece, " "]));
                words.replace_range(words.len() - 1.., "\n");
                count += 1;
            }
        }
        Ok(Words(words))
    }

    fn visit_str<E>(self, _: &str) -> Result<Words, E> {
        Ok(Words::default())
    }

    fn visit_bool<E>(self, _: bool) -> Result<Words, E> {
        Ok(Words::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Words, E> {
        Ok(Words::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Words, E> {
        Ok(Words::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Words, E> {
        Ok(Words::default())
    }

    fn visit_unit<E>(self) -> Result<Words, E> {
        Ok(Words::default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Words, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Words::default())
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WordsVisitor)
    }
}

/// A string or a number, with its digits exactly as received.
#[derive(Clone, Debug, Default)]
pub(super) struct Exact<'a>(Text<'a>);

impl<'a> Exact<'a> {
    pub(super) fn text(&self) -> &Text<'a> {
        &self.0
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Exact<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&'de RawValue>::deserialize(deserializer)?;
        Ok(Self(Text(scalar(raw.get()))))
    }
}

/// The text of a string, or the digits of a number.
pub(super) fn scalar(json: &str) -> Option<Cow<'_, str>> {
    match json.as_bytes().first()? {
        // serde_json does not borrow a `Cow`, so a string without escapes is sliced here.
        b'"' if !json.contains('\\') => json.get(1..json.len() - 1).map(Cow::Borrowed),
        b'"' => serde_json::from_str(json).ok().map(Cow::Owned),
        b'-' | b'0'..=b'9' => Some(Cow::Borrowed(json)),
        _ => None,
    }
}

/// An amount from a string or a number, parsed from its digits and never through a float.
///
/// A value that is negative, has an exponent or is not a number is treated as missing (contract, section 9).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Decimal(pub(super) Option<Amount>);

impl Decimal {
    /// The amount, or `None` if it is zero.
    pub(super) fn positive(self) -> Option<Amount> {
        self.0.filter(|amount| !amount.is_zero())
    }

    /// The amount without trailing zeros: `5.0` becomes `5`.
    pub(super) fn plain(self) -> Option<Amount> {
        self.0.and_then(|amount| Amount::new(amount.value().normalize()))
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?;
        Ok(Self(scalar(raw.get()).and_then(|text| text.trim().parse().ok())))
    }
}

/// An integer from a string or a number.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Whole(pub(super) Option<u64>);

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?;
        Ok(Self(scalar(raw.get()).and_then(|text| text.trim().parse().ok())))
    }
}

/// A boolean, from a JSON boolean, from `true`, `false`, `1` or `0` as a string, or from 1 or 0.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Flag(pub(super) Option<bool>);

impl Flag {
    /// Whether it is true; a missing value is not.
    pub(super) fn is_set(self) -> bool {
        self.0 == Some(true)
    }
}

struct FlagVisitor;

impl<'de> Visitor<'de> for FlagVisitor {
    type Value = Flag;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("yes or no")
    }

    fn visit_bool<E>(self, says: bool) -> Result<Flag, E> {
        Ok(Flag(Some(says)))
    }

    fn visit_str<E>(self, word: &str) -> Result<Flag, E> {
        let says = |words: [&str; 2]| words.iter().any(|one| word.eq_ignore_ascii_case(one));
        Ok(Flag(says(["true", "1"]).then_some(true).or_else(|| says(["false", "0"]).then_some(false))))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Flag, E> {
        Ok(Flag(match number {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Flag, E> {
        Ok(Flag(None))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Flag, E> {
        Ok(Flag(None))
    }

    fn visit_unit<E>(self) -> Result<Flag, E> {
        Ok(Flag(None))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Flag, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Flag(None))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Flag, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Flag(None))
    }
}

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FlagVisitor)
    }
}

/// A timestamp from epoch seconds (string, whole or fractional) or RFC 3339.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Epoch(pub(super) Option<Timestamp>);

impl<'de> Deserialize<'de> for Epoch {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?;
        Ok(Self(scalar(raw.get()).and_then(|text| moment(text.trim()))))
    }
}

fn moment(text: &str) -> Option<Timestamp> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if digits(whole) && digits(fraction) {
        return whole.parse().ok().map(Timestamp);
    }
    OffsetDateTime::parse(text, &Rfc3339).ok().map(|time| Timestamp(time.unix_timestamp()))
}

/// An object; null or any other type is treated as missing.
#[derive(Clone, Debug)]
pub(super) struct Maybe<T>(pub(super) Option<T>);

impl<T> Default for Maybe<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Default> Maybe<T> {
    /// The object, or one in which everything is missing.
    pub(super) fn or_default(self) -> T {
        self.0.unwrap_or_default()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Maybe<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&'de RawValue>::deserialize(deserializer)?;
        let object = raw.get().starts_with('{');
        Ok(Self(object.then(|| serde_json::from_str(raw.get()).ok()).flatten()))
    }
}

/// Returns the requested members of an object as JSON; of two members with the same name the first counts.
pub(super) fn members<'de, const N: usize>(
    json: &'de str,
    names: [&str; N],
) -> Option<[Option<&'de str>; N]> {
    struct Members<'a, const N: usize>([&'a str; N]);

    impl<'de, const N: usize> Visitor<'de> for Members<'_, N> {
        type Value = [Option<&'de str>; N];

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut found = [None; N];
            while let Some((name, value)) = map.next_entry::<String, &'de RawValue>()? {
                if let Some(place) = self.0.iter().position(|wanted| *wanted == name) {
                    found[place] = found[place].or(Some(value.get()));
                }
            }
            Ok(found)
        }
    }

    let mut deserializer = serde_json::Deserializer::from_str(json);
    let found = deserializer.deserialize_map(Members(names)).ok()?;
    deserializer.end().ok()?;
    Some(found)
}

/// Returns the first of these members that is an array, or the text itself if it is one.
pub(super) fn array<'de, const N: usize>(json: &'de str, names: [&str; N]) -> Option<&'de str> {
    let json = json.trim();
    if json.starts_with('[') {
        // A truncated list is rejected: half of a catalogue would look like all of it.
        return serde_json::from_str::<&RawValue>(json).ok().map(RawValue::get);
    }
    members(json, names)?.into_iter().flatten().find(|member| member.starts_with('['))
}
