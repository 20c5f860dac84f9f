//! Logos: those that were fetched, and the one that is asked for.

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::catalogue::Brand;
use crate::effect::{Effect, Effects};
use crate::picture::LogoRequest;
use crate::picture::{Cells, Display, Picture};
use crate::remote::RequestId;

/// The most that are kept at hand.
const MOST: usize = 100;

/// The logos of this session; none where pictures are not possible or not wanted.
#[derive(Debug, Default)]
pub struct Logos {
    display: Option<Display>,
    known: HashMap<String, (Cells, Option<Arc<Picture>>)>,
    asked: Option<(RequestId, (String, Cells))>,
}

impl Logos {
    /// No logos yet, to be shown like this.
    pub fn new(display: Option<Display>) -> Self {
        Self { display, ..Self::default() }
    }

    /// Takes note of how large a cell is: pictures of another scale would lie across their neighbours.
    pub fn scale(&mut self, pixels: (u16, u16)) {
        if let Some(display) = self.display.as_mut().filter(|display| display.cell != pixels) {
            display.cell = pixels;
            self.known.clear();
            self.asked = None;
        }
    }

    /// The logo of a brand for so many cells, if it is here.
    pub fn of(&self, brand: &Brand, size: Cells) -> Option<&Picture> {
        let (cells, picture) = self.known.get(brand.logo()?)?;
        picture.as_deref().filter(|_| *cells == size)
    }

    /// StartPolicy for a brand's logo, unless it is here or being asked for; nobody waits for another one.
    pub fn want(&mut self, brand: Option<&Brand>, size: Cells, effects: &mut Effects) {
        let wanted = brand.and_then(|brand| Some((brand, brand.logo()?.to_owned())));
        let Some(((brand, base), display)) = wanted.zip(self.display) else {
            self.asked = None;
            return;
        };
        let key = (base.clone(), size);
        if self.known.get(&base).is_some_and(|(cells, _)| *cells == size) {
            self.asked = None;
        } else if self.asked.as_ref().is_none_or(|(_, asked)| *asked != key) {
            let logo = LogoRequest { base, display, size, background: brand.colour };
            self.asked = Some((effects.ask(|id| Effect::FetchLogo(id, logo)), key));
        }
    }

    /// Takes in a logo if it is the one that is asked for.
    pub fn take(&mut self, id: RequestId, picture: Option<Arc<Picture>>) {
        if let Some((_, key)) = self.asked.take_if(|(asked, _)| *asked == id) {
            if self.known.len() >= MOST {
                self.known.clear();
            }
            let (base, size) = key;
            self.known.insert(base, (size, picture));
        }
    }

    /// The question that is open.
    pub fn awaited(&self) -> Option<RequestId> {
        self.asked.as_ref().map(|(id, _)| *id)
    }
}
