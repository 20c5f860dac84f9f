//! Logos: which of their pictures is asked for, and what is told and taken meanwhile.

use super::shop::{Request, Shop, json, with_headers};
use super::{client, limits, settings};
use crate::api::{Client, Settings};
use crate::domain::failure::Failure;

const PICTURE: &[u8] = b"a picture";

fn base(shop: &Shop) -> String {
    format!("{}/logos/steam", shop.base)
}

#[tokio::test]
async fn the_smallest_that_is_enough_is_asked_for_and_nobody_is_told_who_asks() {
    let shop = Shop::open(|_, _| with_headers(200, "", PICTURE)).await;
    let named = Settings { partner_id: Some("partner-1".to_owned()), ..settings(&shop.base) };
    let named = Client::with_limits(named, limits());
    assert_eq!(named.logo(&base(&shop), 90).await.unwrap(), PICTURE);
    assert_eq!(named.logo(&base(&shop), 400).await.unwrap(), PICTURE);
    assert_eq!(shop.paths(), ["/logos/steam_300x190.webp", "/logos/steam_500x318.webp"]);
    for request in shop.seen() {
        let ours = request.headers.keys().find(|name| name.starts_with("x-c") || *name == "cookie");
        assert_eq!(ours, None, "{request:?}");
    }
}

#[tokio::test]
async fn one_that_is_missing_or_too_large_gives_way_to_the_next() {
    let shop = Shop::open(|request: &Request, _| match request.path.as_str() {
        "/logos/steam_300x190.webp" => json(404, "{}"),
        "/logos/steam_500x318.webp" => with_headers(200, "", &vec![0; 300 << 10]),
        _ => with_headers(200, "", PICTURE),
    })
    .await;
    assert_eq!(client(&shop).logo(&base(&shop), 90).await.unwrap(), PICTURE);
    assert_eq!(shop.paths().last().map(String::as_str), Some("/logos/steam.webp"));
    assert_eq!(shop.paths().len(), 3);
}

#[tokio::test]
async fn where_there_is_none_it_ends() {
    let shop = Shop::open(|_, _| json(404, "{}")).await;
    assert!(matches!(client(&shop).logo(&base(&shop), 90).await, Err(Failure::Refused { status: 404, .. })));
    assert_eq!(shop.paths().len(), 4);
    let shop = Shop::open(|_, _| json(503, "{}")).await;
    assert!(matches!(client(&shop).logo(&base(&shop), 90).await, Err(Failure::Trouble(503))));
    assert_eq!(shop.paths().len(), 1, "a host in trouble is left alone");
}

#[tokio::test]
async fn no_logo_leads_elsewhere() {
    let other = Shop::open(|_, _| with_headers(200, "", PICTURE)).await;
    let there = format!("location: {}/logos/x\r\n", other.base);
    let shop = Shop::open(move |_, _| with_headers(302, &there, b"")).await;
    assert!(client(&shop).logo(&base(&shop), 90).await.is_err());
    for elsewhere in ["http://192.0.2.1/logos/steam", "https://127.0.0.1/logos/steam", "logos/steam"] {
        assert!(
            matches!(client(&shop).logo(elsewhere, 90).await, Err(Failure::Unreachable(_))),
            "{elsewhere}"
        );
    }
    assert_eq!(other.paths(), [""; 0]);
}
