//! A local sandbox shop that speaks the real shop's protocol over HTTP and SSE.
//!
//! It shares no type with the client: the wire format is written here a second time, from the contract, so that
//! a mistake in the client's parsing shows. [`faults`] lists the failures that can be requested,
//! [`checkout::coupons`] the coupons that are known, and `handlers/control` the control routes.

pub mod addresses;
pub mod catalogue;
pub mod checkout;
pub mod faults;
mod handlers;
pub mod lifecycle;
pub mod order;
pub mod orders;
pub mod payment_methods;
mod requests;
mod server;
mod shop;
mod store;
pub mod storefront;

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

pub use faults::{Fault, FaultKind};
pub use lifecycle::Pace;

/// The settings of a sandbox.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address to listen on. It must be a loopback address; port 0 picks a free port.
    pub listen: SocketAddr,
    /// How fast orders advance.
    pub pace: Pace,
    /// The faults that are active from the start.
    pub faults: Vec<Fault>,
    /// The file in which orders are stored. If `None`, they are lost when the sandbox stops.
    pub orders_file: Option<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            pace: Pace::Demo,
            faults: Vec::new(),
            orders_file: None,
        }
    }
}

/// Why a sandbox could not start.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// The address is not a loopback address. The sandbox accepts orders from anybody, so it only listens
    /// locally.
    #[error("the sandbox listens on loopback only, and {0} is not: say 127.0.0.1 or [::1]")]
    NotLoopback(SocketAddr),
    /// The address cannot be bound.
    #[error("the sandbox cannot listen on {0}: {1}")]
    Listen(SocketAddr, #[source] io::Error),
    /// The orders file cannot be used.
    #[error("the sandbox cannot use its orders in {}: {error}", path.display())]
    Orders {
        /// The file.
        path: PathBuf,
        /// The error of the file system.
        #[source]
        error: io::Error,
    },
}

/// A running sandbox. It ends when it is stopped or dropped.
#[derive(Debug)]
pub struct Sandbox {
    base_url: String,
    note: Option<String>,
    running: server::Running,
}

impl Sandbox {
    /// Starts a sandbox on the current tokio runtime. Fails if the address is not loopback or cannot be bound,
    /// or if the orders file cannot be used.
    pub async fn start(settings: Settings) -> Result<Self, SandboxError> {
        let Settings { listen, pace, faults, orders_file } = settings;
        if !listen.ip().is_loopback() {
            return Err(SandboxError::NotLoopback(listen));
        }
        let (store, known, note) = match orders_file {
            None => (None, Vec::new(), None),
            Some(path) => {
                let opened = store::Store::open(path.clone());
                let (store, known, note) = opened.map_err(|error| SandboxError::Orders { path, error })?;
                (Some(store), known, note)
            }
        };
        let orders = orders::Orders::new(pace, store, known, shop::now());
        let started = server::start(listen, orders, faults).await;
        let (address, running) = started.map_err(|error| SandboxError::Listen(listen, error))?;
        Ok(Self { base_url: format!("http://{address}"), note, running })
    }

    /// Returns its base URL, `http://127.0.0.1:PORT`.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Returns a note for the user about the start, such as a damaged file that was renamed.
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// Ends the streams and releases the port. Orders need no saving: every change was saved when it happened.
    pub async fn stop(self) {
        self.running.stop().await;
    }
}
