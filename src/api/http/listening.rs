//! A separate thread for event streams.
//!
//! Their decoder can take seconds over a crafted chunk, and neither keys nor other requests may wait for
//! that.

use std::future::Future;
use std::sync::OnceLock;

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;
use tokio::task::JoinSet;

/// The thread, started with the first stream. It ends when this is dropped.
#[derive(Debug, Default)]
pub(in crate::api) struct Listening(OnceLock<Option<Thread>>);

#[derive(Debug)]
struct Thread {
    handle: Handle,
    /// Dropping it ends the thread.
    _end: oneshot::Sender<()>,
}

impl Listening {
    /// Spawns a task on the thread, or on the current runtime if no thread can be started. It ends with its
    /// set.
    pub(in crate::api) fn spawn(
        &self,
        set: &mut JoinSet<()>,
        task: impl Future<Output = ()> + Send + 'static,
    ) {
        match self.0.get_or_init(Thread::begin) {
            Some(thread) => set.spawn_on(task, &thread.handle),
            None => set.spawn(task),
        };
    }
}

impl Thread {
    fn begin() -> Option<Self> {
        let runtime = Builder::new_current_thread().enable_all().build().ok()?;
        let handle = runtime.handle().clone();
        let (end, ended) = oneshot::channel();
        let listen = move || {
            // A message and a dropped sender both mean that the thread is no longer needed.
            let (Ok(()) | Err(_)) = runtime.block_on(ended);
            runtime.shutdown_background();
        };
        std::thread::Builder::new().name("streams".to_owned()).spawn(listen).ok()?;
        Some(Self { handle, _end: end })
    }
}
