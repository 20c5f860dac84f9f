//! The project's own source files, as the rules look at them.

use std::path::{Path, PathBuf};

use super::paths::{Mention, mentions};
use super::strip::{without_tests, without_texts};

/// A source file.
pub(crate) struct Source {
    /// From the project's top, with slashes: `src/domain/money.rs`.
    pub(crate) path: String,
    pub(crate) text: String,
    /// The text without comments and texts.
    pub(crate) code: String,
}

impl Source {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned(), code: without_texts(text) }
    }

    /// The names of the modules from the crate's root: `["domain", "money"]`.
    pub(crate) fn module(&self) -> Vec<&str> {
        let path = self.path.strip_prefix("src/").unwrap_or(&self.path);
        path.trim_end_matches(".rs").split('/').collect()
    }

    /// The module at the crate's root that the file belongs to.
    pub(crate) fn room(&self) -> &str {
        self.module()[0]
    }

    /// The paths that the program itself names here; none in a file of tests.
    pub(crate) fn mentions(&self) -> Vec<Mention> {
        mentions(&self.product())
    }

    /// The code without what is compiled for tests alone.
    pub(crate) fn product(&self) -> String {
        if self.module().contains(&"tests") { String::new() } else { without_tests(&self.code) }
    }

    /// A sentence about a line, such as an editor can jump to.
    pub(crate) fn at(&self, line: usize, what: &str) -> String {
        format!("{}:{line}: {what}", self.path)
    }

    /// The lines of code that have a text in them.
    pub(crate) fn lines_with(&self, text: &str) -> Vec<usize> {
        let lines = self.code.lines().zip(1..);
        lines.filter(|(line, _)| line.contains(text)).map(|(_, number)| number).collect()
    }
}

/// The project's top.
pub(crate) fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file at or below the project's top, if it is there.
pub(crate) fn read(path: &str) -> Option<String> {
    std::fs::read_to_string(top().join(path)).ok()
}

/// All Rust files below a folder.
pub(crate) fn sources(folder: &str) -> Vec<Source> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(top().join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let path = folder.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path.to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    files.sort();
    files.iter().map(|path| Source::new(path, &read(path).unwrap())).collect()
}

/// Fails with all that a rule found.
#[track_caller]
pub(crate) fn assert_none(found: &[String]) {
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}
