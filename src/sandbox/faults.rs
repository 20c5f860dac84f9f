//! Faults on request: what fails, for which requests, and how often.
//!
//! A fault is written `KIND[=DETAIL][@[METHOD:]PATH][ xTIMES]`:
//!
//! | kind | effect |
//! |---|---|
//! | `delay=2s` | the answer is late (`ms` or `s`) |
//! | `hang` | no answer at all, the connection stays open |
//! | `429`, `429=5` | 429, with Retry-After in seconds where given |
//! | `500`, `503`, any 4xx or 5xx | that status with a JSON body |
//! | `301`, `307=ADDRESS`, any 3xx | a redirect to where the request went, or to another address |
//! | `html`, `html=503` | an HTML page with status 200, or the one given |
//! | `problems` | status 200 with a problem and nothing else |
//! | `truncate` | the correct answer, cut off in the middle of its body, then a broken connection |
//! | `torn` | the correct answer, cut off in the middle of its body, as if that were all |
//! | `empty` | the correct status without a body |
//! | `mislabelled` | the correct answer, with the content type of plain text |
//! | `reset` | the connection is closed before the status line, and the request is not carried out |
//! | `lost-answer`, `lost-answer=500`, or any of the above | the request is carried out and its answer is lost (`reset` by default) |
//! | `stream-cut` | a stream ends after its first snapshot |
//! | `stream-silent` | a stream sends nothing, not even a heartbeat |
//! | `duplicate` | a stream sends every snapshot twice |
//! | `reorder` | a stream sends the previous snapshot again after each one |
//! | `noise` | a stream begins with comments, unknown events and broken JSON |
//!
//! A PATH is a prefix, or the whole path if it ends with `$`. Without a path a fault applies to every request,
//! except `lost-answer`, which then applies only to `POST:/v5/orders$`. Without `xTIMES` a fault stays active
//! until it is removed.

use std::fmt;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The syntax of a fault, for help texts.
pub const SYNTAX: &str = "\
KIND[=DETAIL][@[METHOD:]PATH][ xTIMES], where KIND is delay=2s, hang, 429[=SECONDS], any 4xx or 5xx, \
any 3xx[=ADDRESS], html[=STATUS], problems, truncate, torn, empty, mislabelled, reset, lost-answer[=KIND], \
stream-cut, stream-silent, duplicate, reorder or noise. \
A PATH is a prefix, or a whole path with a $ at its end. For example: 'reset@POST:/v5/orders$ x1'";

/// What fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The answer is delayed.
    Delay(Duration),
    /// The request is never answered.
    Hang,
    /// A status with a JSON body, and Retry-After in seconds if given.
    Status(u16, Option<u64>),
    /// An HTML page with this status.
    Html(u16),
    /// A redirect to this address, or to the request's own URL if `None`.
    Redirect(u16, Option<String>),
    /// Status 200 with a problem and nothing else.
    Problems,
    /// Half of the correct answer, then a broken connection.
    Truncate,
    /// Half of the correct answer, as if it were complete.
    Torn,
    /// The correct status without a body.
    Empty,
    /// The correct answer with a wrong content type.
    Mislabelled,
    /// The connection is closed without an answer, and the request is not carried out.
    Reset,
    /// The request is carried out, then this fault replaces its answer.
    LostAnswer(Box<FaultKind>),
    /// The stream ends after its first snapshot.
    StreamCut,
    /// The stream sends nothing.
    StreamSilent,
    /// The stream repeats every snapshot.
    Duplicate,
    /// The stream repeats older snapshots after newer ones.
    Reorder,
    /// The stream begins with input that a reader must skip.
    Noise,
}

impl FaultKind {
    /// Returns whether the fault applies only to event streams.
    pub fn is_of_streams(&self) -> bool {
        matches!(self, Self::StreamCut | Self::StreamSilent | Self::Duplicate | Self::Reorder | Self::Noise)
    }
}

/// A fault, the requests it applies to, and how often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What fails.
    pub kind: FaultKind,
    /// The method it applies to, or `None` for every method.
    pub method: Option<String>,
    /// A path prefix, or a whole path if it ends with `$`. `None` for every path.
    pub path: Option<String>,
    /// How many requests are left to fail, or `None` for no limit.
    pub times: Option<u32>,
}

/// A fault that cannot be parsed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no fault: say for example delay=2s, 429=5, reset@POST:/v5/orders$ x1")]
pub struct UnknownFault(String);

/// Parses a duration such as `500ms` or `2s`.
pub fn duration(text: &str) -> Option<Duration> {
    if let Some(millis) = text.strip_suffix("ms") {
        return millis.parse().ok().map(Duration::from_millis);
    }
    text.strip_suffix('s')?.parse().ok().map(Duration::from_secs)
}

impl FromStr for FaultKind {
    type Err = UnknownFault;

    fn from_str(text: &str) -> Result<Self, UnknownFault> {
        let unknown = || UnknownFault(text.to_owned());
        let (word, detail) = text.split_once('=').map_or((text, None), |(word, detail)| (word, Some(detail)));
        let status = |text: &str| text.parse().ok().filter(|code| (400..600).contains(code));
        Ok(match (word, detail) {
            ("delay", Some(span)) => Self::Delay(duration(span).ok_or_else(unknown)?),
            ("hang", None) => Self::Hang,
            ("html", None) => Self::Html(200),
            ("html", Some(code)) => Self::Html(status(code).ok_or_else(unknown)?),
            ("problems", None) => Self::Problems,
            ("truncate", None) => Self::Truncate,
            ("torn", None) => Self::Torn,
            ("empty", None) => Self::Empty,
            ("mislabelled", None) => Self::Mislabelled,
            ("reset", None) => Self::Reset,
            ("lost-answer", None) => Self::LostAnswer(Box::new(Self::Reset)),
            ("lost-answer", Some(then)) if !then.starts_with("lost-answer") => {
                let then: Self = then.parse()?;
                if then.is_of_streams() {
                    return Err(unknown());
                }
                Self::LostAnswer(Box::new(then))
            }
            ("stream-cut", None) => Self::StreamCut,
            ("stream-silent", None) => Self::StreamSilent,
            ("duplicate", None) => Self::Duplicate,
            ("reorder", None) => Self::Reorder,
            ("noise", None) => Self::Noise,
            (code, address) if code.starts_with('3') => {
                let code = code.parse().ok().filter(|code| (300..400).contains(code)).ok_or_else(unknown)?;
                Self::Redirect(code, address.map(str::to_owned))
            }
            (code, after) => {
                let after = after.map(str::parse).transpose().map_err(|_| unknown())?;
                Self::Status(status(code).ok_or_else(unknown)?, after)
            }
        })
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Delay(span) => write!(f, "delay={}ms", span.as_millis()),
            Self::Hang => f.write_str("hang"),
            Self::Status(code, None) | Self::Redirect(code, None) => write!(f, "{code}"),
            Self::Status(code, Some(after)) => write!(f, "{code}={after}"),
            Self::Html(200) => f.write_str("html"),
            Self::Html(code) => write!(f, "html={code}"),
            Self::Redirect(code, Some(address)) => write!(f, "{code}={address}"),
            Self::Problems => f.write_str("problems"),
            Self::Truncate => f.write_str("truncate"),
            Self::Torn => f.write_str("torn"),
            Self::Empty => f.write_str("empty"),
            Self::Mislabelled => f.write_str("mislabelled"),
            Self::Reset => f.write_str("reset"),
            Self::LostAnswer(then) => write!(f, "lost-answer={then}"),
            Self::StreamCut => f.write_str("stream-cut"),
            Self::StreamSilent => f.write_str("stream-silent"),
            Self::Duplicate => f.write_str("duplicate"),
            Self::Reorder => f.write_str("reorder"),
            Self::Noise => f.write_str("noise"),
        }
    }
}

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(text: &str) -> Result<Self, UnknownFault> {
        let unknown = || UnknownFault(text.to_owned());
        let (rest, times) = match text.trim().rsplit_once(" x") {
            Some((rest, count)) => (rest.trim_end(), Some(count.parse().map_err(|_| unknown())?)),
            None => (text.trim(), None),
        };
        let (kind, scope) = rest.split_once('@').map_or((rest, None), |(kind, scope)| (kind, Some(scope)));
        let kind: FaultKind = kind.parse().map_err(|_| unknown())?;
        let scope = match (scope, &kind) {
            (None, FaultKind::LostAnswer(_)) => Some("POST:/v5/orders$"),
            (scope, _) => scope,
        };
        let (method, path) = match scope {
            None => (None, None),
            Some(scope) => match scope.split_once(':') {
                Some((method, path)) => (Some(method.to_ascii_uppercase()), Some(path.to_owned())),
                None => (None, Some(scope.to_owned())),
            },
        };
        if path.as_ref().is_some_and(|path| !path.starts_with('/')) {
            return Err(unknown());
        }
        Ok(Self { kind, method, path, times })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)?;
        if let Some(path) = &self.path {
            let method = self.method.as_ref().map(|method| format!("{method}:")).unwrap_or_default();
            write!(f, "@{method}{path}")?;
        }
        self.times.map_or(Ok(()), |times| write!(f, " x{times}"))
    }
}

impl Fault {
    /// Returns whether the fault applies to a request.
    fn meets(&self, method: &str, path: &str) -> bool {
        let path_fits = match self.path.as_deref().map(|scope| (scope, scope.strip_suffix('$'))) {
            None => true,
            Some((_, Some(whole))) => path == whole,
            Some((prefix, None)) => path.starts_with(prefix),
        };
        path_fits && self.method.as_deref().is_none_or(|wanted| wanted == method)
    }
}

/// The active faults.
#[derive(Debug, Default)]
pub struct Faults(Mutex<Vec<Fault>>);

impl Faults {
    /// Creates the list with these faults active.
    pub fn new(faults: Vec<Fault>) -> Self {
        Self(Mutex::new(faults))
    }

    /// Activates a fault.
    pub fn add(&self, fault: Fault) {
        self.lock().push(fault);
    }

    /// Removes all faults.
    pub fn clear(&self) {
        self.lock().clear();
    }

    /// Returns the active faults with their remaining counts, in the syntax of this module.
    pub fn list(&self) -> Vec<String> {
        self.lock().iter().map(ToString::to_string).collect()
    }

    /// Returns the faults for this request and decrements their counts. Stream faults apply only
    /// to `GET …/subscribe`.
    pub fn strike(&self, method: &str, path: &str) -> Vec<FaultKind> {
        let streams = method == "GET" && path.ends_with("/subscribe");
        let mut struck = Vec::new();
        self.lock().retain_mut(|fault| {
            if !fault.meets(method, path) || (fault.kind.is_of_streams() && !streams) {
                return true;
            }
            match &mut fault.times {
                Some(0) => return false,
                Some(left) => *left -= 1,
                None => {}
            }
            struck.push(fault.kind.clone());
            fault.times != Some(0)
        });
        struck
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Fault>> {
        // No statement leaves the list half-changed, so a poisoned lock can still be used.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> Fault {
        text.parse().expect("a fault")
    }

    #[test]
    fn every_fault_reads_as_it_is_written() {
        for text in [
            "delay=2000ms",
            "hang",
            "429=5",
            "503",
            "html=503@/v2",
            "truncate@/v2/brands",
            "302",
            "307=http://127.0.0.1:9/elsewhere@POST:/v5/orders$ x1",
            "reset@POST:/v5/orders$ x1",
            "lost-answer=html@POST:/v5/orders$ x2",
            "stream-cut",
            "reorder",
        ] {
            assert_eq!(fault(text).to_string(), text);
        }
    }

    #[test]
    fn the_help_names_every_kind() {
        for kind in [
            "hang",
            "html",
            "problems",
            "truncate",
            "torn",
            "empty",
            "mislabelled",
            "reset",
            "lost-answer",
            "stream-cut",
            "stream-silent",
        ] {
            assert!(SYNTAX.contains(kind) && kind.parse::<FaultKind>().is_ok(), "{kind}");
        }
    }

    #[test]
    fn what_is_no_fault_is_refused() {
        for text in
            ["", "200", "delay", "delay=2", "reset@v5", "lost-answer=lost-answer", "429=soon", "500 xmany"]
        {
            assert!(text.parse::<Fault>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_counted_fault_strikes_so_often_and_only_in_its_scope() {
        let faults = Faults::new(vec![fault("500@GET:/v2/brands x2")]);
        assert_eq!(faults.strike("GET", "/v5/orders"), []);
        assert_eq!(faults.strike("POST", "/v2/brands"), []);
        for _ in 0..2 {
            assert_eq!(faults.strike("GET", "/v2/brands"), [FaultKind::Status(500, None)]);
        }
        assert_eq!(faults.strike("GET", "/v2/brands"), []);
        assert_eq!(faults.list(), Vec::<String>::new());
    }

    #[test]
    fn a_lost_answer_strikes_the_creation_and_not_the_validation() {
        let faults = Faults::new(vec![fault("lost-answer x1")]);
        assert_eq!(faults.strike("POST", "/v5/orders/validations"), []);
        assert_eq!(faults.strike("POST", "/v5/orders"), [FaultKind::LostAnswer(Box::new(FaultKind::Reset))]);
    }

    #[test]
    fn faults_of_streams_wait_for_a_stream() {
        let faults = Faults::new(vec![fault("stream-cut x1")]);
        assert_eq!(faults.strike("GET", "/v5/orders/1"), []);
        assert_eq!(faults.strike("GET", "/v5/orders/1/subscribe"), [FaultKind::StreamCut]);
    }
}
