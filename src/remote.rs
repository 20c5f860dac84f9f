//! Something that has to be asked for: it is awaited, here, or failed, and never two of them.

use crate::domain::failure::Failure;
use crate::domain::time::Timestamp;

/// The number of a question. An answer carries the number of the question it belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub u64);

/// How it stands with an answer that is shown from memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recalled {
    /// When it was told.
    pub told: Timestamp,
    /// The question that asks for it anew, or why that was in vain.
    pub renewal: Result<RequestId, Failure>,
}

impl Recalled {
    /// The question that is open.
    pub fn awaited(&self) -> Option<RequestId> {
        self.renewal.as_ref().ok().copied()
    }
}

/// An answer that is awaited, there, or failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remote<T> {
    /// Asked, and not answered yet.
    Waiting(RequestId),
    /// Answered.
    Ready(T),
    /// Asked in vain.
    Failed(Failure),
}

impl<T> Remote<T> {
    /// Takes an answer if it is the one that is awaited; tells whether it was.
    ///
    /// A late answer to an older question changes nothing.
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

    /// The question that is open.
    pub fn awaited(&self) -> Option<RequestId> {
        match self {
            Self::Waiting(id) => Some(*id),
            Self::Ready(_) | Self::Failed(_) => None,
        }
    }

    /// The answer, when it is there.
    pub fn ready(&self) -> Option<&T> {
        match self {
            Self::Ready(value) => Some(value),
            Self::Waiting(_) | Self::Failed(_) => None,
        }
    }

    /// The answer to be changed, when it is there.
    pub fn ready_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Ready(value) => Some(value),
            Self::Waiting(_) | Self::Failed(_) => None,
        }
    }

    /// Why there is no answer, when there will be none.
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
