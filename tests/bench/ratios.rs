//! How quick the parts are that a person waits for, as ratios to the bare libraries, taken in one run.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::hint::black_box;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use giftty::api;
use giftty::domain::cart::Cart;
use giftty::domain::country::CountryCode;
use giftty::domain::purchase::Lang;
use giftty::domain::time::{Moment, Timestamp};
use giftty::input::Size;
use giftty::screens::desk::{Habits, Shop};
use giftty::search::Index;
use giftty::state::{Boot, State};
use giftty::theme::Theme;
use giftty::view::view;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32String};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::widgets::Paragraph;
use serde::Deserialize;

/// What is typed, letter by letter.
const WORD: &str = "market";
/// How often each thing is done; the fastest counts, since noise only ever adds.
const ROUNDS: usize = 30;

mod orders;

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "a filter's letters, ours to the bare matcher")?;
    for count in [500, 5_000, 20_000, 100_000] {
        filter(count, &mut out)?;
    }
    writeln!(out, "\na catalogue of 2,000 brands, ours to bare serde_json for the same fields")?;
    parse(&mut out)?;
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

/// A ratio in hundredths.
fn ratio(ours: Duration, bare: Duration) -> String {
    let hundredths = ours.as_nanos() * 100 / bare.as_nanos().max(1);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn filter(count: usize, out: &mut impl Write) -> io::Result<()> {
    let names = names(count);
    let also = || "shops other words".to_owned();
    let mut index = Index::new(names.iter().map(|name| (name.as_str(), also())));
    let bare: Vec<Utf32String> = names.iter().map(|name| Utf32String::from(name.as_str())).collect();
    let mut matcher = Matcher::new(Config::DEFAULT);
    for end in 1..=WORD.len() {
        let (before, typed) = (WORD.get(..end - 1).unwrap_or_default(), WORD.get(..end).unwrap_or_default());
        let ours = fastest(|| {
            index.find(before);
            timed(|| index.find(typed).len())
        });
        // What was found before, as the reference program keeps it, scored anew and ordered.
        let mut scored = |query: &str, among: &[usize]| {
            let pattern = Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart);
            let score = |place: &usize| pattern.score(bare.get(*place)?.slice(..), &mut matcher);
            let mut score = score;
            let mut hits: Vec<(u32, usize)> =
                among.iter().filter_map(|place| Some((score(place)?, *place))).collect();
            hits.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
            hits
        };
        let all: Vec<usize> = (0..count).collect();
        let kept: Vec<usize> = match before {
            "" => all,
            before => scored(before, &all).into_iter().map(|(_, place)| place).collect(),
        };
        let theirs = fastest(|| timed(|| scored(typed, &kept)));
        writeln!(out, "{count:>7} names  {typed:<7} {ours:>12.2?} {theirs:>12.2?}  {}", ratio(ours, theirs))?;
    }
    Ok(())
}

/// The fields of a brand as they are, without a check of anything.
#[derive(Deserialize)]
struct Bare<'a> {
    #[serde(borrow)]
    brand_id: Cow<'a, str>,
    family: Cow<'a, str>,
    brand: Cow<'a, str>,
    category: Cow<'a, str>,
    brand_tags: Vec<Cow<'a, str>>,
    min: Cow<'a, str>,
    max: Cow<'a, str>,
    is_out_of_stock: bool,
}

fn parse(out: &mut impl Write) -> io::Result<()> {
    let mut json = String::from("[");
    for (place, name) in names(2_000).iter().enumerate() {
        let comma = if place == 0 { "" } else { "," };
        let written = write!(
            json,
            r#"{comma}{{"brand_id":"{place}","family":"{name}","brand":"{name}","country_code":"US",
            "kind":"giftcard","category":"travel","additional_categories":[],"brand_tags":["a tag","another"],
            "min":"$5","max":"$500","is_out_of_stock":false,"bg_color":"\#112233",
            "description":"words that no list shows, which are skipped while it is read"}}"#
        );
        written.map_err(io::Error::other)?;
    }
    json.push(']');
    let json = json.replace("\\#", "#");
    let country: CountryCode = "US".parse().map_err(|_| io::Error::other("no country"))?;
    let ours = fastest(|| timed(|| api::read_catalogue(&json, country).map(|read| read.brands.len())));
    let theirs = fastest(|| {
        timed(|| {
            let read: Vec<Bare<'_>> = serde_json::from_str(&json).unwrap_or_default();
            let chars = |brand: &Bare<'_>| {
                brand.brand_id.len()
                    + brand.family.len()
                    + brand.brand.len()
                    + brand.category.len()
                    + brand.brand_tags.len()
                    + brand.min.len()
                    + brand.max.len()
                    + usize::from(brand.is_out_of_stock)
            };
            read.iter().map(chars).sum::<usize>()
        })
    });
    writeln!(out, "{:>7} bytes  {ours:>20.2?} {theirs:>12.2?}  {}", json.len(), ratio(ours, theirs))
}

/// A frame of the first screen, drawn anew with nothing changed, beside a single paragraph's.
fn frame(out: &mut impl Write) -> io::Result<()> {
    let size = Size { columns: 80, rows: 24 };
    let (state, _) = State::new(boot(size));
    let theme = Theme::default();
    let mut terminal = Terminal::new(TestBackend::new(size.columns, size.rows)).map_err(io::Error::other)?;
    let ours = fastest(|| timed(|| terminal.draw(|frame| view(&state, &theme, frame)).is_ok()));
    let bare = |frame: &mut ratatui::Frame<'_>| frame.render_widget(Paragraph::new("x"), frame.area());
    let theirs = fastest(|| timed(|| terminal.draw(bare).is_ok()));
    writeln!(out, "{:>34.2?} {theirs:>12.2?}  {}", ours, ratio(ours, theirs))
}

/// What a session begins with on an empty machine.
fn boot(size: Size) -> Boot {
    Boot {
        shop: Shop { sandbox: true, pace: None, notice: None },
        size,
        now: Moment { wall: Timestamp(1_700_000_000), uptime: Duration::ZERO },
        utc_offset: 0,
        locale_country: None,
        country: None,
        stock: None,
        tender: None,
        email: None,
        phone: None,
        cart: Cart::default(),
        lang: Lang::En,
        pictures: None,
        habits: Habits::default(),
    }
}
