//! Logos: the fetched ones and the pending request.

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::catalogue::Brand;
use crate::effect::{Effect, Effects};
use crate::picture::LogoRequest;
use crate::picture::{Cells, Display, Picture};
use crate::remote::RequestId;

/// The maximum number of cached logos.
const MOST: usize = 100;

/// The logos of this session; empty if pictures are unsupported or turned off.
#[derive(Debug, Default)]
pub struct Logos {
    display: Option<Display>,
    known: HashMap<String, (Cells, Option<Arc<Picture>>)>,
    asked: Option<(RequestId, (String, Cells))>,
}

impl Logos {
    /// Creates an empty cache for logos displayed as given.
    pub fn new(display: Option<Display>) -> Self {
        Self { display, ..Self::default() }
    }

    /// Sets the pixel size of a cell. Drops pictures of another scale: they would overlap their neighbours.
    pub fn scale(&mut self, pixels: (u16, u16)) {
        if let Some(display) = self.display.as_mut().filter(|display| display.cell != pixels) {
            display.cell = pixels;
            self.known.clear();
            self.asked = None;
        }
    }

    /// The logo of a brand at this size, if it is cached.
    pub fn of(&self, brand: &Brand, size: Cells) -> Option<&Picture> {
        let (cells, picture) = self.known.get(brand.logo()?)?;
        picture.as_deref().filter(|_| *cells == size)
    }

    /// Requests a brand's logo unless it is cached or already requested. Replaces any other pending request.
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

    /// Stores a logo if it answers the pending request.
    pub fn take(&mut self, id: RequestId, picture: Option<Arc<Picture>>) {
        if let Some((_, key)) = self.asked.take_if(|(asked, _)| *asked == id) {
            if self.known.len() >= MOST {
                self.known.clear();
            }
            let (base, size) = key;
            self.known.insert(base, (size, picture));
        }
    }

    /// The pending request.
    pub fn awaited(&self) -> Option<RequestId> {
        self.asked.as_ref().map(|(id, _)| *id)
    }
}
