//! A shop of bare sockets, which knows which connection a request came over.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What is done with an order request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// An answer, and the connection is kept.
    Answer(&'static str),
    /// The connection is reset as soon as it is made.
    Slam,
    /// The connection is reset after the request was read.
    Reset,
    /// The connection ends politely after the request was read.
    Close,
    /// This much is written, and then nothing ever again.
    Stall(&'static str),
    /// This is written again and again.
    Endless(&'static str),
}

/// One request: over which connection, and its method and path.
pub(crate) type Asked = (usize, String);

/// The shop.
pub(crate) struct Wire {
    pub(crate) base: String,
    seen: Arc<Mutex<Vec<Asked>>>,
}

impl Wire {
    pub(crate) async fn open(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let notes = Arc::clone(&seen);
        tokio::spawn(async move {
            for number in 0.. {
                let Ok((stream, _)) = listener.accept().await else { return };
                tokio::spawn(serve(stream, number, manner, Arc::clone(&notes)));
            }
        });
        Self { base, seen }
    }

    /// Every request so far, and every connection that was slammed.
    pub(crate) fn seen(&self) -> Vec<Asked> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn serve(mut stream: TcpStream, number: usize, manner: Manner, seen: Arc<Mutex<Vec<Asked>>>) {
    let note = |what: String| seen.lock().unwrap_or_else(PoisonError::into_inner).push((number, what));
    if manner == Manner::Slam {
        note("slammed".to_owned());
        return stream.set_zero_linger().unwrap();
    }
    while let Some(asked) = request(&mut stream).await {
        let ordering = asked == "POST /v5/orders";
        note(asked);
        let text = match manner {
            _ if !ordering => "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]",
            Manner::Answer(text) | Manner::Stall(text) | Manner::Endless(text) => text,
            Manner::Reset => return stream.set_zero_linger().unwrap(),
            Manner::Close | Manner::Slam => return,
        };
        let mut sent = stream.write_all(text.as_bytes()).await;
        if ordering && matches!(manner, Manner::Stall(_)) {
            std::future::pending::<()>().await;
        }
        while ordering && matches!(manner, Manner::Endless(_)) && sent.is_ok() {
            sent = stream.write_all(&[b' '; 4096]).await;
        }
    }
}

/// The method and path of the next request, once all of it is read.
async fn request(stream: &mut TcpStream) -> Option<String> {
    let mut text = Vec::new();
    loop {
        let all = String::from_utf8_lossy(&text).into_owned();
        if let Some((head, body)) = all.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                let mut words = head.split(' ');
                return Some(format!("{} {}", words.next()?, words.next()?));
            }
        }
        if stream.read_buf(&mut text).await.ok()? == 0 {
            return None;
        }
    }
}
