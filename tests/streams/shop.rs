//! A shop that knows one order, and whose streams are written byte by byte by a test.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// The order.
pub(crate) const ID: &str = "f9d624ad-dc5e-4efd-9ecf-f8fb08a22677";

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

/// The order in a state, as the shop writes it.
pub(crate) fn order(state: &str) -> String {
    format!("{{\"order_id\":\"{ID}\",\"order_state\":\"{state}\"}}")
}

/// The shop; it closes when it is dropped.
pub(crate) struct Shop {
    pub(crate) base: String,
    state: watch::Sender<String>,
    connects: Arc<AtomicUsize>,
    reads: Arc<AtomicUsize>,
    _tasks: JoinSet<()>,
}

impl Shop {
    /// A shop whose order is in a state, and whose streams all go by one script.
    pub(crate) async fn open(state: &str, script: Script) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let (connects, reads) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (told, state) = (watch::Sender::new(state.to_owned()), Arc::new(script));
        let (now, counts) = (told.subscribe(), (Arc::clone(&connects), Arc::clone(&reads)));
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut connections = JoinSet::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (script, now, counts) = (Arc::clone(&state), now.clone(), counts.clone());
                connections.spawn(async move {
                    // A client may leave at any time.
                    let _ = serve(stream, &script, &now, &counts).await;
                });
            }
        });
        Self { base, state: told, connects, reads, _tasks: tasks }
    }

    /// From now on the order is in another state, for those who read it.
    pub(crate) fn now(&self, state: &str) {
        self.state.send_replace(state.to_owned());
    }

    /// How often a stream was asked for.
    pub(crate) fn connects(&self) -> usize {
        self.connects.load(Ordering::SeqCst)
    }

    /// How often the order was read.
    pub(crate) fn reads(&self) -> usize {
        self.reads.load(Ordering::SeqCst)
    }
}

async fn serve(
    mut stream: TcpStream,
    script: &Script,
    state: &watch::Receiver<String>,
    (connects, reads): &(Arc<AtomicUsize>, Arc<AtomicUsize>),
) -> std::io::Result<()> {
    let mut request = Vec::new();
    while !request.windows(4).any(|four| four == b"\r\n\r\n") {
        if stream.read_buf(&mut request).await? == 0 {
            return Ok(());
        }
    }
    if !String::from_utf8_lossy(&request).lines().next().unwrap_or_default().contains("/subscribe") {
        reads.fetch_add(1, Ordering::SeqCst);
        let body = order(&state.borrow().clone());
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
        return stream.write_all((head + &body).as_bytes()).await;
    }
    connects.fetch_add(1, Ordering::SeqCst);
    match script {
        Script::Says(bytes) => {
            stream.write_all(bytes).await?;
            stream.shutdown().await
        }
        Script::Keeps(bytes) => {
            stream.write_all(bytes).await?;
            let mut rest = [0; 64];
            while stream.read(&mut rest).await? > 0 {}
            Ok(())
        }
        Script::Repeats(first, again) => {
            stream.write_all(first).await?;
            loop {
                stream.write_all(again).await?;
            }
        }
    }
}
