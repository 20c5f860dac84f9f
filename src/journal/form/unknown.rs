//! Keeps the fields of a stored object that only a later version knows when this version rewrites the object.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use zeroize::Zeroizing;

/// The fields of an object as raw JSON. They are not copied, since they may contain codes.
type Fields<'a> = BTreeMap<String, &'a RawValue>;

/// Which fields of an object hold objects that may have unknown fields of their own. Objects that represent one
/// of several cases are not listed: they are replaced as a whole.
struct KnownFields {
    objects: &'static [(&'static str, KnownFields)],
    /// Lists of objects that are identified by their `id`.
    lists: &'static [(&'static str, KnownFields)],
}

const PLAIN: KnownFields = KnownFields { objects: &[], lists: &[] };
const ORDER: KnownFields = KnownFields { objects: &[("terms", PLAIN)], lists: &[("deliveries", PLAIN)] };

/// Returns the new text of an order plus the stored fields that it lacks. Every field that this version knows
/// is in the new text, if only as `null`, so these are the fields of a later version.
pub(in crate::journal) fn keep_unknown(stored: &str, new: Zeroizing<String>) -> Zeroizing<String> {
    // Allocated at the largest possible size, so that no copy stays behind when the text grows.
    let mut out = Zeroizing::new(String::with_capacity(stored.len() + new.len()));
    match merge(stored, &new, &ORDER, &mut out) {
        Some(()) => out,
        None => new,
    }
}

/// Appends the merged object. Returns `None` if one of the texts is not an object.
fn merge(stored: &str, new: &str, shape: &KnownFields, out: &mut String) -> Option<()> {
    let stored: Fields<'_> = serde_json::from_str(stored).ok()?;
    let new: Fields<'_> = serde_json::from_str(new).ok()?;
    let unknown = stored.iter().filter(|(name, _)| !new.contains_key(*name));
    out.push('{');
    for (index, (name, value)) in new.iter().chain(unknown).enumerate() {
        if index > 0 {
            out.push(',');
        }
        out.push_str(&serde_json::to_string(name).ok()?);
        out.push(':');
        let (earlier, value) = (stored.get(name).map(|value| value.get()), value.get());
        let within = |fields: &'static [(&str, KnownFields)]| fields.iter().find(|field| field.0 == name);
        match (within(shape.objects), within(shape.lists), earlier) {
            (Some((_, shape)), _, Some(earlier)) => merge_or_new(earlier, value, shape, out),
            (_, Some((_, shape)), Some(earlier)) => merge_list(earlier, value, shape, out)?,
            _ => out.push_str(value),
        }
    }
    out.push('}');
    Some(())
}

/// Appends the merged object, or the new value if one of the two is not an object, such as `null`.
fn merge_or_new(stored: &str, new: &str, shape: &KnownFields, out: &mut String) {
    let before = out.len();
    if merge(stored, new, shape, out).is_none() {
        out.truncate(before);
        out.push_str(new);
    }
}

/// Appends the new list, each object merged with the stored one of the same `id`.
fn merge_list(stored: &str, new: &str, shape: &KnownFields, out: &mut String) -> Option<()> {
    let stored: Vec<&RawValue> = serde_json::from_str(stored).unwrap_or_default();
    let new: Vec<&RawValue> = serde_json::from_str(new).ok()?;
    out.push('[');
    for (index, value) in new.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        let id = id(value);
        match stored.iter().find(|earlier| id.is_some() && self::id(earlier) == id) {
            Some(earlier) => merge_or_new(earlier.get(), value.get(), shape, out),
            None => out.push_str(value.get()),
        }
    }
    out.push(']');
    Some(())
}

/// Returns the `id` of an object as raw JSON.
fn id(object: &RawValue) -> Option<&str> {
    let fields: Fields<'_> = serde_json::from_str(object.get()).ok()?;
    fields.get("id").map(|id| id.get())
}
