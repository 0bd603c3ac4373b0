//! Damaged deliveries, in any order and more than once: whatever was read of them, the archive ends the same.
//!
//! Several damages of one payload make what no honest sender would send: one id with many contents, at many times, from many
//! people. The archive has no right to depend on which of them came first.

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestRunner;

use super::order::Ledger;
use crate::webhook::tests::mutation::{any_damages, damaged, fixtures};

#[test]
fn damaged_deliveries_end_the_same_in_every_order() {
    let ledger = Ledger::new();
    let variants = (any::<Index>(), prop::collection::vec(any_damages(), 1..4));
    let deliveries = prop::collection::vec(variants, 1..4).prop_map(|payloads| {
        let mut bodies = Vec::new();
        for (which, damages) in payloads {
            let payload = which.get(fixtures());
            bodies.push(payload.to_string());
            bodies.extend(damages.iter().map(|damages| damaged(payload, damages)));
        }
        bodies
    });
    let orders = deliveries.prop_flat_map(|bodies| {
        let shuffled = Just(bodies.clone()).prop_shuffle();
        (
            Just(bodies),
            shuffled,
            prop::collection::vec(any::<Index>(), 0..4),
        )
    });
    let mut runner = TestRunner::new(ProptestConfig {
        max_shrink_iters: 300,
        ..ProptestConfig::with_cases(500)
    });
    let outcome = runner.run(&orders, |(straight, mixed, again)| {
        let again = again.iter().map(|at| at.get(&mixed).as_str());
        let expected = ledger.end_of(straight.iter().map(String::as_str));
        let end = ledger.end_of(mixed.iter().map(String::as_str).chain(again));
        prop_assert_eq!(end.records, expected.records);
        prop_assert_eq!(end.conversations, expected.conversations);
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}
