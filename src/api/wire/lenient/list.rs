//! Lists of which one bad element spoils nothing.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, IgnoredAny, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// The most elements of a list that are kept: a body of brackets must not fill the memory.
const MOST: usize = 20_000;

/// A list of what could be read.
#[derive(Clone, Debug)]
pub(in crate::api::wire) struct List<T> {
    pub(in crate::api::wire) items: Vec<T>,
    /// How many elements could not be read.
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
    /// Reads a JSON array; anything else is an empty list.
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

/// Hands on the elements of a list, as many as are kept, and tells how many there were besides. One
/// pass, where a [`List`] that has to skip something takes three; so what cannot be read fails it all.
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

/// A list of which everything can be read.
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
