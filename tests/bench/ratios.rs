//! How quick the parts are that a person waits for, as ratios to the bare libraries, taken in one run.

use std::fmt::Write as _;
use std::hint::black_box;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use giftty::api;
use giftty::cache::Cache;
use giftty::domain::country::CountryCode;
use giftty::domain::purchase::Lang;
use giftty::domain::time::{Moment, Timestamp};
use giftty::input::Size;
use giftty::model::{Preferences, Shop};
use giftty::search::{Index, MatcherScratch};
use giftty::session::Surface;
use giftty::state::{SessionInit, StartPolicy, State};
use giftty::terminal::Painter;
use giftty::theme::Theme;
use giftty::view::view;
use giftty::widgets::frame::Frame;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32String};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Paragraph;
use serde::Deserialize;

/// What is typed, letter by letter: beginnings that many names have, letters that are mostly strewn about,
/// and a word that nothing has, so that slips are looked for.
const WORDS: [&str; 5] = ["market", "go", "sp", "amazon", "zz"];
/// How often each thing is done; the fastest counts, since noise only ever adds.
const ROUNDS: usize = 30;

mod filling;
mod orders;

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "a filter's letters over names and other words, ours to the bare matcher; and to one that has only names"
    )?;
    writeln!(
        out,
        "              typed     found (names)        ours    bare, both  ratio  bare, names  ratio  with slips"
    )?;
    for count in [500, 5_000, 20_000] {
        for word in WORDS {
            filter(count, word, &mut out)?;
        }
    }
    filter(100_000, "market", &mut out)?;
    writeln!(out, "\na catalogue of 2,000 brands read, checked and put in order, ours to bare serde_json")?;
    parse(&mut out)?;
    writeln!(out, "\n5,000 brands from the cache's file")?;
    recall(&mut out)?;
    writeln!(out, "\norders of this user, 10,000 to 10")?;
    orders::measure(&mut out)?;
    writeln!(out, "\na frame of the first screen, ours to that of a single paragraph")?;
    frame(&mut out)
}

/// Words that are made up, always the same.
fn names(count: usize) -> Vec<String> {
    const SYLLABLES: [&str; 16] =
        ["mar", "ket", "shop", "lu", "ra", "ton", "vi", "go", "pe", "zan", "mi", "el", "do", "ar", "be", "k"];
    let mut seed = 0x9e37_79b9_u64;
    let mut next = move |most: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % u64::try_from(most).unwrap_or(1)).unwrap_or_default()
    };
    let mut word = |least: usize| {
        let count = least + next(3);
        (0..count).map(|_| SYLLABLES.get(next(16)).copied().unwrap_or_default()).collect::<String>()
    };
    (0..count).map(|number| format!("{} {} {number}", word(2), word(1))).collect()
}

fn fastest(mut work: impl FnMut() -> Duration) -> Duration {
    (0..ROUNDS).map(|_| work()).min().unwrap_or_default()
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let begun = Instant::now();
    black_box(work());
    begun.elapsed()
}

/// How long it takes to make what is then kept.
fn timed_until_made<T>(work: impl FnOnce() -> T) -> Duration {
    let begun = Instant::now();
    let made = black_box(work());
    let took = begun.elapsed();
    drop(made);
    took
}

/// A ratio in hundredths.
fn ratio(ours: Duration, bare: Duration) -> String {
    let hundredths = ours.as_nanos() * 100 / bare.as_nanos().max(1);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// The words that a brand is found by besides its name: its family, mostly called the same, and categories.
fn also(name: &str, place: usize) -> String {
    const CATEGORIES: [&str; 5] = [
        "travel food restaurants",
        "games entertainment",
        "food",
        "shopping fashion home electronics",
        "shopping",
    ];
    format!("{name} {}", CATEGORIES[place % CATEGORIES.len()])
}

fn filter(count: usize, word: &str, out: &mut impl Write) -> io::Result<()> {
    let names = names(count);
    let things = names.iter().enumerate().map(|(place, name)| (name.as_str(), also(name, place)));
    let (mut index, scratch) = (Index::new(things), MatcherScratch::default());
    let others = names.iter().enumerate().map(|(place, name)| Utf32String::from(also(name, place)));
    let bare = [names.iter().map(|name| Utf32String::from(name.as_str())).collect(), others.collect()];
    let mut matcher = Matcher::new(Config::DEFAULT);
    for end in 1..=word.len() {
        let (before, typed) = (word.get(..end - 1).unwrap_or_default(), word.get(..end).unwrap_or_default());
        let ours = fastest(|| {
            index.find(before, &scratch);
            timed(|| index.find(typed, &scratch).len())
        });
        let forgiving = fastest(|| {
            index.find(before, &scratch);
            timed(|| index.find_forgiving(typed, &scratch).len())
        });
        // What was found before, as the reference program keeps it, scored anew and ordered. All have
        // just looked for the letters before, so that none is warmer than another.
        let all: Vec<usize> = (0..count).collect();
        let mut theirs = |columns: &[Vec<Utf32String>]| {
            fastest(|| {
                let kept: Vec<usize> = match before {
                    "" => all.clone(),
                    before => {
                        scored(columns, before, &all, &mut matcher).into_iter().map(|hit| hit.1).collect()
                    }
                };
                timed(|| scored(columns, typed, &kept, &mut matcher))
            })
        };
        let (both, only) = (theirs(&bare), theirs(&bare[..1]));
        let (found, named) =
            (index.find(typed, &scratch).len(), scored(&bare[..1], typed, &all, &mut matcher).len());
        write!(out, "{count:>7} names {typed:<7} {found:>7} {named:>7} {ours:>11.2?}")?;
        write!(out, " {both:>12.2?}  {:>5} {only:>12.2?}  {:>5}", ratio(ours, both), ratio(ours, only))?;
        writeln!(out, " {forgiving:>11.2?}")?;
    }
    Ok(())
}

/// What the bare matcher finds in the first of several columns that has it, the best first.
fn scored(
    columns: &[Vec<Utf32String>],
    query: &str,
    among: &[usize],
    matcher: &mut Matcher,
) -> Vec<(u32, usize)> {
    let pattern = Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart);
    let mut score =
        |place: usize| columns.iter().find_map(|column| pattern.score(column.get(place)?.slice(..), matcher));
    let mut hits: Vec<(u32, usize)> =
        among.iter().filter_map(|place| Some((score(*place)?, *place))).collect();
    hits.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    hits
}

/// The fields of a brand that a list keeps, as they are, without a check of anything.
#[derive(Deserialize)]
struct Bare {
    brand_id: String,
    family: String,
    brand: String,
    country_code: String,
    kind: String,
    category: String,
    additional_categories: Vec<String>,
    brand_tags: Vec<String>,
    min: Option<String>,
    max: Option<String>,
    is_out_of_stock: bool,
    bg_color: String,
    logo_base_url: String,
}

/// The same, where they stand in the body: nothing that can be kept longer than that.
#[derive(Deserialize)]
struct Lent<'a> {
    brand_id: &'a str,
    family: &'a str,
    brand: &'a str,
    country_code: &'a str,
    kind: &'a str,
    category: &'a str,
    #[serde(borrow)]
    additional_categories: Vec<&'a str>,
    brand_tags: Vec<&'a str>,
    min: Option<&'a str>,
    max: Option<&'a str>,
    is_out_of_stock: bool,
    bg_color: &'a str,
    logo_base_url: &'a str,
}

/// How many bytes the fields of a brand have, so that none of them is read for nothing.
macro_rules! bytes_of {
    ($brand:expr) => {{
        let brand = $brand;
        let words = [
            brand.brand_id.len(),
            brand.family.len(),
            brand.brand.len(),
            brand.country_code.len(),
            brand.kind.len(),
            brand.category.len(),
            brand.additional_categories.len(),
            brand.brand_tags.len(),
            brand.min.as_ref().map_or(0, |label| label.len()),
            brand.max.as_ref().map_or(0, |label| label.len()),
            usize::from(brand.is_out_of_stock),
            brand.bg_color.len(),
            brand.logo_base_url.len(),
        ];
        words.iter().sum::<usize>()
    }};
}

/// A list of brands as the shop writes it (contract, section 2.3).
fn brands(count: usize) -> Result<String, std::fmt::Error> {
    let mut json = String::from("[");
    for (place, name) in names(count).iter().enumerate() {
        let comma = if place == 0 { "" } else { "," };
        write!(
            json,
            "{comma}{{\"family\":\"{name}\",\"brand\":\"{name}\",\
            \"brand_id\":\"{place:08}-0000-4000-8000-000000000000\",\
            \"logo_url\":\"https://cdn.cryptorefills.com/images/{place}.webp\",\
            \"logo_base_url\":\"https://cdn.cryptorefills.com/images/{place}\",\"bg_color\":\"#112233\",\
            \"min\":\"$5\",\"max\":\"$500\",\"category\":\"travel\",\"additional_categories\":[\"food\",\"home\"],\
            \"kind\":\"giftcard\",\"product_type\":\"digital\",\"is_out_of_stock\":false,\
            \"country_code\":\"US\",\"brand_tags\":[]}}"
        )?;
    }
    json.push(']');
    Ok(json)
}

fn parse(out: &mut impl Write) -> io::Result<()> {
    let json = brands(2_000).map_err(io::Error::other)?;
    let country: CountryCode = "US".parse().map_err(|_| io::Error::other("no country"))?;
    let ours = fastest(|| timed(|| api::read_catalogue(&json, country).map(|read| read.brands.len())));
    let kept = fastest(|| {
        timed(|| {
            let read: Vec<Bare> = serde_json::from_str(&json).unwrap_or_default();
            read.iter().map(|brand| bytes_of!(brand)).sum::<usize>()
        })
    });
    let lent = fastest(|| {
        timed(|| {
            let read: Vec<Lent<'_>> = serde_json::from_str(&json).unwrap_or_default();
            read.iter().map(|brand| bytes_of!(brand)).sum::<usize>()
        })
    });
    let bytes = json.len();
    writeln!(out, "{bytes:>7} bytes, kept as we do {ours:>9.2?} {kept:>12.2?}  {}", ratio(ours, kept))?;
    writeln!(out, "{bytes:>7} bytes, only borrowed {ours:>9.2?} {lent:>12.2?}  {}", ratio(ours, lent))
}

/// The brands of a returning user, from the file of the cache.
fn recall(out: &mut impl Write) -> io::Result<()> {
    let json = brands(5_000).map_err(io::Error::other)?;
    let country: CountryCode = "US".parse().map_err(|_| io::Error::other("no country"))?;
    let catalogue = api::read_catalogue(&json, country).map_err(|_| io::Error::other("no brands"))?;
    let home = tempfile::tempdir()?;
    let cache = Cache::new(home.path(), "https://shop.example");
    cache.keep_catalogue(&catalogue, Timestamp(0));
    let read = |cache: &Cache| cache.catalogue(country).map(|last| last.value.brands);
    let ours = fastest(|| timed_until_made(|| read(&cache)));
    writeln!(out, "{ours:>34.2?}")
}

/// A frame of the first screen, drawn anew with nothing changed, beside a single paragraph's.
fn frame(out: &mut impl Write) -> io::Result<()> {
    let size = Size { columns: 80, rows: 24 };
    let (state, _) = State::new(boot(size));
    let theme = Theme::default();
    let mut cells = Buffer::empty(Rect::new(0, 0, size.columns, size.rows));
    let mut painter = Painter::new(io::sink(), size, b"");
    let mut draw = || {
        let mut frame = Frame::new(&mut cells);
        view(&state, &theme, &mut frame);
        let caret = frame.caret();
        let shown = painter.show(&cells, caret);
        cells.reset();
        shown.is_ok()
    };
    let ours = fastest(|| timed(&mut draw));
    let mut terminal = Terminal::new(TestBackend::new(size.columns, size.rows)).map_err(io::Error::other)?;
    let bare = |frame: &mut ratatui::Frame<'_>| frame.render_widget(Paragraph::new("x"), frame.area());
    let theirs = fastest(|| timed(|| terminal.draw(bare).is_ok()));
    writeln!(out, "{:>34.2?} {theirs:>12.2?}  {}", ours, ratio(ours, theirs))
}

/// What a session begins with on an empty machine.
fn boot(size: Size) -> SessionInit {
    SessionInit {
        shop: Shop { sandbox: true, pace: None, notice: None },
        size,
        now: Moment { wall: Timestamp(1_700_000_000), uptime: Duration::ZERO },
        utc_offset: 0,
        locale_country: None,
        asks: StartPolicy::AtOnce,
        country: None,
        stock: None,
        lang: Lang::En,
        pictures: None,
        preferences: Preferences::default(),
    }
}
