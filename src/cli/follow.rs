//! `giftty track`: follows an order to its end, one line per change, without its codes.

use serde::Serialize;
use tokio::sync::mpsc;

use super::context::CommandContext;
use super::exit::{Failed, Reason};
use super::output::{Plain, rfc3339};
use super::records::{Which, find};
use crate::api::feed;
use crate::domain::failure::Failure;
use crate::domain::news::{Link, News};
use crate::domain::order::{Order, Phase};
use crate::domain::record::Attempt;
use crate::domain::time::Timestamp;

/// Which order is followed, and how long.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "Ends with 0 when everything was delivered, and with 6 when the order ended \
otherwise. An order that expired unpaid counts as ended; --wait-late follows it on, because a late \
payment may still be honoured.")]
pub struct TrackArgs {
    /// The number of an attempt, such as 3 or #3, or an order id; an unknown id is kept from then on.
    #[arg(value_name = "ORDER")]
    pub order: Which,
    /// Follow on when the time to pay is over and nothing was paid.
    #[arg(long)]
    pub wait_late: bool,
}

/// The word for when the shop cannot be reached at all.
const OFFLINE: &str = "offline";

/// A change of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Change {
    at: Option<String>,
    /// When the last news of this order came; `None` before the first.
    heard: Option<String>,
    /// While the stream is broken: the seconds until the next attempt.
    retry_in: Option<u64>,
    #[serde(flatten)]
    standing: StatusLine,
}

/// The values whose change prints a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct StatusLine {
    attempt: i64,
    /// The beginning of the order's id; the whole id would give access to the codes.
    order: String,
    state: String,
    payment_state: String,
    phase: String,
    sent: String,
    amount: Option<String>,
    coin: Option<String>,
    link: &'static str,
}

impl Plain for Change {
    fn plain(&self) -> String {
        let StatusLine { attempt, phase, sent, amount, coin, link, .. } = &self.standing;
        let at = self.at.as_deref().unwrap_or_default();
        let money = match (amount, coin) {
            (Some(amount), Some(coin)) => format!("sent {sent} of {amount} {coin}"),
            _ => format!("sent {sent}"),
        };
        let link = match (self.retry_in, &self.heard) {
            (Some(seconds), _) => format!("{link} in {seconds} s"),
            (None, Some(heard)) if *link == OFFLINE => format!("{link}, last news {heard}"),
            (None, _) => (*link).to_owned(),
        };
        format!("{at}  #{attempt}  {phase}  {money}  {link}")
    }
}

/// The order being followed.
struct Watch {
    attempt: Attempt,
    order: Order,
    link: Link,
    heard: Option<Timestamp>,
    wait_late: bool,
    told: Option<StatusLine>,
    unkept: Option<Failure>,
}

/// Runs `giftty track`.
pub async fn track(context: &mut CommandContext, wanted: &TrackArgs) -> Result<(), Failed> {
    let (attempt, order) = find(context, &wanted.order).await?;
    let (link, wait_late) = (Link::Connecting, wanted.wait_late);
    let mut watch = Watch { attempt, order, link, heard: None, wait_late, told: None, unkept: None };
    if watch.order.is_final() {
        watch.link = Link::Stopped;
        watch.tell(context)?;
        return watch.end();
    }
    let client = context.client().await?;
    let (news, mut heard) = mpsc::channel(16);
    let feed = tokio::spawn(feed::follow(client, watch.order.id().clone(), news));
    while let Some(news) = heard.recv().await {
        let fresh = matches!(news, News::Snapshot(_));
        // A new connection is no news yet: what is known then comes from the journal.
        let telling = !matches!(news, News::Link(Link::Connecting));
        watch.learn(context, news).await;
        if telling {
            watch.tell(context)?;
        }
        if fresh && watch.is_over() {
            feed.abort();
            return watch.end();
        }
    }
    // The shop closes a stream for good only with the order's last state.
    if watch.is_over() {
        return watch.end();
    }
    let sentence =
        format!("The shop tells nothing more of order {attempt}: {}.", watch.order.phase().title());
    Err(Failed::new(Reason::Unreachable, sentence).about(attempt))
}

impl Watch {
    async fn learn(&mut self, context: &CommandContext, news: News) {
        let snapshot = match news {
            News::Link(link) => {
                self.link = link;
                return;
            }
            News::Snapshot(snapshot) => *snapshot,
        };
        // News of another order is ignored.
        let Ok(changed) = self.order.learn(snapshot) else { return };
        self.heard = Some(context.clock.now().wall);
        if changed {
            let (attempt, order) = (self.attempt, self.order.clone());
            let kept = context.services.with_journal(move |journal| journal.keep(attempt, &order)).await;
            self.unkept = kept.err();
        }
    }

    fn tell(&mut self, context: &mut CommandContext) -> Result<(), Failed> {
        let standing = self.standing();
        if self.told.as_ref() == Some(&standing) {
            return Ok(());
        }
        self.told = Some(standing.clone());
        let retry_in = match self.link {
            // Rounded up, so that a fraction of a second is not reported as none.
            Link::Reconnecting(wait) => Some(wait.as_secs() + u64::from(wait.subsec_nanos() > 0)),
            _ => None,
        };
        let (at, heard) = (rfc3339(context.clock.now().wall), self.heard.and_then(rfc3339));
        context.out.say(&Change { at, heard, retry_in, standing })
    }

    fn standing(&self) -> StatusLine {
        let known = &self.order.known;
        let terms = known.terms.as_ref();
        StatusLine {
            attempt: self.attempt.0,
            order: known.id.short().to_owned(),
            state: known.state.word().to_owned(),
            payment_state: known.payment.word().to_owned(),
            phase: self.order.phase().title(),
            sent: known.sent.to_string(),
            amount: terms.map(|terms| terms.amount.to_string()),
            coin: terms.map(|terms| terms.tender.coin.sent().to_owned()),
            link: match self.link {
                Link::Connecting => "connecting",
                Link::Live => "live",
                Link::Reconnecting(_) => "reconnecting",
                Link::Polling => "polling",
                Link::Offline => OFFLINE,
                Link::Stopped => "stopped",
            },
        }
    }

    fn is_over(&self) -> bool {
        self.order.is_final() || (self.order.phase() == Phase::Expired && !self.wait_late)
    }

    fn end(self) -> Result<(), Failed> {
        let phase = self.order.phase();
        if phase != Phase::Delivered {
            let sentence =
                format!("Order {} ended without being delivered in full: {}.", self.attempt, phase.title());
            return Err(Failed::new(Reason::Undelivered, sentence).about(self.attempt));
        }
        match self.unkept {
            Some(failure) => {
                let sentence =
                    format!("{failure} Order {} is delivered; the shop still has its codes.", self.attempt);
                Err(Failed::new(Reason::Unrecorded, sentence).about(self.attempt))
            }
            None => Ok(()),
        }
    }
}
