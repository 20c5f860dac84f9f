//! Lightning invoices: checksum, amount and expiry.
