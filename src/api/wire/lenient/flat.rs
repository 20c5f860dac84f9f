//! Renders any JSON as a short text for people.
//!
//! Details that the shop adds have no schema (contract, section 3.2).

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::scalar;
use crate::domain::text::Printable;

/// Renders JSON as a short text, with the digits of its numbers unchanged. Returns `None` if it is too large
/// or empty.
pub(in crate::api::wire) fn short_text(json: &str) -> Option<Printable> {
    const MOST: usize = 64 << 10;
    if json.len() > MOST {
        return None;
    }
    Some(Printable::new(&flat(json, 3))).filter(|text| !text.is_empty())
}

fn flat(json: &str, depth: u8) -> String {
    let json = json.trim();
    if depth == 0 {
        return "…".to_owned();
    }
    match json.as_bytes().first() {
        Some(b'[') => serde_json::from_str::<Vec<&RawValue>>(json).map_or_else(
            |_| String::new(),
            |items| items.iter().map(|item| flat(item.get(), depth - 1)).collect::<Vec<_>>().join(", "),
        ),
        Some(b'{') => serde_json::from_str::<BTreeMap<String, &RawValue>>(json).map_or_else(
            |_| String::new(),
            |members| {
                // A coin on a network is the most common detail, and is written as it is elsewhere.
                if let (2, Some(coin), Some(network)) =
                    (members.len(), members.get("coin"), members.get("network"))
                {
                    return format!("{} on {}", flat(coin.get(), depth - 1), flat(network.get(), depth - 1));
                }
                let lines = members.iter().map(|(name, value)| (name.as_str(), flat(value.get(), depth - 1)));
                let lines = lines.filter(|(_, text)| !text.is_empty());
                // A reason is a sentence of its own; the member's name adds nothing.
                let lines = lines.map(|(name, text)| match name {
                    "reason" | "message" => text,
                    _ => format!("{name}: {text}"),
                });
                lines.collect::<Vec<_>>().join(", ")
            },
        ),
        Some(b't' | b'f') => json.to_owned(),
        _ => scalar(json).map(Cow::into_owned).unwrap_or_default(),
    }
}
