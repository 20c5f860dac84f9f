//! What stands before the sandbox: answers leave it compressed, and lists of brands longer.

use std::io::{self, Write};
use std::net::SocketAddr;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HOST, TRANSFER_ENCODING};
use axum::response::Response;
use axum::routing::any;
use axum::serve::Listener;
use axum::{Router, serve};
use flate2::Compression;
use flate2::write::GzEncoder;
use reqwest::Client;
use rustls::crypto::ring;
use serde_json::Value;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use uuid::Uuid;

/// Where visitors come in.
pub(super) struct Front {
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

/// What answers come from, and how many brands a list has at least.
#[derive(Clone)]
struct Behind {
    client: Client,
    base: String,
    brands: usize,
}

impl Front {
    /// A door that opens with a certificate.
    pub(super) async fn open(acceptor: TlsAcceptor) -> io::Result<Self> {
        Ok(Self { listener: TcpListener::bind("127.0.0.1:0").await?, acceptor })
    }

    /// The port that it is at.
    pub(super) fn port(&self) -> io::Result<u16> {
        Ok(self.listener.local_addr()?.port())
    }

    /// Hands on what is asked and answered, for ever.
    pub(super) async fn serve(self, base: String, brands: usize) -> io::Result<()> {
        // Whoever asks needs one, though nobody is asked over TLS; a front that opened earlier may have set it.
        let _set_before = ring::default_provider().install_default();
        let client = Client::builder().no_gzip().no_proxy().build().map_err(io::Error::other)?;
        let behind = Behind { client, base, brands };
        serve(self, Router::new().fallback(any(hand_on)).with_state(behind)).await
    }
}

impl Listener for Front {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            // A visitor who does not get in is the visitor's to notice.
            if let Ok((came, address)) = self.listener.accept().await
                && let Ok(front) = self.acceptor.accept(came).await
            {
                return (front, address);
            }
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}

async fn hand_on(State(behind): State<Behind>, request: Request) -> Result<Response, StatusCode> {
    let broken = |_| StatusCode::BAD_GATEWAY;
    let (mut asked, body) = request.into_parts();
    asked.headers.remove(HOST);
    let is_list = asked.uri.path().ends_with("/brands");
    let body = to_bytes(body, usize::MAX).await.map_err(|_| StatusCode::BAD_REQUEST)?;
    let asks = behind.client.request(asked.method, format!("{}{}", behind.base, asked.uri));
    let answer = asks.headers(asked.headers).body(body).send().await.map_err(broken)?;
    let mut response = Response::new(Body::empty());
    *response.status_mut() = answer.status();
    *response.headers_mut() = answer.headers().clone();
    response.headers_mut().remove(TRANSFER_ENCODING);
    let is_feed = answer.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream");
    *response.body_mut() = if is_feed {
        Body::from_stream(answer.bytes_stream())
    } else {
        let whole = answer.bytes().await.map_err(broken)?;
        let whole = if is_list { longer(&whole, behind.brands) } else { whole };
        response.headers_mut().remove(CONTENT_LENGTH);
        response.headers_mut().insert(CONTENT_ENCODING, "gzip".parse().expect("a header"));
        compressed(&whole).map_err(|_| StatusCode::BAD_GATEWAY)?.into()
    };
    Ok(response)
}

/// A list with so many brands at least: the same again, by other names.
fn longer(body: &Bytes, brands: usize) -> Bytes {
    let Ok(mut body) = serde_json::from_slice::<Value>(body) else { return body.clone() };
    if let Some(Value::Array(all)) = body.get_mut("all_brands")
        && let there @ 1.. = all.len()
    {
        for at in 0..brands.saturating_sub(there) {
            let mut brand = all[at % there].clone();
            for name in ["family", "brand"] {
                brand[name] =
                    format!("{} {}", brand[name].as_str().unwrap_or_default(), at / there + 2).into();
            }
            brand["brand_id"] = Uuid::new_v4().to_string().into();
            all.push(brand);
        }
    }
    in_ascii(&body.to_string()).into()
}

/// A body of JSON without letters beyond ASCII, as some shops send theirs.
fn in_ascii(body: &str) -> String {
    let mut ascii = String::with_capacity(body.len());
    for letter in body.chars() {
        if letter.is_ascii() {
            ascii.push(letter);
        } else {
            ascii.extend(letter.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    ascii
}

fn compressed(body: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(body)?;
    encoder.finish()
}
