//! An order that is added by its id may be what became of an attempt in doubt: it is asked, never assumed.

use giftty::action::Action;
use giftty::domain::ledger::Ledger;
use giftty::domain::order::{Order, Snapshot};
use giftty::domain::purchase::Purchase;
use giftty::domain::record::{Attempt, Outcome};
use giftty::domain::text::Secret;
use giftty::domain::time::Timestamp;
use giftty::effect::Effect;
use giftty::keymap::Command;

use crate::support::story::{NOW, Story};
use crate::support::wares::{self, done};

/// In front of the orders, where #1 is in doubt; and what it asked for.
fn doubting() -> (Story, Purchase, Snapshot) {
    let mut before = Story::receipt();
    before.press("p");
    let (_, purchase, _) = before.sent();
    let mut story = Story::begun(Some("US"));
    let doubtful = wares::record(1, Some(purchase.clone()), Outcome::Unknown("the answer was lost".into()));
    story.payment_methods().records(vec![doubtful]);
    (story, purchase, before.snapshot())
}

/// Adds an order by its id, as #2.
fn add(story: &mut Story, snapshot: &Snapshot) {
    story.press("F3").types(snapshot.id.reveal()).press("↵");
    let id = story.asked(|effect| match effect {
        Effect::ImportOrder(id, _) => Some(*id),
        _ => None,
    });
    let mut added = wares::record(2, None, Outcome::Placed(Box::new(Order::new(snapshot.clone()))));
    added.begun = Timestamp(NOW + 3600);
    added.remarks.note = Secret::new("for Ann");
    story.hears(Action::OrderImported(id, Ok(Box::new(added))));
}

/// In front of the question whether #2 is what #1 became.
pub(super) fn asked() -> Story {
    let (mut story, _, snapshot) = doubting();
    add(&mut story, &snapshot);
    story
}

fn attempts(story: &Story) -> Vec<i64> {
    story.state.model.records.ready().into_iter().flat_map(Ledger::all).map(|kept| kept.attempt().0).collect()
}

fn asks(story: &Story) -> bool {
    story.state.commands().contains(&Command::JoinNow)
}

#[test]
fn the_attempt_becomes_the_order_once_its_owner_says_so() {
    let (mut story, purchase, snapshot) = doubting();
    add(&mut story, &done(&snapshot, 9));
    assert!(asks(&story));
    assert_eq!(attempts(&story), [2, 1], "nothing is assumed");
    story.press("^Y");
    assert_eq!(attempts(&story), [1]);
    let record = story.state.model.record(Attempt(1)).expect("a record");
    assert_eq!(record.purchase, Some(purchase));
    assert!(record.is_about(&snapshot.id));
    assert_eq!(record.remarks.note.reveal(), "for Ann");
    assert_eq!(story.state.model.doubtful().count(), 0);
    let kept = story.asked(|effect| match effect {
        Effect::KeepOrder(attempt, order) => Some((*attempt, order.id().clone())),
        _ => None,
    });
    assert_eq!(kept, (Attempt(1), snapshot.id));
}

#[test]
fn both_stay_when_its_owner_does_not_and_it_can_be_said_later() {
    let (mut story, _, snapshot) = doubting();
    add(&mut story, &snapshot);
    story.press("esc");
    assert_eq!(attempts(&story), [2, 1]);
    assert_eq!(story.place(), "country › brands › orders");
    story.press("^Y end ↵");
    assert!(asks(&story), "the attempt itself leads there");
    story.press("^Y");
    assert_eq!(attempts(&story), [1]);
}

#[test]
fn what_could_be_another_order_is_not_even_offered() {
    let (_, _, like) = doubting();
    let with = |change: fn(&mut Snapshot)| {
        let mut other = like.clone();
        change(&mut other);
        other
    };
    for (what, other) in [
        ("later", with(|order| order.created_at = Some(Timestamp(NOW + 700)))),
        ("of an unknown time", with(|order| order.created_at = None)),
        ("dearer", with(|order| order.terms.as_mut().expect("terms").amount = "11.50".parse().expect("one"))),
        ("without terms", with(|order| order.terms = None)),
        ("for somebody else", with(|order| order.deliveries[0].beneficiary = Secret::new("x@example.com"))),
        ("of another brand", with(|order| order.deliveries[0].brand = "Airbnb".into())),
        (
            "twice as much",
            with(|order| {
                let mut second = order.deliveries[0].clone();
                second.id = "line-1".into();
                order.deliveries.push(second);
            }),
        ),
    ] {
        let (mut story, ..) = doubting();
        add(&mut story, &other);
        assert!(!asks(&story), "{what}");
        story.press("end ↵ ^Y");
        assert_eq!(attempts(&story), [2, 1], "{what}");
    }
}

#[test]
fn news_that_come_while_it_is_asked_can_speak_against_it() {
    let (mut story, _, snapshot) = doubting();
    add(&mut story, &snapshot);
    assert!(asks(&story));
    let mut other = snapshot.clone();
    let mut second = other.deliveries[0].clone();
    second.id = "line-1".into();
    other.deliveries.push(second);
    story.news(other);
    story.press("^Y");
    assert_eq!(attempts(&story), [2, 1], "both stay");
    assert_eq!(story.state.model.doubtful().count(), 1);
    assert!(story.said().contains("cannot be"), "{}", story.said());
}
