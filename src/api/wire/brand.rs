//! Brands, and the catalogue they make (contract, section 2.3).

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use url::{Host, Url};

use super::lenient::{Flag, List, Text, Words, array, each, members};
use super::unreadable;
use crate::domain::catalogue::{Brand, Catalogue, Facts, Kind};
use crate::domain::country::CountryCode;
use crate::domain::failure::Failure;
use crate::domain::text::{Printable, printable};

/// The maximum number of featured brands.
const MOST_FEATURED: usize = 30;
/// The maximum length of a logo's address.
const LONGEST_LOGO: usize = 512;

/// A brand as it appears in the catalogue and in the products.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ToldBrand<'a> {
    #[serde(borrow)]
    brand_id: Text<'a>,
    family: Text<'a>,
    brand: Text<'a>,
    country_code: Text<'a>,
    pub(super) kind: Text<'a>,
    pub(super) category: Text<'a>,
    additional_categories: Words,
    brand_tags: Words,
    min: Text<'a>,
    max: Text<'a>,
    is_out_of_stock: Flag,
    bg_color: Text<'a>,
    logo_base_url: Text<'a>,
}

/// A group of brands, which repeats brands from the other lists.
#[derive(Default, Deserialize)]
#[serde(default)]
struct BrandGroup<'a> {
    #[serde(borrow)]
    kind: Text<'a>,
    category: Text<'a>,
    brands: List<ToldBrand<'a>>,
    popular_brands: List<ToldBrand<'a>>,
}

/// The same group, parsed only for the ids of its brands.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Drawer<'a> {
    #[serde(borrow)]
    category: Text<'a>,
    brands: List<Member<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Member<'a> {
    #[serde(borrow)]
    brand_id: Text<'a>,
}

impl<'a> ToldBrand<'a> {
    /// Converts the brand. Returns `None` if it has no name to order it by.
    pub(super) fn into_domain(self, country: CountryCode) -> Option<Brand> {
        let (name, family) = (self.brand.as_str(), self.family.or_empty());
        let name = name.or(self.family.as_str())?;
        // A brand without an id is still a separate brand.
        let own = || Cow::Owned([if family.is_empty() { name } else { family }, "/", name].concat());
        let id = Some(printable(self.brand_id.or_empty())).filter(|id| !id.is_empty()).unwrap_or_else(own);
        Brand::new(&Facts {
            id: &id,
            family,
            name,
            country: self.country_code.as_str().and_then(|code| code.trim().parse().ok()).unwrap_or(country),
            kind: Kind::of(self.kind.or_empty(), self.category.or_empty()),
            category: &category(self.category.or_empty()),
            also_in: &category(&self.additional_categories.0),
            tags: &self.brand_tags.0,
            min: self.min.or_empty(),
            max: self.max.or_empty(),
            out_of_stock: self.is_out_of_stock.is_set(),
            colour: self.bg_color.as_str().and_then(colour),
            logo: logo(self.logo_base_url.or_empty()).unwrap_or_default(),
        })
    }

    /// Fills in a missing kind and category from the group that lists the brand.
    fn in_group(mut self, kind: &Text<'a>, category: &Text<'a>) -> Self {
        if self.kind.as_str().is_none() {
            self.kind = kind.clone();
        }
        if self.category.as_str().is_none() {
            self.category = category.clone();
        }
        self
    }
}

/// The lists of a response that may contain brands.
#[derive(Default)]
struct Lists<'a> {
    all: Option<Vec<Brand>>,
    brands: Option<Vec<Brand>>,
    popular: Option<Vec<Brand>>,
    /// As JSON: it repeats the brands of the other lists, so unless those are empty it is parsed only for
    /// which brands are in which group.
    groups: Option<&'a str>,
}

impl<'a> Lists<'a> {
    /// Parses a response in one pass if all of it is valid, or else the valid parts of it.
    fn read(json: &'a str, country: CountryCode) -> Option<Self> {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let whole = WholeBrand { json, country }.deserialize(&mut deserializer);
        let whole = whole.and_then(|lists| deserializer.end().map(|()| lists));
        whole.ok().or_else(|| Self::torn(json, country)).filter(|lists| !lists.are_missing())
    }

    fn torn(json: &'a str, country: CountryCode) -> Option<Self> {
        let read = |list: &'a str| {
            let list = List::<ToldBrand<'_>>::read(list).items.into_iter();
            list.filter_map(|brand| brand.into_domain(country)).collect()
        };
        if json.trim_start().starts_with('[') {
            let list = array(json, [])?;
            return Some(Self::bare(read(list), list));
        }
        let names = ["all_brands", "brands", "popular_brands", "categories"];
        let lists = members(json, names)?;
        let [all, brands, popular, groups] = lists.map(|list| list.filter(|list| list.starts_with('[')));
        Some(Self { all: all.map(read), brands: brands.map(read), popular: popular.map(read), groups })
    }

    /// Builds the lists from a bare array, of brands or of groups.
    fn bare(all: Vec<Brand>, json: &'a str) -> Self {
        let groups = all.is_empty().then_some(json);
        Self { all: Some(all), groups, ..Self::default() }
    }

    fn are_missing(&self) -> bool {
        self.all.is_none() && self.brands.is_none() && self.popular.is_none() && self.groups.is_none()
    }
}

/// Parses a response in one pass; fails if any part is invalid.
#[derive(Clone, Copy)]
struct WholeBrand<'a> {
    json: &'a str,
    country: CountryCode,
}

/// The members of a response (contract, section 2.3).
#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum BrandPart {
    AllBrands,
    Brands,
    PopularBrands,
    Categories,
    #[serde(other)]
    Another,
}

/// Of two members with the same name the first counts.
impl<'de> DeserializeSeed<'de> for WholeBrand<'de> {
    type Value = Lists<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Lists<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for WholeBrand<'de> {
    type Value = Lists<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("lists of brands")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Lists<'de>, A::Error> {
        let mut lists = Lists::default();
        let list = BrandList(self.country);
        while let Some(part) = map.next_key()? {
            match part {
                BrandPart::AllBrands => lists.all = lists.all.or(map.next_value_seed(list)?),
                BrandPart::Brands => lists.brands = lists.brands.or(map.next_value_seed(list)?),
                BrandPart::PopularBrands => lists.popular = lists.popular.or(map.next_value_seed(list)?),
                BrandPart::Categories => {
                    let json = map.next_value::<&RawValue>()?.get();
                    lists.groups = lists.groups.or(json.starts_with('[').then_some(json));
                }
                BrandPart::Another => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(lists)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Lists<'de>, A::Error> {
        let all = BrandList(self.country).visit_seq(seq)?;
        Ok(Lists::bare(all.unwrap_or_default(), self.json))
    }
}

/// Parses a list of brands, or null as `None`.
#[derive(Clone, Copy)]
struct BrandList(CountryCode);

impl<'de> DeserializeSeed<'de> for BrandList {
    type Value = Option<Vec<Brand>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for BrandList {
    type Value = Option<Vec<Brand>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of brands")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        let mut brands = Vec::new();
        each(seq, |told: ToldBrand<'_>| brands.extend(told.into_domain(self.0)))?;
        Ok(Some(brands))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

/// Parses a country's brands. Those that `homepage` names are featured after the popular ones.
pub(in crate::api) fn catalogue(
    json: &str,
    country: CountryCode,
    homepage: &[Printable],
) -> Result<Catalogue, Failure> {
    let told = Lists::read(json, country).ok_or_else(|| unreadable("it holds no brands"))?;
    let mut forward: Vec<Printable> = Vec::new();
    let popular = told.popular.unwrap_or_default();
    let mut brands = told.all.or(told.brands).unwrap_or_default();
    if brands.is_empty() {
        (brands, forward) = from_groups(told.groups, country);
    }
    if brands.is_empty() {
        brands.clone_from(&popular);
    }
    file(told.groups, &mut brands);
    let named = popular.iter().map(|brand| Printable::new(brand.id())).chain(forward);
    let featured: Vec<Printable> = named.chain(homepage.iter().cloned()).take(MOST_FEATURED).collect();
    Ok(Catalogue::new(country, brands, &featured))
}

/// Returns every brand of the categories, and the ids of those that are popular in one of them.
fn from_groups(groups: Option<&str>, country: CountryCode) -> (Vec<Brand>, Vec<Printable>) {
    let groups: List<BrandGroup<'_>> = groups.map(List::read).unwrap_or_default();
    let mut brands = Vec::new();
    let mut popular = Vec::new();
    for group in groups.items {
        for brand in group.popular_brands.items {
            popular.extend(brand.brand_id.printable());
        }
        let named = group.brands.items.into_iter().map(|brand| brand.in_group(&group.kind, &group.category));
        brands.extend(named.filter_map(|brand| brand.into_domain(country)));
    }
    (brands, popular)
}

/// Adds brands to the categories of the groups that list them: a brand may be in several, and they may differ
/// from its own categories.
fn file(groups: Option<&str>, brands: &mut [Brand]) {
    let drawers: List<Drawer<'_>> = groups.map(List::read).unwrap_or_default();
    if drawers.items.is_empty() {
        return;
    }
    // Of duplicate brands the first counts.
    let mut by_id: Vec<(&str, usize)> = brands.iter().map(Brand::id).zip(0..).collect();
    by_id.sort_unstable();
    by_id.dedup_by_key(|(id, _)| *id);
    let place = |id: &str| {
        let found = by_id.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        Some(by_id[found].1)
    };
    let mut filed = Vec::new();
    for (number, drawer) in drawers.items.iter().enumerate() {
        let category = category(drawer.category.or_empty());
        let members = drawer.brands.items.iter().filter_map(|member| member.brand_id.as_str());
        let places = members.filter_map(|id| place(&printable(id)));
        filed.extend(places.filter(|&place| !brands[place].is_in(&category)).map(|place| (place, number)));
    }
    for (place, number) in filed {
        brands[place].file_under(&category(drawers.items[number].category.or_empty()));
    }
}

/// Turns the supplier's machine-readable category into words.
fn category(word: &str) -> Cow<'_, str> {
    if word.contains('_') { Cow::Owned(word.replace('_', " ")) } else { Cow::Borrowed(word) }
}

/// Parses `#RRGGBB` as red, green and blue.
fn colour(text: &str) -> Option<[u8; 3]> {
    let digits = text.trim().strip_prefix('#')?;
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some([red, green, blue])
}

/// Returns the base of a logo's address if it may be valid: https, or this machine. Whether it is requested
/// is decided at the time of the request.
fn logo(text: &str) -> Option<&str> {
    let text = text.trim();
    if text.len() > LONGEST_LOGO || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return None;
    }
    let secure = text.strip_prefix("https://").is_some_and(|rest| !rest.contains('@'));
    (secure || is_of_this_machine(text)).then_some(text)
}

fn is_of_this_machine(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    let loopback = match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    loopback && url.scheme() == "http" && url.username().is_empty() && url.password().is_none()
}
