//! An order and its codes as plain text, for an export file.

use crate::domain::order::{Code, Delivery};
use crate::domain::record::Record;
use crate::domain::text::Secret;

/// Returns everything that was delivered, verbatim, with what is needed to redeem it and to contact support.
pub fn text(record: &Record) -> Secret {
    let mut lines = vec![format!("{} ({})", record.summary(), record.standing())];
    if let Some(order) = record.order() {
        lines.push(format!("Order id: {}", order.id().reveal()));
    }
    let note = record.remarks.note.printable();
    if !note.is_empty() {
        lines.push(format!("Note: {note}"));
    }
    let deliveries = record.order().map(|order| order.known.deliveries.as_slice()).unwrap_or_default();
    for delivery in deliveries {
        lines.push(String::new());
        lines.push(format!("{} {}", delivery.brand, delivery.value));
        describe(delivery, record, &mut lines);
    }
    lines.push(String::new());
    let text = Secret::new(lines.join("\n"));
    // The lines contain the codes too; as secrets they are wiped when dropped.
    lines.into_iter().map(Secret::new).for_each(drop);
    text
}

fn describe(delivery: &Delivery, record: &Record, lines: &mut Vec<String>) {
    let delivered = &delivery.delivered;
    // One text per line: the shop's text is made printable, since a line break in it would look like another
    // entry.
    let mut say = |label: &str, secret: &Secret| lines.push(format!("{label}: {}", secret.printable()));
    match &delivered.code {
        Some(Code::Pin(code)) => say("Code", code),
        Some(Code::Link(link)) => say("Link", link),
        Some(Code::Esim(text)) => say("eSIM", text),
        None => {}
    }
    if let Some((address, code)) = delivered.code.as_ref().and_then(Code::esim_parts) {
        say("SM-DP+ address", &address);
        say("Activation code", &code);
    }
    if let Some(serial) = &delivered.serial {
        say("Serial number", serial);
    }
    if let Some(code) = &delivered.security_code {
        say("Security code", code);
    }
    if !delivery.beneficiary.reveal().is_empty() {
        say("For", &delivery.beneficiary);
    }
    if let Some(reference) = &delivered.operator_reference {
        lines.push(format!("Reference: {reference}"));
    }
    if let Some(failure) = &delivery.failure {
        lines.push(format!("Not delivered: {failure}"));
    }
    if record.remarks.used.contains_key(&delivery.id) {
        lines.push("Marked as used.".to_owned());
    }
    for line in delivered.redeem.lines() {
        lines.push(format!("  {line}"));
    }
}
