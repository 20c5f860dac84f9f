//! The output of commands: one JSON value or aligned plain text on stdout, failures on stderr.

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use serde::Serialize;
use serde_json::ser::Formatter;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use unicode_width::UnicodeWidthStr;

use super::exit::{Detail, Failed, Reason};
use crate::domain::text::{Printable, Prose};
use crate::domain::time::Timestamp;

/// An answer that can also be printed as text.
pub trait Plain {
    /// Returns the answer as text, without a trailing line break.
    fn plain(&self) -> String;
}

/// Where answers are printed, and in which form.
pub struct Output {
    json: bool,
    out: Box<dyn Write>,
}

impl Output {
    /// Prints answers on stdout.
    pub fn new(json: bool) -> Self {
        Self { json, out: Box::new(io::stdout()) }
    }

    /// Returns whether answers are printed as JSON.
    pub fn is_json(&self) -> bool {
        self.json
    }

    /// Prints an answer at once. A closed stdout ends the command quietly.
    pub fn say(&mut self, answer: &(impl Serialize + Plain)) -> Result<(), Failed> {
        let text = if self.json {
            json(answer).map_err(|error| Failed::unexpected(error.to_string()))?
        } else {
            answer.plain()
        };
        if text.is_empty() {
            return Ok(());
        }
        let written = writeln!(self.out, "{text}").and_then(|()| self.out.flush());
        written.map_err(|error| match error.kind() {
            ErrorKind::BrokenPipe => Failed::new(Reason::Unread, "nobody reads this"),
            _ => Failed::unexpected(format!("the output failed: {error}")),
        })
    }
}

/// Formats a value as one line of JSON in plain ASCII.
///
/// This keeps the shop's texts exact, and none of them reaches a terminal as a control.
pub fn json(value: &impl Serialize) -> serde_json::Result<String> {
    let mut line = Vec::new();
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut line, Ascii))?;
    Ok(String::from_utf8_lossy(&line).into_owned())
}

struct Ascii;

impl Formatter for Ascii {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        for letter in fragment.chars() {
            if letter.is_ascii() && letter != '\u{7f}' {
                write!(out, "{letter}")?;
            } else {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    write!(out, "\\u{unit:04x}")?;
                }
            }
        }
        Ok(())
    }
}

/// Formats rows as a table, every column as wide as its widest cell.
pub fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or_default()).collect();
    let lines = rows.iter().map(|row| {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.width()) + 2));
        }
        line.trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Formats one value per line, after its name if it has one; empty values are left out.
pub fn fields(fields: &[(&str, String)]) -> String {
    let there = fields.iter().filter(|(_, value)| !value.is_empty());
    let lines = there.map(|(name, value)| match *name {
        "" => value.clone(),
        name => format!("{:<14}{value}", format!("{name}:")),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Formats a time as RFC 3339 in UTC. Returns `None` if it is out of the calendar's range.
pub fn rfc3339(when: Timestamp) -> Option<String> {
    OffsetDateTime::from_unix_timestamp(when.0).ok()?.format(&Rfc3339).ok()
}

#[derive(Serialize)]
struct ErrorReport<'a> {
    error: ErrorObject<'a>,
}

#[derive(Serialize)]
struct ErrorObject<'a> {
    code: &'static str,
    sentence: &'a str,
    detail: Option<&'a Detail>,
}

/// Returns a command's exit code, and prints its message on stderr, as JSON if that was requested.
pub fn exit_code(done: Result<(), Failed>, as_json: bool) -> ExitCode {
    let Err(failed) = done else { return ExitCode::SUCCESS };
    if failed.reason != Reason::Unread {
        let said = if as_json {
            let detail = (failed.detail != Detail::default()).then_some(&failed.detail);
            let error = ErrorObject { code: failed.reason.word(), sentence: &failed.sentence, detail };
            json(&ErrorReport { error }).unwrap_or_default()
        } else {
            // Messages repeat what was typed, and a script may have it from anywhere.
            let lines = Prose::from_plain(&failed.sentence);
            let lines: Vec<&str> = lines.lines().iter().map(Printable::as_str).collect();
            format!("giftty: {}", lines.join(" "))
        };
        // If stderr is gone too, the exit code remains.
        let _ = writeln!(std::io::stderr(), "{said}");
    }
    ExitCode::from(failed.reason.exit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_ascii_and_reads_back_as_it_was() {
        let odd = "Café \u{202e}\u{9b}31m 한국 🎁 \"\\\n\u{7f}";
        let line = json(&odd).unwrap();
        assert!(line.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '), "{line}");
        assert_eq!(serde_json::from_str::<String>(&line).unwrap(), odd);
    }

    #[test]
    fn columns_stand_under_each_other_also_with_wide_letters() {
        let rows = [vec!["한국".to_owned(), "KR".to_owned()], vec!["US".to_owned(), "x".to_owned()]];
        assert_eq!(table(&rows), "한국  KR\nUS    x");
    }

    #[test]
    fn a_field_without_a_value_is_left_out() {
        let told = [("", "x".to_owned()), ("a", "1".to_owned()), ("b", String::new())];
        assert_eq!(fields(&told), "x\na:            1");
        assert_eq!(rfc3339(Timestamp(0)).as_deref(), Some("1970-01-01T00:00:00Z"));
    }
}
