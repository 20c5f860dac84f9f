//! The cart: items that the user has collected to buy in one order.

use super::purchase::{Item, MOST_DELIVERIES};

/// The lines of a future order, in the order in which they were added. It never holds more deliveries than
/// one order may have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cart(Vec<Item>);

/// The cart has too little room for an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CartFull {
    /// There is no room at all.
    #[error("The cart is full: one order holds {MOST_DELIVERIES} deliveries at most.")]
    Full,
    /// There is room for this many more deliveries.
    #[error("One order holds {MOST_DELIVERIES} deliveries at most; there is room for {0} more.")]
    Room(u8),
}

impl Cart {
    /// Creates a cart of these lines. Lines that do not fit in one order are left out.
    pub fn of(lines: impl IntoIterator<Item = Item>) -> Self {
        let mut cart = Self::default();
        for line in lines.into_iter().filter(|line| line.quantity > 0) {
            // A saved cart always fits; one that does not was modified from outside.
            let _left_out = cart.add(line);
        }
        cart
    }

    /// Returns the cart's lines.
    pub fn lines(&self) -> &[Item] {
        &self.0
    }

    /// Returns whether the cart is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the number of deliveries.
    pub fn deliveries(&self) -> u8 {
        self.0.iter().map(|line| line.quantity).fold(0, u8::saturating_add)
    }

    /// Returns how many more deliveries fit.
    pub fn room(&self) -> u8 {
        MOST_DELIVERIES.saturating_sub(self.deliveries())
    }

    /// Adds an item. It is merged into the line with the same goods, if there is one.
    pub fn add(&mut self, item: Item) -> Result<(), CartFull> {
        match self.room() {
            0 => return Err(CartFull::Full),
            room if room < item.quantity => return Err(CartFull::Room(room)),
            _ => {}
        }
        match self.0.iter_mut().find(|line| line.is_same_goods(&item)) {
            Some(line) => line.quantity += item.quantity,
            None => self.0.push(item),
        }
        Ok(())
    }

    /// Increases the quantity of the line at an index by one.
    pub fn more(&mut self, place: usize) -> Result<(), CartFull> {
        if self.room() == 0 {
            return Err(CartFull::Full);
        }
        if let Some(line) = self.0.get_mut(place) {
            line.quantity += 1;
        }
        Ok(())
    }

    /// Decreases the quantity of the line at an index by one, but not below one. Use [`Cart::remove`] to
    /// remove the line.
    pub fn fewer(&mut self, place: usize) {
        if let Some(line) = self.0.get_mut(place) {
            line.quantity = line.quantity.saturating_sub(1).max(1);
        }
    }

    /// Removes and returns the line at an index, or returns `None` if there is none.
    pub fn remove(&mut self, place: usize) -> Option<Item> {
        (place < self.0.len()).then(|| self.0.remove(place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::product::DeliveryMethod;
    use crate::domain::purchase::Choice;

    fn item(label: &str, quantity: u8) -> Item {
        Item {
            brand: "Steam".into(),
            family: "Steam".into(),
            country: "US".parse().unwrap(),
            choice: Choice::Fixed { denomination: label.into(), label: label.into() },
            delivery: DeliveryMethod::ByEmail,
            quantity,
        }
    }

    #[test]
    fn the_same_goods_share_a_line() {
        let mut cart = Cart::of([item("10 USD", 2), item("50 USD", 1)]);
        cart.add(item("10 USD", 3)).unwrap();
        let quantities: Vec<u8> = cart.lines().iter().map(|line| line.quantity).collect();
        assert_eq!(quantities, [5, 1]);
        assert_eq!((cart.deliveries(), cart.room()), (6, 4));
    }

    #[test]
    fn it_never_holds_more_than_one_order_may_have() {
        let mut cart = Cart::of([item("10 USD", 8)]);
        assert_eq!(cart.add(item("50 USD", 3)), Err(CartFull::Room(2)));
        cart.more(0).unwrap();
        cart.more(0).unwrap();
        assert_eq!(cart.more(0), Err(CartFull::Full));
        assert_eq!(Cart::of([item("10 USD", 200), item("50 USD", 0)]), Cart::default());
    }

    #[test]
    fn a_line_goes_only_when_it_is_removed() {
        let mut cart = Cart::of([item("10 USD", 2)]);
        cart.fewer(0);
        cart.fewer(0);
        assert_eq!(cart.deliveries(), 1);
        assert!(cart.remove(7).is_none());
        assert!(cart.remove(0).is_some());
        assert!(cart.is_empty());
    }
}
