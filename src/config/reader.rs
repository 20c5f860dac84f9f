//! Reads TOML value by value: reports each error with its position and keeps everything else.

use std::fmt;
use std::ops::Range;
use std::path::PathBuf;

use etcetera::home_dir;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// Something in a file that is ignored.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Complaint {
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1.
    pub column: usize,
    /// What is wrong, and what applies instead.
    pub sentence: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.sentence)
    }
}

/// A file being read, and the errors found so far.
pub(super) struct Reader<'a> {
    text: &'a str,
    complaints: Vec<Complaint>,
}

/// What applies in place of most invalid values.
const DEFAULT: &str = "the default holds";

/// A key and its value, with their positions.
pub(super) struct Entry<'t, 'i> {
    pub(super) key: &'t str,
    pub(super) at: Range<usize>,
    value: &'t Spanned<DeValue<'i>>,
}

impl<'a> Reader<'a> {
    /// Parses as much of a text as possible.
    pub(super) fn new(text: &'a str) -> (Self, Spanned<DeTable<'a>>) {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut reader = Self { text, complaints: Vec::new() };
        for error in errors {
            let message = error.message().lines().next().unwrap_or_default();
            reader.complain(&error.span().unwrap_or_default(), format!("this is not TOML: {message}"));
        }
        (reader, table)
    }

    /// Returns the complaints in the order of the file.
    pub(super) fn done(mut self) -> Vec<Complaint> {
        self.complaints.sort();
        self.complaints
    }

    /// Adds a complaint about a range of the file.
    pub(super) fn complain(&mut self, at: &Range<usize>, sentence: impl Into<String>) {
        let before = self.text.get(..at.start).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        self.complaints.push(Complaint { line, column, sentence: sentence.into() });
    }

    /// Returns the number of complaints so far.
    pub(super) fn count(&self) -> usize {
        self.complaints.len()
    }

    /// Reports an unknown key.
    pub(super) fn unknown(&mut self, entry: &Entry<'_, '_>) {
        self.complain(&entry.at, format!("`{}` means nothing to giftty and is left out", entry.key));
    }

    /// Reads a string.
    pub(super) fn text(&mut self, entry: &Entry<'_, '_>) -> Option<String> {
        self.checked(entry, "a text in quotes", |text| Ok::<_, String>(text.to_owned()))
    }

    /// Reads a string and parses it.
    pub(super) fn checked<T, E: fmt::Display>(
        &mut self,
        entry: &Entry<'_, '_>,
        what: &str,
        check: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        self.checked_or(DEFAULT, entry, what, check)
    }

    /// As `checked`, with a text for what applies if it is invalid.
    pub(super) fn checked_or<T, E: fmt::Display>(
        &mut self,
        instead: &str,
        entry: &Entry<'_, '_>,
        what: &str,
        check: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        let Some(text) = entry.value.get_ref().as_str() else {
            let sentence = format!("`{}` has to be {what}; {instead}", entry.key);
            self.complain(&entry.value.span(), sentence);
            return None;
        };
        match check(text) {
            Ok(value) => Some(value),
            Err(error) => {
                let sentence = format!("`{}`: {error}; {instead}", entry.key);
                self.complain(&entry.value.span(), sentence);
                None
            }
        }
    }

    /// Reads a boolean.
    pub(super) fn flag(&mut self, entry: &Entry<'_, '_>) -> Option<bool> {
        let flag = entry.value.get_ref().as_bool();
        if flag.is_none() {
            self.mistyped(entry, "true or false");
        }
        flag
    }

    /// Reads a table and returns its entries.
    pub(super) fn table<'t, 'i>(&mut self, entry: &Entry<'t, 'i>) -> Vec<Entry<'t, 'i>> {
        let Some(table) = entry.value.get_ref().as_table() else {
            self.mistyped(entry, "a table");
            return Vec::new();
        };
        entries(table)
    }

    /// Reads a string or an array of strings.
    pub(super) fn texts(&mut self, entry: &Entry<'_, '_>) -> Option<Vec<String>> {
        let text = |value: &DeValue<'_>| value.as_str().map(str::to_owned);
        let value = entry.value.get_ref();
        let several = || value.as_array()?.iter().map(|value| text(value.get_ref())).collect();
        let texts = text(value).map(|text| vec![text]).or_else(several);
        if texts.is_none() {
            self.mistyped(entry, "a text in quotes, or several in brackets");
        }
        texts
    }

    fn mistyped(&mut self, entry: &Entry<'_, '_>, what: &str) {
        self.complain(&entry.value.span(), format!("`{}` has to be {what}; {DEFAULT}", entry.key));
    }
}

/// Returns the entries of a table.
pub(super) fn entries<'t, 'i>(table: &'t DeTable<'i>) -> Vec<Entry<'t, 'i>> {
    let entry = |(key, value): (&'t Spanned<DeString<'i>>, &'t Spanned<DeValue<'i>>)| Entry {
        key: key.get_ref(),
        at: key.span(),
        value,
    };
    table.iter().map(entry).collect()
}

/// Expands a leading `~/` to the user's home.
pub(super) fn expanded(path: &str) -> PathBuf {
    match (path.strip_prefix("~/"), home_dir()) {
        (Some(rest), Ok(home)) => home.join(rest),
        _ => PathBuf::from(path),
    }
}
