//! What is written for pictures, and that nothing of one stays where it is not drawn any more.

use std::sync::Arc;

use giftty::action::Action;
use giftty::domain::catalogue::{Brand, Catalogue, Facts};
use giftty::effect::Effect;
use giftty::input::{Input, Key, Press, Size};
use giftty::picture::LogoRequest;
use giftty::picture::image::Image;
use giftty::picture::{Display, Means, Picture};
use giftty::remote::RequestId;
use giftty::search::catalogue_index::CatalogueIndex;
use giftty::state::{SessionInit, State};
use giftty::update::update;
use proptest::prelude::*;

use crate::support::fixtures::{boot, catalogue, fixed_shelf, payment_methods};
use crate::support::graphics_terminal::GraphicsTerminal;
use crate::support::vt100_terminal::Vt100Terminal;

const WINDOW: Size = Size { columns: 80, rows: 24 };
const WIDE: Size = Size { columns: 120, rows: 40 };
const LOW: Size = Size { columns: 60, rows: 20 };
const CELL: (u16, u16) = (10, 20);
const MEANS: [Means; 3] = [Means::Kitty, Means::Iterm2, Means::Sixel];

/// Somebody in front of the brands, in a terminal that shows pictures.
struct Visit {
    state: State,
    asked: Vec<Effect>,
    paper: Vt100Terminal,
    easel: GraphicsTerminal,
}

impl Visit {
    fn begin(means: Means) -> Self {
        let pictures = Some(Display { means, cell: CELL });
        let (state, asked) = State::new(SessionInit { pictures, ..boot(WINDOW) });
        let (paper, easel) = (Vt100Terminal::new(80, 24), GraphicsTerminal::new(80, 24, CELL));
        let mut visit = Self { state, asked, paper, easel };
        let facts: Vec<Action> = visit.asked.iter().filter_map(answer).collect();
        for fact in facts {
            visit.hears(fact);
        }
        visit.draws();
        visit
    }

    fn hears(&mut self, fact: Action) {
        self.asked.extend(update(&mut self.state, fact));
    }

    fn presses(&mut self, key: Key) -> Vec<Vec<u8>> {
        self.hears(Action::Input(Input::lone(Press::plain(key))));
        self.draws()
    }

    fn draws(&mut self) -> Vec<Vec<u8>> {
        let writes = self.paper.show(&self.state);
        for bytes in &writes {
            self.easel.feed(bytes);
        }
        writes
    }

    fn resizes(&mut self, size: Size) {
        self.hears(Action::Input(Input::Resized(size)));
        self.paper.resize(size.columns, size.rows);
        self.easel.resize(size.columns, size.rows);
        self.draws();
    }

    /// The logo that is asked for arrives.
    fn arrives(&mut self) -> Vec<Vec<u8>> {
        let wanted = self.wanted();
        let (id, logo) = wanted.expect("a logo is asked for");
        self.hears(Action::LogoFetched(id, Some(Arc::new(drawn(&logo)))));
        self.draws()
    }

    fn wanted(&self) -> Option<(RequestId, LogoRequest)> {
        let awaited = self.state.pending_requests();
        self.asked.iter().rev().find_map(|effect| match effect {
            Effect::FetchLogo(id, logo) if awaited.contains(id) => Some((*id, logo.clone())),
            _ => None,
        })
    }

    /// What a screen would show on which all of this were drawn anew.
    fn anew(&self) -> GraphicsTerminal {
        let Size { columns, rows } = self.state.model.size;
        let (mut paper, mut easel) =
            (Vt100Terminal::new(columns, rows), GraphicsTerminal::new(columns, rows, self.easel.cell));
        for bytes in paper.show(&self.state) {
            easel.feed(&bytes);
        }
        easel
    }

    /// The picture that is seen, whole and alone, and where; nothing where there is none.
    fn picture(&self) -> Option<(u32, (u16, u16))> {
        let (seen, anew) = (self.easel.text(), self.anew().text());
        let differ = seen.iter().zip(&anew).position(|(seen, anew)| seen != anew);
        assert_eq!(differ.map(|row| (row, &seen[row], &anew[row])), None, "what is seen is what is drawn");
        let parts = self.easel.parts();
        let &((x, y), name, _) = parts.first()?;
        let (columns, rows) = giftty::layout::logo_cells(self.state.model.size.columns);
        let whole: Vec<_> = (0..rows)
            .flat_map(|row| (0..columns).map(move |column| ((x + column, y + row), name, (column, row))))
            .collect();
        assert_eq!(parts, whole);
        Some((name, (x, y)))
    }
}

/// The made-up brands, each with a logo.
fn with_logos() -> Arc<CatalogueIndex> {
    let few = catalogue();
    let with = |brand: &Brand| {
        let logo = format!("https://cdn.cryptorefills.com/{}", brand.id());
        Brand::new(&Facts { logo: &logo, ..brand.facts() }).expect("a brand")
    };
    let brands = few.catalogue.brands.iter().map(with).collect();
    Arc::new(CatalogueIndex::new(Catalogue::new(few.catalogue.country, brands, &[])))
}

fn answer(question: &Effect) -> Option<Action> {
    match question {
        Effect::FetchPaymentMethods(id) => Some(Action::PaymentMethodsFetched(*id, Ok(payment_methods()))),
        Effect::LoadRecords(id) => Some(Action::RecordsLoaded(*id, Ok(Vec::new().into()))),
        Effect::FetchCatalogue(id, _) => Some(Action::CatalogueFetched(*id, Ok(with_logos()))),
        _ => None,
    }
}

/// A logo that looks like no other.
fn drawn(logo: &LogoRequest) -> Picture {
    let name = crc32fast::hash(logo.base.as_bytes());
    let [red, green, blue, _] = name.to_be_bytes();
    let stripe = |y| if y / 10 % 2 == 0 { [red, green, blue, 255] } else { [9, 9, 9, 255] };
    let image =
        Image::new((90, 60), (0..60).flat_map(|y| [stripe(y); 90]).collect()).expect("all its pixels");
    let picture = Picture::new(&image, name, logo.display, logo.size, logo.background);
    picture.expect("it can be shown")
}

#[test]
fn a_picture_is_whole_and_the_words_beside_it_stay_in_their_row() {
    for means in MEANS {
        let mut visit = Visit::begin(means);
        assert_eq!(visit.picture(), None, "{means:?}");
        visit.arrives();
        let (_, (x, y)) = visit.picture().expect("a picture");
        assert_eq!(visit.easel.letters((x + 11, y), 7), "AirAsia", "{means:?}");
        assert_eq!(visit.easel.letters((x + 11, y + 1), 9), "gift card", "{means:?}");
    }
}

#[test]
fn the_next_brand_shows_nothing_of_the_last_one() {
    for means in MEANS {
        let mut visit = Visit::begin(means);
        visit.arrives();
        let first = visit.picture().expect("a picture");
        visit.presses(Key::Down);
        assert_eq!(visit.picture(), None, "{means:?}: its initials, until its logo is here");
        visit.arrives();
        let second = visit.picture().expect("a picture");
        assert_ne!(first.0, second.0, "{means:?}");
        assert_eq!(first.1, second.1, "{means:?}");
        visit.presses(Key::Up);
        assert_eq!(visit.picture(), Some(first), "{means:?}: it is here already");
    }
}

#[test]
fn a_screen_without_it_shows_nothing_of_a_picture() {
    for means in MEANS {
        let mut visit = Visit::begin(means);
        visit.arrives();
        let first = visit.picture();
        for key in [Key::F(1), Key::Enter] {
            visit.presses(key);
            assert_eq!(visit.picture(), None, "{means:?}");
            visit.presses(Key::Esc);
            assert_eq!(visit.picture(), first, "{means:?}");
        }
        visit.presses(Key::Char('~'));
        assert_eq!(visit.picture(), None, "{means:?}: no brand is called so");
    }
}

#[test]
fn another_window_gets_a_picture_of_its_own_size() {
    for means in MEANS {
        let mut visit = Visit::begin(means);
        visit.arrives();
        visit.resizes(WIDE);
        assert_eq!(visit.picture(), None, "{means:?}");
        visit.arrives();
        assert!(visit.picture().is_some(), "{means:?}");
        visit.resizes(LOW);
        assert_eq!(visit.picture(), None, "{means:?}: there is no room beside the list");
        visit.resizes(WIDE);
        assert!(visit.picture().is_some(), "{means:?}: a terminal may have forgotten it");
        // Stopped and continued: the same size, and nothing of the screen is left.
        visit.resizes(WIDE);
        assert!(visit.picture().is_some(), "{means:?}");
    }
}

#[test]
fn letters_of_another_size_get_a_picture_of_their_scale() {
    let mut visit = Visit::begin(Means::Sixel);
    visit.arrives();
    visit.easel.cell = (5, 10);
    visit.hears(Action::Input(Input::Scaled((5, 10))));
    visit.resizes(WINDOW);
    assert_eq!(visit.picture(), None, "the old one would cover its neighbours");
    visit.arrives();
    assert!(visit.picture().is_some());
}

#[test]
fn a_picture_that_stays_is_sent_once() {
    for means in MEANS {
        let mut visit = Visit::begin(means);
        let writes = visit.arrives();
        assert_eq!(writes.len(), 1, "{means:?}");
        assert_eq!(visit.easel.pictures, 1, "{means:?}");
        assert_eq!(visit.draws(), Vec::<Vec<u8>>::new(), "{means:?}");
        visit.hears(Action::Tick(crate::support::fixtures::moment(1)));
        visit.draws();
        assert_eq!(visit.easel.pictures, 1, "{means:?}");
    }
}

#[test]
fn each_means_has_its_own_words() {
    let text = |means| {
        let writes = Visit::begin(means).arrives();
        String::from_utf8(writes.concat()).unwrap()
    };
    let kitty = text(Means::Kitty);
    assert!(kitty.contains("\x1b_Gq=2,i=") && kitty.contains(",a=T,U=1,c=9,r=3,f=32,o=z,t=d,s=90,v=60,m="));
    assert_eq!(kitty.matches('\u{10eeee}').count(), 27);
    let iterm = text(Means::Iterm2);
    assert_eq!(iterm.matches("\x1b]1337;File=inline=1;size=").count(), 1);
    assert!(iterm.contains(";width=9;height=3;preserveAspectRatio=0;doNotMoveCursor=1:iVBORw0KGgo"));
    let sixel = text(Means::Sixel);
    assert_eq!(sixel.matches("\x1bP").count(), 1);
    assert!(sixel.contains("q\"1;1;90;60"));
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Press(Key),
    Arrives,
    ProductGroup,
    Resizes(Size),
}

fn steps() -> impl Strategy<Value = Step> {
    let keys = [Key::Down, Key::Up, Key::PageDown, Key::F(1), Key::Esc, Key::Enter, Key::Char('a')];
    prop_oneof![
        4 => prop::sample::select(keys.to_vec()).prop_map(Step::Press),
        4 => Just(Step::Arrives),
        1 => Just(Step::ProductGroup),
        1 => prop::sample::select(vec![WINDOW, WIDE, LOW]).prop_map(Step::Resizes),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn wherever_one_goes_what_is_seen_is_what_is_drawn(
        means in prop::sample::select(MEANS.to_vec()),
        steps in prop::collection::vec(steps(), 1..14),
    ) {
        let mut visit = Visit::begin(means);
        for step in steps {
            match step {
                Step::Press(key) => drop(visit.presses(key)),
                Step::Arrives if visit.wanted().is_some() => drop(visit.arrives()),
                Step::Arrives => {}
                Step::Resizes(size) => visit.resizes(size),
                Step::ProductGroup => {
                    let id = visit.asked.iter().rev().find_map(|effect| match effect {
                        Effect::FetchProducts(id, _) => Some(*id),
                        _ => None,
                    });
                    let Some(id) = id else { continue };
                    visit.hears(Action::ProductsFetched(id, Ok(vec![fixed_shelf()])));
                    visit.draws();
                }
            }
            visit.picture();
        }
    }
}
