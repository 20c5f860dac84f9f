//! A shop that answers exactly what a test says, byte by byte, and counts.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// A request as it came over the wire.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) headers: HashMap<String, String>,
    pub(super) body: String,
}

/// What is sent for it.
pub(super) enum Reply {
    /// These bytes, and the connection is closed.
    Bytes(Vec<u8>),
    /// The connection is reset.
    Reset,
    /// Nothing, for as long as the client waits.
    Silence,
    /// These bytes, and then whatever the test hands over, until it hands over nothing more.
    Stream(Vec<u8>, mpsc::UnboundedReceiver<Vec<u8>>),
}

/// A shop on this machine; it closes when it is dropped.
pub(super) struct Shop {
    pub(super) base: String,
    seen: Arc<Mutex<Vec<Request>>>,
    _tasks: JoinSet<()>,
}

impl Shop {
    /// Opens a shop that answers each request by its number, from 0.
    pub(super) async fn open(answer: impl Fn(&Request, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let answer = Arc::new(answer);
        let mut tasks = JoinSet::new();
        let log = Arc::clone(&seen);
        tasks.spawn(async move {
            let mut connections = JoinSet::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                connections.spawn(async move {
                    serve(stream, |request| {
                        let number = {
                            let mut log = log.lock().unwrap();
                            log.push(request.clone());
                            log.len() - 1
                        };
                        answer(request, number)
                    })
                    .await;
                });
            }
        });
        Self { base, seen, _tasks: tasks }
    }

    /// What was asked so far.
    pub(super) fn seen(&self) -> Vec<Request> {
        self.seen.lock().unwrap().clone()
    }

    /// The paths that were asked for.
    pub(super) fn paths(&self) -> Vec<String> {
        self.seen().into_iter().map(|request| request.path).collect()
    }
}

async fn serve(mut stream: TcpStream, answer: impl FnOnce(&Request) -> Reply) {
    let Some(request) = read(&mut stream).await else { return };
    let mut scratch = [0; 64];
    match answer(&request) {
        Reply::Bytes(bytes) => {
            // A client may have heard enough before the end.
            let _ = stream.write_all(&bytes).await;
            let _ = stream.shutdown().await;
        }
        Reply::Reset => stream.set_zero_linger().unwrap(),
        Reply::Silence => while stream.read(&mut scratch).await.is_ok_and(|count| count > 0) {},
        Reply::Stream(head, mut pieces) => {
            let _ = stream.write_all(&head).await;
            while let Some(piece) = pieces.recv().await {
                if stream.write_all(&piece).await.is_err() {
                    return;
                }
            }
        }
    }
}

async fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut lines = head.lines();
    let mut first = lines.next().unwrap().split(' ').map(str::to_owned);
    let (method, path) = (first.next().unwrap(), first.next().unwrap());
    let mut headers = HashMap::new();
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        let twice = headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
        assert!(twice.is_none(), "{name} came twice");
    }
    let length = headers.get("content-length").map_or(0, |length| length.parse().unwrap());
    while bytes.len() < end + 4 + length {
        assert!(stream.read_buf(&mut bytes).await.unwrap() > 0);
    }
    let body = String::from_utf8(bytes[end + 4..].to_vec()).unwrap();
    Some(Request { method, path, headers, body })
}

/// An answer with this status, these headers and this body.
pub(super) fn with_headers(status: u16, headers: &str, body: &[u8]) -> Reply {
    let head = format!(
        "HTTP/1.1 {status} X\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    Reply::Bytes([head.as_bytes(), body].concat())
}

/// A JSON answer.
pub(super) fn json(status: u16, body: &str) -> Reply {
    with_headers(status, "content-type: application/json\r\n", body.as_bytes())
}
