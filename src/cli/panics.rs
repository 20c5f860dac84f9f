//! Turns a panic into a failed command with a message.

use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::sync::{Arc, Mutex};

use super::exit::Failed;

/// Runs work, and turns a panic in it into a failure whose message names the source location and ends with
/// `advice`.
///
/// Nothing is printed as it happens, since the terminal may still be in use. The panic's own message is left
/// out: it could contain a code.
pub fn contained(advice: &str, work: impl FnOnce() -> Result<(), Failed>) -> Result<(), Failed> {
    let place = Arc::new(Mutex::new(String::new()));
    let remembered = Arc::clone(&place);
    set_hook(Box::new(move |panic| {
        if let (Some(location), Ok(mut place)) = (panic.location(), remembered.lock()) {
            *place = location.to_string();
        }
    }));
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let place = place.lock().map(|place| place.clone()).unwrap_or_default();
        Err(Failed::unexpected(format!("giftty stumbled at {place}. Your orders are kept{advice}.")))
    })
}
