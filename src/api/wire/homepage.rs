//! Brands featured on the homepage (contract, section 2.4).
//!
//! Its schema is unknown: everything in it that looks like a brand is featured.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::lenient::Text;
use crate::domain::text::Printable;

/// The maximum number of brands taken from it.
const MOST: usize = 30;

/// Returns the ids of its brands, those below `popular_brands` or `featured` first; none if it is not JSON.
pub(in crate::api) fn featured(json: &str) -> Vec<Printable> {
    let mut found = Found::default();
    let mut deserializer = serde_json::Deserializer::from_str(json);
    // A truncated homepage still yields the ids before the cut.
    let _cut_off = Walk { found: &mut found, popular: false }.deserialize(&mut deserializer).is_err();
    found.popular.append(&mut found.other);
    found.popular.truncate(MOST);
    found.popular
}

#[derive(Default)]
struct Found {
    popular: Vec<Printable>,
    other: Vec<Printable>,
}

/// Visits JSON and stores nothing but ids.
struct Walk<'a> {
    found: &'a mut Found,
    popular: bool,
}

impl Walk<'_> {
    fn again(&mut self, popular: bool) -> Walk<'_> {
        Walk { found: self.found, popular: self.popular || popular }
    }

    fn take(&mut self, id: &Text<'_>) {
        let list = if self.popular { &mut self.found.popular } else { &mut self.found.other };
        if list.len() < MOST {
            list.extend(id.printable().filter(|id| !list.contains(id)));
        }
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "brand_id" => {
                    let id = map.next_value::<Text<'_>>()?;
                    self.take(&id);
                }
                "popular_brands" | "featured" => map.next_value_seed(self.again(true))?,
                _ => map.next_value_seed(self.again(false))?,
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(self.again(false))?.is_some() {}
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}
