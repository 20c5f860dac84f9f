//! Handles news of orders and of the feeds that deliver it.

use crate::domain::news::{Link, News};
use crate::domain::order::{OrderId, Phase, Snapshot};
use crate::domain::record::{Outcome as Became, Record};
use crate::domain::text::Printable;
use crate::effect::Effect;
use crate::keymap::{Command, Typing};
use crate::model::{FeedStatus, Toast};
use crate::screens::AnyScreen;
use crate::screens::orders::Orders;
use crate::state::{MOST_FOLLOWED, State};

impl State {
    /// Handles news of an order, or of the connection that delivers it.
    pub(super) fn learn_news(&mut self, id: &OrderId, news: &News) {
        match news {
            News::Link(link) => {
                let since = self.model.now.uptime;
                let heard = self.model.feed_of(id).and_then(|line| line.heard);
                self.model.feeds.insert(id.clone(), FeedStatus { link: link.clone(), since, heard });
                // Neither the stream nor polling works. This, too, answers the read of an order that was open
                // at the start.
                if *link == Link::Offline {
                    self.model.unheard.remove(id);
                }
            }
            News::Snapshot(snapshot) => self.learn_snapshot(id, snapshot),
        }
    }

    /// Handles an order's current state as the shop reported it.
    pub(super) fn learn_snapshot(&mut self, id: &OrderId, snapshot: &Snapshot) {
        let records = self.model.records.ready_mut();
        let Some(record) = records.and_then(|records| records.of_order(id)) else { return };
        let Became::Placed(order) = &mut record.outcome else { return };
        let (before, was_changed) = (order.phase(), order.terms_changed);
        let was_over = order.is_final();
        // A snapshot of a different order changes nothing.
        let Ok(changed) = order.learn(snapshot.clone()) else { return };
        let after = order.phase();
        let is_forged = order.terms_changed && !was_changed;
        let turned = order.is_final() != was_over;
        if changed {
            self.effects.push(Effect::KeepOrder(record.attempt, order.clone()));
        }
        let now = self.model.now.uptime;
        let fresh = FeedStatus { link: Link::Polling, since: now, heard: None };
        self.model.feeds.entry(id.clone()).or_insert(fresh).heard = Some(now);
        if turned {
            self.model.note_unfinished();
        }
        // Changes since the last session are visible on the screen; only changes from now on raise a notice.
        let was_heard = !self.model.unheard.remove(id);
        if is_forged {
            self.effects.push(Effect::Notice("do not pay: the shop changed the order".into()));
        } else if was_heard && before != after {
            self.effects.push(Effect::Notice(words(&after)));
        }
    }

    /// At the start: shows an attempt in doubt first; follows open orders and mentions them.
    pub(super) fn show_what_is_open(&mut self) {
        if let Some(failure) = self.model.records.failure() {
            let sentence = format!("{failure} You can look around; nothing can be ordered.");
            self.model.toast = Some(Toast::Warning(sentence));
            return;
        }
        let doubtful = self.model.doubtful().next().map(|record| record.attempt);
        let open = self.model.open().count();
        let orders = self.model.open().filter_map(Record::order).map(|order| order.id().clone());
        self.model.unheard = orders.take(MOST_FOLLOWED).collect();
        if let Some(attempt) = doubtful.filter(|_| !matches!(self.top(), AnyScreen::Orders(_))) {
            self.stack.push(AnyScreen::from(Orders::at(attempt, &self.model)));
        } else if open > 0 && self.model.toast.is_none() {
            let orders = if open == 1 { "One order is".to_owned() } else { format!("{open} orders are") };
            let key = self.model.key(Command::Orders, Typing::Text);
            self.model.toast = Some(Toast::Note(format!("{orders} still open: {key} shows what to do.")));
        }
    }
}

/// Returns the notice's text for a phase. It contains no text from the shop, since others can read a window's
/// title.
fn words(phase: &Phase) -> Printable {
    match phase {
        Phase::Unknown(_) => Printable::from("an order needs a look"),
        known => Printable::new(&known.title()),
    }
}
