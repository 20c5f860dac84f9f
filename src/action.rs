//! Actions: everything that happens to the program. Facts, in the past tense.

use std::sync::Arc;
use std::time::Duration;

use crate::domain::choices::SavedChoices;
use crate::domain::country::Country;
use crate::domain::failure::Failure;
use crate::domain::ledger::Ledger;
use crate::domain::money::Amount;
use crate::domain::news::News;
use crate::domain::order::{OrderId, Snapshot};
use crate::domain::product::{ProductGroup, Quote};
use crate::domain::purchase::Validation;
use crate::domain::record::{Attempt, Placement, Record};
use crate::domain::request::ItemQuestion;
use crate::domain::tender::PaymentMethods;
use crate::domain::time::{Dated, Moment, Timestamp};
use crate::input::Input;
use crate::keymap::Command;
use crate::picture::Picture;
use crate::remote::RequestId;
use crate::search::catalogue_index::CatalogueIndex;

/// One thing that happened.
#[derive(Clone, Debug)]
pub enum Action {
    /// A person did something.
    Input(Input),
    /// A person asked for a command by its word, as in plain mode. A whole word is deliberate.
    Commanded(Command),
    /// A frame was written to the screen, at this time.
    FrameShown(Moment),
    /// What was chosen last, read right after the first paint.
    ChoicesRecalled(Box<SavedChoices>),
    /// What was said to the user has been read out, in plain mode.
    ToastRead,
    /// So late is it now.
    Tick(Moment),
    /// The shop could not answer a question yet, for this reason; it is asked again after so long.
    AnswerDelayed(RequestId, Failure, Duration),
    /// The countries are here.
    CountriesFetched(RequestId, Result<Vec<Country>, Failure>),
    /// While the shop is asked for the ways to pay: what it said last.
    PaymentMethodsRecalled(RequestId, Dated<PaymentMethods>),
    /// The ways to pay are here.
    PaymentMethodsFetched(RequestId, Result<PaymentMethods, Failure>),
    /// A country's brands are here.
    CatalogueFetched(RequestId, Result<Arc<CatalogueIndex>, Failure>),
    /// While the shop is asked: what it said last.
    CatalogueRecalled(RequestId, Dated<Arc<CatalogueIndex>>),
    /// A family's products are here.
    ProductsFetched(RequestId, Result<Vec<ProductGroup>, Failure>),
    /// While the shop is asked: what it said last, without prices.
    ProductsRecalled(RequestId, Dated<Vec<ProductGroup>>),
    /// A logo is here; nothing when there is none that could be shown.
    LogoFetched(RequestId, Option<Arc<Picture>>),
    /// A price is here.
    PriceQuoted(RequestId, Result<Quote, Failure>),
    /// The price of an item is here, or it has none; the question comes along with it.
    ItemPriced(RequestId, Box<ItemQuestion>, Result<Option<Amount>, Failure>),
    /// The shop has checked a purchase.
    PurchaseValidated(RequestId, Result<Validation, Failure>),
    /// An attempt to order came to its end. The record is what the journal holds of it; nothing
    /// when not even that could be written, and then nothing was sent.
    OrderPlaced(RequestId, Placement, Option<Box<Record>>),
    /// What can still move or counts was read from the journal, and the newest.
    RecordsLoaded(RequestId, Result<Ledger, Failure>),
    /// Everything in the journal was read, as far as it is listed.
    RecordsListed(RequestId, Result<Ledger, Failure>),
    /// One record was read whole; nothing where the journal does not have it any more.
    RecordLoaded(RequestId, Attempt, Result<Option<Box<Record>>, Failure>),
    /// The journal holds these; some of them may be of another program.
    RecordsFound(Vec<Record>),
    /// The journal has what came of an attempt.
    OutcomeKept(Attempt),
    /// The journal was opened, and its user has to know this about it.
    JournalNotice(String),
    /// The journal could not keep what came of an attempt.
    OutcomeNotKept(Attempt, Failure),
    /// The journal could not keep the last news of an attempt's order.
    NewsNotKept(Attempt, Failure),
    /// The journal could not keep what its owner wrote beside an order.
    RemarksNotKept(Failure),
    /// A text that was to be copied is in this machine's own clipboard, or is not.
    TextCopied(bool),
    /// An order was read by its id and kept, or not.
    OrderImported(RequestId, Result<Box<Record>, Failure>),
    /// An attempt was forgotten, or not.
    RecordRemoved(RequestId, Attempt, Result<(), Failure>),
    /// Where an order's codes would be written to.
    ExportPlanned(RequestId, Result<String, Failure>),
    /// An order's codes were written to a file, or not.
    Exported(RequestId, Result<String, Failure>),
    /// There is news of an order, or of the line that brings it.
    OrderNews(OrderId, News),
    /// An order was read anew, because something is to be done with its payment.
    OrderChecked(RequestId, OrderId, Result<Box<Snapshot>, Failure>),
    /// The shop said how late it is, with an answer of its own.
    ShopTimeTold(Timestamp),
    /// The sandbox was asked to pay by hand.
    PaidInSandbox(RequestId, Result<(), Failure>),
}
