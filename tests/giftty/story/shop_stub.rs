//! A real shop behind a story: the sandbox, asked by the program's own client. What it was sent is told.

use std::sync::Arc;

use giftty::action::Action;
use giftty::api::{Base, Client, Settings as Access};
use giftty::domain::record::Placement;
use giftty::effect::Effect;
use giftty::remote::RequestId;
use giftty::search::catalogue_index::CatalogueIndex;
use serde_json::Value;

use crate::support::sandbox::World;
use crate::support::story::Story;

/// The sandbox, and a client of it.
pub(crate) struct ShopStub {
    world: World,
    client: Client,
}

impl ShopStub {
    pub(crate) async fn open() -> Self {
        let world = World::manual().await;
        let base = Base::parse(world.address()).expect("an address");
        let client = Client::new(Access { base, partner_id: None, country: None });
        Self { world, client }
    }

    /// Somebody in front of what a brand sells, everything told by the sandbox.
    pub(crate) async fn visited(&self, country: &str, brand: &str) -> Story {
        let mut story = Story::begun(Some(country));
        self.answers(&mut story).await;
        let stock = &story.brands_screen().listing.ready().expect("brands").stock;
        assert!(stock.catalogue.brands.iter().any(|known| known.name().sent() == brand), "{brand} is sold");
        story.types(brand).press("↵");
        assert_eq!(story.product().brand.name().sent(), brand);
        self.answers(&mut story).await;
        story
    }

    /// Answers everything that a story awaits, also what it asks for meanwhile.
    pub(crate) async fn answers(&self, story: &mut Story) {
        loop {
            let awaited = story.state.pending_requests();
            let asked =
                story.log.iter().rev().find(|effect| id(effect).is_some_and(|id| awaited.contains(&id)));
            match asked.cloned() {
                Some(question) => self.answer(story, question).await,
                None => return,
            }
        }
    }

    async fn answer(&self, story: &mut Story, question: Effect) {
        let client = &self.client;
        let fact = match question {
            Effect::FetchCountries(id) => Action::CountriesFetched(id, client.countries().await),
            Effect::FetchPaymentMethods(id) => {
                Action::PaymentMethodsFetched(id, client.payment_methods().await)
            }
            Effect::LoadRecords(id) => Action::RecordsLoaded(id, Ok(Vec::new().into())),
            Effect::FetchCatalogue(id, country) => {
                let catalogue = client.catalogue(country).await;
                Action::CatalogueFetched(
                    id,
                    catalogue.map(|catalogue| Arc::new(CatalogueIndex::new(catalogue))),
                )
            }
            Effect::FetchProducts(id, family) => Action::ProductsFetched(id, client.shelves(&family).await),
            Effect::QuotePrice(id, question) => Action::PriceQuoted(id, client.price(&question).await),
            Effect::ValidatePurchase(id, purchase) => {
                Action::PurchaseValidated(id, client.validate(&purchase).await)
            }
            Effect::PlaceOrder(_, purchase, _, _) => {
                let placement = client.place(&purchase).await;
                assert!(matches!(placement, Placement::Placed(_)), "{placement:?}");
                story.answered(placement);
                return;
            }
            other => panic!("nobody here answers {other:?}"),
        };
        story.hears(fact);
    }

    /// The bodies that reached the sandbox at an endpoint, in their order.
    pub(crate) async fn bodies(&self, path: &str) -> Vec<Value> {
        self.world.bodies(path).await
    }
}

fn id(effect: &Effect) -> Option<RequestId> {
    match effect {
        Effect::FetchCountries(id)
        | Effect::FetchPaymentMethods(id)
        | Effect::LoadRecords(id)
        | Effect::FetchCatalogue(id, _)
        | Effect::FetchProducts(id, _)
        | Effect::QuotePrice(id, _)
        | Effect::ValidatePurchase(id, _)
        | Effect::PlaceOrder(id, ..) => Some(*id),
        _ => None,
    }
}
