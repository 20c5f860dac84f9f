//! A worker thread for expensive work: loading certificates, parsing catalogues, creating pictures.
//!
//! One thread does it all, in order: the allocator retains the temporary memory of such work separately for
//! every thread that ever did any.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock, mpsc};
use std::thread;

use tokio::sync::oneshot;

/// A queued job.
type Work = Box<dyn FnOnce() + Send>;

/// A worker thread. It starts with the first job and ends after the last one when all clones are dropped.
/// Clones share the same thread.
#[derive(Clone, Default)]
pub struct Workshop(Arc<OnceLock<Option<mpsc::Sender<Work>>>>);

impl Workshop {
    /// Runs a job after all earlier ones. Returns `None` if it panics.
    pub async fn make<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let (hand_out, made) = oneshot::channel();
        let work: Work = Box::new(move || {
            // The caller was dropped, so the result is not needed.
            if !hand_out.is_closed()
                && let Ok(made) = catch_unwind(AssertUnwindSafe(work))
            {
                drop(hand_out.send(made));
            }
        });
        match self.0.get_or_init(open) {
            // The thread ends only when every sender is dropped.
            Some(worker) => drop(worker.send(work)),
            // If no thread can be started, the job runs here.
            None => work(),
        }
        made.await.ok()
    }
}

fn open() -> Option<mpsc::Sender<Work>> {
    let (sender, waiting) = mpsc::channel::<Work>();
    let works = move || waiting.iter().for_each(|work| work());
    thread::Builder::new().name("worker".to_owned()).spawn(works).ok()?;
    Some(sender)
}

impl fmt::Debug for Workshop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Workshop")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_thread_does_one_thing_after_the_other_and_outlives_a_panic() {
        let worker = Workshop::default();
        let (by, same) = (|| thread::current().id(), worker.clone());
        let (first, second) = tokio::join!(worker.make(by), same.make(by));
        assert!(first.is_some() && first == second && first != Some(by()));
        assert_eq!(worker.make(|| assert_eq!(1, 2)).await, None);
        assert_eq!(worker.make(by).await, first);
    }

    #[tokio::test]
    async fn nobody_works_for_whoever_does_not_wait() {
        let worker = Workshop::default();
        let (say, said) = mpsc::channel();
        let (end, ended) = mpsc::channel();
        let busy = tokio::spawn({
            let worker = worker.clone();
            async move { worker.make(move || ended.recv()).await }
        });
        tokio::task::yield_now().await;
        let given_up = tokio::spawn({
            let worker = worker.clone();
            async move { worker.make(move || say.send(())).await }
        });
        tokio::task::yield_now().await;
        given_up.abort();
        assert!(given_up.await.is_err());
        end.send(()).unwrap();
        assert_eq!(busy.await.unwrap(), Some(Ok(())));
        assert_eq!(worker.make(|| 1).await, Some(1));
        assert!(said.try_recv().is_err());
    }
}
