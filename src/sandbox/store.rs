//! The file in which the orders live, so that a demo that is quit or killed goes on where it was.
//!
//! Two sandboxes may share a file: a write first takes in what the file holds, and of two copies of an
//! order the one with more changes stays (of equal ones, the writer's). Orders are never removed.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::order::Order;

/// What the file holds.
#[derive(Serialize, Deserialize)]
struct Content {
    version: u32,
    orders: Vec<Order>,
}

/// The version that this program writes.
const VERSION: u32 = 1;

/// The file of the orders.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
}

impl Store {
    /// Opens the file; a torn one is set aside as `.damaged`, and the note says so.
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

    /// The orders in the file; none if there is no file yet.
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

    /// Writes the orders and those that another sandbox has added. A disk that refuses does not stop the
    /// demo: the orders live on in memory, and the next change tries again.
    pub fn write(&self, book: &BTreeMap<Uuid, Order>) {
        let _disk_refused = self.try_write(book);
    }

    fn try_write(&self, book: &BTreeMap<Uuid, Order>) -> io::Result<()> {
        // Held to the end of the function; the lock is the file's, so a killed process leaves none behind.
        let gate = private(&self.beside("lock"), false)?;
        gate.lock()?;
        let mut merged = book.clone();
        // A file that was torn while we ran has nothing to add to what we know.
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

    /// The path with another extension behind it.
    fn beside(&self, extension: &str) -> PathBuf {
        let mut name = self.path.clone().into_os_string();
        name.push(".");
        name.push(extension);
        name.into()
    }
}

/// Opens a file for writing that only its owner may read: codes are money even in a habit.
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
