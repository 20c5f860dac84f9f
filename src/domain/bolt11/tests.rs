//! The examples of the BOLT11 specification, and what becomes of them when they are changed.

mod oracle;

use proptest::prelude::*;

use super::*;

const HASH_FIELD: &str = "pp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypq";
const DONATION: &str = "lnbc1pvjluezpp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqdpl2pkx2ctnv5sxxmmwwd5kgetjypeh2ursdae8g6twvus8g6rfwvs8qun0dfjkxaq8rkx3yf5tcsyz3d73gafnh3cax9rn449d9p5uxz9ezhhypd0elx87sjle52x86fux2ypatgddc6k63n7erqz25le42c4u4ecky03ylcqca784w";
pub(super) const COFFEE: &str = "lnbc2500u1pvjluezpp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqdq5xysxxatsyp3k7enxv4jsxqzpuaztrnwngzn3kdzw5hydlzf03qdgm2hdq27cqv3agm2awhz5se903vruatfhq77w3ls4evs3ch9zw97j25emudupq63nyw24cg27h2rspfj9srp";
const NONSENSE: &str = "lnbc2500u1pvjluezpp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqdpquwpc4curk03c9wlrswe78q4eyqc7d8d0xqzpuyk0sg5g70me25alkluzd2x62aysf2pyy8edtjeevuv4p2d5p76r4zkmneet7uvyakky2zr4cusd45tftc9c5fh0nnqpnl2jfll544esqchsrny";
const LIST: &str = "lnbc20m1pvjluezpp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqhp58yjmdan79s6qqdhdzgynm4zwqd5d7xmw5fk98klysy043l2ahrqscc6gd6ql3jrc5yzme8v4ntcewwz5cnw92tz0pc8qcuufvq7khhr8wpald05e92xw006sq94mg8v2ndf4sefvf9sygkshp5zfem29trqq2yxxz7";
const TESTNET: &str = "lntb20m1pvjluezhp58yjmdan79s6qqdhdzgynm4zwqd5d7xmw5fk98klysy043l2ahrqspp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqfpp3x9et2e20v6pu37c5d9vax37wxq72un98kmzzhznpurw9sgl2v0nklu2g4d0keph5t7tj9tcqd8rexnd07ux4uv2cjvcqwaxgj7v4uwn5wmypjd5n69z2xm3xgksg28nwht7f6zspwp3f9t";
const ROUTED: &str = "lnbc20m1pvjluezpp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqhp58yjmdan79s6qqdhdzgynm4zwqd5d7xmw5fk98klysy043l2ahrqsfpp3qjmp7lwpagxun9pygexvgpjdc4jdj85fr9yq20q82gphp2nflc7jtzrcazrra7wwgzxqc8u7754cdlpfrmccae92qgzqvzq2ps8pqqqqqqpqqqqq9qqqvpeuqafqxu92d8lr6fvg0r5gv0heeeqgcrqlnm6jhphu9y00rrhy4grqszsvpcgpy9qqqqqqgqqqqq7qqzqj9n4evl6mr5aj9f58zp6fyjzup6ywn3x6sk8akg5v4tgn2q8g4fhx05wf6juaxu9760yp46454gpg5mtzgerlzezqcqvjnhjh8z3g2qqdhhwkj";
const PICO: &str = "lnbc9678785340p1pwmna7lpp5gc3xfm08u9qy06djf8dfflhugl6p7lgza6dsjxq454gxhj9t7a0sd8dgfkx7cmtwd68yetpd5s9xar0wfjn5gpc8qhrsdfq24f5ggrxdaezqsnvda3kkum5wfjkzmfqf3jkgem9wgsyuctwdus9xgrcyqcjcgpzgfskx6eqf9hzqnteypzxz7fzypfhg6trddjhygrcyqezcgpzfysywmm5ypxxjemgw3hxjmn8yptk7untd9hxwg3q2d6xjcmtv4ezq7pqxgsxzmnyyqcjqmt0wfjjq6t5v4khxxqyjw5qcqp2rzjq0gxwkzc8w6323m55m4jyxcjwmy7stt9hwkwe2qxmy8zpsgg7jcuwz87fcqqeuqqqyqqqqlgqqqqn3qq9qn07ytgrxxzad9hc4xt3mawjjt8znfv8xzscs7007v9gh9j569lencxa8xeujzkxs0uamak9aln6ez02uunw6rd2ht2sqe4hz8thcdagpleym0j";
const BEANS: &str = "lnbc25m1pvjluezpp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqdq5vdhkven9v5sxyetpdeessp5zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zygs9q5sqqqqqqqqqqqqqqqpqsq67gye39hfg3zd8rgc80k32tvy9xk2xunwm5lzexnvpx6fd77en8qaq424dxgt56cag2dpt359k3ssyhetktkpqh24jqnjyw6uqd08sgptq44qu";

#[test]
fn the_examples_of_the_specification_are_read() {
    let day_one = 1_496_314_658;
    let table = [
        (DONATION, None, day_one, 3600),
        (COFFEE, Some("0.0025"), day_one, 60),
        (NONSENSE, Some("0.0025"), day_one, 60),
        (LIST, Some("0.02"), day_one, 3600),
        (ROUTED, Some("0.02"), day_one, 3600),
        (PICO, Some("0.00967878534"), 1_572_468_703, 604_800),
        (BEANS, Some("0.025"), day_one, 3600),
    ];
    for (text, amount, created_at, expiry) in table {
        let invoice = Invoice::parse(text).expect(text);
        assert_eq!(invoice.amount().map(|amount| amount.to_string()).as_deref(), amount, "{text}");
        assert_eq!(invoice.created_at(), created_at);
        assert_eq!(invoice.expires_at(), created_at + expiry);
        assert_eq!(Invoice::parse(&text.to_ascii_uppercase()), Ok(invoice), "capitals are the same");
    }
}

#[test]
fn the_invalid_examples_are_refused() {
    let table = [
        (NONSENSE.replace("chsrny", "chsrnt"), InvoiceError::Checksum),
        (NONSENSE.replacen("lnbc2500u1", "", 1), InvoiceError::NotAnInvoice),
        (NONSENSE.replacen("lnbc", "LNBC", 1), InvoiceError::MixedCase),
        (
            "lnbc1pvjluezpp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqdpl2pkx2ctnv5sxxmmwwd5kgetjypeh2ursdae8g6na6hlh".into(),
            InvoiceError::Incomplete,
        ),
        (
            "lnbc2500x1pvjluezpp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqdq5xysxxatsyp3k7enxv4jsxqzpujr6jxr9gq9pv6g46y7d20jfkegkg4gljz2ea2a3m9lmvvr95tq2s0kvu70u3axgelz3kyvtp2ywwt0y8hkx2869zq5dll9nelr83zzqqpgl2zg".into(),
            InvoiceError::Amount,
        ),
        (
            "lnbc2500000001p1pvjluezpp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqdq5xysxxatsyp3k7enxv4jsxqzpu7hqtk93pkf7sw55rdv4k9z2vj050rxdr6za9ekfs3nlt5lr89jqpdmxsmlj9urqumg0h9wzpqecw7th56tdms40p2ny9q4ddvjsedzcplva53s".into(),
            InvoiceError::Amount,
        ),
        (TESTNET.into(), InvoiceError::WrongNetwork),
        (TESTNET.to_ascii_uppercase(), InvoiceError::WrongNetwork),
    ];
    for (text, fault) in table {
        assert_eq!(Invoice::parse(&text), Err(fault), "{text}");
    }
}

#[test]
fn what_is_no_invoice_is_refused() {
    let mut endless = DONATION.to_owned();
    endless.push_str(&"q".repeat(LONGEST));
    let table = [
        ("", InvoiceError::NotAnInvoice),
        ("ln", InvoiceError::NotAnInvoice),
        ("lnbc", InvoiceError::Checksum),
        ("lnbc1", InvoiceError::Checksum),
        ("lightning:lnbc1", InvoiceError::NotAnInvoice),
        (
            "lnurl1dp68gurn8ghj7um9wfmxjcm99e3k7mf0v9cxj0m385ekvcenxc6r2c35xvukxefcv5mkvv34x5ekzd3ev56nyd3hxqurzepexejxxepnxscrvwfnv9nxzcn9xq6xyefhvgcxxcmyxymnserxfq5fns",
            InvoiceError::NotAnInvoice,
        ),
        ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", InvoiceError::NotAnInvoice),
        ("lnbc1é", InvoiceError::Checksum),
        ("é", InvoiceError::NotAnInvoice),
        (" lnbc1", InvoiceError::NotAnInvoice),
        (endless.as_str(), InvoiceError::TooLong),
    ];
    for (text, fault) in table {
        assert_eq!(Invoice::parse(text), Err(fault), "{text}");
    }
    for text in [format!("{COFFEE} "), format!("{COFFEE}\n"), COFFEE.replacen('p', "р", 1)] {
        assert_eq!(Invoice::parse(&text), Err(InvoiceError::Checksum), "{text}");
    }
}

/// An invoice of these letters, with a right checksum.
fn sealed(prefix: &str, letters: &str) -> String {
    use bech32::Fe32;
    use bech32::primitives::iter::Fe32IterExt;
    let hrp = bech32::Hrp::parse(prefix).unwrap();
    let data = letters.chars().map(|c| Fe32::from_char(c).unwrap());
    data.with_checksum::<LongBech32>(&hrp).chars().collect()
}

#[test]
fn torn_fields_and_missing_parts_are_refused() {
    let signature = "q".repeat(SIGNATURE);
    let good = sealed("lnbc10n", &format!("pvjluez{HASH_FIELD}{signature}"));
    assert_eq!(Invoice::parse(&good).unwrap().amount(), "0.00000001".parse().ok());
    for letters in [
        signature.clone(),
        format!("pvjluez{signature}"),
        format!("pvjluez{HASH_FIELD}"),
        format!("pvjluez{HASH_FIELD}xl{signature}"),
        format!("pvjluez{HASH_FIELD}x{signature}"),
        format!("pvjluez{HASH_FIELD}xqqs{signature}"),
        format!("pvjluez{HASH_FIELD}{}ll", "q".repeat(SIGNATURE - 2)),
    ] {
        let text = sealed("lnbc", &letters);
        assert_eq!(Invoice::parse(&text), Err(InvoiceError::Incomplete), "{text}");
    }
}

#[test]
fn amounts_are_exact_or_refused() {
    let letters = format!("pvjluez{HASH_FIELD}{}", "q".repeat(SIGNATURE));
    let amount = |prefix: &str| Invoice::parse(&sealed(prefix, &letters)).map(|invoice| invoice.amount());
    for (prefix, bitcoin) in [
        ("lnbc1", "1"),
        ("lnbc1m", "0.001"),
        ("lnbc328330n", "0.00032833"),
        ("lnbc10p", "0.00000000001"),
        ("lnbc21000000", "21000000"),
        ("lnbc21000000000000000000p", "21000000"),
    ] {
        assert_eq!(amount(prefix), Ok(bitcoin.parse().ok()), "{prefix}");
    }
    for prefix in
        ["lnbc0", "lnbc0m", "lnbc01m", "lnbcm", "lnbc1p", "lnbc1k", "lnbc1mm", "lnbc21000001", "lnbc-1"]
    {
        assert_eq!(amount(prefix), Err(InvoiceError::Amount), "{prefix}");
    }
    let endless = format!("lnbc{}", "9".repeat(60));
    assert_eq!(amount(&endless), Err(InvoiceError::Amount));
    for prefix in ["lnbcrt", "lnbcrt5u", "lntbs", "lntbs1m", "lntb", "lnsb1"] {
        assert_eq!(amount(prefix), Err(InvoiceError::WrongNetwork), "{prefix}");
    }
    assert_eq!(amount("lnxx1m"), Err(InvoiceError::NotAnInvoice));
}

#[test]
fn an_endless_expiry_does_not_wrap() {
    let letters = format!("pvjluez{HASH_FIELD}xqp{}{}", "l", "q".repeat(SIGNATURE));
    assert_eq!(Invoice::parse(&sealed("lnbc", &letters)).unwrap().expires_at(), 1_496_314_658 + 31);
    let letters = format!("pvjluez{HASH_FIELD}xq5{}{}", "l".repeat(20), "q".repeat(SIGNATURE));
    assert_eq!(Invoice::parse(&sealed("lnbc", &letters)).unwrap().expires_at(), u64::MAX);
}

#[test]
fn an_invoice_longer_than_a_bech32_address_may_be_is_read() {
    let unknown_field = format!("y{}{}", "ll", "q".repeat(1023));
    let letters = format!("pvjluez{HASH_FIELD}{unknown_field}{}", "q".repeat(SIGNATURE));
    assert!(Invoice::parse(&sealed("lnbc1m", &letters)).is_ok());
}

proptest! {
    #[test]
    fn one_changed_letter_is_always_noticed(at in 0..COFFEE.len(), with in "[ -~]") {
        prop_assume!(COFFEE.get(at..=at) != Some(with.as_str()));
        let mut changed = COFFEE.to_owned();
        changed.replace_range(at..=at, &with);
        prop_assert!(Invoice::parse(&changed).is_err());
    }

    #[test]
    fn whatever_comes_is_answered(text in "(ln(bc)?)?[0-9munp]{0,6}1?[a-z0-9]{0,200}|.{0,40}") {
        let _answer = Invoice::parse(&text);
    }
}
