//! What Bluetick costs: acknowledgements beside popups, memory beside an empty window, opening, and doing nothing.
//!
//! It measures and prints; it judges nothing, since a number that is good here may be bad on another machine. What is compared
//! is measured in the same run. `make bench` builds and runs it.

#![cfg(target_os = "linux")]
#![allow(clippy::print_stdout, reason = "printing is what a benchmark is for")]

#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod support;

#[path = "../e2e/frame.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod frame;

#[path = "../e2e/tray_host.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod tray_host;

mod acknowledgement;
mod desktop;
mod processes;

fn main() {
    // What an engine of the first part runs in.
    if acknowledgement::is_engine() {
        return;
    }
    let only: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'))
        .collect();
    let is_wanted = |part: &str| only.is_empty() || only.iter().any(|word| word == part);
    if is_wanted("acknowledgement") {
        acknowledgement::measure();
    }
    if is_wanted("desktop") {
        desktop::measure();
    }
}

/// The value below which so many of a hundred are. Sorts the values.
fn percentile<T: Copy + Ord>(values: &mut [T], percent: usize) -> T {
    values.sort_unstable();
    values[(values.len() - 1) * percent / 100]
}
