//! The file that stores the orders, so that a demo continues after it was quit or killed.
//!
//! Two sandboxes may share a file: a write first merges what the file holds, and of two copies of an order it
//! keeps the one with the higher revision (the writer's if they are equal). Orders are never removed.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::order::Order;

/// The content of the file.
#[derive(Serialize, Deserialize)]
struct Content {
    version: u32,
    orders: Vec<Order>,
}

/// The version that this program writes.
const VERSION: u32 = 1;

/// The orders file.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
}

impl Store {
    /// Opens the file. A damaged one is renamed to `.damaged`, and the note says so.
    pub fn open(path: PathBuf) -> io::Result<(Self, Vec<Order>, Option<String>)> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let store = Self { path };
        match store.read() {
            Ok(orders) => Ok((store, orders, None)),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                let aside = store.beside("damaged");
                fs::rename(&store.path, &aside)?;
                let note = format!(
                    "The sandbox's orders in {} could not be read ({error}). The file was set aside as {}; \
                     the sandbox starts with no orders.",
                    store.path.display(),
                    aside.display()
                );
                Ok((store, Vec::new(), Some(note)))
            }
            Err(error) => Err(error),
        }
    }

    /// Returns the orders in the file, or an empty list if there is no file yet.
    pub fn read(&self) -> io::Result<Vec<Order>> {
        let bytes = match fs::read(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other?,
        };
        let invalid = |message: String| io::Error::new(io::ErrorKind::InvalidData, message);
        let content: Content = serde_json::from_slice(&bytes).map_err(|error| invalid(error.to_string()))?;
        if content.version != VERSION {
            return Err(invalid(format!("version {} is not known here", content.version)));
        }
        Ok(content.orders)
    }

    /// Writes the orders and those that another sandbox has added. Write errors are ignored: the orders stay in
    /// memory, and the next change tries again.
    pub fn write(&self, book: &BTreeMap<Uuid, Order>) {
        let _disk_refused = self.try_write(book);
    }

    fn try_write(&self, book: &BTreeMap<Uuid, Order>) -> io::Result<()> {
        // Held to the end of the function. The operating system releases the lock if the process is killed.
        let gate = private(&self.beside("lock"), false)?;
        gate.lock()?;
        let mut merged = book.clone();
        // If the file was damaged while the sandbox ran, it adds nothing to the orders in memory.
        for order in self.read().unwrap_or_default() {
            let ours = merged.get(&order.id).map(|known| known.revision);
            if ours.is_none_or(|ours| ours < order.revision) {
                merged.insert(order.id, order);
            }
        }
        let content = Content { version: VERSION, orders: merged.into_values().collect() };
        let text = serde_json::to_vec_pretty(&content)?;
        let fresh = self.beside("new");
        let mut file = private(&fresh, true)?;
        file.write_all(&text)?;
        drop(file);
        fs::rename(&fresh, &self.path)
    }

    /// Returns the path with another extension appended.
    fn beside(&self, extension: &str) -> PathBuf {
        let mut name = self.path.clone().into_os_string();
        name.push(".");
        name.push(extension);
        name.into()
    }
}

/// Opens a file for writing that only its owner can read, because real codes are worth money.
fn private(path: &Path, empty: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(empty);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}
