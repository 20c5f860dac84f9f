//! The services of a session: its shop and its journal, each opened at first use.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OnceCell;
use tokio::task::spawn_blocking;

use crate::api::{Base, Client, Limits, Settings};
use crate::cache::Cache;
use crate::config::{Config, Source};
use crate::domain::choices::SavedChoices;
use crate::domain::country::CountryCode;
use crate::domain::failure::Failure;
use crate::domain::text::Printable;
use crate::domain::time::Dated;
use crate::journal::Journal;
use crate::log::{Level, Log};
use crate::sandbox::{self, Sandbox};
use crate::search::catalogue_index::CatalogueIndex;
use crate::worker::Workshop;

/// The shop and the journal of one session. Cheap to clone. Nothing is opened before its first use, so that the
/// first frame waits for none of it.
#[derive(Clone, Debug)]
pub struct Services {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    config: Config,
    limits: Limits,
    shop: OnceCell<Opened>,
    /// Opened at first use; a failed attempt is repeated at the next use.
    journal: Mutex<Option<Arc<Journal>>>,
    worker: Workshop,
    log: Log,
}

#[derive(Debug)]
struct Opened {
    client: Client,
    /// Kept alive with its client; dropping it stops the embedded shop.
    _sandbox: Option<Sandbox>,
}

impl Services {
    /// Creates the services that a configuration describes.
    pub fn new(config: Config) -> Self {
        Self::logging(config, Log::default())
    }

    /// As `new`, and writes to a log.
    pub fn logging(config: Config, log: Log) -> Self {
        Self::of(config, Limits::default(), log)
    }

    /// As `new`, with other limits for calls to the shop, for tests.
    pub fn with_limits(config: Config, limits: Limits) -> Self {
        Self::of(config, limits, Log::default())
    }

    fn of(config: Config, limits: Limits, log: Log) -> Self {
        let shop = if config.source.is_sandbox() { "sandbox" } else { "live" };
        let version = env!("CARGO_PKG_VERSION");
        log.tell(Level::Info, "start", &[("version", version.into()), ("shop", shop.into())]);
        let (shop, journal, worker) = (OnceCell::new(), Mutex::default(), Workshop::default());
        let inner = Inner { config, limits, shop, journal, worker, log };
        Self { inner: Arc::new(inner) }
    }

    /// The log.
    pub fn log(&self) -> &Log {
        &self.inner.log
    }

    /// The configuration.
    pub fn config(&self) -> &Config {
        &self.inner.config
    }

    /// Returns the shop's client, starting the embedded shop if it is the one in use.
    pub async fn client(&self) -> Result<Client, Failure> {
        let opened = self.inner.shop.get_or_try_init(|| open_shop(&self.inner)).await?;
        Ok(opened.client.clone())
    }

    /// Returns the journal, opening it if necessary.
    pub async fn journal(&self) -> Result<Arc<Journal>, Failure> {
        let inner = Arc::clone(&self.inner);
        let opened = spawn_blocking(move || inner.journal());
        opened.await.unwrap_or_else(|_| Err(Failure::Unrecorded(Printable::new("it could not be opened"))))
    }

    /// Runs work that blocks on the journal outside the event loop.
    pub async fn with_journal<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Journal) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let journal = self.journal().await?;
        let done = spawn_blocking(move || work(&journal)).await;
        done.unwrap_or_else(|_| Err(Failure::Unrecorded(Printable::new("the journal stumbled"))))
    }

    /// The worker that builds catalogues and pictures. The shop's client parses answers in it.
    pub fn worker(&self) -> &Workshop {
        &self.inner.worker
    }

    /// Returns the last choices, or defaults if there was no earlier session. Blocks briefly: the journal is
    /// only glanced at here, and opened and checked later.
    pub fn choices(&self) -> SavedChoices {
        let config = &self.inner.config;
        let known = config.data_dir.as_deref().filter(|directory| Journal::exists(directory));
        let last =
            known.map(|directory| Journal::glance(directory, config.source.name())).unwrap_or_default();
        SavedChoices { tender: config.tender.clone().or(last.tender), ..last }
    }

    /// Returns the configured country, or the one chosen last. Blocks briefly.
    pub fn country(&self) -> Option<CountryCode> {
        self.inner.config.country.or_else(|| self.cache()?.country())
    }

    /// Returns whether the data folder does not exist yet, so that this is the user's first session.
    pub fn is_first_visit(&self) -> bool {
        self.inner.config.data_dir.as_deref().is_some_and(|directory| !directory.exists())
    }

    /// Returns the cache, or `None` if this machine has no data folder. Does no I/O.
    pub fn cache(&self) -> Option<Cache> {
        let config = &self.inner.config;
        config.data_dir.as_deref().map(|directory| Cache::new(directory, config.source.name()))
    }

    /// Returns the cached catalogue of a country and its date, or `None` if none can be read. Blocks briefly:
    /// it is read before the first frame.
    pub fn stock(&self, country: CountryCode) -> Option<Dated<Arc<CatalogueIndex>>> {
        let Dated { value, told } = self.cache()?.catalogue(country)?;
        Some(Dated { value: Arc::new(CatalogueIndex::unsearched(value)), told })
    }

    /// Reads from the cache outside the event loop. Returns `None` if there is no cache.
    pub async fn with_cache<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Cache) -> Option<T> + Send + 'static,
    ) -> Option<T> {
        let cache = self.cache()?;
        // A panic while reading counts as an empty cache.
        self.worker().make(move || work(&cache)).await.flatten()
    }

    /// Writes to the cache outside the event loop. It does not queue in the worker, because the session waits
    /// for it when it ends.
    pub async fn write_cache(&self, work: impl FnOnce(&Cache) + Send + 'static) {
        if let Some(cache) = self.cache() {
            // What was not cached is fetched again.
            drop(spawn_blocking(move || work(&cache)).await);
        }
    }

    /// Returns the journal's notice from when it was opened. Locking waits outside the event loop, because the
    /// journal may be being reopened, which can wait for another program.
    pub async fn notice(&self) -> Option<String> {
        let inner = Arc::clone(&self.inner);
        let opened = spawn_blocking(move || {
            inner.journal.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(Arc::clone)
        });
        opened.await.ok()??.notice().map(str::to_owned)
    }
}

impl Inner {
    /// Returns the journal, opening it if necessary. Blocks.
    fn journal(&self) -> Result<Arc<Journal>, Failure> {
        let mut opened = self.journal.lock().unwrap_or_else(PoisonError::into_inner);
        match &*opened {
            Some(journal) if !journal.is_read_only() => Ok(Arc::clone(journal)),
            // A journal that was read-only may be writable by now.
            Some(readable) => match open_journal(&self.config) {
                Ok(journal) if !journal.is_read_only() => Ok(Arc::clone(opened.insert(journal))),
                Ok(_) | Err(_) => Ok(Arc::clone(readable)),
            },
            None => Ok(Arc::clone(opened.insert(open_journal(&self.config)?))),
        }
    }
}

async fn open_shop(inner: &Inner) -> Result<Opened, Failure> {
    let Inner { config, limits, log, worker, .. } = inner;
    let (base, sandbox) = match &config.source {
        Source::Address(base) => (base.clone(), None),
        Source::Embedded { pace, faults } => {
            let settings = sandbox::Settings {
                pace: *pace,
                faults: faults.clone(),
                orders_file: config.sandbox_orders(),
                ..sandbox::Settings::default()
            };
            let started = match Sandbox::start(settings.clone()).await {
                // If its orders cannot be stored the sandbox still runs, without remembering them.
                Err(sandbox::SandboxError::Orders { .. }) => {
                    Sandbox::start(sandbox::Settings { orders_file: None, ..settings }).await
                }
                other => other,
            };
            let sandbox =
                started.map_err(|error| Failure::Unreachable(Printable::new(&error.to_string())))?;
            let base = Base::parse(sandbox.base_url())
                .map_err(|error| Failure::Unreachable(Printable::new(&error.to_string())))?;
            (base, Some(sandbox))
        }
    };
    let settings = Settings { base, partner_id: config.partner_id.clone(), country: config.locale_country };
    let client = Client::within(settings, limits.clone(), log.clone(), worker.clone());
    Ok(Opened { client, _sandbox: sandbox })
}

fn open_journal(config: &Config) -> Result<Arc<Journal>, Failure> {
    let nowhere = || Failure::Unrecorded(Printable::new("this machine has no home for it"));
    let directory = config.data_dir.as_deref().ok_or_else(nowhere)?;
    Journal::open(directory, config.source.name()).map(Arc::new)
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::task::{Context, Poll, Waker};

    use super::*;
    use crate::config::ConfigInput;

    #[tokio::test]
    async fn the_loop_never_waits_for_a_journal_that_is_being_opened() {
        let home = tempfile::tempdir().unwrap();
        let wishes = ConfigInput { data_dir: Some(home.path().join("data")), ..ConfigInput::default() };
        let services = Services::new(Config::new(wishes, "en_US.UTF-8").unwrap());
        let mut notice = Box::pin(services.notice());
        {
            let _opening = services.inner.journal.lock().unwrap();
            let told = notice.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            assert!(matches!(told, Poll::Pending));
        }
        assert_eq!(notice.await, None);
    }
}
