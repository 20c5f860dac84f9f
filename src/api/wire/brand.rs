//! Brands, and the catalogue they make (contract, section 2.3).

use serde::Deserialize;
use url::{Host, Url};

use super::lenient::{Flag, List, Text, array, members};
use super::unreadable;
use crate::domain::catalogue::{Brand, Catalogue, Kind};
use crate::domain::country::CountryCode;
use crate::domain::failure::Failure;
use crate::domain::text::Printable;

/// The most words of a brand that are kept for searching.
const MOST_TAGS: usize = 24;
/// The most brands that are put forward.
const MOST_FEATURED: usize = 30;
/// No address of a logo is longer.
const LONGEST_LOGO: usize = 512;

/// A brand as the catalogue and the products tell it.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ToldBrand {
    brand_id: Text,
    family: Text,
    brand: Text,
    country_code: Text,
    pub(super) kind: Text,
    pub(super) category: Text,
    additional_categories: List<Text>,
    brand_tags: List<Text>,
    min: Text,
    max: Text,
    is_out_of_stock: Flag,
    bg_color: Text,
    logo_base_url: Text,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct BrandGroup {
    kind: Text,
    category: Text,
    brands: List<ToldBrand>,
    popular_brands: List<ToldBrand>,
}

impl ToldBrand {
    /// The brand, unless it has no name to be ordered by.
    pub(super) fn into_domain(self, country: CountryCode) -> Option<Brand> {
        let name = self.brand.verbatim().or_else(|| self.family.verbatim())?;
        let family = self.family.verbatim().unwrap_or_else(|| name.clone());
        // A brand without an id is still one of its own.
        let id = self.brand_id.printable().unwrap_or_else(|| Printable::new(&format!("{family}/{name}")));
        let tags = self.additional_categories.items.iter().chain(&self.brand_tags.items);
        Some(Brand {
            id,
            family,
            name,
            country: self.country_code.as_str().and_then(|code| code.trim().parse().ok()).unwrap_or(country),
            kind: Kind::of(self.kind.or_empty(), self.category.or_empty()),
            // The supplier's words for machines, as words for people.
            category: Printable::new(&self.category.or_empty().replace('_', " ")),
            tags: tags.filter_map(Text::printable).take(MOST_TAGS).collect(),
            min: self.min.printable(),
            max: self.max.printable(),
            out_of_stock: self.is_out_of_stock.is_set(),
            colour: self.bg_color.as_str().and_then(colour),
            logo: self.logo_base_url.as_str().and_then(logo),
        })
    }

    /// The brand, with the words of the group that it is listed in where it has none itself.
    fn in_group(mut self, kind: &Text, category: &Text) -> Self {
        if self.kind.as_str().is_none() {
            self.kind = kind.clone();
        }
        if self.category.as_str().is_none() {
            self.category = category.clone();
        }
        self
    }
}

/// Reads a country's brands. Those that `homepage` names are put forward after the popular ones.
pub(in crate::api) fn catalogue(
    json: &str,
    country: CountryCode,
    homepage: &[Printable],
) -> Result<Catalogue, Failure> {
    let nothing = || unreadable("it holds no brands");
    let (all, groups, popular) = if json.trim_start().starts_with('[') {
        let list = array(json, []).ok_or_else(nothing)?;
        (Some(list), Some(list), None)
    } else {
        let names = ["all_brands", "brands", "categories", "popular_brands"];
        let lists = members(json, names).ok_or_else(nothing)?;
        let [all, brands, groups, popular] = lists.map(|list| list.filter(|list| list.starts_with('[')));
        (all.or(brands), groups, popular)
    };
    if all.or(groups).or(popular).is_none() {
        return Err(nothing());
    }
    let read = |list: Option<&str>| {
        let list: List<ToldBrand> = list.map(List::read).unwrap_or_default();
        list.items.into_iter().filter_map(|brand| brand.into_domain(country)).collect::<Vec<_>>()
    };
    let mut forward: Vec<Printable> = Vec::new();
    let popular = read(popular);
    let mut brands = read(all);
    if brands.is_empty() {
        (brands, forward) = from_groups(groups, country);
    }
    if brands.is_empty() {
        brands.clone_from(&popular);
    }
    let named = popular.iter().map(|brand| &brand.id).chain(&forward).chain(homepage);
    let featured: Vec<Printable> = named.take(MOST_FEATURED).cloned().collect();
    Ok(Catalogue::new(country, brands, &featured))
}

/// Every brand of the categories, and the ids of those that are popular in one.
fn from_groups(groups: Option<&str>, country: CountryCode) -> (Vec<Brand>, Vec<Printable>) {
    let groups: List<BrandGroup> = groups.map(List::read).unwrap_or_default();
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

/// `#RRGGBB` as red, green and blue.
fn colour(text: &str) -> Option<[u8; 3]> {
    let digits = text.trim().strip_prefix('#')?;
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some([red, green, blue])
}

/// What a logo's address begins with, when it is one that may be asked: https, or this machine.
fn logo(text: &str) -> Option<String> {
    let text = text.trim();
    let url = Url::parse(text).ok().filter(|_| text.len() <= LONGEST_LOGO && text.is_ascii())?;
    let loopback = match url.host()? {
        Host::Ipv4(ip) => ip.is_loopback(),
        Host::Ipv6(ip) => ip.is_loopback(),
        Host::Domain(name) => name == "localhost",
    };
    let scheme_fits = url.scheme() == "https" || (url.scheme() == "http" && loopback);
    let bare = url.username().is_empty() && url.password().is_none();
    (scheme_fits && bare).then(|| text.to_owned())
}
