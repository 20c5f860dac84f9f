//! What is written down is read back as it was.

use proptest::prelude::*;

use super::*;
use crate::domain::failure::Failure;
use crate::domain::money::Amount;
use crate::domain::order::{
    Code, Delivered, Delivery, DeliveryState, Echo, OrderId, OrderState, PaymentState, Snapshot, Terms,
};
use crate::domain::problem::Problem;
use crate::domain::purchase::Lang;
use crate::domain::reason::OutcomeReason;
use crate::domain::text::{Prose, Secret};
use crate::domain::time::Timestamp;

/// Any text: quotes, control characters, bidirectional marks, nothing.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[a-zA-Z0-9 \"\\\\]{0,20}", Just("Done\u{200b}".to_owned())]
}

fn printable() -> impl Strategy<Value = Printable> {
    text().prop_map(|text| Printable::new(&text))
}

fn verbatim() -> impl Strategy<Value = Verbatim> {
    text().prop_map(Verbatim::new)
}

fn secret() -> impl Strategy<Value = Secret> {
    text().prop_map(Secret::new)
}

fn amount() -> impl Strategy<Value = Amount> {
    "(0|[1-9][0-9]{0,8})(\\.[0-9]{1,18})?".prop_map(|digits| digits.parse().unwrap())
}

fn tender() -> impl Strategy<Value = Tender> {
    (text(), text()).prop_map(|(coin, network)| Tender::new(&coin, &network))
}

fn choice() -> impl Strategy<Value = Choice> {
    prop_oneof![
        (verbatim(), printable()).prop_map(|(denomination, label)| Choice::Fixed { denomination, label }),
        (amount(), printable()).prop_map(|(value, currency)| Choice::Range { value, currency }),
    ]
}

fn line() -> impl Strategy<Value = Line> {
    let item = (verbatim(), verbatim(), "[A-Z]{2}", choice(), any::<bool>(), 1..=10_u8);
    (item, any::<bool>(), text()).prop_map(
        |((brand, family, country, choice, mail, quantity), mailbox, to)| {
            let delivery = if mail { DeliveryMethod::ByEmail } else { DeliveryMethod::ByPhone };
            let beneficiary = if mailbox {
                Beneficiary::Mailbox(Email::recorded(&to))
            } else {
                Beneficiary::Handset(Phone::recorded(&to))
            };
            let country = country.parse().unwrap();
            Line { item: Item { brand, family, country, choice, delivery, quantity }, beneficiary }
        },
    )
}

fn purchase() -> impl Strategy<Value = Purchase> {
    let lang = prop_oneof![Just(Lang::En), Just(Lang::Zh), Just(Lang::Tl), Just(Lang::Pt)];
    let more = (proptest::option::of(text()), proptest::option::of(text()), any::<bool>(), lang);
    (proptest::collection::vec(line(), 1..4), text(), tender(), more).prop_map(
        |(lines, buyer, tender, (coupon, refund_address, newsletter, lang))| Purchase {
            lines,
            buyer: Email::recorded(&buyer),
            tender,
            coupon,
            refund_address,
            newsletter,
            lang,
        },
    )
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "Created|WaitingForPayment|PartialPaymentStarted|PaymentStarted|PaymentReceived",
        "WaitingForDelivery|WaitingForManualAction|Done|Expired|Canceled|PaymentFailed|Succeeded|Failed",
        "PaymentSetupFailed|Refunded|WalletCreated|PaymentRequested|PaymentQuarantined",
        "ExpiredAfterPaymentDetection",
        text(),
    ]
}

fn delivered() -> impl Strategy<Value = Delivered> {
    let code = prop_oneof![
        secret().prop_map(Code::Pin),
        secret().prop_map(Code::Link),
        secret().prop_map(Code::Esim),
        Just(Code::read("LPA:1$smdp.example$ABC")),
    ];
    let parts = (
        proptest::option::of(code),
        proptest::option::of(secret()),
        proptest::option::of(secret()),
        proptest::option::of(printable()),
    );
    (parts, text()).prop_map(|((code, serial, security_code, operator_reference), redeem)| Delivered {
        code,
        serial,
        security_code,
        operator_reference,
        redeem: Prose::from_plain(&redeem),
    })
}

fn echo() -> impl Strategy<Value = Echo> {
    let range = (proptest::option::of(amount()), proptest::option::of(printable()));
    prop_oneof![
        Just(Echo::Unsaid),
        verbatim().prop_map(Echo::Fixed),
        range.prop_map(|(value, currency)| Echo::Range { value, currency }),
    ]
}

fn delivery() -> impl Strategy<Value = Delivery> {
    let head = (printable(), word(), verbatim(), proptest::option::of("[A-Z]{2}"));
    let said = (printable(), echo());
    (head, said, secret(), delivered(), proptest::option::of(printable())).prop_map(
        |((id, state, brand, country), (value, echo), beneficiary, delivered, failure)| Delivery {
            id,
            state: DeliveryState::read(&state),
            brand,
            country: country.map(|code| code.parse().unwrap()),
            value,
            echo,
            beneficiary,
            delivered,
            failure,
        },
    )
}

fn order() -> impl Strategy<Value = Order> {
    let terms =
        (tender(), amount(), text(), proptest::option::of(text()), proptest::option::of(text())).prop_map(
            |(tender, amount, address, qr_text, memo)| Terms { tender, amount, address, qr_text, memo },
        );
    let times = (proptest::option::of(any::<i64>()), proptest::option::of(any::<i64>()));
    let head = ("[a-zA-Z0-9_-]{8,64}", word(), word(), amount(), any::<bool>());
    (head, proptest::option::of(terms), times, proptest::collection::vec(delivery(), 0..3)).prop_map(
        |((id, state, payment, sent, changed), terms, (created_at, updated_at), deliveries)| {
            let snapshot = Snapshot {
                id: OrderId::parse(&id).unwrap(),
                state: OrderState::read(&state),
                payment: PaymentState::read(&payment),
                terms,
                sent,
                created_at: created_at.map(Timestamp),
                updated_at: updated_at.map(Timestamp),
                deliveries,
            };
            Order::recorded(snapshot, changed)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn a_purchase_is_read_back_as_it_was(purchase in purchase()) {
        let text = write_purchase(&purchase).unwrap();
        let again = read_purchase(&text).unwrap();
        prop_assert_eq!(&again, &purchase);
        // Equal amounts may be written differently; the text tells that they are not.
        prop_assert_eq!(write_purchase(&again).unwrap(), text);
    }

    #[test]
    fn an_order_is_read_back_as_it_was(order in order()) {
        let text = write_order(&order).unwrap();
        let again = read_order(&text).unwrap();
        prop_assert_eq!(&again, &order);
        prop_assert_eq!(write_order(&again).unwrap(), text);
    }

    #[test]
    fn an_order_that_learned_is_read_back_as_it_was(first in order(), mut second in order()) {
        let mut order = first;
        second.known.id = order.known.id.clone();
        order.learn(second.known).unwrap();
        prop_assert_eq!(read_order(&write_order(&order).unwrap()).unwrap(), order);
    }

    #[test]
    fn an_order_that_is_written_over_another_is_read_back_as_it_is(stored in order(), order in order()) {
        let text = keep_unknown(&write_order(&stored).unwrap(), write_order(&order).unwrap());
        prop_assert_eq!(read_order(&text).unwrap(), order);
    }

    #[test]
    fn arbitrary_text_is_read_as_nothing(text in text()) {
        prop_assert_eq!(read_purchase(&text), None);
        prop_assert_eq!(read_order(&text), None);
        prop_assert_eq!(read_tender(&text), None);
    }
}

#[test]
fn digits_are_kept_as_they_were_written() {
    let form = ChoiceForm::Range { value: "0.10".into(), currency: "EUR".into() };
    let Some(Choice::Range { value, .. }) = form.read() else { panic!("a range") };
    assert_eq!(value.to_string(), "0.10");
}

#[test]
fn a_text_without_a_part_that_is_needed_cannot_be_read() {
    let order = Order::recorded(
        Snapshot {
            id: OrderId::parse("f9d624ad-dc5e-4efd-9ecf-f8fb08a22677").unwrap(),
            state: OrderState::Done,
            payment: PaymentState::Received,
            terms: None,
            sent: Amount::ZERO,
            created_at: None,
            updated_at: None,
            deliveries: vec![],
        },
        false,
    );
    let text = write_order(&order).unwrap();
    assert!(read_order(&text).is_some());
    assert_eq!(read_order(&text.replace("\"sent\"", "\"sent_by\"")), None);
}

#[test]
fn a_record_from_before_the_echo_was_kept_is_read_without_it() {
    let line = r#""id":"1","state":{"known":"Succeeded"},"brand":"Steam","country":"US","value":"$10","beneficiary":"",
        "code":null,"serial":null,"security_code":null,"operator_reference":null,"redeem":[],"failure":null"#;
    let text = format!(
        r#"{{"id":"f9d624ad-dc5e","state":{{"known":"Done"}},"payment":{{"known":""}},"terms":null,
        "terms_changed":false,"sent":"0","created_at":null,"updated_at":null,"deliveries":[{{{line}}}]}}"#
    );
    assert_eq!(read_order(&text).unwrap().known.deliveries[0].echo, Echo::Unsaid);
}

/// An order in the form of a later version: with a field more wherever there may be one.
fn of_a_later_version(text: &str) -> String {
    let text = text.replacen('{', r#"{"seller":{"name":"\"},{","since":1.50},"#, 1);
    let text = text.replace(r#""address""#, r#""priority":[1,{"id":"a"}],"address""#);
    text.replace(r#""brand""#, r#""warranty":"P2Y","brand""#)
}

#[test]
fn fields_of_a_later_version_are_ignored_and_kept() {
    let line = |id: &str, code| Delivery {
        id: id.into(),
        state: DeliveryState::Waiting,
        brand: "Steam".into(),
        country: None,
        value: "10 USD".into(),
        echo: Echo::Unsaid,
        beneficiary: Secret::new("ann@example.com"),
        delivered: Delivered { code: Option::map(code, Code::read), ..Delivered::default() },
        failure: None,
    };
    let terms = Terms {
        tender: Tender::new("USDC", "Solana"),
        amount: "1.50".parse().unwrap(),
        address: "9xQe".into(),
        qr_text: None,
        memo: None,
    };
    let snapshot = Snapshot {
        id: OrderId::parse("f9d624ad-dc5e-4efd-9ecf-f8fb08a22677").unwrap(),
        state: OrderState::Created,
        payment: PaymentState::Received,
        terms: Some(terms),
        sent: Amount::ZERO,
        created_at: None,
        updated_at: None,
        deliveries: vec![line("a", None)],
    };
    let order = Order::new(snapshot.clone());
    let stored = of_a_later_version(&write_order(&order).unwrap());
    assert_eq!(read_order(&stored).as_ref(), Some(&order));

    let news = Order::new(Snapshot {
        state: OrderState::Done,
        deliveries: vec![line("a", Some("AAAA")), line("b", None)],
        ..snapshot
    });
    let text = keep_unknown(&stored, write_order(&news).unwrap());
    assert_eq!(read_order(&text), Some(news));
    for (kept, times) in
        [(r#""seller":{"name":"\"},{","since":1.50}"#, 1), (r#""priority":[1,{"id":"a"}]"#, 1), ("P2Y", 1)]
    {
        assert_eq!(text.matches(kept).count(), times, "{kept}: {}", text.as_str());
    }
    assert_eq!(text.matches(r#""state""#).count(), 3, "nothing stands there twice");
}

#[test]
fn an_object_of_a_later_version_is_not_guessed_at() {
    let order = r#"{"v":2,"id":"f9d624ad-dc5e","state":{"known":"Done"},"payment":{"known":""},"terms":null,
        "terms_changed":false,"sent":"0","created_at":null,"updated_at":null,"deliveries":[]}"#;
    assert_eq!(read_order(order), None);
    assert!(read_order(&order.replace(r#""v":2"#, r#""v":1"#)).is_some());
    assert_eq!(read_cart(r#"{"v":2,"lines":[]}"#), None);
}

#[test]
fn a_cart_from_before_it_had_a_version_is_read() {
    let line = r#"{"brand":"Steam","family":"Steam","country":"US","delivery":"by_email","quantity":2,
        "choice":{"fixed":{"denomination":"10","label":"10 USD"}}}"#;
    let old = read_cart(&format!("[{line}]")).unwrap();
    assert_eq!(old.lines().len(), 1);
    assert_eq!(read_cart(&write_cart(&old).unwrap()).unwrap().lines(), old.lines());
}

#[test]
fn every_reason_is_read_back_as_it_was() {
    let wait = std::time::Duration::from_secs(7);
    let calls = [
        Failure::Unreachable("no network".into()),
        Failure::Interrupted("timed out".into()),
        Failure::TooMany(Some(wait)),
        Failure::TooMany(None),
        Failure::Refused { status: 422, detail: Printable::default() },
        Failure::Refused { status: 404, detail: "NOT_FOUND".into() },
        Failure::Trouble(502),
        Failure::Unreadable("it is empty".into()),
        Failure::TooLarge,
        Failure::Unrecorded("the disk is full".into()),
        Failure::Earlier,
    ];
    let problems = vec![
        Problem::new("OUT_OF_STOCK"),
        Problem { details: Some("12 left".into()), ..Problem::new("AMOUNT_TOO_HIGH") },
    ];
    let plain = calls.iter().cloned().map(OutcomeReason::from);
    let refused = calls.iter().cloned().map(|failure| OutcomeReason::refusal(failure, problems.clone()));
    let others = [
        OutcomeReason::Unreadable,
        OutcomeReason::Other("moon-phase".into()),
        OutcomeReason::Text("The shop said no.".into()),
    ];
    for reason in plain.chain(refused).chain(others) {
        let stored = write_reason(&reason).unwrap();
        assert_eq!(read_reason(&stored), reason);
        let is_sentence = matches!(reason, OutcomeReason::Text(_));
        assert_eq!((stored.code.is_none(), stored.sentence.is_some()), (is_sentence, is_sentence));
    }
}

#[test]
fn a_reason_of_a_later_version_is_told_by_its_code() {
    let stored = |code: &str, data: &str| StoredReason {
        code: Some(code.to_owned()),
        data: Some(Zeroizing::new(data.to_owned())),
        ..StoredReason::default()
    };
    let more = stored("trouble", r#"{"v":1,"status":503,"region":"eu"}"#);
    assert_eq!(read_reason(&more), Failure::Trouble(503).into());
    for (code, data) in [("moon-phase", "{}"), ("trouble", "{}"), ("trouble", r#"{"v":2,"status":503}"#)] {
        let reason = read_reason(&stored(code, data));
        assert_eq!(reason, OutcomeReason::Other(code.into()));
        assert_eq!(reason.to_string(), format!("A newer giftty noted the reason \"{code}\"."));
    }
}
