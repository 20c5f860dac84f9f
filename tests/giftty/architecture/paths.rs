//! Finds the paths that code names, with the groups of `use` spelled out.

/// A path as it is named on a line: `crate::domain::money`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    pub(crate) line: usize,
    pub(crate) segments: Vec<String>,
}

impl Mention {
    /// Whether the path begins with these segments.
    pub(crate) fn starts_with(&self, path: &str) -> bool {
        let wanted: Vec<&str> = path.split("::").collect();
        self.segments.len() >= wanted.len()
            && self.segments.iter().zip(wanted).all(|(has, wants)| has == wants)
    }

    /// Whether one of the segments is this name.
    pub(crate) fn names(&self, segment: &str) -> bool {
        self.segments.iter().any(|has| has == segment)
    }

    /// The path as it would be written.
    pub(crate) fn path(&self) -> String {
        self.segments.join("::")
    }
}

/// All paths of two segments or more.
pub(crate) fn mentions(code: &str) -> Vec<Mention> {
    let mut reader = Reader { rest: code, line: 1, found: Vec::new() };
    while !reader.rest.is_empty() {
        if reader.identifier().is_some_and(|name| !name.starts_with(|c: char| c.is_ascii_digit())) {
            reader.path(&[]);
        } else {
            let length = reader.identifier().map_or(1, str::len);
            reader.advance(length.max(reader.rest.chars().next().map_or(1, char::len_utf8)));
        }
    }
    reader.found.retain(|mention| mention.segments.len() > 1);
    reader.found
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
    found: Vec<Mention>,
}

impl<'a> Reader<'a> {
    /// The word that comes next, if one does.
    fn identifier(&self) -> Option<&'a str> {
        let end = self.rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(self.rest.len());
        (end > 0).then(|| &self.rest[..end])
    }

    fn advance(&mut self, length: usize) {
        self.line += self.rest[..length].matches('\n').count();
        self.rest = &self.rest[length..];
    }

    fn skip_blanks(&mut self) {
        self.advance(self.rest.len() - self.rest.trim_start().len());
    }

    /// Takes what comes next, if it is this.
    fn take(&mut self, wanted: &str) -> bool {
        let there = self.rest.starts_with(wanted);
        if there {
            self.advance(wanted.len());
        }
        there
    }

    /// Reads a path whose first word comes next, after those of the groups around it.
    fn path(&mut self, before: &[String]) {
        let mut segments = before.to_vec();
        let line = self.line;
        while let Some(name) = self.identifier() {
            self.advance(name.len());
            segments.push(name.to_owned());
            let (rest, end) = (self.rest, self.line);
            self.skip_blanks();
            if !self.take("::") {
                // The blanks may be the separation from the next path, on its own line.
                (self.rest, self.line) = (rest, end);
                break;
            }
            self.skip_blanks();
            if self.take("{") {
                self.group(&segments);
                return;
            }
            if self.take("*") {
                segments.push("*".to_owned());
                break;
            }
        }
        self.found.push(Mention { line, segments });
    }

    /// Reads the paths of a group up to its closing brace.
    fn group(&mut self, before: &[String]) {
        while !self.rest.is_empty() && !self.take("}") {
            if self.take("*") {
                let segments = [before, &["*".to_owned()]].concat();
                self.found.push(Mention { line: self.line, segments });
            } else if self.identifier() == Some("as") {
                self.advance(2);
                self.skip_blanks();
                self.advance(self.identifier().map_or(0, str::len));
            } else if self.identifier().is_some() {
                self.path(before);
            } else {
                self.advance(self.rest.chars().next().map_or(1, char::len_utf8));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_spelled_out_with_their_lines() {
        let code = "use crate::{\n    domain::{self, money::*},\n    theme as look,\n};\nlet x = std :: fs::read::<u8>(a.b);";
        let found: Vec<String> =
            mentions(code).iter().map(|mention| format!("{} {}", mention.line, mention.path())).collect();
        let expected =
            ["2 crate::domain::self", "2 crate::domain::money::*", "3 crate::theme", "5 std::fs::read"];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_path_is_compared_by_whole_segments() {
        let mention = &mentions("std::time::Instant::now()")[0];
        assert!(mention.starts_with("std::time") && mention.names("Instant"));
        assert!(!mention.starts_with("std::tim") && !mention.names("Inst"));
    }
}
