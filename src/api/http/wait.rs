//! Dates and requested waits in response headers, and jitter for our own delays.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

use crate::domain::time::Timestamp;

/// The upper limit of a requested wait.
const A_DAY: Duration = Duration::from_secs(24 * 3_600);

/// The wait that `Retry-After`, or else `X-RateLimit-Reset`, asks for (contract, section 5.4).
pub(in crate::api) fn asked_wait(headers: &HeaderMap) -> Option<Duration> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let retry_after = text(RETRY_AFTER.as_str()).and_then(|text| after(text, now));
    let reset = || Some(until(text("x-ratelimit-reset")?.parse().ok()?, now));
    retry_after.or_else(reset).map(|wait| wait.min(A_DAY))
}

/// Parses seconds, or a date.
fn after(text: &str, now: Duration) -> Option<Duration> {
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    Some(until(u64::try_from(date(text)?.0).ok()?, now))
}

/// When a response was written, by the server's clock.
pub(super) fn dated(headers: &HeaderMap) -> Option<Timestamp> {
    date(headers.get(DATE)?.to_str().ok()?.trim())
}

/// Parses an HTTP date.
fn date(text: &str) -> Option<Timestamp> {
    let date = OffsetDateTime::parse(&text.replace("GMT", "+0000"), &Rfc2822).ok()?;
    Some(Timestamp(date.unix_timestamp()))
}

/// The time from now to a second of the epoch; zero if it has passed.
fn until(second: u64, now: Duration) -> Duration {
    Duration::from_secs(second).saturating_sub(now)
}

/// Returns a random number.
pub(in crate::api) fn seed() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// Adds jitter of up to a quarter in either direction, so that many clients do not reconnect at once.
pub(in crate::api) fn spread(duration: Duration, seed: u64) -> Duration {
    let permille = 750 + u32::try_from(seed % 501).unwrap_or(250);
    duration.saturating_mul(permille) / 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(name: &'static str, value: &str) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().unwrap());
        asked_wait(&headers)
    }

    #[test]
    fn seconds_and_dates_are_understood() {
        assert_eq!(asked("retry-after", "7"), Some(Duration::from_secs(7)));
        assert_eq!(asked("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT"), Some(Duration::ZERO));
        assert_eq!(asked("retry-after", "99999999999"), Some(A_DAY));
        assert_eq!(asked("x-ratelimit-reset", "1445412480"), Some(Duration::ZERO));
        assert_eq!(asked("x-ratelimit-reset", "99999999999"), Some(A_DAY));
        for odd in ["", "soon", "-1", "1.5", "NaN"] {
            assert_eq!(asked("retry-after", odd), None, "{odd}");
        }
    }

    #[test]
    fn an_answer_tells_when_it_was_written() {
        let told = |value: &str| dated(&HeaderMap::from_iter([(DATE, value.parse().unwrap())]));
        assert_eq!(told("Wed, 21 Oct 2015 07:28:00 GMT"), Some(Timestamp(1_445_412_480)));
        for odd in ["", "now", "2015-10-21T07:28:00Z", "Wed, 99 Oct 2015 07:28:00 GMT"] {
            assert_eq!(told(odd), None, "{odd}");
        }
    }

    #[test]
    fn chance_adds_or_takes_at_most_a_quarter() {
        let second = Duration::from_secs(1);
        assert_eq!(spread(second, 0), Duration::from_millis(750));
        assert_eq!(spread(second, 250), second);
        assert_eq!(spread(second, 500), Duration::from_millis(1250));
        assert_eq!(spread(Duration::ZERO, 77), Duration::ZERO);
    }
}
