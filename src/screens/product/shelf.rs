//! The brand's products: requesting, recalling, renewing and sorting them.

use super::{Order, Product, plan, price, price_per_gigabyte};
use crate::domain::catalogue::Brand;
use crate::domain::failure::Failure;
use crate::domain::product::{Description, Offer, Product as Ware, ProductGroup};
use crate::domain::request::Family;
use crate::domain::text::Printable;
use crate::domain::time::Dated;
use crate::effect::{Effect, Effects};
use crate::model::Model;
use crate::remote::{Recalled, Remote, RequestId};

impl Product {
    /// Returns the brand's own group among a family's, matched by name or else by id; empty if there is none.
    pub(super) fn stock(&self, shelves: Vec<ProductGroup>) -> ProductGroup {
        let brand = &self.brand;
        let mut shelves = shelves;
        let own = shelves
            .iter()
            .position(|shelf| shelf.brand.name() == brand.name())
            .or_else(|| shelves.iter().position(|shelf| shelf.brand.id() == brand.id()));
        match own {
            Some(place) => shelves.swap_remove(place),
            None => ProductGroup {
                brand: brand.clone(),
                description: Description::default(),
                products: Vec::new(),
            },
        }
    }

    /// Returns whether a request for the products with this id is in flight.
    pub(super) fn asks(&self, id: RequestId) -> bool {
        let renewal = self.recalled.as_ref().and_then(Recalled::awaited);
        [self.shelf.awaited(), renewal, self.repricing].contains(&Some(id))
    }

    /// Sorts the rows and keeps the same product marked.
    pub(super) fn sort(&mut self) {
        let Some(shelf) = self.shelf.ready() else { return };
        let marked = self.rows.get(self.cursor.at()).copied();
        let wares = &shelf.products;
        let mut rows: Vec<usize> = (0..wares.len()).collect();
        match self.order {
            Order::Supplier => {}
            Order::Price => rows.sort_by_key(|&row| price(&wares[row]).map(|price| price.amount)),
            Order::Data => {
                rows.sort_by_key(|&row| std::cmp::Reverse(plan(&wares[row]).map(|plan| plan.data)));
            }
            Order::Days => {
                rows.sort_by_key(|&row| std::cmp::Reverse(plan(&wares[row]).and_then(|plan| plan.days)));
            }
            Order::PerGigabyte => rows.sort_by_key(|&row| {
                let each = price_per_gigabyte(&wares[row]);
                (each.is_none(), each)
            }),
        }
        let again = marked.and_then(|marked| rows.iter().position(|&row| row == marked));
        self.rows = rows;
        self.cursor.to(again.unwrap_or_default());
    }

    /// Requests everything again. The typed value is priced again once the products are here.
    pub(super) fn ask_again(&mut self, model: &Model, effects: &mut Effects) {
        let id = ask(&self.brand, model, effects);
        self.quote = None;
        match &mut self.recalled {
            Some(recalled) => recalled.renewal = Ok(id),
            None => self.shelf = Remote::Waiting(id),
        }
    }

    /// Shows the cached products until the shop answers.
    pub(super) fn recall(&mut self, id: RequestId, last: &Dated<Vec<ProductGroup>>) {
        let shelf = self.stock(last.value.clone());
        if !shelf.products.is_empty() && self.shelf.answer(id, Ok(shelf)) {
            self.recalled = Some(Recalled { told: last.told, renewal: Ok(id) });
            self.sort();
            self.fill_value();
        }
    }

    /// Handles an answer with products and prices.
    pub(super) fn take(
        &mut self,
        id: RequestId,
        answer: Result<Vec<ProductGroup>, Failure>,
        model: &Model,
        effects: &mut Effects,
    ) {
        if self.repricing == Some(id) {
            self.repricing = None;
            // Prices that cannot be renewed stay on the screen, with their age.
            let Ok(shelves) = answer else { return };
            let shelf = self.stock(shelves);
            if shelf.products.is_empty() {
                return;
            }
            self.restock(shelf, model, effects);
        } else if self.shelf.awaited() == Some(id) {
            match answer {
                Ok(shelves) => {
                    self.keep(&shelves, model, effects);
                    let shelf = self.stock(shelves);
                    self.restock(shelf, model, effects);
                }
                Err(failure) => self.shelf = Remote::Failed(failure),
            }
        } else if self.recalled.as_ref().and_then(Recalled::awaited) == Some(id) {
            let nothing = || Failure::Unreadable(Printable::new("it lists nothing at the moment"));
            let answer = answer.and_then(|shelves| {
                let shelf = self.stock(shelves.clone());
                if shelf.products.is_empty() { Err(nothing()) } else { Ok((shelves, shelf)) }
            });
            match (answer, &mut self.recalled) {
                (Ok((shelves, shelf)), _) => {
                    self.recalled = None;
                    self.keep(&shelves, model, effects);
                    self.restock(shelf, model, effects);
                }
                (Err(failure), Some(recalled)) => recalled.renewal = Err(failure),
                (Err(_), None) => {}
            }
        }
    }

    /// Caches an answer unless it is empty: the shop has been observed to answer like that for a while.
    pub(super) fn keep(&self, shelves: &[ProductGroup], model: &Model, effects: &mut Effects) {
        if shelves.iter().any(|shelf| !shelf.products.is_empty()) {
            effects.push(Effect::CacheProducts(family(&self.brand, model), shelves.to_vec()));
        }
    }

    /// Replaces the products and keeps the same one marked.
    pub(super) fn restock(&mut self, shelf: ProductGroup, model: &Model, effects: &mut Effects) {
        let marked = self.marked().map(|ware| (ware.id.clone(), ware.offer.clone()));
        self.shelf = Remote::Ready(shelf);
        self.priced = Some(model.now);
        self.sort();
        let same =
            |ware: &Ware, id: &Printable, offer: &Offer| ware.id == *id && names_the_same(&ware.offer, offer);
        let wares = self.shelf.ready().map(|shelf| shelf.products.as_slice()).unwrap_or_default();
        let again = marked.and_then(|(id, offer)| {
            self.rows.iter().position(|row| wares.get(*row).is_some_and(|ware| same(ware, &id, &offer)))
        });
        if let Some(row) = again {
            self.cursor.to(row);
        }
        self.fill_value();
        self.ask_price(model, effects);
    }
}

/// Returns whether two offers are the same except for their prices.
fn names_the_same(one: &Offer, other: &Offer) -> bool {
    match (one, other) {
        (Offer::Fixed { denomination: one, .. }, Offer::Fixed { denomination: other, .. }) => one == other,
        (Offer::Range(_), Offer::Range(_)) => true,
        (Offer::Fixed { .. }, Offer::Range(_)) | (Offer::Range(_), Offer::Fixed { .. }) => false,
    }
}

fn family(brand: &Brand, model: &Model) -> Family {
    Family {
        country: brand.country,
        name: brand.family().into(),
        coin: model.tender.coin.clone(),
        lang: model.lang,
    }
}

/// Requests the products of a brand's family.
pub(super) fn ask(brand: &Brand, model: &Model, effects: &mut Effects) -> RequestId {
    let family = family(brand, model);
    effects.ask(|id| Effect::FetchProducts(id, family))
}
