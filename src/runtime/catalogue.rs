//! The catalogue, from memory and from the shop: what is recalled while it is asked for, and what is kept.

use std::sync::Arc;

use tokio::task::spawn_blocking;

use super::outside::Outside;
use crate::action::Action;
use crate::api::Client;
use crate::domain::country::CountryCode;
use crate::domain::failure::Failure;
use crate::domain::text::Printable;
use crate::domain::time::{Dated, Timestamp};
use crate::effect::{Answer, Effect};
use crate::search::stock::Stock;

/// Asks for a country's brands, and makes them ready for choosing away from the loop.
pub(super) async fn fetch(client: &Client, country: CountryCode) -> Result<Arc<Stock>, Failure> {
    let catalogue = client.catalogue(country).await?;
    let prepared = spawn_blocking(move || Arc::new(Stock::new(catalogue))).await;
    prepared.map_err(|_| Failure::Unreadable(Printable::new("it could not be taken apart")))
}

/// What the shop said last to a question, where that is worth showing while it is asked.
pub(super) async fn recall(outside: &Outside, question: &Effect) -> Option<Action> {
    match question {
        Effect::FetchCatalogue(id, country) => {
            let (id, country) = (*id, *country);
            let last = outside.with_cache(move |cache| {
                let Dated { value, told } = cache.catalogue(country)?;
                Some(Dated { value: Arc::new(Stock::new(value)), told })
            });
            last.await.map(|last| Action::CatalogueRecalled(id, last))
        }
        Effect::FetchShelves(id, family) => {
            let (id, family) = (*id, family.clone());
            let last = outside.with_cache(move |cache| cache.shelves(&family)).await;
            last.map(|last| Action::ShelvesRecalled(id, last))
        }
        _ => None,
    }
}

/// Keeps the ways to pay and the countries; where the shop cannot be reached, what it said last of
/// them serves as well.
pub(super) async fn fall_back(outside: &Outside, now: Timestamp, answer: Action) -> Action {
    match answer {
        Action::RailsFetched(id, Ok(rails)) => {
            let kept = rails.clone();
            outside.write_cache(move |cache| cache.keep_rails(&kept, now)).await;
            Action::RailsFetched(id, Ok(rails))
        }
        Action::RailsFetched(id, Err(failure)) => {
            let last = outside.with_cache(crate::cache::Cache::rails).await;
            Action::RailsFetched(id, last.map(|last| last.value).ok_or(failure))
        }
        Action::CountriesFetched(id, Ok(countries)) => {
            let kept = countries.clone();
            outside.write_cache(move |cache| cache.keep_countries(&kept, now)).await;
            Action::CountriesFetched(id, Ok(countries))
        }
        Action::CountriesFetched(id, Err(failure)) => {
            let last = outside.with_cache(crate::cache::Cache::countries).await;
            Action::CountriesFetched(id, last.map(|last| last.value).ok_or(failure))
        }
        other => other,
    }
}

/// Keeps an answer that was found worth it.
pub(super) async fn keep(outside: &Outside, answer: Answer, now: Timestamp) {
    let write = outside.write_cache(move |cache| match answer {
        Answer::Catalogue(stock) => cache.keep_catalogue(&stock.catalogue, now),
        Answer::Shelves(family, shelves) => cache.keep_shelves(&family, &shelves, now),
    });
    write.await;
}
