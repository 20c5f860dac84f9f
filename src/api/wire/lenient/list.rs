//! Lists in which one bad element does not spoil the others.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, IgnoredAny, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// The maximum number of stored elements: a body of nothing but brackets must not fill the memory.
const MOST: usize = 20_000;

/// The elements of a list that could be parsed.
#[derive(Clone, Debug)]
pub(in crate::api::wire) struct List<T> {
    pub(in crate::api::wire) items: Vec<T>,
    /// How many elements could not be parsed, or were beyond the maximum.
    pub(in crate::api::wire) bad: usize,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self { items: Vec::new(), bad: 0 }
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = List<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<List<T>, A::Error> {
        let mut list = List::default();
        while let Some(raw) = seq.next_element::<&'de RawValue>()? {
            match serde_json::from_str(raw.get()) {
                Ok(item) if list.items.len() < MOST => list.items.push(item),
                Ok(_) | Err(_) => list.bad += 1,
            }
        }
        Ok(list)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&'de RawValue>::deserialize(deserializer)?;
        Ok(Self::read(raw.get()))
    }
}

impl<'de, T: Deserialize<'de>> List<T> {
    /// Parses a JSON array; anything else becomes an empty list.
    pub(in crate::api::wire) fn read(json: &'de str) -> Self {
        if json == "[]" || !json.trim_start().starts_with('[') {
            return Self::default();
        }
        if let Ok(Flawless(list)) = serde_json::from_str(json) {
            return list;
        }
        let mut deserializer = serde_json::Deserializer::from_str(json);
        deserializer.deserialize_seq(ListVisitor(PhantomData)).unwrap_or_default()
    }
}

/// Passes each element of a list to `take`, up to the maximum, and returns how many elements were beyond it.
/// This takes one pass, where a [`List`] that has to skip an element takes three; one bad element fails the
/// whole list.
pub(in crate::api::wire) fn each<'de, T: Deserialize<'de>, A: SeqAccess<'de>>(
    mut seq: A,
    mut take: impl FnMut(T),
) -> Result<usize, A::Error> {
    for _ in 0..MOST {
        match seq.next_element()? {
            Some(item) => take(item),
            None => return Ok(0),
        }
    }
    let mut besides = 0;
    while seq.next_element::<IgnoredAny>()?.is_some() {
        besides += 1;
    }
    Ok(besides)
}

/// A list in which every element can be parsed.
struct Flawless<T>(List<T>);

struct FlawlessVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for FlawlessVisitor<T> {
    type Value = Flawless<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Flawless<T>, A::Error> {
        let mut items = Vec::new();
        let bad = each(seq, |item| items.push(item))?;
        Ok(Flawless(List { items, bad }))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Flawless<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(FlawlessVisitor(PhantomData))
    }
}
