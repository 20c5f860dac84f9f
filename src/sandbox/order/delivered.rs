//! The payload of a delivered line, generated from the line's id so that it never changes.

use super::Line;

/// The secrets of a delivered line and how to use them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Payload {
    /// A code, a link, or an eSIM's activation string.
    pub pin_code: Option<String>,
    /// A serial number in addition to the code.
    pub pin_serial: Option<String>,
    /// A second secret in addition to the code.
    pub security_code: Option<String>,
    /// The carrier's reference that the balance was raised.
    pub operator_reference: Option<String>,
    /// URL of an image of the activation string.
    pub qr_image_url: Option<String>,
    /// URL of an image of the code.
    pub barcode_image_url: Option<String>,
    /// Redemption instructions, as HTML.
    pub redeem_instructions: Option<String>,
    /// Terms, as HTML.
    pub terms: Option<String>,
}

/// Returns the payload of a line.
pub fn payload(line: &Line) -> Payload {
    let bits = line.id.as_u128();
    let digits: String = format!("{bits:032X}");
    let (first, rest) = digits.split_at(4);
    let (second, rest) = rest.split_at(4);
    let (third, rest) = rest.split_at(4);
    let decimal = format!("{:012}", bits % 1_000_000_000_000);
    if line.category == "e-sim" {
        return esim(&digits);
    }
    if line.delivery_type == "by_phone" {
        return Payload {
            operator_reference: Some(format!("SBX{decimal}")),
            redeem_instructions: Some(
                "<p>The balance was added to the number. Nothing to do.</p>".to_owned(),
            ),
            ..Payload::default()
        };
    }
    if line.kind == "mobile_recharge" {
        return Payload {
            pin_code: Some(decimal.clone()),
            pin_serial: Some(format!("SN{}", &rest[..8])),
            redeem_instructions: Some(format!(
                "<ol><li>Dial <b>*123*{decimal}#</b></li><li>Press call</li></ol>"
            )),
            ..Payload::default()
        };
    }
    gift_card(line, &format!("SNDB-{first}-{second}-{third}"), rest)
}

/// An eSIM: the activation string (SGP.22) and a small image of it.
fn esim(digits: &str) -> Payload {
    Payload {
        pin_code: Some(format!("LPA:1$smdp.sandbox.example$SANDBOX-{}", &digits[..12])),
        qr_image_url: Some(format!("https://sandbox.example/qr/{}?w=64&h=64", &digits[..12])),
        redeem_instructions: Some(
            "<ol><li>Open <b>Settings &rsaquo; Mobile data</b></li><li>Scan the code &amp; wait; it&#39;s used once</li></ol>"
                .to_owned(),
        ),
        ..Payload::default()
    }
}

/// A gift card: a code, and for some brands a link, a serial number or a second secret.
fn gift_card(line: &Line, code: &str, rest: &str) -> Payload {
    // A brand always delivers in the same way, so the way is derived from its name.
    let way = line.brand.bytes().map(u32::from).sum::<u32>() % 4;
    let page = format!("https://redeem.sandbox.example/{code}?lang=en");
    Payload {
        pin_code: Some(if way == 1 { page } else { code.to_owned() }),
        pin_serial: (way == 2).then(|| format!("SER-{}", &rest[..10])),
        security_code: (way == 3).then(|| rest[..4].to_owned()),
        barcode_image_url: (way == 2).then(|| format!("https://sandbox.example/barcode/{code}?w=64&h=64")),
        redeem_instructions: Some(
            "<p>Sign in, open <b>Gift cards</b> &amp; type the code. It&#39;s a sandbox: no shop takes it.</p>".to_owned(),
        ),
        terms: Some("<p>Worth nothing anywhere.</p>".to_owned()),
        ..Payload::default()
    }
}
