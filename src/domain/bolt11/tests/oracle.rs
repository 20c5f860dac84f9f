//! Invoices are read as another implementation of BOLT11 makes and reads them.

use std::time::Duration;

use bitcoin::hashes::{Hash, sha256};
use bitcoin::secp256k1::{Secp256k1, SecretKey};
use lightning_invoice::{
    Bolt11Invoice, Currency, ExpiryTime, InvoiceBuilder, PaymentSecret, SignedRawBolt11Invoice,
};
use proptest::prelude::*;

use super::*;

/// What an invoice is made of.
#[derive(Clone, Debug)]
struct Wanted {
    currency: Currency,
    millisatoshis: Option<u64>,
    created_at: u64,
    expiry: Option<u32>,
    description: String,
}

/// The invoice as the other implementation makes and signs it.
fn made(wanted: &Wanted) -> Bolt11Invoice {
    let key = SecretKey::from_slice(&[0x11; 32]).unwrap();
    let mut builder = InvoiceBuilder::new(wanted.currency.clone())
        .description(wanted.description.clone())
        .payment_hash(sha256::Hash::from_slice(&[7; 32]).unwrap())
        .payment_secret(PaymentSecret([9; 32]))
        .duration_since_epoch(Duration::from_secs(wanted.created_at))
        .min_final_cltv_expiry_delta(144);
    if let Some(amount) = wanted.millisatoshis {
        builder = builder.amount_milli_satoshis(amount);
    }
    if let Some(expiry) = wanted.expiry {
        builder = builder.expiry_time(Duration::from_secs(expiry.into()));
    }
    builder.build_signed(|hash| Secp256k1::new().sign_ecdsa_recoverable(hash, &key)).unwrap()
}

fn wanted(currency: impl Strategy<Value = Currency>) -> impl Strategy<Value = Wanted> {
    let amount = prop::option::of(1..=100_000_000_000_000_000_u64);
    let made_of = (currency, amount, 0..1_u64 << 35, prop::option::of(any::<u32>()), "[ -~é€]{0,60}");
    made_of.prop_map(|(currency, millisatoshis, created_at, expiry, description)| Wanted {
        currency,
        millisatoshis,
        created_at,
        expiry,
        description,
    })
}

/// Bitcoin of so many millionths of a millionth.
fn bitcoin(pico: u64) -> Option<Amount> {
    Amount::new(Decimal::from_i128_with_scale(pico.into(), 12).normalize())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn an_invoice_of_another_implementation_is_read_as_it_was_made(wanted in wanted(Just(Currency::Bitcoin))) {
        let theirs = made(&wanted);
        let ours = Invoice::parse(&theirs.to_string()).unwrap();
        prop_assert_eq!(ours.amount(), wanted.millisatoshis.and_then(|amount| bitcoin(amount * 10)));
        prop_assert_eq!(ours.created_at(), wanted.created_at);
        prop_assert_eq!(ours.created_at(), theirs.duration_since_epoch().as_secs());
        prop_assert_eq!(ours.expires_at(), wanted.created_at + theirs.expiry_time().as_secs());
    }

    #[test]
    fn an_invoice_of_a_test_network_is_refused(
        wanted in wanted(prop::sample::select(vec![
            Currency::BitcoinTestnet,
            Currency::Regtest,
            Currency::Simnet,
            Currency::Signet,
        ]))
    ) {
        prop_assert_eq!(Invoice::parse(&made(&wanted).to_string()), Err(InvoiceError::WrongNetwork));
    }
}

#[test]
fn the_examples_of_the_specification_are_read_alike() {
    for text in [DONATION, COFFEE, NONSENSE, LIST, ROUTED, PICO, BEANS] {
        let theirs: SignedRawBolt11Invoice = text.parse().unwrap();
        let (created_at, raw) = (theirs.data.timestamp.as_unix_timestamp(), theirs.raw_invoice());
        let ours = Invoice::parse(text).unwrap();
        assert_eq!(raw.currency(), Currency::Bitcoin);
        assert_eq!(ours.amount(), raw.amount_pico_btc().and_then(bitcoin), "{text}");
        assert_eq!(ours.created_at(), created_at, "{text}");
        let expiry = raw.expiry_time().map_or(DEFAULT_EXPIRY, ExpiryTime::as_seconds);
        assert_eq!(ours.expires_at(), created_at + expiry, "{text}");
    }
}
