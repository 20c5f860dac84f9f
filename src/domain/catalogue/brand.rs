//! A brand, with all its texts in a single allocation, since a catalogue holds thousands of brands.

use std::borrow::Cow;
use std::fmt;

use super::Kind;
use crate::domain::country::CountryCode;
use crate::domain::text::{Word, printable};

/// The maximum number of further categories of a brand.
const MOST_CATEGORIES: usize = 24;

/// The fields of a brand in one country (contract, section 2.3). Missing texts are empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts<'a> {
    /// The brand's UUID, which differs between countries.
    pub id: &'a str,
    /// The family by which its products are requested; not unique. Empty if it equals the brand's name.
    pub family: &'a str,
    /// The exact name that orders repeat.
    pub name: &'a str,
    /// The brand's country; for an eSIM the destination.
    pub country: CountryCode,
    /// What the brand sells.
    pub kind: Kind,
    /// The brand's main category, in the supplier's words.
    pub category: &'a str,
    /// Further categories, one per line.
    pub also_in: &'a str,
    /// Tags for searching, one per line.
    pub tags: &'a str,
    /// The minimum price, as a label that is never used in computations.
    pub min: &'a str,
    /// The maximum price, as a label that is never used in computations.
    pub max: &'a str,
    /// Whether nothing of the brand can currently be bought.
    pub out_of_stock: bool,
    /// The brand's colour: red, green, blue.
    pub colour: Option<[u8; 3]>,
    /// The beginning of the logo's address.
    pub logo: &'a str,
}

/// A brand in one country (contract, section 2.3).
#[derive(Clone, PartialEq, Eq)]
pub struct Brand {
    /// The concatenated texts.
    texts: Box<str>,
    /// The end offset of each text.
    ends: [u16; TextPart::COUNT],
    /// The brand's country; for an eSIM the destination.
    pub country: CountryCode,
    /// What the brand sells.
    pub kind: Kind,
    /// Whether nothing of the brand can currently be bought.
    pub out_of_stock: bool,
    /// The brand's colour: red, green, blue.
    pub colour: Option<[u8; 3]>,
}

/// A text of a brand, in storage order.
#[derive(Clone, Copy)]
enum TextPart {
    Id,
    Name,
    /// Empty if the name is displayed as it is sent, as almost all are.
    NameShown,
    /// Empty if it equals the name.
    Family,
    FamilyShown,
    Category,
    AlsoIn,
    Tags,
    Min,
    Max,
    Logo,
}

impl TextPart {
    const COUNT: usize = Self::Logo as usize + 1;
}

impl Brand {
    /// Creates a brand with printable texts. Returns `None` if the name or the family has nothing printable,
    /// or if the texts exceed 65,535 bytes.
    pub fn new(facts: &Facts<'_>) -> Option<Self> {
        let Facts { id, family, name, category, also_in, tags, min, max, logo, .. } = *facts;
        let family = if family == name { "" } else { family };
        let told = [id, name, family, category, also_in, tags, min, max, logo];
        let mut texts =
            BrandTexts { kept: String::with_capacity(told.map(str::len).iter().sum()), ends: [0; _] };
        texts.put(TextPart::Id, &printable(id))?;
        texts.put_word([TextPart::Name, TextPart::NameShown], name)?;
        texts.put_word([TextPart::Family, TextPart::FamilyShown], family)?;
        let own = printable(category);
        texts.put(TextPart::Category, &own)?;
        texts.put_lines(TextPart::AlsoIn, also_in, MOST_CATEGORIES, |word, known| {
            word != own && !lines(known).any(|one| one == word)
        })?;
        texts.put_lines(TextPart::Tags, tags, usize::MAX, |_, _| true)?;
        texts.put(TextPart::Min, &printable(min))?;
        texts.put(TextPart::Max, &printable(max))?;
        texts.put(TextPart::Logo, logo)?;
        Some(Self {
            texts: texts.kept.into_boxed_str(),
            ends: texts.ends,
            country: facts.country,
            kind: facts.kind,
            out_of_stock: facts.out_of_stock,
            colour: facts.colour,
        })
    }

    /// Returns all fields of the brand.
    pub fn facts(&self) -> Facts<'_> {
        Facts {
            id: self.id(),
            family: self.part(TextPart::Family),
            name: self.part(TextPart::Name),
            country: self.country,
            kind: self.kind,
            category: self.category(),
            also_in: self.part(TextPart::AlsoIn),
            tags: self.part(TextPart::Tags),
            min: self.part(TextPart::Min),
            max: self.part(TextPart::Max),
            out_of_stock: self.out_of_stock,
            colour: self.colour,
            logo: self.part(TextPart::Logo),
        }
    }

    /// Returns the brand's UUID, which differs between countries.
    pub fn id(&self) -> &str {
        self.part(TextPart::Id)
    }

    /// Returns the exact name that orders repeat.
    pub fn name(&self) -> Word<'_> {
        self.word([TextPart::Name, TextPart::NameShown])
    }

    /// Returns the family by which its products are requested; not unique.
    pub fn family(&self) -> Word<'_> {
        match self.part(TextPart::Family) {
            "" => self.name(),
            _ => self.word([TextPart::Family, TextPart::FamilyShown]),
        }
    }

    /// Returns the main category, in the supplier's words.
    pub fn category(&self) -> &str {
        self.part(TextPart::Category)
    }

    /// Iterates over further categories.
    pub fn also_in(&self) -> impl Iterator<Item = &str> {
        lines(self.part(TextPart::AlsoIn))
    }

    /// Iterates over the tags, for searching.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        lines(self.part(TextPart::Tags))
    }

    /// Returns the minimum price, as a label that is never used in computations.
    pub fn min(&self) -> Option<&str> {
        told(self.part(TextPart::Min))
    }

    /// Returns the maximum price, as a label that is never used in computations.
    pub fn max(&self) -> Option<&str> {
        told(self.part(TextPart::Max))
    }

    /// Returns the beginning of the logo's address.
    pub fn logo(&self) -> Option<&str> {
        told(self.part(TextPart::Logo))
    }

    /// Returns whether the supplier sells it only to account holders (contract, section 2.3: e-money).
    pub fn needs_account(&self) -> bool {
        self.category() == "e-money"
    }

    /// Iterates over all categories, the main one first.
    pub fn categories(&self) -> impl Iterator<Item = &str> {
        told(self.category()).into_iter().chain(self.also_in())
    }

    /// Returns whether the brand is in a category.
    pub fn is_in(&self, category: &str) -> bool {
        self.categories().any(|one| one == category)
    }

    /// Adds the brand to a category, unless it is in it already, in too many, or has no room for the text.
    pub fn file_under(&mut self, category: &str) {
        let category = printable(category);
        if category.is_empty() || self.is_in(&category) || self.also_in().count() >= MOST_CATEGORIES {
            return;
        }
        let before = self.part(TextPart::AlsoIn);
        let gap = if before.is_empty() { "" } else { "\n" };
        let also_in = [before, gap, &category].concat();
        let filed = Self::new(&Facts { also_in: &also_in, ..self.facts() });
        *self = filed.unwrap_or_else(|| self.clone());
    }

    /// Returns the price range, in the supplier's own labels.
    pub fn price_label(&self) -> String {
        self.price_words().concat()
    }

    /// Returns the parts of the price label, to draw many labels without allocating.
    pub fn price_words(&self) -> [&str; 3] {
        if self.out_of_stock {
            return ["out of stock", "", ""];
        }
        match (self.min(), self.max()) {
            (Some(min), Some(max)) if min != max => [min, " – ", max],
            (Some(one), _) | (None, Some(one)) => [one, "", ""],
            (None, None) => [""; 3],
        }
    }

    fn part(&self, part: TextPart) -> &str {
        let place = part as usize;
        let begin = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.texts.get(usize::from(begin)..usize::from(self.ends[place])).unwrap_or_default()
    }

    fn word(&self, [sent, shown]: [TextPart; 2]) -> Word<'_> {
        Word::new(self.part(sent), told(self.part(shown)))
    }
}

impl fmt::Debug for Brand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.facts().fmt(f)
    }
}

fn told(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').filter(|line| !line.is_empty())
}

/// Collects the texts of a brand in storage order. The `put` methods return `None` if the texts become too
/// long, or if nothing of a word is printable.
struct BrandTexts {
    kept: String,
    ends: [u16; TextPart::COUNT],
}

impl BrandTexts {
    fn put(&mut self, part: TextPart, text: &str) -> Option<()> {
        self.kept.push_str(text);
        self.end(part)
    }

    fn put_word(&mut self, [sent, shown]: [TextPart; 2], word: &str) -> Option<()> {
        self.put(sent, word)?;
        match printable(word) {
            // An empty display form would be taken for one that equals the word.
            Cow::Owned(clean) if clean.is_empty() => None,
            Cow::Owned(clean) if clean != word => self.put(shown, &clean),
            Cow::Owned(_) | Cow::Borrowed(_) => self.end(shown),
        }
    }

    /// Appends the given lines that are wanted next to those already added.
    fn put_lines(
        &mut self,
        part: TextPart,
        told: &str,
        most: usize,
        is_wanted: impl Fn(&str, &str) -> bool,
    ) -> Option<()> {
        let begin = self.kept.len();
        let mut count = 0;
        for line in lines(told).map(printable) {
            let known = &self.kept[begin..];
            if count < most && !line.is_empty() && is_wanted(&line, known) {
                let gap = if known.is_empty() { "" } else { "\n" };
                self.kept.extend([gap, &line]);
                count += 1;
            }
        }
        self.end(part)
    }

    fn end(&mut self, part: TextPart) -> Option<()> {
        self.ends[part as usize] = u16::try_from(self.kept.len()).ok()?;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts<'static> {
        Facts {
            id: "id",
            family: "",
            name: "Steam",
            country: "US".parse().unwrap(),
            kind: Kind::GiftCard,
            category: "games",
            also_in: "",
            tags: "",
            min: "",
            max: "",
            out_of_stock: false,
            colour: None,
            logo: "",
        }
    }

    #[test]
    fn every_text_comes_back_as_it_was_told() {
        let facts = Facts {
            family: "Valve",
            also_in: "fun\ngift ideas",
            tags: "pc",
            min: "$5",
            max: "$100",
            logo: "https://cdn/steam",
            out_of_stock: true,
            colour: Some([1, 2, 3]),
            ..facts()
        };
        assert_eq!(Brand::new(&facts).unwrap().facts(), facts);
    }

    #[test]
    fn what_is_not_told_is_missing() {
        let brand = Brand::new(&facts()).unwrap();
        assert_eq!((brand.min(), brand.max(), brand.logo()), (None, None, None));
        assert_eq!(brand.family(), brand.name());
        assert_eq!((brand.also_in().count(), brand.tags().count()), (0, 0));
    }

    #[test]
    fn a_name_goes_back_as_it_came_and_everything_is_shown_clean() {
        let odd = Facts {
            name: "Steam \u{202e}x ",
            family: "Valve\u{1b}[31m",
            category: "ga\u{7}mes",
            also_in: "fu\u{200b}n\n\u{7}\nfun\ngames",
            tags: "a  b",
            ..facts()
        };
        let brand = Brand::new(&odd).unwrap();
        assert_eq!((brand.name().sent(), brand.name().shown()), ("Steam \u{202e}x ", "Steam x"));
        assert_eq!((brand.family().sent(), brand.family().shown()), ("Valve\u{1b}[31m", "Valve[31m"));
        assert_eq!(brand.categories().collect::<Vec<_>>(), ["games", "fun"], "each once");
        assert_eq!(brand.tags().collect::<Vec<_>>(), ["a b"]);
    }

    #[test]
    fn it_stands_in_every_category_once_and_not_in_too_many() {
        let mut brand = Brand::new(&facts()).unwrap();
        for category in ["fun", "games", "fun", "", "gift\u{202e} ideas"] {
            brand.file_under(category);
        }
        assert_eq!(brand.categories().collect::<Vec<_>>(), ["games", "fun", "gift ideas"]);
        (0..100).for_each(|number| brand.file_under(&number.to_string()));
        assert_eq!(brand.also_in().count(), MOST_CATEGORIES);
    }

    #[test]
    fn what_cannot_be_seen_is_no_brand() {
        assert_eq!(Brand::new(&Facts { name: "\u{1b}\u{200b}", ..facts() }), None);
        assert_eq!(Brand::new(&Facts { family: "\u{202e}", ..facts() }), None);
    }

    #[test]
    fn a_flood_of_text_is_no_brand() {
        let flood = "x".repeat(70_000);
        assert_eq!(Brand::new(&Facts { name: &flood, ..facts() }), None);
        assert!(Brand::new(&Facts { category: &flood, ..facts() }).unwrap().category().ends_with('…'));
        let tags = "tag\n".repeat(20_000);
        assert_eq!(Brand::new(&Facts { tags: &tags, ..facts() }), None);
        let mut full = Brand::new(&Facts { name: &flood[..65_000], ..facts() }).unwrap();
        full.file_under("more than there is room for in all of this brand");
        assert!(!full.is_in("more than there is room for in all of this brand"), "but it is still there");
    }
}
