//! Actions: everything that happens to the program, named in the past tense.

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

/// An event that `update` handles.
#[derive(Clone, Debug)]
pub enum Action {
    /// Input from the user or the terminal.
    Input(Input),
    /// The user typed a command's word, as in plain mode. A whole word counts as deliberate.
    Commanded(Command),
    /// A frame was written to the screen at this time.
    FrameShown(Moment),
    /// The choices saved by the last session, read right after the first frame.
    ChoicesRecalled(Box<SavedChoices>),
    /// The toast was printed, in plain mode.
    ToastRead,
    /// A clock tick: the current time.
    Tick(Moment),
    /// The shop could not answer a request yet, for this reason; it is retried after this duration.
    AnswerDelayed(RequestId, Failure, Duration),
    /// The countries were fetched, or the request failed.
    CountriesFetched(RequestId, Result<Vec<Country>, Failure>),
    /// The cached payment methods, shown while the shop is asked again.
    PaymentMethodsRecalled(RequestId, Dated<PaymentMethods>),
    /// The payment methods were fetched, or the request failed.
    PaymentMethodsFetched(RequestId, Result<PaymentMethods, Failure>),
    /// A country's brands were fetched, or the request failed.
    CatalogueFetched(RequestId, Result<Arc<CatalogueIndex>, Failure>),
    /// A country's cached brands, shown while the shop is asked again.
    CatalogueRecalled(RequestId, Dated<Arc<CatalogueIndex>>),
    /// A family's products were fetched, or the request failed.
    ProductsFetched(RequestId, Result<Vec<ProductGroup>, Failure>),
    /// A family's cached products without prices, shown while the shop is asked again.
    ProductsRecalled(RequestId, Dated<Vec<ProductGroup>>),
    /// A logo was fetched, or `None` if there is none that can be shown.
    LogoFetched(RequestId, Option<Arc<Picture>>),
    /// A price was quoted, or the request failed.
    PriceQuoted(RequestId, Result<Quote, Failure>),
    /// An item was priced, or has no price (`None`). The question is included.
    ItemPriced(RequestId, Box<ItemQuestion>, Result<Option<Amount>, Failure>),
    /// The shop validated a purchase, or the request failed.
    PurchaseValidated(RequestId, Result<Validation, Failure>),
    /// An attempt to order ended. The record is what the journal stored of it, or `None` if not even that
    /// could be written; then nothing was sent.
    OrderPlaced(RequestId, Placement, Option<Box<Record>>),
    /// The journal's records that can still change or count against another order, and the newest ones, were
    /// read.
    RecordsLoaded(RequestId, Result<Ledger, Failure>),
    /// Everything in the journal was read, as list entries.
    RecordsListed(RequestId, Result<Ledger, Failure>),
    /// One record was read in full, or `None` if the journal no longer has it.
    RecordLoaded(RequestId, Attempt, Result<Option<Box<Record>>, Failure>),
    /// Records found in the journal; some may have been written by another process.
    RecordsFound(Vec<Record>),
    /// The journal stored an attempt's outcome.
    OutcomeKept(Attempt),
    /// The journal was opened, with a notice for the user.
    JournalNotice(String),
    /// The journal could not store an attempt's outcome.
    OutcomeNotKept(Attempt, Failure),
    /// The journal could not store the latest news of an attempt's order.
    NewsNotKept(Attempt, Failure),
    /// The journal could not store the user's remarks on an order.
    RemarksNotKept(Failure),
    /// Whether a copied text reached this machine's own clipboard.
    TextCopied(bool),
    /// An order was read by its id and stored, or this failed.
    OrderImported(RequestId, Result<Box<Record>, Failure>),
    /// An attempt was removed, or this failed.
    RecordRemoved(RequestId, Attempt, Result<(), Failure>),
    /// The path an order's codes would be written to.
    ExportPlanned(RequestId, Result<String, Failure>),
    /// An order's codes were written to the file at this path, or this failed.
    Exported(RequestId, Result<String, Failure>),
    /// News of an order, or of the connection that delivers it.
    OrderNews(OrderId, News),
    /// An order was read again before its payment is used.
    OrderChecked(RequestId, OrderId, Result<Box<Snapshot>, Failure>),
    /// The shop reported its current time with one of its answers.
    ShopTimeTold(Timestamp),
    /// The sandbox was asked to pay an order manually.
    PaidInSandbox(RequestId, Result<(), Failure>),
}
