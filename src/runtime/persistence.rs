//! Reads from the journal, and writes to it and to export files, except when placing an order. A write always
//! runs to its end once it was requested.

use tokio::sync::Mutex;

use super::clock::Clock;
use super::export;
use super::services::Services;
use crate::action::Action;
use crate::domain::failure::Failure;
use crate::domain::order::OrderId;
use crate::domain::record::{Attempt, Record};
use crate::domain::text::Printable;
use crate::effect::Effect;

/// Performs a write and returns the action that reports it, if any. Writes that replace an earlier value wait
/// for `turn`.
pub async fn keep(services: &Services, clock: Clock, turn: &Mutex<()>, effect: Effect) -> Option<Action> {
    match effect {
        Effect::KeepOrder(attempt, order) => {
            let kept = services.with_journal(move |journal| journal.keep(attempt, &order)).await;
            Some(told(attempt, kept, Action::NewsNotKept))
        }
        Effect::KeepEnding(attempt, outcome) => {
            let kept = services.with_journal(move |journal| journal.end(attempt, &outcome)).await;
            Some(told(attempt, kept, Action::OutcomeNotKept))
        }
        Effect::KeepRemarks(id, remarks) => {
            let _mine = turn.lock().await;
            let kept = services.with_journal(move |journal| journal.remark(&id, &remarks)).await;
            kept.err().map(Action::RemarksNotKept)
        }
        Effect::ImportOrder(id, order) => {
            Some(Action::OrderImported(id, import(services, clock, &order).await.map(Box::new)))
        }
        Effect::RemoveRecord(id, attempt, now) => {
            let removed = services.with_journal(move |journal| journal.remove(attempt, now)).await;
            Some(Action::RecordRemoved(id, attempt, removed))
        }
        Effect::PlanExport(id, attempt) => {
            let folder = services.config().data_dir.clone();
            let planned = tokio::task::spawn_blocking(move || match folder {
                Some(folder) => export::plan(&folder, attempt),
                None => Err(Failure::Unrecorded(Printable::new("this machine has no home for it"))),
            });
            Some(Action::ExportPlanned(id, planned.await.unwrap_or_else(|_| stumbled())))
        }
        Effect::WriteExport(id, path, text) => {
            let written =
                tokio::task::spawn_blocking(move || export::write(&path, &text).map(|()| path)).await;
            Some(Action::Exported(id, written.unwrap_or_else(|_| stumbled())))
        }
        _ => None,
    }
}

/// Reads from the journal. Returns `None` if the effect is no such read.
pub async fn read(services: &Services, clock: Clock, question: &Effect) -> Option<Action> {
    let now = clock.now().wall;
    Some(match *question {
        Effect::LoadRecords(id) => {
            let ledger = services.with_journal(move |journal| journal.outstanding(now)).await;
            Action::RecordsLoaded(id, ledger)
        }
        Effect::ListRecords(id) => {
            let ledger = services.with_journal(move |journal| journal.ledger(now)).await;
            Action::RecordsListed(id, ledger)
        }
        Effect::LoadRecord(id, attempt) => {
            let record = services.with_journal(move |journal| journal.record(attempt)).await;
            Action::RecordLoaded(id, attempt, record.map(|record| record.map(Box::new)))
        }
        _ => return None,
    })
}

fn told(attempt: Attempt, kept: Result<(), Failure>, not: fn(Attempt, Failure) -> Action) -> Action {
    match kept {
        Ok(()) => Action::OutcomeKept(attempt),
        Err(failure) => not(attempt, failure),
    }
}

fn stumbled<T>() -> Result<T, Failure> {
    Err(Failure::Unrecorded(Printable::new("giftty stumbled over it")))
}

async fn import(services: &Services, clock: Clock, id: &OrderId) -> Result<Record, Failure> {
    let snapshot = services.client().await?.order(id).await?;
    let now = clock.now().wall;
    services.with_journal(move |journal| journal.import(&snapshot, now)).await
}
