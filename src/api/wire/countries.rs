//! Parses the list of countries (contract, section 2.1).

use serde::Deserialize;

use super::lenient::{List, Text, array};
use super::unreadable;
use crate::domain::country::Country;
use crate::domain::failure::Failure;
use crate::domain::text::Printable;

#[derive(Default, Deserialize)]
#[serde(default)]
struct ToldCountry<'a> {
    #[serde(borrow, rename = "isoCode")]
    iso_code: Text<'a>,
    // Only present if the list ever adopts the naming of the other endpoints.
    #[serde(rename = "iso_code")]
    iso_code_too: Text<'a>,
    code: Text<'a>,
    name: Text<'a>,
}

/// Parses the list of countries; those without a valid code are left out.
pub(in crate::api) fn countries(json: &str) -> Result<Vec<Country>, Failure> {
    let json =
        array(json, ["countries", "data", "items"]).ok_or_else(|| unreadable("it holds no countries"))?;
    let list = List::<ToldCountry<'_>>::read(json);
    let read: Vec<Country> = list.items.into_iter().filter_map(ToldCountry::into_domain).collect();
    if read.is_empty() && json != "[]" {
        return Err(unreadable("none of its countries has a code"));
    }
    Ok(read)
}

impl ToldCountry<'_> {
    fn into_domain(self) -> Option<Country> {
        let code = [&self.iso_code, &self.iso_code_too, &self.code].into_iter().find_map(Text::as_str)?;
        let code = code.trim().parse().ok()?;
        let name = self.name.printable().unwrap_or_else(|| Printable::new(&format!("{code}")));
        Some(Country { code, name, also: Printable::default() })
    }
}
