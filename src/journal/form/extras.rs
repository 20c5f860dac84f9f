//! The stored forms of data for later versions: favourites, and the mismatch for which an order was withheld.

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{LineForm, ObjectVersion, TenderForm, Text};
use crate::domain::text::{Printable, Secret};
use crate::journal::error::JournalError;
use crate::journal::extras::{Favourite, Mismatch};

#[derive(Serialize, Deserialize)]
struct FavouriteForm<'a> {
    #[serde(default)]
    v: ObjectVersion,
    #[serde(borrow)]
    line: LineForm<'a>,
    tender: TenderForm<'a>,
}

#[derive(Serialize, Deserialize)]
struct MismatchForm<'a> {
    #[serde(default)]
    v: ObjectVersion,
    #[serde(borrow)]
    field: Text<'a>,
    asked: Text<'a>,
    answered: Text<'a>,
}

/// Writes a favourite.
pub(in crate::journal) fn write_favourite(favourite: &Favourite) -> Result<Zeroizing<String>, JournalError> {
    super::write(&FavouriteForm {
        v: ObjectVersion,
        line: LineForm::of(&favourite.line),
        tender: TenderForm::of(&favourite.tender),
    })
}

/// Reads a favourite. Returns `None` if the text is not in a form of this version.
pub(in crate::journal) fn read_favourite(text: &str) -> Option<Favourite> {
    let form = serde_json::from_str::<FavouriteForm<'_>>(text).ok()?;
    Some(Favourite { line: form.line.read()?, tender: form.tender.read() })
}

/// Writes a mismatch.
pub(in crate::journal) fn write_mismatch(mismatch: &Mismatch) -> Result<Zeroizing<String>, JournalError> {
    super::write(&MismatchForm {
        v: ObjectVersion,
        field: mismatch.field.as_str().into(),
        asked: mismatch.asked.reveal().into(),
        answered: mismatch.answered.reveal().into(),
    })
}

/// Reads a mismatch. Returns `None` if the text is not in a form of this version.
pub(in crate::journal) fn read_mismatch(text: &str) -> Option<Mismatch> {
    let form = serde_json::from_str::<MismatchForm<'_>>(text).ok()?;
    Some(Mismatch {
        field: Printable::new(&form.field),
        asked: Secret::new(form.asked),
        answered: Secret::new(form.answered),
    })
}
