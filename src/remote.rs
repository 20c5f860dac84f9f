//! Values that have to be requested: waiting, ready or failed, never two at once.

use crate::domain::failure::Failure;
use crate::domain::time::Timestamp;

/// The id of a request. An answer carries the id of its request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub u64);

/// The state of an answer that is shown from the cache.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recalled {
    /// When the shop gave the answer.
    pub told: Timestamp,
    /// The request that renews it, or why the renewal failed.
    pub renewal: Result<RequestId, Failure>,
}

impl Recalled {
    /// Returns the request in flight, if any.
    pub fn awaited(&self) -> Option<RequestId> {
        self.renewal.as_ref().ok().copied()
    }
}

/// A requested value: waiting, ready or failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remote<T> {
    /// Requested, and not answered yet.
    Waiting(RequestId),
    /// Answered.
    Ready(T),
    /// The request failed.
    Failed(Failure),
}

impl<T> Remote<T> {
    /// Stores an answer if it belongs to the request in flight; returns whether it did.
    ///
    /// A late answer to an older request changes nothing.
    pub fn answer(&mut self, id: RequestId, answer: Result<T, Failure>) -> bool {
        if !matches!(self, Self::Waiting(awaited) if *awaited == id) {
            return false;
        }
        *self = match answer {
            Ok(value) => Self::Ready(value),
            Err(failure) => Self::Failed(failure),
        };
        true
    }

    /// Returns the request in flight, if any.
    pub fn awaited(&self) -> Option<RequestId> {
        match self {
            Self::Waiting(id) => Some(*id),
            Self::Ready(_) | Self::Failed(_) => None,
        }
    }

    /// Returns the value if it is ready.
    pub fn ready(&self) -> Option<&T> {
        match self {
            Self::Ready(value) => Some(value),
            Self::Waiting(_) | Self::Failed(_) => None,
        }
    }

    /// Returns the value mutably if it is ready.
    pub fn ready_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Ready(value) => Some(value),
            Self::Waiting(_) | Self::Failed(_) => None,
        }
    }

    /// Returns why the request failed, if it did.
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Failed(failure) => Some(failure),
            Self::Waiting(_) | Self::Ready(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_awaited_answer_is_taken() {
        let mut list = Remote::Waiting(RequestId(2));
        assert!(!list.answer(RequestId(1), Ok("late")));
        assert_eq!(list.awaited(), Some(RequestId(2)));
        assert!(list.answer(RequestId(2), Ok("mine")));
        assert!(!list.answer(RequestId(2), Ok("again")));
        assert_eq!(list.ready(), Some(&"mine"));
    }
}
