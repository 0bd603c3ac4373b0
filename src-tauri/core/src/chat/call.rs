//! Calls: what their steps, told in any order, add up to.

use super::content::CallOutcome;

/// What the steps add up to. Words are the payload's own, of `calls[].event`, `calls[].status` and `statuses[].status` (webhook
/// catalogue §4, §5); they come in capitals and in small letters. Of two that contradict each other, the later stage counts.
#[must_use]
pub fn outcome<'a>(steps: impl Iterator<Item = &'a str>) -> CallOutcome {
    let proven = steps.filter_map(proof).max_by_key(|outcome| match outcome {
        CallOutcome::Ringing => 0,
        CallOutcome::Missed => 1,
        CallOutcome::Accepted => 2,
        CallOutcome::Rejected => 3,
        CallOutcome::Completed => 4,
    });
    proven.unwrap_or(CallOutcome::Ringing)
}

/// Whether a word is documented.
#[must_use]
pub fn is_known(word: &str) -> bool {
    // These say that something is to be had, and nothing about how the call went.
    let is_aside = ["created", "terminate", "call_recording_available"]
        .iter()
        .any(|aside| word.eq_ignore_ascii_case(aside));
    is_aside || word.to_lowercase().contains("transcription") || proof(word).is_some()
}

/// What a step proves.
fn proof(word: &str) -> Option<CallOutcome> {
    [
        ("connect", CallOutcome::Ringing),
        ("ringing", CallOutcome::Ringing),
        ("accepted", CallOutcome::Accepted),
        ("rejected", CallOutcome::Rejected),
        ("failed", CallOutcome::Missed),
        ("completed", CallOutcome::Completed),
    ]
    .into_iter()
    .find(|(step, _)| word.eq_ignore_ascii_case(step))
    .map(|(_, outcome)| outcome)
}

#[cfg(test)]
mod tests {
    use super::{CallOutcome, is_known, outcome};

    #[test]
    fn steps_add_up_in_any_order() {
        let table = [
            (&["connect", "terminate"][..], CallOutcome::Ringing),
            (&["connect", "FAILED"], CallOutcome::Missed),
            (&["RINGING", "ACCEPTED"], CallOutcome::Accepted),
            (
                &["RINGING", "ACCEPTED", "COMPLETED"],
                CallOutcome::Completed,
            ),
            (&["RINGING", "REJECTED", "FAILED"], CallOutcome::Rejected),
            (
                &["call_recording_available", "Completed"],
                CallOutcome::Completed,
            ),
            (&[], CallOutcome::Ringing),
        ];
        for (steps, expected) in table {
            assert_eq!(outcome(steps.iter().copied()), expected, "{steps:?}");
            assert_eq!(
                outcome(steps.iter().rev().copied()),
                expected,
                "{steps:?} reversed"
            );
            assert!(steps.iter().all(|step| is_known(step)), "{steps:?}");
        }
        assert!(!is_known("HOLOGRAPHED"));
    }
}
