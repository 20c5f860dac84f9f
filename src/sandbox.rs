//! The faithful local shop, over real HTTP and SSE.
//!
//! It shares no type with the client: what it says on the wire is written here a second time, from the
//! contract, so that a mistake in the client's reading shows. [`faults`] tells what can go wrong on
//! request, [`checkout::coupons`] which coupons it knows, and `handlers/control` how it is driven by hand.

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

/// How a sandbox is set up.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where it listens: a loopback address; port 0 takes any free one.
    pub listen: SocketAddr,
    /// How fast its orders move.
    pub pace: Pace,
    /// What goes wrong from the start.
    pub faults: Vec<Fault>,
    /// Where its orders live; without a file they are forgotten with it.
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

/// Why a sandbox does not start.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// It takes orders from anybody, so it is for this machine only.
    #[error("the sandbox listens on loopback only, and {0} is not: say 127.0.0.1 or [::1]")]
    NotLoopback(SocketAddr),
    /// The address cannot be had.
    #[error("the sandbox cannot listen on {0}: {1}")]
    Listen(SocketAddr, #[source] io::Error),
    /// The file of the orders cannot be used.
    #[error("the sandbox cannot use its orders in {}: {error}", path.display())]
    Orders {
        /// The file.
        path: PathBuf,
        /// What the disk says.
        #[source]
        error: io::Error,
    },
}

/// A running sandbox; it ends when it is stopped or dropped.
#[derive(Debug)]
pub struct Sandbox {
    base_url: String,
    note: Option<String>,
    running: server::Running,
}

impl Sandbox {
    /// Starts a sandbox on the current tokio runtime.
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

    /// Where it can be reached: `http://127.0.0.1:PORT`.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// What its owner should know about the start, such as a damaged file that was set aside.
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// Ends its streams and lets go of the port. Orders need no saving: every change was saved as it came.
    pub async fn stop(self) {
        self.running.stop().await;
    }
}
