//! A shop that knows one order, and whose streams are written byte by byte by a test.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// The order.
pub(crate) const ID: &str = "f9d624ad-dc5e-4efd-9ecf-f8fb08a22677";

/// What it brings when it is done.
pub(crate) const CODE: &str = "AAAA-BBBB-CCCC";
/// Where it is to be paid; nobody's.
const ADDRESS: &str = "11111111111111111111111111111111";
/// When it was placed: its time to pay is never over while a test runs.
const PLACED: u64 = 4_000_000_000;

/// What is written for a stream, and what becomes of the connection then.
#[derive(Clone, Debug)]
pub(crate) enum Script {
    /// Exactly these bytes, head included; then it closes.
    Says(Vec<u8>),
    /// These bytes, and then silence.
    Keeps(Vec<u8>),
    /// The first bytes once, then the second ones for ever.
    Repeats(Vec<u8>, Vec<u8>),
}

/// The head of a stream whose end is the connection's.
pub(crate) const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n";
/// The head of a stream that comes in chunks.
pub(crate) const CHUNKED: &str =
    "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";

impl Script {
    /// A stream of this body that then stays open.
    pub(crate) fn body(body: impl AsRef<[u8]>) -> Self {
        Self::Keeps([HEAD.as_bytes(), body.as_ref()].concat())
    }

    /// A stream in these pieces, each of which the client gets by itself, that then stays open.
    pub(crate) fn pieces<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let chunks = pieces.into_iter().filter(|piece| !piece.is_empty()).map(chunk);
        Self::Keeps([CHUNKED.as_bytes(), &chunks.collect::<Vec<_>>().concat()].concat())
    }
}

/// A chunk of an answer.
pub(crate) fn chunk(piece: &[u8]) -> Vec<u8> {
    [format!("{:x}\r\n", piece.len()).as_bytes(), piece, b"\r\n"].concat()
}

/// The order in a state, as the shop writes it; its code is there once it is done.
pub(crate) fn order(state: &str) -> String {
    paid_in_part(state, "0")
}

/// As `order`, when so much of it was paid.
pub(crate) fn paid_in_part(state: &str, sent: &str) -> String {
    let done = state == "Done";
    let (standing, code) = if done { ("Succeeded", CODE) } else { ("WaitingForPayment", "") };
    format!(
        r#"{{"order_id":"{ID}","order_state":"{state}","coin":"USDC","network":"Solana",
        "coin_amount":"1000","sent_coin_amount":"{sent}","wallet_address":"{ADDRESS}","created_at":"{PLACED}",
        "deliveries":[{{"id":"1","delivery_state":"{standing}","deliverable":{{"pin_code":"{code}"}}}}]}}"#
    )
    .replace("\n        ", "")
}

/// What was asked for, and which of the streams are still kept.
struct Counts {
    connects: watch::Sender<usize>,
    reads: AtomicUsize,
    cuts: watch::Sender<()>,
}

/// The shop; it closes when it is dropped.
pub(crate) struct Shop {
    pub(crate) base: String,
    state: watch::Sender<String>,
    scripts: Arc<Mutex<Vec<Script>>>,
    counts: Arc<Counts>,
    _tasks: JoinSet<()>,
}

impl Shop {
    /// A shop whose order is in a state, and whose streams all go by one script.
    pub(crate) async fn open(state: &str, script: Script) -> Self {
        Self::of_scripts(state, vec![script]).await
    }

    /// As `open`, where each stream goes by a script of its own, and those after the last by the last one.
    pub(crate) async fn of_scripts(state: &str, scripts: Vec<Script>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let (connects, cuts) = (watch::Sender::new(0), watch::Sender::new(()));
        let counts = Arc::new(Counts { connects, reads: AtomicUsize::new(0), cuts });
        let (told, scripts) = (watch::Sender::new(state.to_owned()), Arc::new(Mutex::new(scripts)));
        let kept = Arc::clone(&scripts);
        let (now, counted) = (told.subscribe(), Arc::clone(&counts));
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut connections = JoinSet::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (scripts, now, counts) = (Arc::clone(&scripts), now.clone(), Arc::clone(&counted));
                connections.spawn(async move {
                    // A client may leave at any time.
                    let _ = serve(stream, &scripts, &now, &counts).await;
                });
            }
        });
        Self { base, state: told, scripts: kept, counts, _tasks: tasks }
    }

    /// From now on the order is in another state, for those who read it.
    pub(crate) fn now(&self, state: &str) {
        self.state.send_replace(state.to_owned());
    }

    /// How often a stream was asked for.
    pub(crate) fn connects(&self) -> usize {
        *self.counts.connects.borrow()
    }

    /// Waits until a stream was asked for so often.
    pub(crate) async fn is_asked(&self, times: usize) {
        self.counts.connects.subscribe().wait_for(|connects| *connects >= times).await.unwrap();
    }

    /// From now on every stream goes by another script.
    pub(crate) fn streams(&self, script: Script) {
        *self.scripts.lock().unwrap() = vec![script];
    }

    /// Closes every stream that is kept.
    pub(crate) fn cut(&self) {
        self.counts.cuts.send_replace(());
    }

    /// How often the order was read.
    pub(crate) fn reads(&self) -> usize {
        self.counts.reads.load(Ordering::SeqCst)
    }
}

async fn serve(
    mut stream: TcpStream,
    scripts: &Mutex<Vec<Script>>,
    state: &watch::Receiver<String>,
    counts: &Counts,
) -> std::io::Result<()> {
    let mut request = Vec::new();
    while !request.windows(4).any(|four| four == b"\r\n\r\n") {
        if stream.read_buf(&mut request).await? == 0 {
            return Ok(());
        }
    }
    let request = String::from_utf8_lossy(&request);
    let path = request.split(' ').nth(1).unwrap_or_default();
    if !path.ends_with("/subscribe") {
        let read = path == format!("/v5/orders/{ID}");
        counts.reads.fetch_add(usize::from(read), Ordering::SeqCst);
        let (status, body) =
            if read { ("200 OK", order(&state.borrow().clone())) } else { ("404 Not Found", String::new()) };
        let length = body.len();
        let head = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
        return stream.write_all((head + &body).as_bytes()).await;
    }
    let mut cuts = counts.cuts.subscribe();
    let number = *counts.connects.borrow();
    counts.connects.send_replace(number + 1);
    let script = {
        let scripts = scripts.lock().unwrap();
        scripts.get(number).or(scripts.last()).cloned()
    };
    let Some(script) = script else { return Ok(()) };
    match script {
        Script::Says(bytes) => {
            stream.write_all(&bytes).await?;
            stream.shutdown().await
        }
        Script::Keeps(bytes) => {
            stream.write_all(&bytes).await?;
            tokio::select! {
                // Either side may close it.
                _ = cuts.changed() => Ok(()),
                rest = stream.read_u8() => rest.map(drop),
            }
        }
        Script::Repeats(first, again) => {
            stream.write_all(&first).await?;
            loop {
                stream.write_all(&again).await?;
            }
        }
    }
}
