//! Reads the catalogue from the cache and from the shop, and writes answers to the cache.

use std::sync::Arc;

use super::Runtime;
use super::services::Services;
use crate::action::Action;
use crate::api::Client;
use crate::cache::Cache;
use crate::domain::country::CountryCode;
use crate::domain::failure::Failure;
use crate::domain::text::Printable;
use crate::domain::time::{Dated, Timestamp};
use crate::effect::Effect;
use crate::search::catalogue_index::CatalogueIndex;

/// Fetches a country's brands and builds their search index outside the event loop.
pub(super) async fn fetch(client: &Client, country: CountryCode) -> Result<Arc<CatalogueIndex>, Failure> {
    let catalogue = client.catalogue(country).await?;
    let prepared = client.worker().make(move || Arc::new(CatalogueIndex::new(catalogue))).await;
    prepared.ok_or_else(|| Failure::Unreadable(Printable::new("it could not be taken apart")))
}

/// Returns the cached answer to a request, if it is worth showing while the request is in flight.
pub(super) async fn recall(services: &Services, question: &Effect) -> Option<Action> {
    match question {
        Effect::FetchCatalogue(id, country) => {
            let (id, country) = (*id, *country);
            let last = services.with_cache(move |cache| {
                let Dated { value, told } = cache.catalogue(country)?;
                Some(Dated { value: Arc::new(CatalogueIndex::new(value)), told })
            });
            last.await.map(|last| Action::CatalogueRecalled(id, last))
        }
        Effect::FetchProducts(id, family) => {
            let (id, family) = (*id, family.clone());
            let last = services.with_cache(move |cache| cache.shelves(&family)).await;
            last.map(|last| Action::ProductsRecalled(id, last))
        }
        Effect::FetchPaymentMethods(id) => {
            let last = services.with_cache(crate::cache::Cache::payment_methods).await;
            last.map(|last| Action::PaymentMethodsRecalled(*id, last))
        }
        _ => None,
    }
}

/// Caches non-empty payment methods and countries. If the shop returns no countries, falls back to the cached
/// ones.
pub(super) async fn fall_back(services: &Services, now: Timestamp, answer: Action) -> Action {
    match answer {
        Action::PaymentMethodsFetched(id, Ok(payment_methods)) if !payment_methods.all().is_empty() => {
            let kept = payment_methods.clone();
            services.write_cache(move |cache| cache.keep_payment_methods(&kept, now)).await;
            Action::PaymentMethodsFetched(id, Ok(payment_methods))
        }
        Action::CountriesFetched(id, Ok(countries)) if !countries.is_empty() => {
            let kept = countries.clone();
            services.write_cache(move |cache| cache.keep_countries(&kept, now)).await;
            Action::CountriesFetched(id, Ok(countries))
        }
        Action::CountriesFetched(id, told) => {
            let last = services.with_cache(crate::cache::Cache::countries).await;
            Action::CountriesFetched(id, last.map_or(told, |last| Ok(last.value)))
        }
        other => other,
    }
}

impl Runtime {
    /// Writes an answer of the shop to the cache.
    pub(super) fn write_cache(&mut self, write: impl FnOnce(&Cache, Timestamp) + Send + 'static) {
        let (services, now) = (self.services.clone(), self.clock.now().wall);
        self.writes.spawn(async move { services.write_cache(move |cache| write(cache, now)).await });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, ConfigInput};
    use crate::domain::country;
    use crate::domain::tender::{PaymentMethod, PaymentMethods, Tender};
    use crate::remote::RequestId;

    fn payment_methods() -> PaymentMethods {
        let payment_method = PaymentMethod {
            tender: Tender::new("BTC", "Lightning"),
            network_name: "Lightning".into(),
            suspended: false,
            minimum: None,
            chain_id: None,
            token: None,
            transfer_cost: None,
        };
        PaymentMethods::new(vec![payment_method])
    }

    #[tokio::test]
    async fn an_answer_without_anything_in_it_never_takes_the_place_of_a_good_one() {
        let home = tempfile::tempdir().unwrap();
        let wishes = ConfigInput { data_dir: Some(home.path().join("data")), ..ConfigInput::default() };
        let services = Services::new(Config::new(wishes, "en_US.UTF-8").unwrap());
        let (id, now) = (RequestId(1), Timestamp(1));
        let few = country::bundled().split_off(230);
        fall_back(&services, now, Action::PaymentMethodsFetched(id, Ok(payment_methods()))).await;
        fall_back(&services, now, Action::CountriesFetched(id, Ok(few.clone()))).await;

        fall_back(&services, now, Action::PaymentMethodsFetched(id, Ok(PaymentMethods::new(Vec::new()))))
            .await;
        let told = recall(&services, &Effect::FetchPaymentMethods(id)).await;
        let Some(Action::PaymentMethodsRecalled(_, last)) = told else { panic!("{told:?}") };
        assert_eq!(last, Dated { value: payment_methods(), told: now });
        for nothing in [Ok(Vec::new()), Err(Failure::TooLarge)] {
            let told = fall_back(&services, now, Action::CountriesFetched(id, nothing)).await;
            let Action::CountriesFetched(_, Ok(told)) = told else { panic!("{told:?}") };
            assert_eq!(told, few);
        }
    }
}
