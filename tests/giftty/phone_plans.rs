//! How `assets/phone_plans.tsv` is made: from the metadata of Google's libphonenumber (Apache-2.0).
//!
//! libphonenumber's own form is one message of protocol buffers, `PhoneMetadataCollection` in its
//! `resources/phonemetadata.proto`; its C++ build writes it, and ports such as the crate `rlibphonenumber` carry it as
//! a file. With `GIFTTY_PHONE_METADATA=path/to/metadata.bin cargo test phone_plans` the table is written anew;
//! the difference shows which countries changed their numbers.

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::PathBuf;

    const HEAD: &str = "\
# Numbering plans of all countries, from libphonenumber's metadata (Apache-2.0); tests/giftty/phone_plans.rs writes this file.
# One line a country, grouped by calling code, the main country first. The fields are separated by tabs: calling code,
# country, prefix that is dropped in front of a national number, what replaces it, digits that tell the country among
# those that share its code, lengths that are dialled locally only, lengths of a national number, its form; then the
# lengths and the form of each kind of number. Forms are regular expressions.
";
    /// Fields of `PhoneMetadata`: kinds of numbers that are given out to somebody.
    const KINDS: [u64; 10] = [2, 3, 4, 5, 6, 7, 8, 21, 25, 28];

    /// A field of a message: its number, and its number or bytes.
    enum Value<'a> {
        Number(u64),
        Bytes(&'a [u8]),
    }

    impl Value<'_> {
        fn text(&self) -> String {
            match self {
                Value::Number(number) => number.to_string(),
                Value::Bytes(bytes) => String::from_utf8(bytes.to_vec()).unwrap(),
            }
        }
    }

    fn varint(bytes: &mut &[u8]) -> u64 {
        let length = bytes.iter().position(|byte| byte & 0x80 == 0).unwrap() + 1;
        let (number, rest) = bytes.split_at(length);
        *bytes = rest;
        number.iter().rev().fold(0, |sum, byte| sum << 7 | u64::from(byte & 0x7f))
    }

    fn fields(mut bytes: &[u8]) -> Vec<(u64, Value<'_>)> {
        let mut found = Vec::new();
        while !bytes.is_empty() {
            let tag = varint(&mut bytes);
            let value = match tag & 7 {
                0 => Value::Number(varint(&mut bytes)),
                2 => {
                    let length = usize::try_from(varint(&mut bytes)).unwrap();
                    let (value, rest) = bytes.split_at(length);
                    bytes = rest;
                    Value::Bytes(value)
                }
                other => panic!("wire type {other} is not used in this message"),
            };
            found.push((tag >> 3, value));
        }
        found
    }

    /// A form without its anchors: readers add those they need.
    fn bare(form: &str) -> &str {
        form.strip_prefix("^(?:").and_then(|form| form.strip_suffix(")$")).unwrap_or(form)
    }

    /// What a `PhoneNumberDesc` says.
    #[derive(Default, PartialEq)]
    struct Form {
        lengths: Vec<String>,
        local: Vec<String>,
        pattern: String,
    }

    impl Form {
        fn read(bytes: &[u8]) -> Self {
            let mut read = Self::default();
            for (field, value) in fields(bytes) {
                match field {
                    2 => bare(&value.text()).clone_into(&mut read.pattern),
                    9 => read.lengths.push(value.text()),
                    10 => read.local.push(value.text()),
                    _ => {}
                }
            }
            read
        }
    }

    /// The table's line of a `PhoneMetadata`, and what it is sorted by; none for what is no country.
    fn line(bytes: &[u8]) -> Option<((u64, bool, String), String)> {
        let fields = fields(bytes);
        let find = |wanted: u64| fields.iter().find(|(field, _)| *field == wanted).map(|(_, value)| value);
        let text = |wanted: u64| find(wanted).map(Value::text).unwrap_or_default();
        let form = |wanted: u64| match find(wanted) {
            Some(Value::Bytes(bytes)) => Form::read(bytes),
            _ => Form::default(),
        };
        let (country, Some(Value::Number(code))) = (text(9), find(10)) else { return None };
        if country == "001" {
            return None;
        }
        let general = form(1);
        let mut columns = vec![
            code.to_string(),
            country.clone(),
            bare(&text(15)).to_owned(),
            text(16),
            bare(&text(23)).to_owned(),
            general.local.join(","),
            general.lengths.join(","),
            general.pattern,
        ];
        let mut kinds: Vec<Form> = Vec::new();
        for kind in KINDS.map(form) {
            if !kind.pattern.is_empty() && !kinds.contains(&kind) {
                columns.extend([kind.lengths.join(","), kind.pattern.clone()]);
                kinds.push(kind);
            }
        }
        Some(((*code, find(22).is_none(), country), columns.join("\t")))
    }

    fn table(metadata: &[u8]) -> String {
        let countries = fields(metadata).into_iter().filter_map(|(_, value)| match value {
            Value::Bytes(bytes) => line(bytes),
            Value::Number(_) => None,
        });
        let lines: BTreeMap<_, _> = countries.collect();
        lines.into_values().fold(HEAD.to_owned(), |table, line| table + &line + "\n")
    }

    fn kept() -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/phone_plans.tsv")
    }

    #[test]
    fn the_table_is_made_of_the_metadata() {
        if let Some(metadata) = std::env::var_os("GIFTTY_PHONE_METADATA") {
            std::fs::write(kept(), table(&std::fs::read(metadata).unwrap())).unwrap();
        }
        let table = std::fs::read_to_string(kept()).unwrap();
        let lines = table.strip_prefix(HEAD).unwrap().lines();
        let countries: Vec<Vec<&str>> = lines.map(|line| line.split('\t').collect()).collect();
        assert!(countries.len() > 240);
        let code = |country: &Vec<&str>| country[0].parse::<u64>().unwrap();
        assert!(countries.is_sorted_by_key(code), "those that share a code stand together");
        for country in &countries {
            assert!(country.len() >= 10 && country.len() % 2 == 0, "{country:?}");
            for form in [2, 4].into_iter().chain((7..country.len()).step_by(2)) {
                regex_lite::Regex::new(country[form]).unwrap();
            }
        }
    }

    #[test]
    fn a_message_becomes_a_line() {
        let part =
            |field: u8, bytes: &[u8]| [&[field << 3 | 2, u8::try_from(bytes.len()).unwrap()], bytes].concat();
        let general = [part(2, b"^(?:[1-9]\\d+)$"), vec![9 << 3, 7], vec![9 << 3, 8]].concat();
        let mobile = [part(2, b"^(?:7\\d+)$"), vec![9 << 3, 8], part(6, b"71234567")].concat();
        let country = |name: &[u8]| {
            let fields = [
                part(1, &general),
                part(2, &mobile),
                part(3, &mobile),
                part(9, name),
                vec![10 << 3, 0xb2, 1],
            ];
            part(1, &fields.concat())
        };
        let metadata = [country(b"001"), country(b"XY")].concat();
        assert_eq!(table(&metadata), format!("{HEAD}178\tXY\t\t\t\t\t7,8\t[1-9]\\d+\t8\t7\\d+\n"));
    }
}
