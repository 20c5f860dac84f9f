//! The sandbox as a real shop is reached: over TLS, by a certificate that somebody vouches for, in compressed
//! bodies, and with as many brands as one wants.

mod front;

use std::error::Error;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use giftty::sandbox::{Pace, Sandbox, Settings};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tempfile::TempDir;
use tokio_rustls::TlsAcceptor;

use front::Front;

/// A shop that is open as long as the program runs.
pub(super) struct Shop {
    /// Who vouches for it.
    folder: TempDir,
    port: u16,
}

/// What `openssl` is told, one command a line: who vouches, the shop's own key, and the certificate of that.
const COMMANDS: [&str; 3] = [
    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -subj /CN=tests",
    "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout shop.key -out shop.csr -subj /CN=localhost",
    "x509 -req -in shop.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out shop.pem -extfile extensions",
];
/// Where Linux systems keep the certificates that they trust.
const TRUSTED: &str = "/etc/ssl/certs/ca-certificates.crt";
const EXTENSIONS: &str = "subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n";

impl Shop {
    /// Opens it, with orders that move on by themselves after so long, and at least so many brands.
    pub(super) fn open(step: Duration, brands: usize) -> Result<Self, Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        std::fs::write(folder.path().join("extensions"), EXTENSIONS)?;
        for command in COMMANDS {
            let mut openssl = Command::new("openssl");
            openssl.args(command.split(' ')).current_dir(folder.path()).stderr(Stdio::null());
            if !openssl.status()?.success() {
                return Err("openssl makes no certificate.".into());
            }
        }
        // Those whom a real machine trusts besides, which all have to be read.
        let ours = std::fs::read(folder.path().join("ca.pem"))?;
        let others = std::fs::read(TRUSTED).unwrap_or_default();
        std::fs::write(folder.path().join("trusted.pem"), [ours, others].concat())?;
        let acceptor = acceptor(folder.path())?;
        let (tell, told) = mpsc::channel();
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            let ended = runtime.map_err(Box::from).and_then(|runtime| {
                let settings = Settings { pace: Pace::Every(step), ..Settings::default() };
                runtime.block_on(async {
                    let sandbox = Sandbox::start(settings).await?;
                    let front = Front::open(acceptor).await?;
                    tell.send(Ok(front.port()?))?;
                    Ok(front.serve(sandbox.base_url().to_owned(), brands).await?)
                })
            });
            ended.map_err(|error: Box<dyn Error>| tell.send(Err(error.to_string())))
        });
        Ok(Self { folder, port: told.recv()?? })
    }

    /// What leads there.
    pub(super) fn env(&self) -> [(String, String); 4] {
        let folder = self.folder.path();
        [
            ("GIFTTY_API_BASE".to_owned(), format!("https://localhost:{}", self.port)),
            ("GIFTTY_PARTNER_ID".to_owned(), "partner".to_owned()),
            ("SSL_CERT_FILE".to_owned(), folder.join("trusted.pem").display().to_string()),
            ("SSL_CERT_DIR".to_owned(), folder.display().to_string()),
        ]
    }
}

fn acceptor(folder: &Path) -> Result<TlsAcceptor, Box<dyn Error>> {
    let chain = vec![CertificateDer::from_pem_file(folder.join("shop.pem"))?];
    let key = PrivateKeyDer::from_pem_file(folder.join("shop.key"))?;
    let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config = builder.with_safe_default_protocol_versions()?.with_no_client_auth();
    Ok(TlsAcceptor::from(Arc::new(config.with_single_cert(chain, key)?)))
}
